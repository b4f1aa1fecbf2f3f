/**
 * What was put into a dictionary or ignored: each such act is told with the way back, which a command takes as well.
 */
import * as vscode from 'vscode';
import { stepDone } from '../shell/first-steps';
import type { Action, Messages } from '../shell/messages';

interface Act {
  /** For the message that it was taken back. */
  what: string;
  undo(): Promise<void>;
}

/** Acts that can be taken back, one after the other. */
const most = 50;

export class LatestActs {
  private readonly acts: Act[] = [];

  constructor(private readonly messages: Messages) {}

  /** @param what a whole sentence that says what was kept and where */
  tell(what: string, undo: () => Promise<void>, ...more: Action[]): void {
    stepDone('kept');
    const act: Act = { what, undo };
    this.acts.push(act);
    if (this.acts.length > most) this.acts.shift();
    this.messages.information(what, { title: vscode.l10n.t('Undo'), run: () => this.takeBack(act) }, ...more);
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
    // The message stays on the screen: it may be answered after the command has taken the act back.
    if (index < 0) return;
    this.acts.splice(index, 1);
    await act.undo();
    this.messages.passing(vscode.l10n.t('Undone: {0}', act.what));
  }
}
