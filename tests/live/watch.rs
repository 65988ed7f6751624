//! `hyoka build --watch`: files are saved, and the published folder follows.

use std::fs;

use crate::running::{Running, SHEET, hyoka, renamed};

const PAGE: &str = "output/2024/childcare/index.html";
const OTHER: &str = "output/pages/about/index.html";

/// A new portal, published and watched.
fn watched(arguments: &str, sheet: impl FnOnce(String) -> String) -> Running {
    let watched = Running::begin(&format!("build --watch {arguments}"), sheet);
    watched.hears("waiting for changes");
    watched
}

#[test]
fn a_saved_sheet_is_published_and_other_pages_are_not_written_again() {
    let watched = watched("", |sheet| sheet);
    let other = fs::metadata(watched.path(OTHER)).unwrap().modified().unwrap();
    watched.write(SHEET, &renamed(&watched.read(SHEET), "新しい名前"));
    let line = watched.hears("content/2024/childcare.yaml: ");
    assert_eq!(line.lines().count(), 1, "one line a round: {line}");
    assert!(line.contains("files changed"), "{line}");
    assert!(watched.read(PAGE).contains("新しい名前"));
    assert_eq!(fs::metadata(watched.path(OTHER)).unwrap().modified().unwrap(), other);
}

#[test]
fn a_broken_sheet_leaves_what_is_published_and_a_mended_one_goes_on() {
    let watched = watched("", |sheet| sheet);
    let (sheet, page) = (watched.read(SHEET), watched.read(PAGE));
    watched.write(SHEET, "area: [");
    watched.until("the line and the problem below it", || {
        let said = watched.said();
        said.contains("the site stays as it was") && said.contains("error[invalid-yaml]")
    });
    assert_eq!(watched.read(PAGE), page);
    watched.write(SHEET, &renamed(&sheet, "直した名前"));
    watched.hears("files changed");
    assert!(watched.read(PAGE).contains("直した名前"));
}

#[test]
fn it_starts_on_a_portal_that_is_broken() {
    let watched = watched("", |sheet| format!("{sheet}\nno-such-key: 1\n"));
    assert!(!watched.path("output").join("index.html").exists());
    let sheet = watched.read(SHEET).replace("no-such-key: 1", "");
    watched.write(SHEET, &sheet);
    watched.until("a page", || watched.path(PAGE).exists());
}

#[test]
fn editors_that_replace_files_and_whole_folders_are_followed() {
    let watched = watched("", |sheet| sheet);
    let sheet = watched.read(SHEET);
    watched.write("content/2024/childcare.yaml.new", &renamed(&sheet, "置き換えた名前"));
    fs::rename(watched.path("content/2024/childcare.yaml.new"), watched.path(SHEET)).unwrap();
    watched.until("the replaced sheet", || watched.read(PAGE).contains("置き換えた名前"));
    // A year that is prepared elsewhere and moved in.
    fs::create_dir(watched.path("2025")).unwrap();
    watched.write("2025/childcare.yaml", &sheet);
    fs::rename(watched.path("2025"), watched.path("content/2025")).unwrap();
    watched.until("the new year", || watched.path("output/2025/childcare/index.html").exists());
    watched.write("content/2025/childcare.yaml", &renamed(&sheet, "新しい年度の名前"));
    let page = "output/2025/childcare/index.html";
    watched.until("an edit in the new folder", || watched.read(page).contains("新しい年度の名前"));
    fs::remove_dir_all(watched.path("content/2025")).unwrap();
    watched.until("the withdrawn year", || !watched.path(page).exists());
}

#[test]
fn a_theme_that_comes_later_is_followed() {
    let watched = watched("", |sheet| sheet);
    fs::create_dir_all(watched.path("themes/standard/labels")).unwrap();
    fs::create_dir_all(watched.path("themes/standard/assets")).unwrap();
    watched.write("themes/standard/assets/plan.txt", "計画");
    watched.until("the asset", || {
        let folder = fs::read_dir(watched.path("output/assets/theme")).unwrap();
        folder.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("plan"))
    });
}

#[test]
fn polling_notices_changes_too() {
    let watched = watched("--poll", |sheet| sheet);
    watched.write(SHEET, &renamed(&watched.read(SHEET), "調べて見つけた名前"));
    watched.until("the page", || watched.read(PAGE).contains("調べて見つけた名前"));
}

#[test]
fn a_folder_that_cannot_be_published_into_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let run = |line: &str| hyoka().current_dir(&folder).args(line.split(' ')).output().unwrap();
    assert_eq!(run("build --watch").status.code(), Some(2), "there is no content");
    assert_eq!(run("init .").status.code(), Some(0));
    fs::create_dir(folder.path().join("mine")).unwrap();
    fs::write(folder.path().join("mine/letter.txt"), "x").unwrap();
    assert_eq!(run("build --watch --output mine").status.code(), Some(2));
    assert!(run("build --poll").status.code() == Some(2), "--poll is of --watch");
}
