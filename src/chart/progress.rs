//! The progress of an indicator: what was reached, where it began, where it should be by when.

use plotters::element::PathElement;

use super::backend::{Ink, Plot, PlotError, plot};
use super::events::{self, Arrow};
use super::frame::{Around, Frame};
use super::lines::{from_baseline, goals, runs};
use super::marks::{ARROW, Mark, Part, figures};
use super::place::{Area, Need, Placer};
use super::scale::Axis;
use super::svg::{Setting, Spot, Svg};
use super::{ChartPoint, PointMark, ProgressChart, Said, SeriesBreak, labels, text};

/// A label wider than this loses its unit (which stands at the axis), then its end (which stands in the title).
pub(crate) const WIDEST_LABEL: i32 = 1600;

/// The same for the words at a change: both levels stand in them.
const WIDEST_CHANGE: i32 = 2200;
/// The class attribute of the label of the latest actual.
const LATEST: &str = " class=\"hc-of-latest\"";

pub(crate) fn draw(chart: &ProgressChart, setting: Setting<'_>) -> String {
    let view = View::of(chart);
    let mut svg = Svg::open("progress", view.frame.plane.size, &chart.caption, setting);
    view.frame.write_mesh(&mut svg);
    // With this backend plotters has no reason to fail; if it found one, what is drawn so far would stand.
    let _ = plot(&mut svg, &view.frame.plane, |plot| view.draw_plot(plot));
    view.write_events(&mut svg);
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
        let stepped = events::steps(chart).flat_map(|step| [step.before, step.after]);
        let was = chart
            .events
            .revised
            .iter()
            .filter_map(|of| of.before)
            .filter(|before| before.abs() <= super::scale::LARGEST);
        let levels: Vec<f64> = (parts.iter().filter_map(|(_, point)| figures(&point.mark)))
            .flat_map(|(low, high)| [low, high])
            .chain(expected.iter().map(|(_, value)| *value))
            .chain(stepped)
            .chain(was)
            .collect();
        let lanes = if gaps.iter().any(|gap| gap.part == Part::Target) { 2 } else { i32::from(!gaps.is_empty()) };
        let hangs = parts.iter().any(|(_, point)| matches!(point.mark, PointMark::AtMost(_)));
        let below = if hangs { ARROW - 20 } else { 0 };
        let important = important_years(chart);
        let around = Around { unit: &chart.unit, years: &chart.years, important: &important, lanes, below };
        let frame = Frame::new(x, Axis::of_levels(&levels), around);
        let goals = goals(&chart.targets, &chart.events.target_steps, frame.plane.x.low);
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
        let breaks: Vec<_> =
            self.breaks().map(|(x, _)| PathElement::new([(x, y.low), (x, y.high)], Ink::Break)).collect();
        plot.draw_series(breaks)?;
        plot.draw_series::<_, Mark<'_>, _, _>(&self.marks)?;
        Ok(())
    }

    /// Where a series is broken.
    fn breaks(&self) -> impl Iterator<Item = (f64, &SeriesBreak)> {
        let axis = &self.frame.plane.x;
        let placed = self.chart.events.breaks.iter().map(|of| (events::place_of_break(of), of));
        placed.filter(|(x, _)| axis.low < *x && *x < axis.high)
    }

    fn write_events(&self, svg: &mut Svg) {
        self.breaks().for_each(|(x, of)| events::write_break(svg, of, self.break_spot(x)));
        self.arrows().for_each(|arrow| arrow.write(svg));
        events::write_revised(svg, self.chart, &self.marks, &self.frame.plane);
    }

    /// The changes of targets.
    fn arrows(&self) -> impl Iterator<Item = Arrow<'a>> {
        events::steps(self.chart).filter_map(|step| Arrow::new(&self.frame.plane, step))
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
        self.marks.iter().for_each(|mark| placer.take(events::area_of(self.chart, mark, &self.frame.plane)));
        for (x, y) in self.breaks().map(|(x, _)| self.break_spot(x)) {
            placer.take(Area::around((x, y), 120, 90));
        }
        self.arrows().for_each(|arrow| placer.take(arrow.area()));
        events::take_revised(&mut placer, self.chart, &self.marks, &self.frame.plane);
        for (x, _) in self.breaks() {
            let y = &self.frame.plane.y;
            placer.cross(&[self.frame.plane.at(x, y.low), self.frame.plane.at(x, y.high)]);
        }
        let spot = |&(year, value): &(f64, f64)| self.frame.plane.at(year, value);
        for line in self.runs.iter().chain(&self.goals).chain([&self.expected, &self.from_baseline]) {
            placer.cross(&line.iter().map(spot).collect::<Vec<_>>());
        }
        let mut placed = Vec::new();
        for wanted in self.wanted() {
            let words = labels::shortened(wanted.label, &self.chart.unit, wanted.widest);
            if words.is_empty() {
                continue;
            }
            let width = if wanted.class == LATEST { text::bold_width(&words) } else { text::width(&words) };
            if let Some(place) = placer.put(wanted.beside, width, wanted.need) {
                placed.push((wanted, words, place));
            }
        }
        svg.push("<g class=\"hc-labels\">");
        for (wanted, _, place) in placed.iter().filter(|(_, _, place)| place.led) {
            let middle = wanted.beside.middle();
            svg.push("<path class=\"hc-lead\" d=\"");
            svg.path_data([middle, place.area.nearest_to(middle)]);
            svg.push("\"/>");
        }
        for (wanted, words, place) in placed {
            let at = (place.area.middle().0, place.area.top + text::ASCENT);
            svg.label_in(&wanted.label.language, wanted.class, at, &words);
        }
        svg.push("</g>");
    }

    /// The labels in the order in which they take their places: changes of targets behind those that must be there.
    fn wanted(&self) -> Vec<Label<'a>> {
        let of_point = |wanted: &labels::Wanted<'a>| {
            let mark = Mark::new(wanted.part, wanted.point)?;
            Some(Label {
                label: &wanted.point.label,
                class: if wanted.latest { LATEST } else { wanted.part.label_class() },
                widest: WIDEST_LABEL,
                beside: events::area_of(self.chart, &mark, &self.frame.plane),
                need: wanted.need,
            })
        };
        let of_arrow = |arrow: Arrow<'a>| Label {
            label: &arrow.step.label,
            class: Part::Target.label_class(),
            widest: WIDEST_CHANGE,
            beside: arrow.area(),
            need: Need::Must,
        };
        let (must, may): (Vec<_>, Vec<_>) =
            labels::in_order(self.chart).into_iter().partition(|wanted| wanted.need == Need::Must);
        let arrows = self.arrows().map(of_arrow);
        must.iter().filter_map(of_point).chain(arrows).chain(may.iter().filter_map(of_point)).collect()
    }
}

/// A label to be placed.
struct Label<'a> {
    label: &'a Said,
    /// The class attribute, ready to be written.
    class: &'static str,
    widest: i32,
    beside: Area,
    need: Need,
}

/// The latest actual, the end of the plan, its beginning: their years are always named.
fn important_years(chart: &ProgressChart) -> Vec<i32> {
    let latest = chart.actuals.iter().rev().find(|point| figures(&point.mark).is_some()).or(chart.actuals.last());
    [latest, chart.targets.last(), chart.baseline.as_ref()].into_iter().flatten().map(|point| point.year).collect()
}
