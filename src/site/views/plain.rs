//! Plain language (やさしい日本語): what a sheet says for readers who find its own words hard, section by section.

use crate::model::{PlainTexts, Sheet, Text};
use crate::site::views::context::PageContext;
use crate::site::views::page::theme_asset;
use crate::site::views::policy::{Addressed, address};
use serde::Serialize;

/// The plain texts of a sheet in the page's language.
#[derive(Debug, Default, Serialize)]
pub struct PlainView {
    pub vision: Option<Addressed>,
    pub achievements: Vec<Addressed>,
    pub challenges: Vec<Addressed>,
    pub outlook: Option<Addressed>,
    /// Puts the plain texts in the place of the sheet's own where readers ask for them.
    pub script: Option<String>,
}

impl PageContext<'_> {
    /// `None` where the sheet has no plain text in the page's language: one in another language would not be plain.
    pub(super) fn plain_view(&self, sheet: &Sheet) -> Option<PlainView> {
        let PlainTexts { vision, achievements, challenges, outlook } = sheet.plain.as_deref()?;
        let prose = self.prose(&sheet.path);
        let text = |text: &Text, part: &str| {
            text.speaks(self.language, self.portal.first_language()).then(|| Addressed {
                html: prose.block(text, 3, &part.replace('/', "_")),
                address: address(sheet, part),
            })
        };
        let list = |texts: &[Text], name: &str| -> Vec<Addressed> {
            let numbered = texts.iter().zip(1..);
            numbered.filter_map(|(of, number)| text(of, &format!("plain/{name}/{number}"))).collect()
        };
        let view = PlainView {
            vision: vision.as_ref().and_then(|of| text(of, "plain/vision")),
            achievements: list(achievements, "achievements"),
            challenges: list(challenges, "challenges"),
            outlook: outlook.as_ref().and_then(|of| text(of, "plain/outlook")),
            script: theme_asset(self, "plain.js"),
        };
        let said = view.vision.is_some()
            || !view.achievements.is_empty()
            || !view.challenges.is_empty()
            || view.outlook.is_some();
        said.then_some(view)
    }
}
