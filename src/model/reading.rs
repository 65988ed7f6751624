//! A value is more than a number: what was printed, what it means, and how sure it is.

use super::text::{At, Text};
use rust_decimal::Decimal;

/// One printed value of an indicator, with what it means and where it stands in the sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    pub reading: Reading,
    /// The text as printed, where printing the reading anew would not give the same figure: `延 10万人/年`, `31人削減`.
    /// `None` for plain numbers (`1,046`, `628人`), which the site prints in its own form with all their digits.
    pub printed: Option<Box<str>>,
    pub status: Status,
    pub note: Option<Box<Text>>,
    pub at: At,
}

impl Value {
    pub fn number(&self) -> Option<Decimal> {
        self.reading.figure()
    }

    pub fn missing(&self) -> Option<&Missing> {
        match &self.reading {
            Reading::Missing(missing) => Some(missing),
            _ => None,
        }
    }
}

/// What a printed value says. Exact decimals: the digits after the point are those that were printed.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    Number(Decimal),
    /// `40以上`, `≧40`: this value or more.
    AtLeast(Decimal),
    /// `60以下`, `≤ 60`: this value or less.
    AtMost(Decimal),
    /// `40超`, `> 40`: more than this value.
    MoreThan(Decimal),
    /// `60未満`, `< 60`: less than this value.
    LessThan(Decimal),
    /// `10〜12`, both ends included. `low` is never above `high`.
    Range(Box<Range>),
    /// `3位`: the place in an order, the first being the best.
    Rank(u32),
    /// `策定`, `全員取得`: judged by people, never charted. `met` is the city's own word on a text target.
    Text {
        met: Option<bool>,
    },
    Missing(Missing),
}

/// Two ends; `low` is never above `high`. Boxed where it is rare, for a portal holds some hundred thousand values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub low: Decimal,
    pub high: Decimal,
}

impl Reading {
    /// A range from `low` to `high`, which is not below it.
    pub fn range(low: Decimal, high: Decimal) -> Self {
        Self::Range(Box::new(Range { low, high }))
    }

    /// The number that rates, verdicts and charts use: the number itself, the bound of a bound (`75%以上` counts as 75,
    /// as cities themselves divide it), the place of a rank. A range, a text and a missing value have none.
    pub fn figure(&self) -> Option<Decimal> {
        match self {
            Self::Number(n) | Self::AtLeast(n) | Self::AtMost(n) | Self::MoreThan(n) | Self::LessThan(n) => Some(*n),
            Self::Rank(rank) => Some(Decimal::from(*rank)),
            Self::Range(_) | Self::Text { .. } | Self::Missing(_) => None,
        }
    }

    /// The lower and the upper end of what is meant; `None` for an open end and for what is no number.
    pub fn ends(&self) -> (Option<Decimal>, Option<Decimal>) {
        match self {
            Self::Number(n) => (Some(*n), Some(*n)),
            Self::Rank(rank) => (Some(Decimal::from(*rank)), Some(Decimal::from(*rank))),
            Self::AtLeast(n) | Self::MoreThan(n) => (Some(*n), None),
            Self::AtMost(n) | Self::LessThan(n) => (None, Some(*n)),
            Self::Range(range) => (Some(range.low), Some(range.high)),
            Self::Text { .. } | Self::Missing(_) => (None, None),
        }
    }
}

/// Why there is no value, in the words of the statistics law's symbols and of evaluation sheets.
#[derive(Clone, Debug, PartialEq)]
pub struct Missing {
    pub reason: MissingReason,
    /// Until when it is pending, as written (`2026-03`).
    pub until: Option<Box<str>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MissingReason {
    /// `-` and its like, where the portal does not say what they mean.
    Unknown,
    NotApplicable,
    /// `…`, 集計中.
    Pending,
    /// 未実施.
    NotImplemented,
    /// 調査年でない.
    NotSurveyed,
    /// `x`, 秘匿.
    Suppressed,
    /// `※`: the note says why.
    SeeNote,
    /// 出典に記載なし: the source does not print it.
    NotInSource,
}

impl MissingReason {
    pub const ALL: [Self; 8] = [
        Self::Unknown,
        Self::NotApplicable,
        Self::Pending,
        Self::NotImplemented,
        Self::NotSurveyed,
        Self::Suppressed,
        Self::SeeNote,
        Self::NotInSource,
    ];

    /// The name in YAML, open data and label files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::NotApplicable => "not-applicable",
            Self::Pending => "pending",
            Self::NotImplemented => "not-implemented",
            Self::NotSurveyed => "not-surveyed",
            Self::Suppressed => "suppressed",
            Self::SeeNote => "see-note",
            Self::NotInSource => "not-in-source",
        }
    }

    /// The symbol that stands for it in charts and narrow tables, always with the reason in words beside it.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Unknown | Self::NotApplicable | Self::NotImplemented | Self::NotSurveyed | Self::NotInSource => "―",
            Self::Pending => "…",
            Self::Suppressed => "x",
            Self::SeeNote => "※",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }
}

/// How sure a value is. Left out in a sheet, it is final.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    #[default]
    Final,
    Provisional,
    Estimate,
    Forecast,
    Revised,
}

impl Status {
    pub const ALL: [Self; 5] = [Self::Final, Self::Provisional, Self::Estimate, Self::Forecast, Self::Revised];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Final => "final",
            Self::Provisional => "provisional",
            Self::Estimate => "estimate",
            Self::Forecast => "forecast",
            Self::Revised => "revised",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}
