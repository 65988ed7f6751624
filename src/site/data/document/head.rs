//! What portal.json says of the edition as a whole.

use super::{Texts, texts};
use crate::facts::{self, Recommended};
use crate::model::RecommendationState;
use crate::site::data::{DataSource, digits};
use schemars::JsonSchema;
use serde::Serialize;

/// The edition of one evaluated fiscal year.
#[derive(Serialize, JsonSchema)]
pub(super) struct Head<'a> {
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

pub(super) fn head<'a>(source: &DataSource<'a>) -> Head<'a> {
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
        indicator: of.indicator,
        due: of.due.map(|due| due.to_string()),
        state: of.state.name(),
        responses: of
            .answers
            .iter()
            .map(|of| of.response)
            .map(|response| ResponseDocument {
                date: response.date.map(|date| date.to_string()),
                state: response.state.map(RecommendationState::name),
                text: response.text.as_ref().map(|text| texts(source, text)),
            })
            .collect(),
        address: of.address(),
    }
}
