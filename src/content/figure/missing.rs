//! Symbols and words that stand where a figure is missing.

use super::numeral::Reprint;
use crate::model::MissingReason::{
    self, NotApplicable, NotImplemented, NotInSource, NotSurveyed, Pending, SeeNote, Suppressed, Unknown,
};

/// What a folded text says of a missing figure; the portal's own symbols go first.
///
/// Officers cannot tell one dash from another, so a dash in the portal's table stands for all of them, unless the
/// printed one has a row of its own.
pub(super) fn find(folded: &str, symbols: &[(Box<str>, MissingReason)]) -> Option<(MissingReason, Reprint)> {
    let declared = |same: &dyn Fn(&str) -> bool| {
        symbols.iter().find(|(symbol, _)| same(&super::fold::fold(symbol.trim()))).map(|(_, reason)| *reason)
    };
    let own = declared(&|symbol| symbol == folded)
        .or_else(|| is_dash(folded).then(|| declared(&|symbol| is_dash(symbol))).flatten());
    if let Some(reason) = own {
        return Some((reason, if is_symbol(folded) { Reprint::Same } else { Reprint::Differs }));
    }
    symbol(folded).map(|reason| (reason, Reprint::Same)).or_else(|| word(folded))
}

/// The symbols of statistical tables (統計法の表章記号 and what sheets print for them), in the folded form.
fn symbol(folded: &str) -> Option<MissingReason> {
    if is_dash(folded) {
        return Some(Unknown);
    }
    match folded {
        "..." | ".." | "⋯" | "・・・" => Some(Pending),
        "x" | "X" | "χ" | "***" => Some(Suppressed),
        _ => {
            // ※, and ※1 for the first of several notes.
            let number = folded.strip_prefix('※')?;
            number.bytes().all(|b| b.is_ascii_digit()).then_some(SeeNote)
        }
    }
}

fn is_dash(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= 3 && text.chars().all(|c| "-‐‑‒–—―−─━ー".contains(c))
}

fn is_symbol(folded: &str) -> bool {
    symbol(folded).is_some() || !folded.chars().any(char::is_alphanumeric)
}

/// Words, with the reason they give. Those that the site itself prints for the reason are not kept.
fn word(folded: &str) -> Option<(MissingReason, Reprint)> {
    use Reprint::{Differs, Same};
    Some(match folded {
        "n/a" | "N/A" | "NA" | "不明" => (Unknown, Same),
        "なし" | "無し" | "無" | "データなし" => (Unknown, Differs),
        "該当なし" => (NotApplicable, Same),
        "対象外" | "該当無し" | "未設定" | "設定なし" => (NotApplicable, Differs),
        "集計中" => (Pending, Same),
        "未集計" | "調査中" | "確認中" | "算定中" | "算出中" | "未確定" | "未公表" | "公表前" => {
            (Pending, Differs)
        }
        "未実施" => (NotImplemented, Same),
        "実施なし" | "実施せず" => (NotImplemented, Differs),
        "調査年でない" => (NotSurveyed, Same),
        "調査年ではない" | "調査年度でない" | "非調査年" | "調査なし" | "隔年調査" | "調査未実施" | "未調査" => {
            (NotSurveyed, Differs)
        }
        "秘匿" => (Suppressed, Same),
        "非公表" | "非公開" => (Suppressed, Differs),
        "出典に記載なし" => (NotInSource, Same),
        _ => return None,
    })
}
