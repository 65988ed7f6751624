//! Looking again: which files are otherwise than when they were last read.
//!
//! A file is read again where a hint names it or a folder above it, and where its size or its time of change differs. What the
//! hints mean is found out here: they are good enough to spare the walk through all folders where each names a file
//! that is known, and nothing more.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use rayon::prelude::*;

use super::walk::{self, Found, Kind};
use super::{
    AssetFile, CONTENT, ContentHash, Hints, MAX_TEXT_SIZE, SourceError, SourceRoots, SourceTree, THEMES, TextFile,
    stream, unreadable,
};
use crate::diagnostic::Report;

/// A file that changed so shortly before it was read may change once more within the same tick of the disk's clock
/// (2 s on FAT and some servers): its time says nothing yet.
const TICK: Duration = Duration::from_secs(3);

/// What was read last.
#[derive(Debug, Default)]
pub struct Seen {
    content: Vec<Entry>,
    themes: Vec<Entry>,
    /// What was wrong with files that could not be read, or are not.
    problems: Report,
    looks: Looks,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Looks {
    #[default]
    None,
    Some,
}

/// A look that found something new.
#[derive(Debug)]
pub struct Look {
    pub source: SourceTree,
    /// The names of files that came, went or have other bytes, and of files that are not read and of which something else
    /// is to be said than before; sorted.
    pub changed: Vec<String>,
}

/// A file that was read.
#[derive(Clone, Debug)]
struct Entry {
    path: Arc<str>,
    disk: PathBuf,
    kind: Kind,
    state: State,
    hash: ContentHash,
    /// Those of sheets are let go of after the look that read them: there are thousands of them.
    bytes: Option<Arc<Vec<u8>>>,
}

/// What tells without reading that a file has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct State {
    size: u64,
    /// Since 1970, where the system says; as long as [`TICK`] is not over, nothing.
    modified: Option<Duration>,
    /// What says of a file that took the place of another with the same size and time (a backup, `cp -p`) that it did.
    identity: [i64; 3],
}

/// What is otherwise, by the names of files.
type Changed = Vec<String>;

impl Seen {
    /// Looks at the folders again. `None` where everything is as it was last seen. `now` is the time since 1970.
    ///
    /// What is wrong with single files goes into the report, as by [`SourceTree::read`], whether they changed or not.
    ///
    /// # Errors
    /// As [`SourceTree::read`]. Nothing counts as seen then.
    pub fn look(
        &mut self,
        roots: &SourceRoots,
        hints: &Hints,
        now: Duration,
        report: &mut Report,
    ) -> Result<Option<Look>, SourceError> {
        let changed = match self.read_named(roots, hints, now) {
            Some(changed) => changed,
            None => self.read_all(roots, hints, now)?,
        };
        report.append(self.problems.clone());
        Ok(changed.map(|changed| Look { source: self.tree(), changed }))
    }

    /// Reads again the files that the hints name, where all of them are files that are known, or files that are not
    /// there and were not. `None` where a hint may mean more.
    fn read_named(&mut self, roots: &SourceRoots, hints: &Hints, now: Duration) -> Option<Option<Changed>> {
        let Hints::Paths(paths) = hints else { return None };
        if self.looks == Looks::None {
            return None;
        }
        let mut named = Vec::new();
        for path in paths {
            let (name, root) = match path.strip_prefix(&roots.content) {
                Ok(_) => (CONTENT, &roots.content),
                Err(_) => (THEMES, &roots.themes),
            };
            let below = path.strip_prefix(root).ok()?;
            if below.components().any(|part| walk::is_noise(part.as_os_str())) {
                continue;
            }
            let below = walk::path_below(root, path).ok()?;
            let entries = if name == CONTENT { &self.content } else { &self.themes };
            let there = fs::symlink_metadata(path);
            match entries.binary_search_by(|entry| (*entry.path).cmp(&below)) {
                Ok(at) if there.as_ref().is_ok_and(fs::Metadata::is_file) => {
                    let entry = entries.get(at).filter(|entry| entry.disk == *path)?;
                    named.push((name, at, entry.found()));
                }
                Ok(_) => return None,
                Err(at) => {
                    // A file that came and went, unless something of this name or below it was seen.
                    let is_absent = there.is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
                    let is_folder = entries.get(at).is_some_and(|next| is_below(&next.path, &below));
                    if !is_absent || is_folder || self.is_told_of(&format!("{name}/{below}")) {
                        return None;
                    }
                }
            }
        }
        let mut read = Vec::with_capacity(named.len());
        for (name, at, found) in named {
            read.push((name, at, read_one(found, now).ok()?));
        }
        let mut changed = Vec::new();
        for (name, at, read) in read {
            let entries = if name == CONTENT { &mut self.content } else { &mut self.themes };
            let entry = entries.get_mut(at)?;
            if entry.hash != read.hash {
                changed.push(format!("{name}/{}", read.path));
                *entry = read;
            }
        }
        changed.sort_unstable();
        Some((!changed.is_empty()).then_some(changed))
    }

    /// Walks through the folders, and reads what is new, hinted at or of another size or time.
    fn read_all(&mut self, roots: &SourceRoots, hints: &Hints, now: Duration) -> Result<Option<Changed>, SourceError> {
        let before = std::mem::take(self);
        let mut problems = Report::default();
        let mut changed = Vec::new();
        let found = walk::content(&roots.content, &mut problems)?;
        let content = read(CONTENT, found, &before.content, hints, now, &mut problems);
        let found = walk::themes(&roots.themes, &mut problems)?;
        let themes = read(THEMES, found, &before.themes, hints, now, &mut problems);
        differences(CONTENT, &before.content, &content, &mut changed);
        differences(THEMES, &before.themes, &themes, &mut changed);
        let told = |of: &Report, not: &Report| {
            of.since(not).iter().map(|told| told.place.file.to_string()).collect::<Vec<_>>()
        };
        changed.extend(told(&problems, &before.problems));
        changed.extend(told(&before.problems, &problems));
        changed.sort_unstable();
        changed.dedup();
        let same = before.looks == Looks::Some && changed.is_empty();
        *self = Self { content, themes, problems, looks: Looks::Some };
        Ok((!same).then_some(changed))
    }

    /// Everything as it was read, and lets go of the bytes of sheets.
    fn tree(&mut self) -> SourceTree {
        let mut tree = SourceTree::default();
        for entry in &mut self.content {
            match entry.kind {
                Kind::Text => {
                    let is_sheet = entry.path.contains('/') && !entry.path.starts_with("pages/");
                    let bytes = if is_sheet { entry.bytes.take() } else { entry.bytes.clone() };
                    tree.content.push(TextFile { path: Arc::clone(&entry.path), bytes, hash: entry.hash });
                }
                Kind::Asset => tree.content_assets.push(AssetFile {
                    path: entry.path.to_string(),
                    disk: entry.disk.clone(),
                    size: entry.state.size,
                    hash: entry.hash,
                }),
            }
        }
        tree.themes = self.themes.iter().map(Entry::text).collect();
        tree
    }

    /// Whether something is said of a file that is not read, or of one below a folder.
    fn is_told_of(&self, name: &str) -> bool {
        self.problems.iter().any(|told| *told.place.file == *name || is_below(&told.place.file, name))
    }
}

impl Entry {
    fn found(&self) -> Found {
        Found { path: self.path.to_string(), disk: self.disk.clone(), kind: self.kind }
    }

    fn text(&self) -> TextFile {
        TextFile { path: Arc::clone(&self.path), bytes: self.bytes.clone(), hash: self.hash }
    }
}

impl State {
    fn of(about: &fs::Metadata, now: Duration) -> Self {
        let modified = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let modified = modified.filter(|modified| *modified + TICK < now);
        Self { size: about.len(), modified, identity: identity(about) }
    }
}

/// When something was last done to the file, and its number on the drive.
#[cfg(unix)]
fn identity(about: &fs::Metadata) -> [i64; 3] {
    use std::os::unix::fs::MetadataExt;
    [about.ctime(), about.ctime_nsec(), about.ino().cast_signed()]
}

/// When it was made.
#[cfg(not(unix))]
fn identity(about: &fs::Metadata) -> [i64; 3] {
    let made = about.created().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    [made.as_secs().cast_signed(), i64::from(made.subsec_nanos()), 0]
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// Reads what was found, in parallel; the order of the result is that of `found`, which is that of paths.
fn read(
    root: &str,
    found: Vec<Found>,
    before: &[Entry],
    hints: &Hints,
    now: Duration,
    problems: &mut Report,
) -> Vec<Entry> {
    let read: Vec<_> =
        found.into_par_iter().map(|found| (found.path.clone(), again(found, before, hints, now))).collect();
    let mut entries = Vec::with_capacity(read.len());
    for (path, read) in read {
        match read {
            Ok(entry) => entries.push(entry),
            Err(error) => problems.add(unreadable(root, &path, &error)),
        }
    }
    entries
}

/// A file as it was read before where nothing speaks for a change, else as it is.
fn again(found: Found, before: &[Entry], hints: &Hints, now: Duration) -> io::Result<Entry> {
    let known = before.binary_search_by(|entry| (*entry.path).cmp(&found.path)).ok().and_then(|at| before.get(at));
    let Some(known) = known.filter(|known| known.disk == found.disk && known.kind == found.kind) else {
        return read_one(found, now);
    };
    let is_hinted = match hints {
        Hints::Anything => false,
        Hints::Paths(_) => found.disk.ancestors().any(|path| hints.name(path)),
    };
    let state = State::of(&fs::metadata(&found.disk)?, now);
    if !is_hinted && state == known.state && state.modified.is_some() {
        return Ok(known.clone());
    }
    let read = read_one(found, now)?;
    // What is the same needs no bytes: they were given out before.
    Ok(if read.hash == known.hash { Entry { state: read.state, ..known.clone() } } else { read })
}

/// The names of what is in one of two lists only, or otherwise in both. Both are in the order of paths.
fn differences(root: &str, before: &[Entry], after: &[Entry], changed: &mut Changed) {
    let (mut old, mut new) = (before.iter().peekable(), after.iter().peekable());
    while let Some(path) = match (old.peek(), new.peek()) {
        (None, None) => None,
        (Some(entry), None) | (None, Some(entry)) => Some(&entry.path),
        (Some(old), Some(new)) => Some((&old.path).min(&new.path)),
    } {
        let old = old.next_if(|entry| entry.path == *path).map(|entry| entry.hash);
        let new = new.next_if(|entry| entry.path == *path).map(|entry| entry.hash);
        if old != new {
            changed.push(format!("{root}/{path}"));
        }
    }
}

fn read_one(found: Found, now: Duration) -> io::Result<Entry> {
    let about = fs::metadata(&found.disk)?;
    if !about.is_file() {
        // A pipe or a device would keep the reader waiting.
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    let state = State::of(&about, now);
    let Found { path, disk, kind } = found;
    match kind {
        Kind::Text => {
            let mut bytes = Vec::with_capacity(about.len().min(MAX_TEXT_SIZE) as usize);
            File::open(&disk)?.take(MAX_TEXT_SIZE + 1).read_to_end(&mut bytes)?;
            if bytes.len() as u64 > MAX_TEXT_SIZE {
                return Err(io::Error::new(io::ErrorKind::FileTooLarge, "larger than 32 MiB"));
            }
            let TextFile { path, bytes, hash } = TextFile::new(&path, bytes);
            Ok(Entry { path, disk, kind, state, hash, bytes })
        }
        Kind::Asset => {
            let (size, hash) = stream(&disk, &mut io::sink())?;
            Ok(Entry { path: path.into(), disk, kind, state: State { size, ..state }, hash, bytes: None })
        }
    }
}

#[cfg(test)]
mod tests;
