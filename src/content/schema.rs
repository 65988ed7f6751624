//! JSON Schemas (2020-12) of sheet and portal.yaml, made from the table of keys, for editors that complete and check.

use serde_json::{Map, Value, json};

use super::keys::{self, Key, Mapping, Need, Takes, Words};

/// The schema of a sheet.
pub fn sheet_schema() -> Value {
    schema(&keys::SHEET, "sheet.schema.json")
}

/// The schema of portal.yaml.
pub fn portal_schema() -> Value {
    schema(&keys::PORTAL, "portal.schema.json")
}

fn schema(root: &'static Mapping, id: &str) -> Value {
    let mut definitions = Definitions::default();
    let root = definitions.mapping(root);
    let mut schema = Map::new();
    schema.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("$id".into(), json!(id));
    if let Value::Object(root) = root {
        schema.extend(root);
    }
    definitions.common();
    schema.insert("$defs".into(), Value::Object(definitions.done));
    Value::Object(schema)
}

/// A fiscal year as a key: 2024, 2024年度, 令和6年度, R6.
const YEAR: &str = "^((19|20|21)[0-9]{2}|(明治|大正|昭和|平成|令和|[MTSHR])\\.?(元|[0-9]{1,2}))(年度|年)?$";

#[derive(Default)]
struct Definitions {
    done: Map<String, Value>,
}

impl Definitions {
    fn mapping(&mut self, mapping: &'static Mapping) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for key in mapping.keys {
            let taken = self.key(key);
            for name in key.names() {
                properties.insert(name.into(), taken.clone());
            }
            if key.need == Need::Required {
                let spellings: Vec<_> = key.names().map(|name| json!({ "required": [name] })).collect();
                required.push(json!({ "anyOf": spellings }));
            }
        }
        let mut schema = Map::new();
        schema.insert("title".into(), json!(mapping.title.ja));
        schema.insert("type".into(), json!("object"));
        schema.insert("properties".into(), Value::Object(properties));
        schema.insert("additionalProperties".into(), json!(false));
        if !required.is_empty() {
            schema.insert("allOf".into(), Value::Array(required));
        }
        Value::Object(schema)
    }

    fn key(&mut self, key: &'static Key) -> Value {
        let mut schema = Map::new();
        schema.insert("title".into(), json!(key.term()));
        schema.insert("description".into(), json!(format!("{}\n{}", key.doc.ja, key.doc.en)));
        if let Value::Object(taken) = self.takes(key.takes) {
            schema.extend(taken);
        }
        Value::Object(schema)
    }

    fn takes(&mut self, takes: Takes) -> Value {
        let mut taken = match takes {
            Takes::Text => refer("text"),
            Takes::Texts => {
                json!({ "anyOf": [refer("text"), { "type": "array", "items": refer("text") }] })
            }
            Takes::Code => refer("code"),
            Takes::Id => refer("id"),
            Takes::Figure => refer("figure"),
            Takes::FigureOr(mapping) => json!({ "anyOf": [refer("printed"), self.reference(mapping)] }),
            Takes::Figures => by_year(&refer("figure")),
            Takes::Amounts => {
                let amount = self.reference(&keys::AMOUNT);
                by_year(&json!({ "anyOf": [refer("figure"), amount] }))
            }
            Takes::YearTexts => by_year(&refer("text")),
            Takes::Year => refer("year"),
            Takes::Number => json!({ "type": ["number", "string"] }),
            Takes::NumberOr(mapping) => json!({ "anyOf": [{ "type": ["number", "string"] }, self.reference(mapping)] }),
            Takes::Count => json!({ "type": ["integer", "string"] }),
            Takes::Date => json!({ "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
            Takes::Url => json!({ "type": "string", "pattern": "^https?://" }),
            Takes::UrlOrNone => json!({ "type": "string", "pattern": "^(https?://.*|none|なし)$" }),
            Takes::Languages => {
                let code = json!({ "type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$" });
                json!({ "anyOf": [code, { "type": "array", "items": code, "minItems": 1 }] })
            }
            Takes::Word(list) => words(list),
            Takes::WordOrText(list) => json!({ "anyOf": [words(list), { "type": "string" }] }),
            Takes::Mapping(mapping) => self.reference(mapping),
            Takes::TextOr(mapping) => json!({ "anyOf": [refer("code"), self.reference(mapping)] }),
            Takes::TextOrList(mapping) => {
                let list = json!({ "type": "array", "items": self.reference(mapping) });
                json!({ "anyOf": [refer("text"), list] })
            }
            Takes::List(mapping) => json!({ "type": "array", "items": self.reference(mapping) }),
            Takes::IdsOr(mapping) => {
                let one = json!({ "anyOf": [refer("id"), self.reference(mapping)] });
                json!({ "anyOf": [one, { "type": "array", "items": one }] })
            }
            Takes::ListOrTexts(mapping) => {
                let item = self.reference(mapping);
                json!({ "type": "array", "items": { "anyOf": [refer("text"), item] } })
            }
            Takes::ByYear(mapping) => by_year(&self.reference(mapping)),
            Takes::Symbols(list) => json!({ "type": "object", "additionalProperties": words(list) }),
        };
        // A key with nothing after its colon is the same as no key.
        if !matches!(takes, Takes::Id) {
            taken = json!({ "anyOf": [taken, { "type": "null" }] });
        }
        taken
    }

    fn reference(&mut self, mapping: &'static Mapping) -> Value {
        if !self.done.contains_key(mapping.id) {
            // Entered before its keys are looked at: a mapping may stand below itself.
            self.done.insert(mapping.id.into(), Value::Null);
            let schema = self.mapping(mapping);
            self.done.insert(mapping.id.into(), schema);
        }
        refer(mapping.id)
    }

    fn common(&mut self) {
        self.reference(&keys::VALUE);
        let scalar = json!(["string", "number", "boolean"]);
        let common = [
            (
                "text",
                json!({ "anyOf": [
                    { "type": scalar },
                    {
                        "type": "object",
                        "patternProperties": { "^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$": { "type": scalar } },
                        "additionalProperties": false,
                    },
                ] }),
            ),
            ("code", json!({ "type": scalar })),
            ("id", json!({ "type": ["string", "number"], "pattern": "^[a-z0-9][a-z0-9-]*$" })),
            ("printed", json!({ "type": ["string", "number", "null"] })),
            ("figure", json!({ "anyOf": [refer("printed"), refer("value")] })),
            ("year", json!({ "type": ["integer", "string"], "pattern": YEAR, "minimum": 1900, "maximum": 2199 })),
        ];
        for (name, schema) in common {
            self.done.insert(name.into(), schema);
        }
    }
}

fn refer(id: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{id}") })
}

fn by_year(of: &Value) -> Value {
    json!({ "type": "object", "patternProperties": { YEAR: of }, "additionalProperties": false })
}

/// Every spelling of every word, each with its meaning.
fn words(list: &Words) -> Value {
    let spellings: Vec<_> = list
        .entries
        .iter()
        .flat_map(|word| {
            let meaning = format!("{} ({})", word.doc.ja, word.doc.en);
            std::iter::once(word.name)
                .chain(word.ja.iter().copied())
                .map(move |name| json!({ "const": as_yaml(name), "title": meaning }))
        })
        .collect();
    json!({ "oneOf": spellings })
}

/// `true` and `false` without quotes are booleans for a schema.
fn as_yaml(word: &str) -> Value {
    match word {
        "true" => json!(true),
        "false" => json!(false),
        _ => json!(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_reference(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                found.extend(map.get("$ref").and_then(Value::as_str).map(str::to_owned));
                map.values().for_each(|value| every_reference(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| every_reference(value, found)),
            _ => {}
        }
    }

    #[test]
    fn every_reference_of_a_schema_resolves() {
        for schema in [sheet_schema(), portal_schema()] {
            let mut found = Vec::new();
            every_reference(&schema, &mut found);
            assert!(!found.is_empty());
            for reference in found {
                let resolved = schema.pointer(reference.trim_start_matches('#'));
                assert!(resolved.is_some_and(Value::is_object), "{reference}");
            }
        }
    }

    #[test]
    fn the_schema_knows_both_spellings_of_a_key_and_of_a_word() {
        let schema = sheet_schema();
        for name in ["indicators", "成果指標", "vision", "目指す姿"] {
            assert!(schema.pointer(&format!("/properties/{name}")).is_some(), "{name}");
        }
        let direction = schema.pointer("/$defs/indicator/properties/direction").map(Value::to_string);
        assert!(direction.is_some_and(|direction| direction.contains("increase") && direction.contains("増加")));
    }
}
