// Summarize Selection from the palette: the page, its sources, insert and copy.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../scripts/library/machine.mjs';
import { sharedWindow } from './session.mjs';

const sample = readFileSync(join(repository, 'examples', 'sample.md'), 'utf8');

describe('summarize', () => {
  let window;
  before(async () => {
    window = await sharedWindow();
  });
  beforeEach(async () => {
    window.write('sample.md', sample);
    await window.open('sample.md');
    await window.statusReady();
    // From "How it works" to "Configuration", by keyboard.
    await window.goToWords('sample.md', '## How it works');
    const lines =
      sample.slice(sample.indexOf('## How it works'), sample.indexOf('## Configuration')).split('\n').length - 1;
    for (let line = 0; line < lines; line++) await window.press('Shift+ArrowDown');
  });

  async function summarize(length) {
    await window.run('narTextTools.summarizeSelection');
    const row = window.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: length }).first();
    await row.waitFor();
    await window.page.locator('.quick-input-widget input.input').first().fill(length);
    await window.press('Enter');
    await window.page.locator('.tab[data-resource-name^="Summary of sample"]').first().waitFor();
    const page = window.page.locator('.editor-instance').filter({ hasText: 'Where it comes from' }).first();
    await page.waitFor();
    return page;
  }

  it('writes one sentence with the source sentences on which it stands', async () => {
    const page = await summarize('One sentence');
    const text = (await page.locator('.view-lines').innerText()).replace(/\u00a0/g, ' ');
    assert.match(text, /line \d+/);
    await page.locator('.codelens-decoration a').filter({ hasText: 'Copy' }).first().waitFor();
    const keys = window.page.locator('.statusbar-item').filter({ hasText: 'Ctrl+Enter inserts' });
    await keys.waitFor();
    await window.focusEditor();
    await keys.waitFor({ state: 'detached' });
  });

  it('puts the summary above the selection and nothing else', async () => {
    const page = await summarize('One sentence');
    await page.locator('.codelens-decoration a').filter({ hasText: 'Insert' }).first().click();
    await window.page.locator('.tab[data-resource-name="sample.md"].dirty').waitFor();
    await window.focusEditor();
    const saved = await window.save('sample.md', (text) => text !== sample);
    // Under the title with which the selection begins.
    const at = sample.indexOf('\n', sample.indexOf('## How it works')) + 1;
    assert.ok(saved.startsWith(sample.slice(0, at)), 'text above the selection changed');
    assert.ok(saved.endsWith(sample.slice(at)), 'text below the summary changed');
    const inserted = saved.slice(at, saved.length - (sample.length - at)).trim();
    assert.ok(inserted.length > 20 && !inserted.includes('\n'), JSON.stringify(inserted));
  });

  it('copies key sentences word for word from the text, but for its slips', async () => {
    const page = await summarize('Key sentences');
    await page.locator('.codelens-decoration a').filter({ hasText: 'Copy' }).first().click();
    await window.page.locator('.statusbar-item').filter({ hasText: 'The summary is copied.' }).waitFor();
    const copied = await window.until(
      () => window.page.evaluate(() => navigator.clipboard.readText()),
      'the clipboard is empty',
    );
    const flat = (value) => value.replace(/[*`]|\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/\s+/g, ' ');
    const first = flat(copied)
      .replace(/^[-*\d. ]+/, '')
      .slice(0, 30);
    // A sentence is corrected before it goes into a summary.
    const text = flat(sample).replace('listener check the', 'listener checks the');
    assert.ok(text.includes(first), `${JSON.stringify(first)} is not in the sample`);
  });
});
