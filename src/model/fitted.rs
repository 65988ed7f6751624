//! Lists of thousands of sheets in blocks of their own size.

/// The same list, in memory that has room for it and for nothing else. `shrink_to_fit` may leave it in the block that it
/// grew into: an allocator is free to.
pub fn fitted<T>(grown: Vec<T>) -> Vec<T> {
    if grown.capacity() == grown.len() {
        return grown;
    }
    let mut fitted = Vec::with_capacity(grown.len());
    fitted.extend(grown);
    fitted
}
