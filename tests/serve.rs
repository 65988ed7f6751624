//! `hyoka serve` as its users meet it: sheets are saved, and a browser sees the page.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(60);

const SHEET: &str = "content/2024/childcare.yaml";

/// A new portal, and the preview of it until the end of the story.
struct Served {
    folder: tempfile::TempDir,
    child: Child,
    said: Arc<Mutex<String>>,
    authority: String,
}

impl Served {
    fn begin(arguments: &str, sheet: impl FnOnce(String) -> String) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let line = ["init", ".", "--lang", "en", "--year", "2024"];
        assert!(hyoka().current_dir(&folder).args(line).output().unwrap().status.success());
        let first = folder.path().join(SHEET);
        fs::write(&first, sheet(fs::read_to_string(&first).unwrap())).unwrap();
        let mut child = hyoka()
            .current_dir(&folder)
            .args(["serve", "--lang", "en", "--port", "0"])
            .args(arguments.split_whitespace())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        listen(child.stdout.take().unwrap(), &said);
        listen(child.stderr.take().unwrap(), &said);
        let mut served = Self { folder, child, said, authority: String::new() };
        served.until("an address", || served.said().contains("(Ctrl-C ends)"));
        let said = served.said();
        let url = said.split("http://").nth(1).unwrap();
        served.authority = url.split('/').next().unwrap().to_owned();
        served
    }

    fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    fn edit(&self, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(SHEET)).unwrap();
        assert!(text.contains(from), "no {from} in {text}");
        fs::write(self.path(SHEET), text.replacen(from, to, 1)).unwrap();
    }

    fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    #[track_caller]
    fn until(&self, what: &str, true_now: impl Fn() -> bool) {
        let end = Instant::now() + PATIENCE;
        while !true_now() {
            assert!(Instant::now() < end, "{what} did not come true; it said:\n{}", self.said());
            thread::sleep(Duration::from_millis(10));
        }
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

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn hyoka() -> Command {
    Command::new(env!("CARGO_BIN_EXE_hyoka"))
}

fn listen(stream: impl Read + Send + 'static, said: &Arc<Mutex<String>>) {
    let said = Arc::clone(said);
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            said.lock().unwrap().push_str(&(line + "\n"));
        }
    });
}

#[test]
fn a_saved_sheet_is_on_its_page_and_nothing_is_written() {
    let served = Served::begin("", |sheet| sheet);
    served.until("the site", || served.get("/2024/childcare/").0 == 200);
    let before = fs::read_dir(served.folder.path()).unwrap().count();
    let sheet = fs::read_to_string(served.path(SHEET)).unwrap();
    let name = sheet.lines().find(|line| line.starts_with("name: ") || line.starts_with("名称: ")).map(str::to_owned);
    let name = name.unwrap_or_else(|| panic!("a name in {sheet}"));
    served.edit(&name, &format!("{}: 新しい名前", name.split(": ").next().unwrap()));
    served.until("the new name", || served.get("/2024/childcare/").1.contains("新しい名前"));
    assert!(served.get("/").1.contains("新しい名前"), "the index follows, too");
    served.until("a line", || served.said().contains("content/2024/childcare.yaml: the preview is up to date"));
    assert_eq!(fs::read_dir(served.folder.path()).unwrap().count(), before, "no output folder");
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
    let run = |arguments: &[&str]| {
        let out = hyoka().current_dir(&served.folder).args(["serve", "--lang", "en"]).args(arguments).output().unwrap();
        (out.status.code(), String::from_utf8_lossy(&out.stderr).into_owned())
    };
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
