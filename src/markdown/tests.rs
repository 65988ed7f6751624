use super::*;
use proptest::prelude::*;

const HEADINGS: Headings<'_> = Headings { first: 3, prefix: "vision-" };

/// Resolves what stands in content/ of these tests.
fn resolve(target: &str) -> Option<String> {
    match target {
        "../2024/industry.yaml#exchange" => Some("../industry/index.html#exchange".to_owned()),
        "pages/about.md" => Some("about/index.html".to_owned()),
        "assets/map.png" | "../assets/map.png" => Some("../assets/map.png".to_owned()),
        _ => None,
    }
}

fn html(source: &str) -> String {
    render(source, &mut resolve, HEADINGS)
}

fn inline(source: &str) -> String {
    render_inline(source, &mut resolve)
}

#[test]
fn most_texts_are_one_paragraph() {
    assert_eq!(html("産業の活性化を促進する\n"), "<p>産業の活性化を促進する</p>");
    assert_eq!(html("2024年度は10~20人、~~5~~人"), "<p>2024年度は10~20人、~~5~~人</p>");
    assert_eq!(html(""), "");
    assert_eq!(html("一。\n\n二。"), "<p>一。</p><p>二。</p>");
}

#[test]
fn stars_beside_japanese_punctuation_are_emphasis() {
    assert_eq!(html("**重要。**次に*「強調」*です"), "<p><strong>重要。</strong>次に<em>「強調」</em>です</p>");
    assert_eq!(inline("**「重要」**です"), "<strong>「重要」</strong>です");
    assert_eq!(inline("*a* _b_ `c*d`"), "<em>a</em> <em>b</em> <code>c*d</code>");
}

#[test]
fn a_line_break_between_japanese_characters_leaves_no_gap() {
    for (source, expected) in [
        ("持続可能な産業が\n構築されています", "<p>持続可能な産業が構築されています</p>"),
        ("**太字**\nの次", "<p><strong>太字</strong>の次</p>"),
        ("前の\n**太字**", "<p>前の<strong>太字</strong></p>"),
        ("**[前の\n次](pages/about.md)**", "<p><strong><a href=\"about/index.html\">前の次</a></strong></p>"),
        ("36件。\nDX人材", "<p>36件。DX人材</p>"),
        ("36件\nDX人材", "<p>36件 DX人材</p>"),
        ("one\ntwo", "<p>one two</p>"),
        ("한국\n어", "<p>한국 어</p>"),
        ("企業の\r\n競争力", "<p>企業の競争力</p>"),
        ("行末に空白  \n次", "<p>行末に空白<br>次</p>"),
    ] {
        assert_eq!(html(source), expected, "{source:?}");
    }
}

#[test]
fn a_line_that_begins_with_a_japanese_bullet_stays_a_line() {
    assert_eq!(html("課題は次のとおり\n・人手不足\n・価格転嫁"), "<p>課題は次のとおり<br>・人手不足<br>・価格転嫁</p>");
    assert_eq!(html("①調査\n②実施\n（3）*評価*"), "<p>①調査<br>②実施<br>（3）<em>評価</em></p>");
    assert_eq!(html("一段落目。\n　二段落目。"), "<p>一段落目。<br>　二段落目。</p>");
    assert_eq!(html("会議\n（年3回開催）"), "<p>会議（年3回開催）</p>");
    assert_eq!(plain("次のとおり\n・人手不足"), "次のとおり\n・人手不足");
}

#[test]
fn html_is_printed_and_never_taken_as_html() {
    assert_eq!(html("知的対流 <sup>1</sup>"), "<p>知的対流 &lt;sup&gt;1&lt;/sup&gt;</p>");
    assert_eq!(html("<script>\nalert(1)\n</script>"), "<p>&lt;script&gt;<br>alert(1)<br>&lt;/script&gt;</p>");
    assert_eq!(inline("<b onclick=x>"), "&lt;b onclick=x&gt;");
    assert_eq!(html("A & B \"C\""), "<p>A &amp; B &quot;C&quot;</p>");
    assert_eq!(html("`<b>`"), "<p><code>&lt;b&gt;</code></p>");
    assert_eq!(html("&lt;b&gt;"), "<p>&lt;b&gt;</p>");
    assert_eq!(html("```js\"><script>\n<b>\n```"), "<pre><code>&lt;b&gt;\n</code></pre>");
}

#[test]
fn links_lead_outside_only_by_known_schemes() {
    for (source, expected) in [
        ("[市](https://example.lg.jp/a?b=1&c=2)", "<a href=\"https://example.lg.jp/a?b=1&amp;c=2\">市</a>"),
        ("[市](HTTPS://example.lg.jp)", "<a href=\"HTTPS://example.lg.jp\">市</a>"),
        ("[便り](mailto:kikaku@example.lg.jp)", "<a href=\"mailto:kikaku@example.lg.jp\">便り</a>"),
        ("<https://example.lg.jp>", "<a href=\"https://example.lg.jp\">https://example.lg.jp</a>"),
        ("[市](<https://example.lg.jp/a b\">)", "<a href=\"https://example.lg.jp/a%20b%22\">市</a>"),
        ("[市](https://example.lg.jp \"題\\\"名\")", "<a href=\"https://example.lg.jp\" title=\"題&quot;名\">市</a>"),
        ("[x](javascript:alert(1))", "x"),
        ("[x](JavaScript&#58;alert(1))", "x"),
        ("[x](java&#9;script:alert(1))", "x"),
        ("[x](data:text/html,a)", "x"),
        ("[x](//example.com/)", "x"),
        ("[x](/\\example.com/)", "x"),
        ("[x](https:example.com)", "x"),
        ("[x]()", "x"),
        ("https://example.lg.jp/_a_", "https://example.lg.jp/<em>a</em>"),
    ] {
        assert_eq!(inline(source), expected, "{source}");
    }
}

#[test]
fn inner_links_become_what_they_resolve_to_and_dead_ones_become_text() {
    assert_eq!(
        inline("[交流](../2024/industry.yaml#exchange)と[無い](nowhere.md)"),
        "<a href=\"../industry/index.html#exchange\">交流</a>と無い"
    );
}

#[test]
fn images_come_from_assets_alone() {
    assert_eq!(inline("![地*図*](../assets/map.png)"), "<img src=\"../assets/map.png\" alt=\"地図\">");
    for other in ["https://example.com/t.gif", "pages/about.md", "assets/../secret", "../2024/assets/map.png"] {
        let anything = &mut |_: &str| Some("anywhere".to_owned());
        assert_eq!(render_inline(&format!("![図]({other})"), anything), "図", "{other}");
    }
}

#[test]
fn names_hold_no_blocks() {
    assert_eq!(inline("1. 産業の活性化"), "1. 産業の活性化");
    assert_eq!(inline("# 見出し"), "# 見出し");
    assert_eq!(inline("- *項*"), "- <em>項</em>");
    assert_eq!(inline("> *引*"), "&gt; <em>引</em>");
    assert_eq!(inline("    *字下げ*"), "<em>字下げ</em>");
    assert_eq!(inline("[a]: https://example.com"), "[a]: https://example.com");
    assert_eq!(inline("産業の\n\n- *振興*"), "産業の - <em>振興</em>");
    assert_eq!(inline("|a|*b*|\n|-|-|"), "|a|<em>b</em>| |-|-|");
    assert_eq!(inline(".*a*"), ".<em>a</em>");
    assert_eq!(inline("\\*a"), "*a");
    assert_eq!(inline(""), "");
}

#[test]
fn furigana_stand_above_words_on_pages_and_nowhere_else() {
    let ruby = "<ruby>産業<rp>（</rp><rt>さんぎょう</rt><rp>）</rp></ruby>";
    assert_eq!(html("産業《さんぎょう》の\n振興"), format!("<p>{ruby}の振興</p>"));
    assert_eq!(html("- **産業《さんぎょう》**です"), format!("<ul><li><strong>{ruby}</strong>です</li></ul>"));
    assert_eq!(inline("産業《さんぎょう》"), ruby);
    assert_eq!(inline("*産業《さんぎょう》*"), format!("<em>{ruby}</em>"));
    assert_eq!(inline("`産業《さんぎょう》`"), "<code>産業《さんぎょう》</code>");
    assert_eq!(inline("｜<b>《び》"), "｜&lt;b&gt;《び》");
    assert_eq!(html("# 産業《さんぎょう》"), format!("<h3 id=\"vision-産業\">{ruby}</h3>"));
    assert_eq!(
        inline("![産業《さんぎょう》](../assets/map.png)[*市*](https://example.jp \"産業《さんぎょう》\")"),
        "<img src=\"../assets/map.png\" alt=\"産業\"><a href=\"https://example.jp\" title=\"産業\"><em>市</em></a>"
    );
    for source in ["産業《さんぎょう》の振興《しんこう》", "**産業《さんぎょう》**の振興《しんこう》"]
    {
        assert_eq!(plain(source), "産業の振興");
    }
    assert_eq!(plain("小説｜《こころ》"), "小説《こころ》");
}

#[test]
fn headings_continue_the_outline_of_the_page() {
    assert_eq!(
        html("## 概要\n#### 細目\n# 次\n## 概要"),
        "<h3 id=\"vision-概要\">概要</h3><h4 id=\"vision-細目\">細目</h4>\
         <h3 id=\"vision-次\">次</h3><h4 id=\"vision-概要-2\">概要</h4>"
    );
    let deep = Headings { first: 6, prefix: "" };
    assert_eq!(
        render("# A \"b\"\n## !", &mut resolve, deep),
        "<h6 id=\"a-b\">A &quot;b&quot;</h6><h6 id=\"-2\">!</h6>"
    );
    let ids: Vec<_> = heading_ids("# *目次* と\n本文\n## 目次", HEADINGS)
        .into_iter()
        .map(|heading| (heading.level, heading.id, heading.text))
        .collect();
    let expected = |level, id: &str, text: &str| (level, id.to_owned(), text.to_owned());
    assert_eq!(ids, [expected(3, "vision-目次-と", "目次 と"), expected(4, "vision-目次", "目次")]);
}

#[test]
fn a_line_of_hyphens_is_a_line_and_an_indent_is_no_program() {
    assert_eq!(html("本文\n---\n次"), "<p>本文</p><hr><p>次</p>");
    assert_eq!(html("    字下げ<b>\n    二行目"), "<p>字下げ&lt;b&gt;<br>二行目</p>");
}

#[test]
fn lists_and_tables_are_whole() {
    assert_eq!(html("- 一\n- 二\n\n3. 三"), "<ul><li>一</li><li>二</li></ul><ol start=\"3\"><li>三</li></ol>");
    assert_eq!(html("- 一\n\n- 二"), "<ul><li><p>一</p></li><li><p>二</p></li></ul>");
    assert_eq!(
        html("|年|人|\n|--|-:|\n|2024|628|\n|2025||"),
        "<table><thead><tr><th scope=\"col\">年</th><th scope=\"col\" class=\"align-right\">人</th></tr></thead>\
         <tbody><tr><td>2024</td><td class=\"align-right\">628</td></tr>\
         <tr><td>2025</td><td class=\"align-right\"></td></tr></tbody></table>"
    );
}

#[test]
fn what_goes_too_deep_loses_its_frame_and_keeps_its_text() {
    let quotes = html(&format!("{}底", ">".repeat(100_000)));
    assert_eq!(quotes.matches("<blockquote>").count(), MAX_DEPTH);
    assert!(quotes.ends_with(&format!("底</p>{}", "</blockquote>".repeat(MAX_DEPTH))));
    let list: String = (0..40).map(|depth| format!("{}- {depth}\n", "  ".repeat(depth))).collect();
    let lists = html(&list);
    assert_eq!(lists.matches("<ul>").count(), MAX_DEPTH);
    assert_eq!(lists.matches("<li>").count(), lists.matches("</li>").count());
    assert!(lists.contains("<p>39</p>"), "{lists}");
    let stars = html(&format!("{0}底{0}", "*".repeat(900)));
    assert_eq!(stars.matches("<strong>").count(), MAX_DEPTH);
    assert!(html(&"[".repeat(20_000)).len() > 20_000);
}

#[test]
fn dead_links_can_be_told_with_their_place() {
    let found = inner_links(
        "前文です。\n次の[交流](../2024/industry.yaml#exchange)と[市](https://example.lg.jp)\n- ![x](http://example.com/t.gif)",
    );
    let found: Vec<_> =
        found.iter().map(|link| (link.target.as_str(), link.at.line, link.at.column, link.at.length)).collect();
    assert_eq!(found, [("../2024/industry.yaml#exchange", 2, 3, 36), ("http://example.com/t.gif", 3, 3, 30)]);
    assert_eq!(inner_links("リンクのない文"), []);
}

#[test]
fn a_text_without_markup_keeps_its_words_and_numbers() {
    for (source, expected) in [
        ("1. 産業の*活性化*", "1. 産業の活性化"),
        ("3. 三\n4. 四", "3. 三\n4. 四"),
        ("# 題\n本文 [市](https://example.lg.jp) と `x`", "題\n本文 市 と x"),
        ("- 一\n- 二\n  続き", "・一\n・二続き"),
        ("企業の\n競争力\n\n次の段落", "企業の競争力\n次の段落"),
        ("<b>太字</b>", "<b>太字</b>"),
        ("![地図](assets/map.png)", "地図"),
        ("|年|人|\n|--|-:|\n|2024|628|", "年\t人\n2024\t628"),
        ("10~20人 & \"A\"", "10~20人 & \"A\""),
    ] {
        assert_eq!(plain(source), expected, "{source:?}");
    }
}

#[test]
fn the_first_sentence_is_never_cut_within_brackets() {
    for (text, expected) in [
        ("向上しています。また、変革します。", "向上しています。"),
        ("「集う。育つ。」まちを目指します。次", "「集う。育つ。」まちを目指します。"),
        ("市民（個人。団体）が集う。次", "市民（個人。団体）が集う。"),
        ("2.5倍に増えた。次", "2.5倍に増えた。"),
        ("２．５倍に増えた。次", "２．５倍に増えた。"),
        ("増えました。3年後も", "増えました。"),
        ("It grew 2.5 times. Then it stopped.", "It grew 2.5 times."),
        ("産業が元気なまち\n次の行。", "産業が元気なまち"),
        ("閉じない「括弧です。次", "閉じない「括弧です。"),
        ("すごい！？次", "すごい！？"),
        ("文末なし", "文末なし"),
        ("", ""),
    ] {
        assert_eq!(first_sentence(text), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn the_short_way_and_the_parser_say_the_same(source in "[a1０あア、。・※（）(.)~=|:>＃　 \n漢｜《》-]{0,24}") {
        let arena = Arena::new();
        let parsed = html::write(parse(&arena, &source), &mut resolve, HEADINGS);
        prop_assert_eq!(html(&source), parsed);
    }

    #[test]
    fn the_short_way_in_a_line_and_the_parser_say_the_same(source in "[a1あ。・.~=|:>#+ (漢｜《》-]{0,16}") {
        let line = line::one_line(&source).into_owned();
        let arena = Arena::new();
        prop_assert_eq!(inline(&source), html::write_inline(parse_inline(&arena, &line), &mut resolve));
    }

    #[test]
    fn no_text_breaks_out_of_its_element(source in "[<>a&\"'*_`!#:|~\\\\\\[\\]()/ \n1.>漢ん｜《》-]{0,40}") {
        for out in [html(&source), inline(&source)] {
            let allowed = ["p", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "hr", "br", "a", "img",
                "table", "thead", "tbody", "tr", "th", "td", "ruby", "rt", "rp", "h3", "h4", "h5", "h6"];
            let mut open = Vec::new();
            for tag in out.split('<').skip(1) {
                let (tag, _) = tag.split_once('>').unwrap_or_default();
                let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
                prop_assert!(allowed.contains(&name), "{} in {}", tag, out);
                if tag.starts_with('/') {
                    prop_assert_eq!(open.pop(), Some(name.to_owned()), "{}", out);
                } else if !["hr", "br", "img"].contains(&name) {
                    open.push(name.to_owned());
                }
            }
            prop_assert!(open.is_empty(), "{}", out);
        }
        let _ = (plain(&source), inner_links(&source), first_sentence(&source));
    }
}
