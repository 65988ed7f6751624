//! The small line of a table row: no text, the last point marked, gaps as gaps.

use plotters::element::PathElement;

use super::SparkChart;
use super::backend::{Ink, plot};
use super::plane::Plane;
use super::scale::{Axis, LARGEST};
use super::svg::{Setting, Svg};

const SIZE: (i32, i32) = (960, 240);
const MARGIN: i32 = 40;

pub(crate) fn draw(chart: &SparkChart, setting: Setting<'_>) -> String {
    let mut svg = Svg::open("spark", SIZE, &chart.caption, setting);
    let runs = runs(chart);
    let figures: Vec<f64> = runs.iter().flatten().map(|(_, value)| *value).collect();
    let years = chart.values.iter().map(|(year, _)| *year);
    let x = match (years.clone().min(), years.max()) {
        (Some(first), Some(last)) => Axis::of_years(first, last),
        _ => Axis::of_years(0, 0),
    };
    let plane = Plane {
        size: SIZE,
        left: MARGIN,
        right: SIZE.0 - MARGIN,
        top: MARGIN,
        bottom: SIZE.1 - MARGIN,
        x,
        y: Axis::of_extent(&figures),
    };
    // With this backend plotters has no reason to fail; if it found one, what is drawn so far would stand.
    let _ = plot(&mut svg, &plane, |plot| {
        let lines = runs.iter().filter(|run| run.len() > 1);
        plot.draw_series(lines.map(|run| PathElement::new(run.clone(), Ink::Line)))?;
        Ok(())
    });
    // A figure between two gaps has no line: it would not be seen without a point of its own.
    for run in runs.iter().filter(|run| run.len() == 1) {
        run.iter().for_each(|&(year, value)| dot(&mut svg, "hc-dot", plane.at(year, value), 18));
    }
    if let Some(&(year, value)) = runs.last().and_then(|run| run.last()) {
        dot(&mut svg, "hc-dot", plane.at(year, value), 30);
    }
    svg.close()
}

fn dot(svg: &mut Svg, class: &str, (x, y): (i32, i32), radius: i32) {
    svg.push("<circle");
    svg.attribute("class", class);
    svg.length("cx", x);
    svg.length("cy", y);
    svg.length("r", radius);
    svg.push("/>");
}

/// The figures between gaps. A year that is not given at all is a gap as well.
fn runs(chart: &SparkChart) -> Vec<Vec<(f64, f64)>> {
    let mut runs: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut before: Option<i32> = None;
    for &(year, value) in &chart.values {
        let Some(value) = value.filter(|value| value.abs() <= LARGEST) else {
            before = None;
            continue;
        };
        let (point, broken) = ((f64::from(year), value), chart.breaks.contains(&year));
        match runs.last_mut() {
            Some(run) if before.is_some_and(|before| before.checked_add(1) == Some(year)) && !broken => run.push(point),
            _ => runs.push(vec![point]),
        }
        before = Some(year);
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_in_a_spark_is_a_gap_and_not_zero() {
        let values =
            vec![(2020, Some(5.0)), (2021, Some(6.0)), (2022, None), (2024, Some(9.0)), (2025, Some(f64::NAN))];
        let chart = SparkChart { values, ..SparkChart::default() };
        assert_eq!(runs(&chart), [vec![(2020.0, 5.0), (2021.0, 6.0)], vec![(2024.0, 9.0)]]);
        let svg = draw(&chart, Setting::Page);
        assert_eq!(svg.matches("class=\"hc-line\"").count(), 1);
        assert!(!svg.contains("NaN"));
    }

    #[test]
    fn a_break_ends_the_line_of_a_spark_too() {
        let values = vec![(2020, Some(5.0)), (2021, Some(6.0)), (2022, Some(1.0)), (2023, Some(2.0))];
        let chart = SparkChart { values, breaks: vec![2022], ..SparkChart::default() };
        assert_eq!(runs(&chart), [vec![(2020.0, 5.0), (2021.0, 6.0)], vec![(2022.0, 1.0), (2023.0, 2.0)]]);
    }

    #[test]
    fn a_spark_has_no_text_and_still_says_what_it_is() {
        let chart = SparkChart {
            caption: super::super::Caption {
                id: "s1".into(),
                title: "交流人数".into(),
                desc: "増加".into(),
                language: "ja".into(),
            },
            values: vec![(2024, Some(628.0))],
            breaks: Vec::new(),
        };
        let svg = draw(&chart, Setting::Page);
        assert!(!svg.contains("<text"));
        assert!(svg.contains("<title id=\"s1-title\">交流人数</title><desc id=\"s1-desc\">増加</desc>"));
        assert!(svg.contains("<circle"));
    }
}
