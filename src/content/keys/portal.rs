//! Keys of portal.yaml.

use super::{Both, Key, Mapping, Takes, lineage, recommendation, revision, words};

pub static PORTAL: Mapping = Mapping {
    id: "portal",
    title: Both { ja: "ポータル", en: "portal" },
    keys: &[
        Key::new("title", &["題名", "タイトル", "サイト名"], Takes::Text, "サイトの題名", "The title of the site")
            .required(),
        Key::new(
            "municipality",
            &["自治体", "市町村"],
            Takes::Mapping(&MUNICIPALITY),
            "どの自治体のポータルか",
            "Whose portal this is",
        )
        .required(),
        Key::new(
            "languages",
            &["言語"],
            Takes::Languages,
            "サイトの言語。最初のものが既定 (例: [ja, en])",
            "The site's languages, the default first",
        ),
        Key::new("plan", &["計画", "総合計画"], Takes::Mapping(&PLAN), "総合計画とその期間", "The plan and its years")
            .required(),
        Key::new(
            "areas",
            &["分野", "基本目標", "政策"],
            Takes::List(&AREA),
            "施策をまとめる分野",
            "What policies are grouped by",
        )
        .required(),
        Key::new(
            "editions",
            &["版"],
            Takes::ByYear(&EDITION),
            "年度ごとの版の名前と公表日",
            "Label and dates of the edition of each year",
        ),
        Key::new("rate", &["達成率", "進捗率"], Takes::Mapping(&RATE), "達成率の計算方法", "How rates are made"),
        Key::new("verdict", &["判定"], Takes::Mapping(&VERDICT), "判定のしきい値", "Thresholds of verdicts"),
        Key::new(
            "grades",
            &["評価", "評価区分"],
            Takes::List(&GRADE_LEGEND),
            "評価(A〜Dなど)の凡例",
            "The legend of the city's grades",
        ),
        Key::new("theme", &["テーマ"], Takes::Id, "themes/ のテーマ名", "The theme's name below themes/"),
        Key::new(
            "license",
            &["ライセンス", "利用条件"],
            Takes::TextOr(&LICENSE),
            "内容の利用条件 (例: PDL-1.0)",
            "The licence of the content",
        ),
        Key::new(
            "base_url",
            &["公開URL"],
            Takes::UrlOrNone,
            "公開する場所のURL。なければ「なし」",
            "Where the site is published, or none",
        ),
        Key::new("contact", &["問い合わせ先", "問合せ先"], Takes::Mapping(&CONTACT), "問い合わせ先", "Whom to ask"),
        Key::new(
            "symbols",
            &["記号"],
            Takes::Symbols(&words::MISSING),
            "「-」などの記号の意味",
            "What printed symbols mean",
        ),
        Key::new("charts", &["グラフ"], Takes::Mapping(&CHARTS), "グラフの書き出し", "How charts are written"),
        Key::new(
            "book",
            &["冊子"],
            Takes::Word(&words::SWITCH),
            "年度ごとに全シートを1つにまとめた冊子も作る",
            "Every edition is published as one document for the council, too",
        ),
        Key::new("description", &["説明"], Takes::Text, "トップページの説明文", "A sentence on the index"),
        Key::new("footer", &["フッター"], Takes::Text, "全ページの末尾の文", "Text at the foot of every page"),
        Key::new(
            "revisions",
            &["改訂", "正誤"],
            Takes::List(&revision::RULE_REVISION),
            "公表した版の計算方法の改訂、取り下げたシート",
            "Changed rules of published editions, and sheets that were withdrawn",
        ),
        Key::new(
            "recommendations",
            &["提言", "外部からの提言", "指摘事項"],
            Takes::List(&recommendation::RECOMMENDATION),
            "監査委員や外部評価委員会などの提言と、市の対応。版には、公表日までのものが載る",
            "What auditors, external reviewers or the council recommend, and the city's answers. An edition shows those up to its publication",
        ),
        Key::new(
            "ended",
            &["終了した施策"],
            Takes::List(&lineage::ENDED_POLICY),
            "終わった施策のうち、最後のシートに終了(ended)と書いていないもの",
            "Policies that ended, and whose last sheet does not say it",
        ),
    ],
};

pub static MUNICIPALITY: Mapping = Mapping {
    id: "municipality",
    title: Both { ja: "自治体", en: "municipality" },
    keys: &[
        Key::new("name", &["名称", "自治体名"], Takes::Text, "自治体名", "Its name").required(),
        Key::new(
            "code",
            &["団体コード", "コード"],
            Takes::Code,
            "全国地方公共団体コード(6桁)",
            "The six digits of its code",
        ),
        Key::new("url", &["URL"], Takes::Url, "自治体のサイト", "Its website"),
    ],
};

pub static PLAN: Mapping = Mapping {
    id: "plan",
    title: Both { ja: "計画", en: "plan" },
    keys: &[
        Key::new("name", &["名称", "計画名"], Takes::Text, "計画の名前", "Its name"),
        Key::new("first_year", &["開始年度", "初年度"], Takes::Year, "最初の年度", "Its first fiscal year").required(),
        Key::new("last_year", &["終了年度", "最終年度"], Takes::Year, "最後の年度", "Its last fiscal year").required(),
    ],
};

pub static AREA: Mapping = Mapping {
    id: "area",
    title: Both { ja: "分野", en: "area" },
    keys: &[
        Key::new("id", &["識別子"], Takes::Id, "英数字の名前。URLになる", "Its name in URLs").required(),
        Key::new("number", &["番号"], Takes::Code, "印刷されている番号", "Its number as printed"),
        Key::new("name", &["名称", "分野名"], Takes::Text, "分野の名前", "Its name"),
        Key::new("parent", &["上位", "上位分野"], Takes::Id, "上位の分野の識別子", "The id of the area above"),
        Key::new("description", &["説明"], Takes::Text, "分野の説明", "What the area is for"),
    ],
};

pub static EDITION: Mapping = Mapping {
    id: "edition",
    title: Both { ja: "版", en: "edition" },
    keys: &[
        Key::new("label", &["名称", "版名"], Takes::Text, "版の呼び名", "What the edition is called"),
        Key::new("published", &["公表日"], Takes::Date, "公表した日", "When it was published"),
        Key::new("updated", &["更新日"], Takes::Date, "最後に改めた日", "When it was last changed"),
        Key::new(
            "due",
            &["締切", "記入期限"],
            Takes::Date,
            "シートを書き終える日 (hyoka status が知らせる。ページには出ない)",
            "Until when its sheets are to be filled: told by hyoka status, not on pages",
        ),
    ],
};

pub static RATE: Mapping = Mapping {
    id: "rate",
    title: Both { ja: "達成率の計算方法", en: "rate" },
    keys: &[
        Key::new("method", &["方法", "計算方法"], Takes::Word(&words::METHOD), "計算方法", "The formula"),
        Key::new("decimals", &["小数桁"], Takes::Count, "小数点以下の桁数(0〜6)", "Digits after the point, 0 to 6"),
        Key::new("rounding", &["端数"], Takes::Word(&words::ROUNDING), "端数の扱い", "How it is rounded"),
        Key::new(
            "target",
            &["目標", "比べる目標"],
            Takes::Word(&words::TARGET),
            "どの年度の目標と比べるか",
            "Which target it compares with",
        ),
    ],
};

pub static VERDICT: Mapping = Mapping {
    id: "verdict_rule",
    title: Both { ja: "判定", en: "verdict" },
    keys: &[Key::new(
        "nearly",
        &["おおむね"],
        Takes::Number,
        "「おおむね計画どおり」とする進み方の下限(0〜1、既定 0.8)",
        "From which pace on `nearly` begins, 0 to 1",
    )],
};

pub static GRADE_LEGEND: Mapping = Mapping {
    id: "grade_legend",
    title: Both { ja: "評価の凡例", en: "grade legend" },
    keys: &[
        Key::new("id", &["区分", "評価"], Takes::Code, "評価の記号 (A, B …)", "The grade itself").required(),
        Key::new("label", &["意味", "名称"], Takes::Text, "評価の意味", "What it means").required(),
        Key::new("verdict", &["判定"], Takes::Word(&words::VERDICT_NAME), "対応する判定", "The verdict it stands for"),
    ],
};

pub static CONTACT: Mapping = Mapping {
    id: "contact",
    title: Both { ja: "問い合わせ先", en: "contact" },
    keys: &[
        Key::new("department", &["担当課", "部署"], Takes::Text, "担当課", "The department"),
        Key::new("phone", &["電話", "電話番号"], Takes::Code, "電話番号", "Its telephone number"),
        Key::new("email", &["メール", "メールアドレス"], Takes::Code, "メールアドレス", "Its e-mail address"),
        Key::new("url", &["URL"], Takes::Url, "問い合わせページ", "A page for questions"),
    ],
};

pub static LICENSE: Mapping = Mapping {
    id: "license",
    title: Both { ja: "ライセンス", en: "licence" },
    keys: &[
        Key::new("name", &["名称"], Takes::Code, "名前 (PDL-1.0, CC-BY-4.0 …)", "Its name").required(),
        Key::new("url", &["URL"], Takes::Url, "本文のURL", "Where its text is"),
    ],
};

pub static CHARTS: Mapping = Mapping {
    id: "charts",
    title: Both { ja: "グラフ", en: "charts" },
    keys: &[Key::new(
        "files",
        &["ファイル"],
        Takes::Word(&words::SWITCH),
        "グラフを単独のファイルとしても書き出す",
        "Charts are written as files of their own, too",
    )],
};
