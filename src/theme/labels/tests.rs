//! What a theme's author is told about labels.

use super::{fill, placeholders};
use crate::diagnostic::{Code, Report};
use crate::model::Language;
use crate::theme::tests::load;
use std::borrow::Cow;

/// The codes and messages of a theme with these labels beside the built-in ones.
fn found(ja: &str, en: &str) -> Vec<(String, u32, String)> {
    let files = [("themes/city/labels/ja.yaml", ja), ("themes/city/labels/en.yaml", en)];
    let report = load(&files, "city").err().unwrap_or_default();
    report.iter().map(|d| (d.place.file.to_string(), d.place.at.line, d.message.ja.to_string())).collect()
}

#[test]
fn a_label_missing_in_a_language_names_key_and_file() {
    let all = found("a:\n  b: 一\n  c: 二", "a: {b: one}");
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!(all[0].0, "themes/city/labels/en.yaml");
    assert!(all[0].2.contains("a.c"), "{}", all[0].2);
}

#[test]
fn a_label_that_japanese_lacks_is_told_at_its_line() {
    let all = found("a: 一", "a: one\nb: two");
    assert_eq!((all.len(), all[0].1), (1, 2), "{all:?}");
}

#[test]
fn placeholders_are_the_same_in_every_language() {
    let all = found("a: '{n}件、{m}年'", "a: '{m} years, {n} things'");
    assert!(all.is_empty(), "{all:?}");
    let all = found("a: '{n}件'", "a: '{m} things'");
    assert!(all.len() == 1 && all[0].2.contains("{m}（日本語は {n}）"), "{all:?}");
}

#[test]
fn english_has_a_form_for_one_where_japanese_has_none() {
    assert!(found("a: {other: '{n}件'}", "a: {one: '{n} thing', other: '{n} things'}").is_empty());
    assert_eq!(found("a: 件", "a: thing\nb: {one: x}").len(), 1);
}

#[test]
fn a_language_without_any_labels_is_one_error() {
    let mut report = Report::default();
    let languages = [Language::japanese(), Language::new("zh")];
    assert!(crate::theme::Theme::load([], "standard", crate::theme::tests::asked(), &languages, &mut report).is_err());
    let all: Vec<_> = report.iter().map(|d| (d.code, d.place.file.as_ref())).collect();
    assert_eq!(all, [(Code::MissingLabel, "themes/standard/labels/zh.yaml")]);
}

#[test]
fn a_number_without_quotes_and_a_list_are_told_each_at_its_line() {
    let all = found("a: 1\nb:\n  - x\nc: yes", "a: 'x'\nb: 'y'\nc: 'z'");
    assert!(all.iter().all(|(_, _, message)| message.ends_with("文字ではありません")), "{all:?}");
    assert_eq!(all.iter().map(|(_, line, _)| *line).collect::<Vec<_>>(), [1, 3, 4], "{all:?}");
}

#[test]
fn a_file_of_labels_that_cannot_be_read_is_one_error() {
    for broken in ["site: [\n", "a: 一\nb: 1\n"] {
        let all = found(broken, "a: one\nb: two\nc: three");
        assert_eq!((all.len(), all[0].0.as_str()), (1, "themes/city/labels/ja.yaml"), "{all:?}");
        let all = found("a: 一\nb: 二\nc: 三", broken);
        assert_eq!((all.len(), all[0].0.as_str()), (1, "themes/city/labels/en.yaml"), "{all:?}");
    }
    let page =
        "{% extends \"base.html\" %}{% block main %}{{ label(key=\"page.own\") }}{{ \"own\" | label }}{% endblock %}";
    let files = [("themes/standard/labels/ja.yaml", "site: ["), ("themes/standard/templates/page.html", page)];
    let report = load(&files, "standard").err().unwrap_or_default();
    let all: Vec<_> = report.iter().map(|told| (told.code, &*told.place.file)).collect();
    assert_eq!(all, [(Code::InvalidYaml, "themes/standard/labels/ja.yaml")]);
}

#[test]
fn braces_that_are_no_placeholder_stay() {
    let values = |name: &str| (name == "n").then_some(Cow::Borrowed("3"));
    assert_eq!(fill("{n}件 {m} {} { {日本} {n", values), "3件 {m} {} { {日本} {n");
    assert_eq!(placeholders("{b}{a}{b}{}"), ["a", "b"]);
}
