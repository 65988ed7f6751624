//! What happened to an indicator over the years: breaks, its survey, its predecessor, its end.

use crate::facts::IndicatorFacts;
use crate::model::{Indicator, Sheet, Text};
use crate::site::print;
use crate::site::views::context::PageContext;
use crate::site::views::judgement::Units;
use crate::theme::{Html, Shown, Words};

impl PageContext<'_> {
    pub(super) fn history(&self, sheet: &Sheet, facts: &IndicatorFacts<'_>, units: &Units) -> Vec<Html> {
        let indicator = facts.indicator;
        let mut sentences: Vec<Html> = Vec::new();
        if let Some(old) = indicator.replaces.as_deref() {
            let name = self.former_name(sheet, old);
            sentences.push(self.sentence("history.replaces", &[("name", &name)]));
        }
        for at in &facts.breaks {
            let year = self.printer().short_year(at.year);
            sentences.push(self.with_note("history.break", &[("year", &year)], at.note.as_ref()));
        }
        sentences.extend(self.survey(indicator, units));
        if let Some(ended) = &indicator.ended {
            let year = self.printer().short_year(ended.year);
            sentences.push(self.with_note("history.ended", &[("year", &year)], ended.note.as_ref()));
        }
        sentences
    }

    fn survey(&self, indicator: &Indicator, units: &Units) -> Option<Html> {
        let survey = indicator.survey.as_ref()?;
        let sample = survey.sample.map(|sample| print::figure(sample.into()));
        let tolerance = survey.tolerance.map(|tolerance| self.printer().distance(tolerance, &units.actual));
        Some(match (&sample, &tolerance) {
            (Some(sample), Some(tolerance)) => self.with_note(
                "history.survey-both",
                &[("sample", sample), ("tolerance", tolerance)],
                survey.note.as_ref(),
            ),
            (Some(sample), None) => {
                self.with_note("history.survey-sample", &[("sample", sample)], survey.note.as_ref())
            }
            (None, Some(tolerance)) => {
                self.with_note("history.survey-tolerance", &[("tolerance", tolerance)], survey.note.as_ref())
            }
            (None, None) => self.with_note("history.survey", &[], survey.note.as_ref()),
        })
    }

    /// A sentence, and after it what the author wrote about it.
    pub(super) fn with_note(&self, key: &str, figures: &[(&str, &dyn Shown)], note: Option<&Text>) -> Html {
        let Some(note) = note else { return self.sentence(key, figures) };
        let sentence = self.sentence(key, figures);
        self.followed_by(&sentence, &self.words(note).html())
    }

    /// A sentence and what comes after it, with the gap that the language puts between sentences.
    pub(super) fn followed_by(&self, sentence: &Html, rest: &Html) -> Html {
        Html::new(&format!("{}{}{}", sentence.as_str(), self.word("list.after-sentence"), rest.as_str()))
    }

    /// The name of an indicator that an earlier sheet of the policy has, or its id.
    fn former_name(&self, sheet: &Sheet, id: &str) -> Words {
        let sheets = self.portal.policy(&sheet.policy).map(|policy| policy.sheets.as_slice()).unwrap_or_default();
        let found = sheets.iter().rev().filter(|earlier| earlier.year <= sheet.year).find_map(|s| s.indicator(id));
        found.map_or_else(|| id.into(), |indicator| self.words(&indicator.name))
    }
}
