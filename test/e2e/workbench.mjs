// One VS Code window in a browser, driven by the keyboard as a person would, with the extension in it.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repository } from '../../scripts/library/machine.mjs';
import { waitUntil } from '../../scripts/library/processes.mjs';
import { commandTitle, english, read, themes } from './names.mjs';
import { isStoredInPage } from './in-page.mjs';
import { launchChromium } from '../../scripts/library/chromium.mjs';
import { quietSettings, startCodeServer } from '../../scripts/vscode-web.mjs';

/**
 * How long a condition may take to come true, in milliseconds: long, since a test must not fail because the
 * machine is busy with other work.
 */
export const patience = 120_000;

export const artifacts = join(repository, 'test', 'artifacts');

export class Workbench {
  /** Starts the server with the packaged extension and a workspace of its own, and a browser. Nothing is open yet. */
  static async start(vsix, { settings = {}, trust = false, language } = {}) {
    const window = new this();
    window.texts = language ? read(`package.nls.${language}.json`) : english;
    window.bundle = language ? read(`l10n/bundle.l10n.${language}.json`) : {};
    window.temporary = mkdtempSync(join(tmpdir(), 'nar-text-e2e-'));
    window.workspace = join(window.temporary, 'message-relay');
    cpSync(join(repository, 'examples'), window.workspace, { recursive: true });
    cpSync(join(repository, 'test', 'fixtures', 'documents'), window.workspace, { recursive: true });
    window.userData = join(window.temporary, 'user-data');
    window.settings = {
      ...quietSettings,
      'workbench.colorTheme': themes.dark,
      'editor.fontSize': 14,
      'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
      'files.autoSave': 'off',
      'window.restoreWindows': 'none',
      ...(trust ? { 'security.workspace.trust.enabled': true } : {}),
      ...settings,
    };
    window.trust = trust;
    window.writeMachineSettings();
    window.server = await startCodeServer({
      folder: window.workspace,
      vsix,
      userData: window.userData,
      settings: window.settings,
      trust,
      ...(language ? { language } : {}),
    });
    window.browser = await launchChromium({ width: 1280, height: 800 });
    window.page = window.browser.page;
    window.page.setDefaultTimeout(patience);
    window.errors = [];
    window.page.on('pageerror', (error) => window.errors.push(String(error)));
    return window;
  }

  async stop() {
    await this.browser?.stop();
    await this.server?.stop();
    rmSync(this.temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  /** Puts a file into the workspace: a new one with `text`, or the original of an example or fixture again. */
  write(name, text) {
    mkdirSync(dirname(join(this.workspace, name)), { recursive: true });
    writeFileSync(join(this.workspace, name), text);
  }

  /** What is on disk. */
  read(name) {
    return readFileSync(join(this.workspace, name), 'utf8');
  }

  /** Changes user settings; they hold from the next `open` or `reload`. */
  configure(settings) {
    Object.assign(this.settings, settings);
    writeFileSync(join(this.userData, 'User', 'settings.json'), JSON.stringify(this.settings, undefined, 2));
    this.writeMachineSettings();
  }

  /**
   * In a remote window VS Code takes settings of machine scope (model, device, threads) from the
   * server's machine, not from the user.
   */
  writeMachineSettings() {
    const machine = Object.entries(this.settings).filter(([key]) =>
      /^narTextTools\.(model\.|device|threads|idleMinutes)/.test(key),
    );
    mkdirSync(join(this.userData, 'Machine'), { recursive: true });
    writeFileSync(join(this.userData, 'Machine', 'settings.json'), JSON.stringify(Object.fromEntries(machine)));
  }

  /**
   * Opens a file of the workspace as the only editor and waits for it: in the page that is there, or in a new one
   * when there is none or `fresh`.
   */
  async open(name, { fresh = false } = {}) {
    const tab = this.page.locator(`.tab[data-resource-name="${name}"]`).first();
    if (!fresh && this.loaded && (await this.page.locator('.tab.dirty').count()) === 0) {
      try {
        await this.press('Escape');
        await this.palette('View: Close All Editors');
        await this.page.locator('.tab').first().waitFor({ state: 'detached', timeout: 10_000 });
        await this.press('Control+p');
        const input = this.page.locator('.quick-input-widget input.input').first();
        await input.waitFor({ state: 'visible', timeout: 10_000 });
        await input.fill(join(this.workspace, name));
        await this.page
          .locator('.quick-input-list .monaco-list-row')
          .filter({ hasText: name })
          .first()
          .waitFor({ timeout: 10_000 });
        await this.press('Enter');
        await tab.waitFor({ timeout: 10_000 });
        return await this.focusEditor();
      } catch {
        /* something covers the window: load it anew */
      }
    }
    const openFile = JSON.stringify([
      ['openFile', `vscode-remote://127.0.0.1:${this.server.port}${join(this.workspace, name)}`],
    ]);
    // A page with unsaved changes asks before it is left; a test never wants them back.
    this.page.removeAllListeners('dialog');
    this.page.on('dialog', (dialog) => dialog.accept().catch(() => undefined));
    await this.page.goto(`${this.server.address}&payload=${encodeURIComponent(openFile)}`);
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
    await tab.waitFor();
    // Extensions are there once the status bar has our item; on a busy machine that takes much longer than the window.
    await this.statusItem().waitFor({ timeout: 2 * patience });
    this.loaded = true;
    await this.focusEditor();
  }

  /**
   * VS Code's own "Reload Window". The file is taken out of the address first: with one there,
   * VS Code restores nothing else.
   */
  async reload() {
    await this.page.evaluate((address) => {
      history.replaceState(undefined, '', address);
      document.body.dataset.before = 'reload';
    }, this.server.address);
    await this.palette('Developer: Reload Window');
    await this.page.locator('body:not([data-before]) .monaco-workbench .part.statusbar').waitFor();
  }

  async focusEditor() {
    await this.page.locator('.editor-instance .view-lines').first().waitFor();
    await this.press('Control+1');
    await this.page.locator('.monaco-editor.focused').first().waitFor();
  }

  /** A text of the extension in the window's language. */
  text(words) {
    return this.bundle[words] ?? words;
  }

  press(keys) {
    return this.page.keyboard.press(keys);
  }

  /** Closes a list or an input at the top of the window. */
  async escape() {
    const hasFocus = () => this.page.evaluate(() => Boolean(document.activeElement?.closest('.quick-input-widget')));
    await this.until(hasFocus, 'no list or input has the focus');
    await this.press('Escape');
    await this.page.locator('.quick-input-widget').first().waitFor({ state: 'hidden' });
  }

  /** Runs a contributed command from the palette. */
  async run(id) {
    await this.palette(commandTitle(id, this.texts));
  }

  /**
   * Opens the palette on a command and resolves to the number of rows above it. One that depends on a context may come
   * a moment later: it is looked for again.
   */
  async findInPalette(title) {
    const input = this.page.locator('.quick-input-widget input.input').first();
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    let above;
    await this.until(async () => {
      await this.press('F1');
      await input.waitFor({ state: 'visible' });
      await input.fill(`>${title}`);
      // Where several titles begin in the same words, the palette sorts them by letters.
      const found = await this.until(
        async () => {
          const labels = await rows.evaluateAll((all) => all.map((row) => row.ariaLabel ?? ''));
          above = labels.findIndex((label) => label.includes(title));
          return above >= 0;
        },
        'no row',
        8000,
      ).catch(() => false);
      if (!found) await this.press('Escape');
      return found;
    }, `the palette does not offer "${title}"`);
    return above;
  }

  /** Runs a command by the title that the palette shows. */
  async palette(title) {
    const above = await this.findInPalette(title);
    for (let row = 0; row < above; row++) await this.press('ArrowDown');
    await this.press('Enter');
    // A command that opens a list of its own uses the palette's widget: its rows must not be taken for the palette's.
    const input = this.page.locator('.quick-input-widget input.input').first();
    const isGone = async () =>
      !(await input.isVisible()) || !(await input.inputValue({ timeout: 1000 }).catch(() => '')).startsWith('>');
    await this.until(isGone, `the palette stays open on "${title}"`);
  }

  /** Puts the cursor at a line and column, both from 1, in the focused editor. */
  async goTo(line, column = 1) {
    await this.press('Control+g');
    const input = this.page.locator('.quick-input-widget input.input').first();
    await input.waitFor({ state: 'visible' });
    await input.fill(`:${line}:${column}`);
    await this.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }

  /** Puts the cursor on the first place of `words` in a file's text on disk, `offset` characters into it. */
  async goToWords(name, words, offset = 0) {
    const at = this.read(name).indexOf(words);
    if (at < 0) throw new Error(`${name} does not contain ${JSON.stringify(words)}`);
    const before = this.read(name)
      .slice(0, at + offset)
      .split('\n');
    await this.goTo(before.length, before[before.length - 1].length + 1);
  }

  /** Selects `length` characters to the right. */
  async select(length) {
    for (let index = 0; index < length; index++) await this.press('Shift+ArrowRight');
  }

  /**
   * Saves the focused editor until what is on disk is `expected` (a text or a condition), since an edit may be on its
   * way still; returns what is on disk in any case, for the assertion.
   */
  async save(name, expected = () => true) {
    const holds = typeof expected === 'function' ? expected : (text) => text === expected;
    const clean = this.page.locator(`.tab[data-resource-name="${name}"]:not(.dirty)`).first();
    await this.until(
      async () => {
        await this.press('Control+s');
        // An edit that comes after the key leaves the file unsaved: the key is pressed again.
        await clean.waitFor({ timeout: 2000 }).catch(() => undefined);
        return (await clean.count()) > 0 && holds(this.read(name));
      },
      'not saved',
      patience,
      400,
    ).catch(() => undefined);
    return this.read(name);
  }

  statusItem() {
    return this.page.locator('.statusbar-item[id$="narTextTools.status"]').first();
  }

  /**
   * Texts of the notifications on the screen. After a few seconds one is only in the list
   * that `showNotifications` opens.
   */
  notifications() {
    // A closed list keeps its last rows in the page.
    return this.page.locator(
      '.notifications-toasts .notification-list-item-message, .notifications-center.visible .notification-list-item-message',
    );
  }

  /** Opens the list of all notifications that nobody has closed yet; new ones appear in it. */
  async showNotifications() {
    if (await this.page.locator('.notifications-center.visible').isVisible()) return;
    await this.palette('Notifications: Show Notifications');
    await this.page.locator('.notifications-center.visible').waitFor();
  }

  async clearNotifications() {
    await this.palette('Notifications: Clear All Notifications');
    await this.until(async () => (await this.notifications().count()) === 0, 'notifications stay');
  }

  /**
   * Waits until VS Code has written something that matches into its storage in the browser,
   * as it does every few seconds.
   */
  async stored(pattern) {
    await this.until(
      () => this.page.evaluate(isStoredInPage, pattern.source),
      () => `nothing in VS Code's storage matches ${pattern}`,
      patience,
      500,
    );
  }

  /** Polls until the condition holds. */
  until(condition, what, timeout = patience, interval = 100) {
    return waitUntil(condition, what, timeout, interval);
  }

  async screenshot(name) {
    mkdirSync(artifacts, { recursive: true });
    await this.page.screenshot({ path: join(artifacts, `${name}.png`) });
  }
}
