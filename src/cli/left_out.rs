//! What is said at the end of a run about sheets that are not for the public yet.

use std::collections::BTreeMap;

use crate::diagnostic::Message;
use crate::model::Withheld;
use jiff::civil::Date;

/// After a run with `--drafts`.
pub fn drafts_are_in_it(withheld: &[(String, Withheld)]) -> Message {
    let Some(counted) = counted(withheld) else {
        return Message::new(
            "下書きも含まれています。このフォルダは公開しないでください。",
            "drafts are in it: do not put this folder on the web.",
        );
    };
    Message::new(
        format!("下書きも含まれています（{}）。このフォルダは公開しないでください。", counted.ja),
        format!("drafts are in it ({}): do not put this folder on the web.", counted.en),
    )
}

/// After a run without: so that nobody wonders where a sheet is. `None` where all are there.
pub fn left_out(withheld: &[(String, Withheld)], as_of: Option<Date>) -> Option<Message> {
    let counted = counted(withheld)?;
    let waiting = withheld.iter().any(|(_, why)| matches!(why, Withheld::Until(_)));
    let (seen_ja, seen_en, help_ja, help_en) = match as_of {
        Some(day) if waiting => (format!("{day} の時点で"), format!(" as of {day}"), "", ""),
        None if waiting => (
            String::new(),
            String::new(),
            "。公表予定日の来たシートは --as-of today を付けると含めます",
            ". --as-of today lets in those whose day has come",
        ),
        Some(_) | None => (String::new(), String::new(), "", ""),
    };
    Some(Message::new(
        format!("{seen_ja}公開に含めないシート: {}{help_ja}。", counted.ja),
        format!("left out{seen_en}: {}{help_en}.", counted.en),
    ))
}

/// `下書き 1枚、公表予定日 2025-09-20 が 2枚`; days beyond the third are counted together.
fn counted(withheld: &[(String, Withheld)]) -> Option<Message> {
    const NAMED: usize = 3;
    let mut by_reason: BTreeMap<Withheld, usize> = BTreeMap::new();
    for (_, why) in withheld {
        *by_reason.entry(*why).or_default() += 1;
    }
    let drafts = by_reason.remove(&Withheld::Draft);
    let (mut ja, mut en) = (Vec::new(), Vec::new());
    ja.extend(drafts.map(|n| format!("下書き {n}枚")));
    en.extend(drafts.map(|n| format!("{n} draft{}", if n == 1 { "" } else { "s" })));
    let mut later = 0;
    for (index, (why, n)) in by_reason.into_iter().enumerate() {
        match why {
            Withheld::Until(day) if index < NAMED => {
                ja.push(format!("公表予定日が {day} のもの {n}枚"));
                en.push(format!("{n} until {day}"));
            }
            Withheld::Until(_) | Withheld::Draft => later += n,
        }
    }
    if later > 0 {
        ja.push(format!("それより後のもの {later}枚"));
        en.push(format!("{later} until later"));
    }
    (!ja.is_empty()).then(|| Message::new(ja.join("、"), en.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheets(whys: &[Withheld]) -> Vec<(String, Withheld)> {
        whys.iter().map(|why| ("2024/a.yaml".to_owned(), *why)).collect()
    }

    fn until(day: i8) -> Withheld {
        Withheld::Until(Date::constant(2025, 9, day))
    }

    #[test]
    fn where_all_sheets_are_published_nothing_is_said() {
        assert_eq!(left_out(&[], Some(Date::constant(2025, 9, 20))), None);
    }

    #[test]
    fn sheets_are_counted_by_why_they_are_out() {
        let sheets = sheets(&[until(20), Withheld::Draft, until(20), until(22), until(23), until(24), until(25)]);
        let said = left_out(&sheets, Some(Date::constant(2025, 9, 19))).unwrap();
        assert_eq!(
            said.ja,
            "2025-09-19 の時点で公開に含めないシート: 下書き 1枚、公表予定日が 2025-09-20 のもの 2枚、\
             公表予定日が 2025-09-22 のもの 1枚、公表予定日が 2025-09-23 のもの 1枚、それより後のもの 2枚。"
        );
        assert_eq!(
            said.en,
            "left out as of 2025-09-19: 1 draft, 2 until 2025-09-20, 1 until 2025-09-22, 1 until 2025-09-23, 2 until later."
        );
    }

    #[test]
    fn without_a_day_the_way_to_one_is_told_and_drafts_have_none() {
        assert!(left_out(&sheets(&[until(20)]), None).unwrap().ja.contains("--as-of today"));
        assert_eq!(left_out(&sheets(&[Withheld::Draft]), None).unwrap().ja, "公開に含めないシート: 下書き 1枚。");
    }
}
