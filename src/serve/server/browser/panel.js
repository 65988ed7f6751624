// The preview's own small bar, and above it what is wrong. It stands in a shadow tree: neither the theme's style nor its
// own reaches the other. Texts enter as texts, never as HTML.
import { look } from "./look.js";

// Makes an element: its class, its attributes, what is in it.
export function make(tag, attributes = {}, ...inner) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null) element.setAttribute(name, value);
  }
  element.append(...inner.filter((part) => part !== null && part !== undefined));
  return element;
}

export class Panel {
  // `listed` where the page itself lists the problems.
  constructor(words, editor, listed) {
    this.words = words;
    this.editor = editor;
    this.listed = listed;
    this.errors = 0;
    this.told = null;
    this.list = make("ol", { role: "list" });
    this.standing = make("p", { class: "standing" });
    this.more = make("div", { class: "more" });
    this.close = make("button", { type: "button", onclick: () => { this.open(false); this.count.focus(); } }, words.collapse);
    this.panel = make("section", { class: "panel", id: "panel", "aria-label": words.problems, tabindex: 0, hidden: true },
      make("div", { class: "head" }, this.standing, this.close), this.list, this.more);
    this.gone = make("p", { class: "gone", hidden: true }, words.gone);
    this.status = make("p", { class: "unseen", role: "status" });
    this.count = make("button", { type: "button", "aria-controls": "panel", "aria-expanded": "false",
      onclick: () => this.open(this.panel.hidden) });
    this.bar = make("div", { class: "bar" }, this.count);
    this.host = make("hyoka-preview", { lang: words.language });
    this.root = this.host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(look);
    this.root.adoptedStyleSheets = [sheet];
    this.frame = make("aside", { class: "frame", "aria-label": words.preview }, this.gone, this.panel, this.bar, this.status);
    this.root.append(this.frame);
    // The end of the page stays readable above whatever stands at the bottom of the window.
    new ResizeObserver(() => { this.host.style.height = `${this.frame.offsetHeight}px`; }).observe(this.frame);
    document.documentElement.append(this.host);
  }

  // `stale` where the page is older than the sheets.
  show(problems, stale) {
    const { words } = this;
    const say = (text, number) => text.replace("{n}", number);
    const counts = [
      problems.errors > 0 ? say(words.errors, problems.errors) : null,
      problems.warnings > 0 ? say(words.warnings, problems.warnings) : null,
    ].filter(Boolean);
    const elsewhere = problems.elsewhere > 0 ? say(words.elsewhere, problems.elsewhere) : null;
    this.count.textContent = counts.join(words.and) || elsewhere || words.noProblems;
    this.count.className = problems.errors > 0 ? "error" : problems.warnings > 0 ? "warning" : "";
    this.count.disabled = counts.length === 0 && !elsewhere;
    this.standing.textContent = stale && !this.listed ? words.stale : "";
    this.more.replaceChildren(...[
      problems.more > 0 ? say(words.more, problems.more) : null,
      elsewhere && `${elsewhere}${words.checkShows}`,
    ].filter(Boolean).map((line) => make("p", {}, line)));
    const told = JSON.stringify(problems.list);
    if (told !== this.told) this.list.replaceChildren(...problems.list.map((problem) => this.problem(problem)));
    this.told = told;
    const first = this.errors === 0 && problems.errors > 0;
    const mended = this.errors > 0 && problems.errors === 0;
    if (first && !this.listed) this.open(true);
    if (mended || this.count.disabled) this.open(false);
    if (first || mended || this.errors !== problems.errors) {
      this.announce([...counts, stale ? words.stale : words.fresh].join("。"));
    }
    this.errors = problems.errors;
  }

  open(wanted) {
    this.panel.hidden = !wanted;
    this.count.setAttribute("aria-expanded", String(wanted));
  }

  announce(text) {
    this.status.textContent = text;
  }

  isGone() {
    this.gone.hidden = false;
    this.announce(this.words.gone);
  }

  isHere() {
    if (!this.gone.hidden) this.announce("");
    this.gone.hidden = true;
  }

  problem({ severity, code, place, message, label, help, related }) {
    const { words } = this;
    return make("li", { class: severity },
      make("p", { class: "what" },
        make("span", { class: "severity" }, words[severity]), " ", make("strong", {}, message), " ", make("code", {}, code)),
      ...this.spot(place),
      label && make("p", { class: "label" }, label),
      help && make("p", { class: "help" }, make("strong", {}, words.help), " ", help),
      ...(related ? [make("p", { class: "related" }, related[1]), ...this.spot(related[0])] : []));
  }

  // A place: its name, what can be done with it, and its line. The marked characters are the caret: it stands right
  // under text of any width.
  spot({ file, line, column, excerpt }) {
    const { words } = this;
    const name = line > 0 ? `${file}:${line}:${column}` : file;
    const copy = make("button", { type: "button", onclick: () => this.copy(name, copy) }, words.copy);
    const open = this.editor && file.includes("/")
      ? make("button", { type: "button", onclick: () => this.edit({ file, line, column }, open) }, words.open)
      : null;
    const where = make("div", { class: "place" }, make("code", {}, name), make("span", { class: "acts" }, copy, open));
    if (!excerpt) return [where];
    const { before, marked, after } = excerpt;
    return [where, make("pre", {}, make("span", { class: "number" }, `${line} `), before, make("mark", {}, marked), after)];
  }

  async copy(text, button) {
    const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
    this.answer(button, copied ? this.words.copied : this.words.notCopied);
  }

  async edit({ file, line, column }, button) {
    const query = new URLSearchParams({ file, line: Math.max(line, 1), column: Math.max(column, 1) });
    const url = `/_hyoka/open?${query.toString().replaceAll("+", "%20")}`;
    const opened = await fetch(url, { method: "POST", headers: { "x-hyoka": "1" } }).then((answer) => answer.ok, () => false);
    this.answer(button, opened ? this.words.opened : this.words.notOpened);
  }

  // Says beside a button what came of it.
  answer(button, text) {
    const said = button.textContent;
    button.textContent = text;
    this.announce(text);
    setTimeout(() => { button.textContent = said; }, 2000);
  }
}
