//! Problems as people read them: the line of the source, carets below it, what to do.
//!
//! Drawn in ASCII: box characters are two cells wide in the fonts of Japanese consoles, and carets would slip.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Colour, file_shown};
use crate::diagnostic::{Diagnostic, Message, MessageLanguage, Place, Report, Severity};
use crate::model::At;
use crate::source::{self, SourceRoots};

/// More problems than this are counted and not shown: nobody reads them in a terminal.
pub const SHOWN: usize = 50;

/// All problems in the order of their places; where there are more than `at_most`, errors before warnings, and `rest`
/// says how to see the others.
pub fn render(
    report: &Report,
    roots: &SourceRoots,
    language: MessageLanguage,
    colour: Colour,
    at_most: usize,
    rest: &Message,
) -> String {
    let renderer = renderer(colour);
    let errors = report.count(Severity::Error).min(at_most);
    let mut room = [(Severity::Error, errors), (Severity::Warning, at_most - errors)];
    let mut text = String::new();
    let mut hidden = 0;
    for diagnostic in report.iter() {
        let severity = report.severity_of(diagnostic);
        match room.iter_mut().find(|(of, left)| *of == severity && *left > 0) {
            Some((_, left)) => {
                *left -= 1;
                text.push_str(&one(diagnostic, severity, roots, language, &renderer));
                text.push_str("\n\n");
            }
            None => hidden += 1,
        }
    }
    text + &hidden_too(hidden, rest, language)
}

/// How many problems are not shown, and how to see them; empty where there are none.
pub fn hidden_too(hidden: usize, rest: &Message, language: MessageLanguage) -> String {
    let rest = rest.get(language);
    match language {
        _ if hidden == 0 => String::new(),
        MessageLanguage::Japanese => format!("ほかに {hidden}件あります（{rest}）。\n"),
        MessageLanguage::English => format!("{hidden} more are not shown ({rest}).\n"),
    }
}

/// A message that belongs to no file.
pub fn failure(message: &Message, help: &Message, language: MessageLanguage, colour: Colour) -> String {
    let title = Group::with_title(Level::ERROR.primary_title(message.get(language)));
    format!("{}\n  = help: {}\n", renderer(colour).render(&[title]), help.get(language))
}

fn renderer(colour: Colour) -> Renderer {
    match colour {
        Colour::Plain => Renderer::plain(),
        Colour::Styled => Renderer::styled(),
    }
}

fn one(
    diagnostic: &Diagnostic,
    severity: Severity,
    roots: &SourceRoots,
    language: MessageLanguage,
    renderer: &Renderer,
) -> String {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.get(language)).id(diagnostic.code.name());
    let label = diagnostic.label.as_ref().map(|label| label.get(language));
    let mut group = Group::with_title(title);
    group = match excerpt(diagnostic, roots) {
        Some(line) => group.element(snippet(&diagnostic.place, line, AnnotationKind::Primary, label, roots)),
        None => group.element(origin(&diagnostic.place, roots)),
    };
    if let Some((place, message)) = &diagnostic.related {
        let message = message.get(language);
        group = match source::line(roots, place) {
            Some(line) => group.element(snippet(place, line, AnnotationKind::Context, Some(message), roots)),
            None => group.element(origin(place, roots)).element(Level::NOTE.message(message)),
        };
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.get(language)));
    }
    renderer.render(&[group])
}

/// The line of the place, read again where the diagnostic brought none. `None` for problems of a file as a whole.
fn excerpt(diagnostic: &Diagnostic, roots: &SourceRoots) -> Option<String> {
    match &diagnostic.excerpt {
        _ if is_whole(diagnostic.place.at) => None,
        Some(line) => Some(line.clone()),
        None if diagnostic.place.at.length > 0 => source::line(roots, &diagnostic.place),
        None => None,
    }
}

fn snippet<'a>(
    place: &Place,
    line: String,
    kind: AnnotationKind,
    label: Option<&'a str>,
    roots: &SourceRoots,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let span = bytes(&line, place.at);
    Snippet::source(line)
        .line_start(place.at.line.max(1) as usize)
        .path(file_shown(roots, &place.file))
        .annotation(kind.span(span).label(label))
}

fn origin(place: &Place, roots: &SourceRoots) -> Origin<'static> {
    let origin = Origin::path(file_shown(roots, &place.file));
    match place.at {
        at if is_whole(at) => origin,
        At { line, column, .. } => origin.line(line as usize).char_column(column.max(1) as usize),
    }
}

/// Whether a place is its file as a whole.
fn is_whole(at: At) -> bool {
    matches!(at, At { line: 0 | 1, column: 0 | 1, length: 0 })
}

/// The bytes of a line that a place marks: whole characters, at least one where there is one, never past the end.
fn bytes(line: &str, at: At) -> Range<usize> {
    let offset = |characters: usize| line.char_indices().nth(characters).map_or(line.len(), |(index, _)| index);
    let first = (at.column as usize).saturating_sub(1);
    offset(first)..offset(first.saturating_add(at.length.max(1) as usize))
}
