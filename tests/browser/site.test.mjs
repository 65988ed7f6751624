// Every page of the demo portal as people meet it: opened from the folder, on a phone and on a desk, light and dark.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { address, files, launch, listen, nothing, pages, policies, site } from './portal.mjs';

const WIDTHS = [320, 390, 1280];
const LOOKS = [['light', 390], ['dark', 1280]];
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

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

// Texts inside a chart that lie over one another, leave its frame, or are too small to be read.
const chartTrouble = () => {
  const wrong = [];
  for (const svg of document.querySelectorAll('svg.hc')) {
    const frame = svg.getBoundingClientRect();
    if (frame.width === 0) continue;
    const id = svg.querySelector('title')?.id;
    const boxes = [...svg.querySelectorAll('text')].map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
    for (const { text, box } of boxes) {
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1) {
        wrong.push(`${id}: «${text}» leaves its frame`);
      }
      const scale = frame.width / svg.viewBox.baseVal.width;
      if (13 * scale < 9) wrong.push(`${id}: text of ${(13 * scale).toFixed(1)} px`);
    }
    for (let i = 0; i < boxes.length; i++) {
      for (let j = i + 1; j < boxes.length; j++) {
        const [a, b] = [boxes[i].box, boxes[j].box];
        const x = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        // Line boxes are taller than glyphs: a part of the height may touch.
        const y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (x > 1 && y > 0.3 * Math.min(a.height, b.height)) wrong.push(`${id}: «${boxes[i].text}» and «${boxes[j].text}» overlap`);
      }
    }
  }
  return wrong;
};

const accessibility = async (page) => {
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'], preload: false }));
  return violations.map((v) => `axe ${v.id}: ${v.help} (${v.nodes.slice(0, 2).map((n) => n.target.join(' ')).join('; ')})`);
};

const links = () => [...document.querySelectorAll('a[href], link[href], img[src], script[src]')].map((element) => {
  const to = element.href?.baseVal ?? element.href ?? element.src;
  return new URL(to, document.baseURI).href;
});

// What was seen, by what was looked for: pairs of a page and a finding.
const seen = { talk: [], fit: [], chart: [], light: [], dark: [], links: new Map(), ids: new Map() };

async function look(browser, paths) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const talk = [];
  listen(page, (url) => /^(file|data|about|blob):/.test(url), talk);
  for (const path of paths) {
    const found = (kind, findings) => seen[kind].push(...findings.map((finding) => [path, finding]));
    await page.goto(address(path));
    // What is folded away is looked at as well.
    await page.$$eval('details', (all) => all.forEach((details) => { details.open = true; }));
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      found('fit', await page.evaluate(overflow));
      found('chart', await page.evaluate(chartTrouble));
    }
    seen.links.set(path, await page.evaluate(links));
    seen.ids.set(path, new Set(await page.$$eval('[id]', (elements) => elements.map((e) => e.id))));
    found('talk', talk.splice(0));
    await page.evaluate(axeSource);
    for (const [colorScheme, width] of LOOKS) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      found(colorScheme, await accessibility(page));
    }
    await page.emulateMedia({ colorScheme: null });
    talk.length = 0;
  }
  await context.close();
}

describe('every page of the demo portal', () => {
  let browser;
  before(async () => {
    browser = await launch();
    const half = Math.ceil(pages.length / 2);
    await Promise.all([look(browser, pages.slice(0, half)), look(browser, pages.slice(half))]);
  }, { timeout: 600_000 });
  after(() => browser?.close());

  test('there are pages of every kind, in both languages', () => {
    for (const path of ['index.html', '2024/index.html', '2024/industry/index.html', '2024/areas/safety/index.html', '2024/data/index.html', '2024/search/index.html', '2024/compare/index.html', '404.html', 'en/index.html', 'en/2024/industry/index.html', 'pages/about/index.html']) {
      assert.ok(pages.includes(path), path);
    }
  });
  test('loads without a message and asks nobody outside', () => nothing(seen.talk));
  test(`never scrolls sideways at ${WIDTHS.join(', ')} px`, () => nothing(seen.fit));
  test('has no chart with text over text, outside its frame or too small to read', () => nothing(seen.chart));
  for (const [colorScheme, width] of LOOKS) {
    test(`has no accessibility finding by axe (${colorScheme}, ${width} px)`, () => nothing(seen[colorScheme]));
  }
  test('has links that lead to a file, and to an id in it', () => {
    const known = new Map(files.map((path) => [address(path), path]));
    const wrong = [];
    for (const [path, found] of seen.links) {
      if (path === '404.html') continue; // stands alone: its links go by base_url
      for (const link of found.filter((link) => link.startsWith('file:'))) {
        const [file, anchor] = link.split('#');
        const target = known.get(file);
        if (!target) wrong.push([path, `${link}: no such file`]);
        else if (anchor && !seen.ids.get(target)?.has(decodeURIComponent(anchor))) wrong.push([path, `${link}: no such id`]);
      }
    }
    nothing(wrong);
  });
  test('is all there without JavaScript', { timeout: 120_000 }, async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(address('2024/index.html'));
    for (const path of policies.filter((path) => path.startsWith('2024/'))) {
      const policy = path.split('/')[1];
      assert.ok(await page.locator(`main table a[href*="${policy}/index.html"]`).first().isVisible(), policy);
    }
    await page.goto(address('2024/industry/index.html'));
    for (const words of ['628人', '1,046人', '30.3%', '1,587,511']) {
      assert.ok((await page.locator('main').innerText()).includes(words), words);
    }
    assert.equal(await page.locator('button:visible, form:visible').count(), 0, 'nothing that needs a script is offered');
    await context.close();
  });
  test('counts the verdicts of an area on one line where there is room, and on as many as it takes where not', async () => {
    const page = await browser.newPage();
    await page.goto(address('index.html'));
    const rows = () =>
      page.$$eval('.hc-row', (rows) =>
        rows.map((row) => {
          const marks = [...row.querySelectorAll('.hc-marks a')].map((mark) => mark.getBoundingClientRect());
          const smallest = Math.min(...marks.flatMap((mark) => [mark.width, mark.height]));
          return { lines: new Set(marks.map((mark) => mark.top)).size, smallest };
        }),
      );
    await page.setViewportSize({ width: 1280, height: 800 });
    assert.ok((await rows()).every((row) => row.lines === 1), JSON.stringify(await rows()));
    await page.setViewportSize({ width: 320, height: 800 });
    assert.ok((await rows()).every((row) => row.smallest >= 24), JSON.stringify(await rows()));
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320), 'nothing stands out at the side');
    await page.close();
  });
  test('keeps to the sizes that are asked of a policy page', () => {
    const wrong = [];
    let five = 0;
    for (const path of policies) {
      const html = readFileSync(join(site, path));
      const charts = html.toString().split('class="hc hc-').length - 1;
      const linked = (pattern) => [...html.toString().matchAll(pattern)].map(([, to]) => readFileSync(join(site, dirname(path), to)));
      const styles = linked(/<link rel="stylesheet" href="([^"]+)"/g);
      const scripts = linked(/<script[^>]*? src="([^"]+)"/g);
      const sum = (files, size) => files.reduce((total, file) => total + size(file), 0);
      const [plain, zipped] = [(file) => file.length, (file) => gzipSync(file).length];
      assert.ok(styles.length === 2 && scripts.length > 0, path);
      // All that a page with five charts or fewer loads, as it lies in the folder.
      const whole = sum([html, ...styles, ...scripts], plain);
      if (charts >= 5) five++;
      if (charts <= 5 && whole >= 100_000) wrong.push([path, `${charts} charts: ${whole} bytes`]);
      // The page and what it waits for, as a server sends it.
      const first = sum([html, ...styles], zipped);
      if (first >= 30_000) wrong.push([path, `${first} bytes until the first view`]);
      const run = sum(scripts, plain);
      if (run >= 15_000) wrong.push([path, `${run} bytes of scripts`]);
    }
    assert.ok(five >= 3, 'there are pages with many charts');
    nothing(wrong);
  });
  test('asks for more contrast where that is wanted, and moves nothing where less motion is', async () => {
    const page = await browser.newPage();
    await page.goto(address('2024/waste/index.html'));
    const quiet = () => page.$eval('.quiet', (element) => getComputedStyle(element).color);
    const text = await page.$eval('body', (element) => getComputedStyle(element).color);
    assert.notEqual(await quiet(), text);
    await page.emulateMedia({ contrast: 'more', reducedMotion: 'reduce' });
    assert.equal(await quiet(), text);
    assert.equal(await page.$eval('html', (element) => getComputedStyle(element).scrollBehavior), 'auto');
    await page.close();
  });
  test('shows where the focus is: black with a yellow ring, behind links yellow', async () => {
    const page = await browser.newPage();
    await page.goto(address('index.html'));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const style = await page.evaluate(() => {
      const { outline, outlineOffset, boxShadow, backgroundColor } = getComputedStyle(document.activeElement);
      return { outline, outlineOffset, boxShadow, backgroundColor };
    });
    const yellow = 'rgb(255, 212, 61)';
    assert.deepEqual(style, { outline: 'rgb(0, 0, 0) solid 4px', outlineOffset: '2px', boxShadow: `${yellow} 0px 0px 0px 2px`, backgroundColor: yellow });
    await page.close();
  });
  test('reads a wide table downwards on a phone, every figure with the name of its column, and keeps row names in sight elsewhere', async () => {
    const page = await browser.newPage({ viewport: { width: 320, height: 700 } });
    await page.goto(address('2024/areas/safety/index.html'));
    const labels = await page.$eval('.indicators-table tbody tr', (row) => [...row.cells].map((cell) => getComputedStyle(cell, '::before').content));
    assert.deepEqual(labels.slice(2), ['"計画策定時"', '"最新の実績値"', '"目標値"', '"率"']);
    await page.goto(address('2024/finance/index.html'));
    const frame = page.locator('#section_expenditure .scroll');
    await frame.evaluate((element) => { element.scrollLeft = 9999; });
    const [name, edge] = await frame.evaluate((element) => [element.querySelector('th[scope=row]').getBoundingClientRect().left, element.getBoundingClientRect().left]);
    assert.ok(Math.abs(name - edge) <= 4, `${name} ${edge}`);
    await page.close();
  });
  for (const colors of ['forced', 'print']) {
    test(`shows every mark and line of a chart in ${colors} colours`, async () => {
      const context = await browser.newContext(colors === 'forced' ? { forcedColors: 'active' } : { colorScheme: 'dark' });
      const page = await context.newPage();
      if (colors === 'print') await page.emulateMedia({ media: 'print' });
      for (const path of ['index.html', '2024/waste/index.html']) {
        await page.goto(address(path));
        const invisible = await page.$$eval(':is(svg.hc, .hc-marks) :is(path, circle, rect, text)', (shapes) => {
          const paper = getComputedStyle(document.documentElement).getPropertyValue('--hyoka-paper').trim();
          const probe = document.body.appendChild(document.createElement('i'));
          probe.style.color = paper || 'Canvas';
          const background = getComputedStyle(probe).color;
          const clear = (paint) => paint === 'none' || paint === background;
          return shapes.filter((shape) => clear(getComputedStyle(shape).fill) && clear(getComputedStyle(shape).stroke)).map((shape) => shape.outerHTML.slice(0, 80));
        });
        assert.deepEqual(invisible, []);
      }
      await context.close();
    });
  }
});
