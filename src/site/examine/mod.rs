//! Examining finished pages: what a template or a text can still get wrong when all figures are right.
//!
//! `check` and `build --examine` examine every page; `build` one of each template, since views give every page of a kind
//! the same parts. What is looked at is listed in [`Rule`], what no machine can judge in [`rules::FOR_PEOPLE`].

mod links;
mod page;
pub mod report;
pub mod rules;
mod sizes;

use super::{RenderError, Route, Site};
use crate::diagnostic::{Code, Diagnostic, Message, Place, Report};
use crate::model::At;
use page::{Facts, Problem};
use rayon::prelude::*;
use rules::Rule;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// One page, examined. What is kept of it are its ids, its links, and what is wrong.
#[derive(Debug)]
pub struct Examined<'s> {
    route: &'s Route,
    facts: Facts,
    /// Why the page could not be rendered, told by its template.
    fault: Option<Diagnostic>,
}

/// What an examination looked at, and what it found by rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    pub pages: usize,
    /// Problems by rule: how many different ones, on how many pages.
    pub by_rule: BTreeMap<Rule, (usize, usize)>,
}

/// Renders every page and reports what is wrong with it; a page that cannot be rendered is reported, too.
pub fn examine(site: &Site, report: &mut Report) -> Findings {
    let pages: Vec<_> = site.routes().par_iter().filter(|route| is_page(route)).collect();
    // One at a time on each thread.
    let examined: Vec<_> = pages
        .into_par_iter()
        .map(|route| {
            let mut html = Vec::new();
            match site.render(route, &mut html) {
                Ok(()) => examined(route, &html),
                Err(RenderError::Template(fault)) => Examined { route, facts: Facts::default(), fault: Some(*fault) },
                Err(error) => {
                    let Message { ja, en } = error.message();
                    let help = ("テーマのテンプレートを直してください", "mend the theme's template");
                    let problems = BTreeSet::from([Problem::new(Rule::Rendering, ja, en, help)]);
                    Examined { route, facts: Facts { problems, ..Facts::default() }, fault: None }
                }
            }
        })
        .collect();
    conclude(site, &examined, report)
}

/// Whether a route is a page, which can be examined.
pub fn is_page(route: &Route) -> bool {
    route.path.ends_with(".html")
}

/// Examines a page that was rendered.
pub fn examined<'s>(route: &'s Route, html: &[u8]) -> Examined<'s> {
    Examined { route, facts: page::examine(&route.path, html), fault: None }
}

/// The first page of each template, by path.
pub fn one_of_each_template(site: &Site) -> BTreeSet<&str> {
    let mut first = BTreeMap::new();
    for route in site.routes() {
        if let Some(template) = route.template() {
            first.entry(template).or_insert(route.path.as_str());
        }
    }
    first.into_values().collect()
}

/// Reports what is wrong with pages, each problem of a template once, with the first page that has it. Links are followed
/// to every file, and to ids of the pages that were examined.
pub fn conclude(site: &Site, examined: &[Examined<'_>], report: &mut Report) -> Findings {
    // A template fails on every page of its kind: its own place is told, once.
    examined.iter().filter_map(|page| page.fault.clone()).for_each(|fault| report.add(fault));
    let whole = || examined.iter().filter(|page| page.fault.is_none());
    let ids: BTreeMap<&str, &BTreeSet<String>> =
        whole().map(|page| (page.route.path.as_str(), &page.facts.ids)).collect();
    let mut found: BTreeMap<(Option<&str>, Problem), BTreeSet<&str>> = BTreeMap::new();
    for page in whole() {
        let dead = page
            .facts
            .links
            .iter()
            .filter_map(|(file, id)| dead_link(file, id, |file| site.route(file).is_some(), &ids));
        for problem in page.facts.problems.iter().cloned().chain(dead) {
            found.entry((page.route.template(), problem)).or_default().insert(&page.route.path);
        }
    }
    for asset in site.theme.assets().iter().filter(|asset| asset.name.ends_with(".css")) {
        for small in sizes::in_style_sheet(&String::from_utf8_lossy(&asset.bytes)) {
            let problem = Problem::new(
                Rule::TargetSize,
                format!("操作できるものの大きさが24pxより小さく指定されています：{small}"),
                format!("something that can be pressed is made smaller than 24 px: {small}"),
                ("テーマのスタイルシートを直してください", "mend the theme's style sheet"),
            );
            found.entry((None, problem)).or_default().insert(&asset.name);
        }
    }
    let mut findings = Findings { pages: examined.len(), by_rule: BTreeMap::new() };
    for ((template, problem), pages) in found {
        let of_rule = findings.by_rule.entry(problem.rule).or_default();
        *of_rule = (of_rule.0 + 1, of_rule.1 + pages.len());
        if let Some(first) = pages.first() {
            report.add(diagnostic(template, problem, first, pages.len() - 1));
        }
    }
    findings
}

fn diagnostic(template: Option<&str>, problem: Problem, first: &str, more: usize) -> Diagnostic {
    let folder = if template.is_some() { "output" } else { "output/assets/theme" };
    let place = Place { file: format!("{folder}/{first}").into(), at: At { line: 1, column: 1, length: 1 } };
    let Message { ja, en } = problem.message;
    let (of_ja, of_en) =
        template.map_or_else(Default::default, |name| (format!("テンプレート {name}"), format!("template {name}")));
    let (more_ja, more_en) = match more {
        0 => (String::new(), String::new()),
        more => (format!("ほか{more}ページ"), format!("{more} more pages")),
    };
    let around = |parts: [String; 2], open: &str, between: &str, close: &str| {
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        match parts.is_empty() {
            true => Cow::Borrowed(""),
            false => Cow::Owned(format!("{open}{}{close}", parts.join(between))),
        }
    };
    let message =
        Message::new(ja + around([of_ja, more_ja], "（", "、", "）"), en + around([of_en, more_en], " (", ", ", ")"));
    let mut diagnostic = Diagnostic::new(Code::PageProblem, place, message);
    diagnostic.help = Some(problem.help);
    diagnostic
}

fn dead_link(
    file: &str,
    id: &str,
    is_file: impl Fn(&str) -> bool,
    ids: &BTreeMap<&str, &BTreeSet<String>>,
) -> Option<Problem> {
    let there = is_file(file) && (id.is_empty() || ids.get(file).is_none_or(|ids| ids.contains(id)));
    (!there).then(|| {
        let target = if id.is_empty() { file.to_owned() } else { format!("{file}#{id}") };
        Problem::new(
            Rule::Links,
            format!("リンク先がありません：{target}"),
            format!("a link leads nowhere: {target}"),
            (
                "テーマのテンプレートか、シートのリンクを直してください",
                "mend the theme's template or the link in the sheet",
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dead_links_and_dead_ids_are_told() {
        let is_file = |file: &str| file == "a.html";
        let ids = BTreeSet::from(["x".to_owned()]);
        let pages = BTreeMap::from([("a.html", &ids)]);
        assert!(dead_link("a.html", "x", is_file, &pages).is_none());
        assert!(dead_link("a.html", "y", is_file, &pages).is_some());
        assert!(dead_link("b.html", "", is_file, &pages).is_some());
    }

    #[test]
    fn a_finding_names_its_page_its_template_and_how_many_pages_more() {
        let problem = || Problem::new(Rule::Title, "題", "no title", ("直す", "mend"));
        let told = diagnostic(Some("policy.html"), problem(), "2024/a/index.html", 68);
        assert_eq!(told.message.ja, "題（テンプレート policy.html、ほか68ページ）");
        assert_eq!(told.message.en, "no title (template policy.html, 68 more pages)");
        assert_eq!(told.place.file.as_ref(), "output/2024/a/index.html");
        assert_eq!(diagnostic(None, problem(), "style.css", 0).message.en, "no title");
    }
}
