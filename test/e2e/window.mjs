// The window as a writer sees it: remarks, reviews, rewordings, the panel. What every end-to-end test speaks through.
import { contrastInPage } from './in-page.mjs';
import { patience, Workbench } from './workbench.mjs';

export { commandTitle, themes } from './names.mjs';
export { artifacts } from './workbench.mjs';

export class Window extends Workbench {
  squiggles() {
    return this.page.locator(
      '.monaco-editor .squiggly-error, .monaco-editor .squiggly-warning, .monaco-editor .squiggly-info, .monaco-editor .squiggly-hint',
    );
  }

  /**
   * What the Problems view lists of this extension: text and line (from 1). Opens the view and leaves the focus there.
   */
  async problems() {
    const rows = this.page.locator('.markers-panel .monaco-list-row');
    const panel = this.page.locator('.markers-panel');
    if (!(await panel.isVisible())) await this.press('Control+Shift+m');
    await rows.first().waitFor();
    const found = new Map();
    // The list draws only the rows in view: it is walked through until as many were seen as a row says there are.
    await this.press('Home');
    let steps = 0;
    await this.until(
      async () => {
        let total = 0;
        for (const { label, count } of await rows.evaluateAll((all) =>
          all.map((row) => ({ label: row.ariaLabel ?? '', count: Number(row.getAttribute('aria-setsize')) })),
        )) {
          const place = /at line (\d+) and character (\d+)/i.exec(label);
          if (!place) continue;
          total = count;
          found.set(`${place[0]} ${label}`, { text: label, line: Number(place[1]), column: Number(place[2]) });
        }
        if (total > 0 && found.size >= total) return true;
        await this.press(++steps % 50 === 0 ? 'Home' : 'ArrowDown');
        return false;
      },
      () => `the Problems view shows ${found.size} problems and says that there are more`,
    );
    await this.press('Control+j');
    await panel.waitFor({ state: 'hidden' });
    return [...found.values()];
  }

  /** Opens the lightbulb at the cursor and chooses the first entry that contains `text`, by keyboard. */
  async quickFix(text) {
    const rows = this.page.locator('.action-widget .monaco-list-row.action');
    const entry = rows.filter({ hasText: text }).first();
    // The mistake at the cursor may be reported a moment after the first one of the document.
    await this.until(async () => {
      await this.press('Control+.');
      const shown = await rows
        .first()
        .waitFor({ timeout: 10_000 })
        .then(
          () => true,
          () => false,
        );
      if (shown && (await entry.count()) > 0) return true;
      await this.press('Escape');
      return false;
    }, `the lightbulb does not offer "${text}"`);
    for (let step = 0; step < 20 && !(await entry.getAttribute('class')).includes('focused'); step++)
      await this.press('ArrowDown');
    await this.press('Enter');
    await rows.first().waitFor({ state: 'detached' });
  }

  /** What the hover of the status bar item says of the engine. */
  async statusHover() {
    await this.statusItem().hover();
    const hover = this.page.locator('.monaco-hover').filter({ hasText: 'Device:' }).first();
    await hover.waitFor();
    const text = await hover.innerText();
    await this.page.mouse.move(400, 300);
    await hover.waitFor({ state: 'detached' }).catch(() => undefined);
    // The editor writes blanks that do not break.
    return (await text).replaceAll('\u00a0', ' ');
  }

  /** Checks the document and shows the remarks as a diff, the second view of a review. */
  async reviewSideBySide() {
    await this.run('narTextTools.correctDocument');
    await this.page
      .locator('.statusbar-item')
      .filter({ hasText: this.text('Tab takes') })
      .waitFor();
    await this.run('narTextTools.reviewDiff');
    await this.page.locator('.monaco-diff-editor').waitFor();
  }

  /** Waits until the engine has loaded its model. */
  async statusReady() {
    await this.until(
      async () => {
        const item = this.statusItem();
        const shown = (await item.count()) > 0 ? await item.innerText() : '';
        return ['No issues', '1 issue', '{0} issues'].some((words) =>
          shown.includes(this.text(words).replace('{0}', '').trim()),
        );
      },
      'the status bar counts no issues',
      2 * patience,
    );
  }

  /** What decorations put behind text (that is no text of the page). */
  decorations() {
    return this.page.evaluate(() =>
      [...document.querySelectorAll('.monaco-editor .view-lines span[class*="ced-"]')]
        .map((element) => getComputedStyle(element, '::after').content)
        .filter((content) => content !== 'none' && content !== 'normal' && content !== '')
        .map((content) =>
          content
            .replace(/^"|"$/g, '')
            .replace(/\u00a0/g, ' ')
            .trim(),
        ),
    );
  }

  /** The lines of the editor as they look, with what inlay hints put between the words. */
  async insertedText() {
    const lines = await this.page.locator('.monaco-editor .view-lines').first().innerText();
    return lines.replace(/\u00a0/g, ' ');
  }

  /** The contrast of words of a line against what is painted behind them, as WCAG 2.2 reckons it: from 1 to 21. */
  contrastOf(words) {
    return this.page.evaluate(contrastInPage, words);
  }

  /** What the status bar says of the wording that is shown, its place and keys; undefined while there is none. */
  async ghostText() {
    // All at once: an item may go while it is read.
    const [text] = await this.page
      .locator('.statusbar-item')
      .filter({ hasText: new RegExp(this.text('Rewrite {0}').replace('{0}', '\\d')) })
      .allInnerTexts();
    return text?.replace(/\u00a0/g, ' ').trim();
  }

  /** The candidates below the line, each with its number and what it changes. */
  async candidates() {
    const texts = await this.page.locator('.codelens-decoration a').allInnerTexts();
    return texts.map((text) => text.replace(/\u00a0|▸/g, ' ').trim()).filter((text) => /^\d: /.test(text));
  }

  /** The page of the Refinement Visualizer. */
  panel() {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /**
   * Shows the hover of the problem at the cursor and returns its text; it may be reported a moment after the first one.
   */
  async hover(text) {
    const row = this.page.locator('.monaco-hover:not(.hidden) .hover-row').filter({ hasText: text }).first();
    await this.until(async () => {
      await this.press('Control+k');
      await this.press('Control+i');
      const shown = await row.waitFor({ timeout: 10_000 }).then(
        () => true,
        () => false,
      );
      if (!shown) await this.press('Escape');
      return shown;
    }, `no hover shows "${text}"`);
    return row.innerText();
  }
}
