//! Several years, and sheets that are not published yet.

use crate::portal::Portal;

const AREA_AND_NAME: &str = "area: industry\nname: 産業の活性化を促進する\nindicators:\n  - id: exchange\n    \
                             name: 交流人数\n    unit: 人\n    accumulation: cumulative\n";

/// A second sheet, which knows more than the first: the next actual, and another figure for the year before.
fn two_years() -> Portal {
    let portal = Portal::minimal();
    let figures = "    baseline: 446\n    actuals: {2024: 631, 2025: 790}\n    targets: {2027: \"1,046\"}\n";
    portal.write("content/2025/industry.yaml", format!("{AREA_AND_NAME}{figures}vision: 二年目の文章です。\n"));
    portal
}

#[test]
fn an_edition_shows_what_the_sheets_up_to_its_year_say() {
    let portal = two_years();
    portal.build();
    let (first, second) = (portal.page("2024/industry/index.html"), portal.page("2025/industry/index.html"));
    assert_eq!(first.figure("2024/industry#exchange/actuals/2024"), "628人");
    assert_eq!(second.figure("2025/industry#exchange/actuals/2024"), "631人");
    assert_eq!(second.figure("2025/industry#exchange/actuals/2025"), "790人");
    let first = first.main();
    for later in ["631", "790", "二年目の文章です"] {
        assert!(!first.contains(later), "{later} is of the year after: {first}");
    }
    let values = |year: &str| portal.table(&format!("{year}/data/observations.csv")).column("value");
    assert_eq!(values("2024"), ["446", "628", "1046"]);
    assert_eq!(values("2025"), ["446", "631", "790", "1046"]);
}

#[test]
fn a_figure_that_only_the_earlier_sheet_states_is_carried_over_with_its_address() {
    let portal = Portal::minimal();
    portal.write("content/2025/industry.yaml", format!("{AREA_AND_NAME}    actuals: {{2025: 790}}\n"));
    portal.build();
    let page = portal.page("2025/industry/index.html");
    assert_eq!(page.figure("2024/industry#exchange/actuals/2024"), "628人");
    assert_eq!(page.figure("2024/industry#exchange/targets/2027"), "1,046人");
    assert_eq!(page.figure("2025/industry#exchange/actuals/2025"), "790人");
    assert!(!portal.page("2024/industry/index.html").main().contains("790"));
}

#[test]
fn a_new_year_changes_no_figure_and_no_data_file_of_the_year_before() {
    let portal = Portal::minimal();
    portal.build();
    let before = portal.output();
    let figures = portal.page("2024/industry/index.html").addressed().len();
    portal.write("content/2025/industry.yaml", two_years().read("content/2025/industry.yaml"));
    portal.build();
    let after = portal.output();
    for (path, bytes) in before.iter().filter(|(path, _)| path.starts_with("2024/data/") && path.ends_with(".csv")) {
        assert!(after[path] == *bytes, "{path} changed");
    }
    assert_eq!(portal.page("2024/industry/index.html").addressed().len(), figures);
}

#[test]
fn the_first_page_shows_the_latest_edition() {
    let portal = two_years();
    portal.build();
    assert_eq!(portal.page("index.html").main(), portal.page("2025/index.html").main());
    assert_ne!(portal.page("index.html").main(), portal.page("2024/index.html").main());
}

#[test]
fn every_edition_can_be_reached_from_every_page_of_the_other() {
    let portal = two_years();
    portal.build();
    for (page, other) in [("2024/industry/index.html", "2025年度"), ("2025/industry/index.html", "2024年度")] {
        let page = portal.page(page);
        let editions = page.root.find(&|e| e.has_class("editions"));
        assert!(editions[0].find(&|e| e.name == "a").iter().any(|a| a.text() == other), "{other}");
    }
}

#[test]
fn a_policy_that_ended_is_not_in_the_edition_after() {
    let portal = two_years();
    portal.write("content/2024/harbour.yaml", "area: industry\nname: 港をつくる\n");
    portal.build();
    assert!(portal.has("output/2024/harbour/index.html") && !portal.has("output/2025/harbour"));
    assert!(!portal.page("2025/index.html").main().contains("港をつくる"));
}

#[test]
fn a_draft_is_nowhere_in_what_is_published() {
    let portal = Portal::full();
    portal.build();
    for (path, bytes) in portal.output() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for words in ["図書館を使いやすくする", "777777", "777,777", "loans"] {
            assert!(!text.contains(words), "{words} in {path}");
        }
        assert!(!path.contains("library"), "{path}");
    }
}

#[test]
fn with_drafts_the_draft_is_there_and_says_that_it_is_one() {
    let portal = Portal::full();
    portal.build_with("--drafts --output output");
    let page = portal.page("2024/library/index.html");
    assert!(page.class("draft")[0].text().contains('案'));
    assert!(page.all("meta").iter().any(|m| m.attribute("content") == Some("noindex")));
    assert_eq!(page.figure("2024/library#loans/actuals/2024"), "777,777冊");
    let table = portal.page("2024/index.html").first("tbody").text();
    assert!(table.contains("図書館を使いやすくする 案"), "{table}");
    assert!(!portal.page("2024/waste/index.html").text().contains("公表前の案です"));
    portal.build();
    assert!(!portal.has("output/2024/library"), "the next build without drafts takes it away");
}

#[test]
fn whatever_names_a_draft_says_that_it_is_one() {
    let portal = Portal::full();
    portal.build_with("--drafts --output output");
    let mut beside = 0;
    for (path, page) in portal.pages() {
        for link in [page.class("previous"), page.class("next")].concat() {
            if link.attribute("href").is_some_and(|href| href.ends_with("library/index.html")) {
                let mark = if path.starts_with("en/") { "Draft" } else { "案" };
                assert!(link.text().ends_with(mark), "{path}: {}", link.text());
                beside += 1;
            }
        }
    }
    assert!(beside > 0, "the draft stands beside another policy");
    let card = portal.page("2024/areas/nameless/index.html").class("cards")[0].text();
    assert!(card.contains("図書館を使いやすくする 案"), "{card}");
    for path in ["index.html", "2024/index.html"] {
        assert!(
            portal.page(path).class("banner").iter().any(|banner| banner.text().contains("公表前の案をふくむ")),
            "{path}"
        );
    }
}

#[test]
fn drafts_are_not_put_where_the_published_site_is() {
    let portal = Portal::full();
    portal.build();
    let before = portal.output();
    let answer = portal.build_with("--drafts");
    assert!(answer.out.contains("下書きも含まれています") && answer.out.contains("preview"), "{}", answer.out);
    assert!(portal.has("preview/2024/library/index.html"));
    assert_eq!(portal.output(), before);
    assert!(portal.build_with("--drafts").out.contains("下書きも含まれています"), "also where nothing has changed");
    assert!(!portal.build().out.contains("下書きも"));
}

#[test]
fn a_year_that_has_only_drafts_is_no_edition() {
    let portal = two_years();
    portal.append("content/2025/industry.yaml", "status: draft\n");
    portal.build();
    assert!(!portal.has("output/2025"));
    assert_eq!(portal.page("index.html").main(), portal.page("2024/index.html").main());
    assert!(!portal.read("output/index.html").contains("2025/"));
    portal.build_with("--drafts --output output");
    assert!(portal.has("output/2025/industry/index.html"));
    assert!(portal.page("2025/index.html").class("draft")[0].text().contains('案'));
}

#[test]
fn a_portal_of_drafts_alone_publishes_nothing() {
    let portal = Portal::minimal();
    portal.append("content/2024/industry.yaml", "status: draft\n");
    let answer = portal.run("build --format short");
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert!(answer.codes().contains(&"no-sheets"), "{}", answer.err);
    assert!(!portal.has("output"));
}

#[test]
fn a_later_sheet_shows_how_its_indicators_stood_the_year_before() {
    let portal = Portal::minimal();
    portal.append("content/2024/industry.yaml", "expenditure: {unit: 千円, settled: {2024: 100000}}\n");
    let new = "  - {id: late, name: あとから, unit: 人, baseline: {year: 2024, value: 1}, actuals: {2025: 2}, targets: {2027: 4}}\n";
    portal.write(
        "content/2025/industry.yaml",
        format!(
            "{AREA_AND_NAME}    baseline: 446\n    actuals: {{2025: 700}}\n    targets: {{2027: \"1,046\"}}\n{new}\
             expenditure: {{unit: 百万円, settled: {{2025: 110}}}}\n"
        ),
    );
    portal.build();
    assert!(portal.page("2024/industry/index.html").find_id("section_years").is_none(), "nothing came before");
    let page = portal.page("2025/industry/index.html");
    let section = page.find_id("section_years").unwrap();
    let rows: Vec<_> = section
        .find(&|element| element.name == "tr")
        .into_iter()
        .map(|row| row.text().split_whitespace().collect::<String>())
        .collect();
    assert_eq!(
        rows,
        [
            "指標2024年度2025年度前回から",
            "交流人数▲計画どおり30.3%◆やや遅れ42.3%判定が悪くなった",
            "あとから指標なし▲計画どおり33.3%",
            "決算額1億円1億1,000万円10.0%増",
        ]
    );
    // What was published the year before is what stands there.
    let before = portal.page("2024/industry/index.html").main();
    assert!(before.contains("計画どおり") && before.contains("30.3%"), "{before}");
}
