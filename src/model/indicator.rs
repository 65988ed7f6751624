//! Indicators: what is measured, from where, towards what.

use super::fiscal_year::FiscalYear;
use super::fitted;
use super::portal::RateRule;
use super::reading::Value;
use super::text::{At, Text};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// An indicator of a sheet as that sheet states it. Over the years the same `id` means the same indicator.
///
/// What few indicators have is boxed: a portal of all years holds tens of thousands of them.
#[derive(Clone, Debug)]
pub struct Indicator {
    pub id: Box<str>,
    pub name: Text,
    pub description: Option<Box<Text>>,
    pub formula: Option<Box<Text>>,
    pub source: Option<Box<Text>>,
    pub target_reason: Option<Box<Text>>,
    /// What the city says of a last target that was met before its year: kept, raised, and why.
    pub target_note: Option<Box<Text>>,
    pub kind: Kind,
    /// Whether the sheet says which kind it is; pages name only what a sheet says.
    pub kind_stated: bool,
    /// The unit as printed after a figure (人, %, 千円). `None`: a number without a unit.
    pub unit: Option<Text>,
    /// Only where the target is counted in another unit than the actual.
    pub target_unit: Option<Box<Text>>,
    pub accumulation: Accumulation,
    /// Whether the sheet says what an actual counts; else it is reckoned as annual, and pages name nothing.
    pub accumulation_stated: bool,
    /// As declared; `None` means the sign of target − baseline decides.
    pub direction: Option<Direction>,
    pub tolerance: Option<Box<Tolerance>>,
    /// The series, where the indicator has no components; empty where it has.
    pub series: Series,
    /// Parts that the sheet prints side by side (小学校, 中学校), each with a series of its own.
    pub components: Box<[Component]>,
    pub survey: Option<Box<Survey>>,
    /// Departs from the portal's rule.
    pub rate: Option<RateRule>,
    pub breaks: Box<[Break]>,
    pub target_changes: Box<[TargetChange]>,
    /// The id of the indicator that this one took the place of.
    pub replaces: Option<Box<str>>,
    pub ended: Option<Box<Ended>>,
    pub notes: Box<[Text]>,
    pub at: At,
}

impl Indicator {
    /// Every series with its component: one without a component, or one per component.
    pub fn all_series(&self) -> impl Iterator<Item = (Option<&Component>, &Series)> {
        let own = self.components.is_empty().then_some((None, &self.series));
        own.into_iter().chain(self.components.iter().map(|c| (Some(c), &c.series)))
    }
}

/// One of the parts that an indicator is printed in.
#[derive(Clone, Debug)]
pub struct Component {
    pub id: Box<str>,
    pub name: Text,
    pub series: Series,
    pub at: At,
}

/// Baseline, actuals, targets and rates that the city printed.
#[derive(Clone, Debug, Default)]
pub struct Series {
    pub baseline: Option<Baseline>,
    pub actuals: YearValues,
    pub targets: YearValues,
    /// Achievement rates as the city printed them (`"99.4"`), per year of the actual.
    pub published_rates: YearValues,
}

type PrintedYears = Vec<(FiscalYear, Box<str>)>;

/// Values by fiscal year, in ascending order of years, each year once.
#[derive(Clone, Debug, Default)]
pub struct YearValues {
    values: Box<[(FiscalYear, Value)]>,
    /// How the sheet prints a year that never came (`平成35年度`).
    printed_years: Option<Box<PrintedYears>>,
}

impl YearValues {
    /// Sorts by year. Of two values for one year the first stays (the reader of the sheet has reported the second).
    pub fn new(values: Vec<(FiscalYear, Value)>) -> Self {
        Self::with_printed_years(values, Vec::new())
    }

    /// As [`YearValues::new`], with the years that the sheet prints under an era that had ended.
    pub fn with_printed_years(
        mut values: Vec<(FiscalYear, Value)>,
        printed_years: Vec<(FiscalYear, Box<str>)>,
    ) -> Self {
        values.sort_by_key(|(year, _)| *year);
        values.dedup_by_key(|(year, _)| *year);
        let printed_years = (!printed_years.is_empty()).then(|| Box::new(printed_years));
        Self { values: fitted(values).into(), printed_years }
    }

    /// The year as printed, where its era year never came (`平成35年度` for 2023).
    pub fn year_printed(&self, year: FiscalYear) -> Option<&str> {
        self.printed_years
            .iter()
            .flat_map(|years| years.iter())
            .find(|(of, _)| *of == year)
            .map(|(_, printed)| printed.as_ref())
    }

    pub fn get(&self, year: FiscalYear) -> Option<&Value> {
        self.values
            .binary_search_by_key(&year, |(y, _)| *y)
            .ok()
            .and_then(|i| self.values.get(i))
            .map(|(_, value)| value)
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (FiscalYear, &Value)> {
        self.values.iter().map(|(year, value)| (*year, value))
    }

    pub fn first(&self) -> Option<(FiscalYear, &Value)> {
        self.values.first().map(|(year, value)| (*year, value))
    }

    pub fn last(&self) -> Option<(FiscalYear, &Value)> {
        self.values.last().map(|(year, value)| (*year, value))
    }

    pub fn len(&self) -> usize {
        self.values.len()
    }

    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

/// 計画策定時の値: where an indicator set out from.
#[derive(Clone, Debug)]
pub struct Baseline {
    /// As printed; `None` where the source prints none, and then facts say which year they assumed.
    pub year: Option<FiscalYear>,
    /// The year as written where it is an era year that never came or a calendar year (`21年`).
    pub year_printed: Option<Box<str>>,
    pub value: Value,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 成果指標.
    #[default]
    Outcome,
    /// 活動指標.
    Output,
    /// 対象指標, 参考指標: no target, no verdict.
    Context,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::Outcome, Self::Output, Self::Context];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Outcome => "outcome",
            Self::Output => "output",
            Self::Context => "context",
        }
    }
}

/// What an actual counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Accumulation {
    /// That year alone; the target is a yearly level.
    #[default]
    Annual,
    /// Running totals as printed, never summed by the tool.
    Cumulative,
    /// The level at the end of the year.
    Stock,
    /// Annual actuals towards a total of the period (5年間で300人): the tool sums them, shows and judges the sum.
    PeriodTotal,
}

impl Accumulation {
    pub const ALL: [Self; 4] = [Self::Annual, Self::Cumulative, Self::Stock, Self::PeriodTotal];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Annual => "annual",
            Self::Cumulative => "cumulative",
            Self::Stock => "stock",
            Self::PeriodTotal => "period-total",
        }
    }
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    Increase,
    Decrease,
    /// Keep the level of the target (or better nothing worse than its tolerance).
    Maintain,
    /// Stay within the range of the target.
    Within,
    /// Neither is better: no verdict.
    None,
}

impl Direction {
    pub const ALL: [Self; 5] = [Self::Increase, Self::Decrease, Self::Maintain, Self::Within, Self::None];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Increase => "increase",
            Self::Decrease => "decrease",
            Self::Maintain => "maintain",
            Self::Within => "within",
            Self::None => "none",
        }
    }
}

/// How far from its target a maintained indicator may be, in its unit (points for %). `None`: any distance.
///
/// `tolerance: 2` is 2 on both sides; `{below: 2}` allows 2 below and anything above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tolerance {
    pub below: Option<Decimal>,
    pub above: Option<Decimal>,
}

/// The survey behind an indicator.
#[derive(Clone, Debug)]
pub struct Survey {
    pub sample: Option<u64>,
    /// A move within this, in the indicator's unit, is no move.
    pub tolerance: Option<Decimal>,
    pub note: Option<Text>,
}

/// A year from which on the figures are not comparable with those before: no line is drawn across.
#[derive(Clone, Debug)]
pub struct Break {
    pub year: FiscalYear,
    pub year_at: At,
    pub note: Option<Text>,
    pub at: At,
}

/// A target that was changed during the plan.
#[derive(Clone, Debug)]
pub struct TargetChange {
    /// The year whose target was changed.
    pub year: FiscalYear,
    pub year_at: At,
    /// Of the component whose target it was; `None` means the target of every component.
    pub component: Option<Box<str>>,
    pub from: Value,
    /// The day of the decision.
    pub date: Option<Date>,
    pub date_at: At,
    pub reason: Option<Text>,
    pub at: At,
}

impl TargetChange {
    /// Whether it speaks of the target of a year, in the series of this component.
    pub fn is_of(&self, year: FiscalYear, component: Option<&str>) -> bool {
        self.year == year && self.is_of_series(component)
    }

    /// Whether it speaks of a target of the series of this component.
    pub fn is_of_series(&self, component: Option<&str>) -> bool {
        self.component.is_none() || self.component.as_deref() == component
    }
}

/// An indicator that is not followed any more.
#[derive(Clone, Debug)]
pub struct Ended {
    pub year: FiscalYear,
    pub note: Option<Text>,
}
