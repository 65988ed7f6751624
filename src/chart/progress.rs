//! The progress of an indicator: what was reached, where it began, where it should be by when.

use plotters::element::PathElement;

use super::backend::{Ink, Plot, PlotError, plot};
use super::frame::{Around, Frame};
use super::lines::{from_baseline, goals, runs};
use super::marks::{ARROW, Mark, Part, figures};
use super::place::{Area, Placer};
use super::scale::Axis;
use super::svg::{Setting, Spot, Svg};
use super::{ChartPoint, PointMark, ProgressChart, labels, text};

/// A label wider than this loses its unit (which stands at the axis), then its end (which stands in the title).
pub(crate) const WIDEST_LABEL: i32 = 1600;

pub(crate) fn draw(chart: &ProgressChart, setting: Setting<'_>) -> String {
    let view = View::of(chart);
    let mut svg = Svg::open("progress", view.frame.plane.size, &chart.caption, setting);
    view.frame.write_mesh(&mut svg);
    // With this backend plotters has no reason to fail; if it found one, what is drawn so far would stand.
    let _ = plot(&mut svg, &view.frame.plane, |plot| view.draw_plot(plot));
    view.write_breaks(&mut svg);
    view.frame.write_figures(&mut svg, &chart.unit);
    view.frame.write_years(&mut svg);
    view.write_gaps(&mut svg);
    view.write_labels(&mut svg);
    svg.close()
}

/// A chart with everything in its place.
struct View<'a> {
    chart: &'a ProgressChart,
    frame: Frame,
    /// Targets, then baseline, then actuals: later ones are drawn over earlier ones.
    marks: Vec<Mark<'a>>,
    gaps: Vec<Gap<'a>>,
    /// Runs of actuals without a gap or a break.
    runs: Vec<Vec<(f64, f64)>>,
    goals: Vec<Vec<(f64, f64)>>,
    expected: Vec<(f64, f64)>,
    from_baseline: Vec<(f64, f64)>,
}

/// A year that has a symbol instead of a figure.
#[derive(Clone, Copy)]
struct Gap<'a> {
    part: Part,
    point: &'a ChartPoint,
}

impl<'a> View<'a> {
    fn of(chart: &'a ProgressChart) -> Self {
        let parts: Vec<(Part, &ChartPoint)> = (chart.targets.iter().map(|point| (Part::Target, point)))
            .chain(chart.baseline.iter().map(|point| (Part::Baseline, point)))
            .chain(chart.actuals.iter().map(|point| (Part::Actual, point)))
            .collect();
        let marks: Vec<Mark<'_>> = parts.iter().filter_map(|(part, point)| Mark::new(*part, point)).collect();
        let gaps: Vec<Gap<'_>> = parts
            .iter()
            .filter(|(_, point)| figures(&point.mark).is_none())
            .map(|&(part, point)| Gap { part, point })
            .collect();
        let expected: Vec<(f64, f64)> = chart
            .expected
            .iter()
            .filter(|(_, value)| value.abs() <= super::scale::LARGEST)
            .map(|&(year, value)| (f64::from(year), value))
            .collect();

        let years = (chart.years.iter().map(|(year, _)| *year))
            .chain(parts.iter().map(|(_, point)| point.year))
            .chain(chart.expected.iter().map(|(year, _)| *year));
        let (first, last) = years.fold((i32::MAX, i32::MIN), |(first, last), year| (first.min(year), last.max(year)));
        let x = if first <= last { Axis::of_years(first, last) } else { Axis::of_years(0, 0) };
        let levels: Vec<f64> = (parts.iter().filter_map(|(_, point)| figures(&point.mark)))
            .flat_map(|(low, high)| [low, high])
            .chain(expected.iter().map(|(_, value)| *value))
            .collect();
        let lanes = if gaps.iter().any(|gap| gap.part == Part::Target) { 2 } else { i32::from(!gaps.is_empty()) };
        let hangs = parts.iter().any(|(_, point)| matches!(point.mark, PointMark::AtMost(_)));
        let below = if hangs { ARROW - 20 } else { 0 };
        let important = important_years(chart);
        let around = Around { unit: &chart.unit, years: &chart.years, important: &important, lanes, below };
        let frame = Frame::new(x, Axis::of_levels(&levels), around);
        let goals = goals(&chart.targets, frame.plane.x.low);
        Self { chart, frame, marks, gaps, runs: runs(chart), goals, expected, from_baseline: from_baseline(chart) }
    }

    fn draw_plot(&self, plot: &mut Plot<'_>) -> Result<(), PlotError> {
        self.frame.draw_zero(plot)?;
        for (ink, lines) in [
            (Ink::Goal, &self.goals[..]),
            (Ink::Expected, std::slice::from_ref(&self.expected)),
            (Ink::FromBaseline, std::slice::from_ref(&self.from_baseline)),
            (Ink::Line, &self.runs[..]),
        ] {
            plot.draw_series(
                lines.iter().filter(|line| line.len() > 1).map(|line| PathElement::new(line.clone(), ink)),
            )?;
        }
        let y = &self.frame.plane.y;
        let breaks: Vec<_> = self.breaks().map(|x| PathElement::new([(x, y.low), (x, y.high)], Ink::Break)).collect();
        plot.draw_series(breaks)?;
        plot.draw_series::<_, Mark<'_>, _, _>(&self.marks)?;
        Ok(())
    }

    /// Where a series is broken: half-way to the year that is measured otherwise.
    fn breaks(&self) -> impl Iterator<Item = f64> {
        let axis = &self.frame.plane.x;
        self.chart.breaks.iter().map(|year| f64::from(*year) - 0.5).filter(|x| axis.low < *x && *x < axis.high)
    }

    /// A double stroke on each break, at the height where the line would have gone.
    fn write_breaks(&self, svg: &mut Svg) {
        for spot in self.breaks().map(|x| self.break_spot(x)) {
            let (x, y) = spot;
            svg.push("<path class=\"hc-strokes\" d=\"");
            svg.path_data([(x - 55, y + 60), (x - 5, y - 60)]);
            svg.path_data([(x + 5, y + 60), (x + 55, y - 60)]);
            svg.push("\"/>");
        }
    }

    fn break_spot(&self, x: f64) -> Spot {
        let figures = |points: &mut dyn Iterator<Item = &(f64, f64)>| points.next().map(|(_, value)| *value);
        let points: Vec<&(f64, f64)> = self.from_baseline.iter().chain(self.runs.iter().flatten()).collect();
        let before = figures(&mut points.iter().rev().copied().filter(|(year, _)| *year < x));
        let after = figures(&mut points.iter().copied().filter(|(year, _)| *year > x));
        let height = match (before, after) {
            (Some(before), Some(after)) => before / 2.0 + after / 2.0,
            (Some(level), None) | (None, Some(level)) => level,
            (None, None) => self.frame.plane.y.low,
        };
        self.frame.plane.at(x, height)
    }

    /// Writes the symbols of years without a figure in rows below the plot, where no figure can be: targets in the
    /// upper row. Those that must be read come first; a symbol without room leaves a small stroke with its title.
    fn write_gaps(&self, svg: &mut Svg) {
        let mut placer = Placer::new(self.frame.lane_room());
        for gap in self.gaps.iter().rev() {
            let lane =
                if gap.part == Part::Target || self.gaps.iter().all(|gap| gap.part != Part::Target) { 0 } else { 1 };
            let (x, top) = (self.frame.plane.x_of(f64::from(gap.point.year)), self.frame.lane_top(lane));
            let marked = if gap.part == Part::Actual { 0 } else { 150 };
            let words = text::fit(&gap.point.label, WIDEST_LABEL);
            let width = text::width(&words) + marked;
            svg.open_mark(&format!("hc-gap {}", gap.part.class()), &gap.point.hint, &gap.point.address);
            let placed = placer.put_in_row(x, top, width + 40).filter(|_| !words.is_empty());
            let middle = placed.map_or(x, |area| area.middle().0);
            if marked > 0 {
                let left = if placed.is_some() { middle - width / 2 + 50 } else { middle };
                gap.part.draw_small(svg, (left, top + text::LINE / 2));
            }
            match placed {
                Some(_) => {
                    svg.label_in(&gap.point.label.language, "", (middle + marked / 2, top + text::ASCENT), &words)
                }
                None if marked == 0 => {
                    svg.push("<path class=\"hc-stem\" d=\"");
                    svg.path_data([(x - 25, top + text::LINE / 2), (x + 25, top + text::LINE / 2)]);
                    svg.push("\"/>");
                }
                None => {}
            }
            svg.close_mark();
        }
    }

    fn write_labels(&self, svg: &mut Svg) {
        let mut placer = Placer::new(self.frame.label_room());
        self.frame.tick_areas().for_each(|area| placer.take(area));
        self.marks.iter().for_each(|mark| placer.take(mark.area(&self.frame.plane)));
        for (x, y) in self.breaks().map(|x| self.break_spot(x)) {
            placer.take(Area::around((x, y), 120, 90));
        }
        for x in self.breaks() {
            let y = &self.frame.plane.y;
            placer.cross(&[self.frame.plane.at(x, y.low), self.frame.plane.at(x, y.high)]);
        }
        let spot = |&(year, value): &(f64, f64)| self.frame.plane.at(year, value);
        for line in self.runs.iter().chain(&self.goals).chain([&self.expected, &self.from_baseline]) {
            placer.cross(&line.iter().map(spot).collect::<Vec<_>>());
        }
        let mut placed = Vec::new();
        for wanted in labels::in_order(self.chart) {
            let Some(mark) = Mark::new(wanted.part, wanted.point) else { continue };
            let words = labels::shortened(&wanted.point.label, &self.chart.unit, WIDEST_LABEL);
            if words.is_empty() {
                continue;
            }
            let width = if wanted.latest { text::bold_width(&words) } else { text::width(&words) };
            let area = mark.area(&self.frame.plane);
            if let Some(place) = placer.put(area, width, wanted.need) {
                placed.push((wanted, words, place, area));
            }
        }
        svg.push("<g class=\"hc-labels\">");
        for (_, _, place, mark) in placed.iter().filter(|(_, _, place, _)| place.led) {
            svg.push("<path class=\"hc-lead\" d=\"");
            svg.path_data([mark.middle(), place.area.nearest_to(mark.middle())]);
            svg.push("\"/>");
        }
        for (wanted, words, place, _) in placed {
            let class = if wanted.latest { " class=\"hc-of-latest\"" } else { wanted.part.label_class() };
            svg.label_in(
                &wanted.point.label.language,
                class,
                (place.area.middle().0, place.area.top + text::ASCENT),
                &words,
            );
        }
        svg.push("</g>");
    }
}

/// The latest actual, the end of the plan, its beginning: their years are always named.
fn important_years(chart: &ProgressChart) -> Vec<i32> {
    let latest = chart.actuals.iter().rev().find(|point| figures(&point.mark).is_some()).or(chart.actuals.last());
    [latest, chart.targets.last(), chart.baseline.as_ref()].into_iter().flatten().map(|point| point.year).collect()
}
