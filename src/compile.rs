//! The whole program between reading and writing.

use crate::content;
use crate::diagnostic::{Place, Report, Stopped};
use crate::facts;
use crate::model::{Language, Portal};
use crate::site::{self, Site};
use crate::source::{ContentHash, SourceTree, TextFile};
use crate::theme::Theme;
use jiff::civil::Date;
use std::sync::Arc;

/// What the command line decides about a run; part of the input digest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompileOptions {
    /// In place of the theme that portal.yaml names.
    pub theme: Option<String>,
    pub drafts: Drafts,
    /// The day that decides which sheets with `publish_on` are for the public (`--as-of`); without one, none is.
    pub as_of: Option<Date>,
}

/// Whether sheets that are not for the public yet are there, drafts and those that wait for their day (`--drafts`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Drafts {
    #[default]
    Hidden,
    Shown,
}

/// From what was read to a site that can be rendered. No file, no clock, no environment: the same input gives the same
/// site.
///
/// # Errors
/// Every problem of content and theme is in the report before it stops.
pub fn compile(source: SourceTree, options: &CompileOptions, report: &mut Report) -> Result<Site, Stopped> {
    compile_again(source, options, &mut Kept::default(), report)
}

/// What one compile leaves to the next with the same options: every value that follows from a part of the sources
/// alone. Empty at first.
#[derive(Debug, Default)]
pub struct Kept {
    content: content::Kept,
    /// Of portal.yaml, which everything below follows from, too.
    settings: Option<ContentHash>,
    theme: Option<KeptTheme>,
    facts: facts::Kept,
    routes: site::Kept,
}

impl Kept {
    /// How many files could not be read because the source held no bytes of them; what the compile gave is void then.
    pub fn lacking(&self) -> usize {
        self.content.lacking()
    }
}

#[derive(Debug)]
struct KeptTheme {
    name: Box<str>,
    asked: Place,
    languages: Vec<Language>,
    files: Vec<(Arc<str>, ContentHash)>,
    theme: Result<Arc<Theme>, Stopped>,
    problems: Report,
}

/// [`compile`], which takes over what follows from files that are as they were: the same site and the same report, in
/// the time that the others take.
///
/// # Errors
/// As [`compile`].
pub fn compile_again(
    source: SourceTree,
    options: &CompileOptions,
    kept: &mut Kept,
    report: &mut Report,
) -> Result<Site, Stopped> {
    let SourceTree { content, content_assets, themes } = source;
    let assets = content_assets.iter().map(|asset| asset.path.clone()).collect();
    let portal = content::load(content, &assets, &mut kept.content, report);
    if kept.content.settings() != kept.settings {
        kept.settings = kept.content.settings();
        kept.facts = facts::Kept::default();
        kept.routes.clear();
    }
    let mut portal = portal?;
    portal.as_of = options.as_of;
    let asked = Asked::new(options, &portal);
    let mut about_theme = Report::default();
    let mut about_facts = Report::default();
    let (theme, facts) = rayon::join(
        || load_theme(&themes, asked, &mut kept.theme, &mut about_theme),
        || -> Result<_, Stopped> {
            if options.drafts == Drafts::Hidden {
                portal = content::withheld::leave_out(portal, &mut about_facts)?;
            }
            facts::review(&portal, &mut kept.facts, &mut about_facts);
            about_facts.go_on()?;
            let facts = facts::derive_again(&portal, &mut kept.facts);
            facts::ask_about_early_targets(&portal, &facts, &mut about_facts);
            Ok((portal, facts))
        },
    );
    report.append(about_theme);
    report.append(about_facts);
    let (theme, (portal, facts)) = (theme?, facts?);
    report.go_on()?;
    site::plan(portal, facts, theme, content_assets, &mut kept.routes, report)
}

/// The problems of portal.yaml alone, which [`compile`] reports among others.
pub fn look_at_portal(source: &SourceTree, report: &mut Report) {
    if let Some(file) = source.content.iter().find(|file| content::files::is_portal(&file.path)) {
        content::look_at_portal(file, report);
    }
}

/// Which theme is asked for, where, and the languages it has to speak.
struct Asked {
    name: Box<str>,
    place: Place,
    languages: Vec<Language>,
}

impl Asked {
    fn new(options: &CompileOptions, portal: &Portal) -> Self {
        let (name, place) = match &options.theme {
            Some(name) => (name.as_str(), Place::whole("--theme")),
            None => {
                (portal.theme.as_ref(), Place { file: format!("content/{}", portal.path).into(), at: portal.theme_at })
            }
        };
        Self { name: name.into(), place, languages: languages(portal) }
    }
}

fn load_theme(
    files: &[TextFile],
    asked: Asked,
    kept: &mut Option<KeptTheme>,
    report: &mut Report,
) -> Result<Arc<Theme>, Stopped> {
    let Asked { name, place: asked, languages } = asked;
    let same = |kept: &&KeptTheme| {
        kept.name == name
            && kept.asked == asked
            && kept.languages == languages
            && kept.files.iter().map(|(path, hash)| (path, hash)).eq(files.iter().map(|file| (&file.path, &file.hash)))
    };
    if let Some(kept) = kept.as_ref().filter(same) {
        report.append(kept.problems.clone());
        return kept.theme.clone();
    }
    let paths: Vec<_> = files.iter().map(|file| (format!("themes/{}", file.path), file.bytes())).collect();
    let paths = paths.iter().map(|(path, bytes)| (path.as_str(), *bytes));
    let mut problems = Report::default();
    let theme = Theme::load(paths, &name, asked.clone(), &languages, &mut problems).map(Arc::new);
    report.append(problems.clone());
    let files = files.iter().map(|file| (Arc::clone(&file.path), file.hash)).collect();
    *kept = Some(KeptTheme { name, asked, languages, files, theme: theme.clone(), problems });
    theme
}

/// The site's languages, and the two that codes.csv explains its codes in.
fn languages(portal: &Portal) -> Vec<Language> {
    let mut languages = portal.languages.clone();
    for language in [Language::japanese(), Language::english()] {
        if !languages.contains(&language) {
            languages.push(language);
        }
    }
    languages
}
