//! Frozen editions: what an edition publishes now, held against what it published.

use super::Kept;
use super::later::Before;
use super::published::{Stated, published};
use crate::diagnostic::{Code, Diagnostic, Message, Place, Report};
use crate::model::ledger::canonical_value;
use crate::model::{
    At, FigureField, FigureId, FiscalYear, Language, Ledger, MissingReason, Policy, Portal, PublishedFigure, Revision,
    RuleRevision, Sheet,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A policy of a frozen edition, compared with what was published.
#[derive(Clone, Debug, Default)]
pub struct Compared<'a> {
    pub counts: ComparedCounts,
    /// What is another now, as declared, texts included; in the order of figures.
    pub revised: Vec<Revised<'a>>,
}

/// How many published figures were compared; texts are not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ComparedCounts {
    pub figures: usize,
    /// Those of them that are another now, or are not there any more.
    pub revised: usize,
}

impl ComparedCounts {
    pub fn unchanged(self) -> usize {
        self.figures.saturating_sub(self.revised)
    }

    pub fn merge(&mut self, other: Self) {
        self.figures += other.figures;
        self.revised += other.revised;
    }
}

/// A published figure that holds no more.
#[derive(Clone, Debug)]
pub struct Revised<'a> {
    pub id: FigureId,
    /// As the ledger has it; `None` where nothing had been published.
    pub published: Option<&'a PublishedFigure>,
    /// `None` where it was withdrawn.
    pub now: Option<PublishedFigure>,
    /// What declares it; for a rate or verdict what it follows from.
    pub by: Declared<'a>,
    /// The edition that published the figure.
    pub edition: FiscalYear,
}

/// What declares a change.
#[derive(Clone, Copy, Debug)]
pub enum Declared<'a> {
    Sheet(&'a Revision),
    Portal(&'a RuleRevision),
}

/// Compares a policy in a frozen edition with its ledger; `None` where the edition is not frozen, or published nothing of
/// the policy. What differs without being declared is not among the revised: the build stops for it.
pub fn compared<'a>(portal: &'a Portal, policy: &'a Policy, year: FiscalYear) -> Option<Compared<'a>> {
    let ledger = portal.ledger(year)?;
    let lines = ledger.policies.get(&policy.id)?;
    let sheet = policy.sheet(year)?;
    let mut comparison = Comparison {
        portal,
        policy,
        sheet,
        ledger,
        lines,
        differing: Vec::new(),
        revised: Vec::new(),
        led: Vec::new(),
    };
    comparison.run();
    let figures = lines.keys().filter(|id| id.field != FigureField::Digest).count();
    let revised = comparison.revised.iter().filter(|of| of.published.is_some() && of.id.field != FigureField::Digest);
    Some(Compared { counts: ComparedCounts { figures, revised: revised.count() }, revised: comparison.revised })
}

/// Tells of every figure of a frozen edition that is not the one that was published (`published-figure-changed`), of
/// revisions that fit nothing (`invalid-revision`), and of texts that were changed (`published-text-changed`).
///
/// `kept` holds what was found in policies that are as they were.
pub(super) fn review(portal: &Portal, kept: &mut Kept, report: &mut Report) {
    let ledgers = ledgers(portal);
    kept.frozen.renew(&portal.policies, |_| ledgers.clone(), |policy, _| of_policy(portal, policy));
    kept.frozen.iter().flatten().for_each(|diagnostic| report.add(diagnostic.clone()));
    for ledger in &portal.ledgers {
        for (id, lines) in &ledger.policies {
            let is_there = portal.policy(id).is_some_and(|policy| policy.sheet(ledger.year).is_some());
            if !is_there && withdrawn(portal, ledger.year, id).is_none() {
                report.add(vanished(ledger, id, lines));
            }
        }
    }
}

/// What the ledgers say, in short: what follows from them follows from this.
pub(super) fn ledgers(portal: &Portal) -> Vec<(FiscalYear, [u8; 32])> {
    portal.ledgers.iter().map(|of| (of.year, of.hash)).collect()
}

fn withdrawn<'a>(portal: &'a Portal, year: FiscalYear, policy: &str) -> Option<&'a RuleRevision> {
    let of = |revision: &&RuleRevision| revision.edition == year && revision.policy.as_deref() == Some(policy);
    portal.revisions.iter().filter(of).find(|revision| revision.field.is_none())
}

fn of_policy(portal: &Portal, policy: &Policy) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for sheet in &policy.sheets {
        let ledger = portal.ledger(sheet.year).and_then(|ledger| Some((ledger, ledger.policies.get(&policy.id)?)));
        let Some((ledger, lines)) = ledger else {
            restated(portal, policy, sheet, &mut found);
            continue;
        };
        let mut comparison = Comparison {
            portal,
            policy,
            sheet,
            ledger,
            lines,
            differing: Vec::new(),
            revised: Vec::new(),
            led: Vec::new(),
        };
        comparison.run();
        found.append(&mut comparison.differing);
    }
    found
}

/// The revisions of a sheet whose own edition is not frozen speak of figures that earlier ones published: they lead from
/// what those leave to what the sheet says.
fn restated(portal: &Portal, policy: &Policy, sheet: &Sheet, found: &mut Vec<Diagnostic>) {
    if sheet.revisions.is_empty() {
        return;
    }
    let now = published(portal, policy, sheet.year);
    let mut of_figure: BTreeMap<FigureId, (Before<'_>, Vec<&Revision>)> = BTreeMap::new();
    for revision in &sheet.revisions {
        match Before::of(portal, policy, sheet, revision) {
            Some(before) => of_figure.entry(before.id.clone()).or_insert((before, Vec::new())).1.push(revision),
            None => found.push(nothing_published(sheet, revision)),
        }
    }
    for (id, (Before { ledger, lines, line, value, .. }, mut chain)) in of_figure {
        chain.sort_by_key(|revision| revision.date);
        let mut comparison = Comparison {
            portal,
            policy,
            sheet,
            ledger,
            lines,
            differing: Vec::new(),
            revised: Vec::new(),
            led: Vec::new(),
        };
        comparison.follows(Some(&PublishedFigure { value, ..line.clone() }), now.get(&id), &chain);
        found.append(&mut comparison.differing);
    }
}

/// One policy in one frozen edition.
struct Comparison<'a> {
    portal: &'a Portal,
    policy: &'a Policy,
    sheet: &'a Sheet,
    ledger: &'a Ledger,
    lines: &'a BTreeMap<FigureId, PublishedFigure>,
    differing: Vec<Diagnostic>,
    revised: Vec<Revised<'a>>,
    /// The revisions that were declared before the edition was frozen, of figures that earlier ones published.
    led: Vec<&'a Revision>,
}

impl<'a> Comparison<'a> {
    fn run(&mut self) {
        let now = published(self.portal, self.policy, self.ledger.year);
        let mut of_figure: BTreeMap<FigureId, Vec<&'a Revision>> = BTreeMap::new();
        for revision in &self.sheet.revisions {
            match self.lines.keys().chain(now.keys()).find(|id| revision.is_of(id)) {
                Some(id) => of_figure.entry(id.clone()).or_default().push(revision),
                None => self.differing.push(nothing_published(self.sheet, revision)),
            }
        }
        for (id, chain) in &mut of_figure {
            chain.sort_by_key(|revision| revision.date);
            self.leave_out_leading(id, chain);
        }
        let mut changed = BTreeSet::new();
        let (derived, stated): (Vec<_>, Vec<_>) = self.lines.iter().partition(|(id, _)| id.field.is_derived());
        for (id, line) in stated {
            let chain = of_figure.get(id).map(Vec::as_slice).unwrap_or_default();
            let before = self.differing.len();
            self.compare(id, Some(line), now.get(id), chain);
            if self.differing.len() > before {
                changed.insert((&id.indicator, &id.component));
            }
        }
        // What follows from a figure that was told of is not told of as well.
        for (id, line) in derived.into_iter().filter(|(id, _)| !changed.contains(&(&id.indicator, &id.component))) {
            self.compare(id, Some(line), now.get(id), &[]);
        }
        // What a newer version of the tool derives besides was nothing that anybody changed.
        for (id, stated) in now.iter().filter(|(id, _)| !self.lines.contains_key(id) && !id.field.is_derived()) {
            let chain = of_figure.get(id).map(Vec::as_slice).unwrap_or_default();
            self.compare(id, None, Some(stated), chain);
        }
    }

    /// Takes away the revisions that led from what earlier editions published to what this one did: they were declared
    /// before it was frozen.
    fn leave_out_leading(&mut self, id: &FigureId, chain: &mut Vec<&'a Revision>) {
        let published = self.lines.get(id).map(|line| &*line.value);
        let of = |value: &Option<crate::model::Value>| value.as_ref().map(canonical_value);
        let Some(first) = chain.first().filter(|first| of(&first.from).as_deref() != published) else { return };
        let before = Before::of(self.portal, self.policy, self.sheet, first).map(|before| before.value.to_string());
        let mut value = before;
        let mut led = 0;
        for (index, revision) in chain.iter().enumerate() {
            if value.is_none() || of(&revision.from) != value {
                break;
            }
            value = of(&revision.to);
            if value.as_deref() == published {
                led = index + 1;
                break;
            }
        }
        self.led.extend(chain.drain(..led));
    }

    fn compare(
        &mut self,
        id: &FigureId,
        line: Option<&'a PublishedFigure>,
        now: Option<&Stated>,
        chain: &[&'a Revision],
    ) {
        if id.field == FigureField::Digest {
            return self.compare_texts(id, line, now, chain);
        }
        if !self.follows(line, now, chain) {
            return;
        }
        if is_same(line, now.map(|stated| &stated.figure)) {
            return;
        }
        let declared = match chain.last() {
            Some(last) => Some(Declared::Sheet(last)),
            None if id.field.is_derived() => self.consequence(id),
            None => None,
        };
        match declared {
            Some(by) => self.revised.push(Revised {
                id: id.clone(),
                published: line,
                now: now.map(|stated| stated.figure.clone()),
                by,
                edition: self.ledger.year,
            }),
            None => self.differing.push(self.changed(id, line, now)),
        }
    }

    /// Whether declared revisions lead, one after another, from what was published to what holds now.
    fn follows(&mut self, line: Option<&PublishedFigure>, now: Option<&Stated>, chain: &[&'a Revision]) -> bool {
        let mut value = line.map(|line| line.value.to_string());
        for revision in chain {
            let from = revision.from.as_ref().map(canonical_value);
            if from != value {
                self.differing.push(self.does_not_begin(revision, value.as_deref()));
                return false;
            }
            value = revision.to.as_ref().map(canonical_value);
        }
        let now = now.map(|stated| &*stated.figure.value);
        match chain.last() {
            Some(last) if value.as_deref() != now => {
                self.differing.push(self.does_not_end(last, now));
                false
            }
            _ => true,
        }
    }

    /// What a changed rate or verdict follows from: a revised figure of its series, else a revised rule.
    fn consequence(&self, id: &FigureId) -> Option<Declared<'a>> {
        let of_series = |revision: &&Revision| {
            revision.field.decides()
                && !self.led.iter().any(|led| std::ptr::eq(*led, *revision))
                && revision.indicator.as_deref() == Some(&*id.indicator)
                && revision.component.as_deref().unwrap_or_default() == &*id.component
        };
        let by_sheet = self.sheet.revisions.iter().filter(of_series).max_by_key(|revision| revision.date);
        let of_rule = |revision: &&RuleRevision| {
            revision.edition == self.ledger.year
                && revision.field == Some(id.field)
                && revision.policy.as_deref().is_none_or(|policy| *policy == *self.policy.id)
        };
        let by_rule = || self.portal.revisions.iter().filter(of_rule).max_by_key(|revision| revision.date);
        by_sheet.map(Declared::Sheet).or_else(|| by_rule().map(Declared::Portal))
    }

    fn compare_texts(
        &mut self,
        id: &FigureId,
        line: Option<&'a PublishedFigure>,
        now: Option<&Stated>,
        chain: &[&'a Revision],
    ) {
        let Some((line, stated)) = line.zip(now) else { return };
        if line.value == stated.figure.value {
            return;
        }
        let declared = chain.last().filter(|last| {
            let to = last.to.as_ref().map(canonical_value);
            to.is_none_or(|to| to == *stated.figure.value)
        });
        match declared {
            Some(by) => self.revised.push(Revised {
                id: id.clone(),
                published: Some(line),
                now: Some(stated.figure.clone()),
                by: Declared::Sheet(by),
                edition: self.ledger.year,
            }),
            None => self.differing.push(self.texts_changed(stated)),
        }
    }

    fn place(&self, sheet: FiscalYear, at: At) -> Place {
        let path = self.policy.sheet(sheet).map_or(&self.sheet.path, |sheet| &sheet.path);
        Place { file: Arc::from(format!("content/{path}")), at }
    }

    fn in_ledger(&self, line: Option<&PublishedFigure>) -> Option<Place> {
        let line = line?.line;
        let at = At { line, column: 1, length: 1 };
        Some(Place { file: Arc::from(format!("content/{}", self.ledger.path)), at })
    }

    fn changed(&self, id: &FigureId, line: Option<&PublishedFigure>, now: Option<&Stated>) -> Diagnostic {
        let language = self.portal.first_language();
        let (ja, en) = names(self.sheet, id, language);
        let edition = self.ledger.year;
        let before = line.map(|line| shown(id, line));
        let after = now.map(|stated| shown(id, &stated.figure));
        let message = Message::new(
            format!(
                "{edition}年度版で公表した{ja}は {} ですが、いまは {} です",
                before.as_deref().unwrap_or("(なし)"),
                after.as_deref().unwrap_or("(なし)"),
            ),
            format!(
                "the {edition} edition published {} for {en}, and now it is {}",
                in_quotes(before.as_deref()),
                in_quotes(after.as_deref()),
            ),
        );
        let (sheet, at) = now.map_or((edition, self.home(id)), |stated| (stated.sheet, stated.at));
        let mut told = Diagnostic::new(Code::PublishedFigureChanged, self.place(sheet, at), message);
        let (help_ja, help_en) = if id.field.is_derived() {
            let field = id.field.name();
            (
                format!(
                    "もとの数値を公表したときの値に戻すか、計算方法を改めたのなら portal.yaml に書きます:\nrevisions:\n  - {{edition: {edition}, field: {field}, kind: correction, date: 改めた日, reason: 理由}}"
                ),
                format!(
                    "put back what it follows from, or, where the rule was changed, write into portal.yaml:\nrevisions:\n  - {{edition: {edition}, field: {field}, kind: correction, date: …, reason: …}}"
                ),
            )
        } else {
            let entry = self.entry(id, line, now);
            (
                format!(
                    "写し間違いなら公表した値に戻してください。改訂なら、このシート({})に書きます:\nrevisions:\n  - {{{entry}, kind: correction, date: 改めた日, reason: 理由}}",
                    self.sheet.path
                ),
                format!(
                    "put the published figure back, or declare the revision in this sheet ({}):\nrevisions:\n  - {{{entry}, kind: correction, date: …, reason: …}}",
                    self.sheet.path
                ),
            )
        };
        told = told.help(help_ja, help_en);
        if let Some(place) = self.in_ledger(line) {
            told = told.related(place, "公表した値はここです", "what was published");
        }
        told
    }

    /// Where a figure that is not there any more would stand.
    fn home(&self, id: &FigureId) -> At {
        self.sheet.indicator(&id.indicator).map_or(self.sheet.name_at, |indicator| indicator.at)
    }

    /// The declaration, up to its kind, as it is written in a sheet.
    fn entry(&self, id: &FigureId, line: Option<&PublishedFigure>, now: Option<&Stated>) -> String {
        let mut parts = Vec::new();
        if !id.indicator.is_empty() {
            parts.push(format!("indicator: {}", id.indicator));
        }
        if !id.component.is_empty() {
            parts.push(format!("component: {}", quoted(&id.component)));
        }
        parts.push(format!("field: {}", id.field.name()));
        parts.extend(id.year.map(|year| format!("year: {year}")));
        parts.extend(line.map(|line| format!("from: {}", written(&line.value))));
        parts.extend(now.map(|stated| format!("to: {}", written(&stated.figure.value))));
        parts.join(", ")
    }

    fn does_not_begin(&self, revision: &Revision, before: Option<&str>) -> Diagnostic {
        let message = Message::new(
            format!("改訂前(from)が、公表した値 {} と違います", before.unwrap_or("(なし)")),
            format!("`from` is not what was published before: {}", in_quotes(before)),
        );
        let at = revision.from.as_ref().map_or(revision.at, |from| from.at);
        let (ja, en) = match before {
            Some(before) => {
                (format!("from: {} と書いてください", written(before)), format!("write from: {}", written(before)))
            }
            None => (
                "まだ公表していない値なので、from は書きません".to_owned(),
                "nothing had been published: leave `from` out".to_owned(),
            ),
        };
        Diagnostic::new(Code::InvalidRevision, self.place(self.sheet.year, at), message).help(ja, en)
    }

    fn does_not_end(&self, revision: &Revision, now: Option<&str>) -> Diagnostic {
        let message = Message::new(
            format!("改訂後(to)が、シートに書かれている値 {} と違います", now.unwrap_or("(なし)")),
            format!("`to` is not what the sheet says now: {}", in_quotes(now)),
        );
        let at = revision.to.as_ref().map_or(revision.at, |to| to.at);
        Diagnostic::new(Code::InvalidRevision, self.place(self.sheet.year, at), message).help(
            "シートの値か、改訂の to を直してください。もう一度改めたのなら、改訂を一つ書き足します",
            "correct the sheet or `to`; where it was changed again, add one more revision",
        )
    }

    fn texts_changed(&self, stated: &Stated) -> Diagnostic {
        let edition = self.ledger.year;
        let message = Message::new(
            format!("{edition}年度版として公表した後に、シートの文章が変わっています"),
            format!("the texts of the sheet were changed after the {edition} edition was published"),
        );
        let entry = format!("field: digest, to: \"{}\"", stated.figure.value);
        Diagnostic::new(Code::PublishedTextChanged, self.place(stated.sheet, stated.at), message).help(
            format!("公表したときの文章に戻すか、このシートに書きます:\nrevisions:\n  - {{{entry}, kind: correction, date: 改めた日, reason: 理由}}"),
            format!("put the published texts back, or declare the revision in this sheet:\nrevisions:\n  - {{{entry}, kind: correction, date: …, reason: …}}"),
        )
    }
}

fn is_same(line: Option<&PublishedFigure>, now: Option<&PublishedFigure>) -> bool {
    match (line, now) {
        (Some(line), Some(now)) => line.value == now.value && unit_of(&line.text) == unit_of(&now.text),
        (None, None) => true,
        _ => false,
    }
}

/// What stands behind the digits: 628人 and 628千人 are two figures. Words are told by the value.
pub fn unit_of(text: &str) -> &str {
    let digits = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '-' | '−' | '△' | '▲' | ' ');
    let unit = text.trim_start_matches(digits);
    if unit.len() == text.len() { "" } else { unit }
}

/// In an English sentence.
fn in_quotes(value: Option<&str>) -> String {
    value.map_or_else(|| "nothing".to_owned(), |value| format!("`{value}`"))
}

fn shown(id: &FigureId, figure: &PublishedFigure) -> String {
    match id.field {
        FigureField::Verdict => figure.value.to_string(),
        _ if figure.text.is_empty() => figure.value.to_string(),
        _ => figure.text.to_string(),
    }
}

/// A value as a sheet can say it again.
fn written(value: &str) -> String {
    let is_number = |text: &str| text.parse::<rust_decimal::Decimal>().is_ok();
    if is_number(value) {
        return value.to_owned();
    }
    if MissingReason::parse(value).is_some() {
        return format!("{{missing: {value}}}");
    }
    for (mark, word) in [(">=", "以上"), ("<=", "以下"), (">", "超"), ("<", "未満")] {
        if let Some(number) = value.strip_prefix(mark).filter(|number| is_number(number)) {
            return format!("\"{number}{word}\"");
        }
    }
    if let Some((low, high)) = value.split_once("..").filter(|(low, high)| is_number(low) && is_number(high)) {
        return format!("\"{low}〜{high}\"");
    }
    if let Some(rank) = value.strip_prefix('#').filter(|rank| is_number(rank)) {
        return format!("\"{rank}位\"");
    }
    for (mark, met) in [(" [met]", true), (" [not met]", false)] {
        if let Some(text) = value.strip_suffix(mark) {
            return format!("{{value: {}, met: {met}}}", quoted(text));
        }
    }
    quoted(value)
}

fn quoted(text: &str) -> String {
    if text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') && !text.is_empty() {
        return text.to_owned();
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// What a figure is called: `「交流人数」2024年度の実績値`.
fn names(sheet: &Sheet, id: &FigureId, language: &Language) -> (String, String) {
    let (ja, en) = match id.field {
        FigureField::Baseline => ("基準値", "baseline"),
        FigureField::Actual => ("実績値", "actual"),
        FigureField::Target => ("目標値", "target"),
        FigureField::Rate => ("達成率", "rate"),
        FigureField::PublishedRate => ("公表達成率", "published rate"),
        FigureField::Verdict => ("判定", "verdict"),
        FigureField::Settled => ("決算額", "settled amount"),
        FigureField::Budgeted => ("予算額", "budgeted amount"),
        FigureField::Personnel => ("人件費", "personnel costs"),
        FigureField::Total => ("総コスト", "total cost"),
        FigureField::Grade => ("評価", "grade"),
        FigureField::Digest => ("文章", "texts"),
    };
    let indicator = sheet.indicator(&id.indicator);
    let mut of = indicator.map_or_else(|| id.indicator.to_string(), |of| of.name.get(language).to_owned());
    if !id.component.is_empty() {
        let component = indicator.and_then(|of| of.components.iter().find(|part| part.id == id.component));
        let name = component.map_or(&*id.component, |part| part.name.get(language));
        of = format!("{of} {name}").trim().to_owned();
    }
    let year_ja = id.year.map(|year| format!("{year}年度の")).unwrap_or_default();
    let year_en = id.year.map(|year| format!(" of FY{year}")).unwrap_or_default();
    if of.is_empty() {
        return (format!("{year_ja}{ja}"), format!("the {en}{year_en}"));
    }
    (format!("「{of}」{year_ja}{ja}"), format!("the {en}{year_en} of `{of}`"))
}

fn nothing_published(sheet: &Sheet, revision: &Revision) -> Diagnostic {
    let message = Message::new(
        "この改訂に当たる数値は、公表されていません",
        "no published figure is what this revision speaks of",
    );
    let place = Place { file: Arc::from(format!("content/{}", sheet.path)), at: revision.at };
    Diagnostic::new(Code::InvalidRevision, place, message).help(
        format!("indicator・component・field・year を content/{}/published.csv のとおりに書いてください。確定前(hyoka freeze の前)のシートは、改訂を書かずに直せます", sheet.year),
        format!("write indicator, component, field and year as in content/{}/published.csv; before `hyoka freeze`, a sheet is corrected without a revision", sheet.year),
    )
}

fn vanished(ledger: &Ledger, policy: &str, lines: &BTreeMap<FigureId, PublishedFigure>) -> Diagnostic {
    let year = ledger.year;
    let message = Message::new(
        format!("{year}年度版として公表した施策「{policy}」のシートがありません(公表した数値 {}件)", lines.len()),
        format!("the sheet of `{policy}`, which the {year} edition published, is not there ({} figures)", lines.len()),
    );
    let line = lines.values().map(|figure| figure.line).min().unwrap_or(1);
    let place = Place { file: Arc::from(format!("content/{}", ledger.path)), at: At { line, column: 1, length: 1 } };
    Diagnostic::new(Code::PublishedFigureChanged, place, message).help(
        format!("content/{year}/{policy}.yaml を戻してください(下書きや公表予定日の付いたシートも、公表済みの版からは外せません)。取り下げたのなら portal.yaml に書きます:\nrevisions:\n  - {{edition: {year}, policy: {policy}, kind: correction, date: 取り下げた日, reason: 理由}}"),
        format!("put content/{year}/{policy}.yaml back (a draft is not part of a published edition either). Where it was withdrawn, write into portal.yaml:\nrevisions:\n  - {{edition: {year}, policy: {policy}, kind: correction, date: …, reason: …}}"),
    )
}
