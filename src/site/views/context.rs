//! What every view is filled from.

use crate::facts::{EditionFacts, Facts};
use crate::markdown;
use crate::model::{FiscalYear, Language, Portal, Text};
use crate::site::print::Printer;
use crate::site::route::{Links, Target, language_prefix};
use crate::site::views::marks::Badges;
use crate::site::views::prose::Prose;
use crate::site::views::rows::Rows;
use crate::theme::{Html, Labels, Shown, Theme, Words, words_html};

/// What all pages share, found out once: a page must not walk through the whole portal.
#[derive(Clone, Copy, Debug)]
pub struct SiteContext<'a> {
    pub portal: &'a Portal,
    pub facts: &'a Facts,
    pub theme: &'a Theme,
    pub samples: Samples,
    /// Of the site before this one, where there was one.
    pub rows: Option<&'a Rows>,
}

/// Whether any sheet of the portal is fictional.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Samples {
    Absent,
    Present,
}

impl Samples {
    pub fn of(portal: &Portal) -> Self {
        let sample = portal.policies.iter().flat_map(|policy| &policy.sheets).any(|sheet| sheet.sample);
        if sample { Self::Present } else { Self::Absent }
    }
}

impl<'a> SiteContext<'a> {
    pub fn has_sample(&self) -> bool {
        self.samples == Samples::Present
    }

    /// Whether there is a feed: with an address to link to, and an edition that has a date.
    pub fn has_feed(&self) -> bool {
        let dated = |year| self.portal.edition(year).is_some_and(|edition| edition.published.is_some());
        self.portal.base_url.is_some() && self.facts.editions.iter().any(|edition| dated(edition.year))
    }

    /// Whether search engines are asked not to list a page: fictional sheets and those that are not for the public yet
    /// are no public record, and neither is what shows them among others. The page's own word and the sitemap both come from here.
    pub fn hides(&self, target: Target<'_>) -> bool {
        match target {
            Target::Policy(year, id) => {
                let sheet = self.portal.policy(id).and_then(|policy| policy.sheet(year));
                sheet.is_some_and(|sheet| sheet.sample || self.portal.withheld(sheet).is_some())
            }
            Target::FreePage(_) => false,
            // It is no page of its own: search engines list what it leads to.
            Target::Moved(..) => true,
            Target::Edition(year)
            | Target::Area(year, _)
            | Target::Book(year, _)
            | Target::Data(year)
            | Target::Revisions(year)
            | Target::Recommendations(year)
            | Target::Search(year)
            | Target::Changes(year)
            | Target::Compare(year) => self.has_sample() || self.has_draft(self.facts.edition(year)),
            _ => self.has_sample() || self.has_draft(self.facts.latest()),
        }
    }

    /// Whether an edition shows a sheet that is not for the public yet.
    fn has_draft(&self, edition: Option<&EditionFacts>) -> bool {
        let mut sheets = edition.into_iter().flat_map(|edition| edition.policies.iter());
        sheets.any(|policy| self.portal.withheld(&policy.sheet).is_some())
    }
}

/// One page in one language: where it stands, and what it speaks with.
#[derive(Clone, Debug)]
pub struct PageContext<'a> {
    pub site: SiteContext<'a>,
    pub portal: &'a Portal,
    pub facts: &'a Facts,
    pub theme: &'a Theme,
    pub labels: &'a Labels,
    pub language: &'a Language,
    pub target: Target<'a>,
    /// Of the page's file, below the site's root.
    pub path: String,
    pub links: Links,
    pub(super) badges: Badges,
    /// What every id begins with: nothing on a page of its own.
    ids: String,
    /// How many levels deeper headings stand than on a page of its own.
    pub(super) deeper: u8,
}

impl<'a> PageContext<'a> {
    pub fn new(site: SiteContext<'a>, language: &'a Language, target: Target<'a>) -> Self {
        let SiteContext { portal, facts, theme, .. } = site;
        let prefix = language_prefix(language, portal.first_language());
        let path = target.path(&prefix);
        let links = Links::from_page(&path, &prefix);
        let labels = theme.labels(language);
        let (badges, ids) = (Badges::new(labels), String::new());
        Self { site, portal, facts, theme, labels, language, target, path, links, badges, ids, deeper: 0 }
    }

    /// The sheet of a policy as it stands in the book that this is the context of.
    pub fn of_sheet_in_book(&self, year: FiscalYear, policy: &'a str) -> Self {
        // No id of a sheet and no id of a policy has an underscore where the other has none, so that all differ.
        Self { target: Target::Policy(year, policy), ids: format!("{policy}_"), deeper: 2, ..self.clone() }
    }

    /// An id, unique in the whole document.
    pub(super) fn id(&self, id: &str) -> String {
        [&self.ids, id].concat()
    }

    pub(super) fn printer(&self) -> Printer<'a> {
        Printer::new(self.labels, self.language, self.portal.first_language())
    }

    /// Renders texts written in the file `source` (below content/), from where their inner links are seen.
    pub(super) fn prose<'b>(&'b self, source: &'b str) -> Prose<'b> {
        Prose::new(self, source)
    }

    /// A word of the theme.
    pub(super) fn word(&self, key: &'static str) -> &'a str {
        self.labels.get(key)
    }

    /// A text without markup, for titles, hints and attributes.
    pub(super) fn plain(&self, text: &Text) -> String {
        markdown::plain(text.get(self.language))
    }

    /// A text without markup that says its language where it is not the page's.
    pub(super) fn words(&self, text: &Text) -> Words {
        let (words, language) = (self.plain(text), self.language_of(text));
        if language == self.language { Words::new(words) } else { Words::foreign(words, language) }
    }

    /// A label filled with figures, each kept from breaking. Labels and figures are escaped here.
    pub(super) fn sentence(&self, key: &str, figures: &[(&str, &dyn Shown)]) -> Html {
        let html: Vec<(&str, String)> = figures.iter().map(|(name, figure)| (*name, unbroken(*figure))).collect();
        let html: Vec<(&str, &str)> = html.iter().map(|(name, figure)| (*name, figure.as_str())).collect();
        self.labels.fill_html(key, &html)
    }

    /// Whether there is an earlier edition than that of `year`.
    pub(super) fn has_edition_before(&self, year: FiscalYear) -> bool {
        self.facts.editions.first().is_some_and(|first| first.year < year)
    }

    /// The latest edition's year, or the plan's first where no sheet exists.
    pub(super) fn latest_year(&self) -> FiscalYear {
        self.facts.latest().map_or(self.portal.plan.first_year, |edition| edition.year)
    }

    /// The edition that the page belongs to; pages of no edition belong to the latest.
    pub(super) fn edition_year(&self) -> FiscalYear {
        match self.target {
            Target::Edition(year)
            | Target::Area(year, _)
            | Target::Book(year, _)
            | Target::Policy(year, _)
            | Target::Moved(year, _)
            | Target::Data(year)
            | Target::Revisions(year)
            | Target::Recommendations(year)
            | Target::Search(year)
            | Target::Changes(year)
            | Target::Compare(year)
            | Target::SearchFile(year, _)
            | Target::DataFile(year, _)
            | Target::ChartFile(year, _, _)
            | Target::Card(year) => year,
            Target::Home
            | Target::FreePage(_)
            | Target::NotFound
            | Target::ContentAsset(_)
            | Target::ThemeAsset(_)
            | Target::Feed
            | Target::Sitemap
            | Target::Robots => self.latest_year(),
        }
    }
}

/// What is longer is a text or a name, which must be able to break.
const LONGEST_FIGURE: usize = 18;

/// A figure within a sentence, kept from breaking.
fn unbroken(figure: &dyn Shown) -> String {
    let html = words_html(figure);
    if figure.text().chars().count() > LONGEST_FIGURE {
        return html;
    }
    ["<span class=n>", &html, "</span>"].concat()
}
