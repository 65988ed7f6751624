//! Inner links that lead nowhere, told at their place before any page is made.

use super::inner_link::{self, Named, PAGE_HEADINGS, Unnamed, named};
use crate::diagnostic::{Code, Diagnostic, Message, Place, Report};
use crate::markdown;
use crate::model::{Portal, Withheld, WrittenLink};
use std::collections::BTreeSet;

/// Reports `dead-link` for every link of a text whose sheet, page, file or part of a page is not in this build.
///
/// `assets` are the paths below content/assets.
pub fn review(portal: &Portal, assets: &BTreeSet<&str>, report: &mut Report) {
    let sheets = portal.policies.iter().flat_map(|policy| &policy.sheets).map(|sheet| (&*sheet.path, &sheet.links));
    let pages = portal.pages.iter().map(|page| (&*page.path, &page.links));
    for (source, links) in sheets.chain(pages).chain([(&*portal.path, &portal.links)]) {
        for link in links {
            if let Some((message, help)) = fault(portal, assets, source, &link.target) {
                report.add(dead(source, link, message, help));
            }
        }
    }
}

fn dead(source: &str, link: &WrittenLink, message: Message, help: Message) -> Diagnostic {
    let place = Place { file: format!("content/{source}").into(), at: link.at };
    Diagnostic::new(Code::DeadLink, place, message).help(help.ja, help.en)
}

/// What is wrong with a link and what to do; `None` where it leads somewhere.
fn fault(portal: &Portal, assets: &BTreeSet<&str>, source: &str, link: &str) -> Option<(Message, Message)> {
    let named = match named(portal, source, link) {
        Ok(named) => named,
        Err(why) => return Some((unnamed(link, why), help(portal, assets, source, link, why))),
    };
    match named {
        (Named::Asset(path), _) if !assets.contains(path.as_str()) => Some(no_asset(assets, &path)),
        (Named::Asset(_), _) | (_, None) => None,
        (Named::Sheet(sheet), Some(anchor)) => {
            let ids: Vec<&str> = sheet.indicators.iter().map(|indicator| indicator.id.as_ref()).collect();
            (!ids.contains(&anchor.as_str())).then(|| no_part(&sheet.path, &anchor, ("指標", "indicator"), &ids))
        }
        (Named::Page(page), Some(anchor)) => {
            let headings = markdown::heading_ids(&page.body, PAGE_HEADINGS);
            let wanted = inner_link::heading_id(&anchor);
            let ids: Vec<&str> =
                headings.iter().map(|heading| heading.id.strip_prefix(PAGE_HEADINGS.prefix).unwrap_or("")).collect();
            let there = headings.iter().any(|heading| heading.id == wanted);
            (!there).then(|| no_part(&page.path, &anchor, ("見出し", "heading"), &ids))
        }
        (Named::Everywhere, Some(_)) => Some((
            Message::new(
                format!("portal.yaml の文はどのページにも出るので、リンク先「{link}」が決まりません"),
                format!("texts of portal.yaml show on every page, so `{link}` alone names no place"),
            ),
            Message::new(
                "「pages/about.md#見出し」のように、ファイル名から書いてください",
                "write the file, too: `pages/about.md#heading`",
            ),
        )),
    }
}

fn unnamed(link: &str, why: Unnamed<'_>) -> Message {
    match why {
        Unnamed::Refused => {
            Message::new(format!("リンク先「{link}」は使えません"), format!("a link cannot lead to `{link}`"))
        }
        Unnamed::Outside => Message::new(
            format!("リンク先「{link}」は content/ の外を指しています"),
            format!("the link `{link}` leads out of content/"),
        ),
        Unnamed::Shapeless => Message::new(
            format!("リンク先「{link}」は、シートでもページでも添付ファイルでもありません"),
            format!("the link `{link}` names no sheet, page or file of assets"),
        ),
        Unnamed::NoPage => {
            Message::new(format!("リンク先のページ「{link}」がありません"), format!("there is no page `{link}`"))
        }
        Unnamed::NoSheet(year, _) => Message::new(
            format!("リンク先「{link}」のシートが{year}年度にありません"),
            format!("fiscal {year} has no sheet `{link}`"),
        ),
        Unnamed::Withheld(Withheld::Draft) => Message::new(
            format!("リンク先「{link}」は下書きなので、公開されません"),
            format!("`{link}` is a draft and is not published"),
        ),
        Unnamed::Withheld(Withheld::Until(day)) => Message::new(
            format!("リンク先「{link}」は公表予定日が {day} なので、まだ公開されません"),
            format!("`{link}` is not published before {day} (publish_on)"),
        ),
    }
}

fn help(portal: &Portal, assets: &BTreeSet<&str>, source: &str, link: &str, why: Unnamed<'_>) -> Message {
    match why {
        Unnamed::Withheld(Withheld::Draft) => {
            return Message::new(
                "リンクを外すか、そのシートの「status: draft」を消してください。--drafts を付けると下書きも含めて確かめられます",
                "take the link out, or `status: draft` out of that sheet; --drafts builds with the drafts",
            );
        }
        Unnamed::Withheld(Withheld::Until(_)) => {
            return Message::new(
                "その日まではリンクを外してください。その日からは --as-of today を付けると公開されます。--drafts を付けると公開前のシートも含めて確かめられます",
                "leave the link out until then; from that day on, --as-of today publishes the sheet. --drafts builds with what is not published yet",
            );
        }
        _ => {}
    }
    if let Some(meant) = meant(portal, assets, source, link) {
        return Message::new(format!("「{meant}」ではありませんか"), format!("did you mean `{meant}`?"));
    }
    if let Unnamed::NoSheet(year, id) = why
        && let [first, ..] = portal.became(id, year).as_slice()
    {
        let taken_over = link.replacen(stem(link), &first.policy, 1);
        return Message::new(
            format!("この施策は{year}年度には「{taken_over}」に引き継がれています"),
            format!("in fiscal {year} this policy goes on as `{taken_over}`"),
        );
    }
    if let Unnamed::NoSheet(_, id) = why
        && let Some(policy) = portal.policy(id)
    {
        let years: Vec<String> = policy.sheets.iter().map(|sheet| sheet.year.to_string()).collect();
        return Message::new(
            format!("この施策のシートがある年度: {}", years.join("、")),
            format!("this policy has sheets of {}", years.join(", ")),
        );
    }
    let near = match why {
        Unnamed::NoSheet(year, _) => {
            let there = portal.policies.iter().filter(|policy| policy.sheet(year).is_some());
            nearest(stem(link), there.map(|policy| policy.id.as_ref()))
        }
        Unnamed::NoPage => nearest(stem(link), portal.pages.iter().map(|page| page.name.as_ref())),
        _ => None,
    };
    if let Some(near) = near {
        let meant = link.replacen(stem(link), near, 1);
        return Message::new(format!("「{meant}」ではありませんか"), format!("did you mean `{meant}`?"));
    }
    if why == Unnamed::Refused {
        return Message::new(
            "外のページへのリンクは https:// から書いてください。画像は content/assets/ に置き、「../assets/map.png」のように書きます",
            "begin links to other sites with https://; put images into content/assets/ and write `../assets/map.png`",
        );
    }
    Message::new(
        "このファイルから見た場所を書きます (例: ../2024/industry.yaml#exchange、../pages/about.md、../assets/form.pdf)",
        "write the path as seen from this file: `../2024/industry.yaml#exchange`, `../pages/about.md`, `../assets/form.pdf`",
    )
}

/// The file's name without folders, ending and anchor.
fn stem(link: &str) -> &str {
    let path = link.split('#').next().unwrap_or(link);
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').next().unwrap_or(name)
}

/// The link with its most frequent slips mended: seen from content/ instead of its own folder, without its ending, with
/// the ending of the finished page.
fn meant(portal: &Portal, assets: &BTreeSet<&str>, source: &str, link: &str) -> Option<String> {
    let (path, anchor) = link.split_once('#').map_or((link, String::new()), |(path, id)| (path, format!("#{id}")));
    let stem = path.trim_start_matches('/').trim_end_matches('/');
    let stem = stem.strip_suffix("/index.html").or_else(|| stem.strip_suffix(".html")).unwrap_or(stem);
    let frames = ["", "../", "../../"].into_iter().flat_map(|start| ["", ".yaml", ".md"].map(|end| (start, end)));
    frames
        .map(|(start, end)| format!("{start}{stem}{end}{anchor}"))
        .find(|candidate| candidate != link && leads_somewhere(portal, assets, source, candidate))
}

fn leads_somewhere(portal: &Portal, assets: &BTreeSet<&str>, source: &str, link: &str) -> bool {
    match named(portal, source, link) {
        Ok((Named::Asset(path), _)) => assets.contains(path.as_str()),
        Ok((Named::Sheet(_) | Named::Page(_), _)) => true,
        Ok((Named::Everywhere, _)) | Err(_) => false,
    }
}

fn no_asset(assets: &BTreeSet<&str>, path: &str) -> (Message, Message) {
    let message =
        Message::new(format!("content/assets/{path} がありません"), format!("there is no content/assets/{path}"));
    let near = nearest(path, assets.iter().copied());
    let help = match near {
        Some(near) => {
            Message::new(format!("「assets/{near}」ではありませんか"), format!("did you mean `assets/{near}`?"))
        }
        None => Message::new(
            "ファイルを content/assets/ に置くか、リンクを直してください (大文字と小文字も区別されます)",
            "put the file into content/assets/, or correct the link (upper and lower case differ)",
        ),
    };
    (message, help)
}

fn no_part(path: &str, anchor: &str, (ja, en): (&str, &str), ids: &[&str]) -> (Message, Message) {
    let message = Message::new(
        format!("content/{path} に{ja}「{anchor}」がありません"),
        format!("content/{path} has no {en} `{anchor}`"),
    );
    let help = match (nearest(anchor, ids.iter().copied()), ids) {
        (Some(near), _) => Message::new(format!("「#{near}」ではありませんか"), format!("did you mean `#{near}`?")),
        (None, []) => Message::new(
            format!("{ja}がないので、「#」から後ろを消してください"),
            format!("it has no {en}: take away what begins with the #"),
        ),
        (None, ids) => Message::new(
            format!("「#」の後に書けるもの: {}", ids.join("、")),
            format!("after the # can stand: `{}`", ids.join("`, `")),
        ),
    };
    (message, help)
}

fn nearest<'a>(wanted: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|known| (strsim::jaro_winkler(&known.to_lowercase(), &wanted.to_lowercase()), known))
        .filter(|(likeness, _)| *likeness > 0.85)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| known)
}
