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
            Self::Io { .. } => Message::new(
                "書き込みの権限と空き容量を確かめてください。",
                "Check that you may write there and that the disk has room.",
            ),
        }
    }
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
