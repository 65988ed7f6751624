//! Sheets for measuring: four fiscal years of as many policies as are needed, with the texts and series that real
//! sheets have. A small linear generator makes them the same on every machine.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

const YEARS: [u16; 4] = [2024, 2025, 2026, 2027];
const AREAS: [&str; 6] = ["子育て・教育", "福祉・健康", "産業・経済", "防災・安全", "環境・みどり", "都市基盤"];
const NAMES: [&str; 6] = [
    "子ども・子育てを支援する",
    "健康づくりを推進する",
    "産業の活性化を促進する",
    "地域防災力を高める",
    "循環型社会を形成する",
    "公共交通の利便性を高める",
];
const INDICATORS: [(&str, &str, &str); 5] = [
    ("子育て支援拠点の延べ利用者数", "人", "cumulative"),
    ("特定健康診査の受診率", "%", "annual"),
    ("新商品開発・新事業創出件数", "件", "cumulative"),
    ("交通事故発生件数", "件", "annual"),
    ("公園愛護会の活動団体数", "団体", "stock"),
];
const SENTENCES: [&str; 5] = [
    "関係機関と連携し、相談から支援までを切れ目なく行う体制を整えました。",
    "地域の実情に応じた取組を進め、利用者の満足度が前年度を上回りました。",
    "情報発信の方法を見直し、これまで届きにくかった世代にも周知しました。",
    "施設の老朽化が進んでおり、計画的な更新と費用の平準化が必要です。",
    "担い手の確保が難しくなっているため、若い世代が参加しやすい仕組みをつくります。",
];

/// A linear congruential generator (Knuth, MMIX), good enough for figures that look unlike one another.
struct Figures(u64);

impl Figures {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn sentences(&mut self, count: usize) -> String {
        (0..count).map(|_| SENTENCES[self.below(SENTENCES.len() as u64) as usize]).collect()
    }
}

/// Writes `count` sheets and their portal.yaml into `content`.
pub fn write(count: usize, content: &Path) -> io::Result<()> {
    fs::create_dir_all(content)?;
    let mut portal = String::from(
        "title: 行政評価シート\nmunicipality: {name: 見本市}\nlanguages: [ja]\nplan: {first_year: 2024, last_year: 2027}\nareas:\n",
    );
    for (number, name) in (1..).zip(AREAS) {
        let _ = writeln!(portal, "  - {{id: a{number}, number: \"{number}\", name: {name}}}");
    }
    fs::write(content.join("portal.yaml"), portal)?;
    for year in YEARS {
        fs::create_dir_all(content.join(year.to_string()))?;
    }
    for index in 0..count {
        let (policy, year) = (index / YEARS.len(), YEARS[index % YEARS.len()]);
        fs::write(content.join(format!("{year}/p{policy:04}.yaml")), sheet(policy, year))?;
    }
    Ok(())
}

fn sheet(policy: usize, year: u16) -> String {
    // The figures of a policy do not depend on the year of the sheet: later sheets repeat what earlier ones said.
    let mut figures = Figures(policy as u64 + 1);
    let area = policy % AREAS.len();
    let mut yaml = format!(
        "number: \"{}\"\narea: a{}\nname: {}（{}）\ndepartment: 企画課\nvision: {}\nindicators:\n",
        policy + 1,
        area + 1,
        NAMES[area],
        policy + 1,
        figures.sentences(4)
    );
    let count = 3 + figures.below(3) as usize;
    for (id, (name, unit, accumulation)) in INDICATORS.iter().take(count).enumerate() {
        let baseline = 100 + figures.below(900);
        let target = baseline + 50 + figures.below(400);
        let mut actuals: Vec<String> = YEARS
            .iter()
            .zip(1u64..)
            .map(|(year, step)| format!("{year}: {}", baseline + step * (10 + figures.below(120))))
            .collect();
        actuals.truncate(usize::from(year - YEARS[0]) + 1);
        let _ = writeln!(
            yaml,
            "  - id: i{}\n    name: {name}\n    unit: \"{unit}\"\n    accumulation: {accumulation}\n    baseline: {baseline}\n    actuals: {{{}}}\n    targets: {{2027: {target}}}",
            id + 1,
            actuals.join(", ")
        );
    }
    yaml.push_str("achievements:\n");
    for _ in 0..5 {
        let _ = writeln!(yaml, "  - {}", figures.sentences(3));
    }
    yaml.push_str("challenges:\n");
    for _ in 0..3 {
        let _ = writeln!(yaml, "  - challenge: {}\n    approach: {}", figures.sentences(2), figures.sentences(2));
    }
    yaml.push_str("projects: [産業間連携促進事業, 起業家支援事業, 地域共創ポイント事業, 情報発信事業]\n");
    let mut amounts: Vec<String> =
        YEARS.iter().map(|year| format!("{year}: {}", 10_000 + figures.below(2_000_000))).collect();
    amounts.truncate(usize::from(year - YEARS[0]) + 1);
    let _ = writeln!(yaml, "expenditure: {{unit: 千円, settled: {{{}}}}}", amounts.join(", "));
    yaml
}
