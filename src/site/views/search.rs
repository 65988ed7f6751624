//! The page that searches an edition, and what can be found there of policies and free pages.

use crate::facts::{self, EditionFacts};
use crate::markdown;
use crate::model::{FreePage, Language, PlainTexts, Sheet, Text};
use crate::site::inner_link::PAGE_HEADINGS;
use crate::site::route::Target;
use crate::site::views::area::area_name_plain;
use crate::site::views::context::PageContext;
use crate::site::views::page::{About, Page, edition_crumb, page, theme_asset};
use crate::site::views::simple::in_language;
use serde::{Serialize, Serializer};
use std::borrow::Cow;

#[derive(Debug, Serialize)]
pub struct SearchView {
    pub language: String,
    pub page: Page,
    pub year: String,
    /// The table of all policies: where to look without a script.
    pub table: String,
    /// Searches while words are typed.
    pub script: Option<String>,
    /// Which index belongs to the page ([`crate::site::search::Index::mark`]).
    pub index: String,
}

/// What of a policy or a free page can be found, in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document<'s> {
    /// From the page that searches.
    pub href: String,
    /// The first is the name; in a policy with its number, area and departments, one a line.
    pub parts: Vec<Part<'s>>,
    /// What is said beside the name of a draft and of a fictional sheet.
    pub marks: Vec<String>,
}

/// What is found as one: an indicator, an achievement, a challenge with its approach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<'s> {
    pub section: Section,
    /// The id on its page; empty for the page itself.
    pub anchor: Cow<'s, str>,
    /// Without markup.
    pub text: String,
    /// Where it is not the page's.
    pub language: Option<String>,
}

impl Serialize for Part<'_> {
    /// As a list, of four where the text is in another language.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (section, anchor, text) = (self.section as usize, &self.anchor, &self.text);
        match &self.language {
            None => (section, anchor, text).serialize(serializer),
            Some(language) => (section, anchor, text, language).serialize(serializer),
        }
    }
}

/// Which part of its page something was found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Name,
    Vision,
    Indicator,
    Achievement,
    Challenge,
    Outlook,
    Project,
    Grade,
    Text,
}

impl Section {
    /// In the order of their numbers.
    pub const ALL: [Self; 9] = [
        Self::Name,
        Self::Vision,
        Self::Indicator,
        Self::Achievement,
        Self::Challenge,
        Self::Outlook,
        Self::Project,
        Self::Grade,
        Self::Text,
    ];

    /// The key of the section's word.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "search.name",
            Self::Vision => "policy.vision",
            Self::Indicator => "search.indicator",
            Self::Achievement => "policy.achievements",
            Self::Challenge => "policy.challenges",
            Self::Outlook => "policy.outlook",
            Self::Project => "policy.projects",
            Self::Grade => "grade.title",
            Self::Text => "search.text",
        }
    }
}

/// The page that searches an edition by the index with this mark.
pub fn search(context: &PageContext<'_>, edition: &EditionFacts, index: &str) -> SearchView {
    let year = edition.year;
    let short = context.printer().short_year(year);
    let about = About {
        title: context.labels.fill("search.title", &[("year", &short)]).into(),
        description: context.labels.fill("search.description", &[("year", &short)]),
        breadcrumbs: vec![edition_crumb(context)],
        maturity: context.maturity_of(edition.policies.iter()),
    };
    SearchView {
        language: context.language.code().to_owned(),
        page: page(context, about),
        year: context.printer().year(year),
        table: context.links.to_anchor(Target::Edition(year), "policies"),
        script: theme_asset(context, "search.js"),
        index: index.to_owned(),
    }
}

/// What can be found of a sheet.
pub fn found_in_policy<'s>(context: &PageContext<'_>, sheet: &'s Sheet) -> Document<'s> {
    let mut found = Gathered { context, parts: Vec::new() };
    let area = context.portal.areas.get(sheet.area).map(|area| area_name_plain(context, area).into_string());
    found.name(sheet, area.unwrap_or_default());
    sheet.vision.iter().for_each(|text| found.part(Section::Vision, "section_vision", [text]));
    for (section, anchor, texts) in sheet.plain.as_deref().into_iter().flat_map(plain_texts) {
        let shown = texts.into_iter().filter(|text| text.speaks(context.language, context.portal.first_language()));
        shown.for_each(|text| found.part(section, anchor, [text]));
    }
    for indicator in &sheet.indicators {
        let components = indicator.components.iter().map(|component| &component.name);
        let texts = [&indicator.name].into_iter().chain(components).chain(indicator.description.as_deref());
        found.part(Section::Indicator, &indicator.id, texts);
    }
    for text in &sheet.achievements {
        found.part(Section::Achievement, "section_achievements", [text]);
    }
    for text in sheet.answers.iter().filter_map(|answer| answer.text.as_ref()) {
        found.part(Section::Challenge, "section_answers", [text]);
    }
    for pair in &sheet.challenges {
        let texts = [&pair.challenge].into_iter().chain(&pair.approach);
        found.part(Section::Challenge, "section_challenges", texts);
    }
    for of in facts::recommendations_for(context.portal, sheet) {
        let said = of.answers.iter().filter_map(|answer| answer.response.text.as_ref());
        let texts = [&of.recommendation.source, &of.recommendation.text].into_iter().chain(said);
        found.part(Section::Text, "section_recommendations", texts);
    }
    sheet.outlook.iter().for_each(|text| found.part(Section::Outlook, "section_outlook", [text]));
    found.part(Section::Project, "section_projects", sheet.projects.iter().map(|project| &project.name));
    sheet.grades.iter().filter_map(|grade| grade.comment.as_ref()).for_each(|text| {
        found.part(Section::Grade, "", [text]);
    });
    let draft = context.portal.withheld(sheet).is_some().then_some("page.draft-mark");
    let sample = sheet.sample.then_some("page.sample-mark");
    let marks = draft.into_iter().chain(sample).map(|key| context.word(key).to_owned()).collect();
    Document { href: context.links.to(Target::Policy(sheet.year, &sheet.policy)), parts: found.parts, marks }
}

/// The plain texts of a sheet with the sections that they stand in.
fn plain_texts(plain: &PlainTexts) -> [(Section, &'static str, Vec<&Text>); 4] {
    let PlainTexts { vision, achievements, challenges, outlook } = plain;
    [
        (Section::Vision, "section_vision", vision.iter().collect()),
        (Section::Achievement, "section_achievements", achievements.iter().collect()),
        (Section::Challenge, "section_challenges", challenges.iter().collect()),
        (Section::Outlook, "section_outlook", outlook.iter().collect()),
    ]
}

/// What can be found of the free page `name`, heading by heading.
pub fn found_in_page(context: &PageContext<'_>, name: &str) -> Option<Document<'static>> {
    let shown = in_language(context, name)?;
    let language = shown.language.as_ref().unwrap_or(context.portal.first_language());
    let language = (language != context.language).then(|| language.code().to_owned());
    let part = |section, anchor: &str, source: &str| Part {
        section,
        anchor: Cow::Owned(anchor.to_owned()),
        text: markdown::plain(source),
        language: language.clone(),
    };
    let mut parts = vec![Part { text: markdown::plain(&shown.title), ..part(Section::Name, "", "") }];
    parts.extend(under_headings(shown).iter().map(|(id, source)| part(Section::Text, id, source)));
    parts.retain(|part| !part.text.is_empty());
    Some(Document { href: context.links.to(Target::FreePage(&shown.name)), parts, marks: Vec::new() })
}

/// The text of a free page in pieces that begin with a heading, with the heading's id. Where the pieces and the
/// headings are not the same in number (a line of code that looks like one), the text is one piece.
fn under_headings(page: &FreePage) -> Vec<(String, String)> {
    let mut ids = vec![String::new()];
    ids.extend(markdown::heading_ids(&page.body, PAGE_HEADINGS).into_iter().map(|heading| heading.id));
    let mut pieces = vec![String::new()];
    for line in page.body.lines() {
        let marks = line.bytes().take_while(|byte| *byte == b'#').count();
        if (1..=6).contains(&marks) && line.as_bytes().get(marks).is_none_or(|byte| *byte == b' ') {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push_str(line);
            piece.push('\n');
        }
    }
    match ids.len() == pieces.len() {
        true => ids.into_iter().zip(pieces).collect(),
        false => vec![(String::new(), page.body.to_string())],
    }
}

/// The parts of a document as they are told.
struct Gathered<'a, 'c, 's> {
    context: &'a PageContext<'c>,
    parts: Vec<Part<'s>>,
}

impl<'s> Gathered<'_, '_, 's> {
    /// Number and name, area, departments: a line each.
    fn name(&mut self, sheet: &Sheet, area: String) {
        let mut text = sheet.number.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
        text.push_str(&one_line(&self.context.plain(&sheet.name)));
        text.push('\n');
        text.push_str(&one_line(&area));
        for department in &sheet.departments {
            text.push('\n');
            text.push_str(&one_line(&self.context.plain(department)));
        }
        let language = self.foreign(&sheet.name);
        self.parts.push(Part { section: Section::Name, anchor: Cow::Borrowed(""), text, language });
    }

    /// Texts that are found as one; nothing where there are none.
    fn part<'t>(&mut self, section: Section, anchor: &'s str, texts: impl IntoIterator<Item = &'t Text>) {
        let mut language = None;
        let mut text = String::new();
        for (index, of) in texts.into_iter().enumerate() {
            let plain = self.context.plain(of);
            if index == 0 {
                (text, language) = (plain, self.foreign(of));
            } else {
                text.push('\n');
                text.push_str(&plain);
            }
        }
        if !text.is_empty() {
            self.parts.push(Part { section, anchor: Cow::Borrowed(anchor), text, language });
        }
    }

    fn foreign(&self, text: &Text) -> Option<String> {
        let language: &Language = self.context.language_of(text);
        (language != self.context.language).then(|| language.code().to_owned())
    }
}

fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}
