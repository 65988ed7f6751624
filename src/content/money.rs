//! Amounts of a sheet: by year, with the funds they came from.

use super::Known;
use super::keys;
use super::reader::Reader;
use super::values::{self, Around};
use super::yaml::Node;
use crate::diagnostic::{Code, Message};
use crate::model::{Amount, Expenditure, FiscalYear, Fund, Money, MoneyUnit, Status};

/// The expenditure of a sheet, or of a project, which takes over the unit of its sheet where it has none itself.
pub fn expenditure(
    reader: &mut Reader<'_>,
    node: &Node<'_>,
    known: &Known,
    evaluated: FiscalYear,
    inherited: Option<MoneyUnit>,
) -> Option<Expenditure> {
    let fields = reader.fields(node, &keys::EXPENDITURE)?;
    let written = fields.get("unit");
    let unit = match written {
        Some(node) => reader.word(node, &keys::MONEY_UNIT, &MoneyUnit::ALL, MoneyUnit::name),
        None => inherited,
    };
    if written.is_none() && inherited.is_none() {
        reader.tell(
            Code::MissingKey,
            node.at,
            Message::new("事業費に「単位」がありません", "this expenditure has no `unit`"),
            Message::new(
                "「unit: 千円」のように、印刷されている単位を書いてください (円・千円・万円・百万円・億円)",
                "write the unit that is printed: `unit: 千円` (円, 千円, 万円, 百万円, 億円)",
            ),
        );
    }
    let around = Around { unit: unit.map(MoneyUnit::name), symbols: &known.symbols, notes: &[] };
    let settled = fields.get("settled").map(|n| money(reader, n, &around)).unwrap_or_default();
    for (year, amount) in settled.iter().filter(|(year, _)| *year > evaluated) {
        let speaks_of_future = matches!(amount.total.status, Status::Forecast | Status::Estimate);
        if amount.total.missing().is_none() && !speaks_of_future {
            values::future_year(reader, *year, amount.total.at, evaluated);
        }
    }
    let budgeted = fields.get("budgeted").map(|n| money(reader, n, &around)).unwrap_or_default();
    let personnel = fields.get("personnel").map(|n| money(reader, n, &around)).unwrap_or_default();
    let total = fields.get("total").map(|n| money(reader, n, &around)).unwrap_or_default();
    let mut differs = Vec::new();
    if let Some(node) = fields.get("total_printed_differs") {
        for (year, _, node) in values::by_year(reader, node, "{2024: 原典のまま}") {
            differs.extend(reader.text(node).map(|text| (year.year, text)));
        }
    }
    let note = fields.get("note").and_then(|n| reader.text(n));
    Some(Expenditure { unit: unit?, settled, budgeted, personnel, total, total_printed_differs: differs, note })
}

fn money(reader: &mut Reader<'_>, node: &Node<'_>, around: &Around<'_>) -> Money {
    let mut money = Money::new();
    for (year, _, node) in values::by_year(reader, node, "{2024: 1587511}") {
        money.extend(amount(reader, node, around).map(|amount| (year.year, amount)));
    }
    money.sort_by_key(|(year, _)| *year);
    crate::model::fitted(money)
}

/// A figure, a value spelled out, or a mapping of the total and its funds.
fn amount(reader: &mut Reader<'_>, node: &Node<'_>, around: &Around<'_>) -> Option<Amount> {
    if !values::has_key_of(node, &keys::AMOUNT, &keys::VALUE) {
        return values::value(reader, node, around).map(|total| Amount { total, funds: Vec::new() });
    }
    let fields = reader.fields(node, &keys::AMOUNT)?;
    let total = fields.get("total").and_then(|n| values::value(reader, n, around));
    let mut funds = Vec::new();
    for fund in Fund::ALL {
        let value = fields.get(fund.name()).and_then(|n| values::value(reader, n, around));
        funds.extend(value.map(|value| (fund, value)));
    }
    let funds = crate::model::fitted(funds);
    Some(Amount { total: total?, funds })
}
