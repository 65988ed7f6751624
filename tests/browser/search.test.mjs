// Searching an edition as people do it: Japanese typed and composed, hits with their words marked, keys, an address that
// can be sent. Opened from the folder, as everything else.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import vm from 'node:vm';
import { address, files, launch, listen, nothing, serve, site } from './portal.mjs';

const script = files.find((path) => /^assets\/theme\/search\.[^/]+\.js$/.test(path));

describe('the script of the search', () => {
  test('takes texts apart as the program does', () => {
    const context = vm.createContext({});
    vm.runInContext(readFileSync(join(site, script), 'utf8'), context);
    const { folded, piecesOf, termsOf, fileOf } = context.hyokaSearch;
    const snapshot = readFileSync(new URL('../stories/snapshots/stories__search__search_terms.snap', import.meta.url), 'utf8');
    const lines = snapshot.split('\n').filter((line) => line.startsWith('['));
    assert.ok(lines.length >= 40);
    for (const line of lines) {
      const [text, plain, terms] = JSON.parse(line);
      assert.equal(folded(text), plain);
      const told = Array.from(piecesOf(text)).flatMap((piece) => Array.from(termsOf(piece)));
      assert.deepEqual(told.map((term) => [term, fileOf(term, 128)]), terms, text);
    }
  });
  test('is small: the scripts of a page together stay below 15 KB', () => {
    for (const page of ['index.html', '2024/industry/index.html', '2024/compare/index.html', '2024/search/index.html']) {
      const scripts = [...readFileSync(join(site, page), 'utf8').matchAll(/<script[^>]*? src="?([^" >]+)/g)].map(([, path]) => path);
      const bytes = scripts.reduce((sum, path) => sum + readFileSync(join(site, dirname(page), path)).length, 0);
      assert.ok(scripts.length > 0 && bytes < 15_000, `${page}: ${scripts.join(', ')}: ${bytes}`);
    }
  });
});

describe('the search of an edition', () => {
  let browser, page;
  const wrong = [];
  before(async () => {
    browser = await launch();
    page = await browser.newPage();
    listen(page, (url) => /^(file|about):/.test(url), wrong);
  });
  after(() => browser?.close());
  beforeEach(async () => {
    wrong.length = 0;
    await page.goto('about:blank');
    await page.goto(address('2024/search/index.html'));
  });

  const titles = () => page.locator('#search_found > li > a').allInnerTexts();
  const said = (pattern) => page.waitForFunction((p) => new RegExp(p).test(document.getElementById('search_status').textContent), pattern.source);
  const type = async (words, pattern = /件見つかりました/) => {
    await page.fill('#search_words', '');
    await page.waitForFunction(() => !document.getElementById('search_status').textContent);
    await page.fill('#search_words', words);
    await said(pattern);
  };

  test('finds a word in names and texts, marks it and leads to its place', async () => {
    await type('交流人数');
    assert.equal((await titles())[0], '5 産業の活性化を促進する');
    const marks = await page.locator('#search_found mark').allInnerTexts();
    assert.ok(marks.length > 0 && marks.every((mark) => mark === '交流人数'));
    assert.match(await page.locator('#search_found').innerText(), /指標 知的対流を通じた交流人数/);
    await page.locator('#search_found p a', { hasText: '指標' }).first().click();
    assert.equal(page.url(), address('2024/industry/index.html') + '#exchange');
    assert.ok(await page.locator('#exchange').isVisible());
  });
  test('makes no difference between kana, widths and cases', async () => {
    for (const words of ['ごみ', 'ゴミ', 'ｺﾞﾐ']) {
      await type(words);
      assert.ok((await titles()).some((title) => title.includes('ごみを減らし')), words);
      assert.ok((await page.locator('#search_found mark').allInnerTexts()).every((mark) => /^(ごみ|ゴミ)$/.test(mark)), words);
    }
    await page.goto(address('en/2024/search/index.html'));
    await type('ＴＲＡＮＳＰＯＲＴ', /Found/);
    assert.ok((await page.locator('#search_found mark').allInnerTexts()).includes('transport'));
  });
  test('wants all of several words, begins words at their beginning, and takes single Chinese characters', async () => {
    await type('ごみ　資源');
    const both = await titles();
    await type('ごみ');
    assert.ok(both.length > 0 && both.length <= (await titles()).length);
    await type('税');
    assert.ok((await titles()).length > 0);
    await type('の', /2文字/);
    assert.deepEqual(await titles(), []);
    await page.goto(address('en/2024/search/index.html'));
    await type('transp', /Found/);
    assert.ok((await titles()).length > 0);
    await type('ransport', /Nothing/);
    assert.deepEqual(await titles(), []);
  });
  test('says of a fictional sheet that it is one', async () => {
    await type('ごみ');
    assert.match(await page.locator('#search_found > li', { hasText: 'ごみを減らし' }).locator('.sample-mark').innerText(), /見本/);
  });
  test('does not tell what only looks like a hit: neighbours that stand apart', async () => {
    await type('産業活性化の交流人数を', /見つかりません/);
    assert.deepEqual(await titles(), []);
  });
  test('waits while words are composed', async () => {
    const client = await page.context().newCDPSession(page);
    await page.focus('#search_words');
    await client.send('Input.imeSetComposition', { text: 'さんぎょう', selectionStart: 5, selectionEnd: 5 });
    await page.waitForTimeout(400);
    assert.equal(await page.inputValue('#search_words'), 'さんぎょう');
    assert.equal(await page.locator('#search_status').innerText(), '', 'nothing is searched while it is composed');
    assert.ok(!page.url().includes('q='));
    await client.send('Input.imeSetComposition', { text: '産業', selectionStart: 2, selectionEnd: 2 });
    await client.send('Input.insertText', { text: '産業' });
    await said(/件見つかりました/);
    assert.equal(await page.inputValue('#search_words'), '産業');
    assert.ok((await titles()).includes('5 産業の活性化を促進する'));
  });
  test('keeps its words in the address, which can be sent to others', async () => {
    await type('産業');
    const [url, found] = [page.url(), await titles()];
    assert.ok(url.endsWith('?q=%E7%94%A3%E6%A5%AD'), url);
    await page.goto('about:blank');
    await page.goto(url);
    await said(/件見つかりました/);
    assert.deepEqual(await titles(), found);
    assert.equal(await page.inputValue('#search_words'), '産業');
    await page.fill('#search_words', '');
    await page.waitForFunction(() => !location.search);
  });
  test('is worked by keyboard alone', async () => {
    await type('産業');
    await page.focus('#search_words');
    const focused = () => page.evaluate(() => document.activeElement.textContent || document.activeElement.id);
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(), (await titles())[0]);
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(), (await titles())[1]);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    assert.equal(await focused(), 'search_words');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    assert.equal(await focused(), 'search_words');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/industry\/index\.html$/);
  });
  test('is asked from the index, and says what it found to a screen reader', async () => {
    await page.goto(address('2024/index.html'));
    await page.getByRole('search').getByRole('searchbox').fill('交通');
    await page.keyboard.press('Enter');
    await page.waitForURL(/search\/index\.html\?q=/);
    await said(/件見つかりました/);
    assert.ok((await titles()).length > 0);
    assert.equal(await page.locator('#search_status').getAttribute('role'), 'status');
  });
  test('loads no file before words are typed, and each once', async () => {
    const asked = [];
    const note = (request) => /search\/[^/]+\.js/.test(request.url()) && asked.push(request.url().split('/').pop());
    page.on('request', note);
    await page.waitForTimeout(200);
    assert.deepEqual(asked, []);
    await type('産業');
    await type('産業の');
    page.off('request', note);
    assert.ok(asked.some((name) => /^head\.js\?[-\w]{4}$/.test(name)), asked.join(' '));
    assert.equal(new Set(asked).size, asked.length, asked.join(' '));
  });
  test('never mixes files of two versions of a site', async () => {
    const served = await serve(site, '/');
    const context = await browser.newContext();
    const visitor = await context.newPage();
    // What a cache holds of the site as it was before.
    const old = async (pattern, change, times = Infinity) => {
      await visitor.unrouteAll();
      await visitor.route(pattern, async (route) => {
        if (times-- <= 0) return route.continue();
        const response = await route.fetch();
        await route.fulfill({ response, body: change(await response.text()) });
      });
      await visitor.goto(`${served.root}2024/search/?q=%E4%BA%A4%E6%B5%81%E4%BA%BA%E6%95%B0`);
      await visitor.waitForFunction(() => document.getElementById('search_status').textContent);
      return [await visitor.locator('#search_status').innerText(), await visitor.locator('#search_found li').count()];
    };
    const text = (script) => script.replace('知的対流', '昔の言葉').replace(/"[-\w]{4}"\]\);\s*$/, '"old0"]);');
    assert.deepEqual(await old('**/text-*.js*', text), ['このサイトは更新されました。ページを読み込み直してから、もう一度探してください。', 0]);
    const list = (script) => script.replace(/"[-\w]{4}"\);\s*$/, '"old0");');
    assert.match((await old(/search\/\d+\.js/, list))[0], /更新されました/);
    // A head that is old is asked for anew.
    const head = (script) => script.replace(/"[-\w]+"\]\);\s*$/, `"${'old0'.repeat(99)}"]);`);
    const [said, found] = await old('**/head.js*', head, 1);
    assert.match(said, /件見つかりました/);
    assert.ok(found > 0);
    await context.close();
    served.close();
  });
  test('speaks English, and says which language a text is in', async () => {
    await page.goto(address('en/2024/search/index.html'));
    await page.fill('#search_words', 'industr');
    await said(/Found/);
    assert.ok((await titles()).some((title) => title.includes('local industry')));
  });
  test('shows nothing that needs a script where there is none, and the way to the table', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const plain = await context.newPage();
    await plain.goto(address('2024/search/index.html'));
    assert.equal(await plain.locator('button:visible, form:visible').count(), 0);
    await plain.locator('#search_without a').click();
    assert.ok(await plain.locator('#policies_table').isVisible());
    await context.close();
  });
  test('has said nothing wrong and asked nobody outside', async () => {
    await type('産業');
    nothing(wrong.map((finding) => ['2024/search/index.html', finding]));
  });
});
