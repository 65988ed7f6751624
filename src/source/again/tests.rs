use super::*;

/// Long ago enough that times are trusted.
const LATER: Duration = Duration::from_secs(1 << 40);

struct Desk {
    folder: tempfile::TempDir,
    seen: Seen,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap(), seen: Seen::default() };
        desk.write("content/portal.yaml", "title: x");
        desk.write("content/2024/industry.yaml", "area: a");
        desk.write("content/2024/water.yaml", "area: b");
        desk
    }

    fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn look(&mut self, hints: &Hints) -> Option<Look> {
        let roots = SourceRoots { content: self.path("content"), themes: self.path("themes") };
        self.seen.look(&roots, hints, LATER, &mut Report::default()).unwrap()
    }

    fn changed(&mut self, hints: &Hints) -> Vec<String> {
        self.look(hints).map(|look| look.changed).unwrap_or_default()
    }

    fn at(&self, paths: &[&str]) -> Hints {
        paths.iter().map(|path| Hints::at(self.path(path))).fold(Hints::none(), Hints::and)
    }
}

#[test]
fn only_what_changed_is_read_again_and_sheets_are_not_held() {
    let mut desk = Desk::new();
    let first = desk.look(&Hints::Anything).unwrap();
    assert!(first.source.content.iter().all(|file| file.bytes.is_some()));
    desk.write("content/2024/industry.yaml", "area: c");
    let look = desk.look(&desk.at(&["content/2024/industry.yaml"])).unwrap();
    assert_eq!(look.changed, ["content/2024/industry.yaml"]);
    let held: Vec<_> = look.source.content.iter().map(|file| (&*file.path, file.bytes.is_some())).collect();
    assert_eq!(held, [("2024/industry.yaml", true), ("2024/water.yaml", false), ("portal.yaml", true)]);
    assert!(desk.look(&Hints::Anything).is_none());
}

#[test]
fn a_hint_without_a_change_is_nothing_new() {
    let mut desk = Desk::new();
    desk.look(&Hints::Anything);
    desk.write("content/2024/industry.yaml", "area: a");
    let hints = desk.at(&["content/2024/industry.yaml", "content/2024/.industry.swp", "content/2024/gone.yaml"]);
    assert!(desk.look(&hints).is_none());
}

#[test]
fn a_change_that_size_and_time_do_not_tell_is_found_where_a_hint_names_it() {
    let mut desk = Desk::new();
    desk.look(&Hints::Anything);
    desk.write("content/2024/industry.yaml", "area: z");
    // A drive that tells no more of the new file than of the old one.
    let metadata = fs::metadata(desk.path("content/2024/industry.yaml")).unwrap();
    let entry = desk.seen.content.iter_mut().find(|entry| &*entry.path == "2024/industry.yaml").unwrap();
    entry.state = State::of(&metadata, LATER);
    assert!(desk.look(&Hints::Anything).is_none(), "nothing speaks for a change");
    assert_eq!(desk.changed(&desk.at(&["content/2024"])), ["content/2024/industry.yaml"], "the folder is hinted at");
}

#[test]
#[cfg(unix)]
fn a_file_in_the_place_of_another_with_its_size_and_time_is_found_without_a_hint() {
    let mut desk = Desk::new();
    let sheet = desk.path("content/2024/industry.yaml");
    let time = fs::metadata(&sheet).unwrap().modified().unwrap();
    desk.look(&Hints::Anything);
    let backup = desk.path("content/2024/industry.yaml~");
    fs::write(&backup, "area: z").unwrap();
    File::options().write(true).open(&backup).unwrap().set_modified(time).unwrap();
    fs::rename(&backup, &sheet).unwrap();
    assert_eq!(desk.changed(&Hints::Anything), ["content/2024/industry.yaml"]);
}

#[test]
fn folders_that_move_are_walked_through() {
    let mut desk = Desk::new();
    desk.look(&Hints::Anything);
    fs::rename(desk.path("content/2024"), desk.path("content/2025")).unwrap();
    let hints = desk.at(&["content/2024", "content/2025"]);
    let moved = ["2024/industry.yaml", "2024/water.yaml", "2025/industry.yaml", "2025/water.yaml"]
        .map(|p| format!("content/{p}"));
    assert_eq!(desk.changed(&hints), moved);
}

#[test]
fn what_is_said_of_a_file_ends_with_the_file() {
    let mut desk = Desk::new();
    desk.write("content/notes.txt", "x");
    desk.look(&Hints::Anything);
    fs::remove_file(desk.path("content/notes.txt")).unwrap();
    let look = desk.look(&desk.at(&["content/notes.txt"])).unwrap();
    assert_eq!(look.changed, ["content/notes.txt"]);
    assert!(desk.seen.problems.is_empty());
}

#[test]
fn a_file_that_is_not_read_is_named_as_what_changed() {
    let mut desk = Desk::new();
    desk.look(&Hints::Anything);
    desk.write("content/2024/notes", "x");
    assert_eq!(desk.changed(&desk.at(&["content/2024/notes"])), ["content/2024/notes"]);
}

#[test]
fn a_time_of_a_moment_ago_is_not_trusted() {
    let desk = Desk::new();
    let about = fs::metadata(desk.path("content/portal.yaml")).unwrap();
    let modified = about.modified().unwrap().duration_since(UNIX_EPOCH).unwrap();
    assert_eq!(State::of(&about, modified + Duration::from_secs(1)).modified, None);
    assert_eq!(State::of(&about, modified + Duration::from_secs(9)).modified, Some(modified));
}
