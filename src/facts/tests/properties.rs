//! What holds for every figure.

use super::build::*;
use super::verdicts::{facts, seen, verdict};
use crate::model::{Accumulation, Direction, VerdictName};
use proptest::prelude::*;
use rust_decimal::Decimal;

/// Better verdicts are larger.
fn standing(verdict: VerdictName) -> usize {
    VerdictName::ALL.len() - verdict as usize
}

fn figure() -> impl Strategy<Value = Decimal> {
    (-100_000_i64..100_000, 0_u32..4).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale))
}

proptest! {
    #[test]
    fn more_is_never_a_worse_verdict_where_more_is_better(
        baseline in figure(), target in figure(), interim in figure(), actual in figure(), more in 0_i64..10_000,
    ) {
        let of = |actual: Decimal| {
            let targets = [(2025, interim.to_string()), (2027, target.to_string())];
            let targets: Vec<_> = targets.iter().map(|(y, t)| (*y, t.as_str())).collect();
            verdict(indicator("i", &baseline.to_string(), &[(2024, &actual.to_string())], &targets).direction(Direction::Increase))
        };
        prop_assert!(standing(of(actual + Decimal::new(more, 2))) >= standing(of(actual)));
    }

    #[test]
    fn a_mirrored_indicator_has_the_same_verdict_and_pace(baseline in figure(), target in figure(), actual in figure()) {
        let of = |sign: Decimal| {
            let [b, t, a] = [baseline, target, actual].map(|figure| (figure * sign).to_string());
            seen(indicator("i", &b, &[(2024, &a)], &[(2027, &t)]), |s| (s.judgement.verdict, s.judgement.pace))
        };
        prop_assert_eq!(of(Decimal::ONE), of(Decimal::NEGATIVE_ONE));
    }

    #[test]
    fn no_figure_however_large_or_fine_makes_a_panic(
        figures in proptest::collection::vec((any::<i64>(), any::<u32>(), 0_u32..29), 6),
        cumulative in 0_usize..4,
    ) {
        let texts: Vec<String> = figures
            .iter()
            .map(|(low, high, scale)| {
                let mantissa = i128::from(*low) * i128::from(*high);
                Decimal::from_i128_with_scale(mantissa, *scale).to_string()
            })
            .collect();
        let [b, x, y, z, t, u] = [0, 1, 2, 3, 4, 5].map(|index| texts[index].as_str());
        let case = indicator("i", b, &[(2022, x), (2023, y), (2024, z)], &[(2025, t), (2027, u)])
            .accumulation(Accumulation::ALL[cumulative])
            .baseline_year(2021);
        let portal = portal_of(case);
        let facts = facts(&portal);
        prop_assert_eq!(facts.indicators[0].series[0].rates.len(), 3);
        prop_assert_eq!(crate::facts::derive(&portal).editions.len(), 1);
    }
}
