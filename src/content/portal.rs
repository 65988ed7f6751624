//! portal.yaml: from the tree to the model.

use rust_decimal::Decimal;

use super::Known;
use super::keys;
use super::lineage;
use super::reader::{Fields, Reader};
use super::recommendation::{WrittenIn, recommendations};
use super::revision;
use super::values;
use super::yaml::{Kind, Node};
use crate::diagnostic::{Code, Message};
use crate::model::{
    Area, At, Contact, Edition, GradeLegend, Language, License, Lineage, MissingReason, Municipality, Plan, Portal,
    RateMethod, RateRule, Rounding, TargetChoice, VerdictName, VerdictRule,
};

/// Reads the tree of portal.yaml: the portal (without policies and pages) where nothing required is missing, and what
/// its sheets are read with in any case.
pub fn portal(reader: &mut Reader<'_>, root: &Node<'_>, path: &str) -> (Option<Portal>, Known) {
    let Some(fields) = reader.fields(root, &keys::PORTAL) else { return (None, Known::default()) };
    let title = fields.get("title").and_then(|n| reader.text(n));
    let municipality = fields.get("municipality").and_then(|n| municipality(reader, n));
    let languages = fields.get("languages").map(|n| languages(reader, n)).unwrap_or_default();
    let languages = if languages.is_empty() { vec![Language::japanese()] } else { languages };
    let plan = fields.get("plan").and_then(|n| plan(reader, n));
    let areas = fields.get("areas").map(|n| areas(reader, n));
    let rate = fields.get("rate").and_then(|n| rate(reader, n, RateRule::default())).unwrap_or_default();
    let symbols = fields.get("symbols").map(|n| symbols(reader, n)).unwrap_or_default();
    let known = Known {
        areas: areas.as_ref().map(|areas| areas.iter().map(|area| area.id.clone()).collect()),
        symbols: symbols.clone(),
        language: languages.first().cloned().unwrap_or_else(Language::japanese),
        languages: languages.clone(),
        rate,
    };
    let editions = fields.get("editions").map(|n| editions(reader, n)).unwrap_or_default();
    let verdict = fields.get("verdict").and_then(|n| verdict(reader, n)).unwrap_or_default();
    let grades = fields.get("grades").map(|n| grade_legend(reader, n)).unwrap_or_default();
    let theme = fields.get("theme").and_then(|n| reader.id(n)).unwrap_or_else(|| "standard".into());
    let license = fields.get("license").and_then(|n| license(reader, n));
    let base_url = match fields.get("base_url") {
        Some(node) => base_url(reader, node),
        None => {
            no_base_url(reader);
            None
        }
    };
    let contact = fields.get("contact").and_then(|n| contact(reader, n));
    let chart_files = fields.get("charts").and_then(|n| chart_files(reader, n)).unwrap_or(false);
    let book = fields.get("book").and_then(|n| reader.switch(n)).unwrap_or(false);
    let description = fields.get("description").and_then(|n| reader.text(n));
    let footer = fields.get("footer").and_then(|n| reader.text(n));
    let revisions = fields.get("revisions").map(|n| revision::rule_revisions(reader, n)).unwrap_or_default();
    let ended = fields.get("ended").map(|n| lineage::ended_policies(reader, n)).unwrap_or_default();
    let recommendations = fields.get("recommendations").map(|n| recommendations(reader, n, WrittenIn::Portal));
    let links = reader.take_links();
    reader.demand_languages(&languages);
    let portal = title.zip(municipality).zip(plan).zip(areas).map(|(((title, municipality), plan), areas)| Portal {
        path: path.into(),
        title,
        municipality,
        languages,
        plan,
        areas,
        editions,
        rate,
        verdict,
        grades,
        theme,
        theme_at: fields.get("theme").map(|n| n.at).unwrap_or_default(),
        license,
        base_url,
        base_url_at: fields.get("base_url").map(|n| n.at).unwrap_or_default(),
        contact,
        symbols,
        chart_files,
        book,
        description,
        footer,
        policies: Vec::new(),
        pages: Vec::new(),
        links,
        as_of: None,
        left_out: Vec::new(),
        ledgers: Vec::new(),
        recommended_to: Box::default(),
        lineage: Lineage::default(),
        revisions,
        ended,
        recommendations: recommendations.unwrap_or_default(),
    });
    (portal, known)
}

fn municipality(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Municipality> {
    let fields = reader.fields(node, &keys::MUNICIPALITY)?;
    let name = fields.get("name").and_then(|n| reader.text(n));
    let code = fields.get("code").and_then(|n| {
        let code = reader.code(n)?;
        let six_digits = code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit());
        if !six_digits {
            reader.refuse(
                n.at,
                ("全国地方公共団体コードは6桁の数字です", "the code of a municipality has six digits"),
                (
                    "検査数字を含む6桁を \"142034\" のように引用符で囲んで書いてください",
                    "write all six digits, with the check digit, in quotes: \"142034\"",
                ),
            );
        }
        six_digits.then_some(code)
    });
    let url = fields.get("url").and_then(|n| reader.url(n));
    Some(Municipality { name: name?, code, url })
}

fn languages(reader: &mut Reader<'_>, node: &Node<'_>) -> Vec<Language> {
    let nodes: Vec<&Node<'_>> = match &node.kind {
        Kind::Scalar { .. } => vec![node],
        _ => reader.items(node).collect(),
    };
    let mut languages: Vec<Language> = Vec::new();
    for node in nodes {
        let Some(code) = reader.code(node) else { continue };
        if !Language::is_code(&code) {
            reader.refuse(
                node.at,
                ("言語コードではありません", "this is no language code"),
                ("ja や en のような言語コードを書いてください", "write a code such as ja or en"),
            );
        } else if languages.iter().any(|known| known.code() == code.as_ref()) {
            reader.refuse(
                node.at,
                ("同じ言語が二度書かれています", "this language stands twice"),
                ("どちらか一つを消してください", "remove one of them"),
            );
        } else {
            languages.push(Language::new(&code));
        }
    }
    languages
}

fn plan(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Plan> {
    let fields = reader.fields(node, &keys::PLAN)?;
    let name = fields.get("name").and_then(|n| reader.text(n));
    let first_year = fields.get("first_year").and_then(|n| reader.year(n)).map(|year| year.year);
    let last_year = fields.get("last_year").and_then(|n| reader.year(n)).map(|year| year.year);
    let (first_year, last_year) = (first_year?, last_year?);
    if last_year < first_year {
        reader.tell(
            Code::WrongYear,
            fields.get("last_year").map_or(fields.at, |n| n.at),
            Message::new(
                format!("計画が{first_year}年度に始まり、{last_year}年度に終わることになっています"),
                format!("the plan begins in {first_year} and ends in {last_year}"),
            ),
            Message::new("開始年度と終了年度を見直してください", "correct first_year or last_year"),
        );
        return None;
    }
    Some(Plan { name, first_year, last_year })
}

fn areas(reader: &mut Reader<'_>, node: &Node<'_>) -> Vec<Area> {
    let mut areas = Vec::new();
    let mut parents: Vec<Option<(Box<str>, At)>> = Vec::new();
    for item in reader.items(node) {
        let Some(fields) = reader.fields(item, &keys::AREA) else { continue };
        let id = fields.get("id").and_then(|n| reader.id(n));
        let number = fields.get("number").and_then(|n| reader.code(n));
        let name = fields.get("name").and_then(|n| reader.text(n));
        let description = fields.get("description").and_then(|n| reader.text(n));
        let parent = fields.get("parent").and_then(|n| Some((reader.code(n)?, n.at)));
        let at = fields.get("id").map_or(fields.at, |n| n.at);
        if let Some(id) = id {
            areas.push(Area { id, number, name, parent: None, description, at });
            parents.push(parent);
        }
    }
    reader.unique_ids(areas.iter().map(|area| (area.id.as_ref(), area.at)));
    if areas.is_empty() {
        reader.tell(
            Code::MissingKey,
            node.at,
            Message::new("分野が一つもありません", "there is no area"),
            Message::new("「- id: industry」のように一つ以上書いてください", "write at least one: `- id: industry`"),
        );
    }
    let found: Vec<Option<usize>> = parents
        .iter()
        .map(|parent| parent.as_ref().and_then(|(id, at)| parent_index(reader, &areas, id, *at)))
        .collect();
    for (index, parent) in parents.iter().enumerate() {
        let Some((_, at)) = parent else { continue };
        if leads_back(&found, index) {
            reader.refuse(
                *at,
                ("上位の分野をたどると元の分野に戻ります", "the areas above lead back to this one"),
                ("どれか一つの parent を消してください", "remove one of the parents"),
            );
        } else if let Some(area) = areas.get_mut(index) {
            area.parent = found.get(index).copied().flatten();
        }
    }
    areas
}

fn parent_index(reader: &mut Reader<'_>, areas: &[Area], id: &str, at: At) -> Option<usize> {
    let found = areas.iter().position(|area| area.id.as_ref() == id);
    if found.is_none() {
        let help = match keys::nearest(id, areas.iter().map(|area| area.id.as_ref())) {
            Some(near) => Message::new(format!("「{near}」ではありませんか"), format!("did you mean `{near}`?")),
            None => Message::new("areas にある id を書いてください", "write an id of the areas"),
        };
        let message =
            Message::new(format!("上位の分野「{id}」がありません"), format!("there is no area `{id}` to be above"));
        reader.tell(Code::UnknownReference, at, message, help);
    }
    found
}

fn leads_back(parents: &[Option<usize>], start: usize) -> bool {
    let mut next = parents.get(start).copied().flatten();
    for _ in 0..parents.len() {
        match next {
            Some(index) if index == start => return true,
            Some(index) => next = parents.get(index).copied().flatten(),
            None => return false,
        }
    }
    false
}

fn editions(reader: &mut Reader<'_>, node: &Node<'_>) -> Vec<Edition> {
    let mut editions = Vec::new();
    for (year, key, node) in values::by_year(reader, node, "{2024: {published: 2025-09-20}}") {
        if node.is_nothing() {
            continue;
        }
        let Some(fields) = reader.fields(node, &keys::EDITION) else { continue };
        editions.push(Edition {
            year: year.year,
            label: fields.get("label").and_then(|n| reader.text(n)),
            published: fields.get("published").and_then(|n| reader.date(n)),
            updated: fields.get("updated").and_then(|n| reader.date(n)),
            day_at: fields.get("updated").or(fields.get("published")).map_or(key.at, |n| n.at),
            due: fields.get("due").and_then(|n| reader.day(n)),
            at: key.at,
        });
    }
    editions.sort_by_key(|edition| edition.year);
    editions
}

/// A rule for rates: what is not written here is taken from `base`.
pub fn rate(reader: &mut Reader<'_>, node: &Node<'_>, base: RateRule) -> Option<RateRule> {
    let fields = reader.fields(node, &keys::RATE)?;
    Some(RateRule {
        method: fields
            .get("method")
            .and_then(|n| reader.word(n, &keys::METHOD, &RateMethod::ALL, RateMethod::name))
            .unwrap_or(base.method),
        decimals: fields.get("decimals").and_then(|n| decimals(reader, n)).unwrap_or(base.decimals),
        rounding: fields
            .get("rounding")
            .and_then(|n| reader.word(n, &keys::ROUNDING, &Rounding::ALL, Rounding::name))
            .unwrap_or(base.rounding),
        target: fields
            .get("target")
            .and_then(|n| reader.word(n, &keys::TARGET, &TargetChoice::ALL, TargetChoice::name))
            .unwrap_or(base.target),
    })
}

fn decimals(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<u32> {
    let decimals = reader.count(node)?;
    if decimals > 6 {
        reader.refuse(
            node.at,
            ("小数点以下は6桁までです", "six decimals at most"),
            ("0から6までの整数を書いてください", "write a whole number from 0 to 6"),
        );
        return None;
    }
    u32::try_from(decimals).ok()
}

fn verdict(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<VerdictRule> {
    let fields = reader.fields(node, &keys::VERDICT)?;
    let node = fields.get("nearly")?;
    let nearly = reader.number(node)?;
    if nearly < Decimal::ZERO || nearly > Decimal::ONE {
        reader.refuse(
            node.at,
            ("しきい値は0から1までの数です", "a threshold lies between 0 and 1"),
            ("80%なら 0.8 と書いてください", "write 0.8 for 80 %"),
        );
        return None;
    }
    Some(VerdictRule { nearly })
}

fn grade_legend(reader: &mut Reader<'_>, node: &Node<'_>) -> Vec<GradeLegend> {
    let mut grades = Vec::new();
    for item in reader.items(node) {
        let Some(fields) = reader.fields(item, &keys::GRADE_LEGEND) else { continue };
        let id = fields.get("id").and_then(|n| reader.code(n));
        let label = fields.get("label").and_then(|n| reader.text(n));
        let verdict = fields
            .get("verdict")
            .and_then(|n| reader.word(n, &keys::VERDICT_NAME, &VerdictName::ALL, VerdictName::name));
        let at = fields.get("id").map_or(fields.at, |n| n.at);
        grades.extend(id.zip(label).map(|(id, label)| GradeLegend { id, label, verdict, at }));
    }
    reader.unique_ids(grades.iter().map(|grade| (grade.id.as_ref(), grade.at)));
    grades
}

fn license(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<License> {
    let Kind::Map(_) = node.kind else { return reader.code(node).map(|name| License { name, url: None }) };
    let fields = reader.fields(node, &keys::LICENSE)?;
    let name = fields.get("name").and_then(|n| reader.code(n));
    let url = fields.get("url").and_then(|n| reader.url(n));
    Some(License { name: name?, url })
}

fn no_base_url(reader: &mut Reader<'_>) {
    reader.tell(
        Code::NoBaseUrl,
        At { line: 1, column: 1, length: 0 },
        Message::new(
            "公開URL(base_url)がないので、サイトマップと更新情報(フィード)を作りません",
            "there is no base_url, so no sitemap and no feed are made",
        ),
        Message::new(
            "「base_url: https://www.city.example.lg.jp/hyoka/」のように書いてください。まだ決まっていないときや要らないときは「base_url: なし」と書きます",
            "write `base_url: https://www.city.example.lg.jp/hyoka/`; where there is none, or none is wanted, `base_url: none`",
        ),
    );
}

/// With a slash at its end; `none` where the portal says that it has none. A query or a fragment cannot be part of it.
fn base_url(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Box<str>> {
    if node.text().is_some_and(|text| matches!(text.trim(), "none" | "なし")) {
        return None;
    }
    let url = reader.url(node)?;
    if url.contains(['?', '#']) {
        reader.tell(
            Code::InvalidUrl,
            node.at,
            Message::new("公開URLに「?」や「#」は付けられません", "base_url cannot have a ? or #"),
            Message::new(
                "サイトを置くフォルダーのURLを書いてください",
                "write the URL of the folder that holds the site",
            ),
        );
        return None;
    }
    Some(if url.ends_with('/') { url } else { format!("{url}/").into() })
}

fn contact(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Contact> {
    let fields = reader.fields(node, &keys::CONTACT)?;
    Some(Contact {
        department: fields.get("department").and_then(|n| reader.text(n)),
        phone: fields.get("phone").and_then(|n| reader.code(n)),
        email: fields.get("email").and_then(|n| email(reader, n)),
        url: fields.get("url").and_then(|n| reader.url(n)),
    })
}

fn email(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Box<str>> {
    let email = reader.code(node)?;
    let shaped = email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        && !email.contains(char::is_whitespace);
    if !shaped {
        reader.refuse(
            node.at,
            ("メールアドレスとして読めません", "this is no e-mail address"),
            ("kikaku@city.example.lg.jp のように書いてください", "write it as kikaku@city.example.lg.jp"),
        );
    }
    shaped.then_some(email)
}

fn chart_files(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<bool> {
    let fields: Fields<'_, '_> = reader.fields(node, &keys::CHARTS)?;
    fields.get("files").and_then(|n| reader.switch(n))
}

fn symbols(reader: &mut Reader<'_>, node: &Node<'_>) -> Vec<(Box<str>, MissingReason)> {
    let Kind::Map(entries) = &node.kind else {
        reader.tell(
            Code::WrongType,
            node.at,
            Message::new("ここには記号とその意味を書きます", "symbols with their meanings are expected here"),
            Message::new("{\"-\": not-applicable} のように書いてください", "write {\"-\": not-applicable}"),
        );
        return Vec::new();
    };
    let mut symbols = Vec::new();
    for entry in entries {
        let symbol = reader.code(&entry.key);
        let reason = reader.word(&entry.value, &keys::MISSING, &MissingReason::ALL, MissingReason::name);
        symbols.extend(symbol.zip(reason));
    }
    symbols
}
