//! Figures of the sheet: a value as printed or spelled out, and values by fiscal year.

use super::figure::{self, FigureContext};
use super::keys::{self, Mapping};
use super::reader::{Fields, Reader};
use super::yaml::{Kind, Node};
use crate::diagnostic::{Code, Message};
use crate::model::{At, FiscalYear, Missing, MissingReason, Reading, Status, Text, Value, WrittenYear, YearValues};

/// What is known around a figure.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    pub unit: Option<&'a str>,
    pub symbols: &'a [(Box<str>, MissingReason)],
    /// Footnotes of the indicator: they can explain a ※.
    pub notes: &'a [Text],
}

/// A figure as printed, or spelled out as a [`keys::VALUE`]. `None` for nothing: a year that has not come yet.
pub fn value(reader: &mut Reader<'_>, node: &Node<'_>, around: &Around<'_>) -> Option<Value> {
    if node.is_nothing() {
        return None;
    }
    if let Kind::Map(_) = node.kind {
        let fields = reader.fields(node, &keys::VALUE)?;
        return spelled_out(reader, &fields, around);
    }
    let (reading, printed) = reading(reader, node, around)?;
    let value = Value { reading, printed, status: Status::default(), note: None, at: node.at };
    demand_note(reader, &value, around);
    Some(value)
}

/// The value of a mapping that has the keys of [`keys::VALUE`].
pub fn spelled_out(reader: &mut Reader<'_>, fields: &Fields<'_, '_>, around: &Around<'_>) -> Option<Value> {
    let status = fields.get("status").and_then(|n| reader.word(n, &keys::STATUS, &Status::ALL, Status::name));
    let note = fields.get("note").and_then(|n| reader.text(n)).map(Box::new);
    let written = fields.get("printed").and_then(|n| reader.code(n));
    let until = fields.get("until").and_then(|n| reader.code(n));
    let met = fields.get("met").and_then(|n| reader.switch(n));
    let missing =
        fields.get("missing").and_then(|n| reader.word(n, &keys::MISSING, &MissingReason::ALL, MissingReason::name));
    let (mut reading, mut printed, at) = match (fields.get("value"), fields.get("missing")) {
        (Some(node), None) => {
            let (reading, printed) = reading(reader, node, around)?;
            (reading, printed, node.at)
        }
        (None, Some(node)) => (Reading::Missing(Missing { reason: missing?, until: None }), None, node.at),
        (Some(_), Some(node)) => {
            reader.refuse(
                node.at,
                (
                    "値(value)と、値がない理由(missing)が両方書かれています",
                    "both a value and why there is none are written",
                ),
                ("どちらか一つにしてください", "leave one of them out"),
            );
            return None;
        }
        (None, None) => {
            reader.tell(
                Code::MissingKey,
                fields.at,
                Message::new("値がありません", "there is no value"),
                Message::new(
                    "「value: 628」か、値がない理由「missing: pending」を書いてください",
                    "write `value: 628`, or why there is none: `missing: pending`",
                ),
            );
            return None;
        }
    };
    if let Some(until) = until {
        match &mut reading {
            Reading::Missing(missing) => missing.until = Some(until),
            _ => reader.refuse(
                fields.key_at("until").unwrap_or(at),
                ("公表予定(until)は、まだ値がないときに書く項目です", "`until` is for a value that is not known yet"),
                ("until を消すか、missing: pending と書いてください", "remove it, or write `missing: pending`"),
            ),
        }
    }
    if met.is_some() {
        match &mut reading {
            Reading::Text { met: of } => *of = met,
            _ => reader.refuse(
                fields.key_at("met").unwrap_or(at),
                ("達成(met)は、文字で書かれた目標のための項目です", "`met` is for a target in words"),
                (
                    "数値の目標は自動で判定されます。met を消してください",
                    "targets in figures are judged by the tool: remove it",
                ),
            ),
        }
    }
    if written.is_some() {
        printed = written;
    }
    let value = Value { reading, printed, status: status.unwrap_or_default(), note, at };
    demand_note(reader, &value, around);
    Some(value)
}

fn reading(reader: &mut Reader<'_>, node: &Node<'_>, around: &Around<'_>) -> Option<(Reading, Option<Box<str>>)> {
    let text = reader.code(node)?;
    let context = FigureContext { unit: around.unit, symbols: around.symbols };
    match figure::read(&text, &context) {
        Ok((reading @ Reading::Text { .. }, printed)) => Some((reading, printed.or(Some(text)))),
        Ok(read) => Some(read),
        Err(error) => {
            reader.tell(error.code(), node.at, error.message(&text), error.help());
            None
        }
    }
}

/// ※ without a note says nothing to a reader.
fn demand_note(reader: &mut Reader<'_>, value: &Value, around: &Around<'_>) {
    let see_note = matches!(&value.reading, Reading::Missing(Missing { reason: MissingReason::SeeNote, .. }));
    if see_note && value.note.is_none() && around.notes.is_empty() {
        reader.tell(
            Code::NoteMissing,
            value.at,
            Message::new("「※」に対応する注記がありません", "there is no note for this ※"),
            Message::new(
                "{missing: see-note, note: 理由} と書くか、指標の notes に注記を書いてください",
                "write {missing: see-note, note: …}, or notes on the indicator",
            ),
        );
    }
}

/// Entries by fiscal year, in the order of the file; each year once. `example` shows the form in a message.
pub fn by_year<'n, 't>(
    reader: &mut Reader<'_>,
    node: &'n Node<'t>,
    example: &str,
) -> Vec<(WrittenYear, &'n Node<'t>, &'n Node<'t>)> {
    let Kind::Map(entries) = &node.kind else {
        reader.tell(
            Code::WrongType,
            node.at,
            Message::new("ここには年度ごとの値を書きます", "values by fiscal year are expected here"),
            Message::new(
                format!("{example} のように、年度を付けて書いてください"),
                format!("write them by year: {example}"),
            ),
        );
        return Vec::new();
    };
    let mut years: Vec<(WrittenYear, &Node<'_>, &Node<'_>)> = Vec::with_capacity(entries.len());
    for entry in entries {
        let Some(year) = reader.year(&entry.key) else { continue };
        match years.iter().find(|(known, ..)| known.year == year.year) {
            // The tree has reported keys that are written alike.
            Some((_, first, _)) if first.text() == entry.key.text() => {}
            Some((_, first, _)) => {
                let first = first.at;
                reader.problem(super::yaml::Problem {
                    code: Code::DuplicateKey,
                    at: entry.key.at,
                    message: Message::new(
                        format!("{}年度の値が二度書かれています", year.year),
                        format!("fiscal {} stands twice", year.year),
                    ),
                    label: None,
                    help: Message::new("どちらか一つにしてください", "leave one of them out"),
                    related: Some((first, Message::new("一度目はここです", "the first is here"))),
                });
            }
            None => years.push((year, &entry.key, &entry.value)),
        }
    }
    years
}

/// Figures by fiscal year.
pub fn year_values(reader: &mut Reader<'_>, node: &Node<'_>, around: &Around<'_>) -> YearValues {
    let mut values = Vec::new();
    let mut printed = Vec::new();
    for (year, key, node) in by_year(reader, node, "{2024: 628}") {
        if let Some(value) = value(reader, node, around) {
            if year.prints_otherwise() {
                printed.push((year.year, key.text().unwrap_or_default().trim().into()));
            }
            values.push((year.year, value));
        }
    }
    YearValues::with_printed_years(values, printed)
}

/// Reports figures of years after the evaluated one. A forecast or an estimate may speak of the future, a missing
/// value does not speak.
pub fn refuse_future(reader: &mut Reader<'_>, values: &YearValues, evaluated: FiscalYear) {
    for (year, value) in values.iter().filter(|(year, _)| *year > evaluated) {
        let speaks_of_future = matches!(value.status, Status::Forecast | Status::Estimate);
        if value.missing().is_none() && !speaks_of_future {
            future_year(reader, year, value.at, evaluated);
        }
    }
}

/// Warns of words among the actuals of what is counted. A word that is meant is spelled out: `{value: 策定}`.
pub fn doubt_words(reader: &mut Reader<'_>, node: &Node<'_>, values: &YearValues) {
    let Kind::Map(entries) = &node.kind else { return };
    // The place of a value spelled out lies within its mapping.
    let plain = |at: At| entries.iter().any(|entry| entry.value.at == at);
    for (_, value) in values.iter().filter(|(_, value)| plain(value.at)) {
        let (Reading::Text { .. }, Some(printed)) = (&value.reading, &value.printed) else { continue };
        reader.tell(
            Code::WordInsteadOfFigure,
            value.at,
            Message::new(
                format!("数値で測る指標の実績値が「{printed}」という言葉になっています"),
                format!("the indicator is counted, and its actual is the word `{printed}`"),
            ),
            Message::new(
                format!(
                    "数値を書いてください。値がないなら「-」や {{missing: pending}}、言葉のままでよいなら {{value: {printed}}} と書きます"
                ),
                format!(
                    "write a figure; where there is none, `-` or `{{missing: pending}}`; where the word is meant, `{{value: {printed}}}`"
                ),
            ),
        );
    }
}

/// Reports one figure of a year after the evaluated one.
pub fn future_year(reader: &mut Reader<'_>, year: FiscalYear, at: At, evaluated: FiscalYear) {
    reader.tell(
        Code::WrongYear,
        at,
        Message::new(
            format!("{evaluated}年度のシートに{year}年度の実績が書かれています"),
            format!("a sheet of fiscal {evaluated} cannot have an actual of {year}"),
        ),
        Message::new(
            "年度を直すか、見込みなら {value: …, status: forecast} と書いてください",
            "correct the year, or write {value: …, status: forecast} for a forecast",
        ),
    );
}

/// Which mapping a node has that may be a value spelled out or something with other keys.
pub fn has_key_of(node: &Node<'_>, mapping: &Mapping, beyond: &Mapping) -> bool {
    match &node.kind {
        Kind::Map(entries) => entries
            .iter()
            .filter_map(|entry| entry.key.text())
            .any(|key| mapping.find(key).is_some() && beyond.find(key).is_none()),
        _ => false,
    }
}
