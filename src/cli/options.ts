/** The command line as checked values. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { effortNames, efforts } from '../protocol/effort';
import type { Device, ParaphraseMode, SummaryLength, TextFormat } from '../protocol/requests';
import { decoderNames, pathSearches, type DecodeOptions, type DecoderName, type Task } from '../protocol/trace';
import { UsageError } from './usage';

export const commandNames = ['correct', 'paraphrase', 'summarize', 'trace', 'bench', 'models'] as const;
export type CommandName = (typeof commandNames)[number];

export interface CommandLine {
  command: CommandName;
  /** File names; empty: standard input. */
  files: string[];
  format: TextFormat | undefined;
  write: boolean;
  check: boolean;
  json: boolean;
  jsonl: boolean;
  model: string;
  device: Device;
  dtype: string;
  threads: number;
  decoder: DecoderName | undefined;
  decodeOptions: DecodeOptions;
  threshold: number | undefined;
  dictionaryFile: string | undefined;
  mode: ParaphraseMode;
  candidates: number;
  length: SummaryLength;
  task: Task;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const config = {
  options: {
    format: text, write: flag, check: flag, json: flag, jsonl: flag, model: text, device: text, dtype: text, threads: text,
    effort: text, decoder: text, passes: text, option: { type: 'string', multiple: true }, threshold: text, dictionary: text, mode: text, candidates: text, length: text, task: text,
    help: { ...flag, short: 'h' }, version: flag,
  },
  allowPositionals: true, strict: true,
} satisfies ParseArgsConfig;

const allowed: Record<string, readonly CommandName[]> = {
  write: ['correct', 'paraphrase'], check: ['correct', 'paraphrase'], jsonl: ['correct', 'paraphrase', 'summarize'],
  threshold: ['correct'], dictionary: ['correct'], mode: ['paraphrase'], candidates: ['paraphrase'], length: ['summarize'], task: ['trace'],
  effort: ['correct', 'paraphrase'], decoder: ['correct', 'paraphrase', 'summarize', 'trace'], passes: ['correct', 'paraphrase', 'summarize', 'trace'], option: ['correct', 'paraphrase', 'trace'],
  format: ['correct', 'paraphrase', 'summarize', 'trace'],
};

/** @throws UsageError */
export function readCommandLine(argv: string[]): CommandLine | 'help' | 'version' {
  let parsed;
  try {
    parsed = parseArgs({ ...config, args: argv });
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0]!);
  }
  const { values, positionals } = parsed;
  if (values.help) return 'help';
  if (values.version) return 'version';
  const [name, ...files] = positionals;
  if (name === undefined) throw new UsageError(`A command is missing: ${commandNames.join(', ')}`);
  const command = choice('command', name, commandNames);
  for (const [option, commands] of Object.entries(allowed)) {
    const value = values[option as keyof typeof values];
    if (value !== undefined && value !== false && !commands.includes(command)) throw new UsageError(`--${option} does not belong to "${command}"`);
  }
  if (values.jsonl && (values.write || values.check || values.json)) throw new UsageError('--jsonl cannot be combined with --write, --check or --json');
  if (values.write && (values.check || values.json)) throw new UsageError('--write cannot be combined with --check or --json');
  if (values.write && (files.length === 0 || files.includes('-'))) throw new UsageError('--write needs file names');
  if (command === 'trace' && files.length > 1) throw new UsageError('trace takes one file');
  if ((command === 'bench' || command === 'models') && files.length > 0) throw new UsageError(`${command} takes no files`);
  const effort = values.effort === undefined ? undefined : efforts[choice('--effort', values.effort, effortNames)];
  const preset = effort && (command === 'paraphrase' ? effort.paraphrase : effort.correct);
  const passes = number('passes', values.passes, 1, 100, true) ?? preset?.passes;
  return {
    command, files: files.length === 1 && files[0] === '-' ? [] : files,
    format: values.format === undefined ? undefined : choice('--format', values.format, ['markdown', 'plain']),
    write: values.write, check: values.check, json: values.json, jsonl: values.jsonl,
    model: values.model ?? '', dtype: values.dtype ?? 'auto',
    device: choice('--device', values.device ?? 'auto', ['auto', 'cpu', 'webgpu', 'dml', 'coreml', 'cuda', 'wasm']),
    threads: number('threads', values.threads, 1, 64, true) ?? 1,
    decoder: values.decoder === undefined ? preset?.decoder : choice('--decoder', values.decoder, decoderNames),
    decodeOptions: { ...(passes === undefined ? {} : { passes }), ...readDecodeOptions(values.option ?? []) },
    threshold: number('threshold', values.threshold, 0, 1, false),
    dictionaryFile: values.dictionary,
    mode: choice('--mode', values.mode ?? 'rephrase', ['rephrase', 'simpler', 'shorter']),
    candidates: number('candidates', values.candidates, 1, 20, true) ?? 3,
    length: choice('--length', values.length ?? 'sentence', ['headline', 'sentence', 'short', 'key-sentences']),
    task: choice('--task', values.task ?? 'fix', ['fix', 'rephrase', 'simplify', 'shorten', 'summarize']),
  };
}

/** Options of single decoders, as `--option name=value`: what they mean stands in docs/decoders. */
const decodeNumbers: Partial<Record<keyof DecodeOptions, [least: number, most: number, whole: boolean]>> = {
  lengthBeam: [1, 9, true], targetLength: [1, 512, true], blockSize: [1, 512, true], seed: [0, 2 ** 32 - 1, true],
  rerankWeight: [0, 1, false], sureProbability: [0, 1, false], fallbackProbability: [0, 1, false], keepBias: [-1000, 1000, false],
  minimumEditProbability: [0, 1, false], acceptConfidence: [0, 1, false], noInsertionPenalty: [-100, 100, false],
  minimumErrorProbability: [0, 1, false], upsampling: [1, 8, true], beamWidth: [1, 9, true], lengthPenalty: [0, 10, false], languageModelWeight: [0, 100, false],
};
const decodeFlags: readonly (keyof DecodeOptions)[] = ['sourceCopy', 'stopWhenStable', 'exact', 'collapseRepeats', 'ngramVeto'];

function readDecodeOptions(entries: readonly string[]): DecodeOptions {
  return Object.fromEntries(entries.map((entry) => {
    const [name = '', value] = entry.split('=', 2) as [string, string?];
    const bounds = decodeNumbers[name as keyof DecodeOptions];
    if (value === undefined) throw new UsageError(`--option "${entry}" has no value: write it as name=value`);
    if (bounds) return [name, number(`option ${name}`, value, ...bounds)];
    if (name === 'order') return [name, choice('--option order', value, ['probability', 'margin', 'entropy'])];
    if (name === 'pathSearch') return [name, choice('--option pathSearch', value, pathSearches)];
    if ((decodeFlags as readonly string[]).includes(name)) return [name, choice(`--option ${name}`, value, ['true', 'false']) === 'true'];
    throw new UsageError(`--option "${name}" is unknown; one of ${[...Object.keys(decodeNumbers), 'order', 'pathSearch', ...decodeFlags].join(', ')}`);
  }));
}

function choice<const T extends string>(name: string, value: string, choices: readonly T[]): NoInfer<T> {
  if (!choices.includes(value as T)) throw new UsageError(`${name} "${value}" is unknown; one of ${choices.join(', ')}`);
  return value as T;
}

function number(name: string, value: string | undefined, least: number, most: number, whole: boolean): number | undefined {
  if (value === undefined) return undefined;
  const result = value.trim() === '' ? NaN : Number(value);
  if (!(result >= least && result <= most) || (whole && !Number.isInteger(result))) {
    throw new UsageError(`--${name} "${value}" must be a ${whole ? 'whole ' : ''}number from ${least} to ${most}`);
  }
  return result;
}
