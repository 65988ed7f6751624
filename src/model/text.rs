//! Texts in one or several languages, and the place in a file where something was written.

use std::fmt;

/// A language of the site, by its BCP 47 code (`ja`, `en`, …). Japanese and English have messages and labels built in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language(Box<str>);

impl Language {
    /// The language with this code. The code is kept as written; callers check it against [`Language::is_code`].
    pub fn new(code: &str) -> Self {
        Self(code.into())
    }

    pub fn japanese() -> Self {
        Self::new("ja")
    }

    pub fn english() -> Self {
        Self::new("en")
    }

    pub fn code(&self) -> &str {
        &self.0
    }

    pub fn is_japanese(&self) -> bool {
        self.0.as_ref() == "ja"
    }

    /// Whether a text has the shape of a language code: two or three small letters, then parts after hyphens.
    pub fn is_code(code: &str) -> bool {
        let mut parts = code.split('-');
        let first = parts.next().unwrap_or_default();
        (2..=3).contains(&first.len())
            && first.bytes().all(|b| b.is_ascii_lowercase())
            && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text an author wrote: in the site's first language, or in several.
///
/// Text is Markdown source where the field allows Markdown; it is never HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// Written once; it stands for the site's first language.
    One(Box<str>),
    /// Written as `{ja: …, en: …}`, in the order of the file.
    Many(Box<[(Language, Box<str>)]>),
}

impl Text {
    pub fn new(text: &str) -> Self {
        Self::One(text.into())
    }

    /// The text for a language. Without one in that language, the first that was written serves
    /// ([`Text::speaks`] tells the difference).
    pub fn get(&self, language: &Language) -> &str {
        match self {
            Self::One(text) => text,
            Self::Many(texts) => {
                texts.iter().find(|(of, _)| of == language).or_else(|| texts.first()).map_or("", |(_, text)| text)
            }
        }
    }

    /// Whether this text was written in `language`; a text written once speaks only the site's `first` language.
    pub fn speaks(&self, language: &Language, first: &Language) -> bool {
        match self {
            Self::One(_) => language == first,
            Self::Many(texts) => texts.iter().any(|(of, _)| of == language),
        }
    }

    pub fn is_empty(&self) -> bool {
        match self {
            Self::One(text) => text.trim().is_empty(),
            Self::Many(texts) => texts.iter().all(|(_, text)| text.trim().is_empty()),
        }
    }
}

/// A link of a text to something of this site, as its author wrote it (`../2024/industry.yaml#exchange`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenLink {
    pub target: Box<str>,
    /// Of the target.
    pub at: At,
}

/// Where something stands in its file: line and column count from 1, in characters; `length` in characters.
///
/// The file itself is known to whoever holds the value (a sheet knows its path).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    pub line: u32,
    pub column: u32,
    pub length: u32,
}
