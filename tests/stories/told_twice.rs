//! A recommendation that stands in portal.yaml and in a sheet, too.

use crate::portal::Portal;

const PORTAL: &str = "title: 見本\nmunicipality: {name: 見本市}\nplan: {first_year: 2024, last_year: 2027}\n\
    areas: [{id: a, name: 産業}]\nbase_url: https://example.jp/\n\
    editions: {2024: {published: 2025-09-20}, 2025: {published: 2026-09-20}}\n";

const MADE: &str = "source: 監査委員, date: 2025-02-20, text: 在庫を確かめること。";

/// A portal of `shops` and `roads` in 2024 and 2025, with what portal.yaml and the sheets of 2024 say in braces.
fn town(of_portal: &[&str], of_sheets: &[(&str, &str)]) -> Portal {
    let portal = Portal::empty();
    let list = |said: &[&str]| said.iter().map(|said| format!("  - {{{said}}}\n")).collect::<String>();
    portal.write("content/portal.yaml", format!("{PORTAL}recommendations:\n{}", list(of_portal)));
    for (policy, name) in [("shops", "商店"), ("roads", "道路")] {
        let sheet = format!("area: a\nname: {name}\n");
        let said: Vec<&str> = of_sheets.iter().filter(|(of, _)| *of == policy).map(|(_, said)| *said).collect();
        let more = if said.is_empty() { String::new() } else { format!("recommendations:\n{}", list(&said)) };
        portal.write(&format!("content/2024/{policy}.yaml"), format!("{sheet}{more}"));
        portal.write(&format!("content/2025/{policy}.yaml"), sheet);
    }
    portal
}

fn rows(portal: &Portal, year: u16) -> Vec<String> {
    let table = portal.read(&format!("output/{year}/data/recommendations.csv"));
    table.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn what_stands_in_portal_yaml_and_in_a_sheet_is_counted_once_everywhere() {
    let own = format!(
        "id: a, {MADE}, policy: shops, due: 2025-06-30, response: [{{date: 2025-08-01, state: in-progress, text: 冊子にします。}}, {{date: 2026-04-01, state: done, text: 冊子で示しました。}}]"
    );
    let of_sheet = format!(
        "id: a, {MADE}, response: [{{date: 2025-05-01, state: open, text: 検討します。}}, {{date: 2025-08-01, state: in-progress, text: 冊子にします。}}]"
    );
    let portal = town(&[&own], &[("shops", &of_sheet)]);
    let told = portal.build().err;
    assert!(!told.contains("differ"), "days tell the order: {told}");
    let page = portal.page("2024/recommendations/index.html").main();
    assert!(page.contains("監査委員 1 1"), "{page}");
    assert_eq!(page.matches("冊子にします。").count(), 1, "said in both, shown once: {page}");
    assert!(page.contains("期限 2025年6月30日"), "portal.yaml alone says it: {page}");
    let later = portal.page("2025/shops/index.html").main();
    let places: Vec<_> =
        ["検討します。", "冊子にします。", "冊子で示しました。"].map(|said| later.find(said).expect(said)).into();
    assert!(places.is_sorted() && later.matches("在庫を確かめる").count() == 1, "in the order of days: {later}");
    assert_eq!(
        rows(&portal, 2025),
        [
            "2025,a,監査委員,2025-02-20,在庫を確かめること。,shops,,2025-06-30,done,2026-04-01,冊子で示しました。,2024/shops#recommendations/1"
        ]
    );
    let json = portal.json("2025/data/portal.json");
    assert_eq!(json["recommendations"].as_array().unwrap().len(), 1);
    assert_eq!(json["recommendations"][0]["responses"].as_array().unwrap().len(), 3);
    let status = portal.run("status").out;
    assert!(!status.contains("監査委員"), "portal.yaml says it is done: {status}");
    assert!(!portal.run("check --as-of 2027-01-01").err.contains("overdue"));
}

#[test]
fn it_is_the_same_by_its_words_too_and_where_the_policy_was_taken_over() {
    for (own, of_sheet) in [
        (format!("{MADE}, policy: shops"), MADE.to_owned()),
        (format!("id: a, {MADE}, policy: shops"), MADE.to_owned()),
        (format!("id: a, {MADE}, policy: shops"), format!("id: b, {MADE}")),
        (format!("id: a, {MADE}"), format!("id: a, {MADE}")),
        (MADE.to_owned(), MADE.to_owned()),
        // In other words, or of another day, but of the same id.
        ("id: a, source: 監査委員, date: 2025-02-20, text: 在庫, policy: shops".to_owned(), format!("id: a, {MADE}")),
        (
            "id: a, source: 監査委員会, date: 2025-02-20, text: 在庫を確かめること。".to_owned(),
            format!("id: a, {MADE}"),
        ),
    ] {
        let portal = town(&[&own], &[("shops", &of_sheet)]);
        portal.build();
        assert_eq!(rows(&portal, 2024).len(), 1, "{own} · {of_sheet}");
        assert_eq!(portal.run("status").out.matches("2025-02-20").count(), 1, "{own} · {of_sheet}");
        assert_eq!(portal.page("2025/shops/index.html").main().matches("在庫").count(), 1, "{own} · {of_sheet}");
    }
    // A policy that took it over, or the one before, is the same.
    for named in ["shops", "trade"] {
        let portal =
            town(&[&format!("{MADE}, policy: {named}, state: in-progress, response: 調べます。")], &[("shops", MADE)]);
        portal.remove("content/2025/shops.yaml");
        portal.write("content/2025/trade.yaml", "area: a\nname: 商い\nsuccessor_of: [shops]\n");
        portal.build();
        for year in [2024, 2025] {
            assert_eq!(rows(&portal, year).len(), 1, "{named} {year}");
        }
        let page = portal.page("2025/trade/index.html").main();
        assert_eq!((page.matches("在庫を").count(), page.matches("調べます。").count()), (1, 1), "{page}");
    }
}

#[test]
fn two_recommendations_stay_two_though_they_share_an_id_or_a_text() {
    for (own, of_sheet) in [
        ("id: a, source: 議会, date: 2025-02-20, text: 別のこと。, policy: shops".to_owned(), format!("id: a, {MADE}")),
        (
            "id: a, source: 監査委員, date: 2025-03-20, text: 別のこと。, policy: shops".to_owned(),
            format!("id: a, {MADE}"),
        ),
        (format!("id: a, {MADE}, policy: roads"), format!("id: a, {MADE}")),
        ("source: 監査委員, date: 2025-03-20, text: 在庫を確かめること。, policy: shops".to_owned(), MADE.to_owned()),
    ] {
        let portal = town(&[&own], &[("shops", &of_sheet)]);
        portal.build();
        assert_eq!(rows(&portal, 2024).len(), 2, "{own} · {of_sheet}");
    }
    // What is said of the whole city and answered by two policies is answered by each.
    let portal = town(&[MADE], &[("shops", MADE), ("roads", MADE)]);
    portal.build();
    assert_eq!(rows(&portal, 2024).len(), 3);
    assert_eq!(portal.page("2024/shops/index.html").main().matches("在庫を").count(), 1);
    // Two in one sheet, one of which portal.yaml names.
    let other = "source: 監査委員, date: 2025-02-20, text: 数を数えること。";
    let portal = town(
        &[&format!("{other}, policy: shops, state: done, response: 数えました。")],
        &[("shops", MADE), ("shops", other)],
    );
    portal.build();
    let rows = rows(&portal, 2024);
    assert!(rows.len() == 2 && rows[1].contains("数を数える") && rows[1].contains("done"), "{rows:?}");
}

#[test]
fn where_no_days_tell_which_state_was_said_last_both_places_are_told() {
    let differ = |own: &str, of_sheet: &str| {
        let portal = town(&[&format!("{MADE}, policy: shops, {own}")], &[("shops", &format!("{MADE}, {of_sheet}"))]);
        let told = portal.run("check --lang ja").err;
        portal.build();
        // The last edition that shows it: what the first showed closed is over.
        let rows = [2024, 2025].map(|year| rows(&portal, year)).concat();
        let state = rows.last().map(|row| row.split(',').nth(8).unwrap_or_default().to_owned());
        (told.split("\n\n").find(|told| told.contains("recommendation-states-differ")).map(str::to_owned), state)
    };
    let (told, state) = differ("state: done, response: 済み", "state: in-progress, response: 途中");
    let told = told.expect("told");
    assert!(told.contains("ここでは done ですが、2024/shops.yaml では in-progress です"), "{told}");
    assert!(told.contains("content/portal.yaml:8:") && told.contains("content/2024/shops.yaml:4:"), "{told}");
    assert!(told.contains("date: 回答日"), "{told}");
    assert_eq!(state.as_deref(), Some("in-progress"), "the sheet's word holds");
    let day = |day: &str, state: &str| format!("response: [{{date: {day}, state: {state}, text: x}}]");
    // An answer without a day and one with; and two of the same day.
    assert!(differ("state: done, response: 済み", &day("2025-08-01", "in-progress")).0.is_some());
    assert!(differ(&day("2025-08-01", "done"), "state: in-progress, response: 途中").0.is_some());
    assert!(differ(&day("2025-08-01", "done"), &day("2025-08-01", "open")).0.is_some());
    // Days tell, or there is nothing to tell.
    for (own, of_sheet, holds) in [
        (day("2026-04-01", "done"), "state: in-progress, response: 途中".to_owned(), "done"),
        (day("2025-08-01", "in-progress"), day("2025-08-02", "done"), "done"),
        (day("2025-08-02", "in-progress"), day("2025-08-01", "open"), "in-progress"),
        ("state: done, response: 済み".to_owned(), "state: done, response: 終わりました".to_owned(), "done"),
        ("state: in-progress, response: 途中".to_owned(), "response: 調べます".to_owned(), "in-progress"),
        ("due: 2027-01-01".to_owned(), "state: done, response: 済み".to_owned(), "done"),
    ] {
        let (told, state) = differ(&own, &of_sheet);
        assert_eq!((told, state.as_deref()), (None, Some(holds)), "{own} · {of_sheet}");
    }
}

const ONE_YEAR: &str = "title: 見本\nmunicipality: {name: 見本市}\nplan: {first_year: 2024, last_year: 2027}\n\
    areas: [{id: a, name: 産業}]\nbase_url: https://example.jp/\neditions: {2024: {published: 2025-09-20}}\n";

#[test]
fn what_portal_yaml_closes_alone_does_not_go_on_into_the_next_year() {
    let portal = Portal::empty();
    let answer = "response: [{date: 2025-08-01, state: done, text: 冊子で示しました。}]";
    let of_portal = format!("recommendations:\n  - {{id: a, {MADE}, policy: shops, {answer}}}\n");
    portal.write("content/portal.yaml", format!("{ONE_YEAR}{of_portal}"));
    let open = "  - {id: b, source: 議会, date: 2025-02-21, text: 通りを照らすこと。}\n";
    let said = format!("area: a\nname: 商店\nrecommendations:\n  - {{id: a, {MADE}}}\n{open}");
    portal.write("content/2024/shops.yaml", said);
    portal.run("new-year 2025 --write");
    let next = portal.read("content/2025/shops.yaml");
    assert!(next.contains(open), "what is open goes on: {next}");
    assert!(!next.contains("在庫を確かめること"), "it was answered for good: {next}");
}

#[test]
fn an_answer_that_closes_and_is_followed_by_another_is_named_where_it_is_overdue() {
    let portal = Portal::empty();
    portal.write("content/portal.yaml", ONE_YEAR);
    let answers = "[{date: 2025-08-01, state: done, text: 冊子で示しました。}, {date: 2025-09-01, state: in-progress, text: 冊子にします。}]";
    let said = format!("area: a\nname: 商店\nrecommendations:\n  - {{{MADE}, due: 2025-06-30, response: {answers}}}\n");
    portal.write("content/2024/shops.yaml", said);
    let told = portal.run("check --as-of 2026-12-01").err;
    assert!(
        told.contains("overdue-recommendation") && told.contains("2025-08-01 の回答に done とありますが"),
        "{told}"
    );
}

#[test]
fn settings_in_portal_yml_are_called_by_their_name() {
    let portal = Portal::empty();
    portal.write("content/portal.yml", format!("{ONE_YEAR}recommendations:\n  - {{{MADE}}}\n"));
    portal.write("content/2024/shops.yaml", "area: a\nname: 商店\n");
    let told = portal.build().err;
    assert!(told.contains("content/portal.yml:") && !told.contains("content/portal.yaml"), "{told}");
    let manifest = portal.read("output/manifest.json");
    assert!(manifest.contains("content/portal.yml") && !manifest.contains("content/portal.yaml"));
    let status = portal.run("status --format json").out;
    assert!(status.contains("content/portal.yml") && !status.contains("content/portal.yaml"), "{status}");
}
