//! What the narrative says against the table, and against last year's.

use crate::portal::Portal;

fn sheet(actual: &str, narrative: &str) -> String {
    format!(
        "area: industry\nname: 産業の活性化\nindicators:\n  - id: waiting\n    name: 保育所等の待機児童数\n    unit: 人\n    \
         baseline: 84\n    actuals: {{{actual}}}\n    targets: {{2027: 0}}\n  - id: visits\n    name: 拠点の利用者数\n    unit: 人\n    \
         baseline: 10万人\n    actuals: {{2024: 9.14万人}}\n    targets: {{2027: 12万人}}\n{narrative}"
    )
}

/// What is told of the narrative, each with its place.
fn told(portal: &Portal) -> Vec<String> {
    let answer = portal.run("check --format short");
    let about = |line: &&str| line.contains("narrative-contradicts-figure") || line.contains("repeated-narrative");
    answer.err.lines().filter(about).map(str::to_owned).collect()
}

fn of(narrative: &str) -> Vec<String> {
    let portal = Portal::of_sheet(&sheet("2024: 9", narrative));
    portal.write(
        "content/2023/industry.yaml",
        sheet("2022: 38, 2023: 27", "").replace("2024: 9.14万人", "2023: 8.3万人"),
    );
    told(&portal)
}

#[test]
fn a_figure_that_contradicts_the_table_is_told_with_both_places() {
    let found = of("achievements:\n  - |\n    定員を38人増やしました。\n    待機児童数は27人から8人に減りました。\n");
    let [found] = found.as_slice() else { panic!("{found:?}") };
    assert!(found.starts_with("content/2024/industry.yaml:19:5: "), "{found}");
    assert!(
        found.contains("待機児童数は27人から8人") && found.contains("基準値 84、2024年度の実績値 9、差 -75"),
        "{found}"
    );
    let portal = Portal::of_sheet(&sheet("2024: 9", "outlook: 待機児童数は8人です。\n"));
    let answer = portal.run("check");
    assert!(
        answer.err.contains("outlook: 待機児童数は8人です") && answer.err.contains("actuals: {2024: 9}"),
        "{}",
        answer.err
    );
}

#[test]
fn what_the_table_says_in_any_year_as_a_difference_or_less_exactly_is_no_contradiction() {
    for sentence in [
        "待機児童数は9人です。",
        "待機児童数は27人から9人に減りました。",
        "待機児童数は75人減りました。",
        "待機児童数は18人減り、9人になりました。",
        "2027年度の待機児童数の目標は0人です。",
        "利用者数は9.1万人です。",
        "利用者数は91,400人です。",
        "利用者数は9万人です。",
        "利用者数は8,400人増えました。",
        "この年度の定員は38人です。",
    ] {
        assert_eq!(of(&format!("achievements: [{sentence}]\n")), [""; 0], "{sentence}");
    }
    assert_eq!(of("achievements: [利用者数は9.2万人です。]\n").len(), 1);
    assert_eq!(of("achievements: [\"待機児童数は、１０人です。\"]\n").len(), 1);
}

#[test]
fn every_part_of_the_narrative_is_looked_at() {
    for narrative in [
        "challenges: [{challenge: 待機児童数は8人です。}]\n",
        "challenges: [{challenge: 人手不足, approach: 待機児童数は8人にします。}]\n",
        "grades: [{by: self, grade: A, comment: 待機児童数は8人です。}]\n",
        "achievements: 待機児童数は8人です。\n",
        "achievements: [{ja: 待機児童数は8人です。, en: Eight children wait.}]\n",
    ] {
        assert_eq!(of(narrative).len(), 1, "{narrative}");
    }
}

#[test]
fn what_was_checked_is_not_told_and_stands_on_no_page() {
    let narrative =
        "achievements: [待機児童数は8人です。]\nchecked: [{quote: 待機児童数は8人, note: 4月1日の速報です。}]\n";
    let portal = Portal::of_sheet(&sheet("2024: 9", narrative));
    assert_eq!(told(&portal), [""; 0]);
    portal.build();
    for (path, bytes) in portal.output() {
        assert!(!String::from_utf8_lossy(&bytes).contains("速報です"), "{path}");
    }
    let portal = Portal::of_sheet(&sheet("2024: 9", &narrative.replace(", note: 4月1日の速報です。", "")));
    assert!(portal.run("check").err.contains("missing-key"), "whoever checked says why");
}

/// Last year's sheet and this year's, each with its narrative.
fn two_years(before: &str, now: &str) -> Vec<String> {
    let portal = Portal::of_sheet(&format!("area: industry\nname: 産業の活性化\n{now}"));
    portal.write("content/2023/industry.yaml", format!("area: industry\nname: 産業の活性化\n{before}"));
    told(&portal)
}

#[test]
fn a_paragraph_of_last_year_is_told_with_both_places_and_a_short_one_is_not() {
    let long = "achievements:\n  - 相談に応じました。\n  - 関係機関と連携して、起業家育成のセミナーを3回開きました。\n";
    let found = two_years(long, &long.replace("連携して、", "連携して"));
    let [found] = found.as_slice() else { panic!("{found:?}") };
    assert!(found.starts_with("content/2024/industry.yaml:5:5: ") && found.contains("2023年度"), "{found}");
    assert_eq!(two_years(long, &long.replace("3回", "4回")), [""; 0]);
    let checked = format!("{long}checked: [{{quote: 起業家育成, note: 毎年開く。}}]\n");
    assert_eq!(two_years(long, &checked), [""; 0]);
}

#[test]
fn a_challenge_that_is_named_again_keeps_its_words_and_what_is_done_about_it_does_not() {
    let challenge = "challenges:\n  - id: staff\n    challenge: 市内の事業所で、働く人が足りない状態が続いています。\n";
    assert_eq!(two_years(challenge, challenge), [""; 0]);
    let approach = format!("{challenge}    approach: 合同の就職相談会を、近隣の市町村と一緒に開きます。\n");
    assert_eq!(two_years(&approach, &approach).len(), 1);
    let vision = "vision: 企業が社会の変化に素早く応え、競争力を高めている状態です。\n";
    assert_eq!(two_years(vision, vision), [""; 0], "a vision stays");
}

#[test]
fn a_quote_that_stands_nowhere_is_told_and_one_that_does_is_not() {
    let told = |narrative: &str| {
        let answer = Portal::of_sheet(&sheet("2024: 9", narrative)).run("check --format short");
        let about = |line: &&str| line.contains("unfound-quote");
        answer.err.lines().filter(about).map(str::to_owned).collect::<Vec<_>>()
    };
    let found = told("achievements: [待機児童数は9人です。]\nchecked:\n  - {quote: 待機児童数は8人, note: 速報}\n");
    let [found] = found.as_slice() else { panic!("{found:?}") };
    assert!(
        found.starts_with("content/2024/industry.yaml:18:13: ") && found.contains("「待機児童数は8人」"),
        "{found}"
    );
    for (narrative, quote) in [
        ("achievements: [待機児童数は8人です。]", "待機児童数は8人"),
        ("outlook: 待機児童数を8人にします。", "8人"),
        ("challenges: [{challenge: 夜の相談が足りない。, approach: 平日に広げる。}]", "平日に"),
        ("grades: [{by: external, comment: 毎年のことである。}]", "毎年のこと"),
        ("achievements:\n  - >\n    商店街の催しを\n    三つ開きました。", "商店街の催しを三つ"),
        ("achievements: [{ja: 開きました。, en: It was opened.}]", "開きました"),
    ] {
        let found = told(&format!("{narrative}\nchecked: [{{quote: {quote}, note: 原典のまま}}]\n"));
        assert!(found.is_empty(), "{narrative}: {found:?}");
    }
}
