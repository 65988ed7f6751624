//! Where a policy came from and where it went: the sentences of its page, the ways to its other editions, and the page in
//! its place where another took it over.

use crate::model::{Share, Sheet};
use crate::site::route::{Target, canonical, language_prefix};
use crate::site::views::context::PageContext;
use crate::site::views::maturity::Maturity;
use crate::site::views::page::{About, Link, Page, edition_crumb, page};
use crate::theme::Html;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One of the sheets of a policy and of those before and after it.
#[derive(Debug, Serialize)]
pub struct YearChoice {
    pub text: Html,
    pub href: String,
    pub current: bool,
}

/// The page at the address that a policy would have in an edition in which others took it over.
#[derive(Debug, Serialize)]
pub struct MovedView {
    pub language: String,
    pub page: Page,
    /// Of the policy, as its last sheet has it.
    pub name: Html,
    pub year: String,
    pub lead: Html,
    /// Where a browser is sent on to; `None` where there are several to choose from.
    pub refresh: Option<String>,
    pub after: Vec<Link>,
    pub before: Vec<YearChoice>,
}

/// The page in place of the policy `id`; `None` where nothing took it over.
pub fn moved(context: &PageContext<'_>, id: &str) -> Option<MovedView> {
    let year = context.edition_year();
    let portal = context.portal;
    let last = portal.policy(id)?.before(year).last()?;
    let became = portal.became(id, year);
    if became.is_empty() {
        return None;
    }
    let short = context.printer().short_year(year);
    let withheld = became.iter().any(|sheet| portal.withheld(sheet).is_some());
    let title = ("name", &context.words(&last.name));
    let about = About {
        title: context.labels.fill_words("policy.title", &[(title.0, title.1), ("year", &short)]),
        description: context.labels.fill(
            if portal.became_in_part(id, year) {
                "lineage.moved-description-part"
            } else {
                "lineage.moved-description"
            },
            &[("year", &short)],
        ),
        breadcrumbs: vec![edition_crumb(context)],
        maturity: if withheld { Maturity::DraftsAmong } else { Maturity::Public },
    };
    let mut page = page(context, about);
    let mut refresh = None;
    let in_part = portal.became_in_part(id, year);
    // Where only a part is known, nobody is sent on: there may be more to it.
    if let [only] = became.as_slice()
        && !in_part
    {
        let target = Target::Policy(year, &only.policy);
        refresh = Some(context.links.to(target));
        page.alternates = Vec::new();
        let path = target.path(&language_prefix(context.language, portal.first_language()));
        page.canonical = portal.base_url.as_deref().map(|base| canonical(base, &path));
    }
    let names = context.names(became.iter().map(|sheet| &***sheet));
    let own = portal.policy(id)?.before(year).iter().rev();
    Some(MovedView {
        language: context.language.code().to_owned(),
        page,
        name: context.policy_name(last),
        year: context.printer().year(year),
        lead: context.labels.fill_html(
            if in_part { "lineage.moved-lead-part" } else { "lineage.moved-lead" },
            &[("year", &short), ("names", names.as_str())],
        ),
        refresh,
        after: became.iter().map(|sheet| context.policy_link(sheet)).collect(),
        before: own.map(|sheet| context.year_choice(sheet, id, None)).collect(),
    })
}

impl<'a> PageContext<'a> {
    /// What the sheet says of the policies before it and of its end; then, as a way to the later editions, what became of
    /// it. A book has the sheets of its edition alone.
    pub(super) fn lineage(&self, sheet: &Sheet) -> Vec<Html> {
        let mut sentences = Vec::new();
        self.came_from(sheet, &mut sentences);
        if let Some(end) = self.portal.end_of(sheet) {
            let year = self.printer().short_year(end.year);
            // No later edition is there to be without it.
            let key = if end.year > self.latest_year() { "lineage.ends" } else { "lineage.ended" };
            sentences.push(self.with_note(key, &[("year", &year)], end.note.as_ref()));
        }
        if !self.is_in_book() {
            self.went_to(sheet, &mut sentences);
        }
        sentences
    }

    /// Of a policy that no earlier edition has, under any id: that it is new. In the first edition everything is.
    pub(super) fn new_since(&self, sheet: &Sheet) -> Option<Html> {
        let is_new = self.has_edition_before(sheet.year) && self.portal.earlier(sheet).is_empty();
        is_new.then(|| self.sentence("lineage.new", &[("year", &self.printer().short_year(sheet.year))]))
    }

    fn came_from(&self, sheet: &Sheet, sentences: &mut Vec<Html>) {
        let portal = self.portal;
        let mut groups: BTreeMap<_, Vec<&Sheet>> = BTreeMap::new();
        for (before, share) in portal.predecessors(sheet) {
            let whole = |of: &&crate::model::Succession| of.share == Share::Whole && of.year == sheet.year;
            let key = match share {
                Share::Part => "lineage.from-part",
                Share::Whole if portal.lineage.after(&before.policy).iter().filter(whole).count() > 1 => {
                    "lineage.from-split"
                }
                Share::Whole => "lineage.from",
            };
            groups.entry((before.year, key)).or_default().push(before);
        }
        for ((year, key), sheets) in groups {
            let key = if key == "lineage.from" && sheets.len() > 1 { "lineage.from-merged" } else { key };
            sentences.push(self.of_others(key, &self.printer().short_year(year), sheets.into_iter()));
        }
    }

    /// What a later sheet says of this one: it changes nothing here, and is only pointed to.
    fn went_to(&self, sheet: &Sheet, sentences: &mut Vec<Html>) {
        let portal = self.portal;
        let mut groups: BTreeMap<_, Vec<&Sheet>> = BTreeMap::new();
        for of in portal.lineage.after(&sheet.policy).iter().filter(|of| of.from == sheet.year) {
            let successor = portal.policy(&of.successor).and_then(|policy| policy.sheet(of.year));
            groups.entry((of.year, of.share)).or_default().extend(successor.map(AsRef::as_ref));
        }
        for ((year, share), sheets) in groups {
            let key = match (share, sheets.as_slice()) {
                (Share::Part, _) => "lineage.to-part",
                (Share::Whole, [only]) if portal.predecessors(only).count() > 1 => "lineage.to-merged",
                (Share::Whole, [_]) => "lineage.to",
                (Share::Whole, _) => "lineage.to-split",
            };
            sentences.push(self.of_others(key, &self.printer().short_year(year), sheets.into_iter()));
        }
    }

    fn of_others<'s>(&self, key: &str, year: &str, sheets: impl Iterator<Item = &'s Sheet>) -> Html {
        self.labels.fill_html(key, &[("year", Html::escape(year).as_str()), ("names", self.names(sheets).as_str())])
    }

    /// `「公園」と「道路」`, each a link.
    pub(super) fn names<'s>(&self, sheets: impl Iterator<Item = &'s Sheet>) -> Html {
        let name = |sheet: &Sheet| {
            let Link { text, href } = self.policy_link(sheet);
            let linked = match self.is_in_book() {
                true => text.as_str().to_owned(),
                false => ["<a href=\"", Html::escape(&href).as_str(), "\">", text.as_str(), "</a>"].concat(),
            };
            self.labels.fill_html("lineage.name", &[("name", &linked)]).as_str().to_owned()
        };
        let names: Vec<_> = sheets.map(name).collect();
        Html::new(&names.join(Html::escape(self.word("lineage.and")).as_str()))
    }

    /// The sheets of a policy in all years, with those that it came from and that took it over; empty where there is only
    /// one.
    pub(super) fn years_of(&self, sheet: &Sheet) -> Vec<YearChoice> {
        let portal = self.portal;
        let own = portal.policy(&sheet.policy).map(|policy| policy.sheets.as_slice()).unwrap_or_default();
        let mut sheets: Vec<Arc<Sheet>> = own.to_vec();
        if !portal.lineage.is_empty() {
            sheets.extend(portal.earlier(sheet).iter().filter(|of| of.policy != sheet.policy).cloned());
            sheets.extend(self.later_of(sheet));
        }
        if sheets.len() < 2 {
            return Vec::new();
        }
        sheets.sort_by(|a, b| (b.year, a.policy != sheet.policy).cmp(&(a.year, b.policy != sheet.policy)));
        sheets.iter().map(|of| self.year_choice(of, &sheet.policy, Some(sheet))).collect()
    }

    fn later_of(&self, sheet: &Sheet) -> Vec<Arc<Sheet>> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::from([&*sheet.policy]);
        let mut next = vec![&*sheet.policy];
        while let Some(id) = next.pop() {
            for of in self.portal.lineage.after(id).iter().filter(|of| of.year > sheet.year) {
                if seen.insert(&of.successor) {
                    let policy = self.portal.policy(&of.successor);
                    let sheets = policy.into_iter().flat_map(|policy| &policy.sheets);
                    found.extend(sheets.filter(|sheet| sheet.year >= of.year).cloned());
                    next.push(&of.successor);
                }
            }
        }
        found
    }

    /// The year, and where it is another policy than `id` its name.
    pub(super) fn year_or_policy(&self, sheet: &Sheet, id: &str) -> Html {
        let year = self.year_of_sheet(sheet);
        match *sheet.policy == *id {
            true => Html::escape(&year),
            false => self.labels.fill_html(
                "lineage.moved",
                &[("year", Html::escape(&year).as_str()), ("name", self.words(&sheet.name).html().as_str())],
            ),
        }
    }

    fn year_choice(&self, sheet: &Sheet, id: &str, current: Option<&Sheet>) -> YearChoice {
        YearChoice {
            text: self.year_or_policy(sheet, id),
            href: self.links.to(Target::Policy(sheet.year, &sheet.policy)),
            current: current.is_some_and(|current| (current.year, &current.policy) == (sheet.year, &sheet.policy)),
        }
    }

    /// Where the policy `id` is found in the edition of `year`: under its own id, under that of what took it over, or
    /// under that of what it came from.
    pub(super) fn policy_in_edition(&self, id: &'a str, year: crate::model::FiscalYear) -> Option<Target<'a>> {
        let portal = self.portal;
        let policy = portal.policy(id)?;
        if policy.sheet(year).is_some() {
            return Some(Target::Policy(year, id));
        }
        if portal.lineage.is_empty() {
            return None;
        }
        match portal.became(id, year).as_slice() {
            [] => {}
            [only] if !portal.became_in_part(id, year) => return Some(Target::Policy(year, &only.policy)),
            _ => return Some(Target::Moved(year, id)),
        }
        let next = policy.sheets.iter().find(|sheet| sheet.year > year)?;
        portal.was(next, year).first().map(|before| Target::Policy(year, &before.policy))
    }

    fn is_in_book(&self) -> bool {
        self.deeper > 0
    }
}
