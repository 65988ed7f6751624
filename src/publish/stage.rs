//! The staging folder: the new state of the site, built beside the published one.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::error::PublishError;
use super::manifest::{self, Published, PublishedFile, Record};
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
pub struct StagedFile<'p> {
    path: &'p str,
    file: PublishedFile,
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
    /// same, also where its size is. `memory` is what a file is kept in; whoever passes the same again spares the system
    /// from giving and taking it for each file.
    ///
    /// # Errors
    /// What `render` returned, [`PublishError::InvalidPath`], [`PublishError::Io`].
    pub fn write<'p, E: From<PublishError>>(
        &self,
        path: &'p str,
        memory: &mut Vec<u8>,
        render: impl FnOnce(&mut dyn Write) -> Result<(), E>,
    ) -> Result<StagedFile<'p>, E> {
        if !is_publishable(path) {
            return Err(PublishError::InvalidPath { path: path.to_owned() }.into());
        }
        let target = self.folder.join(path);
        let mut sink = Sink::new(&target, memory, IN_MEMORY);
        render(&mut sink)?;
        let rendered = sink.finish().map_err(PublishError::io(&target))?;
        Ok(self.settle(path, &target, rendered)?)
    }

    /// [`Stage::write`] for files that are rendered at once, each into the writer at its place.
    ///
    /// # Errors
    /// As [`Stage::write`].
    pub fn write_together<'p, E: From<PublishError>>(
        &self,
        paths: &[&'p str],
        render: impl FnOnce(&mut [&mut dyn Write]) -> Result<(), E>,
    ) -> Result<Vec<StagedFile<'p>>, E> {
        if let Some(path) = paths.iter().find(|path| !is_publishable(path)) {
            return Err(PublishError::InvalidPath { path: (*path).to_owned() }.into());
        }
        let targets: Vec<_> = paths.iter().map(|path| self.folder.join(path)).collect();
        let mut memory = vec![Vec::new(); paths.len()];
        let most = IN_MEMORY / paths.len().max(1);
        let sinks = targets.iter().zip(&mut memory).map(|(target, memory)| Sink::new(target, memory, most));
        let mut sinks: Vec<_> = sinks.collect();
        render(&mut sinks.iter_mut().map(|sink| sink as &mut dyn Write).collect::<Vec<_>>())?;
        let mut staged = Vec::with_capacity(paths.len());
        for ((path, target), sink) in paths.iter().zip(&targets).zip(sinks) {
            let rendered = sink.finish().map_err(PublishError::io(target))?;
            staged.push(self.settle(path, target, rendered)?);
        }
        Ok(staged)
    }

    /// Puts the new state in the place of the published folder.
    ///
    /// # Errors
    /// [`PublishError::InvalidPath`] where a path was written twice; [`PublishError::Io`]. The published folder is then
    /// as it was.
    pub fn publish(self, mut files: Vec<StagedFile>, record: &Record<'_>) -> Result<Outcome, PublishError> {
        files.sort_unstable_by(|a, b| a.path.cmp(b.path));
        if let Some([first, _]) = files.array_windows().find(|[a, b]| a.path == b.path) {
            return Err(PublishError::InvalidPath { path: first.path.to_owned() });
        }
        self.write_manifest(&files, record)?;
        self.carry_over()?;
        let outcome = self.outcome(&files);
        swap::swap(&self.published.output, self.lock.work())?;
        Ok(outcome)
    }

    /// Decides between the file that was rendered and a link to the published one.
    fn settle<'p>(&self, path: &'p str, target: &Path, rendered: Rendered<'_>) -> Result<StagedFile<'p>, PublishError> {
        let published = self.published.manifest.as_ref().and_then(|manifest| manifest.files.get(path));
        let before = self.published.output.folder().join(path);
        // The manifest says what was published; the file may have been edited or deleted since.
        let change = match published {
            Some(file) if *file == rendered.file && rendered.is_in(&before) => Change::Unchanged,
            _ => Change::Written,
        };
        let settled = match (change, rendered.kept) {
            (Change::Unchanged, Kept::InMemory(_)) => link(&before, target),
            (Change::Unchanged, Kept::OnDisk) => fs::remove_file(target).and_then(|()| link(&before, target)),
            (Change::Written, Kept::InMemory(bytes)) => create(target).and_then(|mut file| file.write_all(bytes)),
            (Change::Written, Kept::OnDisk) => Ok(()),
        };
        settled.map_err(PublishError::io(target))?;
        Ok(StagedFile { path, file: rendered.file, change })
    }

    fn write_manifest(&self, files: &[StagedFile<'_>], record: &Record<'_>) -> Result<(), PublishError> {
        let path = self.folder.join(MANIFEST);
        let entries = files.iter().map(|file| (file.path, file.file));
        let mut out = BufWriter::with_capacity(256 * 1024, create(&path).map_err(PublishError::io(&path))?);
        manifest::write(&mut out, record, entries).and_then(|()| out.flush()).map_err(PublishError::io(&path))
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

    fn outcome(&self, files: &[StagedFile<'_>]) -> Outcome {
        let unchanged = files.iter().filter(|file| file.change == Change::Unchanged).count();
        let is_staged = |path: &String| files.binary_search_by(|file| file.path.cmp(path.as_str())).is_ok();
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

/// Up to this size, in bytes, a file is compared in memory before it is written; files that are rendered at once share it.
const IN_MEMORY: usize = 1024 * 1024;

/// Keeps what is written in memory and, each time that this is full, moves it on to its file; hashed then.
struct Sink<'a> {
    target: &'a Path,
    memory: &'a mut Vec<u8>,
    /// How much of it may be used.
    most: usize,
    large: Option<Large>,
}

/// A file that is too large for the memory, as far as it is written.
struct Large {
    file: File,
    hasher: Sha256,
    size: u64,
}

struct Rendered<'a> {
    file: PublishedFile,
    kept: Kept<'a>,
}

enum Kept<'a> {
    InMemory(&'a [u8]),
    OnDisk,
}

impl Rendered<'_> {
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

impl<'a> Sink<'a> {
    fn new(target: &'a Path, memory: &'a mut Vec<u8>, most: usize) -> Self {
        memory.clear();
        Self { target, memory, most, large: None }
    }

    fn finish(mut self) -> io::Result<Rendered<'a>> {
        if self.large.is_some() {
            self.move_on()?;
        }
        let Self { memory, large, .. } = self;
        Ok(match large {
            Some(large) => {
                let file = PublishedFile { size: large.size, sha256: large.hasher.finalize().into() };
                Rendered { file, kept: Kept::OnDisk }
            }
            None => {
                let file = PublishedFile { size: memory.len() as u64, sha256: Sha256::digest(&*memory).into() };
                Rendered { file, kept: Kept::InMemory(memory) }
            }
        })
    }

    fn move_on(&mut self) -> io::Result<()> {
        let large = match &mut self.large {
            Some(large) => large,
            none => none.insert(Large { file: create(self.target)?, hasher: Sha256::new(), size: 0 }),
        };
        large.add(self.memory)?;
        self.memory.clear();
        Ok(())
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

impl Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.memory.len() + bytes.len() > self.most {
            self.move_on()?;
        }
        match &mut self.large {
            // What is too large by itself must not make the memory larger for good.
            Some(large) if bytes.len() > self.most => large.add(bytes)?,
            _ => self.memory.extend_from_slice(bytes),
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
