//! The year under `editions:` of portal.yaml, put into the text as it is.

use super::edits::Edits;
use super::next_sheet::Opening;
use super::year_key;
use crate::content::keys::{self, Mapping};
use crate::content::yaml::spans::{self, Piece, Shape, Structure};
use crate::diagnostic::MessageLanguage;
use crate::model::FiscalYear;

/// What becomes of portal.yaml.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextPortal {
    /// Its new text.
    Text(String),
    /// It has the year already.
    HasYear,
    /// Written in a way that nothing can be put into: its author has to.
    ByHand,
}

/// `text` without its byte order mark.
pub fn next(text: &str, opening: &Opening) -> NextPortal {
    let Some(layout) = spans::layout(text) else { return NextPortal::ByHand };
    let root = &layout.root;
    let editions = root.entries().iter().find(|(key, _)| is(&keys::PORTAL, key, "editions"));
    if let Some((_, value)) = editions {
        let mut years = value.entries().iter().filter_map(|(key, _)| FiscalYear::parse(key.text()?));
        if years.any(|year| year.year == opening.year) {
            return NextPortal::HasYear;
        }
    }
    let mut edits = Edits::new(text, root);
    let done = match editions {
        Some((key, value)) => below(&mut edits, root, key, value, opening),
        None => anew(&mut edits, text, root, opening),
    };
    done.and_then(|()| edits.applied()).map_or(NextPortal::ByHand, NextPortal::Text)
}

fn is(mapping: &'static Mapping, key: &Piece, name: &str) -> bool {
    let found = key.text().and_then(|text| mapping.find(text.trim())).and_then(|index| mapping.keys.get(index));
    found.is_some_and(|key| key.name == name)
}

fn comment(Opening { year, language, .. }: &Opening) -> String {
    let next = year.get() + 1;
    match language {
        MessageLanguage::Japanese => format!("公表したら、{{published: {next}-09-20}} のように公表日を書いてください"),
        MessageLanguage::English => format!("once it is published, write its date: {{published: {next}-09-20}}"),
    }
}

/// Behind the last of the years.
fn below(edits: &mut Edits<'_>, root: &Piece, key: &Piece, value: &Piece, opening: &Opening) -> Option<()> {
    let in_flow = matches!(&root.shape, Shape::Map { layout: Structure::Flow, .. });
    if value.is_absent() && !in_flow {
        let end = edits.line_end(key.range.end);
        let line = format!(
            "{}{}  {}: {{}}  # {}",
            edits.line_break(),
            edits.indent_of(key.range.start),
            opening.year,
            comment(opening)
        );
        edits.replace(end..end, line);
        return Some(());
    }
    let Shape::Map { layout, entries } = &value.shape else { return None };
    let Some((last, of_last)) = entries.last() else {
        // `{}`
        edits.replace(value.range.clone(), format!("{{{}: {{}}}}", opening.year));
        return Some(());
    };
    let quote = match &last.shape {
        Shape::Scalar { quote: Some(quote), .. } => quote.to_string(),
        _ => String::new(),
    };
    let year = format!("{quote}{}{quote}", year_key::like(last.text()?, opening.year));
    let end = if of_last.is_absent() { edits.behind_colon(last)? } else { of_last.range.end };
    match layout {
        Structure::Flow => edits.replace(end..end, format!(", {year}: {{}}")),
        Structure::Block => {
            let end = edits.line_end(end);
            let indent = edits.indent_of(last.range.start);
            let line = format!("{}{indent}{year}: {{}}  # {}", edits.line_break(), comment(opening));
            edits.replace(end..end, line);
        }
    }
    Some(())
}

fn anew(edits: &mut Edits<'_>, text: &str, root: &Piece, opening: &Opening) -> Option<()> {
    let in_japanese = root.entries().iter().any(|(key, _)| key.text().is_some_and(|key| !key.is_ascii()));
    let key = if in_japanese { "版" } else { "editions" };
    match &root.shape {
        Shape::Map { layout: Structure::Flow, .. } => {
            let (_, last) = root.entries().last()?;
            edits.replace(last.range.end..last.range.end, format!(", {key}: {{{}: {{}}}}", opening.year));
        }
        Shape::Map { layout: Structure::Block, .. } => {
            let end = root.entries().iter().map(|(key, value)| key.range.end.max(value.range.end)).max()?;
            let end = edits.line_end(end);
            let (nl, year) = (edits.line_break(), opening.year);
            let more = if text.get(end..)?.is_empty() { nl } else { "" };
            edits.replace(end..end, format!("{nl}{nl}{key}:{nl}  {year}: {{}}  # {}{more}", comment(opening)));
        }
        _ => return None,
    }
    Some(())
}
