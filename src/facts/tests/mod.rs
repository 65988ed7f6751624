//! What readers are told, case by case. Everything is built by hand: no file is read.

mod build;
mod comparison;
mod editions;
mod exactness;
mod over_the_years;
mod properties;
mod published_rates;
mod rates;
mod target_changes;
mod thread;
mod verdicts;
