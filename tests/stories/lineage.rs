//! Policies that were renamed, merged, split or ended: every edition leads to the others, and old addresses lead on.

use crate::portal::Portal;

const PORTAL: &str = "title: 見本\nmunicipality: {name: 見本市}\nplan: {first_year: 2023, last_year: 2027}\n\
    areas: [{id: a, name: 産業}]\nbase_url: https://example.jp/\n\
    editions: {2024: {published: 2025-09-20}, 2025: {published: 2026-09-20}, 2026: {published: 2027-09-20}}\n";

fn sheet(name: &str, more: &str) -> String {
    format!("area: a\nname: {name}\n{more}")
}

fn indicator(id: &str, more: &str) -> String {
    format!("indicators: [{{id: {id}, name: 人数, unit: 人, baseline: 5, {more}, targets: {{2027: 40}}}}]\n")
}

/// 2024: shops, parks, roads, offices, fairs. 2025: shops is called trade, parks and roads are one, offices are two, fairs
/// ended; 2026: trade goes on.
fn town() -> Portal {
    let portal = Portal::empty();
    portal.write("content/portal.yaml", PORTAL);
    let shops = indicator("users", "actuals: {2024: 10}")
        + "challenges: [{id: staff, challenge: 人が足りない}, {id: rent, challenge: 家賃が高い}]\nexpenditure: {unit: 千円, settled: {2024: 100}}\n";
    portal.write("content/2024/shops.yaml", sheet("商店", &shops));
    for (id, name) in [("parks", "公園"), ("roads", "道路"), ("offices", "窓口")] {
        portal.write(&format!("content/2024/{id}.yaml"), sheet(name, &indicator(id, "actuals: {2024: 7}")));
    }
    portal.write("content/2024/fairs.yaml", sheet("祭り", "ended: {year: 2024, note: 実行委員会が解散したため}\n"));
    let trade = indicator("users", "actuals: {2024: 10, 2025: 30}")
        + "successor_of: [shops]\nexpenditure: {unit: 千円, settled: {2025: 150}}\nchallenges: [{id: staff, challenge: 人が足りない}]\nanswers: [{id: rent, state: done, text: 補助を始めた}]\n";
    portal.write("content/2025/trade.yaml", sheet("商業", &trade));
    portal.write("content/2025/ground.yaml", sheet("みどりと道", "successor_of: [parks, roads]\n"));
    portal.write("content/2025/desk.yaml", sheet("対面の窓口", "後継元: offices\n"));
    portal.write("content/2025/online.yaml", sheet("電子の窓口", "successor_of: [{policy: offices, year: 2024}]\n"));
    portal.write("content/2025/water.yaml", sheet("水道", ""));
    portal.write("content/2026/trade.yaml", sheet("商業", "challenges: [{id: staff, challenge: 人が足りない}]\n"));
    portal.write("content/2026/ground.yaml", sheet("みどりと道", ""));
    portal.write("content/2026/desk.yaml", sheet("対面の窓口", ""));
    portal.write("content/2026/online.yaml", sheet("電子の窓口", ""));
    portal.write("content/2026/water.yaml", sheet("水道", ""));
    portal
}

fn lineage(portal: &Portal, page: &str) -> String {
    portal.page(page).class("lineage").iter().map(|list| list.text()).collect()
}

#[test]
fn a_page_says_where_its_policy_came_from_and_where_it_went() {
    let portal = town();
    let answer = portal.run("check --format short");
    assert_eq!((answer.code, answer.err.as_str()), (Some(0), ""));
    portal.build();
    for (page, said) in [
        ("2025/trade/index.html", "2024年度版の「商店」を引き継ぎました。"),
        ("2025/ground/index.html", "2024年度版の「公園」と「道路」をまとめた施策です。"),
        ("2025/online/index.html", "2024年度版の「窓口」から分かれた施策です。"),
        ("2024/shops/index.html", "2025年度から「商業」に引き継がれました。"),
        ("2024/parks/index.html", "2025年度から、ほかの施策とまとめて「みどりと道」になりました。"),
        ("2024/offices/index.html", "2025年度から「対面の窓口」と「電子の窓口」に分かれました。"),
        ("2024/fairs/index.html", "2024年度で終了しました。実行委員会が解散したため"),
    ] {
        assert_eq!(lineage(&portal, page).trim(), said, "{page}");
    }
    assert_eq!(lineage(&portal, "2026/trade/index.html"), "", "it is told once");
    let is_new = |page: &str| portal.page(page).main().contains("版から（新規）");
    assert!(is_new("2025/water/index.html") && !is_new("2026/water/index.html"));
    assert!(!is_new("2024/parks/index.html") && !is_new("2025/trade/index.html"), "in the first edition, all are new");
}

#[test]
fn an_address_of_a_policy_that_was_taken_over_leads_on() {
    let portal = town();
    portal.build();
    for year in ["2025", "2026"] {
        let moved = portal.read(&format!("output/{year}/shops/index.html"));
        assert!(moved.contains("http-equiv=refresh content=\"0; url=../") || moved.contains("http-equiv=\"refresh\""));
        let page = portal.page(&format!("{year}/shops/index.html"));
        let meta = |name: &str, value: &str| {
            page.all("meta")
                .into_iter()
                .find(|of| of.attribute(name) == Some(value))
                .and_then(|of| of.attribute("content"))
        };
        assert_eq!(meta("http-equiv", "refresh"), Some("0; url=../trade/index.html"));
        assert_eq!(meta("name", "robots"), Some("noindex"));
        let canonical = page.all("link").into_iter().find(|of| of.attribute("rel") == Some("canonical")).unwrap();
        assert_eq!(canonical.attribute("href"), Some(format!("https://example.jp/{year}/trade/").as_str()));
        assert!(page.all("script").is_empty());
        assert!(page.main().contains("「商業」に引き継がれています"), "{}", page.main());
        let split = portal.page(&format!("{year}/offices/index.html"));
        assert!(split.all("meta").iter().all(|of| of.attribute("http-equiv") != Some("refresh")));
        assert!(split.main().contains("対面の窓口") && split.main().contains("電子の窓口"));
    }
    assert!(!portal.has("output/2025/fairs/index.html") && !portal.has("output/2024/trade/index.html"));
    let sitemap = portal.read("output/sitemap.xml");
    assert!(
        sitemap.contains("/2025/trade/") && !sitemap.contains("/2025/shops/") && !sitemap.contains("/2025/offices/")
    );
    assert!(portal.read("output/manifest.json").contains("2026/shops/index.html"));
    assert_eq!(portal.run("verify output").code, Some(0));
}

/// The links of a list of editions or years, by their texts.
fn links(portal: &Portal, page: &str, class: &str) -> Vec<(String, String)> {
    let page = portal.page(page);
    let links = page.class(class).into_iter().flat_map(|of| of.find(&|of| of.name == "a"));
    links.map(|of| (of.text(), of.attribute("href").unwrap().to_owned())).collect()
}

#[test]
fn editions_and_years_lead_through_both_ways() {
    let portal = town();
    portal.build();
    let to = |links: &[(String, String)], text: &str| {
        links.iter().find(|(of, _)| of == text).map(|(_, href)| href.clone()).unwrap_or_default()
    };
    let editions = links(&portal, "2024/shops/index.html", "editions");
    assert_eq!(to(&editions, "2025年度"), "../../2025/trade/index.html");
    let editions = links(&portal, "2026/trade/index.html", "editions");
    assert_eq!(to(&editions, "2024年度"), "../../2024/shops/index.html");
    let editions = links(&portal, "2024/offices/index.html", "editions");
    assert_eq!(to(&editions, "2026年度"), "../../2026/offices/index.html", "the page that lists both");
    let years = links(&portal, "2025/ground/index.html", "chips");
    let texts: Vec<_> = years.iter().map(|(text, _)| text.as_str()).collect();
    assert_eq!(texts, ["2026年度", "2024年度の「公園」", "2024年度の「道路」"]);
    let years = links(&portal, "2024/offices/index.html", "chips");
    assert_eq!(years.len(), 4, "{years:?}");
    assert_eq!(to(&years, "2026年度の「電子の窓口」"), "../../2026/online/index.html");
    // How it stood before, from the sheets of what it goes on from.
    let page = portal.page("2025/trade/index.html").main();
    assert!(page.contains("2024年度は、引き継いだ施策の値です。") && page.contains("50.0%増"), "{page}");
    assert!(page.contains("2年連続の課題") && page.contains("補助を始めた"), "the thread goes on: {page}");
}

#[test]
fn the_differences_tell_what_became_of_a_policy() {
    let portal = town();
    portal.build();
    let page = portal.page("2025/changes/index.html").main();
    let told = portal.run("diff 2024 2025 --lang ja").out;
    for (policy, said) in [
        ("商業", "前の版の「商店」を引き継いでいます"),
        ("みどりと道", "「公園」と「道路」を引き継いで、まとめた施策です"),
        ("電子の窓口", "「窓口」から分かれた施策です"),
        ("水道", "この版からの施策です"),
        ("公園", "「みどりと道」にまとめられました"),
        ("窓口", "「対面の窓口」と「電子の窓口」に分かれました"),
        ("祭り", "2024年度で終了しました"),
    ] {
        assert!(page.contains(said), "{policy}: {said} not in\n{page}");
        assert!(told.contains(&format!("{policy}（2025/")) && told.contains(said), "{policy}: {said} not in\n{told}");
    }
    assert!(!told.contains("2025/shops"), "told at its successor alone: {told}");
    assert!(told.contains("2024年度の実績値 10人 → 2025年度の実績値 30人"), "{told}");
    assert!(!page.contains("この版にはありません"), "{page}");
    let records: Vec<serde_json::Value> =
        portal.run("diff 2024 2025 --format json").out.lines().map(|line| line.parse().unwrap()).collect();
    let of = |policy: &str| records.iter().find(|of| of["policy"] == policy).unwrap();
    assert_eq!((&of("trade")["kind"], &of("trade")["from"][0]), (&"policy-succeeds".into(), &"shops".into()));
    assert_eq!((&of("offices")["kind"], &of("offices")["into"][1]), (&"policy-split".into(), &"online".into()));
    assert_eq!(of("fairs")["kind"], "policy-ended");
    // Verdicts that became others are told, too.
    assert!(page.contains("判定が変わった指標"), "{page}");
    let json = portal.json("2025/data/portal.json");
    let trade = json["policies"].as_array().unwrap().iter().find(|of| of["id"] == "trade").unwrap();
    assert_eq!(trade["successor_of"], serde_json::json!([{"id": "shops", "fiscal_year": 2024, "part": false}]));
    assert_eq!(trade["challenges"][0]["since"], 2024);
}

#[test]
fn a_draft_takes_over_nothing_in_public() {
    let portal = town();
    for id in ["2025/desk", "2025/online", "2026/desk", "2026/online"] {
        portal.append(&format!("content/{id}.yaml"), "status: draft\n");
    }
    portal.build();
    for (path, bytes) in portal.output() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("対面の窓口") && !text.contains("電子の窓口"), "{path}");
        assert!(!path.ends_with("2025/offices/index.html"), "{path}");
    }
    assert_eq!(lineage(&portal, "2024/offices/index.html"), "");
    portal.build_with("--drafts --output output");
    assert!(portal.page("2025/offices/index.html").main().contains("対面の窓口"));
}

#[test]
fn what_a_later_sheet_says_changes_no_figure_of_a_frozen_edition() {
    let portal = town();
    portal.build();
    assert_eq!(portal.run("freeze 2024").code, Some(0));
    assert_eq!(portal.run("freeze 2025").code, Some(0));
    let answer = portal.run("check --format short");
    assert_eq!((answer.code, answer.err.as_str()), (Some(0), ""));
    // An end that is written into a published sheet is a change of its texts; portal.yaml can say it.
    portal.append("content/2024/parks.yaml", "ended: {year: 2024}\n");
    assert!(portal.run("check --format short").err.contains("published-text-changed"));
}

#[test]
fn a_policy_that_is_gone_without_a_word_is_told_with_both_ways_out() {
    let portal = town();
    portal.edit("content/2024/fairs.yaml", "ended: {year: 2024, note: 実行委員会が解散したため}\n", "");
    let answer = portal.run("check --lang ja");
    assert_eq!(answer.code, Some(0));
    for said in [
        "vanished-policy",
        "successor_of: [fairs]",
        "ended: {year: 2024, note: 理由}",
        "ended: [{policy: fairs, year: 2024}]",
    ] {
        assert!(answer.err.contains(said), "{said}: {}", answer.err);
    }
    portal.append("content/portal.yaml", "ended: [{policy: fairs, year: 2024, note: 休止}]\n");
    let answer = portal.run("check --format short");
    assert_eq!((answer.code, answer.err.as_str()), (Some(0), ""));
    portal.build();
    assert_eq!(lineage(&portal, "2024/fairs/index.html").trim(), "2024年度で終了しました。休止");
    // In years of drafts alone nothing is gone yet.
    let portal = Portal::minimal();
    portal.write("content/2025/other.yaml", "area: industry\nname: 別\nstatus: draft\n");
    assert!(!portal.run("check --drafts --format short").err.contains("vanished"));
}

#[test]
fn what_cannot_be_taken_over_is_told_at_its_place() {
    for (sheet, more, code, said) in [
        ("2025/trade", "successor_of: [shop]", "unknown-reference", "「shops」ではありませんか"),
        ("2025/trade", "successor_of: [trade]", "invalid-succession", "自分自身"),
        ("2025/trade", "successor_of: [{policy: shops, year: 2023}]", "unknown-reference", "シートがある年度は 2024"),
        ("2025/trade", "successor_of: [water]", "unknown-reference", "2025年度より前にありません"),
        ("2025/trade", "successor_of: [shops, shops]", "duplicate-id", "二度"),
        ("2025/trade", "successor_of: [{policy: shops, part: maybe}]", "invalid-value", "maybe"),
        ("2025/trade", "successor_of: [Shops]", "invalid-value", "shops"),
        ("2026/water", "ended: {year: 2025}", "policy-lives-on", "最後にシートがある年度(2026)に直して"),
    ] {
        let portal = town();
        portal.edit("content/2025/trade.yaml", "successor_of: [shops]\n", "");
        portal.edit("content/2025/trade.yaml", "answers: [{id: rent, state: done, text: 補助を始めた}]\n", "");
        portal.append(&format!("content/{sheet}.yaml"), &format!("{more}\n"));
        let answer = portal.run("check --lang ja");
        assert!(answer.err.contains(code) && answer.err.contains(said), "{more}: {}", answer.err);
        assert!(answer.err.contains(&format!("content/{sheet}.yaml:")), "{more}: {}", answer.err);
    }
}

#[test]
fn an_end_before_sheets_that_are_there_is_corrected_at_its_year_and_no_sheet_is_given_up() {
    let portal = town();
    portal.append("content/2026/trade.yaml", "ended: {year: 2019, note: 早い}\n");
    let answer = portal.run("check --lang ja");
    for said in [
        "2019年度で終了した施策「trade」に、2025年度・2026年度のシートがあります",
        "content/2026/trade.yaml:4:15",
        "最後にシートがある年度(2026)に直してください",
    ] {
        assert!(answer.err.contains(said), "{said}: {}", answer.err);
    }
    assert!(!answer.err.contains(".yaml を消して"), "{}", answer.err);
    portal.edit("content/2026/trade.yaml", "year: 2019", "year: 2026");
    assert!(!portal.run("check").err.contains("policy-lives-on"), "what was advised helps");
    portal.append("content/portal.yaml", "ended: [{policy: water, year: 2025}]\n");
    let answer = portal.run("check --lang ja --format short");
    assert!(answer.err.contains("content/portal.yaml:7:31") && answer.err.contains("2026年度の"), "{}", answer.err);
}

#[test]
fn a_draft_that_was_never_public_is_not_missed() {
    let portal = town();
    portal.write("content/2024/kites.yaml", sheet("たこあげ", "status: draft\n"));
    for options in ["", " --drafts"] {
        assert!(!portal.run(&format!("check{options}")).err.contains("vanished-policy"), "{options}");
    }
    portal.edit("content/2024/kites.yaml", "status: draft\n", "");
    assert!(portal.run("check").err.contains("vanished-policy"));
}

#[test]
fn a_policy_that_goes_on_beside_its_successor_is_told_unless_a_part_went_over() {
    let portal = town();
    portal.write(
        "content/2025/shops.yaml",
        sheet("商店", "challenges: [{id: staff, challenge: 人}, {id: rent, challenge: 家賃}]\n"),
    );
    let answer = portal.run("check --lang ja");
    assert!(
        answer.err.contains("policy-lives-on") && answer.err.contains("{policy: shops, part: true}"),
        "{}",
        answer.err
    );
    portal.edit("content/2025/trade.yaml", "successor_of: [shops]", "successor_of: {policy: shops, part: はい}");
    assert!(!portal.run("check").err.contains("policy-lives-on"));
    portal.build();
    assert_eq!(lineage(&portal, "2025/trade/index.html").trim(), "2024年度版の「商店」の一部を引き継ぎました。");
    assert_eq!(lineage(&portal, "2024/shops/index.html").trim(), "2025年度から、一部が「商業」に引き継がれました。");
    assert!(portal.page("2025/shops/index.html").class("lineage").is_empty());
}

#[test]
fn successions_that_lead_back_are_an_error() {
    let portal = town();
    portal.write("content/2026/shops.yaml", sheet("商店", "successor_of: [trade]\n"));
    portal.remove("content/2026/trade.yaml");
    let answer = portal.run("check --lang ja");
    assert_eq!(answer.code, Some(1));
    assert!(answer.err.contains("invalid-succession") && answer.err.contains("「shops」に戻ります"), "{}", answer.err);
}

#[test]
fn a_link_to_a_sheet_that_was_taken_over_is_told_where_it_went() {
    let portal = town();
    portal.append("content/2025/water.yaml", "vision: \"[商店](shops.yaml)と並びます。\"\n");
    let answer = portal.run("check");
    assert!(
        answer.err.contains("dead-link") && answer.err.contains("「trade.yaml」に引き継がれています"),
        "{}",
        answer.err
    );
}

#[test]
fn the_new_year_leaves_out_what_ended_and_what_was_taken_over_once() {
    let portal = town();
    portal.append("content/2026/desk.yaml", "ended: {year: 2026}\n");
    portal.append("content/2026/trade.yaml", "successor_of: [shops]  # 改称\nvision: 商いが続く\n");
    portal.append("content/portal.yaml", "ended: [{policy: water, year: 2026}]\n");
    let answer = portal.run("new-year 2027 --write --lang ja");
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert!(
        answer.out.contains("desk") && answer.out.contains("water") && answer.out.contains("終了"),
        "{}",
        answer.out
    );
    assert!(!portal.has("content/2027/desk.yaml") && !portal.has("content/2027/water.yaml"));
    let trade = portal.read("content/2027/trade.yaml");
    assert!(!trade.contains("successor_of") && trade.contains("vision: 商いが続く"), "{trade}");
}
