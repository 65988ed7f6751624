//! portal.json: an edition as one document, and its JSON Schema.
//!
//! Figures are strings of exact digits: a JSON number would pass through binary fractions in most readers.

use super::csv_files::rate_reason;
use super::{DataSource, digits, series_address, status};
use crate::facts::{PolicyFacts, Rate, SeriesFacts, YearFrom};
use crate::model::{Amount, Expenditure, FiscalYear, Indicator, Money, Text, Value, Voice};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// A text by language code; a text written once stands under the site's first language. Markdown as authored.
type Texts = BTreeMap<String, String>;

/// The edition of one evaluated fiscal year.
#[derive(Serialize, JsonSchema)]
struct Head {
    /// Evaluated fiscal year (April to March, named by its April).
    fiscal_year: u16,
    title: Texts,
    municipality: MunicipalityDocument,
    #[serde(skip_serializing_if = "Option::is_none")]
    license: Option<LicenseDocument>,
    /// ISO 8601 date.
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<String>,
    plan: PlanDocument,
    rate: RateDocument,
    /// The pace from which on an indicator behind its expected value counts as nearly on the way.
    verdict_nearly: String,
    areas: Vec<AreaDocument>,
}

/// An edition with its policies.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "only its schema is used: the document is streamed policy by policy")]
struct Document {
    #[schemars(flatten)]
    head: Head,
    policies: Vec<PolicyDocument>,
}

#[derive(Serialize, JsonSchema)]
struct MunicipalityDocument {
    name: Texts,
    /// 全国地方公共団体コード.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct LicenseDocument {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct PlanDocument {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Texts>,
    first_year: u16,
    last_year: u16,
}

#[derive(Serialize, JsonSchema)]
struct RateDocument {
    method: &'static str,
    decimals: u32,
    rounding: &'static str,
    target: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct AreaDocument {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Texts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct PolicyDocument {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    area: String,
    name: Texts,
    departments: Vec<Texts>,
    /// A fictional sheet.
    sample: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    vision: Option<Texts>,
    /// Lower median of the verdicts that could be judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    median_verdict: Option<&'static str>,
    indicators: Vec<IndicatorDocument>,
    achievements: Vec<Texts>,
    challenges: Vec<ChallengeDocument>,
    projects: Vec<ProjectDocument>,
    expenditure: Vec<AmountDocument>,
    grades: Vec<GradeDocument>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outlook: Option<Texts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Texts>,
}

#[derive(Serialize, JsonSchema)]
struct IndicatorDocument {
    id: String,
    name: Texts,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<Texts>,
    accumulation: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Texts>,
    notes: Vec<Texts>,
    series: Vec<SeriesDocument>,
}

#[derive(Serialize, JsonSchema)]
struct SeriesDocument {
    #[serde(skip_serializing_if = "Option::is_none")]
    component: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    component_name: Option<Texts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<ValueDocument>,
    actuals: Vec<ValueDocument>,
    targets: Vec<ValueDocument>,
    rates: Vec<RateOfYear>,
    verdict: VerdictDocument,
}

#[derive(Serialize, JsonSchema)]
struct ValueDocument {
    /// Fiscal year that the value speaks of; left out where the source prints none.
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<u16>,
    /// The year as printed, where its era year never came (`平成35年度`) or it is told by a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    year_printed: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    /// Lower end of a bound or range.
    #[serde(skip_serializing_if = "Option::is_none")]
    lower: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upper: Option<String>,
    /// As printed, where digits alone do not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// final, provisional …, or why the value is missing.
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<Texts>,
    /// Where the figure stands in the sheets.
    address: String,
}

#[derive(Serialize, JsonSchema)]
struct RateOfYear {
    year: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<&'static str>,
    /// In percent; in the indicator's unit for `difference`.
    #[serde(skip_serializing_if = "Option::is_none")]
    rate: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published_rate: Option<String>,
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

#[derive(Serialize, JsonSchema)]
struct ChallengeDocument {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    challenge: Texts,
    #[serde(skip_serializing_if = "Option::is_none")]
    approach: Option<Texts>,
}

#[derive(Serialize, JsonSchema)]
struct ProjectDocument {
    name: Texts,
    #[serde(skip_serializing_if = "Option::is_none")]
    department: Option<Texts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    expenditure: Vec<AmountDocument>,
}

#[derive(Serialize, JsonSchema)]
struct AmountDocument {
    year: u16,
    /// settled, budgeted, personnel, total.
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<String>,
    status: &'static str,
    unit: &'static str,
    /// By fund: national, prefectural, bonds, other, general.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    funds: BTreeMap<&'static str, String>,
}

#[derive(Serialize, JsonSchema)]
struct GradeDocument {
    /// self, second, external, or the author's own word.
    by: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    grade: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<Texts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<u16>,
}

/// Writes the document policy by policy: a large edition is never held as a whole.
pub fn write(source: &DataSource<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut head = serde_json::to_string(&head(source))?;
    // The head is an object that never is empty: its closing brace gives way to the policies.
    head.pop();
    out.write_all(head.as_bytes())?;
    out.write_all(b",\"policies\":[\n")?;
    for (index, policy) in source.policies().enumerate() {
        if index > 0 {
            out.write_all(b",\n")?;
        }
        serde_json::to_writer(&mut *out, &policy_document(source, &policy))?;
    }
    out.write_all(b"\n]}\n")
}

pub fn write_schema(out: &mut dyn Write) -> io::Result<()> {
    // Of what is written, not of what could be read: keys that are left out where there is nothing are not required.
    let schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Document>();
    serde_json::to_writer_pretty(&mut *out, &schema)?;
    out.write_all(b"\n")
}

fn head(source: &DataSource<'_>) -> Head {
    let portal = source.portal;
    let edition = portal.edition(source.edition.year);
    Head {
        fiscal_year: source.edition.year.get(),
        title: texts(source, &portal.title),
        municipality: MunicipalityDocument {
            name: texts(source, &portal.municipality.name),
            code: portal.municipality.code.as_deref().map(str::to_owned),
        },
        license: portal
            .license
            .as_ref()
            .map(|l| LicenseDocument { name: l.name.to_string(), url: l.url.as_deref().map(str::to_owned) }),
        published: edition.and_then(|e| e.published.as_deref()).map(str::to_owned),
        updated: edition.and_then(|e| e.updated.as_deref()).map(str::to_owned),
        plan: PlanDocument {
            name: portal.plan.name.as_ref().map(|name| texts(source, name)),
            first_year: portal.plan.first_year.get(),
            last_year: portal.plan.last_year.get(),
        },
        rate: RateDocument {
            method: portal.rate.method.name(),
            decimals: portal.rate.decimals,
            rounding: portal.rate.rounding.name(),
            target: portal.rate.target.name(),
        },
        verdict_nearly: digits(portal.verdict.nearly),
        areas: portal
            .areas
            .iter()
            .map(|area| AreaDocument {
                id: area.id.to_string(),
                number: area.number.as_deref().map(str::to_owned),
                name: area.name.as_ref().map(|name| texts(source, name)),
                parent: area.parent.and_then(|p| portal.areas.get(p)).map(|p| p.id.to_string()),
            })
            .collect(),
    }
}

fn texts(source: &DataSource<'_>, text: &Text) -> Texts {
    match text {
        Text::One(text) => BTreeMap::from([(source.portal.first_language().code().to_owned(), text.to_string())]),
        Text::Many(texts) => texts.iter().map(|(l, t)| (l.code().to_owned(), t.to_string())).collect(),
    }
}

fn policy_document(source: &DataSource<'_>, policy: &PolicyFacts<'_>) -> PolicyDocument {
    let sheet = policy.sheet;
    let text = |text: &Text| texts(source, text);
    let maybe = |t: &Option<Text>| t.as_ref().map(|t| texts(source, t));
    let mut expenditure = Vec::new();
    for row in &policy.expenditure.years {
        for (kind, amount) in [
            ("settled", &row.settled),
            ("budgeted", &row.budgeted),
            ("personnel", &row.personnel),
            ("total", &row.total),
        ] {
            // Each sheet prints in a unit of its own.
            let stated = amount.and_then(|(amount, sheet)| Some((amount, policy.expenditure.unit_of(sheet)?)));
            expenditure.extend(stated.map(|(amount, unit)| amount_document(row.year, kind, amount, unit.name())));
        }
    }
    PolicyDocument {
        id: sheet.policy.to_string(),
        number: sheet.number.as_deref().map(str::to_owned),
        area: source.portal.areas.get(sheet.area).map(|area| area.id.to_string()).unwrap_or_default(),
        name: text(&sheet.name),
        departments: sheet.departments.iter().map(text).collect(),
        sample: sheet.sample,
        vision: maybe(&sheet.vision),
        median_verdict: policy.median.map(|verdict| verdict.name()),
        indicators: policy
            .indicators
            .iter()
            .map(|facts| IndicatorDocument {
                id: facts.indicator.id.to_string(),
                name: text(&facts.indicator.name),
                kind: facts.indicator.kind.name(),
                unit: maybe(&facts.indicator.unit),
                accumulation: facts.indicator.accumulation.name(),
                description: maybe(&facts.indicator.description),
                notes: facts.indicator.notes.iter().map(text).collect(),
                series: facts.series.iter().map(|s| series_document(source, policy, facts.indicator, s)).collect(),
            })
            .collect(),
        achievements: sheet.achievements.iter().map(text).collect(),
        challenges: sheet
            .challenges
            .iter()
            .map(|c| ChallengeDocument {
                id: c.id.as_deref().map(str::to_owned),
                challenge: text(&c.challenge),
                approach: maybe(&c.approach),
            })
            .collect(),
        projects: sheet
            .projects
            .iter()
            .map(|project| ProjectDocument {
                name: text(&project.name),
                department: maybe(&project.department),
                url: project.url.as_deref().map(str::to_owned),
                expenditure: project.expenditure.as_ref().map(own_expenditure).unwrap_or_default(),
            })
            .collect(),
        expenditure,
        grades: sheet
            .grades
            .iter()
            .map(|grade| GradeDocument {
                by: match &grade.by {
                    Voice::SelfGrade => "self".to_owned(),
                    Voice::Second => "second".to_owned(),
                    Voice::External => "external".to_owned(),
                    Voice::Other(voice) => voice.to_string(),
                },
                grade: grade.grade.as_deref().map(str::to_owned),
                comment: maybe(&grade.comment),
                year: grade.year.map(FiscalYear::get),
            })
            .collect(),
        outlook: maybe(&sheet.outlook),
        source: maybe(&sheet.source),
    }
}

fn series_document(
    source: &DataSource<'_>,
    policy: &PolicyFacts<'_>,
    indicator: &Indicator,
    series: &SeriesFacts<'_>,
) -> SeriesDocument {
    let component = series.component.map(|c| c.id.as_ref());
    let value = |(year, printed): (Option<FiscalYear>, Option<&str>), value: &Value, sheet: FiscalYear, field: &str| {
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
            year_printed: printed.map(str::to_owned),
            value: exact.map(digits),
            lower: lower.map(digits),
            upper: upper.map(digits),
            text: value.printed.as_deref().map(str::to_owned),
            status: status(value),
            note: value.note.as_ref().map(|note| texts(source, note)),
            address: series_address(sheet.get(), &policy.sheet.policy, &indicator.id, component, field),
        }
    };
    let judgement = &series.judgement;
    SeriesDocument {
        component: component.map(str::to_owned),
        component_name: series.component.map(|c| texts(source, &c.name)),
        direction: judgement.direction.map(|direction| direction.name()),
        baseline: series.baseline.as_ref().map(|b| {
            value(((b.year_from == YearFrom::Source).then_some(b.year), b.year_printed), b.value, b.sheet, "baseline")
        }),
        actuals: series
            .actuals
            .iter()
            .map(|p| value((Some(p.year), p.year_printed), p.value, p.sheet, &format!("actuals/{}", p.year)))
            .collect(),
        targets: series
            .targets
            .iter()
            .map(|p| value((Some(p.year), p.year_printed), p.value, p.sheet, &format!("targets/{}", p.year)))
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
                    published_rate: rate
                        .published
                        .and_then(|v| v.number().map(digits).or_else(|| v.printed.as_deref().map(str::to_owned))),
                    reason,
                }
            })
            .collect(),
        verdict: VerdictDocument {
            verdict: judgement.verdict.name(),
            year: judgement.year.map(FiscalYear::get),
            reason: judgement.reason.map(|reason| reason.name()),
            expected: judgement.expected.map(digits),
            pace: judgement.pace.map(digits),
        },
    }
}

fn own_expenditure(expenditure: &Expenditure) -> Vec<AmountDocument> {
    let unit = expenditure.unit.name();
    let of = |kind: &'static str, money: &Money| -> Vec<AmountDocument> {
        money.iter().map(|(year, amount)| amount_document(*year, kind, amount, unit)).collect()
    };
    let mut all = of("settled", &expenditure.settled);
    all.extend(of("budgeted", &expenditure.budgeted));
    all.extend(of("personnel", &expenditure.personnel));
    all.extend(of("total", &expenditure.total));
    all
}

fn amount_document(year: FiscalYear, kind: &'static str, amount: &Amount, unit: &'static str) -> AmountDocument {
    AmountDocument {
        year: year.get(),
        kind,
        amount: amount.total.number().map(digits),
        status: status(&amount.total),
        unit,
        funds: amount.funds.iter().filter_map(|(f, v)| Some((f.name(), digits(v.number()?)))).collect(),
    }
}
