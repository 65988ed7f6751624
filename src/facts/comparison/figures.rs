//! The figures of a policy in two editions, beside each other: each as the sheets print it, or as it follows from them.
//!
//! What is compared is what [`published`](super::super::published()) says, without its text until a figure differs: a table
//! of a thousand policies compares very many.

use super::{EditionOf, FigureCompared, FigureDifference};
use crate::facts::Rate;
use crate::facts::expenditure::expenditure;
use crate::facts::printed::{Printed, Unit, printed_amounts, printed_of};
use crate::facts::rate::rate_of;
use crate::facts::series::{History, Known, KnownIndicator};
use crate::facts::verdict::judge;
use crate::model::ledger::canonical;
use crate::model::{FigureField, FigureId, FiscalYear, Indicator, Language, Policy, PublishedFigure, Reading, Sheet};
use rust_decimal::Decimal;
use std::borrow::Cow;
use std::cmp::Ordering;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    Whole,
    /// No verdicts but those of components that only one of the editions has; no rates of the editions' own years.
    Short,
}

/// A policy in an edition.
pub(super) type PolicyIn<'a> = (&'a Policy, &'a Sheet, EditionOf<'a>);

/// The figures that differ, of the policy itself and of indicators that both editions have, in the order of ids.
pub(super) fn differing(before: PolicyIn<'_>, after: PolicyIn<'_>, extent: Extent) -> Vec<FigureDifference> {
    let (was, is) = (Whole::new(before), Whole::new(after));
    let mut pairs = Pairs { was: &was, is: &is, extent, found: Vec::new() };
    pairs.compare(was.of_the_policy(), is.of_the_policy());
    for indicator in &is.sheet.indicators {
        let Some(indicator_before) = was.sheet.indicator(&indicator.id) else { continue };
        let (one, other) = (was.known(indicator_before), is.known(indicator));
        let judged = |known: &Known<'_>, others: &KnownIndicator<'_>| {
            let id = |of: &Known<'_>| of.component.map(|of| of.id.clone());
            extent == Extent::Whole || !others.series.iter().any(|of| id(of) == id(known))
        };
        let earlier = was.of_indicator(indicator_before, &one, |known| judged(known, &other));
        let later = is.of_indicator(indicator, &other, |known| judged(known, &one));
        pairs.compare(earlier, later);
    }
    pairs.found.sort_by(|a, b| (&a.id, a.compared).cmp(&(&b.id, b.compared)));
    pairs.found
}

/// A figure that an edition publishes.
#[derive(Clone, Debug)]
struct Figure<'a> {
    indicator: &'a str,
    component: Cow<'a, str>,
    field: FigureField,
    year: Option<FiscalYear>,
    said: Said<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Said<'a> {
    Printed(Printed<'a>),
    Rate(Decimal, Unit<'a>),
    /// A grade, or the stable name of a verdict.
    Word(&'a str),
}

/// Of figures of one indicator; words last, which are the dearest to compare.
type Key<'f> = (FigureField, Option<FiscalYear>, &'f str);

impl<'a> Figure<'a> {
    fn key(&self) -> Key<'_> {
        (self.field, self.year, &self.component)
    }

    /// Of the figure of another year.
    fn key_of(&self, year: FiscalYear) -> Key<'_> {
        (self.field, Some(year), &self.component)
    }

    fn id(&self) -> FigureId {
        let (indicator, component) = (self.indicator.into(), self.component.as_ref().into());
        FigureId { indicator, component, field: self.field, year: self.year }
    }

    fn says_the_same(&self, other: &Self) -> bool {
        match (self.said, other.said) {
            (Said::Printed(one), Said::Printed(other)) => one.says_the_same(&other),
            (Said::Rate(one, _), Said::Rate(other, _)) => one == other,
            (Said::Word(one), Said::Word(other)) => one == other,
            _ => false,
        }
    }

    fn published(&self, language: &Language) -> PublishedFigure {
        match self.said {
            Said::Printed(printed) => printed.published(language),
            Said::Rate(rate, unit) => PublishedFigure {
                value: canonical(&Reading::Number(rate), None).into(),
                text: unit.behind(rate, language).into(),
                line: 0,
            },
            Said::Word(word) => PublishedFigure { value: word.into(), text: word.into(), line: 0 },
        }
    }
}

impl<'a> From<Printed<'a>> for Figure<'a> {
    fn from(printed: Printed<'a>) -> Self {
        let (indicator, component) = printed.series();
        let (field, year) = (printed.field, printed.year);
        Self { indicator, component: component.into(), field, year, said: Said::Printed(printed) }
    }
}

/// What an edition says of a policy.
struct Whole<'a> {
    sheet: &'a Sheet,
    history: History<'a>,
    edition: EditionOf<'a>,
}

impl<'a> Whole<'a> {
    fn new((policy, sheet, edition): PolicyIn<'a>) -> Self {
        Self { sheet, history: History::new(policy), edition }
    }

    fn known(&self, indicator: &'a Indicator) -> KnownIndicator<'a> {
        KnownIndicator::new(&self.history, indicator, &self.edition.portal.plan, self.edition.year)
    }

    /// Money and grades.
    fn of_the_policy(&self) -> Vec<Figure<'a>> {
        let language = self.edition.portal.first_language();
        let money = expenditure(self.history.sheets(self.edition.year));
        let amounts = printed_amounts(self.sheet, &money, language);
        let mut found: Vec<Figure<'a>> =
            amounts.into_iter().map(|(component, printed)| Figure { component, ..Figure::from(printed) }).collect();
        found.extend(self.sheet.grades.iter().filter_map(|grade| {
            let said = Said::Word(grade.grade.as_deref()?);
            let (indicator, component) = ("", grade.by.name().into());
            let year = Some(grade.year.unwrap_or(self.sheet.year));
            Some(Figure { indicator, component, field: FigureField::Grade, year, said })
        }));
        in_order(found)
    }

    fn of_indicator(
        &self,
        indicator: &'a Indicator,
        known: &KnownIndicator<'a>,
        is_judged: impl Fn(&Known<'a>) -> bool,
    ) -> Vec<Figure<'a>> {
        let EditionOf { portal, year: edition } = self.edition;
        let rule = indicator.rate.unwrap_or(portal.rate);
        let mut found: Vec<Figure<'a>> =
            printed_of(indicator, known, (rule.method, edition)).into_iter().map(Figure::from).collect();
        for series in &known.series {
            let component = series.component.map_or("", |of| of.id.as_ref());
            let of = |field, year, said| Figure {
                indicator: &indicator.id,
                component: component.into(),
                field,
                year: Some(year),
                said,
            };
            let unit = Unit::of_rate(indicator, rule.method);
            found.extend(series.actuals.iter().filter_map(|actual| match rate_of(series, actual, rule) {
                Rate::Computed(rate) => Some(of(FigureField::Rate, actual.year, Said::Rate(rate.value, unit))),
                Rate::NotComputable(_) => None,
            }));
            if is_judged(series) {
                let verdict = judge(series, edition, portal.verdict).verdict;
                found.push(of(FigureField::Verdict, edition, Said::Word(verdict.name())));
            }
        }
        in_order(found)
    }
}

/// Each once: of two of one id the first.
fn in_order(mut figures: Vec<Figure<'_>>) -> Vec<Figure<'_>> {
    figures.sort_by(|a, b| a.key().cmp(&b.key()));
    figures.dedup_by(|a, b| a.key() == b.key());
    figures
}

/// Figures whose edition or year moves on with the editions, where these are of different years.
const OF_A_YEAR: [FigureField; 9] = [
    FigureField::Actual,
    FigureField::Rate,
    FigureField::PublishedRate,
    FigureField::Verdict,
    FigureField::Settled,
    FigureField::Budgeted,
    FigureField::Personnel,
    FigureField::Total,
    FigureField::Grade,
];

/// What is found of two editions.
struct Pairs<'w, 'a> {
    was: &'w Whole<'a>,
    is: &'w Whole<'a>,
    extent: Extent,
    found: Vec<FigureDifference>,
}

impl Pairs<'_, '_> {
    /// Of figures in their order.
    fn compare(&mut self, before: Vec<Figure<'_>>, after: Vec<Figure<'_>>) {
        let (earlier, later) = (self.was.edition.year, self.is.edition.year);
        let extent = self.extent;
        let told = |field| match field {
            FigureField::Rate | FigureField::PublishedRate => extent == Extent::Whole,
            field => OF_A_YEAR.contains(&field),
        };
        let is_of = |of: &Figure<'_>, year| earlier != later && told(of.field) && of.year == Some(year);
        // Of another year than the editions' own: a year that came since, or went, is no change of a figure. A target or
        // baseline that came is.
        let is_told_alone = |of: &Figure<'_>| earlier == later || !OF_A_YEAR.contains(&of.field);
        let (mut was, mut is) = (before.iter().peekable(), after.iter().peekable());
        loop {
            let order = match (was.peek(), is.peek()) {
                (Some(was), Some(is)) => was.key().cmp(&is.key()),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => return,
            };
            let was = was.next_if(|_| order.is_le());
            let is = is.next_if(|_| order.is_ge());
            if let Some(figure) = is.filter(|figure| is_of(figure, later)) {
                self.add(FigureCompared::OfItsYear, find(&before, figure.key_of(earlier)), is);
            }
            // Also where the later edition still knows it: what it has of its own year is nothing.
            let own = was.filter(|figure| is_of(figure, earlier));
            if own.is_some_and(|figure| find(&after, figure.key_of(later)).is_none()) {
                self.add(FigureCompared::OfItsYear, own, None);
            }
            let is_told = match (was, is) {
                (Some(alone), None) => own.is_none() && is_told_alone(alone),
                (None, Some(alone)) => is_told_alone(alone),
                _ => true,
            };
            if is_told {
                self.add(FigureCompared::Same, was, is);
            }
        }
    }

    fn add(&mut self, compared: FigureCompared, before: Option<&Figure<'_>>, after: Option<&Figure<'_>>) {
        if let (Some(before), Some(after)) = (before, after)
            && before.says_the_same(after)
        {
            return;
        }
        let Some(mut id) = after.or(before).map(Figure::id) else { return };
        if compared == FigureCompared::OfItsYear {
            id.year = Some(self.is.edition.year);
        }
        let figure = |of: Option<&Figure<'_>>, whole: &Whole<'_>| {
            of.map(|of| of.published(whole.edition.portal.first_language()))
        };
        let (before, after) = (figure(before, self.was), figure(after, self.is));
        self.found.push(FigureDifference { id, compared, before, after });
    }
}

fn find<'f, 'a>(figures: &'f [Figure<'a>], key: Key<'_>) -> Option<&'f Figure<'a>> {
    let found = figures.binary_search_by(|of| of.key().cmp(&key)).ok()?;
    figures.get(found)
}
