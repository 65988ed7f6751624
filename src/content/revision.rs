//! Declared revisions of published figures: from the tree to the model.

use super::Known;
use super::keys;
use super::reader::Reader;
use super::values::{Around, value};
use super::yaml::Node;
use crate::model::{At, FigureField, Indicator, Reading, Revision, RevisionKind, RuleRevision, Status, Value};

/// The revisions that a sheet declares. Figures are read with the unit of their indicator.
pub fn revisions(reader: &mut Reader<'_>, node: &Node<'_>, indicators: &[Indicator], known: &Known) -> Vec<Revision> {
    reader.items(node).filter_map(|item| revision(reader, item, indicators, known)).collect()
}

fn revision(reader: &mut Reader<'_>, node: &Node<'_>, indicators: &[Indicator], known: &Known) -> Option<Revision> {
    let fields = reader.fields(node, &keys::REVISION)?;
    let indicator = fields.get("indicator").and_then(|n| reader.id(n));
    let field = fields.get("field").and_then(|n| reader.word(n, &keys::FIGURE, &FigureField::ALL, FigureField::name));
    let of = indicator.as_deref().and_then(|id| indicators.iter().find(|of| *of.id == *id));
    let unit = of.and_then(|of| match field {
        Some(FigureField::Target) => of.target_unit.as_deref().or(of.unit.as_ref()),
        _ => of.unit.as_ref(),
    });
    let unit = match field {
        Some(FigureField::PublishedRate | FigureField::Rate) => Some("%"),
        _ => unit.map(|unit| unit.get(&known.language)),
    };
    let around = Around { unit, symbols: &known.symbols, notes: &[] };
    let component = fields.get("component").and_then(|n| reader.code(n));
    let year = fields.get("year").and_then(|n| reader.year(n)).map(|year| year.year);
    let mut figure = |name: &str| {
        fields.get(name).and_then(|n| match field {
            // Neither a digest nor a grade is read for what it might mean.
            Some(FigureField::Digest | FigureField::Grade) => reader.code(n).map(|text| word(text, n.at)),
            _ => value(reader, n, &around),
        })
    };
    let (from, to) = (figure("from"), figure("to"));
    let date = fields.get("date").and_then(|n| Some((reader.day(n)?, n.at)));
    let reason = fields.get("reason").and_then(|n| reader.text(n));
    let kind =
        fields.get("kind").and_then(|n| reader.word(n, &keys::REVISION_KIND, &RevisionKind::ALL, RevisionKind::name));
    let field = field?;
    if field.is_derived() {
        reader.refuse(
            fields.get("field").map_or(fields.at, |n| n.at),
            (
                "達成率と判定は計算されるので、シートの改訂には書きません",
                "rates and verdicts are computed: a sheet does not revise them",
            ),
            (
                "もとの実績値・基準値・目標値の改訂を書いてください。計算方法を変えたときは portal.yaml の revisions に書きます",
                "declare the revision of the actual, baseline or target; where the rule changed, write it into the revisions of portal.yaml",
            ),
        );
        return None;
    }
    let (date, date_at) = date?;
    Some(Revision {
        indicator,
        component,
        field,
        year,
        from,
        to,
        date,
        date_at,
        reason: reason?,
        kind: kind?,
        at: fields.at,
    })
}

fn word(text: Box<str>, at: At) -> Value {
    let reading = Reading::Text { met: None };
    Value { reading, printed: Some(text), status: Status::default(), note: None, at }
}

/// The revisions that portal.yaml declares.
pub fn rule_revisions(reader: &mut Reader<'_>, node: &Node<'_>) -> Vec<RuleRevision> {
    reader.items(node).filter_map(|item| rule_revision(reader, item)).collect()
}

fn rule_revision(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<RuleRevision> {
    let fields = reader.fields(node, &keys::RULE_REVISION)?;
    let edition = fields.get("edition").and_then(|n| reader.year(n)).map(|year| year.year);
    let policy = fields.get("policy").and_then(|n| reader.id(n));
    let field_node = fields.get("field");
    let field = field_node.and_then(|n| reader.word(n, &keys::FIGURE, &FigureField::ALL, FigureField::name));
    let date = fields.get("date").and_then(|n| Some((reader.day(n)?, n.at)));
    let reason = fields.get("reason").and_then(|n| reader.text(n));
    let kind =
        fields.get("kind").and_then(|n| reader.word(n, &keys::REVISION_KIND, &RevisionKind::ALL, RevisionKind::name));
    let makes_sense = match field {
        Some(FigureField::Digest) => policy.is_none(),
        Some(field) => field.is_derived(),
        None => field_node.is_none() && policy.is_some(),
    };
    if !makes_sense {
        reader.refuse(
            field_node.map_or(fields.at, |n| n.at),
            (
                "ここには、計算で決まる rate か verdict、portal.yaml の提言の文(digest)、または取り下げた施策を書きます",
                "only `rate`, `verdict`, the words of portal.yaml's recommendations (`digest`), or the policy whose sheet was withdrawn can stand here",
            ),
            (
                "シートに書かれた数値の改訂は、そのシートの revisions に書いてください",
                "a figure that stands in a sheet is revised in that sheet",
            ),
        );
        return None;
    }
    let (date, date_at) = date?;
    Some(RuleRevision { edition: edition?, policy, field, date, date_at, reason: reason?, kind: kind?, at: fields.at })
}
