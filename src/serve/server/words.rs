//! What the preview itself says in a browser, in the language of messages.

use serde::Serialize;

use crate::diagnostic::MessageLanguage;

macro_rules! words {
    ($($name:ident: $ja:literal, $en:literal;)*) => {
        /// Every word of the preview's own script and pages. `{n}` stands for a number.
        #[derive(Clone, Copy, Debug, Serialize)]
        #[serde(rename_all = "camelCase")]
        pub struct Words {
            pub language: &'static str,
            $(pub $name: &'static str,)*
        }

        const JAPANESE: Words = Words { language: "ja", $($name: $ja,)* };
        const ENGLISH: Words = Words { language: "en", $($name: $en,)* };
    };
}

words! {
    preview: "プレビュー", "Preview";
    gone: "プレビューが止まっています。もう一度 hyoka serve を動かすと、続きから表示します",
        "The preview has stopped. It goes on here once hyoka serve runs again";
    starting: "最初の読み込みをしています…", "Reading the sheets…";
    problems: "問題", "Problems";
    no_problems: "問題はありません", "No problems";
    errors: "エラー {n}件", "errors: {n}";
    warnings: "警告 {n}件", "warnings: {n}";
    error: "エラー", "Error";
    warning: "警告", "Warning";
    stale: "直前に正しく作れたページを表示しています", "The page is the last one that could be made";
    fresh: "ページは最新です", "The page is up to date";
    broken_page: "このページはまだ作れません", "This page cannot be made yet";
    broken_site: "サイトをまだ作れません", "The site cannot be made yet";
    mend: "次の問題を直して保存すると、このページは自動で切り替わります",
        "Mend these and save: this page then changes by itself";
    missing: "このページはありません", "There is no such page";
    to_first: "最初のページへ", "To the first page";
    more: "ほかに {n}件あります（hyoka check ですべて表示します）", "{n} more (hyoka check shows all)";
    elsewhere: "ほかのページの警告 {n}件", "warnings of other pages: {n}";
    check_shows: "（hyoka check ですべて表示します）", " (hyoka check shows all)";
    and: "・", ", ";
    help: "直し方", "What to do";
    collapse: "たたむ", "Collapse";
    expand: "広げる", "Expand";
    close: "閉じる", "Close";
    ask: "書かれた場所を調べる", "Find where it is written";
    asking_by_touch: "調べたい数値や文に触れてください", "Touch a figure or text to see where it is written";
    asking: "数値や文を選ぶと、書かれている場所を表示します。Escで終わります",
        "Choose a figure or text to see where it is written. Esc ends this";
    written_here: "この値が書かれている場所", "Where this is written";
    not_found: "書かれている場所が見つかりません。計算された値か、テーマの言葉です",
        "No place where this is written was found: it is computed, or a word of the theme";
    copy: "場所をコピー", "Copy the place";
    copied: "コピーしました", "Copied";
    not_copied: "コピーできませんでした", "Could not be copied";
    open: "エディターで開く", "Open in the editor";
    opened: "エディターで開きました", "Opened in the editor";
    not_opened: "エディターを起動できませんでした", "The editor could not be started";
    foreign: "この名前ではプレビューを表示しません。hyoka serve が表示した http://127.0.0.1:… のアドレスで開いてください。\n",
        "The preview is not shown under this name. Open it by the address that hyoka serve printed (http://127.0.0.1:…).\n";
    refused: "この要求は受け付けません。\n", "This is not answered.\n";
    malformed: "要求を読めません。\n", "The request cannot be read.\n";
    full: "プレビューへの接続が多すぎます。使っていないタブを閉じて、少し待ってください。\n",
        "Too many connections to the preview. Close tabs that are not in use, and wait a little.\n";
    changed: "ファイルが変わったところです。もう一度読み込んでください。\n", "The file has just changed. Load it again.\n";
}

pub const fn words(language: MessageLanguage) -> &'static Words {
    match language {
        MessageLanguage::Japanese => &JAPANESE,
        MessageLanguage::English => &ENGLISH,
    }
}

/// Puts a number into a text.
pub fn with_number(text: &str, number: usize) -> String {
    text.replace("{n}", &number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_the_same_things() {
        let of = |language| serde_json::to_value(words(language)).unwrap();
        let (ja, en) = (of(MessageLanguage::Japanese), of(MessageLanguage::English));
        for (key, text) in ja.as_object().unwrap().iter().filter(|(key, _)| *key != "language") {
            let (ja, en) = (text.as_str().unwrap(), en[key].as_str().unwrap());
            assert!(ja.chars().any(|c| c > '\u{3000}'), "{key}");
            assert!(!en.chars().any(|c| c > '\u{3000}'), "{key}");
            assert_eq!(ja.contains("{n}"), en.contains("{n}"), "{key}");
        }
    }
}
