//! Every folder of tests/fixtures/broken is a portal with one fault and is named by the code that tells of it.

use assert_cmd::Command;
use hyoka::diagnostic::{Code, Severity};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn broken() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/broken")
}

/// Codes whose fault cannot be put into a folder that git carries: symlinks are made in tests/cli.rs, unreadable files
/// need another user, page problems and template errors live in tests/theme.rs.
const ELSEWHERE: &[Code] = &[Code::SymlinkOutside, Code::UnreadableFile, Code::PageProblem];

fn check(fixture: &Path, more: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("hyoka")
        .unwrap()
        .args(["check", "--root"])
        .arg(fixture)
        .args(more)
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

#[test]
fn every_code_has_a_fixture_that_shows_it() {
    let folders: BTreeSet<String> =
        fs::read_dir(broken()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    for code in Code::ALL.iter().filter(|code| !ELSEWHERE.contains(code)) {
        assert!(folders.contains(code.name()), "tests/fixtures/broken/{} is missing", code.name());
    }
    for folder in &folders {
        assert!(Code::ALL.iter().any(|code| code.name() == folder), "{folder} is named after no code");
    }
}

#[test]
fn each_fault_is_told_with_its_place_and_what_to_do() {
    let mut wrong = Vec::new();
    for code in Code::ALL.iter().filter(|code| !ELSEWHERE.contains(code)) {
        let fixture = broken().join(code.name());
        let (status, out, _) = check(&fixture, &["--format", "json", "--lang", "ja"]);
        let expected = if code.severity() == Severity::Error { 1 } else { 0 };
        if status != expected {
            wrong.push(format!("{}: exit {status} instead of {expected}", code.name()));
        }
        let mut found = BTreeSet::new();
        for line in out.lines().filter(|line| line.starts_with('{')) {
            let problem: serde_json::Value = serde_json::from_str(line).unwrap();
            found.insert(problem["code"].as_str().unwrap_or_default().to_owned());
            if problem["help"].as_str().unwrap_or_default().is_empty() {
                wrong.push(format!("{}: does not say what to do: {line}", code.name()));
            }
            if problem["line"].as_u64().unwrap_or_default() == 0 {
                wrong.push(format!("{}: has no place: {line}", code.name()));
            }
        }
        if !found.contains(code.name()) {
            wrong.push(format!("{}: told {found:?} instead", code.name()));
        }
        found.retain(|name| name != code.name() && name != Code::NoBaseUrl.name());
        if !found.is_empty() {
            wrong.push(format!("{}: also tells {found:?}", code.name()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn messages_speak_the_language_that_was_asked_for() {
    for code in Code::ALL.iter().filter(|code| !ELSEWHERE.contains(code)) {
        let fixture = broken().join(code.name());
        let japanese = |text: &str| text.chars().any(|c| ('\u{3040}'..='\u{30ff}').contains(&c));
        for (language, expected) in [("ja", true), ("en", false)] {
            let (_, out, _) = check(&fixture, &["--format", "json", "--lang", language]);
            for line in out.lines().filter(|line| line.starts_with('{')) {
                let problem: serde_json::Value = serde_json::from_str(line).unwrap();
                let help = problem["help"].as_str().unwrap_or_default();
                // English sentences may quote the sheet's own Japanese; Japanese sentences always have kana.
                if expected {
                    assert!(japanese(help), "{}: {help}", code.name());
                } else {
                    assert!(
                        help.is_ascii() || help.split('`').step_by(2).all(|s| !japanese(s)),
                        "{}: {help}",
                        code.name()
                    );
                }
            }
        }
    }
}

#[test]
fn carets_stand_under_what_is_meant() {
    let (_, _, err) = check(&broken().join("unknown-area"), &["--lang", "ja"]);
    assert!(err.contains("error[unknown-area]"), "{err}");
    assert!(err.contains("^^^"), "{err}");
}
