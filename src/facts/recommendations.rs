//! Recommendations from outside, as an edition knows them: those that were made up to its publication, with what had been
//! answered by then, in portal.yaml and in sheets alike.
//!
//! What a sheet or portal.yaml says is known in later editions, too: a recommendation stays in them until one has shown
//! that it is closed, whether or not the later sheets name it again.

mod dates;
mod joined;
mod review;
mod threads;

pub(super) use review::review;
pub use threads::Answer;

use super::EditionFacts;
use crate::model::{FiscalYear, Portal, Recommendation, RecommendationState, Sheet};
use jiff::civil::Date;
use std::sync::Arc;
use threads::{Known, Telling, Thread, family, threads};

/// A recommendation in an edition.
#[derive(Clone, Debug)]
pub struct Recommended<'p> {
    pub recommendation: &'p Recommendation,
    /// Where it is written: the last sheet that does; `None`: in portal.yaml.
    pub sheet: Option<&'p Sheet>,
    /// Its place in the list there, from 1.
    pub number: usize,
    /// The id of the policy that it speaks of.
    pub policy: Option<&'p str>,
    pub indicator: Option<&'p str>,
    pub due: Option<Date>,
    pub state: RecommendationState,
    /// As far as the edition knows them, in the order of their days.
    pub answers: Vec<Answer<'p>>,
    /// Its day had passed when the edition was published, and it was still open.
    pub overdue: bool,
    /// The sheet of an earlier edition that it comes from, where none of the edition's own names it.
    pub carried: Option<&'p Sheet>,
}

impl Recommended<'_> {
    /// `2024/industry#recommendations/1`, `portal#recommendations/1`.
    pub fn address(&self) -> String {
        let number = self.number;
        match self.sheet {
            Some(sheet) => format!("{}/{}#recommendations/{number}", sheet.year, sheet.policy),
            None => format!("portal#recommendations/{number}"),
        }
    }
}

/// Every recommendation that an edition shows, the oldest first.
pub fn recommendations<'p>(portal: &'p Portal, edition: &EditionFacts) -> Vec<Recommended<'p>> {
    let mut found: Vec<_> = shown(portal, edition.year).collect();
    sort(&mut found);
    found
}

/// Those that speak of the policy of a sheet, or of what it goes on from.
pub fn recommendations_for<'p>(portal: &'p Portal, sheet: &'p Sheet) -> Vec<Recommended<'p>> {
    if portal.recommended_to.is_empty() && portal.recommendations.is_empty() {
        return Vec::new();
    }
    let family = family(portal, sheet);
    let mut told = Vec::new();
    if family.iter().any(|id| is_recommended_to(portal, id)) {
        let mut ids = family.clone();
        // Another policy that came from the same one may have taken a recommendation with it.
        ids.extend(family.iter().flat_map(|id| portal.became(id, sheet.year)).map(|of| &*of.policy));
        told = threads(portal, sheets_of(portal, ids, sheet.year));
    }
    let threads = joined::with_portal(portal, told, Some(sheet.year));
    let shown = threads.iter().filter_map(|thread| in_edition(portal, thread, sheet.year));
    let is_of = |of: &Recommended<'_>| match of.sheet {
        Some(told) => leads_to(portal, told, sheet),
        None => of.policy.is_some_and(|id| family.contains(id)),
    };
    let mut found: Vec<_> = shown.filter(is_of).collect();
    sort(&mut found);
    found
}

/// Whether an edition shows any.
pub fn has_recommendations(portal: &Portal, edition: &EditionFacts) -> bool {
    let year = edition.year;
    let until = known_until(portal, year);
    let is_known = |of: &Recommendation| until.is_none_or(|day| of.date <= day);
    let own = || portal.recommended_to.iter().filter_map(|id| portal.policy(id)?.sheet(year));
    own().any(|sheet| sheet.recommendations.iter().any(is_known)) || shown(portal, year).next().is_some()
}

fn sort(found: &mut [Recommended<'_>]) {
    let place = |of: &Recommended<'_>| (of.recommendation.date, of.sheet.is_some(), of.number);
    found.sort_by(|a, b| place(a).cmp(&place(b)).then_with(|| a.policy.cmp(&b.policy)));
}

/// The day up to which an edition knows what is said: that of its publication; without one, the end of the year in which
/// it is made, which follows the evaluated one.
pub(super) fn known_until(portal: &Portal, year: FiscalYear) -> Option<Date> {
    published(portal, year).or_else(|| Date::new(i16::try_from(year.get()).ok()? + 2, 3, 31).ok())
}

fn published(portal: &Portal, year: FiscalYear) -> Option<Date> {
    portal.edition(year)?.published.as_deref()?.parse().ok()
}

fn is_recommended_to(portal: &Portal, id: &str) -> bool {
    portal.recommended_to.binary_search_by(|of| (**of).cmp(id)).is_ok()
}

/// Of portal.yaml, and of all policies, also those that have no sheet in the edition: nothing that is open is over by that.
fn shown(portal: &Portal, year: FiscalYear) -> impl Iterator<Item = Recommended<'_>> {
    let ids = portal.recommended_to.iter().map(AsRef::as_ref);
    let threads = joined::with_portal(portal, threads(portal, sheets_of(portal, ids, year)), Some(year));
    threads.into_iter().filter_map(move |thread| in_edition(portal, &thread, year))
}

/// The sheets of some policies up to a year.
fn sheets_of<'p>(
    portal: &'p Portal,
    ids: impl IntoIterator<Item = &'p str>,
    year: FiscalYear,
) -> impl Iterator<Item = &'p Arc<Sheet>> {
    let policies = ids.into_iter().filter_map(|id| portal.policy(id));
    policies.flat_map(|policy| &policy.sheets).filter(move |sheet| sheet.year <= year)
}

/// As an edition shows it: where its own sheet names it, or, in an earlier one or in portal.yaml, it stands and the edition
/// before did not show it closed.
fn in_edition<'p>(portal: &'p Portal, thread: &Thread<'p>, year: FiscalYear) -> Option<Recommended<'p>> {
    let known = thread.in_edition(portal, year)?;
    let is_own = known.told.sheet.is_some_and(|sheet| sheet.year == year);
    if !is_own && !known.state.is_open() {
        let before = edition_before(portal, year).and_then(|before| thread.in_edition(portal, before));
        if before.is_some_and(|before| !before.state.is_open()) {
            return None;
        }
    }
    Some(recommended(portal, known, year))
}

/// Whether what stands in `told` is shown on the page of `sheet`: of the same policy, or of one that took the place of it.
fn leads_to(portal: &Portal, told: &Sheet, sheet: &Sheet) -> bool {
    let goes_on = || portal.policy(&told.policy).is_some_and(|policy| policy.sheet(sheet.year).is_some());
    let became = || portal.became(&told.policy, sheet.year).iter().any(|of| of.policy == sheet.policy);
    told.policy == sheet.policy || (!goes_on() && became())
}

fn edition_before(portal: &Portal, year: FiscalYear) -> Option<FiscalYear> {
    let mut found = None;
    for sheet in portal.policies.iter().flat_map(|policy| &policy.sheets).filter(|sheet| sheet.year < year) {
        found = found.max(Some(sheet.year));
        if found == Some(year.previous()) {
            break;
        }
    }
    found
}

fn recommended<'p>(portal: &'p Portal, known: Known<'p>, year: FiscalYear) -> Recommended<'p> {
    let Known { told, answers, state, due, indicator } = known;
    let Telling { recommendation, sheet, number } = told;
    let late = due.zip(published(portal, year)).is_some_and(|(due, published)| due < published);
    Recommended {
        recommendation,
        sheet,
        number,
        policy: sheet.map(|sheet| &*sheet.policy).or(recommendation.policy.as_deref()),
        indicator,
        due,
        state,
        answers,
        overdue: late && state.is_open(),
        carried: sheet.filter(|sheet| sheet.year < year),
    }
}

/// A recommendation that is still open today, as far as anybody said.
#[derive(Clone, Debug)]
pub struct StillOpen<'p> {
    pub recommendation: &'p Recommendation,
    /// The last sheet that names it; `None`: it stands in portal.yaml.
    pub sheet: Option<&'p Sheet>,
    pub due: Option<Date>,
    pub is_unanswered: bool,
    /// The day that it was to be followed by has passed.
    pub overdue: bool,
}

/// What is open, of portal.yaml and of every sheet. A day has passed where `today` is behind it, or the publication of any
/// edition.
pub fn still_open(portal: &Portal, today: Option<Date>) -> Vec<StillOpen<'_>> {
    let day = portal.editions.iter().filter_map(|edition| published(portal, edition.year)).max().max(today);
    let open = known_today(portal).into_iter().filter(|known| known.state.is_open());
    open.map(|known| StillOpen {
        recommendation: known.told.recommendation,
        sheet: known.told.sheet,
        due: known.due,
        is_unanswered: known.is_unanswered(),
        overdue: known.due.zip(day).is_some_and(|(due, day)| due < day),
    })
    .collect()
}

/// Every recommendation, with everything that anybody said of it.
fn known_today(portal: &Portal) -> Vec<Known<'_>> {
    threads_today(portal).iter().filter_map(|thread| thread.known(portal, None)).collect()
}

fn threads_today(portal: &Portal) -> Vec<Thread<'_>> {
    let recommended_to = portal.recommended_to.iter().filter_map(|id| portal.policy(id));
    joined::with_portal(portal, threads(portal, recommended_to.flat_map(|policy| &policy.sheets)), None)
}
/// The recommendations of a policy's last sheet, counted from 1, about which nothing is to be done any more: the sheet
/// closes them, or portal.yaml does.
pub fn closed_in(portal: &Portal, sheet: &Sheet) -> Vec<usize> {
    let own = sheet.recommendations.iter().zip(1..).filter(|(of, _)| !of.state_on(None).is_open());
    let mut closed: Vec<usize> = own.map(|(_, number)| number).collect();
    let known = known_today(portal).into_iter().filter(|of| !of.state.is_open()).map(|of| of.told);
    closed.extend(known.filter(|of| of.sheet.is_some_and(|of| of.path == sheet.path)).map(|of| of.number));
    closed
}
