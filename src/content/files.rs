//! What a file of content/ is, by its name.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::pages::PageName;
use super::reader::is_id;
use super::sheet::SheetName;
use super::{Known, content_file, ledger, whole};
use crate::diagnostic::{Code, Diagnostic, Message, Report};
use crate::model::{FiscalYear, Language};

/// A file that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    Sheet(SheetName),
    Page(PageName),
    /// What an edition published, with its path.
    Ledger(Box<str>, FiscalYear),
}

/// Ids that a policy cannot have: folders that the site needs beside its policies.
pub const RESERVED: [&str; 10] =
    ["areas", "book", "changes", "compare", "data", "pages", "assets", "recommendations", "search", "revisions"];

/// Whether this is portal.yaml.
pub fn is_portal(path: &str) -> bool {
    matches!(path, "portal.yaml" | "portal.yml")
}

/// Whether this is read as a sheet, by its place and its ending.
pub fn is_sheet(path: &str) -> bool {
    let Some((folder, name)) = path.split_once('/') else { return false };
    let is_year = FiscalYear::parse(folder).is_some_and(|year| year.year.to_string() == folder);
    is_year && !name.contains('/') && (has_ending(name, "yaml") || has_ending(name, "yml")) && !is_silent(path)
}

/// What each file is; `None` where it is not read. Reports files that no rule reads, names that cannot be part of a URL, and
/// names that would become one URL. (Assets are not among these files: planning tells of theirs.)
pub fn roles<'p>(paths: impl Iterator<Item = &'p str>, known: &Known, report: &mut Report) -> Vec<Option<Role>> {
    let mut urls: BTreeMap<String, &str> = BTreeMap::new();
    let mut one = |path: &'p str| {
        if is_silent(path) {
            return None;
        }
        if let Some(first) = urls.get(&url_key(path)) {
            report.add(collision(path, first));
            return None;
        }
        urls.insert(url_key(path), path);
        role(path, known).map_err(|diagnostic| report.add(*diagnostic)).ok()
    };
    paths.map(&mut one).collect()
}

/// Hidden files, what systems leave behind, and the notes of whoever keeps the folder.
fn is_silent(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    path.split('/').any(|part| part.starts_with('.'))
        || name.starts_with("~$")
        || matches!(name, "Thumbs.db" | "desktop.ini")
        || path.eq_ignore_ascii_case("readme.md")
}

/// Names that differ in case, in their normal form or between .yaml and .yml become one URL.
fn url_key(path: &str) -> String {
    let stem = path.strip_suffix(".yaml").or_else(|| path.strip_suffix(".yml")).unwrap_or(path);
    stem.nfc().flat_map(char::to_lowercase).collect()
}

fn collision(path: &str, first: &str) -> Diagnostic {
    let message = Message::new(
        format!("「{path}」と「{first}」は同じURLになります"),
        format!("`{path}` and `{first}` become the same URL"),
    );
    Diagnostic::new(Code::UrlCollision, whole(path), message)
        .help("どちらかを消すか、名前を変えてください", "remove or rename one of them")
        .related(
            crate::diagnostic::Place { file: content_file(first), at: crate::model::At::default() },
            "もう一つのファイルです",
            "the other file",
        )
}

/// What a file is by its own name, where no other takes its URL.
///
/// # Errors
/// Why it is not read.
pub fn role(path: &str, known: &Known) -> Result<Role, Box<Diagnostic>> {
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        [folder, ledger::NAME] => match FiscalYear::parse(folder) {
            Some(year) if year.year.to_string() == *folder => Ok(Role::Ledger(path.into(), year.year)),
            Some(year) => Err(era_folder(path, folder, year.year)),
            None => Err(misplaced(path)),
        },
        ["pages", name] if has_ending(name, "md") => page(path, name).map(Role::Page),
        [folder, name] if has_ending(name, "yaml") || has_ending(name, "yml") => match FiscalYear::parse(folder) {
            Some(year) if year.year.to_string() == *folder => sheet(path, year.year, name, known).map(Role::Sheet),
            Some(year) => Err(era_folder(path, folder, year.year)),
            None => Err(misplaced(path)),
        },
        _ => Err(misplaced(path)),
    }
}

fn has_ending(name: &str, ending: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, of)| of == ending)
}

fn sheet(path: &str, year: FiscalYear, name: &str, known: &Known) -> Result<SheetName, Box<Diagnostic>> {
    let policy = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_language = matches!(policy, "ja" | "en") || known.languages.iter().any(|of| of.code() == policy);
    if RESERVED.contains(&policy) || is_language {
        let message = Message::new(
            format!("「{policy}」はサイトが使う名前なので、施策のファイル名にできません"),
            format!("`{policy}` is a name that the site needs itself"),
        );
        return Err(Box::new(Diagnostic::new(Code::InvalidFileName, whole(path), message).help(
            format!("「{policy}-policy.yaml」のように別の名前にしてください"),
            format!("choose another name, such as `{policy}-policy.yaml`"),
        )));
    }
    if !is_id(policy) {
        return Err(invalid_name(path, policy, "industry.yaml"));
    }
    Ok(SheetName { path: path.into(), year, policy: policy.into() })
}

fn page(path: &str, name: &str) -> Result<PageName, Box<Diagnostic>> {
    let stem = name.strip_suffix(".md").unwrap_or(name);
    let (stem, language) = match stem.rsplit_once('.') {
        Some((stem, code)) if Language::is_code(code) => (stem, Some(Language::new(code))),
        _ => (stem, None),
    };
    if !is_id(stem) {
        return Err(invalid_name(path, stem, "about.md"));
    }
    Ok(PageName { path: path.into(), name: stem.into(), language })
}

fn invalid_name(path: &str, name: &str, example: &str) -> Box<Diagnostic> {
    let message = Message::new(
        format!("ファイル名「{name}」に、URLに使えない文字があります"),
        format!("the file name `{name}` contains characters that a URL cannot have"),
    );
    Box::new(Diagnostic::new(Code::InvalidFileName, whole(path), message).help(
        format!("半角の英小文字・数字・ハイフンにしてください (例: {example})。年度が変わっても同じ名前にします"),
        format!("use small letters, digits and hyphens ({example}), the same over the years"),
    ))
}

fn era_folder(path: &str, folder: &str, year: FiscalYear) -> Box<Diagnostic> {
    let message = Message::new(
        format!("年度のフォルダー名「{folder}」は西暦4桁にします"),
        format!("the folder `{folder}` of a fiscal year is named by four digits"),
    );
    Box::new(
        Diagnostic::new(Code::InvalidFileName, whole(path), message)
            .help(format!("フォルダー名を「{year}」にしてください"), format!("rename the folder to `{year}`")),
    )
}

fn misplaced(path: &str) -> Box<Diagnostic> {
    let message = Message::new(format!("「{path}」は読まれません"), format!("`{path}` is not read"));
    Box::new(Diagnostic::new(Code::MisplacedFile, whole(path), message).help(
        "シートは content/2024/industry.yaml、ページは content/pages/about.md、その他のファイルは content/assets/ に置いてください",
        "sheets are content/2024/industry.yaml, pages content/pages/about.md; other files belong into content/assets/",
    ))
}
