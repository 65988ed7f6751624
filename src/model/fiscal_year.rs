//! Fiscal years (April to March, named by the April) and the Japanese eras they are printed in.

use std::fmt;

/// A Japanese fiscal year: April of this year to March of the next. 2024 is 令和6年度.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FiscalYear(u16);

impl FiscalYear {
    /// The earliest and the latest fiscal year that a sheet may speak of.
    pub const RANGE: std::ops::RangeInclusive<u16> = 1900..=2199;

    /// `None` outside [`FiscalYear::RANGE`].
    pub const fn new(year: u16) -> Option<Self> {
        if year >= *Self::RANGE.start() && year <= *Self::RANGE.end() { Some(Self(year)) } else { None }
    }

    pub const fn get(self) -> u16 {
        self.0
    }

    /// Its four digits, to be put into addresses and links, of which a page has hundreds.
    pub fn digits(self) -> &'static str {
        let from = usize::from(self.0.saturating_sub(FIRST_OF_DIGITS)) * 4;
        ALL_DIGITS.get(from..from + 4).unwrap_or_default()
    }

    pub const fn previous(self) -> Self {
        Self(self.0 - 1)
    }

    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// Years from `earlier` to this one; negative where this one is earlier.
    pub const fn years_since(self, earlier: Self) -> i32 {
        self.0 as i32 - earlier.0 as i32
    }

    /// The era year that a fiscal year is printed with: 2019 is 令和元年度, the era that held for most of it.
    /// `None` before 明治.
    pub fn era(self) -> Option<EraYear> {
        Era::ALL
            .into_iter()
            .rev()
            .find(|era| self.0 >= era.first_fiscal_year())
            .map(|era| EraYear { era, year: self.0 - era.first_fiscal_year() + 1 })
    }

    /// Reads a fiscal year as Japanese sheets print it: `2024`, `2024年度`, `令和6年度`, `令和元年度`, `R6`, `H31`,
    /// `平成35年度` (which never came and is 2023), full-width digits included. A month is taken as the fiscal year that
    /// it belongs to: `平成32年3月`, `2020年3月末` and `令和2年3月31日` are in fiscal 2019. `None` where it is none of these.
    pub fn parse(text: &str) -> Option<WrittenYear> {
        let text: String = text.trim().chars().map(half_width).collect();
        if let Some((year, month)) = text.split_once('年').and_then(|(year, rest)| Some((year, month(rest)?))) {
            let of = Self::parse(year)?;
            let year = if month < 4 { Self::new(of.year.get() - 1)? } else { of.year };
            return Some(WrittenYear { year, told_by: ToldBy::Month, ..of });
        }
        let text = text.trim_end_matches("年度").trim_end_matches("年").trim_end_matches("FY").trim();
        let text = text.strip_prefix("FY").unwrap_or(text).trim();
        if !text.is_empty() && text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) {
            let year = Self::new(text.parse().ok()?)?;
            return Some(WrittenYear { year, era: None, told_by: ToldBy::Year });
        }
        let (era, rest) = Era::ALL.into_iter().find_map(|era| {
            let rest = text.strip_prefix(era.name()).or_else(|| text.strip_prefix(era.letter()))?;
            Some((era, rest.trim().trim_start_matches('.')))
        })?;
        let year = if rest == "元" { 1 } else { rest.parse::<u16>().ok().filter(|y| (1..=99).contains(y))? };
        let written = EraYear { era, year };
        let year = Self::new(era.first_fiscal_year() + year - 1)?;
        Some(WrittenYear { year, era: Some(written), told_by: ToldBy::Year })
    }
}

/// The month of `3月`, `3月末`, `3月31日`, `3月末時点`.
fn month(text: &str) -> Option<u8> {
    let (month, day) = text.trim().split_once('月')?;
    let day = day.trim_end_matches("時点").trim_end_matches("現在");
    let is_day = |number: &str| number.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day));
    let known = matches!(day, "" | "末") || day.strip_suffix('日').is_some_and(is_day);
    month.trim().parse().ok().filter(|month| known && (1..=12).contains(month))
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Years are made inside [`FiscalYear::RANGE`]; the years before and after it take part in reckoning.
const FIRST_OF_DIGITS: u16 = 1800;
const YEARS_OF_DIGITS: usize = 500;

/// The digits of all years, one after another.
const ALL_DIGITS: &str = match std::str::from_utf8(&DIGITS) {
    Ok(digits) => digits,
    Err(_) => "",
};

static DIGITS: [u8; YEARS_OF_DIGITS * 4] = {
    let mut digits = [b'0'; YEARS_OF_DIGITS * 4];
    let mut index = 0;
    while index < digits.len() {
        let year = FIRST_OF_DIGITS as usize + index / 4;
        digits[index] += (year / 10_usize.pow(3 - index as u32 % 4) % 10) as u8;
        index += 1;
    }
    digits
};

impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.digits())
    }
}

/// A fiscal year with the era it was written in, if any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrittenYear {
    pub year: FiscalYear,
    pub era: Option<EraYear>,
    pub told_by: ToldBy,
}

/// Whether a fiscal year is written itself, or a month in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToldBy {
    Year,
    Month,
}

impl WrittenYear {
    /// Whether the era year never came, as 平成35年度, which plans of 2016 print for what became 令和5年度.
    /// 平成31年度 did come: both names of fiscal 2019 were in use.
    pub fn never_came(&self) -> bool {
        self.era.is_some_and(|EraYear { era, year }| {
            era.last_fiscal_year().is_some_and(|last| era.first_fiscal_year() + year - 1 > last)
        })
    }

    /// Whether the year printed anew would not say what is written: an era year that never came, a month.
    pub fn prints_otherwise(&self) -> bool {
        self.never_came() || self.told_by == ToldBy::Month
    }
}

/// A year of an era, as printed: 令和6, 平成35. The first year is 元.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EraYear {
    pub era: Era,
    pub year: u16,
}

impl fmt::Display for EraYear {
    /// 令和6, 令和元.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            1 => write!(f, "{}元", self.era.name()),
            year => write!(f, "{}{year}", self.era.name()),
        }
    }
}

/// The Japanese eras since 明治 (元号法 and the ordinances before it).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Era {
    Meiji,
    Taisho,
    Showa,
    Heisei,
    Reiwa,
}

impl Era {
    pub const ALL: [Self; 5] = [Self::Meiji, Self::Taisho, Self::Showa, Self::Heisei, Self::Reiwa];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Meiji => "明治",
            Self::Taisho => "大正",
            Self::Showa => "昭和",
            Self::Heisei => "平成",
            Self::Reiwa => "令和",
        }
    }

    pub const fn letter(self) -> &'static str {
        match self {
            Self::Meiji => "M",
            Self::Taisho => "T",
            Self::Showa => "S",
            Self::Heisei => "H",
            Self::Reiwa => "R",
        }
    }

    /// The fiscal year that is printed as the era's 元年度.
    pub const fn first_fiscal_year(self) -> u16 {
        match self {
            Self::Meiji => 1868,
            Self::Taisho => 1912,
            Self::Showa => 1926,
            Self::Heisei => 1989,
            Self::Reiwa => 2019,
        }
    }

    /// The last fiscal year that began or was printed under the era; `None` for the present one.
    pub const fn last_fiscal_year(self) -> Option<u16> {
        match self {
            Self::Meiji => Some(1912),
            Self::Taisho => Some(1926),
            Self::Showa => Some(1989),
            Self::Heisei => Some(2019),
            Self::Reiwa => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(text: &str) -> Option<u16> {
        FiscalYear::parse(text).map(|w| w.year.get())
    }

    #[test]
    fn years_are_read_as_sheets_print_them() {
        for (text, expected) in [
            ("2024", 2024),
            ("2024年度", 2024),
            ("２０２４年度", 2024),
            ("令和6年度", 2024),
            ("令和元年度", 2019),
            ("R6", 2024),
            ("H31", 2019),
            ("平成30", 2018),
            ("平成35年度", 2023),
            ("FY2024", 2024),
        ] {
            assert_eq!(year(text), Some(expected), "{text}");
        }
        for text in ["", "24", "令和", "令和0年度", "year", "20245", "2024-25"] {
            assert_eq!(year(text), None, "{text}");
        }
    }

    #[test]
    fn a_month_belongs_to_the_fiscal_year_that_it_lies_in() {
        for (text, expected) in [
            ("平成32年3月", 2019),
            ("2020年3月末", 2019),
            ("令和2年3月31日", 2019),
            ("令和２年４月１日現在", 2020),
            ("2024年12月", 2024),
        ] {
            assert_eq!(year(text), Some(expected), "{text}");
        }
        for text in ["2024年13月", "2024年0月", "2024年3月頃", "3月", "1900年3月"] {
            assert_eq!(year(text), None, "{text}");
        }
        assert!(FiscalYear::parse("平成32年3月").is_some_and(|w| w.never_came() && w.prints_otherwise()));
        assert!(FiscalYear::parse("2020年3月").is_some_and(|w| !w.never_came() && w.prints_otherwise()));
    }

    #[test]
    fn an_era_year_that_never_came_is_known() {
        assert!(FiscalYear::parse("平成35年度").is_some_and(|w| w.never_came()));
        assert!(FiscalYear::parse("平成31年度").is_some_and(|w| !w.never_came()));
        assert!(FiscalYear::parse("令和9年度").is_some_and(|w| !w.never_came()));
    }

    #[test]
    fn fiscal_years_print_the_era_of_most_of_their_days() {
        let print = |y| FiscalYear::new(y).and_then(FiscalYear::era).map(|e| e.to_string());
        assert_eq!(print(2024).as_deref(), Some("令和6"));
        assert_eq!(print(2019).as_deref(), Some("令和元"));
        assert_eq!(print(2018).as_deref(), Some("平成30"));
        assert_eq!(print(1989).as_deref(), Some("平成元"));
    }
}
