//! Reading the tree against the table of keys: every mapping, text, word, date and number with its problems.
//!
//! A function here returns `None` where it has reported why (or where nothing is written), so that callers go on and
//! find the other problems of the file, too.

mod scalars;

pub use scalars::is_id;

use std::sync::Arc;

use super::keys::{Mapping, Need};
use super::links::Lines;
use super::lint;
use super::yaml::{Entry, Kind, Node, Problem};
use crate::diagnostic::{Code, Diagnostic, Message, Place, Report};
use crate::model::{At, Language, WrittenLink};

/// Reads one file and reports what it finds.
#[derive(Debug)]
pub struct Reader<'a> {
    file: Arc<str>,
    text: &'a str,
    report: &'a mut Report,
    links: Vec<WrittenLink>,
    /// Texts written by language, with the languages they are written in.
    by_language: Vec<(At, Vec<Language>)>,
}

/// The values of a mapping by key; each key that was written is known, and written once.
#[derive(Debug)]
pub struct Fields<'n, 't> {
    mapping: &'static Mapping,
    /// In the order of the mapping's keys.
    values: Vec<Option<&'n Entry<'t>>>,
    /// Of the mapping.
    pub at: At,
}

impl<'n, 't> Fields<'n, 't> {
    /// The value under a key, if anything is written there.
    pub fn get(&self, name: &str) -> Option<&'n Node<'t>> {
        self.entry(name).map(|entry| &entry.value)
    }

    /// Where the key stands, if anything is written there.
    pub fn key_at(&self, name: &str) -> Option<At> {
        self.entry(name).map(|entry| entry.key.at)
    }

    fn entry(&self, name: &str) -> Option<&'n Entry<'t>> {
        let index = self.mapping.keys.iter().position(|key| key.name == name);
        debug_assert!(index.is_some(), "{name} is no key of {}", self.mapping.id);
        self.values.get(index?).copied().flatten()
    }
}

impl<'a> Reader<'a> {
    /// `file` is the path below the root (`content/2024/industry.yaml`), `text` what stands in it.
    pub fn new(file: Arc<str>, text: &'a str, report: &'a mut Report) -> Self {
        Self { file, text, report, links: Vec::new(), by_language: Vec::new() }
    }

    /// The inner links of every text that was read.
    pub fn take_links(&mut self) -> Vec<WrittenLink> {
        let links = std::mem::take(&mut self.links);
        crate::model::fitted(links)
    }

    /// Where a piece of a text that begins at `from` stands; the text's own place where YAML writes it otherwise.
    pub fn place_of(&self, from: At, piece: &str) -> At {
        let lines = Lines::of(self.text);
        let start = lines.offset(from);
        let found = self.text.get(start..).and_then(|rest| rest.find(piece)).map(|at| start + at);
        found.map_or(from, |found| lines.place(found, piece))
    }

    /// Reports every text that was begun by language and is not written in all of them. A text written once stands for
    /// the first language and is no fault: the page marks its language.
    pub fn demand_languages(&mut self, languages: &[Language]) {
        for (at, written) in std::mem::take(&mut self.by_language) {
            for language in languages.iter().filter(|language| !written.contains(language)) {
                self.tell(
                    Code::UntranslatedText,
                    at,
                    Message::new(
                        format!("この文には {language} がありません"),
                        format!("this text is not written in {language}"),
                    ),
                    Message::new(
                        format!("「{language}: …」を書き加えてください。なければ、最初に書かれた言語の文が出ます"),
                        format!("add `{language}: …`; without it, the language that is written first is shown"),
                    ),
                );
            }
        }
    }

    fn place(&self, at: At) -> Place {
        Place { file: self.file.clone(), at }
    }

    /// Reports a problem with what to do about it.
    pub fn tell(&mut self, code: Code, at: At, message: Message, help: Message) {
        self.problem(Problem { code, at, message, label: None, help, related: None });
    }

    /// Reports a problem.
    pub fn problem(&mut self, problem: Problem) {
        let Problem { code, at, message, label, help, related } = problem;
        let mut diagnostic = Diagnostic::new(code, self.place(at), message);
        diagnostic.label = label;
        diagnostic.help = Some(help);
        diagnostic.related = related.map(|(at, message)| (self.place(at), message));
        self.report.add(diagnostic.excerpt(self.text));
    }

    fn wrong_type(&mut self, node: &Node<'_>, expected: (&str, &str), help: (&str, &str)) {
        // A text `unit：人` where a mapping belongs is a colon of the wrong width, not a wrong type.
        if let Some((key, _)) =
            node.text().and_then(|text| text.split_once('：')).filter(|(key, _)| lint::is_key(key.trim()))
        {
            let column = node.at.column + u32::try_from(key.chars().count()).unwrap_or(0);
            return self.problem(lint::full_width_colon(key.trim(), At { column, length: 1, ..node.at }));
        }
        let found = match &node.kind {
            _ if node.is_nothing() => ("空", "nothing"),
            Kind::Scalar { .. } => ("文字や数値", "a text or figure"),
            Kind::Seq(_) => ("並び(- や [ ])", "a list (- or [ ])"),
            Kind::Map(_) => ("「項目: 値」のまとまり", "a mapping"),
        };
        self.tell(
            Code::WrongType,
            node.at,
            Message::new(
                format!("ここには{}を書きます。書かれているのは{}です", expected.0, found.0),
                format!("{} is expected here, and {} is written", expected.1, found.1),
            ),
            Message::new(help.0.to_owned(), help.1.to_owned()),
        );
    }

    /// The fields of a mapping. Reports unknown, double and missing keys.
    pub fn fields<'n, 't>(&mut self, node: &'n Node<'t>, mapping: &'static Mapping) -> Option<Fields<'n, 't>> {
        let Kind::Map(entries) = &node.kind else {
            self.wrong_type(
                node,
                ("「項目: 値」のまとまり", "a mapping"),
                ("「項目: 値」の形で、字下げして書いてください", "write `key: value` lines, indented"),
            );
            return None;
        };
        let mut values: Vec<Option<&Entry<'_>>> = vec![None; mapping.keys.len()];
        // Keys that another was probably meant to be: mending that one mends both.
        let mut meant: Vec<usize> = Vec::new();
        for entry in entries {
            let Some(written) = entry.key.text() else {
                self.wrong_type(
                    &entry.key,
                    ("項目名", "a key"),
                    ("文の中に { や [ があるときは \"…\" で囲んでください", "put a text that contains { or [ in \"…\""),
                );
                continue;
            };
            let Some(index) = mapping.find(written.trim()) else {
                self.unknown_key(written, entry.key.at, mapping);
                meant.extend(mapping.suggest(written).and_then(|near| mapping.find(near)));
                continue;
            };
            let Some(slot) = values.get_mut(index) else { continue };
            match slot {
                Some(first) if first.key.text() != Some(written) => {
                    let first_at = first.key.at;
                    self.same_key_twice(written, entry.key.at, first_at);
                }
                Some(_) => {} // The tree has reported two equal keys.
                None => *slot = Some(entry),
            }
        }
        for (index, (key, value)) in mapping.keys.iter().zip(&mut values).enumerate() {
            let empty_at = value.filter(|entry| entry.value.is_nothing()).map(|entry| entry.key.at);
            if empty_at.is_some() {
                *value = None;
            }
            if value.is_none() && key.need == Need::Required && !(empty_at.is_none() && meant.contains(&index)) {
                self.missing_key(mapping, key.name, empty_at.unwrap_or(node.at));
            }
        }
        Some(Fields { mapping, values, at: node.at })
    }

    fn same_key_twice(&mut self, written: &str, at: At, first: At) {
        self.problem(Problem {
            code: Code::DuplicateKey,
            at,
            message: Message::new(
                format!("「{written}」は、別の書き方で上にも書かれています"),
                format!("`{written}` is written above, too, under its other name"),
            ),
            label: None,
            help: Message::new("どちらか一つにまとめてください", "put both into one"),
            related: Some((first, Message::new("一度目はここです", "the first is here"))),
        });
    }

    fn missing_key(&mut self, mapping: &Mapping, name: &str, at: At) {
        let Some(key) = mapping.keys.iter().find(|key| key.name == name) else { return };
        let title = mapping.title;
        self.tell(
            Code::MissingKey,
            at,
            Message::new(
                format!("{}に「{}」がありません", title.ja, key.term()),
                format!("this {} has no `{name}`", title.en),
            ),
            Message::new(
                format!("「{name}: …」(「{}: …」でも可) を書いてください。{}です", key.term(), key.doc.ja),
                format!("write `{name}: …`: {}", key.doc.en),
            ),
        );
    }

    fn unknown_key(&mut self, written: &str, at: At, mapping: &Mapping) {
        if let Some((key, _)) = written.split_once('：').filter(|(key, _)| lint::is_key(key.trim())) {
            let column = at.column + u32::try_from(key.chars().count()).unwrap_or(0);
            return self.problem(lint::full_width_colon(key.trim(), At { column, length: 1, ..at }));
        }
        let help = if let Some(home) =
            super::keys::home_of(written.trim(), mapping).filter(|_| mapping.suggest(written).is_none())
        {
            Message::new(
                format!("「{written}」は{}の中に書く項目です。字下げを見てください", home.title.ja),
                format!("`{written}` belongs into a {}; see the indent", home.title.en),
            )
        } else if let Some(near) = mapping.suggest(written) {
            Message::new(format!("「{near}」ではありませんか"), format!("did you mean `{near}`?"))
        } else {
            let ja: Vec<_> = mapping.keys.iter().map(|key| key.term()).collect();
            let en: Vec<_> = mapping.keys.iter().map(|key| key.name).collect();
            Message::new(format!("使える項目: {}", ja.join("、")), format!("known keys: {}", en.join(", ")))
        };
        let message = Message::new(
            format!("{}に「{written}」という項目はありません", mapping.title.ja),
            format!("a {} has no key `{written}`", mapping.title.en),
        );
        self.tell(Code::UnknownKey, at, message, help);
    }

    /// Reports ids that stand twice in a list.
    pub fn unique_ids<'i>(&mut self, ids: impl Iterator<Item = (&'i str, At)>) {
        let mut seen = std::collections::BTreeMap::new();
        for (id, at) in ids {
            match seen.get(id) {
                None => {
                    seen.insert(id, at);
                }
                Some(first) => self.problem(Problem {
                    code: Code::DuplicateId,
                    at,
                    message: Message::new(
                        format!("識別子「{id}」が二度使われています"),
                        format!("the id `{id}` is used twice"),
                    ),
                    label: None,
                    help: Message::new("どちらかに別の識別子を付けてください", "give one of them another id"),
                    related: Some((*first, Message::new("一度目はここです", "the first is here"))),
                }),
            }
        }
    }
}
