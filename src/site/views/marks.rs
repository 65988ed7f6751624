//! Verdicts as readers meet them: a shape, a word, a link.

use crate::chart::MarkShape;
use crate::facts::{EditionFacts, Mark, PolicySummary, UndecidedReason, VerdictCounts};
use crate::model::{Reading, Sheet, VerdictName};
use crate::site::print::{self, with_unit};
use crate::site::route::Target;
use crate::site::views::context::PageContext;
use crate::site::views::figures::Addresses;
use crate::site::views::page::Link;
use crate::theme::{Html, Labels, Markup, Ready, Words};
use serde::{Serialize, Serializer};
use std::sync::Arc;

/// A verdict: shape and word, never a colour alone. A page shows it very often, so it is shared.
#[derive(Clone, Debug)]
pub struct Badge {
    /// The stable name, for the CSS class.
    pub verdict: &'static str,
    pub word: Arc<str>,
    shape: &'static str,
    ready: Ready,
}

impl Serialize for Badge {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.ready.serialize(serializer)
    }
}

/// The badges of all verdicts in the words of one language.
#[derive(Clone, Debug)]
pub struct Badges {
    badges: [Badge; VerdictName::ALL.len()],
}

impl Badges {
    pub fn new(labels: &Labels) -> Self {
        #[derive(Serialize)]
        struct View<'a> {
            verdict: &'static str,
            shape: &'static str,
            word: &'a str,
        }
        let badge = |of: VerdictName| {
            let word = labels.get(word_key(of));
            let ready = Ready::new(&View { verdict: of.name(), shape: shape(of), word });
            Badge { verdict: of.name(), word: word.into(), shape: shape(of), ready }
        };
        Self { badges: VerdictName::ALL.map(badge) }
    }
}

/// How many series have a verdict.
#[derive(Debug, Serialize)]
pub struct Count {
    pub badge: Badge,
    pub n: usize,
}

/// A series in a list: its verdict, where it stands, and one thing worth saying about it.
#[derive(Debug, Serialize)]
pub struct MarkRow {
    pub badge: Badge,
    pub indicator: Html,
    /// To the indicator on its policy's page.
    pub href: String,
    pub policy: Html,
    /// The verdict of the previous edition, where it is another.
    pub before: Option<Badge>,
    pub detail: Option<Html>,
    /// What decided, where it asks for attention: the actual, then what it is measured by.
    pub figures: Vec<MarkFigure>,
}

/// A figure with the words that say what it is: `2024年度 628人`, `計画どおりなら 596人`.
#[derive(Debug, Serialize)]
pub struct MarkFigure {
    pub words: Html,
    /// The structural address of the figure; empty where it is computed.
    pub address: String,
}

/// A verdict that links to its indicator.
#[derive(Debug, Serialize)]
pub struct MarkLink {
    pub badge: Badge,
    /// 知的対流を通じた交流人数：計画どおり.
    pub hint: String,
    /// The language of the hint, where it is not the page's.
    pub language: Option<String>,
    pub href: String,
}

pub(super) fn shape(verdict: VerdictName) -> &'static str {
    match verdict {
        VerdictName::Achieved => "●",
        VerdictName::OnTrack => "▲",
        VerdictName::Nearly => "◆",
        VerdictName::Behind => "▼",
        VerdictName::WorseThanBaseline => "✕",
        VerdictName::Undecided => "―",
    }
}

pub fn mark_shape(verdict: VerdictName) -> MarkShape {
    match verdict {
        VerdictName::Achieved => MarkShape::Achieved,
        VerdictName::OnTrack => MarkShape::OnTrack,
        VerdictName::Nearly => MarkShape::Nearly,
        VerdictName::Behind => MarkShape::Behind,
        VerdictName::WorseThanBaseline => MarkShape::WorseThanBaseline,
        VerdictName::Undecided => MarkShape::Undecided,
    }
}

/// The label key of a verdict's word.
pub(super) fn word_key(verdict: VerdictName) -> &'static str {
    match verdict {
        VerdictName::Achieved => "verdict.achieved",
        VerdictName::OnTrack => "verdict.on-track",
        VerdictName::Nearly => "verdict.nearly",
        VerdictName::Behind => "verdict.behind",
        VerdictName::WorseThanBaseline => "verdict.worse-than-baseline",
        VerdictName::Undecided => "verdict.undecided",
    }
}

/// The label key of the sentence that says why nothing was decided.
pub(super) fn reason_key(reason: UndecidedReason) -> &'static str {
    match reason {
        UndecidedReason::Missing => "undecided.missing",
        UndecidedReason::NoTarget => "undecided.no-target",
        UndecidedReason::NoBaseline => "undecided.no-baseline",
        UndecidedReason::NoDirection => "undecided.no-direction",
        UndecidedReason::BeforeStart => "undecided.before-start",
        UndecidedReason::Text => "undecided.text",
        UndecidedReason::Range => "undecided.range",
        UndecidedReason::Context => "undecided.context",
        UndecidedReason::TooLarge => "undecided.too-large",
    }
}

/// A name with a mark behind it.
fn marked(name: &Html, class: &'static str, mark: &str) -> Html {
    let mark = Html::escape(mark);
    Html::new(&format!("{} <span class=\"{class}\">{}</span>", name.as_str(), mark.as_str()))
}

/// A verdict as templates write it.
pub(super) fn write_badge(html: &mut Markup, badge: &Badge) {
    html.fixed("<span class=\"verdict ").fixed(badge.verdict);
    html.fixed("\"><span class=shape aria-hidden=true>").text(badge.shape).fixed("</span><span>");
    html.text(&badge.word).fixed("</span></span>");
}

/// Counts as items of a list, for where there are thousands.
pub(super) fn items(counts: &[Count]) -> Html {
    let mut items = Markup::with_capacity(counts.len() * 160);
    for Count { badge, n } in counts {
        items.fixed("<li>");
        write_badge(&mut items, badge);
        items.fixed("<span class=count>").text(&n.to_string()).fixed("</span></li>");
    }
    items.html()
}

impl PageContext<'_> {
    pub(super) fn badge(&self, verdict: VerdictName) -> Badge {
        self.badges.badges[verdict as usize].clone()
    }

    /// Verdicts that occur, best first, undecided last.
    pub(super) fn counts(&self, counts: &VerdictCounts) -> Vec<Count> {
        VerdictName::ALL
            .into_iter()
            .filter(|verdict| counts.get(*verdict) > 0)
            .map(|verdict| Count { badge: self.badge(verdict), n: counts.get(verdict) })
            .collect()
    }

    /// The name of a series without markup: the indicator's, with its component's where it has some.
    pub(super) fn series_name(&self, sheet: &Sheet, mark: &Mark) -> Words {
        let Some(indicator) = sheet.indicators.get(mark.indicator) else { return Words::default() };
        let name = self.words(&indicator.name);
        match mark.component.and_then(|index| indicator.components.get(index)) {
            Some(component) => self
                .labels
                .fill_words("indicator.component", &[("name", &name), ("component", &self.words(&component.name))]),
            None => name,
        }
    }

    pub(super) fn series_href(&self, sheet: &Sheet, mark: &Mark) -> String {
        let policy = Target::Policy(sheet.year, &sheet.policy);
        match sheet.indicators.get(mark.indicator) {
            Some(indicator) => self.links.to_anchor(policy, &indicator.id),
            None => self.links.to(policy),
        }
    }

    pub(super) fn mark_link(&self, sheet: &Sheet, mark: &Mark) -> MarkLink {
        let hint = self.mark_hint(sheet, mark);
        MarkLink {
            badge: self.badge(mark.verdict),
            language: hint.language().map(|language| language.code().to_owned()),
            hint: hint.as_str().to_owned(),
            href: self.series_href(sheet, mark),
        }
    }

    /// 知的対流を通じた交流人数：計画どおり.
    pub(super) fn mark_hint(&self, sheet: &Sheet, mark: &Mark) -> Words {
        let name = self.series_name(sheet, mark);
        let verdict = self.word(word_key(mark.verdict));
        self.labels.fill_words("indicator.with-verdict", &[("name", &name), ("verdict", &verdict)])
    }

    /// A policy's name as a link.
    pub(super) fn policy_link(&self, sheet: &Sheet) -> Link {
        Link { text: self.policy_name(sheet), href: self.links.to(Target::Policy(sheet.year, &sheet.policy)) }
    }

    /// A policy's name. The marks of a fictional sheet and of one that is not for the public yet belong to its name: no
    /// page can show one without them.
    pub(super) fn policy_name(&self, sheet: &Sheet) -> Html {
        let mut name = self.prose(&sheet.path).inline(&sheet.name);
        if let Some(mark) = self.draft_mark(sheet) {
            name = marked(&name, "draft-mark", &mark);
        }
        if sheet.sample {
            name = marked(&name, "sample-mark", self.word("page.sample-mark"));
        }
        name
    }

    /// A row for the mark at `(policy, mark)` of an edition; `None` where the indices name nothing.
    pub(super) fn mark_row(&self, edition: &EditionFacts, (policy, mark): (usize, usize)) -> Option<MarkRow> {
        let summary: &PolicySummary = edition.policies.get(policy)?;
        let mark = summary.marks.get(mark)?;
        let sheet = &summary.sheet;
        // Where it went backwards or has arrived, the pace says no more than the verdict does.
        let under_way = matches!(mark.verdict, VerdictName::OnTrack | VerdictName::Nearly | VerdictName::Behind);
        let pace = mark.pace.filter(|_| under_way).map(print::figure);
        Some(MarkRow {
            badge: self.badge(mark.verdict),
            indicator: self.series_name(sheet, mark).html(),
            href: self.series_href(sheet, mark),
            policy: self.policy_name(sheet),
            before: None,
            detail: pace.map(|pace| self.sentence("index.pace", &[("pace", &pace)])),
            figures: self.deciding_figures(sheet, mark),
        })
    }

    /// The figures that put a series among those that need attention; empty for others.
    fn deciding_figures(&self, sheet: &Sheet, mark: &Mark) -> Vec<MarkFigure> {
        let policy = self.portal.policy(&sheet.policy);
        let shortfall = policy.and_then(|policy| crate::facts::shortfall(self.portal, policy, sheet.year, mark));
        let Some((shortfall, indicator)) = shortfall.zip(sheet.indicators.get(mark.indicator)) else {
            return Vec::new();
        };
        let units = self.units(indicator);
        let component = mark.component.and_then(|index| indicator.components.get(index));
        let address = Addresses {
            policy: &sheet.policy,
            part: &indicator.id,
            component: component.map(|component| component.id.as_ref()),
        };
        let mut figures = Vec::new();
        figures.extend(shortfall.actual.as_ref().map(|actual| {
            let year = self.printer().year_as_printed(actual.year, actual.year_printed);
            let (key, words) = match &actual.running_sum() {
                Some(sum) => ("index.figure-sum", self.printer().reading(sum, &units.actual)),
                None => ("index.figure-actual", self.printer().value(actual.value, &units.actual)),
            };
            MarkFigure {
                words: self.sentence(key, &[("year", &year), ("actual", &words)]),
                address: address.of_year(actual.sheet, "actuals", actual.year),
            }
        }));
        figures.extend(shortfall.baseline.as_ref().map(|baseline| {
            let words = self.printer().value(baseline.value, &units.actual);
            MarkFigure {
                words: self.sentence("index.figure-baseline", &[("baseline", &words)]),
                address: address.of(baseline.sheet, "baseline"),
            }
        }));
        figures.extend(shortfall.expected.map(|expected| {
            let words = match shortfall.actual.as_ref().map(|actual| &actual.value.reading) {
                Some(Reading::Rank(_)) => self.labels.fill("bound.rank", &[("n", &print::computed(expected))]).into(),
                _ => with_unit(&print::figure(expected), &units.actual),
            };
            let words = self.sentence("index.figure-expected", &[("expected", &words)]);
            MarkFigure { words, address: String::new() }
        }));
        figures.extend(shortfall.target.as_ref().map(|target| {
            let words = self.printer().value(target.value, &units.target);
            let year = self.printer().year_as_printed(target.year, target.year_printed);
            MarkFigure {
                words: self.sentence("index.figure-target", &[("year", &year), ("target", &words)]),
                address: address.of_year(target.sheet, "targets", target.year),
            }
        }));
        figures
    }
}
