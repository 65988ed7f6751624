//! Shapes that real sheets have, and that a tool for tidy sheets would lose.

use super::*;
use crate::model::{Direction, FiscalYear, MissingReason, RateMethod, Reading, Status, Text, Voice};
use rust_decimal::Decimal;

fn year(year: u16) -> FiscalYear {
    FiscalYear::new(year).expect("a year")
}

fn actual(sheet: &Sheet, of: u16) -> &crate::model::Value {
    sheet.indicators.first().and_then(|i| i.series.actuals.get(year(of))).expect("an actual")
}

#[test]
fn texts_stay_what_was_written_whatever_yaml_would_make_of_them() {
    let sheet =
        sheet("area: industry\nname: no\nnumber: 012\nvision: 2024-04-01\noutlook: 1_000\ndepartment: [on, ~, 企画課]");
    assert_eq!(sheet.name, Text::new("no"));
    assert_eq!(sheet.number.as_deref(), Some("012"));
    assert_eq!(sheet.vision, Some(Text::new("2024-04-01")));
    assert_eq!(sheet.outlook, Some(Text::new("1_000")));
    assert_eq!(sheet.departments, [Text::new("on"), Text::new("企画課")]);
}

#[test]
fn a_missing_value_keeps_its_reason_and_is_not_zero() {
    let sheet = sheet(&indicator(
        "actuals:\n  2021: 0\n  2022: 未実施\n  2023: {missing: pending, until: 2026-03, note: 県の公表後}\n  2024:\n",
    ));
    assert_eq!(actual(&sheet, 2021).reading, Reading::Number(Decimal::ZERO));
    assert_eq!(actual(&sheet, 2022).missing().map(|m| m.reason), Some(MissingReason::NotImplemented));
    let pending = actual(&sheet, 2023);
    assert_eq!(
        pending.missing().map(|m| (m.reason, m.until.as_deref())),
        Some((MissingReason::Pending, Some("2026-03")))
    );
    assert!(pending.note.is_some());
    assert!(sheet.indicators.first().is_some_and(|i| i.series.actuals.get(year(2024)).is_none()), "not yet");
}

#[test]
fn a_value_spelled_out_keeps_status_note_and_print() {
    let sheet = sheet(&indicator(
        "unit: 人\nactuals:\n  2024: {値: 31, 状態: 速報値, 注: 3月末, 表記: 31人削減}\ntargets:\n  2027: {value: 策定, met: true}",
    ));
    let value = actual(&sheet, 2024);
    assert_eq!((value.status, value.printed.as_deref()), (Status::Provisional, Some("31人削減")));
    let target = sheet.indicators.first().and_then(|i| i.series.targets.get(year(2027))).expect("a target");
    assert_eq!(target.reading, Reading::Text { met: Some(true) });
    assert_eq!(target.printed.as_deref(), Some("策定"));
}

#[test]
fn a_year_that_never_came_is_read_and_its_print_kept() {
    let text = indicator("baseline: {year: 平成21年, value: 3}\ntargets: {平成35年度: 80}");
    let (portal, report) = load_all(&[("portal.yaml", PORTAL), ("2024/industry.yaml", &text)]);
    let codes: Vec<_> = report.iter().map(|d| d.code).collect();
    assert_eq!(codes, [Code::ImpossibleEraYear]);
    let portal = portal.expect("warnings do not stop");
    let indicator =
        portal.policies.first().and_then(|p| p.sheets.first()).and_then(|s| s.indicators.first()).expect("one");
    assert_eq!(indicator.series.targets.year_printed(year(2023)), Some("平成35年度"));
    let baseline = indicator.series.baseline.as_ref().expect("a baseline");
    assert_eq!((baseline.year, baseline.year_printed.as_deref()), (Some(year(2009)), Some("平成21年")));
}

#[test]
fn components_have_series_of_their_own() {
    let sheet = sheet(&indicator(
        "unit: '%'\nsurvey: {sample: \"1,265\", tolerance: 3.0}\nrate: {method: ratio}\n\
         breaks: [{year: 2018, note: 設問を変更}]\n\
         target_changes: [{year: 2019, from: 79.0, date: 2020-03-31, reason: 前倒し}]\n\
         components:\n  - {id: es, name: 小学校, baseline: 77.2, actuals: {2019: 78.0}, targets: {2019: 78.5}, published_rates: {2019: \"99.4\"}}\n  - {id: jh, name: 中学校, actuals: {2019: 70.50}}",
    ));
    let indicator = sheet.indicators.first().expect("one");
    assert_eq!(indicator.all_series().count(), 2);
    assert_eq!(indicator.rate.map(|r| (r.method, r.decimals)), Some((RateMethod::Ratio, 1)));
    assert_eq!(indicator.survey.as_ref().and_then(|s| s.sample), Some(1265));
    let printed = indicator.components.get(1).and_then(|c| c.series.actuals.get(year(2019))).and_then(|v| v.number());
    assert_eq!(printed.map(|n| n.to_string()).as_deref(), Some("70.50"), "digits are kept");
}

#[test]
fn money_is_read_in_its_three_forms() {
    let sheet = sheet(
        "area: industry\nname: 施策\nprojects:\n  - 事業A\n  - {name: 事業B, expenditure: {settled: {2024: 300}}}\n\
         expenditure:\n  unit: 千円\n  settled:\n    2022: 1587511\n    2023: {value: 1200, status: provisional}\n    \
         2024: {total: 1210, national: 300, prefectural: 100, bonds: 0, other: 0, general: 810}\n  budgeted: {2025: 1300}",
    );
    let money = sheet.expenditure.as_ref().expect("money");
    let totals: Vec<_> = money.settled.iter().map(|(y, a)| (y.get(), a.total.status, a.funds.len())).collect();
    assert_eq!(totals, [(2022, Status::Final, 0), (2023, Status::Provisional, 0), (2024, Status::Final, 5)]);
    let project = sheet.projects.get(1).and_then(|p| p.expenditure.as_ref()).expect("money of the project");
    assert_eq!(project.unit, money.unit, "taken over from the sheet");
}

#[test]
fn words_are_taken_in_japanese() {
    let sheet = sheet(&format!(
        "{}grades:\n  - {{by: 自己評価, grade: A}}\n  - {{by: 市民会議, grade: B, comment: 意見}}\n状態: 下書き\n見本: はい\n",
        indicator("方向: 減少\n種類: 活動指標\n許容幅: {下: 2}")
    ));
    let indicator = sheet.indicators.first().expect("one");
    assert_eq!(indicator.direction, Some(Direction::Decrease));
    assert_eq!(indicator.tolerance.as_ref().map(|t| (t.below, t.above)), Some((Some(Decimal::TWO), None)));
    assert_eq!(sheet.status, crate::model::PublicationStatus::Draft);
    assert!(sheet.sample);
    let voices: Vec<_> = sheet.grades.iter().map(|g| g.by.clone()).collect();
    assert_eq!(voices, [Voice::SelfGrade, Voice::Other("市民会議".into())]);
}

#[test]
fn anchors_and_merge_keys_are_followed() {
    let sheet = sheet(
        "area: industry\nname: 施策\nindicators:\n  - &base\n    id: a\n    name: 指標A\n    unit: 人\n    direction: increase\n  - <<: *base\n    id: b\n    name: 指標B\n",
    );
    let units: Vec<_> = sheet.indicators.iter().map(|i| (i.id.as_ref(), i.direction)).collect();
    assert_eq!(units, [("a", Some(Direction::Increase)), ("b", Some(Direction::Increase))]);
}

#[test]
fn a_forecast_may_speak_of_the_future_and_an_actual_may_not() {
    sheet(&indicator("actuals: {2024: 1, 2025: {value: 2, status: 見込値}, 2026: …}"));
    let codes: Vec<_> = problems(&indicator("actuals: {2024: 1, 2025: 2}")).iter().map(|p| p.0).collect();
    assert_eq!(codes, ["wrong-year"]);
}

#[test]
fn policies_are_ordered_by_id_and_their_sheets_by_year() {
    let text = "area: industry\nname: 施策\n";
    let (portal, _) = load_all(&[
        ("2025/tourism.yaml", text),
        ("portal.yaml", PORTAL),
        ("2025/industry.yml", text),
        ("2024/tourism.yaml", text),
        ("pages/about.md", "# 説明\n本文"),
        ("pages/about.en.md", "# About\ntext"),
    ]);
    let portal = portal.expect("a portal");
    let order: Vec<_> = portal
        .policies
        .iter()
        .map(|p| (p.id.as_ref(), p.sheets.iter().map(|s| s.year.get()).collect::<Vec<_>>()))
        .collect();
    assert_eq!(order, [("industry", vec![2025]), ("tourism", vec![2024, 2025])]);
    let pages: Vec<_> =
        portal.pages.iter().map(|p| (p.title.as_ref(), p.language.as_ref().map(Language::code))).collect();
    assert_eq!(pages, [("About", Some("en")), ("説明", None)]);
}

#[test]
fn money_is_read_in_every_unit_that_sheets_print() {
    for (unit, in_yen) in [("円", 1), ("千円", 1_000), ("万円", 10_000), ("百万円", 1_000_000), ("億円", 100_000_000)]
    {
        let text = format!("area: industry\nname: 施策\nexpenditure: {{unit: {unit}, settled: {{2024: 12{unit}}}}}\n");
        let sheet = sheet(&text);
        let money = sheet.expenditure.as_ref().expect("money");
        assert_eq!(money.unit.in_yen(), Decimal::from(in_yen));
        assert_eq!(money.settled.first().and_then(|(_, amount)| amount.total.number()), Some(Decimal::from(12)));
    }
}

#[test]
fn a_month_is_kept_as_printed_beside_its_fiscal_year() {
    let sheet = sheet(&indicator("targets: {2028年3月末: 5}"));
    let targets = &sheet.indicators[0].series.targets;
    assert_eq!(targets.last().map(|(of, _)| of), Some(year(2027)));
    assert_eq!(targets.year_printed(year(2027)), Some("2028年3月末"));
}
