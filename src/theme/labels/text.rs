//! A text with placeholders, `令和{n}年度`.

use std::borrow::Cow;
use std::sync::Arc;

/// A text, taken apart once since it is filled very often.
#[derive(Debug)]
pub(super) struct Text {
    pub key: Box<str>,
    pub text: Arc<str>,
    /// What stands before each placeholder, and its name.
    pub parts: Vec<(Box<str>, Box<str>)>,
    /// What stands after the last placeholder.
    pub rest: Box<str>,
}

impl Text {
    pub fn new(key: Box<str>, text: &Arc<str>) -> Self {
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
    pub fn fill(&self, values: &[(&str, &str)], filled: &mut String, push: impl Fn(&mut String, &str)) {
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
pub(in crate::theme) fn fill<'v>(text: &str, value: impl Fn(&str) -> Option<Cow<'v, str>>) -> String {
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
pub(in crate::theme) fn placeholders(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> = text.match_indices('{').filter_map(|(at, _)| placeholder_at(text.get(at..)?)).collect();
    names.sort_unstable();
    names.dedup();
    names
}
