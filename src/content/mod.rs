//! Content: from the bytes of content/ to the portal they mean; every problem is told with its place.

pub mod figure;
pub mod rules;
