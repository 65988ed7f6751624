//! The thread of challenges: what a sheet names is answered in the next.

use crate::portal::Portal;

const HEAD: &str = "area: industry\nname: 産業の活性化\n";

/// 2022 to 2024: `staff` stays, `shops` is answered, `roads` is not.
fn three_years(answers: &str) -> Portal {
    let portal = Portal::minimal();
    let staff = "challenges:\n  - {id: staff, challenge: 働く人が足りません。, approach: 相談会を開きます。}\n";
    portal.write("content/2022/industry.yaml", format!("{HEAD}{staff}"));
    let more = "  - {id: shops, challenge: 空き店舗が増えています。}\n  - {id: roads, challenge: 道が狭い。}\n";
    portal.write("content/2023/industry.yaml", format!("{HEAD}{staff}{more}"));
    portal.write("content/2024/industry.yaml", format!("{HEAD}{staff}{answers}"));
    portal
}

const ANSWERED: &str = "answers:\n  - {id: shops, state: done, text: 10店が開きました。}\n";

#[test]
fn the_page_shows_what_became_of_a_challenge_and_how_long_one_stays() {
    let portal = three_years(ANSWERED);
    portal.build();
    let page = portal.page("2024/industry/index.html").main();
    for said in [
        "前の年度の課題への対応",
        "2023年度の課題",
        "空き店舗が増えています。",
        "完了",
        "10店が開きました。",
        "3年連続の課題",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let before = portal.page("2023/industry/index.html").main();
    assert!(
        before.contains("2年連続の課題") && !before.contains("10店"),
        "an edition knows nothing of later years: {before}"
    );
    assert!(!portal.page("2022/industry/index.html").main().contains("連続"));
    assert_eq!(portal.run("check").code, Some(0), "links and ids hold");
}

#[test]
fn a_challenge_without_an_answer_is_told_once_with_its_place() {
    let answer = three_years(ANSWERED).run("check --format short");
    let told: Vec<_> = answer.err.lines().filter(|line| line.contains("unanswered-challenge")).collect();
    let [told] = told[..] else { panic!("{}", answer.err) };
    assert!(told.starts_with("content/2024/industry.yaml:6:10: ") && told.ends_with(": roads"), "{told}");
}

#[test]
fn a_challenge_that_is_named_again_needs_no_answer_and_a_draft_may_lack_them() {
    let portal = three_years("answers:\n  - {id: shops, state: stopped}\n  - {id: roads, state: 継続}\n");
    assert!(!portal.run("check --format short").err.contains("unanswered-challenge"));
    let portal = three_years("status: draft\n");
    assert!(!portal.run("check --drafts --format short").err.contains("unanswered-challenge"));
}

#[test]
fn an_answer_to_no_challenge_is_an_error_that_names_the_one_that_was_meant() {
    let answer = three_years("answers: [{id: shop, state: done}]\n").run("check");
    assert_eq!(answer.code, Some(1));
    assert!(
        answer.err.contains("unknown-reference") && answer.err.contains("「shops」ではありませんか"),
        "{}",
        answer.err
    );
}

#[test]
fn the_data_tell_the_same() {
    let portal = three_years(ANSWERED);
    portal.build();
    let json = portal.json("2024/data/portal.json");
    let policy = &json["policies"][0];
    let expected = serde_json::json!([{"id": "shops", "fiscal_year": 2023, "state": "done", "text": {"ja": "10店が開きました。"}}]);
    assert_eq!(policy["answers"], expected);
    assert_eq!(policy["challenges"][0]["since"], 2022);
}

#[test]
fn a_sheet_that_is_not_for_the_public_is_not_quoted_by_the_answer_to_it() {
    let portal = three_years(ANSWERED);
    portal.append("content/2023/industry.yaml", "status: draft\n");
    portal.build();
    for (path, bytes) in portal.output() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("空き店舗"), "{path}");
    }
}

#[test]
fn the_new_year_asks_for_answers_and_status_counts_them() {
    let portal = three_years(ANSWERED);
    assert_eq!(portal.run("new-year 2025 --write").code, Some(0));
    let sheet = portal.read("content/2025/industry.yaml");
    assert!(sheet.contains("  - id: staff  # 働く人が足りません。\n    state:\n    text:\n"), "{sheet}");
    let open = portal.run("status").out;
    assert!(open.contains("働く人が足りません"), "{open}");
    portal.edit("content/2025/industry.yaml", "    state:\n", "    state: continued\n");
    assert!(portal.run("status").out.contains("働く人が足りません"), "a word without what was done is half an answer");
    portal.edit("content/2025/industry.yaml", "    text:\n", "    text: 相談会を開きました。\n");
    assert!(!portal.run("status").out.contains("働く人が足りません"));
}

#[test]
fn an_answer_that_does_not_fit_the_challenges_of_its_year_is_told() {
    let told = |answers: &str| {
        let answer =
            three_years(&format!("answers:\n  - {{id: roads, state: stopped, text: やめた}}\n{answers}")).run("check");
        let lines = answer.err.lines().filter(|line| line.contains("[unclear-answer]"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    for (answer, said) in [
        (
            "  - {id: shops, state: continued, text: 5店}\n",
            "課題「shops」は継続とされていますが、この年度の課題にありません",
        ),
        (
            "  - {id: staff, state: done, text: 増えた}\n",
            "課題「staff」は完了とされていますが、この年度の課題にもあります",
        ),
        ("  - {id: staff, text: 増えた}\n", "課題「staff」への答えに、完了・継続・中止のどれかが書かれていません"),
    ] {
        let told = told(answer);
        assert!(told.len() == 1 && told[0].contains(said), "{answer}: {told:?}");
    }
    for answer in ["  - {id: staff, state: continued, text: 増えた}\n", "  - {id: shops, state: done}\n"] {
        assert_eq!(told(answer), Vec::<String>::new(), "{answer}");
    }
    assert_eq!(told("  - {id: shops, state: continued, text: 5店}\nstatus: draft\n"), Vec::<String>::new());
}
