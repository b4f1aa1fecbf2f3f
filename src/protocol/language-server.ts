/** What client and engine agree on within the Language Server Protocol: commands, start-up, data of diagnostics. */
import type { CorrectionType } from './tasks';

/**
 * Commands of the editor's side that a code action of the engine may name, with their arguments in this order. The VS
 * Code client adds them by itself to every diagnostic that has `DiagnosticData`, so the engine need not offer them; it
 * must not list them in executeCommandProvider (the client registers them).
 */
export const clientCommands = {
  addToDictionary: 'narTextTools.addToDictionary', // word: string, uri: string
  ignoreSentence: 'narTextTools.ignoreSentence', // sentence: string (exact source slice), uri: string
  ignoreKind: 'narTextTools.ignoreKind', // type: CorrectionType, uri: string
} as const;

/** What a client may tell in `initializationOptions`. */
export interface InitializationOptions {
  /** Folder of the bundled models; default: models/ beside dist/. */
  modelsFolder?: string;
  /** Settings for clients that do not answer workspace/configuration. */
  settings?: unknown;
  /**
   * The client registers `clientCommands`, keeps dictionaries and ignored remarks itself and shows its own progress.
   * The server then offers no commands and no edits by resolving, and pushes diagnostics while it finds them.
   */
  ownInterface?: boolean;
}

/**
 * What the server itself runs (workspace/executeCommand) for clients without `ownInterface`, with the arguments in
 * this order.
 */
export const serverCommands = {
  addToDictionary: 'narText.addToDictionary', // word: string, uri: string, 'user' | 'workspace'
  ignoreRemark: 'narText.ignoreRemark', // uri: string, range: Range, correction: string
  ignoreSentence: 'narText.ignoreSentence', // uri: string, range: Range
  ignoreKind: 'narText.ignoreKind', // type: CorrectionType
  rewrite: 'narText.rewrite', // uri: string, range: Range, mode: ParaphraseMode
} as const;

/** Data that the engine attaches to each LSP diagnostic (source "nar-text", code = CorrectionType). */
/** Of a diagnostic with the code `unknown-word`: no correction, only what the writer may choose. */
export interface UnknownWordData {
  unknownWord: string;
  suggestions: string[];
}

export const isUnknownWordData = (value: unknown): value is UnknownWordData =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as UnknownWordData).unknownWord === 'string' &&
  Array.isArray((value as UnknownWordData).suggestions);

export interface DiagnosticData {
  correction: string;
  confidence: number;
  type: CorrectionType;
  original: string;
  lexicon: boolean;
  highConfidence: boolean;
  style?: true;
}
