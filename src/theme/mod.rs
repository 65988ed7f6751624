//! The theme: templates (minified once, when loaded), labels, assets, inheritance, filters.
//!
//! A theme is a folder: `theme.yaml` (what it inherits from, its colours), `templates/`, `labels/<language>.yaml` and
//! `assets/`. Every theme inherits from the built-in one, directly or by way of others, file by file: what it does not
//! have comes from there. A template of it may also change single blocks of the one it hides:
//! `{% extends "standard/base.html" %}`.

mod assets;
pub mod colours;
pub mod contrast;
mod filters;
mod html;
mod labels;
mod lint;
mod manifest;
mod markup;
mod minify;
mod scan;
#[cfg(feature = "minify")]
mod smaller;
mod source;
mod template_error;
mod templates;
mod whitespace;
mod words;

use std::io::Write;

use serde::Serialize;

pub use assets::Asset;
pub use html::{Html, Markup, Ready};
pub use labels::Labels;
pub use manifest::{Logo, LogoFile};
pub use source::STANDARD;
pub use templates::RenderError;
pub(crate) use words::html as words_html;
pub use words::{Shown, Words};

use crate::diagnostic::{Place, Report, Stopped};
use crate::model::{Language, Text};
use colours::Palette;
use labels::Languages;
use source::Chain;
use templates::Templates;

/// A theme, ready to render: nothing in it changes any more, and every thread may use it.
#[derive(Debug)]
pub struct Theme {
    templates: Templates,
    /// In the order of the site's languages.
    labels: Languages,
    assets: Vec<Asset>,
    palette: Palette,
    logo: Option<Logo>,
    footer: Option<Text>,
    folders: Vec<String>,
    digest: [u8; 32],
}

impl Theme {
    /// Loads the theme `name` for the languages of a site; `asked` is where it is named.
    ///
    /// `files` are the files on disk as (path, bytes); only those below `themes/` matter. The built-in theme is part of
    /// the program; files in `themes/standard/` take the place of its own.
    ///
    /// # Errors
    /// Every problem of the theme is reported before it stops: `unknown-theme`, `template-error`, `missing-label`,
    /// `invalid-yaml`, `invalid-value`, `undecodable-bytes`.
    pub fn load<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
        name: &str,
        asked: Place,
        languages: &[Language],
        report: &mut Report,
    ) -> Result<Self, Stopped> {
        let disk: Vec<_> = files.into_iter().filter(|(path, _)| path.starts_with("themes/")).collect();
        let mut found = Report::default();
        let loaded = Self::follow(&disk, name, asked, languages, &mut found);
        report.append(found);
        loaded
    }

    fn follow(
        disk: &[(&str, &[u8])],
        name: &str,
        asked: Place,
        languages: &[Language],
        report: &mut Report,
    ) -> Result<Self, Stopped> {
        let chain = Chain::follow(disk, name, asked, report)?;
        let labels = labels::load(&chain, languages, report);
        let (assets, palette) = assets::collect(&chain, report);
        let templates = Templates::load(&chain, &labels, report)?;
        report.go_on()?;
        // The nearest theme that has one gives it.
        let logo = chain.layers.iter().find_map(|layer| layer.look.logo.clone());
        if let Some(logo) = &logo {
            logo.look_for(&assets, report);
        }
        let footer = chain.layers.iter().find_map(|layer| layer.look.footer.clone());
        report.go_on()?;
        let (folders, digest) = (chain.folders(), chain.digest());
        Ok(Self { templates, labels, assets, palette, logo, footer, folders, digest })
    }

    /// Renders a template (`policy.html`) from a view into `out`, in very many small pieces.
    ///
    /// The view is a struct; its fields are the names that the template knows. Its field `language` is the code of the
    /// page's language and chooses the labels. Strings are escaped, [`Html`] is not.
    ///
    /// # Errors
    /// A name that the view does not have is an error, never an empty text. After an error a part of the page may have
    /// been written. What `out` itself reports is an error without a place in the templates.
    pub fn render(&self, template: &str, view: impl Serialize, out: &mut impl Write) -> Result<(), RenderError> {
        self.templates.render(template, view, out)
    }

    pub fn has_template(&self, template: &str) -> bool {
        self.templates.has(template)
    }

    /// The labels of a language; of the site's first language where the theme was not loaded for this one.
    pub fn labels(&self, language: &Language) -> &Labels {
        self.labels.of(language)
    }

    /// The assets after inheritance, sorted by name.
    pub fn assets(&self) -> &[Asset] {
        &self.assets
    }

    /// The asset with this path below assets/ (`style.css`).
    pub fn asset(&self, name: &str) -> Option<&Asset> {
        let at = self.assets.binary_search_by(|asset| asset.name.as_ref().cmp(name)).ok()?;
        self.assets.get(at)
    }

    /// The colours of the style sheets.
    pub fn palette(&self) -> &Palette {
        &self.palette
    }

    /// The picture beside the portal's name.
    pub fn logo(&self) -> Option<&Logo> {
        self.logo.as_ref()
    }

    /// A text at the foot of every page, beside that of portal.yaml.
    pub fn footer(&self) -> Option<&Text> {
        self.footer.as_ref()
    }

    /// The folders on disk that the theme is made of, the nearest first; none where all of it is built in.
    pub fn folders(&self) -> &[String] {
        &self.folders
    }

    /// The hash of every file that the theme was made of (BLAKE3).
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }
}

#[cfg(test)]
mod tests;
