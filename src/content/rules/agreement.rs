//! Whether a later figure is the one that was stated before.

use crate::model::{Reading, Sheet, Status, Value};
use rust_decimal::Decimal;

/// What a figure departs from, of all that was stated last; `None` where it is one of them. Where policies came together it
/// may be the sum of theirs, and where one was divided, its part of what was stated: `beside` is what the other parts have.
pub(super) fn departs_from<'s, 'v>(
    stated: &[(&'s Sheet, &'s Value)],
    now: &'v Value,
    beside: impl Iterator<Item = &'v Value>,
) -> Option<(&'s Sheet, &'s Value)> {
    let first = *stated.first().filter(|_| stated.iter().all(|(_, old)| differs(old, now)))?;
    let sum = sum(stated.iter().map(|(_, old)| *old));
    let is_sum = stated.len() > 1 && sum == now.number();
    let mut beside = beside.peekable();
    let is_part = || beside.peek().is_some() && sum == self::sum(beside.chain([now]));
    let adds_up = sum.is_some() && (is_sum || is_part());
    Some(first).filter(|_| !adds_up)
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
