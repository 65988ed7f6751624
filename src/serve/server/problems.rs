//! What is wrong now, as a browser shows it.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, MessageLanguage, Place, Report, Severity};
use crate::model::At;
use crate::source::{self, SourceRoots};

/// More problems than this are counted and not listed.
const LISTED: usize = 100;

/// Characters of a line that are shown before and after what is marked: a paragraph of a sheet is one long line.
const BEFORE: usize = 40;
const AFTER: usize = 60;

/// All texts are plain: whoever shows them escapes them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Problems {
    pub errors: usize,
    pub warnings: usize,
    /// How many of these are not in the list.
    pub more: usize,
    /// Warnings that have nothing to do with the page, and are not listed.
    pub elsewhere: usize,
    /// Errors first, each kind in the order of the places.
    pub list: Vec<Problem>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// `error` or `warning`, as this run takes it.
    pub severity: &'static str,
    pub code: &'static str,
    pub place: Spot,
    pub message: String,
    /// What the marked characters have to do with it.
    pub label: Option<String>,
    pub help: Option<String>,
    pub related: Option<(Spot, String)>,
}

/// A place with its line, parted where the mark is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Spot {
    pub file: String,
    /// 0 where the problem is the file's as a whole.
    pub line: u32,
    pub column: u32,
    pub excerpt: Option<Excerpt>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Excerpt {
    pub before: String,
    pub marked: String,
    pub after: String,
}

/// Which problems a page shows.
#[derive(Clone, Copy, Debug)]
pub enum Of<'p> {
    /// Every one.
    Everything,
    /// Every one, and that of a page which could not be rendered.
    Failed(&'p Diagnostic),
    /// Every error, and the warnings of the files and folders that the page is made of: others' warnings would stand on
    /// thousands of pages, and nobody would read those of this one.
    Sources(&'p [String]),
}

/// The problems of a report, as far as they belong to a page.
pub fn problems(report: &Report, of: Of<'_>, roots: &SourceRoots, language: MessageLanguage) -> Problems {
    let with = |severity| report.iter().filter(move |told| report.severity_of(told) == severity);
    let of_page = match of {
        Of::Failed(of_page) if !report.iter().any(|told| told == of_page) => Some(of_page),
        _ => None,
    };
    let belongs = |told: &&Diagnostic| match of {
        Of::Sources(sources) => sources.iter().any(|source| is_of(&told.place.file, source)),
        Of::Everything | Of::Failed(_) => true,
    };
    let errors: Vec<_> = of_page.into_iter().chain(with(Severity::Error)).collect();
    let (warnings, elsewhere): (Vec<_>, Vec<_>) = with(Severity::Warning).partition(belongs);
    let all = errors.iter().map(|told| ("error", told)).chain(warnings.iter().map(|told| ("warning", told)));
    let list: Vec<_> = all.take(LISTED).map(|(severity, told)| problem(told, severity, roots, language)).collect();
    let (errors, warnings) = (errors.len(), warnings.len());
    let more = (errors + warnings).saturating_sub(list.len());
    Problems { errors, warnings, more, elsewhere: elsewhere.len(), list }
}

/// Whether a file is this one, or in this folder.
fn is_of(file: &str, source: &str) -> bool {
    file.strip_prefix(source).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn problem(told: &Diagnostic, severity: &'static str, roots: &SourceRoots, language: MessageLanguage) -> Problem {
    let related = told.related.as_ref();
    Problem {
        severity,
        code: told.code.name(),
        place: spot(&told.place, told.excerpt.as_deref(), roots),
        message: told.message.get(language).to_owned(),
        label: told.label.as_ref().map(|label| label.get(language).to_owned()),
        help: told.help.as_ref().map(|help| help.get(language).to_owned()),
        related: related.map(|(place, message)| (spot(place, None, roots), message.get(language).to_owned())),
    }
}

/// A place with its line, read again where it is not given.
pub fn spot(place: &Place, line: Option<&str>, roots: &SourceRoots) -> Spot {
    let At { line: number, column, length } = place.at;
    // 1:1 without a length is the file as a whole.
    if matches!((number, column, length), (0 | 1, 0 | 1, 0)) {
        return Spot { file: place.file.to_string(), line: 0, column: 0, excerpt: None };
    }
    let read = || source::line(roots, place);
    let excerpt = line.map(str::to_owned).or_else(read).map(|line| excerpt(&line, column, length));
    Spot { file: place.file.to_string(), line: number, column, excerpt }
}

fn excerpt(line: &str, column: u32, length: u32) -> Excerpt {
    let line: Vec<char> = line.chars().collect();
    let start = (column as usize).saturating_sub(1).min(line.len());
    let end = start.saturating_add(length.max(1) as usize).min(line.len());
    let text = |from: usize, to: usize| line.get(from..to).unwrap_or_default().iter().collect::<String>();
    let from = start.saturating_sub(BEFORE);
    let to = end.saturating_add(AFTER).min(line.len());
    let before = if from > 0 { format!("…{}", text(from, start)) } else { text(0, start) };
    let after = if to < line.len() { format!("{}…", text(end, to)) } else { text(end, to) };
    let marked = match end - start {
        0 => " ".to_owned(),
        1..=AFTER => text(start, end),
        _ => format!("{}…", text(start, start + AFTER)),
    };
    Excerpt { before, marked, after }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Message, Strictness};

    fn roots() -> SourceRoots {
        SourceRoots { content: "nowhere".into(), themes: "nowhere".into() }
    }

    fn told(code: Code, file: &str, at: At, line: &str) -> Diagnostic {
        let message = Message::new("日本語", "English");
        Diagnostic::new(code, Place { file: file.into(), at }, message).excerpt(line)
    }

    const AT: At = At { line: 1, column: 5, length: 3 };

    #[test]
    fn errors_come_before_warnings_each_in_the_order_of_its_files() {
        let mut report = Report::default();
        report.add(told(Code::NoBaseUrl, "content/a.yaml", AT, "abcdefgh"));
        report.add(told(Code::InvalidFigure, "content/c.yaml", AT, "目標値：六八二人"));
        report.add(told(Code::InvalidFigure, "content/b.yaml", AT, "abcdefgh"));
        let told = problems(&report, Of::Everything, &roots(), MessageLanguage::Japanese);
        assert_eq!((told.errors, told.warnings, told.more), (2, 1, 0));
        let files: Vec<_> = told.list.iter().map(|problem| problem.place.file.as_str()).collect();
        assert_eq!(files, ["content/b.yaml", "content/c.yaml", "content/a.yaml"]);
        let marked = told.list[1].place.excerpt.as_ref().unwrap();
        assert_eq!((&*marked.before, &*marked.marked, &*marked.after), ("目標値：", "六八二", "人"));
        assert_eq!(told.list[0].message, "日本語");
    }

    #[test]
    fn a_page_shows_every_error_and_the_warnings_of_its_own_files() {
        let mut report = Report::default();
        report.add(told(Code::InvalidFigure, "content/2024/other.yaml", AT, "abcdefgh"));
        for file in ["2024/a.yaml", "2024/a.yaml.yaml", "2025/a.yaml", "2024/ab.yaml", "portal.yaml"] {
            report.add(told(Code::NameChanged, &format!("content/{file}"), AT, "abcdefgh"));
        }
        let of = |sources: &[&str]| {
            let sources: Vec<String> = sources.iter().map(|source| format!("content{source}")).collect();
            let told = problems(&report, Of::Sources(&sources), &roots(), MessageLanguage::Japanese);
            (told.errors, told.warnings, told.elsewhere, told.list.len())
        };
        assert_eq!(of(&["/2024/a.yaml"]), (1, 1, 4, 2));
        assert_eq!(of(&["/2024", "/portal.yaml"]), (1, 4, 1, 5));
        assert_eq!(of(&[""]), (1, 5, 0, 6));
    }

    #[test]
    fn under_strict_a_warning_is_listed_as_an_error() {
        let mut report = Report::new(Strictness::Warnings);
        report.add(told(Code::NoBaseUrl, "content/a.yaml", AT, "abcdefgh"));
        let told = problems(&report, Of::Everything, &roots(), MessageLanguage::English);
        assert_eq!((told.errors, told.warnings, told.list[0].severity), (1, 0, "error"));
    }

    #[test]
    fn of_a_long_line_what_is_around_the_mark_is_shown() {
        let line = format!("{}印{}", "前".repeat(300), "後".repeat(300));
        let Excerpt { before, marked, after } = excerpt(&line, 301, 1);
        assert_eq!(marked, "印");
        assert!(before.starts_with("…前") && before.chars().count() == BEFORE + 1);
        assert!(after.ends_with("後…") && after.chars().count() == AFTER + 1);
    }

    #[test]
    fn a_mark_past_the_end_of_the_line_is_an_empty_place() {
        assert_eq!(excerpt("a: ", 9, 1).marked, " ");
        assert_eq!(excerpt("", 1, 0).marked, " ");
    }

    #[test]
    fn hundreds_of_problems_are_counted_and_not_all_listed() {
        let mut report = Report::default();
        for line in 1..=250 {
            report.add(told(Code::InvalidFigure, "content/a.yaml", At { line, ..AT }, ""));
        }
        let told = problems(&report, Of::Everything, &roots(), MessageLanguage::Japanese);
        assert_eq!((told.list.len(), told.more), (LISTED, 150));
    }

    #[test]
    fn a_problem_of_a_whole_file_has_no_line() {
        let spot = spot(&Place::whole("content/2024/industry.xlsx"), None, &roots());
        assert_eq!((spot.line, spot.excerpt), (0, None));
    }
}
