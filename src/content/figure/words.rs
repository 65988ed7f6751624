//! A number with its unit in running text.

use super::numeral::{self, UnitPrinted};
use rust_decimal::Decimal;

/// A number that a text names.
#[derive(Clone, Debug, PartialEq)]
pub struct InWords<'t> {
    pub value: Decimal,
    /// What the last digit counts: 1 for `628`, 1000 for `33.1万`. Two zeros and more at the end say that it is rounded.
    pub step: Decimal,
    /// Behind the unit.
    pub rest: &'t str,
}

/// The number at the beginning of a text in half width, if its unit follows. Kanji numerals are read where they stand
/// directly before the unit and say more than one (一人 mostly means alone).
pub fn in_words<'t>(text: &'t str, unit: &str) -> Option<InWords<'t>> {
    if text.starts_with(is_kanji_numeral) {
        return in_kanji(text, unit);
    }
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '▲' | '△' | '−' | '-')) {
        return None;
    }
    let (numeral, rest) = numeral::take(text, Some(unit)).ok()??;
    if numeral.unit == UnitPrinted::No {
        return None;
    }
    let written = text.get(..text.len() - rest.len())?;
    Some(InWords { value: numeral.value, step: step(written)?, rest })
}

/// What the last digit of a numeral counts.
fn step(written: &str) -> Option<Decimal> {
    let last = written.rfind(|c: char| c.is_ascii_digit())?;
    let (digits, behind) = written.split_at(last + 1);
    let decimals = match digits.rsplit_once('.') {
        Some((_, fraction)) if fraction.bytes().all(|b| b.is_ascii_digit()) => u32::try_from(fraction.len()).ok()?,
        _ => 0,
    };
    let zeros = match decimals {
        0 => digits.chars().rev().filter(|c| *c != ',').take_while(|c| *c == '0').count(),
        _ => 0,
    };
    let zeros = if zeros >= 2 { zeros } else { 0 };
    let power = behind.chars().map_while(power).sum::<u32>() + u32::try_from(zeros).ok()?;
    let whole = Decimal::try_from_i128_with_scale(10_i128.checked_pow(power)?, 0).ok()?;
    whole.checked_mul(Decimal::try_from_i128_with_scale(1, decimals).ok()?)
}

fn power(multiplier: char) -> Option<u32> {
    Some(match multiplier {
        '百' => 2,
        '千' => 3,
        '万' => 4,
        '億' => 8,
        '兆' => 12,
        _ => return None,
    })
}

pub fn is_kanji_numeral(c: char) -> bool {
    digit(c).is_some() || matches!(c, '十' | '百' | '千' | '万' | '億')
}

fn digit(c: char) -> Option<u32> {
    "〇一二三四五六七八九".chars().position(|of| of == c).and_then(|value| u32::try_from(value).ok())
}

fn in_kanji<'t>(text: &'t str, unit: &str) -> Option<InWords<'t>> {
    let end = text.find(|c| !is_kanji_numeral(c)).unwrap_or(text.len());
    let (written, behind) = text.split_at(end);
    let rest = super::fold::strip_unit(behind, unit)?;
    let value = Decimal::from(kanji(written)?);
    (value > Decimal::ONE).then_some(InWords { value, step: Decimal::ONE, rest })
}

/// `二十三`, `二三`, `千二百`, `三万五千`.
fn kanji(written: &str) -> Option<u64> {
    if written.chars().all(|c| digit(c).is_some()) {
        return written.chars().try_fold(0_u64, |sum, c| sum.checked_mul(10)?.checked_add(digit(c)?.into()));
    }
    let (mut sum, mut section, mut held) = (0_u64, 0_u64, None::<u64>);
    for c in written.chars() {
        match (digit(c), c) {
            (Some(value), _) if held.is_none() => held = Some(value.into()),
            (Some(_), _) => return None,
            (None, '十' | '百' | '千') => {
                let ten = 10_u64.pow(if c == '十' { 1 } else { power(c)? });
                section = section.checked_add(held.take().unwrap_or(1).checked_mul(ten)?)?;
            }
            (None, _) => {
                let ten = 10_u64.checked_pow(power(c)?)?;
                sum = sum.checked_add(section.checked_add(held.take().unwrap_or(0))?.checked_mul(ten)?)?;
                section = 0;
            }
        }
    }
    sum.checked_add(section)?.checked_add(held.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, unit: &str) -> Option<(String, String, String)> {
        let read = in_words(text, unit)?;
        Some((read.value.normalize().to_string(), read.step.normalize().to_string(), read.rest.to_owned()))
    }

    fn some(value: &str, step: &str, rest: &str) -> Option<(String, String, String)> {
        Some((value.to_owned(), step.to_owned(), rest.to_owned()))
    }

    #[test]
    fn figures_of_running_text_are_read_as_exactly_as_they_are_written() {
        assert_eq!(read("628人になった", "人"), some("628", "1", "になった"));
        assert_eq!(read("10,406件", "件"), some("10406", "1", ""));
        assert_eq!(read("33.1万人", "人"), some("331000", "1000", ""));
        assert_eq!(read("1万2,345人", "人"), some("12345", "1", ""));
        assert_eq!(read("1億2千万円", "円"), some("120000000", "10000000", ""));
        assert_eq!(read("1,200人", "人"), some("1200", "100", ""));
        assert_eq!(read("10人", "人"), some("10", "1", ""), "one zero may be a digit like others");
        assert_eq!(read("38.90%で", "%"), some("38.9", "0.01", "で"));
        assert_eq!(read("3か所", "箇所"), some("3", "1", ""));
    }

    #[test]
    fn kanji_numerals_are_figures_before_a_unit_alone() {
        assert_eq!(read("二十三人が", "人"), some("23", "1", "が"));
        assert_eq!(read("三万五千二百人", "人"), some("35200", "1", ""));
        assert_eq!(read("二三件", "件"), some("23", "1", ""));
        assert_eq!(read("一人ひとり", "人"), None, "a word, no figure");
        assert_eq!(read("百貨店", "店"), None);
        assert_eq!(read("十分な", "人"), None);
    }

    #[test]
    fn another_unit_or_none_is_another_figure() {
        assert_eq!(read("628円", "人"), None);
        assert_eq!(read("628", "人"), None);
        assert_eq!(read("約628人", "人"), None, "nobody says that it is exact");
    }
}
