//! What changes from one year's sheet to the next without a word about it.

use super::in_sheet;
use crate::diagnostic::{Code, Diagnostic, Message, Report};
use crate::markdown;
use crate::model::{At, Portal, Sheet, Text};
use std::sync::Arc;

/// A policy keeps its name from one sheet to the next; a new name may be meant, and may be a slip.
pub(super) fn policy_name(portal: &Portal, earlier: &[Arc<Sheet>], sheet: &Sheet, report: &mut Report) {
    let Some(last) = earlier.last() else { return };
    let language = portal.first_language();
    let before = Named { sheet: last, name: last.name.get(language), at: last.name_at };
    let now = Named { sheet, name: sheet.name.get(language), at: sheet.name_at };
    renamed(("施策", "policy"), before, now, report);
}

/// An indicator, and each of its components, keeps its name since the last sheet that had it.
pub(super) fn indicator_names(portal: &Portal, earlier: &[Arc<Sheet>], sheet: &Sheet, report: &mut Report) {
    let language = portal.first_language();
    for indicator in &sheet.indicators {
        let found = earlier.iter().rev().find_map(|sheet| Some((&**sheet, sheet.indicator(&indicator.id)?)));
        let Some((last, old)) = found else { continue };
        let before = Named { sheet: last, name: old.name.get(language), at: old.at };
        let now = Named { sheet, name: indicator.name.get(language), at: indicator.at };
        renamed(("指標", "indicator"), before, now, report);
        for component in &indicator.components {
            let Some(old) = old.components.iter().find(|old| old.id == component.id) else { continue };
            let before = Named { sheet: last, name: old.name.get(language), at: old.at };
            let now = Named { sheet, name: component.name.get(language), at: component.at };
            renamed(("指標の内訳", "component"), before, now, report);
        }
    }
}

#[derive(Clone, Copy)]
struct Named<'a> {
    sheet: &'a Sheet,
    name: &'a str,
    at: At,
}

fn renamed((ja, en): (&str, &str), before: Named<'_>, now: Named<'_>, report: &mut Report) {
    // How a name is read may be written in one year and not in the other.
    let (old, new) = (markdown::without_readings(before.name.trim()), markdown::without_readings(now.name.trim()));
    if old == new {
        return;
    }
    let year = before.sheet.year;
    let message = Message::new(
        format!("{ja}の名称が{year}年度の「{old}」から「{new}」に変わっています"),
        format!("the {en} was named `{old}` in fiscal {year} and is now `{new}`"),
    );
    report.add(
        Diagnostic::new(Code::NameChanged, in_sheet(now.sheet, now.at), message)
            .help(
                "同じものなら名称をそろえてください。改称したのならこのままで構いません。別のものなら、施策はファイル名、指標は id を別にしてください",
                "keep the name where it is the same. A new name may stay. Give something else a file name (policies) or id of its own",
            )
            .related(
                in_sheet(before.sheet, before.at),
                format!("{year}年度の名称はここです"),
                format!("the name in fiscal {year} is here"),
            ),
    );
}

/// A policy keeps its departments from one sheet to the next; a reorganisation is said to the reader of the report.
///
/// Sheets that name no department are silent, and their order does not matter.
pub(super) fn departments(portal: &Portal, earlier: &[Arc<Sheet>], sheet: &Sheet, report: &mut Report) {
    let language = portal.first_language();
    let name = |text: &Text| markdown::without_readings(text.get(language).trim()).into_owned();
    let names = |sheet: &Sheet| {
        let mut names: Vec<_> = sheet.departments.iter().map(name).collect();
        names.sort_unstable();
        names
    };
    let new = names(sheet);
    let Some((last, old)) = earlier.iter().rev().map(|sheet| (sheet, names(sheet))).find(|(_, old)| !old.is_empty())
    else {
        return;
    };
    if new.is_empty() || old == new {
        return;
    }
    let year = last.year;
    let message = Message::new(
        format!("担当課が{year}年度の「{}」から「{}」に変わっています", old.join("、"), new.join("、")),
        format!("the department was `{}` in fiscal {year} and is now `{}`", old.join(", "), new.join(", ")),
    );
    report.add(
        Diagnostic::new(Code::DepartmentChanged, in_sheet(sheet, sheet.department_at), message)
            .help(
                "組織の変更によるものならこのままで構いません",
                "nothing is to be done where the city was reorganised",
            )
            .related(
                in_sheet(last, last.department_at),
                format!("{year}年度の担当課はここです"),
                format!("the department in fiscal {year} is here"),
            ),
    );
}
