// The table of all policies with its script: words, choices, order, and an address that keeps them.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { address, launch } from './portal.mjs';

describe('the table of policies', () => {
  let browser, page;
  before(async () => {
    browser = await launch();
    page = await browser.newPage();
  });
  after(() => browser?.close());
  beforeEach(async () => {
    await page.goto('about:blank');
    await page.goto(address('2024/index.html'));
  });

  const names = () => page.locator('#policies_table tbody tr:visible th a').allInnerTexts();
  const column = (by) => page.$$eval('#policies_table tbody tr', (rows, by) => rows.filter((row) => !row.hidden).map((row) => row.dataset[by]), by);
  const head = (by) => page.locator(`#policies_table th[data-by="${by}"]`);

  test('starts with every policy in the order of the plan', async () => {
    assert.equal((await names()).length, 10);
    const order = (await column('order')).map(Number);
    assert.deepEqual(order, [...order].sort((a, b) => a - b));
  });
  test('finds a policy by a word, full-width or half-width', async () => {
    for (const word of ['産業', '５', '  産業　活性 ']) {
      await page.fill('#filter [name=text]', word);
      assert.ok((await names()).includes('産業の活性化を促進する'), word);
    }
    assert.match(await page.locator('#filter .hits').innerText(), /1/);
    assert.equal((await names()).length, 1);
  });
  test('says so when nothing is found, and shows all again when the choice is cleared', async () => {
    await page.fill('#filter [name=text]', 'どこにもない言葉');
    assert.deepEqual(await names(), []);
    assert.match(await page.locator('#filter .hits').innerText(), /ありません/);
    await page.click('#filter [type=reset]');
    await page.waitForFunction(() => document.querySelectorAll('#policies_table tbody tr:not([hidden])').length === 10);
    assert.ok(!page.url().includes('#'));
  });
  test('shows the policies with an indicator of a verdict', async () => {
    await page.selectOption('#filter [name=verdict]', 'worse-than-baseline');
    const verdicts = await column('verdict');
    assert.ok(verdicts.length > 0 && verdicts.length < 10);
    assert.ok(verdicts.every((list) => list.split(' ').includes('worse-than-baseline')));
  });
  test('shows the policies with a grade of the city, by its own legend', async () => {
    const grades = await page.$$eval('#filter [name=grade] option', (options) => options.map((option) => option.textContent));
    assert.deepEqual(grades.slice(0, 2), ['すべて', 'A 目標を達成した']);
    await page.selectOption('#filter [name=grade]', { label: grades[1] });
    const cells = await page.locator('#policies_table tbody tr:visible td[data-label="市の評価"]').allInnerTexts();
    assert.ok(cells.length > 0 && cells.length < 10 && cells.every((cell) => cell.includes('A')), cells.join());
    assert.match(page.url(), /#grade=0$/);
  });
  test('does not ask whether sheets are published where all are', async () => {
    assert.equal(await page.locator('#filter [name=status]').count(), 0);
  });
  test('is ordered by number, name and department, too', async () => {
    for (const by of ['department', 'name']) {
      await head(by).getByRole('button').click();
      const values = (await column(by)).filter(Boolean);
      assert.deepEqual(values, [...values].sort((a, b) => a.localeCompare(b)));
      assert.equal(await head(by).getAttribute('aria-sort'), 'ascending');
    }
    await head('order').getByRole('button').click();
    assert.deepEqual((await column('order')).map(Number), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
  test('is ordered by a column, and the other way round by a second press', async () => {
    await head('yen').getByRole('button').click();
    const falling = await column('yen');
    const amounts = falling.filter(Boolean).map(Number);
    assert.deepEqual(amounts, [...amounts].sort((a, b) => b - a));
    assert.ok(falling.lastIndexOf('') === falling.length - 1, 'a policy without an amount comes last');
    assert.equal(await head('yen').getAttribute('aria-sort'), 'descending');
    await head('yen').getByRole('button').click();
    const rising = await column('yen');
    assert.deepEqual(rising.filter(Boolean).map(Number), [...amounts].reverse());
    assert.ok(rising.lastIndexOf('') === rising.length - 1, 'it comes last this way, too');
    assert.equal(await head('yen').getAttribute('aria-sort'), 'ascending');
  });
  test('is worked by keyboard alone', async () => {
    await head('grade').getByRole('button').focus();
    await page.keyboard.press('Enter');
    assert.equal(await head('grade').getAttribute('aria-sort'), 'ascending');
  });
  test('keeps words, choice and order in its address over a reload', async () => {
    await page.fill('#filter [name=text]', 'まち');
    await page.selectOption('#filter [name=verdict]', 'on-track');
    await head('yen').getByRole('button').click();
    const [shown, url] = [await names(), page.url()];
    assert.ok(shown.length > 1 && shown.length < 10);
    await page.reload();
    assert.deepEqual(await names(), shown);
    assert.equal(await page.inputValue('#filter [name=text]'), 'まち');
    assert.equal(await head('yen').getAttribute('aria-sort'), 'descending');
    await page.goto('about:blank');
    await page.goto(url);
    assert.deepEqual(await names(), shown, 'the address can be sent to others');
  });
});
