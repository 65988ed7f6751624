// Tells the figure at a mark of a chart where one points at it, taps it or walks to it with the arrow keys, and saves
// charts as pictures. Without this script the browser's own tips, the table beside each chart and the chart's file remain.
(() => {
  const words = document.currentScript.dataset;
  const CHART = "figure.chart";
  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  const isPicture = (figure) => figure.querySelector(":scope > svg.hc:not(:has(a))");
  const marksOf = (figure) => [...figure.querySelectorAll("g[aria-label]")];
  // Whoever hears the page hears the name of the mark.
  const tip = document.body.appendChild(make("p", { className: "tip", hidden: true, ariaHidden: "true" }));
  // The titles taken out of marks; a preview that changes the page in place changes them.
  const titles = new Map();
  let pointed = false;

  function show(mark, byPointer) {
    const named = mark.querySelector("[aria-label]") || mark;
    pointed = byPointer;
    tip.textContent = named.getAttribute("aria-label");
    tip.lang = named.getAttribute("lang") || "";
    tip.hidden = false;
    const at = mark.getBoundingClientRect();
    const left = Math.min(at.left + (at.width - tip.offsetWidth) / 2, document.documentElement.clientWidth - tip.offsetWidth - 8);
    const above = at.top - tip.offsetHeight - 6;
    tip.style.left = `${Math.max(8, left) + scrollX}px`;
    tip.style.top = `${(above < 0 ? at.bottom + 6 : above) + scrollY}px`;
  }
  const hide = () => { tip.hidden = true; };

  // The mark under the pointer, or the nearest one that a finger may have meant.
  function nearest(figure, { pointerType, clientX, clientY }) {
    let [best, reach] = [null, pointerType === "mouse" ? 14 : 28];
    for (const mark of marksOf(figure)) {
      const at = mark.getBoundingClientRect();
      const apart = Math.hypot(Math.max(at.left - clientX, 0, clientX - at.right), Math.max(at.top - clientY, 0, clientY - at.bottom));
      if (apart <= reach) [best, reach] = [mark, apart];
    }
    return best;
  }

  // A tip stays while one points at it.
  function point(event) {
    const figure = event.target.closest?.(CHART);
    if (event.target === tip) return;
    const mark = figure && (isPicture(figure) ? nearest(figure, event) : event.target.closest("a"));
    if (mark) show(mark, true);
    else if (pointed) hide();
  }
  document.addEventListener("pointerdown", point);
  document.addEventListener("pointermove", (event) => event.pointerType === "mouse" && point(event));

  // A chart is one stop for Tab; the arrow keys go from year to year.
  const stop = (figure, mark) => marksOf(figure).forEach((other) => other.setAttribute("tabindex", other === mark ? 0 : -1));
  document.addEventListener("focusin", ({ target }) => {
    const figure = target.closest(CHART);
    if (!figure || !target.matches("g[aria-label], a")) return;
    if (target.matches("g")) stop(figure, target);
    if (target.matches("[aria-label]") || target.querySelector("[aria-label]")) show(target, false);
  });
  document.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    if (!step || !event.target.matches(`${CHART} g`) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const place = (mark) => { const at = mark.getBoundingClientRect(); return [mark, at.left + at.width / 2, at.top]; };
    const order = marksOf(event.target.closest(CHART)).map(place)
      .sort((a, b) => Math.round(a[1] - b[1]) || a[2] - b[2]).map(([mark]) => mark);
    order[Math.max(0, Math.min(order.length - 1, order.indexOf(event.target) + step))].focus();
  });

  function renamed(element, name) {
    const made = document.createElementNS(element.namespaceURI, name);
    for (const { name: key, value } of element.attributes) made.setAttribute(key, value);
    made.textContent = element.textContent;
    element.replaceWith(made);
    return made;
  }

  const LOOKS = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "paint-order", "font-size", "font-weight", "text-anchor"];

  // The chart as text of a file that needs nothing else: in the colours of paper, whatever the screen's are.
  function drawn(shown) {
    const stage = document.body.appendChild(make("div", { className: "hc-paper" }));
    const svg = stage.appendChild(shown.cloneNode(true));
    const style = getComputedStyle(svg);
    const { width, height } = svg.viewBox.baseVal;
    for (const shape of svg.querySelectorAll("path, circle, rect, text")) {
      const own = getComputedStyle(shape);
      shape.setAttribute("style", LOOKS.map((look) => `${look}:${own.getPropertyValue(look)}`).join(";"));
    }
    const paper = document.createElementNS(svg.namespaceURI, "rect");
    for (const [key, value] of [["width", width], ["height", height]]) for (const of of [svg, paper]) of.setAttribute(key, value);
    paper.setAttribute("fill", style.getPropertyValue("--hyoka-paper"));
    renamed(svg.querySelector("desc"), "title").after(paper);
    svg.setAttribute("style", `fill:none;font-family:${style.fontFamily.replaceAll('"', "'")};font-variant-numeric:tabular-nums`);
    for (const element of [svg, ...svg.querySelectorAll("*")]) ["class", "role", "tabindex", "aria-hidden"].forEach((name) => element.removeAttribute(name));
    stage.remove();
    return { text: new XMLSerializer().serializeToString(svg), width, height };
  }

  function save(blob, svg, ending) {
    const [year, policy] = location.pathname.split("/").slice(-3);
    const chart = svg.querySelector("desc").id.replace(/_chart-title$/, "");
    const link = make("a", { href: URL.createObjectURL(blob), download: `${year}-${decodeURIComponent(policy)}-${chart}.${ending}` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  // Five pixels a unit: 2,000 across, for a page of print.
  function png(svg) {
    const { text, width, height } = drawn(svg);
    const image = new Image();
    image.onload = () => {
      const canvas = make("canvas", { width: width * 5, height: height * 5 });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => save(blob, svg, "png"));
    };
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  }

  function offer(figure, svg) {
    const line = figure.querySelector(".save") || figure.appendChild(make("p", { className: "save" }));
    if (line.querySelector("button")) return;
    const button = (format, onclick) => line.append(" ", make("button", { type: "button", textContent: words.save.replace("{format}", format), onclick }));
    if (!line.querySelector("a")) button("SVG", () => save(new Blob([drawn(svg).text], { type: "image/svg+xml" }), svg, "svg"));
    button("PNG", () => png(svg));
  }

  // Gives marks their names in another way than by titles, over which the browser would show a tip of its own.
  function prepare() {
    for (const figure of document.querySelectorAll(CHART)) {
      const svg = isPicture(figure);
      for (const title of figure.querySelectorAll("title")) {
        const owner = title.parentNode;
        if (owner.parentNode === figure) {
          renamed(title, "desc");
        } else {
          if (svg) owner.setAttribute("role", "img");
          if (title.hasAttribute("lang")) owner.setAttribute("lang", title.getAttribute("lang"));
          title.remove();
          titles.set(owner, title);
        }
      }
      if (!svg) continue;
      svg.setAttribute("role", "group");
      svg.querySelectorAll("text").forEach((text) => text.setAttribute("aria-hidden", "true"));
      offer(figure, svg);
    }
    for (const [owner, title] of titles) {
      if (owner.isConnected) owner.setAttribute("aria-label", title.textContent);
      else titles.delete(owner);
    }
    for (const figure of document.querySelectorAll(CHART)) {
      const marks = marksOf(figure);
      if (!marks.some((mark) => mark.tabIndex === 0)) stop(figure, marks.findLast((mark) => mark.matches(".hc-actual, .hc-settled")) || marks[0]);
    }
  }
  document.addEventListener("hyoka-preview-updated", prepare);
  prepare();
})();
