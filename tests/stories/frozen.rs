//! A frozen edition: no published figure changes unnoticed.

use crate::portal::Portal;

fn frozen() -> Portal {
    let portal = Portal::minimal();
    let answer = portal.run("freeze 2024 --lang ja");
    assert_eq!(answer.code, Some(0), "{}{}", answer.out, answer.err);
    assert!(answer.out.contains("1施策、数値5件"), "{}", answer.out);
    portal
}

/// What the build says, in one text.
fn said(portal: &Portal) -> (Option<i32>, String) {
    let answer = portal.run("build --lang ja");
    (answer.code, answer.out + &answer.err)
}

#[test]
fn the_ledger_holds_every_published_figure_one_a_line() {
    let ledger = frozen().read("content/2024/published.csv");
    let lines: Vec<&str> = ledger.trim_start_matches('\u{feff}').lines().collect();
    assert!(!ledger.contains('\r'));
    assert_eq!(lines[0], "policy_id,indicator_id,component,field,year,value,text");
    for line in [
        "industry,exchange,,baseline,,446,446人",
        "industry,exchange,,actual,2024,628,628人",
        "industry,exchange,,target,2027,1046,\"1,046人\"",
        "industry,exchange,,rate,2024,30.3,30.3%",
        "industry,exchange,,verdict,2024,on-track,計画どおり",
    ] {
        assert!(lines.contains(&line), "{line} is not in\n{ledger}");
    }
    let digest: Vec<_> = lines.iter().filter(|line| line.starts_with("industry,,,digest,,")).collect();
    assert_eq!((digest.len(), lines.len()), (1, 7), "{ledger}");
}

#[test]
fn a_build_of_what_was_frozen_says_nothing() {
    let portal = frozen();
    let (code, said) = said(&portal);
    assert_eq!(code, Some(0), "{said}");
    assert!(!said.contains("published"), "{said}");
}

#[test]
fn a_changed_figure_stops_the_build_and_the_message_holds_the_lines_to_paste() {
    let portal = frozen();
    portal.build();
    let before = portal.read("output/2024/industry/index.html");
    portal.edit("content/2024/industry.yaml", "actuals: {2024: 628}", "actuals: {2024: 629}");
    let (code, said) = said(&portal);
    assert_eq!(code, Some(1), "{said}");
    for part in [
        "error[published-figure-changed]: 2024年度版で公表した「交流人数」2024年度の実績値は 628人 ですが、いまは 629人 です",
        "content/2024/industry.yaml:9:",
        "{indicator: exchange, field: actual, year: 2024, from: 628, to: 629, kind: correction, date: 改めた日, reason: 理由}",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    assert!(!said.contains("達成率"), "what follows from it is not told as well: {said}");
    assert_eq!(portal.read("output/2024/industry/index.html"), before);
}

const REVISION: &str = "revisions:
  - {indicator: exchange, field: actual, year: 2024, from: 628, to: 700, kind: correction, date: 2026-03-31, reason: 集計の誤り}
";

#[test]
fn a_declared_revision_passes_with_what_follows_from_it() {
    let portal = frozen();
    portal.edit("content/2024/industry.yaml", "actuals: {2024: 628}", "actuals: {2024: 700}");
    portal.append("content/2024/industry.yaml", REVISION);
    let (code, said) = said(&portal);
    assert_eq!(code, Some(0), "{said}");
    let again = portal.run("freeze 2024 --lang ja");
    assert_eq!(again.code, Some(0));
    // The actual, and the rate that follows from it; the verdict stays.
    assert!(again.out.contains("数値5件と照合しました: 変更なし3件、改訂2件"), "{}", again.out);
}

#[test]
fn a_revision_begins_with_what_was_published_and_ends_with_what_holds() {
    let portal = frozen();
    let sheet = portal.read("content/2024/industry.yaml");
    portal.write("content/2024/industry.yaml", sheet.replace("2024: 628", "2024: 701") + REVISION);
    let (code, first) = said(&portal);
    assert!(code == Some(1) && first.contains("改訂後(to)が、シートに書かれている値 701 と違います"), "{first}");
    let other = REVISION.replace("from: 628", "from: 630");
    portal.write("content/2024/industry.yaml", sheet.replace("2024: 628", "2024: 700") + &other);
    let (code, second) = said(&portal);
    assert!(code == Some(1) && second.contains("改訂前(from)が、公表した値 628 と違います"), "{second}");
    let two = REVISION.to_owned()
        + "  - {indicator: exchange, field: actual, year: 2024, from: 700, to: 701, kind: correction, date: 2026-04-30, reason: 再集計}\n";
    portal.write("content/2024/industry.yaml", sheet.replace("2024: 628", "2024: 701") + &two);
    let (code, third) = said(&portal);
    assert_eq!(code, Some(0), "{third}");
}

#[test]
fn the_same_figure_written_otherwise_is_no_change() {
    let portal = frozen();
    portal.edit("content/2024/industry.yaml", "actuals: {2024: 628}", "実績値: {令和6年度: \"６２８人\"}");
    let (code, said) = said(&portal);
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn another_unit_is_another_figure() {
    let portal = frozen();
    portal.edit("content/2024/industry.yaml", "unit: 人", "unit: 千人");
    let (code, said) = said(&portal);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("628人 ですが、いまは 628千人 です"), "{said}");
}

#[test]
fn a_sheet_that_was_published_cannot_vanish_unnoticed() {
    let portal = frozen();
    portal.write("content/2024/waste.yaml", "area: industry\nname: ごみを減らす\n");
    portal.edit("content/2024/industry.yaml", "area: industry", "status: draft\narea: industry");
    let (code, said_now) = said(&portal);
    assert_eq!(code, Some(1), "{said_now}");
    assert!(said_now.contains("2024年度版として公表した施策「industry」のシートがありません"), "{said_now}");
    portal.append(
        "content/portal.yaml",
        "revisions: [{edition: 2024, policy: industry, kind: correction, date: 2026-04-01, reason: 取下げ}]\n",
    );
    let (code, said_now) = said(&portal);
    assert_eq!(code, Some(0), "{said_now}");
}

#[test]
fn a_rule_that_changed_is_declared_in_portal_yaml() {
    let portal = frozen();
    portal.append("content/portal.yaml", "rate: {method: ratio}\n");
    let (code, first) = said(&portal);
    assert_eq!(code, Some(1), "{first}");
    assert!(first.contains("2024年度の達成率は 30.3% ですが、いまは 60.0% です"), "{first}");
    assert!(first.contains("{edition: 2024, field: rate, kind: correction"), "{first}");
    portal.append(
        "content/portal.yaml",
        "revisions: [{edition: 2024, field: rate, kind: redefinition, date: 2026-04-01, reason: 計算方法の変更}]\n",
    );
    let (code, second) = said(&portal);
    assert_eq!(code, Some(0), "{second}");
}

#[test]
fn changed_words_are_a_warning_until_they_are_declared() {
    let portal = frozen();
    portal.edit("content/2024/industry.yaml", "産業の活性化を促進する", "産業を元気にする");
    let (code, first) = said(&portal);
    assert_eq!(code, Some(0), "{first}");
    assert!(first.contains("warning[published-text-changed]"), "{first}");
    let declared = first.split("field: digest, to: ").nth(1).and_then(|rest| rest.split(',').next()).unwrap();
    portal.append(
        "content/2024/industry.yaml",
        &format!("revisions: [{{field: digest, to: {declared}, kind: correction, date: 2026-04-01, reason: 表記}}]\n"),
    );
    let (code, second) = said(&portal);
    assert_eq!(code, Some(0));
    assert!(!second.contains("published-text-changed"), "{second}");
}

#[test]
fn a_later_sheet_does_not_change_what_an_earlier_edition_published() {
    let portal = frozen();
    portal.write(
        "content/2025/industry.yaml",
        portal.read("content/2024/industry.yaml").replace("actuals: {2024: 628}", "actuals: {2024: 650, 2025: 800}"),
    );
    let (code, said) = said(&portal);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("restated-figure"), "the later sheet has to say so: {said}");
}

#[test]
fn a_ledger_that_excel_saved_again_is_the_same_and_a_damaged_one_is_refused() {
    let portal = frozen();
    let ledger = portal.read("content/2024/published.csv");
    portal.write("content/2024/published.csv", ledger.trim_start_matches('\u{feff}').replace('\n', "\r\n"));
    assert_eq!(said(&portal).0, Some(0));
    portal.write("content/2024/published.csv", ledger.replace("exchange,,actual", "exchange,actual"));
    let (code, said) = said(&portal);
    assert_eq!(code, Some(1));
    assert!(said.contains("error[damaged-ledger]") && said.contains("content/2024/published.csv:4:1"), "{said}");
}

#[test]
fn only_a_portal_without_errors_and_a_year_with_sheets_can_be_frozen() {
    let portal = Portal::minimal();
    let answer = portal.run("freeze 2030 --lang ja");
    assert_eq!(answer.code, Some(1));
    assert!(answer.err.contains("2030年度には、公開できるシートがありません"), "{}", answer.err);
    portal.edit("content/2024/industry.yaml", "area: industry", "area: nowhere");
    assert_eq!(portal.run("freeze 2024").code, Some(1));
    assert!(!portal.has("content/2024/published.csv"));
    assert_eq!(portal.run("freeze まもなく").code, Some(2));
}

#[test]
fn readers_see_what_was_revised_on_the_page_in_the_errata_in_the_data_and_in_the_feed() {
    let portal = frozen();
    portal.append(
        "content/portal.yaml",
        "base_url: https://www.city.example.lg.jp/h/\neditions: {2024: {published: 2025-09-20}}\n",
    );
    portal.build();
    let page = portal.page("2024/industry/index.html");
    assert!(
        page.text().contains("公表済みの数値5件と照合しています。すべて公表したときのままです。"),
        "{}",
        page.text()
    );
    portal.edit("content/2024/industry.yaml", "actuals: {2024: 628}", "actuals: {2024: 700}");
    portal.append("content/2024/industry.yaml", REVISION);
    portal.build();
    let page = portal.page("2024/industry/index.html").text();
    for part in ["変更なし3件、改訂2件", "公表時 628人", "公表時 30.3%", "集計の誤り"] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    let index = portal.page("index.html").text();
    assert!(index.contains("公表済みの数値5件と照合しています。変更なし3件、改訂2件です。"), "{index}");
    let errata = portal.page("2024/revisions/index.html").text();
    for part in ["産業の活性化を促進する", "交流人数 2024年度の実績値", "628人", "700人", "訂正", "2026年3月31日"]
    {
        assert!(errata.contains(part), "{part}\n{errata}");
    }
    let rows = portal.read("output/2024/data/revisions.csv");
    assert!(
        rows.contains("2024,industry,exchange,,actual,2024,628,628人,700,700人,2026-03-31,correction,集計の誤り"),
        "{rows}"
    );
    assert!(rows.contains("2024,industry,exchange,,rate,2024,30.3,30.3%,42.3,42.3%"), "{rows}");
    let feed = portal.read("output/feed.xml");
    assert!(feed.contains("交流人数 2024年度の実績値（628人→700人）"), "{feed}");
    assert!(feed.contains("<updated>2026-03-31T00:00:00+09:00</updated>"), "{feed}");
}

/// What was frozen, what holds now, and how the published one reads.
const KINDS: [(&str, &str, &str); 6] = [
    ("12位", "10位", "12位"),
    ("\"600以上\"", "\"650以上\"", "600人以上"),
    ("\"600未満\"", "\"600以下\"", "600人未満"),
    ("10〜12", "10〜15", "10〜12人"),
    ("集計中", "628", "…"),
    ("策定", "公表", "策定"),
];

#[test]
fn the_lines_to_paste_hold_for_every_kind_of_figure() {
    for (before, now, shown) in KINDS {
        let portal = Portal::minimal();
        if before.ends_with('位') {
            // A place is counted in nothing else.
            portal.edit("content/2024/industry.yaml", "    unit: 人\n", "");
        }
        portal.edit("content/2024/industry.yaml", "actuals: {2024: 628}", &format!("actuals: {{2024: {before}}}"));
        assert_eq!(portal.run("freeze 2024").code, Some(0), "{before}");
        let ledger = portal.read("content/2024/published.csv");
        assert!(ledger.contains(&format!(",{shown}\n")), "{shown} is not in\n{ledger}");
        portal.edit("content/2024/industry.yaml", before, now);
        let (code, refused) = said(&portal);
        assert_eq!(code, Some(1), "{before}: {refused}");
        let entry = refused.lines().find_map(|line| line.trim().strip_prefix("- {")).unwrap();
        let entry = entry.replace("date: 改めた日", "date: 2026-02-13").replace("reason: 理由", "reason: 訂正");
        portal.append("content/2024/industry.yaml", &format!("revisions:\n  - {{{entry}\n"));
        let (code, declared) = said(&portal);
        assert_eq!(code, Some(0), "{before}: {declared}");
    }
}

#[test]
fn an_edition_that_is_not_frozen_has_no_errata() {
    let portal = Portal::minimal();
    portal.build();
    assert!(!portal.has("output/2024/revisions/index.html"));
    assert!(!portal.read("output/index.html").contains("revisions/index.html"));
}

/// 2024 was published on 2025-09-20 and is revised on `date`.
fn revised_on(date: &str) -> Portal {
    let portal = frozen();
    portal.append(
        "content/portal.yaml",
        "base_url: https://www.city.example.lg.jp/h/\neditions: {2024: {published: 2025-09-20}}\n",
    );
    portal.edit("content/2024/industry.yaml", "actuals: {2024: 628}", "actuals: {2024: 700}");
    portal.append("content/2024/industry.yaml", &REVISION.replace("2026-03-31", date));
    portal
}

#[test]
fn a_revision_is_not_dated_in_a_future_that_the_build_can_know_of() {
    let portal = revised_on("2099-01-01");
    let answer = portal.run("build --lang ja");
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    for part in [
        "error[impossible-revision-date]: 改訂日 2099-01-01 は、このポータルにある最後の日 2025-09-20 から2年より後です",
        "content/2024/industry.yaml:12:98",
        "更新日(updated)",
    ] {
        assert!(answer.err.contains(part), "{part}\n{}", answer.err);
    }
    // Whoever says that the edition was updated then is believed.
    portal.edit("content/portal.yaml", "published: 2025-09-20", "published: 2025-09-20, updated: 2099-01-01");
    assert_eq!(portal.run("build").code, Some(0));
    // The day that the build stands for is a day that it knows.
    let portal = revised_on("2026-03-31");
    portal.build_with("--as-of 2026-03-31");
    assert!(portal.read("output/feed.xml").contains("<updated>2026-03-31T00:00:00+09:00</updated>"));
    let answer = portal.run("check --as-of 2026-03-30 --lang ja");
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert!(answer.err.contains("改訂日 2026-03-31 は、公開する日 2026-03-30 より後です"), "{}", answer.err);
}

#[test]
fn an_edition_is_corrected_until_long_after_the_next_one_was_due() {
    for date in ["2025-09-20", "2026-10-01", "2027-09-30"] {
        let answer = revised_on(date).run("check --format short");
        assert_eq!((answer.code, answer.codes()), (Some(0), Vec::new()), "{date}: {}", answer.err);
    }
}

#[test]
fn a_revision_before_the_day_of_publication_is_told_with_both_places() {
    let answer = revised_on("2025-09-19").run("check --lang ja");
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    for part in [
        "warning[revision-before-publication]: 改訂日 2025-09-19 が、2024年度版を公表した日 2025-09-20 より前です",
        "content/2024/industry.yaml:12:98",
        "content/portal.yaml:6:",
    ] {
        assert!(answer.err.contains(part), "{part}\n{}", answer.err);
    }
}

#[test]
fn a_sheet_that_waits_for_its_day_may_be_dated_on_it() {
    let portal = revised_on("2026-03-31");
    portal.append("content/2024/industry.yaml", "status: draft\n");
    let answer = portal.run("check --drafts --as-of 2026-03-01 --format short");
    assert!(!answer.err.contains("impossible-revision-date"), "{}", answer.err);
}

#[test]
fn a_rule_is_not_changed_in_the_future_either() {
    let portal = frozen();
    portal.append(
        "content/portal.yaml",
        "revisions:\n  - {edition: 2024, field: rate, kind: correction, date: 2099-03-31, reason: 計算の誤り}\n",
    );
    let answer = portal.run("check --format short");
    assert!(
        answer.err.contains("content/portal.yaml:6:58") && answer.err.contains("impossible-revision-date"),
        "{}",
        answer.err
    );
}

#[test]
fn a_policy_that_joins_a_frozen_edition_is_told_until_it_is_recorded_and_then_guarded() {
    let portal = frozen();
    let recorded = portal.read("content/2024/published.csv");
    let sheet = portal.read("content/2024/industry.yaml");
    for (id, number) in [("zoo", "91"), ("arts", "92")] {
        let other = sheet.lines().map(|line| match line.strip_prefix("number:") {
            Some(_) => format!("number: \"{number}\"\n"),
            None if line.starts_with("name:") => format!("name: 施策{number}\n"),
            None => format!("{line}\n"),
        });
        portal.write(&format!("content/2024/{id}.yaml"), other.collect::<String>());
    }
    let (code, told) = said(&portal);
    assert_eq!(code, Some(0), "{told}");
    assert_eq!(told.matches("warning[unrecorded-policy]").count(), 2, "{told}");
    assert!(told.contains("hyoka freeze 2024"), "{told}");
    let answer = portal.run("freeze 2024 --lang ja");
    assert_eq!(answer.code, Some(0), "{}{}", answer.out, answer.err);
    assert!(answer.out.contains("2施策、数値10件"), "{}", answer.out);
    let now = portal.read("content/2024/published.csv");
    let of = |id: &str| now.lines().filter(|line| line.starts_with(&format!("{id},"))).count();
    assert_eq!((of("arts"), of("industry"), of("zoo")), (6, 6, 6), "{now}");
    let policies = now.lines().skip(1).map(|line| line.split(',').next().unwrap_or_default());
    assert!(policies.is_sorted(), "{now}");
    assert!(recorded.lines().all(|line| now.lines().any(|of| of == line)), "{now}");
    assert!(!said(&portal).1.contains("unrecorded-policy"));
    portal.write("content/2024/zoo.yaml", portal.read("content/2024/zoo.yaml").replace("628", "928"));
    let (code, told) = said(&portal);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("published-figure-changed") && told.contains("zoo.yaml"), "{told}");
}

#[test]
fn what_excel_saved_is_added_to_in_its_own_way() {
    let portal = frozen();
    let saved = portal.read("content/2024/published.csv").replace('\n', "\r\n");
    portal.write("content/2024/published.csv", saved.trim_end());
    let sheet = portal.read("content/2024/industry.yaml");
    portal.write("content/2024/zoo.yaml", sheet.replace("name: ", "name: 別の"));
    assert_eq!(portal.run("freeze 2024").code, Some(0));
    let now = portal.read("content/2024/published.csv");
    assert!(now.starts_with(&saved), "{now}");
    assert_eq!(now.matches('\n').count(), now.matches("\r\n").count(), "{now}");
    assert_eq!(portal.run("build").code, Some(0));
}

#[test]
fn money_grades_and_verdicts_that_were_revised_stand_beside_what_was_published() {
    let portal = Portal::minimal();
    portal.append(
        "content/2024/industry.yaml",
        "expenditure: {unit: 千円, settled: {2023: 900, 2024: {total: 1000, national: 400, general: 600}}}\ngrades: [{by: self, grade: B}]\n\
         projects:\n  - {name: 支援事業, expenditure: {unit: 千円, settled: {2024: 50}}}\n",
    );
    assert_eq!(portal.run("freeze 2024").code, Some(0));
    for (from, to) in [
        ("total: 1000", "total: 1100"),
        ("general: 600", "general: 700"),
        ("grade: B", "grade: A"),
        ("{2024: 50}", "{2024: 60}"),
        ("actuals: {2024: 628}", "actuals: {2024: 460}"),
    ] {
        portal.edit("content/2024/industry.yaml", from, to);
    }
    let by = "kind: correction, date: 2026-03-31, reason: 集計の誤り";
    portal.append(
        "content/2024/industry.yaml",
        &format!(
            "revisions:\n  - {{field: settled, year: 2024, from: 1000, to: 1100, {by}}}\n\
             \x20 - {{component: general, field: settled, year: 2024, from: 600, to: 700, {by}}}\n\
             \x20 - {{component: \"project:支援事業\", field: settled, year: 2024, from: 50, to: 60, {by}}}\n\
             \x20 - {{component: self, field: grade, year: 2024, from: B, to: A, {by}}}\n\
             \x20 - {{indicator: exchange, field: actual, year: 2024, from: 628, to: 460, {by}}}\n"
        ),
    );
    let (code, said) = said(&portal);
    assert_eq!(code, Some(0), "{said}");
    let page = portal.page("2024/industry/index.html");
    for (address, was) in [
        ("2024/industry#expenditure/settled/2024", "公表時 1,000千円"),
        ("2024/industry#expenditure/settled/2024/general", "公表時 600千円"),
        ("2024/industry#projects/1/settled/2024", "公表時 50千円"),
    ] {
        let cell = page.cell(address).text();
        assert!(cell.contains(was), "{address}: {cell}");
    }
    let untouched = page.cell("2024/industry#expenditure/settled/2024/national").text();
    assert!(!untouched.contains("公表時"), "{untouched}");
    let graded = page.class("grade").iter().map(|of| of.text()).collect::<String>();
    assert!(graded.contains("公表時 B"), "{graded}");
    let judged = page.class("badge").iter().map(|of| of.text()).collect::<String>();
    assert!(judged.contains("遅れ") && judged.contains("公表時 計画どおり"), "{judged}");
    let charts = page.class("hc-expenditure");
    let inside = || charts.iter().flat_map(|of| of.find(&|_| true));
    assert!(inside().any(|of| of.raw_text().contains("公表時 1,000千円")), "the bar says it");
    assert_eq!(inside().filter(|of| of.has_class("hc-was")).count(), 1, "and its mark shows it");
    let rows = portal.read("output/2024/data/revisions.csv");
    assert!(rows.contains("verdict,2024,on-track,計画どおり,behind,遅れ,2026-03-31"), "{rows}");
}

#[test]
fn recommendations_of_the_portal_are_guarded_and_later_answers_leave_the_published_edition_alone() {
    let portal = Portal::minimal();
    portal.append(
        "content/portal.yaml",
        "editions: {2024: {published: 2025-09-20}}\n\
         recommendations:\n  - {source: 監査委員, date: 2025-02-18, text: 在庫を確認すること, state: open}\n",
    );
    assert_eq!(portal.run("freeze 2024").code, Some(0));
    let ledger = portal.read("content/2024/published.csv");
    assert!(ledger.lines().nth(1).is_some_and(|line| line.starts_with(",,,digest,,")), "{ledger}");
    assert!(!said(&portal).1.contains("published-text-changed"));
    let before = portal.read("output/2024/recommendations/index.html");
    portal.edit("content/portal.yaml", "state: open", "state: declined, response: 対応しません");
    let (code, told) = said(&portal);
    assert_eq!((code, told.matches("warning[published-text-changed]").count()), (Some(0), 1), "{told}");
    assert!(told.contains("content/portal.yaml:") && told.contains("日付ごとに並べると"), "{told}");
    portal.edit(
        "content/portal.yaml",
        "state: declined, response: 対応しません",
        "response: [{date: 2026-03-01, state: declined, text: 対応しません}]",
    );
    assert!(!said(&portal).1.contains("published-text-changed"));
    assert_eq!(portal.read("output/2024/recommendations/index.html"), before);
    portal.edit("content/portal.yaml", "在庫を確認", "在庫を毎月確認");
    assert!(said(&portal).1.contains("warning[published-text-changed]"));
    portal.append(
        "content/portal.yaml",
        "revisions: [{edition: 2024, field: digest, kind: correction, date: 2026-04-01, reason: 原文と違っていました。}]\n",
    );
    let (code, told) = said(&portal);
    assert!(code == Some(0) && !told.contains("published-text-changed"), "{told}");
    let errata = portal.page("2024/revisions/index.html").main();
    assert!(errata.contains("原文と違っていました。") && errata.contains("提言"), "{errata}");
    portal.edit("content/2024/published.csv", ",,,digest,,", ",,,verdict,,");
    assert!(said(&portal).1.contains("damaged-ledger"));
}
