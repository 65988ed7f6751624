// Charts as people use them: pointed at, tapped, walked through with keys, saved as pictures; opened from the folder.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { address, launch, listen } from './portal.mjs';

const SHEET = address('2024/industry/index.html');
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe('a chart', () => {
  let browser;
  before(async () => { browser = await launch(); });
  after(() => browser?.close());

  async function open(options = {}, path = SHEET) {
    const context = await browser.newContext({ viewport: { width: 390, height: 800 }, ...options });
    const page = await context.newPage();
    const wrong = [];
    listen(page, (url) => /^(file|data|about|blob):/.test(url), wrong);
    await page.goto(path);
    return { page, wrong, tip: page.locator('.tip'), close: () => context.close() };
  }

  test('is one stop for Tab, and its marks tell their figures from year to year', async () => {
    const { page, tip, wrong, close } = await open();
    await page.locator('#exchange h3').scrollIntoViewIfNeeded();
    assert.equal(await page.locator('#exchange svg [tabindex="0"]').count(), 1);
    await page.focus('#exchange svg [tabindex="0"]');
    assert.equal(await tip.textContent(), '2024年度 実績 628人');
    const heard = [];
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft', 'ArrowLeft', 'Home', 'End']) {
      await page.keyboard.press(key);
      assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), await tip.textContent(), 'seen and heard');
      heard.push(await tip.textContent());
    }
    const [start, actual, target] = ['計画策定時 446人', '2024年度 実績 628人', '2027年度 目標 1,046人'];
    assert.deepEqual(heard, [target, target, actual, start, start, target]);
    await page.keyboard.press('Escape');
    assert.ok(await tip.isHidden());
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => !document.activeElement.closest('svg')), 'Tab leaves the chart');
    assert.deepEqual(wrong, []);
    await close();
  });

  test('tells a figure to a mouse near its mark, also while it rests on the tip, and not to one that is elsewhere', async () => {
    const { page, tip, close } = await open({ viewport: { width: 1280, height: 900 } });
    const mark = page.locator('#exchange .hc-actual');
    await mark.scrollIntoViewIfNeeded();
    const box = await mark.boundingBox();
    await page.mouse.move(box.x + box.width + 8, box.y);
    assert.equal(await tip.textContent(), '2024年度 実績 628人');
    const seen = await tip.boundingBox();
    await page.mouse.move(seen.x + seen.width / 2, seen.y + seen.height - 4, { steps: 8 });
    assert.ok(await tip.isVisible(), 'it can be pointed at');
    await page.mouse.move(seen.x + seen.width / 2, seen.y - 120, { steps: 4 });
    assert.ok(await tip.isHidden());
    assert.equal(await page.locator('#exchange svg title').count(), 0, 'no second tip by the browser');
    await close();
  });

  test('tells a figure to a finger, within the screen', async () => {
    const { page, tip, close } = await open({ viewport: { width: 320, height: 700 }, hasTouch: true, isMobile: true });
    for (const [mark, words] of [['.hc-target', '2027年度 目標 1,046人'], ['.hc-baseline', '計画策定時 446人']]) {
      await page.locator(`#exchange ${mark}`).scrollIntoViewIfNeeded();
      const box = await page.locator(`#exchange ${mark}`).boundingBox();
      await page.touchscreen.tap(box.x + box.width / 2 + 12, box.y + box.height / 2 + 12);
      assert.equal(await tip.textContent(), words);
      const seen = await tip.boundingBox();
      assert.ok(seen.x >= 0 && seen.x + seen.width <= 320, JSON.stringify(seen));
    }
    await page.locator('#exchange h3').tap();
    assert.ok(await tip.isHidden());
    await close();
  });

  test('has no accessibility finding while a figure is told, light and dark', async () => {
    for (const colorScheme of ['light', 'dark']) {
      const { page, tip, close } = await open({ colorScheme }, address('2024/finance/index.html'));
      await page.focus('figure svg [tabindex="0"]');
      assert.ok(await tip.isVisible());
      await page.evaluate(axeSource);
      const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'], preload: false }));
      assert.deepEqual(violations.map((found) => `${found.id}: ${found.nodes[0].target}`), []);
      await close();
    }
  });

  // The colours of a saved picture at places of its viewBox, as a browser that knows nothing of the page sees them.
  async function looksLike(page, uri, spots) {
    return page.evaluate(async ([uri, spots]) => {
      const image = new Image();
      image.src = uri;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: image.naturalWidth, height: image.naturalHeight });
      const context = canvas.getContext('2d', { willReadFrequently: true });
      context.drawImage(image, 0, 0);
      const scale = image.naturalWidth / 400;
      return [image.naturalWidth, ...spots.map(([x, y]) => [...context.getImageData(x * scale, y * scale, 1, 1).data].join(' '))];
    }, [uri, spots]);
  }

  async function saved(page, button) {
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  }

  test('is saved as a picture for print and as a drawing, in the colours of paper even from a dark screen', async () => {
    const { page, wrong, close } = await open({ colorScheme: 'dark', acceptDownloads: true });
    const figure = page.locator('#exchange figure');
    const [x, y] = await figure.locator('.hc-actual circle').evaluate((circle) => [circle.cx.baseVal.value, circle.cy.baseVal.value]);
    const [white, blue] = ['255 255 255 255', '0 23 193 255'];
    const picture = await saved(page, figure.getByRole('button', { name: 'PNG' }));
    assert.equal(picture.name, '2024-industry-exchange.png');
    assert.deepEqual(await looksLike(page, `data:image/png;base64,${picture.bytes.toString('base64')}`, [[1, 1], [x, y]]), [2000, white, blue]);
    assert.equal(await page.locator('.hc-paper').count(), 0, 'nothing is left behind');
    assert.deepEqual(wrong, []);
    await close();
    // A portal without chart files offers the drawing, too.
    const context = await browser.newContext({ colorScheme: 'dark' });
    await context.addInitScript(() => new MutationObserver(() => document.querySelectorAll('.save a').forEach((link) => link.parentNode.remove())).observe(document, { childList: true, subtree: true }));
    const without = await context.newPage();
    await without.goto(SHEET);
    const drawing = await saved(without, without.locator('#exchange figure').getByRole('button', { name: 'SVG' }));
    assert.equal(drawing.name, '2024-industry-exchange.svg');
    assert.deepEqual(await looksLike(without, `data:image/svg+xml;base64,${drawing.bytes.toString('base64')}`, [[1, 1], [x, y]]), [400, white, blue]);
    assert.match(drawing.bytes.toString(), /<title[^>]*>知的対流を通じた交流人数/);
    await context.close();
  });

  test('is a file that stands alone, and without JavaScript a link to it and the browser\'s own tips', async () => {
    const { page, close } = await open({ javaScriptEnabled: false });
    const link = page.locator('#exchange .save a');
    assert.equal(await link.innerText(), 'グラフを保存（SVG）');
    assert.equal(await page.locator('#exchange svg .hc-actual > title').textContent(), '2024年度 実績 628人');
    assert.equal(await page.locator('button:visible').count(), 0);
    const file = new URL(await link.getAttribute('href'), SHEET).href;
    await close();
    const alone = await open({ colorScheme: 'light' }, file);
    assert.deepEqual(await alone.page.locator('.hc-actual circle').evaluate((circle) => [getComputedStyle(circle).fill, getComputedStyle(document.documentElement).backgroundColor]), ['rgb(0, 23, 193)', 'rgb(255, 255, 255)']);
    await alone.close();
  });

  test('offers nothing to press on paper', async () => {
    const { page, tip, close } = await open();
    await page.focus('#exchange svg [tabindex="0"]');
    await page.emulateMedia({ media: 'print' });
    assert.ok(await tip.isHidden());
    assert.equal(await page.locator('.save:visible').count(), 0);
    await close();
  });

  test('of the comparison tells the name and the figures of a policy that is focused, and leads to it', async () => {
    for (const width of [320, 1280]) {
      const { page, tip, close } = await open({ viewport: { width, height: 800 } }, address('2024/compare/index.html'));
      const mark = page.locator('.hc-quarters:visible a[href*="industry"]');
      await mark.focus();
      assert.equal(await tip.textContent(), '産業の活性化を促進する：進捗率69.8%、ペース2.79倍');
      await page.keyboard.press('Enter');
      await page.waitForURL(/industry/);
      await close();
    }
  });

  test('of an edition tells the name of a mark that is focused', async () => {
    const { page, tip, close } = await open({}, address('index.html'));
    await page.locator('.hc-marks a').nth(2).focus();
    assert.match(await tip.textContent(), /：/);
    await close();
  });
});
