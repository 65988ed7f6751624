//! Keys of an indicator and of what stands below it.

use super::{Both, Key, Mapping, Takes, portal, words};

pub static INDICATOR: Mapping = Mapping {
    id: "indicator",
    title: Both { ja: "指標", en: "indicator" },
    keys: &[
        Key::new(
            "id",
            &["識別子"],
            Takes::Id,
            "英数字の名前。年度が変わっても同じにする",
            "Its name in URLs and data; the same over the years",
        )
        .required(),
        Key::new("name", &["指標名", "名称"], Takes::Text, "指標の名前", "Its name").required(),
        Key::new("description", &["説明"], Takes::Text, "指標の説明", "What it measures"),
        Key::new("formula", &["算式", "算出方法", "計算式"], Takes::Text, "算式", "How it is computed"),
        Key::new("source", &["出典"], Takes::Text, "値の出典", "Where its figures come from"),
        Key::new(
            "target_reason",
            &["目標の根拠", "目標値の根拠"],
            Takes::Text,
            "目標値の根拠",
            "Why the target is what it is",
        ),
        Key::new(
            "kind",
            &["種類", "指標の種類"],
            Takes::Word(&words::KIND),
            "成果指標・活動指標・参考指標",
            "What it measures",
        ),
        Key::new("unit", &["単位"], Takes::Text, "値の後に付く単位", "The unit printed after a figure"),
        Key::new(
            "target_unit",
            &["目標の単位"],
            Takes::Text,
            "目標の単位(実績と違うときだけ)",
            "The target's unit, only where it differs",
        ),
        Key::new(
            "accumulation",
            &["集計", "集計方法"],
            Takes::Word(&words::ACCUMULATION),
            "単年・累計などの別",
            "What an actual counts",
        ),
        Key::new(
            "direction",
            &["方向", "目標の方向"],
            Takes::Word(&words::DIRECTION),
            "どちらが良いか。省けば目標と基準値の差で決まる",
            "Which way is better; left out, target − baseline decides",
        ),
        Key::new(
            "tolerance",
            &["許容幅", "許容範囲"],
            Takes::NumberOr(&TOLERANCE),
            "維持する指標の許容幅(単位は指標と同じ)",
            "How far a maintained indicator may be from its target",
        ),
        Key::new(
            "baseline",
            &["基準値", "計画策定時", "現状値", "策定時"],
            Takes::FigureOr(&BASELINE),
            "計画策定時の値",
            "Where it set out from",
        ),
        Key::new("actuals", &["実績値", "実績"], Takes::Figures, "年度ごとの実績値", "Actual values by fiscal year"),
        Key::new("targets", &["目標値", "目標"], Takes::Figures, "年度ごとの目標値", "Targets by fiscal year"),
        Key::new(
            "published_rates",
            &["公表達成率", "達成率の実績"],
            Takes::Figures,
            "市が公表した達成率",
            "Rates as the city printed them",
        ),
        Key::new(
            "components",
            &["内訳"],
            Takes::List(&COMPONENT),
            "並べて印刷されている内訳(小学校・中学校など)",
            "Parts printed side by side",
        ),
        Key::new("survey", &["調査"], Takes::Mapping(&SURVEY), "もとになる調査", "The survey behind it"),
        Key::new(
            "rate",
            &["達成率", "進捗率"],
            Takes::Mapping(&portal::RATE),
            "この指標だけの計算方法",
            "Departs from the portal's rate",
        ),
        Key::new(
            "breaks",
            &["断絶"],
            Takes::List(&BREAK),
            "前の年度と比べられなくなった年度",
            "Years from which on figures are not comparable",
        ),
        Key::new(
            "target_changes",
            &["目標変更", "目標値の変更"],
            Takes::List(&TARGET_CHANGE),
            "計画の途中で変えた目標。グラフに段で示し、変えた日と理由を表にする",
            "Targets changed during the plan: steps in the chart, with date and reason in a table",
        ),
        Key::new(
            "target_note",
            &["目標の注記", "早期達成の説明"],
            Takes::Text,
            "最終目標に予定より早く届いたとき、目標をどうするか(据え置く、引き上げるなど)とその理由",
            "Where the last target was met early: whether it is kept or raised, and why",
        ),
        Key::new(
            "replaces",
            &["旧指標"],
            Takes::Id,
            "置き換えた指標の識別子",
            "The id of the indicator it took the place of",
        ),
        Key::new(
            "ended",
            &["終了"],
            Takes::Mapping(&ENDED),
            "指標をやめた年度",
            "Since when it is not followed any more",
        ),
        Key::new("notes", &["注", "注記", "備考"], Takes::Texts, "注記", "Footnotes"),
    ],
};

pub static COMPONENT: Mapping = Mapping {
    id: "component",
    title: Both { ja: "内訳", en: "component" },
    keys: &[
        Key::new("id", &["識別子"], Takes::Id, "英数字の名前", "Its name in data").required(),
        Key::new("name", &["名称", "内訳名"], Takes::Text, "内訳の名前", "Its name").required(),
        Key::new(
            "baseline",
            &["基準値", "計画策定時", "現状値", "策定時"],
            Takes::FigureOr(&BASELINE),
            "計画策定時の値",
            "Where it set out from",
        ),
        Key::new("actuals", &["実績値", "実績"], Takes::Figures, "年度ごとの実績値", "Actual values by fiscal year"),
        Key::new("targets", &["目標値", "目標"], Takes::Figures, "年度ごとの目標値", "Targets by fiscal year"),
        Key::new(
            "published_rates",
            &["公表達成率", "達成率の実績"],
            Takes::Figures,
            "市が公表した達成率",
            "Rates as the city printed them",
        ),
    ],
};

pub static VALUE: Mapping = Mapping {
    id: "value",
    title: Both { ja: "値", en: "value" },
    keys: &[
        Key::new("value", &["値"], Takes::Code, "印刷されている値", "The figure as printed"),
        Key::new("status", &["状態", "区分"], Takes::Word(&words::STATUS), "確定値・速報値などの別", "How sure it is"),
        Key::new("note", &["注", "注記"], Takes::Text, "この値の注記", "A footnote of this value"),
        Key::new(
            "printed",
            &["表記"],
            Takes::Code,
            "数値と違う表記 (31人削減)",
            "What is printed, where it is more than the figure",
        ),
        Key::new("missing", &["欠測", "値なし"], Takes::Word(&words::MISSING), "値がない理由", "Why there is no value"),
        Key::new("until", &["公表予定"], Takes::Code, "いつ分かるか (2026-03)", "When it will be known"),
        Key::new(
            "met",
            &["達成"],
            Takes::Word(&words::SWITCH),
            "文字の目標を達成したか",
            "Whether a text target is met",
        ),
    ],
};

pub static BASELINE: Mapping = Mapping {
    id: "baseline",
    title: Both { ja: "基準値", en: "baseline" },
    keys: &[
        Key::new("year", &["年度"], Takes::Year, "基準値の年度(印刷されているとき)", "Its fiscal year, where printed"),
        Key::new("value", &["値"], Takes::Code, "印刷されている値", "The figure as printed"),
        Key::new("status", &["状態", "区分"], Takes::Word(&words::STATUS), "確定値・速報値などの別", "How sure it is"),
        Key::new("note", &["注", "注記"], Takes::Text, "この値の注記", "A footnote of this value"),
        Key::new(
            "printed",
            &["表記"],
            Takes::Code,
            "数値と違う表記",
            "What is printed, where it is more than the figure",
        ),
        Key::new("missing", &["欠測", "値なし"], Takes::Word(&words::MISSING), "値がない理由", "Why there is no value"),
        Key::new("until", &["公表予定"], Takes::Code, "いつ分かるか", "When it will be known"),
        Key::new("met", &["達成"], Takes::Word(&words::SWITCH), "文字の値を満たしたか", "Whether a text is met"),
    ],
};

pub static SURVEY: Mapping = Mapping {
    id: "survey",
    title: Both { ja: "調査", en: "survey" },
    keys: &[
        Key::new("sample", &["標本", "回答数", "標本数"], Takes::Count, "回答数", "How many answered"),
        Key::new(
            "tolerance",
            &["誤差", "許容誤差"],
            Takes::Number,
            "これ以内の動きは変化とみなさない",
            "A move within this is no move",
        ),
        Key::new("note", &["注", "注記"], Takes::Text, "調査の説明", "About the survey"),
    ],
};

pub static TOLERANCE: Mapping = Mapping {
    id: "tolerance",
    title: Both { ja: "許容幅", en: "tolerance" },
    keys: &[
        Key::new("below", &["下", "下回り"], Takes::Number, "下回ってよい幅", "How far below is still kept"),
        Key::new("above", &["上", "上回り"], Takes::Number, "上回ってよい幅", "How far above is still kept"),
    ],
};

pub static BREAK: Mapping = Mapping {
    id: "break",
    title: Both { ja: "断絶", en: "break" },
    keys: &[
        Key::new("year", &["年度"], Takes::Year, "この年度から比べられない", "From this year on").required(),
        Key::new("note", &["注", "注記", "理由", "reason"], Takes::Text, "理由", "Why"),
    ],
};

pub static TARGET_CHANGE: Mapping = Mapping {
    id: "target_change",
    title: Both { ja: "目標変更", en: "target change" },
    keys: &[
        Key::new("year", &["年度"], Takes::Year, "どの年度の目標か", "The year whose target was changed").required(),
        Key::new(
            "component",
            &["内訳"],
            Takes::Id,
            "どの内訳の目標か。省けばすべての内訳",
            "The component whose target it was; left out, all of them",
        ),
        Key::new("from", &["変更前"], Takes::Figure, "変更前の目標値", "The target before").required(),
        Key::new("date", &["変更日"], Takes::Date, "決めた日", "When it was decided"),
        Key::new("reason", &["理由"], Takes::Text, "理由", "Why"),
    ],
};

pub static ENDED: Mapping = Mapping {
    id: "ended",
    title: Both { ja: "終了", en: "ended" },
    keys: &[
        Key::new("year", &["年度"], Takes::Year, "最後の年度", "Its last fiscal year").required(),
        Key::new("note", &["注", "注記", "理由"], Takes::Text, "理由", "Why"),
    ],
};
