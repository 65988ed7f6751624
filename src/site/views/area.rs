//! The page of an area (分野): its policies, their indicators in one table, its cost over the years.

use std::collections::BTreeMap;

use crate::chart::{Caption, Certainty, Chart, ChartPoint, ExpenditureBars, ExpenditureChart, PointMark};
use crate::facts::{AreaSummary, EditionFacts, MoneyTotal, PolicyFacts, PolicySummary, Rate, SeriesFacts};
use crate::model::{Area, FiscalYear, Indicator, MoneyUnit, Sheet};
use crate::site::print;
use crate::site::route::Target;
use crate::site::views::context::PageContext;
use crate::site::views::figures::{Cell, Notes, as_row, beside};
use crate::site::views::indicator::addresses;
use crate::site::views::marks::{Badge, Count, MarkLink};
use crate::site::views::page::{About, Link, Page, edition_crumb, page};
use crate::site::views::progress::position;
use crate::theme::{Html, Ready, Words};
use rust_decimal::prelude::ToPrimitive as _;
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct AreaView {
    pub language: String,
    pub page: Page,
    pub name: Html,
    pub year: String,
    pub description: Option<Html>,
    pub counts: Vec<Count>,
    pub money: Option<Html>,
    pub children: Vec<Link>,
    /// `PolicyCard`s and `IndicatorRow`s, of which there may be hundreds.
    pub policies: Vec<Ready>,
    pub indicators: Vec<Ready>,
    pub cost: Option<AreaCost>,
}

#[derive(Debug, Serialize)]
pub struct PolicyCard {
    pub number: Option<String>,
    pub policy: Link,
    /// The first sentence of the vision.
    pub vision: Option<Html>,
    pub marks: Vec<MarkLink>,
    pub grade: Option<String>,
    /// The settled amount in words.
    pub cost: Option<String>,
}

/// A series in the table of all indicators of the area.
#[derive(Debug, Serialize)]
pub struct IndicatorRow {
    pub indicator: Html,
    /// To the indicator on its policy's page.
    pub href: String,
    pub policy: Html,
    /// Baseline, latest actual, last target.
    #[serde(serialize_with = "as_row")]
    pub cells: [Cell; 3],
    pub rate: Words,
    pub badge: Badge,
}

/// The settled amounts of the area's policies by year.
#[derive(Debug, Serialize)]
pub struct AreaCost {
    pub years: Vec<AreaCostYear>,
    pub chart: Option<Html>,
    pub unit: String,
}

#[derive(Debug, Serialize)]
pub struct AreaCostYear {
    pub year: String,
    pub amount: String,
    pub words: String,
    pub included: String,
}

/// The page of the area that `summary` is about. `policies` are the facts of its policies, in the summary's order.
pub fn area(
    context: &PageContext<'_>,
    edition: &EditionFacts,
    summary: &AreaSummary,
    policies: &[PolicyFacts<'_>],
) -> Option<AreaView> {
    let area = context.portal.areas.get(summary.area)?;
    let name = area_name_plain(context, area);
    let year = context.printer().short_year(edition.year);
    let mut breadcrumbs = vec![edition_crumb(context)];
    breadcrumbs.extend(area.parent.map(|parent| area_crumbs(context, parent)).unwrap_or_default());
    let description = match &area.description {
        Some(text) => context.plain(text),
        None => context.labels.fill("area.description", &[("name", name.as_str()), ("year", &year)]),
    };
    let title = context.labels.fill_words("policy.title", &[("name", &name), ("year", &year)]);
    let summaries: Vec<_> = summary.policies.iter().filter_map(|at| edition.policies.get(*at)).collect();
    let maturity = context.maturity_of(summaries.iter().copied());
    Some(AreaView {
        language: context.language.code().to_owned(),
        page: page(context, About { title, description, breadcrumbs, maturity }),
        name: area_name(context, area),
        year: context.printer().year(edition.year),
        description: area.description.as_ref().map(|text| context.prose("portal.yaml").block(text, 2, "description")),
        counts: context.counts(&summary.counts),
        money: context.money_total(&summary.settled),
        children: children(context, edition, summary.area),
        policies: summaries.iter().map(|policy| Ready::new(&context.card(policy))).collect(),
        indicators: policies
            .iter()
            .flat_map(|policy| context.indicator_rows(policy))
            .map(|row| Ready::new(&row))
            .collect(),
        cost: context.area_cost(policies, summary.settled.unit),
    })
}

/// An area as readers see it: number and name, as far as the source prints them.
pub(super) fn area_name(context: &PageContext<'_>, area: &Area) -> Html {
    match (&area.number, &area.name) {
        (Some(number), Some(name)) => {
            let name = context.prose("portal.yaml").inline(name);
            Html::new(&format!("{} {}", Html::escape(number).as_str(), name.as_str()))
        }
        (None, Some(name)) => context.prose("portal.yaml").inline(name),
        (_, None) => area_name_plain(context, area).html(),
    }
}

pub(super) fn area_name_plain(context: &PageContext<'_>, area: &Area) -> Words {
    match (&area.number, &area.name) {
        (Some(number), Some(name)) => {
            let mut words = Words::new(format!("{number} "));
            words.append(&context.words(name));
            words
        }
        (None, Some(name)) => context.words(name),
        (Some(number), None) => context.labels.fill("area.numbered", &[("number", number)]).into(),
        (None, None) => context.labels.fill("area.numbered", &[("number", &area.id)]).into(),
    }
}

/// The way down to an area, the area itself included.
pub(super) fn area_crumbs(context: &PageContext<'_>, area: usize) -> Vec<Link> {
    let mut crumbs = vec![context.area_link(area)];
    let mut above = context.portal.areas.get(area).and_then(|area| area.parent);
    // Parents never go in a circle, but a walk over references has a bound all the same.
    while let Some(parent) = above.filter(|_| crumbs.len() <= context.portal.areas.len()) {
        crumbs.push(context.area_link(parent));
        above = context.portal.areas.get(parent).and_then(|area| area.parent);
    }
    crumbs.reverse();
    crumbs
}

fn children(context: &PageContext<'_>, edition: &EditionFacts, parent: usize) -> Vec<Link> {
    let areas =
        edition.areas.iter().filter_map(|summary| Some((summary.area, context.portal.areas.get(summary.area)?)));
    areas.filter(|(_, area)| area.parent == Some(parent)).map(|(index, _)| context.area_link(index)).collect()
}

impl PageContext<'_> {
    fn card(&self, summary: &PolicySummary) -> PolicyCard {
        let sheet = &summary.sheet;
        PolicyCard {
            number: sheet.number.as_deref().map(str::to_owned),
            policy: self.policy_link(sheet),
            vision: sheet.vision.as_ref().map(|vision| self.prose(&sheet.path).first_sentence(vision)),
            marks: summary.marks.iter().map(|mark| self.mark_link(sheet, mark)).collect(),
            grade: sheet.grades.iter().find_map(|grade| grade.grade.as_deref()).map(str::to_owned),
            cost: summary.settled.map(|settled| self.printer().yen_in_words(settled.in_yen())),
        }
    }

    fn indicator_rows(&self, policy: &PolicyFacts<'_>) -> Vec<IndicatorRow> {
        let series = policy.indicators.iter().flat_map(|of| of.series.iter().map(|series| (of.indicator, series)));
        let name = self.policy_name(policy.sheet);
        series.map(|(indicator, series)| self.indicator_row(policy.sheet, &name, indicator, series)).collect()
    }

    fn indicator_row(
        &self,
        sheet: &Sheet,
        policy: &Html,
        indicator: &Indicator,
        series: &SeriesFacts<'_>,
    ) -> IndicatorRow {
        let units = self.units(indicator);
        let address = addresses(sheet, indicator, series);
        // Notes stand on the policy's page; here the figures alone are shown.
        let mut notes = Notes::default();
        let mut cell = |value, unit: &Words, address, year: Option<Words>| {
            let mut cell = self.cell(value, unit, address, &sheet.path, &mut notes);
            cell.notes.clear();
            if let Some(year) = year {
                cell.remark = Some(beside(year, cell.remark));
            }
            cell
        };
        let judgement = &series.judgement;
        let baseline = series
            .baseline
            .map_or_else(Cell::none, |of| cell(of.value, &units.actual, address.of(of.sheet, "baseline"), None));
        let actual = judgement.actual.map_or_else(Cell::none, |of| {
            let cell =
                cell(of.value, &units.actual, address.of_year(of.sheet, "actuals", of.year), Some(self.year_of(&of)));
            Cell { sum: self.running_sum(&of, &units.actual), ..cell }
        });
        let target = series.targets.last().map_or_else(Cell::none, |of| {
            cell(of.value, &units.target, address.of_year(of.sheet, "targets", of.year), Some(self.year_of(of)))
        });
        let rate = judgement.year.and_then(|year| series.rates.iter().find(|fact| fact.year == year));
        let rate = match rate.map(|fact| &fact.rate) {
            Some(Rate::Computed(rate)) => self.computed_rate(rate, &units.actual),
            Some(Rate::NotComputable(_)) | None => "―".into(),
        };
        let name = self.words(&indicator.name);
        let name = match series.component {
            Some(component) => self
                .labels
                .fill_words("indicator.component", &[("name", &name), ("component", &self.words(&component.name))]),
            None => name,
        };
        IndicatorRow {
            indicator: name.html(),
            href: self.links.to_anchor(Target::Policy(sheet.year, &sheet.policy), &indicator.id),
            policy: policy.clone(),
            cells: [baseline, actual, target],
            rate,
            badge: self.badge(judgement.verdict),
        }
    }

    /// Settled amounts by year over the policies that print them; `None` where none does.
    fn area_cost(&self, policies: &[PolicyFacts<'_>], unit: Option<MoneyUnit>) -> Option<AreaCost> {
        let unit = unit?;
        let totals = settled_by_year(policies);
        if totals.is_empty() {
            return None;
        }
        // Sheets may print in different units; a sum that is not whole in the unit of most is told in yen.
        let whole = totals.values().all(|total| (total.yen % unit.in_yen()).is_zero());
        let unit = if whole { unit } else { MoneyUnit::Yen };
        let years = totals.iter().map(|(year, total)| self.cost_year(*year, total, unit)).collect();
        let unit_words = self.labels.fill("money.in-unit", &[("unit", self.printer().money_unit(unit))]);
        Some(AreaCost { years, chart: self.cost_chart(&totals, unit), unit: unit_words })
    }

    fn cost_year(&self, year: FiscalYear, total: &MoneyTotal, unit: MoneyUnit) -> AreaCostYear {
        AreaCostYear {
            year: self.printer().short_year(year),
            amount: print::computed(total.yen / unit.in_yen()),
            words: self.printer().yen_in_words(total.yen),
            included: self.included(total),
        }
    }

    fn cost_chart(&self, totals: &BTreeMap<FiscalYear, MoneyTotal>, unit: MoneyUnit) -> Option<Html> {
        if totals.len() < 2 {
            return None;
        }
        let unit_words = self.printer().money_unit(unit);
        let points: Vec<ChartPoint> = totals
            .iter()
            .filter_map(|(year, total)| {
                let amount = total.yen / unit.in_yen();
                let value = print::with_unit(&print::computed(amount), &unit_words.into());
                let year_words = self.printer().short_year(*year);
                let kind = self.word("money.settled");
                Some(ChartPoint {
                    year: position(*year),
                    mark: PointMark::Value { value: amount.to_f64()?, certainty: Certainty::Final },
                    label: print::computed(amount).into(),
                    hint: self
                        .labels
                        .fill("chart.amount", &[("year", &year_words), ("kind", kind), ("value", value.as_str())])
                        .into(),
                    address: String::new(),
                })
            })
            .collect();
        let hints: Vec<&str> = points.iter().map(|point| &*point.hint).collect();
        let caption = Caption {
            id: "cost_chart".to_owned(),
            title: self.word("area.cost").into(),
            desc: self.labels.fill("chart.desc", &[("figures", &hints.join(self.word("chart.separator")))]).into(),
            language: self.language.code().to_owned(),
        };
        let years = totals.keys().map(|year| (position(*year), year.to_string())).collect();
        let name = self.word("money.settled").to_owned();
        let kinds = vec![ExpenditureBars { kind: "settled".to_owned(), name, points }];
        Some(Html::new(
            &Chart::Expenditure(ExpenditureChart {
                caption,
                years,
                kinds,
                unit: unit_words.to_owned(),
                revised: Vec::new(),
            })
            .svg(),
        ))
    }
}

/// Sums what the policies print for each year, and says how many of them do.
fn settled_by_year(policies: &[PolicyFacts<'_>]) -> BTreeMap<FiscalYear, MoneyTotal> {
    let mut totals: BTreeMap<FiscalYear, MoneyTotal> = BTreeMap::new();
    for facts in policies.iter().map(|policy| &policy.expenditure) {
        let Some(unit) = facts.unit else { continue };
        for at in &facts.years {
            let settled = at.settled.and_then(|(amount, _)| amount.total.number());
            let Some(yen) = settled.and_then(|settled| settled.checked_mul(unit.in_yen())) else { continue };
            let total =
                totals.entry(at.year).or_insert(MoneyTotal { policies: policies.len(), ..MoneyTotal::default() });
            total.yen = total.yen.saturating_add(yen);
            total.policies_included += 1;
        }
    }
    totals
}
