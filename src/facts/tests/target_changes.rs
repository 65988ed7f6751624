//! Targets that were changed on the way, as the sheets up to an edition declare them.

use super::build::*;
use crate::facts::{PolicyFacts, policy};
use crate::model::{At, Indicator, Portal, TargetChange};

/// A change of the target of 2027, decided on the first of October.
fn change(from: &str, of: u16, component: Option<&str>) -> TargetChange {
    TargetChange {
        year_at: At::default(),
        date_at: At::default(),
        year: year(2027),
        component: component.map(Into::into),
        from: read(from),
        date: Some(jiff::civil::date(of as i16, 10, 1)),
        reason: None,
        at: At::default(),
    }
}

fn aims(target: &str, changes: &[TargetChange]) -> Indicator {
    Indicator { target_changes: changes.into(), ..indicator("i", "10", &[], &[(2027, target)]) }
}

fn over(sheets: Vec<(u16, Indicator)>) -> Portal {
    portal(sheets.into_iter().map(|(of, indicator)| sheet("p", of, vec![indicator])).collect())
}

fn facts(portal: &Portal, edition: u16) -> PolicyFacts<'_> {
    policy(portal, &portal.policies[0], year(edition)).expect("a sheet of that year")
}

/// `50→60 2022`: from, to, and the sheet that declares it, of each series.
fn told(portal: &Portal, edition: u16) -> Vec<Vec<String>> {
    let facts = facts(portal, edition);
    let series = facts.indicators[0].series.iter();
    let steps = series.map(|series| {
        let told = series.target_steps.iter().map(|step| {
            let level =
                |value: &crate::model::Value| value.number().map(|number| number.to_string()).unwrap_or_default();
            format!("{}→{} {}", level(step.before), step.after.map(level).unwrap_or_default(), step.declared.0)
        });
        told.collect()
    });
    steps.collect()
}

#[test]
fn changes_of_a_target_form_a_chain_up_to_the_target_that_holds_whichever_sheet_declares_them() {
    let portal = over(vec![
        (2022, aims("60", &[change("50", 2022, None)])),
        (2023, aims("60", &[change("50", 2022, None)])),
        (2024, aims("70", &[change("60", 2024, None)])),
        (2025, aims("-", &[])),
    ]);
    assert_eq!(told(&portal, 2022), [["50→60 2022"]], "an edition knows nothing of later changes");
    assert_eq!(told(&portal, 2023), [["50→60 2023"]], "what is repeated is told once, as the latest sheet words it");
    assert_eq!(told(&portal, 2024), [["50→60 2023", "60→70 2024"]]);
    assert_eq!(told(&portal, 2025), [["50→60 2023", "60→ 2024"]], "a target that was withdrawn since");
}

#[test]
fn a_target_that_came_back_to_what_it_was_keeps_all_of_its_changes() {
    let changes = [change("60", 2024, None), change("50", 2025, None), change("50", 2023, None)];
    let portal = over(vec![(2024, aims("70", &changes)), (2025, aims("70", &changes))]);
    assert_eq!(told(&portal, 2025), [["50→60 2025", "60→50 2025", "50→70 2025"]]);
}

#[test]
fn the_change_of_one_components_target_is_no_change_of_the_others() {
    let part = || series(None, &[], &[(2027, "80")]);
    let of = |component| {
        let changes = [change("77", 2024, component)];
        let indicator = indicator("i", "", &[], &[]).component("es", part()).component("jh", part());
        over(vec![(2024, Indicator { target_changes: changes.into(), ..indicator })])
    };
    assert_eq!(told(&of(Some("es")), 2024), [vec!["77→80 2024".to_owned()], vec![]]);
    assert_eq!(told(&of(None), 2024), [["77→80 2024"], ["77→80 2024"]]);
}
