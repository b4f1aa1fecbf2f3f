// Three README files that nobody wrote for this extension: corrected as a whole, with everything
// that is not prose as it was.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../scripts/library/machine.mjs';
import { sharedWindow } from './session.mjs';

/** Code, URLs and HTML tags of a Markdown text, in order: what no correction may touch. */
const untouchable = (text) => text.match(/```[^]*?```|`[^`\n]+`|https?:\/\/[^\s)>"\]]+|<[a-z/][^>\n]*>/g) ?? [];

describe('documents of other people', () => {
  let window;
  before(async () => {
    window = await sharedWindow();
  });

  for (const name of ['p-map.md', 'fast-check.md', 'cockatiel.md']) {
    it(`corrects ${name} in a preview and leaves code, links and HTML alone`, async () => {
      const original = readFileSync(join(repository, 'test', 'fixtures', 'documents', name), 'utf8');
      window.write(name, original);
      await window.open(name);
      await window.statusReady();
      await window.run('narTextTools.correctDocument');
      const nothing = window.notifications().filter({ hasText: `Nothing to correct in “${name}”` });
      const bar = window.page.locator('.statusbar-item').filter({ hasText: 'Tab takes' });
      await window.until(
        async () => (await bar.count()) > 0 || (await nothing.count()) > 0,
        'neither a review nor a message',
      );
      if ((await bar.count()) === 0) return; // a message says that there is nothing to correct
      const diff = window.page.locator('.monaco-diff-editor');
      await window.run('narTextTools.reviewDiff');
      await diff.waitFor();
      await window.run('narTextTools.previewApply');
      await diff.waitFor({ state: 'detached' });
      await window.focusEditor();
      const corrected = await window.save(name, (saved) => saved !== original);
      assert.notEqual(corrected, original, 'nothing was applied');
      assert.equal(corrected.split('\n').length, original.split('\n').length);
      assert.deepEqual(untouchable(corrected), untouchable(original));
      const [before, after] = [original.split('\n'), corrected.split('\n')];
      before.forEach((line, index) => {
        if (line !== after[index]) console.log(`        - ${line}\n        + ${after[index]}`);
      });
      await window.press('Control+z');
      assert.equal(await window.save(name, original), original);
    });
  }
});
