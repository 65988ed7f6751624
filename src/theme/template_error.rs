//! What the template engine says, as diagnostics: in plain words, at the right character of the right file.

use std::collections::BTreeMap;
use std::ops::Range;

use tera::{ErrorKind, ReportError};

use super::scan::place_of;
use super::templates::Source;
use crate::diagnostic::{Code, Diagnostic, Message, Place};
use crate::model::At;

/// What to do about most of them.
const MEND: (&str, &str) = (
    "つづりと書き方を確かめてください。ページで使える名前は、置き換える元のテンプレート (themes/standard/templates) で使われています",
    "check spelling and form. The names that a page has are used in the template that this one replaces (themes/standard/templates)",
);

/// An error in the text that its author wrote, at a range of its bytes.
pub(super) fn at(source: &Source, error: &ReportError, range: Range<usize>) -> Diagnostic {
    let place = Place { file: source.file.clone(), at: place_of(&source.text, range) };
    Diagnostic::new(Code::TemplateError, place, message(error.message())).excerpt(&source.text).help(MEND.0, MEND.1)
}

/// What the engine has against the templates taken together: names that do not exist, circles, blocks without a parent.
pub(super) fn problems(error: &tera::Error, sources: &BTreeMap<String, Source>) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => sources
            .get(report.filename())
            .map(|source| at(source, report, report.span().range.clone()))
            .into_iter()
            .collect(),
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            vec![circle(tpl, error, sources)]
        }
        ErrorKind::MissingParent { current, parent } => vec![
            whole(
                current,
                sources,
                Message::new(
                    format!("継承するテンプレート {parent} がありません"),
                    format!("there is no template {parent} to extend"),
                ),
            )
            .help(
                "extends に書いた名前を確かめてください (例: \"standard/base.html\")",
                "check the name after extends, as in \"standard/base.html\"",
            ),
        ],
        _ => reported(&error.to_string(), sources),
    }
}

/// A template that is served larger than it could be.
pub(super) fn not_minified(source: &Source) -> Diagnostic {
    let message = Message::new(
        "テンプレートを小さくできません（開いたタグを別のファイルで閉じているか、タグが途中で終わっています）",
        "the template cannot be minified: it closes what another file opened, or a tag in it has no end",
    );
    let place = Place { file: source.file.clone(), at: At { line: 1, column: 1, length: 0 } };
    Diagnostic::new(Code::TemplateNotMinified, place, message).help(
        "要素は同じファイルの中で開いて閉じてください。表示には影響しません",
        "open and close an element in the same file. Pages look the same either way",
    )
}

/// The engine's words in plain ones.
pub(super) fn message(english: &str) -> Message {
    let name = english.split('`').nth(1).unwrap_or_default();
    let begins = |start: &str| english.starts_with(start);
    let japanese = if begins("Variable `") || begins("Field `") {
        format!("{name} という名前の値は、このページにありません")
    } else if begins("Tried to render a variable") {
        "値がありません（空のまま出力されることはありません）".to_owned()
    } else if begins("Unknown filter") {
        format!("フィルター {name} はありません")
    } else if begins("Unknown function") {
        format!("関数 {name} はありません")
    } else if begins("Unknown test") {
        format!("テスト {name} はありません")
    } else if begins("Unknown component") {
        format!("コンポーネント {name} はありません")
    } else if begins("Unknown template") {
        format!("テンプレート {name} はありません")
    } else if begins("Block `") {
        format!("ブロック {name} は、継承元のテンプレートにありません")
    } else if begins("Label `") {
        format!("文言 {name} がありません")
    } else if begins("Template '") {
        "テンプレートがありません".to_owned()
    } else {
        format!("テンプレートに誤りがあります: {english}")
    };
    Message::new(japanese, english.to_owned())
}

fn circle(template: &str, error: &tera::Error, sources: &BTreeMap<String, Source>) -> Diagnostic {
    let way = match error.kind() {
        ErrorKind::CircularExtend { inheritance_chain: way, .. }
        | ErrorKind::CircularInclude { include_chain: way, .. } => way.join(" → "),
        _ => template.to_owned(),
    };
    let message = Message::new(
        format!("テンプレートが循環しています: {way}"),
        format!("the templates lead back to themselves: {way}"),
    );
    whole(template, sources, message).help(
        "上書きしたテンプレートの元を使うときは \"standard/base.html\" のようにテーマ名から書いてください",
        "to use the template that this one replaces, name its theme, as in \"standard/base.html\"",
    )
}

fn whole(template: &str, sources: &BTreeMap<String, Source>, message: Message) -> Diagnostic {
    let file = sources.get(template).map_or_else(|| template.into(), |source| source.file.clone());
    Diagnostic::new(Code::TemplateError, Place { file, at: At::default() }, message)
}

/// Takes the engine's printed reports apart: `error: <message>`, then ` --> <template>:<line>:<column>`.
fn reported(text: &str, sources: &BTreeMap<String, Source>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(words) = line.strip_prefix("error: ") else { continue };
        let place = lines.peek().and_then(|line| line.trim_start().strip_prefix("--> ")).and_then(locus);
        let Some((template, line, column)) = place else { continue };
        let Some(source) = sources.get(template) else { continue };
        let place = Place { file: source.file.clone(), at: At { line, column, length: 0 } };
        found.push(
            Diagnostic::new(Code::TemplateError, place, message(words)).excerpt(&source.text).help(MEND.0, MEND.1),
        );
    }
    if found.is_empty() {
        let named = text.split('`').skip(1).step_by(2).find(|name| sources.contains_key(*name)).unwrap_or("themes");
        found.push(whole(named, sources, message(text)).help(MEND.0, MEND.1));
    }
    found
}

fn locus(text: &str) -> Option<(&str, u32, u32)> {
    let (rest, column) = text.rsplit_once(':')?;
    let (template, line) = rest.rsplit_once(':')?;
    Some((template, line.parse().ok()?, column.parse().ok()?))
}
