//! The preview: watches the sources, keeps the last site that could be made, and shows it to a browser.
//!
//! A round ([`preview::Shown`]) is what one look at the sources gave: the last good site and what is wrong now. Rounds
//! are made by the watcher's loop and shown by the server; [`preview::Preview`] between them is the program's only lock.
//! A route is rendered when a browser asks for it, by [`crate::site::Site::render`], as in every build.

pub mod preview;
pub mod rounds;
pub mod server;
pub mod watcher;
