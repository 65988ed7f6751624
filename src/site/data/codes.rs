//! codes.csv: what every code in the other files means.

use super::{DataSource, csv_files};
use crate::facts::{RateReason, UndecidedReason};
use crate::markdown;
use crate::model::{
    Accumulation, Direction, FigureField, Fund, Kind, Language, MissingReason, RateMethod, RecommendationState,
    RevisionKind, Status, VerdictName,
};
use crate::theme::Labels;
use std::collections::BTreeSet;
use std::io::{self, Write};

pub const COLUMNS: [&str; 4] = ["column", "code", "label_ja", "label_en"];

/// The reasons of judgements.csv: why there is no rate, or no verdict.
fn reasons() -> BTreeSet<&'static str> {
    let rates = [
        RateReason::NonPositiveBase,
        RateReason::TargetEqualsBaseline,
        RateReason::TargetBehindBaseline,
        RateReason::NoRiseOrFall,
        RateReason::BeforeStart,
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
        UndecidedReason::Range,
        UndecidedReason::Context,
        UndecidedReason::TooLarge,
    ];
    rates.into_iter().map(csv_files::rate_reason).chain(verdicts.into_iter().map(UndecidedReason::name)).collect()
}

/// The label key of a reason: the words that pages use, where they have some.
fn reason_key(reason: &str) -> String {
    match reason {
        "missing" | "no-direction" | "before-start" => format!("reason.{reason}"),
        reason => format!("no-rate.{reason}"),
    }
}

/// What a kind of amount is called: 決算額; by the fund it came from, 決算額（地方債）.
fn money_kinds(labels: &Labels) -> Vec<(String, String)> {
    let mut kinds = Vec::new();
    for kind in ["settled", "budgeted", "personnel", "total"] {
        let name = labels.get(match kind {
            "settled" => "money.settled",
            "budgeted" => "money.budgeted",
            "personnel" => "money.personnel",
            _ => "money.total-cost",
        });
        kinds.push((kind.to_owned(), name.to_owned()));
        kinds.extend(Fund::ALL.map(|fund| {
            let of = format!("fund.{}", fund.name());
            let words = labels.fill("fund.kind", &[("kind", name), ("fund", labels.get(&of))]);
            (format!("{kind}-{}", fund.name()), words)
        }));
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
    for ((code, japanese), (_, english)) in money_kinds(source.japanese).iter().zip(money_kinds(source.english)) {
        table.write_record(["kind", code, japanese, &english])?;
    }
    let mut row = |column: &str, code: &str, key: &str| {
        table.write_record([column, code, source.japanese.get(key), source.english.get(key)])
    };
    for kind in Kind::ALL {
        row("kind", kind.name(), &format!("kind.{}", kind.name()))?;
    }
    for accumulation in Accumulation::ALL {
        row("accumulation", accumulation.name(), &format!("accumulation.{}", accumulation.name()))?;
    }
    for direction in Direction::ALL {
        row("direction", direction.name(), &format!("direction.{}", direction.name()))?;
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
    for field in FigureField::ALL {
        row("field", field.name(), &format!("revisions.field.{}", field.name()))?;
    }
    row("field", "withdrawn", "revisions.rule.withdrawn")?;
    for kind in RevisionKind::ALL {
        row("revision_kind", kind.name(), &format!("revisions.kind.{}", kind.name()))?;
    }
    for state in RecommendationState::ALL {
        let name = state.name();
        row("recommendation_state", name, &format!("recommendation.state.{name}"))?;
    }
    for reason in reasons() {
        row("reason", reason, &reason_key(reason))?;
    }
    let (japanese, english) = (Language::japanese(), Language::english());
    for area in &source.portal.areas {
        let name = |language: &Language, labels: &Labels| match (&area.name, &area.number) {
            (Some(name), _) => markdown::plain(name.get(language)),
            (None, Some(number)) => labels.fill("area.numbered", &[("number", number)]),
            (None, None) => labels.fill("area.numbered", &[("number", &area.id)]),
        };
        let (ja, en) = (name(&japanese, source.japanese), name(&english, source.english));
        table.write_record(["area_id", area.id.as_ref(), &ja, &en])?;
    }
    for grade in &source.portal.grades {
        let meaning = |language: &Language| markdown::plain(grade.label.get(language));
        table.write_record(["grade", grade.id.as_ref(), &meaning(&japanese), &meaning(&english)])?;
    }
    table.flush()
}
