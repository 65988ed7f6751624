// The markup of every page, as it was written to the folder, by html-validate: the demo portal, and the same with its
// drafts, whose pages of the year to come nobody outside sees.
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { build, nothing, pages, pagesOf, repository, site } from './portal.mjs';

const { HtmlValidate, StaticConfigLoader } = createRequire(import.meta.url)('html-validate');

// Everything that the validator knows, but for what is a matter of taste.
const validator = new HtmlValidate(
  new StaticConfigLoader({
    root: true,
    extends: ['html-validate:recommended', 'html-validate:standard', 'html-validate:a11y'],
    rules: {
      // Fewer bytes: HTML asks for no quotes where a value needs none, and for no capitals.
      'attr-quotes': 'off',
      'doctype-style': 'off',
      // Words of a page that its style sheet shows: in the foot of printed pages, beside figures on a phone.
      'no-inline-style': 'off',
      // The names of sheets are the authors'.
      'long-title': 'off',
      // A frame that scrolls is a region with a name; the section of a page has a heading.
      'prefer-native-element': ['error', { exclude: ['region'] }],
      // Lists, groups and charts may have names as well.
      'aria-label-misuse': ['error', { allowAnyNamable: true }],
      // The filter of a table acts while one chooses; it is not sent anywhere.
      'wcag/h32': 'off',
    },
  }),
);

async function findings(folder, paths) {
  const found = [];
  for (const path of paths) {
    const { results } = await validator.validateString(readFileSync(join(folder, path), 'utf8'), path);
    for (const { ruleId, message, selector } of results.flatMap((result) => result.messages)) {
      found.push([`${path} ${selector ?? ''}`, `${ruleId}: ${message}`]);
    }
  }
  return found;
}

describe('the markup', () => {
  let drafts;
  before(() => {
    drafts = build(repository, '--drafts');
  });
  after(() => rmSync(dirname(drafts), { recursive: true, force: true }));

  test('of every page is valid, and good for those who hear it', async () => nothing(await findings(site, pages)));
  test('of every page with drafts is, too', async () => nothing(await findings(drafts, pagesOf(drafts))));
});
