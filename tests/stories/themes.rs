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
        "{% extends \"base.html\" %}{% block main %}<div class=\"of-city\"><h1>{{ title }}</h1>{{ body }}</div>{% endblock main %}",
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

/// The block of the README that begins with a comment naming a file, and the file.
fn of_readme(file: &str) -> String {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let (_, rest) = readme.split_once(&format!(" {file}")).unwrap_or_else(|| panic!("{file} is not in the README"));
    let (_, block) = rest.split_once('\n').unwrap();
    block.split("```").next().unwrap().to_owned()
}

const LOGO: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>";

fn as_in_the_readme() -> Portal {
    city(&[
        ("theme.yaml", &of_readme("themes/reiji/theme.yaml")),
        ("templates/base.html", &of_readme("themes/reiji/templates/base.html")),
        ("assets/logo.svg", LOGO),
    ])
}

#[test]
fn the_ten_lines_of_the_readme_are_the_theme_of_a_city() {
    let portal = as_in_the_readme();
    assert!(of_readme("themes/reiji/theme.yaml").lines().count() <= 10);
    assert_eq!(portal.run("check --strict").code, Some(1), "a portal without base_url has a warning");
    assert_eq!(portal.run("check").code, Some(0));
    portal.build();
    for (path, alt, foot) in [
        ("2024/industry/index.html", "例示市の市章", "例示市役所"),
        ("en/2024/industry/index.html", "Emblem of Reiji City", "Reiji City Hall"),
    ] {
        let page = portal.page(path);
        let logo = page.class("logo")[0];
        assert_eq!(logo.attribute("alt"), Some(alt), "{path}");
        let file = logo.attribute("src").unwrap().trim_start_matches("../");
        assert_eq!(portal.read(&format!("output/{file}")), LOGO);
        assert!(page.class("foot-text").iter().any(|text| text.text().contains(foot)), "{path}");
        assert!(page.class("site-name")[0].text().contains("試行中"), "{path}");
    }
    let css = style(&portal);
    let (light, dark) = css.split_once("prefers-color-scheme").unwrap();
    for (scheme, link, tint) in [(light, "#00563f", "#e3f4ec"), (dark, "#8fd6b8", "#12382b")] {
        assert!(scheme.contains(&format!("--link:{link}")) && scheme.contains(&format!("--tint:{tint}")), "{scheme}");
    }
    assert!(!css.contains("--link:#00118f"), "the standard colour is replaced, not overruled");
}

#[test]
fn a_colour_without_a_scheme_is_the_light_one_and_dark_stays_readable() {
    let portal = city(&[("theme.yaml", "colours: {link: \"#7a1f2b\", hyoka-actual: \"#7a1f2b\"}\n")]);
    portal.build();
    let output = portal.output();
    for (sheet, light, dark) in [
        ("style.", "--link:#7a1f2b", "--link:#9db7f9"),
        ("charts.", "--hyoka-actual:#7a1f2b", "--hyoka-actual:#9db7f9"),
    ] {
        let (_, css) = output
            .iter()
            .find(|(path, _)| path.starts_with(&format!("assets/theme/{sheet}")) && path.ends_with(".css"))
            .unwrap();
        let css = String::from_utf8_lossy(css);
        let (before, after) = css.split_once("prefers-color-scheme").unwrap();
        assert!(before.contains(light) && after.contains(dark) && !after.contains(light), "{sheet}");
    }
}

#[test]
fn charts_as_files_have_the_colours_of_the_theme() {
    let portal = city(&[("theme.yaml", "colours: {hyoka-actual: \"#7a1f2b\"}\n")]);
    portal.append("content/portal.yaml", "charts: {files: true}\n");
    portal.build();
    let output = portal.output();
    let charts: Vec<_> = output.iter().filter(|(path, _)| path.contains("/charts/")).collect();
    assert!(!charts.is_empty());
    for (path, svg) in charts {
        assert!(String::from_utf8_lossy(svg).contains("--hyoka-actual:#7a1f2b"), "{path}");
    }
}

#[test]
fn colours_that_cannot_be_told_apart_are_an_error_in_theme_yaml_with_a_colour_that_can() {
    let portal = city(&[]);
    portal.build();
    let before = portal.output();
    for (yaml, place, words, mended) in [
        (
            "colours:\n  link: \"#88aaff\"\n",
            "theme.yaml:2:9:",
            ["明るい配色", "コントラスト比 2.", "必要 4.5"],
            "  link: ",
        ),
        (
            "colours:\n  link:\n    dark: \"#333399\"\n",
            "theme.yaml:3:11:",
            ["暗い配色", "コントラスト比 1.", "必要 4.5"],
            "    dark: ",
        ),
        (
            "colours:\n  hyoka-behind: \"#ffc199\"\n",
            "theme.yaml:2:17:",
            ["hyoka-behind", "コントラスト比 1.", "必要 3.0"],
            "  hyoka-behind: ",
        ),
    ] {
        portal.write("themes/city/theme.yaml", yaml);
        let answer = portal.run("build --format short");
        assert_eq!(answer.code, Some(1), "{yaml}: {}", answer.err);
        assert!(answer.codes().iter().all(|code| *code == "low-contrast" || *code == "no-base-url"), "{}", answer.err);
        let mut told = answer.err.lines().filter(|line| line.contains("low-contrast"));
        assert!(told.all(|line| line.contains(place)), "{}", answer.err);
        assert!(words.iter().all(|word| answer.err.contains(word)), "{yaml}: {}", answer.err);
        assert!(portal.output() == before, "{yaml}");
        // The colour that is suggested is one that passes.
        let human = portal.run("check").err;
        let (_, colour) = human.split_once("を \"#").unwrap_or_else(|| panic!("no colour in {human}"));
        let mended_line = format!("{mended}\"#{}\"", &colour[..6]);
        let kept: Vec<_> = yaml.lines().filter(|line| !line.starts_with(mended)).collect();
        portal.write("themes/city/theme.yaml", format!("{}\n{mended_line}\n", kept.join("\n")));
        assert_eq!(portal.run("check").code, Some(0), "{mended_line}");
    }
}

#[test]
fn a_logo_may_lie_among_the_files_of_the_content_and_must_lie_somewhere() {
    let portal = city(&[("theme.yaml", "logo: {file: content/assets/emblem.svg, alt: \"\"}\n")]);
    let answer = portal.run("build --format short");
    assert_eq!(answer.code, Some(1));
    assert!(answer.err.contains("themes/city/theme.yaml:1:14: error[unknown-reference]"), "{}", answer.err);
    portal.write("content/assets/emblem.svg", LOGO);
    portal.build();
    let page = portal.page("2024/industry/index.html");
    assert_eq!(page.class("logo")[0].attribute("src"), Some("../../assets/emblem.svg"));
    assert_eq!(page.class("logo")[0].attribute("alt"), Some(""));
    portal.write("themes/city/theme.yaml", "logo: {file: emblem.svg, alt: 市章}\n");
    assert_eq!(portal.run("build").code, Some(1));
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
