//! Facts: every number a reader will see, derived once from the portal and used by page, chart and data file alike.
//!
//! Deriving is total: what cannot be computed is a result with a reason, never an error.
//!
//! [`derive()`] makes what the index and area pages of every edition need, and keeps it small. [`policy()`] makes
//! everything about one policy in one edition, when its page or its rows of data are rendered; both go through the
//! same functions, so they cannot disagree. [`judged()`] gives less of the same, for tables.

mod changes;
mod comparison;
mod days;
mod earlier;
mod early;
mod edition;
mod exact;
mod expected;
mod expenditure;
mod frozen;
mod later;
mod needed;
mod order;
mod particulars;
mod passage;
mod policy;
mod printed;
mod published;
pub mod rate;
mod recommendations;
mod review;
mod series;
mod stand;
#[cfg(test)]
mod tests;
pub mod thread;
mod verdict;

pub use changes::TargetStep;
pub use comparison::{
    EditionOf, FigureCompared, FigureDifference, IndicatorDifference, PolicyDifference, TextSection, difference,
    difference_in_short, differences, recommendations_otherwise,
};
pub use earlier::{EarlierEdition, Of, Stood, earlier};
pub use early::ask_about_early_targets;
pub use edition::{changed_verdicts, derive, derive_again};
pub use frozen::{Compared, ComparedCounts, Declared, Revised, compared, unit_of};
pub use later::{CorrectedLater, corrected_later, corrected_policies, has_errata, restated};
pub use passage::PolicyChange;
pub use policy::{judged, policy, shortfall};
pub use published::{Stated, published, recommendations_digest};
pub use recommendations::{
    Answer, Recommended, StillOpen, closed_in, has_recommendations, recommendations, recommendations_for, still_open,
};
pub use review::review;
pub use stand::Ends;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::model::{
    Break, Component, FiscalYear, Indicator, MissingReason, MoneyUnit, PerPolicy, RateMethod, RateRule, Reading, Sheet,
    Value, VerdictName,
};
use rust_decimal::Decimal;

/// What was derived of each policy, for the next portal with the same settings. Empty at first.
#[derive(Debug, Default)]
pub struct Kept {
    /// By the ledgers, too, which say what was published.
    summaries: PerPolicy<frozen::Around, Vec<policy::Summarised>>,
    rates: PerPolicy<(), Vec<Diagnostic>>,
    frozen: PerPolicy<frozen::Around, Vec<Diagnostic>>,
    editions: BTreeMap<FiscalYear, edition::Kept>,
}

/// Facts of the whole portal.
#[derive(Clone, Debug)]
pub struct Facts {
    /// One per fiscal year that has a sheet, ascending.
    pub editions: Vec<EditionFacts>,
}

impl Facts {
    pub fn edition(&self, year: FiscalYear) -> Option<&EditionFacts> {
        self.editions.iter().find(|edition| edition.year == year)
    }

    pub fn latest(&self) -> Option<&EditionFacts> {
        self.editions.last()
    }
}

/// The edition of one evaluated fiscal year: what the sheets up to that year say.
#[derive(Clone, Debug)]
pub struct EditionFacts {
    pub year: FiscalYear,
    /// In the order of areas, then of numbers as people sort them (2 before 10), then of ids.
    pub policies: Arc<[Arc<PolicySummary>]>,
    /// In the order of portal.yaml; only areas that have a policy, or a child area that has one.
    pub areas: Vec<AreaSummary>,
    pub counts: VerdictCounts,
    pub settled: MoneyTotal,
    /// Series that are behind or worse than at the baseline, the worst first (worse-than-baseline, then behind by pace,
    /// ascending), without indicators that have ended. Indices into `policies` and its `marks`.
    pub attention: Vec<(usize, usize)>,
    /// Series whose last target was met before its year, in the order of `policies`.
    pub reached_early: Vec<(usize, usize)>,
    /// Policies of which a grade of the year has a verdict in the legend that is two steps or more from the lower median
    /// verdict, on the scale achieved, on-track, nearly, behind, worse-than-baseline.
    pub divergent: Vec<usize>,
    /// Series whose verdict differs from the previous edition's, in the order of `policies`.
    pub changed: Vec<VerdictChange>,
    /// Of a frozen edition: how many figures are as they were published.
    pub compared: Option<ComparedCounts>,
}

/// A series whose verdict is another than in the previous edition.
#[derive(Clone, Debug, PartialEq)]
pub struct VerdictChange {
    /// Index into [`EditionFacts::policies`].
    pub policy: usize,
    /// Index into [`PolicySummary::marks`].
    pub mark: usize,
    pub before: VerdictName,
}

/// What the index needs of one policy.
#[derive(Clone, Debug)]
pub struct PolicySummary {
    pub sheet: Arc<Sheet>,
    pub counts: VerdictCounts,
    /// The lower median of the verdicts that could be judged: of two in the middle, the worse.
    pub median: Option<VerdictName>,
    /// One per series (an indicator, or a component of one), in the order of the sheet.
    pub marks: Vec<Mark>,
    /// Actuals of the first series that has any, for the spark: year and figure; `None` is a gap.
    pub spark: Vec<(FiscalYear, Option<Decimal>)>,
    /// The place of that series among `marks`.
    pub spark_mark: usize,
    /// No line of the spark leads from the year before to one of these.
    pub spark_breaks: Box<[FiscalYear]>,
    /// The median of the computable rates of the series whose method is `progress` (other methods do not mix with it), in
    /// percent with the portal's decimals. Of two middle rates it is the mean.
    pub median_rate: Option<Decimal>,
    /// The median of the paces, with two digits.
    pub median_pace: Option<Decimal>,
    /// Settled amount of the evaluated year.
    pub settled: Option<Settled>,
    /// Of a frozen edition: how many figures are as they were published.
    pub compared: Option<ComparedCounts>,
}

/// One series as the overview shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Index into [`Sheet::indicators`], and into its components where it has some.
    pub indicator: usize,
    pub component: Option<usize>,
    pub verdict: VerdictName,
    pub reason: Option<UndecidedReason>,
    pub pace: Option<Decimal>,
}

/// The figures that decide that a series is behind or worse than at its baseline.
#[derive(Clone, Debug)]
pub struct Shortfall<'a> {
    /// `None` where the city says of a target without an actual that it is not met.
    pub actual: Option<Point<'a>>,
    /// What the plan called for in the actual's year.
    pub expected: Option<Decimal>,
    /// Only with worse-than-baseline.
    pub baseline: Option<BaselineFact<'a>>,
    /// The target that is not kept or not met, where the verdict speaks of one ([`Judgement::against`]).
    pub target: Option<Point<'a>>,
}

/// What the index needs of one area.
#[derive(Clone, Debug)]
pub struct AreaSummary {
    /// Index into [`crate::model::Portal::areas`].
    pub area: usize,
    /// Indices into [`EditionFacts::policies`]: the area's own, then those of its child areas.
    pub policies: Vec<usize>,
    pub counts: VerdictCounts,
    pub settled: MoneyTotal,
}

/// How many series have each verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VerdictCounts {
    counts: [usize; VerdictName::ALL.len()],
}

impl VerdictCounts {
    pub fn add(&mut self, verdict: VerdictName) {
        self.counts[verdict as usize] += 1;
    }

    pub fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.counts.iter_mut().zip(other.counts) {
            *mine += theirs;
        }
    }

    pub fn get(&self, verdict: VerdictName) -> usize {
        self.counts[verdict as usize]
    }

    /// All series.
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }

    /// All series that could be judged.
    pub fn judged(&self) -> usize {
        self.total() - self.get(VerdictName::Undecided)
    }
}

/// A settled amount in the unit of its sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settled {
    pub amount: Decimal,
    pub unit: MoneyUnit,
    /// The previous year's amount in the same unit, as this edition knows it.
    pub previous: Option<Decimal>,
}

impl Settled {
    /// In yen. `derive` makes only amounts that a decimal can hold in yen.
    pub fn in_yen(&self) -> Decimal {
        self.amount.saturating_mul(self.unit.in_yen())
    }
}

/// A sum of settled amounts. Says how many policies it includes, since not every sheet prints one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MoneyTotal {
    /// In yen.
    pub yen: Decimal,
    pub policies_included: usize,
    pub policies: usize,
    /// The previous year's sum over exactly the policies that print both years, with this year's sum over the same.
    pub comparable: Option<ComparableTotals>,
    /// The coarsest unit among the sheets summed; sums are printed in it.
    pub unit: Option<MoneyUnit>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ComparableTotals {
    pub yen: Decimal,
    pub previous_yen: Decimal,
    pub policies: usize,
}

/// Everything about one policy in one edition.
#[derive(Clone, Debug)]
pub struct PolicyFacts<'a> {
    pub year: FiscalYear,
    pub sheet: &'a Sheet,
    pub indicators: Vec<IndicatorFacts<'a>>,
    pub counts: VerdictCounts,
    pub median: Option<VerdictName>,
    /// Of the sheet, over the years that this edition knows; an earlier sheet's amounts where this one is silent.
    pub expenditure: ExpenditureFacts<'a>,
}

#[derive(Clone, Debug)]
pub struct IndicatorFacts<'a> {
    pub indicator: &'a Indicator,
    pub rule: RateRule,
    /// Every break that this or an earlier sheet declares, ascending; no line is drawn across one.
    pub breaks: Vec<&'a Break>,
    /// One, or one per component.
    pub series: Vec<SeriesFacts<'a>>,
}

/// One series of figures and what follows from it.
#[derive(Clone, Debug)]
pub struct SeriesFacts<'a> {
    pub component: Option<&'a Component>,
    pub baseline: Option<BaselineFact<'a>>,
    /// Ascending; from this sheet and, for years it does not state, from earlier ones.
    pub actuals: Vec<Point<'a>>,
    pub targets: Vec<Point<'a>>,
    /// By the year of the target, then by date.
    pub target_steps: Vec<TargetStep<'a>>,
    /// One per year that has an actual, missing ones included.
    pub rates: Vec<RateFact<'a>>,
    /// The corners of the expected line through baseline and targets, the last one kept up to the edition's year; empty
    /// without both. A `period-total` sets out from zero, whatever its baseline was.
    pub expected: Vec<(FiscalYear, Decimal)>,
    pub judgement: Judgement<'a>,
    pub needed: Option<Needed>,
    /// The rate of the judged year by every method, in the order of [`RateMethod::ALL`].
    pub other_methods: Vec<(RateMethod, Rate)>,
    /// The years beside the assumed baseline year that would give another verdict; empty where the source prints the
    /// year or none matters.
    pub other_baseline_years: Vec<OtherBaselineYear>,
    pub remarks: Vec<Remark>,
    /// For `period-total`: years of the period without a figure. Sums after them hold only the years that are known;
    /// no rate is made of them, and no verdict but one that the missing years cannot change.
    pub sum_without: Vec<FiscalYear>,
    /// A break between the baseline and the judged year: the two figures were not counted alike.
    pub break_since_baseline: Option<&'a Break>,
}

/// A value of one year, with the sheet that states it.
#[derive(Clone, Copy, Debug)]
pub struct Point<'a> {
    pub year: FiscalYear,
    pub value: &'a Value,
    /// The figure that is judged and drawn: the running sum for `period-total`, else the value's own. `None` where the
    /// value is no single figure, and for `period-total` before the period begins.
    pub figure: Option<Decimal>,
    /// For `period-total`, within the period: all that the running sum may mean. A sum of which one year is a bound or a
    /// range is one, too.
    pub sum: Option<Ends>,
    /// The year as the sheet prints it, where its era year never came (`平成35年度`) or it is told by a month.
    pub year_printed: Option<&'a str>,
    /// The fiscal year of the sheet that states it (for its address).
    pub sheet: FiscalYear,
}

impl Point<'_> {
    /// Whether what is judged is one figure, not a bound or a range.
    pub fn is_exact(&self) -> bool {
        matches!(self.counted(), Some(Reading::Number(_) | Reading::Rank(_)))
    }

    /// What is judged and drawn: the running sum for `period-total`, else the value itself. `None` for a sum of which
    /// nothing is known but that it is some figure.
    pub fn counted(&self) -> Option<Reading> {
        match self.sum {
            Some(sum) => sum.reading(),
            None => Some(self.value.reading.clone()),
        }
    }

    /// The running sum, where it is another than the year's own value.
    pub fn running_sum(&self) -> Option<Reading> {
        self.sum?.reading().filter(|sum| *sum != self.value.reading)
    }

    /// The ends of what is judged; `None` where it is no figure, or one too large.
    pub(in crate::facts) fn ends(&self) -> Option<Ends> {
        self.sum.or_else(|| Ends::of(&self.value.reading, self.figure))
    }
}

#[derive(Clone, Copy, Debug)]
pub struct BaselineFact<'a> {
    pub value: &'a Value,
    pub year: FiscalYear,
    /// Whether `year` is printed, or assumed to be the year before the plan. Where neither a sheet nor a figure speaks of
    /// the indicator in the plan's first year, it came later: then the year before the first that does.
    pub year_from: YearFrom,
    pub year_printed: Option<&'a str>,
    pub sheet: FiscalYear,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearFrom {
    Source,
    PlanStart,
    FirstSheet,
}

/// The rate of one year, as computed and as the city printed it.
#[derive(Clone, Debug)]
pub struct RateFact<'a> {
    pub year: FiscalYear,
    pub rate: Rate,
    pub published: Option<&'a Value>,
    /// `Some(false)` where both exist and the printed one is not the computed one to its own digits.
    pub agrees: Option<bool>,
}

/// A rate with the numbers that made it, or the reason why there is none.
#[derive(Clone, Debug, PartialEq)]
pub enum Rate {
    Computed(ComputedRate),
    NotComputable(RateReason),
}

impl Rate {
    pub fn computed(&self) -> Option<&ComputedRate> {
        match self {
            Self::Computed(computed) => Some(computed),
            Self::NotComputable(_) => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct ComputedRate {
    pub method: RateMethod,
    /// In percent, or in the indicator's unit (points) for `difference`; rounded as declared, with that many digits.
    /// Never negative for `change`, whose sign is in `change_sign`.
    pub value: Decimal,
    pub actual: Decimal,
    pub baseline: Option<Decimal>,
    pub target: Option<(FiscalYear, Decimal)>,
    /// For `change`: whether it went up (増), down (減) or neither.
    pub change_sign: std::cmp::Ordering,
}

/// Why there is no rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RateReason {
    NonPositiveBase,
    TargetEqualsBaseline,
    /// `progress`: the year's target lies behind the baseline in the direction.
    TargetBehindBaseline,
    /// `progress`: a level or a range is to be kept, or neither more nor less is aimed at.
    NoRiseOrFall,
    /// `progress`: the year lies before the baseline's.
    BeforeStart,
    ZeroActual,
    Missing(MissingReason),
    Text,
    Range,
    NoTarget,
    NoBaseline,
    Context,
    /// The figures are too large for exact decimals.
    TooLarge,
}

/// The verdict of a series for the edition.
#[derive(Clone, Debug)]
pub struct Judgement<'a> {
    pub verdict: VerdictName,
    /// Only with `undecided`.
    pub reason: Option<UndecidedReason>,
    /// The latest year up to the edition's that has an actual which is not missing; the verdict speaks of it.
    pub year: Option<FiscalYear>,
    pub actual: Option<Point<'a>>,
    /// The direction that was used, declared or from target − baseline.
    pub direction: Option<crate::model::Direction>,
    pub direction_from: DirectionFrom,
    /// The value of the expected line in `year`, half-up to one digit more than the figures it is made of where it does
    /// not end before, and with more where rounding would make it reach the actual, or the actual it. Only with the
    /// directions increase and decrease.
    pub expected: Option<Decimal>,
    /// The same for reckoning: with four digits more than the figures it is made of and the actual, where it has them.
    pub expected_finer: Option<Decimal>,
    /// (A − B) ÷ (expected − B), rounded half-up to two digits; to more where that would reach the threshold of `nearly`,
    /// or 1, without the exact pace reaching it (0.795, 0.998). `None` also where the expected value does not lie beyond
    /// the baseline in the direction (expected-not-beyond-baseline).
    pub pace: Option<Decimal>,
    /// The last target, with its year.
    pub last_target: Option<Point<'a>>,
    /// The target that the verdict speaks of, where it is the one of a single year and not the line towards the last: a
    /// text, a level that is kept, a target without a baseline. It may be due in another year than the judged one.
    pub against: Option<Point<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DirectionFrom {
    Declared,
    /// The sign of last target − baseline.
    TargetAndBaseline,
    /// The last target says it alone: a bound (`40以上`, `60以下`), a range, a rank, or a total to be summed up to.
    Target,
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UndecidedReason {
    Missing,
    NoTarget,
    NoBaseline,
    NoDirection,
    BeforeStart,
    Text,
    /// A bound or a range (`25未満`), of which a part would be judged otherwise than another.
    Range,
    Context,
    /// Figures too large for exact decimals.
    TooLarge,
}

impl UndecidedReason {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NoTarget => "no-target",
            Self::NoBaseline => "no-baseline",
            Self::NoDirection => "no-direction",
            Self::BeforeStart => "before-start",
            Self::Text => "text",
            Self::Range => "range",
            Self::Context => "context",
            Self::TooLarge => "too-large",
        }
    }
}

/// What is needed from now on to meet the last target. `None` where it is met, undecided, or no years are left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Needed {
    /// Cumulative and period-total: so much more, in so many years, so much a year; so far so much a year. All count
    /// towards the target, so that a falling indicator has positive amounts, too; `so_far_per_year` below zero means that
    /// it moved away. The yearly amounts have at most one digit more than the figures.
    PerYear {
        remaining: Decimal,
        years: u32,
        per_year: Decimal,
        /// Since the baseline (or the first year), where there is one.
        so_far_per_year: Option<Decimal>,
    },
    /// Annual and stock: the level to be reached, by the year; `difference` is what is still to go towards it.
    Level { target: Decimal, year: FiscalYear, difference: Decimal },
}

/// A baseline year that would give another verdict.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OtherBaselineYear {
    pub year: FiscalYear,
    pub expected: Decimal,
    pub pace: Option<Decimal>,
    pub verdict: VerdictName,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    /// The target of this year, not the last one, is met.
    InterimTargetMet(FiscalYear),
    /// The last target (of this year) is met before its year.
    LastTargetMetEarly(FiscalYear),
    /// The move since the baseline is within the survey's tolerance.
    WithinSurveyTolerance,
}

/// Settled, budgeted and personnel amounts and their published totals by year.
#[derive(Clone, Debug, Default)]
pub struct ExpenditureFacts<'a> {
    /// The unit of the latest sheet that prints amounts. Earlier sheets may print in another:
    /// [`ExpenditureFacts::unit_of`], [`ExpenditureFacts::total`].
    pub unit: Option<MoneyUnit>,
    /// The unit of every sheet that prints amounts, ascending by the sheet's year.
    pub units: Vec<(FiscalYear, MoneyUnit)>,
    pub years: Vec<ExpenditureYear<'a>>,
}

/// One fiscal year's amounts, each with the sheet that states it.
#[derive(Clone, Debug)]
pub struct ExpenditureYear<'a> {
    pub year: FiscalYear,
    pub settled: Option<(&'a crate::model::Amount, FiscalYear)>,
    pub budgeted: Option<(&'a crate::model::Amount, FiscalYear)>,
    pub personnel: Option<(&'a crate::model::Amount, FiscalYear)>,
    /// 総コスト as published.
    pub total: Option<(&'a crate::model::Amount, FiscalYear)>,
}
