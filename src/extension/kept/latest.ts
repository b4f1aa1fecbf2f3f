/**
 * What was put into a dictionary or ignored: each such act is told with the way back, which a command takes as well.
 */
import * as vscode from 'vscode';
import { stepDone } from '../shell/first-steps';
import { inert } from '../shell/inert';
import type { Action, Messages } from '../shell/messages';
import { StatusRow } from '../shell/status-row';

interface Act {
  /** For the message that it was taken back. */
  what: string;
  undo(): Promise<void>;
}

/** Acts that can be taken back, one after the other. */
const most = 50;

/** In milliseconds: how long the status bar tells of an act. */
const shownFor = 15_000;

export class LatestActs implements vscode.Disposable {
  private readonly acts: Act[] = [];
  private readonly row = new StatusRow('narTextTools.act', vscode.l10n.t('Kept Words and Ignored Remarks'), 900);
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly messages: Messages) {}

  dispose(): void {
    clearTimeout(this.timer);
    this.row.dispose();
  }

  /**
   * In the status bar: a notification would cover the text, stay when the act is undone, and many would pile up.
   * @param what a whole sentence that says what was kept and where
   */
  tell(what: string, undo: () => Promise<void>, ...more: Action[]): void {
    stepDone('kept');
    const act: Act = { what, undo };
    this.acts.push(act);
    if (this.acts.length > most) this.acts.shift();
    const actions: Action[] = [{ title: vscode.l10n.t('Undo'), run: () => this.takeBack(act) }, ...more];
    this.row.show([
      { text: `$(pass) ${inert(what)}`, tooltip: what, accessibilityInformation: { label: what, role: 'status' } },
      ...actions.map(({ title, run }) => ({ text: title, tooltip: what, run })),
    ]);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.row.hide(), shownFor);
  }

  async undoLatest(): Promise<void> {
    const act = this.acts.at(-1);
    if (act) await this.takeBack(act);
    else
      this.messages.information(
        vscode.l10n.t('Since the window was opened nothing was ignored or put into a dictionary.'),
      );
  }

  private async takeBack(act: Act): Promise<void> {
    const index = this.acts.indexOf(act);
    // Two clicks, or a click and the command.
    if (index < 0) return;
    this.acts.splice(index, 1);
    this.row.hide();
    await act.undo();
    this.messages.passing(vscode.l10n.t('Undone: {0}', act.what));
  }
}
