//! From the path of a URL to a route of the site. Only exact paths of routes lead anywhere: no path names a file.

use super::request::decode;
use crate::site::{Route, Site};

/// What a path leads to.
#[derive(Debug, PartialEq, Eq)]
pub enum Wanted<'s> {
    Route(&'s Route),
    /// Another path has it: `/2024/` for `/2024`. As a URL has it, encoded.
    Elsewhere(String),
    Nothing,
}

/// The route behind a path, as it was sent.
pub fn wanted<'s>(site: &'s Site, sent: &str) -> Wanted<'s> {
    let Some(path) = plain(sent) else { return Wanted::Nothing };
    let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path };
    if let Some(route) = site.route(&file) {
        return Wanted::Route(route);
    }
    if site.route(&format!("{file}/index.html")).is_some() {
        return Wanted::Elsewhere(format!("{sent}/"));
    }
    // The page for missing addresses links by the path where the site is published; the preview is at the root.
    let published = site.portal().base_url.as_deref().map(base_path).filter(|base| *base != "/");
    let below = published.and_then(|base| sent.strip_prefix(base)).map(|below| format!("/{below}"));
    match below.filter(|below| !matches!(wanted(site, below), Wanted::Nothing)) {
        Some(below) => Wanted::Elsewhere(below),
        None => Wanted::Nothing,
    }
}

/// `/gyosei/hyoka/` of `https://www.city.example.lg.jp/gyosei/hyoka/`.
fn base_path(base_url: &str) -> &str {
    let below = base_url.split_once("://").map_or(base_url, |(_, below)| below);
    below.find('/').and_then(|slash| below.get(slash..)).unwrap_or("/")
}

/// The path below the site's root, decoded once. `None` for what no route can be called.
fn plain(sent: &str) -> Option<String> {
    let sent = sent.strip_prefix('/')?;
    // A slash is what divides folders, never a part of a name.
    if sent.to_ascii_lowercase().contains("%2f") {
        return None;
    }
    let path = String::from_utf8(decode(sent)?).ok()?;
    let odd = path.contains(['\\', '\0']) || path.split('/').any(|part| matches!(part, "." | ".."));
    // `//evil.example` is another server's address once a slash is added to it.
    (!odd && !path.starts_with('/') && !path.contains("//")).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_decoded_once() {
        assert_eq!(plain("/2024/industry/").as_deref(), Some("2024/industry/"));
        assert_eq!(plain("/assets/%E6%A7%98%E5%BC%8F%205.pdf").as_deref(), Some("assets/様式 5.pdf"));
        assert_eq!(plain("/%2561").as_deref(), Some("%61"), "not twice");
        assert_eq!(plain("/").as_deref(), Some(""));
    }

    #[test]
    fn the_path_of_publication_is_what_stands_behind_the_host() {
        assert_eq!(base_path("https://www.city.example.lg.jp/gyosei/hyoka/"), "/gyosei/hyoka/");
        assert_eq!(base_path("https://hyoka.example/"), "/");
        assert_eq!(base_path("https://hyoka.example"), "/");
    }

    #[test]
    fn no_path_leads_out() {
        for path in [
            "/..",
            "/../Cargo.toml",
            "/2024/../../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "/%2E%2e%2fCargo.toml",
            "/assets%2f..%2f..%2fCargo.toml",
            "/assets%2Fa",
            "/assets/..%5c..%5cCargo.toml",
            "/..\\Cargo.toml",
            "/assets/a%00.html",
            "/./2024",
            "//evil.example",
            "//evil.example/..",
            "/2024//industry/",
            "/%ff",
            "/%zz",
            "2024",
            "",
        ] {
            assert_eq!(plain(path), None, "{path}");
        }
    }
}
