//! The CSV files of figures and policies.

use super::{DataSource, digits, optional_digits, series_address, status};
use crate::facts::{PolicyFacts, Rate, RateReason, SeriesFacts};
use crate::markdown;
use crate::model::{Amount, FiscalYear, Indicator, Language, Reading, Text, Value};
use crate::site::print::Printer;
use std::borrow::Cow;
use std::io::{self, Write};

pub const OBSERVATIONS: [&str; 14] = [
    "fiscal_year",
    "policy_id",
    "indicator_id",
    "component",
    "kind",
    "year",
    "value",
    "lower",
    "upper",
    "text",
    "unit",
    "status",
    "note",
    "address",
];
pub const JUDGEMENTS: [&str; 12] = [
    "fiscal_year",
    "policy_id",
    "indicator_id",
    "component",
    "year",
    "method",
    "rate",
    "published_rate",
    "expected",
    "pace",
    "verdict",
    "reason",
];
pub const EXPENDITURE: [&str; 8] = ["fiscal_year", "policy_id", "project", "kind", "year", "amount", "unit", "status"];
pub const POLICIES: [&str; 8] =
    ["fiscal_year", "policy_id", "number", "area_id", "name", "department", "grade", "sample"];

pub const INDICATORS: [&str; 15] = [
    "fiscal_year",
    "policy_id",
    "indicator_id",
    "component",
    "name",
    "name_en",
    "component_name",
    "component_name_en",
    "kind",
    "unit",
    "target_unit",
    "accumulation",
    "direction",
    "survey_sample",
    "survey_tolerance",
];

/// A CSV file that is being written.
pub type Table<'w> = csv::Writer<&'w mut dyn Write>;

/// A CSV writer that has written the byte order mark and the header.
pub fn table<'w>(out: &'w mut dyn Write, columns: &[&str]) -> io::Result<Table<'w>> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    table.write_record(columns)?;
    Ok(table)
}

pub fn observations(table: &mut Table<'_>, source: &DataSource<'_>, policy: &PolicyFacts<'_>) -> io::Result<()> {
    let language = source.portal.first_language();
    let printer =
        Printer::new(if language.is_japanese() { source.japanese } else { source.english }, language, language);
    for facts in &policy.indicators {
        for series in &facts.series {
            observations_of_series(table, policy, facts.indicator, series, (language, printer))?;
        }
    }
    Ok(())
}

fn observations_of_series(
    table: &mut Table<'_>,
    policy: &PolicyFacts<'_>,
    indicator: &Indicator,
    series: &SeriesFacts<'_>,
    (language, printer): (&Language, Printer<'_>),
) -> io::Result<()> {
    let component = series.component.map(|c| c.id.as_ref());
    let mut row = |(kind, field): (&str, &str),
                   (year, printed): (Option<FiscalYear>, Option<&str>),
                   value: &Value,
                   sheet: FiscalYear| {
        let (number, lower, upper) = columns_of(&value.reading);
        let unit = match kind {
            "target" => indicator.target_unit.as_deref().or(indicator.unit.as_ref()),
            _ => indicator.unit.as_ref(),
        };
        let of_year = year.filter(|_| kind != "baseline");
        let digits = year.map(FiscalYear::digits);
        let unit = unit.map_or_else(Cow::default, |unit| markdown::without_readings(unit.get(language)));
        table.write_record([
            policy.year.digits(),
            policy.sheet.policy.as_ref(),
            indicator.id.as_ref(),
            component.unwrap_or_default(),
            kind,
            digits.unwrap_or_default(),
            &number,
            &lower,
            &upper,
            &text_of(printer, value, &unit),
            &unit,
            status(value),
            &note_of(value, printed, language),
            &series_address(sheet, &policy.sheet.policy, &indicator.id, component, (field, of_year)),
        ])
    };
    if let Some(baseline) = &series.baseline {
        // A year that the source does not print is not invented here either.
        let year = (baseline.year_from == crate::facts::YearFrom::Source).then_some(baseline.year);
        row(("baseline", "baseline"), (year, baseline.year_printed), baseline.value, baseline.sheet)?;
    }
    for point in &series.actuals {
        row(("actual", "actuals"), (Some(point.year), point.year_printed), point.value, point.sheet)?;
    }
    for point in &series.targets {
        row(("target", "targets"), (Some(point.year), point.year_printed), point.value, point.sheet)?;
    }
    Ok(())
}

/// The column text: what was printed where it is no plain number. A bound and a range are always told in words too, for
/// their ends do not say whether they belong to it (60以下, 60未満).
fn text_of<'a>(printer: Printer<'a>, value: &'a Value, unit: &str) -> Cow<'a, str> {
    match value.reading {
        Reading::AtLeast(_) | Reading::AtMost(_) | Reading::MoreThan(_) | Reading::LessThan(_) | Reading::Range(_) => {
            Cow::Owned(printer.value(value, &unit.into()).into_string())
        }
        Reading::Number(_) | Reading::Rank(_) | Reading::Text { .. } | Reading::Missing(_) => {
            Cow::Borrowed(value.printed.as_deref().unwrap_or_default())
        }
    }
}

/// The year as printed where it has another name (`平成35年度`), and the note of the sheet.
fn note_of(value: &Value, year_printed: Option<&str>, language: &Language) -> String {
    let note = value.note.as_ref().map(|note| markdown::plain(note.get(language)));
    let parts: Vec<String> = year_printed.map(str::to_owned).into_iter().chain(note).collect();
    parts.join(" / ")
}

/// The columns value, lower and upper: a plain number or a rank has a value, a bound or a range has ends.
fn columns_of(reading: &Reading) -> (String, String, String) {
    match reading {
        Reading::Number(_) | Reading::Rank(_) => (optional_digits(reading.figure()), String::new(), String::new()),
        _ => {
            let (lower, upper) = reading.ends();
            (String::new(), optional_digits(lower), optional_digits(upper))
        }
    }
}

pub fn judgements(table: &mut Table<'_>, _: &DataSource<'_>, policy: &PolicyFacts<'_>) -> io::Result<()> {
    for facts in &policy.indicators {
        for series in &facts.series {
            judgements_of_series(table, policy, &facts.indicator.id, series)?;
        }
    }
    Ok(())
}

fn judgements_of_series(
    table: &mut Table<'_>,
    policy: &PolicyFacts<'_>,
    indicator: &str,
    series: &SeriesFacts<'_>,
) -> io::Result<()> {
    let judgement = &series.judgement;
    let component = series.component.map_or("", |c| c.id.as_ref());
    let edition = policy.year.digits();
    // Where nothing was judged, the edition's own year carries the verdict and its reason.
    let judged_year = judgement.year.unwrap_or(policy.year);
    let mut said = false;
    for rate in &series.rates {
        let judged = judged_year == rate.year;
        said |= judged;
        let (method, figure, mut reason) = match &rate.rate {
            Rate::Computed(computed) => (computed.method.name(), digits(computed.value), ""),
            Rate::NotComputable(reason) => ("", String::new(), rate_reason(*reason)),
        };
        if let (true, Some(undecided)) = (judged, judgement.reason) {
            reason = undecided.name();
        }
        table.write_record([
            edition,
            policy.sheet.policy.as_ref(),
            indicator,
            component,
            rate.year.digits(),
            method,
            &figure,
            &rate.published.map(published_rate).unwrap_or_default(),
            &if judged { optional_digits(judgement.expected_finer) } else { String::new() },
            &if judged { optional_digits(judgement.pace) } else { String::new() },
            if judged { judgement.verdict.name() } else { "" },
            reason,
        ])?;
    }
    if !said {
        table.write_record([
            edition,
            policy.sheet.policy.as_ref(),
            indicator,
            component,
            judged_year.digits(),
            "",
            "",
            "",
            "",
            "",
            judgement.verdict.name(),
            judgement.reason.map_or("", |reason| reason.name()),
        ])?;
    }
    Ok(())
}

fn published_rate(value: &Value) -> String {
    match value.number() {
        Some(number) => digits(number),
        None => value.printed.as_deref().unwrap_or_default().to_owned(),
    }
}

/// The code of a reason why there is no rate.
pub const fn rate_reason(reason: RateReason) -> &'static str {
    match reason {
        RateReason::NonPositiveBase => "non-positive-base",
        RateReason::TargetEqualsBaseline => "target-equals-baseline",
        RateReason::TargetBehindBaseline => "target-behind-baseline",
        RateReason::NoRiseOrFall => "no-rise-or-fall",
        RateReason::BeforeStart => "before-start",
        RateReason::ZeroActual => "zero-actual",
        RateReason::Missing(_) => "missing",
        RateReason::Text => "text",
        RateReason::Range => "range",
        RateReason::NoTarget => "no-target",
        RateReason::NoBaseline => "no-baseline",
        RateReason::Context => "context",
        RateReason::TooLarge => "too-large",
    }
}

pub fn expenditure(table: &mut Table<'_>, source: &DataSource<'_>, policy: &PolicyFacts<'_>) -> io::Result<()> {
    let (sheet, spent) = (policy.sheet, &policy.expenditure);
    let mut amounts = |project: &str, kind: &str, year: FiscalYear, amount: &Amount, unit: &str| {
        let mut row = |kind: &str, value: &Value| {
            table.write_record([
                policy.year.digits(),
                sheet.policy.as_ref(),
                project,
                kind,
                year.digits(),
                &optional_digits(value.number()),
                unit,
                status(value),
            ])
        };
        row(kind, &amount.total)?;
        amount.funds.iter().try_for_each(|(fund, value)| row(&format!("{kind}-{}", fund.name()), value))
    };
    for row in &spent.years {
        for (kind, amount) in [
            ("settled", &row.settled),
            ("budgeted", &row.budgeted),
            ("personnel", &row.personnel),
            ("total", &row.total),
        ] {
            if let Some((amount, stated)) = amount {
                let unit = spent.unit_of(*stated).map_or("", |unit| unit.name());
                amounts("", kind, row.year, amount, unit)?;
            }
        }
    }
    for project in &sheet.projects {
        let Some(money) = &project.expenditure else { continue };
        let name = markdown::plain(project.name.get(source.portal.first_language()));
        for (kind, series) in [
            ("settled", &money.settled),
            ("budgeted", &money.budgeted),
            ("personnel", &money.personnel),
            ("total", &money.total),
        ] {
            for (year, amount) in series {
                amounts(&name, kind, *year, amount, money.unit.name())?;
            }
        }
    }
    Ok(())
}

/// One row per series: what the ids of the other files are called, and how their figures are counted.
pub fn indicators(table: &mut Table<'_>, source: &DataSource<'_>, policy: &PolicyFacts<'_>) -> io::Result<()> {
    let (first, english) = (source.portal.first_language(), Language::english());
    let name = |text: &Text| markdown::plain(text.get(first));
    let name_en = |text: &Text| match text.speaks(&english, first) {
        true => markdown::plain(text.get(&english)),
        false => String::new(),
    };
    for facts in &policy.indicators {
        let indicator = facts.indicator;
        let words = |unit: &'_ Text| markdown::without_readings(unit.get(first)).into_owned();
        let unit = indicator.unit.as_ref().map(words).unwrap_or_default();
        let target_unit = indicator.target_unit.as_deref().map_or_else(|| unit.clone(), words);
        let survey = indicator.survey.as_deref();
        for series in &facts.series {
            let component = series.component.map(|component| &component.name);
            table.write_record([
                policy.year.digits(),
                policy.sheet.policy.as_ref(),
                indicator.id.as_ref(),
                series.component.map_or("", |component| component.id.as_ref()),
                &name(&indicator.name),
                &name_en(&indicator.name),
                &component.map(name).unwrap_or_default(),
                &component.map(name_en).unwrap_or_default(),
                indicator.kind.name(),
                &unit,
                &target_unit,
                indicator.accumulation.name(),
                series.judgement.direction.map_or("", |direction| direction.name()),
                &survey.and_then(|survey| survey.sample).map(|sample| sample.to_string()).unwrap_or_default(),
                &optional_digits(survey.and_then(|survey| survey.tolerance)),
            ])?;
        }
    }
    Ok(())
}

pub fn policies(source: &DataSource<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut table = table(out, &POLICIES)?;
    let language = source.portal.first_language();
    for summary in source.edition.policies.iter() {
        let sheet = &summary.sheet;
        let departments: Vec<_> = sheet.departments.iter().map(|d| markdown::plain(d.get(language))).collect();
        table.write_record([
            source.edition.year.digits(),
            sheet.policy.as_ref(),
            sheet.number.as_deref().unwrap_or_default(),
            source.portal.areas.get(sheet.area).map_or("", |area| area.id.as_ref()),
            &markdown::plain(sheet.name.get(language)),
            &departments.join("・"),
            sheet.grades.iter().find_map(|grade| grade.grade.as_deref()).unwrap_or_default(),
            if sheet.sample { "true" } else { "false" },
        ])?;
    }
    table.flush()
}
