//! The years below a plot: those that matter always, of the others as many as do not touch, evenly.

use super::frame::WIDTH;
use super::plane::Plane;
use super::svg::Svg;
use super::text;

/// The years that are written, in rows; all but crowded charts have one row.
#[derive(Clone, Debug)]
pub(crate) struct YearRows {
    /// Each with its row, counted from 0, in the order of the years.
    shown: Vec<(usize, YearLabel)>,
    /// 2 where a label has a second line.
    lines: usize,
}

#[derive(Clone, Debug)]
struct YearLabel {
    middle: i32,
    width: i32,
    first: String,
    second: Option<String>,
}

impl YearRows {
    /// A year that matters and has no room beside the others that matter stands one row further down; any other year is
    /// left out where it has no room in the first row.
    pub(crate) fn of(plane: &Plane, years: &[(i32, String)], important: &[i32]) -> Self {
        let labels: Vec<YearLabel> = years.iter().map(|(year, label)| YearLabel::new(plane, *year, label)).collect();
        let index_of = |year: &i32| years.iter().position(|(other, _)| other == year);
        let must: Vec<usize> = important.iter().filter_map(index_of).collect();
        let mut shown: Vec<(usize, usize)> = Vec::new();
        let is_free = |shown: &[(usize, usize)], row: usize, label: &YearLabel| {
            let mut in_row =
                shown.iter().filter(|(other, _)| *other == row).filter_map(|(_, index)| labels.get(*index));
            !in_row.any(|other| other.touches(label))
        };
        for &index in &must {
            let Some(label) = labels.get(index) else { continue };
            // A row below all others is free.
            let row = (0..=must.len()).find(|row| is_free(&shown, *row, label)).unwrap_or(0);
            if !shown.iter().any(|(_, other)| *other == index) {
                shown.push((row, index));
            }
        }
        let (anchor, every) = (must.first().copied().unwrap_or(0), even_stride(&labels));
        for (index, label) in labels.iter().enumerate() {
            let evenly = index.abs_diff(anchor).is_multiple_of(every);
            let stands = shown.iter().any(|(_, other)| *other == index);
            if evenly && !stands && is_free(&shown, 0, label) {
                shown.push((0, index));
            }
        }
        shown.sort_unstable_by_key(|(_, index)| *index);
        let lines = if labels.iter().any(|label| label.second.is_some()) { 2 } else { 1 };
        let shown = shown.into_iter().filter_map(|(row, index)| Some((row, labels.get(index)?.clone()))).collect();
        Self { shown, lines }
    }

    /// All rows together; a chart without years keeps the room of one.
    pub(crate) fn height(&self) -> i32 {
        let rows = self.shown.iter().map(|(row, _)| row + 1).max().unwrap_or(1);
        self.row_top(rows)
    }

    pub(crate) fn write(&self, svg: &mut Svg, top: i32) {
        svg.push("<g class=\"hc-years\">");
        for (row, label) in &self.shown {
            let base = top + self.row_top(*row) + text::ASCENT;
            svg.label("", (label.middle, base), &label.first);
            if let Some(second) = &label.second {
                svg.label("", (label.middle, base + text::LINE), second);
            }
        }
        svg.push("</g>");
    }

    /// From the top of the first row to the top of this one.
    fn row_top(&self, row: usize) -> i32 {
        i32::try_from(row * self.lines).unwrap_or(0) * text::LINE
    }
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
