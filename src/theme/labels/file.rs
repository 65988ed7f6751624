//! Reading the file of a language: a map of maps of texts, those of a city's theme over the built-in ones.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_yaml::Spanned;

use super::{Label, Labels, Reading};
use crate::diagnostic::{Code, Diagnostic, Message, Place, Report};
use crate::model::{At, Language};
use crate::theme::source::{self, Chain};

/// The labels of a language, those of each theme over those that it inherits from.
pub(super) fn read(chain: &Chain<'_>, language: &Language, report: &mut Report) -> Labels {
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
pub(in crate::theme) enum Node {
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
