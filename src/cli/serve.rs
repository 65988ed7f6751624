//! `hyoka serve`: the preview. Rounds are made here, one after another; the server shows them from its own threads.

use std::net::ToSocketAddrs;
use std::sync::Arc;

use super::Exit;
use super::args::ServeArguments;
use super::programs;
use super::project::{self, Project};
use super::terminal::Terminal;
use super::words;
use crate::diagnostic::MessageLanguage;
use crate::serve::preview::Preview;
use crate::serve::rounds::{self, News, Outcome, Round};
use crate::serve::server::{Follow, OpenEditor, ServeError, Server, ServerOptions};
use crate::serve::watcher::Noticing;
use crate::source::Hints;

/// Where nothing else is asked for: this port, or one of the next.
const PORT: u16 = 4000;
const NEXT: u16 = 20;

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
    let server = match start(arguments, project, terminal, &preview) {
        Ok(server) => server,
        Err(error) => {
            terminal.failure(&error.message(), &error.help());
            return Exit::CouldNotRun;
        }
    };
    // Before the first look, so that nothing that changes meanwhile is missed.
    let (watcher, looking) = project.watcher(if arguments.poll { Noticing::Looking } else { Noticing::Told });
    if let Some(why) = looking {
        terminal.looking(&why);
    }
    if let Some(port) = other_port(arguments, &server) {
        terminal.say(&words::other_port(port));
    }
    if !is_loopback(&arguments.host) {
        terminal.say(&words::others_can_see(&arguments.host));
    }
    terminal.say(&words::showing(&server.url()));
    let mut rounds = project.rounds();
    if let Some(round) = rounds.look(&Hints::Anything) {
        show(&round, &preview, terminal);
    }
    if arguments.open && programs::open_browser(&server.url()).is_err() {
        terminal.say(&words::open_it_yourself(&server.url()));
    }
    rounds::follow(rounds, watcher, |news| match news {
        News::Round(round) => show(round, &preview, terminal),
        News::Looking(why) => terminal.looking(why),
    })
}

fn show(round: &Round, preview: &Preview, terminal: &Terminal) {
    preview.show(round.shown.clone());
    match round.outcome {
        Outcome::Made(_) => terminal.round_shown(&round.shown, round.took),
        Outcome::Stopped => terminal.round_stopped(&round.shown, round.took),
    }
}

fn start(
    arguments: &ServeArguments,
    project: &Project,
    terminal: &Terminal,
    preview: &Arc<Preview>,
) -> Result<Server, ServeError> {
    let on = |port| {
        let editor = arguments.editor.clone();
        let options = ServerOptions {
            host: arguments.host.clone(),
            port,
            roots: project.roots().clone(),
            language: terminal.language(),
            follow: if arguments.follow { Follow::Edited } else { Follow::Stay },
            open: editor.map(|editor| -> OpenEditor {
                Box::new(move |file, line, column| programs::open_editor(&editor, file, line, column))
            }),
        };
        Server::start(options, Arc::clone(preview))
    };
    let Some(port) = arguments.port else {
        // Another preview may be running; nobody should have to think of a number.
        let mut taken = on(PORT);
        for port in PORT + 1..=PORT + NEXT {
            match taken {
                Err(ServeError::PortTaken(_)) => taken = on(port),
                _ => break,
            }
        }
        return taken;
    };
    on(port)
}

/// The port, where it is another than people expect.
fn other_port(arguments: &ServeArguments, server: &Server) -> Option<u16> {
    let port = server.address().port();
    (arguments.port.is_none() && port != PORT).then_some(port)
}

fn is_loopback(host: &str) -> bool {
    let host = host.trim_matches(['[', ']']);
    (host, 0).to_socket_addrs().is_ok_and(|mut addresses| addresses.all(|address| address.ip().is_loopback()))
}
