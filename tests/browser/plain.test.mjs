// The switch to plain Japanese (やさしい日本語) on the page of a sheet that has it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { address, launch } from './portal.mjs';

const path = '2024/childcare/index.html';
const own = '働き方や家族のかたちにかかわらず';
const plain = '困ったとき、相談できる 人が います。';

describe('plain Japanese', () => {
  let browser, context, page;
  before(async () => {
    browser = await launch();
    context = await browser.newContext();
    page = await context.newPage();
    await page.goto(address(path));
  });
  after(() => browser?.close());
  // What is to be read of a section, without furigana.
  const read = (on = page) =>
    on.locator('#section_vision').evaluate((section) => {
      for (const small of section.querySelectorAll('rt, rp')) small.style.display = 'none';
      return section.innerText;
    });

  test('takes the place of the own words by a press, and gives it back', async () => {
    const button = page.getByRole('button', { name: 'やさしい日本語で読む' });
    assert.equal(await button.getAttribute('aria-pressed'), 'false');
    assert.ok((await read()).includes(own) && !(await read()).includes(plain));
    await button.focus();
    await page.keyboard.press('Enter');
    assert.equal(await button.getAttribute('aria-pressed'), 'true');
    assert.ok(!(await read()).includes(own) && (await read()).includes(plain), await read());
    await page.keyboard.press('Space');
    assert.ok((await read()).includes(own) && !(await read()).includes(plain));
  });
  test('is remembered on the next page', async () => {
    await page.locator('#plain_switch').click();
    await page.reload();
    assert.equal(await page.locator('#plain_switch').getAttribute('aria-pressed'), 'true');
    assert.ok((await read()).includes(plain));
    await page.locator('#plain_switch').click();
  });
  test('is printed in place of the own words where it is chosen', async () => {
    await page.locator('#plain_switch').click();
    await page.emulateMedia({ media: 'print' });
    assert.ok((await read()).includes(plain) && !(await read()).includes(own));
    assert.ok(!(await page.locator('#plain_switch').isVisible()));
    await page.emulateMedia({ media: null });
    await page.locator('#plain_switch').click();
  });
  test('can be unfolded where there is no script', async () => {
    const bare = await browser.newContext({ javaScriptEnabled: false });
    const still = await bare.newPage();
    await still.goto(address(path));
    assert.ok(!(await still.locator('#plain_switch').isVisible()));
    await still.locator('#section_vision summary').click();
    const words = await still.locator('#section_vision').innerText();
    assert.ok(words.includes(own) && words.includes('います。'), words);
    await bare.close();
  });
});
