//! What became of last year's challenges.

use super::in_sheet;
use crate::content::keys;
use crate::diagnostic::{Code, Diagnostic, Message, Report};
use crate::markdown;
use crate::model::{Portal, PublicationStatus, Share, Sheet};
use std::collections::BTreeSet;
use std::sync::Arc;

/// An answer names a challenge of an earlier sheet.
pub(super) fn challenges(earlier: &[Arc<Sheet>], sheet: &Sheet, report: &mut Report) {
    let known: BTreeSet<&str> = earlier.iter().flat_map(|sheet| ids(sheet)).collect();
    for answer in sheet.answers.iter().filter(|answer| !known.contains(&*answer.id)) {
        let id = &answer.id;
        let message = Message::new(
            format!("前の年度のシートに、識別子「{id}」の課題がありません"),
            format!("no earlier sheet has a challenge `{id}` to be answered"),
        );
        let near = keys::nearest(id, known.iter().copied());
        let list: Vec<_> = known.iter().copied().collect();
        let (ja, en) = match near {
            Some(near) => (format!("「{near}」ではありませんか"), format!("did you mean `{near}`?")),
            None if list.is_empty() => (
                "前の年度のシートの課題に id を付けると、答えられます。今年度の課題は challenges に書いてください"
                    .to_owned(),
                "give the challenges of last year's sheet an id to answer them; this year's stand in challenges"
                    .to_owned(),
            ),
            None => (
                format!("前の年度の課題は {} です。今年度の課題は challenges に書いてください", list.join("、")),
                format!("the challenges so far are {}; this year's stand in challenges", list.join(", ")),
            ),
        };
        report.add(Diagnostic::new(Code::UnknownReference, in_sheet(sheet, answer.at), message).help(ja, en));
    }
}

/// Every challenge of the last sheet that has an id is answered, or named again. Said once for a sheet, and not while it is a
/// draft.
///
/// A policy that took over others answers theirs, too; of one that was split, any of those that came from it does.
pub(super) fn unanswered(portal: &Portal, earlier: &[Arc<Sheet>], sheet: &Sheet, report: &mut Report) {
    if sheet.status != PublicationStatus::Published {
        return;
    }
    if let Some(last) = earlier.iter().rev().find(|of| of.policy == sheet.policy) {
        unanswered_of(portal, last, sheet, report);
    }
    for (before, _) in portal.predecessors(sheet).filter(|(_, share)| *share == Share::Whole) {
        let became = portal.became(&before.policy, sheet.year);
        if became.first().is_some_and(|first| first.policy == sheet.policy) {
            unanswered_of(portal, before, sheet, report);
        }
    }
}

fn unanswered_of(portal: &Portal, last: &Sheet, sheet: &Sheet, report: &mut Report) {
    let became = if *last.policy == *sheet.policy { Vec::new() } else { portal.became(&last.policy, sheet.year) };
    let sheets = || became.iter().map(AsRef::as_ref).chain([sheet]);
    let now: BTreeSet<&str> = sheets().flat_map(ids).collect();
    let answered =
        |id: &str| sheets().flat_map(|of| &of.answers).any(|answer| *answer.id == *id && answer.state.is_some());
    let open: Vec<&str> = ids(last).filter(|id| !now.contains(id) && !answered(id)).collect();
    let Some(first) = open.first() else { return };
    let asked = last.challenges.iter().find(|of| of.id.as_deref() == Some(*first));
    let year = last.year;
    let (ja, en) = (open.join("、"), open.join(", "));
    let place = sheet.answers.first().map_or(sheet.name_at, |answer| answer.at);
    let message = Message::new(
        format!("{year}年度の課題に、まだ答えがありません: {ja}"),
        format!("challenges of fiscal {year} are not answered: {en}"),
    );
    let mut told = Diagnostic::new(Code::UnansweredChallenge, in_sheet(sheet, place), message).help(
        format!("「answers: [{{id: {first}, state: done, text: …}}]」のように、完了(done)・継続(continued)・中止(stopped)を書いてください。今年度も同じ課題なら、challenges に同じ id で書いてください"),
        format!("write `answers: [{{id: {first}, state: done, text: …}}]` (done, continued or stopped), or name the challenge again under challenges with the same id"),
    );
    if let Some(asked) = asked {
        let text = markdown::plain(asked.challenge.get(portal.first_language()));
        let text: String = text.chars().take(40).collect();
        told = told.related(
            in_sheet(last, asked.at),
            format!("{year}年度の課題「{text}」"),
            format!("the challenge of fiscal {year}: `{text}`"),
        );
    }
    report.add(told);
}

fn ids(sheet: &Sheet) -> impl Iterator<Item = &str> {
    sheet.challenges.iter().filter_map(|of| of.id.as_deref())
}
