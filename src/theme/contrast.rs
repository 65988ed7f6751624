//! Contrast of a theme's colours (WCAG 2.2, 1.4.3 text and 1.4.11 what is no text), in both schemes.

use super::colours::{Palette, Scheme};

/// Two colours that meet on pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The property of what is seen, and of what it stands on.
    pub front: &'static str,
    pub ground: &'static str,
    pub need: Need,
}

/// How far apart the luminances have to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// 4.5 : 1, success criterion 1.4.3 for text of any size.
    Text,
    /// 3 : 1, success criterion 1.4.11: marks of charts, edges of controls, the focus.
    Shape,
}

impl Need {
    pub const fn ratio(self) -> f64 {
        match self {
            Self::Text => 4.5,
            Self::Shape => 3.0,
        }
    }

    pub const fn printed(self) -> &'static str {
        match self {
            Self::Text => "4.5",
            Self::Shape => "3.0",
        }
    }
}

const fn text(front: &'static str, ground: &'static str) -> Pair {
    Pair { front, ground, need: Need::Text }
}

const fn shape(front: &'static str, ground: &'static str) -> Pair {
    Pair { front, ground, need: Need::Shape }
}

/// The pairs of the standard theme and of the charts. Lines that only part or rule a page (`line`, `hyoka-mesh`) and the
/// level of the target, which is also a mark, need no contrast.
pub const PAIRS: &[Pair] = &[
    text("text", "paper"),
    text("text", "ground"),
    text("text", "tint"),
    text("quiet", "paper"),
    text("quiet", "ground"),
    text("quiet", "tint"),
    text("link", "paper"),
    text("link", "ground"),
    text("link", "tint"),
    text("link-visited", "paper"),
    text("link-visited", "ground"),
    text("notice-text", "notice"),
    text("achieved-text", "achieved"),
    text("on-track-text", "on-track"),
    text("nearly-text", "nearly"),
    text("behind-text", "behind"),
    text("worse-text", "worse"),
    text("undecided-text", "undecided"),
    text("hyoka-text", "hyoka-paper"),
    text("hyoka-text-quiet", "hyoka-paper"),
    text("hyoka-actual", "hyoka-paper"),
    shape("line-strong", "paper"),
    shape("focus", "paper"),
    shape("focus", "ground"),
    shape("hyoka-target", "hyoka-paper"),
    shape("hyoka-expected", "hyoka-paper"),
    shape("hyoka-zero", "hyoka-paper"),
    shape("hyoka-settled", "hyoka-paper"),
    shape("hyoka-budgeted", "hyoka-paper"),
    shape("hyoka-achieved", "paper"),
    shape("hyoka-on-track", "paper"),
    shape("hyoka-nearly", "paper"),
    shape("hyoka-behind", "paper"),
    shape("hyoka-worse-than-baseline", "paper"),
    shape("hyoka-undecided", "paper"),
];

/// A pair in a scheme, with what was measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    pub pair: Pair,
    pub scheme: Scheme,
    /// From 1 to 21; `None` where a colour cannot be told from the style sheets alone.
    pub ratio: Option<f64>,
}

impl Measured {
    pub fn fails(&self) -> bool {
        self.ratio.is_some_and(|ratio| ratio < self.pair.need.ratio())
    }

    /// With two digits, never rounded up: 4.499 is not 4.50.
    pub fn printed(&self) -> Option<String> {
        self.ratio.map(|ratio| format!("{:.2}", (ratio * 100.0).floor() / 100.0))
    }
}

/// Every pair in both schemes, in the order of the table.
pub fn measure(palette: &Palette) -> Vec<Measured> {
    let pairs = |scheme| PAIRS.iter().map(move |pair| measured(palette, *pair, scheme));
    Scheme::ALL.into_iter().flat_map(pairs).collect()
}

fn measured(palette: &Palette, pair: Pair, scheme: Scheme) -> Measured {
    let paper = palette.colour("paper", scheme).map_or([255; 3], |paper| paper.over([255; 3]));
    let ground = palette.colour(pair.ground, scheme).map(|ground| ground.over(paper));
    let front = ground.and_then(|ground| Some(palette.colour(pair.front, scheme)?.over(ground)));
    Measured { pair, scheme, ratio: front.zip(ground).map(|(front, ground)| ratio(front, ground)) }
}

/// The contrast ratio of two colours, from 1 to 21.
pub fn ratio(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Relative luminance as WCAG 2.2 defines it.
fn luminance([r, g, b]: [u8; 3]) -> f64 {
    let linear = |channel: u8| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

/// The colour nearest to a property's own that passes with everything it meets: darker or lighter, of the same hue. `None`
/// where no such colour is enough.
pub(super) fn passing(palette: &Palette, name: &str, scheme: Scheme) -> Option<String> {
    const STEPS: u16 = 50;
    let own = palette.colour(name, scheme)?.rgb;
    let towards = |end: u8, step: u16| {
        let channel = |c: u8| {
            let mixed = (u16::from(c) * (STEPS - step) + u16::from(end) * step) / STEPS;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        let [r, g, b] = own.map(channel);
        format!("#{r:02x}{g:02x}{b:02x}")
    };
    let passes = |colour: &String| {
        let palette = palette.with(name, scheme, colour);
        let meeting = PAIRS.iter().filter(|pair| pair.front == name || pair.ground == name);
        meeting.map(|pair| measured(&palette, *pair, scheme)).all(|measured| !measured.fails())
    };
    (1..=STEPS).flat_map(|step| [towards(0, step), towards(255, step)]).find(passes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::STANDARD;
    use crate::theme::tests::load;

    #[test]
    fn ratios_are_those_of_the_recommendation() {
        assert_eq!(ratio([0; 3], [255; 3]), 21.0);
        assert_eq!(ratio([9; 3], [9; 3]), 1.0);
        // The grey that just passes on white, and the one that does not.
        assert!(ratio([0x76; 3], [255; 3]) >= 4.5 && ratio([0x77; 3], [255; 3]) < 4.5);
    }

    #[test]
    fn every_pair_of_the_standard_theme_can_be_measured_and_passes() {
        let theme = load(&[], STANDARD).unwrap();
        let measured = measure(theme.palette());
        assert_eq!(measured.len(), PAIRS.len() * 2);
        for one in measured {
            assert!(one.ratio.is_some() && !one.fails(), "{one:?}");
        }
    }

    #[test]
    fn a_ratio_is_never_printed_better_than_it_is() {
        let one = Measured { pair: text("text", "paper"), scheme: Scheme::Light, ratio: Some(4.4999) };
        assert_eq!(one.printed().as_deref(), Some("4.49"));
        assert!(one.fails());
    }
}
