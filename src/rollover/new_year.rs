//! `hyoka new-year`: the files of the next fiscal year, from those of the last.

use std::collections::BTreeMap;

use super::next_portal::{self, NextPortal};
use super::next_sheet::{self, NextSheet, Opening};
pub use super::next_sheet::{Succession, Taken};
use crate::content::sheet::SheetName;
use crate::content::{self, Known, files};
use crate::diagnostic::{Message, MessageLanguage};
use crate::markdown;
use crate::model::{FiscalYear, Indicator, Portal, Sheet, Text, Value};
use crate::source::TextFile;

/// Everything that opening a year writes. Nothing of it is written yet.
#[derive(Clone, Debug)]
pub struct NewYear {
    pub year: FiscalYear,
    pub from: FiscalYear,
    /// In the order of their policies.
    pub sheets: Vec<NewSheet>,
    /// Policies that ended and are not carried over.
    pub ended: Vec<EndedPolicy>,
    pub portal: PortalFile,
}

/// A policy of the last year that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndedPolicy {
    pub id: String,
    /// In the portal's first language.
    pub name: String,
    /// Its last.
    pub year: FiscalYear,
}

/// A sheet of the new year.
#[derive(Clone, Debug)]
pub struct NewSheet {
    /// Below content/: `2025/industry.yaml`.
    pub path: String,
    pub bytes: Vec<u8>,
    /// Name of the policy, in the portal's first language.
    pub name: String,
    pub carried: Carried,
    /// How many values of each key were emptied, by the key's English name.
    pub opened: BTreeMap<&'static str, usize>,
    /// Ids of the indicators that ended.
    pub ended: Vec<String>,
    /// How many recommendations were left out, since they are closed.
    pub closed: usize,
    pub succession: Succession,
    pub taken: Taken,
}

/// What a sheet takes over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    pub indicators: usize,
    pub baselines: usize,
    pub targets: usize,
    pub projects: usize,
}

/// What becomes of portal.yaml.
#[derive(Clone, Debug)]
pub enum PortalFile {
    Changed {
        path: String,
        before: Vec<u8>,
        after: Vec<u8>,
    },
    HasYear {
        path: String,
    },
    /// The year has to be put in by hand.
    ByHand {
        path: String,
    },
}

/// Why a year is not opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The last year has no sheet; the years that have.
    NoSheets { from: FiscalYear, years: Vec<FiscalYear> },
    /// The year to begin with is not before the new one.
    NotBefore { from: FiscalYear, year: FiscalYear },
    /// Sheets of the new year are there.
    Exists { paths: Vec<String> },
    /// A sheet is written in a way that cannot be followed.
    Unreadable { path: String },
}

impl Refusal {
    pub fn message(&self) -> Message {
        match self {
            Self::NoSheets { from, .. } => Message::new(
                format!("{from}年度の評価シートがありません"),
                format!("fiscal {from} has no sheets to begin with"),
            ),
            Self::NotBefore { from, year } => Message::new(
                format!("{from}年度は{year}年度より前ではありません"),
                format!("fiscal {from} is not before {year}"),
            ),
            Self::Exists { paths } => {
                let shown: Vec<_> = paths.iter().map(|path| format!("content/{path}")).collect();
                let shown = shown.join("\n  ");
                Message::new(
                    format!("新しい年度のファイルがもうあります:\n  {shown}"),
                    format!("files of the new year are there already:\n  {shown}"),
                )
            }
            Self::Unreadable { path } => Message::new(
                format!("content/{path} の書き方は、引き継ぐことができません"),
                format!("content/{path} is written in a way that cannot be carried over"),
            ),
        }
    }

    /// What to do.
    pub fn help(&self) -> Message {
        match self {
            Self::NoSheets { years, .. } => {
                let list: Vec<_> = years.iter().map(ToString::to_string).collect();
                let list = list.join("、");
                Message::new(
                    format!("--from で元にする年度を指定してください（シートのある年度: {list}）。"),
                    format!("Name the year to begin with by --from (years with sheets: {}).", list.replace('、', ", ")),
                )
            }
            Self::NotBefore { .. } => {
                Message::new("--from には前の年度を指定してください。", "Name an earlier year by --from.")
            }
            Self::Exists { .. } => Message::new(
                "何も書き込みませんでした。書き上げたファイルを上書きすることはありません。作り直すときは、ファイルをほかの場所へ移してください。",
                "Nothing was written: nothing is ever overwritten. Move the files elsewhere to make them anew.",
            ),
            Self::Unreadable { .. } => Message::new(
                "何も書き込みませんでした。「項目: 値」を1行ずつ書く形に直してから、もう一度実行してください。",
                "Nothing was written. Write the file as `key: value` lines and try again.",
            ),
        }
    }
}

/// The files of `year`, from the sheets of `from`. `portal` holds every sheet, drafts too, and `files` are those of
/// content/ that it was read from.
///
/// # Errors
/// [`Refusal`]: then nothing is to be written.
pub fn open(portal: &Portal, files: &[TextFile], from: FiscalYear, year: FiscalYear) -> Result<NewYear, Refusal> {
    if from >= year {
        return Err(Refusal::NotBefore { from, year });
    }
    let last: Vec<&Sheet> = portal.policies.iter().filter_map(|policy| policy.sheet(from)).map(AsRef::as_ref).collect();
    if last.is_empty() {
        return Err(Refusal::NoSheets { from, years: portal.years() });
    }
    let name = |sheet: &Sheet| markdown::without_readings(sheet.name.get(portal.first_language())).into_owned();
    let end_of = |sheet: &Sheet| portal.end_of(sheet).map(|end| end.year).filter(|end| *end < year);
    let ended: Vec<_> = last
        .iter()
        .filter_map(|sheet| Some(EndedPolicy { id: sheet.policy.to_string(), name: name(sheet), year: end_of(sheet)? }))
        .collect();
    let last: Vec<&Sheet> = last.into_iter().filter(|sheet| end_of(sheet).is_none()).collect();
    let is_new = |sheet: &Sheet, path: &str| {
        path.strip_prefix(&format!("{year}/")).is_some_and(|name| stem(name) == sheet.policy.as_ref())
    };
    let exist = files.iter().filter(|file| files::is_sheet(&file.path));
    let exist = exist.filter(|file| last.iter().any(|sheet| is_new(sheet, &file.path)));
    let paths: Vec<_> = exist.map(|file| file.path.to_string()).collect();
    if !paths.is_empty() {
        return Err(Refusal::Exists { paths });
    }
    let language = match portal.first_language().is_japanese() {
        true => MessageLanguage::Japanese,
        false => MessageLanguage::English,
    };
    let opening = &Opening { year, language, first: portal.first_language().clone() };
    let known = known(portal);
    let sheets = last.into_iter().map(|sheet| new_sheet(portal, files, sheet, &known, opening));
    let sheets = sheets.collect::<Result<_, _>>()?;
    Ok(NewYear { year, from, sheets, ended, portal: new_portal(files, opening) })
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn known(portal: &Portal) -> Known {
    Known {
        areas: Some(portal.areas.iter().map(|area| area.id.clone()).collect()),
        symbols: portal.symbols.clone(),
        language: portal.first_language().clone(),
        languages: portal.languages.clone(),
        rate: portal.rate,
    }
}

const MARK: &[u8] = &[0xEF, 0xBB, 0xBF];

/// The text without a byte order mark, and whether there is one.
fn text_of(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let (mark, rest) = if bytes.starts_with(MARK) { (MARK, bytes.get(MARK.len()..)?) } else { (&[][..], bytes) };
    Some((std::str::from_utf8(rest).ok()?, mark))
}

fn new_sheet(
    portal: &Portal,
    files: &[TextFile],
    sheet: &Sheet,
    known: &Known,
    opening: &Opening,
) -> Result<NewSheet, Refusal> {
    let unreadable = || Refusal::Unreadable { path: sheet.path.to_string() };
    let file = files.iter().find(|file| *file.path == *sheet.path).ok_or_else(unreadable)?;
    let (text, mark) = text_of(file.bytes()).ok_or_else(unreadable)?;
    let path = format!("{}/{}", opening.year, sheet.path.rsplit('/').next().unwrap_or_default());
    let name = SheetName { path: path.as_str().into(), year: opening.year, policy: sheet.policy.clone() };
    let sound = |next: &NextSheet| {
        let (read, report) = content::read_sheet(next.text.as_bytes(), &name, known);
        read.filter(|read| report.go_on().is_ok() && plan_of(read) == plan_without(sheet, &next.ended))
    };
    let closed = crate::facts::closed_in(portal, sheet);
    let opened = next_sheet::next(text, sheet, &closed, opening);
    let whole = || next_sheet::copied(text, opening);
    let (next, read) = [opened, whole()]
        .into_iter()
        .flatten()
        .find_map(|next| sound(&next).map(|read| (next, read)))
        .ok_or_else(unreadable)?;
    Ok(NewSheet {
        path,
        bytes: [mark, next.text.as_bytes()].concat(),
        name: markdown::without_readings(sheet.name.get(portal.first_language())).into_owned(),
        carried: Carried::of(&read),
        opened: next.opened,
        ended: next.ended,
        closed: next.closed,
        succession: next.succession,
        taken: next.taken,
    })
}

fn new_portal(files: &[TextFile], opening: &Opening) -> PortalFile {
    let file = files.iter().find(|file| files::is_portal(&file.path));
    let path = || file.map_or("portal.yaml", |file| &file.path).to_owned();
    let Some((file, (text, mark))) = file.and_then(|file| Some((file, text_of(file.bytes())?))) else {
        return PortalFile::ByHand { path: path() };
    };
    match next_portal::next(text, opening) {
        NextPortal::Text(after) => PortalFile::Changed {
            path: path(),
            before: file.bytes().to_vec(),
            after: [mark, after.as_bytes()].concat(),
        },
        NextPortal::HasYear => PortalFile::HasYear { path: path() },
        NextPortal::ByHand => PortalFile::ByHand { path: path() },
    }
}

impl NewYear {
    /// Of files of content/, what they become.
    pub fn applied_to(&self, files: &mut Vec<TextFile>) {
        if let PortalFile::Changed { path, after, .. } = &self.portal {
            for file in files.iter_mut().filter(|file| *file.path == **path) {
                *file = TextFile::new(path, after.clone());
            }
        }
        files.extend(self.sheets.iter().map(|sheet| TextFile::new(&sheet.path, sheet.bytes.clone())));
        files.sort_by(|a, b| a.path.cmp(&b.path));
    }
}

impl Carried {
    fn of(sheet: &Sheet) -> Self {
        let series = || sheet.indicators.iter().flat_map(Indicator::all_series).map(|(_, series)| series);
        Self {
            indicators: sheet.indicators.len(),
            baselines: series().filter(|series| series.baseline.is_some()).count(),
            targets: series().map(|series| series.targets.len()).sum(),
            projects: sheet.projects.len(),
        }
    }
}

/// What a sheet says of the plan, without the places where it says it: this and nothing else goes on from one year to the
/// next.
pub(super) fn plan_of(sheet: &Sheet) -> Vec<String> {
    plan_without(sheet, &[])
}

fn plan_without(sheet: &Sheet, ended: &[String]) -> Vec<String> {
    let Sheet { number, area, name, departments, vision, sample, projects, expenditure, .. } = sheet;
    let unit = expenditure.as_ref().map(|expenditure| expenditure.unit);
    let mut said = vec![format!("{number:?} {area:?} {name:?} {departments:?} {vision:?} {sample:?} {unit:?}")];
    said.extend(projects.iter().map(|of| format!("{:?} {:?} {:?}", of.name, of.department, of.url)));
    let goes_on = |of: &&Indicator| !ended.iter().any(|id| **id == *of.id);
    said.extend(sheet.indicators.iter().filter(goes_on).flat_map(plan_of_indicator));
    said
}

fn plan_of_indicator(of: &Indicator) -> Vec<String> {
    let what: [&Option<Box<Text>>; 6] =
        [&of.description, &of.formula, &of.source, &of.target_reason, &of.target_note, &of.target_unit];
    let how = (&of.kind, &of.accumulation, &of.direction, &of.tolerance, &of.rate, &of.replaces);
    let mut said = vec![format!("{:?} {:?} {:?} {what:?} {how:?}", of.id, of.name, of.unit)];
    for (component, series) in of.all_series() {
        let part = component.map(|component| (&component.id, &component.name));
        let baseline = series.baseline.as_ref().map(|of| (of.year, &of.year_printed, value(&of.value)));
        let targets: Vec<_> = series.targets.iter().map(|(year, target)| (year, value(target))).collect();
        said.push(format!("{part:?} {baseline:?} {targets:?}"));
    }
    said
}

fn value(value: &Value) -> String {
    format!("{:?} {:?} {:?} {:?}", value.reading, value.printed, value.status, value.note)
}
