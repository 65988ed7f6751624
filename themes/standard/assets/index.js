// Sorts and filters the table of policies. The table is whole without this script; the address keeps what was chosen
// (#area=industry&sort=-yen), so that it can be sent to others.
(() => {
  const search = document.getElementById("to_search");
  if (search) search.hidden = false;
  const table = document.getElementById("policies_table");
  const form = document.getElementById("filter");
  if (!table || !form) return;
  const body = table.tBodies[0];
  let rows = [];
  const heads = [...table.tHead.rows[0].cells].filter((head) => head.dataset.by);
  const hits = form.querySelector(".hits");
  let sort = "";

  // What rows say may change while they are shown: a preview changes them in place.
  function read() {
    rows = [...body.rows].map((row) => {
      row.dataset.name = row.querySelector("th").textContent;
      return { row, text: fold(row.textContent) };
    });
  }

  function fold(text) {
    return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ");
  }

  function matches({ row, text }, wanted) {
    return (
      (!wanted.area || row.dataset.area === wanted.area) &&
      (!wanted.grade || row.dataset.grade === wanted.grade) &&
      (!wanted.status || row.dataset.status === wanted.status) &&
      (!wanted.department || row.dataset.department.split(" | ").includes(wanted.department)) &&
      (!wanted.verdict || row.dataset.verdict.split(" ").includes(wanted.verdict)) &&
      fold(wanted.text || "").split(" ").every((word) => text.includes(word))
    );
  }

  // Rows without a value come last, whichever way the others run.
  function compare(key, down) {
    return (a, b) => {
      const x = a.row.dataset[key];
      const y = b.row.dataset[key];
      if (!x || !y) return (x ? 0 : 1) - (y ? 0 : 1);
      const order = isNaN(x) || isNaN(y) ? x.localeCompare(y) : x - y;
      return (down ? -order : order) || a.row.dataset.order - b.row.dataset.order;
    };
  }

  function wanted() {
    return Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
  }

  function show() {
    const choice = wanted();
    let count = 0;
    for (const entry of rows) {
      const hit = matches(entry, choice);
      entry.row.hidden = !hit;
      count += hit;
    }
    hits.textContent = count ? form.dataset.hits.replace("{n}", count) : form.dataset.none;
    const key = sort.replace("-", "") || "order";
    body.append(...[...rows].sort(compare(key, sort.startsWith("-"))).map((entry) => entry.row));
    for (const head of heads) {
      if (head.dataset.by === key) head.setAttribute("aria-sort", sort.startsWith("-") ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  }

  function remember() {
    const choice = new URLSearchParams({ ...wanted(), ...(sort && { sort }) }).toString();
    history.replaceState(null, "", choice ? `#${choice}` : location.pathname + location.search);
  }

  function recall() {
    if (!location.hash.includes("=")) return;
    const choice = new URLSearchParams(location.hash.slice(1));
    for (const field of form.elements) if (field.name) field.value = choice.get(field.name) || "";
    const key = choice.get("sort") || "";
    sort = heads.some((head) => head.dataset.by === key.replace("-", "")) ? key : "";
  }

  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    // Money, change and what is behind are asked for from the top; numbers and grades from the first.
    const down = ["weight", "yen", "percent"].includes(head.dataset.by) ? "-" : "";
    button.addEventListener("click", () => {
      const first = down + head.dataset.by;
      const second = down ? head.dataset.by : `-${head.dataset.by}`;
      sort = sort === first ? second : first;
      show();
      remember();
    });
  }
  form.addEventListener("input", () => { show(); remember(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { sort = ""; show(); remember(); }));
  addEventListener("hashchange", () => { recall(); show(); });
  document.addEventListener("hyoka-preview-updated", () => { read(); show(); });
  form.hidden = false;
  read();
  recall();
  show();
})();
