//! What became of last year's challenges.

use super::in_sheet;
use crate::content::keys;
use crate::diagnostic::{Code, Diagnostic, Message, Report};
use crate::markdown;
use crate::model::{Ancestry, Answer, AnswerState, Challenge, Language, Portal, PublicationStatus, Share, Sheet, Text};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// An answer names a challenge of an earlier sheet, and one alone.
pub(super) fn challenges(before: &Ancestry<'_>, sheet: &Sheet, report: &mut Report) {
    let earlier = before.sheets();
    let mut answered: BTreeMap<(&str, &str), &Answer> = BTreeMap::new();
    for answer in &sheet.answers {
        let id = &answer.id;
        match before.asked(answer).as_slice() {
            [] => {}
            [(of, _)] => {
                match answered.insert((&of.policy, id), answer) {
                    // Two that are written alike are told where the sheet is read.
                    Some(first) if first.policy != answer.policy => report.add(answered_twice(sheet, first, answer)),
                    _ => {}
                }
                continue;
            }
            asked => {
                report.add(ambiguous(sheet, answer, asked));
                continue;
            }
        }
        let of_policy = |of: &&Arc<Sheet>| answer.policy.as_ref().is_none_or(|policy| *policy == of.policy);
        if let Some(policy) = answer.policy.as_ref().filter(|_| !earlier.iter().any(|of| of_policy(&of))) {
            report.add(of_no_policy_before(earlier, sheet, answer, policy));
            continue;
        }
        let known: BTreeSet<&str> = earlier.iter().filter(of_policy).flat_map(|sheet| ids(sheet)).collect();
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

/// Once with the policy that asked, and once without.
fn answered_twice(sheet: &Sheet, first: &Answer, answer: &Answer) -> Diagnostic {
    let id = &answer.id;
    let message =
        Message::new(format!("課題「{id}」に、二度答えています"), format!("the challenge `{id}` is answered twice"));
    Diagnostic::new(Code::DuplicateId, in_sheet(sheet, answer.at), message)
        .help(
            "policy を書いた答えと書かない答えは、同じ課題への答えです。どちらかを消してください",
            "the answer with `policy` and the one without are to the same challenge: take one of them out",
        )
        .related(in_sheet(sheet, first.at), "一度目はここです", "the first is here")
}

/// Policies that came together have a challenge with this id each.
fn ambiguous(sheet: &Sheet, answer: &Answer, asked: &[(&Sheet, &Challenge)]) -> Diagnostic {
    let id = &answer.id;
    let named = |(of, asked): &(&Sheet, &Challenge)| {
        let text = |language: &Language| (start(&of.name, language), start(&asked.challenge, language));
        let (ja, en) = (text(&Language::japanese()), text(&Language::english()));
        let policy = &of.policy;
        (
            format!("「{{policy: {policy}, id: {id}}}」は{}の「{}」", ja.0, ja.1),
            format!("`{{policy: {policy}, id: {id}}}` is `{}` of `{}`", en.1, en.0),
        )
    };
    let (ja, en): (Vec<_>, Vec<_>) = asked.iter().map(named).unzip();
    let message = Message::new(
        format!("識別子「{id}」の課題が、引き継いだ{}つの施策にあります", asked.len()),
        format!("{} of the policies that were taken over have a challenge `{id}`", asked.len()),
    );
    let told = Diagnostic::new(Code::AmbiguousReference, in_sheet(sheet, answer.at), message).help(
        format!("どの施策の課題への答えかを policy で示してください。{}", ja.join("、")),
        format!("say with `policy` whose challenge is answered: {}", en.join("; ")),
    );
    match asked.last() {
        Some((of, asked)) => told.related(
            in_sheet(of, asked.at),
            format!("「{}」ではここです", start(&of.name, &Language::japanese())),
            format!("`{}` has it here", start(&of.name, &Language::english())),
        ),
        None => told,
    }
}

fn of_no_policy_before(earlier: &[Arc<Sheet>], sheet: &Sheet, answer: &Answer, policy: &str) -> Diagnostic {
    let known: BTreeSet<&str> = earlier.iter().map(|of| &*of.policy).collect();
    let message = Message::new(
        format!("課題「{}」に答える施策「{policy}」は、この施策の前の年度のシートにありません", answer.id),
        format!("the challenge `{}` is said to be of `{policy}`, which this policy did not come from", answer.id),
    );
    let told = Diagnostic::new(Code::UnknownReference, in_sheet(sheet, answer.at), message);
    let list: Vec<&str> = known.into_iter().collect();
    if list.is_empty() {
        return told.help("policy を消してください", "take `policy` out");
    }
    told.help(
        format!("policy に書けるのは {} です", list.join("、")),
        format!("`policy` is one of {}", list.join(", ")),
    )
}

/// What an answer says agrees with the challenges of its sheet: one that goes on is named there, one that is done is not.
/// Not while the sheet is a draft.
pub(super) fn unclear(before: &Ancestry<'_>, sheet: &Sheet, language: &Language, report: &mut Report) {
    if sheet.status != PublicationStatus::Published {
        return;
    }
    for answer in &sheet.answers {
        let (id, named) = (&answer.id, sheet.challenge(&answer.id));
        let told = match (answer.state, named) {
            (Some(AnswerState::Continued), None) => unclear_answer(
                sheet,
                answer,
                (
                    format!("課題「{id}」は継続とされていますが、この年度の課題にありません"),
                    format!("the challenge `{id}` is said to go on, and is not among those of the year"),
                ),
                (
                    format!(
                        "来年度も答えられるように、この年度の challenges に id: {id} で書いてください。終わったのなら、完了(done)か中止(stopped)と書きます"
                    ),
                    format!(
                        "name it among the challenges with `id: {id}`, so that next year's sheet answers it; where it has come to an end, write done or stopped"
                    ),
                ),
            ),
            (Some(state @ (AnswerState::Done | AnswerState::Stopped)), Some(named)) => {
                let (ja, en) = match state {
                    AnswerState::Done => ("完了", "done"),
                    _ => ("中止", "stopped"),
                };
                let text = start(&named.challenge, language);
                unclear_answer(
                    sheet,
                    answer,
                    (
                        format!("課題「{id}」は{ja}とされていますが、この年度の課題にもあります"),
                        format!("the challenge `{id}` is said to be {en}, and stands among those of the year"),
                    ),
                    (
                        "同じ課題が続くなら継続(continued)と書いてください。新しい課題なら、別の id にします"
                            .to_owned(),
                        "write continued where it goes on; a new challenge has an id of its own".to_owned(),
                    ),
                )
                .related(
                    in_sheet(sheet, named.at),
                    format!("この年度の課題「{text}」"),
                    format!("the challenge of the year: `{text}`"),
                )
            }
            // Where it is not named, it is told as unanswered.
            (None, Some(_)) if answer.text.is_some() => unclear_answer(
                sheet,
                answer,
                (
                    format!("課題「{id}」への答えに、完了・継続・中止のどれかが書かれていません"),
                    format!("the answer to `{id}` does not say whether it is done, continued or stopped"),
                ),
                (
                    "state に done(完了)・continued(継続)・stopped(中止)を書いてください".to_owned(),
                    "write done, continued or stopped as its state".to_owned(),
                ),
            ),
            _ => continue,
        };
        if !before.asked(answer).is_empty() {
            report.add(told);
        }
    }
}

fn unclear_answer(sheet: &Sheet, answer: &Answer, message: (String, String), help: (String, String)) -> Diagnostic {
    let message = Message::new(message.0, message.1);
    Diagnostic::new(Code::UnclearAnswer, in_sheet(sheet, answer.at), message).help(help.0, help.1)
}

/// Every challenge of the last sheet that has an id is answered, or named again. Said once for a sheet, and not while it is a
/// draft.
///
/// A policy that took over others answers theirs, too; of one that was split, any of those that came from it does.
pub(super) fn unanswered(portal: &Portal, before: &Ancestry<'_>, sheet: &Sheet, report: &mut Report) {
    if sheet.status != PublicationStatus::Published {
        return;
    }
    if let Some(last) = before.sheets().iter().rev().find(|of| of.policy == sheet.policy) {
        unanswered_of(portal, before, last, sheet, report);
    }
    for (last, _) in portal.predecessors(sheet).filter(|(_, share)| *share == Share::Whole) {
        let became = portal.became(&last.policy, sheet.year);
        if became.first().is_some_and(|first| first.policy == sheet.policy) {
            unanswered_of(portal, before, last, sheet, report);
        }
    }
}

fn unanswered_of(portal: &Portal, before: &Ancestry<'_>, last: &Sheet, sheet: &Sheet, report: &mut Report) {
    let is_own = *last.policy == *sheet.policy;
    let became = if is_own { Vec::new() } else { portal.became(&last.policy, sheet.year) };
    let others: Vec<&Sheet> = became.iter().map(AsRef::as_ref).filter(|of| of.policy != sheet.policy).collect();
    let named = |id: &str| others.iter().chain([&sheet]).any(|of| of.challenge(id).is_some());
    let answers = |of: &Sheet, before: &Ancestry<'_>, id: &str| {
        let mut given = of.answers.iter().filter(|answer| *answer.id == *id && answer.state.is_some());
        given.any(|answer| before.asked(answer).iter().any(|(of, _)| of.policy == last.policy))
    };
    let answered =
        |id: &str| answers(sheet, before, id) || others.iter().any(|of| answers(of, &portal.ancestry(of), id));
    let closed = |id: &str| !is_own && is_closed(portal, last, sheet, id);
    let open: Vec<&str> = ids(last).filter(|id| !named(id) && !answered(id) && !closed(id)).collect();
    let Some(first) = open.first() else { return };
    let asked = last.challenge(first);
    let year = last.year;
    let (ja, en) = (open.join("、"), open.join(", "));
    let place = sheet.answers.first().map_or(sheet.name_at, |answer| answer.at);
    let language = portal.first_language();
    let message = if is_own {
        Message::new(
            format!("{year}年度の課題に、まだ答えがありません: {ja}"),
            format!("challenges of fiscal {year} are not answered: {en}"),
        )
    } else {
        let name = start(&last.name, language);
        Message::new(
            format!("引き継いだ施策「{name}」の{year}年度の課題に、まだ答えがありません: {ja}"),
            format!("challenges of `{name}`, fiscal {year}, which was taken over, are not answered: {en}"),
        )
    };
    let of = if before.latest(|of| of.challenge(first)).len() > 1 {
        format!("policy: {}, ", last.policy)
    } else {
        String::new()
    };
    let mut told = Diagnostic::new(Code::UnansweredChallenge, in_sheet(sheet, place), message).help(
        format!("「answers: [{{{of}id: {first}, state: done, text: …}}]」のように、完了(done)・継続(continued)・中止(stopped)を書いてください。今年度も同じ課題なら、challenges に同じ id で書いてください"),
        format!("write `answers: [{{{of}id: {first}, state: done, text: …}}]` (done, continued or stopped), or name the challenge again under challenges with the same id"),
    );
    if let Some(asked) = asked {
        let text = start(&asked.challenge, language);
        told = told.related(
            in_sheet(last, asked.at),
            format!("{year}年度の課題「{text}」"),
            format!("the challenge of fiscal {year}: `{text}`"),
        );
    }
    report.add(told);
}

/// Whether a policy that took over another one earlier has done with a challenge of it.
fn is_closed(portal: &Portal, last: &Sheet, sheet: &Sheet, id: &str) -> bool {
    let ends = |answer: &&Answer| matches!(answer.state, Some(AnswerState::Done | AnswerState::Stopped));
    let mut seen = BTreeSet::from([&*last.policy]);
    let mut next = vec![&*last.policy];
    while let Some(policy) = next.pop() {
        for of in portal.lineage.after(policy).iter().filter(|of| of.year < sheet.year) {
            if !seen.insert(&*of.successor) {
                continue;
            }
            next.push(&of.successor);
            let sheets = portal.policy(&of.successor).map(|policy| policy.before(sheet.year)).unwrap_or_default();
            for of in sheets.iter().filter(|of| of.year > last.year) {
                let mut given = of.answers.iter().filter(|answer| *answer.id == *id).filter(ends).peekable();
                if given.peek().is_some() {
                    let before = portal.ancestry(of);
                    if given.any(|answer| before.asked(answer).iter().any(|(of, _)| seen.contains(&*of.policy))) {
                        return true;
                    }
                }
            }
        }
    }
    false
}

/// As much of a text as a message has room for.
fn start(text: &Text, language: &Language) -> String {
    markdown::plain(text.get(language)).chars().take(40).collect()
}

fn ids(sheet: &Sheet) -> impl Iterator<Item = &str> {
    sheet.challenges.iter().filter_map(|of| of.id.as_deref())
}
