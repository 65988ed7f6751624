//! What the sheets before a sheet said last, also where several policies came together in it or one was divided.

use super::portal::Portal;
use super::sheet::{Answer, Challenge, Sheet};
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The sheets before a sheet ([`Portal::earlier`]), and which of them follow which.
#[derive(Clone, Debug)]
pub struct Ancestry<'p> {
    sheets: Cow<'p, [Arc<Sheet>]>,
    /// The policies before each of the sheets; empty where all are of one policy, each the next of the one before.
    before: Vec<BTreeSet<Box<str>>>,
    /// The sheets of the same year that came from the same policies.
    beside: Vec<Arc<Sheet>>,
}

impl<'p> Ancestry<'p> {
    /// Of one policy: its sheets, ascending by year.
    pub fn own(sheets: &'p [Arc<Sheet>]) -> Self {
        Self { sheets: Cow::Borrowed(sheets), before: Vec::new(), beside: Vec::new() }
    }

    /// Ascending by year.
    pub fn sheets(&self) -> &[Arc<Sheet>] {
        &self.sheets
    }

    /// The sheets of the same year that share the policies before: the other parts of one that was divided, and that one
    /// itself where it goes on.
    pub fn beside(&self) -> impl Iterator<Item = &Sheet> {
        self.beside.iter().map(AsRef::as_ref)
    }

    /// What was said last: once, or by each of several policies that came together since, the latest first. What a policy
    /// says holds in place of what those before it said.
    pub fn latest<'a, T>(&'a self, said: impl Fn(&'a Sheet) -> Option<T>) -> Vec<(&'a Sheet, T)> {
        if self.before.is_empty() {
            return self.sheets.iter().rev().find_map(|sheet| Some((&**sheet, said(sheet)?))).into_iter().collect();
        }
        let mut settled: BTreeSet<&str> = BTreeSet::new();
        let mut found = Vec::new();
        for (index, (sheet, before)) in self.sheets.iter().zip(&self.before).enumerate().rev() {
            if settled.contains(&*sheet.policy) {
                continue;
            }
            if let Some(said) = said(sheet) {
                settled.insert(&sheet.policy);
                settled.extend(before.iter().map(|id| &**id));
                found.push((index, &**sheet, said));
            }
        }
        found.sort_by_key(|(index, sheet, _)| (Reverse(sheet.year), *index));
        found.into_iter().map(|(_, sheet, said)| (sheet, said)).collect()
    }

    /// The challenge that an answer is to, as the latest earlier sheet words it. There are several where policies that came
    /// together have one with this id each, and the answer does not say whose it is.
    pub fn asked<'a>(&'a self, answer: &Answer) -> Vec<(&'a Sheet, &'a Challenge)> {
        match &answer.policy {
            None => self.latest(|sheet| sheet.challenge(&answer.id)),
            Some(policy) => {
                let mut own = self.sheets.iter().rev().filter(|sheet| sheet.policy == *policy);
                own.find_map(|sheet| Some((&**sheet, sheet.challenge(&answer.id)?))).into_iter().collect()
            }
        }
    }
}

impl Portal {
    /// The sheets before a sheet, of its own policy and of those that it took over.
    pub fn ancestry<'p>(&'p self, sheet: &Sheet) -> Ancestry<'p> {
        let sheets = match self.earlier(sheet) {
            Cow::Borrowed(own) => return Ancestry::own(own),
            sheets @ Cow::Owned(_) => sheets,
        };
        let policies = |of: &Sheet| -> BTreeSet<Box<str>> {
            self.earlier(of).iter().map(|before| before.policy.clone()).filter(|id| *id != of.policy).collect()
        };
        let before = sheets.iter().map(|of| policies(of)).collect();
        let mut beside: Vec<Arc<Sheet>> = Vec::new();
        for id in policies(sheet) {
            let own = self.policy(&id).and_then(|policy| policy.sheet(sheet.year));
            for of in own.into_iter().chain(self.became(&id, sheet.year)) {
                if of.policy != sheet.policy && beside.iter().all(|known| known.policy != of.policy) {
                    beside.push(Arc::clone(of));
                }
            }
        }
        Ancestry { sheets, before, beside }
    }
}
