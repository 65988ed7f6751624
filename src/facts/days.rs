//! The days of editions and of declared revisions: none is in a future that the build can know of, and no revision before
//! the publication of what it revises. A library has no clock, so the portal itself says which days it knows.

use crate::diagnostic::{Code, Diagnostic, Message, Place, Report};
use crate::model::{At, Edition, FigureField, FiscalYear, Portal, Revision, Sheet};
use jiff::civil::Date;
use std::borrow::Cow;
use std::sync::Arc;

/// How many years after the last day that the portal knows of a revision may still be dated: editions are published long
/// after their year, and corrected until the next one.
pub(super) const YEARS_AFTER: i16 = 2;

/// Tells of revisions dated after the day that the build stands for, or long after any day that the portal knows of
/// (`impossible-revision-date`), of those dated before their edition was published (`revision-before-publication`), and of
/// editions that are published before the day that they print (`edition-before-its-day`).
pub(super) fn review(portal: &Portal, report: &mut Report) {
    let early = portal.editions.iter().filter_map(|edition| too_early(portal, edition));
    early.for_each(|told| report.add(told));
    let sheets = portal.policies.iter().flat_map(|policy| &policy.sheets);
    let sheets: Vec<_> = sheets.filter(|sheet| !sheet.revisions.is_empty()).collect();
    if sheets.is_empty() && portal.revisions.is_empty() {
        return;
    }
    let known = last_known(portal);
    for sheet in sheets {
        // What waits for its day may be dated on it.
        let as_of = portal.as_of.filter(|_| portal.withheld(sheet).is_none());
        for of in &sheet.revisions {
            let at = (place(&sheet.path, of.date_at), of.date);
            match too_late(at.clone(), LastDay::of(as_of, known)) {
                Some(told) => report.add(told),
                None => report_early(portal, at, first_published(portal, sheet, of), report),
            }
        }
    }
    for of in &portal.revisions {
        let at = (place(&portal.path, of.date_at), of.date);
        match too_late(at.clone(), LastDay::of(portal.as_of, known)) {
            Some(told) => report.add(told),
            None => report_early(portal, at, Some(of.edition), report),
        }
    }
}

/// Where the build stands for a day, and shows an edition that prints a later one.
fn too_early(portal: &Portal, edition: &Edition) -> Option<Diagnostic> {
    let today = portal.as_of?;
    let days = edition.published.iter().chain(&edition.updated);
    let day: Date = days.filter_map(|day| day.parse().ok()).max().filter(|day| today < *day)?;
    let year = edition.year;
    let is_public = |sheet: &Sheet| portal.withheld(sheet).is_none();
    if !portal.policies.iter().any(|policy| policy.sheet(year).is_some_and(|sheet| is_public(sheet))) {
        return None;
    }
    let message = Message::new(
        format!("{year}年度版の日付は {day} ですが、公開する日 {today} はそれより前です"),
        format!("the {year} edition is dated {day}, after {today}, the day that this build stands for"),
    );
    let told = Diagnostic::new(Code::EditionBeforeItsDay, place(&portal.path, edition.day_at), message);
    Some(told.help(
        format!("ページと更新情報(フィード)に、まだ来ていない日が載ります。日付を直すか、その日まで出さないのなら、この年度のシートに publish_on: {day} を書いてください"),
        format!("pages and feed would print a day that has not come: correct it, or, where the edition waits for that day, write publish_on: {day} into its sheets"),
    ))
}

fn place(path: &str, at: At) -> Place {
    Place { file: Arc::from(format!("content/{path}")), at }
}

/// The last of the days that portal.yaml prints, and of the ends of the fiscal years that have a sheet.
pub(super) fn last_known(portal: &Portal) -> Option<Date> {
    let days = portal.editions.iter().flat_map(|edition| edition.published.iter().chain(&edition.updated));
    let printed = days.filter_map(|day| day.parse().ok()).max();
    let sheets = portal.policies.iter().flat_map(|policy| &policy.sheets).chain(&portal.left_out);
    let year = sheets.map(|sheet| sheet.year).max();
    let ended = year.and_then(|year| Date::new(i16::try_from(year.get()).ok()? + 1, 3, 31).ok());
    printed.max(ended)
}

/// The first edition that published what a sheet's revision speaks of.
fn first_published(portal: &Portal, sheet: &Sheet, revision: &Revision) -> Option<FiscalYear> {
    let is_published = |of: &Sheet| {
        let lines = portal.ledger(of.year).and_then(|ledger| ledger.policies.get(&of.policy));
        lines.is_some_and(|lines| lines.keys().any(|id| revision.is_of(id)))
    };
    let of_figures = revision.field != FigureField::Digest;
    let earlier = if of_figures { portal.earlier(sheet) } else { Cow::default() };
    let mut sheets = earlier.iter().map(AsRef::as_ref).chain([sheet]);
    sheets.find(|of| is_published(of)).map(|of| of.year)
}

/// The last day on which something can have been said or changed.
#[derive(Clone, Copy, Debug)]
pub(super) enum LastDay {
    /// That which the build stands for.
    Today(Date),
    /// So long after the last day that the portal knows of.
    After { known: Date, last: Date },
}

impl LastDay {
    /// Without a day that the build stands for, and without one that the portal knows, nothing is too late.
    pub fn of(as_of: Option<Date>, known: Option<Date>) -> Option<Self> {
        if let Some(today) = as_of {
            return Some(Self::Today(today));
        }
        let known = known?;
        let last = Date::new(known.year().saturating_add(YEARS_AFTER), known.month(), 1).ok()?.last_of_month();
        Some(Self::After { known, last })
    }

    pub fn is_before(self, day: Date) -> bool {
        match self {
            Self::Today(last) | Self::After { last, .. } => last < day,
        }
    }
}

fn too_late((place, date): (Place, Date), last: Option<LastDay>) -> Option<Diagnostic> {
    let told = |message| Diagnostic::new(Code::ImpossibleRevisionDate, place, message);
    match last.filter(|last| last.is_before(date))? {
        LastDay::Today(today) => {
            let message = Message::new(
                format!("改訂日 {date} は、公開する日 {today} より後です"),
                format!("the revision is dated {date}, after {today}, the day that this build stands for"),
            );
            Some(told(message).help(
                "実際に改めた日を書いてください。その日に公開するシートなら publish_on(公表予定日)も書きます",
                "write the day on which it was changed; a sheet that is to be published on that day says so with `publish_on`",
            ))
        }
        LastDay::After { known, .. } => {
            let message = Message::new(
                format!("改訂日 {date} は、このポータルにある最後の日 {known} から{YEARS_AFTER}年より後です"),
                format!(
                    "the revision is dated {date}, more than {YEARS_AFTER} years after {known}, the last day in this portal"
                ),
            );
            Some(told(message).help(
                "実際に改めた日を書いてください。この日で正しければ、portal.yaml の editions に、その版の更新日(updated)を書きます",
                "write the day on which it was changed; where this is the day, give the edition its `updated` in portal.yaml",
            ))
        }
    }
}

fn report_early(portal: &Portal, (place, date): (Place, Date), edition: Option<FiscalYear>, report: &mut Report) {
    let Some(edition) = edition.and_then(|year| portal.edition(year)) else { return };
    let Some(published) = edition.published.as_deref().and_then(|day| day.parse::<Date>().ok()) else { return };
    if published <= date {
        return;
    }
    let year = edition.year;
    let message = Message::new(
        format!("改訂日 {date} が、{year}年度版を公表した日 {published} より前です"),
        format!("the revision is dated {date}, before {published}, when the {year} edition was published"),
    );
    let told = Diagnostic::new(Code::RevisionBeforePublication, place, message).help(
        "実際に改めた日か、portal.yaml の公表日(published)を直してください",
        "correct the day of the revision, or `published` in portal.yaml",
    );
    report.add(told.related(self::place(&portal.path, edition.at), "公表日はここにあります", "the day of publication"));
}
