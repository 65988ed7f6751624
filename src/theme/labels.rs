//! Labels: every word of the pages that no author wrote, one file a language.
//!
//! `labels/<language>.yaml` is a map of maps of texts. A key is the way down to a text (`verdict.on-track`). A text may
//! hold placeholders (`{n}`). A text that counts has the forms `key.one` (exactly one) and `key.other`; a language
//! without that difference, like Japanese, has only `key.other`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_yaml::Spanned;

use super::html::{self, Html};
use super::source::{self, Chain};
use super::words::{Shown, Words};
use crate::diagnostic::{Code, Diagnostic, Message, Place, Report};
use crate::model::{At, Language};

/// The words of one language.
#[derive(Debug)]
pub struct Labels {
    language: Language,
    texts: BTreeMap<Box<str>, Label>,
    /// The same texts, taken apart at their placeholders, by the hashes of their keys in ascending order: a page asks
    /// for hundreds, and keys have long beginnings in common.
    found: Vec<(u64, Template)>,
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

/// A text, taken apart once since it is filled very often.
#[derive(Debug)]
struct Template {
    key: Box<str>,
    text: Arc<str>,
    /// What stands before each placeholder, and its name.
    parts: Vec<(Box<str>, Box<str>)>,
    /// What stands after the last placeholder.
    rest: Box<str>,
}

impl Labels {
    fn new(language: Language, texts: BTreeMap<Box<str>, Label>, reading: Reading) -> Self {
        let mut found: Vec<_> =
            texts.iter().map(|(key, label)| (hash(key), Template::new(key.clone(), &label.text))).collect();
        found.sort_by_key(|(hash, _)| *hash);
        Self { language, texts, found, reading }
    }

    fn template(&self, key: &str) -> Option<&Template> {
        let hash = hash(key);
        let first = self.found.partition_point(|(known, _)| *known < hash);
        let same = self.found.iter().skip(first).take_while(|(known, _)| *known == hash);
        same.map(|(_, template)| template).find(|template| template.key.as_ref() == key)
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
        self.template(key).map(|template| template.text.as_ref())
    }

    /// The text for a key with its placeholders filled in: `fill("year", &[("n", "6")])` makes 令和6年度 of
    /// `令和{n}年度`.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        match self.template(key) {
            Some(template) => {
                let mut filled = String::new();
                template.fill(values, &mut filled, String::push_str);
                filled
            }
            None => key.to_owned(),
        }
    }

    /// The text with its placeholders filled in by words, which keep their language.
    pub fn fill_words(&self, key: &str, values: &[(&str, &dyn Shown)]) -> Words {
        let Some(template) = self.template(key) else { return Words::new(key) };
        let mut filled = Words::default();
        for (before, name) in &template.parts {
            filled.push(before);
            match values.iter().find(|(of, _)| *of == name.as_ref()) {
                Some((_, value)) => filled.append(*value),
                None => ["{", name, "}"].iter().for_each(|part| filled.push(part)),
            }
        }
        filled.push(&template.rest);
        filled
    }

    /// The text as HTML with its placeholders filled in by HTML: what the label itself says is escaped.
    pub fn fill_html(&self, key: &str, values: &[(&str, &str)]) -> Html {
        let mut filled = String::new();
        match self.template(key) {
            Some(template) => template.fill(values, &mut filled, html::push_escaped),
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

impl Template {
    fn new(key: Box<str>, text: &Arc<str>) -> Self {
        let mut parts = Vec::new();
        let mut before = String::new();
        let mut rest: &str = text;
        while let Some((plain, from)) = rest.find('{').map(|open| rest.split_at(open)) {
            before.push_str(plain);
            let name = placeholder_at(from);
            match name {
                Some(name) => parts.push((std::mem::take(&mut before).into_boxed_str(), name.into())),
                None => before.push('{'),
            }
            rest = from.get(name.map_or(1, |name| name.len() + 2)..).unwrap_or_default();
        }
        before.push_str(rest);
        Self { key, text: Arc::clone(text), parts, rest: before.into() }
    }

    /// A placeholder without a value stays. `push` adds what the text itself says.
    fn fill(&self, values: &[(&str, &str)], filled: &mut String, push: impl Fn(&mut String, &str)) {
        filled.reserve(values.iter().fold(self.text.len(), |length, (_, value)| length + value.len()));
        for (before, name) in &self.parts {
            push(filled, before);
            match values.iter().find(|(of, _)| *of == name.as_ref()) {
                Some((_, value)) => filled.push_str(value),
                None => ["{", name, "}"].iter().for_each(|part| push(filled, part)),
            }
        }
        push(filled, &self.rest);
    }
}

/// Puts values into the placeholders of a text. A placeholder without a value stays, and so does a single brace.
pub(super) fn fill<'v>(text: &str, value: impl Fn(&str) -> Option<Cow<'v, str>>) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let (before, from) = rest.split_at(open);
        filled.push_str(before);
        let name = placeholder_at(from);
        match name.and_then(&value) {
            Some(value) => filled.push_str(&value),
            None => filled.push_str(from.get(..name.map_or(1, |name| name.len() + 2)).unwrap_or_default()),
        }
        rest = from.get(name.map_or(1, |name| name.len() + 2)..).unwrap_or_default();
    }
    filled.push_str(rest);
    filled
}

/// The name in `{name}` at the start of a text.
fn placeholder_at(text: &str) -> Option<&str> {
    let name = text.strip_prefix('{')?;
    let name = name.get(..name.find('}')?)?;
    let named = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b.is_ascii_digit());
    named.then_some(name)
}

/// The names of a text's placeholders, sorted.
pub(super) fn placeholders(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> = text.match_indices('{').filter_map(|(at, _)| placeholder_at(text.get(at..)?)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Reads the labels of every language, with inheritance, and checks that all of them say the same things.
///
/// Reports `missing-label` where a language lacks a text that Japanese has, has one that Japanese lacks, or has other
/// placeholders in it; `invalid-yaml` where a file is no map of texts.
pub(super) fn load(chain: &Chain<'_>, languages: &[Language], report: &mut Report) -> Languages {
    let japanese = Arc::new(read(chain, &Language::japanese(), report));
    let mut all = languages.iter().map(|language| {
        if language.is_japanese() {
            return Arc::clone(&japanese);
        }
        let labels = read(chain, language, report);
        compare(chain, &japanese, &labels, report);
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

fn read(chain: &Chain<'_>, language: &Language, report: &mut Report) -> Labels {
    let mut texts = BTreeMap::new();
    let mut reading = Reading::Whole;
    for layer in chain.layers.iter().rev() {
        let below = format!("labels/{}.yaml", language.code());
        let Some(bytes) = layer.file(&below) else { continue };
        let Some(text) = source::text(layer, &below, bytes, report) else {
            reading = Reading::Part;
            continue;
        };
        if text.trim().is_empty() {
            continue;
        }
        match serde_yaml::from_str::<Node>(text) {
            Ok(node) => {
                let lines: Vec<Arc<str>> = text.lines().map(Arc::from).collect();
                let mut flat =
                    Flat { file: layer.path(&below), lines, texts: &mut texts, reading: &mut reading, report };
                flat.add(String::new(), node, At::default());
            }
            Err(error) => {
                reading = Reading::Part;
                report.add(source::invalid_yaml(layer.path(&below), text, &error));
            }
        }
    }
    Labels::new(language.clone(), texts, reading)
}

/// A text, a map of texts, or something that has no place among labels.
#[derive(Debug)]
pub(super) enum Node {
    Text(Box<str>),
    Map(Vec<(Box<str>, Spanned<Node>)>),
    Other,
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NodeVisitor;

        impl<'de> Visitor<'de> for NodeVisitor {
            type Value = Node;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, or a map of texts")
            }

            fn visit_str<E>(self, text: &str) -> Result<Node, E> {
                Ok(Node::Text(text.into()))
            }

            fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
                Ok(Node::Other)
            }

            fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
                Ok(Node::Other)
            }

            fn visit_u64<E>(self, _: u64) -> Result<Node, E> {
                Ok(Node::Other)
            }

            fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
                Ok(Node::Other)
            }

            fn visit_unit<E>(self) -> Result<Node, E> {
                Ok(Node::Other)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Node::Other)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
                let mut entries = Vec::new();
                while let Some(key) = map.next_key::<String>()? {
                    if key.is_empty() || key.contains('.') {
                        return Err(A::Error::custom("a key is not empty and has no full stop in it"));
                    }
                    entries.push((key.into_boxed_str(), map.next_value()?));
                }
                Ok(Node::Map(entries))
            }
        }

        deserializer.deserialize_any(NodeVisitor)
    }
}

/// Makes flat keys of nested maps.
struct Flat<'t> {
    file: Arc<str>,
    lines: Vec<Arc<str>>,
    texts: &'t mut BTreeMap<Box<str>, Label>,
    reading: &'t mut Reading,
    report: &'t mut Report,
}

impl Flat<'_> {
    fn add(&mut self, key: String, node: Node, at: At) {
        let index = (at.line as usize).saturating_sub(1);
        let line = || self.lines.get(index).cloned().unwrap_or_else(|| "".into());
        let place = Place { file: Arc::clone(&self.file), at };
        match node {
            Node::Text(text) => {
                let label = Label { text: text.into(), line: line(), place };
                self.texts.insert(key.into(), label);
            }
            Node::Map(entries) => {
                for (name, node) in entries {
                    let at = source::at(&node);
                    let key = if key.is_empty() { name.into_string() } else { format!("{key}.{name}") };
                    self.add(key, node.value, at);
                }
            }
            Node::Other => {
                *self.reading = Reading::Part;
                let message =
                    Message::new(format!("文言 {key} が文字ではありません"), format!("the label {key} is not a text"));
                let mut diagnostic = Diagnostic::new(Code::WrongType, place, message)
                    .help("数字や yes/no は引用符に入れてください", "put numbers and yes or no into quotes");
                diagnostic.excerpt = Some(line().as_ref().to_owned());
                self.report.add(diagnostic);
            }
        }
    }
}

/// Every text of Japanese must be in the other language, and the other way round, with the same placeholders.
fn compare(chain: &Chain<'_>, measure: &Labels, labels: &Labels, report: &mut Report) {
    // A word may stand in the file that could not be read: that is told, and enough.
    if !measure.are_whole() || !labels.are_whole() {
        return;
    }
    let code = labels.language.code();
    let file = chain.layers.first().map(|layer| layer.path(&format!("labels/{code}.yaml")));
    let file = file.unwrap_or_else(|| format!("labels/{code}.yaml").into());
    if labels.texts.is_empty() {
        let place = Place { file, at: At::default() };
        let message = Message::new(
            format!("言語 {code} の文言のファイルがありません"),
            format!("there is no file of labels for the language {code}"),
        );
        report.add(
            Diagnostic::new(Code::MissingLabel, place, message)
                .help("labels/ja.yaml を写して訳してください", "copy labels/ja.yaml and translate it"),
        );
        return;
    }
    for (key, label) in measure.iter() {
        match labels.texts.get(key) {
            Some(other) => compare_placeholders(key, label, other, report),
            // English may do without a form for one, and Japanese has none.
            None if is_one(key) && labels.knows(stem(key)) => {}
            None => report.add(missing(key, code, label, Arc::clone(&file))),
        }
    }
    for (key, label) in labels.iter().filter(|(key, _)| !measure.texts.contains_key(*key)) {
        match measure.texts.get(format!("{}.other", stem(key)).as_str()).filter(|_| is_one(key)) {
            Some(_) => {}
            None => report.add(unknown(key, code, label)),
        }
    }
}

fn is_one(key: &str) -> bool {
    key.ends_with(".one")
}

fn stem(key: &str) -> &str {
    key.rsplit_once('.').map_or(key, |(stem, _)| stem)
}

fn missing(key: &str, code: &str, japanese: &Label, file: Arc<str>) -> Diagnostic {
    let message =
        Message::new(format!("文言 {key} が {file} にありません"), format!("the label {key} is not in {file}"));
    Diagnostic::new(Code::MissingLabel, Place { file, at: At::default() }, message)
        .related(japanese.place.clone(), "日本語の文言はここにあります", "the Japanese text is here")
        .help(
            format!("言語 {code} の訳を書き足してください: 「{}」", japanese.text),
            format!("add the translation for the language {code}: `{}`", japanese.text),
        )
}

fn unknown(key: &str, code: &str, label: &Label) -> Diagnostic {
    let message = Message::new(
        format!("文言 {key} は labels/ja.yaml にありません"),
        format!("the label {key} is not in labels/ja.yaml"),
    );
    let mut diagnostic = Diagnostic::new(Code::MissingLabel, label.place.clone(), message).help(
        format!("日本語にも書き足すか、言語 {code} から消してください"),
        format!("add it in Japanese, too, or remove it from the language {code}"),
    );
    diagnostic.excerpt = Some(label.line.as_ref().to_owned());
    diagnostic
}

fn compare_placeholders(key: &str, japanese: &Label, other: &Label, report: &mut Report) {
    let (wanted, found) = (placeholders(&japanese.text), placeholders(&other.text));
    if wanted == found {
        return;
    }
    let list = |names: &[&str]| match names {
        [] => "―".to_owned(),
        names => names.iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(" "),
    };
    let message = Message::new(
        format!("文言 {key} の差し込みが日本語と違います: {}（日本語は {}）", list(&found), list(&wanted)),
        format!("the placeholders of the label {key} differ: {} (Japanese has {})", list(&found), list(&wanted)),
    );
    let mut diagnostic = Diagnostic::new(Code::MissingLabel, other.place.clone(), message)
        .related(japanese.place.clone(), "日本語の文言はここにあります", "the Japanese text is here")
        .help("差し込みの名前をそろえてください", "use the same placeholders in every language");
    diagnostic.excerpt = Some(other.line.as_ref().to_owned());
    report.add(diagnostic);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::tests::load;

    /// The codes and messages of a theme with these labels beside the built-in ones.
    fn found(ja: &str, en: &str) -> Vec<(String, u32, String)> {
        let files = [("themes/city/labels/ja.yaml", ja), ("themes/city/labels/en.yaml", en)];
        let report = load(&files, "city").err().unwrap_or_default();
        report.iter().map(|d| (d.place.file.to_string(), d.place.at.line, d.message.ja.clone())).collect()
    }

    #[test]
    fn a_label_missing_in_a_language_names_key_and_file() {
        let all = found("a:\n  b: 一\n  c: 二", "a: {b: one}");
        assert_eq!(all.len(), 1, "{all:?}");
        assert_eq!(all[0].0, "themes/city/labels/en.yaml");
        assert!(all[0].2.contains("a.c"), "{}", all[0].2);
    }

    #[test]
    fn a_label_that_japanese_lacks_is_told_at_its_line() {
        let all = found("a: 一", "a: one\nb: two");
        assert_eq!((all.len(), all[0].1), (1, 2), "{all:?}");
    }

    #[test]
    fn placeholders_are_the_same_in_every_language() {
        let all = found("a: '{n}件、{m}年'", "a: '{m} years, {n} things'");
        assert!(all.is_empty(), "{all:?}");
        let all = found("a: '{n}件'", "a: '{m} things'");
        assert!(all.len() == 1 && all[0].2.contains("{m}（日本語は {n}）"), "{all:?}");
    }

    #[test]
    fn english_has_a_form_for_one_where_japanese_has_none() {
        assert!(found("a: {other: '{n}件'}", "a: {one: '{n} thing', other: '{n} things'}").is_empty());
        assert_eq!(found("a: 件", "a: thing\nb: {one: x}").len(), 1);
    }

    #[test]
    fn a_language_without_any_labels_is_one_error() {
        let mut report = Report::default();
        let languages = [Language::japanese(), Language::new("zh")];
        assert!(
            crate::theme::Theme::load([], "standard", crate::theme::tests::asked(), &languages, &mut report).is_err()
        );
        let all: Vec<_> = report.iter().map(|d| (d.code, d.place.file.as_ref())).collect();
        assert_eq!(all, [(Code::MissingLabel, "themes/standard/labels/zh.yaml")]);
    }

    #[test]
    fn a_number_without_quotes_and_a_list_are_told_each_at_its_line() {
        let all = found("a: 1\nb:\n  - x\nc: yes", "a: 'x'\nb: 'y'\nc: 'z'");
        assert!(all.iter().all(|(_, _, message)| message.ends_with("文字ではありません")), "{all:?}");
        assert_eq!(all.iter().map(|(_, line, _)| *line).collect::<Vec<_>>(), [1, 3, 4], "{all:?}");
    }

    #[test]
    fn a_file_of_labels_that_cannot_be_read_is_one_error() {
        for broken in ["site: [\n", "a: 一\nb: 1\n"] {
            let all = found(broken, "a: one\nb: two\nc: three");
            assert_eq!((all.len(), all[0].0.as_str()), (1, "themes/city/labels/ja.yaml"), "{all:?}");
            let all = found("a: 一\nb: 二\nc: 三", broken);
            assert_eq!((all.len(), all[0].0.as_str()), (1, "themes/city/labels/en.yaml"), "{all:?}");
        }
        let page = "{% extends \"base.html\" %}{% block main %}{{ label(key=\"page.own\") }}{{ \"own\" | label }}{% endblock %}";
        let files = [("themes/standard/labels/ja.yaml", "site: ["), ("themes/standard/templates/page.html", page)];
        let report = load(&files, "standard").err().unwrap_or_default();
        let all: Vec<_> = report.iter().map(|told| (told.code, &*told.place.file)).collect();
        assert_eq!(all, [(Code::InvalidYaml, "themes/standard/labels/ja.yaml")]);
    }

    #[test]
    fn braces_that_are_no_placeholder_stay() {
        let values = |name: &str| (name == "n").then_some(Cow::Borrowed("3"));
        assert_eq!(fill("{n}件 {m} {} { {日本} {n", values), "3件 {m} {} { {日本} {n");
        assert_eq!(placeholders("{b}{a}{b}{}"), ["a", "b"]);
    }
}
