//! `hyoka check`: the same as build up to the last byte, but nothing is published.

use std::time::Instant;

use super::Exit;
use super::args::CheckArguments;
use super::project::{self, Project};
use super::terminal::Terminal;
use crate::diagnostic::MessageLanguage;
use crate::publish;
use crate::site::examine;

pub fn run(arguments: &CheckArguments, language: MessageLanguage) -> Exit {
    let project = Project::new(&arguments.source);
    let terminal = project.terminal(&arguments.source, language);
    project::with_threads(arguments.source.jobs, || check(arguments, &project, &terminal, language))
}

fn check(arguments: &CheckArguments, project: &Project, terminal: &Terminal, language: MessageLanguage) -> Exit {
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
    let examined = project.compile(source, &mut report).ok().map(|site| {
        let findings = examine::examine(&site, &mut report);
        (site, findings)
    });
    if let Some(file) = &arguments.report {
        let of = examined.as_ref().map(|(site, findings)| (site, findings));
        let html = examine::report::html(of, &report, language);
        if let Err(error) = publish::write_report(file, &html, examine::report::MARK) {
            terminal.failure(&error.message(), &error.help());
            return Exit::CouldNotRun;
        }
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
