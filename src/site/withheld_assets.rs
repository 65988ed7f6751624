//! Files of content/assets that only sheets name which are not for the public yet: published beside the others, the
//! original form of a sheet would tell everything before its day.

use std::collections::BTreeSet;

use super::inner_link::{Named, named};
use crate::model::{Portal, Sheet, WrittenLink};

/// Below content/ (`assets/2025/form.pdf`): what sheets that were left out attach or link to, and nothing else of the
/// portal does. A file that no text names stays published, as every file of the folder.
pub fn of(portal: &Portal) -> BTreeSet<String> {
    let mut withheld = of_sheets(portal, portal.left_out.iter().map(AsRef::as_ref));
    if withheld.is_empty() {
        return withheld;
    }
    let shown = portal.policies.iter().flat_map(|policy| &policy.sheets).map(AsRef::as_ref);
    let pages = portal.pages.iter().map(|page| (&*page.path, page.links.as_slice()));
    let texts = pages.chain([("portal.yaml", portal.links.as_slice())]);
    let mut public = of_sheets(portal, shown);
    public.extend(texts.flat_map(|(source, links)| linked(portal, source, links)));
    withheld.retain(|path| !public.contains(path));
    withheld
}

fn of_sheets<'p>(portal: &'p Portal, sheets: impl Iterator<Item = &'p Sheet>) -> BTreeSet<String> {
    let files = sheets.flat_map(|sheet| {
        let attached = sheet.attachments.iter().map(|attachment| attachment.file.to_string());
        attached.chain(linked(portal, &sheet.path, &sheet.links))
    });
    files.collect()
}

fn linked<'p>(portal: &'p Portal, source: &'p str, links: &'p [WrittenLink]) -> impl Iterator<Item = String> + 'p {
    links.iter().filter_map(move |link| match named(portal, source, &link.target) {
        Ok((Named::Asset(path), _)) => Some(format!("assets/{path}")),
        Ok(_) | Err(_) => None,
    })
}
