/** What the user's settings, dictionaries and ignored remarks add to a correction request of a document. */
import type * as vscode from 'vscode';
import type { CorrectParams } from '../../protocol/requests';
import type { Services } from '../shell/services';

export async function correctionParams(
  { kept }: Pick<Services, 'kept'>,
  document: Pick<vscode.TextDocument, 'uri'>,
): Promise<Omit<CorrectParams, 'text' | 'format' | 'range'>> {
  const { correct, dictionary, ignoredSentences, ignoredRemarks } = await kept.settingsOf(document.uri);
  return {
    decoder: correct.decoder,
    options: { passes: correct.passes, ...correct.options },
    dictionary,
    ignoredTypes: correct.ignoredTypes,
    ignoredSentences,
    ignoredRemarks,
    level: correct.level,
    style: correct.style,
    dialect: correct.dialect,
    ...(correct.confidence === null ? {} : { threshold: correct.confidence }),
  };
}
