//! Headings within a text: their levels and ids.

use super::plain::text_of;
use comrak::nodes::{AstNode, NodeValue};
use std::collections::BTreeSet;

/// Where the headings of a text stand on its page.
#[derive(Clone, Copy, Debug)]
pub struct Headings<'a> {
    /// The level of the text's topmost headings, 1 to 6: one below the heading that the text stands under.
    pub first: u8,
    /// What every id begins with, unique on the page.
    pub prefix: &'a str,
}

/// A heading of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6, as rendered.
    pub level: u8,
    pub id: String,
    /// Without markup.
    pub text: String,
}

pub(super) fn headings<'a>(root: &'a AstNode<'a>, headings: Headings<'_>) -> Vec<Heading> {
    let mut outline = Outline::new(headings);
    root.descendants().filter_map(|node| outline.heading(node)).collect()
}

/// Gives headings their level and id, in the order of the text.
pub(super) struct Outline<'a> {
    headings: Headings<'a>,
    /// The levels, as written, of the headings that the present one stands under.
    above: Vec<u8>,
    ids: BTreeSet<String>,
}

impl<'a> Outline<'a> {
    pub(super) fn new(headings: Headings<'a>) -> Self {
        Self { headings, above: Vec::new(), ids: BTreeSet::new() }
    }

    /// What a heading becomes; `None` for any other node. Levels never skip: a `###` right below a `#` is one level
    /// deeper.
    pub(super) fn heading<'n>(&mut self, node: &'n AstNode<'n>) -> Option<Heading> {
        let NodeValue::Heading(heading) = node.data().value else { return None };
        while self.above.last().is_some_and(|above| *above >= heading.level) {
            self.above.pop();
        }
        let deeper = u8::try_from(self.above.len()).unwrap_or(6);
        self.above.push(heading.level);
        let level = self.headings.first.saturating_add(deeper).clamp(1, 6);
        let text = text_of(node);
        Some(Heading { level, id: self.id(&text), text })
    }

    fn id(&mut self, text: &str) -> String {
        let mut id = self.headings.prefix.to_owned();
        let words = text.split(|c: char| !c.is_alphanumeric() && c != 'ー').filter(|word| !word.is_empty());
        for (index, word) in words.enumerate() {
            if index > 0 {
                id.push('-');
            }
            id.extend(word.chars().flat_map(char::to_lowercase));
        }
        let mut unique = id.clone();
        let mut count = 1;
        while unique.is_empty() || !self.ids.insert(unique.clone()) {
            count += 1;
            unique = format!("{id}-{count}");
        }
        unique
    }
}
