//! The index of an edition: order, counts, totals, what needs attention, what changed.

use super::build::*;
use crate::facts::order::compare_numbers;
use crate::facts::{EditionFacts, Facts, VerdictChange, derive, policy};
use crate::model::{
    Ended, GradeLegend, Indicator, Kind, MoneyUnit, Portal, RateMethod, Sheet, Text, VerdictName, VerdictName::*,
};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// From 40 towards 60: 45 is expected in 2024.
fn rising(id: &str, actual: &str) -> Indicator {
    indicator(id, "40", &[(2024, actual)], &[(2027, "60")])
}

fn edition(facts: &Facts, of: u16) -> &EditionFacts {
    facts.edition(year(of)).expect("a sheet of that year")
}

fn ids(edition: &EditionFacts) -> Vec<&str> {
    edition.policies.iter().map(|policy| policy.sheet.policy.as_ref()).collect()
}

#[test]
fn policies_stand_in_the_order_of_areas_and_of_numbers_as_people_sort_them() {
    let mut of = portal(vec![
        sheet("a", 2024, vec![]).number("10").area(1),
        sheet("b", 2024, vec![]).number("2").area(1),
        sheet("c", 2024, vec![]).number("5-②").area(1),
        sheet("d", 2024, vec![]).number("5-①").area(1),
        sheet("e", 2024, vec![]).number("5").area(1),
        sheet("f", 2024, vec![]).area(1),
        sheet("g", 2024, vec![]).number("99").area(0),
        sheet("h", 2024, vec![]).number("２").area(1),
    ]);
    of.areas = vec![area("first", None), area("second", None)];
    assert_eq!(ids(edition(&derive(&of), 2024)), ["g", "b", "h", "e", "d", "c", "a", "f"]);
}

#[test]
fn printed_numbers_compare_as_numbers() {
    for (less, more) in
        [("2", "10"), ("5", "5-①"), ("5-⑨", "5-⑩"), ("1-9", "1-10"), ("012", "12"), ("12", "013"), ("A2", "A10")]
    {
        assert_eq!(compare_numbers(Some(less), Some(more)), Ordering::Less, "{less} {more}");
        assert_eq!(compare_numbers(Some(more), Some(less)), Ordering::Greater, "{less} {more}");
    }
    assert_eq!(compare_numbers(Some("z"), None), Ordering::Less);
    let long = "9".repeat(60);
    assert_eq!(compare_numbers(Some(&long), Some(&long)), Ordering::Equal);
}

#[test]
fn counts_and_totals_say_what_they_leave_out() {
    let of = portal(vec![
        sheet("a", 2024, vec![rising("on", "50"), rising("behind", "41")])
            .settled(MoneyUnit::ThousandYen, &[(2023, "1000"), (2024, "1200")]),
        sheet("b", 2024, vec![rising("missing", "-"), rising("people", "5").kind(Kind::Context)])
            .settled(MoneyUnit::Yen, &[(2024, "34567")]),
        sheet("c", 2024, vec![]),
        sheet("d", 2024, vec![]).settled(MoneyUnit::MillionYen, &[(2024, "…")]),
    ]);
    let facts = derive(&of);
    let edition = edition(&facts, 2024);
    assert_eq!((edition.counts.total(), edition.counts.judged(), edition.counts.get(Undecided)), (4, 2, 2));
    let settled = &edition.settled;
    assert_eq!((settled.yen, settled.policies_included, settled.policies), (decimal("1234567"), 2, 4));
    assert_eq!(settled.unit, Some(MoneyUnit::ThousandYen), "the coarsest of those that are summed");
    let comparable = settled.comparable.expect("one policy prints both years");
    assert_eq!(
        (comparable.yen, comparable.previous_yen, comparable.policies),
        (decimal("1200000"), decimal("1000000"), 1)
    );
}

#[test]
fn without_any_amount_there_is_no_total_to_compare() {
    let settled = edition(&derive(&portal(vec![sheet("a", 2024, vec![])])), 2024).settled;
    assert_eq!((settled.yen, settled.policies_included, settled.policies), (Decimal::ZERO, 0, 1));
    assert_eq!((settled.comparable, settled.unit), (None, None));
}

#[test]
fn an_area_has_its_own_policies_then_those_of_its_child_areas() {
    let mut of = portal(vec![
        sheet("parent", 2024, vec![rising("i", "50")]).area(1),
        sheet("child", 2024, vec![rising("i", "41")]).area(0).settled(MoneyUnit::Yen, &[(2024, "5")]),
        sheet("grandchild", 2024, vec![]).area(2),
    ]);
    of.areas = vec![area("child", Some(1)), area("parent", None), area("grandchild", Some(0)), area("empty", None)];
    let facts = derive(&of);
    let edition = edition(&facts, 2024);
    let policies =
        |area: usize| -> Vec<&str> { edition.areas[area].policies.iter().map(|index| ids(edition)[*index]).collect() };
    assert_eq!(edition.areas.iter().map(|area| area.area).collect::<Vec<_>>(), [0, 1, 2], "the empty one is left out");
    assert_eq!(policies(0), ["child", "grandchild"]);
    assert_eq!(policies(1), ["parent", "child", "grandchild"]);
    assert_eq!(edition.areas[1].counts.judged(), 2);
    assert_eq!((edition.areas[1].settled.policies_included, edition.areas[1].settled.policies), (1, 3));
}

#[test]
fn what_needs_attention_comes_with_the_worst_first() {
    let kept = indicator("kept", "5", &[(2024, "4")], &[(2027, "5")]);
    // 終了: it is judged, but nobody can mend it.
    let ended = Indicator { ended: Some(Box::new(Ended { year: year(2024), note: None })), ..rising("ended", "1") };
    let of = portal(vec![
        sheet("a", 2024, vec![ended, rising("slow", "41"), rising("worse", "39"), kept]),
        sheet("b", 2024, vec![rising("slower", "40"), rising("worst", "30"), rising("fine", "50")]),
    ]);
    let facts = derive(&of);
    let edition = edition(&facts, 2024);
    let names: Vec<_> = edition
        .attention
        .iter()
        .map(|(policy, mark)| {
            edition.policies[*policy].sheet.indicators[edition.policies[*policy].marks[*mark].indicator].id.as_ref()
        })
        .collect();
    assert_eq!(names, ["worst", "worse", "slower", "slow", "kept"]);
}

#[test]
fn targets_reached_before_their_year_are_listed() {
    let facts = derive(&hiratsuka());
    let edition = edition(&facts, 2024);
    assert_eq!(edition.reached_early, [(0, 1)]);
    assert_eq!(edition.attention, []);
    let policy = &edition.policies[0];
    assert_eq!(
        (policy.median, policy.median_rate, policy.median_pace),
        (Some(OnTrack), Some(decimal("69.8")), Some(decimal("2.79")))
    );
    assert_eq!(policy.spark, [(year(2024), Some(decimal("628")))]);
    assert_eq!(
        policy.settled.map(|s| (s.amount, s.in_yen(), s.previous)),
        Some((decimal("1587511"), decimal("1587511000"), None))
    );
}

#[test]
fn the_median_of_rates_leaves_other_methods_out_and_is_the_mean_of_two() {
    let of = portal(vec![sheet(
        "a",
        2024,
        vec![rising("i", "50"), rising("j", "45.3"), rising("k", "59").method(RateMethod::Ratio), rising("l", "-")],
    )]);
    let facts = derive(&of);
    let policy = &edition(&facts, 2024).policies[0];
    assert_eq!(policy.median_rate.map(|rate| rate.to_string()).as_deref(), Some("38.3"), "(50.0 + 26.5) ÷ 2 is 38.25");
}

fn graded(grade: &str, of: Option<u16>, indicators: Vec<Indicator>) -> Portal {
    let mut portal = portal(vec![sheet("a", 2024, indicators).grade(grade, of)]);
    let legend = |id: &str, verdict: Option<VerdictName>| GradeLegend {
        id: id.into(),
        label: Text::new(id),
        verdict,
        at: Default::default(),
    };
    portal.grades = vec![
        legend("A", Some(Achieved)),
        legend("B", Some(OnTrack)),
        legend("C", None),
        legend("D", Some(WorseThanBaseline)),
        legend("?", Some(Undecided)),
    ];
    portal
}

#[test]
fn a_grade_two_steps_from_the_median_verdict_is_listed() {
    let on_track = || vec![rising("i", "50")];
    let behind = || vec![rising("i", "41"), rising("j", "60")];
    let diverges = |portal: Portal| !edition(&derive(&portal), 2024).divergent.is_empty();
    assert!(!diverges(graded("B", None, on_track())));
    assert!(!diverges(graded("A", None, on_track())), "one step");
    assert!(diverges(graded("D", None, on_track())));
    assert!(diverges(graded("B", None, behind())), "of achieved and behind the worse is the median");
    assert!(!diverges(graded("C", None, behind())), "a grade without a verdict in the legend is not compared");
    assert!(!diverges(graded("?", None, behind())));
    assert!(!diverges(graded("A", Some(2023), behind())), "last year's grade is not compared");
    assert!(diverges(graded("A", Some(2024), behind())));
    assert!(!diverges(graded("A", None, vec![rising("i", "-")])), "nothing was judged");
}

#[test]
fn a_verdict_that_changed_since_the_previous_edition_is_listed_with_the_one_before() {
    let of = |edition: u16, i: &str, j: &str| -> Sheet {
        let case = |id: &str, actual: &str| indicator(id, "40", &[(edition, actual)], &[(2027, "60")]);
        // The order of indicators differs between the sheets.
        let mut both = vec![case("i", i), case("j", j)];
        if edition == 2025 {
            both.reverse();
            both.push(case("new", "60"));
        }
        sheet("a", edition, both)
    };
    let facts =
        derive(&portal(vec![of(2024, "50", "41"), of(2025, "51", "59"), sheet("b", 2025, vec![rising("i", "50")])]));
    assert_eq!(edition(&facts, 2024).changed, []);
    assert_eq!(edition(&facts, 2025).changed, [VerdictChange { policy: 0, mark: 0, before: Behind }]);
}

#[test]
fn a_gap_is_never_drawn_as_zero() {
    let first = indicator("empty", "1", &[(2024, "…")], &[(2027, "5")]);
    let second = indicator("i", "1", &[(2021, "0"), (2023, "-"), (2024, "3")], &[(2027, "5")]);
    let facts = derive(&portal(vec![sheet("a", 2024, vec![first, second])]));
    let spark: Vec<_> =
        edition(&facts, 2024).policies[0].spark.iter().map(|(y, f)| (y.get(), f.map(|f| f.to_string()))).collect();
    assert_eq!(spark, [(2021, Some("0".to_owned())), (2022, None), (2023, None), (2024, Some("3".to_owned()))]);
}

#[test]
fn the_same_portal_gives_the_same_facts() {
    let sheets = (0..200).flat_map(|n| {
        let id = format!("p{n}");
        let actual = (30 + n % 40).to_string();
        [sheet(&id, 2024, vec![rising("i", &actual)]).number(&n.to_string()), sheet(&id, 2025, vec![rising("i", "50")])]
    });
    let portal = portal(sheets.collect());
    assert_eq!(format!("{:?}", derive(&portal)), format!("{:?}", derive(&portal)));
}

#[test]
fn a_total_that_no_decimal_can_hold_leaves_amounts_out_and_says_so() {
    let large = |id: &str| sheet(id, 2024, vec![]).settled(MoneyUnit::MillionYen, &[(2024, "70000000000000000000000")]);
    let beyond = sheet("c", 2024, vec![]).settled(MoneyUnit::MillionYen, &[(2024, &Decimal::MAX.to_string())]);
    let settled = edition(&derive(&portal(vec![large("a"), large("b"), beyond])), 2024).settled;
    assert_eq!((settled.policies_included, settled.policies), (1, 3));
}

proptest! {
    #[test]
    fn the_index_and_the_page_of_a_policy_never_disagree(
        actuals in proptest::collection::vec((2020_u16..2025, prop_oneof![Just("-".to_owned()), (0..100).prop_map(|n: i32| n.to_string())]), 0..5),
        baseline in 0_i32..100,
        target in 0_i32..100,
    ) {
        let actuals: Vec<_> = actuals.iter().map(|(y, a)| (*y, a.as_str())).collect();
        let case = indicator("i", &baseline.to_string(), &actuals, &[(2026, &target.to_string())]);
        let portal = portal_of(case);
        let facts = derive(&portal);
        let of_index = &edition(&facts, 2024).policies[0];
        let of_page = policy(&portal, &portal.policies[0], year(2024)).unwrap();
        let judgement = &of_page.indicators[0].series[0].judgement;
        let mark = &of_index.marks[0];
        prop_assert_eq!((mark.verdict, mark.reason, mark.pace), (judgement.verdict, judgement.reason, judgement.pace));
        prop_assert_eq!(of_index.counts, of_page.counts);
        prop_assert_eq!(of_index.median, of_page.median);
    }
}
