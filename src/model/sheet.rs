//! The sheet (評価シート): one policy in one evaluated fiscal year.

use super::fiscal_year::FiscalYear;
use super::indicator::Indicator;
use super::ledger::Revision;
use super::lineage::{End, Predecessor};
use super::reading::Value;
use super::recommendation::Recommendation;
use super::text::{At, Text, WrittenLink};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// What one sheet says. Lists are in the order of the file.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The file below content/, with forward slashes (`2024/industry.yaml`).
    pub path: Box<str>,
    pub policy: Box<str>,
    pub year: FiscalYear,
    /// The number as printed (`5`, `012`, `5-①`); text, never a number.
    pub number: Option<Box<str>>,
    /// Index into [`super::Portal::areas`].
    pub area: usize,
    pub name: Text,
    /// Policies that this one took over, in the order of the author.
    pub successor_of: Box<[Predecessor]>,
    /// Where this is the policy's last sheet.
    pub ended: Option<Box<End>>,
    pub departments: Vec<Text>,
    pub vision: Option<Text>,
    pub indicators: Vec<Indicator>,
    pub achievements: Vec<Text>,
    pub challenges: Vec<Challenge>,
    /// What became of the challenges that earlier sheets name.
    pub answers: Box<[Answer]>,
    /// What others recommend for the policy.
    pub recommendations: Box<[Recommendation]>,
    pub projects: Vec<Project>,
    pub expenditure: Option<Expenditure>,
    pub grades: Vec<Grade>,
    pub outlook: Option<Text>,
    pub plain: Option<Box<PlainTexts>>,
    pub attachments: Vec<Attachment>,
    /// Where the sheet was taken from, in the author's words.
    pub source: Option<Text>,
    pub notes: Vec<Text>,
    /// Figures that the narrative names of indicators.
    pub claims: Box<[Claim]>,
    /// Those of the narrative that are long enough to be told from others, in the order of the file.
    pub paragraphs: Box<[Paragraph]>,
    /// Of figures that this or an earlier edition published.
    pub revisions: Box<[Revision]>,
    /// A fictional sheet; said wherever it shows.
    pub sample: bool,
    pub status: PublicationStatus,
    /// 公表予定日: not for the public before this day.
    pub publish_on: Option<Date>,
    /// Of all its texts.
    pub links: Vec<WrittenLink>,
    /// Of the name, for diagnostics that compare sheets over the years.
    pub name_at: At,
    /// Of the departments, for the same.
    pub department_at: At,
}

impl Sheet {
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.id.as_ref() == id)
    }

    pub fn challenge(&self, id: &str) -> Option<&Challenge> {
        self.challenges.iter().find(|challenge| challenge.id.as_deref() == Some(id))
    }

    /// Why the sheet is not for the public, seen from a day; `None` where it is. Without a day, none has come yet.
    pub fn withheld(&self, as_of: Option<Date>) -> Option<Withheld> {
        Withheld::of(self.status, self.publish_on, as_of)
    }
}

/// A figure that the narrative names of an indicator.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The words, as written: `8つの新商品`.
    pub quote: Box<str>,
    pub value: Decimal,
    /// What its last digit counts: another figure nearer than this is the same, less exactly told.
    pub step: Decimal,
    /// The indicators it may be of, and their components: indices into [`Sheet::indicators`] and [`Indicator::components`].
    pub of: Box<[(u16, Option<u16>)]>,
    pub at: At,
}

/// A paragraph of the narrative, known by its letters.
#[derive(Clone, Copy, Debug)]
pub struct Paragraph {
    /// Of the letters and digits, in half width.
    pub hash: u64,
    pub at: At,
    /// Somebody has looked at it, and says why it stands as it is.
    pub checked: bool,
}

/// What the sheet says in plain language (やさしい日本語): rewritten for readers, so that its lists need not have as many
/// items as the sheet's own.
#[derive(Clone, Debug)]
pub struct PlainTexts {
    pub vision: Option<Text>,
    pub achievements: Vec<Text>,
    pub challenges: Vec<Text>,
    pub outlook: Option<Text>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PublicationStatus {
    /// Not in a public build.
    Draft,
    #[default]
    Published,
}

/// Why a sheet is not for the public (yet).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Withheld {
    /// Its author has not finished it, whatever day it is.
    Draft,
    /// It is finished, and its day has not come.
    Until(Date),
}

impl Withheld {
    /// What a sheet's status and day mean, seen from the day `as_of`.
    pub fn of(status: PublicationStatus, publish_on: Option<Date>, as_of: Option<Date>) -> Option<Self> {
        let come = |day: Date| as_of.is_some_and(|today| day <= today);
        match (status, publish_on) {
            (PublicationStatus::Draft, _) => Some(Self::Draft),
            (PublicationStatus::Published, Some(day)) if !come(day) => Some(Self::Until(day)),
            (PublicationStatus::Published, _) => None,
        }
    }
}

/// A challenge (課題) and the approach (取組方針) that answers it.
#[derive(Clone, Debug)]
pub struct Challenge {
    pub id: Option<Box<str>>,
    pub challenge: Text,
    pub approach: Option<Text>,
    pub at: At,
}

/// What became of a challenge that an earlier sheet of the policy names.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Of the challenge.
    pub id: Box<str>,
    /// Whose challenge it is, where policies that came together have one with this id each.
    pub policy: Option<Box<str>>,
    /// `None`: not answered yet.
    pub state: Option<AnswerState>,
    pub text: Option<Text>,
    pub at: At,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnswerState {
    /// 完了.
    Done,
    /// 継続.
    Continued,
    /// 中止.
    Stopped,
}

impl AnswerState {
    pub const ALL: [Self; 3] = [Self::Done, Self::Continued, Self::Stopped];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Continued => "continued",
            Self::Stopped => "stopped",
        }
    }
}

/// A project (関連事業, 事務事業) of the policy.
#[derive(Clone, Debug)]
pub struct Project {
    pub name: Text,
    pub department: Option<Box<Text>>,
    pub expenditure: Option<Box<Expenditure>>,
    pub url: Option<Box<str>>,
    pub at: At,
}

/// Money by year, in the unit the sheet prints.
#[derive(Clone, Debug)]
pub struct Expenditure {
    pub unit: MoneyUnit,
    /// 決算額.
    pub settled: Money,
    /// 予算額.
    pub budgeted: Money,
    /// 人件費.
    pub personnel: Money,
    /// 総コスト, 費用合計: settled amount and personnel costs together, as published.
    pub total: Money,
    /// Said by the author where the printed total is not the sum of its parts, per year of the settled amount.
    pub total_printed_differs: Vec<(FiscalYear, Text)>,
    pub note: Option<Text>,
}

/// Amounts by fiscal year, ascending, each year once.
pub type Money = Vec<(FiscalYear, Amount)>;

/// An amount with, where the sheet prints them, the funds it came from (財源内訳).
#[derive(Clone, Debug)]
pub struct Amount {
    pub total: Value,
    /// National 国庫支出金, prefectural 県支出金, bonds 地方債, other その他, general 一般財源.
    pub funds: Vec<(Fund, Value)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fund {
    National,
    Prefectural,
    Bonds,
    Other,
    General,
}

impl Fund {
    pub const ALL: [Self; 5] = [Self::National, Self::Prefectural, Self::Bonds, Self::Other, Self::General];

    pub const fn name(self) -> &'static str {
        match self {
            Self::National => "national",
            Self::Prefectural => "prefectural",
            Self::Bonds => "bonds",
            Self::Other => "other",
            Self::General => "general",
        }
    }
}

/// The unit that money is printed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MoneyUnit {
    Yen,
    ThousandYen,
    TenThousandYen,
    MillionYen,
    HundredMillionYen,
}

impl MoneyUnit {
    pub const ALL: [Self; 5] =
        [Self::Yen, Self::ThousandYen, Self::TenThousandYen, Self::MillionYen, Self::HundredMillionYen];

    /// As written in sheets and open data.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yen => "円",
            Self::ThousandYen => "千円",
            Self::TenThousandYen => "万円",
            Self::MillionYen => "百万円",
            Self::HundredMillionYen => "億円",
        }
    }

    pub fn in_yen(self) -> Decimal {
        match self {
            Self::Yen => Decimal::ONE,
            Self::ThousandYen => Decimal::ONE_THOUSAND,
            Self::TenThousandYen => Decimal::from(10_000),
            Self::MillionYen => Decimal::from(1_000_000),
            Self::HundredMillionYen => Decimal::from(100_000_000),
        }
    }
}

/// A grade (評価) given by people; never derived.
#[derive(Clone, Debug)]
pub struct Grade {
    pub by: Voice,
    /// The letter or word as given; portal.yaml's legend may explain it.
    pub grade: Option<Box<str>>,
    pub comment: Option<Text>,
    pub year: Option<FiscalYear>,
    pub at: At,
}

/// Whose grade it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Voice {
    /// 自己評価 (1次評価).
    SelfGrade,
    /// 2次評価.
    Second,
    /// 外部評価.
    External,
    /// Any other, in the author's word.
    Other(Box<str>),
}

impl Voice {
    /// As ledgers and open data name it.
    pub fn name(&self) -> &str {
        match self {
            Self::SelfGrade => "self",
            Self::Second => "second",
            Self::External => "external",
            Self::Other(word) => word,
        }
    }
}

/// A file beside the sheet, in content/assets/.
#[derive(Clone, Debug)]
pub struct Attachment {
    pub title: Text,
    /// Below content/, with forward slashes (`assets/2024/form.pdf`).
    pub file: Box<str>,
    pub at: At,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_for_the_public_from_its_day_on() {
        let day = |day| Some(Date::constant(2025, 9, day));
        let seen = |as_of| Withheld::of(PublicationStatus::Published, day(20), as_of);
        assert_eq!(seen(day(19)), day(20).map(Withheld::Until));
        assert_eq!(seen(day(20)), None);
        assert_eq!(seen(None), day(20).map(Withheld::Until), "without a day, none has come");
    }

    #[test]
    fn a_draft_stays_one_after_its_day() {
        let day = Some(Date::constant(2025, 9, 20));
        assert_eq!(Withheld::of(PublicationStatus::Draft, day, day), Some(Withheld::Draft));
        assert_eq!(Withheld::of(PublicationStatus::Published, None, None), None);
    }
}
