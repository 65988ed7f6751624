//! Words of a page with parts in another language: names and units that nobody translated.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::html::{Html, push_escaped};
use crate::model::Language;
use serde::{Serialize, Serializer};

/// Plain words in the language of their page, knowing which parts of them are in another.
///
/// Templates get them as HTML in which those parts say their language, so that a voice that reads the page aloud
/// changes for them (WCAG 2.2, 3.1.2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    text: String,
    /// Ascending and apart from each other.
    foreign: Vec<Foreign>,
}

/// A part in another language: where it stands, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreign {
    range: Range<usize>,
    language: Language,
}

/// What can be filled into a label: plain text of the page's language, or [`Words`].
pub trait Shown {
    fn text(&self) -> &str;

    fn foreign(&self) -> &[Foreign] {
        &[]
    }
}

impl Words {
    /// Words in the language of the page.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), foreign: Vec::new() }
    }

    /// Words in another language than the page's. What has no letters (`%`) speaks every language, and Latin letters of a
    /// Japanese sheet (`km`) are no Japanese words.
    pub fn foreign(text: impl Into<String>, language: &Language) -> Self {
        let text = text.into();
        let neutral = !text.chars().any(char::is_alphabetic) || (language.is_japanese() && text.is_ascii());
        let foreign =
            if neutral { Vec::new() } else { vec![Foreign { range: 0..text.len(), language: language.clone() }] };
        Self { text, foreign }
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub fn into_string(self) -> String {
        self.text
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub fn append(&mut self, more: &(impl Shown + ?Sized)) {
        let from = self.text.len();
        self.text.push_str(more.text());
        let moved = |part: &Foreign| Foreign {
            range: from + part.range.start..from + part.range.end,
            language: part.language.clone(),
        };
        self.foreign.extend(more.foreign().iter().map(moved));
    }

    /// One after another, with the same words between them.
    pub fn joined(parts: &[Self], between: &str) -> Self {
        let mut words = Self::default();
        for (index, part) in parts.iter().enumerate() {
            words.push(if index == 0 { "" } else { between });
            words.append(part);
        }
        words
    }

    /// The language for where words cannot have parts (an attribute, a title): the one of a part that a voice for the
    /// page's language could not read; `None` where all is in the page's.
    pub fn language(&self) -> Option<&Language> {
        self.foreign.first().map(|part| &part.language)
    }

    pub fn html(&self) -> Html {
        Html::new(&html(self))
    }
}

/// Words as HTML: escaped, with parts in another language marked.
pub fn html(words: &(impl Shown + ?Sized)) -> String {
    let mut html = String::with_capacity(words.text().len() + words.foreign().len() * 24);
    push_words(&mut html, words);
    html
}

pub(super) fn push_words(html: &mut String, words: &(impl Shown + ?Sized)) {
    let text = words.text();
    let mut from = 0;
    for part in words.foreign() {
        push_escaped(html, text.get(from..part.range.start).unwrap_or_default());
        html.push_str("<span lang=\"");
        html.push_str(part.language.code());
        html.push_str("\">");
        push_escaped(html, text.get(part.range.clone()).unwrap_or_default());
        html.push_str("</span>");
        from = part.range.end;
    }
    push_escaped(html, text.get(from..).unwrap_or_default());
}

impl Shown for Words {
    fn text(&self) -> &str {
        &self.text
    }

    fn foreign(&self) -> &[Foreign] {
        &self.foreign
    }
}

impl Shown for str {
    fn text(&self) -> &str {
        self
    }
}

impl Shown for String {
    fn text(&self) -> &str {
        self
    }
}

impl Shown for Arc<str> {
    fn text(&self) -> &str {
        self
    }
}

impl Shown for Cow<'_, str> {
    fn text(&self) -> &str {
        self
    }
}

impl<T: Shown + ?Sized> Shown for &T {
    fn text(&self) -> &str {
        (**self).text()
    }

    fn foreign(&self) -> &[Foreign] {
        (**self).foreign()
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Words {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.foreign.is_empty() {
            // Plain text is escaped by whoever shows it.
            true => self.text.serialize(serializer),
            false => self.html().serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_in_another_language_keep_their_place_among_other_words() {
        let mut figure = Words::new("1,046");
        figure.append(&Words::foreign("人<", &Language::japanese()));
        let mut words = Words::new("<");
        words.append(&figure);
        words.push(" or more");
        assert_eq!(words.html().as_str(), "&lt;1,046<span lang=\"ja\">人&lt;</span> or more");
        assert_eq!(words.as_str(), "<1,046人< or more");
        assert_eq!(words.language(), Some(&Language::japanese()));
    }

    #[test]
    fn signs_and_latin_units_of_a_japanese_sheet_are_not_marked() {
        for unit in ["%", "℃", "km", ""] {
            assert_eq!(Words::foreign(unit, &Language::japanese()).language(), None, "{unit}");
        }
    }
}
