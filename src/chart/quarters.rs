//! Things at two figures each, on a plot cut into quarters: every mark a link, none on another.

use super::frame::WIDTH;
use super::overview::write_shape;
use super::place::{Area, Need, Placer};
use super::plane::Plane;
use super::scale::{Axis, Tick};
use super::svg::{Setting, Spot, Svg};
use super::{Caption, QuarterAxis, QuarterChart, QuarterMark, text};

const EDGE: i32 = 40;
/// A name longer than this stands in the title of its mark alone: half a name is none.
const WIDEST_NAME: i32 = 4400;
/// Between the plot and the figures below it.
const BELOW: i32 = 90;
/// Half of the square that a mark takes.
const MARK: i32 = 100;
/// From mark to mark: with few of them a finger hits the right one, with many they just stay apart.
const APART: [i32; 3] = [270, 220, 170];

/// Where the chart is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    /// On a phone: marks alone.
    Narrow,
    /// On a desk or on paper: names beside their marks.
    Wide,
}

impl Format {
    const fn width(self) -> i32 {
        match self {
            Self::Narrow => WIDTH,
            Self::Wide => 8400,
        }
    }

    /// Of the plot.
    const fn height(self) -> i32 {
        match self {
            Self::Narrow => 3000,
            Self::Wide => 3600,
        }
    }
}

impl QuarterChart {
    /// The chart as one `<svg>` element, for a page that has [`super::stylesheet`].
    pub fn svg(&self) -> String {
        self.drawn(Format::Narrow, &self.caption)
    }

    /// The same twice as wide, with the names of those marks that have room for one. Its id is another.
    pub fn wide_svg(&self) -> String {
        let id = [&self.caption.id, "_wide"].concat();
        self.drawn(Format::Wide, &Caption { id, ..self.caption.clone() })
    }

    fn drawn(&self, format: Format, caption: &Caption) -> String {
        let width = format.width();
        let ticks = self.y.ticks.iter().map(|(_, label)| text::width(label)).max().unwrap_or(0);
        let top = 30 + text::LINE * 2 + 160;
        let bottom = top + format.height();
        let plane = Plane {
            size: (width, bottom + text::LINE * 3 + BELOW + 170),
            left: EDGE + ticks + 60,
            right: width - EDGE * 2,
            top,
            bottom,
            x: axis(&self.x),
            y: axis(&self.y),
        };
        let mut svg = Svg::open_with_links("quarters", plane.size, caption, Setting::Page);
        self.write_plot(&mut svg, &plane);
        self.write_words(&mut svg, &plane);
        let spots = self.spots(&plane);
        for (due, spot) in spots.iter().filter(|(due, spot)| due != spot) {
            svg.push("<path class=\"hc-lead\" d=\"");
            svg.path_data([*due, *spot]);
            svg.push("\"/>");
        }
        let names = match format {
            Format::Narrow => vec![None; spots.len()],
            Format::Wide => self.names(&plane, &spots),
        };
        for ((mark, (_, (x, y))), name) in self.marks.iter().zip(spots).zip(names) {
            svg.push("<a");
            svg.attribute("class", mark.shape.class());
            svg.attribute("href", &mark.href);
            svg.attribute_unless_empty("lang", &mark.hint.language);
            svg.push(" transform=\"translate(");
            svg.tenths(x);
            svg.push(" ");
            svg.tenths(y);
            svg.push(")\">");
            svg.title(&mark.hint);
            write_shape(&mut svg, mark.shape);
            if let Some(area) = name {
                // Letters may be narrower than reckoned: a name beside its mark begins or ends there.
                let (anchor, at) = match () {
                    () if area.left >= x => (" text-anchor=\"start\"", area.left),
                    () if area.right <= x => (" text-anchor=\"end\"", area.right),
                    () => ("", area.middle().0),
                };
                svg.label_in(&mark.name.language, anchor, (at - x, area.top + text::ASCENT - y), &mark.name);
            }
            svg.push("</a>");
        }
        svg.close()
    }

    fn write_plot(&self, svg: &mut Svg, plane: &Plane) {
        let across = |y: i32| [(plane.left, y), (plane.right, y)];
        let upwards = |x: i32| [(x, plane.top), (x, plane.bottom)];
        svg.push("<path class=\"hc-mesh\" d=\"");
        plane.y.ticks.iter().for_each(|tick| svg.path_data(across(plane.at(plane.x.low, tick.value).1)));
        plane.x.ticks.iter().for_each(|tick| svg.path_data(upwards(plane.x_of(tick.value))));
        svg.push("\"/><path class=\"hc-middle\" d=\"");
        svg.path_data(across(plane.at(plane.x.low, self.y.middle).1));
        svg.path_data(upwards(plane.x_of(self.x.middle)));
        svg.push("\"/>");
    }

    /// Figures beside the plot, the names of the axes, and above and below it what each quarter means.
    fn write_words(&self, svg: &mut Svg, plane: &Plane) {
        svg.push("<g class=\"hc-ticks\">");
        let name = |svg: &mut Svg, words: &str, anchor: &str, x: i32, top: i32| {
            svg.label(anchor, (x, top + text::ASCENT), &text::fit(words, plane.size.0 - EDGE * 2));
        };
        name(svg, &self.y.name, " text-anchor=\"start\"", EDGE, 30);
        name(svg, &self.x.name, " text-anchor=\"end\"", plane.right, plane.bottom + BELOW + 60 + text::LINE * 2);
        for tick in &plane.y.ticks {
            let (_, y) = plane.at(plane.x.low, tick.value);
            let spot = (plane.left - 60, y - text::LINE / 2 + text::ASCENT);
            svg.label(" text-anchor=\"end\"", spot, &tick.label);
        }
        for tick in &plane.x.ticks {
            svg.label("", (plane.x_of(tick.value), plane.bottom + BELOW + text::ASCENT), &tick.label);
        }
        svg.push("</g><g class=\"hc-corners\">");
        let middle = plane.x_of(self.x.middle);
        let (above, below) = (plane.top - text::LINE - 60, plane.bottom + BELOW + 30 + text::LINE);
        for (words, left, right, top) in [
            (&self.corners[0], plane.left, middle, above),
            (&self.corners[1], middle, plane.right, above),
            (&self.corners[2], plane.left, middle, below),
            (&self.corners[3], middle, plane.right, below),
        ] {
            let words = text::fit(words, right - left - 60);
            svg.label("", (left + (right - left) / 2, top + text::ASCENT), &words);
        }
        svg.push("</g>");
    }

    /// The names that have room beside their marks: on no other, on no mark, in the plot. Those that come first are
    /// placed first.
    fn names(&self, plane: &Plane, spots: &[(Spot, Spot)]) -> Vec<Option<Area>> {
        let room = Area { left: plane.left, top: plane.top, right: plane.right, bottom: plane.bottom };
        let around = |spot: Spot| Area::around(spot, MARK, MARK);
        let mut placer = Placer::new(room);
        spots.iter().for_each(|(_, spot)| placer.take(around(*spot)));
        spots.iter().filter(|(due, spot)| due != spot).for_each(|(due, spot)| placer.cross(&[*due, *spot]));
        let (middle_x, middle_y) = plane.at(self.x.middle, self.y.middle);
        placer.cross(&[(middle_x, plane.top), (middle_x, plane.bottom)]);
        placer.cross(&[(plane.left, middle_y), (plane.right, middle_y)]);
        let place = |(mark, (_, spot)): (&QuarterMark, &(Spot, Spot))| {
            let width = Some(text::width(&mark.name)).filter(|width| (1..=WIDEST_NAME).contains(width))?;
            Some(placer.put(around(*spot), width, Need::May)?.area)
        };
        self.marks.iter().zip(spots).map(place).collect()
    }

    /// Where each mark belongs, and where it stands: at its figures, at the edge where they lie beyond it, or as near as
    /// there is room where a mark is there already; always in its own quarter. Those that come first keep their place.
    fn spots(&self, plane: &Plane) -> Vec<(Spot, Spot)> {
        let apart = match self.marks.len() {
            0..=30 => APART[0],
            31..=60 => APART[1],
            _ => APART[2],
        };
        let mut offsets = Vec::new();
        let inside = |(x, y): Spot| (x.clamp(plane.left, plane.right), y.clamp(plane.top, plane.bottom));
        let (middle_x, middle_y) = plane.at(self.x.middle, self.y.middle);
        let quarter = |(x, y): Spot| (x < middle_x, y > middle_y);
        let mut spots: Vec<(Spot, Spot)> = Vec::with_capacity(self.marks.len());
        for mark in &self.marks {
            let due = inside(plane.at(mark.x, mark.y));
            let free = |spot: &Spot| {
                let far = |(_, other): &(Spot, Spot)| {
                    let (x, y) = (i64::from(other.0 - spot.0), i64::from(other.1 - spot.1));
                    x * x + y * y >= i64::from(apart) * i64::from(apart)
                };
                quarter(*spot) == quarter(due) && inside(*spot) == *spot && spots.iter().all(far)
            };
            let spot = if free(&due) {
                due
            } else {
                if offsets.is_empty() {
                    offsets = self::offsets(apart / 4);
                }
                offsets.iter().map(|(dx, dy)| (due.0 + dx, due.1 + dy)).find(free).unwrap_or(due)
            };
            spots.push((due, spot));
        }
        spots
    }
}

/// Ways to go from a spot, the shortest first.
fn offsets(step: i32) -> Vec<Spot> {
    const STEPS: i32 = 28;
    let mut offsets: Vec<Spot> = (-STEPS..=STEPS).flat_map(|y| (-STEPS..=STEPS).map(move |x| (x, y))).collect();
    offsets.sort_unstable_by_key(|(x, y)| (x * x + y * y, *y, *x));
    offsets.into_iter().map(|(x, y)| (x * step, y * step)).collect()
}

fn axis(of: &QuarterAxis) -> Axis {
    let ticks = of.ticks.iter().map(|(value, label)| Tick { value: *value, label: label.clone() }).collect();
    Axis { low: of.low, high: of.high, ticks }
}
