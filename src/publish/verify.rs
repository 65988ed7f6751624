//! Whether a published folder, as it came back from the hosting, is what was published.
//!
//! Only what stands in the folder itself is looked at: links are named, never followed, and a path of the manifest is
//! compared with the names that were found, never opened by itself. So no manifest can make anyone read another file.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::manifest::{Manifest, PublishedFile};
use super::sums::{self, PACK_NOTE, SUMS};
use super::{CARRIED, MANIFEST, NOISE, PublishError};
use crate::diagnostic::Message;

/// What a folder holds beside what was published in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// The version of the tool that published.
    pub version: String,
    /// How many files are as they were published.
    pub same: usize,
    /// By path.
    pub differences: Vec<Difference>,
    /// Notes that are carried over from build to build, and what file managers leave: in no manifest, and foreign to
    /// nobody. By path.
    pub set_aside: Vec<String>,
}

/// A file that is not as it was published.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// Below the folder, with forward slashes.
    pub path: String,
    pub kind: DifferenceKind,
}

/// How a file differs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DifferenceKind {
    /// Published, and not there.
    Missing,
    /// There, with other bytes. Sizes in bytes.
    Changed { published: u64, found: u64, how: Change },
    /// A link or a folder stands where the file was published.
    NotAFile,
    /// There, and never published.
    Foreign,
}

/// What is different in a file that was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    Content,
    /// Nothing but the ends of lines, as programs do that transfer files as text (FTP in ASCII mode).
    LineEnds,
}

/// Why a folder could not be compared.
#[derive(Debug)]
pub enum VerifyError {
    /// Neither a folder nor a manifest is there.
    NothingThere { path: PathBuf },
    /// A folder without the list of what was published, or with another tool's.
    NoManifest { path: PathBuf },
    /// The list cannot be understood.
    Damaged { path: PathBuf, reason: String },
    /// The system refused to read.
    Io { path: PathBuf, error: io::Error },
}

/// Compares a published folder with its manifest: the one in it, or the one that is named. `of` is the folder, or its
/// manifest.
///
/// A manifest that is named was kept elsewhere, so that it is the measure of the one in the folder as well.
///
/// # Errors
/// [`VerifyError`] where folder or manifest cannot be read.
pub fn verify(of: &Path, manifest: Option<&Path>) -> Result<Verification, VerifyError> {
    let about = fs::metadata(of).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => VerifyError::NothingThere { path: of.to_owned() },
        _ => VerifyError::Io { path: of.to_owned(), error },
    })?;
    let (folder, list) = if about.is_dir() {
        (of.to_owned(), manifest.map_or_else(|| of.join(MANIFEST), Path::to_owned))
    } else {
        let folder = of.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        (folder.to_owned(), manifest.unwrap_or(of).to_owned())
    };
    let published = read(&list)?;
    let mut expected = published.files;
    let found = found_in(&folder)?;
    // Where another list is the measure, the one in the folder is measured. It need not have been uploaded.
    if manifest.is_some() && found.contains_key(MANIFEST) {
        let list = described(&list).map_err(|error| VerifyError::Io { path: list, error })?;
        expected.insert(MANIFEST.to_owned(), list);
    }
    let sums = packed(&folder, &expected, &found)?;
    expected.extend(sums);
    compare(&folder, &expected, &found, published.version)
}

/// What stands at a path of the folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    File,
    Other,
}

fn compare(
    folder: &Path,
    expected: &BTreeMap<String, PublishedFile>,
    found: &BTreeMap<String, Found>,
    version: String,
) -> Result<Verification, VerifyError> {
    // A name that a system spelled with combining marks (が as か and ゙) is the name that was published.
    let spelled: BTreeMap<String, &str> = found.keys().map(|path| (path.nfc().collect(), path.as_str())).collect();
    let there = |path: &str| {
        let name =
            if found.contains_key(path) { path } else { spelled.get(path.nfc().collect::<String>().as_str())? };
        Some((name.to_owned(), *found.get(name)?))
    };
    let (mut known, mut differences) = (Vec::new(), Vec::new());
    let mut compared: Vec<(&str, PathBuf, &PublishedFile)> = Vec::new();
    for (path, file) in expected {
        let missing = |kind| Difference { path: path.clone(), kind };
        match there(path) {
            None => differences.push(missing(DifferenceKind::Missing)),
            Some((name, Found::Other)) => {
                differences.push(missing(DifferenceKind::NotAFile));
                known.push(name);
            }
            Some((name, Found::File)) => {
                compared.push((path, folder.join(&name), file));
                known.push(name);
            }
        }
    }
    let changed: Result<Vec<_>, VerifyError> = compared
        .par_iter()
        .map(|(path, disk, file)| {
            let change = change(disk, file).map_err(|error| VerifyError::Io { path: disk.clone(), error })?;
            Ok(change.map(|kind| Difference { path: (*path).to_owned(), kind }))
        })
        .collect();
    let changed: Vec<_> = changed?.into_iter().flatten().collect();
    let same = compared.len() - changed.len();
    differences.extend(changed);
    known.sort_unstable();
    let mut set_aside = Vec::new();
    for path in found.keys().filter(|path| known.binary_search(path).is_err() && *path != MANIFEST) {
        let name = path.rsplit('/').next().unwrap_or(path);
        match CARRIED.contains(&path.as_str()) || NOISE.contains(&name) {
            true => set_aside.push(path.clone()),
            false => differences.push(Difference { path: path.clone(), kind: DifferenceKind::Foreign }),
        }
    }
    differences.sort();
    Ok(Verification { version, same, differences, set_aside })
}

fn read(list: &Path) -> Result<Manifest, VerifyError> {
    let path = || list.to_owned();
    match Manifest::read_file(list) {
        Ok(Some(manifest)) => Ok(manifest),
        Ok(None) => Err(VerifyError::NoManifest { path: path() }),
        Err(PublishError::Manifest { path, reason }) => Err(VerifyError::Damaged { path, reason }),
        Err(PublishError::Io { path, error }) => Err(VerifyError::Io { path, error }),
        Err(other) => Err(VerifyError::Damaged { path: path(), reason: other.message().en.into_owned() }),
    }
}

/// Every file, and every link, that stands below the folder.
fn found_in(folder: &Path) -> Result<BTreeMap<String, Found>, VerifyError> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1).follow_links(false) {
        let entry = entry.map_err(|error| VerifyError::Io {
            path: error.path().unwrap_or(folder).to_owned(),
            error: error.into(),
        })?;
        let kind = entry.file_type();
        let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let path = below.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        if !kind.is_dir() {
            found.insert(path, if kind.is_file() { Found::File } else { Found::Other });
        }
    }
    Ok(found)
}

/// What `hyoka pack` put beside the site, as it must be: the note that its list of sums names, and the list that
/// follows from the manifest. Nothing where the folder was never packed.
fn packed(
    folder: &Path,
    expected: &BTreeMap<String, PublishedFile>,
    found: &BTreeMap<String, Found>,
) -> Result<BTreeMap<String, PublishedFile>, VerifyError> {
    let unpacked = found.get(SUMS) == Some(&Found::File) && found.get(MANIFEST) == Some(&Found::File);
    if !unpacked || expected.contains_key(SUMS) {
        return Ok(BTreeMap::new());
    }
    let io = |path: PathBuf| move |error| VerifyError::Io { path, error };
    let text = fs::read(folder.join(SUMS)).map_err(io(folder.join(SUMS)))?;
    let Some(note) = sums::named(&String::from_utf8_lossy(&text), PACK_NOTE) else { return Ok(BTreeMap::new()) };
    let mut listed: BTreeMap<&str, [u8; 32]> =
        expected.iter().map(|(path, file)| (path.as_str(), file.sha256)).collect();
    let manifest = folder.join(MANIFEST);
    listed.entry(MANIFEST).or_insert(described(&manifest).map_err(io(manifest))?.sha256);
    listed.insert(PACK_NOTE, note);
    let list = sums::text(&listed);
    // Its size is in no list; the sum alone decides.
    let size = fs::symlink_metadata(folder.join(PACK_NOTE)).map_or(0, |about| about.len());
    let own = PublishedFile { size: list.len() as u64, sha256: Sha256::digest(list.as_bytes()).into() };
    Ok([(PACK_NOTE.to_owned(), PublishedFile { size, sha256: note }), (SUMS.to_owned(), own)].into())
}

/// How a file differs from what was published; `None` where it does not.
fn change(disk: &Path, published: &PublishedFile) -> io::Result<Option<DifferenceKind>> {
    let found = described(disk)?;
    if found == *published {
        return Ok(None);
    }
    let how = if found.size <= AS_TEXT && differs_in_line_ends(&fs::read(disk)?, published) {
        Change::LineEnds
    } else {
        Change::Content
    };
    Ok(Some(DifferenceKind::Changed { published: published.size, found: found.size, how }))
}

/// Up to this size, in bytes, a file that differs is read again to see whether only its ends of lines do.
const AS_TEXT: u64 = 64 * 1024 * 1024;

fn differs_in_line_ends(bytes: &[u8], published: &PublishedFile) -> bool {
    let feeds: Vec<u8> = bytes
        .iter()
        .enumerate()
        .filter(|(at, byte)| !(**byte == b'\r' && bytes.get(at + 1) == Some(&b'\n')))
        .map(|(_, byte)| *byte)
        .collect();
    let is_published = |bytes: &[u8]| {
        bytes.len() as u64 == published.size && <[u8; 32]>::from(Sha256::digest(bytes)) == published.sha256
    };
    is_published(&feeds) || {
        let returns = feeds.iter().flat_map(|byte| match byte {
            b'\n' => &b"\r\n"[..],
            other => std::slice::from_ref(other),
        });
        is_published(&returns.copied().collect::<Vec<_>>())
    }
}

/// Size and sum of a file.
pub(super) fn described(disk: &Path) -> io::Result<PublishedFile> {
    let mut hasher = Sha256::new();
    let size = io::copy(&mut File::open(disk)?, &mut hasher)?;
    Ok(PublishedFile { size, sha256: hasher.finalize().into() })
}

impl VerifyError {
    /// What is wrong.
    pub fn message(&self) -> Message {
        match self {
            Self::NothingThere { path } => {
                let path = path.display();
                Message::new(format!("{path} がありません"), format!("there is no {path}"))
            }
            Self::NoManifest { path } => {
                let path = path.display();
                Message::new(
                    format!("hyoka の公開記録がありません: {path}"),
                    format!("there is no manifest of hyoka: {path}"),
                )
            }
            Self::Damaged { path, reason } => {
                let path = path.display();
                Message::new(
                    format!("公開記録が壊れています: {path}（{reason}）"),
                    format!("the manifest is damaged: {path} ({reason})"),
                )
            }
            Self::Io { path, error } => {
                let path = path.display();
                Message::new(format!("読めません: {path}（{error}）"), format!("cannot read: {path} ({error})"))
            }
        }
    }

    /// What to do.
    pub fn help(&self) -> Message {
        match self {
            Self::NothingThere { .. } => Message::new(
                "公開したフォルダか、その中の manifest.json を指定してください。",
                "Name a published folder, or the manifest.json in it.",
            ),
            Self::NoManifest { .. } | Self::Damaged { .. } => Message::new(
                "サイトの一番上のフォルダを指定してください。manifest.json を公開していなければ、hyoka build の output にある\
                 ものを --manifest で指定してください。",
                "Name the top folder of the site. Where manifest.json was not uploaded, name the one in the output folder of \
                 hyoka build with --manifest.",
            ),
            Self::Io { .. } => Message::new(
                "読み取りの権限を確かめて、もう一度実行してください。",
                "See whether you may read it, then run the command again.",
            ),
        }
    }
}
