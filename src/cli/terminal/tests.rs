use super::*;
use crate::diagnostic::{Code, Diagnostic, Place, Strictness};
use crate::model::At;

fn roots() -> SourceRoots {
    SourceRoots { content: "content".into(), themes: "themes".into() }
}

fn place(file: &str, line: u32, column: u32, length: u32) -> Place {
    Place { file: file.into(), at: At { line, column, length } }
}

fn changed_figure() -> Diagnostic {
    let text = "一行目\n    実績値: {2024: 682, 2025: 700}\n";
    let message = Message::new("公表済みの数値が変わっています", "a published figure has changed");
    Diagnostic::new(Code::InvalidValue, place("content/2025/industry.yaml", 2, 17, 3), message)
        .label("公表値は 628 です", "the published figure is 628")
        .help("誤りなら 628 に戻してください。", "Put 628 back if this is a mistake.")
        .excerpt(text)
}

fn human(report: &Report, language: MessageLanguage) -> String {
    human::render(report, &roots(), language, Colour::Plain, human::SHOWN, &Message::new("", ""))
}

fn report(diagnostics: impl IntoIterator<Item = Diagnostic>) -> Report {
    let mut report = Report::new(Strictness::Errors);
    diagnostics.into_iter().for_each(|diagnostic| report.add(diagnostic));
    report
}

#[test]
fn carets_stand_under_the_figure_after_japanese_text() {
    let text = human(&report([changed_figure()]), MessageLanguage::Japanese);
    let expected = "\
error[invalid-value]: 公表済みの数値が変わっています
 --> content/2025/industry.yaml:2:17
  |
2 |     実績値: {2024: 682, 2025: 700}
  |                    ^^^ 公表値は 628 です
  |
  = help: 誤りなら 628 に戻してください。

";
    assert_eq!(text, expected);
    assert!(human(&report([changed_figure()]), MessageLanguage::English).contains("^^^ the published figure is 628"));
}

#[test]
fn a_place_past_the_end_of_its_line_is_shown_and_does_not_fail() {
    for (column, length) in [(0, 0), (1, 0), (30, 5), (5, 900), (4_000_000_000, u32::MAX)] {
        let mut diagnostic = changed_figure();
        diagnostic.place.at = At { line: 2, column, length };
        let text = human(&report([diagnostic]), MessageLanguage::Japanese);
        assert!(text.contains("実績値: {2024: 682, 2025: 700}"), "{column} {length}: {text}");
    }
}

#[test]
fn a_problem_of_a_whole_file_names_the_file_alone() {
    let message = Message::new("ファイルを読めません", "the file cannot be read");
    let whole = Diagnostic::new(Code::UnreadableFile, place("content/a.xlsx", 1, 1, 0), message);
    let text = human(&report([whole]), MessageLanguage::Japanese);
    assert_eq!(text, "error[unreadable-file]: ファイルを読めません\n--> content/a.xlsx\n\n");
}

#[test]
fn a_line_without_excerpt_is_read_again_and_the_related_place_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let sheet = "id: 交流\nname: x\nid: 相談\n";
    std::fs::write(folder.path().join("a.yaml"), sheet).unwrap();
    let roots = SourceRoots { content: folder.path().to_owned(), themes: "themes".into() };
    let message = Message::new("同じキーが二つあります", "a key stands twice");
    let twice = Diagnostic::new(Code::DuplicateKey, place("content/a.yaml", 3, 1, 2), message).related(
        place("content/a.yaml", 1, 1, 2),
        "一つ目はここです",
        "the first is here",
    );
    let text =
        human::render(&report([twice]), &roots, MessageLanguage::Japanese, Colour::Plain, 10, &Message::new("", ""));
    assert!(text.contains("3 | id: 相談\n  | ^^\n"), "{text}");
    assert!(text.contains("1 | id: 交流\n  | -- 一つ目はここです"), "{text}");
    assert!(text.contains("a.yaml:3:1"), "{text}");
}

#[test]
fn many_warnings_never_hide_an_error() {
    let warning = |line| {
        let message = Message::new(format!("警告 {line}"), "w");
        Diagnostic::new(Code::NameChanged, place("content/a.yaml", line, 1, 0), message)
    };
    let last = Diagnostic::new(Code::InvalidYaml, place("content/z.yaml", 1, 1, 0), Message::new("最後のエラー", "e"));
    let report = report((1..=80).map(warning).chain([last]));
    let text = human(&report, MessageLanguage::Japanese);
    assert!(text.contains("最後のエラー"), "{text}");
    assert!(text.contains("警告 49\n") && !text.contains("警告 50\n"));
    assert!(text.contains("ほかに 31件あります"));
}

#[test]
fn strict_shows_warnings_as_the_errors_they_are_then() {
    let mut report = Report::new(Strictness::Warnings);
    let message = Message::new("名前が違います", "the name differs");
    report.add(Diagnostic::new(Code::NameChanged, place("content/a.yaml", 1, 1, 0), message));
    assert!(human(&report, MessageLanguage::English).starts_with("error[name-changed]"));
}

#[test]
fn short_is_one_line_a_problem_that_an_editor_can_jump_to() {
    let mut diagnostic = changed_figure();
    diagnostic.message.ja = "二行に\n  わたる".into();
    assert_eq!(
        records::short(&report([diagnostic]), &roots(), MessageLanguage::Japanese),
        "content/2025/industry.yaml:2:17: error[invalid-value]: 二行に わたる\n"
    );
}

#[test]
fn json_is_one_object_a_line() {
    let text = records::json(&report([changed_figure()]), &roots(), MessageLanguage::Japanese);
    assert_eq!(text.lines().count(), 1);
    let record: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(record["code"], "invalid-value");
    assert_eq!(
        (record["line"].as_u64(), record["column"].as_u64(), record["length"].as_u64()),
        (Some(2), Some(17), Some(3))
    );
    assert_eq!(record["help"], "誤りなら 628 に戻してください。");
    assert!(record["related"].is_null());
}

#[test]
fn files_are_named_as_they_can_be_opened_from_here() {
    let roots = SourceRoots { content: "../city/content".into(), themes: "../city/themes".into() };
    assert_eq!(file_shown(&roots, "content/2024/a.yaml"), "../city/content/2024/a.yaml");
    assert_eq!(file_shown(&roots, "built-in/base.html"), "built-in/base.html");
}
