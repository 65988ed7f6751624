//! Examining finished pages, as `check` does: what a template or a text can still get wrong when all figures are right.
//!
//! Rules follow WCAG 2.2 (language 3.1.1, title 2.4.2, headings 1.3.1, names of images and links 1.1.1 and 2.4.4,
//! unique ids) and the promises of the site itself: every link leads to a file and an id, and nothing is asked from
//! another server.

use super::{RenderError, Site};
use crate::diagnostic::{Code, Diagnostic, Message, Place, Report};
use crate::model::At;
use html5gum::{StartTag, Token, Tokenizer};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What one page says about itself.
#[derive(Debug, Default)]
struct Examined {
    ids: BTreeSet<String>,
    /// Inner links: the file they lead to, below the site's root, and the id, empty for the file itself.
    links: BTreeSet<(String, String)>,
    problems: BTreeSet<Problem>,
    /// Why the page could not be rendered, told by its template.
    fault: Option<Diagnostic>,
}

/// A broken rule, in words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Problem {
    message: Message,
    help: Message,
}

impl Problem {
    fn new(ja: String, en: String, help_ja: &str, help_en: &str) -> Self {
        Self { message: Message::new(ja, en), help: Message::new(help_ja, help_en) }
    }
}

/// Renders every page and reports what is wrong with it; a page that cannot be rendered is reported, too.
///
/// Pages are examined one at a time on each thread: what is kept of a page is its ids and links.
pub fn examine(site: &Site, report: &mut Report) {
    let pages: Vec<_> = site.routes().par_iter().filter(|route| route.path.ends_with(".html")).collect();
    let examined: Vec<(&str, Examined)> = pages
        .into_par_iter()
        .map(|route| {
            let mut html = Vec::new();
            let examined = match site.render(route, &mut html) {
                Ok(()) => page(&route.path, &html),
                Err(RenderError::Template(fault)) => Examined { fault: Some(*fault), ..Examined::default() },
                Err(error) => {
                    let message = error.message();
                    let problem = Problem {
                        message,
                        help: Message::new("テーマのテンプレートを直してください", "mend the theme's template"),
                    };
                    Examined { problems: BTreeSet::from([problem]), ..Examined::default() }
                }
            };
            (route.path.as_str(), examined)
        })
        .collect();
    // A template fails on every page of its kind: its own place is told, once.
    examined.iter().filter_map(|(_, page)| page.fault.clone()).for_each(|fault| report.add(fault));
    let ids: BTreeMap<&str, &BTreeSet<String>> =
        examined.iter().filter(|(_, page)| page.fault.is_none()).map(|(path, page)| (*path, &page.ids)).collect();
    let files: BTreeSet<&str> = site.routes().iter().map(|route| route.path.as_str()).collect();
    for (path, page) in &examined {
        let dead = page.links.iter().filter_map(|(file, id)| dead_link(file, id, &files, &ids));
        for problem in page.problems.iter().cloned().chain(dead) {
            let place = Place { file: format!("output/{path}").into(), at: At { line: 1, column: 1, length: 1 } };
            let mut diagnostic = Diagnostic::new(Code::PageProblem, place, problem.message);
            diagnostic.help = Some(problem.help);
            report.add(diagnostic);
        }
    }
}

fn dead_link(file: &str, id: &str, files: &BTreeSet<&str>, ids: &BTreeMap<&str, &BTreeSet<String>>) -> Option<Problem> {
    let target = if id.is_empty() { file.to_owned() } else { format!("{file}#{id}") };
    let there = files.contains(file) && (id.is_empty() || ids.get(file).is_none_or(|ids| ids.contains(id)));
    (!there).then(|| {
        Problem::new(
            format!("リンク先がありません：{target}"),
            format!("a link leads nowhere: {target}"),
            "テーマのテンプレートか、シートのリンクを直してください",
            "mend the theme's template or the link in the sheet",
        )
    })
}

/// Examines one page. `path` is its place below the site's root.
fn page(path: &str, html: &[u8]) -> Examined {
    let mut examined = Examined::default();
    let mut outline = Outline::default();
    for token in Tokenizer::new(html) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                outline.open(&tag);
                look_at(path, &tag, &mut examined);
            }
            Token::EndTag(tag) => outline.close(&tag.name.0),
            Token::String(text) => outline.text(&text.0),
            _ => {}
        }
    }
    outline.judge(&mut examined.problems);
    examined
}

fn attribute<'t>(tag: &'t StartTag<()>, name: &str) -> Option<std::borrow::Cow<'t, str>> {
    tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(&value.0))
}

/// Ids, links and outside requests of one tag.
fn look_at(path: &str, tag: &StartTag<()>, examined: &mut Examined) {
    if let Some(id) = attribute(tag, "id")
        && !examined.ids.insert(id.to_string())
    {
        examined.problems.insert(Problem::new(
            format!("id が重複しています：{id}"),
            format!("an id stands twice: {id}"),
            "テンプレートでは、id をビューから受け取ってください",
            "take ids from the view in templates",
        ));
    }
    let name = String::from_utf8_lossy(&tag.name.0).to_string();
    if name == "img" && attribute(tag, "alt").is_none() {
        examined.problems.insert(Problem::new(
            "画像に代替テキスト（alt）がありません".to_owned(),
            "an image has no alternative text (alt)".to_owned(),
            "alt を書いてください。飾りの画像は alt=\"\" とします",
            "write alt; a decorative image takes alt=\"\"",
        ));
    }
    for attribute_name in ["href", "src", "action"] {
        let Some(link) = attribute(tag, attribute_name) else { continue };
        match Link::read(path, &link) {
            Link::Inner { file, id } => {
                // 404.html is served at any depth: its links are paths of the server.
                if path != "404.html" {
                    examined.links.insert((file, id));
                }
            }
            Link::Outside if attribute_name == "src" || (name == "link" && is_loaded(tag)) => {
                examined.problems.insert(Problem::new(
                    format!("外部のファイルを読み込んでいます：{link}"),
                    format!("the page loads a file from elsewhere: {link}"),
                    "ファイルをテーマの assets に置いてください",
                    "put the file into the theme's assets",
                ));
            }
            Link::Outside => {}
        }
    }
}

/// Whether a `<link>` loads what it names; canonical, alternate and the like only tell of it.
fn is_loaded(tag: &StartTag<()>) -> bool {
    let rel = attribute(tag, "rel").unwrap_or_default().to_ascii_lowercase();
    ["stylesheet", "icon", "preload", "modulepreload", "manifest"].iter().any(|kind| rel.contains(kind))
}

enum Link {
    Inner { file: String, id: String },
    Outside,
}

impl Link {
    /// Resolves a link of the page at `path` (RFC 3986 §5.2, for the relative references that the site makes).
    fn read(path: &str, link: &str) -> Self {
        let (file, id) = link.split_once('#').unwrap_or((link, ""));
        let file = file.split('?').next().unwrap_or_default();
        if file.starts_with('/') || file.split('/').next().is_some_and(|first| first.contains(':')) {
            return Self::Outside;
        }
        let id = percent_decoded(id);
        if file.is_empty() {
            return Self::Inner { file: path.to_owned(), id };
        }
        let mut parts: Vec<&str> = path.split('/').collect();
        parts.pop();
        for part in file.split('/') {
            match part {
                "." => {}
                ".." => {
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        Self::Inner { file: percent_decoded(&parts.join("/")), id }
    }
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = (*first == b'%').then(|| tail.get(..2)).flatten().and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Language, title, headings and names of a page.
#[derive(Debug, Default)]
struct Outline {
    language: Option<String>,
    title: Option<String>,
    headings: Vec<u8>,
    main: usize,
    /// What is open and gathers text: tag name, depth of SVG it began in, text so far.
    gathering: Option<(Vec<u8>, String)>,
    svg_depth: usize,
    nameless: usize,
    tables_without_caption: usize,
    table_open: Option<bool>,
}

impl Outline {
    fn open(&mut self, tag: &StartTag<()>) {
        let name = tag.name.0.as_slice();
        match name {
            b"html" => self.language = attribute(tag, "lang").map(|l| l.to_string()),
            b"main" => self.main += 1,
            b"svg" if !tag.self_closing => self.svg_depth += 1,
            b"title" if self.svg_depth == 0 => self.gathering = Some((name.to_vec(), String::new())),
            [b'h', level @ b'1'..=b'6'] => self.headings.push(level - b'0'),
            b"a" | b"button" if self.svg_depth == 0 => {
                let named = attribute(tag, "aria-label").or_else(|| attribute(tag, "aria-labelledby"));
                let text = named.map(|name| name.to_string()).unwrap_or_default();
                self.gathering = Some((name.to_vec(), text));
            }
            b"img" => {
                if let (Some((_, text)), Some(alt)) = (&mut self.gathering, attribute(tag, "alt")) {
                    text.push_str(&alt);
                }
            }
            b"table" => self.table_open = Some(false),
            b"caption" => self.table_open = self.table_open.map(|_| true),
            _ => {}
        }
    }

    fn text(&mut self, text: &[u8]) {
        if let Some((_, gathered)) = &mut self.gathering {
            gathered.push_str(&String::from_utf8_lossy(text));
        }
    }

    fn close(&mut self, name: &[u8]) {
        match name {
            b"svg" => self.svg_depth = self.svg_depth.saturating_sub(1),
            b"table" if self.table_open.take() == Some(false) => {
                self.tables_without_caption += 1;
            }
            _ => {}
        }
        if self.gathering.as_ref().is_some_and(|(open, _)| open == name)
            && let Some((open, text)) = self.gathering.take()
        {
            if open == b"title" {
                self.title = Some(text);
            } else if text.trim().is_empty() {
                self.nameless += 1;
            }
        }
    }

    fn judge(&self, problems: &mut BTreeSet<Problem>) {
        let mut tell = |ja: &str, en: &str| {
            let help = ("テーマのテンプレートを直してください", "mend the theme's template");
            problems.insert(Problem::new(ja.to_owned(), en.to_owned(), help.0, help.1));
        };
        if self.language.as_deref().is_none_or(str::is_empty) {
            tell("ページに言語（lang）がありません", "the page names no language (lang)");
        }
        if self.title.as_deref().is_none_or(|title| title.trim().is_empty()) {
            tell("ページに題名（title）がありません", "the page has no title");
        }
        if self.main != 1 {
            tell("main が1つではありません", "there is not exactly one main landmark");
        }
        if self.headings.iter().filter(|level| **level == 1).count() != 1 {
            tell("h1 が1つではありません", "there is not exactly one h1");
        }
        if self.headings.windows(2).any(|pair| matches!(pair, [before, after] if *after > before + 1)) {
            tell("見出しの段階が飛んでいます", "a heading skips a level");
        }
        if self.nameless > 0 {
            tell("名前のないリンクかボタンがあります", "a link or button has no name");
        }
        if self.tables_without_caption > 0 {
            tell("表題（caption）のない表があります", "a table has no caption");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r##"<!doctype html><html lang="ja"><head><title>題</title></head><body><main><h1>一</h1>
        <h2 id="a">二</h2><a href="#a">二へ</a><a href="../x/index.html">x</a></main></body></html>"##;

    fn problems(html: &str) -> Vec<String> {
        page("2024/p/index.html", html.as_bytes()).problems.into_iter().map(|p| p.message.en).collect()
    }

    #[test]
    fn a_good_page_has_no_problem_and_its_links_are_resolved() {
        let examined = page("2024/p/index.html", GOOD.as_bytes());
        assert!(examined.problems.is_empty(), "{:?}", examined.problems);
        assert!(examined.links.contains(&("2024/p/index.html".to_owned(), "a".to_owned())));
        assert!(examined.links.contains(&("2024/x/index.html".to_owned(), String::new())));
    }

    #[test]
    fn what_a_template_gets_wrong_is_told() {
        for (from, to, expected) in [
            (" lang=\"ja\"", "", "names no language"),
            ("題</title>", "</title>", "has no title"),
            ("<h2 id=\"a\"", "<h4 id=\"a\"", "skips a level"),
            ("<h2 id=\"a\"", "<h1 id=\"a\"", "exactly one h1"),
            ("<h1>", "<h1 id=\"a\">", "an id stands twice: a"),
            (">二へ<", "><", "has no name"),
            ("<main>", "<main><img src=\"x.png\">", "no alternative text"),
            ("<main>", "<main><script src=\"https://cdn.example/x.js\"></script>", "from elsewhere"),
            ("<main>", "<main><table><tr><td>1</td></tr></table>", "no caption"),
        ] {
            let html = GOOD.replacen(from, to, 1);
            assert!(problems(&html).iter().any(|p| p.contains(expected)), "{expected}: {:?}", problems(&html));
        }
    }

    #[test]
    fn dead_links_and_dead_ids_are_told() {
        let files = BTreeSet::from(["a.html"]);
        let ids = BTreeSet::from(["x".to_owned()]);
        let pages = BTreeMap::from([("a.html", &ids)]);
        assert!(dead_link("a.html", "x", &files, &pages).is_none());
        assert!(dead_link("a.html", "y", &files, &pages).is_some());
        assert!(dead_link("b.html", "", &files, &pages).is_some());
    }
}
