//! Frozen editions: what an edition publishes now, held against what it published.

mod comparison;
mod told;
mod words;

use self::comparison::Comparison;
use self::told::{nothing_published, recommendations_changed, unrecorded, vanished};
use super::Kept;
use super::later::Before;
use super::published::{published, recommendations_digest};
use crate::diagnostic::{Diagnostic, Report};
use crate::model::ledger::canonical_value;
use crate::model::per_policy::Others;
use crate::model::{
    FigureField, FigureId, FiscalYear, Policy, Portal, PublishedFigure, Revision, RuleRevision, Sheet, Value,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A policy of a frozen edition, compared with what was published.
#[derive(Clone, Debug, Default)]
pub struct Compared<'a> {
    pub counts: ComparedCounts,
    /// What is another now, as declared, texts included; in the order of figures.
    pub revised: Vec<Revised<'a>>,
}

/// How many published figures were compared; texts are not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ComparedCounts {
    pub figures: usize,
    /// Those of them that are another now, or are not there any more.
    pub revised: usize,
}

impl ComparedCounts {
    pub fn unchanged(self) -> usize {
        self.figures.saturating_sub(self.revised)
    }

    pub fn merge(&mut self, other: Self) {
        self.figures += other.figures;
        self.revised += other.revised;
    }
}

/// A published figure that holds no more.
#[derive(Clone, Debug)]
pub struct Revised<'a> {
    pub id: FigureId,
    /// As the ledger has it; `None` where nothing had been published.
    pub published: Option<&'a PublishedFigure>,
    /// `None` where it was withdrawn.
    pub now: Option<PublishedFigure>,
    /// What declares it; for a rate or verdict what it follows from.
    pub by: Declared<'a>,
    /// The edition that published the figure.
    pub edition: FiscalYear,
}

/// What declares a change.
#[derive(Clone, Copy, Debug)]
pub enum Declared<'a> {
    Sheet(&'a Revision),
    Portal(&'a RuleRevision),
}

/// Compares a policy in a frozen edition with its ledger; `None` where the edition is not frozen, or published nothing of
/// the policy. What differs without being declared is not among the revised: the build stops for it.
pub fn compared<'a>(portal: &'a Portal, policy: &'a Policy, year: FiscalYear) -> Option<Compared<'a>> {
    let ledger = portal.ledger(year)?;
    let lines = ledger.policies.get(&policy.id)?;
    let sheet = policy.sheet(year)?;
    let mut comparison = Comparison::new(portal, policy, sheet, (ledger, lines));
    comparison.run();
    let figures = lines.keys().filter(|id| id.field != FigureField::Digest).count();
    let revised = comparison.revised.iter().filter(|of| of.published.is_some() && of.id.field != FigureField::Digest);
    Some(Compared { counts: ComparedCounts { figures, revised: revised.count() }, revised: comparison.revised })
}

/// Tells of every figure of a frozen edition that is not the one that was published (`published-figure-changed`), of
/// revisions that fit nothing (`invalid-revision`), of texts that were changed (`published-text-changed`), and of policies
/// that joined the edition after it was frozen (`unrecorded-policy`).
///
/// `kept` holds what was found in policies that are as they were.
pub(super) fn review(portal: &Portal, kept: &mut Kept, report: &mut Report) {
    let ledgers = ledgers(portal);
    let around = |policy: &Policy| around(portal, &ledgers, policy);
    kept.frozen.renew(&portal.policies, around, |policy, _| of_policy(portal, policy));
    kept.frozen.iter().flatten().for_each(|diagnostic| report.add(diagnostic.clone()));
    for ledger in &portal.ledgers {
        let published = ledger.recommendations.as_ref().map(|line| &*line.value);
        let declared = |of: &RuleRevision| of.edition == ledger.year && of.field == Some(FigureField::Digest);
        if recommendations_digest(portal, ledger.year).as_deref() != published && !portal.revisions.iter().any(declared)
        {
            report.add(recommendations_changed(portal, ledger));
        }
        for (id, lines) in &ledger.policies {
            let is_there = portal.policy(id).is_some_and(|policy| policy.sheet(ledger.year).is_some());
            if !is_there && withdrawn(portal, ledger.year, id).is_none() {
                report.add(vanished(ledger, id, lines));
            }
        }
    }
}

/// What a comparison follows from beside the sheets of the policy: the ledgers, and where it declares revisions the sheets
/// of the policies that it took over.
#[derive(Debug, PartialEq)]
pub(super) struct Around {
    ledgers: Ledgers,
    before: Others,
}

/// What the ledgers say, in short: what follows from them follows from this.
type Ledgers = Arc<[(FiscalYear, [u8; 32])]>;

pub(super) fn ledgers(portal: &Portal) -> Ledgers {
    portal.ledgers.iter().map(|of| (of.year, of.hash)).collect()
}

pub(super) fn around(portal: &Portal, ledgers: &Ledgers, policy: &Policy) -> Around {
    let revising = policy.sheets.iter().filter(|_| !portal.lineage.is_empty()).rfind(|of| !of.revisions.is_empty());
    let before = revising.map(|sheet| portal.earlier(sheet).into_owned()).unwrap_or_default();
    Around { ledgers: Arc::clone(ledgers), before: Others(before) }
}

fn withdrawn<'a>(portal: &'a Portal, year: FiscalYear, policy: &str) -> Option<&'a RuleRevision> {
    let of = |revision: &&RuleRevision| revision.edition == year && revision.policy.as_deref() == Some(policy);
    portal.revisions.iter().filter(of).find(|revision| revision.field.is_none())
}

fn of_policy(portal: &Portal, policy: &Policy) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for sheet in &policy.sheets {
        let ledger = portal.ledger(sheet.year).and_then(|ledger| Some((ledger, ledger.policies.get(&policy.id)?)));
        let Some((ledger, lines)) = ledger else {
            if portal.ledger(sheet.year).is_some() && sheet.withheld(portal.as_of).is_none() {
                found.push(unrecorded(sheet));
            }
            restated(portal, policy, sheet, &mut found);
            continue;
        };
        let mut comparison = Comparison::new(portal, policy, sheet, (ledger, lines));
        comparison.run();
        found.append(&mut comparison.differing);
    }
    found
}

/// The revisions of a sheet whose own edition is not frozen speak of figures that earlier ones published: they lead from
/// what those leave to what the sheet says.
fn restated(portal: &Portal, policy: &Policy, sheet: &Sheet, found: &mut Vec<Diagnostic>) {
    if sheet.revisions.is_empty() {
        return;
    }
    let now = published(portal, policy, sheet.year);
    let mut of_figure: BTreeMap<FigureId, (Before<'_>, Vec<&Revision>)> = BTreeMap::new();
    for revision in &sheet.revisions {
        match Before::of(portal, sheet, revision) {
            Some(before) => of_figure.entry(before.id.clone()).or_insert((before, Vec::new())).1.push(revision),
            None => found.push(nothing_published(portal, sheet, revision)),
        }
    }
    for (id, (before, mut chain)) in of_figure {
        chain.sort_by_key(|revision| revision.date);
        let value = begins_with(&before, &chain);
        let mut comparison = Comparison::new(portal, policy, sheet, (before.ledger, before.lines));
        comparison.follows(Some(&PublishedFigure { value, ..before.line.clone() }), now.get(&id), &chain);
        found.append(&mut comparison.differing);
    }
}

/// What the editions before leave; where they have come since to what the revisions lead to, what these led from.
fn begins_with(before: &Before<'_>, chain: &[&Revision]) -> Box<str> {
    let of = |value: Option<&Value>| value.map(canonical_value);
    let from = of(chain.first().and_then(|first| first.from.as_ref()));
    let to = of(chain.last().and_then(|last| last.to.as_ref()));
    let agrees = to.as_deref() == Some(before.value());
    from.filter(|from| agrees && before.has_said(from)).map_or_else(|| before.value().into(), Into::into)
}

/// What stands behind the digits: 628人 and 628千人 are two figures. Words are told by the value.
pub fn unit_of(text: &str) -> &str {
    let digits = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '-' | '−' | '△' | '▲' | ' ');
    let unit = text.trim_start_matches(digits);
    if unit.len() == text.len() { "" } else { unit }
}
