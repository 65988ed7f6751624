//! Why nothing was packed, in both languages, with what to do.

use std::io;
use std::path::{Path, PathBuf};

use super::super::{PublishError, VerifyError};
use crate::diagnostic::Message;

/// Why nothing was packed.
#[derive(Debug)]
pub enum PackError {
    /// The folder could not be compared with its manifest.
    Unread(VerifyError),
    Manifest(PublishError),
    NoManifest {
        folder: PathBuf,
    },
    /// Files of the folder are not as they were published; by path.
    Differs {
        folder: PathBuf,
        paths: Vec<String>,
    },
    /// Nothing was published of that year; the editions that were.
    NoEdition {
        year: String,
        editions: Vec<String>,
    },
    /// The pack would stand in the published folder.
    Inside {
        path: PathBuf,
    },
    /// A file that is no pack stands where the pack is to be written.
    NoPack {
        path: PathBuf,
    },
    /// The system refused.
    Io {
        path: PathBuf,
        error: io::Error,
    },
}

impl PackError {
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |error| Self::Io { path: path.to_owned(), error }
    }

    /// What is wrong.
    pub fn message(&self) -> Message {
        match self {
            Self::Unread(error) => error.message(),
            Self::Manifest(error) => error.message(),
            Self::NoManifest { folder } => VerifyError::NoManifest { path: folder.clone() }.message(),
            Self::Differs { folder, paths } => {
                let (folder, count) = (folder.display(), paths.len());
                let first = paths.first().map_or("", String::as_str);
                Message::new(
                    format!("{folder} は公開したときのままではありません: {first} など {count} 件"),
                    format!("{folder} is not as it was published: {count} files differ, {first} for one"),
                )
            }
            Self::NoEdition { year, .. } => {
                Message::new(format!("{year}年度版は公開されていません"), format!("there is no edition of {year}"))
            }
            Self::Inside { path } => {
                let path = path.display();
                Message::new(
                    format!("公開したフォルダの中には書き出せません: {path}"),
                    format!("a pack cannot stand in the published folder: {path}"),
                )
            }
            Self::NoPack { path } => {
                let path = path.display();
                Message::new(
                    format!("{path} は hyoka pack のファイルではないため、置き換えません"),
                    format!("{path} is no pack of hyoka and is not replaced"),
                )
            }
            Self::Io { path, error } => {
                let path = path.display();
                Message::new(format!("書き出せません: {path}（{error}）"), format!("cannot pack: {path} ({error})"))
            }
        }
    }

    /// What to do.
    pub fn help(&self) -> Message {
        match self {
            Self::Unread(error) => error.help(),
            Self::Manifest(_) | Self::NoManifest { .. } => Message::new(
                "hyoka build で公開したフォルダを --from で指定してください。",
                "Name a folder that hyoka build published with --from.",
            ),
            Self::Differs { .. } => Message::new(
                "hyoka verify で違いを確かめ、hyoka build で作り直してください。",
                "See the differences with hyoka verify, and make the folder anew with hyoka build.",
            ),
            Self::NoEdition { editions, .. } => Message::new(
                format!("公開されている年度: {}", editions.join("、")),
                format!("Published: {}", editions.join(", ")),
            ),
            Self::Inside { .. } | Self::NoPack { .. } => {
                Message::new("--output に別の場所を指定してください。", "Name another place with --output.")
            }
            Self::Io { .. } => Message::new(
                "読み書きの権限と空き容量を確かめてください。",
                "See whether you may read and write there, and whether the disk has room.",
            ),
        }
    }
}
