//! What a path shows in this round: a page or file of the site, or the server's own page that says why there is none.

use super::ServerOptions;
use super::answer::{self, Answer, Body, HTML, content_type};
use super::problems::{Problems, Spot, problems};
use super::wanted::{self, Wanted};
use super::words::{self, Words};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::serve::preview::Shown;
use crate::site::{self, RenderError, Route, Site};
use crate::source::{self, AssetFile};

/// What stands behind a path.
#[derive(Debug)]
pub enum Sight {
    Page(Page),
    File(AssetFile),
    /// Another path has it.
    Elsewhere(String),
    /// A file of content/assets that has changed since it was read; the next round knows it.
    Changed,
}

/// A page, or another file that is rendered.
#[derive(Debug)]
pub struct Page {
    pub status: u16,
    pub kind: &'static str,
    /// As a build would write it.
    pub bytes: Vec<u8>,
    pub of: Of,
    pub problems: Problems,
}

/// Whose page it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Site,
    /// The server's own, in place of a page that cannot be made.
    Server,
}

impl Page {
    /// Of its bytes: two pages with one hash look alike.
    pub fn hash(&self) -> String {
        hash(&self.bytes)
    }
}

fn hash(bytes: &[u8]) -> String {
    let mut hash = blake3::hash(bytes).to_hex().to_string();
    hash.truncate(32);
    hash
}

/// Looks at a path, as it was sent.
pub fn look(shown: &Shown, path: &str, options: &ServerOptions) -> Sight {
    let words = words::words(options.language);
    let told = |of_page: Option<&Diagnostic>| problems(&shown.report, of_page, &options.roots, options.language);
    let own = |status, title, problems| {
        let bytes = own_page(title, &problems, words).into_bytes();
        Sight::Page(Page { status, kind: HTML, bytes, of: Of::Server, problems })
    };
    let Some(site) = &shown.site else {
        let title = if shown.round == 0 { words.starting } else { words.broken_site };
        return own(503, title, told(None));
    };
    let (status, route) = match wanted::wanted(site, path) {
        Wanted::Elsewhere(path) => return Sight::Elsewhere(path),
        Wanted::Route(route) => (200, route),
        Wanted::Nothing => match site.route("404.html") {
            Some(route) => (404, route),
            None => return own(404, words.missing, told(None)),
        },
    };
    if let site::Body::Copied(asset) = site.body(route) {
        // Read once to see that it is still the file that was checked: nothing of another goes out.
        let same = source::copy(asset, &mut std::io::sink()).is_ok();
        return if same { Sight::File(asset.clone()) } else { Sight::Changed };
    }
    match render(site, route) {
        Ok(bytes) => {
            let kind = content_type(&route.path);
            Sight::Page(Page { status, kind, bytes, of: Of::Site, problems: told(None) })
        }
        Err(diagnostic) => own(500, words.broken_page, told(Some(&diagnostic))),
    }
}

fn render(site: &Site, route: &Route) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut bytes = Vec::with_capacity(32 * 1024);
    site.render(route, &mut bytes).map(|()| bytes).map_err(|error| match error {
        RenderError::Template(diagnostic) => diagnostic,
        error => Box::new(Diagnostic::new(Code::TemplateError, Place::whole(&route.path), error.message())),
    })
}

/// The answer to a browser that asks for a path.
pub fn answer_to(shown: &Shown, path: &str, options: &ServerOptions) -> Answer {
    match look(shown, path, options) {
        Sight::Elsewhere(path) => Answer::new(302, answer::TEXT, "").with("Location", path),
        Sight::Changed => {
            Answer::new(503, answer::TEXT, words::words(options.language).changed).with("Retry-After", "1")
        }
        Sight::File(asset) => {
            let tag = blake3::Hash::from_bytes(asset.hash).to_hex();
            let kind = content_type(&asset.path);
            Answer { status: 200, kind, fields: vec![("ETag", format!("\"{tag}\""))], body: Body::File(asset) }
        }
        Sight::Page(page) if page.kind == HTML => Answer::new(page.status, HTML, live(&page, shown.round)),
        Sight::Page(page) => {
            let tag = format!("\"{}\"", page.hash());
            Answer::new(page.status, page.kind, page.bytes).with("ETag", tag)
        }
    }
}

/// The page with the preview's script at its end. The script is told what the page is, and nothing else changes.
fn live(page: &Page, round: u64) -> Vec<u8> {
    let own = match page.of {
        Of::Site => "",
        Of::Server => " data-own",
    };
    let hash = page.hash();
    let script = format!(
        "<script data-hyoka src=\"/_hyoka/first.js\" id=\"hyoka-preview-script\" data-round=\"{round}\" data-seen=\"{hash}\"{own}></script>\
         <script data-hyoka type=\"module\" src=\"/_hyoka/live.js\"></script>"
    );
    let end = b"</body>";
    let at = page.bytes.windows(end.len()).rposition(|tag| tag.eq_ignore_ascii_case(end));
    let (before, after) = page.bytes.split_at(at.unwrap_or(page.bytes.len()));
    [before, script.as_bytes(), after].concat()
}

/// A page of the server's own that lists the problems; it is whole without a script.
fn own_page(title: &str, problems: &Problems, words: &Words) -> String {
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n<main>\n<h1>{}</h1>\n",
        words.language,
        escape(&format!("{title} - hyoka")),
        include_str!("browser/own.css"),
        escape(title),
    );
    if !problems.list.is_empty() {
        html.push_str(&format!("<p>{}</p>\n<ol>\n", escape(words.mend)));
        for problem in &problems.list {
            let severity = if problem.severity == "error" { words.error } else { words.warning };
            html.push_str(&format!(
                "<li class=\"{}\">\n<h2>{}</h2>\n<p class=\"of\">{severity} <code>{}</code></p>\n{}",
                problem.severity,
                escape(&problem.message),
                problem.code,
                spot(&problem.place)
            ));
            if let Some(label) = &problem.label {
                html.push_str(&format!("<p>{}</p>\n", escape(label)));
            }
            if let Some(help) = &problem.help {
                html.push_str(&format!("<p><strong>{}</strong> {}</p>\n", words.help, escape(help)));
            }
            if let Some((place, message)) = &problem.related {
                html.push_str(&format!("<p>{}: {}</p>\n{}", words.related, escape(message), spot(place)));
            }
            html.push_str("</li>\n");
        }
        html.push_str("</ol>\n");
    }
    if problems.more > 0 {
        html.push_str(&format!("<p>{}</p>\n", escape(&words::with_number(words.more, problems.more))));
    }
    if title == words.missing {
        html.push_str(&format!("<p><a href=\"/\">{}</a></p>\n", words.to_first));
    }
    html.push_str("</main>\n</body>\n</html>\n");
    html
}

fn spot(spot: &Spot) -> String {
    let place = if spot.line > 0 { format!("{}:{}:{}", spot.file, spot.line, spot.column) } else { spot.file.clone() };
    let line = spot.excerpt.as_ref().map_or_else(String::new, |line| {
        let (before, marked, after) = (escape(&line.before), escape(&line.marked), escape(&line.after));
        format!("<pre>{before}<mark>{marked}</mark>{after}</pre>\n")
    });
    format!("<p class=\"place\">{}</p>\n{line}", escape(&place))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
