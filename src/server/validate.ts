/** Checks the parameters of custom requests before the engine sees them; messages name the field. */
import { ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import {
  correctionTypes, type CorrectParams, type ParaphraseParams, type SummarizeParams, type TraceParams,
} from '../protocol/requests';
import { decoderNames, pathSearches } from '../protocol/trace';

type Fields = Record<string, unknown>;

class Checker {
  readonly fields: Fields;
  constructor(private readonly method: string, params: unknown) {
    if (typeof params !== 'object' || params === null || Array.isArray(params)) throw this.problem('params', 'must be an object');
    this.fields = params as Fields;
  }
  problem(name: string, rule: string): ResponseError<void> {
    return new ResponseError(ErrorCodes.InvalidParams, `${this.method}: "${name}" ${rule}.`);
  }
  string(name: string): void {
    if (typeof this.fields[name] !== 'string') throw this.problem(name, 'must be a string');
  }
  oneOf(name: string, choices: readonly string[], optional = false, source: Fields = this.fields, label = name): void {
    const value = source[name];
    if (value === undefined && optional) return;
    if (!choices.includes(value as string)) throw this.problem(label, `must be one of ${choices.join(', ')}`);
  }
  number(name: string, least: number, most: number, source: Fields = this.fields, label = name): void {
    const value = source[name];
    if (value === undefined) return;
    if (typeof value !== 'number' || !(value >= least && value <= most)) throw this.problem(label, `must be a number from ${least} to ${most}`);
  }
  boolean(name: string): void {
    if (!['boolean', 'undefined'].includes(typeof this.fields[name])) throw this.problem(name, 'must be true or false');
  }
  list(name: string, valid: (entry: unknown) => boolean, rule: string, source: Fields = this.fields, label = name): void {
    const value = source[name];
    if (value === undefined) return;
    if (!Array.isArray(value) || !value.every(valid)) throw this.problem(label, `must be a list of ${rule}`);
  }
  text(): void {
    this.string('text');
    this.oneOf('format', ['markdown', 'plain']);
    const range = this.fields['range'];
    if (range === undefined) return;
    const { start, end } = (typeof range === 'object' && range !== null ? range : {}) as Fields;
    const length = (this.fields['text'] as string).length;
    if (!Number.isInteger(start) || !Number.isInteger(end) || (start as number) < 0 || (end as number) < (start as number) || (end as number) > length) {
      throw this.problem('range', `must hold whole numbers 0 <= start <= end <= ${length}`);
    }
  }
  decoding(decoderOptional: boolean): void {
    this.oneOf('decoder', decoderNames, decoderOptional);
    const value = this.fields['options'];
    if (value === undefined) return;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.problem('options', 'must be an object');
    const options = value as Fields;
    const isIndex = (entry: unknown): boolean => Number.isInteger(entry) && (entry as number) >= 0;
    this.number('passes', 1, 100, options, 'options.passes');
    this.number('lengthBeam', 1, 9, options, 'options.lengthBeam');
    this.number('keepBias', -1000, 1000, options, 'options.keepBias');
    this.number('rerankWeight', 0, 1, options, 'options.rerankWeight');
    this.number('minimumErrorProbability', 0, 1, options, 'options.minimumErrorProbability');
    this.number('languageModelWeight', 0, 100, options, 'options.languageModelWeight');
    this.number('upsampling', 1, 8, options, 'options.upsampling');
    this.number('beamWidth', 1, 9, options, 'options.beamWidth');
    this.number('lengthPenalty', 0, 10, options, 'options.lengthPenalty');
    this.oneOf('pathSearch', pathSearches, true, options, 'options.pathSearch');
    this.number('noInsertionPenalty', -100, 100, options, 'options.noInsertionPenalty');
    this.number('targetLength', 1, 512, options, 'options.targetLength');
    this.number('sureProbability', 0, 1, options, 'options.sureProbability');
    this.number('fallbackProbability', 0, 1, options, 'options.fallbackProbability');
    this.number('blockSize', 1, 512, options, 'options.blockSize');
    this.number('seed', 0, 2 ** 32 - 1, options, 'options.seed');
    this.oneOf('order', ['probability', 'margin', 'entropy'], true, options, 'options.order');
    this.list('lockedTokens', isIndex, 'token indices', options, 'options.lockedTokens');
    this.list('draft', isIndex, 'token ids', options, 'options.draft');
  }
}

const isString = (entry: unknown): boolean => typeof entry === 'string';

/** Each throws a ResponseError (InvalidParams). */
export function correctParams(method: string, params: unknown): CorrectParams {
  const checker = new Checker(method, params);
  checker.text();
  checker.decoding(true);
  checker.number('threshold', 0, 1);
  checker.boolean('steady');
  checker.list('dictionary', isString, 'strings');
  checker.list('ignoredSentences', isString, 'strings');
  checker.list('ignoredTypes', (entry) => (correctionTypes as readonly unknown[]).includes(entry), 'correction types');
  return params as CorrectParams;
}
export function paraphraseParams(method: string, params: unknown): ParaphraseParams {
  const checker = new Checker(method, params);
  checker.text();
  checker.decoding(true);
  checker.oneOf('mode', ['rephrase', 'simpler', 'shorter']);
  checker.number('candidates', 1, 20);
  return params as ParaphraseParams;
}
export function summarizeParams(method: string, params: unknown): SummarizeParams {
  const checker = new Checker(method, params);
  checker.text();
  checker.decoding(true);
  checker.oneOf('length', ['headline', 'sentence', 'short', 'key-sentences']);
  return params as SummarizeParams;
}
export function traceParams(method: string, params: unknown): TraceParams {
  const checker = new Checker(method, params);
  checker.string('traceId');
  checker.text();
  checker.oneOf('task', ['fix', 'rephrase', 'simplify', 'shorten', 'summarize']);
  checker.decoding(false);
  return params as TraceParams;
}
