//! Text that is already HTML.

use std::fmt;

use serde::{Serialize, Serializer};
use tera::Value;

use super::words::{Shown, push_words};

/// Text that is safe HTML or SVG and enters a page as it is. Every plain string of a view is escaped.
///
/// Whoever makes one answers for it: everything that an author wrote in it has been escaped. Cloning shares the text,
/// and a view hands it to the templates without copying it.
#[derive(Clone)]
pub struct Html(Value);

impl Html {
    /// Takes text that is HTML already.
    pub fn new(html: &str) -> Self {
        Self(Value::safe_string(html))
    }

    /// Makes HTML of plain text: `<` becomes `&lt;`, and so on.
    pub fn escape(text: &str) -> Self {
        Self::new(&escaped(text))
    }

    pub fn as_str(&self) -> &str {
        self.0.as_str().unwrap_or_default()
    }

    pub fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }
}

/// HTML in the making. Only what a source line of ours spells out enters it as it is; whatever was read is escaped.
#[derive(Debug, Default)]
pub struct Markup(String);

impl Markup {
    pub fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// Tags and other fixed text.
    pub fn fixed(&mut self, html: &'static str) -> &mut Self {
        self.0.push_str(html);
        self
    }

    /// Plain text, between tags or inside a quoted attribute.
    pub fn text(&mut self, text: &str) -> &mut Self {
        push_escaped(&mut self.0, text);
        self
    }

    /// Words between tags; parts in another language are marked.
    pub fn words(&mut self, words: &(impl Shown + ?Sized)) -> &mut Self {
        push_words(&mut self.0, words);
        self
    }

    pub fn html(&self) -> Html {
        Html::new(&self.0)
    }
}

/// A part of a view that is ready for templates: what stands on a page many times is made ready once, and of a long list
/// only what templates need is held.
#[derive(Clone, Debug)]
pub struct Ready(Value);

impl Ready {
    /// A view that cannot be made ready is undefined, which no template can show.
    pub fn new(view: &impl Serialize) -> Self {
        Self(Value::try_from_serializable(view).unwrap_or_else(|_| Value::undefined()))
    }
}

impl Serialize for Ready {
    /// A template receives the shared part itself.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// Plain text as it must stand in HTML, between tags as well as inside a quoted attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 8);
    push_escaped(&mut html, text);
    html
}

pub(super) fn push_escaped(html: &mut String, text: &str) {
    let mut rest = text;
    while let Some((at, entity)) = rest.bytes().enumerate().find_map(|(at, byte)| Some((at, entity(byte)?))) {
        let (plain, from) = rest.split_at(at);
        html.push_str(plain);
        html.push_str(entity);
        rest = from.get(1..).unwrap_or_default();
    }
    html.push_str(rest);
}

fn entity(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\'' => Some("&#39;"),
        _ => None,
    }
}

impl Default for Html {
    fn default() -> Self {
        Self::new("")
    }
}

impl fmt::Debug for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Html").field(&self.as_str()).finish()
    }
}

impl PartialEq for Html {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Html {}

impl Serialize for Html {
    /// A template receives the shared text, marked as safe; any other format a string.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct View<'a> {
        chart: &'a Html,
        name: &'a str,
        more: Vec<Option<Html>>,
    }

    fn rendered(template: &str, view: &View) -> String {
        let mut tera = tera::Tera::default();
        tera.add_raw_template("page.html", template).unwrap();
        tera.render("page.html", &tera::Context::from_serialize(view).unwrap()).unwrap()
    }

    #[test]
    fn html_enters_a_page_as_it_is_and_text_is_escaped() {
        let long = Html::new(r#"<svg viewBox="0 0 640 320" role="img"><title>人 & 人</title></svg>"#);
        let view = View { chart: &long, name: r#"<b>"&'"#, more: vec![None, Some(Html::new("<i>短</i>"))] };
        let page =
            rendered("{{ chart }}|{{ name }}|{% for m in more %}{% if m %}{{ m }}{% endif %}{% endfor %}", &view);
        assert_eq!(page, format!("{}|&lt;b&gt;&quot;&amp;&#39;|<i>短</i>", long.as_str()));
    }

    #[test]
    fn escaping_covers_text_and_quoted_attributes() {
        assert_eq!(Html::escape(r#"<a href="x">'&"#).as_str(), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
    }

    #[test]
    fn outside_of_templates_html_is_written_as_a_string() {
        assert_eq!(serde_json::to_string(&Html::new("<b>")).unwrap(), r#""<b>""#);
    }
}
