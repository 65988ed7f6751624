//! recommendations.csv: what others recommend, as the edition knows it, the oldest first.

use super::{DataSource, csv_files};
use crate::facts;
use crate::markdown;
use crate::model::{Response, Text};
use std::io::{self, Write};

pub const COLUMNS: [&str; 12] = [
    "fiscal_year",
    "recommendation_id",
    "source",
    "date",
    "text",
    "policy_id",
    "indicator_id",
    "due",
    "recommendation_state",
    "response_date",
    "response",
    "address",
];

/// One line a recommendation: of several answers the last, which portal.json has all of.
pub fn write(source: &DataSource<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv_files::table(out, &COLUMNS)?;
    let plain = |text: &Text| markdown::plain(text.get(source.portal.first_language()));
    for of in facts::recommendations(source.portal, source.edition) {
        let recommendation = of.recommendation;
        let last: Option<&Response> = of.answers.iter().rev().map(|of| of.response).find(|of| of.text.is_some());
        let day = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string()).unwrap_or_default();
        table.write_record([
            source.edition.year.digits(),
            recommendation.id.as_deref().unwrap_or_default(),
            &plain(&recommendation.source),
            &recommendation.date.to_string(),
            &plain(&recommendation.text),
            of.policy.unwrap_or_default(),
            of.indicator.unwrap_or_default(),
            &day(of.due),
            of.state.name(),
            &day(last.and_then(|response| response.date)),
            &last.and_then(|response| response.text.as_ref()).map(plain).unwrap_or_default(),
            &of.address(),
        ])?;
    }
    table.flush()
}
