//! Diagnostics: what is wrong, where, and what to do; in Japanese and English.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::At;

/// A sentence in both languages of messages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Message {
    pub ja: Cow<'static, str>,
    pub en: Cow<'static, str>,
}

impl Message {
    pub fn new(ja: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        Self { ja: ja.into(), en: en.into() }
    }

    pub fn get(&self, language: MessageLanguage) -> &str {
        match language {
            MessageLanguage::Japanese => &self.ja,
            MessageLanguage::English => &self.en,
        }
    }
}

/// The language of messages (`--lang`); independent of the languages of the site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MessageLanguage {
    #[default]
    Japanese,
    English,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Error,
    Warning,
}

/// Where in the input: a file (below the root, with forward slashes: `content/2024/industry.yaml`) and, where it is
/// known, the place in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub file: Arc<str>,
    pub at: At,
}

impl Place {
    /// A file as a whole.
    pub fn whole(file: &str) -> Self {
        Self { file: file.into(), at: At { line: 1, column: 1, length: 0 } }
    }
}

/// One problem. Made by [`Diagnostic::new`] with the parts that every problem has; the rest is added.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Diagnostic {
    pub place: Place,
    pub code: Code,
    /// What is wrong.
    pub message: Message,
    /// Beside the caret: what this place has to do with it.
    pub label: Option<Message>,
    /// What to do.
    pub help: Option<Message>,
    /// The line of the file that the place names, as it was when it was read.
    pub excerpt: Option<String>,
    /// A second place that has to do with it (the first of two equal keys).
    pub related: Option<(Place, Message)>,
}

impl Diagnostic {
    pub fn new(code: Code, place: Place, message: Message) -> Self {
        Self { place, code, message, label: None, help: None, excerpt: None, related: None }
    }

    pub fn label(mut self, ja: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        self.label = Some(Message::new(ja, en));
        self
    }

    pub fn help(mut self, ja: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        self.help = Some(Message::new(ja, en));
        self
    }

    pub fn related(mut self, place: Place, ja: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        self.related = Some((place, Message::new(ja, en)));
        self
    }

    /// Takes the line that the place names out of the text of the file.
    pub fn excerpt(mut self, text: &str) -> Self {
        let index = (self.place.at.line as usize).saturating_sub(1);
        self.excerpt = text.lines().nth(index).map(str::to_owned);
        self
    }

    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// Collects every problem of a run. Order of adding does not matter: reading is parallel, output is sorted by place.
///
/// A problem is shared between the reports that hold it: what was said of one policy is kept for the next round.
#[derive(Clone, Debug, Default)]
pub struct Report {
    diagnostics: BTreeSet<Arc<Diagnostic>>,
    strictness: Strictness,
}

/// Whether warnings stop a build (`--strict`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strictness {
    #[default]
    Errors,
    Warnings,
}

impl Report {
    pub fn new(strictness: Strictness) -> Self {
        Self { diagnostics: BTreeSet::new(), strictness }
    }

    pub fn add(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.insert(Arc::new(diagnostic));
    }

    /// Takes over what another report holds (of one file, read in parallel).
    pub fn append(&mut self, other: Report) {
        // Not BTreeSet::append, which walks through both: there may be one report for every file.
        self.diagnostics.extend(other.diagnostics);
    }

    /// What stands here and not in an earlier report.
    pub fn since(&self, earlier: &Self) -> Self {
        let diagnostics = self.diagnostics.difference(&earlier.diagnostics).cloned().collect();
        Self { diagnostics, strictness: self.strictness }
    }

    /// Sorted by file, place and code.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().map(AsRef::as_ref)
    }

    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// How many there are of a severity; under `--strict` every warning counts as an error.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|d| self.severity_of(d) == severity).count()
    }

    /// The severity as this run takes it.
    pub fn severity_of(&self, diagnostic: &Diagnostic) -> Severity {
        match self.strictness {
            Strictness::Warnings => Severity::Error,
            Strictness::Errors => diagnostic.severity(),
        }
    }

    /// Goes on while nothing stops; the only way to a [`Stopped`].
    pub fn go_on(&self) -> Result<(), Stopped> {
        if self.diagnostics.iter().any(|d| self.severity_of(d) == Severity::Error) { Err(Stopped(())) } else { Ok(()) }
    }
}

/// Proof that a report holds an error that says why the program stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped(());

/// Declares every code once: name, severity, and what it is about.
macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $about:literal;)*) => {
        /// The stable codes of diagnostics. A code is never renamed and never means something else.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $about] $variant,)* }

        impl Code {
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The kebab-case name that messages show.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    // Files
    UndecodableBytes "undecodable-bytes" Error "The file is not UTF-8 (Shift_JIS, UTF-16 …).";
    InvalidYaml "invalid-yaml" Error "The file is not YAML, or YAML that goes too deep or grows too large.";
    DuplicateKey "duplicate-key" Error "The same key stands twice in one mapping, also once in Japanese and once in English.";
    UnknownKey "unknown-key" Error "A key that the tool does not know.";
    MissingKey "missing-key" Error "A required key is not there.";
    WrongType "wrong-type" Error "A list where a text was expected, and the like.";
    UnquotedFigure "unquoted-figure" Error "{2024: 1,046} without quotes, which YAML reads as two keys.";
    FullWidthSyntax "full-width-syntax" Error "A full-width colon or indent where YAML needs half-width.";
    TextCutByComment "text-cut-by-comment" Warning "A # after a space in an unquoted text starts a comment.";
    SymlinkOutside "symlink-outside" Error "A symbolic link leads out of content/.";
    UnreadableFile "unreadable-file" Error "A file of content/ or themes/ cannot be read.";
    MisplacedFile "misplaced-file" Warning "A file in content/ that no rule reads.";
    InvalidFileName "invalid-file-name" Error "A sheet's or page's file name that cannot be part of a URL, or is reserved.";
    MissingPortal "missing-portal" Error "content/portal.yaml is not there.";
    NoSheets "no-sheets" Error "There is no sheet (or no published one) to make an edition of.";
    // Values
    InvalidValue "invalid-value" Error "A value that the key does not take.";
    InvalidFigure "invalid-figure" Error "A figure that cannot be read.";
    WordInsteadOfFigure "word-instead-of-figure" Warning "A word as the actual of an indicator that is counted: a unit, and targets in figures.";
    NoteMissing "note-missing" Error "A value printed as ※ has no note.";
    UnitMismatch "unit-mismatch" Error "A figure is printed with another unit than the indicator's.";
    WrongYear "wrong-year" Error "A fiscal year that cannot be: not a year, an actual after the evaluated year, a plan that ends before it begins.";
    ImpossibleEraYear "impossible-era-year" Warning "An era year that never came (平成35年度).";
    InvalidDate "invalid-date" Error "A date that is not YYYY-MM-DD.";
    InvalidUrl "invalid-url" Error "A URL that is not http(s).";
    // Across
    UnknownArea "unknown-area" Error "The area is not in portal.yaml.";
    UnknownReference "unknown-reference" Error "An id (indicator, grade, parent area, file) that does not exist.";
    AmbiguousReference "ambiguous-reference" Error "An id that could mean either of two things.";
    DuplicateId "duplicate-id" Error "Two areas, indicators, components or challenges share an id.";
    UrlCollision "url-collision" Error "Two sources make the same URL (compared in NFC without case).";
    DeadLink "dead-link" Error "An inner link leads nowhere.";
    UnknownTheme "unknown-theme" Error "The theme does not exist, or extends itself.";
    TemplateError "template-error" Error "A template cannot be read or rendered.";
    TemplateNotMinified "template-not-minified" Warning "A template is served larger than it could be: its HTML does not hold together by itself.";
    LowContrast "low-contrast" Error "Two colours of the theme that meet on pages cannot be told apart well enough (WCAG 2.2, 1.4.3 and 1.4.11).";
    MissingLabel "missing-label" Error "A language has no label for a key the theme uses.";
    PageProblem "page-problem" Error "A generated page breaks a rule (duplicate id, heading order …), found by check.";
    // Frozen editions
    DamagedLedger "damaged-ledger" Error "The published.csv of a frozen edition cannot be read.";
    PublishedFigureChanged "published-figure-changed" Error "A figure of a frozen edition is not the one that was published, and no revision is declared.";
    InvalidRevision "invalid-revision" Error "A declared revision does not fit what was published, or what holds now.";
    InvalidTargetChange "invalid-target-change" Error "A target is said to have been changed, and there is no target of that year.";
    ImpossibleRevisionDate "impossible-revision-date" Error "A revision is dated after the day that the build stands for, or long after any day that the portal knows of.";
    InvalidSuccession "invalid-succession" Error "A policy takes over itself, or successions lead back to where they began.";
    // Meaning
    DirectionContradictsTarget "direction-contradicts-target" Warning "Direction and target against baseline disagree.";
    YearOutsidePlan "year-outside-plan" Warning "A sheet, or a target, of a year far from the plan.";
    DuplicateSheet "duplicate-sheet" Warning "Two sheets of a year have one area, number and name.";
    RestatedFigure "restated-figure" Warning "A later sheet states an actual, target, baseline, amount or unit otherwise than an earlier one.";
    PublishedRateDiffers "published-rate-differs" Warning "The rate that the city printed is not what its method gives.";
    DoubtfulTargetChange "doubtful-target-change" Warning "A target is said to have been changed from what it is, from words, on a day to come or long ago, or without a day or a reason.";
    DoubtfulBreak "doubtful-break" Warning "The year in which a series is said to break is far from all others of the indicator.";
    TargetMetEarly "target-met-early" Warning "A last target is met before its year, and the sheet does not say what becomes of it.";
    UnclearAnswer "unclear-answer" Warning "An answer to a challenge does not fit the challenges of its sheet, or leaves open what became of it.";
    UnansweredChallenge "unanswered-challenge" Warning "A challenge of last year's sheet is neither answered nor named again.";
    UnansweredRecommendation "unanswered-recommendation" Warning "A recommendation from outside has no answer.";
    OverdueRecommendation "overdue-recommendation" Warning "A recommendation from outside is open after its day.";
    RecommendationStatesDiffer "recommendation-states-differ" Warning "portal.yaml and a sheet say otherwise how far one recommendation is, and no days tell which was said last.";
    ClosedWithoutResponse "closed-without-response" Warning "A recommendation is said to be done or declined, and no answer says how or why.";
    DatesOutOfOrder "dates-out-of-order" Warning "An answer to a recommendation, or the day it is due, is before the recommendation; or answers are not in the order of their days.";
    ImpossibleRecommendationDate "impossible-recommendation-date" Warning "A recommendation or an answer is dated after the day that the build stands for, or long after any day that the portal knows of; or it is due more than ten years later.";
    RecommendationAfterPublication "recommendation-after-publication" Warning "A sheet holds a recommendation, or an answer to one, that is too late for its edition, and no later edition is there.";
    VanishedPolicy "vanished-policy" Warning "A policy has no sheet in the next edition, and neither a successor nor an end.";
    PolicyLivesOn "policy-lives-on" Warning "A policy has a sheet although it ended, or another took it over as a whole.";
    NarrativeContradictsFigure "narrative-contradicts-figure" Warning "A text names a figure of an indicator that is none of those in its table.";
    UnfoundQuote "unfound-quote" Warning "What `checked:` quotes stands nowhere in the narrative of its sheet.";
    RepeatedNarrative "repeated-narrative" Warning "A paragraph is the same as in last year's sheet.";
    NameChanged "name-changed" Warning "A policy's or indicator's name differs between years.";
    DepartmentChanged "department-changed" Warning "A policy's department differs between years.";
    TotalDiffers "total-differs" Warning "A printed total is not the sum of its parts.";
    NoBaseUrl "no-base-url" Warning "Without base_url there is no sitemap and no feed.";
    NoEditionDate "no-edition-date" Warning "There is a base_url, but an edition has no date: the feed is without it.";
    EditionBeforeItsDay "edition-before-its-day" Warning "An edition is published on a day (--as-of) before the one that portal.yaml prints as its own.";
    UnknownEdition "unknown-edition" Warning "portal.yaml speaks of the edition of a year that has no sheet.";
    UntranslatedText "untranslated-text" Warning "A text with several languages lacks one of the site's.";
    UnrecordedPolicy "unrecorded-policy" Warning "A policy of a frozen edition is not in its ledger: nothing guards its figures.";
    PublishedTextChanged "published-text-changed" Warning "The texts of a sheet are not those that its frozen edition published.";
    RevisionBeforePublication "revision-before-publication" Warning "A revision is dated before the day on which its edition was published.";
    FuriganaWithoutBase "furigana-without-base" Warning "《kana》 behind nothing that it could be the reading of.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_names_are_unique_and_kebab_case() {
        let names: BTreeSet<_> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        assert!(names.iter().all(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')));
    }
}
