//! The nouns: what a portal, a sheet, an indicator and a printed figure are.
//!
//! Values here are plain data with the rules that always hold for them. Nothing in this room reads files, knows YAML,
//! templates or a language of the site; every other room may use it.

pub mod ancestry;
pub mod fiscal_year;
mod fitted;
pub mod indicator;
pub mod ledger;
pub mod lineage;
pub mod per_policy;
pub mod portal;
pub mod reading;
pub mod recommendation;
pub mod sheet;
pub mod text;

pub use ancestry::Ancestry;
pub use fiscal_year::{Era, EraYear, FiscalYear, WrittenYear};
pub use fitted::fitted;
pub use indicator::{
    Accumulation, Baseline, Break, Component, Direction, Ended, Indicator, Kind, Series, Survey, TargetChange,
    Tolerance, YearValues,
};
pub use ledger::{FigureField, FigureId, Ledger, PublishedFigure, Revision, RevisionKind, RuleRevision};
pub use lineage::{End, EndedPolicy, Lineage, Predecessor, Share, Succession};
pub use per_policy::PerPolicy;
pub use portal::{
    Area, Contact, Edition, FreePage, GradeLegend, License, Municipality, Plan, Policy, Portal, RateMethod, RateRule,
    Rounding, TargetChoice, VerdictName, VerdictRule,
};
pub use reading::{Missing, MissingReason, Range, Reading, Status, Value};
pub use recommendation::{Recommendation, RecommendationState, Response};
pub use sheet::{
    Amount, Answer, AnswerState, Attachment, Challenge, Claim, Expenditure, Fund, Grade, Money, MoneyUnit, Paragraph,
    PlainTexts, Project, PublicationStatus, Sheet, Voice, Withheld,
};
pub use text::{At, Language, Text, WrittenLink};
