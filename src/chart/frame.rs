//! The frame of a chart with years below and figures at the left: where the plot lies, and what is written around it.

use plotters::element::PathElement;

use super::backend::{Ink, Plot, PlotError};
use super::place::Area;
use super::plane::Plane;
use super::scale::Axis;
use super::svg::Svg;
use super::years::YearRows;
use super::{Said, text};

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
    years: YearRows,
}

/// What has to fit around the plot.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Around<'a> {
    pub(crate) unit: &'a str,
    pub(crate) years: &'a [(i32, String)],
    /// The years that are named whatever happens, the most important first.
    pub(crate) important: &'a [i32],
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
        let mut plane = Plane { size: (WIDTH, years_top), left, right: WIDTH - EDGE * 2, top, bottom, x, y };
        let years = YearRows::of(&plane, around.years, around.important);
        plane.size.1 += years.height() + 30;
        Self { plane, lanes_top, years_top, years }
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

    /// Writes a line at every tick, all as one path: there are more of them than of anything else.
    pub(crate) fn write_mesh(&self, svg: &mut Svg) {
        let Plane { x, y, left, right, .. } = &self.plane;
        if y.ticks.is_empty() {
            return;
        }
        svg.push("<path class=\"hc-mesh\" d=\"");
        for tick in &y.ticks {
            let (_, level) = self.plane.at(x.low, tick.value);
            svg.path_data([(*left, level), (*right, level)]);
        }
        svg.push("\"/>");
    }

    /// Draws zero where it lies within the axis.
    pub(crate) fn draw_zero(&self, plot: &mut Plot<'_>) -> Result<(), PlotError> {
        let Plane { x, y, .. } = &self.plane;
        if y.low <= 0.0 && y.high >= 0.0 {
            plot.draw_series([PathElement::new([(x.low, 0.0), (x.high, 0.0)], Ink::Zero)])?;
        }
        Ok(())
    }

    /// Writes unit and ticks.
    pub(crate) fn write_figures(&self, svg: &mut Svg, unit: &Said) {
        svg.push("<g class=\"hc-ticks\" text-anchor=\"end\">");
        if !unit.is_empty() {
            let fitting = text::fit(unit, WIDTH - EDGE * 2);
            svg.label_in(&unit.language, " text-anchor=\"start\"", (EDGE, 30 + text::ASCENT), &fitting);
        }
        for (tick, area) in self.plane.y.ticks.iter().zip(self.tick_areas()) {
            svg.label("", (area.right, area.top + text::ASCENT), &tick.label);
        }
        svg.push("</g>");
    }

    /// Writes the years that have a place.
    pub(crate) fn write_years(&self, svg: &mut Svg) {
        self.years.write(svg, self.years_top);
    }
}
