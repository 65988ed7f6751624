//! What loading a portal says of its files.

mod awkward;
mod bytes;
mod messages;
mod seed;

use super::*;

const PORTAL: &str = r#"
title: 平塚市 行政評価
municipality: {name: 平塚市, code: "142034"}
languages: [ja, en]
plan: {first_year: 2024, last_year: 2027}
areas: [{id: industry, number: "5"}]
base_url: none
"#;

fn files(of: &[(&str, &str)]) -> Vec<TextFile> {
    of.iter().map(|(path, text)| TextFile::new(path, *text)).collect()
}

fn load_all(of: &[(&str, &str)]) -> (Option<Portal>, Report) {
    let mut report = Report::default();
    let assets = of.iter().map(|(path, _)| (*path).to_owned()).filter(|path| path.starts_with("assets/")).collect();
    let sheets: Vec<_> = of.iter().filter(|(path, _)| !path.starts_with("assets/")).copied().collect();
    let portal = load(files(&sheets), &assets, &mut Kept::default(), &mut report).ok();
    (portal, report)
}

/// A portal with one sheet of 2024, without a problem.
fn sheet(text: &str) -> Arc<Sheet> {
    let (portal, report) = load_all(&[("portal.yaml", PORTAL), ("2024/industry.yaml", text)]);
    let told: Vec<_> = report.iter().map(|d| (d.code.name(), &d.message.ja, &d.help)).collect();
    assert!(told.is_empty(), "{told:#?}");
    let portal = portal.expect("a portal");
    portal.policy("industry").and_then(|p| p.sheets.first()).expect("the sheet").clone()
}

/// The problems of one sheet of 2024: code, line, column, length.
fn problems(text: &str) -> Vec<(&'static str, u32, u32, u32)> {
    let report = told(text);
    report.iter().map(|d| (d.code.name(), d.place.at.line, d.place.at.column, d.place.at.length)).collect()
}

fn told(text: &str) -> Report {
    load_all(&[("portal.yaml", PORTAL), ("2024/industry.yaml", text)]).1
}

/// The lines of an indicator below a sheet that is otherwise in order.
fn indicator(lines: &str) -> String {
    let lines: String = lines.lines().map(|line| format!("    {line}\n")).collect();
    format!("area: industry\nname: 施策\nindicators:\n  - id: a\n    name: 指標\n{lines}")
}
