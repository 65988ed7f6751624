//! What a watcher says of the source folders: where to look again.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Where something may have changed. Never a promise that it has, nor of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hints {
    /// At these paths alone, named as they are read: below the folders of [`super::SourceRoots`].
    Paths(BTreeSet<PathBuf>),
    /// Anywhere.
    Anything,
}

impl Hints {
    pub fn none() -> Self {
        Self::Paths(BTreeSet::new())
    }

    pub fn at(path: PathBuf) -> Self {
        Self::Paths(BTreeSet::from([path]))
    }

    /// Whether these say of a path that something may have happened there.
    pub fn name(&self, path: &Path) -> bool {
        matches!(self, Self::Paths(paths) if paths.contains(path))
    }

    /// Both together.
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Paths(mut paths), Self::Paths(more)) => {
                paths.extend(more);
                Self::Paths(paths)
            }
            _ => Self::Anything,
        }
    }
}
