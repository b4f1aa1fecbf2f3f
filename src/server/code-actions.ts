/**
 * Quick fixes with their confidence, "fix all", ways to silence a remark and to rewrite. Pure: from
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
import type { Correction } from '../protocol/requests';
import { isUnknownWordData, type DiagnosticData } from '../protocol/language-server';
import { unknownWordCode } from '../protocol/unknown-word';
import { diagnosticSource, percentOf } from './diagnostics';
import type { Abilities } from './abilities';
import { keptActions, wordActions } from './kept-actions';
import { rewriteActions } from './rewrite';

export const fixAllKind = `${CodeActionKind.SourceFixAll}.narText`;
export const paraphraseCommand = 'narTextTools.paraphrase';

export interface Checked {
  version: number;
  corrections: Correction[];
  /** As they were told, for clients that send them back without their data. */
  diagnostics: Diagnostic[];
  /** From this confidence on a correction is applied by "fix all". */
  highConfidence: number;
}

function wanted(only: string[] | undefined, kind: string): boolean {
  // "source.fixAll" asks for "source.fixAll.narText" too, "quickfix" not for "source".
  return !only || only.some((wish) => kind === wish || kind.startsWith(`${wish}.`));
}

export function workspaceEdit(document: TextDocument, edits: TextEdit[], versioned: boolean): WorkspaceEdit {
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

/** What is left of a diagnostic where columns are bytes and numbers lose digits. */
function wording({ range, data }: Diagnostic): unknown {
  return isData(data) && [range.start.line, data.type, data.original, data.correction];
}

/**
 * A diagnostic that a client sent back, with the server's own range and what it proposes. Some clients lose its data,
 * and some (Neovim before 0.10) count the bytes of its columns: those of the same text are found among the server's
 * own.
 * The client may also hold one of older text: a fix that no longer fits is not offered.
 */
function proposed(
  document: TextDocument,
  sent: Diagnostic,
  checked: Checked | undefined,
): (Diagnostic & { data: DiagnosticData }) | undefined {
  if (sent.source !== diagnosticSource) return undefined;
  const told = checked?.version === document.version ? checked.diagnostics : [];
  const same = (read: (each: Diagnostic) => unknown): Diagnostic | undefined =>
    told.find((each) => JSON.stringify(read(each)) === JSON.stringify(read(sent)));
  const candidates = [sent, same(({ range, code }) => [range, code]), same(wording)];
  return candidates.find(
    (each): each is Diagnostic & { data: DiagnosticData } =>
      each !== undefined && isData(each.data) && document.getText(each.range) === each.data.original,
  );
}

interface UnknownDiagnostic extends Diagnostic {
  word: string;
  suggestions: string[];
}

/** The server's own diagnostic of an unknown word, whatever a client left of it. */
function unknownWord(
  document: TextDocument,
  sent: Diagnostic,
  checked: Checked | undefined,
): UnknownDiagnostic | undefined {
  if (sent.source !== diagnosticSource || sent.code !== unknownWordCode) return undefined;
  const told = checked?.version === document.version ? checked.diagnostics : [];
  for (const each of [sent, ...told.filter(({ code, message }) => code === sent.code && message === sent.message)])
    if (isUnknownWordData(each.data) && document.getText(each.range) === each.data.unknownWord)
      return { ...each, word: each.data.unknownWord, suggestions: each.data.suggestions };
  return undefined;
}

function suggestionsOf(document: TextDocument, unknown: UnknownDiagnostic, versioned: boolean): CodeAction[] {
  const { word, suggestions, ...diagnostic } = unknown;
  return suggestions.map((suggestion) => ({
    title: `Change “${word}” to “${suggestion}”`,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    edit: workspaceEdit(document, [{ range: diagnostic.range, newText: suggestion }], versioned),
  }));
}

function quickFix(
  document: TextDocument,
  diagnostic: Diagnostic & { data: DiagnosticData },
  versioned: boolean,
): CodeAction {
  const { correction, original, confidence, highConfidence } = diagnostic.data;
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
  abilities: Pick<Abilities, 'versionedEdits' | 'resolvesEdits' | 'ownInterface'>,
  hasProject = false,
): CodeAction[] {
  const { only } = params.context;
  const versioned = abilities.versionedEdits;
  const actions: CodeAction[] = [];
  if (wanted(only, CodeActionKind.QuickFix)) {
    const silencing: CodeAction[] = [];
    for (const sent of params.context.diagnostics) {
      const unknown = unknownWord(document, sent, checked);
      if (unknown) {
        actions.push(...suggestionsOf(document, unknown, versioned));
        if (!abilities.ownInterface) silencing.push(...wordActions(document, unknown, unknown.word, hasProject));
      }
      const diagnostic = proposed(document, sent, checked);
      if (!diagnostic) continue;
      actions.push(quickFix(document, diagnostic, versioned));
      if (!abilities.ownInterface) silencing.push(...keptActions(document, diagnostic, hasProject));
    }
    // Every fix stands before the first way to have none.
    actions.push(...silencing);
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
  if (!wanted(only, CodeActionKind.RefactorRewrite)) return actions;
  if (!abilities.ownInterface) return [...actions, ...rewriteActions(document, params, abilities.resolvesEdits)];
  if (start.line !== end.line || start.character !== end.character) {
    const title = 'Rewrite…';
    actions.push({
      title,
      kind: CodeActionKind.RefactorRewrite,
      command: { title, command: paraphraseCommand, arguments: [document.uri, params.range] },
    });
  }
  return actions;
}
