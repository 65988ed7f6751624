//! A recommendation that stands in portal.yaml and in a sheet, too, is one: what both say of it is put together.

use super::known_until;
use super::threads::{Answer, Telling, Thread};
use crate::model::{FiscalYear, Portal, Recommendation, Response, Sheet, Text};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The recommendations of sheets with those of portal.yaml, each once: of those that stand in both, the thread of the
/// sheets goes on with what portal.yaml says.
///
/// Where portal.yaml names no policy, the sheets (up to `year`, whose edition is made) must all be of one: what several
/// were told, each of them answers for itself.
pub fn with_portal<'p>(portal: &'p Portal, mut threads: Vec<Thread<'p>>, year: Option<FiscalYear>) -> Vec<Thread<'p>> {
    let mut apart = Vec::new();
    for (recommendation, number) in portal.recommendations.iter().zip(1..) {
        let telling = Telling { recommendation, sheet: None, number };
        let found = || threads.iter().position(|thread| is_told_by(portal, recommendation, thread, year));
        match found().and_then(|at| threads.get_mut(at)) {
            Some(thread) => thread.join(telling),
            None => apart.push(Thread::of(telling)),
        }
    }
    apart.append(&mut threads);
    apart
}

fn is_told_by(portal: &Portal, of: &Recommendation, thread: &Thread<'_>, year: Option<FiscalYear>) -> bool {
    if thread.is_joined() {
        return false;
    }
    let mut same = thread.sheets().filter(|(_, told)| is_same(portal, of, told)).map(|(sheet, _)| &*sheet.policy);
    match of.policy.as_deref() {
        Some(policy) => same.any(|id| is_family(portal, policy, id)),
        None => same.next().is_some_and(|id| is_told_to_one(portal, of, id, year)),
    }
}

/// An id is chosen for one file alone, so that something else must speak for it as well: two of source, day and words.
/// Without the same id these are all the same, and what is said of two indicators is two recommendations.
fn is_same(portal: &Portal, one: &Recommendation, other: &Recommendation) -> bool {
    let first = portal.first_language();
    let is_named_alike = one.id.is_some() && one.id == other.id;
    if !is_named_alike && one.date != other.date {
        return false;
    }
    let words = |text: fn(&Recommendation) -> &Text| text(one).get(first).trim() == text(other).get(first).trim();
    let alike = [one.date == other.date, words(|of| &of.source), words(|of| &of.text)];
    let is_of_another = one.indicator.is_some() && other.indicator.is_some() && one.indicator != other.indicator;
    match alike.iter().filter(|same| **same).count() {
        3 => is_named_alike || !is_of_another,
        2 => is_named_alike,
        _ => false,
    }
}

/// Whether the other sheets that say it, if any, are of the same policy.
fn is_told_to_one(portal: &Portal, of: &Recommendation, id: &str, year: Option<FiscalYear>) -> bool {
    let mut others = portal.recommended_to.iter().map(AsRef::as_ref).filter(|other| *other != id);
    let says_it = |other: &str| {
        let sheets = portal.policy(other).into_iter().flat_map(|policy| &policy.sheets);
        let sheets = sheets.filter(|sheet| year.is_none_or(|year| sheet.year <= year));
        sheets.flat_map(|sheet| &sheet.recommendations).any(|told| is_same(portal, of, told))
    };
    others.all(|other| is_family(portal, id, other) || !says_it(other))
}

/// Whether two policies are one, or one came of the other.
fn is_family(portal: &Portal, one: &str, other: &str) -> bool {
    one == other || leads_to(portal, one, other) || leads_to(portal, other, one)
}

fn leads_to(portal: &Portal, id: &str, to: &str) -> bool {
    let mut seen = BTreeSet::from([id]);
    let mut next = vec![id];
    while let Some(id) = next.pop() {
        for of in portal.lineage.after(id) {
            if *of.successor == *to {
                return true;
            }
            if seen.insert(&of.successor) {
                next.push(&of.successor);
            }
        }
    }
    false
}

/// Puts what portal.yaml says of a recommendation among the answers of sheets, by its days. What has no day there comes
/// first: a sheet's word is the later one, since it is written anew every year.
pub fn place<'p>(portal: &Portal, said: Answer<'p>, answers: &mut Vec<Answer<'p>>) {
    if answers.iter().any(|of| says_as_much(of, &said)) {
        return;
    }
    let day = said.response.date;
    let is_before = |of: &Answer<'_>| day.is_some_and(|day| day_of(portal, of).is_some_and(|of| of < day));
    let at = answers.iter().rposition(is_before).map_or(0, |at| at + 1);
    // Several without a day keep their order.
    let without_day = answers.iter().take_while(|of| of.sheet.is_none() && of.response.date.is_none()).count();
    answers.insert(at.max(without_day), said);
}

/// The same answer, of the same day: someone wrote it into both.
fn says_as_much(of: &Answer<'_>, said: &Answer<'_>) -> bool {
    let (of, said) = (of.response, said.response);
    of.date == said.date
        && (said.state.is_none() || said.state == of.state)
        && (said.text.is_none() || said.text == of.text)
}

/// The day of an answer: without one, that up to which the edition of its sheet speaks.
fn day_of(portal: &Portal, of: &Answer<'_>) -> Option<Date> {
    of.response.date.or_else(|| known_until(portal, of.sheet?.year))
}

/// What portal.yaml and a sheet say otherwise of one recommendation, where no days tell which was said last.
#[derive(Clone, Copy, Debug)]
pub struct Contradiction<'p> {
    pub recommendation: &'p Recommendation,
    /// Of portal.yaml.
    pub portal: &'p Response,
    /// The last that a sheet says.
    pub sheet: (&'p Sheet, &'p Response),
}

pub fn contradiction<'p>(portal: &Portal, thread: &Thread<'p>) -> Option<Contradiction<'p>> {
    let recommendation = thread.portal()?.recommendation;
    let own = recommendation.responses.iter().rfind(|of| of.state.is_some())?;
    let answers = thread.answers_of_sheets(None);
    let last = answers.iter().rfind(|of| of.response.state.is_some())?;
    let is_in_order = match (own.date, last.response.date) {
        (Some(day), Some(other)) => day != other,
        (Some(day), None) => day_of(portal, last).is_some_and(|other| other < day),
        (None, _) => false,
    };
    if own.state == last.response.state || is_in_order {
        return None;
    }
    Some(Contradiction { recommendation, portal: own, sheet: (last.sheet?, last.response) })
}
