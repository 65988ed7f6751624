//! The thread of challenges over the years: which one is answered, and which one stays. Where a policy took over others,
//! what is before it are their sheets, too ([`crate::model::Portal::earlier`]).

use crate::model::{Answer, Challenge, FiscalYear, Sheet};
use std::sync::Arc;

/// An answer with the challenge that it answers.
#[derive(Clone, Copy, Debug)]
pub struct Answered<'e, 's> {
    pub answer: &'s Answer,
    /// Its number in the sheet, from 1.
    pub number: usize,
    /// The latest earlier sheet that names the challenge.
    pub asked_in: &'e Sheet,
    pub challenge: &'e Challenge,
}

/// The answers of a sheet that say what became of a challenge which is there to be read: one of a sheet that is not in this
/// build is not shown.
pub fn answered<'e, 's>(earlier: &'e [Arc<Sheet>], sheet: &'s Sheet) -> Vec<Answered<'e, 's>> {
    let asked = |id: &str| earlier.iter().rev().find_map(|of| Some((&**of, challenge(of, id)?)));
    let given = sheet.answers.iter().zip(1..).filter(|(answer, _)| answer.state.is_some() || answer.text.is_some());
    let found = given.filter_map(|(answer, number)| {
        let (asked_in, challenge) = asked(&answer.id)?;
        Some(Answered { answer, number, asked_in, challenge })
    });
    found.collect()
}

/// The sheets of the years right before a sheet, one after another, that name the challenge, too; ascending.
pub fn named_before<'p>(earlier: &'p [Arc<Sheet>], sheet: &Sheet, id: &str) -> Vec<&'p Sheet> {
    let mut sheets: Vec<&Sheet> = Vec::new();
    let mut year: FiscalYear = sheet.year;
    // Of one year there are several where policies were merged.
    let in_year = |year| earlier.iter().rev().filter(move |of| of.year == year);
    while let Some(of) = in_year(year.previous()).find(|of| challenge(of, id).is_some()) {
        year = of.year;
        sheets.push(of);
    }
    sheets.reverse();
    sheets
}

fn challenge<'s>(sheet: &'s Sheet, id: &str) -> Option<&'s Challenge> {
    sheet.challenges.iter().find(|of| of.id.as_deref() == Some(id))
}
