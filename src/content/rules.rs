//! Rules across sheets and years: what one sheet alone cannot know, and what needs no computed fact.
//!
//! Every rule has a function of its own, and a reader can do something about everything that a rule says.

mod agreement;
mod amounts;
mod answers;
mod breaks;
mod editions;
mod filing;
mod lineage;
mod narrative;
mod recommendations;
mod references;
mod restated;
mod target_changes;
#[cfg(test)]
mod tests;
mod years;

use super::files;
use crate::diagnostic::{Place, Report, Severity};
use crate::model::{Ancestry, At, FiscalYear, PerPolicy, Policy, Portal, Sheet};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Reports everything that the rules say about a portal, as far as it could be read: a file with an error in `report`
/// is left out, and so are comparisons over the years of a policy that has one.
///
/// `assets` are the files of content/assets as sheets name them: below content/, with forward slashes
/// (`assets/2024/form.pdf`). `kept` holds what was said of policies that are as they were, in the same portal.
pub fn review(portal: &Portal, assets: &BTreeSet<String>, kept: &mut Kept, report: &mut Report) {
    let faulty = Faulty::of(report);
    let portal_is_sound = !faulty.portal;
    if portal_is_sound {
        references::area_ids(portal, report);
        references::area_parents(portal, report);
        references::grade_ids(portal, report);
        let sound = |sheet: &&Arc<Sheet>| !faulty.sheets.contains(&sheet.path);
        editions::dates(portal, report);
        editions::unknown(portal, &faulty.years(), report);
        lineage::review(portal, &faulty, report);
        recommendations::of_portal(portal, &faulty, report);
        kept.copies(portal, portal.policies.iter().flat_map(|policy| &policy.sheets).filter(sound), report);
    }
    if kept.assets != *assets {
        kept.clear();
        kept.assets.clone_from(assets);
    }
    let said = |policy: &Policy, _: Option<&Report>| {
        let mut report = Report::default();
        of_policy(portal, policy, assets, &faulty, &mut report);
        report
    };
    kept.said.renew(&portal.policies, |policy| faulty.around(policy), said);
    for said in kept.said.iter().filter(|said| !said.is_empty()) {
        report.append(said.clone());
    }
}

/// So many sheets are each compared with all others sooner than all with all.
const FEW: usize = 4;

/// What was said of each policy.
#[derive(Debug, Default)]
pub struct Kept {
    said: PerPolicy<Around, Report>,
    assets: BTreeSet<String>,
    /// Every sheet that was compared with the others, and what was said of them.
    filed: Vec<Arc<Sheet>>,
    copies: Report,
}

impl Kept {
    /// Where portal.yaml is another one.
    pub fn clear(&mut self) {
        self.said.clear();
        self.filed.clear();
    }

    /// [`filing::copies`], unless no sheet is filed otherwise than before.
    fn copies<'s>(&mut self, portal: &Portal, sheets: impl Iterator<Item = &'s Arc<Sheet>>, report: &mut Report) {
        let before = std::mem::take(&mut self.filed);
        let mut filed = Vec::with_capacity(before.len());
        filed.extend(sheets.cloned());
        let pairs = before.iter().zip(&filed).enumerate();
        let other = pairs.filter(|(_, (a, b))| !Arc::ptr_eq(a, b) && !filing::is_same(a, b)).map(|(at, _)| at);
        let other: Vec<usize> = other.take(FEW + 1).collect();
        // Where there were no copies, there are none but of the sheets that are filed otherwise now.
        let is_alone = |at: &usize| filed.get(*at).is_some_and(|sheet| filing::is_alone(portal, &filed, sheet));
        let none =
            before.len() == filed.len() && self.copies.is_empty() && other.len() <= FEW && other.iter().all(is_alone);
        let same = before.len() == filed.len() && other.is_empty();
        if !none && !same {
            self.copies = Report::default();
            filing::copies(portal, &filed, &mut self.copies);
        }
        self.filed = filed;
        report.append(self.copies.clone());
    }
}

/// Which files that the rules of a policy look at have errors.
#[derive(Debug, PartialEq)]
struct Around {
    portal: bool,
    /// In the order of its sheets; empty where no file has an error.
    sheets: Vec<bool>,
    /// Also sheets that could not be read at all.
    any_year: bool,
}

fn of_policy(portal: &Portal, policy: &Policy, assets: &BTreeSet<String>, faulty: &Faulty, report: &mut Report) {
    for (index, sheet) in policy.sheets.iter().enumerate() {
        if faulty.sheets.contains(&sheet.path) {
            continue;
        }
        if !faulty.portal {
            references::grades(portal, sheet, report);
            filing::outside_plan(portal, sheet, report);
        }
        references::attachments(sheet, assets, report);
        recommendations::of_sheet(sheet, report);
        amounts::directions(sheet, report);
        amounts::funds(sheet, report);
        amounts::total_costs(sheet, report);
        if !faulty.has_year_of(&policy.id) {
            over_the_years(portal, policy.sheets.get(..index).unwrap_or_default(), sheet, report);
        }
    }
}

/// What a sheet says against those before it.
fn over_the_years(portal: &Portal, earlier: &[Arc<Sheet>], sheet: &Sheet, report: &mut Report) {
    years::policy_name(portal, earlier, sheet, report);
    years::departments(portal, earlier, sheet, report);
    years::indicator_names(portal, earlier, sheet, report);
    // What leads to other policies does not follow from this one's sheets alone: see `lineage`.
    let has_ancestors = earlier.iter().any(|of| !of.successor_of.is_empty()) || !sheet.successor_of.is_empty();
    if !has_ancestors {
        against_earlier(portal, &Ancestry::own(earlier), earlier.last().map(AsRef::as_ref).into_iter(), sheet, report);
    }
}

/// What a sheet says against those before it, be they of its own policy or of those that it took over. `last` are the
/// nearest of them.
fn against_earlier<'s>(
    portal: &Portal,
    before: &Ancestry<'_>,
    last: impl Iterator<Item = &'s Sheet> + Clone,
    sheet: &Sheet,
    report: &mut Report,
) {
    let earlier = before.sheets();
    references::replaced_indicators(earlier, sheet, report);
    restated::figures(portal, before, sheet, report);
    restated::money(portal, before, sheet, report);
    target_changes::review(portal, before, sheet, report);
    breaks::review(portal, sheet, report);
    answers::challenges(before, sheet, report);
    answers::unanswered(portal, before, sheet, report);
    answers::unclear(before, sheet, portal.first_language(), report);
    narrative::figures(portal, earlier, sheet, report);
    narrative::repeated(last, sheet, report);
}

/// The files that have errors: a rule that takes what is left of them for the whole would accuse the others.
struct Faulty {
    portal: bool,
    /// Below content/.
    sheets: BTreeSet<Box<str>>,
}

impl Faulty {
    fn of(report: &Report) -> Self {
        let errors = report.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
        let sheets: BTreeSet<Box<str>> =
            errors.filter_map(|diagnostic| diagnostic.place.file.strip_prefix("content/").map(Into::into)).collect();
        Self { portal: sheets.iter().any(|path| files::is_portal(path)), sheets }
    }

    /// The years of sheets with an error: their editions are there, too.
    fn years(&self) -> BTreeSet<FiscalYear> {
        let folders = self.sheets.iter().filter_map(|path| Some(path.split_once('/')?.0));
        folders.filter_map(|folder| Some(FiscalYear::parse(folder)?.year)).collect()
    }

    fn around(&self, policy: &Policy) -> Around {
        let sheets = if self.sheets.is_empty() {
            Vec::new()
        } else {
            policy.sheets.iter().map(|sheet| self.sheets.contains(&sheet.path)).collect()
        };
        Around { portal: self.portal, sheets, any_year: self.has_year_of(&policy.id) }
    }

    /// Whether a sheet of a policy has an error in any year.
    fn has_year_of(&self, policy: &str) -> bool {
        let names = self.sheets.iter().filter_map(|path| path.rsplit('/').next());
        names.filter_map(|name| name.rsplit_once('.')).any(|(stem, _)| stem == policy)
    }
}

fn in_sheet(sheet: &Sheet, at: At) -> Place {
    Place { file: format!("content/{}", sheet.path).into(), at }
}

fn in_portal(portal: &Portal, at: At) -> Place {
    Place { file: format!("content/{}", portal.path).into(), at }
}
