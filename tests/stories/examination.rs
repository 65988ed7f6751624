//! Accessibility as a result of the build: what is examined, when, and what is said of it.

use crate::portal::Portal;

/// A theme whose template of free pages is wrong only on the page with the title «二».
fn wrong_on_the_second_page() -> Portal {
    let portal = Portal::minimal();
    portal.append("content/portal.yaml", "theme: city\n");
    portal.write("content/pages/a.md", "# 一\n\n本文\n");
    portal.write("content/pages/b.md", "# 二\n\n本文\n");
    portal.write(
        "themes/city/templates/page.html",
        "{% extends \"standard/page.html\" %}{% block main %}{{ super() }}\
         {% if title == \"二\" %}<table><tr><td>1</td></tr></table>{% endif %}{% endblock main %}",
    );
    portal
}

#[test]
fn a_build_examines_a_page_of_each_template_and_publishes_nothing_where_one_breaks_a_rule() {
    let portal = Portal::minimal();
    portal.append("content/portal.yaml", "theme: city\nlanguages: [ja, en]\n");
    portal.write("themes/city/theme.yaml", "extends: standard\n");
    portal.build();
    let before = portal.output();
    for (wrong, said) in [
        ("<h6>x</h6>", "見出しの段階が飛んでいます"),
        ("<img src=\"{{ page.home }}\">", "代替テキスト（alt）"),
        ("<button></button>", "名前のないリンクかボタン"),
        ("<input type=\"search\">", "名前のない入力欄"),
        ("<a href=\"{{ page.home }}\" tabindex=\"3\">x</a>", "tabindex に1以上"),
        ("<div aria-hidden=\"true\"><a href=\"{{ page.home }}\">x</a></div>", "読み上げから隠した部分"),
        ("<button style=\"width: 16px\">x</button>", "24pxより小さく"),
    ] {
        portal.write(
            "themes/city/templates/policy.html",
            format!("{{% extends \"standard/policy.html\" %}}{{% block main %}}{{{{ super() }}}}{wrong}{{% endblock main %}}"),
        );
        let answer = portal.run("build --format short");
        assert_eq!(answer.code, Some(1), "{wrong}: {}", answer.err);
        assert!(
            answer.err.contains(said) && answer.err.contains("テンプレート policy.html"),
            "{wrong}: {}",
            answer.err
        );
        assert!(answer.err.contains("2024/industry/index.html:1:1: error[page-problem]"), "{wrong}: {}", answer.err);
        assert!(portal.output() == before, "{wrong}");
        // Both languages have the fault: it is told once.
        let all = portal.run("check --format short");
        assert_eq!(all.codes().iter().filter(|code| **code == "page-problem").count(), 1, "{}", all.err);
        assert!(all.err.contains("ほか1ページ"), "{}", all.err);
    }
}

#[test]
fn every_page_is_examined_by_check_and_where_a_build_is_asked_to() {
    let portal = wrong_on_the_second_page();
    portal.build();
    let before = portal.output();
    for line in ["check --format short", "build --examine --format short"] {
        let answer = portal.run(line);
        assert_eq!(answer.code, Some(1), "{line}: {}", answer.err);
        for said in ["pages/b/index.html", "表題（caption）のない表", "見出しのセル（th）のない表", "page.html"]
        {
            assert!(answer.err.contains(said), "{line}: {said}: {}", answer.err);
        }
        assert!(!answer.err.contains("pages/a/index.html"), "{line}: {}", answer.err);
    }
    // The same where there is something to publish.
    portal.append("content/pages/a.md", "もう一行\n");
    assert_eq!(portal.run("build --examine").code, Some(1));
    assert!(portal.output() == before);
    portal.edit("content/pages/b.md", "# 二", "# 三");
    portal.build_with("--examine");
}

#[test]
fn controls_that_a_style_sheet_makes_too_small_are_told() {
    let portal = Portal::minimal();
    portal.append("content/portal.yaml", "theme: city\n");
    portal.write("themes/city/assets/city.css", "nav a { height: 16px }\n");
    let answer = portal.run("check --format short");
    assert_eq!(answer.code, Some(1));
    assert!(answer.err.contains("city.css") && answer.err.contains("24px"), "{}", answer.err);
}

#[test]
fn the_report_lists_what_was_examined_and_what_a_person_must_see_and_claims_nothing() {
    let portal = wrong_on_the_second_page();
    assert_eq!(portal.run("check --report report.html").code, Some(1));
    let report = portal.read("report.html");
    for said in ["表題（caption）のない表があります", "人が確かめること", "適合を示すものではありません", "17.40"]
    {
        assert!(report.contains(said), "{said}");
    }
    assert!(!portal.has("output"), "it is no part of the site");
    portal.remove("themes/city/templates/page.html");
    portal.write("themes/city/theme.yaml", "name: 例示市\n");
    assert_eq!(portal.run("check --report report.html --lang en").code, Some(0));
    let report = portal.read("report.html");
    assert!(report.contains("It does not state conformance") && report.contains("Nothing, within what is listed"));
    for claim in ["準拠", "適合しています", "conforms"] {
        assert!(!report.contains(claim), "{claim}");
    }
    assert_eq!(portal.run("check --report again.html --lang en").code, Some(0));
    assert_eq!(portal.read("again.html"), report, "the same input gives the same report");
    // The report keeps the rules that it tells of.
    let page = crate::html::Page::parse(report.split_once("-->").unwrap().1);
    assert!(page.all("th").iter().all(|cell| cell.attribute("scope").is_some()));
    assert_eq!(page.all("table").len(), page.all("caption").len());
}

#[test]
fn a_report_never_takes_the_place_of_another_file() {
    let portal = Portal::minimal();
    let answer = portal.run("check --report content/portal.yaml");
    assert_eq!(answer.code, Some(2), "{}", answer.err);
    assert!(portal.read("content/portal.yaml").starts_with("title:"));
}

#[test]
fn content_that_stops_leaves_a_report_that_says_no_page_was_examined() {
    let portal = Portal::minimal();
    portal.edit("content/2024/industry.yaml", "area: industry", "area: industri");
    assert_eq!(portal.run("check --report report.html").code, Some(1));
    let report = portal.read("report.html");
    assert!(report.contains("調べられていません") && report.contains("content/2024/industry.yaml"), "{report}");
}
