//! The command line: arguments, the terminal, one short function a verb.
//!
//! Exit codes: 0 clean, 1 problems in the content (or what is compared differs), 2 could not run.

mod args;
mod as_of;
mod build;
mod check;
mod complaint;
mod completions;
mod diff;
mod editor;
mod freeze;
mod init;
mod language;
mod left_out;
mod new_year;
mod pack;
mod project;
mod schema;
mod serve;
mod status;
mod terminal;
mod verify;
mod watch;
mod words;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::FromArgMatches;
use clap::error::ErrorKind;

use args::{Arguments, Verb};
use terminal::Terminal;

/// How a run ended, for whoever called the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// Nothing stops the content from being published.
    Clean = 0,
    /// The content has problems; each was shown.
    Problems = 1,
    /// Bad arguments, unreadable or refused folders; the reason was shown.
    CouldNotRun = 2,
}

/// Runs the program with its arguments, the first being its own name.
pub fn run(arguments: Vec<OsString>) -> ExitCode {
    let language = language::of_messages(&arguments, |name| std::env::var(name).ok());
    let parsed = args::command(language)
        .try_get_matches_from(arguments)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    let exit = match parsed {
        Ok(arguments) => arguments.verb.run(language),
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            Terminal::plain(language).text(&error.render().to_string());
            Exit::Clean
        }
        Err(error) if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Terminal::plain(language).text(&error.render().to_string());
            Exit::CouldNotRun
        }
        Err(error) => {
            let (message, help) = complaint::about(&error);
            Terminal::plain(language).failure(&message, &help);
            Exit::CouldNotRun
        }
    };
    ExitCode::from(exit as u8)
}

impl Verb {
    fn run(self, language: crate::diagnostic::MessageLanguage) -> Exit {
        match self {
            Self::Build(arguments) if arguments.watch => watch::run(&arguments, language),
            Self::Build(arguments) => build::run(&arguments, language),
            Self::Serve(arguments) => serve::run(&arguments, language),
            Self::Check(arguments) => check::run(&arguments, language),
            Self::Freeze(arguments) => freeze::run(&arguments, language),
            Self::NewYear(arguments) => new_year::run(&arguments, language),
            Self::Status(arguments) => status::run(&arguments, language),
            Self::Diff(arguments) => diff::run(&arguments, language),
            Self::Verify(arguments) => verify::run(&arguments, language),
            Self::Pack(arguments) => pack::run(&arguments, &Terminal::plain(language)),
            Self::Init(arguments) => init::run(&arguments, &Terminal::plain(language)),
            Self::Schema(arguments) => schema::run(&arguments, &Terminal::plain(language)),
            Self::Completions(arguments) => completions::run(&arguments, &Terminal::plain(language)),
        }
    }
}
