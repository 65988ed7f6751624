//! From the bytes of content/ to the meaning: every file, every problem, then stop or go.
//!
//! [`load`] reads portal.yaml first, since sheets are read with its areas, symbols and rates, then all sheets and pages
//! in parallel. The bytes and the tree of a file are dropped as soon as it is read. What was read stays in [`Kept`], for
//! the next look at the same files.

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
mod furigana;
mod indicator;
mod kept;
pub mod ledger;
mod lineage;
mod links;
mod lint;
mod money;
mod narrative;
mod portal;
mod recommendation;
mod revision;
mod tree;
mod values;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Message, Place, Report, Stopped};
use crate::model::{At, FreePage, Language, Ledger, MissingReason, Portal, RateRule, Sheet};
use crate::source::TextFile;
use files::Role;
pub use kept::Kept;
use sheet::SheetName;

/// What portal.yaml says that sheets are read with.
#[derive(Clone, Debug, PartialEq, Eq)]
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
/// the paths of content/assets, below content/, which sheets may name. What `kept` holds of the same files is not read
/// again.
///
/// # Errors
/// Stops where the report holds an error.
pub fn load(
    mut files: Vec<TextFile>,
    assets: &BTreeSet<String>,
    kept: &mut Kept,
    report: &mut Report,
) -> Result<Portal, Stopped> {
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let portal_index = files.iter().position(|file| files::is_portal(&file.path));
    let portal = kept.portal(portal_index.map(|index| files.remove(index)), report);
    kept.read(files, report);
    if !kept.holds_sheets() && !has_misnamed_sheet(report) {
        report.add(no_sheets());
    }
    let portal = portal.map(|portal| kept.assemble(portal));
    if let Some(portal) = &portal {
        kept.review(portal, assets, report);
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
pub fn look_at_portal(file: &TextFile, report: &mut Report) {
    read_portal(file, report);
}

#[derive(Clone, Debug)]
enum Read {
    Sheet(Arc<Sheet>),
    Page(FreePage),
    Ledger(Arc<Ledger>),
}

fn read(bytes: &[u8], role: Role, known: &Known) -> (Option<Read>, Report) {
    match role {
        Role::Sheet(name) => {
            let (sheet, report) = read_sheet(bytes, &name, known);
            (sheet.map(|sheet| Read::Sheet(Arc::new(sheet))), report)
        }
        Role::Page(name) => {
            let mut report = Report::default();
            (pages::page(bytes, name, &mut report).map(Read::Page), report)
        }
        Role::Ledger(path, year) => {
            let mut report = Report::default();
            let ledger = ledger::ledger(bytes, &path, year, &mut report);
            (ledger.map(|ledger| Read::Ledger(Arc::new(ledger))), report)
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

fn read_portal(file: &TextFile, report: &mut Report) -> (Option<Portal>, Known) {
    let read = tree::with_tree(content_file(&file.path), file.bytes(), report, &|reader, root| {
        Some(portal::portal(reader, root, &file.path))
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
