//! What differs between editions, in words: the page and the command line say the same.

use super::print::{self, Printer, with_unit};
use crate::facts::{self, IndicatorDifference, PolicyChange, PolicyDifference, TextSection};
use crate::markdown;
use crate::model::{
    FigureField, FigureId, FiscalYear, Fund, Language, MoneyUnit, Portal, PublishedFigure, Sheet, Text,
};
use crate::theme::{Labels, Words};
use rust_decimal::Decimal;

/// Words for differences in one language.
#[derive(Clone, Copy, Debug)]
pub struct DifferenceWords<'a> {
    portal: &'a Portal,
    labels: &'a Labels,
    language: &'a Language,
    printer: Printer<'a>,
}

impl<'a> DifferenceWords<'a> {
    pub fn new(portal: &'a Portal, labels: &'a Labels, language: &'a Language) -> Self {
        Self { portal, labels, language, printer: Printer::new(labels, language, portal.first_language()) }
    }

    pub fn portal(&self) -> &'a Portal {
        self.portal
    }

    /// A text without markup.
    pub fn plain(&self, text: &Text) -> String {
        markdown::plain(text.get(self.language))
    }

    /// The same, which says its language where it is not the one that is spoken.
    fn words(&self, text: &Text) -> Words {
        let first = self.portal.first_language();
        let language = match text {
            Text::One(_) => first,
            Text::Many(texts) if texts.iter().any(|(of, _)| of == self.language) => self.language,
            Text::Many(texts) => texts.first().map_or(first, |(of, _)| of),
        };
        let plain = self.plain(text);
        if language == self.language { Words::new(plain) } else { Words::foreign(plain, language) }
    }

    /// `知的対流を通じた交流人数`, of a component `待機児童数（小学校）`; empty for what belongs to the policy itself.
    pub fn series(&self, sheet: &Sheet, id: &FigureId) -> Words {
        let Some(indicator) = sheet.indicator(&id.indicator) else { return Words::default() };
        let name = self.words(&indicator.name);
        match indicator.components.iter().find(|component| component.id == id.component) {
            Some(component) => {
                let part = self.words(&component.name);
                self.labels.fill_words("changes.part", &[("name", &name), ("part", &part)])
            }
            None => name,
        }
    }

    /// What a figure is: `2027年度の目標値`, `2024年度の決算額（国庫支出金）`.
    pub fn what(&self, id: &FigureId) -> Words {
        self.what_of(id, id.year)
    }

    /// The same without its year: `決算額（国庫支出金）`.
    pub fn what_of_any_year(&self, id: &FigureId) -> Words {
        self.what_of(id, None)
    }

    /// Figures of two years, each with what it is: `2024年度の決算額 1,200千円`, `2025年度の決算額 1,500千円`.
    pub fn of_their_years(
        &self,
        id: &FigureId,
        (earlier, later): (FiscalYear, FiscalYear),
        (before, after): (Words, Words),
    ) -> (Words, Words) {
        let of = |year, figure: Words| {
            let what = self.what_of(id, Some(year));
            self.labels.fill_words("changes.figure-of-year", &[("what", &what), ("figure", &figure)])
        };
        (of(earlier, before), of(later, after))
    }

    /// `まだ書かれていない2025年度の値: 11件`.
    pub fn unfilled(&self, year: FiscalYear, count: usize) -> String {
        let (year, count) = (self.printer.short_year(year), count.to_string());
        self.labels.fill("changes.unfilled-of-year", &[("year", &year), ("n", &count)])
    }

    fn what_of(&self, id: &FigureId, year: Option<FiscalYear>) -> Words {
        let field = self.labels.get(match id.field {
            FigureField::Baseline => "changes.baseline",
            FigureField::Actual => "changes.actual",
            FigureField::Target => "changes.target",
            FigureField::Rate => "changes.rate",
            FigureField::PublishedRate => "changes.published-rate",
            FigureField::Verdict => "changes.verdict",
            FigureField::Settled => "money.settled",
            FigureField::Budgeted => "money.budgeted",
            FigureField::Personnel => "money.personnel",
            FigureField::Total => "money.total-cost",
            FigureField::Grade => "grade.title",
            FigureField::Digest => "changes.texts",
        });
        let what = match year {
            Some(year) => {
                self.labels.fill("changes.of-year", &[("year", &self.printer.short_year(year)), ("what", field)])
            }
            None => field.to_owned(),
        };
        let what = Words::new(what);
        if !id.indicator.is_empty() || id.component.is_empty() {
            return what;
        }
        // What no label knows is the city's own word: a project, or who graded.
        let first = self.portal.first_language();
        let own = |part: &str| match self.language == first {
            true => Words::new(part),
            false => Words::foreign(part, first),
        };
        let (project, part) = parts_of_policy(&id.component);
        let part = part.map(|part| {
            let key = if id.field == FigureField::Grade { format!("grade.{part}") } else { format!("fund.{part}") };
            self.labels.find(&key).map_or_else(|| own(part), Words::new)
        });
        let parts: Vec<_> = project.map(own).into_iter().chain(part).collect();
        let part = Words::joined(&parts, " ");
        self.labels.fill_words("changes.part", &[("name", &what), ("part", &part)])
    }

    /// A figure as the sheets of both editions have it, with its unit; both with as many digits.
    pub fn figures(
        &self,
        (earlier, later): (&Sheet, &Sheet),
        id: &FigureId,
        (before, after): (Option<&PublishedFigure>, Option<&PublishedFigure>),
    ) -> (Words, Words) {
        // The text has the digits that were printed: 40.0% is 40 as a value.
        let digits = |of: &PublishedFigure| {
            let printed = of.text.strip_suffix(facts::unit_of(&of.text))?.replace(',', "");
            let number = |text: &str| text.parse::<Decimal>().ok();
            let (printed, value) = (number(&printed), number(&of.value)?);
            Some(printed.filter(|printed| *printed == value).unwrap_or(value).scale())
        };
        let digits = before.into_iter().chain(after).filter_map(digits).max();
        let digits = digits.unwrap_or_default();
        (self.figure(earlier, id, before, digits), self.figure(later, id, after, digits))
    }

    fn figure(&self, sheet: &Sheet, id: &FigureId, figure: Option<&PublishedFigure>, digits: u32) -> Words {
        let Some(figure) = figure else { return Words::new(self.labels.get("changes.absent")) };
        if id.field == FigureField::Verdict {
            return Words::new(self.labels.get(&format!("verdict.{}", figure.value)));
        }
        let as_it_is = matches!(id.field, FigureField::Rate | FigureField::PublishedRate | FigureField::Grade);
        match figure.value.parse::<Decimal>().ok().filter(|_| !as_it_is) {
            Some(mut number) => {
                number.rescale(digits);
                with_unit(&print::figure(number), &self.unit(sheet, id, figure))
            }
            None if self.language == self.portal.first_language() => Words::new(figure.text.as_ref()),
            None => Words::foreign(figure.text.as_ref(), self.portal.first_language()),
        }
    }

    fn unit(&self, sheet: &Sheet, id: &FigureId, figure: &PublishedFigure) -> Words {
        let indicator = sheet.indicator(&id.indicator);
        let of_actual = indicator.and_then(|of| of.unit.as_ref());
        let unit = match id.field {
            FigureField::Target => indicator.and_then(|of| of.target_unit.as_deref()).or(of_actual),
            FigureField::Baseline | FigureField::Actual => of_actual,
            _ => {
                let stated = MoneyUnit::ALL.into_iter().filter(|unit| figure.text.ends_with(unit.name()));
                let stated = stated.max_by_key(|unit| unit.name().len());
                let unit = stated.or_else(|| sheet.expenditure.as_ref().map(|of| of.unit));
                return Words::new(unit.map(|unit| self.printer.money_unit(unit)).unwrap_or_default());
            }
        };
        unit.map(|unit| self.words(unit)).unwrap_or_default()
    }

    /// What became of a policy: `この版からの施策です`, `「…」と「…」に分かれました`.
    pub fn policy(&self, difference: &PolicyDifference<'_>, change: PolicyChange<'_>) -> String {
        match change {
            PolicyChange::Ended(end) => {
                self.labels.fill("changes.ended-policy", &[("year", &self.printer.short_year(end.year))])
            }
            PolicyChange::Renamed => {
                let from = difference.before.map(|sheet| self.plain(&sheet.name)).unwrap_or_default();
                self.labels.fill("changes.renamed", &[("from", &from)])
            }
            _ => {
                let (key, others) = passage(difference, change);
                let name = |sheet: &&Sheet| self.labels.fill("lineage.name", &[("name", &self.plain(&sheet.name))]);
                let names: Vec<_> = others.iter().map(name).collect();
                self.labels.fill(key, &[("names", &names.join(self.labels.get("lineage.and")))])
            }
        }
    }

    /// The same of an indicator.
    pub fn indicator(&self, difference: &IndicatorDifference<'_>) -> String {
        match (difference.before, difference.after) {
            (None, _) => self.labels.get("changes.new-indicator").to_owned(),
            (_, None) => self.labels.get("changes.gone-indicator").to_owned(),
            (Some(_), Some(_)) if difference.has_ended() => self.labels.get("changes.ended-indicator").to_owned(),
            (Some(before), Some(_)) => self.labels.fill("changes.renamed", &[("from", &self.plain(&before.name))]),
        }
    }

    /// `書きかえられた文章：成果、課題`.
    pub fn texts_heading(&self, texts: &[TextSection]) -> String {
        format!("{}: {}", self.labels.get("changes.texts"), self.texts(texts))
    }

    /// `成果、課題`; empty where no words differ.
    pub fn texts(&self, texts: &[TextSection]) -> String {
        let words: Vec<_> = texts.iter().map(|section| self.labels.get(section_key(*section))).collect();
        words.join(self.labels.get("list.separator"))
    }
}

/// The label that says what became of a policy, and the policies that it names.
pub fn passage<'a>(difference: &PolicyDifference<'a>, change: PolicyChange<'_>) -> (&'static str, Vec<&'a Sheet>) {
    match change {
        PolicyChange::New => ("changes.new-policy", Vec::new()),
        PolicyChange::Gone => ("changes.gone-policy", Vec::new()),
        PolicyChange::Ended(_) => ("changes.ended-policy", Vec::new()),
        PolicyChange::Renamed => ("changes.renamed", Vec::new()),
        PolicyChange::Succeeds => ("changes.succeeds", difference.before.into_iter().collect()),
        PolicyChange::Merged => ("changes.merged", difference.from.clone()),
        PolicyChange::MergedInto => ("changes.merged-into", difference.into.clone()),
        PolicyChange::SplitFrom => ("changes.split-from", difference.from.clone()),
        PolicyChange::SplitInto => ("changes.split-into", difference.into.clone()),
        PolicyChange::PartInto => ("changes.part-into", difference.into.clone()),
    }
}

const fn section_key(section: TextSection) -> &'static str {
    match section {
        TextSection::Vision => "changes.text-vision",
        TextSection::Achievements => "changes.text-achievements",
        TextSection::Answers => "changes.text-answers",
        TextSection::Challenges => "changes.text-challenges",
        TextSection::Approaches => "changes.text-approaches",
        TextSection::Outlook => "changes.text-outlook",
        TextSection::GradeComments => "changes.text-grade-comments",
        TextSection::Projects => "changes.text-projects",
        TextSection::Notes => "changes.text-notes",
        TextSection::Plain => "changes.text-plain",
        TextSection::AnswerStates => "changes.text-answer-states",
        TextSection::Recommendations => "changes.text-recommendations",
        TextSection::TargetChanges => "changes.text-target-changes",
        TextSection::Breaks => "changes.text-breaks",
        TextSection::Units => "changes.text-units",
        TextSection::Statuses => "changes.text-statuses",
        TextSection::Departments => "changes.text-departments",
        TextSection::Area => "changes.text-area",
    }
}

/// The project that a figure of the policy itself is of, and the fund, or who graded.
pub fn parts_of_policy(component: &str) -> (Option<&str>, Option<&str>) {
    let is_fund = |name: &str| Fund::ALL.iter().any(|fund| fund.name() == name);
    match component.strip_prefix("project:") {
        Some(rest) => match rest.rsplit_once('/').filter(|(_, fund)| is_fund(fund)) {
            Some((project, fund)) => (Some(project), Some(fund)),
            None => (Some(rest), None),
        },
        None => (None, Some(component).filter(|component| !component.is_empty())),
    }
}
