//! What a frozen edition revised after it was published: on a policy's page, and the list of errata (正誤表) of the edition.

use crate::facts::{
    Compared, ComparedCounts, CorrectedLater, Declared, EditionFacts, Revised, compared, restated, unit_of,
};
use crate::model::{
    FigureField, FigureId, FiscalYear, Fund, Policy, PublishedFigure, Revision, RevisionKind, RuleRevision, Sheet,
};
use crate::site::feeds::RevisedEntry;
use crate::site::print::{self, with_unit};
use crate::site::route::{Target, language_prefix};
use crate::site::views::context::PageContext;
use crate::site::views::expenditure::fund_label;
use crate::site::views::page::{About, Link, Page, edition_crumb, page};
use crate::theme::{Html, Words};
use rust_decimal::Decimal;
use serde::Serialize;

/// What a page says of the comparison with the ledger.
#[derive(Debug, Serialize)]
pub struct ComparedView {
    /// 公表済みの数値5件と照合：変更なし3件、改訂2件.
    pub sentence: Html,
    /// The list of errata of the edition.
    pub href: String,
    pub revisions: Vec<RevisionView>,
}

/// A figure that a later sheet revises: this edition keeps it and leads there.
#[derive(Debug, Serialize)]
pub struct CorrectedView {
    pub figure: Html,
    pub now: Html,
    pub date: String,
    /// To the figure in the later edition.
    pub href: String,
    /// 2025年度版.
    pub edition: String,
}

/// A row of the errata.
#[derive(Debug, Serialize)]
pub struct RevisionView {
    /// Where rows of several policies stand together.
    pub policy: Option<Link>,
    pub figure: Html,
    /// To the indicator, or to the policy's page.
    pub href: Option<String>,
    pub before: Html,
    pub now: Html,
    pub date: String,
    pub kind: String,
    pub reason: Html,
}

#[derive(Debug, Serialize)]
pub struct RevisionsView {
    pub language: String,
    pub page: Page,
    pub year: String,
    /// `None` where the edition is not frozen.
    pub sentence: Option<Html>,
    pub revisions: Vec<RevisionView>,
}

/// The errata of an edition.
pub fn revisions(context: &PageContext<'_>, edition: &EditionFacts) -> RevisionsView {
    let short = context.printer().short_year(edition.year);
    let about = About {
        title: context.labels.fill("revisions.title", &[("year", &short)]).into(),
        description: context.labels.fill("revisions.description", &[("year", &short)]),
        breadcrumbs: vec![edition_crumb(context)],
        maturity: context.maturity_of(edition.policies.iter()),
    };
    let of_rules = context.portal.revisions.iter().filter(|revision| revision.edition == edition.year);
    let mut rows: Vec<RevisionView> = of_rules.map(|revision| context.rule_revision(revision)).collect();
    let revised = edition.policies.iter().filter(|summary| summary.compared.is_some_and(|of| of.revised > 0));
    let texts = edition.policies.iter().filter(|summary| !summary.sheet.revisions.is_empty());
    let mut policies: Vec<_> = revised.chain(texts).map(|summary| &summary.sheet).collect();
    policies.sort_by(|a, b| a.policy.cmp(&b.policy));
    policies.dedup_by(|a, b| a.policy == b.policy);
    for sheet in policies {
        let Some(policy) = context.portal.policy(&sheet.policy) else { continue };
        let compared = compared(context.portal, policy, edition.year);
        let own = compared.map(|compared| compared.revised).unwrap_or_default();
        let all: Vec<_> = own.into_iter().chain(restated(context.portal, policy, edition.year)).collect();
        // What follows from a rule that changed is told once, by the rule.
        let declared = all.iter().filter(|revised| matches!(revised.by, Declared::Sheet(_)));
        rows.extend(declared.map(|revised| RevisionView {
            policy: Some(context.policy_link(sheet)),
            ..context.revision(sheet, edition.year, revised)
        }));
    }
    RevisionsView {
        language: context.language.code().to_owned(),
        page: page(context, about),
        year: context.printer().year(edition.year),
        sentence: edition.compared.map(|counts| context.compared_sentence(counts)),
        revisions: rows,
    }
}

/// What an edition's sheets declare, for the feed; what follows from it is not told on its own. Newest first.
pub fn entries(context: &PageContext<'_>, edition: &EditionFacts) -> Vec<RevisedEntry> {
    let mut entries = Vec::new();
    for summary in edition.policies.iter().filter(|summary| !summary.sheet.revisions.is_empty()) {
        let sheet = &summary.sheet;
        let Some(policy) = context.portal.policy(&sheet.policy) else { continue };
        let compared = compared(context.portal, policy, edition.year);
        let own = compared.map(|compared| compared.revised).unwrap_or_default();
        for revised in own.iter().chain(&restated(context.portal, policy, edition.year)) {
            let Declared::Sheet(by) = revised.by else { continue };
            if !revised.id.field.is_derived() {
                entries.push(context.entry(sheet, edition.year, revised, by));
            }
        }
    }
    entries.sort_by(|a, b| (&b.date, &a.anchor).cmp(&(&a.date, &b.anchor)));
    entries
}

impl PageContext<'_> {
    fn entry(&self, sheet: &Sheet, year: FiscalYear, revised: &Revised<'_>, by: &Revision) -> RevisedEntry {
        let id = &revised.id;
        let figure = self.figure_name(sheet, id);
        let (policy, short) = (self.words(&sheet.name), self.printer().short_year(year));
        let title = match id.field {
            FigureField::Digest => self
                .labels
                .fill_words("revisions.entry-texts", &[("year", &short), ("policy", &policy), ("figure", &figure)]),
            field => self.labels.fill_words(
                "revisions.entry",
                &[
                    ("year", &short),
                    ("policy", &policy),
                    ("figure", &figure),
                    ("before", &self.published_figure(field, revised.published)),
                    ("now", &self.published_figure(field, revised.now.as_ref())),
                ],
            ),
        };
        let parts = [&sheet.policy, &*id.indicator, &*id.component, id.field.name()];
        let named = parts.into_iter().map(str::to_owned).chain(id.year.map(|year| year.to_string()));
        let anchor: Vec<String> = named.chain([by.date.to_string()]).filter(|part| !part.is_empty()).collect();
        // An edition that is not frozen has no errata; its page has the list.
        let target = match self.portal.ledger(year) {
            Some(_) => Target::Revisions(year),
            None => Target::Policy(year, &sheet.policy),
        };
        RevisedEntry {
            path: target.path(&language_prefix(self.language, self.portal.first_language())),
            anchor: anchor.join("/"),
            title: title.into_string(),
            reason: self.plain(&by.reason),
            date: by.date.to_string(),
        }
    }

    /// What a policy's page says of the comparison; `None` where the edition is not frozen.
    pub(super) fn compared_policy(&self, sheet: &Sheet, compared: Option<&Compared<'_>>) -> Option<ComparedView> {
        let compared = compared?;
        let year = self.edition_year();
        Some(ComparedView {
            sentence: self.compared_sentence(compared.counts),
            href: self.links.to(Target::Revisions(year)),
            revisions: compared.revised.iter().map(|revised| self.revision(sheet, year, revised)).collect(),
        })
    }

    pub(super) fn compared_sentence(&self, counts: ComparedCounts) -> Html {
        let count = |n: usize| print::figure(Decimal::from(n));
        let (figures, unchanged, revised) = (count(counts.figures), count(counts.unchanged()), count(counts.revised));
        let key = if counts.revised == 0 { "revisions.compared-unchanged" } else { "revisions.compared" };
        self.sentence(key, &[("figures", &figures), ("unchanged", &unchanged), ("revised", &revised)])
    }

    /// The figure before, to stand beside the one that holds now: `公表時 628人`.
    pub(super) fn was(&self, revised: &[Revised<'_>], id: &FigureId) -> Option<Words> {
        let found = revised.iter().find(|of| of.id == *id)?;
        let before = self.published_figure(id.field, found.published);
        if found.edition != self.edition_year() {
            let edition = self.printer().short_year(found.edition);
            return Some(self.labels.fill_words("revisions.was-in", &[("edition", &edition), ("figure", &before)]));
        }
        Some(self.labels.fill_words("revisions.was", &[("figure", &before)]))
    }

    /// A figure of this edition that a later sheet revises.
    pub(super) fn corrected(&self, sheet: &Sheet, of: &CorrectedLater<'_>) -> CorrectedView {
        let to = of.by.to.as_ref().map(|to| {
            let unit = sheet.indicator(&of.id.indicator).map(|indicator| self.units(indicator));
            let unit = unit.map(|units| if of.id.field == FigureField::Target { units.target } else { units.actual });
            self.printer().value(to, &unit.unwrap_or_default())
        });
        let nothing = || Words::new(self.word("revisions.nothing"));
        CorrectedView {
            figure: self.figure_name(sheet, &of.id).html(),
            now: to.unwrap_or_else(nothing).html(),
            date: self.printer().date(&of.by.date.to_string()),
            href: self.place_of_correction(of),
            edition: self.labels.fill("revisions.edition", &[("year", &self.printer().short_year(of.sheet.year))]),
        }
    }

    /// Where the sheet that corrects a figure shows it.
    pub(super) fn place_of_correction(&self, of: &CorrectedLater<'_>) -> String {
        let target = Target::Policy(of.sheet.year, &of.sheet.policy);
        match of.sheet.indicator(&of.id.indicator) {
            Some(indicator) => self.links.to_anchor(target, &indicator.id),
            None => self.links.to_anchor(target, "section_revisions"),
        }
    }

    pub(super) fn revision(&self, sheet: &Sheet, edition: FiscalYear, revised: &Revised<'_>) -> RevisionView {
        let (date, kind, reason, source) = match revised.by {
            Declared::Sheet(by) => (by.date, by.kind, &by.reason, &*sheet.path),
            Declared::Portal(by) => (by.date, by.kind, &by.reason, "portal.yaml"),
        };
        let id = &revised.id;
        let target = Target::Policy(edition, &sheet.policy);
        let on_page = sheet.indicator(&id.indicator).map(|indicator| self.links.to_anchor(target, &indicator.id));
        let texts = id.field == FigureField::Digest;
        RevisionView {
            policy: None,
            figure: self.figure_name(sheet, id).html(),
            href: Some(on_page.unwrap_or_else(|| self.links.to(target))),
            before: if texts { Html::default() } else { self.published_figure(id.field, revised.published).html() },
            now: if texts { Html::default() } else { self.published_figure(id.field, revised.now.as_ref()).html() },
            date: self.printer().date(&date.to_string()),
            kind: self.word(kind_key(kind)).to_owned(),
            reason: self.prose(source).inline(reason),
        }
    }

    fn rule_revision(&self, revision: &RuleRevision) -> RevisionView {
        let sheet = revision
            .policy
            .as_deref()
            .and_then(|id| self.portal.policy(id))
            .and_then(|of: &Policy| of.sheet(revision.edition));
        let key = match revision.field {
            Some(FigureField::Verdict) => "revisions.rule.verdict",
            Some(_) => "revisions.rule.rate",
            None => "revisions.rule.withdrawn",
        };
        let mut figure = Words::new(self.word(key));
        if let (None, Some(policy)) = (sheet, revision.policy.as_deref()) {
            figure = self.labels.fill_words("revisions.rule.of", &[("what", &figure), ("policy", &policy)]);
        }
        RevisionView {
            policy: sheet.map(|sheet| self.policy_link(sheet)),
            figure: figure.html(),
            href: None,
            before: Html::default(),
            now: Html::default(),
            date: self.printer().date(&revision.date.to_string()),
            kind: self.word(kind_key(revision.kind)).to_owned(),
            reason: self.prose("portal.yaml").inline(&revision.reason),
        }
    }

    /// `交流人数 2024年度の実績値`.
    fn figure_name(&self, sheet: &Sheet, id: &FigureId) -> Words {
        let field = self.word(field_key(id.field));
        let what = match id.year {
            Some(year) => {
                let year = self.printer().short_year(year);
                self.labels.fill_words("revisions.of-year", &[("year", &year), ("what", &field)])
            }
            None => Words::new(field),
        };
        let Some(indicator) = sheet.indicator(&id.indicator) else {
            return match self.part_of_policy(&id.component) {
                Some(of) => self.labels.fill_words("revisions.of", &[("of", &of), ("what", &what)]),
                None => what,
            };
        };
        let name = self.words(&indicator.name);
        let component = indicator.components.iter().find(|component| component.id == id.component);
        let name = match component {
            Some(component) => self
                .labels
                .fill_words("indicator.component", &[("name", &name), ("component", &self.words(&component.name))]),
            None => name,
        };
        self.labels.fill_words("revisions.of", &[("of", &name), ("what", &what)])
    }

    /// A fund, a project or a voice.
    fn part_of_policy(&self, component: &str) -> Option<Words> {
        let (project, fund) = match component.strip_prefix("project:") {
            Some(rest) => match rest.rsplit_once('/').filter(|(_, fund)| is_fund(fund)) {
                Some((project, fund)) => (Some(project), Some(fund)),
                None => (Some(rest), None),
            },
            None => (None, Some(component).filter(|component| !component.is_empty())),
        };
        let word = fund.map(|of| match of {
            "self" => self.word("grade.self").to_owned(),
            "second" => self.word("grade.second").to_owned(),
            "external" => self.word("grade.external").to_owned(),
            of => Fund::ALL
                .into_iter()
                .find(|fund| fund.name() == of)
                .map_or_else(|| of.to_owned(), |fund| self.word(fund_label(fund)).to_owned()),
        });
        let parts: Vec<String> = project.map(str::to_owned).into_iter().chain(word).collect();
        (!parts.is_empty()).then(|| Words::new(parts.join(" ")))
    }

    fn published_figure(&self, field: FigureField, figure: Option<&PublishedFigure>) -> Words {
        let Some(figure) = figure else { return Words::new(self.word("revisions.nothing")) };
        if field == FigureField::Verdict {
            return Words::new(self.labels.find(&format!("verdict.{}", figure.value)).unwrap_or(&figure.value));
        }
        // With the digits that were printed; what is no number is shown as it was.
        let unit = unit_of(&figure.text);
        let digits = figure.text.strip_suffix(unit).and_then(|digits| digits.parse::<Decimal>().ok());
        match digits.filter(|_| field != FigureField::Grade && figure.value.parse::<Decimal>().is_ok()) {
            Some(number) => with_unit(&print::figure(number), &self.words_of(unit)),
            None => self.words_of(&figure.text),
        }
    }

    /// What the ledger says in the first language.
    fn words_of(&self, text: &str) -> Words {
        let first = self.portal.first_language();
        if first == self.language { Words::new(text) } else { Words::foreign(text, first) }
    }
}

fn is_fund(name: &str) -> bool {
    Fund::ALL.iter().any(|fund| fund.name() == name)
}

const fn kind_key(kind: RevisionKind) -> &'static str {
    match kind {
        RevisionKind::Correction => "revisions.kind.correction",
        RevisionKind::FinalFigure => "revisions.kind.final-figure",
        RevisionKind::Redefinition => "revisions.kind.redefinition",
        RevisionKind::TargetChange => "revisions.kind.target-change",
    }
}

const fn field_key(field: FigureField) -> &'static str {
    match field {
        FigureField::Baseline => "revisions.field.baseline",
        FigureField::Actual => "revisions.field.actual",
        FigureField::Target => "revisions.field.target",
        FigureField::Rate => "revisions.field.rate",
        FigureField::PublishedRate => "revisions.field.published_rate",
        FigureField::Verdict => "revisions.field.verdict",
        FigureField::Settled => "revisions.field.settled",
        FigureField::Budgeted => "revisions.field.budgeted",
        FigureField::Personnel => "revisions.field.personnel",
        FigureField::Total => "revisions.field.total",
        FigureField::Grade => "revisions.field.grade",
        FigureField::Digest => "revisions.field.digest",
    }
}
