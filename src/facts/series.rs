//! What an edition knows of a series: the sheets of its policy up to the edition's year, laid over one another.
//!
//! For every year the latest sheet that states it wins, also where it states that the value is missing; an earlier sheet
//! speaks where later ones are silent. The same holds for targets, year by year, so that a rate of last year keeps last
//! year's target when this year's sheet prints only its own; a target is withdrawn by stating it as missing. The
//! baseline is that of the latest sheet that states one. Indicators and components belong together by their ids.
//!
//! **Running sums** (`period-total`). The period begins with the year after the baseline's, printed or assumed, and the
//! sum sets out from zero: a yearly level printed as baseline is shown but is no part of it. A year without a figure,
//! stated as missing or not at all, is a gap. The sum goes on after it with the years that are known, and says which are
//! not ([`Known::sum_without`]): such a sum is a lower bound, of which no rate is made. A year printed as a bound or a
//! range makes the sum a bound or a range from that year on.

use std::cmp::Reverse;

use super::stand::Ends;
use super::{BaselineFact, Point, YearFrom};
use crate::model::{
    Accumulation, Break, Component, FiscalYear, Indicator, MissingReason, Plan, Policy, Reading, Series, Sheet,
    YearValues,
};
use rust_decimal::Decimal;

/// The sheets of one policy, ascending, each with its indicators sorted by id.
#[derive(Debug)]
pub(super) struct History<'a> {
    sheets: Vec<(&'a Sheet, Vec<&'a Indicator>)>,
}

impl<'a> History<'a> {
    pub fn new(policy: &'a Policy) -> Self {
        let sorted = |sheet: &'a Sheet| {
            let mut indicators: Vec<_> = sheet.indicators.iter().collect();
            indicators.sort_by(|a, b| a.id.cmp(&b.id));
            (sheet, indicators)
        };
        Self { sheets: policy.sheets.iter().map(|sheet| sorted(sheet)).collect() }
    }

    /// The sheets that the edition of `year` may speak of, ascending.
    pub fn sheets(&self, year: FiscalYear) -> impl Iterator<Item = &'a Sheet> {
        self.sheets.iter().map(|(sheet, _)| *sheet).take_while(move |sheet| sheet.year <= year)
    }

    /// The sheets up to `year` that have the indicator, the latest first.
    pub fn statements(&self, id: &str, year: FiscalYear) -> Vec<(FiscalYear, &'a Indicator)> {
        let known = self.sheets.iter().rev().skip_while(|(sheet, _)| sheet.year > year);
        known
            .filter_map(|(sheet, indicators)| {
                let found = indicators.binary_search_by(|indicator| indicator.id.as_ref().cmp(id)).ok()?;
                Some((sheet.year, *indicators.get(found)?))
            })
            .collect()
    }
}

/// An indicator of the edition's sheet, with what every sheet so far says of its series.
#[derive(Debug)]
pub(super) struct KnownIndicator<'a> {
    pub breaks: Vec<&'a Break>,
    /// In the order of the sheet's components; one without a component where it has none.
    pub series: Vec<Known<'a>>,
}

impl<'a> KnownIndicator<'a> {
    pub fn new(history: &History<'a>, indicator: &'a Indicator, plan: &Plan, edition: FiscalYear) -> Self {
        let statements = history.statements(&indicator.id, edition);
        let series = indicator.all_series().map(|(component, _)| {
            let of_series = |stated: &'a Indicator| match component {
                None => stated.components.is_empty().then_some(&stated.series),
                Some(component) => stated.components.iter().find(|c| c.id == component.id).map(|c| &c.series),
            };
            let stated: Vec<_> =
                statements.iter().filter_map(|(year, stated)| Some((*year, of_series(stated)?))).collect();
            let first_sheet = statements.last().map_or(edition, |(year, _)| *year);
            Known::new(indicator, component, &stated, Told { plan, first_sheet, edition })
        });
        let mut breaks: Vec<_> = statements.iter().flat_map(|(_, stated)| &stated.breaks).collect();
        // Stable: of two statements of one year, the latest sheet's stays.
        breaks.sort_by_key(|b| b.year);
        breaks.dedup_by_key(|b| b.year);
        Self { breaks, series: series.collect() }
    }
}

/// A series as an edition knows it.
#[derive(Debug)]
pub(super) struct Known<'a> {
    pub indicator: &'a Indicator,
    pub component: Option<&'a Component>,
    pub baseline: Option<BaselineFact<'a>>,
    /// Up to the edition's year.
    pub actuals: Vec<Point<'a>>,
    pub targets: Vec<Point<'a>>,
    /// For `period-total`: the years of the period, up to the last actual, that have no figure.
    pub sum_without: Vec<(FiscalYear, MissingReason)>,
    /// The year that the series sets out from: the baseline's, or the one that a baseline without a year would have.
    pub start: FiscalYear,
    published_rates: Vec<Point<'a>>,
}

/// Why a stated value gives no figure to reckon with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// Its reading is no single figure.
    Reading,
    /// `period-total`: the year lies before the period.
    BeforePeriod,
    /// `period-total`: a year before it, or it itself, is missing, for this reason.
    SumWithout(MissingReason),
    /// `period-total`: a year before it was printed as a range, so that the sum is one.
    SumOfRanges,
    TooLarge,
}

/// What the dates of a series are told by.
#[derive(Clone, Copy)]
struct Told<'p> {
    plan: &'p Plan,
    first_sheet: FiscalYear,
    edition: FiscalYear,
}

impl<'a> Known<'a> {
    /// `stated`: the series in each sheet that has it, the latest first.
    fn new(
        indicator: &'a Indicator,
        component: Option<&'a Component>,
        stated: &[(FiscalYear, &'a Series)],
        told: Told<'_>,
    ) -> Self {
        let mut actuals = overlay(stated, |series| &series.actuals);
        actuals.retain(|point| point.year <= told.edition);
        let mut published_rates = overlay(stated, |series| &series.published_rates);
        published_rates.retain(|point| point.year <= told.edition);
        let assumed = assumed_start(&actuals, told);
        let baseline = stated.iter().find_map(|(sheet, series)| {
            let baseline = series.baseline.as_ref()?;
            let (year, year_from) = baseline.year.map_or(assumed, |year| (year, YearFrom::Source));
            let year_printed = baseline.year_printed.as_deref();
            Some(BaselineFact { value: &baseline.value, year, year_from, year_printed, sheet: *sheet })
        });
        let start = baseline.map_or(assumed.0, |baseline| baseline.year);
        let sum_without = match indicator.accumulation {
            Accumulation::PeriodTotal => run_sums(&mut actuals, start),
            Accumulation::Annual | Accumulation::Cumulative | Accumulation::Stock => Vec::new(),
        };
        let targets = overlay(stated, |series| &series.targets);
        Self { indicator, component, baseline, actuals, targets, sum_without, start, published_rates }
    }

    pub fn sums(&self) -> bool {
        self.indicator.accumulation == Accumulation::PeriodTotal
    }

    /// The value that the series sets out from: zero for a running sum, else the baseline's figure, or what stands in
    /// its place. `None` without a baseline.
    pub fn origin_value(&self) -> Option<Result<Decimal, &'a Reading>> {
        if self.sums() {
            return Some(Ok(Decimal::ZERO));
        }
        let reading = &self.baseline?.value.reading;
        Some(reading.figure().ok_or(reading))
    }

    pub fn published_rate(&self, year: FiscalYear) -> Option<&Point<'a>> {
        let found = self.published_rates.binary_search_by_key(&year, |point| point.year).ok()?;
        self.published_rates.get(found)
    }

    /// The latest target that is not marked as missing.
    pub fn last_target(&self) -> Option<&Point<'a>> {
        self.targets.iter().rev().find(|target| target.value.missing().is_none())
    }

    /// The figure of an actual to make a rate of.
    pub fn figure(&self, actual: &Point<'a>) -> Result<Decimal, Unread> {
        if self.sums() {
            if actual.year <= self.start {
                return Err(Unread::BeforePeriod);
            }
            if let Some((_, reason)) = self.sum_without.iter().find(|(year, _)| *year <= actual.year) {
                return Err(if actual.value.number().is_some() {
                    Unread::SumWithout(*reason)
                } else {
                    Unread::Reading
                });
            }
        }
        actual.figure.ok_or(match actual.value.number() {
            Some(_) if actual.sum.is_some() => Unread::SumOfRanges,
            Some(_) => Unread::TooLarge,
            None => Unread::Reading,
        })
    }
}

/// The values of every year, each from the latest sheet that states it.
fn overlay<'a>(stated: &[(FiscalYear, &'a Series)], values: impl Fn(&'a Series) -> &'a YearValues) -> Vec<Point<'a>> {
    let mut points = Vec::with_capacity(stated.iter().map(|(_, series)| values(series).len()).sum());
    for (sheet, series) in stated {
        let point = |(year, value): (FiscalYear, &'a crate::model::Value)| Point {
            year,
            value,
            figure: value.number(),
            sum: None,
            year_printed: values(series).year_printed(year),
            sheet: *sheet,
        };
        points.extend(values(series).iter().map(point));
    }
    if stated.len() > 1 {
        points.sort_by_key(|point: &Point<'_>| (point.year, Reverse(point.sheet)));
        points.dedup_by_key(|point| point.year);
    }
    points
}

/// The year of a baseline that is printed without one: the year before the plan; for an indicator that came later, the
/// year before the first sheet or figure that speaks of it.
fn assumed_start(actuals: &[Point<'_>], told: Told<'_>) -> (FiscalYear, YearFrom) {
    let first_figure = actuals.iter().find(|point| point.value.missing().is_none()).map(|point| point.year);
    let first = first_figure.map_or(told.first_sheet, |year| year.min(told.first_sheet));
    if first > told.plan.first_year {
        (first.previous(), YearFrom::FirstSheet)
    } else {
        (told.plan.first_year.previous(), YearFrom::PlanStart)
    }
}

/// Puts running sums into the points after `start` and returns the years of the period without a figure.
fn run_sums(actuals: &mut [Point<'_>], start: FiscalYear) -> Vec<(FiscalYear, MissingReason)> {
    let mut without = Vec::new();
    let mut sum = Some(Ends::ZERO);
    let mut due = start.next();
    for point in actuals {
        if point.year <= start {
            point.figure = None;
            continue;
        }
        while due < point.year {
            without.push((due, MissingReason::Unknown));
            due = due.next();
        }
        due = point.year.next();
        match Ends::of(&point.value.reading, point.figure) {
            Some(own) => {
                sum = sum.and_then(|sum| sum.plus(own));
                // Of a sum that is too large, a range must not stand there as if it were the sum.
                point.sum = sum.or(point.figure.is_none().then_some(Ends::ANYTHING));
                point.figure = sum.and_then(|sum| sum.reading()?.figure());
            }
            None => without.push((point.year, point.value.missing().map_or(MissingReason::Unknown, |m| m.reason))),
        }
    }
    without
}
