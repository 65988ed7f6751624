//! What the sheets of several years say of one recommendation, put together.

use super::{joined, known_until};
use crate::model::{FiscalYear, Portal, Recommendation, RecommendationState, Response, Sheet};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One place where a recommendation is written.
#[derive(Clone, Copy, Debug)]
pub struct Telling<'p> {
    pub recommendation: &'p Recommendation,
    /// `None`: portal.yaml.
    pub sheet: Option<&'p Sheet>,
    /// Its place in the list there, from 1.
    pub number: usize,
}

/// What the city answered, and where that is written.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'p> {
    pub response: &'p Response,
    /// `None`: in portal.yaml.
    pub sheet: Option<&'p Sheet>,
}

/// A recommendation as it is known on a day.
#[derive(Clone, Debug)]
pub struct Known<'p> {
    /// The last place that speaks of it.
    pub told: Telling<'p>,
    /// In the order of their days.
    pub answers: Vec<Answer<'p>>,
    pub state: RecommendationState,
    /// By when it is to be followed, as the last place says it that does.
    pub due: Option<Date>,
    /// So the indicator that it speaks of.
    pub indicator: Option<&'p str>,
}

impl Known<'_> {
    /// Whether nothing was answered; a state is no answer.
    pub fn is_unanswered(&self) -> bool {
        self.state == RecommendationState::Open && self.answers.iter().all(|of| of.response.text.is_none())
    }
}

/// One recommendation over the years: portal.yaml's telling, where there is one, then those of sheets, the last of the last
/// year. There is always one.
#[derive(Clone, Debug)]
pub struct Thread<'p>(Vec<Telling<'p>>);

impl<'p> Thread<'p> {
    pub fn of(told: Telling<'p>) -> Self {
        Self(vec![told])
    }

    /// Goes on with what portal.yaml says of the same.
    pub fn join(&mut self, of_portal: Telling<'p>) {
        self.0.insert(0, of_portal);
    }

    /// What portal.yaml says of it.
    pub fn portal(&self) -> Option<Telling<'p>> {
        self.0.first().filter(|of| of.sheet.is_none()).copied()
    }

    /// Whether portal.yaml says something of what sheets tell.
    pub fn is_joined(&self) -> bool {
        self.portal().is_some()
    }

    /// The sheets that tell it, and what they tell.
    pub fn sheets(&self) -> impl Iterator<Item = (&'p Sheet, &'p Recommendation)> {
        self.0.iter().filter_map(|of| Some((of.sheet?, of.recommendation)))
    }

    /// As it is known on a day. `None` where it was made later.
    pub fn known(&self, portal: &Portal, until: Option<Date>) -> Option<Known<'p>> {
        let is_known = |of: &&Telling<'_>| until.is_none_or(|day| of.recommendation.date <= day);
        let told = *self.0.iter().rfind(is_known)?;
        let mut answers = self.answers_of_sheets(until);
        if let Some(of_portal) = self.portal().filter(|of| is_known(&of)) {
            let said = of_portal.recommendation.responses_by(until);
            said.for_each(|response| joined::place(portal, Answer { response, sheet: None }, &mut answers));
        }
        let state = RecommendationState::said_by(answers.iter().map(|of| of.response));
        // What a later sheet leaves out of these is not there any more; portal.yaml may say it for all of them.
        let mut sources = [Some(told), self.portal().filter(|of| is_known(&of))].into_iter().flatten();
        let due = sources.clone().find_map(|of| of.recommendation.due);
        let indicator = sources.find_map(|of| of.recommendation.indicator.as_deref());
        Some(Known { told, answers, state, due, indicator })
    }

    /// What sheets answered up to a day, in the order of their days.
    pub fn answers_of_sheets(&self, until: Option<Date>) -> Vec<Answer<'p>> {
        let mut answers: Vec<Answer<'p>> = Vec::new();
        for (sheet, recommendation) in self.sheets().filter(|(_, of)| until.is_none_or(|day| of.date <= day)) {
            let said: Vec<_> = recommendation.responses_by(until).collect();
            if said.is_empty() {
                continue;
            }
            // What has no day holds until a later sheet says something; what has one was said, unless it is said anew.
            answers.retain(|of| of.response.date.is_some() && said.iter().all(|new| new.date != of.response.date));
            answers.extend(said.into_iter().map(|response| Answer { response, sheet: Some(sheet) }));
        }
        answers.sort_by_key(|of| (of.response.date.is_none(), of.response.date));
        answers
    }

    /// The same as an edition knows it: by the sheets up to its year, and up to the day of its publication.
    pub fn in_edition(&self, portal: &Portal, year: FiscalYear) -> Option<Known<'p>> {
        let by_then = |of: &&Telling<'_>| of.sheet.is_none_or(|sheet| sheet.year <= year);
        Self(self.0.iter().filter(by_then).copied().collect()).known(portal, known_until(portal, year))
    }
}

/// The recommendations of some sheets, each once. What one sheet says of a recommendation, an earlier one of the policy, or
/// of what the policy took over, may have said before ([`Recommendation::is_same`]).
pub fn threads<'p>(portal: &'p Portal, sheets: impl Iterator<Item = &'p Arc<Sheet>>) -> Vec<Thread<'p>> {
    let mut sheets: Vec<_> = sheets.filter(|sheet| !sheet.recommendations.is_empty()).collect();
    sheets.sort_by_key(|sheet| sheet.year);
    let first = portal.first_language();
    let mut threads: Vec<Thread<'p>> = Vec::new();
    let mut by_policy: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for sheet in sheets {
        let before: Vec<usize> =
            family(portal, sheet).into_iter().filter_map(|id| by_policy.get(id)).flatten().copied().collect();
        let own = by_policy.entry(&sheet.policy).or_default();
        for (recommendation, number) in sheet.recommendations.iter().zip(1..) {
            let mut tellings = Vec::new();
            for index in &before {
                let Some(thread) = threads.get_mut(*index) else { continue };
                let is_same = thread.0.last().is_some_and(|last| {
                    last.sheet.is_some_and(|of| of.year < sheet.year)
                        && last.recommendation.is_same(recommendation, first)
                });
                if is_same {
                    // Several, where policies that were told the same became one.
                    tellings.append(&mut thread.0);
                }
            }
            tellings.sort_by_key(|of: &Telling<'_>| of.sheet.map(|sheet| sheet.year));
            tellings.push(Telling { recommendation, sheet: Some(sheet), number });
            own.push(threads.len());
            threads.push(Thread(tellings));
        }
    }
    threads.retain(|thread| !thread.0.is_empty());
    threads
}

/// The policy of a sheet, and those that it came from.
pub fn family<'p>(portal: &'p Portal, sheet: &'p Sheet) -> BTreeSet<&'p str> {
    let mut ids = BTreeSet::from([&*sheet.policy]);
    if !portal.lineage.is_empty() {
        let earlier = portal.earlier(sheet);
        let known = earlier.iter().filter_map(|of| portal.policy(&of.policy));
        ids.extend(known.map(|policy| &*policy.id));
    }
    ids
}
