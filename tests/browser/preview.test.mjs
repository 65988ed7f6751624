// The preview beside an editor: what a page does while its sheet is written. HYOKA names the program.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch } from './portal.mjs';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// Nothing here is about being fast.
const GENEROUS = 60_000;

const SHEET = 'content/2024/industry.yaml';
const FIGURE = '[data-address="2024/industry#exchange/actuals/2024"]';
const CELL = `td${FIGURE}`;

class Preview {
  async start(...more) {
    this.process = spawn(process.env.HYOKA, ['serve', '--root', this.root, '--port', String(this.port), '--lang', 'ja', ...more], { stdio: 'ignore' });
    await until(async () => {
      const response = await fetch(this.url('')).catch(() => null);
      return response !== null && !(response.status === 503 && (await response.text()).includes('最初の読み込み'));
    });
  }

  async stop() {
    if (!this.process) return;
    const gone = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await gone;
    this.process = null;
  }

  url(path) {
    return `http://127.0.0.1:${this.port}/${path}`;
  }

  async edit(file, from, to) {
    const path = join(this.root, file);
    const text = await readFile(path, 'utf8');
    assert.ok(text.includes(from), `${file} has no ${from}`);
    await writeFile(path, text.replace(from, to));
  }

  // Every test begins with the demo portal as it is.
  static async make() {
    const preview = new Preview();
    preview.root = await mkdtemp(join(tmpdir(), 'hyoka-preview-'));
    for (const folder of ['content', 'themes']) await cp(join(repository, folder), join(preview.root, folder), { recursive: true });
    // What was published is not to be edited: the sheets that are edited here were not.
    const ledger = join(preview.root, 'content/2024/published.csv');
    const lines = (await readFile(ledger, 'utf8')).split('\n');
    await writeFile(ledger, lines.filter((line) => !/^(industry|health),/.test(line)).join('\n'));
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    preview.port = probe.address().port;
    probe.close();
    await once(probe, 'close');
    return preview;
  }

  async remove() {
    await this.stop();
    await rm(this.root, { recursive: true, force: true });
  }
}

async function until(holds) {
  const end = Date.now() + GENEROUS;
  while (!(await holds())) {
    assert.ok(Date.now() < end, `never came true: ${holds}`);
    await new Promise((soon) => setTimeout(soon, 50));
  }
}

describe('the preview beside an editor', { timeout: 600_000 }, () => {
  let browser, page, preview, wrong;
  const panel = () => page.locator('hyoka-preview .panel');
  const connected = () => page.locator('hyoka-preview .bar button').first().waitFor({ timeout: GENEROUS });
  // Lost when the page is loaded anew.
  const mark = () => page.evaluate(() => { window.neverLoadedAnew = true; });
  const isMarked = () => page.evaluate(() => window.neverLoadedAnew === true);
  const text = (locator, words) => page.locator(locator).filter({ hasText: words }).first().waitFor({ timeout: GENEROUS });

  before(async () => { browser = await launch(); });
  after(() => browser?.close());
  beforeEach(async () => {
    preview = await Preview.make();
    page = await browser.newPage({ viewport: { width: 1100, height: 700 } });
    page.setDefaultTimeout(GENEROUS);
    wrong = [];
    page.on('pageerror', (error) => wrong.push(error.message));
  });
  afterEach(async () => {
    await page.close();
    await preview.remove();
    assert.deepEqual(wrong, [], 'no script fails');
  });
  const open = async (path) => {
    await page.goto(preview.url(path));
    await connected();
    await mark();
  };

  test('a figure and its chart follow the sheet, and the page stays where it is read', async () => {
    await preview.start();
    await open('2024/industry/');
    assert.equal(await page.locator(CELL).first().innerText(), '628人');
    await page.locator('details.workings').nth(1).locator('summary').click();
    await page.locator('details.workings').nth(1).scrollIntoViewIfNeeded();
    await page.evaluate(() => scrollBy(0, 200));
    // Where what is read stands on the screen: sentences above it may come and go with the figure.
    const read = () => page.evaluate(() => Math.round(document.querySelectorAll('details.workings')[1].getBoundingClientRect().top));
    const before = { top: await read(), chart: await page.evaluate(() => document.querySelector('svg.hc').outerHTML) };
    assert.ok(await page.evaluate(() => scrollY > 0));
    await preview.edit(SHEET, 'actuals: {2024: 628}', 'actuals: {2024: 777}');
    await text(CELL, '777人');
    await page.waitForFunction((chart) => document.querySelector('svg.hc').outerHTML !== chart, before.chart);
    assert.ok((await page.locator('svg.hc').first().innerHTML()).includes('777'));
    assert.ok(Math.abs((await read()) - before.top) <= 1, `${before.top} became ${await read()}`);
    assert.equal(await page.locator('details.workings').nth(1).getAttribute('open'), '');
    assert.ok(await isMarked(), 'changed in place');
    await preview.edit(SHEET, 'achievements:\n', 'achievements:\n  - 一番上に書き足した成果です。\n');
    await text('#section_achievements ~ ul li, main li', '一番上に書き足した成果です。');
    assert.ok(await isMarked(), 'changed in place');
    const shown = () => {
      const body = document.body.cloneNode(true);
      body.querySelectorAll('script').forEach((script) => script.remove());
      return body.innerHTML.replace(/ open=""/g, '');
    };
    const fresh = await browser.newPage();
    await fresh.goto(preview.url('2024/industry/'));
    assert.equal(await page.evaluate(shown), await fresh.evaluate(shown), 'what is on the screen is what a fresh load shows');
    await fresh.close();
    await page.locator('#exchange svg [tabindex="0"]').focus();
    assert.match(await page.locator('.tip').innerText(), /777人/);
  });

  test('a sorted and filtered table keeps its order and its words', async () => {
    await preview.start();
    await open('2024/');
    await page.fill('#filter [name=text]', '環境');
    await page.locator('#policies_table th[data-by="yen"] button, #policies_table th[data-by] button').last().click();
    const rows = () => page.$$eval('#policies_table tbody tr', (rows) => rows.filter((row) => !row.hidden).map((row) => row.dataset.order));
    const order = await rows();
    await preview.edit(SHEET, 'ja: 産業の活性化を促進する', 'ja: 産業を盛り上げる');
    await page.waitForFunction(() => document.querySelector('#policies_table').textContent.includes('産業を盛り上げる'));
    assert.equal(await page.inputValue('#filter [name=text]'), '環境');
    assert.deepEqual(await rows(), order);
    await page.fill('#filter [name=text]', '盛り上げる');
    assert.equal((await rows()).length, 1, 'the filter knows the new words');
    await page.fill('#filter [name=text]', '活性化を促進する');
    assert.equal((await rows()).length, 0, 'and forgot the old ones');
    assert.ok(await isMarked(), 'changed in place');
  });

  test('drafts are shown with their mark where they are asked for, and follow their sheet', async () => {
    await preview.edit(SHEET, 'name:', 'status: draft\nname:');
    await preview.start('--drafts');
    await open('2024/industry/');
    const banner = () => page.locator('body').innerText();
    assert.match(await banner(), /案/);
    await page.goto(preview.url('2024/'));
    await connected();
    assert.match(await page.locator('#policies_table').innerText(), /案/);
    await page.goto(preview.url('2024/industry/'));
    await connected();
    await preview.edit(SHEET, 'actuals: {2024: 628}', 'actuals: {2024: 641}');
    await text(CELL, '641人');
    await preview.stop();
    await preview.start();
    assert.notEqual((await fetch(preview.url('2024/industry/'))).status, 200, 'without the option nobody sees it');
  });

  test('a page shows its own warnings, and says how many others have', async () => {
    await preview.edit('content/2024/health.yaml', 'published_rates: {2024: "81.6"}', 'published_rates: {2024: "81.5"}');
    await preview.start();
    const count = () => page.locator('hyoka-preview .bar button').first().innerText();
    await open('2024/health/');
    assert.match(await count(), /^警告 \d+件$/);
    await open('2024/finance/');
    assert.match(await count(), /^ほかのページの警告 \d+件$/);
    await page.locator('hyoka-preview .bar button').first().click();
    assert.equal(await panel().locator('li').count(), 0);
    assert.match(await panel().innerText(), /hyoka check/);
  });

  test('a broken sheet leaves the page readable under what is wrong, which goes when it is mended', async () => {
    await preview.start();
    await open('2024/industry/');
    await preview.edit(SHEET, 'actuals: {2024: 628}', 'actuals: {2024: 六百<script>alert(1)</script>}');
    await panel().waitFor();
    const told = await panel().innerText();
    assert.match(told, /content\/2024\/industry\.yaml:\d+:\d+/);
    assert.match(told, /直し方/);
    assert.match(told, /エラー/);
    assert.ok((await panel().locator('mark').first().innerText()).includes('六百'));
    assert.equal(await panel().locator('script').count(), 0);
    assert.equal(await page.locator(CELL).first().innerText(), '628人', 'the last good page is there');
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    const covered = await page.evaluate(() => {
      const foot = document.querySelector('.edition-mark').getBoundingClientRect();
      return foot.bottom > document.querySelector('hyoka-preview').shadowRoot.querySelector('.panel').getBoundingClientRect().top;
    });
    assert.ok(!covered, 'the end of the page can be read above the panel');
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(axeSource);
      const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'], preload: false }));
      assert.deepEqual(violations.map((found) => `${colorScheme} ${found.id}: ${found.nodes[0].target.join(' ')}`), []);
    }
    await page.locator('hyoka-preview').getByRole('button', { name: 'たたむ' }).click();
    await panel().waitFor({ state: 'hidden' });
    await page.locator('hyoka-preview .bar button.error').click();
    await panel().waitFor();
    await preview.edit(SHEET, '六百<script>alert(1)</script>', '629');
    await panel().waitFor({ state: 'hidden' });
    await text(CELL, '629人');
    assert.ok(await isMarked(), 'the page was never loaded anew');
  });

  test('a portal that is broken from the start lists why, and turns into the site', async () => {
    await preview.edit('content/portal.yaml', 'areas:', 'area:');
    await preview.start();
    await page.goto(preview.url('2024/industry/'));
    await text('h1', 'サイトをまだ作れません');
    await text('.place', 'content/portal.yaml');
    await connected();
    await page.evaluate(axeSource);
    const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'], preload: false }));
    assert.deepEqual(violations.map((found) => `${found.id}: ${found.nodes[0].target.join(' ')}`), []);
    await preview.edit('content/portal.yaml', 'area:', 'areas:');
    await text('h1', '産業の活性化を促進する');
    await text(CELL, '628人');
  });

  test('whatever changes between two versions of a page, the one on the screen becomes the other', async () => {
    await preview.start();
    await open('404.html');
    const failed = await page.evaluate(async () => {
      const { update } = await import('/_hyoka/morph.js');
      let seed = 1;
      const random = (below) => { seed = (seed * 48271) % 2147483647; return seed % below; };
      const element = (depth) => {
        const tag = ['p', 'li', 'td', 'section'][random(4)];
        const id = random(4) === 0 ? ` id="i${random(6)}"` : '';
        const attribute = random(3) === 0 ? ` data-a="${random(3)}"` : '';
        return `<${tag}${id}${attribute}>${inner(depth - 1)}</${tag}>`;
      };
      const inner = (depth) => Array.from({ length: random(5) }, () => (depth > 0 && random(3) > 0 ? element(depth) : ['a', 'b ', '', '<!--c-->'][random(4)])).join('');
      const parse = (body) => new DOMParser().parseFromString(`<html><head></head><body>${body}</body></html>`, 'application/xhtml+xml').documentElement;
      const wrong = [];
      for (let round = 0; round < 1500; round += 1) {
        const came = parse(inner(3));
        const shown = document.importNode(came, true);
        const live = new WeakMap();
        const pair = (copy, node) => { live.set(copy, node); copy.childNodes.forEach((child, index) => pair(child, node.childNodes[index])); };
        pair(came, shown);
        // One page goes through several versions.
        for (let version = 0; version < 3; version += 1) {
          const next = parse(inner(3));
          update({ came, live }, next);
          if (!shown.isEqualNode(next) || !came.isEqualNode(next)) wrong.push([next.outerHTML, shown.outerHTML, came.outerHTML]);
        }
      }
      return wrong.slice(0, 2);
    });
    assert.deepEqual(failed, []);
  });

  test('a style changes without a reload', async () => {
    await preview.start();
    await open('2024/industry/');
    const style = join(preview.root, 'themes/standard/assets/style.css');
    await writeFile(style, `${await readFile(style, 'utf8')}\nh1 { letter-spacing: 7px !important; }\n`);
    await page.waitForFunction(() => getComputedStyle(document.querySelector('h1')).letterSpacing === '7px');
    await page.waitForFunction(() => document.querySelectorAll('link[rel=stylesheet][href*="theme/style"]').length === 1);
    assert.ok(await isMarked(), 'not loaded anew');
  });

  test('a page says that the preview has stopped, and goes on when it is back', async () => {
    await preview.start();
    await open('2024/industry/');
    const gone = page.locator('hyoka-preview .gone');
    assert.ok(await gone.isHidden());
    await preview.stop();
    await gone.waitFor();
    assert.match(await gone.innerText(), /プレビューが止まっています/);
    await preview.edit(SHEET, 'actuals: {2024: 628}', 'actuals: {2024: 630}');
    await preview.start();
    await text(CELL, '630人');
    await gone.waitFor({ state: 'hidden' });
    assert.ok(await isMarked(), 'the page was never loaded anew');
  });

  test('a figure leads to the line of its sheet, by pointer and by keys', async () => {
    await preview.start();
    await open('2024/industry/');
    const line = (await readFile(join(preview.root, SHEET), 'utf8')).split('\n').findIndex((line) => line.includes('actuals: {2024: 628}')) + 1;
    const popover = page.locator('hyoka-preview .popover');
    await page.locator(CELL).first().click({ modifiers: ['Alt'] });
    await popover.waitFor();
    assert.match(await popover.innerText(), new RegExp(`content/2024/industry\\.yaml:${line}:21`));
    assert.equal(await popover.locator('mark').innerText(), '628');
    await page.keyboard.press('Escape');
    await popover.waitFor({ state: 'hidden' });
    const ask = page.locator('hyoka-preview').getByRole('button', { name: '書かれた場所を調べる' });
    await ask.press('Enter');
    await page.locator(CELL).first().focus();
    await page.keyboard.press('Enter');
    await popover.waitFor();
    await page.keyboard.press('Escape');
    await popover.waitFor({ state: 'hidden' });
    await page.keyboard.press('Escape');
    assert.equal(await ask.getAttribute('aria-pressed'), 'false');
    assert.equal(await page.locator('[data-address][tabindex]:not(svg *)').count(), 0, 'the page is as it was');
    await page.locator('h1').click({ modifiers: ['Alt'] });
    await popover.waitFor();
    assert.match(await popover.innerText(), /content\/2024\/industry\.yaml:\d+:\d+/, 'a name has no address, and words');
    assert.equal(await popover.locator('mark').innerText(), '産業の活性化を促進する');
    await page.keyboard.press('Escape');
    await page.locator(`g${FIGURE}`).first().click({ modifiers: ['Alt'], force: true });
    await popover.waitFor();
    assert.equal(await popover.locator('mark').innerText(), '628', 'a mark of a chart is a figure, too');
  });

  test('the page of the sheet that is edited is opened where that is wanted', async () => {
    await preview.start('--follow');
    await open('');
    await preview.edit(SHEET, 'actuals: {2024: 628}', 'actuals: {2024: 631}');
    await page.waitForURL(preview.url('2024/industry/'));
    await text(CELL, '631人');
  });

  test('on a phone the bar covers nothing at the end of the page, and paper does not show it', async () => {
    await preview.start();
    await page.setViewportSize({ width: 390, height: 800 });
    await open('2024/industry/');
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    const { foot, bar, wide } = await page.evaluate(() => ({
      foot: document.querySelector('.edition-mark').getBoundingClientRect().bottom,
      bar: document.querySelector('hyoka-preview').shadowRoot.querySelector('.bar').getBoundingClientRect().top,
      wide: document.documentElement.scrollWidth,
    }));
    assert.ok(foot <= bar && wide <= 390, `${foot} ${bar} ${wide}`);
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.locator('hyoka-preview .bar').isHidden());
  });
});
