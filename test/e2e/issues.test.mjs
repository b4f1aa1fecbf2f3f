// The list of issues by keyboard alone: rows are reached with the arrow keys, Space takes, Delete ignores.
import assert from 'node:assert/strict';
import { sharedWindow } from './session.mjs';

const text = '# Guide\n\nThe server recieves a message.\n\nThis is teh end.\n\nIt is definately late.\n';

describe('the list of issues', () => {
  let window;
  before(async () => {
    window = await sharedWindow();
  });

  const rows = () => window.page.locator('.monaco-list-row').filter({ hasText: '→' });

  /** By keyboard to the row that says `words`. */
  async function goToRow(words) {
    const row = window.page.locator('.monaco-list-row.focused').filter({ hasText: words });
    await window.until(async () => {
      await window.palette('Focus on Text Issues View');
      await window.press('Home');
      for (let step = 0; step < 4; step++) {
        await window.press('ArrowDown');
        if ((await row.count()) > 0) return true;
      }
      return false;
    }, `the arrow keys do not reach "${words}"`);
  }

  it('takes with Space and ignores with Delete what has the focus, and undoes it', async () => {
    window.write('listed.md', text);
    await window.open('listed.md');
    await window.statusReady();
    await window.until(async () => (await window.statusItem().innerText()).includes('3 issues'), 'three are counted');
    // A view that is there in the first two seconds came with the window, and takes no focus.
    await window.page.waitForTimeout(2500);
    await window.palette('Focus on Text Issues View');
    await window.until(async () => (await rows().count()) === 3, 'three issues');
    const inList = () =>
      window.page.evaluate(() => Boolean(document.activeElement?.closest('.pane-body .monaco-list')));
    await window.until(inList, 'the list has not got the focus when it is opened for the first time', 10_000);
    await goToRow('teh');
    await window.press('Space');
    await window.until(async () => (await rows().count()) === 2, 'the second issue is taken');
    await goToRow('recieves');
    await window.press('Delete');
    await window.until(async () => (await rows().count()) === 1, 'the first issue is ignored');
    const told = window.page.locator('.statusbar-item').filter({ hasText: 'Ignored here: recieves' });
    await told.waitFor();
    assert.equal(await window.notifications().count(), 0, 'a notification covers the text');
    await window.run('narTextTools.undoIgnore');
    await window.until(async () => (await rows().count()) === 2, 'the first issue is back');
    await told.waitFor({ state: 'detached' });
    await window.focusEditor();
    const taken = text.replace('teh', 'the');
    assert.equal(await window.save('listed.md', taken), taken);
  });

  it('takes from the palette what has the focus', async () => {
    window.write('listed.md', text);
    await window.open('listed.md');
    await window.palette('Focus on Text Issues View');
    await window.until(async () => (await rows().count()) === 3, 'three issues');
    await goToRow('teh');
    await window.run('narTextTools.issueTake');
    await window.until(async () => (await rows().count()) === 2, 'the second issue is taken');
    await window.focusEditor();
    const taken = text.replace('teh', 'the');
    assert.equal(await window.save('listed.md', taken), taken);
  });

  it('is walked through with Down, Space and Delete alone', async () => {
    // Two in one line, and the same one twice: rows move, and are not known by their words.
    const walked = '# Guide\n\nIt recieves teh message.\n\nThis is teh end.\n\nIt is definately late, wich is bad.\n';
    window.write('walked.md', walked);
    await window.open('walked.md');
    await window.palette('Focus on Text Issues View');
    await window.until(async () => (await rows().count()) === 5, 'five issues');
    const focused = window.page.locator('.pane-body .monaco-list-row.focused');
    const at = (words, line) =>
      window.until(
        async () =>
          (await focused.count()) === 1 && new RegExp(`${words}[^]*line\\s${line}`).test(await focused.innerText()),
        `the focus is not on ${words} of line ${line}`,
      );
    await goToRow('recieves');
    await window.press('Space');
    await at('teh', 3);
    // At once: the engine has not answered yet, and the words of the line have moved.
    await window.press('Space');
    await at('teh', 5);
    await window.until(async () => (await rows().count()) === 3, 'two are taken');
    await at('teh', 5);
    await window.press('Delete');
    await at('definately', 7);
    await window.until(async () => (await rows().count()) === 2, 'one is ignored');
    await at('definately', 7);
    await window.press('ArrowDown');
    await at('wich', 7);
    await window.press('Space');
    // The last one: back to the one above.
    await at('definately', 7);
    await window.until(async () => (await rows().count()) === 1, 'the last one is taken');
    await at('definately', 7);
    await window.press('Space');
    await window.until(async () => (await rows().count()) === 0, 'the list is empty');
    await window.focusEditor();
    const taken = walked
      .replace('recieves teh', 'receives the')
      .replace('definately', 'definitely')
      .replace('wich', 'which');
    assert.equal(await window.save('walked.md', taken), taken);
  });
});
