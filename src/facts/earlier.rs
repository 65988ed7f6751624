//! How the series of a sheet stood in the editions before: the verdicts and rates that were published then.

use super::expenditure::{expenditure, settled};
use super::rate::rate_of;
use super::series::{History, KnownIndicator};
use super::verdict::judge;
use super::{ComputedRate, Settled};
use crate::model::{FiscalYear, Policy, Portal, VerdictName};

/// One earlier edition, seen from a later sheet of the same policy.
#[derive(Clone, Debug)]
pub struct EarlierEdition {
    pub year: FiscalYear,
    /// One per series of the later sheet, in its order; `None` where this edition had no such series.
    pub series: Vec<Option<Stood>>,
    pub settled: Option<Settled>,
}

/// Where a series stood.
#[derive(Clone, Debug, PartialEq)]
pub struct Stood {
    pub verdict: VerdictName,
    /// Of the judged year, by the method of that edition; `None` where there was none.
    pub rate: Option<ComputedRate>,
}

/// The editions of `policy` before the one of `year`, at most `most` of them, ascending. Series belong together by the ids
/// of indicator and component.
pub fn earlier(portal: &Portal, policy: &Policy, year: FiscalYear, most: usize) -> Vec<EarlierEdition> {
    let Some(sheet) = policy.sheet(year) else { return Vec::new() };
    let before = policy.sheets.partition_point(|sheet| sheet.year < year);
    let sheets = policy.sheets.get(before.saturating_sub(most)..before).unwrap_or_default();
    if sheets.is_empty() {
        return Vec::new();
    }
    let history = History::new(policy);
    let edition = |earlier: &crate::model::Sheet| {
        let stood = sheet.indicators.iter().flat_map(|indicator| {
            let then = earlier.indicator(&indicator.id);
            let known = then.map(|then| KnownIndicator::new(&history, then, &portal.plan, earlier.year).series);
            let known = known.unwrap_or_default();
            let rule = then.and_then(|then| then.rate).unwrap_or(portal.rate);
            let of = |id: Option<&str>| {
                let series = known.iter().find(|known| known.component.map(|component| component.id.as_ref()) == id)?;
                let judgement = judge(series, earlier.year, portal.verdict);
                let rate = judgement.actual.map(|actual| rate_of(series, &actual, rule));
                Some(Stood { verdict: judgement.verdict, rate: rate.and_then(|rate| rate.computed().cloned()) })
            };
            let all: Vec<_> = indicator
                .all_series()
                .map(|(component, _)| of(component.map(|component| component.id.as_ref())))
                .collect();
            all
        });
        EarlierEdition {
            year: earlier.year,
            series: stood.collect(),
            settled: settled(&expenditure(history.sheets(earlier.year)), earlier.year),
        }
    };
    sheets.iter().map(|sheet| edition(sheet)).collect()
}
