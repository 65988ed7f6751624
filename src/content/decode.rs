//! Bytes to text: UTF-8, with or without a byte order mark; other encodings are recognised and named.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Message, Place};
use crate::model::At;

/// The text of a file without its byte order mark.
///
/// # Errors
/// The diagnostic where the bytes are not UTF-8, at the first that is not.
pub fn text<'b>(file: &Arc<str>, bytes: &'b [u8]) -> Result<&'b str, Box<Diagnostic>> {
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(refuse(file, first_character(), "UTF-16"));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if text.len() > 1 && text.bytes().take(200).filter(|b| *b == 0).count() * 3 > text.len().min(200) => {
            Err(refuse(file, first_character(), "UTF-16"))
        }
        Ok(text) => Ok(text),
        Err(error) => {
            let encoding = if is_shift_jis(bytes) { "Shift_JIS" } else { "" };
            Err(refuse(file, place_after(bytes, error.valid_up_to()), encoding))
        }
    }
}

fn first_character() -> At {
    At { line: 1, column: 1, length: 1 }
}

fn place_after(bytes: &[u8], valid: usize) -> At {
    let before = bytes.get(..valid).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let narrow = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    At { line: narrow(line), column: narrow(column), length: 1 }
}

fn refuse(file: &Arc<str>, at: At, encoding: &str) -> Box<Diagnostic> {
    let message = if encoding.is_empty() {
        Message::new("UTF-8として読めないバイトがあります", "the file is not UTF-8")
    } else {
        Message::new(
            format!("ファイルがUTF-8ではなく{encoding}のようです"),
            format!("the file seems to be {encoding}, not UTF-8"),
        )
    };
    let place = Place { file: file.clone(), at };
    Box::new(Diagnostic::new(Code::UndecodableBytes, place, message).help(
        "UTF-8で保存し直してください (メモ帳では「名前を付けて保存」の「エンコード」で選べます)",
        "save it again as UTF-8 (in Notepad: `Save as`, `Encoding`)",
    ))
}

/// Whether every byte fits Shift_JIS (JIS X 0208 in two bytes, half-width katakana, ASCII), and one is beyond ASCII.
fn is_shift_jis(bytes: &[u8]) -> bool {
    let mut rest = bytes.iter();
    let mut wide = 0_usize;
    while let Some(byte) = rest.next() {
        match byte {
            0x00..=0x7F => {}
            0xA1..=0xDF => wide += 1,
            0x81..=0x9F | 0xE0..=0xFC => match rest.next() {
                Some(0x40..=0x7E | 0x80..=0xFC) => wide += 1,
                _ => return false,
            },
            _ => return false,
        }
    }
    wide > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(bytes: &[u8]) -> (String, At) {
        let diagnostic = text(&"content/portal.yaml".into(), bytes).expect_err("not UTF-8");
        assert_eq!(diagnostic.code, Code::UndecodableBytes);
        (diagnostic.message.ja.into_owned(), diagnostic.place.at)
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        assert_eq!(text(&"f".into(), "\u{feff}title: 題".as_bytes()).ok(), Some("title: 題"));
    }

    #[test]
    fn shift_jis_is_named_at_its_first_character() {
        // name: 産業
        let (message, at) = refusal(b"id: a\nname: \x8e\x59\x8b\xc6\n");
        assert!(message.contains("Shift_JIS"), "{message}");
        assert_eq!((at.line, at.column), (2, 7));
    }

    #[test]
    fn utf_16_is_named_with_and_without_its_mark() {
        let utf_16: Vec<u8> = "title: 行政評価\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(refusal(&[&[0xFF, 0xFE], utf_16.as_slice()].concat()).0.contains("UTF-16"));
        let ascii: Vec<u8> = "title: portal\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(refusal(&ascii).0.contains("UTF-16"));
    }

    #[test]
    fn other_bytes_are_refused_without_a_guess() {
        let (message, _) = refusal(b"a: \xff\xff");
        assert!(message.contains("UTF-8") && !message.contains("Shift_JIS"), "{message}");
    }
}
