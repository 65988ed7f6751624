//! やさしい日本語: what a sheet says in plain words, beside its own.

use crate::portal::{Portal, demo};

const SHEET: &str = "area: industry
name: 産業
vision: 持続可能な産業構造が構築されています。
achievements: [協定を締結しました。]
やさしい日本語:
  目指す姿: 会社《かいしゃ》が 元気《げんき》です。
  成果: [大学《だいがく》と 約束《やくそく》しました。]
  課題: これから 考《かんが》えます。
";

#[test]
fn plain_words_stand_beside_the_sheets_own_and_can_be_read_without_a_script() {
    let portal = Portal::of_sheet(SHEET);
    portal.build_with("--examine");
    let html = portal.read("output/2024/industry/index.html");
    let page = portal.page("2024/industry/index.html");
    let plain: Vec<_> = page.class("plain").iter().map(|details| details.text()).collect();
    assert_eq!(plain.len(), 3, "{plain:?}");
    assert!(plain[0].starts_with("やさしい日本語") && plain[0].contains("会社"), "{plain:?}");
    assert!(html.contains("<rt>かいしゃ</rt>") && html.contains("持続可能な産業構造が構築されています。"));
    assert!(page.id("plain_switch").attribute("aria-pressed") == Some("false"));
    assert!(page.class("plain-switch")[0].attribute("hidden").is_some(), "the switch needs its script");
    assert!(page.all("script").iter().any(|script| script.attribute("src").is_some_and(|src| src.contains("plain"))));
    let challenges = page.id("section_challenges").text();
    assert!(challenges.contains("これから"), "plain words alone have their section, too: {challenges}");
}

#[test]
fn plain_words_are_in_the_data_and_are_found_by_searching_without_their_furigana() {
    let portal = Portal::of_sheet(SHEET);
    portal.build();
    let policy = &portal.json("2024/data/portal.json")["policies"][0];
    assert_eq!(policy["plain"]["vision"]["ja"], "会社が 元気です。");
    assert_eq!(policy["plain"]["challenges"][0]["ja"], "これから 考えます。");
    assert!(portal.read("output/2024/search/text-0.js").contains("会社が 元気です。"));
}

#[test]
fn a_page_in_another_language_offers_no_plain_words_of_this_one() {
    let page = demo().page("en/2024/childcare/index.html");
    assert!(page.find_id("plain_switch").is_none() && page.class("plain").is_empty());
    assert!(demo().page("2024/childcare/index.html").find_id("plain_switch").is_some());
    let english = demo().read("output/en/2024/childcare/index.html");
    assert!(!english.contains("plain."), "and loads no script for them");
}

#[test]
fn a_sheet_without_plain_words_is_as_it_was() {
    let page = demo().page("2024/industry/index.html");
    assert!(
        page.find_id("plain_switch").is_none()
            && page.all("script").iter().all(|script| !script.attribute("src").unwrap_or_default().contains("plain"))
    );
}
