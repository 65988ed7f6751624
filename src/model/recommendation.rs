//! What others recommend to the city (提言, 指摘): auditors, external reviewers, the council; and what the city answers.

use super::text::{At, Language, Text};
use jiff::civil::Date;

/// A recommendation, with everything that was ever answered to it.
#[derive(Clone, Debug)]
pub struct Recommendation {
    pub id: Option<Box<str>>,
    /// Whose it is: 監査委員, 外部評価委員会, 議会.
    pub source: Text,
    pub date: Date,
    pub date_at: At,
    pub text: Text,
    /// By when it is to be followed.
    pub due: Option<Date>,
    /// In portal.yaml: the policy that it speaks of. In a sheet it is the sheet's.
    pub policy: Option<Box<str>>,
    /// Of the id; of the text where none is named. So the indicator's.
    pub policy_at: At,
    pub indicator: Option<Box<str>>,
    pub indicator_at: At,
    /// In the order of their days; those without one first.
    pub responses: Box<[Response]>,
    /// Of the text.
    pub at: At,
}

/// What the city answered, and how far it is.
#[derive(Clone, Debug)]
pub struct Response {
    /// `None`: known as long as the recommendation is.
    pub date: Option<Date>,
    pub state: Option<RecommendationState>,
    /// Of the state; where there is none, as `at`.
    pub state_at: At,
    pub text: Option<Text>,
    /// Of the date, where there is one.
    pub at: At,
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

    /// As the last of some answers says that says it; an answer that does not is a beginning.
    pub fn said_by<'r>(answers: impl DoubleEndedIterator<Item = &'r Response> + Clone) -> Self {
        let said = answers.clone().rev().find_map(|of| of.state);
        let begun = |any: bool| if any { Self::InProgress } else { Self::Open };
        said.unwrap_or_else(|| begun(answers.clone().any(|of| of.text.is_some())))
    }
}

impl Recommendation {
    /// What had been answered by a day; without a day, everything.
    pub fn responses_by(&self, day: Option<Date>) -> impl DoubleEndedIterator<Item = &Response> + Clone {
        let said = move |of: &&Response| day.is_none_or(|day| of.date.is_none_or(|date| date <= day));
        self.responses.iter().filter(said)
    }

    /// How far it was on a day, as far as this says it.
    pub fn state_on(&self, day: Option<Date>) -> RecommendationState {
        RecommendationState::said_by(self.responses_by(day))
    }

    /// Whether another sheet speaks of the same: by the id, or, where one names none, in the same words of the same day.
    pub fn is_same(&self, other: &Self, first: &Language) -> bool {
        match (&self.id, &other.id) {
            (Some(id), Some(other)) => id == other,
            _ => {
                let words = |of: &Self| [&of.source, &of.text].map(|text| text.get(first).trim().to_owned());
                self.date == other.date && words(self) == words(other)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edition_knows_the_answers_of_its_day() {
        let day = |day| Date::constant(2025, 9, day);
        let response = |date: Option<Date>, state, text: Option<&str>| Response {
            date,
            state,
            state_at: At::default(),
            text: text.map(Text::new),
            at: At::default(),
        };
        let of = |responses| recommendation(None, "x", responses);
        let begun = Some(RecommendationState::InProgress);
        let both = of(vec![
            response(Some(day(10)), begun, Some("a")),
            response(Some(day(20)), Some(RecommendationState::Done), None),
        ]);
        assert_eq!(both.state_on(Some(day(9))), RecommendationState::Open);
        assert_eq!(both.state_on(Some(day(10))), RecommendationState::InProgress);
        assert_eq!(both.state_on(None), RecommendationState::Done);
        assert_eq!(of(vec![response(None, None, Some("a"))]).state_on(Some(day(1))), RecommendationState::InProgress);
    }

    #[test]
    fn the_id_tells_the_same_recommendation_and_without_one_the_words() {
        let of = |id, text| recommendation(id, text, Vec::new());
        let same = |a: &Recommendation, b: &Recommendation| a.is_same(b, &Language::japanese());
        assert!(same(&of(Some("a"), "x"), &of(Some("a"), "in other words")));
        assert!(!same(&of(Some("a"), "x"), &of(Some("b"), "x")));
        assert!(same(&of(None, "x"), &of(Some("b"), " x")));
        assert!(!same(&of(None, "x"), &of(None, "y")));
        let later = Recommendation { date: Date::constant(2025, 9, 2), ..of(None, "x") };
        assert!(!same(&of(None, "x"), &later));
    }

    fn recommendation(id: Option<&str>, text: &str, responses: Vec<Response>) -> Recommendation {
        Recommendation {
            id: id.map(Into::into),
            source: Text::new("監査委員"),
            date: Date::constant(2025, 9, 1),
            date_at: At::default(),
            text: Text::new(text),
            due: None,
            policy: None,
            policy_at: At::default(),
            indicator: None,
            indicator_at: At::default(),
            responses: responses.into(),
            at: At::default(),
        }
    }
}
