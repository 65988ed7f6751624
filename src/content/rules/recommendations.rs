//! Recommendations name policies and indicators that are there.

use super::{Faulty, in_portal, in_sheet};
use crate::content::keys;
use crate::diagnostic::{Code, Diagnostic, Message, Place, Report};
use crate::model::{Portal, Sheet};
use std::collections::BTreeSet;

/// Those of portal.yaml, which speak of any policy, or of none.
pub(super) fn of_portal(portal: &Portal, faulty: &Faulty, report: &mut Report) {
    for of in &portal.recommendations {
        let Some(id) = of.policy.as_deref() else {
            if let Some(indicator) = &of.indicator {
                let message = Message::new(
                    format!("指標「{indicator}」がどの施策のものか分かりません"),
                    format!("whose indicator `{indicator}` is, is not said"),
                );
                report.add(
                    Diagnostic::new(Code::UnknownReference, in_portal(portal, of.indicator_at), message).help(
                        "施策の識別子を「policy: …」と書き加えてください",
                        "add the id of its policy: `policy: …`",
                    ),
                );
            }
            continue;
        };
        match portal.policy(id) {
            // A file that cannot be read may be the one.
            _ if faulty.has_year_of(id) => {}
            None => report.add(unknown(
                ("施策", "policy"),
                id,
                portal.policies.iter().map(|of| &*of.id),
                in_portal(portal, of.policy_at),
            )),
            Some(policy) => {
                let known = policy.sheets.iter().flat_map(|sheet| &sheet.indicators).map(|of| &*of.id);
                indicator(of.indicator.as_deref(), &known.collect(), in_portal(portal, of.indicator_at), report);
            }
        }
    }
}

pub(super) fn of_sheet(sheet: &Sheet, report: &mut Report) {
    for of in &sheet.recommendations {
        let known = sheet.indicators.iter().map(|of| &*of.id);
        indicator(of.indicator.as_deref(), &known.collect(), in_sheet(sheet, of.indicator_at), report);
    }
}

fn indicator(id: Option<&str>, known: &BTreeSet<&str>, place: Place, report: &mut Report) {
    if let Some(id) = id.filter(|id| !known.contains(id)) {
        report.add(unknown(("指標", "indicator"), id, known.iter().copied(), place));
    }
}

fn unknown<'a>((ja, en): (&str, &str), id: &str, known: impl Iterator<Item = &'a str>, place: Place) -> Diagnostic {
    let known: Vec<&str> = known.collect();
    let message = Message::new(
        format!("提言が名指ししている{ja}「{id}」がありません"),
        format!("there is no {en} `{id}` that a recommendation could speak of"),
    );
    let told = Diagnostic::new(Code::UnknownReference, place, message);
    match keys::nearest(id, known.iter().copied()) {
        Some(near) => told.help(format!("「{near}」ではありませんか"), format!("did you mean `{near}`?")),
        None => told.help(
            format!("あるのは {} です", known.iter().take(20).copied().collect::<Vec<_>>().join("、")),
            format!("there are {}", known.iter().take(20).copied().collect::<Vec<_>>().join(", ")),
        ),
    }
}
