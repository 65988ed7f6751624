//! What happened to a series on its way: breaks, targets that were changed, figures that were revised.

use super::marks::{Mark, Part};
use super::place::{Area, Placer};
use super::plane::Plane;
use super::svg::{Spot, Svg};
use super::{ProgressChart, SeriesBreak, TargetStep, scale};

/// From the tip of an arrow back to the ends of its barbs.
const BARB: i32 = 45;
/// Half the width of an arrow's head.
const HALF_HEAD: i32 = 38;
/// How far outside of a mark the ring around it lies.
const RING: i32 = 38;

/// Half-way to the year that is measured otherwise.
pub(crate) fn place_of_break(of: &SeriesBreak) -> f64 {
    f64::from(of.year) - 0.5
}

/// A double stroke on a break, at the height where the line would have gone.
pub(crate) fn write_break(svg: &mut Svg, of: &SeriesBreak, (x, y): Spot) {
    svg.open_mark("hc-strokes", &of.hint, &of.address);
    svg.push("<path d=\"");
    svg.path_data([(x - 55, y + 60), (x - 5, y - 60)]);
    svg.path_data([(x + 5, y + 60), (x + 55, y - 60)]);
    svg.push("\"/>");
    svg.close_mark();
}

/// The change of a target as an arrow between two levels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrow<'a> {
    pub(crate) step: &'a TargetStep,
    from: Spot,
    to: Spot,
}

impl<'a> Arrow<'a> {
    /// `None` where the change lies before the axis begins.
    pub(crate) fn new(plane: &Plane, step: &'a TargetStep) -> Option<Self> {
        let at = step.at.min(f64::from(step.year));
        let inside = plane.x.low <= at && at <= plane.x.high;
        inside.then(|| Self { step, from: plane.at(at, step.before), to: plane.at(at, step.after) })
    }

    pub(crate) fn area(&self) -> Area {
        let ((x, from), (_, to)) = (self.from, self.to);
        Area { left: x - HALF_HEAD, top: from.min(to), right: x + HALF_HEAD, bottom: from.max(to) }
    }

    pub(crate) fn write(&self, svg: &mut Svg) {
        let ((x, from), (_, to)) = (self.from, self.to);
        let barb = BARB.min((to - from).abs()) * (to - from).signum();
        svg.open_mark("hc-change", &self.step.hint, &self.step.address);
        svg.push("<path d=\"");
        svg.path_data([(x - HALF_HEAD, from), (x + HALF_HEAD, from)]);
        svg.path_data([(x, from), (x, to)]);
        svg.path_data([(x - HALF_HEAD, to - barb), (x, to), (x + HALF_HEAD, to - barb)]);
        svg.push("\"/>");
        svg.close_mark();
    }
}

/// The steps whose levels have a place in a chart.
pub(crate) fn steps(chart: &ProgressChart) -> impl Iterator<Item = &TargetStep> {
    let drawable = |figure: f64| figure.abs() <= scale::LARGEST;
    chart.events.target_steps.iter().filter(move |step| drawable(step.before) && drawable(step.after))
}

/// A ring around every point that was published with another figure, and that figure, joined to it.
pub(crate) fn write_revised(svg: &mut Svg, chart: &ProgressChart, marks: &[Mark<'_>], plane: &Plane) {
    for revised in &chart.events.revised {
        let Some(mark) = marks.iter().find(|mark| mark.point.address == revised.address) else { continue };
        let (x, y) = mark.area(plane).middle();
        let radius = mark.part.radius() + RING;
        svg.push("<circle class=\"hc-revised\"");
        circle(svg, (x, y), radius);
        let before = revised.before.filter(|before| before.abs() <= scale::LARGEST);
        let Some((_, was)) = before.map(|before| plane.at(f64::from(mark.point.year), before)) else { continue };
        let small = Part::Actual.radius() * 2 / 3;
        if (was - y).abs() > radius + small {
            let towards = (was - y).signum();
            svg.push("<path class=\"hc-was\" d=\"");
            svg.path_data([(x, y + towards * radius), (x, was - towards * small)]);
            svg.push("\"/><circle class=\"hc-was\"");
            circle(svg, (x, was), small);
        }
    }
}

/// All that a point covers, with its ring where it has one.
pub(crate) fn area_of(chart: &ProgressChart, mark: &Mark<'_>, plane: &Plane) -> Area {
    let area = mark.area(plane);
    if !chart.events.revised.iter().any(|of| of.address == mark.point.address) {
        return area;
    }
    let Area { left, top, right, bottom } =
        Area::around(area.middle(), mark.part.radius() + RING, mark.part.radius() + RING);
    Area {
        left: left.min(area.left),
        top: top.min(area.top),
        right: right.max(area.right),
        bottom: bottom.max(area.bottom),
    }
}

/// Keeps labels off the figures before.
pub(crate) fn take_revised(placer: &mut Placer, chart: &ProgressChart, marks: &[Mark<'_>], plane: &Plane) {
    for revised in &chart.events.revised {
        let Some(mark) = marks.iter().find(|mark| mark.point.address == revised.address) else { continue };
        let Some(before) = revised.before.filter(|before| before.abs() <= scale::LARGEST) else { continue };
        let spot = plane.at(f64::from(mark.point.year), before);
        let small = Part::Actual.radius() * 2 / 3;
        placer.take(Area::around(spot, small, small));
        placer.cross(&[mark.area(plane).middle(), spot]);
    }
}

fn circle(svg: &mut Svg, (x, y): Spot, radius: i32) {
    svg.length("cx", x);
    svg.length("cy", y);
    svg.length("r", radius);
    svg.push("/>");
}
