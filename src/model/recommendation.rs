//! What others recommend to the city (提言, 指摘): auditors, external reviewers, the council; and what the city answers.

use super::text::{At, Text};
use jiff::civil::Date;

/// A recommendation, with everything that was ever answered to it.
#[derive(Clone, Debug)]
pub struct Recommendation {
    pub id: Option<Box<str>>,
    /// Whose it is: 監査委員, 外部評価委員会, 議会.
    pub source: Text,
    pub date: Date,
    pub text: Text,
    /// By when it is to be followed.
    pub due: Option<Date>,
    /// In portal.yaml: the policy that it speaks of. In a sheet it is the sheet's.
    pub policy: Option<Box<str>>,
    pub indicator: Option<Box<str>>,
    /// In the order of their days; those without one first.
    pub responses: Box<[Response]>,
    pub at: At,
}

/// What the city answered, and how far it is.
#[derive(Clone, Debug)]
pub struct Response {
    /// `None`: known as long as the recommendation is.
    pub date: Option<Date>,
    pub state: Option<RecommendationState>,
    pub text: Option<Text>,
}

/// How far a recommendation is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecommendationState {
    /// 未対応.
    Open,
    /// 対応中.
    InProgress,
    /// 対応済み.
    Done,
    /// 対応しない.
    Declined,
}

impl RecommendationState {
    pub const ALL: [Self; 4] = [Self::Open, Self::InProgress, Self::Done, Self::Declined];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::InProgress => "in-progress",
            Self::Done => "done",
            Self::Declined => "declined",
        }
    }

    /// Whether something is still to be done.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::InProgress)
    }
}

impl Recommendation {
    /// What had been answered by a day; without a day, everything.
    pub fn responses_by(&self, day: Option<Date>) -> impl DoubleEndedIterator<Item = &Response> {
        let said = move |of: &&Response| day.is_none_or(|day| of.date.is_none_or(|date| date <= day));
        self.responses.iter().filter(said)
    }

    /// How far it was on a day: as the last answer says; an answer that does not say it is a beginning.
    pub fn state_on(&self, day: Option<Date>) -> RecommendationState {
        let said = self.responses_by(day).rev().find_map(|of| of.state);
        let answered = || self.responses_by(day).any(|of| of.text.is_some());
        said.unwrap_or_else(|| if answered() { RecommendationState::InProgress } else { RecommendationState::Open })
    }

    /// Whether nothing had been answered by a day.
    pub fn is_unanswered(&self, day: Option<Date>) -> bool {
        self.state_on(day) == RecommendationState::Open && self.responses_by(day).all(|of| of.text.is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edition_knows_the_answers_of_its_day() {
        let day = |day| Date::constant(2025, 9, day);
        let response =
            |date: Option<Date>, state, text: Option<&str>| Response { date, state, text: text.map(Text::new) };
        let of = |responses: Vec<Response>| Recommendation {
            id: None,
            source: Text::new("監査委員"),
            date: day(1),
            text: Text::new("x"),
            due: None,
            policy: None,
            indicator: None,
            responses: responses.into(),
            at: At::default(),
        };
        let begun = Some(RecommendationState::InProgress);
        let both = of(vec![
            response(Some(day(10)), begun, Some("a")),
            response(Some(day(20)), Some(RecommendationState::Done), None),
        ]);
        assert!(both.is_unanswered(Some(day(9))));
        assert_eq!(both.state_on(Some(day(10))), RecommendationState::InProgress);
        assert_eq!(both.state_on(None), RecommendationState::Done);
        assert_eq!(of(vec![response(None, None, Some("a"))]).state_on(Some(day(1))), RecommendationState::InProgress);
        let stated = of(vec![response(None, Some(RecommendationState::Open), None)]);
        assert!(stated.is_unanswered(None), "a state is no answer");
    }
}
