//! What a policy took over is held against what it says itself: figures, texts, challenges.

use crate::portal::Portal;

const PORTAL: &str = "title: 見本\nmunicipality: {name: 見本市}\nplan: {first_year: 2023, last_year: 2027}\n\
    areas: [{id: a, name: 産業}]\nlanguages: [ja]\n";

fn sheet(name: &str, more: &str) -> String {
    format!("area: a\nname: {name}\n{more}")
}

/// Sheets by path, each a name and what else it says.
fn portal(sheets: &[(&str, &str, &str)]) -> Portal {
    let portal = Portal::empty();
    portal.write("content/portal.yaml", PORTAL);
    for (path, name, more) in sheets {
        portal.write(&format!("content/{path}.yaml"), sheet(name, more));
    }
    portal
}

fn users(actuals: &str) -> String {
    users_towards(actuals, "{2027: 40}")
}

fn users_towards(actuals: &str, targets: &str) -> String {
    format!(
        "indicators: [{{id: users, name: 利用者数, unit: 人, baseline: {{year: 2022, value: 5}}, actuals: {actuals}, targets: {targets}}}]\n"
    )
}

/// The problems of one code, with their places.
fn told(portal: &Portal, code: &str) -> Vec<String> {
    let answer = portal.run("check --drafts --lang ja --format short");
    let of_code = format!("[{code}]");
    answer.err.lines().filter(|line| line.contains(&of_code)).map(str::to_owned).collect()
}

fn restated(sheets: &[(&str, &str, &str)]) -> Vec<String> {
    told(&portal(sheets), "restated-figure")
}

#[test]
fn a_renamed_policy_repeats_the_figures_of_the_one_before() {
    let now = users_towards("{2024: 17, 2025: 30}", "{2027: 50}");
    let renamed =
        [("2024/shops", "商店", &*users("{2024: 10}")), ("2025/trade", "商業", &*(now + "successor_of: [shops]\n"))];
    let found = restated(&renamed);
    let [actual, target] = &found[..] else { panic!("{found:?}") };
    assert!(actual.starts_with("content/2025/trade.yaml:3:") && actual.contains("「10」と違い、「17」"), "{actual}");
    assert!(target.contains("2027年度の目標値が2024年度のシートの「40」と違い、「50」"), "{target}");
    let [before, (path, name, now)] = renamed;
    let right = now.replace("2024: 17", "2024: 10").replace("2027: 50", "2027: 40");
    assert_eq!(restated(&[before, (path, name, &right)]), Vec::<String>::new());
    let declared = now.replace("{2024: 17,", "{2024: {value: 17, status: revised, note: 数え直した},");
    assert_eq!(restated(&[before, (path, name, &declared)]).len(), 1, "the target alone");
}

#[test]
fn what_was_spent_before_a_policy_was_renamed_stays() {
    let spent = "expenditure: {unit: 千円, settled: {2024: 100}}\n";
    let now = spent.replace("100", "120") + "successor_of: [shops]\n";
    let found = restated(&[("2024/shops", "商店", spent), ("2025/trade", "商業", &now)]);
    let [found] = &found[..] else { panic!("{found:?}") };
    assert!(found.contains("2024年度の決算額が2024年度のシートの「100」と違い、「120」"), "{found}");
}

#[test]
fn a_merged_policy_has_the_figure_of_one_of_those_before_it_or_their_sum() {
    let of = |actual: &str| users(&format!("{{2024: {actual}}}"));
    let merged = |actual: &str| {
        let now = of(actual) + "successor_of: [parks, roads]\n";
        restated(&[
            ("2024/parks", "公園", &of("10")),
            ("2024/roads", "道路", &of("7")),
            ("2025/ground", "みどり", &now),
        ])
    };
    for right in ["10", "7"] {
        assert_eq!(merged(right), Vec::<String>::new(), "{right}");
    }
    let found = merged("18");
    let [found] = &found[..] else { panic!("{found:?}") };
    let each = "「公園」(2024年度)の「10」、「道路」(2024年度)の「7」、合計の「17」のいずれとも違い、「18」";
    assert!(found.contains(each), "{found}");
    // Targets and baselines add up, too.
    let sum = "indicators: [{id: users, name: 利用者数, unit: 人, baseline: {year: 2022, value: 10}, actuals: {2024: 17}, targets: {2027: 80}}]\nsuccessor_of: [parks, roads]\n";
    let sheets =
        [("2024/parks", "公園", &*of("10")), ("2024/roads", "道路", &*of("7")), ("2025/ground", "みどり", sum)];
    assert_eq!(restated(&sheets), Vec::<String>::new());
    // Where another has an indicator with the same id, the one that is named the same is meant.
    let other = of("7").replace("利用者数", "苦情の数");
    let now = of("7") + "successor_of: [parks, roads]\n";
    let sheets =
        [("2024/parks", "公園", &*of("10")), ("2024/roads", "道路", &*other), ("2025/ground", "みどり", &*now)];
    assert_eq!(restated(&sheets).len(), 1);
}

#[test]
fn of_a_policy_that_was_split_each_has_the_figure_or_its_part() {
    let before = users("{2024: 10}");
    let half = |actual: &str, target: &str, base: &str| {
        let now = users_towards(&format!("{{2024: {actual}}}"), &format!("{{2027: {target}}}"));
        now.replace("value: 5", &format!("value: {base}")) + "successor_of: [offices]\n"
    };
    let split = |desk: &str, online: &str| {
        restated(&[("2024/offices", "窓口", &before), ("2025/desk", "対面", desk), ("2025/online", "電子", online)])
    };
    let none = "successor_of: [offices]\n";
    assert_eq!(split(&half("10", "40", "5"), none), Vec::<String>::new());
    assert_eq!(split(&half("4", "15", "2"), &half("6", "25", "3")), Vec::<String>::new());
    assert_eq!(split(&half("4", "40", "5"), none).len(), 1);
    assert_eq!(split(&half("4", "40", "5"), &half("7", "40", "5")).len(), 2, "parts that do not add up");
}

#[test]
fn a_text_of_a_policy_before_is_told_as_one_of_last_year_is() {
    let text = "achievements: [窓口の案内をわかりやすくし、来た人が迷わないようにしました。とても好評でした。]\n";
    let other = "achievements: [道の段差をなくし、車いすの人もベビーカーの人も通りやすくしました。好評でした。]\n";
    let now = "achievements: [窓口の案内をわかりやすくし、来た人が迷わないようにしました。とても好評でした。, 道の段差をなくし、車いすの人もベビーカーの人も通りやすくしました。好評でした。]\nsuccessor_of: [parks, roads]\n";
    let sheets = [("2024/parks", "公園", text), ("2024/roads", "道路", other), ("2025/ground", "みどり", now)];
    let found = told(&portal(&sheets), "repeated-narrative");
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("content/2025/ground.yaml:3:"), "{found:?}");
}

#[test]
fn an_indicator_may_replace_one_of_the_policy_before() {
    let now = users("{2025: 30}").replace("id: users,", "id: guests, replaces: users,") + "successor_of: [shops]\n";
    let sheets = [("2024/shops", "商店", &*users("{2024: 10}")), ("2025/trade", "商業", &*now)];
    assert_eq!(told(&portal(&sheets), "unknown-reference"), Vec::<String>::new());
    let wrong = now.replace("replaces: users", "replaces: visitors");
    let found = told(&portal(&[sheets[0], ("2025/trade", "商業", &wrong)]), "unknown-reference");
    assert_eq!(found.len(), 1, "{found:?}");
}

const NIGHT: &str = "challenges: [{id: staff, challenge: 夜の人手が足りません。}]\n";
const DAY: &str = "challenges: [{id: staff, challenge: 昼の人手が足りません。}]\n";

/// Two policies with a challenge `staff` each are one from 2025 on.
fn merged(more: &str) -> Portal {
    let now = format!("successor_of: [parks, roads]\n{more}");
    portal(&[("2024/parks", "公園", NIGHT), ("2024/roads", "道路", DAY), ("2025/ground", "みどり", &now)])
}

#[test]
fn challenges_of_merged_policies_are_each_told_by_name_until_each_is_answered() {
    let found = told(&merged(""), "unanswered-challenge");
    let [parks, roads] = &found[..] else { panic!("{found:?}") };
    assert!(parks.contains("「公園」の2024年度の課題") && roads.contains("「道路」の2024年度の課題"), "{found:?}");
    let help = merged("").run("check --lang ja").err;
    assert!(help.contains("answers: [{policy: roads, id: staff, state: done"), "{help}");
    let one = merged("answers: [{policy: roads, id: staff, state: done, text: 足りた。}]\n");
    let found = told(&one, "unanswered-challenge");
    assert!(found.len() == 1 && found[0].contains("「公園」"), "{found:?}");
    assert_eq!(told(&merged(NIGHT), "unanswered-challenge"), Vec::<String>::new(), "named again, both go on");
}

#[test]
fn an_answer_that_could_be_to_either_challenge_is_an_error_that_names_both() {
    let answer = merged("answers:\n  - {id: staff, state: done, text: 足りた。}\n").run("check --lang ja");
    assert_eq!(answer.code, Some(1));
    for said in [
        "ambiguous-reference",
        "content/2025/ground.yaml:5:10",
        "「{policy: parks, id: staff}」は公園の「夜の人手が足りません。」",
        "「{policy: roads, id: staff}」は道路の「昼の人手が足りません。」",
    ] {
        assert!(answer.err.contains(said), "{said}: {}", answer.err);
    }
    for (wrong, said) in [
        ("{policy: shops, id: staff, state: done}", "policy に書けるのは parks、roads です"),
        ("{policy: parks, id: stuff, state: done}", "「staff」ではありませんか"),
        ("{policy: parks, id: staff, state: done}, {施策: parks, id: staff, state: done}", "「parks#staff」が二度"),
    ] {
        let answer = merged(&format!("answers: [{wrong}]\n")).run("check --lang ja");
        assert_eq!(answer.code, Some(1), "{wrong}");
        assert!(answer.err.contains(said), "{said}: {}", answer.err);
    }
}

#[test]
fn a_challenge_that_is_answered_with_its_policy_and_without_is_answered_twice() {
    let portal = portal(&[
        ("2024/parks", "公園", NIGHT),
        ("2024/roads", "道路", ""),
        (
            "2025/ground",
            "みどり",
            "successor_of: [parks, roads]\nanswers:\n  - {id: staff, state: done, text: 足りた。}\n  - {policy: parks, id: staff, state: stopped, text: やめた。}\n",
        ),
    ]);
    let found = told(&portal, "duplicate-id");
    assert!(found.len() == 1 && found[0].starts_with("content/2025/ground.yaml:6:25"), "{found:?}");
    assert_eq!(portal.run("check").code, Some(1));
    portal.edit("content/2025/ground.yaml", "  - {id: staff, state: done, text: 足りた。}\n", "");
    assert_eq!(portal.run("check").code, Some(0));
}

#[test]
fn a_challenge_that_one_successor_has_done_with_is_not_asked_of_another() {
    let with = |state: &str| {
        let east = format!("successor_of: [town]\nanswers: [{{id: staff, state: {state}, text: 済みました。}}]\n");
        let sheets = [
            ("2023/town", "まち", NIGHT),
            ("2024/east", "東部", &*east),
            ("2025/north", "北部", "successor_of: [{policy: town, year: 2023}]\n"),
        ];
        told(&portal(&sheets), "unanswered-challenge").len()
    };
    assert_eq!([with("done"), with("stopped"), with("continued")], [0, 0, 1]);
}

#[test]
fn the_page_of_a_merged_policy_answers_the_challenges_of_each_by_its_name() {
    let answers = "answers:\n  - {policy: parks, id: staff, state: done, text: 夜も足りた。}\n  - {policy: roads, id: staff, state: stopped, text: 昼はやめた。}\n";
    let portal = merged(answers);
    portal.build();
    let page = portal.page("2025/ground/index.html").main();
    for said in
        ["2024年度の「公園」の課題", "夜の人手", "夜も足りた", "2024年度の「道路」の課題", "昼の人手", "昼はやめた"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    let json = portal.json("2025/data/portal.json");
    let given = json["policies"][0]["answers"].as_array().unwrap();
    assert_eq!(given.iter().map(|of| &of["policy"]).collect::<Vec<_>>(), ["parks", "roads"]);
    assert_eq!(portal.run("check").code, Some(0));
}

#[test]
fn a_challenge_that_merged_policies_shared_shows_the_years_of_each() {
    let chain = |portal: &Portal| {
        portal.build();
        portal
            .page("2025/ground/index.html")
            .main()
            .split_once("連続の課題")
            .map(|(_, after)| after.split("取組方針").next().unwrap_or_default().to_owned())
    };
    let found = chain(&merged(NIGHT)).unwrap();
    assert!(found.contains("公園") && found.contains("道路"), "{found}");
    let other = format!("{NIGHT}answers: [{{policy: roads, id: staff, state: done, text: 足りた。}}]\n");
    let found = chain(&merged(&other)).unwrap();
    assert!(!found.contains("道路"), "the other one was answered: {found}");
}

const TO_SPLIT: &str = "successor_of: [offices]\n";

fn split(online: &str) -> Portal {
    let online = format!("{TO_SPLIT}{online}");
    portal(&[
        ("2024/offices", "窓口", ""),
        ("2025/desk", "対面の窓口", TO_SPLIT),
        ("2025/online", "電子の窓口", &online),
    ])
}

fn lineage(portal: &Portal, page: &str) -> String {
    portal.page(page).class("lineage").iter().map(|list| list.text()).collect::<String>().trim().to_owned()
}

#[test]
fn of_a_split_whose_other_half_is_a_draft_the_public_hears_of_a_part() {
    let portal = split("status: draft\n");
    portal.build();
    assert_eq!(lineage(&portal, "2024/offices/index.html"), "2025年度から、一部が「対面の窓口」に引き継がれました。");
    assert_eq!(lineage(&portal, "2025/desk/index.html"), "2024年度版の「窓口」の一部を引き継ぎました。");
    let moved = portal.page("2025/offices/index.html").main();
    assert!(moved.contains("この施策の一部は") && moved.contains("「対面の窓口」に引き継がれています"), "{moved}");
    let html = portal.read("output/2025/offices/index.html");
    assert!(!html.contains("http-equiv=refresh") && !html.contains("http-equiv=\"refresh"), "nobody is sent on");
    let changes = portal.page("2025/changes/index.html").main();
    assert!(changes.contains("一部が「対面の窓口」に引き継がれました"), "{changes}");
    assert_eq!(portal.json("2025/data/portal.json")["policies"][0]["successor_of"][0]["part"], true);
    for (path, bytes) in portal.output() {
        assert!(!String::from_utf8_lossy(&bytes).contains("電子の窓口"), "{path}");
    }
    portal.build_with("--drafts --output output");
    assert_eq!(
        lineage(&portal, "2024/offices/index.html"),
        "2025年度から「対面の窓口」と「電子の窓口 案」に分かれました。"
    );
}

#[test]
fn a_sheet_that_took_a_policy_over_later_makes_no_part_of_the_first() {
    let portal = split("");
    portal.remove("content/2025/online.yaml");
    portal.write("content/2026/desk.yaml", sheet("対面の窓口", ""));
    portal.write("content/2026/online.yaml", sheet("電子の窓口", &format!("{TO_SPLIT}status: draft\n")));
    portal.build();
    assert_eq!(lineage(&portal, "2024/offices/index.html"), "2025年度から「対面の窓口」に引き継がれました。");
}

#[test]
fn a_policy_of_which_a_part_went_over_does_not_vanish_silently() {
    let part = "successor_of: [{policy: offices, part: true}]\n";
    let sheets = [("2024/offices", "窓口", ""), ("2025/desk", "対面の窓口", part)];
    let found = told(&portal(&sheets), "vanished-policy");
    let [told_once] = &found[..] else { panic!("{found:?}") };
    assert!(told_once.starts_with("content/2024/offices.yaml:2:7"), "{told_once}");
    let help = portal(&sheets).run("check --lang ja").err;
    assert!(help.contains("「desk」が引き継いだのは一部(part: true)だけです"), "{help}");
    let both = [sheets[0], sheets[1], ("2025/offices", "窓口", "")];
    assert_eq!(told(&portal(&both), "vanished-policy"), Vec::<String>::new());
    let whole = [sheets[0], sheets[1], ("2025/online", "電子の窓口", TO_SPLIT)];
    assert_eq!(told(&portal(&whole), "vanished-policy"), Vec::<String>::new());
}

#[test]
fn a_policy_that_will_end_is_not_said_to_have_ended() {
    let ending = |year: u16| {
        let portal = portal(&[("2024/fairs", "祭り", ""), ("2025/fairs", "祭り", "")]);
        portal.append("content/portal.yaml", &format!("ended: [{{policy: fairs, year: {year}}}]\n"));
        portal
    };
    for (year, said) in [(2025, "2025年度で終了しました。"), (2026, "2026年度で終了する予定です。")]
    {
        let portal = ending(year);
        portal.build();
        assert_eq!(lineage(&portal, "2025/fairs/index.html"), said);
        assert_eq!(told(&portal, "year-outside-plan"), Vec::<String>::new());
    }
    let found = told(&ending(2099), "year-outside-plan");
    assert!(found.len() == 1 && found[0].starts_with("content/portal.yaml:6:18"), "{found:?}");
    // Before its end, a policy is still missed.
    let portal = portal(&[("2024/fairs", "祭り", "ended: {year: 2027}\n"), ("2025/other", "別", "")]);
    assert_eq!(told(&portal, "vanished-policy").len(), 1);
}
