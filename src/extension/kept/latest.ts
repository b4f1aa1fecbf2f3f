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
const shownFor = 10_000;

export class LatestActs implements vscode.Disposable {
  private readonly acts: Act[] = [];
  private readonly row = new StatusRow('narTextTools.act', vscode.l10n.t('Ignored'), 900);
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly messages: Messages) {}

  dispose(): void {
    clearTimeout(this.timer);
    this.row.dispose();
  }

  /** @param what a whole sentence that says what was kept and where */
  tell(what: string, undo: () => Promise<void>, ...more: Action[]): void {
    const act = this.keep({ what, undo });
    this.messages.information(what, { title: vscode.l10n.t('Undo'), run: () => this.takeBack(act) }, ...more);
  }

  /**
   * Of one act of many, key by key: notifications would pile up over the text. The status bar has the way back.
   * @param what a whole sentence that says what was kept and where
   */
  tellQuietly(what: string, undo: () => Promise<void>): void {
    const act = this.keep({ what, undo });
    const run: vscode.Command = { title: vscode.l10n.t('Undo'), command: 'narTextTools.undoIgnore' };
    this.row.show([
      {
        text: `$(eye-closed) ${inert(what)}`,
        tooltip: what,
        accessibilityInformation: { label: what, role: 'status' },
      },
      { text: run.title, command: run, tooltip: act.what },
    ]);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.row.hide(), shownFor);
  }

  private keep(act: Act): Act {
    stepDone('kept');
    this.acts.push(act);
    if (this.acts.length > most) this.acts.shift();
    return act;
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
    this.row.hide();
    await act.undo();
    this.messages.passing(vscode.l10n.t('Undone: {0}', act.what));
  }
}
