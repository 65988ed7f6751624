//! The picture of an edition that other sites show beside a link to it: its year, and how many indicators have which
//! verdict. A PNG of 1200 × 630, since none of them takes SVG.
//!
//! There is no word in it, so one picture serves every language, and no font of the machine: digits are lines of our own.

mod canvas;
mod digits;
mod png;

use super::MarkShape;
use super::overview::Outline;
use canvas::{Canvas, Shape, Spot};

/// Width and height in pixels, as the Open Graph protocol's readers want them.
pub const SIZE: (u32, u32) = (1200, 630);

/// Red, green, blue.
pub type Rgb = [u8; 3];

/// What a card shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Digits; anything else in it is left out.
    pub year: String,
    /// In the order of the picture; what has no indicator is left out.
    pub counts: Vec<CardCount>,
    pub paper: Rgb,
    pub text: Rgb,
    pub accent: Rgb,
}

/// How many indicators have a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardCount {
    pub shape: MarkShape,
    pub count: usize,
    pub colour: Rgb,
}

const LEFT: f64 = 80.0;
const WIDTH: f64 = 1040.0;
const BAR_GAP: f64 = 6.0;
const BAR_LEAST: f64 = 8.0;

impl Card {
    /// The picture as a PNG file; the same bytes on every machine.
    pub fn png(&self) -> Vec<u8> {
        let mut inks = vec![self.text, self.accent];
        let shown: Vec<(u8, &CardCount)> = self
            .counts
            .iter()
            .filter(|count| count.count > 0)
            .zip(2..)
            .map(|(count, ink)| {
                inks.push(count.colour);
                (ink, count)
            })
            .collect();
        let mut canvas = Canvas::new(SIZE);
        canvas.fill(1, &rectangle(0.0, 0.0, f64::from(SIZE.0), 24.0));
        digits::write(&mut canvas, 0, &self.year, (LEFT, 96.0), 170.0);
        self.counts(&mut canvas, &shown);
        bar(&mut canvas, &shown);
        png::encode(SIZE, &canvas.palette(self.paper, &inks), canvas.pixels())
    }

    /// A row of shapes with their counts, as large as fits.
    fn counts(&self, canvas: &mut Canvas, shown: &[(u8, &CardCount)]) {
        let printed: Vec<_> = shown.iter().map(|(ink, count)| (*ink, count.shape, count.count.to_string())).collect();
        // At a height of 1: the shape, its distance from the digits, the digits, the distance to the next.
        let width: f64 = printed.iter().map(|(.., text)| 0.8 + 0.2 + digits::width(text) + 0.6).sum();
        let height = if width > 0.0 { (WIDTH / width).min(96.0) } else { 96.0 };
        let middle = 392.0;
        let mut left = LEFT;
        for (ink, shape, text) in &printed {
            canvas.fill(*ink, &mark(*shape, (left + 0.4 * height, middle), height / 18.0));
            left += height;
            digits::write(canvas, 0, text, (left, middle - height / 2.0), height);
            left += (digits::width(text) + 0.6) * height;
        }
    }
}

/// The same counts as parts of one bar; the smallest still shows.
fn bar(canvas: &mut Canvas, shown: &[(u8, &CardCount)]) {
    let total: usize = shown.iter().map(|(_, count)| count.count).sum();
    if total == 0 {
        return;
    }
    let parts = u32::try_from(shown.len()).unwrap_or(u32::MAX);
    let free = WIDTH - (BAR_GAP + BAR_LEAST) * f64::from(parts) + BAR_GAP;
    let mut left = LEFT;
    for (ink, count) in shown {
        let share = count.count as f64 / total as f64;
        let width = BAR_LEAST + share * free;
        canvas.fill(*ink, &rectangle(left, 500.0, width, 64.0));
        left += width + BAR_GAP;
    }
}

fn rectangle(left: f64, top: f64, width: f64, height: f64) -> Shape {
    let (right, bottom) = (left + width, top + height);
    Shape::Area(vec![(left, top), (right, top), (right, bottom), (left, bottom)])
}

/// A verdict's shape around a spot; `unit` is the size of a unit of the mark's picture.
fn mark(shape: MarkShape, (x, y): Spot, unit: f64) -> Shape {
    let tenth = unit / 10.0;
    match shape.outline() {
        Outline::Circle(radius) => Shape::Line { spots: vec![(x, y)], width: f64::from(radius) * 2.0 * tenth },
        Outline::Corners(corners) => Shape::Area(
            corners.iter().map(|(dx, dy)| (x + f64::from(*dx) * tenth, y + f64::from(*dy) * tenth)).collect(),
        ),
    }
}

#[cfg(test)]
mod tests;
