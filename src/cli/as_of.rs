//! `--as-of`: the day that decides which sheets are for the public. The only place where the clock is read.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

/// Of the days that can be meant.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2199;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOf {
    Today,
    Day(Date),
}

/// `today`, `今日`, or a day as sheets write it.
///
/// # Errors
/// Where it is neither. What to do about it is said in [`super::complaint`], in both languages.
pub fn parse(written: &str) -> Result<AsOf, String> {
    match written {
        "today" | "今日" => Ok(AsOf::Today),
        // jiff takes other forms, too, which a sheet does not.
        day if day.len() == 10 && day.bytes().all(|b| b.is_ascii_digit() || b == b'-') => {
            let day: Date = day.parse().map_err(|_| format!("there is no day {day}"))?;
            // Every sheet would be public on a day that nobody means, and nothing overdue on one long ago.
            if !YEARS.contains(&day.year()) {
                return Err(format!("{day} is no day of a portal"));
            }
            Ok(AsOf::Day(day))
        }
        other => Err(format!("{other} is no day")),
    }
}

impl AsOf {
    pub fn day(self) -> Date {
        match self {
            Self::Today => day_in_japan(Timestamp::now()),
            Self::Day(day) => day,
        }
    }
}

/// Where the municipality is, wherever the machine is and whatever its clock is set to show: a server that counts in
/// UTC would publish nine hours late. Japan has one time zone and no summer time.
fn day_in_japan(now: Timestamp) -> Date {
    now.to_zoned(TimeZone::fixed(Offset::constant(9))).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_begins_at_midnight_in_japan() {
        let day = |instant: &str| day_in_japan(instant.parse().unwrap()).to_string();
        assert_eq!(day("2025-09-19T14:59:59Z"), "2025-09-19");
        assert_eq!(day("2025-09-19T15:00:00Z"), "2025-09-20");
    }

    #[test]
    fn only_days_that_exist_are_taken_and_only_as_sheets_write_them() {
        assert_eq!(parse("2025-09-20"), Ok(AsOf::Day(Date::constant(2025, 9, 20))));
        assert_eq!((parse("today"), parse("今日")), (Ok(AsOf::Today), Ok(AsOf::Today)));
        for wrong in [
            "2025-02-30",
            "2025-9-20",
            "20250920",
            "2025-09-20T10:00",
            "明日",
            "",
            "9999-01-01",
            "0025-09-20",
            "1925-09-20",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
