//! `hyoka diff`: what differs between two editions, two content folders or two published folders.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::Exit;
use super::args::{DiffArguments, Format, SourceArguments};
use super::project::Project;
use super::terminal::Terminal;
use crate::diagnostic::{Message, MessageLanguage};
use crate::facts::{self, EditionOf, FigureCompared, PolicyDifference};
use crate::model::{FigureId, FiscalYear, Language, Portal, Recommendation};
use crate::publish::{self, FileDifferenceKind, PublishedDifference};
use crate::site::Site;
use crate::site::difference::DifferenceWords;
use crate::source::SourceRoots;

/// One thing that differs.
struct Record {
    /// What stands above it and its like.
    group: String,
    /// `2024/industry#exchange`.
    place: String,
    /// Empty where the values say it.
    what: String,
    /// `None` where it cannot be said in a line.
    values: Option<(String, String)>,
    json: Value,
}

/// Why nothing could be compared; shown already where it stands in a report.
enum Failure {
    Told,
    Why(Message, Message),
}

pub fn run(arguments: &DiffArguments, language: MessageLanguage) -> Exit {
    let roots = SourceRoots { content: "content".into(), themes: "themes".into() };
    let terminal = Terminal::new(arguments.format, language, roots);
    let (before, after) = (Path::new(&arguments.before), Path::new(&arguments.after));
    let years = (year(&arguments.before), year(&arguments.after));
    let found = match years {
        (Some(earlier), Some(later)) => editions(arguments, (earlier, later), language),
        _ if publish::is_published(before) && publish::is_published(after) => published(before, after, language),
        _ => folders(arguments, (before, after), language),
    };
    match found {
        Ok(records) => {
            terminal.text(&told(&records, &terminal));
            terminal.say(&match records.len() {
                0 => Message::new("違いはありません。", "nothing differs."),
                count => Message::new(format!("違い {count} 件"), format!("{count} differences")),
            });
            if records.is_empty() { Exit::Clean } else { Exit::Problems }
        }
        Err(Failure::Told) => Exit::CouldNotRun,
        Err(Failure::Why(message, help)) => {
            terminal.failure(&message, &help);
            Exit::CouldNotRun
        }
    }
}

fn year(text: &str) -> Option<FiscalYear> {
    FiscalYear::parse(text).map(|written| written.year)
}

fn editions(
    arguments: &DiffArguments,
    (earlier, later): (FiscalYear, FiscalYear),
    language: MessageLanguage,
) -> Result<Vec<Record>, Failure> {
    let source = SourceArguments {
        root: arguments.root.clone(),
        drafts: arguments.drafts,
        format: arguments.format,
        ..SourceArguments::default()
    };
    let site = site(&source, language)?;
    for year in [earlier, later] {
        if site.facts().edition(year).is_none() {
            let years: Vec<_> = site.portal().years().iter().map(ToString::to_string).collect();
            return Err(Failure::Why(
                Message::new(format!("{year}年度版はありません"), format!("there is no edition of {year}")),
                Message::new(
                    format!("シートのある年度: {}。下書きは --drafts で含めます。", years.join("、")),
                    format!("Years with sheets: {}. --drafts includes drafts.", years.join(", ")),
                ),
            ));
        }
    }
    let of = |year| EditionOf { portal: site.portal(), year };
    let differences = facts::differences(of(earlier), of(later));
    Ok(records(&differences, (earlier, later), site.difference_words(&spoken(language))))
}

fn folders(
    arguments: &DiffArguments,
    (before, after): (&Path, &Path),
    language: MessageLanguage,
) -> Result<Vec<Record>, Failure> {
    let source = |folder: &Path| -> Result<SourceArguments, Failure> {
        let source =
            SourceArguments { drafts: arguments.drafts, format: arguments.format, ..SourceArguments::default() };
        let is_content = |folder: &Path| folder.join("portal.yaml").is_file() || folder.join("portal.yml").is_file();
        if is_content(&folder.join("content")) {
            return Ok(SourceArguments { root: Some(folder.to_owned()), ..source });
        }
        if is_content(folder) {
            let root = folder.parent().map_or_else(PathBuf::new, Path::to_owned);
            return Ok(SourceArguments { root: Some(root), content: Some(folder.to_owned()), ..source });
        }
        let shown = folder.display();
        Err(Failure::Why(
            Message::new(
                format!("{shown} は、年度でも、シートのフォルダでも、公開したフォルダでもありません"),
                format!("{shown} is no year, no folder of sheets and no published folder"),
            ),
            Message::new(
                "年度2つか、portal.yaml のあるフォルダ2つか、manifest.json のある公開したフォルダ2つを指定してください。",
                "Name two years, two folders with portal.yaml, or two published folders with manifest.json.",
            ),
        ))
    };
    let (before, after) = (source(before)?, source(after)?);
    let (before, after) = (site(&before, language)?, site(&after, language)?);
    let years = before.portal().years().into_iter().chain(after.portal().years());
    let years: std::collections::BTreeSet<FiscalYear> = years.collect();
    let language = spoken(language);
    let mut found = of_portal(before.portal(), after.portal(), after.difference_words(&language));
    for year in years {
        let differences =
            facts::differences(EditionOf { portal: before.portal(), year }, EditionOf { portal: after.portal(), year });
        found.extend(records(&differences, (year, year), after.difference_words(&language)));
    }
    Ok(found)
}

fn site(source: &SourceArguments, language: MessageLanguage) -> Result<Site, Failure> {
    let project = Project::new(source);
    let terminal = project.terminal(source, language);
    let mut report = project.report();
    let read = project.read(&mut report).map_err(|error| Failure::Why(error.message(), error.help()))?;
    let compiled = project.compile(read, &mut report).and_then(|site| report.go_on().map(|()| site));
    compiled.map_err(|_| {
        terminal.report(&report);
        Failure::Told
    })
}

/// What portal.yaml says of recommendations, and says otherwise.
fn of_portal(before: &Portal, after: &Portal, words: DifferenceWords<'_>) -> Vec<Record> {
    let record = |of: &Recommendation| {
        let json = json!({
            "kind": "recommendation", "id": of.id, "date": of.date.to_string(), "source": words.plain(&of.source),
        });
        let what = words.texts(&[facts::TextSection::Recommendations]);
        let what = format!("{what}: {} {} {}", words.plain(&of.source), of.date, words.plain(&of.text));
        let place = after.path.rsplit('/').next().unwrap_or_default().to_owned();
        Record { group: place.clone(), place, what, values: None, json }
    };
    facts::recommendations_otherwise(before, after).into_iter().map(record).collect()
}

fn spoken(language: MessageLanguage) -> Language {
    match language {
        MessageLanguage::Japanese => Language::japanese(),
        MessageLanguage::English => Language::english(),
    }
}

fn records(
    differences: &[PolicyDifference<'_>],
    (earlier, year): (FiscalYear, FiscalYear),
    words: DifferenceWords<'_>,
) -> Vec<Record> {
    let mut found = Vec::new();
    for difference in differences {
        let Some(sheet) = difference.after.or(difference.before) else { continue };
        let policy = difference.policy;
        let group = format!("{}（{year}/{policy}）", words.plain(&sheet.name));
        let mut add = |place: String, what: String, values: Option<(String, String)>, mut json: Value| {
            json["edition"] = json!(year.get());
            json["policy"] = json!(policy);
            found.push(Record { group: group.clone(), place: format!("{year}/{policy}{place}"), what, values, json });
        };
        if let Some(change) = difference.change(words.portal()) {
            let name = |sheet: Option<&crate::model::Sheet>| sheet.map(|sheet| words.plain(&sheet.name));
            let mut json =
                json!({ "kind": change.name(), "before": name(difference.before), "after": name(difference.after) });
            let ids = |sheets: &[&crate::model::Sheet]| sheets.iter().map(|of| of.policy.to_string()).collect();
            let renamed = difference.before.filter(|of| *of.policy != *policy);
            let from: Vec<String> =
                renamed.map(|of| vec![of.policy.to_string()]).unwrap_or_else(|| ids(&difference.from));
            let into: Vec<String> = ids(&difference.into);
            for (key, ids) in [("from", from), ("into", into)] {
                if !ids.is_empty() {
                    json[key] = json!(ids);
                }
            }
            add(String::new(), words.policy(difference, change), None, json);
        }
        for indicator in &difference.indicators {
            let kind = match (indicator.before, indicator.after) {
                (None, _) => "indicator-new",
                (_, None) => "indicator-gone",
                _ if indicator.has_ended() => "indicator-ended",
                _ => "indicator-renamed",
            };
            let name = indicator.after.or(indicator.before).map(|of| words.plain(&of.name)).unwrap_or_default();
            let what = format!("{name}: {}", words.indicator(indicator));
            add(format!("#{}", indicator.id), what, None, json!({ "kind": kind, "indicator": indicator.id }));
        }
        let (unfilled, figures): (Vec<_>, Vec<_>) =
            difference.figures.iter().partition(|figure| difference.is_unfilled(figure));
        for figure in figures {
            let (id, was, is) = (&figure.id, figure.before.as_ref(), figure.after.as_ref());
            let (before, after) = (difference.before.unwrap_or(sheet), sheet);
            let figures = words.figures((before, after), id, (was, is));
            let series = words.series(sheet, id).into_string();
            let (compared, what, (was_words, is_words)) = match figure.compared {
                FigureCompared::OfItsYear => {
                    ("of-its-year", series, words.of_their_years(id, (earlier, year), figures))
                }
                FigureCompared::Same if series.is_empty() => ("same", words.what(id).into_string(), figures),
                FigureCompared::Same => ("same", format!("{series} {}", words.what(id).as_str()), figures),
            };
            let values = (was_words.into_string(), is_words.into_string());
            let year_before = match figure.compared {
                FigureCompared::OfItsYear => Some(earlier),
                FigureCompared::Same => id.year,
            };
            let place = if id.indicator.is_empty() { String::new() } else { format!("#{}", id.indicator) };
            let json = json!({
                "kind": "figure",
                "indicator": id.indicator,
                "component": id.component,
                "field": id.field.name(),
                "year": id.year.map(FiscalYear::get),
                "year_before": year_before.map(FiscalYear::get),
                "compared": compared,
                "before": was.map(|of| &of.value),
                "after": is.map(|of| &of.value),
            });
            add(place, what, Some(values), json);
        }
        if !unfilled.is_empty() {
            let figure = |id: &FigureId| json!({ "indicator": id.indicator, "component": id.component, "field": id.field.name() });
            let figures: Vec<_> = unfilled.iter().map(|of| figure(&of.id)).collect();
            let json = json!({ "kind": "unfilled", "year": year.get(), "figures": figures });
            add(String::new(), words.unfilled(year, unfilled.len()), None, json);
        }
        if !difference.texts.is_empty() {
            let names: Vec<_> = difference.texts.iter().map(|section| section.name()).collect();
            add(
                String::new(),
                words.texts_heading(&difference.texts),
                None,
                json!({ "kind": "texts", "texts": names }),
            );
        }
    }
    found
}

fn published(before: &Path, after: &Path, language: MessageLanguage) -> Result<Vec<Record>, Failure> {
    let found = publish::published_difference(before, after);
    let PublishedDifference { cells, files } = found.map_err(|error| Failure::Why(error.message(), error.help()))?;
    let absent = Message::new("なし", "none");
    let shown = |text: &Option<String>| text.clone().unwrap_or_else(|| absent.get(language).to_owned());
    let cells = cells.into_iter().map(|cell| {
        let place = format!("{}/{}", cell.edition, cell.policy);
        let json = json!({
            "kind": "data", "edition": cell.edition, "policy": cell.policy, "table": cell.table, "row": cell.row,
            "column": cell.column, "before": cell.before, "after": cell.after,
        });
        let what: Vec<_> = [cell.row.as_str(), cell.column.as_str()].into_iter().filter(|of| !of.is_empty()).collect();
        let values = Some((shown(&cell.before), shown(&cell.after)));
        Record { group: place.clone(), place, what: what.join(" "), values, json }
    });
    let heading = Message::new("ファイル", "Files");
    let files = files.into_iter().map(|file| {
        let (kind, word) = match file.kind {
            FileDifferenceKind::New => ("file-new", Message::new("新しい", "new")),
            FileDifferenceKind::Gone => ("file-gone", Message::new("なくなった", "gone")),
            FileDifferenceKind::Changed => ("file-changed", Message::new("変わった", "changed")),
        };
        let json = json!({ "kind": kind, "path": file.path });
        let what = format!("{} ({})", file.path, word.get(language));
        Record { group: heading.get(language).to_owned(), place: file.path, what, values: None, json }
    });
    Ok(cells.chain(files).collect())
}

fn told(records: &[Record], terminal: &Terminal) -> String {
    let line = |record: &Record| match &record.values {
        Some((before, after)) if record.what.is_empty() => format!("{before} → {after}"),
        Some((before, after)) => format!("{}: {before} → {after}", record.what),
        None => record.what.clone(),
    };
    let mut text = String::new();
    let mut above = None;
    for record in records {
        match terminal.format() {
            Format::Human => {
                if above != Some(&record.group) {
                    text += &format!("{}\n", record.group);
                    above = Some(&record.group);
                }
                text += &format!("  {}\n", line(record));
            }
            Format::Short => text += &format!("{}: {}\n", record.place, line(record)),
            Format::Json => text += &format!("{}\n", record.json),
        }
    }
    text
}
