//! One number with what belongs to it: words before it, sign, grouping, 千・万・億, unit.

use super::error::FigureError;
use super::fold::strip_unit;
use rust_decimal::Decimal;

/// Whether the site, printing the reading in its own form, prints the same figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reprint {
    Same,
    Differs,
}

impl Reprint {
    pub(super) fn keep(self, printed: &str) -> Option<Box<str>> {
        (self == Self::Differs).then(|| printed.into())
    }
}

pub(super) struct Numeral {
    pub(super) value: Decimal,
    /// The largest power of ten among 千, 万, 億 that multiplied it; 0 without.
    pub(super) power: usize,
    pub(super) reprint: Reprint,
    pub(super) unit: UnitPrinted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnitPrinted {
    Yes,
    No,
}

/// Words before a number that do not change it. Longer first.
const LEADING_WORDS: [&str; 22] = [
    "およそ",
    "おおむね",
    "概ね",
    "約",
    "延べ",
    "延",
    "のべ",
    "年間",
    "月間",
    "年平均",
    "月平均",
    "平均",
    "毎年",
    "年",
    "累計",
    "通算",
    "合計",
    "総",
    "計",
    "全国",
    "県内",
    "第",
];

const HYPHENS: [char; 6] = ['-', '‐', '‑', '–', '—', 'ー'];

const MULTIPLIERS: [(&str, usize); 11] = [
    ("兆", 12),
    ("千億", 11),
    ("百億", 10),
    ("十億", 9),
    ("億", 8),
    ("千万", 7),
    ("百万", 6),
    ("十万", 5),
    ("万", 4),
    ("千", 3),
    ("百", 2),
];

/// Takes a number from the beginning of a folded text; what follows comes back without blanks before it. `None` where
/// the text does not begin with a number.
pub(super) fn take<'a>(text: &'a str, unit: Option<&str>) -> Result<Option<(Numeral, &'a str)>, FigureError> {
    let mut reprint = Reprint::Same;
    let mut rest = text.trim_start();
    while let Some(after) = LEADING_WORDS.iter().find_map(|word| rest.strip_prefix(word)) {
        (reprint, rest) = (Reprint::Differs, after.trim_start());
    }
    let (sign, start) = sign(rest);
    if !start.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return Ok(None);
    }
    let (mut numeral, rest) = magnitude(start, unit)?;
    numeral.reprint = numeral.reprint.max(reprint);
    match sign {
        Sign::None => {}
        Sign::Minus => numeral.value = Decimal::ZERO - numeral.value,
        Sign::Plus => numeral.reprint = Reprint::Differs,
        Sign::PlusMinus if numeral.value.is_zero() => numeral.reprint = Reprint::Differs,
        Sign::PlusMinus => return Err(FigureError::Unreadable),
    }
    Ok(Some((numeral, rest)))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    None,
    Minus,
    Plus,
    PlusMinus,
}

fn sign(rest: &str) -> (Sign, &str) {
    if let Some(after) = rest.strip_prefix(['▲', '△', '−']) {
        return (Sign::Minus, after.trim_start());
    }
    // A hyphen apart from its number (`- 5`) may as well be a symbol beside it.
    if let Some(after) = rest.strip_prefix(HYPHENS) {
        return (Sign::Minus, after);
    }
    if let Some(after) = rest.strip_prefix('+') {
        return (Sign::Plus, after);
    }
    rest.strip_prefix('±').map_or((Sign::None, rest), |after| (Sign::PlusMinus, after))
}

/// A number without sign: digits, or parts with falling multipliers (`15億8,751万`), then the unit.
fn magnitude<'a>(text: &'a str, unit: Option<&str>) -> Result<(Numeral, &'a str), FigureError> {
    let mut numeral = Numeral { value: Decimal::ZERO, power: 0, reprint: Reprint::Same, unit: UnitPrinted::No };
    let mut above: Option<usize> = None;
    let mut rest = text;
    loop {
        let (digits, after) = digits(rest)?;
        if digits.starts_with('0') && digits.as_bytes().get(1).is_some_and(u8::is_ascii_digit) {
            numeral.reprint = Reprint::Differs;
        }
        rest = after.trim_start();
        // The unit goes first: the 千 of 千円 multiplies nothing.
        if let Some(after) = unit.and_then(|unit| strip_unit(rest, unit)) {
            (numeral.unit, rest) = (UnitPrinted::Yes, after.trim_start());
        }
        let found = if numeral.unit == UnitPrinted::No { multiplier(rest) } else { None };
        let power = found.map_or(0, |(power, _)| power);
        let part = shifted(&digits, power)?;
        if let Some(above) = above
            && (power >= above || part >= shifted("1", above)?)
        {
            return Err(FigureError::Unreadable);
        }
        numeral.value = exact_sum(numeral.value, part)?;
        let Some((_, after)) = found else { break };
        // 5万 of 千円, 1兆2,000億円 of 億円: two multipliers that would have to be weighed against each other.
        if let Some(unit) = unit.filter(|unit| multiplier(unit).is_some()) {
            return Err(FigureError::OtherUnit { printed: rest.to_owned(), expected: Some(unit.to_owned()) });
        }
        numeral.power = numeral.power.max(power);
        numeral.reprint = Reprint::Differs;
        above = Some(power);
        rest = after.trim_start();
        if !rest.starts_with(|c: char| c.is_ascii_digit()) {
            if let Some(after) = unit.and_then(|unit| strip_unit(rest, unit)) {
                (numeral.unit, rest) = (UnitPrinted::Yes, after.trim_start());
            }
            break;
        }
    }
    Ok((numeral, rest))
}

fn exact_sum(a: Decimal, b: Decimal) -> Result<Decimal, FigureError> {
    let sum = a.checked_add(b).ok_or(FigureError::TooManyDigits)?;
    if sum.checked_sub(b) == Some(a) && sum.scale() >= b.scale() { Ok(sum) } else { Err(FigureError::TooManyDigits) }
}

fn multiplier(rest: &str) -> Option<(usize, &str)> {
    MULTIPLIERS.iter().find_map(|(word, power)| rest.strip_prefix(word).map(|after| (*power, after)))
}

/// The run of digits at the beginning of `rest` without its grouping, and what follows.
fn digits(rest: &str) -> Result<(String, &str), FigureError> {
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(rest.len());
    let (run, after) = rest.split_at(end);
    let (whole, fraction) = match run.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (run, None),
    };
    if fraction.is_some_and(|fraction| fraction.is_empty() || fraction.contains(['.', ','])) {
        return Err(FigureError::Unreadable);
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    if whole.contains(',') && !(1..=3).contains(&first.len()) || groups.any(|group| group.len() != 3) {
        return Err(FigureError::WronglyGrouped);
    }
    let mut plain: String = if whole.is_empty() { "0".to_owned() } else { whole.replace(',', "") };
    if let Some(fraction) = fraction {
        plain.push('.');
        plain.push_str(fraction);
    }
    Ok((plain, after))
}

/// The exact decimal of `digits` times a power of ten: the point moves in the text, so no digit is ever rounded.
fn shifted(digits: &str, power: usize) -> Result<Decimal, FigureError> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut moved = String::with_capacity(digits.len() + power);
    moved.push_str(whole);
    let mut fraction = fraction.chars();
    moved.extend((0..power).map(|_| fraction.next().unwrap_or('0')));
    let left = fraction.as_str();
    if !left.is_empty() {
        moved.push('.');
        moved.push_str(left);
    }
    Decimal::from_str_exact(&moved).map_err(|_| FigureError::TooManyDigits)
}
