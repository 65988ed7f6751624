//! The index of an edition: what happened, what needs attention, and every policy.

use std::collections::BTreeSet;

use crate::chart::{OverviewChart, OverviewMark, OverviewRow, Said};
use crate::facts::{self, AreaSummary, EditionFacts, MoneyTotal, VerdictChange, VerdictCounts};
use crate::model::VerdictName;
use crate::site::route::Target;
use crate::site::views::area::{area_name, area_name_plain};
use crate::site::views::context::PageContext;
use crate::site::views::data::DataFileEntry;
use crate::site::views::marks::{Badge, Count, MarkRow, mark_shape};
use crate::site::views::method::MethodView;
use crate::site::views::page::{About, Choice, Link, Page, page, theme_asset};
use crate::site::views::policies::{Filters, PolicyTable};
use crate::site::views::progress::said;
use crate::theme::{Html, Ready, Words};
use serde::Serialize;

/// How many series that need attention are shown at once; the rest stands behind a disclosure.
const ATTENTION_SHOWN: usize = 10;

/// How many entries a list of the index has at most. The table below has every policy, and can be filtered.
const LISTED: usize = 100;

/// An area with more series than this shows how many there are of each verdict in place of a mark for each.
const MARKS_OF_AREA: usize = 120;

#[derive(Debug, Serialize)]
pub struct IndexView {
    pub language: String,
    pub page: Page,
    pub title: Html,
    pub description: Option<Html>,
    pub year: String,
    /// What the edition says, in one sentence of figures.
    pub lead: Html,
    pub counts: Vec<Count>,
    pub overview: Option<Html>,
    /// Where the policies stand beside each other.
    pub compare: String,
    pub areas: Vec<Link>,
    /// `MarkRow`s, of which there may be thousands; so with the other lists.
    pub attention: Vec<Ready>,
    pub attention_more: Vec<Ready>,
    /// How many more there are than a list has; so below.
    pub attention_rest: Option<String>,
    pub divergent: Vec<Divergent>,
    pub divergent_rest: Option<String>,
    pub reached_early: Vec<Ready>,
    pub reached_early_rest: Option<String>,
    pub changed: Vec<Ready>,
    pub changed_rest: Option<String>,
    /// Everything that changed since the edition before, where there is one.
    pub changes: Option<Link>,
    /// What others recommend, where there is any.
    pub recommendations: Option<Link>,
    pub policies: PolicyTable,
    pub filters: Filters,
    pub downloads: Vec<DataFileEntry>,
    /// All sheets as one document, where portal.yaml asks for it.
    pub book: Option<String>,
    pub editions: Vec<Choice>,
    pub method: MethodView,
    /// Sorts and filters the table.
    pub script: Option<String>,
    /// Of a frozen edition: how its figures compare with what was published.
    pub compared: Option<Html>,
    /// How many of its figures later editions changed.
    pub corrected: Option<Html>,
    /// The list of errata, where the edition has one.
    pub errata: Option<String>,
    /// Tells the names of marks.
    pub chart_script: Option<String>,
}

/// A policy whose grade and verdicts are far apart.
#[derive(Debug, Serialize)]
pub struct Divergent {
    pub policy: Link,
    pub grade: String,
    pub grade_verdict: Badge,
    pub median: Badge,
}

/// The index of an edition, for `/` and for `/<year>/`. `files` are the edition's data files.
pub fn index(context: &PageContext<'_>, edition: &EditionFacts, files: &[&str]) -> IndexView {
    let prose = context.prose("portal.yaml");
    let rows = |marks: &[(usize, usize)]| {
        marks.iter().filter_map(|at| Some(Ready::new(&context.mark_row(edition, *at)?))).collect()
    };
    let (listed, attention_rest) = context.listed(&edition.attention);
    let (attention, attention_more) = listed.split_at(listed.len().min(ATTENTION_SHOWN));
    let (reached_early, reached_early_rest) = context.listed(&edition.reached_early);
    let (divergent_listed, divergent_rest) = context.listed(&edition.divergent);
    let before = context.facts.editions.iter().rev().find(|before| before.year < edition.year);
    let verdicts = facts::changed_verdicts(context.portal, before, edition);
    let (changed_listed, changed_rest) = context.listed(&verdicts);
    let corrected = facts::corrected_policies(context.portal, edition.year).iter().map(|(_, of)| of.len()).sum();
    let page = page(context, about(context, edition));
    IndexView {
        language: context.language.code().to_owned(),
        title: prose.inline(&context.portal.title),
        description: context.portal.description.as_ref().map(|text| prose.block(text, 2, "description")),
        year: context.printer().year(edition.year),
        lead: context.lead(edition),
        counts: context.counts(&edition.counts),
        overview: context.overview(edition),
        compare: context.links.to(Target::Compare(edition.year)),
        areas: areas(context, edition),
        attention: rows(attention),
        attention_more: rows(attention_more),
        attention_rest,
        divergent: divergent(context, edition, divergent_listed),
        divergent_rest,
        reached_early: rows(reached_early),
        reached_early_rest,
        changed: changed(context, edition, changed_listed),
        changed_rest,
        changes: context.changes_link(edition.year),
        recommendations: context.recommendations_link(edition),
        compared: edition.compared.map(|counts| context.compared_sentence(counts)),
        corrected: context.corrected_sentence(corrected),
        errata: facts::has_errata(context.portal, edition).then(|| context.links.to(Target::Revisions(edition.year))),
        policies: context.policy_table(edition, &(0..edition.policies.len()).collect::<Vec<_>>()),
        filters: context.filters(edition),
        downloads: context.data_files(edition.year, files),
        book: context.portal.book.then(|| context.links.to(Target::Book(edition.year, None))),
        editions: editions(context),
        method: context.method(),
        script: theme_asset(context, "index.js"),
        chart_script: theme_asset(context, "charts.js"),
        page,
    }
}

fn about(context: &PageContext<'_>, edition: &EditionFacts) -> About {
    let year = context.printer().short_year(edition.year);
    let title = match context.target {
        Target::Home => Words::default(),
        _ => context.labels.fill("page.edition", &[("year", &year)]).into(),
    };
    About {
        title,
        description: context.labels.fill(
            "index.description",
            &[("municipality", &context.plain(&context.portal.municipality.name)), ("year", &year)],
        ),
        breadcrumbs: Vec::new(),
        maturity: context.maturity_of(edition.policies.iter()),
    }
}

fn areas(context: &PageContext<'_>, edition: &EditionFacts) -> Vec<Link> {
    let areas = edition.areas.iter().filter_map(|summary| context.portal.areas.get(summary.area));
    areas
        .map(|area| Link {
            text: area_name(context, area),
            href: context.links.to(Target::Area(edition.year, &area.id)),
        })
        .collect()
}

fn divergent(context: &PageContext<'_>, edition: &EditionFacts, listed: &[usize]) -> Vec<Divergent> {
    let policies = listed.iter().filter_map(|at| edition.policies.get(*at));
    policies
        .filter_map(|summary| {
            let legend = summary.sheet.grades.iter().find_map(|grade| {
                let id = grade.grade.as_ref()?;
                context.portal.grades.iter().find(|legend| legend.id == *id && legend.verdict.is_some())
            })?;
            Some(Divergent {
                policy: context.policy_link(&summary.sheet),
                grade: legend.id.to_string(),
                grade_verdict: context.badge(legend.verdict?),
                median: context.badge(summary.median?),
            })
        })
        .collect()
}

/// Series with the verdict that they had before.
pub(super) fn changed(context: &PageContext<'_>, edition: &EditionFacts, listed: &[VerdictChange]) -> Vec<Ready> {
    let changes = listed.iter();
    changes
        .filter_map(|change| {
            let row = context.mark_row(edition, (change.policy, change.mark))?;
            Some(Ready::new(&MarkRow {
                before: Some(context.badge(change.before)),
                detail: None,
                figures: Vec::new(),
                ..row
            }))
        })
        .collect()
}

fn editions(context: &PageContext<'_>) -> Vec<Choice> {
    let edition = |edition: &EditionFacts| Choice {
        text: context.printer().year(edition.year),
        href: context.links.to(Target::Edition(edition.year)),
        current: edition.year == context.edition_year(),
        language: context.language.code().to_owned(),
    };
    context.facts.editions.iter().rev().map(edition).collect()
}

impl PageContext<'_> {
    /// `10施策・32指標。達成5、計画どおり14、判定できない9。決算額 87億円（9施策分）、前年度より3.1%増。`
    pub(super) fn lead(&self, edition: &EditionFacts) -> Html {
        let policies = self.labels.count("index.policies", edition.policies.len());
        let indicators = self.labels.count("index.indicators", edition.counts.total());
        let mut lead = self
            .sentence("index.lead-size", &[("policies", &policies), ("indicators", &indicators)])
            .as_str()
            .to_owned();
        let verdicts: Vec<String> = self
            .counts(&edition.counts)
            .iter()
            .map(|count| {
                let n = count.n.to_string();
                self.sentence("index.lead-verdict", &[("verdict", &count.badge.word), ("n", &n)]).as_str().to_owned()
            })
            .collect();
        if !verdicts.is_empty() {
            lead.push_str(&verdicts.join(Html::escape(self.word("index.lead-separator")).as_str()));
            lead.push_str(Html::escape(self.word("index.lead-end")).as_str());
        }
        if let Some(money) = self.money_total(&edition.settled) {
            lead.push_str(money.as_str());
        }
        Html::new(&lead)
    }

    /// A sum of settled amounts with how many policies it includes, and its change over those that print both years.
    /// `None` where no policy prints an amount.
    pub(super) fn money_total(&self, total: &MoneyTotal) -> Option<Html> {
        if total.policies_included == 0 {
            return None;
        }
        let amount = self.printer().yen_in_words(total.yen);
        let included = self.included(total);
        let mut sentence =
            self.sentence("money.total", &[("amount", &amount), ("included", &included)]).as_str().to_owned();
        if let Some(comparable) = total.comparable
            && let Some(change) = self.printer().change(comparable.previous_yen, comparable.yen)
        {
            let policies = comparable.policies.to_string();
            let key = match comparable.policies == total.policies_included {
                true => "money.total-change-all",
                false => "money.total-change",
            };
            sentence.push_str(self.sentence(key, &[("change", &change), ("n", &policies)]).as_str());
        }
        Some(Html::new(&sentence))
    }

    /// How many policies a sum is made of.
    pub(super) fn included(&self, total: &MoneyTotal) -> String {
        if total.policies_included == total.policies {
            return self.labels.count("money.included-all", total.policies);
        }
        let (n, all) = (total.policies_included.to_string(), total.policies.to_string());
        self.labels.fill("money.included", &[("n", &n), ("all", &all)])
    }

    /// One picture of the edition: areas as rows, every series a mark. `None` where nothing is measured.
    fn overview(&self, edition: &EditionFacts) -> Option<Html> {
        let rows: Vec<_> = edition.areas.iter().filter_map(|summary| self.overview_row(edition, summary)).collect();
        if rows.iter().all(|row| row.marks.is_empty()) {
            return None;
        }
        let title = self.word("index.overview").to_owned();
        Some(Html::new(&OverviewChart { title, rows }.html()))
    }

    /// The row of an area with policies of its own; those of its child areas have rows themselves.
    fn overview_row(&self, edition: &EditionFacts, summary: &AreaSummary) -> Option<OverviewRow> {
        let area = self.portal.areas.get(summary.area)?;
        let policies = summary.policies.iter().filter_map(|at| edition.policies.get(*at));
        let own: Vec<_> = policies.filter(|policy| policy.sheet.area == summary.area).collect();
        if own.is_empty() {
            return None;
        }
        let href = self.links.to(Target::Area(edition.year, &area.id));
        let marks = if own.iter().map(|policy| policy.marks.len()).sum::<usize>() > MARKS_OF_AREA {
            self.counted_marks(own.iter().map(|policy| &policy.counts), &href)
        } else {
            let marks = own.iter().flat_map(|policy| policy.marks.iter().map(|mark| (&policy.sheet, mark)));
            marks
                .map(|(sheet, mark)| OverviewMark {
                    shape: mark_shape(mark.verdict),
                    href: self.series_href(sheet, mark),
                    hint: said(&self.mark_hint(sheet, mark)),
                    count: String::new(),
                })
                .collect()
        };
        // The sum of an area holds its child areas; beside the marks of its own policies alone it would mislead.
        let whole = own.len() == summary.policies.len() && summary.settled.policies_included > 0;
        let cost = if whole { self.printer().yen_in_words(summary.settled.yen) } else { String::new() };
        Some(OverviewRow { name: said(&area_name_plain(self, area)), href, marks, cost })
    }

    /// The entries that a list of the index has, and what to say of those that it has not.
    fn listed<'l, T>(&self, entries: &'l [T]) -> (&'l [T], Option<String>) {
        let (listed, rest) = entries.split_at(entries.len().min(LISTED));
        let words = (!rest.is_empty()).then(|| self.labels.fill("index.rest", &[("n", &rest.len().to_string())]));
        (listed, words)
    }

    /// One mark a verdict with how many series have it: hundreds of marks are looked at by nobody.
    fn counted_marks<'f>(&self, of: impl Iterator<Item = &'f VerdictCounts>, href: &str) -> Vec<OverviewMark> {
        let mut counts = VerdictCounts::default();
        of.for_each(|policy| counts.merge(policy));
        let used = VerdictName::ALL.into_iter().filter(|verdict| counts.get(*verdict) > 0);
        used.map(|verdict| OverviewMark {
            shape: mark_shape(verdict),
            href: href.to_owned(),
            hint: Said { text: (*self.badge(verdict).word).into(), language: Box::default() },
            count: counts.get(verdict).to_string(),
        })
        .collect()
    }

    fn filters(&self, edition: &EditionFacts) -> Filters {
        let used: BTreeSet<usize> = edition.policies.iter().map(|policy| policy.sheet.area).collect();
        Filters::new(self, edition, &used)
    }
}
