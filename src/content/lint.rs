//! What a parser cannot say: full-width signs where YAML takes half-width ones, and texts that a `#` cuts off.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::figure;
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

/// A file made readable by exchanging its full-width signs and the like, to find what else is wrong in it.
#[derive(Debug)]
pub struct Repaired {
    pub text: String,
    /// The signs that were exchanged.
    pub problems: Vec<Problem>,
}

impl Repaired {
    /// Whether YAML takes one of the figures for a comment: `#N/A`.
    pub fn hides_figures(&self) -> bool {
        self.problems.iter().any(|problem| problem.code == Code::InvalidFigure)
    }
}

/// Exchanges what hands and spreadsheets leave: full-width colons after a key that the tool knows, tabs and wide spaces
/// at the beginning of a line, full-width dashes of lists, errors of formulas (`#N/A`), which YAML takes for comments.
/// `None` where there are none. Looks only at lines that are no part of a `|` or `>` text.
pub fn repair(text: &str) -> Option<Repaired> {
    if !text.contains(['：', '\u{3000}', '\u{a0}', '\t', '－', '#']) {
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
        let line = repair_dash(&line, number, &mut problems);
        let line = repair_colon(&line, number, &mut problems);
        repaired.push_str(&repair_formula_error(&line, number, &mut problems));
    }
    (!problems.is_empty()).then_some(Repaired { text: repaired, problems })
}

/// A full-width dash before an item of a list.
fn repair_dash<'l>(line: &'l str, number: u32, problems: &mut Vec<Problem>) -> Cow<'l, str> {
    let content = line.trim_start_matches(' ');
    let Some(item) = content.strip_prefix('－').filter(|item| item.starts_with([' ', '\u{3000}'])) else {
        return Cow::Borrowed(line);
    };
    let indent = line.len() - content.len();
    problems.push(Problem {
        code: Code::FullWidthSyntax,
        at: At { line: number, column: u32::try_from(indent + 1).unwrap_or(1), length: 1 },
        message: Message::new("並びの「-」が全角です", "the dash of a list is full-width"),
        label: Some(Message::new("全角のハイフン", "full-width dash")),
        help: Message::new("半角の「- 」にしてください", "write a half-width `- `"),
        related: None,
    });
    Cow::Owned(format!("{}- {}", " ".repeat(indent), item.trim_start_matches([' ', '\u{3000}'])))
}

/// `2024: #N/A`, `{2024: #REF!}`: put in quotes, so that YAML does not take the rest of the line for a comment.
fn repair_formula_error<'l>(line: &'l str, number: u32, problems: &mut Vec<Problem>) -> Cow<'l, str> {
    let mut line = Cow::Borrowed(line);
    let mut from = 0;
    while let Some((at, error)) = formula_error(&line, from) {
        let column = line.get(..at).unwrap_or_default().chars().count() + 1;
        let wrong = figure::FigureError::FormulaError;
        problems.push(Problem {
            code: wrong.code(),
            at: At { line: number, column: narrow(column), length: narrow(error.len()) },
            message: wrong.message(error),
            label: None,
            help: wrong.help(),
            related: None,
        });
        let (head, tail) = (line.get(..at).unwrap_or_default(), line.get(at + error.len()..).unwrap_or_default());
        // As wide as before, so that the places after it stay.
        let quoted = format!("{head}{:width$}{tail}", "\"-\"", width = error.len());
        from = head.len() + error.len();
        line = Cow::Owned(quoted);
    }
    line
}

/// The first error of a formula that stands as a value, not before `from`.
fn formula_error(line: &str, from: usize) -> Option<(usize, &'static str)> {
    let found = figure::FORMULA_ERRORS.iter().filter_map(|error| {
        let at = from + line.get(from..)?.find(&format!(": {error}"))? + 2;
        let rest = line.get(at + error.len()..)?;
        // A comment of the author goes before it, or words follow it.
        let is_value = !line.get(..at)?.contains(" #") && rest.trim_start().starts_with(['}', ',', '#']);
        (is_value || rest.trim().is_empty()).then_some((at, *error))
    });
    found.min_by_key(|(at, _)| *at)
}

fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn announces_block(line: &str) -> bool {
    let line = line.trim_end();
    let Some((_, value)) = line.split_once(": ") else { return false };
    matches!(value.trim(), "|" | ">" | "|-" | ">-" | "|+" | ">+")
}

fn repair_indent<'l>(line: &'l str, number: u32, problems: &mut Vec<Problem>) -> Cow<'l, str> {
    let content = line.trim_start_matches([' ', '\u{3000}', '\u{a0}', '\t']);
    let indent = line.get(..line.len() - content.len()).unwrap_or_default();
    let Some(wrong) = indent.chars().find(|c| *c != ' ').filter(|_| !content.trim().is_empty()) else {
        return Cow::Borrowed(line);
    };
    let before = indent.chars().take_while(|c| *c != wrong).count();
    let length = indent.chars().skip(before).take_while(|c| *c == wrong).count();
    let (code, message, label) = match wrong {
        '\t' => (
            Code::InvalidYaml,
            Message::new("字下げにタブ文字は使えません", "a tab stands where YAML takes spaces only"),
            Message::new("タブ文字", "tab"),
        ),
        '\u{a0}' => (
            Code::FullWidthSyntax,
            Message::new("字下げに特殊な空白（改行しない空白）があります", "the indent contains a no-break space"),
            Message::new("特殊な空白", "no-break space"),
        ),
        _ => (
            Code::FullWidthSyntax,
            Message::new("字下げに全角の空白があります", "the indent contains a full-width space"),
            Message::new("全角の空白", "full-width space"),
        ),
    };
    problems.push(Problem {
        code,
        at: At { line: number, column: narrow(before + 1), length: narrow(length) },
        message,
        label: Some(label),
        help: Message::new("半角の空白2つにしてください", "write two half-width spaces instead"),
        related: None,
    });
    let indent = indent.replace(['\u{3000}', '\t'], "  ").replace('\u{a0}', " ");
    Cow::Owned(format!("{indent}{content}"))
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
