//! A single file beside the site.

use std::fs;
use std::io;
use std::path::Path;

use super::PublishError;

/// Writes a report. A file of that name is replaced only where it begins with `mark`, and so is an earlier report.
///
/// # Errors
/// [`PublishError::NoReport`] where the file is something else; [`PublishError::Io`].
pub fn write_report(path: &Path, html: &str, mark: &str) -> Result<(), PublishError> {
    match fs::read(path) {
        Ok(there) if !there.starts_with(mark.as_bytes()) => {
            return Err(PublishError::NoReport { path: path.to_owned() });
        }
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(PublishError::io(path)(error)),
        Ok(_) | Err(_) => {}
    }
    fs::write(path, html).map_err(PublishError::io(path))
}
