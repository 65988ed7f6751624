//! The book: cover, contents, and what stands before the sheets of an area.

use crate::facts::{EditionFacts, PolicySummary};
use crate::model::Area;
use crate::site::book::{Bound, Chapter};
use crate::site::route::Target;
use crate::site::views::area::{area_name, area_name_plain};
use crate::site::views::context::PageContext;
use crate::site::views::events::LegendView;
use crate::site::views::marks::Count;
use crate::site::views::method::MethodView;
use crate::site::views::page::{About, Link, Page, edition_crumb, page};
use crate::theme::{Html, Words};
use serde::Serialize;

/// What a theme's book.html writes where the sheets follow: they are put in its place one after another.
pub const BOOK_SHEETS: &str = "<!--sheets-->";

/// The frame of a book: the whole edition, or the volume of one area.
#[derive(Debug, Serialize)]
pub struct BookView {
    pub language: String,
    pub page: Page,
    pub title: Html,
    pub year: String,
    pub plan: Option<Html>,
    /// The area of a volume.
    pub volume: Option<Html>,
    /// What the edition says, in one sentence of figures.
    pub lead: Html,
    pub chapters: Vec<ContentsOfArea>,
    pub legend: LegendView,
    /// Where the sheets follow.
    pub sheets: Html,
    pub method: MethodView,
}

/// An area in the table of contents.
#[derive(Debug, Serialize)]
pub struct ContentsOfArea {
    pub name: Html,
    /// `None` where nothing but its name stands in the book.
    pub href: Option<String>,
    pub policies: Vec<Link>,
}

/// What stands before the sheets of an area.
#[derive(Debug, Serialize)]
pub struct BookAreaView {
    pub language: String,
    pub id: String,
    pub year: String,
    pub name: Html,
    pub description: Option<Html>,
    pub counts: Vec<Count>,
    pub money: Option<Html>,
    pub policies: Vec<BookRow>,
}

/// A sheet in the table of its area.
#[derive(Debug, Serialize)]
pub struct BookRow {
    pub policy: Link,
    pub counts: Vec<Count>,
    pub grade: Option<String>,
    pub cost: Option<String>,
}

/// The frame of the book of an edition, or of the volume of an area (an index into the portal's).
pub fn book(
    context: &PageContext<'_>,
    edition: &EditionFacts,
    chapters: &[Chapter],
    volume: Option<usize>,
) -> BookView {
    let year = context.printer().short_year(edition.year);
    let portal = context.portal;
    let area = volume.and_then(|area| portal.areas.get(area));
    let title = match area {
        Some(area) => {
            let name: Words = area_name_plain(context, area);
            context.labels.fill_words("book.title-of-area", &[("area", &name), ("year", &year)])
        }
        None => context.labels.fill("book.title", &[("year", &year)]).into(),
    };
    let about = About {
        title,
        description: context.labels.fill("book.description", &[("year", &year)]),
        breadcrumbs: vec![edition_crumb(context)],
        maturity: context.maturity_of(&*edition.policies),
    };
    let prose = context.prose("portal.yaml");
    let listed = chapters.iter().filter(|chapter| match volume {
        Some(area) => edition.areas.get(chapter.area).is_some_and(|summary| summary.area == area),
        None => true,
    });
    let policies = listed.clone().flat_map(|chapter| &chapter.policies).filter_map(|at| edition.policies.get(*at));
    let known = policies.filter_map(|summary| portal.policy(&summary.sheet.policy)).flat_map(|policy| &policy.sheets);
    let legend = LegendView::of_sheets(known.filter(|sheet| sheet.year <= edition.year).map(|sheet| &**sheet));
    BookView {
        legend,
        language: context.language.code().to_owned(),
        title: prose.inline(&portal.title),
        year: context.printer().year(edition.year),
        plan: portal.plan.name.as_ref().map(|name| prose.inline(name)),
        volume: area.map(|area| area_name(context, area)),
        lead: context.lead(edition),
        chapters: listed.filter_map(|chapter| context.contents_of_area(edition, chapter)).collect(),
        sheets: Html::new(BOOK_SHEETS),
        method: context.method(),
        page: page(context, about),
    }
}

/// What stands before the sheets of a chapter.
pub fn book_area(context: &PageContext<'_>, edition: &EditionFacts, chapter: &Chapter) -> Option<BookAreaView> {
    let summary = edition.areas.get(chapter.area)?;
    let area = context.portal.areas.get(summary.area)?;
    let prose = context.prose("portal.yaml");
    let row = |policy: &PolicySummary| BookRow {
        policy: context.link_in_book(edition, chapter, policy),
        counts: context.counts(&policy.counts),
        grade: policy.sheet.grades.iter().find_map(|grade| grade.grade.as_deref()).map(str::to_owned),
        cost: policy.settled.map(|settled| context.printer().yen_in_words(settled.in_yen())),
    };
    Some(BookAreaView {
        language: context.language.code().to_owned(),
        id: area_id(area),
        year: context.printer().year(edition.year),
        name: area_name(context, area),
        description: area.description.as_ref().map(|text| prose.block(text, 3, &area_id(area))),
        counts: context.counts(&summary.counts),
        money: context.money_total(&summary.settled),
        policies: chapter.policies.iter().filter_map(|at| edition.policies.get(*at)).map(|of| row(of)).collect(),
    })
}

/// No policy is called `book`, so that no id of a sheet begins like these.
fn area_id(area: &Area) -> String {
    format!("book_area_{}", area.id)
}

impl PageContext<'_> {
    fn contents_of_area(&self, edition: &EditionFacts, chapter: &Chapter) -> Option<ContentsOfArea> {
        let area = self.portal.areas.get(edition.areas.get(chapter.area)?.area)?;
        let policies = chapter.policies.iter().filter_map(|at| edition.policies.get(*at));
        Some(ContentsOfArea {
            name: area_name(self, area),
            href: (chapter.bound != Bound::Nowhere).then(|| self.href_in_book(edition, chapter, &area_id(area))),
            policies: policies.map(|policy| self.link_in_book(edition, chapter, policy)).collect(),
        })
    }

    fn link_in_book(&self, edition: &EditionFacts, chapter: &Chapter, policy: &PolicySummary) -> Link {
        let name = self.policy_name(&policy.sheet);
        let text = match &policy.sheet.number {
            Some(number) => Html::new(&format!("{} {}", Html::escape(number).as_str(), name.as_str())),
            None => name,
        };
        Link { text, href: self.href_in_book(edition, chapter, &self.sheet_id(&policy.sheet.policy)) }
    }

    /// The id of a sheet in the book.
    pub(super) fn sheet_id(&self, policy: &str) -> String {
        format!("book_{policy}")
    }

    /// The address of a part of the book: here, or in the volume that the chapter is.
    fn href_in_book(&self, edition: &EditionFacts, chapter: &Chapter, id: &str) -> String {
        let area = edition.areas.get(chapter.area).and_then(|summary| self.portal.areas.get(summary.area));
        let volume =
            Target::Book(edition.year, area.filter(|_| chapter.bound == Bound::Volume).map(|area| area.id.as_ref()));
        if volume == self.target { self.links.to_own_anchor(id) } else { self.links.to_anchor(volume, id) }
    }
}
