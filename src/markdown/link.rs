//! Where links may lead.

use super::{line, parse};
use crate::model::At;
use comrak::Arena;
use comrak::nodes::{AstNode, NodeValue};

/// What a link's target is.
pub(super) enum Target {
    /// `https:`, `http:`, `mailto:`: printed as written.
    Outside,
    /// A file of content/ or a part of the page, to be resolved.
    Inner,
    /// Any other scheme, or what a browser may read otherwise than we do.
    Refused,
}

/// Sorts a link's target.
///
/// Browsers take tabs and line breaks out of a URL and read `\` as `/`: with such a character in it, no scheme can be
/// told, so it is refused.
pub(super) fn target(url: &str) -> Target {
    if url.is_empty() || url.starts_with("//") || url.chars().any(|c| c.is_control() || c == '\\') {
        return Target::Refused;
    }
    let Some((scheme, rest)) = url.split_once(':').filter(|(scheme, _)| !scheme.contains(['/', '?', '#'])) else {
        return Target::Inner;
    };
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" if rest.starts_with("//") => Target::Outside,
        "mailto" => Target::Outside,
        _ => Target::Refused,
    }
}

/// Whether an image comes from content/assets, seen from any folder of content/.
pub(super) fn is_asset(url: &str) -> bool {
    let mut path = url;
    while let Some(rest) = path.strip_prefix("../").or_else(|| path.strip_prefix("./")) {
        path = rest;
    }
    path.strip_prefix("assets/").is_some_and(|below| below.split('/').all(|part| part != ".." && !part.is_empty()))
}

/// A link that [`super::render`] asks to be resolved, or refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InnerLink {
    /// As written (`../2024/industry.yaml#exchange`).
    pub target: String,
    /// In the source of this text: line and column count from 1, in characters.
    pub at: At,
}

/// Every link and image of a text but those to the outside, so that dead ones are found before a page is made.
///
/// A target that is never rendered (`javascript:`, an image that is not in assets/) is among them: nothing resolves
/// it, and its author is told.
pub fn inner_links(source: &str) -> Vec<InnerLink> {
    // Every form of a link has one of these; most texts have none and need no parser.
    let may_link = ["](", "]:", "<"].iter().any(|sign| source.contains(sign));
    if !may_link || line::is_plain_line(source) {
        return Vec::new();
    }
    let arena = Arena::new();
    parse(&arena, source).descendants().filter_map(inner_link).collect()
}

fn inner_link<'a>(node: &'a AstNode<'a>) -> Option<InnerLink> {
    let data = node.data();
    let target = match &data.value {
        NodeValue::Link(link) if !matches!(target(&link.url), Target::Outside) => &link.url,
        NodeValue::Image(image) => &image.url,
        _ => return None,
    };
    let (start, end) = (data.sourcepos.start, data.sourcepos.end);
    let length = if start.line == end.line { (end.column + 1).saturating_sub(start.column) } else { 1 };
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let at = At { line: count(start.line), column: count(start.column), length: count(length) };
    Some(InnerLink { target: target.clone(), at })
}
