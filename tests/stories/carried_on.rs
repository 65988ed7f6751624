//! What sheets say of recommendations, from one edition to the next: nothing is known before its day, and nothing that is
//! open is forgotten.

use crate::portal::Portal;

const PORTAL: &str = "title: 見本\nmunicipality: {name: 見本市}\nplan: {first_year: 2024, last_year: 2027}\n\
    areas: [{id: a, name: 産業}]\nbase_url: https://example.jp/\n\
    editions: {2024: {published: 2025-09-20}, 2025: {published: 2026-09-20}, 2026: {published: 2027-09-20}}\n";

const SHEET: &str = "area: a\nname: 商店\n";

/// A portal of one policy, `shops`, with what its sheets of 2024 on recommend.
fn shops(recommended: &[&str]) -> Portal {
    let portal = Portal::empty();
    portal.write("content/portal.yaml", PORTAL);
    for (year, said) in (2024..).zip(recommended) {
        let list = if said.is_empty() { String::new() } else { format!("recommendations:\n{said}") };
        portal.write(&format!("content/{year}/shops.yaml"), format!("{SHEET}{list}"));
    }
    portal
}

fn table(portal: &Portal, year: u16) -> String {
    portal.read(&format!("output/{year}/data/recommendations.csv"))
}

#[test]
fn an_edition_knows_of_a_sheet_what_had_been_said_when_it_was_published() {
    let portal = shops(&[
        "  - source: 監査委員\n    date: 2025-02-20\n    text: 在庫を確かめること。\n    response:\n      \
         - {date: 2025-06-01, state: in-progress, text: 検討します。}\n      \
         - {date: 2026-01-10, state: done, text: 確かめました。}\n  \
         - {source: 議会, date: 2025-12-01, text: 後からの指摘, state: open, response: 調べます。}\n",
        "",
    ]);
    portal.build();
    let page = portal.page("2024/recommendations/index.html").main();
    assert!(page.contains("2025年9月20日までに") && page.contains("監査委員 1 1"), "{page}");
    assert!(page.contains("検討します。") && !page.contains("確かめました。") && !page.contains("後からの"), "{page}");
    let own = portal.page("2024/shops/index.html").main();
    assert!(!own.contains("確かめました。") && !own.contains("後からの"), "{own}");
    // The next edition knows it, though its sheet says nothing: nothing is lost.
    let later = portal.page("2025/shops/index.html").main();
    assert!(later.contains("確かめました。") && later.contains("後からの指摘"), "{later}");
    assert!(table(&portal, 2025).contains("done,2026-01-10,確かめました。,2024/shops#recommendations/1\r\n"));
    assert!(!portal.run("check --format short").err.contains("recommendation-after"), "an edition shows it");
}

#[test]
fn who_writes_what_no_edition_shows_yet_is_told_from_when_on_it_is_shown() {
    let said = "  - source: 監査委員\n    date: 2025-02-20\n    text: 在庫を確かめること。\n    response:\n      \
                - {date: 2025-06-01, state: in-progress, text: 検討します。}\n      \
                - {date: 2026-01-10, state: done, text: 確かめました。}\n  \
                - {source: 議会, date: 2026-02-01, text: 後からの指摘, state: open, response: 調べます。}\n";
    let portal = shops(&[said]);
    let told = portal.run("check --format short").err;
    let place = "2024/shops.yaml:9:16: warning[recommendation-after-publication]: この対応の日付 2026-01-10 は";
    assert!(told.contains(place), "{told}");
    assert!(told.contains("2024/shops.yaml:10:24: warning[recommendation-after-publication]: この提言"), "{told}");
    assert_eq!(told.matches("recommendation-after").count(), 2, "{told}");
    assert!(portal.run("check").err.contains("その日より後に公表する次の版から載ります"));
    // Without a day of publication it is what the end of the next year knows.
    portal.edit("content/portal.yaml", "2024: {published: 2025-09-20}, ", "");
    assert!(!portal.run("check --format short").err.contains("recommendation-after"));
    portal.edit("content/2024/shops.yaml", "2026-02-01", "2026-04-01");
    let told = portal.run("check --lang ja").err;
    assert!(told.contains("2026-03-31 までのものではありません(公表日が portal.yaml にない"), "{told}");
    portal.append("content/2024/shops.yaml", "status: draft\n");
    assert!(!portal.run("check --drafts --format short").err.contains("recommendation-after"), "still being written");
}

#[test]
fn what_is_open_goes_on_until_an_edition_shows_it_closed() {
    let open = "  - {source: 監査委員, date: 2025-02-20, due: 2026-01-01, text: 直すこと。, state: in-progress, response: 検討中。}\n";
    let portal = shops(&[open, "", ""]);
    portal.build();
    let page = portal.page("2025/recommendations/index.html").main();
    for said in ["直すこと。 商店 2024年度の版から続くもの", "検討中。", "公表のとき、期限を過ぎていました"]
    {
        assert!(page.contains(said), "{said} not in\n{page}");
    }
    let own = portal.page("2026/shops/index.html");
    assert!(own.id("section_recommendations").text().contains("2024年度の版から続くもの"));
    assert!(portal.page("2026/index.html").main().contains("提言1件、うち対応が終わっていないもの1件"));
    assert!(table(&portal, 2026).contains(
        "2026,,監査委員,2025-02-20,直すこと。,shops,,2026-01-01,in-progress,,検討中。,2024/shops#recommendations/1\r\n"
    ));
    let told = portal.run("check --format short").err;
    assert!(told.contains("2024/shops.yaml:4:") && told.contains("overdue-recommendation"), "{told}");
    assert!(portal.run("status").out.contains("2025-02-20 監査委員 (shops): 期限 2026-01-01 を過ぎています"));
    assert_eq!(portal.run("check").code, Some(0), "links and ids hold");
    // A later sheet closes it in the same words: its own edition shows that, and the next is done with it.
    let closed = "  - {source: 監査委員, date: 2025-02-20, due: 2026-01-01, text: 直すこと。, state: done, response: 直しました。}\n";
    portal.append("content/2025/shops.yaml", &format!("recommendations:\n{closed}"));
    portal.build();
    let page = portal.page("2025/shops/index.html").main();
    assert!(page.contains("直しました。") && !page.contains("検討中。") && !page.contains("続くもの"), "{page}");
    assert!(!portal.has("output/2026/recommendations/index.html"));
    assert!(!portal.run("check --format short").err.contains("-recommendation"));
}

#[test]
fn what_stands_in_portal_yaml_is_shown_until_an_edition_shows_it_closed_too() {
    let portal = shops(&["", "", ""]);
    portal.append(
        "content/portal.yaml",
        "recommendations:\n  - source: 監査委員\n    date: 2025-02-20\n    policy: shops\n    text: 直すこと。\n    response:\n      \
         - {date: 2025-06-01, state: in-progress, text: 検討中。}\n      - {date: 2026-05-01, state: done, text: 直しました。}\n",
    );
    portal.build();
    assert!(table(&portal, 2024).contains(",in-progress,2025-06-01,検討中。,portal#recommendations/1"));
    assert!(table(&portal, 2025).contains(",done,2026-05-01,直しました。,portal#recommendations/1"));
    assert_eq!(table(&portal, 2026).lines().count(), 1, "{}", table(&portal, 2026));
    assert!(!portal.has("output/2026/recommendations/index.html"));
    assert!(!portal.page("2026/shops/index.html").main().contains("直すこと。"));
    let index = portal.page("2026/index.html").main();
    assert!(!index.contains("対応が終わっていないもの"), "{index}");
    assert_eq!(portal.run("check").code, Some(0), "links hold");
}

#[test]
fn the_same_id_is_the_same_recommendation_whatever_its_words() {
    let first = "  - id: stock\n    source: 監査委員\n    date: 2025-02-20\n    text: 在庫を確かめること。\n    \
                 response: [{date: 2025-06-01, state: in-progress, text: 検討します。}]\n";
    let then = "  - {id: stock, source: 監査委員, date: 2025-02-20, text: 在庫を毎年確かめること。, response: [{date: 2026-05-01, state: done, text: 定めました。}]}\n";
    let portal = shops(&[first, then, ""]);
    portal.build();
    let page = portal.page("2025/recommendations/index.html").main();
    assert!(page.contains("在庫を毎年確かめること。") && !page.contains("在庫を確かめること。"), "{page}");
    let (begun, done) = (page.find("検討します。"), page.find("定めました。"));
    assert!(begun.is_some() && begun < done, "the answers of all years, in their order: {page}");
    assert!(!portal.has("output/2026/recommendations/index.html"), "it is closed");
    // Without an id, other words are another recommendation: the first is not forgotten for it.
    portal.edit("content/2025/shops.yaml", "id: stock, ", "");
    portal.edit("content/2024/shops.yaml", "id: stock\n    ", "");
    portal.build();
    assert_eq!(table(&portal, 2025).lines().count(), 3);
    assert!(table(&portal, 2026).contains("在庫を確かめること。"));
}

#[test]
fn an_answer_between_two_editions_is_shown_by_the_later_one_though_both_sheets_are_silent() {
    let said = "  - {source: 監査委員, date: 2025-02-20, text: 直すこと。, response: [{date: 2027-02-01, state: done, text: 直しました。}]}\n";
    let portal = shops(&[said, "", ""]);
    portal.build();
    assert!(table(&portal, 2025).contains(",open,,,"), "{}", table(&portal, 2025));
    assert!(table(&portal, 2026).contains(",done,2027-02-01,直しました。,2024/shops#recommendations/1"));
}

#[test]
fn a_recommendation_goes_on_with_what_its_policy_became_and_stays_where_the_policy_ended() {
    let open =
        "  - {id: r, source: 監査委員, date: 2025-02-20, text: 直すこと。, state: in-progress, response: 検討中。}\n";
    let portal = shops(&[open]);
    portal.write("content/2025/trade.yaml", "area: a\nname: 商業\nsuccessor_of: [shops]\n");
    portal.write("content/2025/fairs.yaml", "area: a\nname: 催事\nsuccessor_of: [shops]\n");
    portal.write("content/2025/roads.yaml", "area: a\nname: 道路\n");
    portal.build();
    for id in ["trade", "fairs"] {
        let page = portal.page(&format!("2025/{id}/index.html")).main();
        assert!(page.contains("直すこと。") && page.contains("2024年度の版から続くもの"), "{page}");
    }
    assert!(!portal.page("2025/roads/index.html").main().contains("直すこと。"));
    assert_eq!(table(&portal, 2025).lines().count(), 2, "one recommendation is counted once");
    // One of the two answers it: the other has it no more.
    let closed = "recommendations: [{id: r, source: 監査委員, date: 2025-02-20, text: 直すこと。, state: done, response: 直しました。}]\n";
    portal.append("content/2025/trade.yaml", closed);
    portal.build();
    assert!(portal.page("2025/trade/index.html").main().contains("直しました。"));
    assert!(!portal.page("2025/fairs/index.html").main().contains("直すこと。"));
    assert_eq!(table(&portal, 2025).lines().count(), 2);
    // Of a policy that ended, what is open is still told, and leads to its last page.
    portal.remove("content/2025/trade.yaml");
    portal.remove("content/2025/fairs.yaml");
    portal.append("content/2024/shops.yaml", "ended: {year: 2024}\n");
    portal.build();
    let page = portal.page("2025/recommendations/index.html").main();
    assert!(page.contains("直すこと。 商店 2024年度の版から続くもの"), "{page}");
    assert_eq!(portal.run("check").code, Some(0), "links hold");
}

#[test]
fn an_answer_after_the_publication_changes_nothing_of_a_frozen_edition() {
    let said = "  - source: 監査委員\n    date: 2025-02-20\n    text: 直すこと。\n    response:\n      \
                - {date: 2025-06-01, state: in-progress, text: 検討中。}\n";
    let portal = shops(&[said]);
    portal.build();
    assert_eq!(portal.run("freeze 2024").code, Some(0));
    portal.build();
    let before = portal.read("output/2024/shops/index.html");
    portal.append("content/2024/shops.yaml", "      - {date: 2026-02-01, state: done, text: 直しました。}\n");
    portal.build();
    assert_eq!(portal.read("output/2024/shops/index.html"), before);
    assert!(!portal.run("check --format short").err.contains("published-text-changed"));
    portal.edit("content/2024/shops.yaml", "検討中。", "見送り。");
    assert!(portal.run("check --format short").err.contains("published-text-changed"));
}
