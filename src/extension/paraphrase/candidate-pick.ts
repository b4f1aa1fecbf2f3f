/** All wordings in a quick pick; the diff behind it follows the one that is highlighted. */
import * as vscode from 'vscode';
import type { Preview } from '../shell/preview';
import { changesOf, sessionEdits, type ParaphraseSession } from './paraphrase-session';

export function pickCandidate(session: ParaphraseSession, preview: Preview): void {
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { index: number }>();
  pick.title = vscode.l10n.t('Rewrite: Enter applies, Escape discards');
  pick.items = session.candidates.map((_, index) => ({
    // What differs, and no more: the diff under the list has the whole sentence.
    label: `${index + 1}: ${changesOf(session, index)}`,
    alwaysShow: true,
    index,
  }));
  pick.ignoreFocusOut = true;
  let accepted = false;
  pick.onDidChangeActive(([item]) => item && preview.replaceEdits(sessionEdits(session, item.index)));
  pick.onDidAccept(() => {
    accepted = true;
    pick.hide();
    void preview.apply();
  });
  pick.onDidHide(() => {
    pick.dispose();
    if (!accepted) void preview.discard();
  });
  pick.show();
}
