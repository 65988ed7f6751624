//! The table of policies: complete without a script, sorted and filtered with one.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::chart::{Caption, Chart, SparkChart};
use crate::facts::{EditionFacts, PolicySummary};
use crate::model::{Language, MoneyUnit, Sheet, VerdictName, Withheld};
use crate::site::print;
use crate::site::views::area::{area_name, area_name_plain};
use crate::site::views::context::PageContext;
use crate::site::views::expenditure::{SettledCell, settled_cell};
use crate::site::views::marks::items;
use crate::site::views::page::Link;
use crate::site::views::progress::{position, said};
use crate::site::views::rows::Row;
use crate::theme::{Html, Ready};
use rayon::prelude::*;
use rust_decimal::prelude::ToPrimitive as _;
use serde::Serialize;

#[derive(Debug, Default, Serialize)]
pub struct PolicyTable {
    /// [`PolicyRow`]s, of which there may be thousands.
    pub rows: Vec<Ready>,
    /// Columns that no policy has anything for are not there.
    pub has_numbers: bool,
    pub has_departments: bool,
    pub has_sparks: bool,
    pub has_grades: bool,
    pub has_settled: bool,
    pub has_changes: bool,
}

#[derive(Debug, Serialize)]
pub struct PolicyRow {
    pub number: Option<String>,
    pub policy: Link,
    /// Whether the sheet is for the public: what a script filters by.
    pub status: &'static str,
    pub area: Html,
    pub area_id: String,
    pub departments: Html,
    /// The same, separated by ` | `: what a script filters by.
    pub department_keys: String,
    /// The verdicts with how many there are of each, as items of a list.
    pub counts: Html,
    /// Names of the verdicts that occur, separated by spaces: what a script filters by.
    pub verdicts: String,
    pub spark: Option<Html>,
    pub grade: Option<String>,
    pub settled: SettledCell,
    pub change: Option<String>,
    /// What a script sorts by: the place in the table, the weight of what is behind, the place of
    /// the grade in the city's legend, yen, percent.
    pub order: usize,
    pub weight: usize,
    pub grade_key: String,
    pub yen: String,
    pub percent: String,
}

/// What the table can be filtered by. A list with one entry is no choice and is empty.
#[derive(Debug, Serialize)]
pub struct Filters {
    pub areas: Vec<FilterOption>,
    pub departments: Vec<FilterOption>,
    pub verdicts: Vec<FilterOption>,
    /// The first grade of each sheet, as the table shows it.
    pub grades: Vec<FilterOption>,
    /// Whether a sheet is for the public yet: only in a build that shows some which are not.
    pub statuses: Vec<FilterOption>,
}

#[derive(Debug, Serialize)]
pub struct FilterOption {
    pub value: String,
    pub text: String,
    /// The language of the text.
    pub language: String,
}

impl Filters {
    pub(super) fn new(context: &PageContext<'_>, edition: &EditionFacts, areas: &BTreeSet<usize>) -> Self {
        let option = |value: &str, text: String, language: &Language| FilterOption {
            value: value.to_owned(),
            text,
            language: language.code().to_owned(),
        };
        let areas = areas.iter().filter_map(|at| context.portal.areas.get(*at)).map(|area| {
            let name = area_name_plain(context, area);
            option(&area.id, name.as_str().to_owned(), name.language().unwrap_or(context.language))
        });
        let mut departments: Vec<FilterOption> = Vec::new();
        for department in edition.policies.iter().flat_map(|policy| &policy.sheet.departments) {
            let name = context.plain(department);
            if departments.iter().all(|known| known.value != name) {
                departments.push(option(&name, name.clone(), context.language_of(department)));
            }
        }
        let verdicts = VerdictName::ALL.into_iter().filter(|verdict| edition.counts.get(*verdict) > 0);
        let statuses = [Standing::Published, Standing::Waiting, Standing::Draft]
            .into_iter()
            .filter(|standing| edition.policies.iter().any(|policy| Standing::of(context, &policy.sheet) == *standing));
        Self {
            grades: choices(grades(context, edition)),
            statuses: choices(
                statuses.map(|of| option(of.name(), context.word(of.label()).to_owned(), context.language)).collect(),
            ),
            areas: choices(areas.collect()),
            departments: choices(departments),
            verdicts: choices(
                verdicts.map(|of| option(of.name(), context.badge(of).word.to_string(), context.language)).collect(),
            ),
        }
    }
}

/// Grades that sheets of the edition have: those of the city's legend in its order with their meaning, then others.
fn grades(context: &PageContext<'_>, edition: &EditionFacts) -> Vec<FilterOption> {
    let used: BTreeSet<(usize, &str)> =
        edition.policies.iter().filter_map(|policy| context.placed_grade(&policy.sheet)).collect();
    let option = |(place, grade): (usize, &str)| {
        let legend = context.portal.grades.get(place);
        let label = legend.map(|legend| context.words(&legend.label));
        FilterOption {
            value: if legend.is_some() { place.to_string() } else { grade.to_owned() },
            text: label.as_ref().map_or_else(|| grade.to_owned(), |label| format!("{grade} {}", label.as_str())),
            language: legend.map_or(context.language, |legend| context.language_of(&legend.label)).code().to_owned(),
        }
    };
    used.into_iter().map(option).collect()
}

/// Whether a sheet is for the public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Published,
    /// Finished; its day has not come.
    Waiting,
    Draft,
}

impl Standing {
    fn of(context: &PageContext<'_>, sheet: &Sheet) -> Self {
        match context.portal.withheld(sheet) {
            None => Self::Published,
            Some(Withheld::Until(_)) => Self::Waiting,
            Some(Withheld::Draft) => Self::Draft,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Waiting => "waiting",
            Self::Draft => "draft",
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Published => "index.status-published",
            Self::Waiting => "index.status-waiting",
            Self::Draft => "index.status-draft",
        }
    }
}

fn choices(options: Vec<FilterOption>) -> Vec<FilterOption> {
    if options.len() < 2 { Vec::new() } else { options }
}

impl PageContext<'_> {
    /// The policies at `positions` in the edition's list.
    pub(super) fn policy_table(&self, edition: &EditionFacts, positions: &[usize]) -> PolicyTable {
        let common = common_unit(edition);
        let policies: Vec<_> = positions.iter().filter_map(|at| edition.policies.get(*at)).collect();
        // A large edition's rows are most of what its index takes: whoever waits for the page waits half as long.
        let known = self.site.rows.map_or_else(|| Arc::from([]), |rows| rows.of(&self.path, common));
        let rows = policies.par_iter().enumerate().with_min_len(32).map(|(order, summary)| {
            if let Some(known) = known.get(order).filter(|known| Arc::ptr_eq(&known.summary, summary)) {
                return known.clone();
            }
            let row = self.policy_row(summary, order, common);
            let has = [
                row.number.is_some(),
                !row.departments.is_empty(),
                row.spark.is_some(),
                row.grade.is_some(),
                !row.yen.is_empty(),
                row.change.is_some(),
            ];
            Row { summary: Arc::clone(summary), has, view: Ready::new(&row) }
        });
        let rows: Arc<[Row]> = rows.collect();
        if let Some(shown) = self.site.rows {
            shown.keep(&self.path, common, &rows);
        }
        let any = |column: usize| rows.iter().any(|row| row.has.get(column) == Some(&true));
        PolicyTable {
            has_numbers: any(0),
            has_departments: any(1),
            has_sparks: any(2),
            has_grades: any(3),
            has_settled: any(4),
            has_changes: any(5),
            rows: rows.iter().map(|row| row.view.clone()).collect(),
        }
    }

    fn policy_row(&self, summary: &PolicySummary, order: usize, common: Option<MoneyUnit>) -> PolicyRow {
        let sheet = &summary.sheet;
        let area = self.portal.areas.get(sheet.area);
        let counts = self.counts(&summary.counts);
        let verdicts: Vec<&str> = counts.iter().map(|count| count.badge.verdict).collect();
        let departments: Vec<String> = sheet.departments.iter().map(|text| self.plain(text)).collect();
        let (settled, yen) = settled_cell(self, sheet, summary.settled, common);
        let before = summary
            .settled
            .and_then(|settled| Some((settled.previous?.checked_mul(settled.unit.in_yen())?, settled.in_yen())));
        let percent = before.and_then(|(before, after)| print::change_in_percent(before, after));
        PolicyRow {
            number: sheet.number.as_deref().map(str::to_owned),
            policy: self.policy_link(sheet),
            status: Standing::of(self, sheet).name(),
            area: area.map(|area| area_name(self, area)).unwrap_or_default(),
            area_id: area.map(|area| area.id.to_string()).unwrap_or_default(),
            departments: self.departments(sheet),
            department_keys: departments.join(" | "),
            verdicts: verdicts.join(" "),
            counts: items(&counts),
            spark: self.spark(summary),
            grade_key: self.grade_key(sheet),
            grade: sheet.grades.iter().find_map(|grade| grade.grade.as_deref()).map(str::to_owned),
            settled,
            change: before.and_then(|(before, after)| self.printer().change(before, after)),
            order,
            weight: weight(summary),
            yen,
            percent: percent.map(|percent| percent.to_string()).unwrap_or_default(),
        }
    }

    fn departments(&self, sheet: &Sheet) -> Html {
        let prose = self.prose(&sheet.path);
        let names: Vec<_> = sheet.departments.iter().map(|text| prose.inline(text)).collect();
        let names: Vec<_> = names.iter().map(Html::as_str).collect();
        Html::new(&names.join(Html::escape(self.word("list.separator")).as_str()))
    }

    /// Where a sheet's first grade stands in the city's legend, behind its end where the legend has none; with the grade.
    fn placed_grade<'s>(&self, sheet: &'s Sheet) -> Option<(usize, &'s str)> {
        let grade = sheet.grades.iter().find_map(|grade| grade.grade.as_deref())?;
        let legend = &self.portal.grades;
        Some((legend.iter().position(|of| of.id.as_ref() == grade).unwrap_or(legend.len()), grade))
    }

    /// What a script sorts and filters by: the place in the legend; the grade itself where the legend has none.
    fn grade_key(&self, sheet: &Sheet) -> String {
        match self.placed_grade(sheet) {
            Some((place, _)) if place < self.portal.grades.len() => place.to_string(),
            Some((_, grade)) => grade.to_owned(),
            None => String::new(),
        }
    }

    /// The first series' actuals as a small line; `None` where there are not two figures to join.
    fn spark(&self, summary: &PolicySummary) -> Option<Html> {
        let values: Vec<_> = summary
            .spark
            .iter()
            .map(|(year, value)| (position(*year), value.and_then(|value| value.to_f64())))
            .collect();
        if values.iter().filter(|(_, value)| value.is_some()).count() < 2 {
            return None;
        }
        let figures: Vec<String> = summary
            .spark
            .iter()
            .filter_map(|(year, value)| {
                let value = print::figure((*value)?);
                Some(
                    self.labels.fill("chart.actual", &[("year", &self.printer().short_year(*year)), ("value", &value)]),
                )
            })
            .collect();
        let breaks = summary.spark_breaks.iter().copied().map(position).collect();
        let title = summary
            .marks
            .get(summary.spark_mark)
            .map(|mark| self.series_name(&summary.sheet, mark))
            .unwrap_or_default();
        let caption = Caption {
            id: format!("spark_{}", summary.sheet.policy),
            title: said(&title),
            desc: figures.join(self.word("chart.separator")).into(),
            language: self.language.code().to_owned(),
        };
        Some(Html::new(&Chart::Spark(SparkChart { caption, values, breaks }).svg()))
    }
}

/// The unit that all policies of the edition print their settled amounts in; `None` where they differ.
fn common_unit(edition: &EditionFacts) -> Option<MoneyUnit> {
    let mut units = edition.policies.iter().filter_map(|policy| policy.settled).map(|settled| settled.unit);
    let first = units.next()?;
    units.all(|unit| unit == first).then_some(first)
}

/// How much a policy is behind, for sorting: first by series worse than at the start, then by those behind, then nearly.
fn weight(summary: &PolicySummary) -> usize {
    let n = |verdict| summary.counts.get(verdict).min(999);
    n(VerdictName::WorseThanBaseline) * 1_000_000 + n(VerdictName::Behind) * 1_000 + n(VerdictName::Nearly)
}
