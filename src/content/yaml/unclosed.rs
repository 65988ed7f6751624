//! The bracket or quote that was never closed.
//!
//! YAML lets a bracket or a quote go on over lines, so a parser stumbles only later, over a line that is in order. What
//! people mean shows in the indent: a line that stands no deeper than the key before an open `{`, `[` or quote, and is a
//! `key: value` or a `- ` itself, is not its continuation.

use crate::model::At;

/// What is open where it should not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unclosed {
    /// `{`, `[`, `"` or `'`.
    pub sign: char,
    pub at: At,
    /// Where it is seen that the end is missing; `None` at the end of the text.
    pub seen_at: Option<At>,
}

impl Unclosed {
    /// The sign that would close it.
    pub fn closing(self) -> char {
        match self.sign {
            '{' => '}',
            '[' => ']',
            quote => quote,
        }
    }
}

/// Looks for what is left open in a text that could be read up to the line `read_up_to`; nothing is said of later lines.
pub(super) fn find(text: &str, read_up_to: u32) -> Option<Unclosed> {
    let mut walk = Walk::default();
    let lines = usize::try_from(read_up_to).unwrap_or(usize::MAX);
    for (index, line) in text.lines().enumerate().take(lines) {
        let number = narrow(index + 1);
        if let Some(found) = walk.line(line, number) {
            return Some(found);
        }
    }
    let open = walk.open.last()?;
    Some(Unclosed { sign: open.sign, at: open.at, seen_at: None })
}

/// A bracket or quote that is open.
#[derive(Clone, Copy, Debug)]
struct Open {
    sign: char,
    at: At,
    /// A line that begins with a key or a dash at less than this column does not belong to it.
    belongs_from: usize,
}

#[derive(Debug, Default)]
struct Walk {
    open: Vec<Open>,
    /// Lines that stand deeper than this are the rest of a text without quotes, or of a `|` or `>` text.
    text_below: Option<usize>,
}

impl Walk {
    fn line(&mut self, line: &str, number: u32) -> Option<Unclosed> {
        let chars: Vec<char> = line.chars().collect();
        let indent = chars.iter().take_while(|c| **c == ' ').count();
        let content = chars.get(indent..).unwrap_or_default();
        if content.iter().all(|c| c.is_whitespace()) {
            return None;
        }
        if let Some(open) = self.open.last().copied() {
            let seen = At { line: number, column: narrow(indent + 1), length: 1 };
            if indent < open.belongs_from && begins_an_entry(content) {
                return Some(Unclosed { sign: open.sign, at: open.at, seen_at: Some(seen) });
            }
            return self.signs(&chars, indent, number, open.belongs_from);
        }
        if self.text_below.is_some_and(|below| indent > below) {
            return None;
        }
        self.text_below = None;
        let (start, depth) = self.block_value(&chars, indent)?;
        self.signs(&chars, start, number, depth)
    }

    /// Where the value of a line outside of brackets begins, if it is one in brackets or quotes, and from which column on
    /// its next lines belong to it.
    fn block_value(&mut self, chars: &[char], indent: usize) -> Option<(usize, usize)> {
        let mut at = indent;
        while chars.get(at) == Some(&'-') && chars.get(at + 1).is_none_or(|c| *c == ' ') {
            at += 1;
            at += chars.get(at..)?.iter().take_while(|c| **c == ' ').count();
        }
        let first = chars.get(at)?;
        let key = at;
        let after_key = match first {
            '"' | '\'' => end_of_quote(chars, at).filter(|end| chars.get(*end) == Some(&':')),
            '{' | '[' | '#' => None,
            _ => (at..chars.len()).find(|i| chars.get(*i) == Some(&':') && chars.get(i + 1).is_none_or(|c| *c == ' ')),
        };
        let (value, belongs_from) = match after_key {
            Some(colon) => (colon + 1 + chars.get(colon + 1..)?.iter().take_while(|c| **c == ' ').count(), key + 1),
            None => (key, key),
        };
        match chars.get(value)? {
            '{' | '[' | '"' | '\'' => Some((value, belongs_from)),
            '#' => None,
            _ => {
                // Of a list the dash is what the text stands below, not its first letter.
                self.text_below = Some(if after_key.is_some() { key } else { indent });
                None
            }
        }
    }

    /// Opens and closes what the rest of a line opens and closes.
    fn signs(&mut self, chars: &[char], start: usize, number: u32, belongs_from: usize) -> Option<Unclosed> {
        let mut at = start;
        // A quote opens a text only where a value can begin.
        let mut value_can_begin = true;
        while let Some(sign) = chars.get(at).copied() {
            let place = At { line: number, column: narrow(at + 1), length: 1 };
            if let Some(quote) = self.open.last().map(|open| open.sign).filter(|sign| matches!(sign, '"' | '\'')) {
                let end = end_of_text(chars, at, quote)?;
                self.open.pop();
                if self.open.is_empty() {
                    return None;
                }
                (at, value_can_begin) = (end, false);
                continue;
            }
            match sign {
                '{' | '[' => self.open.push(Open { sign, at: place, belongs_from }),
                '"' | '\'' if value_can_begin => self.open.push(Open { sign, at: place, belongs_from }),
                '}' | ']' => {
                    let open = self.open.pop()?;
                    let unclosed = Unclosed { sign: open.sign, at: open.at, seen_at: Some(place) };
                    if unclosed.closing() != sign {
                        return Some(unclosed);
                    }
                    if self.open.is_empty() {
                        return None;
                    }
                }
                '#' if at == 0 || chars.get(at - 1).is_some_and(|before| before.is_whitespace()) => return None,
                _ => {}
            }
            value_can_begin = matches!(sign, '{' | '[' | ',' | ':') || (value_can_begin && sign.is_whitespace());
            at += 1;
        }
        None
    }
}

/// `targets: …`, `2024: …`, `- …`.
fn begins_an_entry(content: &[char]) -> bool {
    let colon = content.iter().position(|c| *c == ':');
    let is_key = colon.is_some_and(|colon| colon > 0 && content.get(colon + 1).is_none_or(|c| *c == ' '));
    let is_item = content.first() == Some(&'-') && content.get(1).is_none_or(|c| *c == ' ');
    is_item || (is_key && !matches!(content.first(), Some('#' | '}' | ']' | ',')))
}

/// Behind the quote that closes the one at `at`.
fn end_of_quote(chars: &[char], at: usize) -> Option<usize> {
    end_of_text(chars, at + 1, *chars.get(at)?)
}

/// Behind the `quote` that ends a text; `""` and `\"` do not.
fn end_of_text(chars: &[char], from: usize, quote: char) -> Option<usize> {
    let mut at = from;
    loop {
        match *chars.get(at)? {
            '\\' if quote == '"' => at += 2,
            '\'' if quote == '\'' && chars.get(at + 1) == Some(&'\'') => at += 2,
            sign if sign == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
}

fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
