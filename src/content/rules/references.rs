//! Ids and files that are named must be there, and be there once.

use super::{in_portal, in_sheet};
use crate::diagnostic::{Code, Diagnostic, Message, Report};
use crate::model::{At, Portal, Sheet};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Two areas never share an id: sheets name their area by it, and it becomes a URL.
pub(super) fn area_ids(portal: &Portal, report: &mut Report) {
    unique(portal, portal.areas.iter().map(|area| (&*area.id, area.at)), ("分野", "areas"), report);
}

/// Two grades of the legend never share an id.
pub(super) fn grade_ids(portal: &Portal, report: &mut Report) {
    unique(portal, portal.grades.iter().map(|grade| (&*grade.id, grade.at)), ("評価の凡例", "grades"), report);
}

fn unique<'a>(portal: &Portal, ids: impl Iterator<Item = (&'a str, At)>, (ja, en): (&str, &str), report: &mut Report) {
    let mut seen = BTreeMap::new();
    for (id, at) in ids {
        if let Some(first) = seen.insert(id, at) {
            let message =
                Message::new(format!("{ja}の id「{id}」が重複しています"), format!("two {en} have the id `{id}`"));
            report.add(
                Diagnostic::new(Code::DuplicateId, in_portal(portal, at), message)
                    .help("どちらかの id を変えてください", "change one of the two ids")
                    .related(in_portal(portal, first), "最初の id はここです", "the first one is here"),
            );
            seen.insert(id, first);
        }
    }
}

/// An area is never its own ancestor, and a parent area exists.
pub(super) fn area_parents(portal: &Portal, report: &mut Report) {
    for area in &portal.areas {
        let mut above = area.parent;
        for _ in 0..=portal.areas.len() {
            let Some(index) = above else { break };
            let Some(parent) = portal.areas.get(index) else {
                let message = Message::new(
                    format!("分野「{}」の上位の分野がありません", area.id),
                    format!("the parent of area `{}` does not exist", area.id),
                );
                report.add(Diagnostic::new(Code::UnknownReference, in_portal(portal, area.at), message));
                break;
            };
            if std::ptr::eq(parent, area) {
                let message = Message::new(
                    format!("分野「{}」が自分自身の上位の分野になっています", area.id),
                    format!("area `{}` is its own ancestor", area.id),
                );
                report.add(Diagnostic::new(Code::InvalidValue, in_portal(portal, area.at), message).help(
                    "parent をたどると一番上の分野で終わるようにしてください",
                    "let parents end at a topmost area",
                ));
                break;
            }
            above = parent.parent;
        }
    }
}

/// A grade is in the city's legend, where the city gives one.
pub(super) fn grades(portal: &Portal, sheet: &Sheet, report: &mut Report) {
    if portal.grades.is_empty() {
        return;
    }
    for given in &sheet.grades {
        let Some(grade) = &given.grade else { continue };
        if portal.grades.iter().any(|legend| legend.id == *grade) {
            continue;
        }
        let legend = portal.grades.iter().map(|legend| &*legend.id).collect::<Vec<_>>();
        let message = Message::new(
            format!("評価「{grade}」は portal.yaml の凡例にありません"),
            format!("the grade `{grade}` is not in the legend of portal.yaml"),
        );
        report.add(Diagnostic::new(Code::UnknownReference, in_sheet(sheet, given.at), message).help(
            format!("凡例にあるのは {} です。新しい評価なら portal.yaml の grades に加えてください", legend.join("、")),
            format!("the legend has {}. Add a new grade to grades in portal.yaml", legend.join(", ")),
        ));
    }
}

/// An attachment's file is in content/assets.
pub(super) fn attachments(sheet: &Sheet, assets: &BTreeSet<String>, report: &mut Report) {
    for attachment in &sheet.attachments {
        let file = &*attachment.file;
        if assets.contains(file) {
            continue;
        }
        let message = Message::new(
            format!("添付ファイル「{file}」がありません"),
            format!("the attachment `{file}` does not exist"),
        );
        let (ja, en) = match similar(file, assets) {
            Some(other) => (
                format!("「{other}」ならあります。大文字と小文字も区別します"),
                format!("there is `{other}`. Upper and lower case differ"),
            ),
            None => (
                format!("content/{file} に置くか、content/ から見た名前に直してください"),
                format!("put it at content/{file}, or correct its name as seen from content/"),
            ),
        };
        report.add(Diagnostic::new(Code::UnknownReference, in_sheet(sheet, attachment.at), message).help(ja, en));
    }
}

/// The name that was probably meant: alike to nine tenths, or the same file in another folder.
fn similar<'a>(file: &str, assets: &'a BTreeSet<String>) -> Option<&'a str> {
    let name = |path: &str| path.rsplit('/').next().map(str::to_lowercase);
    let alike = |other: &str| {
        if name(file) == name(other) { 1.0 } else { strsim::normalized_levenshtein(file, other) }
    };
    let best = assets.iter().map(|other| (alike(other), other)).max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 >= 0.9).then_some(best.1)
}

/// An indicator takes the place of one that this policy had before, or has beside it, and never of itself.
///
/// A policy's first sheet may name an indicator of a plan that is not in the portal.
pub(super) fn replaced_indicators(earlier: &[Arc<Sheet>], sheet: &Sheet, report: &mut Report) {
    for indicator in &sheet.indicators {
        let Some(old) = &indicator.replaces else { continue };
        let itself = *old == indicator.id;
        let beside = sheet.indicator(old).is_some();
        let before = earlier.iter().any(|sheet| sheet.indicator(old).is_some());
        if !itself && (before || beside || earlier.is_empty()) {
            continue;
        }
        let message = Message::new(
            format!("指標「{}」が置き換える指標「{old}」は、これまでのシートにありません", indicator.id),
            format!("the indicator `{old}` that `{}` replaces is in no sheet so far", indicator.id),
        );
        let known: BTreeSet<_> =
            earlier.iter().flat_map(|sheet| sheet.indicators.iter().map(|known| &*known.id)).collect();
        let known = known.into_iter().collect::<Vec<_>>();
        report.add(Diagnostic::new(Code::UnknownReference, in_sheet(sheet, indicator.at), message).help(
            format!("これまでの指標の id は {} です", known.join("、")),
            format!("the indicators so far are {}", known.join(", ")),
        ));
    }
}
