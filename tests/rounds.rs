//! Whatever is edited in whatever order, a round gives what a first look at the same files gives: every byte of every
//! page, and every problem.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use hyoka::compile::{CompileOptions, Drafts, compile};
use hyoka::diagnostic::{Diagnostic, Report, Severity, Strictness};
use hyoka::serve::rounds::{Outcome, Rounds};
use hyoka::site::{Body, Site};
use hyoka::source::{Hints, SourceRoots, SourceTree};
use proptest::prelude::*;

/// Who says that something changed, and what.
#[derive(Clone, Copy, Debug)]
enum Hinting {
    /// As a watcher tells it: the paths that were touched.
    Paths,
    /// As after looking at intervals.
    Anything,
}

#[derive(Clone, Debug)]
enum Edit {
    /// File, and one of its texts.
    Write(usize, usize),
    Remove(usize),
    /// One of the files takes the place of another.
    Rename(usize, usize),
    /// A year gets another name.
    MoveYear(usize, usize),
    /// Saved without a change.
    Touch(usize),
}

const YEARS: [&str; 4] = ["2023", "2024", "2025", "elsewhere"];

/// Every file that can be there, with the texts that it can have; the first is there at the beginning.
const FILES: &[(&str, &[&str])] = &[
    (
        "content/portal.yaml",
        &[
            "title: 見本\nmunicipality: {name: 見本市}\nplan: {first_year: 2023, last_year: 2027}\nareas:\n  - {id: a, name: 産業}\n  - {id: b, name: 環境}\ngrades:\n  - {id: A, label: 順調, verdict: on-track}\n",
            // Another title, and an address.
            "title: 別の題\nbase_url: https://www.city.example.jp/hyoka/\neditions: {2024: {published: 2025-09-20}, 2022: {label: 昔}}\nmunicipality: {name: 見本市}\nplan: {first_year: 2023, last_year: 2027}\nareas:\n  - {id: a, name: 産業}\n  - {id: b, name: 環境}\n",
            // Another order of areas, another language, charts as files: every sheet is read otherwise.
            "title: {ja: 見本, en: Sample}\nlanguages: [ja, en]\ncharts: {files: true}\nmunicipality: {name: 見本市}\nplan: {first_year: 2023, last_year: 2027}\nareas:\n  - {id: b, name: 環境}\n  - {id: c, name: 福祉}\n  - {id: a, name: 産業}\n",
            // The rules of rates and verdicts, a symbol, a theme of its own.
            "title: 見本\nmunicipality: {name: 見本市}\nplan: {first_year: 2023, last_year: 2027}\nrate: {method: ratio, decimals: 2}\nverdict: {nearly: 0.5}\nsymbols: {\"#\": 集計中}\ntheme: city\nareas:\n  - {id: a, name: 産業}\n  - {id: b, name: 環境}\n",
            // What ended.
            "title: 見本\nmunicipality: {name: 見本市}\nplan: {first_year: 2023, last_year: 2027}\nareas:\n  - {id: a, name: 産業}\n  - {id: b, name: 環境}\nended: [{policy: water, year: 2023, note: 統合}]\neditions: {2023: {published: 2024-09-20}}\nrecommendations: [{source: 議会, date: 2024-09-01, text: 急がれたい, policy: industry, indicator: x}, {source: 監査委員, date: 2025-02-01, text: 見直されたい, state: done}]\n",
            // An area is gone.
            "title: 見本\nmunicipality: {name: 見本市}\nplan: {first_year: 2023, last_year: 2027}\nareas:\n  - {id: b, name: 環境}\n",
            "title: [\n",
        ],
    ),
    ("content/2023/industry.yaml", SHEETS),
    ("content/2024/industry.yaml", SHEETS),
    ("content/2025/industry.yaml", SHEETS),
    ("content/2023/water.yaml", SHEETS),
    ("content/2024/water.yaml", SHEETS),
    ("content/2025/stream.yaml", SHEETS),
    ("content/2024/water.yml", SHEETS),
    ("content/2024/data.yaml", SHEETS),
    (
        "content/2023/published.csv",
        &[
            "policy_id,indicator_id,component,field,year,value,text\nindustry,x,,baseline,,5,5人\nindustry,x,,actual,2022,10,10人\nindustry,x,,actual,2023,12,12人\nindustry,x,,target,2027,40,40人\nindustry,x,,published_rate,2023,20,20%\n",
            "policy_id,indicator_id,component,field,year,value,text\n",
            "policy_id\n",
        ],
    ),
    (
        "content/pages/about.md",
        &["# この頁\n\n## 見方\n\n本文\n", "# 別の題\n\n[施策](../2024/industry.yaml#x)\n", "題がない\n"],
    ),
    ("content/pages/about.en.md", &["# About\n\nText\n", "# About us\n"]),
    ("content/assets/form.pdf", &["%PDF 1", "%PDF 2"]),
    ("content/notes.txt", &["x", "y"]),
    ("themes/city/theme.yaml", &["extends: standard\n", "extends: other\n", "colours: {accent: \"#0017C1\"}\n"]),
    (
        "themes/city/templates/page.html",
        &[
            "{% extends \"base.html\" %}\n{% block main %}<main id=\"main\">{% include \"parts/extra.html\" %}{{ body }}</main>{% endblock %}\n",
            "{% extends \"base.html\" %}\n{% block main %}<main id=\"main\"><p>{{ title }}</p></main>{% endblock %}\n",
            "{% extends \"base.html\" %}{% block main %}\n",
        ],
    ),
    ("themes/city/labels/ja.yaml", &["page:\n  skip: 本文\n", "site: [\n"]),
    ("themes/standard/assets/extra.css", &["p { color: red }\n", "p { color: blue }\n"]),
    ("themes/standard/templates/parts/extra.html", &["<p>部品</p>\n", "<p>別の部品</p>\n", "{% if %}\n"]),
];

const SHEETS: &[&str] = &[
    "area: a\nname: 産業\nvision: \"[頁](../pages/about.md#見方)\"\nindicators:\n  - {id: x, name: 人数, unit: 人, baseline: 5, actuals: {2022: 10, 2023: 12}, targets: {2027: 40}, published_rates: {2023: 20}}\nattachments: [{title: 様式, file: assets/form.pdf}]\n",
    "area: a\nname: 産業\nvision: \"[頁](../pages/about.md#見方)\"\nindicators:\n  - {id: x, name: 人数, unit: 人, baseline: 5, actuals: {2022: 10.0, 2023: 12}, targets: {2027: 40}, published_rates: {2023: 20}}\nattachments: [{title: 様式, file: assets/form.pdf}]\n",
    "area: b\nname: 産業\nnumber: \"2\"\nindicators:\n  - {id: x, name: 人数, unit: 人, baseline: 5, actuals: {2022: 11, 2023: 12}, targets: {2027: 40}}\nexpenditure: {unit: 千円, settled: {2022: 100, 2023: 200}}\ngrades: [{by: self, grade: A}]\n",
    "status: draft\narea: a\nname: 案の施策\nindicators:\n  - {id: y, name: 件数, unit: 件, actuals: {2023: \"#\"}}\n",
    "publish_on: 2025-09-20\narea: b\nname: 産業\nvision: \"[様式](../assets/form.pdf) [前年](../2023/industry.yaml#x)\"\n",
    // Challenges, and an answer to one that may be there or not.
    "area: a\nname: 産業\nchallenges: [{id: c, challenge: 人手不足}, {id: d, challenge: 空き店舗}]\n",
    "area: a\nname: 産業\nchallenges: [{id: c, challenge: 人手不足}]\nanswers: [{id: d, state: done, text: 埋まりました}]\n",
    // A target that is met early, changed, and said a word about; a break; an outlook.
    "area: a\nname: 産業\nindicators:\n  - {id: x, name: 人数, unit: 人, baseline: 5, actuals: {2022: 20, 2023: 50}, targets: {2027: 40}, breaks: [{year: 2023}]}\noutlook: 拡充\n",
    "area: a\nname: 産業\nindicators:\n  - {id: x, name: 人数, unit: 人, baseline: 5, actuals: {2023: 50}, targets: {2027: 45}, target_changes: [{year: 2027, from: 40, date: 2024-10-01}], target_note: 据え置きます。}\noutlook: 継続\n",
    // What took over another policy that may be there or not, and answers its challenge; what ended.
    "area: a\nname: 産業\nsuccessor_of: [water]\n",
    "area: a\nname: 産業\nsuccessor_of: [water]\nanswers: [{id: d, state: done, text: 埋まりました}]\n",
    "area: a\nname: 水\nsuccessor_of: {policy: industry, part: true}\nchallenges: [{id: c, challenge: 人手不足}]\n",
    "status: draft\narea: a\nname: 案\nsuccessor_of: [industry, water]\n",
    // What took over a policy and corrects a figure of it.
    "area: a\nname: 水\nsuccessor_of: [industry]\nindicators:\n  - {id: x, name: 人数, unit: 人, baseline: 5, actuals: {2022: 11, 2023: 12}}\nrevisions: [{indicator: x, field: actual, year: 2022, from: 10, to: 11, kind: correction, date: 2024-10-01, reason: 誤り}]\n",
    "area: b\nname: 水道\nended: {year: 2023, note: 統合}\n",
    // A figure in the narrative, a paragraph that may be last year's, and the same looked at.
    "area: a\nname: 産業\nindicators:\n  - {id: x, name: 参加人数, unit: 人, baseline: 5, actuals: {2023: 12}, targets: {2027: 40}}\nachievements: [参加人数は13人でした。, 関係機関と連携して、起業家育成のセミナーを3回開きました。]\n",
    "area: a\nname: 産業\nachievements: [関係機関と連携して、起業家育成のセミナーを3回開きました。]\nchecked: [{quote: 起業家育成, note: 毎年}]\n",
    "area: a\nname: 産業\nindicators: [{id: x, name: 人数, unit: 人}]\nrecommendations: [{source: 監査委員, date: 2024-02-01, text: 見直されたい, indicator: x, due: 2024-03-01}]\n",
    "area: c\nname: 福祉\ndepartment: 福祉課\nindicators:\n  - {id: x, name: 割合, unit: \"%\", accumulation: 単年, baseline: 50, actuals: {2023: 40}, targets: {2023: 45, 2027: 30}}\n",
    "area: [\n",
    "",
];

struct Desk {
    folder: tempfile::TempDir,
    /// What a watcher would tell.
    touched: Vec<PathBuf>,
}

impl Desk {
    fn new() -> Self {
        let mut desk = Self { folder: tempfile::tempdir().unwrap(), touched: Vec::new() };
        fs::create_dir_all(desk.path("content")).unwrap();
        for (path, texts) in FILES {
            if ![
                "content/2024/water.yml",
                "content/2025/stream.yaml",
                "content/2024/data.yaml",
                "content/notes.txt",
                "content/2023/published.csv",
            ]
            .contains(path)
            {
                desk.write(path, texts[0]);
            }
        }
        desk
    }

    fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    fn write(&mut self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        self.touched.push(path);
    }

    fn edit(&mut self, edit: &Edit) {
        let file = |index: usize| FILES[index % FILES.len()];
        match edit {
            Edit::Write(index, text) => {
                let (path, texts) = file(*index);
                self.write(path, texts[text % texts.len()]);
            }
            Edit::Remove(index) => {
                let path = self.path(file(*index).0);
                let _ = fs::remove_file(&path);
                self.touched.push(path);
            }
            Edit::Rename(from, to) => {
                let (from, to) = (self.path(file(*from).0), self.path(file(*to).0));
                if from.exists() {
                    fs::create_dir_all(to.parent().unwrap()).unwrap();
                    fs::rename(&from, &to).unwrap();
                }
                self.touched.extend([from, to]);
            }
            Edit::MoveYear(from, to) => {
                let folder = |index: usize| self.path("content").join(YEARS[index % YEARS.len()]);
                let (from, to) = (folder(*from), folder(*to));
                if from.exists() && !to.exists() {
                    fs::rename(&from, &to).unwrap();
                }
                self.touched.extend([from, to]);
            }
            Edit::Touch(index) => {
                let (path, _) = file(*index);
                if let Ok(text) = fs::read_to_string(self.path(path)) {
                    self.write(path, &text);
                }
            }
        }
    }

    fn roots(&self) -> SourceRoots {
        SourceRoots { content: self.path("content"), themes: self.path("themes") }
    }

    fn hints(&mut self, hinting: Hinting) -> Hints {
        let touched = std::mem::take(&mut self.touched);
        match hinting {
            Hinting::Paths => touched.into_iter().map(Hints::at).fold(Hints::none(), Hints::and),
            Hinting::Anything => Hints::Anything,
        }
    }
}

type Pages = BTreeMap<String, Result<Vec<u8>, String>>;

fn pages(site: &Site) -> Pages {
    let page = |route| {
        let mut bytes = Vec::new();
        match site.body(route) {
            Body::Rendered => {
                site.render(route, &mut bytes).map(|()| bytes).map_err(|error| error.message().en.into_owned())
            }
            Body::Copied(asset) => Ok(asset.hash.to_vec()),
        }
    };
    let sources = |route| site.sources(route).join("\n").into_bytes();
    let rendered = site.routes().iter().map(|route| (route.path.clone(), page(route)));
    let made_of = site.routes().iter().map(|route| (format!("{} <- ", route.path), Ok(sources(route))));
    rendered.chain(made_of).collect()
}

fn errors(report: &[Diagnostic]) -> Vec<String> {
    let errors = report.iter().filter(|told| told.severity() == Severity::Error);
    errors.map(|told| format!("{}: {:?} {}", told.place.file, told.place.at, told.message.en)).collect()
}

fn problems(report: &Report) -> Vec<Diagnostic> {
    report.iter().cloned().collect()
}

/// What a program that starts now would make of the files.
fn afresh(roots: &SourceRoots, options: &CompileOptions) -> (Option<(Pages, [u8; 32])>, Vec<Diagnostic>) {
    let mut report = Report::new(Strictness::Errors);
    let source = SourceTree::read(&roots.content, &roots.themes, &mut report).unwrap();
    let digest = source.digest();
    let site = compile(source, options, &mut report).ok().filter(|_| report.go_on().is_ok());
    (site.map(|site| (pages(&site), digest)), problems(&report))
}

fn edits() -> impl Strategy<Value = Vec<(Vec<Edit>, Hinting)>> {
    let edit = prop_oneof![
        8 => (0..FILES.len(), 0..SHEETS.len()).prop_map(|(file, text)| Edit::Write(file, text)),
        // Sheets change most.
        8 => (1..8_usize, 0..SHEETS.len()).prop_map(|(file, text)| Edit::Write(file, text)),
        3 => (0..FILES.len()).prop_map(Edit::Remove),
        2 => (1..FILES.len(), 1..FILES.len()).prop_map(|(from, to)| Edit::Rename(from, to)),
        1 => (0..YEARS.len(), 0..YEARS.len()).prop_map(|(from, to)| Edit::MoveYear(from, to)),
        1 => (0..FILES.len()).prop_map(Edit::Touch),
        // Back to what is sound.
        4 => (0..FILES.len()).prop_map(|file| Edit::Write(file, 0)),
    ];
    let hinting = prop_oneof![3 => Just(Hinting::Paths), 1 => Just(Hinting::Anything)];
    prop::collection::vec((prop::collection::vec(edit, 1..3), hinting), 1..10)
}

fn is_as_afresh(rounds: Vec<(Vec<Edit>, Hinting)>, drafts: Drafts) {
    let mut desk = Desk::new();
    let options = CompileOptions { drafts, ..CompileOptions::default() };
    let mut made = {
        let options = options.clone();
        Rounds::new(desk.roots(), move || options.clone(), Strictness::Errors)
    };
    let mut last = made.look(&Hints::Anything).expect("a first round");
    for (edits, hinting) in rounds {
        edits.iter().for_each(|edit| desk.edit(edit));
        let hints = desk.hints(hinting);
        if let Some(round) = made.look(&hints) {
            last = round;
        }
        let (site, report) = afresh(&desk.roots(), &options);
        assert_eq!(problems(&last.shown.report), report, "after {edits:?}");
        match (site, last.outcome) {
            (Some((pages_afresh, digest)), Outcome::Made(of)) => {
                assert_eq!(of, digest, "after {edits:?}");
                same_pages(&pages(last.shown.site.as_ref().unwrap()), &pages_afresh);
            }
            (None, Outcome::Stopped) => {}
            (site, outcome) => panic!("{outcome:?}, and afresh there is a site: {}", site.is_some()),
        }
    }
}

fn same_pages(pages: &Pages, afresh: &Pages) {
    assert_eq!(pages.keys().collect::<Vec<_>>(), afresh.keys().collect::<Vec<_>>());
    for (path, page) in pages {
        assert!(*page == afresh[path], "{path} is otherwise than afresh");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_round_after_any_edits_is_as_a_first_one(rounds in edits()) {
        is_as_afresh(rounds, Drafts::Hidden);
    }

    #[test]
    fn also_with_drafts(rounds in edits()) {
        is_as_afresh(rounds, Drafts::Shown);
    }
}

/// The beginning is sound: else the stories above would compare nothing but problems.
#[test]
fn the_desk_begins_with_a_site() {
    let desk = Desk::new();
    let (site, report) = afresh(&desk.roots(), &CompileOptions::default());
    assert!(site.is_some(), "{:#?}", errors(&report));
    assert!(Path::new(FILES[0].0).ends_with("portal.yaml"));
}

/// A sheet that comes to take over another policy, and takes it back: the same policies, and yet other addresses.
#[test]
fn an_address_leads_on_as_soon_as_a_sheet_says_so() {
    let stream = FILES.iter().position(|(path, _)| *path == "content/2025/stream.yaml").unwrap();
    let says = SHEETS.iter().position(|text| text.ends_with("successor_of: [water]\n")).unwrap();
    let recommends = SHEETS.iter().position(|text| text.contains("recommendations:")).unwrap();
    let write = |text| (vec![Edit::Write(stream, text)], Hinting::Paths);
    for drafts in [Drafts::Hidden, Drafts::Shown] {
        is_as_afresh(vec![write(2), write(says), write(recommends), write(2), write(says)], drafts);
    }
    let mut desk = Desk::new();
    desk.write("content/2025/stream.yaml", SHEETS[says]);
    let (site, report) = afresh(&desk.roots(), &CompileOptions::default());
    let (pages, _) = site.unwrap_or_else(|| panic!("{:#?}", errors(&report)));
    assert!(pages.contains_key("2025/water/index.html"));
}

/// Every settings file that can be read gives a site with what is there at the beginning, but the one without the area.
#[test]
fn settings_that_read_sheets_otherwise_read_them_again() {
    let (_, settings) = FILES[0];
    for text in &settings[..4] {
        is_as_afresh(
            vec![(vec![Edit::Write(0, settings.iter().position(|of| of == text).unwrap())], Hinting::Paths)],
            Drafts::Shown,
        );
        let mut desk = Desk::new();
        desk.write("content/portal.yaml", text);
        let (site, report) = afresh(&desk.roots(), &CompileOptions::default());
        assert!(site.is_some(), "{:#?}", errors(&report));
    }
}
