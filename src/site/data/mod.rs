//! Open data of an edition: the same facts as the pages, one datum a cell (MODEL: files under `/<year>/data/`).
//!
//! Physical names are English and stable over the years; `codes.csv` says what each code means in Japanese and English.
//! CSV files are UTF-8 with a byte order mark, so that spreadsheet programs on Windows read them, with lines ended by
//! CR LF (RFC 4180).

mod codes;
mod csv_files;
mod description;
mod document;
mod ledger;
mod recommendations;
mod revisions;
mod target_changes;

use crate::facts::{self, EditionFacts, PolicyFacts};
use crate::model::{FiscalYear, Policy, Portal, Value};
use crate::site::print::Digits;
use crate::theme::Labels;
pub use ledger::{LedgerText, ledger, ledger_with_new_policies};
use rust_decimal::Decimal;
use std::io::{self, Write};

/// The files of one edition, in the order in which they are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataFile {
    Observations,
    Judgements,
    Expenditure,
    Policies,
    Indicators,
    Revisions,
    Recommendations,
    TargetChanges,
    Codes,
    Document,
    Schema,
    Package,
}

impl DataFile {
    pub const ALL: [Self; 12] = [
        Self::Observations,
        Self::Judgements,
        Self::Expenditure,
        Self::Policies,
        Self::Indicators,
        Self::Revisions,
        Self::Recommendations,
        Self::TargetChanges,
        Self::Codes,
        Self::Document,
        Self::Schema,
        Self::Package,
    ];

    /// The file name under `/<year>/data/`.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Observations => "observations.csv",
            Self::Judgements => "judgements.csv",
            Self::Expenditure => "expenditure.csv",
            Self::Policies => "policies.csv",
            Self::Indicators => "indicators.csv",
            Self::Revisions => "revisions.csv",
            Self::Recommendations => "recommendations.csv",
            Self::TargetChanges => "target_changes.csv",
            Self::Codes => "codes.csv",
            Self::Document => "portal.json",
            Self::Schema => "schema.json",
            Self::Package => "datapackage.json",
        }
    }

    /// Whether it is made policy by policy, from the facts of each.
    pub const fn is_by_policy(self) -> bool {
        match self {
            Self::Observations | Self::Judgements | Self::Expenditure | Self::Indicators => true,
            Self::TargetChanges | Self::Document => true,
            Self::Policies | Self::Revisions | Self::Recommendations => false,
            Self::Codes | Self::Schema | Self::Package => false,
        }
    }

    /// File names in the order of [`DataFile::ALL`].
    pub const ALL_NAMES: [&'static str; Self::ALL.len()] = {
        let mut names = [""; Self::ALL.len()];
        let mut index = 0;
        while index < names.len() {
            names[index] = Self::ALL[index].file_name();
            index += 1;
        }
        names
    };

    /// The columns of a CSV file, in order; empty for JSON files.
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Observations => &csv_files::OBSERVATIONS,
            Self::Judgements => &csv_files::JUDGEMENTS,
            Self::Expenditure => &csv_files::EXPENDITURE,
            Self::Policies => &csv_files::POLICIES,
            Self::Indicators => &csv_files::INDICATORS,
            Self::Revisions => &revisions::COLUMNS,
            Self::Recommendations => &recommendations::COLUMNS,
            Self::TargetChanges => &target_changes::COLUMNS,
            Self::Codes => &codes::COLUMNS,
            Self::Document | Self::Schema | Self::Package => &[],
        }
    }
}

/// What data files are made from.
#[derive(Clone, Copy, Debug)]
pub struct DataSource<'a> {
    pub portal: &'a Portal,
    pub edition: &'a EditionFacts,
    /// Labels for codes.csv.
    pub japanese: &'a Labels,
    pub english: &'a Labels,
}

impl<'a> DataSource<'a> {
    /// Labels in the first language of the portal, as ledgers have it.
    fn words(&self) -> &'a Labels {
        let english = self.portal.first_language() == self.english.language();
        if english { self.english } else { self.japanese }
    }

    /// Writes one file.
    ///
    /// # Errors
    /// What the writer reports.
    pub fn write(&self, file: DataFile, out: &mut dyn Write) -> io::Result<()> {
        self.write_together(&[file], &mut [out])
    }

    /// Writes several files, each to the writer at its place. Of those that are made [policy by
    /// policy](DataFile::is_by_policy) all are made in one go: the facts of a policy are derived once.
    ///
    /// # Errors
    /// What a writer reports.
    pub fn write_together(&self, files: &[DataFile], outs: &mut [&mut dyn Write]) -> io::Result<()> {
        let mut opened = Vec::new();
        for (file, out) in files.iter().zip(outs) {
            opened.push(match file {
                DataFile::Observations => Writing::table(*file, *out, csv_files::observations)?,
                DataFile::Judgements => Writing::table(*file, *out, csv_files::judgements)?,
                DataFile::Expenditure => Writing::table(*file, *out, csv_files::expenditure)?,
                DataFile::Indicators => Writing::table(*file, *out, csv_files::indicators)?,
                DataFile::TargetChanges => Writing::table(*file, *out, target_changes::rows)?,
                DataFile::Document => Writing::Document(document::Writing::new(self, *out)?),
                DataFile::Policies => Writing::done(csv_files::policies(self, *out))?,
                DataFile::Revisions => Writing::done(revisions::write(self, *out))?,
                DataFile::Recommendations => Writing::done(recommendations::write(self, *out))?,
                DataFile::Codes => Writing::done(codes::write(self, *out))?,
                DataFile::Schema => Writing::done(document::write_schema(*out))?,
                DataFile::Package => Writing::done(description::write(self, *out))?,
            });
        }
        opened.retain(|file| !matches!(file, Writing::Done));
        if !opened.is_empty() {
            for policy in self.policies() {
                opened.iter_mut().try_for_each(|file| file.add(self, &policy))?;
            }
        }
        opened.into_iter().try_for_each(Writing::finish)
    }

    /// Facts of every policy of the edition, in its order, made one at a time.
    fn policies(&self) -> impl Iterator<Item = PolicyFacts<'a>> {
        let (portal, year) = (self.portal, self.edition.year);
        self.known().filter_map(move |policy| facts::judged(portal, policy, year))
    }

    /// Every policy of the edition, in its order.
    fn known(&self) -> impl Iterator<Item = &'a Policy> {
        let portal = self.portal;
        self.edition.policies.iter().filter_map(move |summary| portal.policy(&summary.sheet.policy))
    }
}

/// A file that is made policy by policy, while it is written; or one that is not, and is written.
enum Writing<'w> {
    Table(Box<csv_files::Table<'w>>, RowsOfPolicy),
    Document(document::Writing<'w>),
    Done,
}

type RowsOfPolicy = fn(&mut csv_files::Table<'_>, &DataSource<'_>, &PolicyFacts<'_>) -> io::Result<()>;

impl<'w> Writing<'w> {
    fn table(file: DataFile, out: &'w mut dyn Write, rows: RowsOfPolicy) -> io::Result<Self> {
        Ok(Self::Table(Box::new(csv_files::table(out, file.columns())?), rows))
    }

    fn done(written: io::Result<()>) -> io::Result<Self> {
        written.map(|()| Self::Done)
    }

    fn add(&mut self, source: &DataSource<'_>, policy: &PolicyFacts<'_>) -> io::Result<()> {
        match self {
            Self::Table(table, rows) => rows(table, source, policy),
            Self::Document(document) => document.add(source, policy),
            Self::Done => Ok(()),
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Table(mut table, _) => table.flush(),
            Self::Document(document) => document.finish(),
            Self::Done => Ok(()),
        }
    }
}

/// The address of a figure: `2024/industry#exchange/actuals/2024`; `indicator.component` where there are components.
/// The year in front is the sheet that states the figure; a baseline has no year behind it.
fn series_address(
    sheet: FiscalYear,
    policy: &str,
    indicator: &str,
    component: Option<&str>,
    (field, year): (&str, Option<FiscalYear>),
) -> String {
    let (dot, component) = component.map_or(("", ""), |component| (".", component));
    let year = year.map(FiscalYear::digits);
    let (slash, year) = year.map_or(("", ""), |year| ("/", year));
    [sheet.digits(), "/", policy, "#", indicator, dot, component, "/", field, slash, year].concat()
}

/// Exact digits, ASCII minus, no grouping.
fn digits(number: Decimal) -> String {
    let digits = Digits::of(number);
    let sign = if number.is_sign_negative() { "-" } else { "" };
    let point = if digits.fraction().is_empty() { "" } else { "." };
    [sign, digits.whole(), point, digits.fraction()].concat()
}

fn optional_digits(number: Option<Decimal>) -> String {
    number.map(digits).unwrap_or_default()
}

/// The `status` column: how sure a value is, or why it is missing.
fn status(value: &Value) -> &'static str {
    value.missing().map_or(value.status.name(), |missing| missing.reason.name())
}
