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
    let start = offset(file, from);
    let mut next = start;
    links
        .into_iter()
        .map(|link| {
            let found = find(file, next, &link.target).or_else(|| find(file, start, &link.target));
            next = found.map_or(next, |found| found + link.target.len());
            WrittenLink { at: found.map_or(from, |found| place(file, found, &link.target)), target: link.target.into() }
        })
        .collect()
}

/// Where a link's target stands: behind the bracket of a link first, then as a text of its own (`[1]: about.md`).
fn find(file: &str, from: usize, target: &str) -> Option<usize> {
    let rest = file.get(from..).filter(|_| !target.is_empty())?;
    ["](", "](<", "]: ", "<"]
        .into_iter()
        .filter_map(|before| rest.find(&format!("{before}{target}")).map(|at| at + before.len()))
        .min()
        .or_else(|| rest.find(target))
        .map(|at| from + at)
}

/// The byte that a place begins at.
fn offset(file: &str, at: At) -> usize {
    let before: usize = file.split_inclusive('\n').take((at.line as usize).saturating_sub(1)).map(str::len).sum();
    let line = file.get(before..).unwrap_or_default();
    let column = (at.column as usize).saturating_sub(1);
    before + line.char_indices().nth(column).map_or(0, |(byte, _)| byte)
}

fn place(file: &str, offset: usize, target: &str) -> At {
    let before = file.get(..offset).unwrap_or_default();
    let narrow = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    At {
        line: narrow(before.matches('\n').count() + 1),
        column: narrow(before.rsplit('\n').next().unwrap_or_default().chars().count() + 1),
        length: narrow(target.chars().count()),
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
