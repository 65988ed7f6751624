//! A figure of a frozen edition that a later year's sheet corrects: the edition keeps it and leads to the correction.

use crate::html::Page;
use crate::portal::Portal;

const REVISION: &str = "revisions:\n  - {indicator: exchange, field: actual, year: 2024, from: 628, to: 630, kind: correction, date: 2026-07-01, reason: 二重に数えていた分を除きました。}\n";

fn sheet(actuals: &str, revisions: &str) -> String {
    format!(
        "area: industry\nname: 産業の活性化を促進する\nindicators:\n  - {{id: exchange, name: 交流人数, unit: 人, baseline: 446, \
         actuals: {{{actuals}}}, targets: {{2027: \"1,046\"}}}}\n{revisions}"
    )
}

/// 2024 is frozen, 2025 corrects it.
fn corrected(revisions: &str) -> Portal {
    let portal = Portal::of_sheet(&sheet("2024: 628", ""));
    portal.append(
        "content/portal.yaml",
        "base_url: https://www.city.example.lg.jp/h/\neditions: {2024: {published: 2025-09-20}, 2025: {published: 2026-09-18}}\n",
    );
    assert_eq!(portal.run("freeze 2024").code, Some(0));
    portal.write("content/2025/industry.yaml", sheet("2024: 630, 2025: 700", revisions));
    portal
}

#[test]
fn a_declared_revision_of_an_earlier_editions_figure_ends_the_warning_that_it_is_stated_otherwise() {
    assert!(corrected("").run("check --format short").err.contains("restated-figure"));
    let answer = corrected(REVISION).run("check --format short");
    assert_eq!((answer.code, answer.codes()), (Some(0), Vec::new()), "{}", answer.err);
    let answer = corrected(&REVISION.replace("to: 630", "to: 640")).run("check --format short");
    assert!(answer.err.contains("invalid-revision") && answer.err.contains("restated-figure"), "{}", answer.err);
    let answer = corrected(&REVISION.replace("from: 628", "from: 600")).run("check --format short");
    assert!(answer.err.contains("invalid-revision"), "{}", answer.err);
    let answer = corrected(&REVISION.replace("year: 2024", "year: 2023")).run("check --format short");
    assert!(answer.err.contains("invalid-revision"), "{}", answer.err);
}

#[test]
fn the_frozen_edition_keeps_its_figure_and_leads_to_the_correction() {
    let portal = corrected(REVISION);
    portal.build();
    let page = portal.page("2024/industry/index.html");
    assert_eq!(page.figure("2024/industry#exchange/actuals/2024"), "628人");
    let text = page.main();
    for said in [
        "すべて公表したときのまま",
        "後に訂正されています",
        "後の版で改められた数値",
        "交流人数 2024年度の実績値",
        "630人",
        "2025年度版",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let html = portal.read("output/2024/industry/index.html");
    assert!(html.matches("2025/industry/index.html#exchange").count() >= 2, "in the table and in the list");
    assert_eq!(portal.run("check").code, Some(0), "links and ids hold");
}

#[test]
fn the_correcting_edition_shows_both_figures_on_its_page_in_the_data_and_in_the_feed() {
    let portal = corrected(REVISION);
    portal.build();
    let text = portal.page("2025/industry/index.html").main();
    for said in ["2024年度版では 628人", "630人", "二重に数えていた分を除きました。"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let html = portal.read("output/2025/industry/index.html");
    assert!(html.contains("hc-revised"), "the ring in the chart");
    let rows = portal.read("output/2025/data/revisions.csv");
    assert!(rows.contains("2025,industry,exchange,,actual,2024,628,628人,630,630人,2026-07-01,correction"), "{rows}");
    assert!(rows.contains("二重に数えていた分を除きました。,2024,2025"), "who published it, who changed it: {rows}");
    // Who has the data of the edition before sees it there, too.
    let rows = portal.read("output/2024/data/revisions.csv");
    assert!(
        rows.contains("2024,industry,exchange,,actual,2024,628,628人,630,630人,2026-07-01,correction,二重"),
        "{rows}"
    );
    assert!(rows.contains("。,2024,2025\r\n") && rows.lines().count() == 2, "{rows}");
    let feed = portal.read("output/feed.xml");
    assert!(
        feed.contains("<title>2024年度版の正誤（2025年度版で改訂）：産業の活性化を促進する　交流人数 2024年度の実績値（628人→630人）</title>"),
        "whose figure it was, and who changed it: {feed}"
    );
}

#[test]
fn the_correcting_edition_is_frozen_with_the_corrected_figure_and_may_be_corrected_again() {
    let portal = corrected(REVISION);
    let answer = portal.run("freeze 2025");
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    let answer = portal.run("check --format short");
    assert_eq!((answer.code, answer.codes()), (Some(0), Vec::new()), "{}", answer.err);
    portal.build();
    assert!(portal.page("2025/revisions/index.html").text().contains("628人"));
    // What had been declared before it was frozen covers nothing that changes after.
    portal.edit("content/2025/industry.yaml", "2024: 630", "2024: 632");
    let refused = portal.run("check --lang ja");
    assert!(refused.err.contains("published-figure-changed"), "{}", refused.err);
    let again = "  - {indicator: exchange, field: actual, year: 2024, from: 630, to: 632, kind: correction, date: 2026-12-01, reason: 再集計}\n";
    portal.append("content/2025/industry.yaml", again);
    let answer = portal.run("check --format short");
    assert_eq!((answer.code, answer.codes()), (Some(0), Vec::new()), "{}", answer.err);
    portal.build();
    let text = portal.page("2025/industry/index.html").main();
    assert!(text.contains("公表時 630人"), "{text}");
    let text = portal.page("2024/industry/index.html").main();
    assert!(text.contains("632人"), "the last word: {text}");
    // A third year goes on from there.
    let third = REVISION.replace("from: 628, to: 630", "from: 632, to: 640").replace("2026-07-01", "2027-07-01");
    portal.write("content/2026/industry.yaml", sheet("2024: 640, 2026: 800", &third));
    let answer = portal.run("check --format short");
    let codes: Vec<_> = answer.codes().into_iter().filter(|code| *code != "no-edition-date").collect();
    assert_eq!((answer.code, codes), (Some(0), Vec::new()), "{}", answer.err);
}

#[test]
fn a_draft_corrects_nothing_yet() {
    let portal = corrected(&format!("{REVISION}status: draft\n"));
    portal.build();
    let text = portal.page("2024/industry/index.html").main();
    assert!(!text.contains("後に訂正") && !text.contains("630"), "{text}");
    portal.build_with("--drafts");
    let previewed = |page: &str| Page::parse(&portal.read(&format!("preview/{page}/index.html"))).main();
    let text = previewed("2024/industry");
    assert!(text.contains("630人 2025年度版 案"), "a preview says that it is not decided yet: {text}");
    let text = previewed("2024/revisions");
    assert!(text.contains("2025年度版 案"), "{text}");
}

#[test]
fn amounts_and_targets_are_corrected_in_the_same_way() {
    let portal =
        Portal::of_sheet(&format!("{}expenditure: {{unit: 千円, settled: {{2024: 1000}}}}\n", sheet("2024: 628", "")));
    assert_eq!(portal.run("freeze 2024").code, Some(0));
    let revisions = "revisions:\n  - {field: settled, year: 2024, from: 1000, to: 1200, kind: correction, date: 2026-07-01, reason: 記入漏れ}\n  - {indicator: exchange, field: target, year: 2027, from: 1046, to: 1100, kind: target-change, date: 2026-03-20, reason: 見直し}\n";
    let later = sheet("2025: 700", revisions).replace("1,046", "1,100");
    portal.write(
        "content/2025/industry.yaml",
        format!("{later}expenditure: {{unit: 千円, settled: {{2024: 1200, 2025: 900}}}}\n"),
    );
    let answer = portal.run("check --format short");
    assert_eq!((answer.code, answer.codes()), (Some(0), vec!["no-base-url"]), "{}", answer.err);
    portal.build();
    let text = portal.page("2024/industry/index.html").main();
    assert!(text.contains("1,100人") && text.contains("2024年度の決算額"), "{text}");
}

#[test]
fn the_errata_of_the_frozen_edition_list_what_a_later_one_changed_and_lead_there() {
    let portal = corrected(REVISION);
    portal.build();
    let text = portal.page("2024/revisions/index.html").main();
    for said in [
        "すべて公表したときのまま",
        "後の版で改められた数値が1件あります",
        "この版の数値を、公表した後にこの版で改めたものはありません",
        "交流人数 2024年度の実績値",
        "628人",
        "630人",
        "2025年度版",
        "2026年7月1日",
        "訂正",
        "二重に数えていた分を除きました。",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(portal.read("output/2024/revisions/index.html").contains("../../2025/industry/index.html#exchange"));
    assert!(portal.page("2024/index.html").main().contains("後の版で改められた数値が1件あります"));
}

#[test]
fn an_edition_that_is_not_frozen_has_errata_once_it_changes_what_was_published() {
    let portal = corrected(REVISION);
    portal.build();
    let text = portal.page("2025/revisions/index.html").main();
    for said in ["前の版の数値を改めたもの", "公表した版 2024年度版", "628人", "630人", "二重に数えていた分"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    for elsewhere in ["output/2025/index.html", "output/2025/industry/index.html", "output/2024/revisions/index.html"] {
        assert!(portal.read(elsewhere).contains("revisions/index.html"), "{elsewhere}");
    }
    assert!(
        portal.read("output/feed.xml").contains("<link href=\"https://www.city.example.lg.jp/h/2025/revisions/\"/>")
    );
    assert!(portal.read("output/sitemap.xml").contains("/2025/revisions/"));
    assert_eq!(portal.run("check").code, Some(0), "links and ids hold");
}

#[test]
fn an_edition_that_was_never_frozen_leads_to_a_later_correction_too() {
    let portal = corrected(REVISION);
    portal.remove("content/2024/published.csv");
    portal.remove("content/2025/industry.yaml");
    portal.write("content/2023/industry.yaml", sheet("2023: 500", ""));
    assert_eq!(portal.run("freeze 2024").code, Some(0));
    let both = REVISION.replace("revisions:\n", "revisions:\n  - {indicator: exchange, field: baseline, from: 446, to: 440, kind: correction, date: 2026-07-02, reason: 転記の誤り}\n");
    portal.write(
        "content/2025/industry.yaml",
        sheet("2024: 630, 2025: 700", &both).replace("baseline: 446", "baseline: 440"),
    );
    portal.build();
    let text = portal.page("2023/revisions/index.html").main();
    assert!(text.contains("446人") && text.contains("440人") && text.contains("2025年度版"), "{text}");
    assert!(!text.contains("628"), "it says nothing of 2024: {text}");
    let text = portal.page("2023/industry/index.html").main();
    assert!(text.contains("後に訂正されています") && text.contains("後の版で改められた数値"), "{text}");
}

#[test]
fn the_book_of_the_edition_leads_to_later_corrections_as_its_pages_do() {
    let portal = corrected(REVISION);
    portal.append("content/portal.yaml", "book: true\n");
    portal.build();
    let text = portal.page("2024/book/index.html").text();
    assert!(text.contains("後の版で改められた数値") && text.contains("630人 2025年度版"), "{text}");
    assert!(portal.read("output/2024/book/index.html").contains("../../2025/industry/index.html#exchange"));
    let text = portal.page("2025/book/index.html").text();
    assert!(text.contains("これまでの版で公表した数値を、このシートで改めました") && text.contains("628人"), "{text}");
}

#[test]
fn two_rates_of_a_year_that_was_corrected_stand_with_a_word_on_which_is_which() {
    let portal = corrected(REVISION);
    portal.build();
    let page = portal.page("2025/industry/index.html");
    // (628 − 446) ÷ (1046 − 446), and with 630.
    let table = page.class("years").iter().map(|table| table.text()).collect::<String>();
    assert!(table.contains("30.7%") && table.contains("2024年度版では 30.3%"), "{table}");
    let over_years = page.id("section_years").text();
    assert!(over_years.contains("30.3% 後に改められ、この版では30.7%"), "{over_years}");
    let html = portal.read("output/2025/industry/index.html");
    assert!(html.contains("href=\"#section_revisions\">後に改められ"), "it leads to why");
    let rows = portal.read("output/2025/data/revisions.csv");
    assert!(rows.contains("2025,industry,exchange,,rate,2024,30.3,30.3%,30.7,30.7%,2026-07-01"), "{rows}");
    // The edition of the year before says one figure alone.
    assert!(!portal.page("2024/industry/index.html").main().contains("30.7"));
    // A year later the correction lies behind both.
    portal.write("content/2026/industry.yaml", sheet("2026: 800", ""));
    portal.build();
    let over_years = portal.page("2026/industry/index.html").id("section_years").text();
    assert!(over_years.contains("30.3% 後に改められ、この版では30.7%"), "{over_years}");
    assert!(portal.read("output/2026/industry/index.html").contains("2025/industry/index.html#section_revisions"));
}

#[test]
fn a_rate_that_another_target_changes_says_that_it_is_computed_otherwise_here() {
    let portal = corrected("");
    portal.write("content/2025/industry.yaml", sheet("2024: 628, 2025: 700", "").replace("1,046", "846"));
    portal.build();
    let over_years = portal.page("2025/industry/index.html").id("section_years").text();
    assert!(over_years.contains("30.3% この版の計算では45.5%"), "{over_years}");
}

#[test]
fn what_took_a_policy_over_corrects_its_figures_and_amounts_and_is_led_to() {
    let money = |settled: &str| format!("expenditure: {{unit: 千円, settled: {{{settled}}}}}\n");
    let portal = Portal::of_sheet(&(sheet("2024: 628", "") + &money("2024: \"12,000\"")));
    assert_eq!(portal.run("freeze 2024").code, Some(0));
    let amount = "  - {field: settled, year: 2024, from: \"12,000\", to: \"12,100\", kind: correction, date: 2026-07-01, reason: 計上漏れ}\n";
    let renamed = sheet("2024: 630, 2025: 700", &format!("{REVISION}{amount}")) + "successor_of: [industry]\n";
    portal.write("content/2025/work.yaml", renamed + &money("2024: \"12,100\", 2025: \"12,900\""));
    portal.build();
    let told = portal.run("check --format short").err;
    assert!(!told.contains("restated-figure") && !told.contains("invalid-revision"), "{told}");
    let errata = portal.page("2024/revisions/index.html").main();
    for said in ["後の版で改められた数値が2件", "628人 改訂後 630人", "12,000千円 改訂後 12,100千円"]
    {
        assert!(errata.contains(said), "{said}: {errata}");
    }
    assert!(portal.read("output/2024/industry/index.html").contains("../../2025/work/index.html#exchange"));
    assert!(portal.page("2025/work/index.html").main().contains("2024年度版では 628人"));
    let data = portal.read("output/2025/data/revisions.csv");
    assert!(data.contains("2025,work,exchange,,actual,2024,628,628人,630,630人,2026-07-01"), "{data}");
    assert_eq!(portal.run("check").code, Some(0), "links and ids hold");
}

#[test]
fn of_policies_that_came_together_the_one_whose_figure_it_was_is_corrected() {
    let portal = Portal::of_sheet(&sheet("2024: 628", ""));
    portal.write("content/2024/farms.yaml", sheet("2024: 90", "").replace("産業の活性化を促進する", "農業を続ける"));
    assert_eq!(portal.run("freeze 2024").code, Some(0));
    let merged = sheet("2024: 630, 2025: 700", REVISION) + "successor_of: [farms, industry]\n";
    portal.write("content/2025/work.yaml", merged);
    portal.build();
    let errata = portal.page("2024/revisions/index.html").main();
    assert!(errata.contains("後の版で改められた数値が1件") && errata.contains("628人 改訂後 630人"), "{errata}");
    assert!(!errata.contains("農業を続ける"), "{errata}");
}

#[test]
fn a_revision_of_nothing_published_names_the_list_that_there_is() {
    let answer = corrected(&REVISION.replace("year: 2024", "year: 2023")).run("check --format human");
    assert!(answer.err.contains("content/2024/published.csv のとおりに"), "{}", answer.err);
    let none = Portal::of_sheet(&sheet("2024: 628", REVISION)).run("check --format human");
    assert!(none.err.contains("この改訂を消してください"), "{}", none.err);
}

#[test]
fn what_another_of_the_merged_policies_revised_is_its_own() {
    let portal = Portal::of_sheet(&sheet("2024: 628", ""));
    let farms =
        |n: u8, more: &str| sheet(&format!("2024: {n}"), more).replace("産業の活性化を促進する", "農業を続ける");
    portal.write("content/2024/farms.yaml", farms(90, ""));
    assert_eq!(portal.run("freeze 2024").code, Some(0));
    let own = "revisions:\n  - {indicator: exchange, field: actual, year: 2024, from: 90, to: 91, kind: correction, date: 2026-01-10, reason: 写し間違い}\n";
    portal.write("content/2024/farms.yaml", farms(91, own));
    portal.write("content/2025/work.yaml", sheet("2024: 630", REVISION) + "successor_of: [farms, industry]\n");
    let told = portal.run("check --format short").err;
    assert!(!told.contains("invalid-revision"), "{told}");
}

#[test]
fn a_revision_before_the_publication_of_a_predecessors_edition_is_told() {
    let portal = corrected("");
    portal.remove("content/2025/industry.yaml");
    let early = REVISION.replace("2026-07-01", "2025-07-01");
    portal.write("content/2025/work.yaml", sheet("2024: 630, 2025: 700", &early) + "successor_of: [industry]\n");
    let told = portal.run("check --format short").err;
    assert!(told.contains("revision-before-publication"), "{told}");
}

#[test]
fn an_amount_that_was_corrected_changes_by_the_same_percent_wherever_it_is_compared() {
    let of = |money: &str, revisions: &str| {
        format!(
            "area: industry\nname: 産業の活性化を促進する\nexpenditure: {{unit: 千円, settled: {{{money}}}}}\n{revisions}"
        )
    };
    let portal = Portal::of_sheet(&of("2024: 100_000", "").replace('_', ""));
    portal.append("content/portal.yaml", "editions: {2024: {published: 2025-09-20}, 2025: {published: 2026-09-18}}\n");
    assert_eq!(portal.run("freeze 2024").code, Some(0));
    let revision = "revisions: [{field: settled, year: 2024, from: 100000, to: 101000, kind: correction, date: 2026-07-01, reason: 計上もれです。}]\n";
    portal.write("content/2025/industry.yaml", of("2024: 101000, 2025: 108000", revision));
    portal.build();
    let page = portal.page("2025/industry/index.html").main();
    assert!(page.contains("前年度より6.9%増") && !page.contains("8.0%"), "{page}");
    assert!(page.contains("1億円 後に改められ、この版では1億100万円"), "{page}");
    let changes = portal.page("2025/changes/index.html").main();
    assert!(changes.contains("1億円 この版では1億100万円 1億800万円 6.9%増"), "{changes}");
    // Amounts that are only printed in a coarser unit say the same.
    portal.write("content/2025/industry.yaml", of("2024: 100, 2025: 108", "").replace("千円", "百万円"));
    portal.build();
    assert!(!portal.page("2025/industry/index.html").main().contains("この版では"));
}
