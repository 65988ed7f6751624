//! The folder that is published into, and the ones that never are.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::error::{PublishError, Refusal};

/// Folders that publishing must not replace. Those that do not exist protect nothing.
#[derive(Clone, Debug, Default)]
pub struct Protected {
    /// The project: may hold the output folder, but not be it.
    pub root: PathBuf,
    /// content and themes: neither the output folder, nor in it, nor around it.
    pub sources: Vec<PathBuf>,
    pub home: Option<PathBuf>,
}

/// A folder that may be replaced: symbolic links resolved, all refusals passed. It need not exist yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    folder: PathBuf,
    name: OsString,
    parent: PathBuf,
}

impl Output {
    /// Looks at where the folder is, and not yet at what is in it; writes nothing.
    ///
    /// # Errors
    /// [`PublishError::Refused`] with the reason; [`PublishError::Io`] where a folder on the way cannot be looked at.
    pub fn open(folder: &Path, protected: &Protected) -> Result<Self, PublishError> {
        let folder = resolve(folder).map_err(PublishError::io(folder))?;
        let refuse = |why| Err(PublishError::Refused { folder: folder.clone(), why });
        let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) else {
            return refuse(Refusal::Top);
        };
        for source in &protected.sources {
            let source = resolve(source).map_err(PublishError::io(source))?;
            if folder.starts_with(&source) || source.starts_with(&folder) {
                return refuse(Refusal::Sources);
            }
        }
        let root = resolve(&protected.root).map_err(PublishError::io(&protected.root))?;
        if root.starts_with(&folder) {
            return refuse(Refusal::Project);
        }
        if let Some(home) = protected.home.as_deref().and_then(|home| resolve(home).ok())
            && home.starts_with(&folder)
        {
            return refuse(Refusal::Home);
        }
        if below(&root, &folder).components().any(|part| REPOSITORIES.iter().any(|name| part.as_os_str() == *name)) {
            return refuse(Refusal::Repository);
        }
        if folder.exists() {
            if !folder.is_dir() {
                return refuse(Refusal::NotAFolder);
            }
            if REPOSITORIES.iter().any(|name| folder.join(name).exists()) {
                return refuse(Refusal::Repository);
            }
            if is_mount_point(&folder, parent) {
                return refuse(Refusal::MountPoint);
            }
        }
        Ok(Self { name: name.to_owned(), parent: parent.to_owned(), folder })
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where a run works: beside the output folder, so on the same file system, and hidden.
    pub(super) fn work(&self) -> Work {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(".hyoka");
        Work { folder: self.parent.join(name) }
    }
}

/// The folder beside the output folder that holds everything a run needs; it exists only while one runs.
#[derive(Clone, Debug)]
pub(super) struct Work {
    pub folder: PathBuf,
}

impl Work {
    /// Held by the one run that publishes.
    pub fn lock(&self) -> PathBuf {
        self.folder.join("lock")
    }

    /// The new state of the site; complete once the marker stands.
    pub fn new_site(&self) -> PathBuf {
        self.folder.join("new")
    }

    /// The state that was replaced.
    pub fn old_site(&self) -> PathBuf {
        self.folder.join("old")
    }

    /// Stands from before the first rename of a swap until after the last.
    pub fn marker(&self) -> PathBuf {
        self.folder.join("swapping")
    }
}

/// Where version control keeps what it knows.
const REPOSITORIES: [&str; 3] = [".git", ".hg", ".svn"];

/// The part of a path below the project; all of it elsewhere.
fn below<'a>(root: &Path, folder: &'a Path) -> &'a Path {
    folder.strip_prefix(root).unwrap_or(folder)
}

/// The real path. What does not exist yet is added to the real path of what does.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    let mut missing = Vec::new();
    for ancestor in path.ancestors() {
        match fs::canonicalize(ancestor) {
            Ok(mut real) => {
                for part in missing.into_iter().rev() {
                    match part {
                        Component::ParentDir => {
                            real.pop();
                        }
                        part => real.push(part),
                    }
                }
                return Ok(real);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => missing.extend(ancestor.components().next_back()),
            Err(error) => return Err(error),
        }
    }
    Ok(path)
}

#[cfg(unix)]
fn is_mount_point(folder: &Path, parent: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::metadata(path).map(|about| about.dev());
    matches!((device(folder), device(parent)), (Ok(inner), Ok(outer)) if inner != outer)
}

#[cfg(not(unix))]
fn is_mount_point(_: &Path, _: &Path) -> bool {
    false
}
