//! The only reader of files: content/, themes/.
//!
//! Everything below is computed from one [`SourceTree`], so that a file that changes during a build is seen once, as
//! it was when it was read. Texts are held in memory; assets are hashed while they stream by and stay on disk. Whoever
//! looks again ([`Seen`]) reads again what may have changed, and nothing else.

mod again;
mod drive;
mod hints;
mod walk;

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::diagnostic::{Code, Diagnostic, Message, Place, Report};

pub use again::{Look, Seen};
pub use drive::silent_drive;
pub use hints::Hints;
pub use walk::SourceError;

/// A blake3 hash of the bytes of a file.
pub type ContentHash = [u8; 32];

/// No text is read that is larger, in bytes: a sheet has some kilobytes, and a slip should not fill the memory.
pub const MAX_TEXT_SIZE: u64 = 32 * 1024 * 1024;

/// Everything that was read. Each list is sorted by the bytes of its paths, and no path stands twice in one of them.
#[derive(Clone, Debug, Default)]
pub struct SourceTree {
    /// Sheets, portal.yaml, pages, ledgers: yaml, yml, md and csv outside of content/assets.
    pub content: Vec<TextFile>,
    /// Everything in content/assets.
    pub content_assets: Vec<AssetFile>,
    /// Templates, labels, stylesheets and assets of all themes. Empty where there is no themes folder.
    pub themes: Vec<TextFile>,
}

/// A file that was read whole.
#[derive(Clone, PartialEq, Eq)]
pub struct TextFile {
    /// Below its root, with forward slashes, in NFC: `2024/industry.yaml`, `standard/templates/base.html`.
    pub path: Arc<str>,
    /// `None` for a sheet that was read for an earlier look and has the same bytes. They need not be UTF-8: that is for
    /// the reader of the text to say, with a place.
    pub bytes: Option<Arc<Vec<u8>>>,
    pub hash: ContentHash,
}

/// A file that is published as it is.
#[derive(Clone, PartialEq, Eq)]
pub struct AssetFile {
    /// Below its root, with forward slashes, in NFC: `assets/logo.svg`, `standard/assets/mark.png`.
    pub path: String,
    /// Where its bytes are.
    pub disk: PathBuf,
    /// In bytes.
    pub size: u64,
    pub hash: ContentHash,
}

impl TextFile {
    pub fn new(path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self { path: path.into(), hash: *blake3::hash(&bytes).as_bytes(), bytes: Some(Arc::new(bytes)) }
    }

    /// Its bytes, as far as they are at hand.
    pub fn bytes(&self) -> &[u8] {
        self.bytes.as_ref().map(|bytes| bytes.as_slice()).unwrap_or_default()
    }
}

impl SourceTree {
    /// Reads both folders. `themes` need not exist.
    ///
    /// What is wrong with a single file goes into the report (`symlink-outside`, `unreadable-file`,
    /// `invalid-file-name`, `misplaced-file`, `url-collision`), and the file is left out.
    ///
    /// # Errors
    /// Where content is no folder, or a folder at the top cannot be listed.
    pub fn read(content: &Path, themes: &Path, report: &mut Report) -> Result<Self, SourceError> {
        let roots = SourceRoots { content: content.to_owned(), themes: themes.to_owned() };
        let look = Seen::default().look(&roots, &Hints::Anything, Duration::ZERO, report)?;
        Ok(look.map(|look| look.source).unwrap_or_default())
    }

    /// One hash over the path and the content of every file: equal digests mean equal input.
    pub fn digest(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        section(&mut hasher, self.content.iter().map(|file| (&*file.path, &file.hash)));
        section(&mut hasher, self.content_assets.iter().map(|file| (file.path.as_str(), &file.hash)));
        section(&mut hasher, self.themes.iter().map(|file| (&*file.path, &file.hash)));
        *hasher.finalize().as_bytes()
    }
}

/// Lengths go in before the bytes they count, so no two different lists feed the same bytes.
fn section<'a>(hasher: &mut blake3::Hasher, files: impl ExactSizeIterator<Item = (&'a str, &'a ContentHash)>) {
    hasher.update(&(files.len() as u64).to_le_bytes());
    for (path, hash) in files {
        hasher.update(&(path.len() as u64).to_le_bytes());
        hasher.update(path.as_bytes());
        hasher.update(hash);
    }
}

/// Copies an asset, and makes sure that it is still what was read.
///
/// # Errors
/// Where reading or writing fails, and ([`io::ErrorKind::InvalidData`]) where the file has changed since.
pub fn copy(asset: &AssetFile, to: &mut dyn Write) -> io::Result<()> {
    let (_, hash) = stream(&asset.disk, to)?;
    if hash == asset.hash {
        Ok(())
    } else {
        let place = asset.disk.display();
        Err(io::Error::new(io::ErrorKind::InvalidData, format!("{place}: changed while it was being published")))
    }
}

/// Where the folders are that diagnostics name as `content/…` and `themes/…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRoots {
    pub content: PathBuf,
    pub themes: PathBuf,
}

impl SourceRoots {
    /// The file on disk behind the file of a place. `None` for what is in neither folder, as a built-in theme.
    pub fn disk(&self, file: &str) -> Option<PathBuf> {
        let (root, below) = match file.split_once('/') {
            Some((CONTENT, below)) => (&self.content, below),
            Some((THEMES, below)) => (&self.themes, below),
            _ => return None,
        };
        if below.split('/').any(|part| part == "..") {
            return None;
        }
        Some(root.join(below))
    }
}

/// Reads a file of content/ or themes/ as it is now. `None` where it is not there (any more), or too large for a text.
pub fn text(roots: &SourceRoots, file: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(roots.disk(file)?).ok()?.take(MAX_TEXT_SIZE).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Whether there is a folder of content.
///
/// # Errors
/// As [`SourceTree::read`].
pub fn has_content(roots: &SourceRoots) -> Result<(), SourceError> {
    if roots.content.is_dir() { Ok(()) } else { Err(SourceError::NoContent(roots.content.clone())) }
}

/// Reads the line that a place names, for a diagnostic that has no excerpt. `None` where it is not there (any more).
pub fn line(roots: &SourceRoots, place: &Place) -> Option<String> {
    let index = (place.at.line as usize).checked_sub(1)?;
    let file = File::open(roots.disk(&place.file)?).ok()?;
    let bytes = BufReader::new(file.take(MAX_TEXT_SIZE)).split(b'\n').nth(index)?.ok()?;
    let line = String::from_utf8(bytes).ok()?;
    Some(line.trim_end_matches('\r').to_owned())
}

/// The first part of the file of a place ([`Place::file`]).
pub(crate) const CONTENT: &str = "content";
pub(crate) const THEMES: &str = "themes";

/// Copies a file to a writer: how many bytes it had, and their hash.
fn stream(disk: &Path, to: &mut dyn Write) -> io::Result<(u64, ContentHash)> {
    let mut file = File::open(disk)?;
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 64 * 1024];
    let mut size = 0;
    loop {
        let read = match file.read(&mut buffer) {
            Ok(0) => return Ok((size, *hasher.finalize().as_bytes())),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let chunk = buffer.get(..read).unwrap_or_default();
        hasher.update(chunk);
        to.write_all(chunk)?;
        size += read as u64;
    }
}

fn unreadable(root: &str, path: &str, error: &io::Error) -> Diagnostic {
    let message = Message::new(format!("ファイルを読めません: {error}"), format!("the file cannot be read: {error}"));
    Diagnostic::new(Code::UnreadableFile, whole_file(root, path), message).help(
        "ほかのソフトで開いていないか、読み取りの権限があるかを確かめてください。",
        "check that no other program holds the file open and that you may read it.",
    )
}

/// The place of a problem that is about a file as a whole: 1:1.
fn whole_file(root: &str, path: &str) -> Place {
    Place::whole(&format!("{root}/{path}"))
}

impl fmt::Debug for TextFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.bytes.as_ref().map(|bytes| bytes.len());
        write!(f, "TextFile({}, {size:?} bytes)", self.path)
    }
}

impl fmt::Debug for AssetFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AssetFile({}, {} bytes)", self.path, self.size)
    }
}

#[cfg(test)]
mod tests;
