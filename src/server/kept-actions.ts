/** Ways to silence a remark, for clients that have none of their own: offered at a diagnostic, run by the server. */
import { CodeActionKind, type CodeAction, type Diagnostic, type Range } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { InputError } from '../engine/errors';
import { type CorrectionType } from '../protocol/requests';
import { serverCommands, type DiagnosticData } from '../protocol/language-server';
import { correctionTypes } from '../protocol/tasks';
import { placeOfRemark } from '../protocol/remark-place';
import { wordPattern } from '../project/word-list';
import type { Kept } from './kept';

/** Remarks that come from not knowing a word: no dictionary ends the others. */
const wordTypes: readonly CorrectionType[] = ['spelling', 'casing'];

function commandAction(diagnostic: Diagnostic, title: string, command: string, ...args: unknown[]): CodeAction {
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    command: { title, command, arguments: args },
  };
}

/** Dictionaries that can take the word of a diagnostic. */
export function wordActions(
  { uri }: TextDocument,
  diagnostic: Diagnostic,
  word: string,
  hasProject: boolean,
): CodeAction[] {
  if (!wordPattern.test(word)) return [];
  const { addToDictionary } = serverCommands;
  const add = (title: string, target: string): CodeAction =>
    commandAction(diagnostic, title, addToDictionary, word, uri, target);
  return [
    add(`Add “${word}” to your dictionary`, 'user'),
    ...(hasProject ? [add(`Add “${word}” to the dictionary of this project`, 'workspace')] : []),
  ];
}

export function keptActions(
  document: TextDocument,
  diagnostic: Diagnostic & { data: DiagnosticData },
  hasProject: boolean,
): CodeAction[] {
  const { original, type, correction } = diagnostic.data;
  const { uri } = document;
  const { ignoreKind, ignoreRemark, ignoreSentence } = serverCommands;
  return [
    ...(wordTypes.includes(type) ? wordActions(document, diagnostic, original, hasProject) : []),
    commandAction(diagnostic, 'Ignore this remark here', ignoreRemark, uri, diagnostic.range, correction),
    commandAction(diagnostic, 'Ignore this sentence', ignoreSentence, uri, diagnostic.range),
    commandAction(diagnostic, `Ignore all remarks of this kind (${type})`, ignoreKind, type),
  ];
}

export interface KeepingSurroundings {
  kept: Kept;
  documentOf(uri: string): TextDocument | undefined;
  /** The sentences at a place: exact slices of the source. */
  sentencesAt(document: TextDocument, range: Range): Promise<string[]>;
}

/**
 * Runs one of the commands above.
 * @returns what was kept and where, one sentence for a person; undefined for another command
 * @throws InputError for arguments that name nothing that is there
 */
export async function keep(
  command: string,
  args: readonly unknown[],
  { kept, documentOf, sentencesAt }: KeepingSurroundings,
): Promise<string | undefined> {
  const document = (uri: unknown): TextDocument => {
    const found = typeof uri === 'string' ? documentOf(uri) : undefined;
    if (!found) throw new InputError(`${command}: ${JSON.stringify(uri) ?? 'nothing'} is no open document.`);
    return found;
  };
  if (command === serverCommands.addToDictionary) {
    const [word, uri, target] = args;
    if (typeof word !== 'string' || !wordPattern.test(word))
      throw new InputError(`${command}: ${JSON.stringify(word) ?? 'nothing'} is no word that a dictionary can hold.`);
    const file = await kept.addWord(word, target === 'workspace' ? 'workspace' : 'user', document(uri).uri);
    return `“${word}” was added to ${file}.`;
  }
  if (command === serverCommands.ignoreKind) {
    const kind = correctionTypes.find((type) => type === args[0]);
    if (!kind) throw new InputError(`${command}: the kind must be one of ${correctionTypes.join(', ')}.`);
    return `Remarks of the kind ${kind} are ignored; ${await kept.ignoreKind(kind)} lists what is ignored.`;
  }
  if (command !== serverCommands.ignoreRemark && command !== serverCommands.ignoreSentence) return undefined;
  const where = document(args[0]);
  if (!isRange(args[1])) throw new InputError(`${command}: the second argument must be a range.`);
  if (command === serverCommands.ignoreRemark) {
    const { start, end } = args[1];
    const change = { start: where.offsetAt(start), end: where.offsetAt(end), text: String(args[2]) };
    const file = await kept.ignoreRemark(where.uri, placeOfRemark(where.getText(), change));
    return `The remark is ignored at this place; ${file} lists what is ignored.`;
  }
  const sentences = await sentencesAt(where, args[1]);
  if (sentences.length === 0) throw new InputError(`${command}: there is no sentence at this place.`);
  return `The sentence is ignored; ${await kept.ignoreSentences(sentences)} lists what is ignored.`;
}

export function isRange(value: unknown): value is Range {
  const isPosition = (position: unknown): boolean =>
    typeof position === 'object' &&
    position !== null &&
    ['line', 'character'].every((name) => Number.isInteger((position as Record<string, unknown>)[name]));
  return (
    typeof value === 'object' &&
    value !== null &&
    isPosition((value as Range).start) &&
    isPosition((value as Range).end)
  );
}
