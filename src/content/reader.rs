//! Reading the tree against the table of keys: every mapping, text, word, date and number with its problems.
//!
//! A function here returns `None` where it has reported why (or where nothing is written), so that callers go on and
//! find the other problems of the file, too.

use std::fmt::Display;
use std::sync::Arc;

use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

use super::keys::{Mapping, Need, Words};
use super::lint;
use super::yaml::{Entry, Kind, Node, Problem};
use crate::diagnostic::{Code, Diagnostic, Message, Place, Report};
use crate::model::{At, FiscalYear, Language, Text, WrittenYear};

/// Reads one file and reports what it finds.
#[derive(Debug)]
pub struct Reader<'a> {
    file: Arc<str>,
    text: &'a str,
    report: &'a mut Report,
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
        Self { file, text, report }
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
            Message::new(help.0, help.1),
        );
    }

    /// The fields of a mapping. Reports unknown, double and missing keys.
    pub fn fields<'n, 't>(&mut self, node: &'n Node<'t>, mapping: &'static Mapping) -> Option<Fields<'n, 't>> {
        let Kind::Map(entries) = &node.kind else {
            self.wrong_type(
                node,
                ("「項目: 値」のまとまり", "a mapping"),
                ("「項目: 値」の形で、字下げして書いてください", "write «key: value» lines, indented"),
            );
            return None;
        };
        let mut values: Vec<Option<&Entry<'_>>> = vec![None; mapping.keys.len()];
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
        for (key, value) in mapping.keys.iter().zip(&mut values) {
            let empty_at = value.filter(|entry| entry.value.is_nothing()).map(|entry| entry.key.at);
            if empty_at.is_some() {
                *value = None;
            }
            if value.is_none() && key.need == Need::Required {
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
                format!("«{written}» is written above, too, under its other name"),
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
                format!("this {} has no «{name}»", title.en),
            ),
            Message::new(
                format!("「{name}: …」(「{}: …」でも可) を書いてください。{}です", key.term(), key.doc.ja),
                format!("write «{name}: …»: {}", key.doc.en),
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
                format!("«{written}» belongs into a {}; see the indent", home.title.en),
            )
        } else if let Some(near) = mapping.suggest(written) {
            Message::new(format!("「{near}」ではありませんか"), format!("did you mean «{near}»?"))
        } else {
            let ja: Vec<_> = mapping.keys.iter().map(|key| key.term()).collect();
            let en: Vec<_> = mapping.keys.iter().map(|key| key.name).collect();
            Message::new(format!("使える項目: {}", ja.join("、")), format!("known keys: {}", en.join(", ")))
        };
        let message = Message::new(
            format!("{}に「{written}」という項目はありません", mapping.title.ja),
            format!("a {} has no key «{written}»", mapping.title.en),
        );
        self.tell(Code::UnknownKey, at, message, help);
    }

    /// A short text as printed. `None` for nothing and for an empty text.
    pub fn code(&mut self, node: &Node<'_>) -> Option<Box<str>> {
        match node.text() {
            Some(_) if node.is_nothing() => None,
            Some(text) => Some(text.trim()).filter(|text| !text.is_empty()).map(Into::into),
            None => {
                self.wrong_type(
                    node,
                    ("文字や数値", "a text or figure"),
                    (
                        "値を一つだけ書いてください。「, : { } [ ]」を含む文は \"…\" で囲みます",
                        "write one value; put a text with , : { } [ ] in \"…\"",
                    ),
                );
                None
            }
        }
    }

    /// A text in one or several languages.
    pub fn text(&mut self, node: &Node<'_>) -> Option<Text> {
        let Kind::Map(entries) = &node.kind else { return self.code(node).map(Text::One) };
        let mut texts: Vec<(Language, Box<str>)> = Vec::with_capacity(entries.len());
        for entry in entries {
            let written = entry.key.text().unwrap_or_default();
            if !Language::is_code(written) {
                self.tell(
                    Code::WrongType,
                    entry.key.at,
                    Message::new("ここには文を書きます", "a text is expected here"),
                    Message::new(
                        "文に「: 」や { } があるときは全体を \"…\" で囲んでください。言語ごとの文は {ja: …, en: …} と書きます",
                        "put a text with a colon or braces in \"…\"; texts by language are written {ja: …, en: …}",
                    ),
                );
                return None;
            }
            if let Some(text) = self.code(&entry.value) {
                texts.push((Language::new(written), text));
            }
        }
        (!texts.is_empty()).then(|| Text::Many(texts.into()))
    }

    /// A list of texts, or one.
    pub fn texts(&mut self, node: &Node<'_>) -> Vec<Text> {
        match &node.kind {
            Kind::Seq(items) => {
                let mut texts: Vec<_> = items.iter().filter_map(|item| self.text(item)).collect();
                texts.shrink_to_fit();
                texts
            }
            _ => self.text(node).into_iter().collect(),
        }
    }

    /// The items of a list that are not empty.
    pub fn items<'n, 't>(&mut self, node: &'n Node<'t>) -> impl Iterator<Item = &'n Node<'t>> + use<'n, 't> {
        let items: &[Node<'_>] = match &node.kind {
            Kind::Seq(items) => items,
            _ => {
                self.wrong_type(
                    node,
                    ("並び", "a list"),
                    ("一つでも「- 」で始めてください", "begin each item with «- », even if there is only one"),
                );
                &[]
            }
        };
        items.iter().filter(|item| !item.is_nothing())
    }

    /// An id: ASCII small letters, digits and hyphens.
    pub fn id(&mut self, node: &Node<'_>) -> Option<Box<str>> {
        let id = self.code(node)?;
        if is_id(&id) {
            return Some(id);
        }
        let offer: String =
            id.nfkc().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
        let offer = offer.trim_matches('-');
        let help = if is_id(offer) && id.is_ascii() {
            Message::new(format!("「{offer}」のように書いてください"), format!("write «{offer}»"))
        } else {
            Message::new(
                "URLになる名前です。半角の英小文字・数字・ハイフンで付けてください (例: exchange)",
                "it becomes part of a URL: use small letters, digits and hyphens (exchange)",
            )
        };
        let message = Message::new(
            format!("識別子「{id}」に使えない文字があります"),
            format!("the id «{id}» contains characters that an id cannot have"),
        );
        self.tell(Code::InvalidValue, node.at, message, help);
        None
    }

    /// One of a list of words; `all` and `name` are the values that they stand for.
    pub fn word<T: Copy>(
        &mut self,
        node: &Node<'_>,
        words: &'static Words,
        all: &[T],
        name: fn(T) -> &'static str,
    ) -> Option<T> {
        let written = self.code(node)?;
        let found = words.find(&written).and_then(|word| all.iter().copied().find(|value| name(*value) == word.name));
        if found.is_none() {
            let (ja, en) = words.list();
            let help = match words.suggest(&written) {
                Some(near) => Message::new(
                    format!("「{near}」ではありませんか。使える語: {ja}"),
                    format!("did you mean «{near}»? known words: {en}"),
                ),
                None => Message::new(format!("使える語: {ja}"), format!("known words: {en}")),
            };
            self.invalid(node.at, &written, help);
        }
        found
    }

    /// `true` or `false`.
    pub fn switch(&mut self, node: &Node<'_>) -> Option<bool> {
        let name = |value| if value { "true" } else { "false" };
        self.word(node, &super::keys::SWITCH, &[true, false], name)
    }

    fn invalid(&mut self, at: At, written: &dyn Display, help: Message) {
        let message =
            Message::new(format!("「{written}」はここには書けません"), format!("«{written}» cannot stand here"));
        self.tell(Code::InvalidValue, at, message, help);
    }

    /// Reports a value that the key does not take, with what to do.
    pub fn refuse(&mut self, at: At, message: (&str, &str), help: (&str, &str)) {
        self.tell(Code::InvalidValue, at, Message::new(message.0, message.1), Message::new(help.0, help.1));
    }

    /// A fiscal year, as a value or as a key of figures by year. Warns of an era year that never came.
    pub fn year(&mut self, node: &Node<'_>) -> Option<WrittenYear> {
        let written = self.code(node)?;
        let Some(year) = FiscalYear::parse(&written) else {
            if let Some((key, _)) = written.split_once('：').filter(|(key, _)| FiscalYear::parse(key).is_some()) {
                let column = node.at.column + u32::try_from(key.chars().count()).unwrap_or(0);
                self.problem(lint::full_width_colon(key, At { column, length: 1, ..node.at }));
                return None;
            }
            self.tell(
                Code::WrongYear,
                node.at,
                Message::new(
                    format!("「{written}」を年度として読めません"),
                    format!("«{written}» is not a fiscal year"),
                ),
                Message::new("2024、2024年度、令和6年度、R6 のように書いてください", "write 2024, 令和6年度 or R6"),
            );
            return None;
        };
        if year.never_came() {
            let real = year.year.era().map(|era| era.to_string()).unwrap_or_default();
            self.tell(
                Code::ImpossibleEraYear,
                node.at,
                Message::new(
                    format!("「{written}」は実際には来なかった年度です。{}({real})年度として扱います", year.year),
                    format!("«{written}» never came; it is taken as fiscal {}", year.year),
                ),
                Message::new(
                    format!("原典のままならこのままで構いません。改めるなら {} と書いてください", year.year),
                    format!("leave it where the source prints it so; else write {}", year.year),
                ),
            );
        }
        Some(year)
    }

    /// A number that the tool computes with: no unit, no bounds.
    pub fn number(&mut self, node: &Node<'_>) -> Option<Decimal> {
        let written = self.code(node)?;
        let plain: String = written.nfkc().filter(|c| *c != ',').collect();
        let number = Decimal::from_str_exact(plain.trim()).ok();
        if number.is_none() {
            self.invalid(
                node.at,
                &written,
                Message::new("数だけを書いてください (例: 2.5)", "write a number only (2.5)"),
            );
        }
        number
    }

    /// A whole number that is not negative.
    pub fn count(&mut self, node: &Node<'_>) -> Option<u64> {
        let written = self.code(node)?;
        let plain: String = written.nfkc().filter(|c| *c != ',').collect();
        let count = plain.trim().parse().ok();
        if count.is_none() {
            self.invalid(
                node.at,
                &written,
                Message::new("0以上の整数を書いてください", "write a whole number from 0 on"),
            );
        }
        count
    }

    /// An ISO date that exists.
    pub fn date(&mut self, node: &Node<'_>) -> Option<Box<str>> {
        let written = self.code(node)?;
        let shaped =
            written.len() == 10 && written.as_bytes().get(4) == Some(&b'-') && written.as_bytes().get(7) == Some(&b'-');
        if shaped && written.parse::<jiff::civil::Date>().is_ok() {
            return Some(written);
        }
        self.tell(
            Code::InvalidDate,
            node.at,
            Message::new(format!("「{written}」を日付として読めません"), format!("«{written}» is not a date")),
            Message::new("2025-09-20 のように西暦4桁-月2桁-日2桁で書いてください", "write the date as 2025-09-20"),
        );
        None
    }

    /// A URL of the web.
    pub fn url(&mut self, node: &Node<'_>) -> Option<Box<str>> {
        let written = self.code(node)?;
        let host = written.strip_prefix("https://").or_else(|| written.strip_prefix("http://"));
        let valid = host.is_some_and(|host| {
            host.starts_with(|c: char| c.is_alphanumeric() || c == '[')
                && !host.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\'))
        });
        if valid {
            return Some(written);
        }
        self.tell(
            Code::InvalidUrl,
            node.at,
            Message::new(format!("「{written}」をURLとして読めません"), format!("«{written}» is not a URL")),
            Message::new("https:// で始まるURLを書いてください", "write a URL that begins with https://"),
        );
        None
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
                        format!("the id «{id}» is used twice"),
                    ),
                    label: None,
                    help: Message::new("どちらかに別の識別子を付けてください", "give one of them another id"),
                    related: Some((*first, Message::new("一度目はここです", "the first is here"))),
                }),
            }
        }
    }
}

/// Whether a text can be an id: `[a-z0-9][a-z0-9-]*`.
pub fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
