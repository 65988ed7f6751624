//! Whether what the hosting gives back is what was published.

use std::fs;

use crate::portal::{Answer, Portal};

/// A built portal, and what came back from its hosting in `downloaded`.
fn downloaded() -> Portal {
    let portal = Portal::minimal();
    portal.write("output/README.md", "置き場所の説明\n");
    portal.build();
    for (path, bytes) in portal.output() {
        portal.write(&format!("downloaded/{path}"), bytes);
    }
    portal
}

const PAGE: &str = "downloaded/2024/industry/index.html";

fn verify(portal: &Portal, more: &str) -> Answer {
    portal.run(&format!("verify downloaded --format short {more}"))
}

#[test]
fn what_came_back_as_it_was_published_is_the_same_and_carried_notes_are_no_foreigners() {
    let portal = downloaded();
    portal.write("downloaded/2024/.DS_Store", "");
    for of in ["downloaded", "downloaded/manifest.json", "downloaded --manifest output/manifest.json"] {
        let answer = portal.run(&format!("verify {of}"));
        assert_eq!(answer.code, Some(0), "{}{}", answer.out, answer.err);
        assert!(answer.out.contains("公開したときのままです"), "{}", answer.out);
        assert!(answer.out.contains("比べなかったもの: 2024/.DS_Store、README.md。"), "{}", answer.out);
    }
    assert_eq!(verify(&portal, "").out.lines().count(), 1);
    assert_eq!(portal.run("verify downloaded --format json").out, "");
    assert!(portal.run("verify downloaded --lang en").out.contains("as it was published"));
}

#[test]
fn a_file_that_changed_went_or_came_is_named_and_ends_with_1() {
    let portal = downloaded();
    let page = portal.read(PAGE);
    portal.write(PAGE, page.replace("産業", "產業"));
    portal.remove("downloaded/robots.txt");
    portal.write("downloaded/2024/new.html", "<p>");
    let answer = verify(&portal, "");
    assert_eq!(answer.code, Some(1));
    for line in ["changed: 2024/industry/index.html\n", "missing: robots.txt\n", "foreign: 2024/new.html\n"] {
        assert!(answer.out.contains(line), "{line} not in {}", answer.out);
    }
    assert!(answer.out.contains("違い 3 件"), "{}", answer.out);
    let records: Vec<serde_json::Value> =
        portal.run("verify downloaded --format json").out.lines().map(|line| line.parse().unwrap()).collect();
    let kinds: Vec<_> = records.iter().map(|record| record["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["changed", "foreign", "missing"]);
    let human = portal.run("verify downloaded");
    assert!(human.out.contains("なくなったファイル 1\n  robots.txt\n"), "{}", human.out);
}

#[test]
fn ends_of_lines_that_a_transfer_changed_are_told_from_other_words() {
    let portal = downloaded();
    let (feeds, returns) = ("downloaded/robots.txt", "downloaded/2024/data/codes.csv");
    portal.write(feeds, portal.read(feeds).replace('\n', "\r\n"));
    assert!(portal.read(returns).contains("\r\n"), "the CSV files end their lines as RFC 4180 says");
    portal.write(returns, portal.read(returns).replace("\r\n", "\n"));
    let answer = verify(&portal, "");
    let told = answer.out.lines().filter(|line| line.contains("改行だけが違います")).count();
    assert_eq!((answer.code, told), (Some(1), 2), "{}", answer.out);
}

#[test]
fn who_rewrote_page_and_manifest_alike_is_found_by_the_manifest_that_was_kept() {
    let portal = downloaded();
    portal.edit("content/2024/industry.yaml", "2024: 628", "2024: 999");
    portal.run("build --output forged");
    for (path, bytes) in crate::portal::files(&portal.path("forged")) {
        portal.write(&format!("downloaded/{path}"), bytes);
    }
    assert_eq!(verify(&portal, "").code, Some(0), "a folder alone can only agree with itself");
    let answer = verify(&portal, "--manifest output/manifest.json");
    assert_eq!(answer.code, Some(1));
    assert!(answer.out.contains("changed: manifest.json"), "{}", answer.out);
    assert!(answer.out.contains("changed: 2024/industry/index.html"), "{}", answer.out);
    portal.remove("downloaded/manifest.json");
    let answer = verify(&portal, "--manifest output/manifest.json");
    assert!(!answer.out.contains("missing"), "the list itself need not be on the web: {}", answer.out);
}

#[cfg(unix)]
#[test]
fn a_link_is_named_and_never_followed() {
    let portal = downloaded();
    let elsewhere = portal.path("elsewhere");
    fs::rename(portal.path("downloaded/2024"), &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, portal.path("downloaded/2024")).unwrap();
    std::os::unix::fs::symlink(portal.path("output/index.html"), portal.path("downloaded/extra.html")).unwrap();
    portal.remove("downloaded/index.html");
    std::os::unix::fs::symlink(portal.path("output/index.html"), portal.path("downloaded/index.html")).unwrap();
    let answer = verify(&portal, "");
    assert_eq!(answer.code, Some(1));
    for line in
        ["missing: 2024/industry/index.html\n", "foreign: 2024\n", "foreign: extra.html\n", "not-a-file: index.html\n"]
    {
        assert!(answer.out.contains(line), "{line} not in {}", answer.out);
    }
}

#[test]
fn a_manifest_names_no_file_outside_of_its_folder() {
    let portal = downloaded();
    let first = portal.read("downloaded/manifest.json").find("{\"path\":\"").unwrap();
    let mut manifest = portal.read("downloaded/manifest.json");
    let sum = "0".repeat(64);
    manifest.insert_str(
        first,
        &format!("{{\"path\":\"../output/index.html\",\"size\":1,\"sha256\":\"{sum}\",\"sources\":[]}},\n"),
    );
    portal.write("downloaded/manifest.json", manifest);
    let answer = verify(&portal, "");
    assert!(answer.out.contains("missing: ../output/index.html"), "{}", answer.out);
}

#[test]
fn a_name_in_combining_marks_is_the_name_that_was_published() {
    let portal = Portal::minimal();
    portal.write("content/assets/ガイド.txt", "案内");
    portal.append("content/2024/industry.yaml", "attachments:\n  - {title: 案内, file: assets/ガイド.txt}\n");
    portal.build();
    assert!(portal.has("output/assets/ガイド.txt"));
    fs::rename(portal.path("output/assets/ガイド.txt"), portal.path("output/assets/カ\u{3099}イト\u{3099}.txt"))
        .unwrap();
    let answer = portal.run("verify output");
    assert_eq!(answer.code, Some(0), "{}", answer.out);
}

#[test]
fn what_cannot_be_compared_ends_with_2_and_says_what_to_name() {
    let portal = downloaded();
    for (line, words) in [
        ("verify nowhere", "nowhere がありません"),
        ("verify content", "hyoka の公開記録がありません"),
        ("verify downloaded --manifest downloaded/robots.txt", "公開記録が壊れています"),
        ("verify", "指定が足りません"),
    ] {
        let answer = portal.run(line);
        assert_eq!(answer.code, Some(2), "{line}: {}", answer.out);
        assert!(answer.err.contains(words), "{line}: {}", answer.err);
    }
}
