//! The HTML of a template around its template tags: start tags, end tags, text. For the minifier and the lints.
//!
//! No parser: nothing is nested and nothing repaired, since a template need not be a whole page.

use std::ops::Range;

use super::scan::Tag;

/// A piece of a template. All ranges are bytes of the template; template tags are indices into the list of tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Text(Range<usize>),
    Template(usize),
    Start(StartTag),
    End {
        range: Range<usize>,
        name: String,
    },
    Comment(Range<usize>),
    /// `<!doctype …>`, `<?xml …?>`.
    Declaration(Range<usize>),
    /// What stands in script, style, title and textarea: no tags are known there.
    Raw(Range<usize>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StartTag {
    pub range: Range<usize>,
    /// In small letters.
    pub name: String,
    /// From behind the name to before `>` or `/>`.
    pub inside: Range<usize>,
    pub attributes: Vec<Attribute>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attribute {
    pub name: Range<usize>,
    /// Without quotes.
    pub value: Range<usize>,
    /// With quotes.
    pub quoted: Range<usize>,
}

/// The pieces of a template, or `None` where its HTML does not hold together: a tag or comment without end, an element
/// whose very name is made by a template tag.
pub(super) fn pieces(source: &str, tags: &[Tag]) -> Option<Vec<Piece>> {
    let mut reader = Reader { source, bytes: source.as_bytes(), tags, at: 0 };
    let mut pieces = Vec::new();
    while reader.at < source.len() {
        let piece = reader.piece()?;
        let raw_of = match &piece {
            Piece::Start(start) if is_raw(&start.name) && !source.get(..start.range.end)?.ends_with("/>") => {
                Some(start.name.clone())
            }
            _ => None,
        };
        pieces.push(piece);
        if let Some(name) = raw_of {
            pieces.push(reader.raw(&name)?);
        }
    }
    Some(pieces)
}

fn is_raw(name: &str) -> bool {
    matches!(name, "script" | "style" | "title" | "textarea")
}

struct Reader<'a> {
    source: &'a str,
    bytes: &'a [u8],
    tags: &'a [Tag],
    at: usize,
}

impl Reader<'_> {
    fn piece(&mut self) -> Option<Piece> {
        let start = self.at;
        if let Some(index) = self.tag_at(start) {
            self.at = self.end_of(index);
            return Some(Piece::Template(index));
        }
        if self.starts_with("<!--") {
            let end = self.source.get(start + 4..)?.find("-->")? + start + 7;
            self.at = end;
            return Some(Piece::Comment(start..end));
        }
        if self.starts_with("<!") || self.starts_with("<?") {
            self.at = self.skip_to(start, |byte| byte == b'>')? + 1;
            return Some(Piece::Declaration(start..self.at));
        }
        let closes = self.starts_with("</");
        let named_at = start + if closes { 2 } else { 1 };
        if self.bytes.get(start) == Some(&b'<') {
            if self.tag_at(named_at).is_some() {
                return None;
            }
            if self.bytes.get(named_at).is_some_and(u8::is_ascii_alphabetic) {
                return if closes { self.end_tag(named_at) } else { self.start_tag(named_at) };
            }
        }
        let end = self.skip_text(start + 1);
        self.at = end;
        Some(Piece::Text(start..end))
    }

    fn raw(&mut self, name: &str) -> Option<Piece> {
        let start = self.at;
        let mut at = start;
        loop {
            at = self.skip_to(at, |byte| byte == b'<')?;
            let ends = self.source.get(at + 2..at + 2 + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name));
            if ends && self.bytes.get(at + 1) == Some(&b'/') {
                self.at = at;
                return Some(Piece::Raw(start..at));
            }
            at += 1;
        }
    }

    fn end_tag(&mut self, named_at: usize) -> Option<Piece> {
        let name = self.name(named_at)?;
        let end = self.skip_to(named_at, |byte| byte == b'>')? + 1;
        let range = self.at..end;
        self.at = end;
        Some(Piece::End { range, name })
    }

    fn start_tag(&mut self, named_at: usize) -> Option<Piece> {
        let name = self.name(named_at)?;
        let inside_from = named_at + name.len();
        let mut attributes = Vec::new();
        let mut at = inside_from;
        loop {
            if let Some(index) = self.tag_at(at) {
                at = self.end_of(index);
                continue;
            }
            match self.bytes.get(at)? {
                b'>' => break,
                byte if byte.is_ascii_whitespace() || *byte == b'/' => at += 1,
                _ => {
                    let attribute = self.attribute(at)?;
                    at = attribute.quoted.end;
                    attributes.push(attribute);
                }
            }
        }
        let range = self.at..at + 1;
        // In `<a href=x/>` the stroke belongs to the value.
        let in_value = attributes.last().is_some_and(|attribute: &Attribute| attribute.quoted.end == at);
        let slash = self.bytes.get(at.checked_sub(1)?) == Some(&b'/') && !in_value;
        let inside_to = if slash { at - 1 } else { at };
        let inside = inside_from..inside_to.max(inside_from);
        self.at = at + 1;
        Some(Piece::Start(StartTag { range, name, inside, attributes }))
    }

    fn attribute(&self, start: usize) -> Option<Attribute> {
        // A name has at least one character, whatever it is: HTML sees it so, too.
        let mut at = start + self.source.get(start..)?.chars().next()?.len_utf8();
        while self.tag_at(at).is_none()
            && self.bytes.get(at).is_some_and(|b| !b.is_ascii_whitespace() && !matches!(b, b'=' | b'>' | b'/'))
        {
            at += 1;
        }
        let name = start..at;
        let equals = at + self.space(at);
        if self.bytes.get(equals) != Some(&b'=') {
            return Some(Attribute { name, value: at..at, quoted: at..at });
        }
        let from = equals + 1 + self.space(equals + 1);
        match self.bytes.get(from)? {
            quote @ (b'"' | b'\'') if self.tag_at(from).is_none() => {
                let end = self.skip_to(from + 1, |byte| byte == *quote)?;
                Some(Attribute { name, value: from + 1..end, quoted: from..end + 1 })
            }
            _ => {
                let end = self.skip_to(from, |byte| byte.is_ascii_whitespace() || byte == b'>')?;
                Some(Attribute { name, value: from..end, quoted: from..end })
            }
        }
    }

    /// The element name at `at`; `None` where a template tag continues it.
    fn name(&self, at: usize) -> Option<String> {
        let length = self.bytes.iter().skip(at).take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
        match self.tag_at(at + length) {
            Some(_) => None,
            None => self.source.get(at..at + length).map(str::to_ascii_lowercase),
        }
    }

    fn starts_with(&self, start: &str) -> bool {
        self.source.get(self.at..).is_some_and(|rest| rest.starts_with(start))
    }

    fn space(&self, from: usize) -> usize {
        self.bytes.iter().skip(from).take_while(|byte| byte.is_ascii_whitespace()).count()
    }

    /// The template tag that begins exactly here.
    fn tag_at(&self, at: usize) -> Option<usize> {
        self.tags.binary_search_by(|tag| tag.range.start.cmp(&at)).ok()
    }

    fn end_of(&self, tag: usize) -> usize {
        self.tags.get(tag).map_or(self.source.len(), |tag| tag.range.end)
    }

    /// The first byte from `from` that fits, outside of template tags.
    fn skip_to(&self, from: usize, fits: impl Fn(u8) -> bool) -> Option<usize> {
        let mut at = from;
        loop {
            if let Some(index) = self.tag_at(at) {
                at = self.end_of(index);
                continue;
            }
            let byte = *self.bytes.get(at)?;
            if fits(byte) {
                return Some(at);
            }
            at += 1;
        }
    }

    fn skip_text(&self, from: usize) -> usize {
        let mut at = from;
        while at < self.bytes.len() && self.bytes.get(at) != Some(&b'<') && self.tag_at(at).is_none() {
            at += 1;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::scan::tags;

    fn read(source: &str) -> Vec<Piece> {
        pieces(source, &tags(source)).unwrap()
    }

    fn start(source: &str) -> StartTag {
        match read(source).remove(0) {
            Piece::Start(start) => start,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn quotes_and_angle_brackets_inside_template_tags_end_nothing() {
        let source = r#"<a href="{{ f(x="a>b") }}" {% if a > b %}hidden{% endif %} title='{{ t["x"] }}'>"#;
        let start = start(source);
        assert_eq!(start.range, 0..source.len());
        let values: Vec<_> = start.attributes.iter().map(|a| source.get(a.value.clone()).unwrap()).collect();
        assert_eq!(values, [r#"{{ f(x="a>b") }}"#, "", r#"{{ t["x"] }}"#]);
    }

    #[test]
    fn a_comparison_in_text_is_no_tag() {
        assert_eq!(read("1 < 2").len(), 2);
        assert!(read("1 < 2").iter().all(|piece| matches!(piece, Piece::Text(_))));
    }

    #[test]
    fn scripts_and_titles_hold_no_tags() {
        let source = "<title>{{ a }} <b></title><script>if (a<b) {}</script>";
        let raw: Vec<_> = read(source).into_iter().filter(|piece| matches!(piece, Piece::Raw(_))).collect();
        assert_eq!(raw.len(), 2);
    }

    #[test]
    fn html_that_does_not_hold_together_has_no_pieces() {
        for source in ["<a href=\"x", "<!-- open", "<h{{ level }}>", "<{{ name }}>", "<script>x"] {
            assert_eq!(pieces(source, &tags(source)), None, "{source}");
        }
    }

    #[test]
    fn pieces_cover_the_template_without_gaps() {
        let source = "<!doctype html><p class=\"日本\">令和{{ y }}年<br/>\n<!-- c --></p>";
        let mut at = 0;
        let tags = tags(source);
        for piece in read(source) {
            let range = match piece {
                Piece::Text(range) | Piece::Comment(range) | Piece::Declaration(range) | Piece::Raw(range) => range,
                Piece::End { range, .. } => range,
                Piece::Start(start) => start.range,
                Piece::Template(index) => tags[index].range.clone(),
            };
            assert_eq!(range.start, at);
            at = range.end;
        }
        assert_eq!(at, source.len());
    }
}
