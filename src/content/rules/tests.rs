use super::review;
use crate::diagnostic::{Code, Diagnostic, MessageLanguage, Report, Severity};
use crate::model::*;
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use std::sync::Arc;

fn year(year: u16) -> FiscalYear {
    FiscalYear::new(year).expect("a fiscal year")
}

fn at(line: u32) -> At {
    At { line, column: 1, length: 1 }
}

fn value(reading: Reading) -> Value {
    Value { reading, printed: None, status: Status::Final, note: None, at: at(20) }
}

fn number(n: i64) -> Value {
    value(Reading::Number(Decimal::from(n)))
}

fn many(texts: &[(&str, &str)]) -> Text {
    Text::Many(texts.iter().map(|(code, text)| (Language::new(code), Box::from(*text))).collect())
}

fn indicator(id: &str, name: &str) -> Indicator {
    Indicator {
        id: id.into(),
        name: Text::new(name),
        description: None,
        formula: None,
        source: None,
        target_reason: None,
        target_note: None,
        kind: Kind::Outcome,
        kind_stated: true,
        accumulation_stated: true,
        unit: None,
        target_unit: None,
        accumulation: Accumulation::Annual,
        direction: None,
        tolerance: None,
        series: Series::default(),
        components: Box::default(),
        survey: None,
        rate: None,
        breaks: Box::default(),
        target_changes: Box::default(),
        replaces: None,
        ended: None,
        notes: Box::default(),
        at: at(10),
    }
}

fn series(baseline: Option<Value>, target: Value) -> Series {
    Series {
        baseline: baseline.map(|value| Baseline { year: None, year_printed: None, value }),
        targets: YearValues::new(vec![(year(2027), target)]),
        ..Series::default()
    }
}

fn sheet(of: u16) -> Sheet {
    Sheet {
        path: format!("{of}/industry.yaml").into(),
        policy: "industry".into(),
        year: year(of),
        number: None,
        area: 0,
        name: Text::new("産業の活性化を促進する"),
        successor_of: Box::default(),
        recommendations: Box::default(),
        ended: None,
        departments: vec![Text::new("産業振興課")],
        vision: None,
        indicators: vec![indicator("exchange", "交流人数")],
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
        name_at: at(3),
        department_at: at(4),
    }
}

fn area(id: &str, parent: Option<usize>, line: u32) -> Area {
    Area { id: id.into(), number: None, name: None, parent, description: None, at: at(line) }
}

fn portal(sheets: Vec<Sheet>) -> Portal {
    Portal {
        path: "portal.yaml".into(),
        title: Text::new("平塚市 行政評価"),
        municipality: Municipality { name: Text::new("平塚市"), code: None, url: None },
        languages: vec![Language::japanese()],
        plan: Plan { name: None, first_year: year(2024), last_year: year(2027) },
        areas: vec![area("industry", None, 8)],
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
        policies: vec![Policy { id: "industry".into(), sheets: sheets.into_iter().map(Arc::new).collect() }],
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

/// Code, place and Japanese sentence of everything that is said.
fn said(portal: &Portal) -> Vec<(Code, String, String)> {
    let mut report = Report::default();
    review(portal, &BTreeSet::from(["assets/2024/form.pdf".to_owned()]), &mut super::Kept::default(), &mut report);
    report.iter().map(|d| (d.code, place(d), d.message.get(MessageLanguage::Japanese).to_owned())).collect()
}

fn place(diagnostic: &Diagnostic) -> String {
    format!("{}:{}", diagnostic.place.file, diagnostic.place.at.line)
}

fn codes(portal: &Portal) -> Vec<Code> {
    said(portal).into_iter().map(|(code, _, _)| code).collect()
}

#[test]
fn a_sound_portal_is_left_in_peace() {
    assert_eq!(said(&portal(vec![sheet(2024), sheet(2025)])), []);
}

#[test]
fn a_new_name_is_pointed_out_with_the_place_of_the_old_one() {
    let mut next = sheet(2025);
    next.name = Text::new("産業の振興");
    let portal = portal(vec![sheet(2024), next]);
    let mut report = Report::default();
    review(&portal, &BTreeSet::new(), &mut super::Kept::default(), &mut report);
    let diagnostic = report.iter().next().expect("a warning");
    assert_eq!((diagnostic.code, diagnostic.severity()), (Code::NameChanged, Severity::Warning));
    assert_eq!(place(diagnostic), "content/2025/industry.yaml:3");
    let (related, _) = diagnostic.related.as_ref().expect("the earlier place");
    assert_eq!((&*related.file, related.at.line), ("content/2024/industry.yaml", 3));
    assert!(diagnostic.message.ja.contains("「産業の活性化を促進する」から「産業の振興」"));
}

#[test]
fn adding_a_translation_is_no_new_name() {
    let mut next = sheet(2025);
    next.name = many(&[("ja", "産業の活性化を促進する"), ("en", "Promote local industry")]);
    assert_eq!(codes(&portal(vec![sheet(2024), next])), []);
}

#[test]
fn an_indicators_name_is_compared_with_the_last_sheet_that_had_it() {
    let mut without = sheet(2025);
    without.indicators.clear();
    let mut renamed = sheet(2026);
    renamed.indicators = vec![indicator("exchange", "交流した人の数")];
    let said = said(&portal(vec![sheet(2024), without, renamed]));
    let [(code, place, message)] = said.as_slice() else { panic!("{said:?}") };
    assert_eq!((*code, place.as_str()), (Code::NameChanged, "content/2026/industry.yaml:10"));
    assert!(message.contains("2024年度"), "{message}");
}

#[test]
fn a_department_that_changes_is_said_and_one_that_is_not_printed_is_not() {
    let mut moved = sheet(2026);
    moved.departments = vec![Text::new("商工課"), Text::new("産業振興課")];
    let mut silent = sheet(2025);
    silent.departments.clear();
    let portal = portal(vec![sheet(2024), silent, moved]);
    let said = said(&portal);
    let [(Code::DepartmentChanged, place, _)] = said.as_slice() else { panic!("{said:?}") };
    assert_eq!(place, "content/2026/industry.yaml:4");
}

#[test]
fn the_order_of_departments_says_nothing() {
    let (mut one, mut other) = (sheet(2024), sheet(2025));
    one.departments = vec![Text::new("商工課"), Text::new("産業振興課")];
    other.departments = vec![Text::new("産業振興課"), Text::new("商工課")];
    assert_eq!(codes(&portal(vec![one, other])), []);
}

fn with_direction(direction: Direction, series: Series) -> Portal {
    let mut sheet = sheet(2024);
    sheet.indicators = vec![Indicator { direction: Some(direction), series, ..indicator("exchange", "交流人数") }];
    portal(vec![sheet])
}

#[test]
fn a_target_on_the_wrong_side_of_the_baseline_contradicts_the_direction() {
    let contradiction = vec![Code::DirectionContradictsTarget];
    let rising = || series(Some(number(5)), number(9));
    assert_eq!(codes(&with_direction(Direction::Increase, rising())), []);
    assert_eq!(codes(&with_direction(Direction::Decrease, rising())), contradiction);
    assert_eq!(codes(&with_direction(Direction::Maintain, rising())), []);
    assert_eq!(codes(&with_direction(Direction::Decrease, series(Some(number(-1)), number(-5)))), []);
    assert_eq!(codes(&with_direction(Direction::Increase, series(Some(number(5)), number(5)))), []);
    assert_eq!(codes(&with_direction(Direction::Increase, series(None, number(5)))), []);
}

#[test]
fn a_target_open_to_the_wrong_side_contradicts_the_direction_without_a_baseline() {
    let at_most = || series(None, value(Reading::AtMost(Decimal::from(60))));
    assert_eq!(codes(&with_direction(Direction::Increase, at_most())), [Code::DirectionContradictsTarget]);
    assert_eq!(codes(&with_direction(Direction::Decrease, at_most())), []);
}

#[test]
fn a_total_of_the_period_is_not_held_against_a_yearly_baseline() {
    let mut sheet = sheet(2024);
    sheet.indicators = vec![Indicator {
        direction: Some(Direction::Decrease),
        accumulation: Accumulation::PeriodTotal,
        series: series(Some(number(80)), number(300)),
        ..indicator("exchange", "交流人数")
    }];
    assert_eq!(codes(&portal(vec![sheet])), []);
}

fn with_funds(total: i64, funds: Vec<(Fund, Value)>, said: &[u16]) -> Portal {
    let mut sheet = sheet(2024);
    sheet.expenditure = Some(Expenditure {
        unit: MoneyUnit::ThousandYen,
        settled: vec![(year(2024), Amount { total: number(total), funds })],
        budgeted: Vec::new(),
        personnel: Vec::new(),
        total: Vec::new(),
        total_printed_differs: said.iter().map(|of| (year(*of), Text::new("原典のまま"))).collect(),
        note: None,
    });
    portal(vec![sheet])
}

#[test]
fn funds_that_do_not_add_up_are_said_unless_the_author_says_so() {
    let funds = || vec![(Fund::National, number(300)), (Fund::General, number(810))];
    assert_eq!(codes(&with_funds(1110, funds(), &[])), []);
    let wrong = said(&with_funds(1200, funds(), &[]));
    let [(Code::TotalDiffers, _, message)] = wrong.as_slice() else { panic!("{wrong:?}") };
    assert_eq!(message, "2024年度の合計 1200千円 が財源の合計 1110千円 と一致しません");
    assert_eq!(codes(&with_funds(1200, funds(), &[2023])), [Code::TotalDiffers]);
    assert_eq!(codes(&with_funds(1200, funds(), &[2024])), []);
    assert_eq!(codes(&with_funds(1200, Vec::new(), &[])), []);
}

#[test]
fn a_missing_fund_is_not_taken_for_zero() {
    let missing = value(Reading::Missing(Missing { reason: MissingReason::Pending, until: None }));
    assert_eq!(codes(&with_funds(1200, vec![(Fund::National, number(300)), (Fund::General, missing)], &[])), []);
}

fn graded(grade: &str, legend: &[&str]) -> Portal {
    let mut sheet = sheet(2024);
    let grade = Some(grade.into());
    sheet.grades = vec![Grade { by: Voice::SelfGrade, grade, comment: None, year: None, at: at(30) }];
    let row = |id: &&str| GradeLegend { id: (*id).into(), label: Text::new("順調"), verdict: None, at: at(12) };
    Portal { grades: legend.iter().map(row).collect(), ..portal(vec![sheet]) }
}

#[test]
fn a_grade_is_looked_up_only_where_the_city_gives_a_legend() {
    assert_eq!(codes(&graded("C 概ね順調", &[])), []);
    assert_eq!(codes(&graded("A", &["A", "B"])), []);
    assert_eq!(codes(&graded("E", &["A", "B"])), [Code::UnknownReference]);
    assert_eq!(codes(&graded("A", &["A", "A"])), [Code::DuplicateId]);
}

#[test]
fn an_attachment_that_is_not_there_is_an_error_that_names_the_likely_one() {
    let attached = |file: &str| {
        let mut sheet = sheet(2024);
        sheet.attachments = vec![Attachment { title: Text::new("原本"), file: file.into(), at: at(40) }];
        portal(vec![sheet])
    };
    assert_eq!(codes(&attached("assets/2024/form.pdf")), []);
    for (file, likely) in [("assets/2024/Form.pdf", true), ("assets/form.pdf", true), ("assets/2024/plan.xlsx", false)]
    {
        let mut report = Report::default();
        let assets = BTreeSet::from(["assets/2024/form.pdf".to_owned()]);
        review(&attached(file), &assets, &mut super::Kept::default(), &mut report);
        let diagnostic = report.iter().next().expect("an error");
        assert_eq!((diagnostic.code, diagnostic.severity()), (Code::UnknownReference, Severity::Error));
        let help = diagnostic.help.as_ref().map(|help| help.ja.as_ref()).unwrap_or_default();
        assert_eq!(help.contains("「assets/2024/form.pdf」ならあります"), likely, "{file}: {help}");
    }
}

#[test]
fn an_indicator_replaces_one_that_was_there() {
    let replacing = |old: &str, sheets: Vec<Sheet>| {
        let mut next = sheet(2025);
        next.indicators = vec![Indicator { replaces: Some(old.into()), ..indicator("visits", "来訪者数") }];
        portal(sheets.into_iter().chain([next]).collect())
    };
    assert_eq!(codes(&replacing("exchange", vec![sheet(2024)])), []);
    assert_eq!(codes(&replacing("exchnage", vec![sheet(2024)])), [Code::UnknownReference]);
    assert_eq!(codes(&replacing("visits", vec![sheet(2024)])), [Code::UnknownReference]);
    assert_eq!(codes(&replacing("of-the-last-plan", Vec::new())), []);
}

#[test]
fn areas_have_ids_of_their_own_and_end_at_the_top() {
    let with = |areas| Portal { areas, ..portal(Vec::new()) };
    assert_eq!(codes(&with(vec![area("a", None, 1), area("b", Some(0), 2)])), []);
    let twice = said(&with(vec![area("a", None, 1), area("a", None, 2)]));
    let [(Code::DuplicateId, place, _)] = twice.as_slice() else { panic!("{twice:?}") };
    assert_eq!(place, "content/portal.yaml:2");
    assert_eq!(codes(&with(vec![area("a", Some(0), 1)])), [Code::InvalidValue]);
    let circle = vec![area("a", Some(1), 1), area("b", Some(0), 2), area("below", Some(0), 3)];
    assert_eq!(codes(&with(circle)), [Code::InvalidValue, Code::InvalidValue], "those below the circle are no fault");
    assert_eq!(codes(&with(vec![area("a", Some(7), 1)])), [Code::UnknownReference]);
}

#[test]
fn a_year_far_from_the_plan_is_doubted() {
    for (of, expected) in
        [(2022, vec![Code::YearOutsidePlan]), (2023, vec![]), (2028, vec![]), (2033, vec![Code::YearOutsidePlan])]
    {
        assert_eq!(codes(&portal(vec![sheet(of)])), expected, "{of}");
    }
    let aims_at = |of: u16| {
        let series = Series { targets: YearValues::new(vec![(year(of), number(1))]), ..Series::default() };
        portal(vec![Sheet { indicators: vec![Indicator { series, ..indicator("x", "指標") }], ..sheet(2024) }])
    };
    assert_eq!(codes(&aims_at(2037)), []);
    assert_eq!(codes(&aims_at(2038)), [Code::YearOutsidePlan]);
}

#[test]
fn a_copy_under_another_file_name_is_told() {
    let beside = |other: Sheet| {
        let other = Policy { id: "copy".into(), sheets: vec![Arc::new(other)] };
        let mut portal = portal(vec![sheet(2024)]);
        portal.policies.push(other);
        codes(&portal)
    };
    let copy = || Sheet { path: "2024/copy.yaml".into(), policy: "copy".into(), ..sheet(2024) };
    assert_eq!(beside(copy()), [Code::DuplicateSheet]);
    assert_eq!(beside(Sheet { number: Some("2".into()), ..copy() }), []);
    assert_eq!(beside(Sheet { year: year(2023), ..copy() }), [Code::VanishedPolicy], "of another year it is no copy");
}

fn with_actual(of: u16, value: Value) -> Sheet {
    let series = Series { actuals: YearValues::new(vec![(year(2023), value)]), ..Series::default() };
    Sheet { indicators: vec![Indicator { series, ..indicator("exchange", "交流人数") }], ..sheet(of) }
}

#[test]
fn a_figure_that_two_sheets_state_differently_is_told_with_both() {
    let of = |old: Value, new: Value| portal(vec![with_actual(2023, old), with_actual(2024, new)]);
    let told = said(&of(number(12), number(13)));
    let [(Code::RestatedFigure, place, message)] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!(place, "content/2024/industry.yaml:20");
    assert_eq!(message, "2023年度の実績値が2023年度のシートの「12」と違い、「13」になっています");
    let missing = || value(Reading::Missing(Missing { reason: MissingReason::Pending, until: None }));
    let tenths = value(Reading::Number(Decimal::new(120, 1)));
    assert_eq!(codes(&of(number(12), tenths)), [], "12.0 is 12");
    assert_eq!(codes(&of(missing(), number(13))), []);
    assert_eq!(codes(&of(Value { status: Status::Provisional, ..number(12) }, number(13))), []);
    assert_eq!(codes(&of(number(12), Value { status: Status::Revised, ..number(13) })), []);
}

#[test]
fn a_baseline_and_units_are_kept_over_the_years() {
    let based = |of: u16, from: i64| Sheet {
        indicators: vec![Indicator { series: series(Some(number(from)), number(90)), ..indicator("x", "指標") }],
        ..sheet(of)
    };
    assert_eq!(codes(&portal(vec![based(2023, 5), based(2024, 6)])), [Code::RestatedFigure]);
    let mut other = based(2024, 6);
    other.indicators.iter_mut().for_each(|indicator| indicator.unit = Some(Text::new("件")));
    let told = said(&portal(vec![based(2023, 5), other]));
    assert_eq!(told.len(), 1, "other units make other figures: {told:?}");

    let paid = |of: u16, unit, amount| Sheet {
        expenditure: Some(Expenditure {
            unit,
            settled: vec![(year(2023), Amount { total: number(amount), funds: Vec::new() })],
            budgeted: Vec::new(),
            personnel: Vec::new(),
            total: Vec::new(),
            total_printed_differs: Vec::new(),
            note: None,
        }),
        ..sheet(of)
    };
    let thousands = |of, amount| paid(of, MoneyUnit::ThousandYen, amount);
    assert_eq!(codes(&portal(vec![thousands(2023, 7), thousands(2024, 7)])), []);
    assert_eq!(codes(&portal(vec![thousands(2023, 7), thousands(2024, 8)])), [Code::RestatedFigure]);
    assert_eq!(codes(&portal(vec![thousands(2023, 7), paid(2024, MoneyUnit::Yen, 7000)])), [Code::RestatedFigure]);
}

#[test]
fn a_total_cost_that_is_not_settled_and_personnel_is_said_unless_the_author_says_so() {
    let of = |total: i64, said: &[u16]| {
        let mut sheet = sheet(2024);
        let money = |n| vec![(year(2024), Amount { total: number(n), funds: Vec::new() })];
        sheet.expenditure = Some(Expenditure {
            unit: MoneyUnit::ThousandYen,
            settled: money(100),
            budgeted: Vec::new(),
            personnel: money(20),
            total: money(total),
            total_printed_differs: said.iter().map(|of| (year(*of), Text::new("原典のまま"))).collect(),
            note: None,
        });
        codes(&portal(vec![sheet]))
    };
    assert_eq!(of(120, &[]), []);
    assert_eq!(of(121, &[]), [Code::TotalDiffers]);
    assert_eq!(of(121, &[2024]), []);
}

#[test]
fn a_target_that_changes_between_sheets_is_told_unless_the_change_is_declared() {
    let aims = |of: u16, target: Value, from: Option<i64>| {
        let changes = from.map(|from| TargetChange {
            year_at: At::default(),
            date_at: At::default(),
            year: year(2027),
            component: None,
            from: Value { at: at(30), ..number(from) },
            date: Some(jiff::civil::Date::constant(2024, 10, 20)),
            reason: Some(Text::new("見直し")),
            at: at(29),
        });
        let target_changes = changes.into_iter().collect();
        let indicator = Indicator { series: series(None, target), target_changes, ..indicator("x", "指標") };
        Sheet { indicators: vec![indicator], ..sheet(of) }
    };
    let then = |target: Value, from: Option<i64>| {
        said(&portal(vec![aims(2023, number(1000), None), aims(2024, target, from)]))
    };
    let told = then(number(1046), None);
    let [(Code::RestatedFigure, place, message)] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!(place, "content/2024/industry.yaml:20");
    assert_eq!(message, "2027年度の目標値が2023年度のシートの「1000」と違い、「1046」になっています");
    assert_eq!(then(number(1046), Some(1000)), []);
    assert_eq!(then(number(1000), None), []);
    let told = then(number(1046), Some(900));
    let [(Code::RestatedFigure, place, message)] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!(place, "content/2024/industry.yaml:30");
    assert_eq!(message, "2027年度の目標値の変更前の値(from)が「900」ですが、2023年度のシートの目標値は「1000」です");
    // Once it is declared, later sheets repeat it, with or without the change.
    for from in [None, Some(1000)] {
        let later =
            [aims(2023, number(1000), None), aims(2024, number(1046), Some(1000)), aims(2025, number(1046), from)];
        assert_eq!(codes(&portal(later.into())), []);
    }
}

#[test]
fn a_target_in_words_may_be_met_and_not_become_another() {
    let aims = |of: u16, printed: &str, met| {
        let target = Value { printed: Some(printed.into()), ..value(Reading::Text { met }) };
        Sheet { indicators: vec![Indicator { series: series(None, target), ..indicator("x", "指標") }], ..sheet(of) }
    };
    assert_eq!(codes(&portal(vec![aims(2023, "策定", None), aims(2024, "策定", Some(true))])), []);
    assert_eq!(codes(&portal(vec![aims(2023, "策定", None), aims(2024, "公表", None)])), [Code::RestatedFigure]);
}

#[test]
fn the_year_of_a_baseline_is_kept_over_the_years() {
    let based = |of: u16, from: Option<u16>, status: Status| {
        let value = Value { status, ..number(5) };
        let baseline = Some(Baseline { year: from.map(year), year_printed: None, value });
        let series = Series { baseline, ..series(None, number(90)) };
        Sheet { indicators: vec![Indicator { series, ..indicator("x", "指標") }], ..sheet(of) }
    };
    let of = |new: Sheet| said(&portal(vec![based(2023, Some(2022), Status::Final), new]));
    let told = of(based(2024, Some(2021), Status::Final));
    let [(Code::RestatedFigure, _, message)] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!(message, "基準値の年度が2023年度のシートの「2022」と違い、「2021」になっています");
    assert_eq!(of(based(2024, None, Status::Final)), []);
    assert_eq!(of(based(2024, Some(2021), Status::Revised)), []);
}
