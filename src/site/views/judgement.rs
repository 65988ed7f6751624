//! What is said about one series: its verdict, the sentences that explain it, its rate.

use crate::facts::{Rate, RateFact, Remark, SeriesFacts};
use crate::model::{Accumulation, FigureField, FigureId, Indicator, RateMethod, Value, VerdictName};
use crate::site::print::{self, with_unit};
use crate::site::views::context::PageContext;
use crate::site::views::marks::Badge;
use crate::site::views::policy::SheetOf;
use crate::site::views::workings::method_keys;
use crate::theme::{Html, Words};
use rust_decimal::Decimal;
use serde::Serialize;

/// The judgement of a series in words.
#[derive(Debug, Serialize)]
pub struct JudgementView {
    pub badge: Badge,
    /// Where another one was published: 公表時 遅れ.
    pub was: Option<Words>,
    /// The year that the verdict speaks of; `None` without an actual.
    pub year: Option<Words>,
    /// What was reached, how that compares to the plan, and what is needed from now on; or why nothing was decided.
    pub sentence: Html,
    pub rate: Option<RateView>,
    pub expected: Option<Words>,
    /// How fast it moves, as a multiple of what was planned.
    pub pace: Option<Html>,
    pub remarks: Vec<Html>,
}

/// The rate of the judged year.
#[derive(Debug, Serialize)]
pub struct RateView {
    pub name: String,
    /// The rate; `None` where there is none, and `reason` says why.
    pub value: Option<Words>,
    /// Where another one was published: 公表時 52.0%.
    pub was: Option<Words>,
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
        of: SheetOf<'_>,
        (indicator, series): (&Indicator, &SeriesFacts<'_>),
        method: RateMethod,
        units: &Units,
    ) -> JudgementView {
        let judgement = &series.judgement;
        let was = |field, year| {
            let component = series.component.map(|of| of.id.clone()).unwrap_or_default();
            let id = FigureId { indicator: indicator.id.clone(), component, field, year: Some(year) };
            self.was(of.revised, &id)
        };
        let was = |field, year| if of.revised.is_empty() { None } else { was(field, year) };
        let fact = judgement.year.and_then(|year| series.rates.iter().find(|fact| fact.year == year));
        JudgementView {
            badge: self.badge(judgement.verdict),
            was: was(FigureField::Verdict, of.edition),
            year: judgement.year.map(|year| self.year_among(&series.actuals, year)),
            sentence: self.told(indicator, series, units),
            rate: fact.map(|fact| RateView {
                was: was(FigureField::Rate, fact.year),
                ..self.rate_view(fact, method, &units.actual)
            }),
            expected: judgement.expected.map(|expected| with_unit(&print::figure(expected), &units.actual)),
            pace: judgement.pace.map(|pace| self.pace(pace)),
            remarks: self.remarks(indicator, series, units),
        }
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
                RateView { name, value: Some(value), was: None, reason: None, arithmetic, published, differs }
            }
            Rate::NotComputable(_) => {
                let reason = Some(self.labels.fill_words("rate.not-computed", &[("reason", &value)]));
                RateView { name, value: None, was: None, reason, arithmetic: None, published, differs }
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

    fn remarks(&self, indicator: &Indicator, series: &SeriesFacts<'_>, units: &Units) -> Vec<Html> {
        let mut remarks: Vec<Html> = Vec::new();
        remarks.extend(series.break_since_baseline.filter(|_| is_reckoned_from_start(series)).map(|at| {
            let year = self.printer().short_year(at.year);
            self.sentence("remark.break-since-baseline", &[("year", &year)])
        }));
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
        // With the last target an interim one is met as well, and a target that the sentence speaks of needs no remark.
        let told = |year| series.judgement.against.is_some_and(|target| target.year == year);
        for remark in &series.remarks {
            remarks.push(match remark {
                Remark::InterimTargetMet(_) if series.judgement.verdict == VerdictName::Achieved => continue,
                Remark::InterimTargetMet(year) if told(*year) => continue,
                Remark::InterimTargetMet(year) => {
                    self.sentence("remark.interim-target-met", &[("year", &self.year_among(&series.targets, *year))])
                }
                Remark::LastTargetMetEarly(_) => {
                    self.with_note("remark.last-target-met-early", &[], indicator.target_note.as_deref())
                }
                Remark::WithinSurveyTolerance => self.sentence("remark.within-survey-tolerance", &[]),
            });
        }
        remarks.extend(self.still_missing(series));
        remarks
    }
}

/// Whether the verdict, the pace or the rate of the judged year follows from the baseline.
fn is_reckoned_from_start(series: &SeriesFacts<'_>) -> bool {
    let judgement = &series.judgement;
    let rate = judgement.year.and_then(|year| series.rates.iter().find(|fact| fact.year == year));
    let method = rate.and_then(|fact| fact.rate.computed()).map(|rate| rate.method);
    let by_start = matches!(method, Some(RateMethod::Progress | RateMethod::Change | RateMethod::Growth));
    by_start || judgement.pace.is_some() || judgement.verdict == VerdictName::WorseThanBaseline
}
