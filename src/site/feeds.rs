//! What machines that visit the site read: sitemap, robots, Atom feed. Every date comes from portal.yaml.

use super::route::{self, Target};
use crate::facts::Facts;
use crate::markdown;
use crate::model::{Language, Portal};
use std::fmt::Write as _;

/// One page of the sitemap: its path and, where known, the ISO date of its last change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SitemapEntry<'a> {
    pub path: &'a str,
    pub updated: Option<&'a str>,
}

/// A declared revision of a published figure, for the feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisedEntry {
    /// Of the errata page, below the site's root.
    pub path: String,
    /// Tells the revisions of one page apart, and stays the same.
    pub anchor: String,
    pub title: String,
    pub reason: String,
    /// ISO.
    pub date: String,
}

/// sitemap.xml (sitemaps.org protocol 0.9).
pub fn sitemap<'a>(base_url: &str, entries: impl Iterator<Item = SitemapEntry<'a>>) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for entry in entries {
        xml.push_str("<url><loc>");
        escape_into(&mut xml, &route::canonical(base_url, entry.path));
        xml.push_str("</loc>");
        if let Some(updated) = entry.updated {
            xml.push_str("<lastmod>");
            escape_into(&mut xml, updated);
            xml.push_str("</lastmod>");
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}

/// robots.txt (RFC 9309): everything may be read; the sitemap is named where there is one.
pub fn robots(base_url: Option<&str>) -> String {
    let mut text = String::from("User-agent: *\nAllow: /\n");
    if let Some(base_url) = base_url {
        let _ = writeln!(text, "\nSitemap: {}", route::canonical(base_url, &Target::Sitemap.path("")));
    }
    text
}

/// The Atom feed (RFC 4287) of editions, newest first. `None` where no edition has a date: a feed needs one.
pub fn atom(
    portal: &Portal,
    facts: &Facts,
    base_url: &str,
    language: &Language,
    edition_title: impl Fn(crate::model::FiscalYear) -> String,
    revised: &[RevisedEntry],
) -> Option<String> {
    let prefix = route::language_prefix(language, portal.first_language());
    let dated: Vec<_> = facts
        .editions
        .iter()
        .rev()
        .filter_map(|facts| {
            let edition = portal.edition(facts.year)?;
            let published = edition.published.as_deref()?;
            Some((facts, published, edition.updated.as_deref().unwrap_or(published)))
        })
        .collect();
    let updated = dated.iter().map(|(_, _, updated)| *updated).max()?;
    let updated = revised.iter().map(|entry| entry.date.as_str()).fold(updated, std::cmp::max);
    let home = route::canonical(base_url, &Target::Home.path(&prefix));
    let own = route::canonical(base_url, &Target::Feed.path(&prefix));
    let mut xml =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"");
    let _ = write!(xml, " xml:lang=\"{}\">\n<title>", language.code());
    escape_into(&mut xml, &markdown::plain(portal.title.get(language)));
    xml.push_str("</title>\n<id>");
    escape_into(&mut xml, &home);
    xml.push_str("</id>\n<link href=\"");
    escape_into(&mut xml, &home);
    xml.push_str("\"/>\n<link rel=\"self\" href=\"");
    escape_into(&mut xml, &own);
    let _ = write!(xml, "\"/>\n<updated>{}</updated>\n<author><name>", instant(updated));
    escape_into(&mut xml, &markdown::plain(portal.municipality.name.get(language)));
    xml.push_str("</name></author>\n");
    for entry in revised {
        let url = route::canonical(base_url, &entry.path);
        xml.push_str("<entry><title>");
        escape_into(&mut xml, &entry.title);
        xml.push_str("</title><id>");
        escape_into(&mut xml, &format!("{url}#{}", entry.anchor));
        xml.push_str("</id><link href=\"");
        escape_into(&mut xml, &url);
        let _ = write!(xml, "\"/><updated>{}</updated><summary>", instant(&entry.date));
        escape_into(&mut xml, &entry.reason);
        xml.push_str("</summary></entry>\n");
    }
    for (facts, published, updated) in dated {
        let url = route::canonical(base_url, &Target::Edition(facts.year).path(&prefix));
        xml.push_str("<entry><title>");
        escape_into(&mut xml, &edition_title(facts.year));
        xml.push_str("</title><id>");
        escape_into(&mut xml, &url);
        xml.push_str("</id><link href=\"");
        escape_into(&mut xml, &url);
        let _ = writeln!(
            xml,
            "\"/><published>{}</published><updated>{}</updated></entry>",
            instant(published),
            instant(updated)
        );
    }
    xml.push_str("</feed>\n");
    Some(xml)
}

/// The start of a day in Japan, where the municipality is: Atom wants an instant (RFC 3339), portal.yaml has days.
fn instant(date: &str) -> String {
    format!("{date}T00:00:00+09:00")
}

/// Escapes text for XML and leaves out what XML 1.0 forbids.
fn escape_into(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(c),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(c),
        }
    }
}
