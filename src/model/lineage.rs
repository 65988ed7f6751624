//! Lineage: which policy took the place of which, and where one ended (改称・統合・分割・終了).
//!
//! A sheet names what it took over (`successor_of`); nothing is ever written into the sheets of the policies before it,
//! whose editions may be frozen. What they became is found from here.

use super::fiscal_year::FiscalYear;
use super::portal::{Policy, Portal};
use super::sheet::Sheet;
use super::text::{At, Text};
use std::borrow::Cow;
use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

/// A policy that a sheet's own policy took over (後継元).
#[derive(Clone, Debug)]
pub struct Predecessor {
    pub policy: Box<str>,
    /// Of the edition it came from; `None`: its last before the sheet.
    pub year: Option<FiscalYear>,
    pub share: Share,
    pub at: At,
}

/// How much of a policy was taken over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Share {
    #[default]
    Whole,
    /// The policy itself may go on.
    Part,
}

/// The end of a policy.
#[derive(Clone, Debug)]
pub struct End {
    /// Its last fiscal year.
    pub year: FiscalYear,
    pub note: Option<Text>,
    pub at: At,
}

/// What portal.yaml says of a policy whose last sheet does not say it itself.
#[derive(Clone, Debug)]
pub struct EndedPolicy {
    pub policy: Box<str>,
    pub end: End,
}

/// One policy that took over another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Succession {
    pub predecessor: Box<str>,
    /// Of the first sheet that says it.
    pub year: FiscalYear,
    pub successor: Box<str>,
    /// Of the predecessor's sheet that it came from.
    pub from: FiscalYear,
    pub share: Share,
}

/// Every succession between sheets that are there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lineage {
    /// By predecessor, then by year; each pair of policies once.
    successions: Box<[Succession]>,
}

impl Lineage {
    /// Of policies in the order of their ids.
    pub fn of(policies: &[Policy]) -> Self {
        let mut successions = Vec::new();
        for sheet in policies.iter().flat_map(|policy| &policy.sheets).filter(|sheet| !sheet.successor_of.is_empty()) {
            for of in &sheet.successor_of {
                let Some(from) = named(policies, sheet, of).filter(|_| of.policy != sheet.policy) else { continue };
                successions.push(Succession {
                    predecessor: of.policy.clone(),
                    year: sheet.year,
                    successor: sheet.policy.clone(),
                    from: from.year,
                    share: of.share,
                });
            }
        }
        successions.sort();
        let mut seen = BTreeSet::new();
        successions.retain(|of: &Succession| seen.insert((of.predecessor.clone(), of.successor.clone())));
        Self { successions: successions.into() }
    }

    /// The same, where `all` also tells of sheets that are not there: what others took over as well was taken over in part.
    pub fn among(mut self, all: &Self) -> Self {
        let known: BTreeSet<_> = self.pairs().collect();
        let others = all.iter().filter(|of| !known.contains(&(&*of.predecessor, &*of.successor)));
        let others: Vec<_> = others.map(|of| (of.predecessor.clone(), of.year)).collect();
        for of in &mut self.successions {
            if others.iter().any(|(predecessor, year)| *predecessor == of.predecessor && *year <= of.year) {
                of.share = Share::Part;
            }
        }
        self
    }

    fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.iter().map(|of| (&*of.predecessor, &*of.successor))
    }

    pub fn is_empty(&self) -> bool {
        self.successions.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Succession> {
        self.successions.iter()
    }

    /// What took over a policy, the first year first.
    pub fn after(&self, policy: &str) -> &[Succession] {
        let start = self.successions.partition_point(|of| *of.predecessor < *policy);
        let end = self.successions.partition_point(|of| *of.predecessor <= *policy);
        self.successions.get(start..end).unwrap_or_default()
    }
}

fn policy<'p>(policies: &'p [Policy], id: &str) -> Option<&'p Policy> {
    policies.binary_search_by(|policy| policy.id.as_ref().cmp(id)).ok().and_then(|index| policies.get(index))
}

/// The sheet that a sheet's predecessor is named by.
fn named<'p>(policies: &'p [Policy], sheet: &Sheet, of: &Predecessor) -> Option<&'p Arc<Sheet>> {
    let before = policy(policies, &of.policy)?.before(sheet.year);
    match of.year {
        Some(year) => before.iter().find(|sheet| sheet.year == year),
        None => before.last(),
    }
}

impl Portal {
    /// The sheets that a sheet took over, as it names them, as far as they are there.
    pub fn predecessors<'p>(&'p self, sheet: &'p Sheet) -> impl Iterator<Item = (&'p Arc<Sheet>, Share)> {
        let others = sheet.successor_of.iter().filter(|of| of.policy != sheet.policy);
        let is_in_part = |of: &Predecessor| {
            let mut after = self.lineage.after(&of.policy).iter();
            let here = after.find(|of| *of.successor == *sheet.policy && of.year == sheet.year);
            here.is_some_and(|of| of.share == Share::Part)
        };
        others.filter_map(move |of| {
            let share = if is_in_part(of) { Share::Part } else { of.share };
            Some((named(&self.policies, sheet, of)?, share))
        })
    }

    /// Whether what became of a policy up to the edition of `year` ([`Portal::became`]) is a part of it, as far as is known.
    pub fn became_in_part(&self, id: &str, year: FiscalYear) -> bool {
        let mut after = self.lineage.after(id).iter().filter(|of| of.year <= year).peekable();
        after.peek().is_some() && after.all(|of| of.share == Share::Part)
    }

    /// The sheets before a sheet, ascending by year: of its own policy, and of those that it took over.
    pub fn earlier<'p>(&'p self, sheet: &Sheet) -> Cow<'p, [Arc<Sheet>]> {
        let own = policy(&self.policies, &sheet.policy).map(|policy| policy.before(sheet.year)).unwrap_or_default();
        if self.lineage.is_empty() || (sheet.successor_of.is_empty() && own.iter().all(|of| of.successor_of.is_empty()))
        {
            return Cow::Borrowed(own);
        }
        let mut seen: BTreeSet<(FiscalYear, &str)> = BTreeSet::new();
        let mut found: Vec<Arc<Sheet>> = Vec::new();
        // Every step leads to an earlier year.
        let mut next: VecDeque<&'p Arc<Sheet>> = own.iter().collect();
        let named_by = |sheet: &Sheet| -> Vec<&'p Arc<Sheet>> {
            let others = sheet.successor_of.iter().filter(|of| of.policy != sheet.policy);
            others.filter_map(|of| named(&self.policies, sheet, of)).collect()
        };
        let with_own = |last: &'p Arc<Sheet>| {
            let policy = policy(&self.policies, &last.policy);
            policy.into_iter().flat_map(|policy| &policy.sheets).filter(move |of| of.year <= last.year)
        };
        next.extend(named_by(sheet).into_iter().flat_map(with_own));
        while let Some(of) = next.pop_front() {
            if seen.insert((of.year, &of.policy)) {
                found.push(Arc::clone(of));
                next.extend(named_by(of).into_iter().flat_map(with_own));
            }
        }
        found.sort_by_key(|of| of.year);
        Cow::Owned(found)
    }

    /// The sheets of the years after `year`, ascending: of a policy, and of those that took it over since.
    pub fn later<'p>(&'p self, of: &'p Policy, year: FiscalYear) -> Vec<&'p Sheet> {
        let own = of.sheets.iter().filter(|sheet| sheet.year > year);
        let mut found: Vec<&Sheet> = own.map(AsRef::as_ref).collect();
        let mut seen = BTreeSet::from([&*of.id]);
        let mut next = VecDeque::from([&*of.id]);
        while let Some(id) = next.pop_front() {
            for succession in self.lineage.after(id).iter().filter(|of| of.year > year) {
                if seen.insert(&succession.successor) {
                    next.push_back(&succession.successor);
                    let of = policy(&self.policies, &succession.successor);
                    let sheets = of.into_iter().flat_map(|policy| &policy.sheets);
                    found.extend(sheets.filter(|sheet| sheet.year >= succession.year).map(AsRef::as_ref));
                }
            }
        }
        found.sort_by_key(|sheet| sheet.year);
        found
    }

    /// What took the place of a policy in the edition of `year`, where it has no sheet of its own there.
    pub fn became(&self, id: &str, year: FiscalYear) -> Vec<&Arc<Sheet>> {
        let mut found: Vec<&Arc<Sheet>> = Vec::new();
        let mut seen = BTreeSet::from([id]);
        let mut next = VecDeque::from([id]);
        while let Some(id) = next.pop_front() {
            for of in self.lineage.after(id).iter().filter(|of| of.year <= year) {
                if !seen.insert(&of.successor) {
                    continue;
                }
                match policy(&self.policies, &of.successor).and_then(|policy| policy.sheet(year)) {
                    Some(sheet) => found.push(sheet),
                    None => next.push_back(&of.successor),
                }
            }
        }
        found
    }

    /// The policies that a sheet's own came from, as they stand in an earlier edition.
    pub fn was(&self, sheet: &Sheet, year: FiscalYear) -> Vec<&Arc<Sheet>> {
        let earlier = self.earlier(sheet);
        let others = earlier.iter().filter(|of| of.year == year && of.policy != sheet.policy);
        others.filter_map(|of| policy(&self.policies, &of.policy)?.sheet(year)).collect()
    }

    /// The sheet of an earlier edition that this one goes on from under another id: the whole of it, and nothing else.
    pub fn renamed_from(&self, sheet: &Sheet, year: FiscalYear) -> Option<&Arc<Sheet>> {
        if self.lineage.is_empty() || policy(&self.policies, &sheet.policy)?.sheet(year).is_some() {
            return None;
        }
        let before = self.was(sheet, year);
        let [before] = before.as_slice() else { return None };
        let goes_on = policy(&self.policies, &before.policy)?.sheet(sheet.year).is_some();
        let became = self.became(&before.policy, sheet.year);
        let alone = matches!(became.as_slice(), [only] if only.policy == sheet.policy);
        Some(*before).filter(|_| alone && !goes_on && !self.became_in_part(&before.policy, sheet.year))
    }

    /// How the policy of a sheet ended: as the sheet says, or, of its last sheet, as portal.yaml says.
    pub fn end_of<'p>(&'p self, sheet: &'p Sheet) -> Option<&'p End> {
        let is_last = || {
            let last = policy(&self.policies, &sheet.policy).and_then(|policy| policy.sheets.last());
            last.is_some_and(|last| last.year == sheet.year)
        };
        let said = || self.ended.iter().find(|of| of.policy == sheet.policy).map(|of| &of.end);
        sheet.ended.as_deref().or_else(|| said().filter(|_| is_last()))
    }
}
