//! The portal: what portal.yaml says for all sheets, and every policy with its sheets.

use super::fiscal_year::FiscalYear;
use super::ledger::{Ledger, RuleRevision};
use super::lineage::{EndedPolicy, Lineage};
use super::reading::MissingReason;
use super::recommendation::Recommendation;
use super::sheet::{Sheet, Withheld};
use super::text::{At, Language, Text, WrittenLink};
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::sync::Arc;

/// Everything that was read, with every id resolved.
#[derive(Clone, Debug)]
pub struct Portal {
    /// Its file below content/: `portal.yaml` or `portal.yml`.
    pub path: Box<str>,
    pub title: Text,
    pub municipality: Municipality,
    /// At least one; the first is the site's default and lives at the root, others under `/<code>/`.
    pub languages: Vec<Language>,
    pub plan: Plan,
    /// In the order of portal.yaml.
    pub areas: Vec<Area>,
    /// What portal.yaml says of editions; an edition exists where a sheet does.
    pub editions: Vec<Edition>,
    pub rate: RateRule,
    pub verdict: VerdictRule,
    pub grades: Vec<GradeLegend>,
    pub theme: Box<str>,
    /// Of the theme's name; of nothing where portal.yaml names none.
    pub theme_at: At,
    pub license: Option<License>,
    /// With a slash at its end, as `https://example.lg.jp/hyoka/`.
    pub base_url: Option<Box<str>>,
    /// Of the address; of nothing where portal.yaml names none.
    pub base_url_at: At,
    pub contact: Option<Contact>,
    /// What a printed symbol means in this portal, beyond the built-in table.
    pub symbols: Vec<(Box<str>, MissingReason)>,
    /// `charts: {files: true}`: charts are written as files of their own, too.
    pub chart_files: bool,
    /// `book: true`: every edition is published as one document for the council, too.
    pub book: bool,
    /// A sentence on the index about the portal.
    pub description: Option<Text>,
    /// Text at the foot of every page.
    pub footer: Option<Text>,
    /// Ordered by id.
    pub policies: Vec<Policy>,
    /// content/pages, ordered by name.
    pub pages: Vec<FreePage>,
    /// The frozen editions, ascending by year.
    pub ledgers: Vec<Arc<Ledger>>,
    pub revisions: Vec<RuleRevision>,
    /// Policies that ended, and whose last sheet does not say it.
    pub ended: Vec<EndedPolicy>,
    /// What others recommend, for the city as a whole or for a policy.
    pub recommendations: Box<[Recommendation]>,
    /// Ids of the policies of which any sheet holds recommendations, ascending: most hold none.
    pub recommended_to: Box<[Box<str>]>,
    /// Of the policies.
    pub lineage: Lineage,
    /// Of the texts of portal.yaml.
    pub links: Vec<WrittenLink>,
    /// The day that decides which sheets are for the public; without one, no sheet that waits for its day is.
    pub as_of: Option<Date>,
    /// Sheets that are not for the public and not in this build: a link to one can say so.
    pub left_out: Vec<Arc<Sheet>>,
}

impl Portal {
    pub fn first_language(&self) -> &Language {
        // `languages` is never empty: the reader of portal.yaml fills in Japanese.
        &self.languages[0]
    }

    /// Fiscal years that have a sheet, ascending.
    pub fn years(&self) -> Vec<FiscalYear> {
        let mut years: Vec<_> = self.policies.iter().flat_map(|p| p.sheets.iter().map(|s| s.year)).collect();
        years.sort_unstable();
        years.dedup();
        years
    }

    pub fn policy(&self, id: &str) -> Option<&Policy> {
        self.policies.binary_search_by(|policy| policy.id.as_ref().cmp(id)).ok().and_then(|i| self.policies.get(i))
    }

    /// Why a sheet is not for the public (yet); `None` where it is.
    pub fn withheld(&self, sheet: &Sheet) -> Option<Withheld> {
        sheet.withheld(self.as_of)
    }

    /// What the edition published, where it is frozen.
    pub fn ledger(&self, year: FiscalYear) -> Option<&Arc<Ledger>> {
        self.ledgers.iter().find(|ledger| ledger.year == year)
    }

    pub fn edition(&self, year: FiscalYear) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.year == year)
    }
}

/// One policy over the years.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The file name of its sheets; ASCII, stable over the years.
    pub id: Box<str>,
    /// One per evaluated fiscal year, ascending.
    pub sheets: Vec<Arc<Sheet>>,
}

impl Policy {
    /// [`Portal::recommended_to`] of policies in the order of their ids.
    pub fn recommended_to(policies: &[Self]) -> Box<[Box<str>]> {
        let any = |policy: &&Self| policy.sheets.iter().any(|sheet| !sheet.recommendations.is_empty());
        policies.iter().filter(any).map(|policy| policy.id.clone()).collect()
    }

    pub fn sheet(&self, year: FiscalYear) -> Option<&Arc<Sheet>> {
        self.sheets.iter().find(|sheet| sheet.year == year)
    }

    /// The sheets of earlier years, ascending.
    pub fn before(&self, year: FiscalYear) -> &[Arc<Sheet>] {
        let earlier = self.sheets.partition_point(|sheet| sheet.year < year);
        self.sheets.get(..earlier).unwrap_or_default()
    }
}

#[derive(Clone, Debug)]
pub struct Municipality {
    pub name: Text,
    /// 全国地方公共団体コード: six digits, kept as text.
    pub code: Option<Box<str>>,
    pub url: Option<Box<str>>,
}

/// 総合計画.
#[derive(Clone, Debug)]
pub struct Plan {
    pub name: Option<Text>,
    pub first_year: FiscalYear,
    pub last_year: FiscalYear,
}

/// 分野.
#[derive(Clone, Debug)]
pub struct Area {
    pub id: Box<str>,
    pub number: Option<Box<str>>,
    /// Some sheets print only the number of their area.
    pub name: Option<Text>,
    /// Index into [`Portal::areas`]; never a circle.
    pub parent: Option<usize>,
    pub description: Option<Text>,
    pub at: At,
}

/// What portal.yaml says of the edition of one fiscal year.
#[derive(Clone, Debug)]
pub struct Edition {
    pub year: FiscalYear,
    pub label: Option<Text>,
    /// ISO dates. Every date on pages, in the feed and the sitemap comes from here.
    pub published: Option<Box<str>>,
    pub updated: Option<Box<str>>,
    /// Of `updated`, else of `published`, else of the year.
    pub day_at: At,
    /// Until when its sheets are to be filled. Said to those who fill them, nowhere on pages.
    pub due: Option<Date>,
    /// Of the year.
    pub at: At,
}

/// How a rate is made. Printed on every page that shows one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateRule {
    pub method: RateMethod,
    /// Digits after the point that are printed; 0 to 6.
    pub decimals: u32,
    pub rounding: Rounding,
    pub target: TargetChoice,
}

impl Default for RateRule {
    fn default() -> Self {
        Self { method: RateMethod::Progress, decimals: 1, rounding: Rounding::HalfUp, target: TargetChoice::Year }
    }
}

/// The seven methods that cities publish. A = actual, B = baseline, T = target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RateMethod {
    /// A ÷ T.
    Ratio,
    /// (A − B) ÷ (T − B).
    Progress,
    /// 2 − A ÷ T; lower is better.
    Mirror,
    /// T ÷ A; lower is better.
    Inverse,
    /// |A − B| ÷ B, printed without sign, with 増 or 減.
    Change,
    /// (A − B) ÷ B.
    Growth,
    /// A − T, in points (in the unit of the indicator).
    Difference,
}

impl RateMethod {
    pub const ALL: [Self; 7] =
        [Self::Ratio, Self::Progress, Self::Mirror, Self::Inverse, Self::Change, Self::Growth, Self::Difference];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Ratio => "ratio",
            Self::Progress => "progress",
            Self::Mirror => "mirror",
            Self::Inverse => "inverse",
            Self::Change => "change",
            Self::Growth => "growth",
            Self::Difference => "difference",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name() == name)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rounding {
    /// 四捨五入, away from zero.
    #[default]
    HalfUp,
    /// 切捨て, towards zero.
    Truncate,
}

impl Rounding {
    pub const ALL: [Self; 2] = [Self::HalfUp, Self::Truncate];

    pub const fn name(self) -> &'static str {
        match self {
            Self::HalfUp => "half-up",
            Self::Truncate => "truncate",
        }
    }
}

/// Which target a rate compares with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TargetChoice {
    /// Of the evaluated year; if it has none, the next later; after the last, the last.
    #[default]
    Year,
    /// The next target strictly after the evaluated year; after the last, the last.
    Next,
    /// Always the last.
    Final,
}

impl TargetChoice {
    pub const ALL: [Self; 3] = [Self::Year, Self::Next, Self::Final];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Next => "next",
            Self::Final => "final",
        }
    }
}

/// Thresholds of verdicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerdictRule {
    /// From which pace on an indicator behind its expected value is «nearly» there.
    pub nearly: Decimal,
}

impl Default for VerdictRule {
    fn default() -> Self {
        Self { nearly: Decimal::new(8, 1) }
    }
}

/// The city's legend for one grade.
#[derive(Clone, Debug)]
pub struct GradeLegend {
    pub id: Box<str>,
    pub label: Text,
    /// Only where the city itself says which verdict the grade stands for.
    pub verdict: Option<VerdictName>,
    pub at: At,
}

/// 判定, from best to worst; undecided stands apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VerdictName {
    Achieved,
    OnTrack,
    Nearly,
    Behind,
    WorseThanBaseline,
    Undecided,
}

impl VerdictName {
    pub const ALL: [Self; 6] =
        [Self::Achieved, Self::OnTrack, Self::Nearly, Self::Behind, Self::WorseThanBaseline, Self::Undecided];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Achieved => "achieved",
            Self::OnTrack => "on-track",
            Self::Nearly => "nearly",
            Self::Behind => "behind",
            Self::WorseThanBaseline => "worse-than-baseline",
            Self::Undecided => "undecided",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == name)
    }
}

/// The licence of the content: `PDL-1.0`, `CC-BY-4.0`, or a name with a URL.
#[derive(Clone, Debug)]
pub struct License {
    pub name: Box<str>,
    pub url: Option<Box<str>>,
}

impl License {
    /// Where its terms can be read: as portal.yaml says, or known for 公共データ利用規約 1.0 and CC BY 4.0.
    pub fn terms(&self) -> Option<&str> {
        match (self.url.as_deref(), self.name.as_ref()) {
            (Some(url), _) => Some(url),
            (None, "PDL-1.0") => Some("https://www.digital.go.jp/resources/open_data/public_data_license_v1.0"),
            (None, "CC-BY-4.0") => Some("https://creativecommons.org/licenses/by/4.0/"),
            (None, _) => None,
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct Contact {
    pub department: Option<Text>,
    pub phone: Option<Box<str>>,
    pub email: Option<Box<str>>,
    pub url: Option<Box<str>>,
}

/// A page of content/pages.
#[derive(Clone, Debug)]
pub struct FreePage {
    /// The file name without its ending; ASCII.
    pub name: Box<str>,
    /// `pages/about.md`, or `pages/about.en.md` for another language.
    pub path: Box<str>,
    pub language: Option<Language>,
    /// From the first heading.
    pub title: Box<str>,
    /// Markdown after the first heading.
    pub body: Box<str>,
    pub links: Vec<WrittenLink>,
}
