// The form of a run: decoders, options, locks.
import assert from 'node:assert/strict';
import { check, open, posted, step } from '../visitor.mjs';

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
