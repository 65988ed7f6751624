//! Publishing: a new state of the site is staged beside the published folder and takes its place whole, or not at all.
//!
//! [`Output::open`] refuses folders that must not be replaced. [`Published::open`] repairs what an interrupted run left
//! and reads the manifest; [`Published::is_current`] ends a run that would change nothing. [`Stage::open`] locks out a
//! second run; [`Stage::write`] may be called from many threads; [`Stage::publish`] swaps the folders. A stage that is
//! dropped instead leaves the published folder as it was.
//!
//! Guarantees hold for a program that is stopped at any point. After a loss of power the file system decides what it
//! kept of the last seconds; sizes are checked against the manifest by the next build.

mod difference;
mod error;
pub mod manifest;
mod output;
mod pack;
mod report;
mod stage;
mod sums;
mod swap;
mod verify;

pub use difference::{
    CellDifference, FileDifference, FileDifferenceKind, PublishedDifference, is_published, published_difference,
};
pub use error::{PublishError, Refusal};
pub use manifest::{InputDigest, Manifest, Published, PublishedFile, Record};
pub use output::{Output, Protected};
pub use pack::{Pack, PackError, PackExtent, pack};
pub use report::write_report;
pub use stage::{Outcome, Stage, StagedFile};
pub use sums::{PACK_NOTE, SUMS};
pub use verify::{Change, Difference, DifferenceKind, Verification, VerifyError, verify};

/// The list of what was published, at the top of the published folder. It does not list itself.
pub const MANIFEST: &str = "manifest.json";

/// Notes that people keep in the output folder of a repository: carried over, in no manifest, and foreign to nobody.
pub const CARRIED: [&str; 3] = [".gitignore", ".gitkeep", "README.md"];

/// What file managers leave in a folder that someone looked into. It may disappear.
const NOISE: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

#[cfg(test)]
mod tests;
