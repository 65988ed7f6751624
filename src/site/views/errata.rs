//! The list of errata (正誤表) of an edition: what it changed after it was published, what it changed of earlier ones, what
//! later ones changed of it. The feed tells the same, entry by entry.

use crate::facts::{Declared, EditionFacts, PolicySummary, Revised, compared, corrected_policies, restated};
use crate::model::{FigureField, FiscalYear, Policy, Revision, RuleRevision, Sheet};
use crate::site::feeds::RevisedEntry;
use crate::site::route::{Target, language_prefix};
use crate::site::views::context::PageContext;
use crate::site::views::page::{About, Page, edition_crumb, page};
use crate::site::views::revisions::{CorrectedView, RevisionView, kind_key};
use crate::theme::{Html, Words};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct RevisionsView {
    pub language: String,
    pub page: Page,
    pub year: String,
    /// `None` where the edition is not frozen.
    pub sentence: Option<Html>,
    /// How many of its figures later editions changed; `None` where none was.
    pub corrected_sentence: Option<Html>,
    /// Of this edition's own figures and texts, after it was published; rules of portal.yaml first.
    pub revisions: Vec<RevisionView>,
    /// What this edition's sheets revise of figures that earlier editions published.
    pub restated: Vec<RevisionView>,
    /// What later sheets revise of this edition's figures.
    pub corrected: Vec<CorrectedView>,
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
    let mut of_earlier = Vec::new();
    let declares = |of: &PolicySummary| of.compared.is_some_and(|of| of.revised > 0) || !of.sheet.revisions.is_empty();
    let mut sheets: Vec<_> = edition.policies.iter().filter(|of| declares(of)).map(|of| &of.sheet).collect();
    sheets.sort_by(|a, b| a.policy.cmp(&b.policy));
    for sheet in sheets {
        let Some(policy) = context.portal.policy(&sheet.policy) else { continue };
        let row = |revised: &Revised<'_>| RevisionView {
            policy: Some(context.policy_link(sheet)),
            ..context.revision(sheet, edition.year, revised)
        };
        let own = compared(context.portal, policy, edition.year).map(|compared| compared.revised).unwrap_or_default();
        // What follows from a rule that changed is told once, by the rule.
        rows.extend(own.iter().filter(|of| matches!(of.by, Declared::Sheet(_))).map(row));
        of_earlier.extend(restated(context.portal, policy, edition.year).iter().map(row));
    }
    let corrected = corrected_policies(context.portal, edition.year);
    let corrected_sentence = context.corrected_sentence(corrected.iter().map(|(_, of)| of.len()).sum());
    let corrected = corrected.iter().flat_map(|(sheet, corrected)| {
        corrected
            .iter()
            .map(|of| CorrectedView { policy: Some(context.policy_link(sheet)), ..context.corrected(sheet, of) })
    });
    RevisionsView {
        language: context.language.code().to_owned(),
        page: page(context, about),
        year: context.printer().year(edition.year),
        sentence: edition.compared.map(|counts| context.compared_sentence(counts)),
        corrected_sentence,
        revisions: rows,
        restated: of_earlier,
        corrected: corrected.collect(),
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
            field => {
                let edition = self.printer().short_year(revised.edition);
                let (before, now) = (revised.published, revised.now.as_ref());
                let (before, now) = (self.published_figure(field, before), self.published_figure(field, now));
                let key = if revised.edition == year { "revisions.entry" } else { "revisions.entry-earlier" };
                self.labels.fill_words(
                    key,
                    &[
                        ("edition", &edition),
                        ("year", &short),
                        ("policy", &policy),
                        ("figure", &figure),
                        ("before", &before),
                        ("now", &now),
                    ],
                )
            }
        };
        let parts = [&sheet.policy, &*id.indicator, &*id.component, id.field.name()];
        let named = parts.into_iter().map(str::to_owned).chain(id.year.map(|year| year.to_string()));
        let anchor: Vec<String> = named.chain([by.date.to_string()]).filter(|part| !part.is_empty()).collect();
        RevisedEntry {
            path: Target::Revisions(year).path(&language_prefix(self.language, self.portal.first_language())),
            anchor: anchor.join("/"),
            title: title.into_string(),
            reason: self.plain(&by.reason),
            date: by.date.to_string(),
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
            Some(FigureField::Digest) => "revisions.rule.recommendations",
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
            edition: None,
            before: Html::default(),
            now: Html::default(),
            date: self.printer().date(&revision.date.to_string()),
            kind: self.word(kind_key(revision.kind)).to_owned(),
            reason: self.prose("portal.yaml").inline(&revision.reason),
        }
    }
}
