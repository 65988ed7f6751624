//! What was read of content/, for the next look at it: a file with the same bytes is not read again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::files::{self, Role};
use super::{Known, Read, missing_portal, read, read_portal, rules, whole};
use crate::diagnostic::{Code, Diagnostic, Message, Report};
use crate::model::{Lineage, Policy, Portal, Sheet};
use crate::source::{ContentHash, TextFile};

/// What [`super::load`] leaves to the next one. Empty at first.
#[derive(Debug, Default)]
pub struct Kept {
    settings: Option<Settings>,
    known: Known,
    /// In the order of paths, without portal.yaml.
    files: Vec<KeptFile>,
    /// What is wrong with names.
    names: Report,
    /// The sheets of all files, as long as no file came or went.
    policies: Option<Vec<Policy>>,
    rules: rules::Kept,
    lacking: usize,
}

/// What portal.yaml says.
#[derive(Debug)]
struct Settings {
    path: Arc<str>,
    hash: ContentHash,
    /// Without policies and pages.
    portal: Option<Portal>,
    problems: Report,
}

#[derive(Debug)]
struct KeptFile {
    path: Arc<str>,
    hash: ContentHash,
    /// `None` for a file that is not read.
    said: Option<Said>,
}

#[derive(Debug)]
struct Said {
    /// `None` where something required is missing.
    read: Option<Read>,
    problems: Report,
}

impl Kept {
    /// How many files could not be read because their bytes were not at hand. They were read before, but otherwise than
    /// they would be now: everything has to be read again.
    pub fn lacking(&self) -> usize {
        self.lacking
    }

    /// The hash of portal.yaml.
    pub fn settings(&self) -> Option<ContentHash> {
        self.settings.as_ref().map(|settings| settings.hash)
    }

    /// Reads portal.yaml.
    pub(super) fn portal(&mut self, file: Option<TextFile>, report: &mut Report) -> Option<Portal> {
        let Some(file) = file else {
            report.add(missing_portal());
            if self.settings.take().is_some() || self.known != Known::default() {
                *self = Self::default();
            }
            return None;
        };
        if !self.settings.as_ref().is_some_and(|kept| kept.path == file.path && kept.hash == file.hash) {
            let mut problems = Report::default();
            let (portal, known) = read_portal(&file, &mut problems);
            self.rules.clear();
            if known != self.known {
                *self = Self { known, ..Self::default() };
            }
            self.settings = Some(Settings { path: file.path, hash: file.hash, portal, problems });
        }
        let settings = self.settings.as_ref()?;
        report.append(settings.problems.clone());
        settings.portal.clone()
    }

    /// Reads sheets and pages, in the order of paths.
    pub(super) fn read(&mut self, files: Vec<TextFile>, report: &mut Report) {
        self.lacking = 0;
        let same = |(kept, file): (&KeptFile, &TextFile)| Arc::ptr_eq(&kept.path, &file.path) || kept.path == file.path;
        if self.files.len() == files.len() && !files.is_empty() && self.files.iter().zip(&files).all(same) {
            self.read_otherwise(files);
        } else {
            self.read_all(files);
        }
        report.append(self.names.clone());
        // What a figure may be, portal.yaml decides (`symbols`): as long as it cannot be read, none is blamed.
        let is_portal_read = self.known.areas.is_some();
        for file in &self.files {
            let Some(said) = &file.said else { continue };
            if !said.problems.is_empty() {
                let problems = said.problems.iter().filter(|told| is_portal_read || told.code != Code::InvalidFigure);
                problems.cloned().for_each(|told| report.add(told));
                self.lacking += usize::from(said.is_lacking());
            }
        }
        // What is not at hand now is not to be taken over the next time.
        if self.lacking > 0 {
            self.files.retain(|file| !file.said.as_ref().is_some_and(Said::is_lacking));
            self.policies = None;
        }
    }

    /// Reads the files that have other bytes than before; all have the names that they had.
    fn read_otherwise(&mut self, files: Vec<TextFile>) {
        let known = &self.known;
        let pairs = self.files.iter_mut().zip(files).filter(|(kept, file)| kept.hash != file.hash);
        let otherwise: Vec<_> = pairs
            .map(|(kept, file)| {
                // Where no name is otherwise, what was read has the role that its name gives it.
                let role = kept.said.as_ref().and_then(|_| files::role(&file.path, known).ok());
                (kept, Work::Read(file, role))
            })
            .collect();
        let replace = |(kept, work): (&mut KeptFile, Work)| {
            let before = std::mem::replace(kept, work.done(known));
            (before.sheet().cloned(), kept.sheet().cloned())
        };
        let replaced: Vec<_> = otherwise.into_par_iter().map(replace).collect();
        for replaced in replaced {
            match replaced {
                (None, None) => {}
                (Some(before), Some(sheet)) => self.put(&before, sheet),
                _ => self.policies = None,
            }
        }
    }

    /// Puts a sheet into the place of the one that its file said before.
    fn put(&mut self, before: &Arc<Sheet>, sheet: Arc<Sheet>) {
        let Some(policies) = &mut self.policies else { return };
        let policy = policies.binary_search_by(|policy| (*policy.id).cmp(&before.policy));
        let sheets = policy.ok().and_then(|at| policies.get_mut(at)).map(|policy| &mut policy.sheets);
        match sheets.into_iter().flatten().find(|of| Arc::ptr_eq(of, before)) {
            Some(place) if (sheet.year, &sheet.policy) == (before.year, &before.policy) => *place = sheet,
            _ => self.policies = None,
        }
    }

    fn read_all(&mut self, files: Vec<TextFile>) {
        self.policies = None;
        let known = &self.known;
        self.names = Report::default();
        let roles = files::roles(files.iter().map(|file| &*file.path), known, &mut self.names);
        let before = std::mem::take(&mut self.files);
        let mut before = before.into_iter().peekable();
        let mut roles = roles.into_iter();
        let work: Vec<Work> = files
            .into_iter()
            .map(|file| {
                while before.next_if(|kept| kept.path < file.path).is_some() {}
                let kept = before.next_if(|kept| kept.path == file.path);
                let role = roles.next().flatten();
                match kept {
                    Some(kept) if kept.hash == file.hash && kept.said.is_some() == role.is_some() => Work::Done(kept),
                    _ => Work::Read(file, role),
                }
            })
            .collect();
        self.files = work.into_par_iter().map(|work| work.done(known)).collect();
    }

    pub(super) fn holds_sheets(&self) -> bool {
        let mut read = self.files.iter().filter(|file| file.said.is_some());
        read.any(|file| !file.path.starts_with("pages/") && !file.path.ends_with(".csv"))
    }

    /// Every sheet and page that could be read, put into the portal.
    pub(super) fn assemble(&mut self, mut portal: Portal) -> Portal {
        let read = || self.files.iter().filter_map(KeptFile::read);
        for read in read() {
            match read {
                Read::Page(page) => portal.pages.push(page.clone()),
                Read::Ledger(ledger) => portal.ledgers.push(Arc::clone(ledger)),
                Read::Sheet(_) => {}
            }
        }
        let policies = self.policies.take().unwrap_or_else(|| policies(self.files.iter().filter_map(KeptFile::sheet)));
        portal.policies.clone_from(&policies);
        portal.lineage = Lineage::of(&portal.policies);
        portal.recommended_to = Policy::recommended_to(&portal.policies);
        self.policies = Some(policies);
        portal
    }

    /// What the rules across files say.
    pub(super) fn review(&mut self, portal: &Portal, assets: &BTreeSet<String>, report: &mut Report) {
        rules::review(portal, assets, &mut self.rules, report);
    }
}

/// Sheets by policy and year.
fn policies<'s>(sheets: impl Iterator<Item = &'s Arc<Sheet>>) -> Vec<Policy> {
    let mut policies: BTreeMap<&str, Vec<Arc<Sheet>>> = BTreeMap::new();
    for sheet in sheets {
        policies.entry(&sheet.policy).or_default().push(Arc::clone(sheet));
    }
    let policy = |(id, mut sheets): (&str, Vec<Arc<Sheet>>)| {
        sheets.sort_by_key(|sheet| sheet.year);
        sheets.shrink_to_fit();
        Policy { id: id.into(), sheets }
    };
    policies.into_iter().map(policy).collect()
}

impl KeptFile {
    fn read(&self) -> Option<&Read> {
        self.said.as_ref()?.read.as_ref()
    }

    fn sheet(&self) -> Option<&Arc<Sheet>> {
        match self.read()? {
            Read::Sheet(sheet) => Some(sheet),
            Read::Page(_) | Read::Ledger(_) => None,
        }
    }
}

impl Said {
    fn is_lacking(&self) -> bool {
        self.read.is_none() && self.problems.iter().any(|told| told.code == Code::UnreadableFile)
    }
}

enum Work {
    Done(KeptFile),
    Read(TextFile, Option<Role>),
}

impl Work {
    fn done(self, known: &Known) -> KeptFile {
        let (file, role) = match self {
            Self::Done(kept) => return kept,
            Self::Read(file, role) => (file, role),
        };
        let TextFile { path, bytes, hash } = file;
        let said = role.map(|role| match bytes {
            Some(bytes) => {
                let (read, problems) = read(&bytes, role, known);
                Said { read, problems }
            }
            None => Said { read: None, problems: not_at_hand(&path) },
        });
        KeptFile { path, hash, said }
    }
}

fn not_at_hand(path: &str) -> Report {
    let message = Message::new("ファイルがまだ読み直されていません", "the file has not been read again yet");
    let mut report = Report::default();
    report.add(
        Diagnostic::new(Code::UnreadableFile, whole(path), message)
            .help("もう一度保存してください", "save the file again"),
    );
    report
}
