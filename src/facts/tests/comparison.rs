//! Two editions beside each other: what is compared is what each of them publishes.

use super::build::*;
use crate::facts::{EditionOf, FigureCompared, FigureDifference, difference, difference_in_short, published};
use crate::model::{FigureField, FigureId, Indicator, MoneyUnit, Portal, Text};

fn found(of: &Portal, policy: &str) -> Vec<FigureDifference> {
    let edition = |of_year| EditionOf { portal: of, year: year(of_year) };
    difference(policy, edition(2024), edition(2025)).map(|difference| difference.figures).unwrap_or_default()
}

/// What [`found`] is to find, by what the editions publish.
fn published_otherwise(of: &Portal, policy: &str) -> Vec<FigureDifference> {
    let policy = of.policy(policy).unwrap();
    let (before, after) = (published(of, policy, year(2024)), published(of, policy, year(2025)));
    let moves_on = |id: &FigureId| !matches!(id.field, FigureField::Baseline | FigureField::Target);
    let at = |id: &FigureId, of_year| FigureId { year: Some(year(of_year)), ..id.clone() };
    let mut found = Vec::new();
    for id in before.keys().chain(after.keys()) {
        let (was, is) = (before.get(id), after.get(id));
        if was.is_some() && is.is_some() || !moves_on(id) {
            found.push((id.clone(), FigureCompared::Same, was, is));
        }
        let own = at(id, 2025);
        if moves_on(id) && id.year == Some(year(2024)) || *id == own {
            found.push((own.clone(), FigureCompared::OfItsYear, before.get(&at(id, 2024)), after.get(&own)));
        }
    }
    let known = |id: &FigureId| {
        let has = |of_year| policy.sheet(year(of_year)).unwrap().indicator(&id.indicator).is_some();
        id.field != FigureField::Digest && (id.indicator.is_empty() || has(2024) && has(2025))
    };
    let mut found: Vec<_> = found
        .into_iter()
        .filter(|(id, _, was, is)| known(id) && was.map(|of| &of.figure.value) != is.map(|of| &of.figure.value))
        .map(|(id, compared, was, is)| {
            let figure = |of: Option<&crate::facts::Stated>| of.map(|of| of.figure.clone());
            FigureDifference { id, compared, before: figure(was), after: figure(is) }
        })
        .collect();
    found.sort_by(|a, b| (&a.id, a.compared).cmp(&(&b.id, b.compared)));
    found.dedup();
    found
}

fn with_unit(unit: &str, of: Indicator) -> Indicator {
    Indicator { unit: Some(Text::new(unit)), ..of }
}

#[test]
fn figures_differ_where_the_editions_publish_others() {
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
            assert_eq!(found(&of, "a"), published_otherwise(&of, "a"), "{before} then {after}");
            let in_short = found(&of, "a").into_iter().filter(|figure| match figure.id.field {
                FigureField::Verdict => figure.before.is_none() || figure.after.is_none(),
                FigureField::Rate | FigureField::PublishedRate => figure.compared == FigureCompared::Same,
                _ => true,
            });
            let edition = |of_year| EditionOf { portal: &of, year: year(of_year) };
            let table = difference_in_short("a", edition(2024), edition(2025)).unwrap();
            assert_eq!(table.figures, in_short.collect::<Vec<_>>(), "{before} then {after}");
            let money = found(&of, "a")
                .into_iter()
                .find(|figure| figure.id.field == FigureField::Settled && figure.compared == FigureCompared::Same);
            let money = money.expect("2024 was settled otherwise");
            assert_eq!((money.id.year, money.before.unwrap().text.as_ref()), (Some(year(2024)), "1,200千円"));
        }
    }
}

#[test]
fn an_amount_in_another_unit_is_the_same_amount_and_the_same_number_in_another_is_not() {
    let amount = |of_year, unit, amount: &str| sheet("a", of_year, vec![]).settled(unit, &[(2023, amount)]);
    let of = |before: (MoneyUnit, &str), after: (MoneyUnit, &str)| {
        let of = portal(vec![amount(2024, before.0, before.1), amount(2025, after.0, after.1)]);
        found(&of, "a").len()
    };
    assert_eq!(of((MoneyUnit::ThousandYen, "1200"), (MoneyUnit::Yen, "1200000")), 0);
    assert_eq!(of((MoneyUnit::ThousandYen, "1200"), (MoneyUnit::MillionYen, "1200")), 1);
}
