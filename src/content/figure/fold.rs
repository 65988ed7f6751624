//! Full width, half width and the units that are written in several ways.

use unicode_normalization::UnicodeNormalization;

/// The text in half width (NFKC), except where that would make a digit of what is none: `628²` and `628①` carry a
/// footnote's mark and must not become 6282 and 6281.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(makes_a_digit) {
        let (before, kept) = rest.split_at(at);
        folded.extend(before.nfkc());
        let mut chars = kept.chars();
        folded.extend(chars.next());
        rest = chars.as_str();
    }
    folded.extend(rest.nfkc());
    folded.trim().to_owned()
}

/// Superscripts, circled digits, fractions and their like. Square and cubic units (㎡) and full-width digits are not.
fn makes_a_digit(c: char) -> bool {
    !c.is_ascii()
        && !('０'..='９').contains(&c)
        && !('㎟'..='㎦').contains(&c)
        && std::iter::once(c).nfkc().any(|folded| folded.is_ascii_digit())
}

/// Whether a character says a number: digits, and the marks that [`fold`] left alone. Kanji numerals are words here,
/// and `〇` is a circle.
pub(super) fn counts(c: char) -> bool {
    c.is_ascii_digit() || (!c.is_ascii() && c != '〇' && (c.is_numeric() || makes_a_digit(c)))
}

/// Units that are written in several ways; in the folded form. The first of each row says nothing more than the others.
const SAME_UNITS: [&[&str]; 12] = [
    &["%", "パーセント"],
    &["人", "名"],
    &["箇所", "個所", "か所", "カ所", "ヶ所", "ケ所", "ヵ所"],
    &["箇月", "か月", "カ月", "ヶ月", "ケ月", "ヵ月"],
    &["m2", "m²", "平方メートル", "平米"],
    &["m3", "m³", "立方メートル", "立米"],
    &["km2", "km²", "平方キロメートル"],
    &["km", "キロメートル"],
    &["m", "メートル"],
    &["ha", "ヘクタール"],
    &["kg", "キログラム"],
    &["t", "トン"],
];

/// Takes the unit, in any of its ways of writing, from the beginning of `rest`.
pub(super) fn strip_unit<'a>(rest: &'a str, unit: &str) -> Option<&'a str> {
    rest.strip_prefix(unit).or_else(|| {
        let ways = SAME_UNITS.iter().find(|ways| ways.contains(&unit))?;
        ways.iter().find_map(|way| rest.strip_prefix(way))
    })
}
