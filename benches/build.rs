//! How long a portal takes: `cargo bench` (1,000 sheets), `cargo bench -- 10000`, or any numbers of sheets.
//!
//! Generates sheets, the same on every machine, then times the program as its users run it: a clean build, a build
//! where nothing changed, and a build after one sheet was edited. Times are whole processes; each figure is the
//! median of five runs.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

mod sheets;

const RUNS: usize = 5;

fn main() {
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![1_000] } else { asked };
    println!("{:>8}  {:>12}  {:>12}  {:>12}", "sheets", "clean", "no change", "one edited");
    for sheets in sizes {
        let folder = std::env::temp_dir().join(format!("hyoka-bench-{}-{sheets}", std::process::id()));
        sheets::write(sheets, &folder.join("content")).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
        let clean = median((0..RUNS).map(|run| build(&folder, &format!("out-{run}"))));
        let unchanged = median((0..RUNS).map(|_| build(&folder, "out-0")));
        let sheet = folder.join("content/2027/p0000.yaml");
        let sheet = if sheet.exists() { sheet } else { folder.join("content/2024/p0000.yaml") };
        let text = fs::read_to_string(&sheet).unwrap_or_default();
        let edited = median((0..RUNS).map(|run| {
            let edit = text.replacen("name: ", &format!("name: {run} "), 1);
            fs::write(&sheet, edit).unwrap_or_else(|e| panic!("{}: {e}", sheet.display()));
            build(&folder, "out-0")
        }));
        println!("{sheets:>8}  {clean:>9} ms  {unchanged:>9} ms  {edited:>9} ms");
        let _ = fs::remove_dir_all(&folder);
    }
}

/// One build as a process, in milliseconds.
fn build(folder: &Path, output: &str) -> u128 {
    let start = Instant::now();
    let status = Command::new(env!("CARGO_BIN_EXE_hyoka"))
        .args(["build", "--root"])
        .arg(folder)
        .arg("--output")
        .arg(folder.join(output))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let took = start.elapsed().as_millis();
    assert!(status.is_ok_and(|status| status.success()), "the build failed in {}", folder.display());
    took
}

fn median(times: impl Iterator<Item = u128>) -> u128 {
    let mut times: Vec<_> = times.collect();
    times.sort_unstable();
    times[times.len() / 2]
}
