//! `hyoka new-year`: the next fiscal year's sheets, from those of the last.

use super::Exit;
use super::args::{CheckArguments, NewYearArguments, SourceArguments};
use super::check;
use super::project::Project;
use super::terminal::Terminal;
use crate::diagnostic::{Message, MessageLanguage};
use crate::draft::{self, Change};
use crate::rollover::new_year::{self, NewYear, PortalFile};
use crate::source::{SourceRoots, SourceTree};

pub fn run(arguments: &NewYearArguments, language: MessageLanguage) -> Exit {
    let source = SourceArguments {
        root: arguments.root.clone(),
        content: arguments.content.clone(),
        drafts: true,
        format: arguments.format,
        ..SourceArguments::default()
    };
    let project = Project::new(&source);
    let terminal = project.terminal(&source, language);
    let new_year = match planned(arguments, &project, &terminal) {
        Ok(new_year) => new_year,
        Err(exit) => return exit,
    };
    let (year, from) = (new_year.year, new_year.from);
    terminal.say(&Message::new(
        format!("{year}年度を{from}年度のシートから始めます。\n"),
        format!("Fiscal {year} begins with the sheets of {from}.\n"),
    ));
    terminal.say(&new_year.listing());
    if !arguments.write {
        terminal.say(&Message::new(
            "\nまだ何も書き込んでいません。--write を付けると書き込みます。",
            "\nNothing is written yet; --write writes it.",
        ));
        return Exit::Clean;
    }
    if let Err(error) = write(&new_year, project.roots()) {
        terminal.failure(&error.message(), &error.help());
        return Exit::CouldNotRun;
    }
    terminal.say(&Message::new(
        "\n書き込みました。続けて調べます（hyoka check --drafts）。",
        "\nWritten. Checking it (hyoka check --drafts).",
    ));
    check::run(&CheckArguments { report: None, source }, language)
}

/// The year as it would be, once it is sure that it can be read.
fn planned(arguments: &NewYearArguments, project: &Project, terminal: &Terminal) -> Result<NewYear, Exit> {
    let mut report = project.report();
    let source = project.read(&mut report).map_err(|error| {
        terminal.failure(&error.message(), &error.help());
        Exit::CouldNotRun
    })?;
    let Ok(site) = project.compile(source.clone(), &mut report) else {
        terminal.report(&report);
        terminal.say(&Message::new(
            "何も書き込みませんでした。先に、上の問題を直してください。",
            "Nothing was written. Correct these problems first.",
        ));
        return Err(Exit::Problems);
    };
    let from = arguments.from.unwrap_or_else(|| arguments.year.previous());
    let new_year = new_year::open(site.portal(), &source.content, from, arguments.year).map_err(|refusal| {
        terminal.failure(&refusal.message(), &refusal.help());
        Exit::CouldNotRun
    })?;
    let mut after = project.report();
    let mut content = source.content;
    new_year.applied_to(&mut content);
    if project.compile(SourceTree { content, ..source }, &mut after).is_err() {
        terminal.report(&after.since(&report));
        terminal.say(&Message::new(
            "何も書き込みませんでした。新しい年度のシートに問題が出ます。元のシートを直してください。",
            "Nothing was written: the new sheets would have problems. Correct the sheets they begin with.",
        ));
        return Err(Exit::Problems);
    }
    Ok(new_year)
}

fn write(new_year: &NewYear, roots: &SourceRoots) -> Result<(), draft::DraftError> {
    let sheets = new_year.sheets.iter().map(|sheet| (roots.content.join(&sheet.path), sheet.bytes.clone()));
    let sheets: Vec<_> = sheets.collect();
    let portal = match &new_year.portal {
        PortalFile::Changed { path, before, after } => {
            Some(Change { path: roots.content.join(path), before: before.clone(), after: after.clone() })
        }
        PortalFile::HasYear { .. } | PortalFile::ByHand { .. } => None,
    };
    draft::write_files(&sheets, portal.as_ref())
}
