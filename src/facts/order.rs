//! The order that people expect of printed numbers: 2 before 10, 5-① after 5.

use std::cmp::Ordering;
use std::iter::Peekable;
use std::str::Chars;

/// Compares printed numbers of policies. Digits count as numbers, whether `12`, `１２` or `⑫`; texts without a number
/// come last; what counts alike (`012`, `12`) is ordered by its characters.
pub(super) fn compare_numbers(a: Option<&str>, b: Option<&str>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => Parts::of(a).cmp(Parts::of(b)).then_with(|| a.cmp(b)),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Number(u128),
    Character(char),
}

struct Parts<'t> {
    characters: Peekable<Chars<'t>>,
}

impl<'t> Parts<'t> {
    fn of(text: &'t str) -> Self {
        Self { characters: text.chars().peekable() }
    }
}

impl Iterator for Parts<'_> {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        let first = self.characters.next()?;
        if let Some(circled) = circled(first) {
            return Some(Part::Number(circled));
        }
        let Some(mut number) = digit(first) else {
            return Some(Part::Character(first));
        };
        while let Some(next) = self.characters.peek().copied().and_then(digit) {
            number = number.saturating_mul(10).saturating_add(next);
            self.characters.next();
        }
        Some(Part::Number(number))
    }
}

fn digit(character: char) -> Option<u128> {
    let zero = match character {
        '0'..='9' => '0',
        '０'..='９' => '０',
        _ => return None,
    };
    Some(u128::from(u32::from(character) - u32::from(zero)))
}

/// ① to ㊿, each a whole number.
fn circled(character: char) -> Option<u128> {
    let (first, number) = match character {
        '①'..='⑳' => ('①', 1),
        '㉑'..='㉟' => ('㉑', 21),
        '㊱'..='㊿' => ('㊱', 36),
        _ => return None,
    };
    Some(u128::from(u32::from(character) - u32::from(first) + number))
}
