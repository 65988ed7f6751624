//! Figures as the sheets of an edition print them: without what follows from them.

use super::expenditure::expenditure;
use super::series::{History, KnownIndicator};
use super::{BaselineFact, Point, YearFrom};
use crate::markdown;
use crate::model::ledger::canonical_value;
use crate::model::{
    Component, FigureField, FigureId, FiscalYear, Indicator, Language, MoneyUnit, Portal, PublishedFigure, RateMethod,
    RateRule, Reading, Value,
};

/// A figure that a sheet prints.
#[derive(Clone, Copy, Debug)]
pub(super) struct Printed<'a> {
    /// Nothing for what belongs to the policy itself.
    pub indicator: Option<&'a Indicator>,
    pub component: Option<&'a Component>,
    pub field: FigureField,
    pub year: Option<FiscalYear>,
    pub value: &'a Value,
    unit: Unit<'a>,
    pub sheet: FiscalYear,
}

/// What a figure is printed in.
#[derive(Clone, Copy, Debug)]
enum Unit<'a> {
    OfIndicator(&'a Indicator),
    OfTarget(&'a Indicator),
    Percent,
    Money(MoneyUnit),
}

impl<'a> Printed<'a> {
    pub fn id(&self) -> FigureId {
        let (indicator, component) = self.series();
        FigureId { indicator: indicator.into(), component: component.into(), field: self.field, year: self.year }
    }

    /// The ids of its indicator and component; empty where it has none.
    pub fn series(&self) -> (&'a str, &'a str) {
        (self.indicator.map_or("", |of| of.id.as_ref()), self.component.map_or("", |of| of.id.as_ref()))
    }

    /// What orders figures as their ids do.
    pub fn key(&self) -> ((&'a str, &'a str), FigureField, Option<FiscalYear>) {
        (self.series(), self.field, self.year)
    }

    /// Whether another figure says the same.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let is_text = matches!(self.value.reading, Reading::Text { .. });
        (!is_text && self.value.reading == other.value.reading)
            || canonical_value(self.value) == canonical_value(other.value)
    }

    /// As an edition publishes it; people read the first language.
    pub fn published(&self, language: &Language) -> PublishedFigure {
        let unit = self.unit.plain(language);
        PublishedFigure { value: canonical_value(self.value).into(), text: text(self.value, &unit).into(), line: 0 }
    }

    /// Figures of a series, each once.
    pub fn of_series(
        (indicator, component): (&'a Indicator, Option<&'a Component>),
        baseline: Option<&BaselineFact<'a>>,
        (actuals, targets): (&[Point<'a>], &[Point<'a>]),
    ) -> impl Iterator<Item = Self> {
        let of = move |field, year, value, unit, sheet| Self {
            indicator: Some(indicator),
            component,
            field,
            year,
            value,
            unit,
            sheet,
        };
        let (own, of_target) = (Unit::OfIndicator(indicator), Unit::OfTarget(indicator));
        let baseline = baseline.map(|baseline| {
            let year = (baseline.year_from == YearFrom::Source).then_some(baseline.year);
            of(FigureField::Baseline, year, baseline.value, own, baseline.sheet)
        });
        let actuals = actuals
            .iter()
            .map(move |of_year| of(FigureField::Actual, Some(of_year.year), of_year.value, own, of_year.sheet));
        let targets = targets
            .iter()
            .map(move |of_year| of(FigureField::Target, Some(of_year.year), of_year.value, of_target, of_year.sheet));
        baseline.into_iter().chain(actuals).chain(targets)
    }

    /// An achievement rate that the city printed.
    pub fn rate(
        (indicator, component): (&'a Indicator, Option<&'a Component>),
        year: FiscalYear,
        value: &'a Value,
        (method, sheet): (RateMethod, FiscalYear),
    ) -> Self {
        let unit = if method == RateMethod::Difference { Unit::OfIndicator(indicator) } else { Unit::Percent };
        let field = FigureField::PublishedRate;
        Self { indicator: Some(indicator), component, field, year: Some(year), value, unit, sheet }
    }
}

impl Unit<'_> {
    fn plain(self, language: &Language) -> String {
        let unit = match self {
            Self::OfIndicator(indicator) => indicator.unit.as_ref(),
            Self::OfTarget(indicator) => indicator.target_unit.as_deref().or(indicator.unit.as_ref()),
            Self::Percent => return "%".to_owned(),
            Self::Money(unit) => return unit.name().to_owned(),
        };
        unit.map(|unit| markdown::plain(unit.get(language))).unwrap_or_default()
    }
}

/// What the sheets that `history` tells of print of an indicator of the edition's sheet, in the order of ids: baselines,
/// actuals, targets, achievement rates.
pub(super) fn printed_of<'a>(
    portal: &'a Portal,
    history: &History<'a>,
    indicator: &'a Indicator,
    edition: FiscalYear,
) -> Vec<Printed<'a>> {
    let RateRule { method, .. } = indicator.rate.unwrap_or(portal.rate);
    let mut found = Vec::new();
    for known in KnownIndicator::new(history, indicator, &portal.plan, edition).series {
        let of = (indicator, known.component);
        found.extend(Printed::of_series(of, known.baseline.as_ref(), (&known.actuals, &known.targets)));
        let rates = known.actuals.iter().filter_map(|actual| Some((actual.year, known.published_rate(actual.year)?)));
        found.extend(rates.map(|(year, rate)| Printed::rate(of, year, rate.value, (method, edition))));
    }
    in_order(found)
}

/// The totals of money that they print of the policy, in the order of ids.
pub(super) fn printed_money<'a>(history: &History<'a>, edition: FiscalYear) -> Vec<Printed<'a>> {
    let money = expenditure(history.sheets(edition));
    let mut found = Vec::new();
    for of in &money.years {
        let kinds = [
            (FigureField::Settled, of.settled),
            (FigureField::Budgeted, of.budgeted),
            (FigureField::Personnel, of.personnel),
            (FigureField::Total, of.total),
        ];
        found.extend(kinds.into_iter().filter_map(|(field, stated)| {
            let (amount, sheet) = stated?;
            let unit = Unit::Money(money.unit_of(sheet).unwrap_or(MoneyUnit::Yen));
            let (indicator, component, year, value) = (None, None, Some(of.year), &amount.total);
            Some(Printed { indicator, component, field, year, value, unit, sheet })
        }));
    }
    in_order(found)
}

/// Each once: of two of one id the first.
fn in_order(mut figures: Vec<Printed<'_>>) -> Vec<Printed<'_>> {
    figures.sort_by_key(Printed::key);
    figures.dedup_by_key(|figure| figure.key());
    figures
}

/// A value as people read it, in one line: as printed, else its digits with the unit.
pub(super) fn text(value: &Value, unit: &str) -> String {
    match (&value.reading, &value.printed) {
        (Reading::Missing(missing), _) => missing.reason.symbol().to_owned(),
        (_, Some(printed)) => printed.to_string(),
        (Reading::Number(number), None) => format!("{number}{unit}"),
        (Reading::AtLeast(number), None) => format!("{number}{unit}以上"),
        (Reading::AtMost(number), None) => format!("{number}{unit}以下"),
        (Reading::MoreThan(number), None) => format!("{number}{unit}超"),
        (Reading::LessThan(number), None) => format!("{number}{unit}未満"),
        (Reading::Range(range), None) => format!("{}〜{}{unit}", range.low, range.high),
        (Reading::Rank(rank), None) => format!("{rank}位"),
        (Reading::Text { .. }, None) => String::new(),
    }
}
