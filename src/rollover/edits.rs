//! Changes of a text by place. What no change touches stays byte for byte.

use std::ops::Range;

use crate::content::yaml::spans::{Piece, Shape, Structure};

/// A text of several lines, with the changes that are to be made to it.
#[derive(Debug)]
pub struct Edits<'t> {
    text: &'t str,
    /// In no order; none lies within another.
    changes: Vec<(Range<usize>, String)>,
    /// Where the scalars of the text stand: a `#` in one of them begins no comment.
    scalars: Vec<Range<usize>>,
}

/// What is written in place of a value.
#[derive(Clone, Debug, Default)]
pub struct Filling {
    /// Beside the key: `{2025: }`.
    pub inline: String,
    /// Below the key, each on a line of its own: `2025:`. Only where the value stood on lines of its own.
    pub below: Vec<String>,
    /// What to fill in, without the `#`.
    pub comment: String,
}

impl<'t> Edits<'t> {
    /// `root` is the layout of the text.
    pub fn new(text: &'t str, root: &Piece) -> Self {
        let mut scalars: Vec<_> = root.scalars().into_iter().map(|scalar| scalar.range.clone()).collect();
        scalars.sort_by_key(|range| range.start);
        Self { text, changes: Vec::new(), scalars }
    }

    /// The line break of the text.
    pub fn line_break(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// What is taken away or written over, in bytes of the text.
    pub fn touched(&self) -> impl Iterator<Item = &Range<usize>> {
        self.changes.iter().map(|(range, _)| range)
    }

    pub fn replace(&mut self, range: Range<usize>, with: impl Into<String>) {
        self.changes.push((range, with.into()));
    }

    /// Empties the value of a key of a block mapping, lines and all, for its author to fill. Comments that have a line of
    /// their own stay, and so does one beside the key.
    pub fn open(&mut self, key: &Piece, value: &Piece, filling: &Filling) -> Option<()> {
        let colon = self.behind_colon(key)?;
        if value.is_absent() {
            return Some(());
        }
        let first_end = self.line_end(colon);
        let indent = self.indent_of(key.range.start);
        let inline = |text: &str| if text.is_empty() { String::new() } else { format!(" {text}") };
        let comment = format!("  # {}", filling.comment);
        let own_line = format!("{}{indent}  # {}", self.line_break(), filling.comment);
        if value.range.end <= first_end {
            let tail = self.text.get(value.range.end..first_end)?;
            let beside = self.comment_in(value.range.end, first_end).is_some();
            let with = match beside {
                true => format!("{}{tail}{own_line}", inline(&filling.inline)),
                false => format!("{}{comment}", inline(&filling.inline)),
            };
            self.replace(colon..first_end, with);
            return Some(());
        }
        let on_own_lines = value.range.start > first_end;
        let beside = if on_own_lines { self.comment_in(colon, first_end) } else { None };
        let below = Some(&filling.below).filter(|below| on_own_lines && !below.is_empty());
        let mut with = match (below, beside) {
            (Some(_), Some(written)) => format!("  {written}"),
            (Some(_), None) => String::new(),
            (None, Some(written)) => format!("{}  {written}{own_line}", inline(&filling.inline)),
            (None, None) => format!("{}{comment}", inline(&filling.inline)),
        };
        let last_end = self.line_end(value.range.end);
        for line in self.lines(first_end..last_end) {
            if self.is_comment_line(&line) {
                with += self.line_break();
                with += self.text.get(line)?;
            }
        }
        if let Some(below) = below {
            let indent = self.indent_of(value.range.start);
            let lines = below.iter().map(|line| format!("{}{indent}{line}{comment}", self.line_break()));
            with.extend(lines);
        }
        self.replace(colon..last_end, with);
        Some(())
    }

    /// Empties the value of a key of a flow mapping.
    pub fn open_in_flow(&mut self, key: &Piece, value: &Piece, inline: &str) -> Option<()> {
        let colon = self.behind_colon(key)?;
        if !value.is_absent() {
            self.replace(colon..value.range.end, format!(" {inline}"));
        }
        Some(())
    }

    /// Takes items out of a block list, each with its dash and its lines.
    pub fn remove_lines(&mut self, item: &Piece) -> Option<()> {
        let before = self.text.get(..item.range.start)?;
        let dash = before.trim_end().strip_suffix('-')?.len();
        let start = self.line_start(dash);
        if !self.text.get(start..dash)?.trim().is_empty() {
            return None;
        }
        let end = self.line_end(item.range.end);
        let end = self.text.get(end..)?.find('\n').map_or(self.text.len(), |at| end + at + 1);
        self.replace(start..end, "");
        Some(())
    }

    /// Takes a key out of a mapping with its value: of a block with its lines and the comments in them.
    pub fn remove_entry(&mut self, map: &Piece, key: &Piece, value: &Piece) -> Option<()> {
        let entries = map.entries();
        if let Shape::Map { layout: Structure::Flow, .. } = &map.shape {
            let index = entries.iter().position(|(of, _)| of.range == key.range)?;
            let end = |(key, value): &(Piece, Piece)| key.range.end.max(value.range.end);
            let end_of_value = if value.is_absent() { self.behind_colon(key)? } else { value.range.end };
            let range = match (entries.get(index + 1), index.checked_sub(1).and_then(|before| entries.get(before))) {
                (Some((next, _)), _) => key.range.start..next.range.start,
                (None, Some(before)) => end(before)..end_of_value,
                (None, None) => key.range.start..end_of_value,
            };
            self.replace(range, "");
            return Some(());
        }
        let start = self.line_start(key.range.start);
        if !self.text.get(start..key.range.start)?.trim().is_empty() {
            return None;
        }
        let end = self.line_end(key.range.end.max(value.range.end));
        let end = self.text.get(end..)?.find('\n').map_or(self.text.len(), |at| end + at + 1);
        self.replace(start..end, "");
        Some(())
    }

    /// Takes away the comments on the lines right above a key, which speak of it.
    pub fn remove_comments_above(&mut self, key: &Piece) {
        let end = self.line_start(key.range.start);
        let mut start = end;
        while start > 0 {
            let line = self.line_start(start - 1)..start;
            if !self.text.get(line.clone()).is_some_and(|text| text.trim_start().starts_with('#')) {
                break;
            }
            start = line.start;
        }
        if start < end {
            self.replace(start..end, "");
        }
    }

    /// Takes one item out of a flow list.
    pub fn remove_from_flow(&mut self, items: &[Piece], index: usize) -> Option<()> {
        let item = items.get(index)?;
        let range = match (items.get(index + 1), index.checked_sub(1).and_then(|before| items.get(before))) {
            (Some(next), _) => item.range.start..next.range.start,
            (None, Some(before)) => before.range.end..item.range.end,
            (None, None) => item.range.clone(),
        };
        self.replace(range, "");
        Some(())
    }

    /// Takes items out of a flow list of which at least one stays.
    pub fn remove_several_from_flow(&mut self, items: &[Piece], indices: &[usize]) -> Option<()> {
        let stays = |index: &usize| !indices.contains(index);
        let last = (0..items.len()).rev().find(stays)?;
        for index in indices.iter().filter(|index| **index < last) {
            self.replace(items.get(*index)?.range.start..items.get(index + 1)?.range.start, "");
        }
        let (kept, end) = (items.get(last)?, items.last()?);
        if end.range.end > kept.range.end {
            self.replace(kept.range.end..end.range.end, "");
        }
        Some(())
    }

    /// A comment at the end of the line where a piece ends, unless something stands there.
    pub fn comment_behind(&mut self, piece: &Piece, comment: &str) {
        let end = self.line_end(piece.range.end);
        if self.text.get(piece.range.end..end).is_some_and(|rest| rest.trim().is_empty()) {
            self.replace(piece.range.end..end, format!("  # {comment}"));
        }
    }

    /// A line of its own before the line of a piece, and before the comments right above it: they speak of the piece.
    pub fn line_before(&mut self, piece: &Piece, line: &str) {
        let mut start = self.line_start(piece.range.start);
        let is_comment = |line: &str| line.trim_start_matches('\u{feff}').trim_start().starts_with('#');
        while let Some(above) = self.text.get(..start).filter(|above| !above.is_empty())
            && let before = self.line_start(start.saturating_sub(1))
            && above.get(before..).is_some_and(is_comment)
        {
            start = before;
        }
        if start == 0 && self.text.starts_with('\u{feff}') {
            start = '\u{feff}'.len_utf8();
        }
        self.replace(start..start, format!("{line}{}", self.line_break()));
    }

    /// The text with all changes. `None` where two of them meet.
    pub fn applied(mut self) -> Option<String> {
        self.changes.sort_by_key(|(range, _)| (range.start, range.end));
        let mut text = String::with_capacity(self.text.len());
        let mut from = 0;
        for (range, with) in &self.changes {
            text += self.text.get(from..range.start)?;
            text += with;
            from = range.end;
        }
        text += self.text.get(from..)?;
        Some(text)
    }

    /// The place behind the colon of a key.
    pub fn behind_colon(&self, key: &Piece) -> Option<usize> {
        let rest = self.text.get(key.range.end..)?;
        let gap = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        rest.get(gap..)?.starts_with(':').then_some(key.range.end + gap + 1)
    }

    /// Blanks before the first thing on the line of a place; the dash of a list counts as one.
    pub fn indent_of(&self, at: usize) -> String {
        let line = self.text.get(self.line_start(at)..).unwrap_or_default();
        let blanks = line.find(|c: char| !matches!(c, ' ' | '-')).unwrap_or_default();
        " ".repeat(blanks)
    }

    pub fn line_start(&self, at: usize) -> usize {
        self.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1)
    }

    /// The end of the line of a place, without its line break.
    pub fn line_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        at + line.strip_suffix('\r').unwrap_or(line).len()
    }

    /// The lines after the one that ends at the start of the range, without their breaks.
    fn lines(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        let mut at = range.start;
        while let Some(next) = self.text.get(at..range.end).and_then(|rest| rest.find('\n')) {
            let start = at + next + 1;
            let end = self.line_end(start);
            lines.push(start..end);
            at = end;
        }
        lines
    }

    fn is_comment_line(&self, line: &Range<usize>) -> bool {
        let text = self.text.get(line.clone()).unwrap_or_default();
        let sign = line.start + (text.len() - text.trim_start().len());
        text.trim_start().starts_with('#') && !self.is_in_scalar(sign)
    }

    fn is_in_scalar(&self, at: usize) -> bool {
        let before = self.scalars.partition_point(|range| range.start <= at);
        before.checked_sub(1).and_then(|index| self.scalars.get(index)).is_some_and(|range| at < range.end)
    }

    /// The comment on a line between two places, as written.
    fn comment_in(&self, from: usize, to: usize) -> Option<&'t str> {
        let text = self.text.get(from..to)?;
        let signs = text.match_indices('#').map(|(at, _)| at);
        let begins =
            |at: &usize| text.get(..*at).is_some_and(|before| before.is_empty() || before.ends_with([' ', '\t']));
        let at = signs.into_iter().filter(begins).find(|at| !self.is_in_scalar(from + at))?;
        text.get(at..)
    }
}
