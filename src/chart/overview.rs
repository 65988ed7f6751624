//! The whole edition at one glance: areas as rows, every series a mark by verdict, each a link.
//!
//! What is drawn are the marks; the rows are lists of HTML, so that marks wrap where the screen or the paper ends, be
//! they five or five thousand, and names and amounts grow with the text of the reader.

use super::svg::{Spot, Svg};
use super::{MarkShape, OverviewChart, OverviewMark, OverviewRow};

const RADIUS: i32 = 72;

impl OverviewChart {
    /// The chart as one `<ul>`, for a page that has [`super::stylesheet`].
    pub fn html(&self) -> String {
        let mut out = Svg::within_page();
        out.push("<ul class=\"hc-overview\"");
        out.attribute_unless_empty("aria-label", &self.title);
        out.push(">");
        self.rows.iter().for_each(|row| write_row(&mut out, row));
        out.push("</ul>");
        out.markup()
    }
}

fn write_row(out: &mut Svg, row: &OverviewRow) {
    out.push("<li class=\"hc-row\">");
    let end = open_link(out, "hc-name", &row.href, &row.name.language);
    out.text(&row.name);
    out.push(end);
    if !row.cost.is_empty() {
        out.push("<span class=\"hc-cost\">");
        out.text(&row.cost);
        out.push("</span>");
    }
    if !row.marks.is_empty() {
        out.push("<ul class=\"hc-marks\">");
        row.marks.iter().for_each(|mark| write_mark(out, mark));
        out.push("</ul>");
    }
    out.push("</li>");
}

/// Opens a link, or a span where it leads nowhere; returns the tag that ends it.
fn open_link(out: &mut Svg, class: &str, href: &str, language: &str) -> &'static str {
    out.push(if href.is_empty() { "<span" } else { "<a" });
    out.attribute("class", class);
    out.attribute_unless_empty("href", href);
    out.attribute_unless_empty("lang", language);
    out.push(">");
    if href.is_empty() { "</span>" } else { "</a>" }
}

fn write_mark(out: &mut Svg, mark: &OverviewMark) {
    out.push("<li>");
    let end = open_link(out, mark.shape.class(), &mark.href, "");
    out.push("<svg viewBox=\"-12 -12 24 24\" role=\"img\">");
    out.title(&mark.hint);
    write_shape(out, mark.shape);
    out.push("</svg>");
    if !mark.count.is_empty() {
        out.push("<span class=\"hc-count\">");
        out.text(&mark.count);
        out.push("</span>");
    }
    out.push(end);
    out.push("</li>");
}

/// The shape around the middle of its picture.
pub(super) fn write_shape(out: &mut Svg, shape: MarkShape) {
    match shape.outline() {
        Outline::Circle(radius) => {
            out.push("<circle");
            out.length("r", radius);
            out.push("/>");
        }
        Outline::Corners(corners) => {
            out.push("<path d=\"");
            out.path_data(corners.iter().copied());
            out.push("z\"/>");
        }
    }
}

/// A mark's form around (0, 0), in tenths of a unit of its picture, which is 24 units wide.
pub(super) enum Outline {
    Circle(i32),
    Corners(&'static [Spot]),
}

impl MarkShape {
    pub(super) const fn outline(self) -> Outline {
        const R: i32 = RADIUS;
        Outline::Corners(match self {
            Self::Achieved => return Outline::Circle(R),
            Self::OnTrack => &[(0, -R), (R + 8, R - 10), (-R - 8, R - 10)],
            Self::Nearly => &[(0, -R - 10), (R + 10, 0), (0, R + 10), (-R - 10, 0)],
            Self::Behind => &[(0, R), (R + 8, 10 - R), (-R - 8, 10 - R)],
            Self::WorseThanBaseline => &[
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
            Self::Undecided => &[(-R, -16), (R, -16), (R, 16), (-R, 16)],
        })
    }

    /// The class that gives the mark its colour.
    pub(super) const fn class(self) -> &'static str {
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
