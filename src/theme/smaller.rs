//! minify-html, held so that it can do no harm.
//!
//! It never sees a template tag. Each stands behind a mark (a template comment between elements, a word inside script
//! and title, an attribute in a start tag), and so does every space that a reader may see. Afterwards the marks must
//! stand there once each and in order, and the elements be the same, or the template is left as it was.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::markup::{self, Attribute, Piece};
use super::minify::plain;
use super::scan;
use super::whitespace::{Fragment, Part};

/// Begins every mark; letters that no template has.
const MARK: &str = "zqmark";

/// minify-html goes as deep as elements are nested, and a stack is finite.
const DEPTH: usize = 200;

/// The parts of a template after minify-html, or `None` where it would change what the template says.
pub(super) fn template(source: &str, parts: &[Part]) -> Option<Vec<Fragment>> {
    // It leaves out attributes that say what is so without them and writes names in small letters; but a style sheet may
    // ask for `[type=submit]`, and `viewBox` is not `viewbox` everywhere. Such start tags are kept in a second run.
    let (_, kept) = run(source, parts, &BTreeSet::new())?;
    let (fragments, changed) = run(source, parts, &kept)?;
    changed.is_empty().then_some(fragments)
}

/// Makes a style sheet small. One that cannot be read, or that uses what the minifier does not know, stays as it is.
pub(super) fn style_sheet(css: &str) -> Option<String> {
    if css.to_ascii_lowercase().contains("</style") {
        return None;
    }
    let small = minify_html::minify(format!("<style>{css}</style>").as_bytes(), &options());
    let small = String::from_utf8(small).ok()?;
    Some(small.strip_prefix("<style>")?.strip_suffix("</style>")?.to_owned())
}

/// Makes a script small. One that cannot be read stays as it is.
pub(super) fn script(script: &str) -> Option<String> {
    if script.to_ascii_lowercase().contains("</script") || script.contains("<!--") {
        return None;
    }
    let options = minify_html::Cfg { minify_js: true, preserve_brace_template_syntax: false, ..options() };
    let small = minify_html::minify(format!("<script>{}</script>", uncommented(script)).as_bytes(), &options);
    let small = String::from_utf8(small).ok()?;
    Some(small.strip_prefix("<script>")?.strip_suffix("</script>")?.to_owned())
}

/// A script without the lines that are comments, which the minifier keeps. One with a text over several lines, in which a
/// line may look like one, stays as it is.
fn uncommented(script: &str) -> Cow<'_, str> {
    let text_goes_on = |line: &str| line.matches('`').count() % 2 == 1 || line.ends_with('\\');
    if script.lines().any(text_goes_on) {
        return script.into();
    }
    script.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| [line, "\n"]).collect()
}

fn options() -> minify_html::Cfg {
    minify_html::Cfg {
        keep_closing_tags: true,
        keep_html_and_head_opening_tags: true,
        minify_css: true,
        preserve_brace_template_syntax: true,
        ..minify_html::Cfg::new()
    }
}

/// Minifies with the attributes of the start tags `kept` (by index of the part) behind marks, as those with template
/// tags always are. Gives the result, and the start tags whose attributes are no longer the same.
fn run(source: &str, parts: &[Part], kept: &BTreeSet<usize>) -> Option<(Vec<Fragment>, BTreeSet<usize>)> {
    let marked = marked(parts, kept);
    let before = elements(&marked)?;
    if source.contains(MARK) || depth(&before) > DEPTH {
        return None;
    }
    let small = minify_html::minify(marked.as_bytes(), &options());
    let small = String::from_utf8(small).ok()?;
    let after = elements(&small)?;
    let names = |elements: &[Element]| elements.iter().map(|element| element.name.clone()).collect::<Vec<_>>();
    if names(&before) != names(&after) {
        return None;
    }
    let attributes = parts.iter().enumerate().filter(|(_, part)| matches!(part, Part::Attributes(_)));
    let starts = before.iter().zip(&after).filter(|(before, _)| !before.name.starts_with('/'));
    let changed = attributes.zip(starts).filter(|(_, (before, after))| before.attributes != after.attributes);
    let changed = changed.map(|((index, _), _)| index).collect();
    Some((unmarked(&small, parts, kept)?, changed))
}

/// The mark that stands for a part, if one does.
fn mark(index: usize, part: &Part, kept: &BTreeSet<usize>) -> Option<String> {
    let fixed = |fragments: &[Fragment]| fragments.iter().any(|fragment| matches!(fragment, Fragment::Template(_)));
    match part {
        Part::Html(_) => None,
        Part::Space | Part::Template(_) => Some(format!("{{#{MARK}{index}z#}}")),
        Part::Attributes(inside) => (kept.contains(&index) || fixed(inside)).then(|| format!(" {MARK}{index}z")),
        Part::Raw(_) => Some(format!("{MARK}{index}z")),
    }
}

fn marked(parts: &[Part], kept: &BTreeSet<usize>) -> String {
    let mut text = String::new();
    for (index, part) in parts.iter().enumerate() {
        match mark(index, part, kept) {
            Some(mark) => text.push_str(&mark),
            None => {
                for fragment in plain(std::slice::from_ref(part)) {
                    if let Fragment::Text(html) = fragment {
                        text.push_str(&html);
                    }
                }
            }
        }
    }
    text
}

fn unmarked(small: &str, parts: &[Part], kept: &BTreeSet<usize>) -> Option<Vec<Fragment>> {
    let mut fragments = Vec::new();
    let mut rest = small;
    for (index, part) in parts.iter().enumerate() {
        let Some(mark) = mark(index, part, kept) else { continue };
        let (before, after) = rest.split_once(&mark)?;
        if before.contains(MARK) {
            return None;
        }
        fragments.push(Fragment::Text(before.to_owned()));
        fragments.extend(plain(std::slice::from_ref(part)));
        rest = after;
    }
    fragments.push(Fragment::Text(rest.to_owned()));
    (!rest.contains(MARK)).then_some(fragments)
}

/// A start tag with the names of its attributes, or an end tag.
struct Element {
    /// An end tag's begins with a stroke.
    name: String,
    /// Sorted.
    attributes: Vec<String>,
}

/// All start and end tags in order.
fn elements(html: &str) -> Option<Vec<Element>> {
    let pieces = markup::pieces(html, &scan::tags(html))?;
    let element = |piece: Piece| match piece {
        Piece::Start(start) => {
            let name = |attribute: &Attribute| html.get(attribute.name.clone()).unwrap_or_default().to_owned();
            let mut attributes: Vec<String> = start.attributes.iter().map(name).collect();
            attributes.sort_unstable();
            Some(Element { name: start.name, attributes })
        }
        Piece::End { name, .. } => Some(Element { name: format!("/{name}"), attributes: Vec::new() }),
        _ => None,
    };
    Some(pieces.into_iter().filter_map(element).collect())
}

/// How deep elements are nested at most.
fn depth(elements: &[Element]) -> usize {
    const VOID: [&str; 13] =
        ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
    let mut open = 0_usize;
    let mut deepest = 0;
    for element in elements.iter().filter(|element| !VOID.contains(&element.name.as_str())) {
        open = if element.name.starts_with('/') { open.saturating_sub(1) } else { open + 1 };
        deepest = deepest.max(open);
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_sheet_for_paper_and_screen_keeps_its_rules() {
        let css = ":root { --a: #fff; }\n@media print { @page { size: A4 portrait; } }\n.a { & > .b { margin: 0 } }\n";
        let small = style_sheet(css).unwrap();
        for kept in ["@page", "A4 portrait", "--a", "&"] {
            assert!(small.contains(kept), "{small}");
        }
        assert!(small.len() < css.len());
    }

    #[test]
    fn a_style_sheet_that_cannot_be_read_stays_as_it_is() {
        let css = "a { color: red } } b{ c";
        assert_eq!(style_sheet(css).as_deref(), Some(css));
        assert_eq!(style_sheet("a::after { content: '</style>' }"), None);
    }
}
