/**
 * The one place for notifications: few, each says what to do, hints can be switched off for good. Texts may hold names
 * of files and words of the engine: none of them becomes a link.
 */
import * as vscode from 'vscode';
import { DocumentTooLongError } from './documents';
import { EngineStoppedError } from '../engine/engine-client';
import { localized } from './engine-texts';
import { inert } from './inert';

export interface Action {
  title: string;
  run(): unknown;
}

/** How the engine answers: the request cannot be done on this text; the model or the runtime does not work. */
const codes = { invalidParameters: -32602, requestFailed: -32803 };

const suppressedKey = 'narTextTools.suppressedMessages';

export const action = {
  showLog: (): Action => ({
    title: vscode.l10n.t('Show Log'),
    run: () => vscode.commands.executeCommand('narTextTools.showLog'),
  }),
  restart: (): Action => ({
    title: vscode.l10n.t('Restart'),
    run: () => vscode.commands.executeCommand('narTextTools.restartEngine'),
  }),
  modelSettings: (): Action => ({
    title: vscode.l10n.t('Open Settings'),
    run: () => vscode.commands.executeCommand('workbench.action.openSettings', 'narTextTools.model.path'),
  }),
  selectModel: (): Action => ({
    title: vscode.l10n.t('Select Model'),
    run: () => vscode.commands.executeCommand('narTextTools.selectModel'),
  }),
};

export class Messages {
  /** Texts of this session and when they were told, in milliseconds. */
  private readonly told = new Map<string, number>();

  constructor(private readonly memory: vscode.Memento) {}

  /** Returns at once; the action runs when it is chosen. */
  information(text: string, ...actions: Action[]): void {
    this.follow(vscode.window.showInformationMessage(inert(text), ...actions.map((each) => each.title)), actions);
  }

  warning(text: string, ...actions: Action[]): void {
    this.follow(vscode.window.showWarningMessage(inert(text), ...actions.map((each) => each.title)), actions);
  }

  error(text: string, ...actions: Action[]): void {
    this.follow(vscode.window.showErrorMessage(inert(text), ...actions.map((each) => each.title)), actions);
  }

  /** In the status bar for a few seconds: news that nobody has to answer. */
  passing(text: string): void {
    vscode.window.setStatusBarMessage(inert(text), 5_000);
  }

  /** Once a session for each text, and never again when the user says so. */
  hint(id: string, text: string, ...actions: Action[]): void {
    const suppressed = this.memory.get<string[]>(suppressedKey, []);
    if (suppressed.includes(id) || this.told.has(text)) return;
    this.told.set(text, Date.now());
    const never: Action = {
      title: vscode.l10n.t("Don't Show Again"),
      run: () => this.memory.update(suppressedKey, [...suppressed, id]),
    };
    this.information(text, ...actions, never);
  }

  /** Errors of the engine that repeat (a broken model): once a session for each text. */
  errorOnce(text: string, ...actions: Action[]): void {
    if (this.told.has(text)) return;
    this.told.set(text, Date.now());
    this.error(text, ...actions);
  }

  /** The engine works again: should it fail once more, that is news. */
  recovered(): void {
    this.told.clear();
  }

  /** One message for whatever ended a command; none when the user cancelled it. */
  failure(error: unknown, again?: () => unknown): void {
    if (error instanceof vscode.CancellationError) return;
    const rerun: Action[] = again ? [{ title: vscode.l10n.t('Run Again'), run: again }] : [];
    if (error instanceof EngineStoppedError) {
      this.error(vscode.l10n.t('{0} Your text was not changed.', error.message), ...rerun, action.showLog());
    } else if (error instanceof DocumentTooLongError) {
      this.warning(error.message);
    } else {
      const text = localized(error instanceof Error ? error.message : String(error));
      const { code } = error as { code?: unknown };
      // The engine says what the input lacks: nothing is broken.
      if (code === codes.invalidParameters) this.information(text);
      else if (!this.wasJustTold(text))
        this.error(text, ...(code === codes.requestFailed ? [action.selectModel()] : []), action.showLog());
    }
  }

  /**
   * The engine's state tells of a failed load a moment before the command that needed the
   * model fails with the same words.
   */
  private wasJustTold(text: string): boolean {
    return [...this.told].some(([earlier, time]) => earlier.startsWith(text) && Date.now() - time < 5_000);
  }

  private follow(chosen: Thenable<string | undefined>, actions: Action[]): void {
    void chosen.then((title) => actions.find((each) => each.title === title)?.run());
  }
}

/**
 * Runs a task; a progress notification with a cancel button appears only when it takes
 * longer than `delay` milliseconds.
 * @param task may report how much is done, from 0 to 1, and in words
 */
export async function withProgress<Result>(
  title: string,
  task: (token: vscode.CancellationToken, report: (done: number, message: string) => void) => Promise<Result>,
  delay = 1000,
): Promise<Result> {
  const source = new vscode.CancellationTokenSource();
  let told = 0;
  let reported = { done: 0, message: '' };
  let shown: vscode.Progress<{ message?: string; increment?: number }> | undefined;
  const running = task(source.token, (done, message) => {
    reported = { done, message };
    shown?.report({ message, increment: (done - told) * 100 });
    if (shown) told = done;
  });
  const settled = running.then(
    () => undefined,
    () => undefined,
  );
  const late = setTimeout(() => {
    void vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: inert(title), cancellable: true },
      async (progress, token) => {
        token.onCancellationRequested(() => source.cancel());
        shown = progress;
        const { done, message } = reported;
        if (message !== '') progress.report({ message, increment: done * 100 });
        told = done;
        await settled;
      },
    );
  }, delay);
  try {
    return await running;
  } finally {
    clearTimeout(late);
    source.dispose();
  }
}
