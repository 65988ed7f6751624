//! Views: plain structs that hold all that a template may see, and the functions that fill them.
//!
//! A view holds finished words: figures printed with their unit, links made, Markdown rendered, charts drawn. A template
//! only puts them in their places.

mod area;
mod book;
mod changes;
mod chart_files;
mod compare;
mod context;
mod data;
mod dataset;
mod errata;
mod events;
mod expenditure;
mod figures;
mod history;
mod index;
mod indicator;
mod judgement;
mod lineage;
mod marks;
mod maturity;
mod method;
mod over_years;
mod page;
mod plain;
mod policies;
mod policy;
mod progress;
mod projects;
mod prose;
mod recommendations;
mod revisions;
mod rows;
mod search;
mod sentence;
mod simple;
#[cfg(test)]
mod tests;
mod thread;
mod workings;
mod years_table;

pub use area::{AreaView, area};
pub use book::{BOOK_SHEETS, BookAreaView, BookView, book, book_area};
pub use changes::{ChangesView, changes};
pub use chart_files::chart_files;
pub use compare::{CompareView, compare};
pub use context::{PageContext, Samples, SiteContext};
pub use data::{DataFileEntry, DataView, data};
pub use errata::{RevisionsView, entries as revised_entries, revisions};
pub use index::{IndexView, index};
pub use lineage::{MovedView, moved};
pub use marks::mark_shape;
pub use page::{Link, Page};
pub use policy::{PolicyView, policy};
pub use recommendations::{RecommendationsView, recommendations};
pub use rows::Rows;
pub use search::{Document, Part, SearchView, Section, found_in_page, found_in_policy, search};
pub use simple::{FreePageView, NotFoundView, free_page, not_found};
