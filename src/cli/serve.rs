//! `hyoka serve`: the site in a browser while its sheets are written. Nothing is written into the output folder.

use std::sync::Arc;

use super::Exit;
use super::args::ServeArguments;
use super::editor;
use super::project::{self, Project};
use super::terminal::Terminal;
use super::words;
use crate::diagnostic::MessageLanguage;
use crate::serve::preview::Preview;
use crate::serve::rounds::{self, News, Outcome, Round};
use crate::serve::server::{Follow, OpenEditor, ServeError, Server, ServerOptions};
use crate::serve::watcher::Noticing;
use crate::source::Hints;

/// Where no port is named: the first of these that is free.
const PORTS: std::ops::RangeInclusive<u16> = 4000..=4009;

pub fn run(arguments: &ServeArguments, language: MessageLanguage) -> Exit {
    let project = Project::new(&arguments.source);
    let terminal = project.terminal(&arguments.source, language);
    project::with_threads(arguments.source.jobs, || serve(arguments, &project, &terminal))
}

fn serve(arguments: &ServeArguments, project: &Project, terminal: &Terminal) -> Exit {
    if let Err(error) = project.has_content() {
        terminal.failure(&error.message(), &error.help());
        return Exit::CouldNotRun;
    }
    let preview = Arc::new(Preview::default());
    let server = match start(arguments, project, terminal.language(), &preview) {
        Ok(server) => server,
        Err(error) => {
            terminal.failure(&error.message(), &error.help());
            return Exit::CouldNotRun;
        }
    };
    terminal.say(&words::previewing(&server.url()));
    if !server.address().ip().is_loopback() {
        terminal.say(&words::seen_by_others(&arguments.host));
    }
    // Before the first look, so that nothing that changes meanwhile is missed.
    let (watcher, looking) = project.watcher(if arguments.poll { Noticing::Looking } else { Noticing::Told });
    if let Some(why) = looking {
        terminal.looking(&why);
    }
    let mut told = Arc::default();
    let mut show = |round: &Round| {
        preview.show(round.shown.clone());
        match round.outcome {
            Outcome::Made(_) => terminal.round_shown(&round.shown, &told, round.took),
            Outcome::Stopped => terminal.round_stopped(&round.shown, &told, round.took),
        }
        told = Arc::clone(&round.shown.report);
    };
    let mut rounds = project.rounds();
    if let Some(round) = rounds.look(&Hints::Anything) {
        show(&round);
        let withheld = round.shown.site.as_ref().map(|site| project.withheld_of(site));
        if let Some(about) = withheld.and_then(|withheld| project.about_withheld(&withheld)) {
            terminal.say(&about);
        }
    }
    if arguments.open
        && let Err(error) = editor::browse(&server.url())
    {
        terminal.say(&words::no_browser(&error));
    }
    rounds::follow(rounds, watcher, |news| match news {
        News::Round(round) => show(round),
        News::Looking(why) => terminal.looking(why),
    })
}

/// Listens on the port that is named, or on the first that is free.
fn start(
    arguments: &ServeArguments,
    project: &Project,
    language: MessageLanguage,
    preview: &Arc<Preview>,
) -> Result<Server, ServeError> {
    let options = |port| ServerOptions {
        host: arguments.host.clone(),
        port,
        roots: project.roots().clone(),
        language,
        follow: if arguments.follow { Follow::Edited } else { Follow::Stay },
        open: arguments
            .editor
            .clone()
            .map(|editor| -> OpenEditor { Box::new(move |file, line, column| editor.open(file, line, column)) }),
    };
    if let Some(port) = arguments.port {
        return Server::start(options(port), Arc::clone(preview));
    }
    let mut ports = PORTS;
    let first = ports.next().unwrap_or_default();
    let mut started = Server::start(options(first), Arc::clone(preview));
    for port in ports {
        match started {
            Err(ServeError::PortTaken(_)) => started = Server::start(options(port), Arc::clone(preview)),
            _ => break,
        }
    }
    started
}
