//! Targets that change on the way, series that break, and targets that are met before their year.

use crate::portal::Portal;

fn sheet(indicator: &str) -> String {
    format!("area: industry\nname: 産業の活性化\nindicators:\n{indicator}")
}

const RAISED: &str = "  - id: food\n    name: 受け付けた食品\n    unit: kg\n    baseline: {year: 2021, value: 640}\n    \
     actuals: {2022: 905, 2023: 1182, 2024: 1240}\n    targets: {2027: 1400}\n    \
     target_changes: [{year: 2027, from: 1200, date: 2024-10-20, reason: 早く届いたため引き上げた。}]\n";

#[test]
fn a_changed_target_is_a_step_of_the_chart_a_row_of_a_table_and_a_row_of_the_data() {
    let portal = Portal::of_sheet(&sheet(RAISED));
    portal.build();
    let page = portal.read("output/2024/industry/index.html").replace('\u{a0}', " ");
    assert!(page.contains("class=\"hc-change\" data-address=\"2024/industry#food/target_changes/1\""), "{page}");
    assert!(page.contains("目標変更 1,200→1,400 kg"), "a label in words beside the shape");
    assert!(
        page.contains("2024年10月20日に2027年度の目標を1,200 kgから1,400 kgに変更"),
        "the tip, and the description"
    );
    let main = portal.page("2024/industry/index.html").main();
    for said in ["目標の変更", "変更前", "1,200 kg", "1,400 kg", "2024年10月20日", "早く届いたため引き上げた。"]
    {
        assert!(main.contains(said), "{said}: {main}");
    }
    let table = portal.table("2024/data/target_changes.csv");
    let rows: Vec<_> = table.rows().collect();
    let [row] = rows.as_slice() else { panic!("{rows:?}") };
    let expected = [
        ("year", "2027"),
        ("before", "1200"),
        ("after", "1400"),
        ("unit", "kg"),
        ("date", "2024-10-20"),
        ("reason", "早く届いたため引き上げた。"),
        ("address", "2024/industry#food/target_changes/1"),
    ];
    for (column, value) in expected {
        assert_eq!(row[column], value, "{column}");
    }
    let series = &portal.json("2024/data/portal.json")["policies"][0]["indicators"][0]["series"][0];
    assert_eq!(series["target_changes"][0]["before"], "1200");
    assert_eq!(series["target_changes"][0]["date"], "2024-10-20");
}

#[test]
fn a_change_without_a_day_is_told_in_the_table_alone() {
    let portal = Portal::of_sheet(&sheet(&RAISED.replace("date: 2024-10-20, ", "")));
    portal.build();
    let page = portal.read("output/2024/industry/index.html");
    assert!(!page.contains("hc-change") && page.contains("記載なし"), "{page}");
    assert!(!page.contains("key-change"), "the legend explains what is there");
}

#[test]
fn a_target_that_is_not_changed_costs_a_page_nothing() {
    let portal = Portal::minimal();
    portal.build();
    let page = portal.read("output/2024/industry/index.html");
    for mark in ["hc-change", "target-changes", "key-change", "key-break", "key-revised", "hc-strokes"] {
        assert!(!page.contains(mark), "{mark}");
    }
}

#[test]
fn a_component_that_does_not_exist_has_no_target_to_change() {
    let portal = Portal::of_sheet(&sheet(&RAISED.replace("from: 1200", "component: es, from: 1200")));
    let answer = portal.run("check");
    assert_eq!(answer.code, Some(1));
    assert!(answer.err.contains("unknown-reference") && answer.err.contains("内訳のない指標です"), "{}", answer.err);
}

#[test]
fn a_break_that_an_earlier_sheet_declares_interrupts_the_line_of_a_later_one() {
    let counted = |year: u16, actuals: &str, breaks: &str| {
        let indicator = format!(
            "  - {{id: visits, name: 来館者数, unit: 人, actuals: {{{actuals}}}, targets: {{2027: 9}}{breaks}}}\n"
        );
        (format!("content/{year}/industry.yaml"), sheet(&indicator))
    };
    let portal = Portal::minimal();
    let broken = ", breaks: [{year: 2022, note: 入館ゲートを取り替えました。}]";
    for (path, text) in [counted(2023, "2020: 5, 2021: 6, 2022: 3, 2023: 4", broken), counted(2024, "2024: 5", "")] {
        portal.write(&path, text);
    }
    portal.build();
    for year in ["2023", "2024"] {
        let page = portal.read(&format!("output/{year}/industry/index.html"));
        assert!(page.contains("hc-strokes") && page.contains("key-break"), "{year}: a mark that the legend explains");
        assert!(page.matches("入館ゲートを取り替えました。").count() >= 2, "{year}: at the mark and below the table");
        assert_eq!(page.matches("class=\"hc-line\"").count(), 2, "{year}: no line leads over the break");
        let index = portal.read(&format!("output/{year}/index.html"));
        let spark = index.split("hc-spark").nth(1).and_then(|rest| rest.split("</svg>").next()).expect("a spark");
        assert_eq!(spark.matches("hc-line").count(), 2, "{year}: nor does the small one of the index");
    }
    let indicator = &portal.json("2024/data/portal.json")["policies"][0]["indicators"][0];
    assert_eq!(indicator["breaks"][0]["year"], 2022);
}

const MET: &str =
    "  - {id: food, name: 受け付けた食品, unit: kg, baseline: 640, actuals: {2024: 1240}, targets: {2027: 1200}}\n";

fn asked(portal: &Portal) -> Vec<String> {
    let answer = portal.run("check --format short");
    answer.err.lines().filter(|line| line.contains("target-met-early")).map(str::to_owned).collect()
}

#[test]
fn a_last_target_that_is_met_early_asks_for_a_word_and_shows_it_beside_the_verdict() {
    let portal = Portal::of_sheet(&sheet(MET));
    let told = asked(&portal);
    let [told] = told.as_slice() else { panic!("{told:?}") };
    assert!(told.starts_with("content/2024/industry.yaml:4:10: ") && told.contains("受け付けた食品"), "{told}");
    portal.edit("content/2024/industry.yaml", "2027: 1200}", "2027: 1200}, target_note: 来年度に引き上げます。");
    assert_eq!(asked(&portal), [""; 0]);
    portal.build();
    let page = portal.page("2024/industry/index.html").main();
    assert!(page.contains("予定より早く届きました。来年度に引き上げます。"), "{page}");
}

#[test]
fn only_the_sheet_that_is_being_written_is_asked() {
    let portal = Portal::of_sheet(&sheet(MET));
    let later = MET.replace("2024: 1240", "2025: 1300");
    portal.write("content/2025/industry.yaml", sheet(&later));
    assert!(asked(&portal).iter().all(|told| told.starts_with("content/2025/")));
    // A figure that is not there yet meets no target.
    portal.write("content/2025/industry.yaml", sheet(&later.replace("2025: 1300", "2025: 集計中")));
    assert_eq!(asked(&portal), [""; 0]);
    // What is published is published.
    portal.remove("content/2025/industry.yaml");
    portal.run("freeze 2024");
    assert_eq!(asked(&portal), [""; 0]);
    portal.remove("content/2024/published.csv");
    portal.edit("content/2024/industry.yaml", "2027: 1200}", "2027: 1200}, ended: {year: 2024}");
    assert_eq!(asked(&portal), [""; 0], "an indicator that has ended has no target any more");
}

#[test]
fn a_word_about_a_target_that_is_not_met_yet_stands_among_what_is_said_of_the_indicator() {
    let unmet = MET.replace("targets: {2027: 1200}", "targets: {2027: 2000}, target_note: 来年度に見直します。");
    let portal = Portal::of_sheet(&sheet(&unmet));
    portal.build();
    assert!(portal.page("2024/industry/index.html").main().contains("来年度に見直します。"));
}

#[test]
fn the_outlook_is_shown_over_the_years_as_far_as_the_edition_knows() {
    let portal = Portal::minimal();
    let head = "area: industry\nname: 産業の活性化\n";
    for (year, outlook) in
        [("2021", ""), ("2022", "outlook: 拡充\n"), ("2023", ""), ("2024", "outlook: 継続。続けます。\n"), ("2025", "")]
    {
        portal.write(&format!("content/{year}/industry.yaml"), format!("{head}{outlook}"));
    }
    portal.build();
    let chain = |year: &str| {
        let page = portal.read(&format!("output/{year}/industry/index.html"));
        let list =
            page.split("class=\"outlooks\"").nth(1).and_then(|rest| rest.split("</ol>").next()).map(str::to_owned);
        list.map(|list| list.split("<li>").skip(1).map(words).collect::<Vec<_>>())
    };
    assert_eq!(chain("2021"), None);
    assert_eq!(chain("2022"), None, "a chain begins with two");
    assert_eq!(chain("2023").unwrap(), ["2022年度 拡充", "2023年度 記載なし"]);
    assert_eq!(chain("2024").unwrap(), ["2022年度 拡充", "2023年度 記載なし", "2024年度 継続。"]);
    assert_eq!(chain("2025").unwrap().len(), 4);
    let page = portal.read("output/2024/industry/index.html");
    assert!(page.contains("href=\"../../2022/industry/index.html#section_outlook\""), "{page}");
    assert_eq!(portal.run("check").code, Some(0), "links and ids hold");
}

/// Of a piece of a page.
fn words(html: &str) -> String {
    let mut words = String::new();
    let mut inside = false;
    for char in html.chars() {
        match char {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => words.push(char),
            _ => {}
        }
    }
    words.trim().to_owned()
}

const FOOD: &str = "  - id: food\n    name: 受け付けた食品\n    unit: kg\n";

/// What is told of an indicator with targets of 2025 and 2027, changed as written.
fn changed(change: &str) -> Vec<String> {
    let indicator = format!(
        "{FOOD}    direction: increase\n    baseline: {{year: 2022, value: 100}}\n    actuals: {{2024: 150}}\n    targets: {{2025: 300, 2027: 400}}\n    target_changes:\n      - {{{change}}}\n"
    );
    let portal = Portal::of_sheet(&sheet(&indicator));
    let answer = portal.run("check --lang ja --format short");
    let of_changes = |line: &&str| line.contains("target-change]");
    answer.err.lines().filter(of_changes).map(str::to_owned).collect()
}

#[test]
fn a_change_of_a_target_that_is_not_there_is_an_error_at_its_year() {
    let found = changed("year: 2026, from: 350, date: 2024-03-28, reason: 見直し");
    let [found] = &found[..] else { panic!("{found:?}") };
    assert!(found.contains("error[invalid-target-change]") && found.contains("2026年度の目標値がない"), "{found}");
    assert!(found.contains(":16: "), "the year: {found}");
    assert_eq!(changed("year: 2027, from: 350, date: 2024-03-28, reason: 見直し"), Vec::<String>::new());
}

#[test]
fn a_change_of_a_target_that_an_earlier_sheet_states_goes_on() {
    let change = "    target_changes: [{year: 2025, from: 250, date: 2024-03-28, reason: 見直し}]\n";
    let portal = Portal::of_sheet(&sheet(&format!("{FOOD}    targets: {{2025: 300, 2027: 400}}\n{change}")));
    let later = sheet(&format!("{FOOD}    targets: {{2027: 400}}\n{change}"));
    portal.write("content/2025/industry.yaml", later);
    let answer = portal.run("check");
    assert!(!answer.err.contains("target-change"), "{}", answer.err);
}

#[test]
fn a_change_that_changes_nothing_or_not_yet_or_without_a_word_is_told() {
    for (change, said) in [
        ("year: 2027, from: 400, date: 2024-03-28, reason: 同じ", "変更後の値と同じ「400」です"),
        ("year: 2027, from: たくさん, date: 2024-03-28, reason: 見直し", "変更前の値(from)が文章「たくさん」です"),
        ("year: 2027, from: 350, date: 2099-03-28, reason: 見直し", "改めた日 2099-03-28 が、2024年度の版より後"),
        ("year: 2027, from: 350, reason: 見直し", "日付(date)がありません"),
        ("year: 2027, from: 350, date: 2024-03-28", "理由(reason)がありません"),
        ("year: 2027, from: 350", "日付(date)と理由(reason)がありません"),
    ] {
        let found = changed(change);
        let [found] = &found[..] else { panic!("{change}: {found:?}") };
        assert!(found.contains("warning[doubtful-target-change]") && found.contains(said), "{change}: {found}");
    }
    // 300, then 400, then 300 again, then 400.
    let twice = "year: 2027, from: 400, date: 2024-05-01, reason: 一}\n      - {year: 2027, from: 300, date: 2024-06-01, reason: 二";
    assert_eq!(changed(twice), Vec::<String>::new(), "a target may come back to what it was");
    let same = twice.replace("from: 300", "from: 400");
    assert_eq!(changed(&same).len(), 2, "neither changes it");
}

#[test]
fn a_change_without_a_day_is_asked_for_once_where_sheets_repeat_it() {
    let change = format!("{FOOD}    targets: {{2027: 400}}\n    target_changes: [{{year: 2027, from: 350}}]\n");
    let portal = Portal::of_sheet(&sheet(&change));
    portal.write("content/2025/industry.yaml", sheet(&change));
    let err = portal.run("check --format short").err;
    let found: Vec<_> = err.lines().filter(|line| line.contains("doubtful-target-change")).collect();
    assert!(found.len() == 1 && found[0].starts_with("content/2025/"), "{found:?}");
}

#[test]
fn the_small_line_of_the_index_is_called_by_the_series_that_it_draws() {
    let two = "indicators:\n  - {id: plan, name: 計画の策定, targets: {2027: 策定}}\n  - {id: visitors, name: 来館者, unit: 人, actuals: {2023: 5, 2024: 7}}\n";
    let portal = Portal::of_sheet(&format!("area: industry\nname: 産業の活性化\n{two}"));
    portal.build();
    let index = portal.read("output/2024/index.html");
    let (_, spark) = index.split_once("spark_industry-title").unwrap();
    let title = spark.split("</title>").next().unwrap();
    assert!(title.contains("来館者") && !title.contains("計画の策定"), "{title}");
}

fn of_2027(target: u16, more: &str) -> String {
    format!(
        "area: a\nname: 見本\n{more}indicators:\n  - id: visitors\n    name: 来客\n    unit: 人\n    baseline: 4\n    actuals: {{2024: 5}}\n    targets: {{2027: {target}}}\n"
    )
}

const SETTINGS: &str = "title: 見本\nmunicipality: {name: 見本市}\nplan: {first_year: 2024, last_year: 2027}\n\
    areas: [{id: a, name: 産業}]\nbase_url: https://example.jp/\n\
    editions: {2024: {published: 2025-09-20}, 2025: {published: 2026-09-20}}\n";

#[test]
fn a_from_of_several_policies_is_held_against_each_and_their_sum() {
    let portal = crate::portal::Portal::empty();
    portal.write("content/portal.yaml", SETTINGS);
    portal.write("content/2024/shops.yaml", of_2027(10, ""));
    portal.write("content/2024/markets.yaml", of_2027(20, ""));
    for (from, is_told) in [("5", true), ("10", false), ("20", false), ("30", false)] {
        let change =
            format!("    target_changes: [{{year: 2027, from: {from}, date: 2025-10-01, reason: 見直したため}}]\n");
        portal.write("content/2025/trade.yaml", of_2027(40, "successor_of: [shops, markets]\n") + &change);
        let told = portal.run("check").err;
        let said = told.contains("変更前の値(from)が、引き継いだ施策の") && told.contains("合計の「30」");
        assert_eq!(said, is_told, "{from}: {told}");
    }
}

#[test]
fn a_change_of_a_target_long_ago_is_asked_about() {
    let portal = crate::portal::Portal::empty();
    portal.write("content/portal.yaml", SETTINGS);
    for (date, is_told) in [("1924-10-01", true), ("2020-10-01", false)] {
        let change = format!("    target_changes: [{{year: 2027, from: 9, date: {date}, reason: 見直したため}}]\n");
        portal.write("content/2024/shops.yaml", of_2027(10, "") + &change);
        let told = portal.run("check").err;
        assert_eq!(told.contains("10年以上前です"), is_told, "{date}: {told}");
    }
}

#[test]
fn what_is_reckoned_across_a_break_says_so_and_no_better_verdict_is_told_of_it() {
    let of = |actuals: &str, breaks: &str| {
        format!(
            "area: industry\nname: 産業\nindicators:\n  - {{id: visits, name: 来館者数, unit: 人, baseline: {{year: 2021, value: 446}}, actuals: {{{actuals}}}, targets: {{2027: 1046}}{breaks}}}\n"
        )
    };
    let portal = Portal::minimal();
    portal.write("content/2023/industry.yaml", of("2023: 500", ""));
    portal.write("content/2024/industry.yaml", of("2024: 900", ", breaks: [{year: 2024, reason: 数え方を変えた}]"));
    portal.build();
    let page = portal.page("2024/industry/index.html").main();
    let rough = "2024年度から測り方が変わりました。出発点はその前の値なので、判定や率は目安として見てください。";
    assert!(page.contains(rough) && page.contains("数え方を変えた"), "{page}");
    assert!(page.contains("測り方が変わった") && !page.contains("判定が良くなった"), "{page}");
    assert!(!portal.page("2023/industry/index.html").main().contains("測り方"));
    portal.write("content/2024/industry.yaml", of("2024: 900", ""));
    portal.build();
    let page = portal.page("2024/industry/index.html").main();
    assert!(page.contains("判定が良くなった") && !page.contains("測り方"), "{page}");
}
