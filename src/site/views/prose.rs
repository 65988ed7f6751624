//! Texts of authors as HTML, saying their language where it is not the page's.

use crate::markdown::{self, Headings};
use crate::model::{Language, Text};
use crate::site::inner_link;
use crate::site::views::context::PageContext;
use crate::theme::Html;

/// Renders the texts of one source file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prose<'a> {
    context: &'a PageContext<'a>,
    source: &'a str,
}

impl<'a> Prose<'a> {
    pub fn new(context: &'a PageContext<'a>, source: &'a str) -> Self {
        Self { context, source }
    }

    /// A text of one line: a name, a note.
    pub fn inline(&self, text: &Text) -> Html {
        let html = markdown::render_inline(text.get(self.context.language), &mut |link| self.resolve(link));
        self.in_language(text, &html, "span")
    }

    /// A text of several paragraphs. Its headings begin at `level`, one below the heading that it stands under; `part`
    /// makes their ids unique on the page.
    pub fn block(&self, text: &Text, level: u8, part: &str) -> Html {
        let prefix = format!("{part}_");
        self.under(text, Headings { first: level, prefix: &prefix })
    }

    /// The text of a free page.
    pub fn page(&self, text: &Text) -> Html {
        self.under(text, inner_link::PAGE_HEADINGS)
    }

    fn under(&self, text: &Text, headings: Headings<'_>) -> Html {
        let html = markdown::render(text.get(self.context.language), &mut |link| self.resolve(link), headings);
        self.in_language(text, &html, "div")
    }

    /// The first sentence of a text, without markup.
    pub fn first_sentence(&self, text: &Text) -> Html {
        let plain = self.context.plain(text);
        let html = Html::escape(markdown::first_sentence(&plain));
        self.in_language(text, html.as_str(), "span")
    }

    fn resolve(&self, link: &str) -> Option<String> {
        inner_link::resolve(self.context.portal, &self.context.links, self.context.target, self.source, link)
    }

    fn in_language(&self, text: &Text, html: &str, element: &str) -> Html {
        match language_of(text, self.context.language, self.context.portal.first_language()) {
            language if language == self.context.language => Html::new(html),
            language => Html::new(&format!("<{element} lang=\"{language}\">{html}</{element}>")),
        }
    }
}

/// The language that [`Text::get`] answers in.
fn language_of<'a>(text: &'a Text, language: &'a Language, first: &'a Language) -> &'a Language {
    match text {
        Text::One(_) => first,
        Text::Many(texts) if texts.iter().any(|(of, _)| of == language) => language,
        Text::Many(texts) => texts.first().map_or(first, |(of, _)| of),
    }
}
