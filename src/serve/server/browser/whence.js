// From a figure or text of the page to the line of the sheet that says it: Alt and a click, or the button of the bar and
// then a click, or Tab and Enter.
import { make } from "./panel.js";

const ASKED = "[data-address]";
// What says something without an address; it is looked up by its words.
const SAYS = "h1, h2, h3, h4, p, li, dt, dd, th, td, caption, a, summary, strong, text";

// The longest run of text in an element: numbers and marks beside a name are set apart from it.
function longest(element) {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let found = "";
  while (texts.nextNode()) if (texts.currentNode.data.trim().length > found.length) found = texts.currentNode.data.trim();
  return found;
}

// Only while something is being asked for; the page's own style is not touched otherwise.
const outline = `
  .hyoka-preview-asks [data-address] { outline: 2px dashed #1a73e8; outline-offset: 2px; cursor: help; }
  .hyoka-preview-asks :is([data-address], h1, h2, h3, p, li, dd, th, td):is(:hover, :focus) { cursor: help; }
  .hyoka-preview-asks [data-address]:is(:hover, :focus), .hyoka-preview-asks :is(h1, h2, h3):focus { outline: 3px solid #1a73e8; }
`;

export class Whence {
  constructor(panel, words, page) {
    this.panel = panel;
    this.words = words;
    this.reached = [];
    this.button = make("button", { type: "button", "aria-pressed": "false", onclick: () => this.ask(!this.asking()) }, words.ask);
    // Where fingers point there is no key to press.
    this.asks = matchMedia("(hover: none)").matches ? words.askingByTouch : words.asking;
    this.hint = make("p", { class: "hint", hidden: true }, this.asks);
    this.title = make("p", { class: "standing", id: "whence" }, words.writtenHere);
    this.found = make("div");
    const close = make("button", { type: "button", onclick: () => this.dismiss() }, words.close);
    this.popover = make("div", { class: "popover", role: "dialog", "aria-labelledby": "whence", tabindex: -1, hidden: true },
      make("div", { class: "head" }, this.title, close), this.found);
    panel.bar.append(this.button);
    panel.frame.prepend(this.hint);
    panel.frame.append(this.popover);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(outline);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    // Before the page's own listeners: a click that asks follows no link.
    document.addEventListener("click", (event) => this.clicked(event), true);
    document.addEventListener("keydown", (event) => this.pressed(event), true);
    document.addEventListener("hyoka-preview-updated", () => { if (this.asking()) this.ask(true); });
    this.button.hidden = page.own;
  }

  asking() {
    return this.button.getAttribute("aria-pressed") === "true";
  }

  ask(wanted) {
    this.button.setAttribute("aria-pressed", String(wanted));
    this.hint.hidden = !wanted;
    document.documentElement.classList.toggle("hyoka-preview-asks", wanted);
    this.panel.announce(wanted ? this.asks : "");
    for (const element of this.reached.splice(0)) element.removeAttribute("tabindex");
    if (!wanted) return;
    for (const element of document.querySelectorAll(`:is(${ASKED}, main :is(h1, h2, h3)):not([tabindex])`)) {
      element.setAttribute("tabindex", "0");
      this.reached.push(element);
    }
  }

  clicked(event) {
    if (!(event.altKey || this.asking()) || event.target === this.panel.host) return;
    const element = event.target.closest?.(ASKED) ?? event.target.closest?.(SAYS);
    if (!element) return;
    event.preventDefault();
    event.stopPropagation();
    this.find(element);
  }

  pressed(event) {
    if (event.key === "Escape" && !this.popover.hidden) this.dismiss();
    else if (event.key === "Escape" && this.asking()) { this.ask(false); this.button.focus(); }
    else if (event.key === "Enter" && this.asking() && event.target !== this.panel.host && event.target.matches?.(`${ASKED}, ${SAYS}`)) {
      event.preventDefault();
      this.find(event.target);
    }
  }

  async find(element) {
    const language = element.closest("[lang]")?.lang ?? "";
    const { address } = element.dataset;
    const link = element.closest("a[href]");
    const path = link?.origin === location.origin ? link.pathname : location.pathname;
    const query = new URLSearchParams(address ? { address, language } : { path, text: longest(element).slice(0, 300) });
    const url = `/_hyoka/source?${query.toString().replaceAll("+", "%20")}`;
    const place = await fetch(url).then((answer) => (answer.ok ? answer.json() : null), () => null);
    this.from = element;
    this.title.textContent = place ? this.words.writtenHere : this.words.notFound;
    this.found.replaceChildren(...(place ? this.panel.spot(place) : []));
    this.popover.hidden = false;
    this.hint.hidden = true;
    this.beside(element);
    this.popover.focus();
  }

  // Below what was asked for, or above where there is no room; always within the window.
  beside(element) {
    const at = element.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.popover;
    const top = at.bottom + 8 + height < innerHeight ? at.bottom + 8 : at.top - 8 - height;
    this.popover.style.top = `${Math.max(8, Math.min(top, innerHeight - height - 8))}px`;
    this.popover.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
  }

  dismiss() {
    this.popover.hidden = true;
    this.hint.hidden = !this.asking();
    this.from?.focus?.({ preventScroll: true });
  }
}
