//! What opening a year does, as a list for people.

use std::collections::BTreeMap;

use super::new_year::{Carried, NewSheet, NewYear, PortalFile, Succession, Taken};
use crate::content::keys::{self, Key};
use crate::diagnostic::Message;

impl NewYear {
    /// Every file: what it takes over, what is left open, what is left out.
    pub fn listing(&self) -> Message {
        let mut list = Lines::default();
        for sheet in &self.sheets {
            of_sheet(sheet, &mut list);
        }
        for policy in &self.ended {
            let (id, name, year) = (&policy.id, &policy.name, policy.year);
            list.add(
                format!("  {id}（{name}）は{year}年度で終了したので、引き継ぎません"),
                format!("  {id} ({name}) ended with fiscal {year} and does not go on"),
            );
        }
        match &self.portal {
            PortalFile::Changed { path, .. } => {
                list.add(format!("  content/{path}"), format!("  content/{path}"));
                list.add(
                    format!("    editions に {} を加えます", self.year),
                    format!("    gets {} under editions", self.year),
                );
            }
            PortalFile::HasYear { path } => list.add(
                format!("  content/{path} は変えません（{} はもうあります）", self.year),
                format!("  content/{path} stays as it is: it has {}", self.year),
            ),
            PortalFile::ByHand { path } => list.add(
                format!("  content/{path} には書き足せません。editions に {} を加えてください", self.year),
                format!("  content/{path} cannot be added to: put {} under its editions yourself", self.year),
            ),
        }
        let open: usize = self.sheets.iter().flat_map(|sheet| sheet.opened.values()).sum();
        let carried = self.sheets.iter().fold(Carried::default(), |sum, sheet| sum.plus(sheet.carried));
        let (count, Carried { indicators, targets, .. }) = (self.sheets.len(), carried);
        list.add(
            format!("シート {count}枚: 引き継ぐ指標 {indicators}、目標値 {targets}、空けておく所 {open}"),
            format!("{count} sheets: {indicators} indicators and {targets} targets go on, {open} places are left open"),
        );
        list.message()
    }
}

impl Carried {
    fn plus(self, other: Self) -> Self {
        Self {
            indicators: self.indicators + other.indicators,
            baselines: self.baselines + other.baselines,
            targets: self.targets + other.targets,
            projects: self.projects + other.projects,
        }
    }
}

fn of_sheet(sheet: &NewSheet, list: &mut Lines) {
    let (path, name) = (&sheet.path, &sheet.name);
    list.add(format!("  content/{path}（{name}）"), format!("  content/{path} ({name})"));
    let Carried { indicators, baselines, targets, projects } = sheet.carried;
    list.add(
        format!("    引き継ぎ: 指標 {indicators}、基準値 {baselines}、目標値 {targets}、関連事業 {projects}"),
        format!("    goes on: {indicators} indicators, {baselines} baselines, {targets} targets, {projects} projects"),
    );
    if !sheet.opened.is_empty() {
        let (ja, en) = opened(&sheet.opened);
        list.add(format!("    空欄: {ja}"), format!("    left open: {en}"));
    }
    if !sheet.ended.is_empty() {
        let (ja, en) = (sheet.ended.join("、"), sheet.ended.join(", "));
        list.add(format!("    終了したので除いた指標: {ja}"), format!("    left out, since they ended: {en}"));
    }
    if sheet.closed > 0 {
        let count = sheet.closed;
        list.add(
            format!("    対応が終わったので除いた提言: {count}"),
            format!("    left out, since they are closed: {count} recommendations"),
        );
    }
    if sheet.succession == Succession::TakenOut {
        list.add(
            "    後継元（successor_of）は、最初の年度のシートだけに書くので除きました",
            "    without its successor_of, which belongs into the policy's first sheet alone",
        );
    }
    match sheet.taken {
        Taken::Opened => {}
        Taken::Whole { line: Some(line) } => list.add(
            format!("    前の年度のまま写しました。{line}行目の & （アンカー）をほかの所が使っているので、空けると壊れます。実績値と文章を書き直してください"),
            format!("    copied as it was: the anchor on line {line} is needed elsewhere. Its actuals and texts are last year's: write them anew"),
        ),
        Taken::Whole { line: None } => list.add(
            "    前の年度のまま写しました。この書き方では空けられません。実績値と文章を書き直してください",
            "    copied as it was: nothing in it can be left open by text. Its actuals and texts are last year's: write them anew",
        ),
    }
}

/// In the order of the sheet's keys: `実績値 3、成果、課題`.
fn opened(opened: &BTreeMap<&'static str, usize>) -> (String, String) {
    let tables = [&keys::INDICATOR, &keys::SHEET, &keys::EXPENDITURE];
    let mut known: Vec<&Key> = Vec::new();
    for key in tables.iter().flat_map(|mapping| mapping.keys).filter(|key| opened.contains_key(key.name)) {
        if known.iter().all(|other| other.name != key.name) {
            known.push(key);
        }
    }
    let times = |key: &Key, word: &str| match opened.get(key.name) {
        Some(count) if *count > 1 => format!("{word} {count}"),
        _ => word.to_owned(),
    };
    let ja: Vec<_> = known.iter().map(|key| times(key, key.term())).collect();
    let en: Vec<_> = known.iter().map(|key| times(key, key.name)).collect();
    (ja.join("、"), en.join(", "))
}

#[derive(Default)]
struct Lines {
    ja: Vec<String>,
    en: Vec<String>,
}

impl Lines {
    fn add(&mut self, ja: impl Into<String>, en: impl Into<String>) {
        self.ja.push(ja.into());
        self.en.push(en.into());
    }

    fn message(self) -> Message {
        Message::new(self.ja.join("\n"), self.en.join("\n"))
    }
}
