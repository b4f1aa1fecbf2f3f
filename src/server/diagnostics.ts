/** Corrections as LSP diagnostics. */
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { UnknownWordData } from '../protocol/language-server';
import type { Correction, UnknownWord, UnreadPassage } from '../protocol/requests';
import { unknownWordCode, unknownWordMessage } from '../protocol/unknown-word';
import { unreadMessage } from '../protocol/unread';
import { remarkShown } from '../protocol/remark-shown';

export const diagnosticSource = 'nar-text';

/** How a confidence is shown everywhere. */
export const percentOf = (confidence: number): string => `${Math.round(confidence * 100)} %`;

/** Misspellings and doubled words are plain mistakes; style is a hint; everything else is advice. */
function severityOf({ type, style }: Correction, highConfidence: boolean): DiagnosticSeverity {
  if (style) return DiagnosticSeverity.Hint;
  return highConfidence && (type === 'spelling' || type === 'doubled-word')
    ? DiagnosticSeverity.Warning
    : DiagnosticSeverity.Information;
}

export function toDiagnostic(
  document: TextDocument,
  text: string,
  correction: Correction,
  highConfidenceFrom: number,
): Diagnostic {
  const { start, end, data } = remarkShown(text, correction, highConfidenceFrom);
  return {
    range: { start: document.positionAt(start), end: document.positionAt(end) },
    severity: severityOf(correction, data.highConfidence),
    source: diagnosticSource,
    code: correction.type,
    message: `${correction.explanation} (${percentOf(correction.confidence)})`,
    data,
  };
}

/** Information, for the writer may well know the word. */
export function unknownDiagnostic(
  document: TextDocument,
  { startIndex, endIndex, suggestions }: UnknownWord,
): Diagnostic {
  const range = { start: document.positionAt(startIndex), end: document.positionAt(endIndex) };
  const data: UnknownWordData = { unknownWord: document.getText(range), suggestions };
  return {
    range,
    severity: DiagnosticSeverity.Information,
    source: diagnosticSource,
    code: unknownWordCode,
    message: unknownWordMessage(data.unknownWord),
    data,
  };
}

/** A passage that was not read, at its first line; no correction, so it has no data. */
export function unreadDiagnostic(document: TextDocument, { startIndex, endIndex }: UnreadPassage): Diagnostic {
  const [start, last] = [document.positionAt(startIndex), document.positionAt(endIndex)];
  const lineEnd = document.positionAt(document.offsetAt({ line: start.line + 1, character: 0 }));
  const firstLine = document.getText({ start, end: last.line === start.line ? last : lineEnd }).trimEnd();
  return {
    range: { start, end: document.positionAt(startIndex + firstLine.length) },
    severity: DiagnosticSeverity.Information,
    source: diagnosticSource,
    code: 'unread',
    message: unreadMessage([[start.line + 1, last.line + 1]]),
  };
}
