// Paraphrase: shown in place, turned, dismissed and accepted by keyboard; the diff of the candidates.
import assert from 'node:assert/strict';
import { sharedWindow } from './session.mjs';

const text =
  '# Notes\n\nIn order to make a decision about the size of the queue, you need to know the number of messages per second. The rest stays.\n\n```sh\nrelay --size 5\n```\n';

describe('paraphrase', () => {
  let window;
  before(async () => {
    window = await sharedWindow();
  });
  beforeEach(async () => {
    window.write('wordy.md', text);
    await window.open('wordy.md');
    await window.statusReady();
    await window.goTo(3, 10);
    await window.run('narTextTools.paraphrase');
    await window.until(() => window.ghostText(), 'no candidate is shown');
  });

  it('shows a candidate in place and takes it back with Escape', async () => {
    assert.match(await window.ghostText(), /Rewrite 1\/\d+$/);
    // The keys are buttons of their own: an item of the status bar is cut at two fifths of the window.
    for (const keys of ['Tab accepts', 'Esc ends'])
      await window.page.locator('.statusbar-item').filter({ hasText: keys }).waitFor();
    await window.until(async () => (await window.candidates()).length > 0, 'no candidate stands below the line');
    const [first] = await window.candidates();
    const words = /→ ([^·]+?)(?: ·|$)/.exec(first)[1];
    await window.until(async () => (await window.insertedText()).includes(words), `“${words}” is not in the sentence`);
    await window.press('Escape');
    await window.until(async () => !(await window.ghostText()), 'the candidate is still shown');
    assert.equal(await window.save('wordy.md', text), text);
  });

  it('turns to the next and the previous candidate', async function () {
    const first = await window.ghostText();
    const words = await window.insertedText();
    const count = Number(/1\/(\d+)/.exec(first)[1]);
    assert.ok(count >= 2, `only ${count} candidate: ${first}`);
    await window.press('Alt+]');
    await window.until(
      async () => /Rewrite 2\//.test((await window.ghostText()) ?? ''),
      'the second candidate is not shown',
    );
    await window.until(async () => (await window.insertedText()) !== words, 'the same words are shown');
    await window.press('Alt+[');
    await window.until(async () => (await window.ghostText()) === first, 'the first candidate does not come back');
    await window.press('Escape');
  });

  it('accepts with Tab, changes only that sentence, and is one undo step', async () => {
    await window.press('Tab');
    await window.until(async () => !(await window.ghostText()), 'the candidate is still shown');
    const changed = await window.save('wordy.md', (saved) => saved !== text);
    assert.notEqual(changed, text);
    const [before, after] = [text.split('\n'), changed.split('\n')];
    assert.ok(after[2].endsWith(' The rest stays.'), after[2]);
    assert.deepEqual([...after.slice(0, 2), ...after.slice(3)], [...before.slice(0, 2), ...before.slice(3)]);
    await window.press('Control+z');
    assert.equal(await window.save('wordy.md', text), text);
  });

  it('takes a candidate by its number', async () => {
    await window.until(async () => (await window.candidates()).length >= 2, 'no second candidate');
    await window.press('Alt+2');
    const changed = await window.save('wordy.md', (saved) => saved !== text);
    assert.ok(changed.includes(' The rest stays.'), changed);
    await window.press('Control+z');
    assert.equal(await window.save('wordy.md', text), text);
  });

  it('rewrites the sentences of a selection one by one', async () => {
    await window.press('Escape');
    const two = `${text}\nDue to the fact that it is full, the queue stops. In order to go on, make a decision.\n`;
    window.write('two.md', two);
    await window.open('two.md');
    await window.goTo(9, 1);
    await window.press('Shift+End');
    await window.run('narTextTools.paraphrase');
    await window.until(async () => /sentence 1 of 2/.test((await window.ghostText()) ?? ''), 'no first sentence');
    await window.press('Delete');
    await window.until(async () => /sentence 2 of 2/.test((await window.ghostText()) ?? ''), 'no second sentence');
    await window.press('Tab');
    await window.until(async () => !(await window.ghostText()), 'the walk does not end');
    const changed = await window.save('two.md', (saved) => saved !== two);
    assert.ok(changed.includes('Due to the fact that it is full, the queue stops. '), changed);
    assert.ok(!changed.includes('In order to go on, make a decision.'), changed);
  });

  it('shows the candidates as a diff and discards it with Escape', async () => {
    await window.run('narTextTools.paraphraseDiff');
    await window.page.locator('.monaco-diff-editor').waitFor();
    await window.page.locator('.quick-input-titlebar').filter({ hasText: 'Escape discards' }).waitFor();
    await window.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    const isInList = () => window.page.evaluate(() => Boolean(document.activeElement?.closest('.quick-input-widget')));
    await window.until(isInList, 'the list of candidates does not have the focus');
    await window.press('Escape');
    await window.page.locator('.monaco-diff-editor').waitFor({ state: 'detached' });
    assert.equal(await window.save('wordy.md', text), text);
  });
});
