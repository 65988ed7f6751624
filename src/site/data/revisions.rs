//! revisions.csv: every published figure that is another now, of this edition and of earlier ones, those of this one that
//! later editions revise, and why.

use super::{DataSource, csv_files};
use crate::facts::{self, Declared};
use crate::markdown;
use crate::model::{FigureField, FigureId, FiscalYear, PublishedFigure, RevisionKind, Text};
use jiff::civil::Date;
use std::io::{self, Write};

pub const COLUMNS: [&str; 15] = [
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
    // The edition that published the figure, and the one that revises it.
    "published_in",
    "revised_in",
];

pub fn write(source: &DataSource<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv_files::table(out, &COLUMNS)?;
    let (portal, year) = (source.portal, source.edition.year);
    for revision in portal.revisions.iter().filter(|revision| revision.edition == year) {
        let (date, reason) = (revision.date.to_string(), plain(source, &revision.reason));
        let policy = revision.policy.as_deref().unwrap_or_default();
        let field = revision.field.map_or("withdrawn", FigureField::name);
        let (kind, of) = (revision.kind.name(), year.digits());
        table.write_record([of, policy, "", "", field, "", "", "", "", "", &date, kind, &reason, of, of])?;
    }
    for policy in source.known() {
        let own = facts::compared(portal, policy, year).map(|compared| compared.revised).unwrap_or_default();
        // Also what its sheet revises of figures that earlier editions published, and what later ones revise of its.
        for revised in own.iter().chain(&facts::restated(portal, policy, year)) {
            let by = match revised.by {
                Declared::Sheet(by) => (by.date, by.kind, &by.reason),
                Declared::Portal(by) => (by.date, by.kind, &by.reason),
            };
            let figures = (revised.published, revised.now.as_ref());
            row(&mut table, source, (&policy.id, &revised.id), figures, by, (revised.edition, year))?;
        }
        for later in facts::corrected_later(portal, policy, year) {
            let by = (later.by.date, later.by.kind, &later.by.reason);
            let now = later.now();
            let figures = (Some(&later.here), now.as_ref());
            row(&mut table, source, (&policy.id, &later.id), figures, by, (year, later.sheet.year))?;
        }
    }
    table.flush()
}

fn row(
    table: &mut csv::Writer<&mut dyn Write>,
    source: &DataSource<'_>,
    (policy, id): (&str, &FigureId),
    (published, now): (Option<&PublishedFigure>, Option<&PublishedFigure>),
    (date, kind, reason): (Date, RevisionKind, &Text),
    (published_in, revised_in): (FiscalYear, FiscalYear),
) -> io::Result<()> {
    let (value, text) = both(published);
    let (now, now_text) = both(now);
    let now_text = match id.field {
        FigureField::Verdict => source.words().find(&format!("verdict.{now}")).unwrap_or(now_text),
        _ => now_text,
    };
    table.write_record([
        source.edition.year.digits(),
        policy,
        &id.indicator,
        &id.component,
        id.field.name(),
        id.year.map(FiscalYear::digits).unwrap_or_default(),
        value,
        text,
        now,
        now_text,
        &date.to_string(),
        kind.name(),
        &plain(source, reason),
        published_in.digits(),
        revised_in.digits(),
    ])?;
    Ok(())
}

fn both(figure: Option<&PublishedFigure>) -> (&str, &str) {
    figure.map_or(("", ""), |figure| (&figure.value, &figure.text))
}

fn plain(source: &DataSource<'_>, text: &Text) -> String {
    markdown::plain(text.get(source.portal.first_language()))
}
