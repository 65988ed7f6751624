//! Axes: from a figure to its place, and round figures to label the axis with.

use std::ops::Range;

use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};

/// The largest figure that is drawn; decimals of 28 digits stay below it.
pub(crate) const LARGEST: f64 = 1e30;

/// One axis of a chart: linear from `low` to `high`, which are finite and differ (only rows of bars count down).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Axis {
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) ticks: Vec<Tick>,
}

/// A round figure on an axis.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tick {
    pub(crate) value: f64,
    /// Exact, digits grouped by three: `1,200`, `−0.25`.
    pub(crate) label: String,
}

impl Axis {
    /// Years, each in a slot of its own: half a slot is free before the first and after the last.
    pub(crate) fn of_years(first: i32, last: i32) -> Self {
        Self { low: f64::from(first) - 0.5, high: f64::from(last) + 0.5, ticks: Vec::new() }
    }

    /// For lines: zooms in on the figures, begins at a round figure, and leaves room above for labels.
    pub(crate) fn of_levels(figures: &[f64]) -> Self {
        let Some((least, most)) = extent(figures) else { return Self::bare() };
        let spread = spread(least, most, figures);
        if least == most && least != 0.0 {
            return Self::with_ticks(least - spread / 2.0, most + spread / 2.0, figures);
        }
        let high = most + spread * if least == most { 1.0 } else { 0.18 };
        let step = Step::between(least, high, figures);
        // The lowest round figure that leaves a little air below the least figure.
        let below = (least / step.value()).floor() * step.value();
        let low = if least - below < spread * 0.06 { below - step.value() } else { below };
        // Figures that begin near zero begin at zero; figures that are never negative show no negative axis.
        let low = if least >= 0.0 && (low < 0.0 || least < most * 0.25) { 0.0 } else { low };
        Self::with_ticks(low, high, figures)
    }

    /// For bars: always holds zero, and nothing beyond the longest bar.
    pub(crate) fn of_amounts(figures: &[f64]) -> Self {
        let (least, most) = extent(figures).unwrap_or((0.0, 0.0));
        let (low, high) = (least.min(0.0), most.max(0.0));
        Self { low, high: if low < high { high } else { 1.0 }, ticks: Vec::new() }
    }

    /// For rows: tenths of a unit from the top of the plot, growing downwards.
    pub(crate) fn downwards(height: i32) -> Self {
        Self { low: f64::from(height), high: 0.0, ticks: Vec::new() }
    }

    /// For a spark: exactly the figures.
    pub(crate) fn of_extent(figures: &[f64]) -> Self {
        match extent(figures) {
            Some((low, high)) if low < high => Self { low, high, ticks: Vec::new() },
            Some((level, _)) => {
                let around = spread(level, level, figures);
                Self { low: level - around, high: level + around, ticks: Vec::new() }
            }
            None => Self::bare(),
        }
    }

    /// An axis that has no figure to show, and so no ticks.
    fn bare() -> Self {
        Self { low: 0.0, high: 1.0, ticks: Vec::new() }
    }

    fn with_ticks(low: f64, high: f64, figures: &[f64]) -> Self {
        Self { low, high, ticks: Step::between(low, high, figures).ticks(low, high) }
    }
}

impl Ranged for Axis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        let share = (value - self.low) / (self.high - self.low);
        let length = f64::from(limit.1) - f64::from(limit.0);
        (f64::from(limit.0) + share * length).round() as i32
    }

    /// The ticks are the bold lines of the mesh; it has no light ones.
    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        if hint.weight().allow_light_points() {
            return Vec::new();
        }
        self.ticks.iter().map(|tick| tick.value).collect()
    }

    fn range(&self) -> Range<f64> {
        self.low..self.high
    }
}

impl ValueFormatter<f64> for Axis {
    fn format(_: &f64) -> String {
        // Labels are placed by us.
        String::new()
    }
}

/// Least and most of the figures that can be drawn.
fn extent(figures: &[f64]) -> Option<(f64, f64)> {
    figures.iter().fold(None, |extent, &figure| match extent {
        None => Some((figure, figure)),
        Some((least, most)) => Some((figure.min(least), figure.max(most))),
    })
}

/// How far the axis reaches; figures that are all equal, or equal to six digits, get some room around them.
fn spread(least: f64, most: f64, figures: &[f64]) -> f64 {
    let size = least.abs().max(most.abs());
    let spread = most - least;
    if spread > size * 1e-6 {
        return spread;
    }
    if size < 1e-9 {
        return 1.0;
    }
    let tenth = size / 10.0;
    if figures.iter().all(|figure| figure.fract() == 0.0) { tenth.max(1.0) } else { tenth }
}

/// The distance of ticks: `mantissa` × ten to the `exponent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Step {
    mantissa: i32,
    exponent: i32,
}

impl Step {
    const MOST_TICKS: f64 = 5.0;

    /// The smallest of 1, 2, 2.5, 5 × 10ⁿ that gives few enough ticks; a whole number where all figures are whole.
    fn between(low: f64, high: f64, figures: &[f64]) -> Self {
        let span = high - low;
        let whole = figures.iter().all(|figure| figure.fract() == 0.0);
        let first = if whole { 0 } else { -10 };
        (first..=31)
            .flat_map(|exponent| [(1, exponent), (2, exponent), (25, exponent - 1), (5, exponent)])
            .map(|(mantissa, exponent)| Self { mantissa, exponent })
            .filter(|step| !whole || step.exponent >= 0)
            .find(|step| span / step.value() <= Self::MOST_TICKS)
            .unwrap_or(Self { mantissa: 1, exponent: 31 })
    }

    fn value(self) -> f64 {
        self.times(1)
    }

    /// `count` steps, correctly rounded as far as powers of ten are exact.
    fn times(self, count: i64) -> f64 {
        let figure = count as f64 * f64::from(self.mantissa);
        let power = (0..self.exponent.abs()).fold(1.0, |power, _| power * 10.0);
        if self.exponent < 0 { figure / power } else { figure * power }
    }

    fn ticks(self, low: f64, high: f64) -> Vec<Tick> {
        let first = (low / self.value()).ceil() as i64;
        (first..first.saturating_add(10))
            .map(|count| Tick { value: self.times(count), label: self.label(count) })
            .take_while(|tick| tick.value <= high)
            .collect()
    }

    fn label(self, count: i64) -> String {
        let figure = i128::from(count) * i128::from(self.mantissa);
        let mut digits = figure.unsigned_abs().to_string();
        let decimals = usize::try_from(-self.exponent).unwrap_or(0);
        if self.exponent > 0 && figure != 0 {
            digits.extend((0..self.exponent).map(|_| '0'));
        }
        let digits = format!("{digits:0>width$}", width = decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        let mut label = String::new();
        if figure < 0 {
            label.push('−');
        }
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                label.push(',');
            }
            label.push(digit);
        }
        if decimals > 0 {
            label.push('.');
            label.push_str(fraction);
        }
        label
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn labels(axis: &Axis) -> Vec<&str> {
        axis.ticks.iter().map(|tick| tick.label.as_str()).collect()
    }

    #[test]
    fn ticks_are_round_and_grouped() {
        assert_eq!(labels(&Axis::of_levels(&[446.0, 628.0, 1046.0])), ["400", "600", "800", "1,000"]);
        assert_eq!(
            labels(&Axis::of_levels(&[12_345_678.0, 23_456_789.0])),
            ["10,000,000", "15,000,000", "20,000,000", "25,000,000"]
        );
    }

    #[test]
    fn decimals_are_exact() {
        let axis = Axis::of_levels(&[0.1, 0.2, 0.3]);
        assert!(labels(&axis).iter().all(|label| label.len() <= 4), "{:?}", labels(&axis));
        assert_eq!(Step { mantissa: 25, exponent: -2 }.label(3), "0.75");
        assert_eq!(Step { mantissa: 5, exponent: -1 }.label(-1), "−0.5");
        assert_eq!(Step { mantissa: 2, exponent: 3 }.label(0), "0");
    }

    #[test]
    fn people_are_not_counted_in_halves() {
        for figures in [&[0.0][..], &[1.0], &[36.0, 36.0], &[1.0, 2.0]] {
            let axis = Axis::of_levels(figures);
            assert!(labels(&axis).iter().all(|label| !label.contains('.')), "{figures:?}: {:?}", labels(&axis));
        }
    }

    #[test]
    fn bars_stand_on_zero() {
        for figures in [&[100.0, 120.0][..], &[-5.0, -3.0], &[0.0], &[-2.0, 9.0]] {
            let axis = Axis::of_amounts(figures);
            assert!(axis.low <= 0.0 && axis.high >= 0.0 && axis.low < axis.high, "{axis:?}");
        }
    }

    #[test]
    fn figures_that_are_never_negative_show_no_negative_axis() {
        assert_eq!(Axis::of_levels(&[1.0, 30.0]).low, 0.0);
        assert_eq!(Axis::of_levels(&[0.0, 0.0]).low, 0.0);
        assert!(Axis::of_levels(&[-3.0, 4.0]).low < -3.0);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_figure_lies_on_its_axis(figures in prop::collection::vec(-LARGEST..LARGEST, 1..6), small in -9.0..9.0f64) {
            for figures in [figures, vec![small], vec![small, small * 1.001]] {
                for axis in [Axis::of_levels(&figures), Axis::of_amounts(&figures), Axis::of_extent(&figures)] {
                    prop_assert!(axis.low < axis.high);
                    for figure in &figures {
                        let at = axis.map(figure, (1000, 0));
                        prop_assert!((0..=1000).contains(&at), "{figure} {axis:?}");
                    }
                    prop_assert!(axis.ticks.len() <= 7);
                    prop_assert!(axis.ticks.windows(2).all(|pair| pair[0].value < pair[1].value));
                }
            }
        }
    }
}
