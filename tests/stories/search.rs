//! Searching an edition: what can be found, where it is written, and that a browser takes texts apart as the program does.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::portal::{Portal, demo};
use hyoka::site::search::{Term, folded, terms};

/// Texts as they occur in sheets and as people type them.
const AWKWARD: [&str; 40] = [
    "",
    " ",
    "産業の活性化を促進する",
    "ｺﾞﾐの減量・ゴミの減量・ごみの減量",
    "ＰＤＣＡサイクル　ＣＯ２削減",
    "CO₂を3.5％減らす（2024年度）",
    "1,046人 １，０４６人 ▲3.2 △３．２",
    "3ヶ月 3ケ月 3ヵ月 3カ月 茅ヶ崎 ゕゖ",
    "びょういん びよういん ビョーイン",
    "コンピューター コンピュータ",
    "ヴァイオリン ヷヸヹヺ",
    "いすゞ ヾ ヽ ゝ",
    "か\u{3099}ぞう がぞう ハ\u{309a}ン",
    "ｶﾞ ﾊﾟ ﾞ ﾟ ｰ",
    "時々 〆切 〇一 二〇二四年",
    "①産業 ㈱見本 ㎡ ㍻ ㌔ ½ Ⅳ",
    "𠮷野家 𩸽 葛󠄀城",
    "髙橋 﨑 神 福",
    "Café Ångström ÅNGSTRÖM",
    "İstanbul ΣΑΣ ΟΔΟΣ ςσ ß ẞ",
    "ﬁnance ﬂow e\u{301}",
    "don't e-mail https://example.jp/a?b=c#d",
    "a b c ab1 1ab １ａ",
    "한국어 русский العربية हिन्दी",
    "👨‍👩‍👧 子育て ☃ ★",
    "産業\u{200b}活性 産業\u{3000}活性 産業\u{a0}活性",
    "「計画」『実行』〈点検〉【改善】",
    "10〜12 10～12 10−12 10-12",
    "…‥—―‐",
    "ア・イ＝ウ゠エ",
    "ゟ ヿ ㇰㇱ",
    "〱 〲 〳〵 〽 〒100",
    "\u{3099}単独",
    "水",
    "の",
    "子どもの学び",
    "ＡＩ・ＩｏＴ",
    "令和６年度（2024年度）",
    "全角ＡＢｃ１２３！＂＃",
    "改行\nタブ\t混在\r\n",
];

fn told(term: Term<'_>) -> String {
    match term {
        Term::Pair(first, second) => String::from_iter([first, second]),
        Term::Single(only) => only.to_string(),
        Term::Word(word) => word.to_owned(),
    }
}

/// tests/browser/search.test.mjs reads this snapshot and has the page's script do the same.
#[test]
fn texts_are_taken_apart_as_written_down_for_the_browser() {
    let mut lines = String::new();
    for text in AWKWARD {
        let folded = folded(text);
        let mut found = Vec::new();
        terms(text, &mut |term| found.push((told(term), term.file(128))));
        let _ = writeln!(lines, "{}", serde_json::json!([text, folded, found]));
    }
    insta::assert_snapshot!("search_terms", lines);
}

/// Everything that a folder of the search offers to be found.
fn texts(portal: &Portal, folder: &str) -> String {
    let output = portal.output();
    let files = output.iter().filter(|(path, _)| path.starts_with(&format!("{folder}/text-")));
    files.map(|(_, bytes)| String::from_utf8(bytes.clone()).unwrap()).collect()
}

#[test]
fn every_edition_has_its_search_in_every_language() {
    let output = demo().output();
    for folder in ["2023/search", "2024/search", "en/2023/search", "en/2024/search"] {
        for file in ["index.html", "head.js", "0.js", "text-0.js"] {
            assert!(output.contains_key(&format!("{folder}/{file}")), "{folder}/{file}");
        }
    }
    assert!(texts(demo(), "2024/search").contains("知的対流を通じた交流人数"), "names of indicators");
    assert!(texts(demo(), "2024/search").contains("\"../industry/index.html\""));
    assert!(texts(demo(), "2024/search").contains("../../pages/glossary/index.html"), "free pages");
    assert!(texts(demo(), "en/2024/search").contains("Promote thriving local industry"));
    assert!(texts(demo(), "en/2024/search").contains("\"../industry/index.html\""));
}

#[test]
fn a_hit_leads_to_an_id_of_its_page() {
    for folder in ["2024/search", "en/2024/search"] {
        let output = demo().output();
        for (_, bytes) in output.iter().filter(|(path, _)| path.starts_with(&format!("{folder}/text-"))) {
            let script = String::from_utf8(bytes.clone()).unwrap();
            let json = script.trim().strip_prefix("hyokaSearch.texts(").unwrap().strip_suffix(");").unwrap();
            let found: serde_json::Value = serde_json::from_str(json).unwrap();
            for document in found[1].as_array().unwrap() {
                let page = super::pages::resolve(&format!("{folder}/index.html"), document[0].as_str().unwrap());
                let page = demo().page(&page);
                let anchors = document[1].as_array().unwrap().iter().map(|part| part[1].as_str().unwrap());
                for anchor in anchors.filter(|anchor| !anchor.is_empty()) {
                    assert!(page.find_id(anchor).is_some(), "{document}: {anchor}");
                }
            }
        }
    }
}

#[test]
fn without_a_script_the_page_says_where_to_look() {
    let page = demo().page("2024/search/index.html");
    let without = page.id("search_without");
    assert!(without.attribute("hidden").is_none());
    let link = without.find(&|element| element.name == "a")[0];
    assert_eq!(link.attribute("href"), Some("../index.html#policies"));
    assert!(page.id("search").attribute("hidden").is_some(), "the form needs the script");
    assert!(demo().page("2024/index.html").id("to_search").attribute("hidden").is_some());
}

#[test]
fn what_is_not_for_the_public_cannot_be_found() {
    let portal = Portal::minimal();
    let sheet = portal.read("content/2024/industry.yaml");
    portal
        .write("content/2024/secret.yaml", format!("{}status: draft\n", sheet.replacen("name: ", "name: 極秘計画", 1)));
    portal.build();
    assert!(!texts(&portal, "2024/search").contains("極秘計画"));
    for (path, bytes) in portal.output().into_iter().filter(|(path, _)| path.starts_with("2024/search/")) {
        assert!(!String::from_utf8(bytes).unwrap().contains("極秘"), "{path}");
    }
}

#[test]
fn a_changed_word_changes_the_texts_and_lists_that_hold_it_and_no_others() {
    let portal = Portal::full();
    portal.build();
    let before = portal.output();
    let sheet = portal.read("content/2024/waste.yaml");
    portal.write("content/2024/waste.yaml", format!("{sheet}# 何も変わらない\n"));
    portal.build();
    let after = portal.output();
    let changed: BTreeSet<_> = before.keys().filter(|path| before[*path] != after[*path]).collect();
    assert!(changed.iter().all(|path| !path.contains("/search/")), "{changed:?}");

    portal.edit("content/2024/waste.yaml", "番号: 1-1-①", "番号: 甲-9");
    portal.build();
    let renumbered = portal.output();
    let changed: Vec<_> = renumbered.keys().filter(|path| after[*path] != renumbered[*path]).collect();
    for file in ["index.html", "head.js", "0.js", "text-0.js"] {
        assert!(changed.iter().any(|path| **path == format!("2024/search/{file}")), "{file}: {changed:?}");
    }
    assert!(changed.iter().all(|path| !path.contains("2023/search/")), "{changed:?}");
}

#[test]
fn every_file_of_the_search_says_the_mark_that_it_is_asked_for_with() {
    for folder in ["2024/search", "en/2023/search"] {
        let read = |file: &str| demo().read(&format!("output/{folder}/{file}"));
        let head = read("head.js");
        let json = head.trim().strip_prefix("hyokaSearch.head(").unwrap().strip_suffix(");").unwrap();
        let json: serde_json::Value = serde_json::from_str(json).unwrap();
        let (files, marks) = (json[0].as_u64().unwrap() as usize, json[4].as_str().unwrap());
        let mark = |place: usize| &marks[place * 4..place * 4 + 4];
        for file in 0..files {
            assert!(read(&format!("{file}.js")).ends_with(&format!("\"{}\");\n", mark(file))), "{file}");
        }
        for file in 0..marks.len() / 4 - files {
            let text = read(&format!("text-{file}.js"));
            assert!(text.ends_with(&format!("\"{}\"]);\n", mark(files + file))), "{file}");
        }
        let page = demo().page(&format!("{folder}/index.html"));
        assert_eq!(page.id("search").attribute("data-index").map(str::len), Some(4));
    }
}

/// 500 sheets: what a reader's browser loads for the first hit beyond the page itself, each file counted as it lies in the
/// folder, uncompressed.
#[test]
fn the_first_hit_among_five_hundred_sheets_takes_less_than_30_kilobytes() {
    let portal = Portal::minimal();
    let sentences = sentences();
    let mut at = 0;
    let mut next = || {
        at = (at * 48_271 + 11) % 2_147_483_647_usize;
        let (first, second) = (&sentences[at % sentences.len()], &sentences[(at / 7) % sentences.len()]);
        format!("{first}{second}")
    };
    for policy in 0..500 {
        let mut sheet = format!(
            "area: industry\nnumber: \"{policy}\"\nname: 施策{policy}を進める\nvision: {}\nindicators:\n",
            next()
        );
        for id in 0..4 {
            let _ = writeln!(
                sheet,
                "  - {{id: i{id}, name: \"{}\", unit: 件, actuals: {{2024: 5}}}}",
                next().chars().take(20).collect::<String>()
            );
        }
        sheet.push_str("achievements:\n");
        (0..5).for_each(|_| sheet.push_str(&format!("  - {}\n", next())));
        sheet.push_str("challenges:\n");
        (0..3).for_each(|_| sheet.push_str(&format!("  - challenge: {}\n    approach: {}\n", next(), next())));
        portal.write(&format!("content/2024/p{policy:03}.yaml"), sheet);
    }
    portal.build();
    let output = portal.output();
    let size = |path: &str| output.get(path).map_or(0, Vec::len);
    let script: usize =
        output.keys().filter(|path| path.starts_with("assets/theme/search.")).map(|path| size(path)).sum();
    let lists: Vec<_> = (0..128).map(|file| size(&format!("2024/search/{file}.js"))).collect();
    let texts = output.keys().filter(|path| path.contains("/search/text-")).map(|path| size(path)).max().unwrap();
    for word in ["産業", "循環型", "省エネ", "公共交通", "子ども"] {
        let mut files = BTreeSet::new();
        terms(word, &mut |term| {
            if matches!(term, Term::Pair(..)) {
                files.insert(term.file(128));
            }
        });
        let asked: usize = files.iter().map(|file| lists[*file]).sum();
        let whole = script + size("2024/search/head.js") + asked + texts;
        assert!(whole < 30_000, "{word}: script {script}, lists {asked}, texts {texts}");
    }
}

/// Sentences of the demo's sheets.
fn sentences() -> Vec<String> {
    let output = demo().output();
    let json = String::from_utf8(output["2024/data/portal.json"].clone()).unwrap();
    let (_, sheets) = json.split_once("\"policies\":[").unwrap();
    let mut found: Vec<String> = sheets
        .split('"')
        .flat_map(|text| text.split_inclusive('。'))
        .filter(|text| text.ends_with('。') && !text.contains(['\\', ':', '[', '*', '#', '`', '|']))
        .map(str::to_owned)
        .collect();
    found.sort();
    found.dedup();
    assert!(found.len() > 60, "{}", found.len());
    found
}

#[test]
fn the_table_asks_for_the_status_where_some_sheets_are_not_for_the_public_yet() {
    let portal = Portal::minimal();
    let sheet = portal.read("content/2024/industry.yaml");
    portal.write("content/2024/later.yaml", format!("{sheet}publish_on: 2999-04-01\n"));
    portal.write("content/2024/unfinished.yaml", format!("{sheet}status: draft\n"));
    portal.build();
    assert!(portal.page("2024/index.html").find_id("filter_status").is_none(), "all that is there is public");
    portal.build_with("--drafts --output output");
    let page = portal.page("2024/index.html");
    let options = page.id("filter_status").find(&|element| element.name == "option");
    let values: Vec<_> = options.iter().map(|option| option.attribute("value").unwrap_or_default()).collect();
    assert_eq!(values, ["", "published", "waiting", "draft"]);
    let rows = page.id("policies_table").find(&|element| element.attribute("data-status").is_some());
    let statuses: Vec<_> = rows.iter().map(|row| row.attribute("data-status").unwrap()).collect();
    assert_eq!(statuses, ["published", "waiting", "draft"]);
}
