//! The colours of a theme: CSS custom properties of its style sheets, in both schemes.
//!
//! Read are declarations of `:root`, at the top of a style sheet for the light scheme and in
//! `@media … (prefers-color-scheme: dark)` for the dark one; what stands in other media (print, forced colours, more
//! contrast) is the style sheet's own affair.

use std::collections::BTreeMap;
use std::ops::Range;

/// Which of its two looks a page has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scheme {
    Light,
    Dark,
}

impl Scheme {
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];
}

/// Red, green, blue, and how much of it covers what is behind, from 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    pub rgb: [u8; 3],
    pub alpha: u8,
}

impl Colour {
    /// `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`, `transparent`.
    pub fn read(text: &str) -> Option<Self> {
        if text.eq_ignore_ascii_case("transparent") {
            return Some(Self { rgb: [0; 3], alpha: 0 });
        }
        let digits = text.strip_prefix('#')?;
        let nibbles: Vec<u8> =
            digits.chars().map(|c| c.to_digit(16).and_then(|n| u8::try_from(n).ok())).collect::<Option<_>>()?;
        let bytes: Vec<u8> = match nibbles.len() {
            3 | 4 => nibbles.iter().map(|n| n * 17).collect(),
            6 | 8 => nibbles.chunks(2).map(|pair| pair.iter().fold(0, |byte, n| byte * 16 + n)).collect(),
            _ => return None,
        };
        match bytes.as_slice() {
            [r, g, b] => Some(Self { rgb: [*r, *g, *b], alpha: 255 }),
            [r, g, b, alpha] => Some(Self { rgb: [*r, *g, *b], alpha: *alpha }),
            _ => None,
        }
    }

    /// What is seen of it on a ground.
    pub fn over(self, ground: [u8; 3]) -> [u8; 3] {
        let mut seen = ground;
        for (below, above) in seen.iter_mut().zip(self.rgb) {
            let (alpha, under, over) = (u32::from(self.alpha), u32::from(*below), u32::from(above));
            *below = u8::try_from((over * alpha + under * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX);
        }
        seen
    }
}

/// One declaration of a custom property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Declaration {
    /// Without the two hyphens.
    pub name: String,
    pub scheme: Scheme,
    /// The bytes of its value.
    pub value: Range<usize>,
}

/// The custom properties that `:root` declares in a style sheet, in its order.
pub(super) fn declarations(css: &str) -> Vec<Declaration> {
    let mut found = Vec::new();
    rules(css, 0..css.len(), &mut |prelude, body| {
        if prelude.split(',').any(|selector| selector.trim() == ":root") {
            declared(css, body, Scheme::Light, &mut found);
        } else if is_dark(prelude) {
            rules(css, body, &mut |prelude, body| {
                if prelude == ":root" {
                    declared(css, body, Scheme::Dark, &mut found);
                }
            });
        }
    });
    found
}

fn is_dark(prelude: &str) -> bool {
    let media: String = prelude.to_ascii_lowercase().split_whitespace().collect();
    media.starts_with("@media") && media.contains("(prefers-color-scheme:dark)") && media.matches('(').count() == 1
}

/// Calls with what stands before each block of a range, and with the range of its inside.
fn rules(css: &str, range: Range<usize>, tell: &mut dyn FnMut(&str, Range<usize>)) {
    let (mut depth, mut start, mut open) = (0_usize, range.start, range.start);
    for (at, byte) in plain(css, range) {
        match byte {
            b'{' => {
                if depth == 0 {
                    open = at;
                }
                depth += 1;
            }
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    let prelude = without_comments(css.get(start..open).unwrap_or_default());
                    tell(prelude.trim(), open + 1..at);
                    start = at + 1;
                }
            }
            b';' if depth == 0 => start = at + 1,
            _ => {}
        }
    }
}

fn declared(css: &str, body: Range<usize>, scheme: Scheme, found: &mut Vec<Declaration>) {
    let mut start = body.start;
    let ends = plain(css, body.clone()).filter(|(_, byte)| *byte == b';').map(|(at, _)| at).chain([body.end]);
    for end in ends.collect::<Vec<_>>() {
        let text = css.get(start..end).unwrap_or_default();
        let name_at = text.find("--").unwrap_or(text.len());
        if let Some(colon) = text.get(name_at..).and_then(|rest| rest.find(':'))
            && without_comments(text.get(..name_at).unwrap_or_default()).trim().is_empty()
        {
            let name = text.get(name_at + 2..name_at + colon).unwrap_or_default().trim().to_owned();
            let written = text.get(name_at + colon + 1..).unwrap_or_default();
            let from = end - written.trim_start().len();
            found.push(Declaration { name, scheme, value: from..from + written.trim().len() });
        }
        start = end + 1;
    }
}

/// The bytes of a range that are neither in a comment nor in quotes.
fn plain(css: &str, range: Range<usize>) -> impl Iterator<Item = (usize, u8)> {
    let bytes = css.as_bytes();
    let mut at = range.start;
    std::iter::from_fn(move || {
        while at < range.end {
            let byte = *bytes.get(at)?;
            let rest = bytes.get(at..range.end)?;
            let length = match byte {
                b'/' if rest.starts_with(b"/*") => find(rest, b"*/").map_or(rest.len(), |end| end + 2),
                b'"' | b'\'' => {
                    let closing = rest.iter().skip(1).position(|other| *other == byte);
                    closing.map_or(rest.len(), |end| end + 2)
                }
                _ => {
                    at += 1;
                    return Some((at - 1, byte));
                }
            };
            at += length;
        }
        None
    })
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn without_comments(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain
}

/// The values of all custom properties, as the last declaration of each says.
#[derive(Clone, Debug, Default)]
pub struct Palette {
    light: BTreeMap<String, String>,
    dark: BTreeMap<String, String>,
}

impl Palette {
    /// Of style sheets in the order in which a page has them.
    pub(super) fn of<'c>(sheets: impl Iterator<Item = &'c str>) -> Self {
        let mut palette = Self::default();
        for css in sheets {
            for Declaration { name, scheme, value } in declarations(css) {
                let value = css.get(value).unwrap_or_default().to_owned();
                palette.values_mut(scheme).insert(name, value);
            }
        }
        palette
    }

    fn values_mut(&mut self, scheme: Scheme) -> &mut BTreeMap<String, String> {
        match scheme {
            Scheme::Light => &mut self.light,
            Scheme::Dark => &mut self.dark,
        }
    }

    /// The same with another value for one property.
    pub(super) fn with(&self, name: &str, scheme: Scheme, value: &str) -> Self {
        let mut palette = self.clone();
        palette.values_mut(scheme).insert(name.to_owned(), value.to_owned());
        palette
    }

    /// What a property says in a scheme; where the dark one says nothing, the light one's value holds.
    fn value(&self, name: &str, scheme: Scheme) -> Option<&str> {
        let dark = (scheme == Scheme::Dark).then(|| self.dark.get(name)).flatten();
        dark.or_else(|| self.light.get(name)).map(String::as_str)
    }

    /// The colour of a property; `None` where it has none that can be told from the style sheet alone (a system colour).
    pub fn colour(&self, name: &str, scheme: Scheme) -> Option<Colour> {
        let mut value = self.value(name, scheme)?;
        // A property may stand for another, and that for a third; a circle has no colour.
        for _ in 0..8 {
            let Some(inner) = value.strip_prefix("var(").and_then(|rest| rest.strip_suffix(')')) else { break };
            let (name, fallback) = inner.split_once(',').unwrap_or((inner, ""));
            value = self.value(name.trim().trim_start_matches("--"), scheme).unwrap_or(fallback.trim());
        }
        Colour::read(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSS: &str = "/* :root { --no: #000 } */ :root { color-scheme: light; --text: #1a1a1a; /* ; */ --q: \"a;b\"; --link: var(--text) }\n\
        @media screen and (prefers-color-scheme: dark) { :root { --text: #f2f2f2; } a { --text: #123456 } }\n\
        @media (forced-colors: active) { :root { --text: CanvasText } } b { --text: #abcdef }";

    #[test]
    fn properties_of_both_schemes_are_read_where_they_are_declared() {
        let found = declarations(CSS);
        let told: Vec<_> = found.iter().map(|d| (d.name.as_str(), d.scheme, &CSS[d.value.clone()])).collect();
        assert_eq!(
            told,
            [
                ("text", Scheme::Light, "#1a1a1a"),
                ("q", Scheme::Light, "\"a;b\""),
                ("link", Scheme::Light, "var(--text)"),
                ("text", Scheme::Dark, "#f2f2f2"),
            ]
        );
    }

    #[test]
    fn a_property_that_stands_for_another_follows_its_scheme() {
        let palette = Palette::of([CSS].into_iter());
        assert_eq!(palette.colour("link", Scheme::Light), Colour::read("#1a1a1a"));
        assert_eq!(palette.colour("link", Scheme::Dark), Colour::read("#f2f2f2"));
        assert_eq!(palette.with("text", Scheme::Light, "Canvas").colour("link", Scheme::Light), None);
        assert_eq!(palette.with("text", Scheme::Light, "var(--link)").colour("link", Scheme::Light), None);
    }

    #[test]
    fn half_a_colour_shows_half_of_what_is_behind() {
        assert_eq!(Colour::read("#00000080").unwrap().over([255; 3]), [127; 3]);
        assert_eq!(Colour::read("transparent").unwrap().over([1, 2, 3]), [1, 2, 3]);
        assert_eq!(Colour::read("#0f8").unwrap().rgb, [0, 255, 136]);
        assert!(Colour::read("red").is_none() && Colour::read("#12345").is_none() && Colour::read("#ggg").is_none());
    }
}
