// The published demo portal and a browser to look at it. SITE names the published folder, CHROMIUM the browser.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

for (const name of ['SITE', 'CHROMIUM']) {
  if (!process.env[name]) throw new Error(`${name} is not set; tests/run sets it`);
}
export const site = process.env.SITE;
export const files = JSON.parse(readFileSync(join(site, 'manifest.json'), 'utf8')).files.map((file) => file.path);
export const pages = files.filter((path) => path.endsWith('.html'));
export const address = (path) => pathToFileURL(join(site, path)).href;
export const policies = pages.filter((path) => /^\d{4}\/(?!book\/|changes\/|compare\/|data\/|revisions\/|search\/)[^/]+\/index\.html$/.test(path));

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });

// Hears what goes wrong while a page loads and lives: messages, failures, requests to where `mine` says nothing lies.
export function listen(page, mine, wrong) {
  page.on('console', (message) => wrong.push(`console says ${message.text()}`));
  page.on('pageerror', (error) => wrong.push(`script fails: ${error.message}`));
  page.on('requestfailed', (request) => wrong.push(`cannot load ${request.url()}`));
  page.on('response', (response) => response.status() >= 400 && wrong.push(`${response.status()} for ${response.url()}`));
  page.on('request', (request) => mine(request.url()) || wrong.push(`asks ${request.url()}`));
}

// One line a finding, each finding once with the pages that have it: a fault of a template is told once, not 69 times.
export function nothing(findings) {
  const where = new Map();
  for (const [path, finding] of findings) where.set(finding, (where.get(finding) ?? new Set()).add(path));
  const lines = [...where].map(([finding, paths]) => `${finding}\n    on ${paths.size} pages: ${[...paths].slice(0, 4).join(', ')}`);
  assert.ok(lines.length === 0, `\n${lines.slice(0, 40).join('\n')}`);
}
