//! From one fiscal year to the next.
//!
//! [`new_year`] opens a year from the last one: it changes the author's own text, place by place, so that comments, order,
//! quoting and line ends stay as they were. [`status`] says what of a year is still to be filled.

mod edits;
mod listing;
mod next_portal;
mod next_sheet;
mod status_told;
mod year_key;

pub mod new_year;
pub mod status;
pub mod waiting;

#[cfg(test)]
mod tests;
