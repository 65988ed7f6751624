//! From the bytes of content/ to the meaning: every file, every problem, then stop or go.
//!
//! [`load`] reads portal.yaml first, since sheets are read with its areas, symbols and rates, then all sheets and pages
//! in parallel. The bytes and the tree of a file are dropped as soon as it is read.

pub mod address;
pub mod figure;
pub mod files;
pub mod keys;
pub mod pages;
pub mod reader;
pub mod rules;
pub mod schema;
pub mod sheet;
pub mod withheld;
pub mod yaml;

mod decode;
mod indicator;
mod links;
mod lint;
mod money;
mod portal;
mod tree;
mod values;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Message, Place, Report, Stopped};
use crate::model::{At, FreePage, Language, MissingReason, Policy, Portal, RateRule, Sheet};
use files::Role;
use sheet::SheetName;

/// A file of content/ as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentFile {
    /// Below content/, with forward slashes.
    pub path: String,
    pub bytes: Vec<u8>,
}

/// What portal.yaml says that sheets are read with.
#[derive(Clone, Debug)]
pub struct Known {
    /// Ids in the order of portal.yaml; `None` where it could not be read.
    pub areas: Option<Vec<Box<str>>>,
    pub symbols: Vec<(Box<str>, MissingReason)>,
    /// The first language of the site.
    pub language: Language,
    pub languages: Vec<Language>,
    pub rate: RateRule,
}

impl Default for Known {
    /// For a portal.yaml that could not be read: its sheets are still examined.
    fn default() -> Self {
        let language = Language::japanese();
        Self {
            areas: None,
            symbols: Vec::new(),
            languages: vec![language.clone()],
            language,
            rate: RateRule::default(),
        }
    }
}

/// Reads all files of content/. Every problem of every file is in the report, whether this stops or not. `assets` are
/// the paths of content/assets, below content/, which sheets may name.
///
/// # Errors
/// Stops where the report holds an error.
pub fn load(mut files: Vec<ContentFile>, assets: &BTreeSet<String>, report: &mut Report) -> Result<Portal, Stopped> {
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let portal_index = files.iter().position(|file| files::is_portal(&file.path));
    let (portal, known) = match portal_index.map(|index| files.remove(index)) {
        Some(file) => read_portal(&file, report),
        None => {
            report.add(missing_portal());
            (None, Known::default())
        }
    };
    let files: Vec<(ContentFile, Role)> = files::roles(files, &known, report);
    if !files.iter().any(|(_, role)| matches!(role, Role::Sheet(_))) && !has_misnamed_sheet(report) {
        report.add(no_sheets());
    }
    let read: Vec<(Option<Read>, Report)> =
        files.into_par_iter().map(|(file, role)| read(&file, role, &known)).collect();
    let mut read_in = Vec::with_capacity(read.len());
    for (read, problems) in read {
        report.append(problems);
        read_in.extend(read);
    }
    let portal = portal.map(|portal| assemble(portal, read_in));
    if let Some(portal) = &portal {
        rules::review(portal, assets, report);
    }
    loop {
        report.go_on()?;
        match portal {
            Some(portal) => return Ok(portal),
            None => report.add(missing_portal()),
        }
    }
}

/// The problems that portal.yaml has by itself: a part of those that [`load`] reports, at hardly any cost.
pub fn look_at_portal(file: &ContentFile, report: &mut Report) {
    read_portal(file, report);
}

/// Puts sheets and pages into the portal.
fn assemble(mut portal: Portal, read: Vec<Read>) -> Portal {
    let mut policies: BTreeMap<Box<str>, Vec<Arc<Sheet>>> = BTreeMap::new();
    for read in read {
        match read {
            Read::Sheet(sheet) => policies.entry(sheet.policy.clone()).or_default().push(sheet),
            Read::Page(page) => portal.pages.push(page),
        }
    }
    portal.policies = policies
        .into_iter()
        .map(|(id, mut sheets)| {
            sheets.sort_by_key(|sheet| sheet.year);
            sheets.shrink_to_fit();
            Policy { id, sheets }
        })
        .collect();
    portal
}

enum Read {
    Sheet(Arc<Sheet>),
    Page(FreePage),
}

fn read(file: &ContentFile, role: Role, known: &Known) -> (Option<Read>, Report) {
    match role {
        Role::Sheet(name) => {
            let (sheet, report) = read_sheet(&file.bytes, &name, known);
            (sheet.map(|sheet| Read::Sheet(Arc::new(sheet))), report)
        }
        Role::Page(name) => {
            let mut report = Report::default();
            (pages::page(&file.bytes, name, &mut report).map(Read::Page), report)
        }
    }
}

/// Reads one sheet, with the problems found in it. Depends on nothing but its arguments.
pub fn read_sheet(bytes: &[u8], name: &SheetName, known: &Known) -> (Option<Sheet>, Report) {
    let mut report = Report::default();
    let sheet = tree::with_tree(content_file(&name.path), bytes, &mut report, &|reader, root| {
        sheet::sheet(reader, root, name, known)
    });
    (sheet, report)
}

fn read_portal(file: &ContentFile, report: &mut Report) -> (Option<Portal>, Known) {
    let read = tree::with_tree(content_file(&file.path), &file.bytes, report, &|reader, root| {
        Some(portal::portal(reader, root))
    });
    read.unwrap_or_default()
}

/// The path as diagnostics name it.
fn content_file(path: &str) -> Arc<str> {
    format!("content/{path}").into()
}

fn whole(path: &str) -> Place {
    Place { file: content_file(path), at: At::default() }
}

fn missing_portal() -> Diagnostic {
    let message = Message::new("content/portal.yaml がありません", "there is no content/portal.yaml");
    Diagnostic::new(Code::MissingPortal, whole("portal.yaml"), message).help(
        "自治体名・計画の年度・分野を書いた portal.yaml を content/ に置いてください",
        "put a portal.yaml with title, municipality, plan and areas into content/",
    )
}

/// Whether a sheet is there under a name that it cannot have: that is told, and naming it anew mends it.
fn has_misnamed_sheet(report: &Report) -> bool {
    let misnamed =
        |told: &Diagnostic| told.code == Code::InvalidFileName && !told.place.file.starts_with("content/pages/");
    report.iter().any(misnamed)
}

fn no_sheets() -> Diagnostic {
    let message = Message::new("評価シートが一つもありません", "there is no sheet");
    let place = Place { file: "content".into(), at: At::default() };
    Diagnostic::new(Code::NoSheets, place, message).help(
        "content/2024/industry.yaml のように、年度のフォルダーにシートを置いてください",
        "put a sheet into the folder of its fiscal year: content/2024/industry.yaml",
    )
}
