//! Figures in sentences of diagnostics: as people read them, and as a sheet can say them again.

use crate::model::{FigureField, FigureId, Language, MissingReason, PublishedFigure, Sheet};

/// In an English sentence.
pub(super) fn in_quotes(value: Option<&str>) -> String {
    value.map_or_else(|| "nothing".to_owned(), |value| format!("`{value}`"))
}

pub(super) fn shown(id: &FigureId, figure: &PublishedFigure) -> String {
    match id.field {
        FigureField::Verdict => figure.value.to_string(),
        _ if figure.text.is_empty() => figure.value.to_string(),
        _ => figure.text.to_string(),
    }
}

/// A value as a sheet can say it again.
pub(super) fn written(value: &str) -> String {
    let is_number = |text: &str| text.parse::<rust_decimal::Decimal>().is_ok();
    if is_number(value) {
        return value.to_owned();
    }
    if MissingReason::parse(value).is_some() {
        return format!("{{missing: {value}}}");
    }
    for (mark, word) in [(">=", "以上"), ("<=", "以下"), (">", "超"), ("<", "未満")] {
        if let Some(number) = value.strip_prefix(mark).filter(|number| is_number(number)) {
            return format!("\"{number}{word}\"");
        }
    }
    if let Some((low, high)) = value.split_once("..").filter(|(low, high)| is_number(low) && is_number(high)) {
        return format!("\"{low}〜{high}\"");
    }
    if let Some(rank) = value.strip_prefix('#').filter(|rank| is_number(rank)) {
        return format!("\"{rank}位\"");
    }
    for (mark, met) in [(" [met]", true), (" [not met]", false)] {
        if let Some(text) = value.strip_suffix(mark) {
            return format!("{{value: {}, met: {met}}}", quoted(text));
        }
    }
    quoted(value)
}

pub(super) fn quoted(text: &str) -> String {
    if text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') && !text.is_empty() {
        return text.to_owned();
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// What a figure is called: `「交流人数」2024年度の実績値`.
pub(super) fn names(sheet: &Sheet, id: &FigureId, language: &Language) -> (String, String) {
    let (ja, en) = match id.field {
        FigureField::Baseline => ("基準値", "baseline"),
        FigureField::Actual => ("実績値", "actual"),
        FigureField::Target => ("目標値", "target"),
        FigureField::Rate => ("達成率", "rate"),
        FigureField::PublishedRate => ("公表達成率", "published rate"),
        FigureField::Verdict => ("判定", "verdict"),
        FigureField::Settled => ("決算額", "settled amount"),
        FigureField::Budgeted => ("予算額", "budgeted amount"),
        FigureField::Personnel => ("人件費", "personnel costs"),
        FigureField::Total => ("総コスト", "total cost"),
        FigureField::Grade => ("評価", "grade"),
        FigureField::Digest => ("文章", "texts"),
    };
    let indicator = sheet.indicator(&id.indicator);
    let mut of = indicator.map_or_else(|| id.indicator.to_string(), |of| of.name.get(language).to_owned());
    if !id.component.is_empty() {
        let component = indicator.and_then(|of| of.components.iter().find(|part| part.id == id.component));
        let name = component.map_or(&*id.component, |part| part.name.get(language));
        of = format!("{of} {name}").trim().to_owned();
    }
    let year_ja = id.year.map(|year| format!("{year}年度の")).unwrap_or_default();
    let year_en = id.year.map(|year| format!(" of FY{year}")).unwrap_or_default();
    if of.is_empty() {
        return (format!("{year_ja}{ja}"), format!("the {en}{year_en}"));
    }
    (format!("「{of}」{year_ja}{ja}"), format!("the {en}{year_en} of `{of}`"))
}
