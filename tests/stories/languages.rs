//! One page in several languages: how each says where the others are, and when it is not written in its own.

use std::collections::BTreeMap;

use crate::html::Page;
use crate::portal::{Portal, full};

/// The addresses of a page's versions, by language.
fn versions(page: &Page) -> BTreeMap<String, String> {
    let links = page.all("link");
    let alternate = links.iter().filter(|link| link.attribute("rel") == Some("alternate"));
    let named = |link: &&&crate::html::Element| {
        Some((link.attribute("hreflang")?.to_owned(), link.attribute("href")?.to_owned()))
    };
    alternate.filter_map(|link| named(&link)).collect()
}

#[test]
fn every_page_names_its_versions_with_whole_addresses_and_the_one_for_all_others() {
    let base = "https://city.example/hyoka/";
    for (path, page) in full().pages().into_iter().filter(|(path, _)| path != "404.html") {
        let folder = path.strip_suffix("index.html").unwrap();
        let below = folder.strip_prefix("en/").unwrap_or(folder);
        let expected = [
            ("en", format!("{base}en/{below}")),
            ("ja", format!("{base}{below}")),
            ("x-default", format!("{base}{below}")),
        ];
        let expected: BTreeMap<_, _> = expected.into_iter().map(|(code, href)| (code.to_owned(), href)).collect();
        assert_eq!(versions(&page), expected, "{path}");
        for folder in [below.to_owned(), format!("en/{below}")] {
            assert!(full().has(&format!("output/{folder}index.html")), "{folder}");
        }
    }
}

#[test]
fn without_an_address_versions_are_named_as_seen_from_the_page() {
    let portal = Portal::full();
    portal.edit("content/portal.yaml", "base_url: https://city.example/hyoka/", "base_url: なし");
    portal.build();
    let versions = versions(&portal.page("en/2024/waste/index.html"));
    assert_eq!(versions["ja"], "../../../2024/waste/index.html");
    assert_eq!(versions["x-default"], versions["ja"]);
    assert_eq!(versions["en"], "index.html");
}

#[test]
fn languages_are_chosen_from_a_list_of_links_to_the_same_page() {
    let page = full().page("2024/waste/index.html");
    let list = page.class("languages")[0];
    let links = list.find(&|element| element.attribute("href").is_some());
    assert_eq!(links.len(), 1, "the page's own language is no link");
    assert_eq!(links[0].attribute("href"), Some("../../en/2024/waste/index.html"));
    assert_eq!((links[0].attribute("lang"), links[0].attribute("hreflang")), (Some("en"), Some("en")));
    assert_eq!(links[0].text(), "English");
    assert!(list.text().contains("日本語"));
}

#[test]
fn a_page_whose_text_nobody_translated_says_so_in_its_own_language() {
    let portal = Portal::full();
    portal.write("content/pages/terms.md", "# 用語\n\n用語の説明です。\n");
    portal.write("content/2024/library.yaml", "area: figures\nname: 図書館\nvision: 本のあるまち\n");
    portal.build();
    for path in ["en/pages/terms/index.html", "en/2024/library/index.html"] {
        let page = portal.page(path);
        let told = page.class("fallback");
        assert_eq!(told.len(), 1, "{path}");
        assert_eq!(told[0].text(), "The texts of this page are written in 日本語 only.");
        let foreign = told[0].find(&|element| element.attribute("lang") == Some("ja"));
        assert_eq!(foreign[0].text(), "日本語", "{path} says which language that word is in");
    }
    for path in
        ["pages/terms/index.html", "2024/library/index.html", "en/pages/about/index.html", "en/2024/waste/index.html"]
    {
        assert!(portal.page(path).class("fallback").is_empty(), "{path}");
    }
}
