//! What an author is told of recommendations: those that wait for the city, and those that no edition shows yet.

use super::dates;
use super::joined::{Contradiction, contradiction};
use super::{Known, StillOpen, known_today, known_until, published, still_open, threads_today};
use crate::diagnostic::{Code, Diagnostic, Message, Place, Report};
use crate::facts::days::{LastDay, last_known};
use crate::model::{At, FiscalYear, Portal, PublicationStatus, RecommendationState, Response, Sheet};
use jiff::civil::Date;
use std::cell::LazyCell;

/// Warns of recommendations that nobody answered (`unanswered-recommendation`), and of those whose day has passed
/// (`overdue-recommendation`). What stands in a draft is still being written.
pub fn review(portal: &Portal, report: &mut Report) {
    for of in still_open(portal, portal.as_of) {
        let is_draft = of.sheet.is_some_and(|sheet| sheet.status == PublicationStatus::Draft);
        if is_draft {
            continue;
        }
        match (of.overdue, of.is_unanswered) {
            (true, _) => report.add(overdue(portal, &of)),
            (false, true) => report.add(unanswered(portal, &of)),
            (false, false) => {}
        }
    }
    let closed = known_today(portal).into_iter().filter(|of| !of.state.is_open());
    closed.filter_map(|of| unexplained(portal, &of)).for_each(|diagnostic| report.add(diagnostic));
    if !portal.recommendations.is_empty() {
        let told = threads_today(portal).into_iter().filter_map(|thread| contradiction(portal, &thread));
        let told = told.filter(|of| of.sheet.0.status != PublicationStatus::Draft);
        told.for_each(|of| report.add(states_differ(portal, &of)));
    }
    let last = LastDay::of(portal.as_of, last_known(portal));
    if let Some(last) = last {
        portal.recommendations.iter().for_each(|of| dates::review(of, &portal.path, last, report));
    }
    for sheet in sheets(portal) {
        // What waits for its day may be dated on it.
        let last = last.filter(|_| portal.withheld(sheet).is_none());
        for (of, last) in last.iter().flat_map(|last| sheet.recommendations.iter().map(move |of| (of, *last))) {
            dates::review(of, &sheet.path, last, report);
        }
    }
    after_publication(portal, last, report);
}

fn sheets(portal: &Portal) -> impl Iterator<Item = &Sheet> {
    let policies = portal.recommended_to.iter().filter_map(|id| portal.policy(id));
    policies.flat_map(|policy| &policy.sheets).map(AsRef::as_ref)
}

/// That portal.yaml and a sheet leave open how far a recommendation is (`recommendation-states-differ`).
fn states_differ(portal: &Portal, of: &Contradiction<'_>) -> Diagnostic {
    let (sheet, said) = of.sheet;
    let source = of.recommendation.source.get(portal.first_language());
    let (date, path) = (of.recommendation.date, &sheet.path);
    let [own, other] = [of.portal, said].map(|of| of.state.map(RecommendationState::name).unwrap_or_default());
    let place = |path: &str, at| Place { file: format!("content/{path}").into(), at };
    let message = Message::new(
        format!(
            "{source}の提言({date})の状態が、ここでは {own} ですが、{path} では {other} です。どちらが後か、日付から分かりません"
        ),
        format!(
            "the recommendation by `{source}` of {date} is `{own}` here and `{other}` in `{path}`, and no days tell which was said last"
        ),
    );
    let told = Diagnostic::new(Code::RecommendationStatesDiffer, place(&portal.path, of.portal.state_at), message).help(
        format!("portal.yaml とシートの同じ提言は一つにまとめ、このままではシートの {other} を示します。対応を片方だけに書くか、「response: [{{date: 回答日, state: …, text: …}}]」のように日付を付けてください"),
        format!("it is shown once, and as it stands by the sheet, {other}: write the answers in one of the two alone, or with their days, `response: [{{date: …, state: …, text: …}}]`"),
    );
    told.related(place(path, said.state_at), "シートの状態はここです", "the state in the sheet")
}

/// Of a closed recommendation, that nobody said how or why it was closed (`closed-without-response`); not in a draft.
fn unexplained(portal: &Portal, of: &Known<'_>) -> Option<Diagnostic> {
    let last = of.answers.last()?;
    let is_draft = last.sheet.is_some_and(|sheet| sheet.status == PublicationStatus::Draft);
    if is_draft || of.answers.iter().any(|of| of.response.text.is_some()) {
        return None;
    }
    let source = of.told.recommendation.source.get(portal.first_language());
    let date = of.told.recommendation.date;
    let path = last.sheet.map_or(&portal.path, |sheet| &sheet.path);
    let place = Place { file: format!("content/{path}").into(), at: last.response.at };
    let message = Message::new(
        format!("{source}の提言({date})は終わったとされていますが、市の対応が書かれていません"),
        format!("the recommendation by `{source}` of {date} is said to be closed, and no answer says how"),
    );
    let told = Diagnostic::new(Code::ClosedWithoutResponse, place, message);
    Some(told.help(
        "何をしたか(対応しないのなら、その理由)を「response: …」に書いてください。「text: …」は、日付ごとに並べたときの書き方です",
        "write what was done, or why it will not be, as `response: …` (in a list of answers, as `text: …`)",
    ))
}

/// Warns of recommendations and answers in sheets that no edition shows yet (`recommendation-after-publication`): the
/// sheet's own was published before their day. Once a later edition knows them, nothing is to be done.
fn after_publication(portal: &Portal, last: Option<LastDay>, report: &mut Report) {
    let years = LazyCell::new(|| portal.years());
    let is_shown = |sheet: &Sheet, day: Date| {
        let knows = |year: FiscalYear| known_until(portal, year).is_none_or(|until| day <= until);
        knows(sheet.year) || years.iter().any(|year| *year > sheet.year && knows(*year))
    };
    let can_be = |day: Date| last.is_none_or(|last| !last.is_before(day));
    for sheet in sheets(portal).filter(|sheet| sheet.status == PublicationStatus::Published) {
        for of in &sheet.recommendations {
            if !can_be(of.date) {
                continue;
            }
            if !is_shown(sheet, of.date) {
                report.add(later(portal, sheet, ("提言", "recommendation"), (of.date, of.date_at)));
                continue;
            }
            let dated = of.responses.iter().filter_map(|response| Some((response.date?, response.at)));
            for said in dated.filter(|(day, _)| can_be(*day) && !is_shown(sheet, *day)) {
                report.add(later(portal, sheet, ("対応", "answer"), said));
            }
        }
    }
}

fn later(portal: &Portal, sheet: &Sheet, (ja, en): (&str, &str), (day, at): (Date, At)) -> Diagnostic {
    let year = sheet.year;
    let until = known_until(portal, year).map(|until| until.to_string()).unwrap_or_default();
    let place = Place { file: format!("content/{}", sheet.path).into(), at };
    let message = match published(portal, year) {
        Some(_) => Message::new(
            format!(
                "この{ja}の日付 {day} は、{year}年度の版を公表した {until} より後です。版には、公表した日までのことが載ります"
            ),
            format!(
                "this {en} is of {day}, after the fiscal {year} edition was published on {until}: an edition shows what was known by then"
            ),
        ),
        None => Message::new(
            format!(
                "この{ja}の日付 {day} は、{year}年度の版に載る {until} までのものではありません(公表日が portal.yaml にないため、翌年度末までを載せています)"
            ),
            format!(
                "this {en} is of {day}, and the fiscal {year} edition shows what was known by {until} (without a day of publication in portal.yaml, the end of the year after)"
            ),
        ),
    };
    Diagnostic::new(Code::RecommendationAfterPublication, place, message).help(
        "日付の誤りなら直してください。正しければこのままで、その日より後に公表する次の版から載ります",
        "correct the day where it is a slip; where it is right, leave it: the next edition that is published after it shows it",
    )
}

fn place(portal: &Portal, of: &StillOpen<'_>) -> Place {
    let path = of.sheet.map_or(&portal.path, |sheet| &sheet.path);
    Place { file: format!("content/{path}").into(), at: of.recommendation.at }
}

fn named(portal: &Portal, of: &StillOpen<'_>) -> (String, Date) {
    (of.recommendation.source.get(portal.first_language()).to_owned(), of.recommendation.date)
}

fn unanswered(portal: &Portal, of: &StillOpen<'_>) -> Diagnostic {
    let (source, date) = named(portal, of);
    let message = Message::new(
        format!("{source}の提言({date})に、まだ回答がありません"),
        format!("the recommendation by `{source}` of {date} is not answered"),
    );
    Diagnostic::new(Code::UnansweredRecommendation, place(portal, of), message).help(
        "「response: …」に市の対応を、「state:」に open(未対応)・in-progress(対応中)・done(対応済み)・declined(対応しない) を書いてください",
        "write what the city does about it as `response: …`, and `state:` open, in-progress, done or declined",
    )
}

fn overdue(portal: &Portal, of: &StillOpen<'_>) -> Diagnostic {
    let (source, date) = named(portal, of);
    let due = of.due.map(|due| due.to_string()).unwrap_or_default();
    let message = Message::new(
        format!("{source}の提言({date})の期限 {due} が過ぎていますが、対応が終わっていません"),
        format!("the recommendation by `{source}` of {date} was due on {due} and is still open"),
    );
    let told = Diagnostic::new(Code::OverdueRecommendation, place(portal, of), message);
    let is_closing = |response: &&Response| response.state.is_some_and(|state| !state.is_open());
    // By their days, another answer came after the one that closes it.
    if let Some(closing) = of.recommendation.responses.iter().rfind(is_closing) {
        let day = closing.date.map(|day| format!("{day} ")).unwrap_or_default();
        let state = closing.state.map(RecommendationState::name).unwrap_or_default();
        return told.help(
            format!("{day}の回答に {state} とありますが、日付の順ではその後に終わっていない回答があります。日付の誤りなら直してください。その後に改めて始めたのなら、終わったときの回答を書き加えるか、due を改めてください"),
            format!("the answer {of_day}says {state}, and by their days another one that leaves it open came later: correct the day where it is a slip; where it was taken up again, write an answer when it is over, or another `due`", of_day = closing.date.map(|day| format!("of {day} ")).unwrap_or_default()),
        );
    }
    told.help(
        "終わっていれば state を done(対応済み)に、対応しないことにしたのなら declined(対応しない)にしてください。延ばしたのなら due を直し、理由を response に書いてください",
        "where it was followed, write state: done, where it will not be, declined; where it was put off, correct `due` and say why in `response`",
    )
}
