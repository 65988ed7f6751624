//! One line a problem: `short` for people and editors, `json` for programs.

use std::fmt::Write;

use serde_json::json;

use super::{file_shown, severity_name};
use crate::diagnostic::{MessageLanguage, Report};
use crate::source::SourceRoots;

/// `file:line:column: error[code]: message`.
pub fn short(report: &Report, roots: &SourceRoots, language: MessageLanguage) -> String {
    let mut text = String::new();
    for diagnostic in report.iter() {
        let (at, code) = (diagnostic.place.at, diagnostic.code.name());
        let (file, severity) =
            (file_shown(roots, &diagnostic.place.file), severity_name(report.severity_of(diagnostic)));
        let message = one_line(diagnostic.message.get(language));
        let _ = writeln!(text, "{file}:{}:{}: {severity}[{code}]: {message}", at.line.max(1), at.column.max(1));
    }
    text
}

/// One object a line; line and column count from 1, in characters. `null` where a part is not there.
pub fn json(report: &Report, roots: &SourceRoots, language: MessageLanguage) -> String {
    let mut text = String::new();
    for diagnostic in report.iter() {
        let at = diagnostic.place.at;
        let part = |message: &Option<crate::diagnostic::Message>| message.as_ref().map(|m| m.get(language).to_owned());
        let record = json!({
            "code": diagnostic.code.name(),
            "severity": severity_name(report.severity_of(diagnostic)),
            "file": file_shown(roots, &diagnostic.place.file),
            "line": at.line.max(1),
            "column": at.column.max(1),
            "length": at.length,
            "message": diagnostic.message.get(language),
            "label": part(&diagnostic.label),
            "help": part(&diagnostic.help),
            "related": diagnostic.related.as_ref().map(|(place, message)| json!({
                "file": file_shown(roots, &place.file),
                "line": place.at.line.max(1),
                "column": place.at.column.max(1),
                "length": place.at.length,
                "message": message.get(language),
            })),
        });
        let _ = writeln!(text, "{record}");
    }
    text
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
