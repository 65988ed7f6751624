//! The book (冊子): an edition as one document for the council, cover to last sheet. Rendered where portal.yaml asks for it.
//!
//! A book is written as it is made: first its frame, then one sheet after another, so that a thousand sheets take no more
//! memory than one.

use super::route::Target;
use super::views::{self, BOOK_SHEETS, PageContext};
use super::{RenderError, Route, Site};
use crate::diagnostic::{Code, Diagnostic, Message, Place};
use crate::facts::EditionFacts;
use std::io::Write;

/// Up to this many sheets an edition is one document. With more it has a volume for each area, which browsers can still
/// print; the book itself is their table of contents.
const ONE_VOLUME: usize = 200;

/// An area in the book, with its own sheets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// Index into [`EditionFacts::areas`].
    pub area: usize,
    /// Indices into [`EditionFacts::policies`].
    pub policies: Vec<usize>,
    pub bound: Bound,
}

/// Where a chapter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// In the book itself.
    Book,
    /// In a volume of its own.
    Volume,
    /// It has no sheets, and the areas below it have volumes of their own.
    Nowhere,
}

/// The chapters of an edition, in its order of areas. An area that only has areas below it is a chapter without sheets.
pub fn chapters(edition: &EditionFacts) -> Vec<Chapter> {
    let volumes = edition.policies.len() > ONE_VOLUME;
    let own = |area: usize| move |at: &usize| edition.policies.get(*at).is_some_and(|of| of.sheet.area == area);
    let chapter = |(index, summary): (usize, &crate::facts::AreaSummary)| {
        let policies: Vec<_> = summary.policies.iter().copied().filter(own(summary.area)).collect();
        let bound = match (volumes, policies.is_empty()) {
            (false, _) => Bound::Book,
            (true, false) => Bound::Volume,
            (true, true) => Bound::Nowhere,
        };
        Chapter { area: index, policies, bound }
    };
    edition.areas.iter().enumerate().map(chapter).collect()
}

/// The areas that have a volume of their own: indices into the portal's.
pub fn volumes(edition: &EditionFacts) -> Vec<usize> {
    let chapters = chapters(edition).into_iter().filter(|chapter| chapter.bound == Bound::Volume);
    chapters.filter_map(|chapter| edition.areas.get(chapter.area)).map(|summary| summary.area).collect()
}

/// How many sheets a document holds.
pub fn extent(edition: &EditionFacts, volume: Option<usize>) -> usize {
    bound(edition, volume, &chapters(edition)).map(|chapter| chapter.policies.len()).sum()
}

/// The chapters whose sheets stand in a document.
fn bound<'c>(
    edition: &EditionFacts,
    volume: Option<usize>,
    chapters: &'c [Chapter],
) -> impl Iterator<Item = &'c Chapter> {
    chapters.iter().filter(move |chapter| match volume {
        None => chapter.bound == Bound::Book,
        Some(area) => edition.areas.get(chapter.area).is_some_and(|summary| summary.area == area),
    })
}

impl Site {
    pub(super) fn book(
        &self,
        route: &Route,
        edition: &EditionFacts,
        volume: Option<usize>,
        out: &mut dyn Write,
    ) -> Result<(), RenderError> {
        let foreign = || RenderError::Foreign { path: route.path.clone() };
        let language = self.portal.languages.get(route.language).ok_or_else(foreign)?;
        let area = volume.map(|area| self.portal.areas.get(area).ok_or_else(foreign)).transpose()?;
        let target = Target::Book(edition.year, area.map(|area| area.id.as_ref()));
        let context = PageContext::new(self.site_context(), language, target);
        let chapters = chapters(edition);
        let mut frame = Vec::new();
        self.part(route, "book.html", views::book(&context, edition, &chapters, volume), &mut frame)?;
        let at = frame.windows(BOOK_SHEETS.len()).position(|bytes| bytes == BOOK_SHEETS.as_bytes());
        let (before, after) = at.and_then(|at| frame.split_at_checked(at)).ok_or_else(no_place_for_sheets)?;
        out.write_all(before)?;
        for chapter in bound(edition, volume, &chapters) {
            if let Some(view) = views::book_area(&context, edition, chapter) {
                self.part(route, "parts/book-area.html", view, out)?;
            }
            for position in &chapter.policies {
                let facts = self.policy_facts(edition, *position).ok_or_else(foreign)?;
                let of_sheet = context.of_sheet_in_book(edition.year, &facts.sheet.policy);
                let view = views::policy(&of_sheet, edition, *position, &facts);
                self.part(route, "parts/book-sheet.html", view, out)?;
            }
        }
        Ok(out.write_all(after.get(BOOK_SHEETS.len()..).unwrap_or_default())?)
    }
}

/// A theme's own book.html without `{{ sheets }}`.
fn no_place_for_sheets() -> RenderError {
    let message = Message::new(
        "テンプレート book.html に、シートの入る場所がありません",
        "the template book.html has no place for the sheets",
    );
    let diagnostic = Diagnostic::new(Code::TemplateError, Place::whole("themes"), message)
        .help("シートを入れる場所に {{ sheets }} と書いてください", "write {{ sheets }} where the sheets belong");
    RenderError::Template(Box::new(diagnostic))
}
