//! Assets: the CSS, scripts, pictures of a theme, published under names that change with their content.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::colours::{self, Declaration, Palette, Scheme};
use super::contrast;
use super::scan::place_of;
use super::source::Chain;
use crate::chart;
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

/// The style sheet of the charts.
const CHART_STYLE_SHEET: &str = "charts.css";

/// The style sheet that takes over the colours of theme.yaml.
const STYLE_SHEET: &str = "style.css";

/// The style sheets that every page has, in its order.
const SHEETS: [&str; 2] = [STYLE_SHEET, CHART_STYLE_SHEET];

/// The assets after inheritance, sorted by name. References between them (`url(icons/arrow.svg)`, `@import "print.css"`)
/// follow the published names.
///
/// Reports a reference in a style sheet to a file that the theme does not have.
pub(super) fn collect(chain: &Chain<'_>, report: &mut Report) -> (Vec<Asset>, Palette) {
    let mut files: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
    let mut layers: BTreeMap<&str, Arc<str>> = BTreeMap::new();
    // Charts bring their own style sheet; a theme's file of that name takes its place.
    files.insert(CHART_STYLE_SHEET, chart::stylesheet().into());
    for layer in chain.layers.iter().rev() {
        for (name, bytes) in layer.folder("assets/") {
            files.insert(name, bytes.to_vec());
            layers.insert(name, layer.path(&format!("assets/{name}")));
        }
    }
    paint(chain, &mut files);
    let palette = palette(&files);
    refuse_low_contrast(chain, &palette, report);
    let files = Files { files: &files };
    let mut assets = Vec::with_capacity(files.files.len());
    for (name, bytes) in files.files {
        let published = files.published_name(name);
        let bytes = match std::str::from_utf8(bytes) {
            Ok(css) if name.ends_with(".css") => {
                for dead in files.dead_references(name, css) {
                    report.add(dead_reference(layers.get(name), css, dead));
                }
                style_sheet(files.with_published_names(name, css)).into_bytes().into()
            }
            Ok(source) if name.ends_with(".js") => script(source).into_bytes().into(),
            _ => bytes.as_slice().into(),
        };
        assets.push(Asset { name: (*name).into(), published, bytes });
    }
    (assets, palette)
}

/// Puts the colours of theme.yaml where the style sheets declare them: in either scheme, and below whatever print, forced
/// colours or more contrast ask for. Colours that no style sheet declares come at the end of [`STYLE_SHEET`].
fn paint(chain: &Chain<'_>, files: &mut BTreeMap<&str, Vec<u8>>) {
    let mut left: BTreeSet<(&str, Scheme)> = BTreeSet::new();
    for name in chain.colour_names() {
        left.extend(Scheme::ALL.into_iter().filter(|scheme| chain.colour(name, *scheme).is_some()).map(|s| (name, s)));
    }
    for sheet in SHEETS {
        let Some(css) = files.get(sheet).and_then(|bytes| std::str::from_utf8(bytes).ok()) else { continue };
        let mut painted = String::with_capacity(css.len());
        let mut copied = 0;
        for Declaration { name, scheme, value } in colours::declarations(css) {
            let Some((colour, _)) = chain.colour(&name, scheme) else { continue };
            painted.push_str(css.get(copied..value.start).unwrap_or_default());
            painted.push_str(colour);
            copied = value.end;
            left.retain(|(of, in_scheme)| *of != name || *in_scheme != scheme);
        }
        painted.push_str(css.get(copied..).unwrap_or_default());
        files.insert(sheet, painted.into_bytes());
    }
    let rule = |wanted: Scheme| {
        let own = left.iter().filter(|(_, scheme)| *scheme == wanted);
        let declared = own.filter_map(|(name, scheme)| Some(format!("--{name}:{};", chain.colour(name, *scheme)?.0)));
        let declared: String = declared.collect();
        (!declared.is_empty()).then(|| format!(":root{{{declared}}}\n"))
    };
    let light = rule(Scheme::Light);
    let dark = rule(Scheme::Dark).map(|rule| format!("@media screen and (prefers-color-scheme:dark){{{rule}}}\n"));
    for rule in light.into_iter().chain(dark) {
        let sheet = files.entry(STYLE_SHEET).or_default();
        sheet.push(b'\n');
        sheet.extend_from_slice(rule.as_bytes());
    }
}

fn palette(files: &BTreeMap<&str, Vec<u8>>) -> Palette {
    Palette::of(SHEETS.iter().filter_map(|sheet| std::str::from_utf8(files.get(sheet)?).ok()))
}

/// Reports colours that cannot be told apart well enough, at the line of theme.yaml that sets one of them.
fn refuse_low_contrast(chain: &Chain<'_>, palette: &Palette, report: &mut Report) {
    for measured in contrast::measure(palette) {
        let Some(ratio) = measured.printed().filter(|_| measured.fails()) else { continue };
        let contrast::Pair { front, ground, need } = measured.pair;
        let scheme = measured.scheme;
        // The light value holds in the dark scheme, too, where that one has none of its own.
        let set = |name| chain.colour(name, scheme).or_else(|| chain.colour(name, Scheme::Light));
        let (blamed, place) = match (set(front), set(ground)) {
            (Some((_, place)), _) => (front, place),
            (None, Some((_, place))) => (ground, place),
            (None, None) => (front, style_sheet_of(chain)),
        };
        let (scheme_ja, scheme_en) = match scheme {
            Scheme::Light => ("明るい配色", "light"),
            Scheme::Dark => ("暗い配色", "dark"),
        };
        let need = need.printed();
        let message = Message::new(
            format!(
                "{scheme_ja}で、{ground} の上の {front} が見分けにくい色です。コントラスト比 {ratio}、必要 {need} 以上"
            ),
            format!("in the {scheme_en} scheme {front} is hard to see on {ground}: contrast {ratio}, needed {need}"),
        );
        let key = match scheme {
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        };
        let (help_ja, help_en) = match contrast::passing(palette, blamed, scheme) {
            Some(colour) => (
                format!("{blamed} の {key} を \"{colour}\" にすると足ります（同じ色合いで最も近い色）"),
                format!("\"{colour}\" for {blamed} ({key}) is enough: the nearest of the same hue"),
            ),
            None => (
                format!("{front} と {ground} の両方を見直してください（{blamed} だけを変えても足りません）"),
                format!("change both {front} and {ground}: no {blamed} alone is enough"),
            ),
        };
        let mut diagnostic = Diagnostic::new(Code::LowContrast, place, message).help(help_ja, help_en);
        if let Some(text) = chain.text_at(&diagnostic.place) {
            diagnostic = diagnostic.excerpt(text);
        }
        report.add(diagnostic);
    }
}

/// The style sheet that the nearest theme brings.
fn style_sheet_of(chain: &Chain<'_>) -> Place {
    let has = |sheet: &&str| chain.layers.iter().find(|layer| layer.file(&format!("assets/{sheet}")).is_some());
    let found = SHEETS.iter().find_map(|sheet| has(sheet).map(|layer| layer.path(&format!("assets/{sheet}"))));
    Place::whole(found.as_deref().unwrap_or(STYLE_SHEET))
}

fn style_sheet(css: String) -> String {
    #[cfg(feature = "minify")]
    let css = super::smaller::style_sheet(&css).unwrap_or(css);
    css
}

fn script(source: &str) -> String {
    #[cfg(feature = "minify")]
    if let Some(small) = super::smaller::script(source) {
        return small;
    }
    source.to_owned()
}

/// All assets by name, as the theme has them.
#[derive(Clone, Copy)]
struct Files<'a> {
    files: &'a BTreeMap<&'a str, Vec<u8>>,
}

impl<'a> Files<'a> {
    /// A file is named after its content and that of every file it refers to, near or far: a changed picture renames
    /// the style sheet that shows it, and sheets that import each other still have names.
    fn published_name(self, name: &str) -> Arc<str> {
        let mut reached: BTreeSet<&str> = BTreeSet::new();
        let mut next: Vec<&str> = self.files.get_key_value(name).map(|(name, _)| *name).into_iter().collect();
        while let Some(name) = next.pop() {
            if reached.insert(name) {
                next.extend(self.references(name).into_iter().filter_map(|(_, target)| target));
            }
        }
        let mut hasher = blake3::Hasher::new();
        for bytes in reached.iter().filter_map(|name| self.files.get(name)) {
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        }
        fingerprinted(name, &hasher.finalize())
    }

    /// What a style sheet refers to inside assets/: the bytes of the path in it, and the file, if there is one.
    fn references(self, name: &str) -> Vec<(Range<usize>, Option<&'a str>)> {
        let css = self.files.get(name).filter(|_| name.ends_with(".css"));
        let Some(css) = css.and_then(|bytes| std::str::from_utf8(bytes).ok()) else { return Vec::new() };
        let mut found = Vec::new();
        for range in references(css) {
            let text = css.get(range.clone()).unwrap_or_default();
            let path = text.get(..text.find(['?', '#']).unwrap_or(text.len())).unwrap_or_default();
            if let Some(target) = resolve(name, path) {
                let file = self.files.get_key_value(target.as_str()).map(|(name, _)| *name);
                found.push((range.start..range.start + path.len(), file));
            }
        }
        found
    }

    fn with_published_names(self, name: &str, css: &str) -> String {
        let mut text = String::with_capacity(css.len() + 64);
        let mut copied = 0;
        for (range, file) in self.references(name) {
            let Some(file) = file else { continue };
            text.push_str(css.get(copied..range.start).unwrap_or_default());
            text.push_str(&relative(name, &self.published_name(file)));
            copied = range.end;
        }
        text.push_str(css.get(copied..).unwrap_or_default());
        text
    }

    fn dead_references(self, name: &str, css: &str) -> Vec<Range<usize>> {
        let dead = self.references(name).into_iter().filter(|(_, file)| file.is_none()).map(|(range, _)| range);
        dead.filter(|range| css.get(range.clone()).is_some()).collect()
    }
}

fn dead_reference(file: Option<&Arc<str>>, css: &str, range: Range<usize>) -> Diagnostic {
    let file = file.cloned().unwrap_or_else(|| "assets".into());
    let target = css.get(range.clone()).unwrap_or_default();
    let message = Message::new(
        format!("スタイルシートが参照する {target} がテーマにありません"),
        format!("the style sheet refers to {target}, which the theme does not have"),
    );
    Diagnostic::new(Code::TemplateError, Place { file, at: place_of(css, range) }, message)
        .excerpt(css)
        .help("assets/ に置くか、参照を消してください", "put it into assets/, or remove the reference")
}

/// `style.css` → `style.3fa9c1d2.css`.
fn fingerprinted(name: &str, hash: &blake3::Hash) -> Arc<str> {
    let short: String = hash.to_hex().chars().take(8).collect();
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
    fn a_changed_picture_renames_every_style_sheet_on_the_way_to_it() {
        let published = |picture: &str| {
            let files = [
                ("themes/city/assets/style.css", "@import \"print.css\";"),
                ("themes/city/assets/print.css", "a{background:url(x.svg)}"),
                ("themes/city/assets/x.svg", picture),
            ];
            let theme = load(&files, "city").unwrap();
            ["style.css", "print.css"].map(|name| theme.asset(name).unwrap().published.clone())
        };
        let (one, two) = (published("1"), published("2"));
        assert!(one[0] != two[0] && one[1] != two[1], "{one:?} {two:?}");
    }

    #[test]
    fn style_sheets_that_import_each_other_find_each_other() {
        let files =
            [("themes/city/assets/a.css", "@import \"b.css\";"), ("themes/city/assets/b.css", "@import \"a.css\";")];
        let theme = load(&files, "city").unwrap();
        let (a, b) = (theme.asset("a.css").unwrap(), theme.asset("b.css").unwrap());
        assert!(text(a).contains(b.published.as_ref()), "{} {}", text(a), b.published);
        assert!(text(b).contains(a.published.as_ref()), "{} {}", text(b), a.published);
    }

    #[test]
    fn a_picture_that_is_not_there_is_an_error_in_the_style_sheet() {
        let report = load(&[("themes/city/assets/style.css", "日本{}\na{b:url(icons/x.svg)}")], "city").unwrap_err();
        let found = report.iter().next().unwrap();
        assert_eq!(found.code, Code::TemplateError);
        assert_eq!(
            (found.place.file.as_ref(), found.place.at.line, found.place.at.column),
            ("themes/city/assets/style.css", 2, 9)
        );
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
