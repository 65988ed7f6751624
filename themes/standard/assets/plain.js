// Puts the texts in plain language in the place of the sheet's own, for readers who ask for it, on every page that has
// them. Without this script they stand above them, folded.
(() => {
  const key = "hyoka-plain";
  // A page from a file, or a browser that keeps nothing, may refuse: then the choice holds for this page.
  const kept = (() => {
    try { return localStorage.getItem(key); } catch { return null; }
  })();
  let plain = kept === "on";

  function show() {
    const button = document.getElementById("plain_switch");
    if (!button) return;
    button.parentElement.hidden = false;
    button.setAttribute("aria-pressed", String(plain));
    document.documentElement.toggleAttribute("data-plain", plain);
    for (const details of document.querySelectorAll("details.plain")) details.open = plain;
  }

  document.addEventListener("click", (event) => {
    if (!event.target.closest("#plain_switch")) return;
    plain = !plain;
    try { localStorage.setItem(key, plain ? "on" : "off"); } catch { /* not kept */ }
    show();
  });
  // The preview puts a new page in the place of the old one.
  document.addEventListener("hyoka-preview-updated", show);
  show();
})();
