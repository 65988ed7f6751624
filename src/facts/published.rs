//! What an edition publishes of a policy, figure by figure: written into the ledger when the edition is frozen, and
//! compared with the ledger from then on.

use super::particulars;
use super::policy::judged;
use super::printed::{Printed, Unit, printed_amounts};
use super::recommendations::known_until;
use super::{PolicyFacts, Rate, SeriesFacts};
use crate::model::ledger::canonical;
use crate::model::{
    At, FigureField, FigureId, FiscalYear, Grade, Indicator, Language, Policy, Portal, PublishedFigure, RateMethod,
    Reading, Recommendation, Sheet, Text,
};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A figure that an edition publishes, and where a sheet states it.
#[derive(Clone, Debug)]
pub struct Stated {
    pub figure: PublishedFigure,
    /// The fiscal year of the sheet.
    pub sheet: FiscalYear,
    /// In that sheet; of the indicator for what is computed, of the name for the texts.
    pub at: At,
}

/// Every figure that the edition of `year` publishes of a policy; empty where it has no sheet for that year.
///
/// The text of a verdict is its stable name: whoever shows it to people knows the word.
pub fn published(portal: &Portal, policy: &Policy, year: FiscalYear) -> BTreeMap<FigureId, Stated> {
    let until = known_until(portal, year);
    let mut figures = Figures { language: portal.first_language(), edition: year, until, of: BTreeMap::new() };
    if let Some(facts) = judged(portal, policy, year) {
        figures.of_policy(&facts);
    }
    figures.of
}

/// Of what an edition shows of the recommendations of portal.yaml, with what had been answered up to its publication;
/// `None` where it shows none.
pub fn recommendations_digest(portal: &Portal, year: FiscalYear) -> Option<String> {
    let until = known_until(portal, year);
    let known = portal.recommendations.iter().filter(|of| until.is_none_or(|day| of.date <= day));
    let mut said: Vec<String> = known.map(|of| particulars::recommendation_by(of, until)).collect();
    // Their order says nothing.
    said.sort_unstable();
    let mut hasher = blake3::Hasher::new();
    said.iter().for_each(|of| {
        hasher.update(of.as_bytes()).update(b"\n\n");
    });
    (!said.is_empty()).then(|| hasher.finalize().to_hex().chars().take(16).collect())
}

struct Figures<'p> {
    language: &'p Language,
    edition: FiscalYear,
    /// What the edition knows of recommendations.
    until: Option<Date>,
    of: BTreeMap<FigureId, Stated>,
}

impl Figures<'_> {
    fn of_policy(&mut self, facts: &PolicyFacts<'_>) {
        let sheet = facts.sheet;
        for indicator in &facts.indicators {
            for series in &indicator.series {
                self.of_series(sheet, indicator.indicator, series, indicator.rule.method);
            }
        }
        for (component, printed) in printed_amounts(sheet, &facts.expenditure, self.language) {
            self.printed(FigureId { component: component.as_ref().into(), ..printed.id() }, &printed);
        }
        for grade in &sheet.grades {
            self.grade(sheet, grade);
        }
        let digest = digest(sheet, self.until);
        let id = self.id("", "", FigureField::Digest, None);
        self.put(id, &digest, "", sheet.year, sheet.name_at);
    }

    fn of_series(&mut self, sheet: &Sheet, indicator: &Indicator, series: &SeriesFacts<'_>, method: RateMethod) {
        let of = (indicator, series.component);
        for printed in Printed::of_series(of, series.baseline.as_ref(), (&series.actuals, &series.targets)) {
            self.printed(printed.id(), &printed);
        }
        let component = series.component.map_or("", |of| of.id.as_ref());
        let id = |field, year| FigureId { indicator: indicator.id.clone(), component: component.into(), field, year };
        let unit = Unit::of_rate(indicator, method);
        for fact in &series.rates {
            if let Rate::Computed(rate) = &fact.rate {
                let value = canonical(&Reading::Number(rate.value), None);
                let text = unit.behind(rate.value, self.language);
                self.put(id(FigureField::Rate, Some(fact.year)), &value, &text, sheet.year, indicator.at);
            }
            if let Some(published) = fact.published {
                let printed = Printed::rate(of, fact.year, published, (method, sheet.year));
                self.printed(printed.id(), &printed);
            }
        }
        let verdict = series.judgement.verdict.name();
        self.put(id(FigureField::Verdict, Some(self.edition)), verdict, verdict, sheet.year, indicator.at);
    }

    fn grade(&mut self, sheet: &Sheet, grade: &Grade) {
        let Some(given) = &grade.grade else { return };
        let id = self.id("", grade.by.name(), FigureField::Grade, Some(grade.year.unwrap_or(sheet.year)));
        self.put(id, given, given, sheet.year, grade.at);
    }

    fn id(&self, indicator: &str, component: &str, field: FigureField, year: Option<FiscalYear>) -> FigureId {
        FigureId { indicator: indicator.into(), component: component.into(), field, year }
    }

    fn printed(&mut self, id: FigureId, printed: &Printed<'_>) {
        let figure = printed.published(self.language);
        self.of.entry(id).or_insert(Stated { figure, sheet: printed.sheet, at: printed.value.at });
    }

    /// What stands twice in a sheet (two projects of one name) is published once: the first.
    fn put(&mut self, id: FigureId, value: &str, text: &str, sheet: FiscalYear, at: At) {
        let figure = PublishedFigure { value: value.into(), text: text.into(), line: 0 };
        self.of.entry(id).or_insert(Stated { figure, sheet, at });
    }
}

/// Of everything that a sheet says in words up to a day, in the order of its sections: other words give another digest,
/// other spacing does not.
fn digest(sheet: &Sheet, until: Option<Date>) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut section = |name: &str, texts: &mut dyn Iterator<Item = &Text>| {
        hasher.update(name.as_bytes());
        for text in texts {
            let versions: Vec<&str> = match text {
                Text::One(text) => vec![text],
                Text::Many(texts) => texts.iter().map(|(_, text)| text.as_ref()).collect(),
            };
            for version in versions {
                for word in version.split_whitespace() {
                    hasher.update(word.as_bytes());
                    hasher.update(b" ");
                }
                hasher.update(b"\n");
            }
        }
    };
    section("name", &mut std::iter::once(&sheet.name));
    section("vision", &mut sheet.vision.iter());
    section("achievements", &mut sheet.achievements.iter());
    section("challenges", &mut sheet.challenges.iter().map(|of| &of.challenge));
    section("approaches", &mut sheet.challenges.iter().filter_map(|of| of.approach.as_ref()));
    section("outlook", &mut sheet.outlook.iter());
    section("grades", &mut sheet.grades.iter().filter_map(|grade| grade.comment.as_ref()));
    section("projects", &mut sheet.projects.iter().map(|project| &project.name));
    section("notes", &mut sheet.notes.iter());
    if !sheet.answers.is_empty() {
        section("answers", &mut sheet.answers.iter().filter_map(|answer| answer.text.as_ref()));
    }
    if let Some(plain) = &sheet.plain {
        let texts = plain.vision.iter().chain(&plain.achievements).chain(&plain.challenges).chain(&plain.outlook);
        section("plain", &mut texts.into_iter());
    }
    let known = |of: &&Recommendation| until.is_none_or(|day| of.date <= day);
    if sheet.recommendations.iter().any(|of| known(&of)) {
        let said = sheet.recommendations.iter().filter(known).flat_map(|of| {
            let responses = of.responses_by(until).flat_map(|response| {
                let state = response.state.map(|state| Text::new(state.name()));
                response.text.clone().into_iter().chain(state)
            });
            [of.source.clone(), of.text.clone(), Text::new(&of.date.to_string())].into_iter().chain(responses)
        });
        let said: Vec<Text> = said.collect();
        section("recommendations", &mut said.iter());
    }
    // Of what few sheets say, nothing is put in for the others: their digest stays.
    if !sheet.successor_of.is_empty() {
        let ids: Vec<Text> = sheet.successor_of.iter().map(|of| Text::new(&of.policy)).collect();
        section("successor_of", &mut ids.iter());
    }
    let said_beside = [
        ("answer-states", particulars::answer_states(sheet)),
        ("target_changes", particulars::undeclared_target_changes(sheet)),
        ("breaks", particulars::undeclared_breaks(sheet)),
    ];
    for (name, said) in said_beside.into_iter().filter(|(_, said)| !said.is_empty()) {
        let said: Vec<Text> = said.iter().map(|of| Text::new(of)).collect();
        section(name, &mut said.iter());
    }
    if let Some(end) = &sheet.ended {
        let year = Text::new(end.year.digits());
        section("ended", &mut std::iter::once(&year).chain(&end.note));
    }
    hasher.finalize().to_hex().chars().take(16).collect()
}
