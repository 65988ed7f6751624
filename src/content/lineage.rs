//! Where a policy comes from and where it ends: from the tree to the model.

use super::keys;
use super::reader::Reader;
use super::yaml::{Kind, Node};
use crate::model::{End, EndedPolicy, Predecessor, Share};

/// What a sheet took over: ids and mappings in a list, or one of them.
pub fn predecessors(reader: &mut Reader<'_>, node: &Node<'_>) -> Box<[Predecessor]> {
    let found: Vec<_> = match &node.kind {
        Kind::Seq(_) => reader.items(node).filter_map(|item| predecessor(reader, item)).collect(),
        _ => predecessor(reader, node).into_iter().collect(),
    };
    reader.unique_ids(found.iter().map(|of| (of.policy.as_ref(), of.at)));
    found.into()
}

fn predecessor(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Predecessor> {
    let Kind::Map(_) = &node.kind else {
        return Some(Predecessor { policy: reader.id(node)?, year: None, share: Share::Whole, at: node.at });
    };
    let fields = reader.fields(node, &keys::PREDECESSOR)?;
    let policy = fields.get("policy").and_then(|n| Some((reader.id(n)?, n.at)));
    let year = fields.get("year").and_then(|n| reader.year(n)).map(|year| year.year);
    let part = fields.get("part").and_then(|n| reader.switch(n)).unwrap_or(false);
    let (policy, at) = policy?;
    Some(Predecessor { policy, year, share: if part { Share::Part } else { Share::Whole }, at })
}

/// The end that a sheet tells of itself.
pub fn end(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<End> {
    let fields = reader.fields(node, &keys::ENDED)?;
    let year = fields.get("year").and_then(|n| Some((reader.year(n)?.year, n.at)));
    let note = fields.get("note").and_then(|n| reader.text(n));
    let (year, year_at) = year?;
    Some(End { year, note, at: fields.at, year_at })
}

/// The ends that portal.yaml tells of policies.
pub fn ended_policies(reader: &mut Reader<'_>, node: &Node<'_>) -> Vec<EndedPolicy> {
    let mut ended: Vec<EndedPolicy> = Vec::new();
    for item in reader.items(node) {
        let Some(fields) = reader.fields(item, &keys::ENDED_POLICY) else { continue };
        let policy = fields.get("policy").and_then(|n| Some((reader.id(n)?, n.at)));
        let year = fields.get("year").and_then(|n| Some((reader.year(n)?.year, n.at)));
        let note = fields.get("note").and_then(|n| reader.text(n));
        let Some(((policy, at), (year, year_at))) = policy.zip(year) else { continue };
        ended.push(EndedPolicy { policy, end: End { year, note, at, year_at } });
    }
    reader.unique_ids(ended.iter().map(|of| (of.policy.as_ref(), of.end.at)));
    ended
}
