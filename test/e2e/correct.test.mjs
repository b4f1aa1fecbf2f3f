// Correct: squiggle, hover, quick fix, preview of the whole document, dictionary. The mistakes are
// those of examples/sample.md.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../scripts/library/machine.mjs';
import { sharedWindow } from './session.mjs';

const sample = readFileSync(join(repository, 'examples', 'sample.md'), 'utf8');
/** Lines (from 1) that are code, front matter or math: nothing may be reported there. */
const codeLines = (() => {
  const lines = new Set();
  let inside = false;
  sample.split('\n').forEach((line, index) => {
    const fence = line.startsWith('```');
    if (inside || fence) lines.add(index + 1);
    if (fence) inside = !inside;
  });
  return lines;
})();

describe('correct', () => {
  let window;
  before(async () => {
    window = await sharedWindow();
  });
  async function openSample() {
    window.write('sample.md', sample);
    await window.open('sample.md');
    await window.squiggles().first().waitFor();
  }

  it('underlines mistakes in prose and nothing in code', async () => {
    await openSample();
    // A long document is reported part by part.
    let problems = [];
    await window.until(
      async () => {
        problems = await window.problems();
        return (
          problems.length >= 5 &&
          ['application', 'receives'].every((right) => problems.some(({ text }) => text.includes(right)))
        );
      },
      () => `only these are reported: ${problems.map(({ text }) => text).join(' | ')}`,
    );
    assert.deepEqual(
      problems.filter(({ line }) => codeLines.has(line)),
      [],
    );
  });

  it('says in the hover what is wrong and how sure it is', async () => {
    await openSample();
    await window.goToWords('sample.md', 'recieves every', 2);
    const hover = await window.hover('nar-text');
    assert.match(hover, /receives/);
    assert.match(hover, /\(\d+ %\)/, 'the hover does not say how sure it is');
    await window.press('Escape');
  });

  it('fixes one word from the lightbulb and leaves every other byte', async () => {
    await openSample();
    await window.goToWords('sample.md', 'recieves every', 2);
    await window.quickFix('Change “recieves” to “receives”');
    const wanted = sample.replace('recieves every', 'receives every');
    assert.equal(await window.save('sample.md', wanted), wanted);
  });

  it('shows the whole document before it changes it, and changes it in one undo step', async () => {
    await openSample();
    await window.reviewSideBySide();
    await window.until(
      async () => (await window.page.locator('.monaco-diff-editor .char-insert').count()) > 0,
      'no insertion is marked in the diff',
    );
    const hint = window.page.locator('.statusbar-item').filter({ hasText: 'Ctrl+Enter applies' });
    await hint.waitFor();
    await window.press('Control+Enter');
    await window.page.locator('.monaco-diff-editor').waitFor({ state: 'detached' });
    await hint.waitFor({ state: 'detached' });
    assert.equal(await window.notifications().count(), 0, 'a question stays on the screen after its answer');
    await window.focusEditor();
    const corrected = await window.save('sample.md', (saved) => saved !== sample);
    assert.notEqual(corrected, sample);
    for (const right of ['your application', 'receives every'])
      assert.ok(corrected.includes(right), `"${right}" is missing in:\n${corrected}`);
    const lines = corrected.split('\n');
    assert.equal(lines.length, sample.split('\n').length);
    for (const line of codeLines) assert.equal(lines[line - 1], sample.split('\n')[line - 1]);
    for (const kept of [
      'https://example.com/docs/recieve-policy',
      '`forward.batch`',
      '$d_n = \\min(d_{max}, 2^n \\cdot 100\\,\\mathrm{ms})$',
    ])
      assert.ok(corrected.includes(kept), kept);
    await window.press('Control+z');
    assert.equal(await window.save('sample.md', sample), sample);
  });

  it('discards a preview without a trace', async () => {
    await openSample();
    await window.reviewSideBySide();
    await window.page.locator('.statusbar-item').filter({ hasText: 'Esc discards' }).waitFor();
    const isInDiff = () =>
      window.page.evaluate(() => document.activeElement?.closest('.monaco-diff-editor .modified') !== null);
    await window.until(isInDiff, 'the cursor is not in the proposed text');
    await window.press('Escape');
    await window.page.locator('.monaco-diff-editor').waitFor({ state: 'detached' });
    assert.equal(await window.save('sample.md', sample), sample);
  });

  it('checks a sentence while it is typed', async () => {
    window.write('typed.md', '# Notes\n\n');
    await window.open('typed.md');
    await window.goTo(3);
    await window.page.keyboard.type('The server recieves a message and writes it to the disk. ');
    await window.squiggles().first().waitFor();
    const problems = await window.problems();
    assert.ok(
      problems.some(({ text, line }) => text.includes('receives') && line === 3),
      JSON.stringify(problems),
    );
    await window.focusEditor();
    await window.save('typed.md');
  });

  it('checks a prompt, which has a language of its own in the editor', async () => {
    window.write('notes.prompt.md', '---\ndescription: Writes teh notes\n---\n\nYou recieve a list of changes.\n');
    await window.open('notes.prompt.md');
    await window.squiggles().first().waitFor();
    const problems = await window.problems();
    assert.deepEqual(
      problems.map(({ line }) => line),
      [5],
      JSON.stringify(problems),
    );
  });

  it('learns a word that is put into the dictionary', async () => {
    window.write('words.md', 'The seperate file starts at once.\n');
    await window.open('words.md');
    await window.squiggles().first().waitFor();
    await window.goTo(1, 6);
    await window.quickFix('to the dictionary');
    // The user may be asked where to store it: the first choice is the user's own dictionary.
    const picker = window.page.locator('.quick-input-list .monaco-list-row');
    const told = window.page.locator('.statusbar-item').filter({ hasText: '“seperate” is in your dictionary' });
    await window.until(async () => {
      // The list is in the page before it takes keys, and Enter pressed once more would go into the text.
      if (await picker.first().isVisible())
        await picker
          .first()
          .click({ timeout: 2000 })
          .catch(() => undefined);
      return (await told.count()) > 0;
    }, 'nothing says where the word is kept');
    assert.equal(await window.notifications().count(), 0, 'a notification covers the text');
    await window.until(async () => (await window.squiggles().count()) === 0, 'the word is still reported');
    await window.run('narTextTools.undoIgnore');
    await window.squiggles().first().waitFor();
    await told.waitFor({ state: 'detached' });
  });
});
