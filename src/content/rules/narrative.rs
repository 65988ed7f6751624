//! The narrative held against the table, and against last year's.

use super::in_sheet;
use super::restated::as_written;
use crate::diagnostic::{Code, Diagnostic, Message, Report};
use crate::model::{Claim, Component, FiscalYear, Indicator, Portal, Reading, Series, Sheet, Value};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A figure that a text names of an indicator is one of its baseline, actuals and targets, the difference of two of them,
/// or the sum of some years that follow each other, as this sheet or one before states them; to as many digits as the text
/// has.
pub(super) fn figures(portal: &Portal, earlier: &[Arc<Sheet>], sheet: &Sheet, report: &mut Report) {
    for claim in &sheet.claims {
        let told: Vec<Told<'_>> = claim.of.iter().filter_map(|of| Told::new(earlier, sheet, *of)).collect();
        // Where nothing is known, nothing is contradicted.
        if told.is_empty() || told.iter().any(|of| of.holds(claim)) {
            continue;
        }
        if let Some(first) = told.first() {
            report.add(contradiction(portal, sheet, claim, first));
        }
    }
}

/// What the sheets so far tell of a series.
struct Told<'s> {
    indicator: &'s Indicator,
    component: Option<&'s Component>,
    actuals: BTreeMap<FiscalYear, (&'s Sheet, &'s Value)>,
    others: Vec<(&'s Sheet, &'s Value)>,
}

impl<'s> Told<'s> {
    /// `None` where no sheet has a figure of it.
    fn new(earlier: &'s [Arc<Sheet>], sheet: &'s Sheet, (of, part): (u16, Option<u16>)) -> Option<Self> {
        let indicator = sheet.indicators.get(usize::from(of))?;
        let component = part.and_then(|part| indicator.components.get(usize::from(part)));
        let mut told = Self { indicator, component, actuals: BTreeMap::new(), others: Vec::new() };
        for sheet in earlier.iter().map(|sheet| &**sheet).chain([sheet]) {
            let Some(stated) = sheet.indicator(&indicator.id) else { continue };
            let own = stated.all_series().find(|(of, _)| of.map(|of| &of.id) == component.map(|of| &of.id));
            if let Some((_, series)) = own {
                told.add(sheet, series);
            }
            told.others.extend(stated.target_changes.iter().map(|change| (sheet, &change.from)));
        }
        let any = told.actuals.values().chain(&told.others).any(|(_, value)| ends(value).next().is_some());
        any.then_some(told)
    }

    fn add(&mut self, sheet: &'s Sheet, series: &'s Series) {
        self.actuals.extend(series.actuals.iter().map(|(year, value)| (year, (sheet, value))));
        self.others.extend(series.baseline.iter().map(|baseline| (sheet, &baseline.value)));
        self.others.extend(series.targets.iter().map(|(_, value)| (sheet, value)));
    }

    fn holds(&self, claim: &Claim) -> bool {
        // Rounded, or cut off.
        let is = |figure: Decimal| {
            let apart = figure.abs().checked_sub(claim.value.abs());
            apart.is_some_and(|apart| -claim.step / Decimal::TWO <= apart && apart < claim.step)
        };
        let levels: Vec<Decimal> =
            self.actuals.values().chain(&self.others).flat_map(|(_, value)| ends(value)).collect();
        let differs = || {
            levels
                .iter()
                .enumerate()
                .flat_map(|(at, one)| levels.iter().skip(at + 1).filter_map(|other| one.checked_sub(*other)))
        };
        levels.iter().copied().any(is) || differs().any(is) || self.sums().any(is)
    }

    /// Of the actuals of two years and more that follow each other.
    fn sums(&self) -> impl Iterator<Item = Decimal> {
        let actuals: Vec<(FiscalYear, Option<Decimal>)> =
            self.actuals.iter().map(|(year, (_, value))| (*year, value.number())).collect();
        let from = |at: usize| {
            let mut before: Option<FiscalYear> = None;
            let mut sum = Decimal::ZERO;
            let mut sums = Vec::new();
            for (year, number) in actuals.get(at..).unwrap_or_default() {
                let follows = before.is_none_or(|before| before.next() == *year);
                match number.filter(|_| follows).and_then(|number| sum.checked_add(number)) {
                    Some(next) => sum = next,
                    None => break,
                }
                if before.is_some() {
                    sums.push(sum);
                }
                before = Some(*year);
            }
            sums
        };
        (0..actuals.len()).flat_map(from).collect::<Vec<_>>().into_iter()
    }

    /// What a reader compares first: the latest actual, and what it set out from.
    fn latest(&self) -> Option<(FiscalYear, &'s Sheet, &'s Value)> {
        self.actuals
            .iter()
            .rev()
            .find(|(_, (_, value))| value.number().is_some())
            .map(|(year, (sheet, value))| (*year, *sheet, *value))
    }
}

/// The figures that a value says: one, or the ends of what it may be.
fn ends(value: &Value) -> impl Iterator<Item = Decimal> {
    let (low, high) = match &value.reading {
        Reading::Number(_) | Reading::Rank(_) => (value.number(), None),
        reading => reading.ends(),
    };
    low.into_iter().chain(high)
}

fn contradiction(portal: &Portal, sheet: &Sheet, claim: &Claim, told: &Told<'_>) -> Diagnostic {
    let language = portal.first_language();
    let mut name = told.indicator.name.get(language).to_owned();
    if let Some(component) = told.component {
        name = format!("{name} {}", component.name.get(language));
    }
    let baseline = told.component.map_or(&told.indicator.series, |of| &of.series).baseline.as_ref();
    let baseline = baseline.and_then(|baseline| baseline.value.number());
    let latest = told.latest();
    let mut table = (Vec::new(), Vec::new());
    if let Some(baseline) = baseline {
        table.0.push(format!("基準値 {baseline}"));
        table.1.push(format!("baseline {baseline}"));
    }
    if let Some((year, _, value)) = latest {
        let number = value.number().unwrap_or_default();
        table.0.push(format!("{year}年度の実績値 {number}"));
        table.1.push(format!("actual of fiscal {year} {number}"));
        if let Some(apart) = baseline.and_then(|baseline| number.checked_sub(baseline)) {
            table.0.push(format!("差 {apart}"));
            table.1.push(format!("difference {apart}"));
        }
    }
    let (quote, as_written) = (&claim.quote, as_written(&claim.quote));
    let message = Message::new(
        format!("文章に「{quote}」とありますが、指標「{name}」の表にその数値がありません({})", table.0.join("、")),
        format!("the text says `{quote}`, and the table of `{name}` has no such figure ({})", table.1.join(", ")),
    );
    let diagnostic = Diagnostic::new(Code::NarrativeContradictsFigure, in_sheet(sheet, claim.at), message).help(
        format!("文章か表の、写し間違いのほうを直してください。数え方が違うなど、このままでよければ、このシートに checked: [{{quote: {as_written}, note: 理由}}] と書きます"),
        format!("correct the text or the table, whichever was copied wrong. Where both are right (counted otherwise), write `checked: [{{quote: {as_written}, note: why}}]` into this sheet"),
    );
    let place = latest.map(|(_, sheet, value)| (sheet, value)).or_else(|| told.others.first().copied());
    match place {
        Some((sheet, value)) => {
            diagnostic.related(in_sheet(sheet, value.at), "表の数値はここです", "the figure in the table")
        }
        None => diagnostic,
    }
}

/// A long paragraph is not the same as one in the sheets before: its policy's last, or those that it took over.
pub(super) fn repeated<'s>(before: impl Iterator<Item = &'s Sheet> + Clone, sheet: &Sheet, report: &mut Report) {
    for paragraph in sheet.paragraphs.iter().filter(|paragraph| !paragraph.checked) {
        let same = |of: &'s Sheet| Some((of, of.paragraphs.iter().find(|before| before.hash == paragraph.hash)?));
        let Some((last, before)) = before.clone().find_map(same) else { continue };
        let year = last.year;
        let message = Message::new(
            format!("この文章は、{year}年度のシートの文章とまったく同じです"),
            format!("this text is the same as one in the sheet of fiscal {year}"),
        );
        let diagnostic = Diagnostic::new(Code::RepeatedNarrative, in_sheet(sheet, paragraph.at), message).help(
            "今年度のことを書いてください。同じでよければ、このシートに checked: [{quote: 文章の一部, note: 理由}] と書きます",
            "write about this year. Where it is meant to stay, write `checked: [{quote: some of its words, note: why}]` into this sheet",
        );
        report.add(diagnostic.related(
            in_sheet(last, before.at),
            format!("{year}年度のシートではここです"),
            format!("the sheet of fiscal {year} has it here"),
        ));
    }
}
