//! The table of an indicator: the numbers by year as the paper form has them (計画策定時 · 各年度 · 目標値), with the
//! targets between and the rates below.

use std::collections::BTreeSet;

use crate::facts::{IndicatorFacts, Point, Rate, SeriesFacts, YearFrom};
use crate::model::{FigureField, FigureId, FiscalYear, RateMethod};
use crate::site::views::context::PageContext;
use crate::site::views::figures::{Cell, Notes, as_row_of_figures, beside};
use crate::site::views::indicator::addresses;
use crate::site::views::judgement::Units;
use crate::site::views::policy::SheetOf;
use crate::site::views::workings::method_keys;
use crate::theme::{Html, Markup, Words};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct IndicatorTable {
    /// Of the caption, which names the frame that the table scrolls in as well.
    pub id: String,
    pub caption: Words,
    /// The heads of the columns, as HTML: 計画策定時, each year, 目標値. The first has the class `baseline`, the last `target`,
    /// the edition's year `current`, other years none.
    pub columns: Html,
    pub groups: Vec<RowGroup>,
    /// Columns, the heads of rows included.
    pub span: usize,
}

#[derive(Debug, Serialize)]
pub struct RowGroup {
    /// The component's name; `None` for an indicator without components.
    pub name: Option<Html>,
    pub rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
pub struct Row {
    pub name: String,
    /// `actual`, `target`, `rate` or `published`.
    pub kind: &'static str,
    #[serde(serialize_with = "as_row_of_figures")]
    pub cells: Vec<Cell>,
}

impl PageContext<'_> {
    pub(super) fn indicator_table(
        &self,
        of: SheetOf<'_>,
        facts: &IndicatorFacts<'_>,
        units: &Units,
        notes: &mut Notes,
    ) -> IndicatorTable {
        let layout = self.layout(facts);
        let (mut columns, mut span) = (Markup::with_capacity(512), 1);
        let mut column = |kind: Option<&'static str>, words: &Words| {
            columns.fixed("<th scope=col");
            if let Some(kind) = kind {
                columns.fixed(" class=").fixed(kind);
            }
            columns.fixed(">").words(words).fixed("</th>");
            span += 1;
        };
        if layout.baseline {
            column(Some("baseline"), &self.word("table.baseline").into());
        }
        for year in &layout.years {
            let printed = self.printer().year_as_printed(*year, printed_year(facts, *year));
            column((*year == of.edition).then_some("current"), &printed);
        }
        if layout.target {
            column(Some("target"), &self.word("table.target").into());
        }
        let columns = columns.html();
        let groups = facts
            .series
            .iter()
            .map(|series| {
                let rows = Rows { context: self, of, facts, series, units, layout: &layout }.rows(notes);
                RowGroup { name: series.component.map(|c| self.prose(&of.sheet.path).inline(&c.name)), rows }
            })
            .collect();
        let caption = self.labels.fill_words("table.caption", &[("name", &self.words(&facts.indicator.name))]);
        let id = self.id(&format!("{}_years", facts.indicator.id));
        IndicatorTable { id, caption, columns, groups, span }
    }

    fn layout(&self, facts: &IndicatorFacts<'_>) -> Layout {
        let plan = &self.portal.plan;
        let mut years: BTreeSet<FiscalYear> =
            facts.series.iter().flat_map(|s| s.actuals.iter().chain(&s.targets)).map(|point| point.year).collect();
        let mut year = plan.first_year;
        while year <= plan.last_year {
            years.insert(year);
            year = year.next();
        }
        Layout {
            baseline: facts.series.iter().any(|series| series.baseline.is_some()),
            years: years.into_iter().collect(),
            target: facts.series.iter().any(|series| !series.targets.is_empty()),
        }
    }
}

/// How the sheets print a year that never came, where one of the indicator's series does.
fn printed_year<'a>(facts: &IndicatorFacts<'a>, year: FiscalYear) -> Option<&'a str> {
    let points = facts.series.iter().flat_map(|series| series.actuals.iter().chain(&series.targets));
    points.filter(|point| point.year == year).find_map(|point| point.year_printed)
}

/// Which columns the table of an indicator has; the same for all of its series.
struct Layout {
    baseline: bool,
    years: Vec<FiscalYear>,
    target: bool,
}

/// Makes the rows of one series.
struct Rows<'a> {
    context: &'a PageContext<'a>,
    of: SheetOf<'a>,
    facts: &'a IndicatorFacts<'a>,
    series: &'a SeriesFacts<'a>,
    units: &'a Units,
    layout: &'a Layout,
}

impl Rows<'_> {
    fn rows(&self, notes: &mut Notes) -> Vec<Row> {
        let mut rows = vec![self.actuals(notes)];
        if self.series.targets.len() > 1 {
            rows.push(self.targets(notes));
        }
        if self.series.rates.iter().any(|fact| matches!(fact.rate, Rate::Computed(_))) {
            rows.push(self.rates());
        }
        if self.series.rates.iter().any(|fact| fact.published.is_some()) {
            rows.push(self.published());
        }
        rows
    }

    fn actuals(&self, notes: &mut Notes) -> Row {
        let first = self.baseline(notes);
        let years = |year| self.year_cell(&self.series.actuals, "actuals", year, &self.units.actual, notes);
        let mut cells: Vec<Cell> = self.layout.years.iter().copied().map(years).collect();
        cells.splice(0..0, first);
        if self.layout.target {
            cells.push(self.last_target(notes));
        }
        Row { name: self.context.word("table.actual").to_owned(), kind: "actual", cells }
    }

    fn targets(&self, notes: &mut Notes) -> Row {
        let years = |year| self.year_cell(&self.series.targets, "targets", year, &self.units.target, notes);
        let cells = self.layout.years.iter().copied().map(years).collect();
        self.row("table.target-by-year", "target", cells)
    }

    fn rates(&self) -> Row {
        let cells = self.layout.years.iter().map(|year| {
            match self.series.rates.iter().find(|fact| fact.year == *year).map(|fact| &fact.rate) {
                Some(Rate::Computed(rate)) => {
                    let cell = Cell::number(self.context.computed_rate(rate, &self.units.actual));
                    self.revised(cell, FigureField::Rate, Some(*year))
                }
                Some(rate @ Rate::NotComputable(_)) => Cell {
                    kind: "missing",
                    text: "―".into(),
                    remark: Some(self.context.rate_words(rate, &self.units.actual)),
                    ..Cell::default()
                },
                None => Cell::none(),
            }
        });
        let (name, _, _) = method_keys(self.method());
        self.row(name, "rate", cells.collect())
    }

    fn published(&self) -> Row {
        let cells = self.layout.years.iter().map(|year| {
            let fact = self.series.rates.iter().find(|fact| fact.year == *year);
            match fact.and_then(|fact| fact.published) {
                Some(value) => {
                    let text = self.context.published_rate(value, self.method(), &self.units.actual);
                    let address = addresses(self.of.sheet, self.facts.indicator, self.series);
                    let address = address.of_year(self.of.sheet.year, "published_rates", *year);
                    self.revised(Cell { address, ..Cell::number(text) }, FigureField::PublishedRate, Some(*year))
                }
                None => Cell::none(),
            }
        });
        self.row("table.published", "published", cells.collect())
    }

    /// A row that says nothing at the baseline and at the target.
    fn row(&self, name: &'static str, kind: &'static str, mut cells: Vec<Cell>) -> Row {
        if self.layout.baseline {
            cells.insert(0, Cell::none());
        }
        if self.layout.target {
            cells.push(Cell::none());
        }
        Row { name: self.context.word(name).to_owned(), kind, cells }
    }

    fn method(&self) -> RateMethod {
        self.facts.rule.method
    }

    fn baseline(&self, notes: &mut Notes) -> Option<Cell> {
        if !self.layout.baseline {
            return None;
        }
        let Some(baseline) = self.series.baseline else { return Some(Cell::none()) };
        let address = addresses(self.of.sheet, self.facts.indicator, self.series).of(baseline.sheet, "baseline");
        let context = self.context;
        let mut cell = context.cell(baseline.value, &self.units.actual, address, &self.of.sheet.path, notes);
        let year = match (baseline.year_printed, baseline.year_from) {
            (Some(printed), _) => Some(context.printer().year_as_printed(baseline.year, Some(printed))),
            (None, YearFrom::Source) => Some(context.printer().short_year(baseline.year).into()),
            (None, _) => None,
        };
        cell.remark = cell.remark.or(year);
        let year = (baseline.year_from == YearFrom::Source).then_some(baseline.year);
        Some(self.revised(cell, FigureField::Baseline, year))
    }

    fn year_cell(&self, points: &[Point<'_>], field: &str, year: FiscalYear, unit: &Words, notes: &mut Notes) -> Cell {
        let Some(point) = points.iter().find(|point| point.year == year) else { return Cell::none() };
        let address = addresses(self.of.sheet, self.facts.indicator, self.series).of_year(point.sheet, field, year);
        let mut cell = self.context.cell(point.value, unit, address, &self.of.sheet.path, notes);
        cell.sum = self.context.running_sum(point, unit);
        self.revised(cell, if field == "targets" { FigureField::Target } else { FigureField::Actual }, Some(year))
    }

    fn last_target(&self, notes: &mut Notes) -> Cell {
        let Some(point) = self.series.targets.last() else { return Cell::none() };
        let address =
            addresses(self.of.sheet, self.facts.indicator, self.series).of_year(point.sheet, "targets", point.year);
        let mut cell = self.context.cell(point.value, &self.units.target, address, &self.of.sheet.path, notes);
        let year = self.context.printer().year_as_printed(point.year, point.year_printed);
        cell.remark = Some(beside(year, cell.remark));
        self.revised(cell, FigureField::Target, Some(point.year))
    }

    fn revised(&self, cell: Cell, field: FigureField, year: Option<FiscalYear>) -> Cell {
        self.context.marked(self.of, cell, || {
            let component = self.series.component.map(|of| of.id.clone()).unwrap_or_default();
            FigureId { indicator: self.facts.indicator.id.clone(), component, field, year }
        })
    }
}
