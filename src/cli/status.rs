//! `hyoka status`: what of a year's sheets is filled, and what is still open.

use super::Exit;
use super::args::{Format, SourceArguments, StatusArguments};
use super::project::Project;
use super::terminal::Terminal;
use crate::content::address;
use crate::diagnostic::{Message, MessageLanguage};
use crate::model::{FiscalYear, Portal};
use crate::rollover::status::{self, Place, PolicyStatus};
use crate::source::{self, SourceRoots};

pub fn run(arguments: &StatusArguments, language: MessageLanguage) -> Exit {
    let source = SourceArguments {
        root: arguments.root.clone(),
        content: arguments.content.clone(),
        as_of: arguments.as_of,
        format: arguments.format,
        drafts: true,
        ..SourceArguments::default()
    };
    let project = Project::new(&source);
    let terminal = project.terminal(&source, language);
    let mut report = project.report();
    let sources = match project.read(&mut report) {
        Ok(sources) => sources,
        Err(error) => {
            terminal.failure(&error.message(), &error.help());
            return Exit::CouldNotRun;
        }
    };
    let Ok(site) = project.compile(sources, &mut report) else {
        terminal.report(&report);
        return Exit::Problems;
    };
    let portal = site.portal();
    let latest = portal.years().last().copied();
    let Some(year) = arguments.year.or(latest) else { return Exit::Clean };
    let Some(status) = status::of(portal, year, portal.as_of) else {
        return no_sheets(year, portal, &terminal);
    };
    match arguments.format {
        Format::Human => terminal.say(&status.message()),
        Format::Short => {
            let lines = status.open_places(|policy, place| at(project.roots(), policy, place));
            if !lines.ja.is_empty() {
                terminal.say(&lines);
            }
        }
        Format::Json => terminal.text(&format!("{:#}\n", status.json())),
    }
    Exit::Clean
}

/// `content/2025/industry.yaml:12`: the line of the place, or the nearest one that is there.
fn at(roots: &SourceRoots, policy: &PolicyStatus, place: &Place) -> String {
    let file = format!("content/{}", policy.path);
    let part = place.address.split_once('#').map_or("", |(_, part)| part);
    let line = source::text(roots, &file).and_then(|bytes| address::find(&bytes, part, None)).map_or(1, |at| at.line);
    let shown = roots.disk(&file).map_or(file, |disk| disk.display().to_string());
    format!("{shown}:{line}")
}

fn no_sheets(year: FiscalYear, portal: &Portal, terminal: &Terminal) -> Exit {
    let years: Vec<_> = portal.years().iter().map(ToString::to_string).collect();
    let message = Message::new(format!("{year}年度の評価シートがありません"), format!("fiscal {year} has no sheets"));
    let help = Message::new(
        format!("シートのある年度: {}。hyoka new-year {year} で始められます。", years.join("、")),
        format!("Years with sheets: {}. hyoka new-year {year} begins it.", years.join(", ")),
    );
    terminal.failure(&message, &help);
    Exit::CouldNotRun
}
