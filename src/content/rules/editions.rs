//! Editions: what portal.yaml says of them, against the sheets that make them.

use super::in_portal;
use crate::diagnostic::{Code, Diagnostic, Message, Report};
use crate::model::{FiscalYear, Portal, PublicationStatus, Sheet};
use std::collections::BTreeSet;

/// Every edition that is published has a date of its own, where there is a feed to tell of it. A year that has only
/// drafts is no edition yet; one that waits for its day is going to be.
pub(super) fn dates(portal: &Portal, report: &mut Report) {
    if portal.base_url.is_none() {
        return;
    }
    let published = sheets(portal).filter(|sheet| sheet.status == PublicationStatus::Published);
    let years: BTreeSet<FiscalYear> = published.map(|sheet| sheet.year).collect();
    let dated = |year: &&FiscalYear| portal.edition(**year).is_some_and(|edition| edition.published.is_some());
    let undated: Vec<FiscalYear> = years.iter().filter(|year| !dated(year)).copied().collect();
    let Some(latest) = undated.last() else { return };
    let place = undated.iter().rev().find_map(|year| portal.edition(*year)).map_or(portal.base_url_at, |of| of.at);
    let message = if undated.len() == years.len() {
        Message::new(
            "どの年度の版にも公開した日(editions の published)がないので、更新情報(フィード)を作りません",
            "no edition has a date (published), so no feed is made",
        )
    } else {
        let list = |separator| undated.iter().map(ToString::to_string).collect::<Vec<_>>().join(separator);
        Message::new(
            format!(
                "{}年度の版に公開した日(editions の published)がないので、更新情報(フィード)に載りません",
                list("・")
            ),
            format!("the edition of fiscal {} has no date (published), so the feed is without it", list(", ")),
        )
    };
    report.add(Diagnostic::new(Code::NoEditionDate, in_portal(portal, place), message).help(
        format!("公開した日を「editions: {{{latest}: {{published: 2025-09-20}}}}」のように、評価の対象の年度ごとに書いてください"),
        format!("write the date of each evaluated fiscal year: `editions: {{{latest}: {{published: 2025-09-20}}}}`"),
    ));
}

/// A label or date of a year without a sheet shows nowhere: the year is probably that of the publication, not the
/// evaluated one. `faulty` are years of sheets that could not be read.
pub(super) fn unknown(portal: &Portal, faulty: &BTreeSet<FiscalYear>, report: &mut Report) {
    let years: BTreeSet<FiscalYear> = sheets(portal).map(|sheet| sheet.year).chain(faulty.iter().copied()).collect();
    let Some(latest) = years.last() else { return };
    for edition in portal.editions.iter().filter(|edition| !years.contains(&edition.year)) {
        let year = edition.year;
        let message = Message::new(
            format!("editions に{year}年度がありますが、{year}年度の評価シートは一枚もありません"),
            format!("editions names fiscal {year}, of which there is no sheet"),
        );
        report.add(Diagnostic::new(Code::UnknownEdition, in_portal(portal, edition.at), message).help(
            format!("公開した年ではなく、評価の対象の年度(content/ のフォルダーの年度、最新は {latest})を書いてください。シートがこれからなら、このままで構いません"),
            format!("write the evaluated fiscal year (the folder in content/, the latest is {latest}), not the year of publication. It may stay where the sheets are still to come"),
        ));
    }
}

fn sheets(portal: &Portal) -> impl Iterator<Item = &Sheet> {
    portal.policies.iter().flat_map(|policy| &policy.sheets).map(AsRef::as_ref)
}
