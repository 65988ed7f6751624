//! The next year's text, from the awkward texts that authors write.

use proptest::prelude::*;

use super::new_year::{Taken, plan_of};
use super::next_portal::{self, NextPortal};
use super::next_sheet::{self, NextSheet, Opening};
use crate::content::sheet::SheetName;
use crate::content::{self, Known};
use crate::diagnostic::MessageLanguage;
use crate::model::{FiscalYear, Language, Sheet};

fn opening() -> Opening {
    Opening {
        year: FiscalYear::new(2025).expect("a year"),
        language: MessageLanguage::Japanese,
        first: Language::japanese(),
    }
}

fn read(text: &str, year: u16) -> Sheet {
    let year = FiscalYear::new(year).expect("a year");
    let name = SheetName { path: format!("{year}/a.yaml").into(), year, policy: "a".into() };
    let (sheet, report) = content::read_sheet(text.as_bytes(), &name, &Known::default());
    let told: Vec<_> = report.iter().map(|told| (told.code.name(), told.place.at.line, &told.message.en)).collect();
    assert!(report.go_on().is_ok(), "{told:?}\n{text}");
    sheet.expect("a sheet")
}

/// As nobody but the sheet says.
fn closed(sheet: &Sheet) -> Vec<usize> {
    let numbered = sheet.recommendations.iter().zip(1..);
    numbered.filter(|(of, _)| !of.state_on(None).is_open()).map(|(_, number)| number).collect()
}

fn next(text: &str) -> NextSheet {
    let sheet = read(text, 2024);
    let next = next_sheet::next(text, &sheet, &closed(&sheet), &opening()).expect("a text");
    read(&next.text, 2025);
    next
}

const HEAD: &str = "area: a\nname: 施策\n";

#[test]
fn what_belongs_to_the_year_is_emptied_and_everything_else_stays_byte_for_byte() {
    let text = "\
# 企画課が書くシート
number:   \"012\"   # 文字のまま
area: a
name: '施策'
department: [企画課,  財政課]
vision: |
  # これは文です

  二つ目の段落

indicators:
  # 一つ目
  - id: one
    name: 指標
    unit: 人   # 人口ではない
    baseline: {year: 平成30年度, value: \"1,046\"}
    actuals:
      2023: 5  # 速報
      # 年度末の値を書く
      2024: 6
    targets: {2027: 10〜12}
  - {id: two, name: '指標、二つ目', actuals: {2023: 1, 2024: 2}, targets: {2027: 3}}
achievements:   # 三つまで
  - 一つ目
  # 書き方: 一文で
  - |
    二つ目
    # これも文です
challenges:
- id: c1
  challenge: 課題
outlook: 継続
";
    let expected = "\
状態なし
# 企画課が書くシート
number:   \"012\"   # 文字のまま
area: a
name: '施策'
department: [企画課,  財政課]
vision: |
  # これは文です

  二つ目の段落

indicators:
  # 一つ目
  - id: one
    name: 指標
    unit: 人   # 人口ではない
    baseline: {year: 平成30年度, value: \"1,046\"}
    actuals:
      # 年度末の値を書く
      2025:  # 2025年度の実績値を書いてください
    targets: {2027: 10〜12}
  - {id: two, name: '指標、二つ目', actuals: {2025: }, targets: {2027: 3}}  # 2025年度の実績値を書いてください
achievements:  # 三つまで
  # 2025年度の成果を書いてください
  # 書き方: 一文で
challenges:  # 2025年度の課題を書いてください
answers:  # 2024年度の課題がどうなったかを書いてください（state: done, continued, stopped）
  - id: c1  # 課題
    state:
    text:
outlook:  # 2025年度の今後の方向性を書いてください
";
    let status = "status: draft  # 2025年度の下書きです。書き終えたらこの行を消すと公開されます";
    assert_eq!(next(text).text, expected.replace("状態なし", status));
}

#[test]
fn japanese_keys_and_years_of_eras_are_answered_in_kind() {
    let text = "状態: 公開   # 確認済み\n分野: a\n施策名: 施策\n成果指標:\n  - id: one\n    指標名: 指標\n    実績値: {令和5年度: 1, 令和6年度: 2}\n    公表達成率: {\"R6\": 80.0}\n    目標値: {令和9年度: 3}\n課題と取組方針:\n  - 課題: 長い文が\n      次の行に続く\n公表予定日: 2025-09-20\n";
    let next = next(text).text;
    assert!(next.starts_with("状態: 下書き   # 確認済み\n分野: a\n"), "{next}");
    assert!(next.contains("    実績値: {令和7年度: }  # 2025年度の実績値を書いてください\n"), "{next}");
    assert!(next.contains("    公表達成率: {\"R7\": }  # "), "{next}");
    assert!(next.contains("課題と取組方針:  # "), "{next}");
    assert!(next.ends_with("公表予定日:  # 2025年度の公表予定日があれば書いてください\n"), "{next}");
}

#[test]
fn line_ends_stay_as_the_file_has_them() {
    let text = "area: a\r\nname: 施策\r\nindicators:\r\n  - id: one\r\n    name: 指標\r\n    actuals:\r\n      2024: 6\r\nachievements: # 三つ\r\n  - 一つ\r\n";
    let next = next(text).text;
    assert_eq!(next.matches('\n').count(), next.matches("\r\n").count(), "{next:?}");
    assert!(next.contains("actuals:\r\n      2025:  # 2025年度の実績値を書いてください\r\n"), "{next:?}");
}

#[test]
fn money_keeps_its_unit_and_its_projects() {
    let text = format!(
        "{HEAD}projects:\n  - name: 事業\n    expenditure: {{unit: 千円, settled: {{2023: 1, 2024: \"2,000\"}}}}\n  - 名だけの事業\nexpenditure:\n  unit: 千円\n  settled: {{2024: {{total: 3, national: 3}}}}\n  personnel:\n    2024: 4\n  total_printed_differs: {{2024: 原典のまま}}\n"
    );
    let next = next(&text);
    let expected = format!(
        "{HEAD}projects:\n  - name: 事業\n    expenditure: {{unit: 千円, settled: {{2025: }}}}  # 2025年度の決算額を書いてください\n  - 名だけの事業\nexpenditure:\n  unit: 千円\n  settled: {{2025: }}  # 2025年度の決算額を書いてください\n  personnel:\n    2025:  # 2025年度の人件費を書いてください\n  total_printed_differs:  # 2025年度の合計の不一致があれば書いてください\n"
    );
    let (_, rest) = next.text.split_once('\n').expect("lines");
    assert_eq!(rest, expected);
    assert_eq!(next.opened.get("settled"), Some(&2));
}

#[test]
fn an_indicator_that_ended_is_left_out_with_its_lines() {
    let text = format!(
        "{HEAD}indicators:\n  - id: old\n    name: 前の指標\n    actuals: {{2024: 1}}\n    ended: {{year: 2024}}\n  # 新しい指標\n  - id: new\n    name: 次の指標\n    replaces: old\n"
    );
    let next = next(&text);
    assert!(
        next.text.ends_with("indicators:\n  # 新しい指標\n  - id: new\n    name: 次の指標\n    replaces: old\n"),
        "{}",
        next.text
    );
    assert_eq!(next.ended, ["old"]);
    let flow = format!(
        "{HEAD}indicators: [{{id: old, name: あ, ended: {{year: 2023}}}}, {{id: new, name: い}}, {{id: last, name: う, ended: {{year: 2024}}}}]\n"
    );
    let next = super::tests::next(&flow);
    assert!(next.text.ends_with("indicators: [{id: new, name: い}]\n"), "{}", next.text);
}

#[test]
fn components_are_emptied_each() {
    let text = format!(
        "{HEAD}indicators:\n  - id: school\n    name: 学校\n    components:\n      - {{id: es, name: 小学校, actuals: {{2024: 1}}, targets: {{2027: 2}}}}\n      - id: jh\n        name: 中学校\n        actuals: {{2024: 3}}\n"
    );
    let next = next(&text);
    assert_eq!(next.opened.get("actuals"), Some(&2));
    assert!(next.text.contains("actuals: {2025: }, targets: {2027: 2}}  # 2025"), "{}", next.text);
}

#[test]
fn a_sheet_in_one_pair_of_braces_is_opened_too() {
    let text = "{area: a, name: 施策, outlook: 継続, indicators: [{id: one, name: 指標, actuals: {2024: 1}}]}\n";
    let next = next(text).text;
    assert!(
        next.starts_with(
            "{status: draft, area: a, name: 施策, outlook: , indicators: [{id: one, name: 指標, actuals: {2025: }}]}"
        ),
        "{next}"
    );
}

#[test]
fn last_years_challenges_wait_for_an_answer_where_the_answers_stand() {
    let text = format!(
        "{HEAD}課題への対応:  # 前年度から\n  - id: old\n    結果: 完了\n\n課題:\n  - {{id: one, 課題: '一つ目の課題《かだい》です。\n    続き'}}\n  - 課題: 識別子なし\n"
    );
    let next = next(&text);
    let expected = "\n課題への対応:  # 前年度から\n  # 2024年度の課題がどうなったかを書いてください（結果: 完了・継続・中止）\n  - 識別子: one  # 一つ目の課題です。 続き\n    結果:\n    内容:\n\n課題:  # ";
    assert!(next.text.contains(expected), "{}", next.text);
    assert_eq!(next.opened.get("answers"), Some(&1));
    let answers = read(&next.text, 2025).answers;
    assert_eq!(answers.iter().map(|of| (&*of.id, of.state)).collect::<Vec<_>>(), [("one", None)]);
    assert!(!super::tests::next(&format!("{HEAD}challenges: [{{challenge: 識別子なし}}]\n")).text.contains("answers"));
}

#[test]
fn plain_words_about_the_year_are_emptied_and_the_vision_stays() {
    let text = format!(
        "{HEAD}plain:\n  vision: 目指《めざ》す 姿《すがた》\n  achievements:\n    - できました\n  outlook: 続けます\n"
    );
    let next = next(&text).text;
    assert!(next.contains("plain:\n  vision: 目指《めざ》す 姿《すがた》\n  achievements:  # "), "{next}");
    assert!(!next.contains("できました") && !next.contains("続けます"), "{next}");
}

#[test]
fn an_anchor_that_something_else_needs_is_not_taken_away() {
    let text = format!(
        "{HEAD}indicators:\n  - id: one\n    name: 指標\n    actuals: {{2024: &now 5}}\n    targets: {{2027: *now}}\nachievements: [成果]\n"
    );
    let next = next(&text);
    assert_eq!(next.taken, Taken::Whole { line: Some(6) });
    assert!(next.text.contains("actuals: {2024: &now 5}") && next.text.contains("成果"), "{}", next.text);
    let harmless = format!(
        "{HEAD}indicators:\n  - &base\n    id: one\n    name: 指標\n    unit: &unit 人\n    actuals: {{2024: 5}}\n  - <<: *base\n    id: two\n    target_unit: *unit\n"
    );
    let next = super::tests::next(&harmless);
    assert_eq!(next.taken, Taken::Opened);
    assert!(next.text.contains("  - <<: *base\n    id: two\n"), "{}", next.text);
}

#[test]
fn what_speaks_of_last_years_figures_and_words_alone_goes_with_its_comment() {
    let head = "area: a\nname: 施策\n\n";
    let revisions = "# 公表した後に改めました。\n# （2件）\nrevisions:\n  # 速報\n  - {field: digest, date: 2025-10-01, reason: 訂正, kind: correction}\n";
    let checked = "checked: [{quote: 8つ, note: 原典のまま}]  # 確認\n";
    let text = format!("{head}{revisions}{checked}# 備考\nnotes: [注]\n");
    assert_eq!(
        next(&text).text.replace("\n\n", "\n"),
        next(&format!("{head}# 備考\nnotes: [注]\n")).text.replace("\n\n", "\n")
    );
    let empty = next(&format!("{head}revisions:\nnotes: [注]\n")).text;
    assert!(!empty.contains("revisions") && empty.contains("notes: [注]"), "{empty}");
}

#[test]
fn what_is_empty_already_stays_as_it_is() {
    let text = format!("{HEAD}vision:\nachievements:  # まだ\noutlook: ~\nchallenges: []\n");
    let next = next(&text);
    assert!(next.text.contains("vision:\nachievements:  # まだ\n"), "{}", next.text);
}

fn portal(text: &str) -> String {
    match next_portal::next(text, &opening()) {
        NextPortal::Text(text) => text,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_edition_is_put_behind_the_others() {
    let hint = "  # 公表したら、{published: 2026-09-20} のように公表日を書いてください";
    assert_eq!(
        portal("title: 市 # 名\neditions:\n  2024: {published: 2025-09-19}  # 済\n\n# 率\nrate: {}\n"),
        format!(
            "title: 市 # 名\neditions:\n  2024: {{published: 2025-09-19}}  # 済\n  2025: {{}}{hint}\n\n# 率\nrate: {{}}\n"
        )
    );
    assert_eq!(
        portal("editions:\r\n  令和6年度:\r\n    published: 2025-09-19\r\ntitle: 市"),
        format!("editions:\r\n  令和6年度:\r\n    published: 2025-09-19\r\n  令和7年度: {{}}{hint}\r\ntitle: 市")
    );
    assert_eq!(portal("editions: {2024: {label: 版}}\n"), "editions: {2024: {label: 版}, 2025: {}}\n");
    assert_eq!(portal("版:\ntitle: 市\n"), format!("版:\n  2025: {{}}{hint}\ntitle: 市\n"));
    assert_eq!(portal("title: 市\n# 終わり\n"), format!("title: 市\n\neditions:\n  2025: {{}}{hint}\n# 終わり\n"));
    assert_eq!(portal("題名: 市"), format!("題名: 市\n\n版:\n  2025: {{}}{hint}\n"));
    assert_eq!(next_portal::next("editions: {R7: {}}\n", &opening()), NextPortal::HasYear);
    assert_eq!(next_portal::next("a: &e {2024: {}}\neditions: *e\n", &opening()), NextPortal::ByHand);
}

/// A part of a sheet, as authors lay it out in one way or another.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        (0u32..100_000).prop_map(|number| number.to_string()),
        (0u32..10_000).prop_map(|number| format!("\"{number}.50\"")),
        (1u32..50, 50u32..99).prop_map(|(low, high)| format!("{low}〜{high}")),
        Just("40以上".to_owned()),
        Just("'▲3.2'".to_owned()),
        Just("集計中".to_owned()),
        Just("{value: 5, status: provisional, note: \"注 # 印\"}".to_owned()),
        Just("{missing: pending, until: 2026-03}".to_owned()),
    ]
}

fn years(indent: &'static str) -> impl Strategy<Value = String> {
    let key = |year: u16| {
        prop_oneof![Just(year.to_string()), Just(format!("令和{}年度", year - 2018)), Just(format!("\"{year}\""))]
    };
    let flow =
        (key(2023), value(), key(2024), value()).prop_map(|(k1, v1, k2, v2)| format!(" {{{k1}: {v1}, {k2}: {v2}}}"));
    let block = (key(2023), value(), key(2024), value(), any::<bool>()).prop_map(move |(k1, v1, k2, v2, noted)| {
        let note = if noted { format!("\n{indent}# 覚え書き") } else { String::new() };
        format!("\n{indent}{k1}: {v1}  # 注{note}\n{indent}{k2}: {v2}")
    });
    prop_oneof![flow.boxed(), block.boxed()]
}

fn indicator(index: usize) -> impl Strategy<Value = String> {
    let name =
        prop_oneof![Just("指標"), Just("'指標: #1'"), Just("\"指標 \\\"甲\\\"\""), Just("{ja: 指標, en: indicator}")];
    let flow = (name.clone(), value(), value(), value()).prop_map(move |(name, baseline, actual, target)| {
        format!("  - {{id: i{index}, name: {name}, unit: 人, baseline: {baseline}, actuals: {{2024: {actual}}}, targets: {{2030: {target}}}}}\n")
    });
    let block = (name, years("        "), value(), any::<bool>(), any::<bool>()).prop_map(
        move |(name, actuals, target, japanese, blank)| {
            let (named, actual, aim) = if japanese { ("指標名", "実績値", "目標値") } else { ("name", "actuals", "targets") };
            let blank = if blank { "\n" } else { "" };
            format!("  # 指標{index}\n  - id: i{index}\n    {named}: {name}\n    {actual}:{actuals}\n{blank}    {aim}: {{2030: {target}}}\n")
        },
    );
    prop_oneof![flow.boxed(), block.boxed()]
}

fn narrative() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("achievements: [一つ, \"二つ # 三つ\"]\n"),
        Just("achievements:\n- 一つ\n- |\n  # 文\n  続き\n\n# 課題\n"),
        Just("challenges:\n  - id: c\n    challenge: >-\n      長い文\n      # 文\n    approach: '方針'\n"),
        Just("課題: [{課題: 一つ}]\n"),
        Just("grades:\n  - {by: self, grade: A}  # 課の評価\n  # 外部\n  - by: external\n    comment: |\n      意見\n"),
        Just("outlook: 継続 # 案\n"),
        Just("expenditure:\n  unit: 千円\n  settled:\n    2023: 1\n    2024: {total: 2, general: 2}  # 内訳\n"),
        Just("publish_on: 2025-09-20\n"),
        Just("vision: >\n  目指す\n  # 姿\n\n"),
        Just("\n# 区切り\n\n"),
    ]
    .prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn the_plan_goes_on_unchanged_whatever_the_sheet_looks_like(
        indicators in prop::collection::vec(any::<prop::sample::Index>(), 0..4).prop_flat_map(|list| {
            list.iter().enumerate().map(|(index, _)| indicator(index).boxed()).collect::<Vec<_>>()
        }),
        parts in prop::sample::subsequence((0..10usize).collect::<Vec<_>>(), 0..6)
            .prop_flat_map(|list| prop::collection::vec(narrative(), list.len())),
        windows in any::<bool>(),
    ) {
        let mut text = "# 見出し\narea: a\nname: 施策\nindicators:\n".to_owned() + &indicators.concat();
        let mut seen = Vec::new();
        for part in parts {
            let key = if part.starts_with("課題") { "challenges".to_owned() } else { part.split(':').next().unwrap_or_default().to_owned() };
            if !seen.contains(&key) {
                text += &part;
                seen.push(key);
            }
        }
        let text = if windows { text.replace('\n', "\r\n") } else { text };
        let before = read(&text, 2024);
        let next = next_sheet::next(&text, &before, &closed(&before), &opening()).expect("a text");
        let after = read(&next.text, 2025);
        prop_assert_eq!(next.taken, Taken::Opened);
        prop_assert_eq!(plan_of(&before), plan_of(&after), "{}", next.text);
        prop_assert!(after.achievements.is_empty() && after.challenges.is_empty() && after.grades.is_empty(), "{}", next.text);
        prop_assert!(after.outlook.is_none() && after.publish_on.is_none());
        prop_assert!(after.indicators.iter().all(|of| of.series.actuals.is_empty()), "{}", next.text);
        prop_assert_eq!(windows, !next.text.replace("\r\n", "").contains('\n') && windows);
    }
}

#[test]
fn the_line_of_the_draft_stands_above_the_comment_of_the_first_entry() {
    for start in ["", "\u{feff}", "# 様式1\n\n", "---\n"] {
        let text = format!("{start}# 書きかえたら、次の行を消してください。\nsample: true\narea: a\nname: 施策\n");
        let next = next(&text).text;
        let above = format!("{start}status: draft  # ");
        assert!(next.starts_with(&above), "{next}");
        assert!(next.contains("\n# 書きかえたら、次の行を消してください。\nsample: true\n"), "{next}");
    }
}
