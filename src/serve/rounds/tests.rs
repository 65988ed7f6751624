use std::fs;
use std::sync::Mutex;

use jiff::civil::Date;

use super::*;

const PORTAL: &str = "title: 見本\nmunicipality: {name: 見本市}\nplan: {first_year: 2024, last_year: 2027}\nareas:\n  - {id: a, name: 分野}\n";
const SHEET: &str = "area: a\nname: 産業\nindicators:\n  - {id: x, name: 人数, unit: 人, actuals: {2024: 10}}\n";

struct Desk {
    folder: tempfile::TempDir,
    rounds: Rounds,
}

impl Desk {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let roots = SourceRoots { content: folder.path().join("content"), themes: folder.path().join("themes") };
        let rounds = Rounds::new(roots, CompileOptions::default, Strictness::Errors);
        let desk = Self { folder, rounds };
        files.iter().for_each(|(path, text)| desk.write(path, text));
        desk
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn look(&mut self) -> Option<Round> {
        self.rounds.look(&Hints::Anything)
    }
}

fn small() -> Desk {
    Desk::new(&[("content/portal.yaml", PORTAL), ("content/2024/industry.yaml", SHEET)])
}

#[test]
fn a_look_that_finds_nothing_new_is_no_round() {
    let mut desk = small();
    let round = desk.look().unwrap();
    assert_eq!((round.shown.round, round.shown.changed.len()), (1, 0));
    assert!(matches!(round.outcome, Outcome::Made(_)));
    assert!(desk.look().is_none());
    // Saved again without a change, and a file that is noise.
    desk.write("content/2024/industry.yaml", SHEET);
    desk.write("content/2024/.industry.yaml.swp", "x");
    assert!(desk.look().is_none());
}

#[test]
fn a_round_names_the_files_that_came_changed_and_went() {
    let mut desk = small();
    desk.look();
    desk.write("content/2024/industry.yaml", &SHEET.replace("10", "11"));
    desk.write("content/2024/water.yaml", SHEET);
    assert_eq!(
        *desk.look().unwrap().shown.changed,
        ["content/2024/industry.yaml".to_owned(), "content/2024/water.yaml".to_owned()]
    );
    fs::remove_file(desk.folder.path().join("content/2024/water.yaml")).unwrap();
    assert_eq!(*desk.look().unwrap().shown.changed, ["content/2024/water.yaml".to_owned()]);
}

#[test]
fn the_last_good_site_stays_while_a_sheet_is_broken() {
    let mut desk = small();
    let good = desk.look().unwrap().shown.site.unwrap();
    desk.write("content/2024/industry.yaml", "area: [");
    let broken = desk.look().unwrap();
    assert_eq!(broken.outcome, Outcome::Stopped);
    assert!(Arc::ptr_eq(broken.shown.site.as_ref().unwrap(), &good));
    assert!(broken.shown.report.go_on().is_err());
    desk.write("content/2024/industry.yaml", SHEET);
    let mended = desk.look().unwrap();
    assert!(matches!(mended.outcome, Outcome::Made(_)) && mended.shown.report.go_on().is_ok());
    assert_eq!(mended.shown.round, 3);
}

#[test]
fn rounds_begin_with_a_portal_that_is_broken_or_not_there() {
    let mut desk = Desk::new(&[]);
    let none = desk.look().unwrap();
    assert!(none.shown.site.is_none() && none.outcome == Outcome::Stopped);
    assert!(desk.look().is_none(), "that it is not there is told once");
    desk.write("content/portal.yaml", PORTAL);
    let empty = desk.look().unwrap();
    assert!(empty.shown.report.iter().any(|told| told.code == Code::NoSheets));
    desk.write("content/2024/industry.yaml", SHEET);
    assert!(desk.look().unwrap().shown.site.is_some());
}

#[test]
fn a_file_that_is_not_read_makes_a_round_for_what_is_said_of_it() {
    let mut desk = small();
    desk.look();
    desk.write("content/2024/industry.xlsx", "x");
    let round = desk.look().unwrap();
    assert!(round.shown.report.iter().any(|told| told.code == Code::MisplacedFile));
    assert!(matches!(round.outcome, Outcome::Made(_)));
}

#[test]
fn under_strict_a_warning_keeps_the_last_site() {
    let mut desk = small();
    desk.rounds.strictness = Strictness::Warnings;
    let round = desk.look().unwrap();
    assert!(round.outcome == Outcome::Stopped && round.shown.site.is_none(), "there is no base_url");
}

#[test]
fn a_day_that_comes_while_the_program_runs_publishes_its_sheets() {
    let day = Date::constant(2025, 9, 19);
    let today = Arc::new(Mutex::new(day));
    let mut desk = small();
    desk.write("content/2024/water.yaml", &format!("publish_on: 2025-09-20\n{}", SHEET.replace("産業", "水道")));
    let clock = Arc::clone(&today);
    let options = move || CompileOptions { as_of: Some(*clock.lock().unwrap()), ..CompileOptions::default() };
    desk.rounds = Rounds::new(desk.rounds.roots.clone(), options, Strictness::Errors);
    let shows_water = |round: &Round| {
        let site = round.shown.site.as_ref().unwrap();
        site.routes().iter().any(|route| route.path == "2024/water/index.html")
    };
    assert!(!shows_water(&desk.look().unwrap()));
    assert!(desk.rounds.look(&Hints::none()).is_none(), "it is still the same day");
    *today.lock().unwrap() = day.tomorrow().unwrap();
    let round = desk.rounds.look(&Hints::none()).expect("a new day");
    assert!(shows_water(&round));
    assert_eq!(*round.shown.changed, ["--as-of today".to_owned()]);
    assert!(desk.rounds.look(&Hints::none()).is_none());
    desk.write("content/2024/water.yaml", &SHEET.replace("産業", "水"));
    assert_eq!(*desk.look().unwrap().shown.changed, ["content/2024/water.yaml".to_owned()]);
}
