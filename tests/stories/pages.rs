//! What stands on pages: languages, samples, missing values, links.

use std::collections::BTreeSet;

use crate::html::{Element, Page};
use crate::portal::{Portal, demo, full};

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

fn main_is_in(page: &Page, language: &str) -> bool {
    page.first("html").attribute("lang") == Some(language)
}

#[test]
fn values_of_every_kind_are_shown_as_printed() {
    let page = full().page("2024/shapes/index.html");
    for (address, shown) in [
        ("zero/actuals/2024", "0人"),
        ("zero/targets/2027", "0人"),
        ("negative/baseline", "−120百万円"),
        ("negative/actuals/2024", "−3.20百万円"),
        ("exact/baseline", "12.50%"),
        ("exact/actuals/2024", "13.00%"),
        ("range/targets/2027", "10〜12日"),
        ("bound/actuals/2024", "40%以上"),
        ("bound/targets/2027", "60%以上"),
        ("words/actuals/2023", "検討"),
        ("words/actuals/2024", "策定"),
        ("rank/actuals/2024", "12位"),
        ("not-final/actuals/2024", "1,105.25千人"),
        ("other-unit/actuals/2024", "3件"),
        ("other-unit/targets/2027", "5箇所"),
        ("school.elementary/actuals/2023", "78.0%"),
    ] {
        assert_eq!(page.figure(&format!("2024/shapes#{address}")), shown, "{address}");
    }
}

#[test]
fn what_is_missing_shows_its_reason_and_never_a_zero() {
    let page = full().page("2024/shapes/index.html");
    for (year, reason) in (2017..).zip([
        "値なし",
        "集計中",
        "未実施",
        "調査のない年",
        "秘匿",
        "注のとおり",
        "該当なし",
        "集計中（2026年3月まで）",
    ]) {
        let cell = page.cell(&format!("2024/shapes#gaps/actuals/{year}"));
        assert!(cell.text().contains(reason), "{year}: {}", cell.text());
        assert!(!cell.text().contains('0') || year == 2024, "{year}: {}", cell.text());
    }
    let whole = page.id("gaps").text();
    assert!(whole.contains("様式の改正により記載していません。") && whole.contains("国の統計の公表を待っています。"));
    assert!(squeezed(&whole).contains("判定できない"));
}

#[test]
fn what_needs_attention_shows_the_figures_that_decide() {
    let figures = |path: &str, indicator: &str| {
        let page = demo().page(path);
        let anchor = format!("{indicator}/");
        let rows = page.class("attention")[0].find(&|element| element.has_class("figures"));
        let of = |row: &&&Element| {
            let figures = row.find(&|e| e.attribute("data-address").is_some_and(|at| at.contains(&anchor)));
            !figures.is_empty()
        };
        rows.iter().find(of).unwrap_or_else(|| panic!("{indicator} shows no figures")).text()
    };
    for (indicator, japanese, english) in [
        ("school#renewed-schools", "2024年度 6校／計画どおりなら 8校", "FY2024: 6校 / as planned: 8校"),
        (
            "disaster#fire-corps",
            "2024年度 548人／計画策定時 571人／計画どおりなら 601.6人",
            "FY2024: 548人 / start of the plan: 571人 / as planned: 601.6人",
        ),
        ("safe-living#crime-rank", "2024年度 10位／計画どおりなら 7.6位", "FY2024: No. 10 / as planned: No. 7.6"),
        (
            "transport#bicycle-parking",
            "2024年度 94%／2024年度の目標 70〜90%",
            "FY2024: 94% / target for FY2024: 70 to 90%",
        ),
        (
            "finance#facility-plan",
            "2024年度 素案を公表／2024年度の目標 策定",
            "FY2024: 素案を公表 / target for FY2024: 策定",
        ),
    ] {
        assert_eq!(figures("index.html", indicator), japanese);
        assert_eq!(figures("en/index.html", indicator), english);
    }
}

#[test]
fn a_target_that_is_not_met_needs_attention_without_an_actual_too() {
    let portal = Portal::of_sheet(
        "area: industry\nname: 計画\nindicators:\n  - {id: plan, name: 計画, targets: {2024: {value: 策定, met: false}}}\n",
    );
    portal.build();
    assert_eq!(portal.page("index.html").class("figures")[0].text(), "2024年度の目標 策定");
}

#[test]
fn an_area_shows_a_total_over_the_period_beside_the_figure_of_the_year() {
    let cell = |path: &str| demo().page(path).cell("2024/disaster#drills/actuals/2024").text();
    assert_eq!(cell("2024/areas/safety/index.html"), "6,240人累計 11,360人2024年度");
    assert_eq!(cell("en/2024/areas/safety/index.html"), "6,240人total 11,360人FY2024");
}

#[test]
fn an_indicator_without_actuals_says_so() {
    let text = full().page("2024/shapes/index.html").id("no-actual").text();
    assert!(text.contains("実績値がまだないため、判定できません。"), "{text}");
    assert!(text.contains("20%"), "{text}");
}

#[test]
fn provisional_figures_and_revised_ones_say_what_they_are() {
    let cell = |path: &str, address: &str| squeezed(&full().page(path).cell(address).text());
    assert!(cell("2023/waste/index.html", "2023/waste#per-person/actuals/2023").starts_with("842g注1速報値"));
    assert!(cell("2024/waste/index.html", "2024/waste#per-person/actuals/2023").starts_with("840g注1改定値"));
    assert!(cell("2024/shapes/index.html", "2024/shapes#not-final/actuals/2023").contains("推計値"));
}

#[test]
fn the_baseline_has_the_year_that_the_sheet_prints() {
    let page = full().page("2024/waste/index.html");
    assert_eq!(squeezed(&page.cell("2024/waste#per-person/baseline").text()), "860g2021年度");
}

#[test]
fn a_grade_of_the_city_and_a_verdict_stand_side_by_side() {
    let page = full().page("2024/waste/index.html");
    let results = page.class("results")[0].text();
    for words in ["市の評価", "A", "目標どおり", "予定どおり。", "判定", "計画どおり"] {
        assert!(results.contains(words), "{words} in {results}");
    }
}

#[test]
fn every_language_has_every_page_under_its_own_folder() {
    let pages = full().pages();
    let paths: BTreeSet<_> = pages.iter().map(|(path, _)| path.as_str()).collect();
    for (path, page) in &pages {
        match path.strip_prefix("en/") {
            Some(japanese) => {
                assert!(paths.contains(japanese), "{path} has no page in Japanese");
                assert!(main_is_in(page, "en"), "{path}");
            }
            None => {
                assert!(
                    path == "404.html" || paths.contains(format!("en/{path}").as_str()),
                    "{path} is not in English"
                );
                assert!(main_is_in(page, "ja"), "{path}");
            }
        }
    }
}

#[test]
fn the_page_for_missing_addresses_speaks_every_language_and_leads_to_each_index() {
    let page = full().page("404.html");
    let said: Vec<_> = page
        .all("section")
        .into_iter()
        .map(|section| {
            let link = section.find(&|element| element.name == "a")[0];
            (section.attribute("lang").unwrap(), link.attribute("href").unwrap(), link.text())
        })
        .collect();
    let ja = ("ja", "/hyoka/", "最初のページへ".to_owned());
    assert_eq!(said, [ja, ("en", "/hyoka/en/", "To the first page".to_owned())]);
    assert_eq!((page.all("h1").len(), page.all("script").len()), (1, 0));
    assert_eq!(page.all("h2")[0].text(), "Page not found");
}

#[test]
fn a_text_in_another_language_than_its_page_says_so() {
    for portal in [full(), demo()] {
        for (path, page) in portal.pages().into_iter().filter(|(path, _)| path.starts_with("en/")) {
            let mut unmarked = Vec::new();
            collect_unmarked(&page.root, "", &mut unmarked);
            assert!(unmarked.is_empty(), "{path}: Japanese that is not marked: {unmarked:?}");
        }
    }
    let unit = demo().page("en/2024/school/index.html");
    let unit = unit.cell("2024/school#renewed-schools/actuals/2024").find(&|e| e.attribute("lang") == Some("ja"));
    assert_eq!(unit.iter().map(|e| e.text()).collect::<Vec<_>>(), ["校"], "a unit alone is marked, not its figure");
}

/// Texts with kana or kanji, also of pictures and titles, whose nearest element with a language says English.
fn collect_unmarked(element: &Element, around: &str, unmarked: &mut Vec<String>) {
    let language = element.attribute("lang").unwrap_or(around);
    for text in element.own_texts().filter(|_| language == "en") {
        if text.chars().any(|c| ('\u{3041}'..='\u{30fa}').contains(&c) || ('\u{3400}'..='\u{9fff}').contains(&c)) {
            unmarked.push(format!("<{}> {}", element.name, text.trim()));
        }
    }
    element.elements().for_each(|inner| collect_unmarked(inner, language, unmarked));
}

#[test]
fn marks_of_language_stand_around_words_and_never_in_an_attribute() {
    for (path, page) in full().pages().into_iter().chain(demo().pages()) {
        for element in page.root.find(&|_| true) {
            let wrong = element.attributes().find(|(_, value)| value.contains("<span"));
            assert!(wrong.is_none(), "{path}: <{}> {wrong:?}", element.name);
        }
    }
}

fn on_paper(page: &Page) -> String {
    let style = page.first("html").attribute("style").unwrap_or_default();
    style.strip_prefix("--on-paper: ").unwrap_or_else(|| panic!("{style}")).to_owned()
}

#[test]
fn every_printed_page_says_whose_it_is_of_which_edition_and_where_it_is_found() {
    for (path, page) in demo().pages().iter().filter(|(path, _)| path != "404.html") {
        let english = path.starts_with("en/");
        let whose = match (path.contains("2023/"), english) {
            (true, false) => "見本市（デモ）　2023（令和5）年度 試行版（2024年10月11日公表）",
            (true, true) => "Mihon City (demo), FY2023 trial edition (published 11 October 2024)",
            (false, false) => "見本市（デモ）　2024（令和6）年度版（2025年9月19日公表）",
            (false, true) => "Mihon City (demo), FY2024 edition (published 19 September 2025)",
        };
        let address = format!("https://hyoka.example/{}", path.strip_suffix("index.html").unwrap());
        let expected = format!(r#""{whose}\a {address}""#);
        assert_eq!(on_paper(page), expected, "{path}");
    }
    let output = demo().output();
    let style = output.iter().find(|(path, _)| path.starts_with("assets/theme/style.")).map(|(_, bytes)| bytes);
    let style = String::from_utf8_lossy(style.unwrap());
    assert!(style.contains("@bottom-left{content:var(--on-paper"), "{style}");
}

#[test]
fn paper_names_a_draft_an_edition_by_its_own_name_and_any_municipality() {
    let portal = Portal::full();
    portal.build_with("--drafts --output output");
    assert!(on_paper(&portal.page("2024/library/index.html")).contains("（公表前の案）"));
    assert!(!on_paper(&portal.page("2024/waste/index.html")).contains('案'));

    let portal = Portal::minimal();
    portal.build();
    assert_eq!(on_paper(&portal.page("index.html")), "\"例示市　2024（令和6）年度版\"", "without a day");
    portal.edit("content/portal.yaml", "{name: 例示市}", r#"{name: 'A"\\;}</style>B'}"#);
    portal.append("content/portal.yaml", "editions: {2024: {label: 令和6年度・修正版}}\n");
    portal.build();
    assert_eq!(on_paper(&portal.page("index.html")), r#""A\"\\;}</style>B　令和6年度・修正版""#);
}

#[test]
fn no_page_shows_the_name_of_a_label_in_place_of_its_words() {
    let labels =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/standard/labels/ja.yaml")).unwrap();
    let groups: Vec<_> =
        labels.lines().filter_map(|line| line.strip_suffix(':')).filter(|line| !line.starts_with(' ')).collect();
    assert!(groups.contains(&"verdict") && groups.contains(&"money"));
    for portal in [full(), demo()] {
        for (path, page) in portal.pages() {
            let attributes = page.root.find(&|_| true);
            let attributes = attributes.iter().flat_map(|e| e.attributes()).filter(|(name, _)| {
                matches!(*name, "aria-label" | "title" | "alt" | "data-label" | "content" | "placeholder")
            });
            let texts = attributes.map(|(_, value)| value.to_owned()).chain([page.text()]);
            for text in texts.collect::<Vec<_>>() {
                for word in text.split(|c: char| !(c.is_ascii_alphanumeric() || ".-_".contains(c))) {
                    let key = word.split_once('.').filter(|(group, rest)| {
                        groups.contains(group)
                            && rest.len() > 1
                            && rest.bytes().all(|b| b.is_ascii_lowercase() || b".-".contains(&b))
                    });
                    let file = [".html", ".csv", ".json", ".yaml", ".xml"].iter().any(|end| word.ends_with(end));
                    assert!(key.is_none() || file, "{path} shows {word}");
                }
            }
        }
    }
}

#[test]
fn a_fictional_sheet_is_marked_wherever_it_shows() {
    let page = full().page("2024/shapes/index.html");
    assert!(page.class("sample")[0].text().contains("見本です"));
    assert!(page.class("sheet-head")[0].text().contains("この施策の内容は架空のものです。"));
    assert!(page.all("meta").iter().any(|m| m.attribute("content") == Some("noindex")));
    // The real sheet beside it stays open to search engines, and its own head says nothing of fiction.
    let real = full().page("2024/waste/index.html");
    assert!(!real.all("meta").iter().any(|m| m.attribute("content") == Some("noindex")));
    assert!(!real.class("sheet-head")[0].text().contains("架空"));
    let minimal = Portal::minimal();
    minimal.build();
    assert!(minimal.pages().iter().all(|(_, page)| page.class("sample").is_empty()));
}

#[test]
fn every_inner_link_leads_to_a_file_and_an_id_in_it() {
    for portal in [full(), demo()] {
        let files: BTreeSet<_> = portal.output().into_keys().collect();
        for (path, page) in portal.pages().into_iter().filter(|(path, _)| path != "404.html") {
            let elements = page.root.find(&|_| true);
            let links = elements.iter().flat_map(|e| ["href", "src"].map(|name| e.attribute(name)));
            for link in links.flatten().filter(|link| !link.contains(':')) {
                let (file, id) = link.split_once('#').unwrap_or((link, ""));
                let target = resolve(&path, file);
                assert!(files.contains(&target), "{path}: {link} leads to {target}");
                if !id.is_empty() && target.ends_with(".html") {
                    assert!(portal.page(&target).find_id(id).is_some(), "{path}: {link}");
                }
            }
        }
    }
}

pub fn resolve(page: &str, link: &str) -> String {
    if link.is_empty() {
        return page.to_owned();
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => assert!(parts.pop().is_some(), "{page}: {link} leaves the site"),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn a_link_between_sources_becomes_a_link_between_pages() {
    let page = full().page("pages/about/index.html");
    let links: Vec<_> =
        page.id("main").find(&|e| e.name == "a").iter().map(|a| a.attribute("href").unwrap().to_owned()).collect();
    assert_eq!(links, ["../../2024/waste/index.html#per-person", "../../assets/form.txt"]);
    let english = full().page("en/pages/about/index.html");
    let links: Vec<_> =
        english.id("main").find(&|e| e.name == "a").iter().map(|a| a.attribute("href").unwrap().to_owned()).collect();
    assert_eq!(links, ["../../2024/waste/index.html#per-person"]);
}

#[test]
fn no_page_asks_another_server_for_anything() {
    for (path, page) in demo().pages() {
        for element in page.root.find(&|e| !matches!(e.name.as_str(), "a" | "svg")) {
            let asked = element
                .attributes()
                .filter(|(name, _)| matches!(*name, "src" | "href" | "srcset" | "action" | "poster"));
            let harmless = matches!(element.attribute("rel"), Some("canonical" | "alternate"));
            for (_, url) in asked.filter(|_| !harmless) {
                assert!(!url.contains("//"), "{path}: <{}> {url}", element.name);
            }
        }
    }
}

#[test]
fn the_plan_of_several_units_of_money_is_summed_in_yen() {
    // 99,001 thousand yen and 0 million yen.
    let lead = full().page("2024/index.html").class("lead")[0].text();
    assert!(squeezed(&lead).contains("9,900万円"), "{lead}");
    assert!(squeezed(&lead).contains("（2施策の合計）"), "{lead}");
}

#[test]
fn charts_as_files_are_pictures_that_stand_alone() {
    for (path, bytes) in full().output().into_iter().filter(|(path, _)| path.contains("/charts/")) {
        let svg = String::from_utf8(bytes).unwrap();
        assert!(svg.contains("xmlns=\"http://www.w3.org/2000/svg\""), "{path}");
        let picture = Page::parse(svg.trim_start_matches("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"));
        assert!(!picture.first("title").raw_text().is_empty(), "{path}");
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{path}");
    }
}
