//! Examining one page: its tags in their order, each in the midst of those that are open.

use super::links::Link;
use super::rules::Rule;
use crate::diagnostic::Message;
use crate::model::Language;
use html5gum::{StartTag, Token, Tokenizer};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What one page says about itself.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub ids: BTreeSet<String>,
    /// Inner links: the file they lead to, below the site's root, and the id, empty for the file itself.
    pub links: BTreeSet<(String, String)>,
    pub problems: BTreeSet<Problem>,
}

/// A broken rule, in words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Problem {
    pub rule: Rule,
    pub message: Message,
    pub help: Message,
}

impl Problem {
    pub fn new(
        rule: Rule,
        ja: impl Into<Cow<'static, str>>,
        en: impl Into<Cow<'static, str>>,
        help: (&'static str, &'static str),
    ) -> Self {
        Self { rule, message: Message::new(ja, en), help: Message::new(help.0, help.1) }
    }
}

const TEMPLATE: (&str, &str) = ("テーマのテンプレートを直してください", "mend the theme's template");

/// Examines one page. `path` is its place below the site's root.
pub(super) fn examine(path: &str, html: &[u8]) -> Facts {
    let mut reader = Reader { path, ..Reader::default() };
    for token in Tokenizer::new(html) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => reader.open(&tag),
            Token::EndTag(tag) => reader.close(&tag.name.0),
            Token::String(text) => reader.text(&text.0),
            _ => {}
        }
    }
    reader.judge();
    reader.facts
}

fn attribute<'t>(tag: &'t StartTag<()>, name: &str) -> Option<Cow<'t, str>> {
    tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(&value.0))
}

/// What has neither content nor an end tag (HTML, 13.1.2).
const VOID: [&[u8]; 13] =
    [b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"source", b"track", b"wbr"];

/// Attributes that name ids of the same page.
const NAMES_IDS: [&str; 7] =
    ["aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "headers", "for"];

/// An element that is open.
#[derive(Debug)]
struct Open {
    name: Vec<u8>,
    part: Part,
    /// What is read of it so far, where its text matters.
    text: Option<String>,
    /// It or what it is in is not read aloud.
    hidden: bool,
}

/// What an element is to those who do not see it.
#[derive(Debug)]
enum Part {
    Other,
    Title,
    Heading,
    /// A link or a button.
    Control,
    Caption,
    /// A label around a field.
    Label,
    Table(Table),
    /// A drawing that is not hidden.
    Drawing(Drawing),
    DrawingTitle,
    DrawingDescription,
}

#[derive(Debug, Default)]
struct Table {
    captioned: bool,
    headers: usize,
    headers_without_scope: usize,
}

#[derive(Debug)]
struct Drawing {
    named: bool,
    described: bool,
    needs_description: bool,
}

#[derive(Debug, Default)]
struct Reader<'p> {
    path: &'p str,
    facts: Facts,
    open: Vec<Open>,
    language: bool,
    title: bool,
    headings: Vec<u8>,
    mains: Vec<Option<String>>,
    /// The names of nav elements.
    navs: Vec<String>,
    /// Where the first link leads, if it is a place on the page.
    first_link: Option<Option<String>>,
    /// Ids that attributes name.
    named_ids: BTreeMap<String, String>,
    /// Ids of fields without a name of their own; `None` for one that cannot be named.
    fields: Vec<Option<String>>,
    labelled: BTreeSet<String>,
}

impl Reader<'_> {
    fn tell(&mut self, rule: Rule, ja: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) {
        self.facts.problems.insert(Problem::new(rule, ja, en, TEMPLATE));
    }

    fn open(&mut self, tag: &StartTag<()>) {
        let name = tag.name.0.as_slice();
        let within = self.open.last().is_some_and(|open| open.hidden);
        let hidden = within || attribute(tag, "aria-hidden").is_some_and(|value| value == "true");
        self.attributes(tag, hidden);
        self.links(tag);
        let part = self.part(tag, hidden);
        let in_drawing = self.open.iter().any(|open| open.name == b"svg");
        let text = match &part {
            Part::Control => Some(attribute(tag, "aria-label").or_else(|| attribute(tag, "aria-labelledby"))),
            Part::Other | Part::Table(_) | Part::Drawing(_) => None,
            _ => Some(None),
        };
        let text = text.map(|named| named.map(Cow::into_owned).unwrap_or_default());
        if VOID.contains(&name) || (tag.self_closing && in_drawing) {
            return;
        }
        self.open.push(Open { name: name.to_vec(), part, text, hidden });
    }

    fn text(&mut self, text: &[u8]) {
        if self.open.last().is_some_and(|open| open.hidden && open.name != b"title") {
            return;
        }
        let gathering = self.open.iter_mut().filter_map(|open| open.text.as_mut());
        let text = String::from_utf8_lossy(text);
        gathering.for_each(|gathered| gathered.push_str(&text));
    }

    fn close(&mut self, name: &[u8]) {
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else { return };
        for closed in self.open.split_off(at).into_iter().rev() {
            self.leave(closed);
        }
    }

    fn leave(&mut self, closed: Open) {
        let empty = closed.text.as_ref().is_none_or(|text| text.trim().is_empty());
        match closed.part {
            Part::Title => self.title |= !empty,
            Part::Heading if empty => self.tell(Rule::Headings, "空の見出しがあります", "a heading is empty"),
            Part::Control if empty => {
                self.tell(Rule::Names, "名前のないリンクかボタンがあります", "a link or button has no name");
            }
            Part::Caption => {
                if let Some(table) = self.table() {
                    table.captioned |= !empty;
                }
            }
            Part::DrawingTitle => {
                if let Some(drawing) = self.drawing() {
                    drawing.named |= !empty;
                }
            }
            Part::DrawingDescription => {
                if let Some(drawing) = self.drawing() {
                    drawing.described |= !empty;
                }
            }
            Part::Table(table) => self.leave_table(&table),
            Part::Drawing(drawing) => {
                if !drawing.named {
                    self.tell(Rule::Alternatives, "題名のない図（svg）があります", "a drawing (svg) has no title");
                }
                if drawing.needs_description && !drawing.described {
                    self.tell(
                        Rule::Alternatives,
                        "説明（desc）のないグラフがあります",
                        "a chart has no description (desc)",
                    );
                }
            }
            Part::Other | Part::Heading | Part::Control | Part::Label => {}
        }
    }

    fn leave_table(&mut self, table: &Table) {
        if !table.captioned {
            self.tell(Rule::Tables, "表題（caption）のない表があります", "a table has no caption");
        }
        if table.headers == 0 {
            self.tell(Rule::Tables, "見出しのセル（th）のない表があります", "a table has no header cells (th)");
        }
        if table.headers_without_scope > 0 {
            self.tell(Rule::Tables, "scope のない見出しのセル（th）があります", "a header cell (th) has no scope");
        }
    }

    fn table(&mut self) -> Option<&mut Table> {
        self.open.iter_mut().rev().find_map(|open| match &mut open.part {
            Part::Table(table) => Some(table),
            _ => None,
        })
    }

    fn drawing(&mut self) -> Option<&mut Drawing> {
        self.open.iter_mut().rev().find_map(|open| match &mut open.part {
            Part::Drawing(drawing) => Some(drawing),
            _ => None,
        })
    }

    fn part(&mut self, tag: &StartTag<()>, hidden: bool) -> Part {
        let own_name = || attribute(tag, "aria-label").or_else(|| attribute(tag, "aria-labelledby"));
        match tag.name.0.as_slice() {
            b"html" => self.language = attribute(tag, "lang").is_some_and(|language| !language.is_empty()),
            b"main" => self.mains.push(attribute(tag, "id").map(Cow::into_owned)),
            b"nav" => self.navs.push(own_name().map(Cow::into_owned).unwrap_or_default()),
            b"title" if self.in_drawing() => return Part::DrawingTitle,
            b"title" => return Part::Title,
            b"desc" if self.in_drawing() => return Part::DrawingDescription,
            [b'h', level @ b'1'..=b'6'] => {
                self.headings.push(level - b'0');
                return Part::Heading;
            }
            b"a" | b"button" | b"summary" => {
                self.pressed(tag, hidden);
                // What is hidden needs no name.
                return if hidden { Part::Other } else { Part::Control };
            }
            b"caption" => return Part::Caption,
            b"label" => {
                self.labelled.extend(attribute(tag, "for").map(Cow::into_owned));
                return Part::Label;
            }
            b"table" => return Part::Table(Table::default()),
            b"th" => {
                let scoped = attribute(tag, "scope").is_some();
                if let Some(table) = self.table() {
                    table.headers += 1;
                    table.headers_without_scope += usize::from(!scoped);
                }
            }
            b"svg" if !hidden => {
                let class = attribute(tag, "class").unwrap_or_default();
                let drawn = |kind: &str| class.split_ascii_whitespace().any(|one| one == kind);
                return Part::Drawing(Drawing {
                    named: own_name().is_some(),
                    described: false,
                    needs_description: drawn("hc-progress") || drawn("hc-expenditure"),
                });
            }
            b"img" => match attribute(tag, "alt") {
                Some(alt) => self.text(alt.as_bytes()),
                None => {
                    self.facts.problems.insert(Problem::new(
                        Rule::Alternatives,
                        "画像に代替テキスト（alt）がありません",
                        "an image has no alternative text (alt)",
                        (
                            "alt を書いてください。飾りの画像は alt=\"\" とします",
                            "write alt; a decorative image takes alt=\"\"",
                        ),
                    ));
                }
            },
            b"iframe" if attribute(tag, "title").is_none_or(|title| title.trim().is_empty()) => {
                self.tell(Rule::Names, "題名のない枠（iframe）があります", "a frame (iframe) has no title");
            }
            b"input" | b"select" | b"textarea" => self.field(tag, hidden),
            b"meta" if attribute(tag, "name").is_some_and(|name| name.eq_ignore_ascii_case("viewport")) => {
                self.viewport(&attribute(tag, "content").unwrap_or_default());
            }
            _ => {}
        }
        Part::Other
    }

    fn in_drawing(&self) -> bool {
        self.open.iter().any(|open| open.name == b"svg")
    }

    fn field(&mut self, tag: &StartTag<()>, hidden: bool) {
        let kind = attribute(tag, "type").unwrap_or_default().to_ascii_lowercase();
        let says = |name: &str| attribute(tag, name).is_some_and(|value| !value.trim().is_empty());
        let named = match kind.as_str() {
            "hidden" => return,
            // A browser has words of its own for these.
            "submit" | "reset" => true,
            "button" => says("value"),
            "image" => says("alt"),
            _ => false,
        };
        self.pressed(tag, hidden);
        let around = self.open.iter().any(|open| matches!(open.part, Part::Label));
        if !(named || around || says("aria-label") || says("aria-labelledby") || says("title")) {
            self.fields.push(attribute(tag, "id").map(Cow::into_owned));
        }
    }

    /// Something that can be pressed or filled in.
    fn pressed(&mut self, tag: &StartTag<()>, hidden: bool) {
        let reached = attribute(tag, "tabindex").is_none_or(|index| !index.trim().starts_with('-'));
        let is_link = tag.name.0.as_slice() == b"a";
        let href = attribute(tag, "href");
        if hidden && reached && (!is_link || href.is_some()) {
            self.tell(
                Rule::Names,
                "読み上げから隠した部分（aria-hidden）に、操作できるものがあります",
                "something that can be pressed is hidden from screen readers (aria-hidden)",
            );
        }
        if is_link && self.first_link.is_none() {
            self.first_link = href.map(|href| href.strip_prefix('#').map(str::to_owned));
        }
        let style = attribute(tag, "style").unwrap_or_default();
        if let Some(small) = super::sizes::too_small(&style) {
            self.tell(
                Rule::TargetSize,
                format!("操作できるものの大きさが24pxより小さく指定されています：{small}"),
                format!("something that can be pressed is made smaller than 24 px: {small}"),
            );
        }
    }

    fn viewport(&mut self, content: &str) {
        let content: String = content.to_ascii_lowercase().split_whitespace().collect();
        let said = |key: &str| content.split([',', ';']).find_map(|part| part.strip_prefix(key)?.strip_prefix('='));
        let fixed = said("user-scalable").is_some_and(|value| value == "no" || value == "0");
        let least = said("maximum-scale").and_then(|value| value.parse::<f64>().ok());
        if fixed || least.is_some_and(|scale| scale < 5.0) {
            self.tell(Rule::Zoom, "viewport が拡大を止めています", "the viewport stops people from zooming");
        }
    }

    /// What any element may have.
    fn attributes(&mut self, tag: &StartTag<()>, hidden: bool) {
        if let Some(id) = attribute(tag, "id")
            && !self.facts.ids.insert(id.to_string())
        {
            self.facts.problems.insert(Problem::new(
                Rule::Ids,
                format!("id が重複しています：{id}"),
                format!("an id stands twice: {id}"),
                ("テンプレートでは、id をビューから受け取ってください", "take ids from the view in templates"),
            ));
        }
        for name in NAMES_IDS {
            for id in attribute(tag, name).iter().flat_map(|ids| ids.split_ascii_whitespace()) {
                self.named_ids.entry(id.to_owned()).or_insert_with(|| name.to_owned());
            }
        }
        if let Some(language) = attribute(tag, "lang")
            && !language.is_empty()
            && !Language::is_code(&language)
        {
            self.tell(
                Rule::Language,
                format!("言語コードではない lang があります：{language}"),
                format!("a lang is no language code: {language}"),
            );
        }
        let index = attribute(tag, "tabindex").and_then(|index| index.trim().parse::<i64>().ok());
        if index.is_some_and(|index| index > 0) {
            self.tell(Rule::FocusOrder, "tabindex に1以上の数があります", "a tabindex is above zero");
        }
        if hidden && index.is_some_and(|index| index >= 0) {
            self.tell(
                Rule::Names,
                "読み上げから隠した部分（aria-hidden）に、操作できるものがあります",
                "something that can be pressed is hidden from screen readers (aria-hidden)",
            );
        }
    }

    fn links(&mut self, tag: &StartTag<()>) {
        let is_link = tag.name.0.as_slice() == b"link";
        for name in ["href", "src", "action"] {
            let Some(link) = attribute(tag, name) else { continue };
            // What is written into the page itself is loaded from nowhere.
            if link.trim_start().get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:")) {
                continue;
            }
            match Link::read(self.path, &link) {
                Link::Inner { file, id } => {
                    // 404.html is served at any depth: its links are paths of the server.
                    if self.path != "404.html" {
                        self.facts.links.insert((file, id));
                    }
                }
                Link::Outside if name == "src" || (is_link && is_loaded(tag)) => {
                    self.facts.problems.insert(Problem::new(
                        Rule::Outside,
                        format!("外部のファイルを読み込んでいます：{link}"),
                        format!("the page loads a file from elsewhere: {link}"),
                        ("ファイルをテーマの assets に置いてください", "put the file into the theme's assets"),
                    ));
                }
                Link::Outside => {}
            }
        }
    }

    /// What can be said once the whole page was read.
    fn judge(&mut self) {
        self.close_all();
        if !self.language {
            self.tell(Rule::Language, "ページに言語（lang）がありません", "the page names no language (lang)");
        }
        if !self.title {
            self.tell(Rule::Title, "ページに題名（title）がありません", "the page has no title");
        }
        if self.mains.len() != 1 {
            self.tell(Rule::Landmarks, "main が1つではありません", "there is not exactly one main landmark");
        }
        let names: BTreeSet<&str> = self.navs.iter().map(|name| name.trim()).filter(|name| !name.is_empty()).collect();
        if self.navs.len() > 1 && names.len() < self.navs.len() {
            self.tell(Rule::Landmarks, "nav に名前がないか、同じ名前の nav があります", "a nav has no name of its own");
        }
        let to_main = self.first_link.clone().flatten().is_some_and(|id| self.mains.contains(&Some(id)));
        if !self.navs.is_empty() && !to_main {
            self.tell(
                Rule::Bypass,
                "最初のリンクが本文（main）へのリンクではありません",
                "the first link does not lead to main",
            );
        }
        if self.headings.iter().filter(|level| **level == 1).count() != 1 {
            self.tell(Rule::Headings, "h1 が1つではありません", "there is not exactly one h1");
        }
        if self.headings.windows(2).any(|pair| matches!(pair, [before, after] if *after > before + 1)) {
            self.tell(Rule::Headings, "見出しの段階が飛んでいます", "a heading skips a level");
        }
        let nameless = |id: &Option<String>| id.as_ref().is_none_or(|id| !self.labelled.contains(id));
        if self.fields.iter().any(nameless) {
            self.tell(Rule::Names, "名前のない入力欄があります", "a field has no name");
        }
        for (id, attribute) in std::mem::take(&mut self.named_ids) {
            if !self.facts.ids.contains(&id) {
                self.tell(
                    Rule::Ids,
                    format!("{attribute} が指す id がページにありません：{id}"),
                    format!("{attribute} names an id that the page does not have: {id}"),
                );
            }
        }
    }

    fn close_all(&mut self) {
        for left in std::mem::take(&mut self.open).into_iter().rev() {
            self.leave(left);
        }
    }
}

/// Whether a `<link>` loads what it names; canonical, alternate and the like only tell of it.
fn is_loaded(tag: &StartTag<()>) -> bool {
    let rel = attribute(tag, "rel").unwrap_or_default().to_ascii_lowercase();
    ["stylesheet", "icon", "preload", "modulepreload", "manifest"].iter().any(|kind| rel.contains(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r##"<!doctype html><html lang="ja"><head><title>題</title><link rel="icon" href="data:,"></head><body><a href="#main">本文へ</a>
        <nav aria-label="甲"></nav><nav aria-label="乙"></nav><main id="main"><h1>一</h1>
        <h2 id="a">二</h2><a href="#a">二へ</a><a href="../x/index.html">x</a>
        <table><caption>表</caption><tr><th scope="col">年</th></tr></table>
        <svg class="hc hc-progress" aria-labelledby="t"><title id="t">図</title><desc>上がった</desc></svg>
        <a href="#a"><svg><title>印</title></svg></a><svg aria-hidden="true"></svg>
        <label for="q">語</label><input id="q"><label>色<select></select></label><img src="x.png" alt=""></main></body></html>"##;

    fn problems(html: &str) -> Vec<String> {
        examine("2024/p/index.html", html.as_bytes()).problems.into_iter().map(|p| p.message.en.into_owned()).collect()
    }

    #[test]
    fn a_good_page_has_no_problem_and_its_links_are_resolved() {
        let examined = examine("2024/p/index.html", GOOD.as_bytes());
        assert!(examined.problems.is_empty(), "{:?}", examined.problems);
        assert!(examined.links.contains(&("2024/p/index.html".to_owned(), "a".to_owned())));
        assert!(examined.links.contains(&("2024/x/index.html".to_owned(), String::new())));
    }

    #[test]
    fn what_a_template_gets_wrong_is_told() {
        for (from, to, expected) in [
            (" lang=\"ja\"", "", "names no language"),
            ("lang=\"ja\"", "lang=\"日本語\"", "no language code"),
            ("題</title>", "</title>", "has no title"),
            ("<h2 id=\"a\"", "<h4 id=\"a\"", "skips a level"),
            ("<h2 id=\"a\"", "<h1 id=\"a\"", "exactly one h1"),
            ("<h2 id=\"a\">二<", "<h2 id=\"a\"> <", "heading is empty"),
            ("<h1>", "<h1 id=\"a\">", "an id stands twice: a"),
            (">二へ<", "><", "has no name"),
            ("<title>印</title>", "", "has no title"),
            (">二へ<", "><span aria-hidden=\"true\">二</span><", "has no name"),
            ("<h1>", "<img src=\"x.png\"><h1>", "no alternative text"),
            ("<h1>", "<script src=\"https://cdn.example/x.js\"></script><h1>", "from elsewhere"),
            ("<title>題", "<link rel=\"icon\" href=\"https://cdn.example/i.svg\"><title>題", "from elsewhere"),
            ("<caption>表</caption>", "", "no caption"),
            ("<caption>表", "<caption>", "no caption"),
            ("th scope=\"col\">年</th", "td>年</td", "no header cells"),
            (" scope=\"col\"", "", "no scope"),
            ("<title id=\"t\">図", "<title id=\"u\">図", "names an id that the page does not have: t"),
            ("<desc>上がった</desc>", "", "chart has no description"),
            ("aria-label=\"乙\"", "aria-label=\"甲\"", "nav has no name of its own"),
            ("<a href=\"#main\">本文へ</a>", "", "does not lead to main"),
            ("<label for=\"q\">語</label>", "", "field has no name"),
            ("<label>色", "<p>色", "field has no name"),
            ("<input id=\"q\">", "<input id=\"q\" tabindex=\"2\">", "tabindex is above zero"),
            ("<h1>", "<div aria-hidden=\"true\"><button>x</button></div><h1>", "hidden from screen readers"),
            ("<input id=\"q\">", "<input id=\"q\" style=\"width: 12px\">", "smaller than 24 px: width: 12px"),
            ("<head>", "<head><meta name=viewport content=\"width=device-width, user-scalable=no\">", "zooming"),
        ] {
            assert!(GOOD.contains(from), "{from}");
            let html = GOOD.replacen(from, to, 1);
            assert!(problems(&html).iter().any(|p| p.contains(expected)), "{expected}: {:?}", problems(&html));
        }
    }
}
