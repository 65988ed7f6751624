//! One policy in one frozen edition, held against its ledger.

use super::told::nothing_published;
use super::{Declared, Revised};
use crate::diagnostic::Diagnostic;
use crate::facts::later::Before;
use crate::facts::published::{Stated, published};
use crate::facts::unit_of;
use crate::model::ledger::canonical_value;
use crate::model::{
    FigureField, FigureId, Ledger, Policy, Portal, PublishedFigure, Revision, RuleRevision, Sheet, Value,
};
use std::collections::{BTreeMap, BTreeSet};

/// One policy in one frozen edition.
pub(super) struct Comparison<'a> {
    pub(super) portal: &'a Portal,
    pub(super) policy: &'a Policy,
    pub(super) sheet: &'a Sheet,
    pub(super) ledger: &'a Ledger,
    lines: &'a BTreeMap<FigureId, PublishedFigure>,
    /// What differs without being declared.
    pub(super) differing: Vec<Diagnostic>,
    pub(super) revised: Vec<Revised<'a>>,
    /// The revisions that were declared before the edition was frozen, of figures that earlier ones published.
    led: Vec<&'a Revision>,
}

impl<'a> Comparison<'a> {
    /// Of a sheet with a ledger and its lines of the policy.
    pub(super) fn new(
        portal: &'a Portal,
        policy: &'a Policy,
        sheet: &'a Sheet,
        (ledger, lines): (&'a Ledger, &'a BTreeMap<FigureId, PublishedFigure>),
    ) -> Self {
        let (differing, revised, led) = (Vec::new(), Vec::new(), Vec::new());
        Self { portal, policy, sheet, ledger, lines, differing, revised, led }
    }

    pub(super) fn run(&mut self) {
        let now = published(self.portal, self.policy, self.ledger.year);
        let mut of_figure: BTreeMap<FigureId, Vec<&'a Revision>> = BTreeMap::new();
        for revision in &self.sheet.revisions {
            match self.lines.keys().chain(now.keys()).find(|id| revision.is_of(id)) {
                Some(id) => of_figure.entry(id.clone()).or_default().push(revision),
                None => self.differing.push(nothing_published(self.portal, self.sheet, revision)),
            }
        }
        for (id, chain) in &mut of_figure {
            chain.sort_by_key(|revision| revision.date);
            self.leave_out_leading(id, chain);
        }
        let mut changed = BTreeSet::new();
        let (derived, stated): (Vec<_>, Vec<_>) = self.lines.iter().partition(|(id, _)| id.field.is_derived());
        for (id, line) in stated {
            let chain = of_figure.get(id).map(Vec::as_slice).unwrap_or_default();
            let before = self.differing.len();
            self.compare(id, Some(line), now.get(id), chain);
            if self.differing.len() > before {
                changed.insert((&id.indicator, &id.component));
            }
        }
        // What follows from a figure that was told of is not told of as well.
        for (id, line) in derived.into_iter().filter(|(id, _)| !changed.contains(&(&id.indicator, &id.component))) {
            self.compare(id, Some(line), now.get(id), &[]);
        }
        // What a newer version of the tool derives besides was nothing that anybody changed.
        for (id, stated) in now.iter().filter(|(id, _)| !self.lines.contains_key(id) && !id.field.is_derived()) {
            let chain = of_figure.get(id).map(Vec::as_slice).unwrap_or_default();
            self.compare(id, None, Some(stated), chain);
        }
    }

    /// Takes away the revisions that led from what earlier editions said to what this one published: they were declared
    /// before it was frozen. They stay right where an earlier edition is corrected later; against what it says then they
    /// may be declared once more.
    fn leave_out_leading(&mut self, id: &FigureId, chain: &mut Vec<&'a Revision>) {
        let Some(published) = self.lines.get(id).map(|line| &*line.value) else { return };
        let of = |value: &Option<Value>| value.as_ref().map(canonical_value);
        while let Some(first) = chain.first() {
            let from = of(&first.from).filter(|from| from != published);
            let Some((from, before)) = from.zip(Before::of(self.portal, self.sheet, first)) else { return };
            if !before.has_said(&from) {
                return;
            }
            let mut value = Some(from);
            let steps = chain.iter().take_while(|step| {
                let follows = value.as_deref() != Some(published) && of(&step.from) == value;
                if follows {
                    value = of(&step.to);
                }
                follows
            });
            let led = steps.count();
            if value.as_deref() != Some(published) {
                return;
            }
            self.led.extend(chain.drain(..led));
        }
    }

    fn compare(
        &mut self,
        id: &FigureId,
        line: Option<&'a PublishedFigure>,
        now: Option<&Stated>,
        chain: &[&'a Revision],
    ) {
        if id.field == FigureField::Digest {
            return self.compare_texts(id, line, now, chain);
        }
        if !self.follows(line, now, chain) {
            return;
        }
        if is_same(line, now.map(|stated| &stated.figure)) {
            return;
        }
        let declared = match chain.last() {
            Some(last) => Some(Declared::Sheet(last)),
            None if id.field.is_derived() => self.consequence(id),
            None => None,
        };
        match declared {
            Some(by) => self.revised.push(Revised {
                id: id.clone(),
                published: line,
                now: now.map(|stated| stated.figure.clone()),
                by,
                edition: self.ledger.year,
            }),
            None => self.differing.push(self.changed(id, line, now)),
        }
    }

    /// Whether declared revisions lead, one after another, from what was published to what holds now.
    pub(super) fn follows(
        &mut self,
        line: Option<&PublishedFigure>,
        now: Option<&Stated>,
        chain: &[&'a Revision],
    ) -> bool {
        let mut value = line.map(|line| line.value.to_string());
        for revision in chain {
            let from = revision.from.as_ref().map(canonical_value);
            if from != value {
                self.differing.push(self.does_not_begin(revision, value.as_deref()));
                return false;
            }
            value = revision.to.as_ref().map(canonical_value);
        }
        let now = now.map(|stated| &*stated.figure.value);
        match chain.last() {
            Some(last) if value.as_deref() != now => {
                self.differing.push(self.does_not_end(last, now));
                false
            }
            _ => true,
        }
    }

    /// What a changed rate or verdict follows from: a revised figure of its series, else a revised rule.
    fn consequence(&self, id: &FigureId) -> Option<Declared<'a>> {
        let of_series = |revision: &&Revision| {
            revision.field.decides()
                && !self.led.iter().any(|led| std::ptr::eq(*led, *revision))
                && revision.indicator.as_deref() == Some(&*id.indicator)
                && revision.component.as_deref().unwrap_or_default() == &*id.component
        };
        let by_sheet = self.sheet.revisions.iter().filter(of_series).max_by_key(|revision| revision.date);
        let of_rule = |revision: &&RuleRevision| {
            revision.edition == self.ledger.year
                && revision.field == Some(id.field)
                && revision.policy.as_deref().is_none_or(|policy| *policy == *self.policy.id)
        };
        let by_rule = || self.portal.revisions.iter().filter(of_rule).max_by_key(|revision| revision.date);
        by_sheet.map(Declared::Sheet).or_else(|| by_rule().map(Declared::Portal))
    }

    fn compare_texts(
        &mut self,
        id: &FigureId,
        line: Option<&'a PublishedFigure>,
        now: Option<&Stated>,
        chain: &[&'a Revision],
    ) {
        let Some((line, stated)) = line.zip(now) else { return };
        if line.value == stated.figure.value {
            return;
        }
        let declared = chain.last().filter(|last| {
            let to = last.to.as_ref().map(canonical_value);
            to.is_none_or(|to| to == *stated.figure.value)
        });
        match declared {
            Some(by) => self.revised.push(Revised {
                id: id.clone(),
                published: Some(line),
                now: Some(stated.figure.clone()),
                by: Declared::Sheet(by),
                edition: self.ledger.year,
            }),
            None => self.differing.push(self.texts_changed(stated)),
        }
    }
}

fn is_same(line: Option<&PublishedFigure>, now: Option<&PublishedFigure>) -> bool {
    match (line, now) {
        (Some(line), Some(now)) => line.value == now.value && unit_of(&line.text) == unit_of(&now.text),
        (None, None) => true,
        _ => false,
    }
}
