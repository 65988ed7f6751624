// The published demo portal and a browser to look at it. SITE names the published folder, CHROMIUM the browser.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

for (const name of ['SITE', 'CHROMIUM']) {
  if (!process.env[name]) throw new Error(`${name} is not set; tests/run sets it`);
}
export const site = process.env.SITE;
export const filesOf = (folder) => JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')).files.map((file) => file.path);
export const pagesOf = (folder) => filesOf(folder).filter((path) => path.endsWith('.html'));
export const files = filesOf(site);
export const pages = pagesOf(site);
export const address = (path) => pathToFileURL(join(site, path)).href;
export const policies = pages.filter((path) => /^\d{4}\/(?!book\/|changes\/|compare\/|data\/|recommendations\/|revisions\/|search\/)[^/]+\/index\.html$/.test(path));

export const launch = (...more) =>
  chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', ...more],
  });

export const repository = fileURLToPath(new URL('../..', import.meta.url));

// A portal that is published for one test, into a new folder. HYOKA names the program.
export function build(root, ...options) {
  const folder = join(mkdtempSync(join(tmpdir(), 'hyoka-built-')), 'site');
  execFileSync(process.env.HYOKA, ['build', '--root', root, '--output', folder, ...options], { stdio: ['ignore', 'ignore', 'pipe'] });
  return folder;
}

const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.png': 'image/png', '.json': 'application/json', '.csv': 'text/csv', '.xml': 'application/xml', '.txt': 'text/plain' };

// A web server as cities have it: the folder below a path, compressed where a browser takes that.
export async function serve(folder, under) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    try {
      assert.ok(path.startsWith(under));
      const file = normalize(path.slice(under.length) + (path.endsWith('/') ? 'index.html' : ''));
      const body = await readFile(join(folder, file));
      const headers = { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' };
      if (/gzip/.test(request.headers['accept-encoding'] ?? '')) response.writeHead(200, { ...headers, 'content-encoding': 'gzip' }).end(gzipSync(body));
      else response.writeHead(200, headers).end(body);
    } catch {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not here');
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { root: `http://127.0.0.1:${server.address().port}${under}`, close: () => server.close() };
}

// A port that nobody listens on at the moment.
export async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

// Hears what goes wrong while a page loads and lives: messages, failures, requests to where `mine` says nothing lies.
// A request that was still on its way when the browser left the page (the icon, mostly) has not failed.
export function listen(page, mine, wrong) {
  page.on('console', (message) => wrong.push(`console says ${message.text()}`));
  page.on('pageerror', (error) => wrong.push(`script fails: ${error.message}`));
  page.on('requestfailed', (request) => request.failure()?.errorText !== 'net::ERR_ABORTED' && wrong.push(`cannot load ${request.url()}: ${request.failure()?.errorText}`));
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
