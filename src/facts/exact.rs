//! Exact arithmetic: fractions of whole numbers, rounded once, at the end.
//!
//! A quotient of decimals mostly has no last digit. As a fraction it stays exact until a declared rule rounds it, so
//! that half-up meets a half only where there is one. Every operation is checked: `None` means too large, never a
//! wrapped or silently shortened figure.

use std::cmp::Ordering;

use crate::model::Rounding;
use rust_decimal::Decimal;

/// How many digits more than asked for a figure is given before it is cut instead of rounded.
const MOST_DIGITS_BESIDE: u32 = 20;

/// A fraction. The denominator is positive; it need not be in lowest terms.
#[derive(Clone, Copy, Debug)]
pub(super) struct Exact {
    numerator: i128,
    denominator: i128,
}

impl From<Decimal> for Exact {
    fn from(figure: Decimal) -> Self {
        // A decimal has at most 28 digits after its point, and 10^28 is far below the largest i128.
        Self { numerator: figure.mantissa(), denominator: 10_i128.pow(figure.scale()) }
    }
}

impl Exact {
    pub fn whole(number: i32) -> Self {
        Self { numerator: i128::from(number), denominator: 1 }
    }

    pub fn is_zero(self) -> bool {
        self.numerator == 0
    }

    pub fn is_positive(self) -> bool {
        self.numerator > 0
    }

    pub fn plus(self, other: Self) -> Option<Self> {
        self.add(other).or_else(|| self.reduced().add(other.reduced()))
    }

    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negated()?)
    }

    pub fn times(self, other: Self) -> Option<Self> {
        self.multiply(other).or_else(|| {
            let left = Self { numerator: self.numerator, denominator: other.denominator }.reduced();
            let right = Self { numerator: other.numerator, denominator: self.denominator }.reduced();
            left.multiply(right)
        })
    }

    /// `None` also where `other` is zero.
    pub fn over(self, other: Self) -> Option<Self> {
        match other.numerator.cmp(&0) {
            Ordering::Equal => None,
            Ordering::Greater => self.times(Self { numerator: other.denominator, denominator: other.numerator }),
            Ordering::Less => {
                let inverse = Self { numerator: other.denominator, denominator: other.numerator.checked_neg()? };
                self.negated()?.times(inverse)
            }
        }
    }

    pub fn absolute(self) -> Option<Self> {
        if self.numerator < 0 { self.negated() } else { Some(self) }
    }

    /// `None` where the two are too large to be compared exactly.
    pub fn compare(self, other: Self) -> Option<Ordering> {
        let cross = |a: Self, b: Self| {
            Some(a.numerator.checked_mul(b.denominator)?.cmp(&b.numerator.checked_mul(a.denominator)?))
        };
        if self.denominator == other.denominator {
            return Some(self.numerator.cmp(&other.numerator));
        }
        cross(self, other).or_else(|| cross(self.reduced(), other.reduced()))
    }

    /// With exactly `decimals` digits after the point. Zero has no sign.
    pub fn round(self, decimals: u32, rounding: Rounding) -> Option<Decimal> {
        let power = 10_i128.checked_pow(decimals)?;
        let scaled = self.times(Self { numerator: power, denominator: 1 })?;
        let quotient = scaled.numerator / scaled.denominator;
        let rest = (scaled.numerator % scaled.denominator).abs();
        let up = rounding == Rounding::HalfUp && rest >= scaled.denominator - rest;
        let rounded = if up { quotient.checked_add(scaled.numerator.signum())? } else { quotient };
        Decimal::try_from_i128_with_scale(rounded, decimals).ok()
    }

    /// As people print a derived figure: with the `decimals` of the figures it was made of, and one digit more, half-up,
    /// where it does not end there.
    pub fn printable(self, decimals: u32) -> Option<Decimal> {
        let finer = self.round(decimals.checked_add(1)?, Rounding::HalfUp)?;
        if finer.mantissa() % 10 == 0 { Some(finer.trunc_with_scale(decimals)) } else { Some(finer) }
    }

    /// As [`Self::printable`], with as many digits more as it takes to stand to `figure` as the exact one does.
    pub fn printable_beside(self, decimals: u32, figure: Self) -> Option<Decimal> {
        let plain = self.printable(decimals)?;
        if Self::from(plain).compare(figure) == self.compare(figure) {
            return Some(plain);
        }
        self.round_beside(decimals.checked_add(2)?, &[figure])
    }

    /// Half-up, with `decimals` digits or as many more as it takes to stand to each of `marks` (above, at, below) as the
    /// exact figure does.
    pub fn round_beside(self, decimals: u32, marks: &[Self]) -> Option<Decimal> {
        let agrees = |rounded: Decimal| {
            marks.iter().all(|mark| Self::from(rounded).compare(*mark).is_none_or(|o| Some(o) == self.compare(*mark)))
        };
        let finest = decimals.checked_add(MOST_DIGITS_BESIDE)?;
        let found =
            (decimals..=finest).map_while(|decimals| self.round(decimals, Rounding::HalfUp)).find(|r| agrees(*r));
        found.or_else(|| self.round(decimals, Rounding::Truncate))
    }

    fn negated(self) -> Option<Self> {
        Some(Self { numerator: self.numerator.checked_neg()?, denominator: self.denominator })
    }

    fn add(self, other: Self) -> Option<Self> {
        let (wide, narrow) = if self.denominator >= other.denominator { (self, other) } else { (other, self) };
        // Decimals have powers of ten below them: mostly one denominator divides the other.
        if wide.denominator % narrow.denominator == 0 {
            let widened = narrow.numerator.checked_mul(wide.denominator / narrow.denominator)?;
            return Some(Self { numerator: wide.numerator.checked_add(widened)?, denominator: wide.denominator });
        }
        let numerator = self
            .numerator
            .checked_mul(other.denominator)?
            .checked_add(other.numerator.checked_mul(self.denominator)?)?;
        Some(Self { numerator, denominator: self.denominator.checked_mul(other.denominator)? })
    }

    fn multiply(self, other: Self) -> Option<Self> {
        Some(Self {
            numerator: self.numerator.checked_mul(other.numerator)?,
            denominator: self.denominator.checked_mul(other.denominator)?,
        })
    }

    fn reduced(self) -> Self {
        let (mut divisor, mut rest) = (self.numerator.unsigned_abs(), self.denominator.unsigned_abs());
        while rest != 0 {
            (divisor, rest) = (rest, divisor % rest);
        }
        match i128::try_from(divisor) {
            Ok(divisor) if divisor > 1 => {
                Self { numerator: self.numerator / divisor, denominator: self.denominator / divisor }
            }
            _ => self,
        }
    }
}

/// a + b with the digits of the finer one; `None` where a decimal cannot hold it exactly.
pub(super) fn sum(a: Decimal, b: Decimal) -> Option<Decimal> {
    Exact::from(a).plus(Exact::from(b))?.round(a.scale().max(b.scale()), Rounding::HalfUp)
}

/// a − b with the digits of the finer one; `None` where a decimal cannot hold it exactly.
pub(super) fn difference(a: Decimal, b: Decimal) -> Option<Decimal> {
    Exact::from(a).minus(Exact::from(b))?.round(a.scale().max(b.scale()), Rounding::HalfUp)
}
