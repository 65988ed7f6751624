//! Where the links of a page lead.

/// A link as a page has it.
pub(super) enum Link {
    /// The file below the site's root, and the id in it, empty for the file itself.
    Inner {
        file: String,
        id: String,
    },
    Outside,
}

impl Link {
    /// Resolves a link of the page at `path` (RFC 3986 §5.2, for the relative references that the site makes).
    pub fn read(path: &str, link: &str) -> Self {
        let (file, id) = link.split_once('#').unwrap_or((link, ""));
        let file = file.split('?').next().unwrap_or_default();
        if file.starts_with('/') || file.split('/').next().is_some_and(|first| first.contains(':')) {
            return Self::Outside;
        }
        let id = percent_decoded(id);
        if file.is_empty() {
            return Self::Inner { file: path.to_owned(), id };
        }
        let mut parts: Vec<&str> = path.split('/').collect();
        parts.pop();
        for part in file.split('/') {
            match part {
                "." => {}
                ".." => {
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        Self::Inner { file: percent_decoded(&parts.join("/")), id }
    }
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = (*first == b'%').then(|| tail.get(..2)).flatten().and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
