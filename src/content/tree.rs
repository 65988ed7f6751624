//! From bytes to a tree to a value; where the YAML is broken, what else can be found out about the file.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::decode;
use super::lint;
use super::reader::Reader;
use super::yaml::{self, Kind, Node};
use crate::diagnostic::{Code, Message, Report, Severity};
use crate::model::At;

/// How a tree is read.
type Lower<'l, T> = &'l dyn Fn(&mut Reader<'_>, &Node<'_>) -> Option<T>;

/// Reads a file as YAML and hands its tree to `lower`. `None` where there is no sound tree; then `lower` may have been
/// called with the sound parts, only to find their problems.
pub fn with_tree<T>(file: Arc<str>, bytes: &[u8], report: &mut Report, lower: Lower<'_, T>) -> Option<T> {
    let text = match decode::text(&file, bytes) {
        Ok(text) => text,
        Err(diagnostic) => {
            report.add(*diagnostic);
            return None;
        }
    };
    let parsed = yaml::parse(text);
    if parsed.broken_at.is_none() {
        let mut found = Report::default();
        let mut reader = Reader::new(file.clone(), text, &mut found);
        parsed.problems.into_iter().for_each(|problem| reader.problem(problem));
        let lowered = match parsed.root.filter(|root| !root.is_nothing()) {
            Some(root) => lower(&mut reader, &root),
            None => {
                empty(&mut reader);
                None
            }
        };
        // Lines with a sign of the wrong width can be read as one long text or as an odd key: then all but the first
        // would be silent, or told in other words.
        let told_of = |repaired: &lint::Repaired| {
            let lines: BTreeSet<u32> = repaired.problems.iter().map(|problem| problem.at.line).collect();
            let errors = found.iter().filter(|told| told.severity() == Severity::Error);
            errors.into_iter().any(|told| lines.contains(&told.place.at.line))
        };
        return match lint::repair(text).filter(|repaired| repaired.hides_figures() || told_of(repaired)) {
            Some(repaired) => {
                examine_repaired(file, text, &repaired, report, lower);
                None
            }
            None => {
                report.append(found);
                lowered
            }
        };
    }
    match lint::repair(text) {
        Some(repaired) => examine_repaired(file, text, &repaired, report, lower),
        None => examine_parts(file, text, parsed.problems, report, lower),
    }
    None
}

fn empty(reader: &mut Reader<'_>) {
    reader.tell(
        Code::InvalidYaml,
        At { line: 1, column: 1, length: 0 },
        Message::new("ファイルに何も書かれていません", "the file is empty"),
        Message::new("内容を書くか、ファイルを消してください", "write its content, or remove the file"),
    );
}

/// Reports the signs that were exchanged, and what is wrong in all other lines once they are exchanged.
fn examine_repaired<T>(
    file: Arc<str>,
    text: &str,
    repaired: &lint::Repaired,
    report: &mut Report,
    lower: Lower<'_, T>,
) {
    let lines: BTreeSet<u32> = repaired.problems.iter().map(|problem| problem.at.line).collect();
    let mut others = Report::default();
    let parsed = yaml::parse(&repaired.text);
    let mut reader = Reader::new(file.clone(), &repaired.text, &mut others);
    parsed.problems.into_iter().for_each(|problem| reader.problem(problem));
    if let Some(root) = &parsed.root {
        lower(&mut reader, root);
    }
    let mut reader = Reader::new(file, text, report);
    repaired.problems.iter().cloned().for_each(|problem| reader.problem(problem));
    for diagnostic in others.iter().filter(|diagnostic| !lines.contains(&diagnostic.place.at.line)) {
        report.add(diagnostic.clone());
    }
}

/// Reads every top-level key of a broken file on its own: each broken one is reported at its place, the sound ones are
/// read for their problems.
fn examine_parts<T>(
    file: Arc<str>,
    text: &str,
    problems: Vec<yaml::Problem>,
    report: &mut Report,
    lower: Lower<'_, T>,
) {
    let parts = top_level_parts(text);
    let parsed: Vec<_> = parts.iter().map(|part| yaml::parse(part)).collect();
    let broken = parsed.iter().filter(|part| part.broken_at.is_some()).count();
    if broken == 0 {
        let mut reader = Reader::new(file, text, report);
        problems.into_iter().for_each(|problem| reader.problem(problem));
        return;
    }
    let mut found = Report::default();
    let mut reader = Reader::new(file, text, &mut found);
    let mut entries = Vec::new();
    for part in parsed {
        part.problems.into_iter().for_each(|problem| reader.problem(problem));
        if let Some(Node { kind: Kind::Map(of_part), .. }) = part.root {
            entries.extend(of_part);
        }
    }
    // A place that no node has: what is missing at the root may stand in a broken part.
    let root_at = At { line: 1, column: 1, length: u32::MAX };
    lower(&mut reader, &Node { kind: Kind::Map(entries), at: root_at });
    for diagnostic in found.iter().filter(|diagnostic| diagnostic.place.at != root_at) {
        report.add(diagnostic.clone());
    }
}

/// The text of each top-level key, after as many empty lines as stand before it. None where the file is no mapping of
/// that shape, or its parts need each other (anchors).
fn top_level_parts(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let starts: Vec<usize> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.starts_with([' ', '\t', '#', '\r', '\n', '-']))
        .map(|(index, _)| index)
        .collect();
    let keys = starts.iter().all(|start| lines.get(*start).is_some_and(|line| line.contains(':')));
    if !keys || starts.len() < 2 || text.contains(": &") || text.contains(": *") {
        return Vec::new();
    }
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    starts
        .iter()
        .zip(ends)
        .filter_map(|(start, end)| {
            let mut part = "\n".repeat(*start);
            lines.get(*start..end)?.iter().for_each(|line| part.push_str(line));
            Some(part)
        })
        .collect()
}
