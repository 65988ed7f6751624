//! Where an actual stands when it is no single figure: the two ends of all that it may mean.
//!
//! `25未満` may be 24 or 3, `75%以上` may be 75 or 100. What is said of such a value holds only where it holds of its
//! worse and of its better end.

use std::cmp::Ordering;

use super::exact::Exact;
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

/// The lower and the upper end of a value. `figure` is the one that counts for a number, a bound or a rank (the running
/// sum of a `period-total`). `None` for what has no ends.
pub(super) fn ends(reading: &Reading, figure: Option<Decimal>) -> Option<(Stand, Stand)> {
    let at = |figure| Stand::At(figure, Ordering::Equal);
    let (least, most) = (Stand::Beyond(Ordering::Less), Stand::Beyond(Ordering::Greater));
    match reading {
        Reading::Range { low, high } => Some((at(*low), at(*high))),
        Reading::Number(_) | Reading::Rank(_) => figure.map(|figure| (at(figure), at(figure))),
        Reading::AtLeast(_) => figure.map(|figure| (at(figure), most)),
        Reading::MoreThan(_) => figure.map(|figure| (Stand::At(figure, Ordering::Greater), most)),
        Reading::AtMost(_) => figure.map(|figure| (least, at(figure))),
        Reading::LessThan(_) => figure.map(|figure| (least, Stand::At(figure, Ordering::Less))),
        Reading::Text { .. } | Reading::Missing(_) => None,
    }
}

/// The worse and the better end in a direction.
pub(super) fn worse_and_better((low, high): (Stand, Stand), direction: Direction) -> (Stand, Stand) {
    if direction == Direction::Decrease { (high, low) } else { (low, high) }
}
