//! The one real sheet of the demo portal: everything that it prints stands on its page, and nothing is invented.

use crate::portal::demo;

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn every_figure_stands_as_printed_with_its_unit() {
    let page = demo().page("2024/industry/index.html");
    for (address, printed) in [
        ("exchange/baseline", "446人"),
        ("exchange/actuals/2024", "628人"),
        ("exchange/targets/2027", "1,046人"),
        ("new-products/baseline", "26件"),
        ("new-products/actuals/2024", "36件"),
        ("new-products/targets/2027", "36件"),
        ("consultations/baseline", "2,831件"),
        ("consultations/actuals/2024", "10,406件"),
        ("consultations/targets/2027", "13,681件"),
        ("expenditure/settled/2024", "1,587,511"),
    ] {
        assert_eq!(page.figure(&format!("2024/industry#{address}")), printed, "{address}");
    }
    assert!(page.id("section_expenditure").text().contains("千円"));
}

#[test]
fn names_footnotes_and_projects_stand_as_printed() {
    let page = demo().page("2024/industry/index.html");
    let text = page.main();
    for words in [
        "産業の活性化を促進する",
        "知的対流を通じた交流人数【累計】",
        "産業間連携ネットワークによる新商品開発・新事業創出件数【累計】",
        "中小企業の相談受付件数【累計】",
        "共同研究・協働・人材育成等のこと",
        "関係支援団体を含めた相談受付件数のこと",
    ] {
        assert!(text.contains(words), "{words}");
    }
    let projects = page.id("section_projects").find(&|e| e.name == "li").iter().map(|e| e.text()).collect::<Vec<_>>();
    assert_eq!(
        projects,
        [
            "産業間連携促進事業",
            "知的対流推進事業",
            "起業家支援事業",
            "中小企業経営支援事業",
            "中小企業金融支援事業",
            "平塚産品普及促進事業",
            "商工業者支援団体活動補助事業",
            "地域共創ポイント事業",
            "脱炭素情報交流促進事業",
        ]
    );
    assert_eq!(page.id("section_achievements").find(&|e| e.name == "li").len(), 6);
    assert_eq!(page.id("section_challenges").find(&|e| e.has_class("pair")).len(), 4);
}

#[test]
fn what_is_derived_is_right_and_shows_its_arithmetic() {
    let page = demo().page("2024/industry/index.html");
    let exchange = squeezed(&page.id("exchange").text());
    for words in [
        "計画どおり",
        "596人",
        "30.3%",
        "(628−446)÷(1,046−446)",
        "1.21",
        "あと418人",
        "残り3年",
        "139.3人",
        "182人",
        // A baseline of the year before would make it late, and the page says so.
        "2022年度",
        "686人",
        "0.76",
        "遅れ",
    ] {
        assert!(exchange.contains(words), "{words} in {exchange}");
    }
    let products = squeezed(&page.id("new-products").text());
    for words in ["達成", "100.0%", "予定より早く届きました"] {
        assert!(products.contains(words), "{words} in {products}");
    }
    let consultations = squeezed(&page.id("consultations").text());
    for words in ["計画どおり", "69.8%", "2.79"] {
        assert!(consultations.contains(words), "{words} in {consultations}");
    }
    assert!(page.id("section_expenditure").text().contains("15億8,751万円"));
}

#[test]
fn sections_stand_in_the_order_of_the_paper_form() {
    let page = demo().page("2024/industry/index.html");
    let sections = page.root.find(&|e| e.attribute("id").is_some_and(|id| id.starts_with("section_")));
    let ids: Vec<_> = sections.iter().filter_map(|e| e.attribute("id")).collect();
    let parts =
        ["vision", "indicators", "achievements", "challenges", "projects", "expenditure", "revisions", "sources"];
    assert_eq!(ids, parts.map(|part| format!("section_{part}")));
    let heads: Vec<_> = page.id("exchange").find(&|e| e.name == "th").iter().map(|e| e.text()).collect();
    assert_eq!(heads[..7], ["項目", "計画策定時", "2024年度", "2025年度", "2026年度", "2027年度", "目標値"]);
}

#[test]
fn nothing_is_invented_that_the_sheet_does_not_print() {
    let page = demo().page("2024/industry/index.html");
    let head = page.class("sheet-head")[0].text();
    for words in ["担当課", "市の評価", "架空"] {
        assert!(!head.contains(words), "{words} in {head}");
    }
    assert!(page.first("title").text().starts_with("産業の活性化を促進する"));
    assert!(head.contains("分野5"), "the area has a number and no name: {head}");
}
