//! Exact fractions round once, and say when they cannot be held.

use super::build::decimal;
use crate::facts::exact::{Exact, difference, sum};
use crate::model::Rounding::{HalfUp, Truncate};
use rust_decimal::Decimal;

fn quotient(a: &str, b: &str) -> Exact {
    Exact::from(decimal(a)).over(Exact::from(decimal(b))).expect("a divisor")
}

#[test]
fn a_half_is_rounded_away_from_zero_and_truncation_goes_towards_it() {
    for (a, b, decimals, up, cut) in [
        ("1", "8", 2, "0.13", "0.12"),
        ("-1", "8", 2, "-0.13", "-0.12"),
        ("1", "-8", 2, "-0.13", "-0.12"),
        ("-1", "-8", 2, "0.13", "0.12"),
        ("2", "3", 1, "0.7", "0.6"),
        ("-1", "30", 1, "0.0", "0.0"),
        ("5", "2", 0, "3", "2"),
        ("7", "1", 3, "7.000", "7.000"),
    ] {
        assert_eq!(quotient(a, b).round(decimals, HalfUp).unwrap().to_string(), up, "{a} ÷ {b}");
        assert_eq!(quotient(a, b).round(decimals, Truncate).unwrap().to_string(), cut, "{a} ÷ {b}");
    }
}

#[test]
fn a_figure_just_below_a_half_is_no_half() {
    // A quotient cut to 28 digits would be 0.5 here, and round up.
    let below = quotient("4999999999999999999999999999", "9999999999999999999999999999");
    assert_eq!(below.round(0, HalfUp), Some(Decimal::ZERO));
}

#[test]
fn what_is_too_large_is_no_figure() {
    let largest = Exact::from(Decimal::MAX);
    assert!(largest.times(largest).is_none());
    assert!(largest.round(28, HalfUp).is_none());
    assert!(Exact::whole(1).round(40, HalfUp).is_none());
    assert!(sum(Decimal::MAX, Decimal::ONE).is_none());
    assert!(sum(Decimal::MAX, decimal("0.1")).is_none(), "no digit is dropped in silence");
    assert_eq!(difference(decimal("1.50"), decimal("0.5")).unwrap().to_string(), "1.00");
    assert!(Exact::whole(1).over(Exact::whole(0)).is_none());
}
