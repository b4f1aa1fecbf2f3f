// Pictures of every surface in three themes, for a person to look at: node test/e2e/screenshots.mjs
// [light,dark,high-contrast] [parts of scenes' names]
// They land in test/artifacts/; docs/screenshots holds the chosen ones.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeWindows, sharedWindow } from './session.mjs';
import { artifacts, themes } from './window.mjs';

const wordy = `# Operations guide

In order to make a decision about the size of the queue, you need to know the number of messages per second. The relay writes each message to a segment file before it answers.
`;
const mistakes = `# Notes

The relay recieves the the message and forwards it to a broker, than it wait for a confirmation.
`;

const scenes = {
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
    await window.run('narTextTools.correctDocument');
    await window.page.locator('.statusbar-item').filter({ hasText: 'Tab takes' }).waitFor({ timeout: 90_000 });
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
      .filter({ hasText: 'Short paragraph' })
      .first();
    await row.waitFor({ timeout: 15_000 });
    await window.page.locator('.quick-input-widget input.input').first().fill('Short');
    await window.press('Enter');
    await window.page
      .locator('.codelens-decoration a')
      .filter({ hasText: 'Copy' })
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
      async () => /Stopped/.test(await window.panel().locator('.facts').innerText()),
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
    await input.fill('First minutes');
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
    await window.palette('Focus on Text Issues View');
    await window.page.locator('.monaco-list-row').filter({ hasText: '→' }).first().waitFor({ timeout: 60_000 });
  },
  async menu(window) {
    await window.open('sample.md');
    await window.statusReady();
    await window.run('narTextTools.showMenu');
    await window.page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ hasText: 'Select Device' })
      .first()
      .waitFor({ timeout: 15_000 });
  },
};

const wantedThemes = (process.argv[2] ?? Object.keys(themes).join(',')).split(',');
const filters = (process.argv[3] ?? '').split(',');
const failures = [];
const window = await sharedWindow();
for (const theme of wantedThemes) {
  window.configure({ 'workbench.colorTheme': themes[theme], 'workbench.sideBar.location': 'left' });
  window.loaded = false; // settings hold from the next load of the page
  for (const [name, act] of Object.entries(scenes)) {
    if (!filters.some((filter) => name.includes(filter))) continue;
    try {
      await act(window);
      // Fonts, smooth scrolling and the hover's fade are over when two pictures are equal.
      let last;
      await window
        .until(
          async () => {
            const picture = await window.page.screenshot({ caret: 'initial' });
            const same = last?.equals(picture);
            last = picture;
            return same;
          },
          'the window does not come to rest',
          15_000,
        )
        .catch(() => undefined);
      writeFileSync(join(artifacts, `${name}-${theme}.png`), last);
      console.log(`${name}-${theme}.png ${last.length} bytes`);
    } catch (error) {
      failures.push(`${name}-${theme}: ${error.message.split('\n')[0]}`);
      await window.screenshot(`failed-${name}-${theme}`);
      console.log(failures.at(-1));
      window.loaded = false;
    }
    await window.press('Escape');
  }
}
await closeWindows();
process.exit(failures.length === 0 ? 0 : 1);
