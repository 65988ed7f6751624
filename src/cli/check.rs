//! `hyoka check`: the same as build up to the last byte, but nothing is written.

use std::time::Instant;

use super::Exit;
use super::args::SourceArguments;
use super::project::{self, Project};
use super::terminal::Terminal;
use crate::diagnostic::MessageLanguage;
use crate::site::examine;

pub fn run(arguments: &SourceArguments, language: MessageLanguage) -> Exit {
    let project = Project::new(arguments);
    let terminal = project.terminal(arguments, language);
    project::with_threads(arguments.jobs, || check(&project, &terminal))
}

fn check(project: &Project, terminal: &Terminal) -> Exit {
    let started = Instant::now();
    let mut report = project.report();
    let source = match project.read(&mut report) {
        Ok(source) => source,
        Err(error) => {
            terminal.failure(&error.message(), &error.help());
            return Exit::CouldNotRun;
        }
    };
    let withheld = project.withheld(&source);
    if let Ok(site) = project.compile(source, &mut report) {
        examine::examine(&site, &mut report);
    }
    terminal.report(&report);
    match report.go_on() {
        Ok(()) => {
            terminal.checked(started.elapsed());
            if let Some(about) = project.about_withheld(&withheld) {
                terminal.say(&about);
            }
            Exit::Clean
        }
        Err(_) => Exit::Problems,
    }
}
