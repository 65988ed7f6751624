//! The only writer into content/: what people go on editing is made here, and never overwritten.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::diagnostic::Message;

/// Why nothing was written.
#[derive(Debug)]
pub enum DraftError {
    /// The folder holds something already.
    NotEmpty(PathBuf),
    /// The file is there already.
    Exists(PathBuf),
    /// The file is another one than when it was read.
    ChangedSince(PathBuf),
    Io {
        path: PathBuf,
        error: io::Error,
    },
}

impl DraftError {
    pub fn message(&self) -> Message {
        match self {
            Self::NotEmpty(folder) => Message::new(
                format!("フォルダが空ではありません: {}", folder.display()),
                format!("the folder is not empty: {}", folder.display()),
            ),
            Self::Exists(path) => Message::new(
                format!("ファイルがもうあります: {}", path.display()),
                format!("the file is there already: {}", path.display()),
            ),
            Self::ChangedSince(path) => Message::new(
                format!("読んだあとに書き換えられています: {}", path.display()),
                format!("the file has been changed since it was read: {}", path.display()),
            ),
            Self::Io { path, error } => Message::new(
                format!("書き込めません: {}（{error}）", path.display()),
                format!("cannot write: {} ({error})", path.display()),
            ),
        }
    }

    /// What to do.
    pub fn help(&self) -> Message {
        match self {
            Self::NotEmpty(_) => Message::new(
                "何も書き込みませんでした。新しいフォルダの名前を指定してください。",
                "Nothing was written. Name a new folder.",
            ),
            Self::Exists(_) => Message::new("何も書き込みませんでした。", "Nothing was written."),
            Self::ChangedSince(_) => {
                Message::new("何も書き込みませんでした。もう一度実行してください。", "Nothing was written. Try again.")
            }
            Self::Io { .. } => Message::new(
                "書き込みの権限と空き容量を確かめてください。",
                "Check that you may write there and that the disk has room.",
            ),
        }
    }
}

/// Writes a file that is not there yet, whole or not at all.
///
/// # Errors
/// [`DraftError::Exists`], and then nothing was touched; [`DraftError::Io`].
pub fn write_new_file(path: &Path, text: &str) -> Result<(), DraftError> {
    let failed = |error| DraftError::Io { path: path.to_owned(), error };
    let mut file = match File::create_new(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            return Err(DraftError::Exists(path.to_owned()));
        }
        Err(error) => return Err(failed(error)),
    };
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    written.map_err(|error| {
        // Half a file would be taken for the whole one.
        let _ = fs::remove_file(path);
        failed(error)
    })
}

/// Writes files, given by path below the folder, into a folder that is new or empty but for hidden files.
///
/// # Errors
/// [`DraftError::NotEmpty`], before anything is written; [`DraftError::Io`].
pub fn write_new_folder(folder: &Path, files: &[(&str, String)]) -> Result<(), DraftError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| DraftError::Io { path, error }
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    for entry in fs::read_dir(folder).map_err(failed(folder))? {
        let name = entry.map_err(failed(folder))?.file_name();
        if !name.as_encoded_bytes().starts_with(b".") {
            return Err(DraftError::NotEmpty(folder.to_owned()));
        }
    }
    for (path, text) in files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(failed(parent))?;
        }
        File::create_new(&path).and_then(|mut file| file.write_all(text.as_bytes())).map_err(failed(&path))?;
    }
    Ok(())
}

/// A file whose author keeps it, and what is to stand in it.
#[derive(Clone, Debug)]
pub struct Change {
    pub path: PathBuf,
    /// What stood in it when it was read.
    pub before: Vec<u8>,
    pub after: Vec<u8>,
}

/// Writes files that are not there yet, and changes one that is: all of it or nothing.
///
/// # Errors
/// [`DraftError::Exists`] and [`DraftError::ChangedSince`], before anything is written; [`DraftError::Io`], and what had been written is
/// taken away again.
pub fn write_files(new: &[(PathBuf, Vec<u8>)], change: Option<&Change>) -> Result<(), DraftError> {
    if let Some((path, _)) = new.iter().find(|(path, _)| path.symlink_metadata().is_ok()) {
        return Err(DraftError::Exists(path.clone()));
    }
    if let Some(Change { path, before, .. }) = change {
        let now = fs::read(path).map_err(|error| DraftError::Io { path: path.clone(), error })?;
        if now != *before {
            return Err(DraftError::ChangedSince(path.clone()));
        }
    }
    let mut made = Made::default();
    let written = new.iter().try_for_each(|(path, bytes)| made.file(path, bytes));
    let written = written.and_then(|()| change.map_or(Ok(()), replace));
    if written.is_err() {
        made.take_away();
    }
    written
}

/// What was made so far.
#[derive(Default)]
struct Made {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

impl Made {
    fn file(&mut self, path: &Path, bytes: &[u8]) -> Result<(), DraftError> {
        let failed = |error| DraftError::Io { path: path.to_owned(), error };
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
            fs::create_dir(folder).map_err(failed)?;
            self.folders.push(folder.to_owned());
        }
        let mut file = File::create_new(path).map_err(failed)?;
        self.files.push(path.to_owned());
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)
    }

    /// As far as it goes: the reason of the failure is what is told.
    fn take_away(self) {
        for file in self.files {
            let _ = fs::remove_file(file);
        }
        for folder in self.folders {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Puts a whole new file in the place of the old one, so that no one ever reads half of it.
fn replace(change: &Change) -> Result<(), DraftError> {
    let failed = |error| DraftError::Io { path: change.path.clone(), error };
    // A link stays one.
    let path = fs::canonicalize(&change.path).map_err(failed)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let beside = path.with_file_name(format!(".{name}.new"));
    let written = File::create(&beside).and_then(|mut file| {
        file.write_all(&change.after)?;
        file.sync_all()?;
        fs::set_permissions(&beside, fs::metadata(&path)?.permissions())?;
        fs::rename(&beside, &path)
    });
    written.map_err(|error| {
        let _ = fs::remove_file(&beside);
        failed(error)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_one_file_cannot_be_written_none_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::write(at("portal.yaml"), "before").expect("written");
        let change = |before: &str| Change { path: at("portal.yaml"), before: before.into(), after: b"after".to_vec() };
        let new = |names: &[&str]| names.iter().map(|name| (at(name), b"new".to_vec())).collect::<Vec<_>>();
        // The folder of the second cannot be made, since its own parent is not there.
        let failed = write_files(&new(&["2025/a.yaml", "no/where/b.yaml"]), Some(&change("before")));
        assert!(matches!(failed, Err(DraftError::Io { .. })));
        assert!(!at("2025").exists());
        let stale = write_files(&new(&["2025/a.yaml"]), Some(&change("other")));
        assert!(matches!(stale, Err(DraftError::ChangedSince(_))) && !at("2025").exists());
        write_files(&new(&["2025/a.yaml"]), Some(&change("before"))).expect("written");
        assert_eq!(fs::read(at("portal.yaml")).expect("read"), b"after");
        let again = write_files(&new(&["2025/b.yaml", "2025/a.yaml"]), None);
        assert!(matches!(again, Err(DraftError::Exists(_))) && !at("2025/b.yaml").exists());
        let left: Vec<_> =
            fs::read_dir(folder.path()).expect("read").map(|entry| entry.expect("one").file_name()).collect();
        assert_eq!(left.len(), 2, "{left:?}");
    }
}
