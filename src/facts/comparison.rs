//! What differs between two editions: of one portal from year to year, or of the same year in two states of a portal.

use super::passage::{Passage, PolicyChange, passage};
use super::printed::{Printed, printed_money, printed_of};
use super::published::{Stated, published};
use super::series::History;
use crate::model::{FigureField, FigureId, FiscalYear, Indicator, Policy, Portal, PublishedFigure, Share, Sheet, Text};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

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

/// A part of a sheet that is written in words.
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
    compared(id, before, after, |(earlier, before), (later, after)| {
        let years = (before.year, after.year);
        figures(&published(before.portal, earlier, before.year), &published(after.portal, later, after.year), years)
    })
}

/// [`difference()`], of figures only those that sheets print and both editions speak of: for tables of many policies. Left
/// out are the figures of the editions' own years, what follows from figures (rates, verdicts), and parts of amounts.
pub fn stated_difference<'a>(id: &'a str, before: EditionOf<'a>, after: EditionOf<'a>) -> Option<PolicyDifference<'a>> {
    compared(id, before, after, |(earlier, before), (later, after)| {
        let (was, is) = (History::new(earlier), History::new(later));
        let mut found =
            printed_otherwise(&printed_money(&was, before.year), &printed_money(&is, after.year), (before, after));
        let (Some(sheet_before), Some(sheet)) = (earlier.sheet(before.year), later.sheet(after.year)) else {
            return found;
        };
        for indicator in &sheet.indicators {
            let Some(indicator_before) = sheet_before.indicator(&indicator.id) else { continue };
            found.extend(printed_otherwise(
                &printed_of(before.portal, &was, indicator_before, before.year),
                &printed_of(after.portal, &is, indicator, after.year),
                (before, after),
            ));
        }
        found.sort_by(|a, b| a.id.cmp(&b.id));
        found
    })
}

fn compared<'a>(
    id: &'a str,
    before: EditionOf<'a>,
    after: EditionOf<'a>,
    figures: impl Fn((&'a Policy, EditionOf<'a>), (&'a Policy, EditionOf<'a>)) -> Vec<FigureDifference>,
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
    let known = |id: &FigureId| {
        id.field != FigureField::Digest
            && (id.indicator.is_empty()
                || sheet_before.indicator(&id.indicator).is_some() && sheet_after.indicator(&id.indicator).is_some())
    };
    difference.figures = figures((earlier, before), (later, after));
    difference.figures.retain(|of| known(&of.id));
    difference.texts = texts(sheet_before, sheet_after);
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

/// Figures whose edition or year moves on with the editions, where these are of different years.
const OF_A_YEAR: [FigureField; 9] = [
    FigureField::Actual,
    FigureField::Rate,
    FigureField::PublishedRate,
    FigureField::Verdict,
    FigureField::Settled,
    FigureField::Budgeted,
    FigureField::Personnel,
    FigureField::Total,
    FigureField::Grade,
];

fn figures(
    before: &BTreeMap<FigureId, Stated>,
    after: &BTreeMap<FigureId, Stated>,
    (earlier, later): (FiscalYear, FiscalYear),
) -> Vec<FigureDifference> {
    let is_of = |id: &FigureId, year| earlier != later && OF_A_YEAR.contains(&id.field) && id.year == Some(year);
    let at = |id: &FigureId, year| FigureId { year: Some(year), ..id.clone() };
    let mut found = Vec::new();
    let mut add = |id: &FigureId, compared, before: Option<&Stated>, after: Option<&Stated>| {
        if before.map(|of| &of.figure.value) != after.map(|of| &of.figure.value) {
            let figure = |of: Option<&Stated>| of.map(|of| of.figure.clone());
            found.push(FigureDifference { id: id.clone(), compared, before: figure(before), after: figure(after) });
        }
    };
    for (id, stated) in after {
        if is_of(id, later) {
            add(id, FigureCompared::OfItsYear, before.get(&at(id, earlier)), Some(stated));
        }
        // Of another year than the editions' own: a year that came since, or went, is no change of a figure. A target or
        // baseline that came is.
        let earlier_one = before.get(id);
        if earlier == later || earlier_one.is_some() || !OF_A_YEAR.contains(&id.field) {
            add(id, FigureCompared::Same, earlier_one, Some(stated));
        }
    }
    for (id, stated) in before.iter().filter(|(id, _)| !after.contains_key(*id)) {
        if is_of(id, earlier) {
            let id = at(id, later);
            if !after.contains_key(&id) {
                add(&id, FigureCompared::OfItsYear, Some(stated), None);
            }
        } else if earlier == later || !OF_A_YEAR.contains(&id.field) {
            add(id, FigureCompared::Same, Some(stated), None);
        }
    }
    found.sort_by(|a, b| (&a.id, a.compared).cmp(&(&b.id, b.compared)));
    found
}

/// Of figures in the order of their ids, those of [`FigureCompared::Same`] that differ, as [`figures`] finds them.
fn printed_otherwise(
    before: &[Printed<'_>],
    after: &[Printed<'_>],
    (earlier, later): (EditionOf<'_>, EditionOf<'_>),
) -> Vec<FigureDifference> {
    // A year that came since, or went, is no change of a figure.
    let is_told_alone = |figure: &Printed<'_>| earlier.year == later.year || !OF_A_YEAR.contains(&figure.field);
    let mut found = Vec::new();
    let mut add = |before: Option<&Printed<'_>>, after: Option<&Printed<'_>>| {
        let Some(id) = after.or(before).map(Printed::id) else { return };
        let figure = |of: Option<&Printed<'_>>, edition: EditionOf<'_>| {
            of.map(|of| of.published(edition.portal.first_language()))
        };
        let (before, after) = (figure(before, earlier), figure(after, later));
        found.push(FigureDifference { id, compared: FigureCompared::Same, before, after });
    };
    let (mut was, mut is) = (before.iter().peekable(), after.iter().peekable());
    loop {
        let order = match (was.peek(), is.peek()) {
            (Some(before), Some(after)) => before.key().cmp(&after.key()),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return found,
        };
        let before = was.next_if(|_| order.is_le());
        let after = is.next_if(|_| order.is_ge());
        let differ = match (before, after) {
            (Some(before), Some(after)) => !before.says_the_same(after),
            (Some(alone), None) | (None, Some(alone)) => is_told_alone(alone),
            (None, None) => false,
        };
        if differ {
            add(before, after);
        }
    }
}

fn texts(before: &Sheet, after: &Sheet) -> Vec<TextSection> {
    let differ = |a: &[&Text], b: &[&Text]| a.len() != b.len() || a.iter().zip(b).any(|(a, b)| !same_words(a, b));
    let pairs = sections(before).into_iter().zip(sections(after));
    pairs.filter(|((_, before), (_, after))| differ(before, after)).map(|((section, _), _)| section).collect()
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
