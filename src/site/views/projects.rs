//! The projects (関連事業) of a sheet: a plain list where only names are printed, else a table with their amounts.

use std::collections::BTreeSet;

use crate::markdown;
use crate::model::{Amount, Expenditure, FiscalYear, Project, Sheet};
use crate::site::views::context::PageContext;
use crate::site::views::expenditure::MoneyKind;
use crate::site::views::figures::{Cell, Notes, as_row};
use crate::site::views::policy::SheetOf;
use crate::theme::Html;
use serde::Serialize;

/// Projects: a plain list where only names are printed, else a table.
#[derive(Debug, Serialize)]
pub struct ProjectsView {
    pub names: Vec<ProjectName>,
    pub table: Option<ProjectTable>,
}

#[derive(Debug, Serialize)]
pub struct ProjectName {
    pub name: Html,
    pub href: Option<String>,
    pub address: String,
}

#[derive(Debug, Serialize)]
pub struct ProjectTable {
    pub has_departments: bool,
    /// 2024年度 決算額.
    pub columns: Vec<String>,
    pub rows: Vec<ProjectRow>,
}

#[derive(Debug, Serialize)]
pub struct ProjectRow {
    pub project: ProjectName,
    pub department: Option<Html>,
    #[serde(serialize_with = "as_row")]
    pub cells: Vec<Cell>,
}

impl PageContext<'_> {
    /// The projects of a sheet; `None` where it names none.
    pub(super) fn projects(&self, of: SheetOf<'_>, notes: &mut Notes) -> Option<ProjectsView> {
        let sheet = of.sheet;
        if sheet.projects.is_empty() {
            return None;
        }
        let prose = self.prose(&sheet.path);
        let name = |index: usize, project: &Project| ProjectName {
            name: prose.inline(&project.name),
            href: project.url.as_ref().map(|url| url.to_string()),
            address: format!("{}/{}#projects/{}", sheet.year, sheet.policy, index.saturating_add(1)),
        };
        let plain = sheet.projects.iter().all(|project| project.department.is_none() && project.expenditure.is_none());
        if plain {
            let names = sheet.projects.iter().enumerate().map(|(index, project)| name(index, project)).collect();
            return Some(ProjectsView { names, table: None });
        }
        let columns = project_columns(sheet);
        let rows = sheet
            .projects
            .iter()
            .enumerate()
            .map(|(index, project)| {
                let project_name = name(index, project);
                let cells = columns
                    .iter()
                    .map(|(kind, year)| self.project_cell(of, project, &project_name.address, (*kind, *year), notes))
                    .collect();
                let department = project.department.as_ref().map(|text| prose.inline(text));
                ProjectRow { project: project_name, department, cells }
            })
            .collect();
        let heading = |(kind, year): &(MoneyKind, FiscalYear)| {
            let year = self.printer().short_year(*year);
            self.labels.fill("money.column", &[("year", &year), ("kind", self.word(kind.label()))])
        };
        let has_departments = sheet.projects.iter().any(|project| project.department.is_some());
        let table = ProjectTable { has_departments, columns: columns.iter().map(heading).collect(), rows };
        Some(ProjectsView { names: Vec::new(), table: Some(table) })
    }

    fn project_cell(
        &self,
        of: SheetOf<'_>,
        project: &Project,
        address: &str,
        (kind, year): (MoneyKind, FiscalYear),
        notes: &mut Notes,
    ) -> Cell {
        let found = project.expenditure.as_ref().and_then(|expenditure| {
            let amount = money(expenditure, kind).iter().find(|(of, _)| *of == year).map(|(_, amount)| amount)?;
            Some((amount, expenditure.unit))
        });
        let Some((amount, unit)) = found else { return Cell::none() };
        let address = format!("{address}/{}/{year}", kind.name());
        let cell = self.cell(&amount.total, &self.printer().money_unit(unit).into(), address, &of.sheet.path, notes);
        self.marked(of, cell, || {
            let name = markdown::plain(project.name.get(self.portal.first_language()));
            kind.figure(&format!("project:{name}"), year)
        })
    }
}

/// Each kind and year for which a project prints an amount.
fn project_columns(sheet: &Sheet) -> Vec<(MoneyKind, FiscalYear)> {
    let mut columns = BTreeSet::new();
    for expenditure in sheet.projects.iter().filter_map(|project| project.expenditure.as_ref()) {
        for kind in MoneyKind::ALL {
            columns.extend(money(expenditure, kind).iter().map(|(year, _)| (kind, *year)));
        }
    }
    columns.into_iter().collect()
}

fn money(expenditure: &Expenditure, kind: MoneyKind) -> &[(FiscalYear, Amount)] {
    match kind {
        MoneyKind::Settled => &expenditure.settled,
        MoneyKind::Budgeted => &expenditure.budgeted,
        MoneyKind::Personnel => &expenditure.personnel,
        MoneyKind::Total => &expenditure.total,
    }
}
