//! The years of an indicator, and breaks of its series that are far from all of them.

use super::in_sheet;
use crate::diagnostic::{Code, Diagnostic, Message, Report};
use crate::model::{FiscalYear, Indicator, Portal, Sheet};

/// How many years before the first that is stated something may have happened that a sheet still speaks of.
pub(super) const YEARS_BEFORE: u16 = 10;

/// A series breaks between years that it has, or soon will have (`doubtful-break`).
pub(super) fn review(portal: &Portal, sheet: &Sheet, report: &mut Report) {
    for indicator in &sheet.indicators {
        let (first, last) = span(portal, sheet, indicator);
        let is_far = |year: FiscalYear| year.get() + YEARS_BEFORE < first.get() || year > last;
        for of in indicator.breaks.iter().filter(|of| is_far(of.year)) {
            let year = of.year;
            let message = Message::new(
                format!(
                    "測り方が{year}年度から変わったとされていますが、この指標の値と計画は{first}年度から{last}年度までです"
                ),
                format!(
                    "the series is said to break in fiscal {year}; the figures of the indicator and the plan are of {first} to {last}"
                ),
            );
            report.add(Diagnostic::new(Code::DoubtfulBreak, in_sheet(sheet, of.year_at), message).help(
                "年度の書き間違いがないか確かめてください。この年度で正しければ、このままで構いません",
                "look whether the year is a slip; where it is right, it may stay",
            ));
        }
    }
}

/// The first and the last year that the plan, the sheet or a figure of the indicator is of.
pub(super) fn span(portal: &Portal, sheet: &Sheet, indicator: &Indicator) -> (FiscalYear, FiscalYear) {
    let of_series = indicator.all_series().flat_map(|(_, series)| {
        let stated = series.actuals.iter().chain(series.targets.iter()).map(|(year, _)| year);
        stated.chain(series.baseline.as_ref().and_then(|of| of.year))
    });
    let of_plan = [portal.plan.first_year, portal.plan.last_year];
    let years = of_plan.into_iter().chain(of_series);
    years.fold((sheet.year, sheet.year), |(first, last), year| (first.min(year), last.max(year)))
}
