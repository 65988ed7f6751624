//! What follows from the sheets of a policy, taken over as long as they are the same.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Policy, Sheet};

/// Sheets of other policies that a result follows from, too: they are the same where they are shared.
#[derive(Clone, Debug, Default)]
pub struct Others(pub Vec<Arc<Sheet>>);

impl PartialEq for Others {
    fn eq(&self, other: &Self) -> bool {
        is_same(&self.0, &other.0)
    }
}

/// A result for each policy, in the order of the portal's policies. Sheets are the same where they are shared: a sheet
/// that was read again is another one, whatever it says.
#[derive(Clone, Debug)]
pub struct PerPolicy<K, T> {
    of: Vec<Kept<K, T>>,
}

#[derive(Clone, Debug)]
struct Kept<K, T> {
    sheets: Vec<Arc<Sheet>>,
    /// What the result follows from beside the sheets.
    key: K,
    result: T,
}

/// What stays, or what a new result is made with: its key, and the result before it.
type Taken<K, T> = Result<Kept<K, T>, (K, Option<T>)>;

impl<K, T> Default for PerPolicy<K, T> {
    fn default() -> Self {
        Self { of: Vec::new() }
    }
}

impl<K: PartialEq + Send, T: Send + Sync> PerPolicy<K, T> {
    /// Makes the results of these policies: new ones, in parallel, for those whose sheets or key are otherwise. Who makes
    /// a new one gets the one before it, of the policy with the same id.
    pub fn renew(
        &mut self,
        policies: &[Policy],
        key: impl Fn(&Policy) -> K,
        make: impl Fn(&Policy, Option<&T>) -> T + Sync,
    ) {
        // A list of the same policies stays where it is: of thousands, one is otherwise after an edit.
        let is_known = |(kept, policy): (&Kept<K, T>, &Policy)| {
            kept.sheets.first().zip(policy.sheets.first()).is_some_and(|(kept, sheet)| Arc::ptr_eq(kept, sheet))
                || kept.id() == Some(&*policy.id)
        };
        if self.of.len() == policies.len() && self.of.iter().zip(policies).all(is_known) {
            return self.renew_in_place(policies, key, make);
        }
        let mut before = std::mem::take(&mut self.of).into_iter().peekable();
        let taken: Vec<Taken<K, T>> = policies
            .iter()
            .map(|policy| {
                let key = key(policy);
                // Both are in the order of ids.
                while before.next_if(|kept| kept.id() < Some(&*policy.id)).is_some() {}
                let kept = before.next_if(|kept| kept.id() == Some(&*policy.id));
                match kept {
                    Some(kept) if kept.key == key && is_same(&kept.sheets, &policy.sheets) => Ok(kept),
                    kept => Err((key, kept.map(|kept| kept.result))),
                }
            })
            .collect();
        let made = |(policy, taken): (&Policy, Taken<K, T>)| {
            taken.unwrap_or_else(|(key, before)| {
                let result = make(policy, before.as_ref());
                Kept { sheets: policy.sheets.clone(), key, result }
            })
        };
        self.of = policies.par_iter().zip(taken).map(made).collect();
    }

    fn renew_in_place(
        &mut self,
        policies: &[Policy],
        key: impl Fn(&Policy) -> K,
        make: impl Fn(&Policy, Option<&T>) -> T + Sync,
    ) {
        let pairs = self.of.iter_mut().zip(policies).map(|(kept, policy)| (kept, policy, key(policy)));
        let otherwise: Vec<_> =
            pairs.filter(|(kept, policy, key)| kept.key != *key || !is_same(&kept.sheets, &policy.sheets)).collect();
        otherwise.into_par_iter().for_each(|(kept, policy, key)| {
            let result = make(policy, Some(&kept.result));
            *kept = Kept { sheets: policy.sheets.clone(), key, result };
        });
    }

    /// The results in the order of the policies.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.of.iter().map(|kept| &kept.result)
    }

    /// Forgets all results, where something changed that all of them follow from.
    pub fn clear(&mut self) {
        self.of.clear();
    }
}

impl<K, T> Kept<K, T> {
    fn id(&self) -> Option<&str> {
        self.sheets.first().map(|sheet| &*sheet.policy)
    }
}

fn is_same(a: &[Arc<Sheet>], b: &[Arc<Sheet>]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| Arc::ptr_eq(a, b))
}
