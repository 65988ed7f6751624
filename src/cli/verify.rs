//! `hyoka verify`: whether a published folder is as it was published.

use serde_json::json;

use super::Exit;
use super::args::{Format, VerifyArguments};
use super::terminal::Terminal;
use crate::diagnostic::{Message, MessageLanguage};
use crate::publish::{self, Change, Difference, DifferenceKind, Verification};
use crate::source::SourceRoots;

pub fn run(arguments: &VerifyArguments, language: MessageLanguage) -> Exit {
    let roots = SourceRoots { content: "content".into(), themes: "themes".into() };
    let terminal = Terminal::new(arguments.format, language, roots);
    match publish::verify(&arguments.published, arguments.manifest.as_deref()) {
        Ok(verification) => {
            tell(&verification, &terminal);
            if verification.differences.is_empty() { Exit::Clean } else { Exit::Problems }
        }
        Err(error) => {
            terminal.failure(&error.message(), &error.help());
            Exit::CouldNotRun
        }
    }
}

/// Shows every difference, or the first of each kind, and the sentence that sums them up.
pub fn tell(verification: &Verification, terminal: &Terminal) {
    let language = terminal.language();
    terminal.text(&match terminal.format() {
        Format::Human => human(verification, language),
        Format::Short => short(verification, language),
        Format::Json => records(verification),
    });
    terminal.say(&summary(verification));
}

/// How many files of a kind are named before the rest is counted.
const NAMED: usize = 20;

fn human(verification: &Verification, language: MessageLanguage) -> String {
    let mut text = String::new();
    for (kind, heading) in [
        ("changed", Message::new("変わったファイル", "Changed files")),
        ("not-a-file", Message::new("ファイルでないもの（リンクなど）", "Not a file (a link, for one)")),
        ("missing", Message::new("なくなったファイル", "Missing files")),
        ("foreign", Message::new("公開の記録にないファイル", "Files that were not published")),
    ] {
        let of_kind: Vec<_> = verification.differences.iter().filter(|of| name(of) == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        text += &format!("{} {}\n", heading.get(language), of_kind.len());
        for difference in of_kind.iter().take(NAMED) {
            text += &match about(difference) {
                Some(about) => format!("  {}  {}\n", difference.path, about.get(language)),
                None => format!("  {}\n", difference.path),
            };
        }
        if let Some(more) = of_kind.len().checked_sub(NAMED).filter(|more| *more > 0) {
            let rest = Message::new(
                format!("  ほか {more} 件（--format short ですべて表示します）\n"),
                format!("  and {more} more (--format short shows all)\n"),
            );
            text += rest.get(language);
        }
    }
    text
}

fn short(verification: &Verification, language: MessageLanguage) -> String {
    let line = |difference: &Difference| match about(difference) {
        Some(about) => format!("{}: {} ({})\n", name(difference), difference.path, about.get(language)),
        None => format!("{}: {}\n", name(difference), difference.path),
    };
    verification.differences.iter().map(line).collect()
}

/// One object a line.
fn records(verification: &Verification) -> String {
    let record = |difference: &Difference| {
        let (path, kind) = (&difference.path, name(difference));
        let record = match &difference.kind {
            DifferenceKind::Changed { published, found, how } => {
                let how = if *how == Change::LineEnds { "line-ends" } else { "content" };
                json!({ "kind": kind, "path": path, "published": published, "found": found, "how": how })
            }
            _ => json!({ "kind": kind, "path": path }),
        };
        format!("{record}\n")
    };
    verification.differences.iter().map(record).collect()
}

fn name(difference: &Difference) -> &'static str {
    match difference.kind {
        DifferenceKind::Missing => "missing",
        DifferenceKind::Changed { .. } => "changed",
        DifferenceKind::NotAFile => "not-a-file",
        DifferenceKind::Foreign => "foreign",
    }
}

fn about(difference: &Difference) -> Option<Message> {
    match difference.kind {
        DifferenceKind::Changed { how: Change::LineEnds, .. } => Some(Message::new(
            "改行だけが違います。FTP ならバイナリモードで送ってください",
            "only the ends of lines differ; with FTP, transfer in binary mode",
        )),
        DifferenceKind::Changed { published, found, .. } if published != found => {
            Some(Message::new(format!("{published} → {found} バイト"), format!("{published} → {found} bytes")))
        }
        _ => None,
    }
}

fn summary(verification: &Verification) -> Message {
    let Verification { version, same, differences, set_aside } = verification;
    let aside = match set_aside.is_empty() {
        true => Message::new("", ""),
        false => Message::new(
            format!("比べなかったもの: {}。", set_aside.join("、")),
            format!(" Left out of it: {}.", set_aside.join(", ")),
        ),
    };
    let count = differences.len();
    match count {
        0 => Message::new(
            format!("公開したときのままです（{same} ファイル、hyoka {version}）。{}", aside.ja),
            format!("as it was published ({same} files, hyoka {version}).{}", aside.en),
        ),
        count => Message::new(
            format!("公開したものと違います: 違い {count} 件、同じ {same} ファイル。{}", aside.ja),
            format!("not as it was published: {count} differ, {same} are the same.{}", aside.en),
        ),
    }
}
