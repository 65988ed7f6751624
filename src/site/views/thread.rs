//! Challenges over the years: what became of last year's, and which one stays.

use crate::facts::thread::{self, Answered};
use crate::model::{AnswerState, Sheet};
use crate::site::route::Target;
use crate::site::views::context::PageContext;
use crate::site::views::page::Link;
use crate::site::views::policy::address;
use crate::theme::Html;
use serde::Serialize;

/// What became of a challenge of an earlier sheet.
#[derive(Debug, Serialize)]
pub struct AnswerView {
    /// 2024年度の課題.
    pub year: String,
    /// The earlier sheet's page.
    pub href: String,
    /// The challenge, as that sheet words it.
    pub asked: Html,
    pub chain: Option<ChainView>,
    pub state: Option<StateView>,
    pub text: Option<Html>,
    pub address: String,
}

#[derive(Debug, Serialize)]
pub struct StateView {
    /// `done`, `continued`, `stopped`.
    pub name: &'static str,
    pub word: String,
}

/// A challenge of several years in a row.
#[derive(Debug, Serialize)]
pub struct ChainView {
    /// 3年連続の課題.
    pub text: String,
    /// The pages of the years before, the first year first.
    pub years: Vec<Link>,
}

impl PageContext<'_> {
    pub(super) fn answers(&self, sheet: &Sheet) -> Vec<AnswerView> {
        let before = self.portal.earlier(sheet);
        thread::answered(&before, sheet).iter().map(|of| self.answer(sheet, of)).collect()
    }

    fn answer(&self, sheet: &Sheet, of: &Answered<'_, '_>) -> AnswerView {
        let Answered { answer, number, asked_in, challenge } = of;
        let year = self.year_of_sheet(asked_in);
        let text = answer.text.as_ref();
        AnswerView {
            year: self.labels.fill("answer.asked", &[("year", &year)]),
            href: self.page_of_challenges(asked_in),
            asked: self.prose(&asked_in.path).block(&challenge.challenge, 3, &format!("asked_{number}")),
            chain: self.chain(asked_in, &answer.id),
            state: answer.state.map(|state| StateView { name: state.name(), word: self.state_word(state).to_owned() }),
            text: text.map(|text| self.prose(&sheet.path).block(text, 3, &format!("answer_{number}"))),
            address: address(sheet, &format!("answers/{number}")),
        }
    }

    /// `None` where the year before does not name the challenge.
    pub(super) fn chain(&self, sheet: &Sheet, id: &str) -> Option<ChainView> {
        let earlier = self.portal.earlier(sheet);
        let before = thread::named_before(&earlier, sheet, id);
        if before.is_empty() {
            return None;
        }
        let count = (before.len() + 1).to_string();
        let link =
            |of: &&Sheet| Link { text: Html::escape(&self.year_of_sheet(of)), href: self.page_of_challenges(of) };
        Some(ChainView {
            text: self.labels.fill("answer.chain", &[("n", &count)]),
            years: before.iter().map(link).collect(),
        })
    }

    fn page_of_challenges(&self, sheet: &Sheet) -> String {
        self.links.to_anchor(Target::Policy(sheet.year, &sheet.policy), "section_challenges")
    }

    fn state_word(&self, state: AnswerState) -> &str {
        match state {
            AnswerState::Done => self.word("answer.done"),
            AnswerState::Continued => self.word("answer.continued"),
            AnswerState::Stopped => self.word("answer.stopped"),
        }
    }
}
