//! codes.csv: what every code in the other files means.

use super::{DataSource, csv_files};
use crate::facts::{RateReason, UndecidedReason};
use crate::model::{Fund, MissingReason, RateMethod, Status, VerdictName};
use std::collections::BTreeSet;
use std::io::{self, Write};

pub const COLUMNS: [&str; 4] = ["column", "code", "label_ja", "label_en"];

/// The reasons of judgements.csv: why there is no rate, or no verdict.
pub fn reasons() -> BTreeSet<&'static str> {
    let rates = [
        RateReason::NonPositiveBase,
        RateReason::TargetEqualsBaseline,
        RateReason::ZeroActual,
        RateReason::Missing(MissingReason::Unknown),
        RateReason::Text,
        RateReason::Range,
        RateReason::NoTarget,
        RateReason::NoBaseline,
        RateReason::Context,
        RateReason::TooLarge,
    ];
    let verdicts = [
        UndecidedReason::Missing,
        UndecidedReason::NoTarget,
        UndecidedReason::NoBaseline,
        UndecidedReason::NoDirection,
        UndecidedReason::BeforeStart,
        UndecidedReason::Text,
        UndecidedReason::Context,
        UndecidedReason::TooLarge,
    ];
    rates.into_iter().map(csv_files::rate_reason).chain(verdicts.into_iter().map(UndecidedReason::name)).collect()
}

/// Kinds of amounts: each of the three, alone and by the funds it came from.
pub fn money_kinds() -> Vec<(String, String)> {
    let mut kinds = Vec::new();
    for kind in ["settled", "budgeted", "personnel"] {
        kinds.push((kind.to_owned(), format!("expenditure.{kind}")));
        kinds.extend(Fund::ALL.map(|fund| (format!("{kind}-{}", fund.name()), format!("fund.{}", fund.name()))));
    }
    kinds
}

pub fn write(source: &DataSource<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv_files::table(out, &COLUMNS)?;
    let mut row = |column: &str, code: &str, key: &str| {
        table.write_record([column, code, source.japanese.get(key), source.english.get(key)])
    };
    for kind in ["baseline", "actual", "target"] {
        row("kind", kind, &format!("observation.{kind}"))?;
    }
    for (code, key) in money_kinds() {
        row("kind", &code, &key)?;
    }
    for status in Status::ALL {
        row("status", status.name(), &format!("status.{}", status.name()))?;
    }
    for reason in MissingReason::ALL {
        row("status", reason.name(), &format!("missing.{}", reason.name()))?;
    }
    for method in RateMethod::ALL {
        row("method", method.name(), &format!("method.{}.name", method.name()))?;
    }
    for verdict in VerdictName::ALL {
        row("verdict", verdict.name(), &format!("verdict.{}", verdict.name()))?;
    }
    for reason in reasons() {
        row("reason", reason, &format!("reason.{reason}"))?;
    }
    for area in &source.portal.areas {
        let name = |language: &crate::model::Language| match (&area.name, &area.number) {
            (Some(name), _) => name.get(language).to_owned(),
            (None, Some(number)) => number.to_string(),
            (None, None) => area.id.to_string(),
        };
        let (ja, en) = (crate::model::Language::japanese(), crate::model::Language::english());
        table.write_record(["area_id", area.id.as_ref(), &name(&ja), &name(&en)])?;
    }
    table.flush()
}
