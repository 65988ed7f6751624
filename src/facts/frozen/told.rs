//! What is told of figures and texts that differ from what was published, and of revisions that fit nothing: with both
//! figures, the place, and the lines to write.

use super::comparison::Comparison;
use super::words::{in_quotes, names, quoted, shown, written};
use crate::diagnostic::{Code, Diagnostic, Message, Place};
use crate::facts::later::Before;
use crate::facts::published::Stated;
use crate::model::ledger::canonical_value;
use crate::model::{At, FigureId, FiscalYear, Ledger, Portal, PublishedFigure, Revision, Sheet};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Comparison<'_> {
    pub(super) fn changed(&self, id: &FigureId, line: Option<&PublishedFigure>, now: Option<&Stated>) -> Diagnostic {
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

    pub(super) fn does_not_begin(&self, revision: &Revision, before: Option<&str>) -> Diagnostic {
        let message = Message::new(
            format!("改訂前(from)が、公表した値 {} と違います", before.unwrap_or("(なし)")),
            format!("`from` is not what was published before: {}", in_quotes(before)),
        );
        let at = revision.from.as_ref().map_or(revision.at, |from| from.at);
        // From a figure to itself is no way out.
        let to = revision.to.as_ref().map(canonical_value);
        let (ja, en) = match before.filter(|before| to.as_deref() != Some(*before)) {
            Some(before) => {
                (format!("from: {} と書いてください", written(before)), format!("write from: {}", written(before)))
            }
            None if before.is_some() => self.leads_nowhere(revision),
            None => (
                "まだ公表していない値なので、from は書きません".to_owned(),
                "nothing had been published: leave `from` out".to_owned(),
            ),
        };
        Diagnostic::new(Code::InvalidRevision, self.place(self.sheet.year, at), message).help(ja, en)
    }

    /// The way out for a revision to what is published already.
    fn leads_nowhere(&self, revision: &Revision) -> (String, String) {
        let to = revision.to.as_ref().map(canonical_value).unwrap_or_default();
        let earlier = Before::of(self.portal, self.sheet, revision);
        let other = earlier.as_ref().and_then(|of| Some((of, of.values.iter().rev().find(|value| ***value != *to)?)));
        match other {
            Some((before, value)) => {
                let (year, value) = (before.ledger.year, written(value));
                (
                    format!(
                        "{year}年度版の値から改めたのなら from: {value} と書いてください。改めていないのなら、この改訂を消してください"
                    ),
                    format!(
                        "write from: {value}, as the {year} edition has it, or delete this revision where nothing was changed"
                    ),
                )
            }
            None => (
                format!("値はもう {} なので、この改訂は要りません。消してください", written(&to)),
                format!("delete this revision: the figure is {} already", written(&to)),
            ),
        }
    }

    pub(super) fn does_not_end(&self, revision: &Revision, now: Option<&str>) -> Diagnostic {
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

    pub(super) fn texts_changed(&self, stated: &Stated) -> Diagnostic {
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

    fn place(&self, sheet: FiscalYear, at: At) -> Place {
        let path = self.policy.sheet(sheet).map_or(&self.sheet.path, |sheet| &sheet.path);
        Place { file: Arc::from(format!("content/{path}")), at }
    }

    fn in_ledger(&self, line: Option<&PublishedFigure>) -> Option<Place> {
        let line = line?.line;
        let at = At { line, column: 1, length: 1 };
        Some(Place { file: Arc::from(format!("content/{}", self.ledger.path)), at })
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
}

/// Names the latest ledger that could have it.
pub(super) fn nothing_published(portal: &Portal, sheet: &Sheet, revision: &Revision) -> Diagnostic {
    let message = Message::new(
        "この改訂に当たる数値は、公表されていません",
        "no published figure is what this revision speaks of",
    );
    let place = Place { file: Arc::from(format!("content/{}", sheet.path)), at: revision.at };
    let has_lines = |year, policy: &str| portal.ledger(year).filter(|ledger| ledger.policies.contains_key(policy));
    let own = has_lines(sheet.year, &sheet.policy);
    let earlier = portal.earlier(sheet);
    let ledger = own.or_else(|| earlier.iter().rev().find_map(|of| has_lines(of.year, &of.policy)));
    let told = Diagnostic::new(Code::InvalidRevision, place, message);
    match ledger {
        Some(ledger) => told.help(
            format!("indicator・component・field・year を content/{} のとおりに書いてください。確定前(hyoka freeze の前)の数値は、改訂を書かずに直せます", ledger.path),
            format!("write indicator, component, field and year as in content/{}; what is not frozen (`hyoka freeze`) is corrected without a revision", ledger.path),
        ),
        None => told.help(
            "この改訂を消してください。確定前(hyoka freeze の前)の数値は、改訂を書かずに直せます",
            "delete this revision: what is not frozen (`hyoka freeze`) is corrected without one",
        ),
    }
}

pub(super) fn vanished(ledger: &Ledger, policy: &str, lines: &BTreeMap<FigureId, PublishedFigure>) -> Diagnostic {
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

/// The recommendations of portal.yaml that an edition shows are not what they were.
pub(super) fn recommendations_changed(portal: &Portal, ledger: &Ledger) -> Diagnostic {
    let year = ledger.year;
    let message = Message::new(
        format!("{year}年度版として公表した後に、portal.yaml の提言か、公表した日までの対応が変わっています"),
        format!(
            "the recommendations of portal.yaml, or what was answered by then, were changed after the {year} edition was published"
        ),
    );
    // What has no day holds for every edition: there it is most likely.
    let undated = portal.recommendations.iter().find(|of| of.responses.iter().any(|response| response.date.is_none()));
    let of = undated.or(portal.recommendations.first());
    let at = of.map_or(At { line: 1, column: 1, length: 1 }, |of| of.at);
    let place = Place { file: Arc::from(format!("content/{}", portal.path)), at };
    let entry = format!("edition: {year}, field: digest");
    Diagnostic::new(Code::PublishedTextChanged, place, message).help(
        format!("公表したときの文に戻してください。公表した後に進んだ対応なら、response を「- {{date: …, state: …, text: …}}」のように日付ごとに並べると、公表した版は元のままで、後の版に表れます。公表した版の文を改めたのなら portal.yaml に書きます:\nrevisions:\n  - {{{entry}, kind: correction, date: 改めた日, reason: 理由}}"),
        format!("put the published words back. What was answered since then goes into a list of answers with their days, `- {{date: …, state: …, text: …}}`: the published edition stays, and later ones show it. To change the words of the published edition, write into portal.yaml:\nrevisions:\n  - {{{entry}, kind: correction, date: …, reason: …}}"),
    )
}

/// A sheet that joined its edition after that was frozen.
pub(super) fn unrecorded(sheet: &Sheet) -> Diagnostic {
    let year = sheet.year;
    let message = Message::new(
        format!(
            "この施策は{year}年度版の公表値の記録(published.csv)にありません。数値が変わっても、いまは見つけられません"
        ),
        format!(
            "the {year} edition is frozen, and its ledger (published.csv) has nothing of this policy: a changed figure would not be noticed"
        ),
    );
    let place = Place { file: Arc::from(format!("content/{}", sheet.path)), at: sheet.name_at };
    Diagnostic::new(Code::UnrecordedPolicy, place, message).help(
        format!(
            "{year}年度版に加えるのなら hyoka freeze {year} を実行してください。もう記録されている数値は書き換えず、この施策を書き足します。まだ公開しないのなら status: draft と書きます"
        ),
        format!(
            "to publish it with the {year} edition, run `hyoka freeze {year}`: what is recorded stays, and this policy is added. Where it is not for the public yet, write status: draft"
        ),
    )
}
