//! Charts: plain numbers and words in, SVG out. The same bytes on every machine: no font of the machine is measured,
//! no machine decides a digit.
//!
//! This room knows no model, no theme and no language: callers give years as integers, figures as numbers with their
//! labels already printed, and every word that shows. Legends and titles belong into the page around a chart.
//!
//! # For themes
//!
//! Every chart is an `<svg>` of the class `hc` with `viewBox` and without a size; [`stylesheet`] holds its rules. A chart
//! with text is 400 units wide with text of 13 units, so it can be read from 320 px on. Change the variables, then the
//! rules; leave the size of text alone, labels are placed by it. The overview is a list of HTML with an `<svg>` for each
//! mark: its text and its measures are the theme's.
//!
//! | class | what it is |
//! |---|---|
//! | `hc-progress`, `hc-spark`, `hc-expenditure`, `hc-quarters` | the kind of chart, beside `hc` |
//! | `hc-mesh`, `hc-zero` | lines of round figures, the line of zero |
//! | `hc-ticks`, `hc-years`, `hc-labels`, `hc-legend` | groups of texts: figures of the axis and unit, years, figures of marks, kinds of bars |
//! | `hc-of-latest`, `hc-of-baseline`, `hc-of-target`, `hc-of-gap` | a label by what it names; the latest figure stands out |
//! | `hc-middle`, `hc-corners` | the lines that cut a plot into quarters, what each of these means |
//! | `hc-line`, `hc-from-baseline` | actuals of years that follow each other joined, the baseline joined to the next year's |
//! | `hc-goal`, `hc-expected` | the level aimed at in steps, the expected line |
//! | `hc-break`, `hc-strokes` | where a series is broken: the year's line, the double stroke with its title |
//! | `hc-change` | the arrow of a target that was changed, from the level before to the one behind |
//! | `hc-revised`, `hc-was` | the ring around a point that was published with another figure; the figure then, with its line |
//! | `hc-actual`, `hc-baseline`, `hc-target` | marks: circle, square, diamond; with `data-address` |
//! | `hc-open` | beside one of these or `hc-bar`: not final |
//! | `hc-stem`, `hc-lead` | arrows of bounds and caps of ranges; from a mark to a label that stands apart |
//! | `hc-gap` | a year without a figure: its symbol below the plot |
//! | `hc-dot` | points of a spark |
//! | `hc-bar` with `hc-settled`, `hc-budgeted`, `hc-personnel`, … | a bar by its kind |
//! | `hc-overview`, `hc-row`, `hc-name`, `hc-cost`, `hc-marks` | the list of the overview; a row of it, its name, its cost, the list of its marks |
//! | `hc-achieved`, `hc-on-track`, `hc-nearly`, `hc-behind`, `hc-worse-than-baseline`, `hc-undecided` | marks by verdict: ● ▲ ◆ ▼ ✕ ― |
//!
//! Variables: `--hyoka-paper`, `--hyoka-text`, `--hyoka-text-quiet`, `--hyoka-mesh`, `--hyoka-zero`;
//! `--hyoka-actual` (with the baseline), `--hyoka-target`, `--hyoka-goal`, `--hyoka-expected`; `--hyoka-settled`,
//! `--hyoka-budgeted`; `--hyoka-achieved`, `--hyoka-on-track`, `--hyoka-nearly`, `--hyoka-behind`,
//! `--hyoka-worse-than-baseline`, `--hyoka-undecided`. Each has a value for light, dark (`prefers-color-scheme`, on
//! screens only) and forced colours. A theme without a dark scheme sets `--hyoka-*` on `.hc`, which wins over `:root`.

mod backend;
pub mod card;
mod events;
mod expenditure;
mod frame;
mod labels;
mod lines;
mod marks;
mod overview;
mod place;
mod plane;
mod progress;
mod quarters;
mod scale;
mod spark;
mod style;
mod svg;
mod text;
mod years;

#[cfg(test)]
mod tests;

use std::ops::Deref;

use svg::Setting;

/// A picture of any kind. The overview is none: it is a list ([`OverviewChart::html`]).
#[derive(Clone, Debug, PartialEq)]
pub enum Chart {
    Progress(ProgressChart),
    Spark(SparkChart),
    Expenditure(ExpenditureChart),
}

/// Words in a picture. They cannot have parts in several languages: where two meet, they are said to be in the one that a
/// voice for the picture's language could not read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    pub text: Box<str>,
    /// BCP 47 code; empty where it is the picture's.
    pub language: Box<str>,
}

impl Deref for Said {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl From<&str> for Said {
    fn from(text: &str) -> Self {
        Self { text: text.into(), language: Box::default() }
    }
}

impl From<String> for Said {
    fn from(text: String) -> Self {
        Self { text: text.into(), language: Box::default() }
    }
}

/// What every chart says about itself to those who do not see it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Caption {
    /// Unique on the page; ids inside the SVG begin with it.
    pub id: String,
    pub title: Said,
    pub desc: Said,
    /// BCP 47 code of title, desc and labels, where they do not say another.
    pub language: String,
}

/// An indicator's progress: actuals by year, baseline, every target, the expected line, gaps with their symbol.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProgressChart {
    pub caption: Caption,
    /// The positions along the axis, ascending: year and its printed label.
    pub years: Vec<(i32, String)>,
    pub baseline: Option<ChartPoint>,
    /// Ascending by year.
    pub actuals: Vec<ChartPoint>,
    pub targets: Vec<ChartPoint>,
    /// The expected line, ascending by year.
    pub expected: Vec<(i32, f64)>,
    /// Boxed: few series have any.
    pub events: Box<Events>,
    /// Printed at the axis (人).
    pub unit: Said,
}

/// What happened to a series on its way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Events {
    pub breaks: Vec<SeriesBreak>,
    /// Ascending by year of the target, then by place on the axis.
    pub target_steps: Vec<TargetStep>,
    pub revised: Vec<RevisedPoint>,
}

/// No line is drawn from the year before to this year.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesBreak {
    pub year: i32,
    pub hint: Said,
    pub address: String,
}

/// A target that was changed: until then the level aimed at was another.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetStep {
    /// The year of the target.
    pub year: i32,
    /// When it was changed, on the axis of years: a year lies half before and half behind its own place.
    pub at: f64,
    pub before: f64,
    pub after: f64,
    pub label: Said,
    pub hint: Said,
    pub address: String,
}

/// A point that was published with another figure.
#[derive(Clone, Debug, PartialEq)]
pub struct RevisedPoint {
    /// Of the point.
    pub address: String,
    /// The figure then, where it can be drawn.
    pub before: Option<f64>,
}

/// A point of a chart with its printed label.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartPoint {
    pub year: i32,
    pub mark: PointMark,
    /// With unit, as a reader sees it: `628人`, `40%以上`.
    pub label: Said,
    /// A sentence for pointing at the mark: `2024（令和6）年度 実績 628人`.
    pub hint: Said,
    /// The structural address of the figure (`2024/industry#exchange/actuals/2024`), put into `data-address`.
    pub address: String,
}

#[derive(Clone, Debug, PartialEq)]
pub enum PointMark {
    Value {
        value: f64,
        certainty: Certainty,
    },
    /// Open upwards (`40以上`).
    AtLeast(f64),
    /// Open downwards (`60以下`).
    AtMost(f64),
    Range {
        low: f64,
        high: f64,
    },
    /// Nothing to draw: the label is the symbol (`…`, `―`, `x`).
    Gap,
}

/// Final figures are filled; all others (provisional, estimate, forecast) are hatched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Certainty {
    #[default]
    Final,
    NotFinal,
}

/// A small line for a table row. `None` is a gap.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SparkChart {
    pub caption: Caption,
    pub values: Vec<(i32, Option<f64>)>,
    /// No line is drawn from the year before to one of these.
    pub breaks: Vec<i32>,
}

/// Amounts by year: bars.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExpenditureChart {
    pub caption: Caption,
    pub years: Vec<(i32, String)>,
    /// One per kind (決算額, 予算額), each with its printed name.
    pub kinds: Vec<ExpenditureBars>,
    pub unit: String,
    /// Amounts that were published otherwise.
    pub revised: Vec<RevisedPoint>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ExpenditureBars {
    /// Stable name for the CSS class (`settled`, `budgeted`).
    pub kind: String,
    pub name: String,
    pub points: Vec<ChartPoint>,
}

/// Things at two figures each, every one a link. Two lines cut the plot into quarters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QuarterChart {
    pub caption: Caption,
    pub x: QuarterAxis,
    pub y: QuarterAxis,
    /// What the quarters mean: above left and right, below left and right.
    pub corners: [String; 4],
    pub marks: Vec<QuarterMark>,
}

/// An axis from `low` to `high`, which differ. Marks beyond stand at its end.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QuarterAxis {
    /// What is measured, with its unit.
    pub name: String,
    pub low: f64,
    pub high: f64,
    /// Where the plot is cut.
    pub middle: f64,
    /// Round figures with how they are printed.
    pub ticks: Vec<(f64, String)>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct QuarterMark {
    pub x: f64,
    pub y: f64,
    pub shape: MarkShape,
    /// Where the mark leads.
    pub href: String,
    /// Written beside the mark where there is room.
    pub name: Said,
    /// Its name and its figures.
    pub hint: Said,
}

/// Areas as rows, every series a mark by verdict (shape and colour), a row's end showing its cost.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OverviewChart {
    /// Names the list to those who do not see the page around it.
    pub title: String,
    pub rows: Vec<OverviewRow>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct OverviewRow {
    pub name: Said,
    /// Where the name leads; empty for nowhere.
    pub href: String,
    pub marks: Vec<OverviewMark>,
    /// Printed cost of the row (15億8,751万円), or empty.
    pub cost: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct OverviewMark {
    pub shape: MarkShape,
    /// Where the mark leads.
    pub href: String,
    /// 知的対流を通じた交流人数：計画どおり.
    pub hint: Said,
    /// Printed beside the shape where the mark stands for several (412); else empty.
    pub count: String,
}

/// The shapes of verdicts: ● achieved, ▲ on the way, ◆ nearly, ▼ behind, ✕-like for worse than at the start, ― undecided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkShape {
    Achieved,
    OnTrack,
    Nearly,
    Behind,
    WorseThanBaseline,
    Undecided,
}

impl Chart {
    /// The chart as one `<svg>` element, without XML declaration, for a page that has [`stylesheet`].
    pub fn svg(&self) -> String {
        self.draw(Setting::Page)
    }

    /// The chart as a file of its own: with namespace and size, and with the rules of a style sheet, which are
    /// [`stylesheet`] or a theme's in its place.
    pub fn svg_file(&self, stylesheet: &str) -> String {
        self.draw(Setting::File(stylesheet))
    }

    fn draw(&self, setting: Setting<'_>) -> String {
        match self {
            Self::Progress(chart) => progress::draw(chart, setting),
            Self::Spark(chart) => spark::draw(chart, setting),
            Self::Expenditure(chart) => expenditure::draw(chart, setting),
        }
    }
}

/// The rules that a page with charts needs in its style sheet.
pub fn stylesheet() -> &'static str {
    style::STYLESHEET
}
