//! Recommendations from outside that wait for the city: nobody answered them, or their day has passed.

use super::next_sheet;
use super::status::words;
use crate::diagnostic::Message;
use crate::facts;
use crate::model::Portal;
use jiff::civil::Date;
use serde_json::{Value, json};

/// A recommendation that waits for the city.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenRecommendation {
    pub source: String,
    pub date: Date,
    /// Its beginning.
    pub text: String,
    pub policy: Option<String>,
    pub due: Option<Date>,
    pub waits: Waits,
    /// Below the root, and the line in it.
    pub file: String,
    pub line: u32,
}

/// What a recommendation waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    /// An answer.
    Unanswered,
    /// Its day has passed.
    Overdue,
}

/// What waits, whatever its year; the oldest first.
pub fn recommendations(portal: &Portal, today: Option<Date>) -> Vec<OpenRecommendation> {
    let language = portal.first_language();
    let waiting = facts::still_open(portal, today).into_iter().filter_map(|of| {
        let recommendation = of.recommendation;
        let waits = match (of.overdue, of.is_unanswered) {
            (true, _) => Waits::Overdue,
            (false, true) => Waits::Unanswered,
            (false, false) => return None,
        };
        Some(OpenRecommendation {
            source: words(&recommendation.source, language),
            date: recommendation.date,
            text: next_sheet::shortened(&recommendation.text, language),
            policy: of.sheet.map(|sheet| &sheet.policy).or(recommendation.policy.as_ref()).map(|id| id.to_string()),
            due: of.due,
            waits,
            file: format!("content/{}", of.sheet.map_or(&portal.path, |sheet| &sheet.path)),
            line: recommendation.at.line,
        })
    });
    let mut waiting: Vec<_> = waiting.collect();
    waiting.sort_by_key(|of| of.date);
    waiting
}

impl OpenRecommendation {
    /// `2025-02-20 監査委員: 期限 2025-09-30 を過ぎています: 在庫の管理を見直されたい。`.
    pub fn message(&self) -> Message {
        let Self { source, date, text, .. } = self;
        let due = self.due.map(|due| due.to_string()).unwrap_or_default();
        let (ja, en) = match self.waits {
            Waits::Overdue => (format!("期限 {due} を過ぎています"), format!("was due on {due}")),
            Waits::Unanswered if due.is_empty() => ("未回答".to_owned(), "not answered".to_owned()),
            Waits::Unanswered => (format!("未回答、期限 {due}"), format!("not answered, due on {due}")),
        };
        let policy = self.policy.as_deref().map(|policy| format!(" ({policy})")).unwrap_or_default();
        Message::new(format!("{date} {source}{policy}: {ja}: {text}"), format!("{date} {source}{policy}: {en}: {text}"))
    }

    pub fn json(&self) -> Value {
        json!({
            "source": self.source,
            "date": self.date.to_string(),
            "text": self.text,
            "policy_id": self.policy,
            "due": self.due.map(|due| due.to_string()),
            "waits": match self.waits {
                Waits::Overdue => "overdue",
                Waits::Unanswered => "unanswered",
            },
            "file": self.file,
            "line": self.line,
        })
    }
}
