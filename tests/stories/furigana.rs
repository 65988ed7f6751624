//! 漢字《かんじ》: read above the words on pages, and nowhere else.

use crate::portal::Portal;

/// Every text of a sheet and of portal.yaml has furigana.
fn read_aloud() -> Portal {
    let portal = Portal::of_sheet(
        "number: \"5\"
area: industry
name: 施策《しさく》の名
department: 産業課《さんぎょうか》
vision: 将来《しょうらい》の姿。
indicators:
  - id: exchange
    name: 交流人数《こうりゅうにんずう》
    unit: 箇所《かしょ》
    description: 算式《さんしき》を書く
    baseline: 446
    actuals: {2024: {value: 628, note: 速報値《そくほうち》}}
    targets: {2027: 1046}
achievements: [成果《せいか》を書く]
challenges: [{challenge: 課題《かだい》, approach: 方針《ほうしん》}]
projects: [事業名《じぎょうめい》]
grades: [{by: self, grade: B, comment: 所見《しょけん》}]
outlook: 継続《けいぞく》
notes: [備考《びこう》]
source: 出典《しゅってん》
",
    );
    portal.write(
        "content/portal.yaml",
        "title: 例示市《れいじし》の評価
municipality: {name: 例示市《れいじし》}
plan: {name: 計画《けいかく》, first_year: 2024, last_year: 2027}
areas: [{id: industry, name: 産業《さんぎょう》, description: 説明《せつめい》}]
grades: [{id: B, label: 順調《じゅんちょう》}]
editions: {2024: {label: 試行版《しこうばん》, published: 2025-09-20}}
base_url: https://city.example/hyoka/
charts: {files: true}
description: 案内《あんない》
contact: {department: 企画課《きかくか》}
footer: 文末《ぶんまつ》
",
    );
    portal.write("content/pages/about.md", "# 見方《みかた》\n\n## 概要《がいよう》\n\n本文《ほんぶん》\n");
    portal
}

/// The text of a page's source without its `<ruby>` elements.
fn without_ruby(html: &str) -> String {
    let mut parts = html.split("<ruby>");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + part.split_once("</ruby>").unwrap().1)
}

#[test]
fn furigana_show_on_pages_and_are_kept_out_of_everything_that_has_no_markup() {
    let portal = read_aloud();
    portal.build();
    let mut wrong = Vec::new();
    for (path, bytes) in portal.output() {
        if path.ends_with(".png") || path == "manifest.json" || path.contains("assets/theme") {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        let text = if path.ends_with(".html") { without_ruby(&text) } else { text };
        let readings = ["しさく", "さんぎょう", "にんずう", "かしょ", "そくほうち", "れいじし", "しこうばん", "みかた"];
        wrong.extend(
            readings.iter().chain(&["《"]).filter(|word| text.contains(**word)).map(|word| (path.clone(), *word)),
        );
    }
    assert!(wrong.is_empty(), "{wrong:?}");
    let html = portal.read("output/2024/industry/index.html");
    assert!(html.contains("<ruby>施策<rp>（</rp><rt>しさく</rt><rp>）</rp></ruby>の名</h1>"), "{html}");
    assert!(html.contains("<title lang=\"ja\">施策の名（2024年度）｜例示市の評価</title>"), "{html}");
    assert!(portal.read("output/pages/about/index.html").contains("<h1><ruby>見方<rp>（</rp><rt>みかた</rt>"));
    assert_eq!(portal.table("2024/data/policies.csv").column("name"), ["施策の名"]);
    assert_eq!(portal.json("2024/data/portal.json")["policies"][0]["vision"]["ja"], "将来の姿。");
}

#[test]
fn a_reading_that_was_added_is_no_new_name() {
    let portal = read_aloud();
    let sheet =
        portal.read("content/2024/industry.yaml").replace("施策《しさく》", "施策").replace("課《さんぎょうか》", "課");
    portal.write("content/2023/industry.yaml", sheet.replace("2024:", "2023:"));
    let answer = portal.run("check");
    assert!(!answer.err.contains("name-changed") && !answer.err.contains("department-changed"), "{}", answer.err);
}
