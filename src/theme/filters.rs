//! What templates can call beside Tera's own: `label`, and filters that refuse a missing value.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::html::escaped;
use super::labels::{self, Labels};

/// Registers what does not depend on the language. To be called before templates are added.
pub(super) fn register(tera: &mut Tera) {
    // Tera's own `str` makes an empty text of a missing name.
    tera.register_filter("str", |value: Value, _: Kwargs, _: &State| -> TeraResult<Value> {
        refuse_missing(&value)?;
        Ok(Value::from(value.to_string()))
    });
    // HTML comes from views as `Html`; a lint says so in plain words before this is ever reached.
    tera.register_filter("safe", |_: Value, _: Kwargs, _: &State| -> TeraResult<Value> {
        Err(Error::message("The filter `safe` is not allowed: HTML comes from a view"))
    });
}

/// Registers the words of a language: the function `label(key="…", name=value …)` and the filter `| label`.
///
/// Values fill the placeholders of the text; `count` also chooses between its forms and fills `{n}`. Text is escaped
/// where a template puts it. A value that is HTML already stays HTML, and the text around it is escaped then.
pub(super) fn register_labels(tera: &mut Tera, labels: &Arc<Labels>) {
    let words = Words::new(labels);
    let again = words.clone();
    tera.register_function("label", move |kwargs: Kwargs, _: &State| words.call(&kwargs));
    tera.register_filter("label", move |key: &str, kwargs: Kwargs, _: &State| again.text(key, &kwargs));
}

#[derive(Clone)]
struct Words {
    labels: Arc<Labels>,
    /// Texts ready for a template: handing one over copies no text.
    ready: Arc<BTreeMap<Box<str>, Value>>,
}

impl Words {
    fn new(labels: &Arc<Labels>) -> Self {
        let ready = labels.iter().map(|(key, label)| (key.into(), Value::normal_string(&label.text))).collect();
        Self { labels: Arc::clone(labels), ready: Arc::new(ready) }
    }

    fn call(&self, kwargs: &Kwargs) -> TeraResult<Value> {
        self.text(kwargs.must_get::<&str>("key")?, kwargs)
    }

    fn text(&self, key: &str, kwargs: &Kwargs) -> TeraResult<Value> {
        let mut values: Vec<(&str, &Value)> = Vec::new();
        for (name, value) in kwargs.iter().filter_map(|(name, value)| Some((name.as_str()?, value))) {
            if name != "key" {
                refuse_missing(value)?;
                values.push((if name == "count" { "n" } else { name }, value));
            }
        }
        if values.is_empty() {
            return self.ready.get(key).cloned().ok_or_else(|| unknown(key));
        }
        let count = kwargs.get::<Value>("count")?.map(|count| count.to_string());
        let text = match &count {
            Some(n) => self.labels.form(key, n),
            None => self.labels.find(key),
        };
        let text = text.ok_or_else(|| unknown(key))?;
        let value = |name: &str| values.iter().find(|(of, _)| *of == name).map(|(_, value)| *value);
        if values.iter().any(|(_, value)| value.is_safe()) {
            let html = |value: &Value| match value.is_safe() {
                true => value.to_string(),
                false => escaped(&value.to_string()),
            };
            let filled = labels::fill(&escaped(text), |name| value(name).map(html).map(Cow::Owned));
            return Ok(Value::safe_string(&filled));
        }
        Ok(Value::from(labels::fill(text, |name| value(name).map(|value| Cow::Owned(value.to_string())))))
    }
}

fn unknown(key: &str) -> Error {
    Error::message(format!("Label `{key}` does not exist"))
}

fn refuse_missing(value: &Value) -> TeraResult<()> {
    match value.is_undefined() {
        true => Err(Error::message("Tried to render a variable that is undefined")),
        false => Ok(()),
    }
}
