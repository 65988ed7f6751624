// Listens for rounds, and keeps the page as the server shows it.
import { update } from "./morph.js";
import { Panel } from "./panel.js";
import { Whence } from "./whence.js";

const page = window.hyokaPreview;
const { words, editor } = await (await fetch("/_hyoka/words.json")).json();
const panel = new Panel(words, editor, page.own);
new Whence(panel, words, page);
const MEMORY = "hyoka-preview";

let source = null;
let wait = 500;
let retry = 0;
let alarm = 0;
let updating = Promise.resolve();

function connect() {
  clearTimeout(retry);
  source?.close();
  source = new EventSource(`/_hyoka/events?path=${encodeURIComponent(location.pathname)}`);
  source.onmessage = ({ data }) => {
    wait = 500;
    clearTimeout(alarm);
    alarm = 0;
    panel.isHere();
    heard(JSON.parse(data));
  };
  source.onerror = () => {
    source.close();
    // A server that is started anew is back before anybody is told.
    alarm ||= setTimeout(() => panel.isGone(), 1000);
    retry = setTimeout(connect, wait);
    wait = Math.min(wait * 1.5, 3000);
  };
}

function heard(event) {
  page.round = event.round;
  // Where the page cannot be made any more, the last one stays.
  const stale = event.own && !page.own;
  panel.show(event.problems, stale || event.problems.errors > 0);
  if (event.follow) location.assign(event.follow);
  else if (event.hash && event.hash !== page.seen && !stale) updating = updating.then(fetchPage, fetchPage);
}

async function fetchPage() {
  const response = await fetch(location.pathname + location.search, { headers: { accept: "text/html" } });
  const next = new DOMParser().parseFromString(await response.text(), "text/html");
  const about = next.querySelector("#hyoka-preview-script")?.dataset;
  const own = about?.own !== undefined;
  if (!about || (own && !page.own)) return;
  if (about.seen === page.seen) return;
  if (own !== page.own || !update(page, next.documentElement)) return reload();
  page.seen = about.seen;
  document.dispatchEvent(new CustomEvent("hyoka-preview-updated"));
}

// Loads the page anew, to be found as it was left.
function reload() {
  const open = [...document.querySelectorAll("details")].map((details) => details.open);
  sessionStorage.setItem(MEMORY, JSON.stringify({ path: location.pathname, y: scrollY, open }));
  location.reload();
}

function recall() {
  const memory = JSON.parse(sessionStorage.getItem(MEMORY) ?? "null");
  sessionStorage.removeItem(MEMORY);
  if (memory?.path !== location.pathname) return;
  document.querySelectorAll("details").forEach((details, index) => { details.open = memory.open[index] ?? details.open; });
  scrollTo(0, memory.y);
}

recall();
connect();
// A browser keeps few connections to one server: pages that nobody sees give theirs back.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") return connect();
  clearTimeout(retry);
  clearTimeout(alarm);
  alarm = 0;
  source.close();
});
addEventListener("pagehide", () => source.close());
