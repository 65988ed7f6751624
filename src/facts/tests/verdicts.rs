//! Verdicts and what is said beside them.

use super::build::*;
use crate::facts::{
    DirectionFrom, Needed, OtherBaselineYear, PolicyFacts, Rate, Remark, SeriesFacts, UndecidedReason, YearFrom, policy,
};
use crate::model::{Accumulation, Direction, Indicator, Kind, Portal, RateMethod, VerdictName, VerdictName::*};

/// The facts of the only policy in the edition of 2024.
pub fn facts(portal: &Portal) -> PolicyFacts<'_> {
    policy(portal, &portal.policies[0], year(2024)).expect("the portal has a sheet of 2024")
}

/// What the edition of 2024 says of the first series of an indicator.
pub fn seen<T>(indicator: Indicator, look: impl FnOnce(&SeriesFacts<'_>) -> T) -> T {
    let portal = portal_of(indicator);
    look(&facts(&portal).indicators[0].series[0])
}

pub fn verdict(indicator: Indicator) -> VerdictName {
    seen(indicator, |series| series.judgement.verdict)
}

fn reason(indicator: Indicator) -> Option<UndecidedReason> {
    seen(indicator, |series| {
        assert_eq!(series.judgement.verdict == Undecided, series.judgement.reason.is_some());
        series.judgement.reason
    })
}

fn pace(indicator: Indicator) -> Option<String> {
    seen(indicator, |series| series.judgement.pace.map(|pace| pace.to_string()))
}

fn needed(indicator: Indicator) -> Option<Needed> {
    seen(indicator, |series| series.needed)
}

/// From 40 towards 60 in 2027: 45 is expected in 2024.
fn rising(actual: &str) -> Indicator {
    indicator("rising", "40", &[(2024, actual)], &[(2027, "60")])
}

/// From 60 down to 40 in 2027: 55 is expected in 2024.
fn falling(actual: &str) -> Indicator {
    indicator("falling", "60", &[(2024, actual)], &[(2027, "40")])
}

#[test]
fn the_first_real_sheet_comes_out_as_it_was_reckoned_by_hand() {
    let portal = hiratsuka();
    let facts = facts(&portal);
    let [exchange, products, consultations] = [0, 1, 2].map(|index| &facts.indicators[index].series[0]);
    let rate = |series: &SeriesFacts<'_>| match &series.rates[0].rate {
        Rate::Computed(computed) => computed.value.to_string(),
        Rate::NotComputable(reason) => format!("{reason:?}"),
    };

    let baseline = exchange.baseline.expect("446");
    assert_eq!((baseline.year, baseline.year_from), (year(2023), YearFrom::PlanStart));
    assert_eq!(exchange.expected, vec![(year(2023), decimal("446")), (year(2027), decimal("1046"))]);
    let judgement = &exchange.judgement;
    assert_eq!((judgement.verdict, judgement.reason, judgement.year), (OnTrack, None, Some(year(2024))));
    assert_eq!(judgement.direction, Some(Direction::Increase));
    assert_eq!(judgement.direction_from, DirectionFrom::TargetAndBaseline);
    assert_eq!(judgement.expected.map(|d| d.to_string()).as_deref(), Some("596"));
    assert_eq!(judgement.pace.map(|d| d.to_string()).as_deref(), Some("1.21"));
    assert_eq!(rate(exchange), "30.3");
    let per_year = |remaining, per_year, so_far| Needed::PerYear {
        remaining: decimal(remaining),
        years: 3,
        per_year: decimal(per_year),
        so_far_per_year: Some(decimal(so_far)),
    };
    assert_eq!(exchange.needed, Some(per_year("418", "139.3", "182")));
    let before =
        OtherBaselineYear { year: year(2022), expected: decimal("686"), pace: Some(decimal("0.76")), verdict: Behind };
    assert_eq!(exchange.other_baseline_years, vec![before]);

    assert_eq!((products.judgement.verdict, rate(products).as_str()), (Achieved, "100.0"));
    assert_eq!(products.remarks, vec![Remark::LastTargetMetEarly(year(2027))]);
    assert_eq!(products.needed, None);

    assert_eq!((consultations.judgement.verdict, rate(consultations).as_str()), (OnTrack, "69.8"));
    assert_eq!(consultations.judgement.expected, Some(decimal("5543.5")));
    assert_eq!(consultations.judgement.pace, Some(decimal("2.79")));
    assert_eq!(consultations.needed, Some(per_year("3275", "1091.7", "7575")));

    assert_eq!((facts.counts.get(Achieved), facts.counts.get(OnTrack), facts.median), (1, 2, Some(OnTrack)));
}

#[test]
fn a_rising_indicator_has_every_verdict_in_its_place() {
    for (actual, expected) in [
        ("60", Achieved),
        ("61", Achieved),
        ("59.9", OnTrack),
        ("45", OnTrack),
        ("44.99", Nearly),
        ("44", Nearly),
        ("43.99", Behind),
        ("40", Behind),
        ("39.9", WorseThanBaseline),
        ("0", WorseThanBaseline),
        ("-5", WorseThanBaseline),
    ] {
        assert_eq!(verdict(rising(actual)), expected, "{actual}");
    }
}

#[test]
fn a_falling_indicator_has_every_verdict_in_its_place() {
    for (actual, expected) in [
        ("40", Achieved),
        ("39", Achieved),
        ("55", OnTrack),
        ("56", Nearly),
        ("56.5", Behind),
        ("60", Behind),
        ("60.1", WorseThanBaseline),
    ] {
        assert_eq!(verdict(falling(actual)), expected, "{actual}");
    }
    assert_eq!(pace(falling("56")).as_deref(), Some("0.80"));
}

#[test]
fn the_pace_is_judged_exactly_and_its_print_never_contradicts_the_verdict() {
    // 795 of 1,000 expected is less than 0.8.
    let case = |actual| indicator("i", "0", &[(2024, actual)], &[(2024, "1000"), (2027, "4000")]);
    assert_eq!((pace(case("795")).as_deref(), verdict(case("795"))), (Some("0.795"), Behind));
    assert_eq!((pace(case("799.96")).as_deref(), verdict(case("799.96"))), (Some("0.79996"), Behind));
    assert_eq!((pace(case("800")).as_deref(), verdict(case("800"))), (Some("0.80"), Nearly));
    assert_eq!((pace(case("998")).as_deref(), verdict(case("998"))), (Some("0.998"), Nearly));
    assert_eq!((pace(case("1001")).as_deref(), verdict(case("1001"))), (Some("1.001"), OnTrack));
    assert_eq!((pace(case("1100")).as_deref(), verdict(case("1100"))), (Some("1.10"), OnTrack));
    assert_eq!(pace(case("3999")).as_deref(), Some("4.00"));
    assert_eq!(pace(case("-1")).as_deref(), Some("-0.001"));
    assert_eq!((pace(rising("43.98")).as_deref(), verdict(rising("43.98"))), (Some("0.796"), Behind));
    assert_eq!(pace(rising("30")).as_deref(), Some("-2.00"));
}

#[test]
fn every_way_to_be_undecided_has_its_reason() {
    let finest = "0.0000000000000000000000000001";
    let too_large = indicator("i", finest, &[(2024, "70000000000000000000000000000")], &[(2027, "7.1")]);
    let text_actual = || indicator("i", "1", &[(2024, "text")], &[(2027, "5")]);
    for (case, expected) in [
        (indicator("i", "40", &[], &[(2027, "60")]), UndecidedReason::Missing),
        (indicator("i", "40", &[(2024, "…")], &[(2027, "60")]), UndecidedReason::Missing),
        (indicator("i", "40", &[(2024, "50")], &[]), UndecidedReason::NoTarget),
        (indicator("i", "40", &[(2024, "50")], &[(2024, "-")]), UndecidedReason::NoTarget),
        (
            indicator("i", "", &[(2024, "50")], &[(2027, "60")]).direction(Direction::Increase),
            UndecidedReason::NoBaseline,
        ),
        (
            indicator("i", "-", &[(2024, "50")], &[(2027, "60")]).direction(Direction::Increase),
            UndecidedReason::NoBaseline,
        ),
        (indicator("i", "", &[(2024, "50")], &[(2027, "60")]), UndecidedReason::NoDirection),
        (rising("50").direction(Direction::None), UndecidedReason::NoDirection),
        (rising("50").baseline_year(2024), UndecidedReason::BeforeStart),
        (indicator("i", "40", &[(2022, "70")], &[(2027, "60")]), UndecidedReason::BeforeStart),
        (text_actual(), UndecidedReason::Text),
        (indicator("i", "", &[(2024, "text")], &[(2027, "text")]), UndecidedReason::Text),
        (rising("50").kind(Kind::Context), UndecidedReason::Context),
        (too_large, UndecidedReason::TooLarge),
    ] {
        let shown = format!("{case:?}");
        assert_eq!(reason(case), Some(expected), "{shown}");
    }
}

#[test]
fn a_pending_year_leaves_the_verdict_to_the_latest_year_with_an_actual() {
    let case = indicator("i", "40", &[(2023, "50"), (2024, "…")], &[(2027, "60")]).baseline_year(2022);
    seen(case, |series| {
        assert_eq!((series.judgement.year, series.judgement.verdict), (Some(year(2023)), OnTrack));
        assert_eq!(series.rates.len(), 2, "the missing year is kept with its reason");
    });
}

#[test]
fn zero_is_a_value() {
    assert_eq!(verdict(indicator("i", "3", &[(2024, "0")], &[(2027, "0")])), Achieved);
    assert_eq!(verdict(indicator("i", "0", &[(2024, "0")], &[(2027, "5")])), Behind);
    assert_eq!(verdict(indicator("i", "-8", &[(2024, "-4")], &[(2027, "0")])), OnTrack);
}

#[test]
fn without_a_baseline_only_a_met_target_is_judged() {
    let yearly =
        |actual| indicator("i", "", &[(2024, actual)], &[(2024, "10"), (2027, "20")]).direction(Direction::Increase);
    assert_eq!(verdict(yearly("10")), OnTrack);
    assert_eq!(verdict(yearly("20")), Achieved);
    assert_eq!(reason(yearly("9")), Some(UndecidedReason::NoBaseline));
    // 新規認定農業者数: 12 of 10 in the first year.
    let met = indicator("i", "", &[(2024, "12")], &[(2027, "10")]).direction(Direction::Increase);
    assert_eq!(verdict(met), Achieved);
}

#[test]
fn the_expected_line_goes_through_every_target_and_stays_after_the_last() {
    let case = |actual: &str, at: u16| {
        let targets = [(2025, "50"), (2027, "52"), (2026, "-")];
        indicator("i", "40", &[(at, actual)], &targets).baseline_year(2015)
    };
    seen(case("45", 2020), |series| assert_eq!(series.judgement.expected, Some(decimal("45"))));
    seen(case("45", 2023), |series| assert_eq!(series.judgement.expected, Some(decimal("48"))));
    let late = portal(vec![sheet("p", 2029, vec![case("51", 2029)])]);
    let facts = policy(&late, &late.policies[0], year(2029)).expect("a sheet of 2029");
    let series = &facts.indicators[0].series[0];
    assert_eq!(series.judgement.expected, Some(decimal("52")));
    assert_eq!(series.expected.last(), Some(&(year(2029), decimal("52"))));
    assert_eq!(series.needed, None, "no years are left");
}

#[test]
fn an_expected_value_that_never_ends_is_judged_exactly_and_printed_so_that_it_agrees_with_the_verdict() {
    // 10 in three years: 3.333… in the first.
    let case = |actual| indicator("i", "0", &[(2024, actual)], &[(2026, "10")]);
    seen(case("3"), |series| assert_eq!(series.judgement.expected, Some(decimal("3.3"))));
    seen(case("3.33"), |series| {
        let judgement = &series.judgement;
        assert_eq!(
            (judgement.verdict, judgement.expected),
            (Nearly, Some(decimal("3.333"))),
            "not 3.3, which 3.33 reaches"
        );
        assert_eq!(judgement.expected_finer, Some(decimal("3.333333")));
    });
    seen(case("3.33333"), |series| assert_eq!(series.judgement.expected, Some(decimal("3.333333"))));
    seen(case("4"), |series| assert_eq!(series.judgement.expected, Some(decimal("3.3"))));
    assert_eq!(verdict(case("3.3333")), Nearly);
    assert_eq!(verdict(case("3.3334")), OnTrack);
}

#[test]
fn a_target_at_the_baseline_means_keeping_the_level() {
    let case = |actual| indicator("i", "42", &[(2024, actual)], &[(2027, "42")]);
    seen(case("42"), |series| {
        assert_eq!((series.judgement.direction, series.judgement.verdict), (Some(Direction::Maintain), OnTrack));
    });
    assert_eq!(verdict(case("41")), Behind);
    assert_eq!(verdict(case("41").tolerance(Some("2"), Some("2"))), OnTrack);
    assert_eq!(verdict(case("41").survey("1.5")), OnTrack);
    assert_eq!(verdict(case("90").tolerance(Some("2"), None)), OnTrack, "{{below: 2}} lets it rise");
    assert_eq!(verdict(case("39.9").tolerance(Some("2"), None)), Behind);
    assert_eq!(
        needed(case("39")),
        Some(Needed::Level { target: decimal("42"), year: year(2027), difference: decimal("3") })
    );
    assert_eq!(
        needed(case("45")),
        Some(Needed::Level { target: decimal("42"), year: year(2027), difference: decimal("3") })
    );
    assert_eq!(needed(case("42")), None);
}

#[test]
fn a_range_is_kept_within_its_ends_and_achieved_in_its_last_year() {
    let case = |actual, until| indicator("i", "", &[(2024, actual)], &[(until, "10..12")]);
    assert_eq!(verdict(case("10", 2027)), OnTrack);
    assert_eq!(verdict(case("12", 2024)), Achieved);
    assert_eq!(verdict(case("12.1", 2027)), Behind);
    assert_eq!(verdict(case("10..11", 2027)), OnTrack);
    assert_eq!(verdict(case("8..9", 2027)), Behind);
    assert_eq!(reason(case("9..11", 2027)), Some(UndecidedReason::Range));
    assert_eq!(reason(case("11+", 2027)), Some(UndecidedReason::Range));
    assert_eq!(verdict(case("13+", 2027)), Behind);
    seen(case("9", 2027), |series| {
        assert_eq!(series.judgement.direction, Some(Direction::Within));
        assert_eq!(series.judgement.direction_from, DirectionFrom::Target);
    });
}

#[test]
fn bounds_count_with_their_bound_and_say_which_way_is_better() {
    let case = |actual, target| indicator("i", "", &[(2024, actual)], &[(2027, target)]);
    assert_eq!(verdict(case("30+", "30+")), Achieved);
    assert_eq!(reason(case("75+", "80+")), Some(UndecidedReason::Range), "it may be 90");
    assert_eq!(verdict(case("59", "60-")), Achieved);
    assert_eq!(verdict(case("40", "40+")), Achieved);
    assert_eq!(reason(case("40", "40<")), Some(UndecidedReason::NoBaseline), "40 is not more than 40");
    assert_eq!(verdict(case("40<", "40<")), Achieved);
    assert_eq!(verdict(case("60..70", "60+")), Achieved, "a range counts with its worse end");
    assert_eq!(reason(case("59..70", "60+")), Some(UndecidedReason::Range));
    assert_eq!(reason(case("50..59", "60+")), Some(UndecidedReason::NoBaseline), "all of it falls short");
    // 98%以上 from 98.5 is no wish to fall.
    let kept = indicator("i", "98.5", &[(2024, "98.2")], &[(2027, "98+")]);
    assert_eq!(verdict(kept), Achieved);
}

#[test]
fn a_bound_decides_only_what_all_of_it_decides() {
    // From 0 to 20 in four years; 5 are expected in 2024.
    let case = |actual| indicator("i", "0", &[(2024, actual)], &[(2027, "20")]);
    assert_eq!(reason(case("25>")), Some(UndecidedReason::Range), "25未満 may be 3");
    assert_eq!(verdict(case("20+")), Achieved);
    assert_eq!(verdict(case("5+")), OnTrack, "it may be 20, but 5 is sure");
    assert_eq!(verdict(case("5..25")), OnTrack);
    assert_eq!(reason(case("4+")), Some(UndecidedReason::Range));
    assert_eq!(verdict(case("3-")), Behind, "it may be below 0, but behind is sure");
    assert_eq!(verdict(case("0>")), WorseThanBaseline);
    assert_eq!(verdict(case("4..4.5")), Nearly);
    assert_eq!(reason(case("5>")), Some(UndecidedReason::Range), "just below 5 is nearly, 0 is not");
    assert_eq!(verdict(case("20<")), Achieved);
    let falling = |actual| indicator("i", "40", &[(2024, actual)], &[(2027, "20")]);
    assert_eq!(verdict(falling("20-")), Achieved);
    assert_eq!(verdict(falling("38+")), Behind, "it can only be worse");
    assert_eq!(reason(falling("30+")), Some(UndecidedReason::Range));
    assert_eq!(verdict(falling("41+")), WorseThanBaseline);
    seen(case("5+"), |series| assert_eq!((series.judgement.pace, series.needed), (None, None)));
}

#[test]
fn a_better_rank_is_a_smaller_one() {
    assert_eq!(verdict(indicator("i", "#10", &[(2024, "#3")], &[(2027, "#3")])), Achieved);
    assert_eq!(verdict(indicator("i", "", &[(2024, "#2")], &[(2027, "#3")])), Achieved);
    assert_eq!(verdict(indicator("i", "#10", &[(2024, "#12")], &[(2027, "#3")])), WorseThanBaseline);
}

#[test]
fn a_text_target_is_judged_by_the_city_alone() {
    let case = |targets: &[(u16, &str)]| indicator("i", "", &[(2024, "text")], targets);
    assert_eq!(verdict(case(&[(2027, "text:met")])), Achieved);
    assert_eq!(verdict(case(&[(2024, "text:met"), (2027, "text")])), OnTrack);
    assert_eq!(verdict(case(&[(2024, "text:unmet"), (2027, "text")])), Behind);
    assert_eq!(verdict(case(&[(2025, "text:met"), (2027, "text")])), OnTrack, "met before it was due");
    assert_eq!(reason(case(&[(2027, "text:unmet")])), Some(UndecidedReason::Text), "it is not due yet");
    assert_eq!(verdict(case(&[(2023, "text:unmet")])), Behind);
    assert_eq!(reason(case(&[(2024, "text")])), Some(UndecidedReason::Text));
    seen(case(&[(2027, "text:met")]), |series| {
        assert_eq!(series.remarks, vec![Remark::LastTargetMetEarly(year(2027))]);
    });
}

#[test]
fn an_overshoot_stays_as_it_is() {
    // 地元採用率: 48.4 to 50, 52.5 reached. 製造品出荷額等: 98,234 to 100,000, fallen to 75,259.
    let rate = |baseline, actual, target| {
        seen(indicator("i", baseline, &[(2024, actual)], &[(2027, target)]), |series| match &series.rates[0].rate {
            Rate::Computed(computed) => (computed.value.to_string(), series.judgement.verdict),
            Rate::NotComputable(reason) => panic!("{reason:?}"),
        })
    };
    assert_eq!(rate("48.4", "52.5", "50"), ("256.3".to_owned(), Achieved));
    assert_eq!(rate("98234", "75259", "100000"), ("-1301.0".to_owned(), WorseThanBaseline));
}

#[test]
fn better_than_the_last_target_in_the_first_year_is_said() {
    // 人口1万人当たりの出火件数: 3.8, then 1.7, where 2.7 is aimed at.
    seen(indicator("i", "3.8", &[(2024, "1.7")], &[(2027, "2.7")]), |series| {
        assert_eq!(series.judgement.verdict, Achieved);
        assert_eq!(series.remarks, vec![Remark::LastTargetMetEarly(year(2027))]);
    });
    seen(indicator("i", "40", &[(2024, "46")], &[(2024, "45"), (2027, "60")]), |series| {
        assert_eq!(series.remarks, vec![Remark::InterimTargetMet(year(2024))]);
    });
    seen(indicator("i", "40", &[(2024, "60")], &[(2024, "60")]), |series| assert_eq!(series.remarks, vec![]));
}

#[test]
fn a_declared_direction_against_the_targets_leaves_no_pace() {
    let case = |actual| falling(actual).direction(Direction::Increase);
    assert_eq!(pace(case("30")), None);
    assert_eq!(verdict(case("30")), WorseThanBaseline);
    assert_eq!(verdict(case("55")), Achieved);
}

#[test]
fn a_fall_within_the_survey_tolerance_is_no_fall() {
    assert_eq!(verdict(rising("38").survey("3.0")), Behind);
    assert_eq!(verdict(rising("36.9").survey("3.0")), WorseThanBaseline);
    seen(rising("42").survey("3.0"), |series| {
        assert_eq!(series.remarks, vec![Remark::WithinSurveyTolerance]);
    });
    seen(rising("43.1").survey("3.0"), |series| assert_eq!(series.remarks, vec![]));
}

#[test]
fn what_is_needed_is_a_level_for_yearly_figures_and_a_yearly_amount_for_totals() {
    let level = Needed::Level { target: decimal("60"), year: year(2027), difference: decimal("18.5") };
    assert_eq!(needed(rising("41.5")), Some(level));
    assert_eq!(needed(rising("41.5").accumulation(Accumulation::Stock)), Some(level));
    let amount = Needed::PerYear {
        remaining: decimal("13"),
        years: 3,
        per_year: decimal("4.3"),
        so_far_per_year: Some(decimal("7")),
    };
    assert_eq!(needed(falling("53").accumulation(Accumulation::Cumulative)), Some(amount), "towards the target");
    let away = rising("36").accumulation(Accumulation::Cumulative);
    assert_eq!(
        needed(away),
        Some(Needed::PerYear {
            remaining: decimal("24"),
            years: 3,
            per_year: decimal("8"),
            so_far_per_year: Some(decimal("-4"))
        })
    );
    assert_eq!(needed(rising("60")), None);
    assert_eq!(needed(rising("50").direction(Direction::None)), None);
}

#[test]
fn components_are_judged_each_by_itself() {
    // 授業がよく分かる児童生徒の割合: 小 77.2 → 80.0, 中 69.0 → 72.0.
    let both = indicator("understanding", "", &[], &[])
        .component("es", series(Some((None, "77.2")), &[(2024, "80.1")], &[(2027, "80.0")]))
        .component("jh", series(Some((None, "69.0")), &[(2024, "68.0")], &[(2027, "72.0")]));
    let portal = portal_of(both);
    let facts = facts(&portal);
    let verdicts: Vec<_> =
        facts.indicators[0].series.iter().map(|s| (s.component.unwrap().id.as_ref(), s.judgement.verdict)).collect();
    assert_eq!(verdicts, [("es", Achieved), ("jh", WorseThanBaseline)]);
    assert_eq!(facts.counts.total(), 2);
    assert_eq!(facts.median, Some(WorseThanBaseline), "of two in the middle the worse");
}

#[test]
fn what_the_other_methods_would_print_stands_beside() {
    // リサイクル率 of 長崎市: 72.9 published as ratio, where progress gives −50.0.
    seen(indicator("i", "17.2", &[(2024, "15.3")], &[(2024, "21.0")]).method(RateMethod::Ratio), |series| {
        let shown: Vec<_> = series
            .other_methods
            .iter()
            .map(|(method, rate)| match rate {
                Rate::Computed(computed) => (method.name(), computed.value.to_string()),
                Rate::NotComputable(reason) => (method.name(), format!("{reason:?}")),
            })
            .collect();
        let expected = [
            ("ratio", "72.9"),
            ("progress", "-50.0"),
            ("mirror", "127.1"),
            ("inverse", "137.3"),
            ("change", "11.0"),
            ("growth", "-11.0"),
            ("difference", "-5.7"),
        ];
        assert_eq!(shown, expected.map(|(method, rate)| (method, rate.to_owned())));
    });
}

#[test]
fn a_printed_baseline_year_leaves_nothing_to_assume() {
    let at = |of| hiratsuka_exchange().baseline_year(of);
    assert_eq!(verdict(at(2022)), Behind);
    seen(at(2022), |series| {
        assert_eq!(series.baseline.unwrap().year_from, YearFrom::Source);
        assert_eq!(series.other_baseline_years, vec![]);
    });
}

fn hiratsuka_exchange() -> Indicator {
    hiratsuka().policies[0].sheets[0].indicators[0].clone()
}
