//! The page of a policy: its sheet.

use crate::facts::{self, CorrectedLater, EditionFacts, PolicyFacts, PolicySummary, Revised, earlier};
use crate::model::{Challenge, FigureField, FigureId, FiscalYear, Grade, Sheet, Text, Voice};
use crate::site::route::Target;
use crate::site::views::area::{area_crumbs, area_name};
use crate::site::views::context::PageContext;
use crate::site::views::events::LegendView;
use crate::site::views::expenditure::ExpenditureView;
use crate::site::views::figures::{Note, Notes};
use crate::site::views::indicator::IndicatorView;
use crate::site::views::lineage::YearChoice;
use crate::site::views::marks::{Badge, Count};
use crate::site::views::over_years::{MOST_EARLIER, OverYears};
use crate::site::views::page::{About, Link, Page, edition_crumb, page, theme_asset};
use crate::site::views::plain::PlainView;
use crate::site::views::projects::ProjectsView;
use crate::site::views::recommendations::RecommendationView;
use crate::site::views::revisions::{ComparedView, CorrectedView, RevisionView};
use crate::site::views::thread::{AnswerView, ChainView, OutlookView};
use crate::site::views::workings::Formula;
use crate::theme::{Html, Words};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct PolicyView {
    pub language: String,
    pub page: Page,
    /// Of the sheet as a whole, where it stands among others.
    pub id: String,
    /// `2024/industry`: where the addresses on this page begin.
    pub address: String,
    pub number: Option<String>,
    pub name: Html,
    pub area: Link,
    pub departments: Vec<Html>,
    /// Where it is new.
    pub new_since: Option<Html>,
    /// Where it came from, where it went, whether it has ended.
    pub lineage: Vec<Html>,
    pub year: String,
    pub sample: bool,
    /// Where neither its name nor its vision is written in the page's language.
    pub fallback: Option<Html>,
    /// 案: of a sheet that is not for the public yet.
    pub draft: Option<String>,
    pub grades: Vec<GradeView>,
    pub outlook: Option<Addressed>,
    /// 継続 → 拡充: over the years, where an earlier sheet says one.
    pub outlooks: Option<Vec<OutlookView>>,
    pub plain: Option<PlainView>,
    /// Of a frozen edition.
    pub compared: Option<ComparedView>,
    /// What this sheet revises of figures that earlier editions published.
    pub restated: Vec<RevisionView>,
    /// What later sheets revise of this edition's.
    pub corrected: Vec<CorrectedView>,
    /// The list of errata of the edition, where anything of this page stands in it, or could.
    pub errata: Option<String>,
    pub counts: Vec<Count>,
    /// The lower median of what could be judged.
    pub median: Option<Badge>,
    pub vision: Option<Addressed>,
    pub indicators: Vec<IndicatorView>,
    pub legend: LegendView,
    /// What the methods compute that stand in the workings of indicators.
    pub formulas: Vec<Formula>,
    pub achievements: Vec<Addressed>,
    pub answers: Vec<AnswerView>,
    pub challenges: Vec<ChallengeView>,
    pub recommendations: Vec<RecommendationView>,
    pub projects: Option<ProjectsView>,
    pub expenditure: Option<ExpenditureView>,
    /// How it stood in the editions before.
    pub over_years: Option<OverYears>,
    pub attachments: Vec<Link>,
    pub source: Option<Addressed>,
    pub notes: Vec<Addressed>,
    /// Notes of amounts of projects.
    pub project_notes: Vec<Note>,
    /// This sheet's sections, for a table of contents.
    pub sections: Vec<Link>,
    pub downloads: Vec<Link>,
    pub previous: Option<Link>,
    pub next: Option<Link>,
    /// The sheets of this policy in all years, and of those before and after it; empty where there is only one.
    pub years: Vec<YearChoice>,
    /// Tells the figures of charts and saves them.
    pub script: Option<String>,
}

/// A text of the sheet with its structural address.
#[derive(Debug, Serialize)]
pub struct Addressed {
    pub html: Html,
    pub address: String,
}

#[derive(Debug, Serialize)]
pub struct GradeView {
    /// 自己評価.
    pub by: Html,
    pub grade: Option<String>,
    /// What the city's legend says about it.
    pub label: Option<Html>,
    /// Where another one was published: 公表時 B.
    pub was: Option<Words>,
    /// Where it is of another year than the sheet's.
    pub year: Option<String>,
    pub comment: Option<Html>,
}

#[derive(Debug, Serialize)]
pub struct ChallengeView {
    pub challenge: Html,
    pub approach: Option<Html>,
    /// Where the year before names it, too.
    pub chain: Option<ChainView>,
    pub address: String,
}

/// The sheet that indicators are shown of, in an edition, with what that revised.
#[derive(Clone, Copy, Debug)]
pub(super) struct SheetOf<'a> {
    pub sheet: &'a Sheet,
    pub edition: FiscalYear,
    pub revised: &'a [Revised<'a>],
    /// What later sheets revise of it.
    pub corrected: &'a [CorrectedLater<'a>],
}

/// The page of the policy at `position` in the edition's list; `facts` are its own in this edition.
pub fn policy(
    context: &PageContext<'_>,
    edition: &EditionFacts,
    position: usize,
    facts: &PolicyFacts<'_>,
) -> PolicyView {
    let sheet = facts.sheet;
    let prose = context.prose(&sheet.path);
    let mut notes = Notes::default();
    let policy = context.portal.policy(&sheet.policy);
    let compared = policy.and_then(|policy| facts::compared(context.portal, policy, edition.year));
    let restated = policy.map(|policy| facts::restated(context.portal, policy, edition.year)).unwrap_or_default();
    let own = compared.as_ref().map_or(&[][..], |compared| &compared.revised);
    // Few sheets revise anything; one that revises what earlier editions published shows both.
    let both: Vec<Revised<'_>>;
    let revised = match restated.as_slice() {
        [] => own,
        restated => {
            both = own.iter().chain(restated).cloned().collect();
            &both
        }
    };
    let corrected = policy.map(|policy| facts::corrected_later(context.portal, policy, edition.year));
    let corrected = corrected.unwrap_or_default();
    let shown = SheetOf { sheet, edition: edition.year, revised, corrected: &corrected };
    let indicators: Vec<_> = facts.indicators.iter().map(|of| context.indicator(shown, of, &mut notes)).collect();
    let projects = context.projects(shown, &mut notes);
    let project_notes = notes.take();
    let summary = edition.policies.get(position);
    let settled = summary.and_then(|summary| summary.settled);
    let expenditure = context.expenditure(shown, &facts.expenditure, settled, &mut notes);
    // A book has the sheets of its edition alone.
    let policy = context.portal.policy(&sheet.policy).filter(|_| matches!(context.target, Target::Policy(..)));
    let earlier = policy.map(|policy| earlier(context.portal, policy, facts.year, MOST_EARLIER)).unwrap_or_default();
    let addressed = |text: &Text, part: &str| Addressed {
        html: prose.block(text, 3, &part.replace('/', "_")),
        address: address(sheet, part),
    };
    let neighbour = |at: Option<usize>| at.and_then(|at| edition.policies.get(at)).map(|of| context.numbered_link(of));
    let mut view = PolicyView {
        language: context.language.code().to_owned(),
        page: page(context, about(context, sheet)),
        id: context.sheet_id(&sheet.policy),
        address: format!("{}/{}", sheet.year, sheet.policy),
        number: sheet.number.as_deref().map(str::to_owned),
        name: prose.inline(&sheet.name),
        area: context.area_link(sheet.area),
        departments: sheet.departments.iter().map(|text| prose.inline(text)).collect(),
        new_since: context.new_since(sheet),
        lineage: context.lineage(sheet),
        year: context.printer().year(facts.year),
        sample: sheet.sample,
        fallback: fallback(context, sheet),
        draft: context.draft_mark(sheet),
        grades: sheet.grades.iter().zip(1..).map(|(grade, number)| context.grade(shown, grade, number)).collect(),
        outlook: sheet.outlook.as_ref().map(|text| addressed(text, "outlook")),
        outlooks: context.outlook_chain(sheet),
        plain: context.plain_view(sheet),
        compared: context.compared_policy(sheet, compared.as_ref()),
        restated: restated.iter().map(|of| context.revision(sheet, edition.year, of)).collect(),
        corrected: corrected.iter().map(|of| context.corrected(sheet, of)).collect(),
        errata: (compared.is_some() || !restated.is_empty() || !corrected.is_empty())
            .then(|| context.links.to(Target::Revisions(edition.year))),
        counts: context.counts(&facts.counts),
        median: facts.median.map(|median| context.badge(median)),
        vision: sheet.vision.as_ref().map(|text| addressed(text, "vision")),
        indicators,
        legend: LegendView::of(&facts.indicators, revised),
        formulas: context.formulas(&facts.indicators),
        achievements: numbered(&sheet.achievements, "achievements")
            .map(|(text, part)| addressed(text, &part))
            .collect(),
        answers: context.answers(sheet),
        challenges: sheet.challenges.iter().zip(1..).map(|(of, number)| context.challenge(sheet, of, number)).collect(),
        recommendations: context.recommendations_for(sheet),
        projects,
        expenditure,
        over_years: context.over_years(facts, &earlier, settled),
        attachments: attachments(context, sheet),
        source: sheet.source.as_ref().map(|text| addressed(text, "source")),
        notes: numbered(&sheet.notes, "notes").map(|(text, part)| addressed(text, &part)).collect(),
        project_notes,
        sections: Vec::new(),
        downloads: downloads(context, facts.year),
        previous: neighbour(position.checked_sub(1)),
        next: neighbour(position.checked_add(1)),
        years: context.years_of(sheet),
        script: theme_asset(context, "charts.js"),
    };
    view.sections = sections(context, &view);
    view
}

fn about(context: &PageContext<'_>, sheet: &Sheet) -> About {
    let name = context.plain(&sheet.name);
    let year = context.printer().short_year(sheet.year);
    let title = context.labels.fill_words("policy.title", &[("name", &context.words(&sheet.name)), ("year", &year)]);
    let maturity = context.maturity(sheet);
    let description = match &sheet.vision {
        Some(vision) => context.plain(vision),
        None => context.labels.fill("policy.description", &[("name", &name), ("year", &year)]),
    };
    let mut breadcrumbs = vec![edition_crumb(context)];
    breadcrumbs.extend(area_crumbs(context, sheet.area));
    About { title, description, breadcrumbs, maturity }
}

pub(super) fn address(sheet: &Sheet, part: &str) -> String {
    format!("{}/{}#{part}", sheet.year, sheet.policy)
}

/// Texts of a list with the part of the address that names each: `achievements/1`.
fn numbered<'t>(texts: &'t [Text], name: &'t str) -> impl Iterator<Item = (&'t Text, String)> {
    texts.iter().zip(1usize..).map(move |(text, number)| (text, format!("{name}/{number}")))
}

fn attachments(context: &PageContext<'_>, sheet: &Sheet) -> Vec<Link> {
    sheet
        .attachments
        .iter()
        .map(|attachment| {
            let file = attachment.file.strip_prefix("assets/").unwrap_or(&attachment.file);
            let text = context.prose(&sheet.path).inline(&attachment.title);
            Link { text, href: context.links.to(Target::ContentAsset(file)) }
        })
        .collect()
}

fn downloads(context: &PageContext<'_>, year: FiscalYear) -> Vec<Link> {
    [
        ("policy.download-observations", "observations.csv"),
        ("policy.download-judgements", "judgements.csv"),
        ("policy.download-json", "portal.json"),
    ]
    .into_iter()
    .map(|(key, file)| Link {
        text: Html::escape(context.word(key)),
        href: context.links.to(Target::DataFile(year, file)),
    })
    .collect()
}

fn fallback(context: &PageContext<'_>, sheet: &Sheet) -> Option<Html> {
    let speaks = |text: &Text| context.language_of(text) == context.language;
    let translated = speaks(&sheet.name) || sheet.vision.as_ref().is_some_and(speaks);
    if translated { None } else { context.fallback(context.language_of(&sheet.name)) }
}

/// The sections that this sheet has.
fn sections(context: &PageContext<'_>, view: &PolicyView) -> Vec<Link> {
    let plain = |of: fn(&PlainView) -> bool| view.plain.as_ref().is_some_and(of);
    [
        ("policy.vision", "#section_vision", view.vision.is_some() || plain(|of| of.vision.is_some())),
        ("policy.indicators", "#section_indicators", !view.indicators.is_empty()),
        (
            "policy.achievements",
            "#section_achievements",
            !view.achievements.is_empty() || plain(|of| !of.achievements.is_empty()),
        ),
        ("answer.title", "#section_answers", !view.answers.is_empty()),
        (
            "policy.challenges",
            "#section_challenges",
            !view.challenges.is_empty() || plain(|of| !of.challenges.is_empty()),
        ),
        ("recommendation.title", "#section_recommendations", !view.recommendations.is_empty()),
        ("policy.projects", "#section_projects", view.projects.is_some()),
        ("policy.expenditure", "#section_expenditure", view.expenditure.is_some()),
        ("years.title", "#section_years", view.over_years.is_some()),
        ("revisions.on-page", "#section_revisions", view.errata.is_some()),
        ("policy.sources", "#section_sources", true),
    ]
    .into_iter()
    .filter(|(_, _, there)| *there)
    .map(|(key, href, _)| Link { text: Html::escape(context.word(key)), href: href.to_owned() })
    .collect()
}

impl PageContext<'_> {
    /// A policy as a link with its number before its name.
    fn numbered_link(&self, summary: &PolicySummary) -> Link {
        let mut link = self.policy_link(&summary.sheet);
        if let Some(number) = &summary.sheet.number {
            link.text = Html::new(&format!("{} {}", Html::escape(number).as_str(), link.text.as_str()));
        }
        link
    }

    pub(super) fn area_link(&self, index: usize) -> Link {
        match self.portal.areas.get(index) {
            Some(area) => {
                Link { text: area_name(self, area), href: self.links.to(Target::Area(self.edition_year(), &area.id)) }
            }
            None => Link { text: Html::default(), href: self.links.to(Target::Edition(self.edition_year())) },
        }
    }

    fn grade(&self, of: SheetOf<'_>, grade: &Grade, number: usize) -> GradeView {
        let sheet = of.sheet;
        let id = || FigureId {
            indicator: "".into(),
            component: grade.by.name().into(),
            field: FigureField::Grade,
            year: Some(grade.year.unwrap_or(sheet.year)),
        };
        let prose = self.prose(&sheet.path);
        let by = match &grade.by {
            Voice::SelfGrade => Html::escape(self.word("grade.self")),
            Voice::Second => Html::escape(self.word("grade.second")),
            Voice::External => Html::escape(self.word("grade.external")),
            Voice::Other(name) => self.words_in(self.portal.first_language(), name),
        };
        let legend = grade.grade.as_ref().and_then(|id| self.portal.grades.iter().find(|legend| legend.id == *id));
        GradeView {
            by,
            grade: grade.grade.as_deref().map(str::to_owned),
            label: legend.map(|legend| self.prose("portal.yaml").inline(&legend.label)),
            was: (!of.revised.is_empty()).then(|| self.was(of.revised, &id())).flatten(),
            year: grade.year.filter(|year| *year != sheet.year).map(|year| self.printer().short_year(year)),
            comment: grade.comment.as_ref().map(|comment| prose.block(comment, 3, &format!("grade_{number}"))),
        }
    }

    fn challenge(&self, sheet: &Sheet, challenge: &Challenge, number: usize) -> ChallengeView {
        let prose = self.prose(&sheet.path);
        ChallengeView {
            challenge: prose.block(&challenge.challenge, 3, &format!("challenge_{number}")),
            approach: challenge.approach.as_ref().map(|text| prose.block(text, 3, &format!("approach_{number}"))),
            chain: challenge.id.as_deref().and_then(|id| self.chain(sheet, id)),
            address: address(sheet, &format!("challenges/{number}")),
        }
    }
}
