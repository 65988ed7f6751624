//! What a path shows in this round: a page or file of the site, or the server's own page that says why there is none.

use super::ServerOptions;
use super::answer::{self, Answer, Body, HTML, content_type};
use super::made::{Made, MadePages};
use super::problems::{self, Problems, Spot};
use super::wanted::{self, Wanted};
use super::words::{self, Words};
use crate::serve::preview::Shown;
use crate::site;
use crate::source::{self, AssetFile};
use std::sync::Arc;

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
    pub made: Arc<Made>,
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

/// Looks at a path, as it was sent.
pub fn look(shown: &Shown, path: &str, made: &MadePages, options: &ServerOptions) -> Sight {
    let words = words::words(options.language);
    let told = |of: problems::Of<'_>| problems::problems(&shown.report, of, &options.roots, options.language);
    let everything = || told(problems::Of::Everything);
    let own = |status, title, problems| {
        let made = Arc::new(Made::new(own_page(title, &problems, words).into_bytes()));
        Sight::Page(Page { status, kind: HTML, made, of: Of::Server, problems })
    };
    let Some(site) = &shown.site else {
        let title = if shown.round == 0 { words.starting } else { words.broken_site };
        return own(503, title, everything());
    };
    let (status, route) = match wanted::wanted(site, path) {
        Wanted::Elsewhere(path) => return Sight::Elsewhere(path),
        Wanted::Route(route) => (200, route),
        Wanted::Nothing => match site.route("404.html") {
            Some(route) => (404, route),
            None => return own(404, words.missing, everything()),
        },
    };
    if let site::Body::Copied(asset) = site.body(route) {
        // Read once to see that it is still the file that was checked: nothing of another goes out.
        let same = source::copy(asset, &mut std::io::sink()).is_ok();
        return if same { Sight::File(asset.clone()) } else { Sight::Changed };
    }
    match made.of(site, route) {
        Ok(made) => {
            let kind = content_type(&route.path);
            let problems = told(problems::Of::Sources(&site.sources(route)));
            Sight::Page(Page { status, kind, made, of: Of::Site, problems })
        }
        Err(diagnostic) => own(500, words.broken_page, told(problems::Of::Failed(&diagnostic))),
    }
}

/// The answer to a browser that asks for a path.
pub fn answer_to(shown: &Shown, path: &str, made: &MadePages, options: &ServerOptions) -> Answer {
    match look(shown, path, made, options) {
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
            let tag = format!("\"{}\"", page.made.hash);
            Answer::new(page.status, page.kind, page.made.bytes.clone()).with("ETag", tag)
        }
    }
}

/// The page with the preview's script at its end. The script is told what the page is, and nothing else changes.
fn live(page: &Page, round: u64) -> Vec<u8> {
    let own = match page.of {
        Of::Site => "",
        Of::Server => " data-own",
    };
    let Made { bytes, hash } = page.made.as_ref();
    let script = format!(
        "<script data-hyoka src=\"/_hyoka/first.js\" id=\"hyoka-preview-script\" data-round=\"{round}\" data-seen=\"{hash}\"{own}></script>\
         <script data-hyoka type=\"module\" src=\"/_hyoka/live.js\"></script>"
    );
    let end = b"</body>";
    let at = bytes.windows(end.len()).rposition(|tag| tag.eq_ignore_ascii_case(end));
    let (before, after) = bytes.split_at(at.unwrap_or(bytes.len()));
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
                html.push_str(&format!("<p>{}</p>\n{}", escape(message), spot(place)));
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
