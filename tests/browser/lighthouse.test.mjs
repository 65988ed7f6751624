// What Lighthouse says of every kind of page, as a phone and as a desk see it: 100 for each of its four.
//
// The portal is the demo with its samples taken for real, since samples ask search engines to stay away. Lighthouse measures
// the work of a page here and reckons from that how long it takes on a slow phone (simulated throttling). Where a machine
// is busy the measure is worse, never better: a page whose performance is below 100 is looked at again, and what was best
// counts. The three others do not depend on time: they are 100 the first time, or the test fails.
//
// A machine that never comes to rest (other work beside the tests) shows the speed of itself and not of the page. Then
// the best look must reach 90, which is Lighthouse's own bound for good, and the line of the test says what it was.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import lighthouse, { desktopConfig } from 'lighthouse';
import { build, freePort, launch, repository, serve } from './portal.mjs';

const LOOKS_AT_MOST = 4;
const GOOD = 90;
const KINDS = [
  '', '2024/', '2024/finance/', '2024/areas/safety/', '2024/compare/', '2024/changes/', '2024/revisions/', '2024/recommendations/', '2024/data/', '2024/search/',
  '2024/book/', 'pages/about/', '404.html', 'en/2024/', 'en/2024/finance/',
];
// These stay out of search engines: the page of an error, and pages that are no content of their own.
const HIDDEN = ['404.html'];

// The demo portal without the word that makes a sheet a sample.
function real() {
  const root = mkdtempSync(join(tmpdir(), 'hyoka-real-'));
  for (const folder of ['content', 'themes']) cpSync(join(repository, folder), join(root, folder), { recursive: true });
  for (const name of readdirSync(join(root, 'content'), { recursive: true })) {
    const path = join(root, 'content', name);
    if (!name.endsWith('.yaml')) continue;
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace(/^(sample|見本): .*\n/gm, ''));
  }
  return root;
}

// Whether there is more to do than there are processors; the browser and this test take up one of them.
const busy = () => loadavg()[0] > availableParallelism();

describe('Lighthouse', () => {
  let root, folder, server, browser, port;
  before(async () => {
    root = real();
    folder = build(root);
    server = await serve(folder, '/');
    port = await freePort();
    browser = await launch(`--remote-debugging-port=${port}`);
  });
  after(async () => {
    await browser?.close();
    server?.close();
    for (const made of [root, folder && dirname(folder)]) if (made) rmSync(made, { recursive: true, force: true });
  });

  const look = async (path, config) => {
    const flags = { port, logLevel: 'error', disableFullPageScreenshot: true, pauseAfterFcpMs: 300, pauseAfterLoadMs: 300, networkQuietThresholdMs: 300, cpuQuietThresholdMs: 300 };
    const { lhr } = await lighthouse(server.root + path, flags, config);
    const scores = Object.fromEntries(Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(score * 100)]));
    // What took points, so that a red line says what to mend.
    const why = Object.values(lhr.categories).flatMap(({ id, auditRefs }) =>
      auditRefs
        .filter((ref) => ref.weight > 0 && (lhr.audits[ref.id].score ?? 1) < 1)
        .map((ref) => `${id}: ${ref.id} ${lhr.audits[ref.id].displayValue ?? JSON.stringify(lhr.audits[ref.id].details?.items?.[0]) ?? ''}`),
    );
    return { scores, why };
  };

  for (const [device, config] of [['phone', undefined], ['desk', desktopConfig]]) {
    for (const path of KINDS) {
      test(`gives ${path || 'the first page'} 100 on a ${device}`, { timeout: 120_000 }, async (t) => {
        const { scores, why } = await look(path, config);
        for (let looks = 1; scores.performance < 100 && looks < LOOKS_AT_MOST; looks++) {
          const again = await look(path, config);
          scores.performance = Math.max(scores.performance, again.scores.performance);
        }
        const want = { performance: 100, accessibility: 100, 'best-practices': 100, seo: 100 };
        if (HIDDEN.includes(path)) scores.seo = 100;
        if (scores.performance < 100 && scores.performance >= GOOD && busy()) {
          t.diagnostic(`performance ${scores.performance} on a busy machine: ${why.join(', ')}`);
          want.performance = scores.performance;
        }
        assert.deepEqual(scores, want, why.join('\n'));
      });
    }
  }
});
