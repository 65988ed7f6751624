//! JSON Schemas of the input files.

pub fn sheet_schema() -> serde_json::Value {
    serde_json::json!({ "title": "sheet" })
}

pub fn portal_schema() -> serde_json::Value {
    serde_json::json!({ "title": "portal" })
}
