//! The folders of a project as the arguments name them, and the two stages that build and check share.

use std::path::{Path, PathBuf};

use super::args::SourceArguments;
use super::as_of::AsOf;
use super::left_out;
use super::terminal::Terminal;
use crate::compile::{self, CompileOptions, Drafts};
use crate::content::withheld;
use crate::diagnostic::{Message, MessageLanguage, Report, Stopped, Strictness};
use crate::model::Withheld;
use crate::publish::{InputDigest, Protected};
use crate::serve::rounds::Rounds;
use crate::serve::watcher::{Noticing, Watcher, WhyLooking};
use crate::site::Site;
use crate::source::{self, SourceError, SourceRoots, SourceTree};

pub struct Project {
    root: PathBuf,
    roots: SourceRoots,
    /// With the day on which the program was started.
    options: CompileOptions,
    as_of: Option<AsOf>,
    strictness: Strictness,
}

impl Project {
    pub fn new(arguments: &SourceArguments) -> Self {
        let root = arguments.root.clone().unwrap_or_default();
        Self {
            roots: SourceRoots {
                content: arguments.content.clone().unwrap_or_else(|| root.join("content")),
                themes: root.join("themes"),
            },
            root,
            options: CompileOptions {
                theme: arguments.theme.clone(),
                drafts: if arguments.drafts { Drafts::Shown } else { Drafts::Hidden },
                as_of: arguments.as_of.map(AsOf::day),
            },
            as_of: arguments.as_of,
            strictness: if arguments.strict { Strictness::Warnings } else { Strictness::Errors },
        }
    }

    pub fn terminal(&self, arguments: &SourceArguments, language: MessageLanguage) -> Terminal {
        Terminal::new(arguments.format, language, self.roots.clone())
    }

    pub fn roots(&self) -> &SourceRoots {
        &self.roots
    }

    pub fn report(&self) -> Report {
        Report::new(self.strictness)
    }

    /// Looks at the sources again and again, from today's day.
    pub fn rounds(&self) -> Rounds {
        let (options, as_of) = (self.options.clone(), self.as_of);
        let options = move || CompileOptions { as_of: as_of.map(AsOf::day), ..options.clone() };
        Rounds::new(self.roots.clone(), options, self.strictness)
    }

    pub fn watcher(&self, noticing: Noticing) -> (Watcher, Option<WhyLooking>) {
        Watcher::new(&self.roots, noticing)
    }

    /// Whether there is a folder of content to look at.
    ///
    /// # Errors
    /// As [`SourceTree::read`].
    pub fn has_content(&self) -> Result<(), SourceError> {
        source::has_content(&self.roots)
    }

    pub fn read(&self, report: &mut Report) -> Result<SourceTree, SourceError> {
        SourceTree::read(&self.roots.content, &self.roots.themes, report)
    }

    pub fn compile(&self, source: SourceTree, report: &mut Report) -> Result<Site, Stopped> {
        compile::compile(source, &self.options, report)
    }

    /// The sheets that are not for the public on the day that was named, by their files below content/.
    pub fn withheld(&self, source: &SourceTree) -> Vec<(String, Withheld)> {
        let files: Vec<_> = source.content.iter().map(|file| (&*file.path, file.bytes())).collect();
        let found = withheld::among(&files, self.options.as_of);
        found.into_iter().map(|(path, why)| (path.to_owned(), why)).collect()
    }

    /// The same, of a site that is made of the sources.
    pub fn withheld_of(&self, site: &Site) -> Vec<(String, Withheld)> {
        let portal = site.portal();
        let sheets = portal.policies.iter().flat_map(|policy| &policy.sheets).chain(&portal.left_out);
        let mut withheld: Vec<_> =
            sheets.filter_map(|sheet| Some((sheet.path.to_string(), portal.withheld(sheet)?))).collect();
        withheld.sort_unstable();
        withheld
    }

    /// Of everything that decides a byte of the site: the sources, this build of the tool, the options. Of the day, only
    /// what it decides: as long as no sheet's day comes, tomorrow's site is today's.
    pub fn input(&self, sources: &[u8; 32], withheld: &[(String, Withheld)]) -> InputDigest {
        let (theme, drafts) = (&self.options.theme, self.options.drafts);
        let options = format!("{theme:?} {drafts:?} {withheld:?}");
        InputDigest::new(&[sources, env!("HYOKA_BUILD").as_bytes(), options.as_bytes()])
    }

    /// What to know about these sheets at the end of a run: that they are in it, or that they are not.
    pub fn about_withheld(&self, withheld: &[(String, Withheld)]) -> Option<Message> {
        match self.options.drafts {
            Drafts::Shown => Some(left_out::drafts_are_in_it(withheld)),
            Drafts::Hidden => left_out::left_out(withheld, self.options.as_of),
        }
    }

    /// The output folder: below the root unless it is named. Drafts go into a folder of their own, so that nobody uploads
    /// them by accident with what is published.
    pub fn output(&self, given: Option<&Path>) -> PathBuf {
        let unnamed = match self.options.drafts {
            Drafts::Hidden => "output",
            Drafts::Shown => "preview",
        };
        given.map_or_else(|| self.root.join(unnamed), Path::to_owned)
    }

    pub fn protected(&self) -> Protected {
        let root = if self.root.as_os_str().is_empty() { PathBuf::from(".") } else { self.root.clone() };
        let sources = vec![self.roots.content.clone(), self.roots.themes.clone()];
        Protected { root, sources, home: std::env::home_dir().filter(|home| !home.as_os_str().is_empty()) }
    }
}

/// Runs with as many threads as asked for; with all where none are named.
pub fn with_threads<T: Send>(jobs: Option<u16>, work: impl FnOnce() -> T + Send) -> T {
    match jobs.map(|jobs| rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs)).build()) {
        Some(Ok(pool)) => pool.install(work),
        // A system that grants no threads of our own still has the common ones.
        Some(Err(_)) | None => work(),
    }
}
