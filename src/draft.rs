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
