//! `hyoka init`: the beginning of a new portal, from the texts beside this file.

use super::Exit;
use super::args::InitArguments;
use super::terminal::Terminal;
use crate::diagnostic::Message;
use crate::draft;

pub fn run(arguments: &InitArguments, terminal: &Terminal) -> Exit {
    let files = template(arguments.year);
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
    if let Err(error) = draft::write_new_folder(&arguments.folder, &files) {
        terminal.failure(&error.message(), &error.help());
        return Exit::CouldNotRun;
    }
    let folder = arguments.folder.display();
    let names: Vec<_> = files.iter().map(|(path, _)| format!("  {path}")).collect();
    let names = names.join("\n");
    terminal.say(&Message::new(
        format!(
            "{folder} にひな型を作りました。\n{names}\n\n次にすること:\n  cd {folder}\n  hyoka build     \
             サイトを作る（output/index.html を開く）\nそのあと、content/portal.yaml と {} 年度のシートを書きかえてください。",
            arguments.year
        ),
        format!(
            "The beginning of a portal is in {folder}.\n{names}\n\nNext:\n  cd {folder}\n  hyoka build     \
             make the site (open output/index.html)\nThen edit content/portal.yaml and the sheets of fiscal {}.",
            arguments.year
        ),
    ));
    Exit::Clean
}

/// Every file of a new portal whose first evaluated fiscal year is `year`, which is also the first of its plan.
fn template(year: u16) -> Vec<(String, String)> {
    let years = [("@BEFORE@", year - 1), ("@YEAR@", year), ("@NEXT@", year + 1), ("@LAST@", year + 3)];
    let fill =
        |text: &str| years.iter().fold(text.to_owned(), |text, (mark, year)| text.replace(mark, &year.to_string()));
    [
        ("README.md", include_str!("init/README.md")),
        ("content/portal.yaml", include_str!("init/portal.yaml")),
        ("content/@YEAR@/childcare.yaml", include_str!("init/childcare.yaml")),
        ("content/@YEAR@/waste.yaml", include_str!("init/waste.yaml")),
        ("content/pages/about.md", include_str!("init/about.md")),
    ]
    .into_iter()
    .map(|(path, text)| (fill(path), fill(text)))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_year_of_the_template_follows_from_the_first() {
        for (path, text) in template(2031) {
            assert!(!text.contains('@') && !path.contains('@'), "{path}");
        }
        let paths: Vec<_> = template(2031).into_iter().map(|(path, _)| path).collect();
        assert!(paths.contains(&"content/2031/waste.yaml".to_owned()));
    }

    #[test]
    fn invented_sheets_say_that_they_are_samples() {
        let sheets: Vec<_> = template(2025).into_iter().filter(|(path, _)| path.contains("/2025/")).collect();
        assert_eq!(sheets.len(), 2);
        assert!(sheets.iter().all(|(_, text)| text.lines().any(|line| line.starts_with("sample: true"))));
    }
}
