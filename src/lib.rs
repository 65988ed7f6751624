//! hyoka turns the evaluation sheets of a municipality (行政評価シート, YAML) into the portal that is published of them.
#![forbid(unsafe_code)]
#![warn(missing_debug_implementations)]

pub mod chart;
pub mod compile;
pub mod content;
pub mod diagnostic;
pub mod draft;
pub mod facts;
pub mod model;
pub mod publish;
pub mod site;
pub mod source;
pub mod theme;

pub mod cli;
