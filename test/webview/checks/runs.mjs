// A round from within, runs of whole and damaged traces, and what stays after a reload.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { browser, check, harness, open, posted, root, step } from '../visitor.mjs';

await check('a round in three rows, and who sees whom', async () => {
  const page = await open('trace=correction');
  await page.getByText('Round 1 in three rows').press('Enter');
  await page.locator('.round-rows').waitFor();
  assert.deepEqual(await page.locator('.more li').allTextContents(), [
    'Delete, step 2: rec, ieve, a, and',
    'Place, step 3: 4 slots',
    'Fill, step 4: rec, eiv, es, an',
  ]);
  assert.equal(await page.locator('.round-text .round-slot').count(), 4);
  await page.keyboard.press('Home');
  await page.locator('.round-text .round-slot').nth(3).waitFor();
  await page.close();
  const other = await open('trace=autoregressive');
  await other.getByText('Who sees whom').press('Enter');
  await other.locator('.attention tbody tr').first().waitFor();
  assert.deepEqual(await other.locator('.attention tbody tr').allTextContents(), [
    'content: serverseesseesdoes not see',
    'query: ? .seesseessees',
  ]);
  await other.close();
});

await check('a damaged trace is refused or shown, and never breaks the page', async () => {
  const page = await open('trace=crf');
  const folder = path.join(root, 'test/fixtures/tiny/traces');
  for (const name of [
    'da-transformer-4',
    'blockwise-parallel-2',
    'janus-3',
    'levenshtein-draft-2',
    'fast-correct-3',
    'voting-2',
  ]) {
    const { trace } = JSON.parse(await readFile(path.join(folder, `${name}.json`), 'utf8'));
    const refused = await page.evaluate(async (whole) => {
      const text = JSON.stringify(whole),
        draw = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      const places = (value, place = []) =>
        typeof value !== 'object' || value === null
          ? [place]
          : [place, ...Object.entries(value).flatMap(([key, field]) => places(field, [...place, key]))];
      const all = places(whole).filter(({ length }) => length > 0);
      let faults = 0;
      for (let index = 0; index < 40; index++) {
        const copy = JSON.parse(text),
          place = all[Math.floor((index * all.length) / 40)];
        let at = copy;
        for (const key of place.slice(0, -1)) at = at[key];
        at[place.at(-1)] = [0, 5, 'x', [], {}, true, 1e9, -1][index % 8];
        window.postMessage({ type: 'imported', name: 'damaged.json', json: JSON.stringify(copy) }, location.origin);
        await draw();
        if (document.querySelector('.notice-error')) {
          faults++;
          document.querySelector('[aria-label="Dismiss message"]').click();
        }
        document.querySelector('.slider').dispatchEvent(new Event('input'));
        for (const summary of document.querySelectorAll('.more:not([open]) summary')) summary.click();
        await draw();
      }
      return faults;
    }, trace);
    assert.ok(refused > 10, `${name}: ${refused} refused`);
  }
  await page.close();
});

await check('run again sends the form and the locks; apply and copy send the output', async () => {
  const page = await open('trace=correction');
  await page.locator('[data-row="source"][data-index="2"]').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Method', exact: true }).selectOption('edit-tags');
  await page.getByRole('radio', { name: '11', exact: true }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Run again' }).press('Enter');
  await page.waitForFunction(() => window.posted.some(({ type }) => type === 'run'));
  const [{ request }] = await posted(page, 'run');
  assert.equal(request.decoder, 'edit-tags');
  assert.deepEqual(request.options, { passes: 11, lockedTokens: [2] });
  await page.waitForSelector('.output-text:not(:has(.quiet))');
  await page.getByRole('button', { name: 'Copy', exact: true }).press('Enter');
  await page.getByRole('button', { name: 'Apply to editor' }).press('Enter');
  assert.equal((await posted(page, 'apply'))[0].text, 'The engine receives an HTTP request and returns an error code.');
  await page.getByRole('button', { name: 'Dismiss message' }).press('Enter');
  await page.close();
});

await check('a live run can be cancelled and keeps its steps', async () => {
  const page = await browser.newPage();
  await page.goto(`${harness.address}/?theme=light&trace=autoregressive&live=60`);
  await page.waitForFunction(() => document.querySelectorAll('[data-step]').length > 3);
  await page.getByRole('button', { name: 'Cancel' }).press('Enter');
  await page.getByText('Cancelled: these are the steps').waitFor();
  assert.ok((await page.locator('[data-step]').count()) < 15);
  await page.close();
});

await check('after a reload the panel is as it was, without another run', async () => {
  const page = await open('trace=mask-predict');
  await page.keyboard.press('ArrowLeft');
  await page.getByLabel('Digits').check();
  await page.reload();
  await page.waitForSelector('.slider');
  assert.equal(await step(page), 'Step 5 of 6, Predict');
  assert.equal(await page.getByLabel('Digits').isChecked(), true);
  assert.equal((await posted(page, 'ready'))[0].restored, true);
  assert.equal((await posted(page, 'run')).length, 0);
  await page.close();
});
