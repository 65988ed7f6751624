//! How texts are taken apart for searching, when the site is built and in a reader's browser alike: the theme's
//! `search.js` does the same in its own language, and a test compares the two.
//!
//! A text is folded first: NFKC (full-width `ＡＢ１` is `ab1`, half-width `ｶﾞ` is `が`), small letters, katakana as
//! hiragana, `ヶ` as `け`. Other small kana stay, since びょういん is no びよういん, and so does the long vowel. Then runs
//! of Japanese give every two neighbouring characters, and each Chinese character by itself; letters and digits give
//! whole words.

use unicode_normalization::UnicodeNormalization;

/// What a text can be found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Term<'t> {
    /// Two neighbours in a run of Japanese.
    Pair(char, char),
    /// A Chinese character, wherever it stands.
    Single(char),
    /// Letters and digits, found by any beginning of two characters or more.
    Word(&'t str),
}

/// What a character is for searching.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Han,
    Kana,
    Word,
    Between,
}

fn kind(c: char) -> Kind {
    // Nearly all of a sheet is one of these two.
    if matches!(c, '\u{4e00}'..='\u{9fff}') {
        return Kind::Han;
    }
    if matches!(c, '\u{3041}'..='\u{3096}') {
        return Kind::Kana;
    }
    other_kind(c)
}

fn other_kind(c: char) -> Kind {
    match c {
        '0'..='9' | 'a'..='z' => Kind::Word,
        '\0'..='\u{7f}' => Kind::Between,
        'ゝ' | 'ゞ' | 'ゟ' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' => Kind::Kana,
        '\u{31f0}'..='\u{31ff}' => Kind::Kana,
        '々' | '〆' | '〇' | '\u{3400}'..='\u{4dbf}' => Kind::Han,
        '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => Kind::Han,
        '\u{3000}'..='\u{30ff}' => Kind::Between,
        c if c.is_alphanumeric() => Kind::Word,
        _ => Kind::Between,
    }
}

/// A text as it is compared.
pub fn folded(text: &str) -> String {
    if text.chars().all(is_simple) {
        return text.chars().map(fold_simple).collect();
    }
    let normal: String = text.nfkc().collect();
    normal.to_lowercase().chars().map(fold).collect()
}

/// Tells every term of a text, in its order.
pub fn terms(text: &str, tell: &mut impl FnMut(Term<'_>)) {
    if text.chars().all(is_simple) {
        tell_terms(text.chars().map(fold_simple), tell);
    } else {
        tell_terms(folded(text).chars(), tell);
    }
}

/// Whether NFKC and small letters are a matter of this character alone, and known here without a table: so it is with
/// nearly all that Japanese sheets are written with, and it is ten times as fast.
fn is_simple(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
        || matches!(c, '\u{3041}'..='\u{3096}')
        || matches!(c, '\0'..='\u{7f}' | '\u{2192}' | '\u{3000}'..='\u{3015}' | '\u{301c}' | '\u{30a1}'..='\u{30fc}'
        | '\u{ff01}'..='\u{ff5e}')
}

/// The folded form of a simple character.
fn fold_simple(c: char) -> char {
    if matches!(c, '\u{4e00}'..='\u{9fff}') || matches!(c, '\u{3041}'..='\u{3094}') {
        return c;
    }
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => fold(narrow(c).to_ascii_lowercase()),
        c => fold(c.to_ascii_lowercase()),
    }
}

/// The half-width form of a full-width letter, digit or sign.
fn narrow(c: char) -> char {
    char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)
}

fn fold(c: char) -> char {
    match c {
        'ヵ' | 'ゕ' => 'か',
        'ヶ' | 'ゖ' => 'け',
        '\u{30a1}'..='\u{30f4}' | 'ヽ' | 'ヾ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        'ς' => 'σ',
        c => c,
    }
}

fn tell_terms(folded: impl Iterator<Item = char>, tell: &mut impl FnMut(Term<'_>)) {
    let mut before: Option<char> = None;
    let mut word = String::new();
    for c in folded {
        let kind = kind(c);
        if kind == Kind::Word {
            word.push(c);
        } else if !word.is_empty() {
            tell(Term::Word(&word));
            word.clear();
        }
        if !matches!(kind, Kind::Han | Kind::Kana) {
            before = None;
            continue;
        }
        if kind == Kind::Han {
            tell(Term::Single(c));
        }
        if let Some(before) = before.replace(c) {
            tell(Term::Pair(before, c));
        }
    }
    if !word.is_empty() {
        tell(Term::Word(&word));
    }
}

impl Term<'_> {
    /// The characters that decide in which file the term is: all of a pair, the first two of a word.
    fn decisive(&self) -> [Option<char>; 2] {
        match self {
            Self::Pair(first, second) => [Some(*first), Some(*second)],
            Self::Single(only) => [Some(*only), None],
            Self::Word(word) => {
                let mut chars = word.chars();
                [chars.next(), chars.next()]
            }
        }
    }

    /// The number of the file that the term is in, of `files` (FNV-1a over code points, its halves mixed).
    pub fn file(&self, files: usize) -> usize {
        let hash = self
            .decisive()
            .into_iter()
            .flatten()
            .fold(0x811c_9dc5_u32, |hash, c| (hash ^ u32::from(c)).wrapping_mul(0x0100_0193));
        (hash ^ (hash >> 15)) as usize % files.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let mut told = Vec::new();
        terms(text, &mut |term| {
            told.push(match term {
                Term::Pair(a, b) => format!("{a}{b}"),
                Term::Single(a) => a.to_string(),
                Term::Word(word) => word.to_owned(),
            });
        });
        told
    }

    #[test]
    fn japanese_gives_neighbours_and_chinese_characters_and_the_rest_gives_words() {
        assert_eq!(told("ごみの減量 CO2を30.5%"), ["ごみ", "みの", "減", "の減", "量", "減量", "co2", "30", "5"]);
    }

    #[test]
    fn width_case_and_kana_make_no_difference() {
        assert_eq!(folded("ＰＤＣＡ　ｶﾞｲﾄﾞ ③ ㎡"), "pdca がいど 3 m2");
        assert_eq!(folded("カーボンニュートラル"), "かーぼんにゅーとらる");
        assert_eq!(folded("３ヶ月・茅ヶ崎"), "3け月・茅け崎");
        assert_ne!(folded("びょういん"), folded("びよういん"));
    }

    #[test]
    fn the_short_way_and_the_long_way_agree_on_every_simple_character() {
        for c in ('\0'..=char::MAX).filter(|c| is_simple(*c)) {
            let text = c.to_string();
            let long: String = text.nfkc().collect::<String>().to_lowercase().chars().map(fold).collect();
            assert_eq!(folded(&text), long, "U+{:04X}", u32::from(c));
        }
    }
}
