//! `hyoka serve` as its users meet it: a sheet is saved, and the browser's next request shows it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(60);
const SHEET: &str = "content/2024/childcare.yaml";
const PAGE: &str = "/2024/childcare/index.html";

/// A portal in a folder of its own, and its preview until the end of the story.
struct Served {
    folder: tempfile::TempDir,
    child: Child,
    said: Arc<Mutex<String>>,
    address: String,
}

fn init() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(&folder, "init . --lang en --year 2024").0, Some(0));
    folder
}

/// Exit code, and what it said.
fn run(folder: &tempfile::TempDir, line: &str) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hyoka"));
    let output = command.current_dir(folder).args(line.split(' ')).output().unwrap();
    (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

impl Served {
    fn begin(arguments: &str, folder: tempfile::TempDir) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_hyoka"))
            .current_dir(&folder)
            .args(["serve", "--port", "0", "--lang", "en"])
            .args(arguments.split_whitespace())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        listen(child.stdout.take().unwrap(), &said);
        listen(child.stderr.take().unwrap(), &said);
        let mut served = Self { folder, child, said, address: String::new() };
        served.until("the address", || served.said().contains("showing at http://"));
        served.until("the first round", || served.said().contains("start: "));
        let said = served.said();
        let address = said.split_once("http://").and_then(|(_, rest)| rest.split_once('/')).unwrap().0;
        served.address = address.to_owned();
        served
    }

    fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    fn read(&self, below: &str) -> String {
        fs::read_to_string(self.path(below)).unwrap()
    }

    fn write(&self, below: &str, text: &str) {
        fs::write(self.path(below), text).unwrap();
    }

    fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    #[track_caller]
    fn until(&self, what: &str, true_now: impl Fn() -> bool) {
        let end = Instant::now() + PATIENCE;
        while !true_now() {
            assert!(Instant::now() < end, "{what} did not come true; it said:\n{}", self.said());
            thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn listen(stream: impl Read + Send + 'static, said: &Arc<Mutex<String>>) {
    let said = Arc::clone(said);
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            said.lock().unwrap().push_str(&(line + "\n"));
        }
    });
}

fn renamed(sheet: &str, name: &str) -> String {
    let named = sheet.lines().map(|line| match line.split_once(": ") {
        Some(("name", _)) => format!("name: {name}\n"),
        _ => format!("{line}\n"),
    });
    named.collect()
}

#[test]
fn a_saved_sheet_shows_and_nothing_is_written() {
    let served = Served::begin("", init());
    assert!(served.get(PAGE).contains("200 OK"));
    served.write(SHEET, &renamed(&served.read(SHEET), "画面に出る名前"));
    served.until("the page", || served.get(PAGE).contains("画面に出る名前"));
    assert!(served.get("/2024/index.html").contains("画面に出る名前"), "the index is of the same round");
    assert!(!served.path("output").exists() && !served.path("preview").exists());
    let said = served.said();
    let lines: Vec<_> = said.lines().filter(|line| line.starts_with(SHEET)).collect();
    assert!(lines.len() == 1 && lines[0].contains("shown ("), "one line a round: {said}");
}

#[test]
fn a_broken_sheet_leaves_the_last_good_page() {
    let served = Served::begin("", init());
    let sheet = served.read(SHEET);
    served.write(SHEET, "area: [");
    served.until("the complaint", || served.said().contains("the site stays as it was"));
    assert!(served.said().contains("error[invalid-yaml]"));
    assert!(served.get(PAGE).contains("200 OK"));
    served.write(SHEET, &renamed(&sheet, "直した名前"));
    served.until("the mended page", || served.get(PAGE).contains("直した名前"));
}

#[test]
fn it_starts_on_a_portal_that_is_broken() {
    let folder = init();
    let sheet = fs::read_to_string(folder.path().join(SHEET)).unwrap();
    fs::write(folder.path().join(SHEET), "area: [").unwrap();
    let served = Served::begin("", folder);
    assert!(served.get(PAGE).contains("invalid-yaml"), "the page lists the problems");
    served.write(SHEET, &sheet);
    served.until("a site", || served.get(PAGE).contains("200 OK"));
}

#[test]
fn drafts_show_where_they_are_asked_for() {
    let folder = init();
    let sheet = fs::read_to_string(folder.path().join(SHEET)).unwrap();
    fs::write(folder.path().join("content/2024/plan.yaml"), format!("status: draft\n{}", renamed(&sheet, "案の施策")))
        .unwrap();
    let served = Served::begin("--drafts", folder);
    assert!(served.get("/2024/plan/index.html").contains("案の施策"));
}

#[test]
fn a_port_that_is_taken_is_told_with_what_to_do() {
    let folder = init();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let (code, said) = run(&folder, &format!("serve --port {port}"));
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains(&port.to_string()) && said.contains("--port"), "{said}");
    let (code, said) = run(&folder, "serve --content nowhere --lang en");
    assert_eq!(code, Some(2));
    assert!(said.contains("no folder of evaluation sheets"), "{said}");
}
