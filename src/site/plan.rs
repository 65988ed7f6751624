//! Planning: which routes there are. Collisions and dead inner links are errors, before anything is rendered.

use super::data::DataFile;
use super::route::{Target, language_prefix};
use super::views::{self, PageContext, SiteContext};
use super::{Route, RouteKind, Site, book, dead_links, free_pages, search, withheld_assets};
use crate::diagnostic::{Code, Diagnostic, Message, Place, Report, Stopped};
use crate::facts::{EditionFacts, Facts, PolicySummary, has_errata, has_recommendations};
use crate::model::{At, FiscalYear, Language, Portal};
use crate::source::AssetFile;
use crate::theme::{LogoFile, Theme};
use jiff::civil::Date;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// Plans every route of the portal.
///
/// # Errors
/// `url-collision` where two sources make the same URL, compared in NFC without case (file systems of Windows and macOS
/// see no case); `dead-link` where an inner link names no sheet, page, file or part of a page.
pub fn plan(
    portal: Portal,
    facts: Facts,
    theme: Arc<Theme>,
    mut assets: Vec<AssetFile>,
    kept: &mut Kept,
    report: &mut Report,
) -> Result<Site, Stopped> {
    let withheld = withheld_assets::of(&portal);
    assets.retain(|asset| !withheld.contains(asset.path.as_str()));
    let samples = views::Samples::of(&portal);
    let search = (0..facts.editions.len() * portal.languages.len()).map(|_| search::Held::default()).collect();
    let rows = kept.rows(&portal, &theme);
    let mut site = Site { portal, facts, theme, assets, routes: Arc::default(), samples, rows, search };
    match kept.routes(&site) {
        // Routes of which two collide are not kept.
        Some(routes) => site.routes = routes,
        None => {
            site.routes = Arc::new(routes(&site));
            refuse_collisions(&site, report);
        }
    }
    let assets = site.assets.iter().filter_map(|asset| asset.path.strip_prefix("assets/")).collect();
    dead_links::review(&site.portal, &assets, report);
    if let Some(logo) = site.theme.logo()
        && let LogoFile::Content(path) = &logo.file
        && !assets.contains(path.as_ref())
    {
        report.add(logo.missing());
    }
    report.go_on()?;
    kept.keep(&site);
    Ok(site)
}

/// Every route, in the order of paths.
fn routes(site: &Site) -> Vec<Route> {
    let mut routes = Vec::new();
    for (language, code) in site.portal.languages.iter().enumerate() {
        pages(site.site_context(), language, code, &mut routes);
    }
    shared(&site.portal, &site.facts, &site.theme, &site.assets, &mut routes);
    routes.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    routes
}

/// The routes of an earlier site, and what they follow from. Empty at first.
#[derive(Debug, Default)]
pub struct Kept {
    of: Option<Of>,
    shown: Option<Shown>,
}

/// What rows of tables follow from beside their policies and portal.yaml.
#[derive(Debug)]
struct Shown {
    theme: Arc<Theme>,
    as_of: Option<Date>,
    rows: Arc<views::Rows>,
}

#[derive(Debug)]
struct Of {
    routes: Arc<Vec<Route>>,
    theme: Arc<Theme>,
    assets: Vec<String>,
    pages: Vec<Box<str>>,
    feed: bool,
    editions: Vec<OfEdition>,
    moved: Vec<(usize, Box<str>)>,
}

/// What the routes of an edition follow from.
#[derive(Debug)]
struct OfEdition {
    year: FiscalYear,
    errata: bool,
    recommendations: bool,
    areas: Vec<usize>,
    policies: Arc<[Arc<PolicySummary>]>,
}

impl OfEdition {
    fn is_of(&self, portal: &Portal, edition: &EditionFacts) -> bool {
        self.year == edition.year
            && self.errata == has_errata(portal, edition)
            && self.recommendations == has_recommendations(portal, edition)
            && self.areas.iter().eq(edition.areas.iter().map(|summary| &summary.area))
            && self.policies.len() == edition.policies.len()
            && self.policies.iter().zip(edition.policies.iter()).all(|(a, b)| same_policy(a, b))
    }
}

impl Kept {
    /// Forgets, where portal.yaml is another one.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The rows of the earlier sites, where this one shows the same policies alike. The first site of all shares nothing:
    /// a build makes one, and would hold every row for nobody.
    fn rows(&mut self, portal: &Portal, theme: &Arc<Theme>) -> Option<Arc<views::Rows>> {
        let same = |shown: &&Shown| Arc::ptr_eq(&shown.theme, theme) && shown.as_of == portal.as_of;
        let known = self.shown.as_ref().filter(same).map(|shown| Arc::clone(&shown.rows));
        if known.is_none() {
            let (theme, as_of) = (Arc::clone(theme), portal.as_of);
            self.shown = Some(Shown { theme, as_of, rows: Arc::default() });
        }
        known
    }

    /// The routes of the earlier site, where this one has the same. Charts as files follow from figures, too.
    fn routes(&self, site: &Site) -> Option<Arc<Vec<Route>>> {
        let of = self.of.as_ref()?;
        let same = Arc::ptr_eq(&of.theme, &site.theme)
            && of.feed == site.site_context().has_feed()
            && of.assets.iter().eq(site.assets.iter().map(|asset| &asset.path))
            && of.pages.iter().eq(site.portal.pages.iter().map(|page| &page.name))
            && of.moved == moved(site.site_context())
            && of.editions.len() == site.facts.editions.len()
            && of.editions.iter().zip(&site.facts.editions).all(|(of, edition)| of.is_of(&site.portal, edition));
        same.then(|| Arc::clone(&of.routes))
    }

    fn keep(&mut self, site: &Site) {
        if site.portal.chart_files {
            self.of = None;
            return;
        }
        let editions = site.facts.editions.iter().map(|edition| OfEdition {
            year: edition.year,
            errata: has_errata(&site.portal, edition),
            recommendations: has_recommendations(&site.portal, edition),
            areas: edition.areas.iter().map(|summary| summary.area).collect(),
            policies: edition.policies.clone(),
        });
        self.of = Some(Of {
            routes: Arc::clone(&site.routes),
            theme: Arc::clone(&site.theme),
            assets: site.assets.iter().map(|asset| asset.path.clone()).collect(),
            pages: site.portal.pages.iter().map(|page| page.name.clone()).collect(),
            feed: site.site_context().has_feed(),
            editions: editions.collect(),
            moved: moved(site.site_context()),
        });
    }
}

fn same_policy(a: &Arc<PolicySummary>, b: &Arc<PolicySummary>) -> bool {
    Arc::ptr_eq(a, b) || a.sheet.policy == b.sheet.policy
}

/// Edition, and the policies that others took over there: their addresses lead on.
fn moved(site: SiteContext<'_>) -> Vec<(usize, Box<str>)> {
    let SiteContext { portal, facts, .. } = site;
    let mut moved = Vec::new();
    for (index, edition) in facts.editions.iter().enumerate().filter(|_| !portal.lineage.is_empty()) {
        for of in portal.lineage.iter().filter(|of| of.year <= edition.year) {
            let id = &of.predecessor;
            let is_there = portal.policy(id).is_some_and(|policy| policy.sheet(edition.year).is_some());
            if !is_there && !portal.became(id, edition.year).is_empty() && moved.last() != Some(&(index, id.clone())) {
                moved.push((index, id.clone()));
            }
        }
    }
    moved
}

/// The pages of one language.
fn pages(site: SiteContext<'_>, language: usize, code: &Language, routes: &mut Vec<Route>) {
    let SiteContext { portal, facts, .. } = site;
    let prefix = language_prefix(code, portal.first_language());
    let mut add = |target: Target<'_>, kind: RouteKind| {
        routes.push(Route { path: target.path(&prefix), kind, language });
    };
    let pages: Vec<_> = free_pages(portal).filter_map(|index| Some((index, portal.pages.get(index)?))).collect();
    add(Target::Home, RouteKind::Home);
    for (index, edition) in facts.editions.iter().enumerate() {
        let year = edition.year;
        add(Target::Edition(year), RouteKind::Edition(index));
        add(Target::Data(year), RouteKind::Data(index));
        if has_errata(portal, edition) {
            add(Target::Revisions(year), RouteKind::Revisions(index));
        }
        if has_recommendations(portal, edition) {
            add(Target::Recommendations(year), RouteKind::Recommendations(index));
        }
        add(Target::Search(year), RouteKind::Search(index));
        add(Target::Compare(year), RouteKind::Compare(index));
        if index > 0 {
            add(Target::Changes(year), RouteKind::Changes(index));
        }
        add(Target::SearchFile(year, "head.js"), RouteKind::SearchHead(index));
        let documents = edition.policies.len() + pages.len();
        for file in 0..search::files_for(documents) {
            add(Target::SearchFile(year, &format!("{file}.js")), RouteKind::SearchLists(index, file));
        }
        for (number, texts) in search::texts_for(documents).enumerate() {
            let kind = RouteKind::SearchTexts(index, texts.start, texts.end);
            add(Target::SearchFile(year, &format!("text-{number}.js")), kind);
        }
        if portal.book {
            add(Target::Book(year, None), RouteKind::Book(index, None));
            for volume in book::volumes(edition) {
                if let Some(area) = portal.areas.get(volume) {
                    add(Target::Book(year, Some(&area.id)), RouteKind::Book(index, Some(volume)));
                }
            }
        }
        for summary in &edition.areas {
            if let Some(area) = portal.areas.get(summary.area) {
                add(Target::Area(year, &area.id), RouteKind::Area(index, summary.area));
            }
        }
        for (policy, summary) in edition.policies.iter().enumerate() {
            let id = &summary.sheet.policy;
            add(Target::Policy(year, id), RouteKind::Policy(index, policy));
            if portal.chart_files {
                for chart in charts(site, code, edition, id) {
                    add(Target::ChartFile(year, id, &chart), RouteKind::ChartFile(index, policy, chart.clone()));
                }
            }
        }
    }
    for (index, id) in moved(site) {
        if let Some(edition) = facts.editions.get(index) {
            add(Target::Moved(edition.year, &id), RouteKind::Moved(index, id.clone()));
        }
    }
    for (index, page) in pages {
        add(Target::FreePage(&page.name), RouteKind::FreePage(index));
    }
    if site.has_feed() {
        add(Target::Feed, RouteKind::Feed);
    }
}

/// The names of the charts of a policy's page that are files of their own.
fn charts(site: SiteContext<'_>, language: &Language, edition: &EditionFacts, policy: &str) -> Vec<Box<str>> {
    let facts = site.portal.policy(policy).and_then(|policy| crate::facts::policy(site.portal, policy, edition.year));
    let context = PageContext::new(site, language, Target::Policy(edition.year, policy));
    let files = facts.map(|facts| views::chart_files(&context, &facts)).unwrap_or_default();
    files.into_iter().map(|(name, _)| name.into()).collect()
}

/// What is the same in every language.
fn shared(portal: &Portal, facts: &Facts, theme: &Theme, assets: &[AssetFile], routes: &mut Vec<Route>) {
    let mut add = |path: String, kind: RouteKind| routes.push(Route { path, kind, language: 0 });
    for (index, edition) in facts.editions.iter().enumerate() {
        for file in DataFile::ALL {
            let target = Target::DataFile(edition.year, file.file_name());
            add(target.path(""), RouteKind::DataFile(index, file));
        }
        // Other sites take it by its whole address.
        if portal.base_url.is_some() {
            add(Target::Card(edition.year).path(""), RouteKind::Card(index));
        }
    }
    for (index, asset) in assets.iter().enumerate() {
        let path = asset.path.strip_prefix("assets/").unwrap_or(&asset.path);
        add(Target::ContentAsset(path).path(""), RouteKind::ContentAsset(index));
    }
    for (index, asset) in theme.assets().iter().enumerate() {
        add(Target::ThemeAsset(&asset.published).path(""), RouteKind::ThemeAsset(index));
    }
    add(Target::NotFound.path(""), RouteKind::NotFound);
    add(Target::Robots.path(""), RouteKind::Robots);
    if portal.base_url.is_some() {
        add(Target::Sitemap.path(""), RouteKind::Sitemap);
    }
}

fn refuse_collisions(site: &Site, report: &mut Report) {
    let mut folded: Vec<(String, &Route)> =
        site.routes.iter().map(|route| (route.path.nfc().collect::<String>().to_lowercase(), route)).collect();
    folded.sort_by(|a, b| a.0.cmp(&b.0));
    for pair in folded.windows(2) {
        let [(a, first), (b, second)] = pair else { continue };
        if a != b {
            continue;
        }
        let place = |route: &Route| {
            let settings = format!("content/{}", site.portal.path);
            let file = site.sources(route).into_iter().find(|source| *source != settings);
            Place { file: file.unwrap_or(settings).into(), at: At { line: 1, column: 1, length: 1 } }
        };
        let message = Message::new(
            format!("2つのもとから同じ URL ができます：{}", second.path),
            format!("two sources make the same URL: {}", second.path),
        );
        report.add(
            Diagnostic::new(Code::UrlCollision, place(second), message)
                .help(
                    "どちらかの名前を変えてください（大文字と小文字の違いは区別されません）",
                    "rename one of them (upper and lower case are not told apart)",
                )
                .related(place(first), "もう一方", "the other one"),
        );
    }
}
