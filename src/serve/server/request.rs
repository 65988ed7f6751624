//! The head of a request: read within a limit of size and time, and taken apart.

use std::io::{self, Read};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// No head of a request is larger, in bytes. Browsers send about one kilobyte.
pub const MAX_HEAD: usize = 16 * 1024;

const MAX_FIELDS: usize = 64;

/// What a browser asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub method: Method,
    /// As sent, percent-encoded: begins with a slash.
    pub path: String,
    /// Behind the question mark, as sent.
    pub query: String,
    pub host: Option<String>,
    pub origin: Option<String>,
    /// The part of the file that is asked for, as sent.
    pub range: Option<String>,
    /// The hash of what the browser has.
    pub has: Option<String>,
    /// `If-Range`: the part is of use only to who has this.
    pub range_of: Option<String>,
    /// Whether it comes from the preview's own script: no form and no link of another page can send this field.
    pub own: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Head,
    Post,
    Other,
}

/// Why there is no request to answer.
#[derive(Debug)]
pub enum Refusal {
    /// Nothing came, or it stopped: there is nobody to answer.
    Gone,
    /// Not HTTP/1.
    Malformed,
    TooLarge,
    /// It came too slowly.
    TooSlow,
}

/// Reads up to the empty line that ends the head.
pub fn read(stream: &mut TcpStream, at_most: Duration) -> Result<Request, Refusal> {
    let until = Instant::now() + at_most;
    let mut head = Vec::with_capacity(2048);
    let mut chunk = [0; 2048];
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Refusal::TooSlow);
        }
        stream.set_read_timeout(Some(left)).map_err(|_| Refusal::Gone)?;
        let read = match stream.read(&mut chunk) {
            Ok(0) => return Err(Refusal::Gone),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
                return Err(if head.is_empty() { Refusal::Gone } else { Refusal::TooSlow });
            }
            Err(_) => return Err(Refusal::Gone),
        };
        // The end may lie across two reads.
        let from = head.len().saturating_sub(3);
        head.extend_from_slice(chunk.get(..read).unwrap_or_default());
        let ended = head.get(from..).is_some_and(|new| new.windows(4).any(|four| four == b"\r\n\r\n"));
        if head.len() > MAX_HEAD {
            return Err(Refusal::TooLarge);
        }
        if ended {
            return parse(&head);
        }
    }
}

/// Takes a whole head apart. A field that stands twice where one is decisive (`Host`) makes the request malformed.
pub fn parse(head: &[u8]) -> Result<Request, Refusal> {
    let mut fields = [httparse::EMPTY_HEADER; MAX_FIELDS];
    let mut parsed = httparse::Request::new(&mut fields);
    match parsed.parse(head) {
        Ok(httparse::Status::Complete(_)) => {}
        Ok(httparse::Status::Partial) | Err(_) => return Err(Refusal::Malformed),
    }
    let method = match parsed.method {
        Some("GET") => Method::Get,
        Some("HEAD") => Method::Head,
        Some("POST") => Method::Post,
        _ => Method::Other,
    };
    let target = parsed.path.unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    if !path.starts_with('/') {
        return Err(Refusal::Malformed);
    }
    let find = |name: &str| {
        let mut values = parsed.headers.iter().filter(|field| field.name.eq_ignore_ascii_case(name));
        let first = values.next().map(|field| String::from_utf8_lossy(field.value).trim().to_owned());
        if values.next().is_some() { Err(Refusal::Malformed) } else { Ok(first) }
    };
    Ok(Request {
        method,
        path: path.to_owned(),
        query: query.split('#').next().unwrap_or_default().to_owned(),
        host: find("host")?,
        origin: find("origin")?,
        range: find("range")?,
        has: find("if-none-match")?,
        range_of: find("if-range")?,
        own: find("x-hyoka")?.is_some(),
    })
}

impl Request {
    /// A value of the query, decoded.
    pub fn asked(&self, name: &str) -> Option<String> {
        let mut pairs = self.query.split('&').filter_map(|pair| pair.split_once('='));
        let (_, value) = pairs.find(|(key, _)| *key == name)?;
        String::from_utf8(decode(value)?).ok()
    }
}

/// Percent-decodes once. `None` where an escape is none.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let value = digit(bytes.next())? * 16 + digit(bytes.next())?;
            decoded.push(u8::try_from(value).ok()?);
        } else {
            decoded.push(byte);
        }
    }
    Some(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(line: &str, fields: &str) -> Result<Request, Refusal> {
        parse(format!("{line} HTTP/1.1\r\n{fields}\r\n").as_bytes())
    }

    #[test]
    fn a_request_is_taken_apart_whatever_the_case_of_its_fields() {
        let request = get("GET /2024/?path=%2Fa%20b&seen=1", "HOST: localhost:4000\r\nrange: bytes=0-3\r\n").unwrap();
        assert_eq!((request.method, request.path.as_str()), (Method::Get, "/2024/"));
        assert_eq!(request.host.as_deref(), Some("localhost:4000"));
        assert_eq!(request.range.as_deref(), Some("bytes=0-3"));
        assert_eq!(request.asked("path").as_deref(), Some("/a b"));
        assert_eq!(request.asked("nothing"), None);
        assert!(!request.own);
    }

    #[test]
    fn two_hosts_are_no_host() {
        assert!(matches!(get("GET /", "Host: localhost\r\nhost: evil.example\r\n"), Err(Refusal::Malformed)));
    }

    #[test]
    fn what_is_no_path_of_this_server_is_refused() {
        for line in ["GET http://evil.example/", "GET *", "CONNECT a:1", "GET", "\u{16}\u{3}\u{1}"] {
            assert!(matches!(get(line, ""), Err(Refusal::Malformed)), "{line}");
        }
        assert!(matches!(parse(b"GET / HTTP/1.1\r\nHost: a\r\n"), Err(Refusal::Malformed)), "without its end");
    }

    #[test]
    fn escapes_are_decoded_once_and_whole() {
        assert_eq!(decode("a%2Fb%252e"), Some(b"a/b%2e".to_vec()));
        assert_eq!(decode("%E5%B9%B4"), Some("年".as_bytes().to_vec()));
        for broken in ["%", "%4", "%zz", "%+1", "a%"] {
            assert_eq!(decode(broken), None, "{broken}");
        }
    }
}
