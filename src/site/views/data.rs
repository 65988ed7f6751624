//! The page about an edition's data: each file, and what it holds.

use crate::facts::EditionFacts;
use crate::model::{FiscalYear, License};
use crate::site::route::Target;
use crate::site::views::context::PageContext;
use crate::site::views::dataset::dataset;
use crate::site::views::page::{About, Page, edition_crumb, page};
use crate::theme::Html;
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct DataView {
    pub language: String,
    pub page: Page,
    pub year: String,
    pub files: Vec<DataFileEntry>,
    /// The same for machines: schema.org's Dataset as JSON-LD, for a script element.
    pub dataset: Html,
    pub license: Option<String>,
    pub license_href: Option<String>,
}

/// A file that can be taken along.
#[derive(Debug, Serialize)]
pub struct DataFileEntry {
    pub name: String,
    /// CSV, JSON.
    pub format: String,
    pub title: String,
    pub about: String,
    pub href: String,
}

/// The data page of an edition; `files` are the names of the files that are published for it.
pub fn data(context: &PageContext<'_>, edition: &EditionFacts, files: &[&str]) -> DataView {
    let year = context.printer().short_year(edition.year);
    let about = About {
        title: context.labels.fill("data.title", &[("year", &year)]).into(),
        description: context.labels.fill("data.description", &[("year", &year)]),
        breadcrumbs: vec![edition_crumb(context)],
        maturity: context.maturity_of(edition.policies.iter()),
    };
    let license = context.portal.license.as_ref();
    let dataset = dataset(context, edition, &about, files);
    DataView {
        language: context.language.code().to_owned(),
        page: page(context, about),
        dataset,
        year: context.printer().year(edition.year),
        files: context.data_files(edition.year, files),
        license: license.map(|license| license.name.to_string()),
        license_href: license.and_then(License::terms).map(str::to_owned),
    }
}

impl PageContext<'_> {
    pub(super) fn data_files(&self, year: FiscalYear, files: &[&str]) -> Vec<DataFileEntry> {
        files.iter().map(|name| self.data_file(year, name)).collect()
    }

    fn data_file(&self, year: FiscalYear, name: &str) -> DataFileEntry {
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        // A file that the labels do not know is named by its name.
        let title_key = format!("data.file.{stem}.title");
        let about_key = format!("data.file.{stem}.about");
        DataFileEntry {
            name: name.to_owned(),
            format: ending.to_uppercase(),
            title: self.labels.find(&title_key).unwrap_or(name).to_owned(),
            about: self.labels.find(&about_key).unwrap_or_default().to_owned(),
            href: self.links.to(Target::DataFile(year, name)),
        }
    }
}
