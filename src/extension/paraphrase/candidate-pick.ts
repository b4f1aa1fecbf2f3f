/** All wordings in a quick pick; the diff behind it follows the one that is highlighted. */
import * as vscode from 'vscode';
import type { Preview } from '../shell/preview';
import { changesOf, sessionEdits, singleLine, type ParaphraseSession } from './paraphrase-session';

export function pickCandidate(session: ParaphraseSession, preview: Preview): void {
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { index: number }>();
  pick.title = vscode.l10n.t('Rewrite: Enter applies, Escape discards');
  pick.items = session.candidates.map(({ text: candidate }, index) => ({
    // A row is cut behind: what differs comes first.
    label: `${index + 1}: ${changesOf(session, index)}`,
    detail: singleLine(candidate),
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
