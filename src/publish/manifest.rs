//! manifest.json: what was published, from what, and by which input; and the folder as it was last published.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufReader, Write};
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::error::PublishError;
use super::output::Output;
use super::{CARRIED, MANIFEST, NOISE, swap};

/// What decides every byte of the site: sources, theme, tool, options. Equal digests mean equal sites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputDigest(String);

impl InputDigest {
    /// Over the parts in their order.
    pub fn new(parts: &[&[u8]]) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Self(hasher.finalize().to_hex().to_string())
    }
}

impl fmt::Display for InputDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What the manifest says of one published file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublishedFile {
    /// In bytes.
    pub size: u64,
    pub sha256: [u8; 32],
}

/// The manifest of a published folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// Of the tool that published.
    pub version: String,
    pub input: InputDigest,
    /// How many warnings there were: the same input has them still.
    pub warnings: usize,
    /// By path below the output folder, with forward slashes.
    pub files: BTreeMap<String, PublishedFile>,
}

impl Manifest {
    /// Reads the manifest of a published folder. `None` where there is none, or where it is another tool's.
    ///
    /// # Errors
    /// [`PublishError::Manifest`] where it is this tool's and cannot be understood.
    pub fn read(folder: &Path) -> Result<Option<Self>, PublishError> {
        Self::read_file(&folder.join(MANIFEST))
    }

    /// The same, of a manifest that is kept under any name.
    pub(super) fn read_file(path: &Path) -> Result<Option<Self>, PublishError> {
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(PublishError::Io { path: path.to_owned(), error }),
        };
        let damaged = |reason: String| PublishError::Manifest { path: path.to_owned(), reason };
        let document: Document<EntryIn> = match serde_json::from_reader(BufReader::with_capacity(256 * 1024, file)) {
            Ok(document) => document,
            Err(error) if error.is_data() => return Ok(None),
            Err(error) => return Err(damaged(error.to_string())),
        };
        if document.generator != GENERATOR {
            return Ok(None);
        }
        if document.format != FORMAT {
            return Err(damaged(format!("format {}", document.format)));
        }
        let mut files = BTreeMap::new();
        for entry in document.files {
            let sha256 = from_hex(&entry.sha256).ok_or_else(|| damaged(format!("sha256 of {}", entry.path)))?;
            files.insert(entry.path, PublishedFile { size: entry.size, sha256 });
        }
        Ok(Some(Self {
            version: document.version,
            input: InputDigest(document.input),
            warnings: document.warnings,
            files,
        }))
    }
}

/// The output folder as the last run left it.
#[derive(Clone, Debug)]
pub struct Published {
    pub(super) output: Output,
    /// `None` where nothing has been published yet.
    pub(super) manifest: Option<Manifest>,
}

impl Published {
    /// Repairs what an interrupted run left behind, and reads the manifest. Otherwise nothing is written.
    ///
    /// # Errors
    /// [`PublishError::Unrecorded`] where the folder holds files and no manifest of this tool, and whatever hinders
    /// reading or repairing.
    pub fn open(output: Output) -> Result<Self, PublishError> {
        swap::repair(&output)?;
        Self::read(output)
    }

    pub(super) fn read(output: Output) -> Result<Self, PublishError> {
        let manifest = Manifest::read(output.folder())?;
        if manifest.is_none() {
            let (names, more) = shortened(top_level_names(output.folder())?);
            if !names.is_empty() {
                return Err(PublishError::Unrecorded { folder: output.folder().to_owned(), names, more });
            }
        }
        Ok(Self { output, manifest })
    }

    pub fn output(&self) -> &Output {
        &self.output
    }

    pub fn manifest(&self) -> Option<&Manifest> {
        self.manifest.as_ref()
    }

    /// Whether the folder holds what this input makes: the same digest, by the same version, and every file there
    /// with its size, none of them written after the manifest, which is written last.
    pub fn is_current(&self, input: &InputDigest) -> bool {
        let Some(manifest) = &self.manifest else { return false };
        let folder = self.output.folder();
        let Ok(published_at) = fs::metadata(folder.join(MANIFEST)).and_then(|about| about.modified()) else {
            return false;
        };
        let untouched = |path: &Path| {
            fs::symlink_metadata(path).and_then(|about| about.modified()).is_ok_and(|time| time <= published_at)
        };
        manifest.input == *input
            && manifest.version == VERSION
            && manifest.files.par_iter().all(|(path, file)| {
                let disk = folder.join(path);
                is_there(&disk, file) && untouched(&disk)
            })
    }

    /// Refuses where a file in the folder is neither in the manifest nor a note that is carried over.
    pub(super) fn refuse_foreign_files(&self) -> Result<(), PublishError> {
        let Some(manifest) = &self.manifest else { return Ok(()) };
        let folder = self.output.folder();
        let mut foreign = Vec::new();
        for entry in walkdir::WalkDir::new(folder).min_depth(1).sort_by_file_name() {
            let entry = entry.map_err(|error| PublishError::Io { path: folder.to_owned(), error: error.into() })?;
            let name = entry.file_name().to_string_lossy();
            let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let path = below.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
            let known = entry.file_type().is_dir()
                || manifest.files.contains_key(&path)
                || path == MANIFEST
                || CARRIED.contains(&path.as_str())
                || NOISE.contains(&name.as_ref());
            if !known {
                foreign.push(path);
            }
        }
        let (names, more) = shortened(foreign);
        match names.is_empty() {
            true => Ok(()),
            false => Err(PublishError::Foreign { folder: folder.to_owned(), names, more }),
        }
    }
}

/// What the manifest keeps of a publication beside its files.
#[derive(Clone, Copy)]
pub struct Record<'r> {
    pub input: &'r InputDigest,
    /// How many warnings there were.
    pub warnings: usize,
    /// The source files that the file at a path was made of. Asked when the manifest is written: nothing holds the
    /// answers for all files.
    pub sources: &'r dyn Fn(&str) -> Vec<String>,
}

impl fmt::Debug for Record<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record").field("input", &self.input).field("warnings", &self.warnings).finish_non_exhaustive()
    }
}

/// Writes the manifest, one file a line, without holding it as a whole.
pub(super) fn write<'a>(
    out: &mut dyn Write,
    record: &Record<'_>,
    files: impl Iterator<Item = (&'a str, PublishedFile)>,
) -> io::Result<()> {
    write_of(VERSION, out, record, files)
}

/// The manifest of some files of a published folder, whose own manifest is `whole` in the file `list`. `part` says which;
/// its input is another one, so that no build takes the part for the whole.
pub(super) fn part<'a>(
    list: &Path,
    whole: &Manifest,
    part: &str,
    files: impl Iterator<Item = (&'a str, PublishedFile)>,
) -> io::Result<Vec<u8>> {
    let document: Document<EntryOf> = serde_json::from_reader(BufReader::new(File::open(list)?))?;
    let sources: BTreeMap<String, Vec<String>> =
        document.files.into_iter().map(|entry| (entry.path, entry.sources)).collect();
    let sources = |path: &str| sources.get(path).cloned().unwrap_or_default();
    let input = InputDigest::new(&[whole.input.0.as_bytes(), b"part", part.as_bytes()]);
    let record = Record { input: &input, warnings: whole.warnings, sources: &sources };
    let mut bytes = Vec::new();
    write_of(&whole.version, &mut bytes, &record, files)?;
    Ok(bytes)
}

fn write_of<'a>(
    version: &str,
    out: &mut dyn Write,
    record: &Record<'_>,
    files: impl Iterator<Item = (&'a str, PublishedFile)>,
) -> io::Result<()> {
    let head = [("version", version), ("input", record.input.0.as_str())];
    write!(out, "{{\n\"generator\": {},\n\"format\": {FORMAT},\n", serde_json::to_string(GENERATOR)?)?;
    for (key, value) in head {
        writeln!(out, "\"{key}\": {},", serde_json::to_string(value)?)?;
    }
    write!(out, "\"warnings\": {},\n\"files\": [", record.warnings)?;
    let mut separator = "\n";
    for (path, file) in files {
        out.write_all(separator.as_bytes())?;
        separator = ",\n";
        let sha256 = to_hex(&file.sha256);
        let sources = (record.sources)(path);
        serde_json::to_writer(&mut *out, &EntryOut { path, size: file.size, sha256: &sha256, sources: &sources })?;
    }
    out.write_all(b"\n]\n}\n")
}

/// Whether a file stands where the manifest says, as a file of that size.
pub(super) fn is_there(disk: &Path, file: &PublishedFile) -> bool {
    fs::symlink_metadata(disk).is_ok_and(|about| about.is_file() && about.len() == file.size)
}

const GENERATOR: &str = "hyoka";
const FORMAT: u32 = 1;
const VERSION: &str = env!("CARGO_PKG_VERSION");

#[derive(Deserialize)]
struct Document<E> {
    generator: String,
    format: u32,
    version: String,
    input: String,
    #[serde(default)]
    warnings: usize,
    files: Vec<E>,
}

#[derive(Deserialize)]
struct EntryIn {
    path: String,
    size: u64,
    sha256: String,
}

/// What an entry of the manifest was made of.
#[derive(Deserialize)]
struct EntryOf {
    path: String,
    #[serde(default)]
    sources: Vec<String>,
}

#[derive(Serialize)]
struct EntryOut<'a> {
    path: &'a str,
    size: u64,
    sha256: &'a str,
    sources: &'a [String],
}

fn top_level_names(folder: &Path) -> Result<Vec<String>, PublishError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(PublishError::Io { path: folder.to_owned(), error }),
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(PublishError::io(folder))?.file_name().to_string_lossy().into_owned();
        if !CARRIED.contains(&name.as_str()) && !NOISE.contains(&name.as_str()) {
            names.push(name);
        }
    }
    names.sort_unstable();
    Ok(names)
}

/// The first names, and how many more there are.
fn shortened(mut names: Vec<String>) -> (Vec<String>, usize) {
    const NAMED: usize = 5;
    let more = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    (names, more)
}

pub(super) fn to_hex(bytes: &[u8; 32]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut hex, byte| {
        for nibble in [byte >> 4, byte & 15] {
            hex.extend(char::from_digit(u32::from(nibble), 16));
        }
        hex
    })
}

pub(super) fn from_hex(hex: &str) -> Option<[u8; 32]> {
    let digits: Option<Vec<u8>> = hex.chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect();
    let bytes: Vec<u8> = digits?.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| (byte << 4) | digit)).collect();
    (hex.len() == 64).then(|| bytes.try_into().ok()).flatten()
}
