//! Every folder of fixtures/broken is a portal with one fault, named by the code that tells it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use hyoka::content::{self, ContentFile};
use hyoka::diagnostic::{Code, Report, Severity};

/// Codes that loading alone finds; others need facts, a theme or pages, and have tests of their own.
const FOUND_BY_LOADING: [Code; 25] = [
    Code::UndecodableBytes,
    Code::InvalidYaml,
    Code::DuplicateKey,
    Code::UnknownKey,
    Code::MissingKey,
    Code::WrongType,
    Code::UnquotedFigure,
    Code::FullWidthSyntax,
    Code::TextCutByComment,
    Code::MisplacedFile,
    Code::InvalidFileName,
    Code::MissingPortal,
    Code::NoSheets,
    Code::InvalidValue,
    Code::InvalidFigure,
    Code::NoteMissing,
    Code::UnitMismatch,
    Code::WrongYear,
    Code::ImpossibleEraYear,
    Code::InvalidDate,
    Code::InvalidUrl,
    Code::UnknownArea,
    Code::UnknownReference,
    Code::DuplicateId,
    Code::UrlCollision,
];

fn fixture(code: Code) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/broken").join(code.name()).join("content")
}

fn files(folder: &Path, root: &Path, found: &mut Vec<ContentFile>) {
    for entry in std::fs::read_dir(folder).expect("the fixture").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            files(&entry, root, found);
            continue;
        }
        let path = entry.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
        found.push(ContentFile { path, bytes: std::fs::read(&entry).expect("a file") });
    }
}

fn load(code: Code) -> (Report, bool) {
    let mut found = Vec::new();
    files(&fixture(code), &fixture(code), &mut found);
    let mut report = Report::default();
    let stopped = content::load(found, &mut report).is_err();
    (report, stopped)
}

#[test]
fn a_portal_with_one_fault_is_told_exactly_that_fault() {
    for code in FOUND_BY_LOADING {
        let (report, _) = load(code);
        let told: Vec<_> = report.iter().map(|diagnostic| diagnostic.code.name()).collect();
        assert_eq!(told, [code.name()], "{}", code.name());
    }
}

#[test]
fn only_errors_stop() {
    for code in FOUND_BY_LOADING {
        let (_, stopped) = load(code);
        assert_eq!(stopped, code.severity() == Severity::Error, "{}", code.name());
    }
}

#[test]
fn every_fault_says_what_to_do_in_both_languages_and_shows_its_line() {
    for code in FOUND_BY_LOADING {
        let (report, _) = load(code);
        for diagnostic in report.iter() {
            let help = diagnostic.help.as_ref();
            assert!(help.is_some_and(|help| !help.ja.is_empty() && !help.en.is_empty()), "{}", code.name());
            assert!(!diagnostic.message.ja.is_empty() && !diagnostic.message.en.is_empty(), "{}", code.name());
            let at = diagnostic.place.at;
            if let Some(line) = &diagnostic.excerpt {
                let end = (at.column + at.length).saturating_sub(1) as usize;
                assert!(end <= line.chars().count(), "{}: {at:?} in {line}", code.name());
            }
        }
    }
}

#[test]
fn the_order_of_reading_does_not_change_the_report() {
    let mut forwards = Vec::new();
    for code in FOUND_BY_LOADING {
        files(&fixture(code), &fixture(code), &mut forwards);
    }
    let known: BTreeSet<_> = forwards.iter().map(|file| file.path.clone()).collect();
    forwards.retain({
        let mut left = known;
        move |file| left.remove(&file.path)
    });
    let mut backwards = forwards.clone();
    backwards.reverse();
    let (mut first, mut second) = (Report::default(), Report::default());
    let _ = content::load(forwards, &mut first);
    let _ = content::load(backwards, &mut second);
    assert!(first.iter().eq(second.iter()));
}
