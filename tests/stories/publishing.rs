//! The published folder: whole or not at all, and nothing in it that nobody put there.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::portal::{self, Portal};

/// What tells one file from another of the same content: where the system has inodes, these; and the time of change.
fn identity(folder: &Path) -> BTreeMap<String, (u64, std::time::SystemTime)> {
    #[cfg(unix)]
    let inode = |about: &fs::Metadata| std::os::unix::fs::MetadataExt::ino(about);
    #[cfg(not(unix))]
    let inode = |_: &fs::Metadata| 0;
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap) {
        let about = entry.metadata().unwrap();
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        found.insert(path, (inode(&about), about.modified().unwrap()));
    }
    found
}

fn beside(portal: &Portal) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(portal.path(".")).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_broken_sheet_leaves_the_published_site_as_it_was() {
    let portal = Portal::full();
    portal.build();
    let (bytes, identities) = (portal.output(), identity(&portal.path("output")));
    portal.edit("content/2024/waste.yaml", "2024: 826", "2024: 8,26");
    let answer = portal.run("build --format short");
    assert_eq!(answer.code, Some(1));
    assert!(answer.err.contains("content/2024/waste.yaml:11:"), "{}", answer.err);
    assert!(portal.output() == bytes);
    assert_eq!(identity(&portal.path("output")), identities);
    assert_eq!(beside(&portal), ["content", "output"]);
}

#[test]
fn a_first_build_that_fails_leaves_no_folder() {
    let portal = Portal::of_sheet("area: nowhere\nname: 産業\n");
    assert_eq!(portal.run("build").code, Some(1));
    assert_eq!(beside(&portal), ["content"]);
}

#[test]
fn a_mended_figure_changes_only_the_files_that_show_it() {
    let portal = Portal::full();
    portal.build();
    let (bytes, identities) = (portal.output(), identity(&portal.path("output")));
    portal.edit("content/2024/waste.yaml", "2024: 826", "2024: 829");
    portal.build();
    let (new_bytes, new_identities) = (portal.output(), identity(&portal.path("output")));
    for (path, before) in &bytes {
        let stayed = identities[path] == new_identities[path];
        assert_eq!(new_bytes[path] == *before, stayed, "{path}");
    }
    let changed = |path: &str| new_bytes[path] != bytes[path];
    for path in ["2024/waste/index.html", "en/2024/waste/index.html", "2024/data/observations.csv", "manifest.json"] {
        assert!(changed(path), "{path}");
    }
    for path in ["2023/waste/index.html", "2024/shapes/index.html", "404.html", "2024/data/policies.csv", "feed.xml"] {
        assert!(!changed(path), "{path}");
    }
}

#[test]
fn a_comment_in_a_sheet_changes_no_page() {
    let portal = Portal::full();
    portal.build();
    let before = portal.output();
    portal.edit("content/2024/waste.yaml", "分野: waste", "# 確認済み\n分野: waste");
    portal.build();
    let after = portal.output();
    let changed: Vec<_> = before.keys().filter(|path| before[*path] != after[*path]).collect();
    assert_eq!(changed, ["manifest.json"]);
}

#[test]
fn a_withdrawn_sheet_takes_its_pages_along() {
    let portal = Portal::full();
    portal.build();
    assert!(portal.has("output/2024/shapes/index.html") && portal.has("output/en/2024/shapes/index.html"));
    portal.remove("content/2024/shapes.yaml");
    portal.build();
    for (path, bytes) in portal.output() {
        assert!(!path.contains("shapes"), "{path}");
        assert!(!String::from_utf8_lossy(&bytes).contains("shapes"), "{path}");
    }
}

#[test]
fn a_build_of_the_same_input_writes_nothing() {
    let portal = Portal::full();
    portal.build();
    let (identities, names) = (identity(&portal.path(".")), beside(&portal));
    let answer = portal.build();
    assert!(answer.out.contains("変更はありません"), "{}", answer.out);
    assert_eq!(identity(&portal.path(".")), identities);
    assert_eq!(beside(&portal), names);
}

#[test]
fn folders_that_are_not_the_programs_own_are_refused_untouched() {
    let portal = Portal::minimal();
    portal.write("mine/thesis.docx", "ten years of work");
    portal.write("repository/.git/HEAD", "ref: refs/heads/main");
    portal.write("theirs/manifest.json", "{\"name\": \"an app\"}");
    let before = portal::files(&portal.path("."));
    for (folder, reason) in [
        ("mine", "thesis.docx"),
        ("theirs", "manifest.json"),
        ("repository", "バージョン管理"),
        ("content", "content、themes"),
        ("content/2024", "content、themes"),
        ("content/site", "content、themes"),
        (".", "content、themes"),
        ("..", "content、themes"),
        ("/", "ドライブの一番上"),
    ] {
        let answer = portal.run(&format!("build --output {folder}"));
        assert_eq!(answer.code, Some(2), "{folder}: {}", answer.err);
        assert!(answer.err.contains(reason), "{folder}: {}", answer.err);
        assert!(portal::files(&portal.path(".")) == before, "{folder}");
    }
}

#[test]
fn a_file_that_somebody_put_into_the_published_folder_is_not_deleted() {
    let portal = Portal::minimal();
    portal.build();
    portal.write("output/2024/CNAME", "hyoka.example");
    let before = portal.output();
    portal.edit("content/2024/industry.yaml", "628", "629");
    let answer = portal.run("build");
    assert_eq!(answer.code, Some(2), "{}", answer.err);
    assert!(answer.err.contains("2024/CNAME"), "{}", answer.err);
    assert!(portal.output() == before);
}

#[test]
fn notes_of_the_repository_stay_in_the_folder() {
    let portal = Portal::minimal();
    portal.write("output/README.md", "# published\n");
    portal.write("output/.gitignore", "*\n");
    portal.build();
    portal.edit("content/2024/industry.yaml", "628", "629");
    portal.build();
    assert_eq!(portal.read("output/README.md"), "# published\n");
    assert_eq!(portal.read("output/.gitignore"), "*\n");
    assert!(!portal.read("output/manifest.json").contains("README"));
}

#[test]
fn a_swap_that_was_interrupted_is_finished_by_the_next_run() {
    let portal = Portal::minimal();
    portal.build();
    let site = portal.output();
    // The published folder has moved aside, and the new one has not taken its place.
    for place in ["old", "new"] {
        fs::create_dir(portal.path(".output.hyoka")).unwrap();
        fs::rename(portal.path("output"), portal.path(".output.hyoka").join(place)).unwrap();
        portal.write(".output.hyoka/swapping", "");
        portal.build();
        assert!(portal.output() == site, "{place}");
        assert_eq!(beside(&portal), ["content", "output"], "{place}");
    }
    // Both are there: the published one was never away.
    portal.write(".output.hyoka/new/index.html", "half");
    portal.build();
    assert!(portal.output() == site);
    assert_eq!(beside(&portal), ["content", "output"]);
}

#[test]
fn an_interrupted_swap_is_repaired_even_while_a_sheet_is_broken() {
    let portal = Portal::minimal();
    portal.build();
    let site = portal.output();
    fs::create_dir(portal.path(".output.hyoka")).unwrap();
    fs::rename(portal.path("output"), portal.path(".output.hyoka/old")).unwrap();
    portal.write(".output.hyoka/swapping", "");
    portal.append("content/2024/industry.yaml", "vison: 誤字\n");
    assert_eq!(portal.run("build").code, Some(1));
    assert!(portal.output() == site);
    assert_eq!(beside(&portal), ["content", "output"]);
}

#[test]
fn the_manifest_lists_every_file_with_its_size_and_hash() {
    let portal = portal::full();
    let mut files = portal.output();
    let manifest: serde_json::Value = serde_json::from_slice(&files.remove("manifest.json").unwrap()).unwrap();
    let entries = manifest["files"].as_array().unwrap();
    let listed: Vec<_> = entries.iter().map(|entry| entry["path"].as_str().unwrap()).collect();
    assert_eq!(listed, files.keys().collect::<Vec<_>>());
    for entry in entries {
        let bytes = &files[entry["path"].as_str().unwrap()];
        assert_eq!(entry["size"], bytes.len(), "{entry}");
        let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(entry["sha256"], hash.as_str(), "{entry}");
    }
}

#[test]
fn the_sources_that_the_manifest_names_exist() {
    let portal = Portal::full();
    portal.write("themes/city/theme.yaml", "name: 市のテーマ\n");
    for arguments in ["", "--theme city"] {
        portal.build_with(arguments);
        for entry in portal.json("manifest.json")["files"].as_array().unwrap() {
            for source in entry["sources"].as_array().unwrap() {
                assert!(portal.has(source.as_str().unwrap()), "{arguments}: {entry}");
            }
        }
    }
    let sources = |path: &str| {
        let manifest = portal.json("manifest.json");
        let entries = manifest["files"].as_array().unwrap();
        entries.iter().find(|entry| entry["path"] == path).unwrap()["sources"].clone()
    };
    let policy = ["content/portal.yaml", "content/2023/waste.yaml", "content/2024/waste.yaml", "themes/city"];
    assert_eq!(sources("2024/waste/index.html"), serde_json::json!(policy));
    assert_eq!(sources("assets/form.txt"), serde_json::json!(["content/assets/form.txt"]));
    let page = ["content/portal.yaml", "content/pages/about.en.md", "content/pages/about.md", "themes/city"];
    assert_eq!(sources("en/pages/about/index.html"), serde_json::json!(page));
}
