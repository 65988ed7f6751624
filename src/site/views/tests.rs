//! What readers meet, seen on rendered pages of the standard theme.

mod compared;
mod sentences;

use std::collections::BTreeSet;

use super::*;
use crate::content::{Kept, load};
use crate::diagnostic::Report;
use crate::facts::{self, Facts};
use crate::model::{FiscalYear, Language, Portal};
use crate::site::route::Target;
use crate::source::TextFile;
use crate::theme::Theme;

const PORTAL: &str = "
title: {ja: 平塚市 行政評価, en: Policy evaluation}
municipality: {name: 平塚市}
languages: [ja, en]
plan: {first_year: 2024, last_year: 2027}
areas: [{id: industry, number: \"5\"}, {id: life, name: くらし}]
grades: [{id: A, label: 目標どおり, verdict: on-track}, {id: D, label: 見直し}]
base_url: https://example.lg.jp/h/
";

/// The real sheet: figures, names and unit as printed.
const INDUSTRY: &str = "
number: \"5\"
area: industry
name: 産業の活性化を促進する
vision: 社会の変化に対応できる経営の敏しょう性が備わっています。また、新しい企業が創業しています。
indicators:
  - {id: exchange, name: 知的対流を通じた交流人数【累計】, unit: 人, accumulation: cumulative, baseline: 446, actuals: {2024: 628}, targets: {2027: \"1,046\"}, notes: [共同研究等のこと。]}
  - {id: products, name: 新商品開発件数【累計】, unit: 件, accumulation: cumulative, baseline: 26, actuals: {2024: 36}, targets: {2027: 36}}
  - {id: advice, name: 相談受付件数【累計】, unit: 件, accumulation: cumulative, baseline: \"2,831\", actuals: {2024: \"10,406\"}, targets: {2027: \"13,681\"}}
achievements: [市内での創業を支援しました。]
challenges: [{challenge: 認知度を高める必要があります。, approach: 効果的に普及させます。}]
projects: [産業間連携促進事業, 起業家支援事業]
expenditure: {unit: 千円, settled: {2024: 1587511}}
";

const AWKWARD: &str = "
area: life
name: くらしを守る
department: くらし課
indicators:
  - id: understanding
    name: 授業の理解度
    unit: \"%\"
    components:
      - {id: es, name: 小学校, baseline: {year: 2023, value: 82.4}, actuals: {2024: 84.3}, targets: {2024: 83.5, 2027: 86.5}}
      - {id: jh, name: 中学校, baseline: {year: 2023, value: 74.8}, actuals: {2024: {missing: pending, until: 2026-03}}, targets: {2027: 80.5}}
  - {id: crime, name: 犯罪件数, unit: 件, baseline: {year: 2022, value: 40}, actuals: {2023: 38, 2024: 47}, targets: {2027: 20以下}, published_rates: {2024: \"99.4\"}}
  - {id: rate, name: 増減, unit: 億円, direction: increase, baseline: {year: 2023, value: ▲3.2}, actuals: {2024: {value: ▲1.50, status: provisional, note: 決算前の値。}}, targets: {2027: 2.0}}
  - {id: plan, name: 計画の策定, actuals: {2024: 策定中}, targets: {2027: 策定}}
  - {id: late, name: 再編計画の策定, actuals: {2024: 素案を公表}, targets: {2024: {value: 策定, met: false}, 2027: {value: 実施, met: false}}}
  - {id: stock, name: 備蓄食料, unit: 食, direction: maintain, tolerance: {below: 5}, baseline: {year: 2023, value: 152}, actuals: {2024: 146}, targets: {2027: 150}}
  - {id: place, name: 県内順位, baseline: {year: 2022, value: 12位}, actuals: {2024: 10位}, targets: {2027: 5位以内}}
grades: [{by: self, grade: D, comment: 見直します。}]
";

struct Site {
    portal: Portal,
    facts: Facts,
    theme: Theme,
}

fn site(files: &[(&str, &str)]) -> Site {
    let mut report = Report::default();
    let content = files.iter().map(|(path, text)| TextFile::new(path, *text));
    let portal = load(content.collect(), &BTreeSet::new(), &mut Kept::default(), &mut report);
    let problems: Vec<_> = report.iter().map(|problem| &problem.message.en).collect();
    let portal = portal.unwrap_or_else(|_| panic!("{problems:?}"));
    let theme = Theme::load(
        [],
        "standard",
        crate::diagnostic::Place::whole("content/portal.yaml"),
        &portal.languages,
        &mut report,
    );
    let problems: Vec<_> = report.iter().map(|problem| (&problem.place, &problem.message.en)).collect();
    let theme = theme.unwrap_or_else(|_| panic!("{problems:?}"));
    Site { facts: facts::derive(&portal), portal, theme }
}

fn city() -> Site {
    site(&[("portal.yaml", PORTAL), ("2024/industry.yaml", INDUSTRY), ("2024/life.yaml", AWKWARD)])
}

fn year(year: u16) -> FiscalYear {
    FiscalYear::new(year).unwrap()
}

impl Site {
    fn context(&self) -> SiteContext<'_> {
        let samples = Samples::of(&self.portal);
        SiteContext { portal: &self.portal, facts: &self.facts, theme: &self.theme, samples, rows: None }
    }

    fn page(&self, language: &Language, target: Target<'_>) -> String {
        let context = PageContext::new(self.context(), language, target);
        let edition = self.facts.edition(context.edition_year()).unwrap();
        let mut out = Vec::new();
        match target {
            Target::Policy(year, id) => {
                let position = edition.policies.iter().position(|policy| policy.sheet.policy.as_ref() == id).unwrap();
                let facts = facts::policy(&self.portal, self.portal.policy(id).unwrap(), year).unwrap();
                self.theme.render("policy.html", policy(&context, edition, position, &facts), &mut out)
            }
            Target::Area(year, id) => {
                let of = |at: usize| self.portal.areas[at].id.as_ref() == id;
                let summary = edition.areas.iter().find(|summary| of(summary.area)).unwrap();
                let policies = summary.policies.iter().map(|at| edition.policies[*at].sheet.policy.as_ref());
                let policies: Vec<_> = policies
                    .map(|id| facts::policy(&self.portal, self.portal.policy(id).unwrap(), year).unwrap())
                    .collect();
                self.theme.render("area.html", area(&context, edition, summary, &policies).unwrap(), &mut out)
            }
            Target::Changes(_) => {
                let before = self.facts.editions.iter().rev().find(|before| before.year < edition.year).unwrap();
                self.theme.render("changes.html", changes(&context, before, edition), &mut out)
            }
            Target::Compare(_) => self.theme.render("compare.html", compare(&context, edition), &mut out),
            Target::Data(_) => self.theme.render("data.html", data(&context, edition, &["codes.csv"]), &mut out),
            Target::FreePage(name) => self.theme.render("page.html", free_page(&context, name).unwrap(), &mut out),
            Target::NotFound => self.theme.render("404.html", not_found(&context), &mut out),
            _ => self.theme.render("index.html", index(&context, edition, &["codes.csv"]), &mut out),
        }
        .unwrap_or_else(|error| panic!("{error}"));
        String::from_utf8(out).unwrap()
    }

    fn policy(&self, id: &str) -> String {
        self.page(&Language::japanese(), Target::Policy(year(2024), id))
    }
}

/// The text of a page: tags and the insides of charts taken away.
fn text(page: &str) -> String {
    let mut out = String::new();
    let mut rest = page;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let end = if rest.starts_with("<svg") { rest.find("</svg>").unwrap() + 6 } else { rest.find('>').unwrap() + 1 };
        rest = &rest[end..];
    }
    out + rest
}

/// The values of an attribute all over a page, quoted or not.
fn attributes(page: &str, name: &str) -> Vec<String> {
    let value = |rest: &str| match rest.strip_prefix('"') {
        Some(quoted) => quoted[..quoted.find('"').unwrap()].to_owned(),
        None => rest[..rest.find([' ', '>']).unwrap()].to_owned(),
    };
    page.split(&format!(" {name}=")).skip(1).map(value).collect()
}

#[track_caller]
fn says(page: &str, words: &[&str]) {
    let text = text(page);
    for word in words {
        assert!(text.contains(word), "«{word}» is not said in: {text}");
    }
}

#[test]
fn the_real_sheet_shows_its_figures_and_how_they_came_about() {
    let page = city().policy("industry");
    says(
        &page,
        &["446人", "628人", "1,046人", "30.3%", "(628 − 446) ÷ (1,046 − 446) = 30.3%", "69.8%", "計画の2.79倍"],
    );
    says(&page, &["2024年度の実績は628人です。計画どおりなら596人のところ、32人上回っています。"]);
    says(
        &page,
        &["2027年度の目標1,046人まであと418人、残り3年です。1年あたり139.3人が必要です（これまでは1年あたり182人）。"],
    );
    says(&page, &["2024年度の決算額は15億8,751万円です", "1,587,511", "単位：千円", "2024（令和6）年度"]);
    says(&page, &["注1 共同研究等のこと。", "計画が始まる前の年度（2023年度）として計算しています"]);
    says(&page, &["2022年度 ▼遅れ 計画どおりの値は686人、ペースは計画の0.76倍となり、判定が変わります"]);
}

#[test]
fn every_figure_carries_its_address() {
    let site = city();
    let industry = site.policy("industry");
    for address in ["exchange/actuals/2024", "exchange/baseline", "exchange/targets/2027", "expenditure/settled/2024"] {
        assert!(industry.contains(&format!("data-address=\"2024/industry#{address}\"")), "{address}");
    }
    for address in ["vision", "achievements/1", "challenges/1", "projects/2"] {
        assert!(industry.contains(&format!("data-address=\"2024/industry#{address}\"")), "{address}");
    }
    let life = site.policy("life");
    for address in ["understanding.es/actuals/2024", "understanding.es/targets/2024", "crime/published_rates/2024"] {
        assert!(life.contains(&format!("data-address=\"2024/life#{address}\"")), "{address}");
    }
}

#[test]
fn a_missing_value_shows_its_symbol_and_its_reason_and_is_no_zero() {
    let page = city().policy("life");
    says(&page, &["…集計中（2026年3月まで）"]);
    let chart = page.split("id=\"understanding_jh_chart").next().unwrap();
    assert!(!chart.contains(">0%<"), "a gap is not drawn as zero");
}

#[test]
fn percents_differ_by_points() {
    says(&city().policy("life"), &["計画どおりなら83.5%のところ、0.8ポイント上回っています"]);
}

#[test]
fn a_printed_rate_stays_and_its_difference_is_said() {
    says(&city().policy("life"), &["市が公表した値は99.4%ですが、このサイトの計算では−35.0%です"]);
}

#[test]
fn worse_than_at_the_start_is_said_with_the_figure_of_the_start() {
    says(&city().policy("life"), &["✕後退", "計画策定時の40件よりも悪くなっています", "20件以下"]);
}

#[test]
fn negative_and_provisional_figures_keep_their_digits_sign_and_note() {
    says(
        &city().policy("life"),
        &["−3.2億円", "−1.50億円注1速報値", "注1 決算前の値。", "(−1.50 − (−3.2)) ÷ (2.0 − (−3.2))"],
    );
}

#[test]
fn a_text_is_shown_as_text_and_drawn_in_no_chart() {
    let page = city().policy("life");
    says(&page, &["策定中", "言葉で書かれた値のため、計算では判定できません"]);
    assert!(!page.contains("plan_chart"));
}

#[test]
fn a_sentence_agrees_with_its_verdict_where_words_are_judged_by_people() {
    let page = city().policy("life");
    says(&page, &["2024年度の実績は「素案を公表」で、2024年度の目標「策定」に届いていません。"]);
}

#[test]
fn a_target_in_words_is_told_with_its_own_year() {
    let of = |actuals: &str, targets: &str| {
        let sheet = format!(
            "area: life\nname: 計画\nindicators:\n  - {{id: plan, name: 計画, actuals: {actuals}, targets: {targets}}}\n"
        );
        let site = site(&[("portal.yaml", PORTAL), ("2025/life.yaml", &sheet)]);
        text(&site.page(&Language::japanese(), Target::Policy(year(2025), "life")))
    };
    let (late, ahead) =
        ("2024: {value: 策定, met: false}, 2027: 実施", "2024: 策定, 2026: {value: 試行, met: true}, 2027: 実施");
    for (actuals, targets, sentence) in [
        ("{2025: 素案を公表}", late, "2025年度の実績は「素案を公表」で、2024年度の目標「策定」に届いていません。"),
        ("{2025: 試行}", ahead, "2025年度の実績は「試行」で、2026年度の目標「試行」に届いています。"),
        ("{}", late, "2024年度の目標「策定」に届いていません。"),
        ("{}", "2027: {value: 実施, met: true}", "2027年度の目標「実施」に届いています。"),
    ] {
        let page = of(actuals, &format!("{{{targets}}}"));
        assert!(page.contains(sentence), "{sentence}: {page}");
        assert!(!page.contains("この年度の目標") && !page.contains("実績値がまだない"), "{page}");
    }
}

#[test]
fn a_level_is_told_with_the_target_that_it_was_held_against() {
    let sheet = "
area: life
name: 水準
indicators:
  - {id: stock, name: 備蓄, unit: 食, direction: maintain, actuals: {2024: 150}, targets: {2024: 150, 2027: 160}}
  - {id: visits, name: 来訪, unit: 人, direction: increase, actuals: {2024: 55}, targets: {2025: 50, 2027: 60}}
";
    let page = text(&site(&[("portal.yaml", PORTAL), ("2024/life.yaml", sheet)]).policy("life"));
    assert!(page.contains("2024年度の実績は150食で、目標150食を保っています。"), "{page}");
    assert!(page.contains("2024年度の実績は55人で、2025年度の目標50人に届いています。"), "{page}");
}

#[test]
fn a_sum_is_told_as_the_bound_it_is_and_with_the_zero_it_is_counted_from() {
    let sheet = "
area: life
name: 合計
indicators:
  - {id: sum, name: 合計, unit: 人, accumulation: period-total, actuals: {2024: 140以上, 2025: 30}, targets: {2027: 300}}
";
    let site = site(&[("portal.yaml", PORTAL), ("2025/life.yaml", sheet)]);
    let page = site.page(&Language::japanese(), Target::Policy(year(2025), "life"));
    let seen = text(page.split("<details").next().unwrap());
    for words in [
        "2025年度の実績は累計170人以上です。計画どおりなら150人のところ、",
        "計画どおりの値は2023年度の終わりを0として数えています。",
    ] {
        assert!(seen.contains(words), "{words}: {seen}");
    }
    assert!(page.contains("2025年度 実績 170人以上"), "the chart");
}

#[test]
fn a_level_that_is_kept_within_its_tolerance_is_told_with_the_tolerance() {
    let page = text(&city().policy("life"));
    assert!(
        page.contains("2024年度の実績は146食で、目標150食（5食減まで、増えるのはかまわない）の範囲内です。"),
        "{page}"
    );
    let both = AWKWARD.replace("{below: 5}", "5");
    let page = text(&site(&[("portal.yaml", PORTAL), ("2024/life.yaml", &both)]).policy("life"));
    assert!(page.contains("2024年度の実績は146食で、目標150食（±5食）の範囲内です。"), "{page}");
    assert!(page.contains("保っているとみなす幅±5食"), "{page}");
}

#[test]
fn sentences_keep_the_digits_and_the_bounds_that_were_printed() {
    let sheet = "
area: life
name: 桁
indicators:
  - {id: share, name: 割合, unit: \"%\", baseline: {year: 2023, value: 5.0}, actuals: {2024: 5.5}, targets: {2025: 7.0}}
  - {id: less, name: 未満, unit: \"%\", baseline: {year: 2023, value: 70}, actuals: {2024: 60}, targets: {2027: 60未満}}
  - {id: people, name: 人数, unit: 人, rate: {method: difference}, baseline: {year: 2023, value: 446}, actuals: {2024: 628}, targets: {2027: 1046}}
  - {id: thirds, name: 三分, unit: 人, baseline: {year: 2023, value: 0}, actuals: {2024: 3.33}, targets: {2026: 10}}
";
    let page = text(&site(&[("portal.yaml", PORTAL), ("2024/life.yaml", sheet)]).policy("life"));
    for sentence in [
        "計画どおりなら6.0%のところ、0.5ポイント足りません。",
        "2027年度までに60%未満にする目標です。",
        "−418人",
        "計画どおりなら3.333人のところ、0.003人足りません。",
    ] {
        assert!(page.contains(sentence), "{sentence}: {page}");
    }
    assert!(!page.contains("差は0"), "{page}");
    assert!(!page.contains("−418.0人"), "{page}");
}

#[test]
fn pages_name_only_the_kind_and_the_counting_that_a_sheet_says() {
    let plain = "
area: life
name: 何も言わない
indicators:
  - {id: people, name: 人数, unit: 人, baseline: {year: 2023, value: 0}, actuals: {2024: 50}, targets: {2027: 300}}
";
    let of = |sheet: &str| text(&site(&[("portal.yaml", PORTAL), ("2024/life.yaml", sheet)]).policy("life"));
    let page = of(plain);
    assert!(!page.contains("単年の値") && !page.contains("活動指標") && !page.contains("人数成果指標"), "{page}");
    let page = of(&plain.replace("id: people", "id: people, kind: output, accumulation: annual"));
    assert!(page.contains("活動指標") && page.contains("単年の値"), "{page}");
    let page = of(&plain.replace("baseline: {year: 2023, value: 0}", "accumulation: period-total"));
    assert!(page.contains("計画どおりの線は、最初の年度の前の2023年度を0として引いています。"), "{page}");
}

#[test]
fn where_nothing_is_decided_the_printed_reason_is_told() {
    let page = text(&city().policy("life"));
    assert!(page.contains("2024年度の実績値は「集計中（2026年3月まで）」とされているため、判定できません。"), "{page}");
    let sum = "
area: life
name: 合計
indicators:
  - {id: sum, name: 合計, unit: 人, accumulation: period-total, baseline: {year: 2023, value: 90}, actuals: {2024: …, 2025: 50}, targets: {2027: 300}}
";
    let site = site(&[("portal.yaml", PORTAL), ("2025/life.yaml", sum)]);
    let page = text(&site.page(&Language::japanese(), Target::Policy(year(2025), "life")));
    assert!(page.contains("2024年度の実績値がなく、期間の合計が出せないため、判定できません。"), "{page}");
    assert!(!page.contains("実績値がまだない"), "{page}");
    assert!(page.contains("期間の合計"), "{page}");
}

#[test]
fn a_rank_is_compared_and_aimed_at_in_places() {
    let page = city().policy("life");
    says(&page, &["2024年度の実績は10位です。計画どおりなら9.2位のところ、0.8位下回っています。"]);
    says(&page, &["2027年度までに5位以内にする目標です。今との差は5位です。"]);
}

#[test]
fn a_bound_stays_a_bound_in_what_is_needed() {
    says(&city().policy("life"), &["2027年度の目標20件以下まで、あと27件減らす必要があります。"]);
}

#[test]
fn a_pace_below_zero_says_which_way_it_went() {
    says(&city().policy("life"), &["計画の−0.88倍（マイナスは、目標から遠ざかる向き）"]);
}

#[test]
fn a_baseline_without_a_printed_year_is_drawn_without_one() {
    let site = city();
    let undated = site.policy("industry");
    assert!(
        undated.contains("計画策定時 446人、2024年度 実績 628人") && !undated.contains("計画策定時（2023年度） 446人")
    );
    assert!(undated.contains(">計画策定時</text>") && !undated.contains(">2023</text>"));
    let dated = site.policy("life");
    assert!(dated.contains("計画策定時（2022年度） 40件") && dated.contains(">2022</text>"));
}

#[test]
fn a_section_without_content_is_not_there() {
    let page = city().policy("life");
    for absent in
        ["section_vision", "section_achievements", "section_challenges", "section_projects", "section_expenditure"]
    {
        assert!(!page.contains(absent), "{absent}");
    }
    says(&page, &["市の評価", "D", "見直し", "見直します。"]);
    assert!(!text(&city().policy("industry")).contains("市の評価"), "the real sheet prints no grade");
}

#[test]
fn the_index_begins_with_a_sentence_of_figures() {
    let page = city().page(&Language::japanese(), Target::Home);
    says(
        &page,
        &[
            "2施策・11指標。",
            "達成1、計画どおり",
            "決算額は15億8,751万円（2施策のうち1施策の合計）。",
            "2024（令和6）年度版",
        ],
    );
    assert!(page.contains("href=\"2024/industry/index.html#exchange\""), "marks lead to their indicators");
    assert!(page.contains("data-area=\"life\"") && page.contains("data-department=\"くらし課\""));
}

#[test]
fn an_area_shows_its_policies_and_all_their_indicators() {
    let page = city().page(&Language::japanese(), Target::Area(year(2024), "life"));
    says(&page, &["くらしを守る", "授業の理解度（小学校）", "授業の理解度（中学校）", "犯罪件数", "47件2024年度"]);
    let page = city().page(&Language::japanese(), Target::Area(year(2024), "industry"));
    says(&page, &["分野5", "社会の変化に対応できる経営の敏しょう性が備わっています。"]);
    assert!(!text(&page).contains("新しい企業が創業"), "only the first sentence of a vision stands on a card");
}

#[test]
fn english_pages_say_the_language_of_texts_that_are_not_translated() {
    let page = city().page(&Language::english(), Target::Policy(year(2024), "industry"));
    assert!(page.contains("<html lang=\"en\""));
    assert!(page.contains("<span lang=\"ja\">産業の活性化を促進する</span>"));
    says(&page, &["FY2024", "¥1,587.5 million", "Policy evaluation", "On track"]);
    assert!(page.contains("hreflang=\"ja\""));
}

#[test]
fn a_sample_is_said_on_every_page_and_a_draft_on_its_own() {
    let sample = AWKWARD.replace("area: life", "area: life\nsample: true\nstatus: draft");
    let site = site(&[("portal.yaml", PORTAL), ("2024/industry.yaml", INDUSTRY), ("2024/life.yaml", &sample)]);
    let (industry, life) = (site.policy("industry"), site.policy("life"));
    says(&industry, &["架空の評価シートがふくまれています"]);
    assert!(!text(&industry).contains("公表前の案です"));
    says(&life, &["公表前の案です", "この施策の内容は架空のものです"]);
    assert!(attributes(&life, "content").contains(&"noindex".to_owned()));
}

#[test]
fn what_authors_write_is_escaped_wherever_it_stands() {
    let sheet = AWKWARD.replace("くらしを守る", "\"<b>A&B</b>\"").replace("name: 犯罪件数", "name: \"\\\"><i>\"");
    let site = site(&[("portal.yaml", PORTAL), ("2024/life.yaml", &sheet)]);
    for target in [Target::Policy(year(2024), "life"), Target::Area(year(2024), "life"), Target::Home] {
        let page = site.page(&Language::japanese(), target);
        assert!(!page.contains("<b>A") && !page.contains("\"><i>"), "{target:?}");
        assert!(page.contains("&lt;b&gt;A&amp;B&lt;/b&gt;"), "{target:?}");
    }
}

#[test]
fn ids_are_unique_anchors_exist_and_no_address_outside_is_asked() {
    let site = city();
    let targets = [
        Target::Home,
        Target::Edition(year(2024)),
        Target::Policy(year(2024), "industry"),
        Target::Policy(year(2024), "life"),
        Target::Area(year(2024), "life"),
        Target::Data(year(2024)),
        Target::NotFound,
    ];
    for (language, target) in site.portal.languages.iter().flat_map(|language| targets.map(|target| (language, target)))
    {
        let page = site.page(language, target);
        let values = |name: &str| attributes(&page, name);
        let ids = values("id");
        let unique: BTreeSet<_> = ids.iter().collect();
        assert_eq!(ids.len(), unique.len(), "{target:?}");
        for href in values("href") {
            if let Some(anchor) = href.strip_prefix('#') {
                assert!(ids.iter().any(|id| id == anchor), "{target:?}: {href}");
            }
        }
        for source in values("src") {
            assert!(!source.contains("//"), "{target:?}: {source}");
        }
    }
}

#[test]
fn the_way_around_a_policy_leads_to_its_neighbours_and_its_other_years() {
    let last_year = AWKWARD.replace("2024:", "2023:").replace("actuals: {2023: 38, 2023: 47}", "actuals: {2023: 38}");
    let site = site(&[
        ("portal.yaml", PORTAL),
        ("2023/life.yaml", &last_year),
        ("2024/life.yaml", AWKWARD),
        ("2024/industry.yaml", INDUSTRY),
    ]);
    let page = site.policy("life");
    assert!(page.contains("class=\"previous\" href=\"../industry/index.html\""), "{page}");
    assert!(page.contains("href=\"../../2023/life/index.html\""));
    let industry = site.policy("industry");
    assert!(
        industry.contains("href=\"../../2023/index.html\""),
        "an edition without this policy is entered by its index"
    );
}

#[test]
fn a_year_that_the_sheet_prints_otherwise_is_named_so_wherever_the_page_names_it() {
    let sheet = "
area: life
name: くらし
indicators:
  - {id: a, name: 人数, unit: 人, baseline: {year: 平成21年, value: 446}, actuals: {2024: 628}, targets: {平成39年度: 1046}}
  - {id: b, name: 件数, unit: 件, baseline: {year: 2023, value: 10}, actuals: {平成36年度: 12}, targets: {平成36年度: 11, 平成39年度: 20}}
";
    let page = site(&[("portal.yaml", PORTAL), ("2024/life.yaml", sheet)]).policy("life");
    let words = text(&page);
    for named in [
        "計画策定時 平成21年（2009年度） 446人",
        "平成39年度（2027年度） 目標 1,046人",
        "平成36年度（2024年度） 実績 12件",
    ] {
        assert!(page.contains(named), "{named}");
    }
    assert!(words.contains("平成36年度（2024年度）の中間目標"), "{words}");
    assert_eq!(words.matches("2027年度").count(), words.matches("平成39年度（2027年度）").count(), "{words}");
    let workings = &page[page.find("class=\"workings\"").or_else(|| page.find("class=workings")).unwrap()..];
    assert!(
        workings.contains("<span class=\"n\">平成36年度（2024年度）")
            || workings.contains("<span class=n>平成36年度（2024年度）")
    );
}
