//! Free pages: `content/pages/<name>.md`, and `<name>.<language>.md` for another language.

use super::{content_file, decode, furigana, links};
use crate::diagnostic::{Code, Diagnostic, Message, Place, Report};
use crate::model::{At, FreePage, Language};

/// What the file's name says of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageName {
    /// Below content/: `pages/about.en.md`.
    pub path: Box<str>,
    pub name: Box<str>,
    pub language: Option<Language>,
}

/// Reads a page: the first `# ` heading is its title, what follows its body. What stands before the heading belongs to
/// the body, too. `None` where it has no title, which is reported.
pub fn page(bytes: &[u8], name: PageName, report: &mut Report) -> Option<FreePage> {
    let file = content_file(&name.path);
    let text = match decode::text(&file, bytes) {
        Ok(text) => text,
        Err(diagnostic) => {
            report.add(*diagnostic);
            return None;
        }
    };
    let Some((before, title, after)) = split_at_title(text) else {
        let place = Place { file, at: At { line: 1, column: 1, length: 0 } };
        let message = Message::new("ページに題名がありません", "the page has no title");
        report.add(
            Diagnostic::new(Code::MissingKey, place, message)
                .help(
                    "最初の行に「# 題名」と書いてください (# の後に半角の空白)",
                    "begin the page with `# Title` (a space after the #)",
                )
                .excerpt(text),
        );
        return None;
    };
    let body = format!("{}{after}", before.trim_start());
    let links = links::in_text(text, At { line: 1, column: 1, length: 0 }, &body);
    for problem in furigana::in_text(text, At { line: 1, column: 1, length: 0 }, text) {
        let place = Place { file: file.clone(), at: problem.at };
        let diagnostic = Diagnostic::new(problem.code, place, problem.message);
        report.add(Diagnostic { help: Some(problem.help), ..diagnostic }.excerpt(text));
    }
    let PageName { path, name, language } = name;
    Some(FreePage { name, path, language, title: title.into(), body: body.trim().into(), links })
}

/// Text before the first `# ` heading, the heading, and the text after it. Fenced code is no place for a title.
fn split_at_title(text: &str) -> Option<(&str, &str, &str)> {
    let mut start = 0;
    let mut fenced = false;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        fenced ^= line.trim_start().starts_with("```");
        let title = line.strip_prefix("# ").map(|title| title.trim().trim_end_matches('#').trim_end());
        if let Some(title) = title.filter(|title| !fenced && !title.is_empty()) {
            return Some((text.get(..start)?, title, text.get(end..)?));
        }
        start = end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<FreePage>, Report) {
        let mut report = Report::default();
        let name = PageName { path: "pages/about.md".into(), name: "about".into(), language: None };
        (page(text.as_bytes(), name, &mut report), report)
    }

    #[test]
    fn the_first_heading_is_the_title_and_the_rest_the_body() {
        let (page, report) = read("# 行政評価について\r\n\r\n本文です。\r\n\r\n## 見方\r\n");
        let page = page.expect("a page");
        assert_eq!((page.title.as_ref(), page.body.as_ref()), ("行政評価について", "本文です。\r\n\r\n## 見方"));
        assert!(report.is_empty());
    }

    #[test]
    fn kana_in_brackets_that_are_no_furigana_are_told_with_their_line() {
        let (_, report) = read("# 題《だい》\n\n市民《しみん》とくらし《くらし》\n");
        let places: Vec<_> = report.iter().map(|d| (d.code, d.place.at)).collect();
        assert_eq!(places, [(Code::FuriganaWithoutBase, At { line: 3, column: 12, length: 5 })]);
    }

    #[test]
    fn a_heading_inside_code_is_no_title() {
        let (page, report) = read("```\n# not a title\n```\n");
        assert!(page.is_none());
        assert!(report.iter().all(|d| d.code == Code::MissingKey) && !report.is_empty());
    }
}
