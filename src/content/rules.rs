//! Rules across sheets and years: what one sheet alone cannot know, and what needs no computed fact.
//!
//! Every rule has a function of its own, and a reader can do something about everything that a rule says.

mod amounts;
mod references;
#[cfg(test)]
mod tests;
mod years;

use crate::diagnostic::{Place, Report};
use crate::model::{At, Portal, Sheet};
use std::collections::BTreeSet;

/// Reports everything that the rules say about a portal.
///
/// `assets` are the files of content/assets as sheets name them: below content/, with forward slashes
/// (`assets/2024/form.pdf`).
pub fn review(portal: &Portal, assets: &BTreeSet<String>, report: &mut Report) {
    references::area_ids(portal, report);
    references::area_parents(portal, report);
    references::grade_ids(portal, report);
    for policy in &portal.policies {
        for (index, sheet) in policy.sheets.iter().enumerate() {
            let earlier = policy.sheets.get(..index).unwrap_or_default();
            years::policy_name(portal, earlier, sheet, report);
            years::departments(portal, earlier, sheet, report);
            years::indicator_names(portal, earlier, sheet, report);
            references::replaced_indicators(earlier, sheet, report);
            references::grades(portal, sheet, report);
            references::attachments(sheet, assets, report);
            amounts::directions(sheet, report);
            amounts::funds(sheet, report);
        }
    }
}

fn in_sheet(sheet: &Sheet, at: At) -> Place {
    Place { file: format!("content/{}", sheet.path).into(), at }
}

fn in_portal(at: At) -> Place {
    Place { file: "content/portal.yaml".into(), at }
}
