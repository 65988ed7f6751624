//! The values that fields hold: texts, lists, ids, words, years, numbers, dates, URLs.

use std::fmt::Display;

use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

use super::Reader;
use crate::content::furigana;
use crate::content::keys::{self, Words};
use crate::content::links;
use crate::content::lint;
use crate::content::yaml::{Kind, Node};
use crate::diagnostic::{Code, Message};
use crate::model::{At, FiscalYear, Language, Text, WrittenYear};

impl Reader<'_> {
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
        let Kind::Map(entries) = &node.kind else { return self.prose(node).map(Text::One) };
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
            if let Some(text) = self.prose(&entry.value) {
                texts.push((Language::new(written), text));
            }
        }
        self.by_language.push((node.at, texts.iter().map(|(language, _)| language.clone()).collect()));
        (!texts.is_empty()).then(|| Text::Many(texts.into()))
    }

    /// A text in one language, with its links and furigana.
    fn prose(&mut self, node: &Node<'_>) -> Option<Box<str>> {
        let text = self.code(node)?;
        self.links.extend(links::in_text(self.text, node.at, &text));
        for problem in furigana::in_text(self.text, node.at, &text) {
            self.problem(problem);
        }
        Some(text)
    }

    /// A list of texts, or one.
    pub fn texts(&mut self, node: &Node<'_>) -> Vec<Text> {
        match &node.kind {
            Kind::Seq(items) => {
                let texts: Vec<_> = items.iter().filter_map(|item| self.text(item)).collect();
                crate::model::fitted(texts)
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
                    ("一つでも「- 」で始めてください", "begin each item with `- `, even if there is only one"),
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
            Message::new(format!("「{offer}」のように書いてください"), format!("write `{offer}`"))
        } else {
            Message::new(
                "URLになる名前です。半角の英小文字・数字・ハイフンで付けてください (例: exchange)",
                "it becomes part of a URL: use small letters, digits and hyphens (exchange)",
            )
        };
        let message = Message::new(
            format!("識別子「{id}」に使えない文字があります"),
            format!("the id `{id}` contains characters that an id cannot have"),
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
                    format!("did you mean `{near}`? known words: {en}"),
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
        self.word(node, &keys::SWITCH, &[true, false], name)
    }

    fn invalid(&mut self, at: At, written: &dyn Display, help: Message) {
        let message =
            Message::new(format!("「{written}」はここには書けません"), format!("`{written}` cannot stand here"));
        self.tell(Code::InvalidValue, at, message, help);
    }

    /// Reports a value that the key does not take, with what to do.
    pub fn refuse(&mut self, at: At, message: (&str, &str), help: (&str, &str)) {
        self.tell(
            Code::InvalidValue,
            at,
            Message::new(message.0.to_owned(), message.1.to_owned()),
            Message::new(help.0.to_owned(), help.1.to_owned()),
        );
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
                    format!("`{written}` is not a fiscal year"),
                ),
                match lint::year_without_era(&written) {
                    Some(bare) => Message::new(
                        format!("元号を付けて「令和{bare}年度」「R{bare}」や「平成{bare}年度」「H{bare}」のように書いてください"),
                        format!("write its era: `令和{bare}年度` or `R{bare}`, `平成{bare}年度` or `H{bare}`"),
                    ),
                    None => Message::new(
                        "2024、2024年度、令和6年度、R6 のように書いてください",
                        "write 2024, `令和6年度` or R6",
                    ),
                },
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
                    format!("`{written}` never came; it is taken as fiscal {}", year.year),
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
        if shaped && written.bytes().enumerate().all(|(i, b)| matches!(i, 4 | 7) || b.is_ascii_digit()) {
            self.tell(
                Code::InvalidDate,
                node.at,
                Message::new(format!("{written} という日はありません"), format!("there is no day {written}")),
                Message::new("暦を見て、月と日を直してください", "correct the month or the day"),
            );
            return None;
        }
        self.tell(
            Code::InvalidDate,
            node.at,
            Message::new(format!("「{written}」を日付として読めません"), format!("`{written}` is not a date")),
            Message::new("2025-09-20 のように西暦4桁-月2桁-日2桁で書いてください", "write the date as 2025-09-20"),
        );
        None
    }

    /// An ISO date that exists, as a day to compare with.
    pub fn day(&mut self, node: &Node<'_>) -> Option<jiff::civil::Date> {
        self.date(node)?.parse().ok()
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
            Message::new(format!("「{written}」をURLとして読めません"), format!("`{written}` is not a URL")),
            Message::new("https:// で始まるURLを書いてください", "write a URL that begins with https://"),
        );
        None
    }
}

/// Whether a text can be an id: `[a-z0-9][a-z0-9-]*`.
pub fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
