//! The thread of challenges over the years: which one is answered, and which one stays.

use crate::model::{Answer, Challenge, FiscalYear, Sheet};
use std::sync::Arc;

/// An answer with the challenge that it answers.
#[derive(Clone, Copy, Debug)]
pub struct Answered<'p> {
    pub answer: &'p Answer,
    /// Its number in the sheet, from 1.
    pub number: usize,
    /// The latest earlier sheet that names the challenge.
    pub asked_in: &'p Sheet,
    pub challenge: &'p Challenge,
}

/// The answers of a sheet that say what became of a challenge which is there to be read: one of a sheet that is not in this
/// build is not shown.
pub fn answered<'p>(earlier: &'p [Arc<Sheet>], sheet: &'p Sheet) -> Vec<Answered<'p>> {
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
    let mut next: FiscalYear = sheet.year;
    let mut sheets = Vec::new();
    for of in earlier.iter().rev().skip_while(|of| of.year >= sheet.year) {
        if of.year != next.previous() || challenge(of, id).is_none() {
            break;
        }
        next = of.year;
        sheets.push(&**of);
    }
    sheets.reverse();
    sheets
}

fn challenge<'s>(sheet: &'s Sheet, id: &str) -> Option<&'s Challenge> {
    sheet.challenges.iter().find(|of| of.id.as_deref() == Some(id))
}
