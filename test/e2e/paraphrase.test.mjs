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
    assert.match(await window.ghostText(), /→ 1\/\d+: Tab accepts/);
    assert.ok((await window.insertedWords()).length > 0, 'no new word is shown in the sentence');
    await window.press('Escape');
    await window.until(async () => !(await window.ghostText()), 'the candidate is still shown');
    assert.equal(await window.save('wordy.md', text), text);
  });

  it('turns to the next and the previous candidate', async function () {
    const first = await window.ghostText();
    const words = await window.insertedWords();
    const count = Number(/1\/(\d+)/.exec(first)[1]);
    assert.ok(count >= 2, `only ${count} candidate: ${first}`);
    await window.press('Alt+]');
    await window.until(async () => /→ 2\//.test((await window.ghostText()) ?? ''), 'the second candidate is not shown');
    assert.notDeepEqual(await window.insertedWords(), words);
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
