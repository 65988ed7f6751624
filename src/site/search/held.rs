//! An index while its files are asked for.

use super::Index;
use std::sync::{Arc, Mutex, PoisonError};

/// Makes the index when the first of its files is asked for, and lets go of it when as many were given as it has: a build
/// holds one index at a time, and a preview of which nobody searches none. Whoever asks again gets the same, made again.
#[derive(Debug, Default)]
pub struct Held(Mutex<Option<Giving>>);

#[derive(Debug)]
struct Giving {
    index: Arc<Index>,
    given: usize,
}

impl Held {
    /// The index, for one of its files. `make` runs where there is none, while others wait for it.
    pub fn index(&self, make: impl FnOnce() -> Index) -> Arc<Index> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let giving = held.get_or_insert_with(|| Giving { index: Arc::new(make()), given: 0 });
        giving.given += 1;
        let (index, done) = (Arc::clone(&giving.index), giving.given >= giving.index.files());
        if done {
            *held = None;
        }
        index
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn an_index_is_made_once_for_all_its_files_and_again_for_who_comes_later() {
        let made = Cell::new(0);
        let held = Held::default();
        let ask = || {
            held.index(|| {
                made.set(made.get() + 1);
                Index { head: String::new(), mark: String::new(), files: vec!["".into()] }
            })
        };
        let asked: Vec<_> = (0..3).map(|_| ask()).collect();
        assert_eq!(made.get(), 1);
        assert!(asked.iter().all(|index| Arc::strong_count(index) == 3), "nobody else holds it");
        ask();
        assert_eq!(made.get(), 2);
    }
}
