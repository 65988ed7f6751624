//! Other programs of the machine: the browser and the editor.

use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

/// Opens an address in the browser that the system has for it.
pub fn open_browser(url: &str) -> io::Result<()> {
    let words: &[&str] = if cfg!(windows) {
        &["cmd", "/C", "start", "", url]
    } else if cfg!(target_os = "macos") {
        &["open", url]
    } else {
        &["xdg-open", url]
    };
    run(words)
}

/// Opens a file at a line (from 1) in an editor: a command with `{file}`, `{line}` and `{column}`.
pub fn open_editor(command: &str, file: &Path, line: u32, column: u32) -> io::Result<()> {
    let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let words = filled_in(command, &file.display().to_string(), line, column);
    if cfg!(windows) {
        // Editors are often scripts there, which only the shell can run.
        return run(&[vec!["cmd".to_owned(), "/C".to_owned()], words].concat());
    }
    run(&words)
}

/// The words of the command; without `{file}` the file is the last of them.
fn filled_in(command: &str, file: &str, line: u32, column: u32) -> Vec<String> {
    let fill = |word: String| {
        word.replace("{line}", &line.to_string()).replace("{column}", &column.to_string()).replace("{file}", file)
    };
    let mut words: Vec<String> = words(command).into_iter().map(fill).collect();
    if !command.contains("{file}") {
        words.push(file.to_owned());
    }
    words
}

/// Words between spaces; what stands in quotes is one word.
fn words(command: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in command.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => word.get_or_insert_default().push(c),
            None if c == '"' || c == '\'' => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            None if c.is_whitespace() => words.extend(word.take()),
            None => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// Starts a program that goes on by itself.
fn run(words: &[impl AsRef<OsStr>]) -> io::Result<()> {
    let Some((program, arguments)) = words.split_first() else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "no command"));
    };
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    // Somebody has to take note of its end.
    thread::spawn(move || child.wait());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_gets_file_and_line_as_single_words() {
        assert_eq!(filled_in("code -g {file}:{line}", "/a b/x.yaml", 3, 1), ["code", "-g", "/a b/x.yaml:3"]);
        assert_eq!(filled_in("vim", "/x.yaml", 3, 1), ["vim", "/x.yaml"]);
        let quoted = "\"C:\\Program Files\\ed.exe\" +{line}:{column} '{file}'";
        assert_eq!(filled_in(quoted, "x", 3, 7), ["C:\\Program Files\\ed.exe", "+3:7", "x"]);
    }

    #[test]
    fn a_program_that_is_not_there_is_an_error() {
        assert!(open_editor("no-such-editor-at-all", Path::new("x"), 1, 1).is_err() || cfg!(windows));
        assert!(run(&[] as &[&str]).is_err());
    }
}
