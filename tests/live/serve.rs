//! `hyoka serve`: sheets are saved, and a browser sees the page.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::ops::Deref;

use crate::running::{PATIENCE, Running, SHEET, renamed};

/// A new portal, and the preview of it.
struct Served {
    running: Running,
    authority: String,
}

impl Served {
    fn begin(arguments: &str, sheet: impl FnOnce(String) -> String) -> Self {
        let running = Running::begin(&format!("serve --port 0 {arguments}"), sheet);
        running.until("an address", || running.said().contains("(Ctrl-C ends)"));
        let said = running.said();
        let url = said.split("http://").nth(1).unwrap();
        let authority = url.split('/').next().unwrap().to_owned();
        Self { running, authority }
    }

    /// Status and body.
    fn get(&self, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.authority).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.authority).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
    }
}

impl Deref for Served {
    type Target = Running;

    fn deref(&self) -> &Running {
        &self.running
    }
}

#[test]
fn a_saved_sheet_is_on_its_page_and_nothing_is_written() {
    let served = Served::begin("", |sheet| sheet);
    served.until("the site", || served.get("/2024/childcare/").0 == 200);
    let before = fs::read_dir(served.path("")).unwrap().count();
    served.write(SHEET, &renamed(&served.read(SHEET), "新しい名前"));
    served.until("the new name", || served.get("/2024/childcare/").1.contains("新しい名前"));
    assert!(served.get("/").1.contains("新しい名前"), "the index follows, too");
    served.until("a line", || served.said().contains("content/2024/childcare.yaml: the preview is up to date"));
    assert_eq!(fs::read_dir(served.path("")).unwrap().count(), before, "no output folder");
}

#[test]
fn a_portal_that_is_broken_at_the_start_is_listed_and_goes_on_when_it_is_mended() {
    let served = Served::begin("", |sheet| format!("{sheet}\nnonsense: 1\n"));
    served.until("the problem", || served.get("/").1.contains("unknown-key"));
    assert_eq!(served.get("/2024/childcare/").0, 503);
    served.until("the line", || served.said().contains("there is no site yet"));
    served.edit("\nnonsense: 1\n", "\n");
    served.until("the site", || served.get("/2024/childcare/").0 == 200);
    served.edit("\n", "\nnonsense: 1\n");
    served.until("the line", || served.said().contains("the site stays as it was"));
    assert_eq!(served.get("/2024/childcare/").0, 200, "the last good page stays");
}

#[test]
fn a_preview_that_others_can_see_says_so() {
    let served = Served::begin("--host 0.0.0.0", |sheet| sheet);
    served.until("the line", || served.said().contains("other computers of the network can see it"));
    let quiet = Served::begin("", |sheet| sheet);
    quiet.until("the site", || quiet.get("/").0 == 200);
    assert!(!quiet.said().contains("other computers"));
}

#[test]
fn what_cannot_be_served_is_said_with_what_to_do() {
    let served = Served::begin("", |sheet| sheet);
    let port = served.authority.rsplit_once(':').unwrap().1;
    let run = |arguments: &[&str]| served.once(&[&["serve"], arguments].concat());
    let (code, said) = run(&["--port", port]);
    assert_eq!(code, Some(2));
    assert!(said.contains(&format!("another program uses port {port}")) && said.contains("--port "), "{said}");
    let (code, said) = run(&["--host", "192.0.2.1", "--port", "0"]);
    assert_eq!(code, Some(2), "{said}");
    let (code, said) = run(&["--editor", "code '{file}"]);
    assert!(code == Some(2) && said.contains("code -g {file}:{line}"), "{said}");
    let (code, _) = run(&["--root", "nowhere"]);
    assert_eq!(code, Some(2));
}
