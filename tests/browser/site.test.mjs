// The demo portal as people meet it: opened from the folder in Chromium, on a phone and on a desk, light and dark.
// SITE names the published folder, CHROMIUM the browser.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const site = process.env.SITE;
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const manifest = JSON.parse(readFileSync(join(site, 'manifest.json'), 'utf8'));
const pages = manifest.files.map((file) => file.path).filter((path) => path.endsWith('.html'));
const address = (path) => pathToFileURL(join(site, path)).href;

let browser;
before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
});
after(() => browser?.close());

// Opens every page in turn in one window and lets `look` say what is wrong with it.
async function everyPage(options, look) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const wrong = [];
  let path = '';
  page.on('console', (message) => wrong.push(`${path}: console says ${message.text()}`));
  page.on('pageerror', (error) => wrong.push(`${path}: script fails: ${error.message}`));
  page.on('request', (request) => {
    if (!/^(file|data|about|blob):/.test(request.url())) wrong.push(`${path}: asks ${request.url()}`);
  });
  page.on('requestfailed', (request) => wrong.push(`${path}: cannot load ${request.url()}`));
  for (path of pages) {
    await page.goto(address(path));
    for (const problem of await look(page, path)) wrong.push(`${path}: ${problem}`);
  }
  await context.close();
  assert.deepEqual(wrong, []);
}

// Whether the page itself scrolls sideways, and which elements stick out.
const overflow = () => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const scrolls = (element) => {
    for (let e = element; e; e = e.parentElement) {
      if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(e).overflowX)) return true;
    }
    return false;
  };
  const out = [...document.body.querySelectorAll('*')].filter(
    (element) => element.getBoundingClientRect().right > width + 1 && !scrolls(element),
  );
  return [`scrolls sideways at ${width} px: ${out.slice(0, 3).map((e) => `${e.tagName}.${e.className?.baseVal ?? e.className}`).join(', ')}`];
};

// Texts inside a chart that lie over one another or leave its frame.
const chartTrouble = () => {
  const wrong = [];
  for (const svg of document.querySelectorAll('svg[viewBox]')) {
    const frame = svg.getBoundingClientRect();
    if (frame.width === 0) continue;
    const boxes = [...svg.querySelectorAll('text')].map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
    for (const { text, box } of boxes) {
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1) {
        wrong.push(`chart text «${text}» leaves its frame`);
      }
    }
    for (let i = 0; i < boxes.length; i++) {
      for (let j = i + 1; j < boxes.length; j++) {
        const [a, b] = [boxes[i].box, boxes[j].box];
        const x = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        // Line boxes are taller than glyphs: a quarter of the height may touch.
        const y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (x > 1 && y > 0.3 * Math.min(a.height, b.height)) wrong.push(`chart texts «${boxes[i].text}» and «${boxes[j].text}» overlap`);
      }
    }
  }
  return wrong;
};

const findings = async (page) => {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
  return violations.map((v) => `${v.id}: ${v.help} (${v.nodes.slice(0, 2).map((n) => n.target.join(' ')).join('; ')})`);
};

describe('every page of the demo portal', () => {
  test('there are pages of every kind, in both languages', () => {
    for (const path of ['index.html', '2024/index.html', '2024/industry/index.html', '2024/data/index.html', '404.html', 'en/index.html', 'en/2024/industry/index.html', 'pages/about/index.html']) {
      assert.ok(pages.includes(path), path);
    }
  });
  for (const width of [320, 390, 1280]) {
    test(`fits ${width} px, loads without a message and asks nobody outside`, { timeout: 300_000 }, () =>
      everyPage({ viewport: { width, height: 900 } }, async (page) => [
        ...(await page.evaluate(overflow)),
        ...(await page.evaluate(chartTrouble)),
      ]));
  }
  for (const [colorScheme, width] of [['light', 390], ['dark', 1280]]) {
    test(`has no accessibility finding by axe (${colorScheme}, ${width} px)`, { timeout: 600_000 }, () =>
      everyPage({ viewport: { width, height: 900 }, colorScheme }, findings));
  }
  test('is all there without JavaScript', { timeout: 120_000 }, async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(address('2024/index.html'));
    const policies = new Set(pages.filter((p) => /^2024\/[^/]+\/index\.html$/.test(p) && !p.includes('/data/')));
    for (const path of policies) {
      const policy = path.split('/')[1];
      assert.ok(await page.locator(`main a[href*="/${policy}/index.html"]`).count(), policy);
    }
    await context.close();
  });
});

describe('links of the demo portal', () => {
  test('lead to a file, and to an id in it', { timeout: 300_000 }, async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    const links = new Map();
    const ids = new Map();
    for (const path of pages) {
      await page.goto(address(path));
      const found = await page.$$eval('a[href], link[href], img[src], script[src]', (elements) => elements.map((e) => e.href?.baseVal ? new URL(e.href.baseVal, e.baseURI).href : (e.href || e.src)));
      links.set(path, found);
      ids.set(path, new Set(await page.$$eval('[id]', (elements) => elements.map((e) => e.id))));
    }
    const known = new Set(manifest.files.map((file) => address(file.path)));
    const root = address('').replace(/\/?$/, '/');
    const wrong = [];
    for (const [path, found] of links) {
      if (path === '404.html') continue; // stands alone: its links go by base_url
      for (const link of found) {
        if (!link.startsWith('file:')) continue;
        const [file, anchor] = link.split('#');
        if (!known.has(file)) wrong.push(`${path} → ${link}`);
        else if (anchor) {
          const target = decodeURIComponent(file.slice(root.length));
          if (!ids.get(target)?.has(decodeURIComponent(anchor))) wrong.push(`${path} → ${link}: no such id`);
        }
      }
    }
    assert.deepEqual(wrong, []);
    await context.close();
  });
});
