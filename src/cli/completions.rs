//! `hyoka completions`: a completion script for a shell.

use super::Exit;
use super::args::{self, CompletionsArguments};
use super::terminal::Terminal;

pub fn run(arguments: &CompletionsArguments, terminal: &Terminal) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut args::command(terminal.language()), "hyoka", &mut script);
    terminal.text(&String::from_utf8_lossy(&script));
    Exit::Clean
}
