//! Where an actual stands when it is no single figure: the two ends of all that it may mean.
//!
//! `25未満` may be 24 or 3, `75%以上` may be 75 or 100. What is said of such a value holds only where it holds of its
//! worse and of its better end. A sum of which one year is no single figure is none either: 10 and `40以上` are 50 or
//! more.

use std::cmp::Ordering;

use super::exact::{self, Exact};
use crate::model::{Direction, Reading};
use rust_decimal::Decimal;

/// One end of what a value means.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stand {
    /// At the figure; an open end lies just beside it, greater or less.
    At(Decimal, Ordering),
    /// Without an end: greater, or less, than every figure.
    Beyond(Ordering),
}

impl Stand {
    /// Whether this lies above or below `figure`; `None` where the two are too large to be compared.
    pub fn compare(self, figure: Exact) -> Option<Ordering> {
        match self {
            Self::At(at, beside) => Some(Exact::from(at).compare(figure)?.then(beside)),
            Self::Beyond(order) => Some(order),
        }
    }

    /// The figure that it stands at; `None` where it has no end.
    pub fn figure(self) -> Option<Decimal> {
        match self {
            Self::At(figure, _) => Some(figure),
            Self::Beyond(_) => None,
        }
    }
}

impl Stand {
    /// Where a sum stands of which this and `other` are the ends; `None` where it is too large.
    fn plus(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::At(one, beside), Self::At(two, also)) => Some(Self::At(exact::sum(one, two)?, beside.then(also))),
            (Self::Beyond(order), _) | (_, Self::Beyond(order)) => Some(Self::Beyond(order)),
        }
    }
}

/// The lower and the upper end of all that a value, or a running sum, may mean.
#[derive(Clone, Copy, Debug)]
pub struct Ends {
    low: Stand,
    high: Stand,
}

impl Ends {
    /// A running sum before its first year.
    pub(super) const ZERO: Self =
        Self { low: Stand::At(Decimal::ZERO, Ordering::Equal), high: Stand::At(Decimal::ZERO, Ordering::Equal) };

    /// Nothing is known.
    pub(super) const ANYTHING: Self =
        Self { low: Stand::Beyond(Ordering::Less), high: Stand::Beyond(Ordering::Greater) };

    /// Of a value whose number, bound or rank is `figure`; `None` for what has no ends.
    pub(super) fn of(reading: &Reading, figure: Option<Decimal>) -> Option<Self> {
        let at = |figure| Stand::At(figure, Ordering::Equal);
        let Self { low: least, high: most } = Self::ANYTHING;
        let (low, high) = match reading {
            Reading::Range(range) => (at(range.low), at(range.high)),
            Reading::Number(_) | Reading::Rank(_) => (at(figure?), at(figure?)),
            Reading::AtLeast(_) => (at(figure?), most),
            Reading::MoreThan(_) => (Stand::At(figure?, Ordering::Greater), most),
            Reading::AtMost(_) => (least, at(figure?)),
            Reading::LessThan(_) => (least, Stand::At(figure?, Ordering::Less)),
            Reading::Text { .. } | Reading::Missing(_) => return None,
        };
        Some(Self { low, high })
    }

    /// The sum of two values: one with an open end has an open end, too. `None` where it is too large.
    pub(super) fn plus(self, other: Self) -> Option<Self> {
        Some(Self { low: self.low.plus(other.low)?, high: self.high.plus(other.high)? })
    }

    pub(super) fn low_and_high(self) -> (Stand, Stand) {
        (self.low, self.high)
    }

    /// The worse and the better end in a direction.
    pub(super) fn worse_and_better(self, direction: Direction) -> (Stand, Stand) {
        if direction == Direction::Decrease { (self.high, self.low) } else { (self.low, self.high) }
    }

    /// What has these ends, as a number, a bound or a range; `None` where both are open.
    pub fn reading(self) -> Option<Reading> {
        match (self.low, self.high) {
            (Stand::At(low, _), Stand::At(high, _)) if low == high => Some(Reading::Number(low)),
            (Stand::At(low, _), Stand::At(high, _)) => Some(Reading::range(low, high)),
            (Stand::At(low, Ordering::Equal), Stand::Beyond(_)) => Some(Reading::AtLeast(low)),
            (Stand::At(low, _), Stand::Beyond(_)) => Some(Reading::MoreThan(low)),
            (Stand::Beyond(_), Stand::At(high, Ordering::Equal)) => Some(Reading::AtMost(high)),
            (Stand::Beyond(_), Stand::At(high, _)) => Some(Reading::LessThan(high)),
            (Stand::Beyond(_), Stand::Beyond(_)) => None,
        }
    }
}
