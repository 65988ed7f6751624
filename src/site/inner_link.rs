//! Links that authors write in Markdown: they name source files, as an editor sees them, and become links to pages.

use crate::model::{FiscalYear, Portal};
use crate::site::route::{Links, Target};

/// The `href` of `link`, written in the file `source` (below content/: `2024/industry.yaml`, `pages/about.md`), as a path
/// relative to that file: `../2024/industry.yaml#exchange`, `about.md`, `../assets/map.pdf`; a page also as
/// `pages/about.md` from anywhere. `None` where it names no sheet, page or asset: a dead link.
///
/// Whether a file below assets/ exists is not known here; its link is made from its path.
pub fn resolve(portal: &Portal, links: &Links, source: &str, link: &str) -> Option<String> {
    let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor)));
    if path.is_empty() {
        // An anchor of the page itself.
        return anchor.map(|_| link.to_owned());
    }
    let path = if path.starts_with("pages/") { path.to_owned() } else { join(source, path)? };
    let href = |target: Target<'_>| match anchor {
        Some(anchor) => links.to_anchor(target, anchor),
        None => links.to(target),
    };
    let (folder, file) = path.split_once('/')?;
    match folder {
        "assets" => Some(href(Target::ContentAsset(file))),
        "pages" => {
            let name = file.strip_suffix(".md")?;
            let name = name.split_once('.').map_or(name, |(name, _)| name);
            portal.pages.iter().any(|page| page.name.as_ref() == name).then(|| href(Target::FreePage(name)))
        }
        year => {
            let year = FiscalYear::new(year.parse().ok()?)?;
            let policy = file.strip_suffix(".yaml").or_else(|| file.strip_suffix(".yml"))?;
            portal.policy(policy)?.sheet(year)?;
            Some(href(Target::Policy(year, policy)))
        }
    }
}

/// `relative` seen from the folder of `source`; `None` where it leads out of content/.
fn join(source: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = source.rsplit_once('/').map_or_else(Vec::new, |(folder, _)| folder.split('/').collect());
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_seen_from_the_file_that_holds_the_link() {
        assert_eq!(join("2024/industry.yaml", "../2023/water.yaml").as_deref(), Some("2023/water.yaml"));
        assert_eq!(join("2024/industry.yaml", "./water.yaml").as_deref(), Some("2024/water.yaml"));
        assert_eq!(join("portal.yaml", "pages/about.md").as_deref(), Some("pages/about.md"));
        assert_eq!(join("portal.yaml", "../secret"), None, "nothing outside of content/ is reached");
    }
}
