//! Which parts of which documents hold a term: lists of numbers in few characters.

use super::words::{Term, terms};
use std::collections::BTreeMap;

/// Numbers that a script can read from a text: ascending ones as their differences.
#[derive(Clone, Debug, Default)]
struct List {
    last: u32,
    text: String,
}

/// Digits of the numbers. Each is plain in a string of JavaScript and none is a space or an exclamation mark. The first
/// 64 end a number, the others stand before it.
const DIGITS: &[u8; 90] = b"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}";
const LAST: u32 = 64;
const MORE: u32 = DIGITS.len() as u32 - LAST;

/// Writes a number: the lowest 64th at the end, before it digits of base 26.
pub(super) fn write_number(number: u32, out: &mut String) {
    if number >= LAST {
        write_before(number / LAST, out);
    }
    out.push(digit(number % LAST));
}

fn write_before(number: u32, out: &mut String) {
    if number >= MORE {
        write_before(number / MORE, out);
    }
    out.push(digit(LAST + number % MORE));
}

fn digit(at: u32) -> char {
    DIGITS.get(at as usize).map_or('#', |byte| char::from(*byte))
}

impl List {
    /// Adds a number not below the last; the same again changes nothing.
    fn add(&mut self, number: u32) {
        if self.text.is_empty() || number > self.last {
            write_number(number - self.last, &mut self.text);
            self.last = number;
        }
    }
}

/// The lists of all terms. Pairs, of which there are many, are found by a table of their own: hashes fall where they
/// may, and nothing that is written depends on where.
#[derive(Debug)]
pub(super) struct Lists {
    /// Places in `pairs` by hash, one more than they are; zero where there is none. Never more than half full.
    table: Vec<u32>,
    /// As [`pair_key`] makes the key.
    pairs: Vec<(u64, List)>,
    words: BTreeMap<Box<str>, List>,
    /// Characters by their lowest 16 bits, with one more than the document they were last seen in: most come again and
    /// again.
    seen: Vec<(char, u32)>,
}

/// Two characters as one number; a character alone with none behind it.
fn pair_key(first: char, second: Option<char>) -> u64 {
    u64::from(u32::from(first)) << 21 | second.map_or(0, |c| u64::from(u32::from(c)))
}

fn characters(key: u64) -> [Option<char>; 2] {
    let of = |bits: u64| char::from_u32((bits & 0x1f_ffff) as u32).filter(|c| *c != '\0');
    [of(key >> 21), of(key)]
}

impl Lists {
    pub(super) fn new() -> Self {
        Self { table: vec![0; 1 << 12], pairs: Vec::new(), words: BTreeMap::new(), seen: vec![('\0', 0); 1 << 16] }
    }

    /// Adds a part of a document: `part` is its number, `document` that of the document's first part, which stands for
    /// the whole. Parts come in ascending order.
    pub(super) fn add(&mut self, text: &str, part: u32, document: u32) {
        terms(text, &mut |term| match term {
            Term::Pair(first, second) => self.pair(pair_key(first, Some(second)), part),
            Term::Single(only) => self.single(only, document),
            Term::Word(word) => match self.words.get_mut(word) {
                Some(list) => list.add(part),
                None => self.words.entry(word.into()).or_default().add(part),
            },
        });
    }

    fn single(&mut self, only: char, document: u32) {
        let seen = (only, document + 1);
        match self.seen.get_mut(u32::from(only) as usize & 0xffff) {
            Some(last) if *last == seen => return,
            Some(last) => *last = seen,
            None => {}
        }
        self.pair(pair_key(only, None), document);
    }

    fn pair(&mut self, key: u64, number: u32) {
        let mask = self.table.len() - 1;
        // The high bits of a product depend on all bits of the key (Fibonacci hashing).
        let mut slot = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & mask;
        while let Some(place) = self.table.get(slot).and_then(|place| (*place as usize).checked_sub(1)) {
            match self.pairs.get_mut(place) {
                Some((known, list)) if *known == key => return list.add(number),
                _ => slot = (slot + 1) & mask,
            }
        }
        let mut list = List::default();
        list.add(number);
        self.pairs.push((key, list));
        if let Some(free) = self.table.get_mut(slot) {
            *free = self.pairs.len() as u32;
        }
        if self.pairs.len() * 2 > self.table.len() {
            self.grow();
        }
    }

    fn grow(&mut self) {
        let mask = self.table.len() * 2 - 1;
        self.table = vec![0; mask + 1];
        for ((key, _), place) in self.pairs.iter().zip(1..) {
            let mut slot = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & mask;
            while self.table.get(slot).is_some_and(|taken| *taken != 0) {
                slot = (slot + 1) & mask;
            }
            if let Some(free) = self.table.get_mut(slot) {
                *free = place;
            }
        }
    }

    /// The text of each of so many files, terms with their lists: `減量!0A4 ごみ!#2`.
    pub(super) fn finish(mut self, files: usize) -> Vec<Box<str>> {
        let mut texts = vec![String::new(); files.max(1)];
        let mut tell = |term: Term<'_>, key: &str, list: &List| {
            let Some(out) = texts.get_mut(term.file(files)) else { return };
            if !out.is_empty() {
                out.push(' ');
            }
            [key, "!", &list.text].iter().for_each(|part| out.push_str(part));
        };
        for (word, list) in &self.words {
            tell(Term::Word(word), word, list);
        }
        self.pairs.sort_unstable_by_key(|(key, _)| *key);
        for (key, list) in &self.pairs {
            let (term, name) = match characters(*key) {
                [Some(first), Some(second)] => (Term::Pair(first, second), String::from_iter([first, second])),
                [Some(only), _] => (Term::Single(only), only.to_string()),
                _ => continue,
            };
            tell(term, &name, list);
        }
        texts.into_iter().map(String::into_boxed_str).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the script reads them.
    fn read(text: &str) -> Vec<u32> {
        let mut numbers = Vec::new();
        let (mut before, mut last) = (0, 0);
        for byte in text.bytes() {
            let digit = DIGITS.iter().position(|known| *known == byte).unwrap() as u32;
            if digit >= LAST {
                before = before * MORE + digit - LAST;
            } else {
                last += before * LAST + digit;
                numbers.push(last);
                before = 0;
            }
        }
        numbers
    }

    #[test]
    fn numbers_are_read_as_they_were_written() {
        let numbers = [0, 1, 63, 64, 65, 127, 1663, 1664, 1727, 1728, 50_000, 4_000_000];
        let mut list = List::default();
        numbers.iter().for_each(|number| list.add(*number));
        assert_eq!(read(&list.text), numbers);
        assert!(!list.text.contains(['!', ' ', '"', '\\']));
    }

    #[test]
    fn a_term_lists_its_parts_once_and_a_character_its_document() {
        let mut lists = Lists::new();
        lists.add("ごみ ごみ co2", 3, 3);
        lists.add("水とごみ", 5, 3);
        lists.add("水", 9, 8);
        let files = lists.finish(1);
        let entries: BTreeMap<&str, Vec<u32>> =
            files[0].split(' ').map(|entry| entry.split_once('!').unwrap()).map(|(k, list)| (k, read(list))).collect();
        assert_eq!(entries["ごみ"], [3, 5]);
        assert_eq!(entries["水"], [3, 8]);
        assert_eq!(entries["co2"], [3]);
        assert_eq!(entries["水と"], [5]);
    }

    #[test]
    fn many_terms_are_told_apart_and_fall_into_their_files() {
        let mut lists = Lists::new();
        let characters: Vec<char> = ('一'..='鿿').take(9000).collect();
        for (pair, part) in characters.chunks(2).zip(0..) {
            lists.add(&pair.iter().collect::<String>(), part, part);
        }
        let files = lists.finish(8);
        for (pair, part) in characters.chunks(2).zip(0..) {
            let key: String = pair.iter().collect();
            let file = &files[Term::Pair(pair[0], pair[1]).file(8)];
            let list = file.split(' ').find_map(|entry| entry.strip_prefix(&format!("{key}!"))).unwrap();
            assert_eq!(read(list), [part], "{key}");
        }
    }
}
