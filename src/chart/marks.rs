//! The marks of single figures, as plotters elements: an actual is a circle, a baseline a square, a target a diamond, so
//! that shape tells them apart in grey. A bound carries an arrow, a range is a bar with caps.

use std::convert::Infallible;

use plotters::element::{Drawable, PointCollection};
use plotters_backend::{BackendCoord, DrawingErrorKind};

use super::backend::Pen;
use super::place::Area;
use super::plane::Plane;
use super::scale::LARGEST;
use super::svg::{Spot, Svg};
use super::{Certainty, ChartPoint, PointMark};

/// Length of a bound's arrow from the middle of its mark.
pub(crate) const ARROW: i32 = 170;

/// What a figure is; the theme knows it by its class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Actual,
    Baseline,
    Target,
}

impl Part {
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Actual => "hc-actual",
            Self::Baseline => "hc-baseline",
            Self::Target => "hc-target",
        }
    }

    /// The class attribute of its label, ready to be written.
    pub(crate) const fn label_class(self) -> &'static str {
        match self {
            Self::Actual => "",
            Self::Baseline => " class=\"hc-of-baseline\"",
            Self::Target => " class=\"hc-of-target\"",
        }
    }

    /// From the middle of its mark to the edge.
    pub(crate) const fn radius(self) -> i32 {
        match self {
            Self::Actual => 48,
            Self::Baseline => 45,
            Self::Target => 78,
        }
    }

    /// The mark's shape around a spot.
    fn draw(self, svg: &mut Svg, spot: Spot) {
        self.draw_sized(svg, spot, self.radius());
    }

    /// The mark's shape in the size of a letter.
    pub(crate) fn draw_small(self, svg: &mut Svg, spot: Spot) {
        self.draw_sized(svg, spot, self.radius() * 2 / 3);
    }

    fn draw_sized(self, svg: &mut Svg, (x, y): Spot, radius: i32) {
        match self {
            Self::Actual => {
                svg.push("<circle");
                svg.length("cx", x);
                svg.length("cy", y);
                svg.length("r", radius);
            }
            Self::Baseline => {
                svg.push("<rect");
                svg.length("x", x - radius);
                svg.length("y", y - radius);
                svg.length("width", radius * 2);
                svg.length("height", radius * 2);
            }
            Self::Target => {
                svg.push("<path d=\"");
                svg.path_data([(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)]);
                svg.push("z\"");
            }
        }
        svg.push("/>");
    }
}

/// The figures of a point that can be drawn: its one figure twice, or both ends of its range. `None` for a gap, and for
/// what is no number.
pub(crate) fn figures(mark: &PointMark) -> Option<(f64, f64)> {
    let (low, high) = match *mark {
        PointMark::Value { value, .. } | PointMark::AtLeast(value) | PointMark::AtMost(value) => (value, value),
        PointMark::Range { low, high } => (low.min(high), low.max(high)),
        PointMark::Gap => return None,
    };
    (low.abs() <= LARGEST && high.abs() <= LARGEST).then_some((low, high))
}

/// One figure's mark.
#[derive(Debug)]
pub(crate) struct Mark<'a> {
    pub(crate) part: Part,
    pub(crate) point: &'a ChartPoint,
    ends: [(f64, f64); 2],
}

impl<'a> Mark<'a> {
    /// `None` where there is no figure to draw.
    pub(crate) fn new(part: Part, point: &'a ChartPoint) -> Option<Self> {
        let (low, high) = figures(&point.mark)?;
        let year = f64::from(point.year);
        Some(Self { part, point, ends: [(year, low), (year, high)] })
    }

    /// All that the mark covers.
    pub(crate) fn area(&self, plane: &Plane) -> Area {
        let [low, high] = self.ends.map(|(year, value)| plane.at(year, value));
        let radius = self.part.radius();
        let mut area =
            Area { left: low.0 - radius, top: high.1 - radius, right: low.0 + radius, bottom: low.1 + radius };
        match self.point.mark {
            PointMark::AtLeast(_) => area.top = high.1 - ARROW,
            PointMark::AtMost(_) => area.bottom = low.1 + ARROW,
            _ => {}
        }
        area
    }

    fn draw_on(&self, svg: &mut Svg, low: Spot, high: Spot) {
        let open = matches!(self.point.mark, PointMark::Value { certainty: Certainty::NotFinal, .. });
        let class = format!("{}{}", self.part.class(), if open { " hc-open" } else { "" });
        svg.open_mark(&class, &self.point.hint, &self.point.address);
        match self.point.mark {
            PointMark::Range { .. } => draw_range(svg, self.part, low, high),
            PointMark::AtLeast(_) => draw_arrow(svg, low, -1),
            PointMark::AtMost(_) => draw_arrow(svg, low, 1),
            PointMark::Value { .. } | PointMark::Gap => {}
        }
        if !matches!(self.point.mark, PointMark::Range { .. }) {
            self.part.draw(svg, low);
        }
        svg.close_mark();
    }
}

impl<'a> PointCollection<'a, (f64, f64)> for &'a Mark<'_> {
    type Point = &'a (f64, f64);
    type IntoIter = &'a [(f64, f64)];

    fn point_iter(self) -> Self::IntoIter {
        &self.ends
    }
}

impl<'p> Drawable<Pen<'p>> for Mark<'_> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        mut points: I,
        backend: &mut Pen<'p>,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        if let (Some(low), Some(high)) = (points.next(), points.next()) {
            self.draw_on(backend.svg(), low, high);
        }
        Ok(())
    }
}

/// An arrow from the mark's middle, up (−1) or down (1).
fn draw_arrow(svg: &mut Svg, (x, y): Spot, towards: i32) {
    let tip = y + towards * ARROW;
    svg.push("<path class=\"hc-stem\" d=\"");
    svg.path_data([(x, y), (x, tip)]);
    svg.path_data([(x - 40, tip - towards * 50), (x, tip), (x + 40, tip - towards * 50)]);
    svg.push("\"/>");
}

/// A bar from end to end with caps; filled for an actual, hollow for a target.
fn draw_range(svg: &mut Svg, part: Part, (x, low): Spot, (_, high): Spot) {
    let (half_bar, half_cap) = (25, part.radius());
    svg.push("<rect");
    svg.length("x", x - half_bar);
    svg.length("y", high);
    svg.length("width", half_bar * 2);
    svg.length("height", (low - high).max(10));
    svg.push("/><path class=\"hc-stem\" d=\"");
    svg.path_data([(x - half_cap, high), (x + half_cap, high)]);
    svg.path_data([(x - half_cap, low), (x + half_cap, low)]);
    svg.push("\"/>");
}
