//! The sheet of the next year, from the text of the last one.

use std::collections::BTreeMap;

use super::edits::{Edits, Filling};
use super::year_key;
use crate::content::keys::{self, Key, Mapping};
use crate::content::yaml::spans::{self, Layout, Piece, Shape, Structure};
use crate::diagnostic::MessageLanguage;
use crate::markdown;
use crate::model::{FiscalYear, Language, Sheet, Text};

/// The text of a sheet that is still to be filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextSheet {
    pub text: String,
    /// How many values of each key were emptied, by the key's English name.
    pub opened: BTreeMap<&'static str, usize>,
    /// Ids of the indicators that ended and are not followed any more.
    pub ended: Vec<String>,
    /// How many recommendations were left out, since nothing is to be done about them any more.
    pub closed: usize,
    pub succession: Succession,
    pub taken: Taken,
}

/// Whether the last sheet says what its policy took over; the next one does not say it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Succession {
    Absent,
    TakenOut,
}

/// How the text was taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// What belongs to the last year is emptied.
    Opened,
    /// As it was, with last year's figures and words: emptying it would break what is written elsewhere in it. The line
    /// is that of the anchor which is in the way.
    Whole { line: Option<usize> },
}

/// What the next sheet is made for.
#[derive(Clone, Debug)]
pub struct Opening {
    pub year: FiscalYear,
    /// Of the comments.
    pub language: MessageLanguage,
    /// The first of the portal's languages.
    pub first: Language,
}

/// The beginning of a text, in one line, to know it by.
pub fn shortened(text: &Text, language: &Language) -> String {
    const LENGTH: usize = 40;
    let plain = markdown::plain(text.get(language));
    let plain: Vec<&str> = plain.split_whitespace().collect();
    let plain = plain.join(" ");
    match plain.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", plain.get(..end).unwrap_or_default()),
        None => plain,
    }
}

/// The next year's text. `sheet` is what `text` says, without its byte order mark. `None` where the text is laid out in a
/// way that cannot be followed. `closed` are the recommendations, counted from 1, about which nothing is to be done any
/// more; portal.yaml may say so, too.
pub fn next(text: &str, sheet: &Sheet, closed: &[usize], opening: &Opening) -> Option<NextSheet> {
    let layout = spans::layout(text)?;
    let of_sheet = (closed.to_vec(), sheet.year);
    let mut walk = Walk { closed_by_now: of_sheet.0, last: of_sheet.1, ..Walk::new(text, &layout, opening) };
    walk.sheet(&layout.root, sheet)?;
    if let Some(line) = walk.broken_anchor(text, &layout) {
        return whole(text, &layout, opening, Some(line));
    }
    walk.status(&layout.root)?;
    let Walk { edits, opened, ended, closed, succession, .. } = walk;
    Some(NextSheet { text: edits.applied()?, opened, ended, closed, succession, taken: Taken::Opened })
}

/// The text as it was, as a draft.
pub fn copied(text: &str, opening: &Opening) -> Option<NextSheet> {
    whole(text, &spans::layout(text)?, opening, None)
}

fn whole(text: &str, layout: &Layout, opening: &Opening, line: Option<usize>) -> Option<NextSheet> {
    let mut walk = Walk::new(text, layout, opening);
    for (key, value) in layout.root.entries() {
        match name(&keys::SHEET, key) {
            Some("publish_on") => walk.open(&layout.root, key, value, None)?,
            Some("successor_of") => walk.take_out_succession(&layout.root, key, value)?,
            _ => {}
        }
    }
    walk.status(&layout.root)?;
    let Walk { edits, opened, ended, closed, succession, .. } = walk;
    Some(NextSheet { text: edits.applied()?, opened, ended, closed, succession, taken: Taken::Whole { line } })
}

fn find(mapping: &'static Mapping, key: &Piece) -> Option<&'static Key> {
    mapping.find(key.text()?.trim()).and_then(|index| mapping.keys.get(index))
}

fn name(mapping: &'static Mapping, key: &Piece) -> Option<&'static str> {
    find(mapping, key).map(|key| key.name)
}

/// What to write at a place that was emptied.
pub fn hint(key: &Key, Opening { year, language, .. }: &Opening) -> String {
    let seldom =
        matches!(key.name, "published_rates" | "attachments" | "publish_on" | "source" | "total_printed_differs");
    match language {
        MessageLanguage::Japanese if seldom => format!("{year}年度の{}があれば書いてください", key.term()),
        MessageLanguage::Japanese => format!("{year}年度の{}を書いてください", key.term()),
        MessageLanguage::English if seldom => format!("fill in `{}` of fiscal {year} if there is any", key.name),
        MessageLanguage::English => format!("fill in `{}` of fiscal {year}", key.name),
    }
}

struct Walk<'t, 'l> {
    edits: Edits<'t>,
    opening: Opening,
    opened: BTreeMap<&'static str, usize>,
    ended: Vec<String>,
    closed: usize,
    /// Recommendations, counted from 1.
    closed_by_now: Vec<usize>,
    /// The year of the sheet that is taken over.
    last: FiscalYear,
    succession: Succession,
    /// The outermost flow list or mapping around the place: a comment has no room in it.
    flow: Option<&'l Piece>,
    /// Where the last one began that a comment stands behind.
    commented: Option<usize>,
}

impl<'t, 'l> Walk<'t, 'l> {
    fn new(text: &'t str, layout: &'l Layout, opening: &Opening) -> Self {
        Self {
            edits: Edits::new(text, &layout.root),
            opening: opening.clone(),
            opened: BTreeMap::new(),
            ended: Vec::new(),
            closed: 0,
            closed_by_now: Vec::new(),
            last: opening.year.previous(),
            succession: Succession::Absent,
            flow: None,
            commented: None,
        }
    }

    fn sheet(&mut self, root: &'l Piece, sheet: &Sheet) -> Option<()> {
        self.within(root, |walk| {
            for (key, value) in root.entries() {
                match name(&keys::SHEET, key) {
                    Some("successor_of") => walk.take_out_succession(root, key, value)?,
                    Some("answers") if walk.asks(root, sheet) => walk.skeleton_in_place_of(key, value, sheet)?,
                    Some("answers") => walk.open(root, key, value, None)?,
                    Some(
                        "achievements" | "challenges" | "grades" | "outlook" | "attachments" | "source" | "publish_on",
                    ) => walk.open(root, key, value, None)?,
                    // Of last year's figures and words, with nothing to be filled in for this year.
                    Some("revisions" | "checked") => walk.take_out(root, key, value)?,
                    Some("recommendations") => walk.recommendations(root, (key, value), sheet)?,
                    Some("indicators") => walk.within(value, |walk| walk.indicators(value, sheet))?,
                    Some("expenditure") => walk.within(value, |walk| walk.money(value))?,
                    Some("projects") => walk.within(value, |walk| walk.projects(value))?,
                    Some("plain") => walk.within(value, |walk| walk.plain(value))?,
                    _ => {}
                }
            }
            let written = |name_of: &str| {
                let found = |(key, _): &&(Piece, Piece)| name(&keys::SHEET, key) == Some(name_of);
                root.entries().iter().find(found)
            };
            match written("challenges") {
                Some((key, value)) if written("answers").is_none() && walk.asks(root, sheet) => {
                    walk.skeleton_behind(key, value, sheet)
                }
                _ => Some(()),
            }
        })
    }

    /// What is still open goes on, as it was; what is closed is told by the sheet that closed it.
    fn recommendations(&mut self, root: &Piece, (key, list): (&Piece, &Piece), sheet: &Sheet) -> Option<()> {
        let Shape::Seq { layout, items } = &list.shape else { return Some(()) };
        let written = items.iter().enumerate().filter(|(_, item)| !item.is_absent());
        let known = written.zip(1..=sheet.recommendations.len());
        let closed: Vec<usize> =
            known.filter(|(_, number)| self.closed_by_now.contains(number)).map(|((index, _), _)| index).collect();
        self.closed = closed.len();
        if closed.len() == sheet.recommendations.len() && self.closed > 0 {
            return self.edits.remove_entry(root, key, list);
        }
        match layout {
            Structure::Block => closed.iter().try_for_each(|index| self.edits.remove_lines(items.get(*index)?)),
            Structure::Flow => self.edits.remove_several_from_flow(items, &closed),
        }
    }

    fn take_out_succession(&mut self, root: &Piece, key: &Piece, value: &Piece) -> Option<()> {
        self.succession = Succession::TakenOut;
        self.edits.remove_entry(root, key, value)
    }

    fn take_out(&mut self, root: &Piece, key: &Piece, value: &Piece) -> Option<()> {
        self.edits.remove_entry(root, key, value)?;
        if matches!(&root.shape, Shape::Map { layout: Structure::Block, .. }) {
            self.edits.remove_comments_above(key);
        }
        Some(())
    }

    /// Whether there are challenges to be answered, and lines to do it in.
    fn asks(&self, root: &Piece, sheet: &Sheet) -> bool {
        let by_lines = matches!(&root.shape, Shape::Map { layout: Structure::Block, .. });
        by_lines && sheet.challenges.iter().any(|of| of.id.is_some())
    }

    /// Last year's challenges, each to be answered: the key, what to do, and the lines below the key.
    fn skeleton(&self, beside: &Piece, sheet: &Sheet) -> (&'static str, String, String) {
        let in_japanese = beside.text().is_some_and(|key| !key.is_ascii());
        let (answers, id_key, state, text) = match in_japanese {
            true => ("課題への対応", "識別子", "結果", "内容"),
            false => ("answers", "id", "state", "text"),
        };
        let words = if in_japanese { "完了・継続・中止" } else { "done, continued, stopped" };
        let before = sheet.year;
        let comment = match self.opening.language {
            MessageLanguage::Japanese => {
                format!("{before}年度の課題がどうなったかを書いてください（{state}: {words}）")
            }
            MessageLanguage::English => {
                format!("say what became of the challenges of fiscal {before} ({state}: {words})")
            }
        };
        let line = format!("{}{}", self.edits.line_break(), self.edits.indent_of(beside.range.start));
        let mut lines = String::new();
        for challenge in &sheet.challenges {
            let Some(id) = &challenge.id else { continue };
            let asked = shortened(&challenge.challenge, &self.opening.first);
            lines += &format!("{line}  - {id_key}: {id}  # {asked}{line}    {state}:{line}    {text}:");
        }
        (answers, comment, lines)
    }

    fn skeleton_behind(&mut self, key: &Piece, value: &Piece, sheet: &Sheet) -> Option<()> {
        let (answers, comment, lines) = self.skeleton(key, sheet);
        let end = self.edits.line_end(key.range.end.max(value.range.end));
        let line = format!("{}{}", self.edits.line_break(), self.edits.indent_of(key.range.start));
        self.edits.replace(end..end, format!("{line}{answers}:  # {comment}{lines}"));
        self.count_answers(sheet)
    }

    fn skeleton_in_place_of(&mut self, key: &Piece, value: &Piece, sheet: &Sheet) -> Option<()> {
        let (_, comment, lines) = self.skeleton(key, sheet);
        self.edits.open(key, value, &Filling { comment, ..Filling::default() })?;
        let end = self.edits.line_end(key.range.end.max(value.range.end));
        self.edits.replace(end..end, lines);
        self.count_answers(sheet)
    }

    fn count_answers(&mut self, sheet: &Sheet) -> Option<()> {
        self.opened.insert("answers", sheet.challenges.iter().filter(|of| of.id.is_some()).count());
        Some(())
    }

    fn indicators(&mut self, list: &'l Piece, sheet: &Sheet) -> Option<()> {
        let Shape::Seq { layout, items } = &list.shape else { return Some(()) };
        for (index, item) in items.iter().enumerate() {
            let id = item.entries().iter().find(|(key, _)| name(&keys::INDICATOR, key) == Some("id"));
            let known = id.and_then(|(_, id)| sheet.indicator(id.text()?.trim()));
            if let Some(indicator) =
                known.filter(|of| of.ended.as_ref().is_some_and(|end| end.year < self.opening.year))
            {
                self.ended.push(indicator.id.to_string());
                match layout {
                    Structure::Block => self.edits.remove_lines(item)?,
                    Structure::Flow => self.edits.remove_from_flow(items, index)?,
                }
                continue;
            }
            self.within(item, |walk| walk.series(item, &keys::INDICATOR))?;
        }
        Some(())
    }

    /// An indicator, or a component of one.
    fn series(&mut self, item: &'l Piece, mapping: &'static Mapping) -> Option<()> {
        for (key, value) in item.entries() {
            match name(mapping, key) {
                Some("actuals" | "published_rates") => {
                    let key_of = find(mapping, key)?;
                    self.open_years(item, key, value, key_of, &[self.opening.year])?;
                }
                Some("components") => self.within(value, |walk| {
                    let Shape::Seq { items, .. } = &value.shape else { return Some(()) };
                    items.iter().try_for_each(|part| walk.within(part, |walk| walk.series(part, &keys::COMPONENT)))
                })?,
                _ => {}
            }
        }
        Some(())
    }

    fn projects(&mut self, list: &'l Piece) -> Option<()> {
        let Shape::Seq { items, .. } = &list.shape else { return Some(()) };
        for item in items {
            self.within(item, |walk| {
                for (key, value) in item.entries() {
                    if name(&keys::PROJECT, key) == Some("expenditure") {
                        walk.within(value, |walk| walk.money(value))?;
                    }
                }
                Some(())
            })?;
        }
        Some(())
    }

    fn plain(&mut self, map: &'l Piece) -> Option<()> {
        let of_the_year = |key| find(&keys::PLAIN, key).filter(|of| of.name != "vision");
        for (key, value) in map.entries() {
            if let Some(of) = of_the_year(key) {
                self.open(map, key, value, Some(of))?;
            }
        }
        Some(())
    }

    fn money(&mut self, map: &'l Piece) -> Option<()> {
        for (key, value) in map.entries() {
            let Some(of) = find(&keys::EXPENDITURE, key) else { continue };
            match of.name {
                "settled" | "budgeted" | "personnel" | "total" => {
                    self.open_years(map, key, value, of, &self.years_of_money(value))?;
                }
                "total_printed_differs" => self.open(map, key, value, Some(of))?,
                _ => {}
            }
        }
        Some(())
    }

    /// The years of which the new sheet is to print amounts: its own, where the last one printed that of its year; the
    /// one after it, where the last one printed that after its own (next year's budget), which the new one knows by that.
    fn years_of_money(&self, value: &Piece) -> Vec<FiscalYear> {
        let keys = value.entries().iter().filter_map(|(key, _)| FiscalYear::parse(key.text()?.trim()));
        let printed: Vec<FiscalYear> = keys.map(|read| read.year).collect();
        let own = [(self.last, self.opening.year), (self.last.next(), self.opening.year.next())];
        let asked = own.iter().filter(|(before, now)| printed.contains(before) && !printed.contains(now));
        let asked: Vec<FiscalYear> = asked.map(|(_, now)| *now).collect();
        if asked.is_empty() { vec![self.opening.year] } else { asked }
    }

    /// Empties values by year, with the new years written as those before.
    fn open_years(
        &mut self,
        map: &'l Piece,
        key: &Piece,
        value: &Piece,
        of: &'static Key,
        years: &[FiscalYear],
    ) -> Option<()> {
        let written = |year: &FiscalYear| match value.entries().last() {
            Some((Piece { shape: Shape::Scalar { text, quote }, .. }, _)) => {
                let quote = quote.map(String::from).unwrap_or_default();
                format!("{quote}{}{quote}", year_key::like(text, *year))
            }
            _ => year.to_string(),
        };
        let written: Vec<String> = years.iter().map(written).collect();
        let by_lines = matches!(&value.shape, Shape::Map { layout: Structure::Block, .. });
        let below = by_lines.then(|| written.iter().map(|year| format!("{year}:")).collect::<Vec<_>>());
        let inline = written.iter().map(|year| format!("{year}: ")).collect::<Vec<_>>().join(", ");
        let comment = hint(of, &Opening { year: *years.first()?, ..self.opening.clone() });
        let filling = Filling { inline: format!("{{{inline}}}"), below: below.unwrap_or_default(), comment };
        self.fill(map, key, value, of, &filling)
    }

    fn open(&mut self, map: &'l Piece, key: &Piece, value: &Piece, of: Option<&'static Key>) -> Option<()> {
        let of = of.or_else(|| find(&keys::SHEET, key))?;
        self.fill(map, key, value, of, &Filling::default())
    }

    fn fill(&mut self, map: &'l Piece, key: &Piece, value: &Piece, of: &'static Key, filling: &Filling) -> Option<()> {
        let comment = match filling.comment.as_str() {
            "" => hint(of, &self.opening),
            comment => comment.to_owned(),
        };
        match &map.shape {
            Shape::Map { layout: Structure::Block, .. } => {
                self.edits.open(key, value, &Filling { comment, ..filling.clone() })?;
            }
            _ => {
                self.edits.open_in_flow(key, value, &filling.inline)?;
                if let Some(flow) = self.flow.filter(|flow| self.commented != Some(flow.range.start)) {
                    self.edits.comment_behind(flow, &comment);
                    self.commented = Some(flow.range.start);
                }
            }
        }
        if !value.is_absent() {
            *self.opened.entry(of.name).or_default() += 1;
        }
        Some(())
    }

    /// Looks at something that may be a flow list or mapping, and the outermost one.
    fn within(&mut self, piece: &'l Piece, look: impl FnOnce(&mut Self) -> Option<()>) -> Option<()> {
        let before = self.flow;
        let is_flow = matches!(
            &piece.shape,
            Shape::Map { layout: Structure::Flow, .. } | Shape::Seq { layout: Structure::Flow, .. }
        );
        self.flow = before.or(is_flow.then_some(piece));
        let done = look(self);
        self.flow = before;
        done
    }

    /// The sheet is a draft until its author says otherwise.
    fn status(&mut self, root: &Piece) -> Option<()> {
        let written = root.entries().iter().find(|(key, _)| name(&keys::SHEET, key) == Some("status"));
        let in_japanese = |key: &Piece| key.text().is_some_and(|text| !text.is_ascii());
        if let Some((key, value)) = written {
            let word = if in_japanese(key) { "下書き" } else { "draft" };
            let colon = self.edits.behind_colon(key)?;
            match value.is_absent() {
                true => self.edits.replace(colon..colon, format!(" {word}")),
                false => self.edits.replace(colon..value.range.end, format!(" {word}")),
            }
            return Some(());
        }
        let (first, _) = root.entries().first()?;
        let any_japanese = root.entries().iter().any(|(key, _)| in_japanese(key));
        let entry = if any_japanese { "状態: 下書き" } else { "status: draft" };
        let year = self.opening.year;
        let comment = match self.opening.language {
            MessageLanguage::Japanese => format!("{year}年度の下書きです。書き終えたらこの行を消すと公開されます"),
            MessageLanguage::English => format!("a draft of fiscal {year}: published once this line is removed"),
        };
        match &root.shape {
            Shape::Map { layout: Structure::Flow, .. } => {
                self.edits.replace(root.range.start + 1..root.range.start + 1, format!("{entry}, "));
            }
            _ => self.edits.line_before(first, &format!("{entry}  # {comment}")),
        }
        Some(())
    }

    /// The line of an anchor that would go while something that stays needs it.
    fn broken_anchor(&self, text: &str, layout: &Layout) -> Option<usize> {
        let goes = |at: usize| self.edits.touched().any(|range| range.contains(&at));
        let (_, anchor) = layout.aliases.iter().find(|(alias, anchor)| goes(*anchor) && !goes(*alias))?;
        Some(text.get(..*anchor)?.matches('\n').count() + 1)
    }
}
