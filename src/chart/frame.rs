//! The frame of a chart with years below and figures at the left: where the plot lies, and what is written around it.

use plotters::element::PathElement;

use super::backend::{Ink, Plot, PlotError};
use super::place::Area;
use super::plane::Plane;
use super::scale::Axis;
use super::svg::Svg;
use super::text;

/// Width of every chart that has text. At 320 px it is shown at four fifths.
pub(crate) const WIDTH: i32 = 4000;

const EDGE: i32 = 40;
const PLOT_HEIGHT: i32 = 1500;
/// Wider tick labels than this are left out, or no room would be left for the plot.
const WIDEST_TICK: i32 = 1500;
const LANE: i32 = 170;

/// A plot and the room around it. Lengths are in tenths of a unit.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub(crate) plane: Plane,
    /// Top of the first row of symbols.
    lanes_top: i32,
    /// Top of the year labels.
    years_top: i32,
}

/// What has to fit around the plot.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Around<'a> {
    pub(crate) unit: &'a str,
    pub(crate) years: &'a [(i32, String)],
    /// Rows of symbols between the plot and the years.
    pub(crate) lanes: i32,
    /// Free room directly below the plot, for what hangs over it.
    pub(crate) below: i32,
}

impl Frame {
    pub(crate) fn new(x: Axis, y: Axis, around: Around<'_>) -> Self {
        let widest_tick = y.ticks.iter().map(|tick| text::width(&tick.label)).max().unwrap_or(0);
        let left = if widest_tick == 0 || widest_tick > WIDEST_TICK { EDGE } else { EDGE + widest_tick + 60 };
        let top = if around.unit.is_empty() { 120 } else { 30 + text::LINE + 90 };
        let bottom = top + PLOT_HEIGHT;
        // A tick and a mark at the very bottom hang over the plot by half their height.
        let lanes_top = bottom + around.below + text::LINE / 2 + 15;
        let years_top = lanes_top + around.lanes * LANE;
        let lines = if around.years.iter().any(|(_, label)| text::year_lines(label).1.is_some()) { 2 } else { 1 };
        let size = (WIDTH, years_top + lines * text::LINE + 30);
        let plane = Plane { size, left, right: WIDTH - EDGE * 2, top, bottom, x, y };
        Self { plane, lanes_top, years_top }
    }

    /// The room for labels of marks; [`Self::tick_areas`] lie within it.
    pub(crate) fn label_room(&self) -> Area {
        Area { left: 20, top: self.plane.top - 80, right: WIDTH - 20, bottom: self.plane.bottom - 15 }
    }

    /// Where the ticks are written.
    pub(crate) fn tick_areas(&self) -> impl Iterator<Item = Area> {
        let ticks = if self.plane.left > EDGE { &self.plane.y.ticks[..] } else { &[] };
        ticks.iter().map(|tick| {
            let (_, y) = self.plane.at(self.plane.x.low, tick.value);
            let right = self.plane.left - 60;
            let top = y - text::LINE / 2;
            Area { left: right - text::width(&tick.label), top, right, bottom: top + text::LINE }
        })
    }

    /// The room for rows of symbols below the plot.
    pub(crate) fn lane_room(&self) -> Area {
        Area { left: 20, top: self.plane.bottom, right: WIDTH - 20, bottom: self.years_top }
    }

    /// Top of a row of symbols, counted from 0.
    pub(crate) fn lane_top(&self, lane: i32) -> i32 {
        self.lanes_top + lane * LANE
    }

    /// Draws the mesh, and zero where it lies within the axis.
    pub(crate) fn draw_mesh(&self, plot: &mut Plot<'_>) -> Result<(), PlotError> {
        plot.configure_mesh()
            .disable_x_mesh()
            .disable_axes()
            .set_all_tick_mark_size(0)
            .bold_line_style(Ink::Mesh)
            .draw()?;
        let Plane { x, y, .. } = &self.plane;
        if y.low <= 0.0 && y.high >= 0.0 {
            plot.draw_series([PathElement::new([(x.low, 0.0), (x.high, 0.0)], Ink::Zero)])?;
        }
        Ok(())
    }

    /// Writes unit and ticks.
    pub(crate) fn write_figures(&self, svg: &mut Svg, unit: &str) {
        svg.push("<g class=\"hc-ticks\" text-anchor=\"end\">");
        if !unit.is_empty() {
            let unit = text::fit(unit, WIDTH - EDGE * 2);
            svg.label(" text-anchor=\"start\"", (EDGE, 30 + text::ASCENT), &unit);
        }
        for (tick, area) in self.plane.y.ticks.iter().zip(self.tick_areas()) {
            svg.label("", (area.right, area.top + text::ASCENT), &tick.label);
        }
        svg.push("</g>");
    }

    /// Writes the years: those that matter first, then as many of the others as do not touch, evenly.
    pub(crate) fn write_years(&self, svg: &mut Svg, years: &[(i32, String)], important: &[i32]) {
        let labels: Vec<YearLabel<'_>> = years.iter().map(|(year, label)| self.year_label(*year, label)).collect();
        let mut shown: Vec<usize> = Vec::new();
        let mut show = |index: usize| {
            let Some(label) = labels.get(index) else { return };
            if !shown.iter().any(|&other| labels.get(other).is_some_and(|other| other.touches(label))) {
                shown.push(index);
            }
        };
        let index_of = |year: &i32| years.iter().position(|(other, _)| other == year);
        important.iter().filter_map(index_of).for_each(&mut show);
        let anchor = important.first().and_then(index_of).unwrap_or(0);
        let every = even_stride(&labels);
        (0..labels.len()).filter(|index| index.abs_diff(anchor).is_multiple_of(every)).for_each(&mut show);
        shown.sort_unstable();

        svg.push("<g class=\"hc-years\">");
        for label in shown.into_iter().filter_map(|index| labels.get(index)) {
            svg.label("", (label.middle, self.years_top + text::ASCENT), &label.first);
            if let Some(second) = &label.second {
                svg.label("", (label.middle, self.years_top + text::LINE + text::ASCENT), second);
            }
        }
        svg.push("</g>");
    }

    fn year_label<'a>(&self, year: i32, label: &'a str) -> YearLabel<'a> {
        let room = WIDTH / 3;
        let (first, second) = text::year_lines(label);
        let (first, second) = (text::fit(first, room), second.map(|second| text::fit(second, room)));
        let width = text::width(&first).max(second.as_deref().map_or(0, text::width));
        let middle = self.plane.x_of(f64::from(year)).min(WIDTH - 20 - width / 2).max(20 + width / 2);
        YearLabel { middle, width, first, second, whole: label }
    }
}

#[derive(Debug)]
struct YearLabel<'a> {
    middle: i32,
    width: i32,
    first: String,
    second: Option<String>,
    whole: &'a str,
}

impl YearLabel<'_> {
    fn touches(&self, other: &Self) -> bool {
        const BETWEEN: i32 = 70;
        !self.whole.is_empty() && (self.middle - other.middle).abs() < (self.width + other.width) / 2 + BETWEEN
    }
}

/// The least n such that every n-th label can stand beside its neighbours. The first is left out of it: where it is the
/// baseline's, it is longer than the others, and would thin them all.
fn even_stride(labels: &[YearLabel<'_>]) -> usize {
    (1..labels.len().max(2))
        .find(|&every| {
            labels
                .iter()
                .skip(1)
                .step_by(every)
                .zip(labels.iter().skip(1 + every).step_by(every))
                .all(|(a, b)| !a.touches(b))
        })
        .unwrap_or(labels.len().max(1))
}
