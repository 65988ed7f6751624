//! Review: the rates that cities printed, compared with the ones that their declared method gives.

use std::sync::Arc;

use super::rate::{rate_of, reproduces, terms};
use super::series::{History, Known, KnownIndicator};
use super::{Kept, Point, Rate};
use crate::diagnostic::{Code, Diagnostic, Message, Place, Report};
use crate::model::{Policy, Portal, RateMethod, RateRule, Reading, Rounding, Sheet, TargetChoice};
use rust_decimal::Decimal;

/// Warns of every published rate that its rule does not give to the digits that were printed
/// (`published-rate-differs`). Each is looked at once, in the edition of the sheet that states it.
///
/// A rate that the rule cannot compute (no baseline, a text) is no difference. Published rates are always shown as
/// published.
///
/// `kept` holds what was found in policies that are as they were.
pub fn review(portal: &Portal, kept: &mut Kept, report: &mut Report) {
    kept.rates.renew(&portal.policies, |_| (), |policy, _| of_policy(portal, policy));
    kept.rates.iter().flatten().for_each(|diagnostic| report.add(diagnostic.clone()));
    super::frozen::review(portal, kept, report);
    super::days::review(portal, report);
    super::recommendations::review(portal, report);
}

fn of_policy(portal: &Portal, policy: &Policy) -> Vec<Diagnostic> {
    let prints_rates = |sheet: &Sheet| {
        sheet.indicators.iter().flat_map(|i| i.all_series()).any(|(_, series)| !series.published_rates.is_empty())
    };
    let sheets: Vec<_> = policy.sheets.iter().filter(|sheet| prints_rates(sheet)).collect();
    if sheets.is_empty() {
        return Vec::new();
    }
    let history = History::new(policy);
    let mut found = Vec::new();
    for sheet in sheets {
        for indicator in &sheet.indicators {
            let rule = indicator.rate.unwrap_or(portal.rate);
            let known = KnownIndicator::new(&history, indicator, &portal.plan, sheet.year);
            for series in &known.series {
                found
                    .extend(series.actuals.iter().filter_map(|actual| difference(portal, sheet, series, actual, rule)));
            }
        }
    }
    found
}

fn difference(
    portal: &Portal,
    sheet: &Sheet,
    known: &Known<'_>,
    actual: &Point<'_>,
    rule: RateRule,
) -> Option<Diagnostic> {
    let published = known.published_rate(actual.year).filter(|published| published.sheet == sheet.year)?;
    let Reading::Number(printed) = published.value.reading else { return None };
    let as_printed = RateRule { decimals: printed.scale(), ..rule };
    let Rate::Computed(computed) = rate_of(known, actual, as_printed) else { return None };
    if computed.value == printed {
        return None;
    }
    let place = Place { file: Arc::from(format!("content/{}", sheet.path)), at: published.value.at };
    let name = series_name(portal, known);
    let (year, method, value) = (actual.year, rule.method, computed.value);
    let message = Message::new(
        format!(
            "「{name}」{year}年度の公表された率 {} が、計算した率 {} と違います（{}: {}）",
            figure(printed, method, "ポイント"),
            figure(value, method, "ポイント"),
            method.name(),
            formula(method, ["実績値", "基準値", "目標値"]),
        ),
        format!(
            "the published rate {} of `{name}` for FY{year} is not the computed {} ({}: {})",
            figure(printed, method, " points"),
            figure(value, method, " points"),
            method.name(),
            formula(method, ["actual", "baseline", "target"]),
        ),
    );
    let (help_ja, help_en) = match other_rule(known, actual, rule, printed) {
        Some(other) => (
            format!("公表値のまま示し、違いをページに記します。市の計算方法が {other} なら公表値と一致します。そのときは指標に rate: {other} と書いてください。"),
            format!("It is shown as published, and the page says that it differs. {other} gives exactly the published rate: if that is the city's method, write rate: {other} in the indicator."),
        ),
        None => (
            "公表値のまま示し、違いをページに記します。どの計算方法でも公表値にならないので、実績値・目標値・基準値・公表値の転記を確かめてください。市の計算方法が違うときは、指標に rate: {method: …} と書きます。".to_owned(),
            "It is shown as published, and the page says that it differs. No method gives the published rate: compare actual, target, baseline and rate with the original. Where the city uses another method, write rate: {method: …} in the indicator.".to_owned(),
        ),
    };
    let label = (format!("計算では {value}"), format!("computed: {value}"));
    Some(Diagnostic::new(Code::PublishedRateDiffers, place, message).label(label.0, label.1).help(help_ja, help_en))
}

/// What an indicator would declare to get the published rate: another method; else another target, too; else another
/// rounding, too.
fn other_rule(known: &Known<'_>, actual: &Point<'_>, rule: RateRule, printed: Decimal) -> Option<String> {
    // Cities that do not take the year's target mostly take the last one.
    let likely = [TargetChoice::Final, TargetChoice::Year, TargetChoice::Next];
    let targets = std::iter::once(rule.target).chain(likely.into_iter().filter(|choice| *choice != rule.target));
    let roundings = std::iter::once(rule.rounding).chain(Rounding::ALL.into_iter().filter(|r| *r != rule.rounding));
    let methods = std::iter::once(rule.method).chain(RateMethod::ALL.into_iter().filter(|m| *m != rule.method));
    let mut candidates = roundings.flat_map(|rounding| {
        let methods = methods.clone();
        targets
            .clone()
            .flat_map(move |target| methods.clone().map(move |method| RateRule { method, target, rounding, ..rule }))
    });
    let other = candidates.find(|other| {
        *other != rule && reproduces(&terms(known, actual, other.target), *other, printed) == Some(true)
    })?;
    let mut declared = format!("{{method: {}", other.method.name());
    if other.target != rule.target {
        declared.push_str(", target: ");
        declared.push_str(other.target.name());
    }
    if other.rounding != rule.rounding {
        declared.push_str(", rounding: ");
        declared.push_str(other.rounding.name());
    }
    declared.push('}');
    Some(declared)
}

fn series_name(portal: &Portal, known: &Known<'_>) -> String {
    let name = known.indicator.name.get(portal.first_language());
    match known.component {
        Some(component) => format!("{name} {}", component.name.get(portal.first_language())),
        None => name.to_owned(),
    }
}

fn figure(value: Decimal, method: RateMethod, points: &str) -> String {
    match method {
        RateMethod::Difference => format!("{value}{points}"),
        _ => format!("{value}%"),
    }
}

/// The formula with the field's words for actual, baseline and target.
fn formula(method: RateMethod, [a, b, t]: [&str; 3]) -> String {
    match method {
        RateMethod::Ratio => format!("{a} ÷ {t}"),
        RateMethod::Progress => format!("({a} − {b}) ÷ ({t} − {b})"),
        RateMethod::Mirror => format!("2 − {a} ÷ {t}"),
        RateMethod::Inverse => format!("{t} ÷ {a}"),
        RateMethod::Change => format!("|{a} − {b}| ÷ {b}"),
        RateMethod::Growth => format!("({a} − {b}) ÷ {b}"),
        RateMethod::Difference => format!("{a} − {t}"),
    }
}
