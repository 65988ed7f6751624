//! Every key of every mapping, once: its English and Japanese names, what it takes, and what it means.
//!
//! The reader, its messages and suggestions, and the JSON Schema are made from this table.

mod indicator;
mod lineage;
mod portal;
mod recommendation;
mod revision;
mod sheet;
mod words;

pub use indicator::{BASELINE, BREAK, COMPONENT, ENDED, INDICATOR, SURVEY, TARGET_CHANGE, TOLERANCE, VALUE};
pub use lineage::{ENDED_POLICY, PREDECESSOR};
pub use portal::{AREA, CHARTS, CONTACT, EDITION, GRADE_LEGEND, LICENSE, MUNICIPALITY, PLAN, PORTAL, RATE, VERDICT};
pub use recommendation::{RECOMMENDATION, RESPONSE};
pub use revision::{REVISION, RULE_REVISION};
pub use sheet::{AMOUNT, ANSWER, ATTACHMENT, CHALLENGE, CHECKED, EXPENDITURE, GRADE, PLAIN, PROJECT, SHEET};
pub use words::{
    ACCUMULATION, ANSWER_STATE, DIRECTION, FIGURE, KIND, METHOD, MISSING, MONEY_UNIT, PUBLICATION,
    RECOMMENDATION_STATE, REVISION as REVISION_KIND, ROUNDING, STATUS, SWITCH, TARGET, VERDICT_NAME, VOICE,
};

/// The same in Japanese and English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Both {
    pub ja: &'static str,
    pub en: &'static str,
}

/// A mapping of the files: what it describes, and its keys.
#[derive(Debug)]
pub struct Mapping {
    /// The name of its definition in the schema.
    pub id: &'static str,
    pub title: Both,
    pub keys: &'static [Key],
}

/// One key.
#[derive(Debug)]
pub struct Key {
    pub name: &'static str,
    /// The terms of the paper form; the first is the one that messages use.
    pub ja: &'static [&'static str],
    pub takes: Takes,
    pub need: Need,
    pub doc: Both,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    Required,
    Optional,
}

/// What a key takes.
#[derive(Clone, Copy, Debug)]
pub enum Takes {
    /// A text, or `{ja: …, en: …}`.
    Text,
    /// A list of texts, or one.
    Texts,
    /// A short text as printed, never a number: `012`, `5-①`, a telephone number.
    Code,
    /// ASCII: small letters, digits, hyphens.
    Id,
    /// A figure as printed, or a [`VALUE`] spelled out.
    Figure,
    /// A figure, or the mapping.
    FigureOr(&'static Mapping),
    /// Figures by fiscal year.
    Figures,
    /// Amounts by fiscal year: a figure, a value spelled out, or an [`AMOUNT`] with its funds.
    Amounts,
    /// Texts by fiscal year.
    YearTexts,
    Year,
    /// A number that the tool computes with.
    Number,
    NumberOr(&'static Mapping),
    /// A whole number.
    Count,
    Date,
    Url,
    /// A URL, or a word that says there is none.
    UrlOrNone,
    /// Language codes.
    Languages,
    /// One of a few words.
    Word(&'static Words),
    /// One of a few words, or the author's own.
    WordOrText(&'static Words),
    Mapping(&'static Mapping),
    TextOr(&'static Mapping),
    /// A text, or a list of mappings.
    TextOrList(&'static Mapping),
    List(&'static Mapping),
    /// Ids and mappings in a list, or one of them.
    IdsOr(&'static Mapping),
    /// A list of texts and mappings.
    ListOrTexts(&'static Mapping),
    /// Mappings by fiscal year.
    ByYear(&'static Mapping),
    /// Printed symbols, each with the word for why a value is missing.
    Symbols(&'static Words),
}

/// The words that a field takes.
#[derive(Debug)]
pub struct Words {
    pub id: &'static str,
    pub entries: &'static [Word],
}

#[derive(Debug)]
pub struct Word {
    pub name: &'static str,
    pub ja: &'static [&'static str],
    pub doc: Both,
}

impl Word {
    /// The word as Japanese messages name it.
    fn term(&self) -> &'static str {
        if self.is_unit() { self.name } else { self.ja.first().copied().unwrap_or(self.name) }
    }

    /// Only units are named as they are printed in Japanese: 千円.
    fn is_unit(&self) -> bool {
        !self.name.is_ascii()
    }
}

impl Key {
    pub(super) const fn new(
        name: &'static str,
        ja: &'static [&'static str],
        takes: Takes,
        doc_ja: &'static str,
        doc_en: &'static str,
    ) -> Self {
        Self { name, ja, takes, need: Need::Optional, doc: Both { ja: doc_ja, en: doc_en } }
    }

    pub(super) const fn required(mut self) -> Self {
        self.need = Need::Required;
        self
    }

    /// The English name, then the Japanese ones.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.ja.iter().copied())
    }

    /// The term that Japanese messages use.
    pub fn term(&self) -> &'static str {
        self.ja.first().copied().unwrap_or(self.name)
    }
}

impl Mapping {
    /// The index of the key with this name, in either language.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.keys.iter().position(|key| key.names().any(|of| of == name))
    }

    /// The known name that `written` was probably meant to be.
    pub fn suggest(&self, written: &str) -> Option<&'static str> {
        nearest(written, self.keys.iter().flat_map(Key::names))
    }
}

impl Words {
    /// The word with this name, in either language.
    pub fn find(&self, written: &str) -> Option<&'static Word> {
        self.entries.iter().find(|word| word.name == written || word.ja.contains(&written))
    }

    /// The word that `written` was probably meant to be. Never a unit: 百万円 is near 十万円 in letters and ten times
    /// larger in money.
    pub fn suggest(&self, written: &str) -> Option<&'static str> {
        let guessable = self.entries.iter().filter(|word| !word.is_unit());
        nearest(written, guessable.flat_map(|w| std::iter::once(w.name).chain(w.ja.iter().copied())))
    }

    /// For messages: `増加 / 減少 / …` and `increase / decrease / …`.
    pub fn list(&self) -> (String, String) {
        let ja: Vec<_> = self.entries.iter().map(Word::term).collect();
        let en: Vec<_> = self.entries.iter().map(|w| w.name).collect();
        (ja.join(" / "), en.join(" / "))
    }
}

/// The candidate nearest to what was written, if any is near enough to be meant.
pub fn nearest<'c>(written: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    let written = written.trim().to_lowercase();
    if written.is_empty() || written.chars().count() > 40 {
        return None;
    }
    let likeness = |candidate: &str| {
        let edits = strsim::normalized_damerau_levenshtein(&written, candidate);
        // 実績 for 実績値, target for targets: one begins with the other.
        let prefix = candidate.starts_with(written.as_str()) || written.starts_with(candidate);
        if prefix && candidate.chars().count().min(written.chars().count()) >= 2 { edits.max(0.6) } else { edits }
    };
    candidates
        .map(|candidate| (likeness(candidate), candidate))
        .filter(|(score, _)| *score >= 0.5)
        .fold(None, |best: Option<(f64, &str)>, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        })
        .map(|(_, candidate)| candidate)
}

/// Every mapping of the files.
pub const ALL: &[&Mapping] = &[
    &PORTAL,
    &MUNICIPALITY,
    &PLAN,
    &AREA,
    &EDITION,
    &RATE,
    &VERDICT,
    &GRADE_LEGEND,
    &CONTACT,
    &LICENSE,
    &CHARTS,
    &SHEET,
    &PLAIN,
    &INDICATOR,
    &COMPONENT,
    &BASELINE,
    &VALUE,
    &SURVEY,
    &TOLERANCE,
    &BREAK,
    &TARGET_CHANGE,
    &ENDED,
    &CHALLENGE,
    &CHECKED,
    &ANSWER,
    &PROJECT,
    &EXPENDITURE,
    &AMOUNT,
    &GRADE,
    &ATTACHMENT,
    &REVISION,
    &RULE_REVISION,
    &RECOMMENDATION,
    &RESPONSE,
    &PREDECESSOR,
    &ENDED_POLICY,
];

/// Every list of words.
pub const ALL_WORDS: &[&Words] = &[
    &ACCUMULATION,
    &ANSWER_STATE,
    &DIRECTION,
    &FIGURE,
    &KIND,
    &METHOD,
    &MISSING,
    &MONEY_UNIT,
    &PUBLICATION,
    &RECOMMENDATION_STATE,
    &REVISION_KIND,
    &ROUNDING,
    &STATUS,
    &SWITCH,
    &TARGET,
    &VERDICT_NAME,
    &VOICE,
];

/// Whether any mapping has a key of this name.
pub fn is_known_anywhere(name: &str) -> bool {
    ALL.iter().any(|mapping| mapping.find(name).is_some())
}

/// A mapping, other than `here`, that has a key of exactly this name: where a misplaced key belongs.
pub fn home_of(name: &str, here: &Mapping) -> Option<&'static Mapping> {
    ALL.iter().copied().find(|mapping| mapping.id != here.id && mapping.find(name).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_name_means_two_keys_of_one_mapping() {
        for mapping in ALL {
            let mut seen = BTreeSet::new();
            for name in mapping.keys.iter().flat_map(Key::names) {
                assert!(seen.insert(name), "{name} stands twice in {}", mapping.id);
            }
        }
    }

    #[test]
    fn every_key_has_a_japanese_term_and_is_documented_in_both_languages() {
        for key in ALL.iter().flat_map(|mapping| mapping.keys) {
            assert!(!key.ja.is_empty(), "{}", key.name);
            assert!(!key.doc.ja.is_empty() && !key.doc.en.is_empty(), "{}", key.name);
        }
    }

    #[test]
    fn no_word_means_two_values() {
        for words in ALL_WORDS {
            let mut seen = BTreeSet::new();
            for name in words.entries.iter().flat_map(|w| std::iter::once(&w.name).chain(w.ja)) {
                assert!(seen.insert(name), "{name} stands twice in {}", words.id);
            }
        }
    }

    #[test]
    fn a_slip_in_either_language_finds_the_key_that_was_meant() {
        for (written, meant) in
            [("actual", "actuals"), ("実積", "実績"), ("targes", "targets"), ("目標数値", "目標値"), ("Unit", "unit")]
        {
            assert_eq!(INDICATOR.suggest(written), Some(meant), "{written}");
        }
        assert_eq!(INDICATOR.suggest("天気"), None);
    }
}
