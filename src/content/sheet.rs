//! A sheet: from the tree to the model.

use super::Known;
use super::keys;
use super::narrative::Narrative;
use super::reader::{Fields, Reader};
use super::recommendation::{WrittenIn, recommendations};
use super::yaml::{Kind, Node};
use super::{indicator, lineage, money, revision};
use crate::diagnostic::{Code, Message};
use crate::model::{
    Answer, AnswerState, At, Attachment, Challenge, FiscalYear, Grade, MoneyUnit, PlainTexts, Project,
    PublicationStatus, Sheet, Text, Voice,
};
use jiff::civil::Date;

/// What the file's name says of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetName {
    /// Below content/: `2024/industry.yaml`.
    pub path: Box<str>,
    pub year: FiscalYear,
    pub policy: Box<str>,
}

/// Reads the tree of a sheet. `None` where something required is missing; every problem is reported either way.
pub fn sheet(reader: &mut Reader<'_>, root: &Node<'_>, name: &SheetName, known: &Known) -> Option<Sheet> {
    let fields = reader.fields(root, &keys::SHEET)?;
    let area = fields.get("area").and_then(|n| area(reader, n, known));
    let title = fields.get("name").and_then(|n| reader.text(n));
    let indicators = fields.get("indicators").map(|n| indicator::indicators(reader, n, known, name.year));
    let expenditure = fields.get("expenditure").and_then(|n| money::expenditure(reader, n, known, name.year, None));
    let unit = expenditure.as_ref().map(|expenditure| expenditure.unit);
    let projects = fields.get("projects").map(|n| projects(reader, n, known, name.year, unit));
    let (status, publish_on) = publication(reader, &fields);
    let indicators = indicators.unwrap_or_default();
    let mut narrative = Narrative::new(&indicators, &known.language);
    if let Some(node) = fields.get("checked") {
        narrative.checked(reader, node);
    }
    let achievements = fields.get("achievements").map(|n| narrative.texts(reader, n)).unwrap_or_default();
    let challenges = fields.get("challenges").map(|n| challenges(reader, n, &mut narrative)).unwrap_or_default();
    let answers = fields.get("answers").map(|n| answers(reader, n, &mut narrative)).unwrap_or_default();
    let grades = fields.get("grades").map(|n| grades(reader, n, &mut narrative)).unwrap_or_default();
    let outlook = fields.get("outlook").and_then(|n| narrative.lasting_text(reader, n));
    let (claims, paragraphs) = narrative.finish(reader);
    let revisions = fields.get("revisions").map(|n| revision::revisions(reader, n, &indicators, known));
    let mut sheet = Sheet {
        path: name.path.clone(),
        policy: name.policy.clone(),
        year: name.year,
        number: fields.get("number").and_then(|n| reader.code(n)),
        successor_of: fields.get("successor_of").map(|n| lineage::predecessors(reader, n)).unwrap_or_default(),
        ended: fields.get("ended").and_then(|n| lineage::end(reader, n)).map(Box::new),
        departments: fields.get("department").map(|n| reader.texts(n)).unwrap_or_default(),
        vision: fields.get("vision").and_then(|n| reader.text(n)),
        indicators,
        achievements,
        challenges,
        answers,
        claims,
        paragraphs,
        recommendations: fields
            .get("recommendations")
            .map(|n| recommendations(reader, n, WrittenIn::Sheet))
            .unwrap_or_default(),
        projects: projects.unwrap_or_default(),
        expenditure,
        grades,
        outlook,
        plain: fields.get("plain").and_then(|n| plain(reader, n)).map(Box::new),
        attachments: fields.get("attachments").map(|n| attachments(reader, n)).unwrap_or_default(),
        source: fields.get("source").and_then(|n| reader.text(n)),
        notes: fields.get("notes").map(|n| reader.texts(n)).unwrap_or_default(),
        revisions: revisions.unwrap_or_default().into(),
        sample: fields.get("sample").and_then(|n| reader.switch(n)).unwrap_or(false),
        status,
        publish_on,
        name_at: fields.get("name").map_or(fields.at, |n| n.at),
        department_at: fields.get("department").map_or(fields.at, |n| n.at),
        area: area?,
        name: title?,
        links: Vec::new(),
    };
    sheet.links = reader.take_links();
    // Where portal.yaml could not be read, its languages are not known.
    if known.areas.is_some() {
        reader.demand_languages(&known.languages);
    }
    Some(sheet)
}

/// What a sheet says of whether, and from which day on, it is for the public.
pub(super) fn publication(reader: &mut Reader<'_>, fields: &Fields<'_, '_>) -> (PublicationStatus, Option<Date>) {
    let status = fields.get("status").and_then(|n| reader.word(n, &keys::PUBLICATION, &PUBLICATIONS, publication_name));
    (status.unwrap_or_default(), fields.get("publish_on").and_then(|n| reader.day(n)))
}

const PUBLICATIONS: [PublicationStatus; 2] = [PublicationStatus::Draft, PublicationStatus::Published];

fn publication_name(status: PublicationStatus) -> &'static str {
    match status {
        PublicationStatus::Draft => "draft",
        PublicationStatus::Published => "published",
    }
}

/// The index of the area. Where portal.yaml could not be read, any area passes: its own problems come first.
fn area(reader: &mut Reader<'_>, node: &Node<'_>, known: &Known) -> Option<usize> {
    let written = reader.code(node)?;
    let Some(areas) = &known.areas else { return Some(0) };
    let found = areas.iter().position(|area| *area == written);
    if found.is_none() {
        let list = areas.join("、");
        let help = match keys::nearest(&written, areas.iter().map(AsRef::as_ref)) {
            Some(near) => Message::new(
                format!("「{near}」ではありませんか。portal.yaml にある分野: {list}"),
                format!("did you mean `{near}`? areas of portal.yaml: {}", areas.join(", ")),
            ),
            None => Message::new(
                format!("portal.yaml の areas に加えるか、次のどれかにしてください: {list}"),
                format!("add it to the areas of portal.yaml, or write one of: {}", areas.join(", ")),
            ),
        };
        let message = Message::new(
            format!("分野「{written}」は portal.yaml にありません"),
            format!("the area `{written}` is not in portal.yaml"),
        );
        reader.tell(Code::UnknownArea, node.at, message, help);
    }
    found
}

fn plain(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<PlainTexts> {
    let fields = reader.fields(node, &keys::PLAIN)?;
    Some(PlainTexts {
        vision: fields.get("vision").and_then(|n| reader.text(n)),
        achievements: fields.get("achievements").map(|n| reader.texts(n)).unwrap_or_default(),
        challenges: fields.get("challenges").map(|n| reader.texts(n)).unwrap_or_default(),
        outlook: fields.get("outlook").and_then(|n| reader.text(n)),
    })
}

fn challenges(reader: &mut Reader<'_>, node: &Node<'_>, narrative: &mut Narrative<'_>) -> Vec<Challenge> {
    let mut ids: Vec<(Box<str>, At)> = Vec::new();
    let mut challenges = Vec::new();
    for item in reader.items(node) {
        let Some(fields) = reader.fields(item, &keys::CHALLENGE) else { continue };
        let id = fields.get("id").and_then(|n| Some((reader.id(n)?, n.at)));
        // One that is known by its id may be named again; what is done about it is done anew.
        let challenge = fields.get("challenge").and_then(|n| match id {
            Some(_) => narrative.lasting_text(reader, n),
            None => narrative.text(reader, n),
        });
        let approach = fields.get("approach").and_then(|n| narrative.text(reader, n));
        ids.extend(id.clone());
        let id = id.map(|(id, _)| id);
        challenges.extend(challenge.map(|challenge| Challenge { id, challenge, approach, at: fields.at }));
    }
    reader.unique_ids(ids.iter().map(|(id, at)| (id.as_ref(), *at)));
    crate::model::fitted(challenges)
}

fn answers(reader: &mut Reader<'_>, node: &Node<'_>, narrative: &mut Narrative<'_>) -> Box<[Answer]> {
    let mut answers: Vec<Answer> = Vec::new();
    for item in reader.items(node) {
        let Some(fields) = reader.fields(item, &keys::ANSWER) else { continue };
        let id = fields.get("id").and_then(|n| Some((reader.id(n)?, n.at)));
        let policy = fields.get("policy").and_then(|n| reader.id(n));
        let state = fields.get("state");
        let state = state.and_then(|n| reader.word(n, &keys::ANSWER_STATE, &AnswerState::ALL, AnswerState::name));
        let text = fields.get("text").and_then(|n| narrative.text(reader, n));
        answers.extend(id.map(|(id, at)| Answer { id, policy, state, text, at }));
    }
    let whose = |answer: &Answer| match &answer.policy {
        None => answer.id.to_string(),
        Some(policy) => format!("{policy}#{}", answer.id),
    };
    let ids: Vec<_> = answers.iter().map(|answer| (whose(answer), answer.at)).collect();
    reader.unique_ids(ids.iter().map(|(id, at)| (id.as_str(), *at)));
    crate::model::fitted(answers).into()
}

/// Names alone, or mappings.
fn projects(
    reader: &mut Reader<'_>,
    node: &Node<'_>,
    known: &Known,
    year: FiscalYear,
    unit: Option<MoneyUnit>,
) -> Vec<Project> {
    let mut projects = Vec::new();
    for item in reader.items(node) {
        projects.extend(match item.kind {
            Kind::Map(_) if !is_text_by_language(item) => project(reader, item, known, year, unit),
            _ => reader.text(item).map(|name| name_only(name, item.at)),
        });
    }
    crate::model::fitted(projects)
}

fn is_text_by_language(node: &Node<'_>) -> bool {
    matches!(&node.kind, Kind::Map(entries) if entries.iter().all(|entry| {
        entry.key.text().is_some_and(|key| crate::model::Language::is_code(key) && keys::PROJECT.find(key).is_none())
    }))
}

fn name_only(name: Text, at: At) -> Project {
    Project { name, department: None, expenditure: None, url: None, at }
}

fn project(
    reader: &mut Reader<'_>,
    node: &Node<'_>,
    known: &Known,
    year: FiscalYear,
    unit: Option<MoneyUnit>,
) -> Option<Project> {
    let fields = reader.fields(node, &keys::PROJECT)?;
    let name = fields.get("name").and_then(|n| reader.text(n));
    let department = fields.get("department").and_then(|n| reader.text(n));
    let expenditure = fields.get("expenditure").and_then(|n| money::expenditure(reader, n, known, year, unit));
    let url = fields.get("url").and_then(|n| reader.url(n));
    Some(Project {
        name: name?,
        department: department.map(Box::new),
        expenditure: expenditure.map(Box::new),
        url,
        at: fields.at,
    })
}

fn grades(reader: &mut Reader<'_>, node: &Node<'_>, narrative: &mut Narrative<'_>) -> Vec<Grade> {
    let mut grades = Vec::new();
    for item in reader.items(node) {
        let Some(fields) = reader.fields(item, &keys::GRADE) else { continue };
        let by = fields.get("by").and_then(|n| reader.code(n)).map(voice);
        let grade = fields.get("grade").and_then(|n| reader.code(n));
        let comment = fields.get("comment").and_then(|n| narrative.text(reader, n));
        let year = fields.get("year").and_then(|n| reader.year(n)).map(|year| year.year);
        let at = fields.get("grade").map_or(fields.at, |n| n.at);
        grades.extend(by.map(|by| Grade { by, grade, comment, year, at }));
    }
    crate::model::fitted(grades)
}

fn voice(written: Box<str>) -> Voice {
    match keys::VOICE.find(&written).map(|word| word.name) {
        Some("self") => Voice::SelfGrade,
        Some("second") => Voice::Second,
        Some("external") => Voice::External,
        _ => Voice::Other(written),
    }
}

fn attachments(reader: &mut Reader<'_>, node: &Node<'_>) -> Vec<Attachment> {
    let mut attachments = Vec::new();
    for item in reader.items(node) {
        let Some(fields) = reader.fields(item, &keys::ATTACHMENT) else { continue };
        let title = fields.get("title").and_then(|n| reader.text(n));
        let file = fields.get("file").and_then(|n| asset_path(reader, n));
        let at = fields.get("file").map_or(fields.at, |n| n.at);
        attachments.extend(title.zip(file).map(|(title, file)| Attachment { title, file, at }));
    }
    attachments
}

/// A path below content/assets/ that does not climb out of it.
fn asset_path(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Box<str>> {
    let written = reader.code(node)?;
    let inside = written.strip_prefix("assets/").is_some_and(|rest| {
        !rest.is_empty() && !rest.contains('\\') && rest.split('/').all(|part| !matches!(part, "" | "." | ".."))
    });
    if !inside {
        reader.refuse(
            node.at,
            ("添付ファイルは content/assets/ の中に置きます", "attachments are kept in content/assets/"),
            (
                "「assets/2024/form.pdf」のように、assets/ から「/」区切りで書いてください",
                "write the path from assets/ on, with slashes: assets/2024/form.pdf",
            ),
        );
    }
    inside.then_some(written)
}
