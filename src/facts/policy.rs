//! One policy in one edition: everything about it for its own page, and the little that the index needs.

use std::sync::Arc;

use super::changes::TargetChanges;
use super::exact::{self, Exact};
use super::expected::Line;
use super::expenditure::{expenditure, settled};
use super::needed::{last_target_met_early, needed, remarks};
use super::rate::{rate_of, rates};
use super::series::{History, Known, KnownIndicator};
use super::verdict::{judge, origin, other_baseline_years};
use super::{
    ComparedCounts, IndicatorFacts, Judgement, Mark, PolicyFacts, PolicySummary, Rate, SeriesFacts, Shortfall,
    VerdictCounts,
};
use crate::model::{Break, FiscalYear, Kind, Policy, Portal, RateMethod, RateRule, Rounding, Sheet, VerdictName};
use rust_decimal::Decimal;

/// Everything about `policy` in the edition of `year`; `None` where it has no sheet for that year.
pub fn policy<'a>(portal: &'a Portal, policy: &'a Policy, year: FiscalYear) -> Option<PolicyFacts<'a>> {
    derive_policy(portal, policy, year, Detail::Whole)
}

/// [`policy()`] for tables of many policies: what only a policy's own page tells (other methods, other baseline years,
/// what is needed from now on) is left empty.
pub fn judged<'a>(portal: &'a Portal, policy: &'a Policy, year: FiscalYear) -> Option<PolicyFacts<'a>> {
    derive_policy(portal, policy, year, Detail::Judged)
}

/// What decided the verdict of one mark of `policy` in the edition of `year`; `None` where the verdict does not ask for
/// attention.
pub fn shortfall<'a>(portal: &'a Portal, policy: &'a Policy, year: FiscalYear, mark: &Mark) -> Option<Shortfall<'a>> {
    let worse = match mark.verdict {
        VerdictName::WorseThanBaseline => true,
        VerdictName::Behind => false,
        _ => return None,
    };
    let indicator = policy.sheet(year)?.indicators.get(mark.indicator)?;
    let known = KnownIndicator::new(&History::new(policy), indicator, &portal.plan, year);
    let known = known.series.into_iter().nth(mark.component.unwrap_or_default())?;
    let judgement = judge(&known, year, portal.verdict);
    Some(Shortfall {
        actual: judgement.actual,
        expected: judgement.expected,
        baseline: known.baseline.filter(|_| worse),
        target: judgement.against,
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    Judged,
    Whole,
}

fn derive_policy<'a>(
    portal: &'a Portal,
    policy: &'a Policy,
    year: FiscalYear,
    detail: Detail,
) -> Option<PolicyFacts<'a>> {
    let sheet = policy.sheet(year)?;
    let history = History::new(policy);
    let indicators: Vec<_> = sheet
        .indicators
        .iter()
        .map(|indicator| {
            let KnownIndicator { breaks, series } = KnownIndicator::new(&history, indicator, &portal.plan, year);
            let rule = indicator.rate.unwrap_or(portal.rate);
            let changes = TargetChanges::new(&history, indicator, year);
            let series = series
                .into_iter()
                .map(|known| {
                    let component = known.component.map(|of| of.id.as_ref());
                    let target_steps = changes.steps(component, &known.targets);
                    let facts = match detail {
                        Detail::Judged => judged_series(portal, known, &breaks, rule, year),
                        Detail::Whole => whole_series(portal, known, &breaks, rule, year),
                    };
                    SeriesFacts { target_steps, ..facts }
                })
                .collect();
            IndicatorFacts { indicator, rule, breaks, series }
        })
        .collect();
    let mut counts = VerdictCounts::default();
    indicators.iter().flat_map(|indicator| &indicator.series).for_each(|s| counts.add(s.judgement.verdict));
    let expenditure = expenditure(history.sheets(year));
    Some(PolicyFacts { year, sheet, indicators, counts, median: lower_median(&counts), expenditure })
}

/// What an edition needs of one policy: the summary, and which of its marks met their last target early.
#[derive(Clone, Debug)]
pub(super) struct Summarised {
    /// Of the edition.
    pub year: FiscalYear,
    pub summary: Arc<PolicySummary>,
    pub reached_early: Vec<usize>,
    /// `None` for the policy's first edition.
    pub changed: Option<ChangedSince>,
}

/// Which marks have another verdict than in the edition of the policy's sheet before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ChangedSince {
    pub year: FiscalYear,
    /// The mark, and its verdict then.
    pub verdicts: Vec<(usize, VerdictName)>,
}

impl Summarised {
    /// Whether this is the other one, made of the same sheet.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let PolicySummary { sheet, counts, median, marks, spark, spark_mark, spark_breaks, .. } = &*self.summary;
        let PolicySummary { median_rate, median_pace, settled, compared, .. } = &*self.summary;
        let of = &*other.summary;
        Arc::ptr_eq(sheet, &of.sheet)
            && (counts, median, marks) == (&of.counts, &of.median, &of.marks)
            && (spark, spark_mark, spark_breaks) == (&of.spark, &of.spark_mark, &of.spark_breaks)
            && (median_rate, median_pace, settled) == (&of.median_rate, &of.median_pace, &of.settled)
            && *compared == of.compared
            && (&self.reached_early, &self.changed) == (&other.reached_early, &other.changed)
            && digits(&self.summary).eq(digits(&other.summary))
    }
}

/// How many digits behind the point each figure of a summary has: 10 is 10.0, and is not shown alike.
fn digits(summary: &PolicySummary) -> impl Iterator<Item = Option<u32>> {
    let settled = summary.settled.iter().flat_map(|settled| [Some(settled.amount), settled.previous]);
    let paces = summary.marks.iter().map(|mark| mark.pace);
    let figures = summary.spark.iter().map(|(_, figure)| *figure);
    let medians = [summary.median_rate, summary.median_pace];
    medians.into_iter().chain(settled).chain(paces).chain(figures).map(|figure| figure.map(|figure| figure.scale()))
}

/// The summary of a policy in the edition of one of its sheets.
pub(super) fn summarise(
    portal: &Portal,
    history: &History<'_>,
    sheet: &Arc<Sheet>,
    compared: Option<ComparedCounts>,
) -> Summarised {
    let edition = sheet.year;
    let mut counts = VerdictCounts::default();
    let mut marks = Vec::with_capacity(sheet.indicators.len());
    let mut reached_early = Vec::new();
    let mut rates = Vec::new();
    let (mut spark, mut spark_mark, mut spark_breaks) = (Vec::new(), 0, Box::default());
    for (indicator_index, indicator) in sheet.indicators.iter().enumerate() {
        let known = KnownIndicator::new(history, indicator, &portal.plan, edition);
        let rule = indicator.rate.unwrap_or(portal.rate);
        for (series_index, series) in known.series.iter().enumerate() {
            let judgement = judge(series, edition, portal.verdict);
            counts.add(judgement.verdict);
            if last_target_met_early(&judgement, edition).is_some() {
                reached_early.push(marks.len());
            }
            rates.extend(progress(series, &judgement, RateRule { decimals: portal.rate.decimals, ..rule }));
            if spark.is_empty() {
                spark = spark_of(series);
                spark_mark = marks.len();
                spark_breaks = known.breaks.iter().map(|of| of.year).collect();
            }
            marks.push(Mark {
                indicator: indicator_index,
                component: series.component.map(|_| series_index),
                verdict: judgement.verdict,
                reason: judgement.reason,
                pace: judgement.pace,
            });
        }
    }
    let marks = crate::model::fitted(marks);
    let paces = marks.iter().filter_map(|mark| mark.pace).collect();
    let summary = PolicySummary {
        sheet: Arc::clone(sheet),
        counts,
        median: lower_median(&counts),
        median_rate: median(rates, portal.rate.decimals),
        median_pace: median(paces, 2),
        marks,
        spark,
        spark_mark,
        spark_breaks,
        settled: settled(&expenditure(history.sheets(edition)), edition),
        compared,
    };
    Summarised { year: edition, summary: Arc::new(summary), reached_early, changed: None }
}

fn whole_series<'a>(
    portal: &'a Portal,
    known: Known<'a>,
    breaks: &[&'a Break],
    rule: RateRule,
    edition: FiscalYear,
) -> SeriesFacts<'a> {
    let judgement = judge(&known, edition, portal.verdict);
    let other_methods = match judgement.actual {
        Some(actual) if known.indicator.kind != Kind::Context => {
            let by = |method| (method, rate_of(&known, &actual, RateRule { method, ..rule }));
            RateMethod::ALL.into_iter().map(by).collect()
        }
        _ => Vec::new(),
    };
    let needed = needed(&known, &judgement);
    let other_baseline_years = other_baseline_years(&known, &judgement, edition, portal.verdict);
    let facts = series_facts(known, judgement, breaks, rule, edition);
    SeriesFacts { other_methods, other_baseline_years, needed, ..facts }
}

fn judged_series<'a>(
    portal: &'a Portal,
    known: Known<'a>,
    breaks: &[&'a Break],
    rule: RateRule,
    edition: FiscalYear,
) -> SeriesFacts<'a> {
    let judgement = judge(&known, edition, portal.verdict);
    series_facts(known, judgement, breaks, rule, edition)
}

/// A judged series without what only the policy's own page tells.
fn series_facts<'a>(
    known: Known<'a>,
    judgement: Judgement<'a>,
    breaks: &[&'a Break],
    rule: RateRule,
    edition: FiscalYear,
) -> SeriesFacts<'a> {
    let line = origin(&known).and_then(|origin| Line::new(&known, origin, judgement.direction));
    let across = |b: &&&Break| known.start < b.year && judgement.year.is_some_and(|year| b.year <= year);
    let break_since_baseline = known.baseline.and_then(|_| breaks.iter().rev().find(across).copied());
    SeriesFacts {
        component: known.component,
        baseline: known.baseline,
        rates: rates(&known, rule),
        expected: line.map(|line| line.up_to(edition)).unwrap_or_default(),
        needed: None,
        other_methods: Vec::new(),
        other_baseline_years: Vec::new(),
        remarks: remarks(&known, &judgement, edition),
        sum_without: known.sum_without.iter().map(|(year, _)| *year).collect(),
        break_since_baseline,
        target_steps: Vec::new(),
        judgement,
        actuals: known.actuals,
        targets: known.targets,
    }
}

/// The rate of the judged year, where the method is `progress` and gives one.
fn progress(known: &Known<'_>, judgement: &Judgement<'_>, rule: RateRule) -> Option<Decimal> {
    let actual = judgement.actual.filter(|_| rule.method == RateMethod::Progress)?;
    match rate_of(known, &actual, rule) {
        Rate::Computed(computed) => Some(computed.value),
        Rate::NotComputable(_) => None,
    }
}

/// Every year from the first to the last stated one; a year that is not stated is a gap like one that is missing. Empty
/// where no year has a figure.
fn spark_of(known: &Known<'_>) -> Vec<(FiscalYear, Option<Decimal>)> {
    if known.actuals.iter().all(|point| point.figure.is_none()) {
        return Vec::new();
    }
    let mut spark: Vec<(FiscalYear, Option<Decimal>)> = Vec::with_capacity(known.actuals.len());
    for point in &known.actuals {
        while let Some((last, _)) = spark.last().copied().filter(|(last, _)| last.next() < point.year) {
            spark.push((last.next(), None));
        }
        spark.push((point.year, point.figure));
    }
    spark
}

/// Of two verdicts in the middle the worse; undecided ones are left out.
fn lower_median(counts: &VerdictCounts) -> Option<VerdictName> {
    let mut before = 0;
    VerdictName::ALL.into_iter().filter(|verdict| *verdict != VerdictName::Undecided).find(|verdict| {
        before += counts.get(*verdict);
        before > counts.judged() / 2
    })
}

fn median(mut figures: Vec<Decimal>, decimals: u32) -> Option<Decimal> {
    figures.sort_unstable();
    let upper = figures.get(figures.len() / 2).copied()?;
    if figures.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = figures.get((figures.len() / 2).checked_sub(1)?).copied()?;
    Exact::from(exact::sum(lower, upper)?).over(Exact::whole(2))?.round(decimals, Rounding::HalfUp)
}
