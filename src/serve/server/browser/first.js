// Stands at the end of the page and runs before the page's own deferred scripts: it keeps how the page came from the
// server, and which element became which. So an update changes what the server changed, and leaves alone what scripts
// and people did to the page since (a sorted table, an opened part, a half-filled field).
(() => {
  const { round, seen, own } = document.currentScript.dataset;
  const came = document.documentElement.cloneNode(true);
  const live = new WeakMap();
  const pair = (copy, node) => {
    live.set(copy, node);
    for (let a = copy.firstChild, b = node.firstChild; a && b; a = a.nextSibling, b = b.nextSibling) pair(a, b);
  };
  pair(came, document.documentElement);
  for (const script of came.querySelectorAll("script[data-hyoka]")) script.remove();
  window.hyokaPreview = { came, live, round: Number(round), seen, own: own !== undefined };
})();
