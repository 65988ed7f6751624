//! 案: how pages say of a sheet that it is not for the public yet. Only a build with drafts shows such sheets.

use std::sync::Arc;

use crate::facts::PolicySummary;
use crate::model::Sheet;
use crate::site::views::context::PageContext;
use crate::theme::Html;
use jiff::civil::Date;

/// Whether what a page shows is for the public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Maturity {
    Public,
    /// The page is that of a sheet which is not, with the day that it waits for, where it has one.
    Draft(Option<Date>),
    /// Such a sheet stands among others.
    DraftsAmong,
}

impl PageContext<'_> {
    pub(super) fn maturity(&self, sheet: &Sheet) -> Maturity {
        match self.portal.withheld(sheet) {
            Some(_) => Maturity::Draft(sheet.publish_on),
            None => Maturity::Public,
        }
    }

    pub(super) fn maturity_of<'s>(&self, policies: impl IntoIterator<Item = &'s Arc<PolicySummary>>) -> Maturity {
        let any = policies.into_iter().any(|policy| self.portal.withheld(&policy.sheet).is_some());
        if any { Maturity::DraftsAmong } else { Maturity::Public }
    }

    /// `案`, `案（公表予定日 2025年9月20日）`: behind the name of a sheet; `None` where it is for the public.
    pub(super) fn draft_mark(&self, sheet: &Sheet) -> Option<String> {
        match self.maturity(sheet) {
            Maturity::Draft(Some(day)) => Some(self.labels.fill("page.draft-mark-until", &[("date", &self.day(day))])),
            Maturity::Draft(None) => Some(self.word("page.draft-mark").to_owned()),
            Maturity::Public | Maturity::DraftsAmong => None,
        }
    }

    /// The words of the banner; `None` where there is nothing to say.
    pub(super) fn draft_words(&self, maturity: Maturity) -> Option<Html> {
        match maturity {
            Maturity::Public => None,
            Maturity::DraftsAmong => Some(self.sentence("page.drafts-among", &[])),
            Maturity::Draft(None) => Some(self.sentence("page.draft", &[])),
            Maturity::Draft(Some(day)) => {
                let until = self.sentence("page.draft-until", &[("date", &self.day(day))]);
                Some(self.followed_by(&self.sentence("page.draft", &[]), &until))
            }
        }
    }

    /// `2025年度`, of a sheet that is not for the public yet `2025年度（案）`: in the choice among a policy's years.
    pub(super) fn year_of_sheet(&self, sheet: &Sheet) -> String {
        let year = self.printer().short_year(sheet.year);
        match self.portal.withheld(sheet) {
            Some(_) => self.labels.fill("page.draft-year", &[("year", &year)]),
            None => year,
        }
    }

    fn day(&self, day: Date) -> String {
        self.printer().date(&day.to_string())
    }
}
