//! How wide a text is, without asking any font: full-width characters are one em, half-width ones are taken at the widest
//! of the fonts that Japanese systems ship (Meiryo, Yu Gothic, Hiragino, BIZ UD, Noto), so that a box that is free by
//! this measure is free on every screen.

use unicode_width::UnicodeWidthChar;

/// Size of every text in a chart, in tenths of a unit. A chart is 400 units wide: at 320 px a text is 10.4 px tall.
pub(crate) const SIZE: i32 = 130;
/// Height of the box around one line of text.
pub(crate) const LINE: i32 = 150;
/// From the top of that box down to the baseline of its text.
pub(crate) const ASCENT: i32 = 121;

const ELLIPSIS: char = '…';

/// Width in tenths of a unit.
pub(crate) fn width(text: &str) -> i32 {
    text.chars().map(char_width).fold(0, i32::saturating_add)
}

/// Width of a text set in bold.
pub(crate) fn bold_width(text: &str) -> i32 {
    let width = width(text);
    width.saturating_add(width / 16)
}

/// As much of the text as fits, with an ellipsis where something is left out.
pub(crate) fn fit(text: &str, room: i32) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut used = char_width(ELLIPSIS);
    let mut fitted = String::new();
    for char in text.chars() {
        used = used.saturating_add(char_width(char));
        if used > room {
            break;
        }
        fitted.push(char);
    }
    fitted.push(ELLIPSIS);
    fitted
}

/// The year label on one or two lines: split where the caller says so (a line feed), else before a parenthesis.
pub(crate) fn year_lines(label: &str) -> (&str, Option<&str>) {
    if let Some((first, second)) = label.split_once('\n') {
        return (first, Some(second));
    }
    match label.find(['（', '(']) {
        Some(at) if at > 0 => (label[..at].trim_end(), Some(&label[at..])),
        _ => (label, None),
    }
}

fn char_width(char: char) -> i32 {
    let hundredths_of_an_em = match char {
        '0'..='9' => 63,
        ',' | '.' | ' ' | ':' | ';' | '\'' | '|' | '!' | 'i' | 'j' | 'l' | 'I' => 37,
        '%' | '@' | 'm' | 'w' | 'M' | 'W' => 100,
        'A'..='Z' => 78,
        ' '..='~' => 63,
        '−' => 100,
        // The voiced marks of half-width kana take a place of their own, whatever Unicode says of their grapheme.
        '\u{FF9E}' | '\u{FF9F}' => 63,
        _ => match char.width_cjk() {
            Some(0) => 0,
            Some(1) => 78,
            Some(_) => 100,
            None => 63,
        },
    };
    hundredths_of_an_em * SIZE / 100
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_width_character_is_one_em_and_a_figure_is_less() {
        assert_eq!(width("人"), SIZE);
        assert!(width("1,046") < 4 * SIZE);
        assert!(width("ﾊﾞ") < width("バ") * 2);
        assert_eq!(width(""), 0);
    }

    #[test]
    fn marks_that_japanese_fonts_draw_full_width_count_as_full_width() {
        for mark in ["…", "―", "△", "▲", "※", "−", "〜"] {
            assert_eq!(width(mark), SIZE, "{mark}");
        }
    }

    #[test]
    fn a_long_text_is_shortened_to_its_room_and_says_so() {
        let fitted = fit("産業間連携ネットワークによる新商品開発", 60 * 10);
        assert!(fitted.ends_with('…'));
        assert!(width(&fitted) <= 600);
        assert_eq!(fit("短い", 600), "短い");
    }

    #[test]
    fn a_year_label_is_split_before_its_parenthesis() {
        assert_eq!(year_lines("2024（令和6）年度"), ("2024", Some("（令和6）年度")));
        assert_eq!(year_lines("計画策定時\n2023"), ("計画策定時", Some("2023")));
        assert_eq!(year_lines("2024"), ("2024", None));
    }
}
