//! What a page says of itself to others: to sites that show a link to it, and to machines that look for data.

use serde_json::{Value, json};

use crate::html::Page;
use crate::portal::{Portal, demo, full};

/// What a `<meta property>` or `<meta name>` says.
fn told<'p>(page: &'p Page, name: &str) -> Option<&'p str> {
    let of_name = |element: &&&crate::html::Element| {
        element.attribute("property") == Some(name) || element.attribute("name") == Some(name)
    };
    let all = page.all("meta");
    let found: Vec<_> = all.iter().filter(of_name).collect();
    assert!(found.len() < 2, "{name} is told twice");
    found.first().and_then(|element| element.attribute("content"))
}

fn dataset(portal: &Portal, path: &str) -> Value {
    let page = portal.page(path);
    let scripts = page.all("script");
    let script = scripts.iter().find(|script| script.attribute("type") == Some("application/ld+json"));
    serde_json::from_str(&script.expect("a description of the data").raw_text()).unwrap()
}

#[test]
fn every_page_tells_other_sites_its_title_description_language_and_picture() {
    let base = "https://city.example/hyoka/";
    for (path, page) in full().pages().into_iter().filter(|(path, _)| path != "404.html") {
        let title = told(&page, "og:title").unwrap();
        let full_title = page.first("title").text();
        assert!(full_title.contains(title), "{path}: {title} in {full_title}");
        assert_eq!(told(&page, "og:description"), told(&page, "description"), "{path}");
        let english = path.starts_with("en/");
        assert_eq!(told(&page, "og:locale"), Some(if english { "en_US" } else { "ja_JP" }), "{path}");
        assert_eq!(told(&page, "og:type"), Some("website"), "{path}");
        let address = told(&page, "og:url").unwrap();
        assert_eq!(address, format!("{base}{}", path.strip_suffix("index.html").unwrap()), "{path}");
        let picture = told(&page, "og:image").unwrap().strip_prefix(base).unwrap().to_owned();
        assert!(full().has(&format!("output/{picture}")), "{path}: {picture}");
        assert_eq!(told(&page, "twitter:card"), Some("summary_large_image"), "{path}");
    }
    let page = full().page("2023/index.html");
    assert_eq!(told(&page, "og:image"), Some("https://city.example/hyoka/2023/card.png"));
}

#[test]
fn without_an_address_nothing_is_told_that_needs_one() {
    let portal = Portal::minimal();
    portal.build();
    assert!(!portal.has("output/2024/card.png"));
    let page = portal.page("2024/industry/index.html");
    assert_eq!((told(&page, "og:image"), told(&page, "og:url")), (None, None));
    assert_eq!(told(&page, "twitter:card"), Some("summary"));
    assert!(told(&page, "og:title").is_some());
    let dataset = dataset(&portal, "2024/data/index.html");
    assert!(dataset.get("distribution").is_none() && dataset.get("url").is_none(), "{dataset}");
    assert_eq!(dataset["temporalCoverage"], "2024-04/2025-03");
}

#[test]
fn the_picture_of_an_edition_changes_with_its_verdicts_and_with_nothing_else() {
    let portal = Portal::minimal();
    portal.append("content/portal.yaml", "base_url: https://city.example/\n");
    portal.build();
    let card = || std::fs::read(portal.path("output/2024/card.png")).unwrap();
    let before = card();
    assert!(before.starts_with(b"\x89PNG\r\n\x1a\n") && before.len() < 20_000, "{} bytes", before.len());
    portal.edit("content/portal.yaml", "例示市 行政評価", "例示市の評価");
    portal.build();
    assert!(card() == before, "no word is in the picture");
    let sheet = portal.read("content/2024/industry.yaml");
    portal.write("content/2024/industry.yaml", sheet.replace("628", "500"));
    portal.build();
    assert!(card() != before);
}

#[test]
fn the_data_page_describes_its_files_to_machines_that_look_for_data() {
    let dataset = dataset(demo(), "2024/data/index.html");
    assert_eq!(dataset["@type"], "Dataset");
    assert_eq!(dataset["license"], "https://creativecommons.org/licenses/by/4.0/");
    assert_eq!(dataset["creator"], json!({"@type": "GovernmentOrganization", "name": "見本市（デモ）"}));
    assert_eq!((&dataset["datePublished"], &dataset["dateModified"]), (&json!("2025-09-19"), &json!("2025-09-19")));
    // Search engines for data ask for fifty characters.
    assert!(dataset["description"].as_str().unwrap().chars().count() >= 50, "{dataset}");
    for file in dataset["distribution"].as_array().unwrap() {
        let path = file["contentUrl"].as_str().unwrap().strip_prefix("https://hyoka.example/").unwrap();
        assert!(demo().has(&format!("output/{path}")), "{path}");
        let kind = if path.ends_with(".csv") { "text/csv" } else { "application/json" };
        assert_eq!(file["encodingFormat"], kind);
    }
}

#[test]
fn no_text_of_an_author_ends_the_description_of_the_data() {
    let portal = Portal::minimal();
    portal.edit("content/portal.yaml", "例示市 行政評価", "</script><script>alert(1)</script>");
    portal.build();
    assert!(dataset(&portal, "2024/data/index.html")["name"].as_str().unwrap().contains("</script>"));
}
