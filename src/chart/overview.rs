//! The whole edition in one picture: areas as rows, every series a mark by verdict, each a link.

use super::svg::{Role, Setting, Spot, Svg};
use super::{MarkShape, OverviewChart, OverviewMark, OverviewRow, text};

const WIDTH: i32 = 4000;
const EDGE: i32 = 20;
/// From mark to mark: at 320 px still the 24 CSS pixels that WCAG 2.2 (2.5.8) asks of a target.
const PITCH: i32 = 300;
const RADIUS: i32 = 72;
const BETWEEN_COLUMNS: i32 = 120;
const WIDEST_NAME: i32 = 1450;
/// Room for 12兆3,456億7,890万円, which is never shortened: a figure that is cut says something else.
const WIDEST_COST: i32 = 1900;

pub(crate) fn draw(chart: &OverviewChart, setting: Setting) -> String {
    let layout = Layout::of(chart);
    let heights: Vec<i32> = chart.rows.iter().map(|row| layout.height(row)).collect();
    let whole = heights.iter().sum::<i32>().max(PITCH);
    let mut svg = Svg::open("overview", (WIDTH, whole + EDGE), &chart.caption, Role::Group, setting);
    let mut top = 0;
    for (row, height) in chart.rows.iter().zip(heights) {
        if top > 0 {
            svg.push("<path class=\"hc-rule\" d=\"");
            svg.path_data([(0, top), (WIDTH, top)]);
            svg.push("\"/>");
        }
        layout.write_row(&mut svg, row, top);
        top += height;
    }
    svg.close()
}

/// How the rows are laid out: alike for all of them, so that marks and costs form columns.
#[derive(Clone, Copy, Debug)]
struct Layout {
    arrangement: Arrangement,
    name_room: i32,
    cost_room: i32,
}

/// Whether marks stand beside the names or on lines of their own; whichever makes the picture lower.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Arrangement {
    Beside,
    Below,
}

impl Layout {
    fn of(chart: &OverviewChart) -> Self {
        let widest = |widths: &mut dyn Iterator<Item = i32>| widths.max().unwrap_or(0);
        let cost = widest(&mut chart.rows.iter().map(|row| text::width(&row.cost))).min(WIDEST_COST);
        let name = widest(&mut chart.rows.iter().map(|row| text::width(&row.name)));
        let cost_room = if cost == 0 { 0 } else { cost + BETWEEN_COLUMNS };
        let beside = Self { arrangement: Arrangement::Beside, name_room: name.min(WIDEST_NAME), cost_room };
        let below = Self { arrangement: Arrangement::Below, name_room: WIDTH - EDGE * 2 - cost_room, cost_room };
        let height = |layout: &Self| chart.rows.iter().map(|row| layout.height(row)).sum::<i32>();
        if height(&beside) <= height(&below) { beside } else { below }
    }

    fn marks_left(&self) -> i32 {
        match self.arrangement {
            Arrangement::Beside => EDGE + self.name_room + BETWEEN_COLUMNS,
            Arrangement::Below => EDGE,
        }
    }

    fn marks_per_line(&self) -> usize {
        let right = match self.arrangement {
            Arrangement::Beside => WIDTH - EDGE - self.cost_room,
            Arrangement::Below => WIDTH - EDGE,
        };
        usize::try_from((right - self.marks_left()) / PITCH).unwrap_or(0).max(1)
    }

    fn name_lines(&self, row: &OverviewRow) -> Vec<String> {
        text::wrap(&row.name, self.name_room, 2)
    }

    fn height(&self, row: &OverviewRow) -> i32 {
        let marks =
            i32::try_from(row.marks.len().div_ceil(self.marks_per_line())).unwrap_or(i32::MAX / PITCH / 2) * PITCH;
        let name = i32::try_from(self.name_lines(row).len().max(1)).unwrap_or(1) * text::LINE;
        match self.arrangement {
            Arrangement::Beside => marks.max(name + 150) + 60,
            Arrangement::Below => marks + name + 150,
        }
    }

    fn write_row(&self, svg: &mut Svg, row: &OverviewRow, top: i32) {
        svg.push("<g class=\"hc-row\" role=\"group\"");
        svg.attribute_unless_empty("aria-label", &row.name);
        svg.push(">");
        let lines = self.name_lines(row);
        let name_height = i32::try_from(lines.len().max(1)).unwrap_or(1) * text::LINE;
        let (name_top, marks_top) = match self.arrangement {
            // The first line of a name and the first line of marks share their middle, two lines of a name its height.
            Arrangement::Beside => (top + 30 + (PITCH - name_height.min(PITCH)) / 2, top + 30),
            Arrangement::Below => (top + 80, top + 80 + name_height),
        };
        self.write_name(svg, row, &lines, name_top);
        for (index, mark) in row.marks.iter().enumerate() {
            let (line, column) = (index / self.marks_per_line(), index % self.marks_per_line());
            let offset = |count: usize| i32::try_from(count).unwrap_or(0) * PITCH + PITCH / 2;
            write_mark(svg, mark, (self.marks_left() + offset(column), marks_top + offset(line)));
        }
        if !row.cost.is_empty() {
            let cost = text::fit(&row.cost, WIDEST_COST);
            let cost_top =
                if self.arrangement == Arrangement::Beside { top + 30 + (PITCH - text::LINE) / 2 } else { name_top };
            svg.label(" class=\"hc-cost\" text-anchor=\"end\"", (WIDTH - EDGE, cost_top + text::ASCENT), &cost);
        }
        svg.push("</g>");
    }

    fn write_name(&self, svg: &mut Svg, row: &OverviewRow, lines: &[String], top: i32) {
        if lines.is_empty() {
            return;
        }
        let tag = open_link(svg, "hc-name", &row.href);
        // Each line tells apart what is the whole name only where it was shortened.
        if lines.last().is_some_and(|line| line.ends_with('…')) {
            svg.title(&row.name);
        }
        for (index, line) in lines.iter().enumerate() {
            let y = top + i32::try_from(index).unwrap_or(0) * text::LINE + text::ASCENT;
            svg.label_in(&row.name.language, " text-anchor=\"start\"", (EDGE, y), line);
        }
        svg.push(tag);
    }
}

/// Opens a link, or a group where it leads nowhere; returns the tag that ends it.
fn open_link(svg: &mut Svg, class: &str, href: &str) -> &'static str {
    svg.push(if href.is_empty() { "<g" } else { "<a" });
    svg.attribute("class", class);
    svg.attribute_unless_empty("href", href);
    svg.push(">");
    if href.is_empty() { "</g>" } else { "</a>" }
}

fn write_mark(svg: &mut Svg, mark: &OverviewMark, (x, y): Spot) {
    let tag = open_link(svg, mark.shape.class(), &mark.href);
    svg.title(&mark.hint);
    svg.push("<rect class=\"hc-hit\"");
    svg.length("x", x - PITCH / 2);
    svg.length("y", y - PITCH / 2);
    svg.length("width", PITCH);
    svg.length("height", PITCH);
    svg.push("/>");
    write_shape(svg, mark.shape, (x, y));
    svg.push(tag);
}

fn write_shape(svg: &mut Svg, shape: MarkShape, (x, y): Spot) {
    const R: i32 = RADIUS;
    let outline: &[Spot] = match shape {
        MarkShape::Achieved => {
            svg.push("<circle");
            svg.length("cx", x);
            svg.length("cy", y);
            svg.length("r", R);
            svg.push("/>");
            return;
        }
        MarkShape::OnTrack => &[(0, -R), (R + 8, R - 10), (-R - 8, R - 10)],
        MarkShape::Nearly => &[(0, -R - 10), (R + 10, 0), (0, R + 10), (-R - 10, 0)],
        MarkShape::Behind => &[(0, R), (R + 8, 10 - R), (-R - 8, 10 - R)],
        MarkShape::WorseThanBaseline => &[
            (-R, -45),
            (-45, -R),
            (0, -27),
            (45, -R),
            (R, -45),
            (27, 0),
            (R, 45),
            (45, R),
            (0, 27),
            (-45, R),
            (-R, 45),
            (-27, 0),
        ],
        MarkShape::Undecided => &[(-R, -16), (R, -16), (R, 16), (-R, 16)],
    };
    svg.push("<path d=\"");
    svg.path_data(outline.iter().map(|(dx, dy)| (x + dx, y + dy)));
    svg.push("z\"/>");
}

impl MarkShape {
    /// The class that gives the mark its colour.
    const fn class(self) -> &'static str {
        match self {
            Self::Achieved => "hc-achieved",
            Self::OnTrack => "hc-on-track",
            Self::Nearly => "hc-nearly",
            Self::Behind => "hc-behind",
            Self::WorseThanBaseline => "hc-worse-than-baseline",
            Self::Undecided => "hc-undecided",
        }
    }
}
