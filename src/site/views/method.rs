//! How rates and verdicts are made, with this portal's own settings.

use crate::model::{RateRule, Rounding, TargetChoice, VerdictName};
use crate::site::print;
use crate::site::views::context::PageContext;
use crate::site::views::marks::Badge;
use crate::site::views::workings::method_keys;
use crate::theme::Html;
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct MethodView {
    pub name: String,
    pub formula: String,
    pub decimals: String,
    pub rounding: String,
    pub target: String,
    pub verdicts: Vec<VerdictMeaning>,
    /// The city's own legend of grades.
    pub grades: Vec<GradeMeaning>,
}

#[derive(Debug, Serialize)]
pub struct VerdictMeaning {
    pub badge: Badge,
    pub meaning: Html,
}

#[derive(Debug, Serialize)]
pub struct GradeMeaning {
    pub id: String,
    pub label: Html,
    /// The verdict that the city says the grade stands for.
    pub verdict: Option<Badge>,
}

impl PageContext<'_> {
    pub(super) fn method(&self) -> MethodView {
        let RateRule { method, decimals, rounding, target } = self.portal.rate;
        let (name, formula, _) = method_keys(method);
        let rounding = match rounding {
            Rounding::HalfUp => "rounding.half-up",
            Rounding::Truncate => "rounding.truncate",
        };
        let target = match target {
            TargetChoice::Year => "target-choice.year",
            TargetChoice::Next => "target-choice.next",
            TargetChoice::Final => "target-choice.final",
        };
        let legend = |grade: &crate::model::GradeLegend| GradeMeaning {
            id: grade.id.to_string(),
            label: self.prose("portal.yaml").inline(&grade.label),
            verdict: grade.verdict.map(|verdict| self.badge(verdict)),
        };
        MethodView {
            name: self.word(name).to_owned(),
            formula: self.word(formula).to_owned(),
            decimals: self.labels.count("method.decimals", decimals as usize),
            rounding: self.word(rounding).to_owned(),
            target: self.word(target).to_owned(),
            verdicts: VerdictName::ALL.into_iter().map(|verdict| self.meaning(verdict)).collect(),
            grades: self.portal.grades.iter().map(legend).collect(),
        }
    }

    fn meaning(&self, verdict: VerdictName) -> VerdictMeaning {
        let nearly = print::figure(self.portal.verdict.nearly);
        let meaning = match verdict {
            VerdictName::Achieved => self.sentence("meaning.achieved", &[]),
            VerdictName::OnTrack => self.sentence("meaning.on-track", &[]),
            VerdictName::Nearly => self.sentence("meaning.nearly", &[("nearly", &nearly)]),
            VerdictName::Behind => self.sentence("meaning.behind", &[("nearly", &nearly)]),
            VerdictName::WorseThanBaseline => self.sentence("meaning.worse-than-baseline", &[]),
            VerdictName::Undecided => self.sentence("meaning.undecided", &[]),
        };
        VerdictMeaning { badge: self.badge(verdict), meaning }
    }
}
