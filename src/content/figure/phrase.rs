//! What stands around the numbers: bounds, ranges, places, words.

use super::error::FigureError;
use super::fold;
use super::numeral::{self, Numeral, Reprint, UnitPrinted};
use crate::model::Reading;
use rust_decimal::Decimal;

/// One or two numbers with what stands around them.
pub(super) struct Phrase {
    first: Numeral,
    second: Option<Numeral>,
    bound: Option<(Bound, Side)>,
    /// Whether the number is a place in an order (位), where «above» is the smaller number.
    order: Order,
    reprint: Reprint,
}

/// Which side of a number is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bound {
    AtLeast,
    AtMost,
    /// 以内: counted from the best, also of places.
    Within,
    MoreThan,
    LessThan,
}

/// Where the bound stands: signs before the number are mathematics, words after it are Japanese.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Amount,
    Place,
}

/// Longer first.
const BOUNDS_BEFORE: [(&str, Bound); 10] = [
    (">=", Bound::AtLeast),
    ("=>", Bound::AtLeast),
    ("≧", Bound::AtLeast),
    ("≥", Bound::AtLeast),
    ("<=", Bound::AtMost),
    ("=<", Bound::AtMost),
    ("≦", Bound::AtMost),
    ("≤", Bound::AtMost),
    (">", Bound::MoreThan),
    ("<", Bound::LessThan),
];

/// With whether the site's own words (以上 以下 超 未満) say the same. Longer first.
const BOUNDS_AFTER: [(&str, Bound, Reprint); 8] = [
    ("以上", Bound::AtLeast, Reprint::Same),
    ("以下", Bound::AtMost, Reprint::Same),
    ("以内", Bound::Within, Reprint::Differs),
    ("を超える", Bound::MoreThan, Reprint::Differs),
    ("超え", Bound::MoreThan, Reprint::Differs),
    ("超", Bound::MoreThan, Reprint::Same),
    ("を下回る", Bound::LessThan, Reprint::Differs),
    ("未満", Bound::LessThan, Reprint::Same),
];

/// Words after a figure that do not change its number: `31人削減` counts as 31. Longer first.
const WORDS_AFTER: [&str; 25] = [
    "/年度", "/年", "/月", "/週", "/日", "/回", "程度", "前後", "強", "弱", "増加", "増", "減少", "減", "削減", "縮減",
    "達成", "実施", "開催", "設置", "整備", "策定", "確保", "維持", "新規",
];

const TILDES: [char; 2] = ['~', '〜'];
const SEPARATORS: [char; 10] = ['~', '〜', '-', '‐', '‑', '–', '—', '―', '−', 'ー'];

impl Phrase {
    /// Reads a folded text that holds digits.
    pub(super) fn read(folded: &str, unit: Option<&str>) -> Result<Self, FigureError> {
        let (mut bound, start) = bound_before(folded);
        let Some((first, after)) = numeral::take(start, unit)? else { return Err(stray(folded)) };
        let (second, mut rest) = second_end(after, unit)?;
        if second.is_none() && bound.is_none() && TILDES.iter().any(|tilde| rest.strip_prefix(*tilde) == Some("")) {
            (bound, rest) = (Some((Bound::AtLeast, Side::Before)), "");
        }
        let last = second.as_ref().unwrap_or(&first);
        let mut reprint = first.reprint.max(last.reprint);
        let mut order = if unit == Some("位") { Order::Place } else { Order::Amount };
        if unit.is_none()
            && let Some(after) = rest.strip_prefix('位')
        {
            (order, rest) = (Order::Place, after.trim_start());
        }
        while !rest.is_empty() {
            if let Some((found, same, after)) = bound_after(rest) {
                if bound.is_some() {
                    return Err(FigureError::Unreadable);
                }
                (bound, reprint, rest) = (Some((found, Side::After)), reprint.max(same), after);
            } else if let Some(after) = word_after(rest, last.unit, unit) {
                (reprint, rest) = (Reprint::Differs, after);
            } else {
                return Err(refusal(rest, last.unit, unit));
            }
        }
        Ok(Self { first, second, bound, order, reprint })
    }

    pub(super) fn meaning(self) -> Result<(Reading, Reprint), FigureError> {
        let Self { first, second, bound, order, reprint } = self;
        let value = first.value;
        match (second, bound, order) {
            (Some(second), None, _) => Ok((range(&first, &second)?, reprint)),
            (Some(_), Some(_), _) => Err(FigureError::Unreadable),
            (None, bound, Order::Amount) => Ok((amount(value, bound.map(|(bound, _)| bound)), reprint)),
            (None, None, Order::Place) => Ok((Reading::Rank(place(value)?), reprint)),
            (None, Some((bound, side)), Order::Place) => {
                place(value)?;
                match (bound, side) {
                    (Bound::Within | Bound::AtLeast, Side::After) => Ok((Reading::AtMost(value), Reprint::Differs)),
                    (Bound::AtMost, Side::After) => Ok((Reading::AtLeast(value), Reprint::Differs)),
                    _ => Err(FigureError::Unreadable),
                }
            }
        }
    }
}

fn amount(value: Decimal, bound: Option<Bound>) -> Reading {
    match bound {
        None => Reading::Number(value),
        Some(Bound::AtLeast) => Reading::AtLeast(value),
        Some(Bound::AtMost | Bound::Within) => Reading::AtMost(value),
        Some(Bound::MoreThan) => Reading::MoreThan(value),
        Some(Bound::LessThan) => Reading::LessThan(value),
    }
}

fn range(first: &Numeral, second: &Numeral) -> Result<Reading, FigureError> {
    if first.power == 0 && second.power > 0 {
        return Err(FigureError::UnclearRange);
    }
    let (low, high) = (first.value, second.value);
    if low > high { Err(FigureError::LowAboveHigh) } else { Ok(Reading::range(low, high)) }
}

fn place(value: Decimal) -> Result<u32, FigureError> {
    let whole = value.is_integer().then(|| u32::try_from(value).ok()).flatten();
    whole.filter(|place| *place > 0).ok_or(FigureError::Unreadable)
}

fn bound_before(text: &str) -> (Option<(Bound, Side)>, &str) {
    let sign = BOUNDS_BEFORE.iter().find_map(|(sign, bound)| Some((*bound, text.strip_prefix(sign)?)));
    match sign.or_else(|| Some((Bound::AtMost, text.strip_prefix(TILDES)?))) {
        Some((bound, after)) => (Some((bound, Side::Before)), after.trim_start()),
        None => (None, text),
    }
}

fn bound_after(rest: &str) -> Option<(Bound, Reprint, &str)> {
    BOUNDS_AFTER
        .iter()
        .find_map(|(word, bound, same)| rest.strip_prefix(word).map(|after| (*bound, *same, after.trim_start())))
}

/// The second number of a range, where `after` begins with a separator and one follows.
fn second_end<'a>(after: &'a str, unit: Option<&str>) -> Result<(Option<Numeral>, &'a str), FigureError> {
    let Some(start) = after.strip_prefix(SEPARATORS) else { return Ok((None, after)) };
    Ok(match numeral::take(start, unit)? {
        Some((second, rest)) => (Some(second), rest),
        None => (None, after),
    })
}

fn word_after<'a>(rest: &'a str, printed: UnitPrinted, unit: Option<&str>) -> Option<&'a str> {
    let mut after = WORDS_AFTER.iter().find_map(|word| rest.strip_prefix(word));
    if printed == UnitPrinted::Yes {
        after = after.or_else(|| rest.strip_prefix(['間', '分']));
    }
    if unit == Some("%") {
        after = after.or_else(|| rest.strip_prefix("ポイント"));
    }
    after.map(str::trim_start)
}

/// Why a text that does not begin with a number is no figure.
fn stray(folded: &str) -> FigureError {
    if folded.contains('※') { FigureError::FootnoteMark } else { FigureError::Unreadable }
}

/// Why what follows a number is no part of a figure.
fn refusal(rest: &str, printed: UnitPrinted, unit: Option<&str>) -> FigureError {
    if rest.starts_with(['※', '*']) || rest.chars().all(|c| !c.is_ascii_digit() && fold::counts(c)) {
        return FigureError::FootnoteMark;
    }
    if rest.starts_with(['(', '[', '〔', '【']) {
        return FigureError::Remark;
    }
    if rest.chars().any(fold::counts) || !rest.chars().any(|c| c.is_alphanumeric() || c == '%') {
        return FigureError::Unreadable;
    }
    let known = if printed == UnitPrinted::Yes { unit } else { None }.unwrap_or_default();
    FigureError::OtherUnit { printed: format!("{known}{rest}"), expected: unit.map(str::to_owned) }
}
