//! Charts as files of their own (`charts: {files: true}`): the charts of the page, to be used elsewhere.

use crate::chart::Chart;
use crate::facts::{self, PolicyFacts, Revised, SeriesFacts};
use crate::model::{Indicator, Sheet};
use crate::site::route::Target;
use crate::site::views::context::PageContext;
use crate::site::views::policy::SheetOf;

/// The file name of the chart of amounts, without its ending. An id of an indicator never begins with a low line.
pub(super) const EXPENDITURE: &str = "_expenditure";

/// Every chart of a policy's page with the name of its file, without the ending: `exchange`, `understanding.es` for a
/// component, `_expenditure`.
pub fn chart_files(context: &PageContext<'_>, facts: &PolicyFacts<'_>) -> Vec<(String, Chart)> {
    let sheet = facts.sheet;
    let mut files = Vec::new();
    let revised = revised(context, sheet);
    let of = SheetOf { sheet, edition: facts.year, revised: &revised, corrected: &[] };
    for indicator_facts in &facts.indicators {
        let indicator = indicator_facts.indicator;
        let units = context.units(indicator);
        for series in &indicator_facts.series {
            let name = file_of_series(indicator, series);
            files.extend(context.series_chart(of, indicator_facts, series, &units).map(|chart| (name, chart)));
        }
    }
    let expenditure = context.expenditure_chart(of, &facts.expenditure);
    files.extend(expenditure.map(|chart| (EXPENDITURE.to_owned(), chart)));
    files
}

/// What was revised since the sheet, and what it revises of earlier ones; a sheet that declares nothing is not compared.
fn revised<'a>(context: &PageContext<'a>, sheet: &Sheet) -> Vec<Revised<'a>> {
    let policy = context.portal.policy(&sheet.policy).filter(|_| !sheet.revisions.is_empty());
    let Some(policy) = policy else { return Vec::new() };
    let own = facts::compared(context.portal, policy, sheet.year).map(|compared| compared.revised).unwrap_or_default();
    own.into_iter().chain(facts::restated(context.portal, policy, sheet.year)).collect()
}

/// The name of the file of a series' chart.
pub(super) fn file_of_series(indicator: &Indicator, series: &SeriesFacts<'_>) -> String {
    match series.component {
        Some(component) => format!("{}.{}", indicator.id, component.id),
        None => indicator.id.to_string(),
    }
}

impl PageContext<'_> {
    /// Where the chart of this name on a sheet's page can be had as a file; `None` elsewhere (a book is for paper), and
    /// where the portal has no such files.
    pub(super) fn chart_file(&self, sheet: &Sheet, name: impl FnOnce() -> String) -> Option<String> {
        let files = self.portal.chart_files && matches!(self.target, Target::Policy(..));
        files.then(|| self.links.to(Target::ChartFile(sheet.year, &sheet.policy, &name())))
    }
}
