//! revisions.csv: every published figure that is another now, of this edition and of earlier ones, and why.

use super::{DataSource, csv_files};
use crate::facts::{self, Declared, Revised};
use crate::markdown;
use crate::model::{FigureField, FiscalYear, PublishedFigure, RevisionKind, Text};
use std::io::{self, Write};

pub const COLUMNS: [&str; 13] = [
    "fiscal_year",
    "policy_id",
    "indicator_id",
    "component",
    "field",
    "year",
    "published",
    "published_text",
    "revised",
    "revised_text",
    "date",
    "revision_kind",
    "reason",
];

pub fn write(source: &DataSource<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv_files::table(out, &COLUMNS)?;
    let (portal, year) = (source.portal, source.edition.year);
    for revision in portal.revisions.iter().filter(|revision| revision.edition == year) {
        let (date, reason) = (revision.date.to_string(), plain(source, &revision.reason));
        let policy = revision.policy.as_deref().unwrap_or_default();
        let field = revision.field.map_or("withdrawn", FigureField::name);
        let kind = revision.kind.name();
        table.write_record([year.digits(), policy, "", "", field, "", "", "", "", "", &date, kind, &reason])?;
    }
    for policy in source.known() {
        let own = facts::compared(portal, policy, year).map(|compared| compared.revised).unwrap_or_default();
        // Also what its sheet revises of figures that earlier editions published.
        for revised in own.iter().chain(&facts::restated(portal, policy, year)) {
            row(&mut table, source, &policy.id, revised)?;
        }
    }
    table.flush()
}

fn row(
    table: &mut csv::Writer<&mut dyn Write>,
    source: &DataSource<'_>,
    policy: &str,
    revised: &Revised<'_>,
) -> io::Result<()> {
    let (date, kind, reason): (_, RevisionKind, _) = match revised.by {
        Declared::Sheet(by) => (by.date, by.kind, &by.reason),
        Declared::Portal(by) => (by.date, by.kind, &by.reason),
    };
    let (value, text) = both(revised.published);
    let (now, now_text) = both(revised.now.as_ref());
    table.write_record([
        source.edition.year.digits(),
        policy,
        &revised.id.indicator,
        &revised.id.component,
        revised.id.field.name(),
        revised.id.year.map(FiscalYear::digits).unwrap_or_default(),
        value,
        text,
        now,
        now_text,
        &date.to_string(),
        kind.name(),
        &plain(source, reason),
    ])?;
    Ok(())
}

fn both(figure: Option<&PublishedFigure>) -> (&str, &str) {
    figure.map_or(("", ""), |figure| (&figure.value, &figure.text))
}

fn plain(source: &DataSource<'_>, text: &Text) -> String {
    markdown::plain(text.get(source.portal.first_language()))
}
