//! Routes: every URL of the site is made here, and nowhere else.

use crate::model::{FiscalYear, Language};
use std::fmt::Write as _;

/// Something a link can lead to, in any language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target<'a> {
    /// `/`: the latest edition.
    Home,
    /// `/<year>/`.
    Edition(FiscalYear),
    /// `/<year>/areas/<area id>/`.
    Area(FiscalYear, &'a str),
    /// `/<year>/<policy id>/`.
    Policy(FiscalYear, &'a str),
    /// `/<year>/<policy id>/` in an edition that has no such policy: what took it over.
    Moved(FiscalYear, &'a str),
    /// `/<year>/data/`: what can be downloaded, explained.
    Data(FiscalYear),
    /// `/<year>/revisions/`: the errata of the edition.
    Revisions(FiscalYear),
    /// `/<year>/recommendations/`: what others recommend, and what became of it.
    Recommendations(FiscalYear),
    /// `/<year>/search/`.
    Search(FiscalYear),
    /// `/<year>/compare/`: the edition's policies beside each other.
    Compare(FiscalYear),
    /// `/<year>/changes/`: what differs from the edition before.
    Changes(FiscalYear),
    /// `/<year>/search/<file>`: a part of the index that the page loads.
    SearchFile(FiscalYear, &'a str),
    /// `/<year>/book/`: the edition as one document; with an area `/<year>/book/<area id>/`, the volume of this area.
    Book(FiscalYear, Option<&'a str>),
    /// `/pages/<name>/`.
    FreePage(&'a str),
    /// `/404.html`: one page that speaks every language of the site.
    NotFound,
    /// `/<year>/data/<file>`; the same in every language.
    DataFile(FiscalYear, &'a str),
    /// `/<year>/<policy id>/charts/<chart id>.svg`.
    ChartFile(FiscalYear, &'a str, &'a str),
    /// `/<year>/card.png`: the picture that other sites show beside a link; the same in every language.
    Card(FiscalYear),
    /// A file of content/assets, by its path there; the same in every language.
    ContentAsset(&'a str),
    /// A file of the theme, by its published name; the same in every language.
    ThemeAsset(&'a str),
    /// `/feed.xml`, one per language.
    Feed,
    /// `/sitemap.xml`.
    Sitemap,
    /// `/robots.txt`.
    Robots,
}

impl Target<'_> {
    /// The path of the target's file below the site's root. `prefix` is the language's folder (`en/`), empty for the
    /// site's first language.
    pub fn path(&self, prefix: &str) -> String {
        match self {
            Self::Home => [prefix, "index.html"].concat(),
            Self::Edition(year) => [prefix, year.digits(), "/index.html"].concat(),
            Self::Area(year, area) => [prefix, year.digits(), "/areas/", area, "/index.html"].concat(),
            Self::Policy(year, policy) | Self::Moved(year, policy) => {
                [prefix, year.digits(), "/", policy, "/index.html"].concat()
            }
            Self::Data(year) => [prefix, year.digits(), "/data/index.html"].concat(),
            Self::Revisions(year) => [prefix, year.digits(), "/revisions/index.html"].concat(),
            Self::Recommendations(year) => [prefix, year.digits(), "/recommendations/index.html"].concat(),
            Self::Search(year) => [prefix, year.digits(), "/search/index.html"].concat(),
            Self::Changes(year) => [prefix, year.digits(), "/changes/index.html"].concat(),
            Self::Compare(year) => [prefix, year.digits(), "/compare/index.html"].concat(),
            Self::SearchFile(year, file) => [prefix, year.digits(), "/search/", file].concat(),
            Self::Book(year, None) => [prefix, year.digits(), "/book/index.html"].concat(),
            Self::Book(year, Some(area)) => [prefix, year.digits(), "/book/", area, "/index.html"].concat(),
            Self::FreePage(name) => [prefix, "pages/", name, "/index.html"].concat(),
            Self::NotFound => "404.html".to_owned(),
            Self::DataFile(year, file) => [year.digits(), "/data/", file].concat(),
            Self::ChartFile(year, policy, chart) => {
                [prefix, year.digits(), "/", policy, "/charts/", chart, ".svg"].concat()
            }
            Self::Card(year) => [year.digits(), "/card.png"].concat(),
            Self::ContentAsset(path) => ["assets/", path].concat(),
            Self::ThemeAsset(name) => ["assets/theme/", name].concat(),
            Self::Feed => [prefix, "feed.xml"].concat(),
            Self::Sitemap => "sitemap.xml".to_owned(),
            Self::Robots => "robots.txt".to_owned(),
        }
    }
}

/// The folder of a language below the site's root: none for the first, `en/` for others.
pub fn language_prefix(language: &Language, first: &Language) -> String {
    if language == first { String::new() } else { format!("{}/", language.code()) }
}

/// Makes the links of one page: relative, so that the folder works at a root, under a sub-path and from file://.
/// Links to pages end in `index.html`, since a folder link from file:// shows a listing.
#[derive(Clone, Debug)]
pub struct Links {
    /// The folder of the page below the site's root, `2024/industry/`; empty for the root itself.
    folder: String,
    /// The folder of the page's language.
    prefix: String,
}

impl Links {
    /// Links of the page at `path` (below the site's root), whose language lives in `prefix`.
    pub fn from_page(path: &str, prefix: &str) -> Self {
        let folder = path.rfind('/').and_then(|end| path.get(..=end)).unwrap_or_default();
        Self { folder: folder.to_owned(), prefix: prefix.to_owned() }
    }

    /// The `href` of a target in the page's own language, percent-encoded where a URL needs it.
    pub fn to(&self, target: Target<'_>) -> String {
        self.in_folder(target, &self.prefix)
    }

    /// The `href` of an anchor in a target.
    pub fn to_anchor(&self, target: Target<'_>, anchor: &str) -> String {
        let mut href = self.to(target);
        href.push('#');
        encode_into(&mut href, anchor);
        href
    }

    /// The `href` of an anchor in the page itself.
    pub fn to_own_anchor(&self, anchor: &str) -> String {
        let mut href = "#".to_owned();
        encode_into(&mut href, anchor);
        href
    }

    /// The `href` of a target in another language.
    pub fn to_language(&self, target: Target<'_>, language: &Language, first: &Language) -> String {
        self.in_folder(target, &language_prefix(language, first))
    }

    fn in_folder(&self, target: Target<'_>, prefix: &str) -> String {
        let path = target.path(prefix);
        // What both have in common is left out: an index has thousands of links.
        let same = self.folder.bytes().zip(path.bytes()).take_while(|(own, other)| own == other).count();
        let shared = self.folder.as_bytes().get(..same).unwrap_or_default();
        let shared = shared.iter().rposition(|byte| *byte == b'/').map_or(0, |end| end + 1);
        let up = self.folder.bytes().skip(shared).filter(|byte| *byte == b'/').count();
        let mut href = String::with_capacity(3 * up + path.len());
        (0..up).for_each(|_| href.push_str("../"));
        encode_into(&mut href, path.get(shared..).unwrap_or_default());
        href
    }
}

/// The URL of a path below `base_url`: `index.html` at the end is left out, as hosting serves the folder.
pub fn canonical(base_url: &str, path: &str) -> String {
    let mut url = base_url.to_owned();
    encode_into(&mut url, path.strip_suffix("index.html").filter(|p| p.is_empty() || p.ends_with('/')).unwrap_or(path));
    url
}

/// Percent-encodes what a path of a URL cannot hold (RFC 3986 §3.3); slashes stay.
fn encode_into(out: &mut String, path: &str) {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/' | b'=');
    if path.bytes().all(plain) {
        out.push_str(path);
        return;
    }
    for byte in path.bytes() {
        if plain(byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year() -> FiscalYear {
        FiscalYear::new(2024).unwrap_or_else(|| unreachable!("2024 is in range"))
    }

    #[test]
    fn links_climb_as_far_as_they_must_and_end_in_a_file() {
        let links = Links::from_page("en/2024/industry/index.html", "en/");
        assert_eq!(links.to(Target::Home), "../../index.html");
        assert_eq!(links.to(Target::Area(year(), "a1")), "../areas/a1/index.html");
        assert_eq!(links.to(Target::Policy(year(), "industry")), "index.html");
        assert_eq!(links.to(Target::Policy(year(), "industry-2")), "../industry-2/index.html");
        assert_eq!(
            links.to_language(Target::Home, &Language::japanese(), &Language::japanese()),
            "../../../index.html"
        );
        assert_eq!(links.to(Target::DataFile(year(), "codes.csv")), "../../../2024/data/codes.csv");
        assert_eq!(Links::from_page("index.html", "").to(Target::Home), "index.html");
    }

    #[test]
    fn japanese_file_names_are_percent_encoded() {
        let links = Links::from_page("index.html", "");
        assert_eq!(links.to(Target::ContentAsset("様式 5.pdf")), "assets/%E6%A7%98%E5%BC%8F%205.pdf");
    }

    #[test]
    fn canonical_addresses_end_in_a_folder() {
        assert_eq!(canonical("https://example.lg.jp/h/", "2024/a/index.html"), "https://example.lg.jp/h/2024/a/");
        assert_eq!(canonical("https://example.lg.jp/", "index.html"), "https://example.lg.jp/");
        assert_eq!(canonical("https://example.lg.jp/", "404.html"), "https://example.lg.jp/404.html");
    }
}
