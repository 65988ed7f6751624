//! Keys of where policies come from and where they end.

use super::{Both, Key, Mapping, Takes, words};

pub static PREDECESSOR: Mapping = Mapping {
    id: "predecessor",
    title: Both { ja: "後継元", en: "predecessor" },
    keys: &[
        Key::new(
            "policy",
            &["施策", "識別子"],
            Takes::Id,
            "引き継いだ施策の識別子(ファイル名)",
            "The id of the policy",
        )
        .required(),
        Key::new(
            "year",
            &["年度"],
            Takes::Year,
            "どの年度の版から引き継いだか。なければ、その施策の最後のシート",
            "The edition that it came from; without it, the policy's last sheet before",
        ),
        Key::new(
            "part",
            &["一部"],
            Takes::Word(&words::SWITCH),
            "一部だけを引き継ぎ、もとの施策も続くこと",
            "Only a part was taken over, and the policy itself goes on",
        ),
    ],
};

pub static ENDED_POLICY: Mapping = Mapping {
    id: "ended_policy",
    title: Both { ja: "終了した施策", en: "ended policy" },
    keys: &[
        Key::new("policy", &["施策", "識別子"], Takes::Id, "終了した施策の識別子(ファイル名)", "The id of the policy")
            .required(),
        Key::new("year", &["年度"], Takes::Year, "最後の年度", "Its last fiscal year").required(),
        Key::new("note", &["注", "注記", "理由"], Takes::Text, "理由", "Why"),
    ],
};
