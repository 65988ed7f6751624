//! CSV files as programs read them.

use std::collections::BTreeMap;

/// A CSV file of the site.
pub struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub fn parse(path: &str, bytes: &[u8]) -> Self {
        let text = std::str::from_utf8(bytes).unwrap().strip_prefix('\u{feff}');
        let text = text.unwrap_or_else(|| panic!("{path} does not begin with a byte order mark"));
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let mut rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
        Self { header: rows.next().unwrap(), rows: rows.collect() }
    }

    pub fn column(&self, name: &str) -> Vec<String> {
        self.rows().map(|row| row[name].to_owned()).collect()
    }

    /// Rows as maps from column to cell.
    pub fn rows(&self) -> impl Iterator<Item = BTreeMap<&str, &str>> {
        self.rows.iter().map(|row| self.header.iter().map(String::as_str).zip(row.iter().map(String::as_str)).collect())
    }
}
