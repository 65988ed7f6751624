//! Portals that have less than others, or more: each is checked, built and read.

use crate::html::Page;
use crate::portal::Portal;

/// Checks and builds; no warning but for the missing address of the site.
fn sound(portal: &Portal) {
    let answer = portal.run("check --format short");
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert!(answer.codes().iter().all(|code| *code == "no-base-url"), "{}", answer.err);
    portal.build();
    assert!(!portal.pages().is_empty(), "every page can be read");
}

/// The page of the one sheet of a portal that holds this indicator.
fn page_of(indicator: &str) -> Page {
    let portal = Portal::of_sheet(&format!(
        "area: industry\nname: 産業\nindicators:\n  - {{id: it, name: 指標, unit: 件, {indicator}}}\n"
    ));
    sound(&portal);
    portal.page("2024/industry/index.html")
}

#[test]
fn an_area_may_have_no_name_and_no_number() {
    let portal = Portal::minimal();
    sound(&portal);
    assert!(portal.page("2024/areas/industry/index.html").first("h1").text().contains("industry"));
}

#[test]
fn a_sheet_may_have_nothing_but_area_and_name() {
    let portal = Portal::of_sheet("area: industry\nname: 産業\n");
    sound(&portal);
    let page = portal.page("2024/industry/index.html");
    for id in ["section_vision", "section_indicators", "section_achievements", "section_challenges", "section_projects"]
    {
        assert!(page.find_id(id).is_none(), "{id} is shown and empty");
    }
    assert!(portal.page("index.html").class("lead")[0].text().contains("0指標"));
    assert_eq!(portal.table("2024/data/observations.csv").column("value"), Vec::<String>::new());
}

#[test]
fn columns_that_no_policy_fills_are_not_there() {
    let portal = Portal::minimal();
    sound(&portal);
    let head = portal.page("index.html").first("thead").text();
    for word in ["担当課", "市の評価", "決算額", "番号"] {
        assert!(!head.contains(word), "{word} in {head}");
    }
    let filter = portal.page("index.html").find_id("filter_department").is_none();
    assert!(filter, "nothing to choose from");
}

#[test]
fn zero_is_a_value() {
    let page =
        page_of("direction: decrease, baseline: 3, actuals: {2024: 0}, targets: {2027: 0}, target_note: 続けます。");
    assert_eq!(page.figure("2024/industry#it/actuals/2024"), "0件");
    assert!(page.id("it").text().contains("達成"));
    let page = page_of("baseline: 0, actuals: {2024: 0}, targets: {2027: 0}");
    assert_eq!(page.figure("2024/industry#it/baseline"), "0件");
}

#[test]
fn figures_below_zero_are_shown_with_a_minus() {
    let page = page_of("baseline: \"▲5\", actuals: {2024: \"△12.5\"}, targets: {2027: \"1\"}");
    assert_eq!(page.figure("2024/industry#it/actuals/2024"), "−12.5件");
    assert!(page.id("it").text().contains("−125.0%"), "{}", page.id("it").text());
    assert!(page.id("it").text().contains("後退"));
}

#[test]
fn an_indicator_may_have_no_figure_at_all() {
    for indicator in
        ["kind: context", "targets: {2027: 5}", "baseline: 5", "actuals: {2024: 5}", "actuals: {2024: 未実施}"]
    {
        let page = page_of(indicator);
        assert!(page.id("it").text().contains("判定できない"), "{indicator}");
    }
}

#[test]
fn an_indicator_whose_every_value_is_missing_draws_nothing_at_zero() {
    let page = page_of("baseline: \"-\", actuals: {2022: \"-\", 2023: 集計中, 2024: 秘匿}, targets: {2027: 未設定}");
    let text = page.id("it").text();
    assert!(text.contains("判定できない") && text.contains("秘匿") && !text.contains("0件"), "{text}");
}

#[test]
fn words_ranges_and_ranks_are_read_by_people() {
    let page = page_of("actuals: {2023: 検討, 2024: 素案}, targets: {2027: 策定}");
    assert_eq!(page.figure("2024/industry#it/actuals/2024"), "素案");
    assert!(page.id("it").text().contains("判定できない"));
    let page = page_of("direction: within, actuals: {2024: 20〜30}, targets: {2027: 10〜40}");
    assert_eq!(page.figure("2024/industry#it/actuals/2024"), "20〜30件");
}

#[test]
fn a_target_that_is_its_baseline_is_kept_or_not() {
    let page = page_of("baseline: 5, actuals: {2024: 5}, targets: {2027: 5}");
    assert!(page.id("it").text().contains("計画どおり"), "{}", page.id("it").text());
    assert!(page.id("it").text().contains("目標が出発点と同じ"), "the rate says why there is none");
}

#[test]
fn eleven_years_stand_in_one_table() {
    let years =
        |first: u16, last: u16| (first..=last).map(|year| format!("{year}: {}", year - 1900)).collect::<Vec<_>>();
    let portal = Portal::of_sheet(&format!(
        "area: industry\nname: 産業\nindicators:\n  - {{id: it, name: 指標, unit: 件, baseline: {{year: 2013, value: 90}}, \
         actuals: {{{}}}, targets: {{2030: 200}}}}\nexpenditure: {{unit: 千円, settled: {{{}}}}}\n",
        years(2014, 2024).join(", "),
        years(2014, 2024).join(", ")
    ));
    portal.edit("content/portal.yaml", "last_year: 2027", "last_year: 2030");
    sound(&portal);
    let page = portal.page("2024/industry/index.html");
    for year in 2014..=2024 {
        assert_eq!(page.figure(&format!("2024/industry#it/actuals/{year}")), format!("{}件", year - 1900));
        assert_eq!(page.figure(&format!("2024/industry#expenditure/settled/{year}")), (year - 1900).to_string());
    }
}

#[test]
fn years_of_eras_are_years() {
    let page =
        page_of("baseline: {year: 平成30年度, value: 1}, actuals: {令和元年度: 2, R6: 3}, targets: {令和9年度: 5}");
    assert_eq!(page.figure("2024/industry#it/actuals/2019"), "2件");
    assert_eq!(page.figure("2024/industry#it/actuals/2024"), "3件");
    assert_eq!(page.figure("2024/industry#it/targets/2027"), "5件");
}

#[test]
fn very_long_names_are_kept_whole() {
    let name =
        "誰もが生涯にわたって健やかに安心して暮らし続けられる持続可能なまちの実現に向けた総合的な施策の推進".repeat(4);
    let portal = Portal::of_sheet(&format!(
        "area: industry\nname: {name}\ndepartment: {name}課\nindicators:\n  - {{id: it, name: {name}指標, unit: {name}, \
         baseline: 1, actuals: {{2024: 2}}, targets: {{2027: 3}}}}\nprojects: [{name}事業]\n"
    ));
    portal.edit("content/portal.yaml", "{id: industry}", &format!("{{id: industry, name: {name}分野}}"));
    sound(&portal);
    let text = portal.page("2024/industry/index.html").main();
    for end in ["課", "指標", "事業", "分野"] {
        assert!(text.contains(&format!("{name}{end}")), "{end}");
    }
}

#[test]
fn what_an_author_writes_is_never_html() {
    let evil = "<script>alert(1)</script><img src=x onerror=alert(2)>\\\"'&amp;";
    let text = format!("\"{evil}\"");
    let portal = Portal::of_sheet(&format!(
        "area: industry\nnumber: {text}\nname: {text}\ndepartment: [{text}]\nvision: {text}\n\
         indicators:\n  - id: it\n    name: {text}\n    description: {text}\n    formula: {text}\n    source: {text}\n    \
         target_reason: {text}\n    unit: {text}\n    baseline: 1\n    \
         actuals: {{2023: {{value: \"<b onclick=x>策定</b>\"}}, 2024: {{value: 2, note: {text}}}}}\n    targets: {{2027: 3}}\n    notes: [{text}]\n    \
         breaks: [{{year: 2023, note: {text}}}]\n    ended: {{year: 2024, note: {text}}}\n  \
         - id: parts\n    name: parts\n    components: [{{id: a, name: {text}, actuals: {{2024: 1}}}}]\n\
         achievements: [{text}]\nchallenges: [{{id: c, challenge: {text}, approach: {text}}}]\n\
         projects: [{text}, {{name: {text}, department: {text}}}]\n\
         grades: [{{by: {text}, grade: {text}, comment: {text}}}]\noutlook: {text}\nsource: {text}\nnotes: [{text}]\n\
         attachments: [{{title: {text}, file: assets/a.txt}}]\nexpenditure: {{unit: 千円, settled: {{2024: 1}}, note: {text}}}\n"
    ));
    portal.write("content/assets/a.txt", "a");
    portal.write(
        "content/pages/about.md",
        format!("# {evil}\n\n{evil}\n\n[x](javascript:alert(3)) <b onclick=x>b</b>\n"),
    );
    portal.write(
        "content/portal.yaml",
        format!(
            "title: {text}\ndescription: {text}\nmunicipality: {{name: {text}}}\nfooter: {text}\ncharts: {{files: true}}\n\
             plan: {{name: {text}, first_year: 2024, last_year: 2027}}\nareas: [{{id: industry, number: {text}, name: {text}, \
             description: {text}}}]\nlicense: {text}\nbase_url: https://city.example/\n\
             editions: {{2024: {{label: {text}, published: 2025-09-01}}}}\ncontact: {{department: {text}, phone: {text}}}\n"
        ),
    );
    let answer = portal.run("check --format short");
    let told: Vec<_> = answer.codes().into_iter().filter(|code| *code != "dead-link").collect();
    assert_eq!(told, Vec::<&str>::new(), "{}", answer.err);
    if answer.code != Some(0) {
        portal.edit("content/pages/about.md", "[x](javascript:alert(3))", "");
    }
    portal.build();
    for (path, bytes) in portal.output() {
        let text = String::from_utf8_lossy(&bytes);
        if [".html", ".svg", ".xml"].iter().any(|end| path.ends_with(end)) {
            assert!(!text.contains("<script>alert"), "{path}");
            assert!(!text.contains("<img src=x"), "{path}");
        }
    }
    for (path, page) in portal.pages() {
        for element in page.root.find(&|_| true) {
            assert!(element.attributes().all(|(name, _)| !name.starts_with("on")), "{path}: <{}>", element.name);
            let script = element.attributes().any(|(_, value)| value.trim_start().starts_with("javascript:"));
            assert!(!script, "{path}: <{}>", element.name);
        }
        let scripts = page.all("script");
        for script in scripts {
            // What describes data to machines is no program, and nothing in it ends the element.
            let describes = script.attribute("type") == Some("application/ld+json") && !script.raw_text().contains('<');
            let loads = script.raw_text().is_empty() && script.attribute("src").is_some();
            assert!(describes || loads, "{path}");
        }
    }
    assert!(
        portal.page("2024/industry/index.html").main().contains("<script>alert(1)</script>"),
        "it is shown as text"
    );
}

#[test]
fn an_address_that_is_none_is_refused() {
    for line in [
        "projects: [{name: 事業, url: \"javascript:alert(1)\"}]",
        "projects: [{name: 事業, url: \"data:text/html,x\"}]",
        "projects: [{name: 事業, url: \" javascript:alert(1)\"}]",
    ] {
        let portal = Portal::of_sheet(&format!("area: industry\nname: 産業\n{line}\n"));
        let answer = portal.run("build --format short");
        assert_eq!(answer.code, Some(1), "{line}");
        assert!(answer.codes().contains(&"invalid-url"), "{line}: {}", answer.err);
    }
}

#[test]
fn a_year_that_never_came_is_shown_as_it_is_printed() {
    let portal = Portal::of_sheet(
        "area: industry\nname: 産業\nindicators:\n  - {id: it, name: 指標, baseline: {year: 平成32年度, value: 1}, \
         actuals: {2024: 2}, targets: {平成37年度: 4, 平成39年度: 5}}\n",
    );
    portal.edit("content/portal.yaml", "areas:", "languages: [ja, en]\nareas:");
    assert_eq!(portal.build().code, Some(0));
    for (path, forms) in [
        ("2024/industry/index.html", ["平成32年度（2020年度）", "平成37年度（2025年度）", "平成39年度（2027年度）"]),
        ("en/2024/industry/index.html", ["平成32年度 (FY2020)", "平成37年度 (FY2025)", "平成39年度 (FY2027)"]),
    ] {
        let text = portal.page(path).main();
        for form in forms {
            assert!(text.contains(form), "{path}: {form} is not in {text}");
        }
    }
    let table = portal.table("2024/data/observations.csv");
    assert_eq!(table.column("note"), ["平成32年度", "", "平成37年度", "平成39年度"]);
}

#[test]
fn amounts_keep_the_unit_of_their_sheet_and_a_total_cost_is_shown_as_published() {
    let portal = Portal::of_sheet(
        "area: industry\nname: 産業\nexpenditure: {単位: 千円, 決算額: {2024: 1200}, 人件費: {2024: 300}, 総コスト: {2024: 1500}}\n",
    );
    portal.write(
        "content/2023/industry.yaml",
        "area: industry\nname: 産業\nexpenditure: {unit: 円, settled: {2023: 1100500}}\n",
    );
    assert_eq!(portal.build().code, Some(0));
    let page = portal.page("2024/industry/index.html");
    assert_eq!(page.figure("2024/industry#expenditure/total/2024"), "1,500");
    assert_eq!(page.figure("2023/industry#expenditure/settled/2023"), "1,100,500円");
    let table = portal.table("2024/data/expenditure.csv");
    let rows: Vec<_> =
        table.rows().map(|row| [row["kind"], row["year"], row["amount"], row["unit"]].join(" ")).collect();
    assert_eq!(
        rows,
        ["settled 2023 1100500 円", "settled 2024 1200 千円", "personnel 2024 300 千円", "total 2024 1500 千円"]
    );
}

#[test]
fn the_index_of_a_very_large_area_counts_instead_of_listing_without_end() {
    let portal = Portal::minimal();
    let mut sheet = String::from("area: industry\nname: 産業\nindicators:\n");
    for index in 0..130 {
        sheet.push_str(&format!(
            "  - {{id: i{index}, name: 指標{index}, baseline: 10, actuals: {{2024: 10}}, targets: {{2027: 50}}}}\n"
        ));
    }
    portal.write("content/2024/industry.yaml", sheet);
    portal.build();
    let page = portal.page("index.html");
    let text = page.text();
    // Ten at once, ninety behind the disclosure, and the way to the others.
    assert_eq!(page.class("marks").iter().map(|list| list.find(&|e| e.name == "li").len()).sum::<usize>(), 100);
    assert!(text.contains("ほかに30件あります"), "{text}");
    let marks = page.class("hc-marks")[0].find(&|e| e.name == "a");
    assert_eq!(marks.len(), 1);
    assert!(marks[0].text().contains("130") && marks[0].attribute("href") == Some("2024/areas/industry/index.html"));
}

#[test]
fn as_long_as_portal_yaml_cannot_be_read_no_figure_is_blamed() {
    let portal = Portal::minimal();
    portal.append("content/portal.yaml", "\nsymbols: {\"／\": pending}\n");
    portal.edit("content/2024/industry.yaml", "{2024: 628}", "{2024: \"／\"}");
    assert_eq!(portal.run("check --format short").code, Some(0));
    portal.append("content/portal.yaml", "license: [\n");
    let answer = portal.run("check --format short");
    assert_eq!(answer.code, Some(1));
    assert!(!answer.codes().contains(&"invalid-figure"), "{}", answer.err);
    assert!(answer.err.contains("portal.yaml"), "{}", answer.err);
}
