//! The swap of the folders, the lock that keeps a second run out, and the repair of what an interrupted run left.
//!
//! A swap is two renames with a marker around them. Wherever it stops, the next run knows by the marker and by which
//! of the three folders exist what is left to do:
//!
//! | marker | output | new | old | |
//! |---|---|---|---|---|
//! | – | any | any | any | no swap was under way: leftovers are deleted |
//! | ○ | ○ | ○ | – | before the first rename: the published site stays, the new one is made again |
//! | ○ | – | ○ | any | between the renames: the new site, which is complete, takes its place |
//! | ○ | – | – | ○ | the old site goes back |
//! | ○ | ○ | any | any | after the second: leftovers are deleted |

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::error::PublishError;
use super::output::{Output, Work};

/// The one run that may publish into an output folder; the work folder disappears with it.
#[derive(Debug)]
pub(super) struct Lock {
    work: Work,
    file: Option<File>,
}

impl Lock {
    /// Makes the work folder, locks it, and finishes what an interrupted run left.
    pub fn take(output: &Output) -> Result<Self, PublishError> {
        let work = output.work();
        let path = work.lock();
        fs::create_dir_all(&work.folder).map_err(PublishError::io(&work.folder))?;
        let file =
            File::options().create(true).truncate(false).write(true).open(&path).map_err(PublishError::io(&path))?;
        let busy = || PublishError::Busy { folder: output.folder().to_owned() };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(busy()),
            Err(TryLockError::Error(error)) => return Err(PublishError::Io { path, error }),
        }
        if !is_same_file(&file, &path) {
            // The run before removed the lock between our opening and our locking it, and a third may hold a new one.
            return Err(busy());
        }
        let lock = Self { work, file: Some(file) };
        finish_interrupted(output, &lock.work)?;
        Ok(lock)
    }

    pub fn work(&self) -> &Work {
        &self.work
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // What cannot be deleted now is deleted by the next run; the site is not touched either way.
        if self.work.marker().exists() {
            // A swap that failed half-way: its folders are needed by the repair.
            return;
        }
        let _ = delete(&self.work.new_site());
        let _ = delete(&self.work.old_site());
        if cfg!(windows) {
            self.file = None;
        }
        let _ = fs::remove_file(self.work.lock());
        let _ = fs::remove_dir(&self.work.folder);
    }
}

/// Repairs what an interrupted run left; without such a run nothing is touched.
pub(super) fn repair(output: &Output) -> Result<(), PublishError> {
    if output.work().folder.exists() {
        Lock::take(output)?;
    }
    Ok(())
}

/// Puts the staged folder in the place of the output folder.
pub(super) fn swap(output: &Output, work: &Work) -> Result<(), PublishError> {
    let (folder, new_site, old_site, marker) = (output.folder(), work.new_site(), work.old_site(), work.marker());
    File::create(&marker).and_then(|file| file.sync_all()).map_err(PublishError::io(&marker))?;
    if folder.exists()
        && let Err(error) = fs::rename(folder, &old_site)
    {
        // Nothing has moved (a program holds the folder open): the published site stays.
        let _ = fs::remove_file(&marker);
        return Err(PublishError::Io { path: folder.to_owned(), error });
    }
    if let Err(error) = fs::rename(&new_site, folder) {
        if old_site.exists() && fs::rename(&old_site, folder).is_ok() {
            let _ = fs::remove_file(&marker);
        }
        return Err(PublishError::Io { path: folder.to_owned(), error });
    }
    fs::remove_file(&marker).map_err(PublishError::io(&marker))
}

fn finish_interrupted(output: &Output, work: &Work) -> Result<(), PublishError> {
    let (folder, new_site, old_site, marker) = (output.folder(), work.new_site(), work.old_site(), work.marker());
    if marker.exists() {
        if !folder.exists() {
            let complete = if new_site.exists() { &new_site } else { &old_site };
            if complete.exists() {
                fs::rename(complete, folder).map_err(PublishError::io(folder))?;
            }
        }
        fs::remove_file(&marker).map_err(PublishError::io(&marker))?;
    }
    for leftover in [new_site, old_site] {
        delete(&leftover).map_err(PublishError::io(&leftover))?;
    }
    Ok(())
}

/// Deletes a folder with all that is in it, its first level in parallel. One that is not there is fine.
fn delete(folder: &Path) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    entries.par_bridge().try_for_each(|entry| {
        let entry = entry?;
        if entry.file_type()?.is_dir() { fs::remove_dir_all(entry.path()) } else { fs::remove_file(entry.path()) }
    })?;
    fs::remove_dir(folder)
}

#[cfg(unix)]
fn is_same_file(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |about: fs::Metadata| (about.dev(), about.ino());
    matches!((file.metadata().map(id), fs::metadata(path).map(id)), (Ok(ours), Ok(named)) if ours == named)
}

#[cfg(not(unix))]
fn is_same_file(_: &File, path: &Path) -> bool {
    path.exists()
}
