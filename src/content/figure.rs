//! Figures as sheets print them: `628`, `１，０４６人`, `▲3.2`, `40%以上`, `10〜12`, `3位`, `策定`, `…`.
//!
//! What is printed is read exactly or refused. A text with digits in it is never taken for words, and a word never
//! for a number: a wrong figure in public is worse than a message to the one who writes the sheet.

mod error;
mod fold;
mod missing;
mod numeral;
mod phrase;
#[cfg(test)]
mod tests;
mod words;

use crate::model::{Missing, MissingReason, Reading};
pub use error::FigureError;
use fold::fold;
use phrase::Phrase;
pub use words::{InWords, in_words, is_kanji_numeral};

/// What a figure is read against.
#[derive(Clone, Copy, Debug)]
pub struct FigureContext<'a> {
    /// The unit of the indicator; figures may repeat it (`628人`), and may not carry another.
    pub unit: Option<&'a str>,
    /// What a printed symbol means in this portal; it goes before the built-in table.
    pub symbols: &'a [(Box<str>, MissingReason)],
}

/// Reads a figure as printed: what it means, and the text to keep where printing that anew would not give the same
/// figure (`延 10万人/年`, `31人削減`, every plain text).
///
/// Full width is read as half width. `▲ △ − – - ー` before a digit are minus. `千 万 億` multiply (`10万人` is 100000).
/// A place (`3位`) is a rank; `3位以内` and `3位以上` both mean the third place or a better one, as they do in Japanese.
///
/// # Errors
/// A text that holds digits and is no figure is an error, never a text.
pub fn read(text: &str, context: &FigureContext<'_>) -> Result<(Reading, Option<Box<str>>), FigureError> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(FigureError::Empty);
    }
    let folded = fold(trimmed);
    if let Some((reason, reprint)) = missing::find(&folded, context.symbols) {
        let reading = Reading::Missing(Missing { reason, until: None });
        return Ok((reading, reprint.keep(trimmed)));
    }
    if trimmed.starts_with(['“', '”', '„', '＂', '‘', '’']) && folded.chars().any(fold::counts) {
        return Err(FigureError::CurlyQuotes);
    }
    if is_formula_error(&folded) {
        return Err(FigureError::FormulaError);
    }
    let unit = context.unit.map(|unit| fold(unit.trim())).filter(|unit| !unit.is_empty());
    if !folded.chars().any(fold::counts) {
        let only_signs = folded.bytes().all(|b| b.is_ascii_punctuation() || b == b' ');
        if only_signs || unit.as_ref() == Some(&folded) {
            return Err(FigureError::Unreadable);
        }
        return Ok((Reading::Text { met: None }, Some(trimmed.into())));
    }
    let (reading, reprint) = Phrase::read(&folded, unit.as_deref())?.meaning()?;
    Ok((reading, reprint.keep(trimmed)))
}

/// Whether a spreadsheet shows this where its formula fails.
pub fn is_formula_error(text: &str) -> bool {
    FORMULA_ERRORS.contains(&text.trim().to_ascii_uppercase().as_str())
}

/// The error values of Excel (function ERROR.TYPE), and `########` of a column that is too narrow.
pub const FORMULA_ERRORS: [&str; 11] =
    ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "####", "########"];
