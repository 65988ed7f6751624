//! The ledger of a frozen edition: every figure as it was published, and the revisions that were declared since.

use super::fiscal_year::FiscalYear;
use super::reading::{Reading, Value};
use super::text::{At, Text};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// `content/<year>/published.csv`: what an edition published. Written once by `freeze`, never rewritten.
#[derive(Clone, Debug)]
pub struct Ledger {
    pub year: FiscalYear,
    /// Below content/.
    pub path: Box<str>,
    /// By policy, then by figure: each once.
    pub policies: BTreeMap<Box<str>, BTreeMap<FigureId, PublishedFigure>>,
    /// The digest of what portal.yaml said of recommendations; `None` where the edition showed none.
    pub recommendations: Option<PublishedFigure>,
    /// Of the file: what follows from a ledger follows from this.
    pub hash: [u8; 32],
}

/// Which figure of a policy's edition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureId {
    /// Empty for what belongs to the policy itself: money, grades, texts.
    pub indicator: Box<str>,
    /// A component of the indicator; of money the fund (`national`) or the project (`project:…`); of a grade whose it is.
    pub component: Box<str>,
    pub field: FigureField,
    /// The year that it speaks of; `None` for a baseline whose year the source does not print, and for texts.
    pub year: Option<FiscalYear>,
}

/// What kind of figure is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FigureField {
    Baseline,
    Actual,
    Target,
    /// The achievement rate that the tool computed.
    Rate,
    /// The achievement rate that the city printed.
    PublishedRate,
    Verdict,
    Settled,
    Budgeted,
    Personnel,
    Total,
    Grade,
    /// The texts of the sheet, of which only the digest is kept.
    Digest,
}

impl FigureField {
    pub const ALL: [Self; 12] = [
        Self::Baseline,
        Self::Actual,
        Self::Target,
        Self::Rate,
        Self::PublishedRate,
        Self::Verdict,
        Self::Settled,
        Self::Budgeted,
        Self::Personnel,
        Self::Total,
        Self::Grade,
        Self::Digest,
    ];

    /// As the ledger, revisions and open data name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::Actual => "actual",
            Self::Target => "target",
            Self::Rate => "rate",
            Self::PublishedRate => "published_rate",
            Self::Verdict => "verdict",
            Self::Settled => "settled",
            Self::Budgeted => "budgeted",
            Self::Personnel => "personnel",
            Self::Total => "total",
            Self::Grade => "grade",
            Self::Digest => "digest",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }

    /// Whether it follows from other figures and the rules of the portal: nobody writes it into a sheet.
    pub const fn is_derived(self) -> bool {
        matches!(self, Self::Rate | Self::Verdict)
    }

    /// Whether rates and verdicts follow from it.
    pub const fn decides(self) -> bool {
        matches!(self, Self::Baseline | Self::Actual | Self::Target)
    }
}

/// A figure as it was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedFigure {
    /// As [`canonical`] writes it: two figures are the same where this is.
    pub value: Box<str>,
    /// As people read it, with its unit.
    pub text: Box<str>,
    /// In the ledger; 0 where it was not read from one.
    pub line: u32,
}

/// What a reading says, in one form for one meaning: digits after the point that say nothing are left out, and what is no
/// number is told by what it is.
pub fn canonical(reading: &Reading, printed: Option<&str>) -> String {
    match reading {
        Reading::Number(n) => n.normalize().to_string(),
        Reading::AtLeast(n) => format!(">={}", n.normalize()),
        Reading::AtMost(n) => format!("<={}", n.normalize()),
        Reading::MoreThan(n) => format!(">{}", n.normalize()),
        Reading::LessThan(n) => format!("<{}", n.normalize()),
        Reading::Range(range) => format!("{}..{}", range.low.normalize(), range.high.normalize()),
        Reading::Rank(rank) => format!("#{rank}"),
        Reading::Text { met } => {
            let met = match met {
                None => "",
                Some(true) => " [met]",
                Some(false) => " [not met]",
            };
            format!("{}{met}", printed.unwrap_or_default().trim())
        }
        Reading::Missing(missing) => missing.reason.name().to_owned(),
    }
}

/// [`canonical`] of a value.
pub fn canonical_value(value: &Value) -> String {
    canonical(&value.reading, value.printed.as_deref())
}

/// A change of a published figure that the city declares, in the sheet that makes it, or for a rule in portal.yaml.
#[derive(Clone, Debug)]
pub struct Revision {
    pub indicator: Option<Box<str>>,
    pub component: Option<Box<str>>,
    pub field: FigureField,
    pub year: Option<FiscalYear>,
    /// What was published; `None` for texts, and where there was nothing.
    pub from: Option<Value>,
    /// What holds now; `None` for texts, and where it is withdrawn.
    pub to: Option<Value>,
    pub date: Date,
    pub date_at: At,
    pub reason: Text,
    pub kind: RevisionKind,
    pub at: At,
}

impl Revision {
    /// Whether it speaks of this figure. The year of a verdict, a baseline and a digest may be left out: there is one.
    pub fn is_of(&self, id: &FigureId) -> bool {
        let same = |of: &Option<Box<str>>, id: &str| of.as_deref().unwrap_or_default() == id;
        let one = matches!(self.field, FigureField::Baseline | FigureField::Verdict | FigureField::Digest);
        self.field == id.field
            && same(&self.indicator, &id.indicator)
            && same(&self.component, &id.component)
            && (self.year == id.year || (one && self.year.is_none()))
    }
}

/// Why a published figure changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RevisionKind {
    /// 訂正: it was wrong.
    Correction,
    /// 確定値: it was provisional, or not known yet.
    FinalFigure,
    /// 定義変更: it is counted otherwise.
    Redefinition,
    /// 目標変更.
    TargetChange,
}

impl RevisionKind {
    pub const ALL: [Self; 4] = [Self::Correction, Self::FinalFigure, Self::Redefinition, Self::TargetChange];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Correction => "correction",
            Self::FinalFigure => "final-figure",
            Self::Redefinition => "redefinition",
            Self::TargetChange => "target-change",
        }
    }
}

/// What portal.yaml declares for a frozen edition as a whole: that its rule of rates or verdicts was changed, or that a
/// policy's sheet was withdrawn.
#[derive(Clone, Debug)]
pub struct RuleRevision {
    pub edition: FiscalYear,
    /// `None`: of all policies.
    pub policy: Option<Box<str>>,
    /// [`FigureField::Rate`] or [`FigureField::Verdict`]; [`FigureField::Digest`]: the recommendations of portal.yaml; `None`:
    /// the sheet of `policy` was withdrawn.
    pub field: Option<FigureField>,
    pub date: Date,
    pub date_at: At,
    pub reason: Text,
    pub kind: RevisionKind,
    pub at: At,
}
