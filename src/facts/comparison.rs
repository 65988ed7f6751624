//! What differs between two editions: of one portal from year to year, or of the same year in two states of a portal.

mod figures;

use self::figures::Extent;
use super::particulars;
use super::passage::{Passage, PolicyChange, passage};
use crate::model::{
    FigureId, FiscalYear, Indicator, Policy, Portal, PublicationStatus, PublishedFigure, Recommendation, Share, Sheet,
    Text,
};
use std::collections::BTreeSet;

/// An edition of a portal.
#[derive(Clone, Copy, Debug)]
pub struct EditionOf<'a> {
    pub portal: &'a Portal,
    pub year: FiscalYear,
}

/// A policy that is not the same in both editions.
#[derive(Clone, Debug)]
pub struct PolicyDifference<'a> {
    pub policy: &'a str,
    /// `None` where the earlier edition has no such policy; the other way round it ended, or was left out.
    pub before: Option<&'a Sheet>,
    pub after: Option<&'a Sheet>,
    /// Policies of the earlier edition, of other ids, that it took over; not where it only goes on under another id:
    /// then that is `before`.
    pub from: Vec<&'a Sheet>,
    /// Policies of the later edition that took it over.
    pub into: Vec<&'a Sheet>,
    /// How much of it they took over, as far as is known.
    pub share: Share,
    pub indicators: Vec<IndicatorDifference<'a>>,
    /// Of indicators that both have, and of the policy itself.
    pub figures: Vec<FigureDifference>,
    /// Where the words are others.
    pub texts: Vec<TextSection>,
}

/// An indicator that is in one edition alone, or has another name, or has ended.
#[derive(Clone, Copy, Debug)]
pub struct IndicatorDifference<'a> {
    pub id: &'a str,
    pub before: Option<&'a Indicator>,
    pub after: Option<&'a Indicator>,
}

/// A figure that is another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureDifference {
    /// As the later edition has it, if it has it.
    pub id: FigureId,
    pub compared: FigureCompared,
    pub before: Option<PublishedFigure>,
    pub after: Option<PublishedFigure>,
}

/// What a figure is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FigureCompared {
    /// The figure of the edition's own year, with that of the other's.
    OfItsYear,
    /// The same figure, of the same year: it was changed.
    Same,
}

/// A part of a sheet that is written in words, or says what its figures are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextSection {
    Vision,
    Achievements,
    /// To the challenges of the year before.
    Answers,
    Challenges,
    Approaches,
    Outlook,
    GradeComments,
    Projects,
    Notes,
    Plain,
    /// How far answered challenges are.
    AnswerStates,
    Recommendations,
    TargetChanges,
    Breaks,
    Units,
    /// Whether figures are provisional, and their notes.
    Statuses,
    Departments,
    Area,
}

impl TextSection {
    /// The stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Vision => "vision",
            Self::Achievements => "achievements",
            Self::Answers => "answers",
            Self::Challenges => "challenges",
            Self::Approaches => "approaches",
            Self::Outlook => "outlook",
            Self::GradeComments => "grade-comments",
            Self::Projects => "projects",
            Self::Notes => "notes",
            Self::Plain => "plain",
            Self::AnswerStates => "answer-states",
            Self::Recommendations => "recommendations",
            Self::TargetChanges => "target-changes",
            Self::Breaks => "breaks",
            Self::Units => "units",
            Self::Statuses => "statuses",
            Self::Departments => "departments",
            Self::Area => "area",
        }
    }
}

impl<'a> PolicyDifference<'a> {
    /// What became of the policy as a whole; `None` where it is the same one. `before` is the portal of the earlier edition.
    pub fn change(&self, before: &'a Portal) -> Option<PolicyChange<'a>> {
        match (self.before, self.after) {
            (None, _) => Some(match self.from.len() {
                0 => PolicyChange::New,
                1 => PolicyChange::SplitFrom,
                _ => PolicyChange::Merged,
            }),
            (Some(sheet), None) => Some(match (self.into.len(), before.end_of(sheet)) {
                (0, Some(end)) => PolicyChange::Ended(end),
                (0, None) => PolicyChange::Gone,
                (_, _) if self.share == Share::Part => PolicyChange::PartInto,
                (1, _) => PolicyChange::MergedInto,
                _ => PolicyChange::SplitInto,
            }),
            (Some(before), Some(after)) if before.policy != after.policy => Some(PolicyChange::Succeeds),
            (Some(_), Some(_)) if !self.from.is_empty() => Some(PolicyChange::Merged),
            (Some(_), Some(_)) => self.is_renamed().then_some(PolicyChange::Renamed),
        }
    }

    /// Whether it has another name.
    pub fn is_renamed(&self) -> bool {
        matches!((self.before, self.after), (Some(before), Some(after)) if !same_words(&before.name, &after.name))
    }

    /// Whether a figure is one of the year's own that a draft has not got yet.
    pub fn is_unfilled(&self, figure: &FigureDifference) -> bool {
        figure.compared == FigureCompared::OfItsYear
            && figure.after.is_none()
            && self.after.is_some_and(|sheet| sheet.status == PublicationStatus::Draft)
    }
}

impl IndicatorDifference<'_> {
    /// Whether it has another name.
    pub fn is_renamed(&self) -> bool {
        matches!((self.before, self.after), (Some(before), Some(after)) if !same_words(&before.name, &after.name))
    }

    /// Whether the later edition says that it has ended, and the earlier one did not.
    pub fn has_ended(&self) -> bool {
        matches!((self.before, self.after), (Some(before), Some(after)) if before.ended.is_none() && after.ended.is_some())
    }
}

/// The policies that differ, in the order of ids.
pub fn differences<'a>(before: EditionOf<'a>, after: EditionOf<'a>) -> Vec<PolicyDifference<'a>> {
    let ids: BTreeSet<&str> =
        before.portal.policies.iter().chain(&after.portal.policies).map(|policy| policy.id.as_ref()).collect();
    ids.into_iter().filter_map(|id| difference(id, before, after)).collect()
}

/// How a policy differs; `None` where it does not, or where neither edition has it.
pub fn difference<'a>(id: &'a str, before: EditionOf<'a>, after: EditionOf<'a>) -> Option<PolicyDifference<'a>> {
    compared(id, before, after, Extent::Whole)
}

/// [`difference()`] for tables of many policies: without the verdicts of series that both editions have, which summaries
/// tell ([`changed_verdicts`](super::changed_verdicts)), and without the rates of the editions' own years, which follow
/// from the actuals.
pub fn difference_in_short<'a>(
    id: &'a str,
    before: EditionOf<'a>,
    after: EditionOf<'a>,
) -> Option<PolicyDifference<'a>> {
    compared(id, before, after, Extent::Short)
}

fn compared<'a>(
    id: &'a str,
    before: EditionOf<'a>,
    after: EditionOf<'a>,
    extent: Extent,
) -> Option<PolicyDifference<'a>> {
    let of = |edition: EditionOf<'a>| {
        let policy: &'a Policy = edition.portal.policy(id)?;
        let sheet: &Sheet = policy.sheet(edition.year)?;
        Some((policy, sheet))
    };
    let (mut earlier, later) = (of(before), of(after));
    let Passage { renamed_from, from, into, share, told_elsewhere } = passage(before, after, (earlier, later));
    if told_elsewhere {
        return None;
    }
    earlier = earlier.or(renamed_from);
    let mut difference = PolicyDifference {
        policy: id,
        before: earlier.map(|(_, sheet)| sheet),
        after: later.map(|(_, sheet)| sheet),
        from,
        into,
        share,
        indicators: Vec::new(),
        figures: Vec::new(),
        texts: Vec::new(),
    };
    let ((earlier, sheet_before), (later, sheet_after)) = match (earlier, later) {
        (Some(earlier), Some(later)) => (earlier, later),
        (None, None) => return None,
        _ => return Some(difference),
    };
    difference.indicators = indicators(sheet_before, sheet_after);
    difference.figures = figures::differing((earlier, sheet_before, before), (later, sheet_after, after), extent);
    difference.texts = texts(sheet_before, sheet_after);
    difference.texts.extend(otherwise((before.portal, sheet_before), (after.portal, sheet_after)));
    let differs = difference.is_renamed()
        || sheet_before.policy != sheet_after.policy
        || !difference.from.is_empty()
        || !(difference.indicators.is_empty() && difference.figures.is_empty() && difference.texts.is_empty());
    differs.then_some(difference)
}

fn indicators<'a>(before: &'a Sheet, after: &'a Sheet) -> Vec<IndicatorDifference<'a>> {
    let own = |of: &'a Indicator| IndicatorDifference { id: &of.id, before: before.indicator(&of.id), after: Some(of) };
    let gone = before.indicators.iter().filter(|of| after.indicator(&of.id).is_none());
    let gone = gone.map(|of| IndicatorDifference { id: &of.id, before: Some(of), after: None });
    let differs = |of: &IndicatorDifference<'_>| of.before.is_none() || of.is_renamed() || of.has_ended();
    after.indicators.iter().map(own).filter(differs).chain(gone).collect()
}

fn texts(before: &Sheet, after: &Sheet) -> Vec<TextSection> {
    let differ = |a: &[&Text], b: &[&Text]| a.len() != b.len() || a.iter().zip(b).any(|(a, b)| !same_words(a, b));
    let pairs = sections(before).into_iter().zip(sections(after));
    pairs.filter(|((_, before), (_, after))| differ(before, after)).map(|((section, _), _)| section).collect()
}

/// What is said otherwise beside running text, of the policy and of indicators that both sheets have. Of two years,
/// answers and the state of figures are about other things.
fn otherwise(before: (&Portal, &Sheet), after: (&Portal, &Sheet)) -> Vec<TextSection> {
    let recommendations =
        |sheet: &Sheet| -> Vec<String> { sheet.recommendations.iter().map(particulars::recommendation).collect() };
    let differs = |of: fn(&Indicator) -> Vec<String>| {
        let mut pairs = before.1.indicators.iter().filter_map(|own| Some((own, after.1.indicator(&own.id)?)));
        pairs.any(|(before, after)| of(before) != of(after))
    };
    let same_year = before.1.year == after.1.year;
    let answers = || particulars::answer_states(before.1) != particulars::answer_states(after.1);
    let area = |(portal, sheet): (&Portal, &Sheet)| particulars::area(portal, sheet);
    let found = [
        (TextSection::AnswerStates, same_year && answers()),
        (TextSection::Recommendations, recommendations(before.1) != recommendations(after.1)),
        (TextSection::TargetChanges, differs(particulars::target_changes)),
        (TextSection::Breaks, differs(particulars::breaks)),
        (TextSection::Units, differs(particulars::units)),
        (TextSection::Statuses, same_year && differs(particulars::statuses)),
        (TextSection::Departments, particulars::departments(before.1) != particulars::departments(after.1)),
        (TextSection::Area, area(before) != area(after)),
    ];
    found.into_iter().filter_map(|(section, differs)| differs.then_some(section)).collect()
}

/// The recommendations of portal.yaml that one of two portals has alone, or otherwise than the other; as the later has
/// them.
pub fn recommendations_otherwise<'a>(before: &'a Portal, after: &'a Portal) -> Vec<&'a Recommendation> {
    let first = after.first_language();
    let said = |portal: &Portal| -> BTreeSet<String> {
        portal.recommendations.iter().map(particulars::recommendation).collect()
    };
    let (was, is) = (said(before), said(after));
    let changed = after.recommendations.iter().filter(|of| !was.contains(&particulars::recommendation(of)));
    let is_in_after = |of: &Recommendation| after.recommendations.iter().any(|other| other.is_same(of, first));
    let gone = before.recommendations.iter().filter(|of| !is.contains(&particulars::recommendation(of)));
    changed.chain(gone.filter(|of| !is_in_after(of))).collect()
}

fn sections(sheet: &Sheet) -> Vec<(TextSection, Vec<&Text>)> {
    let plain = sheet.plain.iter();
    let plain = plain.flat_map(|of| of.vision.iter().chain(&of.achievements).chain(&of.challenges).chain(&of.outlook));
    vec![
        (TextSection::Vision, sheet.vision.iter().collect()),
        (TextSection::Achievements, sheet.achievements.iter().collect()),
        (TextSection::Answers, sheet.answers.iter().filter_map(|answer| answer.text.as_ref()).collect()),
        (TextSection::Challenges, sheet.challenges.iter().map(|of| &of.challenge).collect()),
        (TextSection::Approaches, sheet.challenges.iter().filter_map(|of| of.approach.as_ref()).collect()),
        (TextSection::Outlook, sheet.outlook.iter().collect()),
        (TextSection::GradeComments, sheet.grades.iter().filter_map(|grade| grade.comment.as_ref()).collect()),
        (TextSection::Projects, sheet.projects.iter().map(|project| &project.name).collect()),
        (TextSection::Notes, sheet.notes.iter().collect()),
        (TextSection::Plain, plain.collect()),
    ]
}

/// Whether two texts say the same; spacing says nothing.
fn same_words(a: &Text, b: &Text) -> bool {
    fn versions(text: &Text) -> Vec<(Option<&crate::model::Language>, &str)> {
        match text {
            Text::One(text) => vec![(None, text)],
            Text::Many(texts) => texts.iter().map(|(language, text)| (Some(language), text.as_ref())).collect(),
        }
    }
    let (a, b) = (versions(a), versions(b));
    a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| a.0 == b.0 && a.1.split_whitespace().eq(b.1.split_whitespace()))
}
