// A sheet on paper: A4, few pages, nothing cut.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { address, launch, nothing, policies } from './portal.mjs';

// A4 less the margins of the style sheet's @page, in CSS pixels of 96 to the inch.
const mm = (length) => (length * 96) / 25.4;

describe('a policy page on paper', () => {
  let browser, page;
  before(async () => {
    browser = await launch();
    page = await browser.newPage();
  });
  after(() => browser?.close());

  test('is A4 portrait and takes few pages', { timeout: 120_000 }, async () => {
    const wrong = [];
    for (const path of policies) {
      await page.goto(address(path));
      const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: false })).toString('latin1');
      const boxes = [...pdf.matchAll(/\/MediaBox\s*\[\s*([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+)/g)];
      if (boxes.length === 0) wrong.push([path, 'no page found in the PDF']);
      for (const [, , , width, height] of boxes) {
        if (Math.abs(width - 595) > 2 || Math.abs(height - 842) > 2) wrong.push([path, `${width} × ${height} points is not A4`]);
      }
      // A form of up to three indicators is one sheet of paper, the longest of the demo are two.
      const indicators = await page.locator('main .indicator').count();
      const most = indicators <= 3 ? 2 : 4;
      if (boxes.length > most) wrong.push([path, `${boxes.length} pages for ${indicators} indicators`]);
    }
    nothing(wrong);
  });
  test('cuts no row, no pair, no chart, and nothing at the right edge', { timeout: 120_000 }, async () => {
    const wrong = [];
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: Math.floor(mm(210 - 2 * 13)), height: Math.floor(mm(297)) });
    for (const path of policies) {
      await page.goto(address(path));
      const found = await page.evaluate((paper) => {
        const wrong = [];
        const shown = (element) => element.getClientRects().length > 0;
        const name = (element) => `${element.tagName}.${element.className?.baseVal ?? element.className} «${element.textContent.trim().slice(0, 20)}»`;
        for (const whole of document.querySelectorAll('main tr, main .pair, main figure, main svg.hc')) {
          if (!shown(whole)) continue;
          if (getComputedStyle(whole).breakInside !== 'avoid') wrong.push(`may be cut: ${name(whole)}`);
          if (whole.getBoundingClientRect().height > paper / 2) wrong.push(`is too tall to stay whole: ${name(whole)}`);
        }
        const width = document.documentElement.clientWidth;
        for (const element of document.querySelectorAll('main *')) {
          if (shown(element) && !element.closest('.visually-hidden') && element.getBoundingClientRect().right > width + 1) {
            wrong.push(`leaves the paper: ${name(element)}`);
          }
        }
        return wrong.slice(0, 3);
      }, mm(297));
      wrong.push(...found.map((finding) => [path, finding]));
    }
    await page.emulateMedia({ media: null });
    nothing(wrong);
  });
  test('shows no control, and every section of the form', async () => {
    await page.emulateMedia({ media: 'print' });
    await page.goto(address('2024/industry/index.html'));
    assert.equal(await page.locator('nav:visible, button:visible, form:visible').count(), 0);
    const words = await page.locator('body').innerText();
    for (const part of ['目指す姿', '成果指標の達成状況', '主な取組の成果', '課題', '取組方針', '関連事業', '決算額', '2024（令和6）年度']) {
      assert.ok(words.includes(part), part);
    }
    await page.emulateMedia({ media: null });
  });
});
