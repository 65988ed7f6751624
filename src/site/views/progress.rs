//! The chart of a series: its figures with the words that stand at them.

use std::collections::BTreeMap;

use crate::chart::{self, Caption, Certainty, Chart, ChartPoint, PointMark, ProgressChart, RevisedPoint, Said};
use crate::facts::{Point, SeriesFacts, YearFrom};
use crate::model::{FiscalYear, Reading, Status, Value};
use crate::site::views::context::PageContext;
use crate::site::views::events::Events;
use crate::site::views::figures::Addresses;
use crate::site::views::judgement::Units;
use crate::theme::Words;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

/// A span of years up to which every year between has its place on the axis.
const CONTIGUOUS_YEARS: i32 = 15;
/// The longest text that stands in a chart for a year that has a word instead of a figure.
const SHORT_TEXT: usize = 6;

impl PageContext<'_> {
    /// The chart of a series; `None` where no actual, baseline or target is a figure.
    pub(super) fn progress_chart(
        &self,
        series: &SeriesFacts<'_>,
        name: &Words,
        id: String,
        addresses: Addresses<'_>,
        units: &Units,
        events: Events,
    ) -> Option<Chart> {
        let mut actuals: Vec<_> = series
            .actuals
            .iter()
            .filter_map(|point| self.chart_point(point, "actuals", "chart.actual", addresses, &units.actual))
            .collect();
        let mut targets: Vec<_> = series
            .targets
            .iter()
            .filter_map(|point| self.chart_point(point, "targets", "chart.target", addresses, &units.target))
            .filter(|point| point.mark != PointMark::Gap)
            .collect();
        let mut baseline = series.baseline.and_then(|baseline| {
            let point = Point {
                year: baseline.year,
                value: baseline.value,
                figure: baseline.value.number(),
                sum: None,
                year_printed: baseline.year_printed,
                sheet: baseline.sheet,
            };
            let hint = match baseline.year_from {
                // What the sheet prints brings the year in parentheses along.
                YearFrom::Source if baseline.year_printed.is_some() => "chart.baseline-as-printed",
                YearFrom::Source => "chart.baseline",
                YearFrom::PlanStart | YearFrom::FirstSheet => "chart.baseline-undated",
            };
            let mut chart_point = self.chart_point(&point, "baseline", hint, addresses, &units.actual)?;
            chart_point.address = addresses.of(baseline.sheet, "baseline");
            (chart_point.mark != PointMark::Gap).then_some(chart_point)
        });
        for revised in &events.revised {
            let points = baseline.iter_mut().chain(&mut actuals).chain(&mut targets);
            points
                .filter(|point| point.address == revised.address)
                .for_each(|point| self.was_beside(point, &revised.was));
        }
        let drawn = baseline.iter().chain(&actuals).chain(&targets);
        if drawn.clone().all(|point| point.mark == PointMark::Gap) {
            return None;
        }
        let happened = events.breaks.iter().map(|of| &of.hint).chain(events.target_steps.iter().map(|of| &of.hint));
        let desc = self.chart_desc(drawn.map(|point| &point.hint).chain(happened));
        let chart = ProgressChart {
            caption: Caption { id, title: said(name), desc, language: self.language.code().to_owned() },
            years: self.axis(series),
            baseline,
            actuals,
            targets,
            expected: series
                .expected
                .iter()
                .filter_map(|(year, value)| Some((position(*year), value.to_f64()?)))
                .collect(),
            events: Box::new(chart::Events {
                breaks: events.breaks,
                target_steps: events.target_steps,
                revised: events
                    .revised
                    .into_iter()
                    .map(|of| RevisedPoint { address: of.address, before: of.before })
                    .collect(),
            }),
            unit: said(&units.actual),
        };
        Some(Chart::Progress(chart))
    }

    /// Says at a point what was published of it.
    pub(super) fn was_beside(&self, point: &mut ChartPoint, was: &Words) {
        let text = self.labels.fill("chart.remark", &[("value", &point.hint), ("remark", was.as_str())]);
        point.hint.text = text.into();
    }

    /// The year of a point as it is named on the page: with what the sheet prints, where that is another name.
    pub(super) fn year_of(&self, point: &Point<'_>) -> Words {
        self.printer().year_as_printed(point.year, point.year_printed)
    }

    /// The same for a year of which one of the points may speak.
    pub(super) fn year_among(&self, points: &[Point<'_>], year: FiscalYear) -> Words {
        let point = points.iter().find(|point| point.year == year);
        point.map_or_else(|| self.printer().short_year(year).into(), |point| self.year_of(point))
    }

    /// One point with the words at it; `None` where its figure cannot be drawn.
    pub(super) fn chart_point(
        &self,
        point: &Point<'_>,
        field: &str,
        hint: &str,
        addresses: Addresses<'_>,
        unit: &Words,
    ) -> Option<ChartPoint> {
        let mark = point_mark(point)?;
        let printed = match point.running_sum() {
            Some(sum) => self.printer().reading(&sum, unit),
            None => self.printer().value(point.value, unit),
        };
        let remark = self.remark(point.value);
        let words = match &remark {
            Some(remark) => self.labels.fill_words("chart.remark", &[("value", &printed), ("remark", remark)]),
            None => printed.clone(),
        };
        let hint = self.labels.fill_words(hint, &[("year", &self.year_of(point)), ("value", &words)]);
        let long_text = mark == PointMark::Gap && printed.as_str().chars().count() > SHORT_TEXT;
        let label = if long_text { "―".into() } else { said(&printed) };
        let address = addresses.of_year(point.sheet, field, point.year);
        Some(ChartPoint { year: position(point.year), mark, label, hint: said(&hint), address })
    }

    /// What a chart says to those who do not see it: the hints of its figures one after another.
    pub(super) fn chart_desc<'h>(&self, hints: impl Iterator<Item = &'h Said>) -> Said {
        let hints: Vec<_> = hints.collect();
        let figures = join(hints.iter().map(|hint| &***hint), self.word("chart.separator"));
        let language = hints.iter().map(|hint| &hint.language).find(|language| !language.is_empty());
        Said {
            text: self.labels.fill("chart.desc", &[("figures", &figures)]).into(),
            language: language.cloned().unwrap_or_default(),
        }
    }

    /// The positions of the axis: every year of the plan and of the series. The baseline's own year is named by what it
    /// is, with the year only where the sheet says so; if an actual stands there, too, it is a year like the others.
    fn axis(&self, series: &SeriesFacts<'_>) -> Vec<(i32, String)> {
        let plan = &self.portal.plan;
        let points = series.actuals.iter().chain(&series.targets).map(|point| point.year);
        let years =
            points.chain(series.expected.iter().map(|(year, _)| *year)).chain([plan.first_year, plan.last_year]);
        let mut labels: BTreeMap<i32, String> = years.map(|year| (position(year), year.to_string())).collect();
        if let Some(baseline) = series.baseline {
            let label = match baseline.year_from {
                _ if series.actuals.iter().any(|point| point.year == baseline.year) => baseline.year.to_string(),
                // The chart writes what follows a line feed on a second line.
                YearFrom::Source => format!("{}\n{}", self.word("chart.baseline-year"), baseline.year),
                YearFrom::PlanStart | YearFrom::FirstSheet => self.word("chart.baseline-year").to_owned(),
            };
            labels.insert(position(baseline.year), label);
        }
        let first = labels.first_key_value().map(|(year, _)| *year);
        let last = labels.last_key_value().map(|(year, _)| *year);
        if let Some((first, last)) = first.zip(last).filter(|(first, last)| last - first <= CONTIGUOUS_YEARS) {
            for year in first..=last {
                labels.entry(year).or_insert_with(|| year.to_string());
            }
        }
        labels.into_iter().collect()
    }
}

/// Words as a picture can say them.
pub(super) fn said(words: &Words) -> Said {
    Said { text: words.as_str().into(), language: words.language().map(|of| of.code().into()).unwrap_or_default() }
}

pub(super) fn position(year: FiscalYear) -> i32 {
    i32::from(year.get())
}

fn point_mark(point: &Point<'_>) -> Option<PointMark> {
    let number = |decimal: Decimal| decimal.to_f64();
    Some(match point.counted() {
        Some(Reading::Number(n)) => PointMark::Value { value: number(n)?, certainty: certainty(point.value) },
        Some(Reading::Rank(rank)) => PointMark::Value { value: f64::from(rank), certainty: certainty(point.value) },
        Some(Reading::AtLeast(n) | Reading::MoreThan(n)) => PointMark::AtLeast(number(n)?),
        Some(Reading::AtMost(n) | Reading::LessThan(n)) => PointMark::AtMost(number(n)?),
        Some(Reading::Range(range)) => PointMark::Range { low: number(range.low)?, high: number(range.high)? },
        Some(Reading::Text { .. } | Reading::Missing(_)) | None => PointMark::Gap,
    })
}

fn certainty(value: &Value) -> Certainty {
    match value.status {
        Status::Final | Status::Revised => Certainty::Final,
        Status::Provisional | Status::Estimate | Status::Forecast => Certainty::NotFinal,
    }
}

fn join<'s>(parts: impl Iterator<Item = &'s str>, separator: &str) -> String {
    let mut out = String::new();
    for part in parts {
        if !out.is_empty() {
            out.push_str(separator);
        }
        out.push_str(part);
    }
    out
}
