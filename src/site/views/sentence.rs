//! The sentences about one series that stand beside its chart: what was reached, how that compares to the plan or the
//! target, and what is needed from now on. One label a case; every figure comes from the facts.

use crate::facts::{Judgement, Needed, Point, SeriesFacts, UndecidedReason};
use crate::model::{Accumulation, Direction, Indicator, Reading, Status, Tolerance, Value, VerdictName};
use crate::site::print::{self, with_unit};
use crate::site::views::context::PageContext;
use crate::site::views::judgement::Units;
use crate::site::views::marks::reason_key;
use crate::theme::{Html, Shown, Words};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// Names of placeholders with what fills them.
type Figures<'f> = Vec<(&'f str, &'f dyn Shown)>;

impl PageContext<'_> {
    /// All that is said about a series.
    pub(super) fn told(&self, indicator: &Indicator, series: &SeriesFacts<'_>, units: &Units) -> Html {
        let sentence = self.verdict_sentence(indicator, series, units);
        match series.needed {
            Some(needed) => self.followed_by(&sentence, &self.needed(needed, &series.judgement, units)),
            None => sentence,
        }
    }

    /// That a later year than the judged one is told as missing, and why.
    pub(super) fn still_missing(&self, series: &SeriesFacts<'_>) -> Option<Html> {
        let judged = series.judgement.year?;
        let last = series.actuals.last().filter(|last| last.year > judged)?;
        let reason = self.missing_words(last.value.missing()?);
        Some(self.sentence("remark.still-missing", &[("year", &self.year_of(last)), ("reason", &reason)]))
    }

    fn verdict_sentence(&self, indicator: &Indicator, series: &SeriesFacts<'_>, units: &Units) -> Html {
        let judgement = &series.judgement;
        let meant = judgement.against.or(judgement.last_target);
        let target = meant.map(|target| (self.year_of(&target), self.quoted(target.value, &units.target)));
        let Some((actual, year)) = judgement.actual.zip(judgement.year) else {
            return self.without_actual(series, target.as_ref());
        };
        let year = self.year_among(&series.actuals, year);
        let printed = self.reached(&actual, units);
        let mut figures: Figures<'_> = vec![("year", &year), ("actual", &printed)];
        if let Some((target_year, target)) = target.as_ref() {
            figures.extend([("target_year", target_year as &dyn Shown), ("target", target)]);
        }
        if let Some(reason) = judgement.reason {
            return self.undecided(reason, indicator, series, units, &figures);
        }
        let kept = matches!(judgement.direction, Some(Direction::Maintain | Direction::Within));
        let key = match judgement.verdict {
            VerdictName::Behind if kept => "judged.not-kept",
            VerdictName::Achieved | VerdictName::OnTrack if kept => {
                let level = meant.and_then(|target| target.value.number());
                let off = actual.figure.zip(level).is_some_and(|(figure, level)| figure != level);
                match self.tolerance(indicator, units).filter(|_| off) {
                    Some(tolerance) => {
                        figures.push(("tolerance", &tolerance));
                        return self.sentence("judged.kept-nearly", &figures);
                    }
                    None => "judged.kept",
                }
            }
            VerdictName::Achieved => return self.achieved(judgement, &actual, &figures, units),
            verdict => match (judgement.expected, actual) {
                (Some(expected), bound) if !bound.is_exact() => {
                    let expected = with_unit(&print::figure(expected), &units.actual);
                    figures.push(("expected", &expected));
                    let key =
                        if verdict == VerdictName::OnTrack { "judged.range-ahead" } else { "judged.range-behind" };
                    return self.sentence(key, &figures);
                }
                (Some(expected), Point { figure: Some(figure), value, .. }) => {
                    let apart = figure.checked_sub(expected).unwrap_or_default().abs();
                    let rank = matches!(value.reading, Reading::Rank(_));
                    let difference = match rank {
                        true => self.places(apart),
                        false => self.printer().distance(apart, &units.actual),
                    };
                    figures.push(("difference", &difference));
                    // Once the last target's year has come, the plan calls for nothing but the target.
                    let over = judgement.last_target.is_some_and(|last| last.year <= actual.year);
                    if over && verdict != VerdictName::OnTrack {
                        return self.sentence("judged.missed", &figures);
                    }
                    let (key, expected) = match rank {
                        true => (rank_against(figure, expected), self.rank(expected)),
                        false => (
                            against(figure, expected, judgement.direction),
                            with_unit(&print::figure(expected), &units.actual),
                        ),
                    };
                    figures.push(("expected", &expected));
                    return self.sentence(key, &figures);
                }
                _ if verdict == VerdictName::OnTrack => "judged.target-of-year-met",
                _ => "judged.target-of-year-not-met",
            },
        };
        self.sentence(key, &figures)
    }

    /// Where no year has an actual: the city's own word on a target needs none beside it; else why there is none.
    fn without_actual(&self, series: &SeriesFacts<'_>, target: Option<&(Words, Words)>) -> Html {
        let judgement = &series.judgement;
        let figures: Figures<'_> = target
            .map(|(year, target)| vec![("target_year", year as &dyn Shown), ("target", target)])
            .unwrap_or_default();
        match judgement.reason {
            None if judgement.against.is_some() => self.sentence(
                match judgement.verdict {
                    VerdictName::Achieved | VerdictName::OnTrack => "judged.target-met",
                    _ => "judged.target-not-met",
                },
                &figures,
            ),
            reason => {
                let told = self.missing_sentence(series).filter(|_| reason == Some(UndecidedReason::Missing));
                let told = told.unwrap_or_else(|| self.sentence(reason.map_or("undecided.missing", reason_key), &[]));
                if figures.is_empty() {
                    told
                } else {
                    self.followed_by(&told, &self.sentence("judged.target-is", &figures))
                }
            }
        }
    }

    /// What was reached, how far that is from the start where nothing is aimed at, what is aimed at, and why nothing was
    /// decided.
    fn undecided(
        &self,
        reason: UndecidedReason,
        indicator: &Indicator,
        series: &SeriesFacts<'_>,
        units: &Units,
        figures: &[(&str, &dyn Shown)],
    ) -> Html {
        let mut told = self.sentence("judged.undecided", figures);
        if indicator.accumulation != Accumulation::PeriodTotal && series.break_since_baseline.is_none() {
            told = self.since_start(series, units).map_or(told.clone(), |moved| self.followed_by(&told, &moved));
        }
        if figures.iter().any(|(name, _)| *name == "target") {
            told = self.followed_by(&told, &self.sentence("judged.target-is", figures));
        }
        let missing = self.missing_sentence(series).filter(|_| reason == UndecidedReason::Missing);
        self.followed_by(&told, &missing.unwrap_or_else(|| self.sentence(reason_key(reason), &[])))
    }

    /// `計画策定時の446人から182人増えています。` Only of plain figures of which one is later.
    fn since_start(&self, series: &SeriesFacts<'_>, units: &Units) -> Option<Html> {
        let (baseline, actual) = (series.baseline?, series.judgement.actual?);
        let (Reading::Number(from), Reading::Number(to)) = (&baseline.value.reading, &actual.value.reading) else {
            return None;
        };
        if actual.year <= baseline.year {
            return None;
        }
        let key = match to.cmp(from) {
            Ordering::Greater => "judged.since-start-up",
            Ordering::Less => "judged.since-start-down",
            Ordering::Equal => "judged.since-start-same",
        };
        let difference = self.printer().distance(to.checked_sub(*from)?.abs(), &units.actual);
        let baseline = self.printer().value(baseline.value, &units.actual);
        Some(self.sentence(key, &[("baseline", &baseline), ("difference", &difference)]))
    }

    /// Why nothing was decided where an actual is missing: the reason that was printed, or the years that a running sum
    /// is without.
    fn missing_sentence(&self, series: &SeriesFacts<'_>) -> Option<Html> {
        if !series.sum_without.is_empty() && series.judgement.actual.is_some() {
            let years: Vec<_> = series.sum_without.iter().map(|year| self.year_among(&series.actuals, *year)).collect();
            let years = Words::joined(&years, self.word("list.separator"));
            return Some(self.sentence("undecided.sum-without", &[("years", &years)]));
        }
        let point = series.actuals.last()?;
        let reason = self.missing_words(point.value.missing()?);
        Some(self.sentence("undecided.missing-because", &[("year", &self.year_of(point)), ("reason", &reason)]))
    }

    /// What stands there: a running sum says that it is one, a figure that is not final says so.
    fn reached(&self, actual: &Point<'_>, units: &Units) -> Words {
        let printed = match actual.running_sum() {
            Some(sum) => {
                let sum = self.printer().reading(&sum, &units.actual);
                self.labels.fill_words("judged.sum", &[("sum", &sum)])
            }
            None => self.quoted(actual.value, &units.actual),
        };
        match actual.value.status {
            Status::Final | Status::Revised => printed,
            Status::Provisional | Status::Estimate | Status::Forecast => match self.remark(actual.value) {
                Some(remark) => self.labels.fill_words("chart.remark", &[("value", &printed), ("remark", &remark)]),
                None => printed,
            },
        }
    }

    /// How far from its target a maintained indicator may be: `±2分`. Without a tolerance of its own it may move as far as
    /// its survey's.
    pub(super) fn tolerance(&self, indicator: &Indicator, units: &Units) -> Option<Words> {
        let survey = indicator.survey.as_ref().and_then(|survey| survey.tolerance);
        let of_survey = survey.map(|tolerance| Tolerance { below: Some(tolerance), above: Some(tolerance) });
        let Tolerance { below, above } = indicator.tolerance.as_deref().copied().or(of_survey)?;
        let amount = |number: Decimal| self.printer().distance(number, &units.actual);
        match (below.map(amount), above.map(amount)) {
            (Some(below), Some(above)) if below == above => {
                Some(self.labels.fill_words("judged.tolerance-both", &[("n", &below)]))
            }
            (Some(below), Some(above)) => {
                Some(self.labels.fill_words("judged.tolerance-uneven", &[("below", &below), ("above", &above)]))
            }
            (Some(below), None) => Some(self.labels.fill_words("judged.tolerance-below", &[("n", &below)])),
            (None, Some(above)) => Some(self.labels.fill_words("judged.tolerance-above", &[("n", &above)])),
            (None, None) => None,
        }
    }

    /// A value within a sentence: words stand in quotation marks.
    fn quoted(&self, value: &Value, unit: &Words) -> Words {
        let printed = self.printer().value(value, unit);
        match value.reading {
            Reading::Text { .. } => self.labels.fill_words("judged.words", &[("words", &printed)]),
            _ => printed,
        }
    }

    /// The last target is met; where both are plain figures, by how much it is passed.
    fn achieved(
        &self,
        judgement: &Judgement<'_>,
        actual: &Point<'_>,
        figures: &[(&str, &dyn Shown)],
        units: &Units,
    ) -> Html {
        let target = judgement.last_target.map(|target| &target.value.reading);
        let passed = match (target, actual.counted(), judgement.direction) {
            (Some(Reading::Number(target)), Some(Reading::Number(figure)), Some(direction))
                if units.actual == units.target =>
            {
                let key = match direction {
                    Direction::Increase => "judged.achieved-above",
                    _ => "judged.achieved-below",
                };
                figure.checked_sub(*target).filter(|passed| !passed.is_zero()).map(|passed| (key, passed.abs()))
            }
            _ => None,
        };
        let Some((key, passed)) = passed else { return self.sentence("judged.achieved", figures) };
        let difference = self.printer().distance(passed, &units.actual);
        self.sentence(key, &with(figures, [("difference", &difference)]))
    }

    fn places(&self, places: Decimal) -> Words {
        self.labels.fill("rate.places", &[("n", &print::computed(places))]).into()
    }

    fn rank(&self, rank: Decimal) -> Words {
        self.labels.fill("bound.rank", &[("n", &print::computed(rank))]).into()
    }

    fn needed(&self, needed: Needed, judgement: &Judgement<'_>, units: &Units) -> Html {
        // As printed, so that `40%以上` stays a bound.
        let last = judgement.last_target;
        let printed = last.map(|target| self.printer().value(target.value, &units.target)).unwrap_or_default();
        let year = last.map(|target| self.year_of(&target)).unwrap_or_default();
        let figures: Figures<'_> = vec![("year", &year), ("target", &printed)];
        match needed {
            Needed::PerYear { remaining, years, per_year, so_far_per_year } => {
                let amount = |number: Decimal| self.printer().distance(number.abs(), &units.actual);
                let years = self.labels.count("needed.years", years as usize);
                let (remaining, per_year) = (amount(remaining), amount(per_year));
                let figures = with(
                    &figures,
                    [("remaining", &remaining as &dyn Shown), ("years", &years), ("per_year", &per_year)],
                );
                match so_far_per_year.map(|so_far| self.printer().distance(so_far, &units.actual)) {
                    Some(so_far) => self.sentence("needed.per-year-so-far", &with(&figures, [("so_far", &so_far)])),
                    None => self.sentence("needed.per-year", &figures),
                }
            }
            // 60 where less than 60 is aimed at: there is a step to go, but no figure for it.
            Needed::Level { difference, .. } if difference.is_zero() => self.sentence("needed.level-only", &figures),
            Needed::Level { target, difference, .. } => {
                let actual = judgement.actual;
                let (key, difference) = match actual.map(|actual| &actual.value.reading) {
                    Some(Reading::Rank(_)) => ("needed.level-rank", self.places(difference.abs())),
                    _ => {
                        let up = actual.and_then(|actual| actual.figure).is_some_and(|figure| figure < target);
                        let key = if up { "needed.level-up" } else { "needed.level-down" };
                        (key, self.printer().distance(difference.abs(), &units.target))
                    }
                };
                self.sentence(key, &with(&figures, [("difference", &difference)]))
            }
        }
    }
}

/// What is said of a figure beside what the plan called for.
fn against(actual: Decimal, expected: Decimal, direction: Option<Direction>) -> &'static str {
    match (actual.cmp(&expected), direction) {
        (Ordering::Equal, _) => "judged.equal",
        (Ordering::Greater, Some(Direction::Decrease)) => "judged.above-bad",
        (Ordering::Greater, _) => "judged.above-good",
        (Ordering::Less, Some(Direction::Decrease)) => "judged.below-good",
        (Ordering::Less, _) => "judged.below-bad",
    }
}

/// The same of ranks, of which the smaller one is the better one.
fn rank_against(actual: Decimal, expected: Decimal) -> &'static str {
    match actual.cmp(&expected) {
        Ordering::Equal => "judged.equal",
        Ordering::Greater => "judged.rank-below",
        Ordering::Less => "judged.rank-above",
    }
}

/// Figures with some more.
fn with<'f, const N: usize>(figures: &[(&'f str, &'f dyn Shown)], more: [(&'f str, &'f dyn Shown); N]) -> Figures<'f> {
    let mut all = Vec::with_capacity(figures.len() + N);
    all.extend_from_slice(figures);
    all.extend(more);
    all
}
