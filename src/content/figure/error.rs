//! What is wrong with a printed figure, and how to write it instead.

use crate::diagnostic::{Code, Message};

/// Why a printed figure cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FigureError {
    /// Nothing but blanks.
    Empty,
    /// Curly or full-width quotes, which are no quotes in YAML: `“1,046”`.
    CurlyQuotes,
    /// What a spreadsheet shows where its formula fails: `#N/A`, `#REF!`.
    FormulaError,
    /// Digits that make no figure.
    Unreadable,
    /// Commas that do not stand before every third digit: `1,04`.
    WronglyGrouped,
    /// Another unit than the indicator's, or a unit where the indicator has none.
    OtherUnit { printed: String, expected: Option<String> },
    /// `12〜10`.
    LowAboveHigh,
    /// `10〜12万人`: whether the first end is 10 or 100,000 is not said.
    UnclearRange,
    /// More digits than an exact decimal holds (28).
    TooManyDigits,
    /// A remark in brackets beside the figure: `120（見込み）`.
    Remark,
    /// A footnote's mark beside the figure: `628※1`, `628²`.
    FootnoteMark,
}

impl FigureError {
    /// The stable code of the diagnostic.
    pub fn code(&self) -> Code {
        match self {
            Self::OtherUnit { .. } => Code::UnitMismatch,
            _ => Code::InvalidFigure,
        }
    }

    /// What is wrong with `text`, the figure as written.
    pub fn message(&self, text: &str) -> Message {
        let text = text.trim();
        match self {
            Self::Empty => Message::new("数値がありません", "there is no figure"),
            Self::CurlyQuotes => Message::new(
                format!("「{text}」の引用符が半角の \" ではありません"),
                format!("the quotes of `{text}` are not straight ones"),
            ),
            Self::FormulaError => Message::new(
                format!("「{text}」は表計算ソフトの計算エラーです"),
                format!("`{text}` is the error of a spreadsheet's formula"),
            ),
            Self::Unreadable => Message::new(
                format!("「{text}」は数値として読めません"),
                format!("`{text}` cannot be read as a figure"),
            ),
            Self::WronglyGrouped => Message::new(
                format!("「{text}」の桁区切りが3桁ごとになっていません"),
                format!("the commas in `{text}` do not group three digits each"),
            ),
            Self::OtherUnit { printed, expected: Some(expected) } => Message::new(
                format!("単位が「{expected}」の指標に「{printed}」と書かれています"),
                format!("the unit of the indicator is `{expected}`, but the figure says `{printed}`"),
            ),
            Self::OtherUnit { printed, expected: None } => Message::new(
                format!("単位のない指標に「{printed}」と書かれています"),
                format!("the indicator has no unit, but the figure says `{printed}`"),
            ),
            Self::LowAboveHigh => Message::new(
                format!("範囲「{text}」の下限が上限より大きくなっています"),
                format!("the range `{text}` begins above its end"),
            ),
            Self::UnclearRange => Message::new(
                format!("範囲「{text}」の下限の桁（千・万・億）がはっきりしません"),
                format!("the range `{text}` does not say whether `千`, `万` or `億` belongs to its first number, too"),
            ),
            Self::TooManyDigits => Message::new(
                format!("「{text}」は桁数が多すぎて正確に扱えません（28桁まで）"),
                format!("`{text}` has more digits than can be kept exactly (28)"),
            ),
            Self::Remark => Message::new(
                format!("「{text}」では数値に括弧書きが付いています"),
                format!("`{text}` is a figure with a remark in brackets"),
            ),
            Self::FootnoteMark => Message::new(
                format!("「{text}」では数値に注の記号が付いています"),
                format!("`{text}` is a figure with the mark of a footnote"),
            ),
        }
    }

    /// What to write instead.
    pub fn help(&self) -> Message {
        match self {
            Self::Empty => Message::new(
                "まだ値がないなら、この年度を書かないでください。値がない理由があるなら「…」「未実施」などと書きます",
                "leave the year out while there is no value; where there is a reason, write it (`…`, `未実施`)",
            ),
            Self::CurlyQuotes => {
                Message::new("半角の引用符で \"1,046\" のように書いてください", "use straight quotes, as in \"1,046\"")
            }
            Self::FormulaError => Message::new(
                "元の表の計算を直し、数値を書いてください。値がないなら「-」や {missing: pending} と書きます",
                "mend the formula and write its figure; where there is none, write `-` or `{missing: pending}`",
            ),
            Self::Unreadable => Message::new(
                "数値と印刷どおりの文字を分けて {value: 31, printed: 31人削減} のように書いてください。値がまだないときは {missing: pending, until: 2026-03} のように書けます",
                "write the number and the words as printed apart: `{value: 31, printed: 31人削減}`. For a value that is to come: `{missing: pending, until: 2026-03}`",
            ),
            Self::WronglyGrouped => Message::new(
                "1,046 のように3桁ごとに区切るか、区切りなしで書いてください。小数点は「.」です",
                "group by three digits (1,046) or not at all. The decimal point is `.`",
            ),
            Self::OtherUnit { expected: Some(_), .. } => Message::new(
                "指標の単位（unit）か数値を直してください。単位でない言葉は {value: 31, printed: 31人削減} のように分けて書けます",
                "correct the indicator's unit or the figure. Words that are no unit go apart: `{value: 31, printed: 31人削減}`",
            ),
            Self::OtherUnit { expected: None, .. } => Message::new(
                "指標に unit を書いてください。単位でない言葉は {value: 31, printed: 31人削減} のように分けて書けます",
                "give the indicator a unit. Words that are no unit go apart: `{value: 31, printed: 31人削減}`",
            ),
            Self::LowAboveHigh => Message::new(
                "10〜12 のように小さい方を先に書いてください",
                "write the smaller number first, as in `10〜12`",
            ),
            Self::UnclearRange => {
                Message::new("10万〜12万人 のように両端に書いてください", "write it at both ends, as in `10万〜12万人`")
            }
            Self::TooManyDigits => Message::new("桁数を確かめてください", "check the number of digits"),
            Self::Remark => Message::new(
                "括弧の中は {value: 120, status: forecast, note: 見込み} のように status や note に書いてください",
                "put what stands in the brackets into status or note: `{value: 120, status: forecast, note: 見込み}`",
            ),
            Self::FootnoteMark => Message::new(
                "注は {value: 628, note: 注の文} のように書いてください。記号はページの側で付けます",
                "write the footnote as `{value: 628, note: …}`; the page sets the mark",
            ),
        }
    }
}
