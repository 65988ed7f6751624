//! Answers: status, fields, body; whole or in part, within a limit of time.

use std::io::{self, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::request::{Method, Request};
use crate::source::{self, AssetFile};

/// One answer. After it the connection is closed.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub kind: &'static str,
    /// Fields beyond those of every answer: name and value.
    pub fields: Vec<(&'static str, String)>,
    pub body: Body,
}

#[derive(Debug)]
pub enum Body {
    Bytes(Vec<u8>),
    /// A file of content/assets that was found to be what it was when it was read.
    File(AssetFile),
}

pub const HTML: &str = "text/html; charset=utf-8";
pub const TEXT: &str = "text/plain; charset=utf-8";
pub const JSON: &str = "application/json; charset=utf-8";
pub const SCRIPT: &str = "text/javascript; charset=utf-8";

/// What a page of the preview may load: its own, inline styles and scripts as themes have them, and images from
/// anywhere, as the published page. Nothing of others runs, so that a look at the preview is no visit to be counted.
const POLICY: &str = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data: blob: https:; font-src 'self' data: https:; media-src 'self' https:; frame-src 'self' https:; \
     connect-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'self'";

impl Answer {
    pub fn new(status: u16, kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, kind, fields: Vec::new(), body: Body::Bytes(body.into()) }
    }

    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.fields.push((name, value.into()));
        self
    }

    /// Sends the answer, or the part of it that is asked for.
    ///
    /// # Errors
    /// Where the browser has gone, or takes it too slowly.
    pub fn send(self, request: Option<&Request>, stream: &TcpStream) -> io::Result<()> {
        let size = match &self.body {
            Body::Bytes(bytes) => bytes.len() as u64,
            Body::File(asset) => asset.size,
        };
        let tag = self.fields.iter().find(|(name, _)| *name == "ETag").map(|(_, tag)| tag.as_str());
        let has = request.and_then(|request| request.has.as_deref());
        let whole = self.status == 200;
        let unchanged = whole && tag.is_some_and(|tag| has.is_some_and(|has| names(has, tag)));
        let part = request.filter(|request| {
            whole && request.method == Method::Get && request.range_of.as_deref().is_none_or(|of| Some(of) == tag)
        });
        let part = part.and_then(|request| request.range.as_deref()).map(|range| Part::of(range, size));
        let (status, part) = match part {
            _ if unchanged => (304, None),
            Some(Part::Of(from, to)) => (206, Some((from, to))),
            Some(Part::Outside) => (416, None),
            Some(Part::Whole) | None => (self.status, None),
        };
        let sent = match (status, part) {
            (304 | 416, _) => 0,
            (_, Some((from, to))) => to - from + 1,
            _ => size,
        };
        let mut head = format!("HTTP/1.1 {status} {}\r\nContent-Length: {sent}\r\n", reason(status));
        if status != 304 {
            head.push_str(&format!("Content-Type: {}\r\n", self.kind));
        }
        if whole {
            head.push_str("Accept-Ranges: bytes\r\n");
        }
        match (status, part) {
            (_, Some((from, to))) => head.push_str(&format!("Content-Range: bytes {from}-{to}/{size}\r\n")),
            (416, None) => head.push_str(&format!("Content-Range: bytes */{size}\r\n")),
            _ => {}
        }
        for (name, value) in &self.fields {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(COMMON);
        head.push_str(&format!("Content-Security-Policy: {POLICY}\r\n\r\n"));
        let mut to = Patient::new(stream, sent);
        to.write_all(head.as_bytes())?;
        if request.is_some_and(|request| request.method == Method::Head) || sent == 0 {
            return to.flush();
        }
        let (from, until) = part.map_or((0, size), |(from, to)| (from, to + 1));
        match &self.body {
            Body::Bytes(bytes) => {
                let position = |at: u64| usize::try_from(at).unwrap_or(bytes.len());
                to.write_all(bytes.get(position(from)..position(until)).unwrap_or_default())?;
            }
            Body::File(asset) => source::copy(asset, &mut Window { skip: from, left: sent, to: &mut to })?,
        }
        to.flush()
    }
}

/// What every answer says of itself. Nothing is kept by the browser, and nobody else may read it.
pub const COMMON: &str = "Connection: close\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\
     Referrer-Policy: same-origin\r\nCross-Origin-Resource-Policy: same-origin\r\n";

/// Whether a list of tags names this one.
fn names(list: &str, tag: &str) -> bool {
    list.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == tag)
}

/// What a field `Range` asks for (RFC 9110 §14.2).
#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// First and last byte.
    Of(u64, u64),
    Outside,
    /// Not understood, or several: the whole may be sent instead.
    Whole,
}

impl Part {
    fn of(range: &str, size: u64) -> Self {
        let Some((from, to)) = range.strip_prefix("bytes=").and_then(|range| range.trim().split_once('-')) else {
            return Self::Whole;
        };
        match (from.trim().parse::<u64>(), to.trim().parse::<u64>()) {
            (Ok(from), Ok(to)) if to < from => Self::Whole,
            (Ok(from), _) if from >= size && (to.trim().is_empty() || to.trim().parse::<u64>().is_ok()) => {
                Self::Outside
            }
            (Ok(from), Ok(to)) => Self::Of(from, to.min(size - 1)),
            (Ok(from), Err(_)) if to.trim().is_empty() => Self::Of(from, size - 1),
            (Err(_), Ok(0)) if from.trim().is_empty() => Self::Outside,
            (Err(_), Ok(_)) if from.trim().is_empty() && size == 0 => Self::Outside,
            (Err(_), Ok(last)) if from.trim().is_empty() => Self::Of(size.saturating_sub(last), size - 1),
            _ => Self::Whole,
        }
    }
}

/// Lets only a part of what is written through.
struct Window<'w> {
    skip: u64,
    left: u64,
    to: &'w mut dyn Write,
}

impl Write for Window<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let start = self.skip.min(bytes.len() as u64);
        self.skip -= start;
        let rest = bytes.get(start as usize..).unwrap_or_default();
        let taken = self.left.min(rest.len() as u64);
        self.left -= taken;
        self.to.write_all(rest.get(..taken as usize).unwrap_or_default())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Writes as long as the other side takes something, and not for ever.
struct Patient<'s> {
    stream: &'s TcpStream,
    until: Instant,
}

/// Slower than this, in bytes a second, is too slow.
const SLOWEST: u64 = 50_000;

impl<'s> Patient<'s> {
    fn new(stream: &'s TcpStream, size: u64) -> Self {
        Self { stream, until: Instant::now() + Duration::from_secs(10 + size / SLOWEST) }
    }
}

impl Write for Patient<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        self.stream.set_write_timeout(Some(left))?;
        let mut stream = self.stream;
        stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        let mut stream = self.stream;
        stream.flush()
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        204 => "No Content",
        206 => "Partial Content",
        301 => "Moved Permanently",
        302 => "Found",
        304 => "Not Modified",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        416 => "Range Not Satisfiable",
        421 => "Misdirected Request",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        _ => "Service Unavailable",
    }
}

/// The type of a file by its ending. What is not known is offered for download, never shown.
pub fn content_type(path: &str) -> &'static str {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref().unwrap_or_default() {
        "html" | "htm" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => SCRIPT,
        "json" => JSON,
        "csv" => "text/csv; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "txt" | "md" => TEXT,
        "svg" => "image/svg+xml; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "pdf" => "application/pdf",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "zip" => "application/zip",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "ppt" => "application/vnd.ms-powerpoint",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_one_part_of_what_is_there() {
        for (range, size, part) in [
            ("bytes=0-3", 10, Part::Of(0, 3)),
            ("bytes=4-", 10, Part::Of(4, 9)),
            ("bytes=-3", 10, Part::Of(7, 9)),
            ("bytes=-30", 10, Part::Of(0, 9)),
            ("bytes=8-99999", 10, Part::Of(8, 9)),
            ("bytes=10-", 10, Part::Outside),
            ("bytes=10-12", 10, Part::Outside),
            ("bytes=-0", 10, Part::Outside),
            ("bytes=-5", 0, Part::Outside),
            ("bytes=0-", 0, Part::Outside),
            ("bytes=3-1", 10, Part::Whole),
            ("bytes=0-1,4-5", 10, Part::Whole),
            ("lines=0-1", 10, Part::Whole),
            ("bytes=", 10, Part::Whole),
            ("bytes=-", 10, Part::Whole),
            ("bytes=99999999999999999999-", 10, Part::Whole),
        ] {
            assert_eq!(Part::of(range, size), part, "{range} of {size}");
        }
    }

    #[test]
    fn a_window_lets_its_part_through() {
        let mut seen = Vec::new();
        let mut window = Window { skip: 3, left: 4, to: &mut seen };
        for chunk in ["01", "2345", "6789"] {
            window.write_all(chunk.as_bytes()).unwrap();
        }
        assert_eq!(seen, b"3456");
    }

    #[test]
    fn texts_say_that_they_are_utf_8_and_unknown_files_are_only_downloaded() {
        assert_eq!(content_type("2024/data/observations.csv"), "text/csv; charset=utf-8");
        assert_eq!(content_type("assets/theme/style.1386b4db.css"), "text/css; charset=utf-8");
        assert_eq!(content_type("assets/様式.PDF"), "application/pdf");
        assert_eq!(content_type("assets/README"), "application/octet-stream");
    }
}
