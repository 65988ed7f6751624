//! What is told, where the caret stands, and what to do.

use super::*;

fn help(text: &str) -> String {
    told(text).iter().filter_map(|d| d.help.as_ref()).map(|help| help.ja.clone()).collect::<Vec<_>>().join("\n")
}

#[test]
fn all_problems_of_all_files_are_told_at_once() {
    let (_, report) = load_all(&[
        (
            "portal.yaml",
            "title: 題\nmunicipality: {name: 市, code: 14}\nplan: {first_year: 2024, last_year: 2020}\nareas: [{id: industry}]\nbase_url: なし\n",
        ),
        ("2024/a.yaml", "area: industri\nname:\nindicator: []\n"),
        (
            "2024/b.yaml",
            "area: industry\nname: 施策\nindicators:\n  - {id: x, name: 指標, actuals: {2024: abc1}}\n  - {id: x, name: 指標}\n",
        ),
    ]);
    let codes: Vec<_> = report.iter().map(|d| (d.place.file.rsplit('/').next().unwrap_or(""), d.code.name())).collect();
    for expected in [
        ("portal.yaml", "invalid-value"),
        ("portal.yaml", "wrong-year"),
        ("a.yaml", "unknown-area"),
        ("a.yaml", "missing-key"),
        ("a.yaml", "unknown-key"),
        ("b.yaml", "invalid-figure"),
        ("b.yaml", "duplicate-id"),
    ] {
        assert!(codes.contains(&expected), "{expected:?} is not in {codes:?}");
    }
    assert_eq!(codes.len(), 7, "{codes:?}");
}

#[test]
fn a_slip_in_a_key_is_answered_with_the_key() {
    let text = indicator("実績: {2024: 1}\nactual: {2024: 1}");
    assert_eq!(problems(&text), [("duplicate-key", 7, 5, 6)].map(|_| ("unknown-key", 7, 5, 6)));
    assert!(help(&text).contains("actuals"));
}

#[test]
fn a_key_at_the_wrong_depth_is_told_where_it_belongs() {
    let text = "area: industry\nname: 施策\ntargets: {2027: 3}\n";
    assert_eq!(problems(text), [("unknown-key", 3, 1, 7)]);
    assert!(help(text).contains("指標の中"), "{}", help(text));
}

#[test]
fn the_same_key_twice_is_told_in_one_language_and_in_two() {
    let one = told("area: industry\nname: 施策\nname: 施策2\n");
    let two = told("area: industry\nname: 施策\n施策名: 施策2\n");
    for report in [one, two] {
        let told: Vec<_> =
            report.iter().map(|d| (d.code, d.place.at.line, d.related.as_ref().map(|r| r.0.at.line))).collect();
        assert_eq!(told, [(Code::DuplicateKey, 3, Some(2))]);
    }
}

#[test]
fn a_figure_split_by_its_comma_is_told_once_and_whole() {
    let text = indicator("unit: 人\nactuals: {2023: 12, 2024: 1,234,567, 2022: ▲1,046人}");
    assert_eq!(problems(&text), [("unquoted-figure", 7, 31, 9), ("unquoted-figure", 7, 48, 7)]);
    assert!(help(&text).contains("\"1,234,567\""), "{}", help(&text));
}

#[test]
fn full_width_colons_and_indents_are_found_and_the_rest_of_the_file_is_still_read() {
    let text =
        "area: industry\nname: 施策\nindicators:\n  - id: a\n    name: 指標\n    unit：人\n　　vision: 文\ngrads: []\n";
    let problems = problems(text);
    assert!(problems.contains(&("full-width-syntax", 6, 9, 1)), "{problems:?}");
    assert!(problems.contains(&("full-width-syntax", 7, 1, 2)), "{problems:?}");
    assert!(problems.contains(&("unknown-key", 8, 1, 5)), "{problems:?}");
    assert_eq!(problems.len(), 3, "{problems:?}");
}

#[test]
fn a_full_width_colon_after_a_year_is_no_wrong_year() {
    assert_eq!(problems(&indicator("actuals: {2024：628}")), [("full-width-syntax", 6, 19, 1)]);
    assert_eq!(problems("area: industry\nname: 施策\nindicators:\n  - id：a\n"), [("full-width-syntax", 4, 7, 1)]);
}

#[test]
fn full_width_colons_in_prose_are_left_alone() {
    sheet(
        "area: industry\nname: 施策：産業\nvision: |\n  課題：次のとおり\n  単位：人\nachievements:\n  - 成果指標：3件\n",
    );
}

#[test]
fn a_text_that_a_number_sign_cuts_is_told_and_a_comment_is_not() {
    let told = problems("area: industry\nname: 施策 #3の推進\nvision: 文（別紙 # 2）です\n");
    assert_eq!(told, [("text-cut-by-comment", 2, 10, 5), ("text-cut-by-comment", 3, 14, 6)]);
    sheet(
        "# シート\narea: industry # 分野\nname: 施策 # 2025年に改称\nnumber: 5 #番号\nvision: \"文 #1\" #メモ\nprojects: [事業] #一覧\n",
    );
}

#[test]
fn broken_yaml_is_told_in_the_words_of_an_officer() {
    for (text, word) in [
        ("area: industry\n\tname: 施策\n", "タブ"),
        ("area: industry\nname: 施策: 産業\n", "「: 」"),
        ("area: industry\nname: \"施策\n", "引用符"),
        ("area: industry\nname: [施策\n", "かっこ"),
        ("area: industry\nname: *1\n", "「*」"),
        ("area: industry\nname: !重要 施策\n", "「!」"),
        ("area: industry\nname: @施策\n", "「@」"),
        ("area: industry\nname: 施策\nvision: >40\n", "「>」"),
        ("area: industry\nname: 施策\n---\narea: industry\n", "複数の文書"),
        ("", "何も書かれていません"),
        ("# 空\n", "何も書かれていません"),
    ] {
        let report = told(text);
        let messages: Vec<_> = report.iter().map(|d| (d.code.name(), d.message.ja.as_ref())).collect();
        assert!(messages.len() == 1, "{text:?}: {messages:?}");
        assert!(
            messages.iter().all(|(code, ja)| *code == "invalid-yaml" && ja.contains(word)),
            "{text:?}: {messages:?}"
        );
    }
}

#[test]
fn a_break_in_one_place_does_not_hide_another() {
    let text = "area: industri\nname: \"施策\" 産業\nvision: 文\noutlook: [継続\ngrads: []\n";
    let mut codes: Vec<_> = problems(text).iter().map(|p| (p.1, p.0)).collect();
    codes.dedup();
    assert_eq!(codes, [(1, "unknown-area"), (2, "invalid-yaml"), (4, "invalid-yaml"), (5, "unknown-key")]);
}

#[test]
fn values_are_refused_with_what_to_write() {
    for (lines, code, word) in [
        ("direction: 増やす", "invalid-value", "増加"),
        ("actuals: 628", "wrong-type", "{2024: 628}"),
        ("actuals: {6年: 628}", "wrong-year", "令和6年度"),
        ("unit: [人]", "wrong-type", "値を一つだけ"),
        ("unit: 人\nactuals: {2024: 3件}", "unit-mismatch", ""),
        ("actuals: {2024: ※}", "note-missing", "note"),
        ("actuals: {2024: {status: 速報値}}", "missing-key", "value"),
        ("actuals: {2024: {value: 3, missing: pending}}", "invalid-value", "どちらか"),
        ("actuals: {2024: {value: 3, met: true}}", "invalid-value", "met"),
        ("actuals: {2024: 3, 令和6年度: 4}", "duplicate-key", "どちらか"),
        ("tolerance: -1", "invalid-value", "0以上"),
        ("rate: {decimals: 9}", "invalid-value", "0から6"),
        ("target_changes: [{year: 2024, from: 3, date: 2024/4/1}]", "invalid-date", "2025-09-20"),
        ("components: [{id: x, name: 小, actuals: {2024: 1}}]\nactuals: {2024: 1}", "invalid-value", "内訳"),
        ("components: [{id: x, name: 小}, {id: x, name: 中}]", "duplicate-id", "別の識別子"),
    ] {
        let text = indicator(lines);
        let codes: Vec<_> = problems(&text).iter().map(|p| p.0).collect();
        assert_eq!(codes, [code], "{lines}");
        assert!(help(&text).contains(word), "{lines}: {}", help(&text));
    }
}

#[test]
fn places_are_counted_in_characters() {
    let text = "area: industry\nname: 施策\ngrades: [{by: 自己評価, 評価等: A}]\n";
    let report = told(text);
    let told: Vec<_> = report.iter().map(|d| (d.place.at, d.excerpt.as_deref())).collect();
    let at = At { line: 3, column: 21, length: 3 };
    assert_eq!(told, [(at, Some("grades: [{by: 自己評価, 評価等: A}]"))]);
}

#[test]
fn files_are_told_by_name() {
    let sheet = "area: industry\nname: 施策\n";
    let (_, report) = load_all(&[
        ("portal.yaml", PORTAL),
        ("README.md", ""),
        (".DS_Store", ""),
        ("2024/Thumbs.db", ""),
        ("2024/published.csv", ""),
        ("assets/2024/form.pdf", ""),
        ("2024/industry.yaml", sheet),
        ("2024/industry.yml", sheet),
        ("2024/産業.yaml", sheet),
        ("2024/areas.yaml", sheet),
        ("2024/en.yaml", sheet),
        ("2024/old/industry.yaml", sheet),
        ("R6/tourism.yaml", sheet),
        ("2024/industry.xlsx", ""),
        ("pages/about.md", "題名のない頁"),
    ]);
    let mut told: Vec<_> = report.iter().map(|d| (d.code.name(), d.place.file.as_ref())).collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [
            ("damaged-ledger", "content/2024/published.csv"),
            ("invalid-file-name", "content/2024/areas.yaml"),
            ("invalid-file-name", "content/2024/en.yaml"),
            ("invalid-file-name", "content/2024/産業.yaml"),
            ("invalid-file-name", "content/R6/tourism.yaml"),
            ("misplaced-file", "content/2024/industry.xlsx"),
            ("misplaced-file", "content/2024/old/industry.yaml"),
            ("missing-key", "content/pages/about.md"),
            ("url-collision", "content/2024/industry.yml"),
        ]
    );
}

#[test]
fn a_folder_without_portal_or_sheets_says_so() {
    let (portal, report) = load_all(&[]);
    assert!(portal.is_none());
    let codes: Vec<_> = report.iter().map(|d| d.code).collect();
    assert!(codes.contains(&Code::MissingPortal) && codes.contains(&Code::NoSheets), "{codes:?}");
}

#[test]
fn areas_that_lead_back_to_themselves_are_refused() {
    let portal = "title: 題\nmunicipality: {name: 市}\nplan: {first_year: 2024, last_year: 2027}\nareas:\n  - {id: a, parent: b}\n  - {id: b, parent: a}\n  - {id: c, parent: b}\n  - {id: d, parent: x}\nbase_url: none\n";
    let (_, report) = load_all(&[("portal.yaml", portal), ("2024/p.yaml", "area: a\nname: 施策\n")]);
    let told: Vec<_> = report.iter().map(|d| (d.code.name(), d.place.at.line)).collect();
    assert_eq!(told, [("invalid-value", 5), ("invalid-value", 6), ("unknown-reference", 8)]);
}

#[test]
fn a_translation_that_was_begun_is_asked_for_at_its_text_in_every_language_of_the_site() {
    let text = "area: industry\nname: 施策\nvision: {ja: 産業が活発なまち, en: }\nindicators:\n  - id: a\n    name: {ja: 指標, en: Indicator}\n    actuals: {2024: {value: 1, note: {en: provisional}}}\n";
    let report = told(text);
    let found: Vec<_> =
        report.iter().map(|d| (d.code.name(), d.place.at.line, d.place.at.column, d.message.ja.as_ref())).collect();
    assert_eq!(
        found,
        [
            ("untranslated-text", 3, 9, "この文には en がありません"),
            ("untranslated-text", 7, 38, "この文には ja がありません"),
        ]
    );
}

#[test]
fn a_unit_of_money_is_never_guessed() {
    let text = "area: industry\nname: 施策\nexpenditure: {unit: 十万円, settled: {2024: 120}}\n";
    assert_eq!(problems(text), [("invalid-value", 3, 21, 3)]);
    assert_eq!(help(text), "使える語: 円 / 千円 / 万円 / 百万円 / 億円");
}

#[test]
fn an_error_of_a_spreadsheet_is_no_text() {
    for error in ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!"] {
        let text = indicator(&format!("actuals: {{2024: \"{error}\"}}"));
        assert_eq!(problems(&text).iter().map(|p| (p.0, p.1)).collect::<Vec<_>>(), [("invalid-figure", 6)]);
        assert!(help(&text).contains("元の表の計算"), "{error}");
    }
}

#[test]
fn a_word_is_doubted_only_where_figures_are_counted() {
    let of = |unit: &str, actual: &str, target: &str| {
        problems(&indicator(&format!("{unit}\nactuals: {{2024: {actual}}}\ntargets: {{2027: {target}}}")))
    };
    for word in ["yes", ".inf", "六二八"] {
        let told = of("unit: 人", word, "1046");
        assert_eq!(
            told.iter().map(|p| (p.0, p.1, p.2)).collect::<Vec<_>>(),
            [("word-instead-of-figure", 7, 21)],
            "{word}"
        );
    }
    assert_eq!(of("unit: 人", "{value: 六二八}", "1046"), []);
    assert_eq!(of("unit: 人", "集計中", "1046"), []);
    assert_eq!(of("unit: 人", "策定", "策定"), []);
    assert_eq!(of("kind: outcome", "策定", "1046"), []);
}

#[test]
fn warnings_of_sound_sheets_are_told_beside_errors_of_others() {
    let sheet = |name: &str, more: &str| format!("area: industry\nname: {name}\n{more}");
    let falling = "indicators: [{id: x, name: 指標, direction: decrease, baseline: 1, targets: {2027: 3}}]\n";
    let (_, report) = load_all(&[
        ("portal.yaml", PORTAL),
        ("2023/a.yaml", &sheet("もとの名", "")),
        ("2024/a.yaml", &sheet("新しい名", falling)),
        ("2023/b.yaml", &sheet("第二のもとの名", "indicator: []\n")),
        ("2024/b.yaml", &sheet("第二の別の名", falling)),
    ]);
    let codes: Vec<_> = report.iter().map(|d| (&d.place.file["content/".len()..], d.code.name())).collect();
    assert_eq!(
        codes,
        [
            ("2023/b.yaml", "unknown-key"),
            ("2024/a.yaml", "name-changed"),
            ("2024/a.yaml", "direction-contradicts-target"),
            ("2024/b.yaml", "direction-contradicts-target"),
        ]
    );
}

#[test]
fn a_misnamed_sheet_is_no_missing_sheet() {
    let codes = |path| {
        let (_, report) = load_all(&[("portal.yaml", PORTAL), (path, "area: industry\nname: 施策\n")]);
        report.iter().map(|d| d.code.name()).collect::<Vec<_>>()
    };
    assert_eq!(codes("2024/産業.yaml"), ["invalid-file-name"]);
    assert_eq!(codes("industry.yaml"), ["no-sheets", "misplaced-file"]);
}

#[test]
fn a_year_without_its_era_is_answered_with_both() {
    let text = indicator("targets: {27年度: 3}");
    assert_eq!(problems(&text), [("wrong-year", 6, 15, 4)]);
    assert!(help(&text).contains("平成27年度」「H27"), "{}", help(&text));
}

#[test]
fn a_wrong_sign_is_told_where_it_stands() {
    let list = |lines: &str| format!("area: industry\nname: 施策\nindicators:\n{lines}");
    for (text, expected) in [
        (
            "area：industry\nname：施策\nvision：姿\n".to_owned(),
            vec![("full-width-syntax", 1, 5, 1), ("full-width-syntax", 2, 5, 1), ("full-width-syntax", 3, 7, 1)],
        ),
        (list("\t- id: a\n"), vec![("invalid-yaml", 4, 1, 1)]),
        (
            list("\u{a0}\u{a0}- id: a\n\u{a0}\u{a0}  name: 指標\n"),
            vec![("full-width-syntax", 4, 1, 2), ("full-width-syntax", 5, 1, 2)],
        ),
        (list("  － id: a\n    name: 指標\n"), vec![("full-width-syntax", 4, 3, 1)]),
        (
            list("  - {id: a, name: 指標, actuals: {2023: #N/A, 2024: #REF!}}\n"),
            vec![("invalid-figure", 4, 39, 4), ("invalid-figure", 4, 51, 5)],
        ),
        (list("  - id: a\n    name: 指標\n    actuals:\n      2024: #N/A\n"), vec![("invalid-figure", 7, 13, 4)]),
        (list("  - {id: a, name: 指標, actuals: {2024: “1046”}}\n"), vec![("invalid-figure", 4, 39, 6)]),
    ] {
        let told: Vec<_> = problems(&text);
        assert_eq!(told, expected, "{text}");
    }
    let text = list("  - {id: a, name: 指標, actuals: {2024: “1,046”}}\n");
    assert!(help(&text).contains("\"1,046\" のように半角"), "{}", help(&text));
}

type LineAndColumn = (u32, u32);

/// Where the first problem stands, and where it is seen.
fn led_to(text: &str) -> Option<(LineAndColumn, Option<LineAndColumn>)> {
    let report = told(text);
    let told = report.iter().find(|told| told.code == Code::InvalidYaml)?;
    let place = |at: At| (at.line, at.column);
    Some((place(told.place.at), told.related.as_ref().map(|(seen, _)| place(seen.at))))
}

#[test]
fn a_bracket_that_is_not_closed_is_told_at_the_line_that_opens_it() {
    let actuals = indicator("actuals: {2024: 628\ntargets: {2027: 1046}\nunit: 人");
    let after_a_comma = indicator("actuals: {2024: 628,\ntargets: {2027: 1046},\nunit: 人");
    let before_another = format!("{}  - {{id: b, name: 指標}}\n", indicator("actuals: {2024: [628}"));
    let last = indicator("notes: [注1, 注2");
    let wrong_end = "area: industry\nname: 施策\nprojects: [{name: 連携}, {name: 新商品]\nvision: 文\n";
    let after_a_text = indicator("description: |\n  [ は文\nformula: a [b\n  - {c\nactuals: {2024: 628\nunit: 人");
    for (text, opened, seen) in [
        (actuals.as_str(), (6, 14), Some((7, 5))),
        (&after_a_comma, (6, 14), Some((7, 5))),
        (&before_another, (6, 21), Some((6, 25))),
        (&last, (6, 12), None),
        (wrong_end, (3, 24), Some((3, 34))),
        (&after_a_text, (10, 14), Some((11, 5))),
    ] {
        assert_eq!(led_to(text), Some((opened, seen)), "{text}\n{:#?}", told(text).iter().collect::<Vec<_>>());
        let report = told(text);
        assert!(report.iter().any(|told| told.message.ja.contains("閉じられていません")), "{text}");
    }
}

#[test]
fn a_quote_that_is_not_closed_is_told_at_the_line_that_opens_it() {
    let in_a_list = indicator("notes:\n  - \"注1\n  - \"注2\"\nunit: \"人\"");
    let in_brackets = "area: industry\nname: 施策\nchallenges:\n  - {challenge: い, approach: \"ろ}\n  - {challenge: は, approach: \"に\"}\n";
    let single = indicator("unit: '人\nsource: '調査'");
    for (text, opened, seen) in [
        (in_a_list.as_str(), (7, 9), Some((8, 7))),
        (in_brackets, (4, 30), Some((5, 3))),
        (&single, (6, 11), Some((7, 5))),
    ] {
        assert_eq!(led_to(text), Some((opened, seen)), "{text}\n{:#?}", told(text).iter().collect::<Vec<_>>());
    }
}

#[test]
fn brackets_and_quotes_over_several_lines_are_not_blamed_for_another_fault() {
    let brackets = indicator("actuals: {2023: 1,\n  2024: 2\n}\nnotes: [\n  \"注: 1\n    続き\",\n  ]\nunit: 人: 件");
    let inside = indicator("actuals: {2023: 1,\n  2024: 2: 3}\nunit: 人");
    for (text, line) in [(brackets, 13), (inside, 7)] {
        let report = told(&text);
        let lines: Vec<_> = report.iter().map(|told| told.place.at.line).collect();
        assert_eq!(lines, [line], "{text}\n{:#?}", report.iter().collect::<Vec<_>>());
        assert!(report.iter().all(|told| !told.message.ja.contains("閉じられていません")));
    }
}

#[test]
fn a_key_with_a_slip_is_one_fault_and_not_also_missing() {
    for (from, to, code) in [("areas:", "area:", "unknown-key"), ("municipality:", "municipalty:", "unknown-key")] {
        let (_, report) = load_all(&[
            ("portal.yaml", &PORTAL.replacen(from, to, 1)),
            ("2024/a.yaml", "area: industry\nname: 施策\n"),
        ]);
        let told: Vec<_> =
            report.iter().filter(|d| &*d.place.file == "content/portal.yaml").map(|d| d.code.name()).collect();
        assert_eq!(told, [code], "{to}");
    }
    // A key that is something else than a slip leaves the missing one to be told.
    let (_, report) = load_all(&[("portal.yaml", &PORTAL.replacen("areas:", "weather:", 1))]);
    assert!(report.iter().any(|d| d.code.name() == "missing-key"));
}
