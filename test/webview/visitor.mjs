// A visitor of the panel's page: a browser with the harness, and what the checks of the walkthrough ask of a page.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBrowser } from './browser.mjs';
import { startHarness } from './harness.mjs';

export const harness = await startHarness();
export const browser = await openBrowser();
/** Errors on the page: a check that has some fails. */
export const faults = [];
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const artifacts = path.join(root, 'test/artifacts/visualizer');
await mkdir(artifacts, { recursive: true });

export async function open(query, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1000, height: 900 }, ...options });
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(`${harness.address}/?theme=dark&${query}`);
  // Not the message that stands there before the run: a key pressed then is lost.
  await page.waitForSelector('.output-text:not(:has(.quiet))');
  return page;
}
export const step = (page) => page.locator('.slider').getAttribute('aria-valuetext');
export const focused = (page) =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');
export const posted = (page, type) =>
  page.evaluate((wanted) => window.posted.filter((message) => message.type === wanted), type);
export async function tabTo(page, selector) {
  for (let presses = 0; presses < 60; presses++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab does not reach ${selector}`);
}
export async function check(name, action) {
  if (!name.includes(process.argv[2] ?? '')) return;
  await action();
  assert.deepEqual(faults, [], `${name}: errors on the page`);
  console.log(`ok  ${name}`);
}

export async function leave() {
  await browser.close();
  await harness.stop();
}
