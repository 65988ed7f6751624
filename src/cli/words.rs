//! What the command line says of itself, in both languages.

use crate::diagnostic::{Message, MessageLanguage};

/// The texts of a command.
pub struct CommandWords {
    /// One line, also shown in the list of commands.
    pub about: &'static str,
    /// Below it, in the command's own help.
    pub more: &'static str,
    pub usage: &'static str,
    pub examples: &'static str,
}

/// The texts of an argument. `value` is empty for a switch, and ASCII: clap counts a full-width character as one cell.
pub struct ArgumentWords {
    pub help: &'static str,
    pub value: &'static str,
}

pub fn of_command(name: &str, language: MessageLanguage) -> CommandWords {
    let (japanese, english) = match name {
        "build" => (BUILD_JA, BUILD_EN),
        "check" => (CHECK_JA, CHECK_EN),
        "serve" => (SERVE_JA, SERVE_EN),
        "init" => (INIT_JA, INIT_EN),
        "schema" => (SCHEMA_JA, SCHEMA_EN),
        "completions" => (COMPLETIONS_JA, COMPLETIONS_EN),
        _ => (HYOKA_JA, HYOKA_EN),
    };
    match language {
        MessageLanguage::Japanese => japanese,
        MessageLanguage::English => english,
    }
}

pub fn of_argument(id: &str, language: MessageLanguage) -> ArgumentWords {
    let found = ARGUMENTS.iter().find(|(known, ..)| *known == id);
    let (_, japanese, english) = found.copied().unwrap_or(("", ("", ""), ("", "")));
    let (value, help) = match language {
        MessageLanguage::Japanese => japanese,
        MessageLanguage::English => english,
    };
    ArgumentWords { help, value }
}

/// What to do where a finished page cannot be written.
pub fn look_at_the_disk() -> Message {
    Message::new(
        "ディスクの空きと、フォルダに書き込めるかを確かめてください。前に公開したものがあれば、そのまま残っています",
        "see whether the disk is full and the folder can be written to; anything published before is untouched",
    )
}

/// Where the preview is.
pub fn showing(url: &str) -> Message {
    Message::new(format!("{url} で表示しています（終了は Ctrl-C）。"), format!("showing at {url} (Ctrl-C ends)."))
}

/// After the default port was not free.
pub fn other_port(port: u16) -> Message {
    Message::new(
        format!("ポート 4000 は使われているので、{port} を使います。"),
        format!("port 4000 is taken: using {port}."),
    )
}

/// Where others can see the preview.
pub fn others_can_see(host: &str) -> Message {
    Message::new(
        format!("{host} で受け付けます。同じネットワークの人も、下書きを含めて見られます。"),
        format!("listening on {host}: others on the network can see it, drafts included."),
    )
}

/// Where no browser could be opened.
pub fn open_it_yourself(url: &str) -> Message {
    Message::new(
        format!("ブラウザーを開けませんでした。{url} を開いてください。"),
        format!("no browser could be opened. Open {url} yourself."),
    )
}

/// From now on every change is built.
pub fn watching() -> Message {
    Message::new("変更を待っています（終了は Ctrl-C）。", "waiting for changes (Ctrl-C ends).")
}

type Words = (&'static str, &'static str);

/// Id, then (name of the value, help) in Japanese and in English.
const ARGUMENTS: &[(&str, Words, Words)] = &[
    (
        "root",
        ("DIR", "content と themes のあるフォルダ（省略すると今のフォルダ）。"),
        ("DIR", "The folder that holds content and themes (default: the current folder)."),
    ),
    (
        "content",
        ("DIR", "評価シートのフォルダ（省略すると content）。"),
        ("DIR", "The folder of evaluation sheets (default: content)."),
    ),
    (
        "output",
        ("DIR", "公開先のフォルダ（省略すると output、--drafts では preview）。毎回まるごと置き換わります。"),
        ("DIR", "Where to publish (default: output, with --drafts preview); replaced as a whole every time."),
    ),
    (
        "watch",
        ("", "ファイルが変わるたびに作り直します（終了は Ctrl-C）。変わったページだけを書き換えます。"),
        ("", "Build again whenever a file changes (Ctrl-C ends); only what differs is written."),
    ),
    (
        "poll",
        ("", "変更を一定の間隔で調べます（ネットワークドライブなどで変更に気づかないとき）。"),
        ("", "Look for changes at intervals, where they go unnoticed (network drives)."),
    ),
    (
        "port",
        ("PORT", "ポート番号（省略すると 4000。使われていれば次の空き番号）。"),
        ("PORT", "The port (default: 4000, or the next that is free)."),
    ),
    (
        "host",
        ("HOST", "受け付けるアドレス（省略すると 127.0.0.1、このコンピューターだけ）。"),
        ("HOST", "The address to listen on (default: 127.0.0.1, this computer alone)."),
    ),
    ("open", ("", "ブラウザーで開きます。"), ("", "Open it in the browser.")),
    (
        "follow",
        ("", "書き換えたシートのページを、開いているブラウザーに表示します。"),
        ("", "Let the open page go to the page of a sheet that is edited."),
    ),
    (
        "editor",
        ("COMMAND", "ページの数値からシートを開くエディター。{file}、{line}、{column} が置き換わります。"),
        ("COMMAND", "The editor that opens the sheet behind a figure; {file}, {line} and {column} are filled in."),
    ),
    (
        "theme",
        ("NAME", "portal.yaml の指定の代わりに使うテーマ。"),
        ("NAME", "The theme to use instead of the one in portal.yaml."),
    ),
    (
        "drafts",
        (
            "",
            "下書き（status: draft）と公表予定日前のシートも含めます。build は output でなく preview に書き込みます。",
        ),
        ("", "Include drafts and sheets before their day; build then writes into preview, not into output."),
    ),
    (
        "as_of",
        (
            "DATE",
            "公表予定日（publish_on）がこの日までのシートを公開します: today（日本時間の今日）か 2025-09-20 の形。省略すると、公表予定日のあるシートはまだ公開しません。",
        ),
        (
            "DATE",
            "Publish the sheets whose publish_on is this day or before: today (in Japan), or as 2025-09-20. Without it, no sheet with publish_on is published yet.",
        ),
    ),
    ("strict", ("", "警告もエラーとして扱います。"), ("", "Take warnings as errors.")),
    (
        "format",
        ("FORMAT", "問題の表示: human（行と印つき）、short（1行ずつ）、json（1行に1件）。"),
        ("FORMAT", "How problems are shown: human (with the line), short (a line each), json (an object a line)."),
    ),
    ("jobs", ("N", "同時に使う CPU の数（省略するとすべて）。"), ("N", "How many CPUs to use at once (default: all).")),
    ("lang", ("LANG", "メッセージの言語: ja、en。"), ("LANG", "The language of messages: ja, en.")),
    ("help", ("", "この説明を表示します。"), ("", "Show this help.")),
    ("version", ("", "版の番号を表示します。"), ("", "Show the version.")),
    ("folder", ("DIR", "新しく作るフォルダ。"), ("DIR", "The folder to make.")),
    (
        "year",
        ("YEAR", "評価の対象とする最初の年度（西暦。省略すると 2025）。"),
        ("YEAR", "The first fiscal year to be evaluated (default: 2025)."),
    ),
    (
        "of",
        ("KIND", "sheet（評価シート）か portal（portal.yaml）。省略すると sheet。"),
        ("KIND", "sheet (an evaluation sheet) or portal (portal.yaml); default: sheet."),
    ),
    (
        "shell",
        ("SHELL", "bash、elvish、fish、powershell、zsh のどれか。"),
        ("SHELL", "One of bash, elvish, fish, powershell, zsh."),
    ),
];

const HYOKA_JA: CommandWords = CommandWords {
    about: "行政評価シート（YAML）から、公開用のポータルサイトを作ります。",
    more: "",
    usage: "hyoka <コマンド> [オプション]",
    examples: "はじめに:
  hyoka init mycity      ひな型のフォルダ mycity を作る
  cd mycity
  hyoka serve --open     書きながらブラウザーで確かめる
  hyoka check            シートの間違いを調べる
  hyoka build            サイトを作る（output/index.html を開く）

終了コード: 0 問題なし、1 シートに問題あり、2 実行できない
くわしい説明: hyoka <コマンド> --help",
};

const HYOKA_EN: CommandWords = CommandWords {
    about: "Turns evaluation sheets (行政評価シート, YAML) into a portal site to publish.",
    more: "",
    usage: "hyoka <COMMAND> [OPTIONS]",
    examples: "To begin:
  hyoka init mycity      make a folder mycity with examples
  cd mycity
  hyoka serve --open     see the pages while writing
  hyoka check            look for mistakes in the sheets
  hyoka build            make the site (open output/index.html)

Exit codes: 0 clean, 1 problems in the sheets, 2 could not run
More: hyoka <COMMAND> --help",
};

const BUILD_JA: CommandWords = CommandWords {
    about: "サイトを作り、output に公開します。",
    more: "シートに一つでもエラーがあれば、公開済みのサイトは元のまま残ります。\n",
    usage: "hyoka build [オプション]",
    examples: "例:
  hyoka build
  hyoka build --watch                    書き換えるたびに作り直す
  hyoka build --drafts                   下書きも含めて preview に作る（公開しないでください）
  hyoka build --as-of today              公表予定日の来たシートを公開する（毎日の自動実行に）
  hyoka build --strict --format short    警告があれば公開しない",
};

const BUILD_EN: CommandWords = CommandWords {
    about: "Makes the site and publishes it into output.",
    more: "Where a sheet has an error, the published site stays as it was.\n",
    usage: "hyoka build [OPTIONS]",
    examples: "Examples:
  hyoka build
  hyoka build --watch                    build again with every change
  hyoka build --drafts                   with drafts, into preview (not to be published)
  hyoka build --as-of today              with the sheets whose day has come (for a daily job)
  hyoka build --strict --format short    publish nothing while there are warnings",
};

const CHECK_JA: CommandWords = CommandWords {
    about: "シートとページをすべて調べます。何も書き込みません。",
    more: "",
    usage: "hyoka check [オプション]",
    examples: "例:
  hyoka check
  hyoka check --format json    ほかのソフトで読む形で出す",
};

const CHECK_EN: CommandWords = CommandWords {
    about: "Examines all sheets and pages. Writes nothing.",
    more: "",
    usage: "hyoka check [OPTIONS]",
    examples: "Examples:
  hyoka check
  hyoka check --format json    for other programs to read",
};

const SERVE_JA: CommandWords = CommandWords {
    about: "シートを書きながら、ページをブラウザーで確かめます。",
    more: "保存するたびにページが新しくなります。間違いがあれば、前のページの上に示します。output には書き込みません。\n終了は Ctrl-C です。\n",
    usage: "hyoka serve [オプション]",
    examples: "例:
  hyoka serve --open
  hyoka serve --drafts --follow                 下書きも含め、書いているシートのページを表示する
  hyoka serve --editor 'code -g {file}:{line}'  ページの数値からエディターを開く",
};

const SERVE_EN: CommandWords = CommandWords {
    about: "Shows the pages in the browser while the sheets are written.",
    more: "Every save shows at once; a mistake is told above the page as it was. Nothing is written into output.\nCtrl-C ends it.\n",
    usage: "hyoka serve [OPTIONS]",
    examples: "Examples:
  hyoka serve --open
  hyoka serve --drafts --follow                 with drafts, at the page of the sheet that is edited
  hyoka serve --editor 'code -g {file}:{line}'  open the editor from a figure of the page",
};

const INIT_JA: CommandWords = CommandWords {
    about: "新しいポータルのひな型を作ります。そのまま hyoka build で公開できる形です。",
    more: "",
    usage: "hyoka init <DIR> [オプション]",
    examples: "例:
  hyoka init mycity
  hyoka init mycity --year 2024    2024（令和6）年度の評価から始める",
};

const INIT_EN: CommandWords = CommandWords {
    about: "Makes the beginning of a new portal, which hyoka build can publish at once.",
    more: "",
    usage: "hyoka init <DIR> [OPTIONS]",
    examples: "Examples:
  hyoka init mycity
  hyoka init mycity --year 2024    begin with the evaluation of fiscal 2024",
};

const SCHEMA_JA: CommandWords = CommandWords {
    about: "シートの JSON Schema を出力します。エディタの入力補助に使えます。",
    more: "",
    usage: "hyoka schema [sheet|portal]",
    examples: "例:
  hyoka schema > sheet.schema.json
  hyoka schema portal > portal.schema.json",
};

const SCHEMA_EN: CommandWords = CommandWords {
    about: "Prints the JSON Schema of sheets, for completion in an editor.",
    more: "",
    usage: "hyoka schema [sheet|portal]",
    examples: "Examples:
  hyoka schema > sheet.schema.json
  hyoka schema portal > portal.schema.json",
};

const COMPLETIONS_JA: CommandWords = CommandWords {
    about: "シェルの補完スクリプトを出力します。",
    more: "",
    usage: "hyoka completions <SHELL>",
    examples: "例:
  hyoka completions powershell >> $PROFILE
  hyoka completions bash > ~/.local/share/bash-completion/completions/hyoka",
};

const COMPLETIONS_EN: CommandWords = CommandWords {
    about: "Prints a completion script for a shell.",
    more: "",
    usage: "hyoka completions <SHELL>",
    examples: "Examples:
  hyoka completions powershell >> $PROFILE
  hyoka completions bash > ~/.local/share/bash-completion/completions/hyoka",
};
