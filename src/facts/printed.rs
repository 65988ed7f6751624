//! Figures as the sheets of an edition print them: without what follows from them.

use super::series::KnownIndicator;
use super::{BaselineFact, ExpenditureFacts, Point, YearFrom};
use crate::markdown;
use crate::model::ledger::canonical_value;
use crate::model::{
    Amount, Component, Expenditure, FigureField, FigureId, FiscalYear, Indicator, Language, MoneyUnit, PublishedFigure,
    RateMethod, Reading, Sheet, Value,
};
use rust_decimal::Decimal;
use std::borrow::Cow;

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
pub(super) enum Unit<'a> {
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

    /// Whether another figure says the same; amounts of money do in whatever unit.
    pub fn says_the_same(&self, other: &Self) -> bool {
        if let (Unit::Money(unit), Unit::Money(of_other)) = (self.unit, other.unit)
            && unit != of_other
        {
            let yen = |of: &Self, unit: MoneyUnit| of.value.number()?.checked_mul(unit.in_yen());
            return yen(self, unit).is_some_and(|one| yen(other, of_other) == Some(one));
        }
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
        let unit = Unit::of_rate(indicator, method);
        let field = FigureField::PublishedRate;
        Self { indicator: Some(indicator), component, field, year: Some(year), value, unit, sheet }
    }
}

impl<'a> Unit<'a> {
    /// Of rates by this method: percent, or the points of a difference.
    pub fn of_rate(indicator: &'a Indicator, method: RateMethod) -> Self {
        if method == RateMethod::Difference { Self::OfIndicator(indicator) } else { Self::Percent }
    }

    /// A figure that no sheet prints, with its unit.
    pub fn behind(self, figure: Decimal, language: &Language) -> String {
        format!("{}{}", grouped(figure), self.plain(language))
    }

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

/// What is printed of an indicator of the edition's sheet: baselines, actuals, targets, achievement rates.
pub(super) fn printed_of<'a>(
    indicator: &'a Indicator,
    known: &KnownIndicator<'a>,
    (method, edition): (RateMethod, FiscalYear),
) -> Vec<Printed<'a>> {
    let mut found = Vec::new();
    for known in &known.series {
        let of = (indicator, known.component);
        found.extend(Printed::of_series(of, known.baseline.as_ref(), (&known.actuals, &known.targets)));
        let rates = known.actuals.iter().filter_map(|actual| Some((actual.year, known.published_rate(actual.year)?)));
        found.extend(rates.map(|(year, rate)| Printed::rate(of, year, rate.value, (method, edition))));
    }
    found
}

/// The amounts of money that are printed of the policy and, in the sheet itself, of its projects: totals and funds, each
/// with its component.
pub(super) fn printed_amounts<'a>(
    sheet: &'a Sheet,
    money: &ExpenditureFacts<'a>,
    language: &Language,
) -> Vec<(Cow<'a, str>, Printed<'a>)> {
    let mut found = Vec::new();
    for of in &money.years {
        let kinds = [
            (FigureField::Settled, of.settled),
            (FigureField::Budgeted, of.budgeted),
            (FigureField::Personnel, of.personnel),
            (FigureField::Total, of.total),
        ];
        for (field, stated) in kinds {
            let Some((amount, from)) = stated else { continue };
            let unit = money.unit_of(from).unwrap_or(MoneyUnit::Yen);
            put_amount(&mut found, "", (field, of.year, from), amount, unit);
        }
    }
    // A project is known by its name: sheets give it no id, and its place in the list may change.
    for project in &sheet.projects {
        let Some(expenditure) = project.expenditure.as_deref() else { continue };
        let name = format!("project:{}", markdown::plain(project.name.get(language)));
        let Expenditure { unit, settled, budgeted, personnel, total, .. } = expenditure;
        let kinds = [
            (FigureField::Settled, settled),
            (FigureField::Budgeted, budgeted),
            (FigureField::Personnel, personnel),
            (FigureField::Total, total),
        ];
        for (field, money) in kinds {
            for (year, amount) in money {
                put_amount(&mut found, &name, (field, *year, sheet.year), amount, *unit);
            }
        }
    }
    found
}

/// The total of an amount, and its funds.
fn put_amount<'a>(
    found: &mut Vec<(Cow<'a, str>, Printed<'a>)>,
    of: &str,
    (field, year, sheet): (FigureField, FiscalYear, FiscalYear),
    amount: &'a Amount,
    unit: MoneyUnit,
) {
    let year = Some(year);
    let printed =
        |value| Printed { indicator: None, component: None, field, year, value, unit: Unit::Money(unit), sheet };
    let whole = if of.is_empty() { Cow::Borrowed("") } else { Cow::Owned(of.to_owned()) };
    found.push((whole, printed(&amount.total)));
    for (fund, value) in &amount.funds {
        let name = fund.name();
        let component = if of.is_empty() { Cow::Borrowed(name) } else { Cow::Owned(format!("{of}/{name}")) };
        found.push((component, printed(value)));
    }
}

/// A value as people read it, in one line: as printed, else its digits with the unit.
pub(super) fn text(value: &Value, unit: &str) -> String {
    let of = |number: &Decimal| format!("{}{unit}", grouped(*number));
    match (&value.reading, &value.printed) {
        (Reading::Missing(missing), _) => missing.reason.symbol().to_owned(),
        (_, Some(printed)) => printed.to_string(),
        (Reading::Number(number), None) => of(number),
        (Reading::AtLeast(number), None) => format!("{}以上", of(number)),
        (Reading::AtMost(number), None) => format!("{}以下", of(number)),
        (Reading::MoreThan(number), None) => format!("{}超", of(number)),
        (Reading::LessThan(number), None) => format!("{}未満", of(number)),
        (Reading::Range(range), None) => format!("{}〜{}", grouped(range.low), of(&range.high)),
        (Reading::Rank(rank), None) => format!("{rank}位"),
        (Reading::Text { .. }, None) => String::new(),
    }
}

/// `-1,234.50`.
fn grouped(number: Decimal) -> String {
    let digits = number.to_string();
    let whole = digits.find('.').unwrap_or(digits.len());
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.char_indices() {
        let is_behind_digit = digits[..index].ends_with(|c: char| c.is_ascii_digit());
        if index < whole && is_behind_digit && (whole - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
