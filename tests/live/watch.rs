//! `hyoka build --watch`: files are saved, and the published folder follows.

use std::collections::BTreeSet;
use std::fs;
use std::thread;
use std::time::Duration;

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

#[test]
fn a_problem_that_stands_is_counted_and_not_told_again() {
    let watched = watched("", |sheet| sheet);
    watched.write("content/2024/notes", "x");
    let line = watched.hears("warning[misplaced-file]");
    assert!(line.contains("content/2024/notes: ") && !line.contains("from before"), "the file is named: {line}");
    watched.edit("1,310", "1,311");
    let line = watched.hears("content/2024/childcare.yaml: ");
    assert!(line.contains("; 1 problem from before)"), "{line}");
    watched.write("content/2024/more", "x");
    watched.until("the new problem", || watched.said().contains("content/2024/more\n"));
    let said = watched.hears("content/2024/more: ");
    assert!(said.contains("; 1 problem from before)") && !said.contains("content/2024/notes\n"), "{said}");
    watched.edit("1,311", "1,312");
    let line = watched.hears("content/2024/childcare.yaml: ");
    assert!(line.contains("; 2 problems from before)") && !line.contains("warning["), "{line}");
}

#[test]
#[cfg(unix)]
fn a_publication_that_is_interrupted_leaves_one_whole_site() {
    let folder = tempfile::tempdir().unwrap();
    let made = hyoka().current_dir(&folder).args(["init", ".", "--year", "2024"]).output().unwrap();
    assert!(made.status.success());
    let sheet = fs::read_to_string(folder.path().join(SHEET)).unwrap();
    for copy in 0..20 {
        fs::write(folder.path().join(format!("content/2024/p{copy}.yaml")), &sheet).unwrap();
    }
    let portal = fs::read_to_string(folder.path().join("content/portal.yaml")).unwrap();
    let titled = |title: &str| {
        let lines = portal.lines().map(|line| match line.split_once(": ") {
            Some(("title", _)) => format!("title: {title}\n"),
            _ => format!("{line}\n"),
        });
        lines.collect::<String>()
    };
    let mut watched = Running::within(folder, "build --watch");
    watched.hears("waiting for changes");
    // Every page changes with the title, and the program is ended at another moment each time.
    for (round, wait) in (0_u64..8).map(|round| (round, round * 60)) {
        let title = format!("題{round}番");
        watched.write("content/portal.yaml", &titled(&title));
        thread::sleep(Duration::from_millis(wait));
        watched.interrupt();
        let titles: BTreeSet<_> = (0..20)
            .map(|copy| {
                let page = watched.read(&format!("output/2024/p{copy}/index.html"));
                let (_, from) = page.split_once("<title>").expect("every page is there, and whole");
                assert!(page.trim_end().ends_with("</html>"));
                from.split("</title>").next().map(|title| title.rsplit(" | ").next().unwrap_or(title).to_owned())
            })
            .collect();
        assert_eq!(titles.len(), 1, "pages of two sites: {titles:?}");
        watched.again("build --watch");
        watched.hears("waiting for changes");
        assert!(watched.read("output/2024/p7/index.html").contains(&title), "the next start publishes it");
        let beside = fs::read_dir(watched.path("")).unwrap().map(|entry| entry.unwrap().file_name());
        let names: BTreeSet<_> = beside.map(|name| name.to_string_lossy().into_owned()).collect();
        assert!(names.iter().all(|name| ["content", "output", "README.md"].contains(&&**name)), "{names:?}");
    }
}
