//! The program as its users meet it: arguments, exit codes, what is written and what is not.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

/// A folder of its own for every story.
struct Desk {
    folder: tempfile::TempDir,
}

/// What a run said and how it ended.
struct Answer {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// With a portal in it, as `hyoka init` makes one.
    fn with_portal() -> Self {
        let desk = Self::new();
        assert_eq!(desk.run("init .").code, Some(0));
        desk
    }

    fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn run(&self, line: &str) -> Answer {
        self.run_in("ja_JP.UTF-8", line)
    }

    fn run_in(&self, locale: &str, line: &str) -> Answer {
        let output = Command::cargo_bin("hyoka")
            .unwrap()
            .current_dir(self.folder.path())
            .env_remove("LC_MESSAGES")
            .env("LC_ALL", locale)
            .args(line.split_whitespace())
            .output()
            .unwrap();
        Answer {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn help_speaks_japanese_and_english_where_the_locale_or_the_user_does() {
    let desk = Desk::new();
    assert!(desk.run("--help").out.contains("使い方: hyoka"));
    assert!(desk.run_in("C.UTF-8", "build --help").out.contains("使い方: hyoka build"));
    assert!(desk.run_in("en_US.UTF-8", "build --help").out.contains("Usage: hyoka build"));
    assert!(desk.run("build --help --lang en").out.contains("Usage: hyoka build"));
    assert!(!desk.run("build --help --lang en").out.contains("オプション"));
    assert_eq!(desk.run("check --help").code, Some(0));
}

#[test]
fn arguments_that_cannot_be_understood_are_explained_and_end_with_2() {
    let desk = Desk::new();
    for (line, words) in [
        ("biuld", "もしかして: build"),
        ("build --ouptut web", "もしかして: --output"),
        ("build --format xml", "使えるもの: human, short, json"),
        ("build --jobs 0", "「0」は使えません"),
        ("build --jobs 0", "1 から 256 までの整数"),
        ("build --jobs many", "= help: 整数で指定してください。"),
        ("init city --year 24", "1990 から 2180 までの整数"),
        ("build --jobs", "値がありません"),
        ("init", "指定が足りません"),
        ("check extra", "「extra」という指定はありません"),
    ] {
        let answer = desk.run(line);
        assert_eq!(answer.code, Some(2), "{line}");
        assert!(answer.err.contains(words), "{line}: {}", answer.err);
        assert!(answer.out.is_empty(), "{line}");
    }
    assert!(desk.run("biuld --lang en").err.contains("Did you mean build?"));
}

#[test]
fn only_a_site_that_is_there_is_said_to_be_as_it_was() {
    let desk = Desk::with_portal();
    let whole = fs::read_to_string(desk.path("content/2025/waste.yaml")).unwrap();
    desk.write("content/2025/waste.yaml", "area: nowhere\n");
    let answer = desk.run("build");
    assert!(answer.out.contains("公開しませんでした。") && !answer.out.contains("元のまま"), "{}", answer.out);
    desk.write("content/2025/waste.yaml", &whole);
    assert_eq!(desk.run("build").code, Some(0));
    desk.write("content/2025/waste.yaml", "area: nowhere\n");
    assert!(desk.run("build").out.contains("公開済みのサイトは元のままです"));
}

#[test]
fn the_name_alone_shows_how_to_begin() {
    let answer = Desk::new().run("");
    assert_eq!(answer.code, Some(2));
    assert!(answer.out.contains("hyoka init mycity"));
}

#[test]
fn without_content_the_way_to_begin_is_named() {
    let answer = Desk::new().run("build");
    assert_eq!(answer.code, Some(2));
    assert!(answer.err.contains("hyoka init"), "{}", answer.err);
    assert_eq!(Desk::new().run("check --root nowhere").code, Some(2));
}

#[test]
fn what_init_makes_can_be_published_at_once() {
    let desk = Desk::new();
    let answer = desk.run("init city --year 2025");
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert!(desk.path("city/content/2025/waste.yaml").is_file());
    assert!(answer.out.contains("content/portal.yaml") && answer.out.contains("hyoka build"));
    let answer = desk.run("build --root city --strict --output web");
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert!(answer.out.contains("ページを公開しました") && answer.out.contains("→ web/index.html"), "{}", answer.out);
    assert!(desk.path("web/manifest.json").is_file());
    assert_eq!(names(desk.folder.path()), ["city", "web"]);
}

#[test]
fn init_never_writes_into_a_folder_that_holds_something() {
    let desk = Desk::new();
    desk.write("city/memo.txt", "mine");
    let answer = desk.run("init city");
    assert_eq!(answer.code, Some(2));
    assert!(answer.err.contains("空ではありません"), "{}", answer.err);
    assert_eq!(names(&desk.path("city")), ["memo.txt"]);
}

#[test]
fn a_second_build_of_the_same_input_writes_nothing() {
    let desk = Desk::with_portal();
    assert_eq!(desk.run("build").code, Some(0));
    let modified = |path: &str| fs::metadata(desk.path(path)).unwrap().modified().unwrap();
    let (folder, manifest) = (modified("output"), modified("output/manifest.json"));
    let answer = desk.run("build");
    assert_eq!(answer.code, Some(0));
    assert!(answer.out.contains("変更はありません"), "{}", answer.out);
    assert_eq!((modified("output"), modified("output/manifest.json")), (folder, manifest));
}

#[test]
fn a_foreign_folder_is_never_touched() {
    let desk = Desk::with_portal();
    desk.write("web/thesis.docx", "ten years of work");
    let answer = desk.run("build --output web");
    assert_eq!(answer.code, Some(2));
    assert!(answer.err.contains("thesis.docx"), "{}", answer.err);
    assert_eq!(names(&desk.path("web")), ["thesis.docx"]);
}

#[test]
fn folders_that_hold_the_sources_are_refused() {
    let desk = Desk::with_portal();
    for folder in ["content", "content/site", ".", "..", "themes"] {
        let answer = desk.run(&format!("build --output {folder}"));
        assert_eq!(answer.code, Some(2), "{folder}");
        assert!(answer.err.contains("公開できません"), "{folder}: {}", answer.err);
    }
    assert!(desk.path("content/portal.yaml").is_file());
}

#[test]
fn check_writes_nothing() {
    let desk = Desk::with_portal();
    let before = names(desk.folder.path());
    assert_eq!(desk.run("check").code, Some(0));
    assert_eq!(names(desk.folder.path()), before);
}

#[test]
fn a_warning_lets_the_site_be_published_and_strict_does_not() {
    let desk = Desk::with_portal();
    desk.write("content/2025/waste.xlsx", "PK");
    let answer = desk.run("build --strict");
    assert_eq!(answer.code, Some(1));
    assert!(answer.err.contains("エラー 1件、警告 0件"), "{}", answer.err);
    assert!(answer.out.contains("公開しませんでした"));
    assert!(!desk.path("output").exists());
    let answer = desk.run("build");
    assert_eq!(answer.code, Some(0));
    assert!(answer.err.contains("warning[misplaced-file]") && answer.err.contains("content/2025/waste.xlsx"));
    assert!(answer.err.contains("エラー 0件、警告 1件"));
}

#[test]
fn a_build_that_changes_nothing_still_shows_its_warnings() {
    let desk = Desk::with_portal();
    desk.write(
        "content/2025/waste.yaml",
        "area: environment\nname: ごみ\nexpenditure: {unit: 円, settled: {2025: {total: 3, general: 2}}}\n",
    );
    assert!(desk.run("build").err.contains("warning[total-differs]"));
    let again = desk.run("build");
    assert_eq!(again.code, Some(0));
    assert!(again.err.contains("warning[total-differs]") && again.err.contains("警告 1件"), "{}", again.err);
    assert!(again.out.contains("変更はありません"), "{}", again.out);
    let strict = desk.run("build --strict");
    assert_eq!(strict.code, Some(1), "published with a warning before, but strict now");
    assert!(strict.out.contains("公開しませんでした"), "{}", strict.out);
}

#[test]
fn a_portal_without_an_address_is_told_once_unless_it_says_so() {
    let desk = Desk::with_portal();
    let portal = fs::read_to_string(desk.path("content/portal.yaml")).unwrap();
    assert!(!desk.run("check").err.contains("no-base-url"), "init says that there is none yet");
    let without: String =
        portal.lines().filter(|line| !line.starts_with("base_url")).map(|l| format!("{l}\n")).collect();
    desk.write("content/portal.yaml", &without);
    let answer = desk.run("check");
    assert_eq!((answer.code, answer.err.matches("no-base-url").count()), (Some(0), 1), "{}", answer.err);
    assert!(answer.err.contains("base_url: なし"), "{}", answer.err);
}

#[test]
fn a_theme_that_does_not_exist_is_told_where_it_was_named() {
    let desk = Desk::with_portal();
    let answer = desk.run("check --theme standrad");
    assert_eq!(answer.code, Some(1));
    assert!(answer.err.contains("--> --theme\n") && answer.err.contains("「standard」のことですか"), "{}", answer.err);
}

#[cfg(target_os = "linux")]
#[test]
fn assets_whose_names_differ_in_case_alone_are_refused_where_systems_tell_them_apart() {
    let desk = Desk::with_portal();
    desk.write("content/assets/form.pdf", "one");
    desk.write("content/assets/Form.pdf", "other");
    let answer = desk.run("check");
    assert_eq!(answer.code, Some(1));
    assert!(
        answer.err.contains("error[url-collision]") && answer.err.contains("content/assets/form.pdf"),
        "{}",
        answer.err
    );
    assert!(answer.err.contains("content/assets/Form.pdf"), "{}", answer.err);
}

#[test]
fn a_link_to_a_draft_is_dead_until_drafts_are_shown() {
    let desk = Desk::with_portal();
    desk.write("content/2025/new.yaml", "area: environment\nname: 新しい施策\nstatus: draft\n");
    desk.write("content/pages/about.md", "# この評価について\n\n[新しい施策](../2025/new.yaml)\n");
    let answer = desk.run("check");
    assert_eq!(answer.code, Some(1));
    assert!(answer.err.contains("下書きなので") && answer.err.contains("about.md:3:9"), "{}", answer.err);
    assert_eq!(desk.run("check --drafts").code, Some(0));
}

#[test]
fn messages_follow_the_locale_and_the_user_comes_first() {
    let desk = Desk::with_portal();
    desk.write("content/2025/waste.xlsx", "PK");
    assert!(desk.run_in("en_US.UTF-8", "check").err.contains("1 warning"));
    assert!(desk.run_in("en_US.UTF-8", "check --lang ja").err.contains("警告 1件"));
    assert!(desk.run_in("ja_JP.UTF-8", "check --lang en").err.contains("1 warning"));
    assert!(desk.run_in("C", "check").err.contains("警告 1件"));
}

#[test]
fn nothing_that_is_written_to_a_pipe_has_colours() {
    let desk = Desk::with_portal();
    desk.write("content/2025/waste.xlsx", "PK");
    for format in ["human", "short", "json"] {
        let answer = desk.run(&format!("build --format {format} --output web-{format}"));
        assert!(!answer.err.contains('\u{1b}') && !answer.out.contains('\u{1b}'), "{format}");
    }
}

/// What stands in a folder of sheets that is no sheet as it should be.
mod strange_folders {
    use super::*;

    #[test]
    fn names_with_spaces_emoji_and_other_letters_are_told_and_not_read() {
        let desk = Desk::with_portal();
        for name in ["環境.yaml", "new waste.yaml", "🗑.yaml", "Waste.YAML", "か\u{3099}.yaml"] {
            desk.write(&format!("content/2025/{name}"), "area: environment\nname: ごみ\n");
        }
        let answer = desk.run("check --format short");
        assert_eq!(answer.code, Some(1), "{}", answer.err);
        for name in ["環境.yaml", "new waste.yaml", "🗑.yaml", "が.yaml"] {
            let told = format!("content/2025/{name}:1:1: error[invalid-file-name]");
            assert!(answer.err.contains(&told), "{name}: {}", answer.err);
        }
    }

    #[test]
    fn assets_may_have_any_name_and_links_find_them() {
        let desk = Desk::with_portal();
        desk.write("content/assets/原本 1.pdf", "pdf");
        desk.write("content/assets/か\u{3099}ぞう.png", "png");
        desk.write(
            "content/pages/about.md",
            "# この評価について\n\n[原本](<../assets/原本 1.pdf>) [同じ](../assets/%E5%8E%9F%E6%9C%AC%201.pdf) ![画像](../assets/がぞう.png)\n",
        );
        let answer = desk.run("check");
        assert_eq!(answer.code, Some(0), "{}", answer.err);
    }

    #[test]
    fn an_empty_sheet_and_a_folder_named_like_one_are_told() {
        let desk = Desk::with_portal();
        desk.write("content/2025/empty.yaml", "");
        desk.write("content/2025/folder.yaml/inside.yaml", "area: environment\nname: ごみ\n");
        let answer = desk.run("check --format short");
        assert_eq!(answer.code, Some(1));
        assert!(answer.err.contains("content/2025/empty.yaml:1:1: error[invalid-yaml]"), "{}", answer.err);
        assert!(
            answer.err.contains("content/2025/folder.yaml/inside.yaml:1:1: warning[misplaced-file]"),
            "{}",
            answer.err
        );
        assert_eq!(answer.err.lines().count(), 3, "{}", answer.err);
    }

    #[test]
    fn a_sheet_too_large_to_be_one_is_refused_without_being_read_whole() {
        let desk = Desk::with_portal();
        desk.write("content/2025/large.yaml", "");
        let file = fs::File::options().write(true).open(desk.path("content/2025/large.yaml")).unwrap();
        file.set_len(4_000_000_000).unwrap();
        let answer = desk.run("check --format short");
        assert_eq!(answer.code, Some(1));
        assert!(answer.err.contains("large.yaml:1:1: error[unreadable-file]"), "{}", answer.err);
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_out_or_in_circles_are_told() {
        use std::os::unix::fs::symlink;
        let desk = Desk::with_portal();
        desk.write("secret.yaml", "area: environment\nname: 秘密\n");
        symlink(desk.path("secret.yaml"), desk.path("content/2025/secret.yaml")).unwrap();
        symlink(desk.path("content"), desk.path("content/2025/loop")).unwrap();
        symlink("nowhere.yaml", desk.path("content/2025/broken.yaml")).unwrap();
        let answer = desk.run("check --format short");
        assert_eq!(answer.code, Some(1));
        assert!(answer.err.contains("content/2025/secret.yaml:1:1: error[symlink-outside]"), "{}", answer.err);
        assert!(answer.err.contains("content/2025/loop:1:1: error[unreadable-file]"), "{}", answer.err);
        assert!(answer.err.contains("content/2025/broken.yaml:1:1: error[unreadable-file]"), "{}", answer.err);
        assert!(!answer.err.contains("秘密"));
    }

    /// Permissions stop nobody who is root.
    #[cfg(unix)]
    #[test]
    fn a_file_that_may_not_be_read_is_told_and_the_others_are_read() {
        use std::os::unix::fs::PermissionsExt;
        let desk = Desk::with_portal();
        let file = desk.path("content/2025/waste.yaml");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o0)).unwrap();
        if fs::read(&file).is_ok() {
            return;
        }
        let answer = desk.run("check --format short");
        assert_eq!(answer.code, Some(1));
        assert!(answer.err.contains("content/2025/waste.yaml:1:1: error[unreadable-file]"), "{}", answer.err);
    }
}

#[test]
fn problems_are_given_to_programs_one_object_a_line_on_standard_output() {
    let desk = Desk::with_portal();
    desk.write("content/2025/waste.xlsx", "PK");
    let answer = desk.run("check --format json");
    let record: serde_json::Value = serde_json::from_str(answer.out.trim()).unwrap();
    assert_eq!(record["code"], "misplaced-file");
    assert_eq!(record["severity"], "warning");
    assert_eq!(record["file"], "content/2025/waste.xlsx");
    let answer = desk.run("check --format short --lang en");
    assert!(answer.err.starts_with("content/2025/waste.xlsx:1:1: warning[misplaced-file]: "), "{}", answer.err);
}

#[test]
fn a_page_that_is_withdrawn_disappears_and_is_counted() {
    let desk = Desk::with_portal();
    desk.run("build");
    fs::remove_file(desk.path("content/pages/about.md")).unwrap();
    let answer = desk.run("build");
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert!(!answer.out.contains("削除 0"), "{}", answer.out);
}

#[test]
fn schemas_are_json_and_completions_are_scripts() {
    let desk = Desk::new();
    for line in ["schema", "schema sheet", "schema portal"] {
        let answer = desk.run(line);
        assert_eq!(answer.code, Some(0));
        assert!(serde_json::from_str::<serde_json::Value>(&answer.out).is_ok(), "{line}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let answer = desk.run(&format!("completions {shell}"));
        assert_eq!(answer.code, Some(0));
        assert!(answer.out.contains("hyoka") && answer.out.contains("drafts"), "{shell}");
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    assert_eq!(Desk::new().run("--version").out.trim(), format!("hyoka {}", env!("CARGO_PKG_VERSION")));
}
