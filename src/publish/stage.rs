//! The staging folder: the new state of the site, built beside the published one.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::error::PublishError;
use super::manifest::{self, InputDigest, Published, PublishedFile};
use super::swap::{self, Lock};
use super::{CARRIED, MANIFEST};

/// A new state of the site in the making. Dropped without [`Stage::publish`], it leaves no trace.
#[derive(Debug)]
pub struct Stage {
    published: Published,
    lock: Lock,
    folder: PathBuf,
}

/// The receipt for one file of the new state. Publishing takes exactly the files it gets receipts for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StagedFile {
    path: String,
    file: PublishedFile,
    sources: Vec<String>,
    change: Change,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Written,
    Unchanged,
}

/// What a publication did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// HTML files of the new state.
    pub pages: usize,
    /// All files of the new state, without the manifest and carried notes.
    pub files: usize,
    /// Files that are new or differ from before.
    pub written: usize,
    /// Files that are the same as before; their inode and time of change stayed.
    pub unchanged: usize,
    /// Files of the old state that are not in the new one.
    pub removed: usize,
}

impl Stage {
    /// Locks the output folder, makes sure that nothing foreign is in it, and opens an empty staging folder beside it.
    ///
    /// # Errors
    /// [`PublishError::Busy`] while another run publishes; [`PublishError::Foreign`] where the folder holds files that
    /// are neither in its manifest nor carried over; [`PublishError::Io`].
    pub fn open(published: Published) -> Result<Self, PublishError> {
        let lock = Lock::take(&published.output)?;
        // Read again under the lock: another run may have published since.
        let published = Published::read(published.output)?;
        published.refuse_foreign_files()?;
        let folder = lock.work().new_site();
        fs::create_dir(&folder).map_err(PublishError::io(&folder))?;
        Ok(Self { published, lock, folder })
    }

    /// Makes one file of the new state. May be called from many threads at once.
    ///
    /// `path` is below the output folder, with forward slashes. What `render` writes is hashed on its way and, up to a
    /// megabyte, compared before anything is written: a file that is the same as the published one becomes a hard link
    /// to it (a copy with its time where the system has no links). A published file that was edited by hand is not the
    /// same, also where its size is.
    ///
    /// # Errors
    /// What `render` returned, [`PublishError::InvalidPath`], [`PublishError::Io`].
    pub fn write<E: From<PublishError>>(
        &self,
        path: &str,
        sources: &[String],
        render: impl FnOnce(&mut dyn Write) -> Result<(), E>,
    ) -> Result<StagedFile, E> {
        if !is_publishable(path) {
            return Err(PublishError::InvalidPath { path: path.to_owned() }.into());
        }
        let mut sink = Sink::new(self.folder.join(path));
        render(&mut sink)?;
        Ok(self.settle(path, sources, sink)?)
    }

    /// Puts the new state in the place of the published folder. The manifest keeps what it was made from, and how many
    /// warnings there were.
    ///
    /// # Errors
    /// [`PublishError::InvalidPath`] where a path was written twice; [`PublishError::Io`]. The published folder is then
    /// as it was.
    pub fn publish(
        self,
        mut files: Vec<StagedFile>,
        input: &InputDigest,
        warnings: usize,
    ) -> Result<Outcome, PublishError> {
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        if let Some([first, _]) = files.array_windows().find(|[a, b]| a.path == b.path) {
            return Err(PublishError::InvalidPath { path: first.path.clone() });
        }
        self.write_manifest(&files, input, warnings)?;
        self.carry_over()?;
        let outcome = self.outcome(&files);
        swap::swap(&self.published.output, self.lock.work())?;
        Ok(outcome)
    }

    /// Decides between the file that was rendered and a link to the published one.
    fn settle(&self, path: &str, sources: &[String], sink: Sink) -> Result<StagedFile, PublishError> {
        let target = sink.target.clone();
        let failed = |error| PublishError::Io { path: target.clone(), error };
        let rendered = sink.finish().map_err(failed)?;
        let before = self.published.output.folder().join(path);
        let manifest = self.published.manifest.as_ref();
        let known = manifest.and_then(|manifest| manifest.files.get(path)).is_some_and(|file| *file == rendered.file);
        // The manifest says what was published; the file may have been edited or deleted since.
        let same = known && rendered.is_in(&before);
        let change = if same { Change::Unchanged } else { Change::Written };
        match (same, rendered.kept) {
            (true, Kept::InMemory(_)) => link(&before, &target).map_err(failed)?,
            (true, Kept::OnDisk) => {
                fs::remove_file(&target).and_then(|()| link(&before, &target)).map_err(failed)?;
            }
            (false, Kept::InMemory(bytes)) => {
                create(&target).and_then(|mut file| file.write_all(&bytes)).map_err(failed)?;
            }
            (false, Kept::OnDisk) => {}
        }
        Ok(StagedFile { path: path.to_owned(), file: rendered.file, sources: sources.to_vec(), change })
    }

    fn write_manifest(&self, files: &[StagedFile], input: &InputDigest, warnings: usize) -> Result<(), PublishError> {
        let path = self.folder.join(MANIFEST);
        let entries = files.iter().map(|file| (file.path.as_str(), file.file, file.sources.as_slice()));
        let mut out = BufWriter::with_capacity(256 * 1024, create(&path).map_err(PublishError::io(&path))?);
        manifest::write(&mut out, input, warnings, entries).and_then(|()| out.flush()).map_err(PublishError::io(&path))
    }

    fn carry_over(&self) -> Result<(), PublishError> {
        for name in CARRIED {
            let before = self.published.output.folder().join(name);
            let after = self.folder.join(name);
            if before.is_file() {
                link(&before, &after).map_err(PublishError::io(&after))?;
            }
        }
        Ok(())
    }

    fn outcome(&self, files: &[StagedFile]) -> Outcome {
        let unchanged = files.iter().filter(|file| file.change == Change::Unchanged).count();
        let is_staged = |path: &String| files.binary_search_by(|file| file.path.cmp(path)).is_ok();
        let before = self.published.manifest.iter().flat_map(|manifest| manifest.files.keys());
        Outcome {
            pages: files.iter().filter(|file| file.path.ends_with(".html")).count(),
            files: files.len(),
            written: files.len() - unchanged,
            unchanged,
            removed: before.filter(|path| !is_staged(path)).count(),
        }
    }
}

/// Relative, without `.` and `..`, nothing that a system reads another way, and none of the names that publishing
/// itself uses.
fn is_publishable(path: &str) -> bool {
    let ordinary = |part: &str| !part.is_empty() && part != "." && part != "..";
    path.split('/').all(ordinary) && !path.contains(['\\', ':', '\0']) && path != MANIFEST && !CARRIED.contains(&path)
}

/// Up to this size, in bytes, a file is compared in memory before it is written.
const IN_MEMORY: usize = 1024 * 1024;

/// Keeps what is written in memory, or, once it is large, in its file; hashed then.
struct Sink {
    target: PathBuf,
    memory: Vec<u8>,
    large: Option<Large>,
}

struct Large {
    file: BufWriter<File>,
    hasher: Sha256,
    size: u64,
}

struct Rendered {
    file: PublishedFile,
    kept: Kept,
}

enum Kept {
    InMemory(Vec<u8>),
    OnDisk,
}

impl Rendered {
    /// Whether a file holds exactly these bytes.
    fn is_in(&self, disk: &Path) -> bool {
        if !manifest::is_there(disk, &self.file) {
            return false;
        }
        match &self.kept {
            Kept::InMemory(bytes) => fs::read(disk).is_ok_and(|there| there == *bytes),
            Kept::OnDisk => {
                let mut hasher = Sha256::new();
                let copied = File::open(disk).and_then(|mut file| io::copy(&mut file, &mut hasher));
                copied.is_ok() && <[u8; 32]>::from(hasher.finalize()) == self.file.sha256
            }
        }
    }
}

impl Sink {
    fn new(target: PathBuf) -> Self {
        Self { target, memory: Vec::with_capacity(32 * 1024), large: None }
    }

    fn finish(self) -> io::Result<Rendered> {
        match self.large {
            Some(mut large) => {
                large.file.flush()?;
                let file = PublishedFile { size: large.size, sha256: large.hasher.finalize().into() };
                Ok(Rendered { file, kept: Kept::OnDisk })
            }
            None => {
                let sha256 = Sha256::digest(&self.memory).into();
                let file = PublishedFile { size: self.memory.len() as u64, sha256 };
                Ok(Rendered { file, kept: Kept::InMemory(self.memory) })
            }
        }
    }
}

impl Large {
    fn add(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.hasher.update(bytes);
        self.size += bytes.len() as u64;
        Ok(())
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.large {
            Some(large) => large.add(bytes)?,
            None if self.memory.len() + bytes.len() <= IN_MEMORY => self.memory.extend_from_slice(bytes),
            None => {
                let file = BufWriter::with_capacity(64 * 1024, create(&self.target)?);
                let mut large = Large { file, hasher: Sha256::new(), size: 0 };
                large.add(&std::mem::take(&mut self.memory))?;
                large.add(bytes)?;
                self.large = Some(large);
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A new file, with the folders above it. Never one that is there: it might be a link to a published file.
fn create(path: &Path) -> io::Result<File> {
    with_parent(path, || File::create_new(path))
}

fn link(from: &Path, to: &Path) -> io::Result<()> {
    with_parent(to, || match fs::hard_link(from, to) {
        Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::AlreadyExists) => {
            copy_with_time(from, to)
        }
        linked => linked,
    })
}

fn copy_with_time(from: &Path, to: &Path) -> io::Result<()> {
    fs::copy(from, to)?;
    File::options().write(true).open(to)?.set_modified(fs::metadata(from)?.modified()?)
}

/// Tries first and makes the folders only where they are missing: most files go where another went before.
fn with_parent<T>(path: &Path, attempt: impl Fn() -> io::Result<T>) -> io::Result<T> {
    match (attempt(), path.parent()) {
        (Err(error), Some(parent)) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(parent)?;
            attempt()
        }
        (result, _) => result,
    }
}
