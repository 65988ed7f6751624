//! Links that authors write in Markdown: they name source files, as an editor sees them, and become links to pages.

use crate::markdown::Headings;
use crate::model::{FiscalYear, FreePage, Portal, Sheet, Withheld};
use crate::site::route::{Links, Target};
use unicode_normalization::UnicodeNormalization;

/// The headings of a free page; a link names them without the prefix (`about.md#見方`), which keeps their ids apart
/// from those of the page's frame.
pub const PAGE_HEADINGS: Headings<'_> = Headings { first: 2, prefix: "text_" };

/// What a link names.
#[derive(Clone, Debug)]
pub enum Named<'p> {
    Sheet(&'p Sheet),
    Page(&'p FreePage),
    /// A file below content/assets, by its path there. Whether it exists is not known here.
    Asset(String),
    /// A part of what the text itself stands on: only `#…` was written, in portal.yaml.
    Everywhere,
}

/// Why a link names nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unnamed<'p> {
    /// A scheme such as `javascript:`, another server's address without one, an image of another server.
    Refused,
    /// It leads out of content/.
    Outside,
    /// Neither a sheet nor a page nor an asset by its shape.
    Shapeless,
    NoPage,
    /// No sheet in the folder of this year; the years that have one for the same policy, if any.
    NoSheet(FiscalYear, &'p str),
    /// A sheet that is not in this build, and why.
    Withheld(Withheld),
}

/// What `link` names, written in the file `source` (below content/: `2024/industry.yaml`, `pages/about.md`), as a path
/// relative to that file: `../2024/industry.yaml#exchange`, `about.md`, `../assets/map.pdf`; pages and assets also from
/// anywhere as `pages/about.md` and `assets/map.pdf`. With it the anchor behind `#`, as it was meant: `%20` is a space.
///
/// # Errors
/// Why it names nothing.
pub fn named<'p>(portal: &'p Portal, source: &str, link: &'p str) -> Result<(Named<'p>, Option<String>), Unnamed<'p>> {
    let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(spelled(anchor))));
    // What a browser may take for another server or a command never reaches a page.
    let scheme = path.split_once(':').is_some_and(|(scheme, _)| !scheme.contains('/'));
    if scheme || path.starts_with('/') || path.contains('\\') || link.is_empty() || link.chars().any(char::is_control) {
        return Err(Unnamed::Refused);
    }
    let path = spelled(path);
    let path = match path.as_str() {
        "" => source.to_owned(),
        path if path.starts_with("pages/") || path.starts_with("assets/") => path.to_owned(),
        path => join(source, path).ok_or(Unnamed::Outside)?,
    };
    if matches!(path.as_str(), "portal.yaml" | "portal.yml") && anchor.is_some() {
        return Ok((Named::Everywhere, anchor));
    }
    let (folder, file) = path.split_once('/').ok_or(Unnamed::Shapeless)?;
    let named = match folder {
        "assets" if !file.is_empty() => Named::Asset(file.to_owned()),
        "pages" if file.ends_with(".md") => {
            Named::Page(portal.pages.iter().find(|page| *page.path == path).ok_or(Unnamed::NoPage)?)
        }
        year => {
            let year = year.parse().ok().and_then(FiscalYear::new).ok_or(Unnamed::Shapeless)?;
            let id = file.strip_suffix(".yaml").or_else(|| file.strip_suffix(".yml")).ok_or(Unnamed::Shapeless)?;
            let policy = portal.policy(id);
            let left_out = || portal.left_out.iter().find(|sheet| sheet.year == year && sheet.policy.as_ref() == id);
            match policy.and_then(|policy| policy.sheet(year)) {
                Some(sheet) => Named::Sheet(sheet),
                None => {
                    return Err(match left_out().and_then(|sheet| portal.withheld(sheet)) {
                        Some(why) => Unnamed::Withheld(why),
                        None => Unnamed::NoSheet(year, policy.map_or("", |policy| policy.id.as_ref())),
                    });
                }
            }
        }
    };
    Ok((named, anchor))
}

/// The `href` of `link`, written in the file `source`, on the page that shows `shown`; `None` where it names nothing.
pub fn resolve(portal: &Portal, links: &Links, shown: Target<'_>, source: &str, link: &str) -> Option<String> {
    let (named, anchor) = named(portal, source, link).ok()?;
    let (target, anchor) = match &named {
        Named::Sheet(sheet) => (Target::Policy(sheet.year, &sheet.policy), anchor),
        Named::Page(page) => (Target::FreePage(&page.name), anchor.map(|anchor| heading_id(&anchor))),
        Named::Asset(path) => (Target::ContentAsset(path), anchor),
        Named::Everywhere => return None,
    };
    Some(match anchor {
        Some(anchor) if target == shown => links.to_own_anchor(&anchor),
        Some(anchor) => links.to_anchor(target, &anchor),
        None => links.to(target),
    })
}

/// The id of the heading that a link names.
pub fn heading_id(anchor: &str) -> String {
    format!("{}{anchor}", PAGE_HEADINGS.prefix)
}

/// `relative` seen from the folder of `source`; `None` where it leads out of content/.
fn join(source: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = source.rsplit_once('/').map_or_else(Vec::new, |(folder, _)| folder.split('/').collect());
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// As the files are named: `%20` is a space, and accents stand with their letters (NFC), as they were read.
fn spelled(text: &str) -> String {
    decoded(text).unwrap_or_else(|| text.to_owned()).nfc().collect()
}

/// Without percent-encoding (RFC 3986 §2.1); `None` where it encodes no text.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let encoded = after.get(..2).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        match encoded.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => bytes.push(*first),
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_seen_from_the_file_that_holds_the_link() {
        assert_eq!(join("2024/industry.yaml", "../2023/water.yaml").as_deref(), Some("2023/water.yaml"));
        assert_eq!(join("2024/industry.yaml", "./water.yaml").as_deref(), Some("2024/water.yaml"));
        assert_eq!(join("portal.yaml", "pages/about.md").as_deref(), Some("pages/about.md"));
        assert_eq!(join("portal.yaml", "../secret"), None, "nothing outside of content/ is reached");
    }

    #[test]
    fn a_link_may_be_percent_encoded_or_decomposed() {
        assert_eq!(spelled("%E5%9C%B0%E5%9B%B3%20a.pdf"), "地図 a.pdf");
        assert_eq!(spelled("か\u{3099}.pdf"), "が.pdf");
        assert_eq!(spelled("100%.pdf"), "100%.pdf");
        assert_eq!(spelled("%ff.pdf"), "%ff.pdf", "no text, so it is taken as written");
    }
}
