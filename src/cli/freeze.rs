//! `hyoka freeze`: the figures of a published edition are recorded, and every later build keeps them.

use super::Exit;
use super::args::{FreezeArguments, SourceArguments};
use super::project::Project;
use super::terminal::Terminal;
use crate::content::ledger;
use crate::diagnostic::{Message, MessageLanguage};
use crate::draft::{self, Change};
use crate::model::FiscalYear;
use crate::site::Site;
use crate::site::data::LedgerText;
use crate::source::TextFile;

pub fn run(arguments: &FreezeArguments, language: MessageLanguage) -> Exit {
    let source = SourceArguments {
        root: arguments.root.clone(),
        content: arguments.content.clone(),
        as_of: arguments.as_of,
        format: arguments.format,
        ..SourceArguments::default()
    };
    let project = Project::new(&source);
    let terminal = project.terminal(&source, language);
    freeze(arguments.year, &project, &terminal)
}

fn freeze(year: FiscalYear, project: &Project, terminal: &Terminal) -> Exit {
    let mut report = project.report();
    let source = match project.read(&mut report) {
        Ok(source) => source,
        Err(error) => {
            terminal.failure(&error.message(), &error.help());
            return Exit::CouldNotRun;
        }
    };
    let before = source.content.iter().find(|file| *file.path == *format!("{year}/{}", ledger::NAME)).cloned();
    let left_out = project.about_withheld(&project.withheld(&source));
    let compiled = project.compile(source, &mut report).and_then(|site| report.go_on().map(|()| site));
    terminal.report(&report);
    let Ok(site) = compiled else {
        terminal.say(&Message::new("何も記録しませんでした。", "Nothing was recorded."));
        return Exit::Problems;
    };
    let exit = match before {
        Some(before) => record_new_policies(year, &site, &before, project, terminal),
        None => record(year, &site, project, terminal),
    };
    // Nobody is to believe that what was not there to be published is guarded.
    if let Some(left_out) = left_out.filter(|_| exit == Exit::Clean) {
        terminal.say(&left_out);
    }
    exit
}

/// What a frozen edition published stays as it was recorded; a policy that joined it since is added.
fn record_new_policies(
    year: FiscalYear,
    site: &Site,
    before: &TextFile,
    project: &Project,
    terminal: &Terminal,
) -> Exit {
    let path = project.roots().content.join(&*before.path);
    let added = site.ledger_with_new_policies(year, &String::from_utf8_lossy(before.bytes()));
    let added = added.map_err(|error| draft::DraftError::Io { path: path.clone(), error });
    let written = added.and_then(|added| {
        let Some(added) = added else { return Ok(None) };
        let after = added.text.clone().into_bytes();
        let change = Change { path: path.clone(), before: before.bytes().to_vec(), after };
        draft::write_files(&[], Some(&change)).map(|()| Some(added))
    });
    match written {
        Ok(added) => {
            terminal.say(&frozen_already(year, site));
            if let Some(LedgerText { policies, figures, .. }) = added {
                let path = path.display();
                terminal.say(&Message::new(
                    format!("記録のあとに加わった施策を書き足しました: {path}（{policies}施策、数値{figures}件）"),
                    format!("Policies that joined the edition since are added: {path} ({policies} policies, {figures} figures)"),
                ));
            }
            Exit::Clean
        }
        Err(error) => {
            terminal.failure(&error.message(), &error.help());
            Exit::CouldNotRun
        }
    }
}

fn record(year: FiscalYear, site: &Site, project: &Project, terminal: &Terminal) -> Exit {
    let Some(written) = site.ledger(year) else {
        let years = site.portal().years();
        let years: Vec<_> = years.iter().map(ToString::to_string).collect();
        let message = Message::new(
            format!("{year}年度には、公開できるシートがありません"),
            format!("fiscal {year} has no sheet that is for the public"),
        );
        let help = Message::new(
            format!("シートのある年度: {}。下書きと公表予定日前のシートは記録しません。", years.join("、")),
            format!("years with sheets: {}. Drafts and sheets before their day are not recorded.", years.join(", ")),
        );
        terminal.failure(&message, &help);
        return Exit::Problems;
    };
    let path = project.roots().content.join(year.digits()).join(ledger::NAME);
    let text = match written {
        Ok(text) => text,
        Err(error) => {
            let error = draft::DraftError::Io { path, error };
            terminal.failure(&error.message(), &error.help());
            return Exit::CouldNotRun;
        }
    };
    if let Err(error) = draft::write_new_file(&path, &text.text) {
        terminal.failure(&error.message(), &error.help());
        return Exit::CouldNotRun;
    }
    let (policies, figures, path) = (text.policies, text.figures, path.display());
    terminal.say(&Message::new(
        format!(
            "{year}年度版の公表値を記録しました: {path}（{policies}施策、数値{figures}件）\nシートと一緒に保管してください。これから数値が変わると、改訂（revisions）を書くまで hyoka build は公開しません。"
        ),
        format!(
            "The figures of the {year} edition are recorded: {path} ({policies} policies, {figures} figures)\nKeep the file with the sheets. From now on a changed figure stops hyoka build until a revision is declared."
        ),
    ));
    Exit::Clean
}

/// The ledger agrees with what holds now, or the build would have stopped.
fn frozen_already(year: FiscalYear, site: &Site) -> Message {
    let counts = site.facts().edition(year).and_then(|edition| edition.compared).unwrap_or_default();
    let (figures, revised, unchanged) = (counts.figures, counts.revised, counts.unchanged());
    Message::new(
        format!(
            "{year}年度版の公表値はもう記録されています。数値{figures}件と照合しました: 変更なし{unchanged}件、改訂{revised}件。もう記録されている数値は書き直しません。"
        ),
        format!(
            "The figures of the {year} edition are recorded already. {figures} figures compared: {unchanged} unchanged, {revised} revised. What is recorded is not rewritten."
        ),
    )
}
