//! Whether all languages say the same things.

use std::sync::Arc;

use super::{Label, Labels, placeholders};
use crate::diagnostic::{Code, Diagnostic, Message, Place, Report};
use crate::model::At;
use crate::theme::source::Chain;

/// Every text of Japanese must be in the other language, and the other way round, with the same placeholders.
pub(super) fn compare(chain: &Chain<'_>, measure: &Labels, labels: &Labels, report: &mut Report) {
    // A word may stand in the file that could not be read: that is told, and enough.
    if !measure.are_whole() || !labels.are_whole() {
        return;
    }
    let code = labels.language.code();
    let file = chain.layers.first().map(|layer| layer.path(&format!("labels/{code}.yaml")));
    let file = file.unwrap_or_else(|| format!("labels/{code}.yaml").into());
    if labels.texts.is_empty() {
        let place = Place { file, at: At::default() };
        let message = Message::new(
            format!("言語 {code} の文言のファイルがありません"),
            format!("there is no file of labels for the language {code}"),
        );
        report.add(
            Diagnostic::new(Code::MissingLabel, place, message)
                .help("labels/ja.yaml を写して訳してください", "copy labels/ja.yaml and translate it"),
        );
        return;
    }
    for (key, label) in measure.iter() {
        match labels.texts.get(key) {
            Some(other) => compare_placeholders(key, label, other, report),
            // English may do without a form for one, and Japanese has none.
            None if is_one(key) && labels.knows(stem(key)) => {}
            None => report.add(missing(key, code, label, Arc::clone(&file))),
        }
    }
    for (key, label) in labels.iter().filter(|(key, _)| !measure.texts.contains_key(*key)) {
        match measure.texts.get(format!("{}.other", stem(key)).as_str()).filter(|_| is_one(key)) {
            Some(_) => {}
            None => report.add(unknown(key, code, label)),
        }
    }
}

fn is_one(key: &str) -> bool {
    key.ends_with(".one")
}

fn stem(key: &str) -> &str {
    key.rsplit_once('.').map_or(key, |(stem, _)| stem)
}

fn missing(key: &str, code: &str, japanese: &Label, file: Arc<str>) -> Diagnostic {
    let message =
        Message::new(format!("文言 {key} が {file} にありません"), format!("the label {key} is not in {file}"));
    Diagnostic::new(Code::MissingLabel, Place { file, at: At::default() }, message)
        .related(japanese.place.clone(), "日本語の文言はここにあります", "the Japanese text is here")
        .help(
            format!("言語 {code} の訳を書き足してください: 「{}」", japanese.text),
            format!("add the translation for the language {code}: `{}`", japanese.text),
        )
}

fn unknown(key: &str, code: &str, label: &Label) -> Diagnostic {
    let message = Message::new(
        format!("文言 {key} は labels/ja.yaml にありません"),
        format!("the label {key} is not in labels/ja.yaml"),
    );
    let mut diagnostic = Diagnostic::new(Code::MissingLabel, label.place.clone(), message).help(
        format!("日本語にも書き足すか、言語 {code} から消してください"),
        format!("add it in Japanese, too, or remove it from the language {code}"),
    );
    diagnostic.excerpt = Some(label.line.as_ref().to_owned());
    diagnostic
}

fn compare_placeholders(key: &str, japanese: &Label, other: &Label, report: &mut Report) {
    let (wanted, found) = (placeholders(&japanese.text), placeholders(&other.text));
    if wanted == found {
        return;
    }
    let list = |names: &[&str]| match names {
        [] => "―".to_owned(),
        names => names.iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(" "),
    };
    let message = Message::new(
        format!("文言 {key} の差し込みが日本語と違います: {}（日本語は {}）", list(&found), list(&wanted)),
        format!("the placeholders of the label {key} differ: {} (Japanese has {})", list(&found), list(&wanted)),
    );
    let mut diagnostic = Diagnostic::new(Code::MissingLabel, other.place.clone(), message)
        .related(japanese.place.clone(), "日本語の文言はここにあります", "the Japanese text is here")
        .help("差し込みの名前をそろえてください", "use the same placeholders in every language");
    diagnostic.excerpt = Some(other.line.as_ref().to_owned());
    report.add(diagnostic);
}
