//! `--editor`: the command that opens a file at a line. It is run without a shell: what a file is called is one word of
//! it, whatever the name holds.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

/// A command whose words may hold `{file}`, `{line}` and `{column}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor {
    words: Vec<String>,
}

/// Takes `code -g {file}:{line}` apart. Words that hold spaces stand in `'…'` or `"…"`; a backslash is a backslash, as
/// paths of Windows have it. Where `{file}` is not said, the file comes last.
///
/// # Errors
/// Where there is no word, or a quotation does not end. What to do about it is said in [`super::complaint`].
pub fn parse(command: &str) -> Result<Editor, String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quoted = None;
    for c in command.chars() {
        match (c, quoted) {
            (c, Some(quote)) if c == quote => quoted = None,
            (c, Some(_)) => word.get_or_insert_default().push(c),
            ('"' | '\'', None) => {
                quoted = Some(c);
                word.get_or_insert_default();
            }
            (c, None) if c.is_whitespace() => words.extend(word.take()),
            (c, None) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    if quoted.is_some() {
        return Err("a quotation does not end".to_owned());
    }
    if words.first().is_none_or(String::is_empty) {
        return Err("there is no command".to_owned());
    }
    if !words.iter().any(|word| word.contains("{file}")) {
        words.push("{file}".to_owned());
    }
    Ok(Editor { words })
}

impl Editor {
    /// The words of the command for one place.
    fn words(&self, file: &Path, line: u32, column: u32) -> Vec<String> {
        let (file, line, column) = (file.display().to_string(), line.to_string(), column.to_string());
        // The file last: its name may hold `{line}`.
        let fill = |word: &String| word.replace("{line}", &line).replace("{column}", &column).replace("{file}", &file);
        self.words.iter().map(fill).collect()
    }

    /// Starts the editor and leaves it to itself.
    ///
    /// # Errors
    /// Where there is no such program.
    pub fn open(&self, file: &Path, line: u32, column: u32) -> io::Result<()> {
        let file = std::path::absolute(file)?;
        let words = self.words(&file, line, column);
        let Some((program, arguments)) = words.split_first() else { return Err(io::ErrorKind::NotFound.into()) };
        match start(program, arguments) {
            // Programs of Windows are often started by a script of their name: `code` by `code.cmd`.
            Err(error) if cfg!(windows) && error.kind() == io::ErrorKind::NotFound => {
                start(&format!("{program}.cmd"), arguments)
            }
            started => started,
        }
    }
}

/// Opens an address in the browser of the system.
///
/// # Errors
/// Where the system has no program for it.
pub fn browse(url: &str) -> io::Result<()> {
    let words: &[&str] = if cfg!(windows) {
        &["rundll32", "url.dll,FileProtocolHandler", url]
    } else if cfg!(target_os = "macos") {
        &["open", url]
    } else {
        &["xdg-open", url]
    };
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    words.split_first().map_or(Ok(()), |(program, arguments)| start(program, arguments))
}

fn start(program: &str, arguments: &[String]) -> io::Result<()> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    // Somebody has to hear that it ended; nobody waits for it.
    thread::Builder::new().name("started".to_owned()).spawn(move || child.wait())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(command: &str, file: &str) -> Vec<String> {
        parse(command).unwrap().words(Path::new(file), 14, 20)
    }

    #[test]
    fn a_place_is_put_into_the_words_of_the_command() {
        assert_eq!(words("code -g {file}:{line}:{column}", "a.yaml"), ["code", "-g", "a.yaml:14:20"]);
        assert_eq!(words("vim", "a.yaml"), ["vim", "a.yaml"]);
        assert_eq!(
            words("\"C:\\Program Files\\秀丸\\hidemaru.exe\" /j{line} '{file}'", "a b.yaml"),
            ["C:\\Program Files\\秀丸\\hidemaru.exe", "/j14", "a b.yaml"]
        );
        assert_eq!(words("e ''  {file}", "a"), ["e", "", "a"]);
    }

    #[test]
    fn the_name_of_a_file_is_one_word_and_no_command() {
        let odd = "a; rm -rf $HOME `x` \"{line}'.yaml";
        assert_eq!(words("code -g {file}:{line}", odd), ["code", "-g", &format!("{odd}:14")]);
    }

    #[test]
    fn a_command_that_cannot_be_is_refused() {
        for odd in ["", "  ", "code \"{file}", "'", "'' {file}"] {
            assert!(parse(odd).is_err(), "{odd}");
        }
    }

    #[test]
    fn an_editor_that_is_not_there_is_told() {
        let editor = parse("no-such-editor-anywhere {file}").unwrap();
        assert!(editor.open(Path::new("a.yaml"), 1, 1).is_err());
    }
}
