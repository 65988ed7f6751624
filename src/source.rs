//! The only reader of files: content/, themes/.
