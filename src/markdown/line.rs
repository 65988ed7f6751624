//! Lines: which need no parser, and what stands between two of them.

use std::borrow::Cow;
use unicode_width::UnicodeWidthChar;

/// What a line break in the source becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    /// Between wide characters: Chromium would paint a gap.
    Nothing,
    Space,
    /// Before a line that is meant as one: `・`, `①`, a full-width indent.
    Break,
}

/// How a text goes on after a line break (css-text-3, segment break transformation).
pub(super) fn join(before: Option<char>, after: &str) -> Join {
    if begins_an_item(after) {
        return Join::Break;
    }
    match (before, after.chars().next()) {
        (Some(before), Some(after)) if joins(before, after) => Join::Nothing,
        (None, _) | (_, None) => Join::Nothing,
        _ => Join::Space,
    }
}

fn joins(before: char, after: char) -> bool {
    let wide = |c: char| c.width() == Some(2) && !is_hangul(c);
    // ※, “ and ① are narrow or wide as their neighbours are.
    let may_be_wide = |c: char| c.width_cjk() == Some(2) && !is_hangul(c);
    let stop =
        |c: char| matches!(c, '、' | '。' | '「' | '」' | '『' | '』' | '（' | '）' | '，' | '．' | '：' | '！' | '？');
    wide(before) && may_be_wide(after) || may_be_wide(before) && wide(after) || stop(before) || stop(after)
}

/// Korean separates words by spaces.
fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7FF}')
}

/// Whether a line begins as officers begin the items of a list: with a mark, a circled digit, `（1）`, an indent.
fn begins_an_item(line: &str) -> bool {
    let Some(first) = line.chars().next() else { return false };
    if "・･●○◯〇■□◆◇▶►▷▲△→⇒※★☆　".contains(first) || ('①'..='⑳').contains(&first)
    {
        return true;
    }
    let Some(inner) = line.strip_prefix(['（', '(']) else { return false };
    let Some(end) = inner.find(['）', ')']) else { return false };
    let number = inner.get(..end).unwrap_or_default();
    !number.is_empty() && number.chars().count() <= 2 && number.chars().all(char::is_numeric)
}

/// A text in one line, its breaks joined.
pub(super) fn one_line(source: &str) -> Cow<'_, str> {
    let source = trim(source);
    if !source.contains(['\n', '\r']) {
        return Cow::Borrowed(source);
    }
    let mut out = String::with_capacity(source.len());
    for line in source.split(['\n', '\r']).map(trim).filter(|line| !line.is_empty()) {
        if !out.is_empty() && join(out.chars().next_back(), line) != Join::Nothing {
            out.push(' ');
        }
        out.push_str(line);
    }
    Cow::Owned(out)
}

/// Without the blanks that Markdown takes away; a full-width indent is the author's.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\n', '\r'])
}

/// The text with the 65th and all further `>` at the beginning of a line taken as text.
///
/// The parser's time grows with the square of the depth of quotes, and a line of 100,000 holds up a build for minutes.
pub(super) fn without_towers(text: &str) -> Cow<'_, str> {
    const MOST: usize = 64;
    let top = |line: &str| {
        let markers = line.bytes().take_while(|b| b" \t>-+*.)0123456789".contains(b));
        markers.enumerate().filter(|(_, b)| *b == b'>').map(|(at, _)| at).nth(MOST)
    };
    if !text.lines().any(|line| top(line).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for line in text.split_inclusive('\n') {
        let (low, high) = top(line).and_then(|at| line.split_at_checked(at)).unwrap_or((line, ""));
        out.push_str(low);
        if !high.is_empty() {
            out.push('\\');
        }
        out.push_str(high);
    }
    Cow::Owned(out)
}

/// Whether a line holds nothing that Markdown gives a meaning within a line.
pub(super) fn is_plain_line(line: &str) -> bool {
    let meant = |b: &u8| matches!(b, b'*' | b'_' | b'`' | b'[' | b']' | b'<' | b'&' | b'\\' | 0);
    // Looked at many bytes at a time: a sheet is looked through for its page, its data and its search.
    !line.as_bytes().chunks(64).any(|bytes| bytes.iter().fold(false, |found, b| found | meant(b)))
}

/// Whether a text is paragraphs and nothing else, so that no parser is needed. Most are.
pub(super) fn is_plain_text(text: &str) -> bool {
    is_plain_line(text) && !text.contains('\r') && text.split('\n').all(begins_no_block)
}

fn begins_no_block(line: &str) -> bool {
    if line.ends_with("  ") {
        return false;
    }
    match line.as_bytes() {
        [] => true,
        [b' ' | b'\t' | b'#' | b'>' | b'-' | b'+' | b'=' | b'|' | b':' | b'~', ..] => false,
        [first, ..] if first.is_ascii_digit() => {
            !line.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', ')'])
        }
        _ => true,
    }
}
