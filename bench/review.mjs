#!/usr/bin/env node
// How fast are all remarks of a document reviewed, in place and with VS Code's own quick fixes? In a real VS Code in
// a browser, every remark taken: node bench/review.mjs FILE... [--level balanced] [--first]
// Prints for each file the remarks, and for both ways key strokes and seconds, from the first key to the last
// change; a person's reading comes on top of both. --first measures from the installation to the first fixed error
// instead, as somebody would do it who has read nothing: the sample, the lightbulb.
import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { parseArgs } from 'node:util';
import { packageExtension } from '../scripts/package.mjs';
import { Window } from '../test/e2e/window.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { level: { type: 'string', default: 'balanced' }, first: { type: 'boolean', default: false } },
});

const seconds = (since) => (Date.now() - since) / 1000;
const shown = (value) => value.toFixed(1);

/** Keys that are counted. */
function counted(window) {
  const strokes = {
    count: 0,
    press: (keys) => (strokes.count++, window.press(keys)),
  };
  return strokes;
}

const bar = (window, words) => window.page.locator('.statusbar-item').filter({ hasText: words }).first();

const place = (window) => window.page.locator('.statusbar-item[id="status.editor.selection"]').innerText();

/** Undefined while the status bar counts nothing. */
async function issueCount(window) {
  const text = await window.statusItem().innerText();
  if (/No issues/.test(text)) return 0;
  const [, count] = /(\d+) issues?/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count);
}

/** The document opened and checked; resolves to the number of its remarks once the engine has rested for a while. */
async function opened(window, name, text) {
  window.write(name, text);
  await window.open(name, { fresh: true });
  await window.statusReady();
  await window.goTo(1);
  let [count, since] = [undefined, Date.now()];
  await window.until(
    async () => {
      const now = await issueCount(window);
      const works = (await window.statusItem().locator('.codicon-sync').count()) > 0;
      if (works || now !== count) [count, since] = [now, Date.now()];
      return count !== undefined && seconds(since) > 8;
    },
    'the number of remarks does not come to rest',
    600_000,
    250,
  );
  return count;
}

async function inPlace(window) {
  const keys = counted(window);
  const start = Date.now();
  await keys.press('Shift+Alt+r');
  await bar(window, /Tab takes/).waitFor();
  const ready = seconds(start);
  const [, total] = /1 of (\d+)/.exec(await bar(window, /1 of \d/).innerText());
  for (let left = Number(total) - 1; left >= 0; left--) {
    await keys.press('Tab');
    await bar(window, left === 0 ? 'Review done' : new RegExp(`\\b\\d+ of ${left} `)).waitFor();
  }
  await keys.press('Escape');
  return { remarks: Number(total), strokes: keys.count, ready, all: seconds(start) };
}

/**
 * Opens the fixes at the cursor; a key that is lost on a busy machine is pressed again and not counted.
 * @returns whether there are some
 */
async function openFixes(window, keys, tries = 20) {
  const rows = window.page.locator('.action-widget .monaco-list-row.action');
  const offered = () =>
    rows
      .first()
      .waitFor({ timeout: 4000 })
      .then(
        () => true,
        () => false,
      );
  await keys.press('Control+.');
  for (let left = tries; left > 0; left--) {
    if (await offered()) return true;
    await window.press('Control+.');
  }
  return offered();
}

/**
 * F8 goes to the next problem, Ctrl+. opens its fixes, Enter takes the first one; up to the last fix. The editor's own
 * walk passes hints over, which matters of style and doubtful cases are, and then stays where it was.
 */
async function quickFixes(window) {
  const keys = counted(window);
  const start = Date.now();
  let result = { fixed: 0, strokes: 0, all: 0 };
  // A fix may take the remark beside it along: what is left is counted anew.
  for (let left = await issueCount(window); left > 0; left = await issueCount(window)) {
    const before = await place(window);
    await keys.press('F8');
    // The peek of the last remark stays until the editor goes on; fixes that are opened before are closed again.
    const moved = await window
      .until(async () => (await place(window)) !== before, 'the same place', 2000, 20)
      .then(
        () => true,
        () => false,
      );
    const reached = await window.page
      .locator('.marker-widget')
      .first()
      .waitFor({ timeout: 10_000 })
      .catch(() => false);
    if (reached === false) break;
    if (!(await openFixes(window, keys, moved ? 20 : 1))) break;
    await keys.press('Enter');
    const gone = await window
      .until(async () => ((await issueCount(window)) ?? left) < left, 'the remark stays', 20_000, 50)
      .catch(() => false);
    if (!gone) break;
    result = { fixed: result.fixed + 1, strokes: keys.count, all: seconds(start) };
  }
  return result;
}

async function compare(window, file) {
  const name = `${basename(file, extname(file)).replace(/[^\w-]+/g, '-')}${extname(file)}`;
  const text = readFileSync(file, 'utf8');
  const words = text.split(/\s+/).filter(Boolean).length;
  const count = await opened(window, name, text);
  console.log(`${basename(file)}: ${words} words, ${count} remarks underlined`);
  if (count === 0) return;
  const review = await inPlace(window);
  console.log(
    `  in place: ${review.remarks} remarks, ${review.strokes} strokes, ${shown(review.ready)} s to the first, ${shown(review.all)} s to the last`,
  );
  await window.palette('File: Revert File');
  const again = await opened(window, `again-${name}`, text);
  const fixes = await quickFixes(window);
  console.log(`  quick fixes: ${fixes.fixed} of ${again} remarks, ${fixes.strokes} strokes, ${shown(fixes.all)} s`);
}

/** From before the installation on; the machine's part of what a person would need. */
async function firstFix(vsix) {
  const start = Date.now();
  const window = await Window.start(vsix);
  try {
    const started = seconds(start);
    await window.open('sample.md');
    await window.squiggles().first().waitFor();
    const underlined = seconds(start);
    const keys = counted(window);
    await keys.press('F8');
    await window.page.locator('.marker-widget').first().waitFor();
    const before = window.read('sample.md');
    await openFixes(window, keys);
    await keys.press('Enter');
    await window.page.locator('.tab.dirty').first().waitFor();
    console.log(
      `installed and started ${shown(started)} s, first underline ${shown(underlined)} s, first fix ${shown(seconds(start))} s after ${keys.count} strokes`,
    );
    if ((await window.save('sample.md', (text) => text !== before)) === before) throw new Error('nothing was fixed');
  } finally {
    await window.stop();
  }
}

const vsix = await packageExtension(undefined, { build: false });
if (values.first) await firstFix(vsix);
else {
  const window = await Window.start(vsix, { settings: { 'narTextTools.correct.level': values.level } });
  try {
    for (const file of positionals) await compare(window, file);
  } finally {
    await window.stop();
  }
}
