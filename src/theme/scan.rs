//! The template tags in a template: where they are, and the words inside them.
//!
//! Only what lints and the minifier need; the grammar itself is Tera's.

use std::ops::Range;

use crate::model::At;

/// `{{ … }}`, `{% … %}` or `{# … #}`, with its delimiters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    pub kind: TagKind,
    /// Bytes of the template.
    pub range: Range<usize>,
    /// `{%-` and `-%}`: Tera removes the space before, after.
    pub trims_before: Trim,
    pub trims_after: Trim,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TagKind {
    Expression,
    Statement,
    Comment,
    /// `{% raw %} … {% endraw %}` as a whole.
    Raw,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trim {
    Keep,
    Trim,
}

/// The tags of a template in order. An unclosed tag ends the list: Tera reports it.
pub(super) fn tags(source: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(open) = next_open(source, at) {
        let Some(mut tag) = tag_at(source, open) else { break };
        if tag.kind == TagKind::Statement && word(inner(source, &tag)) == "raw" {
            let Some(end) = raw_end(source, tag.range.end) else { break };
            tag = Tag { kind: TagKind::Raw, range: open..end, ..tag };
        }
        at = tag.range.end;
        tags.push(tag);
    }
    tags
}

/// What stands between the delimiters, without `-`.
pub(super) fn inner<'s>(source: &'s str, tag: &Tag) -> &'s str {
    let text = source.get(tag.range.start + 2..tag.range.end.saturating_sub(2)).unwrap_or_default();
    let text = if tag.trims_before == Trim::Trim { text.strip_prefix('-').unwrap_or(text) } else { text };
    if tag.trims_after == Trim::Trim { text.strip_suffix('-').unwrap_or(text) } else { text }
}

/// The first word (`if`, `for`, `endfor`, …).
pub(super) fn word(text: &str) -> &str {
    let text = text.trim_start();
    text.get(..text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len())).unwrap_or_default()
}

fn next_open(source: &str, from: usize) -> Option<usize> {
    let bytes = source.as_bytes();
    (from..bytes.len())
        .find(|at| bytes.get(*at) == Some(&b'{') && matches!(bytes.get(at + 1), Some(b'{' | b'%' | b'#')))
}

fn tag_at(source: &str, open: usize) -> Option<Tag> {
    let bytes = source.as_bytes();
    let (kind, close) = match bytes.get(open + 1)? {
        b'{' => (TagKind::Expression, b'}'),
        b'%' => (TagKind::Statement, b'%'),
        _ => (TagKind::Comment, b'#'),
    };
    let mut at = open + 2;
    let mut depth = 0_usize;
    loop {
        let byte = *bytes.get(at)?;
        match byte {
            b'"' | b'\'' | b'`' if kind != TagKind::Comment => at = string_end(bytes, at)?,
            b'{' if kind == TagKind::Expression => depth += 1,
            b'}' if kind == TagKind::Expression && depth > 0 => depth -= 1,
            _ if byte == close && bytes.get(at + 1) == Some(&b'}') => break,
            _ => {}
        }
        at += 1;
    }
    let trim = |byte: Option<&u8>| if byte == Some(&b'-') { Trim::Trim } else { Trim::Keep };
    let trims_before = trim(bytes.get(open + 2));
    let trims_after = if at > open + 2 { trim(bytes.get(at - 1)) } else { Trim::Keep };
    Some(Tag { kind, range: open..at + 2, trims_before, trims_after })
}

/// The closing quote of the string that opens at `at`.
fn string_end(bytes: &[u8], at: usize) -> Option<usize> {
    let quote = bytes.get(at)?;
    let mut end = at + 1;
    loop {
        match bytes.get(end)? {
            b'\\' => end += 1,
            byte if byte == quote => return Some(end),
            _ => {}
        }
        end += 1;
    }
}

fn raw_end(source: &str, from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(open) = source.get(at..)?.find("{%").map(|found| at + found) {
        let close = source.get(open..)?.find("%}").map(|found| open + found + 2)?;
        let words = source.get(open + 2..close - 2).unwrap_or_default().trim_matches('-').trim();
        if words == "endraw" {
            return Some(close);
        }
        at = open + 2;
    }
    None
}

/// A word or sign inside a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'s> {
    Name(&'s str),
    Number(&'s str),
    /// The content of a string, escapes left as they are.
    Text(&'s str),
    /// One of `**`, `//`, `/>`, `</`, `==`, `!=`, `<=`, `>=`, `...`, or a single sign.
    Sign(&'s str),
}

/// The words inside a tag, each with its byte offset in `text`.
pub(super) fn tokens(text: &str) -> Vec<(usize, Token<'_>)> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let start = at;
        let token = match byte {
            b' ' | b'\t' | b'\r' | b'\n' => {
                at += 1;
                continue;
            }
            b'"' | b'\'' | b'`' => {
                let end = string_end(bytes, at).unwrap_or(bytes.len());
                at = end + 1;
                Token::Text(text.get(start + 1..end).unwrap_or_default())
            }
            b'0'..=b'9' => {
                at += run(bytes, at, |b| b.is_ascii_digit() || b == b'.');
                Token::Number(text.get(start..at).unwrap_or_default())
            }
            b if b.is_ascii_alphabetic() || *b == b'_' || *b >= 0x80 => {
                at += run(bytes, at, |b| b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80);
                Token::Name(text.get(start..at).unwrap_or_default())
            }
            _ => {
                let rest = text.get(at..).unwrap_or_default();
                let long = ["...", "**", "//", "/>", "</", "==", "!=", "<=", ">="];
                at += long.iter().find(|sign| rest.starts_with(**sign)).map_or(1, |sign| sign.len());
                Token::Sign(text.get(start..at).unwrap_or_default())
            }
        };
        tokens.push((start, token));
    }
    tokens
}

fn run(bytes: &[u8], from: usize, belongs: impl Fn(u8) -> bool) -> usize {
    bytes.iter().skip(from).take_while(|byte| belongs(**byte)).count()
}

/// Line, column and length in characters of a range of bytes.
pub(super) fn place_of(source: &str, range: Range<usize>) -> At {
    let before = source.get(..range.start).unwrap_or(source);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let count = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let line = u32::try_from(before.bytes().filter(|byte| *byte == b'\n').count()).unwrap_or(u32::MAX);
    let marked = source.get(range).unwrap_or_default().lines().next().unwrap_or_default();
    At {
        line: line.saturating_add(1),
        column: count(before.get(line_start..).unwrap_or_default()).saturating_add(1),
        length: count(marked),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> Vec<&str> {
        tags(source).into_iter().map(|tag| source.get(tag.range).unwrap()).collect()
    }

    #[test]
    fn a_closing_delimiter_inside_a_string_ends_no_tag() {
        assert_eq!(found(r#"a{{ f(x="}}") }}b{% if x == '%}' %}c"#), [r#"{{ f(x="}}") }}"#, "{% if x == '%}' %}"]);
        assert_eq!(found(r#"{{ "\"}}" }}"#), [r#"{{ "\"}}" }}"#]);
        assert_eq!(found("{{ {\"a\": {}}.a }}x"), ["{{ {\"a\": {}}.a }}"]);
    }

    #[test]
    fn a_comment_ends_at_its_first_end_and_an_apostrophe_in_it_opens_nothing() {
        assert_eq!(found("{# don't {{ x }} #}{{ y }}"), ["{# don't {{ x }} #}", "{{ y }}"]);
    }

    #[test]
    fn raw_is_one_piece() {
        assert_eq!(found("{% raw %}{{ no }}{% if %}{%- endraw -%}{{ y }}").len(), 2);
    }

    #[test]
    fn trimming_is_seen_on_each_side() {
        let tag = tags("{%- if x %}").remove(0);
        assert_eq!((tag.trims_before, tag.trims_after), (Trim::Trim, Trim::Keep));
        assert_eq!(inner("{%- if x -%}", &tags("{%- if x -%}").remove(0)), " if x ");
    }

    #[test]
    fn an_unclosed_tag_is_left_to_the_template_engine() {
        assert!(found("{{ x").is_empty());
        assert!(found("{% raw %} {{ x }}").is_empty());
    }

    #[test]
    fn places_are_counted_in_characters() {
        let source = "一行目\n評価は{{ 値 }}です";
        let tag = tags(source).remove(0);
        assert_eq!(place_of(source, tag.range), At { line: 2, column: 4, length: 7 });
    }
}
