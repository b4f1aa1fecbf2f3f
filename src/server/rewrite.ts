/**
 * Other wordings as code actions that carry an edit, for clients without an interface of their own to choose one in.
 */
import {
  CodeActionKind,
  CodeActionTriggerKind,
  LSPErrorCodes,
  ResponseError,
  type CodeAction,
  type CodeActionParams,
  type Range,
  type TextEdit,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Engine } from '../engine/engine';
import { InputError } from '../engine/errors';
import type { GuardedWork } from '../engine/guarded-work';
import { formatOfLanguage, isCode } from '../protocol/formats';
import { serverCommands } from '../protocol/language-server';
import type { Settings } from '../protocol/settings';
import { paraphraseModeNames, paraphraseModes, type ParaphraseMode } from '../protocol/tasks';
import { isRange } from './kept-actions';
import { nameOf } from './documents';

export interface Rewriting {
  uri: string;
  range: Range;
  mode: ParaphraseMode;
  /** Of the document that the offer was made for. */
  version: number;
}

/**
 * The offers for a selection, or for the sentence at the cursor when a person asked for actions; none is computed
 * before it is chosen.
 * @param resolves whether the client asks for the edit then; else the server's command applies it
 */
export function rewriteActions(
  document: TextDocument,
  { range, context }: CodeActionParams,
  resolves: boolean,
): CodeAction[] {
  const format = formatOfLanguage(document.languageId);
  const isCursor = range.start.line === range.end.line && range.start.character === range.end.character;
  // In code most places of a cursor are no prose.
  if (!format || (isCursor && (isCode(format) || context.triggerKind === CodeActionTriggerKind.Automatic))) return [];
  return paraphraseModeNames.map((mode) => {
    const title = paraphraseModes[mode].title;
    const data: Rewriting = { uri: document.uri, range, mode, version: document.version };
    return {
      title,
      kind: CodeActionKind.RefactorRewrite,
      ...(resolves ? { data } : { command: { title, command: serverCommands.rewrite, arguments: [data] } }),
    };
  });
}

/** @throws InputError */
export function readRewriting(value: unknown): Rewriting {
  const { uri, range, mode, version } = (value ?? {}) as Partial<Rewriting>;
  if (typeof uri !== 'string' || !isRange(range) || typeof version !== 'number' || !mode || !(mode in paraphraseModes))
    throw new InputError('A rewriting names uri, range, mode and version of its document.');
  return { uri, range, mode, version };
}

export interface RewriteSurroundings {
  engine: Engine;
  guard: GuardedWork;
  settingsOf(uri: string): Promise<Settings>;
  documentOf(uri: string): TextDocument | undefined;
}

/**
 * Edits that give the best wording; empty where none was found that surely keeps the meaning.
 * @throws ResponseError (ContentModified) for a document that has changed since; InputError, ModelError, CancelledError
 */
export async function rewritingEdits(
  { uri, range, mode, version }: Rewriting,
  { engine, guard, settingsOf, documentOf }: RewriteSurroundings,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<TextEdit[]> {
  const document = documentOf(uri);
  const format = document && formatOfLanguage(document.languageId);
  if (!document || !format) throw new InputError(`${nameOf(uri)} is no open document that can be rewritten.`);
  const { paraphrase } = await settingsOf(uri);
  const text = document.getText();
  const fresh = (): void => {
    if (documentOf(uri)?.version !== version)
      throw new ResponseError(LSPErrorCodes.ContentModified, `${nameOf(uri)} has changed meanwhile; ask again.`);
  };
  fresh();
  const { candidates } = await guard.run(nameOf(uri), text, () =>
    engine.paraphrase(
      {
        text,
        format,
        mode,
        range: { start: document.offsetAt(range.start), end: document.offsetAt(range.end) },
        candidates: 1,
        decoder: paraphrase.decoder,
        options: { passes: paraphrase.passes, ...paraphrase.options },
      },
      { priority: 'command', signal, onProgress },
    ),
  );
  fresh();
  return (candidates[0]?.edits ?? []).map(({ start, end, text: newText }) => ({
    range: { start: document.positionAt(start), end: document.positionAt(end) },
    newText,
  }));
}

export const noWording = 'No better wording was found that surely keeps the meaning.';
