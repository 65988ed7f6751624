//! Rendering: from a route to its bytes.

use super::data::{DataFile, DataSource};
use super::feeds::{self, SitemapEntry};
use super::route::Target;
use super::views::{self, PageContext, SiteContext};
use super::{Found, Route, RouteKind, Site, card, free_pages, search};
use crate::chart;
use crate::diagnostic::{Diagnostic, Message};
use crate::facts::{self, EditionFacts, PolicyFacts};
use crate::markdown;
use crate::model::{Language, Portal};
use serde::Serialize;
use std::io::{self, BufWriter, Write};
use std::sync::Arc;

/// The files offered for download, in their order.
const DATA_FILES: [&str; DataFile::ALL.len()] = DataFile::ALL_NAMES;

/// Why a route could not be rendered.
#[derive(Debug)]
pub enum RenderError {
    /// The theme's template fails on this page.
    Template(Box<Diagnostic>),
    /// The writer failed.
    Io(io::Error),
    /// The route is not one of this site's.
    Foreign { path: String },
}

impl RenderError {
    /// What is wrong, for people.
    pub fn message(&self) -> Message {
        match self {
            Self::Template(diagnostic) => diagnostic.message.clone(),
            Self::Io(error) => Message::new(format!("書き込めません：{error}"), format!("cannot write: {error}")),
            Self::Foreign { path } => {
                Message::new(format!("{path} はこのサイトにありません"), format!("{path} is not part of this site"))
            }
        }
    }
}

impl From<io::Error> for RenderError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Site {
    /// Writes the bytes of a route. A pure function of the site: any thread may call it, in any order.
    ///
    /// # Errors
    /// Where the theme's template fails, or the writer does. A part of the page may have been written then.
    pub fn render(&self, route: &Route, out: &mut dyn Write) -> Result<(), RenderError> {
        let foreign = || RenderError::Foreign { path: route.path.clone() };
        let language = self.portal.languages.get(route.language).ok_or_else(foreign)?;
        let edition = |index: usize| self.facts.editions.get(index).ok_or_else(foreign);
        match &route.kind {
            RouteKind::Home => {
                let Some(latest) = self.facts.latest() else { return Err(foreign()) };
                let context = self.context(language, Target::Home);
                self.page(route, views::index(&context, latest, &DATA_FILES), out)
            }
            RouteKind::Edition(index) => {
                let edition = edition(*index)?;
                let context = self.context(language, Target::Edition(edition.year));
                self.page(route, views::index(&context, edition, &DATA_FILES), out)
            }
            RouteKind::Area(index, area) => {
                let edition = edition(*index)?;
                let id = &self.portal.areas.get(*area).ok_or_else(foreign)?.id;
                let context = self.context(language, Target::Area(edition.year, id));
                let summary = edition.areas.iter().find(|summary| summary.area == *area).ok_or_else(foreign)?;
                let policies: Vec<_> =
                    summary.policies.iter().filter_map(|position| self.judged_facts(edition, *position)).collect();
                let view = views::area(&context, edition, summary, &policies).ok_or_else(foreign)?;
                self.page(route, view, out)
            }
            RouteKind::Policy(index, policy) => {
                let edition = edition(*index)?;
                let id = &edition.policies.get(*policy).ok_or_else(foreign)?.sheet.policy;
                let context = self.context(language, Target::Policy(edition.year, id));
                let facts = self.policy_facts(edition, *policy).ok_or_else(foreign)?;
                self.page(route, views::policy(&context, edition, *policy, &facts), out)
            }
            RouteKind::Moved(index, id) => {
                let context = self.context(language, Target::Moved(edition(*index)?.year, id));
                self.page(route, views::moved(&context, id).ok_or_else(foreign)?, out)
            }
            RouteKind::Data(index) => {
                let edition = edition(*index)?;
                let context = self.context(language, Target::Data(edition.year));
                self.page(route, views::data(&context, edition, &DATA_FILES), out)
            }
            RouteKind::Revisions(index) => {
                let edition = edition(*index)?;
                let context = self.context(language, Target::Revisions(edition.year));
                self.page(route, views::revisions(&context, edition), out)
            }
            RouteKind::Recommendations(index) => {
                let edition = edition(*index)?;
                let context = self.context(language, Target::Recommendations(edition.year));
                self.page(route, views::recommendations(&context, edition), out)
            }
            RouteKind::Search(index) => {
                let edition = edition(*index)?;
                let found = self.search_index(*index, route.language).ok_or_else(foreign)?;
                let context = self.context(language, Target::Search(edition.year));
                self.page(route, views::search(&context, edition, found.mark()), out)
            }
            RouteKind::Changes(index) => {
                let edition = edition(*index)?;
                let before =
                    index.checked_sub(1).and_then(|before| self.facts.editions.get(before)).ok_or_else(foreign)?;
                let context = self.context(language, Target::Changes(edition.year));
                self.page(route, views::changes(&context, before, edition), out)
            }
            RouteKind::Compare(index) => {
                let edition = edition(*index)?;
                let context = self.context(language, Target::Compare(edition.year));
                self.page(route, views::compare(&context, edition), out)
            }
            RouteKind::SearchHead(index) => {
                let index = self.search_index(*index, route.language).ok_or_else(foreign)?;
                Ok(out.write_all(index.head().as_bytes())?)
            }
            RouteKind::SearchLists(index, file) => {
                let index = self.search_index(*index, route.language).ok_or_else(foreign)?;
                Ok(out.write_all(index.file(*file).ok_or_else(foreign)?.as_bytes())?)
            }
            RouteKind::SearchTexts(index, first, end) => {
                let context = self.context(language, Target::Search(edition(*index)?.year));
                let documents = (*first..*end).map(|number| self.found(&context, *index, number).unwrap_or_default());
                Ok(out.write_all(search::texts(*first, &documents.collect::<Vec<_>>()).as_bytes())?)
            }
            RouteKind::Book(index, volume) => self.book(route, edition(*index)?, *volume, out),
            RouteKind::FreePage(index) => {
                let name = &self.portal.pages.get(*index).ok_or_else(foreign)?.name;
                let context = self.context(language, Target::FreePage(name));
                let view = views::free_page(&context, name).ok_or_else(foreign)?;
                self.page(route, view, out)
            }
            RouteKind::NotFound => {
                let context = self.context(language, Target::NotFound);
                self.page(route, views::not_found(&context), out)
            }
            RouteKind::ChartFile(index, policy, chart) => {
                let edition = edition(*index)?;
                let facts = self.policy_facts(edition, *policy).ok_or_else(foreign)?;
                let context = self.context(language, Target::Policy(edition.year, &facts.sheet.policy));
                let files = views::chart_files(&context, &facts);
                let (_, drawn) = files.iter().find(|(name, _)| **name == **chart).ok_or_else(foreign)?;
                let sheet = self.theme.asset("charts.css").and_then(|asset| std::str::from_utf8(&asset.bytes).ok());
                Ok(out.write_all(drawn.svg_file(sheet.unwrap_or(chart::stylesheet())).as_bytes())?)
            }
            RouteKind::DataFile(index, file) => Ok(self.data(edition(*index)?).write(*file, out)?),
            RouteKind::Card(index) => Ok(out.write_all(&card::of(edition(*index)?, &self.theme).png())?),
            RouteKind::ThemeAsset(index) => {
                let asset = self.theme.assets().get(*index).ok_or_else(foreign)?;
                Ok(out.write_all(&asset.bytes)?)
            }
            RouteKind::Feed => Ok(out.write_all(self.feed(language).ok_or_else(foreign)?.as_bytes())?),
            RouteKind::Sitemap => Ok(out.write_all(self.sitemap().ok_or_else(foreign)?.as_bytes())?),
            RouteKind::Robots => Ok(out.write_all(feeds::robots(self.portal.base_url.as_deref()).as_bytes())?),
            RouteKind::ContentAsset(_) => Err(foreign()),
        }
    }

    /// Writes the bytes of routes that are made of the same facts, as [`Site::together`] gives them, each to the writer at
    /// its place.
    ///
    /// # Errors
    /// As [`Site::render`].
    pub fn render_together(&self, routes: &[&Route], outs: &mut [&mut dyn Write]) -> Result<(), RenderError> {
        let file = |route: &&Route| match route.kind {
            RouteKind::DataFile(index, file) => Some((index, file)),
            _ => None,
        };
        let files: Option<Vec<_>> = routes.iter().map(file).collect();
        let files = files.filter(|files| files.array_windows().all(|[(a, _), (b, _)]| a == b));
        match files.as_deref() {
            Some([(index, _), ..]) if let Some(edition) = self.facts.editions.get(*index) => {
                let files: Vec<_> = files.iter().flatten().map(|(_, file)| *file).collect();
                Ok(self.data(edition).write_together(&files, outs)?)
            }
            _ => routes.iter().zip(outs).try_for_each(|(route, out)| self.render(route, *out)),
        }
    }

    fn data<'a>(&'a self, edition: &'a EditionFacts) -> DataSource<'a> {
        let (japanese, english) = (self.theme.labels(&Language::japanese()), self.theme.labels(&Language::english()));
        DataSource { portal: &self.portal, edition, japanese, english }
    }

    /// The index of an edition in a language.
    fn search_index(&self, index: usize, language: usize) -> Option<Arc<search::Index>> {
        let edition = self.facts.editions.get(index)?;
        let held = self.search.get(index * self.portal.languages.len() + language)?;
        let language = self.portal.languages.get(language)?;
        Some(held.index(|| {
            let context = self.context(language, Target::Search(edition.year));
            let documents = edition.policies.len() + free_pages(&self.portal).count();
            let found = (0..documents).map(|number| self.found(&context, index, number).unwrap_or_default());
            search::Index::new(found, &views::Section::ALL.map(|section| context.labels.get(section.label())))
        }))
    }

    /// What can be found of the document with this number, seen from the page that searches.
    fn found<'s>(&'s self, context: &PageContext<'_>, edition: usize, number: usize) -> Option<views::Document<'s>> {
        match self.document(edition, number)? {
            Found::Policy(position) => {
                let summary = self.facts.editions.get(edition)?.policies.get(position)?;
                Some(views::found_in_policy(context, &summary.sheet))
            }
            Found::Page(page) => views::found_in_page(context, &self.portal.pages.get(page)?.name),
        }
    }

    /// Facts of the policy at a position of the edition.
    pub(super) fn policy_facts<'a>(&'a self, edition: &'a EditionFacts, position: usize) -> Option<PolicyFacts<'a>> {
        let policy = self.portal.policy(&edition.policies.get(position)?.sheet.policy)?;
        facts::policy(&self.portal, policy, edition.year)
    }

    /// The same for a table of many policies.
    fn judged_facts<'a>(&'a self, edition: &'a EditionFacts, position: usize) -> Option<PolicyFacts<'a>> {
        let policy = self.portal.policy(&edition.policies.get(position)?.sheet.policy)?;
        facts::judged(&self.portal, policy, edition.year)
    }

    fn context<'a>(&'a self, language: &'a Language, target: Target<'a>) -> PageContext<'a> {
        PageContext::new(self.site_context(), language, target)
    }

    pub(super) fn site_context(&self) -> SiteContext<'_> {
        let rows = self.rows.as_deref();
        SiteContext { portal: &self.portal, facts: &self.facts, theme: &self.theme, samples: self.samples, rows }
    }

    fn page(&self, route: &Route, view: impl Serialize, out: &mut dyn Write) -> Result<(), RenderError> {
        let template = route.template().ok_or_else(|| RenderError::Foreign { path: route.path.clone() })?;
        self.part(route, template, view, out)
    }

    /// A template that makes a page, or a part of one.
    pub(super) fn part(
        &self,
        route: &Route,
        template: &str,
        view: impl Serialize,
        out: &mut dyn Write,
    ) -> Result<(), RenderError> {
        let mut html = BufWriter::with_capacity(16 * 1024, Watched { out, failure: None });
        let rendered = self.theme.render(template, view, &mut html);
        match (rendered, html.into_parts()) {
            (Ok(()), (watched, rest)) => Ok(watched.out.write_all(&rest.unwrap_or_default())?),
            (Err(_), (Watched { failure: Some(error), .. }, _)) => Err(RenderError::Io(error)),
            (Err(error), _) => {
                let mut diagnostic = error.into_diagnostic();
                let Message { ja, en } = &diagnostic.message;
                diagnostic.message = Message::new(format!("{}：{ja}", route.path), format!("{}: {en}", route.path));
                Err(RenderError::Template(Box::new(diagnostic)))
            }
        }
    }

    fn feed(&self, language: &Language) -> Option<String> {
        let base_url = self.portal.base_url.as_deref()?;
        let labels = self.theme.labels(language);
        let context = self.context(language, Target::Feed);
        let editions = self.facts.editions.iter().rev();
        let revised: Vec<_> = editions.flat_map(|edition| views::revised_entries(&context, edition)).collect();
        let title = |year| {
            let label = self.portal.edition(year).and_then(|edition| edition.label.as_ref());
            label.map_or_else(
                || {
                    labels.fill(
                        "page.edition",
                        &[(
                            "year",
                            &super::print::Printer::new(labels, language, self.portal.first_language()).year(year),
                        )],
                    )
                },
                |label| markdown::plain(label.get(language)),
            )
        };
        feeds::atom(&self.portal, &self.facts, base_url, language, title, &revised)
    }

    /// Pages that search engines may list: not those that show a sample or a draft.
    fn sitemap(&self) -> Option<String> {
        let base_url = self.portal.base_url.as_deref()?;
        let pages =
            self.routes.iter().filter(|route| route.path.ends_with(".html") && route.kind != RouteKind::NotFound);
        let context = self.site_context();
        let listed = pages.filter(|route| self.target(route).is_some_and(|target| !context.hides(target)));
        let entry = |route: &'_ Route| {
            let year = self.edition_of(route).map(|edition| edition.year);
            let updated = year.and_then(|year| updated(&self.portal, year));
            (route.path.clone(), updated)
        };
        let entries: Vec<_> = listed.map(entry).collect();
        let entries = entries.iter().map(|(path, updated)| SitemapEntry { path, updated: *updated });
        Some(feeds::sitemap(base_url, entries))
    }

    /// What a page's route shows; `None` for what is no page of the site's own.
    fn target<'s>(&'s self, route: &'s Route) -> Option<Target<'s>> {
        let edition = |index: usize| self.facts.editions.get(index);
        Some(match route.kind {
            RouteKind::Moved(index, ref id) => Target::Moved(edition(index)?.year, id),
            RouteKind::Home => Target::Home,
            RouteKind::Edition(index) => Target::Edition(edition(index)?.year),
            RouteKind::Area(index, area) => Target::Area(edition(index)?.year, &self.portal.areas.get(area)?.id),
            RouteKind::Policy(index, position) => {
                let edition = edition(index)?;
                Target::Policy(edition.year, &edition.policies.get(position)?.sheet.policy)
            }
            RouteKind::Data(index) => Target::Data(edition(index)?.year),
            RouteKind::Revisions(index) => Target::Revisions(edition(index)?.year),
            RouteKind::Recommendations(index) => Target::Recommendations(edition(index)?.year),
            RouteKind::Search(index) => Target::Search(edition(index)?.year),
            RouteKind::Compare(index) => Target::Compare(edition(index)?.year),
            RouteKind::Changes(index) => Target::Changes(edition(index)?.year),
            RouteKind::Book(index, None) => Target::Book(edition(index)?.year, None),
            RouteKind::Book(index, Some(area)) => {
                Target::Book(edition(index)?.year, Some(&self.portal.areas.get(area)?.id))
            }
            RouteKind::FreePage(index) => Target::FreePage(&self.portal.pages.get(index)?.name),
            _ => return None,
        })
    }

    fn edition_of(&self, route: &Route) -> Option<&EditionFacts> {
        match route.kind {
            RouteKind::Edition(index)
            | RouteKind::Area(index, _)
            | RouteKind::Policy(index, _)
            | RouteKind::Moved(index, _)
            | RouteKind::Revisions(index)
            | RouteKind::Recommendations(index)
            | RouteKind::Search(index)
            | RouteKind::Compare(index)
            | RouteKind::Changes(index)
            | RouteKind::Book(index, _)
            | RouteKind::Data(index) => self.facts.editions.get(index),
            _ => self.facts.latest(),
        }
    }
}

/// A writer that remembers its own failure, which a template engine reports as one of the template.
struct Watched<'w> {
    out: &'w mut dyn Write,
    failure: Option<io::Error>,
}

impl Write for Watched<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write_all(bytes).map(|()| bytes.len()).map_err(|error| {
            let kind = error.kind();
            self.failure = Some(error);
            kind.into()
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn updated(portal: &Portal, year: crate::model::FiscalYear) -> Option<&str> {
    let edition = portal.edition(year)?;
    edition.updated.as_deref().or(edition.published.as_deref())
}
