//! Two editions beside each other: what a table of many policies tells agrees with what the whole comparison tells.

use super::build::*;
use crate::facts::{EditionOf, FigureCompared, FigureDifference, difference, stated_difference};
use crate::model::{FigureField, Indicator, MoneyUnit, Portal, Text};

/// Of the whole comparison, what [`stated_difference`] is to find.
fn stated(of: &Portal, policy: &str) -> Vec<FigureDifference> {
    let edition = |of_year| EditionOf { portal: of, year: year(of_year) };
    let whole = difference(policy, edition(2024), edition(2025)).map(|difference| difference.figures);
    let is_stated = |figure: &FigureDifference| {
        let is_part = figure.id.indicator.is_empty() && !figure.id.component.is_empty();
        figure.compared == FigureCompared::Same && !figure.id.field.is_derived() && !is_part
    };
    whole.unwrap_or_default().into_iter().filter(is_stated).collect()
}

fn found(of: &Portal, policy: &str) -> Vec<FigureDifference> {
    let edition = |of_year| EditionOf { portal: of, year: year(of_year) };
    stated_difference(policy, edition(2024), edition(2025)).map(|difference| difference.figures).unwrap_or_default()
}

fn with_unit(unit: &str, of: Indicator) -> Indicator {
    Indicator { unit: Some(Text::new(unit)), ..of }
}

#[test]
fn figures_that_two_editions_print_are_compared_as_in_the_whole_comparison() {
    let readings = ["628", "628.0", "600", "40+", "60-", "40<", "60>", "10..12", "10..13", "#3", "-", "…", "text:met"];
    for before in readings {
        for after in readings {
            let of = portal(vec![
                sheet(
                    "a",
                    2024,
                    vec![
                        with_unit("人", indicator("i", before, &[(2023, before), (2024, "5")], &[(2027, before)]))
                            .published(&[(2023, "70.1"), (2024, "72.9")]),
                        indicator("parts", "", &[], &[]).component("x", series(None, &[(2024, before)], &[])),
                        indicator("gone", "1", &[(2024, "5")], &[(2027, "9")]),
                    ],
                )
                .settled(MoneyUnit::ThousandYen, &[(2023, "1000"), (2024, "1200")])
                .grade("B", None),
                sheet(
                    "a",
                    2025,
                    vec![
                        with_unit(
                            "人",
                            indicator("i", after, &[(2023, after), (2025, "6")], &[(2027, after), (2030, "9")]),
                        )
                        .baseline_year(2022)
                        .published(&[(2023, "70.2"), (2025, "80")]),
                        indicator("parts", "", &[], &[])
                            .component("x", series(None, &[(2024, after)], &[(2027, "8")]))
                            .component("y", series(Some((None, "4")), &[(2024, "5")], &[])),
                        indicator("new", "1", &[(2024, "5")], &[(2027, "9")]),
                    ],
                )
                .settled(MoneyUnit::ThousandYen, &[(2024, "1250"), (2025, "1300")])
                .grade("A", None),
            ]);
            assert_eq!(found(&of, "a"), stated(&of, "a"), "{before} then {after}");
            let money = found(&of, "a").into_iter().find(|figure| figure.id.field == FigureField::Settled);
            let money = money.expect("2024 was settled otherwise");
            assert_eq!((money.id.year, money.before.unwrap().text.as_ref()), (Some(year(2024)), "1200千円"));
        }
    }
}
