//! Which files of a published folder belong to an edition, and what is said of the rest.
//!
//! Pages are read for the files that they name, word by word: what an attribute, a style or a script names is found,
//! whatever its form. A word that happens to be the name of a published file costs a file in the pack, nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use rayon::prelude::*;

use super::{Entries, Entry, PackError, PackExtent};
use crate::publish::Manifest;

/// The years of the editions that a manifest lists, ascending.
pub fn editions(manifest: &Manifest) -> Vec<String> {
    let years: BTreeSet<_> = manifest.files.keys().filter_map(|path| edition_of(path)).collect();
    years.into_iter().map(str::to_owned).collect()
}

/// The files of an edition, those that they name and that are of no other edition, and a first page that leads to it
/// where the portal's own is of a later one.
pub fn of_edition(folder: &Path, manifest: &Manifest, year: &str) -> Result<Entries, PackError> {
    let is_latest = editions(manifest).last().is_none_or(|latest| latest == year);
    let homes = homes(manifest);
    let mut needed = BTreeSet::new();
    let mut unread: BTreeSet<&str> =
        manifest.files.keys().map(String::as_str).filter(|path| edition_of(path) == Some(year)).collect();
    if is_latest {
        unread.extend(homes.keys().copied());
    }
    let belongs =
        |path: &str| edition_of(path).is_none_or(|edition| edition == year) && (is_latest || !homes.contains_key(path));
    while !unread.is_empty() {
        let named: Result<Vec<BTreeSet<&str>>, PackError> =
            unread.par_iter().map(|path| named_by(folder, manifest, path)).collect();
        needed.append(&mut unread);
        unread = named?.into_iter().flatten().filter(|path| belongs(path) && !needed.contains(path)).collect();
    }
    let mut entries: Entries = needed.into_iter().map(|path| (path.to_owned(), Entry::Published)).collect();
    if !is_latest {
        entries.extend(
            homes
                .iter()
                .map(|(path, language)| ((*path).to_owned(), Entry::Made(first_page(year, *language).into_bytes()))),
        );
    }
    Ok(entries)
}

/// For whoever opens the pack: what it is, where to begin, what is not in it, how to verify it. Ends of lines and the
/// mark at the beginning are for editors of old Windows machines, as closed networks have them.
pub fn note(extent: PackExtent, entries: &Entries, left_out: &[String]) -> String {
    let files = entries.len() + 1;
    let (what_ja, what_en) = match extent {
        PackExtent::Portal => ("行政評価ポータル（全体）".to_owned(), "The evaluation portal, as a whole".to_owned()),
        PackExtent::Edition(year) => (
            format!("行政評価ポータル {}年度版", year.digits()),
            format!("The evaluation portal, edition of fiscal {}", year.digits()),
        ),
    };
    let (absent_ja, absent_en) = match left_out.is_empty() {
        true => (String::new(), String::new()),
        false => (
            format!(
                "入っていないもの: {} 年度版、サイト全体のための 404.html・sitemap.xml・robots.txt。\n\
                 これらへのリンクは開けません。\n",
                left_out.join("、")
            ),
            format!(
                "Not in it: the editions of {}, and 404.html, sitemap.xml and robots.txt, which are of the whole site.\n\
                 Links to them lead nowhere.\n",
                left_out.join(", ")
            ),
        ),
    };
    let text = format!(
        "{what_ja}\n\n\
         すべてを取り出してから、index.html をブラウザで開いてください。インターネットには接続しません。\n{absent_ja}\
         中身の確認: hyoka verify このフォルダ　または　sha256sum -c SHA256SUMS（{files} ファイル）\n\n\
         {what_en}\n\n\
         Extract everything, then open index.html in a browser. Nothing is fetched from the internet.\n{absent_en}\
         To verify: hyoka verify THIS-FOLDER, or sha256sum -c SHA256SUMS ({files} files)\n"
    );
    format!("\u{feff}{}", text.replace('\n', "\r\n"))
}

/// The year of the edition that a file belongs to: `2024/…`, or `en/2024/…` in another language.
fn edition_of(path: &str) -> Option<&str> {
    let mut folders = path.split('/');
    let first = folders.next()?;
    // Whatever stands in them is named by its author.
    let mut second = || folders.next().filter(|_| first != "assets" && first != "pages");
    let is_year = |name: &&str| name.len() == 4 && name.bytes().all(|byte| byte.is_ascii_digit());
    Some(first).filter(is_year).or_else(|| second().filter(is_year))
}

/// The first page of every language, with its language where it is not the site's first.
fn homes(manifest: &Manifest) -> BTreeMap<&str, Option<&str>> {
    let home = |path: &'static str| (path, None);
    let others = manifest.files.keys().filter_map(|path| {
        let language = path.strip_suffix("/index.html").filter(|folder| !folder.contains('/'))?;
        let has_feed = manifest.files.contains_key(&format!("{language}/feed.xml"));
        (edition_of(path).is_none() && has_feed).then_some((path.as_str(), Some(language)))
    });
    std::iter::once(home("index.html")).chain(others).collect()
}

/// Leads to the edition, with words for a browser that does not go by itself.
fn first_page(year: &str, language: Option<&str>) -> String {
    let words = match language {
        None | Some("ja") => format!("{year}年度版"),
        Some(_) => format!("Edition of fiscal {year}"),
    };
    let language = language.unwrap_or("ja");
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n<title>{words}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={year}/index.html\">\n\
         <p><a href=\"{year}/index.html\">{words}</a></p>\n</html>\n"
    )
}

/// Kinds of files that name others.
const NAMING: [&str; 3] = [".html", ".css", ".svg"];

/// The published files that a file names, relative to itself.
fn named_by<'m>(folder: &Path, manifest: &'m Manifest, path: &str) -> Result<BTreeSet<&'m str>, PackError> {
    if !NAMING.iter().any(|end| path.ends_with(end)) {
        return Ok(BTreeSet::new());
    }
    let disk = folder.join(path);
    let text = fs::read(&disk).map_err(PackError::io(&disk))?;
    let text = String::from_utf8_lossy(&text);
    let words: BTreeSet<&str> = text
        .split(|c: char| c.is_ascii_whitespace() || "\"'=<>(),;#?".contains(c))
        .filter(|word| word.contains('.') && word.len() < 1024)
        .collect();
    let published = words.into_iter().filter_map(|word| {
        let path = resolved(path, word)?;
        manifest.files.get_key_value(&path).map(|(path, _)| path.as_str())
    });
    Ok(published.collect())
}

/// The path that a relative link of a page means; `None` where it leads out of the site.
fn resolved(page: &str, link: &str) -> Option<String> {
    let mut folders: Vec<&str> = page.split('/').collect();
    folders.pop();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(folders.pop()?),
            name => folders.push(name),
        }
    }
    decoded(&folders.join("/"))
}

/// Percent-decoded, as the site encodes it.
fn decoded(path: &str) -> Option<String> {
    if !path.contains('%') {
        return Some(path.to_owned());
    }
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        let (high, low) = (digit()?, digit()?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_an_author_that_looks_like_a_year_is_no_edition() {
        assert_eq!(edition_of("2024/industry/index.html"), Some("2024"));
        assert_eq!(edition_of("en/2024/index.html"), Some("2024"));
        assert_eq!(edition_of("assets/2024/waste.csv"), None);
        assert_eq!(edition_of("pages/2024/index.html"), None);
        assert_eq!(edition_of("index.html"), None);
    }

    #[test]
    fn links_are_followed_as_a_browser_does_and_never_out_of_the_site() {
        let link = |link| resolved("2024/industry/index.html", link);
        assert_eq!(link("../../assets/theme/style.css").as_deref(), Some("assets/theme/style.css"));
        assert_eq!(link("../../assets/%E6%A7%98%E5%BC%8F%205.pdf").as_deref(), Some("assets/様式 5.pdf"));
        assert_eq!(link("../../../etc/passwd"), None);
        assert_eq!(link("a%2"), None);
    }
}
