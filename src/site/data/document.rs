//! portal.json: an edition as one document, and its JSON Schema.
//!
//! Figures are strings of exact digits: a JSON number would pass through binary fractions in most readers.

use super::csv_files::rate_reason;
use super::{DataSource, digits, series_address, status, target_changes};
use crate::facts::thread;
use crate::facts::{self, PolicyFacts, Rate, Recommended, SeriesFacts, YearFrom};
use crate::markdown;
use crate::model::{
    Amount, AnswerState, Expenditure, FiscalYear, Indicator, Language, Money, RecommendationState, Share, Text, Value,
    Voice, Withheld,
};
use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::{JsonSchema, Schema};
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

/// A text by language code; a text written once stands under the site's first language. Markdown as authored,
/// without furigana.
struct Texts<'a> {
    text: &'a Text,
    first: &'a Language,
}

impl Serialize for Texts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.text {
            Text::One(text) => serializer.collect_map([(self.first.code(), markdown::without_readings(text))]),
            Text::Many(texts) => {
                let texts = texts.iter().map(|(language, text)| (language.code(), markdown::without_readings(text)));
                serializer.collect_map(texts.collect::<BTreeMap<_, _>>())
            }
        }
    }
}

impl JsonSchema for Texts<'_> {
    fn inline_schema() -> bool {
        BTreeMap::<String, String>::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        BTreeMap::<String, String>::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        BTreeMap::<String, String>::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        BTreeMap::<String, String>::json_schema(generator)
    }
}

/// The edition of one evaluated fiscal year.
#[derive(Serialize, JsonSchema)]
struct Head<'a> {
    /// Evaluated fiscal year (April to March, named by its April).
    fiscal_year: u16,
    title: Texts<'a>,
    municipality: MunicipalityDocument<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    license: Option<LicenseDocument<'a>>,
    /// ISO 8601 date.
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<&'a str>,
    plan: PlanDocument<'a>,
    rate: RateDocument,
    /// The pace from which on an indicator behind its expected value counts as nearly on the way.
    verdict_nearly: String,
    areas: Vec<AreaDocument<'a>>,
    /// What auditors, external reviewers and the council recommend, the oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    recommendations: Vec<RecommendationDocument<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct RecommendationDocument<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    source: Texts<'a>,
    /// ISO 8601 date.
    date: String,
    text: Texts<'a>,
    /// Id of the policy that it speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    indicator: Option<&'a str>,
    /// ISO 8601 date by which it is to be followed.
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    /// open, in-progress, done, declined.
    state: &'static str,
    /// As far as the edition knows them.
    responses: Vec<ResponseDocument<'a>>,
    /// Where it stands in the sheets.
    address: String,
}

#[derive(Serialize, JsonSchema)]
struct ResponseDocument<'a> {
    /// ISO 8601 date.
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Texts<'a>>,
}

/// An edition with its policies.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "only its schema is used: the document is streamed policy by policy")]
struct Document<'a> {
    #[schemars(flatten)]
    head: Head<'a>,
    policies: Vec<PolicyDocument<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct MunicipalityDocument<'a> {
    name: Texts<'a>,
    /// 全国地方公共団体コード.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
struct LicenseDocument<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
struct PlanDocument<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Texts<'a>>,
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
struct AreaDocument<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Texts<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
struct PolicyDocument<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'a str>,
    area: &'a str,
    name: Texts<'a>,
    departments: Vec<Texts<'a>>,
    /// A fictional sheet.
    sample: bool,
    /// `draft` or `embargoed`: not for the public yet. Never in what is published.
    #[serde(skip_serializing_if = "Option::is_none")]
    withheld: Option<&'static str>,
    /// ISO 8601 date before which a sheet that is not for the public yet is not to be published.
    #[serde(skip_serializing_if = "Option::is_none")]
    publish_on: Option<String>,
    /// Policies that this one took over.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    successor_of: Vec<PredecessorDocument<'a>>,
    /// Where it is known that the policy has ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    ended: Option<EndDocument<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vision: Option<Texts<'a>>,
    /// Lower median of the verdicts that could be judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    median_verdict: Option<&'static str>,
    indicators: Vec<IndicatorDocument<'a>>,
    achievements: Vec<Texts<'a>>,
    /// What became of the challenges of earlier sheets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    answers: Vec<AnswerDocument<'a>>,
    challenges: Vec<ChallengeDocument<'a>>,
    projects: Vec<ProjectDocument<'a>>,
    expenditure: Vec<AmountDocument>,
    grades: Vec<GradeDocument<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outlook: Option<Texts<'a>>,
    /// In plain language (やさしい日本語).
    #[serde(skip_serializing_if = "Option::is_none")]
    plain: Option<PlainDocument<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Texts<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct PredecessorDocument<'a> {
    id: &'a str,
    /// The edition that it came from.
    fiscal_year: u16,
    /// Only a part of it was taken over.
    part: bool,
}

#[derive(Serialize, JsonSchema)]
struct EndDocument<'a> {
    /// Its last.
    fiscal_year: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<Texts<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct PlainDocument<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    vision: Option<Texts<'a>>,
    achievements: Vec<Texts<'a>>,
    challenges: Vec<Texts<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outlook: Option<Texts<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct IndicatorDocument<'a> {
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

#[derive(Serialize, JsonSchema)]
struct ChallengeDocument<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    challenge: Texts<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    approach: Option<Texts<'a>>,
    /// The first of the fiscal years in a row that name the challenge, where it is not this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<u16>,
}

#[derive(Serialize, JsonSchema)]
struct AnswerDocument<'a> {
    /// Of the challenge.
    id: &'a str,
    /// The latest earlier fiscal year whose sheet names it.
    fiscal_year: u16,
    /// done, continued, stopped; left out where it is not decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Texts<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct ProjectDocument<'a> {
    name: Texts<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    department: Option<Texts<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
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
struct GradeDocument<'a> {
    /// self, second, external, or the author's own word.
    by: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    grade: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<Texts<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<u16>,
}

/// The document while it is written policy by policy: a large edition is never held as a whole.
pub struct Writing<'w> {
    /// The document is made of very many small pieces.
    out: BufWriter<&'w mut dyn Write>,
    before: &'static [u8],
}

impl<'w> Writing<'w> {
    pub fn new(source: &DataSource<'_>, out: &'w mut dyn Write) -> io::Result<Self> {
        let mut out = BufWriter::with_capacity(16 * 1024, out);
        let mut head = serde_json::to_string(&head(source))?;
        // The head is an object that never is empty: its closing brace gives way to the policies.
        head.pop();
        out.write_all(head.as_bytes())?;
        out.write_all(b",\"policies\":[\n")?;
        Ok(Self { out, before: b"" })
    }

    pub fn add(&mut self, source: &DataSource<'_>, policy: &PolicyFacts<'_>) -> io::Result<()> {
        self.out.write_all(std::mem::replace(&mut self.before, b",\n"))?;
        Ok(serde_json::to_writer(&mut self.out, &policy_document(source, policy))?)
    }

    pub fn finish(mut self) -> io::Result<()> {
        self.out.write_all(b"\n]}\n")?;
        self.out.flush()
    }
}

pub fn write_schema(out: &mut dyn Write) -> io::Result<()> {
    // Of what is written, not of what could be read: keys that are left out where there is nothing are not required.
    let schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Document<'_>>();
    serde_json::to_writer_pretty(&mut *out, &schema)?;
    out.write_all(b"\n")
}

fn head<'a>(source: &DataSource<'a>) -> Head<'a> {
    let portal = source.portal;
    let edition = portal.edition(source.edition.year);
    Head {
        fiscal_year: source.edition.year.get(),
        title: texts(source, &portal.title),
        municipality: MunicipalityDocument {
            name: texts(source, &portal.municipality.name),
            code: portal.municipality.code.as_deref(),
        },
        license: portal.license.as_ref().map(|l| LicenseDocument { name: l.name.as_ref(), url: l.url.as_deref() }),
        published: edition.and_then(|e| e.published.as_deref()),
        updated: edition.and_then(|e| e.updated.as_deref()),
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
                id: area.id.as_ref(),
                number: area.number.as_deref(),
                name: area.name.as_ref().map(|name| texts(source, name)),
                parent: area.parent.and_then(|p| portal.areas.get(p)).map(|p| p.id.as_ref()),
            })
            .collect(),
        recommendations: facts::recommendations(portal, source.edition)
            .into_iter()
            .map(|of| recommendation_document(source, &of))
            .collect(),
    }
}

fn recommendation_document<'a>(source: &DataSource<'a>, of: &Recommended<'a>) -> RecommendationDocument<'a> {
    let recommendation = of.recommendation;
    RecommendationDocument {
        id: recommendation.id.as_deref(),
        source: texts(source, &recommendation.source),
        date: recommendation.date.to_string(),
        text: texts(source, &recommendation.text),
        policy: of.policy,
        indicator: recommendation.indicator.as_deref(),
        due: recommendation.due.map(|due| due.to_string()),
        state: of.state.name(),
        responses: of
            .responses
            .iter()
            .map(|response| ResponseDocument {
                date: response.date.map(|date| date.to_string()),
                state: response.state.map(RecommendationState::name),
                text: response.text.as_ref().map(|text| texts(source, text)),
            })
            .collect(),
        address: of.address(),
    }
}

fn texts<'a>(source: &DataSource<'a>, text: &'a Text) -> Texts<'a> {
    Texts { text, first: source.portal.first_language() }
}

fn policy_document<'a>(source: &DataSource<'a>, policy: &PolicyFacts<'a>) -> PolicyDocument<'a> {
    let sheet = policy.sheet;
    let withheld = source.portal.withheld(sheet);
    let before = source.portal.earlier(sheet);
    let text = |text: &'a Text| texts(source, text);
    let maybe = |t: Option<&'a Text>| t.map(|t| texts(source, t));
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
        id: sheet.policy.as_ref(),
        number: sheet.number.as_deref(),
        area: source.portal.areas.get(sheet.area).map(|area| area.id.as_ref()).unwrap_or_default(),
        name: text(&sheet.name),
        departments: sheet.departments.iter().map(text).collect(),
        sample: sheet.sample,
        withheld: withheld.map(|why| match why {
            Withheld::Draft => "draft",
            Withheld::Until(_) => "embargoed",
        }),
        publish_on: sheet.publish_on.filter(|_| withheld.is_some()).map(|day| day.to_string()),
        successor_of: source
            .portal
            .predecessors(sheet)
            .map(|(of, share)| PredecessorDocument {
                id: &of.policy,
                fiscal_year: of.year.get(),
                part: share == Share::Part,
            })
            .collect(),
        ended: source
            .portal
            .end_of(sheet)
            .map(|end| EndDocument { fiscal_year: end.year.get(), note: maybe(end.note.as_ref()) }),
        vision: maybe(sheet.vision.as_ref()),
        median_verdict: policy.median.map(|verdict| verdict.name()),
        indicators: policy
            .indicators
            .iter()
            .map(|facts| IndicatorDocument {
                id: facts.indicator.id.as_ref(),
                name: text(&facts.indicator.name),
                kind: facts.indicator.kind.name(),
                unit: maybe(facts.indicator.unit.as_ref()),
                accumulation: facts.indicator.accumulation.name(),
                description: maybe(facts.indicator.description.as_deref()),
                target_note: maybe(facts.indicator.target_note.as_deref()),
                breaks: facts
                    .breaks
                    .iter()
                    .map(|at| BreakDocument { year: at.year.get(), note: maybe(at.note.as_ref()) })
                    .collect(),
                notes: facts.indicator.notes.iter().map(text).collect(),
                series: facts.series.iter().map(|s| series_document(source, policy, facts.indicator, s)).collect(),
            })
            .collect(),
        achievements: sheet.achievements.iter().map(text).collect(),
        answers: thread::answered(&before, sheet)
            .into_iter()
            .map(|of| AnswerDocument {
                id: &of.answer.id,
                fiscal_year: of.asked_in.year.get(),
                state: of.answer.state.map(AnswerState::name),
                text: maybe(of.answer.text.as_ref()),
            })
            .collect(),
        challenges: sheet
            .challenges
            .iter()
            .map(|c| ChallengeDocument {
                id: c.id.as_deref(),
                since: c
                    .id
                    .as_deref()
                    .and_then(|id| thread::named_before(&before, sheet, id).first().map(|first| first.year.get())),
                challenge: text(&c.challenge),
                approach: maybe(c.approach.as_ref()),
            })
            .collect(),
        projects: sheet
            .projects
            .iter()
            .map(|project| ProjectDocument {
                name: text(&project.name),
                department: maybe(project.department.as_deref()),
                url: project.url.as_deref(),
                expenditure: project.expenditure.as_deref().map(own_expenditure).unwrap_or_default(),
            })
            .collect(),
        expenditure,
        grades: sheet
            .grades
            .iter()
            .map(|grade| GradeDocument {
                by: match &grade.by {
                    Voice::SelfGrade => "self",
                    Voice::Second => "second",
                    Voice::External => "external",
                    Voice::Other(voice) => voice,
                },
                grade: grade.grade.as_deref(),
                comment: maybe(grade.comment.as_ref()),
                year: grade.year.map(FiscalYear::get),
            })
            .collect(),
        outlook: maybe(sheet.outlook.as_ref()),
        plain: sheet.plain.as_deref().map(|plain| PlainDocument {
            vision: maybe(plain.vision.as_ref()),
            achievements: plain.achievements.iter().map(text).collect(),
            challenges: plain.challenges.iter().map(text).collect(),
            outlook: maybe(plain.outlook.as_ref()),
        }),
        source: maybe(sheet.source.as_ref()),
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
