//! What an edition says otherwise than the one before: verdicts, targets, what is new, what ended, money, texts.

use crate::facts::{self, EditionFacts, EditionOf, FigureCompared, FigureDifference, PolicyDifference, Settled};
use crate::model::{FigureField, FiscalYear};
use crate::site::difference::{DifferenceWords, passage};
use crate::site::route::Target;
use crate::site::views::context::PageContext;
use crate::site::views::index;
use crate::site::views::page::{About, Link, Page, edition_crumb, page};
use crate::theme::{Html, Ready, Words};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Serialize)]
pub struct ChangesView {
    pub language: String,
    pub page: Page,
    pub year: String,
    /// 昨年からの変化; where the edition before is of an earlier year, with that year.
    pub heading: String,
    pub lead: String,
    /// Whether there is nothing to show.
    pub same: bool,
    /// `MarkRow`s with the verdict before.
    pub verdicts: Vec<Ready>,
    pub policies: Vec<Changed>,
    pub indicators: Vec<Changed>,
    /// `FigureRow`s.
    pub figures: Vec<Ready>,
    /// The years of the two editions, as columns are headed.
    pub years: [String; 2],
    /// `MoneyRow`s.
    pub money: Vec<Ready>,
    /// `OwnYears`.
    pub own_years: Vec<Ready>,
    /// Whether drafts have figures of their year that are still to be filled in; the table leaves them out.
    pub unfilled: bool,
    /// `Changed`.
    pub texts: Vec<Ready>,
}

/// A policy or indicator, and what is otherwise.
#[derive(Debug, Serialize)]
pub struct Changed {
    pub what: Link,
    /// The policy, where `what` is an indicator.
    pub of: Option<Html>,
    pub about: Html,
}

/// A figure that both editions state, and state otherwise.
#[derive(Debug, Serialize)]
pub struct FigureRow {
    pub policy: Link,
    /// Nothing for what belongs to the policy itself.
    pub series: Option<Words>,
    pub what: Words,
    pub before: Words,
    pub after: Words,
}

/// What a policy says of the editions' own years otherwise, beside verdicts, rates and settled amounts.
#[derive(Debug, Serialize)]
pub struct OwnYears {
    pub policy: Link,
    pub rows: Vec<OwnYearRow>,
}

/// A figure of the edition's own year, and that of the other one's: another figure, of another year.
#[derive(Debug, Serialize)]
pub struct OwnYearRow {
    /// Nothing for what belongs to the policy itself.
    pub series: Option<Words>,
    /// Without a year.
    pub what: Words,
    pub before: Words,
    pub after: Words,
}

/// The settled amount of the editions' own years.
#[derive(Debug, Serialize)]
pub struct MoneyRow {
    pub policy: Link,
    pub before: String,
    /// The same amount as the edition has it, where it says otherwise than the one before.
    pub known: Option<String>,
    pub after: String,
    pub change: Option<String>,
}

/// The page about what changed since the edition `before`.
pub fn changes(context: &PageContext<'_>, before: &EditionFacts, edition: &EditionFacts) -> ChangesView {
    let year = context.printer().short_year(edition.year);
    let earlier = context.printer().short_year(before.year);
    // 昨年 is the year right before.
    let years = [("year", year.as_str()), ("before", earlier.as_str())];
    let follows = before.year.next() == edition.year;
    let (title, heading) = if follows {
        (context.labels.fill("changes.title", &[("year", &year)]), context.word("changes.heading").to_owned())
    } else {
        (
            context.labels.fill("changes.title-since", &years),
            context.labels.fill("changes.heading-since", &[("before", &earlier)]),
        )
    };
    let about = About {
        title: title.into(),
        description: context.labels.fill("changes.description", &[("year", &year), ("before", &earlier)]),
        breadcrumbs: vec![edition_crumb(context)],
        maturity: context.maturity_of(edition.policies.iter()),
    };
    let of = |year| EditionOf { portal: context.portal, year };
    let words = DifferenceWords::new(context.portal, context.labels, context.language);
    // In the order of the edition, then what only the one before has.
    let shown = edition.policies.iter().chain(before.policies.iter().filter(|summary| {
        context.portal.policy(&summary.sheet.policy).is_none_or(|policy| policy.sheet(edition.year).is_none())
    }));
    let (money, told_as_money) = context.money_rows(before, edition);
    let mut view = ChangesView {
        language: context.language.code().to_owned(),
        page: page(context, about),
        year: context.printer().year(edition.year),
        heading,
        lead: context.labels.fill("changes.lead", &[("before", &earlier)]),
        same: false,
        verdicts: index::changed(context, edition, &facts::changed_verdicts(context.portal, Some(before), edition)),
        policies: Vec::new(),
        indicators: Vec::new(),
        figures: Vec::new(),
        years: [earlier, year],
        money,
        own_years: Vec::new(),
        unfilled: false,
        texts: Vec::new(),
    };
    // One after another: a large edition differs in very much.
    for summary in shown {
        if let Some(difference) = facts::difference_in_short(&summary.sheet.policy, of(before.year), of(edition.year)) {
            context.add_difference(&mut view, &difference, words, &told_as_money);
        }
    }
    view.same = view.verdicts.is_empty()
        && view.policies.is_empty()
        && view.indicators.is_empty()
        && view.figures.is_empty()
        && view.money.is_empty()
        && view.own_years.is_empty()
        && !view.unfilled
        && view.texts.is_empty();
    view
}

impl PageContext<'_> {
    /// To the page about what changed since the edition before; `None` for the first one.
    pub(super) fn changes_link(&self, year: FiscalYear) -> Option<Link> {
        let before = self.facts.editions.iter().rev().find(|before| before.year < year)?;
        let text = if before.year.next() == year {
            self.word("changes.link").to_owned()
        } else {
            let earlier = self.printer().short_year(before.year);
            self.labels.fill("changes.link-since", &[("before", &earlier)])
        };
        Some(Link { text: Html::escape(&text), href: self.links.to(Target::Changes(year)) })
    }

    /// `told_as_money`: the policies whose settled amounts are told already.
    fn add_difference(
        &self,
        view: &mut ChangesView,
        difference: &PolicyDifference<'_>,
        words: DifferenceWords<'_>,
        told_as_money: &BTreeSet<&str>,
    ) {
        let Some(sheet) = difference.after.or(difference.before) else { return };
        let changed = |about: Html| Changed { what: self.policy_link(sheet), of: None, about };
        if let Some(change) = difference.change(self.portal) {
            let (key, others) = passage(difference, change);
            let about = match others.is_empty() {
                true => Html::escape(&words.policy(difference, change)),
                false => self.labels.fill_html(key, &[("names", self.names(others.into_iter()).as_str())]),
            };
            view.policies.push(changed(about));
        }
        let (Some(before), Some(after)) = (difference.before, difference.after) else { return };
        for indicator in &difference.indicators {
            // What is gone is on the page of the edition before.
            let (sheet, of) = match (indicator.after, indicator.before) {
                (Some(of), _) => (after, of),
                (None, Some(of)) => (before, of),
                (None, None) => continue,
            };
            let href = self.links.to_anchor(Target::Policy(sheet.year, &sheet.policy), indicator.id);
            view.indicators.push(Changed {
                what: Link { text: self.prose(&sheet.path).inline(&of.name), href },
                of: Some(self.policy_name(after)),
                about: Html::escape(&words.indicator(indicator)),
            });
        }
        let mut own_years = Vec::new();
        for figure in &difference.figures {
            let FigureDifference { id, compared, before: was, after: is } = figure;
            if difference.is_unfilled(figure) {
                view.unfilled = true;
                continue;
            }
            let is_money = id.field == FigureField::Settled && id.indicator.is_empty() && id.component.is_empty();
            if *compared == FigureCompared::OfItsYear && is_money && told_as_money.contains(&*after.policy) {
                continue;
            }
            let (was, is) = words.figures((before, after), id, (was.as_ref(), is.as_ref()));
            let series = Some(words.series(after, id)).filter(|series| !series.is_empty());
            match compared {
                FigureCompared::Same => {
                    let (policy, what) = (self.policy_link(after), words.what(id));
                    view.figures.push(Ready::new(&FigureRow { policy, series, what, before: was, after: is }));
                }
                FigureCompared::OfItsYear => {
                    let what = words.what_of_any_year(id);
                    own_years.push(OwnYearRow { series, what, before: was, after: is });
                }
            }
        }
        if !own_years.is_empty() {
            view.own_years.push(Ready::new(&OwnYears { policy: self.policy_link(after), rows: own_years }));
        }
        if !difference.texts.is_empty() {
            view.texts.push(Ready::new(&changed(Html::escape(&words.texts(&difference.texts)))));
        }
    }

    /// The settled amounts of policies that both editions have, each in its own year; and the ids of the policies.
    fn money_rows<'e>(&self, before: &EditionFacts, edition: &'e EditionFacts) -> (Vec<Ready>, BTreeSet<&'e str>) {
        let earlier: BTreeMap<&str, Settled> = before
            .policies
            .iter()
            .filter_map(|summary| Some((summary.sheet.policy.as_ref(), summary.settled?)))
            .collect();
        let rows = edition.policies.iter().filter_map(|summary| {
            let renamed = self.portal.renamed_from(&summary.sheet, before.year);
            let id = renamed.map_or(&summary.sheet.policy, |of| &of.policy);
            let (was, is) = (earlier.get(id.as_ref())?, summary.settled?);
            let known = is.before().filter(|_| before.year.next() == edition.year);
            let known = known.filter(|known| !known.says_the_same(was)).map(|known| known.in_yen());
            let (was, is) = (was.in_yen(), is.in_yen());
            let row = (was != is || known.is_some()).then(|| {
                Ready::new(&MoneyRow {
                    policy: self.policy_link(&summary.sheet),
                    before: self.printer().yen_in_words(was),
                    known: known.map(|known| {
                        self.labels.fill("years.known", &[("figure", &self.printer().yen_in_words(known))])
                    }),
                    after: self.printer().yen_in_words(is),
                    change: self.printer().change(known.unwrap_or(was), is),
                })
            });
            row.map(|row| (row, summary.sheet.policy.as_ref()))
        });
        rows.unzip()
    }
}
