//! Sheets that stand in the wrong folder, or twice.

use super::in_sheet;
use crate::diagnostic::{Code, Diagnostic, Message, Place, Report};
use crate::model::{FiscalYear, Portal, Sheet};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many years after the plan a target may lie: visions and environmental plans look as far.
const TARGET_HORIZON: i32 = 10;

/// A sheet speaks of a year of the plan, of the year before it or of the year after it; another year is probably a
/// slip in the name of the folder, and would become an edition of its own. So would a target far beyond the plan be
/// a slip.
pub(super) fn outside_plan(portal: &Portal, sheet: &Sheet, report: &mut Report) {
    let (first, last) = (portal.plan.first_year, portal.plan.last_year);
    if sheet.year.years_since(first) < -1 || sheet.year.years_since(last) > 1 {
        let year = sheet.year;
        let message = Message::new(
            format!("{year}年度のシートは、計画の期間（{first}〜{last}年度）から外れています"),
            format!("a sheet of fiscal {year} lies outside the plan ({first} to {last})"),
        );
        let place = Place::whole(&format!("content/{}", sheet.path));
        report.add(Diagnostic::new(Code::YearOutsidePlan, place, message).help(
            "フォルダーの年度か、portal.yaml の plan を確かめてください。前の計画のシートなら、このままで構いません",
            "see the year of the folder and the plan in portal.yaml. Sheets of the plan before may stay",
        ));
    }
    let series = sheet.indicators.iter().flat_map(|indicator| indicator.all_series());
    let far = |year| is_far(portal, year);
    for (year, target) in series.flat_map(|(_, series)| series.targets.iter()).filter(|(year, _)| far(*year)) {
        let message = Message::new(
            format!("{year}年度の目標値は、計画の最終年度（{last}年度）から{TARGET_HORIZON}年より先です"),
            format!("the target of {year} lies more than {TARGET_HORIZON} years after the plan, which ends in {last}"),
        );
        report.add(Diagnostic::new(Code::YearOutsidePlan, in_sheet(sheet, target.at), message).help(
            "目標の年度を確かめてください。長期の目標なら、このままで構いません",
            "see the year of the target. A target of the long term may stay",
        ));
    }
}

/// A policy that is to end long after the plan has probably another year.
pub(super) fn end_far_away(portal: &Portal, year: FiscalYear, place: Place, report: &mut Report) {
    if is_far(portal, year) {
        let last = portal.plan.last_year;
        let message = Message::new(
            format!("終了の年度（{year}年度）は、計画の最終年度（{last}年度）から{TARGET_HORIZON}年より先です"),
            format!("the end, {year}, lies more than {TARGET_HORIZON} years after the plan, which ends in {last}"),
        );
        report.add(
            Diagnostic::new(Code::YearOutsidePlan, place, message)
                .help("施策の最後の年度を確かめてください", "see the last fiscal year of the policy"),
        );
    }
}

fn is_far(portal: &Portal, year: FiscalYear) -> bool {
    year.years_since(portal.plan.last_year) > TARGET_HORIZON
}

/// Whether nothing of a sheet is otherwise that [`copies`] looks at.
pub(super) fn is_same(a: &Sheet, b: &Sheet) -> bool {
    let filed = |sheet: &Sheet| (sheet.year, sheet.area, sheet.name_at);
    filed(a) == filed(b) && a.path == b.path && a.number == b.number && a.name == b.name
}

/// Whether no other sheet is the same as this one, in the eyes of [`copies`].
pub(super) fn is_alone(portal: &Portal, sheets: &[Arc<Sheet>], sheet: &Arc<Sheet>) -> bool {
    let language = portal.first_language();
    let name = |sheet: &Sheet| sheet.name.get(language).trim().to_owned();
    let own = name(sheet);
    let is_same = |other: &&Arc<Sheet>| {
        (other.year, other.area) == (sheet.year, sheet.area) && other.number == sheet.number && name(other) == own
    };
    sheets.iter().filter(is_same).all(|other| Arc::ptr_eq(other, sheet))
}

/// Two sheets of one year with the same area, number and name are one sheet under two file names, and count twice.
pub(super) fn copies(portal: &Portal, sheets: &[Arc<Sheet>], report: &mut Report) {
    let language = portal.first_language();
    let mut seen: BTreeMap<(FiscalYear, usize, Option<&str>, &str), &Sheet> = BTreeMap::new();
    for sheet in sheets {
        let name = sheet.name.get(language).trim();
        let Some(first) = seen.get(&(sheet.year, sheet.area, sheet.number.as_deref(), name)) else {
            seen.insert((sheet.year, sheet.area, sheet.number.as_deref(), name), sheet);
            continue;
        };
        let message = Message::new(
            format!("「{name}」のシートが{}年度に二つあり、件数も金額も二重に数えられます", sheet.year),
            format!("fiscal {} has two sheets of `{name}`: counts and money count twice", sheet.year),
        );
        report.add(
            Diagnostic::new(Code::DuplicateSheet, in_sheet(sheet, sheet.name_at), message)
                .help(
                    "写しなら一方のファイルを消してください。別の施策なら、番号か名前を分けてください",
                    "remove the file that is a copy. Give policies that differ a number or name of their own",
                )
                .related(in_sheet(first, first.name_at), "もう一つはここです", "the other is here"),
        );
    }
}
