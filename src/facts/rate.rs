//! Rates (達成率・進捗率): the seven methods that cities publish, exact, never clamped, printed with their numbers.

use std::cmp::Ordering;

use super::exact::Exact;
use super::series::{Known, Unread};
use super::{ComputedRate, Point, Rate, RateFact, RateReason};
use crate::model::{Direction, FiscalYear, Kind, RateMethod, RateRule, Reading, TargetChoice};
use rust_decimal::Decimal;

/// What a rate is made of: each term a figure, or the reason why it has none. A method looks only at its own terms.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// A, the actual of the year (its running sum for `period-total`).
    pub actual: Result<Decimal, RateReason>,
    /// B, the baseline.
    pub baseline: Result<Decimal, RateReason>,
    /// T, with the year it is the target of.
    pub target: Result<(FiscalYear, Decimal), RateReason>,
}

/// The rate by `rule.method`, in percent, or in points for `difference`; rounded once, with exactly `rule.decimals`
/// digits, never clamped, zero without a sign.
///
/// | method | formula | not computable where |
/// |---|---|---|
/// | ratio | A ÷ T | T ≤ 0 |
/// | progress | (A − B) ÷ (T − B) | T = B |
/// | mirror | 2 − A ÷ T | T ≤ 0 |
/// | inverse | T ÷ A | A = 0, A < 0 |
/// | change | \|A − B\| ÷ B | B ≤ 0 |
/// | growth | (A − B) ÷ B | B ≤ 0 |
/// | difference | A − T | |
///
/// A divisor below zero would turn better into worse, so that only `progress`, whose two differences change sign
/// together, divides by a negative number.
pub fn rate(terms: &Terms, rule: RateRule) -> Rate {
    match computed(terms, rule) {
        Ok(rate) => Rate::Computed(rate),
        Err(reason) => Rate::NotComputable(reason),
    }
}

/// The target that a rate of `year` is compared with. Targets that are marked as missing (`-`: none this year) are
/// passed over.
///
/// `year`: the year's own; if it has none, the next later; after the last, the last. `next`: the next strictly later;
/// after the last, the last. `final`: always the last.
pub fn choose_target<'p, 'a>(
    targets: &'p [Point<'a>],
    year: FiscalYear,
    choice: TargetChoice,
) -> Option<&'p Point<'a>> {
    let stated = || targets.iter().filter(|target| target.value.missing().is_none());
    let last = || stated().next_back();
    match choice {
        TargetChoice::Year => stated().find(|target| target.year >= year).or_else(last),
        TargetChoice::Next => stated().find(|target| target.year > year).or_else(last),
        TargetChoice::Final => last(),
    }
}

/// Whether a rate that was printed as `printed` is the one that `rule` gives, to the digits that were printed.
/// `None` where the rule gives none.
pub fn reproduces(terms: &Terms, rule: RateRule, printed: Decimal) -> Option<bool> {
    match rate(terms, RateRule { decimals: printed.scale(), ..rule }) {
        Rate::Computed(computed) => Some(computed.value == printed),
        Rate::NotComputable(_) => None,
    }
}

/// The terms of the rate of one year of a series.
pub(super) fn terms(known: &Known<'_>, actual: &Point<'_>, choice: TargetChoice) -> Terms {
    if known.indicator.kind == Kind::Context {
        let none = RateReason::Context;
        return Terms { actual: Err(none), baseline: Err(none), target: Err(none) };
    }
    let baseline = match known.origin_value() {
        Some(Ok(figure)) => Ok(figure),
        Some(Err(Reading::Missing(_))) | None => Err(RateReason::NoBaseline),
        Some(Err(reading)) => Err(no_figure(reading)),
    };
    let target = match choose_target(&known.targets, actual.year, choice) {
        Some(target) => target.figure.map(|figure| (target.year, figure)).ok_or(no_figure(&target.value.reading)),
        None => Err(RateReason::NoTarget),
    };
    let chosen = choose_target(&known.targets, actual.year, choice);
    let figure = match actual_figure(known, actual) {
        Ok(_) if !actual.is_exact() && !chosen.is_some_and(|target| divides(known, actual, target)) => {
            Err(RateReason::Range)
        }
        figure => figure,
    };
    Terms { actual: figure, baseline, target }
}

/// Whether the bound of an actual is divided as cities divide it: `75%以上` where `80%以上` is aimed at is 93.8 %. A bound
/// that points another way than the target says nothing of it.
fn divides(known: &Known<'_>, actual: &Point<'_>, target: &Point<'_>) -> bool {
    let way_of = |reading: &Reading| match reading {
        Reading::AtLeast(_) | Reading::MoreThan(_) => Some(Direction::Increase),
        Reading::AtMost(_) | Reading::LessThan(_) => Some(Direction::Decrease),
        _ => None,
    };
    let way = actual.counted().as_ref().and_then(way_of);
    way.is_some()
        && way == way_of(&target.value.reading)
        && known.indicator.direction.is_none_or(|declared| Some(declared) == way)
}

/// The rate of one year of a series. Besides what [`rate`] needs, `progress` needs a way to go: none before the year it
/// sets out from, none where a level is to be kept or nothing is aimed at, and none where the year's target lies behind
/// the baseline in the direction; the formula would print a figure there that says the opposite of what it seems to.
pub(super) fn rate_of(known: &Known<'_>, actual: &Point<'_>, rule: RateRule) -> Rate {
    let rate = rate(&terms(known, actual, rule.target), rule);
    let lost = match &rate {
        Rate::Computed(computed) if rule.method == RateMethod::Progress => no_way(known, actual, computed),
        _ => None,
    };
    lost.map_or(rate, Rate::NotComputable)
}

/// Why the progress of a year has no way to go.
fn no_way(known: &Known<'_>, actual: &Point<'_>, computed: &ComputedRate) -> Option<RateReason> {
    if actual.year < known.start {
        return Some(RateReason::BeforeStart);
    }
    let rises = computed.target.zip(computed.baseline).map(|((_, target), baseline)| target > baseline);
    match super::verdict::direction(known).0? {
        Direction::Maintain | Direction::Within | Direction::None => Some(RateReason::NoRiseOrFall),
        Direction::Increase => (rises == Some(false)).then_some(RateReason::TargetBehindBaseline),
        Direction::Decrease => (rises == Some(true)).then_some(RateReason::TargetBehindBaseline),
    }
}

/// One rate per year that has an actual, missing ones included, each beside the one that the city printed.
pub(super) fn rates<'a>(known: &Known<'a>, rule: RateRule) -> Vec<RateFact<'a>> {
    let fact = |actual: &Point<'a>| {
        let published = known.published_rate(actual.year).map(|point| point.value);
        let printed = published.and_then(|value| match value.reading {
            Reading::Number(printed) => Some(printed),
            _ => None,
        });
        let rate = rate_of(known, actual, rule);
        let agrees = printed
            .filter(|_| matches!(rate, Rate::Computed(_)))
            .and_then(|printed| reproduces(&terms(known, actual, rule.target), rule, printed));
        RateFact { year: actual.year, rate, published, agrees }
    };
    known.actuals.iter().map(fact).collect()
}

fn actual_figure(known: &Known<'_>, actual: &Point<'_>) -> Result<Decimal, RateReason> {
    match known.figure(actual) {
        Ok(figure) => Ok(figure),
        Err(Unread::Reading) => Err(no_figure(&actual.value.reading)),
        Err(Unread::BeforePeriod) => Err(RateReason::Missing(crate::model::MissingReason::NotApplicable)),
        Err(Unread::SumWithout(reason)) => Err(RateReason::Missing(reason)),
        Err(Unread::SumOfRanges) => Err(RateReason::Range),
        Err(Unread::TooLarge) => Err(RateReason::TooLarge),
    }
}

fn no_figure(reading: &Reading) -> RateReason {
    match reading {
        Reading::Missing(missing) => RateReason::Missing(missing.reason),
        Reading::Range(_) => RateReason::Range,
        Reading::Text { .. } => RateReason::Text,
        // Has a figure; one that is not there could not be held.
        _ => RateReason::TooLarge,
    }
}

fn computed(terms: &Terms, rule: RateRule) -> Result<ComputedRate, RateReason> {
    let actual = terms.actual?;
    let method = rule.method;
    let (baseline, target) = match method {
        RateMethod::Ratio | RateMethod::Mirror | RateMethod::Inverse | RateMethod::Difference => {
            (None, Some(terms.target?))
        }
        RateMethod::Progress => {
            // Without a target nothing is aimed at, which is the greater lack of the two.
            let target = terms.target?;
            (Some(terms.baseline?), Some(target))
        }
        RateMethod::Change | RateMethod::Growth => (Some(terms.baseline?), None),
    };
    let a = Exact::from(actual);
    let b = Exact::from(baseline.unwrap_or_default());
    let t = Exact::from(target.map(|(_, figure)| figure).unwrap_or_default());
    match method {
        RateMethod::Ratio | RateMethod::Mirror if !t.is_positive() => return Err(RateReason::NonPositiveBase),
        RateMethod::Change | RateMethod::Growth if !b.is_positive() => return Err(RateReason::NonPositiveBase),
        RateMethod::Inverse if a.is_zero() => return Err(RateReason::ZeroActual),
        RateMethod::Inverse if !a.is_positive() => return Err(RateReason::NonPositiveBase),
        RateMethod::Progress if t.compare(b) == Some(Ordering::Equal) => return Err(RateReason::TargetEqualsBaseline),
        _ => {}
    }
    let value = exact_value(method, a, b, t).and_then(|value| value.round(rule.decimals, rule.rounding));
    let change_sign = match method {
        RateMethod::Change | RateMethod::Growth => a.compare(b).ok_or(RateReason::TooLarge)?,
        _ => Ordering::Equal,
    };
    Ok(ComputedRate { method, value: value.ok_or(RateReason::TooLarge)?, actual, baseline, target, change_sign })
}

/// In percent (points for `difference`); `None` where it is too large. Divisors were checked before.
fn exact_value(method: RateMethod, a: Exact, b: Exact, t: Exact) -> Option<Exact> {
    let hundred = Exact::whole(100);
    let percent = |dividend: Exact, divisor: Exact| dividend.times(hundred)?.over(divisor);
    match method {
        RateMethod::Ratio => percent(a, t),
        RateMethod::Progress => percent(a.minus(b)?, t.minus(b)?),
        RateMethod::Mirror => percent(t.plus(t)?.minus(a)?, t),
        RateMethod::Inverse => percent(t, a),
        RateMethod::Change => percent(a.minus(b)?.absolute()?, b),
        RateMethod::Growth => percent(a.minus(b)?, b),
        RateMethod::Difference => a.minus(t),
    }
}
