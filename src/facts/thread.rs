//! The thread of challenges over the years: which one is answered, and which one stays. Where a policy took over others,
//! what is before it are their sheets, too ([`crate::model::Portal::earlier`]).

use crate::model::{Ancestry, Answer, Challenge, FiscalYear, Sheet};

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
pub fn answered<'e, 's>(before: &'e Ancestry<'_>, sheet: &'s Sheet) -> Vec<Answered<'e, 's>> {
    let given = sheet.answers.iter().zip(1..).filter(|(answer, _)| answer.state.is_some() || answer.text.is_some());
    let found = given.filter_map(|(answer, number)| {
        let (asked_in, challenge) = *before.asked(answer).first()?;
        Some(Answered { answer, number, asked_in, challenge })
    });
    found.collect()
}

/// The sheets of the years right before a sheet, one after another, that name the challenge, too; ascending. Of one year
/// there are several where policies with the same challenge came together, without those that the sheet answers by name.
pub fn named_before<'e>(before: &'e Ancestry<'_>, sheet: &Sheet, id: &str) -> Vec<&'e Sheet> {
    let mut sheets: Vec<&Sheet> = Vec::new();
    let mut year: FiscalYear = sheet.year;
    let is_answered = |of: &Sheet| {
        let mut answers = sheet.answers.iter().filter(|answer| answer.state.is_some() && *answer.id == *id);
        answers.any(|answer| answer.policy.as_deref() == Some(&*of.policy))
    };
    let named = |of: &&Sheet| of.year < sheet.year && of.challenge(id).is_some() && !is_answered(of);
    for of in before.sheets().iter().rev().map(AsRef::as_ref).filter(named) {
        if of.year == year || of.year == year.previous() {
            year = of.year;
            sheets.push(of);
        }
    }
    sheets.reverse();
    sheets
}
