//! Rows of a table, from one look at the sheets to the next: a policy that is as it was has the row that it had.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::facts::PolicySummary;
use crate::model::MoneyUnit;
use crate::theme::Ready;

/// How many tables are held: those that were shown last. A preview shows hardly more at a time, and a large table's rows
/// take tens of megabytes.
const HELD: usize = 3;

/// Rows of the tables that were shown last, for sites of the same settings and theme.
#[derive(Debug, Default)]
pub struct Rows {
    tables: Mutex<Vec<Table>>,
}

/// The rows of a page.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// Of the page, below the site's root.
    path: String,
    /// The unit that all amounts of the table are in.
    unit: Option<MoneyUnit>,
    rows: Arc<[Row]>,
}

#[derive(Clone, Debug)]
pub(super) struct Row {
    pub summary: Arc<PolicySummary>,
    /// Which of the columns that may be left out it has something for.
    pub has: [bool; 6],
    pub view: Ready,
}

impl Rows {
    /// What was shown on this page before; empty where its rows would be others.
    pub(super) fn of(&self, path: &str, unit: Option<MoneyUnit>) -> Arc<[Row]> {
        let tables = self.lock();
        let known = tables.iter().find(|table| table.path == path && table.unit == unit);
        known.map_or_else(|| Arc::from([]), |table| Arc::clone(&table.rows))
    }

    pub(super) fn keep(&self, path: &str, unit: Option<MoneyUnit>, rows: &Arc<[Row]>) {
        let mut tables = self.lock();
        tables.retain(|table| table.path != path);
        if tables.len() == HELD {
            tables.remove(0);
        }
        tables.push(Table { path: path.to_owned(), unit, rows: Arc::clone(rows) });
    }

    /// Every change leaves a whole list: also after a panic elsewhere it is one.
    fn lock(&self) -> MutexGuard<'_, Vec<Table>> {
        self.tables.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
