//! Which white space of a template readers never see.
//!
//! Space beside a block element is nothing to a browser, indentation inside a line of text is one space, and a line
//! break between two Japanese characters should be nothing but is painted as a gap. The space between two words, two
//! inline elements or two values stays.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::markup::{Piece, StartTag};
use super::scan::{Tag, TagKind, Trim};

/// A template without the space nobody sees. A sequence of these is the template again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// HTML without template tags.
    Html(String),
    /// One space that a reader may see.
    Space,
    /// A template tag between elements, by its index.
    Template(usize),
    /// The attributes of a start tag; every start tag has exactly one of these, which may be empty.
    Attributes(Vec<Fragment>),
    /// The text of script, style, title or textarea with template tags in it.
    Raw(Vec<Fragment>),
}

/// Text of the template, or a template tag by its index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fragment {
    Text(String),
    Template(usize),
}

/// Takes out of a template what no reader sees: comments, indentation, line breaks between Japanese characters.
pub(super) fn collapse(source: &str, tags: &[Tag], pieces: &[Piece]) -> Vec<Part> {
    let items = items(source, tags, pieces);
    let mut parts = Vec::with_capacity(items.len());
    let mut inside = Inside::default();
    for (index, item) in items.iter().enumerate() {
        match item {
            Item::Text(text) if inside.preformatted() => parts.push(Part::Html(text.clone())),
            Item::Text(text) => {
                let sides = Sides { items: &items, index, tags, inside: &inside };
                sides.collapse(text, &mut parts);
            }
            Item::Template(tag) => parts.push(Part::Template(*tag)),
            Item::Start(start) => {
                inside.enter(&start.name, start.range.end == start.inside.end + 2);
                push_start(source, tags, start, &mut parts);
            }
            Item::End(name, text) => {
                inside.leave(name);
                parts.push(Part::Html(text.clone()));
            }
            Item::Raw(fragments) => match fragments.as_slice() {
                [] => {}
                [Fragment::Text(text)] => parts.push(Part::Html(text.clone())),
                fragments => parts.push(Part::Raw(fragments.to_vec())),
            },
            Item::Declaration(text) => parts.push(Part::Html(text.clone())),
        }
    }
    parts
}

/// A piece without comments, and with the texts around a comment as one.
#[derive(Debug)]
enum Item {
    Text(String),
    Template(usize),
    Start(StartTag),
    End(String, String),
    Raw(Vec<Fragment>),
    Declaration(String),
}

fn items(source: &str, tags: &[Tag], pieces: &[Piece]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::with_capacity(pieces.len());
    let mut trim_next = Trim::Keep;
    for piece in pieces {
        let text = |range: &Range<usize>| source.get(range.clone()).unwrap_or_default();
        match piece {
            Piece::Comment(_) => {}
            Piece::Template(index) => match tags.get(*index).filter(|tag| tag.kind == TagKind::Comment) {
                Some(tag) => {
                    if let (Trim::Trim, Some(Item::Text(before))) = (tag.trims_before, items.last_mut()) {
                        before.truncate(before.trim_end().len());
                    }
                    trim_next = tag.trims_after;
                    continue;
                }
                None => items.push(Item::Template(*index)),
            },
            Piece::Text(range) => {
                let text = if trim_next == Trim::Trim { text(range).trim_start() } else { text(range) };
                match items.last_mut() {
                    Some(Item::Text(before)) => before.push_str(text),
                    _ => items.push(Item::Text(text.to_owned())),
                }
            }
            Piece::Start(start) => items.push(Item::Start(start.clone())),
            Piece::End { name, .. } => items.push(Item::End(name.clone(), format!("</{name}>"))),
            Piece::Raw(range) => {
                let verbatim = |_, text: &str, out: &mut String| out.push_str(text);
                items.push(Item::Raw(fragments(source, tags, range.clone(), verbatim)));
            }
            Piece::Declaration(range) => items.push(Item::Declaration(text(range).to_owned())),
        }
        trim_next = Trim::Keep;
    }
    items
}

/// A range of the template as texts and template tags. `write` takes over a text, given with its offset.
fn fragments(
    source: &str,
    tags: &[Tag],
    range: Range<usize>,
    mut write: impl FnMut(usize, &str, &mut String),
) -> Vec<Fragment> {
    let mut fragments = Vec::new();
    let mut at = range.start;
    let inside =
        tags.iter().enumerate().filter(|(_, tag)| range.start <= tag.range.start && tag.range.end <= range.end);
    let ends = inside.map(|(index, tag)| (Some(index), tag.range.clone())).chain([(None, range.end..range.end)]);
    for (index, tag) in ends {
        let mut text = String::new();
        write(at, source.get(at..tag.start).unwrap_or_default(), &mut text);
        if !text.is_empty() {
            fragments.push(Fragment::Text(text));
        }
        fragments.extend(index.map(Fragment::Template));
        at = tag.end;
    }
    fragments
}

fn push_start(source: &str, tags: &[Tag], start: &StartTag, parts: &mut Vec<Part>) {
    // Runs of space between attributes become one; values and template tags stay as they are.
    let mut fragments = fragments(source, tags, start.inside.clone(), |offset, text, out| {
        for (at, c) in text.char_indices() {
            let verbatim = start.attributes.iter().any(|attribute| attribute.quoted.contains(&(offset + at)));
            match c.is_ascii_whitespace() && !verbatim {
                true if out.ends_with(' ') => {}
                true => out.push(' '),
                false => out.push(c),
            }
        }
    });
    if let Some(Fragment::Text(last)) = fragments.last_mut() {
        last.truncate(last.trim_end().len());
    }
    let close = if start.range.end == start.inside.end + 2 { " />" } else { ">" };
    parts.push(Part::Html(format!("<{}", start.name)));
    parts.push(Part::Attributes(fragments));
    parts.push(Part::Html(close.to_owned()));
}

/// Where in the page the walk is, as far as it changes what space means.
#[derive(Debug, Default)]
struct Inside {
    head: usize,
    pre: usize,
    svg: usize,
    svg_text: usize,
}

impl Inside {
    fn counter(&mut self, name: &str) -> Option<&mut usize> {
        match name {
            "head" => Some(&mut self.head),
            "pre" => Some(&mut self.pre),
            "svg" => Some(&mut self.svg),
            "text" | "foreignobject" => Some(&mut self.svg_text),
            _ => None,
        }
    }

    fn enter(&mut self, name: &str, closed: bool) {
        if let Some(counter) = self.counter(name).filter(|_| !closed) {
            *counter += 1;
        }
    }

    fn leave(&mut self, name: &str) {
        if let Some(counter) = self.counter(name) {
            *counter = counter.saturating_sub(1);
        }
    }

    fn preformatted(&self) -> bool {
        self.pre > 0
    }

    /// Space between elements means nothing here.
    fn spaceless(&self) -> bool {
        self.head > 0 || (self.svg > 0 && self.svg_text == 0)
    }
}

/// A text and what stands on either side of it.
struct Sides<'a> {
    items: &'a [Item],
    index: usize,
    tags: &'a [Tag],
    inside: &'a Inside,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

impl Sides<'_> {
    fn collapse(&self, text: &str, parts: &mut Vec<Part>) {
        let is_space = |c: char| c.is_ascii_whitespace();
        let core = text.trim_matches(is_space);
        if core.is_empty() {
            let joined = text.contains('\n') && self.wide(Side::Left) && self.wide(Side::Right);
            if !joined && !self.swallows(Side::Left) && !self.swallows(Side::Right) {
                parts.push(Part::Space);
            }
            return;
        }
        let before = text.get(..text.len() - text.trim_start_matches(is_space).len()).unwrap_or_default();
        let after = text.get(text.trim_end_matches(is_space).len()..).unwrap_or_default();
        let joined = before.contains('\n') && self.wide(Side::Left) && core.chars().next().is_some_and(is_wide);
        if !before.is_empty() && !joined && !self.swallows(Side::Left) {
            parts.push(Part::Space);
        }
        parts.push(Part::Html(collapsed(core)));
        let joined = after.contains('\n') && self.wide(Side::Right) && core.chars().next_back().is_some_and(is_wide);
        if !after.is_empty() && !joined && !self.swallows(Side::Right) {
            parts.push(Part::Space);
        }
    }

    fn neighbour(&self, side: Side, distance: usize) -> Option<&Item> {
        match side {
            Side::Left => self.index.checked_sub(distance).and_then(|index| self.items.get(index)),
            Side::Right => self.items.get(self.index + distance),
        }
    }

    /// Whether the neighbour makes space beside it invisible.
    fn swallows(&self, side: Side) -> bool {
        match self.neighbour(side, 1) {
            Some(Item::Start(StartTag { name, .. }) | Item::End(name, _)) => self.inside.spaceless() || is_block(name),
            Some(Item::Declaration(_)) => true,
            Some(Item::Template(index)) => self
                .tags
                .get(*index)
                .is_some_and(|tag| (if side == Side::Left { tag.trims_after } else { tag.trims_before }) == Trim::Trim),
            Some(Item::Text(_) | Item::Raw(_)) | None => false,
        }
    }

    /// Whether the next character of text on a side, beyond inline tags, is a Japanese one.
    fn wide(&self, side: Side) -> bool {
        let mut distance = 1;
        loop {
            match self.neighbour(side, distance) {
                Some(Item::Start(StartTag { name, .. }) | Item::End(name, _)) if is_phrase(name) => distance += 1,
                Some(Item::Text(text)) if text.trim_ascii().is_empty() => distance += 1,
                Some(Item::Text(text)) => {
                    let text = text.trim_ascii();
                    let next = if side == Side::Left { text.chars().next_back() } else { text.chars().next() };
                    return next.is_some_and(is_wide);
                }
                _ => return false,
            }
        }
    }
}

/// Text with every run of space as one space, or as none where a line breaks between Japanese characters.
fn collapsed(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_whitespace()) {
        let (word, space) = rest.split_at(at);
        collapsed.push_str(word);
        rest = space.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let breaks = space.get(..space.len() - rest.len()).is_some_and(|run| run.contains('\n'));
        let between_wide = word.chars().next_back().is_some_and(is_wide) && rest.chars().next().is_some_and(is_wide);
        if !(breaks && between_wide) {
            collapsed.push(' ');
        }
    }
    collapsed.push_str(rest);
    collapsed
}

/// A character of a script that is written without spaces. Korean is as wide and has them.
fn is_wide(c: char) -> bool {
    let hangul = matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{AC00}'..='\u{D7AF}');
    c.width() == Some(2) && !hangul
}

/// Elements that begin and end a line of their own, so that space beside their tags is never painted.
fn is_block(name: &str) -> bool {
    const BLOCKS: [&str; 56] = [
        "address",
        "article",
        "aside",
        "base",
        "blockquote",
        "body",
        "br",
        "caption",
        "col",
        "colgroup",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "link",
        "main",
        "menu",
        "meta",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ];
    BLOCKS.binary_search(&name).is_ok()
}

/// Elements that are part of a line of text and paint nothing themselves.
fn is_phrase(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "cite"
            | "code"
            | "data"
            | "dfn"
            | "em"
            | "i"
            | "mark"
            | "q"
            | "s"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "u"
            | "wbr"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{markup::pieces, scan::tags};

    /// The template again, with `·` for a space that stays.
    fn shown(source: &str) -> String {
        let tags = tags(source);
        let written = |fragments: &[Fragment]| -> String {
            let one = |fragment: &Fragment| match fragment {
                Fragment::Text(text) => text.clone(),
                Fragment::Template(index) => source.get(tags[*index].range.clone()).unwrap().to_owned(),
            };
            fragments.iter().map(one).collect()
        };
        let parts = collapse(source, &tags, &pieces(source, &tags).unwrap());
        let one = |part: &Part| match part {
            Part::Html(html) => html.clone(),
            Part::Space => "·".to_owned(),
            Part::Template(index) => source.get(tags[*index].range.clone()).unwrap().to_owned(),
            Part::Attributes(fragments) | Part::Raw(fragments) => written(fragments),
        };
        parts.iter().map(one).collect()
    }

    #[test]
    fn indentation_beside_block_elements_goes() {
        assert_eq!(
            shown("<ul>\n  {% for x in xs %}\n    <li>{{ x }}</li>\n  {% endfor %}\n</ul>\n"),
            "<ul>{% for x in xs %}<li>{{ x }}</li>{% endfor %}</ul>"
        );
    }

    #[test]
    fn the_space_between_values_and_inline_elements_stays() {
        assert_eq!(shown("<div><b>{{ a }}</b>\n <i>{{ b }}</i></div>"), "<div><b>{{ a }}</b>·<i>{{ b }}</i></div>");
        assert_eq!(shown("<p>FY {{ a }}\n{{ b }}</p>"), "<p>FY·{{ a }}·{{ b }}</p>");
        assert_eq!(shown("<p>a {% if x %} b {% endif %} c</p>"), "<p>a·{% if x %}·b·{% endif %}·c</p>");
    }

    #[test]
    fn a_line_break_between_japanese_characters_leaves_no_gap() {
        assert_eq!(
            shown("<p>評価の\n  結果です。\n  <strong>達成\n</strong>\nした</p>"),
            "<p>評価の結果です。<strong>達成</strong>した</p>"
        );
        assert_eq!(shown("<p>end of\nline 令和 6 年\n度</p>"), "<p>end of line 令和 6 年度</p>");
        assert_eq!(shown("<p>한국어\n문장</p>"), "<p>한국어 문장</p>");
        assert_eq!(shown("<p>実績\n{{ x }}</p>"), "<p>実績·{{ x }}</p>");
    }

    #[test]
    fn preformatted_text_and_scripts_stay_to_the_letter() {
        let source = "<pre>a\n  b {{ c }}\n</pre><textarea>\n x </textarea><script>\n f( 1 )\n</script>";
        assert_eq!(shown(source), source);
    }

    #[test]
    fn comments_go_and_the_space_around_them_is_one() {
        assert_eq!(shown("<p>a <!-- x {{ y }} --> {# z #} b</p>"), "<p>a b</p>");
        assert_eq!(shown("<p>a {#- z -#} b</p>"), "<p>ab</p>");
    }

    #[test]
    fn attributes_keep_their_values_and_lose_their_indentation() {
        assert_eq!(
            shown("<a\n  title=\"a  b\"\n  {% if x %}\n  hidden\n  {% endif %}\n  href='{{ u }}'\n>x</a>"),
            "<a title=\"a  b\" {% if x %} hidden {% endif %} href='{{ u }}'>x</a>"
        );
    }

    #[test]
    fn drawings_lose_indentation_and_keep_their_words_apart() {
        assert_eq!(
            shown(
                "<svg viewBox=\"0 0 1 1\">\n <g>\n <path d=\"M 0 0\"/>\n </g> <text>a <tspan>b</tspan></text>\n</svg>"
            ),
            "<svg viewBox=\"0 0 1 1\"><g><path d=\"M 0 0\" /></g><text>a·<tspan>b</tspan></text></svg>"
        );
    }

    #[test]
    fn the_list_of_block_elements_is_sorted() {
        assert!(is_block("address") && is_block("ul") && is_block("td") && is_block("h3") && !is_block("span"));
    }
}
