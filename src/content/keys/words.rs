//! The words that fields take, in both languages.

use super::{Both, Word, Words};

const fn word(name: &'static str, ja: &'static [&'static str], doc_ja: &'static str, doc_en: &'static str) -> Word {
    Word { name, ja, doc: Both { ja: doc_ja, en: doc_en } }
}

pub static ACCUMULATION: Words = Words {
    id: "accumulation",
    entries: &[
        word("annual", &["単年", "単年度"], "その年度だけの値", "that year alone"),
        word("cumulative", &["累計", "累積"], "累計として印刷された値", "running totals as printed"),
        word("stock", &["年度末", "年度末時点", "時点"], "年度末時点の値", "the level at the end of the year"),
        word(
            "period-total",
            &["期間合計", "期間計"],
            "年度ごとの値の合計で目標と比べる",
            "annual values towards a total",
        ),
    ],
};

pub static ANSWER_STATE: Words = Words {
    id: "answer_state",
    entries: &[
        word("done", &["完了", "解決"], "取組を終えた", "the approach is finished"),
        word("continued", &["継続"], "取組を続ける", "the approach goes on"),
        word("stopped", &["中止", "終了"], "取組をやめた", "the approach was given up"),
    ],
};

pub static DIRECTION: Words = Words {
    id: "direction",
    entries: &[
        word("increase", &["増加", "増", "向上"], "多いほど良い", "more is better"),
        word("decrease", &["減少", "減", "低減"], "少ないほど良い", "less is better"),
        word("maintain", &["維持"], "目標の水準を保つ", "keep the level of the target"),
        word("within", &["範囲", "範囲内"], "目標の範囲に収める", "stay within the range of the target"),
        word("none", &["なし", "方向なし"], "良し悪しの方向がない", "neither is better"),
    ],
};

pub static KIND: Words = Words {
    id: "kind",
    entries: &[
        word("outcome", &["成果指標", "成果"], "成果を測る", "measures the outcome"),
        word("output", &["活動指標", "活動"], "活動の量を測る", "measures the activity"),
        word(
            "context",
            &["参考指標", "参考", "対象指標"],
            "背景の値。目標も判定もない",
            "background, without target and verdict",
        ),
    ],
};

pub static METHOD: Words = Words {
    id: "rate_method",
    entries: &[
        word("ratio", &["目標比"], "実績÷目標", "actual ÷ target"),
        word("progress", &["進捗率"], "(実績−基準)÷(目標−基準)", "(actual − baseline) ÷ (target − baseline)"),
        word("mirror", &["逆指標"], "2−実績÷目標(少ないほど良い指標)", "2 − actual ÷ target, lower is better"),
        word("inverse", &["逆比"], "目標÷実績(少ないほど良い指標)", "target ÷ actual, lower is better"),
        word("change", &["増減率"], "基準からの増減の大きさ÷基準", "size of the change ÷ baseline"),
        word("growth", &["伸び率"], "(実績−基準)÷基準", "(actual − baseline) ÷ baseline"),
        word("difference", &["差"], "実績−目標(ポイント)", "actual − target, in points"),
    ],
};

pub static MISSING: Words = Words {
    id: "missing",
    entries: &[
        word("unknown", &["不明"], "理由が分からない", "no reason is given"),
        word("not-applicable", &["該当なし", "対象外"], "該当しない", "does not apply"),
        word("pending", &["集計中", "未確定", "未公表"], "まだ集計されていない", "not yet counted"),
        word("not-implemented", &["未実施"], "実施していない", "not carried out"),
        word("not-surveyed", &["調査年でない", "調査なし"], "調査のない年", "no survey in this year"),
        word("suppressed", &["秘匿"], "秘匿", "suppressed"),
        word("see-note", &["注記参照", "注参照"], "注記に理由がある", "the note says why"),
        word(
            "not-in-source",
            &["出典に記載なし", "記載なし"],
            "出典に印刷されていない",
            "the source does not print it",
        ),
    ],
};

pub static MONEY_UNIT: Words = Words {
    id: "money_unit",
    entries: &[
        word("円", &["yen", "JPY"], "円", "yen"),
        word("千円", &["thousand-yen"], "千円", "thousands of yen"),
        word("万円", &["ten-thousand-yen"], "万円", "tens of thousands of yen"),
        word("百万円", &["million-yen"], "百万円", "millions of yen"),
        word("億円", &["hundred-million-yen"], "億円", "hundreds of millions of yen"),
    ],
};

pub static PUBLICATION: Words = Words {
    id: "publication",
    entries: &[
        word("draft", &["下書き", "案"], "公開しない", "not published"),
        word("published", &["公開", "公表"], "公開する", "published"),
    ],
};

pub static ROUNDING: Words = Words {
    id: "rounding",
    entries: &[
        word("half-up", &["四捨五入"], "四捨五入", "half away from zero"),
        word("truncate", &["切捨て", "切り捨て"], "ゼロに向けて切捨て", "towards zero"),
    ],
};

pub static STATUS: Words = Words {
    id: "status",
    entries: &[
        word("final", &["確定", "確定値"], "確定値", "final"),
        word("provisional", &["速報", "速報値", "暫定値"], "速報値", "provisional"),
        word("estimate", &["推計", "推計値"], "推計値", "estimate"),
        word("forecast", &["見込", "見込み", "見込値"], "見込値", "forecast"),
        word("revised", &["改定", "改定値", "修正値"], "改定値", "revised"),
    ],
};

pub static SWITCH: Words = Words {
    id: "switch",
    entries: &[word("true", &["はい"], "はい", "yes"), word("false", &["いいえ"], "いいえ", "no")],
};

pub static TARGET: Words = Words {
    id: "target_choice",
    entries: &[
        word("year", &["当年度"], "その年度の目標。なければ次の目標", "of the year, or the next one that has a target"),
        word("next", &["次の目標"], "その年度より後の最初の目標", "the next after the year"),
        word("final", &["最終", "最終目標"], "最後の目標", "the last"),
    ],
};

pub static VERDICT_NAME: Words = Words {
    id: "verdict",
    entries: &[
        word("achieved", &["達成"], "達成", "achieved"),
        word("on-track", &["計画どおり", "順調"], "計画どおり", "on track"),
        word("nearly", &["おおむね計画どおり", "おおむね順調"], "おおむね計画どおり", "nearly on track"),
        word("behind", &["遅れ"], "遅れ", "behind"),
        word(
            "worse-than-baseline",
            &["計画策定時より後退", "後退"],
            "計画策定時より後退",
            "worse than at the baseline",
        ),
        word("undecided", &["判定できない", "判定不能"], "判定できない", "undecided"),
    ],
};

pub static VOICE: Words = Words {
    id: "voice",
    entries: &[
        word("self", &["自己評価", "1次評価", "一次評価", "内部評価"], "担当課の評価", "by the department itself"),
        word("second", &["2次評価", "二次評価"], "2次評価", "second review"),
        word("external", &["外部評価", "第三者評価"], "外部評価", "external review"),
    ],
};

pub static RECOMMENDATION_STATE: Words = Words {
    id: "recommendation_state",
    entries: &[
        word("open", &["未対応", "未着手"], "まだ対応していない", "nothing is done yet"),
        word("in-progress", &["対応中", "検討中"], "対応している", "it is being followed"),
        word("done", &["対応済み", "対応済", "完了"], "対応が終わった", "it was followed"),
        word("declined", &["対応しない", "見送り"], "対応しないことにした", "it is not going to be followed"),
    ],
};

pub static FIGURE: Words = Words {
    id: "figure_field",
    entries: &[
        word("baseline", &["基準値"], "基準値", "the baseline"),
        word("actual", &["実績値", "実績"], "実績値", "an actual"),
        word("target", &["目標値", "目標"], "目標値", "a target"),
        word("rate", &["達成率"], "計算した達成率", "the computed rate"),
        word("published_rate", &["公表達成率"], "市が印刷した達成率", "the rate that the city printed"),
        word("verdict", &["判定"], "判定", "the verdict"),
        word("settled", &["決算額", "決算"], "決算額", "a settled amount"),
        word("budgeted", &["予算額", "予算"], "予算額", "a budgeted amount"),
        word("personnel", &["人件費"], "人件費", "personnel costs"),
        word("total", &["総コスト"], "総コスト", "the published total"),
        word("grade", &["評価"], "評価", "a grade"),
        word("digest", &["文章"], "シートの文章", "the texts of the sheet"),
    ],
};

pub static REVISION: Words = Words {
    id: "revision_kind",
    entries: &[
        word("correction", &["訂正", "正誤"], "誤りを直した", "it was wrong"),
        word("final-figure", &["確定", "確定値"], "速報値・未集計の値が確定した", "it was provisional or not known"),
        word("redefinition", &["定義変更"], "数え方が変わった", "it is counted otherwise"),
        word("target-change", &["目標変更"], "目標を改めた", "the target was changed"),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Accumulation, AnswerState, Direction, FigureField, Kind, MissingReason, MoneyUnit, RateMethod,
        RecommendationState, RevisionKind, Rounding, Status, TargetChoice, VerdictName,
    };

    #[test]
    fn the_words_are_exactly_the_values_of_the_model() {
        fn names(words: &Words) -> Vec<&str> {
            words.entries.iter().map(|word| word.name).collect()
        }
        let mut status = Status::ALL.map(Status::name).to_vec();
        let mut words = names(&STATUS);
        status.sort_unstable();
        words.sort_unstable();
        assert_eq!(words, status);
        assert_eq!(names(&ACCUMULATION), Accumulation::ALL.map(Accumulation::name));
        assert_eq!(names(&ANSWER_STATE), AnswerState::ALL.map(AnswerState::name));
        assert_eq!(names(&DIRECTION), Direction::ALL.map(Direction::name));
        assert_eq!(names(&FIGURE), FigureField::ALL.map(FigureField::name));
        assert_eq!(names(&RECOMMENDATION_STATE), RecommendationState::ALL.map(RecommendationState::name));
        assert_eq!(names(&REVISION), RevisionKind::ALL.map(RevisionKind::name));
        assert_eq!(names(&KIND), Kind::ALL.map(Kind::name));
        assert_eq!(names(&METHOD), RateMethod::ALL.map(RateMethod::name));
        assert_eq!(names(&MISSING), MissingReason::ALL.map(MissingReason::name));
        assert_eq!(names(&MONEY_UNIT), MoneyUnit::ALL.map(MoneyUnit::name));
        assert_eq!(names(&ROUNDING), Rounding::ALL.map(Rounding::name));
        assert_eq!(names(&TARGET), TargetChoice::ALL.map(TargetChoice::name));
        assert_eq!(names(&VERDICT_NAME), VerdictName::ALL.map(VerdictName::name));
    }
}
