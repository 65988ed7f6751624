//! What was revised after it was published, as pages of policies and lists of errata show it.

use crate::facts::{Compared, ComparedCounts, CorrectedLater, Declared, Revised, unit_of};
use crate::model::{FigureField, FigureId, FiscalYear, Fund, PublishedFigure, RevisionKind, Sheet};
use crate::site::difference::parts_of_policy;
use crate::site::print::{self, with_unit};
use crate::site::route::Target;
use crate::site::views::context::PageContext;
use crate::site::views::expenditure::fund_label;
use crate::site::views::figures::{Cell, Later, beside};
use crate::site::views::page::Link;
use crate::site::views::policy::SheetOf;
use crate::theme::{Html, Words};
use rust_decimal::Decimal;
use serde::Serialize;

/// What a page says of the comparison with the ledger.
#[derive(Debug, Serialize)]
pub struct ComparedView {
    /// 公表済みの数値5件と照合：変更なし3件、改訂2件.
    pub sentence: Html,
    pub revisions: Vec<RevisionView>,
}

/// A figure that a later sheet revises: this edition keeps it and leads there.
#[derive(Debug, Serialize)]
pub struct CorrectedView {
    /// Where rows of several policies stand together.
    pub policy: Option<Link>,
    pub figure: Html,
    /// To the indicator of this edition, or to the policy's page.
    pub own: String,
    /// What this edition says.
    pub here: Html,
    pub now: Html,
    pub date: String,
    pub kind: String,
    pub reason: Html,
    /// To the figure in the later edition.
    pub href: String,
    /// 2025年度版.
    pub edition: String,
    /// 案: where that sheet is not for the public yet.
    pub draft: Option<String>,
}

/// A row of the errata.
#[derive(Debug, Serialize)]
pub struct RevisionView {
    /// Where rows of several policies stand together.
    pub policy: Option<Link>,
    pub figure: Html,
    /// To the indicator, or to the policy's page.
    pub href: Option<String>,
    /// Where another edition published the figure: 2024年度版.
    pub edition: Option<String>,
    pub before: Html,
    pub now: Html,
    pub date: String,
    pub kind: String,
    pub reason: Html,
}

impl PageContext<'_> {
    /// What a policy's page says of the comparison; `None` where the edition is not frozen.
    pub(super) fn compared_policy(&self, sheet: &Sheet, compared: Option<&Compared<'_>>) -> Option<ComparedView> {
        let compared = compared?;
        let year = self.edition_year();
        Some(ComparedView {
            sentence: self.compared_sentence(compared.counts),
            revisions: compared.revised.iter().map(|revised| self.revision(sheet, year, revised)).collect(),
        })
    }

    pub(super) fn compared_sentence(&self, counts: ComparedCounts) -> Html {
        let count = |n: usize| print::figure(Decimal::from(n));
        let (figures, unchanged, revised) = (count(counts.figures), count(counts.unchanged()), count(counts.revised));
        let key = if counts.revised == 0 { "revisions.compared-unchanged" } else { "revisions.compared" };
        self.sentence(key, &[("figures", &figures), ("unchanged", &unchanged), ("revised", &revised)])
    }

    /// How many figures of this edition later ones changed; `None` where none was.
    pub(super) fn corrected_sentence(&self, figures: usize) -> Option<Html> {
        let n = print::figure(Decimal::from(figures));
        (figures > 0).then(|| self.sentence("revisions.corrected-count", &[("n", &n)]))
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

    /// A figure that was published otherwise says so, with the figure as it was; one that a later edition corrects leads
    /// there.
    pub(super) fn marked(&self, of: SheetOf<'_>, mut cell: Cell, id: impl FnOnce() -> FigureId) -> Cell {
        if of.revised.is_empty() && of.corrected.is_empty() {
            return cell;
        }
        let id = id();
        if let Some(was) = self.was(of.revised, &id) {
            cell.remark = Some(beside(was, cell.remark));
        }
        cell.later = of.corrected.iter().find(|of| of.id == id).map(|of| {
            let words = match of.by.kind {
                RevisionKind::Correction => "revisions.later",
                RevisionKind::FinalFigure | RevisionKind::Redefinition | RevisionKind::TargetChange => {
                    "revisions.later-changed"
                }
            };
            let words = self.word(words).to_owned();
            Box::new(Later { href: self.place_of_correction(of), words })
        });
        cell
    }

    /// A figure of this edition that a later sheet revises.
    pub(super) fn corrected(&self, sheet: &Sheet, of: &CorrectedLater<'_>) -> CorrectedView {
        let to = of.by.to.as_ref().map(|to| {
            let unit = match sheet.indicator(&of.id.indicator).map(|indicator| self.units(indicator)) {
                Some(units) if of.id.field == FigureField::Target => units.target,
                Some(units) => units.actual,
                // Of money: two amounts in other units were two figures.
                None => Words::new(unit_of(&of.here.text)),
            };
            self.printer().value(to, &unit)
        });
        let nothing = || Words::new(self.word("revisions.nothing"));
        CorrectedView {
            policy: None,
            figure: self.figure_name(sheet, &of.id).html(),
            own: self.place_of_figure(sheet, &of.id),
            here: self.published_figure(of.id.field, Some(&of.here)).html(),
            now: to.unwrap_or_else(nothing).html(),
            date: self.printer().date(&of.by.date.to_string()),
            kind: self.word(kind_key(of.by.kind)).to_owned(),
            reason: self.prose(&of.sheet.path).inline(&of.by.reason),
            href: self.place_of_correction(of),
            edition: self.edition_name(of.sheet.year),
            draft: self.draft_mark(of.sheet),
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

    /// Where the edition of a sheet shows a figure of it.
    fn place_of_figure(&self, sheet: &Sheet, id: &FigureId) -> String {
        let target = Target::Policy(sheet.year, &sheet.policy);
        match sheet.indicator(&id.indicator) {
            Some(indicator) => self.links.to_anchor(target, &indicator.id),
            None => self.links.to(target),
        }
    }

    /// 2025年度版.
    fn edition_name(&self, year: FiscalYear) -> String {
        self.labels.fill("revisions.edition", &[("year", &self.printer().short_year(year))])
    }

    pub(super) fn revision(&self, sheet: &Sheet, edition: FiscalYear, revised: &Revised<'_>) -> RevisionView {
        let (date, kind, reason, source) = match revised.by {
            Declared::Sheet(by) => (by.date, by.kind, &by.reason, &*sheet.path),
            Declared::Portal(by) => (by.date, by.kind, &by.reason, "portal.yaml"),
        };
        let id = &revised.id;
        let texts = id.field == FigureField::Digest;
        RevisionView {
            policy: None,
            figure: self.figure_name(sheet, id).html(),
            href: Some(self.place_of_figure(sheet, id)),
            edition: (revised.edition != edition).then(|| self.edition_name(revised.edition)),
            before: if texts { Html::default() } else { self.published_figure(id.field, revised.published).html() },
            now: if texts { Html::default() } else { self.published_figure(id.field, revised.now.as_ref()).html() },
            date: self.printer().date(&date.to_string()),
            kind: self.word(kind_key(kind)).to_owned(),
            reason: self.prose(source).inline(reason),
        }
    }

    /// `交流人数 2024年度の実績値`.
    pub(super) fn figure_name(&self, sheet: &Sheet, id: &FigureId) -> Words {
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
        let (project, fund) = parts_of_policy(component);
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

    pub(super) fn published_figure(&self, field: FigureField, figure: Option<&PublishedFigure>) -> Words {
        let Some(figure) = figure else { return Words::new(self.word("revisions.nothing")) };
        if field == FigureField::Verdict {
            return Words::new(self.labels.find(&format!("verdict.{}", figure.value)).unwrap_or(&figure.value));
        }
        // With the digits that were printed; what is no number is shown as it was.
        let unit = unit_of(&figure.text);
        let digits = figure.text.strip_suffix(unit).and_then(|digits| digits.replace(',', "").parse::<Decimal>().ok());
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

pub(super) const fn kind_key(kind: RevisionKind) -> &'static str {
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
