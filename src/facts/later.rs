//! Revisions over the editions: what a sheet revises of figures that earlier frozen editions published, and what later
//! sheets revise of an edition's.
//!
//! An edition keeps its figures. A sheet of a later year that states one otherwise declares it with the same lines as
//! a revision of its own edition; it holds from its edition on, and the earlier one points to it.

use super::EditionFacts;
use super::frozen::{Declared, Revised, unit_of};
use super::printed::text;
use super::published::{Stated, published};
use crate::model::ledger::canonical_value;
use crate::model::{FigureField, FigureId, FiscalYear, Ledger, Policy, Portal, PublishedFigure, Revision, Sheet};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A figure of an edition that a later sheet revises: the edition keeps it.
#[derive(Clone, Debug)]
pub struct CorrectedLater<'a> {
    pub id: FigureId,
    /// What this edition says.
    pub here: PublishedFigure,
    pub by: &'a Revision,
    pub sheet: &'a Sheet,
}

impl CorrectedLater<'_> {
    /// What the later sheet makes of it, in the unit that this edition prints; `None` where it takes it back.
    pub fn now(&self) -> Option<PublishedFigure> {
        let to = self.by.to.as_ref()?;
        let text = text(to, unit_of(&self.here.text)).into();
        Some(PublishedFigure { value: canonical_value(to).into(), text, line: 0 })
    }
}

/// The figures of an edition that sheets of later years revise, of the policy and of those that took it over, each as the
/// last of them says, in the order of figures. What this edition itself shows as revised to the same is not among them.
/// Costs nothing where no later sheet revises.
pub fn corrected_later<'a>(portal: &'a Portal, policy: &'a Policy, year: FiscalYear) -> Vec<CorrectedLater<'a>> {
    let speaks_of_others = |of: &Revision| of.field != FigureField::Digest;
    let mut later = portal.later(policy, year);
    later.retain(|sheet| sheet.revisions.iter().any(speaks_of_others));
    if later.is_empty() || policy.sheet(year).is_none() {
        return Vec::new();
    }
    // A frozen edition that differs from its ledger without a declaration is never built.
    let here = published(portal, policy, year);
    let mut last: BTreeMap<FigureId, CorrectedLater<'a>> = BTreeMap::new();
    for sheet in later {
        let mut revisions: Vec<&Revision> = sheet.revisions.iter().filter(|of| speaks_of_others(of)).collect();
        revisions.sort_by_key(|revision| revision.date);
        for by in revisions {
            let Some((id, stated)) = here.iter().find(|(id, _)| by.is_of(id)) else { continue };
            // Of policies that came together, the one whose figure it was is meant.
            let stands = match last.get(id) {
                Some(of) => of.by.to.as_ref().map(canonical_value),
                None => Some(stated.figure.value.to_string()),
            };
            let from = by.from.as_ref().map(canonical_value);
            let begins = from == stands || from.is_some_and(|from| has_said(portal, policy, year, id, &from));
            if sheet.policy == policy.id || begins {
                let here = stated.figure.clone();
                last.insert(id.clone(), CorrectedLater { id: id.clone(), here, by, sheet });
            }
        }
    }
    last.retain(|_, of| of.by.to.as_ref().map(canonical_value).as_deref() != Some(&*of.here.value));
    last.into_values().collect()
}

/// Whether the edition published this of a figure, or revised it to this itself.
fn has_said(portal: &Portal, policy: &Policy, year: FiscalYear, id: &FigureId, value: &str) -> bool {
    let line = portal.ledger(year).and_then(|ledger| ledger.policies.get(&policy.id)?.get(id));
    let revised = policy.sheet(year).map(|sheet| sheet.revisions.iter().filter(|of| of.is_of(id)));
    let mut revised = revised.into_iter().flatten().filter_map(|of| of.to.as_ref());
    line.is_some_and(|line| *line.value == *value) || revised.any(|to| canonical_value(to) == value)
}

/// [`corrected_later`] of every policy of an edition that has any, with its sheet there, in the order of ids.
pub fn corrected_policies(portal: &Portal, year: FiscalYear) -> Vec<(&Arc<Sheet>, Vec<CorrectedLater<'_>>)> {
    let of = |policy| {
        let corrected = corrected_later(portal, policy, year);
        Some((policy.sheet(year)?, corrected)).filter(|(_, corrected)| !corrected.is_empty())
    };
    portal.policies.iter().filter_map(of).collect()
}

/// Whether an edition has a list of errata (正誤表): one that is frozen always, any other where it revises what was
/// published before, or a later one revises what it says.
pub fn has_errata(portal: &Portal, edition: &EditionFacts) -> bool {
    let year = edition.year;
    edition.compared.is_some()
        || portal.revisions.iter().any(|revision| revision.edition == year)
        || edition.policies.iter().any(|summary| !summary.sheet.revisions.is_empty())
        || portal.policies.iter().any(|policy| !corrected_later(portal, policy, year).is_empty())
}

/// What the sheet of `year` revises of figures that earlier frozen editions published, with the rates that follow from it,
/// in the order of figures; empty for a sheet that declares nothing.
pub fn restated<'a>(portal: &'a Portal, policy: &'a Policy, year: FiscalYear) -> Vec<Revised<'a>> {
    let Some(sheet) = policy.sheet(year).filter(|sheet| !sheet.revisions.is_empty()) else { return Vec::new() };
    let own = portal.ledger(year).and_then(|ledger| ledger.policies.get(&policy.id));
    let now = published(portal, policy, year);
    let mut found: Vec<Revised<'a>> = Vec::new();
    let mut deciding = Vec::new();
    for by in &sheet.revisions {
        let Some(before) = Before::of(portal, sheet, by) else { continue };
        let from = by.from.as_ref().map(canonical_value);
        let begins = from.as_deref().is_some_and(|from| before.has_said(from));
        let published = own.and_then(|lines| lines.get(&before.id)).map(|line| &*line.value);
        let was_published = published.is_some() && published == from.as_deref();
        if !begins || was_published || found.iter().any(|other| other.id == before.id) {
            continue;
        }
        let figure = match own.and_then(|lines| lines.get(&before.id)) {
            Some(line) => Some(line.clone()),
            None => now.get(&before.id).map(|stated: &Stated| stated.figure.clone()),
        };
        let edition = before.ledger.year;
        if before.id.field.decides() {
            deciding.push((before.id.clone(), edition, before.lines, by));
        }
        found.push(Revised {
            id: before.id,
            published: Some(before.line),
            now: figure,
            by: Declared::Sheet(by),
            edition,
        });
    }
    // A rate that follows from a figure is another one, too.
    for (id, edition, lines, by) in deciding {
        let follows = |of: &FigureId| {
            of.field == FigureField::Rate
                && (&of.indicator, &of.component) == (&id.indicator, &id.component)
                && (id.field != FigureField::Actual || of.year >= id.year)
        };
        for (rate, line) in lines.iter().filter(|(of, _)| follows(of)) {
            let own = own.and_then(|lines| lines.get(rate));
            let figure = own.or_else(|| now.get(rate).map(|stated| &stated.figure));
            let Some(figure) = figure.filter(|figure| figure.value != line.value) else { continue };
            if found.iter().all(|other| other.id != *rate) {
                let (published, now) = (Some(line), Some(figure.clone()));
                found.push(Revised { id: rate.clone(), published, now, by: Declared::Sheet(by), edition });
            }
        }
    }
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found
}

/// A figure as the editions before a sheet leave it.
#[derive(Clone, Debug)]
pub(super) struct Before<'a> {
    pub id: FigureId,
    /// The latest frozen edition before the sheet's that published it.
    pub ledger: &'a Ledger,
    pub lines: &'a BTreeMap<FigureId, PublishedFigure>,
    pub line: &'a PublishedFigure,
    /// Every value that it has had since: the line's, and what each revision made of it, up to the sheet before.
    pub values: Vec<Box<str>>,
}

impl<'a> Before<'a> {
    /// `None` where no earlier frozen edition published what the revision speaks of, of the policy or one that it took over.
    pub fn of(portal: &'a Portal, sheet: &Sheet, revision: &Revision) -> Option<Self> {
        // The texts of a sheet are its own.
        if revision.field == FigureField::Digest {
            return None;
        }
        let sheets = portal.earlier(sheet);
        let is_before = |of: &&Sheet| sheets.iter().any(|known| (known.year, &known.policy) == (of.year, &of.policy));
        let from = revision.from.as_ref().map(canonical_value);
        let published = sheets.iter().filter_map(|of| {
            let ledger = portal.ledger(of.year)?;
            let lines = ledger.policies.get(&of.policy)?;
            let (id, line) = lines.iter().find(|(id, _)| revision.is_of(id))?;
            let mut values = vec![line.value.clone()];
            // Of this policy and what became of it, not of others that came together with it in the sheet.
            let since = portal.policy(&of.policy).map(|policy| portal.later(policy, of.year)).unwrap_or_default();
            for between in std::iter::once(&**of).chain(since.into_iter().filter(is_before)) {
                let mut revised: Vec<_> = between.revisions.iter().filter(|other| other.is_of(id)).collect();
                revised.sort_by_key(|other| other.date);
                values.extend(revised.iter().filter_map(|other| Some(canonical_value(other.to.as_ref()?).into())));
            }
            Some(Self { id: id.clone(), ledger, lines, line, values })
        });
        // Of policies that came together, the one whose figure it was is meant.
        let is_meant = |of: &Self| from.as_deref().is_some_and(|from| of.has_said(from));
        published.max_by_key(|of| (of.ledger.year, from.as_deref() == Some(of.value()), is_meant(of)))
    }

    /// As the sheet before leaves it.
    pub fn value(&self) -> &str {
        self.values.last().map_or(&self.line.value, |value| value)
    }

    /// Whether the editions before have ever said so: what a sheet was published to lead from stays true when an earlier
    /// one is corrected afterwards.
    pub fn has_said(&self, value: &str) -> bool {
        self.values.iter().any(|said| **said == *value)
    }
}
