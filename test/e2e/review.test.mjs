// Review in place, by keyboard: Tab and Enter take, Delete refuses, and they are ordinary keys everywhere else.
import assert from 'node:assert/strict';
import { colourless, themes } from './names.mjs';
import { sharedWindow } from './session.mjs';

const text =
  '# Guide\n\nThe server recieves a message.\n\nWe keep it in a seperate file.\n\nThis is teh end.\n\nAll is well in this line.\n';
/** All three corrected. */
const right = text.replace('recieves', 'receives').replace('seperate', 'separate').replace('teh', 'the');

describe('review in place', () => {
  let window;
  before(async () => {
    window = await sharedWindow();
  });

  const bar = (words) => window.page.locator('.statusbar-item').filter({ hasText: words });

  async function review() {
    window.write('review.md', text);
    await window.open('review.md');
    // The editor puts the cursor where it was when the file was last open, and a review begins there.
    await window.goTo(1);
    await window.run('narTextTools.correctDocument');
    await bar('1 of 3').waitFor();
    await window.until(async () => (await window.insertedText()).includes('receives'), 'no new words in the line');
  }

  /** What a person does next has to wait until the bar says where the review is. */
  async function pressed(keys, words) {
    await window.press(keys);
    await bar(words).waitFor();
  }

  it('takes with Tab and Enter, refuses with Delete, and undoes one at a time', async () => {
    await review();
    const contrast = await window.contrastOf('receives');
    assert.ok(contrast >= 4.5, `the new words have a contrast of ${contrast}`);
    await pressed('Tab', '1 of 2');
    await pressed('Delete', '1 of 1');
    await pressed('Enter', 'Review done: 2 taken, 1 refused');
    const taken = right.replace('separate', 'seperate');
    assert.equal(await window.save('review.md', taken), taken);
    await pressed('Control+z', '1 of 1');
    await pressed('Control+z', '1 of 2');
    await pressed('Control+z', '1 of 3');
    assert.equal(await window.save('review.md', text), text);
    await window.press('Escape');
    await bar(/of \d/).waitFor({ state: 'detached' });
  });

  it('says the whole remark in the status bar, where it can be read, and to a screen reader', async () => {
    await review();
    const label = bar(/of 3/).locator('a');
    assert.match(await label.innerText(), /^\s*1 of 3 · Spelling \d+ %: .*receives/);
    // The keys are buttons beside it: the editor cuts one text at two fifths of the window.
    for (const keys of ['Tab takes', 'Delete refuses']) await bar(keys).waitFor();
    const spoken = await label.getAttribute('aria-label');
    assert.match(spoken, /^1 of 3\. “recieves” to “receives”\. Spelling \d+ %: .*Tab or Enter takes/);
    // A live region: the next remark is read without a move of the focus.
    assert.equal(await label.getAttribute('role'), 'status');
    await pressed('Alt+]', '2 of 3');
    assert.match(await label.getAttribute('aria-label'), /^2 of 3\. “seperate” to “separate”\./);
    await window.press('Escape');
  });

  it('takes all of a kind with Alt+Enter', async () => {
    await review();
    await pressed('Alt+Enter', 'Review done: 3 taken');
    assert.equal(await window.save('review.md', right), right);
    await window.press('Escape');
  });

  it('walks with Alt+] and Alt+[', async () => {
    await review();
    await pressed('Alt+]', '2 of 3');
    await pressed('Alt+]', '3 of 3');
    await pressed('Alt+]', '1 of 3');
    await pressed('Alt+[', '3 of 3');
    await window.press('Escape');
  });

  it('leaves the keys to the text where the cursor is not on a remark', async () => {
    await review();
    await window.goTo(9, 26);
    await window.press('Enter');
    const typed = text.replace('line.\n', 'line.\n\n');
    assert.equal(await window.save('review.md', typed), typed);
    await pressed('Alt+[', 'of 3');
    await window.press('Escape');
    await bar(/of \d/).waitFor({ state: 'detached' });
  });

  it('is one step from the side-by-side view and back', async () => {
    await review();
    await window.run('narTextTools.reviewDiff');
    await window.page.locator('.monaco-diff-editor').waitFor();
    await bar('Delete refuses one').waitFor();
    await window.press('Escape');
    await window.page.locator('.monaco-diff-editor').waitFor({ state: 'detached' });
    await bar('1 of 3').waitFor();
    await window.focusEditor();
    await window.press('Escape');
    assert.equal(await window.save('review.md', text), text);
  });

  it('keeps all its keys in a narrow window', async () => {
    // What a window of 1280x800 has at 200 %.
    await window.page.setViewportSize({ width: 640, height: 400 });
    try {
      await review();
      const cut = (words) =>
        bar(words)
          .locator('a')
          .evaluate(
            (label) => label.scrollWidth > label.clientWidth || label.getBoundingClientRect().right > innerWidth,
          );
      for (const keys of ['Tab takes', 'Delete refuses']) assert.equal(await cut(keys), false, `“${keys}” is cut`);
      await window.press('Escape');
      await window.run('narTextTools.correctDocument');
      await bar('1 of 3').waitFor();
      await window.run('narTextTools.reviewDiff');
      for (const keys of ['Ctrl+Enter applies', 'Delete refuses one', 'Esc discards']) {
        await bar(keys).waitFor();
        assert.equal(await cut(keys), false, `“${keys}” is cut`);
      }
      await window.press('Escape');
      await window.page.locator('.monaco-diff-editor').waitFor({ state: 'detached' });
      await window.focusEditor();
      await window.press('Escape');
    } finally {
      await window.page.setViewportSize({ width: 1280, height: 800 });
    }
  });

  it('strikes old words and tells new ones in a theme that has no colours for errors and changes', async () => {
    window.configure({ 'workbench.colorTheme': themes.light, 'workbench.colorCustomizations': colourless });
    window.loaded = false;
    try {
      await review();
      const contrast = await window.contrastOf('receives');
      assert.ok(contrast >= 4.5, `the new words have a contrast of ${contrast}`);
      const isDrawn = (words, line) =>
        window.page
          .locator('.monaco-editor .view-line span')
          .filter({ hasText: words })
          .evaluateAll(
            (all, wanted) =>
              all.some(
                (element) =>
                  element.childElementCount === 0 && getComputedStyle(element).textDecorationLine.includes(wanted),
              ),
            line,
          );
      // The last letter is drawn with the new words.
      assert.ok(await isDrawn('recieve', 'line-through'), 'the old words are not struck');
      assert.ok(await isDrawn('receives', 'underline'), 'the new words are not underlined');
      await window.press('Escape');
    } finally {
      window.configure({ 'workbench.colorTheme': themes.dark, 'workbench.colorCustomizations': {} });
      window.loaded = false;
    }
  });
});
