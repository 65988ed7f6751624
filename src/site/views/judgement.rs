//! What is said about one series: its verdict, the sentence that explains it, its rate, what is needed from now on.

use crate::facts::{Judgement, Needed, Point, Rate, RateFact, Remark, SeriesFacts, UndecidedReason};
use crate::model::{Accumulation, Direction, Indicator, RateMethod, Reading, Tolerance, Value, VerdictName};
use crate::site::print::{self, with_unit};
use crate::site::views::context::PageContext;
use crate::site::views::marks::{Badge, reason_key};
use crate::site::views::workings::method_keys;
use crate::theme::{Html, Shown, Words};
use rust_decimal::Decimal;
use serde::Serialize;
use std::cmp::Ordering;

/// The judgement of a series in words.
#[derive(Debug, Serialize)]
pub struct JudgementView {
    pub badge: Badge,
    /// The year that the verdict speaks of; `None` without an actual.
    pub year: Option<Words>,
    pub sentence: Html,
    pub rate: Option<RateView>,
    pub expected: Option<Words>,
    /// How fast it moves, as a multiple of what was planned.
    pub pace: Option<Html>,
    pub needed: Option<Html>,
    pub remarks: Vec<Html>,
}

/// The rate of the judged year.
#[derive(Debug, Serialize)]
pub struct RateView {
    pub name: String,
    /// The rate; `None` where there is none, and `reason` says why.
    pub value: Option<Words>,
    pub reason: Option<Words>,
    /// The formula with its numbers.
    pub arithmetic: Option<Words>,
    /// The rate that the city printed.
    pub published: Option<Words>,
    /// Said where the city's rate is not the computed one.
    pub differs: Option<Html>,
}

/// The units of a series: targets are sometimes counted in another.
#[derive(Clone, Debug, Default)]
pub(super) struct Units {
    pub actual: Words,
    pub target: Words,
}

impl PageContext<'_> {
    pub(super) fn judgement(
        &self,
        indicator: &Indicator,
        series: &SeriesFacts<'_>,
        method: RateMethod,
        units: &Units,
    ) -> JudgementView {
        let judgement = &series.judgement;
        let fact = judgement.year.and_then(|year| series.rates.iter().find(|fact| fact.year == year));
        JudgementView {
            badge: self.badge(judgement.verdict),
            year: judgement.year.map(|year| self.year_among(&series.actuals, year)),
            sentence: self.verdict_sentence(indicator, series, units),
            rate: fact.map(|fact| self.rate_view(fact, method, &units.actual)),
            expected: judgement.expected.map(|expected| with_unit(&print::figure(expected), &units.actual)),
            pace: judgement.pace.map(|pace| self.pace(pace)),
            needed: series.needed.map(|needed| self.needed(needed, judgement, units)),
            remarks: self.remarks(indicator, series, units),
        }
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

    fn verdict_sentence(&self, indicator: &Indicator, series: &SeriesFacts<'_>, units: &Units) -> Html {
        let judgement = &series.judgement;
        let missing = match judgement.reason {
            Some(UndecidedReason::Missing) => self.missing_sentence(series),
            _ => None,
        };
        let Some((actual, year)) = judgement.actual.zip(judgement.year) else {
            if let Some(missing) = missing {
                return missing;
            }
            // The city's own word on a target needs no actual beside it.
            if let Some(target) = judgement.against.filter(|_| judgement.reason.is_none()) {
                let key = match judgement.verdict {
                    VerdictName::Achieved | VerdictName::OnTrack => "judged.target-met",
                    _ => "judged.target-not-met",
                };
                let year = self.year_of(&target);
                let target = self.quoted(target.value, &units.target);
                return self.sentence(key, &[("target_year", &year), ("target", &target)]);
            }
            return self.sentence(judgement.reason.map_or("undecided.missing", reason_key), &[]);
        };
        let year = self.year_among(&series.actuals, year);
        let printed = match actual.running_sum() {
            Some(sum) => self.printer().reading(&sum, &units.actual),
            None => self.quoted(actual.value, &units.actual),
        };
        let mut figures: Vec<(&str, &dyn Shown)> = vec![("year", &year), ("actual", &printed)];
        let meant = judgement.against.or(judgement.last_target);
        let target = meant.map(|target| (self.year_of(&target), self.quoted(target.value, &units.target)));
        if let Some(reason) = judgement.reason {
            let reason = missing.unwrap_or_else(|| Html::escape(self.word(reason_key(reason))));
            return self.followed_by(&self.sentence("judged.undecided", &figures), &reason);
        }
        if let Some((target_year, target)) = target.as_ref() {
            figures.push(("target_year", target_year));
            figures.push(("target", target));
        }
        let kept = matches!(judgement.direction, Some(Direction::Maintain | Direction::Within));
        let level = meant.and_then(|target| target.value.number());
        let key = match judgement.verdict {
            VerdictName::Behind if kept => "judged.not-kept",
            VerdictName::Achieved | VerdictName::OnTrack if kept => match (actual.figure, level) {
                (Some(figure), Some(level)) if figure != level => match self.tolerance(indicator, units) {
                    Some(tolerance) => {
                        figures.push(("tolerance", &tolerance));
                        return self.sentence("judged.kept-nearly", &figures);
                    }
                    None => "judged.kept",
                },
                _ => "judged.kept",
            },
            VerdictName::Achieved => "judged.achieved",
            verdict => match (judgement.expected, actual) {
                (Some(expected), bound) if !bound.is_exact() => {
                    let expected = with_unit(&print::figure(expected), &units.actual);
                    figures.push(("expected", &expected));
                    let key =
                        if verdict == VerdictName::OnTrack { "judged.range-ahead" } else { "judged.range-behind" };
                    return self.sentence(key, &figures);
                }
                (Some(expected), Point { figure: Some(figure), value, .. }) => {
                    return match value.reading {
                        Reading::Rank(_) => self.rank_against_expected(figure, expected, &figures),
                        _ => self.against_expected(judgement.direction, figure, expected, &figures, units),
                    };
                }
                _ if verdict == VerdictName::OnTrack => "judged.target-of-year-met",
                _ => "judged.target-of-year-not-met",
            },
        };
        self.sentence(key, &figures)
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

    /// Of ranks the smaller one is the better one.
    fn rank_against_expected(&self, actual: Decimal, expected: Decimal, figures: &[(&str, &dyn Shown)]) -> Html {
        let key = match actual.cmp(&expected) {
            Ordering::Equal => "judged.equal",
            Ordering::Greater => "judged.rank-below",
            Ordering::Less => "judged.rank-above",
        };
        let places = actual.checked_sub(expected).unwrap_or_default().abs();
        let difference = self.labels.fill("rate.places", &[("n", &print::computed(places))]);
        let expected = self.labels.fill("bound.rank", &[("n", &print::computed(expected))]);
        let mut figures = figures.to_vec();
        figures.push(("expected", &expected));
        figures.push(("difference", &difference));
        self.sentence(key, &figures)
    }

    fn against_expected(
        &self,
        direction: Option<Direction>,
        actual: Decimal,
        expected: Decimal,
        figures: &[(&str, &dyn Shown)],
        units: &Units,
    ) -> Html {
        let key = match (actual.cmp(&expected), direction) {
            (Ordering::Equal, _) => "judged.equal",
            (Ordering::Greater, Some(Direction::Decrease)) => "judged.above-bad",
            (Ordering::Greater, _) => "judged.above-good",
            (Ordering::Less, Some(Direction::Decrease)) => "judged.below-good",
            (Ordering::Less, _) => "judged.below-bad",
        };
        let difference = actual.checked_sub(expected).unwrap_or_default().abs();
        let difference = self.printer().distance(difference, &units.actual);
        let expected = with_unit(&print::figure(expected), &units.actual);
        let mut figures = figures.to_vec();
        figures.push(("expected", &expected));
        figures.push(("difference", &difference));
        self.sentence(key, &figures)
    }

    fn rate_view(&self, fact: &RateFact<'_>, method: RateMethod, unit: &Words) -> RateView {
        let (name, _, _) = method_keys(method);
        let value = self.rate_words(&fact.rate, unit);
        let published = fact.published.map(|published| self.published_rate(published, method, unit));
        let differs = match (fact.agrees, &published) {
            (Some(false), Some(published)) => {
                Some(self.sentence("rate.differs", &[("published", published), ("computed", &value)]))
            }
            _ => None,
        };
        let name = self.word(name).to_owned();
        match &fact.rate {
            Rate::Computed(rate) => {
                let arithmetic = Some(self.arithmetic(rate, unit));
                RateView { name, value: Some(value), reason: None, arithmetic, published, differs }
            }
            Rate::NotComputable(_) => {
                let reason = Some(self.labels.fill_words("rate.not-computed", &[("reason", &value)]));
                RateView { name, value: None, reason, arithmetic: None, published, differs }
            }
        }
    }

    /// The rate as the city printed it, with the sign of unit that its method has.
    pub(super) fn published_rate(&self, value: &Value, method: RateMethod, unit: &Words) -> Words {
        match (&value.printed, value.number()) {
            (None, Some(number)) => self.printer().rate(method, number, unit),
            _ => self.printer().value(value, &"%".into()),
        }
    }

    /// A pace as words: a multiple of the planned one; below zero it went the other way.
    fn pace(&self, pace: Decimal) -> Html {
        let key = if pace < Decimal::ZERO { "indicator.pace-backwards" } else { "indicator.pace-times" };
        self.sentence(key, &[("pace", &print::figure(pace))])
    }

    fn needed(&self, needed: Needed, judgement: &Judgement<'_>, units: &Units) -> Html {
        match needed {
            Needed::PerYear { remaining, years, per_year, so_far_per_year } => {
                let amount = |number: Decimal| self.printer().distance(number.abs(), &units.actual);
                let years = self.labels.count("needed.years", years as usize);
                let (remaining, per_year) = (amount(remaining), amount(per_year));
                let mut figures: Vec<(&str, &dyn Shown)> =
                    vec![("remaining", &remaining), ("years", &years), ("per_year", &per_year)];
                let so_far = so_far_per_year.map(|so_far| self.printer().distance(so_far, &units.actual));
                match &so_far {
                    Some(so_far) => {
                        figures.push(("so_far", so_far));
                        self.sentence("needed.per-year-so-far", &figures)
                    }
                    None => self.sentence("needed.per-year", &figures),
                }
            }
            Needed::Level { target, year, difference } => {
                // As printed, so that `40%以上` stays a bound.
                let printed = judgement.last_target.map(|target| self.printer().value(target.value, &units.target));
                let target = printed.unwrap_or_else(|| with_unit(&print::figure(target), &units.target));
                let year = self.year_among(judgement.last_target.as_slice(), year);
                if difference.is_zero() {
                    // 60 where less than 60 is aimed at: there is a step to go, but no figure for it.
                    return self.sentence("needed.level-only", &[("year", &year), ("target", &target)]);
                }
                let difference = match judgement.actual.map(|actual| &actual.value.reading) {
                    Some(Reading::Rank(_)) => {
                        self.labels.fill("rate.places", &[("n", &print::computed(difference.abs()))]).into()
                    }
                    _ => self.printer().distance(difference.abs(), &units.target),
                };
                self.sentence("needed.level", &[("year", &year), ("target", &target), ("difference", &difference)])
            }
        }
    }

    fn remarks(&self, indicator: &Indicator, series: &SeriesFacts<'_>, units: &Units) -> Vec<Html> {
        let mut remarks: Vec<Html> = Vec::new();
        if series.judgement.verdict == VerdictName::WorseThanBaseline
            && let Some(baseline) = series.baseline
        {
            let value = self.printer().value(baseline.value, &units.actual);
            remarks.push(self.sentence("remark.worse-than-baseline", &[("baseline", &value)]));
        }
        // An expected value that is said is said with where it is counted from.
        if let (Some(_), Some((start, _))) = (series.judgement.expected, series.expected.first())
            && indicator.accumulation == Accumulation::PeriodTotal
        {
            remarks.push(self.sentence("remark.sum-from-zero", &[("year", &self.printer().short_year(*start))]));
        }
        for remark in &series.remarks {
            remarks.push(match remark {
                Remark::InterimTargetMet(year) => {
                    self.sentence("remark.interim-target-met", &[("year", &self.year_among(&series.targets, *year))])
                }
                Remark::LastTargetMetEarly(year) => {
                    self.sentence("remark.last-target-met-early", &[("year", &self.year_among(&series.targets, *year))])
                }
                Remark::WithinSurveyTolerance => self.sentence("remark.within-survey-tolerance", &[]),
            });
        }
        remarks
    }
}
