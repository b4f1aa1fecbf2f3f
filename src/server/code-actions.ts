/**
 * Quick fixes with their confidence, "fix all", and the way to paraphrase. Pure: from
 * diagnostics and corrections to actions.
 */
import {
  CodeActionKind,
  type CodeAction,
  type CodeActionParams,
  type Diagnostic,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Correction, DiagnosticData } from '../protocol/requests';
import { diagnosticSource, percentOf } from './diagnostics';

export const fixAllKind = `${CodeActionKind.SourceFixAll}.narText`;
export const paraphraseCommand = 'narTextTools.paraphrase';

export interface Checked {
  version: number;
  corrections: Correction[];
  /** From this confidence on a correction is applied by "fix all". */
  highConfidence: number;
}

function wanted(only: string[] | undefined, kind: string): boolean {
  // "source.fixAll" asks for "source.fixAll.narText" too, "quickfix" not for "source".
  return !only || only.some((wish) => kind === wish || kind.startsWith(`${wish}.`));
}

function workspaceEdit(document: TextDocument, edits: TextEdit[], versioned: boolean): WorkspaceEdit {
  return versioned
    ? { documentChanges: [{ textDocument: { uri: document.uri, version: document.version }, edits }] }
    : { changes: { [document.uri]: edits } };
}

/** A short form of what an edit does, for the light bulb. */
export function fixTitle(original: string, correction: string, confidence: number): string {
  const quoted = (text: string): string => `“${text.length > 40 ? `${text.slice(0, 39)}…` : text}”`;
  const percent = percentOf(confidence);
  if (correction === '') return `Remove ${quoted(original.trim() || original)} (${percent})`;
  if (original === '') return `Insert ${quoted(correction.trim() || correction)} (${percent})`;
  return `Change ${quoted(original)} to ${quoted(correction)} (${percent})`;
}

function isData(value: unknown): value is DiagnosticData {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as DiagnosticData).correction === 'string' &&
    typeof (value as DiagnosticData).confidence === 'number'
  );
}

function quickFix(document: TextDocument, diagnostic: Diagnostic, versioned: boolean): CodeAction | undefined {
  if (diagnostic.source !== diagnosticSource || !isData(diagnostic.data)) return undefined;
  const { correction, original, confidence, highConfidence } = diagnostic.data;
  // The client may hold a diagnostic of older text: a fix that no longer fits is not offered.
  if (document.getText(diagnostic.range) !== original) return undefined;
  return {
    title: fixTitle(original, correction, confidence),
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    ...(highConfidence ? { isPreferred: true } : {}),
    edit: workspaceEdit(document, [{ range: diagnostic.range, newText: correction }], versioned),
  };
}

export function codeActions(
  document: TextDocument,
  params: CodeActionParams,
  checked: Checked | undefined,
  versioned: boolean,
): CodeAction[] {
  const { only } = params.context;
  const actions: CodeAction[] = [];
  if (wanted(only, CodeActionKind.QuickFix)) {
    for (const diagnostic of params.context.diagnostics) {
      const action = quickFix(document, diagnostic, versioned);
      if (action) actions.push(action);
    }
  }
  if (wanted(only, fixAllKind) && checked?.version === document.version) {
    const certain = checked.corrections.filter((correction) => correction.confidence >= checked.highConfidence);
    if (certain.length > 0) {
      const edits = certain.map((correction) => ({
        range: { start: document.positionAt(correction.startIndex), end: document.positionAt(correction.endIndex) },
        newText: correction.correction,
      }));
      actions.push({
        title: 'Fix all high-confidence problems',
        kind: fixAllKind,
        edit: workspaceEdit(document, edits, versioned),
      });
    }
  }
  const { start, end } = params.range;
  if (wanted(only, CodeActionKind.RefactorRewrite) && (start.line !== end.line || start.character !== end.character)) {
    const title = 'Rewrite…';
    actions.push({
      title,
      kind: CodeActionKind.RefactorRewrite,
      command: { title, command: paraphraseCommand, arguments: [document.uri, params.range] },
    });
  }
  return actions;
}
