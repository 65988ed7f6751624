//! Recommendations from outside: who said what, what the city answered, and what is still open.

use crate::html;
use crate::portal::Portal;

const PORTAL: &str = "title: 見本\nmunicipality: {name: 見本市}\nplan: {first_year: 2024, last_year: 2027}\n\
    areas: [{id: a, name: 産業}]\nbase_url: https://example.jp/\n\
    editions: {2024: {published: 2025-09-20}, 2025: {published: 2026-09-20}}\n\
    recommendations:\n  \
    - {source: 監査委員, date: 2025-02-20, text: 在庫を確かめること。, policy: shops, indicator: users, due: 2025-06-30, state: in-progress, response: 台帳を作っています。}\n  \
    - source: 議会\n    date: 2025-03-10\n    text: 成果を示すこと。\n    response:\n      \
    - {date: 2025-08-01, state: in-progress, text: 示し方を検討します。}\n      \
    - {date: 2026-04-01, state: done, text: 冊子で示しました。}\n  \
    - {source: 監査委員, date: 2026-02-17, text: 契約を見直すこと。, 状態: 見送り, 対応: 期間が残っています。}\n";

const SHEET: &str = "area: a\nname: 商店\nindicators: [{id: users, name: 人数, unit: 人, actuals: {2024: 3}}]\n";

fn town() -> Portal {
    let portal = Portal::empty();
    portal.write("content/portal.yaml", PORTAL);
    let own = "提言:\n  - {提言者: 外部評価委員会, 提言日: 2025-08-05, 内容: 目標を見直すこと。, 指標: users, 対応: 来年度に見直します。, 状態: 対応中}\n";
    portal.write("content/2024/shops.yaml", format!("{SHEET}{own}"));
    portal.write("content/2025/shops.yaml", SHEET);
    portal.write("content/2024/roads.yaml", "area: a\nname: 道路\n");
    portal.write("content/2025/roads.yaml", "area: a\nname: 道路\n");
    portal
}

#[test]
fn an_edition_counts_what_it_knows_by_source_and_state_the_oldest_first() {
    let portal = town();
    portal.build();
    let page = portal.page("2024/recommendations/index.html").main();
    for said in [
        "2024年度の版を公表した2025年9月20日までに示された提言",
        "監査委員 1 1",
        "議会 1 1",
        "外部評価委員会 1 1",
        "計 3 3",
        "期限 2025年6月30日 公表のとき、期限を過ぎていました",
        "示し方を検討します。",
    ] {
        assert!(page.contains(said), "{said} not in\n{page}");
    }
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
    assert!(at("在庫を") < at("成果を") && at("成果を") < at("目標を見直す"), "{page}");
    assert!(!page.contains("契約を") && !page.contains("冊子で"), "an edition knows nothing of later days: {page}");
    let later = portal.page("2025/recommendations/index.html").main();
    assert!(
        later.contains("契約を") && later.contains("冊子で示しました。") && later.contains("対応が終わった提言"),
        "{later}"
    );
    assert!(later.contains("目標を見直すこと。 商店 人数 2024年度の版から続くもの"), "what is open goes on: {later}");
    assert!(portal.page("2024/index.html").main().contains("提言3件、うち対応が終わっていないもの3件"));
    assert!(portal.read("output/sitemap.xml").contains("/2024/recommendations/"));
    assert_eq!(portal.run("check").code, Some(0), "links and ids hold");
}

#[test]
fn the_page_of_a_policy_shows_its_own() {
    let portal = town();
    portal.build();
    let page = portal.page("2024/shops/index.html");
    let shown = page.id("section_recommendations").text();
    assert!(shown.contains("在庫を確かめること。") && shown.contains("来年度に見直します。"), "{shown}");
    assert!(!shown.contains("成果を"), "{shown}");
    let link = |of: &html::Element| of.attribute("href") == Some("#users");
    assert_eq!(page.id("section_recommendations").find(&link).len(), 2);
    let found = portal.output().into_iter().filter(|(path, _)| path.starts_with("2024/search/text-"));
    let found: Vec<String> = found.map(|(_, bytes)| String::from_utf8(bytes).unwrap()).collect();
    assert!(found.concat().contains("在庫を確かめること。"), "it can be searched for");
    assert!(portal.page("2024/roads/index.html").find_id("section_recommendations").is_none());
}

#[test]
fn the_data_tell_the_same() {
    let portal = town();
    portal.build();
    let table = portal.read("output/2024/data/recommendations.csv");
    for line in [
        "2024,,監査委員,2025-02-20,在庫を確かめること。,shops,users,2025-06-30,in-progress,,台帳を作っています。,portal#recommendations/1\r\n",
        "2024,,議会,2025-03-10,成果を示すこと。,,,,in-progress,2025-08-01,示し方を検討します。,portal#recommendations/2\r\n",
        "2024,,外部評価委員会,2025-08-05,目標を見直すこと。,shops,users,,in-progress,,来年度に見直します。,2024/shops#recommendations/1\r\n",
    ] {
        assert!(table.contains(line), "{line} not in\n{table}");
    }
    let json = portal.json("2025/data/portal.json");
    assert_eq!(json["recommendations"][1]["state"], "done");
    assert_eq!(json["recommendations"][1]["responses"].as_array().unwrap().len(), 2);
    assert!(portal.read("output/2024/data/codes.csv").contains("recommendation_state,declined,対応しない,declined"));
}

#[test]
fn what_nobody_answered_and_what_is_late_is_told_and_listed() {
    let portal = town();
    let told = portal.run("check --format short").err;
    assert!(told.contains("content/portal.yaml:8:") && told.contains("overdue-recommendation"), "{told}");
    assert!(!told.contains("unanswered"), "{told}");
    portal.append(
        "content/2025/roads.yaml",
        "recommendations:\n  - {source: 議会, date: 2026-06-01, text: 舗装を急ぐこと。, due: 2027-03-31}\n",
    );
    let told = portal.run("check --format short").err;
    assert!(told.contains("content/2025/roads.yaml:4:") && told.contains("unanswered-recommendation"), "{told}");
    assert!(portal.run("check --as-of 2027-04-01 --format short").err.contains("期限 2027-03-31 が過ぎています"));
    let status = portal.run("status").out;
    for said in [
        "回答や対応を待っている提言",
        "2025-02-20 監査委員 (shops): 期限 2025-06-30 を過ぎています: 在庫を確かめること。",
        "2026-06-01 議会 (roads): 未回答、期限 2027-03-31: 舗装を急ぐこと。",
    ] {
        assert!(status.contains(said), "{said} not in\n{status}");
    }
    assert!(portal.run("status --format short").out.contains("content/2025/roads.yaml:4: 2026-06-01 議会"));
    let json: serde_json::Value = serde_json::from_str(&portal.run("status --format json").out).unwrap();
    assert_eq!(json["recommendations"][0]["waits"], "overdue");
    // While a sheet is a draft it is still being written.
    portal.append("content/2025/roads.yaml", "status: draft\n");
    assert!(!portal.run("check --drafts --format short").err.contains("unanswered"));
}

#[test]
fn a_slip_is_told_at_its_place() {
    for (written, code, said) in [
        (
            "{source: 議会, date: 2025-01-01, text: x, policy: shop, state: done}",
            "unknown-reference",
            "「shops」ではありませんか",
        ),
        (
            "{source: 議会, date: 2025-01-01, text: x, policy: shops, indicator: user, state: done}",
            "unknown-reference",
            "「users」ではありませんか",
        ),
        (
            "{source: 議会, date: 2025-01-01, text: x, indicator: users, state: done}",
            "unknown-reference",
            "どの施策のものか",
        ),
        ("{source: 議会, date: 2025-01-01, text: x, state: dune}", "invalid-value", "「done」ではありませんか"),
        (
            "{source: 議会, date: 2025-01-01, text: x, state: done, response: [{date: 2025-02-01, text: y}]}",
            "invalid-value",
            "最後の対応の「state」に移して",
        ),
        (
            "{source: 議会, date: 2025-01-01, text: x, state: open, response: [{date: 2025-02-01, state: done, text: y}]}",
            "invalid-value",
            "この状態は消してください",
        ),
        ("{source: 議会, date: 2025-01-01, text: x, response: [{text: y}]}", "missing-key", "回答日"),
        ("{source: 議会, date: 2025-02-30, text: x}", "invalid-date", "2025-02-30"),
        ("{source: 議会, date: 2025-01-01}", "missing-key", "内容"),
    ] {
        let portal = town();
        portal.append("content/portal.yaml", &format!("  - {written}\n"));
        let answer = portal.run("check --lang ja");
        assert_eq!(answer.code, Some(1), "{written}: {}", answer.err);
        assert!(answer.err.contains(code) && answer.err.contains(said), "{written}: {}", answer.err);
    }
    let portal = town();
    portal.append(
        "content/2025/shops.yaml",
        "recommendations: [{source: 議会, date: 2025-01-01, text: x, policy: roads, state: done}]\n",
    );
    assert!(portal.run("check").err.contains("シートの中の提言は"));
}

#[test]
fn a_published_edition_keeps_its_recommendations_as_it_keeps_its_texts() {
    let portal = town();
    portal.build();
    assert_eq!(portal.run("freeze 2024").code, Some(0));
    let before = portal.read("output/2024/recommendations/index.html");
    portal.append(
        "content/portal.yaml",
        "  - {source: 議会, date: 2026-06-01, text: 後の提言, policy: shops, state: done, response: 済み}\n",
    );
    portal.build();
    assert_eq!(portal.read("output/2024/recommendations/index.html"), before);
    assert!(!portal.run("check --format short").err.contains("published-text-changed"));
    portal.edit("content/2024/shops.yaml", "来年度に見直します。", "見直しません。");
    assert!(portal.run("check --format short").err.contains("published-text-changed"));
}

#[test]
fn what_a_draft_says_of_a_recommendation_stays_out_of_what_is_published() {
    let portal = town();
    portal.append("content/2024/shops.yaml", "status: draft\n");
    portal.build();
    for (path, bytes) in portal.output() {
        assert!(!String::from_utf8_lossy(&bytes).contains("目標を見直すこと"), "{path}");
    }
    // Without any, there is neither a page nor a link.
    let portal = Portal::minimal();
    portal.build();
    assert!(!portal.pages().iter().any(|(path, _)| path.contains("recommendations")));
}

#[test]
fn the_new_year_goes_on_with_what_is_open() {
    let portal = town();
    let list = "recommendations:\n  - {source: 議会, date: 2026-06-01, text: 一, state: done, response: 済み}\n  \
                # 続くもの\n  - source: 議会\n    date: 2026-06-02\n    text: 二\n    state: in-progress\n    response: 途中\n  \
                - {source: 議会, date: 2026-06-03, text: 三, state: declined, response: しない}\n";
    portal.append("content/2025/roads.yaml", list);
    let flow = "recommendations: [{source: 議会, date: 2026-06-01, text: 四, state: done, response: 済み}, {source: 議会, date: 2026-06-02, text: 五, state: open, response: 検討}, {source: 議会, date: 2026-06-03, text: 六, state: done}, {source: 議会, date: 2026-06-04, text: 七, state: done}]\n";
    portal.append("content/2025/shops.yaml", flow);
    let answer = portal.run("new-year 2026 --write");
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert!(answer.out.contains("対応が終わったので除いた提言: 2") && answer.out.contains("提言: 3"), "{}", answer.out);
    let roads = portal.read("content/2026/roads.yaml");
    assert!(
        roads.contains("recommendations:\n  # 続くもの\n  - source: 議会\n    date: 2026-06-02\n    text: 二\n"),
        "{roads}"
    );
    assert!(!roads.contains('一') && !roads.contains('三'), "{roads}");
    let shops = portal.read("content/2026/shops.yaml");
    assert!(
        shops.contains("recommendations: [{source: 議会, date: 2026-06-02, text: 五, state: open, response: 検討}]\n"),
        "{shops}"
    );
}

#[test]
fn what_cannot_be_is_told_at_the_very_value() {
    let marked = |sheet: &str, portal: &str| {
        let town = town();
        town.append("content/portal.yaml", portal);
        town.append("content/2025/roads.yaml", sheet);
        town.run("check --lang ja").err
    };
    let of = |said: &str| {
        format!("recommendations:\n  - {{source: 議会, date: 2026-06-01, text: 舗装を急ぐこと。, {said}}}\n")
    };
    for (said, carets, message) in [
        ("indicator: nosuch, state: open, response: 調べます。", "nosuch", "指標「nosuch」がありません"),
        ("state: done", "done", "市の対応が書かれていません"),
        ("state: 対応しない", "対応しない", "市の対応が書かれていません"),
        ("response: [{date: 2026-07-01, state: done}]", "2026-07-01", "市の対応が書かれていません"),
        ("due: 2025-06-30, state: done, response: 済み", "2025-06-30", "より前です"),
        (
            "response: [{date: 2025-07-01, state: done, text: 済み}]",
            "2025-07-01",
            "この対応 2025-07-01 が、提言の日付 2026-06-01 より前",
        ),
    ] {
        let told = marked(&of(said), "");
        assert!(told.contains(message), "{said}: {told}");
        assert_eq!(under_the_carets(&told, message), carets, "{said}: {told}");
    }
    // Days that nobody can mean, and answers that are not in their order.
    for (said, carets, message) in [
        ("due: 2205-12-01, state: open, response: 調べます。", "2205-12-01", "から10年より後です"),
        (
            "response: [{date: 2062-06-01, state: done, text: 済み}]",
            "2062-06-01",
            "最後の日 2026-09-20 から2年より後です",
        ),
        (
            "response: [{date: 2026-08-01, state: in-progress, text: 途中}, {date: 2026-07-01, state: done, text: 済み}]",
            "2026-07-01",
            "その上に書かれた対応の日付 2026-08-01 より前です",
        ),
    ] {
        let told = marked(&of(said), "");
        assert_eq!(under_the_carets(&told, message), carets, "{said}: {told}");
        assert!(!told.contains("recommendation-after-publication"), "told once: {told}");
    }
    let late = "  - {source: 議会, date: 3025-01-01, text: x, state: done, response: 済み}\n";
    assert_eq!(under_the_carets(&marked("", late), "この提言の日付 3025-01-01 は"), "3025-01-01");
    let newest_first = "due: 2036-06-01, response: [{date: 2026-08-01, state: done, text: 済み}, {date: 2026-07-01, state: open, text: 検討}]";
    let told = marked(&of(newest_first), "");
    assert!(!told.contains("dates-out-of-order") && !told.contains("impossible-"), "{told}");
    for (said, carets, message) in [
        ("policy: shop, state: done, response: 済み", "shop", "施策「shop」がありません"),
        ("policy: shops, indicator: user, state: done, response: 済み", "user", "指標「user」がありません"),
        ("indicator: users, state: done, response: 済み", "users", "どの施策のものか"),
        ("state: done", "done", "市の対応が書かれていません"),
    ] {
        let told = marked("", &format!("  - {{source: 議会, date: 2025-01-01, text: users, {said}}}\n"));
        assert_eq!(under_the_carets(&told, message), carets, "{said}: {told}");
    }
    // The day itself is not before it, and an answer of last year's says what was done.
    let told =
        marked(&of("due: 2026-06-01, response: [{date: 2026-06-01, text: 済み}, {date: 2026-07-01, state: done}]"), "");
    assert!(!told.contains("dates-out-of-order") && !told.contains("closed-without"), "{told}");
    let draft = town();
    draft.append("content/2025/roads.yaml", &format!("status: draft\n{}", of("state: done")));
    assert!(!draft.run("check --drafts").err.contains("closed-without"), "still being written");
}

/// What the line of a problem has above its carets.
fn under_the_carets(told: &str, message: &str) -> String {
    let problem = told.split("\n\n").find(|problem| problem.contains(message)).unwrap_or_default();
    let lines: Vec<&str> = problem.lines().collect();
    let Some(at) = lines.iter().position(|line| line.contains("| ") && line.contains('^')) else {
        return String::new();
    };
    let width = |c: char| if c.is_ascii() { 1 } else { 2 };
    let before: usize = lines[at].chars().take_while(|c| *c != '^').map(width).sum();
    let carets: usize = lines[at].chars().filter(|c| *c == '^').count();
    let mut column = 0;
    let mut found = String::new();
    for c in lines[at - 1].chars() {
        if (before..before + carets).contains(&column) {
            found.push(c);
        }
        column += width(c);
    }
    found
}
