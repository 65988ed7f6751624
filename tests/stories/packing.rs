//! What was published, carried elsewhere in one file.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;

use crate::portal::Portal;

/// Every file of a zip file in its order, and whether its time and rights are the fixed ones.
fn unzipped(portal: &Portal, zip: &str) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(fs::File::open(portal.path(zip)).unwrap()).unwrap();
    let mut files = Vec::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        assert_eq!(file.last_modified(), Some(zip::DateTime::DEFAULT), "{name}");
        assert_eq!(file.unix_mode().map(|mode| mode & 0o777), Some(0o644), "{name}");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.push((name, bytes));
    }
    files
}

fn unpack(portal: &Portal, zip: &str, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let files = unzipped(portal, zip);
    for (path, bytes) in &files {
        portal.write(&format!("{folder}/{path}"), bytes);
    }
    files.into_iter().collect()
}

fn pack(portal: &Portal, arguments: &str) -> String {
    let answer = portal.run(&format!("pack {arguments}"));
    assert_eq!(answer.code, Some(0), "{}{}", answer.out, answer.err);
    answer.out
}

#[test]
fn a_packed_portal_is_the_published_one_with_its_sums_and_can_be_verified() {
    let portal = Portal::full();
    portal.write("content/assets/様式 5.txt", "様式");
    portal.append("content/pages/about.md", "\n[様式](<../assets/様式 5.txt>)\n");
    portal.write("output/README.md", "置き場所の説明\n");
    portal.build();
    pack(&portal, "");
    let names: Vec<_> = unzipped(&portal, "portal.zip").into_iter().map(|(name, _)| name).collect();
    assert!(names.is_sorted());
    let unpacked = unpack(&portal, "portal.zip", "carried");
    for (path, bytes) in portal.output() {
        assert_eq!(unpacked.get(&path), (path != "README.md").then_some(&bytes), "{path}");
    }
    assert_eq!(unpacked.len(), portal.output().len() - 1 + 2);
    let sums = String::from_utf8(unpacked["SHA256SUMS"].clone()).unwrap();
    assert_eq!(sums.lines().count(), unpacked.len() - 1);
    assert!(sums.lines().any(|line| line.ends_with(" *assets/様式 5.txt")), "{sums}");
    for measure in ["", "--manifest output/manifest.json"] {
        let answer = portal.run(&format!("verify carried {measure}"));
        assert_eq!(answer.code, Some(0), "{}{}", answer.out, answer.err);
    }
    // The bit of the general purpose flag that says UTF-8 (APPNOTE 4.4.4), of the name that is not ASCII.
    let zip = fs::read(portal.path("portal.zip")).unwrap();
    let name = "assets/様式 5.txt".as_bytes();
    let at = zip.windows(name.len()).position(|window| window == name).unwrap();
    assert_eq!(zip[at - 30 + 7] & 0b1000, 0b1000);
}

#[test]
fn the_same_site_gives_the_same_bytes_whenever_and_wherever_it_is_packed() {
    let (portal, other) = (Portal::minimal(), Portal::minimal());
    portal.build();
    let first = pack(&portal, "");
    let bytes = fs::read(portal.path("portal.zip")).unwrap();
    assert_eq!(pack(&portal, ""), first, "an earlier pack is replaced");
    other.build();
    pack(&other, "--output another.zip");
    assert!(bytes == fs::read(portal.path("portal.zip")).unwrap());
    assert!(bytes == fs::read(other.path("another.zip")).unwrap());
}

#[test]
fn an_edition_takes_along_what_its_pages_need_and_says_what_it_leaves() {
    let portal = Portal::full();
    portal.build();
    let told = pack(&portal, "2023");
    assert!(told.contains("入っていない年度版: 2024"), "{told}");
    let unpacked = unpack(&portal, "portal-2023.zip", "carried");
    assert!(!unpacked.keys().any(|path| path.starts_with("2024/") || path.starts_with("en/2024/")));
    for (path, bytes) in portal.output() {
        if path.starts_with("2023/") || path.starts_with("en/2023/") || path.starts_with("assets/theme/style") {
            assert!(unpacked.get(&path) == Some(&bytes), "{path}");
        }
    }
    // Every link of its pages either works or leads to another edition.
    for (path, bytes) in unpacked.iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = crate::html::Page::parse(std::str::from_utf8(bytes).unwrap());
        let named = [("a", "href"), ("link", "href"), ("script", "src"), ("img", "src")];
        let named = named.iter().flat_map(|(tag, name)| page.all(tag).into_iter().filter_map(|of| of.attribute(name)));
        for href in named.filter(|href| !href.contains(':') && !href.starts_with('#')) {
            let href = href.split('#').next().unwrap();
            let target = portal.path("carried").join(path).parent().unwrap().join(href);
            let elsewhere = href.contains("2024/");
            assert!(target.exists() || elsewhere, "{path}: {href}");
        }
    }
    let home = String::from_utf8(unpacked["index.html"].clone()).unwrap();
    assert!(home.contains("url=2023/index.html") && home.contains("href=\"2023/index.html\""), "{home}");
    let note = String::from_utf8(unpacked["README.txt"].clone()).unwrap();
    assert!(note.starts_with('\u{feff}') && note.contains("入っていないもの: 2024 年度版"), "{note}");
    assert!(note.contains("Not in it: the editions of 2024") && note.contains("\r\n"), "{note}");
    let answer = portal.run("verify carried");
    assert_eq!(answer.code, Some(0), "{}{}", answer.out, answer.err);
    portal.write("carried/README.txt", "別の説明");
    assert!(portal.run("verify carried --format short").out.contains("changed: README.txt"));
    let input = |path: &str| serde_json::from_str::<serde_json::Value>(&portal.read(path)).unwrap()["input"].clone();
    assert_ne!(input("carried/manifest.json"), input("output/manifest.json"), "no build takes it for its whole site");
}

#[test]
fn the_latest_edition_begins_as_the_portal_does() {
    let portal = Portal::full();
    portal.build();
    pack(&portal, "R6");
    let unpacked = unpack(&portal, "portal-2024.zip", "carried");
    assert!(unpacked["index.html"] == portal.output()["index.html"]);
    assert!(!unpacked.keys().any(|path| path.starts_with("2023/")));
}

#[test]
fn nothing_is_packed_that_nobody_published_and_nothing_else_is_overwritten() {
    let portal = Portal::minimal();
    assert_eq!(portal.run("pack").code, Some(2), "nothing is published yet");
    portal.build();
    portal.write("output/notes.txt", "メモ");
    portal.write("mine.zip", "PK…");
    for (line, code, words) in [
        ("pack 1999", 2, "公開されている年度: 2024"),
        ("pack --output output/portal.zip", 2, "公開したフォルダの中には書き出せません"),
        ("pack --output mine.zip", 2, "置き換えません"),
        ("pack --output nowhere/portal.zip", 2, "書き出せません"),
    ] {
        let answer = portal.run(line);
        assert_eq!(answer.code, Some(code), "{line}: {}", answer.out);
        assert!(answer.err.contains(words), "{line}: {}", answer.err);
    }
    assert_eq!(portal.read("mine.zip"), "PK…");
    pack(&portal, "");
    assert!(!unpack(&portal, "portal.zip", "carried").contains_key("notes.txt"));
    let before = fs::read(portal.path("portal.zip")).unwrap();
    portal.write("output/index.html", "<p>書き換え");
    let answer = portal.run("pack");
    assert_eq!(answer.code, Some(1));
    assert!(answer.err.contains("index.html など 1 件"), "{}", answer.err);
    assert!(fs::read(portal.path("portal.zip")).unwrap() == before);
    let mut left: Vec<_> = fs::read_dir(portal.path(".")).unwrap().map(|e| e.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["carried", "content", "mine.zip", "output", "portal.zip"]);
}
