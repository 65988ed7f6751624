//! Last targets that were met before their year: the sheet is asked what becomes of them.

use super::Facts;
use crate::diagnostic::{Code, Diagnostic, Message, Place, Report};
use crate::model::{Indicator, Portal, Sheet};
use std::sync::Arc;

/// Asks for a `target_note` where a last target is met before its year (`target-met-early`): whether it is kept or raised,
/// readers want to know.
///
/// Only the latest sheet of a policy is asked, where its own actual of the year met the target, and none of a frozen
/// edition: what is published is published. An indicator that has ended is not asked either.
pub fn ask_about_early_targets(portal: &Portal, facts: &Facts, report: &mut Report) {
    let editions = facts.editions.iter().filter(|edition| portal.ledger(edition.year).is_none());
    for edition in editions {
        for (policy, mark) in &edition.reached_early {
            let Some(summary) = edition.policies.get(*policy) else { continue };
            let (sheet, mark) = (&summary.sheet, summary.marks.get(*mark));
            let is_latest = || {
                let last = portal.policy(&sheet.policy).and_then(|policy| policy.sheets.last());
                last.is_some_and(|last| Arc::ptr_eq(last, sheet))
            };
            let Some(indicator) = mark.and_then(|mark| sheet.indicators.get(mark.indicator)) else { continue };
            let is_open = indicator.target_note.is_none() && indicator.ended.is_none();
            if is_open && states_the_year(indicator, sheet) && is_latest() {
                report.add(asked(portal, sheet, indicator));
            }
        }
    }
}

fn states_the_year(indicator: &Indicator, sheet: &Sheet) -> bool {
    let mut actuals = indicator.all_series().filter_map(|(_, series)| series.actuals.get(sheet.year));
    actuals.any(|actual| actual.missing().is_none())
}

fn asked(portal: &Portal, sheet: &Sheet, indicator: &Indicator) -> Diagnostic {
    let name = indicator.name.get(portal.first_language());
    let place = Place { file: Arc::from(format!("content/{}", sheet.path)), at: indicator.at };
    let message = Message::new(
        format!("「{name}」は、最終目標に予定より早く届いています。目標をどうするかの説明がありません"),
        format!("`{name}` has met its last target early, and the sheet does not say what becomes of it"),
    );
    Diagnostic::new(Code::TargetMetEarly, place, message).help(
        "この指標に target_note: 目標を据え置く(または引き上げる)ことと、その理由 を書いてください。ページの判定の横に示します。目標を改めたのなら targets を直し、target_changes に変更前の値と日付、理由を書きます",
        "write `target_note: …` in the indicator: whether the target is kept or raised, and why. The page shows it beside the verdict. Where it was changed, correct `targets` and write `target_changes`",
    )
}
