//! The site: every route, and one pure function that renders a route.

pub mod markdown;
