//! Rounds: one look at the sources after another. Each gives what a first look would give.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use super::preview::Shown;
use super::watcher::{Watcher, WhyLooking};
use crate::compile::{self, CompileOptions, Kept};
use crate::diagnostic::{Code, Diagnostic, Place, Report, Strictness};
use crate::site::Site;
use crate::source::{Hints, Look, Seen, SourceError, SourceRoots};

/// Before a site that just broke is called broken: an editor may be in the midst of saving.
const SECOND_THOUGHT: Duration = Duration::from_millis(100);
/// What a round is made for when a day has come.
const TODAY: &str = "--as-of today";
/// A file that something writes all the time must not hide the error in another.
const SECOND_THOUGHTS: usize = 3;

/// How often it is looked whether a new day has come (`--as-of today`).
const NEW_DAY: Duration = Duration::from_secs(60);

/// What all rounds have in common, and what the last one leaves to the next.
#[derive(Debug)]
pub struct Rounds {
    roots: SourceRoots,
    asked: Asked,
    /// Those of the last round.
    options: CompileOptions,
    strictness: Strictness,
    count: u64,
    /// The last one that could be made.
    site: Option<Arc<Site>>,
    seen: Seen,
    kept: Kept,
    /// Whether the last look found no folder to look at.
    lost: bool,
}

/// What the next round is to be made with: asked for each time, since days end.
struct Asked(Box<dyn Fn() -> CompileOptions + Send>);

impl fmt::Debug for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Asked")
    }
}

/// What a look found that is otherwise than before.
#[derive(Clone, Debug)]
pub struct Round {
    pub shown: Shown,
    pub outcome: Outcome,
    /// From the first look at the files to the site.
    pub took: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The site in [`Shown::site`] is made of the sources as they are, whose digest this is.
    Made([u8; 32]),
    /// The report says why there is no such site.
    Stopped,
}

/// What the loop tells whoever runs it.
#[derive(Debug)]
pub enum News<'r> {
    Round(&'r Round),
    /// From now on changes are noticed by looking at intervals.
    Looking(&'r WhyLooking),
}

/// Makes rounds for ever, each after something was noticed that changes what is read.
pub fn follow(mut rounds: Rounds, mut watcher: Watcher, mut tell: impl FnMut(News<'_>)) -> ! {
    loop {
        let noticed = watcher.wait(NEW_DAY);
        if let Some(why) = &noticed.looking {
            tell(News::Looking(why));
        }
        let Some(mut round) = rounds.look(&noticed.hints) else { continue };
        for _ in 0..SECOND_THOUGHTS {
            if round.outcome != Outcome::Stopped {
                break;
            }
            let Some(more) = watcher.wait_at_most(SECOND_THOUGHT) else { break };
            if let Some(why) = &more.looking {
                tell(News::Looking(why));
            }
            match rounds.look(&more.hints) {
                Some(again) => round = again.after(&round),
                None => break,
            }
        }
        tell(News::Round(&round));
    }
}

impl Rounds {
    /// `options` are asked for before each look; nothing but the day of `--as-of` may change between two.
    pub fn new(
        roots: SourceRoots,
        options: impl Fn() -> CompileOptions + Send + 'static,
        strictness: Strictness,
    ) -> Self {
        Self {
            roots,
            options: options(),
            asked: Asked(Box::new(options)),
            strictness,
            count: 0,
            site: None,
            seen: Seen::default(),
            kept: Kept::default(),
            lost: false,
        }
    }

    /// Looks at the sources. `None` where everything is as it was at the last look.
    pub fn look(&mut self, hints: &Hints) -> Option<Round> {
        let started = Instant::now();
        let mut report = Report::new(self.strictness);
        let options = (self.asked.0)();
        let is_new_day = options.as_of != self.options.as_of;
        let hints = if is_new_day { &Hints::Anything } else { hints };
        if is_new_day {
            self.options = options;
            // Everything is read again: which sheets are for the public is another question now.
            self.seen = Seen::default();
        }
        let (outcome, mut changed) = match self.seen.look(&self.roots, hints, now(), &mut report) {
            Ok(None) => return None,
            Ok(Some(look)) => {
                self.lost = false;
                self.make(look, &mut report)
            }
            Err(_) if self.lost => return None,
            Err(error) => {
                self.lost = true;
                report.add(no_folder(&error));
                (Outcome::Stopped, Vec::new())
            }
        };
        if is_new_day {
            changed = vec![TODAY.to_owned()];
        }
        // The first look is for no file in particular.
        let changed = if self.count == 0 { Vec::new() } else { changed };
        self.count += 1;
        let (site, report) = (self.site.clone(), Arc::new(report));
        let shown = Shown { round: self.count, site, report, changed: changed.into() };
        Some(Round { shown, outcome, took: started.elapsed() })
    }

    fn make(&mut self, look: Look, report: &mut Report) -> (Outcome, Vec<String>) {
        let Look { source, changed } = look;
        let mut digest = source.digest();
        let mut compiled = compile::compile_again(source, &self.options, &mut self.kept, report);
        if self.kept.lacking() > 0 {
            // What portal.yaml says now changes how sheets are read that are as they were.
            *report = Report::new(self.strictness);
            self.seen = Seen::default();
            let source = match self.seen.look(&self.roots, &Hints::Anything, now(), report) {
                Ok(look) => look.map(|look| look.source).unwrap_or_default(),
                Err(error) => {
                    self.lost = true;
                    report.add(no_folder(&error));
                    return (Outcome::Stopped, changed);
                }
            };
            digest = source.digest();
            compiled = compile::compile_again(source, &self.options, &mut self.kept, report);
        }
        let compiled = compiled.and_then(|site| report.go_on().map(|()| site));
        let outcome = match compiled {
            Ok(site) => {
                self.site = Some(Arc::new(site));
                Outcome::Made(digest)
            }
            Err(_) => Outcome::Stopped,
        };
        (outcome, changed)
    }
}

impl Round {
    /// This round in place of an earlier one that nobody was told of.
    fn after(mut self, untold: &Self) -> Self {
        let mut changed = [&*self.shown.changed, &*untold.shown.changed].concat();
        changed.sort_unstable();
        changed.dedup();
        self.shown.changed = changed.into();
        self.took += untold.took;
        self
    }
}

/// Since 1970: what changed a moment ago may change again unnoticed.
fn now() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
}

fn no_folder(error: &SourceError) -> Diagnostic {
    let help = error.help();
    Diagnostic::new(Code::UnreadableFile, Place::whole("content"), error.message()).help(help.ja, help.en)
}

#[cfg(test)]
mod tests;
