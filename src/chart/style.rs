//! The default look of charts.

/// Rules for the classes of all charts, with every colour as a variable: light, dark, print, forced colours.
pub(crate) const STYLESHEET: &str = include_str!("chart.css");
