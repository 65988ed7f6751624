use std::collections::BTreeSet;
use std::fs;

use super::*;

const PATIENCE: Duration = Duration::from_secs(20);

struct Folders(tempfile::TempDir);

impl Folders {
    fn new() -> Self {
        let folders = Self(tempfile::tempdir().unwrap());
        fs::create_dir_all(folders.path("content/2024")).unwrap();
        folders
    }

    fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    fn watcher(&self, noticing: Noticing) -> Watcher {
        let roots = SourceRoots { content: self.path("content"), themes: self.path("themes") };
        let (watcher, looking) = Watcher::new(&roots, noticing);
        assert_eq!(looking, None);
        watcher
    }
}

/// Batches until one of them tells of the path.
fn is_told(watcher: &mut Watcher, path: &Path) -> bool {
    let end = Instant::now() + PATIENCE;
    while let Some(noticed) = watcher.wait_at_most(end.saturating_duration_since(Instant::now())) {
        match noticed.hints {
            Hints::Anything => return true,
            Hints::Paths(paths) if paths.contains(path) => return true,
            Hints::Paths(_) => {}
        }
    }
    false
}

#[test]
fn a_saved_sheet_is_told_by_the_name_it_is_read_with() {
    let folders = Folders::new();
    let mut watcher = folders.watcher(Noticing::Told);
    let sheet = folders.path("content/2024/industry.yaml");
    fs::write(&sheet, "name: x").unwrap();
    let noticed = watcher.wait_at_most(PATIENCE).unwrap();
    assert_eq!(noticed.hints, Hints::Paths(BTreeSet::from([sheet])));
}

#[test]
fn a_folder_of_themes_that_comes_later_is_watched() {
    let folders = Folders::new();
    let mut watcher = folders.watcher(Noticing::Told);
    fs::create_dir_all(folders.path("themes/city/templates")).unwrap();
    assert!(is_told(&mut watcher, &folders.path("themes")));
    let template = folders.path("themes/city/templates/page.html");
    fs::write(&template, "<p>").unwrap();
    assert!(is_told(&mut watcher, &template));
}

#[test]
fn content_that_was_taken_away_and_put_back_is_watched_again() {
    let folders = Folders::new();
    let mut watcher = folders.watcher(Noticing::Told);
    fs::rename(folders.path("content"), folders.path("elsewhere")).unwrap();
    assert!(is_told(&mut watcher, &folders.path("content")));
    fs::rename(folders.path("elsewhere"), folders.path("content")).unwrap();
    assert!(is_told(&mut watcher, &folders.path("content")));
    // What is told of the way back may come in two batches.
    while watcher.wait_at_most(Duration::from_millis(300)).is_some() {}
    let sheet = folders.path("content/2024/industry.yaml");
    fs::write(&sheet, "name: x").unwrap();
    assert!(is_told(&mut watcher, &sheet));
}

#[test]
fn reading_and_what_happens_beside_the_sources_wake_nobody() {
    let folders = Folders::new();
    let sheet = folders.path("content/2024/industry.yaml");
    fs::write(&sheet, "name: x").unwrap();
    let mut watcher = folders.watcher(Noticing::Told);
    for _ in 0..3 {
        fs::read(&sheet).unwrap();
    }
    fs::create_dir_all(folders.path("output/2024")).unwrap();
    fs::write(folders.path("output/index.html"), "<p>").unwrap();
    fs::write(folders.path("notes.txt"), "x").unwrap();
    assert!(watcher.wait_at_most(Duration::from_millis(300)).is_none());
}

#[test]
fn without_a_watcher_everything_is_looked_at_again() {
    let folders = Folders::new();
    let mut watcher = folders.watcher(Noticing::Looking);
    assert_eq!(watcher.wait(PATIENCE).hints, Hints::Anything);
}

#[test]
fn a_watcher_that_fails_is_said_once_and_looking_takes_its_place() {
    let folders = Folders::new();
    let mut watcher = folders.watcher(Noticing::Told);
    // The system's own watcher cannot be made to fail: it is told in its place that it did.
    let (tell, told) = mpsc::channel();
    let Way::Told { told: of_system, .. } = &mut watcher.way else { panic!("it watches") };
    *of_system = told;
    tell.send(Told::Failed(WhyLooking::TooMany)).unwrap();
    let noticed = watcher.wait(PATIENCE);
    assert_eq!((noticed.looking, noticed.hints), (Some(WhyLooking::TooMany), Hints::Anything));
    let noticed = watcher.wait(PATIENCE);
    assert_eq!((noticed.looking, noticed.hints), (None, Hints::Anything), "it looks again by itself");
}

#[test]
fn a_quiet_while_is_no_hint() {
    let folders = Folders::new();
    let mut watcher = folders.watcher(Noticing::Told);
    assert_eq!(watcher.wait(Duration::from_millis(1)).hints, Hints::none());
}
