//! Looking again: which files are otherwise than when they were last read.

use std::collections::BTreeMap;

use super::{CONTENT, ContentHash, Hints, SourceError, SourceRoots, SourceTree, THEMES};
use crate::diagnostic::Report;

/// What was read last.
#[derive(Debug, Default)]
pub struct Seen {
    /// By the names of diagnostics: `content/2024/industry.yaml`.
    files: BTreeMap<String, ContentHash>,
    /// What was wrong with files that could not be read.
    problems: Report,
}

/// A look that found something new.
#[derive(Debug)]
pub struct Look {
    pub source: SourceTree,
    /// The names of files that came, went or have other bytes.
    pub changed: Vec<String>,
}

impl Seen {
    /// Looks at the folders again. `None` where everything is as it was last seen.
    ///
    /// What is wrong with single files goes into the report, as by [`SourceTree::read`], whether they changed or not.
    ///
    /// # Errors
    /// As [`SourceTree::read`]. Nothing counts as seen then.
    pub fn look(
        &mut self,
        roots: &SourceRoots,
        _hints: &Hints,
        report: &mut Report,
    ) -> Result<Option<Look>, SourceError> {
        let before = std::mem::take(self);
        let mut problems = Report::default();
        let source = SourceTree::read(&roots.content, &roots.themes, &mut problems)?;
        report.append(problems.clone());
        *self = Self { files: names(&source), problems };
        let gone = before.files.keys().filter(|name| !self.files.contains_key(*name));
        let new = self.files.iter().filter(|(name, hash)| before.files.get(*name) != Some(*hash)).map(|(name, _)| name);
        let mut changed: Vec<String> = gone.chain(new).cloned().collect();
        changed.sort_unstable();
        let same = changed.is_empty() && self.problems.iter().eq(before.problems.iter());
        Ok((!same).then_some(Look { source, changed }))
    }
}

fn names(source: &SourceTree) -> BTreeMap<String, ContentHash> {
    let content = source.content.iter().map(|file| (CONTENT, &file.path, file.hash));
    let assets = source.content_assets.iter().map(|file| (CONTENT, &file.path, file.hash));
    let themes = source.themes.iter().map(|file| (THEMES, &file.path, file.hash));
    content.chain(assets).chain(themes).map(|(root, path, hash)| (format!("{root}/{path}"), hash)).collect()
}
