//! Keys of declared revisions of published figures.

use super::{Both, Key, Mapping, Takes, words};

pub static REVISION: Mapping = Mapping {
    id: "revision",
    title: Both { ja: "改訂", en: "revision" },
    keys: &[
        Key::new("indicator", &["指標"], Takes::Id, "指標の識別子", "The id of the indicator"),
        Key::new(
            "component",
            &["内訳"],
            Takes::Code,
            "指標の内訳の識別子。金額では財源か事業、評価では評価者",
            "The id of its component; of money the fund or project, of a grade whose it is",
        ),
        Key::new("field", &["項目"], Takes::Word(&words::FIGURE), "どの数値か", "Which figure").required(),
        Key::new("year", &["年度"], Takes::Year, "何年度の値か", "The year that it speaks of"),
        Key::new("from", &["改訂前"], Takes::Figure, "公表した値", "What was published"),
        Key::new("to", &["改訂後"], Takes::Figure, "改めた値", "What holds now"),
        Key::new("date", &["改訂日"], Takes::Date, "改めた日", "When it was changed").required(),
        Key::new("reason", &["理由"], Takes::Text, "改めた理由", "Why").required(),
        Key::new("kind", &["種別"], Takes::Word(&words::REVISION), "改訂の種別", "What kind of change it is")
            .required(),
    ],
};

pub static RULE_REVISION: Mapping = Mapping {
    id: "rule_revision",
    title: Both { ja: "ルールの改訂", en: "revision of a rule" },
    keys: &[
        Key::new("edition", &["版", "年度"], Takes::Year, "公表した版の年度", "The edition that was published")
            .required(),
        Key::new(
            "policy",
            &["施策"],
            Takes::Id,
            "施策の識別子。なければすべての施策",
            "The id of a policy; without it, all",
        ),
        Key::new(
            "field",
            &["項目"],
            Takes::Word(&words::FIGURE),
            "達成率(rate)か判定(verdict)。portal.yaml の提言の文なら digest。取り下げたシートでは書かない",
            "`rate` or `verdict`; `digest` for the words of portal.yaml's recommendations; left out where the sheet of the policy was withdrawn",
        ),
        Key::new("date", &["改訂日"], Takes::Date, "改めた日", "When it was changed").required(),
        Key::new("reason", &["理由"], Takes::Text, "改めた理由", "Why").required(),
        Key::new("kind", &["種別"], Takes::Word(&words::REVISION), "改訂の種別", "What kind of change it is")
            .required(),
    ],
};
