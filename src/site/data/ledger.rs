//! published.csv: what an edition published, for freezing it.

use crate::content::ledger::COLUMNS;
use crate::facts::{self, EditionFacts};
use crate::model::{FigureField, FiscalYear, Ledger, Policy, Portal};
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
    let mut of = LedgerText { text: format!("\u{feff}{}\n", COLUMNS.join(",")), policies: 0, figures: 0 };
    if let Some(digest) = facts::recommendations_digest(portal, edition.year) {
        of.text += &format!(",,,{},,{digest},\n", FigureField::Digest.name());
    }
    for policy in policies(portal, edition) {
        let lines = of.lines(portal, policy, edition, labels)?;
        of.text += &lines;
    }
    Ok(of)
}

/// The ledger `before`, whose text is `text`, with the policies of the edition that it has nothing of; `None` where it has
/// all of them. What it has stays byte for byte, and new lines stand where their policies belong. The counts are of
/// what is added.
///
/// # Errors
/// As [`ledger`].
pub fn ledger_with_new_policies(
    portal: &Portal,
    edition: &EditionFacts,
    labels: &Labels,
    (before, text): (&Ledger, &str),
) -> io::Result<Option<LedgerText>> {
    let mut of = LedgerText { text: String::with_capacity(text.len() * 2), policies: 0, figures: 0 };
    let mut rest = text.split_inclusive('\n').zip(1..).peekable();
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let put = |text: &mut String, lines: &str| {
        if !text.ends_with('\n') {
            text.push_str(end);
        }
        lines.lines().for_each(|line| text.extend([line, end]));
    };
    for policy in policies(portal, edition).filter(|policy| !before.policies.contains_key(&policy.id)) {
        let after = before.policies.iter().filter(|(id, _)| **id > policy.id);
        let next = after.flat_map(|(_, figures)| figures.values().map(|figure| figure.line)).min();
        while let Some((line, _)) = rest.next_if(|(_, number)| next.is_none_or(|next| *number < next)) {
            of.text += line;
        }
        let lines = of.lines(portal, policy, edition, labels)?;
        put(&mut of.text, &lines);
    }
    rest.for_each(|(line, _)| of.text += line);
    Ok((of.policies > 0).then_some(of))
}

/// In the order of ids.
fn policies<'p>(portal: &'p Portal, edition: &EditionFacts) -> impl Iterator<Item = &'p Policy> {
    let mut ids: Vec<&str> = edition.policies.iter().map(|summary| summary.sheet.policy.as_ref()).collect();
    ids.sort_unstable();
    let found: Vec<_> = ids.into_iter().filter_map(|id| portal.policy(id)).collect();
    found.into_iter()
}

impl LedgerText {
    /// Of one policy, which is counted.
    fn lines(
        &mut self,
        portal: &Portal,
        policy: &Policy,
        edition: &EditionFacts,
        labels: &Labels,
    ) -> io::Result<String> {
        let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
        self.policies += 1;
        for (id, stated) in facts::published(portal, policy, edition.year) {
            self.figures += usize::from(id.field != FigureField::Digest);
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
        let rows = table.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
        Ok(String::from_utf8_lossy(&rows).into_owned())
    }
}
