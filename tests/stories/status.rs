//! How far the sheets of a year are.

use crate::portal::Portal;

const SHEET: &str = "area: industry\nname: 産業の活性化\ndepartment: [商工課, 企画課]\nvision: 仕事が続くまち\nindicators:\n  - id: exchange\n    \
                     name: 交流人数\n    unit: 人\n    actuals: {2024: 628}\n  - id: school\n    name: 授業\n    components:\n      - {id: es, name: 小学校, actuals: {2024: 1}}\n      \
                     - {id: jh, name: 中学校, actuals: {2024: 2}}\nachievements: [協定]\nchallenges: [{challenge: 続ける}]\n\
                     projects:\n  - {name: 支援事業, expenditure: {unit: 千円, settled: {2024: 5}}}\n  - 名だけの事業\n\
                     expenditure: {unit: 千円, settled: {2024: 5}}\ngrades: [{by: self, grade: A}]\n";

/// 2025 was opened from 2024, beside a policy that has no sheet yet.
fn opened() -> Portal {
    let portal = Portal::minimal();
    portal.write("content/2024/industry.yaml", SHEET);
    assert_eq!(portal.run("new-year 2025 --write").code, Some(0));
    portal.write("content/2024/tourism.yaml", "area: industry\nname: 観光《かんこう》を広げる\n");
    portal
}

#[test]
fn every_open_place_of_the_latest_year_is_named() {
    let answer = opened().run("status");
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    for said in [
        "2025年度: 11% 記入済み（9か所のうち 1、残り 8）",
        "industry  産業の活性化  1/9  11%  下書き",
        "実績値: 交流人数、授業（小学校）、授業（中学校）",
        "\n      成果\n",
        "決算額: 支援事業\n      決算額\n",
        "\n      評価\n",
        "まだシートのない施策\n  tourism  観光を広げる",
        "  企画課  1/9  11%",
        "  商工課  1/9  11%",
    ] {
        assert!(answer.out.contains(said), "{said}: {}", answer.out);
    }
    assert!(!answer.out.contains("今後の方向性"), "the sheet before had none: {}", answer.out);
}

#[test]
fn a_reason_counts_as_an_answer_and_a_full_year_is_at_100() {
    let portal = opened();
    let filled =
        SHEET.replace("{2024: 628}", "{2025: 集計中}").replace("2024: 1}", "2025: \"-\"}").replace("2024", "2025");
    portal.write("content/2025/industry.yaml", filled);
    let answer = portal.run("status 2025");
    assert!(answer.out.starts_with("2025年度: 100% 記入済み（9か所のうち 9、残り 0）\n"), "{}", answer.out);
    assert!(!answer.out.contains("下書き"), "{}", answer.out);
}

#[test]
fn only_a_year_that_is_not_ready_is_overdue() {
    let portal = opened();
    portal.edit("content/portal.yaml", "2025: {}", "2025: {締切: 2026-08-31}");
    assert!(portal.run("status").out.contains("締切 2026-08-31\n"));
    assert!(portal.run("status --as-of 2026-08-31").out.contains("締切 2026-08-31\n"), "the day itself is in time");
    let late = portal.run("status --as-of 2026-10-01");
    assert!(late.out.contains("締切 2026-08-31を 31日過ぎています"), "{}", late.out);
    portal.write("content/2025/industry.yaml", SHEET.replace("2024", "2025"));
    portal.remove("content/2024/tourism.yaml");
    assert!(portal.run("status --as-of 2026-10-01").out.contains("締切 2026-08-31\n"));
}

#[test]
fn an_indicator_is_not_asked_for_after_its_last_year() {
    let portal = Portal::of_sheet(
        "area: industry\nname: 施策\nindicators:\n  - {id: old, name: 前の指標, ended: {year: 2023}}\n  - {id: new, name: 次の指標, ended: {year: 2024}}\n",
    );
    let out = portal.run("status").out;
    assert!(out.contains("次の指標") && !out.contains("前の指標"), "{out}");
}

#[test]
fn editors_and_programs_get_lines_and_objects() {
    let portal = opened();
    let short = portal.run("status --format short").out;
    let line =
        portal.read("content/2025/industry.yaml").lines().position(|line| line.contains("{2025: }")).unwrap() + 1;
    assert!(short.starts_with("content/2025/industry.yaml:"), "{short}");
    let answer = portal.run("status --format json");
    let json: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(json["count"], serde_json::json!({"filled": 1, "places": 9, "percent": 11}));
    assert_eq!(json["policies"][0]["open"][0]["address"], "2025/industry#exchange/actuals/2025");
    assert_eq!(json["policies"][0]["open"][1]["address"], "2025/industry#school.es/actuals/2025");
    assert_eq!(json["policies"][0]["status"], "draft");
    assert_eq!(json["without_sheet"][0]["policy_id"], "tourism");
    assert!(json["due"].is_null() && json["overdue_days"].is_null());
    let first = short.lines().next().unwrap();
    assert!(first.ends_with(&format!(":{line}: 実績値「交流人数」")), "{first} {line}");
}

#[test]
fn a_year_without_sheets_and_sheets_with_errors_have_no_status() {
    let portal = Portal::minimal();
    let answer = portal.run("status 2026");
    assert_eq!(answer.code, Some(2));
    assert!(answer.err.contains("hyoka new-year 2026"), "{}", answer.err);
    portal.append("content/2024/industry.yaml", "天気: 晴れ\n");
    assert_eq!(portal.run("status").code, Some(1));
}

#[test]
fn a_settled_amount_is_asked_for_where_sheets_have_one() {
    let sheet = |more: &str| {
        format!(
            "area: industry\nname: 施策\nvision: よいまち\nachievements: [協定]\nchallenges: [{{challenge: 続ける}}]\n{more}"
        )
    };
    let money = |year: u16| sheet(&format!("expenditure: {{unit: 千円, settled: {{{year}: 5}}}}\n"));
    let asks = |portal: &Portal| {
        let out = portal.run("status --format json").out;
        ["industry", "roads", "schools"].map(|id| out.contains(&format!("2025/{id}#expenditure/settled/2025")))
    };
    // Nowhere in the portal: nothing is missing.
    let portal = Portal::minimal();
    for (year, id) in [(2024, "industry"), (2025, "industry"), (2025, "roads"), (2025, "schools")] {
        portal.write(&format!("content/{year}/{id}.yaml"), sheet(""));
    }
    assert_eq!(asks(&portal), [false; 3]);
    assert!(portal.run("status").out.contains("100%"), "{}", portal.run("status").out);
    // One of many has one: that is its own form, and it is asked for what its sheet had, also years ago.
    portal.write("content/2023/industry.yaml", money(2023));
    assert_eq!(asks(&portal), [true, false, false]);
    // One of many lacks it.
    portal.write("content/2025/roads.yaml", money(2025));
    assert_eq!(asks(&portal), [true, false, true]);
    portal.write("content/2025/schools.yaml", sheet("expenditure: {unit: 千円, settled: {2025: \"-\"}}\n"));
    assert_eq!(asks(&portal), [true, false, false], "that there is none is an answer");
    // In the first year, drafts that wait to be filled say nothing of what is usual.
    let portal = Portal::minimal();
    portal.remove("content/2024/industry.yaml");
    for id in ["industry", "roads", "schools"] {
        portal.write(&format!("content/2025/{id}.yaml"), sheet("status: draft\n"));
    }
    assert_eq!(asks(&portal), [false; 3]);
    portal.write("content/2025/roads.yaml", money(2025));
    assert_eq!(asks(&portal), [true, false, true]);
}

#[test]
fn a_sheet_is_asked_for_the_sections_that_its_form_has() {
    let portal = Portal::minimal();
    let indicator = "indicators: [{id: a, name: 件数, unit: 件, actuals: {2024: 1}}]\n";
    portal
        .write("content/2024/industry.yaml", format!("area: industry\nname: 施策\n{indicator}achievements: [協定]\n"));
    assert_eq!(portal.run("new-year 2025 --write").code, Some(0));
    let asks = || {
        let out = portal.run("status --format json").out;
        ["vision", "achievements", "challenges"].map(|field| out.contains(&format!("2025/industry#{field}\"")))
    };
    assert_eq!(asks(), [false, true, false], "what new-year leaves open, and no more");
    // A first sheet, where others have a vision.
    portal.write("content/2024/roads.yaml", "area: industry\nname: 道路\nvision: よい道\nachievements: [工事]\n");
    portal.write("content/2025/schools.yaml", "status: draft\narea: industry\nname: 学校\n");
    let out = portal.run("status --format json").out;
    assert!(out.contains("2025/schools#vision\"") && !out.contains("2025/schools#challenges\""), "{out}");
}
