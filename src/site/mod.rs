//! The site: every route, and one pure function that renders a route.

mod book;
mod card;
pub mod data;
mod dead_links;
pub mod difference;
pub mod examine;
pub mod feeds;
pub mod inner_link;
mod plan;
pub mod print;
mod render;
pub mod route;
pub mod search;
pub mod views;
mod withheld_assets;

use crate::facts::Facts;
use crate::model::{FiscalYear, Language, Portal};
use crate::source::AssetFile;
use crate::theme::Theme;
use data::DataFile;
use std::collections::BTreeMap;
use std::sync::Arc;

pub use plan::{Kept, plan};
pub use render::RenderError;

/// A whole site, ready to be rendered route by route, from any thread. Made by [`plan()`] alone.
#[derive(Debug)]
pub struct Site {
    portal: Portal,
    facts: Facts,
    theme: Arc<Theme>,
    /// Files of content/assets, published as they are.
    assets: Vec<AssetFile>,
    routes: Arc<Vec<Route>>,
    samples: views::Samples,
    /// Handed on from one site to the next; a site that is alone has none.
    rows: Option<Arc<views::Rows>>,
    /// By edition and language.
    search: Vec<search::Held>,
}

/// One file of the published site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Below the site's root, with forward slashes: `2024/industry/index.html`.
    pub path: String,
    kind: RouteKind,
    /// Index into the portal's languages.
    language: usize,
}

/// What a route shows; indices into facts and portal.
#[derive(Clone, Debug, PartialEq, Eq)]
enum RouteKind {
    Home,
    Edition(usize),
    /// Edition, and index into [`Portal::areas`].
    Area(usize, usize),
    /// Edition, and index into its policies.
    Policy(usize, usize),
    /// Edition, and the id of a policy that others took over.
    Moved(usize, Box<str>),
    Data(usize),
    Revisions(usize),
    Recommendations(usize),
    Search(usize),
    Compare(usize),
    /// An edition that has one before.
    Changes(usize),
    SearchHead(usize),
    /// Edition, and the number of the file.
    SearchLists(usize, usize),
    /// Edition, and the first and the last of the documents behind it: its policies, then the free pages.
    SearchTexts(usize, usize, usize),
    /// Edition, and for a volume the index into [`Portal::areas`].
    Book(usize, Option<usize>),
    /// Index into [`Portal::pages`].
    FreePage(usize),
    NotFound,
    DataFile(usize, DataFile),
    /// Edition, policy, chart id.
    ChartFile(usize, usize, Box<str>),
    /// Edition.
    Card(usize),
    ContentAsset(usize),
    ThemeAsset(usize),
    Feed,
    Sitemap,
    Robots,
}

/// What can be found by searching.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    /// Index into the edition's policies.
    Policy(usize),
    /// Index into [`Portal::pages`].
    Page(usize),
}

/// Indices of free pages, each once: versions in several languages are one page.
fn free_pages(portal: &Portal) -> impl Iterator<Item = usize> {
    let previous = |index: usize| index.checked_sub(1).and_then(|before| portal.pages.get(before));
    let first = move |index: &usize| {
        portal.pages.get(*index).is_some_and(|page| previous(*index).is_none_or(|before| before.name != page.name))
    };
    (0..portal.pages.len()).filter(first)
}

impl Route {
    /// The template that the page is made with; `None` for what is no page.
    pub fn template(&self) -> Option<&'static str> {
        Some(match self.kind {
            RouteKind::Home | RouteKind::Edition(_) => "index.html",
            RouteKind::Area(..) => "area.html",
            RouteKind::Policy(..) => "policy.html",
            RouteKind::Moved(..) => "moved.html",
            RouteKind::Data(_) => "data.html",
            RouteKind::Revisions(_) => "revisions.html",
            RouteKind::Recommendations(_) => "recommendations.html",
            RouteKind::Search(_) => "search.html",
            RouteKind::Compare(_) => "compare.html",
            RouteKind::Changes(_) => "changes.html",
            RouteKind::Book(..) => "book.html",
            RouteKind::FreePage(_) => "page.html",
            RouteKind::NotFound => "404.html",
            RouteKind::DataFile(..)
            | RouteKind::ChartFile(..)
            | RouteKind::SearchHead(_)
            | RouteKind::SearchLists(..)
            | RouteKind::SearchTexts(..)
            | RouteKind::Card(_)
            | RouteKind::ContentAsset(_)
            | RouteKind::ThemeAsset(_)
            | RouteKind::Feed
            | RouteKind::Sitemap
            | RouteKind::Robots => return None,
        })
    }
}

/// How the bytes of a route come about.
#[derive(Clone, Copy, Debug)]
pub enum Body<'a> {
    /// By [`Site::render`].
    Rendered,
    /// By copying a file.
    Copied(&'a AssetFile),
}

impl Site {
    /// Every file of the site, in the order of paths; no two paths are equal, also not without case.
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }

    /// The file at a path.
    pub fn route(&self, path: &str) -> Option<&Route> {
        self.routes.get(self.routes.binary_search_by(|route| route.path.as_str().cmp(path)).ok()?)
    }

    pub fn portal(&self) -> &Portal {
        &self.portal
    }

    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// What the ledger of an edition says when it is frozen now; `None` where there is no such edition.
    ///
    /// # Errors
    /// As [`data::ledger`].
    pub fn ledger(&self, year: FiscalYear) -> Option<std::io::Result<data::LedgerText>> {
        let edition = self.facts.edition(year)?;
        Some(data::ledger(&self.portal, edition, self.theme.labels(self.portal.first_language())))
    }

    /// The ledger of a frozen edition, whose text is `text`, with the policies that joined the edition since it was frozen;
    /// `None` where there are none, or where the edition is not frozen.
    ///
    /// # Errors
    /// As [`Site::ledger`].
    pub fn ledger_with_new_policies(&self, year: FiscalYear, text: &str) -> std::io::Result<Option<data::LedgerText>> {
        let Some((edition, before)) = self.facts.edition(year).zip(self.portal.ledger(year)) else { return Ok(None) };
        let labels = self.theme.labels(self.portal.first_language());
        data::ledger_with_new_policies(&self.portal, edition, labels, (before, text))
    }

    /// Says in a language how this portal's editions differ.
    pub fn difference_words<'s>(&'s self, language: &'s Language) -> difference::DifferenceWords<'s> {
        difference::DifferenceWords::new(&self.portal, self.theme.labels(language), language)
    }

    pub fn body(&self, route: &Route) -> Body<'_> {
        let asset = match route.kind {
            RouteKind::ContentAsset(index) => self.assets.get(index),
            _ => None,
        };
        asset.map_or(Body::Rendered, Body::Copied)
    }

    /// Routes that are best rendered at once, by [`Site::render_together`], for they are made of the same facts; then all
    /// others.
    pub fn together(&self) -> (Vec<Vec<&Route>>, Vec<&Route>) {
        let mut data: BTreeMap<usize, Vec<&Route>> = BTreeMap::new();
        let mut alone = Vec::with_capacity(self.routes.len());
        for route in self.routes.iter() {
            match route.kind {
                RouteKind::DataFile(edition, file) if file.is_by_policy() => {
                    data.entry(edition).or_default().push(route);
                }
                _ => alone.push(route),
            }
        }
        (data.into_values().collect(), alone)
    }

    /// How much of the site a route tells, in policies: how long it takes beside others.
    pub fn extent(&self, route: &Route) -> usize {
        match route.kind {
            RouteKind::DataFile(edition, _) => self.facts.editions.get(edition).map_or(0, |of| of.policies.len()),
            RouteKind::Book(edition, volume) => {
                self.facts.editions.get(edition).map_or(0, |of| book::extent(of, volume))
            }
            RouteKind::Policy(..) | RouteKind::ChartFile(..) | RouteKind::SearchTexts(..) => 1,
            _ => self.rows(route),
        }
    }

    /// How many policies stand on a page one below the other, and in memory while it is rendered. Data files hold one
    /// after another; the index of the search holds all of them: whichever of its files or its page comes first makes it.
    pub fn rows(&self, route: &Route) -> usize {
        let edition = |index: usize| self.facts.editions.get(index);
        match route.kind {
            RouteKind::Home => self.facts.latest().map_or(0, |edition| edition.policies.len()),
            RouteKind::Edition(index)
            | RouteKind::Compare(index)
            | RouteKind::Changes(index)
            | RouteKind::Search(index)
            | RouteKind::SearchHead(index)
            | RouteKind::SearchLists(index, _) => edition(index).map_or(0, |edition| edition.policies.len()),
            RouteKind::Area(index, area) => edition(index)
                .and_then(|edition| edition.areas.iter().find(|summary| summary.area == area))
                .map_or(0, |summary| summary.policies.len()),
            _ => 0,
        }
    }

    /// The files that a route is made of, for the manifest; what speaks of a whole edition names its folder.
    pub fn sources(&self, route: &Route) -> Vec<String> {
        let settings = || format!("content/{}", self.portal.path);
        let edition = |index: &usize| match self.facts.editions.get(*index) {
            Some(edition) => format!("content/{}", edition.year),
            None => "content".to_owned(),
        };
        let mut sources = match &route.kind {
            RouteKind::Home | RouteKind::Sitemap | RouteKind::Feed => vec!["content".to_owned()],
            RouteKind::Robots | RouteKind::NotFound => vec![settings()],
            RouteKind::Edition(index)
            | RouteKind::Area(index, _)
            | RouteKind::Data(index)
            | RouteKind::Revisions(index)
            | RouteKind::Search(index)
            | RouteKind::Compare(index)
            | RouteKind::Changes(index)
            | RouteKind::SearchHead(index)
            | RouteKind::SearchLists(index, _)
            | RouteKind::Book(index, _)
            | RouteKind::Card(index)
            | RouteKind::DataFile(index, _) => vec![settings(), edition(index)],
            // Of every year's sheets: what is open goes on.
            RouteKind::Recommendations(_) => vec![settings(), "content".to_owned()],
            RouteKind::Policy(index, policy) | RouteKind::ChartFile(index, policy, _) => {
                [settings()].into_iter().chain(self.sheets_behind(*index, *policy)).collect()
            }
            RouteKind::Moved(index, id) => {
                let year = self.facts.editions.get(*index).map(|edition| edition.year);
                let behind = year.into_iter().flat_map(|year| {
                    let own = self.portal.policy(id).and_then(|policy| policy.before(year).last());
                    own.into_iter().chain(self.portal.became(id, year))
                });
                [settings()].into_iter().chain(behind.map(|sheet| format!("content/{}", sheet.path))).collect()
            }
            RouteKind::SearchTexts(index, first, end) => {
                let found = (*first..*end).filter_map(|number| self.document(*index, number));
                let files = found.flat_map(|found| match found {
                    Found::Policy(policy) => self.sheet_of(*index, policy).into_iter().collect::<Vec<_>>(),
                    Found::Page(page) => self.versions_of(page).collect(),
                });
                [settings()].into_iter().chain(files).collect()
            }
            RouteKind::FreePage(index) => [settings()].into_iter().chain(self.versions_of(*index)).collect(),
            RouteKind::ContentAsset(index) => {
                self.assets.get(*index).map(|asset| format!("content/{}", asset.path)).into_iter().collect()
            }
            RouteKind::ThemeAsset(_) => Vec::new(),
        };
        if !matches!(route.kind, RouteKind::ContentAsset(_) | RouteKind::Robots) {
            sources.extend_from_slice(self.theme.folders());
        }
        sources
    }

    /// What stands behind the number of a document that can be found: the policies of the edition, then the free pages.
    fn document(&self, edition: usize, number: usize) -> Option<Found> {
        let policies = self.facts.editions.get(edition)?.policies.len();
        match number.checked_sub(policies) {
            None => Some(Found::Policy(number)),
            Some(page) => free_pages(&self.portal).nth(page).map(Found::Page),
        }
    }

    /// The files of a free page: one for each language it was written in.
    fn versions_of(&self, page: usize) -> impl Iterator<Item = String> {
        let name = self.portal.pages.get(page).map(|page| &page.name);
        let versions = self.portal.pages.iter().filter(move |page| Some(&page.name) == name);
        versions.map(|page| format!("content/{}", page.path))
    }

    /// The policy's sheet of the edition's own year.
    fn sheet_of(&self, edition: usize, policy: usize) -> Option<String> {
        let summary = self.facts.editions.get(edition)?.policies.get(policy)?;
        Some(format!("content/{}", summary.sheet.path))
    }

    /// The policy's sheets up to the edition: an edition shows what they say together.
    fn sheets_behind(&self, edition: usize, policy: usize) -> Vec<String> {
        let Some(edition) = self.facts.editions.get(edition) else { return Vec::new() };
        let Some(summary) = edition.policies.get(policy) else { return Vec::new() };
        let Some(policy) = self.portal.policy(&summary.sheet.policy) else { return Vec::new() };
        policy
            .sheets
            .iter()
            .filter(|sheet| sheet.year <= edition.year)
            .map(|sheet| format!("content/{}", sheet.path))
            .collect()
    }
}
