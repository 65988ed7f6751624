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
        "serve" => (SERVE_JA, SERVE_EN),
        "check" => (CHECK_JA, CHECK_EN),
        "freeze" => (FREEZE_JA, FREEZE_EN),
        "new-year" => (NEW_YEAR_JA, NEW_YEAR_EN),
        "status" => (STATUS_JA, STATUS_EN),
        "diff" => (DIFF_JA, DIFF_EN),
        "verify" => (VERIFY_JA, VERIFY_EN),
        "pack" => (PACK_JA, PACK_EN),
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

/// From now on every change is built.
pub fn watching() -> Message {
    Message::new("変更を待っています（終了は Ctrl-C）。", "waiting for changes (Ctrl-C ends).")
}

/// Where the preview is to be seen.
pub fn previewing(url: &str) -> Message {
    Message::new(format!("プレビュー: {url} （終了は Ctrl-C）"), format!("preview: {url} (Ctrl-C ends)"))
}

/// It listens elsewhere than on this computer alone.
pub fn seen_by_others(host: &str) -> Message {
    Message::new(
        format!(
            "同じネットワークのほかのパソコンからも見られます（--host {host}）。公開前の内容が見えることに注意してください。"
        ),
        format!("other computers of the network can see it (--host {host}), with what is not published yet."),
    )
}

pub fn no_browser(error: &std::io::Error) -> Message {
    Message::new(
        format!("ブラウザを開けませんでした（{error}）。上のアドレスを開いてください。"),
        format!("no browser could be opened ({error}); open the address above."),
    )
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
        "examine",
        ("", "アクセシビリティなどを、テンプレートごとに1ページでなく、すべてのページで調べてから公開します。"),
        ("", "Examine every page (accessibility and more) before publishing, not one of each template."),
    ),
    (
        "report",
        (
            "FILE",
            "アクセシビリティについて、機械で確かめたことと人が確かめることの一覧（HTML）を書き出します。公開はされません。",
        ),
        (
            "FILE",
            "Write a list (HTML) of what a machine has looked at for accessibility and what a person must; not published.",
        ),
    ),
    ("before", ("BEFORE", "比べるもとの年度かフォルダ。"), ("BEFORE", "The earlier year or folder.")),
    ("after", ("AFTER", "比べる年度かフォルダ。"), ("AFTER", "The later year or folder.")),
    (
        "published",
        ("FOLDER", "公開したフォルダ（ダウンロードしたもの）か、その中の manifest.json。"),
        ("FOLDER", "A published folder (as downloaded), or the manifest.json in it."),
    ),
    (
        "manifest",
        ("FILE", "別に保管した manifest.json と比べます（省略するとフォルダの中のもの）。"),
        ("FILE", "The manifest.json to compare with, kept elsewhere (default: the one in the folder)."),
    ),
    (
        "packed_year",
        ("YEAR", "まとめる年度（省略すると、公開したすべて）。"),
        ("YEAR", "The edition to pack (default: everything that was published)."),
    ),
    (
        "zip",
        ("FILE.zip", "書き出すファイル（省略すると portal.zip、年度を指定すると portal-年度.zip）。"),
        ("FILE.zip", "The file to write (default: portal.zip, of an edition portal-YEAR.zip)."),
    ),
    (
        "site",
        ("FOLDER", "公開したフォルダ（省略すると output）。"),
        ("FOLDER", "The published folder (default: output)."),
    ),
    (
        "poll",
        ("", "変更を一定の間隔で調べます（ネットワークドライブなどで変更に気づかないとき）。"),
        ("", "Look for changes at intervals, where they go unnoticed (network drives)."),
    ),
    (
        "port",
        ("PORT", "プレビューのポート番号（省略すると 4000、使われていれば 4009 までの空いている番号）。"),
        ("PORT", "The port of the preview (default: 4000, or the first up to 4009 that is free)."),
    ),
    (
        "host",
        ("HOST", "待ち受けるアドレス（省略すると 127.0.0.1。このパソコンだけで見られます）。"),
        ("HOST", "The address to listen on (default: 127.0.0.1, which this computer alone can see)."),
    ),
    ("open", ("", "プレビューをブラウザで開きます。"), ("", "Open the preview in the browser.")),
    (
        "follow",
        ("", "書き換えたシートのページに、ブラウザの表示を移します。"),
        ("", "Let the browser go to the page of the sheet that is edited."),
    ),
    (
        "editor",
        ("CMD", "数値や問題の場所を開くエディター（例: 'code -g {file}:{line}'）。"),
        ("CMD", "The editor that opens where a figure or problem is (such as 'code -g {file}:{line}')."),
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
        "frozen_year",
        ("YEAR", "公表した版の年度（西暦）。"),
        ("YEAR", "The fiscal year of the edition that was published."),
    ),
    ("opened_year", ("YEAR", "始める年度（評価の対象の年度）。"), ("YEAR", "The fiscal year to open.")),
    (
        "filled_year",
        ("YEAR", "調べる年度（省略すると、シートのある最後の年度）。"),
        ("YEAR", "The fiscal year to look at (default: the latest that has sheets)."),
    ),
    (
        "from",
        ("YEAR", "元にするシートの年度（省略すると、その前の年度）。"),
        ("YEAR", "The fiscal year of the sheets to begin with (default: the year before)."),
    ),
    (
        "write",
        ("", "一覧を表示するだけでなく、ファイルを書き込みます。"),
        ("", "Write the files, not only the list of them."),
    ),
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
  hyoka check            シートの間違いを調べる
  hyoka serve --open     書きながらブラウザで確かめる
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
  hyoka check            look for mistakes in the sheets
  hyoka serve --open     see the pages in a browser while writing
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

const SERVE_JA: CommandWords = CommandWords {
    about: "シートを書きながら、ページをブラウザで確かめます。",
    more: "保存すると表示が変わります。書き間違いがあれば、前のページの上に示します。output には書き込みません。\n",
    usage: "hyoka serve [オプション]",
    examples: "例:
  hyoka serve --open
  hyoka serve --drafts                             下書きも表示する
  hyoka serve --editor 'code -g {file}:{line}'     書かれている場所をエディターで開く",
};

const SERVE_EN: CommandWords = CommandWords {
    about: "Shows the pages in a browser while sheets are written.",
    more: "A saved sheet changes the page; what is wrong is told above the last good one. Writes nothing into output.\n",
    usage: "hyoka serve [OPTIONS]",
    examples: "Examples:
  hyoka serve --open
  hyoka serve --drafts                             with drafts
  hyoka serve --editor 'code -g {file}:{line}'     open in the editor where something is written",
};

const CHECK_JA: CommandWords = CommandWords {
    about: "シートとページをすべて調べます。公開はしません。",
    more: "",
    usage: "hyoka check [オプション]",
    examples: "例:
  hyoka check
  hyoka check --format json    ほかのソフトで読む形で出す
  hyoka check --report 確認.html    担当者のための、確認の一覧を書き出す",
};

const CHECK_EN: CommandWords = CommandWords {
    about: "Examines all sheets and pages. Publishes nothing.",
    more: "",
    usage: "hyoka check [OPTIONS]",
    examples: "Examples:
  hyoka check
  hyoka check --format json    for other programs to read
  hyoka check --report examined.html    with a list for whoever answers for accessibility",
};

const FREEZE_JA: CommandWords = CommandWords {
    about: "公表した年度の数値を台帳（published.csv）に記録し、以後の変更を見張ります。",
    more: "記録した後は、数値を変えても、シートに改訂（revisions）を書くまで build は公開しません。台帳は書き直されません。\n",
    usage: "hyoka freeze <YEAR> [オプション]",
    examples: "例:
  hyoka freeze 2024                  content/2024/published.csv を書く
  hyoka freeze 2024 --as-of today    公表予定日の来たシートも含める",
};

const FREEZE_EN: CommandWords = CommandWords {
    about: "Records the published figures of a year in a ledger (published.csv), which every later build keeps.",
    more: "From then on a changed figure stops the build until the sheet declares a revision. A ledger is never rewritten.\n",
    usage: "hyoka freeze <YEAR> [OPTIONS]",
    examples: "Examples:
  hyoka freeze 2024                  write content/2024/published.csv
  hyoka freeze 2024 --as-of today    with the sheets whose day has come",
};

const NEW_YEAR_JA: CommandWords = CommandWords {
    about: "前の年度のシートから、新しい年度のシートを用意します。",
    more: "施策・指標の名前、単位、基準値、目標値、事業名、書き手のコメントは引き継ぎ、実績値・文章・決算額・評価は空けておきます。\n新しいシートは下書きになります。あるファイルを上書きすることはありません。\n",
    usage: "hyoka new-year <YEAR> [オプション]",
    examples: "例:
  hyoka new-year 2025            書き込まずに、できるファイルの一覧を見る
  hyoka new-year 2025 --write    content/2025/ を書き、portal.yaml に年度を加える
  hyoka new-year R7 --from R5    2年前のシートから始める",
};

const NEW_YEAR_EN: CommandWords = CommandWords {
    about: "Prepares the sheets of a new fiscal year from those of the last.",
    more: "Names of policies and indicators, units, baselines, targets, projects and the author's comments go on; actuals, texts,\namounts and grades are left open. The new sheets are drafts. No file is ever overwritten.\n",
    usage: "hyoka new-year <YEAR> [OPTIONS]",
    examples: "Examples:
  hyoka new-year 2025                list the files, write nothing
  hyoka new-year 2025 --write        write content/2025/ and put the year into portal.yaml
  hyoka new-year 2025 --from 2023    begin with older sheets",
};

const STATUS_JA: CommandWords = CommandWords {
    about: "年度のシートの記入がどこまで進んだかを、施策と担当課ごとに示します。",
    more: "「集計中」などの理由を書いた所は、記入済みと数えます。締切は portal.yaml の editions に due: 2026-08-31 のように書きます。\n",
    usage: "hyoka status [YEAR] [オプション]",
    examples: "例:
  hyoka status
  hyoka status 2025 --as-of today    締切を過ぎているかも示す
  hyoka status --format short        空いている所を、1行ずつファイルの行とともに出す
  hyoka status --format json         ほかのソフトで読む形で出す",
};

const STATUS_EN: CommandWords = CommandWords {
    about: "Shows how far the sheets of a year are filled, by policy and department.",
    more: "A place with a reason, such as 集計中, counts as filled. A day by which to be ready stands in portal.yaml: editions, due.\n",
    usage: "hyoka status [YEAR] [OPTIONS]",
    examples: "Examples:
  hyoka status
  hyoka status 2025 --as-of today    say whether it is overdue
  hyoka status --format short        a line for each open place, with its file and line
  hyoka status --format json         for other programs to read",
};

const DIFF_JA: CommandWords = CommandWords {
    about: "2つの年度版か、2つのフォルダの違いを示します。",
    more: "年度2つ、シートのフォルダ2つ、公開したフォルダ2つのどれかを比べます。判定、数値、文章、指標、施策の違いを施策ごとに示し、\n\
           公開したフォルダではファイルの違いも示します。\n",
    usage: "hyoka diff <BEFORE> <AFTER> [オプション]",
    examples: "例:
  hyoka diff 2023 2024                     昨年度版からの変化
  hyoka diff ../控え/content content       直す前のシートと
  hyoka diff downloaded output             公開中のサイトと
  hyoka diff 2023 2024 --format json

終了コード: 0 同じ、1 違いがある、2 実行できない",
};

const DIFF_EN: CommandWords = CommandWords {
    about: "Shows what differs between two editions or two folders.",
    more: "Compares two years, two folders of sheets, or two published folders: verdicts, figures, texts, indicators and\n\
           policies, by policy; of published folders the files as well.\n",
    usage: "hyoka diff <BEFORE> <AFTER> [OPTIONS]",
    examples: "Examples:
  hyoka diff 2023 2024                     what changed since the last edition
  hyoka diff ../before/content content     against the sheets as they were
  hyoka diff downloaded output             against the site that is online
  hyoka diff 2023 2024 --format json

Exit codes: 0 the same, 1 it differs, 2 could not run",
};

const VERIFY_JA: CommandWords = CommandWords {
    about: "公開したフォルダが、公開したときのままかを調べます。",
    more: "公開先からダウンロードしたフォルダを manifest.json と比べ、ないもの、変わったもの、一覧にないものを示します。\n",
    usage: "hyoka verify <FOLDER> [オプション]",
    examples: "例:
  hyoka verify output
  hyoka verify downloaded --manifest output/manifest.json    手元の記録と比べる（改ざんの確認に）
  hyoka verify downloaded --format json                      自動の確認に

終了コード: 0 同じ、1 違いがある、2 実行できない",
};

const VERIFY_EN: CommandWords = CommandWords {
    about: "Tells whether a published folder is as it was published.",
    more: "Compares a folder, as downloaded from the hosting, with manifest.json: missing, changed and foreign files.\n",
    usage: "hyoka verify <FOLDER> [OPTIONS]",
    examples: "Examples:
  hyoka verify output
  hyoka verify downloaded --manifest output/manifest.json    with the record that was kept (against tampering)
  hyoka verify downloaded --format json                      for a job that looks by itself

Exit codes: 0 the same, 1 it differs, 2 could not run",
};

const PACK_JA: CommandWords = CommandWords {
    about: "公開したものを1つの zip ファイルにまとめます。",
    more: "閉じたネットワークへの持ち込みや保存のためのものです。公開したときのままのフォルダからだけ作ります。\n\
           SHA256SUMS と説明が入り、取り出したフォルダは hyoka verify で確かめられます。同じものからは同じ zip ができます。\n",
    usage: "hyoka pack [YEAR] [オプション]",
    examples: "例:
  hyoka pack                            公開したすべてを portal.zip に
  hyoka pack 2024                       2024年度版と、そのページに要るものを portal-2024.zip に
  hyoka pack 2024 --output 議会用.zip",
};

const PACK_EN: CommandWords = CommandWords {
    about: "Packs what was published into one zip file.",
    more: "To be carried into a closed network, or for an archive. Only a folder that is as it was published is packed.\n\
           SHA256SUMS and a note are in it; hyoka verify takes the unpacked folder. The same site gives the same zip.\n",
    usage: "hyoka pack [YEAR] [OPTIONS]",
    examples: "Examples:
  hyoka pack                            everything that was published, as portal.zip
  hyoka pack 2024                       the edition of 2024 and what its pages need, as portal-2024.zip
  hyoka pack 2024 --output council.zip",
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
