//! What tells two versions of a file apart.

use crate::site::views::Document;

/// A mark while what it is made of is told. It guards against mistakes, not against people: sixty-four bits, of which a
/// file's name shows twenty-four.
#[derive(Debug, Default)]
pub(super) struct Mark(u64);

/// Characters of a mark.
pub(super) const LENGTH: usize = 4;

/// Each is plain in an address and in a string of JavaScript.
const DIGITS: &[u8; 64] = b"-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

impl Mark {
    pub fn of(text: &str) -> Self {
        let mut mark = Self::default();
        mark.text(text);
        mark
    }

    pub fn document(&mut self, document: &Document<'_>) {
        self.text(&document.href);
        for part in &document.parts {
            self.word(part.section as u64);
            self.text(&part.anchor);
            self.text(&part.text);
            self.text(part.language.as_deref().unwrap_or_default());
        }
        self.word(document.parts.len() as u64);
        document.marks.iter().for_each(|mark| self.text(mark));
    }

    pub fn write(self, out: &mut String) {
        // The upper bits are those that every byte had a part in.
        for place in 1..=LENGTH {
            let digit = (self.0 >> (64 - 6 * place)) as usize & 63;
            out.push(DIGITS.get(digit).map_or('-', |byte| char::from(*byte)));
        }
    }

    fn text(&mut self, text: &str) {
        let (whole, rest) = text.as_bytes().as_chunks::<8>();
        whole.iter().for_each(|bytes| self.word(u64::from_le_bytes(*bytes)));
        self.word(rest.iter().fold(text.len() as u64, |word, byte| word << 8 | u64::from(*byte)));
    }

    /// As the compiler of Rust hashes (FxHash): eight bytes at a time, with an odd number from the golden ratio.
    fn word(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::views::{Part, Section};
    use std::collections::BTreeSet;

    fn written(mark: Mark) -> String {
        let mut out = String::new();
        mark.write(&mut out);
        out
    }

    #[test]
    fn texts_that_differ_by_a_letter_have_marks_of_their_own() {
        let texts = ["", "a", "b", "ab", "ba", "12345678", "12345679", "123456789", "産業", "産業の", "農業"];
        let marks: BTreeSet<_> = texts.iter().map(|text| written(Mark::of(text))).collect();
        assert_eq!(marks.len(), texts.len());
        assert!(marks.iter().all(|mark| mark.len() == LENGTH));
    }

    #[test]
    fn whatever_a_document_says_is_in_its_mark() {
        let part = |text: &str| Part { section: Section::Name, anchor: "a".into(), text: text.into(), language: None };
        let document = Document { href: "x".into(), parts: vec![part("甲"), part("乙")], marks: Vec::new() };
        let with = |change: &dyn Fn(&mut Document<'_>)| {
            let mut changed = document.clone();
            change(&mut changed);
            let mut mark = Mark::default();
            mark.document(&changed);
            written(mark)
        };
        let marks: BTreeSet<_> = [
            with(&|_| ()),
            with(&|of| of.href.push('y')),
            with(&|of| of.parts.reverse()),
            with(&|of| of.parts.truncate(1)),
            with(&|of| of.parts[0].section = Section::Vision),
            with(&|of| of.parts[0].anchor = "b".into()),
            with(&|of| of.parts[0].language = Some("en".into())),
            with(&|of| of.marks.push("見本".into())),
        ]
        .into();
        assert_eq!(marks.len(), 8);
    }
}
