// Restricted Mode: in a workspace that is not trusted everything works, but its settings choose
// no model, device or threads.
import assert from 'node:assert/strict';
import { sharedWindow } from './session.mjs';

const text = '# Notes\n\nThe relay recieves a message in order to store it in the file.\n';

describe('restricted mode', () => {
  let window;
  before(async () => {
    window = await sharedWindow({ trust: true, settings: { 'security.workspace.trust.startupPrompt': 'never' } });
    // A workspace from anywhere: a model beside it, another device, and a preference that is harmless.
    window.write(
      '.vscode/settings.json',
      JSON.stringify({
        'narTextTools.model.path': '/somewhere/else',
        'narTextTools.device': 'wasm',
        'narTextTools.paraphrase.mode': 'shorter',
      }),
    );
    window.write('notes.md', text);
    await window.open('notes.md');
  });

  it('is what this window is in', async () => {
    await window.page.locator('.statusbar-item[id="status.workspaceTrust"]').waitFor();
  });

  it('tells once which settings of the workspace are not used, and what to do', async () => {
    await window.showNotifications();
    const told = window.notifications().filter({ hasText: 'Restricted Mode' });
    await told.first().waitFor();
    assert.match(await told.first().innerText(), /narTextTools\.model\.path, narTextTools\.device\b/);
    assert.equal(await told.count(), 1);
    assert.equal(
      await window.page
        .locator('.notifications-center')
        .getByRole('button', { name: 'Manage Workspace Trust' })
        .count(),
      1,
    );
  });

  it("uses the bundled model on the user's device, whatever the workspace says", async () => {
    await window.statusReady();
    assert.match(await window.statusHover(), /Model: nar-base[^]*Device: cpu/);
  });

  it('corrects', async () => {
    await window.squiggles().first().waitFor();
    await window.goToWords('notes.md', 'recieves', 2);
    await window.quickFix('Change “recieves” to “receives”');
    const corrected = text.replace('recieves', 'receives');
    assert.equal(await window.save('notes.md', corrected), corrected);
  });

  it('paraphrases', async () => {
    await window.goTo(3, 8);
    await window.run('narTextTools.paraphrase');
    await window.until(() => window.ghostText(), 'no candidate is shown');
    await window.press('Escape');
    await window.until(async () => !(await window.ghostText()), 'the candidate is still shown');
  });

  it('takes the settings of the workspace once it is trusted', async () => {
    await window.palette('Workspaces: Manage Workspace Trust');
    await window.page
      .locator('.workspace-trust-editor')
      .getByRole('button', { name: 'Trust', exact: true })
      .first()
      .click();
    // The model's path leads nowhere: now that counts, and it is told with a way out.
    await window.showNotifications();
    const failure = window.notifications().filter({ hasText: 'The model folder /somewhere/else does not exist' });
    await failure.first().waitFor();
    assert.equal(await failure.count(), 1);
  });
});
