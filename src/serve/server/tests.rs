//! The server over real sockets.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::*;
use crate::compile::{self, CompileOptions, Drafts};
use crate::diagnostic::{Code, Diagnostic, Message, Place, Report};
use crate::model::At;
use crate::serve::preview::Shown;
use crate::site::Site;
use crate::source::SourceTree;

/// No test is about being fast.
const GENEROUS: Duration = Duration::from_secs(60);

struct Portal {
    folder: tempfile::TempDir,
    preview: Arc<Preview>,
    round: u64,
}

impl Portal {
    /// The portal of tests/fixtures/full, to be edited.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/full");
        for entry in walkdir::WalkDir::new(&from) {
            let entry = entry.unwrap();
            let to = folder.path().join(entry.path().strip_prefix(&from).unwrap());
            if entry.file_type().is_dir() {
                std::fs::create_dir_all(to).unwrap();
            } else {
                std::fs::copy(entry.path(), to).unwrap();
            }
        }
        Self { folder, preview: Arc::default(), round: 0 }
    }

    fn roots(&self) -> SourceRoots {
        SourceRoots { content: self.folder.path().join("content"), themes: self.folder.path().join("themes") }
    }

    fn options(&self) -> ServerOptions {
        ServerOptions {
            host: "127.0.0.1".to_owned(),
            port: 0,
            roots: self.roots(),
            language: MessageLanguage::Japanese,
            follow: Follow::Stay,
            open: None,
        }
    }

    fn edit(&self, file: &str, from: &str, to: &str) {
        let path = self.folder.path().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} has no {from}");
        std::fs::write(path, text.replacen(from, to, 1)).unwrap();
    }

    /// A round, as the watcher's loop makes it.
    fn look(&mut self, changed: &[&str]) {
        let SourceRoots { content, themes } = self.roots();
        let mut report = Report::default();
        let source = SourceTree::read(&content, &themes, &mut report).unwrap();
        let options = CompileOptions { drafts: Drafts::Shown, ..CompileOptions::default() };
        let site = compile::compile(source, &options, &mut report).ok().map(Arc::new);
        self.show(site, report, changed);
    }

    fn show(&mut self, site: Option<Arc<Site>>, report: Report, changed: &[&str]) {
        self.round += 1;
        self.preview.show(Shown {
            round: self.round,
            site: site.or_else(|| self.preview.now().site.clone()),
            report: Arc::new(report),
            changed: changed.iter().map(|file| (*file).to_owned()).collect(),
        });
    }

    fn serve(&self) -> Server {
        Server::start(self.options(), Arc::clone(&self.preview)).unwrap()
    }
}

fn shown() -> (Portal, Server) {
    let mut portal = Portal::new();
    portal.look(&[]);
    let server = portal.serve();
    (portal, server)
}

#[derive(Debug)]
struct Answered {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answered {
    fn field(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Sends a head as it is given, and reads the answer to its end.
fn say(server: &Server, head: &str) -> Answered {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream.set_read_timeout(Some(GENEROUS)).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    read(stream)
}

fn read(mut stream: TcpStream) -> Answered {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer with a head");
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answered { status, head, body: bytes[end + 4..].to_vec() }
}

fn ask(server: &Server, line: &str, fields: &str) -> Answered {
    say(server, &format!("{line} HTTP/1.1\r\nHost: {}\r\n{fields}\r\n", server.address()))
}

fn get(server: &Server, path: &str) -> Answered {
    ask(server, &format!("GET {path}"), "")
}

/// The events of a page, one after another.
struct Events(BufReader<TcpStream>);

impl Events {
    fn of(server: &Server, path: &str) -> Self {
        let mut stream = TcpStream::connect(server.address()).unwrap();
        stream.set_read_timeout(Some(GENEROUS)).unwrap();
        let path = path.replace('/', "%2F");
        write!(stream, "GET /_hyoka/events?path={path} HTTP/1.1\r\nHost: {}\r\n\r\n", server.address()).unwrap();
        Self(BufReader::new(stream))
    }

    fn next(&mut self) -> serde_json::Value {
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the events ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).unwrap();
            }
        }
    }
}

#[test]
fn a_page_is_what_a_build_writes_and_a_script_before_its_end() {
    let (portal, server) = shown();
    let page = get(&server, "/2024/waste/");
    assert_eq!((page.status, page.field("Content-Type")), (200, Some("text/html; charset=utf-8")));
    assert_eq!(page.field("Cache-Control"), Some("no-store"));
    assert_eq!(page.field("X-Content-Type-Options"), Some("nosniff"));
    assert!(page.field("Access-Control-Allow-Origin").is_none());
    let site = portal.preview.now().site.clone().unwrap();
    let mut built = Vec::new();
    site.render(site.route("2024/waste/index.html").unwrap(), &mut built).unwrap();
    let text = page.text();
    let start = text.find("<script data-hyoka").unwrap();
    let end = text.rfind("</script>").unwrap() + "</script>".len();
    assert_eq!(format!("{}{}", &text[..start], &text[end..]), String::from_utf8(built).unwrap());
    assert!(text[end..].starts_with("</body>"));
}

#[test]
fn every_route_of_the_site_is_answered_with_its_own_bytes() {
    let (portal, server) = shown();
    let site = portal.preview.now().site.clone().unwrap();
    for route in site.routes().iter().filter(|route| !route.path.ends_with(".html")) {
        let answered = get(&server, &format!("/{}", route.path));
        assert_eq!(answered.status, 200, "{}", route.path);
        let mut built = Vec::new();
        match site.body(route) {
            crate::site::Body::Rendered => site.render(route, &mut built).unwrap(),
            crate::site::Body::Copied(asset) => crate::source::copy(asset, &mut built).unwrap(),
        }
        assert!(answered.body == built, "{}", route.path);
    }
}

#[test]
fn a_folder_is_asked_for_with_a_slash() {
    let (_portal, server) = shown();
    let moved = get(&server, "/2024/waste");
    assert_eq!((moved.status, moved.field("Location")), (302, Some("/2024/waste/")));
    assert_eq!(get(&server, "/2024/waste/index.html").status, 200);
}

#[test]
fn the_path_where_the_site_is_published_leads_to_the_preview_of_the_page() {
    let mut portal = Portal::new();
    let path = portal.folder.path().join("content/portal.yaml");
    let text = std::fs::read_to_string(&path).unwrap();
    let text: String =
        text.lines().filter(|line| !line.starts_with("base_url")).map(|line| format!("{line}\n")).collect();
    std::fs::write(&path, format!("{text}base_url: https://city.example/gyosei/hyoka/\n")).unwrap();
    portal.look(&[]);
    let server = portal.serve();
    let moved = get(&server, "/gyosei/hyoka/en/2024/waste/");
    assert_eq!((moved.status, moved.field("Location")), (302, Some("/en/2024/waste/")));
    assert_eq!(get(&server, "/gyosei/hyoka//evil.example/").status, 404);
    assert_eq!(get(&server, "/gyosei/hyoka/gyosei/hyoka/nothing/").status, 404);
}

#[test]
fn nothing_outside_of_the_site_is_answered() {
    let (portal, server) = shown();
    std::fs::write(portal.folder.path().join("secret.txt"), "secret").unwrap();
    for path in [
        "/content/portal.yaml",
        "/portal.yaml",
        "/secret.txt",
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/assets/%2e%2e/%2e%2e/secret.txt",
        "/assets/%252e%252e/secret.txt",
        "/assets%2fform.txt",
        "/assets/..%5c..%5csecret.txt",
        "/assets/form.txt%00",
        "/assets//form.txt",
        "//secret.txt",
    ] {
        let answered = get(&server, path);
        assert_eq!(answered.status, 404, "{path}");
        assert!(!answered.text().contains("secret"), "{path}");
    }
    assert_eq!(get(&server, "/assets/form.txt").status, 200);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_not_followed_also_when_it_takes_the_place_of_a_file() {
    let mut portal = Portal::new();
    let secret = portal.folder.path().join("secret.txt");
    std::fs::write(&secret, "secret").unwrap();
    std::os::unix::fs::symlink(&secret, portal.folder.path().join("content/assets/leak.txt")).unwrap();
    std::fs::write(portal.folder.path().join("content/assets/soon.txt"), "plain.").unwrap();
    portal.look(&[]);
    std::fs::remove_file(portal.folder.path().join("content/assets/leak.txt")).unwrap();
    portal.look(&[]);
    let server = portal.serve();
    assert_eq!(get(&server, "/assets/leak.txt").status, 404);
    assert_eq!(get(&server, "/assets/soon.txt").text(), "plain.");
    std::fs::remove_file(portal.folder.path().join("content/assets/soon.txt")).unwrap();
    std::os::unix::fs::symlink(&secret, portal.folder.path().join("content/assets/soon.txt")).unwrap();
    let answered = get(&server, "/assets/soon.txt");
    assert_eq!(answered.status, 503);
    assert!(!answered.text().contains("secret"));
}

#[test]
fn a_missing_page_shows_the_page_of_the_site_with_the_script() {
    let (_portal, server) = shown();
    let missing = get(&server, "/2024/nothing/");
    assert_eq!(missing.status, 404);
    assert!(missing.text().contains("/_hyoka/live.js"));
}

#[test]
fn other_names_and_other_origins_are_refused() {
    let (_portal, server) = shown();
    for head in [
        "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n".to_owned(),
        "GET / HTTP/1.1\r\n\r\n".to_owned(),
        format!("GET / HTTP/1.1\r\nHost: {}\r\nOrigin: http://evil.example\r\n\r\n", server.address()),
        format!("GET /_hyoka/events?path=%2F HTTP/1.1\r\nHost: {}\r\nOrigin: null\r\n\r\n", server.address()),
        format!("GET /_hyoka/events HTTP/1.1\r\nHost: evil.example:{}\r\n\r\n", server.address().port()),
    ] {
        let answered = say(&server, &head);
        assert_eq!(answered.status, 421, "{head}");
        assert!(answered.text().contains("127.0.0.1"), "says what to do");
    }
    assert_eq!(
        say(&server, &format!("GET / HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", server.address().port())).status,
        200
    );
}

#[test]
fn head_ranges_and_tags_work_as_browsers_expect() {
    let (_portal, server) = shown();
    let whole = get(&server, "/assets/form.txt");
    let size = whole.body.len();
    let head = ask(&server, "HEAD /assets/form.txt", "");
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.field("Content-Length"), Some(size.to_string().as_str()));
    let part = ask(&server, "GET /assets/form.txt", "Range: bytes=1-2\r\n");
    assert_eq!((part.status, &part.body[..]), (206, &whole.body[1..3]));
    assert_eq!(part.field("Content-Range"), Some(format!("bytes 1-2/{size}").as_str()));
    let outside = ask(&server, "GET /assets/form.txt", "Range: bytes=9999-\r\n");
    assert_eq!((outside.status, outside.field("Content-Range")), (416, Some(format!("bytes */{size}").as_str())));
    let tag = whole.field("ETag").unwrap();
    assert_eq!(ask(&server, "GET /assets/form.txt", &format!("If-None-Match: {tag}\r\n")).status, 304);
    assert_eq!(ask(&server, "GET /assets/form.txt", "If-None-Match: \"other\"\r\n").status, 200);
    let of_other = ask(&server, "GET /assets/form.txt", "Range: bytes=1-2\r\nIf-Range: \"other\"\r\n");
    assert_eq!(of_other.status, 200);
    let page = ask(&server, "GET /2024/data/observations.csv", "Range: bytes=0-2\r\n");
    assert_eq!((page.status, &page.body[..]), (206, &[0xEF, 0xBB, 0xBF][..]));
}

#[test]
fn nothing_can_be_written() {
    let (_portal, server) = shown();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "BREW"] {
        let answered = ask(&server, &format!("{method} /"), "Content-Length: 3\r\n\r\nabc");
        assert_eq!((answered.status, answered.field("Allow")), (405, Some("GET, HEAD")), "{method}");
    }
}

#[test]
fn a_head_that_is_too_large_or_no_http_is_refused() {
    let (_portal, server) = shown();
    assert_eq!(ask(&server, "GET /", &format!("X: {}\r\n", "x".repeat(request::MAX_HEAD))).status, 431);
    assert_eq!(say(&server, "\u{16}\u{3}\u{1}hello\r\n\r\n").status, 400);
}

#[test]
fn whoever_holds_the_line_without_a_word_keeps_nobody_waiting() {
    let (_portal, server) = shown();
    let silent = |said: &'static str| {
        let mut stream = TcpStream::connect(server.address()).unwrap();
        stream.write_all(said.as_bytes()).unwrap();
        stream.set_read_timeout(Some(GENEROUS)).unwrap();
        stream
    };
    let mut hanging: Vec<_> = (0..3 * LIMITS.arriving).map(|_| silent("GET / HTTP/1.1\r\nHo")).collect();
    hanging.extend((0..3 * LIMITS.arriving).map(|_| silent("")));
    for _ in 0..2 * LIMITS.answering {
        assert_eq!(get(&server, "/").status, 200);
    }
    let mut oldest = hanging.swap_remove(0);
    assert_eq!(oldest.read(&mut [0]).unwrap_or(0), 0, "it made room");
    // What waits within its limit is answered when it has said what it wants.
    let mut late = silent("GET /robots.txt HTTP/1.1\r\n");
    assert_eq!(get(&server, "/").status, 200);
    write!(late, "Host: {}\r\n\r\n", server.address()).unwrap();
    assert_eq!(read(late).status, 200);
}

#[test]
fn a_page_is_rendered_once_for_all_who_ask_until_the_next_round() {
    let (mut portal, _server) = shown();
    let made = MadePages::default();
    let page = |portal: &Portal| {
        let site = Arc::clone(portal.preview.now().site.as_ref().unwrap());
        let route = site.routes().iter().find(|route| route.path == "2024/library/index.html").unwrap();
        made.of(&site, route).unwrap()
    };
    let first = page(&portal);
    assert!(Arc::ptr_eq(&first, &page(&portal)));
    portal.edit("content/2024/library.yaml", "name: ", "name: 新しい");
    portal.look(&["content/2024/library.yaml"]);
    let next = page(&portal);
    assert_ne!(first.hash, next.hash);
    assert!(String::from_utf8_lossy(&next.bytes).contains("新しい"));
}

#[test]
fn more_than_can_be_answered_are_told_so() {
    let mut portal = Portal::new();
    portal.look(&[]);
    let limits = Limits { arriving: 4, answering: 2, listening: 2 };
    let server = Server::limited(portal.options(), Arc::clone(&portal.preview), limits).unwrap();
    let listening: Vec<_> = (0..2)
        .map(|_| {
            let mut events = Events::of(&server, "/");
            events.next();
            events
        })
        .collect();
    assert_eq!(get(&server, "/").status, 503);
    drop(listening);
    let until = Instant::now() + GENEROUS;
    while get(&server, "/").status != 200 {
        assert!(Instant::now() < until, "places are not given back");
    }
}

#[test]
fn a_browser_that_takes_its_answer_slowly_keeps_nobody_waiting() {
    let mut portal = Portal::new();
    let large: Vec<u8> = (0..8 * 1024 * 1024_u32).map(|number| (number % 251) as u8).collect();
    std::fs::write(portal.folder.path().join("content/assets/large.mp4"), &large).unwrap();
    portal.look(&[]);
    let server = portal.serve();
    let slow: Vec<_> = (0..2)
        .map(|_| {
            let mut stream = TcpStream::connect(server.address()).unwrap();
            stream.set_read_timeout(Some(GENEROUS)).unwrap();
            write!(stream, "GET /assets/large.mp4 HTTP/1.1\r\nHost: {}\r\n\r\n", server.address()).unwrap();
            stream
        })
        .collect();
    assert_eq!(get(&server, "/2024/waste/").status, 200);
    let part = ask(&server, "GET /assets/large.mp4", "Range: bytes=7000000-7000009\r\n");
    assert_eq!((part.status, &part.body[..]), (206, &large[7_000_000..7_000_010]));
    assert_eq!(part.field("Content-Type"), Some("video/mp4"));
    for stream in slow {
        assert!(read(stream).body == large, "who takes it at last gets all of it");
    }
}

#[test]
fn a_page_hears_of_its_own_change_and_of_no_other() {
    let (mut portal, server) = shown();
    let mut waste = Events::of(&server, "/2024/waste/");
    let mut library = Events::of(&server, "/2024/library/");
    let (before, other) = (waste.next(), library.next());
    portal.edit("content/2024/library.yaml", "name: ", "name: 新しい");
    portal.look(&["content/2024/library.yaml"]);
    let (after, changed) = (waste.next(), library.next());
    assert_eq!(after["round"], 2);
    assert_ne!(other["hash"], changed["hash"]);
    let neighbour = |event: &serde_json::Value| event["hash"].clone();
    // The neighbour's name may stand at the foot of a page: what counts is whether its bytes are other.
    let page = get(&server, "/2024/waste/").text();
    assert!(page.contains(&format!("data-seen=\"{}\"", after["hash"].as_str().unwrap())));
    portal.look(&["content/2024/library.yaml"]);
    assert_eq!(neighbour(&waste.next()), neighbour(&after), "a round without a change changes nothing");
    assert_eq!(before["follow"], serde_json::Value::Null);
}

#[test]
fn a_broken_sheet_leaves_the_page_and_tells_what_is_wrong() {
    let (mut portal, server) = shown();
    let mut events = Events::of(&server, "/2024/waste/");
    let before = events.next();
    portal.edit("content/2024/waste.yaml", "分野:", "分野違い:");
    portal.look(&["content/2024/waste.yaml"]);
    let broken = events.next();
    assert_eq!((&broken["hash"], &broken["own"]), (&before["hash"], &false.into()), "the last good page stays");
    assert!(broken["problems"]["errors"].as_u64().unwrap() > 0);
    let problem = &broken["problems"]["list"][0];
    assert_eq!(problem["place"]["file"], "content/2024/waste.yaml");
    assert!(problem["message"].as_str().unwrap().chars().any(|c| c > '\u{3000}'), "in the officer's language");
    assert_eq!(get(&server, "/2024/waste/").status, 200);
    portal.edit("content/2024/waste.yaml", "分野違い:", "分野:");
    portal.look(&["content/2024/waste.yaml"]);
    assert_eq!(events.next()["problems"]["errors"], 0);
}

#[test]
fn a_portal_broken_from_the_start_lists_its_problems_at_every_address() {
    let mut portal = Portal::new();
    let server = portal.serve();
    assert_eq!(get(&server, "/").status, 503, "before the first round");
    let mut events = Events::of(&server, "/2024/waste/");
    assert_eq!(events.next()["own"], true);
    portal.edit("content/2024/waste.yaml", "分野:", "<script>alert(1)</script>:");
    portal.look(&[]);
    for path in ["/", "/2024/waste/", "/whatever"] {
        let page = get(&server, path);
        assert_eq!((page.status, page.field("Content-Type")), (503, Some("text/html; charset=utf-8")));
        let text = page.text();
        assert!(text.contains("content/2024/waste.yaml:") && text.contains("直し方"), "{text}");
        assert!(text.contains("&lt;script&gt;alert(1)") && !text.contains("<script>alert"), "escaped");
        assert!(text.contains("<mark>") && text.contains("/_hyoka/live.js"));
    }
    assert_eq!(events.next()["own"], true);
    portal.edit("content/2024/waste.yaml", "<script>alert(1)</script>:", "分野:");
    portal.look(&[]);
    assert_eq!(events.next()["own"], false);
    assert_eq!(get(&server, "/2024/waste/").status, 200);
}

#[test]
fn an_edited_sheet_is_followed_in_the_language_of_the_open_page_if_that_is_wanted() {
    let mut portal = Portal::new();
    portal.look(&[]);
    let options = ServerOptions { follow: Follow::Edited, ..portal.options() };
    let server = Server::start(options, Arc::clone(&portal.preview)).unwrap();
    let mut home = Events::of(&server, "/");
    let mut english = Events::of(&server, "/en/2024/");
    let mut open = Events::of(&server, "/2024/waste/");
    for events in [&mut home, &mut english, &mut open] {
        assert_eq!(events.next()["follow"], serde_json::Value::Null, "not at the start");
    }
    portal.look(&["content/2024/waste.yaml"]);
    assert_eq!(home.next()["follow"], "/2024/waste/");
    assert_eq!(english.next()["follow"], "/en/2024/waste/");
    assert_eq!(open.next()["follow"], serde_json::Value::Null, "it is open");
    portal.look(&["content/2024/waste.yaml", "content/2024/library.yaml"]);
    assert_eq!(home.next()["follow"], serde_json::Value::Null, "many files are no hand at work");
    let mut report = Report::default();
    let place = Place { file: "content/2024/waste.yaml".into(), at: At { line: 1, column: 1, length: 1 } };
    report.add(Diagnostic::new(Code::InvalidYaml, place, Message::new("壊れた", "broken")));
    portal.show(None, report, &["content/2024/waste.yaml"]);
    assert_eq!(home.next()["follow"], serde_json::Value::Null, "there is no new page yet");
}

#[test]
fn every_figure_of_a_page_leads_to_the_line_that_says_it() {
    let (portal, server) = shown();
    let page = get(&server, "/2024/waste/").text();
    let mut found = 0;
    for address in page.split("data-address=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        let answered = get(&server, &format!("/_hyoka/source?address={}&language=ja", address.replace('#', "%23")));
        assert_eq!(answered.status, 200, "{address}");
        let place: serde_json::Value = serde_json::from_slice(&answered.body).unwrap();
        let file = place["file"].as_str().unwrap();
        let line = usize::try_from(place["line"].as_u64().unwrap()).unwrap();
        let text = std::fs::read_to_string(portal.folder.path().join(file)).unwrap();
        let marked = place["excerpt"]["marked"].as_str().unwrap();
        assert!(text.lines().nth(line - 1).unwrap().contains(marked.trim_end_matches('…')), "{address}: {marked}");
        found += 1;
    }
    assert!(found > 5, "{found} addresses on the page");
    for odd in ["../../etc/passwd%23a", "2024/nothing%23vision", "2024/waste", "1900/waste%23vision", ""] {
        assert_eq!(get(&server, &format!("/_hyoka/source?address={odd}")).status, 404, "{odd}");
    }
}

#[test]
fn a_recommendation_leads_to_its_text_in_a_sheet_and_in_portal_yaml() {
    let mut portal = Portal::new();
    for (file, said) in [("portal.yaml", "契約を見直すこと。"), ("2024/waste.yaml", "量を確かめること。")]
    {
        let path = portal.folder.path().join("content").join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        let list = format!(
            "提言:\n  - {{提言者: 議会, 提言日: 2025-01-01, 内容: 別のこと。}}\n  - 提言者: 議会\n    提言日: 2025-01-02\n    内容: {said}\n"
        );
        std::fs::write(&path, format!("{text}\n{list}")).unwrap();
    }
    portal.look(&[]);
    let server = portal.serve();
    let page = get(&server, "/2024/recommendations/").text();
    for (address, file, said) in [
        ("portal#recommendations/2", "content/portal.yaml", "契約を見直すこと。"),
        ("2024/waste#recommendations/2", "content/2024/waste.yaml", "量を確かめること。"),
    ] {
        assert!(page.contains(&format!("data-address=\"{address}\"")), "{address}: {page}");
        let answered = get(&server, &format!("/_hyoka/source?address={}&language=ja", address.replace('#', "%23")));
        let place: serde_json::Value = serde_json::from_slice(&answered.body).unwrap();
        assert_eq!((&place["file"], &place["excerpt"]["marked"]), (&file.into(), &said.into()));
    }
}

#[test]
fn what_has_no_address_is_found_by_its_words_in_the_files_of_its_page() {
    let (_portal, server) = shown();
    let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let ask =
        |path: &str, text: &str| get(&server, &format!("/_hyoka/source?path={}&text={}", encoded(path), encoded(text)));
    for (path, text, file) in [
        ("/2024/waste/", "ごみを減らす", "content/2024/waste.yaml"),
        ("/2024/waste/", "環境課", "content/2024/waste.yaml"),
        ("/en/2024/waste/", "Less waste", "content/2024/waste.yaml"),
    ] {
        let answered = ask(path, text);
        assert_eq!(answered.status, 200, "{path} {text}");
        let place: serde_json::Value = serde_json::from_slice(&answered.body).unwrap();
        assert_eq!((&place["file"], &place["excerpt"]["marked"]), (&file.into(), &text.into()));
    }
    assert_eq!(ask("/2024/waste/", "どこにも書かれていない言葉").status, 404);
    assert_eq!(ask("/../etc/passwd", "root").status, 404);
}

#[test]
fn the_editor_is_opened_for_the_preview_alone_and_in_the_sources_alone() {
    let mut portal = Portal::new();
    portal.look(&[]);
    let opened = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&opened);
    let open: OpenEditor = Box::new(move |file, line, column| {
        seen.lock().unwrap().push((file.to_owned(), line, column));
        Ok(())
    });
    let server =
        Server::start(ServerOptions { open: Some(open), ..portal.options() }, Arc::clone(&portal.preview)).unwrap();
    let line = "POST /_hyoka/open?file=content%2F2024%2Fwaste.yaml&line=3&column=7";
    let own = format!("Origin: http://{}\r\nX-Hyoka: 1\r\n", server.address());
    assert_eq!(ask(&server, line, "").status, 403);
    assert_eq!(ask(&server, line, "X-Hyoka: 1\r\n").status, 403);
    assert_eq!(ask(&server, line, &format!("Origin: http://{}\r\n", server.address())).status, 403);
    assert_eq!(ask(&server, line, "Origin: http://evil.example\r\nX-Hyoka: 1\r\n").status, 421);
    assert_eq!(ask(&server, &line.replace("POST", "GET"), &own).status, 405);
    assert_eq!(ask(&server, "POST /_hyoka/open?file=content%2F..%2Fsecret.txt", &own).status, 404);
    assert!(opened.lock().unwrap().is_empty());
    assert_eq!(ask(&server, line, &own).status, 204);
    assert_eq!(*opened.lock().unwrap(), [(portal.roots().content.join("2024/waste.yaml"), 3, 7)]);
    let without = portal.serve();
    assert_eq!(
        ask(&without, line, &own.replace(&server.address().to_string(), &without.address().to_string())).status,
        404
    );
}

#[test]
fn a_template_that_fails_leaves_its_page_and_is_told_as_a_problem() {
    let (mut portal, server) = shown();
    let mut events = Events::of(&server, "/pages/about/");
    let before = events.next();
    let templates = portal.folder.path().join("themes/city/templates");
    std::fs::create_dir_all(&templates).unwrap();
    std::fs::write(portal.folder.path().join("themes/city/theme.yaml"), "extends: standard\n").unwrap();
    let broken = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/broken/template-error/themes/city/templates/page.html");
    std::fs::copy(broken, templates.join("page.html")).unwrap();
    let portal_yaml = portal.folder.path().join("content/portal.yaml");
    let text = std::fs::read_to_string(&portal_yaml).unwrap();
    std::fs::write(&portal_yaml, format!("{text}\ntheme: city\n")).unwrap();
    portal.look(&["themes/city/templates/page.html"]);
    let after = events.next();
    assert!(after["problems"]["errors"].as_u64().unwrap() > 0, "{after}");
    assert!(after["own"] == true || after["hash"] == before["hash"], "the page on the screen stays");
}

#[test]
fn a_taken_port_is_said_to_be_taken() {
    let portal = Portal::new();
    let server = portal.serve();
    let options = ServerOptions { port: server.address().port(), ..portal.options() };
    let error = Server::start(options, Arc::default()).unwrap_err();
    assert!(matches!(error, ServeError::PortTaken(_)), "{error:?}");
    assert!(error.help().ja.contains("--port"));
}

#[test]
fn a_server_that_is_dropped_gives_its_port_back() {
    let portal = Portal::new();
    let server = portal.serve();
    let port = server.address().port();
    drop(server);
    let again = Server::start(ServerOptions { port, ..portal.options() }, Arc::default()).unwrap();
    assert_eq!(again.url(), format!("http://127.0.0.1:{port}/"));
}
