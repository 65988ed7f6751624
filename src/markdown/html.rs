//! From the parsed text to HTML.

use super::line::{self, Join, join};
use super::link::{Target, is_asset, target};
use super::outline::{Heading, Headings, Outline};
use super::plain::{text_after, text_of};
use super::ruby::{self, Piece};
use super::{MAX_DEPTH, Resolve};
use comrak::arena_tree::NodeEdge;
use comrak::nodes::{AstNode, ListType, NodeCodeBlock, NodeList, NodeValue, TableAlignment};
use std::borrow::Cow;
use std::fmt::Write as _;

/// Paragraphs of a text that needs no parser.
pub(super) fn paragraphs(source: &str) -> String {
    let mut out = String::with_capacity(source.len() + 16);
    let mut last: Option<char> = None;
    for line in source.split('\n').map(line::trim) {
        match (last, line.is_empty()) {
            (None, true) => continue,
            (Some(_), true) => {
                out.push_str("</p>");
                last = None;
                continue;
            }
            (None, false) => out.push_str("<p>"),
            (before, false) => out.push_str(joint(join(before, line))),
        }
        read(line, &mut out);
        last = line.chars().next_back();
    }
    if last.is_some() {
        out.push_str("</p>");
    }
    out
}

/// A line that needs no parser.
pub(super) fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    read(text, &mut out);
    out
}

pub(super) fn write<'a>(root: &'a AstNode<'a>, links: &mut Resolve<'_>, headings: Headings<'_>) -> String {
    let mut writer = Writer::new(links, headings);
    writer.tree(root);
    writer.out
}

/// The tree of one line, without the paragraph around it.
pub(super) fn write_inline<'a>(root: &'a AstNode<'a>, links: &mut Resolve<'_>) -> String {
    let mut writer = Writer::new(links, Headings { first: 6, prefix: "" });
    for paragraph in root.children() {
        for node in paragraph.children() {
            writer.tree(node);
        }
    }
    writer.out
}

struct Writer<'l, 'd, 'h> {
    out: String,
    links: &'l mut Resolve<'d>,
    outline: Outline<'h>,
    /// The last character of text in this block.
    last: Option<char>,
    /// What closes each open node; empty where the node has no element.
    closing: Vec<Cow<'static, str>>,
    /// How many quotes and lists, and how many inline elements, are open.
    blocks: usize,
    inlines: usize,
}

impl<'l, 'd, 'h> Writer<'l, 'd, 'h> {
    fn new(links: &'l mut Resolve<'d>, headings: Headings<'h>) -> Self {
        let (out, closing) = (String::new(), Vec::new());
        Self { out, links, outline: Outline::new(headings), last: None, closing, blocks: 0, inlines: 0 }
    }

    fn tree<'a>(&mut self, root: &'a AstNode<'a>) {
        let mut image: Option<&AstNode<'a>> = None;
        for edge in root.traverse() {
            match edge {
                NodeEdge::Start(node) if image.is_none() => {
                    let opened = self.open(node);
                    self.closing.push(opened);
                    // The text of an image is already its alternative.
                    image = matches!(node.data().value, NodeValue::Image(_)).then_some(node);
                }
                NodeEdge::End(node) if image.is_none_or(|image| image.same_node(node)) => {
                    image = None;
                    self.close(node);
                }
                NodeEdge::Start(_) | NodeEdge::End(_) => {}
            }
        }
    }

    /// Writes what begins a node; answers what ends it.
    fn open<'a>(&mut self, node: &'a AstNode<'a>) -> Cow<'static, str> {
        let data = node.data();
        match &data.value {
            NodeValue::Text(text) => self.read(text),
            NodeValue::SoftBreak => self.soft_break(node),
            NodeValue::LineBreak => self.out.push_str("<br>"),
            NodeValue::Code(code) => {
                self.out.push_str("<code>");
                self.text(&code.literal);
                self.out.push_str("</code>");
            }
            NodeValue::HtmlInline(html) => self.text(html),
            NodeValue::Emph => return self.inline("<em>", "</em>"),
            NodeValue::Strong => return self.inline("<strong>", "</strong>"),
            NodeValue::Link(link) => return self.link(&link.url, &link.title),
            NodeValue::Image(image) => self.image(&image.url, &text_of(node)),
            _ => return self.open_block(node, &data.value),
        }
        Cow::Borrowed("")
    }

    fn open_block<'a>(&mut self, node: &'a AstNode<'a>, value: &NodeValue) -> Cow<'static, str> {
        self.last = None;
        match value {
            NodeValue::Paragraph if is_tight(node) && self.blocks <= MAX_DEPTH => Cow::Borrowed(""),
            NodeValue::Paragraph => self.element("<p>", "</p>"),
            NodeValue::Heading(_) => self.heading(node),
            NodeValue::BlockQuote => self.block("<blockquote>", "</blockquote>"),
            NodeValue::List(list) => self.list(list),
            NodeValue::Item(_) if self.blocks <= MAX_DEPTH => self.element("<li>", "</li>"),
            NodeValue::ThematicBreak => self.element("<hr>", ""),
            NodeValue::CodeBlock(code) => self.code(code),
            NodeValue::HtmlBlock(html) => self.lines(&html.literal),
            NodeValue::Table(_) => self.element("<table>", "</table>"),
            NodeValue::TableRow(true) => self.element("<thead><tr>", "</tr></thead>"),
            NodeValue::TableRow(false) => table_row(node, &mut self.out),
            NodeValue::TableCell => table_cell(node, &mut self.out),
            // The document itself, frames that go too deep, and what no option of ours makes.
            _ => Cow::Borrowed(""),
        }
    }

    fn close<'a>(&mut self, node: &'a AstNode<'a>) {
        self.out.push_str(&self.closing.pop().unwrap_or_default());
        let data = node.data();
        match &data.value {
            NodeValue::BlockQuote | NodeValue::List(_) => self.blocks = self.blocks.saturating_sub(1),
            NodeValue::Emph | NodeValue::Strong => self.inlines = self.inlines.saturating_sub(1),
            _ => {}
        }
    }

    fn element(&mut self, start: &str, end: &'static str) -> Cow<'static, str> {
        self.out.push_str(start);
        Cow::Borrowed(end)
    }

    fn inline(&mut self, start: &str, end: &'static str) -> Cow<'static, str> {
        self.inlines += 1;
        if self.inlines > MAX_DEPTH { Cow::Borrowed("") } else { self.element(start, end) }
    }

    fn block(&mut self, start: &str, end: &'static str) -> Cow<'static, str> {
        self.blocks += 1;
        if self.blocks > MAX_DEPTH { Cow::Borrowed("") } else { self.element(start, end) }
    }

    fn list(&mut self, list: &NodeList) -> Cow<'static, str> {
        match (list.list_type, list.start) {
            (ListType::Bullet, _) => self.block("<ul>", "</ul>"),
            (ListType::Ordered, 1) => self.block("<ol>", "</ol>"),
            (ListType::Ordered, start) => self.block(&format!("<ol start=\"{start}\">"), "</ol>"),
        }
    }

    fn heading<'a>(&mut self, node: &'a AstNode<'a>) -> Cow<'static, str> {
        let Some(Heading { level, id, .. }) = self.outline.heading(node) else { return Cow::Borrowed("") };
        let _ = write!(self.out, "<h{level} id=\"");
        escape(&id, &mut self.out);
        self.out.push_str("\">");
        Cow::Owned(format!("</h{level}>"))
    }

    /// An indented text is a paragraph: who indents in a sheet means no program.
    fn code(&mut self, code: &NodeCodeBlock) -> Cow<'static, str> {
        if !code.fenced {
            return self.lines(&code.literal);
        }
        self.out.push_str("<pre><code>");
        escape(&code.literal, &mut self.out);
        Cow::Borrowed("</code></pre>")
    }

    /// Lines that are printed as they were written.
    fn lines(&mut self, text: &str) -> Cow<'static, str> {
        self.out.push_str("<p>");
        for (index, line) in line::trim(text).lines().enumerate() {
            if index > 0 {
                self.out.push_str("<br>");
            }
            escape(line::trim(line), &mut self.out);
        }
        Cow::Borrowed("</p>")
    }

    /// Words that may have readings.
    fn read(&mut self, text: &str) {
        read(text, &mut self.out);
        self.last = text.chars().next_back().or(self.last);
    }

    fn text(&mut self, text: &str) {
        escape(text, &mut self.out);
        self.last = text.chars().next_back().or(self.last);
    }

    fn soft_break<'a>(&mut self, node: &'a AstNode<'a>) {
        self.out.push_str(joint(join(self.last, &text_after(node))));
    }

    fn link(&mut self, url: &str, title: &str) -> Cow<'static, str> {
        let address = match target(url) {
            Target::Outside => Some(url.to_owned()),
            Target::Inner => (self.links)(url),
            Target::Refused => None,
        };
        let Some(address) = address else { return Cow::Borrowed("") };
        self.out.push_str("<a href=\"");
        write_url(&address, &mut self.out);
        if !title.is_empty() {
            self.out.push_str("\" title=\"");
            escape(&ruby::without_readings(title), &mut self.out);
        }
        self.out.push_str("\">");
        Cow::Borrowed("</a>")
    }

    fn image(&mut self, url: &str, alternative: &str) {
        let inner = is_asset(url) && matches!(target(url), Target::Inner);
        let Some(address) = inner.then(|| (self.links)(url)).flatten() else { return self.text(alternative) };
        self.out.push_str("<img src=\"");
        write_url(&address, &mut self.out);
        self.out.push_str("\" alt=\"");
        escape(alternative, &mut self.out);
        self.out.push_str("\">");
        self.last = None;
    }
}

fn is_tight<'a>(paragraph: &'a AstNode<'a>) -> bool {
    let list = paragraph.parent().and_then(|item| item.parent());
    list.is_some_and(|list| matches!(list.data().value, NodeValue::List(ref list) if list.tight))
}

/// A row of the body; the first opens the body, the last closes it.
fn table_row<'a>(row: &'a AstNode<'a>, out: &mut String) -> Cow<'static, str> {
    let first = row.previous_sibling().is_none_or(|before| matches!(before.data().value, NodeValue::TableRow(true)));
    out.push_str(if first { "<tbody><tr>" } else { "<tr>" });
    Cow::Borrowed(if row.next_sibling().is_none() { "</tr></tbody>" } else { "</tr>" })
}

fn table_cell<'a>(cell: &'a AstNode<'a>, out: &mut String) -> Cow<'static, str> {
    let row = cell.parent();
    let column = row.map_or(0, |row| row.children().take_while(|other| !other.same_node(cell)).count());
    let alignment = row.and_then(|row| row.parent()).and_then(|table| match &table.data().value {
        NodeValue::Table(table) => table.alignments.get(column).copied(),
        _ => None,
    });
    let header = row.is_some_and(|row| matches!(row.data().value, NodeValue::TableRow(true)));
    out.push_str(if header { "<th scope=\"col\"" } else { "<td" });
    out.push_str(match alignment {
        Some(TableAlignment::Right) => " class=\"align-right\">",
        Some(TableAlignment::Center) => " class=\"align-center\">",
        Some(TableAlignment::Left | TableAlignment::None) | None => ">",
    });
    Cow::Borrowed(if header { "</th>" } else { "</td>" })
}

fn joint(join: Join) -> &'static str {
    match join {
        Join::Nothing => "",
        Join::Space => " ",
        Join::Break => "<br>",
    }
}

/// Text as HTML with its furigana; brackets stand around them where a browser knows none.
fn read(text: &str, out: &mut String) {
    if !ruby::has_brackets(text) {
        return escape(text, out);
    }
    for piece in ruby::pieces(text) {
        match piece {
            Piece::Text(text) | Piece::Stray(text) => escape(text, out),
            Piece::Read { base, reading } => {
                out.push_str("<ruby>");
                escape(base, out);
                out.push_str("<rp>（</rp><rt>");
                escape(reading, out);
                out.push_str("</rt><rp>）</rp></ruby>");
            }
        }
    }
}

/// Text as HTML, in elements and in quoted attributes.
fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        out.push_str(match from.as_bytes().first() {
            Some(b'&') => "&amp;",
            Some(b'<') => "&lt;",
            Some(b'>') => "&gt;",
            _ => "&quot;",
        });
        rest = from.get(1..).unwrap_or_default();
    }
    out.push_str(rest);
}

/// A URL in a quoted attribute: what no URL may hold is percent-encoded, Japanese stays readable.
fn write_url(url: &str, out: &mut String) {
    for c in url.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => {
                let _ = write!(out, "%{:02X}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
}
