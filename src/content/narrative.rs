//! What the narrative of a sheet says that can be held against its figures and against last year's words: figures of its
//! indicators ([`claims`]), and paragraphs.
//!
//! Both are found when the sheet is read, for only then is it known where a text stands; what they are held against, the
//! rules across sheets know.

mod claims;

use super::keys;
use super::reader::Reader;
use super::yaml::{Kind, Node};
use crate::diagnostic::{Code, Message};
use crate::model::{At, Claim, Indicator, Language, Paragraph, Text};
use claims::Named;
use std::borrow::Cow;

/// Letters that a paragraph has at least: shorter ones are alike by nature.
const LONG: usize = 20;

/// Gathers the narrative while a sheet is read.
#[derive(Debug)]
pub struct Narrative<'i> {
    /// The language that figures are looked for in, and paragraphs compared: the site's first.
    language: &'i Language,
    indicators: &'i [Indicator],
    /// Made for the first text that holds a figure.
    named: Option<Vec<Named>>,
    /// Words that were looked at and stand as they should.
    checked: Vec<Checked>,
    claims: Vec<Claim>,
    paragraphs: Vec<Paragraph>,
}

#[derive(Debug)]
struct Checked {
    quote: Box<str>,
    at: At,
    /// Whether any text so far has these words.
    is_found: bool,
}

impl<'i> Narrative<'i> {
    pub fn new(indicators: &'i [Indicator], language: &'i Language) -> Self {
        Self { language, indicators, named: None, checked: Vec::new(), claims: Vec::new(), paragraphs: Vec::new() }
    }

    /// What was checked; to be read before the texts.
    pub fn checked(&mut self, reader: &mut Reader<'_>, node: &Node<'_>) {
        for item in reader.items(node) {
            let Some(fields) = reader.fields(item, &keys::CHECKED) else { continue };
            let quote = fields.get("quote").and_then(|n| Some((reader.code(n)?, n.at)));
            if let Some(note) = fields.get("note") {
                reader.text(note);
            }
            self.checked.extend(quote.map(|(quote, at)| Checked { quote, at, is_found: false }));
        }
    }

    /// A text whose figures are looked at, and that is not the same as last year's.
    pub fn text(&mut self, reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Text> {
        let text = reader.text(node)?;
        if let Some((at, words)) = self.words(node, &text) {
            self.look(reader, at, words);
            if let Some(hash) = hash(words) {
                let checked = self.checked.iter().any(|of| words.contains(&*of.quote));
                self.paragraphs.push(Paragraph { hash, at, checked });
            }
        }
        Some(text)
    }

    /// A text that may stay as it is over the years.
    pub fn lasting_text(&mut self, reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Text> {
        let text = reader.text(node)?;
        if let Some((at, words)) = self.words(node, &text) {
            self.look(reader, at, words);
        }
        Some(text)
    }

    pub fn texts(&mut self, reader: &mut Reader<'_>, node: &Node<'_>) -> Vec<Text> {
        match &node.kind {
            Kind::Seq(items) => {
                let texts: Vec<_> = items.iter().filter_map(|item| self.text(reader, item)).collect();
                crate::model::fitted(texts)
            }
            _ => self.text(reader, node).into_iter().collect(),
        }
    }

    /// What was found, once every text is read. A quote that no text has silences nothing.
    pub fn finish(self, reader: &mut Reader<'_>) -> (Box<[Claim]>, Box<[Paragraph]>) {
        for Checked { quote, at, .. } in self.checked.iter().filter(|of| !of.is_found) {
            reader.tell(
                Code::UnfoundQuote,
                *at,
                Message::new(
                    format!("「{quote}」は、このシートの成果・課題・方針・課題への対応・評価のコメント・今後の方向性のどこにもありません"),
                    format!("`{quote}` stands in none of the sheet's achievements, challenges, approaches, answers, comments and its outlook"),
                ),
                Message::new(
                    "文章を直したのなら、この引用も直してください。確かめることがなくなったのなら、checked から消してください",
                    "where the text was changed, quote it anew; where there is nothing to be checked any more, take it out",
                ),
            );
        }
        (self.claims.into(), self.paragraphs.into())
    }

    /// The words in the first language, with their place.
    fn words<'t>(&self, node: &Node<'_>, text: &'t Text) -> Option<(At, &'t str)> {
        match (text, &node.kind) {
            (Text::One(words), _) => Some((node.at, words)),
            (Text::Many(texts), Kind::Map(entries)) => {
                let (_, words) = texts.iter().find(|(language, _)| language == self.language)?;
                let entry = entries.iter().find(|entry| entry.key.text() == Some(self.language.code()))?;
                Some((entry.value.at, words))
            }
            _ => None,
        }
    }

    fn look(&mut self, reader: &Reader<'_>, at: At, words: &str) {
        for of in self.checked.iter_mut().filter(|of| !of.is_found) {
            of.is_found = words.contains(&*of.quote) || bare(words).contains(&bare(&of.quote));
        }
        self.figures(reader, at, words);
    }

    fn figures(&mut self, reader: &Reader<'_>, at: At, words: &str) {
        if !self.language.is_japanese() || !claims::may_hold_figures(words) {
            return;
        }
        let (indicators, language) = (self.indicators, self.language);
        let named = self.named.get_or_insert_with(|| claims::named(indicators, language));
        for found in claims::claims(words, named) {
            let is_of = |of: &&mut Checked| found.quote.contains(&*of.quote) || of.quote.contains(&found.quote);
            if let Some(of) = self.checked.iter_mut().find(is_of) {
                of.is_found = true;
            } else {
                let at = reader.place_of(at, &found.quote);
                self.claims.push(Claim {
                    quote: found.quote.into(),
                    value: found.value,
                    step: found.step,
                    of: found.of,
                    at,
                });
            }
        }
    }
}

/// Without what a line break in YAML may put between words.
fn bare(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Of letters and digits alone, in half width: spacing, punctuation and markup make no other paragraph. `None` for a short
/// one.
fn hash(words: &str) -> Option<u64> {
    let mut letters = String::with_capacity(words.len());
    let mut count = 0_usize;
    for c in words.chars().map(half_width) {
        match c {
            // Most letters by far: the tables of Unicode need not be asked.
            'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '一'..='鿿' => letters.push(c),
            c if c.is_ascii() => match c.is_ascii_alphanumeric() {
                true => letters.push(c.to_ascii_lowercase()),
                false => continue,
            },
            c if c.is_alphanumeric() => letters.extend(c.to_lowercase()),
            _ => continue,
        }
        count += 1;
    }
    if count < LONG {
        return None;
    }
    blake3::hash(letters.as_bytes()).as_bytes().first_chunk().map(|bytes| u64::from_le_bytes(*bytes))
}

/// A text in half width; most are.
fn in_half_width(text: &str) -> Cow<'_, str> {
    // The letters concerned begin with this byte in UTF-8, or are the wide space.
    if text.as_bytes().contains(&0xEF) || text.contains('\u{3000}') {
        return text.chars().map(half_width).collect::<String>().into();
    }
    text.into()
}

/// Full-width letters and signs of ASCII in half width, one for one.
fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spacing_width_and_markup_make_no_other_paragraph_and_another_word_does() {
        let of = |words| hash(words).expect("long enough");
        let paragraph = of("市内の企業が先端技術にふれられるよう、セミナーを3回開きました。");
        assert_eq!(of("市内の企業が **先端技術** にふれられるよう\nセミナーを３回開きました"), paragraph);
        assert_ne!(of("市内の企業が先端技術にふれられるよう、セミナーを4回開きました。"), paragraph);
    }

    #[test]
    fn short_paragraphs_are_alike_by_nature() {
        assert_eq!(hash("相談会を開きました。"), None);
    }
}
