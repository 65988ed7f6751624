//! The report for the officer: what a machine looked at, what it found, and what a person must still look at.
//!
//! It is a file beside the site, written by `check --report`, and no page of the site: only `check` has examined every
//! page, a build need not wait for it, and what is found is for those who mend it. It never says that a site conforms;
//! that is for people to find out and for the municipality to state.

use super::rules::{FOR_PEOPLE, Rule};
use super::{Findings, Site};
use crate::diagnostic::{Message, MessageLanguage, Report, Severity};
use crate::theme::Html;
use crate::theme::colours::Scheme;
use crate::theme::contrast::{self, Need};
use std::fmt::Write as _;

/// How every report begins; a file that begins otherwise is somebody else's.
pub const MARK: &str = "<!doctype html><!-- hyoka accessibility report -->";

const STYLE: &str = "body{max-width:60rem;margin:2rem auto;padding:0 1rem;font:1rem/1.7 system-ui,sans-serif;color:#1a1a1a;background:#fff}\
table{border-collapse:collapse;width:100%;margin:1rem 0}caption{text-align:left;font-weight:700}\
th,td{border:1px solid #767676;padding:.35rem .6rem;text-align:left;vertical-align:top}\
td:not(:first-child){min-width:5.5em}\
.note{border:3px solid #0017c1;padding:.75rem 1rem}@media print{tr{break-inside:avoid}}";

/// The report as one HTML file that needs nothing beside it. `findings` are `None` where the content stopped before there
/// were pages. The same input gives the same bytes: it names no day and no machine.
pub fn html(site: Option<(&Site, &Findings)>, report: &Report, language: MessageLanguage) -> String {
    let say =
        |ja: &str, en: &str| Html::escape(Message::new(ja.to_owned(), en.to_owned()).get(language)).as_str().to_owned();
    let code = match language {
        MessageLanguage::Japanese => "ja",
        MessageLanguage::English => "en",
    };
    let heading = say("アクセシビリティの確認の記録", "Accessibility: what was examined");
    let mut out = format!(
        "{MARK}\n<html lang=\"{code}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\"><title>{heading}</title><style>{STYLE}</style></head>\n<body><main>\n<h1>{heading}</h1>\n"
    );
    let mut line = |html: String| {
        out.push_str(&html);
        out.push('\n');
    };
    line(format!(
        "<p class=\"note\">{}</p>",
        say(
            "この記録は、機械で確かめたことと、人が確かめることの一覧です。JIS X 8341-3 や WCAG への適合を示すものではありません。機械で見つかる問題は、問題の一部です。",
            "This lists what a machine has looked at and what a person must look at. It does not state conformance with JIS X 8341-3 or WCAG. A machine finds a part of all problems only.",
        )
    ));
    if let Some((site, findings)) = site {
        let title = site.portal().title.get(site.portal().first_language());
        line(format!(
            "<p>{}</p>",
            say(
                &format!("「{title}」の{}ページすべて（hyoka {}）。", findings.pages, env!("CARGO_PKG_VERSION")),
                &format!("All {} pages of “{title}” (hyoka {}).", findings.pages, env!("CARGO_PKG_VERSION")),
            )
        ));
    }
    line(problems(report, language));
    if let Some((site, findings)) = site {
        line(rules(findings, language));
        line(colours(site, language));
    } else {
        let stopped = say(
            "内容に問題があるため、ページは作られず、調べられていません。",
            "The content has problems: no page was made, and none was examined.",
        );
        line(format!("<p>{stopped}</p>"));
    }
    line(for_people(language));
    line("</main></body></html>".to_owned());
    out
}

fn problems(report: &Report, language: MessageLanguage) -> String {
    let say =
        |ja: &str, en: &str| Html::escape(Message::new(ja.to_owned(), en.to_owned()).get(language)).as_str().to_owned();
    let mut html = format!("<h2>{}</h2>\n", say("見つかった問題", "What was found"));
    let errors: Vec<_> = report.iter().filter(|found| report.severity_of(found) == Severity::Error).collect();
    if errors.is_empty() {
        let _ = write!(
            html,
            "<p>{}</p>",
            say("下の範囲では見つかりませんでした。", "Nothing, within what is listed below.")
        );
        return html;
    }
    html.push_str("<ul>\n");
    for found in errors {
        let escaped = |text: &str| Html::escape(text).as_str().to_owned();
        let _ =
            write!(html, "<li><code>{}</code> {}", escaped(&found.place.file), escaped(found.message.get(language)));
        if let Some(help) = &found.help {
            let _ = write!(html, "<br>{}", escaped(help.get(language)));
        }
        html.push_str("</li>\n");
    }
    html.push_str("</ul>");
    html
}

fn table(caption: &str, heads: &[String], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut html = format!("<table><caption>{caption}</caption><thead><tr>");
    heads.iter().for_each(|head| html.push_str(&format!("<th scope=\"col\">{head}</th>")));
    html.push_str("</tr></thead><tbody>\n");
    for row in rows {
        html.push_str("<tr>");
        row.iter().for_each(|cell| html.push_str(&format!("<td>{cell}</td>")));
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody></table>");
    html
}

fn rules(findings: &Findings, language: MessageLanguage) -> String {
    let say =
        |ja: &str, en: &str| Html::escape(Message::new(ja.to_owned(), en.to_owned()).get(language)).as_str().to_owned();
    let rows = Rule::ALL.into_iter().map(|rule| {
        let (kinds, pages) = findings.by_rule.get(&rule).copied().unwrap_or_default();
        let found = match kinds {
            0 => say("なし", "none"),
            kinds => say(&format!("{kinds}種類、のべ{pages}ページ"), &format!("{kinds} kinds, {pages} times a page")),
        };
        let criteria = if rule.criteria().is_empty() { "―" } else { rule.criteria() };
        let looks_at = rule.looks_at();
        vec![say(&looks_at.ja, &looks_at.en), criteria.to_owned(), found]
    });
    let heads = [say("見たこと", "Looked at"), "WCAG 2.2".to_owned(), say("問題", "Problems")];
    format!(
        "<h2>{}</h2>\n{}",
        say("機械で確かめたこと", "What a machine has looked at"),
        table(&say("すべてのページについて", "On every page"), &heads, rows)
    )
}

fn colours(site: &Site, language: MessageLanguage) -> String {
    let say =
        |ja: &str, en: &str| Html::escape(Message::new(ja.to_owned(), en.to_owned()).get(language)).as_str().to_owned();
    let rows = contrast::measure(site.theme.palette()).into_iter().map(|measured| {
        let scheme = match measured.scheme {
            Scheme::Light => say("明るい配色", "light"),
            Scheme::Dark => say("暗い配色", "dark"),
        };
        let criterion = match measured.pair.need {
            Need::Text => "1.4.3",
            Need::Shape => "1.4.11",
        };
        let unknown = say("機械では分かりません。人が見てください", "not known to a machine; a person must look");
        vec![
            format!("{} / {}", measured.pair.front, measured.pair.ground),
            scheme,
            measured.printed().unwrap_or(unknown),
            measured.pair.need.printed().to_owned(),
            criterion.to_owned(),
        ]
    });
    let heads = [
        say("前の色 / 後ろの色", "Front / ground"),
        say("配色", "Scheme"),
        say("コントラスト比", "Contrast"),
        say("必要な比", "Needed"),
        "WCAG 2.2".to_owned(),
    ];
    let caption = say(
        "テーマの色（スタイルシートの変数から計算。テーマが自分で加えた色の組み合わせは含みません）",
        "Colours of the theme (computed from the variables of its style sheets; pairs that a theme adds by itself are not in it)",
    );
    table(&caption, &heads, rows)
}

fn for_people(language: MessageLanguage) -> String {
    let say =
        |ja: &str, en: &str| Html::escape(Message::new(ja.to_owned(), en.to_owned()).get(language)).as_str().to_owned();
    let blank = || say("□ 確認　日付：　　　担当：", "□ seen, on:        by:");
    let rows = FOR_PEOPLE.iter().map(|(criteria, (ja, en))| vec![say(ja, en), (*criteria).to_owned(), blank()]);
    let heads = [say("見ること", "To look at"), say("基準", "Criteria"), say("記録", "Record")];
    format!(
        "<h2>{}</h2>\n{}",
        say("人が確かめること", "What a person must look at"),
        table(&say("公開の前に", "Before publication"), &heads, rows)
    )
}
