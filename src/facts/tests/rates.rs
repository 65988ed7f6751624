//! The seven methods; the 52 rates that cities printed are in tests/rates.rs.

use super::build::*;
use crate::facts::rate::{Terms, choose_target, rate};
use crate::facts::{Point, Rate, RateReason, policy};
use crate::model::{
    Accumulation, Direction, Indicator, Kind, MissingReason, RateMethod, RateMethod::*, RateRule, Rounding,
    TargetChoice, Value,
};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::cmp::Ordering;

fn terms(a: &str, b: &str, t: &str) -> Terms {
    Terms { actual: Ok(decimal(a)), baseline: Ok(decimal(b)), target: Ok((year(2027), decimal(t))) }
}

fn printed(terms: &Terms, rule: RateRule) -> Result<String, RateReason> {
    match rate(terms, rule) {
        Rate::Computed(computed) => Ok(computed.value.to_string()),
        Rate::NotComputable(reason) => Err(reason),
    }
}

fn by(method: RateMethod) -> RateRule {
    RateRule { method, ..RateRule::default() }
}

#[test]
fn every_method_gives_what_was_reckoned_by_hand() {
    for (method, a, b, t, expected) in [
        (Ratio, "628", "446", "1046", "60.0"),
        (Progress, "628", "446", "1046", "30.3"),
        // Mirror: 12 where 10 is aimed at is 2 − 1.2; 10 is 100 %, 25 is below nothing.
        (Mirror, "12", "15", "10", "80.0"),
        (Mirror, "10", "15", "10", "100.0"),
        (Mirror, "25", "15", "10", "-50.0"),
        (Mirror, "1.7", "3.8", "2.7", "137.0"),
        (Inverse, "12", "15", "10", "83.3"),
        (Inverse, "1.7", "3.8", "2.7", "158.8"),
        (Inverse, "12", "15", "0", "0.0"),
        (Change, "110", "100", "0", "10.0"),
        (Change, "90", "100", "0", "10.0"),
        (Change, "75259", "98234", "0", "23.4"),
        (Growth, "75259", "98234", "0", "-23.4"),
        (Growth, "3", "2", "0", "50.0"),
        (Difference, "60.2", "59.6", "60", "0.2"),
        (Difference, "59.96", "0", "60", "0.0"),
        (Difference, "-3.25", "0", "-3.2", "-0.1"),
    ] {
        assert_eq!(printed(&terms(a, b, t), by(method)).as_deref(), Ok(expected), "{method:?} {a} {b} {t}");
    }
}

#[test]
fn truncation_cuts_towards_zero() {
    let cut = |method, decimals| RateRule { method, decimals, rounding: Rounding::Truncate, ..RateRule::default() };
    assert_eq!(printed(&terms("103", "0", "130"), cut(Ratio, 1)).as_deref(), Ok("79.2"));
    assert_eq!(printed(&terms("125", "0", "130"), cut(Ratio, 1)).as_deref(), Ok("96.1"));
    assert_eq!(printed(&terms("75259", "98234", "100000"), cut(Progress, 0)).as_deref(), Ok("-1300"));
    assert_eq!(printed(&terms("999999", "0", "1000000"), cut(Ratio, 0)).as_deref(), Ok("99"), "not yet a hundred");
}

#[test]
fn a_rate_has_the_digits_that_are_declared_and_zero_has_no_sign() {
    let rule = |decimals| RateRule { method: Progress, decimals, ..RateRule::default() };
    assert_eq!(printed(&terms("36", "26", "36"), rule(0)).as_deref(), Ok("100"));
    assert_eq!(printed(&terms("36", "26", "36"), rule(6)).as_deref(), Ok("100.000000"));
    assert_eq!(printed(&terms("2", "1", "4"), rule(6)).as_deref(), Ok("33.333333"));
    assert_eq!(printed(&terms("-0.0001", "0", "4"), rule(1)).as_deref(), Ok("0.0"));
    assert_eq!(printed(&terms("-0", "0", "4"), rule(1)).as_deref(), Ok("0.0"));
}

#[test]
fn what_cannot_be_computed_says_why() {
    for (method, a, b, t, reason) in [
        (Ratio, "1", "1", "0", RateReason::NonPositiveBase),
        (Ratio, "-3", "1", "-5", RateReason::NonPositiveBase),
        (Mirror, "1", "1", "0", RateReason::NonPositiveBase),
        (Change, "5", "0", "9", RateReason::NonPositiveBase),
        (Growth, "5", "-2", "9", RateReason::NonPositiveBase),
        (Inverse, "0", "1", "5", RateReason::ZeroActual),
        (Inverse, "-1", "1", "5", RateReason::NonPositiveBase),
        (Progress, "5", "4", "4.0", RateReason::TargetEqualsBaseline),
        (Ratio, "79228162514264337593543950335", "0", "0.0000000000000000000000000001", RateReason::TooLarge),
    ] {
        assert_eq!(printed(&terms(a, b, t), by(method)), Err(reason), "{method:?} {a} {b} {t}");
    }
    let none =
        Terms { target: Err(RateReason::NoTarget), baseline: Err(RateReason::NoBaseline), ..terms("1", "1", "1") };
    assert_eq!(printed(&none, by(Ratio)), Err(RateReason::NoTarget));
    assert_eq!(printed(&none, by(Progress)), Err(RateReason::NoTarget));
    assert_eq!(printed(&none, by(Growth)), Err(RateReason::NoBaseline));
}

#[test]
fn a_method_looks_only_at_its_own_terms() {
    let no_baseline = Terms { baseline: Err(RateReason::NoBaseline), ..terms("32", "0", "300") };
    assert_eq!(printed(&no_baseline, by(Ratio)).as_deref(), Ok("10.7"));
    let no_target = Terms { target: Err(RateReason::NoTarget), ..terms("110", "100", "0") };
    assert_eq!(printed(&no_target, by(Change)).as_deref(), Ok("10.0"));
}

#[test]
fn a_change_without_sign_says_which_way_it_went() {
    let sign = |a| match rate(&terms(a, "100", "0"), by(Change)) {
        Rate::Computed(computed) => computed.change_sign,
        Rate::NotComputable(reason) => panic!("{reason:?}"),
    };
    assert_eq!((sign("110"), sign("90"), sign("100")), (Ordering::Greater, Ordering::Less, Ordering::Equal));
}

#[test]
fn the_target_of_the_year_is_chosen_as_declared() {
    let stated = [read("10"), read("-"), read("30"), read("40")];
    let point = |(of, value): (u16, &'static Value)| Point {
        sum: None,
        year: year(of),
        value,
        figure: value.number(),
        year_printed: None,
        sheet: year(2024),
    };
    let stated: &'static [Value; 4] = Box::leak(Box::new(stated));
    let targets: Vec<_> = [2023, 2024, 2025, 2027].into_iter().zip(stated).map(point).collect();
    let chosen = |of, choice| choose_target(&targets, year(of), choice).map(|target| target.year.get());
    assert_eq!(chosen(2023, TargetChoice::Year), Some(2023));
    assert_eq!(chosen(2024, TargetChoice::Year), Some(2025), "a dash is no target");
    assert_eq!(chosen(2025, TargetChoice::Year), Some(2025));
    assert_eq!(chosen(2026, TargetChoice::Year), Some(2027));
    assert_eq!(chosen(2029, TargetChoice::Year), Some(2027));
    assert_eq!(chosen(2025, TargetChoice::Next), Some(2027));
    assert_eq!(chosen(2027, TargetChoice::Next), Some(2027));
    assert_eq!(chosen(2023, TargetChoice::Final), Some(2027));
    assert_eq!(choose_target(&[], year(2024), TargetChoice::Year).map(|target| target.year), None);
}

#[test]
fn every_year_with_an_actual_has_a_rate_or_the_reason_why_not() {
    let actuals = [(2020, "45"), (2021, "-"), (2022, "text"), (2023, "44..46"), (2024, "50+")];
    let case = indicator("i", "40", &actuals, &[(2027, "60")]).baseline_year(2019);
    let portal = portal_of(case);
    let facts = policy(&portal, &portal.policies[0], year(2024)).unwrap();
    let rates: Vec<_> = facts.indicators[0].series[0]
        .rates
        .iter()
        .map(|fact| match &fact.rate {
            Rate::Computed(computed) => Ok(computed.value.to_string()),
            Rate::NotComputable(reason) => Err(*reason),
        })
        .collect();
    let missing = RateReason::Missing(MissingReason::Unknown);
    assert_eq!(
        rates,
        [Ok("25.0".to_owned()), Err(missing), Err(RateReason::Text), Err(RateReason::Range), Err(RateReason::Range)]
    );
}

#[test]
fn a_bound_is_divided_only_where_it_points_as_its_target_does() {
    let ratio = |actual: &str, target: &str, direction| {
        let case = indicator("i", "", &[(2024, actual)], &[(2027, target)]).method(RateMethod::Ratio);
        let portal = portal_of(Indicator { direction, ..case });
        match &policy(&portal, &portal.policies[0], year(2024)).unwrap().indicators[0].series[0].rates[0].rate {
            Rate::Computed(computed) => Ok(computed.value.to_string()),
            Rate::NotComputable(reason) => Err(*reason),
        }
    };
    assert_eq!(ratio("75+", "80+", None), Ok("93.8".to_owned()), "as the city printed it");
    assert_eq!(ratio("75+", "80+", Some(Direction::Increase)), Ok("93.8".to_owned()));
    assert_eq!(ratio("75+", "80+", Some(Direction::Decrease)), Err(RateReason::Range));
    assert_eq!(ratio("75-", "80+", None), Err(RateReason::Range));
    assert_eq!(ratio("25>", "20", Some(Direction::Increase)), Err(RateReason::Range));
    assert_eq!(ratio("9-", "10-", None), Ok("90.0".to_owned()));
}

#[test]
fn progress_without_a_way_to_go_says_why() {
    let of = |case: Indicator| {
        let portal = portal_of(case);
        let facts = policy(&portal, &portal.policies[0], year(2024)).unwrap();
        let reason = |rate: &Rate| match rate {
            Rate::Computed(computed) => Err(computed.value.to_string()),
            Rate::NotComputable(reason) => Ok(*reason),
        };
        facts.indicators[0].series[0].rates.iter().map(|fact| reason(&fact.rate)).collect::<Vec<_>>()
    };
    let behind = || Ok(RateReason::TargetBehindBaseline);
    // コミュニティバス: the target of 2020 lay below the baseline; the later one above it.
    let bus = indicator("i", "100", &[(2020, "36"), (2024, "105")], &[(2020, "70"), (2027, "120")]).baseline_year(2019);
    assert_eq!(of(bus), [behind(), Err("25.0".to_owned())]);
    let against = indicator("i", "60", &[(2024, "50")], &[(2027, "40")]).direction(Direction::Increase);
    assert_eq!(of(against), [behind()]);
    let level = |direction| indicator("i", "152", &[(2024, "146")], &[(2027, "150")]).direction(direction);
    for direction in [Direction::Maintain, Direction::Within, Direction::None] {
        assert_eq!(of(level(direction)), [Ok(RateReason::NoRiseOrFall)]);
    }
    assert_eq!(of(level(Direction::Maintain).method(Ratio)), [Err("97.3".to_owned())], "a ratio needs no way");
    let early = indicator("i", "5", &[(2022, "3"), (2024, "7")], &[(2027, "10")]).baseline_year(2023);
    assert_eq!(of(early), [Ok(RateReason::BeforeStart), Err("40.0".to_owned())]);
}

#[test]
fn a_context_indicator_has_no_rate_and_a_range_target_none_either() {
    let only = |case| {
        let portal = portal_of(case);
        let facts = policy(&portal, &portal.policies[0], year(2024)).unwrap();
        facts.indicators[0].series[0].rates[0].rate.clone()
    };
    let plain = |target| indicator("i", "40", &[(2024, "50")], &[(2027, target)]);
    assert_eq!(only(plain("60").kind(Kind::Context)), Rate::NotComputable(RateReason::Context));
    assert_eq!(only(plain("60..70")), Rate::NotComputable(RateReason::Range));
    assert_eq!(only(plain("text")), Rate::NotComputable(RateReason::Text));
    assert_eq!(only(indicator("i", "", &[(2024, "5")], &[(2027, "9")])), Rate::NotComputable(RateReason::NoBaseline));
    let sum = indicator("i", "", &[(2024, "32")], &[(2028, "300")]).accumulation(Accumulation::PeriodTotal);
    assert!(matches!(only(sum), Rate::Computed(computed) if computed.value == decimal("10.7")), "a sum starts at zero");
}

fn figure() -> impl Strategy<Value = Decimal> {
    (-1_000_000_i64..1_000_000, 0_u32..5).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale))
}

proptest! {
    #[test]
    fn progress_of_a_mirrored_indicator_is_the_same(a in figure(), b in figure(), t in figure(), decimals in 0_u32..7) {
        let of = |sign: Decimal| {
            let [a, b, t] = [a, b, t].map(|figure| (figure * sign).to_string());
            printed(&terms(&a, &b, &t), RateRule { decimals, ..by(Progress) })
        };
        prop_assert_eq!(of(Decimal::ONE), of(Decimal::NEGATIVE_ONE));
    }

    #[test]
    fn no_terms_make_a_panic_and_the_digits_are_as_declared(
        a in (any::<i64>(), any::<u32>(), 0_u32..29),
        b in (any::<i64>(), any::<u32>(), 0_u32..29),
        t in (any::<i64>(), any::<u32>(), 0_u32..29),
        decimals in any::<u32>().prop_map(|wild| wild % 64),
        method in 0_usize..7,
    ) {
        let [a, b, t] = [a, b, t].map(|(low, high, scale)| {
            Decimal::from_i128_with_scale(i128::from(low) * i128::from(high), scale)
        });
        let terms = Terms { actual: Ok(a), baseline: Ok(b), target: Ok((year(2027), t)) };
        if let Rate::Computed(computed) = rate(&terms, RateRule { decimals, ..by(RateMethod::ALL[method]) }) {
            prop_assert_eq!(computed.value.scale(), decimals);
        }
    }
}
