//! Pixels: shapes with smooth edges over one paper. Only sums, products and square roots, which give the same digits on
//! every machine (IEEE 754).

use super::Rgb;

pub type Spot = (f64, f64);

/// What can be drawn.
#[derive(Clone, Debug)]
pub enum Shape {
    /// The inside of these corners.
    Area(Vec<Spot>),
    /// A line with round ends; of a single spot, a disc.
    Line { spots: Vec<Spot>, width: f64 },
}

/// Every ink is there in so many strengths: a palette of PNG holds 256 colours.
const STRENGTHS: u8 = 28;

/// A picture of inks on paper. A pixel is 0 for paper, else one of an ink's strengths.
#[derive(Debug)]
pub struct Canvas {
    width: usize,
    pixels: Vec<u8>,
}

impl Canvas {
    pub fn new((width, height): (u32, u32)) -> Self {
        let (width, height) = (width as usize, height as usize);
        Self { width, pixels: vec![0; width * height] }
    }

    /// Draws a shape with the ink of this number, from 0 to 8. Shapes of different inks do not touch.
    pub fn fill(&mut self, ink: u8, shape: &Shape) {
        match shape {
            Shape::Area(corners) => self.fill_where(ink, corners, 1.0, |spot| to_edge(spot, corners)),
            // Piece by piece: each looks at the few pixels around it only.
            Shape::Line { spots, width } => {
                let alone = spots.first().map(|only| (*only, *only));
                for (a, b) in segments(spots).chain(alone) {
                    self.fill_where(ink, &[a, b], width / 2.0 + 1.0, |spot| to_segment(spot, a, b) - width / 2.0);
                }
            }
        }
    }

    /// Draws where the distance from an edge is below zero, and smoothly at it, at most `margin` around the spots.
    fn fill_where(&mut self, ink: u8, spots: &[Spot], margin: f64, distance: impl Fn(Spot) -> f64) {
        let range = |values: &mut dyn Iterator<Item = f64>, end: usize| {
            let (low, high) = values.fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)));
            // Casts of floats to integers stop at the ends of the range.
            ((low - margin).max(0.0) as usize).min(end)..((high + margin).max(0.0) as usize + 1).min(end)
        };
        let height = self.pixels.len() / self.width.max(1);
        let columns = range(&mut spots.iter().map(|spot| spot.0), self.width);
        let rows = range(&mut spots.iter().map(|spot| spot.1), height);
        for row in rows {
            let line = self.pixels.iter_mut().skip(row * self.width + columns.start).take(columns.len());
            for (column, pixel) in columns.clone().zip(line) {
                let inside = 0.5 - distance((column as f64 + 0.5, row as f64 + 0.5));
                let strength = (inside.clamp(0.0, 1.0) * f64::from(STRENGTHS) + 0.5) as u8;
                if strength > 0 {
                    *pixel = (*pixel).max(ink * STRENGTHS + strength);
                }
            }
        }
    }

    pub fn pixels(&self) -> impl Iterator<Item = &[u8]> {
        self.pixels.chunks(self.width.max(1))
    }

    /// The colours that pixels stand for.
    pub fn palette(&self, paper: Rgb, inks: &[Rgb]) -> Vec<Rgb> {
        let mixed = |ink: Rgb, strength: u8| {
            let mut mixed = paper;
            for (of_paper, of_ink) in mixed.iter_mut().zip(ink) {
                let (paper, ink, all) = (u32::from(*of_paper), u32::from(of_ink), u32::from(STRENGTHS));
                let strength = u32::from(strength);
                *of_paper = ((paper * (all - strength) + ink * strength + all / 2) / all) as u8;
            }
            mixed
        };
        let strengths = inks.iter().flat_map(|ink| (1..=STRENGTHS).map(|strength| mixed(*ink, strength)));
        std::iter::once(paper).chain(strengths).take(256).collect()
    }
}

/// How far a spot is from the edge of the area between these corners; below zero inside.
fn to_edge(spot: Spot, corners: &[Spot]) -> f64 {
    let closing = corners.last().copied().zip(corners.first().copied());
    let edges = || segments(corners).chain(closing);
    let nearest = edges().map(|(a, b)| to_segment(spot, a, b)).fold(f64::MAX, f64::min);
    let (x, y) = spot;
    let crossed =
        edges().filter(|(a, b)| (a.1 > y) != (b.1 > y) && x < a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0)).count();
    if crossed % 2 == 1 { -nearest } else { nearest }
}

fn segments(spots: &[Spot]) -> impl Iterator<Item = (Spot, Spot)> {
    spots.iter().copied().zip(spots.iter().copied().skip(1))
}

fn to_segment((x, y): Spot, (ax, ay): Spot, (bx, by): Spot) -> f64 {
    let (dx, dy) = (bx - ax, by - ay);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 { (((x - ax) * dx + (y - ay) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    let (ox, oy) = (x - ax - along * dx, y - ay - along * dy);
    (ox * ox + oy * oy).sqrt()
}
