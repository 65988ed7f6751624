//! From nothing to a published portal, and what editors can read about the format.

use crate::portal::Portal;

#[test]
fn a_new_portal_is_built_and_checked_without_a_problem() {
    let portal = Portal::empty();
    for line in ["init city --year 2025", "build --root city --format short", "check --root city --format short"] {
        let answer = portal.run(line);
        assert_eq!(answer.code, Some(0), "{line}: {}", answer.err);
        assert!(answer.codes().iter().all(|code| *code == "no-base-url"), "{line}: {}", answer.err);
    }
    assert!(portal.has("city/output/2025/waste/index.html"));
}

#[test]
fn the_schema_knows_every_key_in_both_languages() {
    let portal = Portal::empty();
    for (kind, pairs) in [
        ("sheet", &[("area", "分野"), ("name", "施策名"), ("indicators", "成果指標"), ("grades", "評価")][..]),
        ("portal", &[("title", "タイトル"), ("areas", "分野"), ("languages", "言語")]),
    ] {
        let answer = portal.run(&format!("schema {kind}"));
        assert_eq!((answer.code, answer.err.as_str()), (Some(0), ""));
        let schema: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
        for (english, japanese) in pairs {
            let keys = &schema["properties"];
            assert!(keys[english].is_object(), "{kind}: {english}");
            assert_eq!(keys[english], keys[japanese], "{kind}: {english} and {japanese}");
        }
    }
}

#[test]
fn every_key_that_the_schema_names_is_read() {
    let portal = Portal::full();
    let schema: serde_json::Value = serde_json::from_str(&portal.run("schema sheet").out).unwrap();
    let sheet = portal.read("content/2024/waste.yaml");
    for key in
        sheet.lines().filter_map(|line| line.split_once(':')).map(|(key, _)| key.trim_start_matches([' ', '-', '{']))
    {
        let known = schema.to_string().contains(&format!("\"{key}\":"));
        assert!(known, "{key} is read and not in the schema");
    }
}
