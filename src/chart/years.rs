//! The years below a plot: those that matter always, of the others as many as do not touch, evenly.

use super::frame::WIDTH;
use super::plane::Plane;
use super::svg::Svg;
use super::text;

/// The years that are written; in all but crowded charts they begin on one line.
#[derive(Clone, Debug)]
pub(crate) struct YearRows {
    /// Each with the line that it begins on, counted from 0, in the order of the years.
    shown: Vec<(usize, YearLabel)>,
}

#[derive(Clone, Debug)]
struct YearLabel {
    middle: i32,
    width: i32,
    first: String,
    second: Option<String>,
}

impl YearRows {
    /// A year that matters and has no room beside the others that matter begins further down; any other year is left out
    /// where it has no room on the first line.
    pub(crate) fn of(plane: &Plane, years: &[(i32, String)], important: &[i32]) -> Self {
        let labels: Vec<YearLabel> = years.iter().map(|(year, label)| YearLabel::new(plane, *year, label)).collect();
        let index_of = |year: &i32| years.iter().position(|(other, _)| other == year);
        let must: Vec<usize> = important.iter().filter_map(index_of).collect();
        // Line and index of each label that has its place.
        let mut shown: Vec<(usize, usize)> = Vec::new();
        let stands = |shown: &[(usize, usize)], index: usize| shown.iter().any(|(_, other)| *other == index);
        let is_free = |shown: &[(usize, usize)], line: usize, label: &YearLabel| {
            let mut others = shown.iter().filter_map(|(line, index)| Some((*line, labels.get(*index)?)));
            !others.any(|(at, other)| at < line + label.lines() && line < at + other.lines() && other.touches(label))
        };
        for &index in &must {
            let Some(label) = labels.get(index).filter(|_| !stands(&shown, index)) else { continue };
            // Below all others there is room.
            let line = (0..=2 * must.len()).find(|line| is_free(&shown, *line, label)).unwrap_or(0);
            shown.push((line, index));
        }
        let (anchor, every) = (must.first().copied().unwrap_or(0), even_stride(&labels));
        for (index, label) in labels.iter().enumerate() {
            let evenly = index.abs_diff(anchor).is_multiple_of(every);
            if evenly && !stands(&shown, index) && is_free(&shown, 0, label) {
                shown.push((0, index));
            }
        }
        shown.sort_unstable_by_key(|(_, index)| *index);
        Self { shown: shown.into_iter().filter_map(|(line, index)| Some((line, labels.get(index)?.clone()))).collect() }
    }

    /// All lines together; a chart without years keeps the room of one.
    pub(crate) fn height(&self) -> i32 {
        line_top(self.shown.iter().map(|(line, label)| line + label.lines()).max().unwrap_or(1))
    }

    pub(crate) fn write(&self, svg: &mut Svg, top: i32) {
        svg.push("<g class=\"hc-years\">");
        for (line, label) in &self.shown {
            let base = top + line_top(*line) + text::ASCENT;
            svg.label("", (label.middle, base), &label.first);
            if let Some(second) = &label.second {
                svg.label("", (label.middle, base + text::LINE), second);
            }
        }
        svg.push("</g>");
    }
}

/// From the top of the first line to the top of this one.
fn line_top(line: usize) -> i32 {
    i32::try_from(line).unwrap_or(0) * text::LINE
}

impl YearLabel {
    fn new(plane: &Plane, year: i32, label: &str) -> Self {
        let room = WIDTH / 3;
        let (first, second) = text::year_lines(label);
        let (first, second) = (text::fit(first, room), second.map(|second| text::fit(second, room)));
        let width = text::width(&first).max(second.as_deref().map_or(0, text::width));
        let middle = plane.x_of(f64::from(year)).min(WIDTH - 20 - width / 2).max(20 + width / 2);
        Self { middle, width, first, second }
    }

    fn lines(&self) -> usize {
        if self.second.is_some() { 2 } else { 1 }
    }

    fn touches(&self, other: &Self) -> bool {
        const BETWEEN: i32 = 70;
        self.width > 0 && (self.middle - other.middle).abs() < (self.width + other.width) / 2 + BETWEEN
    }
}

/// The least n such that every n-th label can stand beside its neighbours. The first is left out of it: where it is the
/// baseline's, it is longer than the others, and would thin them all.
fn even_stride(labels: &[YearLabel]) -> usize {
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
