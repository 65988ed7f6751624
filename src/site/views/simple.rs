//! Pages of one text: free pages of content/pages, and the page for addresses that do not exist.

use crate::markdown;
use crate::model::{FreePage, Language, Text};
use crate::site::route::{Target, canonical, language_prefix};
use crate::site::views::context::PageContext;
use crate::site::views::maturity::Maturity;
use crate::site::views::page::{About, Page, edition_crumb, page};
use crate::theme::{Html, Words};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct FreePageView {
    pub language: String,
    pub page: Page,
    pub title: Html,
    /// The language that the title and the text are written in.
    pub text_language: String,
    /// Where that is not the page's.
    pub fallback: Option<Html>,
    pub body: Html,
}

/// The page `name` of content/pages, in the context's language where it is written in it, else in the first.
/// `None` where there is no such page.
pub fn free_page(context: &PageContext<'_>, name: &str) -> Option<FreePageView> {
    let shown = in_language(context, name)?;
    let language = shown.language.as_ref().unwrap_or(context.portal.first_language());
    let body = Text::Many(Box::new([(language.clone(), shown.body.clone())]));
    let title = markdown::plain(&shown.title);
    let about = About {
        description: title.clone(),
        title: match language == context.language {
            true => Words::new(title),
            false => Words::foreign(title, language),
        },
        breadcrumbs: vec![edition_crumb(context)],
        maturity: Maturity::Public,
    };
    Some(FreePageView {
        language: context.language.code().to_owned(),
        page: page(context, about),
        title: Html::new(&markdown::render_inline(&shown.title, &mut |_| None)),
        text_language: language.code().to_owned(),
        fallback: context.fallback(language),
        body: context.prose(&shown.path).page(&body),
    })
}

/// The version of a free page for the context's language: written in it, or in the site's first, or any.
pub(super) fn in_language<'a>(context: &PageContext<'a>, name: &str) -> Option<&'a FreePage> {
    let first = context.portal.first_language();
    let versions = || context.portal.pages.iter().filter(|page| page.name.as_ref() == name);
    let speaks = |language| versions().find(move |page| page.language.as_ref().unwrap_or(first) == language);
    speaks(context.language).or_else(|| speaks(first)).or_else(|| versions().next())
}

#[derive(Debug, Serialize)]
pub struct NotFoundView {
    pub language: String,
    pub page: Page,
    /// The same words in every language of the site, its first before the others: hosting serves one file for all.
    pub versions: Vec<NotFoundVersion>,
}

/// What the page for missing addresses says in one language.
#[derive(Debug, Serialize)]
pub struct NotFoundVersion {
    pub language: String,
    pub portal: Html,
    pub title: String,
    pub text: String,
    /// The path of this language's index on its server; `None` without a base_url, since the page is served at any depth.
    pub home: Option<String>,
    pub home_text: String,
}

/// The page for addresses that do not exist. It stands alone: hosting serves it at any depth, so it links by the path of
/// base_url and takes no file of the theme.
pub fn not_found(context: &PageContext<'_>) -> NotFoundView {
    let about = About {
        title: context.word("not-found.title").into(),
        description: context.word("not-found.text").to_owned(),
        breadcrumbs: Vec::new(),
        maturity: Maturity::Public,
    };
    let versions = context.portal.languages.iter().map(|language| not_found_in(context, language)).collect();
    NotFoundView { language: context.language.code().to_owned(), page: page(context, about), versions }
}

fn not_found_in(context: &PageContext<'_>, language: &Language) -> NotFoundVersion {
    let portal = context.portal;
    let of_language = PageContext::new(context.site, language, Target::NotFound);
    let index = Target::Home.path(&language_prefix(language, portal.first_language()));
    let home = portal.base_url.as_deref().map(|base| {
        let url = canonical(base, &index);
        let after_scheme = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        after_scheme.split_once('/').map_or_else(|| "/".to_owned(), |(_, path)| format!("/{path}"))
    });
    NotFoundVersion {
        language: language.code().to_owned(),
        portal: of_language.prose("portal.yaml").inline(&portal.title),
        title: of_language.word("not-found.title").to_owned(),
        text: of_language.word("not-found.text").to_owned(),
        home,
        home_text: of_language.word("not-found.home").to_owned(),
    }
}
