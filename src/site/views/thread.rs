//! Challenges over the years: what became of last year's, and which one stays.

use crate::facts::thread::{self, Answered};
use crate::markdown;
use crate::model::{AnswerState, Sheet};
use crate::site::route::Target;
use crate::site::views::context::PageContext;
use crate::site::views::page::Link;
use crate::site::views::policy::address;
use crate::theme::{Html, Words};
use serde::Serialize;

/// What became of a challenge of an earlier sheet.
#[derive(Debug, Serialize)]
pub struct AnswerView {
    /// 2024年度の課題; of a policy that was taken over with its name.
    pub year: Html,
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

/// 今後の方向性 of one year in the chain of the years.
#[derive(Debug, Serialize)]
pub struct OutlookView {
    pub year: String,
    /// That year's page; `None` for the page's own, and where nothing is said there.
    pub href: Option<String>,
    /// Its first sentence; `None` where the sheet says none.
    pub text: Option<Html>,
}

impl PageContext<'_> {
    pub(super) fn answers(&self, sheet: &Sheet) -> Vec<AnswerView> {
        let before = self.portal.ancestry(sheet);
        thread::answered(&before, sheet).iter().map(|of| self.answer(sheet, of)).collect()
    }

    fn answer(&self, sheet: &Sheet, of: &Answered<'_, '_>) -> AnswerView {
        let Answered { answer, number, asked_in, challenge } = of;
        let year = self.year_of_sheet(asked_in);
        let text = answer.text.as_ref();
        AnswerView {
            year: match asked_in.policy == sheet.policy {
                true => Html::escape(&self.labels.fill("answer.asked", &[("year", &year)])),
                false => {
                    let name = self.words(&asked_in.name).html();
                    let values = [("year", Html::escape(&year)), ("name", name)];
                    let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
                    self.labels.fill_html("answer.asked-of", &values)
                }
            },
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
        let ancestry = self.portal.ancestry(sheet);
        let before = thread::named_before(&ancestry, sheet, id);
        if before.is_empty() {
            return None;
        }
        let years = before.chunk_by(|a, b| a.year == b.year).count();
        let count = (years + 1).to_string();
        // Where several policies of a year had the challenge, each is named.
        let id = if years == before.len() { None } else { Some(&*sheet.policy) };
        let link = |of: &&Sheet| Link {
            text: self.year_or_policy(of, id.unwrap_or(&of.policy)),
            href: self.page_of_challenges(of),
        };
        Some(ChainView {
            text: self.labels.fill("answer.chain", &[("n", &count)]),
            years: before.iter().map(link).collect(),
        })
    }

    /// The outlook of the policy's sheets up to this one; `None` where no earlier sheet says one. Years in which the sheet
    /// says none stand in the chain as such.
    pub(super) fn outlook_chain(&self, sheet: &Sheet) -> Option<Vec<OutlookView>> {
        // As far as the years stand one behind the other: what merged has no one outlook.
        let earlier = self.portal.earlier(sheet);
        let mut known = vec![sheet];
        for of in earlier.iter().rev() {
            if known.last().is_none_or(|later| of.year < later.year) {
                known.push(of);
            } else {
                known.pop();
                break;
            }
        }
        known.reverse();
        let first = known.iter().take_while(|of| of.outlook.is_none()).count();
        let known = known.get(first..).filter(|known| known.len() > 1)?;
        let view = |of: &Sheet| OutlookView {
            year: self.year_of_sheet(of),
            href: (of.year != sheet.year)
                .then(|| self.links.to_anchor(Target::Policy(of.year, &of.policy), "section_outlook"))
                .filter(|_| of.outlook.is_some()),
            text: of.outlook.as_ref().map(|outlook| {
                let words = self.words(outlook);
                let sentence = markdown::first_sentence(words.as_str());
                if sentence.len() == words.as_str().len() { words.html() } else { self.words_in_part(&words, sentence) }
            }),
        };
        Some(known.iter().copied().map(view).collect())
    }

    /// A part of what was said, in the language that all of it is in.
    fn words_in_part(&self, of: &Words, part: &str) -> Html {
        of.language().map_or_else(|| Words::new(part), |language| Words::foreign(part, language)).html()
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
