//! Digits as lines of our own, so that no font of the machine decides a pixel.

use super::canvas::{Canvas, Shape, Spot};

/// A digit begins at a spot and goes on in lines and cubic curves, in a field 60 wide and 100 high.
struct Stroke(Spot, &'static [Way]);

enum Way {
    Line(Spot),
    Curve(Spot, Spot, Spot),
}

use Way::{Curve as C, Line as L};

/// Width of the line and from one digit to the next, in the measure of the field.
const LINE: f64 = 13.0;
const STEP: f64 = 84.0;
/// A curve is drawn as so many straight pieces.
const PIECES: u32 = 16;

const SIX: &[Way] = &[
    C((47.0, 4.0), (40.0, 0.0), (32.0, 0.0)),
    C((12.0, 0.0), (1.0, 20.0), (1.0, 56.0)),
    C((1.0, 84.0), (12.0, 100.0), (31.0, 100.0)),
    C((48.0, 100.0), (60.0, 87.0), (60.0, 69.0)),
    C((60.0, 52.0), (48.0, 40.0), (32.0, 40.0)),
    C((16.0, 40.0), (4.0, 50.0), (1.0, 64.0)),
];

/// 0 to 8; a nine is a six upside down.
const DIGITS: [Stroke; 9] = [
    Stroke(
        (30.0, 0.0),
        &[
            C((50.0, 0.0), (60.0, 20.0), (60.0, 50.0)),
            C((60.0, 80.0), (50.0, 100.0), (30.0, 100.0)),
            C((10.0, 100.0), (0.0, 80.0), (0.0, 50.0)),
            C((0.0, 20.0), (10.0, 0.0), (30.0, 0.0)),
        ],
    ),
    Stroke((10.0, 19.0), &[L((35.0, 0.0)), L((35.0, 100.0))]),
    Stroke(
        (2.0, 26.0),
        &[
            C((3.0, 10.0), (14.0, 0.0), (30.0, 0.0)),
            C((46.0, 0.0), (57.0, 11.0), (57.0, 27.0)),
            C((57.0, 42.0), (47.0, 52.0), (35.0, 64.0)),
            L((0.0, 100.0)),
            L((60.0, 100.0)),
        ],
    ),
    Stroke(
        (3.0, 17.0),
        &[
            C((8.0, 6.0), (18.0, 0.0), (29.0, 0.0)),
            C((45.0, 0.0), (55.0, 10.0), (55.0, 24.0)),
            C((55.0, 38.0), (45.0, 47.0), (28.0, 47.0)),
            C((47.0, 47.0), (59.0, 57.0), (59.0, 73.0)),
            C((59.0, 89.0), (46.0, 100.0), (29.0, 100.0)),
            C((16.0, 100.0), (6.0, 94.0), (1.0, 82.0)),
        ],
    ),
    Stroke((46.0, 100.0), &[L((46.0, 0.0)), L((0.0, 70.0)), L((62.0, 70.0))]),
    Stroke(
        (54.0, 0.0),
        &[
            L((12.0, 0.0)),
            L((7.0, 46.0)),
            C((12.0, 40.0), (20.0, 37.0), (29.0, 37.0)),
            C((47.0, 37.0), (59.0, 49.0), (59.0, 68.0)),
            C((59.0, 87.0), (46.0, 100.0), (28.0, 100.0)),
            C((16.0, 100.0), (6.0, 94.0), (1.0, 84.0)),
        ],
    ),
    Stroke((52.0, 12.0), SIX),
    Stroke((0.0, 0.0), &[L((60.0, 0.0)), L((22.0, 100.0))]),
    Stroke(
        (30.0, 46.0),
        &[
            C((15.0, 46.0), (5.0, 37.0), (5.0, 23.0)),
            C((5.0, 9.0), (15.0, 0.0), (30.0, 0.0)),
            C((45.0, 0.0), (55.0, 9.0), (55.0, 23.0)),
            C((55.0, 37.0), (45.0, 46.0), (30.0, 46.0)),
            C((13.0, 46.0), (0.0, 57.0), (0.0, 73.0)),
            C((0.0, 89.0), (13.0, 100.0), (30.0, 100.0)),
            C((47.0, 100.0), (60.0, 89.0), (60.0, 73.0)),
            C((60.0, 57.0), (47.0, 46.0), (30.0, 46.0)),
        ],
    ),
];

/// How wide a number is, at a height of 1.
pub fn width(text: &str) -> f64 {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    u32::try_from(digits).map_or(0.0, |digits| f64::from(digits) * STEP / 100.0)
}

/// Writes the digits of a text; `at` is the upper left corner of the first.
pub fn write(canvas: &mut Canvas, ink: u8, text: &str, at: Spot, height: f64) {
    // The line's ends stay inside the height.
    let scale = height / (100.0 + LINE);
    let mut left = at.0 + LINE / 2.0 * scale;
    let top = at.1 + LINE / 2.0 * scale;
    for digit in text.bytes().filter(u8::is_ascii_digit) {
        let spots = spots(digit).into_iter().map(|(x, y)| (left + x * scale, top + y * scale)).collect();
        canvas.fill(ink, &Shape::Line { spots, width: LINE * scale });
        left += STEP / 100.0 * height;
    }
}

/// The line of a digit in its field.
fn spots(digit: u8) -> Vec<Spot> {
    if digit == b'9' {
        return spots(b'6').into_iter().map(|(x, y)| (60.0 - x, 100.0 - y)).collect();
    }
    let Some(Stroke(start, ways)) = DIGITS.get(usize::from(digit.saturating_sub(b'0'))) else { return Vec::new() };
    let mut line = vec![*start];
    let mut from = *start;
    for way in *ways {
        match *way {
            L(to) => {
                line.push(to);
                from = to;
            }
            C(a, b, to) => {
                line.extend((1..=PIECES).map(|piece| on_curve(from, a, b, to, f64::from(piece) / f64::from(PIECES))));
                from = to;
            }
        }
    }
    line
}

/// A cubic curve by de Casteljau.
fn on_curve(from: Spot, a: Spot, b: Spot, to: Spot, t: f64) -> Spot {
    let between = |p: Spot, q: Spot| (p.0 + (q.0 - p.0) * t, p.1 + (q.1 - p.1) * t);
    let (first, second, third) = (between(from, a), between(a, b), between(b, to));
    between(between(first, second), between(second, third))
}
