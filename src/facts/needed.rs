//! What is said beside a verdict: what is needed from now on, and what has been reached on the way.

use super::exact::{self, Exact};
use super::expected::aim;
use super::series::Known;
use super::verdict::{meets, origin, within_survey_tolerance};
use super::{Judgement, Needed, Point, Remark};
use crate::model::{Accumulation, Direction, FiscalYear, Reading, VerdictName};
use rust_decimal::Decimal;

/// What is needed to meet the last target; `None` where it is met or kept, undecided, or no years are left.
pub(super) fn needed(known: &Known<'_>, judgement: &Judgement<'_>) -> Option<Needed> {
    match judgement.verdict {
        VerdictName::Achieved | VerdictName::Undecided => return None,
        VerdictName::OnTrack | VerdictName::Nearly | VerdictName::Behind | VerdictName::WorseThanBaseline => {}
    }
    let actual = judgement.actual?;
    let last = judgement.last_target?;
    let years = u32::try_from(last.year.years_since(actual.year)).ok().filter(|years| *years > 0)?;
    let figure = actual.figure.filter(|_| actual.is_exact())?;
    let target = match judgement.direction? {
        Direction::Increase | Direction::Decrease => aim(&last.value.reading, judgement.direction)?,
        // A level that is kept needs nothing more.
        Direction::Maintain | Direction::Within if judgement.verdict == VerdictName::OnTrack => return None,
        Direction::Maintain | Direction::Within => nearest_end(&last.value.reading, figure)?,
        Direction::None => return None,
    };
    let falling = match judgement.direction? {
        Direction::Increase => false,
        Direction::Decrease => true,
        Direction::Maintain | Direction::Within | Direction::None => target < figure,
    };
    let towards = |from: Decimal, to: Decimal| {
        if falling { exact::difference(from, to) } else { exact::difference(to, from) }
    };
    let remaining = towards(figure, target)?;
    match known.indicator.accumulation {
        Accumulation::Annual | Accumulation::Stock => {
            Some(Needed::Level { target, year: last.year, difference: remaining })
        }
        // A sum that is to stay below its target has nothing to make up for, and of a sum with missing years nobody knows
        // what remains.
        Accumulation::PeriodTotal if falling || !known.sum_without.is_empty() => None,
        Accumulation::Cumulative | Accumulation::PeriodTotal => {
            let so_far_per_year = set_out(known, &actual)
                .and_then(|(start, from)| a_year(towards(from, figure)?, actual.year.years_since(start)));
            let per_year = a_year(remaining, last.year.years_since(actual.year))?;
            Some(Needed::PerYear { remaining, years, per_year, so_far_per_year })
        }
    }
}

/// What has been reached on the way, and how sure the move is.
pub(super) fn remarks(known: &Known<'_>, judgement: &Judgement<'_>, edition: FiscalYear) -> Vec<Remark> {
    let mut remarks = Vec::new();
    if let Some(year) = interim_target_met(known, judgement) {
        remarks.push(Remark::InterimTargetMet(year));
    }
    if let Some(year) = last_target_met_early(judgement, edition) {
        remarks.push(Remark::LastTargetMetEarly(year));
    }
    if judgement.actual.is_some_and(|actual| within_survey_tolerance(known, &actual)) {
        remarks.push(Remark::WithinSurveyTolerance);
    }
    remarks
}

/// The year of the last target where it was met before that year came.
pub(super) fn last_target_met_early(judgement: &Judgement<'_>, edition: FiscalYear) -> Option<FiscalYear> {
    let last = judgement.last_target.filter(|_| judgement.verdict == VerdictName::Achieved)?;
    let year = match last.value.reading {
        // The city says that it is met, with this edition.
        Reading::Text { .. } => edition,
        _ => judgement.year?,
    };
    (year < last.year).then_some(last.year)
}

/// The judged year where it has a target of its own that is met and is not the last.
fn interim_target_met(known: &Known<'_>, judgement: &Judgement<'_>) -> Option<FiscalYear> {
    let (actual, last) = (judgement.actual?, judgement.last_target?);
    let due = known.targets.iter().find(|target| target.year == actual.year && target.year < last.year)?;
    meets(&actual, due, judgement.direction).filter(|met| *met && judgement.reason.is_none()).map(|_| due.year)
}

/// Where the yearly amount so far is counted from: the baseline, or the first figure before the judged one.
fn set_out(known: &Known<'_>, judged: &Point<'_>) -> Option<(FiscalYear, Decimal)> {
    origin(known).or_else(|| {
        let first = known.actuals.iter().find(|point| point.figure.is_some())?;
        Some((first.year, first.figure?)).filter(|(year, _)| *year < judged.year)
    })
}

fn a_year(amount: Decimal, years: i32) -> Option<Decimal> {
    if years <= 0 {
        return None;
    }
    Exact::from(amount).over(Exact::whole(years))?.printable(amount.scale())
}

/// The end of a target that an actual outside of it is nearest to.
fn nearest_end(target: &Reading, actual: Decimal) -> Option<Decimal> {
    match target.ends() {
        (Some(low), _) if actual < low => Some(low),
        (_, Some(high)) if actual > high => Some(high),
        _ => None,
    }
}
