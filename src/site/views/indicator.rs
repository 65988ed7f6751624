//! One indicator on its policy's page: chart, sentence, and the numbers by year as the paper form has them.

use crate::chart::Chart;
use crate::facts::{IndicatorFacts, Remark, SeriesFacts};
use crate::model::{Accumulation, Direction, Indicator, Kind, Sheet};
use crate::site::views::chart_files::file_of_series;
use crate::site::views::context::PageContext;
use crate::site::views::events::TargetChangesView;
use crate::site::views::figures::{Addresses, Note, NoteRef, Notes};
use crate::site::views::judgement::{JudgementView, Units};
use crate::site::views::policy::SheetOf;
use crate::site::views::workings::Workings;
use crate::site::views::years_table::IndicatorTable;
use crate::theme::{Html, Words};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct IndicatorView {
    /// Its id is its anchor.
    pub id: String,
    pub name: Html,
    pub notes_of_name: Vec<NoteRef>,
    /// 成果指標, 累計, 増やす.
    pub facets: Vec<String>,
    pub series: Vec<SeriesView>,
    pub table: IndicatorTable,
    pub notes: Vec<Note>,
    pub target_changes: Option<TargetChangesView>,
    /// Breaks, survey, predecessor, end: sentences.
    pub history: Vec<Html>,
    /// Description, formula, source, reason of the target.
    pub terms: Vec<Term>,
}

#[derive(Debug, Serialize)]
pub struct Term {
    pub term: &'static str,
    pub word: String,
    pub text: Html,
}

/// An indicator without components has one series; else one per component.
#[derive(Debug, Serialize)]
pub struct SeriesView {
    pub component: Option<Html>,
    pub judgement: JudgementView,
    pub chart: Option<Html>,
    /// Where the chart is a file of its own.
    pub chart_file: Option<String>,
    pub workings: Option<Workings>,
}

impl PageContext<'_> {
    pub(super) fn indicator(&self, of: SheetOf<'_>, facts: &IndicatorFacts<'_>, notes: &mut Notes) -> IndicatorView {
        let sheet = of.sheet;
        let indicator = facts.indicator;
        let prose = self.prose(&sheet.path);
        let notes_of_name = indicator.notes.iter().map(|note| notes.add(self, prose.inline(note))).collect();
        let units = self.units(indicator);
        let series = facts.series.iter().map(|series| self.series(of, facts, series, &units)).collect();
        let table = self.indicator_table(of, facts, &units, notes);
        IndicatorView {
            id: self.id(&indicator.id),
            name: prose.inline(&indicator.name),
            notes_of_name,
            facets: self.facets(indicator, facts),
            series,
            table,
            notes: notes.take(),
            target_changes: self.target_changes(of, facts, &units),
            history: self.history(sheet, facts, &units),
            terms: self.terms(sheet, facts),
        }
    }

    pub(super) fn units(&self, indicator: &Indicator) -> Units {
        let actual = indicator.unit.as_ref().map(|unit| self.words(unit)).unwrap_or_default();
        let target = indicator.target_unit.as_ref().map_or_else(|| actual.clone(), |unit| self.words(unit));
        Units { actual, target }
    }

    fn series(
        &self,
        of: SheetOf<'_>,
        facts: &IndicatorFacts<'_>,
        series: &SeriesFacts<'_>,
        units: &Units,
    ) -> SeriesView {
        let sheet = of.sheet;
        let mut workings = self.workings(series, facts.rule.method, &units.actual);
        if let (Some(workings), Some((start, _))) = (&mut workings, series.expected.first())
            && facts.indicator.accumulation == Accumulation::PeriodTotal
        {
            let year = self.printer().short_year(*start);
            workings.assumed = Some(self.sentence("workings.sum-from-zero", &[("year", &year)]));
        }
        let chart = self.series_chart(of, facts, series, units).map(|chart| Html::new(&chart.svg()));
        let file = || file_of_series(facts.indicator, series);
        SeriesView {
            component: series.component.map(|component| self.prose(&sheet.path).inline(&component.name)),
            judgement: self.judgement(of, (facts.indicator, series), facts.rule.method, units),
            chart_file: chart.as_ref().and_then(|_| self.chart_file(sheet, file)),
            chart,
            workings,
        }
    }

    /// The chart of a series, with ids that are unique on the policy's page.
    pub(super) fn series_chart(
        &self,
        of: SheetOf<'_>,
        facts: &IndicatorFacts<'_>,
        series: &SeriesFacts<'_>,
        units: &Units,
    ) -> Option<Chart> {
        let indicator = facts.indicator;
        let id = match series.component {
            Some(component) => self.id(&format!("{}_{}_chart", indicator.id, component.id)),
            None => self.id(&format!("{}_chart", indicator.id)),
        };
        let name = series_name(self, indicator, series);
        let events = self.events(of, facts, series, units);
        self.progress_chart(series, &name, id, addresses(of.sheet, indicator, series), units, events)
    }

    fn facets(&self, indicator: &Indicator, facts: &IndicatorFacts<'_>) -> Vec<String> {
        let kind = match indicator.kind {
            Kind::Outcome => "kind.outcome",
            Kind::Output => "kind.output",
            Kind::Context => "kind.context",
        };
        let accumulation = match indicator.accumulation {
            Accumulation::Annual => "accumulation.annual",
            Accumulation::Cumulative => "accumulation.cumulative",
            Accumulation::Stock => "accumulation.stock",
            Accumulation::PeriodTotal => "accumulation.period-total",
        };
        let direction = facts.series.first().and_then(|series| series.judgement.direction).or(indicator.direction);
        let direction = direction.and_then(|direction| match direction {
            Direction::Increase => Some("direction.increase"),
            Direction::Decrease => Some("direction.decrease"),
            Direction::Maintain => Some("direction.maintain"),
            Direction::Within => Some("direction.within"),
            Direction::None => None,
        });
        let ended = indicator.ended.as_ref().map(|_| "indicator.ended");
        [indicator.kind_stated.then_some(kind), indicator.accumulation_stated.then_some(accumulation), direction, ended]
            .into_iter()
            .flatten()
            .map(|key| self.word(key).to_owned())
            .collect()
    }

    fn tolerance_term(&self, indicator: &Indicator) -> Option<Term> {
        let words = indicator.tolerance.as_ref().and_then(|_| self.tolerance(indicator, &self.units(indicator)))?;
        Some(Term { term: "tolerance", word: self.word("judged.tolerance").to_owned(), text: words.html() })
    }

    fn terms(&self, sheet: &Sheet, facts: &IndicatorFacts<'_>) -> Vec<Term> {
        let (prose, indicator) = (self.prose(&sheet.path), facts.indicator);
        // Where the last target was met early, it is said there.
        let early = |remark: &Remark| matches!(remark, Remark::LastTargetMetEarly(_));
        let told = facts.series.iter().any(|series| series.remarks.iter().any(early));
        let target_note = if told { &None } else { &indicator.target_note };
        [
            ("description", "indicator.description", &indicator.description),
            ("formula", "indicator.formula", &indicator.formula),
            ("source", "indicator.source", &indicator.source),
            ("target-reason", "indicator.target-reason", &indicator.target_reason),
            ("target-note", "indicator.target-note", target_note),
        ]
        .into_iter()
        .filter_map(|(term, key, text)| {
            let text = prose.block(text.as_ref()?, 4, &format!("{}_{term}", indicator.id));
            Some(Term { term, word: self.word(key).to_owned(), text })
        })
        .chain(self.tolerance_term(indicator))
        .collect()
    }
}

/// The name of a series without markup: the indicator's, with its component's where it has some.
pub(super) fn series_name(context: &PageContext<'_>, indicator: &Indicator, series: &SeriesFacts<'_>) -> Words {
    let name = context.words(&indicator.name);
    match series.component {
        Some(component) => context
            .labels
            .fill_words("indicator.component", &[("name", &name), ("component", &context.words(&component.name))]),
        None => name,
    }
}

pub(super) fn addresses<'a>(sheet: &'a Sheet, indicator: &'a Indicator, series: &SeriesFacts<'a>) -> Addresses<'a> {
    Addresses {
        policy: &sheet.policy,
        part: &indicator.id,
        component: series.component.map(|component| component.id.as_ref()),
    }
}
