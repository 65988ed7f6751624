//! A fiscal year from its beginning to the next: what an officer does, and that no published figure changes unnoticed.

use crate::portal::Portal;

fn run(portal: &Portal, line: &str, code: i32) -> String {
    let answer = portal.run(&format!("{line} --lang ja"));
    let said = answer.out + &answer.err;
    assert_eq!(answer.code, Some(code), "{line}: {said}");
    said
}

#[test]
fn a_year_is_published_frozen_followed_by_the_next_and_corrected_in_the_open() {
    let portal = Portal::empty();
    run(&portal, "init . --year 2024", 0);
    portal.append("content/portal.yaml", "\n");
    run(&portal, "build", 0);
    assert!(run(&portal, "freeze 2024", 0).contains("2024年度版の公表値を記録しました"));
    // The next year begins with the last.
    assert!(run(&portal, "new-year 2025", 0).contains("まだ何も書き込んでいません"));
    assert!(!portal.has("content/2025/waste.yaml"));
    run(&portal, "new-year 2025 --write", 0);
    assert!(portal.has("content/2025/waste.yaml"));
    assert!(run(&portal, "status 2025", 0).contains("2025年度"));
    // Its sheets are drafts: the published site stays as it is.
    run(&portal, "build", 0);
    assert!(!portal.has("output/2025/index.html"));
    run(&portal, "build --output published", 0);
    // A figure of the past is changed: the build refuses.
    let before = portal.read("output/2024/waste/index.html");
    let sheet = portal.read("content/2024/waste.yaml");
    let (from, to) = a_figure(&portal);
    assert!(sheet.contains(&from), "{from} is not in\n{sheet}");
    portal.write("content/2024/waste.yaml", sheet.replacen(&from, &to, 1));
    let refused = run(&portal, "build", 1);
    assert!(refused.contains("published-figure-changed"), "{refused}");
    assert_eq!(portal.read("output/2024/waste/index.html"), before);
    // The revision is declared with the lines that the message gives.
    let entry = refused.lines().find_map(|line| line.trim().strip_prefix("- {")).unwrap();
    let entry = entry.replace("date: 改めた日", "date: 2026-02-13").replace("reason: 理由", "reason: 転記の誤り");
    portal.append("content/2024/waste.yaml", &format!("\nrevisions:\n  - {{{entry}\n"));
    run(&portal, "build", 0);
    assert!(portal.page("2024/waste/index.html").text().contains("転記の誤り"));
    assert!(portal.page("2024/revisions/index.html").text().contains("2026年2月13日"));
    assert!(portal.read("output/2024/data/revisions.csv").contains("correction"));
    // The published folder of before tells the two apart: the figure, what follows from it, the pages.
    let told = run(&portal, "diff published output", 1);
    assert!(told.contains("waste") && told.contains("2024/waste/index.html"), "{told}");
    run(&portal, "diff output output", 0);
    // What was published is what the manifest says; a change by hand is found.
    run(&portal, "verify output", 0);
    portal.append("output/2024/waste/index.html", " ");
    assert!(run(&portal, "verify output", 1).contains("2024/waste/index.html"));
}

/// An actual of 2024 in the sheet, and another one.
fn a_figure(portal: &Portal) -> (String, String) {
    let ledger = portal.read("content/2024/published.csv");
    let line = ledger.lines().find(|line| line.starts_with("waste,") && line.contains(",actual,2024,")).unwrap();
    let value: u32 = line.split(',').nth(5).unwrap().parse().unwrap();
    (value.to_string(), (value + 1).to_string())
}
