//! The bridge to plotters: a drawing backend that writes SVG elements with classes instead of colours.
//!
//! plotters counts in whole pixels; a pixel here is a tenth of a unit, so positions keep one decimal. plotters knows only
//! colours; a colour here is the number of an [`Ink`], which becomes a CSS class.

use std::convert::Infallible;

use plotters::coord::cartesian::Cartesian2d;
use plotters::prelude::{ChartBuilder, ChartContext, Color, IntoDrawingArea};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind};

use super::plane::Plane;
use super::scale::Axis;
use super::svg::Svg;

/// The coordinate system of a chart, as plotters holds it.
pub(crate) type Plot<'a> = ChartContext<'a, Pen<'a>, Cartesian2d<Axis, Axis>>;

/// Why a plot could not be drawn. With this backend plotters has no reason to fail.
pub(crate) type PlotError = plotters::drawing::DrawingAreaErrorKind<Infallible>;

/// What a line or bar is; the theme decides how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    Zero,
    Goal,
    Expected,
    FromBaseline,
    Line,
    Break,
}

impl Ink {
    const ALL: [Self; 6] = [Self::Zero, Self::Goal, Self::Expected, Self::FromBaseline, Self::Line, Self::Break];

    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Zero => "hc-zero",
            Self::Goal => "hc-goal",
            Self::Expected => "hc-expected",
            Self::FromBaseline => "hc-from-baseline",
            Self::Line => "hc-line",
            Self::Break => "hc-break",
        }
    }

    fn of(color: BackendColor) -> Self {
        Self::ALL.get(usize::from(color.rgb.2)).copied().unwrap_or(Self::Zero)
    }
}

impl Color for Ink {
    fn to_backend_color(&self) -> BackendColor {
        BackendColor { alpha: 1.0, rgb: (0, 0, *self as u8) }
    }
}

/// Draws on the plot area of `plane` in its coordinate system.
pub(crate) fn plot<'a>(
    svg: &'a mut Svg,
    plane: &Plane,
    draw: impl FnOnce(&mut Plot<'a>) -> Result<(), PlotError>,
) -> Result<(), PlotError> {
    let (width, height) = plane.size;
    let area = Pen { svg, size: (width.unsigned_abs(), height.unsigned_abs()) }.into_drawing_area();
    let mut chart = ChartBuilder::on(&area)
        .margin_left(plane.left)
        .margin_top(plane.top)
        // plotters takes one pixel off the far ends of its range.
        .margin_right(width - plane.right - 1)
        .margin_bottom(height - plane.bottom - 1)
        .build_cartesian_2d(plane.x.clone(), plane.y.clone())?;
    draw(&mut chart)
}

/// Writes what plotters draws as SVG.
#[derive(Debug)]
pub(crate) struct Pen<'a> {
    svg: &'a mut Svg,
    size: (u32, u32),
}

impl Pen<'_> {
    /// For elements that draw more than plotters has words for: a mark with its title and address.
    pub(crate) fn svg(&mut self) -> &mut Svg {
        self.svg
    }

    fn element(&mut self, name: &str, ink: Ink) {
        self.svg.push("<");
        self.svg.push(name);
        self.svg.attribute("class", ink.class());
    }
}

impl DrawingBackend for Pen<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }

    fn present(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, color: BackendColor) -> Result<(), DrawingErrorKind<Infallible>> {
        self.draw_rect(at, at, &color, true)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        self.element("path", Ink::of(style.color()));
        self.svg.push(" d=\"");
        self.svg.path_data(path);
        self.svg.push("\"/>");
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        _fill: bool,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        self.element("rect", Ink::of(style.color()));
        self.svg.length("x", upper_left.0);
        self.svg.length("y", upper_left.1);
        self.svg.length("width", bottom_right.0 - upper_left.0);
        self.svg.length("height", bottom_right.1 - upper_left.1);
        self.svg.push("/>");
        Ok(())
    }
}
