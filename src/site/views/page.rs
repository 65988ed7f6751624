//! What every page has around its content: head, banners, ways to elsewhere, foot.

use crate::chart::card;
use crate::facts::{has_errata, has_recommendations};
use crate::markdown;
use crate::model::{Language, License};
use crate::site::route::{Target, canonical, language_prefix};
use crate::site::views::context::PageContext;
use crate::site::views::maturity::Maturity;
use crate::theme::{Html, LogoFile, Words};
use serde::Serialize;
use std::collections::BTreeMap;

/// The frame of a page.
#[derive(Debug, Serialize)]
pub struct Page {
    /// For `<title>`: what the page is about, then the portal.
    pub title: String,
    /// The page's, or that of a name in the title which nobody translated.
    pub title_language: String,
    pub description: String,
    /// Only with a base_url.
    pub canonical: Option<String>,
    pub share: Share,
    pub alternates: Vec<Alternate>,
    /// Search engines are asked to stay away.
    pub noindex: bool,
    pub stylesheets: Vec<String>,
    /// What a browser shows beside the title. A page that names none makes it ask the root of the server.
    pub icon: Option<String>,
    /// The addresses of the theme's files, by their names below assets/: what a theme of a city adds, it can show.
    pub assets: BTreeMap<String, String>,
    pub feed: Option<String>,
    pub portal: Html,
    /// Of the theme, where theme.yaml names one.
    pub logo: Option<LogoView>,
    pub municipality: Html,
    pub home: String,
    /// The way from the index to here, without this page itself.
    pub breadcrumbs: Vec<Link>,
    /// This page in every edition; empty where there is only one.
    pub editions: Vec<Choice>,
    /// This page in every language; empty where there is only one.
    pub languages: Vec<Choice>,
    pub data: String,
    /// Where the edition is searched.
    pub search: String,
    pub pages: Vec<Link>,
    /// A banner for a portal that holds fictional sheets.
    pub sample: bool,
    /// The words of a banner for what is not for the public yet (案).
    pub draft: Option<Html>,
    pub foot: Foot,
}

/// What other sites show beside a link to the page (the Open Graph protocol, ogp.me).
#[derive(Debug, Serialize)]
pub struct Share {
    /// What the page is about, without the portal.
    pub title: String,
    /// The portal.
    pub site: String,
    /// `ja_JP`.
    pub locale: String,
    /// The whole address of the edition's picture, and what can be seen on it; only with a base_url.
    pub picture: Option<String>,
    pub picture_text: String,
    pub picture_width: u32,
    pub picture_height: u32,
}

/// The picture of a municipality beside the portal's name.
#[derive(Debug, Serialize)]
pub struct LogoView {
    pub href: String,
    pub alt: String,
}

#[derive(Debug, Serialize)]
pub struct Link {
    pub text: Html,
    pub href: String,
}

/// One of several versions of the same page.
#[derive(Debug, Serialize)]
pub struct Choice {
    pub text: String,
    pub href: String,
    pub current: bool,
    /// The language of what is behind the link.
    pub language: String,
}

#[derive(Debug, Serialize)]
pub struct Alternate {
    pub language: String,
    pub href: String,
}

#[derive(Debug, Serialize)]
pub struct Foot {
    pub text: Option<Html>,
    /// Of theme.yaml.
    pub theme_text: Option<Html>,
    pub department: Option<Html>,
    pub phone: Option<String>,
    pub phone_href: Option<String>,
    pub email: Option<String>,
    pub email_href: Option<String>,
    pub contact_href: Option<String>,
    pub municipality_href: Option<String>,
    pub license: Option<String>,
    pub license_href: Option<String>,
    /// Dates of the edition, as portal.yaml says.
    pub published: Option<Date>,
    pub updated: Option<Date>,
    pub edition: Words,
    /// Whose page this is, of which edition, and where it is found: for the foot of every printed page, as a string of CSS
    /// with its quotes.
    pub on_paper: String,
}

/// A day, for readers and for machines.
#[derive(Debug, Serialize)]
pub struct Date {
    pub text: String,
    pub iso: String,
}

/// What a page says about itself.
pub(super) struct About {
    /// Empty on the index, whose title is the portal's.
    pub title: Words,
    pub description: String,
    pub breadcrumbs: Vec<Link>,
    pub maturity: Maturity,
}

pub(super) fn page(context: &PageContext<'_>, about: About) -> Page {
    let portal = context.portal;
    let prose = context.prose("portal.yaml");
    let portal_title = context.words(&portal.title);
    let marked = |title: Words| match about.maturity {
        Maturity::Draft(_) => context.labels.fill_words("page.draft-page-title", &[("page", &title)]),
        _ => title,
    };
    let own_title = if about.title.is_empty() { &portal_title } else { &about.title };
    let share = share(context, &portal_title, &marked(own_title.clone()));
    let title = marked(match about.title.is_empty() {
        true => portal_title.clone(),
        false => context.labels.fill_words("page.title", &[("page", &about.title), ("portal", &portal_title)]),
    });
    let sample = context.site.has_sample();
    let stylesheets = ["style.css", "charts.css"].into_iter().filter_map(|name| theme_asset(context, name)).collect();
    let base_url = portal.base_url.as_deref();
    Page {
        title_language: title.language().unwrap_or(context.language).code().to_owned(),
        title: title.into_string(),
        description: about.description,
        canonical: base_url.map(|base| canonical(base, &context.path)),
        share,
        alternates: alternates(context),
        noindex: context.site.hides(context.target),
        stylesheets,
        icon: theme_asset(context, "icon.svg"),
        assets: theme_assets(context),
        feed: context.site.has_feed().then(|| context.links.to(Target::Feed)),
        portal: prose.inline(&portal.title),
        logo: logo(context),
        municipality: prose.inline(&portal.municipality.name),
        home: context.links.to(Target::Home),
        breadcrumbs: about.breadcrumbs,
        editions: editions(context),
        languages: languages(context),
        data: context.links.to(Target::Data(context.edition_year())),
        search: context.links.to(Target::Search(context.edition_year())),
        pages: free_pages(context),
        sample,
        draft: context.draft_words(about.maturity),
        foot: foot(context, about.maturity),
    }
}

fn share(context: &PageContext<'_>, portal: &Words, title: &Words) -> Share {
    let year = context.edition_year();
    let base_url = context.portal.base_url.as_deref().filter(|_| context.facts.edition(year).is_some());
    let (picture_width, picture_height) = card::SIZE;
    Share {
        title: title.as_str().to_owned(),
        site: portal.as_str().to_owned(),
        locale: context.word("language.locale").to_owned(),
        picture: base_url.map(|base| canonical(base, &Target::Card(year).path(""))),
        picture_text: context.labels.fill("page.share-picture", &[("year", &context.printer().short_year(year))]),
        picture_width,
        picture_height,
    }
}

fn logo(context: &PageContext<'_>) -> Option<LogoView> {
    let logo = context.theme.logo()?;
    let href = match &logo.file {
        LogoFile::Theme(name) => theme_asset(context, name)?,
        LogoFile::Content(path) => context.links.to(Target::ContentAsset(path)),
    };
    Some(LogoView { href, alt: logo.alt.get(context.language).to_owned() })
}

/// The published address of a file of the theme; `None` where the theme has none of this name.
pub(super) fn theme_asset(context: &PageContext<'_>, name: &str) -> Option<String> {
    context.theme.asset(name).map(|asset| context.links.to(Target::ThemeAsset(&asset.published)))
}

fn theme_assets(context: &PageContext<'_>) -> BTreeMap<String, String> {
    let href = |published: &str| context.links.to(Target::ThemeAsset(published));
    context.theme.assets().iter().map(|asset| (asset.name.to_string(), href(&asset.published))).collect()
}

/// The crumb that leads to the index of the page's edition.
pub(super) fn edition_crumb(context: &PageContext<'_>) -> Link {
    let year = context.edition_year();
    let text = context.labels.fill("page.edition", &[("year", &context.printer().short_year(year))]);
    Link { text: Html::escape(&text), href: context.links.to(Target::Edition(year)) }
}

fn alternates(context: &PageContext<'_>) -> Vec<Alternate> {
    let portal = context.portal;
    if portal.languages.len() < 2 || context.target == Target::NotFound {
        return Vec::new();
    }
    let first = portal.first_language();
    let href = |language: &Language| match portal.base_url.as_deref() {
        Some(base) => canonical(base, &context.target.path(&language_prefix(language, first))),
        None => context.links.to_language(context.target, language, first),
    };
    let mut alternates: Vec<_> = portal
        .languages
        .iter()
        .map(|language| Alternate { language: language.code().to_owned(), href: href(language) })
        .collect();
    alternates.push(Alternate { language: "x-default".to_owned(), href: href(first) });
    alternates
}

fn languages(context: &PageContext<'_>) -> Vec<Choice> {
    let portal = context.portal;
    if portal.languages.len() < 2 || context.target == Target::NotFound {
        return Vec::new();
    }
    portal
        .languages
        .iter()
        .map(|language| Choice {
            text: context.theme.labels(language).get("language.name").to_owned(),
            href: context.links.to_language(context.target, language, portal.first_language()),
            current: language == context.language,
            language: language.code().to_owned(),
        })
        .collect()
}

/// The same page in every edition; where an edition has no such page, its index.
fn editions(context: &PageContext<'_>) -> Vec<Choice> {
    if context.facts.editions.len() < 2 {
        return Vec::new();
    }
    let current = context.edition_year();
    context
        .facts
        .editions
        .iter()
        .rev()
        .map(|edition| {
            let year = edition.year;
            let same = match context.target {
                Target::Policy(_, id) | Target::Moved(_, id) => context.policy_in_edition(id, year),
                Target::Area(_, id) => {
                    let there = edition.areas.iter().any(|summary| {
                        context.portal.areas.get(summary.area).is_some_and(|area| area.id.as_ref() == id)
                    });
                    there.then_some(Target::Area(year, id))
                }
                Target::Book(..) => Some(Target::Book(year, None)),
                Target::Data(_) => Some(Target::Data(year)),
                Target::Revisions(_) => has_errata(context.portal, edition).then_some(Target::Revisions(year)),
                Target::Recommendations(_) => {
                    has_recommendations(context.portal, edition).then_some(Target::Recommendations(year))
                }
                Target::Search(_) => Some(Target::Search(year)),
                Target::Compare(_) => Some(Target::Compare(year)),
                Target::Changes(_) => context.has_edition_before(year).then_some(Target::Changes(year)),
                _ => None,
            };
            Choice {
                text: context.printer().short_year(year),
                href: context.links.to(same.unwrap_or(Target::Edition(year))),
                current: year == current,
                language: context.language.code().to_owned(),
            }
        })
        .collect()
}

/// Every free page once, in this language where it is written in it.
fn free_pages(context: &PageContext<'_>) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let mut previous = None;
    for page in &context.portal.pages {
        if previous == Some(page.name.as_ref()) {
            continue;
        }
        previous = Some(page.name.as_ref());
        let shown = super::simple::in_language(context, &page.name).unwrap_or(page);
        links.push(Link {
            text: Html::escape(&markdown::plain(&shown.title)),
            href: context.links.to(Target::FreePage(&page.name)),
        });
    }
    links
}

fn foot(context: &PageContext<'_>, maturity: Maturity) -> Foot {
    let portal = context.portal;
    let prose = context.prose("portal.yaml");
    let contact = portal.contact.as_ref();
    let edition = portal.edition(context.edition_year());
    let owned = |text: Option<&Box<str>>| text.map(|text| text.to_string());
    let year = context.printer().year(context.edition_year());
    let phone = contact.and_then(|contact| contact.phone.as_deref());
    let email = contact.and_then(|contact| contact.email.as_deref());
    let date = |iso: &str| Date { text: context.printer().date(iso), iso: iso.to_owned() };
    let label = edition.and_then(|edition| edition.label.as_ref()).map(|label| context.words(label));
    let edition_of_year = context.labels.fill("page.edition", &[("year", &year)]);
    let on_paper = match &label {
        // A sheet of paper has no index beside it that would tell the year.
        Some(label) if !label.as_str().contains(char::is_numeric) => format!("{year} {}", label.as_str()),
        Some(label) => label.as_str().to_owned(),
        None => edition_of_year.clone(),
    };
    let address = portal.base_url.as_deref().map(|base| canonical(base, &context.path));
    Foot {
        text: portal.footer.as_ref().map(|text| prose.block(text, 2, "foot")),
        theme_text: context.theme.footer().map(|text| prose.block(text, 2, "theme-foot")),
        department: contact.and_then(|contact| contact.department.as_ref()).map(|text| prose.inline(text)),
        phone: phone.map(str::to_owned),
        phone_href: phone.map(telephone),
        email: email.map(str::to_owned),
        email_href: email.map(|email| format!("mailto:{email}")),
        contact_href: owned(contact.and_then(|contact| contact.url.as_ref())),
        municipality_href: owned(portal.municipality.url.as_ref()),
        license: portal.license.as_ref().map(|license| license.name.to_string()),
        license_href: portal.license.as_ref().and_then(License::terms).map(str::to_owned),
        published: edition.and_then(|edition| edition.published.as_deref()).map(date),
        updated: edition.and_then(|edition| edition.updated.as_deref()).map(date),
        edition: label.unwrap_or_else(|| edition_of_year.into()),
        on_paper: css_string(
            &[foot_on_paper(context, &on_paper, maturity)].into_iter().chain(address).collect::<Vec<_>>(),
        ),
    }
}

/// `見本市　2024（令和6）年度版（2025年9月19日公表）`; a draft says that it is one in place of the day.
fn foot_on_paper(context: &PageContext<'_>, edition: &str, maturity: Maturity) -> String {
    let municipality = context.plain(&context.portal.municipality.name);
    let published = context.portal.edition(context.edition_year()).and_then(|edition| edition.published.as_deref());
    let date = published.map(|iso| context.printer().date(iso)).unwrap_or_default();
    let key = match maturity {
        Maturity::Draft(_) | Maturity::DraftsAmong => "page.on-paper-draft",
        Maturity::Public if date.is_empty() => "page.on-paper",
        Maturity::Public => "page.on-paper-published",
    };
    context.labels.fill(key, &[("municipality", &municipality), ("edition", edition), ("date", &date)])
}

/// Lines as a string of CSS (CSS Syntax Level 3, 4.3.5 and 4.3.7).
fn css_string(lines: &[String]) -> String {
    let mut string = String::with_capacity(lines.iter().map(|line| line.len() + 4).sum());
    string.push('"');
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            string.push_str("\\a ");
        }
        for character in line.chars() {
            match character {
                '"' | '\\' => string.extend(['\\', character]),
                control if control.is_control() => string.push(' '),
                plain => string.push(plain),
            }
        }
    }
    string.push('"');
    string
}

/// `tel:` of a printed number: digits and a leading plus.
fn telephone(printed: &str) -> String {
    let digits: String = printed
        .chars()
        .filter_map(|character| match character {
            '0'..='9' | '+' => Some(character),
            '０'..='９' => char::from_u32(character as u32 - 0xFEE0),
            _ => None,
        })
        .collect();
    format!("tel:{digits}")
}
