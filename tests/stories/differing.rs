//! What differs: between editions, states of the sheets, and published folders; and the page that says so.

use crate::portal::Portal;

/// Two editions of two policies; the other policy ends, a third begins.
fn two_years() -> Portal {
    let portal = Portal::minimal();
    portal.write(
        "content/2024/industry.yaml",
        "area: industry\nname: 産業の活性化\nvision: 市が活気づく。\nindicators:\n  \
         - {id: exchange, name: 交流人数, unit: 人, baseline: 446, actuals: {2023: 500, 2024: 628}, targets: {2027: 1046}}\n  \
         - {id: shops, name: 開業数, unit: 件, actuals: {2024: 3}}\n\
         expenditure: {unit: 千円, settled: {2024: 1200}}\n",
    );
    portal.write("content/2024/parks.yaml", "area: industry\nname: 公園\n");
    portal.write(
        "content/2025/industry.yaml",
        "area: industry\nname: 産業を元気にする\nvision: 市が活気づく。\nindicators:\n  \
         - {id: exchange, name: 交流人数, unit: 人, baseline: 446, actuals: {2023: 500, 2024: 631.5, 2025: 620}, targets: {2027: 900}, target_changes: [{year: 2027, from: 1046, reason: 見直し}]}\n  \
         - {id: guests, name: 観光客数, unit: 人, actuals: {2025: 9}}\n\
         expenditure: {unit: 千円, settled: {2025: 1500}}\nachievements: [店が増えた。]\n",
    );
    portal.write("content/2025/schools.yaml", "area: industry\nname: 学校\n");
    portal
}

#[test]
fn two_editions_are_told_apart_policy_by_policy() {
    let portal = two_years();
    let answer = portal.run("diff 2024 2025");
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    for line in [
        "産業を元気にする（2025/industry）\n",
        "名前が「産業の活性化」から変わりました",
        "観光客数: この版からの指標です",
        "開業数: この版にはありません",
        "交流人数 2027年度の目標値: 1,046人 → 900人",
        "交流人数 2024年度の実績値: 628.0人 → 631.5人",
        "交流人数: 2024年度の実績値 628人 → 2025年度の実績値 620人",
        "  2024年度の決算額 1,200千円 → 2025年度の決算額 1,500千円",
        "書きかえられた文章: 成果、目標変更の記録\n",
        "公園（2025/parks）\n  この版にはありません",
        "学校（2025/schools）\n  この版からの施策です",
    ] {
        assert!(answer.out.contains(line), "{line} not in\n{}", answer.out);
    }
    assert!(!answer.out.contains("2023年度の実績値") && !answer.out.contains("目指す姿"), "{}", answer.out);
    let records: Vec<serde_json::Value> =
        portal.run("diff 2024 2025 --format json").out.lines().map(|line| line.parse().unwrap()).collect();
    let target = records.iter().find(|record| record["field"] == "target").unwrap();
    assert_eq!((&target["before"], &target["after"], &target["year"]), (&"1046".into(), &"900".into(), &2027.into()));
    let years = |record: &serde_json::Value| (record["year_before"].clone(), record["year"].clone());
    assert_eq!(years(target), (2027.into(), 2027.into()), "a figure that was changed is of one year");
    let settled = records.iter().find(|record| record["field"] == "settled").unwrap();
    assert_eq!(years(settled), (2024.into(), 2025.into()), "what moves on with the edition is of two: {settled}");
    let english = portal.run("diff 2024 2025 --lang en");
    for words in ["  Settled amount, FY2024: 1,200", " → Settled amount, FY2025: 1,500"] {
        assert!(english.out.contains(words), "{words} not in\n{}", english.out);
    }
    let same = portal.run("diff 2024 2024");
    assert_eq!((same.code, same.out.as_str()), (Some(0), "違いはありません。\n"));
    assert!(portal.run("diff 2024 2025 --format short").out.contains("2025/industry#exchange: 交流人数 2027年度"));
}

#[test]
fn the_sheets_are_compared_with_how_they_were() {
    let portal = two_years();
    for (path, bytes) in crate::portal::files(&portal.path("content")) {
        portal.write(&format!("before/content/{path}"), bytes);
    }
    assert_eq!(portal.run("diff before/content content").code, Some(0));
    portal.edit("content/2025/industry.yaml", "2025: 620", "2025: 640");
    portal.edit("content/2025/industry.yaml", "市が活気づく。", "市が活気づきます。");
    for line in ["diff before/content content --format short", "diff before . --format short"] {
        let answer = portal.run(line);
        assert_eq!(answer.code, Some(1), "{}", answer.err);
        assert!(
            answer.out.contains("2025/industry#exchange: 交流人数 2025年度の実績値: 620人 → 640人"),
            "{}",
            answer.out
        );
        assert!(answer.out.contains("書きかえられた文章: 目指す姿"), "{}", answer.out);
        assert!(!answer.out.contains("2024/"), "{}", answer.out);
    }
    let english = portal.run("diff before . --lang en");
    assert!(english.out.contains("Actual, FY2025: 620人 → 640人"), "{}", english.out);
}

#[test]
fn published_folders_are_compared_by_their_files_and_data_alone() {
    let portal = two_years();
    portal.build();
    for (path, bytes) in portal.output() {
        portal.write(&format!("downloaded/{path}"), bytes);
    }
    assert_eq!(portal.run("diff downloaded output").code, Some(0));
    portal.edit("content/2025/industry.yaml", "2025: 620", "2025: 640");
    portal.edit("content/2025/industry.yaml", "店が増えた。", "店が減った。");
    portal.remove("content/2025/schools.yaml");
    portal.build();
    let answer = portal.run("diff downloaded output --format short");
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    for line in [
        "2025/industry: exchange actual 2025 value: 620 → 640\n",
        "2025/industry: achievements: 店が増えた。 → 店が減った。\n",
        "2025/schools: name: 学校 → なし\n",
        "2025/industry/index.html: 2025/industry/index.html (変わった)\n",
        "2025/schools/index.html: 2025/schools/index.html (なくなった)\n",
    ] {
        assert!(answer.out.contains(line), "{line} not in\n{}", answer.out);
    }
    assert!(!answer.out.contains("2024/industry: "), "{}", answer.out);
}

#[test]
fn an_edition_that_does_not_follow_the_one_before_names_its_year() {
    let portal = Portal::minimal();
    let sheet = portal.read("content/2024/industry.yaml");
    portal.write("content/2022/industry.yaml", sheet.replace("2024: 628", "2022: 500"));
    portal.build();
    let page = portal.page("2024/changes/index.html").main();
    assert!(page.contains("2022年度からの変化") && !page.contains("昨年"), "{page}");
    let index = portal.page("2024/index.html").main();
    assert!(index.contains("2022年度からの変化をすべて見る") && !index.contains("昨年"), "{index}");
}

#[test]
fn the_page_of_an_edition_says_what_changed_since_the_one_before() {
    let portal = two_years();
    portal.build();
    assert!(!portal.has("output/2024/changes/index.html"), "nothing came before the first edition");
    let page = portal.page("2025/changes/index.html").main();
    for words in [
        "昨年からの変化",
        "交流人数 2027年度の目標値",
        "1,046人",
        "900人",
        "631.5人",
        "観光客数",
        "名前が「産業の活性化」から変わりました",
        "120万円",
        "25.0%増",
        "この版にはありません",
    ] {
        assert!(page.contains(words), "{words} not in {page}");
    }
    assert!(portal.read("output/2025/index.html").contains("\"changes/index.html\""));
    assert!(!portal.read("output/2024/index.html").contains("changes/index.html"));
    let gone = portal.read("output/2025/changes/index.html");
    assert!(gone.contains("../../2024/parks/index.html"), "what is gone is shown where it was: {gone}");
}

#[test]
fn the_page_lists_every_figure_that_the_command_lists() {
    let portal = two_years();
    portal.edit("content/2024/industry.yaml", "settled: {2024: 1200}", "settled: {2024: 1200}, budgeted: {2024: 7777}");
    portal.append(
        "content/2024/industry.yaml",
        "projects:\n  - {name: 商店街・A/B地区の事業, expenditure: {unit: 千円, settled: {2024: 41}}}\ngrades: [{by: self, grade: B}]\n",
    );
    portal.edit("content/2025/industry.yaml", "2025: 620}", "2025: \"620.0\"}");
    portal.append(
        "content/2025/industry.yaml",
        "projects:\n  - {name: 商店街・A/B地区の事業, expenditure: {unit: 千円, settled: {2025: 42}}}\ngrades: [{by: self, grade: A}]\n",
    );
    portal.build();
    let page = portal.page("2025/changes/index.html");
    let rows: Vec<String> = page.all("tr").into_iter().map(|row| row.text()).collect();
    let marks: Vec<String> = page.all("li").into_iter().map(|mark| mark.text()).collect();
    let words =
        [("rate", "率"), ("actual", "実績値"), ("target", "目標値"), ("settled", "決算額"), ("budgeted", "予算額")];
    let figures: Vec<serde_json::Value> =
        portal.run("diff 2024 2025 --format json").out.lines().map(|line| line.parse().unwrap()).collect();
    let mut seen = std::collections::BTreeSet::new();
    for figure in figures.iter().filter(|record| record["kind"] == "figure") {
        let field = figure["field"].as_str().unwrap();
        let word = words.iter().find(|(name, _)| *name == field).map_or("", |(_, word)| word);
        let own = figure["compared"] == "of-its-year";
        let year = format!("{}年度の{word}", figure["year"]);
        let is_told = |row: &String| match field {
            // They follow from the actuals, and stand on the policy's page.
            "rate" if own => true,
            "verdict" => marks.iter().any(|mark| mark.contains("交流人数")),
            "grade" => row.contains("市の評価（自己評価） B A") || row.contains("市の評価（自己評価）BA"),
            _ => row.contains(word) && row.contains(&year) != own,
        };
        let is_money_row = field == "settled" && figure["component"] == "";
        assert!(is_money_row || rows.iter().any(is_told), "{figure}\n{rows:#?}");
        seen.insert((field.to_owned(), own));
    }
    for expected in [("rate", true), ("rate", false), ("actual", true), ("actual", false), ("budgeted", true)] {
        assert!(seen.contains(&(expected.0.to_owned(), expected.1)), "{expected:?}");
    }
    let text = page.main();
    assert!(text.contains("決算額（商店街・A/B地区の事業）") && text.contains("628.0人 620.0人"), "{text}");
    assert!(text.contains("120万円") && text.contains("150万円") && !text.contains("2025年度の決算額"), "{text}");
}

#[test]
fn what_cannot_be_compared_ends_with_2() {
    let portal = two_years();
    portal.build();
    for (line, words) in [
        ("diff 2024 2030", "2030年度版はありません"),
        ("diff output content", "公開したフォルダでもありません"),
        ("diff content nowhere", "nowhere は、年度でも"),
        ("diff 2024", "指定が足りません"),
    ] {
        let answer = portal.run(line);
        assert_eq!(answer.code, Some(2), "{line}: {}", answer.out);
        assert!(answer.err.contains(words), "{line}: {}", answer.err);
    }
    portal.edit("content/2025/industry.yaml", "2025: 620", "2025: 6,20");
    assert_eq!(portal.run("diff 2024 2025").code, Some(2));
}

#[test]
fn what_a_draft_has_not_got_yet_is_counted_and_not_called_a_change() {
    let portal = two_years();
    portal.edit("content/2025/industry.yaml", ", 2025: 620}", "}");
    portal.edit("content/2025/industry.yaml", "area:", "status: draft\narea:");
    let answer = portal.run("diff 2024 2025 --drafts");
    assert!(answer.out.contains("  まだ書かれていない2025年度の値: 2件\n"), "{}", answer.out);
    assert!(!answer.out.contains("記載なし"), "{}", answer.out);
    let json = portal.run("diff 2024 2025 --drafts --format json").out;
    let open = json.lines().map(|line| line.parse::<serde_json::Value>().unwrap()).find(|of| of["kind"] == "unfilled");
    let fields: Vec<_> = open.unwrap()["figures"].as_array().unwrap().iter().map(|of| of["field"].clone()).collect();
    assert_eq!(fields, ["actual", "rate"]);
    assert_eq!(portal.run("build --drafts --output output").code, Some(0));
    let page = portal.page("2025/changes/index.html").main();
    assert!(
        page.contains("下書きの施策の、まだ書かれていない値は載せていません") && !page.contains("記載なし"),
        "{page}"
    );
    // Once it is published, what is not there is a change.
    portal.edit("content/2025/industry.yaml", "status: draft\n", "");
    assert!(portal.run("diff 2024 2025").out.contains("2025年度の実績値 記載なし"));
}

#[test]
fn what_a_sheet_says_of_its_figures_differs_too() {
    let (before, after) = (Portal::minimal(), Portal::minimal());
    let folders = format!("{} {}", before.path("content").display(), after.path("content").display());
    let sheet = before.read("content/2024/industry.yaml");
    assert_eq!(after.run(&format!("diff {folders}")).code, Some(0));
    let unit = sheet.replace("unit: 人", "unit: 名");
    let change = "    target_changes: [{year: 2027, from: 900, date: 2024-12-01, reason: 前倒し}]\n";
    let changed = sheet.replace("    targets:", &format!("{change}    targets:"));
    let broken = sheet.replace("    targets:", "    breaks: [{year: 2024, note: 数え方}]\n    targets:");
    let provisional = sheet.replace("2024: 628", "2024: {value: 628, status: provisional}");
    for (sheet, words) in
        [(unit, "単位"), (changed, "目標変更の記録"), (broken, "測り方の変更"), (provisional, "速報値などの区別")]
    {
        after.write("content/2024/industry.yaml", &sheet);
        let answer = after.run(&format!("diff {folders} --lang ja"));
        assert_eq!(answer.code, Some(1), "{words}: {}{}", answer.out, answer.err);
        assert!(answer.out.contains(words), "{words}: {}", answer.out);
    }
    after.write("content/2024/industry.yaml", &sheet);
    let recommended = "recommendations:\n  - {id: r1, source: 監査委員, date: 2024-08-01, text: 単価を見直すこと。}\n";
    after.write("content/portal.yaml", &(after.read("content/portal.yaml") + recommended));
    let answer = after.run(&format!("diff {folders} --lang ja"));
    assert_eq!(answer.code, Some(1), "{}{}", answer.out, answer.err);
    assert!(answer.out.contains("監査委員 2024-08-01 単価を見直すこと"), "{}", answer.out);
}
