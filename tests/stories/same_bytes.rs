//! The same input gives the same bytes, wherever, whenever and however it is built.

use std::collections::BTreeMap;
use std::fs;

use crate::portal::{self, Portal, files, fixture, run_in};

fn assert_same(site: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>, how: &str) {
    assert_eq!(site.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "{how}");
    for (path, bytes) in site {
        assert!(other[path] == *bytes, "{path} differs: {how}");
    }
}

#[test]
fn whatever_the_number_of_threads() {
    let portal = Portal::full();
    for jobs in ["1", "2", "8"] {
        portal.build_with(&format!("--jobs {jobs} --output jobs-{jobs}"));
        assert_same(&portal::full().output(), &files(&portal.path(&format!("jobs-{jobs}"))), jobs);
    }
}

#[test]
fn whatever_the_language_and_the_time_zone_of_the_machine() {
    let portal = Portal::full();
    for (name, environment) in [
        ("kiritimati", [("LC_ALL", "en_US.UTF-8"), ("TZ", "Pacific/Kiritimati"), ("LANG", "en_US.UTF-8")]),
        ("turkish", [("LC_ALL", "tr_TR.UTF-8"), ("TZ", "Asia/Tokyo"), ("LANG", "C")]),
        ("posix", [("LC_ALL", "C"), ("TZ", ""), ("LANG", "")]),
    ] {
        let answer = portal.run_with(&format!("build --output {name}"), &environment);
        assert_eq!(answer.code, Some(0), "{}", answer.err);
        assert_same(&portal::full().output(), &files(&portal.path(name)), name);
    }
    portal.build_with("--lang en --output lang");
    assert_same(&portal::full().output(), &files(&portal.path("lang")), "--lang en");
}

#[test]
fn whatever_the_order_in_which_files_were_made_and_the_folder_they_stand_in() {
    let portal = Portal::empty();
    for (path, bytes) in files(&fixture("full")).into_iter().rev() {
        portal.write(&format!("評価 2024/とても深い/フォルダ/{path}"), bytes);
    }
    let root = portal.path("評価 2024/とても深い/フォルダ");
    assert_eq!(run_in(&root, "build", &[]).code, Some(0));
    assert_same(&portal::full().output(), &files(&root.join("output")), "another root");
}

#[test]
fn wherever_the_program_is_started() {
    let portal = Portal::full();
    let elsewhere = tempfile::tempdir().unwrap();
    let (root, output) = (portal.path(""), portal.path("public"));
    let line = format!("build --root {} --output {}", root.display(), output.display());
    assert_eq!(run_in(elsewhere.path(), &line, &[]).code, Some(0));
    assert_same(&portal::full().output(), &files(&output), "--root and --output");
    let line = format!("build --content {} --output site", portal.path("content").display());
    assert_eq!(run_in(elsewhere.path(), &line, &[]).code, Some(0));
    assert_same(&portal::full().output(), &files(&elsewhere.path().join("site")), "--content");
}

#[test]
fn whether_it_is_built_anew_or_upon_what_was_there() {
    let portal = Portal::full();
    portal.write("content/2025/waste.yaml", portal.read("content/2024/waste.yaml"));
    portal.build_with("--drafts");
    portal.remove("content/2025/waste.yaml");
    fs::remove_dir(portal.path("content/2025")).unwrap();
    portal.build();
    assert_same(&portal::full().output(), &portal.output(), "after another site");
    fs::remove_dir_all(portal.path("output")).unwrap();
    portal.build();
    assert_same(&portal::full().output(), &portal.output(), "anew");
}

#[test]
fn line_ends_of_windows_change_no_page() {
    let portal = Portal::full();
    for (path, bytes) in files(&portal.path("content")) {
        let text = String::from_utf8(bytes).unwrap();
        if !path.starts_with("assets/") {
            portal.write(&format!("content/{path}"), format!("\u{feff}{}", text.replace('\n', "\r\n")));
        }
    }
    portal.build();
    let (mut unix, mut windows) = (portal::full().output(), portal.output());
    // The manifest holds the digest of the sources' own bytes.
    unix.remove("manifest.json");
    windows.remove("manifest.json");
    assert_same(&unix, &windows, "CR LF and a byte order mark");
}

#[test]
fn no_page_tells_where_or_when_it_was_made() {
    let portal = portal::full();
    let root = portal.path("").display().to_string();
    let settings = portal.read("content/portal.yaml");
    for (path, bytes) in portal.output() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains(root.trim_end_matches('/')), "{path}");
        for date in dates(&text) {
            assert!(settings.contains(date), "{path}: {date} is not of portal.yaml");
        }
    }
}

/// Everything that looks like a day of this century: 2025-09-19.
fn dates(text: &str) -> Vec<&str> {
    let is_date = |date: &&str| {
        let digits: Vec<_> =
            date.split('-').map(|part| (part.len(), part.bytes().all(|b| b.is_ascii_digit()))).collect();
        digits == [(4, true), (2, true), (2, true)]
    };
    text.match_indices("20").filter_map(|(at, _)| text.get(at..at + 10)).filter(is_date).collect()
}

#[test]
fn dates_are_found_where_they_stand() {
    assert_eq!(dates("公表日 2025-09-19T00:00, 2024-2027, 20-21"), ["2025-09-19"]);
}
