//! Where the files of a theme come from: the built-in theme, themes/ beside the content, and what inherits what.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use serde::Deserialize;
use serde_yaml::Spanned;

use crate::diagnostic::{Code, Diagnostic, Place, Report, Stopped};
use crate::model::At;

/// The theme that is part of the program, so that a portal without themes/ has one.
pub const STANDARD: &str = "standard";

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/standard");

/// A theme and the themes it inherits from, the nearest first. The last is always the built-in one.
#[derive(Debug)]
pub(super) struct Chain<'a> {
    pub layers: Vec<Layer<'a>>,
}

/// The files of one theme, before inheritance.
#[derive(Debug)]
pub(super) struct Layer<'a> {
    pub name: Cow<'a, str>,
    /// By path below the theme's folder, with forward slashes.
    files: BTreeMap<String, Cow<'a, [u8]>>,
    pub colours: BTreeMap<String, String>,
    origin: Origin,
}

/// Whether any file of a theme is on disk: of the built-in one none need be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    Program,
    Disk,
}

/// What theme.yaml says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    /// The theme's name for people.
    #[serde(default, rename = "name")]
    _name: Option<String>,
    /// The folder name of the theme it inherits from; without it the built-in theme.
    #[serde(default)]
    extends: Option<Spanned<String>>,
    /// CSS custom properties without their two hyphens: `accent: "#0017C1"` sets `--accent`.
    #[serde(default)]
    colours: BTreeMap<String, Spanned<String>>,
}

impl<'a> Layer<'a> {
    /// The path that messages name.
    pub fn path(&self, below: &str) -> Arc<str> {
        format!("themes/{}/{below}", self.name).into()
    }

    /// The files below a folder (`templates/`), by path below it, sorted.
    pub fn folder<'s>(&'s self, folder: &'s str) -> impl Iterator<Item = (&'s str, &'s [u8])> {
        self.files.iter().filter_map(move |(path, bytes)| Some((path.strip_prefix(folder)?, bytes.as_ref())))
    }

    pub fn file(&self, below: &str) -> Option<&[u8]> {
        self.files.get(below).map(AsRef::as_ref)
    }

    fn named(name: &'a str, disk: &[(&'a str, &'a [u8])]) -> Option<Self> {
        let mut files = if name == STANDARD { built_in() } else { BTreeMap::new() };
        let mut origin = Origin::Program;
        for (path, bytes) in disk {
            if let Some((_, below)) = below_themes(path).filter(|(theme, _)| *theme == name) {
                files.insert(below.to_owned(), Cow::Borrowed(*bytes));
                origin = Origin::Disk;
            }
        }
        (!files.is_empty()).then(|| Self { name: Cow::Borrowed(name), files, colours: BTreeMap::new(), origin })
    }
}

impl<'a> Chain<'a> {
    /// Follows `extends` from the theme `name` to the built-in one. `asked` is where the portal names its theme.
    ///
    /// # Errors
    /// `unknown-theme` where a theme does not exist or inherits from itself, and whatever theme.yaml gives cause for.
    pub fn follow(
        disk: &[(&'a str, &'a [u8])],
        name: &str,
        asked: Place,
        report: &mut Report,
    ) -> Result<Self, Stopped> {
        let mut layers: Vec<Layer<'a>> = Vec::new();
        let mut next = Some((name.to_owned(), asked, None::<String>));
        while let Some((wanted, place, excerpt)) = next.take() {
            if layers.iter().any(|layer| layer.name == wanted.as_str()) {
                report.add(circle(&layers, &wanted, place, excerpt));
                break;
            }
            let found = names(disk).into_iter().find(|name| *name == wanted).and_then(|name| Layer::named(name, disk));
            let Some(mut layer) = found else {
                report.add(unknown(&names(disk), &wanted, place, excerpt));
                break;
            };
            let manifest = manifest(&layer, report);
            layer.colours = colours(&layer, &manifest, report);
            let standard_last = layer.name != STANDARD;
            next = match manifest.extends {
                Some(extends) => {
                    let text = layer.file("theme.yaml").map(String::from_utf8_lossy).unwrap_or_default();
                    let place = Place { file: layer.path("theme.yaml"), at: at(&extends) };
                    let line = line_of(&text, place.at);
                    Some((extends.value, place, line))
                }
                None if standard_last => {
                    Some((STANDARD.to_owned(), Place { file: layer.path("theme.yaml"), at: At::default() }, None))
                }
                None => None,
            };
            layers.push(layer);
        }
        report.go_on()?;
        Ok(Self { layers })
    }

    /// The hash of every file of every layer, names included.
    pub fn digest(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        for layer in &self.layers {
            for (path, bytes) in &layer.files {
                for part in [layer.name.as_bytes(), path.as_bytes(), bytes.as_ref()] {
                    hasher.update(&(part.len() as u64).to_le_bytes());
                    hasher.update(part);
                }
            }
        }
        *hasher.finalize().as_bytes()
    }

    /// The folders on disk that the theme is made of (`themes/city`), the nearest first.
    pub fn folders(&self) -> Vec<String> {
        let on_disk = self.layers.iter().filter(|layer| layer.origin == Origin::Disk);
        on_disk.map(|layer| format!("themes/{}", layer.name)).collect()
    }

    /// Colours after inheritance: a theme's own over those of the themes it inherits from.
    pub fn colours(&self) -> BTreeMap<&str, &str> {
        let all = self.layers.iter().rev().flat_map(|layer| &layer.colours);
        all.map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }
}

/// The place of a value in its YAML file.
pub(super) fn at<T>(spanned: &Spanned<T>) -> At {
    at_location(spanned.referenced)
}

pub(super) fn at_location(location: serde_yaml::Location) -> At {
    let small = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    At { line: small(location.line()), column: small(location.column()), length: small(location.span().len()) }
}

/// The diagnostic of a file of the theme that is no YAML, or not the YAML it should be.
pub(super) fn invalid_yaml(file: Arc<str>, text: &str, error: &serde_yaml::Error) -> Diagnostic {
    let error = error.without_snippet();
    let at = error.location().map_or_else(At::default, at_location);
    let detail = error.to_string();
    // The place is told beside it.
    let detail = detail.split(" at line ").next().unwrap_or_default();
    let message = crate::diagnostic::Message::new(
        format!("YAML として読めません: {detail}"),
        format!("this cannot be read as YAML: {detail}"),
    );
    Diagnostic::new(Code::InvalidYaml, Place { file, at }, message).excerpt(text).help(
        "この行と一つ前の行の「:」、引用符、字下げを見てください",
        "see the colons, quotes and indents of this line and the one before",
    )
}

/// The text of a file of the theme.
pub(super) fn text<'s>(layer: &Layer<'_>, below: &str, bytes: &'s [u8], report: &mut Report) -> Option<&'s str> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            let at = At { line: u32::try_from(line).unwrap_or(u32::MAX), column: 1, length: 0 };
            let message = crate::diagnostic::Message::new(
                "UTF-8 ではない文字があります",
                "the file holds bytes that are not UTF-8",
            );
            let place = Place { file: layer.path(below), at };
            report.add(
                Diagnostic::new(Code::UndecodableBytes, place, message)
                    .help("UTF-8 で保存し直してください", "save the file as UTF-8"),
            );
            None
        }
    }
}

fn built_in() -> BTreeMap<String, Cow<'static, [u8]>> {
    fn collect(dir: &Dir<'static>, files: &mut BTreeMap<String, Cow<'static, [u8]>>) {
        for file in dir.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            files.insert(path, Cow::Owned(file.contents().to_vec()));
        }
        for dir in dir.dirs() {
            collect(dir, files);
        }
    }
    let mut files = BTreeMap::new();
    collect(&BUILT_IN, &mut files);
    files
}

/// `themes/city/templates/base.html` → (`city`, `templates/base.html`).
fn below_themes(path: &str) -> Option<(&str, &str)> {
    path.strip_prefix("themes/")?.split_once('/')
}

/// Every theme there is, sorted.
fn names<'a>(disk: &[(&'a str, &'a [u8])]) -> Vec<&'a str> {
    let mut names: Vec<&str> = disk.iter().filter_map(|(path, _)| below_themes(path)).map(|(name, _)| name).collect();
    names.push(STANDARD);
    names.sort_unstable();
    names.dedup();
    names
}

fn line_of(text: &str, at: At) -> Option<String> {
    text.lines().nth((at.line as usize).saturating_sub(1)).map(str::to_owned)
}

fn manifest(layer: &Layer<'_>, report: &mut Report) -> Manifest {
    let Some(text) = layer.file("theme.yaml").and_then(|bytes| text(layer, "theme.yaml", bytes, report)) else {
        return Manifest::default();
    };
    if text.trim().is_empty() {
        return Manifest::default();
    }
    serde_yaml::from_str(text).unwrap_or_else(|error| {
        report.add(invalid_yaml(layer.path("theme.yaml"), text, &error));
        Manifest::default()
    })
}

fn colours(layer: &Layer<'_>, manifest: &Manifest, report: &mut Report) -> BTreeMap<String, String> {
    let text = layer.file("theme.yaml").map(String::from_utf8_lossy).unwrap_or_default();
    let mut colours = BTreeMap::new();
    for (name, value) in &manifest.colours {
        let named = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if named && is_colour(&value.value) {
            colours.insert(name.clone(), value.value.clone());
            continue;
        }
        let place = Place { file: layer.path("theme.yaml"), at: at(value) };
        let message = crate::diagnostic::Message::new(
            format!("色 {name} を読めません: {}", value.value),
            format!("the colour {name} cannot be read: {}", value.value),
        );
        report.add(Diagnostic::new(Code::InvalidValue, place, message).excerpt(&text).help(
            "\"#0017C1\" のように # と16進数で、引用符に入れて書いてください",
            "write # and hexadecimal digits in quotes, as in \"#0017C1\"",
        ));
    }
    colours
}

/// `#rgb`, `#rgba`, `#rrggbb` or `#rrggbbaa`.
fn is_colour(value: &str) -> bool {
    value.strip_prefix('#').is_some_and(|digits| {
        matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

fn unknown(names: &[&str], wanted: &str, place: Place, excerpt: Option<String>) -> Diagnostic {
    let message = crate::diagnostic::Message::new(
        format!("テーマ「{wanted}」がありません"),
        format!("there is no theme `{wanted}`"),
    );
    let nearest = names
        .iter()
        .map(|name| (strsim::jaro_winkler(name, wanted), *name))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let all = names.join(", ");
    let mut diagnostic = Diagnostic::new(Code::UnknownTheme, place, message);
    diagnostic.excerpt = excerpt;
    match nearest {
        Some((_, name)) => diagnostic.help(
            format!("「{name}」のことですか。使えるテーマ: {all}"),
            format!("did you mean `{name}`? Themes that exist: {all}"),
        ),
        None => diagnostic.help(format!("使えるテーマ: {all}"), format!("themes that exist: {all}")),
    }
}

fn circle(layers: &[Layer<'_>], wanted: &str, place: Place, excerpt: Option<String>) -> Diagnostic {
    let mut way: Vec<&str> = layers.iter().map(|layer| layer.name.as_ref()).collect();
    way.push(wanted);
    let way = way.join(" → ");
    let message = crate::diagnostic::Message::new(
        format!("テーマの継承が循環しています: {way}"),
        format!("the themes inherit from each other in a circle: {way}"),
    );
    let mut diagnostic = Diagnostic::new(Code::UnknownTheme, place, message)
        .help("どれかの theme.yaml の extends を直してください", "change `extends` in one of these theme.yaml files");
    diagnostic.excerpt = excerpt;
    diagnostic
}
