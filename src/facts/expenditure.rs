//! Money: amounts by year over the sheets that an edition knows, and totals that say what they include.

use std::collections::BTreeMap;

use super::exact::{self, Exact};
use super::{ComparableTotals, ExpenditureFacts, ExpenditureYear, MoneyTotal, PolicySummary, Settled};
use crate::model::{Amount, FiscalYear, Money, MoneyUnit, Rounding, Sheet};
use rust_decimal::{Decimal, RoundingStrategy};

impl ExpenditureFacts<'_> {
    /// The unit that the sheet of a year prints its amounts in.
    pub fn unit_of(&self, sheet: FiscalYear) -> Option<MoneyUnit> {
        let found = self.units.binary_search_by_key(&sheet, |(year, _)| *year).ok()?;
        self.units.get(found).map(|(_, unit)| *unit)
    }

    /// The settled amount of a year as the edition knows it.
    pub fn settled(&self, year: FiscalYear) -> Option<Settled> {
        settled(self, year)
    }

    /// The total of an amount in [`ExpenditureFacts::unit`], also where its sheet prints in another. `None` where the
    /// total is no figure.
    pub fn total(&self, (amount, sheet): (&Amount, FiscalYear)) -> Option<Decimal> {
        convert(amount.total.number()?, self.unit_of(sheet)?, self.unit?)
    }
}

impl Settled {
    /// The previous year's amount.
    pub fn before(&self) -> Option<Self> {
        Some(Self { amount: self.previous?, unit: self.unit, previous: None })
    }

    /// Whether another statement of the amount says the same; one in a coarser unit does where it is the other rounded.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let (fine, coarse) = if self.unit.in_yen() < other.unit.in_yen() { (self, other) } else { (other, self) };
        match convert(fine.amount, fine.unit, coarse.unit) {
            Some(fine) if fine == coarse.amount => true,
            Some(converted) => {
                let rounded =
                    converted.round_dp_with_strategy(coarse.amount.scale(), RoundingStrategy::MidpointAwayFromZero);
                fine.unit != coarse.unit && rounded == coarse.amount
            }
            None => false,
        }
    }
}

/// Amounts by year, each from the latest of the sheets that states it; these ascend, the edition's is the last.
pub(super) fn expenditure<'a>(sheets: impl Iterator<Item = &'a Sheet>) -> ExpenditureFacts<'a> {
    let mut years: BTreeMap<FiscalYear, ExpenditureYear<'a>> = BTreeMap::new();
    let mut units = Vec::new();
    for sheet in sheets {
        let Some(stated) = &sheet.expenditure else { continue };
        units.push((sheet.year, stated.unit));
        let mut lay = |money: &'a Money, put: fn(&mut ExpenditureYear<'a>, (&'a Amount, FiscalYear))| {
            for (year, amount) in money {
                let silent =
                    ExpenditureYear { year: *year, settled: None, budgeted: None, personnel: None, total: None };
                put(years.entry(*year).or_insert(silent), (amount, sheet.year));
            }
        };
        lay(&stated.settled, |year, amount| year.settled = Some(amount));
        lay(&stated.budgeted, |year, amount| year.budgeted = Some(amount));
        lay(&stated.personnel, |year, amount| year.personnel = Some(amount));
        lay(&stated.total, |year, amount| year.total = Some(amount));
    }
    ExpenditureFacts { unit: units.last().map(|(_, unit)| *unit), units, years: years.into_values().collect() }
}

/// The settled amount of the edition's year, with the previous year's.
pub(super) fn settled(facts: &ExpenditureFacts<'_>, edition: FiscalYear) -> Option<Settled> {
    let stated = |year: FiscalYear| {
        let found = facts.years.binary_search_by_key(&year, |entry| entry.year).ok()?;
        let (amount, sheet) = facts.years.get(found)?.settled?;
        Some((amount.total.number()?, facts.unit_of(sheet)?))
    };
    let (amount, unit) = stated(edition)?;
    let previous = stated(edition.previous()).and_then(|(amount, from)| convert(amount, from, unit));
    let held_in_yen = |amount: &Decimal| convert(*amount, unit, MoneyUnit::Yen).is_some();
    let previous = previous.filter(held_in_yen);
    Some(Settled { amount, unit, previous }).filter(|settled| held_in_yen(&settled.amount))
}

/// The total over policies. An amount that would carry the sum beyond what a decimal can hold is not included, and the
/// count of the included says so.
pub(super) fn total<'p>(policies: impl Iterator<Item = &'p PolicySummary>) -> MoneyTotal {
    let mut total = MoneyTotal::default();
    let mut comparable = ComparableTotals { yen: Decimal::ZERO, previous_yen: Decimal::ZERO, policies: 0 };
    for policy in policies {
        total.policies += 1;
        let Some(settled) = policy.settled else { continue };
        let yen = settled.in_yen();
        let Some(sum) = exact::sum(total.yen, yen) else { continue };
        total.yen = sum;
        total.policies_included += 1;
        total.unit = total.unit.into_iter().chain([settled.unit]).max_by_key(|unit| unit.in_yen());
        let Some(previous) = settled.previous.and_then(|amount| convert(amount, settled.unit, MoneyUnit::Yen)) else {
            continue;
        };
        if let (Some(now), Some(before)) =
            (exact::sum(comparable.yen, yen), exact::sum(comparable.previous_yen, previous))
        {
            comparable = ComparableTotals { yen: now, previous_yen: before, policies: comparable.policies + 1 };
        }
    }
    total.comparable = (comparable.policies > 0).then_some(comparable);
    total
}

/// Exactly; a coarser unit takes as many digits after the point as it needs. `None` where a decimal cannot hold it.
fn convert(amount: Decimal, from: MoneyUnit, to: MoneyUnit) -> Option<Decimal> {
    if from == to {
        return Some(amount);
    }
    let exact = Exact::from(amount).times(Exact::from(from.in_yen()))?.over(Exact::from(to.in_yen()))?;
    if from.in_yen() > to.in_yen() {
        return exact.round(amount.scale(), Rounding::HalfUp);
    }
    // Units differ by at most 10^8.
    exact.round(amount.scale().checked_add(8)?, Rounding::HalfUp).map(|fine| fine.normalize())
}
