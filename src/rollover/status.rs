//! `hyoka status`: what of a year is filled, and what is still open.
//!
//! A place that its author filled is answered, also where a value is missing with a reason (集計中, 調査年でない). Every sheet is
//! asked for the actual of every indicator; for its vision, achievements, challenges and settled amount where a sheet of
//! the policy ever had them, in a policy's first sheet where most of the portal's have; for its outlook, grades, other
//! amounts and the amounts of a project only where the policy's sheet before had them: forms differ.

use std::collections::BTreeMap;

use super::next_sheet;
use super::waiting::{self, OpenRecommendation};
use crate::markdown;
use crate::model::{
    Expenditure, FiscalYear, Indicator, Language, Money, Policy, Portal, PublicationStatus, Sheet, Text,
};
use jiff::civil::Date;
use std::sync::Arc;

/// How far the sheets of a year are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    pub year: FiscalYear,
    pub count: Count,
    /// The day by which the sheets are to be filled, where portal.yaml names one.
    pub due: Option<Due>,
    /// In the order of their ids.
    pub policies: Vec<PolicyStatus>,
    /// In the order of their names; a sheet of several counts for each. `None`: sheets that name none.
    pub departments: Vec<(Option<String>, Count)>,
    /// Policies that had a sheet in the last edition before and have none, did not end and were not taken over: id and
    /// name.
    pub without_sheet: Vec<(String, String)>,
    /// Recommendations from outside that nobody answered, or whose day has passed, whatever their year; the oldest first.
    pub recommendations: Vec<OpenRecommendation>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    pub on: Date,
    /// Whole days since it passed, where places are open and it is known what day it is.
    pub overdue: Option<i32>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub filled: usize,
    pub places: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyStatus {
    pub id: String,
    /// In the portal's first language, as all names here.
    pub name: String,
    /// Below content/.
    pub path: String,
    pub departments: Vec<String>,
    pub status: PublicationStatus,
    pub count: Count,
    /// In the order of the sheet's keys.
    pub open: Vec<Place>,
}

/// A place that is to be filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The English name of its key: `actuals`, `achievements`, `settled`.
    pub field: &'static str,
    /// What it belongs to: the name of an indicator, with its component, or of a project.
    pub of: Option<String>,
    /// The structural address: `2025/industry#exchange/actuals/2025`.
    pub address: String,
}

impl Count {
    /// Of 100; 100 only where nothing is open.
    pub fn percent(self) -> usize {
        (self.filled * 100).checked_div(self.places).unwrap_or(100)
    }

    pub fn open(self) -> usize {
        self.places - self.filled
    }

    fn add(&mut self, other: Self) {
        self.filled += other.filled;
        self.places += other.places;
    }
}

/// How far the sheets of `year` are, of a portal with its drafts. `today` tells what is overdue. `None` where the year has no sheet.
pub fn of(portal: &Portal, year: FiscalYear, today: Option<Date>) -> Option<Status> {
    let language = portal.first_language();
    let mut policies = Vec::new();
    let mut without_sheet = Vec::new();
    let usual = Usual::of(portal);
    let last_edition = portal.years().into_iter().rev().find(|of| *of < year);
    for policy in &portal.policies {
        match policy.sheet(year) {
            Some(sheet) => policies.push(of_sheet(portal, policy, sheet, usual)),
            None => {
                let before = last_edition.and_then(|year| policy.sheet(year));
                let goes_on = |before: &&Arc<Sheet>| {
                    portal.end_of(before).is_none_or(|end| end.year >= year)
                        && portal.became(&policy.id, year).is_empty()
                };
                let before = before.filter(goes_on);
                without_sheet.extend(before.map(|sheet| (policy.id.to_string(), words(&sheet.name, language))));
            }
        }
    }
    if policies.is_empty() {
        return None;
    }
    let mut count = Count::default();
    policies.iter().for_each(|policy| count.add(policy.count));
    let due = portal.edition(year).and_then(|edition| edition.due);
    let late = |on: Date| {
        let passed = today.filter(|today| *today > on)?;
        let is_open = count.open() > 0 || !without_sheet.is_empty();
        is_open.then(|| passed.since(on).map(|span| span.get_days()).unwrap_or_default())
    };
    let due = due.map(|on| Due { on, overdue: late(on) });
    let departments = by_department(&policies);
    let recommendations = waiting::recommendations(portal, today);
    Some(Status { year, count, due, policies, departments, without_sheet, recommendations })
}

fn by_department(policies: &[PolicyStatus]) -> Vec<(Option<String>, Count)> {
    let mut counts: BTreeMap<Option<String>, Count> = BTreeMap::new();
    for policy in policies {
        for department in &policy.departments {
            counts.entry(Some(department.clone())).or_default().add(policy.count);
        }
        if policy.departments.is_empty() {
            counts.entry(None).or_default().add(policy.count);
        }
    }
    // Those without a department come last.
    let nameless = counts.remove(&None);
    counts.into_iter().chain(nameless.map(|count| (None, count))).collect()
}

pub(super) fn words(text: &Text, language: &Language) -> String {
    markdown::without_readings(text.get(language).trim()).into_owned()
}

/// What sheets of a year are asked for where their policy has none before: forms differ from city to city.
#[derive(Clone, Copy, Debug)]
struct Usual {
    vision: bool,
    achievements: bool,
    challenges: bool,
    settled: bool,
}

impl Usual {
    /// Usual is what at least half of the policies have in a sheet, of those that have it or a published sheet without it.
    /// A settled amount is not while no policy has one.
    fn of(portal: &Portal) -> Self {
        let count = |has: fn(&Sheet) -> bool| {
            let having = |policy: &&Policy| policy.sheets.iter().any(|sheet| has(sheet));
            let silent = |policy: &&Policy| {
                policy.sheets.iter().any(|of| of.status == PublicationStatus::Published) && !having(policy)
            };
            (portal.policies.iter().filter(having).count(), portal.policies.iter().filter(silent).count())
        };
        let is_usual = |has| {
            let (having, silent) = count(has);
            having >= silent
        };
        Self {
            vision: is_usual(has_vision),
            achievements: is_usual(has_achievements),
            challenges: is_usual(has_challenges),
            settled: is_usual(has_settled) && count(has_settled).0 > 0,
        }
    }
}

fn has_vision(sheet: &Sheet) -> bool {
    sheet.vision.is_some()
}

fn has_achievements(sheet: &Sheet) -> bool {
    !sheet.achievements.is_empty()
}

fn has_challenges(sheet: &Sheet) -> bool {
    !sheet.challenges.is_empty()
}

fn has_settled(sheet: &Sheet) -> bool {
    sheet.expenditure.as_ref().is_some_and(|of| has(&of.settled, sheet.year))
}

fn of_sheet(portal: &Portal, policy: &Policy, sheet: &Sheet, usual: Usual) -> PolicyStatus {
    let language = portal.first_language();
    let own = policy.before(sheet.year).last();
    let only = || portal.predecessors(sheet).find(|(of, _)| portal.renamed_from(sheet, of.year).is_some());
    let before = own.or_else(|| only().map(|(of, _)| of)).map(AsRef::as_ref);
    let mut places = Places { sheet, language, count: Count::default(), open: Vec::new() };
    // Whether the policy's sheets before had it; where there are none, what is usual decides. What the sheet has, it has.
    let earlier: Vec<&Sheet> = before.into_iter().chain(policy.before(sheet.year).iter().map(AsRef::as_ref)).collect();
    let is_first = earlier.iter().all(|sheet| sheet.status == PublicationStatus::Draft);
    let is_asked = |has: fn(&Sheet) -> bool, usual: bool| {
        earlier.iter().any(|sheet| has(sheet)) || has(sheet) || (is_first && usual)
    };
    if is_asked(has_vision, usual.vision) {
        places.whole("vision", has_vision(sheet));
    }
    sheet.indicators.iter().for_each(|indicator| places.indicator(indicator));
    if is_asked(has_achievements, usual.achievements) {
        places.whole("achievements", has_achievements(sheet));
    }
    if is_asked(has_challenges, usual.challenges) {
        places.whole("challenges", has_challenges(sheet));
    }
    places.answers(before);
    places.projects(before);
    places.expenditure(before, is_asked(has_settled, usual.settled));
    let had = |what: fn(&Sheet) -> bool| before.is_some_and(what) || what(sheet);
    if had(|sheet| !sheet.grades.is_empty()) {
        let graded = sheet.grades.iter().any(|grade| grade.year.is_none_or(|year| year == sheet.year));
        places.whole("grades", graded);
    }
    if had(|sheet| sheet.outlook.is_some()) {
        places.whole("outlook", sheet.outlook.is_some());
    }
    let Places { count, open, .. } = places;
    PolicyStatus {
        id: policy.id.to_string(),
        name: words(&sheet.name, language),
        path: sheet.path.to_string(),
        departments: sheet.departments.iter().map(|name| words(name, language)).collect(),
        status: sheet.status,
        count,
        open,
    }
}

struct Places<'s> {
    sheet: &'s Sheet,
    language: &'s Language,
    count: Count,
    open: Vec<Place>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Filled,
    Open,
}

impl From<bool> for Answer {
    fn from(is_filled: bool) -> Self {
        if is_filled { Self::Filled } else { Self::Open }
    }
}

impl Places<'_> {
    fn whole(&mut self, field: &'static str, answer: impl Into<Answer>) {
        self.place(field, None, field.to_owned(), answer.into());
    }

    fn place(&mut self, field: &'static str, of: Option<String>, part: String, answer: Answer) {
        self.count.places += 1;
        match answer {
            Answer::Filled => self.count.filled += 1,
            Answer::Open => {
                let address = format!("{}/{}#{part}", self.sheet.year, self.sheet.policy);
                self.open.push(Place { field, of, address });
            }
        }
    }

    /// The actual of the year; none is asked for after the indicator's last year.
    fn indicator(&mut self, indicator: &Indicator) {
        let year = self.sheet.year;
        if indicator.ended.as_ref().is_some_and(|ended| ended.year < year) {
            return;
        }
        let name = words(&indicator.name, self.language);
        for (component, series) in indicator.all_series() {
            let (of, part) = match component {
                Some(component) => (
                    format!("{name}（{}）", words(&component.name, self.language)),
                    format!("{}.{}/actuals/{year}", indicator.id, component.id),
                ),
                None => (name.clone(), format!("{}/actuals/{year}", indicator.id)),
            };
            self.place("actuals", Some(of), part, series.actuals.get(year).is_some().into());
        }
    }

    /// An answer to every challenge of the sheet before that has an id and is not named again.
    fn answers(&mut self, before: Option<&Sheet>) {
        let sheet = self.sheet;
        let named = |id: &str| sheet.challenges.iter().any(|of| of.id.as_deref() == Some(id));
        for asked in before.into_iter().flat_map(|before| &before.challenges) {
            let Some(id) = asked.id.as_deref() else { continue };
            let answer = sheet.answers.iter().zip(1..).find(|(answer, _)| {
                let is_whose =
                    answer.policy.is_none() || before.is_some_and(|of| answer.policy.as_ref() == Some(&of.policy));
                *answer.id == *id && is_whose
            });
            let said = answer.map(|(answer, _)| (answer.state.is_some(), answer.text.is_some()));
            let is_filled = match said {
                Some((true, true)) => true,
                Some((false, false)) | None => named(id),
                // Begun, and not ended: a state without a word on it, or words that leave open what became of it.
                Some(_) => false,
            };
            let part = answer.map_or("answers".to_owned(), |(_, number)| format!("answers/{number}"));
            let of = next_sheet::shortened(&asked.challenge, self.language);
            self.place("answers", Some(of), part, is_filled.into());
        }
    }

    fn projects(&mut self, before: Option<&Sheet>) {
        let sheet = self.sheet;
        for (index, project) in sheet.projects.iter().enumerate() {
            let had = before.and_then(|before| {
                let same = before.projects.iter().find(|of| of.name == project.name)?;
                Some((same.expenditure.as_deref()?, before.year))
            });
            let now = project.expenditure.as_deref();
            for (field, money) in AMOUNTS {
                let had = had.map(|(had, year)| (money(had), year));
                for (year, answer) in of_years(had, now.map(money), sheet.year, false) {
                    let of = words(&project.name, self.language);
                    let part = format!("projects/{}/{field}/{year}", index + 1);
                    self.place(field, Some(of), part, answer);
                }
            }
        }
    }

    fn expenditure(&mut self, before: Option<&Sheet>, settles: bool) {
        let sheet = self.sheet;
        let had = before.and_then(|before| Some((before.expenditure.as_ref()?, before.year)));
        for (field, money) in AMOUNTS {
            let (had, now) = (had.map(|(had, year)| (money(had), year)), sheet.expenditure.as_ref().map(money));
            for (year, answer) in of_years(had, now, sheet.year, field == "settled" && settles) {
                self.place(field, None, format!("expenditure/{field}/{year}"), answer);
            }
        }
    }
}

type MoneyOf = fn(&Expenditure) -> &Money;

const AMOUNTS: [(&str, MoneyOf); 4] = [
    ("settled", |of| &of.settled),
    ("budgeted", |of| &of.budgeted),
    ("personnel", |of| &of.personnel),
    ("total", |of| &of.total),
];

/// The years of which a sheet is asked for an amount, and whether it has it: its own, and the one after it where the sheet
/// before printed that after its own (next year's budget). What the sheet before printed for either is known by that.
fn of_years(
    had: Option<(&Money, FiscalYear)>,
    now: Option<&Money>,
    year: FiscalYear,
    always: bool,
) -> impl Iterator<Item = (FiscalYear, Answer)> {
    let of_year = move |(year, before, always): (FiscalYear, fn(FiscalYear) -> FiscalYear, bool)| {
        let filled = now.is_some_and(|now| has(now, year));
        let asked = had.is_some_and(|(had, of)| has(had, before(of)) && !has(had, year));
        (asked || filled || always).then(|| (year, filled.into()))
    };
    [(year, (|of| of) as fn(FiscalYear) -> FiscalYear, always), (year.next(), |of| of.next(), false)]
        .into_iter()
        .filter_map(of_year)
}

fn has(money: &Money, year: FiscalYear) -> bool {
    money.iter().any(|(of, _)| *of == year)
}
