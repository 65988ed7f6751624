//! hyoka turns the evaluation sheets of a municipality (行政評価シート, YAML) into the portal that is published of them.
//!
//! # The walk
//!
//! Files → [`source::SourceTree`] (one read) → the tree of a file, every value with line and column → [`model::Portal`]
//! (what it means; every id resolves) → [`facts::Facts`] (every number that a reader will see) → [`site::Site`] (every
//! route, and one pure function that renders a route) → bytes → the published folder. Nothing flows back; nothing is
//! filled in later.
//!
//! [`compile::compile`] is the whole program between reading and writing: no file, no clock, no environment.
//! `build` reads, compiles, renders every route in parallel straight into a staging folder, and publishes it; `check`
//! does the same without publishing and examines every page. There is no second way to render.
//!
//! `serve` and `build --watch` walk the same way after every change, in rounds ([`serve::rounds`]). What a file said, and
//! what followed from a policy's sheets, is a value that the next round takes over ([`compile::Kept`]) while what it
//! followed from is the same; a round gives every byte and every problem that a first one would give.
//!
//! [`diagnostic::Stopped`] can only be made by a [`diagnostic::Report`] that holds an error: proof that the reasons are
//! told.
//!
//! # Rooms
//!
//! | room | what it is for |
//! |---|---|
//! | [`model`] | the nouns: fiscal year, reading, indicator, sheet, portal; no format, no file |
//! | [`diagnostic`] | codes, places, messages in two languages, the report |
//! | [`chart`] | plain numbers and words → plotters → SVG |
//! | [`source`] | the only reader of content/ and themes/ |
//! | [`content`] | YAML with places, Japanese and English keys, from file to meaning, rules across sheets |
//! | [`facts`] | rates, verdicts, series, expenditure, editions; derived once, used by page, chart and data alike |
//! | [`draft`] | the only writer of source files |
//! | [`publish`] | staging, swap, manifest; whether a folder is as it was published; packs; differences of published folders |
//! | [`theme`] | templates (made small once, when loaded), labels, assets, inheritance |
//! | [`site`] | routes, views (all that a template may see), data files, feeds, examination |
//! | [`compile`] | the walk |
//! | [`rollover`] | from one fiscal year to the next: the new year's files, from the author's own text |
//! | [`serve`] | the preview: watches, keeps the last good site, shows it to a browser |
//! | [`cli`] | arguments, the terminal (the only printer), one short function a verb |
//!
//! # Layers and nevers
//!
//! Each layer uses only what stands before it: model, diagnostic, markdown, chart, source · content, facts, draft,
//! publish · theme, site · compile · rollover · serve · cli · main. `tests/architecture.rs` keeps this, and these:
//!
//! - model knows no serde, tera, plotters or file; facts know neither content nor pages; chart knows no model and no
//!   theme.
//! - Templates do no arithmetic, make no URL ([`site::route`] makes every one) and declare no text safe.
//! - Up to compile there is no clock, environment, terminal, socket, chance or order of a hash map.
//! - Files are touched in source, draft and publish alone. No globals, no `bool` parameters, no setters, no printing in
//!   the library.
//!
//! # Why things are as they are
//!
//! - Figures are exact decimals from the sheet to the page; templates get them as finished text.
//! - Names and units that nobody translated know their language up to the page ([`theme::Words`]), so that a voice that
//!   reads it aloud can change.
//! - A missing value is never zero: [`model::Reading`] has no number for it, so nothing can count it.
//! - A page carries structural addresses (`2024/industry#exchange/actuals/2024`), not line numbers: a comment added to a
//!   sheet changes no page.
//! - Templates are minified when the theme loads, since minifying finished pages costs more than rendering them.
//! - Links are relative and end in `index.html`, so that a folder works from file://, at a root and under a sub-path.
//! - What an index needs of a policy is summed up once ([`facts::PolicySummary`]); everything else about a policy is
//!   derived when its page is rendered, so memory does not grow with what pages show.
//! - What day it is is asked in one place, in cli, for `--as-of today`. Below it a day is a value; the input digest holds
//!   what the day decides, not the day, so that a daily build changes nothing until a sheet's day comes.
//! - No font of the machine is measured for a chart: no machine decides a byte.
#![forbid(unsafe_code)]
#![warn(missing_debug_implementations)]

pub mod chart;
pub mod cli;
pub mod compile;
pub mod content;
pub mod diagnostic;
pub mod draft;
pub mod facts;
pub mod markdown;
pub mod model;
pub mod publish;
pub mod rollover;
pub mod serve;
pub mod site;
pub mod source;
pub mod theme;
