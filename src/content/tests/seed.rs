//! A real sheet, in both languages of keys.

use super::*;
use crate::model::{Accumulation, FiscalYear, MoneyUnit, Reading, Value};
use rust_decimal::Decimal;

const ENGLISH: &str = r#"
number: 5
area: industry
name: 産業の活性化を促進する
vision: 社会の変化に対応できる経営の敏しょう性が備わっており、企業の競争力が向上しています。
indicators:
  - id: exchange
    name: 知的対流を通じた交流人数
    unit: 人
    accumulation: cumulative
    baseline: 446
    actuals: {2024: 628}
    targets: {2027: "1,046"}
    notes: [共同研究・協働・人材育成等のこと。]
  - id: products
    name: 産業間連携ネットワークによる新商品開発・新事業創出件数
    unit: 件
    accumulation: cumulative
    baseline: 26件
    actuals:
      2024: 36件
    targets:
      2027: 36件
  - id: consultations
    name: 中小企業の相談受付件数
    unit: 件
    accumulation: cumulative
    baseline: 2,831
    actuals:
      2024: 10,406
    targets:
      2027: 13,681
achievements:
  - 最先端の技術開発や実証プロジェクトに市内企業が触れる機会を創出しました。
  - 産業活性化会議及び産業活性化推進会議を開催しました。
challenges:
  - challenge: 経済状況や事業者ニーズに即した経営支援策が必要となります。
    approach: 関係機関と連携し、経営課題に応じた支援を継続します。
projects: [産業間連携促進事業, 知的対流推進事業]
expenditure: {unit: 千円, settled: {2024: "1,587,511"}}
"#;

const JAPANESE: &str = r#"
番号: 5
分野: industry
施策名: 産業の活性化を促進する
目指す姿: 社会の変化に対応できる経営の敏しょう性が備わっており、企業の競争力が向上しています。
成果指標:
  - 識別子: exchange
    指標名: 知的対流を通じた交流人数
    単位: 人
    集計: 累計
    計画策定時: 446人
    実績値:
      令和6年度: 628人
    目標値:
      令和9年度: 1,046人
    注: 共同研究・協働・人材育成等のこと。
  - 識別子: products
    指標名: 産業間連携ネットワークによる新商品開発・新事業創出件数
    単位: 件
    集計: 累計
    計画策定時: 26件
    実績値: {2024年度: 36件}
    目標値: {2027年度: 36件}
  - 識別子: consultations
    指標名: 中小企業の相談受付件数
    単位: 件
    集計: 累計
    計画策定時: 2,831件
    実績値: {2024年度: "10,406件"}
    目標値: {2027年度: "13,681件"}
成果:
  - 最先端の技術開発や実証プロジェクトに市内企業が触れる機会を創出しました。
  - 産業活性化会議及び産業活性化推進会議を開催しました。
課題:
  - 課題: 経済状況や事業者ニーズに即した経営支援策が必要となります。
    取組方針: 関係機関と連携し、経営課題に応じた支援を継続します。
関連事業: [産業間連携促進事業, 知的対流推進事業]
事業費:
  単位: 千円
  決算額: {2024年度: "1,587,511"}
"#;

fn year(year: u16) -> FiscalYear {
    FiscalYear::new(year).expect("a year")
}

#[test]
fn a_real_sheet_says_what_its_form_prints() {
    let sheet = sheet(ENGLISH);
    assert_eq!((sheet.number.as_deref(), sheet.year.get(), sheet.area), (Some("5"), 2024, 0));
    let figures: Vec<_> = sheet
        .indicators
        .iter()
        .map(|i| {
            let series = &i.series;
            let baseline = series.baseline.as_ref().and_then(|b| b.value.number());
            (
                i.id.as_ref(),
                baseline,
                series.actuals.get(year(2024)).and_then(Value::number),
                series.targets.get(year(2027)).and_then(Value::number),
            )
        })
        .collect();
    let n = |n: i64| Some(Decimal::from(n));
    assert_eq!(
        figures,
        [
            ("exchange", n(446), n(628), n(1046)),
            ("products", n(26), n(36), n(36)),
            ("consultations", n(2831), n(10406), n(13681)),
        ]
    );
    assert!(sheet.indicators.iter().all(|i| i.accumulation == Accumulation::Cumulative && i.direction.is_none()));
    let money = sheet.expenditure.as_ref().expect("money");
    assert_eq!(money.unit, MoneyUnit::ThousandYen);
    assert!(matches!(
        money.settled.as_slice(),
        [(_, amount)] if amount.total.reading == Reading::Number(Decimal::from(1_587_511)) && amount.funds.is_empty()
    ));
    assert!(sheet.challenges.iter().all(|c| c.approach.is_some()) && sheet.projects.len() == 2);
}

#[test]
fn the_terms_of_the_paper_form_say_the_same() {
    // Places differ, of course; figures are compared without them.
    fn without_places(sheet: &Sheet) -> String {
        let printed = format!("{sheet:?}");
        let mut parts = printed.split("At {");
        let mut kept = parts.next().unwrap_or_default().to_owned();
        parts.for_each(|part| kept.push_str(part.split_once('}').map_or("", |(_, rest)| rest)));
        kept
    }
    assert_eq!(without_places(&sheet(JAPANESE)), without_places(&sheet(ENGLISH)));
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_nothing() {
    let windows = format!("\u{feff}{}", ENGLISH.replace('\n', "\r\n"));
    let (plain, windows) = (sheet(ENGLISH), sheet(&windows));
    assert_eq!(format!("{plain:?}"), format!("{windows:?}"));
}
