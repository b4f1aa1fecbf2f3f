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
    await window.run('narTextTools.undoIgnore');
    await window.until(async () => (await rows().count()) === 2, 'the first issue is back');
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
});
