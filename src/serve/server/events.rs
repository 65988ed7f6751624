//! What an open page hears: after each round what its path shows now, so that it changes only when its bytes changed.

use std::io::{self, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::Serialize;

use super::page::{self, Of, Sight};
use super::problems::{self, Problems};
use super::{Follow, Shared, answer};
use crate::diagnostic::Severity;
use crate::model::FiscalYear;
use crate::serve::preview::Shown;
use crate::site::Site;
use crate::site::route::Target;

/// How often it is looked whether the browser is still there.
const LOOK: Duration = Duration::from_secs(1);

/// How often something is said, so that nothing on the way takes the connection for dead.
const PULSE: Duration = Duration::from_secs(15);

/// What is said after a round.
#[derive(Debug, Serialize)]
struct Event {
    round: u64,
    /// Of the bytes that the path shows now; empty where it shows no page.
    hash: String,
    /// Whether the server shows a page of its own there, since the site's cannot be made.
    own: bool,
    problems: Problems,
    /// The page of the sheet that was edited, if the browser should go there.
    follow: Option<String>,
}

/// Tells a browser of every round, until it goes away or the server stops.
///
/// # Errors
/// Where the browser has gone.
pub fn tell(shared: &Shared, path: &str, mut stream: &TcpStream) -> io::Result<()> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{}\r\nretry: 1000\n\n", answer::COMMON);
    stream.set_write_timeout(Some(Duration::from_secs(5)))?;
    stream.write_all(head.as_bytes())?;
    let mut shown = shared.preview.now();
    let mut first = true;
    loop {
        let follow = if first { Follow::Stay } else { shared.options.follow };
        let event = event(&shown, path, shared, follow);
        // JSON has no line break of its own; an event ends at an empty line.
        let text = serde_json::to_string(&event).map_err(io::Error::other)?;
        stream.write_all(format!("data: {text}\n\n").as_bytes())?;
        first = false;
        shown = match next(shared, shown.round, stream)? {
            Some(next) => next,
            None => return Ok(()),
        };
    }
}

/// Waits for the next round; `None` where the server stops.
fn next(shared: &Shared, round: u64, mut stream: &TcpStream) -> io::Result<Option<Arc<Shown>>> {
    let mut spoken = Instant::now();
    loop {
        if let Some(shown) = shared.preview.after(round, LOOK) {
            return Ok(Some(shown));
        }
        if shared.is_stopping() {
            return Ok(None);
        }
        is_there(stream)?;
        if spoken.elapsed() >= PULSE {
            stream.write_all(b":\n\n")?;
            spoken = Instant::now();
        }
    }
}

/// A browser that listens says nothing: what can be read is its end.
fn is_there(stream: &TcpStream) -> io::Result<()> {
    stream.set_nonblocking(true)?;
    let peeked = stream.peek(&mut [0]);
    stream.set_nonblocking(false)?;
    match peeked {
        Ok(0) => Err(io::ErrorKind::ConnectionAborted.into()),
        Err(error) if error.kind() != io::ErrorKind::WouldBlock => Err(error),
        _ => Ok(()),
    }
}

fn event(shown: &Shown, path: &str, shared: &Shared, follow: Follow) -> Event {
    let options = &shared.options;
    let (hash, own, problems) = match page::look(shown, path, &shared.made, options) {
        Sight::Page(page) => (page.made.hash.clone(), page.of == Of::Server, page.problems),
        _ => (
            String::new(),
            false,
            problems::problems(&shown.report, problems::Of::Everything, &options.roots, options.language),
        ),
    };
    let follow = match follow {
        Follow::Stay => None,
        Follow::Edited => edited(shown, path),
    };
    Event { round: shown.round, hash, own, problems, follow }
}

/// The page of the one sheet or text that this round was made for, in the language of the page that is open. `None`
/// where several changed, where it cannot be shown yet, or where it is open already.
fn edited(shown: &Shown, path: &str) -> Option<String> {
    let site = shown.site.as_deref().filter(|_| shown.report.count(Severity::Error) == 0)?;
    let [file] = shown.changed.as_ref() else { return None };
    let below = file.strip_prefix("content/")?;
    let (folder, name) = below.split_once('/')?;
    let name = name.rsplit_once('.').map_or(name, |(name, _)| name);
    let target = match FiscalYear::parse(folder) {
        Some(written) => Target::Policy(written.year, name),
        None if folder == "pages" => Target::FreePage(name.split('.').next().unwrap_or(name)),
        None => return None,
    };
    let file = target.path(&prefix(site, path));
    site.route(&file)?;
    let url = format!("/{}", file.strip_suffix("index.html").unwrap_or(&file));
    let open = path.strip_suffix("index.html").unwrap_or(path);
    (url != open).then_some(url)
}

/// The folder of the language that a path is in.
fn prefix(site: &Site, path: &str) -> String {
    let first = site.portal().first_language();
    let prefixes = site.portal().languages.iter().map(|language| crate::site::route::language_prefix(language, first));
    let mut matching = prefixes.filter(|prefix| !prefix.is_empty() && path.trim_start_matches('/').starts_with(prefix));
    matching.next().unwrap_or_default()
}
