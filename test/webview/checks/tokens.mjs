// Steps and tokens by keyboard: what the keys do, and what is left to the controls.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { check, focused, open, posted, root, step, tabTo } from '../visitor.mjs';

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
