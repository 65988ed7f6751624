//! The verdict (判定): is the indicator on the way to its last target?
//!
//! The rules of the field, in their order (first that fits): achieved, on-track, worse-than-baseline, nearly, behind.
//! Undecided always has a reason. Figures are compared exactly. What is printed of them, pace and
//! expected value, has as many digits as it takes for a reader who compares it to come to the same verdict.
//!
//! What a survey's tolerance does: a fall from the baseline within it is not called worse than the baseline, and a
//! maintained indicator without a tolerance of its own may move that far. Whether a target is met is left to the figures
//! as printed; a remark says that the move is within the tolerance.
//!
//! What a running sum changes (`period-total`): it sets out from zero, where nothing can be worse than at the baseline; a
//! sum that is to stay below its target has met it only when the last year is over; and where years are missing in it,
//! only a verdict stands that they could not change. One year that is a bound or a range makes the sum one.

use std::cmp::Ordering;

use super::exact::{self, Exact};
use super::expected::{Line, aim};
use super::rate::choose_target;
use super::series::Known;
use super::stand::Stand;
use super::{DirectionFrom, Judgement, OtherBaselineYear, Point, UndecidedReason, YearFrom};
use crate::model::{Direction, FiscalYear, Kind, Reading, Rounding, TargetChoice, Tolerance, VerdictName, VerdictRule};
use rust_decimal::Decimal;

/// The verdict of a series in the edition of `edition`.
pub(super) fn judge<'a>(known: &Known<'a>, edition: FiscalYear, rule: VerdictRule) -> Judgement<'a> {
    let (direction, direction_from) = direction(known);
    let case = Case { known, edition, rule, direction, origin: origin(known) };
    let judged = case.judged().copied();
    let mut line = Standing::default();
    let (verdict, reason) = match case.decide(&mut line) {
        Ok(verdict) => (verdict, None),
        Err(reason) => (VerdictName::Undecided, Some(reason)),
    };
    Judgement {
        verdict,
        reason,
        year: judged.map(|point| point.year),
        actual: judged,
        direction,
        direction_from,
        expected: line.expected,
        expected_finer: line.expected_finer,
        pace: line.pace,
        last_target: known.last_target().copied(),
        against: line.against,
    }
}

/// Whether the year before or after an assumed baseline year would give another verdict.
pub(super) fn other_baseline_years(
    known: &Known<'_>,
    judgement: &Judgement<'_>,
    edition: FiscalYear,
    rule: VerdictRule,
) -> Vec<OtherBaselineYear> {
    let Some(baseline) = known.baseline.filter(|baseline| baseline.year_from != YearFrom::Source && !known.sums())
    else {
        return Vec::new();
    };
    let other = |year: FiscalYear| {
        let origin = Some((year, baseline.value.number()?));
        let case = Case { known, edition, rule, direction: judgement.direction, origin };
        let mut line = Standing::default();
        let verdict = case.decide(&mut line).ok().filter(|verdict| *verdict != judgement.verdict)?;
        Some(OtherBaselineYear { year, expected: line.expected?, pace: line.pace, verdict })
    };
    [baseline.year.previous(), baseline.year.next()].into_iter().filter_map(other).collect()
}

/// Where the series sets out from: year and value; zero for a running sum. `None` without a baseline that is a figure.
pub(super) fn origin(known: &Known<'_>) -> Option<(FiscalYear, Decimal)> {
    Some((known.start, known.origin_value()?.ok()?))
}

/// Whether an actual, with all that it may mean, meets a target in a direction; `None` where one of them is no figure,
/// or for other directions.
pub(super) fn meets(actual: &Point<'_>, target: &Point<'_>, direction: Option<Direction>) -> Option<bool> {
    let direction = direction?;
    let (worse, _) = actual.ends()?.worse_and_better(direction);
    reaches(worse, target, direction)
}

/// Whether the move from the baseline to the actual is within the survey's tolerance.
pub(super) fn within_survey_tolerance(known: &Known<'_>, actual: &Point<'_>) -> bool {
    let moved = || {
        let (_, baseline) = origin(known)?;
        let tolerance = known.indicator.survey.as_ref()?.tolerance?;
        let moved =
            Exact::from(actual.figure.filter(|_| actual.is_exact())?).minus(Exact::from(baseline))?.absolute()?;
        Some(moved.compare(Exact::from(tolerance))?.is_le())
    };
    moved().unwrap_or(false)
}

/// The direction that is declared; else the one the last target says alone; else the sign of target − baseline, where
/// equal figures mean that the level is to be kept.
///
/// A bound comes before the sign: «98以上» after a baseline of 98.5 is no wish to fall.
pub(super) fn direction(known: &Known<'_>) -> (Option<Direction>, DirectionFrom) {
    if let Some(declared) = known.indicator.direction {
        return (Some(declared), DirectionFrom::Declared);
    }
    let Some(target) = known.last_target().map(|target| &target.value.reading) else {
        return (None, DirectionFrom::Unknown);
    };
    let alone = match target {
        Reading::AtLeast(_) | Reading::MoreThan(_) => Some(Direction::Increase),
        Reading::AtMost(_) | Reading::LessThan(_) => Some(Direction::Decrease),
        _ if known.sums() => Some(Direction::Increase),
        Reading::Range(_) => Some(Direction::Within),
        _ => None,
    };
    if alone.is_some() {
        return (alone, DirectionFrom::Target);
    }
    let sign = || {
        let (_, baseline) = origin(known)?;
        Exact::from(target.figure()?).compare(Exact::from(baseline))
    };
    match (sign(), target) {
        (Some(Ordering::Greater), _) => (Some(Direction::Increase), DirectionFrom::TargetAndBaseline),
        (Some(Ordering::Less), _) => (Some(Direction::Decrease), DirectionFrom::TargetAndBaseline),
        (Some(Ordering::Equal), _) => (Some(Direction::Maintain), DirectionFrom::TargetAndBaseline),
        (None, Reading::Rank(_)) => (Some(Direction::Decrease), DirectionFrom::Target),
        (None, _) => (None, DirectionFrom::Unknown),
    }
}

/// Whether what stands there meets a target in a direction.
fn reaches(stand: Stand, target: &Point<'_>, direction: Direction) -> Option<bool> {
    let order = stand.compare(Exact::from(aim(&target.value.reading, Some(direction))?))?;
    let beyond = match direction {
        Direction::Increase => Ordering::Greater,
        Direction::Decrease => Ordering::Less,
        Direction::Maintain | Direction::Within | Direction::None => return None,
    };
    let at_it_is_enough = !matches!(target.value.reading, Reading::MoreThan(_) | Reading::LessThan(_));
    Some(order == beyond || (order == Ordering::Equal && at_it_is_enough))
}

/// What holds of all that a value may mean, from what holds of its two ends: reached where even the worse end is, not
/// reached where even the better end is not.
fn of_both(
    worse: Result<VerdictName, UndecidedReason>,
    better: Result<VerdictName, UndecidedReason>,
) -> Result<VerdictName, UndecidedReason> {
    use VerdictName::{Achieved, Behind, OnTrack, WorseThanBaseline};
    match (worse, better) {
        (worse, better) if worse == better => worse,
        (Ok(Achieved | OnTrack), Ok(_)) => worse,
        (Ok(_), Ok(Behind | WorseThanBaseline)) => better,
        (Ok(_), Ok(_)) | (Err(UndecidedReason::NoBaseline), Ok(_)) => Err(UndecidedReason::Range),
        (Err(reason), _) | (_, Err(reason)) => Err(reason),
    }
}

/// Expected value and pace, where there are any; kept beside the verdict, also of one that does not need them. And the
/// target of a single year, where the verdict speaks of one.
#[derive(Default)]
struct Standing<'a> {
    expected: Option<Decimal>,
    expected_finer: Option<Decimal>,
    pace: Option<Decimal>,
    against: Option<Point<'a>>,
}

struct Case<'k, 'a> {
    known: &'k Known<'a>,
    edition: FiscalYear,
    rule: VerdictRule,
    direction: Option<Direction>,
    origin: Option<(FiscalYear, Decimal)>,
}

impl<'k, 'a> Case<'k, 'a> {
    fn judged(&self) -> Option<&'k Point<'a>> {
        self.known.actuals.iter().rev().find(|point| point.value.missing().is_none())
    }

    fn decide(&self, line: &mut Standing<'a>) -> Result<VerdictName, UndecidedReason> {
        if self.known.indicator.kind == Kind::Context {
            return Err(UndecidedReason::Context);
        }
        if self.direction == Some(Direction::None) {
            return Err(UndecidedReason::NoDirection);
        }
        let last = self.known.last_target().ok_or(UndecidedReason::NoTarget)?;
        if matches!(last.value.reading, Reading::Text { .. }) {
            return self.judge_text(line);
        }
        let judged = self.judged().ok_or(UndecidedReason::Missing)?;
        if self.known.sums() && judged.year <= self.known.start {
            return Err(UndecidedReason::BeforeStart);
        }
        if matches!(judged.value.reading, Reading::Text { .. }) {
            return Err(UndecidedReason::Text);
        }
        let direction = self.direction.ok_or(UndecidedReason::NoDirection)?;
        if self.origin.is_some_and(|(start, _)| judged.year <= start) {
            return Err(UndecidedReason::BeforeStart);
        }
        match direction {
            Direction::Increase | Direction::Decrease => self.judge_progress(judged, last, line),
            Direction::Maintain | Direction::Within => self.judge_level(judged, last, line),
            Direction::None => Err(UndecidedReason::NoDirection),
        }
    }

    /// Towards a target that lies above or below.
    fn judge_progress(
        &self,
        judged: &Point<'a>,
        last: &Point<'a>,
        line: &mut Standing<'a>,
    ) -> Result<VerdictName, UndecidedReason> {
        let direction = self.direction.ok_or(UndecidedReason::NoDirection)?;
        let (worse, better) = judged.ends().ok_or(UndecidedReason::TooLarge)?.worse_and_better(direction);
        let of_worse = self.judge_at(worse, direction, judged, last, line);
        if judged.is_exact() {
            return of_worse;
        }
        line.pace = None;
        of_both(of_worse, self.judge_at(better, direction, judged, last, &mut Standing::default()))
    }

    /// The verdict if the actual of `judged` is what stands there.
    fn judge_at(
        &self,
        actual: Stand,
        direction: Direction,
        judged: &Point<'a>,
        last: &Point<'a>,
        line: &mut Standing<'a>,
    ) -> Result<VerdictName, UndecidedReason> {
        let too_large = UndecidedReason::TooLarge;
        let falling = direction == Direction::Decrease;
        let beyond = if falling { Ordering::Less } else { Ordering::Greater };
        let still_open = self.known.sums() && falling && judged.year < last.year;
        let last_met = reaches(actual, last, direction).ok_or(too_large)? && !still_open;
        let Some((start, baseline)) = self.origin else {
            let due = choose_target(&self.known.targets, judged.year, TargetChoice::Year);
            let due_met = due.and_then(|due| reaches(actual, due, direction)).unwrap_or(false);
            return match (last_met, due_met) {
                (true, _) => Ok(VerdictName::Achieved),
                (false, true) => {
                    line.against = due.copied();
                    Ok(VerdictName::OnTrack)
                }
                (false, false) => Err(UndecidedReason::NoBaseline),
            };
        };
        let expectation = Line::new(self.known, (start, baseline), self.direction).ok_or(UndecidedReason::NoTarget)?;
        let expected = expectation.at(judged.year).ok_or(too_large)?;
        let decimals = expectation.decimals();
        line.expected = match actual.figure() {
            Some(figure) => expected.printable_beside(decimals, Exact::from(figure)),
            None => expected.printable(decimals),
        };
        line.expected_finer = finer(expected, decimals.max(actual.figure().map_or(0, |figure| figure.scale())));
        let baseline = Exact::from(baseline);
        let incomplete = self.known.sum_without.iter().any(|(year, _)| *year < judged.year);
        let mut fast_enough = false;
        if expected.compare(baseline).ok_or(too_large)? == beyond && !incomplete {
            // An end that lies nowhere is the worst or the best there is.
            fast_enough = actual.compare(baseline).ok_or(too_large)? == beyond;
            if let Some(figure) = actual.figure() {
                let exact = pace(Exact::from(figure), baseline, expected).ok_or(too_large)?;
                line.pace = printed_pace(exact, self.rule.nearly);
                fast_enough = exact.compare(Exact::from(self.rule.nearly)).ok_or(too_large)?.is_ge();
            }
        }
        let against_expected = actual.compare(expected).ok_or(too_large)?;
        let against_baseline = actual.compare(baseline).ok_or(too_large)?;
        let behind = |order: Ordering| order == beyond.reverse();
        let stayed = self.known.sums() || within_survey_tolerance(self.known, judged);
        let verdict = if last_met {
            VerdictName::Achieved
        } else if !behind(against_expected) {
            VerdictName::OnTrack
        } else if behind(against_baseline) && !stayed {
            VerdictName::WorseThanBaseline
        } else if fast_enough {
            VerdictName::Nearly
        } else {
            VerdictName::Behind
        };
        // What the missing years would add can only make a sum larger.
        let reached = matches!(verdict, VerdictName::Achieved | VerdictName::OnTrack);
        if incomplete && reached == falling { Err(UndecidedReason::Missing) } else { Ok(verdict) }
    }

    /// At a level or in a range that is to be kept.
    fn judge_level(
        &self,
        judged: &Point<'a>,
        last: &Point<'a>,
        line: &mut Standing<'a>,
    ) -> Result<VerdictName, UndecidedReason> {
        let target = choose_target(&self.known.targets, judged.year, TargetChoice::Year).unwrap_or(last);
        if matches!(target.value.reading, Reading::Text { .. }) {
            return Err(UndecidedReason::Text);
        }
        line.against = Some(*target);
        if !self.kept(judged, target)? {
            return Ok(VerdictName::Behind);
        }
        Ok(if judged.year >= last.year { VerdictName::Achieved } else { VerdictName::OnTrack })
    }

    /// Whether all that the actual may mean lies within the target and its tolerance, or none of it.
    fn kept(&self, judged: &Point<'a>, target: &Point<'a>) -> Result<bool, UndecidedReason> {
        let too_large = UndecidedReason::TooLarge;
        let (low, high) = judged.ends().ok_or(too_large)?.low_and_high();
        let low = self.place(low, target).ok_or(too_large)?;
        let high = self.place(high, target).ok_or(too_large)?;
        match (low, high) {
            (Ordering::Equal, Ordering::Equal) => Ok(true),
            (Ordering::Greater, _) | (_, Ordering::Less) => Ok(false),
            (Ordering::Less | Ordering::Equal, _) => Err(UndecidedReason::Range),
        }
    }

    /// Below, within or above a target and its tolerance. `None` where the figures are too large.
    fn place(&self, stand: Stand, target: &Point<'a>) -> Option<Ordering> {
        let indicator = self.known.indicator;
        let survey = indicator.survey.as_ref().and_then(|survey| survey.tolerance).unwrap_or_default();
        let both = Tolerance { below: Some(survey), above: Some(survey) };
        let Tolerance { below, above } = indicator.tolerance.as_deref().copied().unwrap_or(both);
        let (floor, ceiling) = target.value.reading.ends();
        if let Some((floor, below)) = floor.zip(below) {
            let order = stand.compare(Exact::from(exact::difference(floor, below)?))?;
            if order.is_lt() || (order.is_eq() && matches!(target.value.reading, Reading::MoreThan(_))) {
                return Some(Ordering::Less);
            }
        }
        if let Some((ceiling, above)) = ceiling.zip(above) {
            let order = stand.compare(Exact::from(exact::sum(ceiling, above)?))?;
            if order.is_gt() || (order.is_eq() && matches!(target.value.reading, Reading::LessThan(_))) {
                return Some(Ordering::Greater);
            }
        }
        Some(Ordering::Equal)
    }

    /// Towards a text («策定»), which only the city can call met. A target that is not due yet is not held against it.
    fn judge_text(&self, line: &mut Standing<'a>) -> Result<VerdictName, UndecidedReason> {
        let met = |target: &Point<'a>| match target.value.reading {
            Reading::Text { met } => met,
            _ => None,
        };
        let texts = || self.known.targets.iter().filter(|to| matches!(to.value.reading, Reading::Text { .. }));
        let last = texts().next_back();
        let due = texts().rfind(|target| target.year <= self.edition);
        let ahead = texts().find(|target| target.year > self.edition);
        let is = |target: Option<&Point<'a>>, met_or_not| target.and_then(met) == Some(met_or_not);
        let (verdict, against) = if is(last, true) {
            (VerdictName::Achieved, last)
        } else if is(ahead, true) {
            (VerdictName::OnTrack, ahead)
        } else if is(due, true) {
            (VerdictName::OnTrack, due)
        } else if is(due, false) {
            (VerdictName::Behind, due)
        } else {
            return Err(UndecidedReason::Text);
        };
        line.against = against.copied();
        Ok(verdict)
    }
}

/// (A − B) ÷ (expected − B). Falling indicators need no special case.
fn pace(actual: Exact, baseline: Exact, expected: Exact) -> Option<Exact> {
    actual.minus(baseline)?.over(expected.minus(baseline)?)
}

/// With four digits more than the figures have, and no zeros at its end but theirs.
fn finer(expected: Exact, decimals: u32) -> Option<Decimal> {
    let mut finer = expected.round(decimals.checked_add(4)?, Rounding::HalfUp)?;
    while finer.scale() > decimals && finer.mantissa() % 10 == 0 {
        finer = finer.trunc_with_scale(finer.scale() - 1);
    }
    Some(finer)
}

/// Half-up to two digits; to more where the rounded pace would reach what the exact one does not: the threshold, 1, or 0.
fn printed_pace(pace: Exact, nearly: Decimal) -> Option<Decimal> {
    pace.round_beside(2, &[Exact::from(nearly), Exact::whole(1), Exact::whole(0)])
}
