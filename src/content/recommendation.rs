//! Recommendations from outside: from the tree to the model.

use super::keys;
use super::reader::{Fields, Reader};
use super::yaml::{Kind, Node, Problem};
use crate::diagnostic::{Code, Message};
use crate::model::{At, Recommendation, RecommendationState, Response};
use jiff::{Span, civil::Date};

/// Where recommendations are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrittenIn {
    Portal,
    /// All of them speak of its policy.
    Sheet,
}

pub fn recommendations(reader: &mut Reader<'_>, node: &Node<'_>, written: WrittenIn) -> Box<[Recommendation]> {
    let mut found = Vec::new();
    let mut ids = Vec::new();
    for item in reader.items(node) {
        let Some(fields) = reader.fields(item, &keys::RECOMMENDATION) else { continue };
        let id = fields.get("id").and_then(|n| Some((reader.id(n)?, n.at)));
        ids.extend(id.clone());
        found.extend(recommendation(reader, &fields, id.map(|(id, _)| id), written));
    }
    reader.unique_ids(ids.iter().map(|(id, at)| (id.as_ref(), *at)));
    found.into()
}

fn recommendation(
    reader: &mut Reader<'_>,
    fields: &Fields<'_, '_>,
    id: Option<Box<str>>,
    written: WrittenIn,
) -> Option<Recommendation> {
    let source = fields.get("source").and_then(|n| reader.text(n));
    let date = fields.get("date").and_then(|n| reader.day(n));
    let text = fields.get("text").and_then(|n| reader.text(n));
    let due = fields.get("due").and_then(|n| reader.day(n));
    let indicator = fields.get("indicator").and_then(|n| reader.id(n));
    let at = fields.get("text").map_or(fields.at, |n| n.at);
    let at_of = |key| fields.get(key).map_or(at, |n| n.at);
    let policy = fields.get("policy").and_then(|n| Some((reader.id(n)?, n.at)));
    if let Some((_, at)) = policy.as_ref().filter(|_| written == WrittenIn::Sheet) {
        reader.refuse(
            *at,
            (
                "シートの中の提言は、そのシートの施策のものです",
                "in a sheet, a recommendation speaks of the sheet's policy",
            ),
            (
                "policy を消してください。ほかの施策の提言なら、その施策のシートか portal.yaml に書きます",
                "take `policy` out; one for another policy belongs into its sheet, or into portal.yaml",
            ),
        );
    }
    let responses = responses(reader, fields);
    if let Some(made) = date {
        let made = (made, at_of("date"));
        if let Some(due) = due.filter(|due| *due < made.0) {
            too_early(reader, ("対応の期限", "the day by which it is to be followed"), (due, at_of("due")), made);
        }
        for (day, at) in responses.iter().filter_map(|of| Some((of.date.filter(|day| *day < made.0)?, of.at))) {
            too_early(reader, ("この対応", "this answer"), (day, at), made);
        }
        if let Some(due) = due {
            far_off(reader, (due, at_of("due")), made);
        }
    }
    Some(Recommendation {
        id,
        source: source?,
        date: date?,
        date_at: at_of("date"),
        text: text?,
        due,
        policy: policy.map(|(policy, _)| policy),
        policy_at: at_of("policy"),
        indicator,
        indicator_at: at_of("indicator"),
        responses,
        at,
    })
}

fn too_early(reader: &mut Reader<'_>, (ja, en): (&str, &str), (day, at): (Date, At), (made, made_at): (Date, At)) {
    reader.problem(Problem {
        code: Code::DatesOutOfOrder,
        at,
        message: Message::new(
            format!("{ja} {day} が、提言の日付 {made} より前です"),
            format!("{en}, {day}, is before the recommendation itself, which is of {made}"),
        ),
        label: None,
        help: Message::new(
            "年や月の書き間違いがないか、二つの日付を確かめ、誤りのほうを直してください",
            "look at both days, and correct the one that is a slip",
        ),
        related: Some((made_at, Message::new("提言の日付はここです", "the day of the recommendation"))),
    });
}

/// How many years after a recommendation the day may be by which it is to be followed.
const YEARS_TO_FOLLOW: i16 = 10;

fn far_off(reader: &mut Reader<'_>, (due, at): (Date, At), (made, made_at): (Date, At)) {
    let last = made.checked_add(Span::new().years(YEARS_TO_FOLLOW));
    if last.is_ok_and(|last| due <= last) {
        return;
    }
    reader.problem(Problem {
        code: Code::ImpossibleRecommendationDate,
        at,
        message: Message::new(
            format!("対応の期限 {due} が、提言の日付 {made} から{YEARS_TO_FOLLOW}年より後です"),
            format!("the day by which it is to be followed, {due}, is more than {YEARS_TO_FOLLOW} years after the recommendation of {made}"),
        ),
        label: None,
        help: Message::new(
            "年の書き間違いがないか、二つの日付を確かめ、誤りのほうを直してください",
            "look at the years of both days, and correct the one that is a slip",
        ),
        related: Some((made_at, Message::new("提言の日付はここです", "the day of the recommendation"))),
    });
}

/// Of answers as they are written, the first whose day is before that of the one above it. A list that begins with the
/// newest is in order, too, unless what it closed would be open again by that.
fn out_of_order(reader: &mut Reader<'_>, written: &[Response]) {
    let is_back = |pair: &&[Response]| matches!(pair, [above, below] if below.date < above.date);
    let Some([above, below]) = written.windows(2).find(is_back) else { return };
    let (Some(day), Some(before)) = (below.date, above.date) else { return };
    let newest_first = written.windows(2).all(|pair| matches!(pair, [above, below] if below.date <= above.date));
    let reopens = |pair: &[Response]| {
        let closed = |of: &Response| of.state.map(|state| !state.is_open());
        matches!(pair, [above, below] if closed(above) == Some(false) && closed(below) == Some(true))
    };
    if newest_first && !written.windows(2).any(reopens) {
        return;
    }
    reader.problem(Problem {
        code: Code::DatesOutOfOrder,
        at: below.at,
        message: Message::new(
            format!("この対応の日付 {day} が、その上に書かれた対応の日付 {before} より前です"),
            format!("this answer is of {day}, before the one above it, which is of {before}"),
        ),
        label: None,
        help: Message::new(
            "対応は日付の順に読み、最後の日付の状態を今の状態とします。誤りのある日付を直すか、対応を日付の順に並べてください",
            "answers are read in the order of their days, and the last day's state holds: correct the day that is a slip, or put the answers in order",
        ),
        related: Some((above.at, Message::new("上の対応の日付はここです", "the day of the one above"))),
    });
}

/// A text with a state beside it, or a list of answers, each with its day.
fn responses(reader: &mut Reader<'_>, fields: &Fields<'_, '_>) -> Box<[Response]> {
    let state_node = fields.get("state");
    let state = state_node.and_then(|n| state_of(reader, n));
    let written = fields.get("response");
    let Some(list) = written.filter(|node| matches!(node.kind, Kind::Seq(_))) else {
        let text = written.and_then(|n| reader.text(n));
        let said = state.is_some() || text.is_some();
        let at = written.or(state_node).map_or(fields.at, |n| n.at);
        let state_at = state_node.map_or(at, |n| n.at);
        return said.then_some(Response { date: None, state, state_at, text, at }).into_iter().collect();
    };
    let mut responses = Vec::new();
    for item in reader.items(list) {
        let Some(fields) = reader.fields(item, &keys::RESPONSE) else { continue };
        let date = fields.get("date").and_then(|n| reader.day(n));
        let state = fields.get("state").and_then(|n| state_of(reader, n));
        let text = fields.get("text").and_then(|n| reader.text(n));
        let at = fields.get("date").map_or(fields.at, |n| n.at);
        let state_at = fields.get("state").map_or(at, |n| n.at);
        responses.extend(date.map(|date| Response { date: Some(date), state, state_at, text, at }));
    }
    out_of_order(reader, &responses);
    responses.sort_by_key(|of| of.date);
    if let Some(node) = state_node {
        // What the list says last is what holds.
        let help = match responses.last().is_some_and(|last| last.state.is_some()) {
            true => (
                "最後の対応に「state」があるので、この状態は消してください",
                "take this state out: the last answer has its own",
            ),
            false => {
                ("この状態を、最後の対応の「state」に移してください", "move this state to the last answer of the list")
            }
        };
        reader.refuse(
            node.at,
            (
                "対応を日付ごとに並べたときは、状態もその一つ一つに書きます",
                "where answers stand in a list, each has a state of its own",
            ),
            help,
        );
    }
    responses.into()
}

fn state_of(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<RecommendationState> {
    reader.word(node, &keys::RECOMMENDATION_STATE, &RecommendationState::ALL, RecommendationState::name)
}
