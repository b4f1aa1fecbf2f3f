/**
 * What decodes and how: --effort, --decoder, --passes, --option, --lock and --draft, checked against the table of
 * decoder options. What the chosen decoder would ignore is refused.
 */
import { decoderNames, decoderRecords } from '../protocol/decoders';
import { decodersThat, keepsLocks, watchedDecoder } from '../protocol/decoder-facts';
import {
  checkOptions,
  decoderOptions,
  optionProblem,
  optionsOf,
  type DecoderOptionName,
} from '../protocol/decoder-options';
import { effortNames, presetOf, type DecodedTask } from '../protocol/effort';
import type { DecodeOptions, DecoderName, Task } from '../protocol/trace';
import { choice, number } from './values';
import { UsageError } from './usage';

export interface Decoding {
  decoder: DecoderName;
  /** Somebody chose the decoder, its passes or an option; otherwise what is usual for the task runs. */
  chosen: boolean;
  decodeOptions: DecodeOptions;
  /** Words that no step of a trace may change. */
  lockedTexts: string[];
  /** Where a trace starts, with `<mask>` for open slots. */
  draftText: string | undefined;
}

export interface DecodingValues {
  effort?: string | undefined;
  decoder?: string | undefined;
  passes?: string | undefined;
  option?: string[] | undefined;
  lock?: string[] | undefined;
  draft?: string | undefined;
}

/**
 * @param command `bench` and `models` have no decoder: whatever is answered for them is not used
 * @param task what a trace is of; its passes are the decoder's own unless somebody says a number
 * @throws UsageError
 */
export function readDecoding(command: string, task: Task, values: DecodingValues): Decoding {
  const effort = values.effort === undefined ? undefined : choice('--effort', values.effort, effortNames);
  const named = values.decoder === undefined ? undefined : choice('--decoder', values.decoder, decoderNames);
  const passes = number('--passes', values.passes, 1, 100, true);
  const traced = command === 'trace';
  const decodedTask: DecodedTask = command === 'paraphrase' || command === 'summarize' ? command : 'correct';
  const chosen = traced
    ? { decoder: named ?? watchedDecoder(task), passes }
    : presetOf(decodedTask, { effort, decoder: named, passes });
  const { decoder } = chosen;
  const options = readOptions(decoder, values.option ?? [], traced);
  const problem = checkOptions(decoder, options);
  if (problem) throw new UsageError(`--option ${problem.replace(/\.$/, '')}`);
  const lockedTexts = values.lock ?? [];
  if (lockedTexts.some((words) => words.trim() === ''))
    throw new UsageError('--lock is empty: write the words that must stay');
  if ((lockedTexts.length > 0 || options.lockedTokens) && !keepsLocks(decoder)) {
    throw new UsageError(
      `${decoder} keeps no locked tokens: --lock and --option lockedTokens belong to ${decodersThat(({ keepsLocks }) => keepsLocks === true).join(', ')}`,
    );
  }
  checkDraft(decoder, values.draft);
  return {
    decoder,
    chosen: named !== undefined || passes !== undefined || (values.option ?? []).length > 0,
    decodeOptions: { ...(chosen.passes === undefined ? {} : { passes: chosen.passes }), ...options },
    lockedTexts,
    draftText: values.draft,
  };
}

function checkDraft(decoder: DecoderName, draft: string | undefined): void {
  if (draft === undefined) return;
  if (draft.trim() === '')
    throw new UsageError('--draft is empty: write the text to start from, with <mask> for each open slot');
  const use = decoderRecords[decoder].draft;
  if (use === undefined)
    throw new UsageError(
      `${decoder} starts from no draft: --draft belongs to ${decodersThat(({ draft }) => draft !== undefined).join(', ')}`,
    );
  if (use === 'slots' && !draft.includes('<mask>'))
    throw new UsageError(`${decoder} fills the <mask> slots of a draft, and --draft has none`);
}

/** `name=value`, each value as its kind is written; what they mean stands in docs/decoders. */
function readOptions(decoder: DecoderName, entries: readonly string[], traced: boolean): DecodeOptions {
  return Object.fromEntries(
    entries.map((entry) => {
      const split = entry.indexOf('=');
      if (split < 0) throw new UsageError(`--option "${entry}" has no value: write it as name=value`);
      const [name, value] = [entry.slice(0, split), entry.slice(split + 1)];
      if (name === 'lockedTokens') return [name, readTokens(value, traced)];
      if (name === 'passes' || name === 'draft')
        throw new UsageError(`--option "${name}" is an option of its own: --${name}`);
      if (!Object.hasOwn(decoderOptions, name))
        throw new UsageError(`--option "${name}" is unknown; ${ownOptions(decoder)}`);
      const read = valueOf(name as DecoderOptionName, value);
      const problem = optionProblem(name as DecoderOptionName, read);
      if (problem) throw new UsageError(`--option ${name} "${value}" ${problem}`);
      return [name, read];
    }),
  );
}

function ownOptions(decoder: DecoderName): string {
  const names = optionsOf(decoder);
  return names.length === 0 ? `${decoder} has none` : `${decoder} has ${names.join(', ')}`;
}

function valueOf(name: DecoderOptionName, value: string): unknown {
  const { kind } = decoderOptions[name];
  if (kind === 'number') return value.trim() === '' ? NaN : Number(value);
  return kind === 'flag' && (value === 'true' || value === 'false') ? value === 'true' : value;
}

function readTokens(value: string, traced: boolean): number[] {
  if (!traced) throw new UsageError('--option lockedTokens belongs to "trace": it counts the tokens of one sentence');
  const tokens = value.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  if (!tokens.every((token) => Number.isInteger(token) && token >= 0)) {
    throw new UsageError(`--option lockedTokens "${value}" must be indices into the trace's "source", as 0,3,4`);
  }
  return tokens;
}
