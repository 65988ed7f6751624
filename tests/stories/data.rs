//! Open data: files that any program can load, and that say the same as the pages.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::json_schema::validate;
use crate::portal::{Portal, demo, full};

const COLUMNS: [(&str, &str); 9] = [
    (
        "observations.csv",
        "fiscal_year,policy_id,indicator_id,component,kind,year,value,lower,upper,text,unit,status,note,address",
    ),
    (
        "judgements.csv",
        "fiscal_year,policy_id,indicator_id,component,year,method,rate,published_rate,expected,pace,verdict,reason",
    ),
    ("expenditure.csv", "fiscal_year,policy_id,project,kind,year,amount,unit,status"),
    ("policies.csv", "fiscal_year,policy_id,number,area_id,name,department,grade,sample"),
    (
        "indicators.csv",
        "fiscal_year,policy_id,indicator_id,component,name,name_en,component_name,component_name_en,kind,unit,target_unit,\
         accumulation,direction,survey_sample,survey_tolerance",
    ),
    (
        "revisions.csv",
        "fiscal_year,policy_id,indicator_id,component,field,year,published,published_text,revised,revised_text,date,\
         revision_kind,reason,published_in,revised_in",
    ),
    (
        "recommendations.csv",
        "fiscal_year,recommendation_id,source,date,text,policy_id,indicator_id,due,recommendation_state,response_date,\
         response,address",
    ),
    (
        "target_changes.csv",
        "fiscal_year,policy_id,indicator_id,component,year,before,before_text,after,after_text,unit,date,reason,address",
    ),
    ("codes.csv", "column,code,label_ja,label_en"),
];

/// Every edition that the stories look at.
fn editions() -> [(&'static Portal, &'static str); 4] {
    [(full(), "2023"), (full(), "2024"), (demo(), "2023"), (demo(), "2024")]
}

/// Digits with an ASCII minus and a point, as every program reads them.
fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, fraction].iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

#[test]
fn csv_files_have_the_same_columns_in_every_edition() {
    for (portal, year) in editions() {
        for (name, columns) in COLUMNS {
            let text = portal.read(&format!("output/{year}/data/{name}"));
            let head = format!("\u{feff}{columns}\r\n");
            assert!(text.starts_with(&head), "{name} {year}: {}", text.lines().next().unwrap());
            assert!(!text.replace("\r\n", "").contains('\n'), "{name} {year}: a line end that is not CR LF");
            assert!(text.ends_with("\r\n"), "{name} {year}");
        }
    }
}

#[test]
fn figures_are_exact_and_nothing_but_figures() {
    let numbers = [
        ("observations.csv", &["fiscal_year", "year", "value", "lower", "upper"][..]),
        ("judgements.csv", &["fiscal_year", "year", "rate", "expected", "pace"]),
        ("expenditure.csv", &["fiscal_year", "year", "amount"]),
    ];
    for (portal, year) in editions() {
        for (name, columns) in numbers {
            let table = portal.table(&format!("{year}/data/{name}"));
            for column in columns {
                for cell in table.column(column).iter().filter(|cell| !cell.is_empty()) {
                    assert!(is_plain_number(cell), "{name} {year} {column}: {cell}");
                }
            }
        }
    }
    assert!(
        is_plain_number("-3.20") && !is_plain_number("−3.2") && !is_plain_number("1,046") && !is_plain_number("5%")
    );
}

#[test]
fn values_keep_the_digits_that_the_sheet_prints() {
    let table = full().table("2024/data/observations.csv");
    let cells = |address: &str| {
        let row = table.rows().find(|row| row["address"] == format!("2024/shapes#{address}"));
        let row = row.unwrap_or_else(|| panic!("{address}"));
        ["value", "lower", "upper", "text", "unit", "status"].map(|column| row[column].to_owned()).join("|")
    };
    for (address, expected) in [
        ("zero/actuals/2024", "0||||人|final"),
        ("negative/baseline", "-120||||百万円|final"),
        ("negative/actuals/2023", "-45.5||||百万円|final"),
        ("negative/actuals/2024", "-3.20||||百万円|final"),
        ("exact/baseline", "12.50||||%|final"),
        ("exact/actuals/2024", "13.00||||%|final"),
        ("range/targets/2027", "|10|12|10〜12日|日|final"),
        ("bound/actuals/2024", "|40||40%以上|%|final"),
        ("bound/targets/2027", "|60||60%以上|%|final"),
        ("words/actuals/2024", "|||策定||final"),
        ("rank/actuals/2024", "12||||位|final"),
        ("not-final/actuals/2024", "1105.25||||千人|forecast"),
        ("school.elementary/actuals/2023", "78.0||||%|final"),
        ("other-unit/actuals/2024", "3||||件|final"),
        ("other-unit/targets/2027", "5||||箇所|final"),
    ] {
        assert_eq!(cells(address), expected, "{address}");
    }
}

#[test]
fn a_bound_says_whether_its_end_belongs_to_it() {
    let portal = Portal::minimal();
    let indicators = "indicators:\n  - {id: up-to, name: 上限まで, unit: 日, actuals: {2024: 60以下}}\n  \
                      - {id: below, name: 上限より下, unit: 日, actuals: {2024: 60未満}}\n  \
                      - {id: above, name: 下限より上, unit: 日, actuals: {2024: 60超}}\n";
    portal.write("content/2024/bounds.yaml", format!("area: industry\nname: 境目\n{indicators}"));
    portal.build();
    let table = portal.table("2024/data/observations.csv");
    let row = |id: &str| {
        let row = table.rows().find(|row| row["indicator_id"] == id).unwrap();
        format!("{}|{}|{}", row["lower"], row["upper"], row["text"])
    };
    assert_eq!([row("up-to"), row("below"), row("above")], ["|60|60日以下", "|60|60日未満", "60||60日超"]);
}

#[test]
fn an_amount_that_is_missing_or_not_final_says_so() {
    let portal = Portal::minimal();
    let expenditure = "expenditure: {unit: 千円, settled: {2023: {value: 120, status: provisional}, 2024: 集計中}, personnel: {2024: 0}}\n";
    portal.write("content/2024/money.yaml", format!("area: industry\nname: お金\n{expenditure}"));
    portal.build();
    let table = portal.table("2024/data/expenditure.csv");
    let rows: Vec<_> = table
        .rows()
        .filter(|row| row["policy_id"] == "money")
        .map(|row| ["kind", "year", "amount", "status"].map(|column| row[column]).join("|"))
        .collect();
    assert_eq!(rows, ["settled|2023|120|provisional", "settled|2024||pending", "personnel|2024|0|final"]);
}

#[test]
fn a_missing_value_is_empty_and_says_why() {
    let table = full().table("2024/data/observations.csv");
    let gaps: Vec<_> = table
        .rows()
        .filter(|row| row["indicator_id"] == "gaps" && row["kind"] == "actual")
        .map(|row| format!("{}: {}{}{}{}", row["year"], row["value"], row["lower"], row["text"], row["status"]))
        .collect();
    assert_eq!(
        gaps,
        [
            "2017: unknown",
            "2018: pending",
            "2019: not-implemented",
            "2020: not-surveyed",
            "2021: suppressed",
            "2022: see-note",
            "2023: not-applicable",
            "2024: pending",
        ]
    );
    // An indicator without any actual has no row for one, not even an empty one.
    assert!(!table.rows().any(|row| row["indicator_id"] == "no-actual" && row["kind"] == "actual"));
}

#[test]
fn a_datum_stands_in_one_row() {
    for (portal, year) in editions() {
        for (name, key) in [
            ("observations.csv", &["policy_id", "indicator_id", "component", "kind", "year"][..]),
            ("judgements.csv", &["policy_id", "indicator_id", "component", "year"]),
            ("expenditure.csv", &["policy_id", "project", "kind", "year"]),
            ("policies.csv", &["policy_id"]),
            ("indicators.csv", &["policy_id", "indicator_id", "component"]),
            ("revisions.csv", &["policy_id", "indicator_id", "component", "field", "year", "revised_in"]),
            ("recommendations.csv", &["address"]),
            ("target_changes.csv", &["policy_id", "indicator_id", "component", "year", "date"]),
            ("codes.csv", &["column", "code"]),
        ] {
            let table = portal.table(&format!("{year}/data/{name}"));
            let mut seen = BTreeSet::new();
            for row in table.rows() {
                let key: Vec<_> = key.iter().map(|column| row[column].to_owned()).collect();
                assert!(seen.insert(key.clone()), "{name} {year}: {key:?} stands twice");
            }
        }
    }
}

#[test]
fn every_series_of_figures_has_a_name_and_says_how_it_is_counted() {
    for (portal, year) in editions() {
        let indicators = portal.table(&format!("{year}/data/indicators.csv"));
        let series = |row: &BTreeMap<&str, &str>| {
            ["policy_id", "indicator_id", "component"].map(|column| row[column].to_owned())
        };
        let named: BTreeSet<_> =
            indicators.rows().filter(|row| !row["name"].is_empty()).map(|row| series(&row)).collect();
        for row in portal.table(&format!("{year}/data/observations.csv")).rows() {
            assert!(named.contains(&series(&row)), "{year}: {row:?}");
        }
    }
    let told = |portal: &Portal, id: &str| {
        let table = portal.table("2024/data/indicators.csv");
        let row = table.rows().find(|row| row["indicator_id"] == id).unwrap();
        ["name", "name_en", "unit", "target_unit", "kind", "accumulation", "direction"].map(|of| row[of]).join(" | ")
    };
    assert_eq!(
        told(demo(), "exchange"),
        "知的対流を通じた交流人数【累計】 | People meeting through knowledge exchange (cumulative) | 人 | 人 | outcome | cumulative | increase"
    );
    assert_eq!(told(demo(), "drills"), "防災訓練の参加者数 |  | 人 | 人 | output | period-total | increase");
    let other = told(full(), "other-unit");
    assert!(other.contains(" | 件 | 箇所 | "), "{other}");
}

#[test]
fn every_code_is_explained_in_both_languages() {
    for (portal, year) in editions() {
        let codes = portal.table(&format!("{year}/data/codes.csv"));
        let mut known = BTreeSet::new();
        for row in codes.rows() {
            let code = format!("{} {}", row["column"], row["code"]);
            for label in [row["label_ja"], row["label_en"]] {
                assert!(!label.is_empty(), "{code} has no label");
                let is_key = label.is_ascii() && label.contains('.') && label.contains(row["code"]);
                assert!(!is_key, "{code} is explained by a key: {label}");
            }
            let english = row["label_en"];
            assert!(
                row["column"] == "area_id" || row["column"] == "grade" || english.is_ascii() || english.contains('÷'),
                "{english}"
            );
            known.insert(code);
        }
        for (name, columns) in [
            ("observations.csv", &["kind", "status"][..]),
            ("judgements.csv", &["method", "verdict", "reason"]),
            ("expenditure.csv", &["kind", "status"]),
            ("policies.csv", &["area_id", "grade"]),
            ("indicators.csv", &["kind", "accumulation", "direction"]),
        ] {
            let table = portal.table(&format!("{year}/data/{name}"));
            for column in columns {
                for code in table.column(column).iter().filter(|code| !code.is_empty()) {
                    assert!(known.contains(&format!("{column} {code}")), "{name} {year}: {column} {code}");
                }
            }
        }
    }
}

#[test]
fn observations_say_what_the_pages_say() {
    for (portal, year) in editions() {
        let table = portal.table(&format!("{year}/data/observations.csv"));
        let mut compared = 0;
        for policy in portal.table(&format!("{year}/data/policies.csv")).column("policy_id") {
            let page = portal.page(&format!("{year}/{policy}/index.html"));
            let addresses: BTreeSet<_> = page.addressed().into_iter().map(|(address, _)| address.to_owned()).collect();
            for row in table.rows().filter(|row| row["policy_id"] == policy) {
                assert!(addresses.contains(row["address"]), "{} is not on the page", row["address"]);
                if !row["text"].is_empty() {
                    assert_eq!(page.figure(row["address"]), row["text"], "{}", row["address"]);
                } else if is_plain_number(row["value"]) {
                    let shown = page.figure(row["address"]).replace(',', "").replace(['−', '▲'], "-");
                    assert!(shown.starts_with(row["value"]), "{}: {shown} is not {}", row["address"], row["value"]);
                    compared += 1;
                }
            }
        }
        assert!(compared > 0, "{year}");
    }
}

#[test]
fn every_address_leads_to_a_key_of_its_sheet() {
    for (portal, root) in [(full(), None), (demo(), Some(env!("CARGO_MANIFEST_DIR")))] {
        let read = |path: String| match root {
            Some(root) => std::fs::read_to_string(format!("{root}/{path}")).unwrap_or_else(|e| panic!("{path}: {e}")),
            None => portal.read(&path),
        };
        for (path, page) in portal.pages() {
            for (address, _) in page.addressed() {
                let (sheet, key) = address.split_once('#').unwrap_or_else(|| panic!("{path}: {address}"));
                let text = read(format!("content/{sheet}.yaml"));
                let (first, rest) = key.split_once('/').unwrap_or((key, ""));
                // indicator or indicator.component, then its key; or a key of the sheet itself.
                for id in first.split('.') {
                    assert!(names(&text, id), "{path}: {address}: no {id}");
                }
                for step in
                    rest.split('/').filter(|step| !step.is_empty() && step.parse::<usize>().is_err_and(|_| true))
                {
                    assert!(names(&text, step), "{path}: {address}: no {step}");
                }
                if let Some(year) = rest.rsplit('/').next().filter(|part| part.len() == 4) {
                    assert!(text.contains(year), "{path}: {address}: no {year}");
                }
            }
        }
    }
}

/// Whether a sheet has a key or id, by its English name or the Japanese one that the fixture writes.
fn names(sheet: &str, name: &str) -> bool {
    let japanese = match name {
        "baseline" => "基準値",
        "actuals" => "実績値",
        "targets" => "目標値",
        "vision" => "目指す姿",
        "achievements" => "主な取組の成果",
        "challenges" => "課題",
        "projects" => "関連事業",
        "expenditure" => "事業費",
        "settled" => "決算額",
        "budgeted" => "予算額",
        "grades" => "評価",
        "outlook" => "今後の方向性",
        _ => name,
    };
    sheet.contains(name) || sheet.contains(japanese)
}

#[test]
fn the_verdict_stands_in_one_row_of_its_edition() {
    for (portal, year) in editions() {
        let table = portal.table(&format!("{year}/data/judgements.csv"));
        let mut verdicts: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for row in table.rows() {
            let series = format!("{}#{} {}", row["policy_id"], row["indicator_id"], row["component"]);
            let said = verdicts.entry(series).or_default();
            if !row["verdict"].is_empty() {
                said.push(row["year"].to_owned());
            } else {
                assert_eq!((row["expected"], row["pace"]), ("", ""), "{row:?}");
            }
            if !row["rate"].is_empty() {
                assert!(!row["method"].is_empty(), "a rate without its method: {row:?}");
            }
            if row["verdict"] == "undecided" || (row["rate"].is_empty() && row["verdict"].is_empty()) {
                assert!(!row["reason"].is_empty(), "no reason: {row:?}");
            }
        }
        for (series, years) in verdicts {
            assert_eq!(years.len(), 1, "{series} {year}: {years:?}");
            assert!(years[0].as_str() <= year, "{series}: {years:?}");
        }
    }
}

#[test]
fn rates_and_verdicts_are_those_of_the_sheet() {
    let table = demo().table("2024/data/judgements.csv");
    let exchange: Vec<_> = table
        .rows()
        .filter(|row| row["indicator_id"] == "exchange")
        .map(|row| ["year", "method", "rate", "expected", "pace", "verdict", "reason"].map(|c| row[c]).join(","))
        .collect();
    assert_eq!(exchange, ["2024,progress,30.3,596,1.21,on-track,"]);
}

#[test]
fn the_data_package_names_every_file_and_its_columns_in_order() {
    for (portal, year) in editions() {
        let package = portal.json(&format!("{year}/data/datapackage.json"));
        let resources = package["resources"].as_array().unwrap();
        let described: Vec<_> = resources
            .iter()
            .map(|resource| {
                let fields = resource["schema"]["fields"].as_array().unwrap();
                let names: Vec<_> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
                (resource["path"].as_str().unwrap(), names.join(","))
            })
            .collect();
        assert_eq!(described, COLUMNS.map(|(name, columns)| (name, columns.to_owned())));
    }
    assert_eq!(full().json("2024/data/datapackage.json")["licenses"][0]["name"], "PDL-1.0");
}

#[test]
fn the_document_of_an_edition_keeps_to_its_schema() {
    for (portal, year) in editions() {
        let schema = portal.json(&format!("{year}/data/schema.json"));
        let document = portal.json(&format!("{year}/data/portal.json"));
        let mut problems = Vec::new();
        validate(&document, &schema, &schema, "", &mut problems);
        assert!(problems.is_empty(), "{year}: {}", problems.join("\n"));
        let mut problems = Vec::new();
        validate(&serde_json::json!({"fiscal_year": "x"}), &schema, &schema, "", &mut problems);
        assert!(!problems.is_empty(), "the check finds nothing");
    }
}

#[test]
fn the_document_says_what_the_tables_say() {
    for (portal, year) in editions() {
        let document = portal.json(&format!("{year}/data/portal.json"));
        let mut addressed = BTreeMap::new();
        collect(&document, &mut addressed);
        for row in portal.table(&format!("{year}/data/observations.csv")).rows() {
            let said = addressed.get(row["address"]).unwrap_or_else(|| panic!("{} is missing", row["address"]));
            assert_eq!(said, row["value"], "{}", row["address"]);
        }
    }
}

fn collect(value: &Value, addressed: &mut BTreeMap<String, String>) {
    if let Some(address) = value.get("address").and_then(Value::as_str) {
        let figure = value.get("value").and_then(Value::as_str).unwrap_or_default();
        addressed.insert(address.to_owned(), figure.to_owned());
    }
    let inner: Vec<_> = match value {
        Value::Object(map) => map.values().collect(),
        Value::Array(list) => list.iter().collect(),
        _ => Vec::new(),
    };
    inner.into_iter().for_each(|value| collect(value, addressed));
}
