//! What an edition knows: the sheets up to its year, laid over one another.

use super::build::*;
use crate::facts::{Needed, PolicyFacts, Rate, RateReason, SeriesFacts, UndecidedReason, YearFrom, policy};
use crate::model::{
    Accumulation, Break, Direction, Indicator, MissingReason, MoneyUnit, Portal, RateMethod, Reading, VerdictName::*,
};

fn facts(portal: &Portal, edition: u16) -> PolicyFacts<'_> {
    policy(portal, &portal.policies[0], year(edition)).expect("a sheet of that year")
}

fn over(sheets: Vec<(u16, Indicator)>) -> Portal {
    portal(sheets.into_iter().map(|(of, indicator)| sheet("p", of, vec![indicator])).collect())
}

fn first<'f, 'a>(facts: &'f PolicyFacts<'a>) -> &'f SeriesFacts<'a> {
    &facts.indicators[0].series[0]
}

/// Year, figure and the sheet that states it.
fn actuals(series: &SeriesFacts<'_>) -> Vec<(u16, Option<String>, u16)> {
    let shown = |p: &crate::facts::Point<'_>| (p.year.get(), p.figure.map(|f| f.to_string()), p.sheet.get());
    series.actuals.iter().map(shown).collect()
}

fn figure(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn an_edition_knows_earlier_sheets_and_never_later_ones() {
    let portal = over(vec![
        (2024, indicator("i", "40", &[(2024, "45")], &[(2024, "46"), (2027, "60")])),
        (2025, indicator("i", "", &[(2025, "50")], &[(2025, "52")])),
        (2026, indicator("i", "41", &[(2024, "45.5"), (2026, "55")], &[])),
    ]);
    assert_eq!(actuals(first(&facts(&portal, 2024))), [(2024, figure("45"), 2024)]);
    let of_2025 = facts(&portal, 2025);
    assert_eq!(actuals(first(&of_2025)), [(2024, figure("45"), 2024), (2025, figure("50"), 2025)]);
    assert_eq!(first(&of_2025).baseline.map(|b| b.sheet.get()), Some(2024));
    let targets: Vec<_> = first(&of_2025).targets.iter().map(|t| (t.year.get(), t.sheet.get())).collect();
    assert_eq!(targets, [(2024, 2024), (2025, 2025), (2027, 2024)]);
    let of_2026 = facts(&portal, 2026);
    let restated = [(2024, figure("45.5"), 2026), (2025, figure("50"), 2025), (2026, figure("55"), 2026)];
    assert_eq!(actuals(first(&of_2026)), restated, "the latest sheet that states a year wins");
    assert_eq!(first(&of_2026).baseline.map(|b| b.value.number()), Some(Some(decimal("41"))));
    assert!(policy(&portal, &portal.policies[0], year(2027)).is_none());
}

#[test]
fn a_figure_of_a_later_year_is_not_known_yet() {
    let hasty = indicator("i", "40", &[(2024, "45"), (2025, "60")], &[(2027, "60")]).published(&[(2025, "100.0")]);
    let portal = over(vec![(2024, hasty)]);
    let facts = facts(&portal, 2024);
    assert_eq!(actuals(first(&facts)), [(2024, figure("45"), 2024)]);
    assert_eq!((first(&facts).judgement.verdict, first(&facts).rates.len()), (OnTrack, 1));
}

#[test]
fn a_target_is_withdrawn_by_a_dash() {
    let portal = over(vec![
        (2024, indicator("i", "40", &[(2024, "45")], &[(2026, "50"), (2027, "60")])),
        (2025, indicator("i", "40", &[(2025, "50")], &[(2027, "-")])),
    ]);
    let facts = facts(&portal, 2025);
    assert_eq!(first(&facts).judgement.last_target.map(|t| t.year.get()), Some(2026));
    assert_eq!(first(&facts).judgement.verdict, Achieved);
}

#[test]
fn components_belong_together_by_their_ids() {
    let with = |es: &[(u16, &str)], jh: &[(u16, &str)], swap: Direction| {
        let part = |actuals: &[(u16, &str)]| series(Some((None, "70")), actuals, &[(2027, "80")]);
        let (es, jh) = (("es", part(es)), ("jh", part(jh)));
        let [a, b] = if swap == Direction::Increase { [es, jh] } else { [jh, es] };
        indicator("i", "", &[], &[]).component(a.0, a.1).component(b.0, b.1)
    };
    let portal = over(vec![
        (2024, with(&[(2024, "71")], &[(2024, "61")], Direction::Increase)),
        (2025, with(&[(2025, "72")], &[(2025, "62")], Direction::Decrease)),
    ]);
    let facts = facts(&portal, 2025);
    let series = &facts.indicators[0].series;
    assert_eq!(series[0].component.map(|c| c.id.as_ref()), Some("jh"));
    assert_eq!(actuals(&series[0]), [(2024, figure("61"), 2024), (2025, figure("62"), 2025)]);
    assert_eq!(actuals(&series[1]), [(2024, figure("71"), 2024), (2025, figure("72"), 2025)]);
}

#[test]
fn a_running_total_as_printed_is_never_summed() {
    let printed = indicator("i", "0", &[(2024, "10"), (2025, "25")], &[(2027, "40")]);
    let portal = over(vec![(2025, printed.accumulation(Accumulation::Cumulative))]);
    assert_eq!(actuals(first(&facts(&portal, 2025))), [(2024, figure("10"), 2025), (2025, figure("25"), 2025)]);
}

/// 4年間で300人, from the plan's first year on.
fn total(actuals: &[(u16, &str)]) -> Indicator {
    indicator("i", "", actuals, &[(2027, "300")]).accumulation(Accumulation::PeriodTotal)
}

#[test]
fn a_total_of_the_period_is_summed_shown_and_judged_from_zero() {
    let portal = over(vec![
        (2024, total(&[(2024, "32")]).method(RateMethod::Ratio)),
        (2025, total(&[(2025, "118")]).method(RateMethod::Ratio)),
    ]);
    let of_2024 = facts(&portal, 2024);
    let series = first(&of_2024);
    assert_eq!((series.judgement.verdict, series.judgement.pace), (Behind, Some(decimal("0.43"))));
    assert_eq!(series.judgement.expected, Some(decimal("75")));
    assert!(matches!(&series.rates[0].rate, Rate::Computed(rate) if rate.value == decimal("10.7")));
    let of_2025 = facts(&portal, 2025);
    let series = first(&of_2025);
    assert_eq!(actuals(series), [(2024, figure("32"), 2024), (2025, figure("150"), 2025)]);
    assert_eq!(series.actuals[1].value.number(), Some(decimal("118")), "what was printed stays beside the sum");
    assert_eq!(series.judgement.verdict, OnTrack);
    let needed = Needed::PerYear {
        remaining: decimal("150"),
        years: 2,
        per_year: decimal("75"),
        so_far_per_year: Some(decimal("75")),
    };
    assert_eq!(series.needed, Some(needed));
    assert_eq!(series.expected, vec![(year(2023), decimal("0")), (year(2027), decimal("300"))]);
}

#[test]
fn a_missing_year_in_a_sum_is_a_gap_after_which_nothing_false_is_said() {
    for gap in [vec![(2024, "100"), (2026, "20")], vec![(2024, "100"), (2025, "…"), (2026, "20")]] {
        let portal = over(vec![(2026, total(&gap).method(RateMethod::Ratio))]);
        let facts = facts(&portal, 2026);
        let series = first(&facts);
        assert_eq!(series.actuals.last().and_then(|p| p.figure), Some(decimal("120")), "the sum goes on");
        assert_eq!(series.sum_without, vec![year(2025)]);
        assert!(matches!(series.rates[0].rate, Rate::Computed(_)));
        let last = &series.rates.last().unwrap().rate;
        assert!(matches!(last, Rate::NotComputable(RateReason::Missing(_))), "{last:?}");
        assert_eq!(series.judgement.reason, Some(UndecidedReason::Missing));
        assert_eq!((series.judgement.pace, series.needed), (None, None));
    }
    let portal = over(vec![(2026, total(&[(2024, "250"), (2026, "20")]))]);
    let of_2026 = facts(&portal, 2026);
    assert_eq!(
        (first(&of_2026).judgement.verdict, first(&of_2026).needed),
        (OnTrack, None),
        "what remains is not known"
    );
    let portal = over(vec![(2026, total(&[(2024, "290"), (2026, "20")]))]);
    assert_eq!(first(&facts(&portal, 2026)).judgement.verdict, Achieved, "no missing year can change that");
}

#[test]
fn a_sum_that_is_to_stay_below_its_target_has_met_it_only_at_the_end() {
    let at_most = |actuals: &[(u16, &str)]| {
        indicator("i", "", actuals, &[(2027, "100-")]).accumulation(Accumulation::PeriodTotal)
    };
    let all = [(2024, "20"), (2025, "20"), (2026, "20"), (2027, "20")];
    for (edition, verdict) in [(2024, OnTrack), (2026, OnTrack), (2027, Achieved)] {
        let known: Vec<_> = all.iter().copied().filter(|(of, _)| *of <= edition).collect();
        let portal = over(vec![(edition, at_most(&known))]);
        assert_eq!(first(&facts(&portal, edition)).judgement.verdict, verdict, "{edition}");
    }
    let portal = over(vec![(2024, at_most(&[(2024, "30")]))]);
    assert_eq!(first(&facts(&portal, 2024)).judgement.verdict, Behind);
}

#[test]
fn a_sum_with_a_bound_in_any_year_is_a_bound() {
    let verdict = |of: &[(u16, &str)], target: &str| {
        let (edition, _) = *of.last().unwrap();
        let case = indicator("i", "", of, &[(2027, target)]).accumulation(Accumulation::PeriodTotal);
        let portal = over(vec![(edition, case.method(RateMethod::Ratio))]);
        let facts = facts(&portal, edition);
        let series = first(&facts);
        let last = series.actuals.last().unwrap();
        (last.counted(), series.judgement.verdict, series.judgement.reason, series.needed.is_some())
    };
    let range = Some(UndecidedReason::Range);
    let n = decimal;
    let between = |low, high| Reading::range(n(low), n(high));
    for (of, target, sum, expected, reason) in [
        // Expected of 300 by 2027 are 75 a year.
        (&[(2024, "40+"), (2025, "30")][..], "300", Some(Reading::AtLeast(n("70"))), Undecided, range),
        (&[(2024, "140+"), (2025, "30")], "300", Some(Reading::AtLeast(n("170"))), OnTrack, None),
        (&[(2024, "290<"), (2025, "30")], "300", Some(Reading::MoreThan(n("320"))), Achieved, None),
        (&[(2024, "40-"), (2025, "30")], "300", Some(Reading::AtMost(n("70"))), Behind, None),
        (&[(2024, "170>"), (2025, "30")], "300", Some(Reading::LessThan(n("200"))), Undecided, range),
        (&[(2024, "10..12"), (2025, "30")], "300", Some(between("40", "42")), Behind, None),
        (&[(2024, "100..130"), (2025, "30")], "300", Some(between("130", "160")), Undecided, range),
        (&[(2024, "30"), (2025, "130..140")], "300", Some(between("160", "170")), OnTrack, None),
        (&[(2024, "10..12"), (2025, "290+")], "300", Some(Reading::AtLeast(n("300"))), Achieved, None),
        (&[(2024, "400+"), (2025, "30-")], "300", None, Undecided, range),
        // Expected of at most 100 are 25 a year, and more is worse.
        (&[(2024, "30+"), (2025, "30")], "100-", Some(Reading::AtLeast(n("60"))), Behind, None),
        (&[(2024, "10-"), (2025, "30")], "100-", Some(Reading::AtMost(n("40"))), OnTrack, None),
        (&[(2024, "10+"), (2025, "30")], "100-", Some(Reading::AtLeast(n("40"))), Undecided, range),
    ] {
        assert_eq!(verdict(of, target), (sum, expected, reason, false), "{of:?} towards {target}");
    }
}

#[test]
fn no_rate_is_made_of_a_sum_that_is_no_figure() {
    let portal = over(vec![(2025, total(&[(2024, "10..12"), (2025, "30")]).method(RateMethod::Ratio))]);
    let of_2025 = facts(&portal, 2025);
    for rate in &first(&of_2025).rates {
        assert_eq!(rate.rate, Rate::NotComputable(RateReason::Range));
    }
    // As cities themselves divide a bound by a bound of the same way.
    let bounds = |target: &str| {
        indicator("i", "", &[(2024, "40+"), (2025, "30")], &[(2027, target)])
            .accumulation(Accumulation::PeriodTotal)
            .method(RateMethod::Ratio)
    };
    for (target, expected) in [("280+", Some("25.0")), ("280", None)] {
        let portal = over(vec![(2025, bounds(target))]);
        let facts = facts(&portal, 2025);
        let rate = match &first(&facts).rates.last().unwrap().rate {
            Rate::Computed(rate) => Some(rate.value),
            Rate::NotComputable(_) => None,
        };
        assert_eq!(rate, expected.map(decimal), "{target}");
    }
}

#[test]
fn figures_before_the_period_are_no_part_of_its_sum() {
    let portal = over(vec![(2024, total(&[(2022, "80"), (2023, "70"), (2024, "90")]).method(RateMethod::Ratio))]);
    let facts = facts(&portal, 2024);
    let series = first(&facts);
    assert_eq!(actuals(series), [(2022, None, 2024), (2023, None, 2024), (2024, figure("90"), 2024)]);
    assert_eq!(series.rates[0].rate, Rate::NotComputable(RateReason::Missing(MissingReason::NotApplicable)));
    assert_eq!(series.judgement.verdict, OnTrack);
}

#[test]
fn an_indicator_that_came_later_sets_out_the_year_before() {
    let late = |actuals: &[(u16, &str)]| indicator("late", "10", actuals, &[(2027, "20")]);
    let old = || indicator("old", "1", &[(2024, "2")], &[(2027, "5")]);
    let portal = portal(vec![
        sheet("p", 2024, vec![old()]),
        sheet("p", 2025, vec![old(), late(&[(2024, "-"), (2025, "15")])]),
        sheet("p", 2026, vec![old(), late(&[(2026, "16")])]),
    ]);
    for edition in [2025, 2026] {
        let facts = facts(&portal, edition);
        let baseline = facts.indicators[1].series[0].baseline.unwrap();
        assert_eq!((baseline.year, baseline.year_from), (year(2024), YearFrom::FirstSheet));
        assert_eq!(facts.indicators[0].series[0].baseline.unwrap().year_from, YearFrom::PlanStart);
    }
    // A portal that begins in the plan's second year prints the first year's figure, too: it was there from the start.
    let portal = over(vec![(2025, late(&[(2024, "12"), (2025, "15")]))]);
    assert_eq!(first(&facts(&portal, 2025)).baseline.map(|b| b.year), Some(year(2023)));
}

#[test]
fn a_break_after_the_baseline_is_said_and_earlier_sheets_breaks_are_kept() {
    let broken = |of: u16| {
        let mut case = indicator("i", "40", &[(2024, "45")], &[(2027, "60")]);
        case.breaks =
            [Break { year: year(of), year_at: Default::default(), note: None, at: Default::default() }].into();
        case
    };
    let plain = indicator("i", "40", &[(2025, "50")], &[(2027, "60")]);
    let portal = over(vec![(2024, broken(2024)), (2025, plain)]);
    let facts_2025 = facts(&portal, 2025);
    assert_eq!(facts_2025.indicators[0].breaks.iter().map(|b| b.year.get()).collect::<Vec<_>>(), [2024]);
    assert_eq!(first(&facts_2025).break_since_baseline.map(|b| b.year.get()), Some(2024));
    let portal = over(vec![(2024, broken(2023))]);
    assert!(first(&facts(&portal, 2024)).break_since_baseline.is_none(), "the baseline is counted the new way");
}

#[test]
fn money_comes_from_the_latest_sheet_that_states_it_in_whatever_unit() {
    let of = |edition, unit, amounts: &[(u16, &str)]| sheet("p", edition, vec![]).settled(unit, amounts);
    let portal = portal(vec![
        of(2024, MoneyUnit::Yen, &[(2023, "1200500"), (2024, "1500000")]),
        of(2025, MoneyUnit::ThousandYen, &[(2024, "1501"), (2025, "-")]),
        sheet("p", 2026, vec![]),
    ]);
    let facts = facts(&portal, 2026);
    let expenditure = &facts.expenditure;
    assert_eq!(expenditure.unit, Some(MoneyUnit::ThousandYen));
    let totals: Vec<_> = expenditure
        .years
        .iter()
        .map(|entry| (entry.year.get(), entry.settled.and_then(|s| expenditure.total(s)).map(|t| t.to_string())))
        .collect();
    assert_eq!(totals, [(2023, figure("1200.5")), (2024, figure("1501")), (2025, None)]);
    assert_eq!(expenditure.unit_of(year(2024)), Some(MoneyUnit::Yen));
    assert_eq!(expenditure.unit_of(year(2026)), None);
}
