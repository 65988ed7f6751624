//! A line for every round: what changed, what came of it, how long it took.

use std::time::Duration;

use super::{Terminal, file_shown, human, print, records};
use crate::cli::args::Format;
use crate::diagnostic::{Message, Report, Severity};
use crate::publish::Outcome;
use crate::serve::preview::Shown;
use crate::serve::watcher::WhyLooking;

/// More problems than this scroll away what went before.
const SHOWN: usize = 10;

impl Terminal {
    /// After a round of `build --watch` that was published.
    pub fn round_published(&self, shown: &Shown, told: &Report, outcome: &Outcome, took: Duration) {
        let Outcome { written, removed, .. } = *outcome;
        let (what, took, standing) = (self.what_changed(shown), milliseconds(took), standing(shown, told));
        self.say(&Message::new(
            format!("{}：{written}ファイルを更新、{removed}ファイルを削除（{took}ミリ秒{}）", what.ja, standing.ja),
            format!("{}: {} changed, {removed} removed ({took} ms{})", what.en, counted(written, "file"), standing.en),
        ));
        self.problems(shown, told);
    }

    /// After a round of `serve` that made a site.
    pub fn round_shown(&self, shown: &Shown, told: &Report, took: Duration) {
        let (what, took, standing) = (self.what_changed(shown), milliseconds(took), standing(shown, told));
        self.say(&Message::new(
            format!("{}：表示を更新しました（{took}ミリ秒{}）", what.ja, standing.ja),
            format!("{}: the preview is up to date ({took} ms{})", what.en, standing.en),
        ));
        self.problems(shown, told);
    }

    /// After a round that could make no site.
    pub fn round_stopped(&self, shown: &Shown, told: &Report, took: Duration) {
        let (what, took, standing) = (self.what_changed(shown), milliseconds(took), standing(shown, told));
        let errors = shown.report.count(Severity::Error);
        let (ja, en) = match shown.site {
            Some(_) => ("サイトは前のままです", "the site stays as it was"),
            None => ("まだサイトを作れません", "there is no site yet"),
        };
        self.say(&Message::new(
            format!("{}：エラー {errors}件、{ja}（{took}ミリ秒{}）", what.ja, standing.ja),
            format!("{}: {}, {en} ({took} ms{})", what.en, counted(errors, "error"), standing.en),
        ));
        self.problems(shown, told);
    }

    /// Why changes are noticed by looking at intervals.
    pub fn looking(&self, why: &WhyLooking) {
        let (ja, en) = match why {
            WhyLooking::Drive(kind) => (
                format!("変更が知らされないドライブ（{kind}）です"),
                format!("changes on this drive ({kind}) are not told"),
            ),
            WhyLooking::TooMany => (
                "フォルダが多く、システムの上限（fs.inotify.max_user_watches など）を超えます".to_owned(),
                "there are more folders than the system watches (fs.inotify.max_user_watches)".to_owned(),
            ),
            WhyLooking::Refused(error) => {
                (format!("フォルダを見張れません（{error}）"), format!("the folders cannot be watched ({error})"))
            }
        };
        self.say(&Message::new(
            format!("{ja}。一定の間隔で変更を調べます。"),
            format!("{en}; looking for changes at intervals."),
        ));
    }

    /// The file, or how many.
    fn what_changed(&self, shown: &Shown) -> Message {
        match &*shown.changed {
            [] if shown.round == 1 => Message::new("最初の表示", "start"),
            [] => Message::new("フォルダ", "folders"),
            [file] => {
                let file = file_shown(&self.roots, file);
                Message::new(file.clone(), file)
            }
            files => Message::new(format!("{}ファイル", files.len()), format!("{} files", files.len())),
        }
    }

    /// The first problems that were not told before, and how many more there are.
    fn problems(&self, shown: &Shown, told: &Report) {
        let report = &shown.report.since(told);
        if report.is_empty() {
            return;
        }
        if self.format == Format::Json {
            return print(&mut std::io::stdout().lock(), &records::json(report, &self.roots, self.language));
        }
        let rest = Message::new("hyoka check ですべて表示します", "hyoka check shows all");
        let text = match self.format {
            Format::Short => {
                let lines = records::short(report, &self.roots, self.language);
                let hidden = lines.lines().count().saturating_sub(SHOWN);
                let shown: String = lines.split_inclusive('\n').take(SHOWN).collect();
                shown + &human::hidden_too(hidden, &rest, self.language)
            }
            Format::Human | Format::Json => {
                human::render(report, &self.roots, self.language, self.colour, SHOWN, &rest)
            }
        };
        print(&mut std::io::stderr().lock(), &text);
    }
}

/// How many problems were told before and are still there.
fn standing(shown: &Shown, told: &Report) -> Message {
    match shown.report.iter().count() - shown.report.since(told).iter().count() {
        0 => Message::new("", ""),
        n => Message::new(format!("、前からの問題 {n}件"), format!("; {} from before", counted(n, "problem"))),
    }
}

/// `1 problem`, `2 problems`.
fn counted(n: usize, of: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{n} {of}{plural}")
}

fn milliseconds(time: Duration) -> u128 {
    time.as_millis()
}
