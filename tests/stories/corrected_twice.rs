//! A figure that two frozen editions published, and that both correct, in every order that offices have.

use crate::portal::Portal;

const LED: &str = "{indicator: exchange, field: actual, year: 2023, from: 500, to: 510, kind: correction, date: 2026-07-01, reason: 二重計上}";

/// `policy: work` takes `industry` over.
const POLICIES: [&str; 2] = ["industry", "work"];

fn revision(from: u16, to: u16, date: &str) -> String {
    LED.replace("from: 500, to: 510", &format!("from: {from}, to: {to}")).replace("2026-07-01", date)
}

fn sheet(policy: &str, year: u16, actuals: &str, revisions: &[String]) -> String {
    let over = if policy == "work" && year > 2024 { "successor_of: [industry]\n" } else { "" };
    let revisions: String = revisions.iter().map(|of| format!("  - {of}\n")).collect();
    let revisions = if revisions.is_empty() { revisions } else { format!("revisions:\n{revisions}") };
    format!(
        "area: industry\nname: 産業の活性化を促進する\nindicators:\n  - {{id: exchange, name: 交流人数, unit: 人, baseline: 446, \
         actuals: {{{actuals}}}, targets: {{2027: \"1,046\"}}}}\n{over}{revisions}"
    )
}

/// Both editions are frozen: 2024 published 500, 2025 510, which it declared.
fn both_frozen(policy: &str) -> Portal {
    let portal = Portal::of_sheet(&sheet("industry", 2024, "2023: 500, 2024: 628", &[]));
    portal.append(
        "content/portal.yaml",
        "base_url: https://www.city.example.lg.jp/h/\neditions: {2024: {published: 2025-09-20}, 2025: {published: 2026-06-18}}\n",
    );
    assert_eq!(portal.run("freeze 2024").code, Some(0));
    of_2025(&portal, policy, 510, &[LED.to_owned()]);
    let answer = portal.run("freeze 2025");
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    portal
}

fn of_2024(portal: &Portal, figure: u16, revisions: &[String]) {
    let actuals = format!("2023: {figure}, 2024: 628");
    portal.write("content/2024/industry.yaml", sheet("industry", 2024, &actuals, revisions));
}

fn of_2025(portal: &Portal, policy: &str, figure: u16, revisions: &[String]) {
    let actuals = format!("2023: {figure}, 2024: 628, 2025: 700");
    portal.write(&format!("content/2025/{policy}.yaml"), sheet(policy, 2025, &actuals, revisions));
}

fn codes(portal: &Portal) -> Vec<String> {
    let answer = portal.run("check --format short");
    answer.codes().into_iter().map(str::to_owned).collect()
}

#[test]
fn what_the_later_edition_declared_before_it_was_frozen_stays_right_when_the_earlier_one_is_corrected_too() {
    for policy in POLICIES {
        let portal = both_frozen(policy);
        of_2024(&portal, 510, &[revision(500, 510, "2026-12-01")]);
        assert_eq!(codes(&portal), Vec::<String>::new(), "{policy}");
        portal.build();
        let page = portal.page(&format!("2025/{policy}/index.html")).main();
        assert!(page.contains("2024年度版では 500人"), "{policy}: {page}");
        let rows = portal.read("output/2025/data/revisions.csv");
        assert!(
            rows.contains(&format!("2025,{policy},exchange,,actual,2023,500,500人,510,510人,2026-07-01")),
            "{rows}"
        );
        let feed = portal.read("output/feed.xml");
        assert!(
            feed.contains("<title>2024年度版の正誤（2025年度版で改訂）") && feed.contains("<title>2024年度版の正誤："),
            "{feed}"
        );
        let page = portal.page("2024/industry/index.html").main();
        assert!(page.contains("公表時 500人") && !page.contains("後に訂正されています"), "{page}");
        // Every step of a correction in two steps is one that the later edition may have led from.
        of_2024(&portal, 510, &[revision(500, 505, "2026-11-01"), revision(505, 510, "2026-12-01")]);
        of_2025(&portal, policy, 510, &[revision(505, 510, "2026-07-01")]);
        assert_eq!(codes(&portal), Vec::<String>::new(), "{policy}");
    }
}

#[test]
fn editions_that_are_corrected_to_different_figures_are_told_of_and_every_way_out_is_one() {
    for policy in POLICIES {
        let portal = both_frozen(policy);
        of_2024(&portal, 505, &[revision(500, 505, "2026-12-01")]);
        assert_eq!(codes(&portal), ["restated-figure"], "{policy}");
        portal.build();
        let page = portal.page("2024/industry/index.html").main();
        assert!(page.contains("後に訂正されています") && page.contains("510人"), "{policy}: {page}");
        for (figure, revisions) in [
            // 2025 follows; it declares once more, or otherwise, what its figure leads from.
            (505, vec![LED.to_owned(), revision(510, 505, "2026-12-02")]),
            (510, vec![LED.to_owned(), revision(505, 510, "2026-12-02")]),
            (510, vec![revision(505, 510, "2026-07-01")]),
        ] {
            of_2025(&portal, policy, figure, &revisions);
            assert_eq!(codes(&portal), Vec::<String>::new(), "{policy}: {revisions:?}");
        }
        // What was published is guarded as before.
        of_2025(&portal, policy, 520, &[LED.to_owned()]);
        assert!(codes(&portal).contains(&"published-figure-changed".to_owned()), "{policy}");
    }
}

#[test]
fn an_edition_that_is_not_frozen_yet_leads_from_what_the_earlier_one_says_or_comes_to_the_same() {
    for policy in POLICIES {
        let portal = both_frozen(policy);
        portal.remove("content/2025/published.csv");
        of_2024(&portal, 510, &[revision(500, 510, "2026-12-01")]);
        assert_eq!(codes(&portal), Vec::<String>::new(), "{policy}: the same");
        of_2024(&portal, 505, &[revision(500, 505, "2026-12-01")]);
        let told = portal.run("check --lang ja");
        assert!(told.err.contains("from: 505 と書いてください"), "{policy}: {}", told.err);
        of_2025(&portal, policy, 510, &[revision(505, 510, "2026-12-02")]);
        assert_eq!(codes(&portal), Vec::<String>::new(), "{policy}: as told");
    }
}

#[test]
fn a_third_frozen_edition_stays_right_when_both_before_it_follow() {
    for policy in POLICIES {
        let portal = both_frozen(policy);
        portal.edit("content/portal.yaml", "2025: {", "2026: {published: 2027-06-18}, 2025: {");
        let third = sheet("third", 2026, "2023: 520, 2026: 800", &[revision(510, 520, "2027-07-01")]);
        portal.write(&format!("content/2026/{policy}.yaml"), third);
        assert_eq!(portal.run("freeze 2026").code, Some(0));
        of_2025(&portal, policy, 520, &[LED.to_owned(), revision(510, 520, "2027-12-01")]);
        assert_eq!(codes(&portal), Vec::<String>::new(), "{policy}");
        of_2024(&portal, 520, &[revision(500, 520, "2027-12-01")]);
        assert_eq!(codes(&portal), Vec::<String>::new(), "{policy}");
    }
}

#[test]
fn the_help_never_says_to_lead_from_a_figure_to_itself() {
    let portal = both_frozen("industry");
    of_2025(&portal, "industry", 510, &[revision(490, 510, "2026-07-01")]);
    let told = portal.run("check --lang ja").err;
    assert!(told.contains("2024年度版の値から改めたのなら from: 500 と書いてください"), "{told}");
    of_2025(&portal, "industry", 510, &[revision(500, 510, "2026-07-01")]);
    assert_eq!(codes(&portal), Vec::<String>::new());
    // Where no earlier edition says otherwise, nothing was changed.
    of_2024(&portal, 500, &[revision(490, 500, "2026-07-01")]);
    let told = portal.run("check --lang ja").err;
    assert!(told.contains("この改訂は要りません。消してください"), "{told}");
    of_2024(&portal, 500, &[]);
    assert_eq!(codes(&portal), Vec::<String>::new());
}
