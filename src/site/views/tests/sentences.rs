//! The sentences beside a chart, one case after another: what the figures are is said as a person would.

use super::*;

/// What is said of an indicator, in Japanese and in English.
fn said(edition: u16, indicator: &str) -> [String; 2] {
    let sheet = format!("area: life\nname: 例\nindicators:\n  - {{id: it, name: それ, {indicator}}}\n");
    let site = site(&[("portal.yaml", PORTAL), (&format!("{edition}/life.yaml"), &sheet)]);
    [Language::japanese(), Language::english()].map(|language| {
        let page = site.page(&language, Target::Policy(year(edition), "life"));
        let (_, say) = page.split_once("<p class=\"sentence\">").or(page.split_once("<p class=sentence>")).unwrap();
        text(say.split("<dl").next().unwrap().split("</div>").next().unwrap())
    })
}

#[track_caller]
fn assert_said(edition: u16, indicator: &str, japanese: &str, english: &str) {
    assert_eq!(said(edition, indicator).map(|said| said.trim().replace('\u{a0}', " ")), [japanese, english]);
}

#[test]
fn a_rising_level_is_told_with_plan_target_and_what_is_to_go() {
    assert_said(
        2024,
        "unit: \"%\", baseline: {year: 2023, value: 40.0}, actuals: {2024: 41.5}, targets: {2027: 48.0}",
        "2024年度の実績は41.5%です。計画どおりなら42.0%のところ、0.5ポイント足りません。2027年度の目標48.0%まで、あと6.5ポイント増やす必要があります。",
        "In FY2024 the actual was 41.5%. The plan called for 42.0%, so it is 0.5 points short. The target for FY2027 is 48.0%, 6.5 points more than now.",
    );
}

#[test]
fn a_falling_level_has_to_fall() {
    assert_said(
        2024,
        "unit: 件, baseline: {year: 2023, value: 40}, actuals: {2024: {value: 30, status: provisional}}, targets: {2027: 20以下}",
        "2024年度の実績は30件（速報値）です。計画どおりなら35件のところ、5件少なくなっています（少ないほど良い指標です）。2027年度の目標20件以下まで、あと10件減らす必要があります。",
        "In FY2024 the actual was 30件 (provisional). The plan called for 35件, so it is 5件 lower (lower is better). The target for FY2027 is 20件 or less, 10件 less than now.",
    );
}

#[test]
fn a_total_of_the_period_says_that_it_is_a_total() {
    assert_said(
        2025,
        "unit: 人, accumulation: period-total, actuals: {2024: 50, 2025: 70}, targets: {2027: 300}",
        "2025年度の実績は累計120人です。計画どおりなら150人のところ、30人足りません。2027年度の目標300人まであと180人、残り2年です。1年あたり90人が必要です（これまでは1年あたり60人）。期間の合計なので、計画どおりの値は2023年度の終わりを0として数えています。",
        "In FY2025 the actual was 120人 in total. The plan called for 150人, so it is 30人 short. The target for FY2027 is 300人: 180人 to go in 2 years, 90人 a year (so far 60人 a year).As a total over the period, what the plan called for is counted from zero at the end of FY2023.",
    );
}

#[test]
fn negative_figures_keep_their_sign_and_their_distance_has_none() {
    assert_said(
        2024,
        "unit: 億円, direction: increase, baseline: {year: 2023, value: ▲4.0}, actuals: {2024: ▲3.5}, targets: {2027: 0}",
        "2024年度の実績は−3.5億円です。計画どおりなら−3.0億円のところ、0.5億円足りません。2027年度の目標0億円まで、あと3.5億円増やす必要があります。",
        "In FY2024 the actual was −3.5億円. The plan called for −3.0億円, so it is 0.5億円 short. The target for FY2027 is 0億円, 3.5億円 more than now.",
    );
}

#[test]
fn a_target_that_is_passed_says_by_how_much_and_that_it_was_early() {
    assert_said(
        2024,
        "unit: kg, baseline: {year: 2023, value: 640}, actuals: {2024: 1240}, targets: {2024: 700, 2027: 1200}",
        "2024年度の実績は1,240 kgで、2027年度の目標1,200 kgに届き、さらに40 kg上回っています。予定より早く届きました。",
        "In FY2024 the actual was 1,240 kg, 40 kg above the target of 1,200 kg for FY2027.It was met early.",
    );
    assert_said(
        2027,
        "unit: 件, baseline: {year: 2023, value: 40}, actuals: {2027: 17}, targets: {2027: 20}",
        "2027年度の実績は17件で、2027年度の目標20件に届き、さらに3件少なくなっています（少ないほど良い指標です）。",
        "In FY2027 the actual was 17件, 3件 below the target of 20件 for FY2027 (lower is better).",
    );
}

#[test]
fn when_the_last_year_is_over_the_distance_from_the_target_itself_is_told() {
    assert_said(
        2027,
        "unit: 人, baseline: {year: 2023, value: 446}, actuals: {2027: 900}, targets: {2027: 1046}",
        "2027年度の実績は900人で、2027年度の目標1,046人に146人届きませんでした。",
        "In FY2027 the actual was 900人, 146人 away from the target of 1,046人 for FY2027.",
    );
    assert_said(
        2027,
        "baseline: {year: 2023, value: 12位}, actuals: {2027: 7位}, targets: {2027: 5位以内}",
        "2027年度の実績は7位で、2027年度の目標5位以内に2位届きませんでした。",
        "In FY2027 the actual was No. 7, 2 places away from the target of 5位以内 for FY2027.",
    );
}

#[test]
fn what_is_not_judged_still_says_how_it_moved_and_what_is_aimed_at() {
    assert_said(
        2024,
        "unit: 人, baseline: {year: 2022, value: 100}, actuals: {2024: 118}",
        "2024年度の実績は118人です。計画策定時の100人から18人増えています。目標値がないため、判定できません。",
        "In FY2024 the actual was 118人. That is 18人 more than the 100人 at the start of the plan. There is no target, so no verdict is given.",
    );
    assert_said(
        2024,
        "unit: 人, actuals: {2024: 41}, targets: {2027: 60}",
        "2024年度の実績は41人です。2027年度の目標は60人です。増やすのか減らすのかが示されていないため、判定できません。",
        "In FY2024 the actual was 41人. The target for FY2027 is 60人. It is not said whether more or less is better, so no verdict is given.",
    );
    assert_said(
        2024,
        "actuals: {2024: 素案}, targets: {2027: 策定}",
        "2024年度の実績は「素案」です。2027年度の目標は「策定」です。言葉で書かれた値のため、計算では判定できません。",
        "In FY2024 the actual was “素案”. The target for FY2027 is “策定”. The value is in words, so it cannot be judged by calculation.",
    );
}

#[test]
fn a_missing_year_is_told_with_its_reason_even_where_an_earlier_one_is_judged() {
    assert_said(
        2024,
        "unit: 人, actuals: {2024: 集計中}, targets: {2027: 60}",
        "2024年度の実績値は「集計中」とされているため、判定できません。2027年度の目標は60人です。",
        "There is no actual for FY2024 (being compiled), so no verdict is given. The target for FY2027 is 60人.",
    );
    assert_said(
        2025,
        "unit: 人, baseline: {year: 2023, value: 20}, actuals: {2024: 30, 2025: 集計中}, targets: {2027: 60}",
        "2024年度の実績は30人で、計画どおりなら届くはずの値と同じです。2027年度の目標60人まで、あと30人増やす必要があります。2025年度の実績値は「集計中」とされています。",
        "In FY2024 the actual was 30人, exactly what the plan called for. The target for FY2027 is 60人, 30人 more than now.There is no actual for FY2025 (being compiled).",
    );
}

#[test]
fn a_range_and_a_level_are_told_as_kept_or_not() {
    assert_said(
        2024,
        "unit: 人, direction: within, actuals: {2024: 11〜13}, targets: {2027: 10〜15}",
        "2024年度の実績は11〜13人で、目標10〜15人を保っています。",
        "In FY2024 the actual was 11 to 13人, which keeps the target of 10 to 15人.",
    );
    assert_said(
        2024,
        "unit: 分, direction: maintain, tolerance: 2, actuals: {2024: 15}, targets: {2027: 12}",
        "2024年度の実績は15分で、目標12分を保てていません。2027年度の目標12分まで、あと3分減らす必要があります。",
        "In FY2024 the actual was 15分, which does not keep the target of 12分. The target for FY2027 is 12分, 3分 less than now.",
    );
}

#[test]
fn a_target_of_the_year_that_is_told_needs_no_remark() {
    assert_said(
        2024,
        "unit: \"%\", direction: increase, actuals: {2024: 81.5}, targets: {2024: 80, 2027: 85}",
        "2024年度の実績は81.5%で、2024年度の目標80%に届いています。2027年度の目標85%まで、あと3.5ポイント増やす必要があります。",
        "In FY2024 the actual was 81.5%, which meets the target of 80% for FY2024. The target for FY2027 is 85%, 3.5 points more than now.",
    );
}
