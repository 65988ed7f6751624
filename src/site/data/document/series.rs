//! An indicator in portal.json: figures year by year, rates, verdicts.

use super::{Texts, texts};
use crate::facts::{IndicatorFacts, PolicyFacts, Rate, SeriesFacts, YearFrom};
use crate::model::{FiscalYear, Indicator, Text, Value};
use crate::site::data::csv_files::rate_reason;
use crate::site::data::{DataSource, digits, series_address, status, target_changes};
use schemars::JsonSchema;
use serde::Serialize;
use std::borrow::Cow;

#[derive(Serialize, JsonSchema)]
pub(super) struct IndicatorDocument<'a> {
    id: &'a str,
    name: Texts<'a>,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<Texts<'a>>,
    accumulation: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Texts<'a>>,
    /// What the city says of a last target that was met before its year.
    #[serde(skip_serializing_if = "Option::is_none")]
    target_note: Option<Texts<'a>>,
    /// The years from which on figures are not comparable with those before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    breaks: Vec<BreakDocument<'a>>,
    notes: Vec<Texts<'a>>,
    series: Vec<SeriesDocument<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct BreakDocument<'a> {
    year: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<Texts<'a>>,
}

/// A target that was changed on the way.
#[derive(Serialize, JsonSchema)]
struct TargetChangeDocument<'a> {
    /// Fiscal year of the target.
    year: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    /// As printed, where digits alone do not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    before_text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after_text: Option<&'a str>,
    /// ISO 8601 date of the decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Texts<'a>>,
    /// Where a sheet declares it.
    address: String,
}

#[derive(Serialize, JsonSchema)]
struct SeriesDocument<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    component: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    component_name: Option<Texts<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<ValueDocument<'a>>,
    actuals: Vec<ValueDocument<'a>>,
    targets: Vec<ValueDocument<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    target_changes: Vec<TargetChangeDocument<'a>>,
    rates: Vec<RateOfYear<'a>>,
    verdict: VerdictDocument,
}

#[derive(Serialize, JsonSchema)]
struct ValueDocument<'a> {
    /// Fiscal year that the value speaks of; left out where the source prints none.
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<u16>,
    /// The year as printed, where its era year never came (`平成35年度`) or it is told by a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    year_printed: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    /// Lower end of a bound or range.
    #[serde(skip_serializing_if = "Option::is_none")]
    lower: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upper: Option<String>,
    /// As printed, where digits alone do not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    /// final, provisional …, or why the value is missing.
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<Texts<'a>>,
    /// Where the figure stands in the sheets.
    address: String,
}

#[derive(Serialize, JsonSchema)]
struct RateOfYear<'a> {
    year: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<&'static str>,
    /// In percent; in the indicator's unit for `difference`.
    #[serde(skip_serializing_if = "Option::is_none")]
    rate: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published_rate: Option<Cow<'a, str>>,
    /// Why there is no rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

#[derive(Serialize, JsonSchema)]
struct VerdictDocument {
    verdict: &'static str,
    /// The year of the actual that was judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pace: Option<String>,
}

pub(super) fn indicator_document<'a>(
    source: &DataSource<'a>,
    policy: &PolicyFacts<'a>,
    facts: &IndicatorFacts<'a>,
) -> IndicatorDocument<'a> {
    let indicator = facts.indicator;
    let text = |text: &'a Text| texts(source, text);
    let maybe = |t: Option<&'a Text>| t.map(|t| texts(source, t));
    IndicatorDocument {
        id: indicator.id.as_ref(),
        name: text(&indicator.name),
        kind: indicator.kind.name(),
        unit: maybe(indicator.unit.as_ref()),
        accumulation: indicator.accumulation.name(),
        description: maybe(indicator.description.as_deref()),
        target_note: maybe(indicator.target_note.as_deref()),
        breaks: facts
            .breaks
            .iter()
            .map(|at| BreakDocument { year: at.year.get(), note: maybe(at.note.as_ref()) })
            .collect(),
        notes: indicator.notes.iter().map(text).collect(),
        series: facts.series.iter().map(|series| series_document(source, policy, indicator, series)).collect(),
    }
}

fn series_document<'a>(
    source: &DataSource<'a>,
    policy: &PolicyFacts<'a>,
    indicator: &'a Indicator,
    series: &SeriesFacts<'a>,
) -> SeriesDocument<'a> {
    let component = series.component.map(|c| c.id.as_ref());
    let value = |(year, printed): (Option<FiscalYear>, Option<&'a str>),
                 value: &'a Value,
                 sheet: FiscalYear,
                 field: (&str, Option<FiscalYear>)| {
        let (lower, upper) = match value.reading {
            crate::model::Reading::Number(_) | crate::model::Reading::Rank(_) => (None, None),
            _ => value.reading.ends(),
        };
        let exact = match value.reading {
            crate::model::Reading::Number(_) | crate::model::Reading::Rank(_) => value.number(),
            _ => None,
        };
        ValueDocument {
            year: year.map(FiscalYear::get),
            year_printed: printed,
            value: exact.map(digits),
            lower: lower.map(digits),
            upper: upper.map(digits),
            text: value.printed.as_deref(),
            status: status(value),
            note: value.note.as_ref().map(|note| texts(source, note)),
            address: series_address(sheet, &policy.sheet.policy, &indicator.id, component, field),
        }
    };
    let judgement = &series.judgement;
    SeriesDocument {
        component,
        component_name: series.component.map(|c| texts(source, &c.name)),
        direction: judgement.direction.map(|direction| direction.name()),
        baseline: series.baseline.as_ref().map(|b| {
            let year = (b.year_from == YearFrom::Source).then_some(b.year);
            value((year, b.year_printed), b.value, b.sheet, ("baseline", None))
        }),
        actuals: series
            .actuals
            .iter()
            .map(|p| value((Some(p.year), p.year_printed), p.value, p.sheet, ("actuals", Some(p.year))))
            .collect(),
        targets: series
            .targets
            .iter()
            .map(|p| value((Some(p.year), p.year_printed), p.value, p.sheet, ("targets", Some(p.year))))
            .collect(),
        target_changes: series
            .target_steps
            .iter()
            .map(|step| TargetChangeDocument {
                year: step.year.get(),
                before: step.before.number().map(digits),
                before_text: step.before.printed.as_deref(),
                after: step.after.and_then(Value::number).map(digits),
                after_text: step.after.and_then(|after| after.printed.as_deref()),
                date: step.date.map(|date| date.to_string()),
                reason: step.change.reason.as_ref().map(|reason| texts(source, reason)),
                address: target_changes::address(step, &policy.sheet.policy, &indicator.id),
            })
            .collect(),
        rates: series
            .rates
            .iter()
            .map(|rate| {
                let (method, figure, reason) = match &rate.rate {
                    Rate::Computed(c) => (Some(c.method.name()), Some(digits(c.value)), None),
                    Rate::NotComputable(reason) => (None, None, Some(rate_reason(*reason))),
                };
                RateOfYear {
                    year: rate.year.get(),
                    method,
                    rate: figure,
                    published_rate: rate.published.and_then(|v| {
                        v.number().map(digits).map(Cow::Owned).or_else(|| v.printed.as_deref().map(Cow::Borrowed))
                    }),
                    reason,
                }
            })
            .collect(),
        verdict: VerdictDocument {
            verdict: judgement.verdict.name(),
            year: judgement.year.map(FiscalYear::get),
            reason: judgement.reason.map(|reason| reason.name()),
            expected: judgement.expected_finer.map(digits),
            pace: judgement.pace.map(digits),
        },
    }
}
