//! An indicator of a sheet: from the tree to the model.

use super::keys;
use super::reader::{Fields, Reader};
use super::values::{self, Around};
use super::yaml::{Kind as Shape, Node};
use super::{Known, portal};
use crate::diagnostic::{Code, Message};
use crate::model::{
    Accumulation, Baseline, Break, Component, Direction, Ended, FiscalYear, Indicator, Kind, Series, Survey,
    TargetChange, Text, Tolerance, WrittenYear,
};

/// What the sheet says of its indicators; those that lack an id or a name are reported and left out.
pub fn indicators(reader: &mut Reader<'_>, node: &Node<'_>, known: &Known, evaluated: FiscalYear) -> Vec<Indicator> {
    let indicators: Vec<_> = reader.items(node).filter_map(|item| indicator(reader, item, known, evaluated)).collect();
    let indicators = crate::model::fitted(indicators);
    reader.unique_ids(indicators.iter().map(|indicator| (indicator.id.as_ref(), indicator.at)));
    indicators
}

fn indicator(reader: &mut Reader<'_>, node: &Node<'_>, known: &Known, evaluated: FiscalYear) -> Option<Indicator> {
    let fields = reader.fields(node, &keys::INDICATOR)?;
    let id = fields.get("id").and_then(|n| reader.id(n));
    let name = fields.get("name").and_then(|n| reader.text(n));
    let unit = fields.get("unit").and_then(|n| reader.text(n));
    let target_unit = fields.get("target_unit").and_then(|n| reader.text(n));
    let notes = fields.get("notes").map(|n| reader.texts(n)).unwrap_or_default();
    let scope = Scope { known, unit: unit.as_ref(), target_unit: target_unit.as_ref(), notes: &notes, evaluated };
    let components = fields.get("components").map(|n| self::components(reader, n, &scope)).unwrap_or_default();
    let own = series(reader, &fields, &scope);
    let series = if components.is_empty() { own } else { refuse_own_series(reader, &fields) };
    let breaks = fields.get("breaks").map(|n| reader.items(n).filter_map(|n| break_(reader, n)).collect());
    let changes = fields.get("target_changes").map(|n| target_changes(reader, n, &scope, &components));
    let indicator = Indicator {
        description: fields.get("description").and_then(|n| reader.text(n)).map(Box::new),
        formula: fields.get("formula").and_then(|n| reader.text(n)).map(Box::new),
        source: fields.get("source").and_then(|n| reader.text(n)).map(Box::new),
        target_reason: fields.get("target_reason").and_then(|n| reader.text(n)).map(Box::new),
        target_note: fields.get("target_note").and_then(|n| reader.text(n)).map(Box::new),
        kind_stated: fields.get("kind").is_some(),
        accumulation_stated: fields.get("accumulation").is_some(),
        kind: fields.get("kind").and_then(|n| reader.word(n, &keys::KIND, &Kind::ALL, Kind::name)).unwrap_or_default(),
        accumulation: fields
            .get("accumulation")
            .and_then(|n| reader.word(n, &keys::ACCUMULATION, &Accumulation::ALL, Accumulation::name))
            .unwrap_or_default(),
        direction: fields
            .get("direction")
            .and_then(|n| reader.word(n, &keys::DIRECTION, &Direction::ALL, Direction::name)),
        tolerance: fields.get("tolerance").and_then(|n| tolerance(reader, n)).map(Box::new),
        survey: fields.get("survey").and_then(|n| survey(reader, n)).map(Box::new),
        rate: fields.get("rate").and_then(|n| portal::rate(reader, n, known.rate)),
        replaces: fields.get("replaces").and_then(|n| reader.id(n)),
        ended: fields.get("ended").and_then(|n| ended(reader, n)).map(Box::new),
        breaks: breaks.unwrap_or_default(),
        target_changes: changes.unwrap_or_default(),
        series,
        components: components.into(),
        at: fields.get("id").map_or(fields.at, |n| n.at),
        id: id?,
        name: name?,
        unit,
        target_unit: target_unit.map(Box::new),
        notes: notes.into(),
    };
    Some(indicator)
}

/// What figures of one indicator are read with.
struct Scope<'a> {
    known: &'a Known,
    unit: Option<&'a Text>,
    target_unit: Option<&'a Text>,
    notes: &'a [Text],
    evaluated: FiscalYear,
}

impl<'a> Scope<'a> {
    fn around(&self, unit: Option<&'a Text>) -> Around<'a> {
        Around {
            unit: unit.map(|unit| unit.get(&self.known.language)),
            symbols: &self.known.symbols,
            notes: self.notes,
        }
    }

    fn actuals(&self) -> Around<'a> {
        self.around(self.unit)
    }

    fn targets(&self) -> Around<'a> {
        self.around(self.target_unit.or(self.unit))
    }

    fn rates(&self) -> Around<'a> {
        Around { unit: Some("%"), ..self.around(None) }
    }
}

/// Baseline, actuals, targets and published rates; indicator and component have the same four keys.
fn series(reader: &mut Reader<'_>, fields: &Fields<'_, '_>, scope: &Scope<'_>) -> Series {
    let series = Series {
        baseline: fields.get("baseline").and_then(|n| baseline(reader, n, scope)),
        actuals: fields.get("actuals").map(|n| values::year_values(reader, n, &scope.actuals())).unwrap_or_default(),
        targets: fields.get("targets").map(|n| values::year_values(reader, n, &scope.targets())).unwrap_or_default(),
        published_rates: fields
            .get("published_rates")
            .map(|n| values::year_values(reader, n, &scope.rates()))
            .unwrap_or_default(),
    };
    values::refuse_future(reader, &series.actuals, scope.evaluated);
    let counted = scope.unit.is_some() && series.targets.iter().any(|(_, target)| target.number().is_some());
    if let Some(node) = fields.get("actuals").filter(|_| counted) {
        values::doubt_words(reader, node, &series.actuals);
    }
    series
}

fn refuse_own_series(reader: &mut Reader<'_>, fields: &Fields<'_, '_>) -> Series {
    for key in ["baseline", "actuals", "targets", "published_rates"] {
        if let Some(at) = fields.key_at(key) {
            reader.refuse(
                at,
                (
                    "内訳(components)のある指標に、指標全体の値も書かれています",
                    "an indicator with components cannot have a series of its own",
                ),
                (
                    "値を内訳の中に移すか、全体を内訳の一つとして書いてください",
                    "move it into the components, or make the whole one of them",
                ),
            );
        }
    }
    Series::default()
}

fn components(reader: &mut Reader<'_>, node: &Node<'_>, scope: &Scope<'_>) -> Vec<Component> {
    let components: Vec<_> = reader.items(node).filter_map(|item| component(reader, item, scope)).collect();
    reader.unique_ids(components.iter().map(|component| (component.id.as_ref(), component.at)));
    components
}

fn component(reader: &mut Reader<'_>, node: &Node<'_>, scope: &Scope<'_>) -> Option<Component> {
    let fields = reader.fields(node, &keys::COMPONENT)?;
    let id = fields.get("id").and_then(|n| reader.id(n));
    let name = fields.get("name").and_then(|n| reader.text(n));
    let series = series(reader, &fields, scope);
    let at = fields.get("id").map_or(fields.at, |n| n.at);
    Some(Component { id: id?, name: name?, series, at })
}

fn baseline(reader: &mut Reader<'_>, node: &Node<'_>, scope: &Scope<'_>) -> Option<Baseline> {
    let Shape::Map(_) = node.kind else {
        let value = values::value(reader, node, &scope.actuals())?;
        return Some(Baseline { year: None, year_printed: None, value });
    };
    let fields = reader.fields(node, &keys::BASELINE)?;
    let year = fields.get("year").and_then(|n| Some((n, reader.year(n)?)));
    let year_printed = year.and_then(|(node, year)| worth_keeping(node, year));
    let value = values::spelled_out(reader, &fields, &scope.actuals())?;
    Some(Baseline { year: year.map(|(_, year)| year.year), year_printed, value })
}

/// The year as printed where printing it anew would say something else: 平成35年度, 平成21年.
fn worth_keeping(node: &Node<'_>, year: WrittenYear) -> Option<Box<str>> {
    let written = node.text()?.trim();
    (year.prints_otherwise() || written.ends_with('年')).then(|| written.into())
}

fn tolerance(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Tolerance> {
    let tolerance = match node.kind {
        Shape::Map(_) => {
            let fields = reader.fields(node, &keys::TOLERANCE)?;
            Tolerance {
                below: fields.get("below").and_then(|n| reader.number(n)),
                above: fields.get("above").and_then(|n| reader.number(n)),
            }
        }
        _ => {
            let both = reader.number(node)?;
            Tolerance { below: Some(both), above: Some(both) }
        }
    };
    if [tolerance.below, tolerance.above]
        .into_iter()
        .flatten()
        .any(|width| width.is_sign_negative() && !width.is_zero())
    {
        reader.refuse(
            node.at,
            ("許容幅が0より小さくなっています", "a tolerance cannot be negative"),
            ("0以上の数を書いてください", "write a number from 0 on"),
        );
        return None;
    }
    Some(tolerance)
}

fn survey(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Survey> {
    let fields = reader.fields(node, &keys::SURVEY)?;
    Some(Survey {
        sample: fields.get("sample").and_then(|n| reader.count(n)),
        tolerance: fields.get("tolerance").and_then(|n| reader.number(n)),
        note: fields.get("note").and_then(|n| reader.text(n)),
    })
}

fn break_(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Break> {
    let fields = reader.fields(node, &keys::BREAK)?;
    let year = fields.get("year").and_then(|n| reader.year(n));
    let note = fields.get("note").and_then(|n| reader.text(n));
    let year_at = fields.get("year").map_or(fields.at, |n| n.at);
    Some(Break { year: year?.year, year_at, note, at: fields.at })
}

fn target_changes(
    reader: &mut Reader<'_>,
    node: &Node<'_>,
    scope: &Scope<'_>,
    components: &[Component],
) -> Box<[TargetChange]> {
    reader.items(node).filter_map(|item| target_change(reader, item, scope, components)).collect()
}

fn target_change(
    reader: &mut Reader<'_>,
    node: &Node<'_>,
    scope: &Scope<'_>,
    components: &[Component],
) -> Option<TargetChange> {
    let fields = reader.fields(node, &keys::TARGET_CHANGE)?;
    let year = fields.get("year").and_then(|n| reader.year(n));
    let component = fields.get("component").and_then(|n| Some((n, reader.id(n)?)));
    let from = fields.get("from").and_then(|n| values::value(reader, n, &scope.targets()));
    let date = fields.get("date").and_then(|n| reader.day(n));
    let reason = fields.get("reason").and_then(|n| reader.text(n));
    if let Some((node, id)) = &component
        && components.iter().all(|of| of.id != *id)
    {
        let ids: Vec<&str> = components.iter().map(|of| of.id.as_ref()).collect();
        let message = Message::new(
            format!("目標を変えた内訳「{id}」は、この指標にありません"),
            format!("the indicator has no component `{id}` whose target could have changed"),
        );
        let help = match ids.as_slice() {
            [] => Message::new(
                "内訳のない指標です。component を消してください",
                "it has no components: leave `component` out",
            ),
            ids => Message::new(
                format!("この指標の内訳: {}", ids.join("、")),
                format!("components of this indicator: {}", ids.join(", ")),
            ),
        };
        reader.tell(Code::UnknownReference, node.at, message, help);
    }
    let component = component.map(|(_, id)| id);
    let at = |key| fields.get(key).map_or(fields.at, |n| n.at);
    let (year_at, date_at) = (at("year"), at("date"));
    Some(TargetChange { year: year?.year, year_at, component, from: from?, date, date_at, reason, at: fields.at })
}

fn ended(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Ended> {
    let fields = reader.fields(node, &keys::ENDED)?;
    let year = fields.get("year").and_then(|n| reader.year(n));
    let note = fields.get("note").and_then(|n| reader.text(n));
    Some(Ended { year: year?.year, note })
}
