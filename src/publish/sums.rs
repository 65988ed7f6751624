//! SHA256SUMS: the list of sums that `sha256sum -c` and other tools of every system read.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::manifest::{from_hex, to_hex};

/// The list of sums, at the top of a pack. It does not list itself.
pub const SUMS: &str = "SHA256SUMS";

/// The note for whoever opens a pack, at its top.
pub const PACK_NOTE: &str = "README.txt";

/// One line a file, by path.
pub(super) fn text(files: &BTreeMap<&str, [u8; 32]>) -> String {
    files.iter().fold(String::new(), |mut text, (path, sha256)| {
        // Writing to a String cannot fail. `*`: the file is read as it is, not as text.
        let _ = writeln!(text, "{} *{path}", to_hex(sha256));
        text
    })
}

/// The sum of one file of a list.
pub(super) fn named(text: &str, path: &str) -> Option<[u8; 32]> {
    let line = text.lines().find_map(|line| line.strip_suffix(path)?.strip_suffix(" *"));
    line.and_then(from_hex)
}
