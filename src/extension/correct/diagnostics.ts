/** What the engine reported, as the editor holds it, and "Fix all high-confidence errors". */
import * as vscode from 'vscode';
import { isUnknownWordData, type DiagnosticData } from '../../protocol/language-server';
import { correctionParams } from './correction-params';
import { refusesLanguage } from './correct';
import { sliceOf, textFormat } from '../shell/documents';
import { editsOf, touchesAny, type OffsetEdit } from '../shell/checked-edits';
import { stepDone } from '../shell/first-steps';
import { withProgress } from '../shell/messages';
import { applyChecked, nameOf, refusesEdits } from '../shell/preview';
import type { Services } from '../shell/services';
import { readSettings } from '../shell/settings';

export const diagnosticSource = 'nar-text';

/**
 * Data of one of our diagnostics; undefined for anybody else's. The protocol's `data` is no
 * public field of vscode.Diagnostic.
 */
export function dataOf(diagnostic: vscode.Diagnostic): DiagnosticData | undefined {
  if (diagnostic.source !== diagnosticSource) return undefined;
  const { data } = diagnostic as vscode.Diagnostic & { data?: unknown };
  return typeof data === 'object' && data !== null && typeof (data as DiagnosticData).correction === 'string'
    ? (data as DiagnosticData)
    : undefined;
}

/** The word of one of our diagnostics of unknown words; undefined for any other. */
export function unknownWordOf(diagnostic: vscode.Diagnostic): string | undefined {
  const { data } = diagnostic as vscode.Diagnostic & { data?: unknown };
  return diagnostic.source === diagnosticSource && isUnknownWordData(data) ? data.unknownWord : undefined;
}

export function registerFixAll(services: Services): void {
  services.context.subscriptions.push(
    vscode.commands.registerTextEditorCommand('narTextTools.fixAll', (editor) =>
      fixAll(services, editor.document, editor.selection),
    ),
  );
}

/**
 * Applies every high-confidence correction of the file, or of the selection when there is one, as one
 * undo step and without a preview.
 */
export async function fixAll(
  services: Services,
  document: vscode.TextDocument,
  selection: vscode.Range,
): Promise<void> {
  const again = (): unknown => fixAll(services, document, selection);
  try {
    if (refusesLanguage(services, document) || (await refusesEdits(services, document))) return;
    const { version } = document;
    const settings = readSettings(document.uri);
    const shown = settings.enable && settings.correct.asYouType ? fromDiagnostics(document, selection) : [];
    const edits = shown.length > 0 ? shown : await fromEngine(services, document, selection);
    if (edits.length === 0) {
      services.messages.information(
        vscode.l10n.t(
          'No high-confidence errors in {0}.',
          selection.isEmpty ? `“${nameOf(document)}”` : vscode.l10n.t('the selection'),
        ),
      );
      return;
    }
    if (await applyChecked(services, { document, version, edits, again })) stepDone('corrected');
  } catch (error) {
    services.messages.failure(error, again);
  }
}

/** Only diagnostics that still fit the text: an editor keeps the old ones until the engine has checked again. */
function fromDiagnostics(document: vscode.TextDocument, selection: vscode.Range): OffsetEdit[] {
  const text = document.getText();
  const ranges = [{ start: document.offsetAt(selection.start), end: document.offsetAt(selection.end) }];
  const corrections = vscode.languages.getDiagnostics(document.uri).flatMap((diagnostic) => {
    const data = dataOf(diagnostic);
    if (!data?.highConfidence || document.getText(diagnostic.range) !== data.original) return [];
    const { correction, type, confidence, lexicon } = data;
    return [
      {
        startIndex: document.offsetAt(diagnostic.range.start),
        endIndex: document.offsetAt(diagnostic.range.end),
        correction,
        type,
        confidence,
        lexicon,
        explanation: diagnostic.message,
      },
    ];
  });
  return editsOf(selection.isEmpty ? corrections : corrections.filter((each) => touchesAny(each, ranges)), text, 0);
}

async function fromEngine(
  services: Services,
  document: vscode.TextDocument,
  selection: vscode.Range,
): Promise<OffsetEdit[]> {
  const slice = sliceOf(document, selection.isEmpty ? undefined : selection);
  const params = await correctionParams(services, document);
  const { corrections, highConfidence } = await withProgress(
    vscode.l10n.t('Checking “{0}”…', nameOf(document)),
    (token) =>
      services.client.correct(
        {
          text: slice.text,
          format: textFormat(document),
          ...(slice.range ? { range: slice.range } : {}),
          ...params,
        },
        token,
      ),
  );
  // The same corrections as the underlines; of these the model's own high confidence chooses.
  const sure = corrections.filter(({ confidence }) => confidence >= highConfidence);
  return editsOf(slice.range ? sure.filter((each) => touchesAny(each, [slice.range!])) : sure, slice.text, slice.base);
}
