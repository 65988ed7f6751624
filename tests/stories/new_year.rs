//! A new fiscal year is opened from the last.

use crate::portal::Portal;

/// [`Portal::minimal`], as an officer keeps it: with comments, a narrative, money, and years of the plan.
fn kept() -> Portal {
    let portal = Portal::minimal();
    portal.write(
        "content/2024/industry.yaml",
        "# 商工課が書きます\narea: industry\nname: 産業の活性化を促進する\nvision: 仕事が続くまち\nindicators:\n  - id: exchange\n    \
         name: 交流人数   # 累計\n    unit: 人\n    accumulation: cumulative\n    baseline: 446\n    actuals: {2024: 628}\n    \
         targets: {2027: \"1,046\"}\nachievements: [協定を結びました。]\nchallenges:\n  - id: points\n    challenge: 続けられる形にする\n\
         expenditure: {unit: 千円, settled: {2024: \"1,587\"}}\noutlook: 継続\n",
    );
    portal
}

#[test]
fn without_write_it_only_lists_what_it_would_do() {
    let portal = kept();
    let before = crate::portal::files(&portal.path("."));
    let answer = portal.run("new-year 2025");
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    for said in [
        "content/2025/industry.yaml（産業の活性化を促進する）",
        "引き継ぎ: 指標 1、基準値 1、目標値 1、関連事業 0",
        "空欄: 実績値、成果、課題、前年度の課題への対応、今後の方向性、決算額",
        "editions に 2025",
        "--write",
    ] {
        assert!(answer.out.contains(said), "{said}: {}", answer.out);
    }
    assert_eq!(crate::portal::files(&portal.path(".")), before);
}

#[test]
fn the_new_year_is_a_draft_that_shows_the_plan_and_changes_nothing_that_is_published() {
    let portal = kept();
    portal.build();
    let published = portal.output();
    let answer = portal.run("new-year 2025 --write");
    assert_eq!(answer.code, Some(0), "{}{}", answer.out, answer.err);
    assert!(answer.out.contains("エラーはありません"), "{}", answer.out);
    let sheet = portal.read("content/2025/industry.yaml");
    for kept in [
        "# 商工課が書きます\n",
        "name: 交流人数   # 累計\n",
        "targets: {2027: \"1,046\"}\n",
        "vision: 仕事が続くまち\n",
    ] {
        assert!(sheet.contains(kept), "{kept}: {sheet}");
    }
    for gone in ["628", "協定", "challenge: 続けられる", "1,587", "outlook: 継続"] {
        assert!(!sheet.contains(gone), "{gone}: {sheet}");
    }
    assert!(portal.read("content/portal.yaml").contains("editions:\n  2025: {}"));
    portal.build();
    let again = portal.output();
    for (path, bytes) in &published {
        assert!(path == "manifest.json" || again.get(path) == Some(bytes), "{path} changed");
    }
    assert_eq!(portal.run("build --drafts --output output").code, Some(0));
    let page = portal.page("2025/industry/index.html");
    assert_eq!(page.figure("2025/industry#exchange/targets/2027"), "1,046人");
    assert_eq!(page.figure("2024/industry#exchange/actuals/2024"), "628人");
}

#[test]
fn nothing_is_overwritten_and_nothing_is_half_done() {
    let portal = kept();
    portal.write("content/2024/tourism.yaml", "area: industry\nname: 観光\n");
    portal.write("content/2025/tourism.yml", "area: industry\nname: 観光（書きかけ）\n");
    let before = crate::portal::files(&portal.path("content"));
    let answer = portal.run("new-year 2025 --write");
    assert_eq!(answer.code, Some(2), "{}", answer.out);
    assert!(answer.err.contains("content/2025/tourism.yml"), "{}", answer.err);
    assert_eq!(crate::portal::files(&portal.path("content")), before);
}

#[test]
fn a_year_begins_with_sheets_that_are_sound_and_there() {
    let portal = kept();
    let answer = portal.run("new-year 2027 --write");
    assert_eq!(answer.code, Some(2));
    assert!(answer.err.contains("2026年度") && answer.err.contains("--from"), "{}", answer.err);
    assert_eq!(portal.run("new-year 2024 --from 2024").code, Some(2));
    assert_eq!(portal.run("new-year 来年").code, Some(2));
    portal.append("content/2024/industry.yaml", "天気: 晴れ\n");
    let answer = portal.run("new-year 2025 --write");
    assert_eq!(answer.code, Some(1));
    assert!(answer.err.contains("unknown-key"), "{}", answer.err);
    assert!(!portal.has("content/2025"));
}

#[test]
fn years_may_be_named_by_their_era_and_lie_further_apart() {
    let portal = kept();
    let answer = portal.run("new-year 令和8年度 --from R6 --write");
    assert_eq!(answer.code, Some(0), "{}{}", answer.out, answer.err);
    assert!(portal.read("content/2026/industry.yaml").contains("actuals: {2026: }"));
}

#[test]
fn marks_and_line_ends_of_other_editors_stay() {
    let portal = kept();
    let sheet = portal.read("content/2024/industry.yaml").replace('\n', "\r\n");
    portal.write("content/2024/industry.yaml", format!("\u{feff}{sheet}"));
    assert_eq!(portal.run("new-year 2025 --write").code, Some(0));
    let next = portal.read("content/2025/industry.yaml");
    assert!(next.starts_with("\u{feff}status: draft  # "), "{next:?}");
    assert!(next.contains("\r\n# 商工課が書きます\r\narea: industry\r\n"), "{next:?}");
    assert_eq!(next.matches('\n').count(), next.matches("\r\n").count(), "{next:?}");
}

#[test]
fn what_to_fill_in_is_said_in_the_language_of_the_portal() {
    let portal = kept();
    portal.append("content/portal.yaml", "languages: [en]\n");
    assert_eq!(portal.run("new-year 2025 --write").code, Some(0));
    assert!(portal.read("content/2025/industry.yaml").contains("# fill in `actuals` of fiscal 2025"));
}

#[test]
fn a_frozen_year_stays_as_it_was_published() {
    let portal = kept();
    assert_eq!(portal.run("freeze 2024").code, Some(0));
    assert_eq!(portal.run("new-year 2025 --write").code, Some(0));
    portal.build();
    assert_eq!(portal.run("build --drafts").code, Some(0));
}

#[test]
fn next_years_budget_moves_on_by_a_year_and_what_is_printed_already_is_not_asked_for_again() {
    let opened = |budgeted: &str| {
        let portal = kept();
        portal.edit(
            "content/2024/industry.yaml",
            "{2024: \"1,587\"}",
            &format!("{{2024: 1587}}, budgeted: {budgeted}"),
        );
        let answer = portal.run("new-year 2025 --write");
        assert_eq!(answer.code, Some(0), "{}{}", answer.out, answer.err);
        let status = portal.run("status 2025").out;
        (portal.read("content/2025/industry.yaml"), answer.out, status)
    };
    for (before, after) in [
        ("{2024: 70}", "budgeted: {2025: }"),
        ("{2025: 77}", "budgeted: {2026: }"),
        ("{2024: 70, 2025: 77}", "budgeted: {2026: }"),
        ("{令和6年度: 70, 令和7年度: 77}", "budgeted: {令和8年度: }"),
    ] {
        let (sheet, listed, status) = opened(before);
        assert!(sheet.contains(after), "{before}: {sheet}");
        assert!(listed.contains("予算額") && status.contains("予算額"), "{before}: {listed}{status}");
    }
}

#[test]
fn a_japanese_sheet_is_asked_in_japanese_keys() {
    let portal = kept();
    portal.write(
        "content/2024/industry.yaml",
        "分野: industry\n施策名: 産業\n課題:\n  - 識別子: points\n    課題: 続ける\n",
    );
    assert_eq!(portal.run("new-year 2025 --write").code, Some(0));
    let sheet = portal.read("content/2025/industry.yaml");
    assert!(sheet.contains("\n  - 識別子: points  # 続ける\n    結果:\n    内容:"), "{sheet}");
    assert!(!sheet.contains("id:"), "{sheet}");
}
