//! Figures of one year that two sheets of a policy state differently.

use super::in_sheet;
use crate::diagnostic::{Code, Diagnostic, Message, Report};
use crate::model::{At, Component, Expenditure, Indicator, Money, MoneyUnit, Portal, Series, Sheet, Status, Value};
use std::sync::Arc;

/// A later sheet repeats the actuals and the baseline of an earlier one as they were. A figure that was provisional
/// may settle, and one that the later sheet marks as revised is said to differ.
pub(super) fn figures(portal: &Portal, earlier: &[Arc<Sheet>], sheet: &Sheet, report: &mut Report) {
    let language = portal.first_language();
    for indicator in &sheet.indicators {
        let found = earlier.iter().rev().find_map(|before| Some((&**before, before.indicator(&indicator.id)?)));
        let Some((last, old)) = found else { continue };
        let unit = |of: &Indicator| of.unit.as_ref().map_or("", |unit| unit.get(language).trim()).to_owned();
        let (before, now) = (unit(old), unit(indicator));
        if before != now {
            let what = Words { ja: "指標の単位".into(), en: "the unit of the indicator".into() };
            let before = Stated { sheet: last, at: old.at, printed: named(&before) };
            restated(&what, &before, &Stated { sheet, at: indicator.at, printed: named(&now) }, report);
            continue;
        }
        for (component, series) in indicator.all_series() {
            let before = earlier.iter().rev().filter_map(|sheet| Some((&**sheet, same(sheet, indicator, component)?)));
            compare(sheet, series, &before.collect::<Vec<_>>(), report);
        }
    }
}

fn named(unit: &str) -> String {
    if unit.is_empty() { "-".into() } else { unit.into() }
}

fn same<'a>(sheet: &'a Sheet, indicator: &Indicator, component: Option<&Component>) -> Option<&'a Series> {
    let found = sheet.indicator(&indicator.id)?;
    found.all_series().find(|(of, _)| of.map(|of| &of.id) == component.map(|of| &of.id)).map(|(_, series)| series)
}

/// `before` are the earlier sheets that have the series, the latest first.
fn compare(sheet: &Sheet, series: &Series, before: &[(&Sheet, &Series)], report: &mut Report) {
    for (year, value) in series.actuals.iter() {
        let stated = before.iter().find_map(|(sheet, series)| Some((*sheet, series.actuals.get(year)?)));
        let what = Words { ja: format!("{year}年度の実績値"), en: format!("the actual of fiscal {year}") };
        if let Some((of, old)) = stated {
            differ(&what, (of, old), (sheet, value), report);
        }
    }
    let stated = before.iter().find_map(|(sheet, series)| Some((*sheet, series.baseline.as_ref()?)));
    if let Some(((of, old), baseline)) = stated.zip(series.baseline.as_ref())
        && old.year == baseline.year
    {
        let what = Words { ja: "基準値".into(), en: "the baseline".into() };
        differ(&what, (of, &old.value), (sheet, &baseline.value), report);
    }
}

/// Settled amounts are repeated as they were, in the unit that the sheets before used.
pub(super) fn money(earlier: &[Arc<Sheet>], sheet: &Sheet, report: &mut Report) {
    let Some(now) = &sheet.expenditure else { return };
    let found = earlier.iter().rev().find_map(|before| Some((&**before, before.expenditure.as_ref()?)));
    let Some((last, old)) = found else { return };
    if old.unit != now.unit {
        if let Some((from, to)) = first_place(old).zip(first_place(now)) {
            let what = Words { ja: "事業費の単位".into(), en: "the unit of the expenditure".into() };
            let stated = |sheet, at, unit: MoneyUnit| Stated { sheet, at, printed: unit.name().to_owned() };
            restated(&what, &stated(last, from, old.unit), &stated(sheet, to, now.unit), report);
        }
        return;
    }
    for (year, amount) in &now.settled {
        let stated = earlier.iter().rev().find_map(|before| {
            let expenditure = before.expenditure.as_ref().filter(|expenditure| expenditure.unit == now.unit)?;
            let (_, amount) = expenditure.settled.iter().find(|(of, _)| of == year)?;
            Some((&**before, &amount.total))
        });
        let what =
            Words { ja: format!("{year}年度の決算額"), en: format!("the settled amount of fiscal {year}") };
        if let Some(old) = stated {
            differ(&what, old, (sheet, &amount.total), report);
        }
    }
}

fn first_place(expenditure: &Expenditure) -> Option<At> {
    let all: [&Money; 4] = [&expenditure.settled, &expenditure.budgeted, &expenditure.personnel, &expenditure.total];
    all.into_iter().flatten().map(|(_, amount)| amount.total.at).min()
}

fn differ(what: &Words, (of, old): (&Sheet, &Value), (sheet, new): (&Sheet, &Value), report: &mut Report) {
    let settles = old.status != Status::Final && old.status != Status::Revised;
    let silent = old.missing().is_some() || new.missing().is_some();
    if old.reading == new.reading || silent || settles || new.status == Status::Revised {
        return;
    }
    let stated = |sheet, value: &Value| Stated { sheet, at: value.at, printed: printed(value) };
    restated(what, &stated(of, old), &stated(sheet, new), report);
}

fn printed(value: &Value) -> String {
    match (&value.printed, value.number()) {
        (Some(printed), _) => printed.to_string(),
        (None, Some(number)) => number.to_string(),
        (None, None) => "…".into(),
    }
}

struct Words {
    ja: String,
    en: String,
}

struct Stated<'a> {
    sheet: &'a Sheet,
    at: At,
    printed: String,
}

fn restated(what: &Words, before: &Stated<'_>, now: &Stated<'_>, report: &mut Report) {
    let (Words { ja, en }, year) = (what, before.sheet.year);
    let (old, new) = (&before.printed, &now.printed);
    let message = Message::new(
        format!("{ja}が{year}年度のシートの「{old}」と違い、「{new}」になっています"),
        format!("{en} is `{new}` here and `{old}` in the sheet of fiscal {year}"),
    );
    report.add(
        Diagnostic::new(Code::RestatedFigure, in_sheet(now.sheet, now.at), message)
            .help(
                "どちらかの写し間違いなら直してください。数値が改められたのなら {value: …, status: revised, note: 理由} と書きます。各年度の版は、その年度までのシートのとおりに示します",
                "correct the one that was copied wrong. For a figure that was revised write `{value: …, status: revised, note: …}`. The edition of each year shows what the sheets up to it say",
            )
            .related(
                in_sheet(before.sheet, before.at),
                format!("{year}年度のシートではここです"),
                format!("the sheet of fiscal {year} has it here"),
            ),
    );
}
