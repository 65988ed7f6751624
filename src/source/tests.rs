use std::fs;

use super::*;
use crate::diagnostic::Strictness;
use crate::model::At;

struct Portal {
    folder: tempfile::TempDir,
}

impl Portal {
    fn with(files: &[(&str, &[u8])]) -> Self {
        let portal = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(portal.path("content")).unwrap();
        for (path, bytes) in files {
            portal.write(path, bytes);
        }
        portal
    }

    fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn read(&self) -> (SourceTree, Vec<(Code, String)>) {
        let mut report = Report::new(Strictness::Errors);
        let tree = SourceTree::read(&self.path("content"), &self.path("themes"), &mut report).unwrap();
        let problems = report.iter().map(|d| (d.code, d.place.file.to_string())).collect();
        (tree, problems)
    }
}

fn paths(files: &[TextFile]) -> Vec<&str> {
    files.iter().map(|file| &*file.path).collect()
}

#[test]
fn texts_and_themes_are_read_and_assets_stay_on_disk() {
    let portal = Portal::with(&[
        ("content/portal.yaml", b"title: x"),
        ("content/2024/industry.yaml", b"area: a"),
        ("content/2024/INDUSTRY2.YAML", b"area: b"),
        ("content/assets/notes.md", b"an asset, though it is a text"),
        ("content/assets/2024/form.pdf", &[0x25, 0xff, 0x00]),
        ("themes/city/templates/base.html", b"<p>"),
        ("themes/city/assets/style.css", b"p{}"),
        ("themes/city/assets/mark.png", &[0x89]),
    ]);
    let (tree, problems) = portal.read();
    assert_eq!(paths(&tree.content), ["2024/INDUSTRY2.YAML", "2024/industry.yaml", "portal.yaml"]);
    assert_eq!(paths(&tree.themes), ["city/assets/mark.png", "city/assets/style.css", "city/templates/base.html"]);
    let assets: Vec<_> = tree.content_assets.iter().map(|a| (a.path.as_str(), a.size)).collect();
    assert_eq!(assets, [("assets/2024/form.pdf", 3), ("assets/notes.md", 29)]);
    assert_eq!(problems, []);
}

#[test]
fn a_portal_without_themes_uses_the_built_in_one() {
    let (tree, problems) = Portal::with(&[("content/portal.yaml", b"")]).read();
    assert!(tree.themes.is_empty() && problems.is_empty());
}

#[test]
fn without_content_nothing_can_run() {
    let portal = Portal::with(&[]);
    fs::remove_dir(portal.path("content")).unwrap();
    let error = SourceTree::read(&portal.path("content"), &portal.path("themes"), &mut Report::default());
    assert!(matches!(error, Err(SourceError::NoContent(_))));
}

#[test]
fn what_systems_leave_behind_is_not_content() {
    let portal = Portal::with(&[
        ("content/.DS_Store", b""),
        ("content/2024/~$industry.yaml", b""),
        ("content/2024/Thumbs.db", b""),
        ("content/2024/industry.yaml~", b""),
        ("content/.git/config.yaml", b""),
    ]);
    let (tree, problems) = portal.read();
    assert_eq!((paths(&tree.content), problems), (vec![], vec![]));
}

#[test]
fn a_file_that_no_rule_reads_is_named() {
    let (_, problems) = Portal::with(&[("content/2024/industry.xlsx", b"PK")]).read();
    assert_eq!(problems, [(Code::MisplacedFile, "content/2024/industry.xlsx".to_owned())]);
}

#[test]
fn a_theme_may_hold_the_licence_of_what_it_took_over() {
    let (_, problems) = Portal::with(&[("themes/city/NOTICE", b"MIT"), ("themes/city/LICENSE", b"MIT")]).read();
    assert_eq!(problems, []);
}

#[test]
fn the_order_is_that_of_paths_and_not_of_the_disk() {
    let portal = Portal::with(&[("content/b.yaml", b""), ("content/a/z.yaml", b""), ("content/a.yaml", b"")]);
    assert_eq!(paths(&portal.read().0.content), ["a.yaml", "a/z.yaml", "b.yaml"]);
}

#[test]
fn the_digest_changes_with_content_and_with_names_and_with_nothing_else() {
    let one = Portal::with(&[("content/a.yaml", b"1"), ("content/assets/l.png", b"2")]);
    let same = Portal::with(&[("content/assets/l.png", b"2"), ("content/a.yaml", b"1")]);
    let digest = one.read().0.digest();
    assert_eq!(digest, same.read().0.digest());
    same.write("content/assets/l.png", b"3");
    assert_ne!(digest, same.read().0.digest());
    let renamed = Portal::with(&[("content/b.yaml", b"1"), ("content/assets/l.png", b"2")]);
    assert_ne!(digest, renamed.read().0.digest());
}

#[test]
fn an_asset_that_changed_since_it_was_read_is_not_published() {
    let portal = Portal::with(&[("content/assets/form.pdf", b"first")]);
    let (tree, _) = portal.read();
    let mut out = Vec::new();
    copy(&tree.content_assets[0], &mut out).unwrap();
    assert_eq!(out, b"first");
    portal.write("content/assets/form.pdf", b"other");
    let error = copy(&tree.content_assets[0], &mut Vec::new()).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::InvalidData);
}

#[test]
fn a_line_is_read_again_without_its_line_ending() {
    let portal = Portal::with(&[("content/a.yaml", "一行目\r\n二行目\r\n".as_bytes())]);
    let roots = SourceRoots { content: portal.path("content"), themes: portal.path("themes") };
    let at = |line| Place { file: "content/a.yaml".into(), at: At { line, column: 1, length: 0 } };
    assert_eq!(line(&roots, &at(2)).as_deref(), Some("二行目"));
    assert_eq!(line(&roots, &at(3)), None);
    assert_eq!(line(&roots, &at(0)), None);
    let outside = Place { file: "content/../../secret".into(), at: At { line: 1, column: 1, length: 0 } };
    assert_eq!(line(&roots, &outside), None);
}

#[cfg(unix)]
mod on_unix {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_link_that_leads_outside_is_refused() {
        let portal = Portal::with(&[("secret.yaml", b"x"), ("elsewhere/a.yaml", b"x")]);
        symlink(portal.path("secret.yaml"), portal.path("content/file.yaml")).unwrap();
        symlink(portal.path("elsewhere"), portal.path("content/folder")).unwrap();
        let (tree, problems) = portal.read();
        assert_eq!(paths(&tree.content), Vec::<&str>::new());
        assert_eq!(
            problems,
            [
                (Code::SymlinkOutside, "content/file.yaml".to_owned()),
                (Code::SymlinkOutside, "content/folder".to_owned())
            ]
        );
    }

    #[test]
    fn a_link_inside_is_followed_and_a_loop_is_named() {
        let portal = Portal::with(&[("content/2024/a.yaml", b"x")]);
        symlink(portal.path("content/2024"), portal.path("content/2025")).unwrap();
        symlink(portal.path("content"), portal.path("content/2024/again")).unwrap();
        let (tree, problems) = portal.read();
        assert_eq!(paths(&tree.content), ["2024/a.yaml", "2025/a.yaml"]);
        assert!(problems.iter().all(|(code, _)| *code == Code::UnreadableFile), "{problems:?}");
        assert!(!problems.is_empty());
    }

    #[test]
    fn a_content_folder_that_is_itself_a_link_is_read() {
        let portal = Portal::with(&[("real/portal.yaml", b"x")]);
        fs::remove_dir(portal.path("content")).unwrap();
        symlink(portal.path("real"), portal.path("content")).unwrap();
        assert_eq!(paths(&portal.read().0.content), ["portal.yaml"]);
    }

    #[test]
    fn a_link_to_nowhere_is_named() {
        let portal = Portal::with(&[]);
        symlink(portal.path("gone"), portal.path("content/a.yaml")).unwrap();
        assert_eq!(portal.read().1, [(Code::UnreadableFile, "content/a.yaml".to_owned())]);
    }

    #[test]
    fn a_name_that_is_no_unicode_is_named_and_left_out() {
        let portal = Portal::with(&[]);
        fs::write(portal.path("content").join(OsStr::from_bytes(b"\x8e\x59.yaml")), b"x").unwrap();
        let (tree, problems) = portal.read();
        assert!(tree.content.is_empty());
        assert_eq!(problems, [(Code::InvalidFileName, "content/\u{fffd}Y.yaml".to_owned())]);
    }

    #[test]
    fn decomposed_names_of_macos_become_composed_and_two_alike_are_named() {
        let portal = Portal::with(&[("content/pages/か\u{3099}.md", b"NFD")]);
        assert_eq!(paths(&portal.read().0.content), ["pages/が.md"]);
        portal.write("content/pages/が.md", b"NFC");
        let (tree, problems) = portal.read();
        assert_eq!(paths(&tree.content), ["pages/が.md"]);
        assert_eq!(problems, [(Code::UrlCollision, "content/pages/が.md".to_owned())]);
    }

    #[test]
    fn a_pipe_does_not_keep_the_reader_waiting() {
        let portal = Portal::with(&[]);
        let made = std::process::Command::new("mkfifo").arg(portal.path("content/a.yaml")).status();
        if made.is_ok_and(|status| status.success()) {
            assert_eq!(portal.read().1, [(Code::UnreadableFile, "content/a.yaml".to_owned())]);
        }
    }
}
