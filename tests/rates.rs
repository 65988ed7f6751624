//! The rates that cities printed come out to their last digit.
//!
//! `fixtures/rates/published.csv` holds 52 rates from the published tables of 福知山市, 倉吉市, 長崎市, 大崎町 and
//! 新庄市 with the figures printed beside them. Which method a city used was found by reckoning; no city says so.

use hyoka::facts::rate::{Terms, rate, reproduces};
use hyoka::facts::{Rate, RateReason};
use hyoka::model::{FiscalYear, RateMethod, RateRule, Rounding, TargetChoice};
use rust_decimal::Decimal;

struct Row {
    name: String,
    terms: Terms,
    rule: RateRule,
    published: Decimal,
}

fn rows() -> Vec<Row> {
    let text = include_str!("fixtures/rates/published.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let row = |record: csv::StringRecord| {
        let field = |index: usize| record.get(index).expect("ten columns").to_owned();
        let figure = |index: usize| field(index).parse::<Decimal>().ok();
        let year = FiscalYear::new(2020).expect("a year");
        Row {
            name: format!("{} {} {}", field(0), field(1), field(2)),
            terms: Terms {
                baseline: figure(3).ok_or(RateReason::NoBaseline),
                target: figure(4).map(|target| (year, target)).ok_or(RateReason::NoTarget),
                actual: Ok(figure(5).expect("an actual")),
            },
            rule: RateRule {
                method: RateMethod::parse(&field(6)).expect("a method"),
                decimals: field(7).parse().expect("digits"),
                rounding: Rounding::ALL.into_iter().find(|r| r.name() == field(8)).expect("a rounding"),
                target: TargetChoice::Year,
            },
            published: figure(9).expect("a published rate"),
        }
    };
    reader.records().map(|record| row(record.expect("a row"))).collect()
}

#[test]
fn every_published_rate_comes_out_to_its_last_digit() {
    let rows = rows();
    assert_eq!(rows.len(), 52);
    for Row { name, terms, rule, published } in rows {
        match rate(&terms, rule) {
            Rate::Computed(computed) => assert_eq!(computed.value.to_string(), published.to_string(), "{name}"),
            Rate::NotComputable(reason) => panic!("{name}: {reason:?}"),
        }
        assert_eq!(reproduces(&terms, rule, published), Some(true), "{name}");
    }
}

#[test]
fn the_method_is_no_matter_of_taste() {
    // リサイクル率 H27 of 長崎市: 72.9 by ratio, −50.0 by progress. 就業率 of 倉吉市: 0.2 points, 150.0 by progress.
    let progress = |part: &str| {
        let row = rows().into_iter().rfind(|row| row.name.contains(part)).expect("the row");
        match rate(&row.terms, RateRule { method: RateMethod::Progress, decimals: 1, ..row.rule }) {
            Rate::Computed(computed) => computed.value.to_string(),
            Rate::NotComputable(reason) => format!("{reason:?}"),
        }
    };
    assert_eq!(progress("リサイクル率 H27"), "-50.0");
    assert_eq!(progress("就業率"), "150.0");
    assert_eq!(progress("地産地消"), "NoBaseline");
}
