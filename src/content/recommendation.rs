//! Recommendations from outside: from the tree to the model.

use super::keys;
use super::reader::{Fields, Reader};
use super::yaml::{Kind, Node, Problem};
use crate::diagnostic::{Code, Message};
use crate::model::{At, Recommendation, RecommendationState, Response};
use jiff::civil::Date;

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

/// A text with a state beside it, or a list of answers, each with its day.
fn responses(reader: &mut Reader<'_>, fields: &Fields<'_, '_>) -> Box<[Response]> {
    let state_node = fields.get("state");
    let state = state_node.and_then(|n| state_of(reader, n));
    let written = fields.get("response");
    let Some(list) = written.filter(|node| matches!(node.kind, Kind::Seq(_))) else {
        let text = written.and_then(|n| reader.text(n));
        let said = state.is_some() || text.is_some();
        let at = written.or(state_node).map_or(fields.at, |n| n.at);
        return said.then_some(Response { date: None, state, text, at }).into_iter().collect();
    };
    if let Some(node) = state_node {
        reader.refuse(
            node.at,
            (
                "対応を日付ごとに並べたときは、状態もその一つ一つに書きます",
                "where answers stand in a list, each has a state of its own",
            ),
            ("この状態を、最後の対応の「state」に移してください", "move this state to the last answer of the list"),
        );
    }
    let mut responses = Vec::new();
    for item in reader.items(list) {
        let Some(fields) = reader.fields(item, &keys::RESPONSE) else { continue };
        let date = fields.get("date").and_then(|n| reader.day(n));
        let state = fields.get("state").and_then(|n| state_of(reader, n));
        let text = fields.get("text").and_then(|n| reader.text(n));
        let at = fields.get("date").map_or(fields.at, |n| n.at);
        responses.extend(date.map(|date| Response { date: Some(date), state, text, at }));
    }
    responses.sort_by_key(|of| of.date);
    responses.into()
}

fn state_of(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<RecommendationState> {
    reader.word(node, &keys::RECOMMENDATION_STATE, &RecommendationState::ALL, RecommendationState::name)
}
