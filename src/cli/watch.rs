//! `hyoka build --watch`: a build after every change. A round that stops leaves what was published as it is.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use super::Exit;
use super::args::BuildArguments;
use super::build::{self, BuildError, Examining};
use super::project::{self, Project};
use super::terminal::Terminal;
use super::words;
use crate::diagnostic::{MessageLanguage, Report, Severity};
use crate::publish::{Output, PublishError, Published};
use crate::serve::rounds::{self, News, Outcome, Round};
use crate::serve::watcher::Noticing;
use crate::site::RenderError;
use crate::source::Hints;

pub fn run(arguments: &BuildArguments, language: MessageLanguage) -> Exit {
    let project = Project::new(&arguments.source);
    let terminal = project.terminal(&arguments.source, language);
    project::with_threads(arguments.source.jobs, || watch(arguments, &project, &terminal))
}

fn watch(arguments: &BuildArguments, project: &Project, terminal: &Terminal) -> Exit {
    if let Err(error) = project.has_content() {
        terminal.failure(&error.message(), &error.help());
        return Exit::CouldNotRun;
    }
    let folder = project.output(arguments.output.as_deref());
    // A folder that cannot be published into would not be one after any change of a sheet.
    if let Err(error) = Output::open(&folder, &project.protected()).and_then(Published::open) {
        terminal.failure(&error.message(), &error.help());
        return Exit::CouldNotRun;
    }
    // Before the first look, so that nothing that changes meanwhile is missed.
    let (watcher, looking) = project.watcher(if arguments.poll { Noticing::Looking } else { Noticing::Told });
    if let Some(why) = looking {
        terminal.looking(&why);
    }
    let examining = Examining::of(arguments);
    let mut rounds = project.rounds();
    let mut told = Arc::default();
    let mut publish = |round: &Round| {
        publish(round, &told, project, &folder, examining, terminal);
        told = Arc::clone(&round.shown.report);
    };
    if let Some(round) = rounds.look(&Hints::Anything) {
        publish(&round);
    }
    terminal.say(&words::watching());
    rounds::follow(rounds, watcher, |news| match news {
        News::Round(round) => publish(round),
        News::Looking(why) => terminal.looking(why),
    })
}

/// Publishes what a round made, and says in a line what came of it.
fn publish(round: &Round, told: &Report, project: &Project, folder: &Path, examining: Examining, terminal: &Terminal) {
    let (Outcome::Made(sources), Some(site)) = (round.outcome, &round.shown.site) else {
        return terminal.round_stopped(&round.shown, told, round.took);
    };
    let started = Instant::now();
    let withheld = project.withheld_of(site);
    let published = Output::open(folder, &project.protected()).and_then(Published::open);
    let outcome = published.map_err(BuildError::Publish).and_then(|published| {
        let warnings = round.shown.report.count(Severity::Warning);
        build::publish(site, published, &project.input(&sources, &withheld), warnings, examining, terminal)
    });
    match outcome {
        Err(BuildError::Pages(found)) => {
            let mut report = Report::clone(&round.shown.report);
            report.append(found);
            let shown = crate::serve::preview::Shown { report: report.into(), ..round.shown.clone() };
            terminal.round_stopped(&shown, told, round.took + started.elapsed());
        }
        Ok(outcome) => {
            terminal.round_published(&round.shown, told, &outcome, round.took + started.elapsed());
            // Once is enough.
            if round.shown.round == 1
                && let Some(about) = project.about_withheld(&withheld)
            {
                terminal.say(&about);
            }
        }
        Err(BuildError::Render(RenderError::Template(diagnostic))) => {
            let mut report = Report::clone(&round.shown.report);
            report.add(*diagnostic);
            let shown = crate::serve::preview::Shown { report: report.into(), ..round.shown.clone() };
            terminal.round_stopped(&shown, told, round.took + started.elapsed());
        }
        Err(BuildError::Render(error)) => terminal.failure(&error.message(), &words::look_at_the_disk()),
        Err(BuildError::Publish(error)) => refused(&error, terminal),
    }
}

fn refused(error: &PublishError, terminal: &Terminal) {
    terminal.failure(&error.message(), &error.help());
}
