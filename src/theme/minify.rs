//! Templates made small, once, when the theme loads: pages then cost nothing.
//!
//! A template is taken apart at its template tags, made small around them, and written for each language with its words
//! put in. Where everything came from is remembered, for errors.

use std::ops::Range;

use super::markup;
use super::scan::{self, Tag, TagKind, Token};
use super::whitespace::{self, Fragment, Part};

/// A template as the engine gets it: text, and template tags by their index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Minified {
    fragments: Vec<Fragment>,
    pub outcome: Outcome,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// As small as it gets.
    Done,
    /// The template's HTML does not hold together by itself, so only its indentation could be taken away, or nothing.
    Left,
}

/// Which bytes of a small template came from which of its author's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Origins {
    /// (in the small template, in the author's), ascending.
    spans: Vec<(Range<usize>, usize)>,
}

impl Origins {
    /// The author's bytes for a range of the small template; errors lie inside template tags, which move as a whole.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let at = self.spans.partition_point(|(small, _)| small.start <= range.start);
        match at.checked_sub(1).and_then(|at| self.spans.get(at)) {
            Some((small, from)) => {
                let end = range.end.min(small.end).max(range.start);
                let start = range.start.min(small.end);
                from + (start - small.start)..from + (end.max(start) - small.start)
            }
            None => 0..0,
        }
    }
}

/// Makes a template small.
pub(super) fn minify(source: &str) -> Minified {
    let tags = scan::tags(source);
    let Some(pieces) = markup::pieces(source, &tags) else {
        return Minified { fragments: as_written(source, &tags), outcome: Outcome::Left };
    };
    let parts = whitespace::collapse(source, &tags, &pieces);
    #[cfg(feature = "minify")]
    let smaller = super::smaller::template(source, &parts);
    #[cfg(not(feature = "minify"))]
    let smaller = Some(plain(&parts));
    match smaller {
        Some(fragments) => Minified { fragments, outcome: Outcome::Done },
        None => Minified { fragments: plain(&parts), outcome: Outcome::Left },
    }
}

impl Minified {
    /// The text for the engine. `constant` may know a template tag's output beforehand, as text ready for HTML.
    pub fn write(&self, source: &str, constant: impl Fn(&str) -> Option<String>) -> (String, Origins) {
        let tags = scan::tags(source);
        let mut text = String::with_capacity(source.len());
        let mut origins = Origins::default();
        for fragment in &self.fragments {
            match fragment {
                Fragment::Text(html) => text.push_str(html),
                Fragment::Template(index) => {
                    let Some(tag) = tags.get(*index) else { continue };
                    let written = source.get(tag.range.clone()).unwrap_or_default();
                    match constant_of(source, tag, &constant) {
                        Some(words) => text.push_str(&words),
                        None => {
                            origins.spans.push((text.len()..text.len() + written.len(), tag.range.start));
                            text.push_str(written);
                        }
                    }
                }
            }
        }
        (text, origins)
    }
}

/// The output of `{{ label(key="…") }}`, which is the same on every page of a language.
fn constant_of(source: &str, tag: &Tag, constant: impl Fn(&str) -> Option<String>) -> Option<String> {
    use scan::Trim::Keep;
    if tag.kind != TagKind::Expression || tag.trims_before != Keep || tag.trims_after != Keep {
        return None;
    }
    let tokens = scan::tokens(scan::inner(source, tag));
    let words: Vec<Token<'_>> = tokens.into_iter().map(|(_, token)| token).collect();
    match words.as_slice() {
        [
            Token::Name("label"),
            Token::Sign("("),
            Token::Name("key"),
            Token::Sign("="),
            Token::Text(key),
            Token::Sign(")"),
        ] => {
            // A brace beside the next tag's would make another tag of it.
            constant(key).filter(|words| !words.contains('{'))
        }
        _ => None,
    }
}

fn as_written(source: &str, tags: &[Tag]) -> Vec<Fragment> {
    let mut fragments = Vec::new();
    let mut at = 0;
    for (index, tag) in tags.iter().enumerate() {
        fragments.push(Fragment::Text(source.get(at..tag.range.start).unwrap_or_default().to_owned()));
        fragments.push(Fragment::Template(index));
        at = tag.range.end;
    }
    fragments.push(Fragment::Text(source.get(at..).unwrap_or_default().to_owned()));
    fragments
}

/// The parts without minify-html.
pub(super) fn plain(parts: &[Part]) -> Vec<Fragment> {
    let mut fragments = Vec::new();
    for part in parts {
        match part {
            Part::Html(html) => fragments.push(Fragment::Text(html.clone())),
            Part::Space => fragments.push(Fragment::Text(" ".to_owned())),
            Part::Template(index) => fragments.push(Fragment::Template(*index)),
            Part::Attributes(inside) | Part::Raw(inside) => fragments.extend(inside.iter().cloned()),
        }
    }
    fragments
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::markup::Piece;

    fn small(source: &str) -> String {
        minify(source).write(source, |_| None).0
    }

    #[test]
    fn template_tags_survive_to_the_letter_and_in_order() {
        let source = "<!doctype html>\n<html lang=\"{{ language }}\">\n<head>\n <title>{{ a }}｜{{ b }}</title>\n</head>\n<body>\n\
             <a class=\"x\" href=\"{{href}}\" {% if here %}aria-current=\"page\"{% endif %}>{{ f(x=\"}}\") }}</a>\n\
             {% for x in xs %}<p title='{{ x[\"a\"] }}'>{{ x.b }}</p>{% endfor %}\n</body>\n</html>\n";
        let small = small(source);
        let written = |text: &str| -> Vec<String> {
            scan::tags(text).into_iter().map(|tag| text[tag.range].to_owned()).collect()
        };
        assert_eq!(written(&small), written(source));
        assert!(small.contains(r#"href="{{href}}""#), "a value must stay in its quotes: {small}");
        assert!(small.len() < source.len());
    }

    #[test]
    fn a_page_stays_a_page_in_standards_mode() {
        let small = small(
            "<!doctype html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n</head>\n<body>\n<p>a</p>\n</body>\n</html>",
        );
        assert!(small.to_ascii_lowercase().starts_with("<!doctype html><html><head>"), "{small}");
        assert!(small.ends_with("<p>a</p></body></html>"), "{small}");
    }

    #[test]
    fn the_case_of_svg_attributes_stays() {
        let small = small("<p><svg viewBox=\"0 0 24 24\" aria-hidden=\"true\">\n<path d=\"M 0 0\"/>\n</svg></p>");
        assert!(small.contains("viewBox=\"0 0 24 24\""), "{small}");
    }

    #[test]
    fn a_part_of_a_page_that_closes_what_another_opened_is_left() {
        let source = "  </main>\n  <footer>\n {{ a }}\n</footer>\n</body></html>";
        let minified = minify(source);
        #[cfg(feature = "minify")]
        assert_eq!(minified.outcome, Outcome::Left);
        assert_eq!(minified.write(source, |_| None).0, "</main><footer>{{ a }}</footer></body></html>");
    }

    #[test]
    fn elements_a_thousand_deep_are_left_alone() {
        let source = "<i>".repeat(3000) + "{{ x }}" + &"</i>".repeat(3000);
        assert_eq!(small(&source), source);
    }

    #[test]
    fn what_is_in_a_script_or_style_is_not_taken_for_markup() {
        let source = "<script type=\"application/json\">{{ json }}</script><style>a { color: {{ c }} }</style>";
        let small = small(source);
        assert!(small.contains("{{ json }}") && small.contains("{{ c }}"), "{small}");
    }

    #[test]
    fn entities_and_unclosed_paragraphs_say_the_same() {
        let small = small("<ul><li>a &lt;b&gt; &amp;amp; &nbsp;c<li>{{ x }}</ul>");
        assert!(small.contains("a &lt;b> &amp;amp; \u{a0}c") || small.contains("&amp;amp;"), "{small}");
        assert!(!small.contains("<b>"), "{small}");
    }

    /// What a browser makes of a page: elements with their attributes in any order, and text without its space.
    fn seen(page: &str) -> Vec<String> {
        let unescaped = |text: &str| {
            text.replace("&nbsp;", "\u{a0}").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        };
        let mut seen = Vec::new();
        for piece in markup::pieces(page, &[]).unwrap() {
            match piece {
                Piece::Text(range) | Piece::Raw(range) => {
                    let text: String = unescaped(&page[range]).split_ascii_whitespace().collect();
                    seen.extend((!text.is_empty()).then_some(text));
                }
                Piece::Start(start) => {
                    let one = |a: &markup::Attribute| {
                        format!("{}={}", &page[a.name.clone()], unescaped(&page[a.value.clone()]))
                    };
                    let mut attributes: Vec<String> = start.attributes.iter().map(one).collect();
                    attributes.sort();
                    seen.push(format!("<{} {}>", start.name, attributes.join(" ")));
                }
                Piece::End { name, .. } => seen.push(format!("</{name}>")),
                Piece::Declaration(range) => seen.push(page[range].to_ascii_lowercase()),
                Piece::Comment(_) | Piece::Template(_) => {}
            }
        }
        seen
    }

    #[test]
    fn a_minified_page_is_the_same_page_to_a_browser() {
        let source = "<!doctype html>\n<html lang=\"{{ language }}\" class=\"no-js\">\n<head>\n  <meta charset=\"utf-8\">\n  \
             <meta name=\"viewport\" content=\"width=device-width\">\n  <title>{{ title }} ｜ 評価</title>\n</head>\n<body>\n  \
             <!-- 案内 -->\n  <nav aria-label='{{ title }}'>\n    <a href={{ url }} {% if here %} aria-current=\"page\" {% endif %} \
             class=\"a b\">戻る</a>\n    <a href=\"{{ url }}\">次へ</a>\n  </nav>\n  <table class=\"figures\">\n    \
             <caption>実績 &amp; 目標 &lt;人&gt;</caption>\n    {% for x in xs %}\n      <tr {% if loop.first %}class=\"first\"{% endif %}>\
             <th scope=\"row\">{{ x }}</th><td data-x='{\"a\": 1}'>1,046<span>人</span></td></tr>\n    {% else %}\n      \
             <tr><td colspan=\"2\">なし</td></tr>\n    {% endfor %}\n  </table>\n  <svg viewBox=\"0 0 8 8\" role=\"img\">\n    \
             <title>図</title><path d=\"M 0 0 L 8 8\" />\n  </svg>\n  <details open>\n    <summary>計算</summary>\n    \
             <pre>a\n  b</pre>\n  </details>\n  <input type=\"text\" disabled value=\"\">\n  \
             <select><option value=\"\">すべて</option></select><button type=\"submit\">絞る</button><img alt=\"\">\n</body>\n</html>\n";
        let mut context = tera::Context::new();
        context.insert("language", "ja");
        context.insert("title", "産業 < 農業");
        context.insert("url", "../index.html");
        for (here, xs) in [(true, vec!["一", "二"]), (false, vec![])] {
            context.insert("here", &here);
            context.insert("xs", &xs);
            let rendered = |text: &str| {
                let mut tera = tera::Tera::default();
                tera.add_raw_template("x.html", text).unwrap();
                tera.render("x.html", &context).unwrap()
            };
            let (before, after) = (rendered(source), rendered(&small(source)));
            assert_eq!(minify(source).outcome, Outcome::Done);
            assert_eq!(seen(&before), seen(&after));
            assert!(after.len() < before.len() * 9 / 10, "{after}");
        }
    }

    #[test]
    fn an_error_is_found_again_in_the_template_as_it_was_written() {
        let source = "<p>\n   評価\n   {{ a }}\n</p>\n\n{{ 値.b }}";
        let (text, origins) = minify(source).write(source, |_| None);
        let at = text.find("値").unwrap();
        let original = origins.original(at..at + "値".len());
        assert_eq!(&source[original], "値");
    }

    #[test]
    fn the_words_of_a_language_are_put_in_beforehand() {
        let source = r#"<a title="{{ label(key="a.b") }}">{{ label(key="a.b") }}{{ label(key="a", n=1) }}{{- label(key="a.b") }}</a>"#;
        let (text, _) = minify(source).write(source, |key| (key == "a.b").then(|| "語".to_owned()));
        assert_eq!(text, r#"<a title="語">語{{ label(key="a", n=1) }}{{- label(key="a.b") }}</a>"#);
    }
}
