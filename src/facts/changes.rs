//! Targets that were changed on the way: what each was before, until when, and why.

use super::Point;
use super::series::History;
use crate::model::ledger::canonical_value;
use crate::model::{FiscalYear, Indicator, TargetChange, Value};
use jiff::civil::Date;

/// One change of one target of a series.
#[derive(Clone, Copy, Debug)]
pub struct TargetStep<'a> {
    /// The year whose target it is.
    pub year: FiscalYear,
    pub before: &'a Value,
    /// What the next change of the same target was made from, else the target as the edition knows it. `None` where that
    /// is withdrawn.
    pub after: Option<&'a Value>,
    /// The day of the decision, where the sheet says it.
    pub date: Option<Date>,
    pub change: &'a TargetChange,
    /// The fiscal year of the sheet that declares it, and its place in that sheet's list, counted from 1.
    pub declared: (FiscalYear, usize),
}

/// The changes of an indicator's targets that the sheets up to the edition declare: each once, as the latest sheet words
/// it, by the year of the target and then by date.
#[derive(Debug)]
pub(super) struct TargetChanges<'a> {
    declared: Vec<(&'a TargetChange, (FiscalYear, usize))>,
}

impl<'a> TargetChanges<'a> {
    pub fn new(history: &History<'a>, indicator: &Indicator, edition: FiscalYear) -> Self {
        let mut declared: Vec<(&TargetChange, _)> = Vec::new();
        for (sheet, stated) in history.statements(&indicator.id, edition) {
            // A target may come back to what it was and be changed again: one later word repeats one earlier word.
            let mut later: Vec<_> = declared.iter().map(|(change, _)| *change).collect();
            for (change, number) in stated.target_changes.iter().zip(1..) {
                match later.iter().position(|of| is_same(of, change)) {
                    Some(repeated) => drop(later.remove(repeated)),
                    None => declared.push((change, (sheet, number))),
                }
            }
        }
        // Stable: of two changes of one day, and of those without one, the order of the list holds.
        declared.sort_by_key(|(change, _)| (change.year, change.date));
        Self { declared }
    }

    /// The changes of the targets of one series.
    pub fn steps(&self, component: Option<&str>, targets: &[Point<'a>]) -> Vec<TargetStep<'a>> {
        let own = || self.declared.iter().filter(|(change, _)| change.is_of_series(component));
        let stated = |year: FiscalYear| targets.iter().find(|point| point.year == year);
        own()
            .enumerate()
            .filter(|(_, (change, _))| stated(change.year).is_some())
            .map(|(index, (change, declared))| {
                let next = own().skip(index + 1).find(|(next, _)| next.year == change.year);
                let now = || stated(change.year).map(|point| point.value);
                TargetStep {
                    year: change.year,
                    before: &change.from,
                    after: next.map(|(next, _)| &next.from).or_else(now).filter(|value| value.missing().is_none()),
                    date: change.date,
                    change,
                    declared: *declared,
                }
            })
            .collect()
    }
}

/// Sheets repeat what earlier ones declare.
fn is_same(one: &TargetChange, other: &TargetChange) -> bool {
    (one.year, &one.component) == (other.year, &other.component)
        && canonical_value(&one.from) == canonical_value(&other.from)
}
