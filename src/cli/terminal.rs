//! The only printer: problems, closing lines and progress, in the chosen form and language.

mod human;
mod progress;
mod records;
mod rounds;

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::time::Duration;

use super::args::Format;
use crate::diagnostic::{Message, MessageLanguage, Report, Severity};
use crate::publish::Outcome;
use crate::source::SourceRoots;

pub use progress::Progress;

/// Where messages go. Problems and failures: standard error; `--format json`: standard output, one object a line.
/// Closing lines and what was asked for: standard output (with `--format json`: standard error).
#[derive(Debug)]
pub struct Terminal {
    format: Format,
    language: MessageLanguage,
    roots: SourceRoots,
    colour: Colour,
}

/// What stood in the output folder before the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    Nothing,
    Site,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Colour {
    Plain,
    Styled,
}

impl Terminal {
    pub fn new(format: Format, language: MessageLanguage, roots: SourceRoots) -> Self {
        Self { format, language, roots, colour: Colour::of_standard_error() }
    }

    /// For verbs that read no sources.
    pub fn plain(language: MessageLanguage) -> Self {
        let roots = SourceRoots { content: "content".into(), themes: "themes".into() };
        Self::new(Format::Human, language, roots)
    }

    pub fn format(&self) -> Format {
        self.format
    }

    pub fn language(&self) -> MessageLanguage {
        self.language
    }

    /// Shows every problem of a run, and how many there are.
    pub fn report(&self, report: &Report) {
        if report.is_empty() {
            return;
        }
        let text = match self.format {
            Format::Human => {
                let rest = Message::new("--format short ですべて表示します", "--format short shows all");
                human::render(report, &self.roots, self.language, self.colour, human::SHOWN, &rest)
                    + &self.summary(report)
            }
            Format::Short => records::short(report, &self.roots, self.language) + &self.summary(report),
            Format::Json => {
                let records = records::json(report, &self.roots, self.language);
                return print(&mut io::stdout().lock(), &records);
            }
        };
        print(&mut io::stderr().lock(), &text);
    }

    /// Says why the program could not run.
    pub fn failure(&self, message: &Message, help: &Message) {
        let text = human::failure(message, help, self.language, self.colour);
        print(&mut io::stderr().lock(), &text);
    }

    /// Prints what was asked for.
    pub fn text(&self, text: &str) {
        print(&mut io::stdout().lock(), text);
    }

    /// A sentence at the end of a run.
    pub fn say(&self, message: &Message) {
        let line = format!("{}\n", message.get(self.language));
        match self.format {
            Format::Human | Format::Short => print(&mut io::stdout().lock(), &line),
            Format::Json => print(&mut io::stderr().lock(), &line),
        }
    }

    pub fn published(&self, outcome: &Outcome, folder: &Path, time: Duration) {
        let Outcome { pages, written, removed, .. } = *outcome;
        let (seconds, index) = (seconds(time), shown(&folder.join("index.html")));
        self.say(&Message::new(
            format!("{pages}ページを公開しました（変更 {written}、削除 {removed}）{seconds}秒 → {index}"),
            format!("published {pages} pages ({written} changed, {removed} removed) in {seconds} s → {index}"),
        ));
    }

    pub fn nothing_changed(&self, folder: &Path, time: Duration) {
        let (seconds, index) = (seconds(time), shown(&folder.join("index.html")));
        self.say(&Message::new(
            format!("前回の公開から変更はありません。{seconds}秒 → {index}"),
            format!("nothing has changed since it was published. {seconds} s → {index}"),
        ));
    }

    pub fn not_published(&self, before: Before) {
        self.say(&match before {
            Before::Site => Message::new(
                "公開しませんでした。公開済みのサイトは元のままです。",
                "nothing was published; the published site is as it was.",
            ),
            Before::Nothing => Message::new("公開しませんでした。", "nothing was published."),
        });
    }

    pub fn checked(&self, time: Duration) {
        let seconds = seconds(time);
        self.say(&Message::new(format!("エラーはありません。{seconds}秒"), format!("no errors. {seconds} s")));
    }

    /// For work on `steps` things that may take long.
    pub fn progress(&self, steps: usize) -> Progress {
        Progress::new(steps, self.language)
    }

    fn summary(&self, report: &Report) -> String {
        let (errors, warnings) = (report.count(Severity::Error), report.count(Severity::Warning));
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        match self.language {
            MessageLanguage::Japanese => format!("エラー {errors}件、警告 {warnings}件\n"),
            MessageLanguage::English => {
                format!("{errors} error{}, {warnings} warning{}\n", plural(errors), plural(warnings))
            }
        }
    }
}

impl Colour {
    /// Colours only where someone looks and has not declined (<https://no-color.org>).
    fn of_standard_error() -> Self {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        // The old console of Windows prints the codes instead of colours; Windows Terminal tells its name.
        let understands = !cfg!(windows) || set("WT_SESSION");
        if io::stderr().is_terminal() && !set("NO_COLOR") && !dumb && understands { Self::Styled } else { Self::Plain }
    }
}

/// The name that a path in a message is shown with: as the user can open it from where the command ran.
fn file_shown(roots: &SourceRoots, file: &str) -> String {
    roots.disk(file).map_or_else(|| file.to_owned(), |path| shown(&path))
}

fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

fn seconds(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64())
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// A reader that went away (`hyoka check | head`) is no reason to fail.
fn print(out: &mut dyn Write, text: &str) {
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

#[cfg(test)]
mod tests;
