//! What differs between two published folders: their files, and the figures and texts of their open data.
//!
//! Both are read as they are: neither needs the sheets that it was made of, nor the version that made it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use rayon::prelude::*;
use serde_json::Value;

use super::verify::{VerifyError, described};
use super::{MANIFEST, Manifest, PublishError};

/// What differs between two published folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublishedDifference {
    /// Cells of the data, by edition, policy and row.
    pub cells: Vec<CellDifference>,
    /// Every file, pages and data alike, by path.
    pub files: Vec<FileDifference>,
}

/// A figure or text of the open data that is another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellDifference {
    /// `2024`.
    pub edition: String,
    pub policy: String,
    /// The data file, without its ending: `observations`.
    pub table: &'static str,
    /// What stands in the columns that name the row, without edition and policy: `exchange actual 2024`.
    pub row: String,
    pub column: String,
    /// `None` where there is no such row.
    pub before: Option<String>,
    pub after: Option<String>,
}

/// A file that is not the same in both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileDifference {
    pub path: String,
    pub kind: FileDifferenceKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileDifferenceKind {
    New,
    Gone,
    Changed,
}

/// Whether this is a folder that was published: one with a manifest.
pub fn is_published(folder: &Path) -> bool {
    folder.join(MANIFEST).is_file()
}

/// Compares two published folders.
///
/// # Errors
/// [`VerifyError`] where one of them has no manifest of this tool or cannot be read.
pub fn published_difference(before: &Path, after: &Path) -> Result<PublishedDifference, VerifyError> {
    let (earlier, later) = (paths(before)?, paths(after)?);
    let all: BTreeSet<&String> = earlier.union(&later).collect();
    let kind_of = |path: &&String| -> Result<Option<FileDifference>, VerifyError> {
        let kind = match (earlier.contains(*path), later.contains(*path)) {
            (true, true) if sum(before, path)? == sum(after, path)? => return Ok(None),
            (true, true) => FileDifferenceKind::Changed,
            (true, false) => FileDifferenceKind::Gone,
            (false, _) => FileDifferenceKind::New,
        };
        Ok(Some(FileDifference { path: (*path).clone(), kind }))
    };
    let files: Result<Vec<_>, _> = all.into_par_iter().map(|path| kind_of(&path)).collect();
    let files: Vec<FileDifference> = files?.into_iter().flatten().collect();
    let mut cells = Vec::new();
    for file in &files {
        let Some((edition, name)) = file.path.split_once("/data/") else { continue };
        let text = |folder: &Path, paths: &BTreeSet<String>| match paths.contains(&file.path) {
            true => fs::read(folder.join(&file.path)).map(Some).map_err(io(&folder.join(&file.path))),
            false => Ok(None),
        };
        let (before, after) = (text(before, &earlier)?.unwrap_or_default(), text(after, &later)?.unwrap_or_default());
        match TABLES.iter().find(|(table, _)| name.strip_suffix(".csv") == Some(*table)) {
            Some((table, keys)) => cells.extend(rows_differing(edition, table, keys, &before, &after)),
            None if name == "portal.json" => cells.extend(texts_differing(edition, &before, &after)),
            None => {}
        }
    }
    cells.sort();
    Ok(PublishedDifference { cells, files })
}

/// Data files with what figures stand in, and the columns that name a row beside edition and policy.
const TABLES: [(&str, &[&str]); 3] = [
    ("observations", &["indicator_id", "component", "kind", "year"]),
    ("judgements", &["indicator_id", "component", "year"]),
    ("expenditure", &["project", "kind", "year"]),
];

/// Columns that only say where a figure comes from.
const NOT_COMPARED: [&str; 3] = ["fiscal_year", "policy_id", "address"];

/// Parts of a policy in portal.json that are written in words.
const TEXTS: [&str; 11] = [
    "name",
    "vision",
    "achievements",
    "answers",
    "challenges",
    "projects",
    "grades",
    "outlook",
    "notes",
    "plain",
    "source",
];

/// The files that the manifest lists and that are there.
fn paths(folder: &Path) -> Result<BTreeSet<String>, VerifyError> {
    let path = folder.join(MANIFEST);
    let manifest = Manifest::read(folder).map_err(|error| match error {
        PublishError::Io { path, error } => VerifyError::Io { path, error },
        other => VerifyError::Damaged { path: path.clone(), reason: other.message().en.into_owned() },
    })?;
    let manifest = manifest.ok_or(VerifyError::NoManifest { path })?;
    // A manifest names no file outside of its folder, whatever it says.
    let inside = |path: &String| path.split('/').all(|part| !matches!(part, "" | "." | "..")) && !path.contains('\\');
    let there = |path: &String| fs::symlink_metadata(folder.join(path)).is_ok_and(|about| about.is_file());
    Ok(manifest.files.into_keys().filter(|path| inside(path) && there(path)).collect())
}

fn sum(folder: &Path, path: &str) -> Result<super::PublishedFile, VerifyError> {
    let disk = folder.join(path);
    described(&disk).map_err(io(&disk))
}

fn io(path: &Path) -> impl FnOnce(std::io::Error) -> VerifyError + '_ {
    move |error| VerifyError::Io { path: path.to_owned(), error }
}

type Row = BTreeMap<String, String>;

/// The rows of a table by policy and name; a name that comes again is numbered.
fn rows(keys: &[&str], bytes: &[u8]) -> BTreeMap<(String, String), Row> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text);
    let heads = reader.headers().cloned().unwrap_or_default();
    let mut rows = BTreeMap::new();
    for record in reader.records().flatten() {
        let row: Row = heads.iter().zip(&record).map(|(head, cell)| (head.to_owned(), cell.to_owned())).collect();
        let cell = |name: &str| row.get(name).map_or("", String::as_str);
        let name: Vec<_> = keys.iter().map(|key| cell(key)).filter(|cell| !cell.is_empty()).collect();
        let (policy, name) = (cell("policy_id").to_owned(), name.join(" "));
        let mut id = (policy.clone(), name.clone());
        let mut number = 2;
        while rows.contains_key(&id) {
            id = (policy.clone(), format!("{name} ({number})"));
            number += 1;
        }
        rows.insert(id, row);
    }
    rows
}

fn rows_differing(
    edition: &str,
    table: &'static str,
    keys: &[&str],
    before: &[u8],
    after: &[u8],
) -> Vec<CellDifference> {
    let (before, after) = (rows(keys, before), rows(keys, after));
    let ids: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let mut found = Vec::new();
    for id in ids {
        let (was, is) = (before.get(id), after.get(id));
        let columns: BTreeSet<&String> = was.into_iter().chain(is).flat_map(Row::keys).collect();
        for column in columns {
            let cell = |row: Option<&Row>| row.and_then(|row| row.get(column)).filter(|cell| !cell.is_empty()).cloned();
            let (before, after) = (cell(was), cell(is));
            let compared = !NOT_COMPARED.contains(&column.as_str()) && !keys.contains(&column.as_str());
            // A row that came or went is told by its figure, not by every column.
            let tells = was.is_some() == is.is_some() || !matches!(column.as_str(), "unit" | "status" | "method");
            if compared && tells && before != after {
                let (policy, row) = id.clone();
                let (edition, column) = (edition.to_owned(), column.clone());
                found.push(CellDifference { edition, policy, table, row, column, before, after });
            }
        }
    }
    found
}

fn texts_differing(edition: &str, before: &[u8], after: &[u8]) -> Vec<CellDifference> {
    let policies = |bytes: &[u8]| -> BTreeMap<String, Value> {
        let document: Value = serde_json::from_slice(bytes).unwrap_or_default();
        let policies = document.get("policies").and_then(Value::as_array).cloned().unwrap_or_default();
        policies.into_iter().filter_map(|of| Some((of.get("id")?.as_str()?.to_owned(), of))).collect()
    };
    let (before, after) = (policies(before), policies(after));
    let ids: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let mut found = Vec::new();
    for policy in ids {
        for column in TEXTS {
            let text = |of: &BTreeMap<String, Value>| of.get(policy)?.get(column).map(said);
            let (before, after) = (text(&before), text(&after));
            if before != after {
                let (edition, policy, column) = (edition.to_owned(), policy.clone(), column.to_owned());
                found.push(CellDifference {
                    edition,
                    policy,
                    table: "portal",
                    row: String::new(),
                    column,
                    before,
                    after,
                });
            }
        }
    }
    found
}

/// Texts of every language one after another, without their structure.
fn said(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(said).collect::<Vec<_>>().join(" / "),
        Value::Object(values) => values.values().map(said).collect::<Vec<_>>().join(" / "),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
