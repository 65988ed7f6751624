//! Declared changes of targets: of a target that is there, from another figure, on a day that has come, with a reason.

use super::agreement::{printed, says_the_same};
use super::{breaks, in_sheet};
use crate::diagnostic::{Code, Diagnostic, Message, Report};
use crate::model::{Ancestry, At, FiscalYear, Indicator, Portal, Reading, Sheet, TargetChange, Value};
use jiff::civil::Date;

pub(super) fn review(portal: &Portal, before: &Ancestry<'_>, sheet: &Sheet, report: &mut Report) {
    for indicator in &sheet.indicators {
        for (index, change) in indicator.target_changes.iter().enumerate() {
            let now: Vec<&Value> = targets(indicator, change).collect();
            let stated = before.latest(|of| targets(of.indicator(&indicator.id)?, change).next());
            if now.is_empty() {
                // An unknown component is told where the sheet is read; a target that an earlier sheet states goes on.
                if stated.is_empty() && indicator.all_series().any(|(of, _)| change.is_of_series(of.map(|of| &*of.id)))
                {
                    report.add(no_target(sheet, indicator, change));
                }
                continue;
            }
            // What earlier sheets state otherwise is told as such.
            if stated.is_empty() || stated.iter().any(|(_, old)| says_the_same(&change.from, old)) {
                from(sheet, (indicator, index, change), &now, stated.is_empty(), report);
            }
            date(portal, sheet, (indicator, change), report);
            incomplete(portal, sheet, indicator, change, report);
        }
    }
}

/// The targets that it is a change of.
fn targets<'i>(indicator: &'i Indicator, change: &'i TargetChange) -> impl Iterator<Item = &'i Value> {
    let series = indicator.all_series().filter(|(of, _)| change.is_of_series(of.map(|of| &*of.id)));
    series.filter_map(|(_, series)| series.targets.get(change.year))
}

fn no_target(sheet: &Sheet, indicator: &Indicator, change: &TargetChange) -> Diagnostic {
    let year = change.year;
    let mut years: Vec<FiscalYear> =
        indicator.all_series().flat_map(|(_, series)| series.targets.iter().map(|(year, _)| year)).collect();
    years.sort();
    years.dedup();
    let list = |separator| years.iter().map(ToString::to_string).collect::<Vec<_>>().join(separator);
    let message = Message::new(
        format!("{year}年度の目標値がないのに、その変更が書かれています"),
        format!("there is no target of fiscal {year} to have been changed"),
    );
    let told = Diagnostic::new(Code::InvalidTargetChange, in_sheet(sheet, change.year_at), message);
    if years.is_empty() {
        return told.help(
            "改めた後の目標値を targets に書いてください。年度は、改めた年ではなく、どの年度の目標かを書きます",
            "write the target as it is now into `targets`; the year is the one that the target is of, not that of the decision",
        );
    }
    told.help(
        format!("目標値がある年度は {} です。年度には、改めた年ではなく、どの年度の目標かを書きます", list("、")),
        format!(
            "there are targets of {}; the year is the one that the target is of, not that of the decision",
            list(", ")
        ),
    )
}

/// What a target was before is another figure than what it became: the next change sets out from that, or it holds now.
fn from(
    sheet: &Sheet,
    (indicator, index, change): (&Indicator, usize, &TargetChange),
    now: &[&Value],
    is_first_word: bool,
    report: &mut Report,
) {
    let place = |change: &TargetChange, index: usize| (change.date, index);
    let all = indicator.target_changes.iter().enumerate();
    let later = all.filter(|(_, of)| (of.year, &of.component) == (change.year, &change.component));
    let later = later.filter(|(at, of)| place(of, *at) > place(change, index));
    let next = later.min_by_key(|(at, of)| place(of, *at)).map(|(_, of)| &of.from);
    let after: Vec<&Value> = next.map_or_else(|| now.to_vec(), |next| vec![next]);
    let year = change.year;
    let was = printed(&change.from);
    if after.iter().all(|after| says_the_same(&change.from, after)) {
        let message = Message::new(
            format!("{year}年度の目標値の変更前の値(from)が、変更後の値と同じ「{was}」です"),
            format!("the target of {year} is said to have been changed from `{was}`, which is what it became"),
        );
        let help = Message::new(
            "from に変更する前の値を、targets に変更した後の値を書いてください。変わっていないのなら、この変更を消してください",
            "write what it was before as `from`, and what it is now into `targets`; where nothing was changed, take the change out",
        );
        report.add(doubtful(sheet, change.from.at, message, help));
    }
    let is_text = |value: &Value| matches!(value.reading, Reading::Text { .. });
    let is_figure = |value: &&Value| !is_text(value) && value.missing().is_none();
    if is_first_word && is_text(&change.from) && after.iter().any(is_figure) {
        let message = Message::new(
            format!("{year}年度の目標値は数値ですが、変更前の値(from)が文章「{was}」です"),
            format!("the target of {year} is a figure, and is said to have been changed from the words `{was}`"),
        );
        let help = Message::new(
            "変更する前の数値を書いてください。前の目標が数値でなかったのなら、このままで構いません",
            "write the figure that it was before. Where the target was one of words, it may stay",
        );
        report.add(doubtful(sheet, change.from.at, message, help));
    }
}

/// The day of a decision has come when the edition is published, or by the end of the year in which it is made.
fn date(portal: &Portal, sheet: &Sheet, (indicator, change): (&Indicator, &TargetChange), report: &mut Report) {
    let Some(day) = change.date else { return };
    let (first, _) = breaks::span(portal, sheet, indicator);
    if i32::from(day.year()) + i32::from(breaks::YEARS_BEFORE) < i32::from(first.get()) {
        let years = breaks::YEARS_BEFORE;
        let message = Message::new(
            format!("目標値を改めた日 {day} が、この指標の値と計画の最初の年度 {first} より{years}年以上前です"),
            format!(
                "the target is said to have been changed on {day}, more than {years} years before {first}, the first year of the indicator and the plan"
            ),
        );
        let help = Message::new(
            "年の書き間違いがないか確かめてください。この日で正しければ、このままで構いません",
            "look whether the year is a slip; where it is right, it may stay",
        );
        report.add(doubtful(sheet, change.date_at, message, help));
        return;
    }
    let edition = portal.edition(sheet.year);
    let days = edition.into_iter().flat_map(|of| [&of.published, &of.updated]);
    let published = days.filter_map(|day| day.as_deref()?.parse::<Date>().ok()).max();
    let end = i16::try_from(sheet.year.get()).ok().and_then(|year| Date::new(year + 2, 3, 31).ok());
    let Some(until) = published.max(end).filter(|until| day > *until) else { return };
    let year = sheet.year;
    let message = Message::new(
        format!("目標値を改めた日 {day} が、{year}年度の版より後({until} より後)です"),
        format!("the target is said to have been changed on {day}, after the edition of fiscal {year} ({until})"),
    );
    let help = Message::new(
        "目標を改めた日を確かめてください。まだ改めていないのなら、改めてから書きます",
        "see the day of the decision; a change that is still to come is written when it was made",
    );
    report.add(doubtful(sheet, change.date_at, message, help));
}

/// Readers are told when and why. Sheets of later years repeat a change: the last word counts.
fn incomplete(portal: &Portal, sheet: &Sheet, indicator: &Indicator, change: &TargetChange, report: &mut Report) {
    let missing = match (change.date, &change.reason) {
        (Some(_), Some(_)) => return,
        (None, Some(_)) => ("日付(date)", "the day of the decision (`date`)"),
        (Some(_), None) => ("理由(reason)", "the reason (`reason`)"),
        (None, None) => ("日付(date)と理由(reason)", "the day of the decision (`date`) and the reason (`reason`)"),
    };
    let mut later = portal.policy(&sheet.policy).into_iter().flat_map(|policy| &policy.sheets);
    let is_repeated = later.any(|of| {
        let same = |of: &TargetChange| {
            (of.year, &of.component) == (change.year, &change.component) && says_the_same(&of.from, &change.from)
        };
        of.year > sheet.year && of.indicator(&indicator.id).is_some_and(|of| of.target_changes.iter().any(same))
    });
    if is_repeated {
        return;
    }
    let year = change.year;
    let message = Message::new(
        format!("{year}年度の目標値の変更に、{}がありません", missing.0),
        format!("the change of the target of {year} lacks {}", missing.1),
    );
    let help = Message::new(
        "目標をいつ、なぜ改めたかを書いてください。ページの目標の変更の表に「記載なし」と示されます。原典になく分からないのなら、このままで構いません",
        "say when and why the target was changed: the page tells readers that the sheet does not say it. Where nobody knows, it may stay",
    );
    report.add(doubtful(sheet, change.at, message, help));
}

fn doubtful(sheet: &Sheet, at: At, message: Message, help: Message) -> Diagnostic {
    Diagnostic::new(Code::DoubtfulTargetChange, in_sheet(sheet, at), message).help(help.ja, help.en)
}
