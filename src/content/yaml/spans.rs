//! Where everything of a YAML text begins and ends, in bytes: for whoever changes a text and leaves the rest of it as its
//! author wrote it. Meaning is not looked at: aliases stay aliases, merge keys are keys.

use std::ops::Range;

use serde_yaml::granit_parser::{Event, Options, Parser, ScalarStyle, Span, StrInput, StructureStyle};

use super::DEPTH_LIMIT;

/// A text as it is laid out.
#[derive(Clone, Debug)]
pub struct Layout {
    pub root: Piece,
    /// Where each alias stands, and the place of the node that it names, in bytes.
    pub aliases: Vec<(usize, usize)>,
}

/// A node of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    pub shape: Shape,
    /// Without its anchor and its tag, and without what follows it on its line. Empty where nothing is written.
    pub range: Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    Scalar { text: String, quote: Option<char> },
    Alias,
    Seq { layout: Structure, items: Vec<Piece> },
    Map { layout: Structure, entries: Vec<(Piece, Piece)> },
}

/// How a list or mapping is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Structure {
    /// By lines and indents.
    Block,
    /// `{ }` and `[ ]`.
    Flow,
}

impl Piece {
    pub fn text(&self) -> Option<&str> {
        match &self.shape {
            Shape::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The entries of a mapping; none of anything else.
    pub fn entries(&self) -> &[(Piece, Piece)] {
        match &self.shape {
            Shape::Map { entries, .. } => entries,
            _ => &[],
        }
    }

    /// Whether nothing is written here.
    pub fn is_absent(&self) -> bool {
        self.range.is_empty()
    }

    /// Every scalar at and below this.
    pub fn scalars(&self) -> Vec<&Piece> {
        match &self.shape {
            Shape::Scalar { .. } => vec![self],
            Shape::Alias => Vec::new(),
            Shape::Seq { items, .. } => items.iter().flat_map(Piece::scalars).collect(),
            Shape::Map { entries, .. } => {
                entries.iter().flat_map(|(key, value)| [key.scalars(), value.scalars()]).flatten().collect()
            }
        }
    }
}

/// How a text is laid out that is one sound YAML document. `None` where it is not.
pub fn layout(text: &str) -> Option<Layout> {
    let mut options = Options::default();
    options.set_emit_comments(false);
    options.flow_nesting_limit = DEPTH_LIMIT;
    options.block_nesting_limit = DEPTH_LIMIT;
    let mut parser: Parser<'_, StrInput<'_>> = Parser::new_from_str_with_options(text, options);
    let mut builder = Builder { text, open: Vec::new(), root: None, anchors: Vec::new(), aliases: Vec::new() };
    while let Some(next) = parser.next_event() {
        let (event, span) = next.ok()?;
        builder.take(event, span)?;
    }
    let aliases = builder.aliases;
    builder.root.map(|root| Layout { root, aliases })
}

struct Builder<'t> {
    text: &'t str,
    open: Vec<Open>,
    root: Option<Piece>,
    /// The anchor's number, and where its node begins.
    anchors: Vec<(usize, usize)>,
    aliases: Vec<(usize, usize)>,
}

struct Open {
    start: usize,
    layout: Structure,
    /// Keys and values of a mapping by turns.
    pieces: Vec<Piece>,
    of: Of,
}

enum Of {
    List,
    Mapping,
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) -> Option<()> {
        let range = span.byte_range()?;
        match event {
            Event::Scalar(text, style, anchor, _) => {
                self.anchor(anchor, range.start);
                let quote = match style {
                    ScalarStyle::SingleQuoted => Some('\''),
                    ScalarStyle::DoubleQuoted => Some('"'),
                    _ => None,
                };
                let range = self.trimmed(range);
                self.place(Piece { shape: Shape::Scalar { text: text.into_owned(), quote }, range });
            }
            Event::SequenceStart(style, anchor, _) => self.open(range.start, structure(style), anchor, Of::List),
            Event::MappingStart(style, anchor, _) => self.open(range.start, structure(style), anchor, Of::Mapping),
            Event::SequenceEnd | Event::MappingEnd => {
                let Open { start, layout, pieces, of } = self.open.pop()?;
                let range = match layout {
                    Structure::Flow => start..range.end,
                    // The event of the end stands where the next thing begins.
                    Structure::Block => {
                        let written = || pieces.iter().filter(|piece| !piece.is_absent());
                        let start = written().map(|piece| piece.range.start).min().unwrap_or(start);
                        start..written().map(|piece| piece.range.end).max().unwrap_or(start)
                    }
                };
                let shape = match of {
                    Of::List => Shape::Seq { layout, items: pieces },
                    Of::Mapping => {
                        let mut pieces = pieces.into_iter();
                        let mut entries = Vec::new();
                        while let Some((key, value)) = pieces.next().zip(pieces.next()) {
                            entries.push((key, value));
                        }
                        Shape::Map { layout, entries }
                    }
                };
                self.place(Piece { shape, range });
            }
            Event::Alias(id) => {
                let named = self.anchors.iter().rev().find(|(of, _)| *of == id)?;
                self.aliases.push((range.start, named.1));
                self.place(Piece { shape: Shape::Alias, range });
            }
            // A second document has no place beside the first.
            Event::DocumentStart(..) if self.root.is_some() => return None,
            _ => {}
        }
        Some(())
    }

    /// Without the line breaks behind a text of several lines.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let written = self.text.get(range.clone()).unwrap_or_default();
        range.start..range.start + written.trim_end().len()
    }

    fn anchor(&mut self, anchor: usize, at: usize) {
        if anchor != 0 {
            self.anchors.push((anchor, at));
        }
    }

    fn open(&mut self, start: usize, layout: Structure, anchor: usize, of: Of) {
        self.anchor(anchor, start);
        self.open.push(Open { start, layout, pieces: Vec::new(), of });
    }

    fn place(&mut self, piece: Piece) {
        match self.open.last_mut() {
            Some(open) => open.pieces.push(piece),
            None => self.root = Some(piece),
        }
    }
}

fn structure(style: StructureStyle) -> Structure {
    if style == StructureStyle::Flow { Structure::Flow } else { Structure::Block }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written<'t>(text: &'t str, key: &str) -> &'t str {
        let layout = layout(text).expect("a layout");
        let found = layout.root.entries().iter().find(|(of, _)| of.text() == Some(key)).expect("the key");
        &text[found.1.range.clone()]
    }

    #[test]
    fn a_value_is_found_as_it_is_written() {
        let text = "a: 1  # one\nb:\n- x\n- y # why\n\nc: |\n  text\n  # no comment\n\nd: {e: [1, 2],\n  f: \"3\"}\ng:\nh: 多\n  行\n";
        assert_eq!(written(text, "a"), "1");
        assert_eq!(written(text, "b"), "x\n- y");
        assert!(written(text, "c").ends_with("text\n  # no comment"), "{}", written(text, "c"));
        assert_eq!(written(text, "d"), "{e: [1, 2],\n  f: \"3\"}");
        assert_eq!(written(text, "g"), "");
        assert_eq!(written(text, "h"), "多\n  行");
    }

    #[test]
    fn an_alias_knows_where_its_anchor_stands() {
        let text = "a: &x [1]\nb: *x\n";
        let layout = layout(text).expect("a layout");
        assert_eq!(layout.aliases, [(text.find('*').unwrap(), text.find('[').unwrap())]);
    }

    #[test]
    fn what_is_no_single_document_has_no_layout() {
        assert!(layout("a: [").is_none());
        assert!(layout("a: 1\n---\nb: 2\n").is_none());
        assert!(layout("# nothing\n").is_none_or(|layout| layout.root.is_absent()));
    }
}
