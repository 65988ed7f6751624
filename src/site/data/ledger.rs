//! published.csv: what an edition published, for freezing it.

use crate::content::ledger::COLUMNS;
use crate::facts::{self, EditionFacts};
use crate::model::{FigureField, FiscalYear, Portal};
use crate::theme::Labels;
use std::io;

/// The text of the ledger, and how many figures of how many policies it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerText {
    pub text: String,
    pub policies: usize,
    /// Without the digests of texts.
    pub figures: usize,
}

/// Every published figure of an edition, one a line, sorted by policy and figure: UTF-8 with a byte order mark, so that
/// Excel reads it, and lines ended by LF alone, so that git compares them.
///
/// # Errors
/// None that could come: it is written into memory.
pub fn ledger(portal: &Portal, edition: &EditionFacts, labels: &Labels) -> io::Result<LedgerText> {
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    table.write_record(COLUMNS)?;
    let (mut policies, mut figures) = (0, 0);
    let mut ids: Vec<&str> = edition.policies.iter().map(|summary| summary.sheet.policy.as_ref()).collect();
    ids.sort_unstable();
    for policy in ids.into_iter().filter_map(|id| portal.policy(id)) {
        policies += 1;
        for (id, stated) in facts::published(portal, policy, edition.year) {
            figures += usize::from(id.field != FigureField::Digest);
            let word = format!("verdict.{}", stated.figure.value);
            let text = if id.field == FigureField::Verdict { labels.get(&word) } else { &stated.figure.text };
            table.write_record([
                policy.id.as_ref(),
                &id.indicator,
                &id.component,
                id.field.name(),
                id.year.map(FiscalYear::digits).unwrap_or_default(),
                &stated.figure.value,
                text,
            ])?;
        }
    }
    let rows = table.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    let text = format!("\u{feff}{}", String::from_utf8_lossy(&rows));
    Ok(LedgerText { text, policies, figures })
}
