//! The book: an edition as one document for the council, where portal.yaml asks for it.

use std::collections::BTreeSet;

use crate::html::Page;
use crate::portal::{Portal, demo};

fn heading_words(page: &Page, level: &str) -> Vec<String> {
    page.all(level).iter().map(|heading| heading.text()).collect()
}

#[test]
fn every_sheet_stands_once_in_the_book_behind_its_area() {
    let book = demo().page("2024/book/index.html");
    assert_eq!(book.all("h1").len(), 1);
    let areas = heading_words(&book, "h2");
    assert_eq!(areas[..5], ["目次", "1 子ども・学び", "1-1 子育て", "1-2 学校・生涯学習", "2 健康・福祉"]);
    assert_eq!(areas.last().unwrap(), "判定と率の決め方");
    let sheets = heading_words(&book, "h3");
    assert_eq!(sheets.len(), 10);
    assert!(sheets[0].starts_with("1-1-1 安心して産み") && sheets[7] == "5 産業の活性化を促進する", "{sheets:?}");
    for part in ["目指す姿", "成果指標の達成状況", "主な取組の成果", "課題と取組方針", "関連事業", "決算額"]
    {
        assert!(heading_words(&book, "h4").contains(&part.to_owned()), "{part}");
    }
}

#[test]
fn the_book_says_of_every_figure_what_the_pages_say() {
    let book = demo().page("2024/book/index.html");
    let addressed: BTreeSet<_> = book.addressed().into_iter().collect();
    for policy in ["industry", "waste", "health"] {
        let page = demo().page(&format!("2024/{policy}/index.html"));
        for figure in page.addressed() {
            assert!(addressed.contains(&figure), "{figure:?}");
        }
    }
}

#[test]
fn no_id_stands_twice_and_every_link_within_the_book_leads_somewhere() {
    for path in ["2024/book/index.html", "2023/book/index.html", "en/2024/book/index.html"] {
        let book = demo().page(path);
        let mut ids = BTreeSet::new();
        for element in book.root.find(&|element| element.attribute("id").is_some()) {
            let id = element.attribute("id").unwrap();
            assert!(ids.insert(id), "{path}: {id} stands twice");
        }
        let links = book.all("a");
        let within: Vec<_> = links.iter().filter_map(|a| a.attribute("href")?.strip_prefix('#')).collect();
        assert!(within.len() > 5);
        for link in within {
            assert!(ids.contains(link), "{path}: #{link} leads nowhere");
        }
    }
}

#[test]
fn a_sheet_that_links_to_its_own_indicator_does_so_in_the_book_too() {
    let portal = Portal::of_sheet(
        "area: industry\nname: 産業\nvision: |\n  # 見出し\n  [交流](#exchange)を増やします。\nindicators:\n  - {id: exchange, name: 交流人数, actuals: {2024: {value: 628, note: 速報}}}\n",
    );
    portal.append("content/portal.yaml", "冊子: はい\n");
    portal.build_with("--examine");
    let html = portal.read("output/2024/book/index.html");
    for piece in [
        "<a href=\"#industry_exchange\">交流</a>",
        "id=\"industry_exchange\"",
        "<h5 id=\"industry_vision_見出し\">",
        "href=\"#industry_note_1\"",
        "id=\"book_industry\"",
    ] {
        assert!(html.contains(piece), "{piece} in {html}");
    }
    assert!(portal.page("2024/index.html").all("a").iter().any(|a| a.attribute("href") == Some("book/index.html")));
}

#[test]
fn nobody_has_a_book_without_asking_for_it() {
    let portal = Portal::full();
    portal.build();
    assert!(!portal.has("output/2024/book"));
    assert!(!portal.read("output/2024/index.html").contains("book/index.html"));
}

#[test]
fn a_large_edition_has_a_volume_for_each_area_that_has_sheets() {
    let portal = Portal::minimal();
    portal.write(
        "content/portal.yaml",
        "title: 例示市\nmunicipality: {name: 例示市}\nplan: {first_year: 2024, last_year: 2027}\nbase_url: なし\nbook: true
areas: [{id: top, name: 上位}, {id: one, name: 第一, parent: top}, {id: two, name: 第二, parent: top}]\n",
    );
    portal.remove("content/2024/industry.yaml");
    for number in 0..201 {
        let area = if number < 150 { "one" } else { "two" };
        let sheet = format!("number: \"{number}\"\narea: {area}\nname: 施策{number}\n");
        portal.write(&format!("content/2024/p{number}.yaml"), sheet);
    }
    portal.build_with("--examine");
    let book = portal.page("2024/book/index.html");
    assert_eq!(book.all("article").len(), 0);
    let contents = book.class("book-contents")[0];
    assert!(contents.text().contains("上位"));
    let links = contents.find(&|element| element.attribute("href").is_some());
    let hrefs: Vec<_> = links.iter().filter_map(|link| link.attribute("href")).collect();
    assert_eq!(hrefs[0], "one/index.html#book_area_one");
    assert_eq!(hrefs.len(), 2 + 201);
    let volume = portal.page("2024/book/one/index.html");
    assert_eq!(volume.all("article").len(), 150);
    assert_eq!(portal.page("2024/book/two/index.html").all("article").len(), 51);
    assert!(!portal.has("output/2024/book/top"));
    assert!(volume.first("title").text().starts_with("第一 評価シート集（2024年度）"));
}

#[test]
fn a_theme_of_a_city_whose_book_has_no_place_for_the_sheets_is_told_so() {
    let portal = Portal::minimal();
    portal.append("content/portal.yaml", "book: true\ntheme: city\n");
    portal.write(
        "themes/city/templates/book.html",
        "{% extends \"base.html\" %}{% block main %}<h1>{{ title }}</h1>{% endblock main %}\n",
    );
    let answer = portal.run("build");
    assert_eq!(answer.code, Some(1));
    assert!(answer.err.contains("{{ sheets }}"), "{}", answer.err);
}

#[test]
fn a_section_that_only_has_plain_words_stands_in_the_book_and_what_decides_a_verdict_as_well() {
    let portal = Portal::minimal();
    portal.append("content/portal.yaml", "book: true\n");
    portal.append("content/2024/industry.yaml", "plain: {outlook: これからも つづけます。}\n");
    portal.build();
    let book = portal.page("2024/book/index.html");
    assert!(book.first("main").text().contains("これからも つづけます。"));
    // In the demo another starting year would turn a verdict: the council reads that, too.
    let demo = demo().page("2024/book/index.html");
    assert!(demo.first("main").text().contains("出発点の年度を変えた場合の判定"));
    assert!(demo.root.find(&|element| element.name == "details").is_empty(), "nothing is folded away on paper");
}
