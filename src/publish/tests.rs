use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::*;

/// A project folder with content/ and an output folder to publish into.
struct Project {
    folder: tempfile::TempDir,
}

type Files<'a> = &'a [(&'a str, &'a str)];

impl Project {
    fn new() -> Self {
        let project = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(project.path("content")).unwrap();
        project
    }

    fn path(&self, below: &str) -> PathBuf {
        fs::canonicalize(self.folder.path()).unwrap().join(below)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.path(path)).ok()
    }

    fn protected(&self) -> Protected {
        let sources = vec![self.path("content"), self.path("themes")];
        Protected { root: self.path(""), sources, home: Some(self.path("home/officer")) }
    }

    fn open(&self, output: &str) -> Result<Published, PublishError> {
        Published::open(Output::open(&self.path(output), &self.protected())?)
    }

    fn stage<'p>(&self, files: Files<'p>) -> (Stage, Vec<StagedFile<'p>>) {
        let stage = Stage::open(self.open("output").unwrap()).unwrap();
        let staged = files.par_iter().map(|(path, text)| add(&stage, path, text).unwrap()).collect();
        (stage, staged)
    }

    fn publish(&self, files: Files) -> Outcome {
        let (stage, staged) = self.stage(files);
        stage.publish(staged, &record(&input("1"))).unwrap()
    }

    /// The names of all that is in the project folder, hidden files included.
    fn top(&self) -> Vec<String> {
        names(&self.path(""))
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn add<'p>(stage: &Stage, path: &'p str, text: &str) -> Result<StagedFile<'p>, PublishError> {
    stage.write(path, &mut Vec::new(), |out| {
        out.write_all(text.as_bytes()).map_err(|error| PublishError::Io { path: path.into(), error })
    })
}

fn record(input: &InputDigest) -> Record<'_> {
    Record { input, warnings: 0, sources: &|_| vec!["content/2024/industry.yaml".to_owned()] }
}

fn input(text: &str) -> InputDigest {
    InputDigest::new(&[text.as_bytes()])
}

const SITE: Files = &[("index.html", "<p>目次"), ("2024/industry/index.html", "<p>産業"), ("data/a.csv", "1,2")];

#[test]
fn a_site_is_published_with_its_manifest_and_nothing_stays_beside_it() {
    let project = Project::new();
    let outcome = project.publish(SITE);
    assert_eq!(outcome, Outcome { pages: 2, files: 3, written: 3, unchanged: 0, removed: 0 });
    assert_eq!(project.read("output/2024/industry/index.html").as_deref(), Some("<p>産業"));
    assert_eq!(project.top(), ["content", "output"]);
    let manifest = project.read("output/manifest.json").unwrap();
    let json: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let paths: Vec<_> = json["files"].as_array().unwrap().iter().map(|f| f["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["2024/industry/index.html", "data/a.csv", "index.html"]);
    assert_eq!(json["files"][1]["size"], 3);
    let sha256 = "17f8af97ad4a7f7639a4c9171d5185cbafb85462877a4746c21bdb0a4f940ca0";
    assert_eq!(json["files"][1]["sha256"], sha256, "as sha256sum prints it for 1,2");
    assert_eq!(json["files"][1]["sources"][0], "content/2024/industry.yaml");
}

#[test]
fn the_same_files_make_the_same_manifest_in_whatever_order_they_were_made() {
    let (one, other) = (Project::new(), Project::new());
    one.publish(SITE);
    let reversed: Vec<_> = SITE.iter().rev().copied().collect();
    other.publish(&reversed);
    assert_eq!(one.read("output/manifest.json"), other.read("output/manifest.json"));
}

#[cfg(unix)]
#[test]
fn what_did_not_change_keeps_its_inode_and_its_time() {
    use std::os::unix::fs::MetadataExt;
    let project = Project::new();
    project.publish(SITE);
    let about = |path: &str| fs::metadata(project.path(path)).map(|m| (m.ino(), m.mtime(), m.mtime_nsec())).unwrap();
    let (index, industry) = (about("output/index.html"), about("output/2024/industry/index.html"));
    let changed = [SITE[0], ("2024/industry/index.html", "<p>産業（訂正）"), SITE[2]];
    let outcome = project.publish(&changed);
    assert_eq!((outcome.written, outcome.unchanged), (1, 2));
    assert_eq!(about("output/index.html"), index);
    assert_ne!(about("output/2024/industry/index.html").0, industry.0);
    assert_eq!(fs::metadata(project.path("output/index.html")).unwrap().nlink(), 1);
}

#[test]
fn a_withdrawn_page_disappears_with_its_folder() {
    let project = Project::new();
    project.publish(SITE);
    let outcome = project.publish(&SITE[..1]);
    assert_eq!((outcome.removed, outcome.unchanged), (2, 1));
    assert_eq!(names(&project.path("output")), ["index.html", "manifest.json"]);
}

#[test]
fn a_file_that_was_changed_or_deleted_by_hand_is_made_again() {
    let project = Project::new();
    project.publish(SITE);
    project.write("output/index.html", "edited by hand");
    fs::remove_file(project.path("output/data/a.csv")).unwrap();
    assert!(!project.open("output").unwrap().is_current(&input("1")));
    assert_eq!(project.publish(SITE).written, 2);
    assert_eq!(project.read("output/index.html").as_deref(), Some("<p>目次"));
}

#[test]
fn an_edit_by_hand_that_keeps_the_size_is_undone() {
    let project = Project::new();
    project.publish(SITE);
    // Clocks of file systems are coarse: an edit is later than a publication by more than their step.
    let later = std::time::SystemTime::now() + std::time::Duration::from_secs(2);
    project.write("output/data/a.csv", "9,9");
    fs::File::options().write(true).open(project.path("output/data/a.csv")).unwrap().set_modified(later).unwrap();
    assert!(!project.open("output").unwrap().is_current(&input("1")));
    assert_eq!(project.publish(SITE).written, 1);
    assert_eq!(project.read("output/data/a.csv").as_deref(), Some("1,2"));
    assert!(project.open("output").unwrap().is_current(&input("1")));
}

#[test]
fn a_large_file_is_written_while_it_is_made_and_linked_where_it_is_the_same() {
    let project = Project::new();
    let line = "2024,industry,exchange,actual,2024,628,人\n".repeat(1000);
    let publish = |last: &str| {
        let stage = Stage::open(project.open("output").unwrap()).unwrap();
        let file = stage
            .write("data/observations.csv", &mut Vec::new(), |out| {
                let all = std::iter::repeat_n(line.as_str(), 60).chain([last]);
                all.into_iter()
                    .try_for_each(|text| out.write_all(text.as_bytes()))
                    .map_err(|error| PublishError::Io { path: "data".into(), error })
            })
            .unwrap();
        stage.publish(vec![file], &record(&input("1"))).unwrap()
    };
    assert_eq!(publish("end").written, 1);
    assert_eq!(publish("end").unchanged, 1);
    assert_eq!(publish("END").written, 1);
    assert!(project.read("output/data/observations.csv").unwrap().ends_with("人\nEND"));
    assert_eq!(fs::metadata(project.path("output/data/observations.csv")).unwrap().len(), 60 * line.len() as u64 + 3);
}

#[test]
fn a_build_of_the_same_input_is_known_to_be_current_until_something_changes() {
    let project = Project::new();
    assert!(!project.open("output").unwrap().is_current(&input("1")));
    project.publish(SITE);
    assert!(project.open("output").unwrap().is_current(&input("1")));
    assert!(!project.open("output").unwrap().is_current(&input("2")));
    fs::remove_file(project.path("output/index.html")).unwrap();
    assert!(!project.open("output").unwrap().is_current(&input("1")));
}

#[test]
fn a_stage_that_is_given_up_leaves_the_published_site_as_it_was() {
    let project = Project::new();
    project.publish(SITE);
    let (stage, _) = project.stage(&[("index.html", "half")]);
    drop(stage);
    assert_eq!(project.read("output/index.html").as_deref(), Some("<p>目次"));
    assert_eq!(project.top(), ["content", "output"]);
}

#[test]
fn notes_of_the_repository_are_carried_over_and_stand_in_no_manifest() {
    let project = Project::new();
    for name in CARRIED {
        project.write(&format!("output/{name}"), "note");
    }
    project.publish(SITE);
    project.publish(&SITE[1..]);
    for name in CARRIED {
        assert_eq!(project.read(&format!("output/{name}")).as_deref(), Some("note"), "{name}");
    }
    assert!(!project.read("output/manifest.json").unwrap().contains("README"));
}

#[test]
fn a_foreign_folder_is_never_touched() {
    let project = Project::new();
    project.write("output/thesis.docx", "ten years of work");
    let error = project.open("output").unwrap_err();
    assert!(
        matches!(&error, PublishError::Unrecorded { names, more: 0, .. } if names == &["thesis.docx"]),
        "{error:?}"
    );
    assert!(error.message().ja.contains("thesis.docx"));
    assert_eq!(project.top(), ["content", "output"]);
}

#[test]
fn another_tools_manifest_does_not_make_a_folder_ours() {
    let project = Project::new();
    project.write("output/manifest.json", r#"{"name": "an app", "icons": []}"#);
    assert!(matches!(project.open("output"), Err(PublishError::Unrecorded { .. })));
}

#[test]
fn a_lost_or_damaged_record_is_said_to_be_so_with_the_way_out() {
    let project = Project::new();
    project.publish(SITE);
    let whole = project.read("output/manifest.json").unwrap();
    for damaged in [None, Some("{}"), Some(""), Some(&whole[..whole.len() / 2])] {
        match damaged {
            None => fs::remove_file(project.path("output/manifest.json")).unwrap(),
            Some(text) => project.write("output/manifest.json", text),
        }
        let error = project.open("output").unwrap_err();
        let (message, help) = (error.message(), error.help());
        assert!(
            message.ja.contains("manifest.json") && message.en.contains("manifest.json"),
            "{damaged:?}: {message:?}"
        );
        assert!(help.ja.contains("控えから戻す") && help.ja.contains("別の場所へ"), "{damaged:?}: {help:?}");
        assert!(!message.ja.contains("作っていない"), "hyoka made them: {message:?}");
    }
    project.write("output/manifest.json", &whole);
    assert_eq!(project.publish(SITE).unchanged, 3);
}

#[test]
fn files_that_came_into_the_published_folder_are_named_and_not_deleted() {
    let project = Project::new();
    project.publish(SITE);
    for name in ["CNAME", "a/1", "a/2", "a/3", "a/4", "a/5", "a/6"] {
        project.write(&format!("output/{name}"), "mine");
    }
    let error = Stage::open(project.open("output").unwrap()).unwrap_err();
    let PublishError::Foreign { names, more, .. } = &error else { panic!("{error:?}") };
    assert_eq!((names.join(" ").as_str(), *more), ("CNAME a/1 a/2 a/3 a/4", 2));
    assert_eq!(project.read("output/a/6").as_deref(), Some("mine"));
    assert_eq!(project.top(), ["content", "output"]);
}

#[test]
fn what_a_file_manager_left_is_foreign_to_nobody() {
    let project = Project::new();
    project.write("output/Thumbs.db", "");
    project.publish(SITE);
    project.write("output/2024/.DS_Store", "");
    project.publish(SITE);
    assert_eq!(names(&project.path("output/2024")), ["industry"]);
}

#[test]
fn folders_that_must_not_be_replaced_are_refused_with_the_reason() {
    let project = Project::new();
    project.write("themes/city/theme.yaml", "");
    project.write("home/officer/diary.txt", "");
    project.write("checkout/.git/HEAD", "");
    project.write("file", "");
    for (folder, reason) in [
        ("content", Refusal::Sources),
        ("content/site", Refusal::Sources),
        ("themes", Refusal::Sources),
        ("output/../content", Refusal::Sources),
        ("", Refusal::Sources),
        ("home", Refusal::Home),
        ("home/officer", Refusal::Home),
        ("checkout", Refusal::Repository),
        ("checkout/.git", Refusal::Repository),
        ("checkout/.git/site", Refusal::Repository),
        ("elsewhere/.hg/site/new", Refusal::Repository),
        ("file", Refusal::NotAFolder),
        ("/", Refusal::Top),
    ] {
        let error = Output::open(&project.path(folder), &project.protected()).unwrap_err();
        assert!(matches!(error, PublishError::Refused { why, .. } if why == reason), "{folder}: {error:?}");
    }
    let elsewhere = Protected { root: project.path("project"), ..Protected::default() };
    let error = Output::open(&project.path("project"), &elsewhere).unwrap_err();
    assert!(matches!(error, PublishError::Refused { why: Refusal::Project, .. }));
    assert!(Output::open(&project.path("new/deep/site"), &project.protected()).is_ok());
}

#[cfg(unix)]
#[test]
fn an_output_folder_that_is_a_link_is_published_where_it_leads() {
    let project = Project::new();
    fs::create_dir_all(project.path("share/web")).unwrap();
    std::os::unix::fs::symlink(project.path("share/web"), project.path("output")).unwrap();
    project.publish(SITE);
    assert!(project.path("output").is_symlink());
    assert_eq!(project.read("share/web/index.html").as_deref(), Some("<p>目次"));
    std::os::unix::fs::symlink(project.path("content"), project.path("trap")).unwrap();
    let error = Output::open(&project.path("trap"), &project.protected()).unwrap_err();
    assert!(matches!(error, PublishError::Refused { why: Refusal::Sources, .. }));
}

#[test]
fn a_second_run_waits_for_nobody_and_says_so() {
    let project = Project::new();
    let published = project.open("output").unwrap();
    let (stage, staged) = project.stage(SITE);
    assert!(matches!(Stage::open(published), Err(PublishError::Busy { .. })));
    assert!(matches!(project.open("output"), Err(PublishError::Busy { .. })));
    assert_eq!(stage.publish(staged, &record(&input("1"))).unwrap().written, 3);
}

#[test]
fn a_path_that_leads_out_or_is_reserved_or_comes_twice_is_not_published() {
    let project = Project::new();
    let (stage, mut staged) = project.stage(SITE);
    for path in ["../a", "/a", "a//b", "a/./b", "", "a\\b", "C:x", "manifest.json", "README.md", "a/"] {
        assert!(matches!(add(&stage, path, "x"), Err(PublishError::InvalidPath { .. })), "{path}");
    }
    assert!(add(&stage, "index.html", "again").is_err());
    staged.push(staged[0].clone());
    assert!(matches!(stage.publish(staged, &record(&input("1"))), Err(PublishError::InvalidPath { .. })));
    assert_eq!(project.top(), ["content"]);
}

#[test]
fn a_damaged_manifest_is_said_to_be_damaged() {
    let project = Project::new();
    project.publish(SITE);
    let whole = project.read("output/manifest.json").unwrap();
    project.write("output/manifest.json", &whole[..whole.len() / 2]);
    assert!(matches!(project.open("output"), Err(PublishError::Manifest { .. })));
    project.write("output/manifest.json", &whole.replace("\"format\": 1", "\"format\": 2"));
    assert!(matches!(project.open("output"), Err(PublishError::Manifest { .. })));
}

/// Runs that were stopped at one point of their work, as they leave the disk, and what the next start makes of it.
mod interrupted {
    use super::*;

    /// The published site, and beside it the complete new one, as just before a swap.
    fn before_the_swap() -> Project {
        let project = Project::new();
        project.publish(&[("index.html", "old")]);
        project.write(".output.hyoka/lock", "");
        project.write(".output.hyoka/new/index.html", "new");
        project.write(".output.hyoka/new/manifest.json", &project.read("output/manifest.json").unwrap());
        project
    }

    fn assert_repaired(project: &Project, index: &str) {
        project.open("output").unwrap();
        assert_eq!(project.read("output/index.html").as_deref(), Some(index));
        assert_eq!(project.top(), ["content", "output"]);
        assert_eq!(project.publish(SITE).files, 3);
    }

    #[test]
    fn while_staging() {
        let project = before_the_swap();
        fs::remove_file(project.path(".output.hyoka/new/manifest.json")).unwrap();
        assert_repaired(&project, "old");
    }

    #[test]
    fn before_the_first_rename() {
        let project = before_the_swap();
        project.write(".output.hyoka/swapping", "");
        assert_repaired(&project, "old");
    }

    #[test]
    fn between_the_renames() {
        let project = before_the_swap();
        project.write(".output.hyoka/swapping", "");
        fs::rename(project.path("output"), project.path(".output.hyoka/old")).unwrap();
        assert_repaired(&project, "new");
    }

    #[test]
    fn between_the_renames_of_a_first_publication() {
        let project = before_the_swap();
        project.write(".output.hyoka/swapping", "");
        fs::remove_dir_all(project.path("output")).unwrap();
        assert_repaired(&project, "new");
    }

    #[test]
    fn after_the_second_rename() {
        let project = before_the_swap();
        project.write(".output.hyoka/swapping", "");
        fs::rename(project.path("output"), project.path(".output.hyoka/old")).unwrap();
        fs::rename(project.path(".output.hyoka/new"), project.path("output")).unwrap();
        assert_repaired(&project, "new");
    }

    #[test]
    fn while_the_old_site_is_deleted() {
        let project = before_the_swap();
        fs::rename(project.path("output"), project.path(".output.hyoka/old")).unwrap();
        fs::rename(project.path(".output.hyoka/new"), project.path("output")).unwrap();
        assert_repaired(&project, "new");
    }

    #[test]
    fn with_the_new_site_lost_the_old_one_goes_back() {
        let project = before_the_swap();
        project.write(".output.hyoka/swapping", "");
        fs::rename(project.path("output"), project.path(".output.hyoka/old")).unwrap();
        fs::remove_dir_all(project.path(".output.hyoka/new")).unwrap();
        assert_repaired(&project, "old");
    }
}
