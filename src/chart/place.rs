//! Where a label goes: beside its mark, on nothing else, inside the frame. Positions are tried in a fixed order, so the
//! same chart is labelled alike everywhere.

use super::svg::Spot;
use super::text;

/// A rectangle in tenths of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) left: i32,
    pub(crate) top: i32,
    pub(crate) right: i32,
    pub(crate) bottom: i32,
}

/// Whether a label may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    Must,
    May,
}

/// The free and the taken room of a chart.
#[derive(Clone, Debug)]
pub(crate) struct Placer {
    room: Area,
    /// No label lies on one of these.
    taken: Vec<Area>,
    /// Crossing one of these is bad, but allowed.
    lines: Vec<(Spot, Spot)>,
}

/// A label that has found its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    pub(crate) area: Area,
    /// It stands away from its mark, and is led to it by a line.
    pub(crate) led: bool,
}

impl Area {
    /// Around a centre.
    pub(crate) fn around((x, y): Spot, half_width: i32, half_height: i32) -> Self {
        Self { left: x - half_width, top: y - half_height, right: x + half_width, bottom: y + half_height }
    }

    pub(crate) fn touches(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    pub(crate) fn holds(&self, other: &Self) -> bool {
        self.left <= other.left && self.top <= other.top && self.right >= other.right && self.bottom >= other.bottom
    }

    pub(crate) fn middle(&self) -> Spot {
        (self.left + (self.right - self.left) / 2, self.top + (self.bottom - self.top) / 2)
    }

    /// The spot of this rectangle that is nearest to another spot.
    pub(crate) fn nearest_to(&self, (x, y): Spot) -> Spot {
        (x.max(self.left).min(self.right), y.max(self.top).min(self.bottom))
    }

    fn at(left: i32, top: i32, width: i32) -> Self {
        Self { left, top, right: left + width, bottom: top + text::LINE }
    }

    fn crossed_by(&self, &(from, to): &(Spot, Spot)) -> bool {
        // Liang–Barsky: the part of the segment inside all four half-planes.
        let (dx, dy) = (f64::from(to.0) - f64::from(from.0), f64::from(to.1) - f64::from(from.1));
        let (mut enter, mut leave) = (0.0f64, 1.0f64);
        let sides = [
            (-dx, f64::from(from.0) - f64::from(self.left)),
            (dx, f64::from(self.right) - f64::from(from.0)),
            (-dy, f64::from(from.1) - f64::from(self.top)),
            (dy, f64::from(self.bottom) - f64::from(from.1)),
        ];
        for (towards, distance) in sides {
            if towards == 0.0 {
                if distance < 0.0 {
                    return false;
                }
            } else if towards < 0.0 {
                enter = enter.max(distance / towards);
            } else {
                leave = leave.min(distance / towards);
            }
        }
        enter < leave
    }
}

impl Placer {
    pub(crate) fn new(room: Area) -> Self {
        Self { room, taken: Vec::new(), lines: Vec::new() }
    }

    pub(crate) fn take(&mut self, area: Area) {
        self.taken.push(area);
    }

    pub(crate) fn cross(&mut self, points: &[Spot]) {
        self.lines.extend(points.windows(2).filter_map(|pair| match pair {
            [from, to] => Some((*from, *to)),
            _ => None,
        }));
    }

    /// Puts a label of this width next to a mark, and takes the place.
    ///
    /// One that must be there goes to the nearest free place if none beside the mark is free, and is led to its mark; it
    /// is left out only where the whole room is taken.
    pub(crate) fn put(&mut self, mark: Area, width: i32, need: Need) -> Option<Placed> {
        // The places come in the order of their costs: one that costs more than the best so far is not looked at.
        let mut best: Option<(Area, i32)> = None;
        for (area, cost) in self.beside(mark, width) {
            if best.is_some_and(|(_, least)| least <= cost) {
                break;
            }
            if self.is_free(&area) {
                let cost = cost + self.crossings(&area) * 30;
                best = best.filter(|(_, least)| *least <= cost).or(Some((area, cost)));
            }
        }
        let placed = match (best, need) {
            (Some((area, _)), _) => Placed { area, led: false },
            (None, Need::May) => return None,
            (None, Need::Must) => Placed { area: self.nearest(mark, width)?, led: true },
        };
        self.take(placed.area);
        Some(placed)
    }

    /// Puts a label on the line `top`, its middle as near to `x` as the room allows, or nowhere.
    pub(crate) fn put_in_row(&mut self, x: i32, top: i32, width: i32) -> Option<Area> {
        let area = self.kept_inside(x - width / 2, top, width);
        let free = self.is_free(&area);
        if free {
            self.take(area);
        }
        free.then_some(area)
    }

    /// Places that touch the mark's surroundings, each with how much less it is liked than the place above.
    fn beside(&self, mark: Area, width: i32) -> [(Area, i32); 12] {
        const GAP: i32 = 15;
        let (x, y) = mark.middle();
        let above = mark.top - GAP - text::LINE;
        let below = mark.bottom + GAP;
        let level = y - text::LINE / 2;
        let aside = GAP + 15;
        let (start, end) = (mark.right + aside, mark.left - aside - width);
        // A label above or below is moved along by the frame, as long as it still stands over its mark.
        let over = |left: i32, top: i32| self.kept_inside(left, top, width);
        [
            (over(x - width / 2, above), 0),
            (over(x - width / 2, below), 8),
            (Area::at(start, level, width), 10),
            (Area::at(end, level, width), 12),
            (over(mark.left, above), 14),
            (over(mark.right - width, above), 14),
            (over(mark.left, below), 18),
            (over(mark.right - width, below), 18),
            (Area::at(start, level - text::LINE / 2, width), 22),
            (Area::at(end, level - text::LINE / 2, width), 22),
            (Area::at(start, level + text::LINE / 2, width), 24),
            (Area::at(end, level + text::LINE / 2, width), 24),
        ]
    }

    fn kept_inside(&self, left: i32, top: i32, width: i32) -> Area {
        Area::at(left.min(self.room.right - width).max(self.room.left), top, width)
    }

    fn is_free(&self, area: &Area) -> bool {
        self.room.holds(area) && !self.taken.iter().any(|taken| taken.touches(area))
    }

    fn crossings(&self, area: &Area) -> i32 {
        self.lines.iter().filter(|line| area.crossed_by(line)).count() as i32
    }

    /// The free place nearest to the mark, on a grid over the whole room.
    fn nearest(&self, mark: Area, width: i32) -> Option<Area> {
        const STEP: usize = 60;
        let (x, y) = mark.middle();
        (self.room.top..=self.room.bottom - text::LINE)
            .step_by(STEP)
            .flat_map(|top| {
                (self.room.left..=self.room.right - width).step_by(STEP).map(move |left| Area::at(left, top, width))
            })
            .filter(|area| self.is_free(area))
            .min_by_key(|area| {
                let middle = area.middle();
                (middle.0 - x).abs() / 2 + (middle.1 - y).abs() + self.crossings(area) * 100
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: Area = Area { left: 0, top: 0, right: 4000, bottom: 2000 };

    #[test]
    fn a_label_stands_above_its_mark_where_nothing_is_in_the_way() {
        let placed = Placer::new(ROOM).put(Area::around((2000, 1000), 50, 50), 400, Need::May);
        assert!(placed.is_some_and(|placed| placed.area.bottom < 950 && placed.area.middle().0 == 2000));
    }

    #[test]
    fn a_label_avoids_a_line_that_rises_through_it() {
        let mut placer = Placer::new(ROOM);
        placer.cross(&[(2000, 1000), (2100, 0)]);
        let placed = placer.put(Area::around((2000, 1000), 50, 50), 400, Need::May);
        assert!(placed.is_some_and(|placed| placed.area.top > 1050));
    }

    #[test]
    fn a_label_that_may_be_left_out_is_left_out_rather_than_laid_over_another() {
        let mut placer = Placer::new(ROOM);
        placer.take(ROOM);
        assert_eq!(placer.put(Area::around((2000, 1000), 50, 50), 400, Need::May), None);
    }

    #[test]
    fn a_label_that_must_be_there_goes_further_away_and_is_led() {
        let mut placer = Placer::new(ROOM);
        placer.take(Area::around((2000, 1000), 600, 400));
        let placed = placer.put(Area::around((2000, 1000), 50, 50), 400, Need::Must);
        assert!(placed.is_some_and(|placed| placed.led && ROOM.holds(&placed.area)));
    }

    #[test]
    fn a_label_at_the_edge_moves_inside() {
        let placed = Placer::new(ROOM).put(Area::around((3990, 1000), 50, 50), 800, Need::May);
        assert!(placed.is_some_and(|placed| placed.area.right == 4000));
    }
}
