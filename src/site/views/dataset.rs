//! An edition's data as search engines for data read it: schema.org's Dataset as JSON-LD.

use crate::facts::EditionFacts;
use crate::model::License;
use crate::site::route::{Target, canonical};
use crate::site::views::context::PageContext;
use crate::site::views::page::About;
use crate::theme::Html;
use serde_json::{Map, Value, json};

/// The description of an edition's files. Addresses in it are whole, for it is read away from the page: without a
/// base_url it names no file.
pub(super) fn dataset(context: &PageContext<'_>, edition: &EditionFacts, about: &About, files: &[&str]) -> Html {
    let portal = context.portal;
    let year = edition.year;
    let said = portal.edition(year);
    let municipality = context.plain(&portal.municipality.name);
    let mut creator = Map::new();
    creator.insert("@type".to_owned(), "GovernmentOrganization".into());
    creator.insert("name".to_owned(), municipality.as_str().into());
    creator.extend(portal.municipality.url.as_deref().map(|url| ("url".to_owned(), url.into())));
    let portal_title = context.plain(&portal.title);
    let mut dataset = Map::new();
    let mut say = |key: &str, value: Option<Value>| dataset.extend(value.map(|value| (key.to_owned(), value)));
    say("@context", Some("https://schema.org".into()));
    say("@type", Some("Dataset".into()));
    say("name", Some(format!("{} {}", portal_title, about.title.as_str()).into()));
    let about_file = |name: &str| context.labels.find(&format!("data.file.{name}.title")).map(str::to_owned);
    let told: Vec<_> = files.iter().filter_map(|name| about_file(name.split('.').next().unwrap_or_default())).collect();
    let separator = context.word("list.separator");
    say("description", Some([about.description.as_str(), &told.join(separator)].join(" ").into()));
    say("inLanguage", Some(context.language.code().into()));
    say("creator", Some(creator.into()));
    say("license", portal.license.as_ref().map(license));
    say("isAccessibleForFree", Some(true.into()));
    // A fiscal year begins in April (an interval of ISO 8601 in months).
    say("temporalCoverage", Some(format!("{year}-04/{}-03", year.next()).into()));
    say("datePublished", said.and_then(|edition| edition.published.as_deref()).map(Value::from));
    let modified = said.and_then(|edition| edition.updated.as_deref().or(edition.published.as_deref()));
    say("dateModified", modified.map(Value::from));
    if let Some(base) = portal.base_url.as_deref() {
        say("url", Some(canonical(base, &context.path).into()));
        let files = files.iter().map(|name| {
            let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
            json!({
                "@type": "DataDownload",
                "name": about_file(stem).unwrap_or_else(|| (*name).to_owned()),
                "encodingFormat": if ending == "csv" { "text/csv" } else { "application/json" },
                "contentUrl": canonical(base, &Target::DataFile(year, name).path("")),
            })
        });
        say("distribution", Some(files.collect()));
    }
    // No text of an author ends the script element.
    Html::new(&Value::from(dataset).to_string().replace('<', "\\u003c"))
}

fn license(license: &License) -> Value {
    match license.terms() {
        Some(terms) => terms.into(),
        None => json!({"@type": "CreativeWork", "name": license.name}),
    }
}
