//! How a policy's indicators stood from edition to edition, with what was spent.

use crate::facts::{EarlierEdition, Of, PolicyFacts, Settled, Stood};
use crate::model::{FigureField, FiscalYear, Revision, VerdictName};
use crate::site::route::Target;
use crate::site::views::context::PageContext;
use crate::site::views::indicator::series_name;
use crate::site::views::marks::write_badge;
use crate::theme::{Html, Markup, Words};
use serde::Serialize;
use std::cmp::Ordering;

/// How many editions before its own a page shows: what still fits on a sheet of paper.
pub(super) const MOST_EARLIER: usize = 5;

#[derive(Debug, Serialize)]
pub struct OverYears {
    pub years: Vec<String>,
    /// What the last column tells.
    pub since: String,
    /// One per series, then one of what was spent where any edition says so.
    pub rows: Vec<YearsRow>,
    /// Where years are told from the sheets of policies that it took over.
    pub predecessors: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct YearsRow {
    pub name: Html,
    /// To the indicator on the page.
    pub href: Option<String>,
    /// A cell for every year, then what became of it since the edition before; empty where that cannot be said.
    pub cells: Html,
}

impl PageContext<'_> {
    /// `None` for the first edition of a policy.
    pub(super) fn over_years(
        &self,
        facts: &PolicyFacts<'_>,
        earlier: &[EarlierEdition],
        settled: Option<Settled>,
    ) -> Option<OverYears> {
        let last = earlier.last()?;
        let printer = self.printer();
        let years = earlier.iter().map(|edition| edition.year).chain([facts.year]);
        let years: Vec<_> = years.map(|year| printer.short_year(year)).collect();
        let since = self.word("years.change");
        let all = facts.indicators.iter().flat_map(|of| of.series.iter().map(move |series| (of, series)));
        let rows = all.enumerate().map(|(index, (of, series))| {
            let unit = self.units(of.indicator).actual;
            let judgement = &series.judgement;
            let rate = judgement.year.and_then(|year| series.rates.iter().find(|fact| fact.year == year));
            let rate = rate.and_then(|fact| fact.rate.computed());
            let stood = |edition: &'_ EarlierEdition| edition.series.get(index).and_then(Option::as_ref).cloned();
            let before = stood(last);
            let otherwise = before.as_ref().and_then(|before| before.year).zip(judgement.year);
            let otherwise =
                otherwise.is_some_and(|(before, now)| of.breaks.iter().any(|at| before < at.year && at.year <= now));
            let change = match change(before.map(|before| before.verdict), judgement.verdict) {
                Some(_) if otherwise => Some("years.measured-otherwise"),
                change => change,
            };
            let now = Stood { verdict: judgement.verdict, year: judgement.year, rate: rate.cloned() };
            let mut cells = Markup::with_capacity(years.len() * 160);
            let editions = earlier.iter().map(|edition| edition.year).chain([facts.year]);
            let editions: Vec<_> = editions.zip(&years).collect();
            for ((at, year), stood) in editions.iter().zip(earlier.iter().map(stood).chain([Some(now)])) {
                cells.fixed("<td data-label=\"").text(year).fixed("\">");
                match &stood {
                    Some(stood) => write_badge(&mut cells, &self.badge(stood.verdict)),
                    None => {
                        cells.fixed("<span class=quiet>").text(self.word("years.none")).fixed("</span>");
                    }
                }
                if let Some((stood, rate)) = stood.as_ref().and_then(|stood| Some((stood, stood.rate.as_ref()?))) {
                    let printed = self.computed_rate(rate, &unit);
                    cells.fixed(" <span class=n>").words(&printed).fixed("</span>");
                    let now = series.rates.iter().find(|fact| Some(fact.year) == stood.year);
                    let now = now.and_then(|fact| fact.rate.computed()).filter(|now| now.method == rate.method);
                    let now = now.map(|now| self.computed_rate(now, &unit)).filter(|now| *now != printed);
                    if let Some(now) = now {
                        let decides = |revision: &Revision| {
                            revision.field.decides()
                                && revision.indicator.as_ref() == Some(&of.indicator.id)
                                && revision.component.as_ref() == series.component.map(|component| &component.id)
                        };
                        self.write_other_now(&mut cells, facts, (*at, decides), "years.now", &now);
                    }
                }
                cells.fixed("</td>");
            }
            write_words(&mut cells, since, change.map(|key| self.word(key)).unwrap_or_default());
            YearsRow {
                name: series_name(self, of.indicator, series).html(),
                href: Some(self.links.to_own_anchor(&of.indicator.id)),
                cells: cells.html(),
            }
        });
        let mut rows: Vec<_> = rows.collect();
        let amounts: Vec<_> = earlier.iter().map(|edition| edition.settled).chain([settled]).collect();
        if amounts.iter().any(Option::is_some) {
            let mut cells = Markup::with_capacity(years.len() * 64);
            let words = |amount: Settled| printer.yen_in_words(amount.in_yen());
            let editions = earlier.iter().map(|edition| edition.year).chain([facts.year]);
            for ((at, year), amount) in editions.zip(&years).zip(&amounts) {
                cells.fixed("<td data-label=\"").text(year).fixed("\">").text(&amount.map(words).unwrap_or_default());
                let known = facts.expenditure.settled(at).zip(*amount);
                if let Some((known, _)) = known.filter(|(known, amount)| !known.says_the_same(amount)) {
                    let decides = |revision: &Revision| {
                        revision.field == FigureField::Settled
                            && revision.indicator.is_none()
                            && revision.component.is_none()
                            && revision.year == Some(at)
                    };
                    let known = Words::new(words(known));
                    self.write_other_now(&mut cells, facts, (at, decides), "years.known", &known);
                }
                cells.fixed("</td>");
            }
            // As the sheet's section of amounts has it.
            let before = facts.expenditure.settled(last.year).filter(|_| last.settled.is_some()).or(last.settled);
            let change = before.zip(settled);
            let change = change.and_then(|(before, now)| printer.change(before.in_yen(), now.in_yen()));
            write_words(&mut cells, since, &change.unwrap_or_default());
            rows.push(YearsRow { name: Html::escape(self.word("money.settled")), href: None, cells: cells.html() });
        }
        let of_others = earlier.iter().zip(&years).filter(|(edition, _)| edition.of == Of::Predecessors);
        let of_others: Vec<_> = of_others.map(|(_, year)| year.as_str()).collect();
        let predecessors = (!of_others.is_empty())
            .then(|| self.labels.fill("years.predecessors", &[("year", &of_others.join(self.word("list.separator")))]));
        Some(OverYears { years, since: since.to_owned(), rows, predecessors })
    }
}

impl PageContext<'_> {
    /// Below a figure of the edition `at`: what it is in this one, and where a sheet since then declares why. `undeclared`:
    /// the label where none does.
    fn write_other_now(
        &self,
        cells: &mut Markup,
        facts: &PolicyFacts<'_>,
        (at, decides): (FiscalYear, impl Fn(&Revision) -> bool),
        undeclared: &'static str,
        now: &Words,
    ) {
        let policy = self.portal.policy(&facts.sheet.policy);
        let sheets = policy.into_iter().flat_map(|policy| &policy.sheets).rev();
        let mut since = sheets.filter(|sheet| at < sheet.year && sheet.year <= facts.year);
        let by = since.find(|sheet| sheet.revisions.iter().any(&decides));
        cells.fixed(" <small>");
        match by.map(|sheet| (sheet, Target::Policy(sheet.year, &sheet.policy))) {
            Some((sheet, page)) => {
                let href = match sheet.year == facts.year {
                    true => self.links.to_own_anchor("section_revisions"),
                    false => self.links.to_anchor(page, "section_revisions"),
                };
                let words = self.labels.fill_words("years.corrected", &[("figure", now)]);
                cells.fixed("<a href=\"").text(&href).fixed("\">").words(&words).fixed("</a>");
            }
            None => {
                cells.words(&self.labels.fill_words(undeclared, &[("figure", now)]));
            }
        }
        cells.fixed("</small>");
    }
}

/// A cell with the name of its column.
fn write_words(cells: &mut Markup, column: &str, words: &str) {
    cells.fixed("<td data-label=\"").text(column).fixed("\">").text(words).fixed("</td>");
}

/// The label of what became of a series; `None` where one of the two could not be judged.
fn change(before: Option<VerdictName>, now: VerdictName) -> Option<&'static str> {
    let before = before.filter(|before| *before != VerdictName::Undecided && now != VerdictName::Undecided)?;
    // Verdicts ascend from the best to the worst.
    Some(match now.cmp(&before) {
        Ordering::Less => "years.better",
        Ordering::Greater => "years.worse",
        Ordering::Equal => "years.same",
    })
}
