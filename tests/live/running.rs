//! A program that runs until the end of a story, and what it says meanwhile.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

pub const PATIENCE: Duration = Duration::from_secs(60);

/// The sheet of a new portal.
pub const SHEET: &str = "content/2024/childcare.yaml";

/// A portal in a folder of its own, and the program that runs in it.
pub struct Running {
    folder: tempfile::TempDir,
    child: Child,
    said: Arc<Mutex<String>>,
}

impl Running {
    /// A new portal, with its sheet as the story needs it.
    pub fn begin(arguments: &str, sheet: impl FnOnce(String) -> String) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let line = ["init", ".", "--lang", "en", "--year", "2024"];
        assert!(hyoka().current_dir(&folder).args(line).output().unwrap().status.success());
        let first = folder.path().join(SHEET);
        fs::write(&first, sheet(fs::read_to_string(&first).unwrap())).unwrap();
        Self::within(folder, arguments)
    }

    /// In a folder that is ready.
    pub fn within(folder: tempfile::TempDir, arguments: &str) -> Self {
        let said = Arc::default();
        let child = start(&folder, arguments, &said);
        Self { folder, child, said }
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    pub fn read(&self, below: &str) -> String {
        fs::read_to_string(self.path(below)).unwrap_or_default()
    }

    pub fn write(&self, below: &str, text: &str) {
        fs::write(self.path(below), text).unwrap();
    }

    /// Changes the sheet of a new portal.
    #[track_caller]
    pub fn edit(&self, from: &str, to: &str) {
        let text = self.read(SHEET);
        assert!(text.contains(from), "no {from} in {text}");
        self.write(SHEET, &text.replacen(from, to, 1));
    }

    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    #[track_caller]
    pub fn until(&self, what: &str, true_now: impl Fn() -> bool) {
        let end = Instant::now() + PATIENCE;
        while !true_now() {
            assert!(Instant::now() < end, "{what} did not come true; it said:\n{}", self.said());
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until the program says it, and forgets what it said so far.
    #[track_caller]
    pub fn hears(&self, what: &str) -> String {
        self.until(what, || self.said().contains(what));
        std::mem::take(&mut *self.said.lock().unwrap())
    }

    /// Ctrl-C.
    #[cfg(unix)]
    pub fn interrupt(&mut self) {
        let sent = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        self.child.wait().unwrap();
    }

    /// Starts the program again, after its end.
    #[cfg(unix)]
    pub fn again(&mut self, arguments: &str) {
        self.said.lock().unwrap().clear();
        self.child = start(&self.folder, arguments, &self.said);
    }

    /// The same program in the same folder, to its end.
    pub fn once(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let out = hyoka().current_dir(&self.folder).args(arguments).args(["--lang", "en"]).output().unwrap();
        let said = [out.stdout, out.stderr].concat();
        (out.status.code(), String::from_utf8_lossy(&said).into_owned())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn hyoka() -> Command {
    Command::new(env!("CARGO_BIN_EXE_hyoka"))
}

/// The sheet with another name of its policy.
pub fn renamed(sheet: &str, name: &str) -> String {
    let named = sheet.lines().map(|line| match line.split_once(": ") {
        Some((key @ ("name" | "名称"), _)) => format!("{key}: {name}\n"),
        _ => format!("{line}\n"),
    });
    named.collect()
}

fn start(folder: &tempfile::TempDir, arguments: &str, said: &Arc<Mutex<String>>) -> Child {
    let mut command = hyoka();
    command.current_dir(folder).args(arguments.split_whitespace()).args(["--lang", "en"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    listen(child.stdout.take().unwrap(), said);
    listen(child.stderr.take().unwrap(), said);
    child
}

fn listen(stream: impl Read + Send + 'static, said: &Arc<Mutex<String>>) {
    let said = Arc::clone(said);
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            said.lock().unwrap().push_str(&(line + "\n"));
        }
    });
}
