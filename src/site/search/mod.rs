//! Searching an edition without a server: an index made when the site is built, in small files that a page loads as
//! plain scripts when a reader types. No file is asked for twice, and none that the words do not need.
//!
//! `search/head.js` says how many parts each document has. `search/<number>.js` holds the lists of the terms whose
//! hash is that number (`words`, `lists`). `search/text-<number>.js` holds what can be found of a few documents,
//! for the hits that are shown: their section, the words around, the link.
//!
//! A browser or a cache may hold a file of an older site. Every file has a mark, made of what it holds; it says its own,
//! the head knows all of them and the page that of the head. Each is asked for with its mark behind a question mark, so
//! that a file that changed is a new address and one that did not is not loaded again; a file that says another mark
//! than it was asked for is put aside, never mixed with the others. From a folder the mark is no part of the name.

mod held;
mod lists;
mod mark;
mod words;

use crate::site::views::{Document, Part};
use lists::{Lists, write_number};
use mark::Mark;
use serde::Serialize;
use serde_json::json;
use std::ops::Range;

pub use held::Held;
pub use words::{Term, folded, terms};

/// The index of one edition in one language, ready to be written: a twentieth of the texts' size in memory.
#[derive(Debug)]
pub struct Index {
    head: String,
    mark: String,
    files: Vec<Box<str>>,
}

/// So many documents share a file of lists, which is then a few kilobytes. Of a very large edition twice as many do: to
/// make a file takes the system longer than to write it.
const DOCUMENTS_A_FILE: usize = 4;
const VERY_LARGE: usize = 1024;

/// The number of files of lists for so many documents.
pub fn files_for(documents: usize) -> usize {
    let shared = if documents > VERY_LARGE { 2 * DOCUMENTS_A_FILE } else { DOCUMENTS_A_FILE };
    documents.div_ceil(shared).next_power_of_two().min(1024)
}

/// So many documents share a file of texts: more would make the first hit wait, fewer the build.
const DOCUMENTS_A_TEXT: usize = 3;

/// The documents in each file of texts.
pub fn texts_for(documents: usize) -> impl Iterator<Item = Range<usize>> {
    (0..documents).step_by(DOCUMENTS_A_TEXT).map(move |first| first..documents.min(first + DOCUMENTS_A_TEXT))
}

impl Index {
    /// The index of `documents`; `sections` are the words for [`super::views::Section`]s, in their order.
    pub fn new<'d>(documents: impl ExactSizeIterator<Item = Document<'d>>, sections: &[&str]) -> Self {
        let files = files_for(documents.len());
        let mut lists = Lists::new();
        let mut counts = String::new();
        let mut part = 0;
        let (mut texts, mut some) = (String::new(), Mark::default());
        let last = documents.len();
        for (document, number) in documents.zip(1..) {
            some.document(&document);
            if number % DOCUMENTS_A_TEXT == 0 || number == last {
                std::mem::take(&mut some).write(&mut texts);
            }
            let first = part;
            for of in &document.parts {
                lists.add(&of.text, part, first);
                part += 1;
            }
            write_number(part - first, &mut counts);
        }
        let lists = lists.finish(files);
        let mut marks = String::with_capacity((lists.len() + 1) * mark::LENGTH + texts.len());
        lists.iter().for_each(|list| Mark::of(list).write(&mut marks));
        marks.push_str(&texts);
        let head = format!("hyokaSearch.head({});\n", json!([files, DOCUMENTS_A_TEXT, counts, sections, marks]));
        let mut mark = String::new();
        Mark::of(&head).write(&mut mark);
        Self { head, mark, files: lists }
    }

    pub fn head(&self) -> &str {
        &self.head
    }

    /// Of the head, and so of all that the index holds.
    pub fn mark(&self) -> &str {
        &self.mark
    }

    /// How often it is asked for: for the page that searches, for the head and for the lists.
    fn files(&self) -> usize {
        2 + self.files.len()
    }

    /// The file of lists with this number.
    pub fn file(&self, number: usize) -> Option<String> {
        let lists = self.files.get(number)?;
        let mut mark = String::new();
        Mark::of(lists).write(&mut mark);
        // Terms, numbers and marks hold neither quotes nor backslashes.
        Some(format!("hyokaSearch.lists({number},\"{lists}\",\"{mark}\");\n"))
    }
}

/// The file of what can be found of some documents, the first of which has this number.
pub fn texts(first: usize, documents: &[Document<'_>]) -> String {
    let mut mark = Mark::default();
    documents.iter().for_each(|document| mark.document(document));
    let mut marked = String::new();
    mark.write(&mut marked);
    let documents: Vec<_> = documents.iter().map(|of| Text(&of.href, &of.parts, &of.marks)).collect();
    // What is written holds strings and numbers alone, which JSON has room for.
    let json = serde_json::to_string(&(first, documents, marked)).unwrap_or_default();
    ["hyokaSearch.texts(", &json, ");\n"].concat()
}

/// A document as the script takes it.
#[derive(Serialize)]
struct Text<'d>(&'d str, &'d [Part<'d>], &'d [String]);
