/** What is said of a summary, in the language of the interface. */
import * as vscode from 'vscode';
import type { SummaryLength } from '../../protocol/requests';
import type { SummaryTexts } from './summary-markdown';

export const lengthNames: Record<SummaryLength, string> = {
  headline: vscode.l10n.t('Headline'),
  sentence: vscode.l10n.t('One sentence'),
  short: vscode.l10n.t('Short paragraph'),
  'key-sentences': vscode.l10n.t('Key sentences'),
};

export function summaryTexts(length: SummaryLength): SummaryTexts {
  return {
    length: lengthNames[length],
    sources: vscode.l10n.t('Where it comes from'),
    from: vscode.l10n.t('from'),
    method: (method, corrections) => {
      if (method === 'compressed') return vscode.l10n.t('shortened');
      if (method === 'rewritten') return vscode.l10n.t('reworded');
      if (corrections === 0) return vscode.l10n.t('taken word for word');
      return corrections === 1
        ? vscode.l10n.t('taken over with one slip corrected')
        : vscode.l10n.t('taken over with {0} slips corrected', corrections);
    },
    sure: (percent) => vscode.l10n.t('{0} % sure', percent),
    lines: (first, last) =>
      first === last ? vscode.l10n.t('line {0}', first) : vscode.l10n.t('lines {0}–{1}', first, last),
  };
}
