// Status bar, menu, and what happens without trust.
import assert from 'node:assert/strict';
import { commandTitle } from './window.mjs';
import { sharedWindow } from './session.mjs';

describe('status bar', () => {
  let window;
  before(async () => {
    window = await sharedWindow();
  });

  it('names model, device and the latest time', async () => {
    await window.open('sample.md');
    await window.statusReady();
    await window.squiggles().first().waitFor();
    await window.until(
      async () => /nar-\S+ · cpu · [\d.]+ m?s/.test((await window.statusItem().innerText()).trim()),
      async () => 'the status bar never showed model, device and time',
    );
  });

  it('opens the menu', async () => {
    await window.run('narTextTools.showMenu');
    const rows = window.page.locator('.quick-input-list .monaco-list-row');
    await rows.first().waitFor();
    assert.ok((await rows.count()) >= 3, (await rows.allInnerTexts()).join(' | '));
    await window.escape();
  });

  it('has its commands in the palette under one category', async () => {
    for (const id of [
      'narTextTools.correctDocument',
      'narTextTools.summarizeSelection',
      'narTextTools.showVisualizer',
    ]) {
      const title = commandTitle(id);
      assert.match(title, /^NAR Text Tools: /);
      await window.findInPalette(title);
      await window.escape();
    }
  });

  it('throws no error into the page', () => {
    assert.deepEqual(
      window.errors.filter((error) => /nar-text|narText/i.test(error)),
      [],
    );
  });
});
