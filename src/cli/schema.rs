//! `hyoka schema`: the JSON Schema of an input file, made from the reader's own table of keys.

use super::Exit;
use super::args::{SchemaArguments, SchemaOf};
use super::terminal::Terminal;
use crate::content::schema;

pub fn run(arguments: &SchemaArguments, terminal: &Terminal) -> Exit {
    let schema = match arguments.of {
        SchemaOf::Sheet => schema::sheet_schema(),
        SchemaOf::Portal => schema::portal_schema(),
    };
    terminal.text(&format!("{schema:#}\n"));
    Exit::Clean
}
