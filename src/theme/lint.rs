//! What a template must not do, found when the theme loads.
//!
//! Figures are computed once for page, chart and CSV, so a template computes nothing. Every URL comes from the site's
//! routes, so that links can be checked and pages work from any folder. Ids come from a view, or stand once in the
//! template. HTML comes from a view as HTML. A name that does not exist must never be printed as nothing.

use std::collections::BTreeSet;
use std::ops::Range;

use super::labels::{Labels, Languages};
use super::markup::{self, Attribute, Piece};
use super::scan::{self, Tag, TagKind, Token, place_of};
use super::templates::Source;
use crate::diagnostic::{Code, Diagnostic, Message, Place, Report};

/// Reports everything a template does that it must not.
pub(super) fn check(source: &Source, languages: &Languages, report: &mut Report) {
    let tags = scan::tags(&source.text);
    let mut lint = Lint { source, tags: &tags, report };
    for tag in tags.iter().filter(|tag| matches!(tag.kind, TagKind::Expression | TagKind::Statement)) {
        let inner = scan::inner(&source.text, tag);
        let skipped = if tag.trims_before == scan::Trim::Trim { 3 } else { 2 };
        let tokens = Tokens { offset: tag.range.start + skipped, list: scan::tokens(inner) };
        lint.safe(&tokens);
        lint.arithmetic(&tokens);
        lint.concatenation(&tokens);
        lint.labels(&tokens, &languages.japanese);
    }
    if source.file.ends_with(".html")
        && let Some(pieces) = markup::pieces(&source.text, &tags)
    {
        lint.urls(&pieces);
        lint.ids(&pieces);
    }
}

/// The words of one template tag, with places in the template.
struct Tokens<'s> {
    offset: usize,
    list: Vec<(usize, Token<'s>)>,
}

impl<'s> Tokens<'s> {
    fn get(&self, index: usize) -> Option<Token<'s>> {
        self.list.get(index).map(|(_, token)| *token)
    }

    fn before(&self, index: usize) -> Option<Token<'s>> {
        index.checked_sub(1).and_then(|index| self.get(index))
    }

    fn range(&self, index: usize) -> Range<usize> {
        let Some((at, token)) = self.list.get(index) else { return self.offset..self.offset };
        let start = self.offset + at;
        match token {
            Token::Name(text) | Token::Number(text) | Token::Sign(text) => start..start + text.len(),
            Token::Text(text) => start..start + text.len() + 2,
        }
    }

    fn iter(&self) -> impl Iterator<Item = (usize, Token<'s>)> {
        self.list.iter().map(|(_, token)| *token).enumerate()
    }

    fn has(&self, wanted: Token<'_>) -> bool {
        self.list.iter().any(|(_, token)| *token == wanted)
    }
}

struct Lint<'a> {
    source: &'a Source,
    tags: &'a [Tag],
    report: &'a mut Report,
}

impl Lint<'_> {
    fn add(&mut self, code: Code, range: Range<usize>, message: Message, help: Message) {
        let place = Place { file: self.source.file.clone(), at: place_of(&self.source.text, range) };
        let diagnostic = Diagnostic::new(code, place, message).excerpt(&self.source.text).help(help.ja, help.en);
        self.report.add(diagnostic);
    }

    fn safe(&mut self, tokens: &Tokens<'_>) {
        for (index, _) in tokens.iter().filter(|(_, token)| *token == Token::Name("safe")) {
            let section = index == 1 && tokens.get(0) == Some(Token::Name("filter"));
            if tokens.before(index) == Some(Token::Sign("|")) || section {
                self.add(
                    Code::TemplateError,
                    tokens.range(index),
                    Message::new("フィルター safe は使えません", "the filter `safe` is not allowed"),
                    Message::new(
                        "HTML はビューが HTML として渡すので、そのまま書けます",
                        "A view hands HTML over as HTML: write the name alone",
                    ),
                );
            }
        }
    }

    fn arithmetic(&mut self, tokens: &Tokens<'_>) {
        for (index, token) in tokens.iter() {
            let Token::Sign(sign @ ("+" | "-" | "*" | "/" | "//" | "%" | "**")) = token else { continue };
            let operand = match tokens.before(index) {
                Some(Token::Name(name)) => !is_keyword(name),
                Some(Token::Number(_) | Token::Text(_)) => true,
                Some(Token::Sign(before)) => matches!(before, ")" | "]" | "}"),
                None => false,
            };
            if operand {
                self.add(
                    Code::TemplateError,
                    tokens.range(index),
                    Message::new(
                        format!("テンプレートの中で計算しています（{sign}）"),
                        format!("the template computes ({sign})"),
                    ),
                    Message::new(
                        "計算した結果をビューから受け取ってください。loop.index は1から、loop.index0 は0から数えます",
                        "take the result from the view; loop.index counts from 1, loop.index0 from 0",
                    ),
                );
            }
        }
    }

    /// `"a" ~ missing` is `a` to Tera. As a label's key that ends in an unknown key; elsewhere nobody would notice.
    fn concatenation(&mut self, tokens: &Tokens<'_>) {
        if tokens.has(Token::Name("label")) {
            return;
        }
        for (index, _) in tokens.iter().filter(|(_, token)| *token == Token::Sign("~")) {
            self.add(
                Code::TemplateError,
                tokens.range(index),
                Message::new(
                    "~ でつなぐと、無い値が空になっても気づけません",
                    "joined by ~, a value that does not exist becomes nothing without an error",
                ),
                Message::new(
                    "{{ a }}{{ b }} のように並べるか、差し込みのある文言にしてください",
                    "write them side by side, as in {{ a }}{{ b }}, or use a label with placeholders",
                ),
            );
        }
    }

    fn labels(&mut self, tokens: &Tokens<'_>, labels: &Labels) {
        for (index, _) in tokens.iter().filter(|(_, token)| *token == Token::Name("label")) {
            if tokens.get(index + 1) == Some(Token::Sign("(")) && tokens.before(index) != Some(Token::Sign("|")) {
                self.label_call(tokens, index + 2, labels);
            } else if tokens.before(index) == Some(Token::Sign("|"))
                && let Some(Token::Text(key)) = index.checked_sub(2).and_then(|at| tokens.get(at))
                && index.checked_sub(3).and_then(|at| tokens.get(at)) != Some(Token::Sign("~"))
                && !labels.knows(key)
            {
                self.unknown_label(tokens.range(index - 2), key, labels);
            }
        }
    }

    /// A call of `label` from behind its parenthesis: a literal key must exist, and its placeholders be given.
    fn label_call(&mut self, tokens: &Tokens<'_>, from: usize, labels: &Labels) {
        let mut depth = 0_usize;
        let mut given = Vec::new();
        let mut key = None;
        for (index, token) in tokens.iter().skip(from) {
            match token {
                Token::Sign("(" | "[" | "{") => depth += 1,
                Token::Sign(")" | "]" | "}") if depth == 0 => break,
                Token::Sign(")" | "]" | "}") => depth -= 1,
                Token::Sign("...") => return,
                Token::Name(name) if depth == 0 && tokens.get(index + 1) == Some(Token::Sign("=")) => {
                    given.push(name);
                    let ends = matches!(tokens.get(index + 3), Some(Token::Sign("," | ")")));
                    if let ("key", Some(Token::Text(text)), true) = (name, tokens.get(index + 2), ends) {
                        key = Some((index + 2, text));
                    }
                }
                _ => {}
            }
        }
        let Some((index, key)) = key else { return };
        let counts = given.contains(&"count");
        let text = if counts { labels.form(key, "2") } else { labels.find(key) };
        let Some(text) = text else { return self.unknown_label(tokens.range(index), key, labels) };
        let missing: Vec<String> = super::labels::placeholders(text)
            .into_iter()
            .filter(|name| !(given.contains(name) || counts && *name == "n"))
            .map(|name| format!("{{{name}}}"))
            .collect();
        if !missing.is_empty() {
            let names = missing.join(" ");
            self.add(
                Code::TemplateError,
                tokens.range(index),
                Message::new(
                    format!("文言 {key} の差し込み {names} に値がありません"),
                    format!("the label {key} needs a value for {names}"),
                ),
                Message::new(format!("文言: 「{text}」"), format!("the label: `{text}`")),
            );
        }
    }

    fn unknown_label(&mut self, range: Range<usize>, key: &str, labels: &Labels) {
        // The word may stand in the file that could not be read: that is told, and enough.
        if !labels.are_whole() {
            return;
        }
        let language = labels.language();
        self.add(
            Code::MissingLabel,
            range,
            Message::new(
                format!("文言 {key} が labels/{language}.yaml にありません"),
                format!("the label {key} is not in labels/{language}.yaml"),
            ),
            match labels.nearest(key) {
                Some(near) => Message::new(format!("{near} のことですか"), format!("did you mean {near}?")),
                None => {
                    let theme = self.source.file.split("/templates/").next().unwrap_or("themes");
                    Message::new(
                        format!("{theme}/labels/{language}.yaml に書き足してください"),
                        format!("add it to {theme}/labels/{language}.yaml"),
                    )
                }
            },
        );
    }

    fn urls(&mut self, pieces: &[Piece]) {
        for attribute in attributes(pieces) {
            let name = self.text(&attribute.name).to_ascii_lowercase();
            if !matches!(name.as_str(), "href" | "src" | "action" | "formaction" | "poster" | "srcset") {
                continue;
            }
            let value = self.text(&attribute.value).trim_start().to_ascii_lowercase();
            if value.starts_with('/') || value.starts_with("http:") || value.starts_with("https:") {
                self.add(
                    Code::TemplateError,
                    attribute.value.clone(),
                    Message::new(
                        "URL がテンプレートに書かれています",
                        "the template makes a URL of its own",
                    ),
                    Message::new(
                        "URL はビューから受け取ってください。リンク切れの検査と、フォルダーに置いたままの表示のためです",
                        "take URLs from the view, so that links are checked and pages work from any folder",
                    ),
                );
            }
        }
    }

    fn ids(&mut self, pieces: &[Piece]) {
        let mut open: Vec<&'static str> = Vec::new();
        let mut once: BTreeSet<String> = BTreeSet::new();
        for piece in pieces {
            match piece {
                Piece::Template(index) => self.follow(*index, &mut open),
                Piece::Start(start) => {
                    for attribute in &start.attributes {
                        if self.text(&attribute.name).eq_ignore_ascii_case("id") {
                            self.id(attribute, &open, &mut once);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Keeps account of the statements that are open.
    fn follow(&self, index: usize, open: &mut Vec<&'static str>) {
        let Some(tag) = self.tags.get(index).filter(|tag| tag.kind == TagKind::Statement) else { return };
        match scan::word(scan::inner(&self.source.text, tag)) {
            "for" => open.push("for"),
            "if" => open.push("if"),
            "component" => open.push("component"),
            "endfor" | "endif" | "endcomponent" => drop(open.pop()),
            _ => {}
        }
    }

    fn id(&mut self, attribute: &Attribute, open: &[&str], once: &mut BTreeSet<String>) {
        let value = self.text(&attribute.value).to_owned();
        let tag = self.tags.iter().find(|tag| attribute.value.contains(&tag.range.start));
        let fault = match tag {
            Some(tag) if tag.range == attribute.value => None,
            Some(_) => {
                Some(Message::new("id がテンプレートで組み立てられています", "the template puts an id together"))
            }
            None if open.contains(&"for") => Some(Message::new(
                format!("id「{value}」は繰り返しの中にあるので、ページに何度も現れます"),
                format!("the id `{value}` stands in a loop, so a page has it more than once"),
            )),
            // Of two alternatives a page has only one.
            None if !open.is_empty() => None,
            None if !once.insert(value.clone()) => Some(Message::new(
                format!("id「{value}」が二度使われています"),
                format!("the id `{value}` is used twice"),
            )),
            None => None,
        };
        if let Some(message) = fault {
            self.add(
                Code::TemplateError,
                attribute.value.clone(),
                message,
                Message::new(
                    "id はビューから受け取るか、テンプレートに一度だけ書いてください",
                    "take the id from the view, or write it once in the template",
                ),
            );
        }
    }

    fn text(&self, range: &Range<usize>) -> &str {
        self.source.text.get(range.clone()).unwrap_or_default()
    }
}

fn attributes(pieces: &[Piece]) -> impl Iterator<Item = &Attribute> {
    let starts = pieces.iter().filter_map(|piece| if let Piece::Start(start) = piece { Some(start) } else { None });
    starts.flat_map(|start| &start.attributes)
}

/// A word before which nothing can be subtracted from.
fn is_keyword(name: &str) -> bool {
    matches!(name, "if" | "elif" | "else" | "and" | "or" | "not" | "in" | "is" | "set" | "set_global" | "for")
}

#[cfg(test)]
mod tests {
    use crate::theme::tests::load;

    /// Line and code of every problem of a page with these words and labels.
    fn found(page: &str) -> Vec<(u32, u32, &'static str)> {
        let labels = "verdict: {behind: 遅れ}\nyear: '{n}年度'\ncount: {other: '{n}件'}";
        let english = "verdict: {behind: Behind}\nyear: 'FY{n}'\ncount: {one: '{n} thing', other: '{n} things'}";
        let files = [
            ("themes/city/templates/page.html", page),
            ("themes/city/labels/ja.yaml", labels),
            ("themes/city/labels/en.yaml", english),
        ];
        let report = load(&files, "city").err().unwrap_or_default();
        report.iter().map(|d| (d.place.at.line, d.place.at.column, d.code.name())).collect()
    }

    #[test]
    fn html_cannot_be_declared_safe() {
        assert_eq!(found("評価 {{ x | safe }}"), [(1, 11, "template-error")]);
        assert_eq!(found("{{ x | trim | safe | trim }}{% filter safe %}{% endfilter %}").len(), 2);
        assert_eq!(found("{{ safe }}{{ x.safe }}"), []);
    }

    #[test]
    fn templates_do_not_compute() {
        assert_eq!(found("{{ a + 1 }}\n{% if a.b * 2 > c %}{% endif %}").len(), 2);
        assert_eq!(found("{% set x = a[0] - 1 %}").len(), 1);
        assert_eq!(found("{{ a[-1] }}{% if a == -1 %}{% endif %}{%- if a -%}{%- endif -%}{{ 'a-b/c' }}"), []);
    }

    #[test]
    fn components_are_not_taken_for_divisions() {
        let page = "{% component Card(name: String) %}<b>{{ name }}</b>{% endcomponent Card %}{{ <Card name={x} /> }}";
        assert_eq!(found(page), []);
    }

    #[test]
    fn a_missing_value_cannot_hide_behind_a_joined_text() {
        assert_eq!(found("{{ 'a' ~ b }}"), [(1, 8, "template-error")]);
        assert_eq!(found("{{ label(key='verdict.' ~ b) }}"), []);
    }

    #[test]
    fn urls_come_from_views() {
        assert_eq!(found("<a href=\"/about\">x</a>\n<img src='https://example.jp/x.png' alt=''>").len(), 2);
        assert_eq!(
            found("<a href=\"{{ url }}\">x</a><a href=\"#main\">y</a><svg xmlns=\"http://www.w3.org/2000/svg\"></svg>"),
            []
        );
    }

    #[test]
    fn ids_come_from_views_or_stand_once() {
        assert_eq!(found("<p id=\"x-{{ n }}\">a</p>"), [(1, 8, "template-error")]);
        assert_eq!(found("{% for a in b %}<p id=\"x\">a</p>{% endfor %}").len(), 1);
        assert_eq!(found("<p id=\"x\">a</p><p id=\"x\">a</p>").len(), 1);
        assert_eq!(found("<p id=\"x\">a</p>{% for a in b %}<p id=\"{{ a.id }}\">a</p>{% endfor %}"), []);
        assert_eq!(found("{% if a %}<p id=\"x\">a</p>{% else %}<p id=\"x\">b</p>{% endif %}"), []);
    }

    #[test]
    fn labels_of_templates_exist_in_every_language_and_get_their_values() {
        assert_eq!(found("{{ label(key=\"verdict.behnd\") }}"), [(1, 14, "missing-label")]);
        assert_eq!(found("{{ label(key=\"year\") }}"), [(1, 14, "template-error")]);
        assert_eq!(found("{{ 'verdict.nothing' | label }}"), [(1, 4, "missing-label")]);
        assert_eq!(
            found("{{ label(key='verdict.behind') }}{{ label(key=\"year\", n=y) }}{{ label(key='count', count=3) }}"),
            []
        );
    }
}
