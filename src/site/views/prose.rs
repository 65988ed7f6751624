//! Texts of authors as HTML, saying their language where it is not the page's.

use crate::markdown::{self, Headings};
use crate::model::{Language, Text};
use crate::site::inner_link;
use crate::site::views::context::PageContext;
use crate::theme::{Html, Words};

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
        let prefix = self.context.id(&format!("{part}_"));
        self.under(text, Headings { first: level + self.context.deeper, prefix: &prefix })
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
        let Self { context, source } = self;
        let href = inner_link::resolve(context.portal, &context.links, context.target, source, link)?;
        Some(match href.strip_prefix('#') {
            Some(own) => format!("#{}", context.id(own)),
            None => href,
        })
    }

    fn in_language(&self, text: &Text, html: &str, element: &str) -> Html {
        match self.context.language_of(text) {
            language if language == self.context.language => Html::new(html),
            language => Html::new(&format!("<{element} lang=\"{language}\">{html}</{element}>")),
        }
    }
}

impl PageContext<'_> {
    /// Plain words in a language, saying it where it is not the page's.
    pub(super) fn words_in(&self, language: &Language, words: &str) -> Html {
        let words = Html::escape(words);
        if language == self.language {
            return words;
        }
        Html::new(&format!("<span lang=\"{language}\">{}</span>", words.as_str()))
    }

    /// Says that the text of a page is in another language than the page; `None` where it is in the page's own.
    pub(super) fn fallback(&self, written: &Language) -> Option<Html> {
        if written == self.language {
            return None;
        }
        let known = self.portal.languages.contains(written);
        let name = if known { self.theme.labels(written).get("language.name") } else { written.code() };
        let name = Words::foreign(name, written);
        Some(self.labels.fill_words("page.fallback", &[("language", &name)]).html())
    }

    /// The language that [`Text::get`] answers in on this page.
    pub(super) fn language_of<'b>(&'b self, text: &'b Text) -> &'b Language {
        match text {
            Text::One(_) => self.portal.first_language(),
            Text::Many(texts) if texts.iter().any(|(of, _)| of == self.language) => self.language,
            Text::Many(texts) => texts.first().map_or(self.language, |(of, _)| of),
        }
    }
}
