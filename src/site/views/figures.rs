//! Figures in tables: printed with their unit, their address, and whatever has to be said about them.

use crate::facts::Point;
use crate::model::{FiscalYear, Missing, Reading, Status, Text, Value};
use crate::site::views::context::PageContext;
use crate::theme::{Html, Markup, Words};
use serde::{Serialize, Serializer};

/// One cell of a table of figures. Templates get the cells of a row as finished HTML ([`as_row`]): a page has hundreds of
/// them, all of one form.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// `number`, `text`, `missing`, or `none` where nothing is said yet (a future year).
    pub kind: &'static str,
    pub text: Words,
    /// The structural address of the figure (`2024/industry#exchange/actuals/2024`); empty where nothing is said.
    pub address: String,
    /// In small print below: 暫定値; the reason of a missing value; the year of a target.
    pub remark: Option<Words>,
    /// For a total over the period: what is judged, beside the year's own figure (`累計 123人`).
    pub sum: Option<Words>,
    pub notes: Vec<NoteRef>,
    /// Where a later edition corrects it.
    pub later: Option<Box<Later>>,
}

/// A correction in a later edition.
#[derive(Clone, Debug)]
pub struct Later {
    pub href: String,
    /// 後に訂正されています.
    pub words: String,
}

impl Cell {
    /// A year for which nothing is said yet.
    pub fn none() -> Self {
        Self { kind: "none", ..Self::default() }
    }

    /// A computed figure or a word, without address of its own.
    pub fn number(text: impl Into<Words>) -> Self {
        Self { kind: "number", text: text.into(), ..Self::default() }
    }

    fn write(&self, html: &mut Markup, among: Among) {
        if self.kind == "none" {
            html.fixed("<td></td>");
            return;
        }
        html.fixed("<td");
        if self.kind != "number" || among == Among::Words {
            html.fixed(" class=").fixed(self.kind);
        }
        if !self.address.is_empty() {
            html.fixed(" data-address=\"").text(&self.address).fixed("\"");
        }
        html.fixed(">");
        let alone = self.notes.is_empty() && self.sum.is_none() && self.remark.is_none() && self.later.is_none();
        if alone && among == Among::Figures {
            html.words(&self.text);
        } else {
            html.fixed("<span class=n>").words(&self.text).fixed("</span>");
        }
        for note in &self.notes {
            html.fixed("<sup><a href=\"").text(&note.href).fixed("\">").text(&note.mark).fixed("</a></sup>");
        }
        if let Some(sum) = &self.sum {
            html.fixed("<span class=\"sum n\">").words(sum).fixed("</span>");
        }
        if let Some(remark) = &self.remark {
            html.fixed("<small>").words(remark).fixed("</small>");
        }
        if let Some(later) = &self.later {
            html.fixed("<small><a href=\"").text(&later.href).fixed("\">").text(&later.words).fixed("</a></small>");
        }
        html.fixed("</td>");
    }
}

/// What the other cells of a table hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Among {
    /// Figures alone: the style of the table is theirs.
    Figures,
    Words,
}

/// The cells of a row as HTML: `<td class=number data-address="…"><span class=n>628人</span></td>`, with the signs of its
/// notes, a sum and a remark behind the figure.
pub(super) fn as_row<S: Serializer>(cells: &[Cell], serializer: S) -> Result<S::Ok, S::Error> {
    row(cells, Among::Words).serialize(serializer)
}

/// The same for a table that holds nothing else (`table.years`): a figure that stands alone needs no class there, `<td
/// data-address="…">628人</td>`.
pub(super) fn as_row_of_figures<S: Serializer>(cells: &[Cell], serializer: S) -> Result<S::Ok, S::Error> {
    row(cells, Among::Figures).serialize(serializer)
}

fn row(cells: &[Cell], among: Among) -> Html {
    let mut html = Markup::with_capacity(cells.len() * 96);
    cells.iter().for_each(|cell| cell.write(&mut html, among));
    html.html()
}

/// A sign that leads to a note.
#[derive(Clone, Debug, Serialize)]
pub struct NoteRef {
    pub mark: String,
    pub href: String,
}

/// A footnote, shown beneath what it belongs to.
#[derive(Clone, Debug, Serialize)]
pub struct Note {
    pub mark: String,
    pub id: String,
    pub html: Html,
}

/// Numbers the notes of one page from 1 and holds those of the part that is being made.
#[derive(Debug, Default)]
pub(super) struct Notes {
    numbered: usize,
    pending: Vec<Note>,
}

impl Notes {
    /// Adds a note and gives the sign that leads to it. A note with the same words in the same part is one note.
    pub fn add(&mut self, context: &PageContext<'_>, html: Html) -> NoteRef {
        if let Some(same) = self.pending.iter().find(|note| note.html.as_str() == html.as_str()) {
            return NoteRef { mark: same.mark.clone(), href: format!("#{}", same.id) };
        }
        self.numbered += 1;
        let number = self.numbered.to_string();
        let mark = context.labels.fill("note.mark", &[("n", &number)]);
        let id = context.id(&format!("note_{number}"));
        let reference = NoteRef { mark: mark.clone(), href: format!("#{id}") };
        self.pending.push(Note { mark, id, html });
        reference
    }

    /// The notes of the part that is finished.
    pub fn take(&mut self) -> Vec<Note> {
        std::mem::take(&mut self.pending)
    }
}

/// Makes the structural addresses of one series or expenditure of a policy.
#[derive(Clone, Copy, Debug)]
pub(super) struct Addresses<'a> {
    pub policy: &'a str,
    /// `exchange`, or `expenditure`.
    pub part: &'a str,
    pub component: Option<&'a str>,
}

impl Addresses<'_> {
    /// `2024/industry#exchange/actuals/2024`. `sheet` is the fiscal year of the sheet that states the figure.
    pub fn of_year(&self, sheet: FiscalYear, field: &str, year: FiscalYear) -> String {
        [&self.of(sheet, field), "/", year.digits()].concat()
    }

    /// `2024/industry#exchange/baseline`.
    pub fn of(&self, sheet: FiscalYear, field: &str) -> String {
        match self.component {
            Some(component) => [sheet.digits(), "/", self.policy, "#", self.part, ".", component, "/", field].concat(),
            None => [sheet.digits(), "/", self.policy, "#", self.part, "/", field].concat(),
        }
    }
}

impl PageContext<'_> {
    /// A value in a cell. Its note, if it has one, goes into `notes`.
    pub(super) fn cell(&self, value: &Value, unit: &Words, address: String, source: &str, notes: &mut Notes) -> Cell {
        let kind = match &value.reading {
            Reading::Missing(_) => "missing",
            Reading::Text { .. } => "text",
            _ => "number",
        };
        let note = value.note.as_deref().map(|note: &Text| notes.add(self, self.prose(source).inline(note)));
        Cell {
            kind,
            text: self.printer().value(value, unit),
            address,
            remark: self.remark(value).map(Words::new),
            sum: None,
            later: None,
            notes: note.into_iter().collect(),
        }
    }

    /// The running sum up to a point, in words; `None` where the point's own figure is what is judged.
    pub(super) fn running_sum(&self, point: &Point<'_>, unit: &Words) -> Option<Words> {
        let sum = self.printer().reading(&point.running_sum()?, unit);
        Some(self.labels.fill_words("table.running-sum", &[("sum", &sum)]))
    }

    /// What a figure is besides final, or why it is missing.
    pub(super) fn remark(&self, value: &Value) -> Option<String> {
        match (&value.reading, value.status) {
            (Reading::Missing(missing), _) => Some(self.missing_words(missing)),
            (_, Status::Final) => None,
            (_, Status::Provisional) => Some(self.word("status.provisional").to_owned()),
            (_, Status::Estimate) => Some(self.word("status.estimate").to_owned()),
            (_, Status::Forecast) => Some(self.word("status.forecast").to_owned()),
            (_, Status::Revised) => Some(self.word("status.revised").to_owned()),
        }
    }

    /// Why a value is missing, and until when where that is said.
    pub(super) fn missing_words(&self, missing: &Missing) -> String {
        let reason = self.word(missing_key(missing.reason));
        match &missing.until {
            Some(until) => {
                let until = self.printer().date(until);
                self.labels.fill("missing.until", &[("reason", reason), ("until", &until)])
            }
            None => reason.to_owned(),
        }
    }
}

/// A year and, where there is one, a remark after it.
pub(super) fn beside(mut year: Words, remark: Option<Words>) -> Words {
    if let Some(remark) = remark {
        year.push(" ");
        year.append(&remark);
    }
    year
}

pub(super) fn missing_key(reason: crate::model::MissingReason) -> &'static str {
    use crate::model::MissingReason as Why;
    match reason {
        Why::Unknown => "missing.unknown",
        Why::NotApplicable => "missing.not-applicable",
        Why::Pending => "missing.pending",
        Why::NotImplemented => "missing.not-implemented",
        Why::NotSurveyed => "missing.not-surveyed",
        Why::Suppressed => "missing.suppressed",
        Why::SeeNote => "missing.see-note",
        Why::NotInSource => "missing.not-in-source",
    }
}
