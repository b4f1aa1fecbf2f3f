/** Kinds of errors, and changes, in words that writers know. */
import * as vscode from 'vscode';
import type { CorrectionType } from '../../protocol/requests';

export const kindNames: Record<CorrectionType, string> = {
  spelling: vscode.l10n.t('spelling'),
  casing: vscode.l10n.t('capital letter'),
  punctuation: vscode.l10n.t('punctuation'),
  spacing: vscode.l10n.t('spacing'),
  'doubled-word': vscode.l10n.t('doubled word'),
  article: vscode.l10n.t('article'),
  agreement: vscode.l10n.t('agreement'),
  'verb-form': vscode.l10n.t('verb form'),
  preposition: vscode.l10n.t('preposition'),
  confusable: vscode.l10n.t('confused word'),
  'missing-word': vscode.l10n.t('missing word'),
  'extra-word': vscode.l10n.t('extra word'),
  hyphen: vscode.l10n.t('hyphen'),
  other: vscode.l10n.t('other'),
};

/** At the start of a line of its own. */
export function kindTitle(type: CorrectionType): string {
  const name = kindNames[type];
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** A change for a screen reader, which reads no arrows. */
export function spokenChange(original: string, correction: string): string {
  if (correction === '') return vscode.l10n.t('remove “{0}”', original);
  return original === ''
    ? vscode.l10n.t('insert “{0}”', correction)
    : vscode.l10n.t('“{0}” to “{1}”', original, correction);
}
