//! Amounts by year as lying bars, so that every amount has room to be printed beside its bar, on a phone as well. What
//! was settled is solid; every other kind is told apart by its outline.

use std::collections::BTreeMap;
use std::convert::Infallible;

use plotters::element::{Drawable, PathElement, PointCollection};
use plotters_backend::{BackendCoord, DrawingErrorKind};

use super::backend::{Ink, Pen, plot};
use super::frame::WIDTH;
use super::marks::figures;
use super::plane::Plane;
use super::scale::Axis;
use super::svg::{Setting, Spot, Svg};
use super::{Certainty, ChartPoint, ExpenditureBars, ExpenditureChart, PointMark, Said, labels, scale, text};

const EDGE: i32 = 20;
/// Height of a bar with the air to the next one of the same year.
const PITCH: i32 = 190;
const BAR: i32 = 150;
const BETWEEN_YEARS: i32 = 90;
/// How far the stroke of an amount that was published otherwise stands out of its bar.
const PAST_BAR: i32 = 20;
/// Side of the square before a kind's name.
const SWATCH: i32 = 100;
const WIDEST_YEAR: i32 = 1100;
const WIDEST_LABEL: i32 = 1600;

pub(crate) fn draw(chart: &ExpenditureChart, setting: Setting<'_>) -> String {
    let view = View::of(chart);
    let mut svg = Svg::open("expenditure", view.plane.size, &chart.caption, setting);
    view.write_head(&mut svg);
    // With this backend plotters has no reason to fail; if it found one, what is drawn so far would stand.
    let _ = plot(&mut svg, &view.plane, |plot| {
        plot.draw_series::<_, Bar<'_>, _, _>(&view.bars)?;
        let zero = [(0.0, view.plane.y.low), (0.0, view.plane.y.high)];
        plot.draw_series([PathElement::new(zero, Ink::Zero)])?;
        Ok(())
    });
    view.write_revised(&mut svg);
    view.write_years(&mut svg);
    view.write_amounts(&mut svg);
    svg.close()
}

/// The chart with everything in its place. The y axis counts tenths of a unit from the top of the plot downwards.
struct View<'a> {
    chart: &'a ExpenditureChart,
    plane: Plane,
    rows: Vec<Row>,
    bars: Vec<Bar<'a>>,
}

/// One year, as high as its bars or its label.
struct Row {
    label: String,
    top: i32,
    height: i32,
}

/// One amount, or the symbol of one that is missing.
struct Bar<'a> {
    kind: &'a ExpenditureBars,
    point: &'a ChartPoint,
    words: String,
    /// Whether it is the latest amount of the first kind, the figure that is looked for first.
    latest: bool,
    /// Two corners, the first on zero: amount, and tenths from the top of the plot.
    corners: [(f64, f64); 2],
}

impl<'a> View<'a> {
    fn of(chart: &'a ExpenditureChart) -> Self {
        let latest = chart.kinds.first().and_then(latest_year);
        let mut rows = Vec::new();
        let mut bars = Vec::new();
        let mut top = 0;
        let years = years(chart);
        for (year, label) in &years {
            let first = bars.len();
            for (index, kind) in chart.kinds.iter().enumerate() {
                let of_year = kind.points.iter().filter(|point| point.year == *year);
                let latest = index == 0 && latest == Some(*year);
                bars.extend(of_year.map(|point| Bar::new(kind, point, &chart.unit, latest)));
            }
            let of_year = bars.get_mut(first..).unwrap_or_default();
            let lines = if text::year_lines(label).1.is_some() { 2 } else { 1 };
            let height = (length(of_year.len()) * PITCH).max(lines * text::LINE + PITCH - text::LINE);
            let slack = height - length(of_year.len()) * PITCH;
            for (index, bar) in of_year.iter_mut().enumerate() {
                bar.stand_at(top + slack / 2 + length(index) * PITCH + (PITCH - BAR) / 2);
            }
            rows.push(Row { label: label.clone(), top, height });
            top += height + BETWEEN_YEARS;
        }
        let plot_height = (top - BETWEEN_YEARS).max(PITCH);

        let widest_year = years.values().flat_map(|label| {
            let (first, second) = text::year_lines(label);
            [text::width(first), second.map_or(0, text::width)]
        });
        let left = EDGE + widest_year.max().unwrap_or(0).min(WIDEST_YEAR) + 100;
        let widest_label = bars.iter().map(|bar| bar.label_width()).max().unwrap_or(0);
        let head = if chart.kinds.is_empty() { EDGE } else { text::LINE + 140 };
        let before = bars.iter().filter_map(|bar| before(chart, bar.point));
        let amounts: Vec<f64> = bars.iter().filter_map(|bar| amount(bar.point)).chain(before).collect();
        let plane = Plane {
            size: (WIDTH, head + plot_height + 60),
            left,
            right: (WIDTH - EDGE - 60 - widest_label).max(left + 100),
            top: head,
            bottom: head + plot_height,
            x: Axis::of_amounts(&amounts),
            y: Axis::downwards(plot_height),
        };
        Self { chart, plane, rows, bars }
    }

    /// The unit at the left, the kinds with their squares at the right.
    fn write_head(&self, svg: &mut Svg) {
        let kinds = &self.chart.kinds;
        let room = WIDTH * 2 / 3 / length(kinds.len().max(1)) - SWATCH - 170;
        let entries: Vec<(&ExpenditureBars, String)> =
            kinds.iter().map(|kind| (kind, text::fit(&kind.name, room))).collect();
        let width = |name: &str| SWATCH + 50 + text::width(name) + 120;
        let mut x = WIDTH - EDGE + 120 - entries.iter().map(|(_, name)| width(name)).sum::<i32>();
        let base = 30 + text::ASCENT;
        svg.push("<g class=\"hc-legend\" text-anchor=\"start\">");
        if !self.chart.unit.is_empty() {
            svg.label("", (EDGE, base), &text::fit(&self.chart.unit, (x - EDGE - 100).max(0)));
        }
        for (kind, name) in &entries {
            svg.open_mark(&kind_class(kind), &Said::default(), "");
            write_bar(svg, (x, base - SWATCH), (x + SWATCH, base));
            svg.close_mark();
            svg.label("", (x + SWATCH + 50, base), name);
            x += width(name);
        }
        svg.push("</g>");
    }

    fn write_years(&self, svg: &mut Svg) {
        svg.push("<g class=\"hc-years\" text-anchor=\"start\">");
        for row in &self.rows {
            let (first, second) = text::year_lines(&row.label);
            let lines: Vec<String> =
                std::iter::once(first).chain(second).map(|line| text::fit(line, WIDEST_YEAR)).collect();
            let top = self.plane.top + row.top + (row.height - length(lines.len()) * text::LINE) / 2;
            for (index, line) in lines.iter().enumerate() {
                svg.label("", (EDGE, top + length(index) * text::LINE + text::ASCENT), line);
            }
        }
        svg.push("</g>");
    }

    /// Where the bars of amounts ended that were published otherwise: a dashed stroke across each.
    fn write_revised(&self, svg: &mut Svg) {
        for bar in &self.bars {
            let Some(before) = before(self.chart, bar.point) else { continue };
            let [(_, upper), (_, lower)] = bar.corners;
            let (x, top) = self.plane.at(before, upper);
            let (_, bottom) = self.plane.at(before, lower);
            svg.push("<path class=\"hc-was\" d=\"");
            svg.path_data([(x, top - PAST_BAR), (x, bottom + PAST_BAR)]);
            svg.push("\"/>");
        }
    }

    /// Each amount at the end of its bar, behind what it was; a negative one on the other side of zero, where no bar is.
    fn write_amounts(&self, svg: &mut Svg) {
        svg.push("<g class=\"hc-labels\" text-anchor=\"start\">");
        for bar in &self.bars {
            let [zero, end] = bar.corners.map(|(amount, offset)| self.plane.at(amount, offset));
            let was = before(self.chart, bar.point).map_or(zero.0, |before| self.plane.at(before, 0.0).0);
            let spot = (zero.0.max(end.0).max(was) + 60, zero.1 + (BAR - text::LINE) / 2 + text::ASCENT);
            let class = match (amount(bar.point), bar.latest) {
                (Some(_), true) => " class=\"hc-of-latest\"",
                (Some(_), false) => "",
                (None, _) => " class=\"hc-of-gap\"",
            };
            svg.label_in(&bar.point.label.language, class, spot, &bar.words);
        }
        svg.push("</g>");
    }
}

impl<'a> Bar<'a> {
    fn new(kind: &'a ExpenditureBars, point: &'a ChartPoint, unit: &str, latest: bool) -> Self {
        let words = labels::shortened(&point.label, unit, WIDEST_LABEL);
        let amount = amount(point).unwrap_or(0.0);
        Self { kind, point, words, latest, corners: [(0.0, 0.0), (amount, f64::from(BAR))] }
    }

    fn stand_at(&mut self, top: i32) {
        let [(_, upper), (_, lower)] = &mut self.corners;
        (*upper, *lower) = (f64::from(top), f64::from(top + BAR));
    }

    fn label_width(&self) -> i32 {
        text::bold_width(&self.words)
    }
}

impl<'a> PointCollection<'a, (f64, f64)> for &'a Bar<'_> {
    type Point = &'a (f64, f64);
    type IntoIter = &'a [(f64, f64)];

    fn point_iter(self) -> Self::IntoIter {
        &self.corners
    }
}

impl<'p> Drawable<Pen<'p>> for Bar<'_> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        mut points: I,
        backend: &mut Pen<'p>,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        if let (Some(from), Some(to)) = (points.next(), points.next()) {
            let svg = backend.svg();
            let open = matches!(self.point.mark, PointMark::Value { certainty: Certainty::NotFinal, .. });
            let class = format!("{}{}", kind_class(self.kind), if open { " hc-open" } else { "" });
            svg.open_mark(&class, &self.point.hint, &self.point.address);
            if amount(self.point).is_some() {
                write_bar(svg, from, to);
            }
            svg.close_mark();
        }
        Ok(())
    }
}

/// A rectangle between two corners; an amount of zero is a line, for a rectangle without width is not drawn.
fn write_bar(svg: &mut Svg, from: Spot, to: Spot) {
    if from.0 == to.0 {
        svg.push("<path d=\"");
        svg.path_data([from, to]);
        svg.push("\"/>");
        return;
    }
    svg.push("<rect");
    svg.length("x", from.0.min(to.0));
    svg.length("y", from.1.min(to.1));
    svg.length("width", (to.0 - from.0).abs());
    svg.length("height", (to.1 - from.1).abs());
    svg.push("/>");
}

/// The years with their labels, ascending; one that has an amount and no label is shown by its number.
fn years(chart: &ExpenditureChart) -> BTreeMap<i32, String> {
    let points = chart.kinds.iter().flat_map(|kind| &kind.points);
    let mut years: BTreeMap<i32, String> = points.map(|point| (point.year, point.year.to_string())).collect();
    years.extend(chart.years.iter().cloned());
    years
}

/// The last year of which an amount is known.
fn latest_year(kind: &ExpenditureBars) -> Option<i32> {
    kind.points.iter().filter(|point| amount(point).is_some()).map(|point| point.year).max()
}

/// The amount that a bar shows; of a range its lower end, which is sure.
fn amount(point: &ChartPoint) -> Option<f64> {
    figures(&point.mark).map(|(low, _)| low)
}

/// The amount that was published at first, where it is known and another one stands there now.
fn before(chart: &ExpenditureChart, point: &ChartPoint) -> Option<f64> {
    let revised = chart.revised.iter().find(|revised| revised.address == point.address)?;
    revised.before.filter(|before| before.abs() <= scale::LARGEST)
}

/// `hc-bar hc-settled`: the name of a kind as one CSS class.
fn kind_class(kind: &ExpenditureBars) -> String {
    let name = kind.kind.chars().map(|char| if char.is_alphanumeric() { char } else { '-' });
    format!("hc-bar hc-{}", name.collect::<String>())
}

/// A count, or a place in a list, to reckon lengths with; charts are far smaller than its limit.
fn length(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX / (PITCH + BETWEEN_YEARS) / 2)
}
