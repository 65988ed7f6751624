//! Texts without markup.

use super::line::{self, Join, join};
use super::{parse, ruby};
use comrak::Arena;
use comrak::arena_tree::NodeEdge;
use comrak::nodes::{AstNode, ListType, NodeValue};
use std::borrow::Cow;

/// A text without markup, for titles, descriptions, data files and search: one line a paragraph or item. Numbers of
/// lists stay, so a name like `1. 産業` loses nothing.
pub fn plain(source: &str) -> String {
    if line::is_plain_text(source) {
        let mut out = String::with_capacity(source.len());
        let mut last = None;
        for line in source.split('\n').map(line::trim) {
            if line.is_empty() {
                last = None;
                continue;
            }
            out.push_str(if last.is_none() && !out.is_empty() { "\n" } else { joint(join(last, line)) });
            out.push_str(&ruby::without_readings(line));
            last = line.chars().next_back();
        }
        return out;
    }
    let arena = Arena::new();
    let mut out = String::with_capacity(source.len());
    let mut number = Vec::new();
    for edge in parse(&arena, source).traverse() {
        match edge {
            NodeEdge::Start(node) => start(node, &mut number, &mut out),
            NodeEdge::End(node) => match node.data().value {
                NodeValue::List(_) => drop(number.pop()),
                NodeValue::TableCell if node.next_sibling().is_some() => out.push('\t'),
                _ => {}
            },
        }
    }
    out
}

fn start<'a>(node: &'a AstNode<'a>, number: &mut Vec<Option<usize>>, out: &mut String) {
    match &node.data().value {
        NodeValue::Paragraph | NodeValue::Heading(_) | NodeValue::TableRow(_) => {
            // The first paragraph of an item stands behind the item's number.
            let behind = node.parent().is_some_and(|parent| matches!(parent.data().value, NodeValue::Item(_)))
                && node.previous_sibling().is_none();
            if !behind {
                new_line(out);
            }
        }
        NodeValue::List(list) => number.push((list.list_type == ListType::Ordered).then_some(list.start)),
        NodeValue::Item(_) => {
            new_line(out);
            match number.last_mut() {
                Some(Some(number)) => {
                    out.push_str(&format!("{number}. "));
                    *number += 1;
                }
                Some(None) | None => out.push('・'),
            }
        }
        NodeValue::CodeBlock(code) => {
            new_line(out);
            out.push_str(line::trim(&code.literal));
        }
        NodeValue::HtmlBlock(html) => {
            new_line(out);
            out.push_str(line::trim(&html.literal));
        }
        NodeValue::SoftBreak => {
            let last = out.chars().next_back();
            out.push_str(joint(join(last, &text_after(node))));
        }
        NodeValue::LineBreak => out.push('\n'),
        value => out.push_str(&words(value)),
    }
}

fn new_line(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

fn joint(join: Join) -> &'static str {
    match join {
        Join::Nothing => "",
        Join::Space => " ",
        Join::Break => "\n",
    }
}

/// The words that a node itself holds.
fn words(value: &NodeValue) -> Cow<'_, str> {
    match value {
        NodeValue::Text(text) => ruby::without_readings(text),
        NodeValue::Code(code) => Cow::Borrowed(&code.literal),
        NodeValue::HtmlInline(html) => Cow::Borrowed(html),
        _ => Cow::Borrowed(""),
    }
}

/// The words of a node and all below it, in one line.
pub(super) fn text_of<'a>(node: &'a AstNode<'a>) -> String {
    let mut out = String::new();
    for below in node.descendants() {
        match &below.data().value {
            NodeValue::SoftBreak => {
                if join(out.chars().next_back(), &text_after(below)) != Join::Nothing {
                    out.push(' ');
                }
            }
            NodeValue::LineBreak => out.push(' '),
            value => out.push_str(&words(value)),
        }
    }
    out
}

/// The text that follows a node within its block; empty where none does.
pub(super) fn text_after<'a>(node: &'a AstNode<'a>) -> String {
    let mut at = Some(node);
    while let Some(here) = at {
        if let Some(next) = here.next_sibling() {
            let text = text_of(next);
            if !text.is_empty() {
                return text;
            }
            at = Some(next);
        } else {
            at = here.parent().filter(|parent| !parent.data().value.block());
        }
    }
    String::new()
}
