//! The preview in a browser: a small server for one machine.
//!
//! One thread a connection and one answer a connection, at most so many at a time, each with limits of time: a slow
//! browser stops nobody. What is shown is rendered when it is asked for.

mod answer;
mod arrivals;
mod error;
mod events;
mod guard;
mod made;
mod page;
mod problems;
mod request;
mod wanted;
mod whence;
mod words;

use std::fmt;
use std::io::{self, Read};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

pub use error::ServeError;

use answer::{Answer, JSON, SCRIPT, TEXT};
use arrivals::{Arrival, Arrivals};
use guard::Guard;
use made::MadePages;
use request::{Method, Refusal, Request};

use super::preview::Preview;
use crate::diagnostic::MessageLanguage;
use crate::source::SourceRoots;

/// How many connections there may be at once.
#[derive(Clone, Copy, Debug)]
struct Limits {
    /// That have not said yet what they want; of more, the oldest are closed.
    arriving: usize,
    /// That are answered; more are told so and closed.
    answering: usize,
    /// Of those, that may listen for rounds: pages that are open. The others stay free for requests.
    listening: usize,
}

const LIMITS: Limits = Limits { arriving: 32, answering: 64, listening: 40 };

/// How long a browser may take to say what it wants.
const PATIENCE: Duration = Duration::from_secs(3);

/// Opens a file at a line and column in the editor.
pub type OpenEditor = Box<dyn Fn(&Path, u32, u32) -> io::Result<()> + Send + Sync>;

/// What the command line decides about the server.
pub struct ServerOptions {
    /// A name or address to listen on; loopback unless something else is asked for.
    pub host: String,
    /// 0 for any that is free.
    pub port: u16,
    pub roots: SourceRoots,
    /// Of the preview's own words and of problems.
    pub language: MessageLanguage,
    pub follow: Follow,
    /// `None` where no editor is configured.
    pub open: Option<OpenEditor>,
}

/// Whether an open page goes to the page of a sheet that is edited (`--follow`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Follow {
    #[default]
    Stay,
    Edited,
}

/// A running server. It stops when it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: Option<JoinHandle<()>>,
}

/// What all connections see.
struct Shared {
    options: ServerOptions,
    preview: Arc<Preview>,
    guard: Guard,
    made: MadePages,
    stopping: AtomicBool,
    limits: Limits,
    arrivals: Arc<Arrivals>,
    connections: AtomicUsize,
    listeners: AtomicUsize,
}

impl Server {
    /// Listens, and answers from threads of its own.
    ///
    /// # Errors
    /// Where it cannot listen on this host and port.
    pub fn start(options: ServerOptions, preview: Arc<Preview>) -> Result<Self, ServeError> {
        Self::limited(options, preview, LIMITS)
    }

    fn limited(options: ServerOptions, preview: Arc<Preview>, limits: Limits) -> Result<Self, ServeError> {
        let listener = listen(&options)?;
        let address = listener.local_addr().map_err(ServeError::Io)?;
        let shared = Arc::new(Shared {
            guard: Guard::new(&options.host, address),
            options,
            preview,
            made: MadePages::default(),
            stopping: AtomicBool::new(false),
            limits,
            arrivals: Arc::new(Arrivals::new(limits.arriving)),
            connections: AtomicUsize::new(0),
            listeners: AtomicUsize::new(0),
        });
        let accepts = Arc::clone(&shared);
        let accepting = thread::Builder::new().name("preview".to_owned()).spawn(move || accept(&listener, &accepts));
        Ok(Self { address, shared, accepting: Some(accepting.map_err(ServeError::Io)?) })
    }

    /// Where it listens, with the port that was free.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// For the terminal and the browser: `http://127.0.0.1:4000/`.
    pub fn url(&self) -> String {
        let host = guard::unbracketed(&self.shared.options.host);
        match (self.address.ip().is_unspecified(), host.contains(':')) {
            (true, _) => format!("http://127.0.0.1:{}/", self.address.port()),
            (false, true) => format!("http://[{host}]:{}/", self.address.port()),
            (false, false) => format!("http://{host}:{}/", self.address.port()),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::SeqCst);
        // The thread that accepts is woken by a last connection.
        let ip = match self.address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
            ip => ip,
        };
        let woken = TcpStream::connect_timeout(&SocketAddr::new(ip, self.address.port()), Duration::from_secs(1));
        if let (Ok(_), Some(accepting)) = (woken, self.accepting.take()) {
            // A thread that panicked has stopped, too.
            let _ = accepting.join();
        }
    }
}

fn listen(options: &ServerOptions) -> Result<TcpListener, ServeError> {
    let host = guard::unbracketed(&options.host);
    TcpListener::bind((host, options.port)).map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => {
            let ip = host.parse().unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
            ServeError::PortTaken(SocketAddr::new(ip, options.port))
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::OutOfMemory => ServeError::Io(error),
        _ => ServeError::Host { host: host.to_owned(), error },
    })
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.is_stopping() {
            return;
        }
        let Ok(stream) = stream else {
            // Too many open files, or a connection that was gone at once: the next may come through.
            thread::sleep(Duration::from_millis(10));
            continue;
        };
        // Without a place or a thread there is no answer.
        let Ok(arrival) = shared.arrivals.welcome(&stream) else { continue };
        let shared = Arc::clone(shared);
        let answers = move || {
            // A browser that goes away needs no answer.
            let _ = connection(&shared, arrival, stream);
        };
        let _ = thread::Builder::new().name("preview-answer".to_owned()).spawn(answers);
    }
}

/// A counted place, given back when dropped, also by a thread that panics.
struct Place {
    shared: Arc<Shared>,
    counter: fn(&Shared) -> &AtomicUsize,
}

impl Place {
    fn take(shared: &Arc<Shared>, counter: fn(&Shared) -> &AtomicUsize, at_most: usize) -> Option<Self> {
        let one_more = |taken: usize| (taken < at_most).then_some(taken + 1);
        counter(shared).fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_more).ok()?;
        Some(Self { shared: Arc::clone(shared), counter })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        (self.counter)(&self.shared).fetch_sub(1, Ordering::SeqCst);
    }
}

/// Reads one request and answers it.
fn connection(shared: &Arc<Shared>, arrival: Arrival, mut stream: TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let words = shared.words();
    let request = request::read(&mut stream, PATIENCE);
    drop(arrival);
    let Some(_place) = Place::take(shared, |shared| &shared.connections, shared.limits.answering) else {
        let full = Answer::new(503, TEXT, words.full).with("Retry-After", "2");
        return full.send(None, &stream).and_then(|()| linger(&stream, Duration::from_millis(20)));
    };
    let request = match request {
        Ok(request) => request,
        Err(refusal) => {
            let status = match refusal {
                Refusal::Gone => return Ok(()),
                Refusal::Malformed => 400,
                Refusal::TooLarge => 431,
                Refusal::TooSlow => 408,
            };
            Answer::new(status, TEXT, words.malformed).send(None, &stream)?;
            return linger(&stream, Duration::from_millis(200));
        }
    };
    if !shared.guard.admits(&request) {
        Answer::new(421, TEXT, words.foreign).send(Some(&request), &stream)?;
        return linger(&stream, Duration::from_millis(200));
    }
    let own = request.path.strip_prefix("/_hyoka/");
    if (own, request.method) == (Some("events"), Method::Get) {
        let Some(_listener) = Place::take(shared, |shared| &shared.listeners, shared.limits.listening) else {
            return Answer::new(503, TEXT, words.full).send(Some(&request), &stream);
        };
        return events::tell(shared, &request.asked("path").unwrap_or_default(), &stream);
    }
    answer(shared, &request, own).send(Some(&request), &stream)?;
    match request.method {
        Method::Get | Method::Head => Ok(()),
        Method::Post | Method::Other => linger(&stream, Duration::from_millis(200)),
    }
}

fn answer(shared: &Shared, request: &Request, own: Option<&str>) -> Answer {
    let (options, words) = (&shared.options, shared.words());
    match (request.method, own) {
        (Method::Post, Some("open")) => whence::open(request, options),
        (_, Some("open")) => Answer::new(405, TEXT, words.refused).with("Allow", "POST"),
        (Method::Post | Method::Other, _) => Answer::new(405, TEXT, words.refused).with("Allow", "GET, HEAD"),
        (Method::Get | Method::Head, Some("source")) => whence::whence(request, &shared.preview.now(), options),
        (Method::Get | Method::Head, Some("words.json")) => {
            let editor = options.open.is_some();
            let words = serde_json::json!({ "words": words, "editor": editor });
            Answer::new(200, JSON, words.to_string())
        }
        (Method::Get | Method::Head, Some(name)) => match script(name) {
            Some(script) => Answer::new(200, SCRIPT, script),
            None => Answer::new(404, TEXT, words.missing),
        },
        (Method::Get | Method::Head, None) => {
            page::answer_to(&shared.preview.now(), &request.path, &shared.made, options)
        }
    }
}

/// The preview's own scripts, as they stand in the source.
fn script(name: &str) -> Option<&'static str> {
    Some(match name {
        "first.js" => include_str!("browser/first.js"),
        "live.js" => include_str!("browser/live.js"),
        "morph.js" => include_str!("browser/morph.js"),
        "panel.js" => include_str!("browser/panel.js"),
        "whence.js" => include_str!("browser/whence.js"),
        "look.js" => include_str!("browser/look.js"),
        _ => return None,
    })
}

/// Takes what still comes before the connection is closed: else the answer could be lost on the way.
fn linger(mut stream: &TcpStream, at_most: Duration) -> io::Result<()> {
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(at_most))?;
    let mut rest = [0; 4096];
    for _ in 0..16 {
        if stream.read(&mut rest)? == 0 {
            break;
        }
    }
    Ok(())
}

impl Shared {
    fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::SeqCst)
    }

    fn words(&self) -> &'static words::Words {
        words::words(self.options.language)
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Shared({:?}, {:?})", self.options, self.connections)
    }
}

impl fmt::Debug for ServerOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServerOptions({}:{}, {:?})", self.host, self.port, self.follow)
    }
}

#[cfg(test)]
mod tests;
