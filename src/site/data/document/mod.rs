//! portal.json: an edition as one document, and its JSON Schema.
//!
//! Figures are strings of exact digits: a JSON number would pass through binary fractions in most readers.

mod head;
mod policy;
mod series;

use super::DataSource;
use crate::facts::PolicyFacts;
use crate::markdown;
use crate::model::{Language, Text};
use head::{Head, head};
use policy::{PolicyDocument, policy_document};
use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::{JsonSchema, Schema};
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

/// A text by language code; a text written once stands under the site's first language. Markdown as authored,
/// without furigana.
struct Texts<'a> {
    text: &'a Text,
    first: &'a Language,
}

impl Serialize for Texts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.text {
            Text::One(text) => serializer.collect_map([(self.first.code(), markdown::without_readings(text))]),
            Text::Many(texts) => {
                let texts = texts.iter().map(|(language, text)| (language.code(), markdown::without_readings(text)));
                serializer.collect_map(texts.collect::<BTreeMap<_, _>>())
            }
        }
    }
}

impl JsonSchema for Texts<'_> {
    fn inline_schema() -> bool {
        BTreeMap::<String, String>::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        BTreeMap::<String, String>::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        BTreeMap::<String, String>::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        BTreeMap::<String, String>::json_schema(generator)
    }
}

/// An edition with its policies.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "only its schema is used: the document is streamed policy by policy")]
struct Document<'a> {
    #[schemars(flatten)]
    head: Head<'a>,
    policies: Vec<PolicyDocument<'a>>,
}

/// The document while it is written policy by policy: a large edition is never held as a whole.
pub struct Writing<'w> {
    /// The document is made of very many small pieces.
    out: BufWriter<&'w mut dyn Write>,
    before: &'static [u8],
}

impl<'w> Writing<'w> {
    pub fn new(source: &DataSource<'_>, out: &'w mut dyn Write) -> io::Result<Self> {
        let mut out = BufWriter::with_capacity(16 * 1024, out);
        let mut head = serde_json::to_string(&head(source))?;
        // The head is an object that never is empty: its closing brace gives way to the policies.
        head.pop();
        out.write_all(head.as_bytes())?;
        out.write_all(b",\"policies\":[\n")?;
        Ok(Self { out, before: b"" })
    }

    pub fn add(&mut self, source: &DataSource<'_>, policy: &PolicyFacts<'_>) -> io::Result<()> {
        self.out.write_all(std::mem::replace(&mut self.before, b",\n"))?;
        Ok(serde_json::to_writer(&mut self.out, &policy_document(source, policy))?)
    }

    pub fn finish(mut self) -> io::Result<()> {
        self.out.write_all(b"\n]}\n")?;
        self.out.flush()
    }
}

pub fn write_schema(out: &mut dyn Write) -> io::Result<()> {
    // Of what is written, not of what could be read: keys that are left out where there is nothing are not required.
    let schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Document<'_>>();
    serde_json::to_writer_pretty(&mut *out, &schema)?;
    out.write_all(b"\n")
}

fn texts<'a>(source: &DataSource<'a>, text: &'a Text) -> Texts<'a> {
    Texts { text, first: source.portal.first_language() }
}
