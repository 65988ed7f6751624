//! Where policies came from and where they went between two editions: new, renamed, merged, split, ended.

use super::EditionOf;
use crate::model::{End, Policy, Share, Sheet};

/// What became of a policy from one edition to the other.
#[derive(Clone, Copy, Debug)]
pub enum PolicyChange<'a> {
    New,
    /// Without a word about it.
    Gone,
    Ended(&'a End),
    /// It has another name.
    Renamed,
    /// It goes on under another id.
    Succeeds,
    /// It took over others, or was made of them.
    Merged,
    /// Others were, with it, made into one.
    MergedInto,
    /// It came out of another.
    SplitFrom,
    SplitInto,
    /// As far as is known, another took over a part of it.
    PartInto,
}

impl PolicyChange<'_> {
    /// The stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "policy-new",
            Self::Gone => "policy-gone",
            Self::Ended(_) => "policy-ended",
            Self::Renamed => "policy-renamed",
            Self::Succeeds => "policy-succeeds",
            Self::Merged | Self::MergedInto => "policy-merged",
            Self::SplitFrom | Self::SplitInto | Self::PartInto => "policy-split",
        }
    }
}

/// A policy, and its sheet of an edition.
pub(super) type InEdition<'a> = (&'a Policy, &'a Sheet);

/// Where a policy came from, or went to, between two editions.
#[derive(Default)]
pub(super) struct Passage<'a> {
    pub renamed_from: Option<InEdition<'a>>,
    pub from: Vec<&'a Sheet>,
    pub into: Vec<&'a Sheet>,
    /// How much of it they took over.
    pub share: Share,
    /// It only goes on under another id, where all that differs is told.
    pub told_elsewhere: bool,
}

/// Of a policy as both editions have it, where they do.
pub(super) fn passage<'a>(
    before: EditionOf<'a>,
    after: EditionOf<'a>,
    (earlier, later): (Option<InEdition<'a>>, Option<InEdition<'a>>),
) -> Passage<'a> {
    let mut passage = Passage::default();
    if after.portal.lineage.is_empty() || before.year >= after.year {
        return passage;
    }
    let then = |sheet: &Sheet| {
        let policy: &'a Policy = before.portal.policy(&sheet.policy)?;
        Some((policy, &**policy.sheet(before.year)?))
    };
    match (earlier, later) {
        (_, Some((_, sheet))) => {
            let renamed = after.portal.renamed_from(sheet, before.year).filter(|_| earlier.is_none());
            passage.renamed_from = renamed.and_then(|sheet| then(sheet));
            if passage.renamed_from.is_none() {
                let was = after.portal.was(sheet, before.year);
                passage.from = was.into_iter().filter_map(|of| then(of)).map(|(_, sheet)| sheet).collect();
            }
        }
        (Some((policy, _)), None) => {
            let became = after.portal.became(&policy.id, after.year);
            passage.told_elsewhere = became.iter().any(|of| {
                let before = after.portal.renamed_from(of, before.year);
                before.is_some_and(|before| before.policy == policy.id)
            });
            if after.portal.became_in_part(&policy.id, after.year) {
                passage.share = Share::Part;
            }
            passage.into = became.into_iter().map(AsRef::as_ref).collect();
        }
        (None, None) => {}
    }
    passage
}
