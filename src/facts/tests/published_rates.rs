//! Rates that the city printed: kept, compared, and where they differ, said with what to do.

use super::build::*;
use crate::diagnostic::{Code, Diagnostic, MessageLanguage, Report};
use crate::facts::{PolicyFacts, policy, review};
use crate::model::{At, Indicator, Portal, RateMethod};

fn diagnostics(portal: &Portal) -> Vec<Diagnostic> {
    let mut report = Report::default();
    review(portal, &mut crate::facts::Kept::default(), &mut report);
    report.iter().cloned().collect()
}

/// リサイクル率 of 長崎市, H27, with the year moved to 2024.
fn recycling() -> Indicator {
    indicator("recycling", "17.2", &[(2024, "15.3")], &[(2024, "21.0")]).published(&[(2024, "72.9")])
}

fn agrees(indicator: Indicator) -> Option<bool> {
    let portal = portal_of(indicator);
    let facts: PolicyFacts<'_> = policy(&portal, &portal.policies[0], year(2024)).unwrap();
    let fact = &facts.indicators[0].series[0].rates[0];
    assert!(fact.published.is_some(), "a published rate is always kept");
    fact.agrees
}

#[test]
fn a_printed_rate_agrees_to_the_digits_that_were_printed() {
    let case = |rate| {
        let plain = indicator("i", "98234", &[(2024, "75259")], &[(2024, "100000")]);
        agrees(plain.published(&[(2024, rate)]))
    };
    assert_eq!(case("-1301"), Some(true));
    assert_eq!(case("-1301.0"), Some(true));
    assert_eq!(case("-1300.96"), Some(true));
    assert_eq!(case("-1300.9"), Some(false));
    assert_eq!(case("-1300"), Some(false));
}

#[test]
fn a_printed_rate_that_cannot_be_computed_or_compared_is_no_difference() {
    assert_eq!(agrees(indicator("i", "", &[(2024, "5")], &[(2024, "9")]).published(&[(2024, "55.6")])), None);
    assert_eq!(agrees(recycling().published(&[(2024, "text")])), None);
    assert_eq!(agrees(recycling().published(&[(2024, "-")])), None);
}

#[test]
fn a_difference_names_both_figures_and_the_method_that_would_give_the_printed_one() {
    let mut case = recycling();
    let rates = values(&[(2024, "72.9")]);
    let mut published = rates.get(year(2024)).unwrap().clone();
    published.at = At { line: 12, column: 30, length: 6 };
    case.series.published_rates = crate::model::YearValues::new(vec![(year(2024), published)]);
    let found = diagnostics(&portal_of(case));
    let [diagnostic] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(diagnostic.code, Code::PublishedRateDiffers);
    assert_eq!(diagnostic.place.file.as_ref(), "content/2024/policy.yaml");
    assert_eq!(diagnostic.place.at.line, 12);
    for language in [MessageLanguage::Japanese, MessageLanguage::English] {
        let message = diagnostic.message.get(language);
        assert!(["recycling", "72.9%", "-50.0%", "progress"].iter().all(|part| message.contains(part)), "{message}");
        let help = diagnostic.help.as_ref().unwrap().get(language);
        assert!(help.contains("rate: {method: ratio}"), "{help}");
    }
}

#[test]
fn another_target_or_rounding_is_found_too() {
    let targets = [(2024, "50"), (2027, "60")];
    let help = |rate| {
        let case = indicator("i", "40", &[(2024, "47")], &targets).published(&[(2024, rate)]);
        let found = diagnostics(&portal_of(case));
        found[0].help.as_ref().unwrap().en.clone()
    };
    assert!(help("35.0").contains("{method: progress, target: final}"), "{}", help("35.0"));
    assert!(help("78.3").contains("{method: ratio, target: final}"));
    let cut = indicator("i", "0", &[(2024, "2")], &[(2024, "3")]).published(&[(2024, "66.6")]);
    let found = diagnostics(&portal_of(cut));
    assert!(found[0].help.as_ref().unwrap().en.contains("{method: progress, rounding: truncate}"));
    assert!(help("12.34").contains("No method gives"), "{}", help("12.34"));
}

#[test]
fn a_rate_that_agrees_by_the_indicators_own_method_is_silent() {
    assert_eq!(diagnostics(&portal_of(recycling().method(RateMethod::Ratio))), vec![]);
}

#[test]
fn a_difference_is_told_once_where_it_is_stated_however_many_sheets_follow() {
    let later = indicator("recycling", "17.2", &[(2025, "19.1")], &[(2025, "21.0")]).published(&[(2025, "50.0")]);
    let sheets = vec![sheet("waste", 2024, vec![recycling()]), sheet("waste", 2025, vec![later])];
    let found = diagnostics(&portal(sheets));
    assert_eq!(found.iter().map(|d| d.place.file.as_ref()).collect::<Vec<_>>(), ["content/2024/waste.yaml"]);
}

#[test]
fn a_component_is_named_in_the_message() {
    let mut part = series(Some((None, "77.2")), &[(2024, "78.0")], &[(2024, "78.5")]);
    part.published_rates = values(&[(2024, "99.4")]);
    let found = diagnostics(&portal_of(indicator("understanding", "", &[], &[]).component("小学校", part)));
    assert!(found[0].message.ja.contains("understanding 小学校"), "{}", found[0].message.ja);
    assert!(found[0].help.as_ref().unwrap().ja.contains("{method: ratio}"));
}
