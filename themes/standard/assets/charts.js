// Tells the figure at a mark of a chart where one points at it, taps it or walks to it with the arrow keys, and saves
// charts as pictures. Without this script the browser's own tips, the table beside each chart and the chart's file remain.
(() => {
  const words = document.currentScript.dataset;
  const tip = document.createElement("p");
  tip.className = "tip";
  tip.hidden = true;
  // Whoever hears the page hears the name of the mark.
  tip.setAttribute("aria-hidden", "true");
  document.body.append(tip);

  function show(mark) {
    const named = mark.querySelector("[aria-label]") || mark;
    tip.textContent = named.getAttribute("aria-label");
    tip.lang = named.getAttribute("lang") || "";
    tip.hidden = false;
    const at = mark.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = tip;
    const left = Math.min(at.left + at.width / 2 - width / 2, document.documentElement.clientWidth - width - 8);
    const top = at.top - height - 6 < 0 ? at.bottom + 6 : at.top - height - 6;
    tip.style.left = `${Math.max(8, left) + scrollX}px`;
    tip.style.top = `${top + scrollY}px`;
  }
  const hide = () => { tip.hidden = true; };
  // It stays while one points at it, and goes with Escape.
  const leave = (event) => { if (event.pointerType === "mouse" && event.relatedTarget !== tip) hide(); };
  tip.addEventListener("pointerleave", hide);
  addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  addEventListener("pointerdown", (event) => { if (!event.target.closest?.("figure.chart, .tip")) hide(); });

  // A name that the browser does not show by itself.
  function name(title) {
    const owner = title.parentNode;
    owner.setAttribute("aria-label", title.textContent);
    if (title.hasAttribute("lang")) owner.setAttribute("lang", title.getAttribute("lang"));
    title.remove();
    return owner;
  }

  // The mark under the pointer, or the nearest one that a finger may have meant.
  function nearest(marks, event) {
    let [best, reach] = [null, event.pointerType === "mouse" ? 14 : 28];
    for (const mark of marks) {
      const at = mark.getBoundingClientRect();
      const apart = Math.hypot(
        Math.max(at.left - event.clientX, 0, event.clientX - at.right),
        Math.max(at.top - event.clientY, 0, event.clientY - at.bottom),
      );
      if (apart <= reach) [best, reach] = [mark, apart];
    }
    return best;
  }

  // One stop for Tab; the arrow keys go from year to year.
  function walk(chart, marks) {
    const x = (mark) => { const at = mark.getBoundingClientRect(); return [at.left + at.width / 2, at.top]; };
    const stop = (mark) => marks.forEach((other) => other.setAttribute("tabindex", other === mark ? 0 : -1));
    marks.forEach((mark) => mark.setAttribute("role", "img"));
    stop(marks.findLast((mark) => mark.matches(".hc-actual, .hc-settled")) || marks[0]);
    chart.addEventListener("focusin", (event) => {
      const mark = marks.find((mark) => mark === event.target);
      if (mark) { stop(mark); show(mark); }
    });
    chart.addEventListener("keydown", (event) => {
      const at = marks.indexOf(event.target);
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
      if (at < 0 || !step || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const order = marks.map((mark) => [mark, ...x(mark)]).sort((a, b) => Math.round(a[1] - b[1]) || a[2] - b[2]).map(([mark]) => mark);
      order[Math.max(0, Math.min(order.length - 1, order.indexOf(event.target) + step))].focus();
    });
  }

  const LOOKS = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "paint-order", "font-size", "font-weight", "text-anchor"];

  // The chart as text of a file that needs nothing else: in the colours of paper, whatever the screen's are.
  function drawn(source) {
    const stage = document.body.appendChild(document.createElement("div"));
    stage.className = "hc-paper";
    const svg = stage.appendChild(source.cloneNode(true));
    for (const shape of svg.querySelectorAll("path, circle, rect, text")) {
      const style = getComputedStyle(shape);
      shape.setAttribute("style", LOOKS.map((look) => `${look}:${style.getPropertyValue(look)}`).join(";"));
    }
    const { width, height } = svg.viewBox.baseVal;
    const style = getComputedStyle(svg);
    const paper = document.createElementNS(svg.namespaceURI, "rect");
    for (const [key, value] of Object.entries({ width, height, fill: style.getPropertyValue("--hyoka-paper") })) paper.setAttribute(key, value);
    svg.querySelector("title").after(paper);
    svg.setAttribute("width", width);
    svg.setAttribute("height", height);
    svg.setAttribute("style", `fill:none;font-family:${style.fontFamily.replaceAll('"', "'")};font-variant-numeric:tabular-nums`);
    for (const element of [svg, ...svg.querySelectorAll("[class]")]) element.removeAttribute("class");
    stage.remove();
    return { text: new XMLSerializer().serializeToString(svg), width, height };
  }

  function save(blob, ending, chart) {
    const link = document.createElement("a");
    const [year, policy] = location.pathname.split("/").slice(-3);
    link.download = `${year}-${decodeURIComponent(policy)}-${chart}.${ending}`;
    link.href = URL.createObjectURL(blob);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  // Five pixels a unit: 2,000 across, for a page of print.
  function png(source, chart) {
    const { text, width, height } = drawn(source);
    const image = new Image();
    image.onload = () => {
      const canvas = Object.assign(document.createElement("canvas"), { width: width * 5, height: height * 5 });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => save(blob, "png", chart), "image/png");
    };
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  }

  function offer(figure, source) {
    const chart = source.querySelector("title").id.replace(/_chart-title$/, "");
    const line = figure.querySelector(".save") || figure.appendChild(Object.assign(document.createElement("p"), { className: "save" }));
    const button = (format, save) => {
      const made = Object.assign(document.createElement("button"), { type: "button", textContent: words.save.replace("{format}", format) });
      made.addEventListener("click", save);
      line.append(" ", made);
    };
    if (!line.querySelector("a")) button("SVG", () => save(new Blob([drawn(source).text], { type: "image/svg+xml" }), "svg", chart));
    button("PNG", () => png(source, chart));
  }

  for (const figure of document.querySelectorAll("figure.chart")) {
    const svg = figure.querySelector(":scope > svg.hc");
    const source = svg?.cloneNode(true);
    const own = svg?.querySelector(":scope > title");
    if (own) {
      // Its name stays its name, but no tip of the browser covers the marks'.
      const name = document.createElementNS(svg.namespaceURI, "desc");
      for (const { name: key, value } of own.attributes) name.setAttribute(key, value);
      name.textContent = own.textContent;
      own.replaceWith(name);
    }
    const marks = [...figure.querySelectorAll("title")].map(name).map((owner) => owner.closest("a") || owner);
    if (!marks.length) continue;
    if (svg?.getAttribute("role") === "img") {
      svg.setAttribute("role", "group");
      svg.querySelectorAll("text").forEach((text) => text.setAttribute("aria-hidden", "true"));
      walk(svg, marks);
      offer(figure, source);
    } else {
      figure.addEventListener("focusin", (event) => { if (marks.includes(event.target)) show(event.target); });
    }
    const area = svg || figure;
    const point = (event) => {
      const mark = svg ? nearest(marks, event) : marks.find((mark) => mark.contains(event.target));
      if (mark) show(mark);
      else hide();
    };
    area.addEventListener("pointermove", point);
    area.addEventListener("pointerdown", point);
    area.addEventListener("pointerleave", leave);
    area.addEventListener("focusout", hide);
  }
})();
