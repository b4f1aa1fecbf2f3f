// What a picture is taken of: each scene brings the window of test/e2e/window.mjs to one surface of the product.

const wordy = `# Operations guide

In order to make a decision about the size of the queue, you need to know the number of messages per second. The relay writes each message to a segment file before it answers.
`;
const several = `# Operations guide

In order to make a decision about the size of the queue, you need to know the number of messages per second. It is possible for you to read it in the log. Due to the fact that the relay writes each message to a file, a restart loses nothing.
`;
const mistakes = `# Notes

The relay recieves the the message and forwards it to a broker, than it wait for a confirmation.
`;

/** By name; a scene begins with whatever the last one left open, but for the panel below. */
export const scenes = {
  async correct(window) {
    await window.open('sample.md');
    await window.squiggles().first().waitFor({ timeout: 90_000 });
    await window.goToWords('sample.md', 'aplication', 2);
    await window.press('Control+.');
    await window.page.locator('.action-widget .monaco-list-row.action').first().waitFor({ timeout: 20_000 });
  },
  async hover(window) {
    await window.open('sample.md');
    await window.squiggles().first().waitFor({ timeout: 90_000 });
    await window.goToWords('sample.md', 'recieves every', 2);
    await window.press('Control+k');
    await window.press('Control+i');
    await window.page.locator('.monaco-hover:not(.hidden) .hover-row').first().waitFor({ timeout: 15_000 });
  },
  async review(window) {
    await window.open('sample.md');
    await window.statusReady();
    await window.goTo(1);
    await window.run('narTextTools.correctDocument');
    await window.page
      .locator('.statusbar-item')
      .filter({ hasText: window.text('Tab takes') })
      .waitFor({ timeout: 90_000 });
    await window.until(
      async () => (await window.insertedText()).includes('receives'),
      'no new words in the line',
      90_000,
    );
  },
  async preview(window) {
    await window.open('sample.md');
    await window.statusReady();
    await window.reviewSideBySide();
    await window.page.locator('.monaco-diff-editor .char-insert').first().waitFor({ timeout: 90_000 });
  },
  async paraphrase(window) {
    window.write('operations.md', wordy);
    await window.open('operations.md');
    await window.statusReady();
    await window.goTo(3, 10);
    await window.run('narTextTools.paraphrase');
    await window.until(() => window.ghostText(), 'no candidate', 90_000);
    // The editor draws new words and candidates a second after the keys are in the status bar.
    await window.until(async () => (await window.candidates()).length > 0, 'no candidates below the line');
    await window.until(async () => (await window.insertedText()).includes('must'), 'no new words in the line');
  },
  async 'paraphrase-diff'(window) {
    window.write('operations.md', wordy);
    await window.open('operations.md');
    await window.statusReady();
    await window.goTo(3, 10);
    await window.run('narTextTools.paraphraseDiff');
    await window.page.locator('.monaco-diff-editor').waitFor({ timeout: 90_000 });
    await window.page.locator('.quick-input-list .monaco-list-row').first().waitFor({ timeout: 15_000 });
  },
  async summary(window) {
    await window.open('sample.md');
    await window.statusReady();
    await window.run('narTextTools.summarizeSelection');
    const row = window.page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ hasText: window.text('Short paragraph') })
      .first();
    await row.waitFor({ timeout: 15_000 });
    await window.page.locator('.quick-input-widget input.input').first().fill(window.text('Short paragraph'));
    await window.press('Enter');
    await window.page
      .locator('.codelens-decoration a')
      .filter({ hasText: window.text('Copy') })
      .first()
      .waitFor({ timeout: 90_000 });
  },
  async visualizer(window) {
    window.write('notes.md', mistakes);
    await window.open('notes.md');
    await window.statusReady();
    await window.goTo(3, 10);
    await window.run('narTextTools.showVisualizer');
    await window.panel().locator('.facts').waitFor({ timeout: 90_000 });
    await window.until(
      async () => (await window.panel().locator('.facts').innerText()).includes(window.text('Stopped')),
      'the run does not end',
    );
    const predicted = window.panel().locator('[data-row="draft"].sure').first();
    if ((await predicted.count()) > 0) await predicted.focus();
  },
  async walkthrough(window) {
    await window.open('sample.md');
    await window.statusReady();
    // The pictures of the steps need room.
    await window.press('Control+b');
    await window.palette('Open Walkthrough');
    const input = window.page.locator('.quick-input-widget input.input').first();
    await input.waitFor({ state: 'visible' });
    await input.fill(window.texts['walkthrough.title']);
    await window.press('Enter');
    await window.page
      .locator('.getting-started-category-description, .step-title')
      .first()
      .waitFor({ timeout: 60_000 });
  },
  async issues(window) {
    window.loaded = false; // With the side bar again.
    await window.open('sample.md');
    await window.statusReady();
    await window.palette(`Focus on ${window.texts['view.issues']} View`);
    await window.page.locator('.monaco-list-row').filter({ hasText: '→' }).first().waitFor({ timeout: 60_000 });
  },
  async 'issues-workspace'(window) {
    window.loaded = false;
    window.write('guide.md', mistakes);
    window.write('.nar-textignore', 'cockatiel.md\nfast-check.md\np-map.md\n');
    await window.open('sample.md');
    await window.statusReady();
    await window.run('narTextTools.checkWorkspace');
    await window.page.locator('.pane-body .message').filter({ hasText: /\d/ }).first().waitFor();
    await window.run('narTextTools.issuesByKind');
    await window.page.locator('.monaco-list-row').filter({ hasText: 'guide.md,' }).first().waitFor();
    await window.run('narTextTools.issuesByPlace');
    await window.page.locator('.monaco-list-row').filter({ hasText: 'guide.md' }).first().waitFor();
  },
  async menu(window) {
    await window.open('sample.md');
    await window.statusReady();
    await window.run('narTextTools.showMenu');
    await window.page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ hasText: window.text('Summarize') })
      .first()
      .waitFor({ timeout: 15_000 });
  },
  async 'status-hover'(window) {
    await window.open('sample.md');
    await window.statusReady();
    await window.squiggles().first().waitFor({ timeout: 90_000 });
    await window.statusItem().hover();
    await window.page.locator('.monaco-hover').filter({ hasText: 'cpu' }).first().waitFor();
  },
  async settings(window) {
    await window.open('sample.md');
    await window.statusReady();
    await window.press('Control+,');
    await window.page.locator('.settings-editor .setting-item').first().waitFor({ timeout: 60_000 });
    await window.page.keyboard.type('@ext:nar-text-tools.nar-text-tools');
    await window.page.locator('.settings-count-widget').filter({ hasText: /\d/ }).first().waitFor();
  },
  async several(window) {
    window.write('several.md', several);
    await window.open('several.md');
    await window.statusReady();
    await window.goTo(3, 1);
    await window.press('Control+Shift+End');
    await window.run('narTextTools.paraphrase');
    await window.until(() => window.ghostText(), 'no candidate', 90_000);
    await window.page
      .locator('.codelens-decoration a')
      .filter({ hasText: window.text('Leave this sentence') })
      .first()
      .waitFor();
  },
  async unknown(window) {
    await window.open('sample.md');
    await window.statusReady();
    await window.run('narTextTools.addUnknownWords');
    await window.page.locator('.quick-input-list .monaco-list-row').first().waitFor({ timeout: 60_000 });
  },
  async problems(window) {
    await window.open('sample.md');
    await window.squiggles().first().waitFor({ timeout: 90_000 });
    await window.press('Control+Shift+m');
    await window.page.locator('.markers-panel .monaco-list-row').first().waitFor();
  },
};
