//! From a figure or text of a page to the line of the sheet that says it, and on to the editor.

use std::path::{Component, Path};

use serde::Serialize;

use super::answer::{Answer, JSON, TEXT};
use super::problems::{Excerpt, spot};
use super::request::Request;
use super::wanted::{self, Wanted};
use super::{ServerOptions, words};
use crate::content::address;
use crate::diagnostic::Place;
use crate::model::{At, FiscalYear, Language};
use crate::serve::preview::Shown;
use crate::source;

/// Where something is written.
#[derive(Debug, Serialize)]
struct Written {
    file: String,
    line: u32,
    column: u32,
    excerpt: Option<Excerpt>,
}

/// Answers `?address=2024/industry#exchange/actuals/2024` or `portal#recommendations/1`, and for what has no address `?path=/2024/industry/&text=…`:
/// the page it stands on and what it says. The sheet is read as it is now, so that the line is right
/// also while it is being edited.
pub fn whence(request: &Request, shown: &Shown, options: &ServerOptions) -> Answer {
    let language = request.asked("language").filter(|code| Language::is_code(code)).map(|code| Language::new(&code));
    let place = match (request.asked("address"), request.asked("path"), request.asked("text")) {
        (Some(address), ..) => place(&address, shown, options, language.as_ref()),
        (None, Some(path), Some(text)) => mentioned(&path, &text, shown, options),
        _ => None,
    };
    let Some(place) = place else {
        return Answer::new(404, TEXT, words::words(options.language).not_found);
    };
    let spot = spot(&place, None, &options.roots);
    let written = Written { file: spot.file, line: place.at.line, column: place.at.column, excerpt: spot.excerpt };
    Answer::new(200, JSON, serde_json::to_vec(&written).unwrap_or_default())
}

fn place(address: &str, shown: &Shown, options: &ServerOptions, language: Option<&Language>) -> Option<Place> {
    let (sheet, part) = address.split_once('#')?;
    if sheet == "portal" {
        let file = shown.site.as_ref().map_or_else(|| "content/portal.yaml".to_owned(), |site| settings(site));
        let at = address::find_in_portal(&source::text(&options.roots, &file)?, part, language)?;
        return Some(Place { file: file.into(), at });
    }
    let (year, policy) = sheet.split_once('/')?;
    let year = FiscalYear::parse(year)?.year;
    // Only a sheet of the site is read: an address is no path.
    let policy = shown.site.as_ref()?.portal().policy(policy)?;
    let sheet = policy.sheets.iter().find(|sheet| sheet.year == year)?;
    let file = format!("content/{}", sheet.path);
    let bytes = source::text(&options.roots, &file)?;
    let at = address::find(&bytes, part, language).unwrap_or(At { line: 1, column: 1, length: 0 });
    Some(Place { file: file.into(), at })
}

/// The file of the portal itself.
fn settings(site: &crate::site::Site) -> String {
    format!("content/{}", site.portal().path)
}

/// The first of the files that a page is made of which says a text. Pages that speak of a whole edition are made of
/// more than can be searched at once; of theirs, only the settings are.
fn mentioned(path: &str, text: &str, shown: &Shown, options: &ServerOptions) -> Option<Place> {
    let site = shown.site.as_ref()?;
    let Wanted::Route(route) = wanted::wanted(site, path) else { return None };
    let settings = settings(site);
    let (settings, sheets): (Vec<_>, Vec<_>) = site.sources(route).into_iter().partition(|file| *file == settings);
    // The latest sheet of a policy is the one that the page is about.
    let files = sheets.iter().rev().chain(&settings).filter(|file| file.starts_with("content/") && file.contains('.'));
    let mut places = files.filter_map(|file| {
        let at = address::mention(&source::text(&options.roots, file)?, text)?;
        Some(Place { file: file.as_str().into(), at })
    });
    places.next()
}

/// Opens `?file=content/2024/industry.yaml&line=14&column=20` in the editor.
///
/// Only the preview's own script may ask: another page can send no `X-Hyoka` and no own `Origin`.
pub fn open(request: &Request, options: &ServerOptions) -> Answer {
    let words = words::words(options.language);
    if !request.own || request.origin.is_none() {
        return Answer::new(403, TEXT, words.refused);
    }
    let number = |name| request.asked(name).and_then(|number| number.parse::<u32>().ok()).unwrap_or(1).max(1);
    let file = request
        .asked("file")
        .filter(|file| is_plain(file))
        .filter(|file| crate::source::text(&options.roots, file).is_some())
        .and_then(|file| options.roots.disk(&file));
    let (Some(open), Some(file)) = (&options.open, file) else {
        return Answer::new(404, TEXT, words.not_opened);
    };
    match open(&file, number("line"), number("column")) {
        Ok(()) => Answer::new(204, TEXT, ""),
        Err(error) => Answer::new(500, TEXT, format!("{}: {error}", words.not_opened)),
    }
}

/// Whether a file is named by folders alone, on every system.
fn is_plain(file: &str) -> bool {
    !file.contains(['\\', ':', '\0']) && Path::new(file).components().all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_editor_opens_nothing_outside_of_the_sources() {
        for odd in ["/etc/passwd", "content/../x", "content\\..\\x", "C:/x", "content/a\0", "./content/a"] {
            assert!(!is_plain(odd), "{odd}");
        }
        assert!(is_plain("content/2024/industry.yaml"));
    }
}
