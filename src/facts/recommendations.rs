//! Recommendations from outside, as an edition knows them: those that were made up to its publication, with what had been
//! answered by then.

use super::EditionFacts;
use crate::diagnostic::{Code, Diagnostic, Message, Place, Report};
use crate::model::{FiscalYear, Portal, PublicationStatus, Recommendation, RecommendationState, Response, Sheet};
use jiff::civil::Date;
use std::sync::Arc;

/// A recommendation in an edition.
#[derive(Clone, Debug)]
pub struct Recommended<'p> {
    pub recommendation: &'p Recommendation,
    /// Where it is written; `None`: in portal.yaml.
    pub sheet: Option<&'p Sheet>,
    /// Its place in the list there, from 1.
    pub number: usize,
    /// The id of the policy that it speaks of.
    pub policy: Option<&'p str>,
    pub state: RecommendationState,
    /// As far as the edition knows them.
    pub responses: Vec<&'p Response>,
    /// Its day had passed when the edition was published, and it was still open.
    pub overdue: bool,
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
pub fn recommendations<'p>(portal: &'p Portal, edition: &'p EditionFacts) -> Vec<Recommended<'p>> {
    let mut found: Vec<_> = of_portal(portal, edition.year).collect();
    for summary in edition.policies.iter().filter(|summary| !summary.sheet.recommendations.is_empty()) {
        found.extend(of_sheet(portal, &summary.sheet));
    }
    sort(&mut found);
    found
}

/// Those that speak of the policy of a sheet, or of what it goes on from.
pub fn recommendations_for<'p>(portal: &'p Portal, sheet: &'p Sheet) -> Vec<Recommended<'p>> {
    if sheet.recommendations.is_empty() && portal.recommendations.is_empty() {
        return Vec::new();
    }
    let earlier = portal.earlier(sheet);
    let is_of = |id: &str| *id == *sheet.policy || earlier.iter().any(|of| *of.policy == *id);
    let mut found: Vec<_> = of_portal(portal, sheet.year).filter(|of| of.policy.is_some_and(is_of)).collect();
    found.extend(of_sheet(portal, sheet));
    sort(&mut found);
    found
}

/// Whether an edition shows any.
pub fn has_recommendations(portal: &Portal, edition: &EditionFacts) -> bool {
    edition.policies.iter().any(|summary| !summary.sheet.recommendations.is_empty())
        || of_portal(portal, edition.year).next().is_some()
}

fn sort(found: &mut [Recommended<'_>]) {
    let place = |of: &Recommended<'_>| (of.recommendation.date, of.sheet.is_some(), of.number);
    found.sort_by(|a, b| place(a).cmp(&place(b)).then_with(|| a.policy.cmp(&b.policy)));
}

/// The day up to which an edition knows what portal.yaml says: that of its publication; without one, the end of the year in
/// which it is made, which follows the evaluated one.
fn known_until(portal: &Portal, year: FiscalYear) -> Option<Date> {
    published(portal, year).or_else(|| Date::new(i16::try_from(year.get()).ok()? + 2, 3, 31).ok())
}

fn published(portal: &Portal, year: FiscalYear) -> Option<Date> {
    portal.edition(year)?.published.as_deref()?.parse().ok()
}

fn of_portal(portal: &Portal, year: FiscalYear) -> impl Iterator<Item = Recommended<'_>> {
    let until = known_until(portal, year);
    let all = portal.recommendations.iter().zip(1..);
    let known = all.filter(move |(of, _)| until.is_none_or(|day| of.date <= day));
    known.map(move |(of, number)| recommended(portal, (of, number), None, year, until))
}

/// What a sheet says was known when it was written, whatever day stands beside it.
fn of_sheet<'p>(portal: &'p Portal, sheet: &'p Sheet) -> impl Iterator<Item = Recommended<'p>> {
    sheet.recommendations.iter().zip(1..).map(move |of| recommended(portal, of, Some(sheet), sheet.year, None))
}

fn recommended<'p>(
    portal: &'p Portal,
    (of, number): (&'p Recommendation, usize),
    sheet: Option<&'p Sheet>,
    year: FiscalYear,
    until: Option<Date>,
) -> Recommended<'p> {
    let state = of.state_on(until);
    let late = of.due.zip(published(portal, year)).is_some_and(|(due, published)| due < published);
    Recommended {
        recommendation: of,
        sheet,
        number,
        policy: sheet.map(|sheet| &*sheet.policy).or(of.policy.as_deref()),
        state,
        responses: of.responses_by(until).collect(),
        overdue: late && state.is_open(),
    }
}

/// A recommendation that is still open today, as far as anybody said.
#[derive(Clone, Copy, Debug)]
pub struct StillOpen<'p> {
    pub recommendation: &'p Recommendation,
    /// Where it is written; `None`: in portal.yaml.
    pub sheet: Option<&'p Sheet>,
    pub number: usize,
    pub state: RecommendationState,
    /// The day that it was to be followed by has passed.
    pub overdue: bool,
}

/// What is open: of portal.yaml, and of the last sheet of every policy. A day has passed where `today` is behind it, or the
/// publication of any edition.
pub fn still_open(portal: &Portal, today: Option<Date>) -> Vec<StillOpen<'_>> {
    let of_portal = portal.recommendations.iter().zip(1..).map(|(of, number)| (of, None, number));
    let last = portal.policies.iter().filter(|policy| portal.lineage.after(&policy.id).is_empty());
    let last = last.filter_map(|policy| policy.sheets.last()).filter(|sheet| !sheet.recommendations.is_empty());
    let of_sheets = last
        .flat_map(|sheet| sheet.recommendations.iter().zip(1..).map(move |(of, number)| (of, Some(&**sheet), number)));
    let all: Vec<_> = of_portal.chain(of_sheets).collect();
    if all.is_empty() {
        return Vec::new();
    }
    let day = portal.editions.iter().filter_map(|edition| published(portal, edition.year)).max().max(today);
    let open = all.into_iter().filter(|(of, ..)| of.state_on(None).is_open());
    open.map(|(recommendation, sheet, number)| StillOpen {
        recommendation,
        sheet,
        number,
        state: recommendation.state_on(None),
        overdue: recommendation.due.zip(day).is_some_and(|(due, day)| due < day),
    })
    .collect()
}

/// Warns of recommendations that nobody answered (`unanswered-recommendation`), and of those whose day has passed
/// (`overdue-recommendation`). What stands in a draft is still being written.
pub(super) fn review(portal: &Portal, report: &mut Report) {
    for of in still_open(portal, portal.as_of) {
        let is_draft = of.sheet.is_some_and(|sheet| sheet.status == PublicationStatus::Draft);
        if is_draft {
            continue;
        }
        let is_unanswered = of.recommendation.is_unanswered(None);
        match (of.overdue, is_unanswered) {
            (true, _) => report.add(overdue(portal, &of)),
            (false, true) => report.add(unanswered(portal, &of)),
            (false, false) => {}
        }
    }
}

fn place(of: &StillOpen<'_>) -> Place {
    let path = of.sheet.map_or("portal.yaml", |sheet| &sheet.path);
    Place { file: Arc::from(format!("content/{path}")), at: of.recommendation.at }
}

fn named(portal: &Portal, of: &StillOpen<'_>) -> (String, Date) {
    (of.recommendation.source.get(portal.first_language()).to_owned(), of.recommendation.date)
}

fn unanswered(portal: &Portal, of: &StillOpen<'_>) -> Diagnostic {
    let (source, date) = named(portal, of);
    let message = Message::new(
        format!("{source}の提言({date})に、まだ回答がありません"),
        format!("the recommendation by `{source}` of {date} is not answered"),
    );
    Diagnostic::new(Code::UnansweredRecommendation, place(of), message).help(
        "「response: …」に市の対応を、「state:」に open(未対応)・in-progress(対応中)・done(対応済み)・declined(対応しない) を書いてください",
        "write what the city does about it as `response: …`, and `state:` open, in-progress, done or declined",
    )
}

fn overdue(portal: &Portal, of: &StillOpen<'_>) -> Diagnostic {
    let (source, date) = named(portal, of);
    let due = of.recommendation.due.map(|due| due.to_string()).unwrap_or_default();
    let message = Message::new(
        format!("{source}の提言({date})の期限 {due} が過ぎていますが、対応が終わっていません"),
        format!("the recommendation by `{source}` of {date} was due on {due} and is still open"),
    );
    Diagnostic::new(Code::OverdueRecommendation, place(of), message).help(
        "終わっていれば state を done(対応済み)に、対応しないことにしたのなら declined(対応しない)にしてください。延ばしたのなら due を直し、理由を response に書いてください",
        "where it was followed, write state: done, where it will not be, declined; where it was put off, correct `due` and say why in `response`",
    )
}
