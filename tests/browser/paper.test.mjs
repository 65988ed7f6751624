// A sheet, and the book of all sheets, on paper: A4, few pages, nothing cut.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
    for (const path of [...policies, 'en/2024/industry/index.html']) {
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

// What stands on each printed page, without its spaces: the foot, which ends with the address, before the rest. The foot is not
// part of the page's HTML and can be read on paper only.
const poppler = spawnSync('pdftotext', ['-v']).error === undefined;
function onPaper(pdf) {
  const folder = mkdtempSync(join(tmpdir(), 'paper-'));
  try {
    writeFileSync(join(folder, 'a.pdf'), pdf);
    const { stdout } = spawnSync('pdftotext', ['-raw', join(folder, 'a.pdf'), '-'], { encoding: 'utf8' });
    return stdout.split('\f').slice(0, -1).map((page) => page.replace(/\s/g, ''));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// That the words stand on the pages in this order.
function inOrder(text, words) {
  let from = 0;
  for (const word of words) {
    const at = text.indexOf(word, from);
    assert.ok(at >= 0, `${word} does not stand behind what comes before it`);
    from = at + word.length;
  }
}

describe('the printed pages', { skip: poppler ? false : 'pdftotext (poppler-utils) is not installed' }, () => {
  let browser, page;
  before(async () => {
    browser = await launch();
    page = await browser.newPage();
  });
  after(() => browser?.close());
  const printed = async (path) => {
    await page.goto(address(path));
    return onPaper(await page.pdf({ preferCSSPageSize: true }));
  };
  // The pages without their feet, once these say what they must.
  const footed = (pages, path) =>
    pages.map((text, index) => {
      const [foot, ...body] = text.split(`https://hyoka.example/${path}`);
      assert.equal(body.length, 1, `page ${index + 1} says where it is found`);
      assert.ok(foot.includes('見本市（デモ）2024（令和6）年度版（2025年9月19日公表）'), `page ${index + 1}: ${foot}`);
      assert.ok(foot.includes(`${index + 1}/${pages.length}`), `page ${index + 1} of ${pages.length}`);
      return body[0];
    });

  test('a sheet follows the order of the form, and its foot says edition, address and number', { timeout: 60_000 }, async () => {
    const pages = footed(await printed('2024/industry/index.html'), '2024/industry/');
    inOrder(pages.join(''), [
      '産業の活性化を促進する', '目指す姿', '成果指標の達成状況', '知的対流を通じた交流人数', '(628−446)÷(1,046−446)=30.3%', '計画策定時',
      '1,046人', '主な取組の成果', '課題と取組方針', '関連事業', '決算額', '1,587,511', '出典',
    ]);
    assert.ok(!pages.join('').includes('別の方法での値'), 'what is folded away stays away');
  });
  test('the book has a cover, its contents, and every sheet on a page of its own', { timeout: 120_000 }, async () => {
    const pages = footed(await printed('2024/book/index.html'), '2024/book/');
    inOrder(pages[0], ['行政評価ポータル', '評価シート集', '公表日2025年9月19日']);
    inOrder(pages[1], ['目次', '1子ども・学び', '1-1子育て', '5産業の活性化を促進する', '7行財政']);
    const starts = pages.filter((text) => text.startsWith('行政評価シート2024（令和6）年度'));
    assert.equal(starts.length, 10);
    const areas = pages.filter((text) => text.startsWith('分野2024（令和6）年度'));
    assert.equal(areas.length, 8, 'an area that only holds areas has no page of its own');
    inOrder(areas[0], ['1子ども・学び', '1-1子育て']);
    inOrder(pages.join(''), ['1-1-1安心して産み', '産業の活性化を促進する', '知的対流を通じた交流人数', '出発点の年度を変えた場合の判定', '判定と率の決め方']);
    assert.ok(pages.at(-1).startsWith('判定と率の決め方'));
  });
  test('no heading stands alone at the foot of a page', { timeout: 120_000 }, async () => {
    const headings = ['目指す姿', '成果指標の達成状況', '主な取組の成果', '課題と取組方針', '今後の方向性', '関連事業', '決算額', '出典とデータ'];
    const wrong = [];
    for (const path of [...policies.filter((path) => path.startsWith('2024/')), '2024/book/index.html']) {
      const pages = footed(await printed(path), path.replace('index.html', ''));
      for (const [index, body] of pages.entries()) {
        wrong.push(...headings.filter((heading) => body.endsWith(heading)).map((heading) => [path, `page ${index + 1} ends with ${heading}`]));
      }
    }
    nothing(wrong);
  });
});
