//! theme.yaml: what a theme inherits from, and the look that a city gives it without touching a file of it.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_yaml::Spanned;

use super::assets::Asset;
use super::colours::{Colour, Scheme};
use super::labels::Node;
use super::source::{Layer, at, invalid_yaml, text};
use crate::diagnostic::{Code, Diagnostic, Message, Place, Report};
use crate::model::{At, Language, Text};

/// theme.yaml, understood.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// The folder name of the theme it inherits from, and its place; without it the built-in theme.
    pub extends: Option<(String, At)>,
    pub look: Look,
}

/// What a theme.yaml adds to a theme.
#[derive(Debug, Default)]
pub(super) struct Look {
    /// By the name of a CSS custom property without its two hyphens: the value in each scheme that it is set for.
    pub colours: BTreeMap<String, BTreeMap<Scheme, (String, At)>>,
    pub logo: Option<Logo>,
    pub footer: Option<Text>,
}

/// A picture beside the portal's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    pub file: LogoFile,
    /// What it says to those who do not see it; empty where the name beside it says the same.
    pub alt: Text,
    pub place: Place,
    /// The line of theme.yaml that names it.
    pub excerpt: Option<String>,
}

impl Logo {
    /// Reports a picture that the theme does not have.
    pub(super) fn look_for(&self, assets: &[Asset], report: &mut Report) {
        if let LogoFile::Theme(name) = &self.file
            && !assets.iter().any(|asset| asset.name.as_ref() == name.as_ref())
        {
            report.add(self.missing());
        }
    }

    /// What to say where the picture is not there.
    pub fn missing(&self) -> Diagnostic {
        let file = match &self.file {
            LogoFile::Theme(name) => format!("assets/{name}"),
            LogoFile::Content(path) => format!("content/assets/{path}"),
        };
        let message = Message::new(format!("ロゴの {file} がありません"), format!("there is no logo {file}"));
        let mut diagnostic = Diagnostic::new(Code::UnknownReference, self.place.clone(), message).help(
            "テーマの assets/ に置いて file: logo.svg、または content/assets/ に置いて file: content/assets/logo.svg と書いてください",
            "put it into the theme's assets/ and write `file: logo.svg`, or into content/assets/ and write `file: content/assets/logo.svg`",
        );
        diagnostic.excerpt.clone_from(&self.excerpt);
        diagnostic
    }
}

/// Where the picture is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogoFile {
    /// Below the theme's assets/.
    Theme(Box<str>),
    /// Below content/assets/: `content/assets/logo.svg`.
    Content(Box<str>),
}

/// What theme.yaml says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    /// The theme's name for people.
    #[serde(default, rename = "name")]
    _name: Option<String>,
    #[serde(default)]
    extends: Option<Spanned<String>>,
    /// `accent: "#0017C1"` sets `--accent` in the light scheme, `accent: {light: …, dark: …}` in both.
    #[serde(default)]
    colours: BTreeMap<String, Spanned<Node>>,
    #[serde(default)]
    logo: Option<WrittenLogo>,
    #[serde(default)]
    footer: Option<Spanned<Node>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenLogo {
    file: Spanned<String>,
    alt: Spanned<Node>,
}

/// Reads a theme's theme.yaml; a theme without one inherits from the built-in one and changes files only.
pub(super) fn read(layer: &Layer<'_>, report: &mut Report) -> Manifest {
    let Some(text) = layer.file("theme.yaml").and_then(|bytes| text(layer, "theme.yaml", bytes, report)) else {
        return Manifest::default();
    };
    if text.trim().is_empty() {
        return Manifest::default();
    }
    let written: Written = match serde_yaml::from_str(text) {
        Ok(written) => written,
        Err(error) => {
            report.add(invalid_yaml(layer.path("theme.yaml"), text, &error));
            return Manifest::default();
        }
    };
    let Written { _name, extends, colours, logo, footer } = written;
    let mut reader = Reader { layer, text, report };
    let look = Look {
        colours: colours.into_iter().map(|(name, value)| reader.colour(name, value)).collect(),
        logo: logo.map(|logo| reader.logo(logo)),
        footer: footer.and_then(|footer| reader.texts("footer", footer)),
    };
    Manifest { extends: extends.map(|extends| (extends.value.clone(), at(&extends))), look }
}

struct Reader<'r> {
    layer: &'r Layer<'r>,
    text: &'r str,
    report: &'r mut Report,
}

impl Reader<'_> {
    fn colour(&mut self, name: String, value: Spanned<Node>) -> (String, BTreeMap<Scheme, (String, At)>) {
        let place = at(&value);
        let mut schemes = BTreeMap::new();
        let named = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        match value.value {
            _ if !named => self.refuse_colour(&name, &name, place),
            Node::Text(value) => self.one(&name, Scheme::Light, &value, place, &mut schemes),
            Node::Map(entries) => {
                for (key, value) in entries {
                    let place = at(&value);
                    match (key.as_ref(), value.value) {
                        ("light", Node::Text(value)) => self.one(&name, Scheme::Light, &value, place, &mut schemes),
                        ("dark", Node::Text(value)) => self.one(&name, Scheme::Dark, &value, place, &mut schemes),
                        (key, _) => self.refuse_colour(&name, key, place),
                    }
                }
            }
            Node::Other => self.refuse_colour(&name, "", place),
        }
        (name, schemes)
    }

    fn one(&mut self, name: &str, scheme: Scheme, value: &str, at: At, into: &mut BTreeMap<Scheme, (String, At)>) {
        match Colour::read(value).filter(|_| value.starts_with('#')) {
            Some(_) => drop(into.insert(scheme, (value.to_owned(), at))),
            None => self.refuse_colour(name, value, at),
        }
    }

    fn refuse_colour(&mut self, name: &str, value: &str, at: At) {
        self.refuse(
            at,
            Message::new(
                format!("色 {name} を読めません: {value}"),
                format!("the colour {name} cannot be read: {value}"),
            ),
            "\"#0017C1\" のように # と16進数で、引用符に入れて書いてください。明るい配色と暗い配色で分けるときは {light: \"#0017C1\", dark: \"#9DB7F9\"} とします",
            "write # and hexadecimal digits in quotes, as in \"#0017C1\"; for light and dark apart {light: \"#0017C1\", dark: \"#9DB7F9\"}",
        );
    }

    fn logo(&mut self, logo: WrittenLogo) -> Logo {
        let place = Place { file: self.layer.path("theme.yaml"), at: at(&logo.file) };
        let excerpt = self.line(place.at);
        let file = match logo.file.value.strip_prefix("content/assets/") {
            Some(below) => LogoFile::Content(below.into()),
            None => LogoFile::Theme(logo.file.value.as_str().into()),
        };
        let alt = self.texts("alt", logo.alt).unwrap_or_else(|| Text::new(""));
        Logo { file, alt, place, excerpt }
    }

    /// A text, or one for each language.
    fn texts(&mut self, key: &str, written: Spanned<Node>) -> Option<Text> {
        let place = at(&written);
        match written.value {
            Node::Text(text) => return Some(Text::One(text)),
            Node::Map(entries) if !entries.is_empty() => {
                let texts = entries.into_iter().map(|(code, text)| match text.value {
                    Node::Text(text) if Language::is_code(&code) => Some((Language::new(&code), text)),
                    _ => None,
                });
                if let Some(texts) = texts.collect::<Option<Box<[_]>>>() {
                    return Some(Text::Many(texts));
                }
            }
            Node::Map(_) | Node::Other => {}
        }
        self.refuse(
            place,
            Message::new(format!("{key} が文字ではありません"), format!("{key} is not a text")),
            "文字か、{ja: …, en: …} の形で書いてください",
            "write a text, or {ja: …, en: …}",
        );
        None
    }

    fn refuse(&mut self, at: At, message: Message, help_ja: &str, help_en: &str) {
        let place = Place { file: self.layer.path("theme.yaml"), at };
        self.report.add(
            Diagnostic::new(Code::InvalidValue, place, message)
                .excerpt(self.text)
                .help(help_ja.to_owned(), help_en.to_owned()),
        );
    }

    fn line(&self, at: At) -> Option<String> {
        self.text.lines().nth((at.line as usize).saturating_sub(1)).map(str::to_owned)
    }
}
