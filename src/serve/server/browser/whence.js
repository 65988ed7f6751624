// From a figure or text of the page to the line of the sheet that says it: Alt and a click, or the button of the bar and
// then a click, or Tab and Enter.
import { make } from "./panel.js";

const ASKED = "[data-address]";

// Only while something is being asked for; the page's own style is not touched otherwise.
const outline = `
  .hyoka-preview-asks [data-address] { outline: 2px dashed #1a73e8; outline-offset: 2px; cursor: help; }
  .hyoka-preview-asks [data-address]:is(:hover, :focus) { outline: 3px solid #1a73e8; }
`;

export class Whence {
  constructor(panel, words) {
    this.panel = panel;
    this.words = words;
    this.reached = [];
    this.button = make("button", { type: "button", "aria-pressed": "false", onclick: () => this.ask(!this.asking()) }, words.ask);
    this.hint = make("p", { class: "hint", hidden: true }, words.asking);
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
    if (!document.querySelector(ASKED)) this.button.hidden = true;
  }

  asking() {
    return this.button.getAttribute("aria-pressed") === "true";
  }

  ask(wanted) {
    this.button.setAttribute("aria-pressed", String(wanted));
    this.hint.hidden = !wanted;
    document.documentElement.classList.toggle("hyoka-preview-asks", wanted);
    this.panel.announce(wanted ? this.words.asking : "");
    for (const element of this.reached.splice(0)) element.removeAttribute("tabindex");
    if (!wanted) return;
    for (const element of document.querySelectorAll(`${ASKED}:not([tabindex])`)) {
      element.setAttribute("tabindex", "0");
      this.reached.push(element);
    }
  }

  clicked(event) {
    const element = event.target.closest?.(ASKED);
    if (!element || !(event.altKey || this.asking())) return;
    event.preventDefault();
    event.stopPropagation();
    this.find(element);
  }

  pressed(event) {
    if (event.key === "Escape" && !this.popover.hidden) this.dismiss();
    else if (event.key === "Escape" && this.asking()) { this.ask(false); this.button.focus(); }
    else if (event.key === "Enter" && this.asking() && event.target.matches?.(ASKED)) {
      event.preventDefault();
      this.find(event.target);
    }
  }

  async find(element) {
    const language = element.closest("[lang]")?.lang ?? "";
    const query = new URLSearchParams({ address: element.dataset.address, language });
    const url = `/_hyoka/source?${query.toString().replaceAll("+", "%20")}`;
    const place = await fetch(url).then((answer) => (answer.ok ? answer.json() : null), () => null);
    this.from = element;
    this.title.textContent = place ? this.words.writtenHere : this.words.notFound;
    this.found.replaceChildren(...(place ? this.panel.spot(place) : []));
    this.popover.hidden = false;
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
    this.from?.focus?.({ preventScroll: true });
  }
}
