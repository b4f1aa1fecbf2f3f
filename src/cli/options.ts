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
} from '../protocol/tasks';
import { readDecoding, type Decoding } from './decoding';
import { UsageError } from './usage';
import { choice, number } from './values';

export const commandNames = ['correct', 'paraphrase', 'summarize', 'trace', 'bench', 'models'] as const;
export type CommandName = (typeof commandNames)[number];

export interface CommandLine extends Decoding {
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
  /** Seconds that the reading of one text may take; undefined: the engine's own limit. */
  timeLimit: number | undefined;
  threshold: number | undefined;
  level: CorrectionLevel;
  style: StyleChoice;
  dialect: DialectChoice;
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
    write: flag,
    check: flag,
    json: flag,
    jsonl: flag,
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
  write: ['correct', 'paraphrase'],
  check: ['correct', 'paraphrase'],
  jsonl: ['correct', 'paraphrase', 'summarize'],
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
  if (values.jsonl && (values.write || values.check || values.json))
    throw new UsageError('--jsonl cannot be combined with --write, --check or --json');
  if (values.write && (values.check || values.json))
    throw new UsageError('--write cannot be combined with --check or --json');
  if (values.write && (files.length === 0 || files.includes('-'))) throw new UsageError('--write needs file names');
  if (command === 'trace' && files.length > 1) throw new UsageError('trace takes one file');
  if ((command === 'bench' || command === 'models') && files.length > 0)
    throw new UsageError(`${command} takes no files`);
  const task = choice('--task', values.task ?? 'fix', tasks);
  return {
    command,
    files: files.length === 1 && files[0] === '-' ? [] : files,
    format: values.format === undefined ? undefined : choice('--format', values.format, textFormats),
    write: values.write,
    check: values.check,
    json: values.json,
    jsonl: values.jsonl,
    model: values.model ?? '',
    dtype: values.dtype ?? 'auto',
    device: choice('--device', values.device ?? 'auto', devices),
    threads: number('--threads', values.threads, 1, 64, true) ?? 1,
    timeLimit: number('--time-limit', values['time-limit'], 1, 86_400, true),
    ...readDecoding(command, task, values),
    threshold: number('--threshold', values.threshold, 0, 1, false),
    level: choice('--level', values.level ?? 'balanced', correctionLevels),
    style: choice('--style', values.style ?? 'auto', styleChoices),
    dialect: choice('--dialect', values.dialect ?? 'either', dialectChoices),
    dictionaryFile: values.dictionary,
    mode: choice('--mode', values.mode ?? 'rephrase', paraphraseModeNames),
    candidates: number('--candidates', values.candidates, 1, 20, true) ?? 3,
    length: choice('--length', values.length ?? 'sentence', summaryLengthNames),
    task,
  };
}
