//! `hyoka build`: read, compile, render every route straight into the staging folder, publish.

use std::cmp::Reverse;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use rayon::prelude::*;

use super::Exit;
use super::args::BuildArguments;
use super::project::{self, Project};
use super::terminal::{Before, Terminal};
use super::words;
use crate::compile;
use crate::diagnostic::{MessageLanguage, Report, Severity};
use crate::publish::{InputDigest, Outcome, Output, PublishError, Published, Record, Stage, StagedFile};
use crate::site::examine;
use crate::site::{Body, RenderError, Route, Site};
use crate::source;

pub fn run(arguments: &BuildArguments, language: MessageLanguage) -> Exit {
    let project = Project::new(&arguments.source);
    let terminal = project.terminal(&arguments.source, language);
    project::with_threads(arguments.source.jobs, || build(arguments, &project, &terminal))
}

fn build(arguments: &BuildArguments, project: &Project, terminal: &Terminal) -> Exit {
    let started = Instant::now();
    let folder = project.output(arguments.output.as_deref());
    let refused = |error: &PublishError| {
        terminal.failure(&error.message(), &error.help());
        Exit::CouldNotRun
    };
    let published = match Output::open(&folder, &project.protected()).and_then(Published::open) {
        Ok(published) => published,
        Err(error) => return refused(&error),
    };
    let before = published.manifest().map_or(Before::Nothing, |_| Before::Site);
    let mut report = project.report();
    let source = match project.read(&mut report) {
        Ok(source) => source,
        Err(error) => {
            terminal.failure(&error.message(), &error.help());
            return Exit::CouldNotRun;
        }
    };
    let withheld = project.withheld(&source);
    let input = project.input(&source.digest(), &withheld);
    let clean = || {
        if let Some(about) = project.about_withheld(&withheld) {
            terminal.say(&about);
        }
        Exit::Clean
    };
    let current = published.is_current(&input);
    let examining = Examining::of(arguments);
    if current && report.is_empty() && examining == Examining::EachTemplate {
        // What was warned of is warned of again. Mostly portal.yaml has it all; else it has to be found again, which
        // costs no rendering.
        let warned = published.manifest().map_or(0, |manifest| manifest.warnings);
        if warned > 0 {
            compile::look_at_portal(&source, &mut report);
        }
        if report.count(Severity::Warning) == warned && report.go_on().is_ok() {
            if warned > 0 {
                terminal.report(&report);
            }
            terminal.nothing_changed(&folder, started.elapsed());
            return clean();
        }
    }
    let compiled = project.compile(source, &mut report).and_then(|site| report.go_on().map(|()| site));
    let Ok(site) = compiled else {
        return stopped(&report, before, terminal);
    };
    if current {
        if examining == Examining::EveryPage {
            examine::examine(&site, &mut report);
        }
        if report.go_on().is_err() {
            return stopped(&report, before, terminal);
        }
        terminal.report(&report);
        terminal.nothing_changed(&folder, started.elapsed());
        return clean();
    }
    let warnings = report.count(Severity::Warning);
    let published = publish(&site, published, &input, warnings, examining, terminal);
    // The program ends: the system takes the memory back at once, which a large site would give back piece by piece.
    std::mem::forget(site);
    match published {
        Ok(outcome) => {
            terminal.report(&report);
            terminal.published(&outcome, &folder, started.elapsed());
            clean()
        }
        Err(BuildError::Render(RenderError::Template(diagnostic))) => {
            report.add(*diagnostic);
            stopped(&report, before, terminal)
        }
        Err(BuildError::Pages(found)) => {
            report.append(found);
            stopped(&report, before, terminal)
        }
        Err(BuildError::Render(error)) => {
            terminal.failure(&error.message(), &words::look_at_the_disk());
            Exit::CouldNotRun
        }
        Err(BuildError::Publish(error)) => refused(&error),
    }
}

fn stopped(report: &Report, before: Before, terminal: &Terminal) -> Exit {
    terminal.report(report);
    terminal.not_published(before);
    Exit::Problems
}

/// A page with so many policies one below the other is rendered while no other such page is.
const VERY_LONG: usize = 200;

pub(super) enum BuildError {
    Render(RenderError),
    Publish(PublishError),
    /// Pages break rules; nothing was published.
    Pages(Report),
}

/// Which pages are examined before they are published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Examining {
    /// One of each: views give all pages of a kind the same parts.
    EachTemplate,
    EveryPage,
}

impl Examining {
    pub(super) fn of(arguments: &BuildArguments) -> Self {
        if arguments.examine { Self::EveryPage } else { Self::EachTemplate }
    }
}

impl From<PublishError> for BuildError {
    fn from(error: PublishError) -> Self {
        Self::Publish(error)
    }
}

pub(super) fn publish<'site>(
    site: &'site Site,
    published: Published,
    input: &InputDigest,
    warnings: usize,
    examining: Examining,
    terminal: &Terminal,
) -> Result<Outcome, BuildError> {
    let samples = examine::one_of_each_template(site);
    let stage = Stage::open(published)?;
    let progress = terminal.progress(site.routes().len());
    let looked_at = |route: &Route| match examining {
        Examining::EachTemplate => samples.contains(route.path.as_str()),
        Examining::EveryPage => examine::is_page(route),
    };
    let examined = Mutex::new(Vec::new());
    let write = |memory: &mut Vec<u8>, route: &'site Route| -> Result<StagedFile<'site>, BuildError> {
        progress.step();
        stage.write(&route.path, memory, |out| match site.body(route) {
            Body::Rendered if looked_at(route) => {
                let mut html = Vec::new();
                site.render(route, &mut html).map_err(BuildError::Render)?;
                let found = examine::examined(route, &html);
                examined.lock().unwrap_or_else(PoisonError::into_inner).push(found);
                out.write_all(&html).map_err(|error| BuildError::Render(error.into()))
            }
            Body::Rendered => site.render(route, out).map_err(BuildError::Render),
            Body::Copied(asset) => source::copy(asset, out).map_err(|error| BuildError::Render(error.into())),
        })
    };
    // The largest first: none of them is left to one processor alone at the end. Very long pages come one after another
    // beside the rest, for several at once would need several times the memory.
    let (together, mut alone) = site.together();
    alone.sort_by_cached_key(|route| Reverse(site.extent(route)));
    let (long, rest): (Vec<_>, Vec<_>) = alone.into_iter().partition(|route| site.rows(route) >= VERY_LONG);
    let write_together = |routes: Vec<&'site Route>| {
        routes.iter().for_each(|_| progress.step());
        let paths: Vec<_> = routes.iter().map(|route| route.path.as_str()).collect();
        stage.write_together(&paths, |outs| site.render_together(&routes, outs).map_err(BuildError::Render))
    };
    let write_long = || {
        let mut memory = Vec::new();
        long.into_iter().map(|route| write(&mut memory, route)).collect::<Result<Vec<_>, BuildError>>()
    };
    let write_data = || together.into_par_iter().map(write_together).collect::<Result<Vec<_>, BuildError>>();
    let write_rest = || rest.into_iter().par_bridge().map_init(Vec::new, write).collect::<Result<Vec<_>, BuildError>>();
    let (long, (data, rest)) = rayon::join(write_long, || rayon::join(write_data, write_rest));
    let mut files = rest?;
    files.append(&mut long?);
    files.extend(data?.into_iter().flatten());
    let examined = examined.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut found = Report::default();
    examine::conclude(site, &examined, &mut found);
    if found.go_on().is_err() {
        return Err(BuildError::Pages(found));
    }
    let sources = |path: &str| site.route(path).map(|route| site.sources(route)).unwrap_or_default();
    Ok(stage.publish(files, &Record { input, warnings, sources: &sources })?)
}
