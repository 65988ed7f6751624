//! The page that sets the policies of an edition beside each other.

use super::*;

const PORTAL: &str = "
title: 評価
municipality: {name: 例示市}
plan: {first_year: 2024, last_year: 2027}
areas: [{id: life, name: くらし}]
grades: [{id: A, label: 達成, verdict: achieved}, {id: B, label: 順調, verdict: on-track}, {id: C, label: 工夫}, {id: D, label: 遅れ, verdict: behind}]
";

/// A portal of policies, each with a grade and the actual of an indicator that is to rise from 0 to 100 in four years.
fn portal(policies: &[(&str, &str, &str)]) -> Site {
    let sheets: Vec<_> = policies
        .iter()
        .map(|(id, grade, actual)| {
            let sheet = format!(
                "area: life\nname: 施策{id}\ngrades: [{{by: self, grade: {grade}}}]\nindicators:\n  - {{id: it, name: それ, accumulation: cumulative, baseline: {{year: 2023, value: 0}}, actuals: {{2024: {actual}}}, targets: {{2027: 100}}}}\n"
            );
            (format!("2024/{id}.yaml"), sheet)
        })
        .collect();
    let mut files = vec![("portal.yaml", PORTAL)];
    files.extend(sheets.iter().map(|(path, sheet)| (path.as_str(), sheet.as_str())));
    site(&files)
}

fn compared(site: &Site) -> String {
    site.page(&Language::japanese(), Target::Compare(year(2024)))
}

#[test]
fn every_policy_with_both_figures_is_a_mark_that_leads_to_it() {
    let page = compared(&portal(&[("a", "B", "60"), ("b", "D", "20"), ("c", "A", "30")]));
    let (_, chart) = page.split_once("hc-quarters").unwrap();
    let chart = chart.split("</svg>").next().unwrap();
    for (id, hint) in [
        ("a", "施策a：進捗率60.0%、ペース2.40倍"),
        ("b", "施策b：進捗率20.0%、ペース0.80倍"),
        ("c", "施策c：進捗率30.0%、ペース1.20倍"),
    ] {
        assert!(chart.contains(&format!("href=\"../{id}/index.html\"")), "{chart}");
        assert!(chart.contains(hint), "{hint}: {chart}");
    }
    says(&page, &["速い・近い 1", "速い・遠い 1", "遅い・近い 0", "遅い・遠い 1", "3施策のうち、両方の値がある3施策"]);
}

#[test]
fn two_policies_are_a_table_and_no_picture() {
    let page = compared(&portal(&[("a", "B", "60"), ("b", "D", "20")]));
    assert!(!page.contains("hc-quarters"));
    says(&page, &["進捗率の中央値", "60.0%", "2.40倍"]);
}

#[test]
fn a_policy_that_cannot_be_compared_is_named_with_the_reason() {
    let page = compared(&portal(&[("a", "B", "60"), ("b", "D", "集計中")]));
    says(
        &page,
        &["2施策のうち、両方の値がある1施策", "くらべられない施策", "施策b進捗率もペースも計算できる指標がありません"],
    );
}

#[test]
fn grades_stand_against_verdicts_and_those_two_steps_apart_are_told() {
    let page = compared(&portal(&[("a", "B", "60"), ("b", "A", "10"), ("c", "C", "60")]));
    let (_, table) = page.split_once("grades_caption").unwrap();
    let row = |id: &str| {
        let of = table.split("<tr").find(|row| text(row).contains(&format!(">{id} "))).unwrap();
        (text(of), of.to_owned())
    };
    let (a, b, c) = (row("A"), row("B"), row("C"));
    assert!(a.0.contains("1 はなれている 施策b") && attributes(&a.1, "class").contains(&"apart".to_owned()), "{a:?}");
    assert!(b.0.contains("1 施策a") && attributes(&b.1, "class").contains(&"agrees".to_owned()), "{b:?}");
    assert!(
        c.0.contains("対応する判定は決められていません") && !c.1.contains("apart") && !c.1.contains("agrees"),
        "{c:?}"
    );
    assert!(!text(table).contains("D 遅れ"), "a grade that nobody has has no row");
}

#[test]
fn without_a_legend_that_speaks_of_verdicts_there_is_no_table_of_grades() {
    let page = compared(&portal(&[("a", "C", "60")]));
    assert!(!page.contains("grades_caption"));
}
