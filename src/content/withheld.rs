//! Sheets that are not for the public yet: drafts, and those that wait for their day (公表予定日).

use rayon::prelude::*;

use super::keys::{self, Key};
use super::{content_file, files, sheet, tree};
use crate::diagnostic::{Code, Diagnostic, Message, Place, Report, Stopped};
use crate::model::{At, Lineage, Policy, Portal, Withheld};
use jiff::civil::Date;

/// The portal as a public build shows it: sheets that are not for the public by [`Portal::as_of`] are not there, nor
/// policies that have nothing else.
///
/// # Errors
/// `no-sheets` where no sheet remains: an edition without a published sheet does not exist.
pub fn leave_out(mut portal: Portal, report: &mut Report) -> Result<Portal, Stopped> {
    let as_of = portal.as_of;
    for policy in &mut portal.policies {
        portal.left_out.extend(policy.sheets.extract_if(.., |sheet| sheet.withheld(as_of).is_some()));
    }
    portal.policies.retain(|policy| !policy.sheets.is_empty());
    if !portal.left_out.is_empty() {
        // What is not for the public took over nothing yet, but then the others did not take over the whole either.
        portal.lineage = Lineage::of(&portal.policies).among(&portal.lineage);
        portal.recommended_to = Policy::recommended_to(&portal.policies);
    }
    if portal.policies.is_empty() {
        report.add(nothing_left(&portal));
    }
    report.go_on()?;
    Ok(portal)
}

/// The sheets among files of content/ that are not for the public, seen from the day `as_of`, in the order of the
/// files: those that [`leave_out`] takes away, found without reading all the others.
///
/// A build that finds nothing changed needs to know whether a day has come, and reads no sheet for anything else.
pub fn among<'f>(files: &[(&'f str, &[u8])], as_of: Option<Date>) -> Vec<(&'f str, Withheld)> {
    let found = files.par_iter().filter(|(path, bytes)| files::is_sheet(path) && may_be_withheld(bytes));
    found.filter_map(|(path, bytes)| Some((*path, withheld(path, bytes, as_of)?))).collect()
}

fn withheld(path: &str, bytes: &[u8], as_of: Option<Date>) -> Option<Withheld> {
    // What is wrong with the sheet is told where it is read as a whole.
    let mut ignored = Report::default();
    let said = tree::with_tree(content_file(path), bytes, &mut ignored, &|reader, root| {
        let fields = reader.fields(root, &keys::SHEET)?;
        Some(sheet::publication(reader, &fields))
    });
    said.and_then(|(status, publish_on)| Withheld::of(status, publish_on, as_of))
}

/// Whether the file holds the words that make a sheet a draft or give it a day. A backslash may hide any word: quoted
/// YAML knows escapes.
fn may_be_withheld(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let names = |key: &'static str| keys::SHEET.keys.iter().filter(move |of| of.name == key).flat_map(Key::names);
    let holds_name = |key| names(key).any(|name| text.contains(name));
    let draft = keys::PUBLICATION.find("draft");
    let says_draft = || {
        let words = draft.iter().flat_map(|word| std::iter::once(word.name).chain(word.ja.iter().copied()));
        words.into_iter().any(|word| text.contains(word))
    };
    holds_name("publish_on") || text.contains('\\') || (holds_name("status") && says_draft())
}

fn nothing_left(portal: &Portal) -> Diagnostic {
    let days = portal.left_out.iter().filter_map(|sheet| match portal.withheld(sheet) {
        Some(Withheld::Until(day)) => Some(day),
        Some(Withheld::Draft) | None => None,
    });
    let place = Place { file: format!("content/{}", portal.path).into(), at: At { line: 1, column: 1, length: 1 } };
    let Some(first) = days.min() else {
        let message =
            Message::new("公開できる評価シートが一つもありません（すべて下書きです）", "every sheet is a draft");
        return Diagnostic::new(Code::NoSheets, place, message).help(
            "公開するシートの「status: draft」を消すか、--drafts を付けて下書きのまま確かめてください",
            "take `status: draft` out of the sheets to be published, or look at the drafts with --drafts",
        );
    };
    let message = Message::new(
        format!("公開できる評価シートが一つもありません（公表予定日は早いもので {first} です）"),
        format!("no sheet is to be published yet (the first day, publish_on, is {first})"),
    );
    Diagnostic::new(Code::NoSheets, place, message).help(
        "公表予定日の来たシートを公開するには --as-of today を、公開する前に確かめるには --drafts を付けてください",
        "--as-of today publishes the sheets whose day has come; --drafts shows them before",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Kept;
    use crate::source::TextFile;
    use std::collections::BTreeSet;

    const DAY: Date = Date::constant(2025, 9, 20);

    fn seen(sheet: &str, as_of: Option<Date>) -> Option<Withheld> {
        among(&[("2024/industry.yaml", sheet.as_bytes())], as_of).first().map(|(_, why)| *why)
    }

    #[test]
    fn a_sheet_is_found_by_either_name_of_a_key_and_a_word() {
        for draft in ["status: draft", "状態: 下書き", "状態: 案", "{name: a, status: \"draft\"}"] {
            assert_eq!(seen(draft, Some(DAY)), Some(Withheld::Draft), "{draft}");
        }
        for day in ["publish_on: 2025-09-20", "公表予定日: 2025-09-20", "\"publish\\u005fon\": '2025-09-20'"] {
            assert_eq!(seen(day, None), Some(Withheld::Until(DAY)), "{day}");
            assert_eq!(seen(day, Some(DAY)), None, "{day}");
        }
    }

    #[test]
    fn words_of_a_text_withhold_nothing() {
        for sheet in [
            "name: 下書きの手引き\nstatus: published",
            "name: draft",
            "challenges: [{challenge: 状態の案}]",
            "notes: [\"publish_on: 2025-09-20\"]",
            "indicators: [{id: a, actuals: {2024: {value: 1, status: provisional}}}]\nname: 提案",
        ] {
            assert_eq!(seen(sheet, None), None, "{sheet}");
        }
    }

    #[test]
    fn what_is_found_without_reading_all_is_what_is_left_out() {
        const PORTAL: &str = "title: 市\nmunicipality: {name: 市}\nplan: {first_year: 2024, last_year: 2027}\nareas: [{id: a, name: あ}]\n";
        let sheets = [
            "status: draft",
            "状態: 案\npublish_on: 2025-01-01",
            "\"publish_\\x6fn\": 2025-09-21",
            "公表予定日: \"2025-09-20\"",
            "notes: [&day 2025-09-21]\npublish_on: *day",
            "status:\nvision: 状態の案",
            "publish_on:",
            "status: published",
        ];
        let sheets: Vec<_> = sheets.iter().map(|more| format!("area: a\nname: 施策\n{more}\n")).collect();
        let paths: Vec<_> = (0..sheets.len()).map(|index| format!("2024/s{index}.yaml")).collect();
        let files: Vec<_> = paths.iter().map(String::as_str).zip(sheets.iter().map(String::as_bytes)).collect();
        let read = files.iter().copied().chain([("portal.yaml", PORTAL.as_bytes())]);
        let read = read.map(|(path, bytes)| TextFile::new(path, bytes)).collect();
        let mut report = Report::default();
        let portal = crate::content::load(read, &BTreeSet::new(), &mut Kept::default(), &mut report).unwrap();
        let portal = leave_out(Portal { as_of: Some(DAY), ..portal }, &mut report).unwrap();
        let left_out = portal.left_out.iter().map(|sheet| (&*sheet.path, portal.withheld(sheet).unwrap()));
        let after = DAY.tomorrow().unwrap();
        let expected = [Withheld::Draft, Withheld::Draft, Withheld::Until(after), Withheld::Until(after)];
        assert_eq!(left_out.clone().map(|(_, why)| why).collect::<Vec<_>>(), expected);
        assert_eq!(among(&files, Some(DAY)), left_out.collect::<Vec<_>>());
    }

    #[test]
    fn only_sheets_are_looked_at() {
        let draft = b"status: draft".as_slice();
        let paths = ["portal.yaml", "notes/a.yaml", "2024/a.yaml", "2024/b.yml", "2024/.c.yaml", "2024/d/e.yaml"];
        let files: Vec<_> = paths.iter().map(|path| (*path, draft)).collect();
        let found: Vec<_> = among(&files, None).into_iter().map(|(path, _)| path).collect();
        assert_eq!(found, ["2024/a.yaml", "2024/b.yml"]);
    }
}
