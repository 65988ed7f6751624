//! Portals, sheets and indicators by hand.

use std::sync::Arc;

use crate::model::{
    Accumulation, Amount, Area, At, Baseline, Component, Direction, Expenditure, FiscalYear, Grade, Indicator, Kind,
    Language, Missing, MissingReason, MoneyUnit, Municipality, Plan, Policy, Portal, PublicationStatus, RateMethod,
    RateRule, Reading, Series, Sheet, Status, Survey, Text, Tolerance, Value, VerdictRule, Voice, YearValues,
};
use rust_decimal::Decimal;

pub fn year(year: u16) -> FiscalYear {
    FiscalYear::new(year).expect("a year within the range")
}

pub fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

pub fn value(reading: Reading) -> Value {
    Value { reading, printed: None, status: Status::Final, note: None, at: At::default() }
}

/// `628`, `40+` (at least), `60-` (at most), `40<` (more than), `60>` (less than), `10..12`, `#3` (rank), `-` (unknown),
/// `…` (pending), `text`, `text:met`, `text:unmet`.
pub fn read(text: &str) -> Value {
    let missing = |reason| Reading::Missing(Missing { reason, until: None });
    let bound = |end: &str| text.strip_suffix(end).and_then(|figure| figure.parse::<Decimal>().ok());
    value(match text {
        "-" => missing(MissingReason::Unknown),
        "…" => missing(MissingReason::Pending),
        "text" => Reading::Text { met: None },
        "text:met" => Reading::Text { met: Some(true) },
        "text:unmet" => Reading::Text { met: Some(false) },
        _ if text.starts_with('#') => Reading::Rank(text[1..].parse().expect("a rank")),
        _ => match (text.split_once(".."), bound("+"), bound("-"), bound("<"), bound(">")) {
            (Some((low, high)), ..) => Reading::range(decimal(low), decimal(high)),
            (_, Some(bound), ..) => Reading::AtLeast(bound),
            (_, _, Some(bound), ..) => Reading::AtMost(bound),
            (_, _, _, Some(bound), _) => Reading::MoreThan(bound),
            (_, _, _, _, Some(bound)) => Reading::LessThan(bound),
            _ => Reading::Number(decimal(text)),
        },
    })
}

pub fn values(values: &[(u16, &str)]) -> YearValues {
    YearValues::new(values.iter().map(|(y, text)| (year(*y), read(text))).collect())
}

pub fn series(baseline: Option<(Option<u16>, &str)>, actuals: &[(u16, &str)], targets: &[(u16, &str)]) -> Series {
    let baseline = baseline.map(|(of, text)| Baseline { year: of.map(year), year_printed: None, value: read(text) });
    Series { baseline, actuals: values(actuals), targets: values(targets), published_rates: YearValues::default() }
}

/// An indicator whose baseline, if any, has no year.
pub fn indicator(id: &str, baseline: &str, actuals: &[(u16, &str)], targets: &[(u16, &str)]) -> Indicator {
    let baseline = (!baseline.is_empty()).then_some((None, baseline));
    Indicator {
        id: id.into(),
        name: Text::new(id),
        description: None,
        formula: None,
        source: None,
        target_reason: None,
        kind: Kind::Outcome,
        kind_stated: true,
        accumulation_stated: true,
        unit: None,
        target_unit: None,
        accumulation: Accumulation::Annual,
        direction: None,
        tolerance: None,
        series: series(baseline, actuals, targets),
        components: Box::default(),
        survey: None,
        rate: None,
        breaks: Box::default(),
        target_changes: Box::default(),
        target_note: None,
        replaces: None,
        ended: None,
        notes: Box::default(),
        at: At::default(),
    }
}

impl Indicator {
    pub fn direction(self, direction: Direction) -> Self {
        Self { direction: Some(direction), ..self }
    }

    pub fn accumulation(self, accumulation: Accumulation) -> Self {
        Self { accumulation, ..self }
    }

    pub fn kind(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    pub fn tolerance(self, below: Option<&str>, above: Option<&str>) -> Self {
        Self { tolerance: Some(Box::new(Tolerance { below: below.map(decimal), above: above.map(decimal) })), ..self }
    }

    pub fn survey(self, tolerance: &str) -> Self {
        Self {
            survey: Some(Box::new(Survey { sample: None, tolerance: Some(decimal(tolerance)), note: None })),
            ..self
        }
    }

    pub fn method(self, method: RateMethod) -> Self {
        Self { rate: Some(RateRule { method, ..RateRule::default() }), ..self }
    }

    pub fn baseline_year(mut self, of: u16) -> Self {
        self.series.baseline = self.series.baseline.map(|baseline| Baseline { year: Some(year(of)), ..baseline });
        self
    }

    pub fn published(mut self, rates: &[(u16, &str)]) -> Self {
        self.series.published_rates = values(rates);
        self
    }

    pub fn component(mut self, id: &str, series: Series) -> Self {
        let component = Component { id: id.into(), name: Text::new(id), series, at: At::default() };
        self.components = self.components.into_iter().chain([component]).collect();
        self
    }
}

pub fn sheet(policy: &str, of: u16, indicators: Vec<Indicator>) -> Sheet {
    Sheet {
        path: format!("{of}/{policy}.yaml").into(),
        policy: policy.into(),
        year: year(of),
        number: None,
        area: 0,
        name: Text::new(policy),
        successor_of: Box::default(),
        recommendations: Box::default(),
        ended: None,
        departments: Vec::new(),
        vision: None,
        indicators,
        achievements: Vec::new(),
        challenges: Vec::new(),
        answers: Box::default(),
        claims: Box::default(),
        paragraphs: Box::default(),
        projects: Vec::new(),
        expenditure: None,
        grades: Vec::new(),
        outlook: None,
        attachments: Vec::new(),
        source: None,
        notes: Vec::new(),
        sample: false,
        status: PublicationStatus::Published,
        publish_on: None,
        revisions: Box::default(),
        plain: None,
        links: Vec::new(),
        name_at: At::default(),
        department_at: At::default(),
    }
}

impl Sheet {
    pub fn number(self, number: &str) -> Self {
        Self { number: Some(number.into()), ..self }
    }

    pub fn area(self, area: usize) -> Self {
        Self { area, ..self }
    }

    pub fn settled(self, unit: MoneyUnit, amounts: &[(u16, &str)]) -> Self {
        let amount = |(of, text): &(u16, &str)| (year(*of), Amount { total: read(text), funds: Vec::new() });
        let settled = amounts.iter().map(amount).collect();
        let (budgeted, personnel, total) = (Vec::new(), Vec::new(), Vec::new());
        let expenditure =
            Expenditure { unit, settled, budgeted, personnel, total, total_printed_differs: Vec::new(), note: None };
        Self { expenditure: Some(expenditure), ..self }
    }

    pub fn grade(mut self, grade: &str, of: Option<u16>) -> Self {
        let (by, of) = (Voice::SelfGrade, of.map(year));
        self.grades.push(Grade { by, grade: Some(grade.into()), comment: None, year: of, at: At::default() });
        self
    }
}

/// A portal of one area with the plan 2024 to 2027.
pub fn portal(sheets: Vec<Sheet>) -> Portal {
    let mut policies: Vec<Policy> = Vec::new();
    for sheet in sheets {
        match policies.iter_mut().find(|policy| policy.id == sheet.policy) {
            Some(policy) => policy.sheets.push(Arc::new(sheet)),
            None => policies.push(Policy { id: sheet.policy.clone(), sheets: vec![Arc::new(sheet)] }),
        }
    }
    policies.sort_by(|a, b| a.id.cmp(&b.id));
    policies.iter_mut().for_each(|policy| policy.sheets.sort_by_key(|sheet| sheet.year));
    Portal {
        path: "portal.yaml".into(),
        title: Text::new("平塚市 行政評価"),
        municipality: Municipality { name: Text::new("平塚市"), code: None, url: None },
        languages: vec![Language::japanese()],
        plan: Plan { name: None, first_year: year(2024), last_year: year(2027) },
        areas: vec![area("all", None)],
        editions: Vec::new(),
        rate: RateRule::default(),
        verdict: VerdictRule::default(),
        grades: Vec::new(),
        theme: "standard".into(),
        theme_at: At::default(),
        license: None,
        base_url: None,
        base_url_at: At::default(),
        contact: None,
        symbols: Vec::new(),
        chart_files: false,
        book: false,
        description: None,
        footer: None,
        policies,
        pages: Vec::new(),
        links: Vec::new(),
        as_of: None,
        left_out: Vec::new(),
        ledgers: Vec::new(),
        revisions: Vec::new(),
        ended: Vec::new(),
        lineage: crate::model::Lineage::default(),
        recommended_to: Box::default(),
        recommendations: Box::default(),
    }
}

pub fn area(id: &str, parent: Option<usize>) -> Area {
    Area { id: id.into(), number: None, name: None, parent, description: None, at: At::default() }
}

/// A portal with one sheet of 2024 that has one indicator.
pub fn portal_of(indicator: Indicator) -> Portal {
    portal(vec![sheet("policy", 2024, vec![indicator])])
}

/// The sheet of 平塚市 that everything began with: 分野別施策 5, evaluated for 2024.
pub fn hiratsuka() -> Portal {
    let cumulative = |id: &str, baseline: &str, actual: &str, target: &str| {
        indicator(id, baseline, &[(2024, actual)], &[(2027, target)]).accumulation(Accumulation::Cumulative)
    };
    let indicators = vec![
        cumulative("exchange", "446", "628", "1046"),
        cumulative("products", "26", "36", "36"),
        cumulative("consultations", "2831", "10406", "13681"),
    ];
    let sheet = sheet("industry", 2024, indicators).settled(MoneyUnit::ThousandYen, &[(2024, "1587511")]);
    portal(vec![sheet.number("5")])
}
