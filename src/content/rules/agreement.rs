//! Whether a later figure is the one that was stated before.

use crate::model::{Portal, Reading, Sheet, Status, Value};
use rust_decimal::Decimal;

/// What a figure departs from, of all that was stated last; `None` where it is one of them. Where policies came together it
/// may be the sum of theirs, and where one was divided, its part of what was stated: `beside` is what the other parts have.
pub(super) fn departs_from<'s, 'v>(
    stated: &[(&'s Sheet, &'s Value)],
    now: &'v Value,
    beside: impl Iterator<Item = &'v Value>,
) -> Option<(&'s Sheet, &'s Value)> {
    let first = *stated.first().filter(|_| stated.iter().all(|(_, old)| differs(old, now)))?;
    let sum = sum_of(stated);
    let is_sum = stated.len() > 1 && sum == now.number();
    let mut beside = beside.peekable();
    let is_part = || beside.peek().is_some() && sum == self::sum(beside.chain([now]));
    let adds_up = sum.is_some() && (is_sum || is_part());
    Some(first).filter(|_| !adds_up)
}

/// What policies that came together stated, added up: `None` where one of them stated no number.
pub(super) fn sum_of(stated: &[(&Sheet, &Value)]) -> Option<Decimal> {
    sum(stated.iter().map(|(_, old)| *old))
}

/// `None` where one of them is no number.
fn sum<'v>(values: impl Iterator<Item = &'v Value>) -> Option<Decimal> {
    values.map(Value::number).try_fold(Decimal::ZERO, |sum, number| sum.checked_add(number?))
}

/// Whether a later value says something else than an earlier one without saying why.
fn differs(old: &Value, new: &Value) -> bool {
    let settles = old.status != Status::Final && old.status != Status::Revised;
    let silent = old.missing().is_some() || new.missing().is_some();
    !(says_the_same(old, new) || silent || settles || new.status == Status::Revised)
}

/// Whether two values are the same figure, or the same words: whether words are met may change.
pub(super) fn says_the_same(one: &Value, other: &Value) -> bool {
    match (&one.reading, &other.reading) {
        (Reading::Text { .. }, Reading::Text { .. }) => {
            one.printed.as_deref().map(str::trim) == other.printed.as_deref().map(str::trim)
        }
        (one, other) => one == other,
    }
}

/// What each of several policies stated, and the sum that would be right, too; `None` of one alone.
pub(super) fn each_of(stated: &[(&Sheet, &Value)], portal: &Portal) -> Option<Words> {
    if stated.len() < 2 {
        return None;
    }
    let name = |sheet: &Sheet| sheet.name.get(portal.first_language()).trim().to_owned();
    let (mut ja, mut en) = (Vec::new(), Vec::new());
    for (sheet, value) in stated {
        let (name, year, value) = (name(sheet), sheet.year, printed(value));
        ja.push(format!("「{name}」({year}年度)の「{value}」"));
        en.push(format!("`{value}` of `{name}` ({year})"));
    }
    let (sum_ja, sum_en) = sum_of(stated)
        .map(|sum| (format!("、合計の「{sum}」のいずれ"), format!(" (in sum `{sum}`)")))
        .unwrap_or_else(|| ("のいずれ".to_owned(), String::new()));
    Some(Words { ja: ja.join("、") + &sum_ja + "とも", en: en.join(", ") + &sum_en })
}

pub(super) fn printed(value: &Value) -> String {
    match (&value.printed, value.number()) {
        (Some(printed), _) => printed.to_string(),
        (None, Some(number)) => number.to_string(),
        (None, None) => "…".into(),
    }
}

/// In two languages, inside a message.
pub(super) struct Words {
    pub ja: String,
    pub en: String,
}
