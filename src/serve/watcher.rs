//! Watching the source folders: what the system tells is a hint to look again, never a fact.
//!
//! Hints are gathered until the folders are quiet, so that a save in several steps is one. Where the system tells
//! nothing (network drives, a limit on watches), looking again at intervals takes its place.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{EventKind, ModifyKind};
use notify::{ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::source::{self, Hints, SourceRoots};

/// A batch ends when nothing was told for so long.
const QUIET: Duration = Duration::from_millis(10);
/// A batch ends after so long, however much is told.
const AT_MOST: Duration = Duration::from_millis(200);
/// Between two looks without a watcher: half a second, and longer where looking itself takes long.
const INTERVAL: Duration = Duration::from_millis(500);
const REST: u32 = 10;

/// How changes are noticed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Noticing {
    /// The system tells; where it cannot, by looking.
    #[default]
    Told,
    /// By looking at intervals (`--poll`).
    Looking,
}

/// Why changes are noticed by looking at intervals, though nobody asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyLooking {
    /// The folder is on a drive whose changes the system does not tell: its kind (`nfs`, `9p`).
    Drive(String),
    /// More folders than the system watches.
    TooMany,
    /// The system's own words.
    Refused(String),
}

/// Notices changes below the source folders, and the folders themselves when they appear or go.
#[derive(Debug)]
pub struct Watcher {
    roots: Vec<Root>,
    way: Way,
}

/// What was noticed.
#[derive(Debug)]
pub struct Noticed {
    pub hints: Hints,
    /// Where from now on changes are noticed by looking.
    pub looking: Option<WhyLooking>,
}

#[derive(Debug)]
enum Way {
    Told {
        told: Receiver<Told>,
        watcher: RecommendedWatcher,
    },
    /// Since when the last batch is looked at.
    Looking {
        since: Instant,
    },
}

#[derive(Debug)]
enum Told {
    Hints(Hints),
    /// A source folder itself came or went: what is watched has to be watched anew.
    Root,
    Failed(WhyLooking),
}

impl Watcher {
    /// Begins to watch. What changes from now on is noticed; what was there before is for the first look to find.
    pub fn new(roots: &SourceRoots, noticing: Noticing) -> (Self, Option<WhyLooking>) {
        let roots = vec![Root::new(&roots.content), Root::new(&roots.themes)];
        let looking = Way::Looking { since: Instant::now() };
        match noticing {
            Noticing::Looking => (Self { roots, way: looking }, None),
            Noticing::Told => match Way::told(&roots) {
                Ok(way) => (Self { roots, way }, None),
                Err(why) => (Self { roots, way: looking }, Some(why)),
            },
        }
    }

    /// Waits for the next batch of hints; after `at_most` there are none.
    pub fn wait(&mut self, at_most: Duration) -> Noticed {
        match &mut self.way {
            Way::Looking { since } => {
                thread::sleep(INTERVAL.max(since.elapsed().saturating_mul(REST)));
                *since = Instant::now();
                Noticed { hints: Hints::Anything, looking: None }
            }
            Way::Told { told, .. } => match told.recv_timeout(at_most) {
                Ok(first) => self.gather(first),
                Err(RecvTimeoutError::Timeout) => Noticed { hints: Hints::none(), looking: None },
                Err(RecvTimeoutError::Disconnected) => self.look_from_now(WhyLooking::Refused(String::new())),
            },
        }
    }

    /// The next batch, if one begins within `patience`. Without a watcher it is the next look.
    pub fn wait_at_most(&mut self, patience: Duration) -> Option<Noticed> {
        match &mut self.way {
            Way::Looking { .. } => {
                thread::sleep(patience);
                Some(Noticed { hints: Hints::Anything, looking: None })
            }
            Way::Told { told, .. } => {
                let first = told.recv_timeout(patience).ok()?;
                Some(self.gather(first))
            }
        }
    }

    /// Adds to the first hint what is told until the folders are quiet.
    fn gather(&mut self, first: Told) -> Noticed {
        let end = Instant::now() + AT_MOST;
        let mut hints = Hints::none();
        let mut next = Some(first);
        while let Some(told) = next.take() {
            match told {
                Told::Hints(more) => hints = hints.and(more),
                Told::Root => {
                    hints = Hints::Anything;
                    if let Way::Told { watcher, .. } = &mut self.way
                        && let Err(why) = watch(watcher, &self.roots)
                    {
                        return self.look_from_now(why);
                    }
                }
                Told::Failed(why) => return self.look_from_now(why),
            }
            let Way::Told { told, .. } = &self.way else { break };
            let wait = QUIET.min(end.saturating_duration_since(Instant::now()));
            next = told.recv_timeout(wait).ok();
        }
        Noticed { hints, looking: None }
    }

    fn look_from_now(&mut self, why: WhyLooking) -> Noticed {
        self.way = Way::Looking { since: Instant::now() };
        Noticed { hints: Hints::Anything, looking: Some(why) }
    }
}

impl Way {
    fn told(roots: &[Root]) -> Result<Self, WhyLooking> {
        if let Some(kind) = roots.iter().find_map(|root| source::silent_drive(&root.named)) {
            return Err(WhyLooking::Drive(kind));
        }
        let (tell, told) = mpsc::channel();
        let known = roots.to_vec();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if let Some(news) = news(&known, event) {
                // Nobody listens any more once looking has taken the place of watching.
                let _ = tell.send(news);
            }
        })
        .map_err(|error| why_not(&error))?;
        watch(&mut watcher, roots)?;
        Ok(Self::Told { told, watcher })
    }
}

/// Watches the source folders with all below them, and the folders that they are in: a folder of themes may come later.
fn watch(watcher: &mut RecommendedWatcher, roots: &[Root]) -> Result<(), WhyLooking> {
    for root in roots {
        if let Some(parent) = root.absolute.parent() {
            watcher.watch(parent, RecursiveMode::NonRecursive).map_err(|error| why_not(&error))?;
        }
        // What is watched already may be another folder of the same name, which is no more.
        let _ = watcher.unwatch(&root.absolute);
        match watcher.watch(&root.absolute, RecursiveMode::Recursive) {
            Ok(()) => {}
            Err(error) if is_absent(&error) => {}
            Err(error) => return Err(why_not(&error)),
        }
    }
    Ok(())
}

fn is_absent(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => error.kind() == io::ErrorKind::NotFound,
        _ => false,
    }
}

fn why_not(error: &notify::Error) -> WhyLooking {
    match &error.kind {
        ErrorKind::MaxFilesWatch => WhyLooking::TooMany,
        ErrorKind::Io(error) => WhyLooking::Refused(error.to_string()),
        _ => WhyLooking::Refused(error.to_string()),
    }
}

/// What an event means for the sources; `None` where it means nothing. Reading a file is told, too, on some systems: it
/// must not lead to reading it again.
fn news(roots: &[Root], event: notify::Result<Event>) -> Option<Told> {
    let event = match event {
        Ok(event) => event,
        Err(error) if is_absent(&error) => return Some(Told::Hints(Hints::Anything)),
        Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => return Some(Told::Failed(why_not(&error))),
        Err(_) => return Some(Told::Hints(Hints::Anything)),
    };
    if event.need_rescan() {
        return Some(Told::Hints(Hints::Anything));
    }
    if matches!(event.kind, EventKind::Access(_)) {
        return None;
    }
    let mut hints = None;
    for path in &event.paths {
        for root in roots {
            match root.below(path) {
                Some(below) if below.as_os_str().is_empty() && is_of_contents(event.kind) => {}
                Some(below) if below.as_os_str().is_empty() => return Some(Told::Root),
                Some(below) => hints = Some(hints.unwrap_or_else(Hints::none).and(Hints::at(root.named.join(below)))),
                None => {}
            }
        }
    }
    hints.map(Told::Hints)
}

/// Whether a folder is the same as before: it was only written into, or its rights changed.
fn is_of_contents(kind: EventKind) -> bool {
    matches!(kind, EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_)))
}

/// A source folder by its names.
#[derive(Clone, Debug)]
struct Root {
    /// As it is read.
    named: PathBuf,
    /// As it is watched.
    absolute: PathBuf,
    /// As systems may tell it that follow symbolic links.
    real: PathBuf,
}

impl Root {
    fn new(named: &Path) -> Self {
        let absolute = std::path::absolute(named).unwrap_or_else(|_| named.to_owned());
        let real = absolute.canonicalize().unwrap_or_else(|_| absolute.clone());
        Self { named: named.to_owned(), absolute, real }
    }

    fn below<'p>(&self, path: &'p Path) -> Option<&'p Path> {
        path.strip_prefix(&self.absolute).or_else(|_| path.strip_prefix(&self.real)).ok()
    }
}

#[cfg(test)]
mod tests;
