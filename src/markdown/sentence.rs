//! Sentences.

/// The first sentence of a text without markup: up to and with `。`, `！`, `？`, or a full stop before a blank, or the
/// end of its line. Never ends within brackets, as long as they are closed.
pub fn first_sentence(text: &str) -> &str {
    let text = text.trim_start();
    let end = end(text, Brackets::Respected).or_else(|| end(text, Brackets::Ignored)).unwrap_or(text.len());
    text.get(..end).unwrap_or(text).trim_end()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Brackets {
    Respected,
    /// For a text that opens one and never closes it.
    Ignored,
}

/// Where the sentence ends, in bytes; `None` where the text ends within brackets.
fn end(text: &str, brackets: Brackets) -> Option<usize> {
    let mut depth = 0_usize;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = at + c.len_utf8();
        let next = chars.peek().map(|(_, next)| *next);
        match c {
            '（' | '(' | '「' | '『' | '【' | '［' | '[' | '〔' | '〈' | '《' if brackets == Brackets::Respected =>
            {
                depth += 1;
            }
            '）' | ')' | '」' | '』' | '】' | '］' | ']' | '〕' | '〉' | '》' if brackets == Brackets::Respected =>
            {
                depth = depth.saturating_sub(1);
            }
            '\n' if depth == 0 => return Some(at),
            '．' if depth == 0 && next.is_some_and(is_digit) => {}
            '。' | '．' | '！' | '？' | '!' | '?' if depth == 0 && !next.is_some_and(goes_on) => {
                return Some(after);
            }
            '.' if depth == 0 && next.is_none_or(char::is_whitespace) => return Some(after),
            _ => {}
        }
    }
    (depth == 0).then_some(text.len())
}

/// `！？` ends one sentence, not two.
fn goes_on(next: char) -> bool {
    matches!(next, '。' | '！' | '？' | '!' | '?')
}

/// A point between digits is a decimal one.
fn is_digit(next: char) -> bool {
    next.is_ascii_digit() || ('０'..='９').contains(&next)
}
