//! How the series of a sheet stood in the editions before: the verdicts and rates that were published then.

use super::expenditure::{expenditure, settled};
use super::rate::rate_of;
use super::series::{History, KnownIndicator};
use super::verdict::judge;
use super::{ComputedRate, Settled};
use crate::model::{FiscalYear, Policy, Portal, Sheet, VerdictName};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One earlier edition, seen from a later sheet of the same policy.
#[derive(Clone, Debug)]
pub struct EarlierEdition {
    pub year: FiscalYear,
    /// One per series of the later sheet, in its order; `None` where this edition had no such series.
    pub series: Vec<Option<Stood>>,
    pub settled: Option<Settled>,
    pub of: Of,
}

/// Whose sheets an earlier edition is told from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Itself,
    /// Policies that it took over.
    Predecessors,
}

/// Where a series stood.
#[derive(Clone, Debug, PartialEq)]
pub struct Stood {
    pub verdict: VerdictName,
    /// The year that was judged.
    pub year: Option<FiscalYear>,
    /// Of the judged year, by the method of that edition; `None` where there was none.
    pub rate: Option<ComputedRate>,
}

/// The editions of `policy` before the one of `year`, at most `most` of them, ascending. Series belong together by the ids
/// of indicator and component, also with policies that it took over: of two of them with the same id, neither is meant.
pub fn earlier(portal: &Portal, policy: &Policy, year: FiscalYear, most: usize) -> Vec<EarlierEdition> {
    let Some(sheet) = policy.sheet(year) else { return Vec::new() };
    let before = portal.earlier(sheet);
    let of_years: Vec<&[Arc<Sheet>]> = before.chunk_by(|a, b| a.year == b.year).collect();
    let of_years = of_years.get(of_years.len().saturating_sub(most)..).unwrap_or_default();
    let ids: BTreeSet<&str> = of_years.iter().flat_map(|sheets| sheets.iter()).map(|sheet| &*sheet.policy).collect();
    let history = |id| Some((id, History::new(portal.policy(id)?)));
    let histories: BTreeMap<&str, History<'_>> = ids.into_iter().filter_map(history).collect();
    let edition = |then: &&[Arc<Sheet>]| {
        let then: Vec<_> = then.iter().filter_map(|of| Some((&**of, histories.get(&*of.policy)?))).collect();
        edition(portal, sheet, &then)
    };
    of_years.iter().map(edition).collect()
}

/// How the series of `sheet` stood in the sheets of one year, each with the history of its policy.
fn edition(portal: &Portal, sheet: &Sheet, sheets: &[(&Sheet, &History<'_>)]) -> EarlierEdition {
    let year = sheets.first().map_or(sheet.year, |(of, _)| of.year);
    let stood = sheet.indicators.iter().flat_map(|indicator| {
        let mut found = sheets.iter().filter_map(|(of, history)| Some((of.indicator(&indicator.id)?, history)));
        let then = found.next().filter(|_| found.next().is_none());
        let known = then.map(|(then, history)| KnownIndicator::new(history, then, &portal.plan, year).series);
        let known = known.unwrap_or_default();
        let rule = then.and_then(|(then, _)| then.rate).unwrap_or(portal.rate);
        let of = |id: Option<&str>| {
            let series = known.iter().find(|known| known.component.map(|component| component.id.as_ref()) == id)?;
            let judgement = judge(series, year, portal.verdict);
            let rate = judgement.actual.map(|actual| rate_of(series, &actual, rule));
            let year = judgement.actual.map(|actual| actual.year);
            Some(Stood { verdict: judgement.verdict, year, rate: rate.and_then(|rate| rate.computed().cloned()) })
        };
        let all: Vec<_> =
            indicator.all_series().map(|(component, _)| of(component.map(|component| component.id.as_ref()))).collect();
        all
    });
    // Amounts of several policies, or of a part of one, are not the amount of this one.
    let comparable = match sheets {
        [(only, history)] => {
            let goes_on = only.policy == sheet.policy
                || portal.renamed_from(sheet, year).is_some_and(|before| before.policy == only.policy);
            Some(*history).filter(|_| goes_on)
        }
        _ => None,
    };
    EarlierEdition {
        year,
        series: stood.collect(),
        settled: comparable.and_then(|history| settled(&expenditure(history.sheets(year)), year)),
        of: if sheets.iter().any(|(of, _)| of.policy == sheet.policy) { Of::Itself } else { Of::Predecessors },
    }
}
