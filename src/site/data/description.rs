//! datapackage.json: the CSV files described for Frictionless Data tools (Data Package v2).

use super::{DataFile, DataSource};
use crate::markdown;
use serde_json::{Value, json};
use std::io::{self, Write};

pub fn write(source: &DataSource<'_>, out: &mut dyn Write) -> io::Result<()> {
    let portal = source.portal;
    let year = source.edition.year;
    let mut package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": format!("evaluation-{year}"),
        "title": markdown::plain(portal.title.get(portal.first_language())),
        "resources": DataFile::ALL.iter().filter(|f| !f.columns().is_empty()).map(|f| resource(*f)).collect::<Vec<_>>(),
    });
    if let Some(license) = &portal.license {
        let mut entry = json!({"name": license.name});
        if let Some(url) = &license.url {
            entry["path"] = Value::from(url.as_ref());
        }
        package["licenses"] = Value::from(vec![entry]);
    }
    serde_json::to_writer_pretty(&mut *out, &package)?;
    out.write_all(b"\n")
}

fn resource(file: DataFile) -> Value {
    let name = file.file_name();
    json!({
        "name": name.trim_end_matches(".csv"),
        "path": name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\r\n", "delimiter": ",", "quoteChar": "\"", "header": true},
        "schema": {"fields": file.columns().iter().map(|column| field(column)).collect::<Vec<_>>()},
    })
}

/// Ids, codes and texts are strings; years are integers; figures are exact decimals.
fn field(column: &str) -> Value {
    let kind = match column {
        "fiscal_year" | "year" | "survey_sample" => "integer",
        "value" | "before" | "after" | "lower" | "upper" | "rate" | "expected" | "pace" | "amount"
        | "survey_tolerance" => "number",
        "sample" => "boolean",
        _ => "string",
    };
    json!({"name": column, "type": kind})
}
