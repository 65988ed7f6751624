//! `hyoka pack`: what was published, as one zip file.

use std::path::PathBuf;

use super::Exit;
use super::args::PackArguments;
use super::terminal::Terminal;
use crate::diagnostic::Message;
use crate::publish::{self, Pack, PackError, PackExtent};

pub fn run(arguments: &PackArguments, terminal: &Terminal) -> Exit {
    let folder = arguments.site.clone().unwrap_or_else(|| PathBuf::from("output"));
    let extent = arguments.year.map_or(PackExtent::Portal, PackExtent::Edition);
    let output = arguments.zip.clone().unwrap_or_else(|| match arguments.year {
        Some(year) => PathBuf::from(format!("portal-{}.zip", year.digits())),
        None => PathBuf::from("portal.zip"),
    });
    match publish::pack(&folder, extent, &output) {
        Ok(pack) => {
            terminal.say(&packed(&pack, &output.display().to_string()));
            Exit::Clean
        }
        Err(error) => {
            terminal.failure(&error.message(), &error.help());
            if matches!(error, PackError::Differs { .. }) { Exit::Problems } else { Exit::CouldNotRun }
        }
    }
}

fn packed(pack: &Pack, output: &str) -> Message {
    let Pack { files, size, sha256, left_out } = pack;
    let (ja, en) = match left_out.is_empty() {
        true => (String::new(), String::new()),
        false => (
            format!("\n入っていない年度版: {}（そこへのリンクは開けません）", left_out.join("、")),
            format!("\nEditions that are not in it: {} (links to them lead nowhere)", left_out.join(", ")),
        ),
    };
    Message::new(
        format!("{files} ファイルをまとめました → {output}（{size} バイト）{ja}\nSHA-256: {sha256}"),
        format!("packed {files} files → {output} ({size} bytes){en}\nSHA-256: {sha256}"),
    )
}
