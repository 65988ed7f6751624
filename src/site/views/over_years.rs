//! How a policy's indicators stood from edition to edition, with what was spent.

use crate::facts::{EarlierEdition, PolicyFacts, Rate, Settled, Stood};
use crate::model::VerdictName;
use crate::site::views::context::PageContext;
use crate::site::views::indicator::series_name;
use crate::site::views::marks::Badge;
use crate::theme::{Html, Words};
use serde::Serialize;
use std::cmp::Ordering;

/// How many editions before its own a page shows: what still fits on a sheet of paper.
pub(super) const MOST_EARLIER: usize = 5;

#[derive(Debug, Serialize)]
pub struct OverYears {
    pub years: Vec<String>,
    /// What the last column tells.
    pub since: String,
    pub rows: Vec<SeriesRow>,
    /// Settled amounts; `None` where no edition has one.
    pub settled: Option<SettledRow>,
}

#[derive(Debug, Serialize)]
pub struct SeriesRow {
    pub name: Html,
    /// To the indicator on the page.
    pub href: String,
    pub cells: Vec<StoodCell>,
    /// Whether it got better or worse since the edition before; empty where that cannot be said.
    pub change: String,
}

#[derive(Debug, Serialize)]
pub struct StoodCell {
    pub year: String,
    /// `None` where the edition had no such indicator.
    pub badge: Option<Badge>,
    pub rate: Option<Words>,
}

#[derive(Debug, Serialize)]
pub struct SettledRow {
    pub cells: Vec<SettledCell>,
    pub change: String,
}

#[derive(Debug, Serialize)]
pub struct SettledCell {
    pub year: String,
    /// Empty where the edition has none.
    pub amount: String,
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
        let mut years: Vec<_> = earlier.iter().map(|edition| printer.short_year(edition.year)).collect();
        years.push(printer.short_year(facts.year));
        let all = facts.indicators.iter().flat_map(|of| of.series.iter().map(move |series| (of, series)));
        let rows = all.enumerate().map(|(index, (of, series))| {
            let unit = self.units(of.indicator).actual;
            let judgement = &series.judgement;
            let rate = judgement.year.and_then(|year| series.rates.iter().find(|fact| fact.year == year));
            let now = Stood {
                verdict: judgement.verdict,
                rate: rate.and_then(|fact| match &fact.rate {
                    Rate::Computed(computed) => Some(computed.clone()),
                    Rate::NotComputable(_) => None,
                }),
            };
            let stood = |edition: &'_ EarlierEdition| edition.series.get(index).cloned().flatten();
            let change = change(stood(last).map(|stood| stood.verdict), now.verdict);
            let stood = earlier.iter().map(stood).chain([Some(now)]);
            let cell = |(year, stood): (&String, Option<Stood>)| StoodCell {
                year: year.clone(),
                badge: stood.as_ref().map(|stood| self.badge(stood.verdict)),
                rate: stood.and_then(|stood| stood.rate).map(|rate| self.computed_rate(&rate, &unit)),
            };
            SeriesRow {
                name: series_name(self, of.indicator, series).html(),
                href: self.links.to_own_anchor(&of.indicator.id),
                cells: years.iter().zip(stood).map(cell).collect(),
                change: change.map(|key| self.word(key).to_owned()).unwrap_or_default(),
            }
        });
        let rows: Vec<SeriesRow> = rows.collect();
        let amounts: Vec<_> = earlier.iter().map(|edition| edition.settled).chain([settled]).collect();
        let in_words = |of: &Option<Settled>| of.map(|of| printer.yen_in_words(of.in_yen())).unwrap_or_default();
        let change = last.settled.zip(settled);
        let change = change.and_then(|(before, now)| printer.change(before.in_yen(), now.in_yen()));
        let cell =
            |(year, amount): (&String, &Option<Settled>)| SettledCell { year: year.clone(), amount: in_words(amount) };
        let cells = years.iter().zip(&amounts).map(cell).collect();
        let any = amounts.iter().any(Option::is_some);
        let settled = any.then(|| SettledRow { cells, change: change.unwrap_or_default() });
        Some(OverYears { years, since: self.word("years.change").to_owned(), rows, settled })
    }
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
