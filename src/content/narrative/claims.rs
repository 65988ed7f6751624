//! Figures that a text names of an indicator.
//!
//! Two ways of saying it are read, and no others, for a false alarm costs more than a slip that stays:
//!
//! - A sentence that begins with an indicator's name and goes on to a figure in its unit: `待機児童数は27人から9人に`. The name is
//!   the whole one or its last noun (`受診率` of 特定健康診査の受診率); before it may stand a year (`2024年度の`), a component
//!   (`小学校の`) or a word that joins sentences, and between name and figure nothing but particles, years and words like
//!   実績 or 累計.
//! - A figure in the indicator's unit, or counted by つ where the unit is 件, 個 or 点, that leads with の to a noun which a
//!   name has a part that begins with, and of which a result is told: `8つの新商品につながりました`.
//!
//! A figure that is said to be rough (`約`, `ほど`), a bound (`以上`), a share (`うち`), a rate of change (`12%増`) or of
//! something (`1日当たり`) is none.

use crate::content::figure::{self, InWords};
use crate::markdown;
use crate::model::{Indicator, Language};
use rust_decimal::Decimal;

use super::{half_width, in_half_width};

/// A name has at least so many letters to be known by a part of it.
const SHORTEST: usize = 3;

/// An indicator, or a component of one, as texts may call it.
#[derive(Debug)]
pub struct Named {
    indicator: u16,
    /// Its place and its name.
    component: Option<(u16, String)>,
    unit: String,
    /// The whole name and its last noun, the longer first.
    names: Vec<String>,
    /// The nouns of the name.
    nouns: Vec<String>,
}

/// A figure that a text names.
#[derive(Debug, PartialEq)]
pub struct Found {
    /// As written.
    pub quote: String,
    pub value: Decimal,
    pub step: Decimal,
    /// Every indicator and component that the name may be of.
    pub of: Box<[(u16, Option<u16>)]>,
}

/// Whether a look at the names is worth it.
pub fn may_hold_figures(words: &str) -> bool {
    words.chars().any(|c| half_width(c).is_ascii_digit() || figure::is_kanji_numeral(c))
}

/// The names of indicators that have a unit.
pub fn named(indicators: &[Indicator], language: &Language) -> Vec<Named> {
    let mut named = Vec::new();
    for (place, indicator) in (0_u16..).zip(indicators) {
        let Some(unit) = &indicator.unit else { continue };
        let unit: String = markdown::plain(unit.get(language)).chars().map(half_width).collect();
        if unit.trim().is_empty() {
            continue;
        }
        let whole = bare(indicator.name.get(language));
        let nouns: Vec<String> =
            whole.split(|c| !is_of_noun(c)).filter(|noun| is_long(noun)).map(str::to_owned).collect();
        let mut names = vec![whole.clone()];
        names.extend(nouns.last().filter(|noun| **noun != whole && whole.ends_with(noun.as_str())).cloned());
        names.retain(|name| is_long(name));
        let of = |component| Named {
            indicator: place,
            component,
            unit: unit.trim().to_owned(),
            names: names.clone(),
            nouns: nouns.clone(),
        };
        if indicator.components.is_empty() {
            named.push(of(None));
        }
        for (part, component) in (0_u16..).zip(&indicator.components) {
            named.push(of(Some((part, bare(component.name.get(language))))));
        }
    }
    named
}

/// A name without markup, furigana, spaces and what stands in brackets.
fn bare(name: &str) -> String {
    let mut depth = 0_usize;
    let mut bare = String::new();
    for c in markdown::plain(name).chars().map(half_width) {
        match c {
            '【' | '(' | '[' | '〔' => depth += 1,
            '】' | ')' | ']' | '〕' => depth = depth.saturating_sub(1),
            c if depth == 0 && !c.is_whitespace() => bare.push(c),
            _ => {}
        }
    }
    bare
}

fn is_long(name: &str) -> bool {
    name.chars().nth(SHORTEST - 1).is_some()
}

/// Kanji, katakana, letters and digits.
fn is_of_noun(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{30a1}'..='\u{30fa}' | 'ー' | '々' | '〆') || c.is_ascii_alphanumeric()
}

/// Every figure of the two kinds, in the order of the text.
pub fn claims(words: &str, named: &[Named]) -> Vec<Found> {
    let plain = markdown::plain(words);
    let half = in_half_width(&plain);
    let text = Shown { plain: &plain, half: &half };
    let mut found = Vec::new();
    let mut from = 0;
    for sentence in half.split_inclusive(['。', '\n', '!', '?']) {
        of_sentence(text, from, sentence, named, &mut found);
        from += sentence.len();
    }
    results(text, named, &mut found);
    found
}

/// A text as it was written and in half width, letter for letter.
#[derive(Clone, Copy)]
struct Shown<'t> {
    plain: &'t str,
    half: &'t str,
}

impl Shown<'_> {
    /// What was written between two bytes of the half-width text.
    fn written(self, from: usize, to: usize) -> String {
        let count = |text: Option<&str>| text.map_or(0, |text| text.chars().count());
        let (before, long) = (count(self.half.get(..from)), count(self.half.get(from..to)));
        self.plain.chars().skip(before).take(long).collect()
    }
}

/// `待機児童数は27人から9人に`, and what goes on from it in the same way behind a comma.
fn of_sentence(text: Shown<'_>, from: usize, sentence: &str, named: &[Named], found: &mut Vec<Found>) {
    let mut rest = sentence;
    loop {
        rest = without(rest, &OPENINGS);
        let begin = rest;
        let Some((who, after)) = who(rest, named) else { return };
        let Some(first) = who.first() else { return };
        let unit = &first.unit;
        let mut figure = without(after, &BETWEEN);
        let mut any = false;
        while let Some(read) = figure::in_words(figure, unit) {
            if !is_exact(read.rest, unit) {
                return;
            }
            let (start, end) = (from + offset(sentence, begin), from + offset(sentence, read.rest));
            found.push(Found { quote: text.written(start, end), value: read.value, step: read.step, of: places(&who) });
            (figure, any) = (read.rest, true);
            match figure.strip_prefix("から").or_else(|| figure.strip_prefix("→")) {
                Some(after) => figure = after.trim_start(),
                None => break,
            }
        }
        let next = ["、", "で、", "となり、", "に、"].iter().find_map(|joint| figure.strip_prefix(joint));
        match next.filter(|_| any) {
            Some(next) => rest = next,
            None => return,
        }
    }
}

/// Whom a sentence begins with, and what follows the name.
fn who<'n, 's>(sentence: &'s str, named: &'n [Named]) -> Option<(Vec<&'n Named>, &'s str)> {
    let mut best: Option<(Vec<&Named>, &str)> = None;
    for of in named {
        let Some(after) = strip_name(sentence, of) else { continue };
        match &mut best {
            Some((_, longest)) if longest.len() < after.len() => {}
            // In another unit it is another figure, which this one is not to be held against.
            Some((who, same)) if same.len() == after.len() && who.iter().all(|other| other.unit == of.unit) => {
                who.push(of)
            }
            _ => best = Some((vec![of], after)),
        }
    }
    best
}

fn strip_name<'s>(sentence: &'s str, of: &Named) -> Option<&'s str> {
    let sentence = match &of.component {
        Some((_, component)) => sentence.strip_prefix(component.as_str())?.strip_prefix('の')?,
        None => sentence,
    };
    of.names.iter().find_map(|name| sentence.strip_prefix(name.as_str()))
}

fn places(who: &[&Named]) -> Box<[(u16, Option<u16>)]> {
    who.iter().map(|of| (of.indicator, of.component.as_ref().map(|(place, _)| *place))).collect()
}

/// How many bytes of `whole` stand before `rest`, which is the end of it.
fn offset(whole: &str, rest: &str) -> usize {
    whole.len().saturating_sub(rest.len())
}

/// `8つの新商品につながりました`.
fn results(text: Shown<'_>, named: &[Named], found: &mut Vec<Found>) {
    for (at, _) in text.half.match_indices('の') {
        let (before, behind) =
            (text.half.get(..at).unwrap_or_default(), text.half.get(at + 'の'.len_utf8()..).unwrap_or_default());
        let end = behind.find(|c| !is_of_noun(c)).unwrap_or(behind.len());
        let (noun, told) = behind.split_at(end);
        if !is_long(noun) || !RESULTS.iter().any(|result| told.starts_with(result)) {
            continue;
        }
        let counted = |of: &&Named| of.component.is_none() && of.nouns.iter().any(|own| own.starts_with(noun));
        let read = |of: &Named| {
            let units = COUNTED_BY_TSU.contains(&of.unit.as_str()).then_some("つ");
            [of.unit.as_str()].into_iter().chain(units).find_map(|unit| figure_before(before, unit))
        };
        let who: Vec<&Named> = named.iter().filter(counted).filter(|of| read(of).is_some()).collect();
        let Some((start, InWords { value, step, .. })) = who.first().and_then(|of| read(of)) else { continue };
        let quote = text.written(start, at + 'の'.len_utf8() + noun.len());
        if found.iter().all(|other| other.quote != quote) {
            found.push(Found { quote, value, step, of: places(&who) });
        }
    }
}

/// The figure that ends a text with its unit, and where it begins.
fn figure_before<'t>(text: &'t str, unit: &str) -> Option<(usize, InWords<'t>)> {
    let of_figure = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.') || figure::is_kanji_numeral(c);
    let digits = text.strip_suffix(unit)?;
    let start = digits.char_indices().rev().take_while(|(_, c)| of_figure(*c)).last().map(|(at, _)| at)?;
    let before = digits.get(..start)?;
    let rough = ["約", "およそ", "うち", "第", "ほぼ", "計", "平均", "各"].iter().any(|word| before.ends_with(word));
    let read = figure::in_words(text.get(start..)?, unit).filter(|read| read.rest.is_empty() && !rough)?;
    Some((start, read))
}

/// Whether a figure is meant as exactly as it is written, and as a level or an absolute change.
fn is_exact(behind: &str, unit: &str) -> bool {
    let rough = ROUGH.iter().any(|word| behind.starts_with(word));
    let relative = unit == "%" && RELATIVE.iter().any(|word| behind.starts_with(word));
    !(rough || relative)
}

/// Takes years and any of these words from the beginning, as many as there are.
fn without<'s>(text: &'s str, words: &[&str]) -> &'s str {
    let mut rest = text.trim_start();
    loop {
        let next = year(rest).or_else(|| words.iter().find_map(|word| rest.strip_prefix(word)));
        match next {
            Some(next) => rest = next.trim_start(),
            None => return rest,
        }
    }
}

/// `2024年度`, `令和6年度`, `R6年度末`.
fn year(text: &str) -> Option<&str> {
    let era = ["令和", "平成", "R", "H"].iter().find_map(|era| text.strip_prefix(era));
    let digits = era.unwrap_or(text);
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    if era.is_none() && end != 4 || era.is_some() && !(1..=2).contains(&end) {
        return digits.strip_prefix("元年度").filter(|_| era.is_some());
    }
    let rest = digits.get(end..)?.strip_prefix("年度")?;
    Some(rest.strip_prefix('末').unwrap_or(rest))
}

const COUNTED_BY_TSU: [&str; 4] = ["件", "個", "点", "品"];

/// Before a name.
const OPENINGS: [&str; 24] = [
    "また、",
    "なお、",
    "さらに、",
    "加えて、",
    "一方、",
    "一方で、",
    "その結果、",
    "この結果、",
    "これにより、",
    "このうち、",
    "市の",
    "本市の",
    "市全体の",
    "全体の",
    "「",
    "・",
    "には、",
    "では、",
    "には",
    "では",
    "は、",
    "の",
    "に",
    "、",
];

/// Between a name and its figure.
const BETWEEN: [&str; 28] = [
    "実績値",
    "実績",
    "目標値",
    "目標",
    "基準値",
    "計画策定時",
    "累計",
    "合計",
    "全体",
    "年度末",
    "前年度",
    "昨年度",
    "現在",
    "まで",
    "では",
    "には",
    "は",
    "が",
    "も",
    "を",
    "で",
    "の",
    "に",
    "、",
    ":",
    "」",
    "「",
    "(",
];

const RESULTS: [&str; 10] = [
    "につなが",
    "に繋が",
    "が生まれ",
    "を生み出",
    "を創出し",
    "を実現し",
    "を達成し",
    "に達し",
    "になりました",
    "となりました",
];

/// Behind a figure: that it is rough, a bound, a part, or of something else.
const ROUGH: [&str; 28] = [
    "以上",
    "以下",
    "未満",
    "超",
    "余",
    "弱",
    "強",
    "ほど",
    "程度",
    "前後",
    "台",
    "目",
    "以内",
    "あまり",
    "近く",
    "分",
    "ごと",
    "当たり",
    "あたり",
    "につき",
    "のうち",
    "中",
    "/",
    "を超",
    "を上回",
    "を下回",
    "を切",
    "を割",
];

/// Behind a percentage: a change in percent of what was.
const RELATIVE: [&str; 12] = ["増", "減", "上", "下", "の増", "の減", "の上", "の下", "高", "低", "伸", "も"];

#[cfg(test)]
mod tests {
    use super::*;

    fn of(whole: &str, unit: &str) -> Named {
        let nouns: Vec<String> =
            whole.split(|c| !is_of_noun(c)).filter(|noun| is_long(noun)).map(str::to_owned).collect();
        let mut names = vec![whole.to_owned()];
        names.extend(nouns.last().filter(|noun| **noun != whole).cloned());
        Named { indicator: 0, component: None, unit: unit.into(), names, nouns }
    }

    fn said(words: &str, named: &[Named]) -> Vec<(String, String)> {
        let told = |found: Found| (found.quote, found.value.normalize().to_string());
        claims(words, named).into_iter().map(told).collect()
    }

    fn one(quote: &str, value: &str) -> Vec<(String, String)> {
        vec![(quote.to_owned(), value.to_owned())]
    }

    #[test]
    fn a_sentence_that_begins_with_the_name_says_figures_of_it() {
        let named = [of("保育所等の待機児童数", "人")];
        let both = [("待機児童数は27人", "27"), ("待機児童数は27人から9人", "9")];
        let both = both.map(|(quote, value)| (quote.to_owned(), value.to_owned()));
        assert_eq!(said("待機児童数は27人から9人に減りました。", &named), both);
        assert_eq!(said("また、2024年度の待機児童数は、９人です。", &named), one("待機児童数は、９人", "9"));
        assert_eq!(said("保育所等の待機児童数（実績）：二十三人", &named), [], "brackets are not read through");
        assert_eq!(
            said("保育所等の待機児童数の実績は二十三人でした。", &named),
            one("保育所等の待機児童数の実績は二十三人", "23")
        );
        assert_eq!(said("令和6年度末には、待機児童数は1万2,345人", &named), one("待機児童数は1万2,345人", "12345"));
    }

    #[test]
    fn a_figure_of_a_part_a_bound_a_rough_one_and_one_of_something_else_is_no_claim() {
        let named = [of("特定健康診査の受診率", "%"), of("来館者数", "人")];
        for words in [
            "40代の受診率は23.5%で、全体より15ポイントほど低い状態です。",
            "受診率は約40%です。",
            "受診率は40%以上になりました。",
            "受診率は12%増えました。",
            "送った人の受診率は、送らなかった人より5.2ポイント高くなりました。",
            "来館者数は1日当たり1,200人です。",
            "来館者数は、講座のある日に620人でした。",
            "3歳未満の定員を38人増やしました。",
            "来館者数は12%増えました。",
            "セミナーには来館者数の2割が参加し、受診率が話題になりました。",
        ] {
            assert_eq!(said(words, &named), [], "{words}");
        }
    }

    #[test]
    fn a_counted_noun_of_the_name_is_a_claim_where_a_result_is_told() {
        let named = [of("産業間連携ネットワークによる新商品開発・新事業創出件数", "件")];
        assert_eq!(said("業種を越えた連携も後押しし、8つの新商品につながりました。", &named), one("8つの新商品", "8"));
        assert_eq!(said("支援することで、８件の新商品開発に繋がりました。", &named), one("８件の新商品開発", "8"));
        for words in [
            "3件の新商品開発を大学と進めています。",
            "約8つの新商品につながりました。",
            "8つの新商品開発支援事業につながりました。",
            "8社の新商品につながりました。",
        ] {
            assert_eq!(said(words, &named), [], "{words}");
        }
    }

    #[test]
    fn a_sentence_goes_on_to_the_next_indicator_behind_a_comma() {
        let named = [of("交流人数", "人"), of("相談受付件数", "件")];
        let told = [("交流人数は628人", "628"), ("相談受付件数は10,406件", "10406")];
        let told = told.map(|(quote, value)| (quote.to_owned(), value.to_owned()));
        assert_eq!(said("交流人数は628人、相談受付件数は10,406件でした。", &named), told);
    }

    #[test]
    fn a_component_is_named_before_the_name() {
        let part =
            |place, name: &str| Named { component: Some((place, name.to_owned())), ..of("授業の理解度", "%") };
        let named = [part(0, "小学校"), part(1, "中学校")];
        let found = claims("中学校の授業の理解度は76.5%です。授業の理解度は80%です。", &named);
        let [found] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((&*found.quote, &*found.of), ("中学校の授業の理解度は76.5%", &[(0, Some(1))][..]));
    }
}
