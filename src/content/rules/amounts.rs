//! Figures that contradict each other within a sheet.

use super::in_sheet;
use crate::diagnostic::{Code, Diagnostic, Message, Report};
use crate::model::{
    Accumulation, Amount, At, Direction, Expenditure, FiscalYear, Indicator, Money, MoneyUnit, Reading, Series, Sheet,
    Value,
};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// The declared direction is that of the way from the baseline to the last target, and of the target's own bound.
pub(super) fn directions(sheet: &Sheet, report: &mut Report) {
    for indicator in &sheet.indicators {
        let (word, against) = match indicator.direction {
            Some(Direction::Increase) => (("増加", "increase"), Ordering::Less),
            Some(Direction::Decrease) => (("減少", "decrease"), Ordering::Greater),
            Some(Direction::Maintain | Direction::Within | Direction::None) | None => continue,
        };
        for (_, series) in indicator.all_series() {
            let Some((year, target)) = series.targets.last() else { continue };
            let baseline = comparable_baseline(indicator, series);
            if let Some((of, from, to)) = baseline.and_then(|b| Some((b, b.number()?, target.number()?)))
                && to.cmp(&from) == against
            {
                let message = Message::new(
                    format!(
                        "望ましい方向は「{}」ですが、{year}年度の目標値 {to} は基準値 {from} と逆の側にあります",
                        word.0
                    ),
                    format!(
                        "the direction is `{}`, but the target {to} of {year} lies on the other side of {from}",
                        word.1
                    ),
                );
                report.add(contradiction(sheet, target.at, message).related(
                    in_sheet(sheet, of.at),
                    "基準値はここです",
                    "the baseline is here",
                ));
            } else if bound_against(target, against) {
                let message = Message::new(
                    format!("望ましい方向は「{}」ですが、{year}年度の目標値は逆の側に開いています", word.0),
                    format!("the direction is `{}`, but the target of {year} is open to the other side", word.1),
                );
                report.add(contradiction(sheet, target.at, message));
            }
        }
    }
}

fn contradiction(sheet: &Sheet, at: At, message: Message) -> Diagnostic {
    Diagnostic::new(Code::DirectionContradictsTarget, in_sheet(sheet, at), message).help(
        "direction か数値を確かめてください。direction を書かなければ、基準値と目標値から決まります",
        "check direction and figures. Without direction, baseline and target decide",
    )
}

/// The baseline, where target and baseline count the same: a total of the period is no level of a year.
fn comparable_baseline<'a>(indicator: &Indicator, series: &'a Series) -> Option<&'a Value> {
    let same = indicator.target_unit.is_none() && indicator.accumulation != Accumulation::PeriodTotal;
    series.baseline.as_ref().filter(|_| same).map(|baseline| &baseline.value)
}

/// `60以下` of what should rise, `40以上` of what should fall.
fn bound_against(target: &Value, against: Ordering) -> bool {
    match target.reading {
        Reading::AtMost(_) | Reading::LessThan(_) => against == Ordering::Less,
        Reading::AtLeast(_) | Reading::MoreThan(_) => against == Ordering::Greater,
        _ => false,
    }
}

/// The funds of an amount (財源内訳) add up to its total, unless the author says that the printed total differs.
/// Amounts of projects are not expected to add up to the policy's: sheets list main projects only.
pub(super) fn funds(sheet: &Sheet, report: &mut Report) {
    let projects = sheet.projects.iter().filter_map(|project| project.expenditure.as_deref());
    for expenditure in sheet.expenditure.iter().chain(projects) {
        let Expenditure { unit, settled, budgeted, personnel, total: all, total_printed_differs, note: _ } =
            expenditure;
        let said = |year: FiscalYear| total_printed_differs.iter().any(|(of, _)| *of == year);
        for (year, amount) in [settled, budgeted, personnel, all].into_iter().flatten() {
            let Some((total, sum)) = total_and_sum(amount) else { continue };
            if total == sum || said(*year) {
                continue;
            }
            let (unit, english) = (unit.name(), in_english(*unit));
            let message = Message::new(
                format!("{year}年度の合計 {total}{unit} が財源の合計 {sum}{unit} と一致しません"),
                format!("the total of {year} is {total} {english}, but its funds add up to {sum} {english}"),
            );
            let apart = (total - sum).abs();
            let (ja, en) = if total < sum {
                (format!("財源の合計より {apart}{unit} 少ない"), format!("{apart} {english} less than its funds"))
            } else {
                (format!("財源の合計より {apart}{unit} 多い"), format!("{apart} {english} more than its funds"))
            };
            report.add(
                Diagnostic::new(Code::TotalDiffers, in_sheet(sheet, amount.total.at), message)
                    .label(ja, en)
                    .help(
                        format!(
                            "転記を確かめてください。原典の合計が内訳と合わないなら total_printed_differs: {{{year}: 原典のまま}} と書いてください"
                        ),
                        format!(
                            "compare with the original. Where the source itself does not add up, say so: total_printed_differs: {{{year}: as printed}}"
                        ),
                    ),
            );
        }
    }
}

/// The published total cost (総コスト) is the settled amount and the personnel costs of its year, where all three are
/// printed, unless the author says that the printed total differs.
pub(super) fn total_costs(sheet: &Sheet, report: &mut Report) {
    let projects = sheet.projects.iter().filter_map(|project| project.expenditure.as_deref());
    for expenditure in sheet.expenditure.iter().chain(projects) {
        let of = |money: &Money, year| exact(&money.iter().find(|(of, _)| *of == year)?.1.total);
        for (year, amount) in &expenditure.total {
            let parts = of(&expenditure.settled, *year).zip(of(&expenditure.personnel, *year));
            let sum = parts.and_then(|(settled, personnel)| settled.checked_add(personnel));
            let Some((total, sum)) = exact(&amount.total).zip(sum) else { continue };
            if total == sum || expenditure.total_printed_differs.iter().any(|(of, _)| of == year) {
                continue;
            }
            let (unit, english) = (expenditure.unit.name(), in_english(expenditure.unit));
            let message = Message::new(
                format!("{year}年度の総コスト {total}{unit} が決算額と人件費の合計 {sum}{unit} と一致しません"),
                format!(
                    "the total cost of {year} is {total} {english}, but settled amount and personnel costs add up to {sum} {english}"
                ),
            );
            report.add(Diagnostic::new(Code::TotalDiffers, in_sheet(sheet, amount.total.at), message).help(
                format!("転記を確かめてください。原典の合計が合わないなら total_printed_differs: {{{year}: 原典のまま}} と書いてください"),
                format!("compare with the original. Where the source itself does not add up, say so: total_printed_differs: {{{year}: as printed}}"),
            ));
        }
    }
}

fn exact(value: &Value) -> Option<Decimal> {
    match value.reading {
        Reading::Number(number) => Some(number),
        _ => None,
    }
}

const fn in_english(unit: MoneyUnit) -> &'static str {
    match unit {
        MoneyUnit::Yen => "yen",
        MoneyUnit::ThousandYen => "thousand yen",
        MoneyUnit::TenThousandYen => "ten thousand yen",
        MoneyUnit::MillionYen => "million yen",
        MoneyUnit::HundredMillionYen => "hundred million yen",
    }
}

/// `None` where no funds are printed, or one of them is no number.
fn total_and_sum(amount: &Amount) -> Option<(Decimal, Decimal)> {
    let total = exact(&amount.total)?;
    let parts: Option<Vec<_>> = amount.funds.iter().map(|(_, value)| exact(value)).collect();
    let parts = parts.filter(|parts| !parts.is_empty())?;
    let sum = parts.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add)?;
    total.checked_sub(sum)?;
    Some((total, sum))
}
