//! What happened to a series on its way, for its chart and its page: breaks, targets that were changed, figures that were
//! revised.

use crate::chart::{SeriesBreak, TargetStep};
use crate::facts::{self, IndicatorFacts, SeriesFacts};
use crate::model::{Break, FigureField, FigureId, FiscalYear, Indicator, Reading, Sheet, Value};
use crate::site::views::context::PageContext;
use crate::site::views::figures::Addresses;
use crate::site::views::indicator::addresses;
use crate::site::views::judgement::Units;
use crate::site::views::policy::SheetOf;
use crate::site::views::progress::{position, said};
use crate::theme::{Html, Words};
use jiff::civil::Date;
use rust_decimal::prelude::ToPrimitive as _;
use serde::Serialize;

/// What a chart shows of it.
#[derive(Debug, Default)]
pub(super) struct Events {
    pub breaks: Vec<SeriesBreak>,
    pub target_steps: Vec<TargetStep>,
    pub revised: Vec<RevisedEvent>,
}

/// A point that was published with another figure.
#[derive(Debug)]
pub(super) struct RevisedEvent {
    /// Of the point.
    pub address: String,
    /// The figure then, where it is one.
    pub before: Option<f64>,
    /// `公表時 628人`.
    pub was: Words,
}

/// What the charts of a page show besides what every chart does.
#[derive(Debug, Default, Serialize)]
pub struct LegendView {
    pub breaks: bool,
    pub changes: bool,
    pub revised: bool,
}

impl LegendView {
    /// Of the charts of one policy's page.
    pub(super) fn of(indicators: &[IndicatorFacts<'_>], revised: &[facts::Revised<'_>]) -> Self {
        let series = || indicators.iter().flat_map(|of| &of.series);
        Self {
            breaks: indicators.iter().any(|of| !of.breaks.is_empty()),
            changes: series().flat_map(|of| &of.target_steps).any(|step| step.date.is_some()),
            revised: revised.iter().any(|of| of.id.field.decides()),
        }
    }

    /// Of the charts of many sheets and of what earlier ones add to them.
    pub(super) fn of_sheets<'s>(sheets: impl Iterator<Item = &'s Sheet>) -> Self {
        let mut legend = Self::default();
        for sheet in sheets {
            legend.breaks |= sheet.indicators.iter().any(|of| !of.breaks.is_empty());
            legend.changes |= sheet.indicators.iter().any(|of| !of.target_changes.is_empty());
            legend.revised |= sheet.revisions.iter().any(|of| of.field.decides());
        }
        legend
    }
}

/// The changed targets of an indicator.
#[derive(Debug, Serialize)]
pub struct TargetChangesView {
    /// For people, and without marks of language for an attribute.
    pub caption: Words,
    pub label: String,
    pub rows: Vec<TargetChangeRow>,
}

#[derive(Debug, Serialize)]
pub struct TargetChangeRow {
    /// The year of the target, with the component whose target it is.
    pub of: Html,
    pub before: Html,
    /// `None` where the target was withdrawn.
    pub after: Option<Html>,
    pub date: Option<String>,
    pub reason: Option<Html>,
    pub address: String,
}

impl PageContext<'_> {
    pub(super) fn events(
        &self,
        of: SheetOf<'_>,
        facts: &IndicatorFacts<'_>,
        series: &SeriesFacts<'_>,
        units: &Units,
    ) -> Events {
        let addresses = addresses(of.sheet, facts.indicator, series);
        Events {
            breaks: facts.breaks.iter().map(|at| self.series_break(of, facts, at)).collect(),
            target_steps: series
                .target_steps
                .iter()
                .filter_map(|step| self.chart_step(of, facts, series, step, units))
                .collect(),
            revised: if of.revised.is_empty() { Vec::new() } else { self.revised_points(of, facts, series, addresses) },
        }
    }

    fn series_break(&self, of: SheetOf<'_>, facts: &IndicatorFacts<'_>, at: &Break) -> SeriesBreak {
        let year = self.printer().short_year(at.year);
        let mut hint = self.labels.fill_words("history.break", &[("year", &year)]);
        if let Some(note) = &at.note {
            hint.push(self.word("list.after-sentence"));
            hint.append(&self.words(note));
        }
        // Only this sheet's own list is known by its places.
        let own = facts.indicator.breaks.iter().position(|own| std::ptr::eq(own, at));
        let address = own.map(|index| place(of.sheet.year, &of.sheet.policy, facts.indicator, "breaks", index + 1));
        SeriesBreak { year: position(at.year), hint: said(&hint), address: address.unwrap_or_default() }
    }

    /// A change as a step of the chart; `None` without a day, and where a level is no single figure.
    fn chart_step(
        &self,
        of: SheetOf<'_>,
        facts: &IndicatorFacts<'_>,
        series: &SeriesFacts<'_>,
        step: &facts::TargetStep<'_>,
        units: &Units,
    ) -> Option<TargetStep> {
        let (after, date) = (step.after?, step.date?);
        let (from, to) = (level(step.before)?, level(after)?);
        let year = self.target_year(series, step.year);
        let printed = |value: &Value| self.printer().value(value, &units.target);
        let day = self.printer().date(&date.to_string());
        let values: [(&str, &dyn crate::theme::Shown); 4] =
            [("year", &year), ("from", &printed(step.before)), ("to", &printed(after)), ("date", &day)];
        let hint = self.labels.fill_words("chart.target-step", &values);
        let bare = self.printer().value(step.before, &Words::default());
        let label = self.labels.fill_words("chart.target-step-label", &[("from", &bare), ("to", &printed(after))]);
        let (sheet, number) = step.declared;
        Some(TargetStep {
            year: position(step.year),
            at: day_on_axis(date),
            before: from,
            after: to,
            label: said(&label),
            hint: said(&hint),
            address: place(sheet, &of.sheet.policy, facts.indicator, "target_changes", number),
        })
    }

    fn revised_points(
        &self,
        of: SheetOf<'_>,
        facts: &IndicatorFacts<'_>,
        series: &SeriesFacts<'_>,
        addresses: Addresses<'_>,
    ) -> Vec<RevisedEvent> {
        let component = series.component.map(|of| of.id.clone()).unwrap_or_default();
        let found = |field, year: Option<FiscalYear>, address: String| {
            let id = FigureId { indicator: facts.indicator.id.clone(), component: component.clone(), field, year };
            let was = self.was(of.revised, &id)?;
            let before = of.revised.iter().find(|of| of.id == id)?.published;
            let before = before.and_then(|figure| figure.value.parse::<rust_decimal::Decimal>().ok()?.to_f64());
            Some(RevisedEvent { address, before, was })
        };
        let actuals = series.actuals.iter().filter_map(|point| {
            found(FigureField::Actual, Some(point.year), addresses.of_year(point.sheet, "actuals", point.year))
        });
        let targets = series.targets.iter().filter_map(|point| {
            found(FigureField::Target, Some(point.year), addresses.of_year(point.sheet, "targets", point.year))
        });
        let baseline = series.baseline.and_then(|baseline| {
            let year = (baseline.year_from == facts::YearFrom::Source).then_some(baseline.year);
            found(FigureField::Baseline, year, addresses.of(baseline.sheet, "baseline"))
        });
        actuals.chain(targets).chain(baseline).collect()
    }

    /// The table of changed targets; `None` where none was changed.
    pub(super) fn target_changes(
        &self,
        of: SheetOf<'_>,
        facts: &IndicatorFacts<'_>,
        units: &Units,
    ) -> Option<TargetChangesView> {
        let steps =
            || facts.series.iter().flat_map(|series| series.target_steps.iter().map(move |step| (series, step)));
        steps().next()?;
        let prose = self.prose(&of.sheet.path);
        let printed = |value: &Value| self.printer().value(value, &units.target).html();
        let row = |(series, step): (&SeriesFacts<'_>, &facts::TargetStep<'_>)| {
            let mut name = self.target_year(series, step.year);
            if let Some(component) = series.component {
                let component = self.words(&component.name);
                name = self.labels.fill_words("indicator.component", &[("name", &name), ("component", &component)]);
            }
            let (sheet, number) = step.declared;
            TargetChangeRow {
                of: name.html(),
                before: printed(step.before),
                after: step.after.map(printed),
                date: step.date.map(|date| self.printer().date(&date.to_string())),
                reason: step.change.reason.as_ref().map(|reason| prose.inline(reason)),
                address: place(sheet, &of.sheet.policy, facts.indicator, "target_changes", number),
            }
        };
        let name = self.words(&facts.indicator.name);
        let caption = self.labels.fill_words("target-changes.caption", &[("name", &name)]);
        let rows = steps().map(row).collect();
        Some(TargetChangesView { label: caption.as_str().to_owned(), caption, rows })
    }

    fn target_year(&self, series: &SeriesFacts<'_>, year: FiscalYear) -> Words {
        self.year_among(&series.targets, year)
    }
}

/// The structural address of an item of one of the indicator's lists.
fn place(sheet: FiscalYear, policy: &str, indicator: &Indicator, list: &str, number: usize) -> String {
    format!("{sheet}/{policy}#{}/{list}/{number}", indicator.id)
}

/// The level that a target asks for, as a chart draws it.
fn level(target: &Value) -> Option<f64> {
    match target.reading {
        Reading::AtLeast(n) | Reading::MoreThan(n) | Reading::AtMost(n) | Reading::LessThan(n) => n.to_f64(),
        _ => target.number()?.to_f64(),
    }
}

/// Where a day lies on an axis of fiscal years, where each year reaches half a year to either side of its own place: the
/// first of April lies half-way between two years.
fn day_on_axis(day: Date) -> f64 {
    const DAYS: f64 = 365.25;
    let begun = if day.month() >= 4 { day.year() } else { day.year() - 1 };
    let days = jiff::civil::date(begun, 4, 1).until(day).map_or(0, |span| span.get_days());
    f64::from(begun) - 0.5 + (f64::from(days) / DAYS).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fiscal_year_begins_half_a_year_before_its_place_on_the_axis() {
        let at = |year, month, day| (day_on_axis(Date::constant(year, month, day)) * 100.0).round() / 100.0;
        assert_eq!(at(2024, 4, 1), 2023.5);
        assert_eq!(at(2024, 3, 31), 2023.5, "the last day of fiscal 2023");
        assert_eq!(at(2024, 10, 1), 2024.0);
        assert_eq!(at(2025, 1, 1), 2024.25);
    }
}
