// The list of issues by keyboard alone: rows are reached with the arrow keys, Space takes, Delete ignores.
import assert from 'node:assert/strict';
import { sharedWindow } from './session.mjs';

const text = '# Guide\n\nThe server recieves a message.\n\nThis is teh end.\n\nIt is seperate.\n';

describe('the list of issues', () => {
  let window;
  before(async () => {
    window = await sharedWindow();
  });

  const rows = () => window.page.locator('.monaco-list-row').filter({ hasText: '→' });

  it('takes with Space and ignores with Delete what has the focus, and undoes it', async () => {
    window.write('listed.md', text);
    await window.open('listed.md');
    await window.palette('Focus on Text Issues View');
    await window.until(async () => (await rows().count()) === 3, 'three issues');
    await window.press('Home');
    for (const key of ['ArrowDown', 'ArrowDown', 'Space']) await window.press(key);
    await window.until(async () => (await rows().count()) === 2, 'the second issue is taken');
    const taken = text.replace('teh', 'the');
    await window.focusEditor();
    assert.equal(await window.save('listed.md', taken), taken);
    await window.palette('Focus on Text Issues View');
    await window.press('Home');
    for (const key of ['ArrowDown', 'Delete']) await window.press(key);
    await window.until(async () => (await rows().count()) === 1, 'the first issue is ignored');
    await window.run('narTextTools.undoIgnore');
    await window.until(async () => (await rows().count()) === 2, 'the first issue is back');
  });

  it('tells those of files that were never opened, and names them', async () => {
    window.write('.nar-textignore', '*\n!never-opened.md\n!listed.md\n');
    window.write('never-opened.md', 'You can recieve it.\n');
    await window.open('listed.md');
    await window.run('narTextTools.checkWorkspace');
    const row = window.page.locator('.monaco-list-row[aria-label*="never-opened.md, 1 issue"]');
    await row.first().waitFor();
    await window.page.locator('.message').filter({ hasText: '2 files checked' }).first().waitFor();
    window.write('.nar-textignore', '');
  });
});
