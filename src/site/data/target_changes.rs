//! target_changes.csv: every target that was changed on the way, until when it was another, and why.

use super::{DataSource, csv_files, optional_digits};
use crate::facts::{PolicyFacts, TargetStep};
use crate::markdown;
use crate::model::{Text, Value};
use std::io;

pub const COLUMNS: [&str; 13] = [
    "fiscal_year",
    "policy_id",
    "indicator_id",
    "component",
    "year",
    "before",
    "before_text",
    "after",
    "after_text",
    "unit",
    "date",
    "reason",
    "address",
];

pub fn rows(table: &mut csv_files::Table<'_>, source: &DataSource<'_>, policy: &PolicyFacts<'_>) -> io::Result<()> {
    let (first, id) = (source.portal.first_language(), &policy.sheet.policy);
    let reason = |text: &Text| markdown::plain(text.get(first));
    for of in &policy.indicators {
        let unit = of.indicator.target_unit.as_deref().or(of.indicator.unit.as_ref());
        for series in &of.series {
            for step in &series.target_steps {
                let unit = unit.map(|unit| markdown::without_readings(unit.get(first))).unwrap_or_default();
                let (before, after) = (both(step.before), step.after.map(both).unwrap_or_default());
                table.write_record([
                    policy.year.digits(),
                    id.as_ref(),
                    of.indicator.id.as_ref(),
                    series.component.map_or("", |component| component.id.as_ref()),
                    step.year.digits(),
                    &before.0,
                    before.1,
                    &after.0,
                    after.1,
                    &unit,
                    &step.date.map(|date| date.to_string()).unwrap_or_default(),
                    &step.change.reason.as_ref().map(reason).unwrap_or_default(),
                    &address(step, id, &of.indicator.id),
                ])?;
            }
        }
    }
    Ok(())
}

/// The declaration in its sheet.
pub fn address(step: &TargetStep<'_>, policy: &str, indicator: &str) -> String {
    let (sheet, number) = step.declared;
    format!("{sheet}/{policy}#{indicator}/target_changes/{number}")
}

/// The figure where it is one, and what is printed where that is more.
fn both(value: &Value) -> (String, &str) {
    (optional_digits(value.number()), value.printed.as_deref().unwrap_or_default())
}
