//! Publishing: staging folder, swap, manifest, verification.
