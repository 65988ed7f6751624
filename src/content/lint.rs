//! What a parser cannot say: full-width signs where YAML takes half-width ones, and texts that a `#` cuts off.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::keys;
use super::yaml::Problem;
use crate::diagnostic::{Code, Message};
use crate::model::At;

/// A `#` that probably was meant to belong to the text before it.
///
/// `text` is an unquoted scalar that ends before `end`, `rest` what follows on its line. Speaks up only where the author's own comment would
/// look different: a comment has a space after its sign (`# 確認済み`), a cut text goes on (`施策 #3`, `（別紙 #2）`).
pub fn text_cut_by_comment(text: &str, rest: &str, end: At) -> Option<Problem> {
    let gap = rest.chars().take_while(|c| matches!(c, ' ' | '\t')).count();
    let comment = rest.trim_start_matches([' ', '\t']).strip_prefix('#')?;
    if gap == 0 || text.is_empty() || text.is_ascii() && !text.contains(' ') {
        return None;
    }
    let next = comment.chars().next()?;
    let glued = !next.is_whitespace() && next != '#';
    let numbered = glued && next.is_numeric();
    let long_text = glued && text.chars().count() >= 8;
    if !(numbered || long_text || leaves_bracket_open(text, comment)) {
        return None;
    }
    let column = end.column + u32::try_from(gap).unwrap_or(0);
    let length = u32::try_from(comment.trim_end().chars().count() + 1).unwrap_or(1);
    Some(Problem {
        code: Code::TextCutByComment,
        at: At { line: end.line, column, length },
        message: Message::new(
            format!("「#」から後ろはコメントになり、「{}」までしか読まれません", ending(text)),
            format!("the text ends at `{}`: what follows the # is a comment", ending(text)),
        ),
        label: Some(Message::new("ここは読まれません", "this is not read")),
        help: Message::new(
            "文の一部なら文全体を \"…\" で囲んでください。コメントなら「# 」と空白を入れてください",
            "put the whole text in \"…\" if this belongs to it; write `# ` with a space if it is a comment",
        ),
        related: None,
    })
}

fn ending(text: &str) -> String {
    let count = text.chars().count();
    let tail: String = text.chars().skip(count.saturating_sub(12)).collect();
    if count > 12 { format!("…{tail}") } else { tail }
}

fn leaves_bracket_open(text: &str, rest: &str) -> bool {
    [('（', '）'), ('(', ')'), ('「', '」'), ('『', '』'), ('【', '】')].into_iter().any(|(open, close)| {
        text.matches(open).count() > text.matches(close).count()
            && rest.matches(close).count() > rest.matches(open).count()
    })
}

/// A file made readable by exchanging its full-width signs, to find what else is wrong in it.
#[derive(Debug)]
pub struct Repaired {
    pub text: String,
    /// The signs that were exchanged, each in a line of its own.
    pub problems: Vec<Problem>,
}

/// Exchanges full-width colons after a key that the tool knows, and full-width spaces at the beginning of a line.
/// `None` where there are none. Looks only at lines that are no part of a `|` or `>` text.
pub fn repair_full_width(text: &str) -> Option<Repaired> {
    if !text.contains(['：', '\u{3000}']) {
        return None;
    }
    let mut repaired = String::with_capacity(text.len());
    let mut problems = Vec::new();
    let mut block: Option<usize> = None;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let indent = line.chars().take_while(|c| *c == ' ').count();
        if block.is_some_and(|of| indent > of || line.trim_ascii().is_empty()) {
            repaired.push_str(line);
            continue;
        }
        block = announces_block(line).then_some(indent);
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let line = repair_indent(line, number, &mut problems);
        repaired.push_str(&repair_colon(&line, number, &mut problems));
    }
    (!problems.is_empty()).then_some(Repaired { text: repaired, problems })
}

fn announces_block(line: &str) -> bool {
    let line = line.trim_end();
    let Some((_, value)) = line.split_once(": ") else { return false };
    matches!(value.trim(), "|" | ">" | "|-" | ">-" | "|+" | ">+")
}

fn repair_indent<'l>(line: &'l str, number: u32, problems: &mut Vec<Problem>) -> Cow<'l, str> {
    let content = line.trim_start_matches([' ', '\u{3000}', '\t']);
    let indent = line.get(..line.len() - content.len()).unwrap_or_default();
    if !indent.contains('\u{3000}') || content.trim().is_empty() {
        return Cow::Borrowed(line);
    }
    let before = indent.chars().take_while(|c| *c != '\u{3000}').count();
    let wide = indent.chars().skip(before).take_while(|c| *c == '\u{3000}').count();
    let column = u32::try_from(before + 1).unwrap_or(1);
    problems.push(Problem {
        code: Code::FullWidthSyntax,
        at: At { line: number, column, length: u32::try_from(wide).unwrap_or(1) },
        message: Message::new("字下げに全角の空白があります", "the indent contains a full-width space"),
        label: Some(Message::new("全角の空白", "full-width space")),
        help: Message::new("半角の空白2つにしてください", "write two half-width spaces instead"),
        related: None,
    });
    Cow::Owned(format!("{}{content}", indent.replace('\u{3000}', "  ")))
}

fn repair_colon<'l>(line: &'l str, number: u32, problems: &mut Vec<Problem>) -> Cow<'l, str> {
    let start = line.trim_start_matches([' ', '-']);
    let Some((key, rest)) = start.split_once('：') else { return Cow::Borrowed(line) };
    if !is_key(key.trim()) {
        return Cow::Borrowed(line);
    }
    let head = line.get(..line.len() - start.len()).unwrap_or_default();
    let column = u32::try_from(head.chars().count() + key.chars().count() + 1).unwrap_or(1);
    problems.push(full_width_colon(key.trim(), At { line: number, column, length: 1 }));
    Cow::Owned(format!("{head}{key}: {rest}"))
}

/// The problem of a full-width colon; `at` is the colon's own place.
pub fn full_width_colon(key: &str, at: At) -> Problem {
    Problem {
        code: Code::FullWidthSyntax,
        at,
        message: Message::new(
            format!("「{key}」の後のコロンが全角です"),
            format!("the colon after `{key}` is full-width"),
        ),
        label: Some(Message::new("全角のコロン", "full-width colon")),
        help: Message::new(
            format!("「{key}: 」のように半角のコロンと空白にしてください"),
            format!("write `{key}: ` with a half-width colon and a space"),
        ),
        related: None,
    }
}

/// Whether a text that a full-width colon follows is meant as a key.
pub fn is_key(text: &str) -> bool {
    keys::is_known_anywhere(text) || crate::model::FiscalYear::parse(text).is_some()
}

/// The number of `27年度`: a year whose era is left out.
pub fn year_without_era(text: &str) -> Option<u8> {
    let text: String = text.nfkc().collect();
    let number = text.trim().trim_end_matches("年度").trim_end_matches('年').trim_start_matches('\'').trim();
    number.parse().ok().filter(|year| (1..=99).contains(year))
}
