//! Inner links of texts, with the place in the file where their target stands.

use crate::markdown;
use crate::model::{At, WrittenLink};

/// The inner links of `text`, which was read from `file` and begins at `from` in it.
///
/// YAML folds lines and knows escapes, so a text need not stand in its file letter by letter: a link is looked for
/// from the beginning of its text on, and where it is not found, the text's own place serves.
pub fn in_text(file: &str, from: At, text: &str) -> Vec<WrittenLink> {
    let links = markdown::inner_links(text);
    if links.is_empty() {
        return Vec::new();
    }
    let lines = Lines::of(file);
    let start = lines.offset(from);
    let mut next = start;
    links
        .into_iter()
        .map(|link| {
            let found = find(file, next, &link.target).or_else(|| find(file, start, &link.target));
            next = found.map_or(next, |found| found + link.target.len());
            WrittenLink { at: found.map_or(from, |found| lines.place(found, &link.target)), target: link.target.into() }
        })
        .collect()
}

/// Where a link's target stands: behind the signs of a link (`](`, `<`, `[1]: `) rather than as words of the text.
fn find(file: &str, from: usize, target: &str) -> Option<usize> {
    let rest = file.get(from..).filter(|_| !target.is_empty())?;
    let is_link = |at: &usize| {
        let before = rest.get(..*at).unwrap_or_default();
        ["](", "<", "]: "].iter().any(|sign| before.ends_with(sign))
    };
    let mut found = rest.match_indices(target).map(|(at, _)| at);
    found.clone().find(is_link).or_else(|| found.next()).map(|at| from + at)
}

/// Where the lines of a file begin, in bytes.
pub(super) struct Lines<'f> {
    file: &'f str,
    starts: Vec<usize>,
}

impl<'f> Lines<'f> {
    pub(super) fn of(file: &'f str) -> Self {
        let starts = std::iter::once(0).chain(file.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file, starts }
    }

    /// The byte that a place begins at.
    pub(super) fn offset(&self, at: At) -> usize {
        let start = self.starts.get((at.line as usize).saturating_sub(1)).copied().unwrap_or(self.file.len());
        let line = self.file.get(start..).unwrap_or_default();
        start + line.char_indices().nth((at.column as usize).saturating_sub(1)).map_or(0, |(byte, _)| byte)
    }

    /// The place of a piece of text that begins at this byte.
    pub(super) fn place(&self, offset: usize, piece: &str) -> At {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|index| self.starts.get(index)).copied().unwrap_or(0);
        let before = self.file.get(start..offset).unwrap_or_default();
        let narrow = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        At { line: narrow(line), column: narrow(before.chars().count() + 1), length: narrow(piece.chars().count()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, column: u32, length: u32) -> At {
        At { line, column, length }
    }

    #[test]
    fn a_link_is_marked_where_its_target_stands_after_japanese_text() {
        let file =
            "name: 施策\nvision: 詳しくは[産業](../2024/industry.yaml#exchange)と[頁](pages/a.md)をご覧ください\n";
        let text = "詳しくは[産業](../2024/industry.yaml#exchange)と[頁](pages/a.md)をご覧ください";
        let places: Vec<_> = in_text(file, at(2, 9, 20), text).into_iter().map(|link| link.at).collect();
        assert_eq!(places, [at(2, 18, 30), at(2, 54, 10)]);
    }

    #[test]
    fn the_same_link_twice_has_two_places() {
        let file = "vision: |\n  [あ](x.yaml)\n  [い](x.yaml)\n";
        let places: Vec<_> =
            in_text(file, at(1, 9, 1), "[あ](x.yaml)\n[い](x.yaml)").into_iter().map(|link| link.at).collect();
        assert_eq!(places, [at(2, 7, 6), at(3, 7, 6)]);
    }

    #[test]
    fn a_link_that_is_not_there_letter_by_letter_has_the_place_of_its_text() {
        let links = in_text("vision: \"[a](\\u0078.yaml)\"\n", at(1, 9, 20), "[a](x.yaml)");
        assert_eq!(links, [WrittenLink { target: "x.yaml".into(), at: at(1, 9, 20) }]);
    }

    #[test]
    fn links_to_the_outside_are_not_ours() {
        assert_eq!(in_text("", At::default(), "[市](https://www.city.example.jp/) <mail@example.jp>"), []);
    }
}
