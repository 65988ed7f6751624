//! What machines that visit the site read: feed, sitemap, robots.txt, canonical addresses.

use crate::html::Page;
use crate::portal::{Portal, demo, full};

/// The texts of every element of a name, in order. Panics where the XML is not well formed.
fn texts(xml: &str, name: &str) -> Vec<String> {
    let body = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>").expect("an XML declaration");
    // Without void elements of HTML in it, what the page reader takes is well formed; <link> is one in feeds.
    let page = Page::parse(&body.replace("<link ", "<way ").replace("<link>", "<way>"));
    page.all(name).iter().map(|element| element.text()).collect()
}

fn links(xml: &str) -> Vec<String> {
    let page = Page::parse(&xml.replace("<link ", "<way "));
    page.all("way").iter().map(|link| link.attribute("href").unwrap().to_owned()).collect()
}

#[test]
fn the_feed_tells_of_every_edition_with_its_dates() {
    let xml = full().read("output/feed.xml");
    assert_eq!(
        links(&xml),
        [
            "https://city.example/hyoka/",
            "https://city.example/hyoka/feed.xml",
            "https://city.example/hyoka/2024/",
            "https://city.example/hyoka/2023/",
        ]
    );
    let day = |date: &str| format!("{date}T00:00:00+09:00");
    assert_eq!(texts(&xml, "published"), [day("2025-09-19"), day("2024-09-20")]);
    assert_eq!(texts(&xml, "updated"), [day("2025-11-04"), day("2025-11-04"), day("2024-09-20")]);
    assert_eq!(texts(&xml, "title"), ["例示市 行政評価", "決算審査版", "2023（令和5）年度版"]);
    let english = full().read("output/en/feed.xml");
    assert_eq!(texts(&english, "title"), ["Reiji City evaluation", "audit edition", "FY2023 edition"]);
    assert!(links(&english)[1..].iter().all(|link| link.starts_with("https://city.example/hyoka/en/")));
}

#[test]
fn the_sitemap_names_pages_that_exist_and_hides_what_is_fictional() {
    for (portal, base) in [(full(), "https://city.example/hyoka/"), (demo(), "https://hyoka.example/")] {
        lists_exactly_the_pages_that_may_be_listed(portal, base);
    }
}

#[test]
fn with_drafts_the_sitemap_lists_no_page_that_shows_one() {
    let portal = Portal::full();
    portal.edit("content/2024/shapes.yaml", "sample: true\n", "");
    portal.build_with("--drafts --output output");
    assert!(is_hidden(&portal.page("2024/index.html")) && !is_hidden(&portal.page("2023/index.html")));
    lists_exactly_the_pages_that_may_be_listed(&portal, "https://city.example/hyoka/");
}

fn lists_exactly_the_pages_that_may_be_listed(portal: &Portal, base: &str) {
    let places = texts(&portal.read("output/sitemap.xml"), "loc");
    assert!(!places.is_empty());
    for place in &places {
        let path = place.strip_prefix(base).unwrap_or_else(|| panic!("{place}"));
        let page = portal.page(&format!("{path}index.html"));
        assert!(!is_hidden(&page), "{place} asks not to be listed");
        let canonical = page.all("link").into_iter().find(|l| l.attribute("rel") == Some("canonical")).unwrap();
        assert_eq!(canonical.attribute("href"), Some(place.as_str()));
    }
    for (path, page) in portal.pages().into_iter().filter(|(path, _)| path != "404.html") {
        let place = format!("{base}{}", path.strip_suffix("index.html").unwrap());
        assert_eq!(places.contains(&place), !is_hidden(&page), "{place}");
    }
}

fn is_hidden(page: &Page) -> bool {
    page.all("meta").iter().any(|m| m.attribute("name") == Some("robots") && m.attribute("content") == Some("noindex"))
}

#[test]
fn robots_are_told_where_the_sitemap_is() {
    let text = full().read("output/robots.txt");
    assert_eq!(text, "User-agent: *\nAllow: /\n\nSitemap: https://city.example/hyoka/sitemap.xml\n");
}

#[test]
fn a_portal_of_real_sheets_is_listed_as_a_whole() {
    let portal = Portal::minimal();
    portal.append("content/portal.yaml", "base_url: https://city.example\n");
    let answer = portal.build_with("--format short");
    assert_eq!(answer.codes(), ["no-edition-date"], "{}", answer.err);
    let places = texts(&portal.read("output/sitemap.xml"), "loc");
    for path in ["", "2024/", "2024/industry/", "2024/areas/industry/", "2024/data/"] {
        assert!(places.contains(&format!("https://city.example/{path}")), "{path}: {places:?}");
    }
    assert!(!portal.has("output/feed.xml"), "no edition has a date, and nothing may be made up");
    assert!(
        portal
            .pages()
            .iter()
            .all(|(_, page)| !page.all("a").iter().any(|a| a.attribute("href").unwrap().contains("feed")))
    );
}

#[test]
fn without_an_address_there_is_no_feed_and_one_warning() {
    let portal = Portal::full();
    portal.edit("content/portal.yaml", "base_url:", "# base_url:");
    let answer = portal.build_with("--format short");
    assert_eq!(answer.codes(), ["no-base-url"], "{}", answer.err);
    for file in ["feed.xml", "en/feed.xml", "sitemap.xml"] {
        assert!(!portal.has(&format!("output/{file}")), "{file}");
    }
    assert_eq!(portal.read("output/robots.txt"), "User-agent: *\nAllow: /\n");
    for (path, page) in portal.pages() {
        for link in page.all("link") {
            let kind = (link.attribute("rel"), link.attribute("type"), link.attribute("hreflang").is_some());
            assert!(
                matches!(kind, (Some("stylesheet" | "icon"), ..) | (Some("alternate"), None, true)),
                "{path}: {kind:?}"
            );
        }
    }
}

#[test]
fn a_date_of_another_year_stands_in_for_no_edition() {
    let portal = Portal::minimal();
    portal
        .append("content/portal.yaml", "base_url: https://city.example\neditions:\n  2025: {published: 2025-09-20}\n");
    let answer = portal.build_with("--format short");
    assert_eq!(answer.codes(), ["no-edition-date", "unknown-edition"], "{}", answer.err);
    assert!(!portal.has("output/feed.xml"));
    portal.edit("content/portal.yaml", "  2025:", "  2024:");
    let answer = portal.build_with("--format short");
    assert!(answer.codes().is_empty(), "{}", answer.err);
    assert!(portal.has("output/feed.xml"));
}

#[test]
fn each_published_edition_without_a_date_is_named() {
    let portal = Portal::full();
    portal.edit("content/portal.yaml", "  2023: {published: 2024-09-20}\n", "");
    let answer = portal.build_with("--format short");
    assert_eq!(answer.codes(), ["no-edition-date"], "{}", answer.err);
    assert!(answer.err.contains("2023年度の版に公開した日"), "{}", answer.err);
    // Drafts of the coming year are no edition yet, but what portal.yaml says of them is no slip.
    let portal = Portal::full();
    let draft = portal.read("content/2024/waste.yaml") + "\nstatus: draft\n";
    portal.write("content/2025/paper.yaml", draft.replace("2024/waste", "2025/paper"));
    let answer = portal.build_with("--format short");
    assert!(!answer.codes().contains(&"no-edition-date"), "{}", answer.err);
    portal.edit("content/portal.yaml", "  2024: {label", "  2025: {label: 案}\n  2024: {label");
    let answer = portal.build_with("--format short");
    assert!(!answer.codes().contains(&"unknown-edition"), "{}", answer.err);
}
