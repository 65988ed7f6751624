//! Why nothing was published, in both languages, with what to do.

use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::Message;

/// Why nothing was published. The published folder is as it was.
#[derive(Debug)]
pub enum PublishError {
    /// The folder must not be replaced.
    Refused { folder: PathBuf, why: Refusal },
    /// The folder holds files that this tool did not make; the first of them by name.
    Foreign { folder: PathBuf, names: Vec<String>, more: usize },
    /// The folder holds files, and no manifest.json that says that this tool made them; the first of them by name.
    Unrecorded { folder: PathBuf, names: Vec<String>, more: usize },
    /// manifest.json is of this tool, but cannot be read.
    Manifest { path: PathBuf, reason: String },
    /// Another run is publishing into the same folder.
    Busy { folder: PathBuf },
    /// A path that cannot be part of the site: absolute, with `..`, reserved, or written twice.
    InvalidPath { path: String },
    /// A file that is no earlier report stands where a report is to be written.
    NoReport { path: PathBuf },
    /// The system refused.
    Io { path: PathBuf, error: io::Error },
}

/// Why a folder must not be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is, holds, or lies in content/ or themes/.
    Sources,
    /// It is the project folder, or one above it.
    Project,
    /// The home folder, or one above it.
    Home,
    /// The top of a file system.
    Top,
    /// A folder under version control, or one in which version control keeps its data (.git, .hg, .svn).
    Repository,
    /// Not a folder.
    NotAFolder,
    /// A file system is mounted there, so that it cannot change places with another folder.
    MountPoint,
}

impl PublishError {
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |error| Self::Io { path: path.to_owned(), error }
    }

    /// What is wrong.
    pub fn message(&self) -> Message {
        match self {
            Self::Refused { folder, why } => {
                let folder = folder.display();
                let (ja, en) = why.reason();
                Message::new(
                    format!("このフォルダには公開できません: {folder}（{ja}）"),
                    format!("this folder cannot be published into: {folder} ({en})"),
                )
            }
            Self::Foreign { folder, names, more } => {
                let folder = folder.display();
                let (ja, en) = listed(names, *more);
                Message::new(
                    format!("{folder} に、hyoka が作っていないファイルがあります: {ja}"),
                    format!("{folder} holds files that hyoka did not make: {en}"),
                )
            }
            Self::Unrecorded { folder, names, more } => {
                let folder = folder.display();
                let (ja, en) = listed(names, *more);
                Message::new(
                    format!(
                        "{folder} に hyoka の公開記録（manifest.json）がないため、中のファイルを置き換えてよいか分かりません: {ja}"
                    ),
                    format!(
                        "{folder} has no manifest.json of hyoka, so that nothing says whether its files may be replaced: {en}"
                    ),
                )
            }
            Self::Manifest { path, reason } => Message::new(
                format!("公開済みファイルの一覧が壊れています: {}（{reason}）", path.display()),
                format!("the list of published files is damaged: {} ({reason})", path.display()),
            ),
            Self::Busy { folder } => Message::new(
                format!("ほかの hyoka が {} に公開している途中です", folder.display()),
                format!("another hyoka is publishing into {}", folder.display()),
            ),
            Self::InvalidPath { path } => {
                Message::new(format!("公開できないパスです: {path}"), format!("this path cannot be published: {path}"))
            }
            Self::NoReport { path } => Message::new(
                format!("{} は確認の一覧ではないため、置き換えません", path.display()),
                format!("{} is no report of hyoka and is not replaced", path.display()),
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
            Self::Refused { why: Refusal::MountPoint, folder } => Message::new(
                format!("その中のフォルダを指定してください（--output {}）。", folder.join("site").display()),
                format!("Name a folder inside of it (--output {}).", folder.join("site").display()),
            ),
            Self::Refused { .. } => Message::new(
                "公開先のフォルダは毎回まるごと置き換わります。専用の空のフォルダを --output で指定してください。",
                "The output folder is replaced as a whole at every build. Name an empty folder of its own with --output.",
            ),
            Self::Foreign { .. } => Message::new(
                "消してしまわないよう、何も書き込みませんでした。これらを別の場所へ移すか、--output で別のフォルダを指定してください。\
                 サイトと一緒に公開するファイルは content/assets に置きます。",
                "Nothing was written, so that they are not lost. Move them elsewhere, or name another folder with --output. \
                 Files to be published with the site belong into content/assets.",
            ),
            Self::Unrecorded { .. } => Message::new(
                "何も書き込みませんでした。hyoka が公開したフォルダなら、manifest.json を控えから戻すか、フォルダごと別の場所へ\
                 移してから、もう一度 hyoka build を実行してください（サイトはすべて作り直されます）。\
                 ほかのファイルなら、--output で別のフォルダを指定してください。",
                "Nothing was written. If hyoka published this folder, restore manifest.json from a copy, or move the whole \
                 folder elsewhere, and run hyoka build again: it makes the whole site anew. If these are other files, name \
                 another folder with --output.",
            ),
            Self::Manifest { .. } => Message::new(
                "何も書き込みませんでした。manifest.json を控えから戻すか、フォルダごと別の場所へ移してから、もう一度 hyoka build を\
                 実行してください（サイトはすべて作り直されます）。",
                "Nothing was written. Restore manifest.json from a copy, or move the whole folder elsewhere, and run hyoka \
                 build again: it makes the whole site anew.",
            ),
            Self::Busy { .. } => Message::new(
                "もう一方が終わってから、もう一度実行してください。",
                "Wait until it has finished, then run the command again.",
            ),
            Self::InvalidPath { .. } => Message::new(
                "同じ名前のページやファイルが二つないか、名前に使えない文字がないかを確かめてください。",
                "Check that no two pages or files share the name and that it holds no forbidden characters.",
            ),
            Self::NoReport { .. } => {
                Message::new("--report に別のファイル名を指定してください。", "Name another file with --report.")
            }
            Self::Io { .. } => Message::new(
                "公開先のフォルダやファイルを開いているソフトを閉じ、書き込みの権限と空き容量を確かめてください。\
                 公開済みのサイトがあれば、元のままです。",
                "Close programs that hold the output folder or its files open; check that you may write and that the disk \
                 has room. Anything published before is as it was.",
            ),
        }
    }
}

/// The names in a row, Japanese and English.
fn listed(names: &[String], more: usize) -> (String, String) {
    let (ja, en) = (names.join("、"), names.join(", "));
    match more {
        0 => (ja, en),
        more => (format!("{ja}、ほか {more} 件"), format!("{en} and {more} more")),
    }
}

impl Refusal {
    const fn reason(self) -> (&'static str, &'static str) {
        match self {
            Self::Sources => ("原稿（content、themes）のフォルダと重なります", "it overlaps content or themes"),
            Self::Project => ("プロジェクトのフォルダそのものか、その上です", "it is the project folder, or above it"),
            Self::Home => ("ホームフォルダか、その上です", "it is the home folder, or above it"),
            Self::Top => ("ドライブの一番上です", "it is the top of a drive"),
            Self::Repository => (
                "バージョン管理のフォルダ（.git、.hg、.svn）か、その中です",
                "it is a folder of version control, or in one: .git, .hg or .svn",
            ),
            Self::NotAFolder => ("フォルダではありません", "it is not a folder"),
            Self::MountPoint => ("別の装置がマウントされた場所です", "another file system is mounted there"),
        }
    }
}
