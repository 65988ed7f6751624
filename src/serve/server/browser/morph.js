// Changes the page in place from how it came to how the server shows it now.
//
// `page.came` is the document as it last came, `page.live` leads from each of its nodes to the node on the screen. Both
// trees are changed alike; an element that is equal in both versions is not touched, nor is anything that stands below it.

// Changes the page. False where that cannot be done in place: scripts that have run cannot be taken back.
export function update(page, next) {
  for (const script of next.querySelectorAll("script[data-hyoka]")) script.remove();
  if (scripts(page.came) !== scripts(next)) return false;
  if (addsRows(page.came, next)) return false;
  const leaving = [];
  element(page, page.came, next, leaving);
  dismiss(page, leaving);
  return true;
}

const scripts = (root) => [...root.querySelectorAll("script")].map((script) => script.src || script.text).join("\n");

// A script that keeps the rows of a table in mind would not know of a new one.
function addsRows(came, next) {
  const rows = (root) => [...root.querySelectorAll("tbody")].map((body) => body.rows.length).join(" ");
  return came.querySelector("script[src]") !== null && rows(came) !== rows(next);
}

function element(page, came, next, leaving) {
  if (came.isEqualNode(next)) return;
  const shown = page.live.get(came);
  if (came.nodeType !== Node.ELEMENT_NODE) {
    came.data = next.data;
    if (shown) shown.data = next.data;
    return;
  }
  for (const { name } of [...came.attributes]) {
    if (!next.hasAttribute(name)) for (const of of [came, shown]) of?.removeAttribute(name);
  }
  for (const { name, namespaceURI, value } of next.attributes) {
    if (came.getAttribute(name) !== value) for (const of of [came, shown]) of?.setAttributeNS(namespaceURI, name, value);
  }
  children(page, came, next, leaving);
}

function children(page, came, next, leaving) {
  const pairs = align([...came.childNodes], [...next.childNodes]);
  const kept = new Set(pairs.map((pair) => pair.came));
  for (const old of [...came.childNodes].filter((old) => !kept.has(old))) {
    const shown = page.live.get(old);
    old.remove();
    // A style sheet goes once its successor is there; the page is never seen without.
    if (isSheet(old)) leaving.push(shown);
    else shown?.remove();
  }
  let last = null;
  let lastShown = null;
  for (const { came: old, next: now, moved } of pairs) {
    const copy = old ?? now.cloneNode(true);
    const shown = old ? page.live.get(old) : document.importNode(now, true);
    if (old) element(page, old, now, leaving);
    else pair(page, copy, shown);
    if (!old || moved) {
      place(copy, last, came);
      if (shown) place(shown, lastShown, page.live.get(came));
    }
    last = copy;
    if (shown?.parentNode) lastShown = shown;
  }
}

function place(node, after, parent) {
  if (after?.parentNode) after.after(node);
  else parent?.prepend(node);
}

function pair(page, copy, shown) {
  page.live.set(copy, shown);
  for (let a = copy.firstChild, b = shown.firstChild; a && b; a = a.nextSibling, b = b.nextSibling) pair(page, a, b);
}

// Which old child each new one continues: first those that are equal, then, between them, those of the same kind.
function align(came, next) {
  const pairs = next.map((now) => ({ came: null, next: now, moved: false }));
  let start = 0;
  while (start < came.length && start < next.length && came[start].isEqualNode(next[start])) {
    pairs[start].came = came[start];
    start += 1;
  }
  let end = 0;
  while (end < came.length - start && end < next.length - start && came.at(-1 - end).isEqualNode(next.at(-1 - end))) {
    pairs[next.length - 1 - end].came = came.at(-1 - end);
    end += 1;
  }
  const old = came.slice(start, came.length - end);
  const open = pairs.slice(start, pairs.length - end);
  let from = 0;
  let gap = [];
  for (const [index, now] of [...open, null].entries()) {
    const at = now === null ? old.length : equalAhead(old, from, now.next, open.length - index);
    if (at < 0) {
      gap.push(now);
      continue;
    }
    alike(old.slice(from, at), gap);
    gap = [];
    if (now) now.came = old[at];
    from = at + 1;
  }
  byId(old, open);
  return pairs;
}

// The next equal old child; not so far ahead that more would be lost than won.
function equalAhead(old, from, now, left) {
  const reach = Math.min(old.length, from + Math.max(8, 2 * (old.length - from - left) + 8));
  for (let at = from; at < reach; at += 1) {
    if (now.nodeType !== Node.TEXT_NODE && old[at].isEqualNode(now)) return at;
  }
  return -1;
}

// Pairs what is of the same kind, in order.
function alike(old, gap) {
  const kinds = old.map(kind);
  let from = 0;
  for (const now of gap) {
    const at = kinds.indexOf(kind(now.next), from);
    if (at < 0) continue;
    now.came = old[at];
    from = at + 1;
  }
}

// What has an id is known wherever it went.
function byId(old, open) {
  const taken = new Set(open.map((pair) => pair.came));
  const known = new Map(old.filter((node) => node.id).map((node) => [kind(node), node]));
  for (const pair of open) {
    if (pair.came || !pair.next.id) continue;
    const found = known.get(kind(pair.next));
    if (!found || taken.has(found)) continue;
    Object.assign(pair, { came: found, moved: true });
    taken.add(found);
  }
}

const isSheet = (node) => node.nodeName === "LINK" && node.getAttribute("rel") === "stylesheet";
const kind = (node) => `${node.nodeName}#${node.id ?? ""}${isSheet(node) ? node.getAttribute("href") : ""}`;

// Removes old style sheets when every new one has come, or cannot come.
async function dismiss(page, leaving) {
  if (leaving.length === 0) return;
  const sheets = [...document.querySelectorAll('link[rel="stylesheet"]')].filter((link) => !leaving.includes(link) && !link.sheet);
  const come = (link) => new Promise((there) => {
    for (const event of ["load", "error"]) link.addEventListener(event, there, { once: true });
  });
  await Promise.all(sheets.map(come));
  for (const link of leaving) link?.remove();
}
