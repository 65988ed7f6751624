//! Figures of one year that two sheets of a policy state differently.

use super::agreement::{Words, departs_from, each_of, printed, says_the_same, sum_of};
use super::in_sheet;
use crate::diagnostic::{Code, Diagnostic, Message, Report};
use crate::model::{
    Ancestry, At, Component, Expenditure, FigureField, FiscalYear, Indicator, Language, Money, MoneyUnit, Portal,
    Revision, Series, Sheet, Status, Value,
};

/// A later sheet repeats the actuals, the targets and the baseline of an earlier one as they were. A figure that was
/// provisional may settle, one that the later sheet marks as revised or declares as such (`revisions`) is said to differ,
/// and a target may be changed where `target_changes` say from what.
pub(super) fn figures(portal: &Portal, before: &Ancestry<'_>, sheet: &Sheet, report: &mut Report) {
    let language = portal.first_language();
    for indicator in &sheet.indicators {
        let stated = before.latest(|of| of.indicator(&indicator.id));
        let unit = |of: &Indicator| of.unit.as_ref().map_or("", |unit| unit.get(language).trim()).to_owned();
        let now = unit(indicator);
        let Some((last, old)) = stated.iter().find(|(_, old)| unit(old) == now).or(stated.first()) else { continue };
        let was = unit(old);
        if was != now {
            let what = Words { ja: "指標の単位".into(), en: "the unit of the indicator".into() };
            let before = Stated { sheet: last, at: old.at, printed: named(&was) };
            restated(&what, (&before, None), &Stated { sheet, at: indicator.at, printed: named(&now) }, report);
            continue;
        }
        // Of policies that came together, several may have an indicator with this id: the one that is named as this is meant.
        let name = |of: &Indicator| of.name.get(language).trim().to_owned();
        let several = stated.len() > 1;
        let is_named = several && stated.iter().any(|(_, old)| name(old) == name(indicator));
        let same =
            |of: &Indicator| !several || (unit(of) == unit(indicator) && (!is_named || name(of) == name(indicator)));
        let targets_compare = target_unit(old, language) == target_unit(indicator, language);
        for (component, series) in indicator.all_series() {
            let of = Of { portal, sheet, before, indicator, component, same: &same };
            compare(of, series, report);
            if targets_compare {
                targets(of, series, report);
            }
        }
    }
}

/// A series of a sheet, and where the sheets before it state the same.
#[derive(Clone, Copy)]
struct Of<'a> {
    portal: &'a Portal,
    sheet: &'a Sheet,
    before: &'a Ancestry<'a>,
    indicator: &'a Indicator,
    component: Option<&'a Component>,
    /// Whether an indicator with the same id is the same.
    same: &'a dyn Fn(&Indicator) -> bool,
}

impl<'a> Of<'a> {
    fn in_sheet(self, sheet: &Sheet) -> Option<&Series> {
        let found = sheet.indicator(&self.indicator.id).filter(|found| (self.same)(found))?;
        let id = self.component.map(|of| &of.id);
        found.all_series().find(|(of, _)| of.map(|of| &of.id) == id).map(|(_, series)| series)
    }

    fn figure(self, field: FigureField, year: Option<FiscalYear>) -> Figure<'a> {
        Figure { indicator: Some(&self.indicator.id), component: self.component.map(|of| &*of.id), field, year }
    }
}

/// Where it is another one than before, its targets cannot be compared.
fn target_unit<'i>(indicator: &'i Indicator, language: &Language) -> Option<&'i str> {
    let unit = indicator.target_unit.as_deref().or(indicator.unit.as_ref());
    unit.map(|unit| unit.get(language).trim())
}

fn named(unit: &str) -> String {
    if unit.is_empty() { "-".into() } else { unit.into() }
}

fn compare(of: Of<'_>, series: &Series, report: &mut Report) {
    let Of { portal, sheet, before, .. } = of;
    for (year, value) in series.actuals.iter() {
        let said = |sheet| of.in_sheet(sheet)?.actuals.get(year);
        let stated = before.latest(said);
        let Some((last, old)) = departs_from(&stated, value, before.beside().filter_map(said)) else { continue };
        let figure = of.figure(FigureField::Actual, Some(year));
        if !stated.iter().any(|(_, old)| figure.is_declared(sheet, old, value)) {
            let what = Words { ja: format!("{year}年度の実績値"), en: format!("the actual of fiscal {year}") };
            differ(&what, (last, old), each_of(&stated, portal), (sheet, value), report);
        }
    }
    if let Some(baseline) = &series.baseline
        && baseline.value.status != Status::Revised
    {
        let stated = before.latest(|sheet| of.in_sheet(sheet)?.baseline.as_ref());
        let is_declared =
            |of: &Figure<'_>| stated.iter().any(|(_, old)| of.is_declared(sheet, &old.value, &baseline.value));
        if is_declared(&of.figure(FigureField::Baseline, baseline.year)) {
            return;
        }
        let is_of_year = |year: Option<FiscalYear>| year.is_none() || baseline.year.is_none() || year == baseline.year;
        if let Some((last, old)) = stated.first().filter(|_| stated.iter().all(|(_, old)| !is_of_year(old.year)))
            && let Some((year, now)) = old.year.zip(baseline.year)
        {
            let what = Words { ja: "基準値の年度".into(), en: "the year of the baseline".into() };
            let before = Stated { sheet: last, at: old.value.at, printed: year.to_string() };
            restated(
                &what,
                (&before, None),
                &Stated { sheet, at: baseline.value.at, printed: now.to_string() },
                report,
            );
            return;
        }
        let said = |sheet| of.in_sheet(sheet)?.baseline.as_ref().map(|baseline| &baseline.value);
        let stated: Vec<_> = stated.iter().map(|(sheet, old)| (*sheet, &old.value)).collect();
        if let Some((last, old)) = departs_from(&stated, &baseline.value, before.beside().filter_map(said)) {
            let what = Words { ja: "基準値".into(), en: "the baseline".into() };
            differ(&what, (last, old), each_of(&stated, portal), (sheet, &baseline.value), report);
        }
    }
}

/// A target of a year stays what it was, or `target_changes` say what it was before.
fn targets(of: Of<'_>, series: &Series, report: &mut Report) {
    let Of { portal, sheet, before, indicator, .. } = of;
    let component = of.component.map(|of| of.id.as_ref());
    for (year, now) in series.targets.iter() {
        let said = |sheet| of.in_sheet(sheet)?.targets.get(year);
        let stated = before.latest(said);
        let Some((last, old)) = departs_from(&stated, now, before.beside().filter_map(said)) else { continue };
        let changes = || indicator.target_changes.iter().filter(|change| change.is_of(year, component));
        let figure = of.figure(FigureField::Target, Some(year));
        let is_sum = |from: &Value| stated.len() > 1 && from.number().is_some() && from.number() == sum_of(&stated);
        let is_told = |old: &Value| {
            changes().any(|change| says_the_same(&change.from, old)) || figure.is_declared(sheet, old, now)
        };
        if stated.iter().any(|(_, old)| is_told(old)) || changes().any(|change| is_sum(&change.from)) {
            continue;
        }
        let before = Stated { sheet: last, at: old.at, printed: printed(old) };
        match changes().next_back() {
            Some(change) => {
                let each = each_of(&stated, portal);
                changed_from_another(year, &change.from, (&before, each), sheet, report);
            }
            None => {
                let what =
                    Words { ja: format!("{year}年度の目標値"), en: format!("the target of fiscal {year}") };
                let now = Stated { sheet, at: now.at, printed: printed(now) };
                let from = as_written(&before.printed);
                let of = component.map(|id| format!("component: {id}, ")).unwrap_or_default();
                let help = Message::new(
                    format!(
                        "どちらかの写し間違いなら直してください。改めた目標なら、この指標に target_changes: [{{year: {year}, {of}from: {from}, date: 改めた日, reason: 理由}}] と書きます"
                    ),
                    format!(
                        "correct the one that was copied wrong. For a target that was changed write `target_changes: [{{year: {year}, {of}from: {from}, date: …, reason: …}}]`"
                    ),
                );
                report.add(told(&what, (&before, each_of(&stated, portal)), &now, help));
            }
        }
    }
}

/// A declared change names as the target before it another one than the earlier sheet states.
fn changed_from_another(
    year: FiscalYear,
    from: &Value,
    (before, each): (&Stated<'_>, Option<Words>),
    sheet: &Sheet,
    report: &mut Report,
) {
    let (of, old, from_printed) = (before.sheet.year, &before.printed, printed(from));
    let at = in_sheet(sheet, from.at);
    if let Some(each) = each {
        let message = Message::new(
            format!(
                "{year}年度の目標値の変更前の値(from)が、引き継いだ施策の{}違い、「{from_printed}」になっています",
                each.ja
            ),
            format!(
                "the target of fiscal {year} is said to change from `{from_printed}`, and the policies that were taken over have {}",
                each.en
            ),
        );
        let told = Diagnostic::new(Code::RestatedFigure, at, message).help(
            "from には、引き継いだ施策の目標値のどれかを、足し合わせた目標だったのならその合計を書いてください。前のシートが写し間違いなら、そちらを直してください",
            "write as `from` what one of them has, or their sum where the target was that of all; correct the earlier sheet where it was copied wrong",
        );
        report.add(beside_the_earlier(told, before));
        return;
    }
    let message = Message::new(
        format!(
            "{year}年度の目標値の変更前の値(from)が「{from_printed}」ですが、{of}年度のシートの目標値は「{old}」です"
        ),
        format!(
            "the target of fiscal {year} is said to change from `{from_printed}`, and the sheet of fiscal {of} has `{old}`"
        ),
    );
    let told = Diagnostic::new(Code::RestatedFigure, at, message).help(
        format!("from には、{of}年度のシートの目標値「{old}」を書いてください。そのシートが写し間違いなら、そちらを直してください"),
        format!("write `from: {old}` as in the sheet of fiscal {of}, or correct that sheet where it was copied wrong"),
    );
    report.add(beside_the_earlier(told, before));
}

/// Settled amounts are repeated as they were, in the unit that the sheets before used. Of what was divided, each part has
/// amounts of its own.
pub(super) fn money(portal: &Portal, before: &Ancestry<'_>, sheet: &Sheet, report: &mut Report) {
    let Some(now) = &sheet.expenditure else { return };
    let stated = before.latest(|of| of.expenditure.as_ref());
    let same = stated.iter().find(|(_, old)| old.unit == now.unit);
    let Some((last, old)) = same.or(stated.first()) else { return };
    if old.unit != now.unit {
        if let Some((from, to)) = first_place(old).zip(first_place(now)) {
            let what = Words { ja: "事業費の単位".into(), en: "the unit of the expenditure".into() };
            let stated = |sheet, at, unit: MoneyUnit| Stated { sheet, at, printed: unit.name().to_owned() };
            restated(&what, (&stated(last, from, old.unit), None), &stated(sheet, to, now.unit), report);
        }
        return;
    }
    for (year, amount) in &now.settled {
        let stated = before.latest(|before| {
            let expenditure = before.expenditure.as_ref().filter(|expenditure| expenditure.unit == now.unit)?;
            expenditure.settled.iter().find(|(of, _)| of == year).map(|(_, amount)| &amount.total)
        });
        let Some((last, old)) = departs_from(&stated, &amount.total, std::iter::empty()) else { continue };
        let figure = Figure { indicator: None, component: None, field: FigureField::Settled, year: Some(*year) };
        let is_divided = *last.policy != *sheet.policy && before.beside().next().is_some();
        if !is_divided && !stated.iter().any(|(_, old)| figure.is_declared(sheet, old, &amount.total)) {
            let what =
                Words { ja: format!("{year}年度の決算額"), en: format!("the settled amount of fiscal {year}") };
            differ(&what, (last, old), each_of(&stated, portal), (sheet, &amount.total), report);
        }
    }
}

/// Which figure of a sheet, as revisions name it.
#[derive(Clone, Copy)]
struct Figure<'a> {
    indicator: Option<&'a str>,
    component: Option<&'a str>,
    field: FigureField,
    year: Option<FiscalYear>,
}

impl Figure<'_> {
    /// Whether the sheet declares that it revises this figure, from what an earlier one states to what it says itself.
    fn is_declared(self, sheet: &Sheet, old: &Value, new: &Value) -> bool {
        let same = |value: &Option<Value>, other| value.as_ref().is_some_and(|value| says_the_same(value, other));
        let of = |revision: &&Revision| {
            (revision.indicator.as_deref(), revision.component.as_deref()) == (self.indicator, self.component)
                && revision.field == self.field
                && (revision.year == self.year || (self.field == FigureField::Baseline && revision.year.is_none()))
        };
        let revisions = || sheet.revisions.iter().filter(of);
        // One may lead to the next.
        revisions().any(|first| same(&first.from, old)) && revisions().any(|last| same(&last.to, new))
    }
}

fn first_place(expenditure: &Expenditure) -> Option<At> {
    let all: [&Money; 4] = [&expenditure.settled, &expenditure.budgeted, &expenditure.personnel, &expenditure.total];
    all.into_iter().flatten().map(|(_, amount)| amount.total.at).min()
}

fn differ(
    what: &Words,
    (of, old): (&Sheet, &Value),
    each: Option<Words>,
    (sheet, new): (&Sheet, &Value),
    report: &mut Report,
) {
    let stated = |sheet, value: &Value| Stated { sheet, at: value.at, printed: printed(value) };
    restated(what, (&stated(of, old), each), &stated(sheet, new), report);
}

/// As it can stand between brackets of a sheet.
pub(super) fn as_written(printed: &str) -> String {
    if printed.contains([',', ':', '{', '}', '[', ']', '#', '\'', '"']) {
        format!("'{}'", printed.replace('\'', "''"))
    } else {
        printed.to_owned()
    }
}

struct Stated<'a> {
    sheet: &'a Sheet,
    at: At,
    printed: String,
}

fn restated(what: &Words, before: (&Stated<'_>, Option<Words>), now: &Stated<'_>, report: &mut Report) {
    let help = Message::new(
        "どちらかの写し間違いなら直してください。数値が改められたのなら {value: …, status: revised, note: 理由} と書きます。公表を確定した(freeze した)版の数値を訂正するのなら、このシートの revisions に書きます。各年度の版は、その年度までのシートのとおりに示します",
        "correct the one that was copied wrong. For a figure that was revised write `{value: …, status: revised, note: …}`; for one that a frozen edition published, declare it in the `revisions` of this sheet. The edition of each year shows what the sheets up to it say",
    );
    report.add(told(what, before, now, help));
}

/// `each` is what several policies that came together stated.
fn told(
    Words { ja, en }: &Words,
    (before, each): (&Stated<'_>, Option<Words>),
    now: &Stated<'_>,
    help: Message,
) -> Diagnostic {
    let (year, old, new) = (before.sheet.year, &before.printed, &now.printed);
    let message = match each {
        Some(each) => Message::new(
            format!("{ja}が、引き継いだ施策の{}違い、「{new}」になっています", each.ja),
            format!("{en} is `{new}` here and {} in the policies that were taken over", each.en),
        ),
        None => Message::new(
            format!("{ja}が{year}年度のシートの「{old}」と違い、「{new}」になっています"),
            format!("{en} is `{new}` here and `{old}` in the sheet of fiscal {year}"),
        ),
    };
    let told = Diagnostic::new(Code::RestatedFigure, in_sheet(now.sheet, now.at), message).help(help.ja, help.en);
    beside_the_earlier(told, before)
}

fn beside_the_earlier(told: Diagnostic, before: &Stated<'_>) -> Diagnostic {
    let year = before.sheet.year;
    told.related(
        in_sheet(before.sheet, before.at),
        format!("{year}年度のシートではここです"),
        format!("the sheet of fiscal {year} has it here"),
    )
}
