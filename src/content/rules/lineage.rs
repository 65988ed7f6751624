//! What policies say of those before them: renamed, merged, split, ended.
//!
//! These rules look at several policies at once, so that nothing of what they said is kept. Few sheets name another
//! policy; what is asked of all is where their last sheet stands.

use super::{Faulty, against_earlier, filing, in_portal, in_sheet};
use crate::content::keys;
use crate::diagnostic::{Code, Diagnostic, Message, Place, Report};
use crate::model::{FiscalYear, Policy, Portal, Predecessor, PublicationStatus, Share, Sheet};
use std::collections::BTreeSet;
use std::sync::Arc;

pub(super) fn review(portal: &Portal, faulty: &Faulty, report: &mut Report) {
    let sound = |sheet: &&Arc<Sheet>| !faulty.sheets.contains(&sheet.path);
    let sheets = || portal.policies.iter().flat_map(|policy| &policy.sheets).filter(sound);
    for sheet in sheets().filter(|sheet| !sheet.successor_of.is_empty()) {
        for of in &sheet.successor_of {
            predecessor(portal, faulty, sheet, of, report);
        }
    }
    for sheet in sheets() {
        if let Some(end) = &sheet.ended {
            filing::end_far_away(portal, end.year, in_sheet(sheet, end.at), report);
            lives_after_end(portal, &sheet.policy, end.year, in_sheet(sheet, end.year_at), report);
        }
    }
    for of in &portal.ended {
        let place = in_portal(portal, of.end.at);
        filing::end_far_away(portal, of.end.year, place.clone(), report);
        if portal.policy(&of.policy).is_none() && !faulty.has_year_of(&of.policy) {
            report.add(unknown(portal, &of.policy, None, place));
        } else {
            lives_after_end(portal, &of.policy, of.end.year, in_portal(portal, of.end.year_at), report);
        }
    }
    circles(portal, report);
    vanished(portal, faulty, report);
    let takes_over = |policy: &&Policy| policy.sheets.iter().any(|sheet| !sheet.successor_of.is_empty());
    for policy in portal.policies.iter().filter(takes_over).filter(|policy| !faulty.has_year_of(&policy.id)) {
        over_the_years(portal, faulty, policy, report);
    }
}

/// A sheet takes over a policy that had a sheet before, and that does not go on beside it.
fn predecessor(portal: &Portal, faulty: &Faulty, sheet: &Sheet, of: &Predecessor, report: &mut Report) {
    let place = in_sheet(sheet, of.at);
    if of.policy == sheet.policy {
        let id = &of.policy;
        let message = Message::new(
            format!("施策「{id}」が、自分自身を引き継ぐことになっています"),
            format!("the policy `{id}` takes over itself"),
        );
        report.add(Diagnostic::new(Code::InvalidSuccession, place, message).help(
            "ファイル名が前の年度と同じなら、同じ施策として続きます。この行を消してください",
            "under the same file name a policy goes on by itself: take this line out",
        ));
        return;
    }
    let Some(policy) = portal.policy(&of.policy) else {
        if !faulty.has_year_of(&of.policy) {
            report.add(unknown(portal, &of.policy, Some(sheet), place));
        }
        return;
    };
    let before: Vec<FiscalYear> = policy.before(sheet.year).iter().map(|of| of.year).collect();
    if !before.iter().any(|year| of.year.is_none_or(|asked| asked == *year)) {
        if !faulty.has_year_of(&of.policy) {
            report.add(not_in_that_year(of, sheet, &before, place));
        }
        return;
    }
    let lives_on = policy.sheets.iter().find(|of| of.year >= sheet.year);
    if let Some(lives_on) = lives_on.filter(|_| of.share == Share::Whole) {
        let (id, year, successor) = (&of.policy, lives_on.year, &sheet.policy);
        let message = Message::new(
            format!("「{successor}」が引き継いだ施策「{id}」に、{year}年度のシートがあります"),
            format!("`{id}`, which `{successor}` takes over, has a sheet of fiscal {year}"),
        );
        report.add(
            Diagnostic::new(Code::PolicyLivesOn, place, message)
                .help(
                    format!("一部だけを引き継いで「{id}」も続くのなら {{policy: {id}, part: true}} と書いてください。引き継いでいないのなら、この行を消してください。すべてを引き継いだのに {year}/{id}.yaml が誤って残っているのなら、公表する前に消してください"),
                    format!("where `{id}` goes on and only a part was taken over, write {{policy: {id}, part: true}}; where nothing was, take this line out; where all of it was and {year}/{id}.yaml was left by mistake, remove that file before it is published"),
                )
                .related(
                    in_sheet(lives_on, lives_on.name_at),
                    format!("{year}年度のシートはここです"),
                    format!("the sheet of fiscal {year}"),
                ),
        );
    }
}

fn unknown(portal: &Portal, id: &str, sheet: Option<&Sheet>, place: Place) -> Diagnostic {
    let others = portal.policies.iter().filter(|policy| sheet.is_none_or(|sheet| policy.id != sheet.policy));
    let there = others.filter(|policy| sheet.is_none_or(|sheet| !policy.before(sheet.year).is_empty()));
    let ids: Vec<&str> = there.map(|policy| policy.id.as_ref()).collect();
    let message = Message::new(
        format!("施策「{id}」のシートは、どの年度にもありません"),
        format!("there is no sheet of `{id}` in any year"),
    );
    let told = Diagnostic::new(Code::UnknownReference, place, message);
    if let Some(near) = keys::nearest(id, ids.iter().copied()) {
        return told.help(format!("「{near}」ではありませんか"), format!("did you mean `{near}`?"));
    }
    told.help(
        "前の年度のシートのファイル名から .yaml を除いたものを書いてください (例: content/2024/parks.yaml なら parks)",
        "write the file name of the earlier sheet without .yaml (parks for content/2024/parks.yaml)",
    )
}

fn not_in_that_year(of: &Predecessor, sheet: &Sheet, before: &[FiscalYear], place: Place) -> Diagnostic {
    let id = &of.policy;
    let list = |separator| before.iter().map(ToString::to_string).collect::<Vec<_>>().join(separator);
    let message = match of.year {
        Some(year) => Message::new(
            format!("施策「{id}」に、引き継ぐ元の{year}年度のシートがありません"),
            format!("`{id}` has no sheet of fiscal {year} to be taken over"),
        ),
        None => Message::new(
            format!("施策「{id}」のシートは、{}年度より前にありません", sheet.year),
            format!("`{id}` has no sheet before fiscal {}", sheet.year),
        ),
    };
    let told = Diagnostic::new(Code::UnknownReference, place, message);
    if before.is_empty() {
        return told.help(
            "引き継ぐのは前の年度の施策です。識別子(ファイル名)を確かめてください",
            "what is taken over had a sheet in an earlier year: see the id (the file name)",
        );
    }
    told.help(
        format!("シートがある年度は {} です。書かなければ、最後の年度になります", list("、")),
        format!("it has sheets of {}; without a year, the last of them is meant", list(", ")),
    )
}

/// Every sheet after the end of a policy is named. Rather than sheets that readers may have seen, the end is wrong.
fn lives_after_end(portal: &Portal, id: &str, end: FiscalYear, place: Place, report: &mut Report) {
    let sheets = portal.policy(id).map(|policy| &*policy.sheets).unwrap_or_default();
    let later: Vec<&Arc<Sheet>> = sheets.iter().filter(|of| of.year > end).collect();
    let (Some(first), Some(last)) = (later.first(), later.last()) else { return };
    let list = |separator| later.iter().map(|of| of.year.to_string()).collect::<Vec<_>>().join(separator);
    let message = Message::new(
        format!("{end}年度で終了した施策「{id}」に、{}年度のシートがあります", list("年度・")),
        format!("`{id}`, which ended with fiscal {end}, has sheets of fiscal {}", list(", ")),
    );
    let last = last.year;
    report.add(
        Diagnostic::new(Code::PolicyLivesOn, place, message)
            .help(
                format!("終了(ended)の年度(year)を、最後にシートがある年度({last})に直してください。続いているのなら、終了(ended)を消してください。公表したシートは消さずに残します"),
                format!("correct the `year` of `ended` to the last year with a sheet ({last}); where the policy goes on, take `ended` out. Sheets that were published stay"),
            )
            .related(
                in_sheet(first, first.name_at),
                format!("{}年度のシートはここです", first.year),
                format!("the sheet of fiscal {}", first.year),
            ),
    );
}

/// Whoever follows successions arrives somewhere.
fn circles(portal: &Portal, report: &mut Report) {
    let whole = |id: &str| portal.lineage.after(id).iter().filter(|of| of.share == Share::Whole);
    for of in portal.lineage.iter().filter(|of| of.share == Share::Whole) {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut next = vec![&*of.successor];
        while let Some(id) = next.pop() {
            if seen.insert(id) {
                next.extend(whole(id).map(|of| &*of.successor));
            }
        }
        let sheet = portal.policy(&of.successor).and_then(|policy| policy.sheet(of.year));
        let written = sheet.and_then(|sheet| {
            Some((sheet, sheet.successor_of.iter().find(|written| written.policy == of.predecessor)?))
        });
        let Some((sheet, written)) = written.filter(|_| seen.contains(&*of.predecessor)) else { continue };
        let (before, after) = (&of.predecessor, &of.successor);
        let message = Message::new(
            format!("「{before}」を引き継いだ「{after}」をたどると、「{before}」に戻ります"),
            format!("`{after}` takes over `{before}`, and is itself what `{before}` came from"),
        );
        report.add(Diagnostic::new(Code::InvalidSuccession, in_sheet(sheet, written.at), message).help(
            "もとの施策に戻ったのなら、別のファイル名を付けてください。取り違えなら、どちらかの後継元(successor_of)を消してください",
            "give a policy that was taken up again a file name of its own, or take one `successor_of` out",
        ));
    }
}

/// A policy of one edition is in the next, or went somewhere, or ended. Of drafts alone there is no edition yet; a policy
/// that has a sheet later on is not looked at every year, and one whose sheets are all drafts was never there.
fn vanished(portal: &Portal, faulty: &Faulty, report: &mut Report) {
    let sheets = portal.policies.iter().flat_map(|policy| &policy.sheets);
    let published = sheets.filter(|sheet| sheet.status == PublicationStatus::Published);
    let years: BTreeSet<FiscalYear> = published.map(|sheet| sheet.year).collect();
    // A file that cannot be read may be the one that takes over what is gone.
    let unread = faulty.years().into_iter().next_back();
    for policy in &portal.policies {
        let is_draft = |sheet: &Arc<Sheet>| sheet.status == PublicationStatus::Draft;
        let Some(last) = policy.sheets.last().filter(|_| !policy.sheets.iter().all(is_draft)) else { continue };
        let next = years.range(last.year.next()..).next();
        let Some(next) = next.filter(|_| !faulty.has_year_of(&policy.id)) else { continue };
        let may_be_taken_over = unread.is_some_and(|year| year > last.year);
        // An end in a year to come is no reason to be missing before.
        let ended = portal.end_of(last).is_some_and(|end| years.last().is_some_and(|latest| end.year <= *latest));
        let after = portal.lineage.after(&policy.id);
        if ended || after.iter().any(|of| of.share == Share::Whole) || may_be_taken_over {
            continue;
        }
        let id = &policy.id;
        let year = last.year;
        let message = Message::new(
            format!("{year}年度の施策「{id}」が、{next}年度の版にありません"),
            format!("`{id}`, a policy of fiscal {year}, is not in the edition of {next}"),
        );
        let told = Diagnostic::new(Code::VanishedPolicy, in_sheet(last, last.name_at), message);
        if !after.is_empty() {
            let list = |separator| after.iter().map(|of| &*of.successor).collect::<Vec<_>>().join(separator);
            report.add(told.help(
                format!("「{}」が引き継いだのは一部(part: true)だけです。全体が引き継がれたか分かれたのなら、part: true を消してください。残りが終わったのなら、portal.yaml に「ended: [{{policy: {id}, year: {year}}}]」と書いてください", list("」「")),
                format!("only a part of it (`part: true`) is taken over by {}: take `part` out where they took over the whole between them; where the rest of it ended, write `ended: [{{policy: {id}, year: {year}}}]` into portal.yaml", list(", ")),
            ));
            continue;
        }
        report.add(told.help(
            format!("名前や括りが変わったのなら、新しいシートに「successor_of: [{id}]」と書いてください。終わったのなら「ended: {{year: {year}, note: 理由}}」をこのシートに(公表済みなら portal.yaml に「ended: [{{policy: {id}, year: {year}}}]」と)書いてください。毎年は評価しない施策なら、このままで構いません"),
            format!("where it was renamed, merged or split, write `successor_of: [{id}]` into the new sheets; where it ended, `ended: {{year: {year}, note: …}}` into this one (once that is published, `ended: [{{policy: {id}, year: {year}}}]` into portal.yaml). A policy that is not evaluated every year may stay so"),
        ));
    }
}

/// What a policy took over is its own: figures, texts and challenges are held against the sheets of those before it.
fn over_the_years(portal: &Portal, faulty: &Faulty, policy: &Policy, report: &mut Report) {
    let first = policy.sheets.iter().position(|sheet| !sheet.successor_of.is_empty());
    for sheet in policy.sheets.iter().skip(first.unwrap_or(policy.sheets.len())) {
        let before = portal.ancestry(sheet);
        if before.sheets().iter().any(|of| faulty.has_year_of(&of.policy)) {
            continue;
        }
        let own = before.sheets().iter().rev().find(|of| of.policy == sheet.policy);
        let named = portal.predecessors(sheet).map(|(of, _)| of);
        let last: Vec<&Sheet> = own.into_iter().chain(named).map(AsRef::as_ref).collect();
        against_earlier(portal, &before, last.into_iter(), sheet, report);
    }
}
