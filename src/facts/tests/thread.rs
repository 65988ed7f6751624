//! Challenges over the years.

use super::build;
use crate::facts::thread::{answered, named_before};
use crate::model::{Ancestry, Answer, At, Challenge, Sheet, Text};
use std::sync::Arc;

fn year(of: u16, ids: &[&str]) -> Arc<Sheet> {
    let challenge =
        |id: &&str| Challenge { id: Some((*id).into()), challenge: Text::new(id), approach: None, at: At::default() };
    Arc::new(Sheet { challenges: ids.iter().map(challenge).collect(), ..build::sheet("a", of, Vec::new()) })
}

fn years(earlier: &[Arc<Sheet>], of: u16) -> Vec<u16> {
    named_before(&Ancestry::own(earlier), &year(of, &["c"]), "c").iter().map(|sheet| sheet.year.get()).collect()
}

#[test]
fn years_in_a_row_end_where_a_year_lacks_the_challenge_or_the_sheet() {
    let sheets = [year(2020, &["c"]), year(2022, &["c"]), year(2023, &["c", "d"])];
    assert_eq!(years(&sheets, 2024), [2022, 2023]);
    assert_eq!(years(&sheets, 2025), Vec::<u16>::new());
    let gap = [year(2022, &["c"]), year(2023, &["d"])];
    assert_eq!(years(&gap, 2024), Vec::<u16>::new());
    assert_eq!(years(&sheets, 2023), [2022], "a later sheet is not before");
}

#[test]
fn an_answer_belongs_to_the_latest_sheet_that_names_the_challenge() {
    let earlier = [year(2022, &["c"]), year(2023, &["c"])];
    let answer = |id: &str, text: Option<&str>| Answer {
        id: id.into(),
        policy: None,
        state: None,
        text: text.map(Text::new),
        at: At::default(),
    };
    let answers = [answer("gone", Some("x")), answer("c", None), answer("c", Some("x"))];
    let sheet = Sheet { answers: answers.into(), ..build::sheet("a", 2024, Vec::new()) };
    let found: Vec<_> =
        answered(&Ancestry::own(&earlier), &sheet).iter().map(|of| (of.number, of.asked_in.year.get())).collect();
    assert_eq!(found, [(3, 2023)]);
}
