// The panel used with the keyboard only, in a real browser under the real content policy: node
// test/webview/walkthrough.mjs [part of a check's name]
// Exit code 1 at the first thing that does not work.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { openBrowser } from './browser.mjs';
import { startHarness } from './harness.mjs';

const harness = await startHarness();
const browser = await openBrowser();
const faults = [];
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const artifacts = path.join(root, 'test/artifacts/visualizer');
await mkdir(artifacts, { recursive: true });

/** The page that the extension writes for one of the demo traces; its path. */
async function writeStandalone(name) {
  const outfile = path.join(artifacts, 'standalone.mjs');
  await build({
    entryPoints: [path.join(root, 'src/extension/visualizer/visualizer-standalone.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'error',
  });
  const { standalonePage } = await import(pathToFileURL(outfile).href);
  const read = (file) => readFile(path.join(root, file), 'utf8');
  const [replay, panel, theme, style, trace] = await Promise.all(
    [
      'dist/replay.js',
      'dist/webview.js',
      'dist/replay.css',
      'dist/webview.css',
      `test/fixtures/traces-demo/${name}.json`,
    ].map(read),
  );
  const file = path.join(artifacts, 'standalone.html');
  await writeFile(
    file,
    standalonePage(JSON.parse(trace), `${name}.json`, {
      scripts: [replay, panel],
      styles: [theme, style],
      texts: { language: 'en', texts: {} },
      title: name,
    }),
  );
  return file;
}

async function open(query, options = {}) {
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
const step = (page) => page.locator('.slider').getAttribute('aria-valuetext');
const focused = (page) =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');
const posted = (page, type) =>
  page.evaluate((wanted) => window.posted.filter((message) => message.type === wanted), type);
async function tabTo(page, selector) {
  for (let presses = 0; presses < 60; presses++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab does not reach ${selector}`);
}
async function check(name, action) {
  if (!name.includes(process.argv[2] ?? '')) return;
  await action();
  assert.deepEqual(faults, [], `${name}: errors on the page`);
  console.log(`ok  ${name}`);
}

try {
  await check('step keys work on the page', async () => {
    const page = await open('trace=correction');
    assert.equal(await step(page), 'Step 4 of 4, Fill');
    await page.keyboard.press('ArrowLeft');
    assert.equal(await step(page), 'Step 3 of 4, Place slots');
    await page.keyboard.press('Home');
    assert.equal(await step(page), 'Step 1 of 4, Read');
    await page.keyboard.press('End');
    assert.equal(await step(page), 'Step 4 of 4, Fill');
    assert.match(
      await page.locator('main + [role="status"]').textContent(),
      /^Step 4 of 4: Fill, 4 tokens changed, 2 passes\. Output: The engine receives/,
    );
    await page.keyboard.press('Space');
    assert.equal(await step(page), 'Step 1 of 4, Read');
    await page.waitForFunction(() => document.querySelector('.slider').value === '3', undefined, { timeout: 60_000 });
    await page.getByLabel('Play', { exact: true }).waitFor();
    await page.close();
  });

  await check('step keys are left to the controls that need them', async () => {
    const page = await open('trace=correction');
    await page.locator('textarea').focus();
    for (const key of ['Home', 'ArrowLeft', 'Space']) await page.keyboard.press(key);
    assert.equal(await step(page), 'Step 4 of 4, Fill');
    assert.match(await page.locator('textarea').inputValue(), /^ The engine/);
    await page.locator('.slider').focus();
    await page.keyboard.press('ArrowLeft');
    assert.equal(await step(page), 'Step 3 of 4, Place slots');
    await page.close();
  });

  await check('tokens: arrows, lock, alternatives, substitute, Escape', async () => {
    const page = await open('trace=correction');
    await tabTo(page, '[data-row]');
    assert.match(await focused(page), /^The, kept/);
    await page.keyboard.press('ArrowUp');
    assert.match(await focused(page), /^Source: The, keep 99 %/);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('.locks').textContent(), '1 locked');
    await page.keyboard.press('ArrowDown');
    assert.match(await focused(page), /^engine/);
    assert.equal(await step(page), 'Step 4 of 4, Fill', 'arrows on tokens do not change the step');
    for (let moves = 0; moves < 5; moves++) await page.keyboard.press('ArrowRight');
    assert.match(await focused(page), /^es, filled in, 64 % sure/);
    await page.locator('.popover').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.closest('.popover'));
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(page), 'e, 21 %');
    await page.keyboard.press('Escape');
    await page.locator('.popover').waitFor({ state: 'detached' });
    assert.match(await focused(page), /^es, filled in/, 'Escape gives the focus back to the token');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.closest('.popover'));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const [{ substitution, request }] = await posted(page, 'substitute');
    assert.deepEqual([substitution.step, substitution.text], [3, 'ed']);
    assert.ok(request.options.draft.includes(substitution.id));
    assert.deepEqual(request.options.lockedTokens, [1]);
    assert.equal(
      await page.locator('.output-text').textContent(),
      'The engine received an HTTP request and returns an error code.',
    );
    assert.match(await focused(page), /^ed, changed from es, chosen by you/, 'the focus stays on the token');
    await page.close();
  });

  await check('tokens of the draft can be locked, the run goes on from the step, and there is a way back', async () => {
    const page = await open('trace=mask-predict');
    await page.locator('[data-row="draft"][data-index="7"]').focus();
    assert.match(await focused(page), /^folder, changed from directory/);
    await page.keyboard.press('l');
    assert.match(await focused(page), /locked by you$/);
    await page.getByText('Keeps 1 locked or chosen token and what was at least 80 % sure.').waitFor();
    await page.locator('[data-row="draft"][data-index="8"]').focus();
    await page.keyboard.press('l');
    await page.keyboard.press('l');
    await page.getByRole('button', { name: 'Refine from this step' }).press('Enter');
    await page.getByText('Branched off from step 6').waitFor();
    const [{ request }] = await posted(page, 'run');
    assert.deepEqual(request.options.lockedDraft, [7]);
    assert.equal(request.options.draft[7], 3636);
    assert.ok(request.options.draft.includes(1), 'unsure tokens are open again');
    await page.keyboard.press('Home');
    await page.getByText('There is no draft yet in this step.').waitFor();
    await page.getByRole('button', { name: 'Back to it' }).press('Enter');
    assert.equal(await step(page), 'Step 6 of 6, Predict');
    assert.equal(await page.getByText('Branched off').count(), 0);
    await page.close();
  });

  await check(
    'a decoder that writes from left to right goes on behind what is kept; one that cannot go on from a draft says so',
    async () => {
      const page = await open('trace=autoregressive');
      await page.locator('[data-row="draft"][data-index="2"]').focus();
      await page.keyboard.press('l');
      await page.getByText('Keeps 1 locked or chosen token and the text up to there.').waitFor();
      await page.getByRole('button', { name: 'Refine from this step' }).press('Enter');
      await page.getByText('Branched off').waitFor();
      const [{ request }] = await posted(page, 'run');
      assert.deepEqual(
        request.options.draft.map((id) => id === 1),
        request.options.draft.map((_, place) => place > 2),
      );
      assert.deepEqual(request.options.lockedDraft, [2]);
      await page.close();
      const other = await open('trace=mask-predict');
      const file = JSON.parse(await readFile(path.join(root, 'test/fixtures/traces-demo/mask-predict.json'), 'utf8'));
      for (const one of file.steps) one.system = 'mist';
      await other.route('**/traces/mask-predict.json', (route) => route.fulfill({ json: file }));
      await other.getByRole('button', { name: 'Run again' }).press('Enter');
      await other.getByText('Mixed source cannot go on from a draft').waitFor();
      assert.equal(
        await other.getByRole('button', { name: 'Refine from this step' }).getAttribute('aria-disabled'),
        'true',
      );
      await other.close();
    },
  );

  await check('the list of decoders is that of the model', async () => {
    const page = await open('trace=correction&decoders=levenshtein,mist');
    assert.deepEqual(
      await page.getByRole('combobox', { name: 'Method', exact: true }).locator('option').allTextContents(),
      ['Levenshtein', 'Mixed source'],
    );
    await page.getByLabel('Run a second time').press('Space');
    assert.equal(await page.getByLabel('Method to compare with').locator('option').count(), 2);
    await page.close();
    const shipped = await open('trace=correction');
    const names = await shipped
      .getByRole('combobox', { name: 'Method', exact: true })
      .locator('option')
      .evaluateAll((options) => options.map(({ value }) => value));
    for (const absent of ['ctc', 'imputer', 'crf', 'da-transformer', 'ngram-fusion'])
      assert.ok(!names.includes(absent), absent);
    await shipped.close();
  });

  await check(
    'options: with the keyboard, wrong values are told and do not run, another decoder takes what it reads',
    async () => {
      const page = await open('trace=mask-predict');
      assert.equal(await page.locator('.option').first().isVisible(), false, 'closed at first');
      await page.locator('.options summary').focus();
      await page.keyboard.press('Space');
      assert.equal(await step(page), 'Step 6 of 6, Predict', 'the key opens the options alone');
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'option-lengthBeam');
      const top = () => page.locator('.facts').evaluate((element) => element.getBoundingClientRect().top);
      const before = await top();
      await page.keyboard.type('12');
      assert.equal(await page.locator('#option-lengthBeam').getAttribute('aria-invalid'), 'true');
      assert.equal(
        await page.locator('#option-lengthBeam-problem').textContent(),
        'Length beam must be a whole number from 1 to 9.',
      );
      assert.equal(await top(), before, 'a wrong value moves nothing');
      await page.locator('.options summary').press('Enter');
      assert.match(await page.locator('.options summary').textContent(), /1 wrong/);
      await page.getByRole('button', { name: 'Run again' }).press('Enter');
      await page.waitForFunction(() => document.activeElement.id === 'option-lengthBeam');
      assert.equal((await posted(page, 'run')).length, 0, 'nothing runs');
      await page.keyboard.press('Control+A');
      await page.keyboard.type('4');
      await page.getByLabel('Re-ranking').fill('0,5');
      await page.getByLabel('Copy the source').press('Space');
      assert.match(await page.locator('.options summary').textContent(), /3 not as usual/);
      await page.getByRole('button', { name: 'Run again' }).press('Enter');
      await page.waitForFunction(() => window.posted.some(({ type }) => type === 'run'));
      assert.deepEqual((await posted(page, 'run'))[0].request.options, {
        lengthBeam: 4,
        rerankWeight: 0.5,
        sourceCopy: true,
        passes: 5,
      });
      await page.waitForSelector('.output-text:not(:has(.quiet))');
      await page.getByRole('combobox', { name: 'Method', exact: true }).selectOption('noisy-parallel');
      assert.equal(await page.getByLabel('Re-ranking').inputValue(), '0,5');
      assert.equal(await page.getByLabel('Copy the source').count(), 0);
      await page.reload();
      await page.waitForSelector('.slider');
      await page.locator('.options summary').press('Enter');
      assert.equal(await page.getByLabel('Re-ranking').inputValue(), '0.5', 'saved');
      await page.getByRole('button', { name: 'Reset' }).press('Enter');
      assert.match(await page.locator('.options summary').textContent(), /all as usual/);
      await page.close();
    },
  );

  await check('left to right: to the end unless a number is chosen, beside another decoder too', async () => {
    const page = await open('trace=mask-predict');
    await page.getByRole('combobox', { name: 'Method', exact: true }).selectOption('autoregressive');
    assert.equal(await page.locator('input[name="passes"]:checked + span').textContent(), 'to the end');
    await page.getByRole('button', { name: 'Run again' }).press('Enter');
    await page.waitForFunction(() => window.posted.some(({ type }) => type === 'run'));
    assert.deepEqual((await posted(page, 'run'))[0].request.options, {});
    await page.waitForSelector('.output-text:not(:has(.quiet))');
    await page.getByText('so there is no curve').waitFor();
    await page.getByLabel('Run a second time').press('Space');
    await page.locator('.sides').waitFor();
    assert.deepEqual(
      (await posted(page, 'sideRun')).map(({ key }) => key),
      ['mask-predict/5'],
      'against a whole text in parallel',
    );
    await page.getByLabel('Method to compare with').selectOption('janus');
    await page.locator('.side h3').filter({ hasText: 'Draft and re-rank, to the end' }).waitFor();
    assert.deepEqual((await posted(page, 'sideRun'))[1].request.options, {});
    await page.close();
  });

  await check('locks are offered where the decoder keeps them, and told where it does not', async () => {
    const page = await open('trace=correction');
    const word = page.locator('[data-row="source"][data-index="2"]');
    await word.focus();
    await page.getByText('Click to lock it for the next run.').waitFor();
    await page.keyboard.press('l');
    const row = () => page.locator('.facts').evaluate((element) => element.getBoundingClientRect().top);
    const before = await row();
    await page.getByRole('combobox', { name: 'Method', exact: true }).selectOption('mask-predict');
    assert.equal(await page.locator('.locks').textContent(), '1 locked, not kept by Mask-Predict');
    assert.equal(await row(), before, 'nothing moves');
    await page.getByRole('button', { name: 'Run again' }).press('Enter');
    await page.waitForFunction(() => window.posted.some(({ type }) => type === 'run'));
    assert.equal((await posted(page, 'run'))[0].request.options.lockedTokens, undefined);
    await page.waitForSelector('.output-text:not(:has(.quiet))');
    const other = page.locator('[data-row="source"][data-index="4"]');
    assert.equal(await other.getAttribute('aria-pressed'), null);
    await other.focus();
    await page.keyboard.press('l');
    assert.equal(await page.locator('.locks').textContent(), '1 locked, not kept by Mask-Predict', 'no new lock');
    await word.focus();
    await page.keyboard.press('l');
    assert.equal(await page.locator('.locks').count(), 0, 'a lock can be taken away');
    await page.close();
  });

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
    assert.equal(
      (await posted(page, 'apply'))[0].text,
      'The engine receives an HTTP request and returns an error code.',
    );
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

  await check('the timeline is one Tab stop with arrow keys', async () => {
    const page = await open('trace=mask-predict');
    await tabTo(page, '[data-step]');
    await page.keyboard.press('Home');
    assert.match(await focused(page), /^Step 1, Read/);
    await page.keyboard.press('ArrowRight');
    assert.match(await focused(page), /^Step 2, Length/);
    await page.close();
  });

  await check('hovering shows details, and they stay while the pointer moves into them', async () => {
    const page = await open('trace=correction');
    await page.clock.install();
    await page.locator('[data-row="draft"][data-index="6"]').hover();
    await page.locator('.popover .alternatives li').nth(3).hover();
    await page.clock.runFor(400);
    assert.equal(await page.locator('.popover .alternatives li').count(), 8);
    await page.mouse.move(5, 5);
    await page.locator('.popover').waitFor({ state: 'detached' });
    await page.close();
  });

  await check('colour by changes or age, with digits and words', async () => {
    const page = await open('trace=mask-predict');
    await page.getByRole('radio', { name: 'Changes' }).press('Space');
    await page.getByLabel('Digits').check();
    const folder = page.locator('[data-row="draft"][data-index="7"]');
    assert.equal(await folder.locator('.digit').textContent(), '1');
    assert.match(await folder.getAttribute('aria-label'), /changed 1 time$/);
    await page.getByRole('radio', { name: 'Age' }).press('Space');
    assert.match(await folder.getAttribute('aria-label'), /written in this step$/);
    assert.match(
      await page.locator('[data-row="draft"][data-index="0"]').getAttribute('aria-label'),
      /written 3 steps ago$/,
    );
    assert.match(
      await page.locator('[data-row="draft"][data-index="0"]').getAttribute('class'),
      /level-9 underline-thin/,
    );
    await page.close();
  });

  await check('the threshold moves over the fixes', async () => {
    const page = await open('trace=correction');
    assert.equal(await page.locator('.fixes-verdict').textContent(), '3 of 4 would be offered.');
    assert.equal(
      await page.locator('.fixed-text').textContent(),
      'The engine recievereceives aan HTTP request and and returns an error code.',
    );
    const slider = page.locator('.threshold-slider input');
    assert.equal(await slider.getAttribute('aria-valuetext'), "the model's own, 3 of 4 fixes offered");
    await slider.focus();
    await page.keyboard.press('End');
    assert.equal(await page.locator('.fixes-verdict').textContent(), '0 of 4 would be offered.');
    await page.keyboard.press('Home');
    assert.equal(await slider.getAttribute('aria-valuetext'), '0 %, 4 of 4 fixes offered');
    assert.equal(await step(page), 'Step 4 of 4, Fill', 'the keys move the threshold alone');
    await page.getByRole('button', { name: 'Copy with the offered fixes' }).press('Enter');
    assert.equal((await posted(page, 'copy'))[0].text, 'The engine receives an HTTP request and return an error code.');
    await page.getByLabel("The model's own thresholds").check();
    assert.equal(await page.locator('.fixes-verdict').textContent(), '3 of 4 would be offered.');
    await page.close();
  });

  await check('another decoder beside the run: figures, differences, and a look into it', async () => {
    const page = await open('trace=mask-predict');
    await page.getByLabel('Run a second time').press('Space');
    await page.getByLabel('Method to compare with').selectOption('autoregressive');
    await page.locator('.sides').waitFor();
    const [first, second] = await posted(page, 'sideRun');
    assert.deepEqual([first.key, first.request.options.passes], ['mask-predict/11', 11]);
    assert.deepEqual(
      [second.key, second.request.decoder, second.request.text, second.request.options.passes],
      ['autoregressive/end', 'autoregressive', first.request.text, undefined],
    );
    assert.equal(await page.locator('.compare-verdict').textContent(), '4 words differ between the outputs.');
    assert.deepEqual(await page.locator('.side-output .differs').allTextContents(), ['the folder', 'its directory']);
    await page.getByRole('button', { name: 'Look into B' }).press('Enter');
    assert.equal(
      await page.locator('.output > .output-text').textContent(),
      'To use the cache, set its directory before you start the server.',
    );
    assert.deepEqual(await page.locator('.side h3').allTextContents(), [
      'AAutoregressive, to the end',
      'BMask-Predict, 5 passes',
    ]);
    await page.getByRole('button', { name: 'Look into B' }).press('Enter');
    assert.equal((await posted(page, 'sideRun')).length, 2, 'what is known is not run again');
    await page.close();
  });

  await check('a second run that fails says why', async () => {
    const page = await open('trace=mask-predict&sideFail');
    await page.getByLabel('Run a second time').press('Space');
    await page.getByText('did not finish: The text has 500 tokens').waitFor();
    await page.close();
  });

  await check('the curve runs the missing budgets, and a point can be compared', async () => {
    const page = await open('trace=mask-predict&curve');
    await page.getByLabel('Run with 1, 2').press('Space');
    await page.locator('.curve tbody tr').nth(3).waitFor();
    assert.deepEqual(
      (await posted(page, 'sideRun')).map(({ key }) => key),
      ['mask-predict/1', 'mask-predict/2', 'mask-predict/11'],
    );
    assert.deepEqual(await page.locator('.curve thead th').allTextContents(), [
      'Passes',
      'Spent',
      'Time',
      'Mean confidence',
      'Words changed',
      'Output',
      'Compare',
    ]);
    assert.equal(await page.locator('.curve-chart circle').count(), 4);
    await page.getByLabel('Expected text').fill('To use the cache, set the directory before you start the server.');
    assert.deepEqual(await page.locator('.curve tbody tr td:nth-child(4)').allTextContents(), [
      '100 %',
      '100 %',
      '92 %',
      '92 %',
    ]);
    await page.getByRole('button', { name: 'Compare with 1 pass' }).press('Enter');
    await page.locator('.side-output .differs').first().waitFor();
    assert.equal((await posted(page, 'sideRun')).length, 3, 'the run is there already');
    await page.close();
  });

  await check('exports: JSON, SVG and PNG as files for the host', async () => {
    const page = await open('trace=mask-predict');
    for (const name of ['JSON', 'SVG', 'PNG', 'HTML'])
      await page.getByRole('button', { name: `Export as ${name}` }).press('Enter');
    await page.waitForFunction(() => window.posted.filter(({ type }) => type === 'exportPicture').length === 2);
    assert.equal((await posted(page, 'exportTrace'))[0].trace.system, 'mask-predict');
    assert.equal((await posted(page, 'exportPage'))[0].trace.system, 'mask-predict');
    const [svg, png] = await posted(page, 'exportPicture');
    assert.match(svg.data, />folder<\/text>/);
    const bytes = Buffer.from(png.data, 'base64');
    assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
    assert.equal(bytes.readUInt32BE(16), 2000, 'twice 1000 pixels wide');
    await writeFile(path.join(artifacts, 'export.png'), bytes);
    const picture = path.join(artifacts, 'export.svg');
    await writeFile(picture, svg.data);
    await page.goto(pathToFileURL(picture).href);
    assert.deepEqual(
      await page.evaluate(() => [document.documentElement.tagName, document.querySelectorAll('parsererror').length]),
      ['svg', 0],
    );
    await page.close();
  });

  await check('a page of its own replays the run from a file, without VS Code and without network', async () => {
    const file = await writeStandalone('mask-predict');
    for (const colorScheme of ['light', 'dark']) {
      const page = await browser.newPage({ viewport: { width: 1000, height: 900 }, colorScheme });
      const requests = [];
      page.on('request', (request) => {
        if (!request.url().startsWith('file:')) requests.push(request.url());
      });
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text());
      });
      page.on('pageerror', (error) => faults.push(error.message));
      await page.goto(pathToFileURL(file).href);
      await page.locator('.output-text').waitFor();
      assert.equal(await step(page), 'Step 6 of 6, Predict');
      await page.keyboard.press('ArrowLeft');
      assert.equal(await step(page), 'Step 5 of 6, Predict');
      await page.locator('[data-row="draft"][data-index="7"]').focus();
      await page.locator('.popover .alternatives li').nth(3).waitFor();
      assert.equal(
        await page.locator('textarea, .export, .refine, .compare').count(),
        0,
        'nothing that needs an engine',
      );
      assert.match(await page.locator('body').getAttribute('class'), new RegExp(`vscode-${colorScheme}`));
      assert.deepEqual(requests, []);
      await page.screenshot({ path: path.join(artifacts, `standalone-${colorScheme}.png`), fullPage: true });
      await page.close();
    }
  });

  await check('nothing is cut off at 320 px and at 200 % zoom', async () => {
    for (const name of ['correction', 'mask-predict', 'autoregressive']) {
      const page = await open(`trace=${name}&curve`, { viewport: { width: 320, height: 800 } });
      await page.getByLabel('Run a second time').check();
      if (name !== 'autoregressive') {
        await page.getByLabel('Run with 1, 2').check();
        await page.locator('.curve tbody tr').nth(3).waitFor();
      }
      for (const summary of await page.locator('summary').all()) await summary.press('Enter');
      await page.locator('.sides').waitFor();
      assert.ok(
        await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
        `${name} at 320 px`,
      );
      await page.setViewportSize({ width: 1000, height: 800 });
      await page.evaluate(() => document.documentElement.style.setProperty('zoom', '2'));
      assert.ok(
        await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1),
        `${name} at 200 %`,
      );
      await page.close();
    }
  });
} finally {
  await browser.close();
  await harness.stop();
}
