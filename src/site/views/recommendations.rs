//! Recommendations from outside (外部からの提言): on a policy's page, and all of an edition with how many are open.

use crate::facts::{self, Answer, EditionFacts, Recommended};
use crate::model::{RecommendationState, Sheet};
use crate::site::route::Target;
use crate::site::views::context::PageContext;
use crate::site::views::page::{About, Link, Page, edition_crumb, page};
use crate::theme::{Html, Words};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct RecommendationsView {
    pub language: String,
    pub page: Page,
    pub year: String,
    pub lead: String,
    pub counts: CountTable,
    /// The oldest first; so the others.
    pub open: Vec<RecommendationView>,
    pub closed: Vec<RecommendationView>,
}

/// How many there are by source and state.
#[derive(Debug, Serialize)]
pub struct CountTable {
    pub columns: Vec<StateView>,
    pub rows: Vec<CountRow>,
}

#[derive(Debug, Serialize)]
pub struct CountRow {
    pub source: Html,
    /// In the order of the columns.
    pub cells: Vec<CountCell>,
    pub total: usize,
}

#[derive(Debug, Serialize)]
pub struct CountCell {
    /// The word of its column.
    pub column: String,
    pub n: usize,
}

#[derive(Debug, Serialize)]
pub struct RecommendationView {
    /// Where it stands among those of all policies.
    pub policy: Option<Link>,
    /// The edition that it comes from, where none of this one's sheets names it.
    pub carried: Option<Link>,
    pub indicator: Option<Link>,
    pub source: Html,
    pub date: String,
    pub due: Option<String>,
    pub overdue: bool,
    pub state: StateView,
    pub text: Html,
    pub responses: Vec<ResponseView>,
    /// `2024/industry#recommendations/1`, `portal#recommendations/1`.
    pub address: String,
}

#[derive(Debug, Serialize)]
pub struct ResponseView {
    pub date: Option<String>,
    /// Where there are several answers.
    pub state: Option<StateView>,
    pub text: Option<Html>,
}

#[derive(Clone, Debug, Serialize)]
pub struct StateView {
    /// `open`, `in-progress`, `done`, `declined`.
    pub name: &'static str,
    pub word: String,
}

/// The page of an edition's recommendations.
pub fn recommendations(context: &PageContext<'_>, edition: &EditionFacts) -> RecommendationsView {
    let year = edition.year;
    let short = context.printer().short_year(year);
    let about = About {
        title: context.labels.fill("recommendation.page-title", &[("year", &short)]).into(),
        description: context.labels.fill("recommendation.description", &[("year", &short)]),
        breadcrumbs: vec![edition_crumb(context)],
        maturity: context.maturity_of(edition.policies.iter()),
    };
    let all = facts::recommendations(context.portal, edition);
    let published = context.portal.edition(year).and_then(|of| of.published.as_deref());
    let lead = match published {
        Some(day) => context
            .labels
            .fill("recommendation.lead-until", &[("date", &context.printer().date(day)), ("year", &short)]),
        None => context.labels.fill("recommendation.lead", &[("year", &short)]),
    };
    let view = |open: bool| {
        let shown = all.iter().zip(1..).filter(move |(of, _)| of.state.is_open() == open);
        shown.map(|(of, number)| context.recommendation(of, number, Place::Edition)).collect()
    };
    RecommendationsView {
        language: context.language.code().to_owned(),
        page: page(context, about),
        year: context.printer().year(year),
        lead,
        counts: context.counts_of(&all),
        open: view(true),
        closed: view(false),
    }
}

/// Where a recommendation is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Among those of all policies.
    Edition,
    Policy,
}

impl PageContext<'_> {
    pub(super) fn recommendations_for(&self, sheet: &Sheet) -> Vec<RecommendationView> {
        let found = facts::recommendations_for(self.portal, sheet);
        found.iter().zip(1..).map(|(of, number)| self.recommendation(of, number, Place::Policy)).collect()
    }

    /// `外部からの提言と対応（3件、うち対応が終わっていないもの2件）`; `None` where the edition has none.
    pub(super) fn recommendations_link(&self, edition: &EditionFacts) -> Option<Link> {
        if !facts::has_recommendations(self.portal, edition) {
            return None;
        }
        let all = facts::recommendations(self.portal, edition);
        let open = all.iter().filter(|of| of.state.is_open()).count();
        let (all, open) = (all.len().to_string(), open.to_string());
        Some(Link {
            text: self.sentence("recommendation.link", &[("all", &all), ("open", &open)]),
            href: self.links.to(Target::Recommendations(edition.year)),
        })
    }

    fn recommendation(&self, of: &Recommended<'_>, number: usize, place: Place) -> RecommendationView {
        let recommendation = of.recommendation;
        let prose = self.prose(of.sheet.map_or("portal.yaml", |sheet| &sheet.path));
        let due = of.due.map(|due| self.printer().date(&due.to_string()));
        let several = of.answers.len() > 1;
        let answers = of.answers.iter().zip(1..).filter(|(of, _)| of.response.text.is_some() || several);
        let answer = |(Answer { response, sheet }, at): (&Answer<'_>, usize)| ResponseView {
            date: response.date.map(|date| self.printer().date(&date.to_string())),
            state: response.state.filter(|_| several).map(|state| self.recommendation_state(state)),
            text: response.text.as_ref().map(|text| {
                let prose = self.prose(sheet.map_or("portal.yaml", |sheet| &sheet.path));
                prose.block(text, 3, &format!("response_{number}_{at}"))
            }),
        };
        let sheet = self.sheet_named(of);
        RecommendationView {
            policy: sheet.or(of.carried).filter(|_| place == Place::Edition).map(|sheet| self.policy_link(sheet)),
            carried: of.carried.map(|sheet| Link {
                text: self.sentence("recommendation.carried", &[("year", &self.printer().short_year(sheet.year))]),
                href: self.links.to(Target::Policy(sheet.year, &sheet.policy)),
            }),
            indicator: sheet.and_then(|sheet| {
                let indicator = sheet.indicator(of.indicator?)?;
                let text = self.prose(&sheet.path).inline(&indicator.name);
                let href = match place {
                    Place::Edition => self.links.to_anchor(Target::Policy(sheet.year, &sheet.policy), &indicator.id),
                    Place::Policy => self.links.to_own_anchor(&self.id(&indicator.id)),
                };
                Some(Link { text, href })
            }),
            source: prose.inline(&recommendation.source),
            date: self.printer().date(&recommendation.date.to_string()),
            due,
            overdue: of.overdue,
            state: self.recommendation_state(of.state),
            text: prose.block(&recommendation.text, 3, &format!("recommendation_{number}")),
            responses: answers.map(answer).collect(),
            address: of.address(),
        }
    }

    /// The sheet of the edition that a recommendation speaks of, where it is there.
    fn sheet_named(&self, of: &Recommended<'_>) -> Option<&Sheet> {
        let year = self.edition_year();
        let policy = self.portal.policy(of.policy?)?;
        let became = || match self.portal.became(&policy.id, year).as_slice() {
            [only] => Some(&***only),
            _ => None,
        };
        policy.sheet(year).map(AsRef::as_ref).or_else(became)
    }

    fn counts_of(&self, all: &[Recommended<'_>]) -> CountTable {
        let states = RecommendationState::ALL;
        let used: Vec<_> = states.into_iter().filter(|state| all.iter().any(|of| of.state == *state)).collect();
        // Told apart by what this page calls them: one sheet may give a source in two languages, and another in one.
        let called = |of: &Recommended<'_>| self.words(&of.recommendation.source);
        let mut sources: Vec<Words> = Vec::new();
        for source in all.iter().map(called) {
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
        let row = |source: Html, of: &dyn Fn(&Recommended<'_>) -> bool| {
            let cells = used.iter().map(|state| CountCell {
                column: self.recommendation_state(*state).word,
                n: all.iter().filter(|item| item.state == *state && of(item)).count(),
            });
            CountRow { source, cells: cells.collect(), total: all.iter().filter(|item| of(item)).count() }
        };
        let mut rows: Vec<_> = sources.iter().map(|source| row(source.html(), &|of| called(of) == *source)).collect();
        if rows.len() > 1 {
            rows.push(row(Words::new(self.word("recommendation.total")).html(), &|_| true));
        }
        CountTable { columns: used.iter().map(|state| self.recommendation_state(*state)).collect(), rows }
    }

    fn recommendation_state(&self, state: RecommendationState) -> StateView {
        let word = match state {
            RecommendationState::Open => "recommendation.state.open",
            RecommendationState::InProgress => "recommendation.state.in-progress",
            RecommendationState::Done => "recommendation.state.done",
            RecommendationState::Declined => "recommendation.state.declined",
        };
        StateView { name: state.name(), word: self.word(word).to_owned() }
    }
}
