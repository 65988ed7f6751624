//! Furigana: `漢字《かんじ》`, as Aozora Bunko and the sites for novels write how a word is read.
//!
//! The base is the run of kanji directly before the reading, or what stands between a full-width bar and the reading:
//! `｜子育て世代《こそだてせだい》`. Without a bar a reading is kana, so that `計画《改訂版》` stays as it is printed. A bar
//! directly before the bracket takes its meaning away: `小説｜《こころ》` is printed as `小説《こころ》`.

use std::borrow::Cow;

const BAR: char = '｜';
const OPEN: char = '《';
const CLOSE: char = '》';

/// A stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    Text(&'t str),
    Read {
        base: &'t str,
        reading: &'t str,
    },
    /// Kana in brackets behind nothing that they could be the reading of; printed as it was written, with its brackets.
    Stray(&'t str),
}

/// The pieces of a text, in its order.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, from)) = rest.find(OPEN).and_then(|at| rest.split_at_checked(at)) {
        let (open, after) = from.split_at(OPEN.len_utf8());
        let reading = reading(after);
        rest = after;
        match (before.strip_suffix(BAR), reading.and_then(|reading| base(before, reading)), reading) {
            (Some(literal), _, _) => pieces.extend([Piece::Text(literal), Piece::Text(open)]),
            (None, Some((before, base)), Some(reading)) => {
                pieces.extend([Piece::Text(before), Piece::Read { base, reading }]);
                rest = behind(after, reading);
            }
            (None, None, Some(reading)) if is_kana(reading) => {
                let end = open.len() + reading.len() + CLOSE.len_utf8();
                pieces.extend([Piece::Text(before), Piece::Stray(from.get(..end).unwrap_or(from))]);
                rest = behind(after, reading);
            }
            (None, _, _) => pieces.extend([Piece::Text(before), Piece::Text(open)]),
        }
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// The text without its readings.
pub(super) fn without_readings(text: &str) -> Cow<'_, str> {
    if !has_brackets(text) {
        return Cow::Borrowed(text);
    }
    let words = pieces(text).into_iter().map(|piece| match piece {
        Piece::Text(text) | Piece::Stray(text) | Piece::Read { base: text, .. } => text,
    });
    Cow::Owned(words.collect())
}

/// Whether there is anything to look at. As a text, not as a character: Japanese is full of its last byte.
pub(super) fn has_brackets(text: &str) -> bool {
    text.contains("《")
}

/// What stands up to the closing bracket, on the same line.
fn reading(after: &str) -> Option<&str> {
    let (reading, _) = after.split_once(CLOSE)?;
    (!reading.is_empty() && !reading.contains([OPEN, '\n', '\r'])).then_some(reading)
}

fn behind<'t>(after: &'t str, reading: &str) -> &'t str {
    after.get(reading.len() + CLOSE.len_utf8()..).unwrap_or_default()
}

/// The base at the end of a text, and what stands before it.
fn base<'t>(before: &'t str, reading: &str) -> Option<(&'t str, &'t str)> {
    if let Some((head, base)) = before.rsplit_once(BAR).filter(|(_, base)| !base.contains(char::is_whitespace)) {
        return Some((head, base));
    }
    let head = before.trim_end_matches(is_kanji);
    let base = before.get(head.len()..).unwrap_or_default();
    (!base.is_empty() && is_kana(reading)).then_some((head, base))
}

/// Han characters and what stands among them: 々 〆 〇 〻 ヶ ヵ, and the selectors of a variant form.
fn is_kanji(c: char) -> bool {
    matches!(c,
        '々' | '〆' | '〇' | '〻' | 'ヶ' | 'ヵ'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

fn is_kana(reading: &str) -> bool {
    reading.chars().all(|c| matches!(c, '\u{3041}'..='\u{30FF}' | '\u{FF66}'..='\u{FF9F}' | ' ' | '\u{3000}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_stand_behind_the_kanji_that_they_belong_to() {
        for (text, base, reading) in [
            ("平塚市《ひらつかし》の", "平塚市", "ひらつかし"),
            ("この時々《ときどき》", "時々", "ときどき"),
            ("一〇《じゅう》", "一〇", "じゅう"),
            ("三ヶ月《さんかげつ》", "三ヶ月", "さんかげつ"),
            ("あ葛\u{E0100}飾《かつしか》", "葛\u{E0100}飾", "かつしか"),
            ("｜子育て《こそだて》", "子育て", "こそだて"),
            ("｜SDGs《エスディージーズ》", "SDGs", "エスディージーズ"),
            ("あ｜い｜空家《あきや》", "空家", "あきや"),
            ("｜人工知能《AI》", "人工知能", "AI"),
            ("区分｜第一 漢字《かんじ》", "漢字", "かんじ"),
        ] {
            assert!(pieces(text).contains(&Piece::Read { base, reading }), "{text}: {:?}", pieces(text));
        }
    }

    #[test]
    fn brackets_that_are_no_furigana_are_printed_as_they_were_written() {
        for text in [
            "計画《改訂版》",
            "《こころ》",
            "SDGs《エスディージーズ》",
            "漢字《かんじ",
            "漢字《》",
            "漢字》《",
            "漢字《か《ん》",
            "漢字《か\nんじ》",
            "漢《",
        ] {
            assert!(!pieces(text).iter().any(|piece| matches!(piece, Piece::Read { .. })), "{text}");
            assert_eq!(without_readings(text), text);
        }
    }

    #[test]
    fn a_bar_before_the_bracket_makes_it_a_bracket() {
        assert_eq!(without_readings("小説｜《こころ》を読む会《かい》"), "小説《こころ》を読む会");
        assert_eq!(without_readings("｜《"), "《");
    }

    #[test]
    fn kana_without_a_base_are_strays() {
        assert_eq!(
            pieces("のびる《のびる》よ"),
            [Piece::Text("のびる"), Piece::Stray("《のびる》"), Piece::Text("よ")]
        );
        assert!(!pieces("｜《こころ》").iter().any(|piece| matches!(piece, Piece::Stray(_))));
    }
}
