//! Furigana that no word stands before: 《kana》 behind kana or letters, whose beginning only a bar can tell.

use super::links::Lines;
use super::yaml::Problem;
use crate::diagnostic::{Code, Message};
use crate::markdown;
use crate::model::At;

/// What is wrong with the furigana of `text`, which was read from `file` and begins at `from` in it.
pub fn in_text(file: &str, from: At, text: &str) -> Vec<Problem> {
    let strays = markdown::stray_readings(text);
    if strays.is_empty() {
        return Vec::new();
    }
    let lines = Lines::of(file);
    let mut next = lines.offset(from);
    strays.into_iter().map(|stray| problem(stray, place(file, &lines, &mut next, stray).unwrap_or(from))).collect()
}

/// Where it stands at or behind the byte `next`, which moves on; `None` where YAML wrote it otherwise.
fn place(file: &str, lines: &Lines<'_>, next: &mut usize, stray: &str) -> Option<At> {
    let found = *next + file.get(*next..)?.find(stray)?;
    *next = found + stray.len();
    Some(lines.place(found, stray))
}

fn problem(stray: &str, at: At) -> Problem {
    Problem {
        code: Code::FuriganaWithoutBase,
        at,
        message: Message::new(
            format!("「{stray}」がどの語のふりがなか分かりません。このまま印刷されます"),
            format!("`{stray}` is printed as it is: no kanji stand before it that it could be the reading of"),
        ),
        label: None,
        help: Message::new(
            "漢字でない語に付けるときは、語の始めに「｜」を書きます（｜子育て《こそだて》）。ふりがなでなければ「｜《」と書いてください",
            "a full-width bar `｜` marks where a word that is not all kanji begins; write `｜《` where a bracket is meant",
        ),
        related: None,
    }
}
