//! The ledger of a frozen edition: from `content/<year>/published.csv` to the model.

use super::{content_file, decode};
use crate::diagnostic::{Code, Diagnostic, Message, Place, Report};
use crate::model::{At, FigureField, FigureId, FiscalYear, Ledger, PublishedFigure};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The file's name in the folder of its year.
pub const NAME: &str = "published.csv";

/// The columns, in their order.
pub const COLUMNS: [&str; 7] = ["policy_id", "indicator_id", "component", "field", "year", "value", "text"];

/// Reads a ledger, with a byte order mark or without, with LF or CRLF: Excel may have saved it. `None` where it is
/// damaged; every damaged line is reported.
pub fn ledger(bytes: &[u8], path: &str, year: FiscalYear, report: &mut Report) -> Option<Ledger> {
    let file = content_file(path);
    let text = decode::text(&file, bytes).map_err(|diagnostic| report.add(*diagnostic)).ok()?;
    let mut damage = Damage { file, text, report, found: 0 };
    let mut rows = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut policies: BTreeMap<Box<str>, BTreeMap<FigureId, PublishedFigure>> = BTreeMap::new();
    let mut recommendations = None;
    let mut first = true;
    for row in rows.records() {
        let Ok(row) = row else {
            damage.tell(1, "表として読めません", "it cannot be read as a table");
            continue;
        };
        let line = row.position().map_or(1, |position| u32::try_from(position.line()).unwrap_or(u32::MAX));
        if std::mem::take(&mut first) {
            if row.iter().ne(COLUMNS) {
                damage.tell(line, "見出しの行が違います", "the row of column names is not the right one");
                break;
            }
            continue;
        }
        let Some((policy, id, figure)) = entry(&row, line) else {
            damage.tell(line, "この行を読めません", "this line cannot be read");
            continue;
        };
        let before = match policy {
            Some(policy) => policies.entry(policy).or_default().insert(id, figure),
            None => recommendations.replace(figure),
        };
        if before.is_some() {
            damage.tell(line, "同じ数値が上の行にもあります", "the same figure stands in a line above");
        }
    }
    if first {
        damage.tell(1, "見出しの行がありません", "the row of column names is missing");
    }
    let hash = *blake3::hash(bytes).as_bytes();
    (damage.found == 0).then(|| Ledger { year, path: path.into(), policies, recommendations, hash })
}

/// A figure with its policy; without one, the digest of the recommendations of portal.yaml.
fn entry(row: &csv::StringRecord, line: u32) -> Option<(Option<Box<str>>, FigureId, PublishedFigure)> {
    if row.len() != COLUMNS.len() {
        return None;
    }
    let column = |index: usize| row.get(index).unwrap_or_default();
    let year = match column(4) {
        "" => None,
        written => Some(FiscalYear::parse(written)?.year),
    };
    let id = FigureId {
        indicator: column(1).into(),
        component: column(2).into(),
        field: FigureField::parse(column(3))?,
        year,
    };
    let policy = Some(column(0)).filter(|policy| !policy.is_empty());
    let is_of_portal = id.field == FigureField::Digest && id.indicator.is_empty() && id.component.is_empty();
    if policy.is_none() && !(is_of_portal && id.year.is_none()) {
        return None;
    }
    Some((policy.map(Into::into), id, PublishedFigure { value: column(5).into(), text: column(6).into(), line }))
}

/// Tells of damaged lines.
struct Damage<'a> {
    file: Arc<str>,
    text: &'a str,
    report: &'a mut Report,
    found: usize,
}

impl Damage<'_> {
    fn tell(&mut self, line: u32, ja: &str, en: &str) {
        self.found += 1;
        let index = usize::try_from(line).unwrap_or(usize::MAX).saturating_sub(1);
        let length = self.text.lines().nth(index).map_or(0, |line| line.chars().count());
        let at = At { line, column: 1, length: u32::try_from(length).unwrap_or(u32::MAX).max(1) };
        let message = Message::new(
            format!("公表値の台帳が壊れています。{ja}"),
            format!("the ledger of published figures is damaged: {en}"),
        );
        let diagnostic = Diagnostic::new(Code::DamagedLedger, Place { file: Arc::clone(&self.file), at }, message).help(
            "台帳は hyoka freeze が書いたまま、手で直さずに保管します。公表したときの published.csv に戻してください",
            "the ledger is kept as `hyoka freeze` wrote it: put the published.csv of the publication back",
        );
        self.report.add(diagnostic.excerpt(self.text));
    }
}
