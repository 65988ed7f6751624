//! Finding the files: explicit order, symbolic links only inside their root, names that can be written down.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;
use walkdir::WalkDir;

use super::{CONTENT, THEMES, whole_file};
use crate::diagnostic::{Code, Diagnostic, Message, Report};

/// A source folder that cannot be read at all.
#[derive(Debug)]
pub enum SourceError {
    /// There is no such folder, or it is a file.
    NoContent(PathBuf),
    Unreadable {
        folder: PathBuf,
        error: io::Error,
    },
}

impl SourceError {
    pub fn message(&self) -> Message {
        match self {
            Self::NoContent(folder) => Message::new(
                format!("評価シートのフォルダがありません: {}", folder.display()),
                format!("there is no folder of evaluation sheets: {}", folder.display()),
            ),
            Self::Unreadable { folder, error } => Message::new(
                format!("フォルダを読めません: {}（{error}）", folder.display()),
                format!("the folder cannot be read: {} ({error})", folder.display()),
            ),
        }
    }

    /// What to do.
    pub fn help(&self) -> Message {
        match self {
            Self::NoContent(_) => Message::new(
                "content フォルダのある場所で実行するか、--root か --content で場所を示してください。\
                 新しく始めるには hyoka init <フォルダ> を実行してください。",
                "run the command where the content folder is, or name the place with --root or --content. \
                 To begin a new portal, run: hyoka init <folder>",
            ),
            Self::Unreadable { .. } => Message::new(
                "フォルダを読み取る権限があるかを確かめてください。",
                "check that you may read the folder.",
            ),
        }
    }
}

/// A file to read.
pub(super) struct Found {
    /// Below the root, with forward slashes, in NFC.
    pub path: String,
    pub disk: PathBuf,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Asset,
}

pub(super) fn content(root: &Path, report: &mut Report) -> Result<Vec<Found>, SourceError> {
    if !root.is_dir() {
        return Err(SourceError::NoContent(root.to_owned()));
    }
    walk(root, CONTENT, report, |path| {
        if path.starts_with("assets/") {
            Some(Kind::Asset)
        } else {
            has_ending(path, &["yaml", "yml", "md", "csv"]).then_some(Kind::Text)
        }
    })
}

pub(super) fn themes(root: &Path, report: &mut Report) -> Result<Vec<Found>, SourceError> {
    if !root.exists() {
        return Ok(Vec::new());
    }
    walk(root, THEMES, report, |path| {
        let text = has_ending(path, &["yaml", "yml", "md", "csv", "html", "css", "js", "txt", "svg"]);
        // Pictures and the like of a theme are few and small; they are part of it like its texts. So is the licence of what
        // it took over from others.
        let below = path.split('/').nth(1);
        (text || matches!(below, Some("assets" | "NOTICE" | "LICENSE"))).then_some(Kind::Text)
    })
}

/// Whether a path ends in one of these; case does not matter (`SHEET.YAML` comes from Windows).
fn has_ending(path: &str, endings: &[&str]) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// Every file below a root that has a kind, sorted by path.
fn walk(
    root: &Path,
    name: &str,
    report: &mut Report,
    kind_of: impl Fn(&str) -> Option<Kind>,
) -> Result<Vec<Found>, SourceError> {
    let unreadable = |error| SourceError::Unreadable { folder: root.to_owned(), error };
    let real_root = fs::canonicalize(root).map_err(unreadable)?;
    fs::read_dir(root).map_err(unreadable)?;
    let mut found = Vec::new();
    let mut entries = WalkDir::new(root)
        .follow_links(true)
        .sort_by(|a, b| a.file_name().as_encoded_bytes().cmp(b.file_name().as_encoded_bytes()))
        .into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                report.add(unwalkable(root, name, &error));
                continue;
            }
        };
        let folder = entry.file_type().is_dir();
        if entry.depth() > 0 && is_noise(entry.file_name()) {
            if folder {
                entries.skip_current_dir();
            }
            continue;
        }
        let path = match path_below(root, entry.path()) {
            Ok(path) => path,
            Err(lossy) => {
                report.add(unspeakable_name(name, &lossy));
                if folder {
                    entries.skip_current_dir();
                }
                continue;
            }
        };
        if entry.depth() > 0
            && entry.path_is_symlink()
            && !fs::canonicalize(entry.path()).is_ok_and(|target| target.starts_with(&real_root))
        {
            report.add(leads_outside(name, &path));
            if folder {
                entries.skip_current_dir();
            }
            continue;
        }
        if folder {
            continue;
        }
        match kind_of(&path) {
            Some(kind) => found.push(Found { path, disk: entry.into_path(), kind }),
            None => report.add(misplaced(name, &path)),
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path).then_with(|| a.disk.cmp(&b.disk)));
    found.dedup_by(|later, first| {
        let same = later.path == first.path;
        if same {
            report.add(same_name(name, &first.path));
        }
        same
    });
    Ok(found)
}

/// What systems and editors leave behind: hidden files, Explorer's and Office's own, backups.
pub(super) fn is_noise(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".")
        || name.starts_with(b"~$")
        || name.ends_with(b"~")
        || name.eq_ignore_ascii_case(b"thumbs.db")
        || name.eq_ignore_ascii_case(b"desktop.ini")
}

/// The path below the root as ids and URLs are made from; the name as far as it can be shown where it is no Unicode.
///
/// macOS hands out decomposed names (か and ゛): NFC makes the same file the same everywhere.
pub(super) fn path_below(root: &Path, path: &Path) -> Result<String, String> {
    let below = path.strip_prefix(root).unwrap_or(path);
    let mut joined = String::new();
    for part in below.components() {
        let Some(part) = part.as_os_str().to_str() else {
            return Err(below.to_string_lossy().replace('\\', "/"));
        };
        if !joined.is_empty() {
            joined.push('/');
        }
        joined.extend(part.nfc());
    }
    Ok(joined)
}

fn leads_outside(root: &str, path: &str) -> Diagnostic {
    let message = Message::new(
        format!("シンボリックリンクが {root} の外を指しています"),
        format!("the symbolic link leads out of {root}"),
    );
    Diagnostic::new(Code::SymlinkOutside, whole_file(root, path), message).help(
        format!("リンクの代わりに、ファイルそのものを {root} に置いてください。"),
        format!("put the file itself into {root} instead of a link."),
    )
}

fn unwalkable(root: &Path, name: &str, error: &walkdir::Error) -> Diagnostic {
    let path = error.path().map(|path| path_below(root, path).unwrap_or_else(|lossy| lossy)).unwrap_or_default();
    if error.loop_ancestor().is_some() {
        let message = Message::new("シンボリックリンクが循環しています", "the symbolic link leads back to itself");
        return Diagnostic::new(Code::UnreadableFile, whole_file(name, &path), message)
            .help("このリンクを消してください。", "remove the link.");
    }
    match error.io_error() {
        Some(error) => super::unreadable(name, &path, error),
        None => super::unreadable(name, &path, &io::Error::other(error.to_string())),
    }
}

fn unspeakable_name(root: &str, lossy: &str) -> Diagnostic {
    let message = Message::new("ファイル名が Unicode ではありません", "the file name is not Unicode");
    Diagnostic::new(Code::InvalidFileName, whole_file(root, lossy), message).help(
        "古い文字コードの名前です（zip の展開など）。半角英数字の名前に変えてください。",
        "the name is in an old encoding (from a zip file, perhaps). Rename it with ASCII letters and digits.",
    )
}

fn same_name(root: &str, path: &str) -> Diagnostic {
    let message = Message::new(
        "見た目の同じ名前のファイルが二つあります（濁点の表し方だけが違います）",
        "there are two files whose names differ only in how accents are encoded",
    );
    Diagnostic::new(Code::UrlCollision, whole_file(root, path), message)
        .help("どちらか一つを消すか、名前を変えてください。", "remove or rename one of them.")
}

fn misplaced(root: &str, path: &str) -> Diagnostic {
    let message =
        Message::new("この場所のこの種類のファイルは読まれません", "a file of this kind is not read in this place");
    let (ja, en) = match root {
        CONTENT => (
            "シートは .yaml、ページは .md です。公開する画像や PDF は content/assets に置いてください。",
            "sheets are .yaml, pages are .md. Images and PDF files to publish belong into content/assets.",
        ),
        _ => (
            "公開する画像などは、そのテーマの assets フォルダに置いてください。",
            "images and other files to publish belong into the assets folder of their theme.",
        ),
    };
    Diagnostic::new(Code::MisplacedFile, whole_file(root, path), message).help(ja, en)
}
