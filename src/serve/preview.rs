//! What the preview shows at the moment, for any number of readers.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::diagnostic::Report;
use crate::site::Site;

/// What one look at the sources gave.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// Counts from 1; 0 before the first round.
    pub round: u64,
    /// The last site that could be made; `None` where none could yet.
    pub site: Option<Arc<Site>>,
    /// Every problem of the sources as they are now. Where it holds an error, `site` is of an earlier round.
    pub report: Arc<Report>,
    /// The files that this round was made for, as diagnostics name them: `content/2024/industry.yaml`.
    pub changed: Arc<[String]>,
}

/// Holds the latest round. Readers get a value that nobody changes any more; whoever waits is woken by the next one.
#[derive(Debug, Default)]
pub struct Preview {
    shown: Mutex<Arc<Shown>>,
    next: Condvar,
}

impl Preview {
    pub fn now(&self) -> Arc<Shown> {
        Arc::clone(&self.lock())
    }

    /// Shows the next round to everybody, and wakes those who wait for it.
    pub fn show(&self, shown: Shown) {
        *self.lock() = Arc::new(shown);
        self.next.notify_all();
    }

    /// Waits for a round after `round`; `None` where none came in time.
    pub fn after(&self, round: u64, at_most: Duration) -> Option<Arc<Shown>> {
        let waiting = self.next.wait_timeout_while(self.lock(), at_most, |shown| shown.round <= round);
        let (shown, _) = waiting.unwrap_or_else(PoisonError::into_inner);
        (shown.round > round).then(|| Arc::clone(&shown))
    }

    /// A value is replaced whole: also after a panic elsewhere there is no half-made one.
    fn lock(&self) -> MutexGuard<'_, Arc<Shown>> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
