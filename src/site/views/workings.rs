//! How a figure came about: formulas with the numbers put in, other methods, other starting years.

use crate::facts::{ComputedRate, IndicatorFacts, Rate, RateReason, SeriesFacts, YearFrom};
use crate::model::RateMethod;
use crate::site::print::{self, operand};
use crate::site::views::context::PageContext;
use crate::site::views::figures::missing_key;
use crate::site::views::marks::Badge;
use crate::theme::{Html, Markup, Words};
use serde::Serialize;
use std::cmp::Ordering;

/// What stands behind the disclosure of a series.
#[derive(Debug, Serialize)]
pub struct Workings {
    /// One per year that has a rate: the formula with its numbers.
    pub years: Vec<YearWorking>,
    /// Which year the way from the baseline begins in, where the source does not say.
    pub assumed: Option<Html>,
    /// What each method would print, as rows of a table: method, result; `class="used"` where it is this portal's. Empty
    /// where none gives a rate. What the methods compute stands once in a page ([`Formula`]).
    pub methods: Html,
    /// Starting years that would give another verdict.
    pub baseline_years: Vec<OtherStart>,
}

#[derive(Debug, Serialize)]
pub struct YearWorking {
    pub year: Words,
    pub arithmetic: Words,
}

#[derive(Debug, Serialize)]
pub struct OtherStart {
    pub year: String,
    pub sentence: Html,
    pub badge: Badge,
}

/// The label keys of a method: its name, its formula in words, its formula with places for numbers.
pub(super) const fn method_keys(method: RateMethod) -> (&'static str, &'static str, &'static str) {
    match method {
        RateMethod::Ratio => ("method.ratio.name", "method.ratio.words", "method.ratio.numbers"),
        RateMethod::Progress => ("method.progress.name", "method.progress.words", "method.progress.numbers"),
        RateMethod::Mirror => ("method.mirror.name", "method.mirror.words", "method.mirror.numbers"),
        RateMethod::Inverse => ("method.inverse.name", "method.inverse.words", "method.inverse.numbers"),
        RateMethod::Change => ("method.change.name", "method.change.words", "method.change.numbers"),
        RateMethod::Growth => ("method.growth.name", "method.growth.words", "method.growth.numbers"),
        RateMethod::Difference => ("method.difference.name", "method.difference.words", "method.difference.numbers"),
    }
}

/// A method with its formula in words.
#[derive(Debug, Serialize)]
pub struct Formula {
    pub method: String,
    pub words: String,
}

impl PageContext<'_> {
    /// The methods that workings of a page compare; empty where none does.
    pub(super) fn formulas(&self, indicators: &[IndicatorFacts<'_>]) -> Vec<Formula> {
        let compared = |rate: &Rate| matches!(rate, Rate::Computed(_));
        let mut all = indicators.iter().flat_map(|of| &of.series).map(|series| &series.other_methods);
        let Some(methods) = all.find(|methods| methods.iter().any(|(_, rate)| compared(rate))) else {
            return Vec::new();
        };
        let formula = |method| {
            let (name, words, _) = method_keys(method);
            Formula { method: self.word(name).to_owned(), words: self.word(words).to_owned() }
        };
        methods.iter().map(|(method, _)| formula(*method)).collect()
    }

    /// A rate as it is printed in a table: `30.3%`; for `change` with 増 or 減; without one, why.
    pub(super) fn rate_words(&self, rate: &Rate, unit: &Words) -> Words {
        match rate {
            Rate::Computed(computed) => self.computed_rate(computed, unit),
            Rate::NotComputable(reason) => self.rate_reason(*reason).into(),
        }
    }

    pub(super) fn computed_rate(&self, rate: &ComputedRate, unit: &Words) -> Words {
        // A difference has no more digits than the figures it is made of, whatever a quotient would be rounded to.
        let digits = rate.target.map_or(rate.actual.scale(), |(_, target)| target.scale().max(rate.actual.scale()));
        let value = match rate.method {
            RateMethod::Difference if rate.value.scale() > digits => rate.value.trunc_with_scale(digits),
            _ => rate.value,
        };
        let printed = self.printer().rate(rate.method, value, unit);
        let key = match (rate.method, rate.change_sign) {
            (RateMethod::Change, Ordering::Greater) => "rate.up",
            (RateMethod::Change, Ordering::Less) => "rate.down",
            _ => return printed,
        };
        self.labels.fill_words(key, &[("n", &printed)])
    }

    /// `(628 − 446) ÷ (1,046 − 446) = 30.3%`.
    pub(super) fn arithmetic(&self, rate: &ComputedRate, unit: &Words) -> Words {
        let (_, _, numbers) = method_keys(rate.method);
        // Where a formula begins with it, a negative actual needs no parentheses.
        let actual = match rate.method {
            RateMethod::Mirror | RateMethod::Inverse => operand(rate.actual),
            _ => print::figure(rate.actual),
        };
        let operand_or_nothing = |number: Option<rust_decimal::Decimal>| number.map(operand).unwrap_or_default();
        let formula = self.labels.fill(
            numbers,
            &[
                ("a", &actual),
                ("b", &operand_or_nothing(rate.baseline)),
                ("t", &operand_or_nothing(rate.target.map(|(_, target)| target))),
            ],
        );
        self.labels.fill_words("method.equals", &[("formula", &formula), ("result", &self.computed_rate(rate, unit))])
    }

    fn rate_reason(&self, reason: RateReason) -> &str {
        self.word(match reason {
            RateReason::NonPositiveBase => "no-rate.non-positive-base",
            RateReason::TargetEqualsBaseline => "no-rate.target-equals-baseline",
            RateReason::TargetBehindBaseline => "no-rate.target-behind-baseline",
            RateReason::NoRiseOrFall => "no-rate.no-rise-or-fall",
            RateReason::BeforeStart => "reason.before-start",
            RateReason::ZeroActual => "no-rate.zero-actual",
            RateReason::Missing(reason) => missing_key(reason),
            RateReason::Text => "no-rate.text",
            RateReason::Range => "no-rate.range",
            RateReason::NoTarget => "no-rate.no-target",
            RateReason::NoBaseline => "no-rate.no-baseline",
            RateReason::Context => "no-rate.context",
            RateReason::TooLarge => "no-rate.too-large",
        })
    }

    /// What is behind the disclosure; `None` where nothing was computed.
    pub(super) fn workings(&self, series: &SeriesFacts<'_>, method: RateMethod, unit: &Words) -> Option<Workings> {
        let years: Vec<_> = series
            .rates
            .iter()
            .filter_map(|fact| match &fact.rate {
                Rate::Computed(rate) => Some(YearWorking {
                    year: self.year_among(&series.actuals, fact.year),
                    arithmetic: self.arithmetic(rate, unit),
                }),
                Rate::NotComputable(_) => None,
            })
            .collect();
        let computed = series.other_methods.iter().any(|(_, rate)| matches!(rate, Rate::Computed(_)));
        if years.is_empty() && !computed {
            return None;
        }
        Some(Workings {
            years,
            assumed: self.assumed_year(series),
            methods: if computed { self.other_methods(series, method, unit) } else { Html::default() },
            baseline_years: self.other_starts(series, unit),
        })
    }

    fn other_methods(&self, series: &SeriesFacts<'_>, used: RateMethod, unit: &Words) -> Html {
        let mut rows = Markup::with_capacity(series.other_methods.len() * 96);
        for (method, rate) in &series.other_methods {
            let (name, _, _) = method_keys(*method);
            if *method == used {
                rows.fixed("<tr class=used><th scope=row>").text(self.word(name));
                rows.fixed(" <small>").text(self.word("workings.used")).fixed("</small>");
            } else {
                rows.fixed("<tr><th scope=row>").text(self.word(name));
            }
            let result = self.rate_words(rate, unit);
            rows.fixed("</th><td class=number>");
            match rate {
                Rate::Computed(_) => rows.fixed("<span class=n>").words(&result).fixed("</span>"),
                Rate::NotComputable(_) => rows.words(&result),
            };
            rows.fixed("</td></tr>");
        }
        rows.html()
    }

    fn assumed_year(&self, series: &SeriesFacts<'_>) -> Option<Html> {
        let baseline = series.baseline?;
        let year = self.printer().short_year(baseline.year);
        match baseline.year_from {
            YearFrom::Source => None,
            YearFrom::PlanStart => Some(self.sentence("workings.assumed-plan", &[("year", &year)])),
            YearFrom::FirstSheet => Some(self.sentence("workings.assumed-sheet", &[("year", &year)])),
        }
    }

    fn other_starts(&self, series: &SeriesFacts<'_>, unit: &Words) -> Vec<OtherStart> {
        series
            .other_baseline_years
            .iter()
            .map(|other| {
                let year = self.printer().short_year(other.year);
                let expected = print::with_unit(&print::figure(other.expected), unit);
                let sentence = match other.pace {
                    Some(pace) => self
                        .sentence("workings.other-start", &[("expected", &expected), ("pace", &print::figure(pace))]),
                    None => self.sentence("workings.other-start-no-pace", &[("expected", &expected)]),
                };
                OtherStart { year, sentence, badge: self.badge(other.verdict) }
            })
            .collect()
    }
}
