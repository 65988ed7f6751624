// The same folder under a path of a web server, as cities host it: https://www.city.example.lg.jp/gyosei/hyoka/.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch, listen, nothing, serve, site } from './portal.mjs';

const UNDER = '/gyosei/hyoka/';
describe('the portal under a path of a web server', () => {
  let browser, server, root;
  before(async () => {
    server = await serve(site, UNDER);
    root = server.root;
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });

  test('loads from folder addresses with all it needs, and stays under its path', { timeout: 120_000 }, async () => {
    const page = await browser.newPage();
    const wrong = [];
    const talk = [];
    listen(page, (url) => url.startsWith(root) || url.startsWith('data:'), talk);
    for (const path of ['', '2024/', '2024/waste/', '2024/areas/safety/', '2024/data/', '2024/search/?q=%E7%94%A3%E6%A5%AD', 'pages/about/', 'en/', 'en/2024/industry/', '2023/', '404.html']) {
      await page.goto(root + path);
      const away = await page.$$eval('a[href]', (links, root) => links.map((link) => link.href.baseVal === undefined ? link.href : new URL(link.href.baseVal, document.baseURI).href).filter((href) => /^http:\/\/127/.test(href) && !href.startsWith(root)), root);
      if (path !== '404.html') wrong.push(...away.map((href) => [path, `leads out of the folder: ${href}`]));
      wrong.push(...talk.splice(0).map((finding) => [path, finding]));
    }
    nothing(wrong);
  });
  test('is walked by its links from the first page to a figure and back', async () => {
    const page = await browser.newPage();
    await page.goto(root);
    await page.locator('#policies_table a', { hasText: '産業の活性化を促進する' }).click();
    assert.equal(page.url(), `${root}2024/industry/index.html`);
    assert.match(await page.locator('h1').innerText(), /産業の活性化を促進する/);
    await page.getByRole('link', { name: 'English' }).click();
    assert.equal(page.url(), `${root}en/2024/industry/index.html`);
    await page.locator('nav.crumbs a, nav[aria-label="You are here"] a').first().click();
    assert.match(page.url(), new RegExp(`^${root}en/`));
  });
  test('finds its data where its pages say', async () => {
    const page = await browser.newPage();
    await page.goto(`${root}2024/data/`);
    const links = await page.$$eval('main a[href]', (links) => links.map((link) => link.href).filter((href) => /\.(csv|json)$/.test(href)));
    assert.ok(links.length >= 8);
    for (const link of links) {
      const response = await page.request.get(link);
      assert.equal(response.status(), 200, link);
      if (link.endsWith('.csv')) assert.deepEqual([...(await response.body()).subarray(0, 3)], [0xef, 0xbb, 0xbf], `${link} has a BOM`);
    }
  });
});
