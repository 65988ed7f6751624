//! From a saved sheet to the bytes in the browser: `cargo bench --bench serve` (1,000 sheets), or any numbers of sheets.
//!
//! Runs `hyoka serve` on generated sheets, saves one of them again and again, and asks on the socket until the page of
//! the sheet, then the index of its edition, say what was saved. Real file events, the program's own patience included.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

mod sheets;

const EDITS: usize = 60;
/// Between two edits: a pause in typing.
const PAUSE: Duration = Duration::from_millis(150);
const IDLE: Duration = Duration::from_secs(5);
const PATIENCE: Duration = Duration::from_secs(60);

fn main() {
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![1_000] } else { asked };
    println!(
        "{:>8}  {:>10}  {:>17}  {:>17}  {:>8}  {:>8}",
        "sheets", "start", "page p50/p95", "index p50/p95", "peak", "idle"
    );
    for sheets in sizes {
        let folder = std::env::temp_dir().join(format!("hyoka-serve-{}-{sheets}", std::process::id()));
        sheets::write(sheets, &folder.join("content")).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
        measure(sheets, &folder);
        let _ = fs::remove_dir_all(&folder);
    }
}

/// The program, until the end of the measurement.
struct Served {
    child: Child,
    address: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Served {
    fn begin(folder: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hyoka"));
        command.args(["serve", "--port", "0", "--lang", "en", "--root"]).arg(folder);
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap_or_else(|e| panic!("hyoka: {e}"));
        let lines = child.stdout.take().map(BufReader::new).map(BufRead::lines);
        let mut lines = lines.into_iter().flatten().map_while(Result::ok);
        let address = lines
            .find_map(|line| Some(line.split_once("http://")?.1.split_once('/')?.0.to_owned()))
            .expect("it says where it listens");
        // A program whose words nobody takes waits for somebody to take them.
        let served = Self { child, address };
        assert!(lines.any(|line| line.starts_with("start: ")), "a first site");
        thread::spawn(move || lines.for_each(drop));
        served
    }

    fn get(&self, path: &str) -> Vec<u8> {
        let mut answer = Vec::new();
        let mut ask = || {
            let mut stream = TcpStream::connect(&self.address)?;
            write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address)?;
            stream.read_to_end(&mut answer)
        };
        ask().unwrap_or_else(|e| panic!("{path}: {e}"));
        answer
    }

    fn wait_for(&self, path: &str, what: &str) {
        let end = Instant::now() + PATIENCE;
        while !self.get(path).windows(what.len()).any(|part| part == what.as_bytes()) {
            assert!(Instant::now() < end, "{path} never said {what}");
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// A line of /proc/<id>/…; nothing on systems that have no such folder.
    fn proc(&self, file: &str) -> String {
        fs::read_to_string(format!("/proc/{}/{file}", self.child.id())).unwrap_or_default()
    }

    /// In ticks of 10 ms.
    fn cpu(&self) -> u64 {
        let stat = self.proc("stat");
        let fields = stat.rsplit_once(')').map(|(_, rest)| rest.split_whitespace());
        fields.into_iter().flatten().skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum()
    }

    fn peak(&self) -> u64 {
        let status = self.proc("status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
    }
}

fn measure(sheets: usize, folder: &Path) {
    let started = Instant::now();
    let served = Served::begin(folder);
    let start = started.elapsed();
    let year = if folder.join("content/2027/p0000.yaml").exists() { 2027 } else { 2024 };
    let sheet = folder.join(format!("content/{year}/p0000.yaml"));
    let (page, index) = (format!("/{year}/p0000/index.html"), format!("/{year}/index.html"));
    let text = fs::read_to_string(&sheet).unwrap_or_default();
    let (mut pages, mut indexes) = (Vec::new(), Vec::new());
    for edit in 0..EDITS {
        let name = format!("edit{edit}x");
        let saved = Instant::now();
        fs::write(&sheet, text.replacen("name: ", &format!("name: {name}"), 1)).unwrap_or_else(|e| panic!("{e}"));
        served.wait_for(&page, &name);
        pages.push(saved.elapsed());
        served.wait_for(&index, &name);
        indexes.push(saved.elapsed());
        thread::sleep(PAUSE);
    }
    let before = served.cpu();
    thread::sleep(IDLE);
    let idle = (served.cpu() - before) * 10;
    println!(
        "{sheets:>8}  {:>7} ms  {:>14} ms  {:>14} ms  {:>4} MiB  {idle:>5} ms",
        start.as_millis(),
        shown(pages),
        shown(indexes),
        served.peak()
    );
}

/// The median and the 95th of a hundred.
fn shown(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100].as_millis();
    format!("{} / {}", at(50), at(95))
}
