// What is drawn beside the draft: timeline, details, colours, fixes, comparison, curve.
import assert from 'node:assert/strict';
import { check, focused, open, posted, step, tabTo } from '../visitor.mjs';

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
