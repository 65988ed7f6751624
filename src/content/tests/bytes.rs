//! Whatever the bytes are, loading them ends, in order, and says the same again.

use super::*;
use proptest::prelude::*;

const SHEET: &str = "number: 5\narea: industry\nname: &n 産業\nvision: |\n  長い文\n  続き # 文の一部\nindicators:\n  - id: a\n    name: \"指標\"\n    unit: 人\n    baseline: {year: 2022, value: 446}\n    actuals: {2024: 628, 2023: \"1,046\"}\n    <<: {direction: increase}\nprojects: ['事業', *n]\n";

fn load_bytes(portal: &[u8], sheet: &[u8]) -> Report {
    let mut report = Report::default();
    let files = vec![TextFile::new("portal.yaml", portal), TextFile::new("2024/industry.yaml", sheet)];
    let stopped = load(files, &BTreeSet::new(), &mut Kept::default(), &mut report).is_err();
    assert_eq!(stopped, report.go_on().is_err());
    report
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_sheet_changed_anywhere_is_read_or_refused(changes in prop::collection::vec((0..400_usize, any::<u8>()), 1..6)) {
        let mut bytes = SHEET.as_bytes().to_vec();
        for (at, byte) in changes {
            let at = at % bytes.len();
            match byte % 4 {
                0 => { bytes.remove(at); }
                1 => bytes.insert(at, byte),
                2 => bytes.insert(at, *b":-#{}[],&*!|>'\"%@ \n\t".get(usize::from(byte) % 20).unwrap_or(&b' ')),
                _ => if let Some(b) = bytes.get_mut(at) { *b = byte },
            }
        }
        let first: Vec<_> = load_bytes(PORTAL.as_bytes(), &bytes).iter().cloned().collect();
        let second: Vec<_> = load_bytes(PORTAL.as_bytes(), &bytes).iter().cloned().collect();
        prop_assert_eq!(first, second);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[-:#{}\\[\\],&*!|>'\"%@ \n\ta-c0-9：　年度人]{0,60}") {
        load_bytes(text.as_bytes(), text.as_bytes());
    }

    #[test]
    fn every_caret_stands_inside_its_line(text in "[-:#{}\\[\\],'\" \na-c0-9：　人]{0,60}") {
        let report = load_bytes(PORTAL.as_bytes(), text.as_bytes());
        for diagnostic in report.iter().filter(|d| d.place.file.ends_with("industry.yaml") && d.excerpt.is_some()) {
            let line = diagnostic.excerpt.as_deref().unwrap_or_default();
            let at = diagnostic.place.at;
            prop_assert!(at.column as usize <= line.chars().count() + 1, "{:?} {:?}", line, at);
        }
    }
}

#[test]
fn nesting_without_end_is_refused_at_its_place() {
    for open in ["[", "{a: ", "- ", "? "] {
        let report = load_bytes(PORTAL.as_bytes(), format!("name: x\nvision: {}", open.repeat(20_000)).as_bytes());
        assert!(report.iter().any(|d| d.code == Code::InvalidYaml), "{open}");
    }
}

#[test]
fn depth_is_counted_over_lists_brackets_and_aliases_together() {
    let mixed = format!("name: x\nvision:\n  {}{}1{}\n", "- ".repeat(30), "[".repeat(30), "]".repeat(30));
    let nested = |inner: &str| format!("{}{inner}{}", "[".repeat(30), "]".repeat(30));
    let aliased = format!("name: &a {}\nvision: {}\n", nested("1"), nested("*a"));
    for text in [mixed, aliased] {
        let report = load_bytes(PORTAL.as_bytes(), text.as_bytes());
        assert!(report.iter().any(|d| d.code == Code::InvalidYaml && d.message.ja.contains("深すぎます")), "{text}");
    }
}

#[test]
fn a_bomb_of_aliases_is_refused_and_not_unfolded() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..20 {
        let below = level - 1;
        bomb.push_str(&format!("a{level}: &a{level} [{}]\n", vec![format!("*a{below}"); 9].join(", ")));
    }
    let report = load_bytes(PORTAL.as_bytes(), bomb.as_bytes());
    assert!(report.iter().any(|d| d.code == Code::InvalidYaml && d.message.ja.contains("多すぎます")));
}
