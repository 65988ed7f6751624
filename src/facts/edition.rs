//! Editions: the summaries of all policies of a fiscal year, put in order, counted and compared.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::expenditure::total;
use super::frozen;
use super::order::compare_numbers;
use super::policy::{ChangedSince, Summarised, summarise};
use super::series::History;
use super::{AreaSummary, ComparedCounts, EditionFacts, Facts, Mark, PolicySummary, VerdictChange, VerdictCounts};
use crate::model::{FiscalYear, Policy, Portal, Sheet, VerdictName};

/// Derives the summaries of every edition. The same portal gives the same facts, however many threads there are.
pub fn derive(portal: &Portal) -> Facts {
    derive_again(portal, &mut super::Kept::default())
}

/// [`derive()`], which takes over what `kept` holds of policies that are as they were.
pub fn derive_again(portal: &Portal, kept: &mut super::Kept) -> Facts {
    let of_policy = |policy: &Policy, before: Option<&Vec<Summarised>>| {
        summaries(portal, policy, before.map_or(&[], Vec::as_slice))
    };
    let ledgers = frozen::ledgers(portal);
    kept.summaries.renew(&portal.policies, |policy| frozen::around(portal, &ledgers, policy), of_policy);
    let mut by_year: BTreeMap<FiscalYear, Vec<&Summarised>> = BTreeMap::new();
    for summarised in kept.summaries.iter().flatten() {
        by_year.entry(summarised.year).or_default().push(summarised);
    }
    let previous = std::iter::once(None).chain(by_year.keys().copied().map(Some)).collect::<Vec<_>>();
    let by_year: Vec<_> = by_year.into_iter().zip(previous).collect();
    let before = std::mem::take(&mut kept.editions);
    let editions = by_year.into_par_iter().map(|((year, policies), previous)| {
        let is_frozen = portal.ledger(year).is_some();
        let before = before.get(&year).filter(|before| before.facts.compared.is_some() == is_frozen);
        if let Some(before) = before.filter(|before| before.is_of(&policies, previous)) {
            return (year, before.clone());
        }
        let order = in_order(&policies, before.map(|before| &before.order));
        let facts = edition(portal, year, &order, previous);
        (year, Kept { order: order.into_iter().map(|(index, _)| index).collect(), previous, facts })
    });
    kept.editions = editions.collect();
    Facts { editions: kept.editions.values().map(|edition| edition.facts.clone()).collect() }
}

/// Series whose verdict is another than in the edition `before`, also of policies that only go on under another id.
pub fn changed_verdicts<'e>(
    portal: &Portal,
    before: Option<&EditionFacts>,
    edition: &'e EditionFacts,
) -> Cow<'e, [VerdictChange]> {
    let Some(before) = before.filter(|_| !portal.lineage.is_empty()) else { return Cow::Borrowed(&edition.changed) };
    let mut found = edition.changed.clone();
    for (index, policy) in edition.policies.iter().enumerate().filter(|(_, of)| !of.sheet.successor_of.is_empty()) {
        let renamed = portal.renamed_from(&policy.sheet, before.year);
        let earlier = renamed.and_then(|sheet| before.policies.iter().find(|of| Arc::ptr_eq(&of.sheet, sheet)));
        let verdicts = earlier.map(|earlier| changed(earlier, policy).verdicts).unwrap_or_default();
        found.extend(verdicts.into_iter().map(|(mark, before)| VerdictChange { policy: index, mark, before }));
    }
    found.sort_by_key(|of| (of.policy, of.mark));
    Cow::Owned(found)
}

/// An edition, and what it follows from.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    /// Of its policies, as indices into their order by id.
    order: Arc<[usize]>,
    previous: Option<FiscalYear>,
    facts: EditionFacts,
}

impl Kept {
    /// Whether the edition is made of these policies, given in the order of ids.
    fn is_of(&self, policies: &[&Summarised], previous: Option<FiscalYear>) -> bool {
        let same = |(at, summary): (&usize, &Arc<PolicySummary>)| {
            policies.get(*at).is_some_and(|summarised| Arc::ptr_eq(&summarised.summary, summary))
        };
        self.previous == previous
            && self.order.len() == policies.len()
            && self.order.iter().zip(self.facts.policies.iter()).all(same)
    }
}

/// The summaries of a policy in the editions of its sheets, ascending. One that is as it was before is the same one.
fn summaries(portal: &Portal, policy: &Policy, before: &[Summarised]) -> Vec<Summarised> {
    let history = History::new(policy);
    let mut summaries: Vec<Summarised> = Vec::with_capacity(policy.sheets.len());
    for sheet in &policy.sheets {
        let compared = frozen::compared(portal, policy, sheet.year).map(|compared| compared.counts);
        let mut summarised = summarise(portal, &history, sheet, compared);
        summarised.changed = summaries.last().map(|before| changed(&before.summary, &summarised.summary));
        let known = before.iter().find(|known| known.says_the_same(&summarised));
        summaries.push(known.cloned().unwrap_or(summarised));
    }
    summaries
}

/// The policies in their order, each with its index in the order of ids. Beginning with the order that they had before,
/// hardly anything is left to be put in order.
fn in_order<'s>(policies: &[&'s Summarised], before: Option<&Arc<[usize]>>) -> Vec<(usize, &'s Summarised)> {
    let before = before.filter(|order| order.len() == policies.len());
    let order = before.map_or_else(|| (0..policies.len()).collect(), |before| before.to_vec());
    let mut policies: Vec<_> = order.into_iter().filter_map(|at| Some((at, *policies.get(at)?))).collect();
    policies.sort_by(|(_, a), (_, b)| sheet_order(&a.summary.sheet, &b.summary.sheet));
    policies
}

fn edition(
    portal: &Portal,
    year: FiscalYear,
    order: &[(usize, &Summarised)],
    previous: Option<FiscalYear>,
) -> EditionFacts {
    let mut reached_early = Vec::new();
    let mut changed = Vec::new();
    let mut policies = Vec::with_capacity(order.len());
    for (index, (_, summarised)) in order.iter().enumerate() {
        reached_early.extend(summarised.reached_early.iter().map(|mark| (index, *mark)));
        // Policies that both editions have.
        if let Some(since) = summarised.changed.as_ref().filter(|since| Some(since.year) == previous) {
            let verdicts = since.verdicts.iter();
            changed.extend(verdicts.map(|(mark, before)| VerdictChange {
                policy: index,
                mark: *mark,
                before: *before,
            }));
        }
        policies.push(Arc::clone(&summarised.summary));
    }
    let mut counts = VerdictCounts::default();
    policies.iter().for_each(|policy| counts.merge(&policy.counts));
    let divergent = policies.iter().enumerate().filter(|(_, policy)| diverges(portal, policy));
    EditionFacts {
        year,
        areas: areas(portal, &policies),
        counts,
        settled: total(policies.iter().map(Arc::as_ref)),
        attention: attention(&policies),
        reached_early,
        divergent: divergent.map(|(index, _)| index).collect(),
        compared: portal.ledger(year).map(|_| compared_counts(&policies)),
        changed,
        policies: policies.into(),
    }
}

/// Areas as in portal.yaml, then numbers as people sort them, then ids.
fn sheet_order(a: &Sheet, b: &Sheet) -> Ordering {
    a.area
        .cmp(&b.area)
        .then_with(|| compare_numbers(a.number.as_deref(), b.number.as_deref()))
        .then_with(|| a.policy.cmp(&b.policy))
}

fn areas(portal: &Portal, policies: &[Arc<PolicySummary>]) -> Vec<AreaSummary> {
    let mut own: Vec<Vec<usize>> = vec![Vec::new(); portal.areas.len()];
    let mut of_children = own.clone();
    for (index, policy) in policies.iter().enumerate() {
        if let Some(own) = own.get_mut(policy.sheet.area) {
            own.push(index);
        }
        // A chain of parents is never longer than the list of areas.
        let mut area = policy.sheet.area;
        for _ in 0..portal.areas.len() {
            let Some(parent) = portal.areas.get(area).and_then(|area| area.parent) else { break };
            if let Some(inherited) = of_children.get_mut(parent) {
                inherited.push(index);
            }
            area = parent;
        }
    }
    let summary = |(area, (mut indices, inherited)): (usize, (Vec<usize>, Vec<usize>))| {
        indices.extend(inherited);
        let of_area = || indices.iter().filter_map(|index| policies.get(*index)).map(Arc::as_ref);
        let mut counts = VerdictCounts::default();
        of_area().for_each(|policy| counts.merge(&policy.counts));
        let settled = total(of_area());
        (!indices.is_empty()).then_some(AreaSummary { area, policies: indices, counts, settled })
    };
    own.into_iter().zip(of_children).enumerate().filter_map(summary).collect()
}

/// Worse-than-baseline first, then behind; each by pace, the slowest first, those without a pace after them. An indicator
/// that has ended asks for nobody's attention any more.
fn attention(policies: &[Arc<PolicySummary>]) -> Vec<(usize, usize)> {
    let severity = |mark: &Mark| match mark.verdict {
        VerdictName::WorseThanBaseline => Some(0_u8),
        VerdictName::Behind => Some(1),
        _ => None,
    };
    let mut found = Vec::new();
    for (index, policy) in policies.iter().enumerate() {
        let followed = |mark: &Mark| {
            let ended = policy.sheet.indicators.get(mark.indicator).and_then(|indicator| indicator.ended.as_ref());
            ended.is_none_or(|ended| ended.year > policy.sheet.year)
        };
        let marks = policy.marks.iter().enumerate().filter(|(_, mark)| followed(mark));
        found.extend(marks.filter_map(|(mark_index, mark)| Some((severity(mark)?, mark.pace, (index, mark_index)))));
    }
    found.sort_by_key(|(severity, pace, place)| (*severity, pace.is_none(), *pace, *place));
    found.into_iter().map(|(_, _, place)| place).collect()
}

/// Whether a grade of the year stands for a verdict two steps or more from the policy's lower median.
fn diverges(portal: &Portal, policy: &PolicySummary) -> bool {
    let Some(median) = policy.median else { return false };
    let sheet = &policy.sheet;
    let of_the_year = sheet.grades.iter().filter(|grade| grade.year.is_none_or(|year| year == sheet.year));
    let meant = of_the_year.filter_map(|grade| {
        let id = grade.grade.as_deref()?;
        portal.grades.iter().find(|legend| legend.id.as_ref() == id)?.verdict
    });
    let mut judged = meant.filter(|verdict| *verdict != VerdictName::Undecided);
    judged.any(|verdict| (verdict as usize).abs_diff(median as usize) >= 2)
}

/// Series of a policy with another verdict than in an earlier edition.
fn changed(earlier: &PolicySummary, policy: &PolicySummary) -> ChangedSince {
    let verdicts: BTreeMap<_, _> =
        earlier.marks.iter().filter_map(|mark| Some((series_id(earlier, mark)?, mark.verdict))).collect();
    let mut changed = Vec::new();
    for (index, mark) in policy.marks.iter().enumerate() {
        let before = series_id(policy, mark).and_then(|id| verdicts.get(&id));
        changed.extend(before.filter(|before| **before != mark.verdict).map(|before| (index, *before)));
    }
    ChangedSince { year: earlier.sheet.year, verdicts: changed }
}

/// The ids that a series keeps over the years.
fn series_id<'p>(policy: &'p PolicySummary, mark: &Mark) -> Option<(&'p str, Option<&'p str>)> {
    let indicator = policy.sheet.indicators.get(mark.indicator)?;
    let component = match mark.component {
        Some(component) => Some(indicator.components.get(component)?.id.as_ref()),
        None => None,
    };
    Some((indicator.id.as_ref(), component))
}

fn compared_counts(policies: &[Arc<PolicySummary>]) -> ComparedCounts {
    let mut counts = ComparedCounts::default();
    policies.iter().filter_map(|policy| policy.compared).for_each(|of| counts.merge(of));
    counts
}
