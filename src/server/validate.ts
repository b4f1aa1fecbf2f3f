/** Checks the parameters of custom requests before the engine sees them; messages name the field. */
import { decoderNames } from '../protocol/decoders';
import {
  correctionLevels,
  correctionTypes,
  paraphraseModeNames,
  dialectChoices,
  styleChoices,
  summaryLengthNames,
  tasks,
} from '../protocol/tasks';
import { isIgnoredRemark } from '../protocol/read-settings';
import { textFormats } from '../protocol/formats';
import { ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { CorrectParams, ParaphraseParams, SummarizeParams, TextInput, TraceParams } from '../protocol/requests';
import { checkOptions, decoderOptionNames, optionProblem } from '../protocol/decoder-options';
import type { DecodeOptions, DecoderName } from '../protocol/trace';

type Fields = Record<string, unknown>;

class Checker {
  readonly fields: Fields;
  constructor(
    private readonly method: string,
    params: unknown,
  ) {
    if (typeof params !== 'object' || params === null || Array.isArray(params))
      throw this.problem('params', 'must be an object');
    this.fields = params as Fields;
  }
  problem(name: string, rule: string): ResponseError<void> {
    return new ResponseError(ErrorCodes.InvalidParams, `${this.method}: "${name}" ${rule}.`);
  }
  string(name: string): void {
    if (typeof this.fields[name] !== 'string') throw this.problem(name, 'must be a string');
  }
  oneOf(name: string, choices: readonly string[], optional = false): void {
    const value = this.fields[name];
    if (value === undefined && optional) return;
    if (!choices.includes(value as string)) throw this.problem(name, `must be one of ${choices.join(', ')}`);
  }
  number(name: string, least: number, most: number, { whole = false, source = this.fields, label = name } = {}): void {
    const value = source[name];
    if (value === undefined) return;
    if (typeof value !== 'number' || !(value >= least && value <= most) || (whole && !Number.isInteger(value))) {
      throw this.problem(label, `must be a ${whole ? 'whole ' : ''}number from ${least} to ${most}`);
    }
  }
  boolean(name: string): void {
    if (!['boolean', 'undefined'].includes(typeof this.fields[name])) throw this.problem(name, 'must be true or false');
  }
  list(
    name: string,
    valid: (entry: unknown) => boolean,
    rule: string,
    source: Fields = this.fields,
    label = name,
  ): void {
    const value = source[name];
    if (value === undefined) return;
    if (!Array.isArray(value) || !value.every(valid)) throw this.problem(label, `must be a list of ${rule}`);
  }
  text(): void {
    this.string('text');
    this.oneOf('format', textFormats);
    const range = this.fields['range'];
    if (range === undefined) return;
    const { start, end } = (typeof range === 'object' && range !== null ? range : {}) as Fields;
    const length = (this.fields['text'] as string).length;
    if (
      !Number.isInteger(start) ||
      !Number.isInteger(end) ||
      (start as number) < 0 ||
      (end as number) < (start as number) ||
      (end as number) > length
    ) {
      throw this.problem('range', `must hold whole numbers 0 <= start <= end <= ${length}`);
    }
  }
  /** What decides which corrections are offered. */
  offers(): void {
    this.number('threshold', 0, 1);
    this.oneOf('level', correctionLevels, true);
    this.oneOf('style', styleChoices, true);
    this.oneOf('dialect', dialectChoices, true);
    this.list('dictionary', isString, 'strings');
    this.list('ignoredTypes', (entry) => (correctionTypes as readonly unknown[]).includes(entry), 'correction types');
  }
  /**
   * Bounds of every option; whether they belong to the decoder is `checkBelonging`'s question, once the decoder is
   * known. Tokens of drafts and locks are those of one sentence, so only a trace has them.
   */
  decoding({ traced = false } = {}): void {
    this.oneOf('decoder', decoderNames, !traced);
    const value = this.fields['options'];
    if (value === undefined) return;
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw this.problem('options', 'must be an object');
    const options = value as Fields;
    this.number('passes', 1, 100, { whole: true, source: options, label: 'options.passes' });
    for (const [name, content] of Object.entries(options)) {
      const label = `options.${name}`;
      const option = decoderOptionNames.find((known) => known === name);
      const tokens = tokenLists.find((known) => known === name);
      if (content === undefined || name === 'passes') continue;
      if (!option && !tokens) throw this.problem(label, 'is unknown');
      const problem = option && optionProblem(option, content);
      if (problem) throw this.problem(label, problem);
      if (tokens && !traced) throw this.problem(label, 'belongs to traces: its tokens are those of one sentence');
      if (tokens) this.list(tokens, isIndex, tokens === 'draft' ? 'token ids' : 'token indices', options, label);
    }
  }
}

const isString = (entry: unknown): boolean => typeof entry === 'string';
const tokenLists = ['draft', 'lockedDraft', 'lockedTokens'] as const satisfies readonly (keyof DecodeOptions)[];
const isIndex = (entry: unknown): boolean => Number.isInteger(entry) && (entry as number) >= 0;

/** @throws ResponseError (InvalidParams) for an option that the decoder does not read */
export function checkBelonging(method: string, decoder: DecoderName, options: DecodeOptions): void {
  const problem = checkOptions(decoder, options);
  if (problem) throw new ResponseError(ErrorCodes.InvalidParams, `${method}: ${problem}`);
}

/** Each throws a ResponseError (InvalidParams). */
export function proseParams(method: string, params: unknown): TextInput {
  new Checker(method, params).text();
  return params as TextInput;
}
export function correctParams(method: string, params: unknown): CorrectParams {
  const checker = new Checker(method, params);
  checker.text();
  checker.decoding();
  checker.offers();
  checker.list('ignoredSentences', isString, 'strings');
  checker.list('ignoredRemarks', isIgnoredRemark, 'remarks (original, correction, before, after)');
  return params as CorrectParams;
}
export function paraphraseParams(method: string, params: unknown): ParaphraseParams {
  const checker = new Checker(method, params);
  checker.text();
  checker.decoding();
  checker.oneOf('mode', paraphraseModeNames);
  checker.number('candidates', 1, 20, { whole: true });
  return params as ParaphraseParams;
}
export function summarizeParams(method: string, params: unknown): SummarizeParams {
  const checker = new Checker(method, params);
  checker.text();
  checker.decoding();
  checker.oneOf('length', summaryLengthNames);
  return params as SummarizeParams;
}
export function traceParams(method: string, params: unknown): TraceParams {
  const checker = new Checker(method, params);
  checker.string('traceId');
  checker.text();
  checker.oneOf('task', tasks);
  checker.decoding({ traced: true });
  if (checker.fields['draftText'] !== undefined) checker.string('draftText');
  checker.list('lockedTexts', isString, 'strings');
  checker.offers();
  const { correction } = checker.fields;
  if (correction !== undefined) new Checker(method, correction).decoding();
  const checked = params as TraceParams;
  checkBelonging(method, checked.decoder, checked.options ?? {});
  return checked;
}

/** @throws ResponseError (InvalidParams) */
export function checkCodeAction(params: unknown): void {
  const method = 'textDocument/codeAction';
  const checker = new Checker(method, params);
  const { textDocument, range, context } = checker.fields as Record<string, Fields | undefined>;
  if (typeof textDocument?.['uri'] !== 'string') throw checker.problem('textDocument.uri', 'must be a string');
  for (const name of ['start', 'end']) {
    const { line, character } = (range?.[name] ?? {}) as Fields;
    if (!isIndex(line) || !isIndex(character))
      throw checker.problem(`range.${name}`, 'must hold whole numbers line and character');
  }
  const diagnostics = context?.['diagnostics'];
  const isDiagnostic = (entry: unknown): boolean =>
    typeof entry === 'object' && entry !== null && typeof (entry as Fields)['range'] === 'object';
  if (!Array.isArray(diagnostics) || !diagnostics.every(isDiagnostic))
    throw checker.problem('context.diagnostics', 'must be a list of diagnostics');
}
