//! Texts written in several languages are written in every language of the site.
//!
//! A text written once stands for the first language and is no fault: the page marks its language. A text that
//! begins to translate and stops is one.

use super::{in_portal, in_sheet};
use crate::diagnostic::{Code, Diagnostic, Message, Place, Report};
use crate::model::{
    Area, At, Attachment, Break, Challenge, Component, Expenditure, Grade, Indicator, Portal, Project, Series, Sheet,
    TargetChange, Text, Value, YearValues,
};

/// The texts of portal.yaml.
pub(super) fn portal_texts(portal: &Portal, report: &mut Report) {
    let mut texts = Texts { found: Vec::new() };
    let nowhere = At::default();
    texts.add("title", nowhere, [&portal.title]);
    texts.add("municipality.name", nowhere, [&portal.municipality.name]);
    texts.add("plan.name", nowhere, &portal.plan.name);
    texts.add("description", nowhere, &portal.description);
    texts.add("footer", nowhere, &portal.footer);
    texts.add("contact.department", nowhere, portal.contact.iter().filter_map(|contact| contact.department.as_ref()));
    texts.add("editions.label", nowhere, portal.editions.iter().filter_map(|edition| edition.label.as_ref()));
    for Area { id: _, number: _, name, parent: _, description, at } in &portal.areas {
        texts.add("areas.name", *at, name);
        texts.add("areas.description", *at, description);
    }
    for grade in &portal.grades {
        texts.add("grades.label", grade.at, [&grade.label]);
    }
    texts.review(portal, &in_portal, report);
}

/// The texts of a sheet.
pub(super) fn sheet_texts(portal: &Portal, sheet: &Sheet, report: &mut Report) {
    let mut texts = Texts { found: Vec::new() };
    texts.sheet(sheet);
    texts.review(portal, &|at| in_sheet(sheet, at), report);
}

/// Texts with the key they stand under and the nearest place that is known.
struct Texts<'a> {
    found: Vec<(&'static str, At, &'a Text)>,
}

impl<'a> Texts<'a> {
    fn add(&mut self, key: &'static str, at: At, texts: impl IntoIterator<Item = &'a Text>) {
        let several = texts.into_iter().filter(|text| matches!(text, Text::Many(_)));
        self.found.extend(several.map(|text| (key, at, text)));
    }

    fn review(self, portal: &Portal, place: &dyn Fn(At) -> Place, report: &mut Report) {
        for (key, at, text) in self.found {
            let Text::Many(written) = text else { continue };
            for language in &portal.languages {
                if written.iter().any(|(of, words)| of == language && !words.trim().is_empty()) {
                    continue;
                }
                let message = Message::new(
                    format!("「{key}」に {language} の文がありません"),
                    format!("“{key}” has no text in {language}"),
                );
                report.add(Diagnostic::new(Code::UntranslatedText, place(at), message).help(
                    format!("{language}: に書き加えてください。なければ最初に書かれた言語の文が出ます"),
                    format!("Add {language}:. Without it, the language written first is shown"),
                ));
            }
        }
    }

    fn sheet(&mut self, sheet: &'a Sheet) {
        let at = sheet.name_at;
        self.add("name", at, [&sheet.name]);
        self.add("department", at, &sheet.departments);
        self.add("vision", at, &sheet.vision);
        self.add("achievements", at, &sheet.achievements);
        self.add("outlook", at, &sheet.outlook);
        self.add("source", at, &sheet.source);
        self.add("notes", at, &sheet.notes);
        for indicator in &sheet.indicators {
            self.indicator(indicator);
        }
        for Challenge { id: _, challenge, approach, at } in &sheet.challenges {
            self.add("challenge", *at, [challenge]);
            self.add("approach", *at, approach);
        }
        for Project { name, department, expenditure, url: _, at } in &sheet.projects {
            self.add("projects.name", *at, [name]);
            self.add("projects.department", *at, department);
            self.expenditure(*at, expenditure.as_ref());
        }
        self.expenditure(at, sheet.expenditure.as_ref());
        for Grade { by: _, grade: _, comment, year: _, at } in &sheet.grades {
            self.add("grades.comment", *at, comment);
        }
        for Attachment { title, file: _, at } in &sheet.attachments {
            self.add("attachments.title", *at, [title]);
        }
    }

    fn indicator(&mut self, indicator: &'a Indicator) {
        let at = indicator.at;
        self.add("name", at, [&indicator.name]);
        self.add("description", at, &indicator.description);
        self.add("formula", at, &indicator.formula);
        self.add("source", at, &indicator.source);
        self.add("target_reason", at, &indicator.target_reason);
        self.add("unit", at, &indicator.unit);
        self.add("target_unit", at, &indicator.target_unit);
        self.add("survey.note", at, indicator.survey.iter().filter_map(|survey| survey.note.as_ref()));
        self.add("ended.note", at, indicator.ended.iter().filter_map(|ended| ended.note.as_ref()));
        self.add("notes", at, &indicator.notes);
        self.series(&indicator.series);
        for Component { id: _, name, series, at } in &indicator.components {
            self.add("components.name", *at, [name]);
            self.series(series);
        }
        for Break { year: _, note, at } in &indicator.breaks {
            self.add("breaks.note", *at, note);
        }
        for TargetChange { year: _, from, date: _, reason, at } in &indicator.target_changes {
            self.value(from);
            self.add("target_changes.reason", *at, reason);
        }
    }

    fn series(&mut self, series: &'a Series) {
        let Series { baseline, actuals, targets, published_rates } = series;
        baseline.iter().for_each(|baseline| self.value(&baseline.value));
        for values in [actuals, targets, published_rates] {
            self.values(values);
        }
    }

    fn values(&mut self, values: &'a YearValues) {
        values.iter().for_each(|(_, value)| self.value(value));
    }

    fn value(&mut self, value: &'a Value) {
        self.add("note", value.at, value.note.as_deref());
    }

    fn expenditure(&mut self, at: At, expenditure: Option<&'a Expenditure>) {
        let Some(expenditure) = expenditure else { return };
        let Expenditure { unit: _, settled, budgeted, personnel, total_printed_differs, note } = expenditure;
        self.add("expenditure.note", at, note);
        self.add("total_printed_differs", at, total_printed_differs.iter().map(|(_, text)| text));
        for (_, amount) in [settled, budgeted, personnel].into_iter().flatten() {
            self.value(&amount.total);
            amount.funds.iter().for_each(|(_, value)| self.value(value));
        }
    }
}
