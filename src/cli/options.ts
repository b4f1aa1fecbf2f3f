/** The command line as checked values. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { type TextFormat, textFormats } from '../protocol/formats';
import {
  correctionLevels,
  dialectChoices,
  devices,
  paraphraseModeNames,
  styleChoices,
  summaryLengthNames,
  tasks,
  type CorrectionLevel,
  type Device,
  type DialectChoice,
  type ParaphraseMode,
  type StyleChoice,
  type SummaryLength,
  type Task,
  usualMode,
} from '../protocol/tasks';
import { readDecoding, type Decoding } from './decoding';
import { outputNames, type OutputName } from './output/output';
import { UsageError } from './usage';
import { choice, number, optional } from './values';

export const commandNames = [
  'correct',
  'paraphrase',
  'summarize',
  'trace',
  'dictionary',
  'bench',
  'models',
  'mcp',
] as const;
export type CommandName = (typeof commandNames)[number];

export interface CommandLine extends Decoding {
  command: CommandName;
  /** Files, folders and patterns; empty: standard input. Of the command dictionary: words. */
  files: string[];
  format: TextFormat | undefined;
  /** Whose name, and so whose format and project, the text of standard input has. */
  standardInputName: string | undefined;
  write: boolean;
  /** Like `write`, but only what is sure. */
  fix: boolean;
  /** Print what would be written, as a unified diff. */
  diff: boolean;
  /** Only files that git says are changed, in its index or since a revision. */
  changed: boolean;
  since: string | undefined;
  /** Named files of a kind that is not known are left alone without a word. */
  ignoreUnknown: boolean;
  check: boolean;
  output: OutputName | undefined;
  json: boolean;
  jsonl: boolean;
  /** Results of earlier runs are used, and kept for later ones. */
  cache: boolean;
  model: string;
  device: Device;
  dtype: string;
  threads: number;
  /** Seconds that the reading of one text may take; undefined: the engine's own limit. */
  timeLimit: number | undefined;
  threshold: number | undefined;
  /** Undefined: what the project says, or what is usual. */
  level: CorrectionLevel | undefined;
  style: StyleChoice | undefined;
  dialect: DialectChoice | undefined;
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
    format: text,
    'stdin-filename': text,
    write: flag,
    fix: flag,
    diff: flag,
    changed: flag,
    since: text,
    'ignore-unknown': flag,
    check: flag,
    output: text,
    json: flag,
    jsonl: flag,
    'no-cache': flag,
    model: text,
    device: text,
    dtype: text,
    threads: text,
    'time-limit': text,
    effort: text,
    decoder: text,
    passes: text,
    option: { ...text, multiple: true },
    lock: { ...text, multiple: true },
    draft: text,
    threshold: text,
    level: text,
    style: text,
    dialect: text,
    dictionary: text,
    mode: text,
    candidates: text,
    length: text,
    task: text,
    help: { ...flag, short: 'h' },
    version: flag,
  },
  allowPositionals: true,
  strict: true,
} satisfies ParseArgsConfig;

const allowed: Record<string, readonly CommandName[]> = {
  'stdin-filename': ['correct', 'paraphrase', 'summarize', 'trace'],
  write: ['correct', 'paraphrase'],
  fix: ['correct'],
  diff: ['correct', 'paraphrase'],
  changed: ['correct', 'paraphrase', 'summarize'],
  since: ['correct', 'paraphrase', 'summarize'],
  'ignore-unknown': ['correct', 'paraphrase', 'summarize'],
  check: ['correct', 'paraphrase'],
  output: ['correct'],
  jsonl: ['correct', 'paraphrase', 'summarize'],
  'no-cache': ['correct'],
  threshold: ['correct', 'trace'],
  level: ['correct', 'trace'],
  style: ['correct', 'trace'],
  dialect: ['correct', 'trace'],
  dictionary: ['correct', 'trace'],
  mode: ['paraphrase'],
  candidates: ['paraphrase'],
  length: ['summarize'],
  task: ['trace'],
  effort: ['correct', 'paraphrase', 'summarize'],
  decoder: ['correct', 'paraphrase', 'summarize', 'trace'],
  passes: ['correct', 'paraphrase', 'summarize', 'trace'],
  option: ['correct', 'paraphrase', 'summarize', 'trace'],
  lock: ['trace'],
  draft: ['trace'],
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
    if (value !== undefined && value !== false && !commands.includes(command))
      throw new UsageError(`--${option} does not belong to "${command}"`);
  }
  checkTogether(values, files);
  if (command === 'trace' && files.length > 1) throw new UsageError('trace takes one file');
  if (['bench', 'models', 'mcp'].includes(command) && files.length > 0)
    throw new UsageError(`${command} takes no files`);
  const task = choice('--task', values.task ?? 'fix', tasks);
  return {
    command,
    files: files.length === 1 && files[0] === '-' ? [] : files,
    format: optional('--format', values.format, textFormats),
    standardInputName: values['stdin-filename'],
    write: values.write,
    fix: values.fix,
    diff: values.diff,
    changed: values.changed || values.since !== undefined,
    since: values.since,
    ignoreUnknown: values['ignore-unknown'],
    check: values.check,
    output: optional('--output', values.output, outputNames),
    json: values.json,
    jsonl: values.jsonl,
    cache: !values['no-cache'],
    model: values.model ?? '',
    dtype: values.dtype ?? 'auto',
    device: choice('--device', values.device ?? 'auto', devices),
    threads: number('--threads', values.threads, 1, 64, true) ?? 1,
    timeLimit: number('--time-limit', values['time-limit'], 1, 86_400, true),
    ...readDecoding(command, task, values),
    threshold: number('--threshold', values.threshold, 0, 1, false),
    level: optional('--level', values.level, correctionLevels),
    style: optional('--style', values.style, styleChoices),
    dialect: optional('--dialect', values.dialect, dialectChoices),
    dictionaryFile: values.dictionary,
    mode: choice('--mode', values.mode ?? usualMode, paraphraseModeNames),
    candidates: number('--candidates', values.candidates, 1, 20, true) ?? 3,
    length: choice('--length', values.length ?? 'sentence', summaryLengthNames),
    task,
  };
}

interface Together {
  [option: string]: unknown;
  'stdin-filename'?: string | undefined;
}

/** Each row: options of which only one may be given, since each says what is printed or written. */
const alternatives = [
  ['jsonl', 'write', 'fix', 'diff', 'check', 'json', 'output', 'changed', 'since', 'stdin-filename'],
  ['write', 'fix', 'check'],
  ['write', 'diff'],
  ['write', 'json', 'output'],
  ['fix', 'json', 'output'],
  ['diff', 'json', 'output'],
  ['changed', 'since'],
];

/** @throws UsageError for options, or options and files, that contradict each other */
function checkTogether(values: Together, files: readonly string[]): void {
  const isGiven = (name: string): boolean => values[name] !== undefined && values[name] !== false;
  for (const [index, row] of alternatives.entries()) {
    const given = row.filter(isGiven);
    // --jsonl goes with none of the others; those others may well go together.
    if (given.length > 1 && (index > 0 || given[0] === 'jsonl'))
      throw new UsageError(`--${given[0]} cannot be combined with --${given[1]}`);
  }
  const isStandardInput = files.includes('-') || (files.length === 0 && !isGiven('changed') && !isGiven('since'));
  const writes = ['write', 'fix'].find(isGiven);
  if (writes && isStandardInput && !isGiven('diff')) throw new UsageError(`--${writes} needs file names`);
  if (isGiven('stdin-filename')) {
    if (values['stdin-filename'] === '') throw new UsageError('--stdin-filename is empty: write the name of the text');
    if (!isStandardInput) throw new UsageError('--stdin-filename belongs to a text on standard input, without files');
  }
}
