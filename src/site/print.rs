//! Figures, years and money as readers see them, in the words of one language.
//!
//! Every digit that was printed is kept; thousands are grouped with commas; the minus is U+2212. What is a word (以上,
//! 年度, 千円) comes from the theme's labels, so that a language needs no code.

use crate::model::{FiscalYear, Language, MoneyUnit, RateMethod, Reading, Value};
use crate::theme::{Labels, Words};
use rust_decimal::{Decimal, RoundingStrategy};

/// No break between a figure and a unit that is written with a space.
const NO_BREAK_SPACE: char = '\u{a0}';
const MINUS: char = '\u{2212}';

/// A figure with grouping commas, all its digits and a true minus: `1,046`, `12.50`, `−3.2`.
pub fn figure(number: Decimal) -> String {
    let digits = Digits::of(number);
    let (whole, fraction) = (digits.whole(), digits.fraction());
    let mut out = String::with_capacity(whole.len() + whole.len() / 3 + fraction.len() + 4);
    if number.is_sign_negative() && !number.is_zero() {
        out.push(MINUS);
    }
    for (index, digit) in whole.char_indices() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// The digits of a number without its sign.
#[derive(Clone, Copy, Debug)]
pub struct Digits {
    digits: [u8; Self::LONGEST],
    /// How many of the last ones are the number's.
    count: usize,
    /// How many of these stand after the point.
    scale: usize,
}

impl Digits {
    /// A decimal has 96 bits (29 digits); its scale, at most 28, may be longer than its digits.
    const LONGEST: usize = 32;

    pub fn of(number: Decimal) -> Self {
        let mut digits = [b'0'; Self::LONGEST];
        let mut count = 0;
        let mut rest = number.mantissa().unsigned_abs();
        for digit in digits.iter_mut().rev() {
            // Most figures are small, and 128 bits divide slowly.
            (*digit, rest) = match u64::try_from(rest) {
                Ok(0) => break,
                Ok(small) => (b'0' + (small % 10) as u8, u128::from(small / 10)),
                Err(_) => (b'0' + (rest % 10) as u8, rest / 10),
            };
            count += 1;
        }
        let scale = number.scale() as usize;
        Self { digits, count: count.max(scale + 1), scale }
    }

    /// Before the point; `0` at least.
    pub fn whole(&self) -> &str {
        self.part(self.count, self.scale)
    }

    /// After the point; empty for a whole number.
    pub fn fraction(&self) -> &str {
        self.part(self.scale, 0)
    }

    /// Counted from the end.
    fn part(&self, from: usize, to: usize) -> &str {
        let part = self.digits.get(Self::LONGEST.saturating_sub(from)..Self::LONGEST.saturating_sub(to));
        part.and_then(|part| std::str::from_utf8(part).ok()).unwrap_or_default()
    }
}

/// A figure that stands inside a formula: a negative one in parentheses, `(−3)`.
pub fn operand(number: Decimal) -> String {
    let printed = figure(number);
    if printed.starts_with(MINUS) { format!("({printed})") } else { printed }
}

/// A computed figure without the zeros that division leaves at its end: 139.30 is 139.3, 700.0 is 700.
pub fn computed(number: Decimal) -> String {
    figure(number.normalize())
}

/// A figure and its unit. Japanese units and % follow at once (`628人`, `40%`); units in letters stand off by a space that
/// does not break (`12 km`).
pub fn with_unit(figure: &str, unit: &Words) -> Words {
    let mut out = String::with_capacity(figure.len() + unit.as_str().len() + 2);
    out.push_str(figure);
    if unit.as_str().starts_with(|first: char| first.is_alphabetic() && (first as u32) < 0x0250) {
        out.push(NO_BREAK_SPACE);
    }
    let mut words = Words::new(out);
    words.append(unit);
    words
}

/// Prints in one language.
#[derive(Clone, Copy, Debug)]
pub struct Printer<'a> {
    labels: &'a Labels,
    language: &'a Language,
    authors: &'a Language,
}

impl<'a> Printer<'a> {
    /// `authors` is the language that the sheets are written in.
    pub fn new(labels: &'a Labels, language: &'a Language, authors: &'a Language) -> Self {
        Self { labels, language, authors }
    }

    /// What a sheet prints.
    fn as_printed(&self, printed: &str) -> Words {
        if self.authors == self.language { Words::new(printed) } else { Words::foreign(printed, self.authors) }
    }

    /// `2024（令和6）年度` in Japanese, `FY2024` in others.
    pub fn year(&self, year: FiscalYear) -> String {
        match year.era().filter(|_| self.language.is_japanese()) {
            Some(era) => self.labels.fill("year.full", &[("year", &format!("{year}（{era}）"))]),
            None => self.short_year(year),
        }
    }

    /// `2024年度`, `FY2024`: for table heads and choices.
    pub fn short_year(&self, year: FiscalYear) -> String {
        self.labels.fill("year.full", &[("year", year.digits())])
    }

    /// The year with what the sheet prints for it, where that is another name: `平成35年度（2023年度）`.
    pub fn year_as_printed(&self, year: FiscalYear, printed: Option<&str>) -> Words {
        let short = self.short_year(year);
        match printed.map(|printed| self.as_printed(printed)) {
            Some(printed) => self.labels.fill_words("year.as-printed", &[("printed", &printed), ("year", &short)]),
            None => Words::new(short),
        }
    }

    /// A day or a month that is written `2025-09-20` or `2025-09`, as people write it; anything else as it is.
    pub fn date(&self, written: &str) -> String {
        let mut parts = written.split('-');
        let (year, month, day) = (parts.next().unwrap_or(written), parts.next(), parts.next());
        let number = |part: &str| part.parse::<usize>().ok();
        let months = self.labels.get("date.months");
        let month = month.and_then(number).and_then(|month| months.split_whitespace().nth(month.checked_sub(1)?));
        match (month, day.map(number), parts.next()) {
            (Some(month), None, None) => self.labels.fill("date.month", &[("year", year), ("month", month)]),
            (Some(month), Some(Some(day)), None) => {
                self.labels.fill("date.day", &[("year", year), ("month", month), ("day", &day.to_string())])
            }
            _ => written.to_owned(),
        }
    }

    /// A value as a reader sees it, with its unit: the printed text where the sheet keeps one, a bound in words, the
    /// symbol of a missing value (its reason stands beside it, not in it).
    pub fn value(&self, value: &Value, unit: &Words) -> Words {
        if let Some(printed) = &value.printed {
            return self.as_printed(printed);
        }
        self.reading(&value.reading, unit)
    }

    /// A figure, a bound or a range in words; the symbol of a missing one.
    pub fn reading(&self, reading: &Reading, unit: &Words) -> Words {
        match reading {
            Reading::Number(n) => with_unit(&figure(*n), unit),
            Reading::AtLeast(n) => self.bound("bound.at-least", *n, unit),
            Reading::AtMost(n) => self.bound("bound.at-most", *n, unit),
            Reading::MoreThan(n) => self.bound("bound.more-than", *n, unit),
            Reading::LessThan(n) => self.bound("bound.less-than", *n, unit),
            Reading::Range(range) => {
                let high = with_unit(&figure(range.high), unit);
                self.labels.fill_words("bound.range", &[("low", &figure(range.low)), ("high", &high)])
            }
            Reading::Rank(rank) => Words::new(self.labels.fill("bound.rank", &[("n", &rank.to_string())])),
            // A text always keeps what was printed; without it there is nothing to show.
            Reading::Text { .. } => Words::default(),
            Reading::Missing(missing) => Words::new(missing.reason.symbol()),
        }
    }

    fn bound(&self, key: &str, number: Decimal, unit: &Words) -> Words {
        self.labels.fill_words(key, &[("n", &with_unit(&figure(number), unit))])
    }

    /// The unit of money in words: 千円, thousand yen.
    pub fn money_unit(&self, unit: MoneyUnit) -> &'a str {
        self.labels.get(match unit {
            MoneyUnit::Yen => "money.unit.yen",
            MoneyUnit::ThousandYen => "money.unit.thousand-yen",
            MoneyUnit::TenThousandYen => "money.unit.ten-thousand-yen",
            MoneyUnit::MillionYen => "money.unit.million-yen",
            MoneyUnit::HundredMillionYen => "money.unit.hundred-million-yen",
        })
    }

    /// Yen as people say them. Japanese counts in myriads down to 万円, half-up (`15億8,751万円`); a language without
    /// names for myriads counts in millions with one digit (`¥1,587.5 million`), or in yen below one million.
    pub fn yen_in_words(&self, yen: Decimal) -> String {
        let myriads = self.labels.get("money.myriads");
        let words = if myriads.is_empty() { self.in_millions(yen.abs()) } else { in_myriads(yen.abs(), myriads) };
        let sign = if yen.is_sign_negative() && !yen.is_zero() { "\u{2212}" } else { "" };
        let mut out = String::from(sign);
        out.push_str(&self.labels.fill("money.amount", &[("amount", &words)]));
        out
    }

    fn in_millions(&self, yen: Decimal) -> String {
        let million = Decimal::from(1_000_000);
        if yen < million {
            return figure(half_up(yen, 0));
        }
        let millions = (yen / million).round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
        self.labels.fill("money.million", &[("amount", &computed(millions))])
    }

    /// A change of an amount in yen with its word: `3.1%増`, `2.0%減`, `増減なし`. From nothing or from less there is no
    /// percentage, and the difference is said: `1,500円増`. `None` where the amounts are too large.
    pub fn change(&self, before: Decimal, after: Decimal) -> Option<String> {
        let difference = after.checked_sub(before)?;
        let (up, down, size) = match change_in_percent(before, after) {
            Some(percent) if percent.is_zero() => return Some(self.labels.get("change.none").to_owned()),
            Some(percent) => ("change.up", "change.down", figure(percent.abs())),
            None if difference.is_zero() => return Some(self.labels.get("change.none").to_owned()),
            None => ("rate.up", "rate.down", self.yen_in_words(difference.abs())),
        };
        Some(self.labels.fill(if difference.is_sign_negative() { down } else { up }, &[("n", &size)]))
    }

    /// A distance between two figures of a unit, with the digits they were printed with: percent differ by points.
    pub fn distance(&self, number: Decimal, unit: &Words) -> Words {
        self.rate(RateMethod::Difference, number, unit)
    }

    /// A rate with its sign of unit: `30.3%`; for `difference` in the indicator's unit, with points for percent.
    pub fn rate(&self, method: RateMethod, value: Decimal, unit: &Words) -> Words {
        match method {
            RateMethod::Difference if matches!(unit.as_str(), "%" | "％") => {
                Words::new(self.labels.fill("rate.points", &[("n", &figure(value))]))
            }
            RateMethod::Difference => with_unit(&figure(value), unit),
            _ => Words::new(self.labels.fill("rate.percent", &[("n", &figure(value))])),
        }
    }
}

/// The change from `before` to `after` in percent, half-up to one digit. `None` where `before` is not above zero (a
/// percentage of a debt says nothing) or the figures are too large.
pub fn change_in_percent(before: Decimal, after: Decimal) -> Option<Decimal> {
    if before <= Decimal::ZERO {
        return None;
    }
    let change = after.checked_sub(before)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(before)?;
    Some(half_up(change, 1))
}

/// Rounds half-up (away from zero) and keeps exactly `digits` after the point.
fn half_up(number: Decimal, digits: u32) -> Decimal {
    let mut rounded = number.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(digits);
    rounded
}

/// Groups of four digits with the names of `myriads` (万 億 兆, ascending): 1,587,511,000 is 15億8,751万. Below 万 the
/// figure itself. Empty groups are left out: 200,000,000 is 2億.
fn in_myriads(yen: Decimal, myriads: &str) -> String {
    let myriad = Decimal::from(10_000);
    if yen < myriad {
        return figure(half_up(yen, 0));
    }
    let mut rest = half_up(yen / myriad, 0);
    let mut groups = Vec::new();
    for name in myriads.split_whitespace() {
        // The last name takes all that is left.
        let last = myriads.split_whitespace().next_back() == Some(name);
        let group = if last { rest } else { rest % myriad };
        if !group.is_zero() {
            groups.push(format!("{}{name}", figure(group.normalize())));
        }
        rest = if last { Decimal::ZERO } else { (rest / myriad).floor() };
    }
    groups.reverse();
    groups.concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Report;
    use crate::theme::Theme;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn in_languages(print: impl Fn(&Printer<'_>) -> String) -> [String; 2] {
        let languages = [Language::japanese(), Language::english()];
        let theme = Theme::load(
            [],
            "standard",
            crate::diagnostic::Place::whole("content/portal.yaml"),
            &languages,
            &mut Report::default(),
        )
        .unwrap();
        languages.each_ref().map(|language| print(&Printer::new(theme.labels(language), language, &languages[0])))
    }

    #[test]
    fn figures_keep_every_digit_and_are_grouped() {
        for (number, printed) in [
            ("0", "0"),
            ("12.50", "12.50"),
            ("1046", "1,046"),
            ("1234567.890", "1,234,567.890"),
            ("-3.2", "−3.2"),
            ("-0.0", "0.0"),
            ("-1301", "−1,301"),
            ("100", "100"),
        ] {
            assert_eq!(figure(decimal(number)), printed);
        }
    }

    #[test]
    fn the_longest_figures_are_printed_whole() {
        assert_eq!(figure(Decimal::MAX), "79,228,162,514,264,337,593,543,950,335");
        assert_eq!(figure(Decimal::MIN), "−79,228,162,514,264,337,593,543,950,335");
        assert_eq!(figure(decimal("-0.0000000000000000000000000001")), "−0.0000000000000000000000000001");
        assert_eq!(figure(decimal("7.9228162514264337593543950335")), "7.9228162514264337593543950335");
        assert_eq!(figure(decimal("0.00")), "0.00");
    }

    #[test]
    fn computed_figures_lose_the_zeros_of_division() {
        assert_eq!(computed(decimal("139.30")), "139.3");
        assert_eq!(computed(decimal("700.0")), "700");
        assert_eq!(computed(decimal("1000")), "1,000");
    }

    #[test]
    fn a_negative_operand_stands_in_parentheses() {
        assert_eq!(operand(decimal("-3.2")), "(−3.2)");
        assert_eq!(operand(decimal("3.2")), "3.2");
    }

    #[test]
    fn a_unit_in_letters_stands_off_and_a_japanese_one_does_not() {
        for (figure, unit, printed) in
            [("628", "人", "628人"), ("40", "%", "40%"), ("12", "km", "12\u{a0}km"), ("12", "", "12")]
        {
            assert_eq!(with_unit(figure, &unit.into()).as_str(), printed);
        }
    }

    #[test]
    fn years_carry_their_era_in_japanese_only() {
        assert_eq!(in_languages(|p| p.year(FiscalYear::new(2024).unwrap())), ["2024（令和6）年度", "FY2024"]);
        assert_eq!(in_languages(|p| p.year(FiscalYear::new(2019).unwrap())), ["2019（令和元）年度", "FY2019"]);
        assert_eq!(in_languages(|p| p.short_year(FiscalYear::new(2024).unwrap())), ["2024年度", "FY2024"]);
    }

    #[test]
    fn money_is_said_as_people_say_it() {
        for (yen, japanese, english) in [
            ("1587511000", "15億8,751万円", "¥1,587.5 million"),
            ("200000000", "2億円", "¥200 million"),
            ("8700000000", "87億円", "¥8,700 million"),
            ("1000050000000", "1兆5,000万円", "¥1,000,050 million"),
            ("99995000", "1億円", "¥100 million"),
            ("12345", "1万円", "¥12,345"),
            ("9999", "9,999円", "¥9,999"),
            ("0", "0円", "¥0"),
            ("-25000000", "−2,500万円", "−¥25 million"),
        ] {
            assert_eq!(in_languages(|p| p.yen_in_words(decimal(yen))), [japanese, english], "{yen}");
        }
    }

    #[test]
    fn a_change_has_a_word_and_from_nothing_or_less_it_is_a_difference() {
        let change = |before: &str, after: &str| {
            in_languages(|p| p.change(decimal(before), decimal(after)).unwrap_or_else(|| "―".to_owned()))
        };
        assert_eq!(change("1000", "1031"), ["3.1%増", "up 3.1%"]);
        assert_eq!(change("1000", "980"), ["2.0%減", "down 2.0%"]);
        assert_eq!(change("1000", "1000"), ["増減なし", "no change"]);
        assert_eq!(change("0", "1000"), ["1,000円増", "¥1,000 up"]);
        assert_eq!(change("-500", "1000"), ["1,500円増", "¥1,500 up"]);
        assert_eq!(change("-500", "-700"), ["200円減", "¥200 down"]);
        assert_eq!(change("-500", "-500"), ["増減なし", "no change"]);
        assert_eq!(change("0", "0"), ["増減なし", "no change"]);
    }

    #[test]
    fn percents_differ_by_points_and_people_by_people() {
        assert_eq!(
            in_languages(|p| p.distance(decimal("0.80"), &"%".into()).as_str().to_owned()),
            ["0.80ポイント", "0.80 points"]
        );
        assert_eq!(in_languages(|p| p.distance(decimal("32"), &"人".into()).as_str().to_owned()), ["32人", "32人"]);
    }
}
