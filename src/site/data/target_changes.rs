//! target_changes.csv: every target that was changed on the way, until when it was another, and why.

use super::{DataSource, csv_files, optional_digits};
use crate::facts::{self, TargetStep};
use crate::markdown;
use crate::model::{FiscalYear, Policy, Text, Value};
use std::io::{self, Write};

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

pub fn write(source: &DataSource<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv_files::table(out, &COLUMNS)?;
    let (portal, year) = (source.portal, source.edition.year);
    let first = portal.first_language();
    // Facts are made of those policies alone that have something to say here.
    for policy in source.known().filter(|policy| declares(policy, year)) {
        let Some(facts) = facts::judged(portal, policy, year) else { continue };
        for of in &facts.indicators {
            let unit = of.indicator.target_unit.as_deref().or(of.indicator.unit.as_ref());
            let unit = unit.map(|unit| markdown::without_readings(unit.get(first))).unwrap_or_default();
            let reason = |text: &Text| markdown::plain(text.get(first));
            for series in &of.series {
                for step in &series.target_steps {
                    let (before, after) = (both(step.before), step.after.map(both).unwrap_or_default());
                    table.write_record([
                        year.digits(),
                        policy.id.as_ref(),
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
                        &address(step, &policy.id, &of.indicator.id),
                    ])?;
                }
            }
        }
    }
    table.flush()
}

/// The declaration in its sheet.
pub fn address(step: &TargetStep<'_>, policy: &str, indicator: &str) -> String {
    let (sheet, number) = step.declared;
    format!("{sheet}/{policy}#{indicator}/target_changes/{number}")
}

fn declares(policy: &Policy, edition: FiscalYear) -> bool {
    let sheets = policy.sheets.iter().take_while(|sheet| sheet.year <= edition);
    sheets.flat_map(|sheet| &sheet.indicators).any(|indicator| !indicator.target_changes.is_empty())
}

/// The figure where it is one, and what is printed where that is more.
fn both(value: &Value) -> (String, &str) {
    (optional_digits(value.number()), value.printed.as_deref().unwrap_or_default())
}
