//! Keys of a sheet, without its indicators.

use super::{Both, Key, Mapping, Takes, indicator, lineage, recommendation, revision, words};

pub static SHEET: Mapping = Mapping {
    id: "sheet",
    title: Both { ja: "評価シート", en: "sheet" },
    keys: &[
        Key::new("number", &["番号", "施策番号"], Takes::Code, "印刷されている番号", "Its number as printed"),
        Key::new(
            "area",
            &["分野", "基本目標", "政策"],
            Takes::Id,
            "portal.yaml の分野の識別子",
            "The id of its area in portal.yaml",
        )
        .required(),
        Key::new("name", &["施策名", "施策", "名称"], Takes::Text, "施策の名前", "Its name").required(),
        Key::new(
            "successor_of",
            &["後継元", "前身"],
            Takes::IdsOr(&lineage::PREDECESSOR),
            "この施策が引き継いだ、前の年度の施策。改称なら1つ、統合なら並べる。分割なら、分かれたそれぞれのシートに同じ施策を書く",
            "The policies before it that it took over: one where it was renamed, several where they were merged; where one was split, each sheet names it",
        ),
        Key::new(
            "ended",
            &["終了"],
            Takes::Mapping(&indicator::ENDED),
            "この年度で終わった施策であること(最後のシートに書く)",
            "The policy's end, in its last sheet",
        ),
        Key::new(
            "department",
            &["担当課", "所管課", "担当部署"],
            Takes::Texts,
            "担当課。複数あれば並べる",
            "Its department, or several",
        ),
        Key::new("vision", &["目指す姿"], Takes::Text, "目指す姿", "Its vision"),
        Key::new("indicators", &["成果指標", "指標"], Takes::List(&indicator::INDICATOR), "指標", "Its indicators"),
        Key::new(
            "achievements",
            &["成果", "主な取組の成果", "取組の成果"],
            Takes::Texts,
            "主な取組の成果",
            "What was achieved",
        ),
        Key::new(
            "challenges",
            &["課題", "課題と取組方針"],
            Takes::List(&CHALLENGE),
            "課題と取組方針の組",
            "Challenges with their approaches",
        ),
        Key::new(
            "answers",
            &["前年度の課題への対応", "課題への対応"],
            Takes::List(&ANSWER),
            "前の年度のシートの課題がどうなったか",
            "What became of the challenges of last year's sheet",
        ),
        Key::new(
            "recommendations",
            &["提言", "外部からの提言", "指摘事項"],
            Takes::List(&recommendation::RECOMMENDATION),
            "監査委員や外部評価委員会などの提言と、市の対応。版には、公表日までのものが載り、終わるまで後の版に続く",
            "What auditors, external reviewers or the council recommend, and the city's answers. An edition shows those up to its publication; what is open goes on in later ones",
        ),
        Key::new("projects", &["関連事業", "事業"], Takes::ListOrTexts(&PROJECT), "関連事業", "Its projects"),
        Key::new(
            "expenditure",
            &["事業費", "経費", "費用"],
            Takes::Mapping(&EXPENDITURE),
            "決算額・予算額・人件費",
            "What it cost",
        ),
        Key::new("grades", &["評価"], Takes::List(&GRADE), "市が付けた評価", "Grades given by people"),
        Key::new(
            "outlook",
            &["今後の方向性", "方向性"],
            Takes::Text,
            "今後の方向性",
            "What comes next, in the city's words",
        ),
        Key::new(
            "plain",
            &["やさしい日本語"],
            Takes::Mapping(&PLAIN),
            "目指す姿などを、やさしい日本語で書き直したもの",
            "Its vision and more in plain language",
        ),
        Key::new(
            "attachments",
            &["添付", "添付ファイル"],
            Takes::List(&ATTACHMENT),
            "添付ファイル(content/assets/ の中)",
            "Files in content/assets/",
        ),
        Key::new("source", &["出典"], Takes::Text, "シートの出典", "Where the sheet was taken from"),
        Key::new("notes", &["注", "注記", "備考"], Takes::Texts, "注記", "Footnotes"),
        Key::new(
            "revisions",
            &["改訂", "正誤"],
            Takes::List(&revision::REVISION),
            "公表した数値の改訂",
            "Changes of figures that were published",
        ),
        Key::new(
            "checked",
            &["確認済み", "文章の確認"],
            Takes::List(&CHECKED),
            "確かめた文章。表と食い違う、昨年と同じ、という警告を出さない。ページには載せない",
            "Words that were looked at: no warning that they contradict the table or repeat last year's; not shown on pages",
        ),
        Key::new("sample", &["見本"], Takes::Word(&words::SWITCH), "架空の見本であること", "Marks a fictional sheet"),
        Key::new("status", &["状態"], Takes::Word(&words::PUBLICATION), "下書きか公開か", "Draft or published"),
        Key::new(
            "publish_on",
            &["公表予定日"],
            Takes::Date,
            "この日まで公開しない (hyoka build --as-of today で、その日から公開する)",
            "Not published before this day (from then on by hyoka build --as-of today)",
        ),
    ],
};

pub static PLAIN: Mapping = Mapping {
    id: "plain",
    title: Both { ja: "やさしい日本語", en: "plain texts" },
    keys: &[
        Key::new("vision", &["目指す姿"], Takes::Text, "目指す姿", "Its vision"),
        Key::new(
            "achievements",
            &["成果", "主な取組の成果", "取組の成果"],
            Takes::Texts,
            "主な取組の成果",
            "What was achieved",
        ),
        Key::new(
            "challenges",
            &["課題", "課題と取組方針"],
            Takes::Texts,
            "課題と取組方針",
            "Challenges and what will be done",
        ),
        Key::new("outlook", &["今後の方向性", "方向性"], Takes::Text, "今後の方向性", "What comes next"),
    ],
};

pub static CHALLENGE: Mapping = Mapping {
    id: "challenge",
    title: Both { ja: "課題", en: "challenge" },
    keys: &[
        Key::new(
            "id",
            &["識別子"],
            Takes::Id,
            "翌年度のシートが答えるための名前",
            "So that next year's sheet can answer it",
        ),
        Key::new("challenge", &["課題"], Takes::Text, "課題", "What stands in the way").required(),
        Key::new(
            "approach",
            &["取組方針", "方針"],
            Takes::Text,
            "課題を解決する取組方針",
            "What will be done about it",
        ),
    ],
};

pub static ANSWER: Mapping = Mapping {
    id: "answer",
    title: Both { ja: "課題への対応", en: "answer" },
    keys: &[
        Key::new("id", &["識別子"], Takes::Id, "前の年度の課題の識別子", "The id of the challenge").required(),
        Key::new(
            "policy",
            &["施策"],
            Takes::Id,
            "どの施策の課題か。まとめた施策に同じ識別子の課題があるときに書く",
            "Whose challenge it is, where several policies that were merged have one with this id",
        ),
        Key::new(
            "state",
            &["状態", "結果"],
            Takes::Word(&words::ANSWER_STATE),
            "完了・継続・中止。まだ書かなければ空けておく",
            "done, continued or stopped; left empty until it is answered",
        ),
        Key::new("text", &["内容", "説明"], Takes::Text, "どう対応したか", "What was done about it"),
    ],
};

pub static PROJECT: Mapping = Mapping {
    id: "project",
    title: Both { ja: "関連事業", en: "project" },
    keys: &[
        Key::new("name", &["事業名", "名称"], Takes::Text, "事業の名前", "Its name").required(),
        Key::new("department", &["担当課", "所管課", "担当部署"], Takes::Text, "担当課", "Its department"),
        Key::new(
            "expenditure",
            &["事業費", "経費", "費用"],
            Takes::Mapping(&EXPENDITURE),
            "事業の決算額など",
            "What it cost",
        ),
        Key::new("url", &["URL"], Takes::Url, "事業のページ", "Its page"),
    ],
};

pub static EXPENDITURE: Mapping = Mapping {
    id: "expenditure",
    title: Both { ja: "事業費", en: "expenditure" },
    keys: &[
        Key::new(
            "unit",
            &["単位"],
            Takes::Word(&words::MONEY_UNIT),
            "円・千円・万円・百万円・億円。事業の中ではシートの単位を引き継ぐ",
            "The unit printed; a project takes over its sheet's",
        ),
        Key::new("settled", &["決算額", "決算"], Takes::Amounts, "年度ごとの決算額", "Settled amounts by fiscal year"),
        Key::new(
            "budgeted",
            &["予算額", "予算"],
            Takes::Amounts,
            "年度ごとの予算額",
            "Budgeted amounts by fiscal year",
        ),
        Key::new("personnel", &["人件費"], Takes::Amounts, "年度ごとの人件費", "Personnel costs by fiscal year"),
        Key::new(
            "total",
            &["総コスト", "総コスト計", "費用合計"],
            Takes::Amounts,
            "年度ごとの総コスト(決算額と人件費の合計)",
            "Settled amount and personnel costs together, as published, by fiscal year",
        ),
        Key::new(
            "total_printed_differs",
            &["合計の不一致"],
            Takes::YearTexts,
            "印刷された合計が内訳と合わない理由(年度ごと)",
            "Why a printed total is not the sum of its parts, by year",
        ),
        Key::new("note", &["注", "注記", "備考"], Takes::Text, "注記", "A footnote"),
    ],
};

pub static AMOUNT: Mapping = Mapping {
    id: "amount",
    title: Both { ja: "金額と財源内訳", en: "amount" },
    keys: &[
        Key::new("total", &["合計", "総額", "計"], Takes::Figure, "合計", "The total as printed").required(),
        Key::new("national", &["国庫支出金", "国"], Takes::Figure, "国庫支出金", "From the national government"),
        Key::new(
            "prefectural",
            &["県支出金", "都道府県支出金", "府支出金", "道支出金", "都支出金"],
            Takes::Figure,
            "都道府県支出金",
            "From the prefecture",
        ),
        Key::new("bonds", &["地方債", "市債"], Takes::Figure, "地方債", "From bonds"),
        Key::new("other", &["その他", "その他特定財源"], Takes::Figure, "その他", "From other sources"),
        Key::new("general", &["一般財源"], Takes::Figure, "一般財源", "From general revenue"),
    ],
};

pub static GRADE: Mapping = Mapping {
    id: "grade",
    title: Both { ja: "評価", en: "grade" },
    keys: &[
        Key::new("by", &["評価者"], Takes::WordOrText(&words::VOICE), "だれの評価か", "Whose grade it is").required(),
        Key::new("grade", &["評価", "区分"], Takes::Code, "評価 (A, B …)", "The grade"),
        Key::new("comment", &["コメント", "意見", "理由"], Takes::Text, "評価の理由・意見", "Why"),
        Key::new(
            "year",
            &["年度"],
            Takes::Year,
            "評価の年度(前年度の評価を並べるとき)",
            "Its year, where last year's grade stands beside",
        ),
    ],
};

pub static ATTACHMENT: Mapping = Mapping {
    id: "attachment",
    title: Both { ja: "添付ファイル", en: "attachment" },
    keys: &[
        Key::new("title", &["題名", "名称"], Takes::Text, "ファイルの題名", "Its title").required(),
        Key::new(
            "file",
            &["ファイル"],
            Takes::Code,
            "content/ から見た場所 (assets/2024/form.pdf)",
            "Where it is below content/",
        )
        .required(),
    ],
};

pub static CHECKED: Mapping = Mapping {
    id: "checked",
    title: Both { ja: "確認済み", en: "checked" },
    keys: &[
        Key::new("quote", &["文言"], Takes::Code, "文章にあるとおりの文言", "The words as the text has them")
            .required(),
        Key::new("note", &["注", "注記", "理由"], Takes::Text, "このままでよい理由", "Why they stand as they should")
            .required(),
    ],
};
