//! A fiscal year written the way another one is: `2024` → `2025`, `令和6年度` → `令和7年度`, `R6` → `R7`.

use crate::model::FiscalYear;
use crate::model::fiscal_year::ToldBy;

/// `year` as a key of a sheet that writes `like`; four digits where that way cannot be told or followed.
pub fn like(like: &str, year: FiscalYear) -> String {
    imitated(like, year)
        .filter(|written| FiscalYear::parse(written).is_some_and(|read| read.year == year))
        .unwrap_or_else(|| year.to_string())
}

fn imitated(like: &str, year: FiscalYear) -> Option<String> {
    let like = like.trim();
    let read = FiscalYear::parse(like).filter(|read| read.told_by == ToldBy::Year)?;
    let ending = ["年度", "年"].into_iter().find(|ending| like.ends_with(ending)).unwrap_or_default();
    let digits = |number: String| if like.chars().any(is_wide_digit) { widened(&number) } else { number };
    let Some(of) = read.era else {
        let start = like.split(|c: char| c.is_ascii_digit() || is_wide_digit(c)).next().unwrap_or_default();
        return Some(format!("{start}{}{ending}", digits(year.to_string())));
    };
    let era = year.era()?;
    let named = like.starts_with(of.era.name());
    let name = if named { era.era.name() } else { era.era.letter() };
    let number = if era.year == 1 && named { "元".to_owned() } else { digits(era.year.to_string()) };
    Some(format!("{name}{number}{ending}"))
}

fn is_wide_digit(c: char) -> bool {
    ('０'..='９').contains(&c)
}

fn widened(number: &str) -> String {
    let wide = |c: char| c.to_digit(10).and_then(|digit| char::from_u32('０' as u32 + digit)).unwrap_or(c);
    number.chars().map(wide).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_written_as_the_years_beside_it() {
        let year = FiscalYear::new(2025).expect("a year");
        for (before, after) in [
            ("2024", "2025"),
            ("2024年度", "2025年度"),
            ("２０２４", "２０２５"),
            ("令和6年度", "令和7年度"),
            ("令和６年度", "令和７年度"),
            ("令和6", "令和7"),
            ("R6", "R7"),
            ("平成36年度", "令和7年度"),
            ("令和7年3月", "2025"),
            ("FY2024", "FY2025"),
            ("?", "2025"),
        ] {
            assert_eq!(like(before, year), after, "{before}");
        }
        let first = FiscalYear::new(2019).expect("a year");
        assert_eq!((like("平成30年度", first), like("H30", first)), ("令和元年度".into(), "R1".into()));
    }
}
