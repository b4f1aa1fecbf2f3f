// Refinement Visualizer inside VS Code: opened on a sentence, stepped by keyboard,
// alternatives, restored after a reload.
import assert from 'node:assert/strict';
import { sharedWindow } from './session.mjs';

const text =
  '# Notes\n\nThe relay recieves the the message and forwards it to a broker, than it wait for a confirmation.\n';

describe('refinement visualizer', () => {
  let window;
  before(async () => {
    window = await sharedWindow();
  });
  beforeEach(async () => {
    window.write('steps.md', text);
    await window.open('steps.md');
    await window.statusReady();
    await window.goTo(3, 10);
    await window.run('narTextTools.showVisualizer');
    await window.panel().locator('.facts').waitFor({ timeout: 60_000 });
    await window.until(
      async () =>
        /Stopped/.test(await window.panel().locator('.facts').innerText()) &&
        !/Running/.test(await window.panel().locator('.facts').innerText()),
      'the run does not end',
    );
  });

  it("shows source, draft and the run's figures", async () => {
    const panel = window.panel();
    assert.ok((await panel.locator('[data-row="source"]').count()) > 10);
    assert.match(await panel.locator('.facts').innerText(), /Method[^]*Rounds[^]*Time[^]*Stopped/);
    assert.match(await panel.locator('.output-text').innerText(), /receives/);
  });

  it('steps with the arrow keys', async () => {
    const panel = window.panel();
    const count = panel.locator('.step-count');
    const [, total] = (await count.innerText()).split(' / ').map(Number);
    assert.ok(total >= 2, `only ${total} step`);
    await panel.locator('.step-buttons button').first().focus();
    await window.press('Home');
    assert.equal(await count.innerText(), `1 / ${total}`);
    await window.press('ArrowRight');
    assert.equal(await count.innerText(), `2 / ${total}`);
    await window.press('End');
    assert.equal(await count.innerText(), `${total} / ${total}`);
  });

  it('offers alternatives of a predicted token and goes on from the draft with the chosen one', async () => {
    const panel = window.panel();
    const predicted = panel.locator('[data-row="draft"].sure').first();
    await predicted.waitFor({ timeout: 60_000 });
    await predicted.focus();
    await panel.locator('.popover .alternatives li').nth(1).waitFor({ timeout: 60_000 });
    const entries = panel.locator('.popover .alternatives button');
    await window.press('Enter');
    await panel.locator('.popover button:focus').waitFor({ timeout: 60_000 });
    await window.press('ArrowDown');
    await window.until(
      () => entries.nth(1).evaluate((entry) => entry === document.activeElement),
      'the second alternative has no focus',
    );
    const chosen = await panel.locator('.popover .alternatives button:focus .alternative-text').innerText();
    await window.press('Enter');
    // The run goes on from the draft with the chosen token in it, which stays.
    await panel.locator('.branch').waitFor({ timeout: 60_000 });
    await window.until(
      async () => (await panel.locator('.output-text').innerText()).includes(chosen.trim()),
      `"${chosen}" is not in the output`,
    );
  });

  it('offers what the model can run, and runs a decoder that writes from left to right to the end of the text', async () => {
    const panel = window.panel();
    const decoders = panel.getByRole('combobox', { name: 'Method', exact: true });
    const names = await decoders.locator('option').evaluateAll((options) => options.map(({ value }) => value));
    assert.ok(
      names.includes('autoregressive') && !names.includes('ctc') && !names.includes('da-transformer'),
      names.join(' '),
    );
    await panel.getByRole('combobox', { name: 'Task', exact: true }).selectOption('rephrase');
    await decoders.selectOption('autoregressive');
    await panel.getByRole('button', { name: 'Run again' }).press('Enter');
    await window.until(
      async () => /Autoregressive[^]*All planned passes done/.test(await panel.locator('.facts').innerText()),
      'the text does not end by itself',
      60_000,
    );
    assert.match((await panel.locator('.output-text').innerText()).trim(), /[.!?]$/);
    assert.ok(Number((await panel.locator('.step-count').innerText()).split(' / ')[1]) > 8);
    // An option that re-ranks: both modes of the network stand beside each other in the last step.
    await decoders.selectOption('mask-predict');
    await panel.locator('.options summary').press('Enter');
    await panel.getByLabel('Re-ranking').fill('0.5');
    await panel.getByRole('button', { name: 'Run again' }).press('Enter');
    await panel.locator('.modes tbody tr').first().waitFor({ timeout: 60_000 });
    assert.deepEqual(await panel.locator('.modes thead th').allInnerTexts(), [
      'Token',
      'Parallel',
      'Left to right',
      'Difference',
    ]);
  });

  it('comes back after the window is reloaded', async () => {
    const before = await window.panel().locator('.output-text').innerText();
    const steps = await window.panel().locator('.step-count').innerText();
    // The panel saves itself a moment after the run, and VS Code writes the open editors every few seconds.
    await window.stored(/narTextTools\.visualizer[^]*recieves the the message[^]*steps/);
    await window.reload();
    await window.panel().locator('.step-count').waitFor({ timeout: 60_000 });
    assert.equal(await window.panel().locator('.step-count').innerText(), steps);
    assert.equal(await window.panel().locator('.output-text').innerText(), before);
  });

  it('puts the output into the editor', async () => {
    const output = await window.panel().locator('.output-text').innerText();
    await window.panel().locator('.output button.primary').focus();
    await window.press('Enter');
    await window.page.locator('.tab[data-resource-name="steps.md"].dirty').waitFor({ timeout: 60_000 });
    await window.focusEditor();
    const saved = await window.save('steps.md', (changed) => changed !== text);
    assert.ok(saved.startsWith('# Notes\n\n') && saved.includes(output.trim()), saved);
  });
});
