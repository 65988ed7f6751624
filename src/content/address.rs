//! From the structural address of a figure or text to its place in the sheet that states it.
//!
//! Pages carry addresses and no lines, so that a comment added to a sheet changes no page. The line is found here, by
//! walking the sheet's tree the way the address names it.

use super::keys::{self, Mapping};
use super::yaml::{self, Kind, Node};
use crate::model::{At, FiscalYear, Language};

/// Where the part of an address behind `#` (`exchange/actuals/2024`, `projects/1/settled/2024`, `vision`) stands in a
/// sheet, or the nearest place around it that is there. A text in several languages is found in `language`.
///
/// `None` where nothing of it is there, or where the file is no YAML at the moment.
pub fn find(bytes: &[u8], part: &str, language: Option<&Language>) -> Option<At> {
    find_in(bytes, &keys::SHEET, part, language)
}

/// The same in portal.yaml (`recommendations/1`).
pub fn find_in_portal(bytes: &[u8], part: &str, language: Option<&Language>) -> Option<At> {
    find_in(bytes, &keys::PORTAL, part, language)
}

fn find_in(bytes: &[u8], mapping: &Mapping, part: &str, language: Option<&Language>) -> Option<At> {
    let file = "content".into();
    let text = super::decode::text(&file, bytes).ok()?;
    let root = yaml::parse(text).root?;
    let mut steps = part.split('/');
    let first = steps.next().filter(|first| !first.is_empty())?;
    let second = part.split('/').nth(1).unwrap_or_default();
    let series = keys::INDICATOR.keys.iter().any(|key| key.name == second && !matches!(second, "id" | "name"));
    let mut node = match field(&root, mapping, first) {
        // An indicator may be called as a part of the sheet is.
        Some(node) if !series => node,
        _ => indicator(&root, first)?,
    };
    for step in steps {
        match below(node, step) {
            Some(next) => node = next,
            None => return Some(node.at),
        }
    }
    Some(what_is_printed(node, language).at)
}

/// `exchange`, or `exchange.schools` where there are components.
fn indicator<'n, 't>(root: &'n Node<'t>, ids: &str) -> Option<&'n Node<'t>> {
    let (id, component) = ids.split_once('.').map_or((ids, None), |(id, component)| (id, Some(component)));
    let indicator = with_id(field(root, &keys::SHEET, "indicators")?, &keys::INDICATOR, id)?;
    let Some(component) = component else { return Some(indicator) };
    let components = field(indicator, &keys::INDICATOR, "components");
    Some(components.and_then(|list| with_id(list, &keys::COMPONENT, component)).unwrap_or(indicator))
}

fn with_id<'n, 't>(list: &'n Node<'t>, mapping: &Mapping, id: &str) -> Option<&'n Node<'t>> {
    let Kind::Seq(items) = &list.kind else { return None };
    items.iter().find(|item| field(item, mapping, "id").and_then(Node::text).map(str::trim) == Some(id))
}

/// The value under a key, by its English name, whichever of its names is written.
fn field<'n, 't>(node: &'n Node<'t>, mapping: &Mapping, name: &str) -> Option<&'n Node<'t>> {
    let index = mapping.keys.iter().position(|key| key.name == name)?;
    let Kind::Map(entries) = &node.kind else { return None };
    let entry = entries.iter().find(|entry| entry.key.text().and_then(|key| mapping.find(key.trim())) == Some(index));
    entry.map(|entry| &entry.value)
}

/// One step: the number of an item, a fiscal year, or a key.
fn below<'n, 't>(node: &'n Node<'t>, step: &str) -> Option<&'n Node<'t>> {
    match (&node.kind, step.parse::<usize>()) {
        (Kind::Seq(items), Ok(number)) => items.iter().filter(|item| !item.is_nothing()).nth(number.checked_sub(1)?),
        // A list of one may be written without its dash.
        (Kind::Scalar { .. }, Ok(1)) => Some(node),
        (Kind::Map(entries), _) => {
            let year = |text: &str| FiscalYear::parse(text).map(|written| written.year);
            let asked = year(step);
            let of_year = entries.iter().find(|entry| asked.is_some() && entry.key.text().and_then(year) == asked);
            let named = || BELOW.iter().find_map(|mapping| field(node, mapping, step));
            let of_project = || field(field(node, &keys::PROJECT, "expenditure")?, &keys::EXPENDITURE, step);
            of_year.map(|entry| &entry.value).or_else(named).or_else(of_project)
        }
        _ => None,
    }
}

/// The mappings in which an address goes on by a key.
/// A project's amounts stand in its expenditure, which its address leaves out.
static BELOW: &[&Mapping] = &[&keys::INDICATOR, &keys::EXPENDITURE, &keys::AMOUNT, &keys::PLAIN];

/// Of a value spelled out, its figure; of an item with several texts, the first; of a text by language, the one shown.
fn what_is_printed<'n, 't>(node: &'n Node<'t>, language: Option<&Language>) -> &'n Node<'t> {
    let Kind::Map(entries) = &node.kind else { return node };
    let keyed = [
        (&keys::VALUE, "value"),
        (&keys::VALUE, "missing"),
        (&keys::AMOUNT, "total"),
        (&keys::CHALLENGE, "challenge"),
        (&keys::RECOMMENDATION, "text"),
        (&keys::PROJECT, "name"),
    ];
    if let Some(inner) = keyed.iter().find_map(|(mapping, name)| field(node, mapping, name)) {
        return what_is_printed(inner, language);
    }
    let of = |code: &str| entries.iter().find(|entry| entry.key.text() == Some(code));
    let spoken = language.and_then(|language| of(language.code()));
    let first = || entries.first().filter(|entry| entry.key.text().is_some_and(Language::is_code));
    spoken.or_else(first).map_or(node, |entry| &entry.value)
}

/// Where a text that a page shows is written in a file, line by line: the line that says just this, else one that says
/// it among other things, else one that begins it. `None` where no line does, as for what is computed.
///
/// For what carries no address: names, departments, pages in Markdown. White space and the signs of Markdown do not
/// count.
pub fn mention(bytes: &[u8], shown: &str) -> Option<At> {
    let file = "content".into();
    let text = super::decode::text(&file, bytes).ok()?;
    let wanted = bare(shown);
    let length = wanted.chars().count();
    if length < 2 {
        return None;
    }
    let begin: String = wanted.chars().take(BEGIN).collect();
    let says = |line: &str| {
        let said = bare(line);
        // Behind `name: ` and `- `.
        let alone = said.strip_suffix(&wanted).is_some_and(|before| before.is_empty() || before.ends_with([':', '-']));
        match () {
            () if alone => Some(0),
            () if length >= 4 && said.contains(&wanted) => Some(1),
            () if length > BEGIN && said.contains(&begin) => Some(2),
            () => None,
        }
    };
    let lines = text.lines().zip(1..).filter_map(|(line, number)| Some((says(line)?, number, line)));
    let (_, number, line) = lines.min_by_key(|(rank, number, _)| (*rank, *number))?;
    let mut start = shown.trim().chars().take(4).collect::<String>();
    let index = loop {
        match line.find(&start) {
            Some(index) => break index,
            None => start.pop()?,
        };
    };
    let column = line.get(..index).unwrap_or_default().chars().count() + 1;
    let rest = line.chars().count() + 1 - column;
    let narrow = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Some(At { line: number, column: narrow(column), length: narrow(shown.trim().chars().count().min(rest)) })
}

/// So much of a long text tells it from others; its line may break after that.
const BEGIN: usize = 12;

/// A text without what a page shows otherwise.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '*' | '_' | '`' | '#' | '"' | '\'')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: &str = "\
area: industry
施策名: 産業
目指す姿:
  ja: 企業
  en: Companies
indicators:
  - id: exchange
    name: 交流人数
    baseline: {year: 2022, value: 446}
    actuals: {令和5年度: 500, 2024: 628}
    targets: {2027: \"1,046\"}
  - id: schools
    name: 学校
    components:
      - id: primary
        name: 小学校
        実績値: {2024: {value: 12, status: provisional}}
  - id: vision
    name: 同じ名前
    actuals: {2024: {missing: pending}}
achievements: 一つだけ
challenges:
  -
  - challenge: 課題
    approach: 方針
projects:
  - 事業A
  - 事業名: 事業B
    expenditure: {unit: 千円, settled: {2024: 5}}
expenditure:
  unit: 千円
  settled:
    2024: {total: 70, national: 30}
";

    fn line_of(part: &str, language: &str) -> Option<(u32, &'static str)> {
        let at = find(SHEET.as_bytes(), part, Some(&Language::new(language)))?;
        let line = SHEET.lines().nth(at.line as usize - 1).unwrap();
        let start = line.char_indices().nth(at.column as usize - 1).map_or(line.len(), |(index, _)| index);
        let end = line[start..].char_indices().nth(at.length as usize).map_or(line.len(), |(index, _)| start + index);
        Some((at.line, &line[start..end]))
    }

    #[test]
    fn every_address_of_a_page_is_found_where_it_is_written() {
        for (part, line, text) in [
            ("exchange/actuals/2024", 10, "628"),
            ("exchange/actuals/2023", 10, "500"),
            ("exchange/baseline", 9, "446"),
            ("exchange/targets/2027", 11, "\"1,046\""),
            ("schools.primary/actuals/2024", 17, "12"),
            ("vision/actuals/2024", 20, "pending"),
            ("vision", 4, "企業"),
            ("achievements/1", 21, "一つだけ"),
            ("challenges/1", 24, "課題"),
            ("projects/1", 27, "事業A"),
            ("projects/2", 28, "事業B"),
            ("projects/2/settled/2024", 29, "5"),
            ("expenditure/settled/2024", 33, "70"),
            ("expenditure/settled/2024/national", 33, "30"),
        ] {
            assert_eq!(line_of(part, "ja"), Some((line, text)), "{part}");
        }
    }

    #[test]
    fn what_happened_to_an_indicator_is_found_in_its_lists() {
        let sheet = "成果指標:\n  - 識別子: vision\n    断絶: [{年度: 2022}]\n    目標変更:\n      - {年度: 2027, 変更前: 5}\n      - {年度: 2028, 変更前: 6}\n";
        let line = |part: &str| find(sheet.as_bytes(), part, None).map(|at| at.line);
        assert_eq!(line("vision/breaks/1"), Some(3));
        assert_eq!(line("vision/target_changes/2"), Some(6));
    }

    #[test]
    fn a_text_without_an_address_is_found_by_its_words() {
        let found = |shown: &str| {
            let at = mention(SHEET.as_bytes(), shown)?;
            let line = SHEET.lines().nth(at.line as usize - 1)?;
            Some((at.line, line.chars().skip(at.column as usize - 1).take(at.length as usize).collect::<String>()))
        };
        assert_eq!(found("  交流人数 "), Some((8, "交流人数".to_owned())));
        assert_eq!(found("小学校"), Some((16, "小学校".to_owned())));
        assert_eq!(found("産業"), Some((2, "産業".to_owned())), "the line that says just this");
        assert_eq!(found("事業B"), Some((28, "事業B".to_owned())));
        assert_eq!(found("30.3%"), None, "computed");
        assert_eq!(found("A"), None);
        let page = "# 見出し\n\nこの**ポータル**は、市の施策を評価した結果を\n公表しています。\n";
        let shown = "このポータルは、市の施策を評価した結果を公表しています。";
        assert_eq!(mention(page.as_bytes(), shown).map(|at| (at.line, at.column)), Some((3, 1)));
        assert_eq!(mention(page.as_bytes(), "見出し").map(|at| (at.line, at.column)), Some((1, 3)));
    }

    #[test]
    fn a_text_is_found_in_the_language_that_is_read() {
        assert_eq!(line_of("vision", "en"), Some((5, "Companies")));
        assert_eq!(line_of("vision", "fr"), Some((4, "企業")));
    }

    #[test]
    fn what_is_not_there_any_more_leads_to_what_is_around_it() {
        assert_eq!(line_of("exchange/actuals/2019", "ja").map(|found| found.0), Some(10));
        assert_eq!(line_of("exchange/published_rates/2024", "ja").map(|found| found.0), Some(7));
        assert_eq!(line_of("gone/actuals/2024", "ja"), None);
        assert_eq!(line_of("", "ja"), None);
        assert_eq!(find(b"area: [", "vision", None), None);
    }
}
