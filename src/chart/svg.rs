//! The text of an SVG: escaping, lengths in tenths, the root element with what it says of itself.

use super::{Caption, Said};

/// Where the picture will stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Setting<'a> {
    /// Inside an HTML page, whose style sheet holds the charts' rules.
    Page,
    /// In a file of its own, with these rules.
    File(&'a str),
}

/// A place of the picture, in tenths of a unit from the upper left corner.
pub(crate) type Spot = (i32, i32);

/// An `<svg>` element being written, or a piece of a page with small ones in it. All lengths are in tenths of a unit of
/// their viewBox.
#[derive(Debug)]
pub(crate) struct Svg {
    out: String,
}

impl Svg {
    pub(crate) fn open(kind: &str, size: Spot, caption: &Caption, setting: Setting<'_>) -> Self {
        Self::open_as("img", kind, size, caption, setting)
    }

    /// The same with links in it: it is no single image then.
    pub(crate) fn open_with_links(kind: &str, size: Spot, caption: &Caption, setting: Setting<'_>) -> Self {
        Self::open_as("group", kind, size, caption, setting)
    }

    fn open_as(role: &str, kind: &str, size: Spot, caption: &Caption, setting: Setting<'_>) -> Self {
        let mut svg = Self { out: String::with_capacity(4096) };
        svg.push("<svg");
        if let Setting::File(_) = setting {
            svg.push(" xmlns=\"http://www.w3.org/2000/svg\"");
            svg.length("width", size.0);
            svg.length("height", size.1);
            svg.attribute_unless_empty("xml:lang", &caption.language);
        }
        svg.attribute_of("class", &["hc hc-", kind]);
        svg.push(" viewBox=\"0 0 ");
        svg.tenths(size.0);
        svg.push(" ");
        svg.tenths(size.1);
        svg.push("\"");
        if let Setting::File(_) = setting {
            // In a page the style sheet says so.
            svg.push(" font-size=\"13\" text-anchor=\"middle\"");
        }
        svg.attribute_unless_empty("lang", &caption.language);
        svg.attribute("role", role);
        let id: String = caption.id.chars().map(|char| if char.is_whitespace() { '-' } else { char }).collect();
        svg.say(&id, caption);
        if let Setting::File(stylesheet) = setting {
            svg.push("<style>");
            svg.text(stylesheet);
            svg.push("</style>");
        }
        svg
    }

    /// A piece of a page: what is written is all there is.
    pub(crate) fn within_page() -> Self {
        Self { out: String::with_capacity(4096) }
    }

    pub(crate) fn close(mut self) -> String {
        self.push("</svg>");
        self.out
    }

    /// What was written within a page.
    pub(crate) fn markup(self) -> String {
        self.out
    }

    /// Markup as it stands.
    pub(crate) fn push(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// Text, escaped; what XML forbids becomes U+FFFD.
    pub(crate) fn text(&mut self, text: &str) {
        // Of what is longer than a byte only that which begins with one of these two may be forbidden.
        let may_differ = |byte: u8| matches!(byte, 0..=0x1F | b'&' | b'<' | b'>' | b'"' | 0x7F | 0xC2 | 0xEF);
        if !text.bytes().any(may_differ) {
            self.out.push_str(text);
            return;
        }
        for char in text.chars() {
            match escape(char) {
                Some(written) => self.out.push_str(written),
                None => self.out.push(char),
            }
        }
    }

    pub(crate) fn attribute(&mut self, name: &str, value: &str) {
        self.attribute_of(name, &[value]);
    }

    /// An attribute whose value is these texts one after another.
    fn attribute_of(&mut self, name: &str, values: &[&str]) {
        self.push(" ");
        self.push(name);
        self.push("=\"");
        values.iter().for_each(|value| self.text(value));
        self.push("\"");
    }

    pub(crate) fn attribute_unless_empty(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.attribute(name, value);
        }
    }

    pub(crate) fn length(&mut self, name: &str, tenths: i32) {
        self.push(" ");
        self.push(name);
        self.push("=\"");
        self.tenths(tenths);
        self.push("\"");
    }

    /// A length with at most one decimal, by integer arithmetic alone.
    pub(crate) fn tenths(&mut self, tenths: i32) {
        if tenths < 0 {
            self.out.push('-');
        }
        let tenths = tenths.unsigned_abs();
        self.whole(tenths / 10);
        if !tenths.is_multiple_of(10) {
            self.out.push('.');
            self.whole(tenths % 10);
        }
    }

    fn whole(&mut self, number: u32) {
        if number >= 10 {
            self.whole(number / 10);
        }
        self.out.push(char::from(b'0' + (number % 10) as u8));
    }

    /// One or more straight lines through the points, as path data.
    pub(crate) fn path_data(&mut self, points: impl IntoIterator<Item = Spot>) {
        let mut before: Option<(Spot, &str)> = None;
        for (x, y) in points {
            // Behind M, H and V another command must say that a line goes on in both directions.
            let command = match before {
                None => "M",
                Some(((_, at), _)) if at == y => "H",
                Some(((at, _), _)) if at == x => "V",
                Some((_, "M" | "L")) => " ",
                Some(_) => "L",
            };
            self.push(command);
            if command != "V" {
                self.tenths(x);
            }
            if command != "V" && command != "H" {
                self.push(" ");
            }
            if command != "H" {
                self.tenths(y);
            }
            before = Some(((x, y), if command == " " { "L" } else { command }));
        }
    }

    /// A text at its baseline, or nothing where it is empty. `attributes` is markup: a class, another anchor.
    pub(crate) fn label(&mut self, attributes: &str, at: Spot, text: &str) {
        self.label_in("", attributes, at, text);
    }

    /// The same in a language that is not the picture's; empty where it is.
    pub(crate) fn label_in(&mut self, language: &str, attributes: &str, at: Spot, text: &str) {
        if text.is_empty() {
            return;
        }
        self.push("<text");
        self.push(attributes);
        self.attribute_unless_empty("lang", language);
        self.length("x", at.0);
        self.length("y", at.1);
        self.push(">");
        self.text(text);
        self.push("</text>");
    }

    /// Opens a group around one figure's mark: what pointing at it says, and where the figure stands in the sources.
    pub(crate) fn open_mark(&mut self, class: &str, hint: &Said, address: &str) {
        self.push("<g");
        self.attribute("class", class);
        self.attribute_unless_empty("data-address", address);
        self.push(">");
        self.title(hint);
    }

    pub(crate) fn close_mark(&mut self) {
        self.push("</g>");
    }

    pub(crate) fn title(&mut self, title: &Said) {
        if !title.is_empty() {
            self.push("<title");
            self.attribute_unless_empty("lang", &title.language);
            self.push(">");
            self.text(title);
            self.push("</title>");
        }
    }

    /// Ends the root's start tag, then title and description, each referred to by its id.
    fn say(&mut self, id: &str, caption: &Caption) {
        if id.is_empty() {
            self.attribute_unless_empty("aria-label", &caption.title);
            self.push(">");
            self.title(&caption.title);
            return;
        }
        for (attribute, suffix, words) in
            [("aria-labelledby", "-title", &caption.title), ("aria-describedby", "-desc", &caption.desc)]
        {
            if !words.is_empty() {
                self.attribute_of(attribute, &[id, suffix]);
            }
        }
        self.push(">");
        for (element, suffix, words) in [("title", "-title", &caption.title), ("desc", "-desc", &caption.desc)] {
            if !words.is_empty() {
                self.push("<");
                self.push(element);
                self.attribute_of("id", &[id, suffix]);
                self.attribute_unless_empty("lang", &words.language);
                self.push(">");
                self.text(words);
                self.push("</");
                self.push(element);
                self.push(">");
            }
        }
    }
}

/// What is written for a character that cannot stand in SVG as it is.
fn escape(char: char) -> Option<&'static str> {
    match char {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\t' | '\n' | '\r' => Some(" "),
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}' => Some("\u{FFFD}"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Svg)) -> String {
        let mut svg = Svg { out: String::new() };
        write(&mut svg);
        svg.out
    }

    #[test]
    fn a_length_has_one_decimal_at_most_and_no_trailing_zero() {
        assert_eq!(written(|svg| svg.tenths(1200)), "120");
        assert_eq!(written(|svg| svg.tenths(5)), "0.5");
        assert_eq!(written(|svg| svg.tenths(-1)), "-0.1");
        assert_eq!(written(|svg| svg.tenths(i32::MIN)), "-214748364.8");
    }

    #[test]
    fn text_cannot_leave_its_element_and_forbidden_characters_are_replaced() {
        assert_eq!(written(|svg| svg.text("<a&\"b\">\u{1}\n")), "&lt;a&amp;&quot;b&quot;&gt;\u{FFFD} ");
    }

    #[test]
    fn a_chart_without_an_id_still_says_its_title() {
        let caption = Caption { title: "人数".into(), ..Caption::default() };
        let svg = Svg::open("spark", (960, 240), &caption, Setting::Page).close();
        assert!(svg.contains("aria-label=\"人数\""));
        assert!(!svg.contains("id="));
    }

    #[test]
    fn an_id_with_spaces_still_names_one_element() {
        let caption = Caption { id: "a b".into(), title: "人数".into(), ..Caption::default() };
        let svg = Svg::open("spark", (960, 240), &caption, Setting::Page).close();
        assert!(svg.contains("aria-labelledby=\"a-b-title\"") && svg.contains("<title id=\"a-b-title\">"));
    }
}
