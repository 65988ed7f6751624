//! Whether a document keeps to its JSON Schema.

use serde_json::Value;

/// The part of JSON Schema (2020-12) that schema.json uses.
pub fn validate(value: &Value, schema: &Value, root: &Value, at: &str, problems: &mut Vec<String>) {
    let Some(rules) = schema.as_object() else { return };
    for (rule, expected) in rules {
        let holds = match rule.as_str() {
            "$ref" => {
                let target = root.pointer(expected.as_str().unwrap().trim_start_matches('#')).unwrap();
                validate(value, target, root, at, problems);
                true
            }
            "type" => match expected {
                Value::Array(types) => types.iter().any(|one| is_of(value, one)),
                one => is_of(value, one),
            },
            "properties" => {
                for (name, inner) in expected.as_object().unwrap() {
                    if let Some(value) = value.get(name) {
                        validate(value, inner, root, &format!("{at}/{name}"), problems);
                    }
                }
                true
            }
            "required" => expected.as_array().unwrap().iter().all(|name| value.get(name.as_str().unwrap()).is_some()),
            "additionalProperties" => {
                let known = rules.get("properties").and_then(Value::as_object);
                let others = value.as_object().into_iter().flatten();
                let mut others = others.filter(|(name, _)| known.is_none_or(|known| !known.contains_key(*name)));
                match expected {
                    Value::Bool(allowed) => *allowed || others.next().is_none(),
                    inner => {
                        others
                            .for_each(|(name, value)| validate(value, inner, root, &format!("{at}/{name}"), problems));
                        true
                    }
                }
            }
            "items" => {
                for (index, value) in value.as_array().into_iter().flatten().enumerate() {
                    validate(value, expected, root, &format!("{at}/{index}"), problems);
                }
                true
            }
            "anyOf" | "oneOf" => expected.as_array().unwrap().iter().any(|inner| {
                let mut problems = Vec::new();
                validate(value, inner, root, at, &mut problems);
                problems.is_empty()
            }),
            "enum" => expected.as_array().unwrap().contains(value),
            "const" => expected == value,
            "minimum" => value.as_f64().is_none_or(|n| n >= expected.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|n| n <= expected.as_f64().unwrap()),
            "$schema" | "$id" | "$defs" | "title" | "description" | "format" | "default" => true,
            "pattern" => value.is_string(),
            other => panic!("schema.json uses {other}, which this check does not know"),
        };
        if !holds {
            problems.push(format!("{at}: {value} breaks {rule}: {expected}"));
        }
    }
}

fn is_of(value: &Value, kind: &Value) -> bool {
    match kind.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("{other} is no type"),
    }
}
