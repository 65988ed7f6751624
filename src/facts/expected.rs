//! The expected line: straight from the baseline through every target, the last value kept after.

use super::exact::Exact;
use super::series::Known;
use crate::model::{Direction, FiscalYear, Reading};
use rust_decimal::Decimal;

/// The line that an indicator is expected to follow.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The origin, then the targets after it; ascending by year, each year once. Without a target after the origin, the
    /// last target alone, whose value is kept.
    corners: Vec<(FiscalYear, Decimal)>,
}

impl Line {
    /// From `origin` through the targets after it that aim at a figure; `None` without a target.
    pub fn new(known: &Known<'_>, origin: (FiscalYear, Decimal), direction: Option<Direction>) -> Option<Self> {
        let aims = || known.targets.iter().filter_map(|to| Some((to.year, aim(&to.value.reading, direction)?)));
        let mut corners = vec![origin];
        corners.extend(aims().filter(|(year, _)| *year > origin.0));
        if corners.len() == 1 {
            corners = vec![aims().next_back()?];
        }
        Some(Self { corners })
    }

    /// The value expected in `year`; before the origin, the origin's. `None` where it is too large.
    pub fn at(&self, year: FiscalYear) -> Option<Exact> {
        let after = self.corners.partition_point(|(corner, _)| *corner <= year);
        let to = self.corners.get(after);
        let from = after.checked_sub(1).and_then(|before| self.corners.get(before));
        match (from, to) {
            (Some((from_year, from)), Some((to_year, to))) => {
                let rise = Exact::from(*to).minus(Exact::from(*from))?;
                let elapsed = Exact::whole(year.years_since(*from_year));
                let span = Exact::whole(to_year.years_since(*from_year));
                Exact::from(*from).plus(rise.times(elapsed)?.over(span)?)
            }
            (Some((_, figure)), None) | (None, Some((_, figure))) => Some(Exact::from(*figure)),
            (None, None) => None,
        }
    }

    /// How many digits after the point the figures of the line have at most.
    pub fn decimals(&self) -> u32 {
        self.corners.iter().map(|(_, figure)| figure.scale()).max().unwrap_or_default()
    }

    /// The corners, the last value kept up to `year`.
    pub fn up_to(mut self, year: FiscalYear) -> Vec<(FiscalYear, Decimal)> {
        if let Some((last, figure)) = self.corners.last().copied()
            && last < year
        {
            self.corners.push((year, figure));
        }
        self.corners
    }
}

/// The figure that a target aims at: its number or bound; of a range, the end that is reached first in the direction.
pub(super) fn aim(target: &Reading, direction: Option<Direction>) -> Option<Decimal> {
    match (target, direction) {
        (Reading::Range(range), Some(Direction::Increase)) => Some(range.low),
        (Reading::Range(range), Some(Direction::Decrease)) => Some(range.high),
        _ => target.figure(),
    }
}
