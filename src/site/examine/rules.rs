//! What is examined: one rule each, with the success criterion of WCAG 2.2 that it helps to keep, and how.

use crate::diagnostic::Message;

/// A rule that a machine can look after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    Language,
    Title,
    Headings,
    Landmarks,
    Bypass,
    Tables,
    Names,
    Alternatives,
    Ids,
    FocusOrder,
    Zoom,
    TargetSize,
    Links,
    Outside,
    Rendering,
}

impl Rule {
    pub const ALL: [Self; 15] = [
        Self::Language,
        Self::Title,
        Self::Headings,
        Self::Landmarks,
        Self::Bypass,
        Self::Tables,
        Self::Names,
        Self::Alternatives,
        Self::Ids,
        Self::FocusOrder,
        Self::Zoom,
        Self::TargetSize,
        Self::Links,
        Self::Outside,
        Self::Rendering,
    ];

    /// Success criteria of WCAG 2.2; empty for what only the site promises.
    pub const fn criteria(self) -> &'static str {
        match self {
            Self::Language => "3.1.1, 3.1.2",
            Self::Title => "2.4.2",
            Self::Headings => "1.3.1, 2.4.6",
            Self::Landmarks | Self::Tables => "1.3.1",
            Self::Bypass => "2.4.1",
            Self::Names => "2.4.4, 3.3.2, 4.1.2",
            Self::Alternatives => "1.1.1",
            Self::Ids => "1.3.1, 4.1.2",
            Self::FocusOrder => "2.4.3",
            Self::Zoom => "1.4.4",
            Self::TargetSize => "2.5.8",
            Self::Links | Self::Outside | Self::Rendering => "",
        }
    }

    /// What exactly the machine looks at; no more is claimed.
    pub fn looks_at(self) -> Message {
        let (ja, en) = match self {
            Self::Language => (
                "ページに言語（lang）があり、どの lang も言語コードの形をしている",
                "the page names its language, and every lang has the shape of a code",
            ),
            Self::Title => ("題名（title）があり、空でない", "there is a title, and it is not empty"),
            Self::Headings => (
                "h1 が1つだけある。段階が飛ばない。空の見出しがない",
                "there is exactly one h1, no level is skipped, no heading is empty",
            ),
            Self::Landmarks => (
                "main が1つだけある。nav が複数あれば、それぞれ違う名前がある",
                "there is exactly one main; where there are several nav, each has a name of its own",
            ),
            Self::Bypass => (
                "nav のあるページでは、最初のリンクが main へ移る",
                "where there is a nav, the first link leads to main",
            ),
            Self::Tables => (
                "どの表にも表題（caption）と見出しのセルがあり、見出しのセルに scope がある",
                "every table has a caption and header cells, and these have a scope",
            ),
            Self::Names => (
                "リンク、ボタン、入力欄に名前がある。読み上げから隠した部分に、操作できるものがない",
                "links, buttons and fields have a name; nothing that can be pressed is hidden from screen readers",
            ),
            Self::Alternatives => (
                "画像に alt がある。グラフに題名があり、推移と金額のグラフには説明もある",
                "pictures have alt; charts have a title, and those of progress and amounts a description",
            ),
            Self::Ids => (
                "id が重複しない。aria-labelledby、for などが、そのページにある id を指す",
                "no id stands twice; aria-labelledby, for and the like name an id of the page",
            ),
            Self::FocusOrder => ("tabindex に1以上の数がない", "no tabindex is above zero"),
            Self::Zoom => ("viewport が拡大を止めない", "the viewport does not stop people from zooming"),
            Self::TargetSize => (
                "スタイルシートと style 属性が、操作できるものに24px未満の幅や高さを指定していない（並びから決まる大きさは見ない）",
                "no style sheet or style attribute gives what can be pressed a width or height under 24 px (sizes that come from layout are not seen)",
            ),
            Self::Links => (
                "サイトの中へのリンクが、あるページ、ファイル、id を指す",
                "links inside the site lead to a page, file and id that exist",
            ),
            Self::Outside => ("ほかのサーバーから何も読み込まない", "nothing is loaded from another server"),
            Self::Rendering => ("どのページも作れる", "every page can be made"),
        };
        Message::new(ja, en)
    }
}

/// What no machine can judge: success criteria, what to look at, and how.
pub const FOR_PEOPLE: &[(&str, (&str, &str))] = &[
    (
        "1.1.1",
        (
            "画像とグラフの代替テキストが、見える内容と同じことを伝えているか。添付の PDF や Excel も見る",
            "Do the alternatives of pictures and charts say what can be seen? Attached PDF and Excel files, too",
        ),
    ),
    (
        "1.3.2, 2.4.3",
        (
            "Tab キーだけで、意味のとおる順に、すべてのリンクと操作へ行けるか。行った先が枠で分かるか",
            "Does the Tab key alone reach every link and control in an order that makes sense, and can its place be seen?",
        ),
    ),
    (
        "1.4.4, 1.4.10",
        (
            "400 % に拡大し、幅 320 px にしても、内容が欠けたり重なったりしないか",
            "At 400 % and at 320 px wide, is nothing cut off or on top of something else?",
        ),
    ),
    (
        "1.4.1, 1.4.11",
        (
            "白黒で印刷しても判定とグラフが分かるか。市のロゴや添付の図の色は見分けられるか",
            "Printed in grey, can verdicts and charts be told? Are the colours of the logo and of attached figures clear?",
        ),
    ),
    ("1.4.12", ("文字の間隔や行の間隔を広げても読めるか", "Can it be read with wider letter and line spacing?")),
    (
        "2.4.4, 2.4.6",
        (
            "リンクの文字と見出しだけを読んで、行き先と内容が分かるか（シートの文章の中のリンクも）",
            "From link texts and headings alone, is it clear where they lead and what follows? Links in sheets, too",
        ),
    ),
    (
        "2.5.8",
        (
            "スマートフォンで、となりのものを押さずに、どのリンクも押せるか",
            "On a phone, can every link be pressed without touching its neighbour?",
        ),
    ),
    (
        "3.1.2",
        (
            "英語のページに残る日本語に、日本語という印が付いているか。固有名詞の読みは分かるか",
            "Is Japanese on English pages marked as Japanese? Can names be read?",
        ),
    ),
    (
        "3.1.5",
        (
            "文章がやさしく書かれ、略語や専門の言葉に説明があるか（適合レベルAAの対象外）",
            "Is the text plain, with short forms and terms explained? (beyond level AA)",
        ),
    ),
    (
        "4.1.2, 4.1.3",
        (
            "読み上げソフト（NVDA、VoiceOver、TalkBack など）で、表・グラフ・絞り込みが使えるか",
            "With a screen reader (NVDA, VoiceOver, TalkBack), can tables, charts and filters be used?",
        ),
    ),
    (
        "JIS X 8341-3",
        (
            "miChecker などほかの道具での確認と、対象ページを決めた試験。結果を公表するのは市です",
            "A look with other tools such as miChecker, and a test of chosen pages, whose result the municipality publishes",
        ),
    ),
];
