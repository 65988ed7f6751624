//! The picture of an edition for other sites: its year and the counts of its verdicts, in the theme's light colours.

use super::views::mark_shape;
use crate::chart::card::{Card, CardCount, Rgb};
use crate::facts::EditionFacts;
use crate::model::VerdictName;
use crate::theme::Theme;
use crate::theme::colours::Scheme;

/// Where a theme gives a colour that its style sheets alone do not tell.
const PAPER: Rgb = [255; 3];
const INK: Rgb = [26; 3];

pub fn of(edition: &EditionFacts, theme: &Theme) -> Card {
    let colour = |name: &str| theme.palette().colour(name, Scheme::Light);
    let paper = colour("paper").map_or(PAPER, |paper| paper.over(PAPER));
    let ink = |name: &str| colour(name).map_or(INK, |ink| ink.over(paper));
    let count = |verdict: VerdictName| CardCount {
        shape: mark_shape(verdict),
        count: edition.counts.get(verdict),
        colour: ink(&format!("hyoka-{}", verdict.name())),
    };
    Card {
        year: edition.year.digits().to_owned(),
        counts: VerdictName::ALL.map(count).into(),
        paper,
        text: ink("text"),
        accent: ink("link"),
    }
}
