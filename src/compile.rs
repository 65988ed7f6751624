//! The whole program between reading and writing.

use crate::content::{self, ContentFile};
use crate::diagnostic::{Place, Report, Stopped};
use crate::facts;
use crate::model::{Language, Portal};
use crate::site::{self, Site};
use crate::source::{SourceTree, TextFile};
use crate::theme::Theme;
use jiff::civil::Date;

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
    let SourceTree { content, content_assets, themes } = source;
    let files = content.into_iter().map(|TextFile { path, bytes, .. }| ContentFile { path, bytes }).collect();
    let assets = content_assets.iter().map(|asset| asset.path.clone()).collect();
    let mut portal = content::load(files, &assets, report)?;
    let theme = load_theme(&themes, options, &portal, report);
    portal.as_of = options.as_of;
    if options.drafts == Drafts::Hidden {
        portal = content::withheld::leave_out(portal, report)?;
    }
    facts::review(&portal, report);
    let theme = theme?;
    report.go_on()?;
    let facts = facts::derive(&portal);
    site::plan(portal, facts, theme, content_assets, report)
}

/// The problems of portal.yaml alone, which [`compile`] reports among others.
pub fn look_at_portal(source: &SourceTree, report: &mut Report) {
    if let Some(file) = source.content.iter().find(|file| content::files::is_portal(&file.path)) {
        content::look_at_portal(&ContentFile { path: file.path.clone(), bytes: file.bytes.clone() }, report);
    }
}

fn load_theme(
    files: &[TextFile],
    options: &CompileOptions,
    portal: &Portal,
    report: &mut Report,
) -> Result<Theme, Stopped> {
    let (name, asked) = match &options.theme {
        Some(name) => (name.as_str(), Place::whole("--theme")),
        None => (portal.theme.as_ref(), Place { file: "content/portal.yaml".into(), at: portal.theme_at }),
    };
    let paths: Vec<_> = files.iter().map(|file| (format!("themes/{}", file.path), file.bytes.as_slice())).collect();
    Theme::load(paths.iter().map(|(path, bytes)| (path.as_str(), *bytes)), name, asked, &languages(portal), report)
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
