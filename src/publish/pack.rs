//! A published site, or one edition of it, as one zip file: to be carried into a closed network or kept in an archive.
//!
//! The same published folder gives the same bytes on every machine: names in their order, no times, one compressor.

mod error;
mod extent;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

pub use error::PackError;

use super::manifest;
use super::sums::{self, PACK_NOTE, SUMS};
use super::verify::{DifferenceKind, described, verify};
use super::{MANIFEST, Manifest};
use crate::model::FiscalYear;

/// What a pack is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackExtent {
    /// The whole published folder.
    Portal,
    /// An edition, with all that its pages link to and that belongs to no other edition.
    Edition(FiscalYear),
}

/// A pack that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// How many files are in it.
    pub files: usize,
    /// Of the zip file, in bytes.
    pub size: u64,
    /// Of the zip file.
    pub sha256: String,
    /// Editions of the portal that are not in it.
    pub left_out: Vec<String>,
}

/// Packs a published folder, once it is sure that it holds what was published.
///
/// Beside the files of the manifest it has the manifest itself (of an edition: of what is in the pack), SHA256SUMS and a
/// note. An earlier pack of that name is replaced, when the new one is whole; any other file is not.
///
/// # Errors
/// [`PackError`]; what was there before is then as it was.
pub fn pack(folder: &Path, extent: PackExtent, output: &Path) -> Result<Pack, PackError> {
    let verification = verify(folder, None).map_err(PackError::Unread)?;
    let differs = |kind: &DifferenceKind| *kind != DifferenceKind::Foreign;
    let differing: Vec<_> =
        verification.differences.into_iter().filter(|of| differs(&of.kind)).map(|of| of.path).collect();
    if !differing.is_empty() {
        return Err(PackError::Differs { folder: folder.to_owned(), paths: differing });
    }
    let manifest = Manifest::read(folder).map_err(PackError::Manifest)?;
    let manifest = manifest.ok_or_else(|| PackError::NoManifest { folder: folder.to_owned() })?;
    refuse_inside(folder, output)?;
    let (entries, left_out) = entries(folder, &manifest, extent)?;
    write(output, folder, &entries).map(|(size, sha256)| Pack { files: entries.len(), size, sha256, left_out })
}

/// A file of the pack.
#[derive(Debug)]
enum Entry {
    /// As it was published.
    Published,
    /// Made for the pack.
    Made(Vec<u8>),
}

type Entries = BTreeMap<String, Entry>;

fn entries(folder: &Path, manifest: &Manifest, extent: PackExtent) -> Result<(Entries, Vec<String>), PackError> {
    let editions = extent::editions(manifest);
    let mut entries = Entries::new();
    let left_out = match extent {
        PackExtent::Portal => {
            entries.extend(manifest.files.keys().map(|path| (path.clone(), Entry::Published)));
            entries.insert(MANIFEST.to_owned(), Entry::Published);
            Vec::new()
        }
        PackExtent::Edition(year) => {
            let year = year.digits();
            if !editions.iter().any(|edition| edition == year) {
                return Err(PackError::NoEdition { year: year.to_owned(), editions });
            }
            entries.extend(extent::of_edition(folder, manifest, year)?);
            let part = part_manifest(folder, manifest, year, &entries)?;
            entries.insert(MANIFEST.to_owned(), Entry::Made(part));
            editions.iter().filter(|edition| *edition != year).cloned().collect()
        }
    };
    let note = extent::note(extent, &entries, &left_out);
    entries.insert(PACK_NOTE.to_owned(), Entry::Made(note.into_bytes()));
    let mut listed = BTreeMap::new();
    for (path, entry) in &entries {
        let sum = match (entry, manifest.files.get(path)) {
            (Entry::Published, Some(file)) => file.sha256,
            (Entry::Published, None) => {
                let path = folder.join(path);
                described(&path).map_err(PackError::io(&path))?.sha256
            }
            (Entry::Made(bytes), _) => Sha256::digest(bytes).into(),
        };
        listed.insert(path.as_str(), sum);
    }
    let list = sums::text(&listed);
    entries.insert(SUMS.to_owned(), Entry::Made(list.into_bytes()));
    Ok((entries, left_out))
}

/// The manifest of the files of an edition: such a folder can be verified, and no build takes it for its whole site.
fn part_manifest(folder: &Path, whole: &Manifest, year: &str, entries: &Entries) -> Result<Vec<u8>, PackError> {
    let files = entries.iter().filter_map(|(path, entry)| {
        let file = match entry {
            Entry::Published => *whole.files.get(path)?,
            Entry::Made(bytes) => {
                manifest::PublishedFile { size: bytes.len() as u64, sha256: Sha256::digest(bytes).into() }
            }
        };
        Some((path.as_str(), file))
    });
    let list = folder.join(MANIFEST);
    manifest::part(&list, whole, year, files).map_err(PackError::io(&list))
}

/// Says in the end record of a zip file that this tool made it.
const MARK: &str = "hyoka pack";

fn write(output: &Path, folder: &Path, entries: &Entries) -> Result<(u64, String), PackError> {
    if output.exists() && !is_pack(output).map_err(PackError::io(output))? {
        return Err(PackError::NoPack { path: output.to_owned() });
    }
    let mut name = std::ffi::OsString::from(".");
    name.push(output.file_name().ok_or_else(|| PackError::NoPack { path: output.to_owned() })?);
    name.push(".new");
    let new = output.with_file_name(name);
    let written = File::create(&new).and_then(|file| write_zip(file, folder, entries)).and_then(|()| described(&new));
    let described = written.map_err(|error| {
        let _ = fs::remove_file(&new);
        PackError::Io { path: output.to_owned(), error }
    })?;
    fs::rename(&new, output).map_err(PackError::io(output))?;
    Ok((described.size, manifest::to_hex(&described.sha256)))
}

fn write_zip(file: File, folder: &Path, entries: &Entries) -> io::Result<()> {
    let mut zip = ZipWriter::new(BufWriter::with_capacity(256 * 1024, file));
    zip.set_comment(MARK)?;
    for (path, entry) in entries {
        let disk = folder.join(path);
        let size = match entry {
            Entry::Published => fs::metadata(&disk)?.len(),
            Entry::Made(bytes) => bytes.len() as u64,
        };
        // Everything that would otherwise depend on the machine or the day is said.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(6))
            .last_modified_time(DateTime::DEFAULT)
            .unix_permissions(0o644)
            .system(System::Unix)
            .large_file(size >= u64::from(u32::MAX));
        zip.start_file(path.as_str(), options)?;
        match entry {
            Entry::Published => io::copy(&mut File::open(&disk)?, &mut zip).map(drop)?,
            Entry::Made(bytes) => zip.write_all(bytes)?,
        }
    }
    zip.finish()?.flush()
}

fn is_pack(path: &Path) -> io::Result<bool> {
    use std::io::{Read, Seek, SeekFrom};
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut end = Vec::new();
    file.seek(SeekFrom::Start(length.saturating_sub(MARK.len() as u64)))?;
    file.take(MARK.len() as u64).read_to_end(&mut end)?;
    Ok(end == MARK.as_bytes())
}

/// A pack in the published folder would be foreign to it, and uploaded with it.
fn refuse_inside(folder: &Path, output: &Path) -> Result<(), PackError> {
    let parent = output.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let real = |path: &Path| -> Result<PathBuf, PackError> { fs::canonicalize(path).map_err(PackError::io(path)) };
    match real(parent)?.starts_with(real(folder)?) {
        true => Err(PackError::Inside { path: output.to_owned() }),
        false => Ok(()),
    }
}
