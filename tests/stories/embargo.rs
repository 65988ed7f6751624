//! Sheets that wait for their day (公表予定日): out until then, in from then on, and nobody wonders why.

use crate::portal::Portal;

const SECRET: &str = "港をつくる";

/// A published sheet of 2024, and one that waits for 20 September 2025.
fn waiting() -> Portal {
    let portal = Portal::minimal();
    portal.write(
        "content/2024/harbour.yaml",
        format!("area: industry\nname: {SECRET}\npublish_on: 2025-09-20\nvision: 船が来るまち\n"),
    );
    portal
}

fn names_the_secret(portal: &Portal) -> bool {
    portal.output().iter().any(|(path, bytes)| {
        path.contains("harbour") || path.contains("harbor") || String::from_utf8_lossy(bytes).contains(SECRET)
    })
}

#[test]
fn a_sheet_is_published_from_its_day_on() {
    let portal = waiting();
    for (arguments, there) in
        [("", false), ("--as-of 2025-09-19", false), ("--as-of 2025-09-20", true), ("--as-of 2026-01-01", true)]
    {
        portal.build_with(arguments);
        assert_eq!(portal.has("output/2024/harbour/index.html"), there, "{arguments}");
        assert_eq!(names_the_secret(&portal), there, "{arguments}");
    }
    let page = portal.page("2024/harbour/index.html");
    assert!(!page.text().contains('案') && !page.text().contains("予定"), "published, it is like any other");
    assert!(!portal.output().iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("2025-09-20")));
    portal.build();
    assert!(!names_the_secret(&portal), "who forgets --as-of publishes too little, never too much");
}

#[test]
fn the_key_has_the_name_of_the_office_and_a_day_that_does_not_exist_is_told() {
    let portal = waiting();
    portal.edit("content/2024/harbour.yaml", "publish_on: 2025-09-20", "公表予定日: 2025-09-20");
    portal.build();
    assert!(!names_the_secret(&portal));
    portal.edit("content/2024/harbour.yaml", "2025-09-20", "令和7年9月31日");
    let answer = portal.run("check --as-of 2025-09-20 --format short");
    assert_eq!((answer.code, answer.codes()), (Some(1), vec!["invalid-date", "no-base-url"]), "{}", answer.err);
}

#[test]
fn what_is_left_out_is_said_with_the_reason_also_where_nothing_has_changed() {
    let portal = waiting();
    portal.write("content/2024/library.yaml", "area: industry\nname: 図書館\nstatus: draft\n");
    for round in ["first", "second"] {
        let out = portal.build().out;
        assert!(out.contains("公開に含めないシート: 下書き 1枚、公表予定日が 2025-09-20 のもの 1枚"), "{round}: {out}");
        assert!(out.contains("--as-of today"), "{round}: {out}");
    }
    assert!(portal.build().out.contains("変更はありません"));
    let out = portal.build_with("--as-of 2025-09-20").out;
    assert!(out.contains("下書き 1枚。") && !out.contains("公表予定日"), "{out}");
    assert!(portal.run("check --as-of 2025-09-01").out.contains("2025-09-01 の時点で"), "check says it, too");
    assert!(portal.run("check --drafts --lang en").out.contains("1 draft, 1 until 2025-09-20"));
}

#[test]
fn a_day_changes_the_site_only_when_it_is_the_day_of_a_sheet() {
    let portal = waiting();
    let nothing = |arguments: &str| portal.build_with(arguments).out.contains("変更はありません");
    assert!(!nothing("--as-of 2025-09-18"));
    assert!(nothing("--as-of 2025-09-18"), "the same day");
    assert!(nothing("--as-of 2025-09-19"), "the next day, and no sheet's day has come");
    assert!(nothing(""), "without a day it is the same site as before the first day");
    assert!(!nothing("--as-of 2025-09-20"));
    assert!(nothing("--as-of 2030-01-01"));
    assert!(!nothing("--as-of 2025-09-19"), "and back");
}

#[test]
fn today_is_read_from_the_clock() {
    let portal = waiting();
    portal.edit("content/2024/harbour.yaml", "2025-09-20", "2001-01-01");
    portal.write("content/2024/far.yaml", "area: industry\nname: 遠い先\npublish_on: 9999-12-31\n");
    portal.build_with("--as-of today");
    assert!(portal.has("output/2024/harbour/index.html") && !portal.has("output/2024/far"));
}

#[test]
fn an_edition_whose_sheets_all_wait_does_not_exist() {
    let portal = waiting();
    portal.write("content/2025/harbour.yaml", "area: industry\nname: 新しい年\npublish_on: 2026-09-20\n");
    portal.build_with("--as-of 2025-09-20");
    assert!(!portal.has("output/2025"));
    assert_eq!(portal.page("index.html").main(), portal.page("2024/index.html").main());
    assert!(
        !portal.read("output/2024/harbour/index.html").contains("2025/"),
        "the sheet of before names no later year"
    );
    portal.build_with("--as-of 2026-09-20");
    assert!(portal.has("output/2025/index.html"));
}

#[test]
fn a_portal_whose_sheets_all_wait_says_for_which_day() {
    let portal = Portal::minimal();
    portal.append("content/2024/industry.yaml", "publish_on: 2025-09-20\n");
    let answer = portal.run("build --format short");
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert!(answer.codes().contains(&"no-sheets") && answer.err.contains("2025-09-20"), "{}", answer.err);
    portal.build_with("--as-of 2025-09-20");
}

#[test]
fn a_link_to_a_sheet_that_waits_is_dead_until_its_day() {
    let portal = waiting();
    portal.append("content/2024/industry.yaml", "vision: これは[港](harbour.yaml)のため\n");
    let answer = portal.run("check");
    assert_eq!(answer.code, Some(1));
    assert!(
        answer.err.contains("公表予定日が 2025-09-20 なので") && answer.err.contains("--as-of today"),
        "{}",
        answer.err
    );
    assert_eq!(portal.run("check --as-of 2025-09-20").code, Some(0));
    assert_eq!(portal.run("check --drafts").code, Some(0));
}

#[test]
fn the_files_of_a_sheet_wait_with_it() {
    let portal = waiting();
    for name in ["form.pdf", "map.svg", "both.pdf", "free.pdf"] {
        portal.write(&format!("content/assets/{name}"), "x");
    }
    portal.append(
        "content/2024/harbour.yaml",
        "attachments: [{title: 様式, file: assets/form.pdf}, {title: 共通, file: assets/both.pdf}]\nnotes: [\"[図](../assets/map.svg)\"]\n",
    );
    portal.append("content/2024/industry.yaml", "attachments: [{title: 共通, file: assets/both.pdf}]\n");
    let published = |name: &str| portal.has(&format!("output/assets/{name}"));
    portal.build();
    assert!(!published("form.pdf") && !published("map.svg"), "they would tell before the day");
    assert!(published("both.pdf") && published("free.pdf"), "what others name, or nobody, is published as ever");
    assert!(!portal.read("output/manifest.json").contains("form.pdf"));
    portal.build_with("--as-of 2025-09-20");
    assert!(published("form.pdf") && published("map.svg"));
}

#[test]
fn a_day_that_cannot_be_read_stops_before_anything_is_done() {
    let portal = waiting();
    for (language, help) in [("ja", "2025-09-20 のような西暦の日付"), ("en", "from 2000 to 2199, as 2025-09-20")]
    {
        let answer = portal.run(&format!("build --as-of 2025-02-30 --lang {language}"));
        assert_eq!(answer.code, Some(2));
        assert!(answer.err.contains("--as-of") && answer.err.contains(help), "{}", answer.err);
    }
    let far = portal.run("build --as-of 9999-01-01");
    assert!(
        far.code == Some(2) && far.err.contains("2000年から2199年まで"),
        "it would publish every sheet that waits: {}",
        far.err
    );
    assert!(!portal.has("output"));
}

#[test]
fn before_its_day_a_sheet_is_shown_with_its_day_wherever_it_stands() {
    let portal = waiting();
    let indicator = "- id: ships\n    name: 寄港数\n    unit: 隻\n    direction: increase\n    baseline: 10\n    actuals: {2024: 5}\n    targets: {2027: 20}\n";
    portal.append("content/2024/harbour.yaml", &format!("indicators:\n  {indicator}"));
    portal.write("content/2023/harbour.yaml", format!("area: industry\nname: {SECRET}\n"));
    portal.build_with("--drafts --as-of 2025-09-19 --output output");
    let mark = "案（公表予定日 2025年9月20日）";
    let named = format!("{SECRET} {mark}");
    let index = portal.page("2024/index.html");
    for part in ["tbody", "ul.marks"] {
        let (tag, class) = part.split_once('.').unwrap_or((part, ""));
        let found = if class.is_empty() { index.first(tag).text() } else { index.class(class)[0].text() };
        assert!(found.contains(&named), "{part}: {found}");
    }
    let area = portal.page("2024/areas/industry/index.html");
    assert!(area.class("cards")[0].text().contains(&named));
    assert!(area.class("indicators-table")[0].text().contains(&named));
    assert!(portal.page("2024/industry/index.html").class("neighbours")[0].text().contains(&named));
    for page in [&index, &area, &portal.page("2024/data/index.html")] {
        assert!(page.class("banner")[0].text().contains("公表前の案をふくむ"));
    }
    let page = portal.page("2024/harbour/index.html");
    assert_eq!(page.first("h1").text(), named);
    assert!(page.first("title").text().starts_with("【案】"), "{}", page.first("title").text());
    assert!(page.class("banner")[0].text().contains("公表予定日は2025年9月20日です。"));
    assert!(page.all("meta").iter().any(|meta| meta.attribute("content") == Some("noindex")));
    assert!(page.class("chips")[0].text().contains("2024年度（案）"));
    let earlier = portal.page("2023/harbour/index.html");
    assert!(earlier.class("chips")[0].text().contains("2024年度（案）") && !earlier.first("h1").text().contains('案'));
    assert!(!portal.page("2023/index.html").text().contains('案'), "the edition of before holds no draft");

    portal.build_with("--drafts --as-of 2025-09-20 --output output");
    assert!(!portal.page("2024/harbour/index.html").text().contains('案'), "on its day it is one no more");
}

#[test]
fn a_draft_with_a_day_is_a_draft_and_says_its_day() {
    let portal = waiting();
    portal.append("content/2024/harbour.yaml", "status: draft\n");
    portal.append("content/portal.yaml", "languages: [ja, en]\n");
    portal.build_with("--drafts --as-of 2026-01-01 --output output");
    let page = portal.page("en/2024/harbour/index.html");
    assert!(page.first("h1").text().ends_with("Draft (to be published on 20 September 2025)"));
    assert!(page.first("title").text().starts_with("[Draft] "));
    assert!(portal.build_with("--as-of 2026-01-01").out.contains("下書き 1枚"));
    assert!(!names_the_secret(&portal));
}

#[test]
fn open_data_with_drafts_says_what_is_not_for_the_public_yet() {
    let portal = waiting();
    portal.write("content/2024/library.yaml", "area: industry\nname: 図書館\nstatus: draft\n");
    portal.build_with("--drafts --output output");
    let document = portal.json("2024/data/portal.json");
    let said = |id: &str| {
        let policies = document["policies"].as_array().unwrap();
        let policy = policies.iter().find(|policy| policy["id"] == id).unwrap();
        (policy["withheld"].as_str().map(str::to_owned), policy["publish_on"].as_str().map(str::to_owned))
    };
    assert_eq!(said("harbour"), (Some("embargoed".to_owned()), Some("2025-09-20".to_owned())));
    assert_eq!(said("library"), (Some("draft".to_owned()), None));
    assert_eq!(said("industry"), (None, None));
}

#[test]
fn an_edition_that_is_public_before_the_day_that_it_prints_is_told_of() {
    let portal = Portal::minimal();
    portal.append("content/portal.yaml", "editions: {2024: {published: 2025-09-20}}\n");
    let answer = portal.run("check --as-of 2025-09-19 --lang ja");
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    for part in [
        "warning[edition-before-its-day]: 2024年度版の日付は 2025-09-20 ですが、公開する日 2025-09-19 はそれより前です",
        "content/portal.yaml:5:30",
        "publish_on: 2025-09-20",
    ] {
        assert!(answer.err.contains(part), "{part}\n{}", answer.err);
    }
    for line in ["check --as-of 2025-09-20 --lang ja", "check --lang ja"] {
        assert!(!portal.run(line).err.contains("edition-before-its-day"), "{line}");
    }
    // Its sheets wait for the day: nothing of it is public.
    portal.append("content/2024/industry.yaml", "publish_on: 2025-09-20\n");
    let answer = portal.run("check --drafts --as-of 2025-09-19 --lang ja");
    assert!(!answer.err.contains("edition-before-its-day"), "{}", answer.err);
}
