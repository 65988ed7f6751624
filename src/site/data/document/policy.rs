//! A policy in portal.json: its sheet, with what was derived from it.

use super::series::{IndicatorDocument, indicator_document};
use super::{Texts, texts};
use crate::facts::{PolicyFacts, thread};
use crate::model::{Amount, AnswerState, Expenditure, FiscalYear, Money, Portal, Share, Sheet, Text, Voice, Withheld};
use crate::site::data::{DataSource, digits, status};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize, JsonSchema)]
pub(super) struct PolicyDocument<'a> {
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
    /// Whose challenge it is, where it is of a policy that this one took over.
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<&'a str>,
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

/// The id of a sheet's policy, as the portal holds it.
fn id_of<'a>(portal: &'a Portal, sheet: &Sheet) -> Option<&'a str> {
    portal.policy(&sheet.policy).map(|policy| &*policy.id)
}

pub(super) fn policy_document<'a>(source: &DataSource<'a>, policy: &PolicyFacts<'a>) -> PolicyDocument<'a> {
    let sheet = policy.sheet;
    let withheld = source.portal.withheld(sheet);
    let before = source.portal.ancestry(sheet);
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
        indicators: policy.indicators.iter().map(|facts| indicator_document(source, policy, facts)).collect(),
        achievements: sheet.achievements.iter().map(text).collect(),
        answers: thread::answered(&before, sheet)
            .into_iter()
            .map(|of| AnswerDocument {
                id: &of.answer.id,
                policy: (of.asked_in.policy != sheet.policy).then(|| id_of(source.portal, of.asked_in)).flatten(),
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
