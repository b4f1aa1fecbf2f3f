/** How long a summary shall be: what was chosen last stands first. */
import * as vscode from 'vscode';
import type { SummaryLength } from '../../protocol/requests';
import { readSettings } from '../shell/settings';
import { lengthNames } from './summary-texts';

const latestLengthKey = 'narTextTools.summaryLength';

/** Undefined when the person goes away without choosing. */
export async function askLength(
  context: vscode.ExtensionContext,
  document: vscode.TextDocument,
): Promise<SummaryLength | undefined> {
  const { workspaceState } = context;
  const latest = workspaceState.get<SummaryLength>(latestLengthKey) ?? readSettings(document.uri).summarize.length;
  const details: Record<SummaryLength, string> = {
    headline: vscode.l10n.t('a few words'),
    sentence: vscode.l10n.t('what a description needs'),
    short: vscode.l10n.t('two or three sentences'),
    'key-sentences': vscode.l10n.t('the most important sentences as they stand'),
  };
  const lengths = Object.keys(lengthNames) as SummaryLength[];
  const items = lengths
    .sort((a, b) => Number(b === latest) - Number(a === latest))
    .map((length) => ({ label: lengthNames[length], description: details[length], length }));
  const chosen = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('How long shall the summary be?') });
  if (chosen) await workspaceState.update(latestLengthKey, chosen.length);
  return chosen?.length;
}
