//! Keys of recommendations from outside.

use super::{Both, Key, Mapping, Takes, words};

pub static RECOMMENDATION: Mapping = Mapping {
    id: "recommendation",
    title: Both { ja: "提言", en: "recommendation" },
    keys: &[
        Key::new("id", &["識別子"], Takes::Id, "英数字の名前", "Its name in addresses"),
        Key::new(
            "source",
            &["提言者", "指摘者"],
            Takes::Text,
            "だれの提言か(監査委員、外部評価委員会、議会など)",
            "Whose it is: auditors, external reviewers, the council",
        )
        .required(),
        Key::new("date", &["提言日", "指摘日"], Takes::Date, "示された日", "When it was made").required(),
        Key::new("text", &["内容", "提言内容"], Takes::Text, "提言の内容", "What is recommended").required(),
        Key::new(
            "policy",
            &["施策"],
            Takes::Id,
            "関係する施策の識別子(portal.yaml に書くとき)",
            "The id of the policy that it speaks of (in portal.yaml)",
        ),
        Key::new("indicator", &["指標"], Takes::Id, "関係する指標の識別子", "The id of the indicator"),
        Key::new("due", &["期限", "対応期限"], Takes::Date, "対応の期限", "By when it is to be followed"),
        Key::new(
            "state",
            &["状態", "対応状況"],
            Takes::Word(&words::RECOMMENDATION_STATE),
            "未対応・対応中・対応済み・対応しない",
            "open, in-progress, done or declined",
        ),
        Key::new(
            "response",
            &["対応", "回答"],
            Takes::TextOrList(&RESPONSE),
            "市の対応。後の年度にも続けて書くときは、日付と状態を付けて並べる",
            "What the city answers; where it goes on over the years, a list with day and state",
        ),
    ],
};

pub static RESPONSE: Mapping = Mapping {
    id: "response",
    title: Both { ja: "対応", en: "response" },
    keys: &[
        Key::new("date", &["回答日", "対応日"], Takes::Date, "回答した日", "When it was answered").required(),
        Key::new(
            "state",
            &["状態", "対応状況"],
            Takes::Word(&words::RECOMMENDATION_STATE),
            "未対応・対応中・対応済み・対応しない。書かなければ、その前の対応の状態のまま(はじめの対応なら、対応中)",
            "open, in-progress, done or declined; without it, the state before it goes on (of a first answer: in-progress)",
        ),
        Key::new("text", &["内容", "回答内容"], Takes::Text, "回答の内容", "What was answered"),
    ],
};
