// What goes wrong is told once, says what to do, and leaves the text alone.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sharedWindow } from './session.mjs';

const text =
  'The relay recieves a message in order to store it in the file. It is sent to the broker at once. The client waits for an answer.\n';

describe('without a model', () => {
  let window;
  before(async () => {
    window = await sharedWindow({});
    mkdirSync(join(window.workspace, 'empty'));
    window.configure({ 'narTextTools.model.path': join(window.workspace, 'empty') });
    window.write('notes.md', text);
    await window.open('notes.md');
  });

  let toldAt = 0;
  const failures = () => window.notifications().filter({ hasText: 'No model in' });

  it('says so once, and still finds listed misspellings', async () => {
    await window.squiggles().first().waitFor();
    await window.showNotifications();
    await failures().first().waitFor();
    toldAt = Date.now();
    assert.match(await failures().first().innerText(), /empty.*Choose a folder that holds a model/);
    assert.equal(await failures().count(), 1);
    await window.page.locator('.notifications-center').getByRole('button', { name: 'Select Model' }).first().waitFor();
    const problems = await window.problems();
    assert.ok(
      problems.some(({ text: problem }) => problem.includes('receives')),
      JSON.stringify(problems),
    );
  });

  it('answers Paraphrase with one message, not two', async () => {
    await window.clearNotifications();
    // What was told less than five seconds ago is not told again (messages.ts).
    await window.until(() => Date.now() - toldAt > 5000, 'five seconds do not pass');
    await window.focusEditor();
    await window.goTo(1, 10);
    await window.run('narTextTools.paraphrase');
    await window.showNotifications();
    await failures().first().waitFor();
    assert.equal(await failures().count(), 1);
    assert.equal(await window.ghostText(), undefined);
    assert.equal(await window.save('notes.md', text), text);
  });

  it('summarizes with sentences of the text, and no further message', async () => {
    await window.clearNotifications();
    await window.focusEditor();
    await window.run('narTextTools.summarizeSelection');
    await window.page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ hasText: 'One sentence' })
      .first()
      .waitFor();
    await window.page.locator('.quick-input-widget input.input').first().fill('One sentence');
    await window.press('Enter');
    await window.page.locator('.editor-instance').filter({ hasText: 'Where it comes from' }).first().waitFor();
    await window.showNotifications();
    // VS Code leaves the rows of cleared notifications in the list, so its header is asked.
    await window.page.locator('.notifications-center').getByText('No New Notifications').waitFor();
  });
});

describe('text that a command cannot use', () => {
  let window;
  before(async () => {
    window = await sharedWindow();
  });

  for (const [title, content, command, expected] of [
    [
      'a paraphrase of code',
      '```sh\nrelay --size 5\n```\n',
      'narTextTools.paraphrase',
      /There is no sentence to paraphrase here/,
    ],
    ['a paraphrase of an empty document', '\n', 'narTextTools.paraphrase', /There is no sentence to paraphrase here/],
    [
      'a summary of an empty document',
      '\n',
      'narTextTools.summarizeSelection',
      /is empty: there is nothing to summarize/,
    ],
  ]) {
    it(`${title}: one message and no change`, async () => {
      // A file of its own: what a window keeps of one (a backup, a model) must not come back in the next case.
      const name = `${title.replaceAll(' ', '-')}.md`;
      window.write(name, content);
      await window.open(name, { fresh: true });
      await window.statusReady();
      await window.goTo(Math.min(2, content.split('\n').length - 1), 1);
      await window.clearNotifications();
      await window.run(command);
      await window.showNotifications();
      // On a slow machine VS Code tells in between of what it does itself.
      const told = window.notifications().filter({ hasNotText: /Writing into file|Activating Extensions/ });
      await told.first().waitFor();
      assert.equal(await told.count(), 1);
      assert.match(await told.first().innerText(), expected);
      assert.equal(await window.save(name, content), content);
    });
  }
});
