//! Assets: the CSS, scripts, pictures of a theme, published under names that change with their content.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::scan::place_of;
use super::source::Chain;
use crate::diagnostic::{Code, Diagnostic, Message, Place, Report};

/// A file that is published beside the pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// The path below assets/ in the theme (`style.css`); what views and templates call it.
    pub name: Arc<str>,
    /// The path below assets/ in the published folder (`style.3fa9c1d2.css`). It names the content, so a cache never
    /// serves the style of last year with the pages of this one.
    pub published: Arc<str>,
    pub bytes: Arc<[u8]>,
}

/// The style sheet that takes over the colours of theme.yaml.
const STYLE_SHEET: &str = "style.css";

/// The assets after inheritance, sorted by name. References between them (`url(icons/arrow.svg)`, `@import "print.css"`)
/// follow the published names.
///
/// Reports a reference in a style sheet to a file that the theme does not have.
pub(super) fn collect(chain: &Chain<'_>, report: &mut Report) -> Vec<Asset> {
    let mut files: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
    let mut layers: BTreeMap<&str, Arc<str>> = BTreeMap::new();
    for layer in chain.layers.iter().rev() {
        for (name, bytes) in layer.folder("assets/") {
            files.insert(name, bytes.to_vec());
            layers.insert(name, layer.path(&format!("assets/{name}")));
        }
    }
    if let Some(rule) = colour_rule(chain) {
        files.entry(STYLE_SHEET).or_default().extend_from_slice(rule.as_bytes());
    }
    let mut publishing = Publishing { files: &files, done: BTreeMap::new(), open: Vec::new(), dead: Vec::new() };
    for name in files.keys() {
        publishing.publish(name);
    }
    for dead in publishing.dead {
        report.add(dead.diagnostic(&files, &layers));
    }
    publishing.done.into_values().collect()
}

fn colour_rule(chain: &Chain<'_>) -> Option<String> {
    let colours = chain.colours();
    let properties: String = colours.iter().map(|(name, value)| format!("--{name}:{value};")).collect();
    (!properties.is_empty()).then(|| format!("\n:root{{{properties}}}\n"))
}

/// Gives every file its published name; a style sheet after the files that it names, since their names are part of it.
struct Publishing<'a> {
    files: &'a BTreeMap<&'a str, Vec<u8>>,
    done: BTreeMap<&'a str, Asset>,
    /// The style sheets that wait for one another, outermost first; a circle of imports ends here.
    open: Vec<&'a str>,
    dead: Vec<DeadReference<'a>>,
}

struct DeadReference<'a> {
    style_sheet: &'a str,
    /// Byte offset and text of the reference.
    offset: usize,
    target: String,
}

impl<'a> Publishing<'a> {
    /// The published name of a file, or `None` if there is no such file.
    fn publish(&mut self, name: &str) -> Option<Arc<str>> {
        if let Some(asset) = self.done.get(name) {
            return Some(Arc::clone(&asset.published));
        }
        let (name, bytes) = self.files.get_key_value(name).map(|(name, bytes)| (*name, bytes))?;
        if self.open.contains(&name) {
            return Some(published_name(name, bytes));
        }
        let bytes = match std::str::from_utf8(bytes) {
            Ok(css) if name.ends_with(".css") => {
                self.open.push(name);
                let css = self.with_published_names(name, css);
                #[cfg(feature = "minify")]
                let css = super::smaller::style_sheet(&css).unwrap_or(css);
                self.open.pop();
                css.into_bytes()
            }
            _ => bytes.clone(),
        };
        // In a circle of imports each sheet is known by its own content, without the names that follow from it.
        let named_by = if self.open.is_empty() { &bytes } else { self.files.get(name).unwrap_or(&bytes) };
        let published = published_name(name, named_by);
        let asset = Asset { name: name.into(), published: Arc::clone(&published), bytes: bytes.into() };
        self.done.insert(name, asset);
        Some(published)
    }

    fn with_published_names(&mut self, name: &'a str, css: &str) -> String {
        let mut text = String::with_capacity(css.len() + 64);
        let mut copied = 0;
        for reference in references(css) {
            let Some(target) = css.get(reference.clone()) else { continue };
            let (path, suffix) = target.split_at(target.find(['?', '#']).unwrap_or(target.len()));
            let Some(resolved) = resolve(name, path) else { continue };
            match self.publish(&resolved) {
                Some(published) => {
                    text.push_str(css.get(copied..reference.start).unwrap_or_default());
                    text.push_str(&relative(name, &published));
                    text.push_str(suffix);
                    copied = reference.end;
                }
                None => self.dead.push(DeadReference {
                    style_sheet: name,
                    offset: reference.start,
                    target: target.to_owned(),
                }),
            }
        }
        text.push_str(css.get(copied..).unwrap_or_default());
        text
    }
}

impl DeadReference<'_> {
    fn diagnostic(&self, files: &BTreeMap<&str, Vec<u8>>, layers: &BTreeMap<&str, Arc<str>>) -> Diagnostic {
        let file = layers.get(self.style_sheet).cloned().unwrap_or_else(|| self.style_sheet.into());
        let css = files.get(self.style_sheet).map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
        let at = place_of(&css, self.offset..self.offset + self.target.len());
        let message = Message::new(
            format!("スタイルシートが参照する {} がテーマにありません", self.target),
            format!("The style sheet refers to {}, which the theme does not have", self.target),
        );
        Diagnostic::new(Code::TemplateError, Place { file, at }, message)
            .excerpt(&css)
            .help("assets/ に置くか、参照を消してください", "Put it into assets/, or remove the reference")
    }
}

/// `style.css` → `style.3fa9c1d2.css`.
fn published_name(name: &str, bytes: &[u8]) -> Arc<str> {
    let hash = blake3::hash(bytes).to_hex();
    let short: String = hash.chars().take(8).collect();
    let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, file)| (folder, file));
    let slash = if folder.is_empty() { "" } else { "/" };
    match file.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => format!("{folder}{slash}{stem}.{short}.{ending}").into(),
        _ => format!("{folder}{slash}{file}.{short}").into(),
    }
}

/// The byte ranges of what `url(…)` and `@import "…"` name in a style sheet, comments left out.
fn references(css: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = css.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with("/*") {
            at += rest.find("*/").map_or(rest.len(), |end| end + 2);
        } else if starts_with_ignoring_case(rest, "url(") {
            let start = at + 4 + leading_space(rest.get(4..).unwrap_or_default());
            let quote = css.get(start..).and_then(|text| text.chars().next()).filter(|c| matches!(c, '"' | '\''));
            let start = start + usize::from(quote.is_some());
            let length = css.get(start..).unwrap_or_default().find(quote.unwrap_or(')')).unwrap_or(0);
            let name = css.get(start..start + length).unwrap_or_default().trim_end();
            found.push(start..start + name.len());
            at = start + length + 1;
        } else if starts_with_ignoring_case(rest, "@import") {
            let start = at + 7 + leading_space(rest.get(7..).unwrap_or_default());
            let quote = css.get(start..).and_then(|text| text.chars().next()).filter(|c| matches!(c, '"' | '\''));
            at = start;
            if let Some(quote) = quote {
                let length = css.get(start + 1..).unwrap_or_default().find(quote).unwrap_or(0);
                found.push(start + 1..start + 1 + length);
                at = start + 1 + length + 1;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    found
}

fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

fn leading_space(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// The asset that a reference in the style sheet `from` means; `None` for anything but a path inside assets/.
fn resolve(from: &str, reference: &str) -> Option<String> {
    let elsewhere = reference.is_empty() || reference.starts_with('/') || reference.contains(':');
    if elsewhere {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in reference.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// How the style sheet `from` names `to`, both below assets/.
fn relative(from: &str, to: &str) -> String {
    "../".repeat(from.matches('/').count()) + to
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::tests::load;

    fn text(asset: &Asset) -> &str {
        std::str::from_utf8(&asset.bytes).unwrap()
    }

    #[test]
    fn the_published_name_follows_the_content() {
        let one = load(&[("themes/city/assets/a.js", "1")], "city").unwrap();
        let two = load(&[("themes/city/assets/a.js", "2")], "city").unwrap();
        let (one, two) = (one.asset("a.js").unwrap(), two.asset("a.js").unwrap());
        assert_ne!(one.published, two.published);
        assert!(one.published.starts_with("a.") && one.published.ends_with(".js"), "{}", one.published);
    }

    #[test]
    fn a_style_sheet_names_pictures_and_sheets_as_they_are_published() {
        let theme = load(
            &[
                (
                    "themes/city/assets/style.css",
                    "@import 'css/print.css';a{b:url( \"icons/矢.svg#up\" )}c{d:url(data:x)}",
                ),
                ("themes/city/assets/css/print.css", "a{b:url(../icons/矢.svg)} /* url(no.png) */"),
                ("themes/city/assets/icons/矢.svg", "<svg/>"),
            ],
            "city",
        )
        .unwrap();
        let icon = &theme.asset("icons/矢.svg").unwrap().published;
        let print = theme.asset("css/print.css").unwrap();
        assert!(text(print).contains(&format!("../{icon})")), "{}", text(print));
        let style = text(theme.asset("style.css").unwrap());
        for named in [print.published.to_string(), format!("{icon}#up"), "url(data:x)".to_owned()] {
            assert!(style.contains(&named), "{named} in {style}");
        }
    }

    #[test]
    fn a_child_replaces_an_asset_and_colours_end_in_the_style_sheet() {
        let theme = load(
            &[
                ("themes/city/theme.yaml", "extends: base\ncolours: {accent: \"#0017C1\"}"),
                ("themes/base/theme.yaml", "colours: {accent: \"#fff\", line: \"#000\"}"),
                ("themes/base/assets/style.css", "a{}"),
                ("themes/base/assets/logo.svg", "base"),
                ("themes/city/assets/logo.svg", "city"),
            ],
            "city",
        )
        .unwrap();
        assert_eq!(text(theme.asset("logo.svg").unwrap()), "city");
        let style = text(theme.asset("style.css").unwrap()).to_ascii_lowercase();
        assert!(style.contains("--accent:#0017c1") && style.contains("--line:#000"), "{style}");
    }
}
