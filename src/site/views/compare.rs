//! The policies of an edition beside each other: how far they are against how fast they go, and what the city says of
//! them against what the figures say.

use crate::chart::{Caption, QuarterAxis, QuarterChart, QuarterMark};
use crate::facts::{EditionFacts, PolicySummary};
use crate::model::{RateMethod, Sheet, VerdictName};
use crate::site::print;
use crate::site::route::Target;
use crate::site::views::context::PageContext;
use crate::site::views::marks::{Badge, mark_shape};
use crate::site::views::page::{About, Link, Page, edition_crumb, page, theme_asset};
use crate::site::views::progress::said;
use crate::theme::{Html, Ready, Words};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::Serialize;

/// Fewer policies than this are no picture.
const FEWEST: usize = 3;
/// With more policies than this a mark for each could not be told from others, and lists of names would not be read.
const MOST: usize = 150;
/// With more than this, few names would find room beside their marks.
const MOST_NAMED: usize = 40;
/// Where the quarters meet: a pace as planned, and half of the way.
const MIDDLE_PACE: Decimal = Decimal::ONE;
const MIDDLE_RATE: Decimal = Decimal::from_parts(50, 0, 0, false, 0);

#[derive(Debug, Serialize)]
pub struct CompareView {
    pub language: String,
    pub page: Page,
    pub year: String,
    /// How many policies have both figures.
    pub counted: String,
    pub chart: Option<Html>,
    /// The same with names beside the marks, for a desk and for paper; not with many policies.
    pub wide_chart: Option<Html>,
    /// In the order of reading: ahead and near, ahead and far, behind and near, behind and far.
    pub quarters: Vec<Quarter>,
    /// `ComparedRow`s of the policies that have both figures.
    pub rows: Vec<Ready>,
    pub without: Vec<Without>,
    pub grades: Option<GradeTable>,
    /// Tells the names of marks.
    pub script: Option<String>,
}

/// One quarter of the picture, in words.
#[derive(Debug, Serialize)]
pub struct Quarter {
    pub name: String,
    pub meaning: String,
    pub n: usize,
    /// Empty in a large edition.
    pub policies: Vec<Link>,
}

#[derive(Debug, Serialize)]
pub struct ComparedRow {
    pub policy: Link,
    pub median: Option<Badge>,
    pub rate: Words,
    pub pace: String,
}

/// A policy that has not both figures.
#[derive(Debug, Serialize)]
pub struct Without {
    pub policy: Link,
    pub reason: String,
}

/// Grades as rows, verdicts as columns.
#[derive(Debug, Serialize)]
pub struct GradeTable {
    /// With what nobody could judge at the end, where there is such a policy.
    pub columns: Vec<Badge>,
    pub rows: Vec<GradeRow>,
}

#[derive(Debug, Serialize)]
pub struct GradeRow {
    pub grade: String,
    pub label: Html,
    /// The verdict that the city's legend calls the same; `None` where it says none.
    pub verdict: Option<Badge>,
    pub cells: Vec<GradeCell>,
}

#[derive(Debug, Serialize)]
pub struct GradeCell {
    pub column: Badge,
    pub n: usize,
    pub policies: Vec<Link>,
    /// `agrees`, `apart` (two steps or more), or empty.
    pub kind: &'static str,
}

/// The two figures of a policy.
struct Place<'e> {
    summary: &'e PolicySummary,
    rate: Decimal,
    pace: Decimal,
}

impl Place<'_> {
    fn quarter(&self) -> usize {
        usize::from(self.pace < MIDDLE_PACE) * 2 + usize::from(self.rate < MIDDLE_RATE)
    }
}

/// The page that compares the policies of an edition.
pub fn compare(context: &PageContext<'_>, edition: &EditionFacts) -> CompareView {
    let year = edition.year;
    let short = context.printer().short_year(year);
    let about = About {
        title: context.labels.fill("compare.title", &[("year", &short)]).into(),
        description: context.labels.fill("compare.description", &[("year", &short)]),
        breadcrumbs: vec![edition_crumb(context)],
        maturity: context.maturity_of(edition.policies.iter()),
    };
    let summaries = || edition.policies.iter().map(|summary| &**summary);
    let places: Vec<_> = summaries()
        .filter_map(|summary| Some(Place { summary, rate: summary.median_rate?, pace: summary.median_pace? }))
        .collect();
    let without = summaries().filter_map(|summary| {
        let key = match (summary.median_rate, summary.median_pace) {
            (Some(_), Some(_)) => return None,
            (Some(_), None) => "compare.without-pace",
            (None, Some(_)) => "compare.without-rate",
            (None, None) => "compare.without-both",
        };
        Some(Without { policy: context.policy_link(&summary.sheet), reason: context.word(key).to_owned() })
    });
    let chart = (FEWEST..=MOST).contains(&places.len()).then(|| context.quarter_chart(&places));
    let wide = chart.as_ref().filter(|chart| chart.marks.len() <= MOST_NAMED);
    let (n, all) = (places.len().to_string(), edition.policies.len().to_string());
    CompareView {
        language: context.language.code().to_owned(),
        page: page(context, about),
        year: context.printer().year(year),
        counted: context.labels.fill("compare.counted", &[("n", &n), ("all", &all)]),
        wide_chart: wide.map(|chart| Html::new(&chart.wide_svg())),
        chart: chart.map(|chart| Html::new(&chart.svg())),
        quarters: context.quarters(&places),
        rows: places.iter().map(|place| Ready::new(&context.compared(place))).collect(),
        without: without.collect(),
        grades: context.grade_table(edition),
        script: theme_asset(context, "charts.js"),
    }
}

impl PageContext<'_> {
    fn compared(&self, place: &Place<'_>) -> ComparedRow {
        let Place { summary, rate, pace } = place;
        ComparedRow {
            policy: self.policy_link(&summary.sheet),
            median: summary.median.map(|median| self.badge(median)),
            rate: self.printer().rate(RateMethod::Progress, *rate, &Words::default()),
            pace: self.labels.fill("compare.pace", &[("n", &print::figure(*pace))]),
        }
    }

    fn quarters(&self, places: &[Place<'_>]) -> Vec<Quarter> {
        let quarter = |(index, (name, meaning)): (usize, (&'static str, &'static str))| {
            let of: Vec<_> = places.iter().filter(|place| place.quarter() == index).collect();
            let named = places.len() <= MOST;
            let policies = of.iter().filter(|_| named).map(|place| self.policy_link(&place.summary.sheet)).collect();
            Quarter { name: self.word(name).to_owned(), meaning: self.word(meaning).to_owned(), n: of.len(), policies }
        };
        [
            ("compare.ahead-near", "compare.ahead-near-about"),
            ("compare.ahead-far", "compare.ahead-far-about"),
            ("compare.behind-near", "compare.behind-near-about"),
            ("compare.behind-far", "compare.behind-far-about"),
        ]
        .into_iter()
        .enumerate()
        .map(quarter)
        .collect()
    }

    fn quarter_chart(&self, places: &[Place<'_>]) -> QuarterChart {
        let number = |decimal: Decimal| decimal.to_f64().unwrap_or_default();
        let marks = places.iter().map(|place| {
            let name = self.words(&place.summary.sheet.name);
            let ComparedRow { rate, pace, .. } = self.compared(place);
            let hint =
                self.labels.fill_words("compare.hint", &[("name", &name), ("rate", &rate), ("pace", &pace.as_str())]);
            QuarterMark {
                x: number(place.pace),
                y: number(place.rate),
                shape: mark_shape(place.summary.median.unwrap_or(VerdictName::Undecided)),
                href: self.policy_href(&place.summary.sheet),
                name: said(&name),
                hint: said(&hint),
            }
        });
        let axis = |name: &'static str, figures: &mut dyn Iterator<Item = Decimal>, steps: Steps| {
            let (low, high) = steps.around(figures);
            let ticks = (low..=high).map(|step| Decimal::from(step) * steps.length);
            QuarterAxis {
                name: self.word(name).to_owned(),
                low: number(Decimal::from(low) * steps.length),
                high: number(Decimal::from(high) * steps.length),
                middle: number(steps.middle),
                ticks: ticks.map(|tick| (number(tick), print::computed(tick))).collect(),
            }
        };
        let desc = self.labels.fill("compare.desc", &[("n", &places.len().to_string())]);
        let corner = |key: &'static str| self.word(key).to_owned();
        QuarterChart {
            caption: Caption {
                id: "compare_chart".to_owned(),
                title: self.word("compare.chart").into(),
                desc: desc.into(),
                language: self.language.code().to_owned(),
            },
            x: axis("compare.axis-pace", &mut places.iter().map(|place| place.pace), Steps::PACE),
            y: axis("compare.axis-rate", &mut places.iter().map(|place| place.rate), Steps::RATE),
            corners: [
                corner("compare.behind-near"),
                corner("compare.ahead-near"),
                corner("compare.behind-far"),
                corner("compare.ahead-far"),
            ],
            marks: marks.collect(),
        }
    }

    /// `None` where no grade that the legend ties to a verdict was given.
    fn grade_table(&self, edition: &EditionFacts) -> Option<GradeTable> {
        let legend = &self.portal.grades;
        let graded: Vec<(usize, VerdictName, &PolicySummary)> = edition
            .policies
            .iter()
            .filter_map(|summary| {
                let place = self.grade_of_year(&summary.sheet)?;
                Some((place, summary.median.unwrap_or(VerdictName::Undecided), &**summary))
            })
            .collect();
        let meant = |place: usize| legend.get(place).and_then(|grade| grade.verdict);
        if graded.iter().all(|(place, ..)| meant(*place).is_none()) {
            return None;
        }
        let is_used = |verdict: &VerdictName| {
            graded.iter().any(|(place, median, _)| median == verdict || meant(*place) == Some(*verdict))
        };
        let columns: Vec<_> = VerdictName::ALL.into_iter().filter(is_used).collect();
        let rows = legend.iter().enumerate().filter(|(place, _)| graded.iter().any(|(of, ..)| of == place));
        let rows = rows.map(|(place, grade)| GradeRow {
            grade: grade.id.to_string(),
            label: self.prose("portal.yaml").inline(&grade.label),
            verdict: grade.verdict.map(|verdict| self.badge(verdict)),
            cells: columns
                .iter()
                .map(|column| {
                    let here = graded.iter().filter(|(of, median, _)| *of == place && median == column);
                    let here: Vec<_> = here.map(|(_, _, summary)| summary).collect();
                    let named = graded.len() <= MOST;
                    GradeCell {
                        column: self.badge(*column),
                        n: here.len(),
                        policies: here.iter().filter(|_| named).map(|of| self.policy_link(&of.sheet)).collect(),
                        kind: agreement(grade.verdict, *column),
                    }
                })
                .collect(),
        });
        Some(GradeTable { rows: rows.collect(), columns: columns.iter().map(|column| self.badge(*column)).collect() })
    }

    /// Where the first grade of the sheet's own year that the legend has stands in it.
    fn grade_of_year(&self, sheet: &Sheet) -> Option<usize> {
        let of_the_year = sheet.grades.iter().filter(|grade| grade.year.is_none_or(|year| year == sheet.year));
        let mut known = of_the_year.filter_map(|grade| {
            let id = grade.grade.as_deref()?;
            self.portal.grades.iter().position(|legend| legend.id.as_ref() == id)
        });
        known.next()
    }

    fn policy_href(&self, sheet: &Sheet) -> String {
        self.links.to(Target::Policy(sheet.year, &sheet.policy))
    }
}

/// Whether what the city says is what the figures say, or two steps from it or more.
fn agreement(grade: Option<VerdictName>, median: VerdictName) -> &'static str {
    match grade {
        Some(VerdictName::Undecided) | None => "",
        Some(_) if median == VerdictName::Undecided => "",
        Some(grade) => match (grade as usize).abs_diff(median as usize) {
            0 => "agrees",
            1 => "",
            _ => "apart",
        },
    }
}

/// How an axis is divided: it holds at least what lies around the middle, and grows to what there is, but not to what
/// would press all others together.
#[derive(Clone, Copy)]
struct Steps {
    length: Decimal,
    middle: Decimal,
    low: [i64; 2],
    high: [i64; 2],
}

impl Steps {
    /// From 0 to 2, at most from −1 to 4.
    const PACE: Self = Self { length: Decimal::ONE, middle: MIDDLE_PACE, low: [-1, 0], high: [2, 4] };
    /// From 0 % to 100 %, at most from −50 % to 150 %.
    const RATE: Self = Self { length: MIDDLE_RATE, middle: MIDDLE_RATE, low: [-1, 0], high: [2, 3] };

    fn around(self, figures: &mut dyn Iterator<Item = Decimal>) -> (i64, i64) {
        let ([lowest, low], [high, highest]) = (self.low, self.high);
        figures.fold((low, high), |(low, high), figure| {
            let steps = figure.checked_div(self.length).unwrap_or_default();
            let (below, above) = (steps.floor().to_i64(), steps.ceil().to_i64());
            (low.min(below.unwrap_or(lowest)).max(lowest), high.max(above.unwrap_or(highest)).min(highest))
        })
    }
}
