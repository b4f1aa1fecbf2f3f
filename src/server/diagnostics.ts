/** Corrections as LSP diagnostics. */
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Correction, DiagnosticData, UnreadPassage } from '../protocol/requests';
import { unreadMessage } from '../protocol/unread';

export const diagnosticSource = 'nar-text';

/** How a confidence is shown everywhere. */
export const percentOf = (confidence: number): string => `${Math.round(confidence * 100)} %`;

const isWordCharacter = (character: string): boolean => /[\p{L}\p{N}\p{M}'’_-]/u.test(character);

/**
 * An insertion covers nothing, and an editor cannot underline nothing: it takes in the word before it (or after it, at
 * the start of a line), unchanged.
 */
export function visible(text: string, correction: Correction): { start: number; end: number; correction: string } {
  let { startIndex: start, endIndex: end } = correction;
  if (start !== end) return { start, end, correction: correction.correction };
  while (start > 0 && isWordCharacter(text[start - 1]!)) start--;
  if (start === end) {
    while (end < text.length && isWordCharacter(text[end]!)) end++;
    // Between two blanks or marks: the one character beside it.
    if (start === end && start > 0 && !/[\r\n]/.test(text[start - 1]!)) start--;
  }
  return {
    start,
    end,
    correction: text.slice(start, correction.startIndex) + correction.correction + text.slice(correction.endIndex, end),
  };
}

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
  const { start, end, correction: replacement } = visible(text, correction);
  // A matter of style is nothing that Fix All does unasked.
  const highConfidence = !correction.style && correction.confidence >= highConfidenceFrom;
  const data: DiagnosticData = {
    correction: replacement,
    confidence: correction.confidence,
    type: correction.type,
    original: text.slice(start, end),
    lexicon: correction.lexicon,
    highConfidence,
    ...(correction.style ? { style: true } : {}),
  };
  return {
    range: { start: document.positionAt(start), end: document.positionAt(end) },
    severity: severityOf(correction, highConfidence),
    source: diagnosticSource,
    code: correction.type,
    message: `${correction.explanation} (${percentOf(correction.confidence)})`,
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
