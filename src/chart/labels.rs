//! Which labels a progress chart has, the most important first: where room is short, the last ones are left out.

use super::marks::{Part, figures};
use super::place::Need;
use super::{ChartPoint, ProgressChart, text};

/// A label to be placed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'a> {
    pub(crate) part: Part,
    pub(crate) point: &'a ChartPoint,
    pub(crate) need: Need,
    /// Whether it names the latest actual, the figure that is looked for first.
    pub(crate) latest: bool,
}

/// The latest actual, the last target and the baseline, which are never left out; the first actual; the other targets
/// and the other actuals, late ones first. A target that says the same as the next one is named once.
pub(crate) fn in_order(chart: &ProgressChart) -> Vec<Wanted<'_>> {
    let mut targets = latest_first(Part::Target, &chart.targets);
    targets.dedup_by(|earlier, later| earlier.point.label == later.point.label);
    let mut actuals = latest_first(Part::Actual, &chart.actuals);
    if let Some(latest) = actuals.first_mut() {
        latest.latest = true;
    }
    let first_actual = if actuals.len() > 1 { actuals.pop() } else { None };
    let baseline =
        chart.baseline.iter().map(|point| Wanted { part: Part::Baseline, point, need: Need::Must, latest: false });

    let (mut actuals, mut targets) = (actuals.into_iter(), targets.into_iter());
    let mut wanted: Vec<Wanted<'_>> = actuals.next().into_iter().chain(targets.next()).chain(baseline).collect();
    wanted.extend(first_actual);
    wanted.extend(targets);
    wanted.extend(actuals);
    wanted
}

/// The points that are drawn, the latest first; only that one must have its label.
fn latest_first(part: Part, points: &[ChartPoint]) -> Vec<Wanted<'_>> {
    let drawn = points.iter().rev().filter(|point| figures(&point.mark).is_some());
    let needs = std::iter::once(Need::Must).chain(std::iter::repeat(Need::May));
    drawn.zip(needs).map(|(point, need)| Wanted { part, point, need, latest: false }).collect()
}

/// The label within `room`: without its unit where that makes it fit, else with an ellipsis. A figure is never cut, for
/// `1,58…` would be another figure: one that is wider than the room by itself is rounded, and says so (`≈1.59×10¹⁸`).
pub(crate) fn shortened(label: &str, unit: &str, room: i32) -> String {
    if text::width(label) <= room {
        return label.to_owned();
    }
    if let Some(bare) = label.strip_suffix(unit).map(str::trim_end)
        && !bare.is_empty()
        && text::width(bare) <= room
    {
        return bare.to_owned();
    }
    let after_figure = label.rfind(|char: char| char.is_numeric()).map_or(0, |at| at + char_length(label, at));
    let (figure, rest) = label.split_at(after_figure);
    if text::width(figure) < room {
        return format!("{figure}{}", text::fit(rest, room - text::width(figure)));
    }
    let rounded = in_powers_of_ten(figure);
    match room - text::width(&rounded) {
        left if left > 0 => format!("{rounded}{}", text::fit(rest, left)),
        _ => text::fit(&rounded, room),
    }
}

/// The length in bytes of the character at this byte.
fn char_length(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
}

/// The words with every numeral that has no place in a chart rounded to three digits.
fn in_powers_of_ten(words: &str) -> String {
    /// Up to here a numeral is written out: twelve digits with their commas.
    const WIDEST_NUMERAL: usize = 15;
    let mut rounded = String::new();
    let mut rest = words;
    while let Some(start) = rest.find(|char: char| char.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|char: char| !matches!(char, '0'..='9' | ',' | '.')).unwrap_or(from.len());
        let (numeral, after) = from.split_at(end);
        rounded.push_str(before);
        match numeral.replace(',', "").parse::<f64>() {
            Ok(figure) if numeral.len() > WIDEST_NUMERAL => rounded.push_str(&scientific(figure)),
            _ => rounded.push_str(numeral),
        }
        rest = after;
    }
    rounded.push_str(rest);
    rounded
}

/// `≈1.59×10¹⁸`.
fn scientific(figure: f64) -> String {
    let raised = |char: char| match char {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        // The other raised digits follow one another in Unicode.
        _ => char.to_digit(10).and_then(|digit| char::from_u32(0x2070 + digit)).unwrap_or(char),
    };
    let written = format!("{figure:.2e}");
    let (digits, power) = written.split_once('e').unwrap_or((&written, "0"));
    format!("≈{digits}×10{}", power.chars().map(raised).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::super::progress::WIDEST_LABEL as WIDEST;
    use super::super::{Certainty, PointMark};
    use super::*;

    fn point(year: i32, label: &str) -> ChartPoint {
        let mark = PointMark::Value { value: 1.0, certainty: Certainty::Final };
        ChartPoint { year, mark, label: label.into(), hint: "".into(), address: String::new() }
    }

    #[test]
    fn the_middle_years_are_the_first_to_lose_their_labels() {
        let chart = ProgressChart {
            baseline: Some(point(2018, "0")),
            actuals: vec![point(2019, "1"), point(2020, "2"), point(2021, "3"), point(2022, "4")],
            targets: vec![point(2021, "5"), point(2023, "9")],
            ..ProgressChart::default()
        };
        let order: Vec<&str> = in_order(&chart).iter().map(|wanted| &*wanted.point.label).collect();
        assert_eq!(order, ["4", "9", "0", "1", "5", "3", "2"]);
    }

    #[test]
    fn equal_targets_are_named_once_at_the_last_of_them() {
        let targets = vec![point(2021, "50%"), point(2022, "80%"), point(2023, "80%")];
        let chart = ProgressChart { targets, ..ProgressChart::default() };
        let years: Vec<i32> = in_order(&chart).iter().map(|wanted| wanted.point.year).collect();
        assert_eq!(years, [2023, 2021]);
    }

    #[test]
    fn a_long_unit_is_left_to_the_axis_and_the_figure_stays_whole() {
        let unit = "件（うち新規事業創出件数を含む）";
        assert_eq!(shortened(&format!("1,046{unit}"), unit, 1500), "1,046");
        assert_eq!(shortened("628人", "人", 1500), "628人");
    }

    #[test]
    fn a_figure_of_twelve_digits_keeps_its_unit() {
        assert_eq!(shortened("123,456,789,012百万円", "百万円", WIDEST), "123,456,789,012百万円");
        assert_eq!(shortened("−123,456,789,012円", "円", WIDEST), "−123,456,789,012円");
    }

    #[test]
    fn a_figure_without_room_is_rounded_and_never_cut() {
        assert_eq!(shortened("1,587,511,000,000,000,000千円", "千円", WIDEST), "≈1.59×10¹⁸千円");
        let bound = "9,999,999,999,999,999,999,999,999,999円以上";
        assert_eq!(shortened(bound, "円", WIDEST), "≈1.00×10²⁸円以上");
        assert_eq!(shortened("0.00012345678901234567円", "円", WIDEST), "≈1.23×10⁻⁴円");
        assert_eq!(shortened("中小企業の支援体制を策定", "", 600), "中小企…");
    }
}
