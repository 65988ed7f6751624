//! The lines of a progress chart, in years and figures. A line is drawn only between figures of years that follow each
//! other: never through a gap, over a break, through a bound or a range, or over a year of which nothing is known,
//! whether the axis names it or not.

use super::marks::figures;
use super::{ChartPoint, PointMark, ProgressChart, TargetStep};

/// Runs of actuals that may be joined by a line.
pub(crate) fn runs(chart: &ProgressChart) -> Vec<Vec<(f64, f64)>> {
    let mut runs: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut before: Option<i32> = None;
    for point in &chart.actuals {
        let Some(figure) = plain_figure(point) else {
            before = None;
            continue;
        };
        match runs.last_mut() {
            Some(run) if before.is_some_and(|before| follows(chart, before, point.year)) => run.push(figure),
            _ => runs.push(vec![figure]),
        }
        before = Some(point.year);
    }
    runs
}

/// From the baseline to the first actual, where that is the figure of the next year.
pub(crate) fn from_baseline(chart: &ProgressChart) -> Vec<(f64, f64)> {
    let ends = chart.baseline.as_ref().zip(chart.actuals.first());
    ends.filter(|(baseline, first)| follows(chart, baseline.year, first.year))
        .and_then(|(baseline, first)| Some(vec![plain_figure(baseline)?, plain_figure(first)?]))
        .unwrap_or_default()
}

/// The level aimed at: each target holds back to the one before, the first to the left edge of the plot. One that was
/// changed on this way holds back to the change, and what it was before from there on.
pub(crate) fn goals(targets: &[ChartPoint], steps: &[TargetStep], left: f64) -> Vec<Vec<(f64, f64)>> {
    let mut goals: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut from = Some(left);
    for target in targets {
        let year = f64::from(target.year);
        let Some((level, _)) = figures(&target.mark).filter(|(low, high)| low == high) else {
            from = None;
            continue;
        };
        let mut begin = from.unwrap_or(year);
        let mut line = Vec::new();
        for step in steps.iter().filter(|step| step.year == target.year) {
            let until = step.at.min(year);
            if begin < until {
                line.extend([(begin, step.before), (until, step.before)]);
                begin = until;
            }
        }
        line.extend([(begin, level), (year, level)]);
        match (from, goals.last_mut()) {
            (Some(_), Some(goal)) => goal.append(&mut line),
            _ => goals.push(line),
        }
        from = Some(year);
    }
    goals
}

/// The figure of a point that is exactly one number.
fn plain_figure(point: &ChartPoint) -> Option<(f64, f64)> {
    let PointMark::Value { value, .. } = point.mark else { return None };
    figures(&point.mark).map(|_| (f64::from(point.year), value))
}

fn follows(chart: &ProgressChart, before: i32, year: i32) -> bool {
    before.checked_add(1) == Some(year) && !chart.events.breaks.iter().any(|of| of.year == year)
}

#[cfg(test)]
mod tests {
    use super::super::{Certainty, Events, SeriesBreak};
    use super::*;

    fn value(year: i32, value: f64) -> ChartPoint {
        point(year, PointMark::Value { value, certainty: Certainty::Final })
    }

    fn point(year: i32, mark: PointMark) -> ChartPoint {
        ChartPoint { year, mark, label: "".into(), hint: "".into(), address: String::new() }
    }

    fn chart(actuals: Vec<ChartPoint>) -> ProgressChart {
        let years = (2020..=2027).map(|year| (year, year.to_string())).collect();
        ProgressChart { years, actuals, ..ProgressChart::default() }
    }

    fn broken(year: i32) -> SeriesBreak {
        SeriesBreak { year, hint: "".into(), address: String::new() }
    }

    fn years(lines: &[Vec<(f64, f64)>]) -> Vec<Vec<f64>> {
        lines.iter().map(|line| line.iter().map(|(year, _)| *year).collect()).collect()
    }

    #[test]
    fn a_line_is_never_drawn_through_a_gap() {
        let chart = chart(vec![value(2020, 1.0), value(2021, 2.0), point(2022, PointMark::Gap), value(2023, 4.0)]);
        assert_eq!(years(&runs(&chart)), [vec![2020.0, 2021.0], vec![2023.0]]);
    }

    #[test]
    fn a_line_is_never_drawn_over_a_year_of_which_nothing_is_known() {
        let chart = chart(vec![value(2020, 1.0), value(2022, 2.0)]);
        assert_eq!(years(&runs(&chart)), [vec![2020.0], vec![2022.0]]);
    }

    #[test]
    fn a_break_ends_the_line_before_its_year() {
        let chart = ProgressChart {
            events: Box::new(Events { breaks: vec![broken(2022)], ..Events::default() }),
            ..chart(vec![value(2021, 1.0), value(2022, 2.0), value(2023, 3.0)])
        };
        assert_eq!(years(&runs(&chart)), [vec![2021.0], vec![2022.0, 2023.0]]);
    }

    #[test]
    fn a_bound_is_no_figure_to_draw_a_line_to() {
        let chart = chart(vec![value(2020, 1.0), point(2021, PointMark::AtLeast(3.0)), value(2022, 2.0)]);
        assert_eq!(years(&runs(&chart)), [vec![2020.0], vec![2022.0]]);
    }

    #[test]
    fn a_long_axis_that_names_few_years_joins_no_more_than_a_short_one() {
        let years = [2000, 2010, 2020].map(|year| (year, year.to_string())).to_vec();
        let chart = ProgressChart { years, ..chart(vec![value(2000, 1.0), value(2010, 2.0), value(2011, 3.0)]) };
        assert_eq!(self::years(&runs(&chart)), [vec![2000.0], vec![2010.0, 2011.0]]);
    }

    #[test]
    fn the_first_actual_is_joined_to_the_baseline_of_the_year_before_unless_there_is_a_break() {
        let mut chart = ProgressChart { baseline: Some(value(2020, 1.0)), ..chart(vec![value(2021, 2.0)]) };
        assert_eq!(from_baseline(&chart).len(), 2);
        chart.events.breaks = vec![broken(2021)];
        assert!(from_baseline(&chart).is_empty());
    }

    #[test]
    fn no_line_leads_from_the_baseline_over_years_of_which_nothing_is_known() {
        let mut chart = ProgressChart { baseline: Some(value(2018, 1.0)), ..chart(vec![value(2021, 2.0)]) };
        assert!(from_baseline(&chart).is_empty());
        chart.years = vec![(2018, "計画策定時".into()), (2021, "2021".into())];
        assert!(from_baseline(&chart).is_empty(), "also where the axis leaves them out");
        chart.actuals.insert(0, point(2019, PointMark::Gap));
        assert!(from_baseline(&chart).is_empty());
    }

    #[test]
    fn the_goal_steps_from_target_to_target_and_stops_at_one_in_words() {
        let targets = [value(2021, 5.0), value(2023, 8.0), point(2024, PointMark::Gap), value(2025, 9.0)];
        let expected =
            [vec![(2019.5, 5.0), (2021.0, 5.0), (2021.0, 8.0), (2023.0, 8.0)], vec![(2025.0, 9.0), (2025.0, 9.0)]];
        assert_eq!(goals(&targets, &[], 2019.5), expected);
    }

    fn step(year: i32, at: f64, before: f64) -> TargetStep {
        TargetStep { year, at, before, after: 0.0, label: "".into(), hint: "".into(), address: String::new() }
    }

    #[test]
    fn a_changed_target_is_aimed_at_as_it_was_until_it_was_changed() {
        let targets = [value(2023, 860.0), value(2027, 770.0)];
        let steps = [step(2027, 2024.5, 800.0), step(2027, 2025.5, 790.0)];
        let line = [
            (2019.5, 860.0),
            (2023.0, 860.0),
            (2023.0, 800.0),
            (2024.5, 800.0),
            (2024.5, 790.0),
            (2025.5, 790.0),
            (2025.5, 770.0),
            (2027.0, 770.0),
        ];
        assert_eq!(goals(&targets, &steps, 2019.5), [line]);
    }

    #[test]
    fn a_change_before_the_way_to_its_target_began_leaves_no_step_and_one_after_its_year_stands_at_the_target() {
        let targets = [value(2023, 8.0), value(2025, 9.0)];
        let steps = [step(2025, 2022.0, 7.0)];
        assert_eq!(goals(&targets, &steps, 2020.0), goals(&targets, &[], 2020.0));
        let late = goals(&targets, &[step(2023, 2023.4, 5.0)], 2020.0);
        assert_eq!(late, [[(2020.0, 5.0), (2023.0, 5.0), (2023.0, 8.0), (2023.0, 8.0), (2023.0, 9.0), (2025.0, 9.0)]]);
    }
}
