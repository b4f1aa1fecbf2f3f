// Status bar, menu, and what happens without trust.
import assert from 'node:assert/strict';
import { commandTitle } from './window.mjs';
import { sharedWindow } from './session.mjs';

describe('status bar', () => {
  let window;
  before(async () => {
    window = await sharedWindow();
  });

  it('counts the issues of the text, and names model and device on its hover', async () => {
    await window.open('sample.md');
    await window.statusReady();
    await window.squiggles().first().waitFor();
    await window.until(
      async () => /^\d+ issues?$/.test((await window.statusItem().innerText()).trim()),
      async () => `the status bar says: ${await window.statusItem().innerText()}`,
    );
    assert.match(await window.statusHover(), /Model: nar-\S+[^]*Device: cpu/);
  });

  it('opens the menu', async () => {
    await window.run('narTextTools.showMenu');
    const rows = window.page.locator('.quick-input-list .monaco-list-row');
    await rows.first().waitFor();
    const texts = await rows.allInnerTexts();
    const place = (words) => texts.findIndex((text) => text.includes(words));
    // The text comes first, the engine last.
    assert.ok(place('Check Spelling and Grammar') >= 0 && place('Check Spelling and Grammar') <= 1, texts.join(' | '));
    assert.ok(place('Select Model') < 0 || place('Select Model') > place('Summarize'), texts.join(' | '));
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
