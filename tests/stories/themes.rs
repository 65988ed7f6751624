//! Themes of a city: colours, words, single blocks, whole templates; and what is said when one is broken.

use crate::portal::Portal;

/// The minimal portal with a theme of its own.
fn city(files: &[(&str, &str)]) -> Portal {
    let portal = Portal::minimal();
    portal.append("content/portal.yaml", "theme: city\nlanguages: [ja, en]\n");
    portal.write("themes/city/theme.yaml", "name: 例示市\nextends: standard\n");
    for (path, text) in files {
        portal.write(&format!("themes/city/{path}"), text);
    }
    portal
}

fn style(portal: &Portal) -> String {
    let output = portal.output();
    let (_, css) = output.iter().find(|(path, _)| path.starts_with("assets/theme/style.")).unwrap();
    String::from_utf8(css.clone()).unwrap()
}

#[test]
fn a_theme_may_be_nothing_but_colours() {
    let portal = city(&[("theme.yaml", "extends: standard\ncolours: {accent: \"#7a1f2b\"}\n")]);
    portal.build();
    assert!(style(&portal).contains("--accent:#7a1f2b"));
    let plain = Portal::minimal();
    plain.build();
    assert_eq!(portal.page("2024/industry/index.html").main(), plain.page("2024/industry/index.html").main());
    assert!(!style(&plain).contains("#7a1f2b"));
}

#[test]
fn a_single_block_is_changed_and_everything_else_stays() {
    let portal = city(&[(
        "templates/base.html",
        "{% extends \"standard/base.html\" %}\n{% block banners %}{{ super() }}<p class=\"banner city\">試験公開中</p>{% endblock banners %}\n",
    )]);
    portal.build();
    let plain = Portal::minimal();
    plain.build();
    for (path, page) in portal.pages().into_iter().filter(|(path, _)| path != "404.html" && !path.starts_with("en/")) {
        assert_eq!(page.class("city")[0].text(), "試験公開中", "{path}");
        assert_eq!(page.main(), plain.page(&path).main(), "{path}");
    }
}

#[test]
fn a_template_of_the_city_takes_the_place_of_the_standard_one() {
    let portal = city(&[(
        "templates/page.html",
        "{% extends \"base.html\" %}{% block main %}<div class=\"of-city\">{{ body }}</div>{% endblock main %}",
    )]);
    portal.write("content/pages/about.md", "# この評価について\n\n本文です。\n");
    portal.build();
    let page = portal.page("pages/about/index.html");
    assert!(page.class("of-city")[0].text().contains("本文です。"));
    assert!(page.find_id("main").is_some() && !page.class("site-foot").is_empty(), "the frame is the standard one");
}

#[test]
fn a_logo_of_the_theme_stands_on_every_page() {
    let logo =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><circle cx=\"4\" cy=\"4\" r=\"4\"/></svg>";
    let portal = city(&[
        ("assets/logo.svg", logo),
        ("assets/city.css", ".logo { height: 2rem }"),
        (
            "templates/base.html",
            "{% extends \"standard/base.html\" %}\n\
             {% block head %}<link rel=\"stylesheet\" href=\"{{ page.assets['city.css'] }}\">{% endblock head %}\n\
             {% block brand %}<img class=\"logo\" src=\"{{ page.assets['logo.svg'] }}\" alt=\"\" width=\"32\" height=\"32\">{{ super() }}{% endblock brand %}\n",
        ),
    ]);
    assert_eq!(portal.run("check").code, Some(0));
    portal.build();
    let page = portal.page("en/2024/industry/index.html");
    let source = page.class("logo")[0].attribute("src").unwrap();
    let published = source.strip_prefix("../../../").unwrap();
    assert!(published.starts_with("assets/theme/logo.") && published.ends_with(".svg"), "{source}");
    assert_eq!(portal.read(&format!("output/{published}")), logo);
    let sheets: Vec<_> = page.all("link").into_iter().filter_map(|link| link.attribute("href")).collect();
    assert!(sheets.iter().any(|href| href.contains("assets/theme/city.")), "{sheets:?}");
    assert_eq!(page.class("site-name")[0].text(), "例示市 行政評価", "the name stays");
}

#[test]
fn an_asset_that_the_theme_does_not_have_is_an_error() {
    let portal = city(&[(
        "templates/base.html",
        "{% extends \"standard/base.html\" %}{% block brand %}<img src=\"{{ page.assets['lgoo.svg'] }}\" alt=\"\">{% endblock brand %}",
    )]);
    let answer = portal.run("build --format short");
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert!(
        answer.err.contains("themes/city/templates/base.html:1:") && answer.err.contains("template-error"),
        "{}",
        answer.err
    );
    assert!(!portal.has("output"));
}

#[test]
fn words_of_a_theme_replace_the_standard_ones() {
    let portal =
        city(&[("labels/ja.yaml", "verdict: {on-track: 順調}\n"), ("labels/en.yaml", "verdict: {on-track: Fine}\n")]);
    portal.build();
    assert!(portal.page("2024/industry/index.html").id("exchange").text().contains("順調"));
    assert!(portal.page("en/2024/industry/index.html").id("exchange").text().contains("Fine"));
    assert!(portal.read("output/2024/data/codes.csv").contains("verdict,on-track,順調,Fine\r\n"));
}

#[test]
fn a_changed_theme_changes_the_pages() {
    let portal = city(&[]);
    portal.build();
    portal.write("themes/city/labels/ja.yaml", "verdict: {on-track: 順調}\n");
    portal.build();
    assert!(portal.page("2024/industry/index.html").id("exchange").text().contains("順調"));
    portal.build_with("--theme standard");
    assert!(!portal.page("2024/industry/index.html").id("exchange").text().contains("順調"));
}

#[test]
fn a_broken_template_is_told_with_its_place_and_publishes_nothing() {
    let portal = city(&[]);
    portal.build();
    let before = portal.output();
    for (text, place) in [
        ("{% extends \"base.html\" %}\n{% block main %}\n<p>{{ name </p>\n{% endblock main %}\n", ":3:"),
        ("{% extends \"base.html\" %}\n{% block main %}<h1>目指す姿{{ nmae }}</h1>{% endblock main %}\n", ":2:"),
        ("{% extends \"base.htm\" %}\n", ":1:"),
        (
            "{% extends \"base.html\" %}\n{% block main %}\n{{ label(key=\"policy.visoin\") }}{% endblock main %}\n",
            ":3:",
        ),
        ("{% extends \"base.html\" %}\n{% block main %}<a href=\"/2024/\">x</a>{% endblock main %}\n", ":2:"),
    ] {
        portal.write("themes/city/templates/policy.html", text);
        let answer = portal.run("build --format short");
        assert_eq!(answer.code, Some(1), "{text}");
        assert!(answer.err.contains(&format!("themes/city/templates/policy.html{place}")), "{text}: {}", answer.err);
        assert!(portal.output() == before, "{text}");
        assert_eq!(portal.run("check").code, Some(1), "{text}");
    }
}

#[test]
fn a_theme_that_does_not_exist_is_told_with_the_one_that_was_meant() {
    let portal = city(&[]);
    for (line, code) in [("build --theme ciyt", 1), ("check --theme ciyt", 1), ("build --theme city", 0)] {
        let answer = portal.run(line);
        assert_eq!(answer.code, Some(code), "{line}: {}", answer.err);
        assert_eq!(answer.err.contains("「city」"), code == 1, "{line}: {}", answer.err);
    }
    portal.edit("content/portal.yaml", "theme: city", "theme: standrad");
    let answer = portal.run("build");
    assert_eq!(answer.code, Some(1));
    assert!(answer.err.contains("error[unknown-theme]") && answer.err.contains("「standard」"), "{}", answer.err);
}
