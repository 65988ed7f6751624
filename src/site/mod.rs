//! The site: every route, and one pure function that renders a route.

pub mod inner_link;
pub mod markdown;
pub mod print;
pub mod route;
pub mod views;
