//! What a sheet says beside its figures and its running text, in words of one form: where they are the same, the same is said.

use crate::model::ledger::canonical_value;
use crate::model::{
    FigureField, Indicator, Portal, Recommendation, Revision, RevisionKind, Sheet, Status, Text, Value,
};

/// How far each answered challenge is.
pub(super) fn answer_states(sheet: &Sheet) -> Vec<String> {
    let said = |of: &crate::model::Answer| {
        let state = of.state?.name();
        Some(format!("{} {} {state}", of.policy.as_deref().unwrap_or_default(), of.id))
    };
    sheet.answers.iter().filter_map(said).collect()
}

/// The former targets that an indicator names, with day and reason.
pub(super) fn target_changes(of: &Indicator) -> Vec<String> {
    of.target_changes.iter().map(|change| target_change(of, change)).collect()
}

/// The same of a sheet, without those that a revision of the target declares.
pub(super) fn undeclared_target_changes(sheet: &Sheet) -> Vec<String> {
    let declares = |of: &Indicator, change: &crate::model::TargetChange| {
        let is_of = |revision: &Revision| revision.field == FigureField::Target && revision.year == Some(change.year);
        sheet.revisions.iter().any(|revision| revision.indicator.as_ref() == Some(&of.id) && is_of(revision))
    };
    let of_indicator = |of: &'_ Indicator| -> Vec<String> {
        let undeclared = of.target_changes.iter().filter(|change| !declares(of, change));
        undeclared.map(|change| target_change(of, change)).collect()
    };
    sheet.indicators.iter().flat_map(of_indicator).collect()
}

fn target_change(of: &Indicator, change: &crate::model::TargetChange) -> String {
    let date = change.date.map(|date| date.to_string()).unwrap_or_default();
    let component = change.component.as_deref().unwrap_or_default();
    let (from, reason) = (canonical_value(&change.from), words(change.reason.as_ref()));
    format!("{}/{component} {} {from} {date} {reason}", of.id, change.year)
}

/// Where the series of an indicator break, and why.
pub(super) fn breaks(of: &Indicator) -> Vec<String> {
    of.breaks.iter().map(|of_year| format!("{} {} {}", of.id, of_year.year, words(of_year.note.as_ref()))).collect()
}

/// The same of a sheet, without those of indicators that a revision declares to be counted otherwise.
pub(super) fn undeclared_breaks(sheet: &Sheet) -> Vec<String> {
    let declares = |of: &Indicator| {
        let redefines = |revision: &&Revision| revision.kind == RevisionKind::Redefinition;
        sheet.revisions.iter().filter(redefines).any(|revision| revision.indicator.as_ref() == Some(&of.id))
    };
    sheet.indicators.iter().filter(|of| !declares(of)).flat_map(breaks).collect()
}

/// What actuals and targets are counted in.
pub(super) fn units(of: &Indicator) -> Vec<String> {
    vec![words(of.unit.as_ref()), words(of.target_unit.as_deref())]
}

/// Figures that are not final, or have a note of their own.
pub(super) fn statuses(of: &Indicator) -> Vec<String> {
    let mut said = Vec::new();
    for (component, series) in of.all_series() {
        let part = component.map_or("", |of| &of.id);
        let mut add = |what: &str, value: &Value| {
            if value.status != Status::Final || value.note.is_some() {
                said.push(format!("{part} {what} {:?} {}", value.status, words(value.note.as_deref())));
            }
        };
        for (what, values) in [("actual", &series.actuals), ("target", &series.targets)] {
            values.iter().for_each(|(year, value)| add(&format!("{what} {year}"), value));
        }
        series.baseline.iter().for_each(|baseline| add("baseline", &baseline.value));
    }
    said
}

/// Who answers for the policy.
pub(super) fn departments(sheet: &Sheet) -> Vec<String> {
    sheet.departments.iter().map(|of| words(Some(of))).collect()
}

/// The area that the policy belongs to.
pub(super) fn area(portal: &Portal, sheet: &Sheet) -> Vec<String> {
    portal.areas.get(sheet.area).map(|area| area.id.to_string()).into_iter().collect()
}

/// What a recommendation says, and every answer to it.
pub(super) fn recommendation(of: &Recommendation) -> String {
    let day = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let mut said = format!(
        "{} {} {} {} {} {} {}",
        of.id.as_deref().unwrap_or_default(),
        words(Some(&of.source)),
        of.date,
        words(Some(&of.text)),
        day(of.due),
        of.policy.as_deref().unwrap_or_default(),
        of.indicator.as_deref().unwrap_or_default(),
    );
    for response in &of.responses {
        let state = response.state.map_or("", |state| state.name());
        said += &format!("\n{} {state} {}", day(response.date), words(response.text.as_ref()));
    }
    said
}

/// What a recommendation says, and what had been answered by a day; whether an answer names its own day says nothing here.
pub(super) fn recommendation_by(of: &Recommendation, until: Option<jiff::civil::Date>) -> String {
    let due = of.due.map(|due| due.to_string()).unwrap_or_default();
    let mut said = format!(
        "{} {} {} {due} {} {} {}",
        words(Some(&of.source)),
        of.date,
        words(Some(&of.text)),
        of.policy.as_deref().unwrap_or_default(),
        of.indicator.as_deref().unwrap_or_default(),
        of.state_on(until).name(),
    );
    for text in of.responses_by(until).filter_map(|response| response.text.as_ref()) {
        said += &format!("\n{}", words(Some(text)));
    }
    said
}

fn words(text: Option<&Text>) -> String {
    let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text {
        None => String::new(),
        Some(Text::One(text)) => spaced(text),
        Some(Text::Many(texts)) => {
            texts.iter().map(|(language, text)| format!("{language}: {}", spaced(text))).collect::<Vec<_>>().join("; ")
        }
    }
}
