//! The layers and nevers of the house (see the crate documentation), kept by reading the source.
//!
//! The checks read text, not syntax trees: they find what people write by accident, not what they hide on purpose.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Rooms in the order in which they may use one another: each only what stands before it.
const LAYERS: &[&[&str]] = &[
    &["model", "diagnostic", "markdown", "chart", "source"],
    &["content", "facts", "draft", "publish"],
    &["theme", "site"],
    &["compile"],
    &["workbook", "rollover"],
    &["serve"],
    &["cli"],
    &["main", "lib"],
];

/// What a room never touches, beyond its layer: (room, words, why).
const NEVERS: &[(&str, &[&str], &str)] = &[
    ("model", &["serde::", "serde_", "tera::", "plotters", "std::fs", "std::io"], "nouns know no format and no file"),
    ("facts", &["crate::content", "crate::site", "crate::theme"], "facts come from the portal alone"),
    ("chart", &["crate::model", "crate::theme", "crate::facts"], "charts get plain numbers and words"),
    ("serve", &["crate::publish"], "the preview never writes the published folder"),
];

/// Only these rooms touch files.
const FILE_ROOMS: &[&str] = &["source", "draft", "workbook", "publish"];

/// Below cli and serve, the same input gives the same bytes: no clock, environment, terminal, socket or random order.
const IMPURE: &[&str] = &[
    "SystemTime",
    "Instant::now",
    "std::env",
    "std::net",
    "std::process",
    "println!",
    "eprintln!",
    "print!(",
    "eprint!(",
    "stdout()",
    "stderr()",
    "HashMap",
    "HashSet",
    "rand::",
    "Zoned::now",
    "Timestamp::now",
];

struct SourceFile {
    path: PathBuf,
    room: String,
    /// Without comments, and without the tests at its end.
    code: String,
}

fn sources() -> Vec<SourceFile> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![src.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let below = path.strip_prefix(&src).unwrap().to_path_buf();
                let room = below.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs");
                let text = fs::read_to_string(&path).unwrap();
                if is_test_module(&below) {
                    continue;
                }
                let room = room.to_owned();
                found.push(SourceFile { path: below, room, code: code_of(&text) });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(found.len() > 20, "the source was not found");
    found
}

/// Files that hold tests only: `tests.rs`, `tests/…`, `test_*.rs`, `*_tests.rs`.
fn is_test_module(path: &Path) -> bool {
    path.components().any(|part| {
        let part = part.as_os_str().to_str().unwrap_or_default().trim_end_matches(".rs");
        part == "tests" || part.starts_with("test_") || part.ends_with("_tests")
    })
}

fn code_of(text: &str) -> String {
    let end = text.find("#[cfg(test)]\nmod ").unwrap_or(text.len());
    text[..end].lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn layer(room: &str) -> Option<usize> {
    LAYERS.iter().position(|rooms| rooms.contains(&room))
}

/// Every room named in `crate::…`, also inside `use crate::{…}`.
fn rooms_used(code: &str) -> BTreeSet<String> {
    let word = |text: &str| -> String { text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect() };
    let mut rooms = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut start = true;
            for (i, c) in group.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => start = true,
                    c if start && !c.is_whitespace() => {
                        rooms.insert(word(&group[i..]));
                        start = false;
                    }
                    _ => {}
                }
            }
        } else {
            rooms.insert(word(rest));
        }
    }
    rooms
}

#[test]
fn every_room_has_its_place_in_the_layers() {
    for file in sources() {
        assert!(layer(&file.room).is_some(), "src/{} is in no layer", file.path.display());
    }
}

#[test]
fn a_room_uses_only_what_stands_before_it() {
    let mut wrong = Vec::new();
    for file in sources() {
        let Some(own) = layer(&file.room) else { continue };
        for used in rooms_used(&file.code) {
            if used != file.room && layer(&used).is_some_and(|other| other > own) {
                wrong.push(format!("src/{} uses crate::{used}", file.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rooms_keep_their_nevers() {
    let mut wrong = Vec::new();
    for file in sources() {
        for (room, words, why) in NEVERS {
            for word in words.iter().filter(|word| file.room == *room && file.code.contains(**word)) {
                wrong.push(format!("src/{} names {word}: {why}", file.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_are_touched_in_few_rooms() {
    let mut wrong = Vec::new();
    for file in sources() {
        let touches = ["std::fs", "fs::", "File::open", "File::create", "OpenOptions"];
        if !FILE_ROOMS.contains(&file.room.as_str()) && touches.iter().any(|word| file.code.contains(word)) {
            wrong.push(format!("src/{} touches files", file.path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn below_the_command_line_nothing_depends_on_clock_environment_or_chance() {
    let mut wrong = Vec::new();
    for file in sources() {
        if ["cli", "serve", "main"].contains(&file.room.as_str()) {
            continue;
        }
        for word in IMPURE.iter().filter(|word| file.code.contains(**word)) {
            wrong.push(format!("src/{} names {word}", file.path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The time that a run takes may be measured; what day it is decides what is published.
#[test]
fn what_day_it_is_is_asked_in_one_place() {
    let words = ["Timestamp::now", "Zoned::now"];
    let found: Vec<_> =
        sources().into_iter().filter(|file| words.iter().any(|word| file.code.contains(word))).collect();
    let paths: Vec<_> = found.iter().map(|file| file.path.display().to_string()).collect();
    assert_eq!(paths, ["cli/as_of.rs"]);
}

#[test]
fn only_the_terminal_prints() {
    let mut wrong = Vec::new();
    for file in sources() {
        let prints = ["println!", "eprintln!", "print!(", "eprint!(", "dbg!("];
        let terminal = file.path.starts_with("cli/terminal") || file.path == Path::new("cli/terminal.rs");
        if !terminal && prints.iter().any(|word| file.code.contains(word)) {
            wrong.push(format!("src/{} prints", file.path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_say_what_things_are() {
    let mut wrong = Vec::new();
    for file in sources() {
        let stem = file.path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        if ["utils", "util", "helpers", "helper", "manager", "common", "misc"].contains(&stem) {
            wrong.push(format!("src/{} is a drawer for anything", file.path.display()));
        }
        for word in ["fn handle(", "fn process(", "pub fn set_", "static mut ", "lazy_static!"] {
            if file.code.contains(word) {
                wrong.push(format!("src/{} has `{word}`", file.path.display()));
            }
        }
        if file.code.contains("unsafe ") && file.path != Path::new("lib.rs") {
            wrong.push(format!("src/{} says unsafe", file.path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A `bool` at a call site says nothing: two-valued choices are enums with names.
#[test]
fn public_functions_take_no_bool() {
    let mut wrong = Vec::new();
    for file in sources() {
        for (at, _) in file.code.match_indices("pub fn ") {
            let signature: String = file.code[at..].chars().take_while(|c| *c != '{' && *c != ';').collect();
            let parameters = signature.split(" -> ").next().unwrap_or_default();
            if parameters.contains(": bool") {
                wrong.push(format!("src/{}: {}", file.path.display(), parameters.replace('\n', " ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A number a reader sees is made in facts or views, and HTML enters templates as HTML.
#[test]
fn templates_do_no_arithmetic_and_trust_no_text() {
    let themes = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes");
    let mut folders = vec![themes];
    let mut wrong = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "html") {
                let text = fs::read_to_string(&path).unwrap();
                for (number, line) in text.lines().enumerate() {
                    let safe = line.contains("| safe") || line.contains("|safe");
                    let url = ["href=\"/", "href=\"http", "src=\"/", "src=\"http"].iter().any(|u| line.contains(u));
                    if safe || url {
                        wrong.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The keys of a file of labels, with their beginnings: `verdict`, `verdict.on-track`.
fn label_keys(yaml: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let mut above: Vec<&str> = Vec::new();
    for line in yaml.lines() {
        let text = line.trim_start();
        let Some((key, _)) = text.split_once(':').filter(|_| !text.starts_with('#')) else { continue };
        above.truncate((line.len() - text.len()) / 2);
        above.push(key);
        keys.insert(above.join("."));
    }
    keys
}

#[test]
fn every_label_that_the_program_names_is_in_the_standard_theme() {
    let labels = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/standard/labels/ja.yaml");
    let keys = label_keys(&fs::read_to_string(labels).unwrap());
    let mut named = 0;
    for file in sources().iter().filter(|file| file.room == "site") {
        for literal in file.code.split('"') {
            let is_key = literal.bytes().all(|byte| byte.is_ascii_lowercase() || b".-".contains(&byte));
            let group = literal.split_once('.').map(|(group, _)| group).filter(|group| is_key && keys.contains(*group));
            if group.is_some() && ![".html", ".js", ".css", ".csv"].iter().any(|file| literal.ends_with(file)) {
                assert!(keys.contains(literal), "{}: no label {literal}", file.path.display());
                named += 1;
            }
        }
    }
    assert!(named > 200, "{named} labels named");
}
