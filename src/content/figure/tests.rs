use super::{FigureContext, FigureError, read};
use crate::model::{MissingReason, Reading};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn context(unit: Option<&str>) -> FigureContext<'_> {
    FigureContext { unit, symbols: &[] }
}

/// The reading in short, and the text that is kept.
fn short(text: &str, unit: &str) -> String {
    let unit = (!unit.is_empty()).then_some(unit);
    let (reading, kept) = match read(text, &context(unit)) {
        Ok(read) => read,
        Err(error) => return format!("{error:?}"),
    };
    let reading = match reading {
        Reading::Number(n) => n.to_string(),
        Reading::AtLeast(n) => format!(">={n}"),
        Reading::AtMost(n) => format!("<={n}"),
        Reading::MoreThan(n) => format!(">{n}"),
        Reading::LessThan(n) => format!("<{n}"),
        Reading::Range(range) => format!("{}..{}", range.low, range.high),
        Reading::Rank(place) => format!("#{place}"),
        Reading::Text { .. } => "text".to_owned(),
        Reading::Missing(missing) => missing.reason.name().to_owned(),
    };
    match kept {
        Some(kept) => format!("{reading} |{kept}"),
        None => reading,
    }
}

fn expect(rows: &[(&str, &str, &str)]) {
    for (text, unit, expected) in rows {
        assert_eq!(short(text, unit), *expected, "{text} [{unit}]");
    }
}

#[test]
fn numbers_are_read_as_sheets_print_them() {
    expect(&[
        ("628", "人", "628"),
        ("1,046", "人", "1046"),
        ("１，０４６", "人", "1046"),
        ("628人", "人", "628"),
        (" 628 人　", "人", "628"),
        ("13,681件", "件", "13681"),
        ("1,330,587人", "人", "1330587"),
        ("12.50", "%", "12.50"),
        ("1.046", "", "1.046"),
        ("８３．５％", "%", "83.5"),
        ("0", "人", "0"),
        ("0.70倍", "倍", "0.70"),
        ("▲3.2", "%", "-3.2"),
        ("△ 3.2", "%", "-3.2"),
        ("−45.7%", "%", "-45.7"),
        ("－34.3％", "%", "-34.3"),
        ("–5", "", "-5"),
        ("ー5", "", "-5"),
        ("▲0.0", "%", "0.0"),
        ("98,234百万円", "百万円", "98234"),
        ("1,587,511千円", "千円", "1587511"),
        ("558.7 万人", "万人", "558.7"),
        ("751 億円", "億円", "751"),
        ("45,298平方メートル", "㎡", "45298"),
        ("45,298㎡", "m²", "45298"),
        ("3か所", "箇所", "3"),
        ("5名", "人", "5"),
        (".5", "", "0.5"),
    ]);
}

#[test]
fn what_printing_anew_would_lose_is_kept() {
    expect(&[
        ("延 96,631人/年", "人", "96631 |延 96,631人/年"),
        ("延 10万人/年", "人", "100000 |延 10万人/年"),
        ("84,067人／年", "人", "84067 |84,067人／年"),
        ("84,067人/年", "人/年", "84067"),
        ("約100人", "人", "100 |約100人"),
        ("年間延べ1,200人程度", "人", "1200 |年間延べ1,200人程度"),
        ("31人削減", "人", "31 |31人削減"),
        ("3.5%減", "%", "3.5 |3.5%減"),
        ("5ポイント増", "%", "5 |5ポイント増"),
        ("10万人", "人", "100000 |10万人"),
        ("1万2,500人", "人", "12500 |1万2,500人"),
        ("15億8,751万円", "円", "1587510000 |15億8,751万円"),
        ("12.55万", "", "125500 |12.55万"),
        ("3百万円", "円", "3000000 |3百万円"),
        ("＋3.2", "%", "3.2 |＋3.2"),
        ("±0", "人", "0 |±0"),
        ("007", "", "7 |007"),
        ("3日間", "日", "3 |3日間"),
    ]);
}

#[test]
fn bounds_and_ranges_keep_which_side_is_meant() {
    expect(&[
        ("40以上", "%", ">=40"),
        ("75%以上", "%", ">=75"),
        ("≧40", "%", ">=40"),
        ("≥ 40％", "%", ">=40"),
        ("60以下", "%", "<=60"),
        ("≤ 60", "%", "<=60"),
        ("＜60", "%", "<60"),
        ("60未満", "%", "<60"),
        ("40%超", "%", ">40"),
        ("> 40", "%", ">40"),
        ("30分以内", "分", "<=30 |30分以内"),
        ("40を超える", "%", ">40 |40を超える"),
        ("約40%以上", "%", ">=40 |約40%以上"),
        ("10〜12", "人", "10..12"),
        ("10.5%～12%", "%", "10.5..12"),
        ("１０～１２人", "人", "10..12"),
        ("10-12", "人", "10..12"),
        ("10ー12", "人", "10..12"),
        ("10人 – 12人", "人", "10..12"),
        ("▲3〜▲1", "%", "-3..-1"),
        ("-3--1", "%", "-3..-1"),
        ("10万〜12万人", "人", "100000..120000 |10万〜12万人"),
        ("10〜", "人", ">=10"),
        ("〜12", "人", "<=12"),
        ("12〜10", "人", "LowAboveHigh"),
        ("10〜12万人", "人", "UnclearRange"),
        ("10〜12以上", "人", "Unreadable"),
        ("≧40以上", "人", "Unreadable"),
    ]);
}

#[test]
fn a_place_is_a_rank_and_a_better_place_is_a_smaller_number() {
    expect(&[
        ("3位", "", "#3"),
        ("3位", "位", "#3"),
        ("3", "位", "#3"),
        ("第３位", "位", "#3 |第３位"),
        ("県内5位", "位", "#5 |県内5位"),
        ("3位以内", "位", "<=3 |3位以内"),
        ("3位以上", "", "<=3 |3位以上"),
        ("3位以下", "位", ">=3 |3位以下"),
        ("0位", "位", "Unreadable"),
        ("1.5位", "位", "Unreadable"),
        ("▲1", "位", "Unreadable"),
        ("≧3", "位", "Unreadable"),
        ("3位", "人", "OtherUnit { printed: \"位\", expected: Some(\"人\") }"),
    ]);
}

#[test]
fn missing_figures_say_why() {
    for dash in ["-", "―", "‐", "–", "—", "ー", "－", "　－", "−", "--"] {
        assert_eq!(short(dash, "人"), "unknown", "{dash}");
    }
    expect(&[
        ("なし", "人", "unknown |なし"),
        ("n/a", "人", "unknown"),
        ("Ｎ/Ａ", "人", "unknown"),
        ("…", "人", "pending"),
        ("...", "人", "pending"),
        ("集計中", "人", "pending"),
        ("未公表", "人", "pending |未公表"),
        ("未実施", "人", "not-implemented"),
        ("調査年でない", "人", "not-surveyed"),
        ("隔年調査", "人", "not-surveyed |隔年調査"),
        ("調査なし", "人", "not-surveyed |調査なし"),
        ("x", "人", "suppressed"),
        ("Ｘ", "人", "suppressed"),
        ("***", "人", "suppressed"),
        ("秘匿", "人", "suppressed"),
        ("※", "人", "see-note"),
        ("※２", "人", "see-note"),
        ("出典に記載なし", "人", "not-in-source"),
        ("該当なし", "人", "not-applicable"),
    ]);
}

#[test]
fn the_portals_own_symbols_go_before_the_table() {
    let symbols = [
        ("－".into(), MissingReason::NotApplicable),
        ("―".into(), MissingReason::Pending),
        ("調査中".into(), MissingReason::NotSurveyed),
        ("0.0".into(), MissingReason::Suppressed),
    ];
    let reason = |text| match read(text, &FigureContext { unit: None, symbols: &symbols }) {
        Ok((Reading::Missing(missing), _)) => Some(missing.reason),
        _ => None,
    };
    assert_eq!(reason("-"), Some(MissingReason::NotApplicable));
    assert_eq!(reason("―"), Some(MissingReason::Pending), "a row of its own goes before the other dashes");
    assert_eq!(reason("ー"), Some(MissingReason::NotApplicable), "any other dash is that of the table");
    assert_eq!(reason("調査中"), Some(MissingReason::NotSurveyed));
    assert_eq!(reason("0.0"), Some(MissingReason::Suppressed));
    assert_eq!(reason("0"), None);
}

#[test]
fn words_are_texts_and_are_kept_as_printed() {
    expect(&[
        ("策定", "", "text |策定"),
        ("全員取得", "人", "text |全員取得"),
        ("増加", "%", "text |増加"),
        (" ○ ", "", "text |○"),
        ("〇", "", "text |〇"),
        ("三割", "割", "text |三割"),
        ("ﾎﾟｲﾝﾄ", "", "text |ﾎﾟｲﾝﾄ"),
    ]);
}

#[test]
fn digits_that_are_no_figure_are_never_taken_for_words() {
    expect(&[
        ("", "人", "Empty"),
        ("　 ", "人", "Empty"),
        ("1,04", "人", "WronglyGrouped"),
        ("1,0466", "人", "WronglyGrouped"),
        ("1046,000", "人", "WronglyGrouped"),
        ("3,5", "%", "WronglyGrouped"),
        ("1, 046", "人", "WronglyGrouped"),
        (",046", "人", "Unreadable"),
        ("1 046", "人", "Unreadable"),
        ("1.2.3", "", "Unreadable"),
        ("5.", "", "Unreadable"),
        ("1/3", "", "Unreadable"),
        ("12:30", "", "Unreadable"),
        ("小 77.2% 中 69.0%", "%", "Unreadable"),
        ("5年間で300人", "人", "Unreadable"),
        ("1万2万", "人", "Unreadable"),
        ("1万0億", "人", "Unreadable"),
        ("1千5,000", "人", "Unreadable"),
        ("R6", "", "Unreadable"),
        ("- 5", "", "Unreadable"),
        ("±5", "", "Unreadable"),
        ("１０、１２", "人", "Unreadable"),
        ("人", "人", "Unreadable"),
        ("%", "", "Unreadable"),
        ("①", "", "Unreadable"),
        ("65 (31年度)", "%", "Remark"),
        ("120（見込み）", "人", "Remark"),
        ("628※1", "人", "FootnoteMark"),
        ("628人※", "人", "FootnoteMark"),
        ("628²", "人", "FootnoteMark"),
        ("628①", "人", "FootnoteMark"),
    ]);
}

#[test]
fn another_unit_is_refused_and_named() {
    let other = |printed: &str, expected: Option<&str>| FigureError::OtherUnit {
        printed: printed.to_owned(),
        expected: expected.map(str::to_owned),
    };
    for (text, unit, error) in [
        ("628件", Some("人"), other("件", Some("人"))),
        ("628人口", Some("人"), other("人口", Some("人"))),
        ("40件以上", Some("人"), other("件以上", Some("人"))),
        ("1,587,511円", Some("千円"), other("円", Some("千円"))),
        ("10万円", Some("千円"), other("万円", Some("千円"))),
        ("1兆2,000億円", Some("億円"), other("兆2,000億円", Some("億円"))),
        ("5万", Some("万人"), other("万", Some("万人"))),
        ("80%", None, other("%", None)),
    ] {
        assert_eq!(read(text, &context(unit)), Err(error), "{text}");
    }
    let message = other("件", Some("人")).message("628件");
    assert_eq!(message.ja, "単位が「人」の指標に「件」と書かれています");
}

#[test]
fn digits_are_exact_or_refused() {
    let most = "7922816251426433759354395033";
    assert_eq!(short(most, ""), most);
    assert_eq!(short("0.1234567890123456789012345678", ""), "0.1234567890123456789012345678");
    expect(&[
        ("99999999999999999999999999999999", "", "TooManyDigits"),
        ("0.12345678901234567890123456789012", "", "TooManyDigits"),
        ("99999999999999999999兆", "", "TooManyDigits"),
        ("1兆0.00000000000000000000001", "", "TooManyDigits"),
    ]);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC*", unit in proptest::option::of("\\PC{0,4}")) {
        let _ = read(&text, &context(unit.as_deref()));
    }

    #[test]
    fn no_heap_of_figure_parts_makes_it_panic_or_become_words(
        text in "[0-9０-９,，.．▲△−ー〜~以上未満位第約延万億千兆百人%％※²①（） 　]{1,14}",
    ) {
        if let Ok((Reading::Text { .. }, _)) = read(&text, &context(Some("人"))) {
            prop_assert!(!text.chars().any(char::is_numeric), "{text} was taken for words");
        }
    }

    #[test]
    fn a_printed_number_reads_as_itself(mantissa in -9_999_999_999_999_i64..9_999_999_999_999, scale in 0_u32..6) {
        let number = Decimal::new(mantissa, scale);
        let plain = format!("{number}");
        let (reading, kept) = read(&plain, &context(None)).map_err(|e| TestCaseError::fail(format!("{e:?}")))?;
        prop_assert_eq!(&reading, &Reading::Number(number));
        prop_assert_eq!(kept, None);
        if let Reading::Number(read) = reading {
            prop_assert_eq!(read.scale(), number.scale());
        }
        for dressed in [grouped(&plain), format!("{}人", grouped(&plain)), plain.replace('-', "▲ ")] {
            prop_assert_eq!(
                read(&dressed, &context(Some("人"))).map(|(reading, _)| reading),
                Ok(Reading::Number(number)),
                "{}", dressed
            );
        }
    }
}

fn grouped(plain: &str) -> String {
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').map_or((digits, String::new()), |(w, f)| (w, format!(".{f}")));
    let mut out = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    format!("{sign}{out}{fraction}")
}
