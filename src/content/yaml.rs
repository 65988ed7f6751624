//! YAML as a tree in which every node knows its place. The only module that knows the YAML crate.
//!
//! Scalars stay text, whatever YAML would make of them: `no` is not false, `012` not 12, a date not a date. What a
//! text means is for the field that holds it.

mod build;
mod errors;
pub mod spans;
mod unclosed;

use std::borrow::Cow;

use crate::diagnostic::{Code, Message};
use crate::model::At;

/// How deep lists and mappings may go. Real sheets need seven levels.
pub const DEPTH_LIMIT: usize = 48;

/// How many nodes one file may hold, copies made by aliases included.
pub const NODE_LIMIT: usize = 200_000;

/// A value of the file, with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'t> {
    pub kind: Kind<'t>,
    pub at: At,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Kind<'t> {
    Scalar { text: Cow<'t, str>, style: Style },
    Seq(Vec<Node<'t>>),
    Map(Vec<Entry<'t>>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'t> {
    pub key: Node<'t>,
    pub value: Node<'t>,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Plain,
    Quoted,
    /// `|` and `>`.
    Block,
}

impl Node<'_> {
    /// Whether nothing is written here: `unit:`, `~`, `null`.
    pub fn is_nothing(&self) -> bool {
        match &self.kind {
            Kind::Scalar { text, style: Style::Plain } => {
                matches!(text.as_ref(), "" | "~" | "null" | "Null" | "NULL")
            }
            _ => false,
        }
    }

    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    fn depth(&self) -> usize {
        match &self.kind {
            Kind::Scalar { .. } => 0,
            Kind::Seq(items) => 1 + items.iter().map(Node::depth).max().unwrap_or(0),
            Kind::Map(entries) => 1 + entries.iter().map(|e| e.key.depth().max(e.value.depth())).max().unwrap_or(0),
        }
    }

    /// How much a copy of this costs, in nodes; long texts count by their length.
    fn weight(&self) -> usize {
        match &self.kind {
            Kind::Scalar { text, .. } => 1 + text.len() / 256,
            Kind::Seq(items) => 1 + items.iter().map(Node::weight).sum::<usize>(),
            Kind::Map(entries) => 1 + entries.iter().map(|e| e.key.weight() + e.value.weight()).sum::<usize>(),
        }
    }
}

/// What is wrong with the text of a file, before anything is known of its fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub code: Code,
    pub at: At,
    pub message: Message,
    pub label: Option<Message>,
    pub help: Message,
    pub related: Option<(At, Message)>,
}

/// The tree of a file, with what was wrong on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed<'t> {
    /// `None` where the YAML broke off, or where the file holds nothing.
    pub root: Option<Node<'t>>,
    pub problems: Vec<Problem>,
    /// Where the YAML broke off, if it did; the problem stands among the others, too.
    pub broken_at: Option<At>,
}

/// Reads a text as one YAML document. Never fails: problems stand beside what could be read.
pub fn parse(text: &str) -> Parsed<'_> {
    build::build(text)
}
