//! A plot's rectangle within the picture and its two axes: from figures to spots, as plotters does it.

use plotters::coord::ranged1d::Ranged;

use super::scale::Axis;
use super::svg::Spot;

/// Where a plot lies. Lengths are in tenths of a unit.
#[derive(Clone, Debug)]
pub(crate) struct Plane {
    /// Of the whole picture.
    pub(crate) size: Spot,
    pub(crate) left: i32,
    pub(crate) right: i32,
    pub(crate) top: i32,
    pub(crate) bottom: i32,
    pub(crate) x: Axis,
    pub(crate) y: Axis,
}

impl Plane {
    /// Where plotters draws this pair of figures.
    pub(crate) fn at(&self, x: f64, y: f64) -> Spot {
        (self.x_of(x), self.y.map(&y, (self.bottom, self.top)))
    }

    pub(crate) fn x_of(&self, x: f64) -> i32 {
        self.x.map(&x, (self.left, self.right))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Caption;
    use super::super::backend::plot;
    use super::super::svg::{Setting, Svg};
    use super::*;

    #[test]
    fn labels_and_plotters_agree_where_a_figure_lies() {
        let plane = Plane {
            size: (4000, 2000),
            left: 333,
            right: 3921,
            top: 207,
            bottom: 1707,
            x: Axis::of_years(2014, 2025),
            y: Axis::of_levels(&[446.0, 628.0, 1046.0]),
        };
        let mut svg = Svg::open("progress", plane.size, &Caption::default(), Setting::Page);
        let mut theirs = Vec::new();
        let figures = [(2014.0, 446.0), (2019.5, 628.3), (2025.5, 1046.0), (2013.5, plane.y.low)];
        let drawn = plot(&mut svg, &plane, |plot| {
            theirs.extend(figures.iter().map(|figure| plot.backend_coord(figure)));
            Ok(())
        });
        assert!(drawn.is_ok());
        assert_eq!(theirs, figures.map(|(x, y)| plane.at(x, y)));
        assert_eq!(theirs.last(), Some(&(333, 1707)));
    }
}
