//! What a designer meets: themes as folders of texts.

use super::*;
use crate::diagnostic::{Code, Severity};
use crate::model::At;

pub(super) fn asked() -> Place {
    Place { file: "content/portal.yaml".into(), at: At { line: 5, column: 8, length: 4 } }
}

/// Loads a theme for Japanese and English from texts.
pub(super) fn load(files: &[(&str, &str)], name: &str) -> Result<Theme, Report> {
    let mut report = Report::default();
    let files = files.iter().map(|(path, text)| (*path, text.as_bytes()));
    let languages = [Language::japanese(), Language::english()];
    Theme::load(files, name, asked(), &languages, &mut report).map_err(|_| report)
}

#[derive(Serialize)]
struct View<'a> {
    language: &'a str,
    title: &'a str,
    body: Html,
    n: usize,
}

fn page(theme: &Theme, template: &str, language: &str) -> Result<String, RenderError> {
    let view = View { language, title: "産業 <&> \"活性化\"", body: Html::new("<b>本文</b>"), n: 1 };
    let mut out = Vec::new();
    theme.render(template, &view, &mut out)?;
    Ok(String::from_utf8(out).unwrap())
}

/// The only problem: code, file, line, column.
fn only(report: &Report) -> (&'static str, &str, u32, u32) {
    let all: Vec<_> = report.iter().collect();
    assert_eq!(all.len(), 1, "{all:#?}");
    let Place { file, at } = &all[0].place;
    (all[0].code.name(), file, at.line, at.column)
}

#[test]
fn a_portal_without_themes_has_one() {
    let theme = load(&[], STANDARD).unwrap();
    assert!(theme.has_template("base.html"));
    assert!(!theme.has_template("nothing.html"));
}

#[test]
fn a_theme_is_shared_by_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Theme>();
}

#[test]
fn what_a_theme_does_not_have_comes_from_the_one_it_inherits_from() {
    let files = [
        ("themes/city/theme.yaml", "name: 市のテーマ\nextends: region\n"),
        ("themes/city/templates/parts/foot.html", "<footer>市</footer>"),
        ("themes/region/templates/parts/foot.html", "<footer>県</footer>"),
        ("themes/region/templates/parts/head.html", "<header>県</header>"),
        ("themes/region/templates/page.html", r#"{% include "parts/head.html" %}{% include "parts/foot.html" %}"#),
    ];
    let theme = load(&files, "city").unwrap();
    assert_eq!(page(&theme, "page.html", "ja").unwrap(), "<header>県</header><footer>市</footer>");
}

#[test]
fn a_single_block_can_be_changed_and_keep_what_was_there() {
    let files = [
        ("themes/region/templates/frame.html", "<main>{% block main %}<p>元</p>{% endblock main %}</main>"),
        ("themes/region/templates/page.html", r#"{% extends "frame.html" %}"#),
        ("themes/city/theme.yaml", "extends: region"),
        (
            "themes/city/templates/frame.html",
            r#"{% extends "region/frame.html" %}{% block main %}{{ super() }}<p>加</p>{% endblock main %}"#,
        ),
    ];
    let theme = load(&files, "city").unwrap();
    assert_eq!(page(&theme, "page.html", "ja").unwrap(), "<main><p>元</p><p>加</p></main>");
}

#[test]
fn text_is_escaped_and_html_is_not() {
    let theme =
        load(&[("themes/city/templates/page.html", "<p title=\"{{ title }}\">{{ title }}{{ body }}</p>")], "city");
    let escaped = "産業 &lt;&amp;&gt; &quot;活性化&quot;";
    let expected = format!("<p title=\"{escaped}\">{escaped}<b>本文</b></p>");
    assert_eq!(page(&theme.unwrap(), "page.html", "ja").unwrap(), expected);
}

#[test]
fn a_missing_value_is_an_error_at_its_place_and_leaves_no_half_page() {
    let template = "<div>\n  <!-- 注 -->\n  <p>\n    評価は {{ titel }} です\n  </p>\n</div>";
    let theme = load(&[("themes/city/templates/page.html", template)], "city").unwrap();
    let error = page(&theme, "page.html", "ja").unwrap_err();
    let diagnostic = error.diagnostic();
    assert_eq!(diagnostic.place.file.as_ref(), "themes/city/templates/page.html");
    assert_eq!(diagnostic.place.at, At { line: 4, column: 12, length: 5 });
    assert_eq!(diagnostic.excerpt.as_deref(), Some("    評価は {{ titel }} です"));
    assert!(diagnostic.message.ja.contains("titel"), "{}", diagnostic.message.ja);
}

#[test]
fn a_missing_value_is_an_error_under_every_filter() {
    let filters = [
        "upper",
        "lower",
        "wordcount",
        "escape",
        "escape_html",
        "escape_xml",
        "newlines_to_br",
        "trim",
        "trim_start",
        "trim_end",
        "capitalize",
        "title",
        "truncate",
        "indent",
        "str",
        "int",
        "float",
        "length",
        "reverse",
        "abs",
        "round",
        "first",
        "last",
        "join",
        "sort",
        "unique",
        "values",
        "keys",
        "pairs",
        "label",
        "pluralize",
        "split(pat=',')",
        "nth(n=0)",
        "get(key='a')",
        "group_by(attribute='a')",
        "replace(from='a', to='b')",
    ];
    for filter in filters {
        let template = format!("{{{{ titel | {filter} }}}}");
        let theme = load(&[("themes/city/templates/page.html", &template)], "city").unwrap();
        assert!(page(&theme, "page.html", "ja").is_err(), "{filter}");
    }
}

#[test]
fn labels_speak_the_language_of_the_page_also_inside_components() {
    let files = [
        ("themes/city/labels/ja.yaml", "policies:\n  other: '{n}施策'\nby: '{who}が作成'\nplain: 概要 & 一覧"),
        (
            "themes/city/labels/en.yaml",
            "policies: {one: '{n} policy', other: '{n} policies'}\nby: By {who}\nplain: A & B",
        ),
        (
            "themes/city/templates/page.html",
            "{% component Count(n: Integer) %}{{ label(key=\"policies\", count=n) }}{% endcomponent Count %}\
             {{ <Count n={n} /> }}|{{ label(key=\"plain\") }}|{{ label(key=\"by\", who=title) }}|\
             {{ label(key=\"by\", who=body) }}|{{ 'plain' | label }}",
        ),
    ];
    let theme = load(&files, "city").unwrap();
    let title = "産業 &lt;&amp;&gt; &quot;活性化&quot;";
    assert_eq!(
        page(&theme, "page.html", "ja").unwrap(),
        format!("1施策|概要 &amp; 一覧|{title}が作成|<b>本文</b>が作成|概要 &amp; 一覧")
    );
    assert_eq!(
        page(&theme, "page.html", "en").unwrap(),
        format!("1 policy|A &amp; B|By {title}|By <b>本文</b>|A &amp; B")
    );
    let english = theme.labels(&Language::english());
    assert_eq!(
        (english.count("policies", 1).as_str(), english.count("policies", 0).as_str()),
        ("1 policy", "0 policies")
    );
    assert_eq!(english.fill("by", &[("who", "{n}")]), "By {n}");
    assert_eq!(theme.labels(&Language::new("fr")).language(), &Language::japanese());
}

#[test]
fn an_unknown_label_made_by_a_value_is_an_error_on_that_page() {
    let theme = load(&[("themes/city/templates/page.html", "{{ label(key='a.' ~ language) }}")], "city").unwrap();
    assert!(page(&theme, "page.html", "ja").unwrap_err().diagnostic().message.ja.contains("a.ja"));
}

#[test]
fn a_page_in_a_language_that_was_not_loaded_is_an_error() {
    let theme = load(&[("themes/city/templates/page.html", "x")], "city").unwrap();
    assert!(page(&theme, "page.html", "fr").is_err());
}

#[test]
fn an_unknown_theme_suggests_the_nearest() {
    let report = load(&[("themes/hiratsuka/theme.yaml", "name: 平塚")], "hiratuka").unwrap_err();
    assert_eq!(only(&report), ("unknown-theme", "content/portal.yaml", 5, 8));
    let help = report.iter().next().unwrap().help.clone().unwrap();
    assert!(help.ja.contains("「hiratsuka」のことですか") && help.ja.contains("standard"), "{}", help.ja);
}

#[test]
fn themes_that_inherit_in_a_circle_are_an_error_where_the_circle_closes() {
    let files = [("themes/a/theme.yaml", "name: 一\nextends: b"), ("themes/b/theme.yaml", "extends: a")];
    let report = load(&files, "a").unwrap_err();
    assert_eq!(only(&report), ("unknown-theme", "themes/b/theme.yaml", 1, 10));
    assert!(report.iter().next().unwrap().message.ja.ends_with("a → b → a"));
    let report = load(&[("themes/a/theme.yaml", "extends: nothing")], "a").unwrap_err();
    assert_eq!(only(&report), ("unknown-theme", "themes/a/theme.yaml", 1, 10));
}

#[test]
fn broken_yaml_and_bytes_are_errors_at_their_place() {
    let report = load(&[("themes/a/theme.yaml", "name: x\nextend: standard")], "a").unwrap_err();
    assert_eq!(only(&report), ("invalid-yaml", "themes/a/theme.yaml", 2, 1));
    let report = load(&[("themes/a/labels/ja.yaml", "site:\n  a: 'x")], "a").unwrap_err();
    assert!(report.iter().any(|d| d.code == Code::InvalidYaml && d.place.at.line == 2), "{report:#?}");
    let report = load(&[("themes/a/theme.yaml", "colours: {accent: red}")], "a").unwrap_err();
    assert_eq!(only(&report), ("invalid-value", "themes/a/theme.yaml", 1, 19));
    let mut report = Report::default();
    let files: [(&str, &[u8]); 1] = [("themes/a/templates/page.html", b"\n\x8e\x73")];
    assert!(Theme::load(files, "a", asked(), &[], &mut report).is_err());
    assert_eq!(only(&report), ("undecodable-bytes", "themes/a/templates/page.html", 2, 1));
}

#[test]
fn every_syntax_error_is_told_at_the_right_japanese_character() {
    let files =
        [("themes/a/templates/one.html", "一\n評価は{{ 値 + }}です"), ("themes/a/templates/two.html", "{% if x %}")];
    let report = load(&files, "a").unwrap_err();
    let files: Vec<_> = report.iter().map(|d| d.place.file.to_string()).collect();
    assert!(files.contains(&"themes/a/templates/one.html".to_owned()), "{files:?}");
    assert!(files.contains(&"themes/a/templates/two.html".to_owned()), "{files:?}");
    let one = report.iter().find(|d| d.place.file.ends_with("one.html")).unwrap();
    assert_eq!(one.place.at.line, 2);
    assert!(one.place.at.column >= 4);
}

#[test]
fn an_unknown_filter_is_told_at_its_place() {
    let report = load(&[("themes/a/templates/x.html", "<p>\n  日本 {{ y | uper }}\n</p>")], "a").unwrap_err();
    assert_eq!(only(&report), ("template-error", "themes/a/templates/x.html", 2, 13));
    assert_eq!(report.iter().next().unwrap().message.ja, "フィルター uper はありません");
}

#[test]
fn templates_that_extend_themselves_or_nothing_are_errors() {
    let report = load(&[("themes/a/templates/base.html", r#"{% extends "base.html" %}"#)], "a").unwrap_err();
    assert_eq!(only(&report).1, "themes/a/templates/base.html");
    assert!(report.iter().next().unwrap().help.as_ref().unwrap().ja.contains("standard/base.html"));
    let report = load(&[("themes/a/templates/x.html", r#"{% extends "no.html" %}"#)], "a").unwrap_err();
    assert_eq!(only(&report).1, "themes/a/templates/x.html");
}

#[test]
fn a_template_that_cannot_be_minified_is_a_warning_and_works() {
    let files = [("themes/a/templates/foot.html", "</main>"), ("themes/a/templates/x.html", "<p>{{ title }}</p>")];
    let mut report = Report::default();
    let theme = Theme::load(files.map(|(path, text)| (path, text.as_bytes())), "a", asked(), &[], &mut report).unwrap();
    assert_eq!(report.count(Severity::Error), 0);
    #[cfg(feature = "minify")]
    assert_eq!(only(&report), ("template-not-minified", "themes/a/templates/foot.html", 1, 1));
    assert_eq!(page(&theme, "foot.html", "ja").unwrap(), "</main>");
}

#[test]
fn the_digest_follows_every_file() {
    let digest = |text: &str| load(&[("themes/a/assets/x.txt", text)], "a").unwrap().digest();
    assert_eq!(digest("1"), digest("1"));
    assert_ne!(digest("1"), digest("2"));
}
