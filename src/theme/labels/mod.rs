//! Labels: every word of the pages that no author wrote, one file a language.
//!
//! `labels/<language>.yaml` is a map of maps of texts. A key is the way down to a text (`verdict.on-track`). A text may
//! hold placeholders (`{n}`). A text that counts has the forms `key.one` (exactly one) and `key.other`; a language
//! without that difference, like Japanese, has only `key.other`.

mod compared;
mod file;
#[cfg(test)]
mod tests;
mod text;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::html::{self, Html};
use super::source::Chain;
use super::words::{Shown, Words};
use crate::diagnostic::{Place, Report};
use crate::model::Language;
pub(super) use file::Node;
use text::Text;
pub(super) use text::{fill, placeholders};

/// The words of one language.
#[derive(Debug)]
pub struct Labels {
    language: Language,
    texts: BTreeMap<Box<str>, Label>,
    /// The same texts, taken apart at their placeholders, by the hashes of their keys in ascending order: a page asks
    /// for hundreds, and keys have long beginnings in common.
    found: Vec<(u64, Text)>,
    reading: Reading,
}

/// Whether every file of a language could be read. Of a language that was read in part nobody knows what it lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    Whole,
    Part,
}

/// A text, and where it was written.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub text: Arc<str>,
    place: Place,
    line: Arc<str>,
}

impl Labels {
    fn new(language: Language, texts: BTreeMap<Box<str>, Label>, reading: Reading) -> Self {
        let mut found: Vec<_> =
            texts.iter().map(|(key, label)| (hash(key), Text::new(key.clone(), &label.text))).collect();
        found.sort_by_key(|(hash, _)| *hash);
        Self { language, texts, found, reading }
    }

    fn text(&self, key: &str) -> Option<&Text> {
        let hash = hash(key);
        let first = self.found.partition_point(|(known, _)| *known < hash);
        let same = self.found.iter().skip(first).take_while(|(known, _)| *known == hash);
        same.map(|(_, text)| text).find(|text| text.key.as_ref() == key)
    }

    pub fn language(&self) -> &Language {
        &self.language
    }

    /// Whether a text that is not here is missing, and not in a file that could not be read.
    pub(super) fn are_whole(&self) -> bool {
        self.reading == Reading::Whole
    }

    /// The text for a key. A key that does not exist is given back, so that it shows where it is missing. The standard
    /// theme, which every theme inherits from, has all keys that the program names (`tests/architecture.rs`), and other
    /// languages have those of Japanese, or the theme is not loaded.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key).unwrap_or(key)
    }

    pub fn find(&self, key: &str) -> Option<&str> {
        self.text(key).map(|text| text.text.as_ref())
    }

    /// The text for a key with its placeholders filled in: `fill("year", &[("n", "6")])` makes 令和6年度 of
    /// `令和{n}年度`.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        match self.text(key) {
            Some(text) => {
                let mut filled = String::new();
                text.fill(values, &mut filled, String::push_str);
                filled
            }
            None => key.to_owned(),
        }
    }

    /// The text with its placeholders filled in by words, which keep their language.
    pub fn fill_words(&self, key: &str, values: &[(&str, &dyn Shown)]) -> Words {
        let Some(text) = self.text(key) else { return Words::new(key) };
        let mut filled = Words::default();
        for (before, name) in &text.parts {
            filled.push(before);
            match values.iter().find(|(of, _)| *of == name.as_ref()) {
                Some((_, value)) => filled.append(*value),
                None => ["{", name, "}"].iter().for_each(|part| filled.push(part)),
            }
        }
        filled.push(&text.rest);
        filled
    }

    /// The text as HTML with its placeholders filled in by HTML: what the label itself says is escaped.
    pub fn fill_html(&self, key: &str, values: &[(&str, &str)]) -> Html {
        let mut filled = String::new();
        match self.text(key) {
            Some(text) => text.fill(values, &mut filled, html::push_escaped),
            None => html::push_escaped(&mut filled, key),
        }
        Html::new(&filled)
    }

    /// The text for so many of something: `key.one` for exactly one where the language has it, else `key.other`, with
    /// `{n}` filled in.
    pub fn count(&self, key: &str, n: usize) -> String {
        let n = n.to_string();
        let form = self.form(key, &n);
        fill(form.unwrap_or(key), |name| (name == "n").then_some(Cow::Borrowed(n.as_str())))
    }

    /// The form of a text that counts.
    pub(super) fn form(&self, key: &str, n: &str) -> Option<&str> {
        let one = (n == "1").then(|| self.find(&format!("{key}.one"))).flatten();
        one.or_else(|| self.find(&format!("{key}.other"))).or_else(|| self.find(key))
    }

    /// The key that is most like another.
    pub(super) fn nearest(&self, key: &str) -> Option<&str> {
        let likeness = self.texts.keys().map(|known| (strsim::jaro_winkler(known, key), known.as_ref()));
        likeness.filter(|(likeness, _)| *likeness > 0.85).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, known)| known)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Label)> {
        self.texts.iter().map(|(key, label)| (key.as_ref(), label))
    }

    /// Whether `key` is a text, or a text that counts.
    pub(super) fn knows(&self, key: &str) -> bool {
        self.find(key).is_some() || self.find(&format!("{key}.other")).is_some()
    }
}

/// FNV-1a, <http://www.isthe.com/chongo/tech/comp/fnv/>: short, and the same on every machine.
fn hash(key: &str) -> u64 {
    key.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Reads the labels of every language, with inheritance, and checks that all of them say the same things.
///
/// Reports `missing-label` where a language lacks a text that Japanese has, has one that Japanese lacks, or has other
/// placeholders in it; `invalid-yaml` where a file is no map of texts.
pub(super) fn load(chain: &Chain<'_>, languages: &[Language], report: &mut Report) -> Languages {
    let japanese = Arc::new(file::read(chain, &Language::japanese(), report));
    let mut all = languages.iter().map(|language| {
        if language.is_japanese() {
            return Arc::clone(&japanese);
        }
        let labels = file::read(chain, language, report);
        compared::compare(chain, &japanese, &labels, report);
        Arc::new(labels)
    });
    let first = all.next();
    let others = all.collect();
    Languages { first: first.unwrap_or_else(|| Arc::clone(&japanese)), others, japanese }
}

/// The labels of a site's languages, in its order.
#[derive(Debug)]
pub(super) struct Languages {
    first: Arc<Labels>,
    others: Vec<Arc<Labels>>,
    /// What all languages are measured by, whether the site has it or not.
    pub japanese: Arc<Labels>,
}

impl Languages {
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Labels>> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// The labels of a language, or of the first.
    pub fn of(&self, language: &Language) -> &Labels {
        self.iter().find(|labels| labels.language == *language).unwrap_or(&self.first)
    }
}
