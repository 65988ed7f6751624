//! From the events of the YAML crate to the tree. Keeps a stack of its own, so no depth of input can overflow ours.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::granit_parser::{Event, Marker, Options, Parser, ScalarStyle, Span, StrInput, StructureStyle, Tag};

use super::{DEPTH_LIMIT, Entry, Kind, NODE_LIMIT, Node, Parsed, Problem, Style, errors};
use crate::content::lint;
use crate::diagnostic::{Code, Message};
use crate::model::At;

pub(super) fn build(text: &str) -> Parsed<'_> {
    let mut options = Options::default();
    options.set_emit_comments(false);
    options.flow_nesting_limit = DEPTH_LIMIT;
    options.block_nesting_limit = DEPTH_LIMIT;
    let mut parser: Parser<'_, StrInput<'_>> = Parser::new_from_str_with_options(text, options);
    let mut builder = Builder { text, ..Builder::default() };
    while let Some(next) = parser.next_event() {
        let step = match next {
            Ok((event, span)) => builder.take(event, span),
            Err(error) => {
                let at = builder.at_marker(*error.marker());
                Err(Box::new(errors::explain(error.kind(), at, text)))
            }
        };
        match step {
            Ok(Step::GoOn) => {}
            Ok(Step::Done) => break,
            Err(problem) => {
                let broken_at = Some(problem.at);
                builder.problems.push(*problem);
                return Parsed { root: None, problems: builder.problems, broken_at };
            }
        }
    }
    Parsed { root: builder.root, problems: builder.problems, broken_at: None }
}

enum Step {
    GoOn,
    Done,
}

#[derive(Default)]
struct Builder<'t> {
    text: &'t str,
    frames: Vec<Frame<'t>>,
    root: Option<Node<'t>>,
    documents: usize,
    anchors: BTreeMap<usize, Node<'t>>,
    nodes: usize,
    problems: Vec<Problem>,
}

/// A list or mapping that is not closed yet.
struct Frame<'t> {
    at: At,
    anchor: usize,
    content: Content<'t>,
}

enum Content<'t> {
    Seq(Vec<Node<'t>>),
    Map { flow: bool, entries: Vec<Entry<'t>>, key: Option<(Node<'t>, Ends)>, last_value: Ends },
}

/// Byte offsets of a node in the text.
#[derive(Clone, Copy, Default)]
struct Ends {
    start: usize,
    end: usize,
}

impl<'t> Builder<'t> {
    fn take(&mut self, event: Event<'t>, span: Span) -> Result<Step, Box<Problem>> {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 && self.root.is_some() {
                    return Err(Box::new(errors::several_documents(self.at_span(span))));
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                let at = self.at_span(span);
                self.refuse_tag(tag.as_deref(), at)?;
                self.lint_comment(&text, style, span);
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
                    ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                };
                let node = Node { kind: Kind::Scalar { text, style }, at };
                self.count(1, at)?;
                self.keep_anchor(anchor, &node, at)?;
                self.place(node, ends(span));
            }
            Event::SequenceStart(_, anchor, tag) => {
                let at = self.at_span(span);
                self.open(Frame { at, anchor, content: Content::Seq(Vec::new()) }, tag.as_deref())?;
            }
            Event::MappingStart(style, anchor, tag) => {
                let content = Content::Map {
                    flow: style == StructureStyle::Flow,
                    entries: Vec::new(),
                    key: None,
                    last_value: Ends::default(),
                };
                let at = self.at_span(span);
                self.open(Frame { at, anchor, content }, tag.as_deref())?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span)?,
            Event::Alias(id) => {
                let at = self.at_span(span);
                let Some(node) = self.anchors.get(&id) else {
                    return Err(Box::new(errors::endless_alias(at)));
                };
                let (weight, depth) = (node.weight(), node.depth());
                let node = node.clone();
                self.count(weight, at)?;
                if self.frames.len() + depth > DEPTH_LIMIT {
                    return Err(Box::new(errors::too_deep(at)));
                }
                self.place(node, ends(span));
            }
            Event::StreamEnd => return Ok(Step::Done),
            _ => {}
        }
        Ok(Step::GoOn)
    }

    fn open(&mut self, frame: Frame<'t>, tag: Option<&Tag>) -> Result<(), Box<Problem>> {
        self.refuse_tag(tag, frame.at)?;
        self.count(1, frame.at)?;
        if self.frames.len() >= DEPTH_LIMIT {
            return Err(Box::new(errors::too_deep(frame.at)));
        }
        self.frames.push(frame);
        Ok(())
    }

    fn close(&mut self, span: Span) -> Result<(), Box<Problem>> {
        let Some(Frame { mut at, anchor, content }) = self.frames.pop() else { return Ok(()) };
        let node = match content {
            Content::Seq(mut items) => {
                items.shrink_to_fit();
                if let Some(first) = items.first().filter(|first| at.length <= 1 && first.at.line == at.line) {
                    at.length = (first.at.column + first.at.length).saturating_sub(at.column);
                }
                Node { kind: Kind::Seq(items), at }
            }
            Content::Map { entries, .. } => {
                if let Some(first) = entries.first().filter(|first| at.length <= 1 && first.key.at.line == at.line) {
                    at.length = (first.key.at.column + first.key.at.length).saturating_sub(at.column);
                }
                let entries = self.merge(entries, at)?;
                self.report_duplicates(&entries);
                Node { kind: Kind::Map(entries), at }
            }
        };
        self.keep_anchor(anchor, &node, at)?;
        self.place(node, ends(span));
        Ok(())
    }

    /// Puts a finished node where it belongs: into the open list or mapping, or at the root.
    fn place(&mut self, node: Node<'t>, ends: Ends) {
        let Some(frame) = self.frames.last_mut() else {
            if self.root.is_none() {
                self.root = Some(node);
            }
            return;
        };
        match &mut frame.content {
            Content::Seq(items) => items.push(node),
            Content::Map { flow, entries, key, last_value } => match key.take() {
                None => *key = Some((node, ends)),
                Some((key, key_ends)) => {
                    if *flow
                        && let Some(problem) =
                            join_unquoted_figure(self.text, entries, &key, ends, *last_value, key_ends)
                    {
                        let same =
                            |last: &mut Problem| last.code == Code::UnquotedFigure && starts_with(last.at, problem.at);
                        self.problems.pop_if(same);
                        self.problems.push(problem);
                        last_value.end = key_ends.end;
                        return;
                    }
                    *last_value = ends;
                    entries.push(Entry { key, value: node });
                }
            },
        }
    }

    /// `<<: *defaults` takes over the entries of another mapping that are not written here.
    fn merge(&mut self, entries: Vec<Entry<'t>>, at: At) -> Result<Vec<Entry<'t>>, Box<Problem>> {
        let is_merge =
            |entry: &Entry<'_>| matches!(&entry.key.kind, Kind::Scalar { text, style: Style::Plain } if text == "<<");
        if !entries.iter().any(is_merge) {
            return Ok(entries);
        }
        let (merges, mut own): (Vec<_>, Vec<_>) = entries.into_iter().partition(is_merge);
        let mut known: BTreeSet<String> = own.iter().filter_map(|e| e.key.text().map(str::to_owned)).collect();
        for merge in merges {
            let value_at = merge.value.at;
            let sources = match merge.value.kind {
                Kind::Seq(items) => items,
                kind => vec![Node { kind, at: value_at }],
            };
            for source in sources {
                let Kind::Map(entries) = source.kind else {
                    return Err(Box::new(errors::merge_of_no_mapping(merge.key.at)));
                };
                for entry in entries {
                    if entry.key.text().is_none_or(|key| known.insert(key.to_owned())) {
                        self.count(1, at)?;
                        own.push(entry);
                    }
                }
            }
        }
        Ok(own)
    }

    fn report_duplicates(&mut self, entries: &[Entry<'t>]) {
        let mut seen: BTreeMap<&str, At> = BTreeMap::new();
        for entry in entries {
            let Some(key) = entry.key.text() else { continue };
            match seen.get(key) {
                Some(first) => self.problems.push(errors::duplicate_key(key, entry.key.at, *first)),
                None => {
                    seen.insert(key, entry.key.at);
                }
            }
        }
    }

    fn keep_anchor(&mut self, anchor: usize, node: &Node<'t>, at: At) -> Result<(), Box<Problem>> {
        if anchor != 0 {
            self.count(node.weight(), at)?;
            self.anchors.insert(anchor, node.clone());
        }
        Ok(())
    }

    fn count(&mut self, nodes: usize, at: At) -> Result<(), Box<Problem>> {
        self.nodes = self.nodes.saturating_add(nodes);
        if self.nodes > NODE_LIMIT { Err(Box::new(errors::too_large(at))) } else { Ok(()) }
    }

    /// `note: !重要` would silently lose its text: only YAML's own tags (`!!str`) pass.
    fn refuse_tag(&self, tag: Option<&Tag>, at: At) -> Result<(), Box<Problem>> {
        match tag {
            Some(tag) if !tag.is_yaml_core_schema() => Err(Box::new(errors::tag(&tag.original(), at))),
            _ => Ok(()),
        }
    }

    fn lint_comment(&mut self, text: &str, style: ScalarStyle, span: Span) {
        if style != ScalarStyle::Plain {
            return;
        }
        let rest = span.end.byte_offset().and_then(|end| self.text.get(end..)).unwrap_or_default();
        if !rest.trim_start_matches([' ', '\t']).starts_with('#') {
            return;
        }
        let rest = rest.split(['\n', '\r']).next().unwrap_or_default();
        if let Some(problem) = lint::text_cut_by_comment(text, rest, self.at_marker(span.end)) {
            self.problems.push(problem);
        }
    }

    fn at_marker(&self, marker: Marker) -> At {
        At { line: narrow(marker.line()), column: narrow(marker.col()) + 1, length: 1 }
    }

    /// The place of a span; one that goes over several lines is marked on its first.
    fn at_span(&self, span: Span) -> At {
        let mut at = self.at_marker(span.start);
        let covered = span.byte_range().and_then(|range| self.text.get(range)).unwrap_or_default();
        let first_line = covered.split(['\n', '\r']).next().unwrap_or_default();
        at.length = narrow(first_line.chars().count());
        at
    }
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn ends(span: Span) -> Ends {
    Ends { start: span.start.byte_offset().unwrap_or(0), end: span.end.byte_offset().unwrap_or(0) }
}

/// `{2024: 1,046}` arrives as `2024: 1` and a key `046` with nothing. Where the source has exactly that shape (digits,
/// a comma without a space, three digits), the parts are joined again, so that only this one problem is told; for
/// `1,234,567` it is told once, too.
fn join_unquoted_figure<'t>(
    text: &'t str,
    entries: &mut [Entry<'t>],
    key: &Node<'t>,
    value: Ends,
    last_value: Ends,
    key_ends: Ends,
) -> Option<Problem> {
    let last = entries.last_mut()?;
    let plain = |node: &Node<'t>| match &node.kind {
        Kind::Scalar { text, style: Style::Plain } => Some(text.clone()),
        _ => None,
    };
    let (head, tail) = (plain(&last.value)?, plain(key)?);
    let absent = value.start == value.end;
    let digits_before = head.chars().rev().take_while(char::is_ascii_digit).count();
    let digits_after = tail.chars().take_while(char::is_ascii_digit).count();
    let comma_only = text.get(last_value.end..key_ends.start) == Some(",");
    if !(absent && comma_only && (1..=3).contains(&digits_before) && digits_after == 3) {
        return None;
    }
    let joined = text.get(last_value.end.checked_sub(head.len())?..key_ends.end)?;
    let figure = joined.trim_matches(['“', '”', '„', '‘', '’', '＂', '「', '」']);
    last.value.kind = Kind::Scalar { text: Cow::Borrowed(joined), style: Style::Plain };
    last.value.at.length = narrow(joined.chars().count());
    let at = last.value.at;
    Some(Problem {
        code: Code::UnquotedFigure,
        at,
        message: Message::new(
            "{ } の中では、桁区切りのコンマで数値が二つに分かれてしまいます",
            "inside { } the comma of a figure splits it in two",
        ),
        label: Some(Message::new("引用符で囲んでください", "quote this figure")),
        help: Message::new(
            format!("\"{figure}\" のように半角の引用符 \" で囲むか、コンマを取って書いてください"),
            format!("write \"{figure}\" in straight quotes, or leave the comma out"),
        ),
        related: None,
    })
}

fn starts_with(one: At, other: At) -> bool {
    (one.line, one.column) == (other.line, other.column)
}
