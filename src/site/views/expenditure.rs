//! Money: a policy's amounts by year as table and chart, and the amounts of its projects.

use std::collections::BTreeSet;

use crate::chart::{Caption, Certainty, Chart, ChartPoint, ExpenditureBars, ExpenditureChart, PointMark, RevisedPoint};
use crate::facts::{ExpenditureFacts, ExpenditureYear, Settled};
use crate::model::{Amount, FigureField, FigureId, FiscalYear, Fund, MoneyUnit, Sheet, Status};
use crate::site::print;
use crate::site::views::chart_files::EXPENDITURE;
use crate::site::views::context::PageContext;
use crate::site::views::figures::{Addresses, Cell, Note, Notes, as_row_of_figures};
use crate::site::views::policy::SheetOf;
use crate::site::views::progress::{position, said};
use crate::theme::{Html, Words};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct ExpenditureView {
    pub caption: String,
    /// 単位：千円.
    pub unit: String,
    pub years: Vec<String>,
    pub rows: Vec<MoneyRow>,
    /// The settled amount of the edition's year as people say it, and its change.
    pub words: Option<Html>,
    pub chart: Option<Html>,
    /// Where the chart is a file of its own.
    pub chart_file: Option<String>,
    pub notes: Vec<Note>,
    /// What the author says of totals that do not add up, and of the amounts.
    pub remarks: Vec<Html>,
}

#[derive(Debug, Serialize)]
pub struct MoneyRow {
    pub name: String,
    /// `total`, or `fund` for a part of the total above it.
    pub kind: &'static str,
    #[serde(serialize_with = "as_row_of_figures")]
    pub cells: Vec<Cell>,
}

/// The kinds of money of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MoneyKind {
    Settled,
    Budgeted,
    Personnel,
    Total,
}

impl MoneyKind {
    pub const ALL: [Self; 4] = [Self::Settled, Self::Budgeted, Self::Personnel, Self::Total];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Settled => "settled",
            Self::Budgeted => "budgeted",
            Self::Personnel => "personnel",
            Self::Total => "total",
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Self::Settled => "money.settled",
            Self::Budgeted => "money.budgeted",
            Self::Personnel => "money.personnel",
            Self::Total => "money.total-cost",
        }
    }

    const fn field(self) -> FigureField {
        match self {
            Self::Settled => FigureField::Settled,
            Self::Budgeted => FigureField::Budgeted,
            Self::Personnel => FigureField::Personnel,
            Self::Total => FigureField::Total,
        }
    }

    /// As it is published: of a fund or a project where `component` names one.
    pub fn figure(self, component: &str, year: FiscalYear) -> FigureId {
        FigureId { indicator: "".into(), component: component.into(), field: self.field(), year: Some(year) }
    }

    fn of<'a>(self, year: &ExpenditureYear<'a>) -> Option<(&'a Amount, FiscalYear)> {
        match self {
            Self::Settled => year.settled,
            Self::Budgeted => year.budgeted,
            Self::Personnel => year.personnel,
            Self::Total => year.total,
        }
    }
}

pub(super) const fn fund_label(fund: Fund) -> &'static str {
    match fund {
        Fund::National => "fund.national",
        Fund::Prefectural => "fund.prefectural",
        Fund::Bonds => "fund.bonds",
        Fund::Other => "fund.other",
        Fund::General => "fund.general",
    }
}

impl PageContext<'_> {
    /// The amounts of a policy; `None` where no sheet prints any.
    pub(super) fn expenditure(
        &self,
        of: SheetOf<'_>,
        facts: &ExpenditureFacts<'_>,
        settled: Option<Settled>,
        notes: &mut Notes,
    ) -> Option<ExpenditureView> {
        let (sheet, unit) = (of.sheet, facts.unit?);
        if facts.years.is_empty() {
            return None;
        }
        let table = MoneyTable { context: self, of, facts, years: self.money_years(facts) };
        let rows = table.rows(notes);
        let words = settled.map(|settled| self.settled_words(settled));
        let expenditure = sheet.expenditure.as_ref();
        let prose = self.prose(&sheet.path);
        let mut remarks: Vec<Html> = Vec::new();
        for (year, remark) in expenditure.map(|e| e.total_printed_differs.as_slice()).unwrap_or_default() {
            let year = self.printer().short_year(*year);
            let sentence = self.sentence("money.total-differs", &[("year", &year)]);
            remarks.push(self.followed_by(&sentence, &prose.inline(remark)));
        }
        remarks.extend(expenditure.and_then(|e| e.note.as_ref()).map(|note| prose.inline(note)));
        let chart = self.expenditure_chart(of, facts).map(|chart| Html::new(&chart.svg()));
        Some(ExpenditureView {
            caption: self.word("money.caption").to_owned(),
            unit: self.labels.fill("money.in-unit", &[("unit", self.printer().money_unit(unit))]),
            years: table.years.iter().map(|year| self.printer().short_year(*year)).collect(),
            rows,
            words,
            chart_file: chart.as_ref().and_then(|_| self.chart_file(sheet, || EXPENDITURE.to_owned())),
            chart,
            notes: notes.take(),
            remarks,
        })
    }

    /// `2024年度の決算額は15億8,751万円です。前年度より3.1%増。`
    fn settled_words(&self, settled: Settled) -> Html {
        let amount = self.printer().yen_in_words(settled.in_yen());
        let year = self.printer().short_year(self.edition_year());
        let previous = settled.previous.and_then(|previous| previous.checked_mul(settled.unit.in_yen()));
        match previous.and_then(|previous| self.printer().change(previous, settled.in_yen())) {
            Some(change) => {
                self.sentence("money.words-change", &[("year", &year), ("amount", &amount), ("change", &change)])
            }
            None => self.sentence("money.words", &[("year", &year), ("amount", &amount)]),
        }
    }

    fn money_years(&self, facts: &ExpenditureFacts<'_>) -> Vec<FiscalYear> {
        let mut years: BTreeSet<FiscalYear> = facts.years.iter().map(|at| at.year).collect();
        let plan = &self.portal.plan;
        let mut year = plan.first_year;
        while year <= plan.last_year {
            years.insert(year);
            year = year.next();
        }
        years.into_iter().collect()
    }

    /// Bars by year; `None` where there are not two amounts to compare.
    pub(super) fn expenditure_chart(&self, of: SheetOf<'_>, facts: &ExpenditureFacts<'_>) -> Option<Chart> {
        let unit = facts.unit?;
        let mut revised = Vec::new();
        let kinds: Vec<_> = [MoneyKind::Settled, MoneyKind::Budgeted]
            .into_iter()
            .map(|kind| ExpenditureBars {
                kind: kind.name().to_owned(),
                name: self.word(kind.label()).to_owned(),
                points: facts.years.iter().filter_map(|year| self.bar(of, kind, year, facts, &mut revised)).collect(),
            })
            .filter(|bars| !bars.points.is_empty())
            .collect();
        let points = || kinds.iter().flat_map(|bars| &bars.points);
        if points().filter(|point| point.mark != PointMark::Gap).count() < 2 {
            return None;
        }
        let desc = self.chart_desc(points().map(|point| &point.hint));
        let caption = Caption {
            id: self.id("expenditure_chart"),
            title: self.word("money.caption").into(),
            desc,
            language: self.language.code().to_owned(),
        };
        let years = facts.years.iter().map(|at| (position(at.year), at.year.to_string())).collect();
        let unit = self.printer().money_unit(unit).to_owned();
        Some(Chart::Expenditure(ExpenditureChart { caption, years, kinds, unit, revised }))
    }

    fn bar(
        &self,
        of: SheetOf<'_>,
        kind: MoneyKind,
        year: &ExpenditureYear<'_>,
        facts: &ExpenditureFacts<'_>,
        revised: &mut Vec<RevisedPoint>,
    ) -> Option<ChartPoint> {
        let (amount, stated) = kind.of(year)?;
        let mark = match facts.total((amount, stated)).and_then(|total| total.to_f64()) {
            Some(value) => {
                let certainty =
                    if amount.total.status == Status::Final { Certainty::Final } else { Certainty::NotFinal };
                PointMark::Value { value, certainty }
            }
            None => PointMark::Gap,
        };
        // A sheet that prints in another unit than the chart's says so beside its figure.
        let unit = facts.unit_of(stated)?;
        let own = if Some(unit) == facts.unit { "" } else { self.printer().money_unit(unit) };
        let label = self.printer().value(&amount.total, &own.into());
        let words = self.printer().value(&amount.total, &self.printer().money_unit(unit).into());
        let year_words = self.printer().short_year(year.year);
        let hint = self.labels.fill_words(
            "chart.amount",
            &[("year", &year_words), ("kind", &self.word(kind.label())), ("value", &words)],
        );
        let address = addresses(of.sheet).of_year(stated, kind.name(), year.year);
        let mut point = ChartPoint { year: position(year.year), mark, label: said(&label), hint: said(&hint), address };
        let id = kind.figure("", year.year);
        if let Some(was) = (!of.revised.is_empty()).then(|| self.was(of.revised, &id)).flatten() {
            self.was_beside(&mut point, &was);
            let before = of.revised.iter().find(|of| of.id == id).and_then(|of| of.published);
            let before = before.and_then(|before| before.value.parse::<Decimal>().ok()?.to_f64());
            revised.push(RevisedPoint { address: point.address.clone(), before });
        }
        Some(point)
    }
}

fn addresses(sheet: &Sheet) -> Addresses<'_> {
    Addresses { policy: &sheet.policy, part: "expenditure", component: None }
}

/// Makes the rows of the table of amounts: each kind of money that is printed, and below it the funds it came from.
struct MoneyTable<'a> {
    context: &'a PageContext<'a>,
    of: SheetOf<'a>,
    facts: &'a ExpenditureFacts<'a>,
    years: Vec<FiscalYear>,
}

impl MoneyTable<'_> {
    fn rows(&self, notes: &mut Notes) -> Vec<MoneyRow> {
        let mut rows = Vec::new();
        for kind in MoneyKind::ALL {
            if self.facts.years.iter().all(|year| kind.of(year).is_none()) {
                continue;
            }
            rows.push(MoneyRow {
                name: self.context.word(kind.label()).to_owned(),
                kind: "total",
                cells: self.years.iter().map(|year| self.total(kind, *year, notes)).collect(),
            });
            for fund in Fund::ALL {
                rows.extend(self.fund(kind, fund, notes));
            }
        }
        rows
    }

    fn amount(&self, kind: MoneyKind, year: FiscalYear) -> Option<(&Amount, FiscalYear)> {
        self.facts.years.iter().find(|at| at.year == year).and_then(|at| kind.of(at))
    }

    /// The unit of a sheet that prints in another than the table's, to stand beside its figures.
    fn other_unit(&self, stated: FiscalYear) -> &str {
        let unit = self.facts.unit_of(stated).filter(|unit| Some(*unit) != self.facts.unit);
        unit.map_or("", |unit| self.context.printer().money_unit(unit))
    }

    fn total(&self, kind: MoneyKind, year: FiscalYear, notes: &mut Notes) -> Cell {
        let Some((amount, stated)) = self.amount(kind, year) else { return Cell::none() };
        let (sheet, unit) = (self.of.sheet, self.other_unit(stated).into());
        let address = addresses(sheet).of_year(stated, kind.name(), year);
        let cell = self.context.cell(&amount.total, &unit, address, &sheet.path, notes);
        self.context.marked(self.of, cell, || kind.figure("", year))
    }

    /// The row of one fund; `None` where no year prints it.
    fn fund(&self, kind: MoneyKind, fund: Fund, notes: &mut Notes) -> Option<MoneyRow> {
        let value = |year: FiscalYear| {
            let (amount, stated) = self.amount(kind, year)?;
            let (_, value) = amount.funds.iter().find(|(of, _)| *of == fund)?;
            Some((value, stated))
        };
        self.years.iter().any(|year| value(*year).is_some()).then(|| MoneyRow {
            name: self.context.word(fund_label(fund)).to_owned(),
            kind: "fund",
            cells: self
                .years
                .iter()
                .map(|year| match value(*year) {
                    Some((value, stated)) => {
                        let (sheet, unit) = (self.of.sheet, self.other_unit(stated).into());
                        let mut address = addresses(sheet).of_year(stated, kind.name(), *year);
                        address.push('/');
                        address.push_str(fund.name());
                        let cell = self.context.cell(value, &unit, address, &sheet.path, notes);
                        self.context.marked(self.of, cell, || kind.figure(fund.name(), *year))
                    }
                    None => Cell::none(),
                })
                .collect(),
        })
    }
}

/// The settled amount in a row of policies.
#[derive(Debug, Serialize)]
pub struct SettledCell {
    /// `number`, or `number text` where none is printed.
    pub kind: &'static str,
    pub text: Words,
    /// Empty where none is printed.
    pub address: String,
}

/// A settled amount in a row of policies, with what a script sorts by: in the unit of its sheet where all sheets have
/// the `common` one, else in words, since figures of several units in one column mislead.
pub(super) fn settled_cell(
    context: &PageContext<'_>,
    sheet: &Sheet,
    settled: Option<Settled>,
    common: Option<MoneyUnit>,
) -> (SettledCell, String) {
    let Some(settled) = settled else {
        let text = context.word("money.not-printed").into();
        return (SettledCell { kind: "number text", text, address: String::new() }, String::new());
    };
    let text = match common {
        Some(unit) => print::with_unit(&print::figure(settled.amount), &context.printer().money_unit(unit).into()),
        None => context.printer().yen_in_words(settled.in_yen()).into(),
    };
    let address = addresses(sheet).of_year(sheet.year, MoneyKind::Settled.name(), sheet.year);
    (SettledCell { kind: "number", text, address }, settled.in_yen().normalize().to_string())
}
