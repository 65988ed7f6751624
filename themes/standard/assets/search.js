// Searches an edition: as words are typed, loads the lists of their terms as plain scripts (they call hyokaSearch), then
// the texts of the hits that are shown. Nothing is asked of a server, so it works from a folder.
// Texts are taken apart as by the program that wrote the lists; tests/browser/search.test.mjs compares the two.
(() => {
  const HAN = "々〆〇\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const KANA = "\\u3041-\\u3096ゝゞゟ\\u30a1-\\u30fa\\u30fc-\\u30ff\\u31f0-\\u31ff";
  const WORD = `(?:(?![\\u3000-\\u30ff${HAN}${KANA}])[\\p{Alphabetic}\\p{N}])`;
  const PIECES = new RegExp(`[${HAN}${KANA}]+|${WORD}+`, "gu");
  const JAPANESE = new RegExp(`^[${HAN}${KANA}]`, "u");
  const SINGLE = new RegExp(`[${HAN}]`, "u");
  const ENDS_IN_WORD = new RegExp(`${WORD}$`, "u");
  const BEGINS_WITH_WORD = new RegExp(`^${WORD}`, "u");

  const folded = (text) =>
    text.normalize("NFKC").toLowerCase()
      .replace(/[\u30a1-\u30f4ヽヾ]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60))
      .replace(/[ヵゕ]/g, "か").replace(/[ヶゖ]/g, "け").replace(/ς/g, "σ");
  const piecesOf = (text) => folded(text).match(PIECES) || [];

  function termsOf(piece) {
    if (!JAPANESE.test(piece)) return [piece];
    const all = [...piece];
    return all.flatMap((c, at) => [...(SINGLE.test(c) ? [c] : []), ...(at ? [all[at - 1] + c] : [])]);
  }

  function fileOf(term, files) {
    let hash = 0x811c9dc5;
    for (const c of [...term].slice(0, 2)) hash = Math.imul(hash ^ c.codePointAt(0), 0x01000193) >>> 0;
    return ((hash ^ (hash >>> 15)) >>> 0) % files;
  }

  // Numbers in few characters: the first 64 digits end one, the others stand before.
  function numbers(text) {
    const all = [];
    let before = 0;
    for (const c of text) {
      const digit = "#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}".indexOf(c);
      if (digit < 64) all.push(before * 64 + digit);
      before = digit < 64 ? 0 : before * 26 + digit - 64;
    }
    return all;
  }
  function sums(differences) {
    let sum = 0;
    return differences.map((n) => (sum += n));
  }

  // A file of another version of the site than was asked for says another mark, and is as good as none.
  const lists = [];
  const texts = [];
  let files, together, starts, sections, marks;
  const markOf = (place) => marks.slice(place * 4, place * 4 + 4);
  globalThis.hyokaSearch = {
    folded, piecesOf, termsOf, fileOf,
    head([count, some, parts, words, all]) { [files, together, starts, sections, marks] = [count, some, [0, ...sums(numbers(parts))], words, all]; },
    lists(number, text, mark) { if (mark === markOf(number)) lists[number] = new Map(text.split(" ").map((entry) => entry.split("!"))); },
    texts([first, documents, mark]) { if (mark === markOf(files + first / together)) documents.forEach((document, at) => { texts[first + at] = document; }); },
  };

  const form = globalThis.document?.getElementById("search");
  if (!form) return;
  const field = form.elements.q;
  const [status, found, more] = ["search_status", "search_found", "search_more"].map((id) => document.getElementById(id));
  const words = form.dataset;
  const loading = new Map();

  class Stale extends Error {}

  function load(name, mark) {
    if (!loading.has(name)) {
      loading.set(name, new Promise((loaded, failed) => {
        const script = document.createElement("script");
        script.src = `${name}.js?${mark}`;
        script.onload = loaded;
        script.onerror = () => { loading.delete(name); failed(new Error(name)); };
        document.head.append(script);
      }));
    }
    return loading.get(name);
  }

  async function listsWith(term) {
    const file = fileOf(term, files);
    await load(file, markOf(file));
    if (!lists[file]) throw new Stale();
    return lists[file];
  }

  // The parts that hold a piece. Of a long run some pairs are asked for: the texts themselves decide at the end.
  async function partsWith(piece) {
    const read = (list) => new Set(sums(numbers(list || "")));
    if (!JAPANESE.test(piece)) {
      const hits = [...(await listsWith(piece))].filter(([word]) => word === piece || (piece.length > 1 && word.startsWith(piece)));
      return new Set(hits.flatMap(([, list]) => [...read(list)]));
    }
    const pairs = termsOf(piece).filter((term) => [...term].length > 1);
    const asked = pairs.filter((_, at) => pairs.length < 4 || Math.floor((at * 3) / (pairs.length - 1)) > Math.floor(((at - 1) * 3) / (pairs.length - 1)));
    const sets = await Promise.all((asked.length ? asked : [piece]).map(async (term) => read((await listsWith(term)).get(term))));
    return sets.reduce((all, some) => new Set([...all].filter((part) => some.has(part))));
  }

  function documentOf(part) {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= part) low = middle;
      else high = middle;
    }
    return low;
  }

  // Documents that hold every piece: those first that have them in their name, then those that have them often.
  async function documentsWith(pieces) {
    const weights = await Promise.all(pieces.map(async (piece) => {
      const weight = new Map();
      for (const part of await partsWith(piece)) {
        const number = documentOf(part);
        weight.set(number, (weight.get(number) || 0) + (part === starts[number] ? 100 : 1));
      }
      return weight;
    }));
    const weight = (number) => weights.reduce((sum, of) => sum + of.get(number), 0);
    return [...weights[0].keys()]
      .filter((number) => weights.every((of) => of.has(number)))
      .sort((a, b) => weight(b) - weight(a) || a - b);
  }

  // Where pieces stand in a text as it was written: [start, end, piece], ascending.
  function placesIn(text, pieces) {
    let plain = "";
    const origin = [];
    for (const { 0: cluster, index } of text.matchAll(/.[\p{M}ﾞﾟ]*/gsu)) {
      plain += folded(cluster);
      while (origin.length < plain.length) origin.push(index);
    }
    origin.push(text.length);
    const places = [];
    for (const piece of pieces) {
      const word = !JAPANESE.test(piece);
      for (let at = plain.indexOf(piece); at >= 0; at = plain.indexOf(piece, at + 1)) {
        let end = at + piece.length;
        if (word && ENDS_IN_WORD.test(plain.slice(Math.max(0, at - 2), at))) continue;
        if (word && piece.length === 1 && BEGINS_WITH_WORD.test(plain.slice(end))) continue;
        while (end < plain.length && origin[end] === origin[end - 1]) end++;
        places.push([origin[at], origin[end], piece]);
      }
    }
    return places.sort((a, b) => a[0] - b[0]);
  }

  // A stretch of a text with its places marked.
  function marked(element, text, places, from, to) {
    let at = from;
    if (from > 0) element.append("…");
    for (const [start, end] of places) {
      if (start < at || end > to) continue;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      element.append(text.slice(at, start), mark);
      at = end;
    }
    element.append(text.slice(at, to), to < text.length ? "…" : "");
    return element;
  }

  function make(parent, name, language) {
    const element = parent.appendChild(document.createElement(name));
    if (language) element.lang = language;
    return element;
  }

  // Tells a hit: its name, where it belongs, and the first three places with what stands around them. False where the
  // document does not hold the words as they were typed.
  function tell(item, [href, parts, marks], pieces) {
    const seen = parts.map(([section, anchor, text, language]) => ({ section, anchor, text, language, places: placesIn(text, pieces) }));
    const held = new Set(seen.flatMap(({ places }) => places.map(([, , piece]) => piece)));
    if (pieces.some((piece) => !held.has(piece))) return false;
    const [name, ...others] = seen;
    const [title, ...belongs] = name.text.split("\n");
    const link = make(item, "a", name.language);
    link.href = href;
    marked(link, title, name.places, 0, title.length);
    for (const mark of marks) Object.assign(make(item, "span"), { className: mark === words.sample ? "sample-mark" : "draft-mark", textContent: mark });
    if (belongs.length) {
      const about = belongs.join("　");
      const line = make(item, "p", name.language);
      line.className = "quiet";
      marked(line, about, placesIn(about, pieces), 0, about.length);
    }
    const kinds = ({ places }) => new Set(places.map(([, , piece]) => piece)).size;
    const best = others.filter(kinds).sort((a, b) => kinds(b) - kinds(a)).slice(0, 3);
    for (const { section, anchor, text, language, places } of best) {
      const line = make(item, "p");
      const where = make(line, "a");
      where.href = anchor ? `${href}#${encodeURIComponent(anchor)}` : href;
      where.textContent = sections[section];
      line.append(" ");
      const from = places[0][0] > 40 ? places[0][0] - 24 : 0;
      marked(make(line, "span", language), text, places, from, Math.min(text.length, Math.max(from + 110, places[0][1])));
    }
    return true;
  }

  let turn = 0;
  let head = words.index;
  async function search() {
    const mine = ++turn;
    const pieces = [...new Set(piecesOf(field.value))];
    const asked = pieces.filter((piece) => SINGLE.test(piece) || !JAPANESE.test(piece) || [...piece].length > 1);
    remember();
    if (!asked.length) {
      found.replaceChildren();
      more.hidden = true;
      status.textContent = pieces.length ? words.short : "";
      return;
    }
    try {
      await load("head", head);
      const hits = await documentsWith(asked);
      if (mine === turn) await show(hits, asked, () => mine === turn);
    } catch (error) {
      if (mine === turn) fail(error);
    }
  }

  // Shows ten hits, each when its text is there, and ten more whenever asked.
  async function show(hits, pieces, current) {
    let count = hits.length;
    let next = 0;
    const text = (number) => {
      const file = Math.floor(number / together);
      return load(`text-${file}`, markOf(files + file));
    };
    async function page(place) {
      let shown = 0;
      hits.slice(next, next + 10).forEach((number) => text(number).catch(() => {}));
      while (shown < 10 && next < hits.length) {
        const number = hits[next++];
        await text(number);
        if (!current()) return;
        if (!texts[number]) throw new Stale();
        const item = document.createElement("li");
        if (!tell(item, texts[number], pieces)) count--;
        else if (++shown) place(item, shown);
      }
      if (!count) found.replaceChildren();
      status.textContent = count ? words.hits.replace("{n}", count) : words.none;
      more.hidden = next >= hits.length;
    }
    more.onclick = () => page((item, shown) => {
      found.append(item);
      if (shown === 1) item.querySelector("a").focus();
    }).catch(fail);
    await page((item, shown) => (shown === 1 ? found.replaceChildren(item) : found.append(item)));
  }
  // Once, the head is asked for anew: it may be what is old.
  function fail(error) {
    if (error instanceof Stale && head === words.index) {
      head = Date.now();
      for (const all of [lists, texts]) all.length = 0;
      loading.clear();
      search();
    } else {
      status.textContent = error instanceof Stale ? words.stale : words.failed;
    }
  }

  // The address holds the words, so that it can be sent to others.
  function remember() {
    const query = field.value.trim() ? `?${new URLSearchParams({ q: field.value.trim() })}` : "";
    if (query !== location.search) history.replaceState(null, "", location.pathname + query);
  }
  function recall() {
    field.value = new URLSearchParams(location.search).get("q") || "";
    search();
  }

  let timer, composing = false;
  const soon = () => {
    clearTimeout(timer);
    if (!composing) timer = setTimeout(search, 100);
  };
  field.addEventListener("compositionstart", () => { composing = true; clearTimeout(timer); });
  field.addEventListener("compositionend", () => { composing = false; soon(); });
  field.addEventListener("input", soon);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    search();
  });
  // Arrows walk from the words to the hits and back, Escape leads back at once.
  document.getElementById("search_area").addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.isComposing || !(event.key in steps || event.key === "Escape")) return;
    const stops = [field, ...found.querySelectorAll("li > a")];
    const item = document.activeElement.closest("#search_found > li");
    const at = stops.indexOf(item ? item.querySelector("a") : document.activeElement);
    if (at < 0 || (event.key === "Escape" && at === 0)) return;
    event.preventDefault();
    (event.key === "Escape" ? field : stops[at + steps[event.key]])?.focus();
  });
  addEventListener("pageshow", (event) => { if (event.persisted) recall(); });
  form.hidden = false;
  document.getElementById("search_without").hidden = true;
  recall();
})();
