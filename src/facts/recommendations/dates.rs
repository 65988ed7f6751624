//! The days of recommendations and of answers: none is in a future that the portal can know of.

use crate::diagnostic::{Code, Diagnostic, Message, Place, Report};
use crate::facts::days::{LastDay, YEARS_AFTER};
use crate::model::{At, Recommendation};
use jiff::civil::Date;

/// Tells of the days of a recommendation that cannot be (`impossible-recommendation-date`).
pub(in crate::facts) fn review(of: &Recommendation, path: &str, last: LastDay, report: &mut Report) {
    if last.is_before(of.date) {
        report.add(too_late(("提言", "recommendation"), (of.date, of.date_at), path, last));
    }
    let answers = of.responses.iter().filter_map(|response| Some((response.date?, response.at)));
    for said in answers.filter(|(day, _)| last.is_before(*day)) {
        report.add(too_late(("対応", "answer"), said, path, last));
    }
}

fn too_late((ja, en): (&str, &str), (day, at): (Date, At), path: &str, last: LastDay) -> Diagnostic {
    let place = Place { file: format!("content/{path}").into(), at };
    let (message, help) = match last {
        LastDay::Today(today) => (
            Message::new(
                format!("この{ja}の日付 {day} は、公開する日 {today} より後です"),
                format!("this {en} is of {day}, after {today}, the day that this build stands for"),
            ),
            (
                format!("まだ来ていない日の{ja}は書けません。実際の日を書いてください"),
                "what is of a day to come cannot be known: write the day on which it was made".to_owned(),
            ),
        ),
        LastDay::After { known, .. } => (
            Message::new(
                format!("この{ja}の日付 {day} は、このポータルにある最後の日 {known} から{YEARS_AFTER}年より後です"),
                format!(
                    "this {en} is of {day}, more than {YEARS_AFTER} years after {known}, the last day in this portal"
                ),
            ),
            (
                "年の書き間違いがないか確かめ、実際の日を書いてください".to_owned(),
                "look whether the year is a slip, and write the day on which it was made".to_owned(),
            ),
        ),
    };
    Diagnostic::new(Code::ImpossibleRecommendationDate, place, message).help(help.0, help.1)
}
