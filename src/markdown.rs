//! The small, safe Markdown that text fields and free pages may use.
//!
//! Paragraphs, emphasis, lists, quotes, headings, tables, code, links and images of content/assets. HTML is printed as
//! it was written, never taken as HTML. `10~20人` stays as it is, a bare address makes no link. A line break between
//! Japanese characters leaves no gap, and a line that begins with `・` or `①` stays a line of its own. `漢字《かんじ》` is
//! furigana on pages and `漢字` wherever there is no markup.

mod html;
mod line;
mod link;
mod outline;
mod plain;
mod ruby;
mod sentence;
#[cfg(test)]
mod tests;

use comrak::nodes::AstNode;
use comrak::{Arena, Options};
use std::borrow::Cow;

pub use link::{InnerLink, inner_links};
pub use outline::{Heading, Headings};
pub use plain::plain;
pub use sentence::first_sentence;

/// Quotes and lists within each other, and emphasis within emphasis, up to this depth; what is deeper loses its frame
/// and keeps its text. Browsers and checkers of pages give up on thousands of nested elements.
const MAX_DEPTH: usize = 8;

/// Answers an inner link (`../2024/industry.yaml#exchange`, `pages/about.md`, `assets/map.png`) with the relative URL
/// of what it names; `None` where it leads nowhere, and then only its text is shown.
pub type Resolve<'a> = dyn FnMut(&str) -> Option<String> + 'a;

/// Renders a text of any length to HTML blocks.
pub fn render(source: &str, links: &mut Resolve<'_>, headings: Headings<'_>) -> String {
    if line::is_plain_text(source) {
        return html::paragraphs(source);
    }
    let arena = Arena::new();
    html::write(parse(&arena, source), links, headings)
}

/// Renders a text of one line (a name, a title) to HTML without any block: `1. 産業` keeps its number.
pub fn render_inline(source: &str, links: &mut Resolve<'_>) -> String {
    let source = line::one_line(source);
    if line::is_plain_line(&source) {
        return html::words(&source);
    }
    let arena = Arena::new();
    html::write_inline(parse_inline(&arena, &source), links)
}

/// A text without its furigana; other markup stays.
pub fn without_readings(source: &str) -> Cow<'_, str> {
    ruby::without_readings(source)
}

/// Kana in brackets that are no furigana, since nothing stands before them that they could be the reading of.
pub fn stray_readings(source: &str) -> Vec<&str> {
    if !ruby::has_brackets(source) {
        return Vec::new();
    }
    let strays = ruby::pieces(source).into_iter().filter_map(|piece| match piece {
        ruby::Piece::Stray(stray) => Some(stray),
        ruby::Piece::Text(_) | ruby::Piece::Read { .. } => None,
    });
    strays.collect()
}

/// The headings of a text with the ids that [`render`] gives them, in order; for tables of contents, and for links to
/// a part of a page.
pub fn heading_ids(source: &str, headings: Headings<'_>) -> Vec<Heading> {
    if line::is_plain_text(source) {
        return Vec::new();
    }
    let arena = Arena::new();
    outline::headings(parse(&arena, source), headings)
}

fn parse<'a>(arena: &'a Arena<'a>, source: &str) -> &'a AstNode<'a> {
    comrak::parse_document(arena, &line::without_towers(source), &options())
}

/// What stands before a line so that nothing in it can begin a block; [`parse_inline`] takes it away again.
///
/// A full stop begins no block itself, and emphasis may open after it, as after any punctuation.
const GUARD: &str = ".";

fn parse_inline<'a>(arena: &'a Arena<'a>, line: &str) -> &'a AstNode<'a> {
    let root = parse(arena, &format!("{GUARD}{line}"));
    let first = root.descendants().find(|node| matches!(node.data().value, comrak::nodes::NodeValue::Text(_)));
    if let Some(first) = first
        && let comrak::nodes::NodeValue::Text(text) = &mut first.data_mut().value
        && let Some(rest) = text.strip_prefix(GUARD)
    {
        *text = rest.to_owned().into();
    }
    root
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.cjk_friendly_emphasis = true;
    options.extension.table = true;
    // A line of hyphens below a text is a line, not a heading.
    options.parse.ignore_setext = true;
    options.parse.sourcepos_chars = true;
    options
}
