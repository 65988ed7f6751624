//! A portal in a folder of its own, and what the program says about it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use assert_cmd::Command;

use crate::html::Page;
use crate::table::Table;

/// A folder with content, perhaps themes, and the output beside them.
pub struct Portal {
    folder: tempfile::TempDir,
}

/// What a run said and how it ended.
#[derive(Debug)]
pub struct Answer {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Portal {
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// One sheet with one indicator, and in portal.yaml only what is required.
    pub fn minimal() -> Self {
        Self::copy_of(&fixture("minimal"))
    }

    /// Two years, two languages, drafts, pages, files, and every kind of value that sheets print.
    pub fn full() -> Self {
        Self::copy_of(&fixture("full"))
    }

    /// [`Portal::minimal`] with another sheet in place of its own.
    pub fn of_sheet(sheet: &str) -> Self {
        let portal = Self::minimal();
        portal.write("content/2024/industry.yaml", sheet);
        portal
    }

    pub fn copy_of(folder: &Path) -> Self {
        let portal = Self::empty();
        for (path, bytes) in files(folder) {
            portal.write(&path, bytes);
        }
        portal
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        let path = self.path(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Changes a file as an editor would; what is to be replaced must stand in it.
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} does not hold {from}");
        self.write(path, text.replace(from, to));
    }

    pub fn append(&self, path: &str, text: &str) {
        self.write(path, self.read(path) + text);
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    pub fn has(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    /// Runs the program in the portal's folder.
    pub fn run(&self, line: &str) -> Answer {
        self.run_with(line, &[])
    }

    pub fn run_with(&self, line: &str, environment: &[(&str, &str)]) -> Answer {
        run_in(self.folder.path(), line, environment)
    }

    /// A build that must succeed.
    pub fn build(&self) -> Answer {
        self.build_with("")
    }

    pub fn build_with(&self, arguments: &str) -> Answer {
        let answer = self.run(&format!("build {arguments}"));
        assert_eq!(answer.code, Some(0), "{}\n{}", answer.out, answer.err);
        answer
    }

    /// A page below output/.
    pub fn page(&self, path: &str) -> Page {
        Page::parse(&self.read(&format!("output/{path}")))
    }

    /// A CSV file below output/.
    pub fn table(&self, path: &str) -> Table {
        Table::parse(path, &fs::read(self.path(&format!("output/{path}"))).unwrap())
    }

    pub fn json(&self, path: &str) -> serde_json::Value {
        serde_json::from_str(&self.read(&format!("output/{path}"))).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn output(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.path("output"))
    }

    /// Every published page.
    pub fn pages(&self) -> Vec<(String, Page)> {
        let pages = self.output().into_iter().filter(|(path, _)| path.ends_with(".html"));
        pages.map(|(path, bytes)| (path, Page::parse(&String::from_utf8(bytes).unwrap()))).collect()
    }
}

/// The demo portal of this repository, built once for all stories that only read it.
pub fn demo() -> &'static Portal {
    static DEMO: OnceLock<Portal> = OnceLock::new();
    DEMO.get_or_init(|| built(Portal::empty(), env!("CARGO_MANIFEST_DIR")))
}

/// The full fixture, built once for all stories that only read it.
pub fn full() -> &'static Portal {
    static FULL: OnceLock<Portal> = OnceLock::new();
    FULL.get_or_init(|| built(Portal::full(), "."))
}

fn built(portal: Portal, root: &str) -> Portal {
    let output = portal.path("output");
    let answer = portal.run(&format!("build --root {root} --output {}", output.display()));
    assert_eq!(answer.code, Some(0), "{}\n{}", answer.out, answer.err);
    portal
}

pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// Runs the program, in Japanese unless the environment says something else.
pub fn run_in(folder: &Path, line: &str, environment: &[(&str, &str)]) -> Answer {
    let output = Command::cargo_bin("hyoka")
        .unwrap()
        .current_dir(folder)
        .env_remove("LC_MESSAGES")
        .env("LC_ALL", "ja_JP.UTF-8")
        .env("NO_COLOR", "1")
        .envs(environment.iter().copied())
        .args(line.split_whitespace())
        .output()
        .unwrap();
    Answer {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Every file below a folder: path with forward slashes, and bytes.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file()) {
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        found.insert(path, fs::read(entry.path()).unwrap());
    }
    found
}

impl Answer {
    /// The codes of the problems told on standard error, with `--format short`.
    pub fn codes(&self) -> Vec<&str> {
        let lines = self.err.lines().filter(|line| line.contains(": warning[") || line.contains(": error["));
        lines.filter_map(|line| line.split('[').nth(1)?.split(']').next()).collect()
    }
}
