//! Every folder of tests/fixtures/broken is a portal with one fault and is named by the code that tells of it.

use assert_cmd::Command;
use hyoka::diagnostic::{Code, Severity};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn broken() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/broken")
}

/// Codes whose fault cannot be put into a folder that git carries: symbolic links and files that may not be read are made
/// in tests/cli.rs, pages that break a rule in the tests of src/site/examine, a day that has not come in tests/stories.
const ELSEWHERE: &[Code] = &[Code::SymlinkOutside, Code::UnreadableFile, Code::PageProblem, Code::EditionBeforeItsDay];

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
fn every_sentence_speaks_the_language_that_was_asked_for() {
    let kana = |text: &str| text.chars().any(|c| ('\u{3040}'..='\u{30ff}').contains(&c));
    let japanese = |text: &str| kana(text) || text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let mut wrong = Vec::new();
    for code in Code::ALL.iter().filter(|code| !ELSEWHERE.contains(code)) {
        let fixture = broken().join(code.name());
        for language in ["ja", "en"] {
            let (_, out, _) = check(&fixture, &["--format", "json", "--lang", language]);
            for line in out.lines().filter(|line| line.starts_with('{')) {
                let problem: serde_json::Value = serde_json::from_str(line).unwrap();
                let parts = [&problem["message"], &problem["help"], &problem["label"], &problem["related"]["message"]];
                for part in parts.into_iter().filter_map(|part| part.as_str()) {
                    // English quotes what the files say between backticks; what is left of it is ours.
                    let ours: String = part.split('`').step_by(2).collect();
                    let right = if language == "ja" { japanese(part) } else { !japanese(&ours) };
                    if !right {
                        wrong.push(format!("{} ({language}): {part}", code.name()));
                    }
                }
                if language == "ja" && !kana(problem["message"].as_str().unwrap_or_default()) {
                    wrong.push(format!("{}: no Japanese sentence: {line}", code.name()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn carets_stand_under_what_is_meant() {
    for (code, line, marks) in [
        ("unknown-area", "1 | area: industri\n", "  |       ^^^^^^^^\n"),
        ("impossible-era-year", "7 |     targets: {平成39年度: 1046}\n", "  |               ^^^^^^^^^^\n"),
        ("full-width-syntax", "3 | vision：活気のあるまち\n", "  |       ^^ 全角のコロン\n"),
        (
            "furigana-without-base",
            "3 | vision: 活気《かっき》とにぎわい《にぎわい》のあるまち\n",
            "  |                                 ^^^^^^^^^^^^\n",
        ),
        ("unknown-theme", "5 | theme: standrad\n", "  |        ^^^^^^^^\n"),
        ("low-contrast", "4 |   link: \"#4d8dff\"\n", "  |         ^^^^^^^^^\n"),
        ("department-changed", "3 | department: 商工観光課\n", "  |             ^^^^^^^^^^\n"),
        ("untranslated-text", "3 | vision: {ja: 産業が活発なまち}\n", "  |         ^"),
        (
            "dead-link",
            "3 | vision: 取組は[交流人数](#exchenge)と[前年度のシート](../2023/industry.yaml)に示します。\n",
            "  |                                                       ^^^^^^^^^^^^^^^^^^^^^\n",
        ),
        (
            "dead-link",
            "7 |     見方は[この評価について](../pages/about.md#見方)と\n",
            "  |                              ^^^^^^^^^^^^^^^^^^^^^^\n",
        ),
    ] {
        let (_, _, err) = check(&broken().join(code), &["--lang", "ja"]);
        assert!(err.contains(&format!("{line}{marks}")), "{code}: {err}");
    }
}

/// One folder with every way that a link can lead nowhere, and what is said of each.
#[test]
fn every_dead_link_is_told_with_the_way_to_mend_it() {
    let (_, _, err) = check(&broken().join("dead-link"), &["--lang", "en", "--format", "human"]);
    for (message, help) in [
        ("content/2024/industry.yaml has no indicator `exchenge`", "did you mean `#exchange`?"),
        ("fiscal 2023 has no sheet `../2023/industry.yaml`", "this policy has sheets of 2024"),
        ("there is no content/assets/form.pdf", "put the file into content/assets/"),
        ("content/pages/about.md has no heading `見方`", "after the # can stand: `計算のしかた`"),
        ("there is no page `../pages/glossary.md`", "write the path as seen from this file"),
        ("a link cannot lead to `javascript:alert(1)`", "begin links to other sites with https://"),
        ("fiscal 2024 has no sheet `../2024/industory.yaml`", "did you mean `../2024/industry.yaml`?"),
        ("content/pages/about.md has no heading `計算`", "after the # can stand: `計算のしかた`"),
        ("the link `2024/industry.yaml` names no sheet", "did you mean `../2024/industry.yaml`?"),
    ] {
        let told = err.split("\n\n").find(|told| told.contains(message)).unwrap_or_else(|| panic!("{message}: {err}"));
        assert!(told.contains(help), "{told}");
    }
}
