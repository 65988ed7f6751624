//! Where the files of a theme come from: the built-in theme, themes/ beside the content, and what inherits what.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use serde_yaml::Spanned;

use super::colours::Scheme;
use super::manifest::{self, Look};

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
    /// What its theme.yaml adds to it.
    pub look: Look,
    origin: Origin,
}

/// Whether any file of a theme is on disk: of the built-in one none need be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    Program,
    Disk,
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
        (!files.is_empty()).then(|| Self { name: Cow::Borrowed(name), files, look: Look::default(), origin })
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
            let manifest = manifest::read(&layer, report);
            layer.look = manifest.look;
            let standard_last = layer.name != STANDARD;
            next = match manifest.extends {
                Some(extends) => {
                    let text = layer.file("theme.yaml").map(String::from_utf8_lossy).unwrap_or_default();
                    let (name, at) = extends;
                    Some((name, Place { file: layer.path("theme.yaml"), at }, line_of(&text, at)))
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

    /// A colour after inheritance, and the place that says it: a theme's own over those of the themes it inherits from.
    pub fn colour(&self, name: &str, scheme: Scheme) -> Option<(&str, Place)> {
        self.layers.iter().find_map(|layer| {
            let (value, at) = layer.look.colours.get(name)?.get(&scheme)?;
            Some((value.as_str(), Place { file: layer.path("theme.yaml"), at: *at }))
        })
    }

    /// The names of all colours that a theme.yaml sets, sorted.
    pub fn colour_names(&self) -> BTreeSet<&str> {
        self.layers.iter().flat_map(|layer| layer.look.colours.keys()).map(String::as_str).collect()
    }

    /// The text of the file that a place is in.
    pub fn text_at(&self, place: &Place) -> Option<&str> {
        self.layers.iter().find_map(|layer| {
            let below = place.file.strip_prefix(&format!("themes/{}/", layer.name))?;
            std::str::from_utf8(layer.file(below)?).ok()
        })
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
